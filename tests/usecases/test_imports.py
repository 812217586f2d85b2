"""Files in and out again, through the workspace."""

from __future__ import annotations

import csv
import random
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import Cancelled, UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.domain.facts import Proposals, Verdict
from mtss_desktop.domain.files import ImportState, Mode
from mtss_desktop.domain.people import OrganizationKind
from mtss_desktop.store import backup, database, ledger
from mtss_desktop.store.database import Database
from mtss_desktop.store.keys import Key
from mtss_desktop.store.schema import facts as tables
from mtss_desktop.store.schema import metadata
from mtss_desktop.store.work import Step
from mtss_desktop.usecases import by_hand, import_files, import_plans, import_writing, imports, places
from mtss_desktop.usecases.by_hand import HandScore
from mtss_desktop.usecases.import_plans import ImportPlan
from mtss_desktop.usecases.use_case import question
from tests.importing.files import ASPEN_STUDENTS, ATTENDANCE, FASTBRIDGE, INCIDENTS, LONG, MAP, MCLASS, table, write
from tests.importing.workbooks import xlsx

NOON = datetime(2026, 2, 12, 17, 0, tzinfo=UTC)


class Desk:
    """A database with one school, and short ways to ask it."""

    def __init__(self, folder: Path, key: Key | None = None) -> None:
        self.folder = folder
        self.path = folder / "ashby.mtss"
        database.create(self.path, key)
        self.db: Database = database.open_database(self.path, key, now=lambda: NOON)
        with self.db.write(Step()) as work:  # pseudonyms of two databases can be compared
            work.tell_about("pseudonym_key", "5e" * 32)
        self.workspace = Workspace(self.db)
        self.workspace.do(
            places.set_up,
            division="Ashby County",
            first_year=2025,
            schools=(places.NewSchool("Piney Ridge Elementary School", "K–5", "PRE", "0050110"),),
        )

    def file(self, name: str, data: bytes) -> str:
        return write(self.folder, name, data)

    def plan(self, name: str, data: bytes, mode: Mode | None = Mode.NAMES, **more: object) -> ImportPlan:
        return self.workspace.ask(imports.plan, self.file(name, data), mode=mode, **more)

    def bring(self, name: str, data: bytes, mode: Mode | None = Mode.NAMES, *, complete: bool = False) -> str:
        return self.workspace.do(imports.apply, self.plan(name, data, mode), complete=complete).value.import_id

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with self.db.read() as work:
            return [tuple(row) for row in work.connection.exec_driver_sql(sql)]

    def everything(self) -> dict[str, list[tuple[object, ...]]]:
        """Every table but the journal and what the database remembers about itself."""
        with self.db.read() as work:
            return {
                name: sorted(map(repr, work.connection.execute(sa.select(each)).all()))
                for name, each in metadata.tables.items()
                if name not in ("step", "picture", "about", "search_line")
            }

    def meaning(self) -> dict[str, object]:
        """Live facts, live counts and records as people see them, without keys that only say when something was made."""
        with self.db.read() as work:
            return _meaning(work)


def _meaning(work: object) -> dict[str, object]:
    connection = work.connection  # type: ignore[attr-defined]
    words = {("word", w.kind.value, w.key): w.name for w in work.words.list()}  # type: ignore[attr-defined]
    words |= {("measure", "", m.key): m.name for m in work.measures.list()}  # type: ignore[attr-defined]
    words |= {("level", "", level.key): level.word for level in work.levels.list()}  # type: ignore[attr-defined]
    schools = {place.key: place.name for place in work.organizations.list()}  # type: ignore[attr-defined]
    people = {key: value for kind, value, key in connection.execute(sa.select(tables.student_id)) if kind == "local"}
    kinds = {"from_window": "window", "to_window": "window", "from_level": "level", "to_level": "level"}

    def said(name: str, value: object) -> object:
        if value is None:
            return None
        kind = kinds.get(name, name)
        if kind == "student":
            return people[value]
        if kind == "school":
            return schools[value]
        if kind in ("measure", "level"):
            return words[kind, "", value]
        if kind in ("window", "note", "location", "behavior", "action_taken", "race", "group"):
            return words["word", kind, value]
        return value

    found: dict[str, object] = {}
    for each in (*tables.FACTS, *tables.COUNTS):
        names = [c.name for c in each.columns if c.name not in ("number", "import_key", "live", "line", "flags")]
        rows = connection.execute(sa.select(*(each.c[name] for name in names)).where(each.c.live == 1))
        found[each.name] = sorted(
            repr([said(name, value) for name, value in zip(names, row, strict=True)]) for row in rows
        )
    found["words"] = sorted(words[key] for key in words if key[1] not in ("group", "flag"))
    found["schools"] = sorted(schools.values())
    return found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.workspace.close()


def students(count: int = 4, **changes: str) -> bytes:
    rows = [
        {
            "local_id": f"{n:04d}",
            "state_id": f"9{n:06d}",
            "full_name": f"Lastname{n}, First{n}",
            "grade": "02",
            "registration_date": "2024-08-01",
            "school_local_id": "PRE",
            "enrollment_status": "Active",
            "date_of_birth": f"2018-0{n % 8 + 1}-11",
            "gender": "FM"[n % 2],
            "race": ("White", "Black")[n % 2],
            "hispanic_latino": "0",
            "program_assigned": ("Reg Ed", "Sp Ed")[n % 3 == 0],
        }
        | changes
        for n in range(1, count + 1)
    ]
    return table(ASPEN_STUDENTS, rows)


