"""Seats on teams: how somebody joins, takes a role, steps down and leaves. The acts that need it are in ``teams``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.ranks import between
from mtss_desktop.domain.team_roles import seat_in
from mtss_desktop.domain.teams import CORE_ROLES, Membership, Team
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.cleaning import clean_text
from mtss_desktop.usecases.people import by_typed_name


def join(
    work: Work,
    team: Team,
    person_id: PersonId,
    role: str,
    *,
    backup: bool,
    brings: str = "",
    started_on: date | None = None,
    ended_on: date | None = None,
) -> Membership:
    """A membership after those that are there."""
    there = [member.rank for member in work.memberships.list(team_id=team.id)]
    member = Membership(
        organization_id=team.organization_id,
        team_id=team.id,
        person_id=person_id,
        role=clean_text(role) or "member",
        backup=backup,
        brings=clean_text(brings),
        started_on=started_on or work.today(),
        ended_on=ended_on,
        rank=between(max(there, default=""), ""),
    )
    return work.memberships.add(member)


def join_as_typed(work: Work, team: Team, typed: str) -> bool:
    """Somebody by one line of text, with the role it names; returns whether that made them a member.

    Who is on the team without a role takes the one that is named. A core role that has its person gets a backup.
    Raises ``UserError`` when several people share the name.
    """
    seat = seat_in(typed)
    person = by_typed_name(work, seat.name, team.organization_id)
    here = open_seats(work, team.id)
    mine = [member for member in here if member.person_id == person.id]
    held = any(member.role == seat.role and not member.backup for member in here)
    backup = seat.backup or (held and seat.role in CORE_ROLES)
    if any(member.role == seat.role for member in mine) or (mine and seat.role == "member"):
        return False
    plain = next((member for member in mine if member.role == "member"), None)
    if plain is not None:
        work.memberships.save(replace(plain, role=seat.role, backup=backup))
    else:
        join(work, team, person.id, seat.role, backup=backup, brings=seat.brings)
    return not mine


def step_down(work: Work, member: Membership) -> None:
    """The person stays as a member without a role, unless another role is left."""
    others = [
        each for each in open_seats(work, member.team_id) if each.person_id == member.person_id and each.id != member.id
    ]
    if others or member.role == "member":
        end(work, member)
    else:
        work.memberships.save(replace(member, role="member", backup=False))


def end(work: Work, member: Membership) -> None:
    """A membership of today was a slip and goes; an older one ends with yesterday and stays in the history."""
    yesterday = work.today() - timedelta(days=1)
    if member.started_on is not None and member.started_on > yesterday:
        work.memberships.remove(member.id)
    else:
        work.memberships.save(replace(member, ended_on=yesterday))


def open_seats(work: Work, team_id: str) -> tuple[Membership, ...]:
    return work.memberships.list(team_id=team_id, ended_on=None)
