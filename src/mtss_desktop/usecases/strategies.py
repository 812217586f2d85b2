"""The strategy bank: solutions that were carried out as planned and helped, found again and used again elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.folding import fold
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.problems import (
    Fidelity,
    Problem,
    ProblemId,
    ProblemReview,
    Solution,
    SolutionFidelity,
    SolutionId,
)
from mtss_desktop.domain.strategies import StrategyLine, StrategyNote, StrategyUse, fitting
from mtss_desktop.domain.teams import Team
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import problem_charts, problems
from mtss_desktop.usecases.cleaning import clean_text
from mtss_desktop.usecases.use_case import question, use_case


@dataclass(frozen=True)
class StrategyCard:
    """One strategy with the chart of where it shows most. ``open_problems`` are (id, words) of those that do not use it yet."""

    line: StrategyLine
    figure: Figure | None
    open_problems: tuple[tuple[str, str], ...]


@question("Strategy bank")
def bank(work: Work, *, place_id: str = "", text: str = "", left_out: bool = False) -> tuple[StrategyLine, ...]:
    """What worked: carried out with fidelity, and the problem improved. ``place_id``: worked there; ``text``: words to look for.

    ``left_out`` gives those instead that were taken out of the bank. What worked in most places comes first.
    """
    found = [line for line in _lines(work, left_out=left_out) if line.worked]
    if place_id:
        home = {team.id for team in work.teams.list(organization_id=place_id)}
        found = [line for line in found if any(use.team_id in home and use.worked for use in line.uses)]
    latest = sorted(fitting(found, text), key=lambda line: line.best.reviewed_on or date.min, reverse=True)
    return tuple(sorted(latest, key=lambda line: -line.worked))


@question("Strategy card")
def card(work: Work, solution_id: SolutionId) -> StrategyCard:
    """One strategy of the bank, also one that was left out. Raises ``UserError`` where it has not worked anywhere yet."""
    root = _root(work, solution_id)
    every = (*_lines(work, left_out=False), *_lines(work, left_out=True))
    line = next((each for each in every if each.id == root and each.worked), None)
    if line is None:
        raise UserError(
            "This solution is not in the bank.",
            "It comes in once a review finds it carried out and the problem improved.",
        )
    used = {use.problem_id for use in line.uses}
    teams = {team.id: team for team in work.teams.list()}
    places: dict[str, str] = {each.id: each.short_name or each.name for each in work.organizations.list()}
    offered = [
        (each.id, f"{each.title} ({places.get(each.organization_id, '')}, {teams[each.team_id].name})")
        for each in work.problems.list(closed_on=None)
        if each.id not in used
    ]
    figure = problem_charts.of_problem(work, ProblemId(line.best.problem_id))
    return StrategyCard(line, figure, tuple(sorted(offered, key=lambda pair: fold(pair[1]))))


@use_case("Use strategy again")
def use_again(work: Work, solution_id: SolutionId, problem_id: ProblemId, *, text: str = "") -> SolutionId:
    """Puts a strategy into the plan of another problem, with its measures; ``text`` fits it to the new place.

    Who does it and by when is for the other team to say. Raises ``UserError`` where the problem has it already or is closed.
    """
    solution, problem = work.solutions.get(solution_id), work.problems.get(problem_id)
    root = _root(work, solution_id)
    if problem.closed_on is not None:
        raise UserError(f"“{problem.title}” is closed.", "Choose an open problem, or open it again first.")
    if any(_root(work, each.id) == root for each in work.solutions.list(problem_id=problem_id)):
        raise UserError(f"“{problem.title}” has this strategy already.", "Choose another problem.")
    made = problems.add_solution(
        work,
        problem_id,
        kind=solution.kind,
        text=clean_text(text) or solution.text,
        fidelity_measure=solution.fidelity_measure,
        outcome_measure=solution.outcome_measure,
        came_from=solution_id,
    )
    work.relabel(f"Use a strategy again for {problem.title}")
    return made


@use_case("Say what made it work")
def write_note(work: Work, solution_id: SolutionId, *, note: str) -> None:
    """What another team should know about a strategy before it begins."""
    work.merge_with(f"strategy:{solution_id}")
    _keep(work, solution_id, note=clean_text(note))


@use_case("Leave strategy out")
def leave_out(work: Work, solution_id: SolutionId) -> None:
    """It worked, but is nothing to recommend; the solution itself stays in its problem."""
    _keep(work, solution_id, left_out=True)


@use_case("Put strategy back")
def put_back(work: Work, solution_id: SolutionId) -> None:
    """A strategy that was left out is in the bank again."""
    _keep(work, solution_id, left_out=False)


def _keep(work: Work, solution_id: SolutionId, *, note: str | None = None, left_out: bool | None = None) -> None:
    root = work.solutions.get(_root(work, solution_id))
    found = work.strategy_notes.first(solution_id=root.id)
    old = found or StrategyNote(organization_id=root.organization_id, solution_id=root.id)
    kept = replace(
        old, note=old.note if note is None else note, left_out=old.left_out if left_out is None else left_out
    )
    if found is None:
        work.strategy_notes.add(kept)
    else:
        work.strategy_notes.save(kept)


def _root(work: Work, solution_id: SolutionId) -> SolutionId:
    """The first solution of a trail: the strategy's own id."""
    found = work.solutions.get(solution_id)
    while found.came_from is not None:
        found = work.solutions.get(found.came_from)
    return found.id


