"""Agendas before a meeting: templates, whose turn it is, and days on which a team meets."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from mtss_desktop.domain.meetings import WeWill
from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.teams import Rhythm, TeamYear


class Holds(StrEnum):
    """What stands at a place of a template: words of its own, or what the team has waiting, one item each or in one."""

    WORDS = "words"
    LAST_MINUTES = "last_minutes"
    OPEN_ACTIONS = "open_actions"
    UNFINISHED = "unfinished"
    PROBLEMS = "problems"
    PARKING_LOT = "parking_lot"


@dataclass(frozen=True)
class TemplateItem:
    """``lead`` is a role; ``minutes`` are for each item where ``holds`` brings several."""

    title: str
    minutes: int | None = None
    lead: str = ""
    we_will: WeWill | None = None
    holds: Holds = Holds.WORDS


@dataclass(frozen=True)
class AgendaTemplate:
    """``tiers`` are the tiers of teams it is offered to first, empty: to all. ``confidential``: so are meetings made with it."""

    name: str
    title: str
    about: str
    tiers: tuple[int, ...] = ()
    confidential: bool = False
    items: tuple[TemplateItem, ...] = ()

    @property
    def minutes(self) -> int:
        return sum(item.minutes or 0 for item in self.items)


def rotated(holders: Sequence[PersonId], had: Sequence[PersonId]) -> PersonId | None:
    """Whose turn a shared role is: the one who never had it, in the team's order, else whose last time is the longest ago.

    ``had`` names who had it, oldest meeting first.
    """
    last = {person: place for place, person in enumerate(had)}
    return min(holders, key=lambda person: last.get(person, -1), default=None)


# Days ----------------------------------------------------------------------------------------------------------------------


def pattern_days(year: TeamYear, first: date, last: date) -> Iterator[date]:
    """Days of the team's pattern from ``first`` to ``last``, with or without school; none without a weekday.

    With weeks of the month (5 is the last) their rhythm is the pattern; every two weeks counts from ``first``; monthly without weeks takes
    the first such weekday of each month, quarterly every third month of those.
    """
    if year.weekday is None or year.rhythm is Rhythm.AS_NEEDED:
        return
    day = first + timedelta(days=(year.weekday - first.weekday()) % 7)
    number = 0
    while day <= last:
        if _fits(year, day, number):
            yield day
        day += timedelta(days=7)
        number += 1


def _fits(year: TeamYear, day: date, number: int) -> bool:
    if year.weeks_of_month:
        in_month = bool(weeks_of(day) & set(year.weeks_of_month))
        return in_month and (year.rhythm is not Rhythm.QUARTERLY or day.month % 3 == 0)
    match year.rhythm:
        case Rhythm.EVERY_TWO_WEEKS:
            return number % 2 == 0
        case Rhythm.MONTHLY:
            return day.day <= 7
        case Rhythm.QUARTERLY:
            return day.day <= 7 and day.month % 3 == 0
    return True


def weeks_of(day: date) -> set[int]:
    """The number of its weekday in its month, and 5 where it is the last."""
    number = (day.day - 1) // 7 + 1
    last = day.day + 7 > monthrange(day.year, day.month)[1]
    return {number, 5} if last else {number}


def next_school_day(day: date, school: Collection[date]) -> date | None:
    """The day itself or the next weekday with school within a week, None where there is none (a break)."""
    return next((each for n in range(7) if (each := day + timedelta(days=n)) in school), None)


def overlap(start: time | None, end: time | None, other_start: time | None, other_end: time | None) -> bool:
    """Whether two meetings of one day overlap; one without times is in nobody's way."""
    if start is None or end is None or other_start is None or other_end is None:
        return False
    return start < other_end and other_start < end
