"""A team's meeting pattern and the data it looks at, as one line of text that people type and read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from mtss_desktop.base.words import Words
from mtss_desktop.domain.teams import DataReviewed, Rhythm, TeamYear

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ORDINALS = ("1st", "2nd", "3rd", "4th", "last")
_SPELLED = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "last": 5,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "5th": 5,
}
_RHYTHMS = {
    Rhythm.WEEKLY: "every week",
    Rhythm.EVERY_TWO_WEEKS: "every other week",
    Rhythm.MONTHLY: "every month",
    Rhythm.QUARTERLY: "every quarter",
    Rhythm.AS_NEEDED: "as needed",
}
_TYPED_RHYTHMS = {
    "weekly": Rhythm.WEEKLY,
    "every week": Rhythm.WEEKLY,
    "every two weeks": Rhythm.EVERY_TWO_WEEKS,
    "every 2 weeks": Rhythm.EVERY_TWO_WEEKS,
    "every other week": Rhythm.EVERY_TWO_WEEKS,
    "biweekly": Rhythm.EVERY_TWO_WEEKS,
    "bi-weekly": Rhythm.EVERY_TWO_WEEKS,
    "twice a month": Rhythm.EVERY_TWO_WEEKS,
    "once a week": Rhythm.WEEKLY,
    "once a month": Rhythm.MONTHLY,
    "monthly": Rhythm.MONTHLY,
    "every month": Rhythm.MONTHLY,
    "quarterly": Rhythm.QUARTERLY,
    "every quarter": Rhythm.QUARTERLY,
    "as needed": Rhythm.AS_NEEDED,
}
_CLOCK = r"(\d{1,2})(?::(\d{2}))?\s*([ap])?\.?m?\.?"
_SPAN = re.compile(rf"^{_CLOCK}\s*(?:-|–|—|to|until)\s*{_CLOCK}$", re.IGNORECASE)
_ANY = r"\d{1,2}(?::\d{2})?\s*(?:[ap]\.?m?\.?)?"
_INSIDE = re.compile(
    rf"^(.*?)\b(?:at\s+|from\s+)?({_ANY}\s*(?:-|–|—|to|until)\s*{_ANY}|\d{{1,2}}:\d{{2}}\s*(?:[ap]\.?m?\.?)?)(?=\s|$)(.*)$",
    re.IGNORECASE,
)
"""A time among other words: ``3rd Tuesday 2:45-3:45 PM``, ``Thursdays at 2:50``, ``2:50-3:35 weekly``."""
_START = re.compile(rf"^(?:at\s+)?{_CLOCK}$", re.IGNORECASE)


@dataclass(frozen=True)
class Pattern:
    """When and where a team meets; the fields of ``TeamYear`` of the same names."""

    rhythm: Rhythm | None = None
    weeks_of_month: tuple[int, ...] = ()
    weekday: int | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    room: str = ""


def pattern_of(year: TeamYear) -> Pattern:
    return Pattern(year.rhythm, year.weeks_of_month, year.weekday, year.starts_at, year.ends_at, year.room)


def pattern_text(pattern: Pattern, words: Words) -> str:
    """``3rd Tuesday, 2:45–3:45 PM, Room 114``; what ``parse_pattern`` reads back."""
    parts = [_when(pattern, words)]
    if pattern.starts_at is not None and pattern.ends_at is not None:
        parts.append(words.time_range(pattern.starts_at, pattern.ends_at))
    elif pattern.starts_at is not None:
        parts.append(words.time(pattern.starts_at))
    parts.append(pattern.room)
    return ", ".join(part for part in parts if part)


def _when(pattern: Pattern, words: Words) -> str:
    day = words(_DAYS[pattern.weekday]) if pattern.weekday is not None else ""
    if pattern.weeks_of_month and day:
        return f"{words.listed([words(_ORDINALS[week - 1]) for week in pattern.weeks_of_month])} {day}"
    match pattern.rhythm:
        case None:
            return day
        case Rhythm.WEEKLY if day:
            return words("every {day}").format(day=day)
        case Rhythm.EVERY_TWO_WEEKS if day:
            return words("every other {day}").format(day=day)
    rhythm = words(_RHYTHMS[pattern.rhythm])
    return f"{rhythm} on {day}" if day else rhythm


def parse_pattern(text: str) -> Pattern:
    """Reads what people type, parts divided by commas; a part that is no day, rhythm or time is the room.

    Times without AM or PM are school hours: 7 to 11 in the morning, the rest after noon.
    Raises ``ValueError`` with the part that cannot be.
    """
    pattern = Pattern()
    rooms: list[str] = []
    for part in (piece.strip() for piece in text.replace("·", ",").split(",")):
        if part:
            pattern = _with_part(pattern, part, rooms)
    if pattern.starts_at and pattern.ends_at and pattern.ends_at <= pattern.starts_at:
        raise ValueError(text)
    return Pattern(
        pattern.rhythm, pattern.weeks_of_month, pattern.weekday, pattern.starts_at, pattern.ends_at, ", ".join(rooms)
    )


def _with_part(pattern: Pattern, part: str, rooms: list[str]) -> Pattern:
    span, start = _SPAN.match(part), _START.match(part)
    if span:
        first, last = _span(span)
        return Pattern(pattern.rhythm, pattern.weeks_of_month, pattern.weekday, first, last)
    if start and (start[2] or start[3]):
        return Pattern(pattern.rhythm, pattern.weeks_of_month, pattern.weekday, _clock(start[1], start[2], start[3]))
    when = _read_when(part)
    if when is None and (found := _INSIDE.match(part)) and _read_when(f"{found[1]} {found[3]}") is not None:
        return _with_part(_with_part(pattern, found[2], rooms), f"{found[1]} {found[3]}".strip(), rooms)
    if when is None:
        rooms.append(part)
        return pattern
    rhythm, weeks, day = when
    return Pattern(
        rhythm or pattern.rhythm,
        weeks or pattern.weeks_of_month,
        pattern.weekday if day is None else day,
        pattern.starts_at,
        pattern.ends_at,
    )


def _read_when(part: str) -> tuple[Rhythm | None, tuple[int, ...], int | None] | None:
    """None where the words are neither rhythm nor day."""
    said = part.casefold().strip(" .")
    if said in _TYPED_RHYTHMS:
        return _TYPED_RHYTHMS[said], (), None
    words = [word for word in re.split(r"[\s&]+", said) if word not in {"and", "the", "on", "of", "month"}]
    days = [number for word in words if (number := _day(word)) is not None]
    if len(days) != 1:
        return None
    rest = " ".join(word for word in words if _day(word) is None)
    if rest in {"", "every"}:
        return (Rhythm.WEEKLY if rest else None), (), days[0]
    if rest in {"every other", "every 2nd", "every second"}:
        return Rhythm.EVERY_TWO_WEEKS, (), days[0]
    for spoken in (rest, f"{rest} month"):
        if spoken in _TYPED_RHYTHMS:
            return _TYPED_RHYTHMS[spoken], (), days[0]
    weeks = tuple(_SPELLED[word] for word in rest.split() if word in _SPELLED)
    if len(weeks) != len(rest.split()):
        return None
    rhythm = Rhythm.MONTHLY if len(weeks) == 1 else Rhythm.EVERY_TWO_WEEKS
    return rhythm, tuple(sorted(set(weeks))), days[0]


def _day(word: str) -> int | None:
    short = word.rstrip("s.") if len(word) > 3 else word
    found = [number for number, day in enumerate(_DAYS) if len(short) >= 3 and day.casefold().startswith(short[:9])]
    return found[0] if len(found) == 1 else None


def _span(match: re.Match[str]) -> tuple[time, time]:
    first_half, last_half = match[3], match[6]
    last = _clock(match[4], match[5], last_half)
    if first_half or not last_half:
        return _clock(match[1], match[2], first_half), last
    same_half = _clock(match[1], match[2], last_half)
    morning = 6 <= int(match[1]) < 12  # nobody meets at 3:45 in the night
    return (_clock(match[1], match[2], "a") if same_half >= last and morning else same_half), last


def _clock(hour: str, minute: str | None, half: str | None) -> time:
    number = int(hour)
    if half:
        number = number % 12 + (12 if half.lower() == "p" else 0)
    elif number < 7:
        number += 12
    return time(number, int(minute or 0))


_OFTEN = re.compile(
    r"\b((?:bi-?)?weekly|daily|monthly|quarterly|yearly|annually|(?:once|twice|three times|\d ?[x×]) (?:a|per) (?:week|month|quarter|year)"
    r"|(?:each|every) (?:other |two |three |\d )?(?:day|week|month|quarter|year|meeting)s?)\)?$",
    re.IGNORECASE,
)


def data_text(reviewed: Iterable[DataReviewed]) -> str:
    """``monthly: referrals, tardies; weekly: attendance``; what ``parse_data`` reads back."""
    groups: dict[str, list[str]] = {}
    for each in reviewed:
        groups.setdefault(each.how_often, []).append(each.what)
    return "; ".join(f"{often}: {', '.join(whats)}" if often else ", ".join(whats) for often, whats in groups.items())


def parse_data(text: str) -> tuple[DataReviewed, ...]:
    """Sources are divided by commas, groups by semicolons. How often stands before a colon, or behind the source:
    ``monthly: referrals, tardies``, ``referrals, monthly``, ``walkthroughs twice a year``."""
    found: list[DataReviewed] = []
    for group in text.replace("\n", ";").split(";"):
        often, colon, whats = group.rpartition(":")
        parts = [part.strip() for part in whats.split(",") if part.strip()]
        found += [DataReviewed(part, " ".join(often.split())) for part in parts] if colon else _often_behind(parts)
    return tuple(found)


def _often_behind(parts: Iterable[str]) -> list[DataReviewed]:
    """A part that only says how often belongs to the sources before it that say nothing of it."""
    found: list[DataReviewed] = []
    for part in parts:
        behind = _OFTEN.search(part)
        if behind is None:
            found.append(DataReviewed(part, ""))
        elif what := part[: behind.start()].rstrip(" ,("):
            found.append(DataReviewed(what, behind[1]))
        elif found:
            found = [each if each.how_often else DataReviewed(each.what, behind[1]) for each in found]
        else:
            found.append(DataReviewed(part, ""))
    return found


def once_often(reviewed: tuple[DataReviewed, ...]) -> str:
    """How often, where all sources share it; "" otherwise."""
    often = {each.how_often for each in reviewed}
    return often.pop() if len(often) == 1 else ""
