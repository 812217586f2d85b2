"""Import profiles: which column of a vendor's file means what, as data.

A profile is a TOML file. It names columns by header words, cleaners by name, one rule that makes several scores of a wide row, and
nothing that computes. The loader says which line is wrong.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from mtss_desktop.base import paths
from mtss_desktop.base.errors import UserError
from mtss_desktop.importing.cleaning import CLEANERS
from mtss_desktop.importing.header_rows import plain_name

_WHO = {"local_id", "state_id", "other_id", "full_name", "first_name", "last_name", "birth_date"}
_WHERE = {"school", "school_name", "grade", "year"}
_STAY = {"from_day", "to_day"}
MEANINGS: Mapping[str, frozenset[str]] = {
    "scores": frozenset(
        _WHO
        | _WHERE
        | {"measure", "metric", "window", "taken_on", "value", "error", "percentile", "level", "official"}
        | {"goal_from", "goal_to", "goal_start", "goal_end"}
    ),
    "students": frozenset(_WHO | _WHERE | _STAY | {"sex", "race", "hispanic", "status"}),
    "incidents": frozenset(
        _WHO | _WHERE | {"number", "day", "minute", "location", "behavior", "action_taken", "major"}
    ),
    "absences": frozenset(_WHO | _WHERE | {"day", "absent", "portion", "tardy", "excused"}),
    "staff": frozenset(
        _STAY | {"local_id", "full_name", "first_name", "last_name", "email", "position", "school", "school_name"}
    ),
    "teams": frozenset(
        _STAY
        | {"team", "school", "school_name", "tier", "purpose", "full_name", "first_name", "last_name", "email"}
        | {"role", "backup", "brings", "members", "outcome", "target", "meets", "meeting_day", "meeting_time", "room"}
        | {"data", "rule", "authority", "goal", "norms"}
    ),
    "schools": frozenset({"school", "school_name", "state_code", "grades", "kind"}),
    "calendar": frozenset({"day", "to_day", "reason", "school", "school_name", "in_session"}),
    "ratings": frozenset(
        {"day", "year", "window", "school", "school_name", "instrument", "rater", "section", "item", "score", "unit"}
    ),
    "answers": frozenset({"day", "school", "school_name", "comment"}),
    "nothing": frozenset(),
    "later": frozenset(),
}
"""What columns can mean, by kind of file. ``nothing``: there is nothing to take in it; ``later``: it is not taken in yet."""

FACTS = frozenset({"scores", "students", "incidents", "absences"})
RATED = frozenset({"ratings", "answers"})
"""Every column that has no meaning of its own may be an item of an instrument."""
LISTS = frozenset({"staff", "teams", "schools", "calendar"}) | RATED
SCOPES = frozenset({"school", "year", "window", "measure", "days"})
PARTS = frozenset({"value", "level", "percentile", "error", "taken_on"})
SHAPES = frozenset({"word", "number", "mark", "date"})
_TOP = {
    *("key", "version", "name", "source", "takes", "scope", "levels", "tiers", "unit", "screening", "plain", "measure"),
    *("also", "why", "shape", "columns", "unpivot", "skip", "join", "periods", "needs", "says"),
}
_COLUMN = {
    "names",
    "cleaner",
    "needed",
    "mark",
    "order",
    "decimal",
    "single",
    "yes",
    "no",
    "left",
    "join",
    "with",
    "before",
    "beside",
}
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
class Named:
    """A measure or a window as a wide file's headers write it; ``parts`` are header patterns of its own."""

    name: str
    headers: tuple[str, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Unpivot:
    """One row holds several scores. ``parts`` are header patterns: {m} the measure, {w} the window, {y} the school year.

    Without a list of measures or windows they are read off the headers; ``before`` is put before a measure read off. ``seasons`` are
    (word, season) that headers have beside the known ones. ``of_row``: where a header names no measure, a column of the row does.
    ``dates``: headers that are days count, too. ``asks_measure``: where nothing names the measure, a person does;
    ``known_measures``: a header counts only where the words for tests know it.
    """

    parts: Mapping[str, tuple[str, ...]]
    measures: tuple[Named, ...] = ()
    windows: tuple[Named, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    before: str = ""
    level_before: str = ""
    suffix: tuple[str, ...] = ()
    suffix_unless: tuple[str, ...] = ()
    seasons: tuple[tuple[str, str], ...] = ()
    of_row: bool = False
    dates: bool = False
    asks_measure: bool = False
    known_measures: bool = False


@dataclass(frozen=True)
class SkipRule:
    """Rows to leave out: those whose cell is one of ``when`` ("*" is anything), or none of ``unless``.

    ``removes`` says that what such a row names is to be taken out where it is there.
    """

    names: tuple[str, ...]
    why: str
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    removes: bool = False


@dataclass(frozen=True)
class SaysRule:
    """What a file says of itself: in a column of one of ``names``, or in the file's own ``name``, stands one of the ``words``."""

    names: tuple[str, ...]
    words: tuple[str, ...]


FILE_NAME = "file name"
"""Stands among the ``names`` of a ``SaysRule`` for the name of the file."""


@dataclass(frozen=True)
class JoinRule:
    """Columns of another file of the same delivery, found by one or more pairs of equal columns (here, there).

    ``profiles`` are the layouts the other file may have; its columns are called ``prefix.header``. ``only`` keeps rows of the other
    file whose column holds one of the words; ``needed``: nothing can be taken without it, unless the file has one of ``unless``.
    ``headers`` tell the other file where no layout knows it.
    """

    profiles: tuple[str, ...]
    prefix: str
    on: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    needed: bool = False
    unless: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What an unknown other file is kept under."""
        return f"join {self.prefix}"


@dataclass(frozen=True)
class Profile:
    """``plain`` layouts belong to no vendor: they fit a file only where they know most of its columns.

    ``also`` are headers (with * for anything) the layout is known by and that are not read; ``why`` says in one sentence why there is
    nothing to take; ``shape`` tells a file without a header row by the kinds of its columns; ``periods`` are header patterns ({n} a
    number) of attendance that is wide by period; ``needs`` are headers one of which has to be there; ``says`` is
    what files of the layout say of themselves.
    """

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
    measure: str = ""
    unpivot: Unpivot | None = None
    also: tuple[str, ...] = ()
    why: str = ""
    shape: tuple[str, ...] = ()
    skip: tuple[SkipRule, ...] = ()
    join: tuple[JoinRule, ...] = ()
    periods: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    says: tuple[SaysRule, ...] = ()

    def rule(self, means: str) -> ColumnRule | None:
        return next((rule for rule in self.columns if rule.means == means), None)

    def words(self) -> frozenset[str]:
        """Every header word the profile knows, less those that are patterns."""
        known = {plain_name(name) for rule in self.columns for name in rule.names}
        known |= {plain_name(name) for name in self.also if "*" not in name}
        return frozenset(known) | self.unpivot_words()

    def unpivot_words(self) -> frozenset[str]:
        """Headers of a wide layout whose measures and windows are listed."""
        if self.unpivot is None:
            return frozenset()
        return frozenset(plain_name(name) for _, _, _, name in listed_headers(self.unpivot))


def listed_headers(unpivot: Unpivot) -> Iterator[tuple[Named, Named, str, str]]:
    """(measure, window, part, header) for all that are listed; nothing of patterns whose measure or window has to be read off."""
    windows = unpivot.windows or (Named("", ("",)),)
    for measure in unpivot.measures:
        for window in windows:
            for part in unpivot.parts:
                for pattern in (*measure.parts.get(part, ()), *unpivot.parts[part]):
                    yield from _filled(measure, window, part, pattern, listed=bool(unpivot.windows))


def _filled(
    measure: Named, window: Named, part: str, pattern: str, *, listed: bool
) -> Iterator[tuple[Named, Named, str, str]]:
    if ("{w}" in pattern and not listed) or "{y}" in pattern:
        return
    for header in measure.headers if "{m}" in pattern else ("",):
        for season in window.headers if "{w}" in pattern else ("",):
            yield measure, window, part, pattern.replace("{m}", header).replace("{w}", season)


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
        levels, tiers = self._texts(data, "levels"), tuple(data.get("tiers", ()))
        if len(tiers) not in (0, len(levels)) or any(not isinstance(t, int) or t not in (1, 2, 3) for t in tiers):
            raise self._wrong("tiers", "there has to be one tier (1, 2 or 3) for every level")
        silent = takes in ("nothing", "later")
        if silent and not data.get("why"):
            raise self._wrong("takes", 'a layout with nothing to take needs "why": one sentence that says it')
        columns = data.get("columns", {})
        if not isinstance(columns, dict) or (not columns and not silent):
            raise self._wrong("columns", "there are no columns")
        rules = tuple(self._column(means, rule, takes, levels) for means, rule in columns.items())
        if takes in FACTS and not any(rule.means.endswith(("_id", "_name")) for rule in rules):
            raise self._wrong("columns", "no column says which student a row is about")
        return Profile(
            key=self._text(data, "key"),
            version=self._whole(data, "version"),
            name=self._text(data, "name"),
            takes=takes,
            scope=self._texts(data, "scope", SCOPES),
            columns=rules,
            source=str(data.get("source", "")),
            levels=levels,
            tiers=tiers,
            unit=str(data.get("unit", "")),
            screening=bool(data.get("screening", True)),
            plain=bool(data.get("plain", False)),
            measure=str(data.get("measure", "")),
            unpivot=self._unpivot(data["unpivot"], measured="measure" in columns) if "unpivot" in data else None,
            also=self._texts(data, "also"),
            why=str(data.get("why", "")),
            shape=self._texts(data, "shape", SHAPES),
            skip=tuple(self._skip(each) for each in self._tables(data, "skip")),
            join=tuple(self._join(each) for each in self._tables(data, "join")),
            needs=self._texts(data, "needs"),
            says=tuple(self._says(each) for each in self._tables(data, "says")),
            periods=self._texts(data.get("periods", {}), "patterns"),
        )

    def _tables(self, data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
        found = data.get(name, [])
        if not isinstance(found, list) or any(not isinstance(each, dict) for each in found):
            raise self._wrong(name, f"write it as [[{name}]]")
        return found

    def _skip(self, data: dict[str, Any]) -> SkipRule:
        self._only(data, {"names", "why", "when", "unless", "removes"}, "skip")
        when, unless = self._texts(data, "when"), self._texts(data, "unless")
        if bool(when) == bool(unless):
            raise self._wrong("skip", 'say either "when" or "unless"')
        names = self._texts(data, "names")
        if not names:
            raise self._wrong("skip", '"names" needs at least one header word')
        return SkipRule(names, self._text(data, "why"), when, unless, bool(data.get("removes", False)))

    def _says(self, data: dict[str, Any]) -> SaysRule:
        self._only(data, {"names", "words"}, "says")
        return SaysRule(self._texts(data, "names"), self._texts(data, "words"))

    def _join(self, data: dict[str, Any]) -> JoinRule:
        self._only(data, {"profiles", "headers", "prefix", "here", "there", "only", "needed", "unless"}, "join")
        here, there = data.get("here", []), data.get("there", [])
        if not here or len(here) != len(there):
            raise self._wrong("join", '"here" and "there" need equally many columns')
        pairs = tuple((_several(a), _several(b)) for a, b in zip(here, there, strict=True))
        only = data.get("only", {})
        kept = tuple((str(name), tuple(str(word) for word in words)) for name, words in only.items())
        return JoinRule(
            self._texts(data, "profiles"),
            self._text(data, "prefix"),
            pairs,
            kept,
            bool(data.get("needed", False)),
            self._texts(data, "unless"),
            self._texts(data, "headers"),
        )

    def _column(self, means: str, rule: Any, takes: str, levels: tuple[str, ...]) -> ColumnRule:
        known = means in MEANINGS[takes] or (takes == "students" and re.fullmatch(r"(?:flag|race):.+", means))
        if not known:
            what = f'"{means}" is not something {takes} have'
            raise self._wrong(f"columns.{means}", what, _instead(means, MEANINGS[takes]))
        if not isinstance(rule, dict):
            raise self._wrong(f"columns.{means}", "a column needs names and a cleaner")
        self._only(rule, _COLUMN | _LIMITS, f"columns.{means}")
        cleaner = rule.get("cleaner")
        if cleaner not in CLEANERS:
            raise self._wrong(f'"{cleaner}"', f'there is no cleaner "{cleaner}"', _instead(str(cleaner), CLEANERS))
        names = self._texts(rule, "names", place=f"columns.{means}")
        if not names:
            raise self._wrong(f"columns.{means}", "a column needs at least one header word")
        options = {name: value for name, value in rule.items() if name not in ("names", "cleaner", "needed", "mark")}
        if cleaner == "level":
            options["levels"] = levels
        if means.startswith("flag:"):
            options["of"] = means.removeprefix("flag:")
        return ColumnRule(means, names, str(cleaner), bool(rule.get("needed")), bool(rule.get("mark")), options)

    def _unpivot(self, data: Any, *, measured: bool) -> Unpivot:
        if not isinstance(data, dict) or not (isinstance(data.get("parts"), dict) or data.get("dates")):
            raise self._wrong("unpivot", "it needs parts and measures")
        known = {
            "parts",
            "measures",
            "windows",
            "before",
            "level_before",
            "suffix",
            "suffix_unless",
            "order",
            "seasons",
            "dates",
            "asks_measure",
            "known_measures",
        }
        self._only(data, known | _LIMITS, "unpivot")
        parts = self._parts(data.get("parts", {}), "unpivot.parts")
        bare = any("{m}" not in pattern for patterns in parts.values() for pattern in patterns)
        of_row = measured and bare
        limits = {name: value for name, value in data.items() if name in _LIMITS | {"order"}}
        measures = tuple(self._named(each, limits, "unpivot.measures") for each in self._tables(data, "measures"))
        windows = tuple(self._named(each, {}, "unpivot.windows") for each in self._tables(data, "windows"))
        unpivot = Unpivot(
            parts,
            measures,
            windows,
            limits,
            str(data.get("before", "")),
            str(data.get("level_before", "")),
            self._texts(data, "suffix"),
            self._texts(data, "suffix_unless"),
            self._seasons(data.get("seasons", {})),
            of_row=of_row,
            dates=bool(data.get("dates", False)),
            asks_measure=bool(data.get("asks_measure", False)),
            known_measures=bool(data.get("known_measures", False)),
        )
        if not measures and bare and not measured and not unpivot.asks_measure:
            raise self._wrong("unpivot", "there are no measures, so every pattern needs {m} where the measure stands")
        if windows and not any("{w}" in pattern for patterns in parts.values() for pattern in patterns):
            raise self._wrong("unpivot", "windows are listed, so the patterns need {w} where the window stands")
        return unpivot

    def _seasons(self, data: Any) -> tuple[tuple[str, str], ...]:
        if not isinstance(data, dict) or not all(isinstance(each, str) and each for each in data.values()):
            raise self._wrong("seasons", 'write a word of the headers and its season, such as "BOY" = "Fall"')
        return tuple((str(word), str(season)) for word, season in data.items())

    def _parts(self, data: Any, place: str) -> dict[str, tuple[str, ...]]:
        if not isinstance(data, dict):
            raise self._wrong(place, "parts are lists of header patterns")
        self._only(data, set(PARTS), place)
        return {part: self._texts(data, part) for part in data}

    def _named(self, data: dict[str, Any], limits: dict[str, Any], place: str) -> Named:
        self._only(data, {"name", "header", "headers", "parts"} | _LIMITS, place)
        own = {name: value for name, value in data.items() if name in _LIMITS}
        name = self._text(data, "name")
        headers = self._texts(data, "headers") or ((self._text(data, "header"),) if "header" in data else (name,))
        return Named(name, headers, {**limits, **own}, self._parts(data.get("parts", {}), place))

    def _only(self, data: Mapping[str, Any], allowed: set[str], place: str) -> None:
        for name in data:
            if name not in allowed:
                what = f'"{name}" is not known{" in " + place if place else ""}'
                raise self._wrong(name, what, _instead(name, allowed))

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

    def _wrong(self, name: str, why: str, instead: str = "") -> UserError:
        word = name.rpartition(".")[2] or name
        pattern = re.compile(rf"^\s*\[?.*{re.escape(word.strip(chr(34)))}")
        line = next((at for at, text in enumerate(self._lines, start=1) if pattern.search(text)), 0)
        return UserError(f"{self._file}, line {line}: {why}." if line else f"{self._file}: {why}.", instead)


def _instead(name: str, known: Iterable[str]) -> str:
    """What the author may have meant, else all there is."""
    words = sorted(known)
    near = process.extractOne(name, words, scorer=fuzz.ratio, score_cutoff=70)
    return f'Write "{near[0]}" instead.' if near else f"Known here: {', '.join(words)}."


def _several(value: Any) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else (str(value),)


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
