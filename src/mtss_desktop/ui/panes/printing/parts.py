"""The parts of a document that can be left out, a check box each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.buttons import CheckBox
from mtss_desktop.ui.kit.layouts import column
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.theme import look


class PartsField(QWidget):
    """``changed`` comes with every box. What is unchecked stays so while other documents are looked at."""

    changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self.boxes: dict[str, CheckBox] = {}
        self._column = column(label(words("In the packet"), "medium"), spacing=look().measures.space.half)
        self.setLayout(self._column)
        self.hide()

    def offer(self, parts: Sequence[tuple[str, str]]) -> None:
        """The parts of a document; hidden where it has none."""
        for key, name in parts:
            if key not in self.boxes:
                made = CheckBox(self._words(name))
                made.setChecked(True)
                made.toggled.connect(lambda _on: self.changed.emit())
                self._column.addWidget(made)
                self.boxes[key] = made
        offered = {key for key, _ in parts}
        for key, box in self.boxes.items():
            box.setVisible(key in offered)
        self.setVisible(bool(parts))

    @property
    def without(self) -> tuple[str, ...]:
        return tuple(key for key, box in self.boxes.items() if not box.isChecked())
