"""Which school year “Spring 2025” is in: a single year beside a season is that of the calendar, or the one the school year begins in.

People say it by the calendar, some systems by the school year. The file tells which where it holds several seasons; where nothing
tells, a person is asked once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from mtss_desktop.domain.people import school_year_of
from mtss_desktop.importing.vocabulary import plain, vocabulary
from mtss_desktop.importing.word_lists import measure_words

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
    certain, _ = _seasons_named(text)
    return next(iter(certain)) if len(certain) == 1 else ""


def season_perhaps(text: str) -> str:
    """The season in a name that says none for certain, as the word may be part of a place: “Winter Park MS”; "" for none or several."""
    certain, perhaps = _seasons_named(text)
    return next(iter(perhaps)) if len(perhaps) == 1 and not certain else ""


def _seasons_named(text: str) -> tuple[set[str], set[str]]:
    """(certain, perhaps) of the seasons whose words stand in a name."""
    certain: set[str] = set()
    perhaps: set[str] = set()
    for found in _SEASON_WORD.finditer(text):
        word = found[0].casefold()
        place = word in _ALSO_IN_PLACES and _makes_a_place(_NEXT_WORD.match(text, found.end()))
        (perhaps if place else certain).add(vocabulary().windows[word])
    return certain, perhaps


def _makes_a_place(beside: re.Match[str] | None) -> bool:
    """Is the word right after a season neither of a test, a grade or a date, nor usual there?"""
    if beside is None:
        return False
    word, part = beside[0].strip(" _-"), beside[1]
    if word.casefold() in vocabulary().beside_season["places"]:
        return True
    return part[0].isupper() and not (len(part) == 1 or {word.casefold(), part.casefold()} & _usual_beside_season())


@cache
def _usual_beside_season() -> frozenset[str]:
    known = vocabulary()
    tests = (part for word in measure_words() for part in plain(word).split())
    months = (*_ALL_MONTHS, *(month[:3] for month in _ALL_MONTHS))
    return frozenset((*tests, *months, *known.beside_season["common"], *known.grades, *known.windows))


_ALSO_IN_PLACES = frozenset({"fall", "autumn", "winter", "spring"})
_SEASON_WORD = re.compile(r"(?<![a-z])(?:fall|autumn|winter|spring|boy|moy|eoy)(?![a-z])", re.IGNORECASE)
_NEXT_WORD = re.compile(r"[\s_-]*([A-Z]+(?![a-z])|[A-Za-z][a-z]*)[A-Za-z]*")
"""The word right after and its first part (ORF of ORFScores), where neither a number nor another sign stands between."""

_THREE = re.compile(
    r"(?<!\d)(?P<a>\d{4}|\d\d?)(?:(?P<sign>[-_./ ])(?P<b>\d\d?)(?P=sign)(?P<c>\d{4}|\d\d?)|(?P<b2>[01]\d)(?P<c2>[0-3]\d))(?!\d)"
)
_YEARS_OF_NAME = re.compile(
    r"(?<!\d)(?:20)?(\d\d) ?[-–_ ] ?(?:20)?(\d\d)(?!\d)|SY ?(?:20)?(\d\d)(?:20)?(\d\d)(?!\d)", re.IGNORECASE
)
_BARE_YEARS = re.compile(r"\d\d\D+\d\d")
_FIRST_BARE_YEAR = 15
_COUNTED = re.compile(
    r"(?<![a-z])(?:grades?|gr|rooms?|rm|class(?:es)?|periods?|items?|questions?|lessons?|units?|students?|groups?|pages?|weeks?|ages?)[\s._#-]*$",
    re.IGNORECASE,
)
"""Words after which two numbers count something else than years."""
_MONTH_OF_NAME = re.compile(
    rf"(?<![a-z])({'|'.join((*_ALL_MONTHS, 'sept', *(month[:3] for month in _ALL_MONTHS)))})"
    r"[-_. ]*(?:[0-3]?\d(?:st|nd|rd|th)?[-_., ]+)?20\d\d",
    re.IGNORECASE,
)


def year_named(text: str, today: date) -> int:
    """The school year that the name of a file or sheet says: by a day or month in it, years such as 2025-26, or one year; 0 for none.

    One year beside winter or spring, or one that has not begun, is the year a school year ends in.
    """
    for found in _THREE.finditer(text):
        if day := _day_named(found, today):
            return school_year_of(day)
    for found in _YEARS_OF_NAME.finditer(text):
        first, second = int(found[1] or found[3]), int(found[2] or found[4])
        if second == (first + 1) % 100 and (found[3] or _are_years(text, found, today)):
            return 2000 + first
    year = single_year(text)
    if year and (found_month := _MONTH_OF_NAME.search(text)):
        return year - 1 if found_month[1].casefold().startswith(tuple(month[:3] for month in _MONTHS)) else year
    if year and (season_named(text) in _LATE or year > school_year_of(today)):
        return year - 1
    return year


def _day_named(found: re.Match[str], today: date) -> date | None:
    """The day that three numbers are: the month first, else the year, else the day; of two-digit years only one near to today."""
    a, b, c = found["a"], found["b"] or found["b2"], found["c"] or found["c2"]
    if len(a) == 4:
        orders = [(a, b, c)]
    elif len(c) == 4:
        orders = [(c, a, b), (c, b, a)]
    elif found["sign"] in ("-", "_", ".", "/"):
        orders = [(c, a, b), (a, b, c), (c, b, a)] if len(c) == 2 else [(a, b, c)]
    else:
        return None
    for year, month, day in orders:
        try:
            made = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
        except ValueError:
            continue
        if (len(year) == 4 and made.year // 100 == 20) or today.year - 10 < made.year <= today.year + 1:
            return made
    return None


def _are_years(text: str, found: re.Match[str], today: date) -> bool:
    """Two bare two-digit numbers are years only where they can be, no third number belongs to them and nothing is counted."""
    if not _BARE_YEARS.fullmatch(found[0]):
        return True
    if not _FIRST_BARE_YEAR <= int(found[1]) <= today.year % 100 + 1 or _COUNTED.search(text[: found.start()]):
        return False
    alone = re.search(r"\d[-–_./]$", text[: found.start()]) is None
    return alone and re.match(r"[-–_./]\d|[\s_]\d+(?![\da-z])", text[found.end() :], re.IGNORECASE) is None


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
