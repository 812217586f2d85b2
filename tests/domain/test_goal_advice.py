"""Goals as numbers propose them and practice advises them, with the arithmetic beside."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mtss_desktop.base.words import ENGLISH, said
from mtss_desktop.domain import goal_advice
from mtss_desktop.domain.behavior import Rate
from mtss_desktop.domain.goal_advice import Cut, Norm
from mtss_desktop.domain.growth import Score

START = date(2026, 1, 5)


def weekly(first: float, slope: float, n: int) -> tuple[Score, ...]:
    return tuple(Score(START + timedelta(weeks=week), first + slope * week) for week in range(n))


def test_three_ways_for_a_student() -> None:
    due = START + timedelta(weeks=15)
    cut, norm = Cut(92.0, said("spring cut")), Norm(1.2, 23, said("grade 3"))
    ways = goal_advice.of_student(58.0, START, due, weekly(58, 1.0, 8), cut, norm)
    assert [way.target for way in ways] == [92.0, 76.0, 81.0]  # 58 + 1.2 × 15; 58 + 1.5 × 1 × 15 = 80.5, half up
    texts = [ENGLISH.say(way.arithmetic) for way in ways]
    assert "2.27 a week" in texts[0], "(92 − 58) / 15, the published example"
    assert "58 + 1.2 a week × 15.0 weeks = 76" in texts[1].replace("1.20", "1.2")
    assert "1.5 × 1.00 a week" in texts[2]


def test_a_way_that_is_not_open_says_what_is_missing() -> None:
    ways = goal_advice.of_student(58.0, START, START + timedelta(weeks=10), weekly(58, 1, 7), None, None)
    assert [way.target for way in ways] == [None, None, None]
    assert ENGLISH.say(ways[2].arithmetic) == "7 of 8 scores."
    falling = goal_advice.of_student(58.0, START, START + timedelta(weeks=10), weekly(58, -1, 9), None, None)
    assert "nothing to build on" in ENGLISH.say(falling[2].arithmetic)


def test_usual_growth_needs_five_students_with_eight_scores() -> None:
    series = [weekly(50, slope, 8) for slope in (0.5, 1.0, 1.5, 2.0, 9.0)]
    found = goal_advice.norm_growth([*series, weekly(1, 50, 7)], said("grade 3"))
    assert found is not None
    assert (round(found.per_week, 6), found.students) == (1.5, 5)
    assert goal_advice.norm_growth(series[:4], said("grade 3")) is None


def test_a_rate_goes_to_its_best_month_or_to_half() -> None:
    months = (Rate(date(2025, 9, 1), 20, 20), Rate(date(2025, 10, 1), 10, 20), Rate(date(2025, 11, 1), 1, 4))
    best, half = goal_advice.of_rate(0.94, months)
    assert (best.target, half.target) == (0.5, 0.47)
    assert ENGLISH.say(best.arithmetic) == "10 in 20 school days of October 2025: 0.50 a day."
    assert ENGLISH.say(half.arithmetic) == "0.94 a day ÷ 2 = 0.47."
    assert goal_advice.of_rate(0.4, months)[0].target is None, "the best month is not below the baseline"
    assert goal_advice.of_rate(None, ())[1].target is None


def test_a_share_goes_halfway_to_a_healthy_core() -> None:
    halfway, core = goal_advice.of_share(50.0, 80)
    assert (halfway.target, core.target) == (65.0, 80.0)
    assert goal_advice.of_share(85.0, 80)[0].target is None


@pytest.mark.parametrize(("n", "at"), [(3, 2), (60, 44)])
def test_due_a_quarter_of_a_school_year_later(n: int, at: int) -> None:
    days = [START + timedelta(days=day) for day in range(n + 1)]
    assert goal_advice.due_after(days, START) == days[at + 1]
    assert goal_advice.due_after((), START) == START + timedelta(weeks=9)
