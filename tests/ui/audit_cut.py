"""What does not fit: words cut off, parts that lie on each other or stick out of what holds them, pages wider than the window."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLayout,
    QLineEdit,
    QScrollArea,
    QStackedLayout,
    QTableView,
    QWidget,
)

from mtss_desktop.ui.kit.prose import EditableText, Prose
from mtss_desktop.ui.kit.texts import ElidedLabel
from mtss_desktop.ui.theme import look

OVER = 3
"""Pixels of each other's ground that two parts may share: rounding."""
LETTERS = 14
"""A cell shows at least so many letters of its words before the dots."""
HINT = 20
"""Letters of the words in an empty field that are shown at least; its name says what it is for."""
CUT = "text is cut off"
Found = Iterator[tuple[str, str]]


def cut(widget: QWidget) -> Found:
    """(rule, which part of the widget, "" for the whole)."""
    if isinstance(widget, Prose | EditableText):
        words = widget.text()
        if words and widget.height() + 1 < widget.heightForWidth(widget.width()):
            yield CUT, ""
    elif isinstance(widget, QLabel):
        yield from _label(widget)
    elif isinstance(widget, QAbstractButton):
        small = widget.minimumSizeHint()
        if widget.width() + 1 < small.width() or widget.height() + 2 < min(
            small.height(), widget.fontMetrics().height()
        ):
            yield CUT, ""
    elif isinstance(widget, QComboBox):
        room = widget.width() - look().px(10) - look().px(28)  # padding and caret
        words, metrics = widget.currentText(), widget.fontMetrics()
        whole = metrics.horizontalAdvance(words) <= room or widget.toolTip() == words
        if not whole or metrics.horizontalAdvance(words[:LETTERS]) > room:
            yield CUT, words
    elif isinstance(widget, QLineEdit):
        hint = widget.placeholderText()
        room = widget.width() - 2 * look().px(10) - widget.textMargins().left() - widget.textMargins().right()
        if hint and not widget.text() and widget.fontMetrics().horizontalAdvance(hint[:HINT]) > room + look().px(4):
            yield CUT, hint
    elif isinstance(widget, QTableView):
        yield from _heads(widget)
        yield from _cells(widget)


def _label(label: QLabel) -> Found:
    if not label.text() or isinstance(label, ElidedLabel):
        return
    if label.wordWrap():
        needed = label.heightForWidth(label.width()) if label.hasHeightForWidth() else 0
        if label.height() + 1 < needed:
            yield CUT, ""
    elif label.width() + 1 < label.sizeHint().width() or label.height() + 2 < label.fontMetrics().height():
        yield CUT, ""


def _heads(table: QTableView) -> Found:
    head, model = table.horizontalHeader(), table.model()
    if not head.isVisible() or model is None:
        return
    for place in range(model.columnCount()):
        words = str(model.headerData(place, Qt.Orientation.Horizontal) or "")
        if int(head.defaultAlignment().value) & Qt.TextFlag.TextWordWrap.value:
            words = max(words.split(), key=len, default="")
        room = head.sectionSize(place) - look().px(8)
        if not head.isSectionHidden(place) and _longest(words) > room:
            yield CUT, f"head {words}"


def _longest(words: str) -> int:
    metrics = QFontMetrics(look().font("caption"))
    return max((metrics.horizontalAdvance(line) for line in words.split("\n")), default=0)


def _cells(table: QTableView) -> Found:
    """A long text may end in dots; too few letters of it are no use."""
    model, metrics = table.model(), table.fontMetrics()
    if model is None:
        return
    for column in range(model.columnCount()):
        if table.isColumnHidden(column):
            continue
        for row in range(min(model.rowCount(), 40)):
            index = model.index(row, column)
            words = str(index.data() or "")
            if table.indexWidget(index) is not None or table.rowSpan(row, column) * table.columnSpan(row, column) > 1:
                continue
            needed = metrics.horizontalAdvance(words[:LETTERS])
            if "\n" not in words and needed > table.columnWidth(column) - look().px(8):
                yield CUT, f"cell {words}"
                break


def on_each_other(widget: QWidget) -> Found:
    """Parts that a layout has pushed over each other, because it had too little room for them."""
    layout = widget.layout()
    if layout is None or isinstance(layout, QStackedLayout):
        return
    parts = [part for part in _laid_out(layout) if part.isVisible() and not part.size().isEmpty()]
    for place, one in enumerate(parts):
        for other in parts[place + 1 :]:
            both = one.geometry().intersected(other.geometry())
            if both.width() > OVER and both.height() > OVER:
                yield (
                    "lies on another part",
                    f"{type(one).__name__} {_said(one)} on {type(other).__name__} {_said(other)}",
                )


def _said(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)


def sticks_out(root: QWidget, widget: QWidget) -> Found:
    """A part that reaches beyond what holds it, where nothing scrolls to the rest; a page wider than its window."""
    if isinstance(widget, QScrollArea):
        page = widget.widget()
        off = widget.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if page is not None and off and page.isVisible() and page.width() > widget.viewport().width() + OVER:
            yield "page is wider than its window", f"by {page.width() - widget.viewport().width()}"
    holder = widget.parentWidget()
    if holder is None or widget.isWindow() or widget is root or not _holds_words(widget):
        return
    area = holder.parentWidget()
    if isinstance(area, QAbstractScrollArea) and holder is area.viewport():
        return
    room = holder.rect().adjusted(-OVER, -OVER, OVER, OVER)
    if not room.contains(QRect(widget.mapTo(holder, QPoint(0, 0)), widget.size())):
        yield "sticks out of what holds it", ""


def _holds_words(widget: QWidget) -> bool:
    return isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox)
