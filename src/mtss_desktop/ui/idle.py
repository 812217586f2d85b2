"""A window nobody touches for a while asks to be locked. What is being typed is kept; nothing is discarded."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

_AWAKE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class IdleLock(QObject):
    """``minutes`` gives the patience, 0 for never; ``tired`` comes once it is over."""

    tired = Signal()

    def __init__(self, window: QWidget, minutes: Callable[[], int]) -> None:
        super().__init__(window)
        self._minutes = minutes
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.tired)
        self._app().installEventFilter(self)
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
        self._app().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _AWAKE:
            self.wake()
        return super().eventFilter(watched, event)

    @staticmethod
    def _app() -> QApplication:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        return app
