"""Votes, agreement and what does not move, with numbers worked out by hand."""

from __future__ import annotations

from fractions import Fraction

from mtss_desktop.domain.administrations import (
    AgreedBy,
    Difference,
    VoteRound,
    agreement,
    differences,
    per_minute,
    praise_ratio,
    proposed,
    stuck,
    total_count_agreement,
)


def test_votes_say_consensus_majority_or_talk() -> None:
    assert proposed(VoteRound((2, 2, None, 2))) == (2, AgreedBy.CONSENSUS)
    assert proposed(VoteRound((2, 1, 2, None))) == (2, AgreedBy.MAJORITY)
    assert proposed(VoteRound((2, 1, 2, 1))) is None, "half is no majority"
    assert proposed(VoteRound((None, None))) is None


def test_abstentions_stand_apart() -> None:
    votes = VoteRound((0, None, 2, 2, None))
    assert (votes.given, votes.abstained, votes.tally((0, 1, 2))) == ((0, 2, 2), 2, (1, 0, 2))


def test_agreement_is_item_by_item() -> None:
    one, other = {"1": 2, "2": 1, "3": 0, "4": 2}, {"1": 2, "2": 2, "3": 2, "5": 1}
    assert agreement(one, other) == Fraction(100, 3)
    assert agreement(one, other, within=1) == Fraction(200, 3)
    assert agreement(one, {}) is None
    assert total_count_agreement(18, 20) == 90
    assert total_count_agreement(0, 0) == 100


def test_differences_come_widest_first() -> None:
    found = differences({"1": 2, "2": 1, "3": 0}, {"1": 2, "2": 2, "3": 2})
    assert found == (Difference("3", 0, 2), Difference("2", 1, 2))
    assert differences({"1": 2, "3": 0}, {"1": 2, "3": 2}, more_than=2) == ()


def test_stuck_is_three_times_the_same_below_the_top() -> None:
    top = {"a": 2, "b": 2, "c": 2, "d": 2}
    history = [{"a": 1, "b": 0, "c": 2}, {"a": 1, "b": 1, "c": 2, "d": 1}, {"a": 1, "b": 1, "c": 2, "d": 1}]
    assert stuck(history, top) == ("a",)
    assert stuck(history[:2], top) == ()
    assert stuck(history, top, times=2) == ("a", "b", "d")


def test_ratios_without_corrections_or_time() -> None:
    assert praise_ratio(8, 2) == (Fraction(4), 1)
    assert praise_ratio(5, 0) == (Fraction(5), 0)
    assert per_minute(24, Fraction(15)) == Fraction(8, 5)
    assert per_minute(3, Fraction(0)) is None
