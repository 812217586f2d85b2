"""The actions board on the sample division, driven by keys."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.domain.action_board import BoardLine, By
from mtss_desktop.domain.plans import ActionId, Priority
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.plans.pane import PlansPane
from mtss_desktop.ui.theme import THEMES, look
from mtss_desktop.usecases import actions
from tests.ui.audit import audit
from tests.ui.conftest import MakeWindow
from tests.ui.keys import CONTROL, SHIFT, press, type_
from tests.ui.test_kept import crash, texts


class Folder:
    """Answers the question where a file is kept."""

    def __init__(self, target: Path | None) -> None:
        self.target = target

    def where_to_save(self, parent: QWidget, title: str, suggested: Path, kinds: str) -> Path | None:
        return self.target


@pytest.fixture
def window(make_window: MakeWindow, sample: Workspace) -> MainWindow:
    made = make_window(sample)
    made.go_to("plans")
    QApplication.processEvents()
    return made


def pane_of(window: MainWindow) -> PlansPane:
    pane = window.current
    assert isinstance(pane, PlansPane)
    return pane


def lines(workspace: Workspace) -> dict[str, BoardLine]:
    return {line.id: line for line in workspace.ask(actions.board).lines}


def test_dates_of_a_selection_move_in_one_step_and_come_back(window: MainWindow, sample: Workspace) -> None:
    pane = pane_of(window)
    before = lines(sample)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Down, SHIFT)
    chosen = set(pane.board.list.marks)
    assert len(chosen) == 2
    press(Qt.Key.Key_D)
    type_("+2w")
    assert pane.board.bar.dates.text().count("/") == len({before[each].due_on for each in chosen})
    press(Qt.Key.Key_Return)
    after = lines(sample)
    for each in chosen:
        old = before[each].due_on
        assert old is not None
        assert after[each].due_on == old + timedelta(weeks=2)
    assert {each: line.due_on for each, line in after.items() if each not in chosen} == {
        each: line.due_on for each, line in before.items() if each not in chosen
    }
    assert pane.board.list.hasFocus()
    assert "Move the date of 2 actions" in sample.undo_label()
    sample.undo()
    assert {each: line.due_on for each, line in lines(sample).items()} == {
        each: line.due_on for each, line in before.items()
    }


def test_a_date_that_is_none_is_said_and_nothing_moves(window: MainWindow, sample: Workspace) -> None:
    pane = pane_of(window)
    label = sample.undo_label()
    press(Qt.Key.Key_D)
    type_("soon")
    assert pane.board.bar.dates.text() == "not a date"
    press(Qt.Key.Key_Return)
    assert sample.undo_label() == label
    assert pane.board.bar.field.text() == "soon", "what was typed stays"
    press(Qt.Key.Key_Escape)
    assert pane.board.list.hasFocus()


def test_done_and_withdrawn_leave_the_board_and_undo_brings_them_back(window: MainWindow, sample: Workspace) -> None:
    first = pane_of(window).board.list.current_key
    for letter in (Qt.Key.Key_X, Qt.Key.Key_Delete):
        press(letter)
        assert first not in lines(sample)
        sample.undo()
        QApplication.processEvents()
        assert first in lines(sample)
        pane_of(window).board.list.choose(first)


def test_everything_of_a_group_then_of_all(window: MainWindow) -> None:
    pane = pane_of(window)
    pane.board.by.choose(By.SCHOOL)
    pane.board._arrange()
    pane_of(window).refresh()
    QApplication.processEvents()
    press(Qt.Key.Key_A, CONTROL)
    own = {line.id for line in pane.board.list.lines if line.place_id == pane.board.list.current.place_id}  # type: ignore[union-attr]
    assert pane.board.list.marks == own
    press(Qt.Key.Key_A, CONTROL)
    assert pane.board.list.marks == {line.id for line in pane.board.list.lines}
    press(Qt.Key.Key_Escape)
    assert not pane.board.list.marks


def test_handing_over_and_who_gets_it(window: MainWindow, sample: Workspace) -> None:
    pane = pane_of(window)
    first = pane.board.list.current_key
    board = sample.ask(actions.board)
    other = next(owner for owner, _ in board.owners if owner != lines(sample)[first].owner_id)
    press(Qt.Key.Key_O)
    pane.board.bar.owner.choose(other)
    pane.board.bar.hand_button.click()
    QApplication.processEvents()
    assert lines(sample)[first].owner_id == other


def test_typing_narrows_and_a_filter_without_hits_offers_the_way_back(window: MainWindow) -> None:
    pane = pane_of(window)
    pane.board.filter.setFocus()
    type_("zzz")
    assert "zzz" in pane.board.nothing.heading.text()
    pane.board.nothing.button.click()
    assert len(pane.board.list.lines) == len(pane.board.lines)
    pane.board.chips.picked.emit("late")
    assert all(line.due_on is not None for line in pane.board.list.lines)


def test_the_mail_at_the_right_is_the_owners_and_is_kept_as_a_draft(
    window: MainWindow, sample: Workspace, tmp_path: Path
) -> None:
    pane = pane_of(window)
    heard: list[Notice] = []
    pane.noticed.connect(heard.append)
    line = pane.board.list.current
    assert line is not None
    assert line.owner in pane.board.side.heading.text()
    pane.board.copy_draft()
    assert line.text in QGuiApplication.clipboard().text()
    pane.asking = Folder(tmp_path / "a.eml")  # type: ignore[assignment]
    press(Qt.Key.Key_M)
    draft = (tmp_path / "a.eml").read_bytes()
    assert b"BEGIN:VCALENDAR" in draft, "the dates go along for the owner's calendar"
    pane.board.save_calendar()
    assert (tmp_path / "a.eml").read_bytes().count(b"BEGIN:VEVENT") == 1
    assert b"X-Unsent: 1" in draft
    pane.board.save_all_drafts()
    owners = {each.owner_id for each in lines(sample).values() if each.owner_id}
    assert len(list(tmp_path.glob("a-*.eml"))) == len(owners)
    assert heard[-1].text == f"{len(owners)} drafts are saved"


def test_a_record_is_found_again_whatever_was_filtered(window: MainWindow) -> None:
    pane = pane_of(window)
    last = pane.board.list.lines[-1].id
    pane.board.filter.setText("zzz")
    window.go_to("plans", last)
    assert pane.board.list.current_key == last


def test_nobody_has_it_is_said(window: MainWindow, sample: Workspace) -> None:
    pane = pane_of(window)
    first = pane.board.list.current_key
    sample.do(actions.clear, ActionId(first), owner=True)
    QApplication.processEvents()
    pane.board.list.choose(first)
    assert not pane.board.side.save_button.isVisibleTo(pane)
    assert pane.board.side.to.text() == "Nobody has this action yet."


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_is_wrong_with_the_room(window: MainWindow, theme: str) -> None:
    look().use(theme, 200 if theme == "dark" else 100)
    pane = pane_of(window)
    pane.board.list.mark({line.id for line in pane.board.list.lines[:2]})
    QApplication.processEvents()
    assert audit(window) == []


def test_the_board_and_the_lines_beside_charts_are_copied_as_tables(window: MainWindow, sample: Workspace) -> None:
    pane = pane_of(window)
    press(Qt.Key.Key_C, CONTROL)
    data = QGuiApplication.clipboard().mimeData()
    heads, *rows = (line.split("\t") for line in data.text().strip().split("\n"))
    assert heads == ["Action", "Owner", "Belongs to", "Team", "Due"]
    assert len(rows) == len(lines(sample))
    assert data.html().count("<tr>") == len(rows) + 1
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_C, CONTROL)
    assert len(QGuiApplication.clipboard().text().strip().split("\n")) == 2, "the selected one alone"

    window.go_to("plans", "problems")
    QApplication.processEvents()
    solutions = pane.problems.card.solutions
    solutions.focus()
    press(Qt.Key.Key_C, CONTROL)
    data = QGuiApplication.clipboard().mimeData()
    assert data.html().count("<tr>") == len(solutions._all) + 1
    assert data.text().startswith("Solutions")


def test_everything_about_an_action_is_changed_beside_the_board(window: MainWindow, sample: Workspace) -> None:
    pane = pane_of(window)
    line = pane.board.list.current
    assert line is not None
    press(Qt.Key.Key_E)
    form = pane.board.details
    assert form.fields["text"].hasFocus()
    assert form.fields["who"].text() == line.owner
    form.fields["who"].setText("Nobody At All")
    press(Qt.Key.Key_Return)
    assert form.who.is_wrong
    form.fields["who"].setText("")
    form.fields["evaluate"].setText("3/17")
    form.fields["how"].setText("Two calm weeks")
    form.priority.choose("high")
    press(Qt.Key.Key_Return)
    assert pane.board.list.hasFocus()
    found = sample.ask(actions.show, ActionId(line.id))
    assert (found.owner_id, found.evaluate_on, found.note, found.priority) == (
        None,
        date(2026, 3, 17),
        "Two calm weeks",
        Priority.HIGH,
    )
    sample.undo()
    assert sample.ask(actions.show, ActionId(line.id)).owner_id == line.owner_id
    assert not audit(window)


def test_what_was_typed_to_change_an_action_comes_back_after_a_crash(
    make_window: MakeWindow, window: MainWindow, sample: Workspace, qtbot: QtBot
) -> None:
    """With the action it was typed for, which need not be the first; what was only shown was never typed."""
    pane = pane_of(window)
    for _ in range(4):
        press(Qt.Key.Key_Down)
    line = pane.board.list.current
    assert line is not None
    press(Qt.Key.Key_E)
    pane.board.details.fields["how"].setFocus()
    assert pane.board.details.fields["how"].text() != "qz"
    QTest.qWait(60)
    assert texts(sample) == "", "to open the form is not to type"
    type_("qz")
    typed = pane.board.details.fields["how"].text()
    crash(window)
    again = make_window(sample)
    again.go_to("plans")
    pane = pane_of(again)
    qtbot.waitUntil(lambda: "details" in vars(pane.board) and pane.board.details.fields["how"].text() == typed)
    form = pane.board.details
    assert (form.action_id, form.fields["text"].text(), form.fields["who"].text()) == (line.id, line.text, line.owner)
    assert form.isVisible()
    form.left.emit()
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_E)
    assert form.action_id != line.id
    assert form.fields["how"].text() != typed, "it belongs to the other"
    form.left.emit()
    pane.board.list.choose(line.id)
    press(Qt.Key.Key_E)
    assert form.fields["how"].text() == typed, "it waited"
    form.fields["text"].setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sample.ask(actions.show, ActionId(line.id)).note == typed)
    qtbot.waitUntil(lambda: texts(sample) == "")
