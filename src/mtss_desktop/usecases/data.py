"""The data room: screening, progress of a student and a group, behavior. Every view says where its numbers come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from mtss_desktop.base.errors import NotFound, UserError
from mtss_desktop.base.words import Said, said, school_year
from mtss_desktop.documents.walk_in_packet import ScreeningFacts
from mtss_desktop.domain import behavior, charts, growth
from mtss_desktop.domain.behavior import Rate
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.growth import Decision, GoalLine, RuleSet, Score, Verdict
from mtss_desktop.domain.people import Organization, OrganizationId, OrganizationKind
from mtss_desktop.domain.screening import grade_name
from mtss_desktop.domain.students import Names
from mtss_desktop.store.queries import counts, progress
from mtss_desktop.store.queries.progress import MeasureInUse, ProgressRow
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import paper_screening
from mtss_desktop.usecases.paper_common import people_by_id, short
from mtss_desktop.usecases.places import calendar_days, year_of
from mtss_desktop.usecases.use_case import question

RULES = RuleSet()
"""The rule set in force; its version prints beside every verdict."""
BASELINE_PROBES = 3
GROUP = 9


@dataclass(frozen=True)
class WhereFrom:
    """One import behind a figure: file, when and by whom, rows of the file, rows used here and left out, and the profile's version."""

    import_id: str
    key: int
    file_name: str
    applied_at: datetime | None
    by: str
    rows: int
    used: int | None
    left_out: int | None
    rules: tuple[str, ...]


@dataclass(frozen=True)
class ScreeningView:
    """``pages`` are one per measure of the newest window; empty where nothing is there (``missing`` says what would fill it)."""

    place_id: OrganizationId
    place: str
    pages: tuple[ScreeningFacts, ...]
    missing: Said | None
    where_from: tuple[WhereFrom, ...]


@dataclass(frozen=True)
class BehaviorView:
    """``statement`` and ``detail`` are the sentence before the charts."""

    place_id: OrganizationId
    place: str
    year: int
    statement: Said
    detail: Said
    months: Figure | None
    locations: Figure | None
    behaviors: Figure | None
    where_from: tuple[WhereFrom, ...]


@dataclass(frozen=True)
class ProgressLine:
    """A student in a list: ``shown`` is the name or number, as names are shown now."""

    student: int
    shown: str
    grade: str
    scores: int
    last: float | None
    last_on: date | None
    goal: float | None
    goal_on: date | None
    decision: Decision | None
    sentence: Said


@dataclass(frozen=True)
class ProgressView:
    """One student's chart with its numbers as (label, value) and the rules that were asked, the deciding one first."""

    student: int
    shown: str
    measure: MeasureInUse
    figure: Figure | None
    statement: Said
    numbers: tuple[tuple[Said, Said], ...]
    verdicts: tuple[Verdict, ...]
    where_from: tuple[WhereFrom, ...]


@dataclass(frozen=True)
class GroupView:
    """Students of a school with progress scores of a measure, and up to nine of their charts on one scale."""

    place_id: OrganizationId
    place: str
    measures: tuple[MeasureInUse, ...]
    measure: MeasureInUse | None
    statement: Said
    lines: tuple[ProgressLine, ...]
    figures: tuple[Figure, ...]
    where_from: tuple[WhereFrom, ...]


# Screening and behavior: counts alone ------------------------------------------------------------------------------------


@question("Screening")
def screening(work: Work, place_id: OrganizationId, *, year: int = 0) -> ScreeningView:
    """Shares by tier of support in the newest window of a school year (this one unless given), by grade, for each measure."""
    place = _school(work, place_id)
    start = year or year_of(work, work.today()).start
    pages, sources = paper_screening.latest(work, place, start)
    missing = (
        None
        if pages
        else said(
            "No screening of {year} has been brought in for {place}.", year=school_year(start), place=short(place)
        )
    )
    return ScreeningView(
        place_id, short(place), pages, missing, _from_imports(work, [source.key for source in sources])
    )


