"""Planning a meeting, holding it, sending the minutes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain import ranks
from mtss_desktop.domain.meetings import (
    AgendaItem,
    AgendaItemId,
    Answer,
    LineKind,
    Meeting,
    MeetingAttendance,
    MeetingId,
    MeetingState,
    MinutesLine,
    WeWill,
)
from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.plans import Action, Priority
from mtss_desktop.domain.problems import ProblemId
from mtss_desktop.domain.teams import Membership, Team, TeamId, members_on
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import minutes
from mtss_desktop.usecases.cleaning import clean_name, clean_text, in_order
from mtss_desktop.usecases.use_case import question, use_case

LONGEST_ITEM = 480
"""Minutes."""


@dataclass(frozen=True)
class MeetingRecord:
    """One meeting with everything that belongs to it."""

    meeting: Meeting
    team: Team
    agenda: tuple[AgendaItem, ...]
    lines: tuple[MinutesLine, ...]
    attendance: tuple[MeetingAttendance, ...]
    members: tuple[Membership, ...]


@dataclass(frozen=True)
class AgendaEntry:
    """An agenda item as planned and, once it was held, the minutes it took."""

    title: str
    minutes: int | None = None
    lead_id: PersonId | None = None
    we_will: WeWill | None = None
    problem_id: ProblemId | None = None
    minutes_used: int | None = None


@dataclass(frozen=True)
class ActionEntry:
    """What a minutes line asks someone to do. ``done_on`` where it is done already."""

    text: str
    owner_id: PersonId | None = None
    due_on: date | None = None
    priority: Priority | None = None
    problem_id: ProblemId | None = None
    done_on: date | None = None


@dataclass(frozen=True)
class LineEntry:
    """A line of minutes as typed. ``item`` counts the agenda from 1; 0 is under none."""

    text: str
    kind: LineKind = LineKind.NOTE
    item: int = 0
    at: time | None = None
    confidential: bool = False
    action: ActionEntry | None = None


# Before ------------------------------------------------------------------------------------------------------------------


@use_case("Plan meeting")
def plan(
    work: Work,
    team_id: TeamId,
    *,
    day: date,
    starts_at: time | None = None,
    ends_at: time | None = None,
    place: str = "",
    confidential: bool = False,
    agenda: tuple[AgendaEntry, ...] = (),
) -> MeetingId:
    """A meeting of a team on a local day and wall clock, with the agenda as far as it is known."""
    team = work.teams.get(team_id)
    in_order(starts_at, ends_at, "The meeting ends before it starts.")
    meeting = Meeting(
        organization_id=team.organization_id,
        team_id=team_id,
        day=day,
        starts_at=starts_at,
        ends_at=ends_at,
        place=clean_text(place),
        confidential=confidential,
    )
    added = work.meetings.add(meeting)
    _add_items(work, added, agenda)
    return added.id


def _add_items(work: Work, meeting: Meeting, entries: tuple[AgendaEntry, ...]) -> tuple[AgendaItemId, ...]:
    """At the end of the agenda, in their order."""
    there = work.agenda_items.list(meeting_id=meeting.id, order=("rank",))
    last = there[-1].rank if there else ""
    added = []
    for entry in entries:
        last = ranks.between(last, "")
        added.append(work.agenda_items.add(_item(meeting, entry, last)).id)
    return tuple(added)


def _item(meeting: Meeting, entry: AgendaEntry, rank: str) -> AgendaItem:
    if entry.minutes is not None and not 0 <= entry.minutes <= LONGEST_ITEM:
        raise UserError(f"An agenda item takes between 0 and {LONGEST_ITEM} minutes.")
    return AgendaItem(
        organization_id=meeting.organization_id,
        meeting_id=meeting.id,
        rank=rank,
        title=clean_name(entry.title, "the agenda item"),
        minutes_planned=entry.minutes,
        minutes_used=entry.minutes_used,
        lead_id=entry.lead_id,
        we_will=entry.we_will,
        done=entry.minutes_used is not None,
        problem_id=entry.problem_id,
    )


@use_case("Move meeting")
def move(
    work: Work,
    meeting_id: MeetingId,
    *,
    day: date,
    starts_at: time | None = None,
    ends_at: time | None = None,
    reason: str,
) -> MeetingId:
    """The old date stays with its reason; the new meeting takes the agenda."""
    old = work.meetings.get(meeting_id)
    _must_be(old, MeetingState.PLANNED)
    new = work.meetings.add(
        replace(
            old,
            id=MeetingId(""),
            day=day,
            starts_at=starts_at or old.starts_at,
            ends_at=ends_at or old.shortened_from or old.ends_at,
            reason="",
            shortened_from=None,
        )
    )
    work.meetings.save(replace(old, state=MeetingState.MOVED, reason=clean_text(reason), next_meeting_id=new.id))
    for item in work.agenda_items.list(meeting_id=meeting_id):
        work.agenda_items.save(replace(item, meeting_id=new.id))
    return new.id


@use_case("Cancel meeting")
def cancel(work: Work, meeting_id: MeetingId, *, reason: str) -> None:
    """A planned meeting that will not be held, and why."""
    meeting = work.meetings.get(meeting_id)
    _must_be(meeting, MeetingState.PLANNED)
    work.meetings.save(replace(meeting, state=MeetingState.CANCELED, reason=clean_text(reason)))


@use_case("Shorten meeting")
def shorten(work: Work, meeting_id: MeetingId, *, ends_at: time, reason: str) -> None:
    """It ends earlier than planned by agreement, and why; the time it was to end stays in the record."""
    meeting = _unlocked(work.meetings.get(meeting_id))
    _must_be(meeting, MeetingState.PLANNED, MeetingState.RUNNING)
    why = clean_text(reason)
    if not why:
        raise UserError("Say why the meeting is shortened.", "A few words are enough.")
    if meeting.ends_at is None:
        raise UserError("This meeting has no planned end.", "Set its times first.")
    in_order(meeting.started_at or meeting.starts_at, ends_at, "The meeting ends before it starts.")
    planned = meeting.shortened_from or meeting.ends_at
    if ends_at >= planned:
        raise UserError("A shortened meeting ends before its planned end.", "Type an earlier time.")
    work.meetings.save(replace(meeting, ends_at=ends_at, shortened_from=planned, reason=why))


def _unlocked(meeting: Meeting) -> Meeting:
    if meeting.locked_at is not None:
        raise UserError("These minutes are locked.", "Reopen them first and say why.")
    return meeting


def _must_be(meeting: Meeting, *states: MeetingState) -> None:
    if meeting.state not in states:
        raise UserError(f"This meeting is {meeting.state.value}.", "Choose a meeting that is still to come.")


@use_case("Add agenda item")
def add_item(
    work: Work,
    meeting_id: MeetingId,
    *,
    title: str,
    minutes: int | None = None,
    lead_id: PersonId | None = None,
    we_will: WeWill | None = None,
    problem_id: ProblemId | None = None,
) -> AgendaItemId:
    """At the end of the agenda."""
    entry = AgendaEntry(title, minutes, lead_id, we_will, problem_id)
    return _add_items(work, _unlocked(work.meetings.get(meeting_id)), (entry,))[0]


@use_case("Remove agenda item")
def remove_item(work: Work, item_id: AgendaItemId) -> None:
    """Lines written under it stay and belong to the meeting."""
    _unlocked(work.meetings.get(work.agenda_items.get(item_id).meeting_id))
    for line in work.minutes_lines.list(item_id=item_id):
        work.minutes_lines.save(replace(line, item_id=None))
    work.agenda_items.remove(item_id)


@use_case("Change agenda item")
def change_item(
    work: Work,
    item_id: AgendaItemId,
    *,
    title: str | None = None,
    minutes: int | None = None,
    lead_id: PersonId | None = None,
    we_will: WeWill | None = None,
) -> None:
    """Any of its parts; what is not given stays."""
    item = work.agenda_items.get(item_id)
    _unlocked(work.meetings.get(item.meeting_id))
    if minutes is not None and not 0 <= minutes <= LONGEST_ITEM:
        raise UserError(f"An agenda item takes between 0 and {LONGEST_ITEM} minutes.")
    work.merge_with(f"item:{item_id}")
    work.agenda_items.save(
        replace(
            item,
            title=item.title if title is None else clean_name(title, "the agenda item"),
            minutes_planned=item.minutes_planned if minutes is None else minutes,
            lead_id=lead_id or item.lead_id,
            we_will=we_will or item.we_will,
        )
    )


@use_case("Move agenda item")
def move_item(work: Work, item_id: AgendaItemId, *, after: AgendaItemId | None) -> None:
    """Behind another item of the agenda, or to the front where none is named."""
    item = work.agenda_items.get(item_id)
    _unlocked(work.meetings.get(item.meeting_id))
    others = [
        each for each in work.agenda_items.list(meeting_id=item.meeting_id, order=("rank",)) if each.id != item_id
    ]
    place = next((number for number, each in enumerate(others, 1) if each.id == after), 0)
    low = others[place - 1].rank if place else ""
    high = others[place].rank if place < len(others) else ""
    work.agenda_items.save(replace(item, rank=ranks.between(low, high)))


@use_case("Send agenda")
def agenda_sent(work: Work, meeting_id: MeetingId, *, at: datetime | None = None) -> None:
    """Notes when the agenda left (UTC; now unless given)."""
    work.meetings.save(replace(work.meetings.get(meeting_id), agenda_sent_at=at or work.now()))


# During ------------------------------------------------------------------------------------------------------------------


@use_case("Start meeting")
def start(work: Work, meeting_id: MeetingId, *, at: time) -> None:
    """The meeting runs from this wall-clock time."""
    meeting = _unlocked(work.meetings.get(meeting_id))
    _must_be(meeting, MeetingState.PLANNED, MeetingState.HELD)
    work.meetings.save(replace(meeting, state=MeetingState.RUNNING, started_at=at))


@use_case("Mark attendance")
def mark_present(
    work: Work,
    meeting_id: MeetingId,
    *,
    person_id: PersonId,
    present: bool = True,
    role_today: str | None = None,
    arrived: time | None = None,
    left: time | None = None,
) -> None:
    """Who is in the room, in which role today, and when somebody came later or left earlier; what is not given stays."""
    meeting = _unlocked(work.meetings.get(meeting_id))
    found = work.attendance.first(meeting_id=meeting_id, person_id=person_id)
    new = MeetingAttendance(organization_id=meeting.organization_id, meeting_id=meeting_id, person_id=person_id)
    old = found or new
    said = replace(
        old,
        present=present,
        role_today=old.role_today if role_today is None else clean_text(role_today),
        arrived=arrived or old.arrived,
        left=left or old.left,
    )
    if found is None:
        work.attendance.add(said)
    else:
        work.attendance.save(said)


@use_case("Mark everybody present")
def all_present(work: Work, meeting_id: MeetingId) -> None:
    """Every member who is not marked yet; those marked absent stay so."""
    meeting = _unlocked(work.meetings.get(meeting_id))
    members = members_on(work.memberships.list(team_id=meeting.team_id, order=("rank",)), meeting.day)
    _record_attendance(work, meeting, tuple(member.person_id for member in members))


@use_case("Note time used")
def item_took(work: Work, item_id: AgendaItemId, *, minutes: int, done: bool = True) -> None:
    """Minutes an agenda item really took."""
    item = work.agenda_items.get(item_id)
    _unlocked(work.meetings.get(item.meeting_id))
    work.agenda_items.save(replace(item, minutes_used=max(0, minutes), done=done))


# After -------------------------------------------------------------------------------------------------------------------


@use_case("End meeting")
def end(work: Work, meeting_id: MeetingId, *, at: time) -> None:
    """The meeting was held and ended at this wall-clock time. The item on the table is written down."""
    meeting = work.meetings.get(meeting_id)
    _must_be(meeting, MeetingState.RUNNING, MeetingState.PLANNED)
    in_order(meeting.started_at or meeting.starts_at, at, "The meeting ends before it starts.")
    started = meeting.started_at or meeting.starts_at
    minutes.pause_item(work, meeting_id, done=True)
    work.meetings.save(replace(meeting, state=MeetingState.HELD, started_at=started, ended_at=at))


@use_case("Enter minutes")
def record(
    work: Work,
    meeting_id: MeetingId,
    *,
    started_at: time | None = None,
    ended_at: time | None = None,
    present: tuple[PersonId, ...] = (),
    agenda: tuple[AgendaEntry, ...] = (),
    lines: tuple[LineEntry, ...] = (),
    opened: tuple[ProblemId, ...] = (),
) -> None:
    """A meeting that was held, typed in afterwards in one act.

    Members who are not ``present`` were absent. ``opened`` are the problems this meeting took up. Action lines make actions.
    """
    meeting = work.meetings.get(meeting_id)
    _must_be(meeting, MeetingState.PLANNED, MeetingState.RUNNING)
    began, ended = started_at or meeting.starts_at, ended_at or meeting.ends_at
    in_order(began, ended, "The meeting ends before it starts.")
    work.relabel(f"Enter minutes of {meeting.day.month}/{meeting.day.day}")
    work.meetings.save(replace(meeting, state=MeetingState.HELD, started_at=began, ended_at=ended))
    items = _add_items(work, meeting, agenda)
    _record_attendance(work, meeting, present)
    for line, rank in zip(lines, ranks.ranks(len(lines)), strict=True):
        _record_line(work, meeting, line, items, rank)
    for problem_id in opened:
        work.problems.save(replace(work.problems.get(problem_id), opened_in=meeting.id, opened_on=meeting.day))


def _record_attendance(work: Work, meeting: Meeting, present: tuple[PersonId, ...]) -> None:
    marked = {each.person_id for each in work.attendance.list(meeting_id=meeting.id)}
    members = members_on(work.memberships.list(team_id=meeting.team_id, order=("rank",)), meeting.day)
    for person_id in dict.fromkeys((*present, *(member.person_id for member in members))):
        if person_id not in marked:
            work.attendance.add(
                MeetingAttendance(
                    organization_id=meeting.organization_id,
                    meeting_id=meeting.id,
                    person_id=person_id,
                    present=person_id in present,
                )
            )


def _record_line(work: Work, meeting: Meeting, entry: LineEntry, items: tuple[AgendaItemId, ...], rank: str) -> None:
    if not 0 <= entry.item <= len(items):
        raise UserError(f"The agenda has {len(items)} items; a line names item {entry.item}.")
    text = clean_text(entry.text)
    if not text:
        raise UserError("A line of the minutes is empty.", "Type something, or leave the line out.")
    line = work.minutes_lines.add(
        MinutesLine(
            organization_id=meeting.organization_id,
            meeting_id=meeting.id,
            item_id=items[entry.item - 1] if entry.item else None,
            rank=rank,
            kind=entry.kind,
            text=text,
            at=entry.at,
            confidential=entry.confidential,
        )
    )
    if entry.action is not None:
        work.actions.add(_action(meeting, line, entry.action))


def _action(meeting: Meeting, line: MinutesLine, entry: ActionEntry) -> Action:
    return Action(
        organization_id=meeting.organization_id,
        text=clean_text(entry.text) or line.text,
        team_id=meeting.team_id,
        owner_id=entry.owner_id,
        due_on=entry.due_on,
        started_on=meeting.day,
        done_on=entry.done_on,
        priority=entry.priority,
        parent_topic=Topic.PROBLEMS if entry.problem_id else Topic.MEETINGS,
        parent_id=entry.problem_id or meeting.id,
        meeting_id=meeting.id,
        line_id=line.id,
    )


@use_case("Rate meeting")
def rate(
    work: Work,
    meeting_id: MeetingId,
    *,
    time_well_used: Answer | None = None,
    tasks_tracked: Answer | None = None,
    tasks_completed: Answer | None = None,
    effect_on_students: Answer | None = None,
    to_improve: str = "",
) -> None:
    """The four questions at the end (TIPS minutes form, section 7)."""
    work.meetings.save(
        replace(
            _unlocked(work.meetings.get(meeting_id)),
            time_well_used=time_well_used,
            tasks_tracked=tasks_tracked,
            tasks_completed=tasks_completed,
            effect_on_students=effect_on_students,
            to_improve=clean_text(to_improve),
        )
    )


@use_case("Send minutes")
def minutes_sent(work: Work, meeting_id: MeetingId, *, at: datetime | None = None) -> None:
    """Notes when the minutes left (UTC; now unless given): the 24 hours count from the end of the meeting."""
    work.meetings.save(replace(work.meetings.get(meeting_id), sent_at=at or work.now()))


# Questions ---------------------------------------------------------------------------------------------------------------


@question("Meetings of a team")
def of_team(work: Work, team_id: TeamId) -> tuple[Meeting, ...]:
    """By day, oldest first."""
    return work.meetings.list(team_id=team_id, order=("day", "starts_at"))


@question("Meeting")
def show(work: Work, meeting_id: MeetingId) -> MeetingRecord:
    """A meeting with agenda, minutes, attendance and the team's members on that day."""
    meeting = work.meetings.get(meeting_id)
    return MeetingRecord(
        meeting,
        work.teams.get(meeting.team_id),
        work.agenda_items.list(meeting_id=meeting_id, order=("rank",)),
        work.minutes_lines.list(meeting_id=meeting_id, order=("rank",)),
        work.attendance.list(meeting_id=meeting_id),
        members_on(work.memberships.list(team_id=meeting.team_id, order=("rank",)), meeting.day),
    )


@question("Next meeting")
def next_of(work: Work, team_id: TeamId) -> Meeting | None:
    """The first planned meeting from today on, nothing where there is none."""
    upcoming = work.meetings.list(team_id=team_id, state=MeetingState.PLANNED, order=("day", "starts_at"))
    return next((meeting for meeting in upcoming if meeting.day >= work.today()), None)


@question("Last meeting")
def last_of(work: Work, team_id: TeamId, before: date | None = None) -> Meeting | None:
    """The last meeting held before a day (today unless given), nothing where there is none."""
    limit = before or work.today()
    held = work.meetings.list(team_id=team_id, state=MeetingState.HELD, order=("day", "starts_at"))
    return next((meeting for meeting in reversed(held) if meeting.day < limit), None)
