"""Mail and dates to the owners of actions, kept as files or copied: nothing is sent from here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from mtss_desktop.app import sending
from mtss_desktop.base.progress import Progress
from mtss_desktop.domain.action_board import BoardLine, OwnerMail, mail_text
from mtss_desktop.domain.people import PersonId
from mtss_desktop.ui.kit.asking import Asking
from mtss_desktop.ui.kit.pane import Notice, Pane
from mtss_desktop.ui.panes.plans.words import acted


class MailDrafts:
    """Each asks where the file is kept, and writes it in the background."""

    def __init__(self, pane: Pane, asking: Callable[[], Asking]) -> None:
        self._pane, self._asking = pane, asking

    def save(self, owner_id: str) -> None:
        """The draft for one owner, as a file for a mail program."""
        if not owner_id:
            return
        owner = PersonId(owner_id)
        kinds = self._pane.words("Mail drafts (*.eml)")
        target = self._asking().where_to_save(
            self._pane.window(), self._pane.words("Where the mail draft is kept"), Path.home() / "actions.eml", kinds
        )
        if target is not None:
            self._write(lambda _: (sending.write_owner_draft(self._pane.workspace, owner, target),))

    def save_calendar(self, owner_id: str) -> None:
        """The dates of one owner, as whole days for a calendar program."""
        if not owner_id:
            return
        owner = PersonId(owner_id)
        kinds = self._pane.words("Calendar files (*.ics)")
        where = self._pane.words("Where the calendar file is kept")
        target = self._asking().where_to_save(self._pane.window(), where, Path.home() / "actions.ics", kinds)

        def saved(_: Path) -> None:
            self._pane.noticed.emit(Notice(self._pane.words("The calendar file is saved")))

        if target is not None:
            self._pane.background(
                lambda _: sending.write_owner_calendar(self._pane.workspace, owner, target),
                saved,
                lane="pool",
                what=self._pane.words("Writing the calendar file"),
            )

    def save_all(self, lines: Sequence[BoardLine]) -> None:
        """One draft for each owner who has an open action here, into the folder of a name that is asked for once."""
        owners = tuple(dict.fromkeys(PersonId(line.owner_id) for line in lines if line.owner_id))
        if not owners:
            return
        kinds = self._pane.words("Mail drafts (*.eml)")
        target = self._asking().where_to_save(
            self._pane.window(), self._pane.words("Where the mail drafts are kept"), Path.home() / "actions.eml", kinds
        )
        if target is not None:
            self._write(lambda _: sending.write_owner_drafts(self._pane.workspace, owners, target))

    def _write(self, work: Callable[[Progress], tuple[Path, ...]]) -> None:
        def saved(files: tuple[Path, ...]) -> None:
            self._pane.noticed.emit(
                Notice(acted(self._pane.words, "The draft is saved", "{n} drafts are saved", len(files)))
            )

        self._pane.background(work, saved, lane="pool", what=self._pane.words("Writing the drafts"))

    def copy(self, told: OwnerMail | None) -> None:
        if told is not None:
            QGuiApplication.clipboard().setText(mail_text(self._pane.words, told))
            self._pane.noticed.emit(Notice(self._pane.words("The mail is copied")))
