"""What can be written several ways: told from the columns of the file, else asked once."""

from __future__ import annotations

from datetime import date

import pytest

from mtss_desktop.importing.findings import PROBLEM, QUESTION, SKIPPED
from tests.importing.files import FASTBRIDGE, LONG, entries, table, understood


def scores(*cells: str) -> bytes:
    rows = [f'"{100 + place}";ORF;2025-09-0{place + 1};{cell}' for place, cell in enumerate(cells)]
    return "\n".join(["StudentID;AssessmentName;TestDate;Score", *rows, ""]).encode()


def values(data: bytes, **answers: str) -> list[object]:
    """By row: the score, ? for one that asks, a minus sign for one that is refused."""
    found = understood(data, **answers)
    state = found.state().tolist()
    return [{QUESTION: "?", PROBLEM: "-"}.get(state[at], row["value"]) for at, row in enumerate(entries(found))]


@pytest.mark.parametrize(
    ("cells", "meaning"),
    [
        (("12,5", "1,234", "88"), [12.5, 1.234, 88]),
        (("12.5", "1,234", "88"), [12.5, 1234, 88]),
        (("1.234,5", "1.234", "88"), [1234.5, 1234, 88]),
        (("1,234.5", "1,234", "88"), [1234.5, 1234, 88]),
        (("1,234,567", "1,234"), ["-", 1234]),
        (("0,125", "1,234"), [0.125, 1.234]),
        (("1.234", "2.5"), [1.234, 2.5]),
        (("1.234", "2"), ["?", 2]),
        (("12,5", "12.5", "1,234", "88"), ["-", 12.5, "-", 88]),
        (("85,90", "70", "71"), ["?", 70, 71]),
        (("85,90", "70,25", "71"), [85.9, 70.25, 71]),
        (("1,234", "1,300", "88"), ["?", "?", 88]),
        (("1\u00a0234", "1\u00a0234,5", "1\u202f000"), [1234, 1234.5, 1000]),
        (("1'234.5", "1’234"), [1234.5, 1234]),
        (("93%", "94 %", "93,5 %"), [93, 94, 93.5]),
        (("95 100", "94"), ["-", 94]),
        (("-1,5", "\u22122,5"), [-1.5, -2.5]),
    ],
)
def test_decimals_are_told_by_their_column(cells: tuple[str, ...], meaning: list[object]) -> None:
    assert values(scores(*cells)) == meaning


def test_what_only_a_person_knows_is_asked_once_for_the_file() -> None:
    found = understood(scores("1,234", "1,300", "88"))
    assert [(each.key, each.choices) for each in found.questions] == [("decimal", ("point", "comma"))]
    assert "1,234" in found.questions[0].text
    assert values(scores("1,234", "1,300", "88"), decimal="point") == [1234, 1300, 88]
    assert values(scores("1,234", "1,300", "88"), decimal="comma") == [1.234, 1.3, 88]
    assert values(scores("85,90", "70"), decimal="point") == ["-", 70]


def test_another_column_of_the_file_tells() -> None:
    head = "StudentID;AssessmentName;TestDate;Score;Percentile\n"
    rows = ("1;ORF;2025-09-01;1,234;45,5", "2;ORF;2025-09-01;1.234;50,5")
    assert values((head + "\n".join(rows)).encode()) == [1.234, 1234]


def test_wide_scores_are_read_alike() -> None:
    data = b"Student ID;ORF Fall 2025;ORF Winter 2026\n1001;12,5;1,234\n1002;13,5;14\n"
    assert values(data) == [12.5, 13.5, 1.234, 14]


def test_thousands_of_a_common_file_stay_thousands() -> None:
    data = LONG + '1,Math,2025-09-01,"1,234.5"\n2,Math,2025-09-01,"1,234"\n'
    assert values(data.encode()) == [1234.5, 1234]


def test_percentiles_as_parts_of_one_are_asked() -> None:
    head = "StudentID,AssessmentName,TestDate,Score,Percentile\n"
    rows = "".join(f"{n},ORF,2025-09-01,50,{part}\n" for n, part in enumerate(("0.45", "0.8", "1", ""), start=1))
    data = (head + rows).encode()
    found = understood(data)
    assert [(each.key, each.choices) for each in found.questions] == [("parts", ("parts", "as they are"))]
    assert [row["percentile"] for row in entries(understood(data, parts="parts"))] == [45, 80, 100, None]
    assert [row["percentile"] for row in entries(understood(data, parts="as they are"))] == [0.45, 0.8, 1, None]
    for sure in ("0.45,69.858", "45,1,99", "45%,0.5%"):
        rows = "".join(f"{n},ORF,2025-09-01,50,{part}\n" for n, part in enumerate(sure.split(","), start=1))
        assert not understood((head + rows).encode()).questions, sure


def test_parts_of_one_beside_percents_are_asked() -> None:
    assert values(scores("93%", "0.95", "88")) == [93, "?", 88]
    assert values(scores("93%", "0.95", "88"), parts="parts") == [93, 95, 88]
    assert values(scores("93%", "0.95", "88"), parts="as they are") == [93, 0.95, 88]
    accuracy = b"Student ID,Accuracy Fall 2025\n1,0.97\n2,1\n3,0.95\n"
    assert [each.key for each in understood(accuracy).questions] == ["parts"]
    assert values(accuracy, parts="parts") == [97, 100, 95]


def dated(*cells: str) -> bytes:
    rows = [f"{100 + place},ORF,{cell},{50 + place}" for place, cell in enumerate(cells)]
    return (LONG + "\n".join(rows) + "\n").encode()


