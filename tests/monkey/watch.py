"""What is watched while the monkey plays: exceptions, words of Qt, the log, and how long the window does not answer."""

from __future__ import annotations

import logging
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import TypeVar

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from mtss_desktop.app.jobs import ImmediateJobs, Lane
from mtss_desktop.base.progress import Progress

T = TypeVar("T")

NOISE = re.compile(
    r"This plugin does not support (propagateSizeHints|raise\(\)|grabbing the keyboard)"
    r"|QWindowsWindow::setGeometry"
)
"""Noise of a platform without screen, as in the settings of the tests."""
STALL = 0.25
"""Seconds of its own work after which a window is felt to hang."""


@dataclass(frozen=True)
class Finding:
    """``place`` tells two findings apart: where in the program it happened, or the words."""

    kind: str
    place: str
    step: int
    act: str
    detail: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.place

    def lines(self) -> str:
        return f"{self.kind}: {self.place}\n    at step {self.step}: {self.act}\n    {self.detail}".rstrip()


def place_of(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)
    ours = [frame for frame in frames if "mtss_desktop" in frame.filename] or frames
    return " < ".join(
        f"{frame.filename.rpartition('mtss_desktop')[2].lstrip('/')}:{frame.lineno}" for frame in ours[:-4:-1]
    )


@dataclass
class Watch:
    """``step`` and ``act`` are kept by the monkey, so that a finding knows when it happened."""

    findings: list[Finding] = field(default_factory=list)
    stalls: list[Finding] = field(default_factory=list)
    step: int = 0
    act: str = ""
    slowest: float = 0.0
    lent: float = 0.0
    """Seconds of the step that went to work of a lane, done here so that a seed plays the same again."""

    def find(self, kind: str, place: str, detail: str = "") -> None:
        self.findings.append(Finding(kind, place, self.step, self.act, detail))

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self.find("exception", f"{kind.__name__} in {place_of(trace)}", str(error)[:300])

    def heard(self, kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and not NOISE.search(message):
            self.find("Qt", message[:160])

    @contextmanager
    def timed(self) -> Iterator[None]:
        """One turn of the event loop. Time of this thread alone: another program on the computer makes no stall, and
        neither does work that the program gives to another thread."""
        begun, self.lent = time.thread_time(), 0.0
        yield
        took = time.thread_time() - begun - self.lent
        self.slowest = max(self.slowest, took)
        if took > STALL:
            self.stalls.append(Finding("stall", self.act.partition(" ")[0], self.step, self.act, f"{took:.2f} s"))

    @contextmanager
    def on(self) -> Iterator[None]:
        hook, sys.excepthook = sys.excepthook, self.caught
        handler = qInstallMessageHandler(self.heard)
        log = _Log(self)
        logging.getLogger().addHandler(log)
        try:
            yield
        finally:
            logging.getLogger().removeHandler(log)
            qInstallMessageHandler(handler)
            sys.excepthook = hook


class JobsHere(ImmediateJobs):
    """Does each piece of work at once, and keeps account of the time that would have been another thread's."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch
        self._inside = False

    def run(
        self,
        work: Callable[[Progress], T],
        *,
        then: Callable[[T], None],
        fail: Callable[[Exception], None] | None = None,
        owner: object | None = None,
        lane: Lane = "read",
    ) -> Progress:
        def lent(progress: Progress) -> T:
            begun, inside, self._inside = time.thread_time(), self._inside, True
            try:
                return work(progress)
            finally:
                self._inside = inside
                if not inside:
                    self._watch.lent += time.thread_time() - begun

        return super().run(lent, then=then, fail=fail, owner=owner, lane=lane)


class _Log(logging.Handler):
    def __init__(self, watch: Watch) -> None:
        super().__init__(logging.WARNING)
        self._watch = watch

    def emit(self, record: logging.LogRecord) -> None:
        self._watch.find("log", f"{record.name}: {record.getMessage()[:160]}")
