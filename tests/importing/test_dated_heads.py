"""Sheets of a team's own: a column for each day, season or test, and what nothing but a person tells is asked once."""

from __future__ import annotations

from datetime import date

import pytest

from mtss_desktop.domain.facts import Verdict
from mtss_desktop.importing.dated_heads import dated_heads, order_of
from mtss_desktop.importing.findings import Understood
from mtss_desktop.importing.recognize import UnknownLayout
from tests.importing.files import entries, planned, understood


def found(text: str, name: str = "probes.csv", **answers: str) -> Understood:
    return understood(text.encode(), name, **answers)


def days(text: str, name: str = "probes.csv", **answers: str) -> list[tuple[str, str, object]]:
    return [
        (str(each["measure"]), date.fromordinal(int(str(each["taken_on"]))).isoformat(), each["value"])
        for each in entries(found(text, name, **answers))
    ]


PEOPLE = '7001,"Roe, Ada"', '7002,"Loe, Bo"'


def sheet(heads: str, *rows: str, title: str = "") -> str:
    lines = [f"Student ID,Student,{heads}", *(f"{who},{cells}" for who, cells in zip(PEOPLE, rows, strict=True))]
    return "\n".join(([title + "," * lines[0].count(",")] if title else []) + lines) + "\n"


@pytest.mark.parametrize(
    ("heads", "order"),
    [
        ("9/5/2025,9/12/2025,9/26/2025", "mdy"),
        ("5/9/2025,12/9/2025,26/9/2025", "dmy"),
        ("9/5,10/3,11/7,1/9", "mdy"),
        ("5/9/2025,6/9/2025,7/9/2025", "mdy"),
        ("9/5/2025,10/7/2025", ""),
        ("Sept 5,Sept 12,Oct 3", "mdy"),
        ("5-Sep,12-Sep", "mdy"),
        ("2025-09-05 00:00:00,2025-09-12", "mdy"),
        ("2/22,2/29,3/7", "mdy"),
        ("29/2,7/3", "dmy"),
    ],
)
def test_which_number_of_a_head_is_the_month(heads: str, order: str) -> None:
    there = dated_heads(tuple(heads.split(",")))
    assert len(there) == len(heads.split(","))
    assert order_of([each.day for each in there]) == order


@pytest.mark.parametrize(
    ("text", "name", "first", "count"),
    [
        (sheet("Goal,9/5,9/12,1/9", "80,34,36,", "70,22,,25"), "orf probes.csv", ("ORF", "2025-09-05", 34.0), 4),
        (sheet("Week of 9/5,Week of 9/12", "34,36", "22,24"), "ORF.csv", ("ORF", "2025-09-05", 34.0), 4),
        (sheet("ORF 9/5/2025,Maze 9/26/2025", "34,6", "22,4"), "x.csv", ("ORF", "2025-09-05", 34.0), 4),
        (sheet("Sept 5,Oct 3", "34,6", "22,4", title="Maze 2024-25"), "x.csv", ("Maze", "2024-09-05", 34.0), 4),
        (sheet("9/5/2025 00:00,9/26/2025 00:00", "34,6", "22,4"), "Maze.csv", ("Maze", "2025-09-05", 34.0), 4),
    ],
)
def test_heads_that_are_days(text: str, name: str, first: tuple[str, str, float], count: int) -> None:
    made = days(text, name)
    assert (made[0], len(made)) == (first, count)


@pytest.mark.parametrize(
    "heads", ["Grade 9/10,Grade 11/12", "Item 1/2,Item 3/4", "Unit 1/2,Lesson 1/3", "Question #1/2,Q 1/3"]
)
def test_numbers_that_count_are_no_days(heads: str) -> None:
    assert dated_heads(tuple(heads.split(","))) == ()


