"""Layouts by token: rows and columns with the program's spacing, and a flow that wraps."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import shiboken6
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QBoxLayout,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)

from mtss_desktop.ui.theme import look

Part = QWidget | QLayout | int | None
"""A widget, a layout, pixels of space, or None for the stretch."""


def column(*parts: Part, spacing: int = 0, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    layout = QVBoxLayout()
    _fill(layout, parts, spacing, margins)
    return layout


def row(*parts: Part, spacing: int = 0, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    layout = QHBoxLayout()
    _fill(layout, parts, spacing, margins)
    return layout


def _fill(
    layout: QHBoxLayout | QVBoxLayout, parts: tuple[Part, ...], spacing: int, margins: tuple[int, int, int, int]
) -> None:
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    put(layout, *parts)


def put(layout: QHBoxLayout | QVBoxLayout, *parts: Part) -> None:
    """Into a layout whose widget stands in the page already: a part is dressed again with each widget around it that gets its
    place later, so large pages are built from the outside in."""
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)


class Hanging(QVBoxLayout):
    """Reaches 8 px into the margin at both sides, for a table: its words stand on the page's edge, and grounds and the ring
    around a cell keep off them. Goes into a layout with margins of its own."""

    def __init__(self, *parts: Part) -> None:
        super().__init__()
        _fill(self, parts, 0, (0, 0, 0, 0))

    def setGeometry(self, rect: QRect) -> None:
        over = look().px(8)
        super().setGeometry(rect.adjusted(-over, 0, over, 0))


def box(layout: QLayout, kind: str = "clear") -> QWidget:
    """A plain widget around a layout."""
    made = QWidget()
    made.setProperty("kind", kind)
    made.setLayout(layout)
    return made


FORM = 620
"""Pixels at 100 % after which a field grows no more: a line of words is never longer."""


def beside_nothing(form: QLayout, margins: tuple[int, int, int, int]) -> QHBoxLayout:
    """A form on a page of its own: three fifths of it, and on a wide page no more than its fields need."""
    held = box(form)
    held.setMaximumWidth(look().px(FORM))
    whole = row(held, None, margins=margins)
    whole.setStretch(0, 3)
    whole.setStretch(1, 2)
    return whole


def fit_dialog(dialog: QWidget, width: int) -> None:
    """As wide as said (pixels at 100 %) and as high as its text then needs."""
    layout, wide = dialog.layout(), look().px(width)
    if layout is not None:
        dialog.setMinimumSize(wide, layout.totalHeightForWidth(wide))
        dialog.resize(dialog.minimumSize())


_SETTLED = 40
"""Milliseconds after which a layout has found its places."""


ROUND = 28
"""Pixels at 100 % around the focus that come into view with it: the edge of a field, the words above it."""


class ScrollPage(QScrollArea):
    """Vertical scroll only. Takes no focus itself; brings into view whatever gets the focus in it, from wherever it comes."""

    def __init__(self) -> None:
        super().__init__()
        self._held: QWidget | None = None
        self._dressed = False
        self.setProperty("kind", "clear")
        self.viewport().setProperty("kind", "clear")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def hold(self, content: QWidget, name: str) -> None:
        """What is scrolled, and what a screen reader calls the area."""
        content.setProperty("kind", "clear")
        self.setAccessibleName(name)
        self._held = content
        if self._dressed:
            self.setWidget(content)
        else:
            content.setParent(self.viewport())

    def widget(self) -> QWidget | None:
        return self._held

    def event(self, event: QEvent) -> bool:
        """It takes up what it holds when it is dressed itself: Qt measures it at once, and so dresses all its parts, which are
        dressed again with each widget put around the page later."""
        if event.type() == QEvent.Type.Polish:
            self._dressed = True
            if self._held is not None:
                self.setWidget(self._held)
        return super().event(event)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isVisible() and self.isAncestorOf(new):
            self._bring()
            QTimer.singleShot(_SETTLED, self, self._bring)  # a form that just opened has its place only now

    def _bring(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.ensureWidgetVisible(focused, 0, max(focused.height() // 2, look().px(ROUND)))


def scrolling(content: QWidget, name: str) -> ScrollPage:
    """A scroll page around a widget."""
    area = ScrollPage()
    area.hold(content, name)
    return area


def tab_in_reading_order(root: QWidget) -> None:
    """Tab goes as the eye does: in the order of the layouts, not in the order widgets happened to be made."""
    stops = [widget for widget in _in_order(root) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
    for one, other in pairwise(stops):
        QWidget.setTabOrder(one, other)


def _in_order(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusProxy() is None:
        yield widget
    if isinstance(widget, QScrollArea):
        content = widget.widget()
        if content is not None:
            yield from _in_order(content)
    elif isinstance(widget, QSplitter | QStackedWidget):
        for number in range(widget.count()):
            part = widget.widget(number)
            if part is not None:
                yield from _in_order(part)
    else:
        layout = widget.layout()
        if layout is not None:
            yield from _of_layout(layout)


def items_of(layout: QLayout) -> Iterator[QLayoutItem]:
    """What Qt holds the parts of a layout in. PySide would know each by its place in memory for as long as the layout lives, also
    when it is gone and something else stands there: so it forgets them, but not those that a layout of ours holds itself."""
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item is not None:
            yield item
            if type(item) is QWidgetItem and not isinstance(layout, FlowLayout):
                shiboken6.invalidate(item)


def _of_layout(layout: QLayout) -> Iterator[QWidget]:
    for item in items_of(layout):
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from _in_order(widget)
        elif inner is not None:
            yield from _of_layout(inner)


class FlowLayout(QLayout):
    """Left to right, then the next line; for chips."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self.setSpacing(spacing)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Those of one line stand with their middles on one height; returns the height of all lines."""
        x, y, tallest = rect.x(), rect.y(), 0
        line: list[tuple[QLayoutItem, int, QSize]] = []
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            hint = item.sizeHint()
            if x > rect.x() and x + hint.width() > rect.right() + 1:
                self._put(line, y, tallest, move=move)
                x, y, tallest = rect.x(), y + tallest + self.spacing(), 0
                line = []
            line.append((item, x, hint))
            x += hint.width() + self.spacing()
            tallest = max(tallest, hint.height())
        self._put(line, y, tallest, move=move)
        return y + tallest - rect.y()

    @staticmethod
    def _put(line: list[tuple[QLayoutItem, int, QSize]], y: int, tallest: int, *, move: bool) -> None:
        for item, x, hint in line if move else ():
            item.setGeometry(QRect(QPoint(x, y + (tallest - hint.height()) // 2), hint))


def grows(widget: QWidget, *, across: bool = True, down: bool = True) -> QWidget:
    """Lets a widget take the room that is left."""
    expanding, fixed = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred
    widget.setSizePolicy(expanding if across else fixed, expanding if down else fixed)
    return widget


class Pages(QStackedWidget):
    """Pages behind each other of which the one in front alone asks for room. Qt's own stack asks for the height of the
    longest, written out in full, and in a small window takes it from the header above."""

    def addWidget(self, page: QWidget) -> int:
        """Qt shows, and so dresses, the first page as soon as it has its place, and again with each widget that is put
        around it later; one that counts as shown already is dressed once, with the window."""
        decided = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
        if not self.count() and not self.isVisible() and not page.testAttribute(decided):
            page.setParent(self)
            page.setAttribute(decided)
        return super().addWidget(page)

    def hasHeightForWidth(self) -> bool:
        return False

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), least_height(self, self.width()))


STACKED = 168
"""Pixels at 100 % that each of two parts above each other needs: a list with some rows, a field of a form with its words."""


def least_height(widget: QWidget, width: int) -> int:
    """The height under which the parts of a page would lie on each other. What scrolls by itself needs little, and of pages
    that lie behind each other only the one in front counts; Qt's own sum takes the largest, at its full height."""
    if isinstance(widget, QStackedWidget):
        front = widget.currentWidget()
        needed = 0 if front is None else least_height(front, width)
    elif isinstance(widget, QSplitter):
        parts = [part for number in range(widget.count()) if (part := widget.widget(number)) is not None]
        heights = [least_height(part, part.width()) for part in parts if not part.isHidden()]
        across = widget.orientation() == Qt.Orientation.Horizontal
        needed = max(heights, default=0) if across else sum(max(each, look().px(STACKED)) for each in heights)
    elif isinstance(widget, QAbstractScrollArea):
        needed = widget.minimumSizeHint().height()
    else:
        layout = widget.layout()
        if isinstance(layout, QBoxLayout):
            needed = _least_of(layout, width)
        elif widget.hasHeightForWidth():
            needed = widget.heightForWidth(width)
        else:
            needed = widget.minimumSizeHint().height()
    return min(max(needed, widget.minimumHeight()), widget.maximumHeight())


def _least_of(layout: QBoxLayout, width: int) -> int:
    margins = layout.contentsMargins()
    inside = width - margins.left() - margins.right()
    down = layout.direction() in (QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.BottomToTop)
    heights = []
    for item in items_of(layout):
        if item.isEmpty() and item.spacerItem() is None:
            continue
        part, inner = item.widget(), item.layout()
        wide = inside if down else item.geometry().width()
        if part is not None:
            heights.append(least_height(part, wide))
        elif isinstance(inner, QBoxLayout):
            heights.append(_least_of(inner, wide))
        elif inner is not None and inner.hasHeightForWidth():
            heights.append(inner.heightForWidth(wide))
        else:
            heights.append(item.minimumSize().height())
    gaps = layout.spacing() * max(0, len(heights) - 1)
    return margins.top() + margins.bottom() + (sum(heights) + gaps if down else max(heights, default=0))
