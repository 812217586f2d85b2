"""Days and times of day as files write them, and what a whole column tells of how it writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from mtss_desktop.importing.columns import Column, tidy

_MONTHS = {
    m: n
    for n, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)
}
_YMD = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_THREE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[ T]+\d.*)?")
_NAMED = re.compile(
    r"(\d{1,2})[- ]([A-Za-z]{3})[a-z]*[- ,]+(\d{4}|\d{2})|([A-Za-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})(?:,? +\d{1,2}:\d.*)?"
)
_EIGHT = re.compile(r"(?:19|20)\d{6}")
_PACKED = re.compile(r"\d{7,8}")
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+(?=\S)", re.IGNORECASE)
_EPOCH = re.compile(r"\d{13}")


def parts_of_date(text: str) -> tuple[int, int] | None:
    """The first two numbers of a date such as 4/5/2025, whose order only its neighbors can tell."""
    found = _THREE.fullmatch(_WEEKDAY.sub("", text))
    return (int(found[1]), int(found[2])) if found else None


def parse_date(text: str, order: str, today: date) -> date | None:
    """A date as files write it; ``order`` is mdy or dmy for 4/5/2025. ``None`` where it is none."""
    try:
        return _parsed(_WEEKDAY.sub("", text), order, today)
    except (ValueError, OverflowError):
        return None


def _parsed(text: str, order: str, today: date) -> date | None:
    if found := _YMD.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _THREE.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), _four_digits(found[3], today)
        return date(year, second, first) if order == "dmy" else date(year, first, second)
    if found := _NAMED.fullmatch(text):
        number = _MONTHS.get((found[2] or found[4]).casefold())
        return date(_four_digits(found[3] or found[6], today), number, int(found[1] or found[5])) if number else None
    if _EIGHT.fullmatch(text):
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    if _PACKED.fullmatch(text):
        text = text.zfill(8)
        return date(int(text[4:]), int(text[:2]), int(text[2:4]))
    if _SERIAL.fullmatch(text):
        return date(1899, 12, 30) + timedelta(days=int(float(text)))
    if _EPOCH.fullmatch(text):
        return date(1970, 1, 1) + timedelta(milliseconds=int(text))
    return None


def _four_digits(year: str, today: date) -> int:
    """Two digits mean the latest such year that is not beyond next year."""
    if len(year) == 4:
        return int(year)
    full = today.year // 100 * 100 + int(year)
    return full if full <= today.year + 1 else full - 100


def either_way(text: str) -> bool:
    """Is it a date with the month first as well as with the day first, and another one?"""
    parts = parts_of_date(text)
    return parts is not None and parts[0] != parts[1] and max(parts) <= 12


def order_in_header(header: str) -> str:
    """mdy or dmy where a header says it, as in “Date (DD/MM/YYYY)”; "" for any other."""
    found = re.search(
        r"(?<![A-Za-z])(m{1,2}|d{1,2})\s?[-/.]\s?(m{1,2}|d{1,2})\s?[-/.]\s?y{2,4}(?![A-Za-z])", header, re.IGNORECASE
    )
    if found is None or found[1][0].casefold() == found[2][0].casefold():
        return ""
    return "mdy" if found[1][0] in "mM" else "dmy"


def date_order(column: Column) -> str:
    """mdy or dmy from the evidence of the whole column; "ask" where some day could be two and nothing tells which."""
    told = order_told(column)
    if told in ("mdy", "dmy"):
        return told
    return "ask" if told or any(either_way(tidy(word)) for word in column.words) else "mdy"


def order_told(column: Column) -> str:
    """mdy or dmy where a day above 12 shows it, "both" where days stand in both places, "" where none does."""
    pairs = [parts for word in column.words if (parts := parts_of_date(tidy(word)))]
    first, second = any(a > 12 for a, _ in pairs), any(b > 12 for _, b in pairs)
    if first and second:
        return "both"
    return "mdy" if second else "dmy" if first else ""


def order_by_days(column: Column, today: date, *, past: bool) -> str:
    """mdy where days that could be two can be nothing else: the others have not come (``past``) or lie on weekends; "" for nothing.

    Nothing is ever turned against the usual order by this: one mistyped year could turn a whole column.
    """
    words = [text for word in column.words if parts_of_date(text := tidy(word))]
    days = {order: [day for word in words if (day := parse_date(word, order, today))] for order in ("mdy", "dmy")}
    beyond = {order: past and any(day > today for day in found) for order, found in days.items()}
    weekend = {order: any(day.weekday() > 4 for day in found) for order, found in days.items()}
    told = (beyond["dmy"] and not beyond["mdy"]) or (weekend["dmy"] and not weekend["mdy"] and not beyond["mdy"])
    return "mdy" if told else ""


# Times of day -----------------------------------------------------------------------------------------------------------

_CLOCK = re.compile(r"(?:\S*[T ])?(\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)?\s*([AaPp])?\.?\s?[Mm]?\.?")
_FOUR = re.compile(r"(\d{1,2})(\d\d)")
_OF_DAY = re.compile(r"0?\.\d+")
_SERIAL_TIME = re.compile(r"[2-6]\d{4}(\.\d+)")
WHOLE_DAY, AFTERNOON = "24 hours", "afternoon"
"""How times without AM and PM are meant: as they stand, or one to six o'clock after noon."""


def parse_time(text: str, clock: str = WHOLE_DAY) -> int | None:
    """Minutes after midnight of 1:05 PM, 13:05, 1305, 0.545 (a spreadsheet's part of a day) … ``None`` where it is none."""
    found = _CLOCK.fullmatch(text) or _FOUR.fullmatch(text)
    if found is None:
        part = _OF_DAY.fullmatch(text) or _SERIAL_TIME.fullmatch(text)
        return round(float(part[part.lastindex or 0]) * 1440) % 1440 if part else None
    hour, minute = int(found[1]), int(found[2])
    half = found[3] if found.re is _CLOCK else None
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half in "Pp" else 0)
    elif clock == AFTERNOON and 1 <= hour <= 6:
        hour += 12
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def hour_without_half(text: str) -> int | None:
    """The hour of a time that does not say AM or PM."""
    found = _CLOCK.fullmatch(text) or _FOUR.fullmatch(text)
    return int(found[1]) if found is not None and not (found.re is _CLOCK and found[3]) else None


def clock_told(words: Iterable[str]) -> str:
    """How a column's times without AM and PM are meant; "ask" where one to six o'clock may be after noon."""
    hours = [hour for word in words if (hour := hour_without_half(word)) is not None]
    if any(hour > 12 for hour in hours) or not any(1 <= hour <= 6 for hour in hours):
        return WHOLE_DAY
    return "ask"
