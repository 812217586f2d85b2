"""Problems, solutions, reviews and goals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.folding import fold
from mtss_desktop.domain import ranks
from mtss_desktop.domain.meetings import MeetingId
from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.plans import Direction, Goal, GoalId
from mtss_desktop.domain.problems import (
    Effect,
    Fidelity,
    MeasuredBy,
    NextStep,
    Problem,
    ProblemId,
    ProblemReview,
    Solution,
    SolutionFidelity,
    SolutionId,
    SolutionKind,
)
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.cleaning import clean_name, clean_text
from mtss_desktop.usecases.goals import checked
from mtss_desktop.usecases.use_case import question, use_case

WORST_FIRST = (Fidelity.STOPPED, Fidelity.NOT_STARTED, Fidelity.PARTIAL, Fidelity.WITH_FIDELITY)


@dataclass(frozen=True)
class ProblemRecord:
    """A problem with its goals, solutions and reviews (oldest first)."""

    problem: Problem
    goals: tuple[Goal, ...]
    solutions: tuple[Solution, ...]
    reviews: tuple[ProblemReview, ...]


@use_case("Define problem")
def define(
    work: Work,
    team_id: TeamId,
    *,
    title: str,
    tag: str = "",
    what: str = "",
    where: str = "",
    when: str = "",
    who: str = "",
    why: str = "",
    how_often: str = "",
    baseline: float | None = None,
    unit: str = "",
    data_source: str = "",
    measured_by: MeasuredBy = MeasuredBy.TEAM,
    location_word: str = "",
    behavior_word: str = "",
    opened_on: date | None = None,
    opened_in: MeetingId | None = None,
) -> ProblemId:
    """A problem of a team. The tag is what minutes call it after #; two open problems of a team never share one."""
    team = work.teams.get(team_id)
    there = work.problems.list(team_id=team_id, closed_on=None, order=("rank",))
    word = fold(tag).replace(" ", "-")
    if word and any(fold(problem.tag) == word for problem in there):
        raise UserError(f"The team already has an open problem #{word}.", "Choose another short word.")
    problem = Problem(
        organization_id=team.organization_id,
        team_id=team_id,
        tag=word,
        title=clean_name(title, "the problem"),
        what=clean_text(what),
        where=clean_text(where),
        when=clean_text(when),
        who=clean_text(who),
        why=clean_text(why),
        how_often=clean_text(how_often),
        baseline=baseline,
        unit=clean_text(unit),
        data_source=clean_text(data_source),
        measured_by=measured_by,
        location_word=clean_text(location_word),
        behavior_word=clean_text(behavior_word),
        opened_on=opened_on or work.today(),
        opened_in=opened_in,
        rank=ranks.between(there[-1].rank if there else "", ""),
    )
    return work.problems.add(problem).id


@use_case("Change problem")
def change(
    work: Work,
    problem_id: ProblemId,
    *,
    title: str | None = None,
    what: str | None = None,
    where: str | None = None,
    when: str | None = None,
    who: str | None = None,
    why: str | None = None,
    how_often: str | None = None,
) -> None:
    """Any of the parts of its statement; what is not given stays."""
    problem = work.problems.get(problem_id)
    parts = {"what": what, "where": where, "when": when, "who": who, "why": why, "how_often": how_often}
    cleaned = _cleaned({"title": title, **parts})
    if cleaned.get("title") == "":
        raise UserError("Give the problem a name.")
    work.merge_with(f"problem:{problem_id}:{','.join(sorted(cleaned))}")
    work.problems.save(replace(problem, **cleaned))  # type: ignore[arg-type]


def _cleaned(texts: dict[str, str | None]) -> dict[str, str]:
    """Those that were given."""
    return {name: clean_text(text) for name, text in texts.items() if text is not None}


@use_case("Date the plan")
def date_plan(
    work: Work, problem_id: ProblemId, *, plan_from: date | None, label: str = "", question: str = ""
) -> None:
    """The day from which the plan is carried out: the chart compares before and after. ``question`` is for the next meeting."""
    problem = work.problems.get(problem_id)
    work.problems.save(
        replace(
            problem,
            plan_from=plan_from,
            plan_label=clean_text(label),
            question=clean_text(question) or problem.question,
        )
    )


@use_case("Close problem")
def close(work: Work, problem_id: ProblemId, *, on: date | None = None) -> None:
    """It no longer comes back to meetings; its history stays."""
    work.problems.save(replace(work.problems.get(problem_id), closed_on=on or work.today()))


