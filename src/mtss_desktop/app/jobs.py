"""Slow work, handed over: the window does it in the background, terminal, scripts and tests at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol, TypeVar

from mtss_desktop.base.errors import Cancelled
from mtss_desktop.base.progress import Progress

T = TypeVar("T")
Lane = Literal["read", "write", "pool"]
"""One lane reads, one writes, each in its own thread; the pool is for paper and the parsing of files."""


class Jobs(Protocol):
    """Both kinds take the same call, so that panes need not know which they have."""

    def run(
        self,
        work: Callable[[Progress], T],
        *,
        then: Callable[[T], None],
        fail: Callable[[Exception], None] | None = None,
        owner: object | None = None,
        lane: Lane = "read",
    ) -> Progress:
        """``then`` gets the result, ``fail`` what went wrong; both run where the caller lives.

        ``owner`` is the part that asked: once it is gone, results are dropped. ``Cancelled`` reaches ``fail`` like any
        error, so that a pane can say what was and was not written.
        """
        ...


class ImmediateJobs:
    """Runs everything at once, in the caller's thread."""

    def run(
        self,
        work: Callable[[Progress], T],
        *,
        then: Callable[[T], None],
        fail: Callable[[Exception], None] | None = None,
        owner: object | None = None,  # noqa: ARG002 - the caller is waiting, so the owner is there
        lane: Lane = "read",  # noqa: ARG002 - there is only one thread
    ) -> Progress:
        progress = Progress()
        try:
            result = work(progress)
        except Exception as error:
            if fail is None:
                if isinstance(error, Cancelled):
                    return progress
                raise
            fail(error)
            return progress
        then(result)
        return progress
