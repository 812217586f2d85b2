"""The content of attached files: parts of 1 MiB under the file's hash, stored once however often it is attached.

Parts are never pictured; the journal keeps the hash alone. They stay while a step could bring their attachment back.
"""

from __future__ import annotations

import hashlib

import sqlalchemy as sa

from mtss_desktop.store.schema.records import attachment_part
from mtss_desktop.store.work import Work

PART = 1024 * 1024
LARGEST = 20 * PART


def keep(work: Work, content: bytes) -> str:
    """Returns the SHA-256 in hex. Raises ``ValueError`` over 20 MiB."""
    if len(content) > LARGEST:
        raise ValueError("larger than 20 MiB")
    work.must_write()
    sha256 = hashlib.sha256(content).hexdigest()
    if not _has(work, sha256):
        parts = [content[start : start + PART] for start in range(0, max(len(content), 1), PART)]
        rows = [{"sha256": sha256, "part": number, "content": part} for number, part in enumerate(parts)]
        work.connection.execute(attachment_part.insert(), rows)
    return sha256


def content(work: Work, sha256: str) -> bytes:
    """The bytes again, checked against their hash. Raises ``LookupError`` where they are gone or no longer the same."""
    query = (
        sa.select(attachment_part.c.content).where(attachment_part.c.sha256 == sha256).order_by(attachment_part.c.part)
    )
    found = b"".join(work.connection.execute(query).scalars())
    if hashlib.sha256(found).hexdigest() != sha256:
        raise LookupError(sha256)
    return found


def _has(work: Work, sha256: str) -> bool:
    query = sa.select(attachment_part.c.part).where(attachment_part.c.sha256 == sha256).limit(1)
    return work.connection.execute(query).first() is not None
