"""Work that takes time: what, count, bar and Cancel, shown after 0.4 seconds and never over anything."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.theme import look

SHOWN_AFTER = 0.4
"""Seconds; quicker work shows nothing."""
_LOOK_EVERY = 100


class ProgressStrip(QWidget):
    """``follow`` one piece of work, ``end`` when it has come home. Hidden while nothing is followed."""

    def __init__(self, words: Words = ENGLISH) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self._progress: Progress | None = None
        self._since = 0.0
        self._what = label("", "medium")
        self._count = label("", "soft")
        self._rest = label("", "caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.cancel = Button(words("Cancel"), self._cancel, size="small")
        space = look().measures.space
        bar = row(self._bar, self.cancel, spacing=space.s2)
        bar.setStretch(0, 1)
        self.setLayout(
            column(
                row(self._what, None, self._count),
                bar,
                self._rest,
                spacing=space.half,
                margins=(space.s3, 0, space.s3, space.s1),
            )
        )
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        self.hide()

    def follow(self, progress: Progress, what: str) -> None:
        """``what`` is shown until the work says better."""
        self._progress, self._since = progress, time.monotonic()
        self._what.setText(what)
        self._bar.setAccessibleName(what)
        self.cancel.allow(True)
        self._timer.start()

    def end(self, progress: Progress | None = None) -> None:
        """``progress`` names the work that ended; another one that is followed meanwhile stays."""
        if progress is None or progress is self._progress:
            self._progress = None
            self._timer.stop()
            self.hide()

    def _look(self) -> None:
        if self._progress is None:
            return
        state = self._progress.state
        passed = time.monotonic() - self._since
        self._what.setText(state.what or self._what.text())
        known = state.total > 0
        self._bar.setRange(0, state.total if known else 0)
        self._bar.setValue(state.done)
        self._count.setText(self._counted(state.done, state.total, state.unit) if known else "")
        self._bar.setAccessibleDescription(self._count.text())
        self._rest.setText(self._guess(passed, state.done, state.total))
        if passed >= SHOWN_AFTER:
            self.show()

    def _counted(self, done: int, total: int, unit: str) -> str:
        number = self._words.number
        if unit == "pages":
            return self._words("page {n} of {total}").format(n=number(done), total=number(total))
        return self._words("{n} of {total} {unit}").format(n=number(done), total=number(total), unit=unit).strip()

    def _guess(self, passed: float, done: int, total: int) -> str:
        if not (0 < done < total) or passed < 2:
            return ""
        seconds = round(passed / done * (total - done))
        if seconds < 5:
            return self._words("A few seconds more.")
        return self._words("About {n} seconds. You can go on working.").format(
            n=self._words.number(round(seconds, -1) or 5)
        )

    def _cancel(self) -> None:
        if self._progress is not None:
            self._progress.cancel()
            self.cancel.allow(False, self._words("Stopping at the next safe place"))
