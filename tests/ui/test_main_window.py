"""The frame: rooms, undo, scope, help, palette, keys, size, closing."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget, QWidgetItem
from pytestqt.qtbot import QtBot

from mtss_desktop.app import settings
from mtss_desktop.app.last_seen import LastSeen
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.store import seen
from mtss_desktop.store.journal import Head
from mtss_desktop.ui import window_menus
from mtss_desktop.ui.crash import CrashGuard, details
from mtss_desktop.ui.dialogs.history import HistoryDialog
from mtss_desktop.ui.dialogs.preferences import PreferencesDialog
from mtss_desktop.ui.help_view import read_page
from mtss_desktop.ui.jobs import WindowJobs
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.pane import Notice, Pane
from mtss_desktop.ui.kit.scope import Names, Scope
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.teams.pane import TeamsPane
from mtss_desktop.ui.rooms import panes
from mtss_desktop.ui.theme import look
from mtss_desktop.ui.undo_actions import spoken
from mtss_desktop.usecases import people, places, teams
from mtss_desktop.usecases.cleaning import clean_name
from mtss_desktop.usecases.teams import TeamFact
from tests.ui.audit import audit
from tests.ui.conftest import MakeWindow
from tests.ui.town import Town

CTRL = Qt.KeyboardModifier.ControlModifier


def key(key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(QApplication.focusWidget(), key, held)
    QApplication.processEvents()


def teams_pane(window: MainWindow) -> TeamsPane:
    pane = window.current
    assert isinstance(pane, TeamsPane)
    return pane


def choose_place(window: MainWindow, name: str) -> None:
    act = next(act for act in window.top._place_menu.actions() if act.text() == name)
    act.trigger()


def test_the_window_says_which_file_and_whose(window: MainWindow) -> None:
    assert window.windowTitle() == "ashby-county – MTSS Desktop"
    assert window.status._file.text() == "ashby-county.mtss, not encrypted"
    assert window.rail._place.text() == "Ashby County Public Schools"
    assert window.top.year.text() == "2026–27"
    assert window.top.names.text() == "Names masked", "the program opens masked"


def test_only_rooms_that_are_built_are_there(window: MainWindow) -> None:
    rooms = [row.text for row in window.rail.list.rows.keyed.rows if not row.is_caption]
    assert rooms == [kind.room.name for kind in panes()]
    for kind in panes():
        assert read_page(kind.room.help_page).parts


def test_undo_carries_its_label_and_takes_back(window: MainWindow, workspace: Workspace, town: Town) -> None:
    workspace.do(teams.write_fact, town.team, fact=TeamFact.NAME, text="School spirit")
    assert window.top.undo.text() == "Undo: rename team"
    window.top.undo.click()
    assert workspace.ask(teams.card, town.team).name == "Tier 1 team"
    assert window.status.notice.text() == "Undone: rename team"
    assert window.undo_actions.redo.text() == "Redo: rename team"
    window.undo_actions.redo.trigger()
    assert workspace.ask(teams.card, town.team).name == "School spirit"


def test_labels_read_inside_a_line() -> None:
    assert [spoken(label) for label in ("Rename team", "PBIS team", "")] == ["rename team", "PBIS team", ""]


def test_ctrl_z_is_the_field_s_own_in_a_field(window: MainWindow, workspace: Workspace, town: Town) -> None:
    workspace.do(teams.write_fact, town.team, fact=TeamFact.NAME, text="School spirit")
    field = teams_pane(window).list.filter
    field.setFocus()
    field.insert("stair")
    key(Qt.Key.Key_Z, CTRL)
    assert field.text() == ""
    assert workspace.ask(teams.card, town.team).name == "School spirit"
    key(Qt.Key.Key_Z, CTRL, Qt.KeyboardModifier.AltModifier)
    assert workspace.ask(teams.card, town.team).name == "Tier 1 team"


def test_ctrl_z_elsewhere_is_the_program_s(window: MainWindow, workspace: Workspace, town: Town) -> None:
    workspace.do(teams.write_fact, town.team, fact=TeamFact.NAME, text="School spirit")
    teams_pane(window).list.list.setFocus()
    key(Qt.Key.Key_Z, CTRL)
    assert workspace.ask(teams.card, town.team).name == "Tier 1 team"
    key(Qt.Key.Key_Z, CTRL, Qt.KeyboardModifier.ShiftModifier)
    assert workspace.ask(teams.card, town.team).name == "School spirit"


def test_undo_from_a_text_field_takes_back_what_is_being_typed(
    window: MainWindow, workspace: Workspace, town: Town
) -> None:
    pane = teams_pane(window)
    pane.open_record(town.team)
    purpose = pane.card.facts[TeamFact.PURPOSE]
    before = purpose.text
    purpose.edit()
    purpose._editor.setPlainText("Half a thought")
    key(Qt.Key.Key_Z, CTRL, Qt.KeyboardModifier.AltModifier)
    assert workspace.ask(teams.card, town.team).fact(TeamFact.PURPOSE) == before
    assert workspace.redo_label() == "Change purpose", "the typed text was saved first and can be brought back"


def test_nothing_to_undo_is_said(make_window: MakeWindow, bare_workspace: Workspace) -> None:
    window = make_window(bare_workspace)
    while bare_workspace.undo_label():
        bare_workspace.undo()
    window.reread()
    assert window.top.undo.text() == "Nothing to undo"
    assert not window.top.undo.isEnabled()
    assert window.top.undo.accessibleDescription() == "Nothing has been changed yet"


def test_saved_is_said_after_the_database_confirmed(window: MainWindow, workspace: Workspace) -> None:
    assert window.status._saved.text() == "All changes saved"
    workspace.do(people.add, last_name="Bell")
    assert window.status._saved.text().startswith("Saved ")
    window.status.show_saved(datetime(2026, 11, 17, 15, 10, 42).astimezone())
    assert window.status._saved.text() == "Saved 3:10:42 PM"


def test_a_place_narrows_the_rooms(window: MainWindow) -> None:
    choose_place(window, "Holcomb Middle")
    assert window.top.place.text() == "Holcomb"
    assert [line.place for line in teams_pane(window)._lines] == ["Holcomb Middle"] * 5


def test_names_off_reaches_every_room(window: MainWindow) -> None:
    window.use_scope(Scope(names=Names.OFF))
    assert window.current.scope.names is Names.OFF
    assert window.top.names.text() == "Names off"


def test_keys_of_the_frame(window: MainWindow) -> None:
    asked: list[str] = []
    window.lock_requested.connect(lambda: asked.append("lock"))
    key(Qt.Key.Key_L, CTRL)
    key(Qt.Key.Key_B, CTRL)
    assert window.rail.is_narrow
    key(Qt.Key.Key_B, CTRL)
    assert not window.rail.is_narrow
    key(Qt.Key.Key_F1)
    assert window.help_view.isVisible()
    assert window.help_view.isAncestorOf(QApplication.focusWidget())
    key(Qt.Key.Key_Escape)
    assert not window.help_view.isVisible()
    assert asked == ["lock"]


def test_f6_goes_from_column_to_column_and_comes_round(window: MainWindow, town: Town) -> None:
    pane = teams_pane(window)
    pane.list.list.setFocus()
    visited = []
    for _ in range(3):
        key(Qt.Key.Key_F6)
        visited.append(QApplication.focusWidget())
    assert visited == [pane.card.facts[TeamFact.NAME].view, window.rail.list, pane.list.list]
    key(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is window.rail.list


def test_the_rail_goes_small_in_a_small_window(make_window: MakeWindow, workspace: Workspace) -> None:
    window = make_window(workspace, width=1024, height=640)
    assert (window.width(), window.height()) == (1024, 640)
    assert window.rail.is_narrow
    window.resize(1280, 800)
    QApplication.processEvents()
    assert not window.rail.is_narrow
    window.resize(600, 400)
    assert (window.width(), window.height()) == (1024, 640), "smaller it does not go"


def test_at_double_text_size_the_menus_become_one(make_window: MakeWindow, workspace: Workspace, town: Town) -> None:
    window = make_window(workspace)
    teams_pane(window).open_record(town.team)
    window.remembered.change(text_size=200)
    QApplication.processEvents()
    assert window.top.menu.isVisible()
    assert window.top.more.isVisible()
    assert not window.top.bar.isVisible()
    pane = teams_pane(window)
    assert pane.switch.isVisible()
    assert not pane.list.isVisible()
    assert pane.card.card.id == town.team, "the same team is shown at the new size"


def test_text_grows_and_shrinks_by_key(window: MainWindow) -> None:
    key(Qt.Key.Key_Plus, CTRL)
    assert look().percent == window.remembered.value.text_size == 110
    key(Qt.Key.Key_Minus, CTRL)
    assert look().percent == 100


def test_the_palette_finds_acts_teams_people_and_places(window: MainWindow, town: Town) -> None:
    key(Qt.Key.Key_K, CTRL)
    palette = window.palette_view
    assert palette.field.hasFocus()

    def titles(text: str) -> list[str]:
        palette.field.setText(text)
        palette._ask()
        return [row.text for row in palette.list.rows.keyed.rows if not row.is_caption]

    assert "Add team" in titles("add team")
    assert titles("climate") == ["School climate"]
    assert "Thu Nguyễn" in titles("nguyen")
    assert "Holcomb" in titles("holcomb middle")
    assert titles("zzz") == []
    assert palette._nothing.text() == "Nothing fits “zzz”."
    assert palette._foot.text() == "Names masked: no students here"


def test_the_palette_opens_what_is_chosen_and_gives_the_focus_back(window: MainWindow) -> None:
    pane = teams_pane(window)
    pane.list.list.setFocus()
    key(Qt.Key.Key_K, CTRL)
    key(Qt.Key.Key_Escape)
    assert pane.list.list.hasFocus()
    key(Qt.Key.Key_K, CTRL)
    window.palette_view.field.setText("climate")
    window.palette_view._ask()
    key(Qt.Key.Key_Return)
    assert not window.palette_view.isVisible()
    assert pane.card.card.name == "School climate"


def test_the_palette_closes_when_the_room_it_came_from_was_built_anew(window: MainWindow) -> None:
    teams_pane(window).list.list.setFocus()
    key(Qt.Key.Key_K, CTRL)
    look().use("light", 110)
    QApplication.processEvents()
    window.palette_view.close_palette()
    assert window.current.isAncestorOf(QApplication.focusWidget())
    look().use("light", 100)


def test_a_place_from_the_palette_narrows_the_teams(window: MainWindow) -> None:
    window.open_palette()
    window.palette_view.field.setText("cedar piney ridge elementary".removeprefix("cedar "))
    window.palette_view._ask()
    key(Qt.Key.Key_Return)
    assert window.top.place.text() == "Piney Ridge"


def test_every_act_of_a_room_stands_in_menu_and_palette(window: MainWindow) -> None:
    labels = {act.label for act in window.current.acts()}
    assert labels <= {act.text() for act in window.menus.edit.actions()}
    window.open_palette()
    assert labels <= {entry.title for entry in window.palette_view._entries() if not entry.why_not} | {
        act.label for act in window.current.acts() if act.why_not()
    }


def test_shortcuts_are_given_once(window: MainWindow) -> None:
    shortcuts = [shortcut.toString() for act in window.actions() for shortcut in act.shortcuts()]
    assert len(shortcuts) == len(set(shortcuts))
    assert {"Ctrl+3", "Ctrl+K", "Ctrl+L", "Ctrl+B", "F1", "F6", "Alt+Left", "Ctrl+N"} <= set(shortcuts)


def test_no_act_of_a_room_has_the_key_that_opens_a_menu() -> None:
    """Where two want one key neither gets it."""
    rooms = Path(window_menus.__file__).parent / "panes"
    given = {key for file in rooms.rglob("*.py") for key in re.findall(r'"(Alt\+[A-Z])"', file.read_text("utf-8"))}
    menus = Path(window_menus.__file__).read_text("utf-8")
    opening = {f"Alt+{letter}" for letter in re.findall(r'"&([A-Z])[a-z]+"', menus)}
    assert opening == {"Alt+F", "Alt+E", "Alt+V", "Alt+G", "Alt+H"}
    assert given & opening == set()
    assert "Alt+I" in given


def test_a_notice_stays_until_the_next_act(window: MainWindow, workspace: Workspace) -> None:
    window.notice(Notice("3 rows pasted", undoable=True))
    assert window.status.undo.isVisible()
    workspace.do(people.add, last_name="Bell")
    assert window.status.notice.text() == "3 rows pasted", "for eight seconds at least"
    window.status._quiet.stop()
    workspace.do(people.add, last_name="Cole")
    assert window.status.notice.text() == ""
    assert not window.status.undo.isVisible()


def test_preferences_take_effect_at_once_and_are_written(window: MainWindow, qtbot: QtBot) -> None:
    window.open_preferences()
    dialog = window.findChild(PreferencesDialog)
    dialog.inputs["theme"].picked.emit("dark")
    assert look().theme.key == "dark"
    dialog.inputs["text_size"].chosen_changed.emit("120")
    assert settings.read().text_size == look().percent == 120
    dialog.inputs["open_last"].click()
    assert not settings.read().open_last
    dialog.usual.click()
    assert settings.read().open_last
    assert (look().percent, settings.read().theme) == (100, "system")
    dialog.close()


def test_the_history_tells_what_was_done_and_undone(window: MainWindow, workspace: Workspace, town: Town) -> None:
    workspace.do(teams.write_fact, town.team, fact=TeamFact.NAME, text="School spirit")
    workspace.undo()
    window.open_history()
    dialog = window.findChild(HistoryDialog)
    first, second, *_ = dialog.table.records
    assert (first.what, second.what, second.state) == ("Undone: Rename team", "Rename team", "undone")
    dialog.filter.setText("add team")
    assert {line.what for line in dialog.table.rows.keyed.rows} == {"Add team"}
    dialog.close()


def test_closing_keeps_place_and_room(make_window: MakeWindow, workspace: Workspace) -> None:
    window = make_window(workspace)
    window.resize(1100, 700)
    window.close()
    assert settings.read().window[2:4] == (1100, 700)
    assert settings.read().last_room == "teams"


def test_closing_saves_what_is_being_typed(make_window: MakeWindow, workspace: Workspace, town: Town) -> None:
    window = make_window(workspace)
    pane = teams_pane(window)
    pane.open_record(town.team)
    pane.card.facts[TeamFact.NORMS].edit()
    pane.card.facts[TeamFact.NORMS]._editor.setPlainText("Listen first.")
    window.close()
    assert workspace.ask(teams.card, town.team).fact(TeamFact.NORMS) == "Listen first."
    assert workspace.typing.pending() == ()


def test_an_idle_window_asks_to_be_locked(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not window._idle.timer.isActive(), "a file without a passphrase has nothing to lock"
    monkeypatch.setattr(Workspace, "encrypted", True)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert window._idle.timer.isActive()
    assert window._idle.timer.interval() == window.remembered.value.lock_after * 60_000
    window._idle.timer.stop()
    window._idle._turned(QWidgetItem(window))  # PySide's name for what stood at that place in memory before
    assert window._idle.timer.isActive()
    window.remembered.change(lock_after=0)
    assert not window._idle.timer.isActive()


def test_with_real_threads_the_window_shows_the_same(
    make_window: MakeWindow, workspace: Workspace, town: Town, qtbot: QtBot
) -> None:
    jobs = WindowJobs()
    window = make_window(workspace, jobs=jobs)
    qtbot.waitUntil(lambda: bool(window.current._lines) and jobs.busy == 0)
    assert window.top.undo.text() == "Undo: add link"
    pane = teams_pane(window)
    pane.open_record(town.team)
    qtbot.waitUntil(lambda: pane.card.card is not None and pane.card.card.id == town.team)
    pane.card.facts[TeamFact.NAME].edit()
    pane.card.facts[TeamFact.NAME]._editor.setPlainText("School spirit")
    pane.card.facts[TeamFact.NAME].finish()
    qtbot.waitUntil(lambda: window.top.undo.text() == "Undo: rename team" and jobs.busy == 0)
    assert pane.card.facts[TeamFact.NAME].view.text() == "School spirit"
    window.close()
    jobs.close()
    jobs.deleteLater()


def test_the_window_thread_asks_the_database_nothing(
    make_window: MakeWindow, workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With real threads every question runs in a lane."""
    import threading

    asked: list[str] = []
    read = workspace._database.read

    def watched() -> object:
        asked.append(threading.current_thread().name)
        return read()

    monkeypatch.setattr(workspace._database, "read", watched)
    jobs = WindowJobs()
    window = make_window(workspace, jobs=jobs)
    qtbot.waitUntil(lambda: bool(asked) and jobs.busy == 0)
    window.open_palette()
    window.palette_view.field.setText("climate")
    window.palette_view._ask()
    qtbot.waitUntil(lambda: jobs.busy == 0)
    assert {name.rpartition("_")[0] for name in asked} == {"mtss-read"}
    window.close()
    jobs.close()
    jobs.deleteLater()


