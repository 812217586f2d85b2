"""Files of one delivery joined: columns of a roster, of roles or of demographics beside the rows of the file that needs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from mtss_desktop.base.progress import Progress
from mtss_desktop.domain.people import school_year_of
from mtss_desktop.importing.columns import Codes, Column, id_key, tidy
from mtss_desktop.importing.dates import parse_date
from mtss_desktop.importing.headers import headers
from mtss_desktop.importing.profile import JoinRule, Profile
from mtss_desktop.importing.recognize import Match, fit, with_values
from mtss_desktop.importing.sketches import Sketch, Table
from mtss_desktop.importing.taking import take
from mtss_desktop.importing.vocabulary import plain

_SESSIONS = ("oneroster-sessions", "sds-sessions")


@dataclass(frozen=True)
class Delivered:
    """One file of a delivery with what it is joined with. ``into`` names the file that takes this one's columns, "" for none."""

    sketch: Sketch
    match: Match
    others: Mapping[str, Sketch]
    answers: tuple[tuple[str, str], ...] = ()
    into: str = ""
    helpers: tuple[str, ...] = ()
    """Names of files no layout knows that this one takes columns from."""


def together(
    found: Sequence[tuple[Sketch, Match]], today: date, unknown: Sequence[Sketch] = ()
) -> tuple[Delivered, ...]:
    """The files of one delivery, each with those its profile joins; what joins is recognized again with the columns it gets.

    ``unknown`` are files no layout fits: a layout mapped by hand may join one by its headers.
    """
    by_key: dict[str, Sketch] = {}
    for sketch, match in found:
        by_key.setdefault(match.profile.key, sketch)
    year = _year_of(by_key, today)
    into = {
        key: sketch.file_name
        for sketch, match in found
        for rule in match.profile.join
        for key in rule.profiles
        if key in by_key
    }
    made = []
    for sketch, match in found:
        wanted = {key for rule in match.profile.join for key in rule.profiles}
        others = {key: other for key, other in by_key.items() if key in wanted}
        there = [*unknown, *(other for other, _ in found if other is not sketch)]
        named = _by_headers(match.profile, [other for other in there if other is not sketch])
        others |= named
        if others:
            match = joined_match(sketch, match.profile, others)
        answers = (("year", str(year)),) if year and match.profile.takes == "students" else ()
        made.append(
            Delivered(
                sketch,
                match,
                others,
                answers,
                into.get(match.profile.key, ""),
                tuple(each.file_name for each in named.values()),
            )
        )
    return tuple(made)


def _by_headers(profile: Profile, sketches: Sequence[Sketch]) -> dict[str, Sketch]:
    """The first file with all the headers a rule names."""
    found: dict[str, Sketch] = {}
    for rule in profile.join:
        for other in sketches if rule.headers else ():
            there = headers(other.names)
            if all(there.find([name], loose=False) for name in rule.headers):
                found.setdefault(rule.key, other)
    return found


def joined_match(sketch: Sketch, profile: Profile, others: Mapping[str, Sketch]) -> Match:
    """The profile's fit to a file together with the columns of others."""
    whole = replace(sketch, names=all_names(sketch, profile, others))
    return with_values(fit(profile, whole), whole)


def all_names(sketch: Sketch, profile: Profile, others: Mapping[str, Sketch]) -> tuple[str, ...]:
    """The file's headers and those it gets from others, as prefix.header."""
    more = [
        f"{rule.prefix}.{name}"
        for rule in profile.join
        if (other := _other(rule, others)) is not None
        for name in other.names
        if name not in other.never_read
    ]
    return (*sketch.names, *more)


def lacks(profile: Profile, sketch: Sketch, others: Mapping[str, Sketch]) -> str:
    """One sentence where the file can only be understood together with another one that was not handed over."""
    there = headers(sketch.names)
    for rule in profile.join:
        alone = any(there.find([name], loose=False) for name in rule.unless)
        alone = alone or any(name.startswith(f"{rule.prefix}.") for name in sketch.names)
        if rule.headers and not alone and _other(rule, others) is None:
            named = " and ".join(f"“{name}”" for name in rule.headers[:3])
            return f"{sketch.file_name} belongs together with a file that has {named}: hand over both at once."
        if rule.needed and not alone and _other(rule, others) is None:
            return (
                f"Who of {sketch.file_name} is a student stands in the {rule.prefix} file of the same delivery: "
                "hand over its folder or ZIP."
            )
    return ""


