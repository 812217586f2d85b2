"""Gives memory that is free inside the process back to the system."""

from __future__ import annotations

import sys


def give_back() -> None:
    """On Linux the allocator keeps what was freed, for every thread a heap of its own: 8 MiB after the rooms are made. The
    other systems do this by themselves. Takes a few milliseconds; not for the window's thread."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's; musl has none
    if trim is not None:
        trim(0)
