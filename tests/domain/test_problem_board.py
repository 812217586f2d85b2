"""Whether a goal is on track, by hand."""

from __future__ import annotations

from datetime import date

import pytest

from mtss_desktop.base.words import Words
from mtss_desktop.domain.plans import Direction, Goal
from mtss_desktop.domain.problem_board import expected, standing

START, DUE = date(2026, 1, 1), date(2026, 1, 11)
GOAL = Goal(metric="Referrals", baseline=2.0, target=1.0, started_on=START, due_on=DUE)
RISING = Goal(metric="Share", baseline=50, target=80, direction=Direction.HIGHER, started_on=START, due_on=DUE)


def test_the_line_runs_from_baseline_to_target() -> None:
    assert expected(GOAL, date(2026, 1, 6)) == 1.5
    assert expected(GOAL, date(2026, 2, 1)) == 1.0
    assert expected(Goal(metric="x", target=1.0), START) is None


@pytest.mark.parametrize(
    ("goal", "level", "today", "words", "tone"),
    [
        (GOAL, 1.4, date(2026, 1, 7), "On track: 1.4", "success"),
        (GOAL, 1.6, date(2026, 1, 7), "Off track: 1.6", "warning"),
        (GOAL, 1.0, date(2026, 1, 7), "Met: 1", "success"),
        (GOAL, 1.6, date(2026, 1, 12), "Due", "danger"),
        (GOAL, None, date(2026, 1, 7), "No level", ""),
        (RISING, 66, date(2026, 1, 7), "On track", "success"),
        (RISING, 64, date(2026, 1, 7), "Off track", "warning"),
    ],
)
def test_where_a_goal_stands(goal: Goal, level: float | None, today: date, words: str, tone: str) -> None:
    sentence, found = standing(goal, level, date(2026, 1, 6) if level is not None else None, today)
    assert Words().say(sentence).startswith(words)
    assert found == tone
