"""Paints a laid-out figure in a pyqtgraph scene. Imported when the first figure is shown, never before."""

from __future__ import annotations

from math import sqrt
from pathlib import Path
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPicture,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from mtss_desktop.domain.figure_shapes import Layout, Marker, Polygon, Polyline, Reading, Rect, Shape, Words
from mtss_desktop.ui.kit.figure_look import INKS, figure_font, text_measure
from mtss_desktop.ui.theme import look

RING = 16.0
REACH = 24.0
"""How near the pointer must come to a point for its value to show, in pixels at 100%."""


def color(ink: str) -> QColor:
    return look().color(INKS.get(ink, ink))


def pen(ink: str, width: float, dash: tuple[float, ...] = ()) -> QPen:
    """Dashes are pixels here and pen widths in Qt."""
    made = QPen(color(ink), width)
    made.setCapStyle(Qt.PenCapStyle.FlatCap)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash:
        made.setDashPattern([part / width for part in dash])
    return made


def paint(painter: QPainter, layout: Layout) -> None:
    """All shapes in order."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for shape in layout.shapes:
        _shape(painter, shape)


def save_picture(layout: Layout, path: Path, title: str) -> None:
    """Writes a figure as PNG (two pixels to the point) or, by the name's ending, as SVG. Raises OSError."""
    size = QSize(round(layout.width), round(layout.height))
    if path.suffix.lower() == ".svg":
        device: QSvgGenerator | QImage = QSvgGenerator()
        assert isinstance(device, QSvgGenerator)
        device.setFileName(str(path))
        device.setSize(size)
        device.setViewBox(QRectF(0, 0, layout.width, layout.height))
        device.setTitle(title)
    else:
        device = QImage(size * 2, QImage.Format.Format_RGB32)
        device.setDevicePixelRatio(2)
    painter = QPainter(device)
    painter.fillRect(QRectF(0, 0, layout.width, layout.height), color("ground"))
    paint(painter, layout)
    painter.end()
    if (isinstance(device, QImage) and not device.save(str(path))) or not path.exists():
        raise OSError(f"the picture could not be written to {path.parent}")


def _shape(painter: QPainter, shape: Shape) -> None:
    match shape:
        case Polyline():
            painter.setPen(pen(shape.ink, shape.width, shape.dash))
            painter.drawPolyline(
                QPolygonF([QPointF(_sharp(shape, x, 0), _sharp(shape, y, 1)) for x, y in shape.points])
            )
        case Polygon():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(shape.fill))
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in shape.points]))
        case Rect():
            _rect(painter, shape)
        case Marker():
            _marker(painter, shape)
        case Words():
            _words(painter, shape)


def _sharp(line: Polyline, value: float, axis: int) -> float:
    """Thin lines along an axis stand on whole pixels."""
    straight = len({point[axis] for point in line.points}) == 1
    return round(value) + 0.5 if straight and line.width <= 1.5 else value


def _rect(painter: QPainter, rect: Rect) -> None:
    area = QRectF(rect.x, rect.y, rect.width, rect.height)
    if area.isEmpty():
        return
    painter.save()
    if rect.fill:
        fill = color(rect.fill)
        fill.setAlphaF(rect.opacity)
        painter.fillRect(area, fill)
    if rect.pattern:
        painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
        _pattern(painter, rect)
    painter.restore()
    if rect.edge:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = pen(rect.ink, rect.edge, rect.dash)
        edge.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        outline = edge.color()
        outline.setAlphaF(rect.opacity)
        edge.setColor(outline)
        painter.setPen(edge)
        painter.drawRect(area)


def _pattern(painter: QPainter, rect: Rect) -> None:
    painter.setPen(pen(rect.ink, rect.line))
    if rect.pattern == "dots":
        _dots(painter, rect)
        return
    apart = rect.step * sqrt(2)
    bottom = rect.y + rect.height
    at = (rect.x + rect.y) // apart * apart
    while at <= rect.x + rect.width + bottom:
        start, end = QPointF(at - bottom, bottom), QPointF(at - rect.y, rect.y)
        painter.drawLine(start, end)
        if rect.pattern == "cross":
            turned = 2 * rect.x + rect.width
            painter.drawLine(QPointF(turned - start.x(), start.y()), QPointF(turned - end.x(), end.y()))
        at += apart


def _dots(painter: QPainter, rect: Rect) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(rect.ink))
    rows, columns = int(rect.height / rect.step) + 2, int(rect.width / rect.step) + 2
    for row in range(rows):
        for column in range(columns):
            x = rect.x + (column + row % 2 / 2) * rect.step
            painter.drawEllipse(QPointF(x, rect.y + row * rect.step), rect.line, rect.line)


