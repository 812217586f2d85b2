"""Improvement cycles: begun for a team, written part by part, decided, and begun again with what was learned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.cycles import (
    DECISION_WORDS,
    CycleDecision,
    CycleId,
    CycleLine,
    CycleStep,
    ImprovementCycle,
    standing,
    step,
)
from mtss_desktop.domain.minutes_words import typed_day
from mtss_desktop.domain.plans import Action, Goal, GoalId, is_open
from mtss_desktop.domain.problems import ProblemId
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.cleaning import clean_name, clean_text, in_order
from mtss_desktop.usecases.use_case import question, use_case


class CycleFact(StrEnum):
    """One line of a cycle, typed as text; days as in minutes (2/24, fri, +2w)."""

    NAME = "name"
    QUESTION = "question"
    PREDICTION = "prediction"
    PLAN = "plan"
    MEASURE = "measure"
    STARTS = "starts_on"
    ENDS = "ends_on"
    DONE = "done"
    STUDY_ON = "study_on"
    RESULT = "result"
    LEARNED = "learned"
    CHANGE = "change"


DAYS = frozenset({CycleFact.STARTS, CycleFact.ENDS, CycleFact.STUDY_ON})


@dataclass(frozen=True)
class CycleCard:
    """One cycle: ``series`` are all turns of it, the first one first; ``actions`` its own, open ones first.

    ``people`` are (id, name) of who has an action; ``problems`` and ``goals`` (id, words) what it can be linked to.
    """

    line: CycleLine
    series: tuple[CycleLine, ...]
    actions: tuple[Action, ...]
    people: tuple[tuple[str, str], ...]
    problems: tuple[tuple[str, str], ...]
    goals: tuple[tuple[str, str], ...]
    today: date


@use_case("Begin improvement cycle")
def begin(
    work: Work,
    team_id: TeamId,
    *,
    name: str,
    problem_id: ProblemId | None = None,
    goal_id: GoalId | None = None,
    question: str = "",
    prediction: str = "",
    plan: str = "",
    measure: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    study_on: date | None = None,
) -> CycleId:
    """A new cycle of a team, for one of its problems or goals where they are given."""
    team = work.teams.get(team_id)
    _linked(work, team_id, problem_id, goal_id)
    _days_in_order(starts_on, ends_on, study_on)
    made = ImprovementCycle(
        organization_id=team.organization_id,
        team_id=team_id,
        problem_id=problem_id,
        goal_id=goal_id,
        name=clean_name(name, "the cycle"),
        question=clean_text(question),
        prediction=clean_text(prediction),
        plan=clean_text(plan),
        measure=clean_text(measure),
        starts_on=starts_on,
        ends_on=ends_on,
        study_on=study_on,
    )
    return work.cycles.add(made).id


@use_case("Change improvement cycle")
def write(work: Work, cycle_id: CycleId, *, fact: CycleFact, text: str) -> None:
    """One fact of a cycle as it is typed; an empty day takes the day away. Raises ``UserError`` for what is no day."""
    cycle = work.cycles.get(cycle_id)
    work.merge_with(f"{cycle_id}:{fact}")
    if fact in DAYS:
        value: object = _day(text, work.today())
    else:
        value = clean_name(text, "the cycle") if fact is CycleFact.NAME else clean_text(text)
    changed = replace(cycle, **{fact.value: value})  # type: ignore[arg-type]
    _days_in_order(changed.starts_on, changed.ends_on, changed.study_on)
    work.cycles.save(changed)


def _day(text: str, today: date) -> date | None:
    if not text.strip():
        return None
    day = typed_day(text, today, nearest=True)
    if day is None:
        raise UserError(f"“{text.strip()}” is no day.", "Type it like 2/24, 2/24/2026, fri or +2w.")
    return day


def _days_in_order(starts_on: date | None, ends_on: date | None, study_on: date | None) -> None:
    in_order(starts_on, ends_on, "The cycle ends before it starts.")
    in_order(starts_on, study_on, "The study comes before the start.")


@use_case("Link improvement cycle")
def link(work: Work, cycle_id: CycleId, *, problem_id: ProblemId | None = None, goal_id: GoalId | None = None) -> None:
    """The problem and the goal it belongs to; what is not given belongs to it no longer."""
    cycle = work.cycles.get(cycle_id)
    _linked(work, cycle.team_id, problem_id, goal_id)
    work.cycles.save(replace(cycle, problem_id=problem_id, goal_id=goal_id))


def _linked(work: Work, team_id: TeamId, problem_id: ProblemId | None, goal_id: GoalId | None) -> None:
    if problem_id is not None and work.problems.get(problem_id).team_id != team_id:
        raise UserError("This problem is another team’s.", "Choose one of the team’s own.")
    if goal_id is not None and not _is_of(work, work.goals.get(goal_id), team_id):
        raise UserError("This goal is another team’s.", "Choose one of the team’s own.")


def _is_of(work: Work, goal: Goal, team_id: TeamId) -> bool:
    if goal.team_id is not None:
        return goal.team_id == team_id
    return goal.problem_id is not None and work.problems.get(goal.problem_id).team_id == team_id


@use_case("Decide improvement cycle")
def decide(
    work: Work, cycle_id: CycleId, *, decision: CycleDecision, on: date | None = None, change: str | None = None
) -> None:
    """What the team makes of it, today unless given; ``change`` is what is done differently next."""
    cycle = work.cycles.get(cycle_id)
    day = on or work.today()
    in_order(cycle.starts_on, day, "The decision comes before the start.")
    said = cycle.change if change is None else clean_text(change)
    work.cycles.save(replace(cycle, decision=decision, decided_on=day, change=said))
    work.relabel(f"Decide {cycle.name}: {DECISION_WORDS[decision].split(':')[0].lower()}")


@use_case("Open improvement cycle again")
def reopen(work: Work, cycle_id: CycleId) -> None:
    """The decision is taken back; what was written stays."""
    work.cycles.save(replace(work.cycles.get(cycle_id), decision=None, decided_on=None))


@use_case("Begin next turn")
def begin_next(work: Work, cycle_id: CycleId) -> CycleId:
    """The next turn of a decided cycle: its question, plan and measure go along, and what is to be changed comes first.

    Raises ``UserError`` where nothing is decided yet, or the next turn is there already.
    """
    cycle = work.cycles.get(cycle_id)
    if cycle.decision is None:
        raise UserError("Nothing is decided about this cycle yet.", "Decide first: adopt, adapt or abandon.")
    if work.cycles.first(before_id=cycle_id) is not None:
        raise UserError("The next turn has begun already.", "Open it from the turns of this cycle.")
    plan = "\n".join(part for part in (cycle.change, cycle.plan) if part)
    made = ImprovementCycle(
        organization_id=cycle.organization_id,
        team_id=cycle.team_id,
        problem_id=cycle.problem_id,
        goal_id=cycle.goal_id,
        before_id=cycle_id,
        name=cycle.name,
        number=cycle.number + 1,
        question=cycle.question,
        plan=plan,
        measure=cycle.measure,
    )
    return work.cycles.add(made).id


@use_case("Remove improvement cycle")
def remove(work: Work, cycle_id: CycleId) -> None:
    """Takes a cycle away; its actions stay with the team. Raises ``UserError`` where a later turn builds on it."""
    cycle = work.cycles.get(cycle_id)
    if work.cycles.first(before_id=cycle_id) is not None:
        raise UserError("A later turn builds on this one.", "Remove the later one first.")
    for action in work.actions.list(parent_topic="cycles", parent_id=cycle_id):
        work.actions.save(replace(action, parent_topic="", parent_id=""))
    work.cycles.remove(cycle_id)
    work.relabel(f"Remove {cycle.name}")


@question("Improvement cycles")
def lines(work: Work, *, place_id: str = "", closed: bool = False) -> tuple[CycleLine, ...]:
    """Cycles of all teams of a place, or everywhere; decided ones too where asked for. What waits longest comes first."""
    found = work.cycles.list(organization_id=place_id) if place_id else work.cycles.list()
    return tuple(sorted(_lines(work, [each for each in found if closed or each.decision is None]), key=_order))


_STEPS = (CycleStep.ACT, CycleStep.STUDY, CycleStep.DO, CycleStep.PLAN, CycleStep.DONE)


def _order(line: CycleLine) -> tuple[int, date, str, str, int]:
    cycle = line.cycle
    day = cycle.study_on or cycle.ends_on or cycle.starts_on or date.max
    if cycle.decided_on is not None:  # the latest first
        day = date.fromordinal(date.max.toordinal() - cycle.decided_on.toordinal())
    return _STEPS.index(line.step), day, line.place, line.team, cycle.number


@question("Improvement cycle card")
def card(work: Work, cycle_id: CycleId) -> CycleCard:
    """Everything about one cycle."""
    cycle = work.cycles.get(cycle_id)
    actions = work.actions.list(parent_topic="cycles", parent_id=cycle_id)
    series = _lines(work, _series(work, cycle))
    problems = work.problems.list(team_id=cycle.team_id, order=("rank",))
    of_problems = tuple(each.id for each in problems)
    goals = [*work.goals.list(team_id=cycle.team_id, problem_id=None), *work.goals.list(problem_id=of_problems)]
    owners = tuple({each.owner_id for each in actions if each.owner_id})
    return CycleCard(
        line=next(each for each in series if each.id == cycle_id),
        series=tuple(series),
        actions=tuple(sorted(actions, key=lambda each: (not is_open(each), each.due_on or date.max))),
        people=tuple((each.id, each.name) for each in work.people.list(id=owners)),
        problems=tuple(
            (each.id, each.title) for each in problems if each.closed_on is None or each.id == cycle.problem_id
        ),
        goals=tuple((each.id, each.statement or each.metric) for each in goals),
        today=work.today(),
    )


def _series(work: Work, cycle: ImprovementCycle) -> list[ImprovementCycle]:
    """All turns, the first one first."""
    found = [cycle]
    while found[0].before_id is not None:
        before = work.cycles.find(found[0].before_id)
        if before is None:
            break
        found.insert(0, before)
    while (after := work.cycles.first(before_id=found[-1].id)) is not None:
        found.append(after)
    return found


def _lines(work: Work, cycles: list[ImprovementCycle]) -> list[CycleLine]:
    today = work.today()
    teams = {each.id: each for each in work.teams.list()}
    places: dict[str, str] = {each.id: each.short_name or each.name for each in work.organizations.list()}
    problems = {each.id: each.title for each in work.problems.list(id=_ids(each.problem_id for each in cycles))}
    goals = {
        each.id: each.statement or each.metric for each in work.goals.list(id=_ids(each.goal_id for each in cycles))
    }
    own = work.actions.list(parent_topic="cycles", parent_id=tuple(each.id for each in cycles))
    n = Counter(each.parent_id for each in own if is_open(each))
    made = []
    for cycle in cycles:
        sentence, tone = standing(cycle, today)
        team = teams[cycle.team_id]
        made.append(
            CycleLine(
                cycle.id,
                cycle,
                team.name,
                places.get(team.organization_id, ""),
                problems.get(cycle.problem_id, "") if cycle.problem_id else "",
                goals.get(cycle.goal_id, "") if cycle.goal_id else "",
                n[cycle.id],
                step(cycle, today),
                sentence,
                tone,
            )
        )
    return made


def _ids(found: Iterable[str | None]) -> tuple[str, ...]:
    return tuple({each for each in found if each})
