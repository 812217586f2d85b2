"""Schools as people list them."""

from __future__ import annotations

import pytest

from mtss_desktop.domain.school_list import ListedSchool, from_lines, from_table, grade_span, same_name


@pytest.mark.parametrize(
    ("line", "school"),
    [
        ("Piney Ridge Elementary, K–5, 412", ListedSchool("Piney Ridge Elementary", "K–5", 412)),
        ("Piney Ridge Elementary, 412, K-5", ListedSchool("Piney Ridge Elementary", "K–5", 412)),
        ("Holcomb Middle; grades 6 to 8; 538 students", ListedSchool("Holcomb Middle", "6–8", 538)),
        ("Ashby County High", ListedSchool("Ashby County High")),
        ("Early Center, PK", ListedSchool("Early Center", "PK")),
        ("P.S. 12, Bronx, K-5", ListedSchool("P.S. 12, Bronx", "K–5")),
        ("Sixth Grade Academy, 6, 240", ListedSchool("Sixth Grade Academy", "6", 240)),
    ],
)
def test_a_line_is_name_grades_and_number(line: str, school: ListedSchool) -> None:
    assert from_lines(f"\n{line}\n\n") == (school,)


def test_a_school_reads_as_it_is_typed() -> None:
    (school,) = from_lines("Holcomb Middle,6-8,538")
    assert from_lines(school.line()) == (school,)


@pytest.mark.parametrize(
    ("typed", "span"),
    [("k-5", "K–5"), ("KG to 5", "K–5"), ("grades 6–8", "6–8"), ("Pre-K", "PK"), ("09-12", "9–12"), ("Main St", "")],
)
def test_grades_are_written_one_way(typed: str, span: str) -> None:
    assert grade_span(typed) == span


def test_a_table_with_heads_is_read_by_its_heads() -> None:
    text = (
        "School ID;School Name;Low Grade;High Grade;Enrollment\n0110;Piney Ridge;KG;05;412\n0120;Holcomb;06;08;1,538\n"
    )
    assert from_table("\ufeff" + text) == (
        ListedSchool("Piney Ridge", "K–5", 412, "0110"),
        ListedSchool("Holcomb", "6–8", 1538, "0120"),
    )


def test_of_a_roster_of_organizations_only_schools_are_taken() -> None:
    text = (
        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
        "1,active,2026-01-01,Ashby County,district,,\n"
        "2,active,2026-01-01,Piney Ridge,school,0110,1\n"
        "3,tobedeleted,2026-01-01,Old School,school,0190,1\n"
    )
    assert from_table(text) == (ListedSchool("Piney Ridge", code="0110"),)


def test_a_table_without_heads_is_read_as_lines() -> None:
    assert from_table("Piney Ridge,K-5,412\nHolcomb,6-8,538\n") == from_lines(
        "Piney Ridge, K-5, 412\nHolcomb, 6-8, 538"
    )
    assert from_table(" \n") == ()


def test_two_schools_of_one_name_are_noticed() -> None:
    assert same_name(from_lines("Piney Ridge\nHolcomb\npiney ridge")) == "piney ridge"
    assert same_name(from_lines("Piney Ridge\nHolcomb")) == ""
