"""Contrast, measured on the pixels of a window: of labels and buttons, of what stands in fields, of cells and of menus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from mtss_desktop.ui.theme import look

LARGER = 4
EDGE = 3
"""Pixels of a field's edge, and of the ring in the cell under the cursor."""
MOST_CELLS = 60
"""Of one list: those of the first screen tell the colors of all."""


def luminance(color: QColor) -> float:
    def part(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * part(color.red()) + 0.7152 * part(color.green()) + 0.0722 * part(color.blue())


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2 contrast ratio, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pixel_contrast(image: QImage) -> float:
    """The strongest ink of the picture against its ground: measured on pixels, not taken from a palette."""
    small = image.convertToFormat(QImage.Format.Format_RGB32)
    counts: Counter[int] = Counter(memoryview(small.constBits()).cast("I"))
    ground = QColor(counts.most_common(1)[0][0])
    return max((contrast(QColor(color), ground) for color in counts), default=1.0)


def least() -> float:
    return 7.0 if look().theme.is_contrast else 4.5


def pale(root: QWidget, widget: QWidget, picture: QImage) -> Iterator[tuple[str, str]]:
    """(ratio in words, which cell) of every text that is too weak; what cannot be seen now is measured when it is scrolled to."""
    if not widget.isEnabled():
        return
    if isinstance(widget, QMenu):
        for entry in widget.actions():
            if entry.isEnabled() and entry.text():
                yield from _weak(root, picture, widget.actionGeometry(entry), entry.text())
    elif isinstance(widget, QAbstractItemView):
        corner = widget.viewport().mapTo(root, QPoint(0, 0))
        seen = widget.viewport().visibleRegion().boundingRect()
        for rect, text in _cells(widget):
            at = widget.window().childAt(widget.viewport().mapTo(widget.window(), rect.center()))
            if seen.contains(rect) and at is widget.viewport():  # not under a column that stays while it scrolls
                yield from _weak(root, picture, rect.translated(corner), text)
    elif _text(widget).strip():
        seen = widget.visibleRegion().boundingRect()
        if seen.height() >= widget.height() * 0.9 and seen.width() >= widget.width() * 0.9:
            bare = 0 if not isinstance(widget, QLabel) else -EDGE  # a label has no edge
            seen = seen.adjusted(bare, bare, -bare, -bare).translated(widget.mapTo(root, QPoint(0, 0)))
            yield from _weak(root, picture, seen, "")


def _weak(root: QWidget, picture: QImage, area: QRect, name: str) -> Iterator[tuple[str, str]]:
    """Without the edge, which is stronger than the words may be. A thin stroke never has its whole ink on one pixel: what seems
    too weak is drawn again, larger."""
    area = area.adjusted(EDGE, EDGE, -EDGE, -EDGE)
    if pixel_contrast(picture.copy(area)) >= least():
        return
    large = QImage(area.size() * LARGER, QImage.Format.Format_RGB32)
    large.setDevicePixelRatio(LARGER)
    root.render(large, QPoint(0, 0), QRegion(area))
    ratio = pixel_contrast(large)
    if ratio < least():
        yield f"contrast {ratio:.1f} < {least()}", name


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText() or widget.placeholderText()
    return widget.currentText() if isinstance(widget, QComboBox) else ""


def _cells(view: QAbstractItemView) -> Iterator[tuple[QRect, str]]:
    model = view.model()
    if model is None:
        return
    left = MOST_CELLS
    for row in range(model.rowCount()):
        for column in range(model.columnCount() if isinstance(view, QTableView) else 1):
            index = model.index(row, column)
            rect = view.visualRect(index)
            if left <= 0 or rect.top() > view.viewport().height():
                return
            words = str(index.data() or "")
            enabled = index.flags() & Qt.ItemFlag.ItemIsEnabled
            if words.strip() and enabled and not rect.isEmpty() and view.indexWidget(index) is None:
                left -= 1
                yield rect, words
