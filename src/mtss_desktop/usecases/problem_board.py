"""Problems and goals over all teams, and everything about one problem."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mtss_desktop.domain.meetings import MeetingState
from mtss_desktop.domain.people import Organization
from mtss_desktop.domain.plans import Action, Goal, is_open
from mtss_desktop.domain.problem_board import GoalLine, ProblemLine, ReviewLine, standing
from mtss_desktop.domain.problems import Problem, ProblemId, ProblemReview, Solution
from mtss_desktop.domain.teams import Team
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.use_case import question


@dataclass(frozen=True)
class ProblemCard:
    """One problem: ``reviews`` newest first, ``actions`` open ones first. ``people`` are (id, name) of who is named."""

    line: ProblemLine
    solutions: tuple[Solution, ...]
    reviews: tuple[ReviewLine, ...]
    goal: GoalLine | None
    actions: tuple[Action, ...]
    people: tuple[tuple[str, str], ...]
    today: date


@question("Problems of all teams")
def lines(work: Work, *, place_id: str = "", closed: bool = False) -> tuple[ProblemLine, ...]:
    """Open problems of all teams of a place, or everywhere; closed ones too where asked for. By school and team."""
    found = work.problems.list(organization_id=place_id) if place_id else work.problems.list()
    return _lines(work, [each for each in found if closed or each.closed_on is None])


@question("Goals of all teams")
def goals(work: Work, *, place_id: str = "") -> tuple[GoalLine, ...]:
    """Goals of open problems and of teams, soonest due first."""
    found = work.goals.list(organization_id=place_id) if place_id else work.goals.list()
    problems = {each.id: each for each in lines(work, place_id=place_id, closed=True)}
    teams, places = _teams(work), _places(work)
    made = [
        _goal_line(work, goal, problems.get(goal.problem_id or ""), teams, places)
        for goal in found
        if goal.problem_id is None
        or (goal.problem_id in problems and problems[goal.problem_id].problem.closed_on is None)
    ]
    return tuple(sorted(made, key=lambda each: (each.goal.due_on or date.max, each.place, each.team)))


@question("Problem card")
def card(work: Work, problem_id: ProblemId) -> ProblemCard:
    """Everything about one problem."""
    problem = work.problems.get(problem_id)
    line = _lines(work, [problem])[0]
    solutions = work.solutions.list(problem_id=problem_id, order=("rank",))
    goal = work.goals.first(problem_id=problem_id)
    actions = work.actions.list(parent_id=problem_id)
    named = tuple({each for each in (*(s.person_id for s in solutions), *(a.owner_id for a in actions)) if each})
    return ProblemCard(
        line=line,
        solutions=tuple(solutions),
        reviews=_reviews(work, work.problem_reviews.list(problem_id=problem_id)),
        goal=_goal_line(work, goal, line, _teams(work), _places(work)) if goal is not None else None,
        actions=tuple(sorted(actions, key=lambda each: (not is_open(each), each.due_on or date.max))),
        people=tuple((each.id, each.name) for each in work.people.list(id=named)),
        today=work.today(),
    )


def _lines(work: Work, problems: list[Problem]) -> tuple[ProblemLine, ...]:
    teams, places = _teams(work), _places(work)
    ids = tuple(each.id for each in problems)
    last: dict[str, ReviewLine] = {}
    reviews = work.problem_reviews.list(problem_id=ids)
    found = {each.id: each.problem_id for each in reviews}
    for review in reversed(_reviews(work, reviews)):
        last[found[review.id]] = review
    coming: dict[str, date] = {}
    for meeting in work.meetings.list(state=MeetingState.PLANNED, order=("day",)):
        if meeting.day >= work.today():
            coming.setdefault(meeting.team_id, meeting.day)
    made = [
        ProblemLine(
            each.id,
            each,
            teams[each.team_id].name,
            _place(places, teams[each.team_id].organization_id),
            last.get(each.id),
            coming.get(each.team_id) if each.closed_on is None else None,
        )
        for each in problems
    ]
    return tuple(
        sorted(made, key=lambda each: (each.problem.closed_on is not None, each.place, each.team, each.problem.rank))
    )


def _reviews(work: Work, reviews: list[ProblemReview] | tuple[ProblemReview, ...]) -> tuple[ReviewLine, ...]:
    """Newest first."""
    days = {meeting.id: meeting.day for meeting in work.meetings.list(id=tuple({each.meeting_id for each in reviews}))}
    made = [ReviewLine(r.id, days[r.meeting_id], r.fidelity, r.effect, r.level, r.next_step, r.note) for r in reviews]
    return tuple(sorted(made, key=lambda each: each.day, reverse=True))


def _goal_line(
    work: Work, goal: Goal, about: ProblemLine | None, teams: dict[str, Team], places: dict[str, Organization]
) -> GoalLine:
    last = about.last if about is not None else None
    reviewed = last is not None and last.level is not None
    level, day = (last.level, last.day) if last is not None and reviewed else (goal.level, goal.level_on)
    sentence, tone = standing(goal, level, day, work.today())
    team = teams.get(goal.team_id or (about.problem.team_id if about is not None else ""))
    place = _place(places, team.organization_id if team is not None else goal.organization_id)
    title = about.problem.title if about is not None else ""
    return GoalLine(goal.id, goal, title, team.name if team is not None else "", place, level, day, sentence, tone)


def _teams(work: Work) -> dict[str, Team]:
    return {each.id: each for each in work.teams.list()}


def _places(work: Work) -> dict[str, Organization]:
    return {each.id: each for each in work.organizations.list()}


def _place(places: dict[str, Organization], place_id: str) -> str:
    place = places.get(place_id)
    return (place.short_name or place.name) if place is not None else ""
