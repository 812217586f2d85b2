"""Preferences: whole or default, within limits, never a reason to stop."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from mtss_desktop.app import settings
from mtss_desktop.app.settings import Preferences, about
from mtss_desktop.base import paths


def test_what_is_written_is_read_back() -> None:
    made = Preferences(
        theme="dark",
        text_size=150,
        open_last=False,
        recent_files=("D:\\a\\b.mtss", "/media/José/x “1”.mtss"),
        window=(1, 2, 1280, 800, 0),
    )
    settings.write(made)
    assert settings.read() == made
    assert paths.settings_file().exists()


def test_without_a_file_there_are_defaults() -> None:
    assert settings.read() == Preferences()


@pytest.mark.parametrize("text", ["theme = ", "\x00\x01", "theme = 'dark'\ntheme = 'light'"])
def test_a_file_nobody_can_read_gives_defaults(text: str) -> None:
    file = paths.settings_file()
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    assert settings.read() == Preferences()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('theme = "purple"', Preferences()),
        ("theme = 3", Preferences()),
        ("text_size = 5000", Preferences(text_size=200)),
        ("text_size = -3", Preferences(text_size=80)),
        ('text_size = "large"', Preferences()),
        ("recent_files = [1, 'a.mtss']", Preferences(recent_files=("a.mtss",))),
        ("recent_files = 'a.mtss'", Preferences()),
        ("unknown = 1\nlock_after = 5", Preferences(lock_after=5)),
    ],
)
def test_values_out_of_limits_are_brought_back(tmp_path: Path, line: str, expected: Preferences) -> None:
    file = tmp_path / "preferences.toml"
    file.write_text(line, encoding="utf-8")
    assert settings.read(file) == expected


def test_the_most_recent_file_comes_first_and_once() -> None:
    made = Preferences()
    for name in ("a", "b", "a", *"cdefghijk"):
        made = made.opened(name)
    assert made.recent_files == tuple("kjihgfed")
    assert made.forgotten("k").recent_files == tuple("jihgfed")


def test_every_shown_preference_says_what_it_is() -> None:
    shown = [about(field) for field in fields(Preferences)]
    assert all(each.label and each.help for each in shown if each is not None)
    assert sum(each is not None for each in shown) >= 4


def test_a_failed_write_leaves_the_old_file(monkeypatch: pytest.MonkeyPatch) -> None:
    settings.write(Preferences(theme="dark"))

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space"):
        settings.write(replace(Preferences(), theme="light"))
    assert settings.read().theme == "dark"
