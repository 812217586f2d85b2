"""Making the recovery sheet of an open file: on the start screen after a new file, and later from the File menu."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from mtss_desktop.app.jobs import Jobs
from mtss_desktop.base.errors import Cancelled, UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.asking import PDFS, Asking
from mtss_desktop.ui.kit.layouts import column, fit_dialog
from mtss_desktop.ui.start_screen import doors
from mtss_desktop.ui.start_screen.recovery_page import RecoveryPage
from mtss_desktop.ui.theme import FocusRing, look

if TYPE_CHECKING:
    from mtss_desktop.app.workspace import Workspace
    from mtss_desktop.documents.blocks import Document


class RecoverySheet(QObject):
    """Does what a ``RecoveryPage`` asks, for its ``workspace``."""

    def __init__(self, page: RecoveryPage, jobs: Jobs, asking: Asking, words: Words = ENGLISH) -> None:
        super().__init__(page)
        self.workspace: Workspace | None = None
        self._page, self._jobs, self._asking, self._words = page, jobs, asking, words
        page.print_wanted.connect(self.print)
        page.save_wanted.connect(self.save)

    def save(self) -> None:
        """As a PDF where the person says."""
        if self.workspace is None:
            return
        location = self.workspace.location
        suggested = location.file.with_name(self._words("Recovery sheet {name}.pdf").format(name=location.name))
        title = self._words("Where the recovery sheet is saved")
        path = self._asking.where_to_save(self._page.window(), title, suggested, PDFS)
        if path is not None:
            work = partial(_write, self.workspace, path, self._words)
            self._jobs.run(work, then=self._saved, fail=self._failed, owner=self, lane="pool")

    def _saved(self, path: Path) -> None:
        self._page.made(
            self._words("Saved as {file}. Print it, then delete the file: whoever has it can open yours.").format(
                file=path.name
            )
        )

    def print(self) -> None:
        """Straight to the printer."""
        if self.workspace is not None:
            work = partial(_document, self.workspace)
            self._jobs.run(work, then=self._print, fail=self._failed, owner=self, lane="pool")

    def _print(self, document: Document) -> None:
        from mtss_desktop.ui.start_screen import paper

        try:
            if paper.print_sheet(self._page.window(), document, self._words):
                self._page.made(self._words("Sent to the printer. Look at the page before you go on."))
        except UserError as error:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            way = doors.refusal(error)
            self._page.failed(f"{way.message} {way.hint}".strip())


def _document(workspace: Workspace, _progress: Progress) -> Document:
    return doors.recovery_document(workspace)


def _write(workspace: Workspace, path: Path, words: Words, _progress: Progress) -> Path:
    return doors.recovery_pdf(workspace, path, words)


class RecoveryDialog(QDialog):
    """The same page later, over the open window."""

    def __init__(
        self, workspace: Workspace, jobs: Jobs, asking: Asking, parent: QWidget | None = None, words: Words = ENGLISH
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words("Recovery sheet"))
        self.page = RecoveryPage(words)
        self.page.later.hide()
        self.page.go_on.say(words("Done"))
        self.page.finished.connect(self.accept)
        self.sheet = RecoverySheet(self.page, jobs, asking, words)
        self.sheet.workspace = workspace
        side = look().measures.space.s3
        self.setLayout(column(self.page, margins=(side, side, side, side)))
        fit_dialog(self, 520)
        FocusRing(self)
        self.page.print.setFocus()
