"""What a person does in an open window, with a watch on the event loop: no stall, no slow key."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tests.bench.watchdog import Watchdog

if TYPE_CHECKING:
    from mtss_desktop.ui.main_window import MainWindow

WORDS = "Every student knows the three expectations "


class Acts(QObject):
    """Runs the acts one after another; then ``ended`` gets stall_ms, own_ms (its part that was this thread's own work), key_ms
    and memory_mib."""

    def __init__(self, ended: Callable[[dict[str, object]], object]) -> None:
        super().__init__()
        self._ended = ended
        self._stall = self._key = 0.0
        self._last = 0.0
        self._dog = Watchdog()
        self._beat = QTimer(self)
        self._beat.setInterval(2)
        self._beat.timeout.connect(self._tick)

    def start(self, window: MainWindow) -> None:
        self._steps = self._acts(window)
        self._last = time.perf_counter()
        self._dog.__enter__()
        self._dog.beat()
        self._dog.stalls.clear()
        self._beat.start()
        self._wait(window)

    def _wait(self, window: MainWindow) -> None:
        """Rooms are made one by one first, as they are while a person looks at the page; that must not be felt either."""
        if not window.rooms.is_getting_ready:
            self._next()
        else:
            QTimer.singleShot(20, lambda: self._wait(window))

    def _tick(self) -> None:
        now = time.perf_counter()
        self._stall = max(self._stall, (now - self._last) * 1000)
        self._last = now
        self._dog.beat()

    def _next(self) -> None:
        if next(self._steps, None) is None:
            self._beat.stop()
            self._dog.__exit__(None, None, None)
            stalls = self._dog.worst()
            own = max((stall.own for stall in self._dog.stalls), default=0.0)
            self._ended(
                {
                    "stall_ms": self._stall,
                    "own_ms": own,
                    "key_ms": self._key,
                    "memory_mib": memory(),
                    "stalls": [[round(each.wall), round(each.own), *each.stack[-5:]] for each in stalls],
                }
            )
        else:
            QTimer.singleShot(120, self._next)

    def _acts(self, window: MainWindow) -> Iterator[bool]:
        for room in window.kinds:
            window.go_to(room)
            yield True
        window.go_to("teams")
        yield True
        pane = window.pane("teams")
        for record in [line.id for line in pane._lines[:6]]:  # type: ignore[attr-defined]
            pane.open_record(record)
            yield True
        window.open_palette()
        yield True
        self._type(QApplication.focusWidget(), "holc")
        yield True
        _press(QApplication.focusWidget(), Qt.Key.Key_Escape)
        yield True
        self._type(pane.list.filter, "tier")  # type: ignore[attr-defined]
        yield True
        pane.list.filter.clear()  # type: ignore[attr-defined]
        fact = next(iter(pane.card.facts.values()))  # type: ignore[attr-defined]
        fact.edit(fact_text := "A team ")
        yield bool(fact_text)
        self._type(QApplication.focusWidget(), WORDS)
        yield True
        _press(QApplication.focusWidget(), Qt.Key.Key_Escape)
        yield True

    def _type(self, widget: QWidget | None, text: str) -> None:
        """The time each key takes until it is handled, painting left to the event loop."""
        target = widget if widget is not None else QLineEdit()
        for letter in text:
            begun = time.perf_counter()
            _press(target, Qt.Key.Key_unknown, letter)
            self._key = max(self._key, (time.perf_counter() - begun) * 1000)
            QApplication.sendPostedEvents()
            self._last = time.perf_counter()


def _press(widget: QWidget | None, code: Qt.Key, text: str = "") -> None:
    if widget is None:
        return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text))


def memory() -> float:
    """Resident memory in MiB."""
    import psutil

    return float(psutil.Process().memory_info().rss) / 1024 / 1024
