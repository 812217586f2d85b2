"""Progress scores of students with their goal lines: the one place where a screen reads facts about single students."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from mtss_desktop.domain.screening import WordKind
from mtss_desktop.domain.student_plans import StudentDecision
from mtss_desktop.domain.students import Student
from mtss_desktop.store.schema.facts import goal_line, score, student, student_year
from mtss_desktop.store.schema.records import import_, measure, student_goal, word
from mtss_desktop.store.work import Work


@dataclass(frozen=True)
class Goal:
    start: date
    start_value: float
    end: date
    end_value: float


@dataclass(frozen=True)
class EndCut:
    """The lowest score at a level of Tier 1 in the last window of a year."""

    value: float
    window: str
    year: int


@dataclass(frozen=True)
class ProgressRow:
    """One student's progress scores of one measure in a year, oldest first, with the newest goal line.

    ``goals`` are all goal lines, from files and set by hand, oldest first; ``decisions`` what a team decided, oldest first.
    """

    student: Student
    grade: int | None
    school: int | None
    measure: int
    scores: tuple[tuple[date, float], ...]
    goal: Goal | None
    goals: tuple[Goal, ...] = ()
    decisions: tuple[StudentDecision, ...] = ()


@dataclass(frozen=True)
class NearRow:
    """A student whose score is close to the lowest one that asks for Tier 1 supports alone; ``off`` is score less cut."""

    student: Student
    grade: int | None
    score: float
    off: float
    level: int | None


@dataclass(frozen=True)
class MeasureInUse:
    key: int
    name: str
    students: int


def _enrolled(column: Any) -> Any:
    """The school or grade of the student's newest enrollment in the score's year, for files that do not say it."""
    here = (student_year.c.student == score.c.student, student_year.c.year == score.c.year, student_year.c.live == 1)
    newest = sa.select(student_year.c[column.name]).where(*here).order_by(student_year.c.from_day.desc()).limit(1)
    return sa.func.coalesce(column, newest.correlate(score).scalar_subquery())


def measures(
    work: Work, *, year: int, school: int | None = None, student_key: int | None = None
) -> tuple[MeasureInUse, ...]:
    """Measures with progress scores (a date and no window) in a year, by name."""
    people = sa.func.count(sa.distinct(score.c.student))
    query = (
        sa.select(measure.c.key, measure.c.name, people)
        .join_from(score, measure, measure.c.key == score.c.measure)
        .where(score.c.live == 1, score.c.year == year, score.c.window.is_(None), score.c.value.is_not(None))
        .group_by(measure.c.key, measure.c.name)
        .order_by(measure.c.name)
    )
    if school is not None:
        query = query.where(_enrolled(score.c.school) == school)
    if student_key is not None:
        query = query.where(score.c.student == student_key)
    return tuple(MeasureInUse(key, name, n) for key, name, n in work.connection.execute(query))


def measures_with_goals(work: Work, day: date, limit: int) -> tuple[tuple[int, str], ...]:
    """(key, name) of the measures with goal lines that have not ended, those with most lines first."""
    filed = sa.select(goal_line.c.measure).where(goal_line.c.live == 1, goal_line.c.to_day >= day.toordinal())
    set_here = sa.select(student_goal.c.measure_key).where(student_goal.c.due_on >= day)
    lines = filed.union_all(set_here).subquery()
    query = (
        sa.select(measure.c.key, measure.c.name)
        .join_from(measure, lines, lines.c[0] == measure.c.key)
        .group_by(measure.c.key, measure.c.name)
        .order_by(sa.func.count().desc(), measure.c.name)
        .limit(limit)
    )
    return tuple((key, name) for key, name in work.connection.execute(query))


def _has_goal(measure_key: int) -> sa.ColumnElement[bool]:
    filed = sa.select(goal_line.c.student).where(goal_line.c.live == 1, goal_line.c.measure == measure_key)
    set_here = sa.select(student_goal.c.student).where(student_goal.c.measure_key == measure_key)
    return score.c.student.in_(filed.union(set_here))


def rows(
    work: Work,
    *,
    year: int,
    measure_key: int,
    school: int | None = None,
    student_key: int | None = None,
    with_goal: bool = False,
) -> tuple[ProgressRow, ...]:
    """Four statements, however many students: scores, goal lines of files, goals set by hand, decisions.

    Of ``school`` are the students whose newest score was taken there, with all their scores of the year: a student who
    changed schools is one line at one school, judged by the same scores as on the own chart. ``with_goal`` leaves out
    students without a goal line.
    """
    query = (
        sa.select(
            *(student.c.key, student.c.number, student.c.first_name, student.c.last_name),
            *(score.c.taken_on, score.c.value),
            _enrolled(score.c.grade).label("grade"),
            _enrolled(score.c.school).label("school"),
        )
        .join_from(score, student, student.c.key == score.c.student)
        .where(score.c.live == 1, score.c.year == year, score.c.measure == measure_key)
        .where(score.c.window.is_(None), score.c.taken_on.is_not(None), score.c.value.is_not(None))
        .order_by(student.c.name_folded, student.c.number, score.c.taken_on, score.c.attempt)
    )
    if school is not None:
        query = query.where(score.c.student.in_(_with_scores_at(school, year, measure_key)))
    if student_key is not None:
        query = query.where(score.c.student == student_key)
    if with_goal:
        query = query.where(_has_goal(measure_key))
    held: dict[int, list[Any]] = defaultdict(list)
    for row in work.connection.execute(query):
        held[row.key].append(row)
    goals = _goals(work, measure_key, student_key)
    decisions = _decisions(work, measure_key, student_key)
    return tuple(
        _row(found, measure_key, tuple(goals[key]), tuple(decisions[key]))
        for key, found in held.items()
        if school is None or found[-1].school == school
    )


def _with_scores_at(school: int, year: int, measure_key: int) -> Any:
    here = (score.c.live == 1, score.c.year == year, score.c.measure == measure_key, score.c.window.is_(None))
    return sa.select(score.c.student).where(*here, _enrolled(score.c.school) == school)


def _row(
    found: list[Any], measure_key: int, goals: tuple[Goal, ...], decisions: tuple[StudentDecision, ...]
) -> ProgressRow:
    last, first = found[-1], date.fromordinal(found[0].taken_on)
    following = (*(goal.start for goal in goals[1:]), date.max)
    goals = tuple(  # not those of last year: replaced, or over before the first score
        goal for goal, end in zip(goals, following, strict=False) if end > first and goal.end >= first
    )
    return ProgressRow(
        Student(last.key, last.number, last.first_name, last.last_name),
        last.grade,
        last.school,
        measure_key,
        tuple((date.fromordinal(row.taken_on), row.value) for row in found),
        goals[-1] if goals else None,
        goals,
        decisions,
    )


def _goals(work: Work, measure_key: int, student_key: int | None) -> dict[int, list[Goal]]:
    """Goal lines per student in the order of their start; of one day, the one set by hand comes last and is judged by."""
    query = (
        sa.select(
            goal_line.c.student,
            goal_line.c.from_day,
            goal_line.c.start_value,
            goal_line.c.to_day,
            goal_line.c.end_value,
        )
        .where(goal_line.c.live == 1, goal_line.c.measure == measure_key)
        .order_by(goal_line.c.from_day)
    )
    if student_key is not None:
        query = query.where(goal_line.c.student == student_key)
    found: dict[int, list[Goal]] = defaultdict(list)
    for who, start, low, end, high in work.connection.execute(query):
        found[who].append(Goal(date.fromordinal(start), low, date.fromordinal(end), high))
    only = {} if student_key is None else {"student": student_key}
    for each in work.student_goals.list(measure_key=measure_key, order=("started_on", "made_at"), **only):
        found[each.student].append(Goal(each.started_on, each.start_value, each.due_on, each.target))
    for goals in found.values():
        goals.sort(key=lambda goal: goal.start)
    return found


def _decisions(work: Work, measure_key: int, student_key: int | None) -> dict[int, list[StudentDecision]]:
    only = {} if student_key is None else {"student": student_key}
    found: dict[int, list[StudentDecision]] = defaultdict(list)
    for each in work.student_decisions.list(measure_key=measure_key, order=("day", "made_at"), **only):
        found[each.student].append(each)
    return found


def end_cut(work: Work, *, measure_key: int, grade: int | None, tier_1: tuple[int, ...]) -> EndCut | None:
    """Of the newest year that has the last window of a school year; None where the measure is not screened with levels."""
    query = (
        sa.select(score.c.year, word.c.name, word.c.order, sa.func.min(score.c.value))
        .join_from(score, word, sa.and_(word.c.kind == WordKind.WINDOW.value, word.c.key == score.c.window))
        .where(score.c.live == 1, score.c.measure == measure_key, score.c.level.in_(tier_1), score.c.grade == grade)
        .where(score.c.official == 1, score.c.value.is_not(None))
        .group_by(score.c.year, word.c.name, word.c.order)
    )
    rows_ = work.connection.execute(query).all() if tier_1 and grade is not None else ()
    best = max(rows_, key=lambda row: (row[2], row[0]), default=None)
    return None if best is None else EndCut(float(best[3]), str(best[1]), int(best[0]))


def find_student(work: Work, student_key: int) -> Student | None:
    row = work.connection.execute(sa.select(student).where(student.c.key == student_key)).one_or_none()
    return None if row is None else Student(row.key, row.number, row.first_name, row.last_name)


def student_key(work: Work, number: int) -> int | None:
    """The key facts carry, by the number that is shown."""
    found = work.connection.execute(sa.select(student.c.key).where(student.c.number == number)).scalar()
    return None if found is None else int(found)


def roster(work: Work, *, school: int, year: int) -> tuple[tuple[Student, int | None], ...]:
    """(student, grade) of a school in a year, by name: who can be given a score."""
    query = (
        sa.select(student.c.key, student.c.number, student.c.first_name, student.c.last_name, student_year.c.grade)
        .join_from(student_year, student, student.c.key == student_year.c.student)
        .where(student_year.c.live == 1, student_year.c.school == school, student_year.c.year == year)
        .order_by(student_year.c.grade, student.c.name_folded, student.c.number)
    )
    return tuple(
        (Student(key, number, first, last), grade) for key, number, first, last, grade in work.connection.execute(query)
    )


def score_imports(
    work: Work, *, year: int, measure_key: int, students: Sequence[int]
) -> tuple[tuple[int, int, int], ...]:
    """(import, rows used, rows left out because a later import has the same score) behind progress scores."""
    used = sa.func.sum(score.c.live)
    query = (
        sa.select(score.c.import_key, used, sa.func.count() - used)
        .join_from(score, import_, import_.c.key == score.c.import_key)
        .where(
            score.c.year == year, score.c.measure == measure_key, score.c.window.is_(None), import_.c.state == "applied"
        )
        .where(score.c.student.in_(students))
        .group_by(score.c.import_key)
        .order_by(score.c.import_key)
    )
    return tuple((key, int(n or 0), int(out or 0)) for key, n, out in work.connection.execute(query))


def near_cut(
    work: Work, *, school: int, year: int, measure_key: int, window: str, tier_1: tuple[int, ...], points: int
) -> tuple[NearRow, ...]:
    """Students of a school less than ``points`` over, or at most ``points`` under, the cut of their grade, nearest first.

    The cut is the lowest official score at a level of ``tier_1`` among all students of that grade, as the counts have it.
    A student's score is that of the first attempt.
    """
    if not tier_1:
        return ()
    tested = _tested(year, measure_key, window)
    own, first = tested.c, tested.alias("first_attempt").c
    cut = (
        sa.select(own.grade, sa.func.min(own.value).label("value"))
        .where(own.level.in_(tier_1))
        .group_by(own.grade)
        .cte("cut")
    )
    off = (own.value - cut.c.value).label("off")
    earlier = sa.select(sa.literal(1)).where(first.student == own.student, first.attempt < own.attempt).exists()
    found = (
        sa.select(
            *(student.c.key, student.c.number, student.c.first_name, student.c.last_name),
            *(cut.c.grade, own.value, off, own.level),
        )
        .join_from(tested, cut, own.grade.is_not_distinct_from(cut.c.grade))
        .join(student, student.c.key == own.student)
        .where(own.school == school, off >= -points, off < points, ~earlier)
    )
    made = [
        NearRow(Student(*row[:4]), row.grade, row.value, row.off, row.level) for row in work.connection.execute(found)
    ]
    return tuple(sorted(made, key=lambda each: (abs(each.off), each.grade or 0, each.student.number)))


def _tested(year: int, measure_key: int, window: str) -> sa.CTE:
    """Every official score of one test, read once: the cut and a school's students are both found in it."""
    key = sa.select(word.c.key).where(word.c.kind == WordKind.WINDOW.value, word.c.name == window).scalar_subquery()
    return (
        sa.select(
            *(score.c.student, score.c.attempt, score.c.value, score.c.level),
            *(_enrolled(score.c.grade).label("grade"), _enrolled(score.c.school).label("school")),
        )
        .where(score.c.live == 1, score.c.year == year, score.c.measure == measure_key, score.c.window == key)
        .where(score.c.official == 1, score.c.value.is_not(None))
        .cte("tested")
        .prefix_with("MATERIALIZED")
    )