@use_case("Open problem again")
def reopen(work: Work, problem_id: ProblemId) -> None:
    """A closed problem comes back to the team's meetings."""
    work.problems.save(replace(work.problems.get(problem_id), closed_on=None))


@use_case("Add solution")
def add_solution(
    work: Work,
    problem_id: ProblemId,
    *,
    kind: SolutionKind,
    text: str,
    person_id: PersonId | None = None,
    who: str = "",
    by_when: date | None = None,
    started_on: date | None = None,
    fidelity_measure: str = "",
    outcome_measure: str = "",
    came_from: SolutionId | None = None,
) -> SolutionId:
    """What the team will do: prevent, teach, reward, correct, extinguish or safety; ``came_from`` is what it was taken over from."""
    problem = work.problems.get(problem_id)
    there = work.solutions.list(problem_id=problem_id, order=("rank",))
    solution = Solution(
        organization_id=problem.organization_id,
        problem_id=problem_id,
        kind=kind,
        text=clean_text(text),
        person_id=person_id,
        who=clean_text(who),
        by_when=by_when,
        started_on=started_on,
        fidelity_measure=clean_text(fidelity_measure),
        outcome_measure=clean_text(outcome_measure),
        came_from=came_from,
        rank=ranks.between(there[-1].rank if there else "", ""),
    )
    if not solution.text:
        raise UserError("Say what the team will do.")
    return work.solutions.add(solution).id


@use_case("Review problem")
def review(
    work: Work,
    problem_id: ProblemId,
    meeting_id: MeetingId,
    *,
    fidelity: Fidelity | None = None,
    effect: Effect | None = None,
    level: float | None = None,
    level_days: int | None = None,
    next_step: NextStep | None = None,
    note: str = "",
) -> None:
    """One review per problem and meeting: carried out? did it help? level now, next step."""
    problem = work.problems.get(problem_id)
    found = work.problem_reviews.first(problem_id=problem_id, meeting_id=meeting_id)
    said = ProblemReview(
        organization_id=problem.organization_id,
        problem_id=problem_id,
        meeting_id=meeting_id,
        fidelity=fidelity,
        effect=effect,
        level=level,
        level_days=level_days,
        next_step=next_step,
        note=clean_text(note),
    )
    if found is None:
        work.problem_reviews.add(said)
    else:
        work.problem_reviews.save(replace(said, id=found.id, version=found.version))


@use_case("Mark problem")
def mark(
    work: Work,
    problem_id: ProblemId,
    meeting_id: MeetingId,
    *,
    fidelity: Fidelity | None = None,
    effect: Effect | None = None,
    level: float | None = None,
    level_days: int | None = None,
    next_step: NextStep | None = None,
    note: str | None = None,
) -> None:
    """One answer at a time while the meeting talks about it; what is not given stays as it was marked in this meeting."""
    found = work.problem_reviews.first(problem_id=problem_id, meeting_id=meeting_id)
    old = found or ProblemReview(problem_id=problem_id, meeting_id=meeting_id)
    if work.meetings.get(meeting_id).locked_at is not None:
        raise UserError("These minutes are locked.", "Reopen them first and say why.")
    review(
        work,
        problem_id,
        meeting_id,
        fidelity=fidelity or old.fidelity,
        effect=effect or old.effect,
        level=old.level if level is None else level,
        level_days=old.level_days if level_days is None else level_days,
        next_step=next_step or old.next_step,
        note=old.note if note is None else note,
    )


@use_case("Change solution")
def change_solution(
    work: Work,
    solution_id: SolutionId,
    *,
    kind: SolutionKind | None = None,
    text: str | None = None,
    person_id: PersonId | None = None,
    who: str | None = None,
    by_when: date | None = None,
    started_on: date | None = None,
    fidelity_measure: str | None = None,
    outcome_measure: str | None = None,
) -> None:
    """What will be done, by whom and when, and how the team will know; what is not given stays. ``who`` in words replaces a person."""
    solution = work.solutions.get(solution_id)
    texts = {"text": text, "who": who, "fidelity_measure": fidelity_measure, "outcome_measure": outcome_measure}
    cleaned = _cleaned(texts)
    if cleaned.get("text") == "":
        raise UserError("Say what the team will do.")
    work.solutions.save(
        replace(
            solution,
            kind=kind or solution.kind,
            person_id=person_id or (None if cleaned.get("who") else solution.person_id),
            by_when=by_when or solution.by_when,
            started_on=started_on or solution.started_on,
            **cleaned,  # type: ignore[arg-type]
        )
    )


