"""Which folder of backups belongs to which file, noted for the day on which the file itself cannot say it.

``where.json`` in each folder: the file's path and its first 16 bytes, which are the salt of its key.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mtss_desktop.base import paths

NOTE = "where.json"
HEAD = 16


@dataclass(frozen=True)
class Whereabouts:
    """``head`` is hexadecimal; a plain file's is the same for all plain files."""

    folder: Path
    path: str
    head: str


def note(folder: Path, path: Path) -> None:
    """Says whose backups these are."""
    part = folder / f"{NOTE}.part"
    part.write_text(json.dumps({"path": str(path), "head": head_of(path)}), encoding="utf-8")
    part.replace(folder / NOTE)


def all_known() -> Iterator[Whereabouts]:
    """Unreadable notes are passed over."""
    for found in paths.backup_folder().glob(f"*/{NOTE}"):
        with suppress(OSError, ValueError, KeyError, TypeError):
            known = json.loads(found.read_text(encoding="utf-8"))
            yield Whereabouts(found.parent, str(known["path"]), str(known["head"]))


def head_of(path: Path) -> str:
    with suppress(OSError), path.open("rb") as file:
        return file.read(HEAD).hex()
    return ""


def former_heads(path: Path) -> tuple[bytes, ...]:
    """What this file began with at its last backup, where that is no longer so."""
    now = head_of(path)
    heads = {known.head for known in all_known() if known.path == str(path) and known.head != now}
    return tuple(bytes.fromhex(head) for head in sorted(heads) if len(head) == 2 * HEAD)
