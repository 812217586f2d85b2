"""Wide files: which headers together hold one score of a row, by listed names or by a pattern that reads them off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from mtss_desktop.importing.dated_heads import dated_heads
from mtss_desktop.importing.headers import YEAR, Headers, without_year
from mtss_desktop.importing.profile import Named, Unpivot, listed_headers
from mtss_desktop.importing.season_years import school_year, single_year
from mtss_desktop.importing.vocabulary import plain, vocabulary
from mtss_desktop.importing.word_lists import meaning_words, measure_words

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT_MONTHS = "Sept?|Oct|Nov|Dec|Jan|Feb|Mar|Apr|Aug"
_FURTHER = rf"{_MONTHS}|(?<![A-Za-z])(?:{_SHORT_MONTHS})(?![A-Za-z])|screening\s+period\s+\d|window\s+\d|period\s+\d|month\s+\d{1, 2}"
SHORT_YEAR = r"(?<!\d)(?:1[5-9]|[23]\d)(?!\d)"
"""25 for the school year 2025–26, in headers that name a season, too."""
_AMBIGUOUS = frozenset({"beginning", "middle", "end"})
Seasons = tuple[tuple[str, str], ...]
"""(word in headers, season) of a layout that has words of its own for seasons."""


@dataclass(frozen=True)
class WideScore:
    """One score of a row: ``parts`` by value, level, percentile … → header. ``window`` "" and ``year`` 0 leave it to the row.

    ``dated`` is the day as the header writes it.
    """

    measure: str
    window: str
    year: int
    parts: Mapping[str, str]
    options: Mapping[str, Any] = field(default_factory=dict)
    dated: str = ""


def wide_scores(unpivot: Unpivot, known: Headers) -> tuple[WideScore, ...]:
    """What of a wide layout a file has, in the order of the layout (or of the file where it is read off)."""
    found = _listed(unpivot, known) if unpivot.measures else _read_off(unpivot, known.names)
    if unpivot.dates:
        found += _dated(unpivot, known.names)
    return tuple(each for each in found if "value" in each.parts or "level" in each.parts)


def _dated(unpivot: Unpivot, names: Sequence[str]) -> list[WideScore]:
    """Scores of days. Words beside a day that no test is known by may be anything; which test it is, is left to the row or asked.

    Two columns of one day with such words are no scores of one test: then nobody is asked for one.
    """
    heads = [(each, each.measure if _tells_a_test(each.measure) else "") for each in dated_heads(names)]
    unknown = {(each.day, plain(each.measure)) for each, measure in heads if each.measure and not measure}
    if len({day for day, _ in unknown}) < len(unknown):
        return []
    return [WideScore(measure, "", 0, {"value": each.header}, unpivot.options, each.day) for each, measure in heads]


def _tells_a_test(text: str) -> bool:
    return is_measure(text) or plain(text) in measure_words("subjects")


def _listed(unpivot: Unpivot, known: Headers) -> list[WideScore]:
    gathered: dict[tuple[str, str], tuple[Named, Named, dict[str, list[str]]]] = {}
    for measure, window, part, header in listed_headers(unpivot):
        _, _, wanted = gathered.setdefault((measure.name, window.name), (measure, window, {}))
        wanted.setdefault(part, []).append(header)
    scores = []
    for measure, window, wanted in gathered.values():
        parts = {part: header for part, names in wanted.items() if (header := known.find(names, loose=False))}
        scores.append(WideScore(measure.name, window.name, 0, parts, measure.options))
    if any("{w}" in p or "{y}" in p for patterns in unpivot.parts.values() for p in patterns) and not unpivot.windows:
        scores += _read_off(unpivot, known.names)
    return scores


def _read_off(unpivot: Unpivot, names: Sequence[str]) -> list[WideScore]:
    listed = {plain(header): named for named in unpivot.measures for header in named.headers}
    gathered: dict[tuple[str, str, int], dict[str, str]] = {}
    dated = any("{y}" in pattern for patterns in unpivot.parts.values() for pattern in patterns)
    taken: set[str] = set()
    for part in sorted(unpivot.parts, key=lambda part: part == "value"):  # a score's header is told by what is left
        for name in names:
            if name in taken:
                continue
            split = _first_split(unpivot, part, name, dated=dated, listed=listed)
            if split is None:
                continue
            taken.add(name)
            measure = listed[plain(split[0])].name if listed and split[0] else f"{unpivot.before}{split[0]}".strip()
            gathered.setdefault((measure, split[1], split[2]), {}).setdefault(part, name)
    first = unpivot.measures[0].name if len(unpivot.measures) == 1 and not unpivot.of_row else ""
    options = {named.name: named.options for named in unpivot.measures}
    return [
        WideScore(measure or first, window, year, parts, options.get(measure or first, unpivot.options))
        for (measure, window, year), parts in gathered.items()
        if measure or first or unpivot.of_row or unpivot.asks_measure
    ]


def _first_split(
    unpivot: Unpivot, part: str, name: str, *, dated: bool, listed: Mapping[str, Named]
) -> tuple[str, str, int] | None:
    """By the first pattern that fits; where years are told, none is left in a measure's name."""
    seasons = unpivot.seasons
    for pattern in unpivot.parts[part]:
        split = split_by(pattern, name, seasons) or (None if dated else split_by(pattern, without_year(name), seasons))
        if split is None or (split[0] and listed and plain(split[0]) not in listed):
            continue
        if not _names_a_test(split[0], unpivot) or (not listed and plain(split[0]) in _no_measures()):
            continue  # "Fall score" names no test
        if not (dated and without_year(split[0]) != split[0]):
            return split
    return None


