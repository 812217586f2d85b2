"""Revisions of the schema, newest known here. A test holds ``NEWEST`` to the newest script and to the tables."""

from __future__ import annotations

from mtss_desktop.store.schema.base import REVISION

NEWEST = int(REVISION)
"""Kept in a file as ``user_version`` and, on both engines, as ``0001`` in Alembic's own table."""


def name_of(number: int) -> str:
    """1 → ``0001``, the name of the script."""
    return f"{number:04}"
