"""The points of a scale side by side, each with its mark, its word and its key; wraps where a line is too short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy

from mtss_desktop.base.words import Words
from mtss_desktop.domain.instruments import Scale
from mtss_desktop.ui.kit.layouts import FlowLayout
from mtss_desktop.ui.panes.lookfors.marks import SIDE, paint_rating
from mtss_desktop.ui.panes.lookfors.showing import Given, filled, point_words
from mtss_desktop.ui.theme import look

NOT_APPLICABLE = "N"
PAD, GAP, CAP = 12, 8, 5
"""Pixels at 100 %: beside the words, between mark, word and key cap, and inside the cap."""


@dataclass(frozen=True)
class Choice:
    """``key`` is the key that does the same; ``mark`` None draws none."""

    key: str
    text: str
    mark: Fraction | None = None


class ScaleButton(QAbstractButton):
    """One point; the chosen one stands on the ground of a selection, in bold."""

    def __init__(self, choice: Choice, *, first: bool) -> None:
        super().__init__()
        self.choice, self._first = choice, first
        self.setCheckable(True)
        self.setText(choice.text)
        self.setAccessibleName(choice.text)
        self.setAccessibleDescription(choice.key)
        self.setProperty("ring", "own")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look().changed.connect(self.updateGeometry)

    @property
    def _caps(self) -> bool:
        """A scale of bare numbers needs no cap that says them again."""
        return self.choice.key != self.choice.text

    def sizeHint(self) -> QSize:
        px = look().px
        width = 2 * px(PAD) + QFontMetrics(look().font("strong")).horizontalAdvance(self.choice.text)
        if self.choice.mark is not None:
            width += px(SIDE) + px(GAP)
        if self._caps:
            width += px(GAP) + self._cap_width()
        return QSize(max(width, px(44)), look().measures.height.control - 2 * look().edge)

    def _cap_width(self) -> int:
        text = QFontMetrics(look().font("caption")).horizontalAdvance(self.choice.key)
        return max(text + 2 * look().px(CAP), look().px(18))

    def nextCheckState(self) -> None:
        """The record says what is chosen, not the click."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, px = self.isChecked(), look().px
        ink = look().color("ink_disabled" if not self.isEnabled() else "selection_ink" if on else "ink")
        if on or self.underMouse():
            painter.fillRect(self.rect(), look().color("selection" if on else "hover"))
        if not self._first:
            painter.fillRect(QRect(0, 0, look().measures.line.hairline, self.height()), look().color("rule"))
        rest = self.rect().adjusted(px(PAD), 0, -px(PAD), 0)
        if self._caps:
            self._paint_cap(painter, rest)
            rest.setRight(rest.right() - self._cap_width() - px(GAP))
        if self.choice.mark is not None:
            rest.setLeft(paint_rating(painter, rest, self.choice.mark, ink))
        painter.setFont(look().font("strong" if on else "base"))
        painter.setPen(ink)
        middle = self.choice.mark is None and not self._caps
        side = Qt.AlignmentFlag.AlignHCenter if middle else Qt.AlignmentFlag.AlignLeft
        painter.drawText(rest, side | Qt.AlignmentFlag.AlignVCenter, self.choice.text)
        if self.hasFocus():
            width = look().measures.line.focus
            role = "selection_ink" if on and look().theme.is_contrast else "focus"
            painter.setPen(QPen(look().color(role), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_cap(self, painter: QPainter, rest: QRect) -> None:
        width, height = self._cap_width(), look().px(18)
        cap = QRectF(rest.right() + 1 - width, rest.center().y() - height / 2 + 0.5, width, height)
        painter.setPen(QPen(look().color("rule"), look().measures.line.hairline))
        painter.setBrush(look().color("raised"))
        painter.drawRoundedRect(cap, look().measures.radius.chip, look().measures.radius.chip)
        painter.setFont(look().font("caption"))
        painter.setPen(look().color("ink_soft"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.choice.key)


class ScaleBar(QFrame):
    """``picked`` carries a value as text, or N. Arrows move between the points, Space picks."""

    picked = Signal(str)
    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "segments")
        self._words = words
        self._flow = FlowLayout(0)
        self.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._shown: tuple[Choice, ...] = ()
        self.buttons: list[ScaleButton] = []

    def show_scale(self, scale: Scale, given: Given, name: str, *, bare: bool = False) -> None:
        """``name`` is the look-for, for a screen reader; ``bare`` shows numbers alone, where their words stand elsewhere."""
        self.setAccessibleName(name)
        choices = scale_choices(self._words, scale, bare=bare)
        if choices != self._shown:
            self._make(choices)
        wanted = NOT_APPLICABLE if not given.applies else str(given.values[0]) if len(given.values) == 1 else ""
        for button in self.buttons:
            button.setChecked(button.choice.key == wanted)
        stop = next((each for each in self.buttons if each.isChecked()), self.buttons[0])
        for button in self.buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus)

    def _make(self, choices: Sequence[Choice]) -> None:
        self._shown = tuple(choices)
        while self._flow.takeAt(0) is not None:
            pass
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = []
        for place, choice in enumerate(choices):
            button = ScaleButton(choice, first=place == 0)
            button.clicked.connect(lambda _=False, key=choice.key: self.picked.emit(key))
            self._flow.addWidget(button)
            button.show()
            self.buttons.append(button)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        edge = 2 * look().edge
        hints = [button.sizeHint() for button in self.buttons]
        return QSize(
            sum(each.width() for each in hints) + edge, max((each.height() for each in hints), default=0) + edge
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        at = next((n for n, button in enumerate(self.buttons) if button.hasFocus()), -1)
        if step is not None and at >= 0:
            self.buttons[(at + step) % len(self.buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def scale_choices(words: Words, scale: Scale, *, bare: bool = False) -> tuple[Choice, ...]:
    """Points from low to high, then not applicable where the scale has it."""
    found = [
        Choice(str(point.value), str(point.value))
        if bare
        else Choice(str(point.value), point_words(words, scale, point.value), filled(scale, point.value))
        for point in scale.points
    ]
    if scale.not_applicable:
        found.append(Choice(NOT_APPLICABLE, words("Not applicable")))
    return tuple(found)
