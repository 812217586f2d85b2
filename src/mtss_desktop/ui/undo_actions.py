"""Undo and redo of the program, beside those a text field has of its own.

Ctrl+Z in a text field is the field's: fields claim that key before any menu sees it. Ctrl+Alt+Z and the button in the
top strip always take back the last act, also from a field; what is being typed there is saved first.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from mtss_desktop.app.jobs import Jobs
from mtss_desktop.app.workspace import Done, Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.actions import ICON_NAME
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.theme import icon


def spoken(label: str) -> str:
    """A label in the middle of a line: "Rename team" → "rename team"; names like PBIS stay."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


class UndoActions(QObject):
    """``undo`` and ``redo`` with labels; ``noticed`` carries what was taken back."""

    noticed = Signal(object)
    relabeled = Signal()

    def __init__(self, workspace: Workspace, jobs: Jobs, window: QWidget, save_first: Callable[[], None]) -> None:
        super().__init__(window)
        self._workspace, self._jobs, self._save_first = workspace, jobs, save_first
        self._words = ENGLISH
        self.undo_label = self.redo_label = ""
        self.undo = self._action(window, "ph.arrow-u-up-left", ["Ctrl+Z", "Ctrl+Alt+Z"], self._undo)
        self.redo = self._action(
            window, "ph.arrow-u-up-right", ["Ctrl+Shift+Z", "Ctrl+Y", "Ctrl+Alt+Shift+Z"], self._redo
        )
        self.show_labels("", "", ENGLISH)

    def _action(self, window: QWidget, icon_name: str, keys: list[str], act: Callable[[], None]) -> QAction:
        made = QAction(window)
        made.setIcon(icon(icon_name, "ink_soft"))
        made.setProperty(ICON_NAME, icon_name)
        made.setShortcuts([QKeySequence(key) for key in keys])
        made.triggered.connect(lambda _checked=False: act())
        window.addAction(made)
        return made

    def show_labels(self, undo: str, redo: str, words: Words) -> None:
        """What would be taken back and brought back now."""
        self._words, self.undo_label, self.redo_label = words, undo, redo
        self.undo.setText(words("Undo: {act}").format(act=spoken(undo)) if undo else words("Nothing to undo"))
        self.redo.setText(words("Redo: {act}").format(act=spoken(redo)) if redo else words("Nothing to redo"))
        self.undo.setEnabled(bool(undo))
        self.redo.setEnabled(bool(redo))
        self.relabeled.emit()

    def _undo(self) -> None:
        self._turn(self._workspace.undo, self._words("Undone: {act}"))

    def _redo(self) -> None:
        self._turn(self._workspace.redo, self._words("Done again: {act}"))

    def _turn(self, turn: Callable[[], Done[None]], said: str) -> None:
        self._save_first()

        def then(done: Done[None]) -> None:
            self.noticed.emit(Notice(said.format(act=spoken(done.changes.label))))

        self._jobs.run(partial(_call, turn), then=then, fail=self._failed, owner=self, lane="write")

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.noticed.emit(Notice(str(error), tone="danger"))


def _call(turn: Callable[[], Done[None]], _progress: Progress) -> Done[None]:
    return turn()
