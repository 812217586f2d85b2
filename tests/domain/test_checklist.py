"""The meeting checklist: every item's points and reason, both columns, and a meeting counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain.checklist import (
    Half,
    MeetingFacts,
    Part,
    TeamMark,
    checklist,
    halves,
    side_by_side,
    span,
)

ALL, NONE = Part(2, 2), Part(0, 0)
FULL = MeetingFacts(
    roles=3, role_backups=3, late_start=1, late_end=0, present=8, voting=9, quorum_percent=75, agenda_items=6,
    agenda_sent_before=True, last_minutes=True, next_planned=True, sent_in_time=Part(3, 3), lines=20, reviewed=ALL,
    with_level=ALL, precise_parts=6, with_solutions=ALL, complete_plans=ALL, with_goal=ALL, with_fidelity_measure=ALL,
    with_outcome_measure=ALL,
)  # fmt: skip


def test_a_full_record_has_every_point_but_the_one_it_cannot_know() -> None:
    scores = checklist(FULL)
    assert [score.points for score in scores] == [2, None, *[2] * 16]
    foundations, solving = halves(score.points for score in scores)
    assert (foundations.points, foundations.out_of, solving.points, solving.out_of) == (16, 16, 18, 18)
    assert foundations.reached


@pytest.mark.parametrize(
    ("changes", "number", "points"),
    [
        ({"role_backups": 1}, 1, 1), ({"roles": 1, "role_backups": 0}, 1, 0), ({"late_start": 6}, 3, 1),
        ({"late_start": None}, 3, None), ({"late_end": 11}, 4, 0), ({"present": 5}, 5, 1), ({"present": 4}, 5, 0),
        ({"agenda_sent_before": False}, 6, 1), ({"agenda_items": 0}, 6, 0), ({"last_minutes": None}, 7, None),
        ({"last_minutes": False}, 7, 0), ({"next_planned": False}, 8, 0), ({"sent_in_time": Part(1, 3)}, 9, 1),
        ({"sent_in_time": NONE}, 9, None),
        ({"left_after": 190}, 9, 2), ({"left_after": 1440}, 9, 2), ({"left_after": 1441}, 9, 1), ({"left_after": 2881}, 9, 0), ({"lines": 0}, 10, 0), ({"reviewed": Part(1, 2)}, 11, 1),
        ({"precise_parts": 4}, 13, 1), ({"precise_parts": 3}, 13, 0), ({"with_goal": Part(0, 2)}, 16, 0),
    ],
)  # fmt: skip
def test_scores(changes: dict[str, Any], number: int, points: int | None) -> None:
    assert checklist(replace(FULL, **changes))[number - 1].points == points


def test_the_line_is_85_percent() -> None:
    assert Half(16, 18).reached
    assert not Half(15, 18).reached
    assert not Half(0, 0).reached


CRAFTED = MeetingFacts(
    roles=3, role_backups=2, late_start=4, late_end=8, present=6, voting=8, quorum_percent=75, agenda_items=5,
    agenda_sent_before=True, last_minutes=False, next_planned=True, sent_in_time=Part(1, 3), lines=12,
    reviewed=Part(2, 3), with_level=Part(0, 3), precise_parts=5, with_solutions=Part(3, 3), complete_plans=Part(7, 9),
    with_goal=Part(1, 3), with_fidelity_measure=Part(0, 3), with_outcome_measure=Part(3, 3), left_after=190,
    started_at=time(14, 49), ended_at=time(15, 53), agenda_sent_on=date(2026, 11, 12), next_day=date(2026, 12, 15),
)  # fmt: skip
BY_HAND = {
    1: (1, "3 of 3 have a primary, 2 a backup too"),
    2: (None, "no record can tell: may those in the room decide?"),
    3: (2, "2:49 PM, 4 min late"),
    4: (1, "3:53 PM, 8 min late"),
    5: (2, "6 of 8 from start to end; quorum is 75%"),
    6: (2, "sent Thu 11/12"),
    7: (0, "not on the agenda, or not reached"),
    8: (2, "Tue 12/15"),
    9: (2, "minutes left 3 h 10 min after the end"),
    10: (2, "5 agenda items, 12 lines"),
    11: (1, "2 of 3 earlier problems have fidelity and effect"),
    12: (0, "0 of 3 earlier problems have today’s level"),
    13: (1, "the best statement has 5 of 6 parts"),
    14: (2, "3 of 3 open problems"),
    15: (1, "7 of 9 solutions and actions"),
    16: (1, "1 of 3 open problems have a target and a date"),
    17: (0, "0 of 3 open problems say how"),
    18: (2, "3 of 3 open problems say how"),
}
"""Counted on paper before the program did: foundations 1+2+1+2+2+0+2+2 = 12 of 16 without item 2; problem solving
2+1+0+1+2+1+1+0+2 = 10 of 18."""


def test_a_crafted_meeting_equals_the_hand_count() -> None:
    scores = checklist(CRAFTED)
    assert {score.number: (score.points, ENGLISH.say(score.reason)) for score in scores} == BY_HAND
    foundations, solving = halves(score.points for score in scores)
    assert foundations == Half(12, 16)
    assert foundations.percent is None, "an item without points is not zero"
    assert (solving, solving.percent, solving.reached) == (Half(10, 18), 56, False)


def test_the_teams_own_points_stand_beside_the_proposed_and_count() -> None:
    items = side_by_side(checklist(CRAFTED), [TeamMark(2, 2), TeamMark(7, 2, "read aloud"), TeamMark(3, 2)])
    assert [(item.number, item.proposed.points, item.points, item.differs) for item in items if item.team] == [
        (2, None, 2, True), (3, 2, 2, False), (7, 0, 2, True),
    ]  # fmt: skip
    foundations, _ = halves(item.points for item in items)
    assert (foundations, foundations.percent, foundations.reached) == (Half(16, 18), 89, True)
    assert halves(item.proposed.points for item in items)[0] == Half(12, 16)


@pytest.mark.parametrize(
    ("minutes", "words"), [(45, "45 min"), (190, "3 h 10 min"), (1440, "1 day 0 h"), (3010, "2 days 2 h")]
)
def test_spans(minutes: int, words: str) -> None:
    assert ENGLISH.say(span(minutes)) == words


def test_an_agreed_shorter_meeting_says_so() -> None:
    found = checklist(replace(CRAFTED, late_end=0, shortened="Fire drill"))[3]
    assert (found.points, ENGLISH.say(found.reason)) == (2, "3:53 PM, on plan; shortened: Fire drill")
