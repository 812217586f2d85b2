"""Families of wide columns: headers that one pattern maps, each split into measure, season and school year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from mtss_desktop.domain.layouts import Family, FamilyColumn, OddColumn
from mtss_desktop.importing.dates import parse_date
from mtss_desktop.importing.headers import YEAR, words_of
from mtss_desktop.importing.kinds import Values
from mtss_desktop.importing.profile import Unpivot
from mtss_desktop.importing.vocabulary import plain
from mtss_desktop.importing.wide import (
    SHORT_YEAR,
    Seasons,
    WideScore,
    as_written,
    nearly,
    spaced,
    split_by,
    window_pattern,
    window_word,
    year_of,
)
from mtss_desktop.importing.word_lists import meaning_words, measure_words

_SOME_DAY = date(2026, 6, 30)
_YEAR = re.compile(rf"(?<![\dA-Za-z]){YEAR}(?!\d)", re.IGNORECASE)
_PARTS = ("value", "level", "percentile", "error", "taken_on")
ValuesOf = Callable[[str], Values]


@dataclass(frozen=True)
class _Split:
    """A header taken apart: ``pattern`` with {m}, {w}, {y}; ``part`` what its last or first words say its cells hold, "" for nothing."""

    header: str
    pattern: str
    part: str
    measure: str
    window: str
    year: int


def find(names: Sequence[str], values: Mapping[str, Values], never: Iterable[str]) -> tuple[Family, ...]:
    """Families of columns that differ in measure, season or year, and single scores of known tests; the largest first."""
    out = set(never)
    known = _gathered([name for name in names if name not in out], values, window_pattern())
    out |= {column.header for family in known for column in family.columns}
    return (*known, *_gathered([name for name in names if name not in out], values, _periods(), len(known)))


@cache
def _periods() -> re.Pattern[str]:
    """What stands in the place of a season and is none by itself: T1, Quarter 2, Pre, Oct."""
    counted = r"(?:t|tri|trimester|term|q|qtr|quarter|s|sem|semester|mp|marking period|round|cycle|wave|test|probe|check|admin)"
    plain_words = "pre|mid|post|jan|feb|mar|apr|may|jun|aug|sept?|oct|nov|dec"
    return re.compile(rf"(?<![A-Za-z0-9])(?:{counted} ?[1-9]|{plain_words})(?![A-Za-z0-9])", re.IGNORECASE)


def period_words(families: Iterable[Family]) -> tuple[str, ...]:
    """Seasons of families that are no known ones, in the file's order."""
    found = dict.fromkeys(column.window for family in families for column in family.columns if column.window)
    return tuple(word for word in found if _periods().fullmatch(word))


def _gathered(
    names: Sequence[str], values: Mapping[str, Values], seasons: re.Pattern[str], first_key: int = 0
) -> tuple[Family, ...]:
    split = [found for name in names if (found := _split(name, values[name], seasons)) is not None]
    groups: dict[tuple[str, str], list[_Split]] = {}
    for each in split:
        groups.setdefault((each.pattern, each.part), []).append(each)
    kept = [group for group in groups.values() if _is_family(group) or _is_lone_score(group)]
    kept = _without_lone_parts(kept)
    families: list[Family] = []
    for group in sorted(kept, key=lambda group: (-len(group), group[0].pattern)):
        first = group[0]
        columns = tuple(FamilyColumn(each.header, each.measure, each.window, each.year) for each in group)
        key = first_key + len(families)
        families.append(Family(key, first.pattern, first.part, columns, _reason(group)))
    return tuple(families)


def by_pattern(names: Sequence[str], pattern: str, part: str, key: int = 0, seasons: Seasons = ()) -> Family:
    """Every column that fits a pattern somebody wrote."""
    columns = []
    for name in names:
        found = split_by(pattern, name, seasons)
        if found is not None:
            columns.append(FamilyColumn(name, *found))
    return Family(key, pattern, part, tuple(columns), "written by hand")


def odd_columns(names: tuple[str, ...], values: ValuesOf, family: Family) -> tuple[OddColumn, ...]:
    """Columns that hold what a family holds and have its name but for an unknown word where the season stands."""
    if not family.windows:
        return ()
    return tuple(
        OddColumn(header, family.key, measure, word, year)
        for header, measure, word, year in nearly(family.pattern, family.measures, names)
        if word.casefold() not in _no_season() and not _growth(header) and _holds(family.part, values(header))
    )


MOST_WORDS = 6
"""Where more different words than these stand in the place of a season, they are something else."""


def overlooked(unpivot: Unpivot, wide: Sequence[WideScore], free: tuple[str, ...], values: ValuesOf) -> tuple[str, ...]:
    """Headers that a layout does not take although they look like its scores, of a season it does not know."""
    found: dict[str, OddColumn] = {}
    for pattern in unpivot.parts.get("value", ()):
        split = [
            (each.parts["value"], split_by(pattern, each.parts["value"], unpivot.seasons))
            for each in wide
            if "value" in each.parts
        ]
        columns = tuple(FamilyColumn(header, *parts) for header, parts in split if parts is not None)
        odd = odd_columns(free, values, Family(0, pattern, "value", columns))
        found |= {each.header: each for each in odd}
    words = {each.word.casefold() for each in found.values()}
    return tuple(found) if len(words) <= MOST_WORDS else ()


@cache
def _no_season() -> frozenset[str]:
    """Words that say what the cells hold."""
    return frozenset(word for words in _part_words() for word in words)


