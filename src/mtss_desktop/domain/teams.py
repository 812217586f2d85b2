"""Teams, what they are for each year, who is on them and whom they tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import NewType

from mtss_desktop.domain.people import PersonId, SchoolYearId
from mtss_desktop.domain.records import Record

TeamId = NewType("TeamId", str)
MembershipId = NewType("MembershipId", str)


class TeamStatus(StrEnum):
    """What the working-smarter grid decided about a team."""

    KEEP = "keep"
    MERGE = "merge"
    RETIRE = "retire"


class Rhythm(StrEnum):
    """How often a team meets."""

    WEEKLY = "weekly"
    EVERY_TWO_WEEKS = "every_two_weeks"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    AS_NEEDED = "as_needed"


@dataclass(frozen=True)
class DataReviewed:
    """A source of data a team looks at, and how often."""

    what: str
    how_often: str = ""


@dataclass(frozen=True, kw_only=True)
class Team(Record):
    """A team's identity. ``tier`` is the tier of supports it leads: 1, 2, 3, or 0 for none in particular."""

    id: TeamId = TeamId("")
    name: str
    short_name: str = ""
    tier: int = 0
    started_on: date | None = None
    ended_on: date | None = None
    merged_into: TeamId | None = None


@dataclass(frozen=True, kw_only=True)
class TeamYear(Record):
    """What a team is for and how it works in one school year.

    ``weeks_of_month`` are 1 to 5 (5 is the last), ``weekday`` 0 (Monday) to 6; empty and None where the team has no fixed day.
    """

    team_id: TeamId
    year_id: SchoolYearId
    purpose: str = ""
    outcome_measure: str = ""
    target_group: str = ""
    authority: str = ""
    data_reviewed: tuple[DataReviewed, ...] = ()
    decision_rules: str = ""
    rhythm: Rhythm | None = None
    weeks_of_month: tuple[int, ...] = ()
    weekday: int | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    room: str = ""
    linked_goal: str = ""
    norms: str = ""
    status: TeamStatus = TeamStatus.KEEP
    status_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Membership(Record):
    """A person in a role on a team for a time; the same person may hold several roles. ``role`` is a key of ``ROLES`` or own words."""

    id: MembershipId = MembershipId("")
    team_id: TeamId
    person_id: PersonId
    role: str = "member"
    backup: bool = False
    brings: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    rank: str = ""


@dataclass(frozen=True, kw_only=True)
class TeamLink(Record):
    """One line of the communication protocol: what goes from a team to another team or an audience, how, and when an answer is due."""

    team_id: TeamId
    to_team_id: TeamId | None = None
    audience: str = ""
    what: str = ""
    how: str = ""
    how_often: str = ""
    person_id: PersonId | None = None
    answer_within_days: int | None = None
    waiting_since: date | None = None
    waiting_for: str = ""
    rank: str = ""


@dataclass(frozen=True, kw_only=True)
class TeamDecision(Record):
    """What was decided about a finding of the audit, for the school year: ``rule`` and ``about`` say which, ``reason`` why."""

    year_id: SchoolYearId
    rule: str
    about: str
    decision: TeamStatus = TeamStatus.KEEP
    reason: str = ""
    decided_on: date | None = None


ROLES = (
    "facilitator",
    "minute_taker",
    "data_analyst",
    "timekeeper",
    "administrator",
    "family",
    "community",
    "coach",
    "member",
)
"""The usual roles in the order of a team card; any other words are allowed."""

CORE_ROLES = ("facilitator", "minute_taker", "data_analyst")
"""The roles that need a primary and a backup (TIPS fidelity checklist, item 1)."""


def members_on(memberships: tuple[Membership, ...], day: date) -> tuple[Membership, ...]:
    """Those who belong to the team on a day."""
    return tuple(
        member
        for member in memberships
        if (member.started_on is None or member.started_on <= day)
        and (member.ended_on is None or member.ended_on >= day)
    )


def minutes_per_meeting(year: TeamYear) -> int | None:
    """Planned length, None where the pattern has no times."""
    if year.starts_at is None or year.ends_at is None:
        return None
    return (year.ends_at.hour - year.starts_at.hour) * 60 + year.ends_at.minute - year.starts_at.minute


MEETINGS_A_MONTH = {
    Rhythm.WEEKLY: 52 / 12,
    Rhythm.EVERY_TWO_WEEKS: 26 / 12,
    Rhythm.MONTHLY: 1.0,
    Rhythm.QUARTERLY: 1 / 3,
    Rhythm.AS_NEEDED: 0.0,
}


def staff_hours_a_month(year: TeamYear, members: int) -> float | None:
    """Meetings a month × length × members, in hours; None without a rhythm or times."""
    minutes = minutes_per_meeting(year)
    if minutes is None or year.rhythm is None:
        return None
    return MEETINGS_A_MONTH[year.rhythm] * minutes / 60 * members
