"""How files write grades, windows, yes and no and the like: tables from ``resources/import_profiles/words.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mtss_desktop.base import paths
from mtss_desktop.domain.screening import grade_number


def plain(text: str) -> str:
    """Compared without case, with single spaces."""
    return " ".join(text.casefold().split())


def level_key(text: str) -> str:
    """A benchmark word as it is compared: without case, hyphens, underscores and double spaces."""
    key = re.sub(r"[\s_-]+", " ", text.casefold()).strip()
    return _TIER.sub(lambda found: f"tier {len(found[1])}", key) if key.startswith("tier i") else key


_TIER = re.compile(r"^tier (i{1,3})\b")
"""Tier II is Tier 2."""


@dataclass(frozen=True)
class Vocabulary:
    """Each maps a spelling, as ``plain`` leaves it, to what it means."""

    missing: frozenset[str]
    suppressed: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    notes: Mapping[str, str]
    grades: Mapping[str, int]
    windows: Mapping[str, str]
    sexes: Mapping[str, str]
    races: Mapping[str, str]
    attendance: Mapping[str, Mapping[str, bool]]
    levels: frozenset[str]
    supports: Mapping[str, tuple[str, ...]]
    beside_season: Mapping[str, frozenset[str]]


def _turned(table: Mapping[str, list[str]]) -> dict[str, str]:
    return {plain(spelling): meaning for meaning, spellings in table.items() for spelling in spellings}


def _attendance(table: Mapping[str, list[str]]) -> dict[str, Mapping[str, bool]]:
    """A code → what it says of absent, tardy and excused; a code may stand in several lists."""
    found: dict[str, dict[str, bool]] = {}
    for name, codes in table.items():
        for code in codes:
            said = found.setdefault(plain(code), {})
            if name == "unexcused":
                said["excused"] = False
            elif name != "present":
                said[name] = True
    return dict(found)


@cache
def vocabulary() -> Vocabulary:
    tables = tomllib.loads(paths.resource("import_profiles", "words.toml").read_text(encoding="utf-8"))
    levels = tomllib.loads(paths.resource("import_profiles", "words", "levels.toml").read_text(encoding="utf-8"))
    return Vocabulary(
        missing=frozenset(tables["missing"]),
        suppressed=frozenset(tables["suppressed"]),
        yes=frozenset(tables["yes"]),
        no=frozenset(tables["no"]),
        notes=_turned(tables["notes"]),
        grades={spelling: grade_number(grade) for spelling, grade in _turned(tables["grades"]).items()},
        windows=_turned(tables["windows"]),
        sexes=_turned(tables["sexes"]),
        races=_turned(tables["races"]),
        attendance=_attendance(tables["attendance"]),
        levels=frozenset(level_key(word) for each in levels["sets"] for word in each["words"]),
        supports={name: tuple(words) for name, words in tables["supports"].items()},
        beside_season={name: frozenset(words) for name, words in tables["beside_season"].items()},
    )
