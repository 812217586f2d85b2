"""Improvement cycles: plan, do, study, act; what was tried, what it showed, what was learned, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NewType

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain.plans import GoalId
from mtss_desktop.domain.problems import ProblemId
from mtss_desktop.domain.records import Record
from mtss_desktop.domain.teams import TeamId

CycleId = NewType("CycleId", str)


class CycleDecision(StrEnum):
    """What the team makes of a cycle when it acts."""

    ADOPT = "adopt"
    ADAPT = "adapt"
    ABANDON = "abandon"


class CycleStep(StrEnum):
    """Where a cycle stands on a day."""

    PLAN = "plan"
    DO = "do"
    STUDY = "study"
    ACT = "act"
    DONE = "done"


STEP_WORDS = {
    CycleStep.PLAN: "Plan",
    CycleStep.DO: "Do",
    CycleStep.STUDY: "Study",
    CycleStep.ACT: "Act",
    CycleStep.DONE: "Done",
}
DECISION_WORDS = {
    CycleDecision.ADOPT: "Adopt: keep it as it is",
    CycleDecision.ADAPT: "Adapt: change it and try again",
    CycleDecision.ABANDON: "Abandon: stop and try something else",
}


@dataclass(frozen=True, kw_only=True)
class ImprovementCycle(Record):
    """One turn of plan, do, study, act; ``number`` counts the turns of one ``name``, ``before_id`` is the turn before.

    Plan: ``question``, ``prediction``, ``plan`` (who does what, where) and ``measure`` (what is counted, by whom, when).
    Do: ``starts_on`` to ``ends_on`` and ``done``, with what was otherwise than planned. Study: ``study_on``, ``result`` and
    ``learned``, held against the prediction. Act: ``decision``, ``decided_on`` and ``change``, what is done differently next.
    """

    id: CycleId = CycleId("")
    team_id: TeamId
    problem_id: ProblemId | None = None
    goal_id: GoalId | None = None
    before_id: CycleId | None = None
    name: str
    number: int = 1
    question: str = ""
    prediction: str = ""
    plan: str = ""
    measure: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    done: str = ""
    study_on: date | None = None
    result: str = ""
    learned: str = ""
    decision: CycleDecision | None = None
    decided_on: date | None = None
    change: str = ""


@dataclass(frozen=True)
class CycleLine:
    """A cycle as lists show it; ``problem`` and ``goal`` are the words of what it belongs to, ``open_actions`` its own."""

    id: str
    cycle: ImprovementCycle
    team: str
    place: str
    problem: str
    goal: str
    open_actions: int
    step: CycleStep
    sentence: Said
    tone: str


_SOON = timedelta(days=14)
"""A result that nobody has looked at for longer is worth a word."""


def step(cycle: ImprovementCycle, today: date) -> CycleStep:
    """Decided is done; a result waits for the decision; a cycle that has ended waits for its study."""
    if cycle.decision is not None:
        return CycleStep.DONE
    if cycle.result.strip() or cycle.learned.strip():
        return CycleStep.ACT
    ended = cycle.ends_on is not None and cycle.ends_on < today
    if ended or (cycle.study_on is not None and cycle.study_on <= today):
        return CycleStep.STUDY
    return CycleStep.DO if cycle.starts_on is not None and cycle.starts_on <= today else CycleStep.PLAN


def standing(cycle: ImprovementCycle, today: date) -> tuple[Said, str]:
    """(one sentence on what comes next, tone: success, warning or "")."""
    match step(cycle, today):
        case CycleStep.PLAN:
            return _planned(cycle)
        case CycleStep.DO:
            if not cycle.prediction.strip():
                return said("Under way. Write down what the team expects while nobody knows yet."), "warning"
            if cycle.ends_on is None:
                return said("Under way since {day:short}; no end yet.", day=cycle.starts_on), "warning"
            return said("Under way to {day:short}.", day=cycle.ends_on), ""
        case CycleStep.STUDY:
            since = cycle.study_on or cycle.ends_on
            late = since is not None and today - since > _SOON
            return said("Look at the measure: it ended {day:short}.", day=cycle.ends_on or since), (
                "warning" if late else ""
            )
        case CycleStep.ACT:
            return said("Decide: adopt, adapt or abandon."), ""
    return _decided(cycle)


def _planned(cycle: ImprovementCycle) -> tuple[Said, str]:
    missing = first_missing(cycle)
    if missing is not None:
        return missing, "warning"
    if cycle.starts_on is None:
        return said("Ready; it has no start yet."), "warning"
    return said("Starts {day:short}.", day=cycle.starts_on), ""


def first_missing(cycle: ImprovementCycle) -> Said | None:
    """The first thing a plan lacks; without prediction and measure there is nothing to learn from."""
    needs = (
        (cycle.question, said("Write the question the cycle answers.")),
        (cycle.plan, said("Write who does what, and where.")),
        (cycle.prediction, said("Write what the team expects to see.")),
        (cycle.measure, said("Write what is counted, by whom and when.")),
    )
    return next((words for text, words in needs if not text.strip()), None)


def _decided(cycle: ImprovementCycle) -> tuple[Said, str]:
    day = cycle.decided_on
    match cycle.decision:
        case CycleDecision.ADOPT:
            words, tone = said("Adopted {day:short}.", day=day), "success"
        case CycleDecision.ADAPT:
            words, tone = said("To be changed and tried again, decided {day:short}.", day=day), ""
        case _:
            words, tone = said("Stopped {day:short}.", day=day), ""
    return words, tone