def own_headers(sketch: Sketch, profile: Profile) -> list[str]:
    """The file's own columns that joins go by."""
    there = headers(sketch.names)
    found = [there.find([name], loose=False) for rule in profile.join for here, _ in rule.on for name in here]
    return [name for name in found if name]


def joined(
    table: Table,
    sketch: Sketch,
    profile: Profile,
    others: Mapping[str, Sketch],
    wanted: Sequence[str],
    progress: Progress,
) -> Table:
    """The table with the wanted columns of other files, row by row; a row without a partner has nothing in them."""
    columns = dict(table.columns)
    for rule in profile.join:
        other = _other(rule, others)
        if other is not None:
            needed = [*wanted, *(name for later in profile.join for here, _ in later.on for name in here)]
            columns |= _partners(columns, rule, other, needed, len(table), progress)
    return replace(table, columns=columns)


def _other(rule: JoinRule, others: Mapping[str, Sketch]) -> Sketch | None:
    return next((others[key] for key in (*rule.profiles, rule.key) if key in others), None)


def _partners(
    columns: Mapping[str, Column], rule: JoinRule, other: Sketch, needed: Sequence[str], rows: int, progress: Progress
) -> dict[str, Column]:
    """Headers are compared as everywhere: producers write sourcedID too. Without a shared id nobody has a partner."""
    there, here = headers(other.names), headers(tuple(columns))
    keys = [there.find(names, loose=False) for _, names in rule.on]
    mine = [[columns[found] for name in names if (found := here.find([name], loose=False))] for names, _ in rule.on]
    prefix = f"{rule.prefix}."
    brought = [name for name in other.names if f"{prefix}{name}" in needed and name not in other.never_read]
    if not all(keys) or not all(mine):
        return {f"{prefix}{name}": Column(np.full(rows, -1, dtype=np.int64), ()) for name in brought}
    kept = [there.find([name], loose=False) for name, _ in rule.only]
    table = take(other, list(dict.fromkeys([*keys, *brought, *(name for name in kept if name)])), progress)
    usable = _kept_rows(table, rule, kept)
    lookup: dict[tuple[str, ...], int] = {}
    texts = [[id_key(text) for text in table.columns[name].texts()] for name in keys]
    for row in np.flatnonzero(usable).tolist():
        lookup.setdefault(tuple(column[row] for column in texts), row)
    asked = [_first_filled(each, rows) for each in mine]
    places = np.asarray([lookup.get(each, -1) for each in zip(*asked, strict=True)], dtype=np.int64)
    return {f"{prefix}{name}": _at(table.columns[name], places) for name in brought}


def _kept_rows(table: Table, rule: JoinRule, kept: Sequence[str]) -> Codes:
    usable = np.ones(len(table), dtype=bool)
    for (_, words), header in zip(rule.only, kept, strict=True):
        if header:
            wanted = {plain(word) for word in words}
            column = table.columns[header]
            usable &= np.asarray([*(plain(word) in wanted for word in column.words), "" in wanted])[column.codes]
    return usable


def _first_filled(columns: Sequence[Column], rows: int) -> list[str]:
    """By row the first column's text that holds something; the first of several ids in one cell."""
    found = [""] * rows
    for column in columns:
        found = [there or id_key(text) for there, text in zip(found, column.texts(), strict=True)]
    return found


def _at(column: Column, places: Codes) -> Column:
    codes = np.append(column.codes, -1)[places]
    return Column(codes, column.words)


def _year_of(by_key: Mapping[str, Sketch], today: date) -> int:
    """The school year of a delivery's sessions: the one of today, else the latest; 0 where it has none."""
    starts = []
    for key in _SESSIONS:
        sketch = by_key.get(key)
        names = headers(sketch.names) if sketch is not None else None
        if sketch is None or names is None:
            continue
        start, kind = names.find(["startDate"], loose=False), names.find(["type"], loose=False)
        if start and kind:
            pairs = zip(sketch.sample_of(start), sketch.sample_of(kind), strict=True)
            days = [parse_date(tidy(day), "mdy", today) for day, what in pairs if plain(what) == "schoolyear"]
            starts += [school_year_of(day) for day in days if day is not None]
    present = school_year_of(today)
    return present if present in starts else max(starts, default=0)
