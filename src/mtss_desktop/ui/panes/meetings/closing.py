"""Closing out: only what is missing, each with its field; what happened; what is sent; the lock."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fields import Field
from mtss_desktop.ui.kit.layouts import box, column, row, scrolling, tab_in_reading_order
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.panes.meetings.checklist_view import ChecklistView
from mtss_desktop.ui.panes.meetings.gaps import Gaps
from mtss_desktop.ui.panes.meetings.sending_part import SendingPart
from mtss_desktop.ui.panes.meetings.words import title_of
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import checklist, close_out
from mtss_desktop.usecases.close_out import CloseOut
from mtss_desktop.usecases.live import LiveMinutes

BESIDE = 960
"""Width of the page in pixels at 100 % from which the checklist stands beside what is missing."""


class ClosePage(QWidget):
    """``back`` asks for the minutes again."""

    back = Signal()

    def __init__(self, pane: Any) -> None:
        """``pane`` is the room: it asks, does and saves files."""
        super().__init__()
        self.setProperty("kind", "page")
        self._pane = pane
        self.words: Words = pane.words
        self.closing: CloseOut | None = None
        self.live: LiveMinutes | None = None
        self._build()

    def _build(self) -> None:
        words, space = self.words, look().measures.space
        self.to_minutes = Button(words("Back to minutes"), self.back.emit, size="large")
        self.lock_button = Button(words("Lock minutes"), self.lock, kind="primary", icon_name="ph.lock-simple")
        self.header = PageHeader(words("Close out"), [self.to_minutes, self.lock_button])
        self.heading, self.count = label(words("Only these are missing"), "heading"), label("", "soft")
        self.gaps = Gaps(self._pane)
        self.gaps.to_present.connect(self._to_present)
        self.sending = SendingPart(self._pane)
        self.locked = Prose("", "base", "ink")
        self.reason = Field(name=words("Why the minutes are reopened"), placeholder=words("Why are they reopened?"))
        self.reason.returnPressed.connect(self.reopen)
        self.reopen_button = Button(words("Reopen"), self.reopen)
        self._reopen = box(row(self.reason, self.reopen_button, spacing=space.s1))
        self._happened = row(spacing=space.s2)
        self.checklist = ChecklistView(words)
        self.checklist.marked.connect(self._mark_item)
        self.checklist.printed.connect(self._save_result)
        left = column(
            row(self.heading, None, self.count),
            self.locked,
            self._reopen,
            self.gaps,
            space.s3,
            label(words("What happened"), "heading"),
            look().px(6),
            self._happened,
            space.s2,
            hairline(),
            space.s2,
            self.sending,
            None,
        )
        self._side = box(column(self.checklist, None))
        self._rule = hairline(Qt.Orientation.Vertical)
        self._columns = row(
            box(left), self._rule, self._side, spacing=space.s3, margins=(space.s3, 0, space.s3, space.s3)
        )
        self._columns.setStretch(0, 63)
        self._columns.setStretch(2, 34)
        self._columns.setAlignment(self._side, Qt.AlignmentFlag.AlignTop)
        self._area = scrolling(box(self._columns), words("Close out"))
        whole = column(self.header, self._area)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    # -- showing ------------------------------------------------------------------------------------------------------

    def show_closing(self, closing: CloseOut, live: LiveMinutes, words: Words, today: date) -> None:
        self.closing, self.live, self.words = closing, live, words
        meeting = closing.meeting
        locked = meeting.locked_at is not None
        ended = words("ended {time}").format(time=words.time(meeting.ended_at)) if meeting.ended_at else ""
        parts = (title_of(live), words.weekday_date(meeting.day), ended)
        self.header.say(words("Minutes, locked") if locked else words("Close out"), " · ".join(p for p in parts if p))
        self.lock_button.setVisible(not locked and self._pane.workspace.can_write)
        self._show_missing(closing, locked)
        self.gaps.show_gaps(closing, live, words, today)
        self._show_happened(closing)
        self.sending.show_sending(closing, live, words)
        self.checklist.show_checklist(closing, self._pane.workspace.can_write)
        tab_in_reading_order(self)

    def _show_missing(self, closing: CloseOut, locked: bool) -> None:
        words, n = self.words, len(closing.missing)
        self.heading.setText(words("Nothing is missing") if not n else words("Only these are missing"))
        self.count.setText(words("{n} of {all} facts").format(n=n, all=closing.facts) if n else "")
        self._reopen.setVisible(locked and self._pane.workspace.can_write)
        open_words = said("{n} fact stays open.", many="{n} facts stay open.", count="n", n=n)
        self.locked.setText(words("These minutes are locked.") + (f" {words.say(open_words)}" if n else ""))
        self.locked.setVisible(locked)
        self.heading.setVisible(not locked)

    def bring_back(self, typed: dict[str, str]) -> None:
        """What was typed into a gap when the window closed."""
        self.gaps.bring_back(typed)

    def first_field(self) -> QWidget:
        """Focus on the first that is missing."""
        first = self.gaps.first_field()
        if first is not None:
            return first
        return self.lock_button if self.lock_button.isVisible() else self.sending.pdf

    def _to_present(self) -> None:
        self.back.emit()
        self._pane.live.shape.show("present")

    # -- the rest of the page -----------------------------------------------------------------------------------------

    def _show_happened(self, closing: CloseOut) -> None:
        words, told = self.words, closing.happened
        used = (
            words("{n} of {all}").format(n=told.used, all=told.planned) if told.used is not None else words("no record")
        )
        cells = (
            (used, words("minutes used")),
            (words("{n} of {all}").format(n=told.present, all=told.voting), words("present from start to end")),
            (str(told.decisions), words("decision") if told.decisions == 1 else words("decisions")),
            (
                str(told.actions),
                (words("action, {n} with owner") if told.actions == 1 else words("actions, {n} with owner")).format(
                    n=told.actions_with_owner
                ),
            ),
        )
        _empty(self._happened)
        for value, name in cells:
            self._happened.addWidget(box(column(label(value, "statement"), Prose(name), None)), 1)

    def _mark_item(self, number: int, points: int | None) -> None:
        assert self.closing is not None
        self._pane.do(checklist.mark, meeting_id=self.closing.meeting.id, number=number, points=points)

    def _save_result(self) -> None:
        self._pane.papers.save("tips-fc-result", self.words("Where the result is kept"))

    # -- acts ---------------------------------------------------------------------------------------------------------

    def acts(self) -> tuple[Action, ...]:
        words = self.words
        locked = self.closing is not None and self.closing.meeting.locked_at is not None
        lock = Action("lock", words("Lock minutes"), self.lock, "ph.lock-simple", primary=True)
        return (
            *(() if locked else (lock,)),
            Action("minutes", words("Back to minutes"), self.back.emit, "ph.chat-text"),
            *self.sending.acts(),
        )

    def lock(self) -> None:
        """Works with gaps and says what stays open."""
        closing = self.closing
        if closing is None:
            return
        n = len(closing.missing)
        open_words = said("Locked; {n} fact stays open", many="Locked; {n} facts stay open", count="n", n=n)
        said_ = self.words.say(open_words) if n else self.words("Minutes locked")
        self._pane.do(close_out.lock, said=said_, meeting_id=closing.meeting.id)

    def reopen(self) -> None:
        if not self.reason.text().strip():
            self.reason.show_wrong(True)
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        assert self.closing is not None
        self._pane.do(close_out.reopen, said=self.words("Minutes reopened"), then=lambda _done: self.reason.clear(),
                      meeting_id=self.closing.meeting.id, reason=self.reason.text())  # fmt: skip

    # -- room ---------------------------------------------------------------------------------------------------------

    def leave(self) -> None:
        self.gaps.leave()

    def columns(self) -> tuple[QWidget, ...]:
        return (self.first_field(),)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() / look().factor >= BESIDE
        self._columns.setDirection(
            self._columns.Direction.LeftToRight if beside else self._columns.Direction.TopToBottom
        )
        self._rule.setVisible(beside)


def _empty(layout: Any) -> None:
    while (item := layout.takeAt(0)) is not None:
        gone = item.widget()
        if gone is not None:
            gone.hide()
            gone.deleteLater()
