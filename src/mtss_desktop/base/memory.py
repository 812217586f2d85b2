"""The process's memory: what is free in it goes back to the system, and nobody looks for garbage where there is none."""

from __future__ import annotations

import gc
import linecache
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """For work that makes many objects and no rings of them: the collector would go over all of them again and again.

    What overlaps in other threads ends with the collector on, whichever ends first.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def forget_sources() -> None:
    """PySide looks into the source of every module that is imported, and Python keeps the lines of each for tracebacks, which
    read them again where they need them: 27 MiB once everything is imported."""
    linecache.clearcache()


def give_back() -> None:
    """On Linux the allocator keeps what was freed, for every thread a heap of its own: 8 MiB after the rooms are made. The
    other systems do this by themselves. Takes a few milliseconds; not for the window's thread."""
    forget_sources()
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's; musl has none
    if trim is not None:
        trim(0)
