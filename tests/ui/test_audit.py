"""The audit over every page and dialog, in every theme, at 100 % and 200 % text; and proof that it can fail."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mtss_desktop.app.jobs import ImmediateJobs
from mtss_desktop.app.settings import Preferences
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.ui.crash import CrashDialog
from mtss_desktop.ui.dialogs.history import HistoryDialog
from mtss_desktop.ui.dialogs.preferences import PreferencesDialog
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fields import Choice, Field, TextBox
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import scrolling
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.remembered import Remembered
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.teams.pane import TeamsPane
from mtss_desktop.ui.theme import THEMES, FocusRing, look
from mtss_desktop.usecases import teams
from mtss_desktop.usecases.teams import TeamFact
from tests.audit import sweep
from tests.audit.sweep import Look
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
def plant(qtbot: QtBot, usual_look: None) -> Iterator[Callable[..., QWidget]]:
    """Shows a window with nothing wrong but the part that is planted in it."""
    made: list[QWidget] = []

    def window(*parts: QWidget, width: int = 420, height: int = 300) -> QWidget:
        whole = QWidget()
        whole.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        whole.setProperty("kind", "page")
        layout = QVBoxLayout(whole)
        layout.setSpacing(16)
        for part in (Button("Back"), *parts, Button("Next")):  # the caret of a field is stronger than its words
            layout.addWidget(part)
        FocusRing(whole)
        whole.resize(width, height)
        whole.show()
        qtbot.waitExposed(whole)
        whole.activateWindow()
        made.append(whole)
        return whole

    yield window
    for each in made:
        each.close()
        each.deleteLater()


def _named(widget: QWidget, name: str = "Part") -> QWidget:
    widget.setAccessibleName(name)
    return widget


def _pale() -> QWidget:
    made = label("A sentence nobody can read")
    made.setStyleSheet("color: #C9C9C4")
    return made


def _pale_field() -> QWidget:
    made = Field("Words nobody can read", name="Field")
    made.setStyleSheet("color: #C9C9C4")
    return made


def _small() -> QWidget:
    made = QPushButton("")
    made.setStyleSheet("min-height: 0; padding: 0")
    made.setFixedSize(16, 16)
    return _named(made)


def _blind() -> QWidget:
    made = QWidget()
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setMinimumSize(40, 40)
    made.setProperty("ring", "own")
    return _named(made)


def _narrow(made: QWidget, width: int) -> QWidget:
    made.setFixedWidth(width)
    return made


def _low_words() -> QWidget:
    made = Prose("Words that need two lines and more in the width they have, but get the height of one alone.")
    made.setFixedSize(120, 20)
    return made


def _crowd() -> QWidget:
    made = QWidget()
    crowd = QVBoxLayout(made)
    for text in ("One line", "Another line on the same spot"):
        line = label(text)
        line.setFixedHeight(20)
        crowd.addWidget(line)
    made.setFixedHeight(16)
    return made


def _beyond() -> QWidget:
    made = QWidget()
    made.setFixedSize(200, 40)
    Button("Half of this is outside", kind="quiet").setParent(made)
    made.children()[0].setGeometry(150, 0, 180, 32)  # type: ignore[attr-defined]
    return made


def _wide_page() -> QWidget:
    inside = QWidget()
    inside.setMinimumWidth(900)
    return scrolling(inside, "Page")


def _table(cell: str, head: str, width: int, tone: str = "") -> QWidget:
    columns = [Column[str]("words", head, lambda text: Cell(text, tone), width=width)]
    made: RecordTable[str] = RecordTable(columns, key=str, name="Table")
    made.show_records([cell])
    made.horizontalHeader().resizeSection(0, width)
    return made


def _keeps_the_focus() -> QWidget:
    made = QTableWidget(2, 2)
    made.setTabKeyNavigation(True)
    made.setProperty("ring", "none")
    return _named(made)


def _only_by_mouse() -> QWidget:
    made = QPlainTextEdit()  # takes Tab for itself: what follows is never reached
    return _named(made)


PLANTED: dict[str, tuple[Callable[[], QWidget], str]] = {
    "a button without a name": (lambda: QPushButton(""), "no accessible name"),
    "a field without a label": (QLineEdit, "field without a label"),
    "a box that swallows Tab": (lambda: _named(QPlainTextEdit()), "Tab is trapped"),
    "a button behind it": (_only_by_mouse, "not reached with Tab"),
    "a grid that F6 does not leave": (_keeps_the_focus, "focus is trapped"),
    "a stop whose focus does not show": (_blind, "focus does not show"),
    "pale words": (_pale, "contrast"),
    "pale words in a field": (_pale_field, "contrast"),
    "pale words in a cell": (lambda: _table("Nobody reads this", "Head", 300, "hairline"), "contrast"),
    "a target too small": (_small, "target 16"),
    "a label cut off": (lambda: _narrow(label("A label much longer than its room"), 60), "text is cut off"),
    "a button cut off": (lambda: _narrow(QPushButton("A button much longer than its room"), 60), "text is cut off"),
    "lines cut off below": (_low_words, "text is cut off"),
    "a choice cut off": (
        lambda: _narrow(Choice([("a", "Ashby County Public Schools")], name="P"), 80),
        "text is cut off",
    ),
    "words of an empty field": (
        lambda: _narrow(Field(name="F", placeholder="First and last name"), 60),
        "text is cut off",
    ),
    "a cell without its words": (lambda: _table("Holcomb Middle School", "School", 40), "text is cut off"),
    "a head without its words": (lambda: _table("7", "Longer than its column", 40), "text is cut off"),
    "parts pushed over each other": (_crowd, "lies on another part"),
    "a part half outside": (_beyond, "sticks out of what holds it"),
    "a page with no way to its right edge": (_wide_page, "page is wider than its window"),
}


@pytest.mark.parametrize("what", PLANTED)
def test_the_audit_finds_what_is_planted(plant: Callable[..., QWidget], what: str) -> None:
    part, rule = PLANTED[what]
    found = audit(plant(part()))
    assert any(each.rule.startswith(rule) for each in found), found


def test_the_audit_finds_nothing_where_nothing_is_wrong(plant: Callable[..., QWidget]) -> None:
    page = plant(
        label("A label"),
        Prose("A sentence as long as it is, in as many lines as it needs."),
        FormField("Name", Field()),
        Choice([("a", "Ashby County Public Schools")], name="Place"),
        TextBox(name="Words"),
        _table("Holcomb Middle School", "School", 300),
        height=560,
    )
    assert audit(page) == []


def test_a_thin_stroke_is_measured_by_its_ink(plant: Callable[..., QWidget]) -> None:
    """A single 1 in a faint ink has no pixel of that ink: drawn larger it has."""
    assert audit(plant(label("1", "faint"), label("11", "faint"))) == []


@pytest.mark.slow
def test_a_menu_is_measured_entry_by_entry(make_window: MakeWindow, workspace: Workspace) -> None:
    window = make_window(workspace)
    menu = window.menus.menus[1]
    menu.popup(window.mapToGlobal(window.rect().center()))
    assert audit(menu, reach=False) == []
    menu.setStyleSheet("QMenu { color: #C9C9C4; background: white } QMenu::item { color: #C9C9C4 }")
    assert any(each.rule.startswith("contrast") for each in audit(menu, reach=False))
    menu.close()


def sample_of_screens() -> list[Look]:
    """Another handful each day would find more, and never the same twice: the seed stays, `dev.py audit` goes over all."""
    draw = random.Random(20260212)
    kept = [name for name in sweep.names() if not name.startswith("import_mapping")]
    return [Look(name, THEMES[at % 3], 100 + 100 * (at % 2)) for at, name in enumerate(draw.sample(kept, 4))]


def test_every_screen_has_its_look(sample_file: Path, tmp_path: Path, qapp: QApplication, usual_look: None) -> None:
    """The sweep of a few screens, as ``dev.py audit`` does it for all."""
    sweep.use(sample_file, tmp_path)
    assert {str(each): found for each in sample_of_screens() if (found := sweep.examine(each))} == {}


def test_findings_read_well() -> None:
    assert str(Finding("no accessible name", "Button 'x'")).startswith("Finding(")
