"""What the cells of each layout mean."""

from __future__ import annotations

from datetime import date

from mtss_desktop.importing.findings import QUESTION, SKIPPED
from tests.importing.files import (
    ASPEN_STUDENTS,
    ATTENDANCE,
    FASTBRIDGE,
    INCIDENTS,
    LONG,
    MAP,
    MCLASS,
    entries,
    table,
    understood,
)


def day(year: int, month: int, number: int) -> int:
    return date(year, month, number).toordinal()


def test_map_growth() -> None:
    row = {
        "TermName": "Winter 2024-2025",
        "SchoolName": "Cedar Fork",
        "School_StateID": "0050120",
        "StudentID": "0040157",
        "Student_StateID": "1028266323",
        "Subject": "Language Arts",
        "Course": "Reading",
        "GrowthMeasureYN": "FALSE",
        "TestStartDate": "01/16/2025",
        "TestRITScore": "208",
        "TestStandardError": "3.40",
        "TestPercentile": "57",
        "AchievementQuintile": "Avg",
    }
    found = understood(table(MAP, [row]))
    assert entries(found) == [
        {
            "measure": "MAP Growth Reading",
            "window": "Winter",
            "level": "Avg",
            "note": None,
            "year": 2024,
            "taken_on": day(2025, 1, 16),
            "grade": None,
            "official": 0,
            "value": 208,
            "error": 3.4,
            "percentile": 57,
            "local_id": "0040157",
            "state_id": "1028266323",
            "line": 2,
        }
    ]
    assert (found.school[0], found.school_name[0]) == ("0050120", "Cedar Fork")


def test_mclass_is_one_score_per_measure() -> None:
    base = {
        "School Year": "2023-2024",
        "School Name": "SCHOOL 1",
        "Student Last Name": "One",
        "Student First Name": "Ada",
        "Enrollment Grade": "K",
        "Date of Birth": "2018-09-01",
        "Benchmark Period": "BOY",
        "Client Date": "2023-10-05",
        "Student Primary ID": "605000",
    }
    rows = [
        base
        | {"Composite Level": "At Benchmark", "Composite Score": "314", "Composite - National Norm Percentile": "71"},
        base
        | {
            "Student Primary ID": "605001",
            "Letter Names (LNF) - Score": "",
            "Letter Names (LNF) - Level": "Below Benchmark",
            "Letter Names (LNF) - National Norm Percentile": "Discontinue",
            "Reading Fluency (ORF) - Score": "415",
        },
        base | {"Student Primary ID": "605002"},
        base | {"Student Primary ID": "605003", "Composite Score": "-4"},
    ]
    found = understood(table(MCLASS, rows))
    shown = [(e["line"], e["measure"], e["value"], e["percentile"], e["level"], e["note"]) for e in entries(found)]
    assert shown == [
        (2, "DIBELS 8 Composite", 314, 71, "At Benchmark", None),
        (5, "DIBELS 8 Composite", None, None, None, None),
        (3, "DIBELS 8 Letter Naming Fluency", None, None, "Below Benchmark", "discontinued"),
        (3, "DIBELS 8 Oral Reading Fluency", None, None, None, None),
    ]
    assert next((e["window"], e["year"], e["grade"]) for e in entries(found)) == ("Fall", 2023, 0)
    said = {(int(found.table.lines[f.rows[0]]), f.state, f.message(0)) for f in found.findings}
    assert said == {
        (5, 3, "This score cannot be."),
        (3, 2, "The score is above 300; it looks mistyped."),
        (4, 1, "no score in this row"),
    }
    assert found.first_name[0] == "Ada"


def test_fastbridge_has_goals_and_a_measure_per_metric() -> None:
    rows = [
        {
            "Assessment": "CBMreading",
            "School": "255901001",
            "Student Id": "s604822",
            "Student State Id": "604822",
            "Fast ID": "1",
            "First Name": "Lisa",
            "Last Name": "Woods",
            "Grade": "KG",
            "AssessmentDate": "6/3/2025",
            "ScoreMetric": metric,
            "Score": score,
            "Start Goal": "3",
            "End Goal": "29.24",
            "Goal Start Date": "2/2/2025",
            "Goal End Date": "6/11/2025",
        }
        for metric, score in (("Words Read Correct", "22"), ("Total Accuracy", "50"))
    ]
    found = understood(table(FASTBRIDGE, rows))
    first, second = entries(found)
    assert (first["measure"], second["measure"]) == ("CBMreading, Words Read Correct", "CBMreading, Total Accuracy")
    assert first["window"] is None
    assert first["taken_on"] == day(2025, 6, 3)
    assert first["year"] == 2024
    assert (first["goal_from"], first["goal_to"]) == (day(2025, 2, 2), day(2025, 6, 11))
    assert (first["goal_start"], first["goal_end"]) == (3, 29.24)
    assert (first["local_id"], first["state_id"], first["other_id"]) == ("s604822", "604822", "1")


