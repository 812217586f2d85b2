"""Named cleaners, one text at a time."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from mtss_desktop.importing.cleaning import CLEANERS, NONE, Asked, Note, Trouble, clean
from mtss_desktop.importing.columns import column_of, tidy
from mtss_desktop.importing.dates import date_order

TODAY = date(2026, 2, 12)


def run(name: str, text: str, **options: object) -> object:
    found = clean("header", column_of([text]), name, Asked(TODAY, options)).values[0]
    return found.message if isinstance(found, Trouble) else f"note: {found.text}" if isinstance(found, Note) else found


def day(year: int, month: int, number: int) -> int:
    return date(year, month, number).toordinal()


@pytest.mark.parametrize(
    ("cleaner", "text", "meaning"),
    [
        ("id", " 00123 ", "00123"),
        ("id", '="00123"', "00123"),
        ("id", "605000.0", "605000"),
        ("id", "S604822", "s604822"),
        ("id", "1.23E+11", "A spreadsheet has rounded this number, so digits are lost. Export the file again."),
        ("id", "NULL", None),
        ("grade", "K", 0),
        ("grade", "KG", 0),
        ("grade", "KF", 0),
        ("grade", "PK", -1),
        ("grade", "-1", -1),
        ("grade", "04", 4),
        ("grade", "Grade  7", 7),
        ("grade", "Seven", 7),
        ("grade", "12", 12),
        ("grade", "3rd", 3),
        ("grade", "3rd Grade", 3),
        ("grade", "Gr. 3", 3),
        ("grade", "GR03", 3),
        ("grade", "G-3", 3),
        ("grade", "Third grade", 3),
        ("grade", "03.0", 3),
        ("grade", "Kinder", 0),
        ("grade", "Grade K", 0),
        ("grade", "TK", -1),
        ("grade", "P3", -1),
        ("grade", "PK4", -1),
        ("grade", "EE", "This grade is not known; which one is it?"),
        ("grade", "13", "This grade is not known; which one is it?"),
        ("grade", "PS1", "This grade is not known; which one is it?"),
        ("grade", "UG", "This grade is not known; which one is it?"),
        ("grade", "3-4", "This grade is not known; which one is it?"),
        ("window", "BOY", "Fall"),
        ("window", "middle of year", "Winter"),
        ("window", "Screening Period 4", "Screening Period 4"),
        ("window of a term", "Fall 2021-2022", "Fall"),
        ("window of a term", "2021-22 Spring", "Spring"),
        ("window of a term", "2021-2022", "The term names no season."),
        ("year of a term", "Fall 2021-2022", 2021),
        ("year of a term", "Fall", "The term names no school year."),
        ("school year", "2023-2024", 2023),
        ("school year", "2023–24", 2023),
        ("school year", "2023", 2023),
        ("school year", "2023-2026", "A school year ends in the year after it begins."),
        ("school year", "2051-2052", "This school year cannot be."),
        ("yes or no", "TRUE", 1),
        ("yes or no", "N", 0),
        ("yes or no", "", None),
        ("yes or no", "maybe", "This is neither yes nor no."),
        ("sex", "Female", 1),
        ("race", "H", "Hispanic"),
        ("race", "Romani", "Romani"),
        ("score", "208", 208.0),
        ("score", "1,203.5", 1203.5),
        ("score", "\u22121.5", -1.5),
        ("score", "12,5", "This is not a number."),
        ("score", "0.30000000000000004", 0.3),
        ("score", "*", "note: suppressed"),
        ("score", "<10", "note: suppressed"),
        ("score", "Not Assessed", "note: not assessed"),
        ("score", "Discontinue", "note: discontinued"),
        ("score", "--", None),
        ("score", "85.12 B+", "This is not a number."),
        ("score", "9" * 30, "This score cannot be."),
        ("percentile", "57", 57.0),
        ("percentile", "140", "A percentile lies between 0 and 100."),
        ("portion", "0.5000", 50),
        ("portion", "3", "A part of a day lies between 0 and 1."),
        ("time", "13:00:00", 780),
        ("time", "1:05 PM", 785),
        ("time", "12:10 am", 10),
        ("time", "25:00", "This is not a time of day."),
        ("text", " two  words ", "two words"),
        ("text", "x" * 501, "The text is longer than 500 characters."),
        ("birth date", "2018-09-01", day(2018, 9, 1)),
        ("birth date", "2031-01-01", None),
        ("date", "2027-06-30", day(2027, 6, 30)),
        ("date", "2047-06-30", "This date lies too far ahead."),
    ],
)
def test_a_text_means(cleaner: str, text: str, meaning: object) -> None:
    assert run(cleaner, text) == meaning


@pytest.mark.parametrize(
    "text",
    [
        "2025-09-03",
        "2025/9/3",
        "9/3/2025",
        "09/03/25",
        "09-03-2025",
        "3-Sep-25",
        "03 September 2025",
        "Sep 3, 2025",
        "2025-09-03T08:54:50.000Z",
        "9/3/2025 8:54:50",
        "09032025",
        "9032025",
        "20250903",
        "45903",
        "1756900000000",
    ],
)
def test_one_day_in_many_hands(text: str) -> None:
    assert run("past date", text) == day(2025, 9, 3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nodate", "This is not a date."),
        ("2025-02-30", "This is not a date."),
        ("13/45/2025", "This is not a date."),
        ("1/1/1875", "This date lies too far back."),
        ("2026-02-13", "This date has not come yet."),
        ("99/99/9999", "This is not a date."),
    ],
)
def test_impossible_dates(text: str, message: str) -> None:
    assert run("past date", text) == message


def test_day_or_month_first() -> None:
    assert date_order(column_of(["4/5/2025", "13/5/2025"])) == "dmy"
    assert date_order(column_of(["4/5/2025", "4/13/2025"])) == "mdy"
    assert date_order(column_of(["4/5/2025", "3/2/2025"])) == "ask"
    assert date_order(column_of(["2025-04-05"])) == "mdy"
    assert run("past date", "4/5/2025", order="dmy") == day(2025, 5, 4)
    assert str(run("past date", "4/5/2025", order="ask")).startswith("Is the month or the day first?")
    assert run("past date", "4/4/2025", order="ask") == day(2025, 4, 4)


def test_limits_refuse_and_ask() -> None:
    asked = Asked(TODAY, {"lowest": 0, "doubt_above": 300})
    below, above, fine = (CLEANERS["score"](text, asked) for text in ("-1", "415", "58"))
    assert isinstance(below, Trouble)
    assert not below.question
    assert isinstance(above, Trouble)
    assert above.question
    assert above.message == "The score is above 300; it looks mistyped."
    assert fine == 58


def test_an_unknown_level_word_is_a_question() -> None:
    asked = Asked(TODAY, {"levels": ("At Benchmark", "Well Below Benchmark")})
    assert CLEANERS["level"]("well_below  benchmark", asked) == "Well Below Benchmark"
    unknown = CLEANERS["level"]("Well bellow", asked)
    assert isinstance(unknown, Trouble)
    assert unknown.question


def test_the_columns_own_words_for_yes() -> None:
    asked = Asked(TODAY, {"yes": ["Sp Ed"], "no": ["Reg Ed"]})
    assert [CLEANERS["yes or no"](text, asked) for text in ("Sp Ed", "Reg Ed", "Other")] == [1, 0, None]


def test_a_column_is_cleaned_once_per_text() -> None:
    column = column_of(["5", "x", "5", "", "7"])
    cleaned = clean("Score", column, "score", Asked(TODAY))
    assert len(cleaned.values) == 4
    np.testing.assert_array_equal(cleaned.numbers(), [5, np.nan, 5, np.nan, 7])
    assert cleaned.whole().tolist() == [5, NONE, 5, NONE, 7]
    assert [trouble.message for trouble in cleaned.troubles().values()] == ["This is not a number."]


def test_cells_are_tidied() -> None:
    assert tidy("\u00a0 x ") == "x"
    assert tidy('="007"') == "007"
    assert tidy("=SUM(A1)") == "SUM(A1)"
