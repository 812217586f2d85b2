"""What lists and cards show of teams: summaries, made by one question each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mtss_desktop.domain.people import OrganizationId, OrganizationKind
from mtss_desktop.domain.teams import TeamId, TeamStatus


@dataclass(frozen=True)
class TeamLine:
    """A team in the list. ``members`` counts people, ``without_backup`` core roles that have a primary and nobody behind."""

    id: TeamId
    name: str
    tier: int
    place_id: OrganizationId
    place: str
    place_kind: OrganizationKind
    members: int
    without_backup: int
    ended_on: date | None


@dataclass(frozen=True)
class MemberLine:
    """One membership with its person's name."""

    id: str
    person_id: str
    name: str
    list_name: str
    position: str
    role: str
    backup: bool
    brings: str


@dataclass(frozen=True)
class LinkLine:
    """One agreed way of talking. ``outgoing``: from this team; ``other`` is the team or audience at its other end."""

    id: str
    outgoing: bool
    other_id: str
    other: str
    what: str
    how: str
    how_often: str
    person: str
    answer_within_days: int | None
    waiting_since: date | None
    waiting_for: str


@dataclass(frozen=True)
class TeamOfPerson:
    """A team a person is on."""

    person_id: str
    team_id: str
    team: str
    place: str


@dataclass(frozen=True)
class AuditLine:
    """A finding of the audit in words. ``teams`` and ``people`` are names; where a merge is proposed the first team is the one to keep.

    ``about`` is what a decision is remembered by, ``fields`` the columns of the matrix it speaks of, ``kept_because`` the reason
    it was decided to leave it so, "" where it is open.
    """

    rule: str
    severity: str
    teams: tuple[str, ...]
    people: tuple[str, ...]
    why: str
    title: str
    proposal: str
    offers: tuple[TeamStatus, ...]
    fields: tuple[str, ...]
    team_ids: tuple[str, ...]
    person_ids: tuple[str, ...]
    about: str
    is_kept: bool = False
    kept_because: str = ""


@dataclass(frozen=True)
class ProtocolLine:
    """A link as the protocol of all teams shows it. ``days`` an open question has waited; ``late`` longer than agreed; ``circular``
    where questions go round without an answer.
    """

    id: str
    from_id: str
    sender: str
    to_id: str
    receiver: str
    what: str
    how: str
    how_often: str
    who: str
    answer_within_days: int | None
    waiting_since: date | None
    waiting_for: str
    days: int
    late: bool
    circular: bool
