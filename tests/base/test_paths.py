"""The program's folders are those the system means for them, as platformdirs knows them."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs
import pytest

from mtss_desktop.base import paths
from mtss_desktop.base.errors import UserError

OURS = {
    "data": paths.data_folder,
    "config": lambda: paths.settings_file().parent,
    "state": lambda: paths.log_folder().parent,
}
THEIRS = {
    "data": platformdirs.user_data_path,
    "config": platformdirs.user_config_path,
    "state": platformdirs.user_state_path,
}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems name these folders by rules of ours")
@pytest.mark.parametrize("kind", OURS)
def test_folders_are_where_the_system_keeps_such_things(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MTSS_HOME", raising=False)
    variable = f"XDG_{kind.upper()}_HOME"
    for value in (str(tmp_path / "own"), "", None):
        monkeypatch.delenv(variable, raising=False) if value is None else monkeypatch.setenv(variable, value)
        assert OURS[kind]() == THEIRS[kind]("mtss-desktop"), f"{variable}={value!r}"


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("ashby", "ashby.mtss"),
        ("ashby.MTSS", "ashby.MTSS"),
        ("St. Mary", "St. Mary.mtss"),
        ("Mt.Vernon", "Mt.Vernon.mtss"),
        ("2025.26", "2025.26.mtss"),
    ],
)
def test_a_name_gets_the_ending_it_lacks(typed: str, made: str, tmp_path: Path) -> None:
    assert paths.with_ending(tmp_path / typed, ".mtss") == tmp_path / made


@pytest.mark.parametrize("typed", ["notes.docx", "a.mtss.bak", "ashby.db"])
def test_the_ending_of_another_kind_of_file_is_refused(typed: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"another kind of file\. Give a name that ends in \.mtss, such as"):
        paths.with_ending(tmp_path / typed, ".mtss")


def test_one_variable_moves_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTSS_HOME", str(tmp_path))
    assert all(tmp_path in folder().parents for folder in OURS.values())


def test_a_folder_named_half_is_not_made_where_the_program_was_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the variables hold must be whole paths; others are to be passed over."""
    monkeypatch.delenv("MTSS_HOME", raising=False)
    for variable in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, "somewhere")
    assert paths.data_folder().is_absolute()
