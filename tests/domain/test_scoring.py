"""Every way of scoring with numbers worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.instruments import (
    Condition,
    Criterion,
    Instrument,
    Item,
    Rule,
    Scale,
    ScalePoint,
    Section,
    Takes,
)
from mtss_desktop.domain.scoring import (
    DOES_NOT_APPLY,
    Answer,
    Share,
    State,
    converted,
    converted_back,
    half_up,
    implementation_average,
    in_a_row,
    is_met,
    item_score,
    plan_score,
    rated,
    response_rate,
    result,
)
from mtss_desktop.packs.instruments import shipped

PLACE = Scale("place", (ScalePoint(0, "not"), ScalePoint(1, "partly"), ScalePoint(2, "fully")))
LOOSE = replace(PLACE, name="loose", not_applicable=True)


def instrument(rule: Rule = Rule.PERCENT, *, total: Rule = Rule.PERCENT, weight: int = 1) -> Instrument:
    """Two sections of three and two items; the first has a part of two."""
    items = (*(Item(f"1.{n}", f"one {n}", "loose") for n in (1, 2, 3)), *(Item(f"2.{n}", "", "place") for n in (1, 2)))
    items = (replace(items[0], weight=weight), *items[1:])
    return Instrument(
        "test",
        "Test",
        "1",
        "school",
        items,
        (
            Section("one", "One", ("1.1", "1.2", "1.3"), rule),
            Section("part", "Part", ("1.1", "1.2"), rule, part_of="one"),
            Section("two", "Two", ("2.1", "2.2"), rule),
        ),
        (PLACE, LOOSE),
        total=total,
    )


def rates(one: str, two: str) -> dict[str, Answer]:
    """ "21-" rates 1.1 with 2 and 1.2 with 1, "-" is not applicable, "." unanswered."""
    found = {}
    for section, marks in (("1", one), ("2", two)):
        for place, mark in enumerate(marks, 1):
            if mark != ".":
                found[f"{section}.{place}"] = DOES_NOT_APPLY if mark == "-" else rated(int(mark))
    return found


def test_percent_of_points() -> None:
    found = result(instrument(), rates("210", "22"))
    assert found.score("one").percent == Fraction(300, 6)
    assert (found.score("one").points, found.score("one").most, found.score("one").missed) == (3, 6, 1)
    assert found.score("part").percent == Fraction(300, 4)
    assert found.score("two").percent == 100
    assert found.total.percent == Fraction(700, 10)


def test_what_does_not_apply_leaves_the_denominator_and_is_shown() -> None:
    found = result(instrument(), rates("2-1", "22")).score("one")
    assert (found.percent, found.most, found.not_applicable) == (Fraction(300, 4), 4, 1)


def test_unanswered_is_not_zero() -> None:
    found = result(instrument(), rates("2.1", "22"))
    assert found.score("one").percent is None
    assert found.score("one").unanswered == ("1.2",)
    assert found.total.percent is None
    assert found.score("two").percent == 100, "a whole section speaks for itself"


def test_nothing_that_applies_has_no_percent() -> None:
    assert result(instrument(), rates("---", "22")).score("one").percent is None


def test_weights_count_points_and_most_points() -> None:
    found = result(instrument(weight=3), rates("210", "22")).score("one")
    assert (found.points, found.most, found.percent) == (7, 10, 70)


def test_mean_of_items() -> None:
    found = result(instrument(Rule.MEAN, total=Rule.MEAN), rates("2-1", "20"))
    assert (found.score("one").mean, found.score("two").mean, found.total.mean) == (Fraction(3, 2), 1, Fraction(5, 4))
    assert found.total.percent is None


def test_mean_of_parts_gives_each_the_same_weight() -> None:
    found = result(instrument(total=Rule.MEAN_OF_PARTS), rates("210", "22"))
    assert found.total.percent == 75, "(50 + 100) / 2, where the points alone would say 70"
    assert result(instrument(total=Rule.MEAN_OF_PARTS), rates("21.", "22")).total.percent is None


def test_levels_are_counted_and_no_number_is_made() -> None:
    found = result(instrument(Rule.LEVELS), rates("220", "1.")).score("one")
    assert found.shares == (Share("not", 0, 1), Share("partly", 1, 0), Share("fully", 2, 2))
    assert found.percent is None
    assert found.mean is None


@pytest.mark.parametrize(
    ("plans", "score"),
    [
        ((), 0),
        ((0, 0, 0), 0),
        ((0, 1, 0), 1),
        ((2, 2, 1), 1),
        ((2, 2, 2), 2),
        ((2,), 2),
        ((2, 1), 1),
        ((1,), 1),
        ((0, 0), 0),
    ],
)
def test_plans_are_looked_up(plans: tuple[int, ...], score: int) -> None:
    assert plan_score(plans) == score
    found = item_score(Item("3.8", "", "place", Takes.PLANS), PLACE, Answer(plans))
    assert (found.state, found.value) == (State.RATED, score)


def test_no_plan_is_an_answer_and_no_answer_is_none() -> None:
    item = Item("3.8", "", "place", Takes.PLANS)
    assert item_score(item, PLACE, None).state is State.UNANSWERED
    assert item_score(Item("1.1", "", "place"), PLACE, Answer()).state is State.UNANSWERED


def test_the_lowest_of_several_interventions_counts() -> None:
    found = item_score(Item("2.6", "", "place", Takes.LOWEST), PLACE, rated(2, 1, 2))
    assert (found.value, found.spread) == (1, True)


def test_the_most_frequent_counts_and_a_tie_asks() -> None:
    item = Item("4", "", "place", Takes.MOST_FREQUENT)
    assert item_score(item, PLACE, rated(2, 1, 2)).value == 2
    tie = item_score(item, PLACE, rated(2, 1, 1, 2, 0))
    assert (tie.state, tie.value, tie.tied) == (State.TIED, None, (1, 2))
    tied = replace(
        instrument(), items=(replace(instrument().items[0], takes=Takes.MOST_FREQUENT), *instrument().items[1:])
    )
    found = result(tied, {**rates("210", "22"), "1.1": rated(1, 2)}).score("one")
    assert (found.percent, found.tied) == (None, ("1.1",))


def test_a_survey_is_shares_of_respondents() -> None:
    survey = Instrument(
        "survey",
        "Survey",
        "1",
        "staff",
        (Item("1", "", "place", Takes.RESPONDENTS), Item("2", "", "place", Takes.RESPONDENTS)),
        (Section("all", "All", ("1", "2"), Rule.SHARES),),
        (PLACE,),
        total=Rule.SHARES,
    )
    found = result(survey, {"1": rated(2, 2, 1, 0), "2": rated(2, 1, 1, 1)})
    assert [share.n for share in found.score("all").shares] == [1, 4, 3]
    # 3 of 8 fully and 4 of 8 partly: 37.5 + 50 / 2
    assert implementation_average(found.score("all").shares) == Fraction(125, 2)
    assert found.total.percent == Fraction(125, 2), "which is what a criterion of the survey asks of"
    assert implementation_average(()) is None
    assert response_rate(41, 52) == Fraction(4100, 52)
    assert response_rate(0, 0) is None


@pytest.mark.parametrize(("item", "given"), [("1.1", rated(3)), ("1.1", rated(-1)), ("2.1", DOES_NOT_APPLY)])
def test_a_rating_out_of_scale_is_refused(item: str, given: Answer) -> None:
    with pytest.raises(UserError, match=rf"Item {item} "):
        result(instrument(), {item: given})


def test_an_item_the_instrument_has_not_is_refused() -> None:
    with pytest.raises(KeyError):
        result(instrument(), {"9.9": rated(1)})


# Criteria --------------------------------------------------------------------------------------------------------------------


def criterion(*conditions: Condition) -> Criterion:
    return Criterion("met", conditions)


def test_every_condition_has_to_hold() -> None:
    both = criterion(Condition("total", Fraction(70)), Condition("one", Fraction(50)))
    assert is_met(both, result(instrument(), rates("210", "22")), instrument()) is True
    assert is_met(both, result(instrument(), rates("110", "22")), instrument()) is False
    assert is_met(both, result(instrument(), rates("22.", "22")), instrument()) is None, "nothing is said yet"
    assert is_met(both, result(instrument(), rates("110", "2.")), instrument()) is False, "one condition failed already"


def test_a_criterion_is_compared_before_rounding() -> None:
    found = result(instrument(), rates("220", "21"))
    assert found.score("one").percent == Fraction(400, 6)
    assert half_up(Fraction(400, 6)) == 67
    assert is_met(criterion(Condition("one", Fraction(67))), found, instrument()) is False


def test_every_section_and_missed_items() -> None:
    found = result(instrument(), rates("210", "22"))
    assert is_met(criterion(Condition("every section", Fraction(50))), found, instrument()) is True
    assert is_met(criterion(Condition("every part", Fraction(80))), found, instrument()) is False
    assert is_met(criterion(Condition("every section", at_most_missed=1)), found, instrument()) is True
    assert is_met(criterion(Condition("every section", at_most_missed=0)), found, instrument()) is False


def test_three_in_a_row() -> None:
    assert in_a_row([False, True, True, True], 3)
    assert not in_a_row([True, True], 3)
    assert not in_a_row([True, None, True], 3), "an incomplete one breaks the row"
    assert not in_a_row([True, True, True], 0), "no such rule"


# Versions ----------------------------------------------------------------------------------------------------------------------

TIERS = next(each.conversions for each in shipped() if each.key == "tfi_2_1")
"""The lines of the inventory the program brings: what the table is held against is what people get."""
PUBLISHED = {
    25: ((11, 8), (15, 9), (17, 13)),
    50: ((29, 23), (31, 18), (34, 26)),
    70: ((44, 35), (43, 26), (47, 36)),
    80: ((52, 41), (50, 30), (54, 41)),
}
"""Percent and points of 3.0 for a percent of 2.1, by tier, as printed with the inventory."""


def test_every_tier_has_its_published_line() -> None:
    assert [(each.section, each.to, each.slope, each.offset) for each in TIERS] == [
        ("tier1", "tfi_3_0", Fraction("0.75"), Fraction("-8.23")),
        ("tier2", "tfi_3_0", Fraction("0.63"), Fraction("-0.9")),
        ("tier3", "tfi_3_0", Fraction("0.66"), Fraction("0.9")),
    ]


@pytest.mark.parametrize("old", PUBLISHED)
def test_conversions_agree_with_the_published_table(old: int) -> None:
    for line, most, (percent, points) in zip(TIERS, (80, 60, 76), PUBLISHED[old], strict=True):
        new = converted(Fraction(old), line).percent
        assert half_up(new) == percent
        assert half_up(new * most / 100) == points


def test_the_way_back_inverts_the_way_there() -> None:
    for line in TIERS:
        assert converted_back(converted(Fraction(60), line).percent, line).percent == 60
    # The new criterion of 50 % asks more than the old 70 %.
    assert [half_up(converted_back(Fraction(50), line).percent, 1) for line in TIERS] == [
        Fraction("77.6"),
        Fraction("80.8"),
        Fraction("74.4"),
    ]


def test_an_estimate_outside_the_scale_is_clamped_and_says_so() -> None:
    low = converted(Fraction(5), TIERS[0])
    assert (low.percent, low.clamped) == (0, True)
    assert not converted(Fraction(50), TIERS[0]).clamped


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Fraction("49.5"), 0, Fraction(50)),
        (Fraction("0.5"), 0, Fraction(1)),
        (Fraction("2.25"), 1, Fraction("2.3")),
        (Fraction("-0.5"), 0, Fraction(-1)),
        (Fraction("66.666"), 0, Fraction(67)),
    ],
)
def test_half_goes_up(value: Fraction, places: int, shown: Fraction) -> None:
    assert half_up(value, places) == shown
