"""Text on a page: labels by kind, hairlines, announcements."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from mtss_desktop.ui.theme import look, paint_icon


def label(text: str = "", kind: str = "", *, wrap: bool = False) -> QLabel:
    """``kind`` is a text style of the sheet: title, statement, heading, strong, medium, soft, faint, caption, danger …"""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)  # names may hold < and &
    made.setText(text)
    made.setWordWrap(wrap)
    if kind:
        made.setProperty("kind", kind)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
        made.setMinimumWidth(1)
    return made


def set_kind(widget: QWidget, kind: str, name: str = "kind") -> None:
    """Another look from the sheet for a widget that is already shown."""
    if widget.property(name) != kind:
        widget.setProperty(name, kind)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class ElidedLabel(QLabel):
    """One line that ends in … where there is no room; the whole text is its tooltip and its accessible name."""

    def __init__(self, text: str = "", kind: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        if kind:
            self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment()), shown)


class IconLabel(QWidget):
    """An icon that only accompanies words."""

    def __init__(self, name: str, role: str = "ink_soft", size: int = 16) -> None:
        super().__init__()
        self._name, self._role, self._size = name, role, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look().changed.connect(self.updateGeometry)

    def show_icon(self, name: str, role: str) -> None:
        self._name, self._role = name, role
        self.update()

    def sizeHint(self) -> QSize:
        side = look().px(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_icon(QPainter(self), self.rect(), self._name, look().color(self._role))


def hairline(orientation: Qt.Orientation = Qt.Orientation.Horizontal, kind: str = "hairline") -> QFrame:
    """The line between rows and columns; ``kind`` rule is the stronger one."""
    line = QFrame()
    line.setProperty("kind", kind)
    width = look().measures.line.hairline
    if orientation == Qt.Orientation.Horizontal:
        line.setFixedHeight(width)
    else:
        line.setFixedWidth(width)
    return line


def announce(widget: QWidget, text: str) -> None:
    """Says it politely to a screen reader; the focus stays where it is."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
