"""The votes of one round, made to be read from four meters: a dot for each vote, no names, nothing before the reveal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.instruments import Scale
from mtss_desktop.ui.kit.prose import prose_height
from mtss_desktop.ui.panes.lookfors.showing import point_words
from mtss_desktop.ui.theme import look

DOT, GAP, COLUMN, FOOT = 38, 8, 96, 74
"""Pixels at 100 %: a vote, the space between two, the widest column, and number, word and count under the line."""


@dataclass(frozen=True)
class RoundShown:
    """A round as far as it may be seen: before the reveal only how many have voted. Abstentions leave the denominator."""

    number: int
    seats: int
    voted: int
    revealed: bool
    votes: tuple[int, ...] = ()
    abstained: int = 0

    @property
    def all_voted(self) -> bool:
        return self.voted >= self.seats


def votes_words(words: Words, shown: RoundShown) -> str:
    """5 of 8 have voted; 7 voted, 1 abstains."""
    if not shown.revealed:
        return words("{n} of {all} have voted").format(n=shown.voted, all=shown.seats)
    told = words.say(said("{n} voted", n=len(shown.votes)))
    if shown.abstained:
        told += words.say(said(", {n} abstains", many=", {n} abstain", count="n", n=shown.abstained))
    return told


def tally_words(words: Words, scale: Scale, shown: RoundShown) -> str:
    """What a screen reader says of the columns: 4 votes for 2, half; 2 votes for 3, most."""
    counted = Counter(shown.votes)
    parts = []
    for value in scale.values:
        if counted[value]:
            name = point_words(words, scale, value)
            told = str(value) if name == str(value) else f"{value}, {name}"
            votes = words.say(said("{n} vote", many="{n} votes", count="n", n=counted[value]))
            parts.append(words("{votes} for {value}").format(votes=votes, value=told))
    return "; ".join([*parts, votes_words(words, shown)])


class VoteStage(QWidget):
    """Columns of the scale with a dot for each vote; the agreed column stands on a ground."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._scale: Scale | None = None
        self._round: RoundShown | None = None
        self._agreed: int | None = None
        self._asking = ""
        self.setMinimumHeight(look().px(220))
        self.setMinimumWidth(look().px(260))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_round(self, scale: Scale, shown: RoundShown, agreed: int | None, asking: str) -> None:
        """``asking`` is what is wanted now, before the reveal."""
        self._scale, self._round, self._agreed, self._asking = scale, shown, agreed, asking
        told = (
            tally_words(self._words, scale, shown) if shown.revealed else f"{votes_words(self._words, shown)}. {asking}"
        )
        self.setAccessibleName(told)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(520), look().px(340))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._scale is None or self._round is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = self._columns(self._scale.values)
        base = self.height() - look().px(FOOT)
        counted = Counter(self._round.votes)
        for value, (left, width) in columns.items():
            chosen = self._round.revealed and value == self._agreed
            if chosen:
                painter.setPen(Qt.PenStyle.NoPen if not look().theme.is_contrast else QPen(look().color("border"), 2))
                painter.setBrush(look().color("accent_wash"))
                pad = look().px(8)
                radius = look().measures.radius.control
                painter.drawRoundedRect(QRectF(left - pad, 1, width + 2 * pad, self.height() - 2), radius, radius)
            painter.fillRect(QRect(left, base, width, look().px(2)), look().color("border"))
            if self._round.revealed:
                self._dots(painter, left + width / 2, base, counted[value])
            self._foot(painter, QRect(left - look().px(8), base, width + look().px(16), look().px(FOOT)), value,
                       counted[value] if self._round.revealed else 0)  # fmt: skip
        if not self._round.revealed:
            self._paint_asking(painter, QRect(0, 0, self.width(), base))

    def _columns(self, values: Sequence[int]) -> dict[int, tuple[int, int]]:
        """Value → left edge and width; as wide as drawn, together in the middle."""
        px = look().px
        gap = px(20)
        width = min(px(COLUMN - 16), (self.width() - px(16) - (len(values) - 1) * gap) // max(1, len(values)))
        whole = len(values) * width + (len(values) - 1) * gap
        left = (self.width() - whole) // 2
        return {value: (left + place * (width + gap), width) for place, value in enumerate(values)}

    def _dots(self, painter: QPainter, middle: float, base: int, n: int) -> None:
        side, gap = float(look().px(DOT)), float(look().px(GAP))
        room = base - look().px(16)
        if n and n * (side + gap) > room:  # a large team: smaller, never cut off
            side, gap = room / n * 0.82, room / n * 0.18
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
            painter.drawText(area.adjusted(0, px(51), 0, 0), top, told)

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
