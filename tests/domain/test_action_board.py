"""The board's groups, filters and new dates, and what a mail to an owner says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain.action_board import BoardLine, By, Which, fitting, groups, moved, owner_mail

TODAY = date(2026, 11, 17)
FIRST = BoardLine("1", "Re-teach the stairs", "Hannah Cole", "t1", "Tier 1", "h", "Holcomb", date(2026, 11, 13), "", "problems",
                  "p", "Hallway, grade 7", "hc", "Cole", "h@x.org", next_meeting=date(2026, 12, 15))  # fmt: skip
LINES = (
    FIRST,
    replace(FIRST, id="2", text="Film the lesson", due_on=date(2026, 11, 23), parent=""),
    replace(
        FIRST, id="3", text="Ask about signs", owner="Zoë Lambert", owner_id="zl", owner_last="Lambert", due_on=TODAY
    ),
    replace(
        FIRST, id="4", text="Find cover", owner="", owner_id="", owner_last="", place="Ashby", place_id="a", due_on=None
    ),
)


def ids(by: By) -> list[tuple[str, list[str], int]]:
    return [
        (ENGLISH.say(group.title), [line.id for line in group.lines], group.late) for group in groups(LINES, by, TODAY)
    ]


def test_groups_by_owner_school_and_date() -> None:
    assert ids(By.OWNER) == [("Hannah Cole", ["1", "2"], 1), ("Zoë Lambert", ["3"], 0), ("", ["4"], 0)]
    assert ids(By.SCHOOL) == [("Ashby", ["4"], 0), ("Holcomb", ["1", "3", "2"], 1)]
    assert ids(By.DUE) == [("Late", ["1"], 1), ("This week", ["3", "2"], 0), ("Without a date", ["4"], 0)]


@pytest.mark.parametrize(
    ("which", "text", "left"),
    [
        (Which.ALL, "", "1234"),
        (Which.LATE, "", "1"),
        (Which.THIS_WEEK, "", "23"),
        (Which.ALL, "STAIRS hallway", "1"),
        (Which.ALL, "zoe", "3"),
        (Which.LATE, "zoe", ""),
    ],
)
def test_chips_and_typed_words_narrow(which: Which, text: str, left: str) -> None:
    assert "".join(line.id for line in fitting(LINES, which=which, text=text, today=TODAY)) == left


@pytest.mark.parametrize(
    ("line", "typed", "day", "why"),
    [
        (1, "+1w", date(2026, 11, 30), ""),
        (0, "+1w", date(2026, 11, 20), ""),
        (0, "+3d", date(2026, 11, 20), ""),  # from 11/13 it would still be late
        (3, "+1w", date(2026, 11, 24), ""),  # without a date it counts from today
        (0, "12/4", date(2026, 12, 4), ""),
        (0, "fri", date(2026, 11, 20), ""),
        (0, "next meeting", date(2026, 12, 15), ""),
        (0, "soon", None, "not a date"),
        (0, "12/4 or so", None, "not a date"),
        (0, "13/45", None, "not a coming day"),
        (0, "11/3/2026", None, "not a coming day"),
    ],
)
def test_new_dates(line: int, typed: str, day: date | None, why: str) -> None:
    found = moved(LINES[line], typed, TODAY)
    assert found.due_on == day
    assert (ENGLISH.say(found.why_not) if found.why_not else "") == why


def test_a_team_without_a_next_meeting_says_so() -> None:
    found = moved(replace(FIRST, next_meeting=None), "next meeting", TODAY)
    assert found.due_on is None
    assert found.why_not is not None
    assert ENGLISH.say(found.why_not) == "no next meeting"


def test_a_mail_names_all_actions_the_earliest_first() -> None:
    told = owner_mail(LINES[:2], TODAY, first_name="Hannah", sender="D. Whitfield")
    assert ENGLISH.say(told.subject) == "2 open actions"
    assert [text for text, _ in told.lines] == ["Re-teach the stairs", "Film the lesson"]
    assert ENGLISH.say(told.closing) == "The first one is 4 days past. What would help?"
    assert told.to == ("h@x.org",)
