"""The chart of a problem for the table: its rate per school day, month by month, with the goal as a line."""

from __future__ import annotations

from datetime import date

from mtss_desktop.base.words import said
from mtss_desktop.domain import behavior, charts
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.growth import Score
from mtss_desktop.domain.people import school_year_of
from mtss_desktop.domain.problems import Problem, ProblemId
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.paper_problem import COUNTED, counted_name, daily, through
from mtss_desktop.usecases.places import calendar_days, year_of
from mtss_desktop.usecases.use_case import question

_MOST_LETTERS, _LEAST_LEVELS = 32, 2


@question("Chart of a problem")
def of_problem(work: Work, problem_id: ProblemId) -> Figure | None:
    """By month of this school year to the last day with data; what the team measures itself shows the levels of its reviews.

    None where nothing was counted, or fewer than two levels are known.
    """
    problem = work.problems.get(problem_id)
    if problem.measured_by not in COUNTED:
        return _levels(work, problem)
    place = work.organizations.get(problem.organization_id)
    year = year_of(work, work.today())
    found = daily(work, problem, place, year.start)
    days = calendar_days(work, place.id, year.id)
    if not found or not days or school_year_of(found[0].day) != year.start:
        return None
    end = through(work, problem, place, year.start, days) or work.today()
    months = behavior.by_month({each.day: each.n for each in found if each.day <= end}, [d for d in days if d <= end])
    goal = work.goals.first(problem_id=problem_id)
    return charts.month_bars(
        said("By month, {what} per school day", what=counted_name(work, problem)),
        counted_name(work, problem),
        months,
        plans=_phases(work, problem, days[0]),
        goal=goal.target if goal else None,
    )


def _levels(work: Work, problem: Problem) -> Figure | None:
    """The baseline and what each review found, by date, with the goal as a line."""
    days = {each.id: each.day for each in work.meetings.list(team_id=problem.team_id)}
    reviews = [each for each in work.problem_reviews.list(problem_id=problem.id) if each.level is not None]
    found = {
        days[each.meeting_id]: each.level for each in reviews if each.level is not None and each.meeting_id in days
    }
    if problem.baseline is not None and problem.opened_on is not None:
        found.setdefault(problem.opened_on, problem.baseline)
    if len(found) < _LEAST_LEVELS:
        return None
    levels = [Score(day, level) for day, level in sorted(found.items())]
    goal = work.goals.first(problem_id=problem.id)
    return charts.level_chart(
        said("What the reviews of {title} found", title=problem.title),
        problem.unit or problem.title,
        levels,
        phases=_phases(work, problem, levels[0].day),
        goal=goal.target if goal else None,
    )


def _phases(work: Work, problem: Problem, first: date) -> tuple[charts.Phase, ...]:
    """A line for each dated change of this year: the plan's own day, else the day its first solution began; and its cycles."""
    solutions = [each for each in work.solutions.list(problem_id=problem.id) if each.started_on is not None]
    began = min((each.started_on for each in solutions if each.started_on), default=None)
    start = problem.plan_from or began
    found = {}
    if start is not None:
        text = next((each.text for each in solutions if each.started_on == start), "")
        found[start] = problem.plan_label or _shortened(text) or said("the plan")
    for cycle in work.cycles.list(problem_id=problem.id):
        if cycle.starts_on is not None and cycle.starts_on <= work.today():
            found.setdefault(cycle.starts_on, said("cycle {n}", n=cycle.number))
    return tuple(charts.Phase(day, note) for day, note in sorted(found.items()) if day >= first)


def _shortened(text: str) -> str:
    """The first words: a note beside a line has room for a few."""
    return text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS].rsplit(' ', 1)[0]} …"
