"""What an author of packs is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtss_desktop.base import paths
from mtss_desktop.base.errors import UserError
from mtss_desktop.packs import checking
from tests.packs.test_agendas import GOOD as AGENDA
from tests.packs.test_instruments import GOOD as INSTRUMENT


def test_each_file_is_told_apart_and_checked(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(AGENDA, encoding="utf-8")
    (tmp_path / "b.toml").write_text(INSTRUMENT, encoding="utf-8")
    (tmp_path / "c.toml").write_text(INSTRUMENT.replace('unit = "school"', ""), encoding="utf-8")
    found = checking.check(tmp_path)
    assert [(each.file, each.kind, bool(each.fault)) for each in found] == [
        ("a.toml", "agenda", False),
        ("b.toml", "instrument", False),
        ("c.toml", "instrument", True),
    ]
    assert "c.toml, line 1: unit is missing" in found[2].fault


def test_what_is_shipped_passes_its_own_check() -> None:
    for folder in ("packs", "agendas"):
        assert not any(each.fault for each in checking.check(paths.resource(folder)))


def test_a_folder_without_packs_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="holds no pack"):
        checking.check(tmp_path)
    assert "cannot be read" in checking.check(tmp_path / "gone.toml")[0].fault
