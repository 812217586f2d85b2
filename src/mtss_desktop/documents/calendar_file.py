"""Meetings and due days as an iCalendar file (RFC 5545): CRLF, lines folded at 75 octets, texts escaped, the zone spelled out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_LINE = 75
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
_PRODUCT = "-//MTSS Desktop//Meetings//EN"


@dataclass(frozen=True)
class Event:
    """``starts`` and ``ends`` are wall-clock times in ``zone``, ``stamp`` is UTC. ``changes`` rises when the meeting was changed.

    The ``organizer`` is named where an e-mail address is known: a program that takes a meeting out of a calendar asks for one.
    """

    uid: str
    title: str
    starts: datetime
    ends: datetime
    zone: str
    stamp: datetime
    place: str = ""
    note: str = ""
    changes: int = 0
    cancelled: bool = False
    organizer: str = ""
    organizer_email: str = ""


@dataclass(frozen=True)
class DueDay:
    """Something due on a day: a whole day that does not block the calendar. ``changes`` rises when it was changed."""

    uid: str
    title: str
    day: date
    stamp: datetime
    note: str = ""
    changes: int = 0


def calendar(*events: Event, due: Sequence[DueDay] = ()) -> bytes:
    """A file any calendar opens, as UTF-8. Of canceled meetings alone it takes these out (RFC 5546, 3.2.5)."""
    takes_out = bool(events) and not due and all(each.cancelled and _mail_of(each) for each in events)
    method = "CANCEL" if takes_out else "PUBLISH"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", f"METHOD:{method}"]
    for zone in sorted({event.zone for event in events}):
        own = [event for event in events if event.zone == zone]
        lines += _zone(zone, min(event.starts for event in own), max(event.ends for event in own))
    for event in events:
        lines += _event(event)
    for each in due:
        lines += _due(each)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{event.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;TZID={event.zone}:{event.starts:%Y%m%dT%H%M%S}"
    yield f"DTEND;TZID={event.zone}:{event.ends:%Y%m%dT%H%M%S}"
    yield f"SUMMARY:{escaped(event.title)}"
    if _mail_of(event):
        yield f"ORGANIZER;CN={_quoted(event.organizer or event.organizer_email)}:mailto:{_mail_of(event)}"
    if event.place:
        yield f"LOCATION:{escaped(event.place)}"
    if event.note:
        yield f"DESCRIPTION:{escaped(event.note)}"
    yield f"SEQUENCE:{event.changes}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield f"TRANSP:{'TRANSPARENT' if event.cancelled else 'OPAQUE'}"
    yield "END:VEVENT"


def _mail_of(event: Event) -> str:
    """The organizer's address; "" for none, or one that could be more than an address."""
    return event.organizer_email.strip() if _ADDRESS.fullmatch(event.organizer_email.strip()) else ""


def _quoted(text: str) -> str:
    """A parameter's value: it can hold no quotation mark and no control character (RFC 5545, 3.2)."""
    return '"' + "".join(letter for letter in text.replace('"', "'") if letter >= " " and letter != "\x7f") + '"'


def _due(due: DueDay) -> Iterator[str]:
    """The end of a whole day is the day after it (RFC 5545, 3.6.1)."""
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(due.uid)}"
    yield f"DTSTAMP:{due.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{due.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{due.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(due.title)}"
    if due.note:
        yield f"DESCRIPTION:{escaped(due.note)}"
    yield f"SEQUENCE:{due.changes}"
    yield "STATUS:CONFIRMED"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """Backslash, semicolon, comma and line break; other control characters are dropped."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    plain = plain.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")
    return "".join(letter for letter in plain if (letter >= " " and letter != "\x7f") or letter == "\t")


def folded(line: str) -> bytes:
    """At most 75 octets a line, never inside a letter; what goes on starts with a space."""
    parts: list[bytes] = []
    part = b""
    for letter in line:
        raw = letter.encode("utf-8", "replace")
        if len(part) + len(raw) > _LINE:
            parts.append(part)
            part = b" "
        part += raw
    return b"\r\n".join([*parts, part]) + b"\r\n"


# The zone --------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Turn:
    """From this wall-clock moment (in the offset before) another offset holds."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool


def _zone(name: str, first: datetime, last: datetime) -> Iterator[str]:
    """Every turn of the clock that matters for these days: the last before the first day and all to the last."""
    turns = _turns(ZoneInfo(name), first, last)
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{name}"
    for turn in turns:
        part = "DAYLIGHT" if turn.summer else "STANDARD"
        yield f"BEGIN:{part}"
        yield f"DTSTART:{turn.at:%Y%m%dT%H%M%S}"
        yield f"TZOFFSETFROM:{_offset(turn.before)}"
        yield f"TZOFFSETTO:{_offset(turn.after)}"
        yield f"TZNAME:{escaped(turn.name)}"
        yield f"END:{part}"
    yield "END:VTIMEZONE"


def _turns(zone: ZoneInfo, first: datetime, last: datetime) -> list[_Turn]:
    begin = first.replace(tzinfo=None) - timedelta(days=400)
    end = last.replace(tzinfo=None) + timedelta(days=2)
    found = list(_changes(zone, begin.replace(tzinfo=UTC), end.replace(tzinfo=UTC)))
    if found:
        return found
    held = begin.replace(tzinfo=zone)
    offset = held.utcoffset() or timedelta()
    return [_Turn(begin, offset, offset, held.tzname() or "", bool(held.dst()))]


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[_Turn]:
    """Day by day, then the second inside the day, in UTC where no hour is missing or double."""
    day = begin
    while day < end:
        following = day + timedelta(days=1)
        if _kept(zone, day) != _kept(zone, following):
            yield _turn(zone, day, following)
        day = following


def _turn(zone: ZoneInfo, low: datetime, high: datetime) -> _Turn:
    before = _kept(zone, low)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        if middle <= low:
            break
        if _kept(zone, middle) == before:
            low = middle
        else:
            high = middle
    offset, name, summer = _kept(zone, high)
    return _Turn((high + before[0]).replace(tzinfo=None), before[0], offset, name, summer)


def _kept(zone: ZoneInfo, moment: datetime) -> tuple[timedelta, str, bool]:
    local = moment.astimezone(zone)
    return local.utcoffset() or timedelta(), local.tzname() or "", bool(local.dst())


def _offset(value: timedelta) -> str:
    seconds = int(value.total_seconds())
    sign, rest = ("-" if seconds < 0 else "+"), abs(seconds)
    hours, minutes, left = rest // 3600, rest // 60 % 60, rest % 60
    return f"{sign}{hours:02}{minutes:02}" + (f"{left:02}" if left else "")
