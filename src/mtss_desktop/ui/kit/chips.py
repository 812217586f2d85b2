"""Chips: filters one can choose, and states that always carry a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import FlowLayout, row
from mtss_desktop.ui.kit.texts import IconLabel, label, set_kind
from mtss_desktop.ui.theme import look


@dataclass(frozen=True)
class FilterChip:
    """``tone`` "" or warning."""

    key: str
    words: str
    icon: str = ""
    tone: str = ""


class FilterChips(QWidget):
    """One chip is chosen at a time; the first is "all"."""

    picked = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._name = name
        self._chips: dict[str, Button] = {}
        self._flow = FlowLayout(look().measures.space.s1)
        self.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_chips(self, chips: Sequence[FilterChip], chosen: str) -> None:
        """Chips keep their identity by key, so the focus stays on the one it was on."""
        wanted = {chip.key for chip in chips}
        for key in [key for key in self._chips if key not in wanted]:
            button = self._chips.pop(key)
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        for chip in chips:
            button = self._chips.get(chip.key) or self._add(chip)
            button.say(chip.words)
            button.setAccessibleName(f"{self._name}: {chip.words}")
            button.setChecked(chip.key == chosen)

    def _add(self, chip: FilterChip) -> Button:
        kind = "chip-warning" if chip.tone == "warning" else "chip"
        button = Button(chip.words, lambda: self._pick(chip.key), kind=kind, icon_name=chip.icon)
        button.setCheckable(True)
        self._chips[chip.key] = button
        self._flow.addWidget(button)
        return button

    def _pick(self, key: str) -> None:
        for other, button in self._chips.items():
            button.setChecked(other == key)
        self.picked.emit(key)


class StatusChip(QFrame):
    """``tone`` is "", accent, danger, warning or success; the word carries the meaning."""

    def __init__(self, words: str, *, tone: str = "", icon: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "status-chip")
        self.setProperty("tone", tone)
        self.setFixedHeight(look().measures.height.chip)
        self._icon = IconLabel(icon or "ph.check", tone or "ink_soft", 13)
        self._words = label(words)
        side = look().measures.space.s1
        self.setLayout(row(self._icon, self._words, spacing=look().px(6), margins=(side, 0, side, 0)))
        self._icon.setVisible(bool(icon))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look().changed.connect(self._fit)

    def _fit(self) -> None:
        self.setFixedHeight(look().measures.height.chip)

    def say(self, words: str, *, tone: str = "", icon: str = "") -> None:
        self._words.setText(words)
        self._icon.setVisible(bool(icon))
        if icon:
            self._icon.show_icon(icon, tone or "ink_soft")
        set_kind(self, tone, "tone")
        for part in self.findChildren(QWidget):
            part.style().unpolish(part)
            part.style().polish(part)