def _names_a_test(words: str, unpivot: Unpivot) -> bool:
    """A number is no test; nothing at all leaves it to the row."""
    if unpivot.known_measures and not is_measure(words):
        return False
    return not words or re.search(r"[^\W\d_]", words) is not None


def is_measure(text: str) -> bool:
    """Are these the words of a test, and no others but those of its parts?"""
    words = tuple(word for word in re.split(r"[^a-z0-9]+", spaced(text).casefold()) if word)
    known = _measures()
    if words in known:
        return True
    if window_pattern().search(spaced(text)) or re.search(r"(?:19|20)\d\d", text):
        return False  # which season a header names, other layouts read
    first = next((size for size in (3, 2, 1) if words[:size] in known), 0)
    return bool(first) and len(words) - first <= 3 and not set(words[first:]) & _NO_SCORES


_NO_SCORES = frozenset(
    {
        "goal",
        "target",
        "growth",
        "gain",
        "roi",
        "aim",
        "date",
        "teacher",
        "group",
        "change",
        "projected",
        "typical",
        "cut",
        "benchmark",
    }
    | {
        "class",
        "name",
        "form",
        "notes",
        "comment",
        "minutes",
        "duration",
        "window",
        "grade",
        "percentile",
        "level",
        "risk",
        "status",
        "tier",
    }
)
"""Words beside a test that say that a column is about something else than its score."""


@cache
def _measures() -> frozenset[tuple[str, ...]]:
    """Words of tests; a subject alone may be a mark."""
    subjects = set(measure_words("subjects"))
    return frozenset(tuple(plain(word).split()) for word in measure_words() if word not in subjects)


@cache
def _no_measures() -> frozenset[str]:
    """Words that say what the cells of a column hold and never of which test."""
    parts = meaning_words()["parts"]
    kinds = (part for part in parts if part not in ("value", "none"))
    words = {word for part in kinds for word in parts[part]} | {
        "score",
        "scale score",
        "raw score",
        "result",
        "total",
        "points",
        "value",
        "rit",
        "rit score",
        "ss",
    }
    return frozenset(map(plain, words))


def split_by(pattern: str, header: str, seasons: Seasons = ()) -> tuple[str, str, int] | None:
    """(measure, window, school year) of a header by a pattern such as "{m} {w} {y} score"; ``None`` where it does not fit.

    Spaces, underscores and signs between words, case and capitals inside words do not matter. ``seasons`` are words for seasons
    beside the known ones.
    """
    found = _regex(pattern, tuple(word for word, _ in seasons)).fullmatch(_spaced(header))
    if found is None:
        return None
    groups = found.groupdict()
    window = window_word(groups["w"], seasons) if groups.get("w") else ""
    return as_written(groups.get("m") or "", header), window, year_of(window, groups.get("y") or "")


def year_of(window: str, text: str) -> int:
    """The school year a header names; of a single year beside a season it is that of the calendar (``season_years`` tells others)."""
    year = single_year(text)
    return school_year(window, year) if year else start_of_year(text)


def season_in(pattern: str, header: str, seasons: Seasons = ()) -> str:
    """The header's own word for its season: BOY; "" where the pattern does not fit or has none."""
    found = _regex(pattern, tuple(word for word, _ in seasons)).fullmatch(_spaced(header))
    return (found.groupdict().get("w") or "") if found is not None else ""