def map_scores(*rows: tuple[int, str, int, str], measure: str = "Reading") -> bytes:
    """(student, season, score, level)"""
    day = {"Fall": "09/10/2025", "Winter": "01/15/2026"}
    return table(
        MAP,
        [
            {
                "TermName": f"{season} 2025-2026",
                "SchoolName": "Piney Ridge Elementary School",
                "School_StateID": "0050110",
                "StudentID": f"{student:04d}",
                "Course": measure,
                "GrowthMeasureYN": "TRUE",
                "TestStartDate": day[season],
                "TestRITScore": score,
                "AchievementQuintile": level,
            }
            for student, season, score, level in rows
        ],
    )


def incidents(*rows: tuple[int, str, str]) -> bytes:
    return table(INCIDENTS, [[f"{s:04d}", what, day, "10:20:00", "Hallway", "", "PRE"] for s, what, day in rows])


def absences(*rows: tuple[int, str]) -> bytes:
    return table(ATTENDANCE, [[f"{s:04d}", "PRE", day, "0", "0", "1", "1.0000"] for s, day in rows])


# Checking and applying ------------------------------------------------------------------------------------------------------


def test_a_check_writes_nothing(desk: Desk) -> None:
    before = desk.everything()
    found = desk.plan("students_2025.csv", students())
    assert found.result.new == 4
    assert found.result.proposals == Proposals(students=4, schools=0)
    assert desk.everything() == before


def test_applied_in_one_step_with_a_receipt(desk: Desk) -> None:
    found = desk.plan("students_2025.csv", students())
    done = desk.workspace.do(imports.apply, found)
    assert done.step > 0
    assert desk.workspace.undo_label() == "Import students_2025.csv"
    assert done.value.import_id
    (receipt,) = desk.workspace.ask(imports.receipts)
    assert (receipt.id, receipt.file_name, receipt.profile, receipt.rows, receipt.new) == (
        done.value.import_id,
        "students_2025.csv",
        "aspen-students",
        4,
        4,
    )
    assert receipt.state is ImportState.APPLIED
    assert len(receipt.sha256) == 64
    assert receipt.rules[0] == "aspen-students 1"
    assert desk.rows("SELECT grade, from_day, live FROM student_year") == [(2, date(2025, 7, 1).toordinal(), 1)] * 4
    assert desk.rows("SELECT count(*) FROM student WHERE last_name LIKE 'Lastname%'") == [(4,)]


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    first = desk.bring("scores.csv", map_scores((1, "Fall", 200, "Avg"), (2, "Fall", 180, "Low")))
    before = desk.everything()
    again = desk.workspace.do(
        imports.apply, desk.plan("copy.csv", map_scores((1, "Fall", 200, "Avg"), (2, "Fall", 180, "Low")))
    )
    assert again.step == 0
    assert again.value.import_id == first
    assert (again.value.new, again.value.changed, again.value.unchanged) == (0, 0, 2)
    assert desk.everything() == before


def test_a_corrected_file_changes_only_what_changed(desk: Desk) -> None:
    desk.bring("one.csv", map_scores((1, "Fall", 200, "Avg"), (2, "Fall", 180, "Low")))
    found = desk.plan("two.csv", map_scores((1, "Fall", 201, "Avg"), (2, "Fall", 180, "Low"), (3, "Fall", 190, "Low")))
    assert (found.result.new, found.result.changed, found.result.unchanged) == (1, 1, 1)
    desk.workspace.do(imports.apply, found)
    assert desk.rows("SELECT value FROM score WHERE live = 1 ORDER BY value") == [(180.0,), (190.0,), (201.0,)]


def test_gone_is_kept_until_the_file_is_said_to_be_complete(desk: Desk) -> None:
    desk.bring("one.csv", map_scores((1, "Fall", 200, "Avg"), (2, "Fall", 180, "Low")))
    assert desk.plan("two.csv", map_scores((1, "Fall", 200, "Avg"))).result.gone == 1
    kept = desk.bring("two.csv", map_scores((1, "Fall", 200, "Avg")))
    assert desk.rows("SELECT count(*) FROM score WHERE live = 1") == [(2,)]
    desk.workspace.do(imports.take_back, kept)
    complete = desk.bring("two.csv", map_scores((1, "Fall", 200, "Avg")), complete=True)
    assert desk.rows("SELECT value FROM score WHERE live = 1") == [(200.0,)]
    assert desk.rows('SELECT sum(n) FROM screening_count WHERE live = 1 AND "group" = 1') == [(1,)]
    desk.workspace.do(imports.take_back, complete)
    assert desk.rows("SELECT count(*) FROM score WHERE live = 1") == [(2,)]


def test_something_else_happened_since_the_check(desk: Desk) -> None:
    found = desk.plan("two.csv", map_scores((1, "Fall", 201, "Avg")))
    assert found.result.new == 1
    desk.bring("one.csv", map_scores((1, "Fall", 200, "Avg")))
    done = desk.workspace.do(imports.apply, found)
    assert (done.value.new, done.value.changed) == (0, 1)
    assert desk.rows("SELECT value FROM score WHERE live = 1") == [(201.0,)]


