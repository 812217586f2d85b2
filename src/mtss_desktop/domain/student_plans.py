"""What a team decides for one student, and the goal lines it sets: the phase lines of a progress chart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from mtss_desktop.domain.meetings import AgendaItemId
from mtss_desktop.domain.records import Record

StudentDecisionId = NewType("StudentDecisionId", str)
StudentGoalId = NewType("StudentGoalId", str)


class StudentStep(StrEnum):
    """What happens next with a student's support."""

    CONTINUE = "continue"
    CHANGE = "change"
    RAISE = "raise"
    MORE = "more"
    FADE = "fade"
    END = "end"

    @property
    def begins_a_phase(self) -> bool:
        """Keeping on as before draws no line: the scores before and after belong together."""
        return self is not StudentStep.CONTINUE


class GoalWay(StrEnum):
    """How a goal came about."""

    CUT = "cut"
    NORM = "norm"
    OWN_GROWTH = "own_growth"
    OWN = "own"


@dataclass(frozen=True, kw_only=True)
class StudentDecision(Record):
    """From ``day`` on something changes; a score of that very day still belongs to what was before.

    ``student`` and ``measure_key`` are the keys that facts carry. ``asked_in`` is the agenda item that asks about it.
    """

    id: StudentDecisionId = StudentDecisionId("")
    student: int
    measure_key: int
    day: date
    step: StudentStep
    note: str = ""
    asked_in: AgendaItemId | None = None


@dataclass(frozen=True, kw_only=True)
class StudentGoal(Record):
    """A goal line set by hand: from the baseline on ``started_on`` to ``target`` on ``due_on``. The newest one is judged by."""

    id: StudentGoalId = StudentGoalId("")
    student: int
    measure_key: int
    started_on: date
    start_value: float
    due_on: date
    target: float
    way: GoalWay = GoalWay.OWN