def test_two_orders_in_one_column_ask_and_what_does_not_fit_is_refused() -> None:
    data = dated("13/02/2025", "02/13/2025", "03/04/2025", "2025-04-05")
    assert values(data) == ["?", "?", "?", 53]
    found = understood(data, date_order="mdy")
    assert values(data, date_order="mdy") == ["-", 51, 52, 53]
    problem = next(each for each in found.findings if each.state == PROBLEM)
    assert (problem.header, problem.message(0)) == (
        "TestDate",
        "The day stands before the month here, unlike in the rest of the file.",
    )
    assert values(data, date_order="dmy") == [50, "-", 52, 53]


def test_a_layout_that_says_the_month_is_first_is_not_believed_against_its_file() -> None:
    row = {"Student Id": "1", "Assessment": "CBM", "ScoreMetric": "Words", "Score": "50", "Grade": "02"}
    rows = [row | {"AssessmentDate": day} for day in ("25/09/2025", "03/09/2025")]
    data = table(FASTBRIDGE, rows)
    assert values(data) == ["?", "?"]
    assert [each.key for each in understood(data).questions] == ["date_order"]
    assert values(data, date_order="dmy") == [50, 50]
    assert values(data, date_order="mdy") == ["-", 50]


def test_a_doubtful_birth_date_waits_for_the_answer() -> None:
    data = b"Student ID,First Name,Last Name,Grade,DOB,School Year\n1,Ada,One,3,3/4/2016,2025-26\n"
    found = understood(data)
    assert [each.key for each in found.questions] == ["date_order"]
    assert found.state().tolist() == [QUESTION]
    assert understood(data, date_order="dmy").birth_day.tolist() == [date(2016, 4, 3).toordinal()]


INCIDENT = "Student ID,Incident Date,Time,Location,Behavior,School\n"


def times(*cells: str, **answers: str) -> list[object]:
    rows = [f"{100 + n},10/1{n + 3}/2025,{cell},Hall,Defiance,Holcomb" for n, cell in enumerate(cells)]
    found = understood((INCIDENT + "\n".join(rows) + "\n").encode(), **answers)
    state = found.state().tolist()
    return [{QUESTION: "?", PROBLEM: "-"}.get(state[at], row["minute"]) for at, row in enumerate(entries(found))]


def test_times_of_day() -> None:
    assert times("1305", "0905", "905", "1200") == [785, 545, 545, 720]
    assert times("1:05 PM", "1:05PM", "1:05 p.m.", "12:05 AM", "1:05\u202fPM") == [785, 785, 785, 5, 785]
    assert times("13:05", "1:05", "9:00:00") == [785, 65, 540]
    assert times("0.5", "0.545138889", "8:30") == [720, 785, 510]
    assert times("2505", "10:75", "lunch") == ["-", "-", "-"]


def test_an_afternoon_without_pm_is_asked() -> None:
    assert times("8:30", "11:45", "1:05") == [510, 705, "?"]
    assert times("8:30", "11:45", "1:05", clock="afternoon") == [510, 705, 785]
    assert times("8:30", "11:45", "1:05", clock="24 hours") == [510, 705, 65]
    assert times("8:30", "11:45", "12:15") == [510, 705, 735]


def test_a_school_year_that_has_not_begun_asks_whether_it_ends() -> None:
    head = "Student ID,Last Name,First Name,Grade,School,School Year\n"
    data = (head + "1,Doe,Jane,3,Holcomb,2026\n2,Roe,Al,3,Holcomb,25-26\n").encode()
    found = understood(data)
    assert [(each.key, each.choices) for each in found.questions] == [("single_year", ("begins", "ends"))]
    assert found.state().tolist() == [QUESTION, 0]
    assert understood(data, single_year="ends").whole["year"].tolist() == [2025, 2025]
    assert understood(data, single_year="begins").whole["year"].tolist() == [2026, 2025]
    assert not understood((head + "1,Doe,Jane,3,Holcomb,2025\n").encode()).questions


def test_an_attendance_code_nobody_knows_is_asked_once_for_all_files() -> None:
    data = b"Student ID,Date,Code\n1,10/13/2025,ISS\n2,10/13/2025,AU\n3,10/14/2025,ISS\n4,10/14/2025,AE\n"
    found = understood(data)
    assert found.state().tolist() == [QUESTION, 0, QUESTION, 0]
    assert (found.whole["excused"][1], found.whole["excused"][3]) == (0, 1)
    assert found.findings[0].ask == "attendance"
    present = understood(data, **{"attendance:iss": "present"})
    assert present.state().tolist() == [SKIPPED, 0, SKIPPED, 0]
    absent = understood(data, **{"attendance:iss": "absent, excused"})
    assert (absent.whole["hundredths"].tolist(), absent.whole["excused"][0]) == ([100] * 4, 1)
    yes = b"Student ID,Date,Absent,Portion\n1,10/13/2025,Y,0.5\n2,10/14/2025,Y,50%\n3,10/14/2025,N,\n"
    assert understood(yes).whole["hundredths"].tolist() == [50, 50, 0]


def test_a_point_between_thousands_is_asked_where_semicolons_part_the_cells() -> None:
    data = b"StudentID;AssessmentName;TestDate;Score\n1;Lexile;15.10.2025;1.250\n2;Lexile;15.10.2025;980\n"
    assert [each.key for each in understood(data).questions] == ["dotted"]
    assert values(data) == ["?", 980]
    assert values(data, dotted="thousands") == [1250, 980]
    assert values(data, dotted="decimals") == [1.25, 980]
    assert values(data.replace(b";", b",")) == [1.25, 980]
    assert values(data + b"3;Lexile;15.10.2025;12,5\n") == [1250, 980, 12.5]
