"""Meeting patterns and data sources as one typed line."""

from __future__ import annotations

from datetime import time

import pytest

from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain.team_words import Pattern, data_text, once_often, parse_data, parse_pattern, pattern_text
from mtss_desktop.domain.teams import DataReviewed, Rhythm

AFTERNOON = (time(14, 45), time(15, 45))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (
            "3rd Tuesday, 2:45–3:45 PM, Room 114",
            Pattern(Rhythm.MONTHLY, (3,), 1, *AFTERNOON, "Room 114"),
        ),
        ("1st and 3rd Wednesday, 7:50-8:30", Pattern(Rhythm.EVERY_TWO_WEEKS, (1, 3), 2, time(7, 50), time(8, 30))),
        ("last Friday, 2 to 3 pm", Pattern(Rhythm.MONTHLY, (5,), 4, time(14), time(15))),
        ("every Tue, 2:45-3:45", Pattern(Rhythm.WEEKLY, (), 1, *AFTERNOON)),
        ("Tuesdays", Pattern(None, (), 1)),
        ("every other Thursday, library", Pattern(Rhythm.EVERY_TWO_WEEKS, (), 3, room="library")),
        ("quarterly, Board annex, Room 2", Pattern(Rhythm.QUARTERLY, room="Board annex, Room 2")),
        ("11:30-12:15 pm", Pattern(starts_at=time(11, 30), ends_at=time(12, 15))),
        ("3rd Tuesday 2:45-3:45 PM, Room 114", Pattern(Rhythm.MONTHLY, (3,), 1, *AFTERNOON, "Room 114")),
        ("Tue, 2:45-3:45 weekly", Pattern(Rhythm.WEEKLY, (), 1, *AFTERNOON)),
        ("every 2nd Thu, 7:20-8:05", Pattern(Rhythm.EVERY_TWO_WEEKS, (), 3, time(7, 20), time(8, 5))),
        ("Thursdays at 2:45 PM", Pattern(None, (), 3, time(14, 45))),
        ("twice a month on Monday from 2:45 to 3:45 pm", Pattern(Rhythm.EVERY_TWO_WEEKS, (), 0, *AFTERNOON)),
        ("Tuesday, Room 3-4", Pattern(None, (), 1, room="Room 3-4")),
        ("", Pattern()),
    ],
)
def test_what_people_type_is_understood(typed: str, meant: Pattern) -> None:
    assert parse_pattern(typed) == meant


@pytest.mark.parametrize("typed", ["3:45-2:45 PM", "25:00-26:00", "2:75-3:00"])
def test_times_that_cannot_be_are_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        parse_pattern(typed)


@pytest.mark.parametrize(
    "pattern",
    [
        Pattern(Rhythm.MONTHLY, (3,), 1, *AFTERNOON, "Room 114"),
        Pattern(Rhythm.EVERY_TWO_WEEKS, (1, 3), 2, time(7, 50), time(8, 30), "Library"),
        Pattern(Rhythm.WEEKLY, (), 0, time(9), time(9, 45)),
        Pattern(Rhythm.EVERY_TWO_WEEKS, (), 4),
        Pattern(Rhythm.QUARTERLY, (), 2, room="Annex"),
        Pattern(Rhythm.AS_NEEDED),
        Pattern(Rhythm.MONTHLY, (5,), 4, time(11, 30), time(12, 30)),
        Pattern(),
    ],
)
def test_a_pattern_reads_back_as_itself(pattern: Pattern) -> None:
    assert parse_pattern(pattern_text(pattern, ENGLISH)) == pattern


def test_a_pattern_reads_as_people_say_it() -> None:
    pattern = Pattern(Rhythm.MONTHLY, (3,), 1, *AFTERNOON, "Room 114")
    assert pattern_text(pattern, ENGLISH) == "3rd Tuesday, 2:45–3:45 PM, Room 114"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("plan targets, quarterly", (DataReviewed("plan targets", "quarterly"),)),
        (
            "referrals monthly, TFI twice a year",
            (DataReviewed("referrals", "monthly"), DataReviewed("TFI", "twice a year")),
        ),
        (
            "referrals, tardies, every two weeks",
            (DataReviewed("referrals", "every two weeks"), DataReviewed("tardies", "every two weeks")),
        ),
        ("weekly", (DataReviewed("weekly", ""),)),
        ("monthly: weekly attendance", (DataReviewed("weekly attendance", "monthly"),)),
    ],
)
def test_how_often_may_stand_behind_the_source(typed: str, meant: tuple[DataReviewed, ...]) -> None:
    assert parse_data(typed) == meant


def test_data_sources_read_back_as_themselves() -> None:
    reviewed = (DataReviewed("referrals", "monthly"), DataReviewed("tardies", "monthly"), DataReviewed("TFI", "yearly"))
    assert data_text(reviewed) == "monthly: referrals, tardies; yearly: TFI"
    assert parse_data(data_text(reviewed)) == reviewed
    assert parse_data("referrals, tardies") == (DataReviewed("referrals"), DataReviewed("tardies"))


def test_how_often_is_said_once_where_all_share_it() -> None:
    assert once_often(parse_data("monthly: a, b")) == "monthly"
    assert once_often(parse_data("monthly: a; weekly: b")) == ""
