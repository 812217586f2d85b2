"""How far the history of each database was when it was last seen on this computer.

A whole older file put in place of the newer one opens without a fault: its pages, its chain and its passphrase are right. Only
who remembers the end of the chain from elsewhere can tell. The memory is one file of this person: ids, numbers and digests.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mtss_desktop.base import paths
from mtss_desktop.base.log import log
from mtss_desktop.store.journal import Head

MOST = 60
"""Databases that are remembered; the ones not seen for longest go first."""


@dataclass(frozen=True)
class Behind:
    """``missing``: steps that were seen and are not in the file, at least; ``until`` is when the last of them was made."""

    missing: int
    until: datetime


def note(database_id: str, head: Head) -> None:
    """Remembers the end of the chain. A disk that takes no notes stops nobody's work."""
    known = _read()
    known.pop(database_id, None)
    known[database_id] = [head.seq, head.link, head.at.isoformat()]
    target = paths.seen_file()
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(dict(list(known.items())[-MOST:]), indent=0), encoding="utf-8")
        part.replace(target)
    except OSError as error:
        log("seen").info("the end of the history could not be noted: %s", type(error).__name__)
        with suppress(OSError):
            part.unlink()


def last(database_id: str) -> Head | None:
    """None for a database that was never open here."""
    with suppress(KeyError, TypeError, ValueError):
        seq, link, at = _read()[database_id]
        return Head(int(seq), str(link), datetime.fromisoformat(at))
    return None


def _read() -> dict[str, Any]:
    try:
        found = json.loads(paths.seen_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
