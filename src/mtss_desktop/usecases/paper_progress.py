"""The student progress report's facts. The student is a number on it, whatever the window shows."""

from __future__ import annotations

from collections.abc import Sequence

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import Said, said
from mtss_desktop.documents import student_progress as report
from mtss_desktop.documents.blocks import Document
from mtss_desktop.documents.student_progress import NumberFacts, RuleFacts, ScoreFacts
from mtss_desktop.domain import growth
from mtss_desktop.domain.growth import Decision
from mtss_desktop.domain.screening import grade_name
from mtss_desktop.domain.students import Names
from mtss_desktop.store.queries import progress
from mtss_desktop.store.queries.counts import Source
from mtss_desktop.store.queries.progress import MeasureInUse, ProgressRow
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import data_progress
from mtss_desktop.usecases.data_progress import RULE_NAMES, RULES
from mtss_desktop.usecases.paper_common import coach_name, imports_named, printed, schools
from mtss_desktop.usecases.places import year_of


def document(work: Work, *, number: int | None, school_id: str | None = None) -> Document:
    """Of the student with this number, else of the first whose rule asks for a change.

    Raises ``UserError`` for a number that is not known, or where nobody has progress scores.
    """
    year = year_of(work, work.today()).start
    found = _student(work, number, year) if number is not None else _first(work, school_id, year)
    if found is None:
        raise UserError("No student has progress scores this school year.", "Bring in a file, or type them.")
    return report.document(_facts(work, *found, year))


def _student(work: Work, number: int, year: int) -> tuple[ProgressRow, MeasureInUse]:
    key = progress.student_key(work, number)
    if key is None:
        raise UserError(f"There is no Student {number:04}.", "Look the number up in the Data room.")
    measure = data_progress.usual(progress.measures(work, year=year, student_key=key))
    rows = progress.rows(work, year=year, measure_key=measure.key, student_key=key) if measure else ()
    if measure is None or not rows:
        raise UserError(
            f"Student {number:04} has no progress scores this school year.", "Bring in a file, or type them."
        )
    return rows[0], measure


def _first(work: Work, school_id: str | None, year: int) -> tuple[ProgressRow, MeasureInUse] | None:
    """In the first school with progress scores: someone whose rule asks for a change, else the first there is."""
    for place in schools(work):
        if school_id not in (None, work.home_id, place.id):
            continue
        measure = data_progress.usual(progress.measures(work, year=year, school=place.key))
        if measure is None:
            continue
        rows = sorted(
            progress.rows(work, year=year, measure_key=measure.key, school=place.key),
            key=lambda row: (not _asks_for_change(row), row.student.number),
        )
        return rows[0], measure
    return None


def _asks_for_change(row: ProgressRow) -> bool:
    verdict = data_progress.verdict_of(row)
    return verdict is not None and verdict.decision is Decision.CHANGE


def _facts(work: Work, row: ProgressRow, measure: MeasureInUse, year: int) -> report.StudentProgressFacts:
    shown = row.student.shown(Names.MASKED)
    place = work.organizations.first(key=row.school) if row.school is not None else None
    grade = said("Grade {grade}", grade=grade_name(row.grade)) if row.grade is not None else said("Grade not known")
    used = progress.score_imports(work, year=year, measure_key=measure.key, students=[row.student.key])
    sources = tuple(
        Source(each.key, each.file_name, each.rows, each.applied_at)
        for each in work.imports.list(key=tuple(key for key, _, _ in used), order=("key",))
    )
    goal = row.goal
    return report.StudentProgressFacts(
        school=place.name if place is not None else "",
        shown=shown,
        about=grade,
        measure=measure.name,
        goal=said("{v} by {day:date}", v=goal.end_value, day=goal.end) if goal else said("not set"),
        as_of=work.today(),
        printed=printed(work, sources),
        prepared_by=coach_name(work),
        numbers=_numbers(row),
        figure=data_progress.chart_of(row, measure, Names.MASKED),
        rules=_rules(row),
        rules_note=said(
            "Rule set {version}. The four-point rule needs {four} scores, the trend-line rule {trend} over four weeks. "
            "“Below” means strictly below the line.",
            version=RULES.version,
            four=RULES.four_point_minimum,
            trend=RULES.trend_minimum,
        ),
        scores=_scores(row),
        sources=_sources(sources, used),
        code=said("Progress {number}", number=f"{row.student.number:04}"),
    )


def _numbers(row: ProgressRow) -> tuple[NumberFacts, ...]:
    """Baseline, now, needed, gained; without a goal line the last score and how many there are."""
    newest = data_progress.last_score(row)
    day, value = newest.day, newest.value
    count = said("{n}", n=len(row.scores))
    if row.goal is None:
        return (
            NumberFacts(said("Now"), said("{v}", v=value), said("on {day:date}", day=day)),
            NumberFacts(said("Scores"), count, said("no goal line")),
        )
    goal, scores = data_progress.goal_of(row), data_progress.later(row)
    aim = said("on {day:short}, goal line {aim:1}", day=day, aim=goal.at(day))
    needed = said(
        "{n} in {weeks:1} weeks", n=goal.end_value - goal.start_value, weeks=growth.weeks(goal.start, goal.end)
    )
    return (
        NumberFacts(said("Baseline"), said("{v}", v=goal.start_value), said("on {day:date}", day=goal.start)),
        NumberFacts(said("Now"), said("{v}", v=value), aim),
        NumberFacts(said("Needed"), said("{v:2} a week", v=goal.slope), needed),
        _gained(scores),
    )


def _gained(scores: Sequence[growth.Score]) -> NumberFacts:
    if len({score.day for score in scores}) < data_progress.TREND_FROM:
        return NumberFacts(said("Gained"), said("not yet"), said("too few scores for a trend"))
    line = growth.trend(scores)
    note = said("{n} scores, 95%: {low:2} to {high:2}", n=line.n, low=line.low, high=line.high)
    return NumberFacts(said("Gained"), said("{v:2} a week", v=line.slope), note)


def _rules(row: ProgressRow) -> tuple[RuleFacts, ...]:
    return tuple(
        RuleFacts(said("{name}.", name=RULE_NAMES[each.rule]), each.sentence) for each in data_progress.verdicts_of(row)
    )


def _scores(row: ProgressRow) -> tuple[ScoreFacts, ...]:
    goal = data_progress.goal_of(row) if row.goal is not None else None
    return tuple(
        ScoreFacts(day, value, goal.at(day) if goal is not None and day > goal.start else None)
        for day, value in row.scores
    )


def _sources(sources: tuple[Source, ...], used: Sequence[tuple[int, int, int]]) -> Said:
    n = sum(each[1] for each in used)
    if not sources:
        return said("{n} scores.", n=n)
    return said("{n} scores from {imports}; {out} left out because a later file has them.",
                n=n, imports=imports_named(sources), out=sum(each[2] for each in used))  # fmt: skip
