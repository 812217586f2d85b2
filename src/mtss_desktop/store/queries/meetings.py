"""Meetings for lists: one statement each, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any, NamedTuple

import sqlalchemy as sa

from mtss_desktop.domain.meetings import LineKind, Meeting, MeetingId, MeetingState
from mtss_desktop.domain.people import school_year_of
from mtss_desktop.store.schema.facts import student, student_year
from mtss_desktop.store.schema.records import (
    agenda_item,
    attachment,
    link,
    meeting,
    membership,
    minutes_line,
    organization,
    person,
    team,
)
from mtss_desktop.store.work import Work

_GONE = (MeetingState.MOVED.value, MeetingState.CANCELED.value)


class ParkedRow(NamedTuple):
    line_id: str
    text: str
    meeting_id: str
    day: date


class MeetingRow(NamedTuple):
    """``items`` is the length of the agenda; ``new_day`` is the next meeting's, for one that was moved."""

    meeting_id: str
    team_id: str
    team: str
    tier: int
    place_id: str
    place: str
    day: date
    starts_at: time | None
    ends_at: time | None
    state: MeetingState
    room: str
    items: int
    agenda_sent: bool
    minutes_sent: bool
    locked: bool
    confidential: bool
    reason: str
    shortened: bool
    new_day: date | None


class ClashRow(NamedTuple):
    """Another meeting of a person on a day."""

    day: date
    starts_at: time | None
    ends_at: time | None
    team: str
    person: str


def last_line_rank(work: Work, meeting_id: str) -> str:
    """The rank of the last line of the minutes, "" where there is none."""
    found = work.connection.execute(
        sa.select(sa.func.max(minutes_line.c.rank)).where(minutes_line.c.meeting_id == meeting_id)
    ).scalar()
    return str(found) if found else ""


def day_after(work: Work, of: Meeting) -> date | None:
    """The day of the meeting that comes next: the one chosen, else the team's first planned one after it."""
    query = (
        sa.select(meeting.c.day)
        .where(
            sa.or_(
                meeting.c.id == (of.next_meeting_id or ""),
                sa.and_(
                    meeting.c.team_id == of.team_id,
                    meeting.c.day > of.day,
                    meeting.c.state == MeetingState.PLANNED.value,
                ),
            )
        )
        .order_by(meeting.c.id != (of.next_meeting_id or ""), meeting.c.day)
        .limit(1)
    )
    found: date | None = work.connection.execute(query).scalar()
    return found


def parked(work: Work, team_id: str, before: date) -> tuple[ParkedRow, ...]:
    """Parked lines of meetings before a day without an answer that still stands. A removed agenda item answers nothing."""
    gone_item = sa.and_(link.c.to_topic == "agenda_items", agenda_item.c.id.is_(None))
    answered = (
        sa.select(link.c.id)
        .outerjoin(agenda_item, agenda_item.c.id == link.c.to_id)
        .where(link.c.from_topic == "minutes_lines", link.c.from_id == minutes_line.c.id, sa.not_(gone_item))
        .exists()
    )
    query = (
        sa.select(minutes_line.c.id, minutes_line.c.text, meeting.c.id, meeting.c.day)
        .join_from(minutes_line, meeting, meeting.c.id == minutes_line.c.meeting_id)
        .where(
            meeting.c.team_id == team_id,
            meeting.c.day < before,
            minutes_line.c.kind == LineKind.PARKING_LOT.value,
            sa.not_(answered),
        )
        .order_by(meeting.c.day, minutes_line.c.rank)
    )
    return tuple(ParkedRow(*row) for row in work.connection.execute(query))


def rows(
    work: Work, *, first: date, last: date, place_id: str = "", team_id: str = "", person_id: str = ""
) -> tuple[MeetingRow, ...]:
    """Meetings of a span of days by day and time, moved and cancelled ones too. One statement."""
    items, moved_to = _count(agenda_item), meeting.alias("moved_to")
    query = (
        sa.select(
            *(meeting.c.id, team.c.id, team.c.name, team.c.tier, organization.c.id, organization.c.short_name),
            *(meeting.c.day, meeting.c.starts_at, meeting.c.ends_at, meeting.c.state, meeting.c.place),
            sa.func.coalesce(items.c.n, 0),
            *(meeting.c.agenda_sent_at.is_not(None), meeting.c.sent_at.is_not(None), meeting.c.locked_at.is_not(None)),
            *(meeting.c.confidential, meeting.c.reason, meeting.c.shortened_from.is_not(None), moved_to.c.day),
        )
        .join_from(meeting, team, team.c.id == meeting.c.team_id)
        .join(organization, organization.c.id == team.c.organization_id)
        .outerjoin(items, items.c.meeting_id == meeting.c.id)
        .outerjoin(moved_to, moved_to.c.id == meeting.c.next_meeting_id)
        .where(meeting.c.day.between(first, last))
        .order_by(meeting.c.day, meeting.c.starts_at, team.c.name_folded, meeting.c.id)
    )
    if place_id:
        query = query.where(team.c.organization_id == place_id)
    if team_id:
        query = query.where(team.c.id == team_id)
    if person_id:
        mine = sa.select(membership.c.team_id).where(
            membership.c.person_id == person_id, membership.c.ended_on.is_(None)
        )
        query = query.where(team.c.id.in_(mine))
    return tuple(_row(found) for found in work.connection.execute(query))