def _split(name: str, values: Values, seasons: re.Pattern[str]) -> _Split | None:
    """A header with a season, a year or a part word beside a measure; ``None`` for any other."""
    text = spaced(re.sub(r" \(\d+\)$", "", name))
    if parse_date(name, "mdy", _SOME_DAY) is not None:
        return None  # a day is no test
    window = seasons.search(text)
    year = _YEAR.search(text) or (re.search(rf"{SHORT_YEAR}$|^{SHORT_YEAR}", text) if window else None)
    if window and year and window.start() < year.end() and year.start() < window.end():
        year = None
    marked = _marked(text, [("{w}", window), ("{y}", year)])
    rest = [word for word in marked.split() if word not in ("{w}", "{y}")]
    part, first, last = _part_of(rest)
    alone = _part_words().get(words_of(" ".join(rest)), "") if rest and window else ""
    if alone and alone != "none" and not _is_measure(" ".join(rest)):
        part, first, last = alone, 0, len(rest)
    if part == "none" or (not rest and not (window and year)):
        return None
    if not part and "percentile" in words_of(text):
        return None
    measure = " ".join(rest[first : len(rest) - last])
    if not measure and not (window or year):
        return None
    if not window and not year and not (_is_measure(measure) if part else tuple(plain(measure).split()) in _measures()):
        return None
    if not _holds(part or "value", values) or _growth(text):
        return None
    measure = as_written(measure, name)
    return _Split(
        name,
        _pattern(marked.split(), first, last),
        part or "value",
        measure,
        window_word(window[0]) if window else "",
        year_of(window_word(window[0]) if window else "", year[0]) if year else 0,
    )


def _marked(text: str, found: list[tuple[str, re.Match[str] | None]]) -> str:
    there = [(mark, match) for mark, match in found if match is not None]
    for mark, match in sorted(there, key=lambda each: -each[1].start()):
        text = f"{text[: match.start()]} {mark} {text[match.end() :]}"
    return " ".join(text.split())


def _pattern(words: Sequence[str], first: int, last: int) -> str:
    """The header's words with {m} where the measure stands."""
    places = [at for at, word in enumerate(words) if word not in ("{w}", "{y}")]
    inner = set(places[first : len(places) - last])
    made: list[str] = []
    for at, word in enumerate(words):
        if at not in inner:
            made.append(word)
        elif "{m}" not in made:
            made.append("{m}")
    return " ".join(made)


@cache
def _part_words() -> Mapping[tuple[str, ...], str]:
    return {words_of(phrase): part for part, phrases in meaning_words()["parts"].items() for phrase in phrases}


def _part_of(words: Sequence[str]) -> tuple[str, int, int]:
    """(part, words of it at the beginning, words of it at the end): the longest that is known, the end before the beginning."""
    for count in range(min(4, len(words)), 0, -1):
        part = _part_words().get(words_of(" ".join(words[-count:])))
        if part and (count < len(words) or count == 1):
            return (part, 0, count) if count < len(words) or part == "none" else ("", 0, 0)
    for count in range(min(3, len(words) - 1), 0, -1):
        part = _part_words().get(words_of(" ".join(words[:count])))
        if part:
            return part, count, 0
    return "", 0, 0


def _growth(text: str) -> bool:
    """Two seasons in one header are a change, not a score."""
    return (
        len(window_pattern().findall(text)) > 1
        or re.search(r"\b(?:growth|gain|projected)\b", text, re.IGNORECASE) is not None
    )


def _holds(part: str, values: Values) -> bool:
    """May the cells be what the part says? Empty columns may."""
    if not values.filled:
        return True
    match part:
        case "value" | "error":
            return values.share("number") + values.share("suppressed") >= 0.6
        case "percentile":
            return values.share("number") + values.share("suppressed") >= 0.6 and values.highest <= 100
        case "taken_on":
            return values.share("date") >= 0.5 or values.share("id") >= 0.8
    return values.share("date") < 0.5


@cache
def _measures() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(plain(word).split()) for word in measure_words())


def _is_measure(text: str) -> bool:
    """Does a known measure's word stand in it?"""
    words = [word for word in re.split(r"[^a-z0-9]+", text.casefold()) if word]
    return any(tuple(words[at : at + size]) in _measures() for size in (1, 2, 3) for at in range(len(words) - size + 1))


def _is_family(group: Sequence[_Split]) -> bool:
    if len(group) < 2:
        return False
    windows, measures = {each.window for each in group}, {each.measure for each in group}
    years = {each.year for each in group}
    return len(windows) > 1 or len(measures) > 1 or len(years) > 1


def _is_lone_score(group: Sequence[_Split]) -> bool:
    """A single column such as “ORF WCPM”."""
    return group[0].part == "value" and _is_measure(group[0].measure)


def _without_lone_parts(groups: list[list[_Split]]) -> list[list[_Split]]:
    """Percentiles, dates and errors belong to scores or levels of the same measure and season; alone they are nothing."""
    held = {
        (each.measure, each.window, each.year)
        for group in groups
        if group[0].part in ("value", "level")
        for each in group
    }
    return [
        group
        for group in groups
        if group[0].part in ("value", "level") or any((e.measure, e.window, e.year) in held for e in group)
    ]


def _reason(group: Sequence[_Split]) -> str:
    said = []
    for what, found in (("measures", {e.measure for e in group}), ("seasons", {e.window for e in group if e.window})):
        if len(found) > 1:
            said.append(f"{len(found)} {what}")
    years = {e.year for e in group if e.year}
    if len(years) > 1:
        said.append(f"{len(years)} school years")
    if len(group) == 1:
        return "its header names a test"
    return f"{len(group)} columns: {', '.join(said)}"
