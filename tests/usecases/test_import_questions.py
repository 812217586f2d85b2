"""Questions about rows, answered before anything is written: whom, which level, which category, which season."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mtss_desktop.domain.facts import PlanRow, Verdict
from mtss_desktop.domain.files import Mode
from mtss_desktop.usecases import import_plans, imports
from mtss_desktop.usecases.import_plans import ImportPlan
from tests.usecases.test_imports import Desk

TODAY = date(2026, 2, 12)

ROSTER = b"""Student ID,Last Name,First Name,Birth Date,School,Grade,School Year
1001,Diaz,Ana,1/5/2015,PRE,4,2025-26
1002,Diaz,Ana,1/5/2015,PRE,4,2025-26
1003,Stone,Cleo,3/19/2015,PRE,4,2025-26
"""
SCORES = b"""Last Name,First Name,Birth Date,Assessment,Window,School Year,Score
Diaz,Ana,1/5/2015,Oral reading,Fall,2025-26,58
Stone,Cleo,3/19/2015,Oral reading,Fall,2025-26,91
Diaz,Ana,1/5/2015,Oral reading,Winter,2025-26,66
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    made = Desk(tmp_path_factory.mktemp("desk"))
    made.bring("roster.csv", ROSTER)
    return made


def asked(plan: ImportPlan) -> tuple[PlanRow, ...]:
    return plan.rows(0, 99, Verdict.QUESTION)


def test_whom_a_row_is_about_is_answered_once_for_all_its_rows(desk: Desk) -> None:
    plan = desk.plan("scores.csv", SCORES)
    assert [row.line for row in asked(plan)] == [2, 3, 4]
    first, known, again = (row.question for row in asked(plan))
    assert first is not None
    assert known is not None
    assert first == again, "the same name and birth date ask the same"
    assert (first.key, first.rows) == ("student:2", 2)
    assert sorted(choice.number for choice in first.choices) == [0, 2, 3]
    assert [choice.name for choice in known.choices] == ["Cleo Stone", ""]
    plan = desk.plan("scores.csv", SCORES, answers=((first.key, first.choices[1].value), (known.key, "new")))
    assert not asked(plan)
    assert [(row.line, row.verdict, row.number) for row in plan.rows(0, 9)] == [
        (2, Verdict.NEW, first.choices[1].number),
        (3, Verdict.NEW, 0),
        (4, Verdict.NEW, first.choices[1].number),
    ]
    assert plan.result.proposals.students == 1
    assert asked(desk.plan("scores.csv", SCORES, answers=((first.key, "no such student"),)))[0].line == 2


def incidents(*rows: str) -> bytes:
    head = "local_id,incident_code,event_date,incident_time,incident_location,incident_description,school_local_id"
    lines = [f"{student},{code},2025-09-0{day},09:00:00,Hallway,,PRE" for student, code, day in map(str.split, rows)]
    return "\n".join([head, *lines, ""]).encode()


def test_a_code_among_words_asks_and_is_remembered_until_the_import_is_taken_back(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.bring("roster.csv", ROSTER)
    desk.bring("one.csv", incidents("1001 Disruption 2"))
    before = desk.everything()
    data = incidents("1001 DSRPT 3", "1002 DSRPT 3")
    plan = desk.plan("two.csv", data)
    question = asked(plan)[0].question
    assert question is not None
    assert (question.key, question.rows, question.remembered) == ("word:behavior:dsrpt", 2, True)
    assert [choice.text for choice in question.choices] == ["Disruption", "DSRPT"]
    prepared = import_plans.answered(plan.prepared, question.key, "Disruption", today=TODAY)
    plan = desk.workspace.ask(imports.plan, prepared=prepared, mode=Mode.NAMES)
    assert [(row.verdict, row.what) for row in plan.rows(0, 9)] == [(Verdict.NEW, "Disruption")] * 2
    import_id = desk.workspace.do(imports.apply, plan).value.import_id
    later = desk.plan("three.csv", incidents("1003 DSRPT 4"))
    assert not asked(later)
    assert later.rows(0, 1)[0].what == "Disruption"
    desk.workspace.do(imports.take_back, import_id)
    after = desk.everything()
    assert after["import_answer"] == before["import_answer"] == []
    assert asked(desk.plan("three.csv", incidents("1003 DSRPT 4")))


def test_a_file_without_date_and_season_asks_once(desk: Desk) -> None:
    data = b"Student ID,Assessment,Score,School Year\n1001,Oral reading,58,2025-26\n1003,Oral reading,60,2025-26\n"
    plan = desk.plan("no_season.csv", data)
    assert [question.key for question in plan.questions] == ["window"]
    assert len(asked(plan)) == 2
    plan = desk.plan("no_season.csv", data, answers=(("window", "Winter"),))
    assert not plan.questions
    assert {row.when for row in plan.rows(0, 9)} == {"Winter 2025–26"}


def test_a_mistyped_level_word_is_answered(desk: Desk, shared: Path) -> None:
    data = (shared / "samples" / "dibels_mclass" / "mclass_dibels8_benchmark_2023.csv").read_bytes()
    plan = desk.plan("dibels.csv", data.replace(b"Well Below Benchmark", b"Well Bellow Benchmark", 1))
    question = next(row.question for row in asked(plan) if row.question and row.question.topic == "level")
    assert (question.key, question.rows) == ("level:well bellow benchmark", 1)
    answered = import_plans.answered(plan.prepared, question.key, "Well Below Benchmark", today=TODAY)
    plan = desk.workspace.ask(imports.plan, prepared=answered, mode=Mode.NAMES)
    assert not [row for row in asked(plan) if row.question and row.question.topic == "level"]
    none = import_plans.answered(plan.prepared, question.key, "no level", today=TODAY)
    plan = desk.workspace.ask(imports.plan, prepared=none, mode=Mode.NAMES)
    assert not [row for row in asked(plan) if row.question and row.question.topic == "level"]


def test_levels_that_are_numbers_with_decimals_ask_once_for_all(desk: Desk) -> None:
    rows = "".join(f"04{n},Language test,Winter,2025-26,{300 + n},{n / 10:.1f}\n" for n in range(31, 49))
    head = "Student ID,Assessment,Window,School Year,Score,Level\n"
    plan = desk.plan("access.csv", f"{head}{rows}0450,Language test,Winter,2025-26,340,At\n".encode())
    questions = [row.question for row in asked(plan) if row.question is not None]
    assert {question.key for question in questions} == {"level:any decimal"}
    assert (questions[0].rows, [choice.value for choice in questions[0].choices]) == (18, ["no level"])
    told = import_plans.answered(plan.prepared, questions[0].key, "no level", today=TODAY)
    assert desk.workspace.ask(imports.plan, prepared=told, mode=Mode.NAMES).count(Verdict.NEW) == 19
