"""Exports in the manner of vendors and student systems whose files are not among the samples: each row says what has to come of it."""

from __future__ import annotations

from datetime import date

import pytest

from mtss_desktop.domain.facts import Verdict
from mtss_desktop.importing.cleaning import NONE, Asked, clean
from mtss_desktop.importing.columns import column_of
from mtss_desktop.importing.dates import order_by_days, parse_date
from tests.importing.files import TODAY, entries, facts_planned, understood

WHO = "Student ID,Student Name,Grade,School"
ROW = '7001,"Roe, Ada",3,Cedar'


def first(text: str, **answers: str) -> dict[str, object]:
    return entries(understood(text.encode(), "export.csv", **answers))[0]


@pytest.mark.parametrize(
    ("heads", "cells", "measure", "value", "level"),
    [
        ("Assessment,Measure,Benchmark Period,School Year,Score,Performance Level", "aimswebPlus,ORF,Fall,2025-26,54,Average",
         "aimswebPlus, ORF", 54, "Average"),
        ("Test,Test Name,Date,Score,Tier", "Math,Star Math,9/18/2025,54,Tier II", "Math, Star Math", 54, "Tier II"),
        ("Test Name,Test Date,SS,PR,Screening Window,Performance Level", "Star Math,09/18/2025 09:15:22,512,18,Fall,Pass/Proficient",
         "Star Math", 512, "Pass/Proficient"),
        ("Window,School Year,SRSS-E7 Total,SRSS-E7 Risk", "Fall,2025-26,9,High", "SRSS-E7", 9, "High"),
        ("Period,School Year,Reading Composite Score,Reading Composite Status", "BOY,2025-26,180,Below Benchmark",
         "Reading Composite", 180, "Below Benchmark"),
        ("Test Date,STAAR Reading Scale Score,STAAR Reading Performance Level", "05/14/2025,1378,Did Not Meet Grade Level",
         "STAAR Reading", 1378, "Did Not Meet Grade Level"),
        ("Fall PRF Score,Fall PRF Percentile,Fall PRF Risk", "54,15,High", "PRF", 54, "High"),
        ("Assessment,Test Date,Score", 'Reading Inventory,"Thursday, September 18, 2025 2:05 PM",BR120L', "Reading Inventory", -120, None),
        ("Assessment,Test Date,Score", "Reading Inventory,Sep 18 2025 14:05 EDT,450L", "Reading Inventory", 450, None),
    ],
)  # fmt: skip
def test_scores(heads: str, cells: str, measure: str, value: int, level: str | None) -> None:
    made = first(f"{WHO},{heads}\n{ROW},{cells}\n")
    assert (made["measure"], made["value"], made["level"]) == (measure, value, level)


def test_a_subject_tells_tests_of_one_name_apart() -> None:
    rows = [f"{ROW},Star,{subject},9/18/2025,{n}" for n, subject in ((512, "Reading"), (634, "Math"))]
    text = "\n".join([f"{WHO},Test,Subject,Date,Score", *rows]) + "\n"
    assert [each["measure"] for each in entries(understood(text.encode()))] == ["Star, Reading", "Star, Math"]
    one = first(f"{WHO},Test,Subject,Date,Score\n{rows[0]}\n")
    assert one["measure"] == "Star"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<10", None),
        ("99+", None),
        ("450L", 450.0),
        ("EM20Q", -20.0),
        ("1,250", 1250.0),
        ("54 WCPM", 54.0),
        ("12 pts", 12.0),
        ("Refused", None),
    ],
)
def test_scores_that_are_no_plain_numbers(cell: str, value: float | None) -> None:
    found = clean("Score", column_of([cell]), "score", Asked(TODAY, {}))
    assert not found.troubles()
    assert found.numbers().tolist() == ([value] if value is not None else pytest.approx([float("nan")], nan_ok=True))


@pytest.mark.parametrize(
    ("days", "past", "order"),
    [
        (["09/11/2025"], True, "mdy"),  # November 9 was a Sunday
        (["2/3/2026"], True, "mdy"),  # March 2 has not come
        (["3/2/2026"], True, ""),
        (["09/10/2025"], True, ""),
        (["11/09/2025"], True, ""),  # a test on a Sunday: nothing is guessed against the usual order
        (["3/2/2026"], False, ""),
    ],
)
def test_days_that_could_be_two_are_told_by_school_days(days: list[str], past: bool, order: str) -> None:
    assert order_by_days(column_of(days), TODAY, past=past) == order


def test_long_dates() -> None:
    for text in (
        "Sep 18 2025 14:05 EDT",
        "September 18th, 2025",
        "Thu, Sep 18, 2025 2:05 PM",
        "2025-09-18T23:30:00-05:00",
    ):
        assert parse_date(text, "mdy", TODAY) == date(2025, 9, 18), text


