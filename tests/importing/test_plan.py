"""A file beside what is there: verdicts, matching, questions."""

from __future__ import annotations

from datetime import date

import numpy as np

from mtss_desktop.domain.facts import NewSchool, Proposals, Verdict
from mtss_desktop.domain.files import Mode
from mtss_desktop.importing.cleaning import NONE, name_key
from mtss_desktop.importing.matching import KnownSchool, KnownStudents
from mtss_desktop.importing.plan import Keys, Known, Plan
from mtss_desktop.importing.showing import Shown
from tests.importing.files import ASPEN_STUDENTS, ATTENDANCE, FASTBRIDGE, INCIDENTS, LONG, MAP, planned, table


def day(year: int, month: int, number: int) -> int:
    return date(year, month, number).toordinal()


def ids(**kinds: dict[str, int]) -> KnownStudents:
    return KnownStudents(kinds)


def columns(**lists: list[float]) -> dict[str, np.ndarray]:
    floats = {"value", "error", "percentile"}
    return {
        name: np.asarray(values, dtype=np.float64 if name in floats else np.int64) for name, values in lists.items()
    }


def verdicts(plan: Plan) -> list[str]:
    return [row.verdict.value for row in Shown(plan, {}).rows(0, 100)]


def scores_there() -> Known:
    """Two students with one score of one day each, brought by import 1 of the plain layout."""
    return Known(
        Mode.NAMES,
        students=ids(local={"01": 1, "02": 2}),
        numbers={1: 417, 2: 388},
        words={"measure": {"math": 7}},
        facts={
            "score": columns(
                student=[1, 2],
                measure=[7, 7],
                year=[2025, 2025],
                window=[NONE, NONE],
                taken_on=[day(2025, 9, 3), day(2025, 9, 3)],
                attempt=[1, 1],
                school=[NONE, NONE],
                grade=[NONE, NONE],
                value=[47, 50],
                error=[np.nan] * 2,
                percentile=[np.nan] * 2,
                level=[NONE, NONE],
                note=[NONE, NONE],
                official=[1, 1],
                import_key=[1, 1],
                line=[2, 3],
            )
        },
        profiles={1: "generic-scores"},
    )


def test_new_changed_unchanged_gone() -> None:
    data = (LONG + "01,Math,2025-09-03,74\n03,Math,2025-09-03,12\n01,Math,2025-10-01,80\n").encode()
    plan = planned(data, scores_there())
    assert verdicts(plan) == ["changed", "new", "new", "gone"]
    rows = Shown(plan, {"measure": {7: "Math"}}).rows(0, 10)
    assert (rows[0].number, rows[0].value, rows[0].old_value, rows[0].why) == (417, "74", "47", "score 47 becomes 74")
    assert [(d.field, d.old, d.new) for d in rows[0].differences] == [("score", "47", "74")]
    assert (rows[1].number, rows[1].what, rows[1].why) == (0, "Math", "student not here yet")
    assert (rows[2].when, rows[2].why) == ("10/1/2025", "no score of this day yet")
    assert (rows[3].line, rows[3].number, rows[3].old_value) == (0, 388, "50")
    assert rows[3].why == "in an earlier file, not in this one; kept"
    assert plan.proposals == Proposals(students=1, schools=0)
    same = planned((LONG + "01,Math,2025-09-03,47\n02,Math,2025-09-03,50\n").encode(), scores_there())
    assert verdicts(same) == ["unchanged", "unchanged"]
    assert not same.changes_something


def test_gone_is_reckoned_inside_the_files_own_scope() -> None:
    other_year = planned((LONG + "01,Math,2024-09-03,47\n").encode(), scores_there())
    other_measure = planned((LONG + "01,Reading,2025-09-03,47\n").encode(), scores_there())
    assert other_year.count(Verdict.GONE) == other_measure.count(Verdict.GONE) == 0
    here = scores_there()
    by_another_profile = Known(**{**vars(here), "profiles": {1: "nwea-map-growth"}})
    assert planned((LONG + "01,Math,2025-09-03,47\n").encode(), by_another_profile).count(Verdict.GONE) == 0


