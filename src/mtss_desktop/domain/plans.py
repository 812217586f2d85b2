"""Goals and actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from mtss_desktop.domain.meetings import MeetingId, MinutesLineId
from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.problems import ProblemId
from mtss_desktop.domain.ratings import AdministrationId
from mtss_desktop.domain.records import Record
from mtss_desktop.domain.teams import TeamId

GoalId = NewType("GoalId", str)
ActionId = NewType("ActionId", str)


class Direction(StrEnum):
    LOWER = "lower"
    HIGHER = "higher"


class Priority(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, kw_only=True)
class Goal(Record):
    """Measurable: ``baseline`` to ``target`` in ``unit`` by ``due_on``.

    A goal of a problem takes its level from the reviews; one of a team alone keeps the last one in ``level`` and ``level_on``.
    """

    id: GoalId = GoalId("")
    team_id: TeamId | None = None
    problem_id: ProblemId | None = None
    statement: str = ""
    metric: str = ""
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    direction: Direction = Direction.LOWER
    started_on: date | None = None
    due_on: date | None = None
    level: float | None = None
    level_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Action(Record):
    """Who does what by when. ``parent_topic`` and ``parent_id`` name what it belongs to (a problem, a meeting …).

    ``administration_id`` and ``item`` say which rated item it is to move; ``hours`` is the time spent on it so far, None where nobody
    has said.

    ``evaluate_on`` is the day the team looks whether it helped, ``note`` how it will know.
    """

    id: ActionId = ActionId("")
    text: str
    team_id: TeamId | None = None
    owner_id: PersonId | None = None
    due_on: date | None = None
    started_on: date | None = None
    evaluate_on: date | None = None
    done_on: date | None = None
    withdrawn_on: date | None = None
    priority: Priority | None = None
    parent_topic: str = ""
    parent_id: str = ""
    meeting_id: MeetingId | None = None
    line_id: MinutesLineId | None = None
    administration_id: AdministrationId | None = None
    item: str = ""
    hours: float | None = None
    note: str = ""


def is_open(action: Action) -> bool:
    return action.done_on is None and action.withdrawn_on is None


def days_late(action: Action, today: date) -> int:
    """0 when not late, done or without a date."""
    if not is_open(action) or action.due_on is None:
        return 0
    return max(0, (today - action.due_on).days)
