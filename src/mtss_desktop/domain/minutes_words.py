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
LONGEST_NAME_WORDS = 5

_PARTICLE = re.compile(r"(?:(?:al|da|de|del|della|den|der|di|dos?|el|las?|le|los|ter|van|von)(?:\s|$))+")
"""Words before the main word of a last name, which people leave out when they call somebody."""
_MARKS = str.maketrans({**dict.fromkeys("'’‘ʼ`.,"), **dict.fromkeys("-‐‑–", " ")})
_TITLE = re.compile(r"(?:mr|mrs|ms|miss|mx|dr) ")


def spelled(name: str) -> str:
    """A name as it is compared: ``Ms. O’Brien-Cole`` → ``obrien cole``; people type apostrophes, hyphens and titles as they like."""
    return _TITLE.sub("", " ".join(fold(name).translate(_MARKS).split()), count=1)


def is_title(word: str) -> bool:
    return _TITLE.match(f"{fold(word)} ") is not None


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

    ``exact`` finds people by spelled last name, first name, both in either order or one as its initial; ``starts`` are (spelled name,
    name, person) with members first, ``inside`` the later words of names of several, ``tags`` problems by folded tag. ``next_meeting``
    is what ``!next meeting`` means.
    """

    people: tuple[KnownPerson, ...] = ()
    problems: tuple[KnownProblem, ...] = ()
    next_meeting: date | None = None
    exact: Mapping[str, tuple[KnownPerson, ...]] | None = None
    starts: tuple[tuple[str, str, KnownPerson], ...] = ()
    inside: tuple[tuple[str, KnownPerson], ...] = ()
    tags: Mapping[str, KnownProblem] | None = None

    def named(self, words: str) -> tuple[KnownPerson, ...]:
        """Those whose whole first, last or full name this is; members first."""
        return (self.exact or {}).get(spelled(words), ())

    def beginning(self, word: str) -> tuple[KnownPerson, ...]:
        """Those with a name that begins so, then those with a later word that does; members first, each once."""
        start = spelled(word)
        if not start:
            return ()
        first = (person for name, _, person in self.starts if name.startswith(start))
        later = (person for name, person in self.inside if name.startswith(start))
        return tuple(dict.fromkeys((*first, *later)))

    def tagged(self, tag: str) -> KnownProblem | None:
        return (self.tags or {}).get(fold(tag))


def known(
    people: Iterable[KnownPerson], problems: Iterable[KnownProblem] = (), next_meeting: date | None = None
) -> Known:
    """Members come before others, then by last and first name."""
    ordered = tuple(sorted(people, key=lambda each: (not each.member, fold(each.last_name), fold(each.first_name))))
    exact: dict[str, list[KnownPerson]] = {}
    for person in ordered:
        for name in _called(person):
            exact.setdefault(name, []).append(person)
    listed = tuple(problems)
    return Known(
        ordered,
        listed,
        next_meeting,
        {name: tuple(found) for name, found in exact.items()},
        tuple(start for person in ordered for start in _starts(person)),
        tuple((word, person) for person in ordered for word in _later_words(person)),
        {fold(problem.tag): problem for problem in reversed(listed) if problem.tag},
    )


def _called(person: KnownPerson) -> tuple[str, ...]:
    """All that means this person alone, spelled: Cruz and de la Cruz, Ann L and A Lee."""
    first, last = spelled(person.first_name), spelled(person.last_name)
    names = [first, last]
    for each in dict.fromkeys((last, _main_word(last))):
        names += [each, f"{first} {each}", f"{each} {first}"]
        if first and each:
            names += [f"{first} {each[0]}", f"{first[0]} {each}"]
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


def _main_word(last: str) -> str:
    return _PARTICLE.sub("", last, count=1) if _PARTICLE.match(last) else last


def _starts(person: KnownPerson) -> Iterable[tuple[str, str, KnownPerson]]:
    return ((spelled(name), name, person) for name in dict.fromkeys((person.last_name, person.name)) if spelled(name))


def _later_words(person: KnownPerson) -> Iterable[str]:
    words = (*spelled(person.last_name).split()[1:], *spelled(person.first_name).split()[1:])
    return (word for word in words if not _PARTICLE.fullmatch(word))


# Dates -------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReadDate:
    """``day`` None: it looks like a date and is none, or lies before the meeting (``past``), or nobody knows it yet (``unknown``),
    or it is not on the weekday that stands before it (``other_weekday``)."""

    day: date | None = None
    past: bool = False
    unknown: bool = False
    other_weekday: bool = False


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WORDS = ("today", "tomorrow", "next meeting", "next week", *WEEKDAYS)
"""What Tab completes after "!"."""

_END = r"(?![\w/])"
_MONTH = "|".join(month[:letters] for month in MONTHS for letters in range(len(month), 2, -1))
_NTH = r"(?:st|nd|rd|th)?"
_DATE = re.compile(
    r"(?P<iso>\d{4})-(?P<iso_month>\d{1,2})-(?P<iso_day>\d{1,2})" + _END
    + r"|(?P<month>\d{1,2})[/-](?P<day>\d{1,2})(?:[/-](?P<year>\d{4}|\d{2}))?" + _END
    + r"|(?P<none>\d{1,4}/\d{1,4}(?:/\d{0,4})?)" + _END
    + r"|(?:\+|in\s+)?(?P<number>\d{1,3})\s?(?P<unit>d|w|days?|wks?|weeks?|months?)" + _END
    + r"|\+(?P<months>\d{1,3})m" + _END
    + r"|(?P<first_day>\d{1,2})" + _NTH + r"\s+(?:of\s+)?(?P<its_month>" + _MONTH + r")\b"
    + r"(?:,?\s+(?P<its_year>\d{4})" + _END + ")?"
    + r"|(?P<nth>\d{1,2})(?:st|nd|rd|th)" + _END
    + r"|(?P<word>(?:(?:next|this)\s+)?[a-z]+)\b"
    + r"(?:\.?\s+(?P<day_of>\d{1,2})" + _NTH + r"(?:,?\s+(?P<of_year>\d{4}))?" + _END + ")?",
    re.IGNORECASE | re.ASCII,
)  # fmt: skip
_BESIDE = re.compile(r"[.,]?\s+(?=\d{1,2}/\d|[a-z]{3,9}\.?\s+\d)", re.IGNORECASE | re.ASCII)
"""What stands between a weekday and its day: Fri 10/24, Friday, Oct 24."""


def read_date(text: str, start: int, day: date, next_meeting: date | None = None) -> tuple[int, ReadDate] | None:
    """What stands at ``start`` as a date and where it ends; None where it does not read as one at all.

    A date without a year is the next such day on or after ``day``; a weekday is the next one after it, with "next" that of the week after.
    """
    found = _DATE.match(text, start)
    if found is None:
        return None
    if found["iso"]:
        return found.end(), _by_numbers(int(found["iso_month"]), int(found["iso_day"]), found["iso"], day)
    if found["month"]:
        return found.end(), _by_numbers(int(found["month"]), int(found["day"]), found["year"], day)
    if found["none"]:
        return found.end(), ReadDate()
    if found["number"] or found["months"]:
        unit = (found["unit"] or "m")[0].lower()
        return found.end(), ReadDate(_later(day, int(found["number"] or found["months"]), unit))
    if found["first_day"]:
        month = _position(found["its_month"].lower(), MONTHS) or 0
        return found.end(), _by_numbers(month + 1, int(found["first_day"]), found["its_year"], day)
    if found["nth"]:
        return found.end(), _by_day_of_month(int(found["nth"]), day)
    return _by_word(found, day, next_meeting)


def typed_day(text: str, today: date, *, nearest: bool = False) -> date | None:
    """A day that stands alone in a field: 1/29, fri, +8w, Jan 29, or any day with its year; None for what is no day.

    Without a year it is the next such day, or with ``nearest`` the one closest to today, which may be past.
    """
    typed = text.strip().lstrip("!").strip()
    found = read_date(typed, 0, today)
    if found is None or found[0] != len(typed):
        return None
    if typed.lower() == "yesterday":
        return today - timedelta(days=1)
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
    if word in _AHEAD:
        return end, ReadDate(day + timedelta(days=_AHEAD[word]))
    if word == "yesterday":
        return end, ReadDate(past=True)
    if word == "next month":
        return end, ReadDate(months_later(day, 1))
    if word == "next meeting":
        return end, ReadDate(next_meeting, unknown=next_meeting is None)
    which, _, name = word.rpartition(" ")
    weekday = _position("wednesday" if name == "weds" else name, WEEKDAYS)
    if weekday is None:
        return None
    return _beside(found.string, end, weekday, day) or (end, ReadDate(_weekday(weekday, day, after=which == "next")))


_AHEAD = {"today": 0, "tonight": 0, "tomorrow": 1, "tmrw": 1, "next week": 7}


def _weekday(weekday: int, day: date, *, after: bool) -> date:
    """The next one; ``after`` means that of the week that begins with the next Monday."""
    if after:
        return day + timedelta(days=7 - day.weekday() + weekday)
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def _beside(text: str, end: int, weekday: int, day: date) -> tuple[int, ReadDate] | None:
    """A weekday with its day behind it: the day counts, and the two have to agree."""
    gap = _BESIDE.match(text, end)
    found = read_date(text, gap.end(), day) if gap is not None else None
    if found is None:
        return None
    if found[1].day is not None and found[1].day.weekday() != weekday:
        return found[0], ReadDate(other_weekday=True)
    return found


def _position(word: str, among: tuple[str, ...]) -> int | None:
    """By whole word or its first letters, at least three (fri, tues, sept)."""
    return next((place for place, each in enumerate(among) if len(word) >= 3 and each.startswith(word)), None)


def _by_numbers(month: int, number: int, year: str | None, day: date) -> ReadDate:
    if year is not None:
        found = _day(int(year) + (2000 if len(year) == 2 else 0), month, number)
        return ReadDate(found if found and found >= day else None, past=bool(found and found < day))
    coming = (_day(day.year + ahead, month, number) for ahead in range(9))
    return ReadDate(next((found for found in coming if found is not None and found >= day), None))


def _by_day_of_month(number: int, day: date) -> ReadDate:
    """The 24th: of this month or of the next that has one."""
    months = (months_later(day.replace(day=1), ahead) for ahead in range(13))
    coming = (_day(month.year, month.month, number) for month in months)
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
