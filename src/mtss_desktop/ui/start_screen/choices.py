"""The three ways in, one under another: arrows go from one to the next, the chosen one opens at its right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from mtss_desktop.ui.kit.layouts import column
from mtss_desktop.ui.kit.prose import paint_prose, prose_height
from mtss_desktop.ui.theme import look, paint_icon


@dataclass(frozen=True)
class Choice:
    """One way in. ``key`` is sample, own or open."""

    key: str
    title: str
    text: str
    icon: str


class ChoiceCard(QPushButton):
    """Icon, heading, two lines, and an arrow that points to what it opens."""

    def __init__(self, choice: Choice) -> None:
        super().__init__()
        self.choice = choice
        self.setProperty("kind", "choice-card")
        self.setCheckable(True)
        self.setAccessibleName(choice.title)
        self.setAccessibleDescription(choice.text)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look().changed.connect(self.updateGeometry)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        words = look().line("heading") + prose_height(self.choice.text, "base", self._words_width(width))
        return words + 2 * look().px(16)

    def sizeHint(self) -> QSize:
        width = look().px(416)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(240), look().px(76))

    @staticmethod
    def _words_width(width: int) -> int:
        return width - look().px(64) - look().px(44)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        px, chosen = look().px, self.isChecked()
        enabled = self.isEnabled()
        ink = look().color("ink_disabled" if not enabled else "selection_ink" if chosen else "ink")
        side = look().measures.icon.choice
        paint_icon(painter, QRect(px(16), (self.height() - side) // 2, side, side), self.choice.icon, ink)
        arrow = px(16)
        paint_icon(
            painter, QRect(self.width() - px(32), (self.height() - arrow) // 2, arrow, arrow), "ph.caret-right", ink
        )
        left, top, width = px(64), px(16), self._words_width(self.width())
        heading = QRect(left, top, width, look().line("heading"))
        painter.setFont(look().font("heading"))
        painter.setPen(ink)
        painter.drawText(heading, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.choice.title)
        rest = QRect(left, heading.bottom() + 1, width, self.height() - heading.bottom())
        paint_prose(
            painter,
            rest,
            self.choice.text,
            "base",
            "ink_disabled" if not enabled else "selection_ink" if chosen else "ink_soft",
        )


class Choices(QWidget):
    """``picked`` carries the key of the chosen way."""

    picked = Signal(str)
    entered = Signal()
    """Right or Enter: the person goes on to what the chosen way asks."""

    def __init__(self, choices: Sequence[Choice], name: str) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self.cards = {choice.key: self._card(choice) for choice in choices}
        self.setLayout(column(*self.cards.values(), spacing=look().measures.space.s1))

    def _card(self, choice: Choice) -> ChoiceCard:
        card = ChoiceCard(choice)
        card.clicked.connect(lambda: self._pick(choice.key))
        card.installEventFilter(self)
        self._group.addButton(card)
        return card

    @property
    def chosen(self) -> str:
        return next((key for key, card in self.cards.items() if card.isChecked()), "")

    def choose(self, key: str) -> None:
        """Shows a choice without announcing it; Tab comes to the chosen one."""
        self.cards[key].setChecked(True)
        for other, card in self.cards.items():
            card.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other == key else Qt.FocusPolicy.ClickFocus)

    def allow(self, enabled: bool, reason: str = "") -> None:
        """Another way can be chosen, or why not now."""
        for card in self.cards.values():
            card.setEnabled(enabled)
            card.setToolTip(reason)
            card.setAccessibleDescription(reason or card.choice.text)

    def _pick(self, key: str) -> None:
        self.choose(key)
        self.picked.emit(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None:
                self._go(step)
                return True
            if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit()
                return True
        return super().eventFilter(watched, event)

    def _go(self, step: int) -> None:
        keys = list(self.cards)
        key = keys[min(max(keys.index(self.chosen) + step, 0), len(keys) - 1)]
        if key != self.chosen:
            self._pick(key)
        self.cards[key].setFocus(Qt.FocusReason.TabFocusReason)
