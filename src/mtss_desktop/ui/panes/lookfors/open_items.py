"""What is asked, in its place, before a rating with open items is finished."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.theme import look


class OpenItems(QWidget):
    """Finish as it is, or go to the first item nobody rated."""

    def __init__(self, words: Words, finish: Callable[[], None], first: Callable[[], None]) -> None:
        super().__init__()
        self._words = words
        self.question = Prose("", "base", "ink")
        self.finish_anyway = Button(words("Finish as it is"), finish)
        self.first_open = Button(words("Go to the first"), first)
        space = look().measures.space
        parts = (self.question, self.finish_anyway, self.first_open, None)
        self.setLayout(row(*parts, spacing=look().px(12), margins=(space.s3, 0, space.s3, space.s1)))
        self.hide()

    @property
    def asks(self) -> bool:
        return not self.isHidden()

    def ask(self, n: int) -> None:
        """``n`` items are open; 0 asks no longer."""
        self.setVisible(n > 0)
        if not n:
            return
        told = said(
            "{n} item is not rated. Finished like this there is no percent for its part.",
            many="{n} items are not rated. Finished like this there is no percent for their parts.",
            count="n", n=n,
        )  # fmt: skip
        self.question.setText(self._words.say(told))
        self.first_open.setFocus(Qt.FocusReason.OtherFocusReason)
