"""A coach's day by keys alone through the window, and again through the terminal: the same records after."""

from __future__ import annotations

import base64
import csv
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mtss_desktop.app import opening
from mtss_desktop.app.settings import Preferences
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base import paths
from mtss_desktop.domain.close_out import Gap
from mtss_desktop.domain.files import ImportState
from mtss_desktop.domain.meetings import LineKind, MeetingId
from mtss_desktop.ui.find import found_entries
from mtss_desktop.ui.kit.figure_view import FigureView
from mtss_desktop.ui.main_window import MainWindow
from mtss_desktop.ui.palette import Entry
from mtss_desktop.ui.panes.data.pane import DataPane
from mtss_desktop.ui.panes.imports.pane import ImportsPane
from mtss_desktop.ui.panes.meetings.pane import MeetingsPane
from mtss_desktop.ui.panes.printing.pane import PrintingPane
from mtss_desktop.ui.panes.today.pane import TodayPane
from mtss_desktop.usecases import imports, meetings
from tests.cli.terminal import Terminal, terminal, well
from tests.helpers.tables import contents, differing
from tests.ui.conftest import MakeWindow
from tests.usecases.acts import PHOTO

ACTION = "@Ruiz call SRO !2/24 #hallway"
DECISION = "Two adults stand at the hall doors"
CELEBRATION = "The upper hall was quiet all week"
IMPROVE = "Start with the chart"
CHANGED = "changed.csv"
PHOTO_NAME = "chart paper.png"
NOTES = "minute_taker"
TIPS_ITEM, TIPS_POINTS = 3, 1
BACK = ImportState.TAKEN_BACK


@dataclass
class Answers:
    """Answers the system's file dialogs; nobody clicks."""

    folder: Path
    file: Path
    saved: list[Path] = field(default_factory=list)

    def where_to_save(self, parent: QWidget, title: str, suggested: Path, kinds: str) -> Path | None:
        self.saved.append(self.folder / suggested.name)
        return self.saved[-1]

    def which_file(self, parent: QWidget, title: str, folder: Path, kinds: str) -> Path | None:
        return self.file

    def which_files(self, parent: QWidget, title: str, folder: Path, kinds: str) -> tuple[Path, ...]:
        return (self.photo if "*.png" in kinds else self.file,)

    @property
    def photo(self) -> Path:
        """Of the chart paper, made when it is first asked for."""
        made = self.folder / PHOTO_NAME
        made.write_bytes(base64.b64decode(PHOTO))
        return made

    def which_folder(self, parent: QWidget, title: str) -> Path | None:
        return self.folder


