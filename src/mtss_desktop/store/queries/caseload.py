"""What the whole caseload looks like: meetings to come, actions late and due, visits, counts per place. One statement each."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import sqlalchemy as sa

from mtss_desktop.domain.action_board import BoardLine
from mtss_desktop.domain.caseload import ActionLine, MeetingLine, PlaceTally, QuietTeam, TeamDays, Waiting
from mtss_desktop.domain.meetings import MeetingState
from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.screening import WordKind
from mtss_desktop.store.queries.counts import counted_words
from mtss_desktop.store.schema import facts
from mtss_desktop.store.schema.records import (
    action,
    administration,
    agenda_item,
    improvement_cycle,
    instrument_version,
    meeting,
    meeting_attendance,
    membership,
    organization,
    person,
    problem,
    team,
)
from mtss_desktop.store.work import Work

next_one = meeting.alias("next_one")
_OPEN = sa.and_(action.c.done_on.is_(None), action.c.withdrawn_on.is_(None))


def waiting(work: Work, today: date) -> Waiting:
    """Counts over the whole caseload, in one statement."""
    states = [MeetingState.PLANNED.value, MeetingState.RUNNING.value]
    on_day = sa.select(sa.func.count()).select_from(meeting).where(meeting.c.day == today, meeting.c.state.in_(states))
    late = sa.select(sa.func.count()).select_from(action).where(_OPEN, action.c.due_on < today)
    row = work.connection.execute(sa.select(on_day.scalar_subquery(), late.scalar_subquery())).one()
    return Waiting(int(row[0]), int(row[1]))


def _name(place: Any) -> Any:
    return sa.case((place.c.short_name != "", place.c.short_name), else_=place.c.name)


def meetings_from(
    work: Work, first: date, last: date, *, place_id: str = "", limit: int = 500
) -> tuple[MeetingLine, ...]:
    """Planned and running meetings from first to last day, soonest first."""
    items = sa.select(sa.func.count()).where(agenda_item.c.meeting_id == meeting.c.id).scalar_subquery()
    open_actions = sa.select(sa.func.count()).where(action.c.team_id == team.c.id, _OPEN).scalar_subquery()
    open_problems = sa.select(sa.func.count()).where(problem.c.team_id == team.c.id, problem.c.closed_on.is_(None))
    query = (
        sa.select(
            meeting.c.id,
            team.c.id.label("team_id"),
            team.c.name.label("team"),
            organization.c.id.label("place_id"),
            _name(organization).label("place_name"),
            meeting.c.day,
            meeting.c.starts_at,
            meeting.c.ends_at,
            meeting.c.place,
            meeting.c.state,
            items.label("items"),
            meeting.c.agenda_sent_at,
            meeting.c.packet_made_at,
            open_actions.label("open_actions"),
            open_problems.scalar_subquery().label("problems"),
        )
        .join_from(meeting, team, team.c.id == meeting.c.team_id)
        .join(organization, organization.c.id == team.c.organization_id)
        .where(meeting.c.day.between(first, last))
        .where(meeting.c.state.in_([MeetingState.PLANNED.value, MeetingState.RUNNING.value]))
        .order_by(meeting.c.day, meeting.c.starts_at, team.c.name_folded)
        .limit(limit)
    )
    if place_id:
        query = query.where(organization.c.id == place_id)
    return tuple(
        MeetingLine(
            row.id,
            row.team_id,
            row.team,
            row.place_id,
            row.place_name,
            row.day,
            _time(row.starts_at),
            _time(row.ends_at),
            row.place,
            MeetingState(row.state),
            row.items,
            row.agenda_sent_at is not None,
            row.open_actions,
            row.problems,
            row.packet_made_at is not None,
        )
        for row in work.connection.execute(query)
    )


def _time(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)


def open_actions(
    work: Work, *, due_by: date | None = None, place_id: str = "", team_id: str = "", limit: int = 500
) -> tuple[ActionLine, ...]:
    """Open actions, those with the earliest date first; ``due_by`` leaves out later ones and those without a date."""
    query = _open_actions().limit(limit)
    if due_by is not None:
        query = query.where(action.c.due_on <= due_by)
    if place_id:
        query = query.where(organization.c.id == place_id)
    if team_id:
        query = query.where(team.c.id == team_id)
    return tuple(_action_line(row) for row in work.connection.execute(query))


def _open_actions() -> sa.Select[Any]:
    """Open actions with their owner, team (if any), place and the words of what they belong to, the earliest date first."""
    return (
        sa.select(
            action.c.id,
            action.c.text,
            person.c.first_name,
            person.c.last_name,
            team.c.id.label("team_id"),
            team.c.name.label("team"),
            organization.c.id.label("place_id"),
            _name(organization).label("place_name"),
            action.c.due_on,
            action.c.priority,
            action.c.parent_topic,
            action.c.parent_id,
            sa.func.coalesce(problem.c.title, improvement_cycle.c.name).label("parent"),
            action.c.administration_id,
            action.c.item,
            instrument_version.c.title.label("instrument"),
        )
        .join_from(action, team, team.c.id == action.c.team_id, isouter=True)
        .join(organization, organization.c.id == sa.func.coalesce(team.c.organization_id, action.c.organization_id))
        .outerjoin(person, person.c.id == action.c.owner_id)
        .outerjoin(problem, problem.c.id == action.c.parent_id)
        .outerjoin(improvement_cycle, improvement_cycle.c.id == action.c.parent_id)
        .outerjoin(administration, administration.c.id == action.c.administration_id)
        .outerjoin(instrument_version, instrument_version.c.id == administration.c.instrument_id)
        .where(_OPEN)
        .order_by(action.c.due_on.is_(None), action.c.due_on, action.c.id)
    )


def _action_line(row: Any) -> ActionLine:
    return ActionLine(
        row.id,
        row.text,
        f"{row.first_name or ''} {row.last_name or ''}".strip(),
        row.team_id or "",
        row.team or "",
        row.place_id,
        row.place_name,
        row.due_on,
        row.priority or "",
        row.parent_topic,
        row.parent_id,
        row.parent or "",
        administration_id=row.administration_id or "",
        item=row.item or "",
        instrument=row.instrument or "",
    )


def staff(work: Work, today: date) -> tuple[tuple[PersonId, str], ...]:
    """(person, name) of all who have not left, by last name."""
    query = (
        sa.select(person.c.id, person.c.first_name, person.c.last_name)
        .where(sa.or_(person.c.left_on.is_(None), person.c.left_on > today))
        .order_by(person.c.last_name_folded, person.c.first_name_folded, person.c.id)
    )
    return tuple((PersonId(key), f"{first} {last}".strip()) for key, first, last in work.connection.execute(query))


def board(work: Work, today: date, *, place_id: str = "", owner_id: str = "") -> tuple[BoardLine, ...]:
    """Every open action with its owner, whether they are still on its team, what it belongs to and the team's next meeting."""
    coming = (
        sa.select(sa.func.min(next_one.c.day))
        .where(next_one.c.team_id == team.c.id, next_one.c.day >= today, next_one.c.state == MeetingState.PLANNED.value)
        .scalar_subquery()
    )
    on_team = (
        sa.select(sa.literal(1))
        .where(
            membership.c.team_id == team.c.id,
            membership.c.person_id == person.c.id,
            sa.or_(membership.c.ended_on.is_(None), membership.c.ended_on > today),
        )
        .exists()
    )
    query = (
        _open_actions()
        .add_columns(
            action.c.owner_id,
            person.c.email,
            person.c.left_on,
            on_team.label("on_team"),
            meeting.c.day.label("meeting_day"),
            coming.label("next_meeting"),
        )
        .outerjoin(meeting, meeting.c.id == sa.func.coalesce(action.c.meeting_id, action.c.parent_id))
    )
    if place_id:
        query = query.where(organization.c.id == place_id)
    if owner_id:
        query = query.where(action.c.owner_id == owner_id)
    return tuple(_board_line(row, today) for row in work.connection.execute(query))