@question("Behavior")
def referrals(work: Work, place_id: OrganizationId, *, year: int = 0) -> BehaviorView:
    """Referrals per school day per month, by place and by behavior, of one school year."""
    place = _school(work, place_id)
    found_year = next((each for each in work.school_years.list() if each.start == year), year_of(work, work.today()))
    by_day = {each.day: each.n for each in counts.incidents_by_day(work, place.key, found_year.start)}
    end = max(by_day, default=work.today())
    days = [day for day in calendar_days(work, place_id, found_year.id) if day <= end]
    total = sum(by_day.values())
    where = _from_imports(
        work, [each.key for each in counts.sources(work, "incident_count", place.key, found_year.start)]
    )
    if not total or not days:
        missing = said(
            "No {label.referral.many} of {year} have been brought in for {place}.",
            year=school_year(found_year.start),
            place=short(place),
        )
        return BehaviorView(place_id, short(place), found_year.start, missing, said(""), None, None, None, where)
    months = behavior.by_month(by_day, days)
    last_year = _last_year(work, place, found_year.start - 1)
    month_chart = charts.month_bars(
        said("{label.referral.many} per school day, by month"),
        said("{label.referral.many}"),
        months,
        last_year=last_year,
        finding=_trend(months),
    )
    first = days[0]
    places = counts.incidents_by_location(work, place.key, found_year.start, first, end)
    kinds = counts.incidents_by_behavior(work, place.key, found_year.start, first, end)
    rate = said(
        "{n} {label.referral.many} in {days} school days to {end:date}: {rate:2} a day.",
        n=total,
        days=len(days),
        end=end,
        rate=total / len(days),
    )
    top = places[0] if places else ("", 0)
    detail = said("Most of them: {place}, {n} of {all}.", place=top[0] or said("no place named"), n=top[1], all=total)
    return BehaviorView(
        place_id,
        short(place),
        found_year.start,
        rate,
        detail,
        month_chart,
        _bars(said("By place"), places),
        _bars(said("By behavior"), kinds),
        where,
    )


def _bars(title: Said, found: tuple[tuple[str, int], ...]) -> Figure:
    rows = tuple((name or said("not named"), float(n)) for name, n in found)
    return charts.category_bars(title, said("{label.referral.many}"), rows)


def _last_year(work: Work, place: Organization, start: int) -> dict[int, float] | None:
    before = next((each for each in work.school_years.list() if each.start == start), None)
    if before is None:
        return None
    by_day = {each.day: each.n for each in counts.incidents_by_day(work, place.key, start)}
    months = behavior.by_month(by_day, calendar_days(work, place.id, before.id)) if by_day else ()
    return {month.start.month: month.per_day for month in months if month.per_day is not None} or None


def _trend(months: Sequence[Rate]) -> Said:
    known = [month for month in months if month.per_day is not None]
    top = max(known, key=lambda month: month.per_day or 0.0)
    return said(
        "Highest in {top:month} with {high:2} a day; {last:month}: {now:2}.",
        top=top.start,
        high=top.per_day,
        last=known[-1].start,
        now=known[-1].per_day,
    )


# Progress: facts about single students --------------------------------------------------------------------------------------


@question("Progress of a group")
def group(
    work: Work, place_id: OrganizationId, *, measure_key: int = 0, year: int = 0, names: Names = Names.MASKED
) -> GroupView:
    """Students of a school with progress scores, the rule's verdict on each, and charts of the first nine on one scale."""
    _shown_at_all(work, names)
    place = _school(work, place_id)
    start = year or year_of(work, work.today()).start
    known = progress.measures(work, year=start, school=place.key)
    chosen = _measure(known, measure_key)
    if chosen is None:
        missing = said(
            "No progress scores of {year} for {place}. Bring in a file, or type them.",
            year=school_year(start),
            place=short(place),
        )
        return GroupView(place_id, short(place), known, None, missing, (), (), ())
    rows = progress.rows(work, year=start, measure_key=chosen.key, school=place.key)
    lines = tuple(_line(row, names) for row in rows)
    figures = tuple(_chart(row, chosen, names, _verdict(row)) for row in rows[:GROUP] if row.goal is not None)
    where = _progress_sources(work, start, chosen.key, school=place.key)
    return GroupView(place_id, short(place), known, chosen, _group_statement(lines), lines, _one_scale(figures), where)