class _Faulty(TeamsPane):
    def refresh(self) -> None:
        raise ZeroDivisionError("Hannah Cole, grade 3")


def test_a_fault_is_said_once_and_written_without_contents(
    make_window: MakeWindow, workspace: Workspace, expect_log: object, caplog: pytest.LogCaptureFixture
) -> None:
    expect_log("fault in the program")  # type: ignore[operator]
    window = make_window(workspace)
    guard = CrashGuard(lambda: window)
    with caplog.at_level(logging.ERROR, "mtss"):
        try:
            _Faulty.refresh(window.current)  # type: ignore[arg-type]
        except ZeroDivisionError as fault:
            guard.caught(type(fault), fault, fault.__traceback__)
            guard.caught(type(fault), fault, fault.__traceback__)
    dialog = guard.dialog
    assert dialog is not None
    assert dialog.sentence.text().startswith("Something went wrong in ")
    dialog.copy_button.click()
    copied = QApplication.clipboard().text()
    assert "ZeroDivisionError" in copied
    assert "Hannah" not in copied + caplog.text
    dialog.go_on.click()
    assert guard.dialog is None


def test_details_name_places_and_no_values() -> None:
    with pytest.raises(UserError) as caught:
        clean_name("x" * 200, "Hannah Cole")
    text = details(caught.type, caught.tb)
    assert "UserError" in text
    assert Path(__file__).name in text
    assert "letters" not in text
    assert "x" * 3 not in text


