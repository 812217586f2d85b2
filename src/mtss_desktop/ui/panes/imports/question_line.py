"""A question about a whole file, with its answers as buttons: the same part stands over the columns and over the rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import FlowLayout, box, column
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.panes.imports import words as say
from mtss_desktop.ui.theme import look

Say = Callable[[Words, str], str]


class QuestionLine(QWidget):
    """``answered`` comes with the question's key and the answer; ``say_answer`` puts an answer in words."""

    answered = Signal(str, str)

    def __init__(self, words: Words, say_answer: Say = say.answer_words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words, self._say = words, say_answer
        self.key = ""
        self._text = Prose("", "base", "warning")
        self._flow = FlowLayout(look().measures.space.s1)
        self.buttons: list[Button] = []
        self._answers = box(self._flow)
        self.setLayout(column(self._text, self._answers, spacing=look().measures.space.half))
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def ask(self, key: str, text: str, choices: Sequence[str]) -> None:
        """Without a text nothing is asked."""
        self.key = key
        self._text.setText(text)
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(key, choice) for choice in choices]
        for button in self.buttons:
            self._flow.addWidget(button)
        self._answers.setVisible(bool(self.buttons))
        self.setVisible(bool(text))

    def _button(self, key: str, choice: str) -> Button:
        return Button(self._say(self._words, choice), lambda: self.answered.emit(key, choice), size="small")
