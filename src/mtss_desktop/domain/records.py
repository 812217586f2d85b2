"""What every record has in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


@dataclass(frozen=True, kw_only=True)
class Record:
    """Something a person typed. ``id`` is 32 hex characters (UUIDv7), given when the record is added.

    ``organization_id`` is the place it belongs to (server rules hang on it), ``private_to`` a person id or None. ``version`` rises
    with every save; saving an older version is a ``Conflict``. Times are UTC.
    """

    id: str = ""
    version: int = 0
    organization_id: str = ""
    private_to: str | None = None
    made_at: datetime | None = None
    made_by: str = ""
    changed_at: datetime | None = None
    changed_by: str = ""


KEEPING = frozenset({"version", "made_at", "made_by", "changed_at", "changed_by"})
"""Fields the store keeps by itself; they do not count when contents are compared."""


class Permission(IntEnum):
    """What a use case needs. A local file grants all of them; a server grants by role."""

    READER = 1
    COACH = 2
    COORDINATOR = 3
