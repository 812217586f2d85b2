"""What is wrong with a date that cannot be read, in words that mend it."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from mtss_desktop.base.words import Words, said

_TYPED = re.compile(r"(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?", re.ASCII)


def day_trouble(words: Words, text: str, today: date, otherwise: str) -> str:
    """February has 28 days. Did you mean 3/2/2027? ``otherwise`` is said of all that is not nearly a date.

    A date without a year is taken for the next one of that month.
    """
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        return otherwise
    month, day = int(found[1]), int(found[2])
    year = _year(found[3], month if month <= 12 else day, today)
    if not 1990 <= year <= 2100:
        return otherwise
    if month > 12 >= day >= 1 and month <= monthrange(year, day)[1]:
        meant = date(year, day, month)
        return words.say(said("The month comes first. Did you mean {day:date}?", day=meant))
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return otherwise
    days = monthrange(year, month)[1]
    if day <= days:
        return otherwise
    last = date(year, month, days)
    name = words.month(last).rpartition(" ")[0]
    meant = last + timedelta(days=day - days)
    return words.say(said("{month} has {n} days. Did you mean {day:date}?", month=name, n=days, day=meant))


def _year(typed: str | None, month: int, today: date) -> int:
    if typed is None:
        return today.year if month >= today.month else today.year + 1
    return int(typed) + (2000 if len(typed) == 2 else 0)
