"""Problems and goals of all teams as lines of a list, with one sentence on where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain.plans import Direction, Goal
from mtss_desktop.domain.problems import Effect, Fidelity, NextStep, Problem

FIDELITY_WORDS = {
    Fidelity.NOT_STARTED: "not started",
    Fidelity.PARTIAL: "partial",
    Fidelity.WITH_FIDELITY: "with fidelity",
    Fidelity.STOPPED: "stopped",
}
EFFECT_WORDS = {
    Effect.WORSE: "worse",
    Effect.NO_CHANGE: "no change",
    Effect.IMPROVED: "improved",
    Effect.GOAL_MET: "goal met",
}
NEXT_STEP_WORDS = {
    NextStep.CONTINUE: "continue",
    NextStep.MODIFY: "modify",
    NextStep.DISCONTINUE: "discontinue",
    NextStep.OTHER: "other",
}


@dataclass(frozen=True)
class ReviewLine:
    """What one meeting found. ``level`` in the problem's unit."""

    id: str
    day: date
    fidelity: Fidelity | None
    effect: Effect | None
    level: float | None
    next_step: NextStep | None
    note: str


@dataclass(frozen=True)
class ProblemLine:
    """``next_on`` is the team's next planned meeting, None where none is planned or the problem is closed."""

    id: str
    problem: Problem
    team: str
    place: str
    last: ReviewLine | None
    next_on: date | None


@dataclass(frozen=True)
class GoalLine:
    """``level`` is what the last review found, ``level_on`` the day of that meeting."""

    id: str
    goal: Goal
    problem: str
    team: str
    place: str
    level: float | None
    level_on: date | None
    sentence: Said
    tone: str


def is_met(goal: Goal, level: float) -> bool:
    """Whether a level reaches the target; False without a target."""
    if goal.target is None:
        return False
    return level <= goal.target if goal.direction is Direction.LOWER else level >= goal.target


def expected(goal: Goal, day: date) -> float | None:
    """The straight line from baseline to target on a day; None where an end of it is not known."""
    if goal.baseline is None or goal.target is None or goal.started_on is None or goal.due_on is None:
        return None
    whole = (goal.due_on - goal.started_on).days
    if whole <= 0:
        return goal.target
    share = min(1.0, max(0.0, (day - goal.started_on).days / whole))
    return goal.baseline + share * (goal.target - goal.baseline)


def standing(goal: Goal, level: float | None, level_on: date | None, today: date) -> tuple[Said, str]:
    """(one sentence, tone: success, warning, danger or ""). Compares the last level with the line from baseline to target."""
    past = goal.due_on is not None and goal.due_on < today
    if goal.target is None:
        return said("Has no target yet."), "warning"
    if level is None or level_on is None:
        if past:
            return said("Was due {due:short}; no level is on record.", due=goal.due_on), "warning"
        return said("No level is on record yet."), ""
    if is_met(goal, level):
        return said("Met: {level} on {day:short}.", level=level, day=level_on), "success"
    if past:
        return said("Due {due:short} has passed; last level {level}.", due=goal.due_on, level=level), "danger"
    line = expected(goal, level_on)
    if line is None:
        return said("Not met yet: {level} on {day:short}.", level=level, day=level_on), ""
    well = level <= line if goal.direction is Direction.LOWER else level >= line
    if well:
        return said("On track: {level}, the line is at {line}.", level=level, line=round(line, 2)), "success"
    return said("Off track: {level}, the line is at {line}.", level=level, line=round(line, 2)), "warning"
