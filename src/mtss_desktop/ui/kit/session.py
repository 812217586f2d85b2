"""How a person arranged things, kept while a database is open: rooms come and go, what was chosen in them stays."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from mtss_desktop.app.workspace import Workspace

_KEPT: WeakKeyDictionary[Workspace, dict[str, str]] = WeakKeyDictionary()


def kept(workspace: Workspace) -> dict[str, str]:
    """Words by name, as ``matrix:tier``; forgotten when the database is closed, and never written anywhere."""
    return _KEPT.setdefault(workspace, {})
