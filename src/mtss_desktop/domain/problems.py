"""Problems a team works on, what it tries, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from mtss_desktop.domain.meetings import MeetingId
from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.records import Record
from mtss_desktop.domain.teams import TeamId

ProblemId = NewType("ProblemId", str)
SolutionId = NewType("SolutionId", str)


class Fidelity(StrEnum):
    """Was the plan carried out?"""

    NOT_STARTED = "not_started"
    PARTIAL = "partial"
    WITH_FIDELITY = "with_fidelity"
    STOPPED = "stopped"


class Effect(StrEnum):
    """Did it help?"""

    WORSE = "worse"
    NO_CHANGE = "no_change"
    IMPROVED = "improved"
    GOAL_MET = "goal_met"


class NextStep(StrEnum):
    CONTINUE = "continue"
    MODIFY = "modify"
    DISCONTINUE = "discontinue"
    OTHER = "other"


class SolutionKind(StrEnum):
    PREVENT = "prevent"
    TEACH = "teach"
    REWARD = "reward"
    CORRECT = "correct"
    EXTINGUISH = "extinguish"
    SAFETY = "safety"


class MeasuredBy(StrEnum):
    """Where the level of a problem comes from; TEAM is counted by the team itself and has no chart of ours."""

    REFERRALS = "referrals"
    TARDIES = "tardies"
    ABSENCES = "absences"
    SCREENING = "screening"
    TEAM = "team"


@dataclass(frozen=True, kw_only=True)
class Problem(Record):
    """``tag`` is the short word typed after # in minutes. The six parts make the precise statement; ``unit`` belongs to ``baseline``.

    ``measured_by`` with ``location_word`` and ``behavior_word`` say which counts its chart reads; ``plan_from`` is the dated change the
    chart compares before and after, ``plan_label`` its words; ``question`` is what the next meeting should ask.
    """

    id: ProblemId = ProblemId("")
    team_id: TeamId
    tag: str = ""
    title: str
    what: str = ""
    where: str = ""
    when: str = ""
    who: str = ""
    why: str = ""
    how_often: str = ""
    baseline: float | None = None
    unit: str = ""
    data_source: str = ""
    measured_by: MeasuredBy = MeasuredBy.TEAM
    location_word: str = ""
    behavior_word: str = ""
    plan_from: date | None = None
    plan_label: str = ""
    question: str = ""
    opened_on: date | None = None
    opened_in: MeetingId | None = None
    closed_on: date | None = None
    rank: str = ""


PRECISE_PARTS = ("what", "where", "when", "who", "how_often", "why")


def precision(problem: Problem) -> int:
    """How many of the six parts of a precise statement are there (coaching practice: TIPS problem statement)."""
    return sum(bool(getattr(problem, part).strip()) for part in PRECISE_PARTS)


def statement(problem: Problem) -> str:
    """The precise statement as one sentence; the title where nothing of it is written."""
    parts = (problem.what, problem.where, problem.when, problem.who, problem.how_often)
    told = ", ".join(_bare(part) for part in parts if part.strip())
    because = _bare(problem.why)
    if because and not because.casefold().startswith("because"):
        because = f"because {because[:1].lower()}{because[1:]}"
    whole = ", ".join(part for part in (told, because) if part)
    return f"{whole[:1].upper()}{whole[1:]}." if whole else problem.title


def _bare(part: str) -> str:
    return part.strip().rstrip(".;,")


@dataclass(frozen=True, kw_only=True)
class ProblemReview(Record):
    """What one meeting found about one problem. ``level`` is the current level in the problem's unit over ``level_days`` school days."""

    problem_id: ProblemId
    meeting_id: MeetingId
    fidelity: Fidelity | None = None
    effect: Effect | None = None
    level: float | None = None
    level_days: int | None = None
    next_step: NextStep | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Solution(Record):
    """``came_from`` is the solution of another problem that it was taken over from: the strategy bank follows that trail."""

    id: SolutionId = SolutionId("")
    problem_id: ProblemId
    kind: SolutionKind
    text: str
    person_id: PersonId | None = None
    who: str = ""
    by_when: date | None = None
    started_on: date | None = None
    fidelity_measure: str = ""
    outcome_measure: str = ""
    came_from: SolutionId | None = None
    rank: str = ""


@dataclass(frozen=True, kw_only=True)
class SolutionFidelity(Record):
    """Fidelity of one solution at one meeting; the problem then starts from the lowest."""

    solution_id: SolutionId
    meeting_id: MeetingId
    fidelity: Fidelity
    note: str = ""
