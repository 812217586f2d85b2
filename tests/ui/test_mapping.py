"""An unknown file by keys: what its columns mean, a measure renamed, a question answered, and on to the rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.domain.files import Mode
from mtss_desktop.ui.kit.layouts import ScrollPage
from mtss_desktop.ui.kit.scope import Names, Scope
from mtss_desktop.ui.panes.imports.mapping_view import MappingView
from mtss_desktop.ui.panes.imports.pane import ImportsPane
from mtss_desktop.usecases import imports, layouts, places
from tests.ui.audit import audit
from tests.ui.conftest import MakeWindow
from tests.ui.test_imports import Answers
from tests.usecases.test_mapping import HEAD, two_files, wide

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def pane(make_window: MakeWindow, workspace: Workspace) -> ImportsPane:
    workspace.do(places.set_mode, mode=Mode.NAMES)
    window = make_window(workspace)
    window.go_to("imports")
    found = window.current
    assert isinstance(found, ImportsPane)
    return found


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)
    QApplication.processEvents()


def type_in_editor(view: MappingView, text: str) -> None:
    editor = view.columns.findChildren(QLineEdit)[-1]
    editor.clear()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    for _ in range(3):
        QApplication.processEvents()


def understood(view: MappingView) -> list[str]:
    return [row.what for row in view.understood.records if row.line == 2]


def test_an_unknown_file_is_mapped_and_checked_by_keys(pane: ImportsPane, workspace: Workspace, tmp_path: Path) -> None:
    before = workspace.history()
    pane.take_files([Path(wide(tmp_path))])
    view = pane.mapping.view
    assert pane.is_mapping
    assert pane.header.title.text() == "What is in this file?"
    assert view.groups.hasFocus()
    assert view.heading.text() == "One pattern for 4 columns"
    assert view.pattern.text() == "measure season year"
    assert understood(view) == ["Read", "Read", "Math"]
    assert not audit(pane)
    view.groups.setFocus()
    press(Qt.Key.Key_F6)
    assert view.columns.hasFocus()
    press(Qt.Key.Key_F2)
    type_in_editor(view, "Reading, composite")
    assert understood(view) == ["Reading, composite", "Reading, composite", "Math"]
    view.groups.choose("ids")
    view.columns.setFocus()
    view.columns.selectAll()
    press(Qt.Key.Key_Delete)
    assert not pane.mapping.check_button.isEnabled()
    assert pane.mapping.check_button.toolTip() == "Say which column tells the student"
    assert view.understood.records == []
    view.groups.choose("other")
    view.columns.choose("Local ID")
    view.columns.setFocus()
    press(Qt.Key.Key_1)
    assert pane.mapping.check_button.isEnabled()
    view.groups.choose("never")
    cells = [view.columns.rows.index(0, place).data() for place in range(view.columns.rows.columnCount())]
    assert "secret" not in cells
    assert workspace.history() == before, "nothing was written so far"
    press(Qt.Key.Key_Return, CONTROL)
    assert pane.is_checking
    assert [each.name for each in workspace.ask(layouts.own)] == ["Wide scores"]
    assert pane.apply_button.text() == "Apply 7 rows"
    press(Qt.Key.Key_Return, CONTROL)
    assert workspace.ask(imports.receipts)[0].new == 7


def test_questions_are_answered_where_they_stand_and_names_stay_hidden(pane: ImportsPane, tmp_path: Path) -> None:
    path = tmp_path / "quick.csv"
    path.write_text("Student ID,Student Name,Score\n0417,Ada Quill,12\n0418,Ben Reed,15\n")
    pane.take_files([path])
    view = pane.mapping.view
    shown = [view.understood.rows.index(row, 1).data() for row in range(view.understood.rows.rowCount())]
    assert not [text for text in shown if "Quill" in text]
    for line in view.now.groups if view.now is not None else ():
        view.groups.choose(line.key)
        table = view.columns.rows
        texts = [table.index(r, c).data() for r in range(table.rowCount()) for c in range(table.columnCount())]
        assert not [text for text in texts if "Quill" in str(text) or "0417" in str(text)]
    press(Qt.Key.Key_F4)
    answers = {"measure": "Quick check", "window": "", "year": ""}
    while view.question.isVisible():
        if answers[view.question.key]:
            QTest.keyClicks(view.question.field, answers[view.question.key])
            QTest.keyClick(view.question.field, Qt.Key.Key_Return)
        else:
            QTest.keyClick(view.question.buttons[0], Qt.Key.Key_Space)
    assert pane.mapping.check_button.isEnabled()
    assert understood(view) == ["Quick check"]
    pane.use_scope(Scope(names=Names.ON))
    assert view.understood.rows.index(0, 1).data() == "Ada Quill"
    press(Qt.Key.Key_Escape)
    assert not pane.is_mapping
    path = tmp_path / "years.csv"
    path.write_text("Local ID,Read_BOY_25,Read_MOY_25,Read_Sum_25\n0417,12,15,18\n0418,13,16,\n")
    pane.take_files([path])
    assert "“Read_Sum_25” names no season that is known" in pane.check.assumed.text()
    pane.map_columns()
    assert [button.text() for button in view.question.buttons] == [
        "Summer is a season",
        "Spring is a season",
        "Leave out 1 column",
    ]
    assert view.fits.text() == "2 fit, 1 question"
    page = view.findChild(ScrollPage)
    assert page is not None
    for width in (1100, 440):  # at twice the text, the smallest window is as narrow as this
        pane.resize(width, 640)
        view.resize(width, 500)
        QApplication.processEvents()
        assert page.widget().width() <= page.viewport().width(), "nothing stands beyond the edge"
    assert view.note.text() == "2 rows become 4 scores · first lines of the file"
    press(Qt.Key.Key_Return, CONTROL)
    assert (pane.is_mapping, "Once more goes on" in pane.trouble.text) == (True, True)
    assert view.question.buttons[0].hasFocus()
    press(Qt.Key.Key_Space)
    assert not view.question.isVisible()
    press(Qt.Key.Key_Return, CONTROL)
    assert pane.apply_button.text() == "Apply 5 rows"


def test_a_file_about_nobody_says_what_is_lacking(pane: ImportsPane, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "lunch.csv"
    path.write_text("Tray,Price\n1,2\n")
    before = workspace.history()
    pane.take_files([path])
    assert pane.is_mapping
    assert not pane.mapping.check_button.isEnabled()
    assert pane.mapping.check_button.toolTip() == "Say which column tells the student"
    view = pane.mapping.view
    QApplication.processEvents()  # the buttons of the question are shown with the next event
    pane.go_on()
    assert pane.trouble.text == "Say which column tells the student."
    assert [button.text() for button in view.question.buttons] == ["Tray", "Price"]
    assert view.question.buttons[0].hasFocus()
    press(Qt.Key.Key_Space)
    assert view.question.text == "Which column holds the scores?"
    assert workspace.history() == before


def test_a_second_file_is_joined_and_checked_with_the_first(
    pane: ImportsPane, workspace: Workspace, tmp_path: Path
) -> None:
    results, pupils = two_files(tmp_path)

    class Chosen(Answers):
        def which_file(self, *_: object) -> Path:
            return pupils

    pane.asking = Chosen()
    pane.take_files([results])
    view = pane.mapping.view
    view.second_button.click()
    assert view.second.isVisible()
    assert view.second.count.text() == "12 of the first 12 rows found"
    assert not audit(pane)
    assert understood(view)[:1] == ["Read"]
    pane.go_on()
    assert pane.is_checking
    assert pane.apply_button.text() == "Apply 24 rows"
    pane.apply()
    pane.take_files([results])
    assert "hand over both at once" in pane.trouble.text
    pane.take_files([results, pupils])
    assert pane.is_checking
    assert pane.check.plan is not None
    assert pane.check.plan.result.file == "results.csv"


def test_layouts_are_given_taken_and_removed(pane: ImportsPane, workspace: Workspace, tmp_path: Path) -> None:
    pane.take_files([Path(wide(tmp_path))])
    pane.go_on()
    pane.leave_file()
    (own,) = workspace.ask(layouts.own)
    target = tmp_path / "layout.toml"

    class Chosen(Answers):
        def where_to_save(self, *_: object) -> Path:
            return target

        def which_file(self, *_: object) -> Path:
            return target

    pane.asking = Chosen()
    pane.mapping.give(own)
    assert "Read" in target.read_text()
    assert HEAD.split(",")[0] in target.read_text()
    pane.mapping.remove(own)
    assert workspace.ask(layouts.own) == ()
    pane.mapping.take()
    assert [each.key for each in workspace.ask(layouts.own)] == [own.key]
    target.write_text("no layout")
    pane.mapping.take()
    assert "is not a readable profile" in pane.trouble.text
