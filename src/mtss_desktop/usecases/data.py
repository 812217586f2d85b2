"""The data room: screening, progress of a student and a group, behavior. Every view says where its numbers come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mtss_desktop.base.errors import NotFound, UserError
from mtss_desktop.base.words import Said, said, school_year
from mtss_desktop.domain import behavior, charts
from mtss_desktop.domain.behavior import Rate
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.files import Import, Mode
from mtss_desktop.domain.growth import Verdict
from mtss_desktop.domain.people import Organization, OrganizationId, OrganizationKind
from mtss_desktop.domain.problems import ProblemId
from mtss_desktop.domain.provenance import Share, WhereFrom
from mtss_desktop.domain.screening import grade_name
from mtss_desktop.domain.students import Names
from mtss_desktop.importing.profile import shipped_profiles
from mtss_desktop.store.queries import counts, progress
from mtss_desktop.store.queries.progress import MeasureInUse
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import data_progress, data_screening
from mtss_desktop.usecases.data_progress import RULES, NumberLine, ProgressLine
from mtss_desktop.usecases.data_screening import ScreeningPage
from mtss_desktop.usecases.paper_common import short
from mtss_desktop.usecases.paper_problem import COUNTED, counted_by_import
from mtss_desktop.usecases.places import calendar_days, year_of
from mtss_desktop.usecases.use_case import question

__all__ = ["RULES", "NumberLine", "ProgressLine", "ScreeningPage"]


@dataclass(frozen=True)
class ScreeningView:
    """``pages`` are one per measure of the newest window; empty where nothing is there (``missing`` says what would fill it)."""

    place_id: OrganizationId
    place: str
    pages: tuple[ScreeningPage, ...]
    missing: Said | None
    where_from: tuple[WhereFrom, ...]
    counts_only: bool = False


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
    students_from: tuple[WhereFrom, ...] = ()


@dataclass(frozen=True)
class NearStudent:
    """A student close to a cut: ``off`` is score less cut, ``tier`` what the level asks for now."""

    student: int
    number: int
    shown: str
    grade: str
    score: float
    off: float
    tier: int | None


@dataclass(frozen=True)
class ProgressView:
    """One student's chart with its numbers and the rules that were asked, the deciding one first.

    ``number`` is what the student is called while names are hidden; ``detail`` names the rules behind ``statement``.
    """

    student: int
    number: int
    shown: str
    place: str
    measures: tuple[MeasureInUse, ...]
    measure: MeasureInUse
    figure: Figure
    statement: Said
    detail: Said
    numbers: tuple[NumberLine, ...]
    rules: tuple[NumberLine, ...]
    verdicts: tuple[Verdict, ...]
    where_from: tuple[WhereFrom, ...]


@dataclass(frozen=True)
class GroupView:
    """Students of a school with progress scores of a measure.

    ``group`` are those of ``grade`` (all where it is ""), ``figures`` their charts on one scale, ``by_grade`` on one scale
    within each grade; ``statement`` speaks of them.
    """

    place_id: OrganizationId
    place: str
    measures: tuple[MeasureInUse, ...]
    measure: MeasureInUse | None
    statement: Said
    detail: Said
    lines: tuple[ProgressLine, ...]
    grade: str
    group: tuple[ProgressLine, ...]
    figures: tuple[Figure, ...]
    where_from: tuple[WhereFrom, ...]
    by_grade: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Roster:
    """Who can be given a score and in which measures: those in use first. ``today`` is the day that is offered."""

    lines: tuple[RosterLine, ...]
    measures: tuple[str, ...]
    today: date


@dataclass(frozen=True)
class RosterLine:
    """``last`` is the newest progress score of the measure asked for, None where there is none."""

    student: int
    number: int
    shown: str
    grade: str
    last: float | None = None
    last_on: date | None = None


# Screening and behavior: counts alone ------------------------------------------------------------------------------------


@question("Screening")
def screening(work: Work, place_id: OrganizationId, *, year: int = 0) -> ScreeningView:
    """Shares by tier of support in the newest window of a school year (this one unless given), by grade, for each measure."""
    place = _school(work, place_id)
    start = year or year_of(work, work.today()).start
    pages = data_screening.pages(work, place, start)
    missing = (
        None
        if pages
        else said(
            "No screening of {year} has been brought in for {place}.", year=school_year(start), place=short(place)
        )
    )
    where = _from_imports(work, [key for page in pages for key in page.imports])
    return ScreeningView(place_id, short(place), pages, missing, where, work.rules.mode is Mode.COUNTS)


@question("Students near a cut")
def near_cut(
    work: Work, place_id: OrganizationId, *, measure_key: int, year: int, window: str, names: Names = Names.MASKED
) -> tuple[NearStudent, ...]:
    """Who stands within a few points of the cut of a measure, nearest first. Facts about single students."""
    _shown_at_all(names)
    place = _school(work, place_id)
    tier = counts.tier_of(work)
    tier_1 = tuple(level.key for level in work.levels.list() if tier(measure_key, level.key) == 1)
    found = progress.near_cut(
        work,
        school=place.key,
        year=year,
        measure_key=measure_key,
        window=window,
        tier_1=tier_1,
        points=work.rules.near_points,
    )
    return tuple(
        NearStudent(
            each.student.key,
            each.student.number,
            each.student.shown(names),
            grade_name(each.grade) if each.grade is not None else "",
            each.score,
            each.off,
            tier(measure_key, each.level),
        )
        for each in found
    )


@question("Behavior")
def referrals(work: Work, place_id: OrganizationId, *, year: int = 0) -> BehaviorView:
    """Referrals per school day per month, by place and by behavior, of one school year."""
    place = _school(work, place_id)
    found_year = next((each for each in work.school_years.list() if each.start == year), year_of(work, work.today()))
    by_day = {each.day: each.n for each in counts.incidents_by_day(work, place.key, found_year.start)}
    school_days = calendar_days(work, place_id, found_year.id)
    end = behavior.counted_through(by_day, school_days, work.today())
    days = [day for day in school_days if day <= end]
    total = sum(by_day.values())
    where = _where(work, "incident_count", place.key, found_year.start)
    if not total or not days:
        missing = said(
            "No {label.referral.many} of {year} have been brought in for {place}.",
            year=school_year(found_year.start),
            place=short(place),
        )
        return BehaviorView(place_id, short(place), found_year.start, missing, said(""), None, None, None, where)
    months = behavior.by_month(by_day, days)
    last_year = _last_year(work, place, found_year.start - 1, end)
    month_chart = charts.month_bars(
        said("By month, {label.referral.many} per school day"),
        said("{label.referral.many}"),
        months,
        last_year=last_year.months,
        finding=_trend(months),
        unfinished=end.replace(day=1) if _goes_on(work, place_id, found_year.id, end) else None,
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
    detail = said(
        "Most of them: {place}, {n} of {all}. {before}",
        place=top[0] or said("no place named"),
        n=top[1],
        all=total,
        before=last_year.sentence,
    )
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
        _where(work, "referral_band_count", place.key, found_year.start),
    )


def _bars(title: Said, found: tuple[tuple[str, int], ...]) -> Figure:
    rows = tuple((name or said("not named"), float(n)) for name, n in found)
    return charts.category_bars(title, said("{label.referral.many}"), rows)


@dataclass(frozen=True)
class _LastYear:
    """Month → rate of the year before, and its rate to the same day in a sentence."""

    months: dict[int, float] | None
    sentence: Said


def _goes_on(work: Work, place_id: OrganizationId, year_id: str, end: date) -> bool:
    """Whether the month of the last day counted has school days still to come."""
    return any(day > end and (day.year, day.month) == (end.year, end.month)
               for day in calendar_days(work, place_id, year_id))  # fmt: skip


def _last_year(work: Work, place: Organization, start: int, end: date) -> _LastYear:
    nothing = _LastYear(None, said("Nothing is on record for the year before."))
    before = next((each for each in work.school_years.list() if each.start == start), None)
    if before is None:
        return nothing
    by_day = {each.day: each.n for each in counts.incidents_by_day(work, place.key, start)}
    days = calendar_days(work, place.id, before.id)
    months = behavior.by_month(by_day, days) if by_day else ()
    rates = {month.start.month: month.per_day for month in months if month.per_day is not None}
    same_day = end - timedelta(days=365)
    past = [day for day in days if day <= same_day]
    if not rates or not past:
        return nothing
    count = sum(n for day, n in by_day.items() if day <= same_day)
    return _LastYear(rates, said("By this day last year: {rate:2} a day.", rate=count / len(past)))


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


@question("The school of a record's counts")
def place_of(work: Work, *, record_id: str) -> str:
    """The school behind a place or a problem; "" where there is none."""
    place = work.organizations.find(OrganizationId(record_id))
    if place is not None:
        return place.id
    problem = work.problems.find(ProblemId(record_id))
    team = work.teams.find(problem.team_id) if problem is not None else None
    return team.organization_id if team is not None else ""


@question("Imports behind a problem's chart")
def behind_problem(work: Work, *, record_id: str) -> tuple[WhereFrom, ...]:
    """The imports of this school year whose counts a problem's chart reads, with how many of them it counts and leaves out.

    None where it is not counted from files.
    """
    problem = work.problems.get(record_id)
    table = COUNTED.get(problem.measured_by)
    if table is None:
        return ()
    place, year = work.organizations.get(problem.organization_id), year_of(work, work.today()).start
    counted = counted_by_import(work, problem, place, year)
    return tuple(
        each.in_figure(Share(each.key, counted.get(each.key, 0), (each.used or 0) - counted.get(each.key, 0)))
        for each in _where(work, table, place.key, year)
    )


# Progress: facts about single students --------------------------------------------------------------------------------------


@question("Progress of a group")
def group(
    work: Work,
    place_id: OrganizationId,
    *,
    measure_key: int = 0,
    year: int = 0,
    grade: str = "",
    names: Names = Names.MASKED,
) -> GroupView:
    """Students of a school with progress scores, the rule's verdict on each, and the charts of a grade (or all) on one scale."""
    _shown_at_all(names)
    place = _school(work, place_id)
    start = year or year_of(work, work.today()).start
    known = progress.measures(work, year=start, school=place.key)
    chosen = data_progress.usual(known, measure_key)
    if chosen is None:
        missing = said(
            "No progress scores of {year} for {place}. Bring in a file, or type them.",
            year=school_year(start),
            place=short(place),
        )
        return GroupView(place_id, short(place), known, None, missing, said(""), (), "", (), (), ())
    rows = progress.rows(work, year=start, measure_key=chosen.key, school=place.key)
    rows = tuple(sorted(rows, key=lambda row: (row.grade if row.grade is not None else 99, row.student.number)))
    lines = tuple(data_progress.line_of(row, names) for row in rows)
    there = grade if any(line.grade == grade for line in lines) else ""
    pairs = [(row, line) for row, line in zip(rows, lines, strict=True) if there in ("", line.grade)]
    figures = [data_progress.chart_of(row, chosen, names, small=True) for row, _ in pairs]
    where = _progress_sources(work, start, chosen.key, [row.student.key for row, _ in pairs])
    mine = tuple(line for _, line in pairs)
    statement, detail = data_progress.group_statement(mine)
    scaled = data_progress.one_scale(figures)
    by_grade = data_progress.scale_by_grade(figures, [line.grade for line in mine])
    return GroupView(
        place_id, short(place), known, chosen, statement, detail, lines, there, mine, scaled, where, by_grade
    )


