"""A window nobody touches for a while asks to be locked. What is being typed is kept; nothing is discarded."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget

_AWAKE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class IdleLock(QObject):
    """``minutes`` gives the patience, 0 for never; ``tired`` comes once it is over.

    It listens at the windows of the system, where keys and the mouse come in, and not at the application: there each
    of ten thousand events of a new theme or a new room would call Python once.
    """

    tired = Signal()

    def __init__(self, window: QWidget, minutes: Callable[[], int]) -> None:
        super().__init__(window)
        self._minutes = minutes
        self._heard: list[QWindow] = []
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.tired)
        self._app().focusWindowChanged.connect(self._turned)
        self._app().focusChanged.connect(self._moved)
        self._turned(QGuiApplication.focusWindow())
        self.wake()

    def wake(self) -> None:
        """Somebody is there: the time begins anew."""
        minutes = self._minutes()
        if minutes:
            self.timer.start(minutes * 60_000)
        else:
            self.timer.stop()

    def end(self) -> None:
        self.timer.stop()
        self._app().focusWindowChanged.disconnect(self._turned)
        self._app().focusChanged.disconnect(self._moved)
        for window in self._heard:
            if shiboken6.isValid(window):
                window.removeEventFilter(self)
        self._heard = []

    def _moved(self, _old: QWidget | None, _new: QWidget | None) -> None:
        self.wake()

    def _turned(self, window: object) -> None:
        """Another window has the keys: the main one, a dialog, the projector. Where PySide hands over something else, it knew
        that by the place in memory at which the window stands now: somebody is there all the same."""
        self._heard = [each for each in self._heard if shiboken6.isValid(each)]
        if isinstance(window, QWindow) and window not in self._heard:
            window.installEventFilter(self)
            self._heard.append(window)
        self.wake()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _AWAKE:
            self.wake()
        return super().eventFilter(watched, event)

    @staticmethod
    def _app() -> QApplication:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        return app
