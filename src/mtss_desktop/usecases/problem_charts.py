"""The chart of a problem for the table: its rate per school day, month by month, with the goal as a line."""

from __future__ import annotations

from mtss_desktop.base.words import said
from mtss_desktop.domain import behavior, charts
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.people import school_year_of
from mtss_desktop.domain.problems import ProblemId
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.paper_problem import COUNTED, counted_name, daily
from mtss_desktop.usecases.places import calendar_days, year_of
from mtss_desktop.usecases.use_case import question


@question("Chart of a problem")
def of_problem(work: Work, problem_id: ProblemId) -> Figure | None:
    """This school year to the last day with data; None where the problem is not counted from files or nothing was counted."""
    problem = work.problems.get(problem_id)
    if problem.measured_by not in COUNTED:
        return None
    place = work.organizations.get(problem.organization_id)
    year = year_of(work, work.today())
    found = daily(work, problem, place, year.start)
    days = calendar_days(work, place.id, year.id)
    if not found or not days or school_year_of(found[0].day) != year.start:
        return None
    end = min(max(each.day for each in found), work.today())
    months = behavior.by_month({each.day: each.n for each in found if each.day <= end}, [d for d in days if d <= end])
    goal = work.goals.first(problem_id=problem_id)
    return charts.month_bars(
        said("By month, {what} per school day", what=counted_name(work, problem)),
        counted_name(work, problem),
        months,
        goal=goal.target if goal else None,
    )
