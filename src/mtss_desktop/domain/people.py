"""Places, their school years and calendars, and the staff who work there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NewType

from mtss_desktop.domain.records import Record

OrganizationId = NewType("OrganizationId", str)
SchoolYearId = NewType("SchoolYearId", str)
PersonId = NewType("PersonId", str)


class OrganizationKind(StrEnum):
    DIVISION = "division"
    SCHOOL = "school"


@dataclass(frozen=True, kw_only=True)
class Organization(Record):
    """A division (district) or a school. ``key`` is the small number that facts carry; ``code`` and ``state_code`` are what files call it.

    ``grades`` reads "K–5"; ``organization_id`` is the place's own id.
    """

    id: OrganizationId = OrganizationId("")
    key: int = 0
    kind: OrganizationKind = OrganizationKind.SCHOOL
    name: str
    short_name: str = ""
    code: str = ""
    state_code: str = ""
    grades: str = ""
    parent_id: OrganizationId | None = None
    closed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class SchoolYear(Record):
    """A school year of an organization tree; ``start`` is the calendar year it begins in (2025 is 2025–26)."""

    id: SchoolYearId = SchoolYearId("")
    start: int


@dataclass(frozen=True, kw_only=True)
class Calendar(Record):
    """First and last day of school of a place in a year; a school without one of its own has its division's."""

    year_id: SchoolYearId
    first_day: date
    last_day: date


@dataclass(frozen=True, kw_only=True)
class DayWithoutSchool(Record):
    """A weekday inside the calendar on which a place (and the schools below it) has no school."""

    year_id: SchoolYearId
    day: date
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Person(Record):
    """A member of staff, family or community. Never a student."""

    id: PersonId = PersonId("")
    first_name: str = ""
    last_name: str
    position: str = ""
    email: str = ""
    expertise: tuple[str, ...] = ()
    started_on: date | None = None
    left_on: date | None = None

    @property
    def name(self) -> str:
        """First Last, as on screen and in sentences."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def list_name(self) -> str:
        """Last, First, as in lists and on sign-in sheets."""
        return ", ".join(part for part in (self.last_name, self.first_name) if part)


FIRST_YEAR, LAST_YEAR = 1990, 2100
"""School years that can be set up, by the year they begin in."""


def school_year_of(day: date) -> int:
    """The calendar year a day's school year begins in; years turn on July 1."""
    return day.year if day.month >= 7 else day.year - 1


def school_days(first: date, last: date, without_school: Iterable[date]) -> tuple[date, ...]:
    """Monday to Friday from first to last, less the days without school."""
    off = frozenset(without_school)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() < 5 and day not in off)


_KINDS = frozenset({"school", "elementary", "middle", "high", "academy"})


def shortened(name: str, others: Iterable[str]) -> str:
    """Piney Ridge Elementary School reads as Piney Ridge in narrow places; Ashby Elementary and Ashby High keep the word
    that parts them."""
    words = name.split()
    taken = [other.casefold().split() for other in others]
    kept = len(words)
    while kept > 1 and words[kept - 1].casefold() in _KINDS:
        kept -= 1
        if any(other[:kept] == name.casefold().split()[:kept] for other in taken):
            return " ".join(words[: kept + 1])
    return " ".join(words[:kept])
