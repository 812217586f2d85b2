"""Vendors' own sample files: values looked up in the files by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import silent
from mtss_desktop.domain.facts import Proposals, Verdict
from mtss_desktop.importing.deliveries import together
from mtss_desktop.importing.plan import Plan
from mtss_desktop.importing.recognize import recognize
from mtss_desktop.importing.understanding import understand
from tests.importing.files import TODAY, entries, planned, sketched


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


def day(year: int, month: int, number: int) -> int:
    return date(year, month, number).toordinal()


def test_dibels_next(sample: Callable[[str], Plan]) -> None:
    plan = sample("dibels_mclass/dibels_next_benchmark.csv")
    assert (plan.rows_of_file, plan.count(Verdict.NEW)) == (5, 23)
    rows = shown(plan, "line", "measure", "window", "year", "taken_on", "value", "level", "grade")
    pre = "DIBELS Next "
    assert rows[0] == (2, f"{pre}Composite", "Fall", 2022, day(2022, 10, 5), 14, "Below Benchmark", 0)
    assert (6, f"{pre}Composite", "Winter", 2022, day(2023, 1, 11), 172, "Above Benchmark", 0) in rows
    assert (3, f"{pre}Letter Naming Fluency", "Winter", 2022, day(2023, 1, 11), 21, None, -1) in rows
    assert (4, f"{pre}Nonsense Words, Whole Words Read", "Spring", 2022, day(2023, 5, 8), 2, None, 2) in rows


def test_fastbridge_season_exports(sample: Callable[[str], Plan]) -> None:
    plan = sample("fastbridge/cbmreading_english_2022.csv")
    assert (plan.rows_of_file, plan.count(Verdict.NEW)) == (5, 15)
    rows = shown(plan, "local_id", "measure", "window", "taken_on", "value", "percentile", "level", "grade")
    assert rows[0] == ("10001", "FastBridge CBMR-English", "Fall", day(2022, 9, 22), 101, 79, "AD", 2)
    assert ("10004", "FastBridge CBMR-English", "Spring", day(2023, 5, 9), 19, 2, "highRisk", 2) in rows
    assert ("10005", "FastBridge CBMR-English", "Winter", day(2023, 1, 13), 194, 57, "lowRisk", 7) in rows
    plan = sample("fastbridge/areading.csv")
    assert (plan.rows_of_file, plan.count(Verdict.NEW), plan.row_count(Verdict.SKIPPED)) == (9, 3, 6)
    rows = shown(plan, "line", "state_id", "measure", "window", "taken_on", "value", "percentile", "level", "grade")
    assert rows == [
        (3, "605419", "FastBridge aReading", "Fall", day(2025, 8, 26), 533.0886, 17, "someRisk", 12),
        (4, "605141", "FastBridge aReading", "Fall", day(2025, 8, 28), 547.4126, 63, "lowRisk", 8),
        (9, "605076", "FastBridge aReading", "Fall", day(2025, 8, 25), 499.6204, 15, "someRisk", 6),
    ]
    assert plan.found.birth_day[2] == day(2017, 11, 1)


def test_iready(sample: Callable[[str], Plan]) -> None:
    plan = sample("iready/iready_ela.csv")
    assert (plan.rows_of_file, plan.row_count(Verdict.PROBLEM)) == (5, 2)
    assert [(p.line, p.column, p.value) for p in plan.problems()] == [
        (3, "Completion Date", "5/19/2026"),
        (6, "Completion Date", "4/21/2026"),
    ], "days that have not come on the day of the test"
    rows = shown(plan, "line", "measure", "window", "year", "taken_on", "value", "percentile", "level", "note")
    assert rows[0] == (2, "i-Ready Reading", "Winter", 2025, day(2026, 1, 13), 424, 10, "2 Grade Levels Below", None)
    assert (4, "i-Ready Reading", "Fall", 2025, day(2025, 8, 27), 572, 47, "1 Grade Level Below", None) in rows
    words = (2, "i-Ready Reading, High-Frequency Words", "Winter", 2025, day(2026, 1, 13), 510, None)
    assert (*words, "Mid or Above Grade Level", None) in rows
    assert not [row for row in rows if row[1].endswith("Phonological Awareness") and row[5]], "not assessed there"
    plan = sample("iready/iready_math.csv")
    rows = shown(plan, "line", "measure", "value", "percentile", "level")
    assert (2, "i-Ready Mathematics", 404, 14, "2 Grade Levels Below") in rows
    assert (2, "i-Ready Mathematics, Geometry", 397, None, "2 Grade Levels Below") in rows


def test_istation(sample: Callable[[str], Plan]) -> None:
    plan = sample("istation/istation.csv")
    assert (plan.rows_of_file, plan.count(Verdict.NEW), plan.found.questions) == (5, 36, [])
    rows = shown(plan, "local_id", "measure", "window", "year", "taken_on", "value", "percentile", "level", "grade")
    assert rows[0] == ("100", "Istation ISIP", "September", 2023, day(2023, 9, 6), 335, 52, "Tier 1", 1)
    assert ("300", "Istation ISIP", "March", 2023, day(2024, 3, 8), 337, 2, "Tier 3", 3) in rows
    assert ("500", "Istation ISIP", "May", 2023, day(2024, 5, 2), 519, 41, "Tier 1", 4) in rows
    assert sum(row[0] == "300" for row in rows) == 1


def test_star(sample: Callable[[str], Plan]) -> None:
    plan = sample("renaissance_star/star_SR_v2.csv")
    assert (plan.rows_of_file, plan.count(Verdict.NEW)) == (5, 5)
    rows = shown(plan, "local_id", "state_id", "measure", "window", "taken_on", "value", "error", "percentile", "level")
    first = ("605000", "605100", "Star Reading", "Fall", day(2023, 8, 21), 8, 0.395784, 1, "Urgent Intervention")
    assert rows[0] == first
    assert rows[4][5:] == (967, 0.433205, 81, "At/Above Benchmark")


def test_star_tests_that_were_taken_out_do_not_count(shared: Path) -> None:
    data = (shared / "samples" / "renaissance_star" / "star_SR_v2.csv").read_bytes()
    data = data.replace(b",Active,,", b",Deactivated,Student was ill,", 1)
    plan = planned(data, name="star_SR_v2.csv")
    assert (plan.count(Verdict.NEW), plan.row_count(Verdict.SKIPPED)) == (4, 1)


def test_map_fluency(sample: Callable[[str], Plan]) -> None:
    plan = sample("nwea_map/map_fluency.csv")
    assert plan.rows_of_file == 9
    rows = shown(plan, "local_id", "measure", "window", "year", "taken_on", "value", "percentile", "level", "grade")
    pre = "MAP Fluency "
    sounds = ("605000", f"{pre}Phonological Awareness", "Fall", 2023, day(2023, 9, 26))
    assert (*sounds, 483, 21, "Approaching Expectation", 0) in rows
    sounds = ("605004", f"{pre}Phonics and Word Recognition", "Fall", 2023, day(2023, 9, 27))
    assert (*sounds, 486, 45, "Meets Expectation", 4) in rows
    flagged = [row for row in rows if row[:2] == ("605000", f"{pre}screening outcome")]
    assert [row[5:8] for row in flagged] == [(None, None, "Flagged")]


def test_several_tests_in_one_file(sample: Callable[[str], Plan]) -> None:
    plan = sample("sis_aspen_x2/x2_assessments.csv")
    assert (plan.rows_of_file, plan.count(Verdict.NEW)) == (8, 4)
    assert (plan.row_count(Verdict.SKIPPED), plan.row_count(Verdict.QUESTION)) == (1, 3)
    rows = shown(plan, "line", "measure", "taken_on", "value", "level")
    assert rows[0] == (2, "MCAS, ELA", day(2014, 5, 1), 222, "NI")
    assert rows[1] == (3, "MAP: Reading 2-5 Common Core 2010 V2", day(2014, 5, 2), 222, "NI")
    assert rows[4] == (6, "DIBELS, DIBELS", day(2008, 9, 22), None, "Strategic")
    assert [(p.line, p.value) for p in plan.problems(2)] == [(7, "4.2"), (8, "5.1"), (9, "4.9")]
    plan = sample("sis_aspen_x2/bad_x2_assessments.csv")
    assert [(p.line, p.column, p.value) for p in plan.problems()] == [(2, "assessment_date", "nodate")]


NOTHING = {
    "sis_aspen_x2/ed_plans.csv": ("aspen-ed-plans", 2),
    "sis_aspen_x2/educator_section_assignment.csv": ("aspen-educator-sections", 5),
    "sis_aspen_x2/student_section_grades.csv": ("aspen-section-grades", 6),
    "sds_v2p1/academicSessions.csv": ("sds-sessions", 2),
    "sds_v2p1/classes.csv": ("sds-classes", 2),
    "sds_v2p1/courses.csv": ("sds-courses", 3),
    "sds_v2p1/demographics.csv": ("sds-demographics", 6),
    "sds_v2p1/enrollments.csv": ("sds-enrollments", 6),
    "sds_v2p1/relationships.csv": ("sds-relationships", 3),
    "sds_v2p1/roles.csv": ("sds-roles", 7),
    "sds_v2p1/userFlags.csv": ("sds-flags", 3),
    "sds_v2p1/users.csv": ("sds-users", 8),
}


def test_files_with_nothing_to_take_say_why(sample: Callable[[str], Plan]) -> None:
    for name, (key, rows) in NOTHING.items():
        plan = sample(name)
        assert (plan.found.match.profile.key, plan.rows_of_file) == (key, rows), name
        assert (plan.count(Verdict.NEW), plan.row_count(Verdict.SKIPPED)) == (0, rows), name
        assert plan.found.nothing.endswith("."), name
        assert not plan.found.table.columns, "no cell is kept"


def test_the_schools_of_a_delivery(sample: Callable[[str], Plan]) -> None:
    plan = sample("sds_v2p1/orgs.csv")
    assert (plan.count(Verdict.NEW), plan.row_count(Verdict.SKIPPED)) == (1, 3)
    assert [(e.new_school, e.school_code) for e in plan.entries] == [("School of TwoDotOne", "110003")]  # type: ignore[attr-defined]


def test_a_delivery_is_joined(shared: Path) -> None:
    found = []
    for path in sorted((shared / "samples" / "sds_v2p1").glob("*.csv")):
        sketch = sketched(path.read_bytes(), path.name)
        found.append((sketch, recognize(sketch)))
    delivered = {each.match.profile.key: each for each in together(found, TODAY)}
    users = delivered["sds-users"]
    assert users.answers == (("year", "2021"),)
    assert {key for key, each in delivered.items() if each.into} == {
        *("sds-roles", "sds-orgs", "sds-demographics", "sds-flags"),
    }
    read = understand(
        users.sketch, users.match, today=TODAY, progress=silent(), answers=dict(users.answers), others=users.others
    )
    rows = {row["local_id"]: row for row in entries(read)}
    jack = rows["114001"]
    assert (jack["grade"], jack["race"], jack["flag:IEP"], jack["sex"]) == (10, "Hispanic", 1, 2)
    assert (jack["from_day"], jack["to_day"]) == (day(2021, 8, 24), day(2022, 6, 11))
    assert (read.school[0], read.school_name[0], read.birth_day[0]) == (
        *("110003", "School of TwoDotOne", day(2001, 7, 2)),
    )
    assert rows["114003"]["flag:Economically disadvantaged"] == rows["114004"]["flag:504"] == 1
    assert [int(row) for row in np.flatnonzero(read.row_state == 1)] == [1, 4, 5, 6], "guardians and teachers"
    assert "password" not in read.table.columns


def test_every_file_of_the_torture_set_is_planned_or_refused(shared: Path) -> None:
    for file in sorted((shared / "torture").glob("*/*")):
        refusal = ""
        try:
            planned(file.read_bytes(), name=file.name)
        except UserError as error:
            refusal = error.message
        assert refusal == "" or refusal.endswith("."), file.name
