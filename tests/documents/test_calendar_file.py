"""The calendar file, read back strictly as RFC 5545 asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mtss_desktop.documents.calendar_file import DueDay, Event, calendar, escaped, folded

STAMP = datetime(2026, 2, 12, 21, 0, tzinfo=UTC)


def event(start: datetime, zone: str = "America/New_York", **fields: str) -> Event:
    text = {"title": "Tier 1 team", "place": "Room 114", **fields}
    return Event("a1@mtss-desktop", text["title"], start, start + timedelta(hours=1), zone, STAMP, text["place"])


def lines(data: bytes) -> list[str]:
    """Unfolded lines. Every physical line ends with CRLF, has at most 75 octets and is whole UTF-8."""
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    for line in physical:
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode("utf-8")
    whole: list[str] = []
    for line in physical:
        if line.startswith(b" "):
            whole[-1] += line[1:].decode()
        else:
            whole.append(line.decode())
    return whole


def unescaped(text: str) -> str:
    parts = text.split("\\\\")
    return "\\".join(part.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";") for part in parts)


def test_the_parts_in_order() -> None:
    found = lines(calendar(event(datetime(2026, 2, 17, 14, 45))))  # noqa: DTZ001
    assert found[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert found[-1] == "END:VCALENDAR"
    assert "DTSTART;TZID=America/New_York:20260217T144500" in found
    assert "DTEND;TZID=America/New_York:20260217T154500" in found
    assert "DTSTAMP:20260212T210000Z" in found
    assert found.index("BEGIN:VTIMEZONE") < found.index("TZID:America/New_York") < found.index("BEGIN:VEVENT")
    begun = [line.removeprefix("BEGIN:") for line in found if line.startswith("BEGIN:")]
    ended = [line.removeprefix("END:") for line in found if line.startswith("END:")]
    assert sorted(begun) == sorted(ended)


def offset_by_file(found: list[str], wall: datetime) -> str:
    """What a calendar makes of the file: the offset of the latest turn at or before a wall-clock time."""
    turns = [
        (found[number + 1].removeprefix("DTSTART:"), found[number + 3].removeprefix("TZOFFSETTO:"))
        for number, line in enumerate(found)
        if line in ("BEGIN:STANDARD", "BEGIN:DAYLIGHT")
    ]
    return max(turn for turn in turns if turn[0] <= f"{wall:%Y%m%dT%H%M%S}")[1]


@pytest.mark.parametrize(
    "zone", ["America/New_York", "America/Phoenix", "America/Los_Angeles", "America/St_Johns", "UTC"]
)
@pytest.mark.parametrize("month", range(1, 13))
def test_the_zone_says_what_the_system_says(zone: str, month: int) -> None:
    wall = datetime(2026, month, 17, 14, 45)  # noqa: DTZ001
    found = lines(calendar(event(wall, zone)))
    offset = wall.replace(tzinfo=ZoneInfo(zone)).strftime("%z")
    assert offset_by_file(found, wall) == offset


def test_the_turns_of_the_clock_stand_at_their_wall_clock_time() -> None:
    found = lines(calendar(event(datetime(2026, 6, 1, 9, 0))))  # noqa: DTZ001
    number = found.index("DTSTART:20260308T020000")
    assert found[number - 1 : number + 4] == [
        "BEGIN:DAYLIGHT", "DTSTART:20260308T020000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400", "TZNAME:EDT",
    ]  # fmt: skip
    assert "DTSTART:20251102T020000" in found


@pytest.mark.parametrize(
    "text", ["a,b;c\\d", "one\ntwo\r\nthree", "Nguyễn, Łukasz; “Bell”", "👩‍👩‍👧" * 30, "x" * 300, "\x00\x07bell"]
)
def test_texts_survive(text: str) -> None:
    found = lines(calendar(event(datetime(2026, 2, 17, 9, 0), title=text)))  # noqa: DTZ001
    title = next(line for line in found if line.startswith("SUMMARY:")).removeprefix("SUMMARY:")
    plain = "".join(letter for letter in text.replace("\r\n", "\n") if letter >= " " or letter == "\n")
    assert unescaped(title) == plain


def test_a_text_cannot_become_a_line_of_its_own() -> None:
    found = lines(calendar(event(datetime(2026, 2, 17, 9, 0), title="x\r\nATTENDEE:mailto:a@b.org")))  # noqa: DTZ001
    assert not any(line.startswith("ATTENDEE") for line in found)


def test_folding_counts_octets_and_never_splits_a_letter() -> None:
    assert folded("x" * 75) == b"x" * 75 + b"\r\n"
    assert folded("x" * 76) == b"x" * 75 + b"\r\n x\r\n"
    assert folded("x" * 74 + "ễ") == b"x" * 74 + b"\r\n " + "ễ".encode() + b"\r\n"
    assert escaped("a\tb") == "a\tb"


def test_a_cancelled_meeting_says_so() -> None:
    start = datetime(2026, 2, 17, 9, 0)  # noqa: DTZ001
    made = Event("u", "t", start, start, "UTC", STAMP, changes=3, cancelled=True)
    found = lines(calendar(made))
    assert "STATUS:CANCELLED" in found
    assert "SEQUENCE:3" in found


def test_a_canceled_meeting_is_taken_out_of_the_calendar_where_somebody_can_be_named() -> None:
    start = datetime(2026, 2, 17, 9, 0)  # noqa: DTZ001
    made = Event("u", "t", start, start, "UTC", STAMP, changes=3, cancelled=True, organizer='Renée "Ren" Whitlock')
    assert "METHOD:PUBLISH" in lines(calendar(made)), "the rules ask for an organizer"
    named = replace(made, organizer_email="renee@ashby.example")
    found = lines(calendar(named))
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "TRANSP:TRANSPARENT"} <= set(found)
    assert "ORGANIZER;CN=\"Renée 'Ren' Whitlock\":mailto:renee@ashby.example" in found
    assert "METHOD:PUBLISH" in lines(calendar(named, replace(named, uid="v", cancelled=False)))
    for bad in ("a@b.org\r\nATTENDEE:x", "a b@c.org", "nobody"):
        assert not any(line.startswith("ORGANIZER") for line in lines(calendar(replace(made, organizer_email=bad))))


def test_a_due_day_is_a_whole_day_that_blocks_nothing() -> None:
    due = DueDay("b2@mtss-desktop", "Call the SRO; bring slips", date(2026, 2, 28), STAMP, "Holcomb, Tier 1 team", 3)
    found = lines(calendar(due=(due,)))
    assert "DTSTART;VALUE=DATE:20260228" in found
    assert "DTEND;VALUE=DATE:20260301" in found
    assert "SUMMARY:Call the SRO\\; bring slips" in found
    assert "SEQUENCE:3" in found
    assert "TRANSP:TRANSPARENT" in found
    assert not any(line.startswith("TZID") or "VTIMEZONE" in line for line in found), "a day has no zone"
