"""Days of a pattern, roles that go round, times that clash."""

from __future__ import annotations

from datetime import date, time

import pytest

from mtss_desktop.domain.agendas import next_school_day, overlap, pattern_days, rotated, weeks_of
from mtss_desktop.domain.people import PersonId, SchoolYearId
from mtss_desktop.domain.teams import Rhythm, TeamId, TeamYear

ANN, BO, CY = PersonId("a"), PersonId("b"), PersonId("c")


def year(rhythm: Rhythm | None, weeks: tuple[int, ...] = (), weekday: int | None = 1) -> TeamYear:
    return TeamYear(
        team_id=TeamId("t"), year_id=SchoolYearId("y"), rhythm=rhythm, weeks_of_month=weeks, weekday=weekday
    )


def days(pattern: TeamYear) -> list[date]:
    return list(pattern_days(pattern, date(2026, 9, 1), date(2026, 12, 31)))


def test_third_tuesdays() -> None:
    assert days(year(Rhythm.MONTHLY, (3,))) == [
        date(2026, 9, 15),
        date(2026, 10, 20),
        date(2026, 11, 17),
        date(2026, 12, 15),
    ]


def test_five_is_the_last_of_its_month() -> None:
    assert days(year(Rhythm.MONTHLY, (5,))) == [
        date(2026, 9, 29),
        date(2026, 10, 27),
        date(2026, 11, 24),
        date(2026, 12, 29),
    ]
    assert weeks_of(date(2026, 9, 29)) == {5}
    assert weeks_of(date(2026, 11, 24)) == {4, 5}


@pytest.mark.parametrize(
    ("pattern", "count", "first"),
    [
        (year(Rhythm.WEEKLY), 18, date(2026, 9, 1)),
        (year(Rhythm.EVERY_TWO_WEEKS), 9, date(2026, 9, 1)),
        (year(Rhythm.EVERY_TWO_WEEKS, (1, 3)), 8, date(2026, 9, 1)),
        (year(Rhythm.MONTHLY), 4, date(2026, 9, 1)),
        (year(Rhythm.QUARTERLY), 2, date(2026, 9, 1)),
        (year(None, weekday=4), 17, date(2026, 9, 4)),
    ],
)
def test_rhythms(pattern: TeamYear, count: int, first: date) -> None:
    found = days(pattern)
    assert (len(found), found[0]) == (count, first)
    assert {day.weekday() for day in found} == {pattern.weekday}


def test_no_pattern_no_days() -> None:
    assert days(year(Rhythm.MONTHLY, weekday=None)) == []
    assert days(year(Rhythm.AS_NEEDED)) == []


def test_a_day_without_school_gives_way_within_the_week() -> None:
    school = {date(2026, 9, 3), date(2026, 9, 20)}
    assert next_school_day(date(2026, 9, 1), school) == date(2026, 9, 3)
    assert next_school_day(date(2026, 9, 4), school) is None


def test_roles_go_round() -> None:
    assert rotated((ANN, BO, CY), ()) == ANN
    assert rotated((ANN, BO, CY), (ANN,)) == BO
    assert rotated((ANN, BO, CY), (BO, ANN, CY, BO)) == ANN
    assert rotated((), (ANN,)) is None


@pytest.mark.parametrize(
    ("times", "clash"),
    [
        ((9, 10, 9, 10), True),
        ((9, 10, 10, 11), False),
        ((9, 11, 10, 12), True),
        ((9, 12, 10, 11), True),
        ((9, 10, 11, 12), False),
    ],
)
def test_overlap(times: tuple[int, int, int, int], clash: bool) -> None:
    start, end, other, last = (time(hour) for hour in times)
    assert overlap(start, end, other, last) is clash
    assert overlap(other, last, start, end) is clash
    assert not overlap(start, None, other, last)
