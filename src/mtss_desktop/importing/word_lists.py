"""The word lists that help with files no profile knows: header words by meaning, words of measures, benchmark words with their tiers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from mtss_desktop.base import paths
from mtss_desktop.importing.vocabulary import level_key


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(paths.resource("import_profiles", "words", f"{name}.toml").read_text(encoding="utf-8"))


@cache
def meaning_words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """By section of ``meanings.toml``: meaning → header words."""
    tables = _read("meanings")
    return {part: {means: tuple(words) for means, words in table.items()} for part, table in tables.items()}


@cache
def measure_words(*kinds: str) -> tuple[str, ...]:
    """Words of tests; of some ``kinds`` only where they are named."""
    tables = _read("measures")["words"]
    return tuple(dict.fromkeys(word for kind in kinds or tables for word in tables[kind]))


@dataclass(frozen=True)
class LevelSet:
    """Words that are used together, highest first, each with its tier."""

    name: str
    words: tuple[str, ...]
    tiers: tuple[int, ...]


@cache
def level_sets() -> tuple[LevelSet, ...]:
    return tuple(LevelSet(each["name"], tuple(each["words"]), tuple(each["tiers"])) for each in _read("levels")["sets"])


@cache
def level_keys() -> Mapping[str, str]:
    """Every benchmark word as it is compared → as it is written."""
    return {level_key(word): word for each in level_sets() for word in each.words}


def fitting_set(words: Iterable[str]) -> LevelSet | None:
    """The set that knows all of the words; the smallest where several do. ``None`` where none does."""
    keys = {level_key(word) for word in words}
    fitting = [each for each in level_sets() if keys and keys <= {level_key(word) for word in each.words}]
    return min(fitting, key=lambda each: len(each.words), default=None)