@use_case("Withdraw solution")
def remove_solution(work: Work, solution_id: SolutionId) -> None:
    """It is no longer part of the plan; what meetings marked about it goes with it, and Undo brings both back."""
    gone = work.solutions.get(solution_id)
    for note in work.strategy_notes.list(solution_id=solution_id):
        work.strategy_notes.remove(note.id)
    for taken in work.solutions.list(came_from=solution_id):
        work.solutions.save(replace(taken, came_from=gone.came_from))
    for mark_ in work.solution_fidelities.list(solution_id=solution_id):
        work.solution_fidelities.remove(mark_.id)
    work.solutions.remove(solution_id)


@use_case("Set fidelity of solution")
def set_fidelity(
    work: Work, solution_id: SolutionId, meeting_id: MeetingId, *, fidelity: Fidelity, note: str = ""
) -> None:
    """Was this solution carried out, as one meeting saw it. The problem's own mark follows the lowest until it is set otherwise."""
    solution = work.solutions.get(solution_id)
    if work.meetings.get(meeting_id).locked_at is not None:
        raise UserError("These minutes are locked.", "Reopen them first and say why.")
    before = lowest_fidelity(work, solution.problem_id, meeting_id)
    found = work.solution_fidelities.first(solution_id=solution_id, meeting_id=meeting_id)
    said = SolutionFidelity(
        organization_id=solution.organization_id,
        solution_id=solution_id,
        meeting_id=meeting_id,
        fidelity=fidelity,
        note=clean_text(note),
    )
    if found is None:
        work.solution_fidelities.add(said)
    else:
        work.solution_fidelities.save(replace(said, id=found.id, version=found.version))
    _follow_lowest(work, solution.problem_id, meeting_id, before)


def _follow_lowest(work: Work, problem_id: ProblemId, meeting_id: MeetingId, before: Fidelity | None) -> None:
    review_ = work.problem_reviews.first(problem_id=problem_id, meeting_id=meeting_id)
    if review_ is None or review_.fidelity in (None, before):
        mark(work, problem_id, meeting_id, fidelity=lowest_fidelity(work, problem_id, meeting_id))


def lowest_fidelity(work: Work, problem_id: ProblemId, meeting_id: MeetingId) -> Fidelity | None:
    """Of the problem's solutions at one meeting, None while none is marked."""
    solutions = tuple(each.id for each in work.solutions.list(problem_id=problem_id))
    marks = {each.fidelity for each in work.solution_fidelities.list(solution_id=solutions, meeting_id=meeting_id)}
    return next((each for each in WORST_FIRST if each in marks), None)


@use_case("Set goal")
def set_goal(
    work: Work,
    problem_id: ProblemId,
    *,
    metric: str,
    unit: str = "",
    baseline: float | None = None,
    target: float | None = None,
    direction: Direction = Direction.LOWER,
    started_on: date | None = None,
    due_on: date | None = None,
    statement: str = "",
) -> GoalId:
    """A measurable goal of a problem; one that is there is replaced."""
    problem = work.problems.get(problem_id)
    goal = Goal(
        organization_id=problem.organization_id,
        team_id=problem.team_id,
        problem_id=problem_id,
        statement=statement,
        metric=metric,
        unit=unit,
        baseline=baseline,
        target=target,
        direction=direction,
        started_on=started_on,
        due_on=due_on,
    )
    goal = checked(goal)
    found = work.goals.first(problem_id=problem_id)
    if found is None:
        return work.goals.add(goal).id
    return work.goals.save(replace(goal, id=found.id, version=found.version)).id


@question("Problems of a team")
def of_team(work: Work, team_id: TeamId, *, closed: bool = False) -> tuple[ProblemRecord, ...]:
    """Open problems in the team's order, closed ones too where asked for."""
    found = work.problems.list(team_id=team_id, order=("rank",))
    chosen = [problem for problem in found if closed or problem.closed_on is None]
    ids = tuple(problem.id for problem in chosen)
    goals = work.goals.list(problem_id=ids)
    solutions = work.solutions.list(problem_id=ids, order=("rank",))
    reviews = work.problem_reviews.list(problem_id=ids, order=("made_at",))
    days = {meeting.id: meeting.day for meeting in work.meetings.list(id=tuple({each.meeting_id for each in reviews}))}
    return tuple(
        ProblemRecord(
            problem,
            tuple(goal for goal in goals if goal.problem_id == problem.id),
            tuple(solution for solution in solutions if solution.problem_id == problem.id),
            tuple(
                sorted(
                    (each for each in reviews if each.problem_id == problem.id), key=lambda each: days[each.meeting_id]
                )
            ),
        )
        for problem in chosen
    )