def _lines(work: Work, *, left_out: bool) -> list[StrategyLine]:
    """Every solution with its uses, worked or not: one line for each trail."""
    solutions = {each.id: each for each in work.solutions.list()}
    notes = {each.solution_id: each for each in work.strategy_notes.list()}
    trails: dict[SolutionId, list[Solution]] = {}
    for solution in solutions.values():
        root = solution
        while root.came_from is not None:
            root = solutions[root.came_from]
        if (root.id in notes and notes[root.id].left_out) is left_out:
            trails.setdefault(root.id, []).append(solution)
    known = _Known(work)
    made = []
    for root_id, trail in trails.items():
        root, note = solutions[root_id], notes[root_id].note if root_id in notes else ""
        uses = tuple(known.use(each) for each in sorted(trail, key=lambda each: each.id))
        said = " ".join((root.text, note, *(f"{use.problem} {use.team} {use.place}" for use in uses)))
        made.append(
            StrategyLine(
                root.id, root.kind, root.text, root.fidelity_measure, root.outcome_measure, note, uses, fold(said)
            )
        )
    return made


class _Known:
    """What reviews found, read once for all solutions."""

    def __init__(self, work: Work) -> None:
        days = {each.id: each.day for each in work.meetings.list()}
        self._days: dict[str, date] = {str(meeting): day for meeting, day in days.items()}
        self._problems: dict[str, Problem] = {each.id: each for each in work.problems.list()}
        self._teams: dict[str, Team] = {each.id: each for each in work.teams.list()}
        self._places: dict[str, str] = {each.id: each.short_name or each.name for each in work.organizations.list()}
        self._reviews: dict[str, list[ProblemReview]] = {}
        for review in sorted(work.problem_reviews.list(), key=lambda each: self._days[each.meeting_id]):
            self._reviews.setdefault(review.problem_id, []).append(review)
        self._marks: dict[str, SolutionFidelity] = {}
        for mark in sorted(work.solution_fidelities.list(), key=lambda each: self._days[each.meeting_id]):
            self._marks[mark.solution_id] = mark

    def use(self, solution: Solution) -> StrategyUse:
        problem = self._problems[solution.problem_id]
        team = self._teams[problem.team_id]
        reviews = self._reviews.get(problem.id, [])
        last = next((each for each in reversed(reviews) if each.effect is not None), None)
        level = next((each.level for each in reversed(reviews) if each.level is not None), None)
        mark = self._marks.get(solution.id)
        fidelity = mark.fidelity if mark is not None else self._of_problem(reviews)
        return StrategyUse(
            solution.id,
            problem.id,
            problem.title,
            team.id,
            team.name,
            self._places.get(team.organization_id, ""),
            solution.started_on or problem.plan_from,
            fidelity,
            last.effect if last is not None else None,
            problem.baseline,
            level,
            problem.unit,
            self._days[last.meeting_id] if last is not None else None,
        )

    @staticmethod
    def _of_problem(reviews: list[ProblemReview]) -> Fidelity | None:
        return next((each.fidelity for each in reversed(reviews) if each.fidelity is not None), None)
