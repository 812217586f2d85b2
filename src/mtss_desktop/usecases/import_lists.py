"""Lists of people, teams, schools and days without school from files: what is there, and writing what a plan shows as records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.folding import fold
from mtss_desktop.domain.people import (
    DayWithoutSchool,
    Organization,
    OrganizationId,
    OrganizationKind,
    Person,
    PersonId,
    SchoolYearId,
    school_year_of,
)
from mtss_desktop.domain.team_matrix import MatrixColumn, TypedCell
from mtss_desktop.domain.teams import Membership, Team, TeamId, TeamYear
from mtss_desktop.importing.known_lists import KnownLists, KnownPerson, KnownTeam
from mtss_desktop.importing.list_plan import Entry
from mtss_desktop.importing.matching import KnownSchool
from mtss_desktop.store.bulk import next_key
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import matrix
from mtss_desktop.usecases.places import add_year, year_of


def known_lists(work: Work, schools: tuple[KnownSchool, ...]) -> KnownLists:
    places = {place.key: str(place.id) for place in work.organizations.list(kind=OrganizationKind.SCHOOL)}
    return KnownLists(
        home=work.home_id,
        schools=schools,
        places=places,
        people=tuple(
            KnownPerson(p.id, p.name, p.email, p.position, p.organization_id, p.left_on is not None)
            for p in work.people.list()
        ),
        teams=_known_teams(work),
        members=frozenset((m.team_id, m.person_id, m.role) for m in work.memberships.list(ended_on=None)),
        days={(d.organization_id, d.day): d.reason for d in work.days_without_school.list()},
        years=frozenset(year.start for year in work.school_years.list()),
    )


def _known_teams(work: Work) -> tuple[KnownTeam, ...]:
    """Working teams with their texts and people."""
    if work.school_years.first() is None:
        return tuple(KnownTeam(each.id, each.name, each.organization_id) for each in work.teams.list(ended_on=None))
    names = {person.id: fold(person.name) for person in work.people.list()}
    rows = matrix.grid(work).rows
    return tuple(
        KnownTeam(
            row.team_id,
            row.text(MatrixColumn.NAME),
            row.place_id,
            {cell.column: cell.text for cell in row.cells},
            frozenset(names[PersonId(person)] for person in row.people),
        )
        for row in rows
    )


def write_list(work: Work, takes: str, entries: tuple[Entry, ...]) -> None:
    """Makes and changes the records a plan's rows name, all in the step that is open."""
    writer = _Writer(work)
    for entry in entries:
        {"staff": writer.staff, "teams": writer.member, "schools": writer.school, "calendar": writer.days}[takes](entry)


class _Writer:
    """Remembers what it made, so that ten rows of a new team make one team."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._schools: dict[str, str] = {}
        self._people: dict[tuple[str, str], str] = {}
        self._teams: dict[tuple[str, str], str] = {}

    def staff(self, entry: Entry) -> None:
        if entry.person:
            person = self.work.people.get(PersonId(entry.person))
            changed = replace(person, position=entry.position or person.position, email=entry.email or person.email)
            self.work.people.save(changed)
            return
        self._person(entry)

    def member(self, entry: Entry) -> None:
        team = self._team(entry)
        if entry.facts or entry.members:
            self._tell(TeamId(team), entry)
        if not entry.last_name:
            return
        person = entry.person or self._person(entry)
        role = entry.role or "member"
        if self.work.memberships.first(team_id=team, person_id=person, role=role, ended_on=None) is None:
            self.work.memberships.add(
                Membership(
                    organization_id=self.work.teams.get(TeamId(team)).organization_id,
                    team_id=TeamId(team),
                    person_id=PersonId(person),
                    role=role,
                    backup=entry.backup,
                    brings=entry.brings,
                    started_on=entry.from_day or self.work.today(),
                    ended_on=_past(entry.to_day, self.work.today()),
                )
            )

    def _tell(self, team: TeamId, entry: Entry) -> None:
        """What a row says of its team in this year, and who is on it. Raises ``UserError`` for what does not fit."""
        told = [TypedCell(team, column, text) for column, text in entry.facts]
        if entry.members:
            told.append(TypedCell(team, MatrixColumn.STAFF, "; ".join(entry.members)))
        year = year_of(self.work, self.work.today())
        for trouble in matrix.write_team(self.work, team, told, SchoolYearId(year.id)):
            raise UserError(f"Line {entry.line}: {trouble.why}", "Mend the line in the file, or leave it out.")

    def school(self, entry: Entry) -> None:
        self._school(entry)

    def days(self, entry: Entry) -> None:
        place = OrganizationId(entry.place or self.work.home_id)
        for day in entry.days:
            there = self.work.days_without_school.first(organization_id=place, day=day)
            if there is None and place != self.work.home_id:
                there = self.work.days_without_school.first(organization_id=self.work.home_id, day=day)
            if there is not None:
                if entry.reason and there.reason != entry.reason:
                    self.work.days_without_school.save(replace(there, reason=entry.reason))
                continue
            start = school_year_of(day)
            year = self.work.school_years.first(start=start)
            year_id = year.id if year is not None else add_year(self.work, start=start)
            self.work.days_without_school.add(
                DayWithoutSchool(organization_id=place, year_id=year_id, day=day, reason=entry.reason)
            )

    def _place(self, entry: Entry) -> str:
        return self._school(entry) if entry.new_school else entry.place or self.work.home_id

    def _school(self, entry: Entry) -> str:
        name = fold(entry.new_school)
        if name not in self._schools:
            made = self.work.organizations.add(
                Organization(
                    key=next_key(self.work, "organization"),
                    name=entry.new_school,
                    short_name=entry.new_school,
                    code=entry.school_code,
                    state_code=entry.state_code,
                    grades=entry.grades,
                    parent_id=OrganizationId(self.work.home_id) if self.work.home_id else None,
                )
            )
            self._schools[name] = made.id
        return self._schools[name]

    def _person(self, entry: Entry) -> str:
        place = self._place(entry)
        key = (fold(entry.email or entry.name), "" if entry.email else place)
        if key not in self._people:
            made = self.work.people.add(
                Person(
                    organization_id=OrganizationId(place),
                    first_name=entry.first_name,
                    last_name=entry.last_name,
                    position=entry.position,
                    email=entry.email,
                    started_on=None if entry.team_name else entry.from_day,
                    left_on=None if entry.team_name else _past(entry.to_day, self.work.today()),
                )
            )
            self._people[key] = made.id
        return self._people[key]

    def _team(self, entry: Entry) -> str:
        if entry.team:
            return entry.team
        place = self._place(entry)
        key = (fold(entry.team_name), place)
        if key not in self._teams:
            made = self.work.teams.add(
                Team(
                    organization_id=place,
                    name=entry.team_name,
                    started_on=self.work.today(),
                )
            )
            if self.work.school_years.first() is not None:
                year = year_of(self.work, self.work.today())
                self.work.team_years.add(TeamYear(organization_id=place, team_id=made.id, year_id=year.id))
            self._teams[key] = made.id
        return self._teams[key]


def _past(day: date | None, today: date) -> date | None:
    """A last day that has come."""
    return day if day is not None and day <= today else None
