"""The focus ring: 2 pixels, 1 pixel outside the edge of whatever has the focus, the same everywhere.

One transparent widget over the window follows the focus, so that no control has to leave room for it. Views that
draw a ring around their current item (lists, tables) set the property ``ring`` to "own"; what has words at its very edge
(figures) sets ``ring_room``, how many pixels at 100 % the ring keeps further off.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenu, QWidget

from mtss_desktop.ui.theme.look import look

_FOLLOWED = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ZOrderChange,
    QEvent.Type.LayoutRequest,
    QEvent.Type.ParentChange,
}


class FocusRing(QWidget):
    """Made once per window: ``FocusRing(window)``."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("focus-ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._whole = QRect()
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_changed)
        self._focus_changed(None, QApplication.focusWidget())

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        for widget in self._watched:
            if shiboken6.isValid(widget):  # a page around the focus may have gone with its parent
                widget.removeEventFilter(self)
        self._watched = []
        self._target = new if new is not None and self._draws_for(new) else None
        if self._target is not None:
            self._watch(self._target)
        self._follow()

    def _draws_for(self, widget: QWidget) -> bool:
        if widget.property("ring") in {"own", "none"} or isinstance(widget, QMenu):
            return False
        return widget.window() is self.window()

    def _watch(self, widget: QWidget) -> None:
        each: QWidget | None = widget
        while each is not None and each is not self.window():
            each.installEventFilter(self)
            self._watched.append(each)
            each = each.parentWidget()
        widget.destroyed.connect(self._forget)

    def _forget(self, _gone: QObject | None = None) -> None:
        self._watched, self._target = [], None
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _FOLLOWED:
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        target = self._target
        if target is None or not shiboken6.isValid(target) or not target.isVisible():
            self.hide()
            return
        self._whole = self._around(target)
        seen = self._whole.intersected(self._window_part(target))
        self.setVisible(not seen.isEmpty())
        self.setGeometry(seen)
        self.raise_()
        self.update()

    def _around(self, target: QWidget) -> QRect:
        lines = look().measures.line
        out = lines.focus + lines.focus_gap + look().px(target.property("ring_room") or 0)
        corner = target.mapTo(self.window(), QPoint(0, 0))
        return QRect(corner, target.size()).adjusted(-out, -out, out, out)

    def _window_part(self, target: QWidget) -> QRect:
        """What scroll areas around the target leave visible; the ring may reach into their margin, not beyond."""
        part = self.window().rect()
        parent = target.parentWidget()
        while parent is not None and parent is not self.window():
            area = parent.parentWidget()
            if isinstance(area, QAbstractScrollArea) and parent is area.viewport():
                part = part.intersected(QRect(parent.mapTo(self.window(), QPoint(0, 0)), parent.size()))
            parent = area
        return part

    def paintEvent(self, _event: QPaintEvent) -> None:
        lines, sizes = look().measures.line, look().measures
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().color("focus"), lines.focus))
        half = lines.focus / 2
        rect = QRectF(self._whole.translated(-self.pos())).adjusted(half, half, -half, -half)
        radius = sizes.radius.control + lines.focus
        painter.drawRoundedRect(rect, radius, radius)
