"""Goals of problems as the data propose them and practice advises them, with the arithmetic in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import Said, said
from mtss_desktop.domain import behavior, goal_advice
from mtss_desktop.domain.goal_advice import Proposal
from mtss_desktop.domain.plans import Direction, Goal, GoalId
from mtss_desktop.domain.problems import MeasuredBy, Problem, ProblemId
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import problems
from mtss_desktop.usecases.paper_common import words_of
from mtss_desktop.usecases.paper_problem import COUNTED, counted_name, daily, through
from mtss_desktop.usecases.places import calendar_days, year_of
from mtss_desktop.usecases.use_case import question, use_case

_MOST_NAMES = 60


@dataclass(frozen=True)
class GoalAdvice:
    """What a goal of a problem can be. ``current`` is the goal there is; ``due_on`` is worked out and can be changed.

    ``baseline_words`` say where the baseline comes from; ``ways`` are proposed and advised ones, the team's own is always open.
    """

    problem: Problem
    metric: str
    unit: str
    direction: Direction
    baseline: float | None
    baseline_words: Said
    due_on: date
    ways: tuple[Proposal, ...]
    current: Goal | None


@question("Goals for a problem")
def advice(work: Work, problem_id: ProblemId) -> GoalAdvice:
    """Proposed, advised and the present goal of a problem, from the counts its chart reads."""
    problem = work.problems.get(problem_id)
    current = work.goals.first(problem_id=problem_id)
    year = year_of(work, work.today())
    days = calendar_days(work, problem.organization_id, year.id)
    due = goal_advice.due_after(days, work.today())
    metric, unit, direction = _measured(work, problem, current)
    baseline, words, ways = _ways(work, problem, direction, days, year.start)
    return GoalAdvice(problem, metric, unit, direction, baseline, words, due, ways, current)


@use_case("Take goal")
def take(
    work: Work, problem_id: ProblemId, *, way: str, due_on: date | None = None, target: float | None = None
) -> GoalId:
    """The goal a way leads to (best_month, half, halfway, core), or the team's ``own`` with its target. It replaces the goal there is.

    Raises ``UserError`` where a way has no number, or an own goal none.
    """
    found = advice(work, problem_id)
    chosen = next((each for each in found.ways if each.way == way), None)
    if chosen is None and way != "own":
        raise UserError(
            f"There is no way “{way}” to a goal here.",
            f"Choose one of: {', '.join([*(each.way for each in found.ways), 'own'])}.",
        )
    aim = target if target is not None else chosen.target if chosen else None
    if aim is None:
        raise UserError("This way has no number yet.", "Type the goal yourself.")
    _worth_it(found, aim)
    return problems.set_goal(
        work,
        problem_id,
        metric=found.metric,
        unit=found.unit,
        baseline=found.baseline,
        target=aim,
        direction=found.direction,
        started_on=work.today(),
        due_on=due_on or found.due_on,
        statement=words_of(work).say(_statement(found, aim, due_on or found.due_on)),
    )


def _worth_it(found: GoalAdvice, aim: float) -> None:
    if aim < 0:
        raise UserError("A goal is zero or more.", "Type another number.")
    if found.baseline is None:
        return
    wrong = aim >= found.baseline if found.direction is Direction.LOWER else aim <= found.baseline
    if wrong:
        side = "below" if found.direction is Direction.LOWER else "above"
        raise UserError(f"The goal is not {side} the baseline of {found.baseline:g}.", "Type another number.")


def _statement(found: GoalAdvice, aim: float, due: date) -> Said:
    metric, base = found.metric, found.baseline
    if base is None:
        return said("{metric}: {aim} by {due:date}.", metric=metric, aim=aim, due=due)
    return said("{metric}: from {base} to {aim} by {due:date}.", metric=metric, base=base, aim=aim, due=due)


def _measured(work: Work, problem: Problem, current: Goal | None) -> tuple[str, str, Direction]:
    """What is counted, its unit, and which way is better: as the goal that is there, else as the problem is counted."""
    if current is not None:
        return current.metric, current.unit, current.direction
    words = words_of(work)
    if problem.measured_by in COUNTED:
        counted = words.say(counted_name(work, problem))
        unit = problem.unit or "per school day"
        return f"{counted[:1].upper()}{counted[1:]} per school day", unit, Direction.LOWER
    more = problem.measured_by is MeasuredBy.SCREENING
    return problem.title[:_MOST_NAMES], problem.unit, Direction.HIGHER if more else Direction.LOWER


def _ways(
    work: Work, problem: Problem, direction: Direction, days: tuple[date, ...], year: int
) -> tuple[float | None, Said, tuple[Proposal, ...]]:
    typed = said("As written in the problem.") if problem.baseline is not None else said("No baseline yet.")
    if problem.measured_by not in COUNTED or (not problem.unit.endswith("per school day") and problem.unit):
        if direction is Direction.HIGHER:
            return problem.baseline, typed, goal_advice.of_share(problem.baseline, work.rules.tier_1_share)
        return problem.baseline, typed, goal_advice.of_rate(problem.baseline, ())[1:]
    place = work.organizations.get(problem.organization_id)
    found = daily(work, problem, place, year)
    by_day = {each.day: each.n for each in found}
    last = through(work, problem, place, year, days) or work.today()
    known = [day for day in days if day <= last]
    months = behavior.by_month({day: n for day, n in by_day.items() if day <= last}, known) if by_day else ()
    baseline, words = problem.baseline, typed
    if baseline is None and by_day and known:
        n = sum(count for day, count in by_day.items() if day <= last)
        baseline = round(n / len(known), 2)
        words = said("{n} in {days} school days to {last:date}.", n=n, days=len(known), last=last)
    return baseline, words, goal_advice.of_rate(baseline, months)