def test_a_problem_row_does_not_make_its_student_gone() -> None:
    data = (LONG + "01,Math,2025-09-03,47\n02,Math,2025-09-03,fifty\n").encode()
    plan = planned(data, scores_there())
    assert plan.count(Verdict.GONE) == 0
    assert [(p.line, p.column, p.value, p.message) for p in plan.problems()] == [
        (3, "Score", "fifty", "This is not a number.")
    ]


def test_what_is_gone_is_retracted_only_when_the_file_is_complete() -> None:
    plan = planned((LONG + "01,Math,2025-09-03,47\n").encode(), scores_there())
    keys = Keys([], [], {})
    assert [len(facts) for facts in plan.facts(keys)] == [1]
    written, retracted = plan.facts(keys, complete=True)
    assert retracted.columns["student"].tolist() == [2]
    assert retracted.columns["line"].tolist() == [0]
    assert written.columns["line"].tolist() == [2]


def test_rows_can_be_left_out() -> None:
    plan = planned((LONG + "01,Math,2025-09-03,74\n03,Math,2025-09-03,12\n").encode(), scores_there())
    without = plan.leave_out([1])
    assert (without.count(Verdict.NEW), without.count(Verdict.CHANGED)) == (0, 1)
    assert without.proposals.students == 0
    assert without.leave_out([1], out=False).count(Verdict.NEW) == 1
    assert Shown(without, {}).rows(1, 2)[0].left_out


def test_the_same_row_twice_is_skipped_and_a_retest_is_another_attempt() -> None:
    data = (LONG + "01,Math,2025-09-03,5\n01,Math,2025-09-03,5\n01,Math,2025-09-03,6\n").encode()
    plan = planned(data)
    assert verdicts(plan) == ["new", "skipped", "new"]
    assert Shown(plan, {}).rows(1, 2)[0].why == "the same as line 2"
    assert plan.facts(Keys([9], [], {}))[0].columns["attempt"].tolist() == [1, 2]
    assert plan.row_count(Verdict.SKIPPED) == 1


def test_the_official_test_comes_first_and_a_retest_replaces() -> None:
    base = {"TermName": "Fall 2025-2026", "StudentID": "01", "Course": "Reading", "TestRITScore": "200"}
    rows = [
        base | {"GrowthMeasureYN": "FALSE", "TestStartDate": "09/03/2025", "TestRITScore": "190"},
        base | {"GrowthMeasureYN": "TRUE", "TestStartDate": "09/15/2025"},
    ]
    plan = planned(table(MAP, rows))
    assert plan.columns["attempt"].tolist() == [2, 1]


def test_every_id_column_is_tried_against_every_kind() -> None:
    """The file's own "state" column holds what the database knows as local ids."""
    data = table(FASTBRIDGE, [_probe(f"s{n}", str(500500 + n)) for n in range(10)])
    known = Known(Mode.NAMES, students=ids(local={str(500500 + n): n + 1 for n in range(9)}))
    plan = planned(data, known)
    best = plan.students.rates[0]
    assert (best.column, best.kind, best.known, best.different) == ("state", "local", 9, 10)
    assert plan.students.keys.tolist() == [*range(1, 10), -1]
    assert plan.students.proposals[0].ids == (("local", "s9"), ("state", "500509"))


def test_a_letter_before_an_id_does_not_matter() -> None:
    plan = planned(table(FASTBRIDGE, [_probe("s0040223", "")]), Known(Mode.NAMES, students=ids(local={"0040223": 5})))
    assert plan.students.keys.tolist() == [5]


def _probe(local: str, state: str) -> dict[str, str]:
    return {
        "Assessment": "CBM",
        "Student Id": local,
        "Student State Id": state,
        "AssessmentDate": "10/7/2025",
        "ScoreMetric": "WRC",
        "Score": "5",
    }


def test_ids_of_two_students_in_one_row_are_a_question() -> None:
    plan = planned(
        table(FASTBRIDGE, [_probe("1", "9")]), Known(Mode.NAMES, students=ids(local={"1": 1}, state={"9": 2}))
    )
    assert verdicts(plan) == ["question"]
    assert Shown(plan, {}).rows(0, 1)[0].why == "Its ids belong to two different students."


