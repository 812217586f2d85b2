"""A team's series of meetings: days from its pattern and the calendar, and the next meeting ready to walk into."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.agendas import next_school_day, overlap, pattern_days
from mtss_desktop.domain.meetings import MeetingId, MeetingState
from mtss_desktop.domain.teams import Rhythm, TeamId, TeamYear
from mtss_desktop.store.queries import meetings as queries
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import agendas, meetings
from mtss_desktop.usecases.cleaning import in_order
from mtss_desktop.usecases.places import calendar_days, year_of
from mtss_desktop.usecases.use_case import question, use_case

_STANDING = (MeetingState.PLANNED, MeetingState.RUNNING, MeetingState.HELD)


@dataclass(frozen=True)
class Clash:
    """Another meeting at that time and those of this team who belong to it."""

    team: str
    starts_at: time | None
    ends_at: time | None
    people: tuple[str, ...]


@dataclass(frozen=True)
class ProposedDay:
    """``instead_of`` is the day of the pattern where that has no school, with its ``reason``. Clashes are shown, never in the way."""

    day: date
    starts_at: time | None
    ends_at: time | None
    room: str
    instead_of: date | None = None
    reason: str = ""
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in a list. ``reason`` is why it was moved, cancelled or shortened, ``new_day`` where a moved one went."""

    id: MeetingId
    team_id: TeamId
    team: str
    tier: int
    place_id: str
    place: str
    day: date
    starts_at: time | None
    ends_at: time | None
    state: MeetingState
    room: str
    agenda_items: int
    agenda_sent: bool
    minutes_sent: bool
    locked: bool
    confidential: bool
    reason: str = ""
    shortened: bool = False
    new_day: date | None = None


@question("Meetings of a time")
def between(
    work: Work, *, first: date, last: date, place_id: str = "", team_id: str = "", person_id: str = ""
) -> tuple[MeetingLine, ...]:
    """By day and time; of a place, a team, or the teams a person is on, where asked for."""
    found = queries.rows(work, first=first, last=last, place_id=place_id, team_id=team_id, person_id=person_id)
    return tuple(MeetingLine(MeetingId(row.meeting_id), TeamId(row.team_id), *row[2:]) for row in found)


@question("Days for a series")
def proposed(work: Work, team_id: TeamId, *, after: date | None = None, count: int = 6) -> tuple[ProposedDay, ...]:
    """The next days of the team's pattern with school, after a day (today) and after what is planned already.

    A day without school gives way to the next one with school within a week; a whole week without school is passed over. Empty where the
    team has no pattern or the school no calendar.
    """
    team = work.teams.get(team_id)
    start = after or work.today()
    year = year_of(work, start)
    pattern = work.team_years.first(team_id=team_id, year_id=year.id)
    school = frozenset(calendar_days(work, team.organization_id, year.id))
    if pattern is None or not school:
        return ()
    taken = {each.day for each in work.meetings.list(team_id=team_id) if each.state in _STANDING}
    off = work.days_without_school.list(organization_id=(team.organization_id, work.home_id), year_id=year.id)
    reasons = {each.day: each.reason for each in off}
    found: list[ProposedDay] = []
    for day in pattern_days(pattern, _first(pattern, start, taken), max(school)):
        held = next_school_day(day, school)
        if held is not None and not {day, held} & taken and len(found) < count:
            found.append(_proposed(pattern, day, held, reasons.get(day, "")))
    return _with_clashes(work, team_id, found)


def _first(pattern: TeamYear, start: date, taken: set[date]) -> date:
    """Every two weeks counts on from the last meeting there is; all else from the day after ``start``."""
    if pattern.rhythm is Rhythm.EVERY_TWO_WEEKS and taken:
        return max(start + timedelta(days=1), max(taken) + timedelta(days=8))
    return start + timedelta(days=1)


def _proposed(pattern: TeamYear, day: date, held: date, reason: str) -> ProposedDay:
    moved = held != day
    return ProposedDay(
        held, pattern.starts_at, pattern.ends_at, pattern.room, day if moved else None, reason if moved else ""
    )


