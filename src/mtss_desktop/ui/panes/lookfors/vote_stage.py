"""The votes of one round, made to be read from four meters: a dot for each vote, no names, nothing before the reveal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.instruments import Scale
from mtss_desktop.ui.kit.layouts import column
from mtss_desktop.ui.kit.prose import prose_height
from mtss_desktop.ui.panes.lookfors.showing import point_words
from mtss_desktop.ui.panes.lookfors.vote_round import RoundShown, tally_words, votes_words
from mtss_desktop.ui.theme import look

DOT, GAP, COLUMN, FOOT, NAME = 38, 8, 96, 54, 20
LOW = 68
"""The least height over the line in pixels at 100 %."""
"""Pixels at 100 %: a vote, the space between two, the widest column, number and count under the line, and the
word between them where the scale has words."""


class VoteStage(QWidget):
    """Columns of the scale with a dot for each vote; the agreed column stands on a ground. ``scale`` enlarges further (projector)."""

    def __init__(self, words: Words, *, scale: float = 1.0) -> None:
        super().__init__()
        self._words = words
        self._enlarged = scale
        self._scale: Scale | None = None
        self._round: RoundShown | None = None
        self._agreed: int | None = None
        self._asking = ""
        self.setMinimumWidth(round(look().px(260) * scale))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_round(self, scale: Scale, shown: RoundShown, agreed: int | None, asking: str) -> None:
        """``asking`` is what is wanted now, before the reveal."""
        self._scale, self._round, self._agreed, self._asking = scale, shown, agreed, asking
        low = LOW if asking or shown.revealed else 8
        self.setMinimumHeight(round((look().px(low) + self._foot_high) * self._enlarged))
        told = (
            tally_words(self._words, scale, shown)
            if shown.revealed
            else f"{votes_words(self._words, shown)}. {asking}".strip()
        )
        self.setAccessibleName(told)
        self.update()

    @property
    def _wide(self) -> int:
        return round(self.width() / self._enlarged)

    @property
    def _high(self) -> int:
        return round(self.height() / self._enlarged)

    def sizeHint(self) -> QSize:
        return QSize(look().px(520), self.minimumHeight() if not self._asking else look().px(340))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._scale is None or self._round is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._enlarged, self._enlarged)
        columns = self._columns(self._scale.values)
        base = self._high - self._foot_high
        counted = Counter(self._round.votes)
        for value, (left, width) in columns.items():
            chosen = self._round.revealed and value == self._agreed
            if chosen:
                painter.setPen(Qt.PenStyle.NoPen if not look().theme.is_contrast else QPen(look().color("border"), 2))
                painter.setBrush(look().color("accent_wash"))
                pad = look().px(8)
                radius = look().measures.radius.control
                painter.drawRoundedRect(QRectF(left - pad, 1, width + 2 * pad, self._high - 2), radius, radius)
            painter.fillRect(QRect(left, base, width, look().px(2)), look().color("border"))
            if self._round.revealed:
                self._dots(painter, left + width / 2, base, counted[value], max(counted.values(), default=0))
            self._foot(painter, QRect(left - look().px(8), base, width + look().px(16), self._foot_high), value,
                       counted[value] if self._round.revealed else 0)  # fmt: skip
        if not self._round.revealed and self._asking:
            self._paint_asking(painter, QRect(0, 0, self._wide, base))

    @property
    def _foot_high(self) -> int:
        """A scale of bare numbers has no words under its line."""
        assert self._scale is not None
        worded = any(point_words(self._words, self._scale, value) != str(value) for value in self._scale.values)
        return look().px(FOOT + (NAME if worded else 0))

    def _columns(self, values: Sequence[int]) -> dict[int, tuple[int, int]]:
        """Value → left edge and width; as wide as drawn, together in the middle."""
        px = look().px
        gap = px(20)
        width = min(px(COLUMN - 16), (self._wide - px(16) - (len(values) - 1) * gap) // max(1, len(values)))
        whole = len(values) * width + (len(values) - 1) * gap
        left = (self._wide - whole) // 2
        return {value: (left + place * (width + gap), width) for place, value in enumerate(values)}

    def _dots(self, painter: QPainter, middle: float, base: int, n: int, most: int) -> None:
        """``most`` is the tallest column: all dots have the size it leaves."""
        side, gap = float(look().px(DOT)), float(look().px(GAP))
        room = base - look().px(16)
        if most * (side + gap) > room:  # a large team: smaller, never cut off
            side, gap = room / most * 0.82, room / most * 0.18
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().color("series1"))
        for place in range(n):
            painter.drawEllipse(
                QRectF(middle - side / 2, base - gap / 2 - (place + 1) * (side + gap) + gap, side, side)
            )

    def _foot(self, painter: QPainter, area: QRect, value: int, votes: int) -> None:
        px, scale = look().px, self._scale
        assert scale is not None
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter
        painter.setPen(look().color("ink"))
        painter.setFont(look().font("statement"))
        painter.drawText(area.adjusted(0, px(6), 0, 0), top, str(value))
        name = point_words(self._words, scale, value)
        painter.setFont(look().font())
        if name != str(value):
            painter.setPen(look().color("ink_soft"))
            shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area.adjusted(0, px(31), 0, 0), top, shown)
        if votes:
            painter.setPen(look().color("ink"))
            painter.setFont(look().font("medium"))
            told = self._words.say(said("{n} vote", many="{n} votes", count="n", n=votes))
            painter.drawText(area.adjusted(0, self._foot_high - px(23), 0, 0), top, told)

    def _paint_asking(self, painter: QPainter, area: QRect) -> None:
        assert self._round is not None
        px = look().px
        width = min(area.width(), px(420))
        told = votes_words(self._words, self._round)
        high = prose_height(told, "title", width) + px(8) + prose_height(self._asking, "base", width)
        left, top = area.center().x() - width // 2, max(0, area.center().y() - high // 2)
        painter.setFont(look().font("title"))
        painter.setPen(look().color("ink"))
        head = QRect(left, top, width, look().line("title"))
        painter.drawText(head, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, told)
        painter.setFont(look().font("base"))
        painter.setPen(look().color("ink_soft"))
        rest = QRect(left, head.bottom() + px(8), width, area.bottom() - head.bottom())
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.TextFlag.TextWordWrap), self._asking)


class StageBox(QWidget):
    """Holds the stage and takes the keys: ``pressed`` carries them."""

    pressed = Signal(str)

    def __init__(self, stage: VoteStage) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayout(column(stage, margins=(4, 4, 4, 4)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_Backspace: "Backspace",
            Qt.Key.Key_Return: "Enter",
            Qt.Key.Key_Enter: "Enter",
            Qt.Key.Key_Down: "Down",
            Qt.Key.Key_Up: "Up",
        }
        known = keys.get(Qt.Key(event.key())) or event.text().upper()
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier) or not known:
            super().keyPressEvent(event)
        elif known.isdigit() or known in "ARVTECMXN" or len(known) > 1:
            self.pressed.emit(known)
        else:
            super().keyPressEvent(event)


class SmallRound(QWidget):
    """An earlier round, small and hollow."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._scale: Scale | None = None
        self._round: RoundShown | None = None
        self._fit()
        look().changed.connect(self._fit)

    def _fit(self) -> None:
        most = max(Counter(self._round.votes).values(), default=1) if self._round is not None else 1
        self.setFixedHeight(look().px(26 + 14 * max(2, most)))

    def show_round(self, scale: Scale, shown: RoundShown) -> None:
        self._scale, self._round = scale, shown
        self.setAccessibleName(tally_words(self._words, scale, shown))
        self._fit()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._scale is None or self._round is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, counted = look().px, Counter(self._round.votes)
        base = self.height() - px(20)
        painter.setFont(look().font("caption", tabular=True))
        step = min(px(36), self.width() // max(1, len(self._scale.values)))
        for place, value in enumerate(self._scale.values):
            left = place * step
            painter.fillRect(QRect(left, base, step - px(8), 1), look().color("border"))
            painter.setPen(look().color("ink_soft"))
            area = QRect(left, base + px(3), step - px(8), px(16))
            painter.drawText(area, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, str(value))
            painter.setPen(QPen(look().color("series1"), 1.4 * look().factor))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            middle = left + (step - px(8)) / 2
            for n in range(counted[value]):
                painter.drawEllipse(QPointF(middle, base - px(8) - n * px(14)), px(5), px(5))
