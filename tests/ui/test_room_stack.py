"""Rooms come and go behind the one that is shown, and nobody loses anything by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.ui import find
from mtss_desktop.ui.kit.typed import typed_in
from tests.ui.conftest import MakeWindow
from tests.ui.town import Town


def test_rooms_are_made_in_quiet_moments(make_window: MakeWindow, workspace: Workspace, qtbot: QtBot) -> None:
    window = make_window(workspace)
    assert set(window.rooms.panes) == {"teams"}, "nothing is made that nobody asked for"
    window.rooms._quiet.setInterval(0)
    window.rooms.build_ahead()
    qtbot.waitUntil(lambda: set(window.rooms.panes) == set(window.kinds) and not window.rooms.is_getting_ready)
    assert window.current.room.key == "teams"


def test_another_look_takes_hidden_rooms_down_and_they_stand_where_they_were(
    make_window: MakeWindow, workspace: Workspace, town: Town
) -> None:
    window = make_window(workspace)
    window.go_to("teams", town.team)
    window.go_to("today")
    window.use_theme("dark")
    QApplication.processEvents()
    assert set(window.rooms.panes) == {"today"}
    window.go_to("teams")
    assert window.current.record_id == town.team


def test_a_room_that_holds_something_stays(make_window: MakeWindow, workspace: Workspace, tmp_path: Path) -> None:
    """A file that is being checked, a word in a filter, work under way: nowhere but in the room."""
    sheet = tmp_path / "roster.csv"
    sheet.write_text("Student ID,Last Name,First Name,Grade,School\n1001,Lee,Ana,3,Piney Ridge\n")
    window = make_window(workspace)
    teams, imports = window.pane("teams"), window.pane("imports")
    window.go_to("imports")
    imports.take_files([sheet])  # type: ignore[attr-defined]
    assert imports.holds_work
    window.go_to("teams")
    teams.list.filter.setText("tier")  # type: ignore[attr-defined]
    assert typed_in(teams)
    window.go_to("today")
    window.use_theme("dark")
    QApplication.processEvents()
    assert set(window.rooms.panes) == {"today", "imports", "teams"}
    window.remembered.change(text_size=120)
    assert window.pane("imports") is imports
    assert imports.holds_work
    window.remembered.change(text_size=100)
    window.go_to("today")
    assert window.pane("imports") is imports
    imports.leave_file()  # type: ignore[attr-defined]
    assert window.pane("imports") is not imports, "once it holds nothing it is made at the new size"


def test_keys_and_acts_between_two_sizes_of_text_reach_no_room(
    make_window: MakeWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    """The old room is gone and the new one not yet there, just when something asks for the one in front."""
    window = make_window(workspace)
    assert len(window.menus.edit.actions()) > 3
    in_between: list[QEvent.Type] = []

    def between(event: QEvent) -> None:
        if window.rooms.count():
            return
        in_between.append(event.type())
        window.rooms.acts_changed.emit()
        window.next_column(1)
        window.open_palette()
        window.toggle_help()
        window.rooms.focus_page()
        assert window.acts() == ()
        assert find.window_entries(window)

    class Hears(QWidget):
        def changeEvent(self, event: QEvent) -> None:
            between(event)

    Hears(window)
    window.remembered.change(text_size=120)
    assert in_between, "nothing was asked in between"
    assert window.current.room.key == "teams"
    assert window.current.acts()


def test_a_hidden_room_says_nothing_about_acts(make_window: MakeWindow, workspace: Workspace, qtbot: QtBot) -> None:
    window = make_window(workspace)
    hidden = window.pane("today")
    with qtbot.assertNotEmitted(window.rooms.acts_changed):
        hidden.actions_changed.emit()
    with qtbot.waitSignal(window.rooms.acts_changed):
        window.current.actions_changed.emit()


def test_a_room_that_was_kept_goes_with_the_next_size(
    make_window: MakeWindow, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is in front and at work at one size, at rest and in front at the next."""
    window = make_window(workspace)
    first = window.current
    window.remembered.change(text_size=80)
    assert window.current is not first, "smaller text leaves the measures alone, but a room is there"
    first = window.current
    monkeypatch.setattr(type(first), "holds_work", True)
    window.remembered.change(text_size=120)
    assert window.current is first
    monkeypatch.setattr(type(first), "holds_work", False)
    window.remembered.change(text_size=100)
    window.go_to("today")
    window.remembered.change(text_size=120)
    window.go_to("teams")
    assert window.current is not first
