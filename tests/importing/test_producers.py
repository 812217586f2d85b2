"""Files as further producers write them: headers in other words, remarks in headers, scores beside their seasons, codes."""

from __future__ import annotations

from datetime import date

import pytest

from mtss_desktop.base.progress import silent
from mtss_desktop.domain.facts import Verdict
from mtss_desktop.domain.layouts import Proposal
from mtss_desktop.importing import mapped
from mtss_desktop.importing.dates import order_in_header
from mtss_desktop.importing.findings import SKIPPED
from mtss_desktop.importing.plan import NEW_WORD
from mtss_desktop.importing.proposing import layout_of, propose
from mtss_desktop.importing.recognize import UnknownLayout, recognize
from mtss_desktop.importing.understanding import understand
from tests.importing.files import TODAY, entries, facts_planned, sketched, understood


def proposed(head: str, *rows: str) -> Proposal:
    return propose(sketched("\n".join([head, *rows]).encode()))


def meanings(found: Proposal) -> dict[str, str]:
    return {column.header: column.meaning for column in found.columns if column.meaning}


@pytest.mark.parametrize(
    ("header", "order"),
    [
        ("Date (MM/DD/YYYY)", "mdy"),
        ("DOB dd.mm.yyyy", "dmy"),
        ("Test Date [D-M-YY]", "dmy"),
        ("Date (YYYY-MM-DD)", ""),
        ("Date", ""),
        ("M/D", ""),
    ],
)
def test_a_header_may_say_how_its_dates_are_written(header: str, order: str) -> None:
    assert order_in_header(header) == order


def test_a_remark_in_a_header_is_no_part_of_its_name() -> None:
    data = b"Student ID (required),Test,Date (DD/MM/YYYY),Score (0-100)\n001,ORF,05/10/2025,45\n"
    found = understood(data)
    assert found.questions == []
    assert [(row["taken_on"], row["value"]) for row in entries(found)] == [(date(2025, 10, 5).toordinal(), 45.0)]


def test_where_the_cells_show_the_contrary_of_the_header_it_is_asked() -> None:
    data = b"Student ID,Test,Date (DD/MM/YYYY),Score\n001,ORF,10/25/2025,45\n002,ORF,10/5/2025,46\n"
    assert [each.key for each in understood(data).questions] == ["date_order"]
    told = entries(understood(data, date_order="mdy"))
    assert [row["taken_on"] for row in told] == [date(2025, 10, day).toordinal() for day in (25, 5)]


def test_seasons_beside_one_another_and_the_test_in_the_row() -> None:
    head = (
        "Student ID,Measure,School Year,Fall Score,Fall Percentile,Fall Tier,Winter Score,Winter Percentile,Winter Tier"
    )
    sketch = sketched(f"{head}\n001,ORF,2025-26,95,52,Tier 1,110,55,Tier 1\n002,Maze,2025-26,4,12,Tier 3,,,\n".encode())
    known = understand(sketch, recognize(sketch), today=TODAY, progress=silent())
    assert [
        (each["measure"], each["window"], each["value"], each["percentile"], each["level"]) for each in entries(known)
    ] == [
        ("ORF", "Fall", 95.0, 52.0, "Tier 1"),
        ("Maze", "Fall", 4.0, 12.0, "Tier 3"),
        ("ORF", "Winter", 110.0, 55.0, "Tier 1"),
    ]
    found = propose(sketch)
    assert {(family.pattern, family.part) for family in found.families} == {
        ("{w} Score", "value"),
        ("{w} Percentile", "percentile"),
        ("{w} Tier", "level"),
    }
    rows = mapped.first_look(sketch, layout_of(found), today=TODAY).rows
    assert [(row.student, row.what, row.when, row.value, row.level) for row in rows] == [
        ("001", "ORF", "Fall 2025–26", "95", "Tier 1"),
        ("002", "Maze", "Fall 2025–26", "4", "Tier 3"),
        ("001", "ORF", "Winter 2025–26", "110", "Tier 1"),
    ]


def test_a_season_alone_names_no_test() -> None:
    sketch = sketched(b'Student ID,Student Name,Grade,Fall Score,Winter Score\n001,"Roe, Ada",3,95,110\n')
    found = understand(sketch, recognize(sketch), today=TODAY, progress=silent())
    assert [question.key for question in found.questions] == ["measure"]
    assert "measure" in [question.key for question in propose(sketch).questions] or propose(sketch).families[
        0
    ].measures == ("",)


