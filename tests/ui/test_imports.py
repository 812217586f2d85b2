"""The room of imports by keys and drops: check, leave out, apply, take back, bring back; and what cannot be read."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import Cancelled, UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.domain.facts import Verdict
from mtss_desktop.domain.files import ImportState, Mode
from mtss_desktop.ui.jobs import WindowJobs
from mtss_desktop.ui.kit.scope import Names, Scope
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.imports.pane import ImportsPane
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import import_plans, imports, places
from tests.helpers.bad_files import ACCENTED, BAD_LINES, ENCODINGS, GOOD_LINES, UNREADABLE, bad_rows
from tests.ui.audit import audit, audit_in_every_theme
from tests.ui.conftest import MakeWindow
from tests.usecases.test_imports import incidents

HEAD = "Student ID,First Name,Last Name,School,Grade,Assessment,Window,School Year,Score,Level,Locker Password"
FALL = (
    "0417,Ada,Quill,Holcomb Middle,6,Oral reading,Fall,2026-27,47,Below",
    "0418,Ben,Reed,Holcomb Middle,6,Oral reading,Fall,2026-27,91,At",
    "0421,Cleo,Stone,Holcomb Middle,6,Oral reading,Fall,2026-27,112,Above",
)
LATER = (
    "0417,Ada,Quill,Holcomb Middle,6,Oral reading,Fall,2026-27,74,Below",
    "0418,Ben,Reed,Holcomb Middle,6,Oral reading,Fall,2026-27,91,At",
    "0430,Dora,Tal,Holcomb Middle,6,Oral reading,Fall,2026-27,66,Below",
)


def write(path: Path, rows: Sequence[str]) -> Path:
    path.write_text("\n".join([HEAD, *(f"{row},secret" for row in rows)]) + "\n", encoding="utf-8")
    return path


@dataclass
class Answers:
    """Answers the system's file dialog."""

    files: tuple[Path, ...] = ()
    folders: list[Path] = field(default_factory=list)

    def where_to_save(self, parent: QWidget, title: str, suggested: Path, kinds: str) -> Path | None:
        return None

    def which_file(self, parent: QWidget, title: str, folder: Path, kinds: str) -> Path | None:
        return None

    def which_files(self, parent: QWidget, title: str, folder: Path, kinds: str) -> tuple[Path, ...]:
        self.folders.append(folder)
        return self.files


@pytest.fixture
def fall(tmp_path: Path) -> Path:
    return write(tmp_path / "fluency_fall.csv", FALL)


@pytest.fixture
def later(tmp_path: Path) -> Path:
    return write(tmp_path / "fluency_later.csv", LATER)


@pytest.fixture
def window(make_window: MakeWindow, workspace: Workspace) -> MainWindow:
    """The room of imports on a database that keeps names."""
    workspace.do(places.set_mode, mode=Mode.NAMES)
    made = make_window(workspace, room="imports")
    made.go_to("imports")
    return made


@pytest.fixture
def pane(window: MainWindow) -> ImportsPane:
    found = window.current
    assert isinstance(found, ImportsPane)
    return found


def chips(pane: ImportsPane) -> dict[str, str]:
    return {key: button.text() for key, button in pane.check.chips._chips.items()}


def texts(pane: ImportsPane, key: str) -> list[str]:
    """A column of the check, as shown."""
    model = pane.check.table.rows
    place = next(n for n, column in enumerate(model.columns) if column.key == key)
    return [str(model.index(row, place).data() or "") for row in range(model.rowCount())]


def checked(pane: ImportsPane) -> list[bool]:
    model = pane.check.table.rows
    return [
        model.index(row, 1).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        for row in range(model.rowCount())
    ]


def label(pane: ImportsPane) -> str:
    return pane.apply_button.text()


def take(pane: ImportsPane, *files: Path) -> None:
    pane.take_files(files)


# First ---------------------------------------------------------------------------------------------------------------------


def test_an_empty_room_says_what_to_do(pane: ImportsPane, fall: Path) -> None:
    assert pane.empty.isVisible()
    assert pane.header.sentence.text() == "Nothing has been brought in."
    assert pane.empty.button.hasFocus()
    answers = Answers((fall,))
    pane.asking = answers
    QTest.keyClick(pane.empty.button, Qt.Key.Key_Space)
    assert answers.folders
    assert pane.is_checking


