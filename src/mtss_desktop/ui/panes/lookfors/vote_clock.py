"""The time that is left of a timed round."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.texts import announce, set_kind
from mtss_desktop.ui.panes.lookfors.vote_round import time_words

TICK = 500
"""Milliseconds between two looks at the clock."""


class VoteClock(QLabel):
    """Shown while a round ends at some time; says once that the time is up."""

    ticked = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "medium")
        self._words = words
        self._ends_at: datetime | None = None
        self.now: Callable[[], datetime] = datetime.now
        """Where the time comes from."""
        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK)
        self._ticker.timeout.connect(self._tick)

    def run_to(self, ends_at: datetime | None) -> None:
        """None: the round takes as long as it takes."""
        self._ends_at = ends_at
        self.setVisible(ends_at is not None)
        self._look()

    def _tick(self) -> None:
        self._look()
        self.ticked.emit()

    def _look(self) -> None:
        if self._ends_at is None:
            self._ticker.stop()
            return
        now = self.now()
        told, is_up = time_words(self._words, self._ends_at, now), self._ends_at <= now
        self.setText(told)
        set_kind(self, "warning" if is_up else "medium")
        if is_up:
            self._ticker.stop()
            announce(self, told)
        elif not self._ticker.isActive():
            self._ticker.start()
