"""Columns whose heads are days, as teams keep progress monitoring: Student | 9/5 | 9/12 | … Which day a head is, of which year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mtss_desktop.domain.people import school_year_of
from mtss_desktop.importing.dates import parse_date

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = re.compile(
    r"(?<![\w/.-])(?:"
    r"\d{4}-\d{1,2}-\d{1,2}(?:[ T]00:00(?::00(?:\.0+)?)?Z?)?"
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?: 0?0:00(?::00)?| 12:00(?::00)? AM)?"
    r"|\d{1,2}/\d{1,2}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|{_MONTH}-\d{{1,2}}"
    rf"|\d{{1,2}}[ -]{_MONTH}(?:[ ,-]+(?:\d{{4}}|\d{{2}}))?"
    r")(?![\w/.-])",
    re.IGNORECASE,
)
_NO_TEST = re.compile(
    r"\b(?:week|of|wk|date|score|scores|probe|on|the|mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs?|rsday)?|fri(?:day)?"
    r"|progress|monitoring|check)\b|[()\[\]:,–-]",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:grades?|gr|items?|questions?|q|units?|lessons?|chapters?|modules?|pages?|problems?|standards?|rooms?)[\s.#:_-]*$",
    re.IGNORECASE,
)
"""Words after which 9/10 counts something and is no day."""
_LEAP_YEARS = (1999, 2023)
"""School years that hold February 29: any day without a year lies in them."""
MOST_MEASURES = 8
"""Different words beside days: more of them are something else than tests."""


@dataclass(frozen=True)
class DatedHead:
    """``day`` is the day as the head writes it, ``measure`` what else stands in the head."""

    header: str
    measure: str
    day: str


def dated_heads(names: Sequence[str]) -> tuple[DatedHead, ...]:
    """Heads that are days, or a test beside a day; none where there is only one."""
    found = [head for name in names if (head := _head(name)) is not None]
    if len(found) < 2 or len({head.measure.casefold() for head in found}) > MOST_MEASURES:
        return ()
    return tuple(found)


@lru_cache(maxsize=65_536)
def _head(name: str) -> DatedHead | None:
    text = re.sub(r" \(\d+\)$", "", name)
    there = _DAY.findall(text)
    if len(there) != 1 or all(day_of(there[0], order, _LEAP_YEARS[0]) is None for order in ("mdy", "dmy")):
        return None
    if re.fullmatch(r"\d+/\d+", there[0]) and _COUNTED.search(text[: text.index(there[0])]):
        return None
    rest = " ".join(_NO_TEST.sub(" ", text.replace(there[0], " ")).replace("_", " ").split())
    if re.search(r"\d{3}|birth|dob", rest, re.IGNORECASE):
        return None
    return DatedHead(name, rest, there[0])


def has_year(day: str) -> bool:
    """Does a head name its year?"""
    return re.search(r"\d{4}", day) is not None or len(re.findall(r"\d+", day)) == 3 or _named_year(day) is not None


def _named_year(day: str) -> re.Match[str] | None:
    return re.fullmatch(rf"\d{{1,2}}[ -]{_MONTH}[ ,-]+(\d\d)", day, re.IGNORECASE)


def day_of(day: str, order: str, year: int) -> date | None:
    """The day a head names; without a year of its own it lies in the school year that begins in ``year``."""
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", day)
    if has_year(day):
        return parse_date(text.replace(".", "/") if re.fullmatch(r"[\d.]+", text) else text, order, date(2060, 1, 1))
    text = text.replace("-", " ")
    for of_year in (year, year + 1):
        written = (
            f"{text}/{of_year}" if "/" in text else f"{text}, {of_year}" if text[0].isalpha() else f"{text} {of_year}"
        )
        found = parse_date(written, order, date(2060, 1, 1))
        if found is not None and school_year_of(found) == year:
            return found
    return None


def order_of(days: Sequence[str]) -> str:
    """mdy or dmy: by a number above 12, else by which of the two puts the columns in order, on school days; "" where both or neither do."""
    fits = [order for order in ("mdy", "dmy") if all(day_of(day, order, _LEAP_YEARS[1]) for day in days)]
    if len(fits) == 1:
        return fits[0]
    same = all(day_of(day, "mdy", _LEAP_YEARS[1]) == day_of(day, "dmy", _LEAP_YEARS[1]) for day in days)
    if same:
        return "mdy"
    told = {order: [day for head in days if (day := day_of(head, order, _LEAP_YEARS[1])) is not None] for order in fits}
    for backward in (False, True):
        sorted_ = [order for order, found in told.items() if found == sorted(found, reverse=backward)]
        if len(sorted_) > 1 and all(map(has_year, days)):  # a school is closed on weekends
            sorted_ = [order for order in sorted_ if all(day.weekday() < 5 for day in told[order])]
        if sorted_:
            return sorted_[0] if len(sorted_) == 1 else ""
    return ""


def year_of(days: Sequence[str], order: str, today: date) -> int:
    """The latest school year that holds all these days, where all have come; without one the last in which they could have."""
    this = school_year_of(today)
    for year in range(this, this - _YEARS_BACK, -1):  # February 29 comes once in four
        found = [day_of(day, order, year) for day in days]
        if all(day is not None and day <= today for day in found):
            return year
    found = [day_of(day, order, this) for day in days]
    return this if all(day is None or day <= today for day in found) else this - 1


_YEARS_BACK = 5
