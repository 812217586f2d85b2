"""A problem made while the team talks about it: a title, a tag for the minutes, and the six parts of a precise statement."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from mtss_desktop.base.words import Words
from mtss_desktop.domain.problems import PRECISE_PARTS
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fields import Field
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import ScrollPage, box, column, row
from mtss_desktop.ui.kit.lines import INSET
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.kit.typed import Typed, TypingFile
from mtss_desktop.ui.theme import look

NAMES = {
    "what": "What happens",
    "where": "Where",
    "when": "When",
    "who": "Who",
    "how_often": "How often",
    "why": "Because",
}


class ProblemForm(ScrollPage):
    """``wanted`` carries the texts by field; ``left`` comes with *Back* or Esc: what was typed waits."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__()
        self._words = words
        self.fields = {key: Field() for key in ("title", "tag", *PRECISE_PARTS)}
        self._typed = {key: Typed(field, f"problem:new:{key}", typing) for key, field in self.fields.items()}
        self.title = FormField(words("Title"), self.fields["title"])
        self.tag = FormField(words("Short word"), self.fields["tag"], help_text=words("What minutes call it after #."))
        parts = [FormField(words(NAMES[key]), self.fields[key]) for key in PRECISE_PARTS]
        self.add = Button(words("Add problem"), self.submit)
        self.back = Button(words("Back"), self.left.emit, kind="quiet")
        side = look().px(INSET)
        form = column(
            label(words("New problem"), "heading"),
            self.title,
            self.tag,
            *parts,
            row(self.add, self.back, None, spacing=look().px(8)),
            None,
            spacing=look().px(8),
            margins=(side, 0, side, side),
        )
        self.hold(box(form), words("New problem"))

    def open(self) -> None:
        self.title.complain("")
        self.tag.complain("")
        self.fields["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        if not self.fields["title"].text().strip():
            self.title.complain(self._words("Give the problem a title."))
            self.fields["title"].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wanted.emit({key: field.text() for key, field in self.fields.items()})

    def empty(self) -> None:
        """The problem is written: the form starts anew."""
        for key, field in self.fields.items():
            field.clear()
            self._typed[key].forget()

    def leave(self) -> None:
        for typed in self._typed.values():
            typed.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)