@question("Progress of a student")
def student(
    work: Work, student_key: int, *, measure_key: int = 0, year: int = 0, names: Names = Names.MASKED
) -> ProgressView:
    """One chart: baseline, goal line, scores, trend, the 4-point rule and its sentence."""
    _shown_at_all(names)
    start = year or year_of(work, work.today()).start
    who = progress.find_student(work, student_key)
    if who is None:
        raise NotFound("This student is no longer here.", "The file that brought the student may have been taken back.")
    known = progress.measures(work, year=start, student_key=student_key)
    chosen = data_progress.usual(known, measure_key)
    rows = progress.rows(work, year=start, measure_key=chosen.key, student_key=student_key) if chosen else ()
    if chosen is None or not rows:
        raise UserError("There are no progress scores for this student.", "Bring in a file, or type them.")
    row = rows[0]
    verdicts = data_progress.verdicts_of(row)
    place = work.organizations.first(key=row.school) if row.school is not None else None
    return ProgressView(
        student_key,
        who.number,
        data_progress.title_of(row, names),
        short(place) if place is not None else "",
        known,
        chosen,
        data_progress.chart_of(row, chosen, names),
        verdicts[0].sentence if verdicts else said("No goal line has been set, so no rule can speak."),
        _rules_named(verdicts),
        data_progress.numbers_of(row),
        data_progress.rules_of(row),
        verdicts,
        _progress_sources(work, start, chosen.key, [student_key]),
    )


