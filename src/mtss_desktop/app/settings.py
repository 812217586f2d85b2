"""Preferences of this person on this machine. What belongs to a database is in its rules; there is no third place.

The preferences dialog is made from the fields of ``Preferences``: a field with a ``label`` is shown there.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import MISSING, Field, asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from mtss_desktop.base import paths
from mtss_desktop.base.log import log

MOST_RECENT = 8


@dataclass(frozen=True)
class About:
    """What a person reads about one preference, and what it may be.

    ``choices`` are (value, words) pairs; ``limits`` are least, most and step of a number with its ``unit``.
    """

    label: str
    help: str = ""
    group: str = "Look"
    choices: tuple[tuple[str, str], ...] = ()
    limits: tuple[int, int, int] | None = None
    unit: str = ""
    none_word: str = ""


def _shown(default: Any, about: About) -> Any:
    return field(default=default, metadata={"about": about})


@dataclass(frozen=True)
class Preferences:
    """All preferences with their defaults. Never holds a student's name, a key or a passphrase."""

    theme: str = _shown(
        "system",
        About(
            "Theme",
            "Follows this computer's setting until you choose one.",
            choices=(
                ("system", "Same as this computer"),
                ("light", "Light"),
                ("dark", "Dark"),
                ("contrast", "High contrast"),
            ),
        ),
    )
    text_size: int = _shown(
        100, About("Text size", "Text, icons and rows grow together.", limits=(80, 200, 10), unit="%")
    )
    lock_after: int = _shown(
        15,
        About(
            "Lock after",
            "Minutes without a key or click. What you are typing is kept.",
            group="Safety",
            limits=(0, 120, 5),
            unit="minutes",
            none_word="Never",
        ),
    )
    open_last: bool = _shown(
        True,
        About("Offer the last file at start", "The start screen asks for its passphrase first.", group="Safety"),
    )
    recent_files: tuple[str, ...] = ()
    narrow_rail: tuple[str, ...] = ()
    last_room: str = ""
    tour_seen: bool = False
    window: tuple[int, ...] = ()
    """x, y, width, height, and 1 where the window fills the screen."""
    splits: tuple[str, ...] = ()
    """``room=width`` of the list column."""

    def opened(self, file: str) -> Preferences:
        """With ``file`` as the most recent one."""
        others = [old for old in self.recent_files if old != file]
        return replace(self, recent_files=(file, *others)[:MOST_RECENT])

    def forgotten(self, file: str) -> Preferences:
        return replace(self, recent_files=tuple(old for old in self.recent_files if old != file))


def about(field_: Field[Any]) -> About | None:
    """What the dialog says about a field; None where it is kept silently."""
    found = field_.metadata.get("about")
    return found if isinstance(found, About) else None


def read(file: Path | None = None) -> Preferences:
    """What is stored; defaults where the file is missing, unreadable or out of limits."""
    try:
        raw = tomllib.loads((file or paths.settings_file()).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Preferences()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        log("settings").info("preferences could not be read; defaults are used")
        return Preferences()
    return Preferences(
        **{part.name: _fitting(part, raw[part.name]) for part in fields(Preferences) if part.name in raw}
    )


def write(preferences: Preferences, file: Path | None = None) -> None:
    """Whole or not at all: written beside and moved into place."""
    target = file or paths.settings_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_suffix(".part")
    lines = [f"{name} = {_toml(value)}" for name, value in asdict(preferences).items()]
    beside.write_text("\n".join(lines) + "\n", encoding="utf-8")
    beside.replace(target)


def _fitting(part: Field[Any], value: Any) -> Any:
    """The value within its limits and of its kind, otherwise the default."""
    default = part.default
    if isinstance(default, tuple):
        kind = int if part.name == "window" else str
        return tuple(item for item in value if isinstance(item, kind)) if isinstance(value, list) else default
    if default is MISSING or type(value) is not type(default):
        return default
    said = about(part)
    if said and said.choices and value not in {key for key, _ in said.choices}:
        return default
    if said and said.limits:
        least, most, _ = said.limits
        return min(max(value, least), most)
    return value


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)  # a TOML basic string and a JSON string are written alike
