"""Days a document is about: named spans, and dates as people type them."""

from __future__ import annotations

import re
from datetime import date, timedelta

PERIODS = (
    ("", "This school year"),
    ("month", "This month"),
    ("before", "Last month"),
    ("quarter", "Last 90 days"),
    ("own", "Other days"),
)
_DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?", re.ASCII)


def read_day(text: str, today: date) -> date | None:
    """``10/24`` is the last such day, ``10/24/2026`` and ``10/24/26`` that day; None where it is no date."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    month, day, year = int(found[1]), int(found[2]), found[3]
    years = (today.year, today.year - 1) if year is None else (int(year) + (2000 if len(year) == 2 else 0),)
    days = [made for each in years if (made := _day(each, month, day)) is not None]
    return next((each for each in days if year is not None or each <= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def period(value: str, today: date) -> tuple[date | None, date | None]:
    """First and last day of a named period; (None, None) is the school year to today."""
    first = today.replace(day=1)
    match value:
        case "month":
            return first, today
        case "before":
            last = first - timedelta(days=1)
            return last.replace(day=1), last
        case "quarter":
            return today - timedelta(days=89), today
    return None, None
