"""An import back out and in again: one button for whichever the chosen receipt allows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from mtss_desktop.app.workspace import Done, Workspace
from mtss_desktop.base.progress import Progress
from mtss_desktop.domain.files import ImportId, ImportState
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.panes.imports.host import ImportsHost
from mtss_desktop.ui.panes.imports.receipts_view import ReceiptsView
from mtss_desktop.usecases import imports
from mtss_desktop.usecases.imports import Receipt


def _turn(workspace: Workspace, use_case: Callable[..., None], import_id: ImportId, progress: Progress) -> Done[None]:
    return workspace.do(use_case, import_id, progress=progress)


class ReceiptsFlow:
    """Take back and bring back. Neither asks: each undoes the other."""

    def __init__(self, pane: ImportsHost, view: ReceiptsView) -> None:
        self._pane, self._view = pane, view
        self.turn_button = Button(pane.words("Take back"), self.turn, size="large", icon_name="ph.arrow-u-up-left")
        view.table.chosen.connect(lambda _: self.show())
        view.table.deleted.connect(lambda _: self.take_back())

    @property
    def _is_out(self) -> bool:
        receipt = self._view.current
        return receipt is not None and receipt.state is ImportState.TAKEN_BACK

    def show(self) -> None:
        """One button: take back what stands, bring back what was taken back."""
        words = self._pane.words
        self.turn_button.say(words("Bring back") if self._is_out else words("Take back"))
        self.turn_button.show_icon("ph.arrow-u-up-right" if self._is_out else "ph.arrow-u-up-left")
        reason = self._lacks()
        self.turn_button.allow(not reason, reason)

    def turn(self) -> None:
        (self.bring_back if self._is_out else self.take_back)()

    def take_back(self) -> None:
        if not self.why_not_back():
            self._do(imports.take_back, self._pane.words("{file} taken back"))

    def bring_back(self) -> None:
        if not self.why_not_again():
            self._do(imports.bring_back, self._pane.words("{file} is back"))

    def _do(self, use_case: Callable[..., None], said: str) -> None:
        receipt: Receipt | None = self._view.current
        if receipt is None:
            return
        self._pane.choose_receipt(receipt.id)
        text = said.format(file=receipt.file_name)
        work = partial(_turn, self._pane.workspace, use_case, receipt.id)
        self._pane.background(work, lambda _: self._pane.noticed.emit(Notice(text)), lane="write", what=text)

    def _lacks(self) -> str:
        chosen = self._view.current is not None
        return self._pane.read_only() or ("" if chosen else self._pane.words("Choose an import first"))

    def why_not_back(self) -> str:
        return self._lacks() or (self._pane.words("It was taken back already") if self._is_out else "")

    def why_not_again(self) -> str:
        return self._lacks() or ("" if self._is_out else self._pane.words("It was not taken back"))
