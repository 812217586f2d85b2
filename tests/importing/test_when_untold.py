"""A file of scores says when they are from in a way nobody expected: nothing is put into one season that is of several."""

from __future__ import annotations

import pytest

from mtss_desktop.importing.proposing import propose
from mtss_desktop.importing.recognize import UnknownLayout, recognize
from tests.importing.files import entries, sketched, understood

ROWS = "001,ORF,{0},2025-26,45\n001,ORF,{1},2025-26,52\n002,ORF,{0},2025-26,46\n"


@pytest.mark.parametrize("header", ["Date Tested", "Administration Date", "Date of Assessment"])
def test_the_usual_words_for_a_day_are_known(header: str) -> None:
    data = f"Student ID,Test,{header},Score\n0012,Math,10/13/2025,512\n".encode()
    found = understood(data)
    assert (found.questions, entries(found)[0]["taken_on"]) == ([], 739537)


@pytest.mark.parametrize("header", ["Time of Year", "Testing Window", "Benchmark Season"])
def test_the_usual_words_for_a_season_are_known(header: str) -> None:
    data = (f"Student ID,Test Name,{header},School Year,Score\n" + ROWS.format("Beginning", "Middle")).encode()
    assert [row["window"] for row in entries(understood(data))] == ["Fall", "Winter", "Fall"]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Testing Round", ("A", "B")),
        ("Collection", ("Fall", "Winter")),
        ("Sitting", ("1", "2")),
        ("Held", ("9/9/2025", "1/9/2026")),
    ],
)
def test_one_season_is_not_asked_for_scores_of_several(header: str, cells: tuple[str, str]) -> None:
    data = (f"Student ID,Test Name,{header},School Year,Score\n" + ROWS.format(*cells)).encode()
    with pytest.raises(UnknownLayout):
        recognize(sketched(data))
    assert propose(sketched(data)).takes == "scores"


def test_one_season_is_asked_where_the_file_has_one() -> None:
    found = understood(b"Student ID,Test Name,School Year,Score\n001,ORF,2025-26,45\n002,ORF,2025-26,46\n")
    assert [each.key for each in found.questions] == ["window"]


def test_the_order_of_a_day_is_asked_only_where_it_matters() -> None:
    symmetrical = b"Student ID,Test,Date,Score\n001,ORF,9/9/2025,45\n002,ORF,10/10/2025,46\n"
    assert understood(symmetrical).questions == []
    assert [q.key for q in understood(symmetrical.replace(b"10/10", b"10/9")).questions] == ["date_order"]


def test_lines_between_the_rows_are_no_rows() -> None:
    data = (
        b"Student Name,Test,Date,Score\n"
        b'"Roe, Ada",ORF,9/19/2025,55\nPage 1 of 2,,,\nClass average,ORF,9/19/2025,57.5\n"Lee, Bo",ORF,9/19/2025,60\n'
    )
    found = understood(data)
    assert found.row_state.tolist() == [0, 1, 1, 0]
    assert [each.message(0) for each in found.findings] == [
        "a line between the rows of the table",
        "a total, not a student",
    ]
