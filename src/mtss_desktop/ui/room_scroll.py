"""Lets a room scroll as a whole where it needs more height than the window has left: large text, a small window, the tour.

Without it the layout would push the parts of a page over each other. Where there is height enough, the room has exactly that.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QBoxLayout, QSplitter, QStackedWidget, QWidget

from mtss_desktop.ui.kit.layouts import ScrollPage
from mtss_desktop.ui.room_stack import RoomStack
from mtss_desktop.ui.theme import look

LIST = 120
"""Pixels at 100 % that a list of the page gets beyond its least once the page scrolls: some rows, not one."""


class RoomScroll(ScrollPage):
    """Follows what the room in front needs."""

    def __init__(self, rooms: RoomStack, name: str) -> None:
        super().__init__()
        self._rooms = rooms
        self.hold(rooms, name)
        self.setWidgetResizable(False)
        rooms.setProperty("kind", "page")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.fit)
        rooms.installEventFilter(self)
        rooms.currentChanged.connect(self.fit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Something in the room needs another size; it is asked once the layouts have settled."""
        if watched is self._rooms and event.type() == QEvent.Type.LayoutRequest:
            self._later.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        room, whole = self._rooms.front, self.maximumViewportSize()
        if room is None or least_height(room, whole.width()) <= whole.height():
            self._rooms.resize(whole)
            return
        narrower = whole.width() - self.verticalScrollBar().sizeHint().width()
        scrolls = any(part.isVisible() for part in room.findChildren(QAbstractScrollArea))
        more = look().px(LIST) if scrolls else 0
        self._rooms.resize(narrower, max(least_height(room, narrower) + more, whole.height()))


def least_height(widget: QWidget, width: int) -> int:
    """The height under which the parts of a page would lie on each other. What scrolls by itself needs little, and of pages
    that lie behind each other only the one in front counts; Qt's own sum takes the largest, at its full height."""
    if isinstance(widget, QStackedWidget):
        front = widget.currentWidget()
        needed = 0 if front is None else least_height(front, width)
    elif isinstance(widget, QSplitter):
        parts = [part for number in range(widget.count()) if (part := widget.widget(number)) is not None]
        needed = max((least_height(part, part.width()) for part in parts if not part.isHidden()), default=0)
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
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item is None or (item.isEmpty() and item.spacerItem() is None):
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