def _board_line(row: Any, today: date) -> BoardLine:
    left = row.left_on is not None and row.left_on <= today
    return BoardLine(
        **vars(_action_line(row)),
        owner_id=row.owner_id or "",
        owner_last=row.last_name or "",
        email=row.email or "",
        gone=row.owner_id is not None and (left or bool(row.team_id and not row.on_team)),
        next_meeting=row.next_meeting,
        meeting_day=row.meeting_day,
    )


def tallies(work: Work, *, me: str, today: date, first: date, place_id: str = "") -> tuple[PlaceTally, ...]:
    """One line per open place, or the one asked for; meetings are counted from ``first`` to today."""
    parts = [
        _teams_tally(),
        _actions_tally(today),
        _problems_tally(),
        _meetings_tally(first, today),
        _visits_tally(me),
    ]
    if place_id:
        parts = [part.where(team.c.organization_id == place_id) for part in parts]
    counted = [part.group_by(team.c.organization_id).subquery() for part in parts]
    joined = organization.join(counted[0], counted[0].c.place_id == organization.c.id, isouter=True)
    for part in counted[1:]:
        joined = joined.join(part, part.c.place_id == organization.c.id, isouter=True)
    columns = [column for part in counted for column in part.c if column.name != "place_id"]
    query = sa.select(organization.c.id, *columns).select_from(joined).where(organization.c.closed_on.is_(None))
    if place_id:
        query = query.where(organization.c.id == place_id)
    return tuple(
        PlaceTally(
            row.id,
            row.teams or 0,
            row.late or 0,
            row.open_actions or 0,
            row.problems or 0,
            row.planned or 0,
            row.held or 0,
            _date(row.last_visit),
            _date(row.next_meeting),
        )
        for row in work.connection.execute(query)
    )


