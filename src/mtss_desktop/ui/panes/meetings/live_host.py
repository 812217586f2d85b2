"""The page of a running meeting as the parts that write, lay out and act on it see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from PySide6.QtWidgets import QLabel, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.minutes_words import Known
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.panes.meetings.entry import EntryBox
from mtss_desktop.ui.panes.meetings.painted import AgendaList, MinutesList
from mtss_desktop.ui.panes.meetings.photos import Photos
from mtss_desktop.ui.panes.meetings.problem_form import ProblemForm
from mtss_desktop.ui.panes.meetings.problem_panel import ProblemPanel
from mtss_desktop.ui.panes.meetings.side import ActionsPanel, AddLine, PresenceSummary, PresentPanel
from mtss_desktop.ui.panes.meetings.table_item import TableItem
from mtss_desktop.ui.panes.meetings.where_panel import WherePanel
from mtss_desktop.usecases.live import LiveMinutes, ProblemOnTable


class LiveHost(QWidget):
    """Its widgets, what it shows, and the way back to the line."""

    pane: Pane
    words: Words
    now: Callable[[], datetime]
    live: LiveMinutes | None
    known: Known
    today: date
    others: list[str]
    header: PageHeader
    other: Button
    projector: Button
    used: QLabel
    planned: QLabel
    agenda: AgendaList
    add_item: AddLine
    summary: PresenceSummary
    item: TableItem
    photos: Photos
    lines: MinutesList
    entry: EntryBox
    editing_note: QLabel
    asked: ActionsPanel
    present: PresentPanel
    problem: ProblemForm
    details: ProblemPanel
    where: WherePanel

    @property
    def meeting_id(self) -> str:
        """The meeting that is shown, "" before there is one."""
        return self.live.meeting.id if self.live is not None else ""

    @property
    def on_table(self) -> ProblemOnTable | None:
        """The problem of the agenda item that runs."""
        if self.live is None or self.live.running is None or self.live.running.problem_id is None:
            return None
        wanted = self.live.running.problem_id
        return next((each for each in self.live.problems if each.problem.id == wanted), None)

    def why_not(self) -> str:
        """Why nothing can be written here, "" where it can."""
        if not self.pane.workspace.can_write:
            return self.words("This file is open for reading only.")
        if self.live is not None and self.live.meeting.locked_at is not None:
            return self.words("These minutes are locked. Reopen them first.")
        return ""

    def clock_now(self) -> time | None:
        """The wall clock for a line: only while the meeting runs."""
        raise NotImplementedError

    def seen_height(self) -> int:
        """How much of the page can be seen at once: where it scrolls as a whole, less than it has."""
        raise NotImplementedError

    def to_entry(self) -> None:
        """The focus is in the line again."""
        raise NotImplementedError

    def back_to_line(self) -> None:
        """What stood beside the minutes is done with."""
        raise NotImplementedError
