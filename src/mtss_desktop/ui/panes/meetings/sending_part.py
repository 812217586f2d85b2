"""How minutes leave: PDF, mail draft, calendar file, half pages; by when, and whether they have."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.meetings import Meeting
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import FlowLayout, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import meetings
from mtss_desktop.usecases.close_out import CloseOut
from mtss_desktop.usecases.live import LiveMinutes


class SendingPart(QWidget):
    """Of the close-out that is shown."""

    def __init__(self, pane: Any) -> None:
        """``pane`` is the room: it asks, does and saves files."""
        super().__init__()
        self.setProperty("kind", "clear")
        self._pane = pane
        self._closing: CloseOut | None = None
        self.words: Words = pane.words
        words = self.words
        self.due = label("", "soft")
        self.pdf = Button(words("Minutes as PDF"), self.save_pdf, size="large", icon_name="ph.file")
        self.mail = Button(words("Mail draft"), self.save_mail, size="large", icon_name="ph.envelope-simple")
        self.calendar = Button(words("Calendar file"), self.save_calendar, size="large", icon_name="ph.calendar-blank")
        self.absent = Button(words("Half page for absent members"), self._save_absent, icon_name="ph.file")
        self.copy = Button(words("Copy"), self._copy, icon_name="ph.copy")
        self.word = Button(words("For Word"), self._save_word)
        self.word.setToolTip(words("The minutes as a page that Word and Docs open and change"))
        self.sent = Button(words("Mark as sent"), self.mark_sent, icon_name="ph.check")
        self.note = Prose("", "caption")
        self.setLayout(
            column(
                row(label(words("Send the minutes"), "heading"), None, self.due),
                look().px(8),
                _flow(self.pdf, self.mail, self.calendar),
                look().px(8),
                _flow(self.sent, self.copy, self.word),
                look().px(8),
                row(self.absent, None),
                look().px(4),
                self.note,
            )
        )

    def show_sending(self, closing: CloseOut, live: LiveMinutes, words: Words) -> None:
        self._closing = closing
        meeting = closing.meeting
        due = ""
        if meeting.sent_at is not None:
            day = words.day(meeting.sent_at.astimezone(self._pane.zone).date())
            due = words("left {day}, within 24 hours") if closing.in_time else words("left {day}, later than 24 hours")
            due = due.format(day=day)
        elif closing.send_by is not None:
            at = closing.send_by.astimezone(self._pane.zone)
            due = words("by {day}, {time}").format(day=words.day(at.date()), time=words.time(at.time()))
        self.due.setText(due)
        can = self._pane.workspace.can_write
        self.sent.setVisible(can and meeting.sent_at is None)
        away = any(each.present is False for each in live.presence.lines)
        self.absent.setVisible(away)
        coming = closing.next_day is not None
        self.calendar.allow(coming, words("Plan the next meeting first"))
        confidential = meeting.confidential
        note = (
            words("These minutes are for members of the team only.")
            if confidential
            else words(
                "Confidential lines are left out. The mail draft opens in your mail program; nothing is sent from here."
            )
        )
        self.note.setText(note)

    def acts(self) -> tuple[Action, ...]:
        words = self.words
        return (
            Action("pdf", words("Minutes as PDF"), self.save_pdf, "ph.file"),
            Action("mail", words("Mail draft"), self.save_mail, "ph.envelope-simple"),
            Action("copy", words("Copy minutes"), self._copy, "ph.copy"),
            Action("word", words("Minutes for Word"), self._save_word, "ph.file"),
        )

    def mark_sent(self) -> None:
        assert self._closing is not None
        self._pane.do(
            meetings.minutes_sent, said=self.words("Minutes marked as sent"), meeting_id=self._closing.meeting.id
        )

    def save_pdf(self) -> None:
        self._pane.papers.save("minutes", self.words("Where the minutes are kept"))

    def _copy(self) -> None:
        self._pane.papers.copy("minutes")

    def _save_word(self) -> None:
        self._pane.papers.save_word("minutes", self.words("Where the minutes for Word are kept"))

    def _save_absent(self) -> None:
        self._pane.papers.save("minutes-for-absent", self.words("Where the half pages are kept"))

    def save_mail(self) -> None:
        self._pane.papers.save_mail()

    def save_calendar(self) -> None:
        closing = self._closing
        if closing is None or closing.next_day is None:
            return

        def found(meetings_: tuple[Meeting, ...]) -> None:
            coming = closing.meeting.next_meeting_id
            fitting = [each for each in meetings_ if each.id == coming or each.day == closing.next_day]
            fitting.sort(key=lambda each: each.id != coming)
            if fitting:
                self._pane.papers.save_calendar(fitting[0].id, fitting[0].day)

        self._pane.ask(meetings.of_team, found, team_id=closing.meeting.team_id)


def _flow(*buttons: Button) -> FlowLayout:
    """A row of buttons that goes on in the next line where large text leaves too little room."""
    made = FlowLayout(look().px(12))
    for each in buttons:
        made.addWidget(each)
    return made
