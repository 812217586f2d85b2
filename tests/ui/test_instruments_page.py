"""Making a list of one's own by keys: typed, pasted, moved, split, tried, made ready, and changed as the next version."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mtss_desktop.app.jobs import ImmediateJobs
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.changes import Topic
from mtss_desktop.ui.kit.pane import Notice, Pane, Room
from mtss_desktop.ui.panes.lookfors.instruments_page import InstrumentsPage
from mtss_desktop.usecases import builder

Key = Qt.Key


class Asked:
    """Answers file dialogs."""

    def __init__(self) -> None:
        self.path: Path | None = None

    def where_to_save(self, *_: object) -> Path | None:
        return self.path

    def which_file(self, *_: object) -> Path | None:
        return self.path


class Host(Pane):
    room: ClassVar[Room] = Room("lookfors", "Look-fors", "ph.checks", "Evidence", "Ctrl+6", "lookfors")
    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.INSTRUMENTS})

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, ImmediateJobs())
        self.asked = Asked()
        self.heard_notices: list[Notice] = []
        self.noticed.connect(self.heard_notices.append)
        self.page = InstrumentsPage(self, workspace.typing, lambda: self.asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.progress)
        layout.addWidget(self.page)

    def refresh(self) -> None:
        self.page.refresh()


@pytest.fixture
def host(bare_workspace: Workspace, qtbot: QtBot, usual_look: None) -> Host:
    made = Host(bare_workspace)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    made.show()
    made.page.open()
    return made


def press(*keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key, modifier)


def type_(text: str) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, text)


def items(host: Host) -> list[tuple[str, str]]:
    view = host.workspace.ask(builder.draft, host.page.draft.id)
    return [(item.number, item.label) for item in view.instrument.items]


def test_a_list_by_keys(host: Host, qtbot: QtBot) -> None:
    page = host.page
    page.new.click()
    assert QApplication.focusWidget() is page.building.list_form.texts["title"].editor, (
        "an empty list begins with its title"
    )
    type_("Classroom routines")
    press(Key.Key_Escape)
    assert page.header.whole_title == "Classroom routines"
    assert not page.ready.isEnabled(), "a list without items is not ready"

    outline = page.building.outline
    assert QApplication.focusWidget() is outline
    press(Key.Key_Return)
    type_("Routine is posted")
    press(Key.Key_Return)
    type_("Corrections are short and calm")
    press(Key.Key_Return)
    type_("Praise")
    press(Key.Key_Escape)
    assert items(host) == [("A1", "Routine is posted"), ("A2", "Corrections are short and calm"), ("A3", "Praise")]
    assert QApplication.focusWidget() is outline

    press(Key.Key_Up, modifier=Qt.KeyboardModifier.AltModifier)
    assert [number for number, label in items(host) if label == "Praise"] == ["A2"]
    assert page.building.item_number == "A2", "the moved item stays chosen"
    split = next(found for found in page.draft.view.findings if found.can_split)  # type: ignore[union-attr]
    page.building.checks.split.emit(split.item)
    assert [label for _, label in items(host)][2:] == ["Corrections are short", "Corrections are calm"]

    page.building.outline.choose("item:A1")
    outline.setFocus()
    QGuiApplication.clipboard().setText("Exit\tLast minute\tClock\nDismissal, by name")
    press(Key.Key_V, modifier=Qt.KeyboardModifier.ControlModifier)
    assert [label for _, label in items(host)][:3] == ["Routine is posted", "Exit", "Dismissal, by name"]

    page.try_it.click()
    press(Key.Key_2)
    assert page.building.preview.card.scale.buttons[2].isChecked()
    page.ready.click()
    assert page.edit.isVisible()
    assert not page.ready.isVisible()
    outline.setFocus()
    before = items(host)
    press(Key.Key_Delete)
    assert items(host) == before, "a list in use stays as it is"
    assert "stays as it is" in host.heard_notices[-1].text


def test_what_is_typed_is_kept_at_once_and_comes_back(host: Host, qtbot: QtBot) -> None:
    page = host.page
    page.new.click()
    press(Key.Key_Escape, Key.Key_Return)
    type_("Greeting")
    press(Key.Key_Tab)
    type_("At the door")
    qtbot.waitUntil(lambda: any(each.text == "At the door" for each in host.workspace.typing.pending()), timeout=2000)
    kept = {each.key.split(":", 1)[0] for each in host.workspace.typing.pending()}
    assert kept == {"instrument"}
    other = Host(host.workspace)
    qtbot.addWidget(other)
    other.show()
    other.page.open(host.page.list_id, item="A1")
    assert other.page.building.item_form.look_for.toPlainText() == "At the door"


def test_a_refused_text_stays_and_says_why(host: Host) -> None:
    page = host.page
    page.new.click()
    field = page.building.list_form.texts["criterion"].editor
    field.setFocus()
    type_("most")
    press(Key.Key_Escape)
    assert "is no percent" in page.building.list_form.fields["criterion"].message
    assert field.text() == "most"  # type: ignore[union-attr]


def test_lists_come_from_files_and_go_to_others(host: Host, tmp_path: Path) -> None:
    page = host.page
    sheet = tmp_path / "Walk_list.csv"
    sheet.write_text("Category,Item,Evidence\nStart,Rules,\nStart,,Only notes\nEnd,Exit,\n", encoding="utf-8")
    host.asked.path = sheet
    page.make_from_file()
    assert items(host) == [("A1", "Rules"), ("B1", "Exit")]
    assert page.header.whole_title == "Walk list"
    assert "line 3" in host.heard_notices[-1].text
    page.go_to_lists()
    assert page.lists.table.current is not None
    assert page.lists.table.current.title == "Walk list"
    host.asked.path = tmp_path / "given.toml"
    page.give()
    page.take()
    assert items(host) == [("A1", "Rules"), ("B1", "Exit")]
    host.asked.path = sheet
    page.take()
    assert "line 1" in host.heard_notices[-1].text, "what is no list is said with its line"


def visible_buttons(page: QWidget) -> set[str]:
    assert isinstance(page, InstrumentsPage)
    return {name for name, button in page.lists.buttons.items() if button.isVisible()}


def test_each_list_offers_what_can_be_done_with_it(host: Host) -> None:
    page = host.page
    assert "Copy it" in visible_buttons(page)
    assert "Remove it" not in visible_buttons(page), "what came with the program stays"
    page.lists.table.choose("shipped:tfi_3_0")
    page.copy()
    assert items(host)[0][0] == "1.1"
    page.go_to_lists()
    assert {"Open", "Remove it", "Give it to others"} <= visible_buttons(page)
    page.remove()
    assert all(line.is_shipped for line in page.lists.table.records)
