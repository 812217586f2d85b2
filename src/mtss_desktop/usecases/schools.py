"""The caseload wall, and one school's page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain.caseload import ActionLine, MeetingLine, PlaceTally, TeamDays
from mtss_desktop.domain.people import (
    DayWithoutSchool,
    Organization,
    OrganizationId,
    OrganizationKind,
    Person,
    SchoolYear,
)
from mtss_desktop.domain.rating_rollups import FidelityLine, HeatCell
from mtss_desktop.domain.team_cards import TeamLine
from mtss_desktop.store.queries import caseload, teams
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import paper_screening, rating_results
from mtss_desktop.usecases.places import calendar_days, year_of
from mtss_desktop.usecases.use_case import question

WEEKS_THAT_ARE_LONG = 4
_NEVER: tuple[date | None, date | None] = (None, None)


@dataclass(frozen=True)
class SchoolLine:
    """A place on the wall. ``why`` says in words why it stands here; ``need`` only orders the wall and is never shown."""

    id: OrganizationId
    name: str
    short_name: str
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
    fidelity: FidelityLine | None = None


@dataclass(frozen=True)
class SchoolPage:
    """Everything about one place. ``school_today`` is None where no calendar covers today or it is a weekend;
    ``off_here`` says that the place itself has today marked, ``off_reason`` why there is no school.

    ``days_off`` are days without school from today on, ``last_referral`` and ``last_absence`` where the files end,
    ``fidelity`` the newest result with each instrument.
    """

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
    year: SchoolYear
    off_here: bool
    off_reason: str
    days_off: tuple[DayWithoutSchool, ...]
    last_referral: date | None
    last_absence: date | None
    screening: tuple[ScreeningFinding, ...]
    fidelity: tuple[HeatCell, ...] = ()
    met: tuple[TeamDays, ...] = ()


@dataclass(frozen=True)
class ScreeningFinding:
    """What a screening of the newest window says: what was given, the share served by Tier 1 alone, the furthest grade."""

    what: Said
    finding: Said
    more: Said


@question("Schools")
def wall(work: Work) -> tuple[SchoolLine, ...]:
    """Places sorted by need: longest without a visit, late actions, no next meeting. The wall never ranks people."""
    today = work.today()
    start = year_of(work, today).start if work.school_years.first() else today.year
    tallies = {each.place_id: each for each in caseload.tallies(work, me=work.me, today=today, first=date(start, 8, 1))}
    through = caseload.last_days(work, start)
    places = work.organizations.list(closed_on=None, order=("name_folded",))
    fidelity = rating_results.lines(work)
    lines = [
        replace(_line(place, tallies[place.id], through.get(place.key, _NEVER), today), fidelity=fidelity.get(place.id))
        for place in places
    ]
    return tuple(sorted(lines, key=lambda line: (-line.need, line.name)))


def _line(place: Organization, tally: PlaceTally, through: tuple[date | None, date | None], today: date) -> SchoolLine:
    weeks = None if tally.last_visit is None else (today - tally.last_visit).days / 7
    need = _need(tally, weeks)
    days = [day for day in through if day is not None]
    return SchoolLine(
        place.id,
        place.name,
        place.short_name,
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
    """People, teams, meetings to come, open actions, what the data says and the calendar of one place."""
    today, place = work.today(), work.organizations.get(place_id)
    year = year_of(work, today)
    (tally,) = caseload.tallies(work, me=work.me, today=today, first=date(year.start, 8, 1), place_id=place_id)
    through = caseload.last_days(work, year.start, place_id=place_id).get(place.key, _NEVER)
    days = calendar_days(work, place_id, year.id)
    off = work.days_without_school.list(organization_id=(place_id, work.home_id), year_id=year.id, order=("day",))
    today_off = [each for each in off if each.day == today]
    return SchoolPage(
        _line(place, tally, through, today),
        place,
        _people(work, place_id, today),
        teams.lines(work, today, place_id=place_id),
        caseload.meetings_from(work, today, date(today.year + 1, today.month, 1), place_id=place_id),
        caseload.open_actions(work, place_id=place_id),
        today,
        today in days if days and days[0] <= today <= days[-1] and today.weekday() < 5 else None,
        sum(day <= today for day in days),
        len(days),
        year,
        any(each.organization_id == place_id for each in today_off),
        next((each.reason for each in today_off if each.reason), ""),
        tuple(each for each in off if each.day >= today),
        *through,
        _screening(work, place, year),
        rating_results.latest(work, place_id),
        caseload.met(work, place_id, today),
    )


def _people(work: Work, place_id: str, today: date) -> tuple[Person, ...]:
    found = work.people.list(organization_id=place_id, order=("last_name_folded", "first_name_folded"))
    return tuple(person for person in found if person.left_on is None or person.left_on > today)


def _screening(work: Work, place: Organization, year: SchoolYear) -> tuple[ScreeningFinding, ...]:
    if place.kind is not OrganizationKind.SCHOOL:
        return ()
    return tuple(ScreeningFinding(*each) for each in paper_screening.findings(work, place, year.start))
