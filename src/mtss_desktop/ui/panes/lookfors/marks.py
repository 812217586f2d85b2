"""The mark of a rating: a circle filled as far as the scale goes, drawn in the color of the words beside it."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mtss_desktop.ui.theme import look

SIDE = 14
"""Pixels at 100 %."""


def paint_rating(
    painter: QPainter, rect: QRect, filled: Fraction | None, color: QColor, *, applies: bool = True
) -> int:
    """At the left of ``rect``; ``filled`` is 0 to 1 of the scale, None where nothing is rated. Returns where words start."""
    side = look().px(SIDE)
    mark = QRectF(rect.left() + 1, rect.center().y() - side / 2 + 1, side - 2, side - 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, look().px(2) if filled is None else 1.5 * look().factor))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    middle = mark.center()
    if filled is None and applies:
        painter.drawLine(QPointF(mark.left() + 1, middle.y()), QPointF(mark.right() - 1, middle.y()))
    else:
        painter.drawEllipse(mark)
    if not applies:
        reach = mark.width() * 0.35
        painter.drawLine(middle + QPointF(-reach, reach), middle + QPointF(reach, -reach))
    elif filled:
        painter.setBrush(color)
        if filled >= 1:
            painter.drawEllipse(mark)
        else:
            _half_or_pie(painter, mark, filled)
    painter.restore()
    return rect.left() + side + look().px(8)


def _half_or_pie(painter: QPainter, mark: QRectF, filled: Fraction) -> None:
    """A middle of the scale is the right half; other parts are a slice from the top, clockwise."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPie(mark, 90 * 16, -round(360 * 16 * filled))
