"""The caseload wall, and one school's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain.people import Organization, OrganizationId, OrganizationKind, Person
from mtss_desktop.domain.team_cards import TeamLine
from mtss_desktop.store.queries import caseload, teams
from mtss_desktop.store.queries.caseload import ActionLine, MeetingLine, PlaceTally
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.places import calendar_days, year_of
from mtss_desktop.usecases.use_case import question

WEEKS_THAT_ARE_LONG = 4


@dataclass(frozen=True)
class SchoolLine:
    """A place on the wall. ``why`` says in words why it stands here; ``need`` only orders the wall and is never shown."""

    id: OrganizationId
    name: str
    kind: OrganizationKind
    grades: str
    teams: int
    late: int
    open_actions: int
    problems: int
    planned: int
    held: int
    last_visit: date | None
    next_meeting: date | None
    data_through: date | None
    why: Said
    need: float


@dataclass(frozen=True)
class SchoolPage:
    """Everything about one place; ``school_today`` is None where no calendar covers today."""

    line: SchoolLine
    place: Organization
    people: tuple[Person, ...]
    teams: tuple[TeamLine, ...]
    meetings: tuple[MeetingLine, ...]
    actions: tuple[ActionLine, ...]
    today: date
    school_today: bool | None
    days_so_far: int
    days_in_year: int


@question("Schools")
def wall(work: Work) -> tuple[SchoolLine, ...]:
    """Places sorted by need: longest without a visit, late actions, no next meeting. The wall never ranks people."""
    return _lines(work)


def _lines(work: Work) -> tuple[SchoolLine, ...]:
    today = work.today()
    start = year_of(work, today).start if work.school_years.first() else today.year
    tallies = {each.place_id: each for each in caseload.tallies(work, me=work.me, today=today, first=date(start, 8, 1))}
    through = caseload.last_days(work, start)
    places = work.organizations.list(closed_on=None, order=("name_folded",))
    lines = [_line(place, tallies[place.id], through.get(place.key, (None, None)), today) for place in places]
    return tuple(sorted(lines, key=lambda line: (-line.need, line.name)))


def _line(place: Organization, tally: PlaceTally, through: tuple[date | None, date | None], today: date) -> SchoolLine:
    weeks = None if tally.last_visit is None else (today - tally.last_visit).days / 7
    need = _need(tally, weeks)
    days = [day for day in through if day is not None]
    return SchoolLine(
        place.id,
        place.name,
        place.kind,
        place.grades,
        tally.teams,
        tally.late,
        tally.open_actions,
        tally.problems,
        tally.planned,
        tally.held,
        tally.last_visit,
        tally.next_meeting,
        max(days, default=None),
        _why(tally, weeks),
        need,
    )


def _need(tally: PlaceTally, weeks: float | None) -> float:
    """Weeks without a visit, two for each late action, four without a next meeting; a place without a team waits for a first one."""
    if not tally.teams:
        return 0.5
    return (weeks if weeks is not None else 12.0) + 2.0 * tally.late + (4.0 if tally.next_meeting is None else 0.0)


def _why(tally: PlaceTally, weeks: float | None) -> Said:
    """The one thing that weighs most, with its number."""
    if not tally.teams:
        return said("No team yet. Add the one you meet next.")
    parts: list[Said] = []
    if weeks is None:
        parts.append(said("no visit on record this year"))
    elif weeks >= WEEKS_THAT_ARE_LONG:
        parts.append(said("last visit {n} weeks ago", n=int(weeks)))
    if tally.late:
        parts.append(said("{n} action late", many="{n} actions late", count="n", n=tally.late))
    if tally.next_meeting is None:
        parts.append(said("no next meeting"))
    if not parts:
        return said("Nothing is late. Next meeting {day:day}.", day=tally.next_meeting)
    return said("{parts}", parts=tuple(parts))


@question("School")
def page(work: Work, place_id: OrganizationId) -> SchoolPage:
    """People, teams, meetings to come, open actions and the calendar of one place."""
    today = work.today()
    place = work.organizations.get(place_id)
    line = next(each for each in _lines(work) if each.id == place_id)
    year = year_of(work, today)
    days = calendar_days(work, place_id, year.id)
    inside = bool(days) and days[0] <= today <= days[-1]
    return SchoolPage(
        line,
        place,
        tuple(
            person
            for person in work.people.list(organization_id=place_id, order=("last_name_folded", "first_name_folded"))
            if person.left_on is None or person.left_on > today
        ),
        teams.lines(work, today, place_id=place_id),
        caseload.meetings_from(work, today, date(today.year + 1, today.month, 1), place_id=place_id),
        caseload.open_actions(work, place_id=place_id),
        today,
        today in days if inside and today.weekday() < 5 else None,
        sum(day <= today for day in days),
        len(days),
    )
