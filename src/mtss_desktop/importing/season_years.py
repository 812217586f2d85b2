"""Which school year “Spring 2025” is in: a single year beside a season is that of the calendar, or the one the school year begins in.

People say it by the calendar, some systems by the school year. The file tells which where it holds several seasons; where nothing
tells, a person is asked once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from mtss_desktop.domain.people import school_year_of
from mtss_desktop.importing.vocabulary import plain, vocabulary

CALENDAR, BEGINS, ASK = "calendar", "begins", "ask"
_MONTHS = ("january", "february", "march", "april", "may", "june")
_ALL_MONTHS = (*_MONTHS, "july", "august", "september", "october", "november", "december")
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
    text = re.sub(r"(?<=[A-Za-z])-(?=[A-Za-z])", " ", text)
    words = plain(re.sub(r"\d[\d\s/–-]*", " ", re.sub(r"SY\s*(?=\d)", " ", text, flags=re.IGNORECASE)))
    return "" if not words else vocabulary().windows.get(words) or (words.title() if words in _MONTHS else "")


def season_named(text: str) -> str:
    """The only season that the name of a file or sheet says, as “ORF Fall 2025.xlsx” or “MOY”; "" for none or several."""
    words = re.findall(r"[a-z]+", text.casefold())
    found = {vocabulary().windows[word] for word in words if word in _NAMED_SEASONS}
    return found.pop() if len(found) == 1 else ""


_DAY_OF_NAME = re.compile(
    r"(?<!\d)(?:(?P<y>20\d\d)[-_. ]?(?P<m>[01]\d)[-_. ]?(?P<d>[0-3]\d)|(?P<m2>[01]?\d)[-_. ](?P<d2>[0-3]?\d)[-_. ](?P<y2>20\d\d))(?!\d)"
)
_YEARS_OF_NAME = re.compile(
    r"(?<!\d)(?:20)?(\d\d) ?[-–_ ] ?(?:20)?(\d\d)(?!\d)|SY ?(?:20)?(\d\d)(?:20)?(\d\d)(?!\d)", re.IGNORECASE
)
_MONTH_OF_NAME = re.compile(
    r"(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-_. ]*20\d\d", re.IGNORECASE
)


def year_named(text: str, today: date) -> int:
    """The school year that the name of a file or sheet says: by a day or month in it, years such as 2025-26, or one year; 0 for none.

    One year beside winter or spring, or one that has not begun, is the year a school year ends in.
    """
    if found := _DAY_OF_NAME.search(text):
        try:
            return school_year_of(
                date(*(int(found[a] or found[b]) for a, b in (("y", "y2"), ("m", "m2"), ("d", "d2"))))
            )
        except ValueError:
            pass
    for found in _YEARS_OF_NAME.finditer(text):
        first, second = found[1] or found[3], found[2] or found[4]
        if int(second) == (int(first) + 1) % 100:
            return 2000 + int(first)
    year = single_year(text)
    if year and (found := _MONTH_OF_NAME.search(text)):
        return year if found[1].casefold() in ("jul", "aug", "sep", "oct", "nov", "dec") else year - 1
    if year and (season_named(text) in _LATE or year > school_year_of(today)):
        return year - 1
    return year


_NAMED_SEASONS = frozenset({"fall", "boy", "autumn", "winter", "moy", "spring", "eoy"})


_FIRST_MONTH = {"Fall": 8, "Winter": 11, "Spring": 3}


def begins_on(window: str, year: int) -> date | None:
    """The day from which on a season or month of a school year can have come; ``None`` for any other word."""
    month = _FIRST_MONTH.get(window) or next(
        (n for n, name in enumerate(_ALL_MONTHS, 1) if name == window.casefold()), 0
    )
    return date(year + (month < 7), month, 1) if month else None


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
