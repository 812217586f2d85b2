"""What a meeting leaves open, and the fidelity checklist as far as the record can fill it.

The checklist follows the eighteen items of the TIPS Fidelity Checklist (0 not started, 1 partial, 2 full; nine foundations, nine of
problem solving; 85 percent is the line in each half), in words of our own. Every score is a proposal with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mtss_desktop.base.words import Said, said

ON_TIME, NEARLY = 5, 10
"""Minutes late that still count as on time, and as partly so."""

LINE_PERCENT = 85
SEND_WITHIN = timedelta(hours=24)
FOUNDATIONS = 9


class Gap(StrEnum):
    """What may be missing. ``record_id`` of a gap is an action, an action, a solution, a problem, or the meeting itself."""

    OWNER = "owner"
    DATE = "date"
    FIDELITY_MEASURE = "fidelity_measure"
    REVIEW = "review"
    ATTENDANCE = "attendance"
    NEXT_MEETING = "next_meeting"
    RATING = "rating"


@dataclass(frozen=True)
class Missing:
    """``title`` is what it is about, ``ask`` the question that fills it."""

    gap: Gap
    record_id: str
    title: str
    ask: Said


@dataclass(frozen=True)
class Score:
    """One item of the checklist; ``points`` None: the record cannot tell, the team says."""

    number: int
    label: Said
    points: int | None
    reason: Said


@dataclass(frozen=True)
class Half:
    """Points of the items that have some, out of what they could have."""

    points: int
    out_of: int

    @property
    def reached(self) -> bool:
        return self.out_of > 0 and self.points * 100 >= LINE_PERCENT * self.out_of


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

    ``sent_in_time`` counts the last three meetings before; ``precise_parts`` is the best open problem's, None without a problem.
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


def checklist(facts: MeetingFacts) -> tuple[Score, ...]:
    """All eighteen items in order."""
    return tuple(Score(number, LABELS[number - 1], *found) for number, found in enumerate(_found(facts), 1))


Found = tuple[int | None, Said]


def _found(facts: MeetingFacts) -> tuple[Found, ...]:
    share = said("{n} of {all}", n=facts.present, all=facts.voting)
    return (
        (_roles(facts), said("{n} of 3 have a primary, {m} a backup too", n=facts.roles, m=facts.role_backups)),
        (None, said("you say")),
        _late(facts.late_start),
        _late(facts.late_end),
        (_attendance(facts), share),
        _agenda(facts),
        _last_minutes(facts),
        (2, said("planned")) if facts.next_planned else (0, said("not yet")),
        (facts.sent_in_time.points, _of(facts.sent_in_time, said("no earlier meeting"))),
        (2 if facts.lines and facts.agenda_items else 1 if facts.lines else 0, said("agenda and lines")),
        (facts.reviewed.points, _of(facts.reviewed)),
        (facts.with_level.points, _of(facts.with_level)),
        _precise(facts.precise_parts),
        *((part.points, _of(part)) for part in (facts.with_solutions, facts.complete_plans, facts.with_goal)),
        *((part.points, _of(part)) for part in (facts.with_fidelity_measure, facts.with_outcome_measure)),
    )


def _of(part: Part, nothing: Said | None = None) -> Said:
    if part.all == 0:
        return nothing or said("no open problem")
    return said("{n} of {all}", n=part.some, all=part.all)


def _roles(facts: MeetingFacts) -> int:
    if facts.role_backups >= 3:
        return 2
    return 1 if facts.roles >= 3 or facts.role_backups else 0


def _late(minutes: int | None) -> Found:
    if minutes is None:
        return None, said("no time noted")
    points = 2 if minutes <= ON_TIME else 1 if minutes <= NEARLY else 0
    return points, said("on plan") if minutes <= 0 else said("{n} min late", n=minutes)


def _attendance(facts: MeetingFacts) -> int | None:
    if facts.voting == 0:
        return None
    if facts.present * 100 >= facts.quorum_percent * facts.voting:
        return 2
    return 1 if facts.present * 2 >= facts.voting else 0


def _agenda(facts: MeetingFacts) -> Found:
    if facts.agenda_items == 0:
        return 0, said("no agenda")
    return (2, said("sent before")) if facts.agenda_sent_before else (1, said("on the table, not sent"))


def _last_minutes(facts: MeetingFacts) -> Found:
    if facts.last_minutes is None:
        return None, said("no earlier meeting")
    return (2, said("on the agenda, done")) if facts.last_minutes else (0, said("not on the agenda"))


def _precise(parts: int | None) -> Found:
    if parts is None:
        return None, said("no open problem")
    return 2 if parts == 6 else 1 if parts >= 4 else 0, said("{n} of 6 parts", n=parts)


def halves(scores: tuple[Score, ...]) -> tuple[Half, Half]:
    """Foundations and problem solving, over the items that have points."""
    return _half(scores[:FOUNDATIONS]), _half(scores[FOUNDATIONS:])


def _half(scores: tuple[Score, ...]) -> Half:
    known = [score.points for score in scores if score.points is not None]
    return Half(sum(known), 2 * len(known))


def in_time(ended: datetime, sent: datetime | None) -> bool | None:
    """Whether minutes left within 24 hours of the end; None where they have not left."""
    return None if sent is None else sent - ended <= SEND_WITHIN
