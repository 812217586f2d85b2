"""``mtss packs check`` as an author sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtss_desktop.base import paths
from tests.cli.terminal import terminal, well
from tests.packs.test_instruments import GOOD


def test_a_fault_is_said_with_file_and_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    say = terminal(capsys)
    assert "tips_fc.toml: instrument, in order." in well(say("packs", "check", paths.resource("packs"))).out
    (tmp_path / "ours.toml").write_text(GOOD.replace("weight = 2", "weight = -1"), encoding="utf-8")
    said = say("packs", "check", tmp_path, "--json")
    assert said.code == 1
    assert (
        "ours.toml, line 14: the weight of item 1.2 is 0 or more; 0 leaves it out of scores." in said.json[0]["fault"]
    )
    assert not said.err
