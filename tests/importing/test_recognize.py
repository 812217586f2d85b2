"""Which layout a file has, and how it is told."""

from __future__ import annotations

import random

import pytest

from mtss_desktop.base.errors import UserError
from mtss_desktop.importing.profile import profile_named
from mtss_desktop.importing.recognize import candidates, recognize, recognize_as
from tests.importing.files import (
    ASPEN_STUDENTS,
    ATTENDANCE,
    FASTBRIDGE,
    INCIDENTS,
    LONG,
    MAP,
    MCLASS,
    sketched,
    table,
)

LAYOUTS = {
    "aspen-students": ASPEN_STUDENTS,
    "aspen-incidents": INCIDENTS,
    "aspen-attendance": ATTENDANCE,
    "nwea-map-growth": MAP,
    "mclass-dibels-8": MCLASS,
    "fastbridge-progress": FASTBRIDGE,
    "generic-scores": LONG.strip().split(","),
    "plain-roster": ["Student ID", "First Name", "Last Name", "Date of Birth", "School", "Grade", "Gender", "Race"],
}


@pytest.mark.parametrize("key", LAYOUTS)
def test_every_layout_is_recognized(key: str) -> None:
    match = recognize(sketched(table(LAYOUTS[key], [["x"] * len(LAYOUTS[key])])))
    assert match.profile.key == key
    assert match.confidence >= 0.5
    assert f"columns of {match.profile.name} are in the file" in match.why


@pytest.mark.parametrize("key", LAYOUTS)
def test_order_case_spaces_and_unknown_columns_do_not_matter(key: str) -> None:
    dice = random.Random(key)
    names = [
        dice.choice([str.upper, str.lower, str.title])(name).replace(" ", dice.choice([" ", "  ", "_"]))
        for name in LAYOUTS[key]
    ]
    names += [f"Extra {n}" for n in range(len(names) // 5)]
    dice.shuffle(names)
    assert recognize(sketched(table(names, [["x"] * len(names)]))).profile.key == key


def _said(names: list[str]) -> str:
    """The profile's key, or the sentence of the refusal."""
    try:
        return recognize(sketched(table(names, [["x"] * len(names)]))).profile.key
    except UserError as error:
        return error.message


def test_with_thirty_percent_dropped_it_is_right_or_says_what_is_lacking() -> None:
    dice = random.Random(30)
    right = 0
    for trial in range(160):
        key = list(LAYOUTS)[trial % len(LAYOUTS)]
        names = [name for name in LAYOUTS[key] if dice.random() > 0.3]
        if len(names) < 2:
            continue
        said = _said(names)
        right += said == key
        assert said == key or any(words in said for words in ("no column for", "not known", "could be"))
    assert right > 60


def test_an_unknown_layout_says_what_to_do() -> None:
    with pytest.raises(UserError) as caught:
        recognize(sketched(b"color,weight\nred,5\n", "fruit.csv"))
    assert caught.value.message == "The layout of fruit.csv is not known, so nothing was taken from it."
    assert "plain roster" in caught.value.hint


def test_a_wide_file_is_not_taken_for_a_roster() -> None:
    names = [*LAYOUTS["plain-roster"], *(f"Fall Passage {n} Score" for n in range(40))]
    assert recognize(sketched(table(names, [["x"] * len(names)]))).profile.takes == "scores"


def test_a_known_layout_without_a_needed_column_is_named() -> None:
    names = [name for name in MAP if name != "TestRITScore"]
    with pytest.raises(UserError, match="looks like NWEA MAP Growth, but it has no column for value"):
        recognize(sketched(table(names, [["x"] * len(names)])))


def test_a_chosen_profile_is_used_or_explained() -> None:
    sketch = sketched(table([*LONG.strip().split(","), *(f"note {n}" for n in range(20))], []))
    with pytest.raises(UserError):
        recognize(sketch)
    assert recognize_as(profile_named("generic-scores"), sketch).profile.key == "generic-scores"
    with pytest.raises(UserError, match="no column for"):
        recognize_as(profile_named("aspen-students"), sketch)


def test_the_best_comes_first() -> None:
    ranked = candidates(sketched(table(FASTBRIDGE, [["x"] * len(FASTBRIDGE)])))
    assert ranked[0].profile.key == "fastbridge-progress"
    assert ranked[0].usable > ranked[1].usable
