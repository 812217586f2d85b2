"""How faithfully a meeting followed the way teams solve problems: proposed from the record, marked by the team, both kept.

The eighteen items are those of the TIPS Fidelity Checklist (0 not started, 1 partial, 2 full; nine foundations, nine of problem
solving; 85 percent of 18 points is the line in each half), in words of our own. Every proposal says why; what no record can tell,
the team says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from mtss_desktop.base.words import Said, said

ON_TIME, NEARLY = 5, 10
"""Minutes late that still count as on time, and as partly so."""

DAY = 24 * 60
"""Minutes after the end within which minutes have left in time; within two such days they have so in part."""

LINE_PERCENT = 85
FOUNDATIONS = 9
MOST = 2
"""Points of one item."""


@dataclass(frozen=True)
class Score:
    """One item as proposed; ``points`` None: the record cannot tell, the team says. ``reason`` is what the proposal rests on."""

    number: int
    label: Said
    points: int | None
    reason: Said


@dataclass(frozen=True)
class TeamMark:
    """What the team gives itself for one item, and why."""

    number: int
    points: int
    note: str = ""


@dataclass(frozen=True)
class Item:
    """A proposal with the team's own mark beside it; neither takes the other's place in the record."""

    proposed: Score
    team: TeamMark | None = None

    @property
    def number(self) -> int:
        return self.proposed.number

    @property
    def points(self) -> int | None:
        """What counts: the team's own, else the proposal."""
        return self.proposed.points if self.team is None else self.team.points

    @property
    def differs(self) -> bool:
        return self.team is not None and self.team.points != self.proposed.points


@dataclass(frozen=True)
class Half:
    """Points of the items that have some, out of what those could have."""

    points: int
    out_of: int

    @property
    def reached(self) -> bool:
        return self.out_of > 0 and self.points * 100 >= LINE_PERCENT * self.out_of

    @property
    def complete(self) -> bool:
        return self.out_of == FOUNDATIONS * MOST

    @property
    def percent(self) -> int | None:
        """Whole percent of 18 points, half rounds up; None while an item has no points: an open item is not zero."""
        return (200 * self.points + self.out_of) // (2 * self.out_of) if self.complete else None


@dataclass(frozen=True)
class Part:
    """How many of all have something."""

    some: int
    all: int

    @property
    def points(self) -> int | None:
        """2 all, 1 some, 0 none; None where there is nothing to have."""
        if self.all == 0:
            return None
        return 2 if self.some >= self.all else 1 if self.some else 0


@dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """What the record knows about one meeting. ``late_*`` are minutes after the plan, None where either time is unknown.

    ``left_after`` are minutes from the end until the minutes left, None while they have not; then ``sent_in_time``, the last three
    meetings before, is what there is to go by. ``precise_parts`` is the best open problem's, None without a problem. Clock times and days
    only make the reasons; ``shortened`` says why the end was agreed to come earlier.
    """

    roles: int
    role_backups: int
    late_start: int | None
    late_end: int | None
    present: int
    voting: int
    quorum_percent: int
    agenda_items: int
    agenda_sent_before: bool
    last_minutes: bool | None
    next_planned: bool
    sent_in_time: Part
    lines: int
    reviewed: Part
    with_level: Part
    precise_parts: int | None
    with_solutions: Part
    complete_plans: Part
    with_goal: Part
    with_fidelity_measure: Part
    with_outcome_measure: Part
    left_after: int | None = None
    started_at: time | None = None
    ended_at: time | None = None
    shortened: str = ""
    agenda_sent_on: date | None = None
    next_day: date | None = None


LABELS = (
    said("Primary and backup for three roles"),
    said("The room may decide"),
    said("Started on time"),
    said("Ended on time"),
    said("Members come and stay"),
    said("Agenda was known before"),
    said("Last minutes looked at"),
    said("Next meeting has a date"),
    said("Minutes left within 24 hours"),
    said("Minutes follow the form"),
    said("Earlier solutions reviewed"),
    said("Numbers looked at"),
    said("One problem stated precisely"),
    said("Problems have solutions"),
    said("Who, what and when are there"),
    said("Goals are set"),
    said("Fidelity will be measured"),
    said("Results will be measured"),
)

Found = tuple[int | None, Said]


def checklist(facts: MeetingFacts) -> tuple[Score, ...]:
    """All eighteen items in order."""
    return tuple(Score(number, LABELS[number - 1], *found) for number, found in enumerate(_found(facts), 1))


