"""Whose visits are counted: one name, asked for once in the room of today."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fields import Field
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import column
from mtss_desktop.ui.kit.line import INSET
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.kit.unsaved import Unsaved
from mtss_desktop.ui.theme import look

ME = "me"
"""What the typing file calls it."""


class WhoForm(QWidget):
    """``wanted`` carries the name; ``left`` comes with Esc."""

    wanted = Signal(str)
    left = Signal()

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self.name = Field(placeholder=words("First and last name"))
        self.go = Button(words("This is me"), self.submit)
        self.field = FormField(
            words("Your name"),
            self.name,
            help_text=words("Visits are counted from the meetings you were at, and papers say who prepared them."),
            beside=self.go,
        )
        self.unsaved = Unsaved({"name": self.name}, typing, ME)
        self.unsaved.serve("")
        space, side = look().measures.space, look().px(INSET)
        parts = (label(words("Who are you?"), "heading"), self.field)
        self.setLayout(column(*parts, spacing=space.s1, margins=(side, 0, side, 0)))

    def submit(self) -> None:
        if self.name.text().strip():
            self.wanted.emit(self.name.text())
        else:
            self.complain(self._words("Type your first and last name."))

    def complain(self, words: str) -> None:
        self.field.complain(words)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def bring_back(self, typed: dict[str, str]) -> None:
        """What was typed when the program ended."""
        self.unsaved.know(typed)
        self.unsaved.serve("")

    def done(self) -> None:
        """It is known: the form starts anew."""
        self.unsaved.done()
        self.field.complain("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)
