"""School days, school years, late actions, staff hours, precision."""

from __future__ import annotations

from datetime import date, time

import pytest

from mtss_desktop.domain.people import school_days, school_year_of, shortened
from mtss_desktop.domain.plans import Action, days_late
from mtss_desktop.domain.problems import Problem, precision
from mtss_desktop.domain.screening import grade_name, grade_number
from mtss_desktop.domain.students import Names, Student
from mtss_desktop.domain.teams import (
    Membership,
    PersonId,
    Rhythm,
    SchoolYearId,
    TeamId,
    TeamYear,
    members_on,
    staff_hours_a_month,
)


def test_school_days_are_weekdays_without_the_days_off() -> None:
    days = school_days(date(2026, 2, 9), date(2026, 2, 17), [date(2026, 2, 16)])
    assert [day.day for day in days] == [9, 10, 11, 12, 13, 17]


@pytest.mark.parametrize(
    ("day", "year"), [(date(2025, 6, 30), 2024), (date(2025, 7, 1), 2025), (date(2026, 2, 12), 2025)]
)
def test_school_years_turn_on_july_first(day: date, year: int) -> None:
    assert school_year_of(day) == year


@pytest.mark.parametrize(
    ("action", "late"),
    [
        (Action(text="a", due_on=date(2026, 2, 10)), 2),
        (Action(text="a", due_on=date(2026, 2, 12)), 0),
        (Action(text="a", due_on=None), 0),
        (Action(text="a", due_on=date(2026, 2, 1), done_on=date(2026, 2, 2)), 0),
        (Action(text="a", due_on=date(2026, 2, 1), withdrawn_on=date(2026, 2, 2)), 0),
    ],
)
def test_only_open_actions_are_late(action: Action, late: int) -> None:
    assert days_late(action, date(2026, 2, 12)) == late


def test_staff_hours_are_meetings_times_length_times_members() -> None:
    year = TeamYear(
        team_id=TeamId("t"),
        year_id=SchoolYearId("y"),
        rhythm=Rhythm.MONTHLY,
        starts_at=time(14, 45),
        ends_at=time(15, 45),
    )
    assert staff_hours_a_month(year, 8) == 8
    assert staff_hours_a_month(TeamYear(team_id=TeamId("t"), year_id=SchoolYearId("y")), 8) is None


def test_members_are_those_of_the_day() -> None:
    def member(start: date | None, end: date | None) -> Membership:
        return Membership(team_id=TeamId("t"), person_id=PersonId("p"), started_on=start, ended_on=end)

    day = date(2026, 2, 12)
    there = (member(None, None), member(day, None), member(None, day))
    assert members_on((*there, member(date(2026, 2, 13), None), member(None, date(2026, 2, 11))), day) == there


def test_precision_counts_the_six_parts() -> None:
    assert precision(Problem(team_id=TeamId("t"), title="Hallway", what="run", where="hall", when=" ")) == 2


def test_grades_go_both_ways() -> None:
    assert [grade_number(grade) for grade in ("PK", "K", "1", "12")] == [-1, 0, 1, 12]
    assert [grade_name(number) for number in (-1, 0, 12)] == ["PK", "K", "12"]


@pytest.mark.parametrize(
    ("name", "others", "short"),
    [
        ("Piney Ridge Elementary School", ("Holcomb Middle",), "Piney Ridge"),
        ("Ashby Middle School", ("Ashby Elementary", "Ashby High"), "Ashby Middle"),
        ("Ashby County High School", ("Ashby County Public Schools",), "Ashby County High"),
        ("Ashby High", ("Ashby High Annex",), "Ashby High"),
        ("High School", (), "High"),
    ],
)
def test_a_short_name_still_tells_schools_apart(name: str, others: tuple[str, ...], short: str) -> None:
    assert shortened(name, others) == short


def test_a_masked_student_shows_no_initials() -> None:
    student = Student(7, 417, "Zoë", "Lambert")
    assert [student.shown(names) for names in Names] == ["Zoë Lambert", "Student 0417", "Student 0417"]