def _rules_named(verdicts: Sequence[Verdict]) -> Said:
    if not verdicts:
        return said("A goal line comes with a file of goals.")
    first = verdicts[0]
    return said(
        "{rule}, rule set {version}, at least {need} scores in a phase.",
        rule=data_progress.RULE_NAMES[first.rule],
        version=first.version,
        need=first.need,
    )


@question("Students of a school")
def roster(
    work: Work, place_id: OrganizationId, *, measure: str = "", year: int = 0, names: Names = Names.MASKED
) -> Roster:
    """Who can be given a score, by grade and number: those who have some of ``measure`` first, with the newest."""
    _shown_at_all(names)
    place = _school(work, place_id)
    start = year or year_of(work, work.today()).start
    known = progress.measures(work, year=start, school=place.key)
    in_use = [each.name for each in known]
    others = [each.name for each in work.measures.list() if each.name not in in_use]
    chosen = next((each for each in known if each.name == measure), None)
    rows = progress.rows(work, year=start, measure_key=chosen.key, school=place.key) if chosen else ()
    newest = {row.student.key: data_progress.last_score(row) for row in rows}
    lines = [
        RosterLine(
            who.key,
            who.number,
            who.shown(names),
            grade_name(grade) if grade is not None else "",
            newest[who.key].value if who.key in newest else None,
            newest[who.key].day if who.key in newest else None,
        )
        for who, grade in progress.roster(work, school=place.key, year=start)
    ]
    there = list({line.student: line for line in lines}.values())
    there.sort(key=lambda line: line.last is None)
    return Roster(tuple(there), (*in_use, *others), work.today())