def _count(table: sa.Table) -> sa.Subquery:
    return sa.select(table.c.meeting_id, sa.func.count().label("n")).group_by(table.c.meeting_id).subquery()


def _row(found: Sequence[Any]) -> MeetingRow:
    values = list(found)
    values[7], values[8] = clock(values[7]), clock(values[8])
    values[9] = MeetingState(values[9])
    values[12:16] = [bool(value) for value in values[12:16]]
    values[17] = bool(values[17])
    return MeetingRow(*values)


def clock(stored: Any) -> time | None:
    """Wall-clock times are kept as text."""
    if stored is None or isinstance(stored, time):
        return stored
    return time.fromisoformat(stored)


def others_busy(
    work: Work, team_id: str, days: tuple[date, ...], without: MeetingId | None = None
) -> tuple[ClashRow, ...]:
    """Meetings of other teams on these days that members of this team belong to, by day and time. One statement."""
    mine, theirs = membership.alias("mine"), membership.alias("theirs")
    query = (
        sa.select(
            *(meeting.c.day, meeting.c.starts_at, meeting.c.ends_at, team.c.name),
            *(person.c.first_name, person.c.last_name),
        )
        .distinct()
        .join_from(meeting, team, team.c.id == meeting.c.team_id)
        .join(theirs, sa.and_(theirs.c.team_id == team.c.id, _belongs(theirs)))
        .join(mine, sa.and_(mine.c.person_id == theirs.c.person_id, mine.c.team_id == team_id, _belongs(mine)))
        .join(person, person.c.id == theirs.c.person_id)
        .where(
            meeting.c.day.in_(days),
            meeting.c.team_id != team_id,
            meeting.c.state.not_in(_GONE),
            meeting.c.id != (without or ""),
        )
        .order_by(meeting.c.day, meeting.c.starts_at, team.c.name, person.c.last_name)
    )
    return tuple(
        ClashRow(row[0], clock(row[1]), clock(row[2]), row[3], f"{row[4]} {row[5]}".strip())
        for row in work.connection.execute(query)
    )


def _belongs(table: sa.FromClause) -> sa.ColumnElement[bool]:
    started = sa.or_(table.c.started_on.is_(None), table.c.started_on <= meeting.c.day)
    return sa.and_(started, sa.or_(table.c.ended_on.is_(None), table.c.ended_on >= meeting.c.day))


def number_in_year(work: Work, of: Meeting) -> int:
    """The how-manieth meeting of its team in its school year it is, moved and cancelled ones left out."""
    start = school_year_of(of.day)
    query = sa.select(sa.func.count()).where(
        meeting.c.team_id == of.team_id,
        meeting.c.day >= date(start, 7, 1),
        meeting.c.day <= of.day,
        sa.or_(meeting.c.state.not_in(_GONE), meeting.c.id == of.id),
    )
    return int(work.connection.execute(query).scalar_one())


def photos_of_lines(work: Work, meeting_id: str) -> dict[str, tuple[str, ...]]:
    """The ids of the files on each line of the minutes that has any, oldest first. One statement."""
    query = (
        sa.select(attachment.c.record_id, attachment.c.id)
        .join_from(attachment, minutes_line, minutes_line.c.id == attachment.c.record_id)
        .where(attachment.c.topic == "minutes_lines", minutes_line.c.meeting_id == meeting_id)
        .order_by(attachment.c.id)
    )
    found: dict[str, tuple[str, ...]] = {}
    for line_id, attachment_id in work.connection.execute(query):
        found[str(line_id)] = (*found.get(str(line_id), ()), str(attachment_id))
    return found


def student_names(work: Work, school_id: str = "") -> tuple[tuple[int, str, str], ...]:
    """(number, first name, last name) of students whose name is kept, of one school where asked for. One statement."""
    query = sa.select(student.c.number, student.c.first_name, student.c.last_name).where(student.c.last_name != "")
    if school_id:
        here = sa.select(student_year.c.student).join_from(
            student_year, organization, organization.c.key == student_year.c.school
        )
        query = query.where(student.c.key.in_(here.where(organization.c.id == school_id, student_year.c.live == 1)))
    return tuple((int(row[0]), str(row[1]), str(row[2])) for row in work.connection.execute(query))


def place_names(work: Work) -> tuple[str, ...]:
    """Of the division and its schools."""
    return tuple(str(row[0]) for row in work.connection.execute(sa.select(organization.c.name)))


def names(work: Work, day: date) -> tuple[tuple[str, str, str], ...]:
    """(id, first name, last name) of everybody who works here on a day. One statement, no records: there may be thousands."""
    query = sa.select(person.c.id, person.c.first_name, person.c.last_name).where(
        sa.or_(person.c.left_on.is_(None), person.c.left_on >= day)
    )
    return tuple((str(row[0]), str(row[1]), str(row[2])) for row in work.connection.execute(query))
