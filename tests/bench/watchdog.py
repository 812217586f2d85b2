"""Who keeps the window waiting: a thread that looks at the window thread's stack while the event loop is late."""

from __future__ import annotations

import faulthandler
import re
import tempfile
import threading
import time
from dataclasses import dataclass
from types import TracebackType
from typing import IO

LATE = 0.05
"""Seconds without a beat after which the stack is looked at."""
LOOK_EVERY = 0.004


@dataclass
class Stall:
    """``wall`` and ``own`` in milliseconds: how long the loop was silent, and how much of it was the window thread's own
    work; the rest it waited for another thread or another program. ``stack`` is the deepest common place, newest call last."""

    wall: float
    own: float
    stack: tuple[str, ...]


class Watchdog:
    """``beat`` is called by the event loop; inside ``with`` the watch is kept."""

    def __init__(self) -> None:
        self.stalls: list[Stall] = []
        self._main = threading.get_ident()
        self._last, self._own = time.perf_counter(), time.thread_time()
        self._seen: list[tuple[str, ...]] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def __enter__(self) -> Watchdog:
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def beat(self) -> None:
        now, own = time.perf_counter(), time.thread_time()
        if now - self._last > LATE:
            self.stalls.append(Stall((now - self._last) * 1000, (own - self._own) * 1000, _common(self._seen)))
        self._seen = []
        self._last, self._own = now, own

    def worst(self, count: int = 5) -> list[Stall]:
        return sorted(self.stalls, key=lambda stall: -stall.wall)[:count]

    def _watch(self) -> None:
        with tempfile.TemporaryFile("w+") as file:
            while not self._ended.wait(LOOK_EVERY):
                if time.perf_counter() - self._last > LATE / 2:
                    self._seen.append(self._stack(file))

    def _stack(self, file: IO[str]) -> tuple[str, ...]:
        """As text: a frame that is held keeps the painter in it alive, and a painter that outlives its event ends the
        process."""
        file.seek(0)
        file.truncate()
        faulthandler.dump_traceback(file, all_threads=True)
        file.seek(0)
        own = file.read().partition(f"0x{self._main:016x}")[2].partition("\n\n")[0]
        calls = [_CALL.match(line.strip()) for line in own.splitlines()[1:]]
        return tuple(
            f"{call[1].rpartition('mtss_desktop/')[2]}:{call[2]} {call[3]}" for call in reversed(calls) if call
        )


_CALL = re.compile(r'File "(.*)", line (\d+) in (.*)')


def _common(stacks: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The calls that most of the looks have in common."""
    found: list[str] = []
    here = stacks
    while here:
        at = len(found)
        lines = [stack[at] for stack in here if len(stack) > at]
        if not lines:
            break
        most = max(set(lines), key=lines.count)
        if lines.count(most) * 4 < len(stacks):
            break
        found.append(most)
        here = [stack for stack in here if len(stack) > at and stack[at] == most]
    return tuple(found)
