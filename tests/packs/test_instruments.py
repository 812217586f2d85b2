"""Instruments: every shipped one is sound and scores as its source says; a fault is named by file and line."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.instruments import Instrument, Takes
from mtss_desktop.domain.scoring import Answer, is_met, rated, result
from mtss_desktop.packs import instruments

GOOD = """format = 1
title = "Ours"
version = "1"
unit = "school"

[[scales]]
name = "place"
points = [[0, "no"], [1, "partly"], [2, "yes"]]

[[sections]]
key = "one"
title = "One"
scale = "place"
items = [
    ["1.1", "First"],
    { number = "1.2", label = "Second", weight = 2 },
    "1.3-1.5",
]

[[parts]]
key = "part"
title = "Part"
of = "one"
items = ["1.1-1.2"]

[[criteria]]
title = "70%"
conditions = [{ score = "one", at_least = "70" }]

[[conversions]]
section = "one"
to = "other"
slope = "0.63"
offset = "-0.9"
"""


def shipped(key: str) -> Instrument:
    return next(each for each in instruments.shipped() if each.key == key)


def all_rated(instrument: Instrument, value: int) -> dict[str, Answer]:
    """The same value everywhere, in the number of answers an item takes."""
    several = {Takes.LOWEST: 2, Takes.PLANS: 3, Takes.MOST_FREQUENT: 3, Takes.RESPONDENTS: 4}
    return {item.number: rated(*[value] * several.get(item.takes, 1)) for item in instrument.items}


# What is shipped -----------------------------------------------------------------------------------------------------------------

SIZES = {  # items, whole sections, most points of the whole; by the source of each
    "tips_fc": (18, 2, 36),
    "tfi_2_1": (45, 3, 90),
    "tfi_3_0": (54, 3, 216),
    "boq": (53, 10, 106),
    "set_2_1": (28, 7, 56),
    "sam": (39, 6, 117),
    "dca": (26, 3, 52),
    "r_tfi": (20, 2, 40),
    "training_quality": (22, 6, 22),
    "coaching_profile": (13, 1, 26),
    "drivers": (9, 3, 18),
    "sas": (46, 4, 0),
}


@pytest.mark.parametrize("key", SIZES)
def test_a_shipped_instrument_has_the_size_its_source_gives(key: str) -> None:
    found = shipped(key)
    assert (len(found.items), len(found.whole_sections)) == SIZES[key][:2]
    assert result(found, all_rated(found, 1)).total.most == SIZES[key][2]


def test_everything_full_is_a_hundred_and_meets_every_criterion() -> None:
    for found in instruments.shipped():
        top = found.scale(found.items[0]).top
        scores = result(found, all_rated(found, top))
        assert scores.total.percent in (100, None), found.key
        assert all(is_met(criterion, scores, found) for criterion in found.criteria), found.key
        nothing = result(found, {})
        assert nothing.total.percent is None
        assert not any(is_met(criterion, nothing, found) for criterion in found.criteria)


def test_tiers_and_subscales_have_their_points() -> None:
    found = shipped("tfi_2_1")
    scores = result(found, all_rated(found, 2))
    assert [score.most for score in scores.sections if score.key in ("tier1", "tier2", "tier3")] == [30, 26, 34]
    assert [score.most for score in scores.sections if "_" in score.key] == [4, 18, 8, 8, 10, 8, 8, 6, 12, 8]
    newer = shipped("tfi_3_0")
    assert [score.most for score in result(newer, all_rated(newer, 4)).sections] == [80, 60, 76]


def test_a_tier_worked_out_by_hand() -> None:
    found = shipped("tfi_2_1")
    ratings = all_rated(found, 2) | {"2.5": rated(2, 1), "2.6": rated(0, 2), "3.8": rated(2, 2, 1), "3.9": Answer()}
    scores = result(found, ratings)
    # Tier 2: 26 − 1 − 2 = 23 of 26; Tier 3: 34 − 1 − 2 = 31 of 34.
    assert scores.score("tier2").percent == Fraction(2300, 26)
    assert scores.score("tier3").percent == Fraction(3100, 34)
    assert scores.score("tier2_interventions").percent == Fraction(700, 10)


def test_both_halves_of_the_meeting_checklist_count() -> None:
    found = shipped("tips_fc")
    (criterion,) = found.criteria
    for missing, met in ((2, True), (3, False)):  # 16 of 18 is 88.9 %, 15 of 18 is 83.3 %
        ratings = all_rated(found, 2) | {"10": rated(2 - min(missing, 2)), "11": rated(2 - max(missing - 2, 0))}
        assert is_met(criterion, result(found, ratings), found) is met


def test_the_evaluation_tool_is_the_mean_of_seven_percents() -> None:
    found = shipped("set_2_1")
    ratings = all_rated(found, 2) | {"A1": rated(0), "A2": rated(0), "B1": rated(1)}
    scores = result(found, ratings)
    # 0, 90 and five times 100.
    assert scores.total.percent == Fraction(590, 7)
    assert is_met(found.criteria[0], scores, found) is True
    short = result(found, ratings | {"B2": rated(0), "B3": rated(1)})
    assert short.score("taught").percent == 60
    assert is_met(found.criteria[0], short, found) is False


def test_at_most_one_missed_in_each_domain() -> None:
    found = shipped("training_quality")
    (criterion,) = found.criteria
    one = all_rated(found, 1) | {"1": rated(0), "5": rated(0)}
    assert is_met(criterion, result(found, one), found) is True
    assert is_met(criterion, result(found, one | {"2": rated(0)}), found) is False


def test_the_look_fors_cover_every_stage_and_category_for_both_levels() -> None:
    found = shipped("look_fors")
    assert len(found.items) >= 60
    stages = {item.stage for item in found.items}
    assert len(stages) == 4
    for section in found.whole_sections:
        own = [found.item(number) for number in section.items]
        assert {item.stage for item in own} == stages, section.title
        assert all(item.evidence and len(item.label.split()) >= 6 for item in own), (
            "each names who does what, where seen"
        )
    assert {item.level for item in found.items} == {"school", "division"}


def test_shells_carry_no_sentences() -> None:
    """Short labels only: what a licence does not allow is not shipped."""
    for found in instruments.shipped():
        assert found.publisher
        assert found.license
        if found.shell:
            assert max(len(item.label.split()) for item in found.items) <= 8, found.key


# Packs of one's own -----------------------------------------------------------------------------------------------------------------


def test_an_own_pack_is_read(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(GOOD, encoding="utf-8")
    (found,) = instruments.library(tmp_path)
    assert [item.number for item in found.items] == ["1.1", "1.2", "1.3", "1.4", "1.5"]
    assert found.parts_of("one")[0].items == ("1.1", "1.2")
    assert found.conversions[0].slope == Fraction(63, 100)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("format = 1", "format = 2", 1, "format 2 is not known here"),
        ('unit = "school"\n', "", 1, "unit is missing"),
        ("[[0", '[["0"', 8, "a point is a whole number and its word"),
        ("[1, ", "[0, ", 8, "from low to high"),
        ('scale = "place"', 'scale = "plaec"', 13, "scale is one of: place"),
        ('["1.1", "First"]', "[1.1]", 14, "an item is"),
        ("weight = 2", "weight = -1", 14, "the weight of item 1.2"),
        ('"1.3-1.5"', '"1.5-1.3"', 14, "is no range"),
        ('"1.3-1.5"', '"1.2-1.5"', 14, "“1.2” stands here twice"),
        ('of = "one"', 'of = "two"', 23, "of is one of: one"),
        ('"1.1-1.2"', '"1.1-1.9"', 24, "item 1.6 is none of “One”"),
        ('score = "one"', 'score = "uno"', 28, "conditions is one of: total"),
        (', at_least = "70"', "", 28, "either at_least or at_most_missed"),
        ('at_least = "70"', 'at_least = "much"', 28, "is no number"),
        ('slope = "0.63"', 'slope = "0"', 33, "slope cannot be 0"),
        ("slope =", "steep =", 33, "“steep” is not known here"),
        ('title = "One"', "title = One", 12, "not written as TOML"),
    ],
)
def test_a_fault_is_named_by_file_and_line(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    path = tmp_path / "ours.toml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        instruments.load(path)
    assert f"ours.toml, line {line}: " in caught.value.message
    assert words in caught.value.message
