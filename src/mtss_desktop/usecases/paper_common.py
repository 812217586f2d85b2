"""What every paper asks the database: the place, its people, when it is printed and from what."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from mtss_desktop.base.words import Said, Words, said
from mtss_desktop.documents.parts.printed import Printed
from mtss_desktop.domain.files import Mode
from mtss_desktop.domain.labels import labels
from mtss_desktop.domain.meetings import Meeting, MeetingState
from mtss_desktop.domain.people import Organization, Person
from mtss_desktop.store.queries.counts import Source
from mtss_desktop.store.work import Work

_MODES = {
    Mode.COUNTS: said("counts only"),
    Mode.PSEUDONYMS: said("pseudonyms"),
    Mode.NAMES: said("no student is named"),
}


def words_of(work: Work) -> Words:
    """English with the database's labels."""
    return Words(labels=labels(work.rules.label_preset, work.rules.own_labels))


def local(work: Work, moment: datetime) -> datetime:
    """A UTC moment on the wall clock of the database's zone."""
    return moment.astimezone(ZoneInfo(work.rules.zone)).replace(tzinfo=None)


def utc(work: Work, moment: datetime) -> datetime:
    """A wall-clock moment of the database's zone in UTC."""
    return moment.replace(tzinfo=ZoneInfo(work.rules.zone)).astimezone(UTC)


def printed(work: Work, sources: tuple[Source, ...] = (), records_of: date | None = None) -> Printed:
    """Now, from the records of today, with the imports behind the numbers."""
    mode = _MODES[work.rules.mode] if work.rules.mode is not None and sources else ""
    parts = (imports_named(sources),) if sources else ()
    return Printed(local(work, work.now()), records_of or work.today(), mode, parts)


def imports_named(sources: tuple[Source, ...]) -> Said:
    """Files by their number in the receipts: imports 3–9."""
    keys = sorted({source.key for source in sources})
    if len(keys) == 1:
        return said("import {n}", n=keys[0])
    if keys == list(range(keys[0], keys[-1] + 1)):
        return said("imports {first}–{last}", first=keys[0], last=keys[-1])
    return said("imports {all}", all=tuple(keys))


def coach_name(work: Work) -> str:
    """Last, First and position of the person who uses this database."""
    person = work.people.find(work.me) if work.me else None
    return ", ".join(part for part in (person.list_name, person.position.lower()) if part) if person else ""


def division(work: Work) -> Organization:
    return work.organizations.get(work.home_id)


def schools(work: Work) -> tuple[Organization, ...]:
    """By name, closed ones left out."""
    found = work.organizations.list(parent_id=work.home_id, closed_on=None, order=("name_folded",))
    return tuple(place for place in found if place.id != work.home_id)


def short(place: Organization) -> str:
    return place.short_name or place.name


def people_by_id(work: Work) -> dict[str, Person]:
    return {person.id: person for person in work.people.list()}


def changed(work: Work, meeting: Meeting) -> Said | str:
    """moved to Thu 2/19: Snow; "" for a meeting that stays as it was planned."""
    why = meeting.reason.strip().rstrip(".")
    coming = work.meetings.find(meeting.next_meeting_id) if meeting.next_meeting_id is not None else None
    if meeting.state is MeetingState.MOVED and coming is not None:
        return said("moved to {day:day}: {why}", day=coming.day, why=why)
    if meeting.state is MeetingState.CANCELED:
        return said("canceled: {why}", why=why)
    if meeting.shortened_from is not None:
        return said("shortened, planned until {at}: {why}", at=meeting.shortened_from, why=why)
    return ""
