"""Vendors' own sample files: values looked up in the files by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.facts import Proposals, Verdict
from mtss_desktop.importing.plan import Plan
from tests.importing.files import entries, planned


@pytest.fixture
def sample(shared: Path) -> Callable[[str], Plan]:
    return lambda name: planned((shared / "samples" / name).read_bytes(), name=Path(name).name)


def shown(plan: Plan, *names: str) -> list[tuple[object, ...]]:
    return [tuple(entry[name] for name in names) for entry in entries(plan.found)]


def test_map_growth(sample: Callable[[str], Plan]) -> None:
    plan = sample("nwea_map/map_growth_cdf_2021.csv")
    assert plan.rows_of_file == plan.count(Verdict.NEW) == 7
    assert plan.proposals == Proposals(students=6, schools=6)
    rows = shown(plan, "local_id", "measure", "window", "year", "value", "error", "percentile", "level", "official")
    assert rows[0] == ("605000", "MAP Growth Science K-12", "Fall", 2021, 208, 3.4, 57, "Avg", 1)
    assert rows[1] == ("605001", "MAP Growth Algebra 2", "Fall", 2021, 233, 3.3, 32, "LoAvg", 1)
    assert rows[6] == ("605000", "MAP Growth Reading K-2", "Fall", 2021, 165, 4.2, 42, "Avg", 0)
    assert shown(plan, "taken_on")[6] == (date(2021, 9, 20).toordinal(),)


def test_mclass(sample: Callable[[str], Plan]) -> None:
    plan = sample("dibels_mclass/mclass_dibels8_benchmark_2023.csv")
    assert plan.rows_of_file == 5
    assert plan.count(Verdict.NEW) == 30
    assert plan.proposals == Proposals(students=5, schools=1)
    rows = shown(plan, "line", "measure", "value", "percentile", "level", "note", "grade")
    assert rows[0] == (2, "DIBELS 8 Composite", 271, 42, "Well Below Benchmark", None, 0)
    assert (5, "DIBELS 8 Nonsense Words, Letter Sounds", None, None, "Well Below Benchmark", "discontinued", -1) in rows
    assert (6, "DIBELS 8 Phonemic Segmentation Fluency", 15, 86, "Above Benchmark", None, 0) in rows
    assert (4, "DIBELS 8 Letter Naming Fluency", 27, 70, "At Benchmark", None, 4) in rows


def test_fastbridge(sample: Callable[[str], Plan]) -> None:
    plan = sample("fastbridge/progress_monitoring_long.csv")
    assert plan.count(Verdict.NEW) == 10
    assert plan.proposals == Proposals(students=7, schools=3)
    rows = shown(plan, "local_id", "measure", "value", "goal_start", "goal_end", "grade")
    assert rows[0] == ("s604822", "ERAS-ws, Items Correct", 5, 3, 29.24, 0)
    assert rows[8] == ("s604823", "ERAS-drw, WRC per minute", 22, 19, 58.1, 2)
    assert plan.goals is not None
    assert len(plan.goals["line"]) == 10


def test_aspen_students(sample: Callable[[str], Plan]) -> None:
    plan = sample("sis_aspen_x2/students_export.csv")
    assert plan.count(Verdict.NEW) == 5
    rows = shown(plan, "local_id", "state_id", "grade", "race", "flag:IEP", "flag:Economically disadvantaged")
    assert rows[0] == ("100", "1000000000", 7, "Black", 1, 0)
    assert rows[2] == ("103", "1000000002", 7, "Hispanic", 0, 1)
    assert (plan.found.last_name[1], plan.found.first_name[1]) == ("Fake Student", "Second")
    assert "student_address" not in plan.found.table.columns


def test_aspen_incidents(sample: Callable[[str], Plan]) -> None:
    plan = sample("sis_aspen_x2/behavior_export.csv")
    assert (plan.count(Verdict.NEW), plan.row_count(Verdict.PROBLEM)) == (3, 1)
    assert [(p.line, p.column, p.value, p.message) for p in plan.problems()] == [
        (5, "event_date", "NULL", "There is no date in this row.")
    ]
    assert shown(plan, "local_id", "behavior", "minute", "year")[:3] == [
        ("10", "Hitting", 780, 2015),
        ("11", "Lorem ipsuming", 780, 2015),
        ("13", "Bullying", None, 2015),
    ]


def test_aspen_attendance(sample: Callable[[str], Plan]) -> None:
    plan = sample("sis_aspen_x2/attendance_dump.csv")
    assert (plan.count(Verdict.NEW), plan.row_count(Verdict.SKIPPED)) == (1, 1)
    assert shown(plan, "hundredths", "tardy", "excused") == [(0, 1, 1), (0, 1, 1)]


def test_generic_scores(sample: Callable[[str], Plan]) -> None:
    plan = sample("generic/local_assessment_long.csv")
    assert plan.count(Verdict.NEW) == 5
    assert shown(plan, "local_id", "measure", "value", "year")[4] == ("605002", "Math Benchmark Q1", 510, 2024)


@pytest.mark.parametrize(
    "name",
    [
        "dibels_mclass/dibels_next_benchmark.csv",
        "fastbridge/areading.csv",
        "fastbridge/cbmreading_english_2022.csv",
        "iready/iready_ela.csv",
        "istation/istation.csv",
        "nwea_map/map_fluency.csv",
        "renaissance_star/star_SR_v2.csv",
        "sis_aspen_x2/ed_plans.csv",
        "sis_aspen_x2/student_section_grades.csv",
        "sis_aspen_x2/x2_assessments.csv",
        "sds_v2p1/users.csv",
        "sds_v2p1/orgs.csv",
    ],
)
def test_other_layouts_are_refused_in_one_sentence(sample: Callable[[str], Plan], name: str) -> None:
    with pytest.raises(UserError) as caught:
        sample(name)
    assert "not known" in caught.value.message or "no column for" in caught.value.message


def test_every_file_of_the_torture_set_is_planned_or_refused(shared: Path) -> None:
    for file in sorted((shared / "torture").glob("*/*")):
        refusal = ""
        try:
            planned(file.read_bytes(), name=file.name)
        except UserError as error:
            refusal = error.message
        assert refusal == "" or refusal.endswith("."), file.name
