"""The room of meetings, by keys: planning, agenda, the line that never loses focus or caret, close-out, the picture for the wall."""

from __future__ import annotations

import time as clock
from collections.abc import Callable, Iterator
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.changes import ChangeSet, Topic
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.meetings import LineKind, MeetingId, MeetingState
from mtss_desktop.domain.problems import Effect, Fidelity
from mtss_desktop.ui.jobs import WindowJobs
from mtss_desktop.ui.kit.scope import Scope
from mtss_desktop.ui.kit.wall import scale_of
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.panes.meetings.pane import MeetingsPane
from mtss_desktop.ui.panes.meetings.projector import Projector
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import actions, close_out, live, meetings, minutes, people, places, problems, teams
from tests.ui.audit import audit, audit_in_every_theme
from tests.ui.conftest import MakeWindow
from tests.ui.town import TODAY, Town

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(autouse=True)
def school_year(workspace: Workspace) -> None:
    """Days of school, so that a pattern gives days."""
    division = workspace.ask(places.places)[0].id
    year = workspace.ask(places.this_year).id
    workspace.do(places.set_calendar, division, year, first_day=date(2026, 8, 17), last_day=date(2027, 6, 4))


@pytest.fixture
def meeting(workspace: Workspace, town: Town) -> MeetingId:
    """A meeting today with three items, the second about a problem."""
    team = town.team
    made = workspace.do(
        meetings.plan, team, day=TODAY, starts_at=time(14, 45), ends_at=time(15, 45), place="Room 114"
    ).value
    problem = workspace.do(
        problems.define, team, title="Hallway, grade 7", tag="hallway", what="Students push and run",
        where="in the second-floor hallway", why="both lunches leave by one stair", opened_on=date(2026, 10, 20),
    ).value  # fmt: skip
    workspace.do(meetings.add_item, made, title="Welcome, last minutes", minutes=5)
    workspace.do(meetings.add_item, made, title="Hallway, grade 7", minutes=15, problem_id=problem)
    workspace.do(meetings.add_item, made, title="Tardies to 1st period", minutes=10)
    return made


def room(window: MainWindow) -> MeetingsPane:
    window.go_to("meetings")
    pane = window.current
    assert isinstance(pane, MeetingsPane)
    return pane


@pytest.fixture
def running(window: MainWindow, meeting: MeetingId) -> MeetingsPane:
    pane = room(window)
    pane.open_record(meeting)
    pane.start_meeting()
    QApplication.processEvents()
    assert pane.live.isVisible()
    assert pane.live.entry.line.hasFocus()
    return pane


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, modifier)
    QApplication.processEvents()


def say(text: str) -> None:
    """Types into whatever has the focus."""
    target = QApplication.focusWidget()
    assert target is not None
    for letter in text:
        if ord(letter) < 128:
            QTest.keyClick(target, letter)
        else:
            target.insertPlainText(letter)  # type: ignore[attr-defined]


def shown(workspace: Workspace, meeting: MeetingId) -> live.LiveMinutes:
    return workspace.ask(live.show, meeting)


