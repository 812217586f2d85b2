"""The edge of the window while a file is over it: a line in the color of the focus, and nothing else moves."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mtss_desktop.ui.theme import look


class DropEdge(QWidget):
    """Lies over the page and lets everything through."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def show_edge(self, shown: bool) -> None:
        page = self.parentWidget()
        if shown and page is not None:
            self.setGeometry(page.rect())
            self.raise_()
        self.setVisible(shown)

    def paintEvent(self, _event: QPaintEvent) -> None:
        width = look().measures.line.focus
        painter = QPainter(self)
        painter.setPen(QPen(look().color("focus"), width))
        painter.drawRect(QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2))


def has_files(data: QMimeData) -> bool:
    return any(url.isLocalFile() for url in data.urls())


def dropped_files(data: QMimeData) -> tuple[Path, ...]:
    """Every file and folder that was dropped."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
