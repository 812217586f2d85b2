"""What went wrong and what can be done about it, in place; nothing is shown while nothing is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import FlowLayout, box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import IconLabel, announce
from mtss_desktop.ui.theme import look

Act = tuple[str, Callable[[], object]]


class Trouble(QWidget):
    """A sentence with its mark and a button for each way out."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        space = look().measures.space
        self._words = Prose("", "base", "danger")
        self._flow = FlowLayout(space.s1)
        self._acts = box(self._flow)
        mark = column(look().px(2), IconLabel("ph.warning", "danger", 16), None)
        line = row(mark, column(self._words), spacing=space.s1)
        line.setStretch(1, 1)
        self.setLayout(column(line, self._acts, spacing=space.s1))
        self.buttons: list[Button] = []
        self.clear()

    @property
    def text(self) -> str:
        return self._words.text() if not self.isHidden() else ""

    def say(self, words: str, acts: Sequence[Act] = (), *, reader: QWidget | None = None) -> None:
        """``reader`` is the field the sentence is about; it is described by it."""
        self._words.setText(words)
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self.buttons = [Button(text, act) for text, act in acts]
        for button in self.buttons:
            self._flow.addWidget(button)
        self._acts.setVisible(bool(acts))
        self.setVisible(bool(words))
        self.updateGeometry()
        if words:
            announce(reader or self, words)

    def clear(self) -> None:
        self.say("")