@question("Progress of a student")
def student(
    work: Work, student_key: int, *, measure_key: int = 0, year: int = 0, names: Names = Names.MASKED
) -> ProgressView:
    """One chart: baseline, goal line, scores, trend, the 4-point rule and its sentence."""
    _shown_at_all(work, names)
    start = year or year_of(work, work.today()).start
    who = progress.find_student(work, student_key)
    if who is None:
        raise NotFound("This student is no longer here.", "The file that brought the student may have been taken back.")
    known = progress.measures(work, year=start)
    chosen = _measure(known, measure_key)
    rows = progress.rows(work, year=start, measure_key=chosen.key, student_key=student_key) if chosen else ()
    if chosen is None or not rows:
        raise UserError("There are no progress scores for this student.", "Bring in a file, or type them.")
    row = rows[0]
    verdict = _verdict(row)
    where = _progress_sources(work, start, chosen.key, student_key=student_key)
    return ProgressView(
        student_key,
        _shown(row, names),
        chosen,
        _chart(row, chosen, names, verdict),
        verdict.sentence if verdict else said("No goal line has been set, so no rule can speak."),
        _numbers(row),
        (verdict, growth.trend_rule(_later(row), _goal(row), RULES)) if verdict is not None else (),
        where,
    )


@question("Students of a school")
def roster(
    work: Work, place_id: OrganizationId, *, year: int = 0, names: Names = Names.MASKED
) -> tuple[ProgressLine, ...]:
    """Who can be given a score, by grade and name."""
    _shown_at_all(work, names)
    place = _school(work, place_id)
    start = year or year_of(work, work.today()).start
    empty = said("no score yet")
    return tuple(
        ProgressLine(
            who.key,
            who.shown(names),
            grade_name(grade) if grade is not None else "",
            0,
            None,
            None,
            None,
            None,
            None,
            empty,
        )
        for who, grade in progress.roster(work, school=place.key, year=start)
    )


def _shown_at_all(work: Work, names: Names) -> None:
    if names is Names.OFF:
        raise UserError("Names are off, so lists of single students are not shown.", "Turn names to masked or on.")
    del work


def _measure(known: tuple[MeasureInUse, ...], key: int) -> MeasureInUse | None:
    """The one asked for, else words read correctly, else the first."""
    asked = next((each for each in known if each.key == key), None)
    return asked or next((each for each in known if "correct" in each.name.casefold()), known[0] if known else None)


def _shown(row: ProgressRow, names: Names) -> str:
    grade = f", grade {grade_name(row.grade)}" if row.grade is not None else ""
    return row.student.shown(names) + grade


def _goal(row: ProgressRow) -> GoalLine:
    if row.goal is None:
        raise ValueError("no goal line")
    return GoalLine(row.goal.start, row.goal.start_value, row.goal.end, row.goal.end_value)


def _later(row: ProgressRow) -> tuple[Score, ...]:
    """Scores after the baseline."""
    return tuple(Score(day, value) for day, value in row.scores)


def _verdict(row: ProgressRow) -> Verdict | None:
    return growth.four_point(_later(row), _goal(row), RULES) if row.goal is not None else None


def _chart(row: ProgressRow, measure: MeasureInUse, names: Names, verdict: Verdict | None) -> Figure | None:
    if row.goal is None:
        return None
    scores = _later(row)
    trends = (growth.trend(scores),) if len(scores) >= 3 else ()
    return charts.progress_chart(
        said("{who}", who=_shown(row, names)), measure.name, _goal(row), (), scores, trends=trends, verdict=verdict
    )


