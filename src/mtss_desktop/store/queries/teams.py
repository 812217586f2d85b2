"""All teams for a screen, and one team's card: a statement each for what is shown together."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from mtss_desktop.domain.people import OrganizationId, OrganizationKind
from mtss_desktop.domain.team_cards import LinkLine, MemberLine, TeamLine, TeamOfPerson
from mtss_desktop.domain.teams import CORE_ROLES, TeamId
from mtss_desktop.store.schema import facts
from mtss_desktop.store.schema.records import measure, membership, organization, person, team, team_link
from mtss_desktop.store.work import Work


def lines(work: Work, day: date, *, place_id: str = "", with_retired: bool = False) -> tuple[TeamLine, ...]:
    """The division's teams first, then school by school; in a place by tier, then by name. One statement."""
    people = _people(day)
    gaps = _gaps(day)
    query = (
        sa.select(
            *(team.c.id, team.c.name, team.c.tier, team.c.organization_id, team.c.ended_on),
            organization.c.name.label("place"),
            organization.c.kind,
            sa.func.coalesce(people.c.n, 0).label("members"),
            sa.func.coalesce(gaps.c.n, 0).label("without_backup"),
        )
        .join_from(team, organization, organization.c.id == team.c.organization_id)
        .outerjoin(people, people.c.team_id == team.c.id)
        .outerjoin(gaps, gaps.c.team_id == team.c.id)
        .order_by(
            organization.c.kind != OrganizationKind.DIVISION.value,
            organization.c.name_folded,
            team.c.tier,
            team.c.name_folded,
            team.c.id,
        )
    )
    if place_id:
        query = query.where(team.c.organization_id == place_id)
    if not with_retired:
        query = query.where(sa.or_(team.c.ended_on.is_(None), team.c.ended_on >= day))
    return tuple(
        TeamLine(
            TeamId(row.id),
            row.name,
            row.tier,
            OrganizationId(row.organization_id),
            row.place,
            OrganizationKind(row.kind),
            row.members,
            row.without_backup,
            row.ended_on,
        )
        for row in work.connection.execute(query)
    )


def _on(day: date) -> sa.ColumnElement[bool]:
    started = sa.or_(membership.c.started_on.is_(None), membership.c.started_on <= day)
    return sa.and_(started, sa.or_(membership.c.ended_on.is_(None), membership.c.ended_on >= day))


def _people(day: date) -> sa.Subquery:
    number = sa.func.count(sa.distinct(membership.c.person_id)).label("n")
    return sa.select(membership.c.team_id, number).where(_on(day)).group_by(membership.c.team_id).subquery()


def _gaps(day: date) -> sa.Subquery:
    """Core roles of each team that are filled by nobody but primaries."""
    behind = sa.func.max(sa.case((membership.c.backup, 1), else_=0))
    roles = (
        sa.select(membership.c.team_id, membership.c.role)
        .where(_on(day), membership.c.role.in_(CORE_ROLES))
        .group_by(membership.c.team_id, membership.c.role)
        .having(behind == 0)
        .subquery()
    )
    return sa.select(roles.c.team_id, sa.func.count().label("n")).group_by(roles.c.team_id).subquery()


def members(work: Work, team_id: str, day: date) -> tuple[MemberLine, ...]:
    """Those of a day, in the order people gave them."""
    query = (
        sa.select(membership, person.c.first_name, person.c.last_name, person.c.position)
        .join_from(membership, person, person.c.id == membership.c.person_id)
        .where(membership.c.team_id == team_id, _on(day))
        .order_by(membership.c.rank, person.c.last_name_folded, membership.c.id)
    )
    return tuple(
        MemberLine(
            row.id,
            row.person_id,
            f"{row.first_name} {row.last_name}".strip(),
            ", ".join(part for part in (row.last_name, row.first_name) if part),
            row.position,
            row.role,
            row.backup,
            row.brings,
        )
        for row in work.connection.execute(query)
    )


def links(work: Work, team_id: str) -> tuple[LinkLine, ...]:
    """What goes from the team first, then what comes to it. A team of another place is named with its place."""
    origin, target = team.alias("origin"), team.alias("target")
    here, there = organization.alias("here"), organization.alias("there")
    query = (
        sa.select(
            team_link,
            *(origin.c.name.label("from_name"), target.c.name.label("to_name")),
            *(here.c.short_name.label("from_place"), there.c.short_name.label("to_place")),
            *(here.c.id.label("from_place_id"), there.c.id.label("to_place_id")),
            *(person.c.first_name, person.c.last_name),
        )
        .join_from(team_link, origin, origin.c.id == team_link.c.team_id)
        .join(here, here.c.id == origin.c.organization_id)
        .outerjoin(target, target.c.id == team_link.c.to_team_id)
        .outerjoin(there, there.c.id == target.c.organization_id)
        .outerjoin(person, person.c.id == team_link.c.person_id)
        .where(sa.or_(team_link.c.team_id == team_id, team_link.c.to_team_id == team_id))
        .order_by(team_link.c.team_id != team_id, team_link.c.rank, team_link.c.id)
    )
    return tuple(_link(row, team_id) for row in work.connection.execute(query).mappings())


def _link(found: sa.RowMapping, team_id: str) -> LinkLine:
    outgoing = found["team_id"] == team_id
    end = "to" if outgoing else "from"
    other = found[f"{end}_name"] or found["audience"]
    if found[f"{end}_name"] and found["from_place_id"] != found["to_place_id"] and found[f"{end}_place"]:
        other = f"{other}, {found[f'{end}_place']}"
    return LinkLine(
        str(found["id"]),
        outgoing,
        str(found["to_team_id"] or "") if outgoing else str(found["team_id"]),
        str(other),
        str(found["what"]),
        str(found["how"]),
        str(found["how_often"]),
        " ".join(part for part in (found["first_name"], found["last_name"]) if part),
        found["answer_within_days"],
        found["waiting_since"],
        str(found["waiting_for"]),
    )


def teams_of(work: Work, person_ids: tuple[str, ...], day: date) -> tuple[TeamOfPerson, ...]:
    """Working teams of these people, each once, by team name."""
    query = (
        sa.select(membership.c.person_id, team.c.id, team.c.name, team.c.name_folded, organization.c.short_name)
        .distinct()
        .join_from(membership, team, team.c.id == membership.c.team_id)
        .join(organization, organization.c.id == team.c.organization_id)
        .where(membership.c.person_id.in_(person_ids), _on(day), team.c.ended_on.is_(None))
        .order_by(team.c.name_folded, team.c.id)
    )
    rows = work.connection.execute(query)
    return tuple(TeamOfPerson(row.person_id, row.id, row.name, row.short_name) for row in rows)


def data_there(work: Work, year: int) -> frozenset[str]:
    """Which counts a school year has: ``incidents``, ``absences``, and ``screening:`` with each subject tested."""
    found = set()
    for name, table in (("incidents", facts.incident_count), ("absences", facts.absence_count)):
        query = sa.select(table.c.n).where(table.c.live == 1, table.c.year == year).limit(1)
        if work.connection.execute(query).first() is not None:
            found.add(name)
    table = facts.screening_count
    subjects = (
        sa.select(measure.c.subject)
        .distinct()
        .join_from(table, measure, measure.c.key == table.c.measure)
        .where(table.c.live == 1, table.c.year == year)
    )
    return frozenset(found | {f"screening:{row.subject}" for row in work.connection.execute(subjects)})