def _with_clashes(work: Work, team_id: TeamId, found: list[ProposedDay]) -> tuple[ProposedDay, ...]:
    busy = queries.others_busy(work, team_id, tuple(each.day for each in found)) if found else ()
    return tuple(
        replace(
            each,
            clashes=_grouped([row for row in busy if row.day == each.day], each.starts_at, each.ends_at),
        )
        for each in found
    )


def _grouped(rows: list[queries.ClashRow], starts_at: time | None, ends_at: time | None) -> tuple[Clash, ...]:
    people: dict[tuple[str, time | None, time | None], list[str]] = {}
    for row in rows:
        if overlap(starts_at, ends_at, row.starts_at, row.ends_at):
            people.setdefault((row.team, row.starts_at, row.ends_at), []).append(row.person)
    return tuple(Clash(*key, tuple(names)) for key, names in people.items())


@question("Clashes of a meeting")
def clashes(
    work: Work,
    team_id: TeamId,
    *,
    day: date,
    starts_at: time | None = None,
    ends_at: time | None = None,
    without: MeetingId | None = None,
) -> tuple[Clash, ...]:
    """Meetings of other teams at that time which members of this team belong to."""
    return _grouped(list(queries.others_busy(work, team_id, (day,), without)), starts_at, ends_at)


@use_case("Plan series")
def plan(
    work: Work,
    team_id: TeamId,
    *,
    days: tuple[date, ...],
    starts_at: time | None = None,
    ends_at: time | None = None,
    room: str | None = None,
) -> tuple[MeetingId, ...]:
    """One planned meeting on each day, with the times and room of the team's pattern unless given."""
    if not days:
        raise UserError("No day is chosen.", "Choose at least one day.")
    in_order(starts_at, ends_at, "The meeting ends before it starts.")
    count = len(set(days))
    work.relabel(f"Plan {count} meetings" if count > 1 else "Plan meeting")
    return tuple(_plan(work, team_id, day, starts_at, ends_at, room) for day in sorted(set(days)))


def _plan(
    work: Work, team_id: TeamId, day: date, starts_at: time | None, ends_at: time | None, room: str | None
) -> MeetingId:
    times = _times(work, team_id, day, starts_at, ends_at, room)
    return meetings.plan(work, team_id, day=day, starts_at=times.starts_at, ends_at=times.ends_at, place=times.place)


@dataclass(frozen=True)
class _Times:
    starts_at: time | None
    ends_at: time | None
    place: str


def _times(
    work: Work, team_id: TeamId, day: date, starts_at: time | None, ends_at: time | None, room: str | None
) -> _Times:
    pattern = work.team_years.first(team_id=team_id, year_id=year_of(work, day).id)
    if starts_at is None and ends_at is None and pattern is not None:
        starts_at, ends_at = pattern.starts_at, pattern.ends_at
    return _Times(starts_at, ends_at, (pattern.room if pattern else "") if room is None else room)


@use_case("New meeting")
def new_meeting(
    work: Work,
    team_id: TeamId,
    *,
    day: date | None = None,
    starts_at: time | None = None,
    ends_at: time | None = None,
    room: str | None = None,
    template: str | None = None,
) -> MeetingId:
    """The team's next meeting, ready: its pattern, an agenda with roles in turn, unfinished items, problems, due actions, parked lines.

    Without a day it is the next of the pattern. ``template`` None takes the one for the team's tier, "" leaves the agenda empty.
    """
    team = work.teams.get(team_id)
    if day is None:
        coming = proposed(work, team_id, count=1)
        if not coming:
            raise UserError("This team has no pattern of days yet.", "Choose a day for the meeting.")
        day = coming[0].day
    made = _plan(work, team_id, day, starts_at, ends_at, room)
    work.relabel(f"New meeting on {day.month}/{day.day}")
    if template != "":
        agendas.fill(work, made, template=template or agendas.for_tier(team.tier))
    return made
