"""A single year beside a season: that of the calendar, or the one the school year begins in."""

from __future__ import annotations

from datetime import date

import pytest

from mtss_desktop.importing import season_years
from mtss_desktop.importing.findings import QUESTION
from mtss_desktop.importing.season_years import ASK, CALENDAR, season_of, single_year, told, told_by_terms
from tests.importing.files import MAP, entries, table, understood


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("ORF Spring 2025", 2025),
        ("Spring 25", 0),
        ("2025 EOY", 2025),
        ("Fall 2024-2025", 0),
        ("Fall 2024 - 2025", 0),
        ("BOY 24-25", 0),
        ("SY2425 BOY", 0),
        ("Grade 3", 0),
        ("Spring", 0),
    ],
)
def test_a_single_year(text: str, year: int) -> None:
    assert single_year(text) == year


def test_seasons_of_terms() -> None:
    assert [season_of(text) for text in ("Spring 2025", "2025 BOY", "March 2025", "Term 2025")] == [
        "Spring",
        "Fall",
        "March",
        "",
    ]


@pytest.mark.parametrize(
    ("seasons", "how"),
    [
        ([("Fall", 2024), ("Winter", 2025), ("Spring", 2025)], CALENDAR),
        ([("Spring", 2025)], CALENDAR),
        ([("Winter", 2025), ("Spring", 2025), ("Fall", 2025)], CALENDAR),
        ([("Fall", 2024), ("Winter", 2024), ("Spring", 2024)], ASK),
        ([("Fall", 2023), ("Spring", 2023), ("Fall", 2024), ("Spring", 2024)], CALENDAR),
        ([("Fall", 2024)], CALENDAR),
        ([], CALENDAR),
    ],
)
def test_how_a_file_means_its_years(seasons: list[tuple[str, int]], how: str) -> None:
    assert told(seasons) == how


def test_terms_tell_without_their_order() -> None:
    assert told_by_terms(["Spring 2025", "Fall 2024", "", "Term"]) == CALENDAR
    assert told_by_terms(["Winter 2024", "Fall 2024"]) == ASK


def scores(header: str, **answers: str) -> list[tuple[object, object, object]]:
    found = understood(f'Student ID,Student Name,Grade,{header}\n001,"Roe, Ada",3,41,42,43\n'.encode(), **answers)
    return [(row["window"], row["year"], row["value"]) for row in entries(found)]


def test_headers_by_the_calendar() -> None:
    by_calendar = [("Fall", 2024, 41), ("Winter", 2024, 42), ("Spring", 2024, 43)]
    assert scores("ORF Fall 2024,ORF Winter 2025,ORF Spring 2025") == by_calendar
    assert scores("ORF BOY 24-25,ORF MOY 24-25,ORF EOY 24-25") == by_calendar
    assert scores("ORF September 2024,ORF January 2025,ORF May 2025") == [
        ("September", 2024, 41),
        ("January", 2024, 42),
        ("May", 2024, 43),
    ]


def test_years_of_two_digits_are_of_the_school_year_unless_they_follow_the_calendar() -> None:
    assert scores("ORF_BOY_24,ORF_MOY_24,ORF_EOY_24") == [
        ("Fall", 2024, 41),
        ("Winter", 2024, 42),
        ("Spring", 2024, 43),
    ]
    assert scores("ORF Fall 24,ORF Winter 25,ORF Spring 25") == [
        ("Fall", 2024, 41),
        ("Winter", 2024, 42),
        ("Spring", 2024, 43),
    ]


def test_headers_that_can_be_meant_either_way_wait() -> None:
    header = "ORF Fall 2024,ORF Winter 2024,ORF Spring 2024"
    data = f'Student ID,Student Name,Grade,{header}\n001,"Roe, Ada",3,41,42,43\n'.encode()
    found = understood(data)
    assert [each.key for each in found.questions] == ["season_year"]
    assert found.row_state.tolist() == [QUESTION]
    assert scores(header, season_year="begins") == [("Fall", 2024, 41), ("Winter", 2024, 42), ("Spring", 2024, 43)]
    assert scores(header, season_year="calendar") == [("Fall", 2024, 41), ("Winter", 2023, 42), ("Spring", 2023, 43)]


def test_terms_in_cells() -> None:
    row = {
        "StudentID": "1",
        "Subject": "Reading",
        "Course": "Reading",
        "GrowthMeasureYN": "TRUE",
        "TestRITScore": "200",
    }
    terms = ("Fall 2024", "Winter 2025", "Spring 2025", "Fall 2025-2026")
    found = understood(table(MAP, [row | {"TermName": term, "TestStartDate": ""} for term in terms]))
    assert [(each["window"], each["year"]) for each in entries(found)] == [
        ("Fall", 2024),
        ("Winter", 2024),
        ("Spring", 2024),
        ("Fall", 2025),
    ]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (("Spring 2025", "Fall 2024"), [("Spring", 2024), ("Fall", 2024)]),
        (("2025 Spring", "SY24-25 Fall"), [("Spring", 2024), ("Fall", 2024)]),
        (("Fall 2024-2025", "EOY 2024-2025"), [("Fall", 2024), ("Spring", 2024)]),
        (
            ("Spring", "Fall"),
            [("Spring", 2024), ("Fall", 2024)],
        ),  # in February the last spring is that of the year before
    ],
)
def test_a_column_of_terms_tells_the_year_where_no_column_does(
    terms: tuple[str, str], expected: list[tuple[str, int]]
) -> None:
    rows = "".join(f"00{n},{term},ORF,4{n}\n" for n, term in enumerate(terms, 1))
    found = understood(f"Student ID,Term,Test,Score\n{rows}".encode())
    assert [(row["window"], row["year"]) for row in entries(found)] == expected


