"""One problem as a paper shows it: statement, chart before and after the plan, the honest sentence, solutions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.parts.problem_page import ProblemFacts, SolutionFacts
from mtss_desktop.domain import behavior, charts, precise
from mtss_desktop.domain.behavior import Change, Span
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.people import Organization, Person
from mtss_desktop.domain.plans import Goal
from mtss_desktop.domain.precise import DrillDown, IncidentRow, Narrowing
from mtss_desktop.domain.problems import Fidelity, MeasuredBy, Problem, ProblemReview, SolutionFidelity
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.store.queries import counts
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.places import calendar_days, year_of
from mtss_desktop.usecases.problems import ProblemRecord

COUNTED = {
    MeasuredBy.REFERRALS: "incident_count",
    MeasuredBy.TARDIES: "absence_count",
    MeasuredBy.ABSENCES: "absence_count",
}
_WHAT = {
    MeasuredBy.REFERRALS: said("{label.referral.many}"),
    MeasuredBy.TARDIES: said("tardies"),
    MeasuredBy.ABSENCES: said("absences"),
}


@dataclass(frozen=True)
class Compared:
    """A problem's counts before and since its plan. ``through`` is the last day with data."""

    figure: Figure | None
    before: Span
    after: Span
    change: Change
    through: date


def compared(work: Work, record: ProblemRecord, place: Organization, until: date | None = None) -> Compared | None:
    """None where the problem has no dated plan by ``until`` (today unless given), or is not counted from files."""
    problem = record.problem
    if problem.plan_from is None or problem.measured_by not in COUNTED:
        return None
    year = year_of(work, problem.plan_from)
    found = daily(work, problem, place, year.start)
    days = calendar_days(work, place.id, year.id)
    last = through(work, problem, place, year.start, days)
    if until is not None and last is not None:
        last = min(last, until)
    if not days or last is None or last < problem.plan_from:
        return None
    known = tuple(day for day in days if day <= last)
    by_day = {each.day: each.n for each in found}
    before = behavior.span(by_day, known, known[0], problem.plan_from - timedelta(days=1))
    after = behavior.span(by_day, known, problem.plan_from, last)
    change = behavior.compare(
        before, after, enough_days=work.rules.days_for_a_verdict, carried_out=_carried_out(record.reviews)
    )
    figure = charts.before_after_chart(
        said("{title}, before and since the plan", title=problem.title),
        counted_name(work, problem),
        behavior.by_week(by_day, known),
        charts.Phase(problem.plan_from, problem.plan_label or said("the plan")),
        before,
        after,
        goal=record.goals[0].target if record.goals else None,
        comparison=change,
    )
    return Compared(figure, before, after, change, last)


def daily(work: Work, problem: Problem, place: Organization, year: int) -> tuple[counts.DayCount, ...]:
    """What the problem counts, by day."""
    match problem.measured_by:
        case MeasuredBy.REFERRALS:
            bars = work.drill_downs.first(problem_id=problem.id)
            if bars is not None:
                return _within(bars, counts.incidents(work, place.key, year))
            return counts.incidents_by_day(
                work, place.key, year, location=problem.location_word, behavior=problem.behavior_word
            )
        case MeasuredBy.TARDIES:
            return counts.absences_by_day(work, place.key, year, tardy=True)
        case MeasuredBy.ABSENCES:
            return counts.absences_by_day(work, place.key, year, tardy=False)
    return ()


def counted_by_import(work: Work, problem: Problem, place: Organization, year: int) -> dict[int, int]:
    """The same by the import (its key) that brought it: what stands in the problem's chart."""
    match problem.measured_by:
        case MeasuredBy.REFERRALS:
            bars = work.drill_downs.first(problem_id=problem.id)
            if bars is None:
                return counts.incidents_by_import(
                    work, place.key, year, location=problem.location_word, behavior=problem.behavior_word
                )
            found: dict[int, int] = {}
            for row in _kept(bars, counts.incidents(work, place.key, year)):
                found[row.import_key] = found.get(row.import_key, 0) + row.n
            return found
        case MeasuredBy.TARDIES:
            return counts.absences_by_import(work, place.key, year, tardy=True)
        case MeasuredBy.ABSENCES:
            return counts.absences_by_import(work, place.key, year, tardy=False)
    return {}


def _kept(bars: DrillDown, rows: tuple[IncidentRow, ...]) -> Iterable[IncidentRow]:
    return precise.kept(precise.of_severity(rows, bars.severity), bars.narrowing)


def _within(bars: DrillDown, rows: tuple[IncidentRow, ...]) -> tuple[counts.DayCount, ...]:
    """A problem made from bars counts what fits them, and nothing else."""
    by_day: dict[date, int] = {}
    for row in _kept(bars, rows):
        by_day[row.day] = by_day.get(row.day, 0) + row.n
    return tuple(counts.DayCount(day, n) for day, n in sorted(by_day.items()))


