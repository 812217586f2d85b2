"""Someone else changed the same thing: asked in place, typing elsewhere goes on, nothing is lost by choosing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout

from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import FlowLayout, box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import IconLabel, announce, hairline, label
from mtss_desktop.ui.theme import look

_SHORT = 90


@dataclass(frozen=True)
class Difference:
    """One field that differs, with both texts in words."""

    what: str
    theirs: str
    mine: str


def where_they_part(theirs: str, mine: str) -> tuple[str, str]:
    """Short texts as they are; of long ones a piece from a word before the first difference on. *Compare* shows all."""
    if max(len(theirs), len(mine)) <= _SHORT:
        return theirs, mine
    same = next((n for n, (one, other) in enumerate(zip(theirs, mine, strict=False)) if one != other), 0)
    start = theirs.rfind(" ", 0, max(0, theirs.rfind(" ", 0, same))) + 1
    return _piece(theirs, start), _piece(mine, start)


def _piece(text: str, start: int) -> str:
    end = start + _SHORT
    return ("… " if start > 1 else "") + text[start:end] + (" …" if end < len(text) else "")


class ConflictCard(QFrame):
    """``took_theirs`` and ``kept_mine`` are the two ways out; Esc leaves the question open."""

    took_theirs = Signal()
    kept_mine = Signal()

    def __init__(self, happened: str, differences: tuple[Difference, ...], words: Words = ENGLISH) -> None:
        """``happened`` is the sentence: who changed what and when."""
        super().__init__()
        self.setProperty("kind", "card")
        self.setAccessibleName(happened)
        self._differences = differences
        self._compared = False
        space = look().measures.space
        self._compare = Button(words("Compare"), self.compare, kind="quiet")
        self._take = Button(words("Take theirs"), self.took_theirs.emit)
        self._keep = Button(words("Keep mine"), self.kept_mine.emit)
        self._both = column()
        self._whole = box(self._both)
        self._whole.hide()
        self.buttons = (self._take, self._keep, self._compare)
        ways = FlowLayout(space.s1)  # in a narrow card one under another
        for button in self.buttons:
            ways.addWidget(button)
        self.setLayout(
            column(
                row(IconLabel("ph.info", "accent"), Prose(happened, "strong", "ink"), spacing=look().px(12)),
                self._table(words),
                self._whole,
                box(ways),
                Prose(words("Both stay in the history. Nothing is lost by choosing."), "caption"),
                spacing=look().px(12),
                margins=(space.s2, look().px(12), space.s2, look().px(12)),
            )
        )
        announce(self, happened)

    def _table(self, words: Words) -> QFrame:
        frame = QFrame()
        grid = QGridLayout(frame)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look().measures.space.s2)
        grid.setVerticalSpacing(look().px(6))
        named = len(self._differences) > 1  # a single one is named by the field it stands over
        heads = ("", words("Theirs"), words("Yours")) if named else (words("Theirs"), words("Yours"))
        for place, head in enumerate(heads):
            grid.addWidget(label(head, "caption-head"), 0, place)
            grid.setColumnStretch(place, 2 if head else 1)
        grid.addWidget(hairline(kind="rule"), 1, 0, 1, len(heads))
        for line, difference in enumerate(self._differences, start=2):
            texts = where_they_part(difference.theirs, difference.mine)
            if named:
                grid.addWidget(label(difference.what, "soft"), line, 0)
            for text, kind, place in zip(texts, ("base", "strong"), (len(heads) - 2, len(heads) - 1), strict=True):
                grid.addWidget(Prose(text or words("not set"), kind, "ink"), line, place, Qt.AlignmentFlag.AlignTop)
        return frame

    def compare(self) -> None:
        """Both whole texts beside each other."""
        if self._compared:
            self._whole.setVisible(not self._whole.isVisible())
            return
        self._compared = True
        for difference in self._differences:
            both = row(spacing=look().measures.space.s3)
            both.addWidget(Prose(difference.theirs, "base", "ink"), 1, Qt.AlignmentFlag.AlignTop)
            both.addWidget(Prose(difference.mine, "base", "ink"), 1, Qt.AlignmentFlag.AlignTop)
            self._both.addLayout(both)
        self._whole.show()

    def ask(self) -> None:
        """The focus comes to the first choice only when the person was in this field."""
        self._take.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)