def test_the_same_name_and_birth_date_under_a_new_id_is_asked() -> None:
    row = {
        "local_id": "77",
        "full_name": "Vest, Ana",
        "date_of_birth": "2017-05-04",
        "grade": "03",
        "school_local_id": "PRE",
    }
    known = Known(
        Mode.NAMES,
        students=KnownStudents({"local": {"01": 1}}, {(name_key("Ana", "Vest"), day(2017, 5, 4)): (1,)}),
        schools=(KnownSchool(4, "Piney Ridge", codes=("PRE",)),),
    )
    asked = planned(table(ASPEN_STUDENTS, [row]), known)
    assert verdicts(asked) == ["question"]
    assert [question.key for question in asked.found.questions] == ["same_student"]
    same = planned(table(ASPEN_STUDENTS, [row]), known, same_student="yes")
    assert same.students.keys.tolist() == [1]
    assert same.news_of_known_students()[0] == {("local", "77"): 1}
    assert planned(table(ASPEN_STUDENTS, [row]), known, same_student="no").proposals.students == 1


def test_schools_by_code_name_and_initials() -> None:
    def school(known: tuple[KnownSchool, ...], code: str = "", name: str = "") -> object:
        row = {"TermName": "Fall 2025-2026", "StudentID": "1", "Course": "Math", "TestRITScore": "200"}
        row |= {"School_StateID": code, "SchoolName": name}
        plan = planned(table(MAP, [row]), Known(Mode.NAMES, schools=known))
        return plan.schools.proposals[0] if plan.schools.proposals else int(plan.schools.keys[0])

    two = (
        KnownSchool(4, "Piney Ridge Elementary School", codes=("0050110",)),
        KnownSchool(5, "Holcomb Middle", codes=("30",)),
    )
    assert school(two, code="50110") == 4
    assert school(two, name="piney ridge elementary") == 4
    assert school(two, code="PRE") == 4
    assert school(two, code="HMS") == 5
    assert school(two, code="XYZ", name="Oak Hill") == NewSchool("XYZ", "Oak Hill")
    by_code = (KnownSchool(6, "HMS", codes=("HMS",)), KnownSchool(7, "PRE", codes=("PRE",)))
    assert school(by_code, code="0050310", name="Holcomb Middle School") == 6


def test_a_school_the_file_does_not_name_is_that_of_the_day() -> None:
    stays = columns(
        student=[1, 1, 1],
        year=[2024, 2025, 2025],
        school=[4, 4, 5],
        grade=[2, 3, 3],
        from_day=[day(2024, 7, 1), day(2025, 7, 1), day(2025, 12, 1)],
        to_day=[NONE, day(2025, 11, 30), NONE],
    )
    known = Known(
        Mode.NAMES,
        students=ids(local={"10": 1}),
        stays=stays,
        schools=(KnownSchool(4, "A"), KnownSchool(5, "B")),
    )
    rows = [["10", "Hitting", when, "NULL", "Gym", "", ""] for when in ("2024-10-01", "2025-10-01", "2026-01-10")]
    plan = planned(table(INCIDENTS, rows), known)
    assert plan.columns["school"].tolist() == [4, 4, 5]
    assert plan.columns["grade"].tolist() == [NONE] * 3


def test_without_any_school_an_incident_is_a_question() -> None:
    plan = planned(table(INCIDENTS, [["10", "Hitting", "2025-10-01", "NULL", "Gym", "", ""]]), Known(Mode.NAMES))
    assert verdicts(plan) == ["question"]


def test_one_incident_repeated_without_a_number_is_two() -> None:
    row = ["10", "Hitting", "2025-10-01", "NULL", "Gym", "", "PRE"]
    plan = planned(table(INCIDENTS, [row, row]))
    assert plan.columns["occurrence"].tolist() == [1, 2]
    assert plan.count(Verdict.NEW) == 2


