"""A problem made while the team talks about it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import ScrollPage, box, column, row
from mtss_desktop.ui.kit.lines import INSET
from mtss_desktop.ui.kit.problem_fields import ProblemFields
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.theme import look

OF_PROBLEMS = "problem:"
"""What the typing file calls what is typed about problems in a meeting."""


class ProblemForm(ScrollPage):
    """``wanted`` carries the texts by field; ``left`` comes with *Back* or Esc: what was typed waits."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__()
        self._problem = ProblemFields(words, typing, f"{OF_PROBLEMS}new")
        self.fields, self.title, self.tag = self._problem.fields, self._problem.title, self._problem.tag
        self.add = Button(words("Add problem"), self.submit)
        self.back = Button(words("Back"), self.left.emit, kind="quiet")
        side = look().px(INSET)
        form = column(
            label(words("New problem"), "heading"),
            *self._problem.lines,
            row(self.add, self.back, None, spacing=look().px(8)),
            None,
            spacing=look().px(8),
            margins=(side, 0, side, side),
        )
        self.hold(box(form), words("New problem"))

    def know(self, typed: Mapping[str, str]) -> None:
        """What an earlier evening left in the typing file comes back when the form is opened in its meeting."""
        self._problem.unsaved.know(typed)

    def open(self, meeting_id: str) -> None:
        """What was typed in this meeting before goes on."""
        self._problem.unsaved.serve(meeting_id)
        self._problem.open()

    def submit(self) -> None:
        texts = self._problem.texts()
        if texts is not None:
            self.wanted.emit(texts)

    def empty(self) -> None:
        """The problem is written: the form starts anew."""
        self._problem.done()

    def leave(self) -> None:
        self._problem.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)
