"""Administrations with the names of what they point at, and what was given in them: a statement each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from mtss_desktop.domain.evidence_views import UsedAt
from mtss_desktop.domain.rating_views import EvidenceChip, Head, ItemAction
from mtss_desktop.domain.ratings import (
    Administration,
    AdministrationId,
    AdministrationKind,
    AdministrationState,
    EvidenceId,
    EvidenceKind,
    KeptScore,
)
from mtss_desktop.domain.scoring import Answer
from mtss_desktop.store.rows import to_record
from mtss_desktop.store.schema.records import (
    action,
    administration,
    evidence,
    evidence_use,
    instrument_version,
    organization,
    person,
    rating,
    response,
    team,
)
from mtss_desktop.store.work import Work


@dataclass(frozen=True)
class Found:
    """``given`` counts the items that have a rating, those that do not apply among them; ``answered`` the people of a survey."""

    head: Head
    given: int
    answered: int


def visible(work: Work) -> sa.ColumnElement[bool]:
    """A private administration (a coach's own profile) is there only for the person it belongs to."""
    return sa.or_(administration.c.private_to.is_(None), administration.c.private_to.in_(work.own_ids))


def _given() -> sa.ScalarSelect[int]:
    """Of each administration that is shown, never of all there are."""
    rated = sa.or_(rating.c["values"] != [], rating.c.applies.is_(False))
    query = sa.select(sa.func.count()).where(rating.c.administration_id == administration.c.id, rated)
    return query.correlate(administration).scalar_subquery()


def _answered() -> sa.ScalarSelect[int]:
    query = sa.select(sa.func.count()).where(response.c.administration_id == administration.c.id)
    return query.correlate(administration).scalar_subquery()


def found(
    work: Work,
    *,
    ids: Iterable[str] | None = None,
    place_id: str | None = None,
    team_id: str | None = None,
    family: str | None = None,
    first: date | None = None,
    last: date | None = None,
    kinds: Iterable[AdministrationKind] = (),
    finished: bool = False,
    drafts: bool = False,
) -> tuple[Found, ...]:
    """By day, newest first. One statement."""
    query = (
        sa.select(
            administration,
            *(instrument_version.c.key, instrument_version.c.family, instrument_version.c.title),
            instrument_version.c.edition,
            *(organization.c.name.label("place"), organization.c.short_name, organization.c.kind.label("place_kind")),
            team.c.name.label("team_name"),
            *(person.c.first_name, person.c.last_name),
            _given().label("given"),
            _answered().label("answered"),
        )
        .join_from(administration, instrument_version, instrument_version.c.id == administration.c.instrument_id)
        .join(organization, organization.c.id == administration.c.organization_id)
        .outerjoin(team, team.c.id == administration.c.team_id)
        .outerjoin(person, person.c.id == administration.c.rated_by)
        .where(visible(work))
        .order_by(administration.c.held_on.desc(), administration.c.id.desc())
    )
    if ids is not None:
        query = query.where(administration.c.id.in_(list(ids)))
    if place_id is not None:
        query = query.where(administration.c.organization_id == place_id)
    if team_id is not None:
        query = query.where(administration.c.team_id == team_id)
    if family is not None:
        query = query.where(sa.or_(instrument_version.c.family == family, instrument_version.c.key == family))
    if first is not None:
        query = query.where(administration.c.held_on >= first)
    if last is not None:
        query = query.where(administration.c.held_on <= last)
    if chosen := [each.value for each in kinds]:
        query = query.where(administration.c.kind.in_(chosen))
    if finished:
        query = query.where(administration.c.state == AdministrationState.FINISHED.value)
    if drafts:
        query = query.where(administration.c.state == AdministrationState.DRAFT.value)
    return tuple(_found(row) for row in work.connection.execute(query).mappings())


def _found(row: Any) -> Found:
    record = to_record(Administration, {column.name: row[column] for column in administration.columns})
    who = f"{row['first_name'] or ''} {row['last_name'] or ''}".strip()
    head = Head(
        record,
        *(row["key"], row["family"], row[instrument_version.c.title], row["edition"]),
        *("", False),
        row["short_name"] or row["place"],
        row["place_kind"],
        row["team_name"] or "",
        who or record.rater,
    )
    return Found(head, row["given"], row["answered"])


def contents(work: Work, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Version id → (key, the pack's text)."""
    table = instrument_version.c
    query = sa.select(table.id, table.key, table.content).where(table.id.in_(list(ids)))
    return {row.id: (row.key, row.content) for row in work.connection.execute(query)}


@dataclass(frozen=True)
class Newest:
    """The newest finished administration of a family at a place; ``times`` is how many there are."""

    administration_id: AdministrationId
    place_id: str
    instrument_id: str
    family: str
    title: str
    edition: str
    held_on: date
    sections: tuple[str, ...]
    raw_scores: tuple[dict[str, Any], ...]
    met: tuple[bool | None, ...]
    times: int

    def score(self, key: str) -> KeptScore | None:
        """Made when it is asked for: of a thousand results a table shows one score each."""
        return next((KeptScore(**each) for each in self.raw_scores if each["key"] == key), None)


_COUNTED = (AdministrationKind.WALKTHROUGH.value,)
"""Visits speak only together, so they are no row of a roll-up."""


def newest(
    work: Work,
    *,
    place_id: str | None = None,
    first: date | None = None,
    last: date | None = None,
    most: int = 1,
) -> tuple[Newest, ...]:
    """One (or ``most``) for each place and family. The team's own rating goes before one from outside. One statement."""
    group = (administration.c.organization_id, instrument_version.c.family)
    order = (
        administration.c.kind == AdministrationKind.EXTERNAL.value,
        administration.c.held_on.desc(),
        administration.c.id.desc(),
    )
    query = (
        sa.select(
            administration.c.id,
            sa.func.row_number().over(partition_by=group, order_by=order).label("place_in_line"),
            sa.func.count().over(partition_by=group).label("times"),
        )
        .join_from(administration, instrument_version, instrument_version.c.id == administration.c.instrument_id)
        .where(
            administration.c.state == AdministrationState.FINISHED.value,
            administration.c.kind.not_in(_COUNTED),
            administration.c.private_to.is_(None),
        )
    )
    if place_id is not None:
        query = query.where(administration.c.organization_id == place_id)
    if first is not None:
        query = query.where(administration.c.held_on >= first)
    if last is not None:
        query = query.where(administration.c.held_on <= last)
    lines = query.subquery()
    rows = work.connection.execute(
        sa.select(
            *(administration.c.id, administration.c.organization_id, administration.c.instrument_id),
            *(administration.c.held_on, administration.c.sections, administration.c.scores, administration.c.met),
            *(instrument_version.c.family, instrument_version.c.title, instrument_version.c.edition, lines.c.times),
        )
        .join_from(lines, administration, administration.c.id == lines.c.id)
        .join(instrument_version, instrument_version.c.id == administration.c.instrument_id)
        .where(lines.c.place_in_line <= most)
    )
    return tuple(
        Newest(
            *(row.id, row.organization_id, row.instrument_id, row.family, row.title, row.edition, row.held_on),
            *(tuple(row.sections), tuple(row.scores), tuple(row.met), row.times),
        )
        for row in rows
    )


# What stands behind items ----------------------------------------------------------------------------------------------------------


def chips(work: Work, administration_id: str) -> dict[str, tuple[EvidenceChip, ...]]:
    """Item → its evidence, oldest first. One statement."""
    uses = sa.select(evidence_use.c.evidence_id, sa.func.count().label("n")).group_by(evidence_use.c.evidence_id)
    number = uses.subquery()
    query = (
        sa.select(evidence, evidence_use.c.id.label("use_id"), evidence_use.c.item, number.c.n)
        .join_from(evidence_use, evidence, evidence.c.id == evidence_use.c.evidence_id)
        .join(number, number.c.evidence_id == evidence.c.id)
        .where(evidence_use.c.administration_id == administration_id)
        .order_by(evidence.c.added_on, evidence.c.id)
    )
    behind: dict[str, tuple[EvidenceChip, ...]] = {}
    for row in work.connection.execute(query):
        chip = EvidenceChip(
            *(row.id, row.use_id, EvidenceKind(row.kind), row.title, row.address, row.shows),
            *(row.attachment_id, row.meeting_id, row.printable, row.n),
        )
        behind[row.item] = (*behind.get(row.item, ()), chip)
    return behind


def uses(work: Work, evidence_ids: Iterable[str]) -> dict[EvidenceId, tuple[UsedAt, ...]]:
    """Where pieces of evidence stand, newest administration first. One statement."""
    query = (
        sa.select(
            *(evidence_use.c.evidence_id, evidence_use.c.item, administration.c.id, administration.c.held_on),
            *(instrument_version.c.title, instrument_version.c.edition, organization.c.name, organization.c.short_name),
        )
        .join_from(evidence_use, administration, administration.c.id == evidence_use.c.administration_id)
        .join(instrument_version, instrument_version.c.id == administration.c.instrument_id)
        .join(organization, organization.c.id == administration.c.organization_id)
        .where(evidence_use.c.evidence_id.in_(list(evidence_ids)))
        .order_by(administration.c.held_on.desc(), evidence_use.c.item)
    )
    places: dict[EvidenceId, tuple[UsedAt, ...]] = {}
    for row in work.connection.execute(query):
        used = UsedAt(row.id, row.title, row.edition, row.item, row.short_name or row.name, row.held_on)
        places[row.evidence_id] = (*places.get(row.evidence_id, ()), used)
    return places


def item_actions(
    work: Work, *, place_id: str, key: str, started_by: date | None = None
) -> dict[str, tuple[tuple[date, ItemAction], ...]]:
    """Item → actions made from its ratings at a place with one list, each with the day of the administration. One statement."""
    query = (
        sa.select(action, administration.c.held_on, person.c.first_name, person.c.last_name)
        .join_from(action, administration, administration.c.id == action.c.administration_id)
        .join(instrument_version, instrument_version.c.id == administration.c.instrument_id)
        .outerjoin(person, person.c.id == action.c.owner_id)
        .where(
            administration.c.organization_id == place_id,
            instrument_version.c.key == key,
            action.c.item != "",
            action.c.withdrawn_on.is_(None),
        )
        .order_by(administration.c.held_on, action.c.started_on, action.c.id)
    )
    if started_by is not None:
        query = query.where(administration.c.held_on <= started_by)
    behind: dict[str, tuple[tuple[date, ItemAction], ...]] = {}
    for row in work.connection.execute(query):
        owner = f"{row.first_name or ''} {row.last_name or ''}".strip()
        made = ItemAction(row.id, row.text, owner, row.started_on, row.due_on, row.done_on, row.hours)
        behind[row.item] = (*behind.get(row.item, ()), (row.held_on, made))
    return behind


def answers(work: Work, administration_ids: Iterable[str]) -> dict[str, dict[str, Answer]]:
    """Administration → item → what was given, of many at once. One statement."""
    query = sa.select(rating.c.administration_id, rating.c.item, rating.c["values"], rating.c.applies).where(
        rating.c.administration_id.in_(list(administration_ids))
    )
    given: dict[str, dict[str, Answer]] = {}
    for administration_id, item, values, applies in work.connection.execute(query):
        if values or not applies:
            given.setdefault(administration_id, {})[item] = Answer(tuple(values), applies)
    return given


@dataclass(frozen=True)
class Row3:
    """The newest three finished ratings of one list by one place (and team); ``ids`` newest first."""

    place_id: str
    instrument_id: str
    title: str
    held_on: date
    ids: tuple[AdministrationId, ...]


def threes(work: Work, *, since: date, limit: int) -> tuple[Row3, ...]:
    """Those whose newest rating is not older than ``since``, newest first: three with one list, no other version of it between.

    Visits, surveys and outside raters make no row. One statement.
    """
    group = (administration.c.organization_id, instrument_version.c.family, administration.c.team_id)
    order = (administration.c.held_on.desc(), administration.c.id.desc())
    alone = ("walkthrough", "survey", "external")
    lines = (
        sa.select(
            *(administration.c.id, administration.c.organization_id, administration.c.instrument_id),
            *(administration.c.held_on, administration.c.team_id, instrument_version.c.key, instrument_version.c.title),
            instrument_version.c.family,
            sa.func.row_number().over(partition_by=group, order_by=order).label("place_in_line"),
            sa.func.max(administration.c.held_on).over(partition_by=group).label("newest"),
        )
        .join_from(administration, instrument_version, instrument_version.c.id == administration.c.instrument_id)
        .where(
            administration.c.state == AdministrationState.FINISHED.value,
            administration.c.kind.not_in(alone),
            administration.c.private_to.is_(None),
        )
        .subquery()
    )
    query = (
        sa.select(lines)
        .where(lines.c.place_in_line <= 3, lines.c.newest >= since)
        .order_by(
            lines.c.newest.desc(), lines.c.organization_id, lines.c.family, lines.c.team_id, lines.c.place_in_line
        )
        .limit(3 * limit)
    )
    rows: dict[tuple[str, str, str | None], Row3] = {}
    for row in work.connection.execute(query):
        key = (row.organization_id, row.key, row.team_id)
        known = rows.get(key)
        ids = (*(known.ids if known else ()), row.id)
        first = known or Row3(row.organization_id, row.instrument_id, row.title, row.held_on, ())
        rows[key] = Row3(first.place_id, first.instrument_id, first.title, first.held_on, ids)
    return tuple(each for each in rows.values() if len(each.ids) == 3)


def waiting(work: Work, *, by: date, limit: int) -> tuple[Found, ...]:
    """Drafts whose day is not later than ``by``, the latest day first: planned, or begun and not finished."""
    drafts = found(work, last=by, drafts=True)
    kinds = (AdministrationKind.WALKTHROUGH, AdministrationKind.SURVEY)
    own = [each for each in drafts if each.head.administration.kind not in kinds]
    return tuple(own[:limit])
