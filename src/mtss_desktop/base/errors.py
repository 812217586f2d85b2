"""The four kinds of trouble, so that one place decides what a person sees.

``UserError`` is shown as it is, ``Conflict`` asks, ``Cancelled`` is silent, anything else is a bug.
"""

from __future__ import annotations


class UserError(Exception):
    """Something the person can mend. ``message`` says what happened, ``hint`` what to do next."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class Conflict(UserError):
    """Someone else changed the same record first. ``topic`` and ``record_id`` name it; nothing was written."""

    def __init__(self, message: str, *, topic: str = "", record_id: str = "") -> None:
        super().__init__(message, "Nothing of yours is lost: keep yours or take theirs.")
        self.topic = topic
        self.record_id = record_id


class Cancelled(Exception):
    """The person stopped the work. Nothing is said about it beyond what was and was not written."""


class NotFound(UserError):
    """A record that was named is not there (any more)."""


class StorageError(UserError):
    """The file or the server refuses: locked, full, read-only, unreachable, damaged, newer."""


class WrongKey(StorageError):
    """The passphrase or recovery key does not open the file; the file itself is undamaged."""


class DamagedFile(StorageError):
    """The key is right or cannot be told, and the file's content is broken."""
