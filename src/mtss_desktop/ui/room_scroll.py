"""Lets a room scroll as a whole where it needs more height than the window has left: large text, a small window, the tour.

Without it the layout would push the parts of a page over each other. Where there is height enough, the room has exactly that.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea

from mtss_desktop.ui.kit.layouts import ScrollPage, least_height
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
