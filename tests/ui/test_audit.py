"""The audit over every page and dialog, in every theme, at 100 % and 200 % text; and proof that it can fail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mtss_desktop.app.jobs import ImmediateJobs
from mtss_desktop.app.settings import Preferences
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.ui.crash import CrashDialog
from mtss_desktop.ui.dialogs.history import HistoryDialog
from mtss_desktop.ui.dialogs.preferences import PreferencesDialog
from mtss_desktop.ui.kit.remembered import Remembered
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.teams.pane import TeamsPane
from mtss_desktop.ui.theme import THEMES, look
from mtss_desktop.usecases import teams
from mtss_desktop.usecases.teams import TeamFact
from tests.ui.audit import Finding, audit, audit_in_every_theme
from tests.ui.conftest import MakeWindow
from tests.ui.town import Town

LOOKS = [(theme, percent) for theme in THEMES for percent in (100, 200)]


@pytest.fixture(params=LOOKS, ids=lambda param: f"{param[0]}-{param[1]}")
def every_look(request: pytest.FixtureRequest, usual_look: None) -> Iterator[None]:
    look().use(*request.param)
    return


@pytest.fixture(params=[100, 200])
def text_size(request: pytest.FixtureRequest, usual_look: None) -> int:
    look().use("light", request.param)
    return int(request.param)


def teams_pane(window: MainWindow) -> TeamsPane:
    pane = window.current
    assert isinstance(pane, TeamsPane)
    return pane


def show_everything(window: MainWindow, town: Town, state: str) -> None:
    """Brings the room of teams into one of its states."""
    pane = teams_pane(window)
    pane.open_record(town.team)
    purpose = pane.card.facts[TeamFact.PURPOSE]
    match state:
        case "form":
            pane.start_team()
            pane.form.submit()
        case "editing":
            purpose.edit()
        case "wrong":
            pane.card.facts[TeamFact.MEETS].edit("3:45-2:45 PM")
            pane.card.facts[TeamFact.MEETS].finish()
        case "conflict":
            purpose.edit()
            pane.workspace.do(teams.write_fact, town.team, fact=TeamFact.PURPOSE, text="Another purpose")
            purpose._editor.setPlainText("My purpose")
            purpose.finish()
            assert purpose.has_open_question
        case "no hits":
            pane.list.filter.setText("stair")
        case "help":
            window.toggle_help()
        case "agreeing":
            pane.agree.open()
            pane.agree.submit()


@pytest.mark.slow
@pytest.mark.parametrize("state", ["card", "form", "editing", "wrong", "conflict", "no hits", "help", "agreeing"])
def test_nothing_is_wrong_with_the_room_of_teams(
    text_size: int, make_window: MakeWindow, workspace: Workspace, town: Town, state: str
) -> None:
    window = make_window(workspace)
    show_everything(window, town, state)
    assert audit_in_every_theme(window) == ""


@pytest.mark.slow
def test_nothing_is_wrong_before_the_first_team(
    text_size: int, make_window: MakeWindow, bare_workspace: Workspace
) -> None:
    assert audit_in_every_theme(make_window(bare_workspace)) == ""


def test_nothing_is_wrong_in_the_smallest_window(make_window: MakeWindow, workspace: Workspace) -> None:
    assert audit(make_window(workspace, width=1024, height=640)) == []


@pytest.mark.slow
def test_nothing_is_wrong_with_the_palette(text_size: int, make_window: MakeWindow, workspace: Workspace) -> None:
    window = make_window(workspace)
    window.open_palette()
    window.palette_view.field.setText("tier")
    assert audit_in_every_theme(window.palette_view, reach=False) == ""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["preferences", "history", "crash"])
def test_nothing_is_wrong_with_dialogs(every_look: None, qtbot: QtBot, workspace: Workspace, kind: str) -> None:
    dialog: QDialog
    if kind == "preferences":
        dialog = PreferencesDialog(Remembered(Preferences()))
    elif kind == "history":
        dialog = HistoryDialog(workspace, ImmediateJobs())
    else:
        dialog = CrashDialog("Teams", "details")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert audit(dialog) == []
    dialog.close()
    dialog.deleteLater()


@pytest.fixture
def faulty(qtbot: QtBot, usual_look: None) -> Iterator[QWidget]:
    """A window with one fault of each kind."""
    window = QWidget()
    layout = QVBoxLayout(window)
    pale = label("A sentence nobody can read")
    pale.setStyleSheet("color: #C9C9C4")
    trap = QPlainTextEdit()
    trap.setAccessibleName("Trap")
    unreached = QPushButton("Only by mouse")
    unreached.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    nameless, unlabeled = QPushButton(""), QLineEdit()
    nameless.setFixedSize(16, 16)
    cut = label("A label that is much longer than the room it has")
    cut.setFixedWidth(60)
    blind = QWidget()
    blind.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    blind.setAccessibleName("Takes the focus and does not show it")
    blind.setMinimumSize(40, 40)
    under, over = label("One line"), label("Another line on the same spot")
    pushed = QWidget()
    crowd = QVBoxLayout(pushed)
    for line in (under, over):
        line.setFixedHeight(20)
        crowd.addWidget(line)
    pushed.setFixedHeight(16)
    layout.addWidget(pushed)
    for widget in (pale, nameless, unlabeled, blind, cut, trap, unreached):
        layout.addWidget(widget)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()
    window.deleteLater()


def test_the_audit_finds_planted_faults(faulty: QWidget) -> None:
    rules = {finding.rule for finding in audit(faulty)}
    assert {
        "no accessible name",
        "field without a label",
        "Tab is trapped",
        "text is cut off",
        "lies on another part",
    } <= rules
    assert any(rule.startswith("target 16") for rule in rules)
    assert any(rule.startswith("contrast") for rule in rules)
    assert "not reached with Tab" in rules, "the text box swallows Tab, so what follows is never reached"
    assert "focus does not show" in rules


def test_findings_read_well() -> None:
    assert str(Finding("no accessible name", "Button 'x'")).startswith("Finding(")