def quiet_teams(work: Work, today: date, *, since: date, place_id: str = "", limit: int = 100) -> tuple[QuietTeam, ...]:
    """Teams that have not met from ``since`` on and plan no meeting, the longest without one first; new teams are given time."""
    met = _met(today).subquery()
    old = sa.or_(team.c.started_on.is_(None), team.c.started_on < since)
    query = (
        sa.select(team.c.id, team.c.name, organization.c.id, _name(organization), met.c.last_met)
        .join_from(team, organization, organization.c.id == team.c.organization_id)
        .outerjoin(met, met.c.team_id == team.c.id)
        .where(team.c.ended_on.is_(None), organization.c.closed_on.is_(None))
        .where(met.c.coming.is_(None), sa.or_(met.c.last_met < since, met.c.last_met.is_(None) & old))
        .order_by(met.c.last_met.is_not(None), met.c.last_met, team.c.name_folded, team.c.id)
        .limit(limit)
    )
    if place_id:
        query = query.where(organization.c.id == place_id)
    return tuple(QuietTeam(*row[:4], _date(row[4])) for row in work.connection.execute(query))


def _met(today: date) -> sa.Select[Any]:
    """Of each team that has meetings: the day it met last, and the day of the next one that is planned or running."""
    held = sa.case((meeting.c.state == MeetingState.HELD.value, meeting.c.day))
    on_it = meeting.c.state.in_((MeetingState.PLANNED.value, MeetingState.RUNNING.value))
    to_come = sa.case((sa.and_(on_it, meeting.c.day >= today), meeting.c.day))
    columns = (sa.func.max(held).label("last_met"), sa.func.min(to_come).label("coming"))
    return sa.select(meeting.c.team_id, *columns).group_by(meeting.c.team_id)


def met(work: Work, place_id: str, today: date) -> tuple[TeamDays, ...]:
    """For the teams of a place that have meetings."""
    query = (
        _met(today).join_from(meeting, team, meeting.c.team_id == team.c.id).where(team.c.organization_id == place_id)
    )
    return tuple(
        TeamDays(row.team_id, _date(row.last_met), _date(row.coming)) for row in work.connection.execute(query)
    )


_PLACE = team.c.organization_id.label("place_id")


def _n(condition: Any) -> Any:
    """How many rows of a group fit, on both engines."""
    return sa.func.sum(sa.case((condition, 1), else_=0))