def test_aspen_students() -> None:
    row = {
        "state_id": "1000000000",
        "local_id": "100",
        "full_name": "O'Dell, Ana María",
        "program_assigned": "Sp Ed",
        "limited_english_proficiency": "Fluent",
        "plan_504": "Not 504",
        "grade": "KF",
        "registration_date": "2024-10-01",
        "free_reduced_lunch": "Free Lunch",
        "school_local_id": "PRE",
        "enrollment_status": "Active",
        "date_of_birth": "2019-07-15",
        "gender": "F",
        "race": "White",
        "hispanic_latino": "1",
    }
    left = row | {
        "local_id": "101",
        "enrollment_status": "Withdrawn",
        "registration_date": "2019-08-01",
        "hispanic_latino": "0",
    }
    late = row | {"local_id": "102", "registration_date": "2025-08-05"}
    found = understood(table(ASPEN_STUDENTS, [row, left, late]), "students_2024.csv")
    first, second, third = entries(found)
    assert first | {"from_day": 0, "to_day": 0} == {
        "race": "Hispanic",
        "grade": 0,
        "sex": 1,
        "year": 2024,
        "from_day": 0,
        "to_day": 0,
        "flag:IEP": 1,
        "flag:504": 0,
        "flag:English learner": 0,
        "flag:Economically disadvantaged": 1,
        "local_id": "100",
        "state_id": "1000000000",
        "line": 2,
    }
    assert (first["from_day"], first["to_day"]) == (day(2024, 10, 1), None)
    assert (second["from_day"], second["to_day"], second["race"]) == (day(2024, 7, 1), day(2024, 7, 1), "White")
    assert third["line"] == 4
    assert [f.message(0) for f in found.findings] == ["The enrollment date lies after this school year."]
    assert (found.last_name[0], found.first_name[0]) == ("O'Dell", "Ana María")
    assert found.assumed[0] == "The rows name no school year; 2024–25 is taken from its name."


def test_aspen_incidents() -> None:
    rows = [
        ["10", "Hitting", "2025-10-01", "13:00:00", "Classroom", 'yelled "NO"', "SHS"],
        ["11", "Bullying", "NULL", "NULL", "Classroom", "", "SHS"],
        ["", "Bullying", "2025-10-01", "NULL", "Hallway", "", "SHS"],
    ]
    found = understood(table(INCIDENTS, rows))
    first = entries(found)[0]
    assert (first["behavior"], first["location"], first["day"], first["minute"], first["year"]) == (
        "Hitting",
        "Classroom",
        day(2025, 10, 1),
        780,
        2025,
    )
    assert found.row_state.tolist() == [0, 3, 3]
    assert [f.message(0) for f in found.findings] == [
        "There is no date in this row.",
        "Nothing in this row says which student it is about.",
    ]
    assert "incident_description" not in found.table.columns


def test_aspen_attendance() -> None:
    rows = [
        ["1", "PRE", "2025-09-02", "0", "0", "1", "1.0000"],
        ["2", "PRE", "2025-09-02", "0", "1", "1", "0.5000"],
        ["3", "PRE", "2025-09-02", "1", "1", "0", "0.0000"],
        ["4", "PRE", "2025-09-02", "0", "0", "0", "0.0000"],
    ]
    found = understood(table(ATTENDANCE, rows))
    shown = [(e["hundredths"], e["tardy"], e["excused"]) for e in entries(found)]
    assert shown == [(100, 0, 0), (50, 0, 1), (0, 1, 1), (0, 0, 0)]
    assert found.row_state.tolist() == [0, 0, 0, 1]


def test_an_ambiguous_date_is_asked_once_per_file() -> None:
    data = (LONG + "01,Math,4/5/2025,10\n02,Math,3/2/2025,11\n").encode()
    found = understood(data)
    assert [question.key for question in found.questions] == ["date_order"]
    assert found.row_state.tolist() == [2, 2]
    answered = understood(data, date_order="dmy")
    assert [e["taken_on"] for e in entries(answered)] == [day(2025, 5, 4), day(2025, 2, 3)]
    assert not answered.questions


def test_a_date_outside_the_rows_school_year_is_a_question() -> None:
    row = {
        "TermName": "Fall 2023-2024",
        "StudentID": "1",
        "Course": "Reading",
        "TestStartDate": "09/16/2024",
        "TestRITScore": "200",
    }
    assert understood(table(MAP, [row])).row_state.tolist() == [2]


def test_a_blank_row_and_a_wrong_score_are_named() -> None:
    found = understood((LONG + "01,Math,2025-01-05,ten\n,,,\n02,,2025-01-05,5\n").encode())
    assert found.row_state.tolist()[0] == 3
    assert {f.message(0) for f in found.findings} >= {"This is not a number.", "There is no measure in this row."}


def test_a_grade_nobody_knows_is_asked_once_for_its_layout() -> None:
    head = "Student ID,Last Name,First Name,Grade,School,School Year\n"
    rows = "1,Ash,Ada,13,Holcomb,2025-26\n2,Elm,Bea,EE,Holcomb,2025-26\n3,Oak,Cy,13,Holcomb,2025-26\n4,Yew,Di,4,Holcomb,2025-26\n"
    found = understood((head + rows).encode())
    assert found.state().tolist() == [QUESTION, QUESTION, QUESTION, 0]
    asked = next(each for each in found.findings if each.state == QUESTION)
    assert (asked.header, asked.ask) == ("Grade", "grade")
    answers = {"grade:plain-roster:13": "K", "grade:plain-roster:ee": "PK"}
    assert understood((head + rows).encode(), **answers).whole["grade"].tolist() == [0, -1, 0, 4]
    found = understood((head + rows).encode(), **{"grade:plain-roster:13": "no grade"})
    assert found.state().tolist() == [SKIPPED, QUESTION, SKIPPED, 0]
