"""Import profiles: which column of a vendor's file means what, as data.

A profile is a TOML file. It names columns by header words, cleaners by name, one rule that makes several scores of a wide row, and
nothing that computes. The loader says which line is wrong.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from mtss_desktop.base import paths
from mtss_desktop.base.errors import UserError
from mtss_desktop.importing.cleaning import CLEANERS
from mtss_desktop.importing.reading import plain_name

_WHO = {"local_id", "state_id", "other_id", "full_name", "first_name", "last_name", "birth_date"}
_WHERE = {"school", "school_name", "grade", "year"}
MEANINGS: Mapping[str, frozenset[str]] = {
    "scores": frozenset(
        _WHO
        | _WHERE
        | {"measure", "metric", "window", "taken_on", "value", "error", "percentile", "level", "official"}
        | {"goal_from", "goal_to", "goal_start", "goal_end"}
    ),
    "students": frozenset(_WHO | _WHERE | {"from_day", "to_day", "sex", "race", "hispanic", "status"}),
    "incidents": frozenset(
        _WHO | _WHERE | {"number", "day", "minute", "location", "behavior", "action_taken", "major"}
    ),
    "absences": frozenset(_WHO | _WHERE | {"day", "absent", "portion", "tardy", "excused"}),
}
SCOPES = frozenset({"school", "year", "window", "measure", "days"})
_TOP = {
    "key",
    "version",
    "name",
    "source",
    "takes",
    "scope",
    "levels",
    "tiers",
    "unit",
    "screening",
    "plain",
    "columns",
    "unpivot",
}
_COLUMN = {"names", "cleaner", "needed", "mark", "order", "single", "yes", "no", "left", "join", "with", "before"}
_LIMITS = {"lowest", "highest", "doubt_below", "doubt_above"}


@dataclass(frozen=True)
class ColumnRule:
    """``names`` are header words, best first; ``mark`` says that the header is peculiar to this layout."""

    means: str
    names: tuple[str, ...]
    cleaner: str
    needed: bool = False
    mark: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class UnpivotMeasure:
    name: str
    header: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Unpivot:
    """One row holds one score per measure; ``parts`` are header patterns with {m} for the measure's header."""

    parts: Mapping[str, tuple[str, ...]]
    measures: tuple[UnpivotMeasure, ...]

    def headers(self, part: str, measure: UnpivotMeasure) -> tuple[str, ...]:
        return tuple(pattern.replace("{m}", measure.header) for pattern in self.parts.get(part, ()))


@dataclass(frozen=True)
class Profile:
    """``plain`` layouts belong to no vendor: they fit a file only where they know most of its columns."""

    key: str
    version: int
    name: str
    takes: str
    scope: tuple[str, ...]
    columns: tuple[ColumnRule, ...]
    source: str = ""
    levels: tuple[str, ...] = ()
    tiers: tuple[int, ...] = ()
    unit: str = ""
    screening: bool = True
    plain: bool = False
    unpivot: Unpivot | None = None

    def rule(self, means: str) -> ColumnRule | None:
        return next((rule for rule in self.columns if rule.means == means), None)

    def words(self) -> frozenset[str]:
        """Every header word the profile has a use for."""
        return frozenset(plain_name(name) for rule in self.columns for name in rule.names) | self.unpivot_words()

    def unpivot_words(self) -> frozenset[str]:
        if self.unpivot is None:
            return frozenset()
        found = (self.unpivot.headers(part, m) for part in self.unpivot.parts for m in self.unpivot.measures)
        return frozenset(plain_name(name) for names in found for name in names)


