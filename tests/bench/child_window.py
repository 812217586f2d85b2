"""One window in a process of its own: ``bare``, ``start`` or ``open FILE``. Says on stdout what happened, in milliseconds."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget


class Painted(QObject):
    """Calls back once, after the first painting of a widget."""

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._then: Callable[[], None] | None = then
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._then is not None:
            then, self._then = self._then, None
            QTimer.singleShot(0, then)
        return False


def say(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


def bare() -> int:
    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QLabel("bare"))
    window.resize(1280, 800)
    keep = Painted(window, lambda: (say(painted=True), app.quit()))
    window.show()
    code = app.exec()
    del keep
    return code


def start() -> int:
    from mtss_desktop.ui import start as program

    app = program.application()
    session = program.Session(program.WindowJobs(), program.Remembered())
    session.start.painted.connect(lambda: (say(painted=True), app.quit()))
    session.begin()
    return app.exec()


def open_file(file: str, passphrase: str) -> int:
    from mtss_desktop.ui import start as program
    from tests.bench.acts import Acts, memory

    app = program.application()
    session = program.Session(program.WindowJobs(), program.Remembered())
    begun: list[float] = []

    def enter() -> None:
        field = QApplication.focusWidget() or session.start.unlock.first_field()
        field.setText(passphrase)  # type: ignore[attr-defined]
        begun.append(time.perf_counter())
        key(field, Qt.Key.Key_Return)
        wait_for_window()

    def wait_for_window() -> None:
        if session.window is None:
            QTimer.singleShot(1, wait_for_window)
            return
        wait_for_room()

    def wait_for_room() -> None:
        window = session.window
        assert window is not None
        if not session.jobs.busy:
            say(room_ms=(time.perf_counter() - begun[0]) * 1000, first_mib=memory())
            acts.start(window)
        else:
            QTimer.singleShot(1, wait_for_room)

    acts = Acts(lambda facts: (say(**facts), app.quit()))
    session.begin(file)
    session.start.painted.connect(lambda: QTimer.singleShot(4000, enter))
    code = app.exec()
    session.end()
    return code


def key(widget: QWidget, code: Qt.Key) -> None:
    from PySide6.QtGui import QKeyEvent

    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier))


if __name__ == "__main__":
    match sys.argv[1]:
        case "bare":
            sys.exit(bare())
        case "start":
            sys.exit(start())
        case "open":
            sys.exit(open_file(sys.argv[2], sys.argv[3]))
