"""Rooms come and go behind the one that is shown, and nobody loses anything by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.domain.people import OrganizationKind
from mtss_desktop.ui import find
from mtss_desktop.ui.kit.typed import typed_fields
from mtss_desktop.ui.panes.teams.pane import TeamsPane
from mtss_desktop.usecases import places, teams
from mtss_desktop.usecases.use_case import described
from tests.ui.conftest import HeldJobs, MakeWindow
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


def test_the_room_in_front_stands_as_it_was_in_another_theme(
    make_window: MakeWindow, workspace: Workspace, town: Town
) -> None:
    """View, scroll and column widths stay: it is dressed, not made anew."""
    window = make_window(workspace)
    window.go_to("teams", town.team)
    teams_room = window.pane("teams")
    assert isinstance(teams_room, TeamsPane)
    teams_room.show_view("matrix")
    window.use_theme("dark")
    QApplication.processEvents()
    assert window.current is teams_room
    assert teams_room.view == "matrix"
    window.go_to("schools")
    wall = window.current.wall  # type: ignore[attr-defined]
    QApplication.processEvents()
    widths = [wall.columnWidth(place) for place in range(len(wall.rows.columns))]
    window.use_theme("light")
    QApplication.processEvents()
    assert [wall.columnWidth(place) for place in range(len(wall.rows.columns))] == widths


def test_a_room_that_holds_something_stays(make_window: MakeWindow, workspace: Workspace, tmp_path: Path) -> None:
    """A file that is being checked, work under way: nowhere but in the room."""
    sheet = tmp_path / "roster.csv"
    sheet.write_text("Student ID,Last Name,First Name,Grade,School\n1001,Lee,Ana,3,Piney Ridge\n")
    window = make_window(workspace)
    imports = window.pane("imports")
    window.go_to("imports")
    imports.take_files([sheet])  # type: ignore[attr-defined]
    assert imports.holds_work
    window.go_to("today")
    window.use_theme("dark")
    QApplication.processEvents()
    assert set(window.rooms.panes) == {"today", "imports"}
    window.remembered.change(text_size=120)
    assert window.pane("imports") is imports
    assert imports.holds_work
    window.remembered.change(text_size=100)
    window.go_to("today")
    assert window.pane("imports") is imports
    imports.leave_file()  # type: ignore[attr-defined]
    assert window.pane("imports") is not imports, "once it holds nothing it is made at the new size"


def test_what_stands_in_the_fields_of_a_hidden_room_comes_back_in_another_look(
    make_window: MakeWindow, workspace: Workspace, town: Town, qtbot: QtBot
) -> None:
    """What was looked for, and what was typed: dressing the rooms that hold them would stop the window for a second."""
    window = make_window(workspace)
    window.go_to("teams", town.team)
    pane = window.pane("teams")
    assert isinstance(pane, TeamsPane)
    pane.list.filter.setText("tier")
    pane.join.open()
    QTest.keyClicks(pane.join.field, "Nguyen")
    assert {each.text() for each in typed_fields(pane) if isinstance(each, QLineEdit)} == {"tier", "Nguyen"}
    window.go_to("today")
    window.use_theme("dark")
    QApplication.processEvents()
    assert set(window.rooms.panes) == {"today"}
    assert workspace.typing.flush()
    assert "Nguyen" in [each.text for each in workspace.typing.pending()], "whoever closes the window now loses nothing"
    window.go_to("teams")
    again = window.pane("teams")
    assert isinstance(again, TeamsPane)
    assert again.list.filter.text() == "tier"
    assert again.record_id == town.team
    qtbot.waitUntil(lambda: again.join.field.text() == "Nguyen")


def test_to_show_a_room_and_a_record_in_it_asks_each_question_once(
    make_window: MakeWindow, sample: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(sample)
    asked: Counter[str] = Counter()
    ask = Workspace.ask

    def counted(self: Workspace, question: Callable[..., Any], *args: Any, **named: Any) -> Any:
        asked[f"{described(question).name} {sorted(named.items())}"] += 1
        return ask(self, question, *args, **named)

    monkeypatch.setattr(Workspace, "ask", counted)
    team = sample.ask(teams.cards)[3].id
    school = next(place.id for place in sample.ask(places.places) if place.kind is not OrganizationKind.DIVISION)
    for room, record in (
        ("teams", team),
        ("schools", school),
        ("data", "behavior"),
        ("plans", "goals"),
        ("lookfors", ""),
    ):
        asked.clear()
        window.go_to(room, record)
        assert asked
        assert {name: count for name, count in asked.items() if count > 1} == {}, room


def test_a_room_that_stays_sheds_what_nobody_sees(make_window: MakeWindow, workspace: Workspace) -> None:
    """A form half filled keeps the room; the views behind it hold nothing and go before the new look reaches them."""
    window = make_window(workspace)
    for key, views in (("plans", ("goals", "problems")), ("data", ("behavior", "screening"))):
        window.go_to(key)
        for view in views:
            window.current.show_view(view)  # type: ignore[attr-defined]
    plans, data = window.pane("plans"), window.pane("data")
    plans.shed()
    data.shed()
    assert set(plans._views) == {"problems"}  # type: ignore[attr-defined]
    assert "behavior" not in vars(data)
    window.go_to("plans")
    window.current.show_view("goals")  # type: ignore[attr-defined]
    assert set(plans._views) == {"problems", "goals"}  # type: ignore[attr-defined]


@pytest.mark.parametrize(("room", "views"), [("plans", ("goals", "problems")), ("teams", ("links", "matrix"))])
def test_a_view_whose_answer_is_on_its_way_is_not_shed(
    make_window: MakeWindow, workspace: Workspace, room: str, views: tuple[str, str]
) -> None:
    """It would come to a view that is gone."""
    jobs = HeldJobs()
    window = make_window(workspace, jobs=jobs)
    window.go_to(room)
    jobs.hold()
    for view in views:
        window.current.show_view(view)  # type: ignore[attr-defined]
    window.current.shed()
    jobs.let_home()
    assert window.current.view == views[1]  # type: ignore[attr-defined]


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
