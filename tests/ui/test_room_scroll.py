"""A room has exactly the page where that is high enough, and scrolls as a whole where it is not; the tour folds its text."""

from __future__ import annotations

from PySide6.QtTest import QTest

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.ui.kit.layouts import least_height
from mtss_desktop.ui.theme import look
from tests.ui.conftest import MakeWindow


def test_a_room_scrolls_where_it_needs_more_height_and_the_tour_folds(
    make_window: MakeWindow, workspace: Workspace
) -> None:
    window = make_window(workspace)
    page = window.page
    assert window.rooms.size() == page.maximumViewportSize()
    assert not page.verticalScrollBar().isVisible()
    window.tour.begin()
    assert window.tour.text.isVisible()
    assert not window.tour.unfold.isVisible(), "one line of text is no reason to fold it"
    window.tour.end()

    window.current.setMinimumHeight(1500)
    page.fit()
    assert window.rooms.height() >= 1500
    assert page.verticalScrollBar().maximum() > 0
    window.current.setMinimumHeight(0)
    page.fit()
    assert window.rooms.size() == page.maximumViewportSize()

    look().use("light", 200)
    window.resize(1024, 640)
    QTest.qWait(60)
    front = window.rooms.front
    assert front is not None
    assert window.rooms.height() >= least_height(front, window.rooms.width()), "no part is pushed over another"
    window.tour.begin()
    tour = window.tour
    assert not tour.text.isVisible()
    folded = tour.height()
    tour.unfold.click()
    QTest.qWait(20)
    assert tour.text.isVisible()
    assert tour.height() > folded
    tour.turn(1)
    assert not tour.text.isVisible(), "the next step begins folded"