def test_rows_left_out_are_not_written(desk: Desk) -> None:
    found = desk.plan("one.csv", map_scores((1, "Fall", 200, "Avg"), (2, "Fall", 180, "Low"))).leave_out([1])
    assert found.result.new == 1
    desk.workspace.do(imports.apply, found)
    assert desk.rows("SELECT value FROM score") == [(200.0,)]
    assert desk.rows("SELECT count(*) FROM student") == [(1,)]


def _cancelled_after(stage: int) -> Progress:
    """A progress that somebody cancels when its so-manieth report comes."""
    reports: list[object] = []
    progress = Progress()

    def report(state: object) -> None:
        reports.append(state)
        if len(reports) == stage:
            progress.cancel()

    progress._report = report
    return progress


def test_a_cancel_leaves_the_database_as_it_was(desk: Desk) -> None:
    before = desk.everything()
    found = desk.plan("one.csv", students())
    for stage in (1, 2, 3):
        progress = _cancelled_after(stage)
        with pytest.raises(Cancelled):
            desk.workspace.do(imports.apply, found, progress=progress)
        assert desk.everything() == before


def test_a_step_that_fails_leaves_the_database_as_it_was(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = desk.everything()
    monkeypatch.setattr(import_writing.recount, "after_write", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        desk.bring("one.csv", students())
    assert desk.everything() == before


BAD = {
    "empty": b"",
    "binary": bytes(range(256)) * 20,
    "cut off in a cell": b'StudentID,AssessmentName,TestDate,Score\n1,"Ma',
    "unknown layout": b"color,weight\nred,5\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "headers alone of nothing known": b"a,b,c\n",
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_files_get_one_sentence_and_change_nothing(desk: Desk, kind: str) -> None:
    before = desk.everything()
    with pytest.raises(UserError) as caught:
        desk.bring("bad.csv", BAD[kind])
    assert caught.value.message.count(". ") == 0
    assert desk.everything() == before


def test_impossible_cells_are_problems_by_line_and_column(desk: Desk) -> None:
    data = LONG + "01,Math,2025-13-45,5\n02,Math,2025-09-03,9999999\n03,Math,2025-09-03,7\n04,Math,2025-09-03,8,extra\n"
    done = desk.workspace.do(imports.apply, desk.plan("bad.csv", data.encode())).value
    assert (done.rows, done.new, done.problem_rows) == (4, 1, 3)
    assert [(p.line, p.column, p.value, p.message) for p in done.problems] == [
        (2, "TestDate", "2025-13-45", "This is not a date."),
        (3, "Score", "9999999", "This score cannot be."),
        (5, "Column 5", "", "The row has 5 cells where the header has 4."),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "mac-roman"])
def test_names_survive_every_encoding(desk: Desk, encoding: str) -> None:
    text = "Student ID,First Name,Last Name,Date of Birth,School,Grade\n07,José,Núñez,2018-05-04,PRE,2\n08,Zoë,Müller,2018-05-04,PRE,2\n"
    desk.bring("roster_2025.csv", text.encode(encoding))
    assert desk.rows("SELECT first_name, last_name FROM student ORDER BY number") in (
        [("José", "Núñez"), ("Zoë", "Müller")],
        [("Zoë", "Müller"), ("José", "Núñez")],
    )


def test_a_score_file_on_an_empty_database_makes_its_students_and_school(desk: Desk) -> None:
    data = map_scores((1, "Fall", 200, "Avg")).replace(b"0050110", b"0099999").replace(b"Piney Ridge", b"Oak Hill")
    done = desk.workspace.do(imports.apply, desk.plan("one.csv", data)).value
    assert done.proposals == Proposals(students=1, schools=1)
    with desk.db.read() as work:
        school = work.organizations.first(name="Oak Hill Elementary School")
        assert school is not None
        assert (school.kind, school.code, school.parent_id) == (OrganizationKind.SCHOOL, "0099999", work.home_id)


# Modes ---------------------------------------------------------------------------------------------------------------------------


def test_the_first_import_sets_the_mode_and_counts_is_the_default(desk: Desk) -> None:
    desk.bring("one.csv", students(), mode=None)
    assert desk.rows("SELECT name, value FROM rule WHERE name = 'mode'") == [("mode", '"counts"')]
    assert desk.rows("SELECT count(*) FROM student") == [(0,)]


@pytest.mark.parametrize(
    ("kept", "asked"), [(Mode.COUNTS, Mode.NAMES), (Mode.COUNTS, Mode.PSEUDONYMS), (Mode.PSEUDONYMS, Mode.NAMES)]
)
def test_an_import_is_never_looser_than_the_database(desk: Desk, kept: Mode, asked: Mode) -> None:
    desk.bring("one.csv", students(), mode=kept)
    before = desk.everything()
    with pytest.raises(UserError, match="nothing looser"):
        desk.bring("two.csv", students(5), mode=asked)
    assert desk.everything() == before


def test_pseudonyms_keep_neither_ids_nor_names(desk: Desk) -> None:
    desk.bring("one.csv", students(), mode=Mode.PSEUDONYMS)
    assert desk.rows("SELECT DISTINCT first_name, last_name, name_folded, birth_day FROM student") == [
        ("", "", "", None)
    ]
    values = [value for (value,) in desk.rows("SELECT value FROM student_id")]
    assert all(len(str(value)) == 64 for value in values)
    again = desk.plan("map.csv", map_scores((1, "Fall", 200, "Avg"), (9, "Fall", 200, "Avg")), mode=Mode.PSEUDONYMS)
    assert again.result.proposals.students == 1
    assert again.rows(0, 1)[0].number > 0
    assert again.rows(0, 1)[0].name == ""


def test_a_students_number_tells_nothing_of_the_order_in_the_file(desk: Desk) -> None:
    desk.bring("one.csv", students(30))
    numbers = [number for (number,) in desk.rows("SELECT number FROM student ORDER BY key")]
    assert sorted(numbers) == list(range(1, 31))
    assert numbers != sorted(numbers)


@pytest.mark.parametrize("mode", [Mode.COUNTS, Mode.PSEUDONYMS])
def test_counts_and_pseudonyms_leave_no_id_and_no_name_anywhere(
    mode: Mode, tmp_path: Path, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A byte search of everything the program wrote, in a database that is not encrypted; one file is taken back."""
    temp = tmp_path / "temporary"
    temp.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temp))
    source = tmp_path / "source"
    source.mkdir()
    folder = tmp_path / "kept"
    folder.mkdir()
    desk = Desk(folder)
    rows = [
        {
            "local_id": f"77410{n}",
            "state_id": f"88520{n}",
            "full_name": f"Zwetschgenbaum{n}, Xanthippe{n}",
            "grade": "02",
            "school_local_id": "PRE",
            "date_of_birth": "2018-03-11",
            "student_address": "12 Quince Ln",
            "gender": "F",
            "race": "White",
        }
        for n in range(5)
    ]
    wanted = [b"Zwetschgenbaum", b"Xanthippe", b"Quince", b"zwetschgenbaum"]
    wanted += [f"{stem}{n}".encode() for stem in ("77410", "88520") for n in range(5)]
    for name, data in (
        ("students_2025.csv", table(ASPEN_STUDENTS, rows)),
        (
            "incidents.csv",
            table(INCIDENTS, [[r["local_id"], "Hitting", "2025-10-01", "NULL", "Gym", "", "PRE"] for r in rows]),
        ),
    ):
        desk.workspace.do(imports.apply, desk.workspace.ask(imports.plan, write(source, name, data), mode=mode))
    desk.workspace.undo()
    head = ["Student ID", "Assessment", "Score"]
    tabs = {f"{season} Zwetschgenbaum": [head, ["774100", "ORF", 30.0]] for season in ("Fall", "Winter")}
    sheets = write(source, "probes 2025-26.xlsx", xlsx({**tabs, "Quince": [["Ask the office"]]}))
    (found,) = import_files.prepare_all([sheets], today=NOON.date())
    assert len(found.prepared) == 2
    for each in found.prepared:
        desk.workspace.do(imports.apply, desk.workspace.ask(imports.plan, prepared=each, mode=mode))
    backup.back_up(desk.db.location, None, to=folder / "copy.mtss")
    assert desk.rows('SELECT sum(n) FROM enrollment_count WHERE "group" = 1 AND live = 1')[0][0]
    files = [path for top in (folder, temp, own_folders) for path in top.rglob("*") if path.is_file()]
    assert any(path.name.endswith("-wal") for path in files)
    assert any(path.name == "copy.mtss" for path in files)
    for path in files:
        content = path.read_bytes()
        for text in wanted:
            assert text not in content, f"{text!r} in {path.name}"
    (kept,) = desk.rows("SELECT (SELECT count(*) FROM student), (SELECT count(*) FROM student_id)")
    assert kept == ((0, 0) if mode is Mode.COUNTS else (5, 10))
    desk.workspace.close()


def test_the_byte_search_can_find_something(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.bring("students_2025.csv", students(), mode=Mode.NAMES)
    assert any(b"Lastname1" in path.read_bytes() for path in tmp_path.glob("ashby.mtss*"))
    desk.workspace.close()


def test_counts_of_counts_only_equal_those_of_a_database_with_names(tmp_path: Path) -> None:
    """What a file counts alone (enrollment, levels, incidents by day) is the same in every mode."""
    found = {}
    for mode in Mode:
        (tmp_path / mode).mkdir()
        desk = Desk(tmp_path / mode)
        desk.bring("students_2025.csv", students(9), mode=mode)
        desk.bring(
            "map.csv", map_scores(*((n, "Fall", 180 + n, ("Low", "Avg")[n % 2]) for n in range(1, 8))), mode=mode
        )
        desk.bring("incidents.csv", incidents((1, "Hitting", "2025-10-01"), (2, "Hitting", "2025-10-01")), mode=mode)
        everyone = "\"group\" = (SELECT key FROM word WHERE kind = 'group' AND name = 'all')"
        found[mode] = (
            desk.rows(
                f"SELECT school, year, grade, on_day, n FROM enrollment_count WHERE {everyone} AND live = 1 ORDER BY on_day"
            ),
            desk.rows(
                f"SELECT level, sum(n) FROM screening_count WHERE {everyone} AND live = 1 GROUP BY level ORDER BY level"
            ),
            desk.rows(
                "SELECT day, half_hour, location, behavior, sum(n) FROM incident_count WHERE live = 1 GROUP BY 1, 2, 3, 4"
            ),
        )
        desk.workspace.close()
    assert found[Mode.NAMES] == found[Mode.PSEUDONYMS] == found[Mode.COUNTS]
    assert found[Mode.NAMES][1] == [(1, 4), (2, 3)]


def test_a_newer_file_of_a_scope_replaces_its_counts(desk: Desk) -> None:
    first = desk.bring("one.csv", map_scores((1, "Fall", 200, "Avg"), (2, "Fall", 180, "Low")), mode=Mode.COUNTS)
    found = desk.plan("two.csv", map_scores((1, "Fall", 200, "Avg"), (2, "Winter", 181, "Low")), mode=Mode.COUNTS)
    assert (found.result.changed, found.result.new) == (1, 1)
    second = desk.workspace.do(imports.apply, found).value.import_id
    levels = 'SELECT "window", sum(n) FROM screening_count WHERE live = 1 AND "group" = 1 GROUP BY 1 ORDER BY 1'
    assert desk.rows(levels) == [(1, 1), (2, 1)]
    desk.workspace.do(imports.take_back, second)
    assert desk.rows(levels) == [(1, 2)]
    desk.workspace.do(imports.take_back, first)
    assert desk.rows(levels) == []
    desk.workspace.undo()
    assert desk.rows(levels) == [(1, 2)]
    head = ["Student ID", "School", "Grade", "Assessment", "Season", "School Year", "Score"]
    rooms = {f"Room {n}": [head, [f"{n}1", "PRE", 3.0, "ORF", "Spring", "2025-26", 30.0]] for n in (4, 5)}
    (found,) = import_files.prepare_all([desk.file("rooms.xlsx", xlsx(rooms))], today=NOON.date())
    fourth, fifth = found.prepared
    desk.workspace.do(imports.apply, desk.workspace.ask(imports.plan, prepared=fourth))
    with pytest.raises(UserError, match="sheet 2 is about the same school and time as a table that came with it"):
        desk.workspace.ask(imports.plan, prepared=fifth)
    assert desk.rows(levels)[1:] == [(3, 1)]
    assert desk.workspace.ask(imports.plan, prepared=fourth).same_as, "by itself it can be read again"


def test_a_stricter_import_owns_its_scope_until_a_newer_one(desk: Desk) -> None:
    levels = 'SELECT sum(n) FROM screening_count WHERE live = 1 AND "group" = 1'
    desk.bring("one.csv", map_scores((1, "Fall", 200, "Avg")), mode=Mode.NAMES)
    assert desk.rows(levels) == [(1,)]
    strict = desk.bring("two.csv", map_scores(*((n, "Fall", 200, "Avg") for n in range(1, 6))), mode=Mode.COUNTS)
    assert desk.rows(levels) == [(5,)]
    desk.bring("three.csv", map_scores(*((n, "Fall", 190, "Low") for n in range(1, 4))), mode=Mode.NAMES)
    assert desk.rows(levels) == [(3,)]
    desk.workspace.do(imports.take_back, strict)
    assert desk.rows(levels) == [(3,)]


# Taking back -----------------------------------------------------------------------------------------------------------------------


def test_undo_takes_an_import_back_and_redo_puts_it_back(desk: Desk) -> None:
    empty = desk.meaning()
    desk.bring("students_2025.csv", students())
    full, rows = desk.meaning(), desk.everything()
    desk.workspace.undo()
    assert desk.meaning() == empty
    assert desk.workspace.ask(imports.receipts)[0].state is ImportState.TAKEN_BACK
    desk.workspace.redo()
    assert desk.meaning() == full
    assert {name: len(each) for name, each in desk.everything().items()} == {
        name: len(each) for name, each in rows.items()
    }


def test_taken_back_later_by_its_receipt_and_redone(desk: Desk) -> None:
    desk.bring("students_2025.csv", students())
    before = desk.meaning()
    middle = desk.bring("map.csv", map_scores((1, "Fall", 200, "Avg")))
    desk.workspace.do(imports.take_back, middle)
    assert desk.meaning() == before
    with pytest.raises(UserError, match="was taken back already"):
        desk.workspace.do(imports.take_back, middle)
    assert desk.workspace.undo_label() == "Take back map.csv"
    desk.workspace.undo()
    assert desk.rows("SELECT value, live FROM score") == [(200.0, 1)]
    desk.workspace.redo()
    assert desk.meaning() == before
    desk.workspace.undo()
    assert desk.rows("SELECT value, live FROM score") == [(200.0, 1)]


def test_a_take_back_and_a_bring_back_are_steps_like_others(desk: Desk) -> None:
    desk.bring("students_2025.csv", students())
    kept = desk.bring("map.csv", map_scores((1, "Fall", 200, "Avg")))
    full = desk.meaning()
    desk.workspace.do(places.add_school, name="Before")
    desk.workspace.do(imports.take_back, kept)
    desk.workspace.do(places.add_school, name="Between")
    desk.workspace.do(imports.bring_back, kept)
    assert desk.rows("SELECT live FROM score") == [(1,)]
    labels = []
    while desk.workspace.undo_label():
        labels.append(desk.workspace.undo_label())
        desk.workspace.undo()
    assert labels[:5] == ["Bring back map.csv", "Add school", "Take back map.csv", "Add school", "Import map.csv"]
    for _ in labels:
        desk.workspace.redo()
    assert not desk.workspace.redo_label()
    assert desk.rows("SELECT live FROM score") == [(1,)]
    for _ in range(4):
        desk.workspace.undo()
    assert desk.meaning() == full


def test_what_others_use_stays_when_its_maker_is_taken_back(desk: Desk) -> None:
    first = desk.bring("one.csv", map_scores((1, "Fall", 200, "Avg"), (2, "Fall", 150, "Low")))
    desk.bring("two.csv", map_scores((3, "Fall", 201, "Avg")))
    desk.workspace.do(imports.take_back, first)
    assert desk.rows("SELECT word FROM level") == [("Avg",)]
    assert desk.rows("SELECT name FROM measure") == [("MAP Growth Reading",)]
    assert desk.rows('SELECT sum(n) FROM screening_count WHERE live = 1 AND "group" = 1') == [(1,)]


def test_keys_are_never_given_twice(desk: Desk) -> None:
    first = desk.bring("one.csv", map_scores((1, "Fall", 200, "Avg")))
    desk.workspace.do(imports.take_back, first)
    desk.bring("two.csv", map_scores((1, "Fall", 200, "Avg"), measure="Math"))
    assert desk.rows("SELECT key, name FROM measure") == [(2, "MAP Growth Math")]


def _files(dice: random.Random) -> dict[str, bytes]:
    def some(count: int) -> list[int]:
        return sorted(dice.sample(range(1, 9), count))

    def scores(season: str) -> bytes:
        return map_scores(*((n, season, dice.randint(150, 240), dice.choice(["Low", "Avg", "High"])) for n in some(5)))

    days = ["2025-10-01", "2025-10-02", "2025-11-05"]
    return {
        "students_2025.csv": students(8),
        "students_2025b.csv": students(6, race="Asian"),
        "fall.csv": scores("Fall"),
        "fall2.csv": scores("Fall"),
        "winter.csv": scores("Winter"),
        "incidents.csv": incidents(*((n, dice.choice(["Hitting", "Running"]), dice.choice(days)) for n in some(6))),
        "incidents2.csv": incidents(*((n, "Running", dice.choice(days)) for n in some(4))),
        "absences.csv": absences(*((n, dice.choice(days)) for n in some(7))),
    }


@pytest.mark.parametrize("seed", range(4))
def test_any_order_equals_never_having_imported_what_was_taken_back(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    files = _files(dice)
    mode = dice.choice(list(Mode))
    (tmp_path / "busy").mkdir()
    busy = Desk(tmp_path / "busy")
    standing: dict[str, str] = {}
    order: list[str] = []
    for _ in range(11):
        if standing and dice.random() < 0.35:
            name = dice.choice(sorted(standing))
            busy.workspace.do(imports.take_back, standing.pop(name))
            order.remove(name)
            if dice.random() < 0.3:
                busy.workspace.undo()
                if dice.random() < 0.3:
                    busy.workspace.redo()
                    busy.workspace.undo()
                standing[name] = ""
                standing[name] = _standing_id(busy, name)
                order = _by_key(busy)
        else:
            name = dice.choice(sorted(set(files) - set(standing)) or sorted(files))
            if name in standing:
                continue
            standing[name] = busy.bring(name, files[name], mode)
            order.append(name)
    (tmp_path / "calm").mkdir()
    calm = Desk(tmp_path / "calm")
    for name in order:
        calm.bring(name, files[name], mode)
    a, b = busy.meaning(), calm.meaning()
    for part in b:
        assert a[part] == b[part], part
    busy.workspace.close()
    calm.workspace.close()


def _standing_id(desk: Desk, name: str) -> str:
    return next(
        r.id for r in desk.workspace.ask(imports.receipts) if r.file_name == name and r.state is ImportState.APPLIED
    )


def _by_key(desk: Desk) -> list[str]:
    found = [r for r in desk.workspace.ask(imports.receipts) if r.state is ImportState.APPLIED]
    return [r.file_name for r in sorted(found, key=lambda r: r.key)]


def test_kept_rows_are_erased_after_their_days(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    old = desk.bring("one.csv", map_scores((1, "Fall", 200, "Avg")))
    desk.workspace.do(imports.take_back, old)
    desk.bring("two.csv", map_scores((2, "Fall", 200, "Avg")))
    assert desk.rows("SELECT count(*) FROM score") == [(2,)]
    desk.db.now = lambda: datetime(2026, 4, 1, tzinfo=UTC)
    desk.bring("three.csv", map_scores((3, "Fall", 200, "Avg")))
    assert desk.rows("SELECT count(*) FROM score") == [(2,)]
    assert desk.rows("SELECT count(*) FROM student") == [(2,)]


# Counts ------------------------------------------------------------------------------------------------------------------------------


def test_groups_bands_movement_and_attendance_are_counted(desk: Desk) -> None:
    desk.bring("students_2025.csv", students(6))
    fall = [(n, "Fall", 180 + n, "Low" if n < 4 else "Avg") for n in range(1, 7)]
    winter = [(n, "Winter", 190 + n, "Avg") for n in range(1, 6)]
    desk.bring("map.csv", map_scores(*fall, *winter))
    desk.bring(
        "incidents.csv",
        incidents(*[(1, "Hitting", "2025-10-01")] * 6, (2, "Running", "2025-10-02"), (2, "Running", "2025-10-03")),
    )
    desk.bring("absences.csv", absences(*((1, f"2025-10-{n:02d}") for n in range(1, 13)), *((2, "2025-10-01"),)))
    group = {name: key for key, name in desk.rows("SELECT key, name FROM word WHERE kind = 'group'")}
    assert {"all", "sex:F", "sex:M", "race:White", "race:Black", "flag:IEP"} <= set(group)
    level = dict(desk.rows("SELECT word, key FROM level"))
    window = dict(desk.rows("SELECT name, key FROM word WHERE kind = 'window'"))

    def n(sql: str) -> object:
        return desk.rows(sql)[0][0]

    def levels(name: str, word: str) -> object:
        return n(
            f'SELECT sum(n) FROM screening_count WHERE live=1 AND "group"={group[name]} AND level={level[word]} AND "window"={window["Fall"]}'
        )

    assert (levels("all", "Low"), levels("all", "Avg")) == (3, 3)
    assert (levels("race:Black", "Low"), levels("race:White", "Low")) == (2, 1)
    assert levels("flag:IEP", "Low") == 1
    moved = (
        f'SELECT sum(n) FROM movement_count WHERE live=1 AND "group"={group["all"]} AND from_window={window["Fall"]}'
    )
    assert n(f"{moved} AND from_level={level['Low']} AND to_level={level['Avg']}") == 3
    assert n(f"{moved} AND from_level={level['Avg']} AND to_level IS NULL") == 1
    bands = desk.rows(
        f'SELECT band, sum(n) FROM referral_band_count WHERE live=1 AND "group"={group["all"]} AND major IS NULL GROUP BY band'
    )
    assert bands == [(0, 4), (1, 1), (2, 1)]
    days = desk.rows(f'SELECT band, sum(n) FROM attendance_count WHERE live=1 AND "group"={group["all"]} GROUP BY band')
    assert days == [(0, 4), (1, 1), (3, 1)]
    assert n("SELECT sum(n) FROM absence_count WHERE live=1") == 13
    assert desk.rows(
        f'SELECT incidents, students FROM incident_group_count WHERE live=1 AND "group"={group["all"]} ORDER BY 1'
    ) == [(8, 2)]
    near = f'SELECT near, sum(n) FROM screening_count WHERE live=1 AND "group"={group["all"]} AND "window"={window["Fall"]} GROUP BY near'
    assert desk.rows(near) == [(1, 3), (2, 3)]


def test_chronic_absence_is_compared_exactly(desk: Desk) -> None:
    """12 of 120 school days is chronic."""
    year = desk.workspace.ask(places.this_year)
    home = next(p for p in desk.workspace.ask(places.places) if p.kind is OrganizationKind.DIVISION)
    desk.workspace.do(places.set_calendar, home.id, year.id, first_day=date(2025, 8, 18), last_day=date(2026, 1, 30))
    desk.bring("students_2025.csv", students(2))
    day = date(2025, 8, 18)
    weekdays = [d for d in (date.fromordinal(day.toordinal() + n) for n in range(166)) if d.weekday() < 5]
    assert len(weekdays) == 120
    last = weekdays[-1].isoformat()
    desk.bring(
        "absences.csv",
        absences(*((1, d.isoformat()) for d in weekdays[:11]), (1, last), *((2, d.isoformat()) for d in weekdays[:11])),
    )
    everyone = "\"group\" = (SELECT key FROM word WHERE kind = 'group' AND name = 'all')"
    found = desk.rows(f"SELECT band, n FROM attendance_count WHERE live=1 AND month=1 AND {everyone} ORDER BY band")
    assert found == [(1, 1), (2, 1)]


# By hand ------------------------------------------------------------------------------------------------------------------------------


def test_scores_typed_by_hand_are_one_import_a_day(desk: Desk) -> None:
    desk.bring("students_2025.csv", students(2))
    desk.bring("map.csv", map_scores((1, "Fall", 200, "Avg")))
    (number,) = desk.rows("SELECT number FROM student WHERE key = 1")[0]
    first = desk.workspace.do(
        by_hand.type_scores, (HandScore(int(number), "MAP Growth Reading", date(2026, 2, 2), 203),)
    ).value
    again = desk.workspace.do(
        by_hand.type_scores,
        (
            HandScore(int(number), "MAP Growth Reading", date(2026, 2, 2), 205),
            HandScore(int(number), "MAP Growth Reading", date(2026, 2, 9), 210),
        ),
    ).value
    assert first == again
    assert desk.rows("SELECT value FROM score WHERE live = 1 ORDER BY value") == [(200.0,), (205.0,), (210.0,)]
    desk.workspace.do(imports.take_back, first)
    assert desk.rows("SELECT value FROM score WHERE live = 1") == [(200.0,)]


@pytest.mark.parametrize(
    ("score", "sentence"),
    [
        (HandScore(99, "MAP Growth Reading", date(2026, 2, 2), 1), "no Student 0099"),
        (HandScore(1, "Nothing", date(2026, 2, 2), 1), "no measure"),
        (HandScore(1, "MAP Growth Reading", date(2026, 12, 2), 1), "not come yet"),
        (HandScore(1, "MAP Growth Reading", date(2026, 2, 2), 1, "Summer"), "no season"),
    ],
)
def test_scores_by_hand_that_cannot_be(desk: Desk, score: HandScore, sentence: str) -> None:
    desk.bring("map.csv", map_scores((1, "Fall", 200, "Avg")))
    with pytest.raises(UserError, match=sentence):
        desk.workspace.do(by_hand.type_scores, (score,))


# The sample division's own exports ---------------------------------------------------------------------------------------------------------

EXPORTS = (
    "students_2024",
    "students_2025",
    "mclass_dibels8_2024",
    "mclass_dibels8_2025",
    "map_growth_2024",
    "map_growth_2025",
    "fastbridge_progress_2024",
    "fastbridge_progress_2025",
    "incidents_2024",
    "incidents_2025",
    "attendance_2024",
    "attendance_2025",
)


@pytest.mark.slow
def test_the_sample_divisions_exports_come_in_cleanly(desk: Desk) -> None:
    from mtss_desktop.base import paths

    folder = paths.resource("sample", "exports")
    for name in EXPORTS:
        file = folder / f"{name}.csv"
        rows = sum(1 for row in csv.reader(file.open(encoding="utf-8", newline="")) if row) - 1
        done = desk.workspace.do(imports.apply, desk.workspace.ask(imports.plan, str(file), mode=Mode.NAMES)).value
        assert done.rows == rows, name
        assert (done.problem_rows, done.question_rows, done.skipped_rows) == (0, 0, 0), (
            name,
            done.problems[:3],
            done.questions[:3],
        )
        assert done.new > 0
    assert desk.rows("SELECT count(*) FROM student") == [(400,)]
    assert desk.rows("SELECT count(*) FROM student_id WHERE kind = 'local'") == [(400,)]


def test_fastbridge_goals_are_kept(desk: Desk) -> None:
    row = {
        "Assessment": "CBMreading",
        "School": "PRE",
        "Student Id": "s1",
        "AssessmentDate": "10/7/2025",
        "ScoreMetric": "WRC",
        "Score": "5",
        "Start Goal": "6",
        "End Goal": "39",
        "Goal Start Date": "9/29/2025",
        "Goal End Date": "5/15/2026",
    }
    desk.bring("fb.csv", table(FASTBRIDGE, [row]))
    assert desk.rows("SELECT start_value, end_value, live FROM goal_line") == [(6.0, 39.0, 1)]
    changed = desk.plan("fb2.csv", table(FASTBRIDGE, [row | {"End Goal": "45"}]))
    assert changed.result.unchanged == 1
    desk.workspace.do(imports.apply, changed)
    assert desk.rows("SELECT end_value FROM goal_line WHERE live = 1") == [(45.0,)]


def test_mclass_levels_know_their_tiers(desk: Desk) -> None:
    row = {
        "School Year": "2025-2026",
        "Primary School ID": "0050110",
        "Enrollment Grade": "2",
        "Benchmark Period": "BOY",
        "Composite Level": "Well Below Benchmark",
        "Composite Score": "271",
        "Client Date": "2025-10-05",
        "Student Primary ID": "605000",
    }
    desk.bring("mclass.csv", table(MCLASS, [row]))
    assert desk.rows("SELECT l.word, t.tier FROM level l JOIN level_tier t ON t.level_key = l.key") == [
        ("Well Below Benchmark", 3)
    ]


def test_the_check_can_be_prepared_away_from_the_database(desk: Desk) -> None:
    prepared = import_plans.prepare(desk.file("s.csv", students()), today=date(2026, 2, 12))
    assert prepared.profile.key == "aspen-students"
    assert prepared.why == "15 of 15 columns of Aspen students are in the file"
    found = desk.workspace.ask(imports.plan, prepared=prepared, mode=Mode.NAMES)
    assert found.count(Verdict.NEW) == 4
    shutil.rmtree(desk.folder / "copies", ignore_errors=True)


def test_questions_are_answered_by_checking_again(desk: Desk) -> None:
    data = (LONG + "01,Math,4/5/2025,10\n").encode()
    asked = desk.plan("s.csv", data)
    assert asked.result.question_rows == 1
    assert [each.key for each in asked.questions] == ["date_order"]
    answered = desk.plan("s.csv", data, answers=(("date_order", "mdy"),))
    assert (answered.result.new, answered.result.question_rows) == (1, 0)


@question("How many steps there are")
def steps(work) -> int:  # type: ignore[no-untyped-def]
    return ledger.latest_step(work)


def test_nothing_to_write_makes_no_step(desk: Desk) -> None:
    before = desk.workspace.ask(steps)
    done = desk.workspace.do(imports.apply, desk.plan("empty.csv", LONG.encode()))
    assert (done.step, done.value.status, done.value.import_id) == (0, "nothing to take", "")
    assert desk.workspace.ask(steps) == before


def test_damaged_files_come_in_and_go_out_whole(desk: Desk) -> None:
    """Whatever is left of a file is written or refused; taken back, nothing of it stays."""
    from tests.importing.mutated import FILES, beginning, damaged

    empty = desk.meaning()
    applied = 0
    for seed in range(12):
        name = FILES[seed % len(FILES)]
        data = damaged(beginning(name), random.Random(f"desk{seed}"))
        before = desk.everything()
        try:
            import_id = desk.bring(f"{name}.csv", data)
        except UserError:
            assert desk.everything() == before
            continue
        if import_id:
            applied += 1
            desk.workspace.do(imports.take_back, import_id)
        assert desk.meaning() == empty
    assert applied > 3
