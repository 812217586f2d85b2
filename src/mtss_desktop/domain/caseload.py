"""What lists and walls show of a caseload: meetings to come, open actions, counts per place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time

from mtss_desktop.base.words import Said
from mtss_desktop.domain.meetings import MeetingState


@dataclass(frozen=True)
class MeetingLine:
    """A meeting to come. ``items`` counts its agenda, ``open_actions`` and ``problems`` those of its team."""

    id: str
    team_id: str
    team: str
    place_id: str
    place: str
    day: date
    starts_at: time | None
    ends_at: time | None
    room: str
    state: MeetingState
    items: int
    agenda_sent: bool
    open_actions: int
    problems: int
    packet_made: bool = False


@dataclass(frozen=True)
class ActionLine:
    """An open action with who has it and where it belongs. ``parent`` is the title of its problem or improvement cycle."""

    id: str
    text: str
    owner: str
    team_id: str
    team: str
    place_id: str
    place: str
    due_on: date | None
    priority: str
    parent_topic: str
    parent_id: str
    parent: str
    administration_id: str = field(default="", kw_only=True)
    item: str = field(default="", kw_only=True)
    instrument: str = field(default="", kw_only=True)
    """The rated item it was made from, and of which list."""

    @property
    def rating(self) -> tuple[tuple[str, str], ...]:
        """(room, record) of the item it was made from, if any."""
        return (("lookfors", f"rate:{self.administration_id}:{self.item}"),) if self.item else ()

    @property
    def opens(self) -> tuple[tuple[str, str], ...]:
        """(room, record) where it can be seen, the nearest first: the plans, the meeting it comes from, its team."""
        meeting = (("meetings", self.parent_id),) if self.parent_topic == "meetings" and self.parent_id else ()
        return (("plans", self.id), *meeting, ("teams", self.team_id))


@dataclass(frozen=True)
class PlaceTally:
    """Counts of one place; ``last_visit`` is the last held meeting at which the given person was present."""

    place_id: str
    teams: int
    late: int
    open_actions: int
    problems: int
    planned: int
    held: int
    last_visit: date | None
    next_meeting: date | None


@dataclass(frozen=True)
class QuietTeam:
    """A team without a planned meeting; ``last_met`` is its last held one, None where none is on record."""

    team_id: str
    name: str
    place_id: str
    place: str
    last_met: date | None


@dataclass(frozen=True)
class TeamDays:
    """The last day a team met, and the day of its next meeting."""

    team_id: str
    met: date | None
    coming: date | None


@dataclass(frozen=True)
class Waiting:
    """What waits today: meetings not yet held, actions whose date has passed."""

    meetings: int
    late: int


@dataclass(frozen=True)
class Flag:
    """Something in the data worth a look. ``opens`` is a room ("data", "imports", "lookfors"), ``target`` what in it."""

    sentence: Said
    detail: Said
    opens: str
    target: str = ""
    of_students: bool = False
    """It opens a page of single students, which is not there while names are off."""
