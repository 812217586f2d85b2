"""The room of today, by keys: what it says, where it leads, what it does, and that nothing moves under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mtss_desktop.app import safekeeping
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.words import ENGLISH, said
from mtss_desktop.domain.caseload import Flag, MeetingLine
from mtss_desktop.domain.caseload_words import meeting_when
from mtss_desktop.domain.meetings import MeetingState
from mtss_desktop.ui.kit.line import Line
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.kit.scope import Names, Scope
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.meetings.pane import MeetingsPane
from mtss_desktop.ui.panes.schools.pane import SchoolsPane
from mtss_desktop.ui.panes.teams.pane import TeamsPane
from mtss_desktop.ui.panes.today.pane import TodayPane
from mtss_desktop.ui.panes.today.words import backup_line
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import actions, meetings, papers, people, places, teams, today
from tests.ui.audit import audit, audit_in_every_theme
from tests.ui.caseload import Caseload, ImportRoom, MeetingsRoom, PrintRoom
from tests.ui.conftest import MakeWindow
from tests.ui.town import TODAY, Town, open_copy

ROOMS: tuple[type[Pane], ...] = (TodayPane, SchoolsPane, TeamsPane, MeetingsRoom, ImportRoom, PrintRoom)
Open = Callable[..., TodayPane]


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWidget:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)
    QApplication.processEvents()
    now = QApplication.focusWidget()
    assert now is not None
    return now


@pytest.fixture
def town(caseload_town: tuple[Town, Caseload]) -> Town:
    """With meetings and actions."""
    return caseload_town[0]


@pytest.fixture
def caseload(caseload_town: tuple[Town, Caseload]) -> Caseload:
    return caseload_town[1]


@pytest.fixture
def open_today(make_window: MakeWindow, workspace: Workspace, caseload: Caseload) -> Open:
    def make(kinds: tuple[type[Pane], ...] = ROOMS, **more: int) -> TodayPane:
        return today_of(make_window(workspace, kinds=kinds, room="today", **more))

    return make


def today_of(window: MainWindow) -> TodayPane:
    window.go_to("today")
    QApplication.processEvents()
    pane = window.current
    assert isinstance(pane, TodayPane)
    return pane


def window_of(pane: TodayPane) -> MainWindow:
    window = pane.window()
    assert isinstance(window, MainWindow)
    return window


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text() for line in lines]


# What it says ----------------------------------------------------------------------------------------------------------


def test_the_title_is_the_day_and_one_sentence_says_what_waits(open_today: Open) -> None:
    pane = open_today()
    assert pane.header.title.text() == "Tuesday, November 17"
    assert pane.header.sentence.text() == "Two meetings today; no packet is printed yet. Three actions are late."


def test_meetings_stand_by_time_with_their_state_and_next_act(open_today: Open) -> None:
    lines = open_today().meetings.lines
    assert [line.shown.lead for line in lines] == [
        ("Today 7:50 AM", "until 8:50 AM"),
        ("Today 2:45 PM", "until 3:45 PM"),
        ("Wed 3:30 PM", "11/18, tomorrow"),
        ("Mon 9:00 AM", "11/23, in 6 days"),
    ]
    assert [line.shown.chip[0] for line in lines if line.shown.chip] == [
        "Packet not printed", "Packet not printed", "No agenda yet", "Draft",
    ]  # fmt: skip
    assert [line.shown.act_words for line in lines] == ["Print packet", "Print packet", "Start agenda", "Open"]
    assert lines[1].text() == "Tier 1 team, Holcomb"
    assert lines[1].shown.detail == "3 items, 5 open actions"


def test_late_actions_come_first_and_say_by_how_much(open_today: Open) -> None:
    pane = open_today()
    assert [line.shown.side for line in pane.due.lines] == [
        "5 days late, 11/12", "4 days late, 11/13", "1 day late, 11/16", "tomorrow, 11/18", "Fri 11/20",
    ]  # fmt: skip
    assert [line.shown.side_role for line in pane.due.lines] == ["danger"] * 3 + ["ink"] * 2
    assert pane.due.aside.text() == "5 of 6 open"


def test_places_that_wait_say_why_and_open_the_school(open_today: Open, caseload: Caseload) -> None:
    pane = open_today()
    pane.neglected.show_most(100)
    QApplication.processEvents()
    assert texts(pane.neglected.lines)[0] == "Ashby County Public Schools", "no visit, and no meeting is planned"
    at = texts(pane.neglected.lines).index("Ashby High")
    assert "No visit is on record this year" in pane.neglected.lines[0].shown.detail
    pane.neglected.lines[at].setFocus()
    press(Qt.Key.Key_Return)
    schools = window_of(pane).current
    assert isinstance(schools, SchoolsPane)
    assert schools.record_id == caseload.places["Ashby High"]


def test_a_quiet_team_stands_with_the_places_and_its_next_meeting_is_one_key_away(
    open_today: Open, workspace: Workspace, caseload: Caseload
) -> None:
    team = workspace.do(teams.add, caseload.places["Holcomb"], name="Attendance team").value
    held = workspace.do(meetings.plan, team, day=TODAY - timedelta(days=48), starts_at=time(9)).value
    workspace.do(meetings.record, held, present=())
    pane = open_today((*ROOMS[:3], MeetingsPane))
    pane.neglected.show_most(100)
    QApplication.processEvents()
    line = next(line for line in pane.neglected.lines if line.text() == "Attendance team, Holcomb")
    assert line.shown.detail == "No meeting since 9/30, 48 days ago. No next one is planned."
    assert "Tier 2 team, Piney Ridge" not in texts(pane.neglected.lines), "it meets today"
    line.setFocus()
    press(Qt.Key.Key_Space)
    room = window_of(pane).current
    assert isinstance(room, MeetingsPane)
    assert room.planning.is_open
    assert room.planning.form.team_id == team


def test_data_that_is_missing_is_said_once_and_leads_to_import(open_today: Open) -> None:
    pane = open_today()
    assert texts(pane.flags.lines) == ["No counts of this school year"]
    pane.flags.lines[0].setFocus()
    press(Qt.Key.Key_Return)
    assert window_of(pane).current.room.key == "imports"


def test_what_is_about_single_students_is_not_there_while_names_are_off(open_today: Open) -> None:
    pane = open_today()
    content = pane._content
    assert content is not None
    flags = (Flag(said("Six students"), said(""), "data", of_students=True), Flag(said("Files"), said(""), "imports"))
    shown = replace(content, page=replace(content.page, flags=flags))
    pane._show(shown)
    assert texts(pane.flags.lines) == ["Six students", "Files"]
    pane.scope = Scope(names=Names.OFF)
    pane._show(shown)
    assert texts(pane.flags.lines) == ["Files"]


def test_nobody_is_ranked(open_today: Open) -> None:
    """Owners stand beside their action, nowhere else: no group counts or orders people."""
    pane = open_today()
    owners = {line.shown.middle for line in pane.due.lines}
    for group in (pane.meetings, pane.neglected, pane.flags, pane.backup):
        assert not any(owner in line.shown.said for line in group.lines for owner in owners)


def test_groups_show_a_few_lines_and_open_in_place(open_today: Open) -> None:
    pane = open_today()
    assert (len(pane.meetings.lines), pane.meetings.more.text()) == (4, "2 more")
    pane.meetings.more.setFocus()
    focused = press(Qt.Key.Key_Space)
    assert len(pane.meetings.lines) == 6
    assert focused is pane.meetings.lines[4]
    pane.meetings.more.click()
    assert len(pane.meetings.lines) == 4


def test_the_rail_counts_what_waits(open_today: Open) -> None:
    window = window_of(open_today())
    spoken = {row.key: row.spoken for row in window.rail.list.rows.keyed.rows}
    assert spoken["meetings"] == "Meetings, 2 waiting"
    assert spoken["today"] == "Today, 3 waiting"


# Where it leads --------------------------------------------------------------------------------------------------------


def test_a_meeting_opens_its_room(open_today: Open, caseload: Caseload) -> None:
    pane = open_today()
    assert QApplication.focusWidget() is pane.meetings.lines[0]
    press(Qt.Key.Key_Return)
    room = window_of(pane).current
    assert isinstance(room, MeetingsRoom)
    assert room.sent_to == [caseload.meetings[1]]


def test_the_next_act_is_one_key_away(open_today: Open, caseload: Caseload) -> None:
    pane = open_today()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    room = window_of(pane).current
    assert isinstance(room, PrintRoom)
    assert room.sent_to == [f"walk-in-packet:{caseload.meetings[0]}"]


def test_the_button_is_reached_with_right_and_left_comes_back(open_today: Open, caseload: Caseload) -> None:
    pane = open_today()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    line = pane.meetings.lines[2]
    assert press(Qt.Key.Key_Right) is line.button
    assert press(Qt.Key.Key_Left) is line
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    room = window_of(pane).current
    assert isinstance(room, MeetingsRoom)
    assert room.sent_to == [caseload.meetings[2]]


def test_an_action_opens_the_meeting_it_comes_from_else_its_team(
    open_today: Open, workspace: Workspace, caseload: Caseload
) -> None:
    team = caseload.teams["Holcomb Middle", "Tier 1 team"]
    meeting = caseload.meetings[0]
    workspace.do(
        actions.add, team, text="From the talk", due_on=TODAY - timedelta(9), parent_topic="meetings", parent_id=meeting
    )
    problem = "a" * 32
    workspace.do(
        actions.add,
        team,
        text="For the hallway",
        due_on=TODAY - timedelta(8),
        parent_topic="problems",
        parent_id=problem,
    )
    pane = open_today()
    pane.due.lines[0].setFocus()
    press(Qt.Key.Key_Return)
    room = window_of(pane).current
    assert isinstance(room, MeetingsRoom)
    assert room.sent_to == [meeting]
    today_of(window_of(pane))
    pane.due.lines[1].setFocus()
    press(Qt.Key.Key_Return)
    assert window_of(pane).current.room.key == "teams"
    assert window_of(pane).current.record_id == team


def test_rooms_that_are_not_there_are_not_offered(open_today: Open) -> None:
    alone = open_today((TodayPane,))
    assert {line.shown.act_words for line in alone.meetings.lines} == {""}
    assert not any(line.takes_focus for line in (*alone.meetings.lines, *alone.neglected.lines, *alone.flags.lines))


def test_without_a_room_of_meetings_a_meeting_opens_its_team(open_today: Open, caseload: Caseload) -> None:
    pane = open_today((TodayPane, TeamsPane))
    assert {line.shown.act_words for line in pane.meetings.lines} == {"Open"}
    press(Qt.Key.Key_Return)
    assert window_of(pane).current.record_id == caseload.teams["Piney Ridge Elementary", "Tier 2 team"]


# What it does ----------------------------------------------------------------------------------------------------------


def open_texts(workspace: Workspace) -> list[str]:
    page = workspace.ask(today.show)
    return [each.text for each in (*page.late, *page.due)]


def test_space_marks_done_and_the_line_stays(open_today: Open, workspace: Workspace) -> None:
    pane = open_today()
    pane.due.lines[1].setFocus()
    focused = press(Qt.Key.Key_Space)
    assert focused is pane.due.lines[1]
    assert pane.due.lines[1].shown.check is True
    assert pane.due.lines[1].shown.side == "done today"
    assert len(pane.due.lines) == 5
    assert "Re-teach stair expectations in 7A and 7B" not in open_texts(workspace)
    assert pane.header.sentence.text().endswith("Two actions are late.")
    notice = window_of(pane).status.notice.text()
    assert notice == "Done: Re-teach stair expectations in 7A and 7B"


def test_space_again_opens_it_again(open_today: Open, workspace: Workspace) -> None:
    pane = open_today()
    pane.due.lines[1].setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Space)
    assert pane.due.lines[1].shown.check is False
    assert "Re-teach stair expectations in 7A and 7B" in open_texts(workspace)


def test_undo_opens_it_again(open_today: Open, workspace: Workspace) -> None:
    pane = open_today()
    pane.due.lines[0].setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pane.due.lines[0].shown.check is False
    assert len(open_texts(workspace)) == 5


def test_what_was_done_goes_when_the_room_is_left(open_today: Open) -> None:
    pane = open_today()
    pane.due.lines[0].setFocus()
    press(Qt.Key.Key_Space)
    window_of(pane).go_to("teams")
    today_of(window_of(pane))
    assert len(pane.due.lines) == 4
    assert not any(line.shown.check for line in pane.due.lines)


def test_a_click_on_the_box_marks_done_and_elsewhere_opens(open_today: Open) -> None:
    pane = open_today()
    line = pane.due.lines[0]
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.rect().topLeft() + line.rect().center() / 100)
    QApplication.processEvents()
    assert line.shown.check is True
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.rect().center())
    assert window_of(pane).current.room.key == "teams"


def test_an_action_that_is_gone_is_said_and_nothing_stays_checked(open_today: Open, workspace: Workspace) -> None:
    pane = open_today()
    line = pane.due.lines[0]
    workspace.undo()  # the newest action is not the first, so the line is still there
    assert pane.due.lines[0] is line
    action = next(each for each in workspace.ask(today.show).late if each.id == line.shown.key)
    with workspace.database.write(safekeeping.Step("Remove", "test", "edit")) as work:
        work.actions.remove(action.id)
    pane.toggle(action)
    assert "no longer there" in window_of(pane).status.notice.text()
    assert action.id not in [shown.shown.key for shown in pane.due.lines]


def test_the_focus_stays_when_something_changes_elsewhere(
    open_today: Open, workspace: Workspace, caseload: Caseload
) -> None:
    pane = open_today()
    pane.due.lines[2].setFocus()
    kept = pane.due.lines[2]
    workspace.do(actions.mark_done, caseload.actions[0])
    workspace.do(papers.packet_made, meeting_id=caseload.meetings[1])
    QApplication.processEvents()
    assert QApplication.focusWidget() is kept
    assert pane.due.lines[1] is kept, "the one above is done elsewhere and gone"
    assert pane.meetings.lines[0].shown.chip == ("Packet printed", "success", "ph.check")
    assert pane.meetings.lines[0].shown.act_words == "Open"
    assert pane.header.sentence.text().startswith("Two meetings today; one packet is not printed.")


def test_a_backup_is_made_with_enter(open_today: Open, workspace: Workspace) -> None:
    pane = open_today()
    assert texts(pane.backup.lines) == ["No backup yet"]
    pane.backup.lines[0].setFocus()
    press(Qt.Key.Key_Return)
    assert len(safekeeping.backups_of(workspace.location)) == 1
    assert texts(pane.backup.lines)[0].startswith("Today ")
    assert window_of(pane).status.notice.text() == "Backup made and verified"


def test_an_old_backup_asks_for_a_new_one() -> None:
    now = datetime(2026, 11, 17, 12).astimezone()
    what, detail, old = backup_line(ENGLISH, now - timedelta(days=12), now)
    assert old
    assert what == "Thu 11/5 12:00 PM, verified"
    assert "12 days ago" in detail
    assert not backup_line(ENGLISH, now - timedelta(days=7), now)[2]


# Keys and focus --------------------------------------------------------------------------------------------------------


def test_tab_goes_from_group_to_group_wherever_the_cursor_is_in_it(open_today: Open) -> None:
    pane = open_today()
    press(Qt.Key.Key_Down)
    stops = [press(Qt.Key.Key_Tab) for _ in range(4)]
    assert stops[0] is pane.meetings.lines[1].button
    assert stops[1] is pane.meetings.more
    assert stops[2] is pane.due.lines[0]
    assert stops[3] is pane.neglected.lines[0]


def test_f6_goes_from_column_to_column(open_today: Open) -> None:
    pane = open_today()
    assert press(Qt.Key.Key_F6) is pane.neglected.lines[0]
    assert press(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier) is pane.meetings.lines[0]


def test_up_at_the_top_stays(open_today: Open) -> None:
    pane = open_today()
    assert press(Qt.Key.Key_Up) is pane.meetings.lines[0]


def test_a_narrow_page_drops_the_side_column_under_the_main_one(open_today: Open, usual_look: None) -> None:
    wide = open_today()
    window = window_of(wide)
    assert wide.right.x() > wide.left.geometry().right()
    window = window_of(wide)
    look().use("light", 200)
    narrow = today_of(window)
    QApplication.processEvents()
    assert narrow.right.y() > narrow.left.geometry().bottom()


# Empty -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def quiet_workspace(built_town: Town, tmp_path: Path) -> Iterator[Workspace]:
    """Teams, and nothing planned."""
    with open_copy(built_town, tmp_path, "quiet.mtss") as opened:
        yield opened


def test_nothing_late_names_the_next_meeting(quiet_workspace: Workspace, make_window: MakeWindow) -> None:
    workspace = quiet_workspace
    team = workspace.ask(teams.cards)[0].id
    workspace.do(meetings.plan, team, day=TODAY + timedelta(days=21), starts_at=time(9))
    pane = today_of(make_window(workspace, kinds=ROOMS))
    assert (
        pane.header.sentence.text()
        == "The next meeting is Tue 12/8, Division leadership, Ashby County Public Schools. Nothing is late."
    )
    assert "The next is Tue 12/8" in pane.meetings.nothing.text()
    assert pane.due.nothing.text() == "Nothing is late, and nothing is due this week."


def test_whose_visits_are_counted_is_asked_once(make_window: MakeWindow, bare_workspace: Workspace) -> None:
    """A name that two people share is said and stays; the right one is known from then on, wherever visits stand."""
    school = bare_workspace.ask(places.places)[1].id
    bare_workspace.do(teams.add, school, name="Tier 1 team")
    for position in ("Coach", "Teacher"):
        bare_workspace.do(people.add, first_name="Ana", last_name="Cole", position=position)
    pane = today_of(make_window(bare_workspace, kinds=ROOMS, room="today"))
    assert texts(pane.neglected.lines)[0] == "Say who you are"
    pane.neglected.lines[0].setFocus()
    assert press(Qt.Key.Key_Return) is pane.who.name
    QTest.keyClicks(pane.who.name, "Ana Cole")
    press(Qt.Key.Key_Return)
    assert "2 people are called Ana Cole" in pane.who.field.message
    assert pane.who.name.text() == "Ana Cole"
    pane.who.name.setText("Renee Whitlock")
    press(Qt.Key.Key_Return)
    me = bare_workspace.ask(places.me)
    assert me is not None
    assert me.name == "Renee Whitlock"
    assert pane.who.isHidden()
    assert "Say who you are" not in texts(pane.neglected.lines)
    pane.ask_who()
    assert pane.who.isVisible(), "somebody else may take the file over"


def test_before_the_first_team_one_button_leads_on(make_window: MakeWindow, bare_workspace: Workspace) -> None:
    pane = today_of(make_window(bare_workspace, kinds=ROOMS))
    assert pane.header.sentence.text() == "No team yet."
    assert QApplication.focusWidget() is pane.empty.button
    press(Qt.Key.Key_Space)
    assert window_of(pane).current.room.key == "teams"


# Words ------------------------------------------------------------------------------------------------------------------


def meeting_at(day: date, starts: time | None) -> MeetingLine:
    state = MeetingState.PLANNED
    ends = None if starts is None else time(starts.hour + 1, starts.minute)
    return MeetingLine("1", "2", "Tier 1 team", "3", "Holcomb", day, starts, ends, "Room 1", state, 3, False, 0, 0)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (time(10, 25), "in 4 h 20 min"),
        (time(12, 45), "in 2 h"),
        (time(14, 30), "in 15 min"),
        (time(15, 0), "is on"),
        (time(16, 0), "is over"),
    ],
)
def test_today_counts_down(now: time, said: str) -> None:
    line = meeting_at(TODAY, time(14, 45))
    assert meeting_when(ENGLISH, line, TODAY, datetime.combine(TODAY, now)) == ("Today 2:45 PM", said)


def test_a_meeting_without_a_time_has_its_day() -> None:
    assert meeting_when(ENGLISH, meeting_at(TODAY, None), TODAY, None) == ("Today", "11/17")


# Cost and looks -----------------------------------------------------------------------------------------------------------


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
    few = count_statements(workspace, lambda: workspace.ask(today.show))
    for number in range(80):
        school = workspace.do(places.add_school, name=f"School {number}").value
        if number < 30:
            team = workspace.do(teams.add, school, name="Tier 1 team").value
            workspace.do(meetings.plan, team, day=TODAY, starts_at=time(9))
            workspace.do(actions.add, team, text="Late", due_on=TODAY - timedelta(days=3))
    page = workspace.ask(today.show)
    assert (len(page.meetings), len(page.late)) == (36, 33)
    assert count_statements(workspace, lambda: workspace.ask(today.show)) == few > 5


@pytest.fixture(params=[100, 200])
def text_size(request: pytest.FixtureRequest, usual_look: None) -> int:
    look().use("light", request.param)
    return int(request.param)


@pytest.mark.slow
def test_nothing_is_wrong_with_today(text_size: int, open_today: Open) -> None:
    pane = open_today()
    pane.due.lines[0].setFocus()
    press(Qt.Key.Key_Space)
    assert audit_in_every_theme(window_of(pane)) == ""


@pytest.mark.slow
def test_nothing_is_wrong_before_the_first_team(
    text_size: int, make_window: MakeWindow, bare_workspace: Workspace
) -> None:
    assert audit_in_every_theme(window_of(today_of(make_window(bare_workspace, kinds=ROOMS, room="today")))) == ""


def test_nothing_is_wrong_in_the_smallest_window(open_today: Open) -> None:
    assert "\n".join(map(str, audit(window_of(open_today(width=1024, height=640))))) == ""
