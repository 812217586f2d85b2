"""Which school year “Spring 2025” is in: a single year beside a season is that of the calendar, or the one the school year begins in.

People say it by the calendar, some systems by the school year. The file tells which where it holds several seasons; where nothing
tells, a person is asked once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mtss_desktop.importing.vocabulary import plain, vocabulary

CALENDAR, BEGINS, ASK = "calendar", "begins", "ask"
_MONTHS = ("january", "february", "march", "april", "may", "june")
_LATE = frozenset({"Winter", "Spring"})
_SINGLE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHORT = re.compile(r"(?<!\d)(?:1[5-9]|[23]\d)(?!\d)")
_RANGE = re.compile(r"(?<!\d)(?:19|20)?\d\d\s*[-–/_]\s*(?:19|20)?\d\d(?!\d)|SY\s*\d{4}(?!\d)", re.IGNORECASE)


def school_year(window: str, year: int, how: str = CALENDAR) -> int:
    """The year in which the school year of a window begins, where a single year stands beside the window."""
    if plain(window) in _MONTHS:
        return year - 1
    return year - 1 if window in _LATE and how != BEGINS else year


def single_year(text: str) -> int:
    """The year in a text that names a single one, 0 where it names none or a school year such as 2024-25."""
    found = _SINGLE.findall(text)
    return int(found[0]) if len(found) == 1 and not _RANGE.search(text) else 0


def short_year(text: str) -> int:
    """The year in a text such as Read_EOY_25, which is mostly that of the school year; 0 where it names none."""
    found = _SHORT.findall(text)
    return 2000 + int(found[0]) if len(found) == 1 and not _RANGE.search(text) and not _SINGLE.search(text) else 0


def season_of(text: str) -> str:
    """The season in a term such as “Spring 2025” or “2025 EOY”; "" for any other."""
    words = plain(re.sub(r"\d[\d\s/–-]*", " ", re.sub(r"SY\s*(?=\d)", " ", text, flags=re.IGNORECASE)))
    return "" if not words else vocabulary().windows.get(words) or (words.title() if words in _MONTHS else "")


def told(seasons: Sequence[tuple[str, int]]) -> str:
    """How a file means single years, from its (season, year) in their order; ``ASK`` where it could be either."""
    falls = {year for season, year in seasons if season == "Fall"}
    late = {year for season, year in seasons if season in _LATE}
    if not late or not falls & late or any(year + 1 in late for year in falls):
        return CALENDAR
    firsts: dict[tuple[bool, int], int] = {}
    for place, (season, year) in enumerate(seasons):
        if season == "Fall" or season in _LATE:
            firsts.setdefault((season == "Fall", year), place)
    both = falls & late
    if all(firsts[False, year] < firsts[True, year] for year in both):
        return CALENDAR  # winter, spring and fall of one year, one after another
    return ASK


def short_by_calendar(seasons: Sequence[tuple[str, int]]) -> bool:
    """Do years of two digits follow the calendar, as in Fall 24 and Spring 25?"""
    falls = {year for season, year in seasons if season == "Fall"}
    late = {year for season, year in seasons if season in _LATE}
    return bool(falls) and not falls & late and late <= {year + 1 for year in falls}


def told_by_terms(terms: Iterable[str]) -> str:
    """As ``told`` for cells such as “Spring 2025”, whose order in the file says nothing."""
    pairs = {(season, year) for term in terms if (year := single_year(term)) and (season := season_of(term))}
    return told(sorted(pairs, key=lambda pair: (pair[1], pair[0] != "Fall")))