def drag(path: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    data.setText(str(path))  # as some systems do
    return data


def test_a_drop_on_any_room_brings_the_file_here(window: MainWindow, fall: Path) -> None:
    data = drag(fall)
    act, none, left = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    window.go_to("teams")
    entered = QDragEnterEvent(QPoint(5, 5), act, data, left, none)
    window.dragEnterEvent(entered)
    assert entered.isAccepted()
    assert window.edge.isVisible()
    assert window.edge.size() == window.size()
    edge = window.grab().toImage().pixelColor(1, window.height() // 2)
    assert edge.name() == look().color("focus").name()
    window.dragLeaveEvent(QDragLeaveEvent())
    assert not window.edge.isVisible()
    window.dropEvent(QDropEvent(QPointF(5, 5), act, data, left, none))
    assert isinstance(window.current, ImportsPane)
    assert window.current.is_checking
    assert not window.edge.isVisible()
    for key in window.kinds:
        window.go_to(key)
        QApplication.processEvents()
        for each in (*window.findChildren(QLineEdit), *window.findChildren(QPlainTextEdit)):
            if each.isVisible() and each.isEnabled():
                over = QDragEnterEvent(QPoint(3, 3), act, data, left, none)
                target = each.viewport() if isinstance(each, QPlainTextEdit) else each
                QApplication.sendEvent(target, over)
                assert window.edge.isVisible(), f"a file over “{each.accessibleName()}” in {key} is for the window"
                window.dragLeaveEvent(QDragLeaveEvent())
    words = QMimeData()
    words.setText("just words")
    refused = QDragEnterEvent(QPoint(5, 5), act, words, left, none)
    refused.ignore()
    window.dragEnterEvent(refused)
    assert not refused.isAccepted()


# The check -----------------------------------------------------------------------------------------------------------------


def test_nothing_is_written_before_the_button_is_pressed(pane: ImportsPane, workspace: Workspace, fall: Path) -> None:
    before = workspace.history()
    take(pane, fall)
    assert pane.header.title.text() == "Check before anything is written"
    assert "fluency_fall.csv, 3 rows" in pane.header.sentence.text()
    assert label(pane) == "Apply 3 rows"
    assert chips(pane) == {"all": "All 3", "new": "3 new"}
    assert texts(pane, "verdict") == ["New"] * 3
    assert pane.check.mode.text() == "Names · 1 column never read"
    assert "3 new students" in pane.check.effect.sentence.text()
    assert workspace.history() == before
    pane.leave_file()
    assert not pane.is_checking
    assert workspace.history() == before


def test_new_changed_same_and_gone_stand_apart(pane: ImportsPane, fall: Path, later: Path) -> None:
    take(pane, fall)
    pane.apply()
    take(pane, later)
    assert chips(pane) == {
        "all": "All 4",
        "new": "1 new",
        "changed": "1 changed",
        "gone": "1 gone",
        "unchanged": "1 same",
    }
    assert label(pane) == "Apply 2 rows"
    assert texts(pane, "line") == ["2", "3", "4", "–"]
    assert checked(pane) == [True, False, True, False]
    pane.check.chips._chips["changed"].click()
    assert texts(pane, "verdict") == ["Changed"]
    row = pane.check.table.current
    assert row is not None
    assert (row.old_value, row.value) == ("47", "74")
    assert "Score 47 becomes 74." in pane.check.this_row.sentence.text()
    spoken = pane.check.table.rows.index(0, 6).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Score, 74, was 47"


def test_students_are_numbers_unless_names_are_on(
    window: MainWindow, pane: ImportsPane, fall: Path, later: Path
) -> None:
    take(pane, fall)
    pane.apply()
    take(pane, later)
    masked = texts(pane, "student")
    assert all(text.startswith("Student ") or text == "new student" for text in masked)
    shown = [*window.findChildren(QLabel), *window.findChildren(QPushButton)]
    assert "Quill" not in " ".join(widget.text() for widget in shown)
    assert "Quill" not in window.windowTitle()
    window.use_scope(Scope(names=Names.ON))
    assert "Ada Quill" in texts(pane, "student")
    assert pane.is_checking, "another way of naming does not read the file again"
    window.use_scope(Scope(names=Names.OFF))
    student = next(n for n, column in enumerate(pane.check.table.rows.columns) if column.key == "student")
    assert pane.check.table.isColumnHidden(student)
    assert "Student" not in pane.check.this_row.heading.text()


def test_space_takes_rows_out_and_in_again(pane: ImportsPane, workspace: Workspace, fall: Path) -> None:
    take(pane, fall)
    table = pane.check.table
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert label(pane) == "Apply 2 rows"
    assert checked(pane) == [False, True, True]
    assert pane.check.this_row.sentence.text() == "Left out by you. Space takes it in again."
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert label(pane) == "Apply 3 rows"
    table.selectAll()
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert not pane.apply_button.isEnabled()
    assert pane.apply_button.toolTip() == "Every row is left out: Space takes one in again"
    pane.apply()
    assert workspace.ask(imports.receipts) == ()
    table.clearSelection()
    table.setCurrentIndex(table.rows.index(2, 0))
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (receipt,) = workspace.ask(imports.receipts)
    assert (receipt.new, receipt.left_out) == (1, 2)


def test_a_click_on_the_box_is_the_same(pane: ImportsPane, fall: Path) -> None:
    take(pane, fall)
    table = pane.check.table
    box = table.visualRect(table.rows.index(1, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert checked(pane) == [True, False, True]


def test_gone_rows_go_only_when_the_file_is_complete(
    pane: ImportsPane, workspace: Workspace, fall: Path, later: Path
) -> None:
    take(pane, fall)
    pane.apply()
    take(pane, later)
    assert "gone rows stay until you say so" in pane.check.effect.sentence.text()
    pane.check.complete.setChecked(True)
    assert label(pane) == "Apply 3 rows"
    assert "1 gone are taken out" in pane.check.effect.sentence.text()
    assert checked(pane) == [True, False, True, True]
    pane.apply()
    assert workspace.ask(imports.receipts)[0].gone == 1


def test_a_question_about_the_file_is_answered_in_place(pane: ImportsPane, tmp_path: Path) -> None:
    path = tmp_path / "dates.csv"
    path.write_text("Student ID,School,Test,Test Date,Score\n0417,Holcomb Middle,Fluency,4/5/2026,47\n")
    take(pane, path)
    assert "month first" in pane.check.question.text
    assert pane.check.question.buttons[0].hasFocus()
    assert not pane.apply_button.isEnabled()
    assert pane.apply_button.toolTip() == "Answer the question first"
    QTest.keyClick(pane.check.question.buttons[1], Qt.Key.Key_Space)
    assert texts(pane, "when") == ["5/4/2026"]
    assert not pane.check.question.isVisible()
    assert label(pane) == "Apply 1 row"


def test_a_list_of_teams_shows_people_and_teams(pane: ImportsPane, tmp_path: Path) -> None:
    path = tmp_path / "teams.csv"
    path.write_text("Team,Member,Role,School\nAttendance committee,Ada Okafor,Chair,Holcomb Middle\n")
    take(pane, path)
    assert [texts(pane, key) for key in ("what", "when", "level", "why")] == [
        ["Ada Okafor"],
        ["facilitator"],
        ["Attendance committee"],
        ["a team that is not here yet"],
    ]
    assert label(pane) == "Apply 1 row"


def test_the_first_file_decides_how_much_is_kept(make_window: MakeWindow, workspace: Workspace, fall: Path) -> None:
    window = make_window(workspace, room="imports")
    window.go_to("imports")
    pane = window.current
    assert isinstance(pane, ImportsPane)
    schools = fall.with_name("schools.csv")
    schools.write_text("School Name,School Code,Grade Span\nOak Hill High School,OHH,9-12\n")
    take(pane, schools)
    assert not pane.check.modes.isVisible(), "a list of schools decides nothing about students"
    pane.apply()
    assert workspace.ask(places.rules).mode is None
    take(pane, fall)
    assert pane.check.modes.isVisible()
    assert "decides for the whole database" in pane.check.decides.text()
    assert pane.check.modes.chosen == Mode.COUNTS.value
    assert "no row of a student is kept" in pane.check.effect.sentence.text()
    pane.check.modes._pick(Mode.PSEUDONYMS.value)
    assert pane.check.plan is not None
    assert pane.check.plan.mode is Mode.PSEUDONYMS
    pane.apply()
    assert workspace.ask(places.rules).mode is Mode.PSEUDONYMS
    take(pane, fall)
    assert not pane.check.modes.isVisible()
    assert pane.check.mode.text().startswith("Pseudonyms")


# What cannot be read -------------------------------------------------------------------------------------------------------


def test_what_cannot_be_read_is_one_sentence_with_a_way_on(
    pane: ImportsPane, workspace: Workspace, tmp_path: Path
) -> None:
    """Empty, binary, cut off in the middle of a cell. (What is only unknown is mapped by hand.)"""
    before = workspace.history()
    path = tmp_path / "lunch.csv"
    for name in ("empty", "binary", "cut off in a cell"):
        content, sentence = UNREADABLE[name]
        path.write_bytes(content)
        take(pane, path)
        assert sentence in pane.trouble.text
        assert not pane.is_checking
        assert next(button.text() for button in pane.trouble.buttons) == "Choose another file"
    assert workspace.history() == before


def test_rows_that_cannot_be_say_why_and_stay_out(pane: ImportsPane, workspace: Workspace, tmp_path: Path) -> None:
    """Impossible dates and scores, rows too short and too long."""
    take(pane, bad_rows(tmp_path))
    assert label(pane).startswith(f"Apply {len(GOOD_LINES)} ")
    why = dict(zip(texts(pane, "line"), zip(texts(pane, "verdict"), texts(pane, "why"), strict=True), strict=True))
    assert all(why[str(line)][0] == "Problem" and why[str(line)][1] for line in BAD_LINES)
    assert all(why[str(line)][0] == "New" for line in GOOD_LINES)
    before = len(workspace.history())
    pane.apply()
    assert len(workspace.history()) == before + 1


def test_accents_come_right_in_every_common_encoding(pane: ImportsPane, tmp_path: Path) -> None:
    for encoding in ENCODINGS:
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(ACCENTED.encode(encoding))
        take(pane, path)
        assert chips(pane) == {"all": "All 3", "new": "3 new"}, encoding
        pane.leave_file()


def test_an_unknown_layout_can_be_read_as_another(pane: ImportsPane, fall: Path) -> None:
    take(pane, fall)
    pane.checking.fill_layouts()
    acts = {act.text(): act for act in pane.checking.layouts.actions()}
    acts["Aspen attendance"].trigger()
    assert "no column for" in pane.trouble.text
    acts["Scores, one per row"].trigger()
    assert not pane.trouble.text
    assert label(pane) == "Apply 3 rows"


def test_a_folder_brings_its_tables_one_after_the_other(pane: ImportsPane, fall: Path, later: Path) -> None:
    (fall.parent / "notes.md").write_text("no table")
    take(pane, fall.parent)
    assert pane.header.sentence.text().startswith("1 of 2 · fluency_fall.csv")
    pane.apply()
    assert pane.header.sentence.text().startswith("2 of 2 · fluency_later.csv")
    assert "1 changed" in chips(pane)["changed"]
    pane.leave_file()
    assert not pane.is_checking


def test_a_zip_brings_its_tables_and_says_what_it_passes_over(pane: ImportsPane, fall: Path, tmp_path: Path) -> None:
    late = ("0440,Eve,Umber,Holcomb Middle,6,Oral reading,Winter,2026-27,80,At",)
    winter = write(tmp_path / "fluency_winter.csv", late)
    bundle = tmp_path / "delivery.zip"
    with zipfile.ZipFile(bundle, "w") as packed:
        for file in (fall, winter):
            packed.write(file, file.name)
        packed.writestr("lunch.csv", "zq,qz\n1,2\n")
    take(pane, bundle)
    assert pane.header.sentence.text().startswith("1 of 2 · fluency_fall.csv")
    assert "lunch.csv" in pane.trouble.text
    pane.map_columns()
    assert "as a file of its own" in pane.trouble.text
    assert pane.is_checking
    pane.apply()
    assert pane.header.sentence.text().startswith("2 of 2 · fluency_winter.csv, 1 row")
    pane.apply()
    assert not pane.is_checking
    assert [each.file_name for each in pane.workspace.ask(imports.receipts)] == [winter.name, fall.name]


def test_a_doubtful_line_leads_to_its_import(pane: ImportsPane, fall: Path, tmp_path: Path) -> None:
    take(pane, fall)
    pane.apply()
    referrals = tmp_path / "referrals.csv"
    referrals.write_bytes(incidents((417, "Defiance", "2025-09-10"), (417, "Defiance", "2025-12-03")))
    pane.show_integrity()
    assert pane.integrity.fine.isVisible()
    assert pane.integrity.fine.button.hasFocus()
    QTest.keyClick(pane.integrity.fine.button, Qt.Key.Key_Space)
    assert not pane.is_doubting
    take(pane, referrals)
    pane.apply()
    take(pane, write(tmp_path / "again.csv", LATER))
    pane.apply()
    pane.show_integrity()
    table = pane.integrity.table
    assert [str(table.rows.index(0, n).data()) for n in range(3)] == ["Months without any", "Referrals", "2"]
    assert "missing" in pane.integrity.advice.text()
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert not pane.is_doubting
    assert pane.receipts.current is not None
    assert pane.receipts.current.file_name == "referrals.csv"


def test_what_comes_while_a_file_is_open_waits(pane: ImportsPane, fall: Path, later: Path) -> None:
    take(pane, fall)
    take(pane, later)
    assert pane.header.sentence.text().startswith("1 of 2 · fluency_fall.csv")
    pane.leave_file()
    assert pane.header.sentence.text().startswith("2 of 2 · fluency_later.csv")


def test_a_folder_without_tables_says_so(pane: ImportsPane, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    take(pane, empty)
    assert pane.trouble.text.startswith("There is no table in empty.")
    assert "Choose another file" in [each.text() for each in pane.trouble.buttons]


# Applied, and back ---------------------------------------------------------------------------------------------------------


def test_a_receipt_says_what_came_and_undo_takes_it_back(
    window: MainWindow, pane: ImportsPane, workspace: Workspace, fall: Path
) -> None:
    take(pane, fall)
    pane.apply()
    assert pane.receipts.isVisible()
    assert window.status.notice.text() == "3 rows of fluency_fall.csv applied"
    receipt = pane.receipts.current
    assert receipt is not None
    line = pane.receipts.table.as_text([receipt]).splitlines()[1].split("\t")
    assert line[0] == "fluency_fall.csv"
    assert {"applied", "3", "Names", "Scores, one per row"} <= set(line)
    assert receipt.sha256[:8] in pane.receipts.rules.text()
    window.status.undo.click()
    assert workspace.ask(imports.receipts)[0].state is ImportState.TAKEN_BACK
    assert "taken back" in pane.receipts.table.as_text(pane.receipts.table.records)


def test_take_back_asks_nothing_and_bring_back_undoes_it(
    pane: ImportsPane, workspace: Workspace, fall: Path, later: Path
) -> None:
    take(pane, fall)
    pane.apply()
    take(pane, later)
    pane.apply()
    applied = later_facts(workspace)
    first = workspace.ask(imports.receipts)[1]
    pane.receipts.table.choose(first.id)
    assert pane.turn_button.text() == "Take back"
    QTest.keyClick(pane.receipts.table, Qt.Key.Key_Delete)
    assert workspace.ask(imports.receipts)[1].state is ImportState.TAKEN_BACK
    assert pane.receipts.current is not None
    assert pane.receipts.current.id == first.id, "the same one stays chosen"
    assert pane.turn_button.text() == "Bring back"
    assert later_facts(workspace) != applied
    pane.turn_button.click()
    assert workspace.ask(imports.receipts)[1].state is ImportState.APPLIED
    assert later_facts(workspace) == applied


def later_facts(workspace: Workspace) -> tuple[object, ...]:
    """Every live score, as numbers."""
    import sqlalchemy as sa

    with workspace.database.read() as work:
        found = work.connection.execute(sa.text("SELECT student, value FROM score WHERE live ORDER BY student, value"))
        return tuple(tuple(row) for row in found)


def test_what_was_taken_back_long_ago_is_not_brought_back_at_will(workspace: Workspace, fall: Path) -> None:
    plan = workspace.ask(imports.plan, str(fall), mode=Mode.NAMES)
    done = workspace.do(imports.apply, plan).value
    with pytest.raises(UserError, match="was not taken back"):
        workspace.do(imports.bring_back, done.import_id)
    workspace.do(imports.take_back, done.import_id)
    workspace.do(places.add_school, name="In between")
    workspace.do(imports.bring_back, done.import_id)
    assert workspace.ask(imports.receipts)[0].state is ImportState.APPLIED
    assert len(later_facts(workspace)) == 3
    assert workspace.undo_label() != ""


def test_the_same_file_again_writes_nothing(
    window: MainWindow, pane: ImportsPane, workspace: Workspace, fall: Path
) -> None:
    take(pane, fall)
    pane.apply()
    take(pane, fall)
    assert "brought in before" in pane.header.sentence.text()
    assert not pane.apply_button.isEnabled()
    pane.leave_file()
    assert len(workspace.ask(imports.receipts)) == 1


def test_after_applying_the_keys_go_on_in_the_receipts(pane: ImportsPane, fall: Path) -> None:
    take(pane, fall)
    pane.check.table.setFocus()
    QTest.keyClick(pane.check.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert not pane.is_checking
    assert pane.receipts.table.hasFocus()


def test_esc_leaves_the_file_and_not_the_database(pane: ImportsPane, workspace: Workspace, fall: Path) -> None:
    take(pane, fall)
    leave = next(act for act in pane.acts() if act.key == "leave")
    assert leave.shortcut == "Esc"
    QTest.keyClick(pane.check.table, Qt.Key.Key_Escape)
    assert not pane.is_checking
    assert workspace.ask(imports.receipts) == ()


def test_a_reader_can_look_and_not_write(make_window: MakeWindow, workspace: Workspace, fall: Path) -> None:
    plan = workspace.ask(imports.plan, str(fall), mode=Mode.NAMES)
    workspace.do(imports.apply, plan)
    window = make_window(workspace, room="imports")
    window.go_to("imports")
    pane = window.current
    assert isinstance(pane, ImportsPane)
    pane.read_only = lambda: "This file is open for reading only"  # type: ignore[method-assign]
    pane.show_home()
    assert not pane.choose_button.isEnabled()
    assert not pane.turn_button.isEnabled()
    assert pane.turn_button.toolTip() == "This file is open for reading only"
    assert all(act.why_not() for act in pane.acts() if act.key not in ("leave", "integrity", "levels"))


# Large files and threads ---------------------------------------------------------------------------------------------------


def many(path: Path, rows: int) -> Path:
    lines = (f"{n:06},,,Holcomb Middle,6,Oral reading,Fall,2026-27,{n % 200},Below" for n in range(1, rows + 1))
    return write(path, tuple(lines))


def test_a_large_file_makes_only_the_rows_in_sight(pane: ImportsPane, tmp_path: Path) -> None:
    take(pane, many(tmp_path / "large.csv", 20_000))
    table = pane.check.table
    assert label(pane) == "Apply 20,000 rows"
    rows: object = table.rows.keyed.rows
    began = time.perf_counter()
    table.scrollToBottom()
    QApplication.processEvents()
    table.grab()
    assert time.perf_counter() - began < 0.5
    assert table.rows.index(19_999, 0).data() == "20,001"
    assert len(rows._pages) <= 4  # type: ignore[attr-defined]
    table.copy()
    assert QGuiApplication.clipboard().text().count("\n") < 60, "a copy without a choice takes what is in sight"


def wait_for(condition: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.002)
    assert condition()


@pytest.fixture
def busy(make_window: MakeWindow, workspace: Workspace) -> Iterator[ImportsPane]:
    """The room with real threads behind it."""
    workspace.do(places.set_mode, mode=Mode.NAMES)
    jobs = WindowJobs()
    window = make_window(workspace, jobs=jobs, room="imports")
    wait_for(lambda: jobs.busy == 0)
    window.go_to("imports")
    wait_for(lambda: jobs.busy == 0)
    pane = window.current
    assert isinstance(pane, ImportsPane)
    yield pane
    jobs.close()
    jobs.deleteLater()


def test_reading_and_writing_go_on_behind_the_window(busy: ImportsPane, workspace: Workspace, fall: Path) -> None:
    take(busy, fall)
    wait_for(lambda: busy.is_checking)
    busy.apply()
    assert not busy.apply_button.isEnabled(), "nobody presses it twice"
    wait_for(lambda: not busy.is_checking)
    assert len(workspace.ask(imports.receipts)) == 1
    wait_for(lambda: busy.receipts.current is not None)
    wait_for(lambda: busy.jobs.busy == 0)  # type: ignore[attr-defined]


def test_reading_can_be_stopped_and_begun_again(busy: ImportsPane, fall: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = import_plans.prepare

    def slow(file: str, *, progress: Progress, **more: object) -> object:
        for row in range(10_000):
            progress.step("Reading", row, 10_000, "rows")
            time.sleep(0.002)
        return real(file, progress=progress, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(import_plans, "prepare", slow)
    take(busy, fall)
    wait_for(busy.progress.isVisible)
    QTest.mouseClick(busy.progress.cancel, Qt.MouseButton.LeftButton)
    wait_for(lambda: busy.trouble.text)
    assert busy.trouble.text.startswith("Stopped")
    assert "Nothing was written." in busy.trouble.text
    assert not busy.progress.isVisible()
    monkeypatch.setattr(import_plans, "prepare", real)
    busy.trouble.buttons[0].click()
    wait_for(lambda: busy.is_checking)


def test_stopped_writing_leaves_the_database_as_it_was(
    pane: ImportsPane, workspace: Workspace, fall: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(pane, fall)
    before = workspace.history()

    def stopped(*_: object, **__: object) -> None:
        raise Cancelled("writing")

    monkeypatch.setattr("mtss_desktop.ui.panes.imports.check_flow.apply_plan", stopped)
    pane.apply()
    assert pane.trouble.text == "Stopped. Nothing was written: the database is as it was."
    assert pane.is_checking
    assert workspace.history() == before
    monkeypatch.undo()
    pane.trouble.buttons[0].click()
    assert len(workspace.ask(imports.receipts)) == 1


def test_what_changed_meanwhile_is_planned_again(
    pane: ImportsPane, workspace: Workspace, fall: Path, later: Path
) -> None:
    take(pane, later)
    workspace.do(imports.apply, workspace.ask(imports.plan, str(fall), mode=Mode.NAMES))
    assert pane.is_checking, "the check stays while others work"
    pane.apply()
    newest = workspace.ask(imports.receipts)[0]
    assert (newest.new, newest.changed, newest.unchanged) == (1, 1, 1)


def test_a_test_that_is_not_among_the_answers_is_named(pane: ImportsPane, tmp_path: Path) -> None:
    path = tmp_path / "small group.csv"
    path.write_text("Student ID,Student,9/5/2025,9/26/2025\n0417,Ada Quill,34,36\n", encoding="utf-8")
    pane.take_files([path])
    assert pane.check.other_test.isVisible()
    pane.check.other_test.setText("Fact fluency ")
    QTest.keyClick(pane.check.other_test, Qt.Key.Key_Return)
    assert pane.check.plan is not None
    assert (pane.check.plan.questions, pane.check.plan.count(Verdict.NEW)) == ((), 2)
    assert [row.what for row in pane.check.plan.rows(0, 9)] == ["Fact fluency", "Fact fluency"]
    assert not pane.check.other_test.isVisible()


def test_a_question_is_pointed_at_before_rows_go_without_it(pane: ImportsPane, tmp_path: Path) -> None:
    path = tmp_path / "quick.csv"
    path.write_text("Student ID,Test Date,Assessment,Score\n0417,4/5/2025,Quick,12\n0418,4/4/2025,Quick,13\n")
    take(pane, path)
    pane.check.table.setFocus()
    QTest.keyClick(pane.check.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pane.is_checking
    assert "Once more does without an answer: apply 1 row." in pane.trouble.text
    assert pane.check.question.buttons[0].hasFocus()
    pane.go_on()
    assert not pane.is_checking


def test_a_mended_file_is_read_anew(pane: ImportsPane, fall: Path, later: Path) -> None:
    take(pane, fall, later)
    assert label(pane) == "Apply 3 rows"
    write(fall, FALL[:2])
    QTest.keyClick(pane.check.table, Qt.Key.Key_F5)
    assert label(pane) == "Apply 2 rows"
    assert pane.leave_button.text() == "Next file"
    write(fall, FALL[:1])
    take(pane, fall)
    assert label(pane) == "Apply 1 row"
    assert "1 of 2" in pane.header.sentence.text(), "it does not wait behind itself"
    pane.leave_file()
    assert pane.check.plan is not None
    assert pane.check.plan.result.file == later.name
    assert pane.leave_button.text() == "Leave it"


# The audit -----------------------------------------------------------------------------------------------------------------


def show_state(pane: ImportsPane, state: str, folder: Path) -> None:
    fall, later = write(folder / "fluency_fall.csv", FALL), write(folder / "fluency_later.csv", LATER)
    if state == "trouble":
        (folder / "lunch.csv").write_text("")
        take(pane, folder / "lunch.csv")
    if state == "mapping":
        head = ",".join(f"{m}_{w}_25" for m in ("Read", "Math") for w in ("BOY", "MOY", "EOY"))
        (folder / "wide.csv").write_text(f"Local ID,Grade,Locker,Password,{head}\n0417,2,A 1,secret,1,2,3,4,5,6\n")
        take(pane, folder / "wide.csv")
    if state in ("receipts", "check", "question"):
        take(pane, fall)
        pane.apply()
    if state == "check":
        take(pane, later)
        pane.check.complete.setChecked(True)
    if state == "question":
        (folder / "dates.csv").write_text("Student ID,School,Test,Test Date,Score\n1,Holcomb Middle,F,4/5/2026,47\n")
        take(pane, folder / "dates.csv")
    for _ in range(4):  # text that wraps changes what is left for the rest
        QApplication.processEvents()


@pytest.mark.slow
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("state", ["empty", "trouble", "receipts", "check", "question", "mapping"])
def test_nothing_is_wrong_with_the_room_of_imports(
    make_window: MakeWindow, workspace: Workspace, tmp_path: Path, percent: int, state: str
) -> None:
    look().use("light", percent)
    workspace.do(places.set_mode, mode=Mode.NAMES)
    window = make_window(workspace, room="imports")
    window.go_to("imports")
    pane = window.current
    assert isinstance(pane, ImportsPane)
    show_state(pane, state, tmp_path)
    assert audit_in_every_theme(window) == ""


@pytest.mark.parametrize("state", ["empty", "check"])
def test_nothing_is_wrong_in_the_smallest_window(
    make_window: MakeWindow, workspace: Workspace, tmp_path: Path, state: str
) -> None:
    workspace.do(places.set_mode, mode=Mode.NAMES)
    window = make_window(workspace, width=1024, height=640, room="imports")
    window.go_to("imports")
    pane = window.current
    assert isinstance(pane, ImportsPane)
    show_state(pane, state, tmp_path)
    assert "\n".join(map(str, audit(window))) == ""


def test_verdicts_have_a_word_an_icon_and_a_tone() -> None:
    from mtss_desktop.ui.panes.imports import words
    from mtss_desktop.ui.theme import glyph

    for verdict in Verdict:
        assert verdict in words.ORDER
        assert glyph(words.ICONS[verdict])
        assert words.TONES[verdict]


def test_every_row_of_a_large_file_is_left_out_at_once(pane: ImportsPane, tmp_path: Path) -> None:
    take(pane, many(tmp_path / "large.csv", 20_000))
    table = pane.check.table
    table.selectAll()
    QApplication.processEvents()
    began = time.perf_counter()
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert time.perf_counter() - began < 0.5
    assert not pane.apply_button.isEnabled()
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert label(pane) == "Apply 20,000 rows"


# Questions about rows ------------------------------------------------------------------------------------------------------

ROSTER = (
    "Student ID,Last Name,First Name,Birth Date,School,Grade,School Year\n"
    "1001,Diaz,Ana,1/15/2015,Holcomb Middle,6,2026-27\n"
    "1002,Diaz,Ana,1/15/2015,Holcomb Middle,6,2026-27\n"
)
NAMELESS = (
    "Last Name,First Name,Birth Date,Assessment,Window,School Year,Score\n"
    "Diaz,Ana,1/15/2015,Oral reading,Fall,2026-27,58\n"
    "Diaz,Ana,1/15/2015,Oral reading,Winter,2026-27,66\n"
    "Ott,Mo,2/15/2015,Oral reading,Fall,2026-27,70\n"
)


def test_a_row_that_asks_about_a_word_leads_to_the_list_of_words_and_back(pane: ImportsPane, tmp_path: Path) -> None:
    (tmp_path / "level.csv").write_text(
        "Student ID,Assessment,Window,School Year,Score,Level\n"
        "0417,Oral reading fluency,Fall,2025-26,40,At\n0418,Oral reading fluency,Fall,2025-26,40,Odd word\n"
        "0419,Oral reading fluency,Fall,2025-26,44,At\n"
    )
    take(pane, tmp_path / "level.csv")
    table = pane.check.table
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_F4)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert pane.check.menu is not None
    next(act for act in pane.check.menu.actions() if act.text() == "Look at levels and words").trigger()
    pane.check.menu.close()
    assert pane.is_on_levels
    assert pane.back_button.text() == "Back to the check"
    pane.take_files([tmp_path / "level.csv"])
    assert pane.is_on_levels, "what is dropped meanwhile waits behind the check"
    view = pane.levels.view
    view.added.emit("Odd word")
    pane.leave_file()
    assert pane.is_checking
    assert texts(pane, "verdict") == ["New", "New", "New"]
    assert label(pane) == "Apply 2 rows", "the row that was left out stays so"


def test_a_question_is_answered_in_its_row_with_enter(
    pane: ImportsPane, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "roster.csv").write_text(ROSTER)
    (tmp_path / "scores.csv").write_text(NAMELESS)
    take(pane, tmp_path / "roster.csv")
    pane.apply()
    take(pane, tmp_path / "scores.csv")
    assert texts(pane, "verdict") == ["Question", "Question", "New"]
    assert label(pane) == "Apply 1 row"
    table = pane.check.table
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Space)  # the row that is in is left out, and stays so
    QTest.keyClick(table, Qt.Key.Key_F4)
    assert table.currentIndex().row() == 0, "the next question, from the top again"
    assert "press Enter" in pane.check.this_row.sentence.text()
    QTest.keyClick(table, Qt.Key.Key_Return)
    menu = pane.check.menu
    assert menu is not None
    assert menu.isVisible()
    shown = [act.text() for act in menu.actions() if act.text()]
    assert shown[0] == "Answers 2 rows."
    assert shown[-1] == "It is a new student"
    assert all(text.startswith("It is Student 0") for text in shown[1:3]), "names are masked"
    assert not audit(menu)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert texts(pane, "verdict") == ["New", "New", "New"]
    assert label(pane) == "Apply 2 rows"
    assert chips(pane) == {"all": "All 3", "new": "3 new"}
    QTest.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not pane.is_checking
    assert workspace.ask(imports.receipts)[0].new == 2
