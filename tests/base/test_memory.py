"""Memory goes back to the system, and asking for it harms nothing anywhere."""

from __future__ import annotations

import sys

import pytest

from mtss_desktop.base import memory


@pytest.mark.parametrize("system", [sys.platform, "win32", "darwin"])
def test_giving_back_works_on_every_system(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    memory.give_back()
