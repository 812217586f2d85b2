"""Words, dates and numbers as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from mtss_desktop.base.folding import fold
from mtss_desktop.base.words import ENGLISH, Label, Words, said, school_year


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (1204, None, "1,204"),
        (0.9, None, "0.9"),
        (-3.5, None, "\u22123.5"),
        (2.125, None, "2.13"),
        (2.675, 2, "2.68"),
        (0.125, 1, "0.1"),
        (0.25, 1, "0.3"),
        (1.0, None, "1"),
        (1.0, 2, "1.00"),
        (-0.001, 1, "0.0"),
    ],
)
def test_numbers_round_half_up_and_keep_their_sign(value: float, places: int | None, written: str) -> None:
    assert ENGLISH.number(value, places) == written


def test_counts_choose_one_or_many() -> None:
    teams = lambda n: ENGLISH.say(said("{n} team", many="{n} teams", count="n", n=n))  # noqa: E731
    assert [teams(n) for n in (0, 1, 2)] == ["0 teams", "1 team", "2 teams"]


def test_values_are_written_by_their_type() -> None:
    line = said(
        "{day:day} {day:long} {day} {day:short} {at} {n:1} {names}",
        day=date(2026, 12, 1),
        at=time(14, 45),
        n=2,
        names=("a", "b"),
    )
    assert ENGLISH.say(line) == "Tue 12/1 Tuesday, December 1, 2026 12/1/2026 12/1 2:45 PM 2.0 a, b"


def test_braces_typed_by_people_stay_as_they_are() -> None:
    assert ENGLISH.say(said("Team {name}", name="{n} & <b>")) == "Team {n} & <b>"


def test_labels_come_from_the_database_and_fall_back_to_their_key() -> None:
    words = Words(labels={"division": Label("county", "counties")})
    sentence = said("{label.division} and {label.division.many}, {label.look_for}")
    assert words.say(sentence) == "county and counties, look for"


def test_a_time_range_says_the_half_of_the_day_once() -> None:
    assert ENGLISH.time_range(time(14, 45), time(15, 45)) == "2:45–3:45 PM"
    assert ENGLISH.time_range(time(11, 30), time(12, 15)) == "11:30 AM–12:15 PM"
    assert ENGLISH.time(time(0, 5)) == "12:05 AM"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 12), "today"),
        (date(2026, 2, 13), "tomorrow"),
        (date(2026, 2, 11), "yesterday"),
        (date(2026, 2, 17), "in 5 days"),
        (date(2026, 2, 26), "in 2 weeks"),
        (date(2025, 12, 11), "9 weeks ago"),
    ],
)
def test_relative_dates(day: date, words: str) -> None:
    assert ENGLISH.ago(day, date(2026, 2, 12)) == words


def test_school_years_and_lists() -> None:
    assert [school_year(2026), school_year(1999)] == ["2026–27", "1999–00"]
    assert [ENGLISH.listed(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


@pytest.mark.parametrize(
    ("name", "folded"),
    [("Łukasz  Nguyễn", "lukasz nguyen"), ("ÉQUIPE", "equipe"), ("Straße", "strasse"), ("Αθηνά", "αθηνα")],
)
def test_names_fold_the_same_on_every_engine(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_a_stamp_is_said_on_the_clock_of_the_place() -> None:
    late = datetime(2026, 2, 13, 4, 58, tzinfo=UTC)
    assert Words(zone="America/New_York").local(late).date() == date(2026, 2, 12)
    assert Words(zone="America/Los_Angeles").local(late).time() == time(20, 58)