def test_a_year_alone_is_said_as_it_is_read() -> None:
    found = understood(b"Student ID,School Year,Season,Test,Score\n001,2024,Fall,ORF,44\n")
    assert found.assumed == ["In \u201cSchool Year\u201d, 2024 is read as the school year 2024\u201325."]


@pytest.mark.parametrize(
    ("name", "year", "season"),
    [
        ("roster_2026-01-15.csv", 2025, ""),
        ("roster 20250903.csv", 2025, ""),
        ("ORF Fall 2025.xlsx", 2025, "Fall"),
        ("ORF Spring 2025.xlsx", 2024, "Spring"),
        ("SY2526 roster.csv", 2025, ""),
        ("scores_24-25_MOY.csv", 2024, "Winter"),
        ("2024-2025 fall and spring.csv", 2024, ""),
        ("Jan 2026 probes.csv", 2025, ""),
        ("enrollment 2026.csv", 2025, ""),
        ("enrollment 2024.csv", 2024, ""),
        ("01-15-2026 export.csv", 2025, ""),
        ("grades 3-5 room 12.csv", 0, ""),
    ],
)
def test_a_name_tells_year_and_season(name: str, year: int, season: str) -> None:
    assert (season_years.year_named(name, date(2026, 2, 12)), season_years.season_named(name)) == (year, season)


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("ORF 11-12-26.csv", 2026),  # November 12
        ("ORF 1.13.26.csv", 2025),
        ("ORF 26-01-15.csv", 2025),
        ("ORF as of 1/15/2026", 2025),
        ("ORF_11_24_25_final.csv", 2025),
        ("Grade 03-04 ORF fall.csv", 0),
        ("Grades 16-17 ORF.csv", 0),
        ("Room 11 12.csv", 0),
        ("Room 25-26.csv", 0),
        ("ORF_Gr_24_25.csv", 0),
        ("Class 23_24.csv", 0),
        ("items 15-16-17.csv", 0),
        ("students 45-46.csv", 0),
        ("ORF 25-26 grade 3.csv", 2025),
        ("Grade 3 25-26.csv", 2025),
        ("Grade 3 ORF 2024-2025.csv", 2024),
        ("Mayfield 2026.csv", 2026),
        ("Marshall 2026.csv", 2026),
        ("Maya 2026.csv", 2026),
        ("Decatur 2025 ORF.csv", 2025),
        ("ORF May 2026.csv", 2025),
        ("ORF Sept. 2026.csv", 2026),
        ("ORF March_2026.csv", 2025),
        ("Spring Valley 2026.csv", 2026),
    ],
)
def test_numbers_and_names_that_only_look_like_years_and_months(name: str, year: int) -> None:
    assert season_years.year_named(name, date(2026, 11, 28)) == year


@pytest.mark.parametrize(
    ("name", "said", "perhaps"),
    [
        ("Spring Valley ES ORF.csv", "", "Spring"),
        ("Winter Park MS.csv", "", "Winter"),
        ("Fall River", "", "Fall"),
        ("spring_valley_es_orf.csv", "", "Spring"),
        ("FALL RIVER ORF.csv", "", "Fall"),
        ("Spring Valley ES Fall ORF.csv", "Fall", ""),
        ("Spring Valley ES BOY ORF.csv", "Fall", ""),
        ("Winter Park BOY MOY.csv", "", ""),
        ("Spring ORF Valley ES.csv", "Spring", ""),
        ("ORF Spring.csv", "Spring", ""),
        ("Fall 2025 Park Middle.csv", "Fall", ""),
        ("Fall Grade 3 ORF.csv", "Fall", ""),
        ("FALL ORF SCORES.csv", "Fall", ""),
        ("Fall Benchmark Data.xlsx", "Fall", ""),
        ("Winter_Screening_Results.csv", "Winter", ""),
        ("Fall FastBridge ORF.csv", "Fall", ""),
        ("Fall EasyCBM.csv", "Fall", ""),
        ("Fall_ORFScores.csv", "Fall", ""),
        ("Fall i-Ready.csv", "Fall", ""),
        ("MOY Smith.csv", "Winter", ""),
        ("Springfield ORF.csv", "", ""),
    ],
)
def test_a_season_in_the_name_of_a_school_is_asked(name: str, said: str, perhaps: str) -> None:
    assert (season_years.season_named(name), season_years.season_perhaps(name)) == (said, perhaps)


def test_the_word_of_a_school_is_proposed_first() -> None:
    found = understood(b"Student ID,Test,Score\n001,ORF,45\n", "Winter Park MS.csv")
    (question,) = found.questions
    assert (question.key, question.choices) == ("window", ("Winter", "Fall", "Spring"))