class Saves:
    """Answers the dialog with a file of its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def where_to_save(self, _parent: object, _title: str, suggested: Path, _kinds: str) -> Path | None:
        return self.folder / suggested.name


# Planning ----------------------------------------------------------------------------------------------------------------


def test_the_empty_room_offers_the_next_day_of_the_pattern(window: MainWindow, workspace: Workspace) -> None:
    pane = room(window)
    assert pane.empty.heading.text() == "Plan the first meeting of the Tier 1 team"
    assert pane.empty.button.text() == "Plan Tue 12/15"
    assert pane.empty.button.hasFocus()
    press(Key.Key_Space)
    assert pane.agenda.isVisible()
    made = workspace.ask(meetings.show, MeetingId(pane.record_id))
    assert (made.meeting.day, made.meeting.starts_at) == (date(2026, 12, 15), time(14, 45))
    assert made.agenda  # from the template of its tier


def test_a_new_meeting_is_planned_with_the_form(window: MainWindow, workspace: Workspace, meeting: MeetingId) -> None:
    pane = room(window)
    press(Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert pane.planning.is_open
    pane.planning.form.team.choose(workspace.ask(meetings.show, meeting).team.id)
    pane.planning._team_picked(pane.planning.form.team_id)
    assert [pane.planning.form.offered.itemText(n) for n in range(2)] == [
        "Tue 12/15, in 4 weeks",
        "Tue 1/19, in 9 weeks",
    ]
    pane.planning.form.offered.choose("own")
    pane.planning.form._day_chosen()
    pane.planning.form.day.setFocus()
    say("12/8")
    assert pane.planning.form.day_field.message == "Tuesday, December 8"
    pane.planning.form.time.setText("3:00–4:00 PM, Library")
    press(Key.Key_Return)
    made = workspace.ask(meetings.show, MeetingId(pane.record_id)).meeting
    assert (made.day, made.starts_at, made.place) == (date(2026, 12, 8), time(15, 0), "Library")
    press(Key.Key_Escape)
    assert pane.list.list.current_key == made.id, "the list stands on the meeting that was left"


def test_the_form_says_what_is_no_day_and_takes_ctrl_enter(window: MainWindow, meeting: MeetingId) -> None:
    pane, control = room(window), Qt.KeyboardModifier.ControlModifier
    press(Key.Key_N, control)
    form = pane.planning.form
    form.offered.choose("own")
    form._day_chosen()
    form.day.setFocus()
    say("soon")
    assert not form.day_field.is_wrong, "not while it is typed"
    press(Key.Key_Tab)
    assert form.day_field.is_wrong
    form.day.setFocus()
    form.day.selectAll()
    say("11/16")
    assert "2027" in form.day_field.message, "a day that has just gone by is that of the next year"
    for key in (Key.Key_N, Key.Key_Return):
        form.time.setFocus()
        form.time.selectAll()
        say("late in the day, 25:00-26:00")
        press(key, control)
        assert (form.day.text(), pane.planning.is_open) == ("11/16", True), "nothing typed is lost"
        assert form.time_field.is_wrong
    form.time.selectAll()
    say("2:45-3:45 pm, Room 114")
    press(Key.Key_Return, control)
    assert pane.stage == "agenda"
    assert pane.shown is not None
    assert pane.shown.live.meeting.day == date(2027, 11, 16)


def test_a_meeting_is_moved_and_cancelled_with_a_reason(
    window: MainWindow, workspace: Workspace, meeting: MeetingId, tmp_path: Path
) -> None:
    pane = room(window)
    pane.asking = Saves(tmp_path)  # type: ignore[assignment]
    pane.list.list.choose(meeting)
    pane.planning.start_move()
    pane.planning.form.submit()
    assert pane.planning.form.reason_field.is_wrong
    pane.planning.form.reason.setText("snow day")
    pane.planning.form.submit()
    moved = workspace.ask(meetings.show, meeting).meeting
    assert (moved.state, moved.reason) == (MeetingState.MOVED, "snow day")
    pane.planning.start_cancel()
    pane.planning.form.reason.setText("no quorum")
    pane.planning.form.submit()
    assert moved.next_meeting_id is not None
    assert workspace.ask(meetings.show, moved.next_meeting_id).meeting.state is MeetingState.CANCELED
    assert pane.stage == "list"
    pane.list.list.choose(moved.next_meeting_id)
    next(act for act in pane.acts() if act.key == "calendar").run()
    (file,) = tmp_path.glob("meeting-*.ics")
    assert "STATUS:CANCELLED" in file.read_text("utf-8")


def test_a_meeting_that_is_half_planned_is_there_again_and_only_back_lets_it_go(
    window: MainWindow, workspace: Workspace, meeting: MeetingId
) -> None:
    pane, told = room(window), list[str]()
    pane.noticed.connect(lambda notice: told.append(notice.text))
    team = workspace.ask(meetings.show, meeting).team.id
    pane.open_record(f"new:{team}")
    form = pane.planning.form
    assert not form.holds_typed, "what the pattern offers nobody typed"
    form.time.setText("3:00-4:00 pm, Library")
    for way in (f"new:{team}", meeting, f"new:{team}"):
        pane.open_record(way)
    assert (pane.planning.is_open, form.time.text()) == (True, "3:00-4:00 pm, Library")
    assert told[-1].startswith("You were planning this meeting.")
    press(Key.Key_Escape)
    pane.open_record(f"new:{team}")
    assert (form.day.text(), form.holds_typed) == ("", False)
    pane.planning.close()
    pane.planning.wanted_team = team  # the list was not read yet
    pane.open_record(meeting)
    pane.show_list()
    assert not pane.planning.is_open, "another meeting was opened since"


def test_a_meeting_opened_from_elsewhere_has_its_calendar_file_and_can_be_moved(
    window: MainWindow, workspace: Workspace, meeting: MeetingId, tmp_path: Path
) -> None:
    window.go_to("meetings", meeting)
    pane = window.current
    assert isinstance(pane, MeetingsPane)
    pane.content = None  # as where no list was ever read
    pane.asking = Saves(tmp_path)  # type: ignore[assignment]
    next(act for act in pane.acts() if act.key == "calendar").run()
    assert [file.name for file in tmp_path.glob("*.ics")] == [f"meeting-{TODAY.isoformat()}.ics"]
    assert not next(act for act in pane.acts() if act.key == "move").why_not()
    pane.planning.start_shorten()
    assert pane.planning.form.end.hasFocus()
    assert pane.planning.form.title.text() == "Shorten this meeting"
    press(Key.Key_Escape)
    assert pane.list.list.current_key == meeting
    assert pane.list.isVisible()
    pane.open_record(meeting)
    pane.planning.start_move()
    pane.planning.form.reason.setText("snow day")
    pane.planning.form.submit()
    assert workspace.ask(meetings.show, meeting).meeting.state is MeetingState.MOVED


# The agenda --------------------------------------------------------------------------------------------------------------


def test_the_agenda_is_built_by_keys(window: MainWindow, workspace: Workspace, meeting: MeetingId) -> None:
    pane = room(window)
    pane.open_record(meeting)
    pane.agenda.add_line.open()
    say("Celebrations, 10")
    press(Key.Key_Return)
    pane.agenda.table.setFocus()
    pane.agenda.table.setCurrentIndex(pane.agenda.table.model().index(0, 1))
    press(Key.Key_Down, ALT)
    titles = [(item.title, item.minutes_planned) for item in workspace.ask(meetings.show, meeting).agenda]
    assert titles == [
        ("Hallway, grade 7", 15),
        ("Welcome, last minutes", 5),
        ("Tardies to 1st period", 10),
        ("Celebrations", 10),
    ]
    item = shown(workspace, meeting).agenda[0]
    pane.agenda.set_lead(item, "pratt")
    pane.agenda.set_will(item, "Dec")
    pane.agenda.set_minutes(item, "20")
    changed = shown(workspace, meeting).agenda[0]
    assert (changed.lead, changed.we_will, changed.planned) == ("Pratt", "decide", 20)
    press(Key.Key_Delete)
    assert len(workspace.ask(meetings.show, meeting).agenda) == 3


# The line ----------------------------------------------------------------------------------------------------------------


def test_a_line_becomes_an_action_with_owner_date_and_problem(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId
) -> None:
    entry = running.live.entry
    say("@Rui")
    assert entry.line.completion is not None
    assert entry.line.completion.rest == "z"
    press(Key.Key_Tab)
    assert entry.line.text == "@Ruiz "
    say("call SRO !12/1 #hallway")
    chips = [chip._words.text() for chip in entry.chips if chip.isVisible()]
    assert chips == ["Action", "Elena Ruiz", "Tue 12/1, in 2 weeks", "Hallway, grade 7"]
    press(Key.Key_Return)
    assert entry.line.text == ""
    (line,) = shown(workspace, meeting).lines
    assert line.action is not None
    assert (line.action.text, line.action.owner, line.action.due_on) == ("call SRO", "Elena Ruiz", date(2026, 12, 1))
    assert entry.line.hasFocus()


def test_a_pasted_list_is_as_many_lines_in_one_step(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId, window: MainWindow
) -> None:
    QGuiApplication.clipboard().setText("• Two adults at the doors\r\n\r\n- @Ruiz call SRO !fri\n  3. Bells  change\n")
    press(Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    texts = ["Two adults at the doors", "@Ruiz call SRO !fri", "3. Bells change"]
    assert [line.text for line in shown(workspace, meeting).lines] == texts
    assert [line.kind for line in shown(workspace, meeting).lines][1] is LineKind.ACTION
    assert running.live.entry.line.text == ""
    assert running.live.entry.line.hasFocus()
    assert not [each for each in workspace.typing.pending() if ":line:" in each.key]
    say("In short: ")
    press(Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert running.live.entry.line.text.startswith("In short: • Two adults"), "within a sentence it goes on with it"
    assert len(shown(workspace, meeting).lines) == 3
    window.undo_actions.undo.trigger()
    assert shown(workspace, meeting).lines == ()


def test_a_list_pasted_while_a_line_is_changed_becomes_part_of_that_line(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId
) -> None:
    say("first line")
    press(Key.Key_Return)
    press(Key.Key_Up)
    press(Key.Key_Return)
    assert running.live.entry.line.text == "first line"
    running.live.entry.line.selectAll()
    press(Key.Key_Delete)
    QGuiApplication.clipboard().setText("one\ntwo\n")
    press(Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert running.live.entry.line.text == "one two"
    press(Key.Key_Escape)
    say("next remark")
    press(Key.Key_Return)
    assert [line.text for line in shown(workspace, meeting).lines] == ["first line", "next remark"]


def test_a_pasted_list_is_of_the_kind_chosen_by_key_and_comes_back_where_it_cannot_be_written(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId
) -> None:
    entry = running.live.entry
    QGuiApplication.clipboard().setText("call the SRO\nmove the table\n")
    press(Key.Key_A, ALT)
    press(Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [line.kind for line in shown(workspace, meeting).lines] == [LineKind.ACTION, LineKind.ACTION]
    press(Key.Key_D, ALT)
    press(Key.Key_K, ALT)
    locked = UserError("These minutes are closed.", "Open them again first.")
    do, running.do = running.do, lambda *_, fail, **__: fail(locked)  # type: ignore[method-assign]
    press(Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    running.do = do  # type: ignore[method-assign]
    assert (entry.line.text, entry.line.kind) == ("call the SRO move the table", LineKind.DECISION)
    assert entry.confidential
    waiting = {each.key.split(":", 2)[2]: each.text for each in workspace.typing.pending()}
    assert waiting == {"entry": "call the SRO move the table"}


def test_one_key_chooses_the_kind_of_this_line_or_of_the_one_above_in_both_directions(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId
) -> None:
    say("split the lunch release")
    press(Key.Key_D, ALT)
    press(Key.Key_Return)
    say("a plain note")
    press(Key.Key_Return)
    assert [line.kind for line in shown(workspace, meeting).lines] == [LineKind.DECISION, LineKind.NOTE]
    press(Key.Key_Up)
    assert running.live.lines.hasFocus()
    press(Key.Key_A, ALT)
    assert shown(workspace, meeting).lines[1].kind is LineKind.ACTION
    assert len(workspace.ask(actions.of_team, shown(workspace, meeting).team.id)) == 1
    assert running.live.lines.hasFocus()
    press(Key.Key_N, ALT)
    assert shown(workspace, meeting).lines[1].kind is LineKind.NOTE
    assert workspace.ask(actions.of_team, shown(workspace, meeting).team.id) == ()
    press(Key.Key_Up)
    press(Key.Key_P, ALT)
    assert shown(workspace, meeting).lines[0].kind is LineKind.PARKING_LOT
    press(Key.Key_C, ALT)
    assert shown(workspace, meeting).lines[0].kind is LineKind.CELEBRATION
    press(Key.Key_K, ALT)
    assert shown(workspace, meeting).lines[0].confidential
    press(Key.Key_Escape)
    assert running.live.entry.line.hasFocus()
    say("half a ")
    press(Key.Key_Up)
    for letter in "line @Ru":
        press(Key(ord(letter.upper())), Qt.KeyboardModifier.NoModifier)
    assert running.live.entry.line.text.casefold() == "half a line @ru", "typed over the lines it goes into the line"
    assert not running.live.entry.choice.isVisible(), "Tab may still complete it"
    say(" calls")
    assert running.live.entry.choice.isVisible(), "a name begun and left is a choice"


def test_a_line_above_is_changed_in_the_line_and_deleted_with_undo(
    running: MeetingsPane, window: MainWindow, workspace: Workspace, meeting: MeetingId
) -> None:
    say("frist")
    press(Key.Key_Return)
    press(Key.Key_Up)
    press(Key.Key_F2)
    assert running.live.entry.line.text == "frist"
    running.live.entry.line.selectAll()
    say("first")
    press(Key.Key_Return)
    assert [line.text for line in shown(workspace, meeting).lines] == ["first"]
    assert running.live.entry.line.text == ""
    press(Key.Key_Up)
    press(Key.Key_Delete)
    assert shown(workspace, meeting).lines == ()
    window.undo_actions.undo.trigger()
    assert [line.text for line in shown(workspace, meeting).lines] == ["first"]


def test_items_go_by_key_and_time_is_written_down(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId
) -> None:
    say("half a li")
    assert shown(workspace, meeting).running is not None
    press(Key.Key_Down, ALT)
    now = shown(workspace, meeting)
    assert now.running is not None
    assert (now.running.title, now.agenda[0].done) == ("Hallway, grade 7", True)
    assert running.live.item.sentence.text().startswith("Students push and run, in the second-floor hallway")
    assert running.live.entry.line.text == "half a li"
    assert running.live.entry.line.hasFocus()
    press(Key.Key_Up, ALT)
    back = shown(workspace, meeting).running
    assert back is not None
    assert back.number == 1
    press(Key.Key_Down, ALT)
    item = running.live.item
    for folded in (True, False):
        press(Key.Key_Q, ALT)
        assert item.short.isVisible() is folded, "one line of the problem leaves the room to the lines"
        assert item.level.isVisible() is not folded
        assert running.live.entry.line.hasFocus()


def test_fidelity_and_effect_are_marked_where_the_talk_is(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId
) -> None:
    press(Key.Key_Down, ALT)
    running.live.item.fidelity.segments._pick("partial")
    running.live.item.effect.segments._pick("improved")
    review = shown(workspace, meeting).problems[0].review
    assert review is not None
    assert (review.fidelity, review.effect) == (Fidelity.PARTIAL, Effect.IMPROVED)
    assert running.live.item.fidelity.segments.chosen == "partial"


def test_a_problem_is_made_beside_the_minutes_and_comes_on_the_table(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId
) -> None:
    say("half a li")
    press(Key.Key_B, ALT)
    say("Tardies to 1st period")
    press(Key.Key_Tab)
    say("hallway")
    press(Key.Key_Return)
    assert running.live.problem.tag.is_wrong  # another open problem has this word
    running.live.problem.fields["tag"].setText("tardy")
    press(Key.Key_Return)
    now = shown(workspace, meeting)
    assert now.running is not None
    assert now.running.title == "Tardies to 1st period"
    assert [each.problem.tag for each in now.problems] == ["hallway", "tardy"]
    assert now.problems[1].problem.opened_in == meeting
    assert running.live.entry.line.hasFocus()
    assert running.live.entry.line.text == "half a li"
    assert not any(each.key.startswith("problem:") for each in workspace.typing.pending())


def test_attendance_is_marked_and_says_the_quorum(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId
) -> None:
    press(Key.Key_3, ALT)
    first = running.live.present.lines.lines[0]
    assert first.hasFocus()
    press(Key.Key_Space)
    assert shown(workspace, meeting).presence.present == 1
    running.live.beside.all_present()
    assert shown(workspace, meeting).presence.met
    assert running.live.summary.aside.text().endswith("quorum met")
    press(Key.Key_Escape)
    assert running.live.entry.line.hasFocus()


def test_what_cannot_be_read_stays_as_typed_and_marked(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId
) -> None:
    entry = running.live.entry
    say("@Kim Doe calls !2/30 ")
    assert entry.choice.isVisible()
    entry._fill_choices()
    assert [act.text() for act in entry._menu.actions()] == ["Add Kim Doe"]
    entry._menu.actions()[0].trigger()
    assert "Kim Doe" in [person.name for person in workspace.ask(people.everyone)]
    assert entry.line.parsed.owner is not None
    assert entry.line.text == "@Kim Doe calls !2/30 "
    assert entry.choice.text().startswith("No such day. Type !10/24")
    press(Key.Key_Return)
    (line,) = shown(workspace, meeting).lines
    assert line.text == "@Kim Doe calls !2/30"
    assert [action.text for action in shown(workspace, meeting).actions] == ["calls"]
    rows = running.live.lines.rows.keyed.rows
    assert "not read: 2/30" in rows[-1].spoken, "the mark stays with the line"


# Nothing takes the focus ----------------------------------------------------------------------------------------------------


def disturbances(
    window: MainWindow, pane: MeetingsPane, meeting: MeetingId, town: Town
) -> Iterator[Callable[[], object]]:
    """What happens elsewhere while somebody types."""
    workspace = pane.workspace
    yield lambda: workspace.do(minutes.write_line, meeting, text="from elsewhere")
    yield lambda: workspace.do(meetings.add_item, meeting, title="Another item")
    yield lambda: workspace.do(actions.add, town.team, text="Somebody adds an action")
    yield lambda: workspace.do(
        people.add, first_name="New", last_name="Person", place_id=workspace.ask(places.places)[1].id
    )
    yield lambda: workspace.do(teams.write_fact, town.team, fact=teams.TeamFact.PURPOSE, text="Another purpose")
    yield lambda: workspace.do(
        meetings.mark_present, meeting, person_id=shown(workspace, meeting).presence.lines[0].person_id
    )
    yield lambda: workspace.do(minutes.open_item, shown(workspace, meeting).agenda[1].id)
    brought = frozenset({(Topic.IMPORTS, "a"), (Topic.SCORES, "a"), (Topic.BEHAVIOR, "a"), (Topic.WORDS, "a")})
    yield lambda: workspace.changes.publish(ChangeSet("Bring in a file", brought))  # an import has ended
    yield pane.live.tick
    yield pane.live.chart.ask_again
    yield lambda: window.use_scope(Scope(place_id=workspace.ask(places.places)[1].id))
    yield lambda: look().use("dark", 100)
    yield lambda: window.resize(1024, 640)
    yield lambda: window.resize(1280, 800)
    yield pane.wall.toggle
    yield pane.wall.toggle
    yield window.undo_actions.undo.trigger


def test_focus_caret_and_text_stay_whatever_happens_elsewhere(
    running: MeetingsPane, window: MainWindow, meeting: MeetingId, town: Town
) -> None:
    line = running.live.entry.line
    say("the stair stays crowded")
    for _ in range(5):
        press(Key.Key_Left)
    caret = line.textCursor().position()
    typed = line.text
    for disturb in disturbances(window, running, meeting, town):
        disturb()
        QApplication.processEvents()
        assert line.hasFocus()
        assert (line.text, line.textCursor().position()) == (typed, caret)
        say("x")
        caret, typed = caret + 1, f"{typed[:caret]}x{typed[caret:]}"
        assert line.text == typed


def test_focus_and_caret_stay_with_real_threads(
    qtbot: QtBot, make_window: MakeWindow, workspace: Workspace, meeting: MeetingId
) -> None:
    jobs = WindowJobs()
    window = make_window(workspace, jobs=jobs)
    qtbot.waitUntil(lambda: window.frame is not None and jobs.busy == 0)
    window.go_to("meetings", meeting)
    pane = window.current
    assert isinstance(pane, MeetingsPane)
    qtbot.waitUntil(pane.agenda.isVisible)
    pane.start_meeting()
    qtbot.waitUntil(lambda: pane.live.isVisible() and pane.live.entry.line.hasFocus())
    for number in range(12):
        say(f"line {number}")
        press(Key.Key_Return)
        say("and the next begins")
        assert pane.live.entry.line.hasFocus()
        assert pane.live.entry.line.text == "and the next begins"
        pane.live.entry.line.selectAll()
    qtbot.waitUntil(lambda: len(shown(workspace, meeting).lines) == 12, timeout=15_000)
    qtbot.waitUntil(lambda: jobs.busy == 0, timeout=15_000)
    assert [line.text for line in shown(workspace, meeting).lines] == [f"line {number}" for number in range(12)]
    assert pane.live.entry.line.hasFocus()
    assert pane.live.entry.line.textCursor().selectedText() == "and the next begins"
    jobs.close()


def test_typing_is_safe_within_100_ms_and_comes_back(
    running: MeetingsPane, window: MainWindow, town: Town, workspace: Workspace, meeting: MeetingId, qtbot: QtBot
) -> None:
    say("not yet entered")
    qtbot.wait(90)
    waiting = {each.key: each.text for each in workspace.typing.pending()}
    assert waiting == {f"minutes:{meeting}:entry": "not yet entered"}
    again = MeetingsPane(workspace, window.jobs)
    again.show()
    QApplication.processEvents()
    assert again.live.entry.line.text == "not yet entered"
    again.deleteLater()


def test_after_a_lock_the_line_has_its_text_its_caret_and_the_focus(
    running: MeetingsPane, window: MainWindow, workspace: Workspace, meeting: MeetingId, make_window: MakeWindow
) -> None:
    say("the stair stays crowded")
    for _ in range(7):
        press(Key.Key_Left)
    window.close()  # as a lock does; what is typed waits in its file
    again = make_window(workspace, room=window.remembered.value.last_room)
    pane = again.current
    assert isinstance(pane, MeetingsPane), "the room that was open"
    line = pane.live.entry.line
    assert line.hasFocus()
    say("es")
    assert line.text == "the stair stays escrowded"
    press(Key.Key_Return)
    assert [each.text for each in shown(workspace, meeting).lines] == ["the stair stays escrowded"]
    assert workspace.typing.pending() == ()


def test_a_line_entered_and_never_confirmed_is_written_at_the_next_opening(
    window: MainWindow, workspace: Workspace, meeting: MeetingId
) -> None:
    workspace.do(meetings.start, meeting, at=time(14, 45))
    texts = tuple(f"pasted {number}" for number in range(30))
    workspace.do(minutes.write_lines, meeting, texts=texts)
    for number, text in enumerate(texts):  # written, and the power went before they were forgotten
        workspace.typing.keep(f"minutes:{meeting}:line:1.000-{number:04}::0:", text)
    workspace.typing.keep(f"minutes:{meeting}:line:1.000-0030:decision:1:", "kept through the power cut")
    room(window)
    *before, line = shown(workspace, meeting).lines
    assert [each.text for each in before] == list(texts), "none of them twice"
    assert (line.text, line.kind, line.confidential) == ("kept through the power cut", LineKind.DECISION, True)
    assert workspace.typing.pending() == ()


@pytest.mark.slow
def test_a_key_in_400_lines_takes_less_than_16_ms(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId
) -> None:
    lines = tuple(
        meetings.LineEntry(f"line {number} about the stair and who stands where", item=0) for number in range(400)
    )
    workspace.do(meetings.record, meeting, lines=lines)
    running._closing = False
    running._stale = True
    running.refresh_if_seen()
    QApplication.processEvents()
    assert running.live.lines.rows.rowCount() >= 400
    steps = len(workspace.history(1000))
    taken = []
    for letter in "@Ruiz calls the bus office !12/1 #hallway ":
        began = clock.perf_counter()
        QTest.keyClick(running.live.entry.line, letter)
        QApplication.processEvents()
        taken.append(clock.perf_counter() - began)
    assert sorted(taken)[len(taken) // 2] < 0.016
    assert len(workspace.history(1000)) == steps


# Close-out -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def closing(running: MeetingsPane, workspace: Workspace, meeting: MeetingId) -> MeetingsPane:
    say("@Ruiz call SRO !12/1")
    press(Key.Key_Return)
    say("ask the cafeteria about a second exit line")
    press(Key.Key_A, ALT)
    press(Key.Key_Return)
    running.close_out()
    QApplication.processEvents()
    assert running.closing.isVisible()
    return running


def test_closing_out_asks_only_what_is_missing(closing: MeetingsPane, workspace: Workspace, meeting: MeetingId) -> None:
    page = closing.closing
    before = [each.gap for each in workspace.ask(close_out.what_is_missing, meeting)]
    assert len(page.gaps.rows) == len(before)
    owner = next(row.field for key, row in page.gaps.rows.items() if key.startswith("owner"))
    owner.setFocus()
    say("Ortega")
    press(Key.Key_Return)
    assert not any(key.startswith("owner") for key in page.gaps.rows)
    day = next(row.field for key, row in page.gaps.rows.items() if key.startswith("date"))
    day.setFocus()
    say("12/4")
    press(Key.Key_Return)
    assert not any(key.startswith("date") for key in page.gaps.rows)
    found = [each for each in shown(workspace, meeting).actions if each.owner == "José Ortega"]
    assert [each.due_on for each in found] == [date(2026, 12, 4)]
    page.gaps.plan_next(date(2026, 12, 15))
    assert not any(key.startswith("next_meeting") for key in page.gaps.rows)


def test_minutes_are_locked_with_gaps_and_reopened_with_a_reason(
    closing: MeetingsPane, workspace: Workspace, meeting: MeetingId
) -> None:
    said: list[str] = []
    closing.noticed.connect(lambda notice: said.append(notice.text))
    closing.closing.lock()
    assert said[-1].startswith("Locked; ")
    assert workspace.ask(meetings.show, meeting).meeting.locked_at is not None
    assert closing.closing.reason.isVisible()
    closing.closing.reopen()
    assert workspace.ask(meetings.show, meeting).meeting.locked_at is not None
    closing.closing.reason.setFocus()
    say("a name was wrong")
    press(Key.Key_Return)
    assert workspace.ask(meetings.show, meeting).meeting.locked_at is None


def test_what_was_typed_into_a_gap_comes_back(closing: MeetingsPane, workspace: Workspace, qtbot: QtBot) -> None:
    owner = next(row.field for key, row in closing.closing.gaps.rows.items() if key.startswith("owner"))
    owner.setFocus()
    say("Orte")
    qtbot.wait(90)
    again = MeetingsPane(workspace, closing.jobs)
    again.show()
    QApplication.processEvents()
    assert again.closing.isVisible()
    back = next(row.field for key, row in again.closing.gaps.rows.items() if key.startswith("owner"))
    assert back.text() == "Orte"  # type: ignore[attr-defined]
    again.deleteLater()


def test_minutes_leave_as_pdf_mail_and_calendar_file(
    closing: MeetingsPane, workspace: Workspace, meeting: MeetingId, tmp_path: Path
) -> None:
    closing.asking = Saves(tmp_path)  # type: ignore[assignment]
    closing.closing.gaps.plan_next(date(2026, 12, 15))
    closing.closing.sending.save_pdf()
    told: list[str] = []
    closing.noticed.connect(lambda notice: told.append(notice.text))
    closing.closing.sending.save_mail()
    draft = workspace.ask(close_out.mail, meeting)
    assert draft.without_address
    assert f"No address is known for {len(draft.without_address)} members." in told[-1], "who gets no mail is said"
    closing.closing.sending.save_calendar()
    made = {
        path.suffix: path.read_bytes() for path in tmp_path.iterdir() if path.stem.startswith(("minutes", "meeting"))
    }
    assert made[".pdf"].startswith(b"%PDF")
    assert b"X-Unsent: 1" in made[".eml"]
    assert b"BEGIN:VCALENDAR" in made[".ics"]
    closing.closing.sending.mark_sent()
    assert workspace.ask(meetings.show, meeting).meeting.sent_at is not None


# The picture for the wall -----------------------------------------------------------------------------------------------------


def test_the_wall_stays_open_in_another_text_size_until_the_room_is_left(
    running: MeetingsPane, window: MainWindow, workspace: Workspace, meeting: MeetingId
) -> None:
    running.wall.toggle()
    wall = running.wall.projector
    assert wall is not None
    look().use(look().theme, 125)  # as where the room stays, since work is under way
    assert wall.figure.scale == scale_of(wall), "the chart is as large as the words beside it"
    window.remembered.change(text_size=150)
    QApplication.processEvents()
    pane = window.current
    assert isinstance(pane, MeetingsPane)
    assert pane is not running, "laid out for its size"
    assert (pane.wall.projector, wall.isVisible()) == (wall, True)
    assert wall.figure.scale == scale_of(wall)
    say("said afterwards")
    press(Key.Key_Return)
    assert "said afterwards" in wall.texts
    window.remembered.change(text_size=100)  # and another room is gone to before this one is there again
    window.go_to("today")
    assert not wall.isVisible()
    QApplication.processEvents()
    assert window.current.room.key == "today"


def test_the_wall_shows_what_is_open_follows_and_can_be_held(
    running: MeetingsPane, workspace: Workspace, meeting: MeetingId, qtbot: QtBot
) -> None:
    press(Key.Key_F9)
    wall = running.wall.projector
    assert isinstance(wall, Projector)
    assert running.live.entry.line.hasFocus()
    say("everyone may read this")
    assert "everyone may read this" in wall.texts
    press(Key.Key_Return)
    assert "everyone may read this" in wall.texts
    say("nobody else may")
    press(Key.Key_K, ALT)
    assert "nobody else may" not in wall.texts
    press(Key.Key_Return)
    assert shown(workspace, meeting).lines[-1].confidential
    assert not any("nobody" in text for text in wall.texts)
    QTest.keyClick(wall, Key.Key_Space)
    workspace.do(minutes.write_line, meeting, text="while held", item_id=shown(workspace, meeting).agenda[0].id)
    assert "while held" not in wall.texts
    QTest.keyClick(wall, Key.Key_Space)
    assert "while held" in wall.texts
    for width, height in ((1024, 640), (640, 400)):
        wall.resize(width, height)
        QApplication.processEvents()
        assert wall.shrink == width / 1280, "a small screen, or large text, shows all of it smaller"
        for each in (wall.title, wall.left_words, wall.lines[0], wall.foot):
            assert each.height() >= each.minimumSizeHint().height()
            assert each.geometry().right() < width
    QTest.keyClick(wall, Key.Key_F9)
    assert running.wall.projector is None


def test_the_line_is_seen_with_large_text_in_the_smallest_window(
    make_window: MakeWindow, workspace: Workspace, meeting: MeetingId, qtbot: QtBot
) -> None:
    look().use("light", 200)
    window = make_window(workspace, width=1024, height=640, room="meetings")
    pane = room(window)
    show_state(pane, meeting, "live")
    entry = pane.live.entry
    assert entry.line.hasFocus()
    qtbot.waitUntil(lambda: entry.visibleRegion().boundingRect().height() == entry.height())
    entry.line.clear()
    say("seen ")
    assert entry.visibleRegion().boundingRect().height() == entry.height()
    assert pane.live.shape.is_low


# Looks ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("state", ["list", "form", "agenda", "live", "closing"])
def test_nothing_is_wrong_with_the_room(
    make_window: MakeWindow, workspace: Workspace, meeting: MeetingId, percent: int, state: str
) -> None:
    look().use("light", percent)
    window = make_window(workspace, room="meetings")
    pane = room(window)
    show_state(pane, meeting, state)
    assert audit_in_every_theme(window) == ""


@pytest.mark.slow
def test_nothing_is_wrong_in_the_smallest_window(
    make_window: MakeWindow, workspace: Workspace, meeting: MeetingId
) -> None:
    window = make_window(workspace, width=1024, height=640)
    pane = room(window)
    show_state(pane, meeting, "live")
    assert (window.width(), window.height()) == (1024, 640)
    assert not pane.live.shape.left.isVisible()
    assert pane.live.entry.line.isVisible()
    assert "\n".join(map(str, audit(window))) == ""


def show_state(pane: MeetingsPane, meeting: MeetingId, state: str) -> None:
    if state == "form":
        pane.planning.start_new()
    if state in ("agenda", "live", "closing"):
        pane.open_record(meeting)
    if state in ("live", "closing"):
        pane.start_meeting()
        pane.live.table.step(1)
        pane.live.entry.line.insertPlainText("@Ruiz call SRO !12/1 #hallway")
        press(Key.Key_Return)
        pane.live.entry.line.insertPlainText("@Ruiz call SRO about the lunch exit doors !12/1 #hallway ")
    if state == "closing":
        pane.close_out()
    QApplication.processEvents()