def test_two_rows_of_one_student_and_day_that_differ_are_asked() -> None:
    rows = [["1", "PRE", "2025-09-02", "0", "0", "1", portion] for portion in ("1.0000", "0.5000", "1.0000")]
    plan = planned(table(ATTENDANCE, rows))
    assert verdicts(plan) == ["new", "question", "skipped"]


def test_a_score_no_measure_can_give_is_a_question() -> None:
    known = Known(Mode.NAMES, words={"measure": {"math": 7}}, limits={7: (0, 100)})
    plan = planned((LONG + "01,Math,2025-09-03,140\n02,Math,2025-09-03,99\n").encode(), known)
    assert verdicts(plan) == ["question", "new"]


def test_counts_only_compares_scopes_and_proposes_no_students() -> None:
    row = {
        "TermName": "Fall 2025-2026",
        "StudentID": "1",
        "Course": "Math",
        "TestRITScore": "200",
        "School_StateID": "30",
    }
    known = Known(
        Mode.COUNTS,
        schools=(KnownSchool(5, "Holcomb", codes=("30",)),),
        words={"measure": {"map growth math": 2}, "window": {"fall": 1}},
        counted=frozenset({(5, 2025, 2, 1)}),
    )
    plan = planned(table(MAP, [row, row | {"TermName": "Winter 2025-2026", "StudentID": "2"}]), known)
    assert verdicts(plan) == ["changed", "new"]
    assert plan.proposals == Proposals(0, 0)


def test_a_plan_of_many_rows_makes_no_rows() -> None:
    data = (LONG + "".join(f"{n:06d},Math,2025-09-03,{n % 90}\n" for n in range(50_000))).encode()
    plan = planned(data)
    shown = Shown(plan, {})
    assert shown.count() == shown.count(Verdict.NEW) == 50_000
    assert [row.line for row in shown.rows(49_998, 50_010)] == [50_000, 50_001]


def test_of_several_scores_of_a_day_it_is_said_which_counts() -> None:
    rows = "1,ORF,2025-09-15,61\n1,ORF,2025-09-15,70\n2,ORF,2025-09-15,62\n1,ORF,2025-09-15,61\n"
    made = planned((LONG + rows).encode())
    assert made.columns["attempt"].tolist() == [1, 2, 1, 1]
    assert [row.why for row in Shown(made, {}).rows(0, 9)] == [
        "student not here yet",
        "tested again; the score of line 2 counts, this one is kept beside it",
        "student not here yet",
        "the same as line 2",
    ]
    assert made.found.assumed[-1].startswith("1 score is not the first of a student, measure and window or day.")


def test_a_small_id_that_is_by_chance_another_students_id_is_no_match() -> None:
    rows = [
        {
            "Student Id": f"s60482{n}",
            "Fast ID": str(n),
            "Assessment": "CBM",
            "ScoreMetric": "Words",
            "AssessmentDate": "9/15/2025",
            "Score": "5",
        }
        for n in (1, 2)
    ]
    known = Known(Mode.NAMES, students=ids(local={"1": 7, "2": 8}), numbers={7: 1, 8: 2})
    plan = planned(table(FASTBRIDGE, rows), known)
    assert plan.students.keys.tolist() == [-1, -2]
    assert plan.proposals.students == 2


def test_an_id_that_is_two_students_id_of_different_kinds_asks_unless_the_name_tells() -> None:
    known = {"local": {"300001": 1, "300002": 2}, "other": {"300001": 3, "300002": 4, "300003": 5}}
    head = "Student ID,Last Name,First Name,Assessment,Test Date,Score\n"
    rows = "".join(f"30000{n},{name},Al,ORF,2025-09-15,50\n" for n, name in enumerate(("Ash", "Elm", "Oak"), start=1))
    made = planned((head + rows).encode(), Known(Mode.NAMES, students=KnownStudents(known)))
    assert made.found.row_state.tolist() == [2, 2, 0]
    names = {1: "ash", 2: "elm", 3: "yew", 4: "fir", 5: "pine"}
    made = planned((head + rows).encode(), Known(Mode.NAMES, students=KnownStudents(known, last_names=names)))
    assert made.found.row_state.tolist() == [0, 0, 0]
    assert made.students.keys.tolist() == [1, 2, -1]
