"""Ids of records, made by us: UUIDv7 as 32 hex characters, so that they sort by the time they were made."""

from __future__ import annotations

import secrets
import threading
import time

_lock = threading.Lock()
_last = [0]


def new_id() -> str:
    """RFC 9562 version 7: 48 bits of milliseconds, then a counter and random bits; rising within one process."""
    with _lock:
        stamp = time.time_ns() // 1_000_000 << 12
        _last[0] = max(stamp, _last[0] + 1)
        milliseconds, counter = _last[0] >> 12, _last[0] & 0xFFF
    number = milliseconds << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | secrets.randbits(62)
    return f"{number:032x}"
