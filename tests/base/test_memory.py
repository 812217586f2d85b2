"""Memory goes back to the system, and asking for it harms nothing anywhere."""

from __future__ import annotations

import gc
import sys

import pytest

from mtss_desktop.base import memory
from mtss_desktop.base.memory import uncollected


@pytest.mark.parametrize("system", [sys.platform, "win32", "darwin"])
def test_giving_back_works_on_every_system(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    memory.give_back()


def test_the_collector_is_on_again_whatever_happens_and_however_it_overlaps() -> None:
    outer, inner = uncollected(), uncollected()
    outer.__enter__()
    inner.__enter__()
    assert not gc.isenabled()
    outer.__exit__(None, None, None)
    inner.__exit__(None, None, None)
    assert gc.isenabled()
    with pytest.raises(ValueError, match="broken"), uncollected():
        raise ValueError("broken")
    assert gc.isenabled()