@dataclass(frozen=True)
class Keyboard:
    """All the hand there is: keys go where the focus is."""

    window: MainWindow

    @property
    def focused(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    @property
    def name(self) -> str:
        return self.focused.accessibleName()

    def press(self, *keys: str) -> None:
        for each in keys:
            QTest.keySequence(self.focused, QKeySequence(each))
            QApplication.processEvents()

    def write(self, text: str) -> None:
        QTest.keyClicks(self.focused, text)
        QApplication.processEvents()

    def seek(self, key: str, found: Callable[[], bool], most: int = 60) -> None:
        """The same key until the focus is where it is wanted."""
        for _ in range(most):
            if found():
                return
            self.press(key)
        raise AssertionError(f"{key} did not lead there; the focus is in “{self.name}”")

    def to(self, name: str, key: str = "Tab") -> None:
        self.seek(key, lambda: self.name.startswith(name))

    def palette(self, words: str) -> None:
        self.press("Ctrl+K")
        self.write(words)
        self.press("Return")


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """One of the sample's own files as it comes a week later: one score is another one."""
    with (paths.resource("sample", "exports") / "fastbridge_progress_2025.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        rows = list(csv.reader(file))
    score = rows[0].index("Score")
    rows[1][score] = rows[2][score] = str(int(rows[1][score]) + 3)
    with (tmp_path / CHANGED).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return tmp_path / CHANGED


# By keys ---------------------------------------------------------------------------------------------------------------


@dataclass
class Day:
    """What was done, so that it can be said again."""

    meeting: str = ""
    at: str = ""
    items: list[str] = field(default_factory=list)
    problem: str = ""
    present: list[str] = field(default_factory=list)
    reviewed: str = ""
    role: tuple[str, str] = ("", "")
    solution: str = ""
    action: str = ""
    imported: str = ""


def open_the_meeting(keys: Keyboard, day: Day) -> MeetingsPane:
    today = keys.window.current
    assert isinstance(today, TodayPane)
    keys.seek("Down", lambda: "Tier 1 team, Holcomb" in keys.name)
    keys.press("Return")
    pane = keys.window.current
    assert isinstance(pane, MeetingsPane)
    day.meeting = pane.record_id
    change_a_role(keys, pane, day)
    keys.palette("Start meeting")
    assert keys.focused is pane.live.entry.line
    return pane


def change_a_role(keys: Keyboard, pane: MeetingsPane, day: Day) -> None:
    """The minute taker of today is somebody else than in turn."""
    choice = pane.agenda.roles.choices[NOTES]
    keys.seek("Tab", choice.hasFocus)
    before = choice.value
    keys.press("Down", "Down")
    assert choice.value not in ("", before)
    day.role = NOTES, choice.value


def write_minutes(keys: Keyboard, pane: MeetingsPane, day: Day) -> None:
    """Down the agenda to the first problem, then three lines of three kinds."""
    shown = pane.live
    assert shown.live is not None
    day.items = [str(shown.live.agenda[0].id)]
    while shown.on_table is None:
        keys.press("Alt+Down")
        assert shown.live.running is not None
        day.items.append(str(shown.live.running.id))
    day.problem = str(shown.on_table.problem.id)
    keys.press("Ctrl+Shift+I")
    assert keys.name.startswith("Open import"), "where the numbers of the chart come from"
    keys.press("Esc")
    keys.write("@Ru")
    keys.press("Tab")
    assert shown.entry.line.text.startswith("@Ruiz")
    keys.press("Ctrl+A")
    keys.write(ACTION)
    keys.press("Return", "Alt+D")
    keys.write(DECISION)
    keys.press("Return", "Alt+C")
    keys.write(CELEBRATION)
    keys.press("Return")
    day.at = pane.now().strftime("%H:%M")
    written = shown.live.lines
    assert [line.kind for line in written] == [LineKind.ACTION, LineKind.DECISION, LineKind.CELEBRATION]
    assert written[0].action is not None
    assert (written[0].action.owner, str(written[0].action.due_on)) == ("Elena Ruiz", "2026-02-24")
    keys.press("Alt+I")
    assert shown.live.lines[-1].photos


def mark_the_problem(keys: Keyboard, pane: MeetingsPane, day: Day) -> None:
    keys.to("Fidelity", "Shift+Tab")
    keys.seek("Right", lambda: keys.name == "Fidelity: With fidelity")
    keys.press("Space")
    keys.press("Esc")
    assert keys.focused is pane.live.entry.line
    keys.to("Effect", "Shift+Tab")
    keys.seek("Right", lambda: keys.name == "Effect: Improved")
    keys.press("Space", "Esc")
    keys.to("Next", "Shift+Tab")
    keys.seek("Right", lambda: keys.name == "Next: Modify")
    keys.press("Space", "Esc")
    review_a_solution(keys, pane, day)


def review_a_solution(keys: Keyboard, pane: MeetingsPane, day: Day) -> None:
    """The problem's fidelity starts from the lowest of its solutions."""
    keys.press("Alt+4")
    day.solution, (_, _, choice) = next(iter(pane.live.details.rows.items()))
    keys.seek("Tab", choice.hasFocus)
    while choice.value != "partial":
        keys.press("Up" if choice.value in ("with_fidelity", "stopped") else "Down")
    keys.press("Esc")
    assert keys.focused is pane.live.entry.line


def mark_who_is_here(keys: Keyboard, pane: MeetingsPane, day: Day) -> None:
    assert pane.live.live is not None
    people = [line for line in pane.live.live.presence.lines if line.member]
    keys.press("Alt+3")
    for person in people:
        keys.to(person.name, "Down")
        keys.press("Space")
        day.present.append(str(person.person_id))
    keys.press("Esc")
    assert keys.focused is pane.live.entry.line
    assert all(line.present for line in pane.live.live.presence.lines if line.member)


def close_out(keys: Keyboard, pane: MeetingsPane, day: Day, saved: list[Path]) -> None:
    """Only what is missing: the marks of the problem nobody spoke about, four answers. Then the lock and the paper."""
    keys.palette("Close out")
    closing = pane.closing
    assert closing.closing is not None
    assert [each.gap for each in closing.closing.missing] == [Gap.REVIEW, Gap.RATING]
    day.reviewed = str(closing.closing.missing[0].record_id)
    assert keys.name.startswith("Fidelity: Tardies")
    keys.press("Down", "Down", "Tab", "Down", "Down")
    keys.to("Ask the four questions")
    keys.press("Space")
    for question in ("Was our time", "Did we track", "Were last", "Does our work"):
        keys.to(question)
        keys.press("Space")
    keys.to("One line to improve")
    keys.write(IMPROVE)
    keys.press("Return")
    assert closing.closing.missing == ()
    own = closing.checklist.rows[TIPS_ITEM - 1].own
    keys.seek("Tab", lambda: own.isAncestorOf(keys.focused))
    keys.seek("Right", lambda: keys.name.endswith(str(TIPS_POINTS)))
    keys.press("Space")
    assert own.chosen == str(TIPS_POINTS)
    keys.palette("Lock minutes")
    assert closing.closing.meeting.locked_at is not None
    keys.palette("Minutes as PDF")
    assert saved[-1].read_bytes().startswith(b"%PDF-")


def mark_an_action_done(keys: Keyboard, day: Day) -> None:
    keys.press("Ctrl+1")
    pane = keys.window.current
    assert isinstance(pane, TodayPane)
    keys.seek("Tab", lambda: any(line.hasFocus() for line in pane.due.lines))
    line = next(line for line in pane.due.lines if line.hasFocus())
    day.action = line.shown.key
    keys.press("Space")
    assert next(each for each in pane.due.lines if each.shown.key == day.action).shown.check


def read_a_chart(keys: Keyboard) -> None:
    keys.press("Ctrl+7")
    assert isinstance(keys.window.current, DataPane)
    keys.seek("F6", lambda: isinstance(keys.focused, FigureView))
    figure = keys.focused
    assert isinstance(figure, FigureView)
    keys.press("Right")
    first = figure.spoken()
    keys.press("Right")
    assert first
    assert figure.spoken() != first
    keys.press("Esc")
    assert figure.spoken() == []


def import_and_take_back(keys: Keyboard, workspace: Workspace, day: Day) -> None:
    """In, undone, done again, taken back from its receipt, which undo and redo turn like any other act."""
    keys.press("Ctrl+I", "Ctrl+N")
    pane = keys.window.current
    assert isinstance(pane, ImportsPane)
    assert pane.is_checking
    keys.press("Ctrl+Return")

    def state() -> ImportState:
        return next(each.state for each in workspace.ask(imports.receipts) if each.file_name == CHANGED)

    day.imported = str(next(each.id for each in workspace.ask(imports.receipts) if each.file_name == CHANGED))
    for key, now in (("Ctrl+Z", BACK), ("Ctrl+Y", ImportState.APPLIED), ("Delete", BACK)):
        keys.press(key)
        assert state() is now
    for key, now in (("Ctrl+Z", ImportState.APPLIED), ("Ctrl+Y", BACK)):
        keys.press(key)
        assert state() is now
    assert keys.window.undo_actions.undo_label == f"Take back {CHANGED}"


def print_the_packet(keys: Keyboard, saved: list[Path]) -> None:
    keys.press("Ctrl+P")
    pane = keys.window.current
    assert isinstance(pane, PrintingPane)
    keys.press("Ctrl+F")
    keys.write("walk-in")
    keys.press("Down", "Return", "Ctrl+S")
    assert "packet" in saved[-1].name
    assert saved[-1].read_bytes().startswith(b"%PDF-")


def by_keys(keys: Keyboard, answers: Answers) -> Day:
    day, window = Day(), keys.window
    for room in ("meetings", "imports", "print"):
        window.pane(room).asking = answers  # type: ignore[attr-defined]
    pane = open_the_meeting(keys, day)
    write_minutes(keys, pane, day)
    mark_the_problem(keys, pane, day)
    mark_who_is_here(keys, pane, day)
    close_out(keys, pane, day, answers.saved)
    mark_an_action_done(keys, day)
    read_a_chart(keys)
    import_and_take_back(keys, window.workspace, day)
    print_the_packet(keys, answers.saved)
    return day


# By the terminal ---------------------------------------------------------------------------------------------------------


def by_terminal(say: Terminal, day: Day, file: Path, folder: Path) -> None:
    def do(*words: str) -> None:
        well(say("do", *words))

    do("agendas.give_role", day.meeting, "--role", day.role[0], "--person-id", day.role[1])
    do("meetings.start", day.meeting, "--at", "14:45")
    for item in day.items:
        do("minutes.open_item", item)
    here = ("--item-id", day.items[-1], "--at", day.at)
    do("minutes.write_line", day.meeting, "--text", ACTION, *here)
    do("minutes.write_line", day.meeting, "--text", DECISION, "--kind", "decision", *here)
    do("minutes.write_line", day.meeting, "--text", CELEBRATION, "--kind", "celebration", *here)
    picture = ("--name", PHOTO_NAME, "--media-type", "image/png", "--content", PHOTO)
    do("minutes.add_photo", day.meeting, *picture, *here)
    do("problems.mark", day.problem, day.meeting, "--fidelity", "with_fidelity")
    do("problems.mark", day.problem, day.meeting, "--effect", "improved")
    do("problems.mark", day.problem, day.meeting, "--next-step", "modify")
    do("problems.set_fidelity", day.solution, day.meeting, "--fidelity", "partial")
    for person in day.present:
        do("meetings.mark_present", day.meeting, "--person-id", person)
    do("minutes.pause_item", day.meeting, "--done")
    do("meetings.end", day.meeting, "--at", "15:45")
    do("problems.mark", day.reviewed, day.meeting, "--fidelity", "partial", "--effect", "no_change")
    answers = ("time-well-used", "tasks-tracked", "tasks-completed", "effect-on-students")
    yes = [word for each in answers for word in (f"--{each}", "yes")]
    do("meetings.rate", day.meeting, *yes, "--to-improve", IMPROVE)
    do("checklist.mark", day.meeting, "--number", str(TIPS_ITEM), "--points", str(TIPS_POINTS))
    do("close_out.lock", day.meeting)
    well(say("print", "minutes", "--meeting", day.meeting, "--out", folder / "minutes.pdf"))
    do("actions.mark_done", day.action)
    imported = well(say("import", file)).objects[0]["import_id"]
    for words in (("undo",), ("redo",), ("imports", "undo", imported), ("undo",), ("redo",)):
        well(say(*words))
    well(say("print", "walk-in-packet", "--out", folder / "packet.pdf"))
    do("papers.packet_made")


# The same records --------------------------------------------------------------------------------------------------------

ID = re.compile(r"[0-9a-f]{32}")
STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)?")


def settled(tables: dict[str, Counter[Any]], known: set[str]) -> dict[str, Counter[Any]]:
    """With the same words for ids and stamps that were given that day: an id is called by the rest of its record."""

    def plain(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return STAMP.sub("stamp", ID.sub(lambda found: found[0] if found[0] in known else "new", value))

    names = {
        row[0]: f"{table}{tuple(map(plain, row))}"
        for table, rows in tables.items()
        for row in rows
        if row and isinstance(row[0], str) and ID.fullmatch(row[0]) and row[0] not in known
    }

    def called(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return STAMP.sub("stamp", ID.sub(lambda found: names.get(found[0], found[0]), value))

    return {table: Counter({tuple(map(called, row)): n for row, n in rows.items()}) for table, rows in tables.items()}


def read(path: Path) -> dict[str, Counter[Any]]:
    with opening.open_workspace(path, read_only=True, careful=False).workspace as workspace:
        return contents(workspace)


def ids(tables: dict[str, Counter[Any]]) -> set[str]:
    words = (value for rows in tables.values() for row in rows for value in row if isinstance(value, str))
    return {found for word in words for found in ID.findall(word)}


def test_a_day_by_keys_and_again_in_the_terminal(
    make_window: MakeWindow,
    sample_file: Path,
    tmp_path: Path,
    changed: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, other = (tmp_path / name for name in ("keys.mtss", "terminal.mtss"))
    for each in (one, other):
        each.write_bytes(sample_file.read_bytes())
    before = read(one)
    with opening.open_workspace(one, careful=False).workspace as workspace:
        window = make_window(workspace, preferences=Preferences(theme="light", tour_seen=True))
        day = by_keys(Keyboard(window), Answers(tmp_path, changed))
        record = workspace.ask(meetings.show, MeetingId(day.meeting))
        assert record.meeting.to_improve == IMPROVE
        window.close()
    monkeypatch.setenv("MTSS_HOME", str(tmp_path / "other computer"))  # which never saw the file of the keys
    by_terminal(terminal(capsys, "--db", str(other), "--json"), day, changed, tmp_path)

    known = ids(before)
    assert differing(settled(before, known), settled(read(one), known))
    assert differing(settled(read(one), known), settled(read(other), known)) == {}


def test_words_in_minutes_are_found_from_anywhere(make_window: MakeWindow, sample: Workspace) -> None:
    window = make_window(sample)
    found: list[tuple[Entry, ...]] = []
    found_entries(window, "hallway", found.append)
    groups = [entry.group for entry in found[-1]]
    assert {"Plans", "Words in minutes"} <= set(groups)
    next(entry for entry in found[-1] if entry.group == "Words in minutes").run()
    assert window.current.room.key == "meetings"
    assert window.current.record_id
