"""A file of the database as a copy that another program can show: in a folder of this person alone that is emptied again."""

from __future__ import annotations

import base64
import secrets
import stat
from pathlib import Path, PurePath

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base import paths
from mtss_desktop.base.errors import UserError
from mtss_desktop.usecases import files

RUNS = frozenset(
    {
        ".app", ".bat", ".cmd", ".com", ".cpl", ".desktop", ".dll", ".exe", ".hta", ".jar", ".js", ".jse", ".lnk", ".msi", ".pif",
        ".ps1", ".py", ".reg", ".scr", ".sh", ".url", ".vbe", ".vbs", ".wsf",
    }
)  # fmt: skip
"""Endings of files that would run instead of being shown."""


def copy_to_view(workspace: Workspace, attachment_id: str) -> Path:
    """A copy nobody can write to, under a name that says nothing.

    Raises ``UserError`` for a file that would run, or where no copy can be made.
    """
    content = workspace.ask(files.read, attachment_id)
    ending = PurePath(content.name).suffix.lower()
    if ending in RUNS:
        raise UserError("A file that runs is not opened from here.", "Save a copy instead.")
    ending = ending if ending[1:].isalnum() else ""
    try:
        target = paths.make_private(paths.viewed_copies()) / f"evidence-{secrets.token_hex(4)}{ending}"
        target.write_bytes(base64.b64decode(content.content))
        target.chmod(stat.S_IRUSR)
    except OSError:
        raise UserError("No copy of the file could be made to look at.", "Save a copy instead.") from None
    return target
