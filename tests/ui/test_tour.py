"""The tour: comes once with the sample, keeps out of the way, and every step leads to a room that exists."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mtss_desktop.app import opening, settings
from mtss_desktop.app.settings import Preferences
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.ui.kit.fields import Field
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.rooms import panes
from mtss_desktop.ui.theme import look
from mtss_desktop.ui.tour import read_steps
from tests.ui.audit import audit
from tests.ui.conftest import MakeWindow

Key = Qt.Key


def toured(make_window: MakeWindow, sample: Workspace, **more: int) -> MainWindow:
    window = make_window(sample, preferences=Preferences(theme="light"), **more)
    assert window.tour.isVisible()
    return window


def test_every_step_names_a_room_that_exists() -> None:
    assert {step.room for step in read_steps()} <= {kind.room.key for kind in panes()}
    assert 5 <= len(read_steps()) <= 8
    assert all(len(f"{step.text} {step.act}") < 190 for step in read_steps())


def test_it_comes_with_the_sample_and_leaves_the_focus_where_it_is(make_window: MakeWindow, sample: Workspace) -> None:
    window = toured(make_window, sample)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.current.isAncestorOf(focused)


def test_it_does_not_come_with_a_database_of_ones_own(make_window: MakeWindow, tmp_path: Path) -> None:
    with opening.create(tmp_path / "own.mtss", passphrase=None, first=opening.FirstFacts()).workspace as own:
        window = make_window(own, preferences=Preferences(theme="light"))
        assert window.tour.isHidden()
        window.close()


def test_next_and_back_lead_through_the_rooms_by_keys(make_window: MakeWindow, sample: Workspace) -> None:
    window = toured(make_window, sample)
    window.tour.next.setFocus()
    seen = [window.tour.steps[0].room]
    for _ in range(len(window.tour.steps) - 1):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Space)
        seen.append(window.current.room.key)
    assert seen == [step.room for step in read_steps()]
    window.tour.back.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Space)
    assert window.current.room.key == seen[-2]
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Space)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Space)
    assert window.tour.isHidden()
    assert window.rooms.isAncestorOf(QApplication.focusWidget())


def test_once_closed_it_does_not_come_back_by_itself(make_window: MakeWindow, sample: Workspace) -> None:
    window = toured(make_window, sample)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert window.tour.isHidden()
    assert settings.read().tour_seen
    again = make_window(sample, preferences=settings.read())
    assert again.tour.isHidden()
    next(entry for entry in again.menus.help.actions() if entry.text() == "Tour").trigger()
    assert again.tour.isVisible()
    assert again.tour.at == 0


def test_ended_with_the_window_it_was_seen(make_window: MakeWindow, sample: Workspace) -> None:
    window = toured(make_window, sample)
    window.close()
    assert settings.read().tour_seen


def test_typing_goes_on_while_it_opens_and_closes(make_window: MakeWindow, sample: Workspace) -> None:
    window = toured(make_window, sample)
    window.go_to("teams")
    field = next(each for each in window.current.findChildren(Field) if each.isVisible())
    field.setFocus()
    QTest.keyClicks(field, "Tier")
    window.tour.end()
    window.tour.begin()
    QTest.keyClicks(QApplication.focusWidget(), " 1")
    assert field.hasFocus()
    assert field.text() == "Tier 1"


def test_f6_reaches_it_and_escape_leaves_it(make_window: MakeWindow, sample: Workspace) -> None:
    window = toured(make_window, sample)
    for _ in range(6):
        if window.tour.next.hasFocus():
            break
        QTest.keyClick(QApplication.focusWidget(), Key.Key_F6)
    assert window.tour.next.hasFocus()
    QTest.keyClick(window.tour.next, Key.Key_Escape)
    assert window.tour.isHidden()
    assert window.rooms.isAncestorOf(QApplication.focusWidget())


@pytest.mark.parametrize(
    ("theme", "percent", "width"), [("light", 100, 1280), ("dark", 200, 1280), ("contrast", 200, 1024)]
)
def test_it_can_be_seen_read_and_reached(
    make_window: MakeWindow, sample: Workspace, theme: str, percent: int, width: int
) -> None:
    look().use(theme, percent)
    window = toured(make_window, sample, width=width)
    for at in range(len(window.tour.steps)):
        window.tour._show(at)
        assert audit(window.tour, reach=False) == []
    assert window.rooms.height() > window.tour.height()


def test_it_follows_to_a_room_and_makes_room_for_minutes(make_window: MakeWindow, sample: Workspace) -> None:
    """Large text, where the strip and a page that needs all the room do not both fit."""
    look().use("light", 200)
    window = toured(make_window, sample)
    window.go_to("teams")
    assert window.tour.steps[window.tour.at].room == "teams"
    header = window.current.header
    QTest.qWait(60)
    words = header.title.geometry(), header.sentence.geometry()
    assert not words[0].intersects(words[1])
    assert header.sentence.height() >= header.sentence.heightForWidth(header.sentence.width())
    assert header.title.height() >= header.title.fontMetrics().height()
    pane = window.pane("meetings")
    window.go_to("meetings")
    at = window.tour.at
    pane.turn_to("live")
    assert window.tour.isHidden()
    pane.turn_to("list")
    assert window.tour.isVisible()
    assert window.tour.at == at