def _shown_at_all(names: Names) -> None:
    if names is Names.OFF:
        raise UserError("Names are off, so lists of single students are not shown.", "Turn names to masked or on.")


# Where from -----------------------------------------------------------------------------------------------------------------


def _where(work: Work, table: str, school: int, year: int) -> tuple[WhereFrom, ...]:
    """The imports behind a school's counts, with how much of them stands in these counts."""
    used = counts.used_rows(work, table, school, year)
    return tuple(replace(each, used=used.get(each.key, 0), left_out=0) for each in _from_imports(work, list(used)))


def _from_imports(work: Work, keys: Sequence[int]) -> tuple[WhereFrom, ...]:
    found = work.imports.list(key=tuple(sorted(set(keys))), order=("key",))
    makers: dict[str, str] = {
        each.id: each.name for each in work.people.list(id=tuple({each.made_by for each in found}))
    }
    return tuple(
        WhereFrom(
            each.id,
            each.key,
            each.file_name,
            each.applied_at,
            makers.get(each.made_by, ""),
            each.rows,
            each.left_out + each.skipped,
            None,
            None,
            _rules_of(each),
        )
        for each in found
    )


def _rules_of(each: Import) -> tuple[Said | str, ...]:
    """The layout the file was read by, with its version, then what else was applied."""
    known = {profile.key: profile.name for profile in shipped_profiles()}
    first = said(
        "{layout}, version {version}", layout=known.get(each.profile, each.profile), version=each.profile_version
    )
    return (first if each.profile_version else each.profile, *each.rules[1:])


def _progress_sources(work: Work, year: int, measure_key: int, students: Sequence[int]) -> tuple[WhereFrom, ...]:
    found = progress.score_imports(work, year=year, measure_key=measure_key, students=students)
    used = {key: (n, out) for key, n, out in found}
    return tuple(
        replace(each, used=used[each.key][0], left_out=used[each.key][1]) for each in _from_imports(work, list(used))
    )


def _school(work: Work, place_id: OrganizationId) -> Organization:
    place = work.organizations.get(place_id)
    if place.kind is not OrganizationKind.SCHOOL:
        raise UserError("Choose a school to see its data.")
    return place
