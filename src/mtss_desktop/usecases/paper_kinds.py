"""What a document of the catalogue is and what it is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mtss_desktop.documents.blocks import Audience, Document, Paper
from mtss_desktop.domain.meetings import MeetingId
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.ratings import AdministrationId
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.store.work import Work


class Needs(StrEnum):
    """What a document is about; what is not given is chosen (the next meeting, all schools, this year to today)."""

    MEETING = "meeting"
    TEAM = "team"
    SCHOOL = "school"
    PERIOD = "period"
    STUDENT = "student"
    INSTRUMENT = "instrument"
    RATING = "rating"


@dataclass(frozen=True)
class Scope:
    """What a document is made of and for whom. Everything may be left open. ``student`` is the number that is shown,
    ``instrument`` the key of an instrument, or the id of one of its versions; ``rating`` one time it was rated.
    ``without`` are the parts that are left out, ``one_sided`` lays every page out for the front of a sheet.
    """

    team: TeamId | None = None
    meeting: MeetingId | None = None
    school: OrganizationId | None = None
    student: int | None = None
    instrument: str = ""
    rating: AdministrationId | None = None
    first: date | None = None
    last: date | None = None
    audience: Audience = Audience.TEAM
    paper: Paper | None = None
    large_print: bool = False
    without: tuple[str, ...] = ()
    one_sided: bool = False


EVERYTHING = Scope()


@dataclass(frozen=True)
class PaperKind:
    """A document of the catalogue. ``parts`` are those that can be left out: what they are called, and their names."""

    name: str
    title: str
    about: str
    takes: tuple[Needs, ...]
    audiences: tuple[Audience, ...]
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Entry:
    kind: PaperKind
    make: Callable[[Work, Scope], Document]
