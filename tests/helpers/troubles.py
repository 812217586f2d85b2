"""What the system answers where a folder may only be read or a disk is full."""

from __future__ import annotations

import os

import pytest


def refuse_to_open(monkeypatch: pytest.MonkeyPatch, ending: str, error: int) -> None:
    """Opening a file whose name ends so fails with that error number."""
    real = os.open

    def refuse(path: object, flags: int, mode: int = 0o777, **more: object) -> int:
        if str(path).endswith(ending):
            raise OSError(error, os.strerror(error), str(path))
        return real(path, flags, mode, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refuse)
