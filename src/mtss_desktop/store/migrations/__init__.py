"""Revisions of the schema. ``NEWEST`` is what this program reads and writes; a test holds it to the newest script."""

from __future__ import annotations

NEWEST = 1
"""Kept in the file as ``user_version`` and, on both engines, as ``0001`` in Alembic's own table."""


def name_of(number: int) -> str:
    """1 → ``0001``, the name of the script."""
    return f"{number:04}"
