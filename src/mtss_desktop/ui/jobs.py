"""Background work for the window: one thread reads, one writes, two make paper and parse files.

A worker holds the work, its progress and a ticket number, nothing of Qt's. Results come home by one queued signal; the
callbacks wait in the window thread under the ticket.
"""

from __future__ import annotations

import itertools
import sys
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from mtss_desktop.app.jobs import Lane
from mtss_desktop.base.changes import ChangeFeed, ChangeSet
from mtss_desktop.base.errors import Cancelled
from mtss_desktop.base.progress import Progress

T = TypeVar("T")
SWITCH = 0.0003
"""Seconds a working thread keeps the interpreter while the window waits for it. A painted page asks for it a hundred times,
so that the usual 5 ms stop the window for as long as a file is read or a paper made."""
_THREADS: dict[Lane, int] = {"read": 1, "write": 1, "pool": 2}


@dataclass(frozen=True)
class _Waiting:
    """Who wants the result of a ticket. ``owner`` gives None once it was collected."""

    then: Callable[[Any], None]
    fail: Callable[[Exception], None] | None
    owner: Callable[[], object | None] | None
    progress: Progress

    def wanted(self) -> bool:
        if self.owner is None:
            return True
        owner = self.owner()
        return owner is not None and (not isinstance(owner, QObject) or shiboken6.isValid(owner))


class WindowJobs(QObject):
    """The window's ``Jobs``. ``close`` ends it: what runs is asked to stop, what waits is forgotten."""

    _came_home = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(SWITCH)
        self._lanes = {
            lane: ThreadPoolExecutor(threads, thread_name_prefix=f"mtss-{lane}") for lane, threads in _THREADS.items()
        }
        self._waiting: dict[int, _Waiting] = {}
        self._tickets = itertools.count(1)
        self._closed = False
        self._came_home.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[Progress], T],
        *,
        then: Callable[[T], None],
        fail: Callable[[Exception], None] | None = None,
        owner: object | None = None,
        lane: Lane = "read",
    ) -> Progress:
        """See ``app.jobs.Jobs``. After ``close`` nothing is started and nothing is delivered."""
        progress = Progress()
        if self._closed:
            return progress
        ticket = next(self._tickets)
        self._waiting[ticket] = _Waiting(then, fail, weakref.ref(owner) if owner is not None else None, progress)
        self._lanes[lane].submit(_perform, work, progress, ticket, self._came_home.emit)
        return progress

    @property
    def busy(self) -> int:
        """How many pieces of work have not come home."""
        return len(self._waiting)

    def close(self) -> None:
        """Waits for what is under way; a step that was being written ends whole."""
        if self._closed:
            return
        self._closed = True
        for waiting in self._waiting.values():
            waiting.progress.cancel()
        self._waiting.clear()
        for name, lane in self._lanes.items():
            lane.shutdown(wait=True, cancel_futures=name != "write")  # what was asked to be written is written

    def _deliver(self, ticket: int, result: object, error: Exception | None) -> None:
        waiting = self._waiting.pop(ticket, None)
        if waiting is None or not waiting.wanted():
            return
        if error is None:
            waiting.then(result)
        elif waiting.fail is not None:
            waiting.fail(error)
        elif not isinstance(error, Cancelled):
            raise error


def _perform(
    work: Callable[[Progress], object],
    progress: Progress,
    ticket: int,
    come_home: Callable[[int, object, Exception | None], None],
) -> None:
    result: object = None
    error: Exception | None = None
    try:
        result = work(progress)
    except Exception as trouble:  # noqa: BLE001 - whatever it is, the window thread decides what a person sees
        error = trouble
    come_home(ticket, result, error)


class Feed(QObject):
    """The change feed, brought to the window thread by one queued signal."""

    changed = Signal(object)

    def __init__(self, feed: ChangeFeed, then: Callable[[ChangeSet], None], parent: QObject) -> None:
        super().__init__(parent)
        self.changed.connect(then, Qt.ConnectionType.AutoConnection)
        self._leave = feed.subscribe(self._publish)
        self.destroyed.connect(_leaving(self._leave))

    def _publish(self, changes: ChangeSet) -> None:
        if shiboken6.isValid(self):
            self.changed.emit(changes)

    def leave(self) -> None:
        self._leave()


def _leaving(leave: Callable[[], None]) -> Callable[[], None]:
    # A free function: a method of a destroyed object is never called.
    return lambda *_: leave()