def _one_scale(figures: Sequence[Figure | None]) -> tuple[Figure, ...]:
    """Charts beside each other begin and end at the same values."""
    made = [figure for figure in figures if figure is not None]
    lows = [figure.y.low for figure in made if figure.y.low is not None]
    highs = [figure.y.high for figure in made if figure.y.high is not None]
    low, high = min(lows, default=0.0), max(highs, default=1.0)
    return tuple(replace(figure, y=replace(figure.y, low=low, high=high, from_zero=low == 0)) for figure in made)


def _line(row: ProgressRow, names: Names) -> ProgressLine:
    verdict = _verdict(row)
    day, value = row.scores[-1]
    return ProgressLine(
        row.student.key,
        row.student.shown(names),
        grade_name(row.grade) if row.grade is not None else "",
        len(row.scores),
        value,
        day,
        row.goal.end_value if row.goal else None,
        row.goal.end if row.goal else None,
        verdict.decision if verdict else None,
        verdict.sentence if verdict else said("no goal line"),
    )


def _group_statement(lines: Sequence[ProgressLine]) -> Said:
    """The group first where more than half of it is below; otherwise how many ask for a change."""
    judged = [line for line in lines if line.decision in (Decision.CHANGE, Decision.RAISE, Decision.CONTINUE)]
    below = [line for line in judged if line.decision is Decision.CHANGE]
    if not judged:
        return said("{n} students have progress scores; none has enough for a rule yet.", n=len(lines))
    if len(below) * 2 > len(judged):
        return said(
            "{n} of {all} are below their goal line, more than half: look at time, fit and fidelity of the group first.",
            n=len(below),
            all=len(judged),
        )
    return said("{n} of {all} students have four scores in a row below their goal line.", n=len(below), all=len(judged))


def _numbers(row: ProgressRow) -> tuple[tuple[Said, Said], ...]:
    day, value = row.scores[-1]
    found = [
        (said("Last score"), said("{v} on {day:date}", v=value, day=day)),
        (said("Scores"), said("{n}", n=len(row.scores))),
    ]
    if row.goal is not None:
        goal = _goal(row)
        needed = growth.needed_per_week(goal.start_value, goal.end_value, growth.weeks(goal.start, goal.end))
        found += [
            (said("Start"), said("{v} on {day:date}", v=goal.start_value, day=goal.start)),
            (said("Goal"), said("{v} by {day:date}", v=goal.end_value, day=goal.end)),
            (said("Needed"), said("{v:2} a week", v=needed)),
        ]
    if len(row.scores) >= BASELINE_PROBES:
        line = growth.trend(_later(row))
        found.append((said("Gained"), said("{v:2} a week", v=line.slope)))
    return tuple(found)


# Where from -----------------------------------------------------------------------------------------------------------------


def _from_imports(work: Work, keys: Sequence[int]) -> tuple[WhereFrom, ...]:
    people = people_by_id(work)
    return tuple(
        WhereFrom(
            each.id,
            each.key,
            each.file_name,
            each.applied_at,
            people[each.made_by].name if each.made_by in people else "",
            each.rows,
            None,
            None,
            each.rules,
        )
        for each in work.imports.list(key=tuple(sorted(set(keys))), order=("key",))
    )


def _progress_sources(
    work: Work, year: int, measure_key: int, *, student_key: int | None = None, school: int | None = None
) -> tuple[WhereFrom, ...]:
    found = progress.score_imports(work, year=year, measure_key=measure_key, student_key=student_key, school=school)
    used = {key: (n, out) for key, n, out in found}
    return tuple(
        replace(each, used=used[each.key][0], left_out=used[each.key][1]) for each in _from_imports(work, list(used))
    )


def _school(work: Work, place_id: OrganizationId) -> Organization:
    place = work.organizations.get(place_id)
    if place.kind is not OrganizationKind.SCHOOL:
        raise UserError("Choose a school to see its data.")
    return place