def _found(facts: MeetingFacts) -> tuple[Found, ...]:
    return (
        (_roles(facts), said("{n} of 3 have a primary, {m} a backup too", n=facts.roles, m=facts.role_backups)),
        (None, said("no record can tell: may those in the room decide?")),
        _late(facts.late_start, facts.started_at, ""),
        _late(facts.late_end, facts.ended_at, facts.shortened),
        (_attendance(facts), said("{n} of {all} from start to end; quorum is {quorum}%", n=facts.present,
                                  all=facts.voting, quorum=facts.quorum_percent)),
        _agenda(facts),
        _last_minutes(facts),
        _next_meeting(facts),
        _left(facts),
        _form(facts),
        _of(facts.reviewed, said("{n} of {all} earlier problems have fidelity and effect"),
            said("no problem is open from before")),
        _of(facts.with_level, said("{n} of {all} earlier problems have today’s level"),
            said("no problem is open from before")),
        _precise(facts.precise_parts),
        _of(facts.with_solutions, said("{n} of {all} open problems")),
        _of(facts.complete_plans, said("{n} of {all} solutions and actions"), said("nothing was planned")),
        _of(facts.with_goal, said("{n} of {all} open problems have a target and a date")),
        _of(facts.with_fidelity_measure, said("{n} of {all} open problems say how")),
        _of(facts.with_outcome_measure, said("{n} of {all} open problems say how")),
    )  # fmt: skip


def _of(part: Part, counted: Said, nothing: Said | None = None) -> Found:
    if part.all == 0:
        return None, nothing or said("no open problem")
    return part.points, said(counted.text, n=part.some, all=part.all)


def _roles(facts: MeetingFacts) -> int:
    if facts.role_backups >= 3:
        return 2
    return 1 if facts.roles >= 3 or facts.role_backups else 0


def _late(minutes: int | None, at: time | None, shortened: str) -> Found:
    if minutes is None:
        return None, said("no time is noted")
    points = 2 if minutes <= ON_TIME else 1 if minutes <= NEARLY else 0
    how = said("on plan") if minutes <= 0 else said("{n} min late", n=minutes)
    if shortened:
        how = said("{how}; shortened: {why}", how=how, why=shortened)
    return points, how if at is None else said("{at}, {how}", at=at, how=how)


def _attendance(facts: MeetingFacts) -> int | None:
    if facts.voting == 0:
        return None
    if facts.present * 100 >= facts.quorum_percent * facts.voting:
        return 2
    return 1 if facts.present * 2 >= facts.voting else 0


def _agenda(facts: MeetingFacts) -> Found:
    if facts.agenda_items == 0:
        return 0, said("there was no agenda")
    if not facts.agenda_sent_before:
        return 1, said("on the table, not sent before")
    return 2, said("sent before") if facts.agenda_sent_on is None else said("sent {day:day}", day=facts.agenda_sent_on)


def _last_minutes(facts: MeetingFacts) -> Found:
    if facts.last_minutes is None:
        return None, said("no earlier meeting")
    return (2, said("on the agenda, done")) if facts.last_minutes else (0, said("not on the agenda, or not reached"))


def _next_meeting(facts: MeetingFacts) -> Found:
    if not facts.next_planned:
        return 0, said("no date yet")
    return 2, said("planned") if facts.next_day is None else said("{day:day}", day=facts.next_day)


def _left(facts: MeetingFacts) -> Found:
    """This meeting's own minutes where they have left; until then what became of the last three."""
    if facts.left_after is not None:
        points = 2 if facts.left_after <= DAY else 1 if facts.left_after <= 2 * DAY else 0
        return points, said("minutes left {span} after the end", span=span(facts.left_after))
    if facts.sent_in_time.all == 0:
        return None, said("not left yet; no earlier meeting")
    part = facts.sent_in_time
    return part.points, said("not left yet; {n} of the last {all} in time", n=part.some, all=part.all)


def span(minutes: int) -> Said:
    """3 h 10 min; 2 days 4 h; 45 min."""
    days, rest = divmod(max(0, minutes), DAY)
    hours, left = divmod(rest, 60)
    if days:
        return said("{n} day {h} h", many="{n} days {h} h", count="n", n=days, h=hours)
    return said("{h} h {m} min", h=hours, m=left) if hours else said("{m} min", m=left)


def _form(facts: MeetingFacts) -> Found:
    points = 2 if facts.lines and facts.agenda_items else 1 if facts.lines else 0
    return points, said("{items} agenda items, {lines} lines", items=facts.agenda_items, lines=facts.lines)


def _precise(parts: int | None) -> Found:
    if parts is None:
        return None, said("no open problem")
    return 2 if parts == 6 else 1 if parts >= 4 else 0, said("the best statement has {n} of 6 parts", n=parts)


# Both columns -------------------------------------------------------------------------------------------------------------


def side_by_side(scores: Iterable[Score], marks: Iterable[TeamMark]) -> tuple[Item, ...]:
    """Each proposal with the team's own mark where it gave one."""
    given = {mark.number: mark for mark in marks}
    return tuple(Item(score, given.get(score.number)) for score in scores)


def halves(points: Iterable[int | None]) -> tuple[Half, Half]:
    """Foundations and problem solving, over the items that have points; eighteen of them, in order."""
    found = tuple(points)
    return _half(found[:FOUNDATIONS]), _half(found[FOUNDATIONS:])


def _half(points: tuple[int | None, ...]) -> Half:
    known = [each for each in points if each is not None]
    return Half(sum(known), MOST * len(known))
