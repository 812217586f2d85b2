"""Narrowing counts bar by bar, and the sentence that grows with it."""

from __future__ import annotations

from datetime import date

import pytest

from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain import precise
from mtss_desktop.domain.precise import IncidentRow, Narrowing, Part

MON, FRI = date(2026, 1, 5), date(2026, 1, 9)
ROWS = (
    IncidentRow(MON, 12, "Hallway", "Pushing", "7", 6),
    IncidentRow(FRI, 12, "Hallway", "Pushing", "7", 3),
    IncidentRow(FRI, 13, "Hallway", "Running", "8", 2),
    IncidentRow(MON, None, "Bus", "Pushing", "6", 4),
)


def test_bars_count_within_what_is_chosen_before() -> None:
    assert precise.counted(ROWS, Part.WHERE) == (("Hallway", 11), ("Bus", 4))
    hall = Narrowing(locations=("Hallway",))
    left = precise.kept(ROWS, hall, precise.earlier(Part.WHAT))
    assert precise.counted(left, Part.WHAT) == (("Pushing", 9), ("Running", 2))
    assert precise.counted(left, Part.WHEN) == ((12, 9), (13, 2))
    assert precise.counted(ROWS, Part.WHO) == (("6", 4), ("7", 9), ("8", 2))
    assert precise.counted(ROWS, Part.WHEN)[-1] == (None, 4)
    assert precise.counted(ROWS, Part.WEEKDAY) == ((0, 10), (4, 5))


@pytest.mark.parametrize(
    ("narrowing", "n"),
    [
        (Narrowing(), 15),
        (Narrowing(locations=("Hallway", "Bus")), 15),
        (Narrowing(hours=(12,), grades=("7",)), 9),
        (Narrowing(weekdays=(4,), behaviors=("Pushing",)), 3),
        (Narrowing(grades=("K",)), 0),
    ],
)
def test_what_fits(narrowing: Narrowing, n: int) -> None:
    assert precise.total(precise.kept(ROWS, narrowing)) == n


def read(narrowing: Narrowing, n: int = 58, days: int = 62, **more: object) -> str:
    return " ".join(ENGLISH.write(piece.text) for piece in precise.sentence(narrowing, n, days, **more))  # type: ignore[arg-type]


def test_the_sentence_grows() -> None:
    assert read(Narrowing()) == (
        "Students in which grade? are reported for what? in the where? when? how often? because why?"
    )
    whole = Narrowing(("Hallway",), ("Pushing",), (12,), (), ("7",))
    assert read(whole, why="both lunches leave by one stair") == (
        "Students in grade 7 are reported for pushing in the hallway between 12:00 and 12:59 0.94 times a school day "
        "because both lunches leave by one stair"
    )
    assert sum(piece.filled is False for piece in precise.sentence(whole, 58, 62)) == 1
    two = Narrowing(("Bus", "Gym"), hours=(8, 11, 12), weekdays=(4,), grades=("8", "7"))
    assert "grades 7 and 8" in read(two)
    assert "between 8:00 and 8:59 and between 11:00 and 12:59 on Fridays" in read(two)


def test_without_times_the_step_is_not_asked() -> None:
    assert "when?" not in read(Narrowing(("Bus",)), time_known=False)
    assert not precise.has_time([ROWS[3]])


@pytest.mark.parametrize(("n", "few"), [(0, True), (9, True), (10, False), (58, False)])
def test_under_ten_there_is_no_pattern(n: int, few: bool) -> None:
    found = precise.too_few(n)
    assert (found is not None) is few
    assert found is None or "too few for a pattern" in ENGLISH.say(found)


def test_the_same_bars_in_another_order() -> None:
    assert Narrowing(locations=("Bus", "Gym")).is_like(Narrowing(locations=("Gym", "Bus")))
    assert not Narrowing(locations=("Bus",)).is_like(Narrowing(locations=("Bus",), hours=(8,)))


@pytest.mark.parametrize(
    ("narrowing", "name"),
    [
        (Narrowing(), "All referrals"),
        (Narrowing(("Hallway",), grades=("7",)), "Hallway, grade 7"),
        (Narrowing(weekdays=(4,)), "on Fridays"),
    ],
)
def test_what_a_drill_down_is_called(narrowing: Narrowing, name: str) -> None:
    from mtss_desktop.base.words import Words
    from mtss_desktop.domain.labels import VIRGINIA

    assert Words(labels=VIRGINIA).say(precise.name_of(narrowing)) == name
