"""What is said of a student's scores, from rows as the store hands them over: no database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain.figures import Figure, Points, Role
from mtss_desktop.domain.growth import Decision
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.student_plans import StudentDecision, StudentStep
from mtss_desktop.domain.students import Names, Student
from mtss_desktop.store.queries.progress import Goal, MeasureInUse, ProgressRow
from mtss_desktop.usecases import data_progress

START = date(2025, 9, 15)
GOAL = Goal(START, 38.0, date(2026, 5, 22), 80.0)
LESS = Goal(START, 9.0, date(2026, 5, 22), 2.0)
MEASURE = MeasureInUse(1, "Words", 1)


def weekly(values: Sequence[float], start: date = START) -> tuple[tuple[date, float], ...]:
    return tuple((start + timedelta(weeks=n), value) for n, value in enumerate(values, 1))


def row(
    scores: tuple[tuple[date, float], ...],
    goals: tuple[Goal, ...] = (GOAL,),
    decisions: tuple[StudentDecision, ...] = (),
    *,
    number: int = 1,
    first_name: str = "",
) -> ProgressRow:
    who = Student(number, number, first_name, "Sample" if first_name else "")
    return ProgressRow(who, 3, 1, 1, scores, goals[-1] if goals else None, goals, decisions)


def change(day: date) -> StudentDecision:
    return StudentDecision(
        organization_id=OrganizationId("p"), student=1, measure_key=1, day=day, step=StudentStep.CHANGE
    )


def figure(of: ProgressRow) -> Figure:
    return data_progress.chart_of(of, MEASURE, Names.MASKED)


A_DAY = START + timedelta(weeks=3)
BELOW = (37, 40, 39, 42, 41, 40, 42, 41)
CASES = {
    "eight below": (row(weekly(BELOW)), Decision.CHANGE, 8),
    "five are too few": (row(weekly(BELOW[:5])), Decision.NOT_ENOUGH, 5),
    "missing weeks do not count": (
        row(tuple((START + timedelta(days=d), 39.0) for d in (7, 14, 60, 61, 130, 200))), Decision.CHANGE, 6,
    ),
    "a score on the line breaks the run": (row((*weekly(BELOW[:7]), (GOAL.end, 80.0))), Decision.CONTINUE, 8),
    "zero is a score": (row(weekly((0, 0, 0, 0, 0, 0))), Decision.CHANGE, 6),
    "all above": (row(weekly((50, 52, 54, 56, 58, 60))), Decision.RAISE, 6),
    "lower is better": (row(weekly((9, 9, 9, 9, 9, 9)), (LESS,)), Decision.CHANGE, 6),
    "three passages of a day are one point": (
        row((*weekly(BELOW[:4]), *((A_DAY + timedelta(weeks=9), value) for value in (30.0, 31.0, 90.0)))),
        Decision.NOT_ENOUGH, 5,
    ),
    "a new phase begins to count anew": (row(weekly(BELOW), decisions=(change(A_DAY),)), Decision.NOT_ENOUGH, 5),
    "300 points": (row(tuple((START + timedelta(days=n), 1.0) for n in range(1, 301))), Decision.CHANGE, 300),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_rule_counts_points_of_the_phase(name: str) -> None:
    of, decision, have = CASES[name]
    verdict = data_progress.verdict_of(of)
    assert verdict is not None
    assert (verdict.decision, verdict.have) == (decision, have)
    line = data_progress.line_of(of, Names.MASKED)
    assert (line.decision, line.scores) == (decision, have)
    made = figure(of)
    (data,) = (mark for mark in made.of(Points) if mark.role is Role.DATA)
    assert len(data.points) == len({day for day, _ in of.scores})
    assert len(made.table().rows) == len(data.points) + 1, "and the baseline"
    for number in (*data_progress.numbers_of(of), *data_progress.rules_of(of)):
        assert ENGLISH.say(number.value)


def test_three_passages_of_a_day_are_read_as_their_median() -> None:
    of = row((*weekly(BELOW[:5]), *((A_DAY + timedelta(weeks=9), value) for value in (30.0, 31.0, 90.0))))
    (data,) = (mark for mark in figure(of).of(Points) if mark.role is Role.DATA)
    assert data.points[-1].y == 31.0
    assert ENGLISH.write(data.points[-1].note).endswith("below the goal line; median of 3 scores that day")
    assert data_progress.line_of(of, Names.MASKED).last == 31.0


@pytest.mark.parametrize(
    ("scores", "goals", "points", "label"),
    [
        (((START, 38.0), (START, 41.0), (START, 35.0), *weekly((37, 40))), (GOAL,), 3, "baseline, median 38"),
        (((START - timedelta(days=9), 36.0), (START, 40.0)), (GOAL,), 2, "baseline, median 38"),
        (weekly((37, 40)), (GOAL,), 1, "baseline 38"),
    ],
)
def test_baseline_scores_stand_on_their_own_days(
    scores: tuple[tuple[date, float], ...], goals: tuple[Goal, ...], points: int, label: str
) -> None:
    (base,) = (mark for mark in figure(row(scores, goals)).of(Points) if mark.role is Role.BASELINE)
    assert len(base.points) == points
    assert [point.x for point in base.points] == [day for day, _ in scores if day <= START] or [START]
    assert ENGLISH.write(base.label) == label


@pytest.mark.parametrize(
    ("values", "goal", "words"),
    [
        (BELOW, GOAL, "2 of 2 are below their goal line"),
        ((9,) * 8, LESS, "2 of 2 are on the wrong side of their goal line"),
        ((50, 52, 54, 56, 58, 60), GOAL, "0 of 2 are below their goal line"),
        (BELOW[:3], GOAL, "2 students have progress scores; none has enough"),
    ],
)
def test_the_group_is_told_on_which_side_it_is(values: tuple[float, ...], goal: Goal, words: str) -> None:
    rows = [row(weekly(values), (goal,), number=n) for n in (1, 2)]
    statement, _ = data_progress.group_statement([data_progress.line_of(each, Names.MASKED) for each in rows])
    assert ENGLISH.say(statement).startswith(words)


def test_one_student_one_point_and_long_names_make_a_chart() -> None:
    for scores in (weekly((0,)), weekly((5, 5, 5, 5, 5, 5))):
        for goals in ((GOAL,), ()):
            of = row(scores, goals, first_name="A" * 60)
            made = figure(of)
            assert made.y.high is not None
            assert made.y.high > (made.y.low or 0.0)
            assert ENGLISH.write(made.title) == "Student 0001, grade 3"