def _marker(painter: QPainter, mark: Marker) -> None:
    painter.setPen(pen(mark.ink, mark.stroke))
    painter.setBrush(color("ground" if mark.hollow else mark.ink))
    r = mark.size / 2
    center = QPointF(mark.x, mark.y)
    if mark.shape == "circle":
        painter.drawEllipse(center, r, r)
        return
    corners = {
        "triangle": [(0, -r * 1.15), (r * 1.1, r * 0.85), (-r * 1.1, r * 0.85)],
        "diamond": [(0, -r * 1.25), (r * 1.25, 0), (0, r * 1.25), (-r * 1.25, 0)],
    }.get(mark.shape, [(-r, -r), (r, -r), (r, r), (-r, r)])
    painter.drawPolygon(QPolygonF([center + QPointF(x, y) for x, y in corners]))


def _words(painter: QPainter, words: Words) -> None:
    font = figure_font(words.size, words.bold)
    width = text_measure()(words.text, words.size, words.bold)
    left = words.x - {"start": 0.0, "middle": width / 2, "end": width}[words.anchor]
    painter.setFont(font)
    if words.halo:
        path = QPainterPath()
        path.addText(left, words.y, font, words.text)
        stroker = QPainterPathStroker()
        stroker.setWidth(words.halo * 2)
        painter.fillPath(stroker.createStroke(path), color("ground"))
    painter.setPen(color(words.ink))
    painter.drawText(QPointF(left, words.y), words.text)


class FigureItem(pg.GraphicsObject):  # type: ignore[misc]
    """The whole figure as one picture, recorded once per layout."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = QPicture()
        self.area = QRectF()

    def show_layout(self, layout: Layout) -> None:
        self.prepareGeometryChange()
        self.area = QRectF(0, 0, layout.width, layout.height)
        self.picture = QPicture()
        painter = QPainter(self.picture)
        paint(painter, layout)
        painter.end()
        self.update()

    def boundingRect(self) -> QRectF:
        return self.area

    def paint(self, painter: QPainter, *_: Any) -> None:
        painter.drawPicture(0, 0, self.picture)


class ReadingItem(pg.GraphicsObject):  # type: ignore[misc]
    """The ring around the point that is read, and its words in a box beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.at = QPointF()
        self.lines: list[str] = []
        self.page = QRectF()
        self.setZValue(10)
        self.hide()

    def show_reading(self, reading: Reading | None, lines: list[str], page: QRectF) -> None:
        self.prepareGeometryChange()
        self.setVisible(reading is not None)
        if reading is not None:
            self.at, self.lines, self.page = QPointF(reading.x, reading.y), lines, page
        self.update()

    def boundingRect(self) -> QRectF:
        return self.page

    def _box(self) -> QRectF:
        """Beside the ring, inside the figure."""
        size, measure = look().font("caption").pixelSize(), text_measure()
        width = max((measure(line, size, not i) for i, line in enumerate(self.lines)), default=0.0) + size * 1.7
        height = size * (1.4 * len(self.lines) + 1.0)
        gap = look().px(RING)
        left = self.at.x() + gap if self.at.x() + gap + width < self.page.right() else self.at.x() - gap - width
        below = self.at.y() + gap + height < self.page.bottom()
        top = self.at.y() + gap if below else self.at.y() - gap - height
        return QRectF(max(left, 1.0), max(top, 1.0), width, height)

    def paint(self, painter: QPainter, *_: Any) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look().color("focus"), look().px(2)))
        radius = look().px(RING) / 2
        painter.drawEllipse(self.at, radius, radius)
        box, size = self._box(), look().font("caption").pixelSize()
        painter.setPen(QPen(look().color("border"), 1))
        painter.setBrush(look().color("raised"))
        painter.drawRoundedRect(box, look().measures.radius.control, look().measures.radius.control)
        for index, line in enumerate(self.lines):
            painter.setFont(figure_font(size, not index))
            painter.setPen(look().color("ink" if not index else "ink_soft"))
            painter.drawText(QPointF(box.x() + size * 0.85, box.y() + size * (1.5 + 1.4 * index)), line)


class Drawing(pg.GraphicsView):  # type: ignore[misc]
    """One figure in pixels, one to one. It offers no menu of its own: what leaves goes through ours."""

    resized = Signal()
    pointed = Signal(float, float)
    clicked = Signal(float, float, bool)
    """Where, and whether Ctrl was held."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, background=None)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("")
        self.setMouseTracking(True)
        self.figure, self.reading = FigureItem(), ReadingItem()
        self.addItem(self.figure)
        self.addItem(self.reading)

    def show_layout(self, layout: Layout) -> None:
        self.setBackground(look().color("surface"))
        self.figure.show_layout(layout)
        self.reading.show_reading(None, [], self.figure.area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(event.position().x(), event.position().y())
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.clicked.emit(event.position().x(), event.position().y(), held)
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    def wheelEvent(self, event: Any) -> None:
        event.ignore()
