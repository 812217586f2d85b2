"""What the signs of a line of minutes may mean: people, dates and problems, read from words as typed."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from mtss_desktop.base.folding import fold
from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.problems import ProblemId

DOUBTFUL_AFTER_MONTHS = 9
LONGEST_NAME_WORDS = 4


@dataclass(frozen=True)
class KnownPerson:
    """Somebody a line may name; ``member`` says whether the person is on the team that meets."""

    id: PersonId
    first_name: str
    last_name: str
    member: bool = True

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True)
class KnownProblem:
    id: ProblemId
    tag: str
    title: str


@dataclass(frozen=True)
class Known:
    """All a line may name, made once per meeting with ``known`` and passed with every key.

    ``exact`` finds people by folded last name, first name, "first last", "last first" and "last, first"; ``starts`` are (folded name,
    name, person) with members first, ``tags`` problems by folded tag. ``next_meeting`` is what ``!next meeting`` means.
    """

    people: tuple[KnownPerson, ...] = ()
    problems: tuple[KnownProblem, ...] = ()
    next_meeting: date | None = None
    exact: Mapping[str, tuple[KnownPerson, ...]] | None = None
    starts: tuple[tuple[str, str, KnownPerson], ...] = ()
    tags: Mapping[str, KnownProblem] | None = None

    def named(self, words: str) -> tuple[KnownPerson, ...]:
        """Those whose whole first, last or full name this is; members first."""
        return (self.exact or {}).get(fold(words), ())

    def beginning(self, word: str) -> tuple[KnownPerson, ...]:
        """Those with a name that begins so; members first, each once."""
        start = fold(word)
        return tuple(dict.fromkeys(person for folded, _, person in self.starts if start and folded.startswith(start)))

    def tagged(self, tag: str) -> KnownProblem | None:
        return (self.tags or {}).get(fold(tag))


def known(
    people: Iterable[KnownPerson], problems: Iterable[KnownProblem] = (), next_meeting: date | None = None
) -> Known:
    """Members come before others, then by last and first name."""
    ordered = tuple(sorted(people, key=lambda each: (not each.member, fold(each.last_name), fold(each.first_name))))
    exact: dict[str, list[KnownPerson]] = {}
    starts: list[tuple[str, str, KnownPerson]] = []
    for person in ordered:
        first, last = person.first_name, person.last_name
        for name in dict.fromkeys((last, first, f"{first} {last}", f"{last} {first}", f"{last}, {first}")):
            if (folded := fold(name)) and person not in exact.setdefault(folded, []):
                exact[folded].append(person)
        starts += [(fold(name), name, person) for name in dict.fromkeys((last, person.name)) if fold(name)]
    listed = tuple(problems)
    return Known(
        ordered,
        listed,
        next_meeting,
        {name: tuple(found) for name, found in exact.items()},
        tuple(starts),
        {fold(problem.tag): problem for problem in reversed(listed) if problem.tag},
    )


# Dates -------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReadDate:
    """``day`` None: it looks like a date and is none, or lies before the meeting (``past``), or nobody knows it yet (``unknown``)."""

    day: date | None = None
    past: bool = False
    unknown: bool = False


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WORDS = ("today", "tomorrow", "next meeting", "next week", *WEEKDAYS)
"""What Tab completes after "!"."""

_END = r"(?![\w/])"
_DATE = re.compile(
    r"(?P<month>\d{1,2})[/-](?P<day>\d{1,2})(?:[/-](?P<year>\d{4}|\d{2}))?" + _END
    + r"|\+(?P<number>\d{1,3})(?P<unit>[dwm])" + _END
    + r"|(?P<word>(?:next\s+)?[a-z]+)\b(?:\s+(?P<day_of>\d{1,2})(?:,?\s+(?P<of_year>\d{4}))?" + _END + ")?",
    re.IGNORECASE | re.ASCII,
)  # fmt: skip


def read_date(text: str, start: int, day: date, next_meeting: date | None = None) -> tuple[int, ReadDate] | None:
    """What stands at ``start`` as a date and where it ends; None where it does not read as one at all.

    A date without a year is the next such day on or after ``day``; a weekday is the next one after it.
    """
    found = _DATE.match(text, start)
    if found is None:
        return None
    if found["month"]:
        return found.end(), _by_numbers(int(found["month"]), int(found["day"]), found["year"], day)
    if found["number"]:
        return found.end(), ReadDate(_later(day, int(found["number"]), found["unit"].lower()))
    return _by_word(found, day, next_meeting)


def typed_day(text: str, today: date, *, nearest: bool = False) -> date | None:
    """A day that stands alone in a field: 1/29, fri, +8w, Jan 29, or any day with its year; None for what is no day.

    Without a year it is the next such day, or with ``nearest`` the one closest to today, which may be past.
    """
    typed = text.strip().lstrip("!").strip()
    found = read_date(typed, 0, today)
    if found is None or found[0] != len(typed):
        return None
    day = found[1].day
    if found[1].past:
        whole = read_date(typed, 0, date.min)
        return whole[1].day if whole is not None else None
    if nearest and day is not None and day - today > timedelta(days=183) and not typed.startswith("+"):
        return _day(day.year - 1, day.month, day.day) if str(day.year) not in typed else day
    return day


def _by_word(found: re.Match[str], day: date, next_meeting: date | None) -> tuple[int, ReadDate] | None:
    word = " ".join(found["word"].lower().split())
    end = found.end("word")
    month = _position(word, MONTHS)
    if month is not None and found["day_of"]:
        return found.end(), _by_numbers(month + 1, int(found["day_of"]), found["of_year"], day)
    simple = {"today": 0, "tomorrow": 1, "tmrw": 1, "next week": 7}
    if word in simple:
        return end, ReadDate(day + timedelta(days=simple[word]))
    if word == "next meeting":
        return end, ReadDate(next_meeting, unknown=next_meeting is None)
    weekday = _position(word.removeprefix("next "), WEEKDAYS)
    if weekday is None:
        return None
    return end, ReadDate(day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1))


def _position(word: str, among: tuple[str, ...]) -> int | None:
    """By whole word or its first letters, at least three (fri, tues, sept)."""
    return next((place for place, each in enumerate(among) if len(word) >= 3 and each.startswith(word)), None)


def _by_numbers(month: int, number: int, year: str | None, day: date) -> ReadDate:
    if year is not None:
        found = _day(int(year) + (2000 if len(year) == 2 else 0), month, number)
        return ReadDate(found if found and found >= day else None, past=bool(found and found < day))
    coming = (_day(day.year + ahead, month, number) for ahead in range(9))
    return ReadDate(next((found for found in coming if found is not None and found >= day), None))


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _later(day: date, number: int, unit: str) -> date:
    if unit == "m":
        return months_later(day, number)
    return day + timedelta(days=number * (7 if unit == "w" else 1))


def months_later(day: date, months: int) -> date:
    """The same day of a later month, its last day where the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def doubtful(due: date, day: date) -> bool:
    """More than nine months ahead: often a slip of the finger."""
    return due > months_later(day, DOUBTFUL_AFTER_MONTHS)