def test_reading_only_is_said_and_nothing_can_be_added(
    make_window: MakeWindow, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workspace, "can_write", False)
    window = make_window(workspace)
    assert "reading only" in window.status._file.text()
    acts = {act.key: act.why_not() for act in window.current.acts()}
    assert acts["add"] == "This file is open for reading only"


def test_buttons_of_the_window_are_of_the_kit(window: MainWindow) -> None:
    """Every button follows the theme because it is one of the kit's."""
    plain = [button for button in window.findChildren(QPushButton) if not isinstance(button, Button)]
    assert plain == []


def test_panes_stand_alone(workspace: Workspace) -> None:
    assert issubclass(TeamsPane, Pane)
    assert workspace.ask(places.places)


class _Strays(QObject):
    """Notes every window that shows itself beside the ones that are meant."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shown and not isinstance(watched, MainWindow | QMenu):
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()!r}")
        return False


def test_no_part_flashes_as_a_window_of_its_own(make_window: MakeWindow, workspace: Workspace) -> None:
    """A part that is made visible before it has a parent is a window for a moment, and takes the focus with it."""
    strays = _Strays()
    app = QApplication.instance()
    app.installEventFilter(strays)
    window = make_window(workspace)
    for key_ in window.kinds:
        window.go_to(key_)
        QApplication.processEvents()
    window.remembered.change(text_size=120)
    QApplication.processEvents()
    app.removeEventFilter(strays)
    assert strays.seen == []


def test_an_older_copy_is_said_above_the_page_until_it_is_meant(make_window: MakeWindow, workspace: Workspace) -> None:
    with workspace.database.read() as work:
        database_id = work.about("id")
    seen.note(database_id, Head(1_000_000, "a link of the newer file", datetime(2026, 2, 12, 15, 0, tzinfo=UTC)))
    workspace._last_seen = LastSeen(workspace.database)
    window = make_window(workspace)
    assert "This is an older copy of the file" in window.older.text
    assert audit(window) == []
    asked: list[bool] = []
    window.close_requested.connect(lambda: asked.append(True))
    window.older.buttons[0].click()
    assert asked == [True]
    window.older.buttons[1].click()
    assert window.older.text == ""
    assert workspace.older_than_seen() is None
