"""The room of schools, by keys: the wall and why, the card, a school's page, the calendar, and adding a school in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from fractions import Fraction

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain.people import DayWithoutSchool, SchoolYearId
from mtss_desktop.domain.rating_rollups import FidelityLine
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.schools.pane import SchoolsPane
from mtss_desktop.ui.panes.schools.words import fidelity_line, read_day, span_of, spans
from mtss_desktop.ui.panes.teams.pane import TeamsPane
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import actions, meetings, people, places, schools, teams
from tests.ui.audit import audit, audit_in_every_theme
from tests.ui.caseload import Caseload, DataRoom, ImportRoom, MeetingsRoom, set_calendars
from tests.ui.conftest import MakeWindow
from tests.ui.test_kept import crash
from tests.ui.town import TODAY, Town

ROOMS: tuple[type[Pane], ...] = (SchoolsPane, TeamsPane, MeetingsRoom, DataRoom, ImportRoom)
Open = Callable[..., SchoolsPane]


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWidget:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)
    QApplication.processEvents()
    now = QApplication.focusWidget()
    assert now is not None
    return now


def write(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)
    QApplication.processEvents()


@pytest.fixture
def town(caseload_town: tuple[Town, Caseload]) -> Town:
    """With meetings and actions."""
    return caseload_town[0]


@pytest.fixture
def caseload(caseload_town: tuple[Town, Caseload]) -> Caseload:
    return caseload_town[1]


@pytest.fixture
def open_schools(make_window: MakeWindow, workspace: Workspace, caseload: Caseload) -> Open:
    def make(kinds: tuple[type[Pane], ...] = ROOMS, **more: int) -> SchoolsPane:
        return schools_of(make_window(workspace, kinds=kinds, room="schools", **more))

    return make


def schools_of(window: MainWindow) -> SchoolsPane:
    window.go_to("schools")
    QApplication.processEvents()
    pane = window.current
    assert isinstance(pane, SchoolsPane)
    return pane


def window_of(pane: SchoolsPane) -> MainWindow:
    window = pane.window()
    assert isinstance(window, MainWindow)
    return window


def names(pane: SchoolsPane) -> list[str]:
    return [line.name for line in pane.wall.rows.keyed.rows]


def notice(pane: SchoolsPane) -> str:
    return window_of(pane).status.notice.text()


# The wall ----------------------------------------------------------------------------------------------------------------


def test_the_wall_is_sorted_by_need_and_says_why(open_schools: Open) -> None:
    pane = open_schools()
    wanted = ["Ashby County Public Schools", "Ashby County High", "Piney Ridge Elementary", "Holcomb Middle"]
    assert names(pane) == wanted
    text = "\n".join(str(pane.wall.rows.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(4))
    assert "No visit on record this year, no next meeting, Division · 1 team" in text
    assert "2 actions late, 6–8 · 5 teams" in text
    assert "Last visit 5 weeks ago, 1 action late" in text
    sentence = "Sorted by need. Ashby County Public Schools comes first: no visit on record this year, no next meeting."
    assert pane.header.sentence.text() == sentence


def test_a_place_with_nothing_late_says_when_it_meets_next(workspace: Workspace, caseload: Caseload) -> None:
    line = next(line for line in workspace.ask(schools.wall) if line.name == "Holcomb Middle")
    assert (line.late, line.open_actions, line.held, line.planned) == (2, 5, 1, 2)
    for action in caseload.actions[1:3]:
        workspace.do(actions.mark_done, action)
    line = next(line for line in workspace.ask(schools.wall) if line.name == "Holcomb Middle")
    assert ENGLISH.say(line.why) == "Nothing is late. Next meeting Tue 11/17."


def test_by_name_is_one_key_away_and_need_comes_back(open_schools: Open) -> None:
    pane = open_schools()
    by_need = names(pane)
    pane.order.picked.emit("name")
    assert names(pane) == sorted(by_need)
    pane.order.picked.emit("need")
    assert names(pane) == by_need


def test_the_wall_copies_as_text(open_schools: Open) -> None:
    pane = open_schools()
    press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    heads, row = QGuiApplication.clipboard().text().splitlines()
    assert heads.startswith("School and why it is here\tLast visit, next meeting\tFidelity, with criterion\tActions")
    assert row.startswith("Ashby County Public Schools\tno visit on record; no next meeting\tNot rated\t0 late, 0 open")
    assert pane.wall.hasFocus()


# The card ----------------------------------------------------------------------------------------------------------------


def test_fidelity_is_said_with_what_is_asked_for_and_what_was_before(open_schools: Open) -> None:
    pane = open_schools()
    line = pane.wall.rows.keyed.rows[0]
    points = ((date(2025, 10, 21), Fraction(53), "2.1"), (date(2026, 2, 3), Fraction(245, 4), "3.0"))
    rated = replace(line, fidelity=FidelityLine("Tiered Fidelity Inventory", "Tier 1", points, Fraction(50)))
    wanted = "Tiered Fidelity Inventory, Tier 1: 61% on 2/3/2026, asked for 50%; before that 53%"
    assert fidelity_line(pane.words, rated) == wanted
    assert fidelity_line(pane.words, line) == "Not rated"
    pane.wall.show_lines(pane.words, [rated], pane.wall.today)
    assert not pane.wall.grab().isNull()
    assert pane.wall.rows.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole).endswith(wanted)


def test_up_and_down_change_the_card_at_once(open_schools: Open) -> None:
    pane = open_schools()
    assert QApplication.focusWidget() is pane.wall
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    made = pane.card.sections
    assert made.teams.heading.text() == "Holcomb: teams"
    assert [line.text() for line in made.meetings.lines] == ["Tier 1 team", "Tier 2 team", "Tier 3 team"]
    assert made.actions.aside.text() == "2 late"
    assert pane.wall.hasFocus()


def test_the_card_says_what_is_not_there(open_schools: Open) -> None:
    made = open_schools().card.sections
    assert made.meetings.nothing.text() == "No next meeting is planned."
    assert made.actions.nothing.text() == "No action is open."
    assert made.calendar.lines[0].text() == "No calendar yet"


def test_f6_goes_through_the_columns_of_the_card(open_schools: Open) -> None:
    pane = open_schools()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    made = pane.card.sections
    assert press(Qt.Key.Key_F6) is made.teams.lines[0]
    assert press(Qt.Key.Key_F6) is made.meetings.lines[0]
    assert press(Qt.Key.Key_F6) is made.calendar.lines[0]


def test_a_small_window_keeps_the_wall_and_lets_the_card_go(open_schools: Open, usual_look: None, qtbot: QtBot) -> None:
    pane = open_schools()
    window = window_of(pane)
    assert pane.card.isVisible()
    window = window_of(pane)
    look().use("light", 200)
    large = schools_of(window)
    assert not large.card.isVisible()
    assert large.wall.isColumnHidden(4)
    heights = look().measures.height
    qtbot.waitUntil(lambda: large.wall.height() >= heights.table_head + heights.wall_row, timeout=2000)


# A school's page -----------------------------------------------------------------------------------------------------------


def open_page(pane: SchoolsPane, name: str) -> None:
    while pane.wall.current is not None and pane.wall.current.name != name:
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert pane.page_is_open


def test_enter_opens_the_page_and_esc_comes_back_to_the_row(open_schools: Open) -> None:
    pane = open_schools()
    open_page(pane, "Holcomb Middle")
    assert pane.header.title.text() == "Holcomb Middle"
    assert pane.header.sentence.text() == "6–8 · 5 teams · 13 people. 2 actions late."
    made = pane.page.sections
    assert QApplication.focusWidget() is made.meetings.lines[0]
    assert made.people is not None
    assert "Marcus Bell" in [line.text() for line in made.people.lines]
    assert made.teams.lines[0].text() == "School leadership"
    press(Qt.Key.Key_Escape)
    assert pane.wall.hasFocus()
    assert pane.wall.current is not None
    assert pane.wall.current.name == "Holcomb Middle"
    assert pane.header.title.text() == "Schools"


def test_lines_of_the_page_lead_on(open_schools: Open, caseload: Caseload) -> None:
    pane = open_schools()
    open_page(pane, "Holcomb Middle")
    press(Qt.Key.Key_Return)
    room = window_of(pane).current
    assert isinstance(room, MeetingsRoom)
    assert room.sent_to == [caseload.meetings[0]]
    schools_of(window_of(pane))
    assert pane.page_is_open, "the room is as it was left"
    pane.page.sections.teams.lines[0].setFocus()
    press(Qt.Key.Key_Return)
    assert window_of(pane).current.record_id == caseload.teams["Holcomb Middle", "School leadership"]


def test_an_action_is_done_in_place_and_comes_back_with_undo(open_schools: Open, workspace: Workspace) -> None:
    pane = open_schools()
    open_page(pane, "Holcomb Middle")
    group = pane.page.sections.actions
    group.lines[0].setFocus()
    assert press(Qt.Key.Key_Space) is group.lines[0]
    assert group.lines[0].shown.check is True
    assert notice(pane) == "Done: Re-teach stair expectations in 7A and 7B"
    assert group.aside.text() == "1 late"
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert group.lines[0].shown.check is False
    assert group.aside.text() == "2 late"
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Space)
    assert group.lines[0].shown.check is False, "Space again opens it again"
    line = next(line for line in workspace.ask(schools.wall) if line.name == "Holcomb Middle")
    assert line.late == 2


def test_what_was_done_goes_when_the_room_is_left(open_schools: Open) -> None:
    pane = open_schools()
    open_page(pane, "Holcomb Middle")
    group = pane.page.sections.actions
    group.lines[0].setFocus()
    press(Qt.Key.Key_Space)
    assert len(group.lines) == 5
    window_of(pane).go_to("teams")
    schools_of(window_of(pane))
    assert len(group.lines) == 4


def test_another_room_can_send_to_a_school(open_schools: Open, caseload: Caseload) -> None:
    pane = open_schools()
    window_of(pane).go_to("teams")
    window_of(pane).go_to("schools", caseload.places["Piney Ridge"])
    QApplication.processEvents()
    assert pane.record_id == caseload.places["Piney Ridge"]
    assert pane.header.title.text() == "Piney Ridge Elementary"


def test_a_place_that_is_gone_is_said_and_the_wall_stays(open_schools: Open) -> None:
    pane = open_schools()
    window_of(pane).go_to("schools", "f" * 32)
    QApplication.processEvents()
    assert pane.header.title.text() == "Ashby County Public Schools", "the first of the wall stands in"


# The calendar ---------------------------------------------------------------------------------------------------------------


def test_no_school_today_is_one_key(open_schools: Open, workspace: Workspace, caseload: Caseload) -> None:
    set_calendars(workspace, caseload)
    pane = open_schools()
    open_page(pane, "Holcomb Middle")
    line = pane.page.sections.calendar.lines[0]
    assert (line.text(), line.shown.detail, line.shown.act_words) == (
        "School today",
        "Day 62 of 209.",
        "No school today",
    )
    line.setFocus()
    assert press(Qt.Key.Key_Space) is line
    assert (line.text(), line.shown.detail) == ("No school today", "61 of 208 school days so far.")
    assert notice(pane) == "No school at Holcomb today"
    other = workspace.ask(schools.page, caseload.places["Piney Ridge"])
    assert other.school_today is True, "only this school is closed"
    press(Qt.Key.Key_Space)
    assert line.text() == "School today"
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line.text() == "No school today"


def test_a_day_the_division_has_marked_is_not_taken_back_here(workspace: Workspace, caseload: Caseload) -> None:
    set_calendars(workspace, caseload)
    division = caseload.places["Ashby County Public Schools"]
    workspace.do(places.no_school, division, first=TODAY, reason="snow")
    page = workspace.ask(schools.page, caseload.places["Holcomb"])
    assert (page.school_today, page.off_here, page.off_reason) == (False, False, "snow")
    assert workspace.ask(schools.page, division).off_here is True


def test_the_calendar_is_set_in_place(open_schools: Open, workspace: Workspace, caseload: Caseload) -> None:
    pane = open_schools()
    open_page(pane, "Holcomb Middle")
    pane.page.sections.calendar.lines[0].setFocus()
    assert press(Qt.Key.Key_Space) is pane.calendar.first
    write("8/24")
    press(Qt.Key.Key_Return)
    assert pane.calendar.first_field.message == "Type it as month/day/year, for example 8/24/2026."
    write("/2026")
    press(Qt.Key.Key_Tab)
    write("8/1/2026")
    press(Qt.Key.Key_Return)
    assert pane.calendar.last_field.message.startswith("The last day of school is before the first.")
    pane.calendar.last.selectAll()
    write("6/10/27")
    press(Qt.Key.Key_Return)
    assert pane.page_is_open
    assert pane.page.sections.calendar.lines[0].text() == "School today"
    page = workspace.ask(schools.page, caseload.places["Holcomb"])
    assert page.days_in_year == 209


def test_spans_are_days_in_a_row_with_one_reason(workspace: Workspace, caseload: Caseload) -> None:
    set_calendars(workspace, caseload)
    division = caseload.places["Ashby County Public Schools"]
    thanksgiving, winter = date(2026, 11, 25), date(2026, 12, 21)
    workspace.do(places.no_school, division, first=thanksgiving, last=date(2026, 11, 27), reason="Thanksgiving")
    workspace.do(places.no_school, division, first=winter, last=date(2027, 1, 1), reason="Winter break")
    workspace.do(places.no_school, division, first=date(2027, 1, 4), reason="Teacher workday")
    workspace.do(places.no_school, division, first=TODAY, reason="snow")
    found = spans(workspace.ask(schools.page, caseload.places["Holcomb"]))
    assert found == [
        (thanksgiving, date(2026, 11, 27), "Thanksgiving"),
        (winter, date(2027, 1, 1), "Winter break"),
        (date(2027, 1, 4), date(2027, 1, 4), "Teacher workday"),
    ]
    assert span_of(ENGLISH, *found[1][:2]) == "Mon 12/21 – Fri 1/1"
    assert span_of(ENGLISH, *found[2][:2]) == "Mon 1/4"
    assert DayWithoutSchool(year_id=SchoolYearId(""), day=TODAY).reason == ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("8/24/2026", date(2026, 8, 24)),
        (" 8/24/26 ", date(2026, 8, 24)),
        ("2026-08-24", date(2026, 8, 24)),
        ("8/24", None),
        ("2/30/2027", None),
        ("next week", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_type_them(text: str, day: date | None) -> None:
    assert read_day(text) == day


# Adding and changing ---------------------------------------------------------------------------------------------------------


def test_a_school_is_added_in_place(open_schools: Open) -> None:
    pane = open_schools()
    assert press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier) is pane.form.name
    press(Qt.Key.Key_Return)
    assert pane.form.name_field.message == "Give the school a name."
    write("Cedar Fork Elementary")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    write("K-5")
    press(Qt.Key.Key_Return)
    assert pane.wall.hasFocus()
    assert pane.wall.current is not None
    assert (pane.wall.current.name, pane.wall.current.grades) == ("Cedar Fork Elementary", "K-5")
    assert pane.card.sections.teams.heading.text() == "Cedar Fork: teams"
    assert notice(pane) == "Cedar Fork Elementary added"
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Cedar Fork Elementary" not in names(pane)
    assert pane.wall.current is not None


def test_a_name_that_is_there_already_is_said_at_the_field(open_schools: Open) -> None:
    pane = open_schools()
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    write("holcomb middle")
    press(Qt.Key.Key_Return)
    assert pane.form_is_open
    assert "There is already a place called “holcomb middle”" in pane.form.name_field.message
    press(Qt.Key.Key_Escape)
    assert pane.wall.hasFocus()
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert pane.form.name.text() == "holcomb middle", "what was typed waits"


def test_a_school_is_changed_in_place(open_schools: Open, workspace: Workspace, caseload: Caseload) -> None:
    pane = open_schools()
    open_page(pane, "Piney Ridge Elementary")
    pane.change_button.click()
    assert pane.form.name.text() == "Piney Ridge Elementary"
    pane.form.grades.setText("PK–5")
    press(Qt.Key.Key_Return)
    assert pane.page_is_open
    assert pane.header.sentence.text().startswith("PK–5 · 4 teams")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert pane.form.name.text() == "", "the facts of one school are not another's beginning"
    assert workspace.ask(schools.page, caseload.places["Piney Ridge"]).place.grades == "PK–5"


def test_what_was_typed_on_another_evening_is_back(make_window: MakeWindow, workspace: Workspace) -> None:
    workspace.typing.keep_soon("school:name", "Cedar F")
    assert workspace.typing.flush()
    pane = schools_of(make_window(workspace, kinds=ROOMS))
    assert pane.form_is_open
    assert pane.form.name.text() == "Cedar F"
    assert notice(pane) == "What you were typing is back in its place."


def test_what_was_typed_to_change_a_school_or_its_calendar_is_back_with_the_place(
    make_window: MakeWindow, workspace: Workspace, caseload: Caseload, qtbot: QtBot
) -> None:
    """Also in another size of text, where the room is made anew."""
    window = make_window(workspace, kinds=ROOMS)
    pane = schools_of(window)
    open_page(pane, "Piney Ridge Elementary")
    pane.set_calendar()
    QTest.keyClicks(pane.calendar.first, "8/2")
    window.remembered.change(text_size=120)
    pane = schools_of(window)
    qtbot.waitUntil(lambda: pane.calendar_is_open and pane.calendar.first.text() == "8/2")
    assert pane.calendar.title.text().startswith("Piney Ridge")
    window.go_to("teams")
    window.use_theme("dark")
    assert "schools" not in window.rooms.panes, "to dress it where nobody sees it takes longer than to make it again"
    pane = schools_of(window)
    qtbot.waitUntil(lambda: pane.calendar_is_open and pane.calendar.first.text() == "8/2")
    pane.calendar.first.clear()
    pane.close_form()
    assert workspace.typing.flush()
    assert not workspace.typing.pending(), "what was taken out again does not wait"
    pane.change_school()
    QTest.keyClicks(pane.form.grades, " qz")
    changed = pane.form.grades.text()
    crash(window)
    pane = schools_of(make_window(workspace, kinds=ROOMS))
    qtbot.waitUntil(lambda: pane.form_is_open)
    assert (pane.form.name.text(), pane.form.grades.text()) == ("Piney Ridge Elementary", changed)
    assert notice(pane) == "What you were typing is back in its place."


def test_without_a_school_one_button_leads_on(make_window: MakeWindow, bare_workspace: Workspace) -> None:
    with bare_workspace.database.write(_step()) as work:
        for place in work.organizations.list():
            if place.parent_id:
                work.organizations.remove(place.id)
    pane = schools_of(make_window(bare_workspace, kinds=ROOMS))
    assert pane.header.sentence.text() == "No school yet."
    assert QApplication.focusWidget() is pane.empty.button
    assert press(Qt.Key.Key_Space) is pane.form.name
    write("Holcomb Middle")
    press(Qt.Key.Key_Return)
    assert "Holcomb Middle" in names(pane)
    assert pane.wall.hasFocus()


def _step() -> object:
    from mtss_desktop.app.safekeeping import Step

    return Step("Remove", "test", "edit")


def test_the_focus_stays_when_something_changes_elsewhere(open_schools: Open, workspace: Workspace) -> None:
    pane = open_schools()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    workspace.do(people.add, first_name="Ana", last_name="Lima", place_id=str(workspace.ask(places.places)[0].id))
    QApplication.processEvents()
    assert pane.wall.hasFocus()
    assert pane.wall.current is not None
    assert pane.wall.current.name == "Holcomb Middle"


def test_reading_only_offers_no_writing(open_schools: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    pane = open_schools()
    monkeypatch.setattr(type(pane.workspace), "can_write", property(lambda _: False))
    pane.refresh()
    assert pane.add_button.isHidden()
    assert {act.key for act in pane.acts() if act.why_not()} >= {"add", "change", "turn", "calendar"}
    assert pane.card.sections.calendar.lines[0].shown.act is None


# Cost and looks ----------------------------------------------------------------------------------------------------------------


def count_statements(workspace: Workspace, ask: Callable[[], object]) -> int:
    counted: list[str] = []
    engine = workspace.database.engines.reader

    def count(*args: object) -> None:
        counted.append(str(args[2]))

    sa.event.listen(engine, "before_cursor_execute", count)
    ask()
    sa.event.remove(engine, "before_cursor_execute", count)
    return len(counted)


def test_statements_do_not_grow_with_the_caseload(workspace: Workspace, caseload: Caseload) -> None:
    school = caseload.places["Holcomb"]
    wall = count_statements(workspace, lambda: workspace.ask(schools.wall))
    page = count_statements(workspace, lambda: workspace.ask(schools.page, school))
    for number in range(80):
        added = workspace.do(places.add_school, name=f"School {number}").value
        if number < 30:
            there = workspace.do(teams.add, school if number < 10 else added, name=f"Team {number}").value
            workspace.do(meetings.plan, there, day=TODAY + timedelta(days=number), starts_at=time(9))
            workspace.do(actions.add, there, text="Late", due_on=TODAY - timedelta(days=3))
    assert len(workspace.ask(schools.wall)) == 84
    assert len(workspace.ask(schools.page, school).teams) == 15
    assert count_statements(workspace, lambda: workspace.ask(schools.wall)) == wall > 3
    assert count_statements(workspace, lambda: workspace.ask(schools.page, school)) == page > 10


def show(pane: SchoolsPane, state: str) -> None:
    match state:
        case "page":
            open_page(pane, "Holcomb Middle")
        case "form":
            pane.start_school()
            pane.form.submit()
        case "calendar":
            pane.set_calendar()
            pane.calendar.submit()


@pytest.mark.slow
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("state", ["wall", "page", "form", "calendar"])
def test_nothing_is_wrong_with_schools(usual_look: None, open_schools: Open, state: str, percent: int) -> None:
    look().use("light", percent)
    pane = open_schools()
    show(pane, state)
    assert audit_in_every_theme(window_of(pane)) == ""


@pytest.mark.parametrize("state", ["wall", "page"])
def test_nothing_is_wrong_in_the_smallest_window(open_schools: Open, state: str) -> None:
    pane = open_schools(width=1024, height=640)
    show(pane, state)
    assert "\n".join(map(str, audit(window_of(pane)))) == ""
