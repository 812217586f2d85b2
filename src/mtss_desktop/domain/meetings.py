"""Meetings: the agenda before, the minutes during, who was there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import NewType

from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.records import Record
from mtss_desktop.domain.teams import TeamId

MeetingId = NewType("MeetingId", str)
AgendaItemId = NewType("AgendaItemId", str)
MinutesLineId = NewType("MinutesLineId", str)


class MeetingState(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    HELD = "held"
    MOVED = "moved"
    CANCELED = "canceled"


class LineKind(StrEnum):
    NOTE = "note"
    DECISION = "decision"
    ACTION = "action"
    PARKING_LOT = "parking_lot"
    CELEBRATION = "celebration"


class WeWill(StrEnum):
    """What a team does with an agenda item."""

    APPROVE = "approve"
    SHARE = "share"
    DECIDE = "decide"
    INFORM = "inform"
    RECORD = "record"
    CLOSE = "close"


class Answer(StrEnum):
    """Answers to the four questions at the end of a meeting (TIPS minutes form, section 7)."""

    YES = "yes"
    SO_SO = "so_so"
    NO = "no"


@dataclass(frozen=True, kw_only=True)
class Meeting(Record):
    """A meeting on a local day and wall clock. ``reason`` says why it was moved, cancelled or shortened; ``shortened_from`` is when it was
    to end before that. ``sent_at`` is when the minutes left.

    The last four are the team's answers: time well used, tasks tracked, tasks completed, effect on students.
    """

    id: MeetingId = MeetingId("")
    team_id: TeamId
    day: date
    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""
    state: MeetingState = MeetingState.PLANNED
    reason: str = ""
    shortened_from: time | None = None
    started_at: time | None = None
    ended_at: time | None = None
    confidential: bool = False
    next_meeting_id: MeetingId | None = None
    agenda_sent_at: datetime | None = None
    packet_made_at: datetime | None = None
    sent_at: datetime | None = None
    locked_at: datetime | None = None
    time_well_used: Answer | None = None
    tasks_tracked: Answer | None = None
    tasks_completed: Answer | None = None
    effect_on_students: Answer | None = None
    to_improve: str = ""


@dataclass(frozen=True, kw_only=True)
class AgendaItem(Record):
    id: AgendaItemId = AgendaItemId("")
    meeting_id: MeetingId
    rank: str = ""
    title: str
    minutes_planned: int | None = None
    minutes_used: int | None = None
    lead_id: PersonId | None = None
    we_will: WeWill | None = None
    done: bool = False
    carried_from: MeetingId | None = None
    problem_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class MinutesLine(Record):
    """A line as it was typed; an action made from it is a record of its own with this line's id."""

    id: MinutesLineId = MinutesLineId("")
    meeting_id: MeetingId
    item_id: AgendaItemId | None = None
    rank: str = ""
    kind: LineKind = LineKind.NOTE
    text: str
    at: time | None = None
    confidential: bool = False


@dataclass(frozen=True, kw_only=True)
class MeetingAttendance(Record):
    """Who was in the room. ``arrived`` and ``left`` only where they differ from the meeting's own times."""

    meeting_id: MeetingId
    person_id: PersonId
    present: bool = True
    role_today: str = ""
    arrived: time | None = None
    left: time | None = None


@dataclass(frozen=True, kw_only=True)
class ChecklistMark(Record):
    """The team's own points (0, 1, 2) for one item of the meeting checklist, beside what the record proposes; ``note`` says why."""

    meeting_id: MeetingId
    number: int
    points: int
    note: str = ""


def minutes_between(start: time | None, end: time | None) -> int | None:
    if start is None or end is None:
        return None
    return (end.hour - start.hour) * 60 + end.minute - start.minute
