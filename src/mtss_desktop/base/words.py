"""Words, dates and numbers as people write them.

Everything below the window makes ``Said`` values, never finished English; whoever shows them holds a ``Words`` and says them.
``Words`` is passed, never process-wide: a page can be Spanish in an English window.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from mtss_desktop.base import paths

Day = date
Clock = time
MINUS = "\u2212"
RANGE = "\u2013"


@dataclass(frozen=True)
class Said:
    """A sentence to be: a template with ``{name}`` fields and its values.

    ``{name}`` is written by the value's type, ``{name:2}`` with two places, ``{name:date}``, ``{name:day}`` (Tue 12/1),
    ``{name:long}`` (Tuesday, December 1, 2026), ``{name:month}``; ``{label.team}`` and ``{label.team.many}`` are the database's labels.
    ``many`` is the template for any count but one; ``count`` names the deciding value.
    """

    text: str
    values: tuple[tuple[str, object], ...] = ()
    many: str = ""
    count: str = ""

    def value(self, name: str) -> object:
        return dict(self.values)[name]


def said(text: str, /, *, many: str = "", count: str = "", **values: object) -> Said:
    """``said("{n} team", many="{n} teams", count="n", n=3)``."""
    return Said(text, tuple(values.items()), many, count)


@dataclass(frozen=True)
class Label:
    """A word of the database's label profile, as one and as many."""

    one: str
    many: str


_FIELD = re.compile(r"\{([a-z_][a-z0-9_.]*)(?::([a-z0-9]+))?\}")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
_LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Words:
    """Says things in one language with one set of labels."""

    def __init__(self, language: str = "en-US", labels: Mapping[str, Label] | None = None, zone: str = "") -> None:
        """``zone`` is the database's; without one the machine's serves."""
        self.language = language
        self._zone = ZoneInfo(zone) if zone else None
        self.labels: Mapping[str, Label] = labels or {}
        self._catalog = gettext.translation(
            "mtss", str(paths.resource("locale")), [language.replace("-", "_")], fallback=True
        )

    def local(self, moment: datetime) -> datetime:
        """A stamp in UTC on the wall clock of the place, wherever the machine thinks it is."""
        return moment.astimezone(self._zone)

    def __call__(self, text: str) -> str:
        """Translates a fixed text."""
        return self._catalog.gettext(text) if text else ""

    def say(self, said_: Said | str) -> str:
        if isinstance(said_, str):
            return self(said_)
        values = dict(said_.values)
        if said_.many:
            number = values.get(said_.count)
            template = self._catalog.ngettext(said_.text, said_.many, 1 if number == 1 else 2)
        else:
            template = self(said_.text)
        return _FIELD.sub(lambda match: self._field(match[1], match[2] or "", values), template)

    def _field(self, name: str, form: str, values: dict[str, object]) -> str:
        if name.startswith("label."):
            _, key, *number = name.split(".")
            return self.label(key, many=number == ["many"])
        return self.write(values[name], form)

    def write(self, value: object, form: str = "") -> str:
        """One value as people write it; ``form`` as in ``Said``."""
        match value:
            case None:
                return self("not set")
            case str():
                return value
            case Said():
                return self.say(value)
            case bool():
                return self("yes") if value else self("no")
            case datetime():
                return f"{self.date(value.date())}, {self.time(value.time())}"
            case date():
                return self._date(value, form)
            case time():
                return self.time(value)
            case int() | float() | Fraction():
                return self.number(value, int(form) if form.isdigit() else None)
            case tuple() | list():
                return ", ".join(self.write(part, form) for part in value)
        return str(value)

    def _date(self, value: Day, form: str) -> str:
        match form:
            case "day":
                return self.day(value)
            case "long":
                return self.long_date(value)
            case "month":
                return self.month(value)
            case "short":
                return f"{value.month}/{value.day}"
        return self.date(value)

    def label(self, key: str, *, many: bool = False) -> str:
        """A word of the label profile; the key itself, spaced, where the profile lacks it."""
        found = self.labels.get(key)
        if found is None:
            return key.replace("_", " ")
        return found.many if many else found.one

    @staticmethod
    def date(value: Day) -> str:
        return f"{value.month}/{value.day}/{value.year}"

    def day(self, value: Day) -> str:
        return f"{self(_DAYS[value.weekday()])} {value.month}/{value.day}"

    def weekday_date(self, value: Day) -> str:
        """Thursday, February 12."""
        return f"{self(_LONG_DAYS[value.weekday()])}, {self(_MONTHS[value.month - 1])} {value.day}"

    def long_date(self, value: Day) -> str:
        return f"{self.weekday_date(value)}, {value.year}"

    def spelled(self, n: int) -> str:
        """A small number at the start of a sentence is a word: No, One … Nine, 10."""
        return self(_NUMBERS[n]) if 0 <= n < len(_NUMBERS) else self.number(n)

    def month(self, value: Day) -> str:
        return f"{self(_MONTHS[value.month - 1])} {value.year}"

    @staticmethod
    def time(value: Clock) -> str:
        hour = value.hour % 12 or 12
        return f"{hour}:{value.minute:02} {'AM' if value.hour < 12 else 'PM'}"

    def time_range(self, start: Clock, end: Clock) -> str:
        """2:45–3:45 PM; the half of the day is said once when both share it."""
        first = self.time(start)
        if (start.hour < 12) == (end.hour < 12):
            first = first[:-3]
        return f"{first}{RANGE}{self.time(end)}"

    @staticmethod
    def number(value: float | Fraction, places: int | None = None) -> str:
        """1,204; 0.9; −3. Rounds half up, as people do. Without ``places``: as many as needed, at most two."""
        if isinstance(value, Fraction):
            exact = Decimal(value.numerator) / Decimal(value.denominator)
        else:
            exact = Decimal(repr(value))
        wanted = places if places is not None else (0 if isinstance(value, int) else 2)
        rounded = exact.quantize(Decimal(1).scaleb(-wanted), rounding=ROUND_HALF_UP)
        text = f"{abs(rounded):,}"
        if places is None and "." in text:
            text = text.rstrip("0").rstrip(".")
        return (MINUS if rounded < 0 else "") + text

    def percent(self, share: float, places: int = 0) -> str:
        """``share`` is a fraction: 0.8 → 80 %, written 80%."""
        return self.number(share * 100, places) + "%"

    def listed(self, parts: list[str] | tuple[str, ...]) -> str:
        """a, b and c."""
        if len(parts) < 2:
            return "".join(parts)
        return self("{start} and {last}").format(start=", ".join(parts[:-1]), last=parts[-1])

    def ago(self, day: Day, today: Day) -> str:
        """Relative beside absolute dates: today, yesterday, in 2 weeks, 12 days ago."""
        days = (day - today).days
        near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days)
        if near:
            return self(near)
        amount = abs(days)
        unit = said("{n} day", many="{n} days", count="n", n=amount)
        if (amount >= 14 and amount % 7 == 0) or amount >= 28:
            weeks = amount // 7
            unit = said("{n} week", many="{n} weeks", count="n", n=weeks)
        return (
            self("in {span}").format(span=self.say(unit))
            if days > 0
            else self("{span} ago").format(span=self.say(unit))
        )


ENGLISH = Words()
"""Plain US English with default labels, for places that have no database at hand (terminal errors, tests)."""


def school_year(start: int) -> str:
    """2026 → 2026–27."""
    return f"{start}{RANGE}{(start + 1) % 100:02}"