def test_single_scores_of_known_tests() -> None:
    found = proposed("Student ID,Grade,Test Date,ORF WCPM,Homeroom", "001,3,9/15/2025,87,12", "002,3,9/15/2025,54,12")
    assert [(family.pattern, family.measures) for family in found.families] == [("{m} WCPM", ("ORF",))]
    assert found.questions == ()


def test_days_are_no_tests() -> None:
    found = proposed("Student ID,9/8/2025,9/15/2025", "001,33,38", "002,12,15")
    assert found.families == ()
    assert "value" in [question.key for question in found.questions]


def test_months_are_windows_however_short() -> None:
    found = understood(b'Student ID,Student Name,Grade,Sept ORF,Oct ORF,Jan ORF\n001,"Roe, Ada",2,33,38,47\n')
    assert [row["window"] for row in entries(found)] == ["September", "October", "January"]
    with pytest.raises(UnknownLayout):  # no test is called athon, given in March
        recognize(sketched(b'Student ID,Student Name,Grade,Marathon,Augment\n001,"Roe, Ada",2,33,38\n'))


@pytest.mark.parametrize(
    ("head", "row", "expected"),
    [
        (
            "Student Full Name,Other ID,Offense Date,Offense Time,Offense Description,Location,Action Description",
            '"ROE, ADA",000123,10/16/2025,09:15,INSUBORDINATION,CLASSROOM,OFFICE CONFERENCE',
            {"Offense Description": "behavior", "Action Description": "action_taken", "Offense Time": "minute"},
        ),
        (
            "StateStudentID,TestedGrade,Subject,ScaleScore,AdminDate",
            "1234567890,03,ELA,545,04152025",
            {"TestedGrade": "grade", "AdminDate": "taken_on"},
        ),
        ("Student ID,Test,Completed,Score", "001,ORF,2025-10-15T23:30:00-06:00,45", {"Completed": "taken_on"}),
        ("Student ID,Test Date,SS,PR,NCE", "001,09/16/2025,512,44,47", {"SS": "value", "PR": "percentile"}),
        (
            "Student ID,Assessment,Test Date,Percent Correct,Birth Date",
            "001,Unit 1,10/13/2025,85%,3/14/2016",
            {"Percent Correct": "value", "Test Date": "taken_on", "Birth Date": "birth_date"},
        ),
        (
            "Student ID,School Year,Time of Year,Measure,Score",
            "001,2025-26,Beginning,ORF,44",
            {"Time of Year": "window"},
        ),
    ],
)
def test_header_words_of_further_producers(head: str, row: str, expected: dict[str, str]) -> None:
    found = meanings(proposed(head, row, row))
    assert {header: found.get(header) for header in expected} == expected


def test_who_only_saw_an_incident_did_not_do_it() -> None:
    found = understood(
        b"Student Number,Incident ID,Incident Date,Incident Role,Behavior\n"
        b"001,9001,10/16/2025,Offender,Fighting\n002,9001,10/16/2025,Witness,Fighting\n"
    )
    assert found.row_state.tolist() == [0, SKIPPED]


def test_a_code_for_race_is_asked_and_never_a_word() -> None:
    roster = (
        b"Student ID,Last Name,First Name,Grade,School,School Year,Race\n"
        b"1,Roe,Ada,3,Cedar,2025-26,6\n2,Lee,Bo,3,Cedar,2025-26,W\n3,Ray,Cy,3,Cedar,2025-26,Hmong\n"
    )
    plan = facts_planned(roster)
    assert [plan.count(verdict) for verdict in (Verdict.NEW, Verdict.QUESTION)] == [2, 1]
    told = facts_planned(roster, **{"word:race:6": "White"})
    assert (told.count(Verdict.NEW), told.new_words["race"]) == (3, ("White", "Hmong"))
    new = facts_planned(roster, **{"word:race:6": NEW_WORD})
    assert new.new_words["race"] == ("6", "White", "Hmong")


def test_percentile_ranks_as_reports_write_them() -> None:
    cells = ("99+", "1st", "52nd percentile", "44", "<1", "101st")
    rows = "".join(f"00{n},MAP,9/15/2025,18{n},{cell}\n" for n, cell in enumerate(cells))
    found = understood(f"Student ID,Test,Test Date,Score,Percentile\n{rows}".encode())
    assert [row["percentile"] for row in entries(found)][:5] == [99.0, 1.0, 52.0, 44.0, None]
    assert found.row_state.tolist() == [0, 0, 0, 0, 0, 3], "a percentile lies between 0 and 100"