def _teams_tally() -> sa.Select[Any]:
    return sa.select(_PLACE, sa.func.count().label("teams")).where(team.c.ended_on.is_(None))


def _actions_tally(today: date) -> sa.Select[Any]:
    late = sa.and_(action.c.due_on.is_not(None), action.c.due_on < today)
    columns = (_n(late).label("late"), sa.func.count().label("open_actions"))
    return sa.select(_PLACE, *columns).join_from(action, team, action.c.team_id == team.c.id).where(_OPEN)


def _problems_tally() -> sa.Select[Any]:
    query = sa.select(_PLACE, sa.func.count().label("problems"))
    return query.join_from(problem, team, problem.c.team_id == team.c.id).where(problem.c.closed_on.is_(None))


def _meetings_tally(first: date, today: date) -> sa.Select[Any]:
    """Planned and held from the first day to today, and the next one to come."""
    in_year = meeting.c.day.between(first, today)
    held = sa.and_(in_year, meeting.c.state == MeetingState.HELD.value)
    planned = sa.and_(in_year, meeting.c.state != MeetingState.MOVED.value)
    to_come = sa.and_(meeting.c.day >= today, meeting.c.state == MeetingState.PLANNED.value)
    following = sa.func.min(sa.case((to_come, meeting.c.day)))
    columns = (_n(planned).label("planned"), _n(held).label("held"), following.label("next_meeting"))
    return sa.select(_PLACE, *columns).join_from(meeting, team, meeting.c.team_id == team.c.id)


def _visits_tally(me: str) -> sa.Select[Any]:
    """The last held meeting at which the person was present."""
    was_there = sa.and_(meeting_attendance.c.person_id == me, meeting_attendance.c.present.is_(True))
    return (
        sa.select(_PLACE, sa.func.max(meeting.c.day).label("last_visit"))
        .join_from(meeting_attendance, meeting, meeting_attendance.c.meeting_id == meeting.c.id)
        .join(team, meeting.c.team_id == team.c.id)
        .where(was_there, meeting.c.state == MeetingState.HELD.value)
    )


def _date(value: Any) -> date | None:
    """SQLite gives an aggregate of dates back as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def last_days(work: Work, year: int, *, place_id: str = "") -> dict[int, tuple[date | None, date | None]]:
    """School key → (last day with an incident, last day with an absence or tardy) in a year, of all places or the one asked for.

    The newest day of each place is read from the end of the index by day, however many counts there are.
    """
    query = sa.select(organization.c.key, _last_day(facts.incident_count, year), _last_day(facts.absence_count, year))
    if place_id:
        query = query.where(organization.c.id == place_id)
    return {
        school: (_day(incident), _day(absence))
        for school, incident, absence in work.connection.execute(query)
        if incident is not None or absence is not None
    }


def _last_day(table: sa.Table, year: int) -> Any:
    newest = sa.select(table.c.day).where(table.c.school == organization.c.key, table.c.year == year, table.c.live == 1)
    return newest.order_by(table.c.day.desc()).limit(1).scalar_subquery()


def _day(number: int | None) -> date | None:
    return None if number is None else date.fromordinal(number)


def incidents_at(work: Work, pairs: tuple[tuple[int, str], ...], year: int, since: date) -> dict[tuple[int, str], int]:
    """(school key, location) → referrals since a day, for those asked."""
    table = facts.incident_count.c
    counted = (
        sa.select(table.school, table.location, sa.func.sum(table.n).label("n"))
        .where(table.school.in_({school for school, _ in pairs}), table.year == year, table.day >= since.toordinal())
        .where(table.live == 1)
        .group_by(table.school, table.location)
        .subquery()
    )
    word = counted_words(WordKind.LOCATION)
    query = sa.select(counted.c.school, word.c.name, counted.c.n).join_from(
        counted, word, word.c.key == counted.c.location
    )
    found: dict[tuple[int, str], int] = {}
    for school, name, n in work.connection.execute(query):
        found[school, name] = found.get((school, name), 0) + int(n)
    return {pair: n for pair, n in found.items() if pair in set(pairs)}