def load_profile(text: str, file_name: str) -> Profile:
    """A profile from TOML. Raises ``UserError`` that names the file, the line and what is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{file_name} is not a readable profile: {error}.") from None
    return _Loader(text, file_name).profile(data)


class _Loader:
    """Checks every key and says on which line it stands."""

    def __init__(self, text: str, file_name: str) -> None:
        self._lines = text.splitlines()
        self._file = file_name

    def profile(self, data: dict[str, Any]) -> Profile:
        self._only(data, _TOP, "")
        takes = self._text(data, "takes")
        if takes not in MEANINGS:
            raise self._wrong("takes", f'"{takes}" is not one of {", ".join(MEANINGS)}')
        scope = self._texts(data, "scope", SCOPES)
        levels, tiers = self._texts(data, "levels"), tuple(data.get("tiers", ()))
        if len(tiers) not in (0, len(levels)) or any(not isinstance(t, int) or t not in (1, 2, 3) for t in tiers):
            raise self._wrong("tiers", "there has to be one tier (1, 2 or 3) for every level")
        columns = data.get("columns")
        if not isinstance(columns, dict) or not columns:
            raise self._wrong("columns", "there are no columns")
        rules = tuple(self._column(means, rule, takes, levels) for means, rule in columns.items())
        if not any(rule.means.endswith("_id") or rule.means.endswith("_name") for rule in rules):
            raise self._wrong("columns", "no column says which student a row is about")
        return Profile(
            key=self._text(data, "key"),
            version=self._whole(data, "version"),
            name=self._text(data, "name"),
            takes=takes,
            scope=scope,
            columns=rules,
            source=str(data.get("source", "")),
            levels=levels,
            tiers=tiers,
            unit=str(data.get("unit", "")),
            screening=bool(data.get("screening", True)),
            plain=bool(data.get("plain", False)),
            unpivot=self._unpivot(data["unpivot"]) if "unpivot" in data else None,
        )

    def _column(self, means: str, rule: Any, takes: str, levels: tuple[str, ...]) -> ColumnRule:
        known = means in MEANINGS[takes] or (takes == "students" and means.startswith("flag:") and len(means) > 5)
        if not known:
            raise self._wrong(f"columns.{means}", f'"{means}" is not something {takes} have')
        if not isinstance(rule, dict):
            raise self._wrong(f"columns.{means}", "a column needs names and a cleaner")
        self._only(rule, _COLUMN | _LIMITS, f"columns.{means}")
        cleaner = rule.get("cleaner")
        if cleaner not in CLEANERS:
            raise self._wrong(f'"{cleaner}"', f'there is no cleaner "{cleaner}"')
        names = self._texts(rule, "names", place=f"columns.{means}")
        if not names:
            raise self._wrong(f"columns.{means}", "a column needs at least one header word")
        options = {name: value for name, value in rule.items() if name not in ("names", "cleaner", "needed", "mark")}
        if cleaner == "level":
            options["levels"] = levels
        return ColumnRule(means, names, str(cleaner), bool(rule.get("needed")), bool(rule.get("mark")), options)

    def _unpivot(self, data: Any) -> Unpivot:
        if not isinstance(data, dict) or not isinstance(data.get("parts"), dict):
            raise self._wrong("unpivot", "it needs parts and measures")
        self._only(data, {"parts", "measures"} | _LIMITS, "unpivot")
        self._only(data["parts"], {"value", "level", "percentile"}, "unpivot.parts")
        parts = {part: self._texts(data["parts"], part) for part in data["parts"]}
        for part, patterns in parts.items():
            if any("{m}" not in pattern for pattern in patterns):
                raise self._wrong(part, "every pattern needs {m} where the measure's header stands")
        limits = {name: value for name, value in data.items() if name in _LIMITS}
        measures = data.get("measures")
        if not isinstance(measures, list) or not measures:
            raise self._wrong("unpivot", "there are no measures")
        return Unpivot(parts, tuple(self._measure(measure, limits) for measure in measures))

    def _measure(self, data: dict[str, Any], limits: dict[str, Any]) -> UnpivotMeasure:
        self._only(data, {"name", "header"} | _LIMITS, "unpivot.measures")
        own = {name: value for name, value in data.items() if name in _LIMITS}
        return UnpivotMeasure(self._text(data, "name"), self._text(data, "header"), {**limits, **own})

    def _only(self, data: Mapping[str, Any], allowed: set[str], place: str) -> None:
        for name in data:
            if name not in allowed:
                raise self._wrong(name, f'"{name}" is not known{" in " + place if place else ""}')

    def _text(self, data: Mapping[str, Any], name: str) -> str:
        value = data.get(name)
        if not isinstance(value, str) or not value:
            raise self._wrong(name, f'"{name}" has to be a text')
        return value

    def _whole(self, data: Mapping[str, Any], name: str) -> int:
        value = data.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(name, f'"{name}" has to be a whole number')
        return value

    def _texts(
        self, data: Mapping[str, Any], name: str, allowed: frozenset[str] | None = None, place: str = ""
    ) -> tuple[str, ...]:
        value = data.get(name, [])
        if not isinstance(value, list) or any(not isinstance(text, str) for text in value):
            raise self._wrong(place or name, f'"{name}" has to be a list of texts')
        for text in value:
            if allowed is not None and text not in allowed:
                raise self._wrong(name, f'"{text}" is not one of {", ".join(sorted(allowed))}')
        return tuple(value)

    def _wrong(self, name: str, why: str) -> UserError:
        word = name.rpartition(".")[2] or name
        pattern = re.compile(rf"^\s*\[?.*{re.escape(word.strip(chr(34)))}")
        line = next((at for at, text in enumerate(self._lines, start=1) if pattern.search(text)), 0)
        return UserError(f"{self._file}, line {line}: {why}." if line else f"{self._file}: {why}.")


@cache
def shipped_profiles() -> tuple[Profile, ...]:
    """All profiles that come with the program, by key."""
    folder = paths.resource("import_profiles")
    files = sorted(path for path in folder.glob("*.toml") if path.name != "words.toml")
    return tuple(sorted((read_profile(path) for path in files), key=lambda profile: profile.key))


def read_profile(path: Path) -> Profile:
    try:
        return load_profile(path.read_text(encoding="utf-8"), path.name)
    except UnicodeDecodeError:
        raise UserError(f"{path.name} is not a readable profile: it is not UTF-8 text.") from None


def profile_named(key: str) -> Profile:
    """A profile by its key or its name. Raises ``UserError`` that lists the known ones."""
    wanted = key.casefold()
    for profile in shipped_profiles():
        if wanted in (profile.key.casefold(), profile.name.casefold()):
            return profile
    known = ", ".join(profile.key for profile in shipped_profiles())
    raise UserError(f'There is no import profile "{key}".', f"Known profiles: {known}.")
