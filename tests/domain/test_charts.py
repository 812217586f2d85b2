"""The charts a coach knows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mtss_desktop.base.words import ENGLISH, said
from mtss_desktop.domain import charts, growth
from mtss_desktop.domain.behavior import Rate, Span
from mtss_desktop.domain.charts import LevelShare, Phase, Rating, Ratio
from mtss_desktop.domain.figure_key import key_of
from mtss_desktop.domain.figures import (
    Arrow,
    Bars,
    Box,
    Column,
    Figure,
    Flow,
    Level,
    Line,
    PhaseLine,
    Points,
    Role,
    Stack,
)
from mtss_desktop.domain.growth import GoalLine, Score

MONDAY = date(2026, 8, 24)
CHANGE = Phase(date(2026, 10, 19), "staggered release")
COUNTS = [8, 9, 8, 10, 9, 11, 9, 9, 7, 6, 5, 5, 4, 2, 4]
DAYS = [5, 5, 4, 5, 5, 5, 5, 4, 5, 5, 4, 5, 5, 2, 5]
WEEKS = [Rate(MONDAY + timedelta(weeks=i), n, d) for i, (n, d) in enumerate(zip(COUNTS, DAYS, strict=True))]
GOAL = GoalLine(date(2026, 9, 14), 38, date(2027, 5, 21), 80)
SCORES = [Score(date(2026, 9, 21) + timedelta(weeks=i), v) for i, v in enumerate([37, 40, 39, 42, 41, 40, 42, 41])]


def points(figure: Figure, role: Role) -> Points:
    return next(mark for mark in figure.of(Points) if mark.role is role)


def alt_is_short(figure: Figure) -> bool:
    text = ENGLISH.say(figure.alt)
    return 20 < len(text) <= 260 and "{" not in text


def test_before_and_after_with_means_goal_and_days() -> None:
    made = charts.before_after_chart(
        "Hallway", "hallway referrals", WEEKS, CHANGE, Span(73, 38), Span(33, 31), goal=0.9, provenance="import 31"
    )
    assert len(points(made, Role.BEFORE).points) == 8
    assert len(points(made, Role.AFTER).points) == 7
    assert ENGLISH.say(made.finding) == "Lower by 0.86 a school day."
    assert [ENGLISH.write(n) for _, n in made.x.under] == [str(d) for d in DAYS]
    notes = [ENGLISH.write(line.second) for line in made.of(PhaseLine)]
    assert notes == ["mean 1.92 \u00b7 73 in 38 days", "mean 1.06 \u00b7 33 in 31 days"]
    assert [level.role for level in made.of(Level)] == [Role.MEAN, Role.MEAN, Role.GOAL]
    assert "Mean 1.92 before 10/19/2026, 1.06 after; goal 0.9." in ENGLISH.say(made.alt)
    assert alt_is_short(made)


def test_a_change_inside_a_week_leaves_that_week_unjoined() -> None:
    made = charts.before_after_chart(
        "H", "referrals", WEEKS, Phase(date(2026, 10, 21), "x"), Span(73, 40), Span(33, 29)
    )
    square = points(made, Role.CHANGE_MONTH)
    assert [point.x for point in square.points] == [date(2026, 10, 19)]
    assert not square.joined
    assert all(
        point.x != date(2026, 10, 19) for role in (Role.BEFORE, Role.AFTER) for point in points(made, role).points
    )


def test_no_mean_after_with_fewer_than_three_points_and_no_point_without_school_days() -> None:
    weeks = [*WEEKS[:10], Rate(MONDAY + timedelta(weeks=10), 0, 0)]
    made = charts.before_after_chart("H", "referrals", weeks, CHANGE, Span(73, 38), Span(13, 10))
    assert len(made.of(Level)) == 1
    assert len(points(made, Role.AFTER).points) == 2
    assert "too early to call" in ENGLISH.say(made.finding)


def test_before_and_after_without_data_says_so() -> None:
    made = charts.before_after_chart("H", "referrals", [], CHANGE, Span(0, 0), Span(0, 0))
    assert "No week has school days" in ENGLISH.say(made.alt)
    assert made.table().rows == ()


def test_progress_shows_the_distance_to_the_goal_line_at_every_point() -> None:
    trend = growth.trend(SCORES)
    verdict = growth.four_point(SCORES, GOAL)
    made = charts.progress_chart(
        "Student 0417", "Words read correctly", GOAL, [Score(GOAL.start, v) for v in (38, 41, 35)], SCORES,
        phases=[Phase(date(2026, 9, 16), "group of 5")], trends=[trend], verdict=verdict, unit="words",
    )  # fmt: skip
    first = points(made, Role.DATA).points[0]
    assert ENGLISH.write(first.note) == "2.2 below the goal line"
    assert points(made, Role.BASELINE).joined is False
    assert [line.role for line in made.of(Line)] == [Role.GOAL, Role.TREND, Role.TREND_AHEAD]
    assert made.y.low == 20
    assert ENGLISH.say(made.finding).startswith("Last 4 of 4 points below the goal line")
    assert alt_is_short(made)


def test_progress_without_scores_still_shows_the_goal() -> None:
    made = charts.progress_chart("S", "Words", GOAL, [Score(GOAL.start, 38)], [])
    assert "no score yet" in ENGLISH.say(made.alt)
    assert len(made.of(Line)) == 1


@pytest.mark.parametrize(
    ("counts", "enrolled", "aside"),
    [
        ((8, 1, 1), 12, "10 of 12"),
        ((8, 1, 1), 10, "10 of 10"),
        ((8, 1, 1), 9, "10 tested, now 9"),
        ((8, 1, 1), None, "10 tested"),
        ((0, 0, 0), 12, "0 of 12"),
        ((None, 1, 1), 12, "hidden"),
    ],
)
def test_a_row_of_screening_says_how_many_it_rests_on(
    counts: tuple[int | None, ...], enrolled: int | None, aside: str
) -> None:
    made = charts.screening_stack("S", "Words", ("A", "B", "C"), [LevelShare("Grade 1", counts, enrolled)])
    (row,) = made.of(Stack)[0].rows
    assert ENGLISH.write(row.aside) == aside
    assert made.table().columns[0] == said("Grade")


def test_months_stand_in_order_of_the_school_year() -> None:
    months = [Rate(date(2026, 8, 1), 34, 11), Rate(date(2026, 11, 1), 52, 9), Rate(date(2026, 12, 1), 0, 0)]
    made = charts.month_bars(
        "R", "referrals", months, last_year={1: 4.5, 9: 4.5}, goal=4, unfinished=date(2026, 11, 1),
        plans=(Phase(date(2026, 10, 19), "plan"),),
    )  # fmt: skip
    assert [ENGLISH.write(name) for name in made.x.categories][:6] == ["Aug", "Sep", "Oct", "Nov", "Dec", "Jan"]
    (bars,) = made.of(Bars)
    assert [(bar.x, bar.role) for bar in bars.bars] == [(0, None), (3, Role.UNFINISHED)]
    assert [point.x for point in points(made, Role.LAST_YEAR).points] == [1, 5]
    assert 1.5 < made.of(PhaseLine)[0].x < 2.5  # type: ignore[operator]
    assert "Highest 5.8 in November 2026" in ENGLISH.say(made.alt)


def test_hidden_bars_are_counted_and_never_drawn() -> None:
    made = charts.category_bars("L", "referrals", [("Hall", 138), ("Bus", None)], chosen=0, hidden=said("< 10"))
    (bars,) = made.of(Bars)
    assert bars.bars[1].value is None
    assert bars.bars[0].chosen
    assert ENGLISH.write(made.suppressed) == "1 bar is hidden."
    assert "Hall, 138" in ENGLISH.say(made.alt)


def test_screening_shares_add_to_a_hundred_and_hidden_rows_stay_empty() -> None:
    rows = [LevelShare("K", (44, 16, 10), 71), LevelShare("1", (40, None, 10), 69), LevelShare("2", (0, 0, 0), 71)]
    made = charts.screening_stack("R", "reading composite", ["At", "Below", "Well below"], rows)
    (stack,) = made.of(Stack)
    assert sum(stack.rows[0].values) == pytest.approx(100)
    assert stack.rows[1].values == stack.rows[2].values == ()
    assert ENGLISH.write(stack.rows[0].texts[0]) == "63% \u00b7 44"
    assert ENGLISH.write(stack.rows[2].aside) == "0 of 71"
    assert [level.value for level in made.of(Level)] == [80.0]
    assert "K, 63%" in ENGLISH.say(made.alt)
    tiers = charts.screening_stack("R", "m", ["Tier 1", "Tier 2", "Tier 3"], rows, supports=True)
    assert [level.value for level in tiers.of(Level)] == [80.0, 95.0]


def test_fidelity_is_never_joined_over_a_version_and_estimates_are_apart() -> None:
    ratings = [
        Rating(date(2025, 10, 1), 47),
        Rating(date(2026, 3, 1), 57),
        Rating(date(2026, 10, 1), 60, estimated=True),
    ]
    made = charts.fidelity_chart("T", "TFI", [("T1", ratings)], versions=[(date(2026, 8, 1), "version 3.0")])
    assert len(points(made, Role.DATA).points) == 2
    assert len(points(made, Role.ESTIMATED).points) == 1
    assert made.of(PhaseLine)[0].role is Role.VERSION
    assert alt_is_short(made)


def test_small_multiples_share_their_axes() -> None:
    quiet = charts.before_after_chart("A", "referrals", WEEKS, CHANGE, Span(73, 38), Span(33, 31))
    loud = charts.before_after_chart("B", "referrals", [Rate(w.start, w.count * 4, w.days) for w in WEEKS], CHANGE,
                                     Span(292, 38), Span(132, 31))  # fmt: skip
    made = charts.small_multiples("All", [quiet, loud], alt=said("two charts"))
    assert {panel.y.high for panel in made.panels} == {10.0}
    assert len({(panel.x.start, panel.x.end) for panel in made.panels}) == 1


def test_ratios_hide_what_is_hidden() -> None:
    made = charts.ratio_chart("Q", [Ratio("A", 1.9, 1.3, 2.7), Ratio("B", None)], hidden=said("< 10"))
    assert made.y.scale == "log"
    assert ENGLISH.write(made.suppressed) == "< 10"


def test_heat_cells_say_what_they_hold() -> None:
    made = charts.heat_table("H", "Place", ["Hall"], ["Mon", "Tue"], {(0, 0): 4}, alt=said("heat table"), hidden="< 10")
    assert [ENGLISH.write(value) for value in made.table().rows[0]] == ["Hall", "4", "< 10"]


def test_structure_refuses_links_to_nowhere_and_splits_by_place() -> None:
    teams = [Box("d", "Division", -1, 0), Box("a", "A", 0, 1), Box("b", "B", 1, 1)]
    links = [Arrow("d", "a"), Arrow("d", "b"), Arrow("a", "b")]
    made = charts.structure_chart("S", [Column("One"), Column("Two")], ["Division", "Schools"], teams, links)
    first, second = charts.split_by_place(made)
    assert [box.key for box in first.of(Box)] == ["d", "a"]
    assert [box.key for box in second.of(Box)] == ["d", "b"]
    assert len(second.of(Arrow)) == 1
    assert second.of(Box)[1].place == 0
    assert ENGLISH.write(second.alt).startswith("Structure chart, 1 division teams, 1 school teams; the 1 lines")
    assert [len(sheet.of(Box)) for sheet in charts.split_by_place(made, 1)] == [3]
    with pytest.raises(ValueError, match="not on the chart: x"):
        charts.structure_chart("S", [], [], teams, [Arrow("a", "x")])


def test_a_flow_counts_everyone_once_and_says_who_moved() -> None:
    moved = {(1, 1): 78, (1, 2): 5, (2, 1): 7, (2, 2): 16, (3, 2): 1, (3, 3): 4}
    figure = charts.movement_flow(
        "Who moved", "Fall", "Winter", ("Tier 1", "Tier 2", "Tier 3"), moved, finding=said("13 of 111 moved.")
    )
    flow = figure.of(Flow)[0]
    assert [part.n for part in flow.before] == [83, 23, 5]
    assert [part.n for part in flow.after] == [85, 22, 4]
    assert sum(link.n for link in flow.links) == 111
    words = {(link.start, link.end): ENGLISH.write(link.name) for link in flow.links}
    assert words[0, 1] == "more support"
    assert words[2, 1] == "less support"
    assert words[1, 1] == "same support"
    table = figure.table()
    assert len(table.rows) == 6
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_the_key_names_what_does_not_name_itself() -> None:
    scores = [*SCORES]
    whole = charts.progress_chart("S", "Words", GOAL, [], scores, phases=[Phase(date(2026, 9, 16), "group of 5")])
    small = charts.small_progress(whole)
    stack = charts.screening_stack("S", "Words", ("A", "B", "C"), [LevelShare("Grade 1", (8, 1, 1))])
    for figure, names in (
        (whole, ["baseline", "score", "goal line"]),
        (small, ["baseline", "score", "goal line", "a change of plan"]),
        (
            charts.small_multiples("M", [small, small], alt=whole.alt),
            ["baseline", "score", "goal line", "a change of plan"],
        ),
        (stack, ["A", "B", "C"]),
        (charts.scores_chart("S", "Words", scores), []),
    ):
        assert [ENGLISH.write(part.name) for part in key_of(figure)] == names