@lru_cache(maxsize=64)
def nearly(pattern: str, measures: tuple[str, ...], names: tuple[str, ...]) -> tuple[tuple[str, str, str, int], ...]:
    """(header, measure, word, school year) of headers that fit but for a word where the season stands: Read_Sum_25.

    Only beside measures that the pattern found in other headers.
    """
    if "{w}" not in pattern or not any(measures):
        return ()
    fits = _nearly(pattern, measures)
    found = []
    for name in names:
        split = fits.fullmatch(_spaced(name))
        if split is not None:
            groups = split.groupdict()
            year = year_of(groups["w"], groups.get("y") or "")
            found.append((name, as_written(groups.get("m") or "", name), groups["w"], year))
    return tuple(found)


def as_written(measure: str, header: str) -> str:
    """A measure read off the spaced header, with the signs it has in the header itself."""
    measure = measure.strip(" -:")
    if not measure:
        return ""
    found = re.search(r"[\s_/:–-]*".join(re.escape(word) for word in measure.split()), header)
    return " ".join(found[0].replace("_", " ").split()) if found else measure


def start_of_year(text: str) -> int:
    """2023-24, SY2324, 2023 and 23 begin in 2023; 0 for nothing."""
    if re.fullmatch(SHORT_YEAR, text):
        return 2000 + int(text)
    found = re.search(r"(?:19|20)\d\d", text)
    return int(found[0]) if found else 0


_SHORT_RANGE = re.compile(r"(?<!\d)(\d\d)\s?[-–/]\s?(\d\d)(?![\d/–-])")


def _long(years: re.Match[str]) -> str:
    """24-25 is 2024-25; two numbers that do not follow one another are none."""
    return f"20{years[1]}-{years[2]}" if int(years[2]) == int(years[1]) + 1 and int(years[1]) >= 15 else years[0]


@lru_cache(maxsize=65_536)
def _spaced(header: str) -> str:
    """Words apart: MathFallScore, MATH_FALL_SCORE and "Math - Fall score" are alike; year ranges keep their dash."""
    text = re.sub(r"(?<=[a-z][a-z])(?=[A-Z])|(?<=[A-Za-z])(?=(?:19|20)\d\d)", " ", _SHORT_RANGE.sub(_long, header))
    text = re.sub(r"(?<!19\d\d)(?<!20\d\d)[-–]|[-–](?!\d)|[_/:]", " ", text)
    return " ".join(text.split())


def _places(pattern: str, places: Mapping[str, str], between: str) -> re.Pattern[str]:
    spaced = _spaced(re.sub(r"\{([mwy])\}", r" \1\1\1 ", pattern))
    parts = [places.get(word) or re.escape(word) for word in spaced.split()]
    return re.compile(between.join(parts), re.IGNORECASE)


@lru_cache(maxsize=256)
def _regex(pattern: str, more: tuple[str, ...] = ()) -> re.Pattern[str]:
    windows = "|".join([*(re.escape(word) for word in sorted(more, key=len, reverse=True)), _windows()])
    places = {"mmm": "(?P<m>.+?)", "www": f"(?P<w>{windows})", "yyy": f"(?P<y>{YEAR}|{SHORT_YEAR})"}
    return _places(pattern, places, r"\s*")


@lru_cache(maxsize=64)
def _nearly(pattern: str, measures: tuple[str, ...]) -> re.Pattern[str]:
    spelled = sorted({_spaced(each) for each in measures if each}, key=len, reverse=True)
    named = "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in spelled)
    places = {"mmm": f"(?P<m>{named})", "www": r"(?P<w>[^\W\d_][^\W_]*)", "yyy": f"(?P<y>{YEAR}|{SHORT_YEAR})"}
    return _places(pattern, places, r"\s+")


@cache
def _windows() -> str:
    words = [word for word in vocabulary().windows if not word.isdigit() and word not in _AMBIGUOUS]
    words += ["middle of year", "end of year", "beginning of year"]
    spelled = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(set(words), key=len, reverse=True))
    return f"{spelled}|{_FURTHER}"


@cache
def window_pattern() -> re.Pattern[str]:
    """A window anywhere in a spaced header."""
    return re.compile(rf"(?<![A-Za-z])(?:{_windows()})(?![A-Za-z])", re.IGNORECASE)


def window_word(text: str, seasons: Seasons = ()) -> str:
    """BOY → Fall; what is no known season stays the file's own word. A layout's own ``seasons`` come first."""
    own = {plain(word): season for word, season in seasons}
    found = own.get(plain(text)) or vocabulary().windows.get(plain(text))
    if not found and re.fullmatch(_SHORT_MONTHS, text, re.IGNORECASE):
        return next(month for month in _MONTHS.split("|") if month[:3].casefold() == text[:3].casefold())
    return found or " ".join(text.title().split() if text.isupper() or text.islower() else text.split())


def spaced(header: str) -> str:
    return _spaced(header)


def headers_of(scores: Iterable[WideScore]) -> list[str]:
    return [header for each in scores for header in each.parts.values()]