@pytest.mark.parametrize(
    ("heads", "measures", "asked"),
    [
        ("Maya 9/5,Leo 9/26", {None}, ["measure"]),
        ("Week 1 9/5,Week 2 9/26", {None}, ["measure"]),
        ("Fri 9/5,Friday 9/26", {None}, ["measure"]),
        ("ORF 9/5,Points 9/26", {"ORF", None}, ["measure"]),
        ("Math 9/5,ORF WCPM 9/26", {"Math", "ORF WCPM"}, []),
    ],
)
def test_only_a_known_test_is_taken_from_beside_a_day(heads: str, measures: set[str | None], asked: list[str]) -> None:
    made = found(sheet(heads, "34,36", "22,25"))
    assert ({each["measure"] for each in entries(made)}, [each.key for each in made.questions]) == (measures, asked)


def test_two_unknown_words_beside_one_day_are_not_asked_for_as_one_test() -> None:
    with pytest.raises(UnknownLayout):
        found(sheet("Sight words 9/5,Letter fun 9/5", "34,36", "22,25"))


def test_the_leap_day_lies_in_a_year_that_has_it() -> None:
    text = sheet("2/22,2/29,3/7", "34,36,38", "22,25,27")
    assert [day for _, day, _ in days(text, "orf.csv")][::2] == ["2024-02-22", "2024-02-29", "2024-03-07"]
    assert (found(text, "orf 2024-25.csv").row_state == 3).all()


def test_the_test_is_asked_once_where_nothing_names_it() -> None:
    text = sheet("9/5/2025,9/26/2025", "34,absent", "22,25")
    waiting = found(text)
    assert [each.key for each in waiting.questions] == ["measure"]
    assert (waiting.state() == 2).all()
    assert {measure for measure, _, _ in days(text, measure="ORF")} == {"ORF"}
    ambiguous = found(sheet("9/5/2025,10/7/2025", "34,36", "22,25"), "orf.csv")
    assert [each.key for each in ambiguous.questions] == ["date_order"]


def test_a_total_in_place_of_an_id_is_no_student() -> None:
    text = sheet("9/5/2025,9/26/2025", "34,36", "22,25") + "Class average,,28,30\n" + '7003,"Doe, Cy",20,21\n'
    assert len(days(text, "orf.csv")) == 6


def test_days_that_have_not_come_are_refused_and_empty_ones_are_nothing() -> None:
    assert (found(sheet("9/5/2025,9/26/2026", "34,36", "22,25"), "orf.csv").row_state == 3).all()
    assert len(days(sheet("9/5/2025,9/26/2026", "34,", "22,"), "orf.csv")) == 2


def test_months_lie_in_their_school_year() -> None:
    made = found(sheet("Sep,Oct,Jan", "1,0,2", "0,0,3"), "absences 2024-25.csv")
    first, last = entries(made)[0], entries(made)[-1]
    assert (first["measure"], first["window"], first["year"]) == ("Days absent", "September", 2024)
    assert (last["window"], last["year"], last["value"]) == ("January", 2024, 3.0)


def test_heads_that_are_tests_need_a_season() -> None:
    text = sheet("ORF,ORF Percentile,NWF CLS", "34,12th,36", "22,8,24")
    assert [each.key for each in found(text).questions] == ["window"]
    made = entries(found(text, "MOY 2025-26.csv"))
    assert [(each["measure"], each["window"], each["year"]) for each in made[::2]] == [
        ("ORF", "Winter", 2025),
        ("NWF CLS", "Winter", 2025),
    ]
    assert planned(text.encode(), window="Fall").row_count(Verdict.PROBLEM) == 0


def test_a_grid_of_attendance() -> None:
    made = found(sheet("9/5/2025,9/8/2025,9/26/2025", "A,,T", ",UA,E"), "attendance.csv")
    assert made.match.profile.key == "attendance-grid"
    told = zip(*(made.whole[name].tolist() for name in ("hundredths", "tardy", "excused")), strict=True)
    assert list(told) == [(100, 0, -1_000_000), (100, 0, 0), (0, 1, -1_000_000), (100, 0, 1)]
