"""Files as a school office makes them by hand: what stands in them is read right, or refused by line and column."""

from __future__ import annotations

import pytest

from mtss_desktop.importing.findings import PROBLEM, QUESTION, SKIPPED
from mtss_desktop.importing.naming import split_name
from tests.importing.files import entries, understood

HEAD = "Student ID,Assessment,Test Date,Score\n"


def read(text: str) -> list[tuple[object, ...]]:
    """By row: id, score, and a word for a row that is not used."""
    found = understood(text.encode())
    words = {PROBLEM: "refused", QUESTION: "asks", SKIPPED: "skipped"}
    states = found.state().tolist()
    return [(row["local_id"], words.get(states[at], row["value"])) for at, row in enumerate(entries(found))]


@pytest.mark.parametrize(
    ("cell", "score"),
    [
        *((word, "skipped") for word in ("", "N/A", "—", "–", "None", "\\N", "n.a.")),
        *((word, None) for word in ("DNT", "Absent", "<10", "Did not test")),
        *((word, "refused") for word in ("12/20", "(5)", "#DIV/0!", "#####", "see note")),
        ("215*", "asks"),
        ("６１", 61),
    ],
)
def test_words_where_a_score_should_stand(cell: str, score: object) -> None:
    assert read(f"{HEAD}7,ORF,9/15/2025,{cell}\n8,ORF,9/15/2025,50\n") == [("7", score), ("8", 50)]


def test_a_formula_that_failed_says_so() -> None:
    found = understood(f"{HEAD}7,ORF,####,50\n8,ORF,9/15/2025,#REF!\n9,ORF,9/15/2025,3\n".encode())
    said = "The spreadsheet could not show what stands here. Mend the cell and export the file again."
    assert {(each.header, each.message(0)) for each in found.findings} == {("Test Date", said), ("Score", said)}


def test_ids_a_spreadsheet_protected() -> None:
    rows = '\'00123,ORF,9/15/2025,1\n"=""00124""",ORF,9/15/2025,2\n１２５,ORF,Mon 9/22/2025,3\n'
    assert read(HEAD + rows) == [("00123", 1), ("00124", 2), ("125", 3)]


def test_spaces_before_quotation_marks() -> None:
    text = '"Student ID", "Assessment", "Test Date", "Score"\n"1", "ORF, timed", "9/15/2025", "61"\n"2", "ORF", "9/16/2025", "62"\n'
    assert read(text) == [("1", 61), ("2", 62)]


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_next_row() -> None:
    text = 'Student ID,Assessment,Student Name,Test Date,Score\n1,ORF,"Doe,9/15/2025,61\n2,ORF,"Roe",9/15/2025,62\n3,ORF,Poe,9/15/2025,63\n'
    found = understood(text.encode())
    assert found.state().tolist() == [PROBLEM, 0]
    assert any("run together" in each.message(0) for each in found.findings)
    comment = (
        'Student ID,Assessment,Test Date,Score,Notes\n1,ORF,9/15/2025,61,"first, second\nthird"\n2,ORF,9/15/2025,62,\n'
    )
    assert read(comment) == [("1", 61), ("2", 62)]


def test_a_header_that_comes_twice_is_said() -> None:
    found = understood(b"Student ID,Assessment,Test Date,Score,Score\n1,ORF,9/15/2025,61,99\n2,ORF,9/15/2025,62,98\n")
    assert found.numbers["value"].tolist() == [61, 62]
    assert found.assumed == ["2 columns are called “Score”; the first of them was read."]


def test_letters_encoded_twice_are_mended() -> None:
    text = "Student ID,Last Name,First Name,Grade,School,School Year\n1,Núñez,Zoë,3,Holcomb,2025-26\n2,Smith,Al,3,Holcomb,2025-26\n"
    found = understood(text.encode().decode("cp1252").encode())
    assert (found.last_name[0], found.first_name[0]) == ("Núñez", "Zoë")
    assert "encoded twice" in found.assumed[0]


@pytest.mark.parametrize("name", ["García", "Peña", "O’Brien", "Muñoz", "D’Angelo", "François", "Zoë"])
@pytest.mark.parametrize("encoding", ["mac-roman", "cp1252"])
def test_one_marked_name_is_enough_to_tell_mac_from_windows(name: str, encoding: str) -> None:
    text = f"Student ID,Last Name,First Name,Grade,School,School Year\n1,{name},Ana,3,Holcomb,2025-26\n"
    assert understood(text.encode(encoding)).last_name[0] == name


@pytest.mark.parametrize(
    ("full", "last", "first"),
    [
        ("Doe, Jane M.", "Doe", "Jane M."),
        ("Jane Doe", "Doe", "Jane"),
        ("Al Smith Jr.", "Smith Jr.", "Al"),
        ("Smith, Jr., Al", "Smith Jr.", "Al"),
        ("Smith Jr., Al", "Smith Jr.", "Al"),
        ("Smith, Al, III", "Smith III", "Al"),
        ("Ana de la Cruz", "de la Cruz", "Ana"),
        ("de la Cruz, Ana María", "de la Cruz", "Ana María"),
        ("Vincent van Gogh", "van Gogh", "Vincent"),
        ("Cher", "Cher", ""),
        ("Di Nardo", "Nardo", "Di"),
    ],
)
def test_full_names(full: str, last: str, first: str) -> None:
    assert split_name(full) == (last, first)
