"""The small chart of a row on the wall: the last ratings of a place against the percent that is asked for."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.rating_rollups import FidelityLine
from mtss_desktop.domain.scoring import half_up
from mtss_desktop.ui.theme import look

WIDE, TALL = 96, 40
"""Of the plot, in pixels at 100 %; the newest value stands beside its point."""
POINT, NEWEST = 5, 7


def paint_fidelity(painter: QPainter, area: QRect, words: Words, line: FidelityLine | None, selected: bool) -> None:
    """A path that is broken where the edition changes, the newest point larger with its value, the criterion as a thin line."""
    on_solid = selected and look().theme.is_contrast
    if line is None:
        painter.setFont(look().font("caption"))
        painter.setPen(look().color("selection_ink" if on_solid else "ink_soft"))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words("not rated"))
        return
    caption = look().line("caption")
    top = area.center().y() - (look().px(TALL) + look().px(4) + caption) / 2
    wide = min(look().px(WIDE), area.width() - look().px(52))
    plot = QRectF(area.left() + look().px(4), top, wide, look().px(TALL))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = look().color("selection_ink" if on_solid else "series1")
    if line.criterion is not None:
        at, from_ = _height(plot, line.criterion), _criterion_from(plot, line)
        painter.setPen(QPen(look().color("selection_ink" if on_solid else "goal"), look().px(1)))
        painter.drawLine(QPointF(from_, at), QPointF(plot.right(), at))
    spots = [QPointF(_across(plot, line, day), _height(plot, percent)) for day, percent, _ in line.points]
    painter.setPen(QPen(ink, look().px(1.6)))
    for at_, spot in enumerate(spots[1:], start=1):
        if line.points[at_][2] == line.points[at_ - 1][2]:
            painter.drawLine(spots[at_ - 1], spot)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for spot in spots:
        size = look().px(NEWEST if spot is spots[-1] else POINT) / 2
        painter.drawEllipse(spot, size, size)
    painter.setFont(look().font("strong"))
    painter.setPen(look().color("selection_ink" if selected else "ink"))
    value = words.say(said("{p:0}%", p=half_up(line.points[-1][1])))
    beside = QRectF(spots[-1].x() + look().px(8), spots[-1].y() - look().line() / 2, look().px(44), look().line())
    painter.drawText(beside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, value)
    painter.setFont(look().font("caption"))
    painter.setPen(look().color("selection_ink" if on_solid else "ink_soft"))
    below = QRectF(area.left(), plot.bottom() + look().px(4), area.width(), caption)
    name = painter.fontMetrics().elidedText(line.title, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
    painter.restore()


def _criterion_from(plot: QRectF, line: FidelityLine) -> float:
    """A criterion belongs to its edition: what another edition asked for is not drawn here."""
    editions = [edition for _, _, edition in line.points]
    own = editions.index(editions[-1])
    return _across(plot, line, line.points[own][0]) if own else plot.left()


def _height(plot: QRectF, percent: Fraction) -> float:
    """Every plot of the wall reaches from 0 to 100 percent."""
    return plot.bottom() - plot.height() * float(percent) / 100


def _across(plot: QRectF, line: FidelityLine, day: date) -> float:
    """By real dates; a single result stands at the right end."""
    first, last = line.points[0][0], line.points[-1][0]
    if first == last:
        return plot.right()
    return plot.left() + plot.width() * (day - first).days / (last - first).days
