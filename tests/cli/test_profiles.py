"""``mtss profiles check`` as an author sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtss_desktop.base import paths
from tests.cli.terminal import terminal, well
from tests.importing.files import LONG
from tests.importing.test_profile import GOOD


def test_a_profile_is_checked_by_file_and_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    say = terminal(capsys)
    shipped = well(say("profiles", "check", paths.resource("import_profiles"))).out
    assert "istation.toml: istation, in order; it takes scores." in shipped
    example = tmp_path / "scores.csv"
    example.write_text(f"{LONG}7001,ORF,2025-09-14,44\n", encoding="utf-8")
    fits = well(say("profiles", "check", paths.resource("import_profiles", "generic_scores.toml"), example)).out
    assert "scores.csv: 80 percent sure, 4 of" in fits
    mine = tmp_path / "mine.toml"
    mine.write_text(GOOD.replace("[columns.taken_on]", "[columns.takenon]"), encoding="utf-8")
    said = say("profiles", "check", mine, "--json")
    assert said.code == 1
    fault = 'mine.toml, line 14: "takenon" is not something scores have. Write "taken_on" instead.'
    assert said.json[0]["fault"] == fault
    assert say("profiles", "check", tmp_path / "nothing.toml").code == 1
