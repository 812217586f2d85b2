"""How slow work says where it stands and learns that it should stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from mtss_desktop.base.errors import Cancelled


@dataclass(frozen=True)
class ProgressState:
    """``total`` is 0 while the amount is unknown; ``unit`` is what is counted ("rows", "pages")."""

    what: str = ""
    done: int = 0
    total: int = 0
    unit: str = ""


class Progress:
    """Handed to every slow function. ``step`` reports and is the only place where a cancel takes effect."""

    def __init__(self, report: Callable[[ProgressState], None] | None = None) -> None:
        self._report = report
        self._cancelled = threading.Event()
        self.state = ProgressState()

    def step(self, what: str, done: int = 0, total: int = 0, unit: str = "") -> None:
        """Raises ``Cancelled`` once ``cancel`` was called."""
        if self._cancelled.is_set():
            raise Cancelled(what)
        self.state = ProgressState(what, done, total, unit)
        if self._report is not None:
            self._report(self.state)

    def cancel(self) -> None:
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()


def silent() -> Progress:
    """A progress nobody watches."""
    return Progress()
