"""Rates, honest comparisons and the triangle."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mtss_desktop.base.words import ENGLISH, said
from mtss_desktop.domain import behavior
from mtss_desktop.domain.behavior import Span, compare

DAYS = [date(2026, 9, 1) + timedelta(days=n) for n in range(60) if (date(2026, 9, 1) + timedelta(days=n)).weekday() < 5]


def test_rates_need_school_days() -> None:
    assert behavior.rate_per_day(24, 4) == 6
    assert behavior.rate_per_day(3, 0) is None
    assert behavior.rate_per_100(10, 200) == 5
    assert behavior.rate_per_100(10, 200, 20) == pytest.approx(0.25)
    assert behavior.rate_per_100(1, 0) is None


def test_months_and_weeks_stand_in_order_with_their_school_days() -> None:
    counts = {date(2026, 10, 2): 3, date(2026, 9, 1): 2, date(2026, 9, 30): 4}
    months = behavior.by_month(counts, DAYS)
    assert [(rate.start, rate.count, rate.days) for rate in months] == [
        (date(2026, 9, 1), 6, 22),
        (date(2026, 10, 1), 3, 22),
    ]
    weeks = behavior.by_week(counts, DAYS)
    assert weeks[0].start == date(2026, 8, 31)
    assert weeks[0].days == 4
    assert weeks[0].per_day == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("counted", "today", "through"),
    [
        ([DAYS[3], DAYS[9]], DAYS[20], DAYS[9]),  # what comes after it nobody has counted yet
        ([DAYS[3], DAYS[30]], DAYS[20], DAYS[20]),  # an impossible date in a file ends nothing later than today
        ([], DAYS[20], DAYS[20]),
        ([DAYS[-9]], DAYS[-1] + timedelta(days=9), DAYS[-1]),  # the year is over: the days after it had none
        ([DAYS[3]], DAYS[-1] + timedelta(days=9), DAYS[3]),  # its last file ends early: nothing is known of the rest
    ],
)
def test_data_reach_as_far_as_the_last_day_counted(counted: list[date], today: date, through: date) -> None:
    assert behavior.counted_through(counted, DAYS, today) == through


def test_a_count_on_a_day_without_school_is_kept_and_has_no_rate() -> None:
    (rate,) = behavior.by_month({date(2026, 7, 4): 1}, [])
    assert (rate.count, rate.days, rate.per_day) == (1, 0, None)


def test_the_sentence_is_honest_about_few_days() -> None:
    change = compare(Span(80, 40), Span(13, 11))
    assert change.early
    assert ENGLISH.say(change.sentence) == "Lower by 0.82 a day; 11 days of data: too early to call."


def test_the_readers_own_subtraction_agrees() -> None:
    change = compare(Span(73, 38), Span(33, 31))
    assert not change.early
    assert ENGLISH.say(change.sentence) == "Lower by 0.86 a school day."
    assert change.more is not None
    assert ENGLISH.say(change.more).startswith("Before 1.92 (73 in 38 school days), after 1.06 (33 in 31 school days).")
    assert "not its cause" in ENGLISH.say(change.more)


@pytest.mark.parametrize(("after", "words"), [(Span(60, 30), "No difference"), (Span(90, 30), "Higher by 1.00")])
def test_no_difference_and_higher(after: Span, words: str) -> None:
    assert ENGLISH.say(compare(Span(80, 40), after).sentence).startswith(words)


def test_a_plan_carried_out_in_part_is_said_first_and_stays_open() -> None:
    change = compare(Span(549, 48), Span(232, 21), carried_out=said("The main step was in place on 9 of 21 days."))
    assert change.early
    assert ENGLISH.say(change.sentence) == "Too early to say whether the idea works."
    assert change.more is not None
    assert ENGLISH.say(change.more).startswith("The main step was in place on 9 of 21 days. Before 11.4")


def test_nothing_to_compare_is_said() -> None:
    assert "since the change" in ENGLISH.say(compare(Span(80, 40), Span(0, 0)).sentence)
    assert "before the change" in ENGLISH.say(compare(Span(0, 0), Span(3, 5)).sentence)


def test_triangle_counts_students_without_referrals() -> None:
    triangle = behavior.triangle([1, 2, 5, 6, 9], 100)
    assert (triangle.few, triangle.some, triangle.many, triangle.enrolled) == (96, 2, 2, 100)
    assert triangle.shares == (0.96, 0.02, 0.02)
    with pytest.raises(ValueError, match="enrolled"):
        behavior.triangle([1, 1], 1)


def test_spans_include_both_ends() -> None:
    counts = {date(2026, 9, 1): 2, date(2026, 9, 4): 1, date(2026, 9, 8): 9}
    assert behavior.span(counts, DAYS, date(2026, 9, 1), date(2026, 9, 4)) == Span(3, 4)
