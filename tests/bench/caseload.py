"""A division far larger than a coach's: 80 schools, 400 teams, 5,000 actions, 3 million scores, 250,000 incidents."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path

from sqlalchemy import Table

from mtss_desktop.domain.files import Import, Mode
from mtss_desktop.domain.meetings import Meeting, MeetingAttendance, MeetingState
from mtss_desktop.domain.people import Calendar, Organization, OrganizationKind, Person, SchoolYear
from mtss_desktop.domain.plans import Action
from mtss_desktop.domain.problems import MeasuredBy, Problem
from mtss_desktop.domain.screening import Level, LevelTier, Measure, Word, WordKind
from mtss_desktop.domain.teams import CORE_ROLES, Membership, Rhythm, Team, TeamYear
from mtss_desktop.store import database
from mtss_desktop.store.schema import facts
from mtss_desktop.store.work import Step, Work

SCHOOLS, TEAMS_A_SCHOOL, ACTIONS, SCORES, INCIDENTS = 80, 5, 5_000, 3_000_000, 250_000
TODAY = date(2026, 2, 12)
FIRST = date(2025, 8, 18)
YEAR = 2025
Rows = Iterator[tuple[int | float | None, ...]]


def build(path: Path, *, scores: int = SCORES) -> Path:
    """A plain file: what is measured is reading, not the cipher."""
    database.create(path, None)
    with database.open_database(path) as opened:
        with opened.write(Step("Large division", "bench.build", "start")) as work:
            _records(work, random.Random(5))
        with opened.engines.writer.begin() as connection:
            work = Work(connection, now=opened.now, writable=True)
            for table, rows in _facts(random.Random(6), scores):
                _insert(work, table, rows)
            connection.exec_driver_sql("ANALYZE")
    return path


def _records(work: Work, dice: random.Random) -> None:
    home = work.organizations.add(Organization(name="Large County", kind=OrganizationKind.DIVISION, key=1))
    work.tell_about("home", home.id)
    work.change_rules(name=home.name, fixed_day=TODAY.isoformat(), mode=Mode.NAMES.value)
    year = work.school_years.add(SchoolYear(organization_id=home.id, start=YEAR))
    work.calendars.add(Calendar(organization_id=home.id, year_id=year.id, first_day=FIRST, last_day=date(2026, 5, 29)))
    me = work.people.add(Person(organization_id=home.id, first_name="Renee", last_name="Whitlock"))
    work.tell_about("me", me.id)
    _words(work, home.id)
    teams: list[Team] = []
    for number in range(SCHOOLS):
        school = work.organizations.add(
            Organization(name=f"School {number:02}", key=number + 2, parent_id=home.id, code=f"{number:03}")
        )
        staff = [
            work.people.add(Person(organization_id=school.id, first_name=f"Given{n}", last_name=f"Family{number}"))
            for n in range(12)
        ]
        for n in range(TEAMS_A_SCHOOL):
            team = work.teams.add(Team(organization_id=school.id, name=f"Team {n}", tier=n % 4))
            teams.append(team)
            _one_team(work, team, year.id, staff, me, dice)
    for number in range(ACTIONS):
        team = teams[number % len(teams)]
        due = TODAY + timedelta(days=dice.randrange(-40, 60))
        done = due if dice.random() < 0.6 else None
        place = team.organization_id
        work.actions.add(
            Action(
                organization_id=place,
                team_id=team.id,
                text=f"Action {number}",
                due_on=due,
                done_on=done,
                owner_id=me.id,
            )
        )


def _one_team(work: Work, team: Team, year: str, staff: list[Person], me: Person, dice: random.Random) -> None:
    place = team.organization_id
    work.team_years.add(
        TeamYear(
            organization_id=place,
            team_id=team.id,
            year_id=year,
            purpose="Every child reads.",
            rhythm=Rhythm.MONTHLY,
            weeks_of_month=(2,),
            weekday=1,
            starts_at=time(15),
            ends_at=time(16),
        )
    )
    for n, person in enumerate(dice.sample(staff, 8)):
        role = CORE_ROLES[n % 3] if n < 6 else "member"
        work.memberships.add(
            Membership(organization_id=place, team_id=team.id, person_id=person.id, role=role, backup=n >= 3)
        )
    work.problems.add(
        Problem(
            organization_id=place,
            team_id=team.id,
            title="Hallway",
            tag="hallway",
            baseline=1.9,
            measured_by=MeasuredBy.REFERRALS,
            location_word="Hallway",
            plan_from=date(2025, 10, 27),
        )
    )
    for month in range(12):
        day = FIRST + timedelta(days=30 * month + dice.randrange(20))
        state = MeetingState.HELD if day < TODAY else MeetingState.PLANNED
        meeting = work.meetings.add(
            Meeting(organization_id=place, team_id=team.id, day=day, starts_at=time(15), ends_at=time(16), state=state)
        )
        if state is MeetingState.HELD and dice.random() < 0.3:
            work.attendance.add(MeetingAttendance(organization_id=place, meeting_id=meeting.id, person_id=me.id))


def _words(work: Work, home: str) -> None:
    work.imports.add(Import(organization_id=home, key=1, file_name="large.csv", mode=Mode.NAMES))
    work.words.add(Word(organization_id=home, kind=WordKind.GROUP, key=1, name="all"))
    for key, name in enumerate(("Fall", "Winter", "Spring"), 1):
        work.words.add(Word(organization_id=home, kind=WordKind.WINDOW, key=key, name=name, order=key))
    for key, name in enumerate(("Hallway", "Classroom", "Cafeteria", "Playground"), 1):
        work.words.add(Word(organization_id=home, kind=WordKind.LOCATION, key=key, name=name))
    for key, name in enumerate(("Defiance", "Disruption", "Fighting"), 1):
        work.words.add(Word(organization_id=home, kind=WordKind.BEHAVIOR, key=key, name=name))
    for key, name in enumerate(("Reading Composite", "Math Composite", "Words Read Correct"), 1):
        work.measures.add(Measure(organization_id=home, key=key, name=name))
    for key, (word, tier) in enumerate((("Above", 1), ("At", 1), ("Below", 2), ("Well below", 3)), 1):
        work.levels.add(Level(organization_id=home, key=key, word=word, order=key))
        work.level_tiers.add(LevelTier(organization_id=home, level_key=key, tier=tier, valid_from=date(2000, 1, 1)))


def _facts(dice: random.Random, scores: int) -> list[tuple[Table, Rows]]:
    return [
        (facts.screening_count, _screening(dice)),
        (facts.incident_count, _incidents(dice)),
        (facts.absence_count, _absences(dice)),
        (facts.enrollment_count, _enrollment()),
        (
            facts.student,
            ((n, n, f"Given{n}", f"Family{n}", f"family{n} given{n}", None, 1) for n in range(1, scores // 100 + 1)),
        ),
        (facts.score, _scores(dice, scores)),
    ]


def _schools() -> range:
    return range(2, SCHOOLS + 2)


def _screening(dice: random.Random) -> Rows:
    number = 0
    for school in _schools():
        for year in (YEAR - 1, YEAR):
            for window in (1, 2, 3) if year < YEAR else (1, 2):
                for grade in range(6):
                    for measure in (1, 2):
                        for level in range(1, 5):
                            number += 1
                            yield (
                                number,
                                school,
                                year,
                                grade,
                                1,
                                measure,
                                window,
                                level,
                                0,
                                dice.randrange(5, 40),
                                1,
                                1,
                            )


def _incidents(dice: random.Random) -> Rows:
    first, days = FIRST.toordinal(), (TODAY - FIRST).days
    for number in range(1, INCIDENTS + 1):
        day = first + dice.randrange(days)
        yield (
            number,
            2 + number % SCHOOLS,
            YEAR,
            day,
            16 + dice.randrange(14),
            1 + dice.randrange(4),
            1 + dice.randrange(3),
            None,
            dice.randrange(6),
            1,
            1,
            1,
            1,
        )


def _absences(dice: random.Random) -> Rows:
    first, days, number = FIRST.toordinal(), (TODAY - FIRST).days, 0
    for school in _schools():
        for day in range(days):
            for tardy in (0, 1):
                number += 1
                yield (
                    number,
                    school,
                    YEAR,
                    first + day,
                    dice.randrange(6),
                    tardy,
                    None,
                    dice.randrange(1, 20),
                    100,
                    1,
                    1,
                )


def _enrollment() -> Rows:
    return ((n, school, YEAR, None, 1, FIRST.toordinal(), 450, 1, 1) for n, school in enumerate(_schools(), 1))


def _scores(dice: random.Random, scores: int) -> Rows:
    """A hundred scores for each student; every fiftieth student is followed weekly."""
    first = FIRST.toordinal()
    for number in range(1, scores + 1):
        student, at = divmod(number - 1, 100)
        followed = student % 50 == 0
        window, day, measure = (None, first + at, 3) if followed else (1 + at % 3, first, 1 + at % 2)
        school = 2 + student % SCHOOLS
        yield (
            number,
            student + 1,
            measure,
            YEAR - (0 if followed else at // 20),
            window,
            day,
            at,
            school,
            student % 6,
            float(dice.randrange(10, 200)),
            None,
            None,
            1 + at % 4,
            None,
            1,
            1,
            number,
            1,
        )


def _insert(work: Work, table: Table, rows: Rows) -> None:
    marks = ", ".join("?" for _ in table.columns)
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    raw = work.connection.connection.cursor()
    raw.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', rows)
    raw.close()
