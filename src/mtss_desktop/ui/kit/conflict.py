"""Someone else changed the same thing: asked in place, typing elsewhere goes on, nothing is lost by choosing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout

from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import ElidedLabel, IconLabel, announce, hairline, label
from mtss_desktop.ui.theme import look


@dataclass(frozen=True)
class Difference:
    """One field that differs, with both texts in words."""

    what: str
    theirs: str
    mine: str


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
        self.setLayout(
            column(
                row(IconLabel("ph.info", "accent"), Prose(happened, "strong", "ink"), spacing=look().px(12)),
                self._table(words),
                self._whole,
                row(self._take, self._keep, self._compare, None, spacing=space.s1),
                label(words("Both stay in the history. Nothing is lost by choosing."), "caption"),
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
        for place, head in enumerate(("", words("Theirs"), words("Yours"))):
            grid.addWidget(label(head, "caption-head"), 0, place)
            grid.setColumnStretch(place, 1 if place == 0 else 2)
        grid.addWidget(hairline(kind="rule"), 1, 0, 1, 3)
        for place, difference in enumerate(self._differences, start=2):
            grid.addWidget(label(difference.what, "soft"), place, 0)
            grid.addWidget(ElidedLabel(difference.theirs or words("not set")), place, 1)
            grid.addWidget(ElidedLabel(difference.mine or words("not set"), "strong"), place, 2)
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
