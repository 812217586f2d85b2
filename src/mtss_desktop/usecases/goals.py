"""Goals of a team that belong to no single problem, and every goal's own words. Goals of problems are set with their problem."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.plans import Direction, Goal, GoalId
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.cleaning import clean_name, clean_text, in_order
from mtss_desktop.usecases.use_case import use_case


@use_case("Add goal")
def add(
    work: Work,
    team_id: TeamId,
    *,
    metric: str,
    unit: str = "",
    baseline: float | None = None,
    target: float | None = None,
    direction: Direction = Direction.LOWER,
    started_on: date | None = None,
    due_on: date | None = None,
    statement: str = "",
    level: float | None = None,
) -> GoalId:
    """A measurable goal of a team: what is measured, from where to where, by when; ``level`` is where it stands today."""
    team = work.teams.get(team_id)
    goal = Goal(
        organization_id=team.organization_id,
        team_id=team_id,
        statement=statement,
        metric=metric,
        unit=unit,
        baseline=baseline,
        target=target,
        direction=direction,
        started_on=started_on or work.today(),
        due_on=due_on,
        level=level,
        level_on=work.today() if level is not None else None,
    )
    return work.goals.add(checked(goal)).id


@use_case("Change goal")
def change(
    work: Work,
    goal_id: GoalId,
    *,
    metric: str | None = None,
    unit: str | None = None,
    baseline: float | None = None,
    target: float | None = None,
    direction: Direction | None = None,
    due_on: date | None = None,
    statement: str | None = None,
    level: float | None = None,
) -> None:
    """What is measured, from where to where, by when, and where it stands today; what is not given stays."""
    goal = work.goals.get(goal_id)
    if level is not None:
        _takes_level(goal)
    changed = replace(
        goal,
        metric=goal.metric if metric is None else metric,
        unit=goal.unit if unit is None else unit,
        baseline=goal.baseline if baseline is None else baseline,
        target=goal.target if target is None else target,
        direction=direction or goal.direction,
        due_on=due_on or goal.due_on,
        statement=goal.statement if statement is None else statement,
        level=goal.level if level is None else level,
        level_on=goal.level_on if level is None or level == goal.level else work.today(),
    )
    work.goals.save(checked(changed))


def checked(goal: Goal) -> Goal:
    """The goal with its texts tidied. Raises ``UserError`` where it measures nothing, or dates or direction do not fit."""
    goal = replace(
        goal,
        metric=clean_name(goal.metric, "the measure of the goal"),
        unit=clean_text(goal.unit),
        statement=clean_text(goal.statement),
    )
    in_order(goal.started_on, goal.due_on, "The goal is due before it starts.")
    if goal.baseline is None or goal.target is None:
        return goal
    lower = goal.direction is Direction.LOWER
    if goal.target >= goal.baseline if lower else goal.target <= goal.baseline:
        side = "below" if lower else "above"
        raise UserError(
            f"The goal is not {side} its start of {goal.baseline:g}.", "Change a number, or what is better."
        )
    return goal


@use_case("Note level of goal")
def note_level(work: Work, goal_id: GoalId, *, level: float, on: date | None = None) -> None:
    """Where a team's goal stands, today unless given. Raises ``UserError`` for a problem's goal: its reviews say it."""
    goal = work.goals.get(goal_id)
    _takes_level(goal)
    work.goals.save(replace(goal, level=level, level_on=on or work.today()))


def _takes_level(goal: Goal) -> None:
    if goal.problem_id is not None:
        raise UserError("The level of this goal comes from the reviews of its problem.", "Review the problem instead.")


@use_case("Remove goal")
def remove(work: Work, goal_id: GoalId) -> None:
    """Takes a goal away; cycles for it stay with their team."""
    for cycle in work.cycles.list(goal_id=goal_id):
        work.cycles.save(replace(cycle, goal_id=None))
    work.goals.remove(goal_id)
