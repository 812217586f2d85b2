"""Files of a meeting: its documents, the mail draft with the minutes, its date for a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from mtss_desktop.app import printing, sending
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.meetings import MeetingId
from mtss_desktop.ui.kit.asking import PDFS
from mtss_desktop.ui.kit.formatted import mime
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.panes.meetings.host import MeetingsHost
from mtss_desktop.usecases import close_out
from mtss_desktop.usecases.close_out import MailDraft
from mtss_desktop.usecases.papers import Scope as PaperScope

MOST_NAMES = 3
"""People without an address that a line names; more are a number."""


class PaperActs:
    """Of the meeting a pane shows."""

    def __init__(self, pane: MeetingsHost) -> None:
        self._pane = pane

    def save_agenda(self) -> None:
        self.save("agenda", self._pane.words("Where the agenda is kept"))

    def save(self, paper: str, title: str, then: Callable[[], object] | None = None) -> None:
        """One document of this meeting as PDF."""

        def write(target: Path, _: Progress) -> Path:
            printing.write(self._pane.workspace, paper, target, PaperScope(meeting=MeetingId(self._pane.meeting)))
            return target

        self._write(title, f"{paper}-{self._day()}.pdf", PDFS, write, then)

    def save_word(self, paper: str, title: str) -> None:
        """The same document as a page that word processors open and change."""
        pane = self._pane

        def write(target: Path, _: Progress) -> Path:
            return printing.write_html(pane.workspace, paper, target, PaperScope(meeting=MeetingId(pane.meeting)))

        self._write(title, f"{paper}-{self._day()}.html", pane.words("Formatted text (*.html)"), write, None)

    def copy(self, paper: str) -> None:
        """Formatted and plain, for a mail or a word processor."""
        pane = self._pane

        def make(_: Progress) -> str:
            return printing.formatted(pane.workspace, paper, PaperScope(meeting=MeetingId(pane.meeting)))

        def copied(page: str) -> None:
            QGuiApplication.clipboard().setMimeData(mime(page))
            pane.noticed.emit(Notice(pane.words("Copied. Paste it into a mail or a document.")))

        pane.background(make, copied, lane="pool", what=pane.words("Copying"))

    def save_mail(self) -> None:
        """Says to how many it goes, and who has to get the minutes in another way."""
        pane, told = self._pane, list[MailDraft]()

        def write(target: Path, _: Progress) -> Path:
            told.append(pane.workspace.ask(close_out.mail, MeetingId(pane.meeting)))
            return sending.write_mail_draft(pane.workspace, MeetingId(pane.meeting), target)

        def saved() -> None:
            pane.noticed.emit(Notice(draft_words(pane.words, told[0])))

        name = f"minutes-{self._day()}.eml"
        self._write(pane.words("Where the mail draft is kept"), name, pane.words("Mail drafts (*.eml)"), write, saved)

    def save_calendar(self, meeting_id: str, day: date) -> None:
        """The entry of one meeting, which may be another than the one shown."""
        pane = self._pane

        def write(target: Path, _: Progress) -> Path:
            return sending.write_calendar_file(pane.workspace, MeetingId(meeting_id), target)

        name = f"meeting-{day.isoformat()}.ics"
        self._write(
            pane.words("Where the calendar file is kept"),
            name,
            pane.words("Calendar files (*.ics)"),
            write,
            None,
        )

    def _day(self) -> str:
        return self._pane.shown.live.meeting.day.isoformat() if self._pane.shown is not None else "meeting"

    def _write(
        self,
        title: str,
        name: str,
        kinds: str,
        write: Callable[[Path, Progress], Path],
        then: Callable[[], object] | None,
    ) -> None:
        target = self._pane.asking.where_to_save(self._pane.window(), title, Path.home() / name, kinds)
        if target is None:
            return

        def saved(path: Path) -> None:
            self._pane.noticed.emit(Notice(self._pane.words("{file} saved").format(file=path.name)))
            if then is not None:
                then()

        self._pane.background(partial(write, target), saved, lane="pool", what=self._pane.words("Making the file"))


def draft_words(words: Words, draft: MailDraft) -> str:
    """Mail draft to 8 people saved. No address is known for Ann Lee."""
    saved = said("Mail draft to {n} person saved.", many="Mail draft to {n} people saved.", count="n", n=len(draft.to))
    missing = draft.without_address
    first = words.say(saved) if draft.to else words("Mail draft saved, without an address.")
    if not missing:
        return first
    if len(missing) > MOST_NAMES:
        left = words.say(said("No address is known for {n} members.", n=len(missing)))
    else:
        left = words("No address is known for {names}.").format(names=words.listed(missing))
    return f"{first} {left}"