def through(work: Work, problem: Problem, place: Organization, year: int, school_days: Sequence[date]) -> date | None:
    """Data reach as far as the last day with anything of their kind at the school, wherever it happened."""
    if problem.measured_by is MeasuredBy.REFERRALS:
        found = counts.incidents_by_day(work, place.key, year)
    else:
        found = (
            *counts.absences_by_day(work, place.key, year, tardy=True),
            *counts.absences_by_day(work, place.key, year, tardy=False),
        )
    return behavior.counted_through((each.day for each in found), school_days, work.today()) if found else None


def name_of(problem: Problem) -> Said:
    """What is counted: hallway referrals."""
    if problem.location_word and problem.measured_by is MeasuredBy.REFERRALS:
        return said("{place} {label.referral.many}", place=problem.location_word.lower())
    return _WHAT[problem.measured_by]


def counted_name(work: Work, problem: Problem) -> Said:
    """What is counted, with every bar it was narrowed by: a chart of grade 6 alone must say so."""
    bars = work.drill_downs.first(problem_id=problem.id)
    if bars is None or bars.narrowing == Narrowing(locations=bars.locations[:1]):
        return name_of(problem)
    return said("{label.referral.many} ({bars})", bars=precise.name_of(bars.narrowing))


def _carried_out(reviews: tuple[ProblemReview, ...]) -> Said | None:
    """Where the last review found the plan carried out in part or not at all, that is said before any difference."""
    last = reviews[-1].fidelity if reviews else None
    if last is Fidelity.PARTIAL:
        return said("The plan was carried out in part.")
    if last is Fidelity.NOT_STARTED:
        return said("The plan was not started.")
    return None


def facts(
    record: ProblemRecord,
    found: Compared | None,
    fidelities: dict[str, SolutionFidelity],
    people: dict[str, Person],
    days: dict[str, date],
) -> ProblemFacts:
    """``fidelities`` are the latest per solution, ``days`` those of meetings by id."""
    problem, goal = record.problem, record.goals[0] if record.goals else None
    last = record.reviews[-1] if record.reviews else None
    first = record.solutions[0] if record.solutions else None
    return ProblemFacts(
        title=problem.title,
        opened_on=problem.opened_on,
        what=problem.what,
        where=problem.where,
        when=problem.when,
        who=problem.who,
        why=problem.why,
        how_often=problem.how_often,
        goal=_goal(goal),
        level=_level(problem, found, last),
        level_since=problem.plan_from if found else None,
        fidelity_measure=first.fidelity_measure if first else "",
        outcome_measure=first.outcome_measure if first else "",
        figure=found.figure if found else None,
        waiting_for=_waiting(problem, last),
        change=found.change if found else None,
        solutions=tuple(
            SolutionFacts(
                each.kind,
                each.text,
                people[each.person_id].last_name if each.person_id in people else each.who,
                each.by_when,
                fidelities[each.id].fidelity if each.id in fidelities else None,
                fidelities[each.id].note if each.id in fidelities else "",
            )
            for each in record.solutions
        ),
        last_step=last.next_step if last else None,
        last_decision=last.note if last else "",
        decided_on=days.get(last.meeting_id) if last else None,
        question=problem.question,
    )


def of_team(
    work: Work,
    team_id: TeamId,
    records: tuple[ProblemRecord, ...],
    compared_: dict[str, Compared],
    people: dict[str, Person],
) -> tuple[ProblemFacts, ...]:
    """All problems of a team in their order; ``compared_`` by problem id."""
    days: dict[str, date] = {each.id: each.day for each in work.meetings.list(team_id=team_id)}
    solutions = tuple(solution.id for record in records for solution in record.solutions)
    rated: dict[str, SolutionFidelity] = {}
    for each in sorted(
        work.solution_fidelities.list(solution_id=solutions), key=lambda each: days.get(each.meeting_id, date.min)
    ):
        rated[each.solution_id] = each
    return tuple(facts(record, compared_.get(record.problem.id), rated, people, days) for record in records)


def _goal(goal: Goal | None) -> Said | str:
    if goal is None or goal.target is None:
        return ""
    unit = _short_unit(goal.unit)
    if goal.due_on is None:
        return said("{target} {unit}", target=goal.target, unit=unit)
    return said("{target} {unit} by {due:date}", target=goal.target, unit=unit, due=goal.due_on)


def _short_unit(unit: str) -> str:
    """What is counted stands in the measure beside it: ``referrals per school day`` reads per school day."""
    counted, per, base = unit.partition(" per ")
    return f"per {base}" if per and " " not in counted else unit


def _level(problem: Problem, found: Compared | None, last: ProblemReview | None) -> Said | str:
    if found is not None and found.after.per_day is not None:
        return said(
            "{mean:2} ({n} in {days} days)", mean=found.after.per_day, n=found.after.count, days=found.after.days
        )
    if last is not None and last.level is not None:
        return said("{level} {unit}", level=last.level, unit=problem.unit)
    return ""


def _waiting(problem: Problem, last: ProblemReview | None) -> Said | str:
    if last is not None and last.level is not None:
        return said("Last level {level} {unit}. No chart is kept of this measure.", level=last.level, unit=problem.unit)
    return ""