@pytest.mark.parametrize(
    ("text", "profile", "local", "grade"),
    [
        (("School_id,Student_id,Student_number,State_id,Last_name,First_name,Grade,Gender,DOB,Race,Ell_status,IEP_status,Frl_status\n"
         "C,s-1,7001,99,Roe,Ada,Kindergarten,F,3/14/2020,W,N,Y,F\n"),
         "clever-students", "7001", 0),
        (("studentUniqueId,schoolId,schoolYear,entryGradeLevelDescriptor,entryDate,firstName,lastSurname\n"
         "7001,C,2026,uri://ed-fi.org/GradeLevelDescriptor#Third grade,2025-08-12,Ada,Roe\n"), "edfi-students", "7001", 3),
        (("Sis Number,Last Name,First Name,Grade,Birth Date,Enter Date,Leave Date,Organization Name,SPED\n"
         "7001,Roe,Ada,KG,03/14/2017,08/12/2025,,Cedar\u200b Fork,SLD\n"), "plain-roster", "7001", 0),
        ("Student ID,Local Student ID,Last Name,First Name,Grade,School\n1234567890,7001,Roe,Ada,3,Cedar\n", "plain-roster", "7001", 3),
    ],
)  # fmt: skip
def test_rosters(text: str, profile: str, local: str, grade: int) -> None:
    found = understood(text.encode())
    made = entries(found)[0]
    assert (found.match.profile.key, made["local_id"], made["grade"], made["year"]) == (profile, local, grade, 2025)
    assert "\u200b" not in found.school_name[0]


def test_discipline_and_attendance() -> None:
    skyward = "Student Name,Other ID,Gr,Entity,Offense Date,Offense Time,Offense,Offense Location,Officer,Action Taken,Offense Level\n"
    made = first(skyward + '"ROE, ADA M",7001,03,Cedar,09/18/2025,02:10 PM,FIGHTING,PLAYGROUND,JONES,ISS,Major\n')
    assert (made["behavior"], made["location"], made["minute"], made["major"], made["local_id"]) == (
        "FIGHTING",
        "PLAYGROUND",
        850,
        1,
        "7001",
    )
    genesis = "Student Id,Last Name,First Name,School Code,Date,Attendance Code,Attendance Reason,Excused\n"
    late = first(genesis + "7001,Roe,Ada,C,2025-09-18,TAR,Late bus,N\n")
    assert (late["tardy"], late["excused"], late["hundredths"]) == (1, 0, 0)
    assert NONE not in (late["tardy"], late["excused"])


@pytest.mark.parametrize(
    ("term", "window", "year"),
    [
        ("Fall (BOY) 2025-26", "Fall", 2025),
        ("SY25 EOY", "Spring", 2024),
        ("Winter 25", "Winter", 2024),
        ("Fall 24", "Fall", 2024),
        ("Mid-Year 2024-25", "Winter", 2024),
    ],
)
def test_a_term_tells_its_year_however_short(term: str, window: str, year: int) -> None:
    made = first(f"{WHO},Test,Term,Score\n{ROW},ORF,{term},54\n")
    assert (made["window"], made["year"]) == (window, year)


def test_a_kind_of_score_is_no_test() -> None:
    found = understood(f"{WHO},Fall RIT,Fall %ile,Winter RIT\n{ROW},181,22,186\n".encode(), "scores.csv")
    assert [each.key for each in found.questions] == ["measure"]
    assert entries(found)[0]["percentile"] == 22.0


def test_numbers_that_no_layout_reads_are_named() -> None:
    found = understood(f"{WHO},Fall ORF,Winter ORF,Behavior Points\n{ROW},34,44,5\n".encode())
    assert (
        found.assumed[0] == "“Behavior Points” holds numbers and stays out; say what the columns mean to take them in."
    )


def test_late_to_one_period_is_late_that_day() -> None:
    heads = "Student ID,School,Date,Per 1,Per 2,Per 3,Per 4"
    found = understood(f"{heads}\n7001,Cedar,9/18/2025,A,A,,\n7002,Cedar,9/18/2025,,T,,\n".encode())
    assert (found.whole["hundredths"].tolist(), found.whole["tardy"].tolist()) == ([50, 0], [0, 1])


def test_a_test_whose_name_lost_a_letter_is_no_other_test() -> None:
    found = understood(b"Student ID,Assessment,Test Date,Score\n7001,OR\0F,9/18/2025,5\n7002,ORF,9/18/2025,5\n")
    assert found.row_state.tolist() == [3, 0]


@pytest.mark.parametrize(
    ("season", "year"), [("Fall", 2025), ("Winter", 2025), ("Spring", 2024), ("May", 2024), ("Window 4", 2025)]
)
def test_a_season_that_has_not_come_is_of_the_year_before(season: str, year: int) -> None:
    """It is February."""
    assert first(f"{WHO},Test,Season,Score\n{ROW},ORF,{season},54\n")["year"] == year


def test_a_total_by_name_and_a_header_that_comes_again_are_no_students() -> None:
    text = 'Student ID,Student,9/5/2025,9/26/2025\n7001,"Roe, Ada",34,36\n\ufeffStudent ID,Student,9/5/2025,9/26/2025\n,Average,34,36\n'
    plan = facts_planned(text.encode(), name="orf.csv")
    assert (plan.row_count(Verdict.SKIPPED), plan.row_count(Verdict.QUESTION), plan.count(Verdict.NEW)) == (2, 0, 2)
