"""Agendas from templates, filled with what the team has waiting, and whose turn each role is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time

from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain import ranks
from mtss_desktop.domain.agendas import AgendaTemplate, Holds, TemplateItem, rotated
from mtss_desktop.domain.files import Link
from mtss_desktop.domain.meetings import AgendaItem, AgendaItemId, Meeting, MeetingId, MeetingState
from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.plans import is_open
from mtss_desktop.domain.problems import Problem
from mtss_desktop.domain.teams import ROLES, Membership, members_on
from mtss_desktop.packs import agendas as packs
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import meetings, minutes
from mtss_desktop.usecases.cleaning import LONGEST_NAME
from mtss_desktop.usecases.minutes import ParkedLine
from mtss_desktop.usecases.use_case import question, use_case

SHARED = tuple(role for role in ROLES if role not in ("administrator", "family", "community", "coach", "member"))
"""Roles that go round among those who hold them."""

_TODAY = "today: "
"""How the link from a meeting to a person begins who has a role there; the role's key follows."""
_TAKE_TURNS = (MeetingState.PLANNED, MeetingState.RUNNING, MeetingState.HELD)


@dataclass(frozen=True)
class RoleToday:
    """``person_id`` None: nobody holds it. ``backup_id`` stands in; ``chosen``: somebody was named for it today.

    ``next_id`` is whose turn it is after this meeting.
    """

    role: str
    person_id: PersonId | None
    backup_id: PersonId | None
    chosen: bool = False
    next_id: PersonId | None = None


@dataclass(frozen=True)
class Waiting:
    """What the team has waiting for a meeting: unfinished items of the last one, open problems, open actions due by then, parked lines."""

    last: Meeting | None
    unfinished: tuple[AgendaItem, ...]
    problems: tuple[Problem, ...]
    open_actions: int
    due_actions: int
    parked: tuple[ParkedLine, ...]


@question("Agenda templates")
def templates(work: Work, tier: int = 0) -> tuple[AgendaTemplate, ...]:
    """Those for a tier first; 0 keeps their own order."""
    del work
    return tuple(sorted(packs.shipped(), key=lambda each: tier not in each.tiers if tier else False))


@question("Roles of a meeting")
def roles(work: Work, meeting_id: MeetingId) -> tuple[RoleToday, ...]:
    """As marked or given for this meeting; else whose turn it is among those who hold the role, over all meetings of the team before.

    Planned meetings take their turns too, so that a whole series is fair; who was absent did not have it.
    """
    meeting = work.meetings.get(meeting_id)
    series = work.meetings.list(team_id=meeting.team_id, state=_TAKE_TURNS, order=("day", "starts_at"))
    before = [each for each in series if each.id != meeting_id and _order(each) < _order(meeting)]
    memberships = work.memberships.list(team_id=meeting.team_id, order=("rank",))
    had: dict[str, tuple[PersonId, ...]] = {}
    given = _given(work, (*before, meeting))
    for each in before:
        members = members_on(memberships, each.day)
        for role in SHARED:
            who = given.people.get((each.id, role)) or rotated(_holders(role, members), had.get(role, ()))
            if who is not None and (each.id, who) not in given.absent:
                had[role] = (*had.get(role, ()), who)
    members = members_on(memberships, meeting.day)
    return tuple(
        _role(role, members, given.people.get((meeting_id, role)), had.get(role, ()))
        for role in SHARED
    )  # fmt: skip


def _order(meeting: Meeting) -> tuple[date, time]:
    return meeting.day, meeting.starts_at or time.min


@dataclass(frozen=True)
class _Given:
    """Who has which role in which meeting by somebody's word, and who was absent."""

    people: dict[tuple[MeetingId, str], PersonId]
    absent: frozenset[tuple[MeetingId, PersonId]]


def _given(work: Work, series: tuple[Meeting, ...]) -> _Given:
    """What was marked in the room goes before what was given on the agenda."""
    ids = tuple(each.id for each in series)
    links = work.links.list(from_topic=str(Topic.MEETINGS), from_id=ids, to_topic=str(Topic.PEOPLE))
    found = {
        (MeetingId(each.from_id), each.role.removeprefix(_TODAY)): PersonId(each.to_id)
        for each in links
        if each.role.startswith(_TODAY)
    }
    marks = work.attendance.list(meeting_id=ids)
    found |= {(each.meeting_id, each.role_today): each.person_id for each in marks if each.role_today and each.present}
    return _Given(found, frozenset((each.meeting_id, each.person_id) for each in marks if not each.present))


def _holders(role: str, members: tuple[Membership, ...]) -> list[PersonId]:
    return [member.person_id for member in members if member.role == role and not member.backup]


def _role(role: str, members: tuple[Membership, ...], marked: PersonId | None, had: tuple[PersonId, ...]) -> RoleToday:
    first = _holders(role, members)
    behind = [member.person_id for member in members if member.role == role and member.backup]
    backup = next((person for person in behind if person != marked), None)
    today = marked or rotated(first, had)
    coming = rotated(first, (*had, today) if today is not None else had)
    return RoleToday(role, today, backup, marked is not None, coming)


@use_case("Give role for a meeting")
def give_role(work: Work, meeting_id: MeetingId, *, role: str, person_id: PersonId | None = None) -> None:
    """Somebody has a role in one meeting, whoever's turn it is; without a person it goes by turns again."""
    meeting = minutes.open_meeting(work, meeting_id)
    if role not in SHARED:
        raise UserError(f"“{role}” is no role that goes round.", f"Choose one of: {', '.join(SHARED)}.")
    for link in work.links.list(from_topic=str(Topic.MEETINGS), from_id=meeting_id, role=_TODAY + role):
        work.links.remove(link.id)
    for mark in work.attendance.list(meeting_id=meeting_id, role_today=role):
        work.attendance.save(replace(mark, role_today=""))
    if person_id is None:
        return
    work.links.add(
        Link(
            organization_id=meeting.organization_id,
            from_topic=str(Topic.MEETINGS),
            from_id=meeting_id,
            to_topic=str(Topic.PEOPLE),
            to_id=work.people.get(person_id).id,
            role=_TODAY + role,
        )
    )


@question("What waits for a meeting")
def waiting(work: Work, meeting_id: MeetingId) -> Waiting:
    """Everything a new agenda takes up."""
    meeting = work.meetings.get(meeting_id)
    last = meetings.last_of(work, meeting.team_id, meeting.day)
    items = work.agenda_items.list(meeting_id=last.id, done=False, order=("rank",)) if last else ()
    actions = [action for action in work.actions.list(team_id=meeting.team_id) if is_open(action)]
    due = [action for action in actions if action.due_on is not None and action.due_on <= meeting.day]
    open_problems = work.problems.list(team_id=meeting.team_id, closed_on=None, order=("rank",))
    unfinished = tuple(item for item in items if item.problem_id not in {each.id for each in open_problems})
    return Waiting(last, unfinished, open_problems, len(actions), len(due), minutes.parked(work, meeting_id))


@use_case("Fill agenda")
def fill(work: Work, meeting_id: MeetingId, *, template: str) -> tuple[AgendaItemId, ...]:
    """A template's items behind what is there, with what the team has waiting. A confidential template makes the meeting so.

    Raises ``UserError`` for an unknown template.
    """
    meeting = minutes.open_meeting(work, meeting_id)
    chosen = named(template)
    if chosen.confidential and not meeting.confidential:
        meeting = work.meetings.save(replace(meeting, confidential=True))
    there = work.agenda_items.list(meeting_id=meeting_id, order=("rank",))
    leads = {each.role: each.person_id for each in roles(work, meeting_id)}
    leads |= _others(work, meeting, leads)
    last, added = there[-1].rank if there else "", []
    ready = waiting(work, meeting_id)
    for item, line in _expanded(chosen, ready):
        last = ranks.between(last, "")
        lead = leads.get(item.lead_role)
        made = work.agenda_items.add(replace(item.item, meeting_id=meeting_id, rank=last, lead_id=lead,
                                             organization_id=meeting.organization_id))  # fmt: skip
        added.append(made.id)
        if line is not None:
            work.links.add(
                Link(
                    organization_id=meeting.organization_id,
                    from_topic=minutes.LINES,
                    from_id=line.line_id,
                    to_topic=minutes.ITEMS,
                    to_id=made.id,
                    role=minutes.TAKEN_UP,
                )
            )
    return tuple(added)


def named(template: str) -> AgendaTemplate:
    found = next((each for each in packs.shipped() if each.name == template), None)
    if found is None:
        raise UserError(
            f"There is no agenda “{template}”.", f"Choose one of: {', '.join(each.name for each in packs.shipped())}."
        )
    return found


def for_tier(tier: int) -> str:
    """The name of the template a team of a tier starts with."""
    return next((each.name for each in packs.shipped() if tier in each.tiers), "leadership")


@dataclass(frozen=True)
class _Planned:
    item: AgendaItem
    lead_role: str


def _expanded(template: AgendaTemplate, ready: Waiting) -> Iterator[tuple[_Planned, ParkedLine | None]]:
    """A template's items with what waits in their places; an item that holds nothing today is left out."""
    for item in template.items:
        match item.holds:
            case Holds.UNFINISHED:
                yield from ((_again(item, each, ready.last), None) for each in ready.unfinished)
            case Holds.PROBLEMS:
                yield from ((_about(item, each), None) for each in ready.problems)
            case Holds.PARKING_LOT:
                yield from ((_parked(item, each), each) for each in ready.parked)
            case Holds.OPEN_ACTIONS if not ready.open_actions:
                continue
            case _:
                yield _made(item, item.title), None


def _made(item: TemplateItem, title: str) -> _Planned:
    planned = AgendaItem(meeting_id=MeetingId(""), title=title[:LONGEST_NAME], minutes_planned=item.minutes)
    return _Planned(replace(planned, we_will=item.we_will), item.lead)


def _again(item: TemplateItem, old: AgendaItem, last: Meeting | None) -> _Planned:
    made = _made(item, old.title)
    again = replace(
        made.item,
        minutes_planned=old.minutes_planned or item.minutes,
        we_will=old.we_will or item.we_will,
        problem_id=old.problem_id,
        carried_from=last.id if last else None,
    )
    return replace(made, item=again)


def _about(item: TemplateItem, problem: Problem) -> _Planned:
    made = _made(item, problem.title[:1].upper() + problem.title[1:])
    return replace(made, item=replace(made.item, problem_id=problem.id))


def _parked(item: TemplateItem, line: ParkedLine) -> _Planned:
    made = _made(item, line.text)
    return replace(made, item=replace(made.item, carried_from=line.meeting_id))


def _others(work: Work, meeting: Meeting, there: dict[str, PersonId | None]) -> dict[str, PersonId | None]:
    """Leads by roles that do not go round (administrator, coach): the first who holds them."""
    members = members_on(work.memberships.list(team_id=meeting.team_id, order=("rank",)), meeting.day)
    found: dict[str, PersonId | None] = {}
    for member in members:
        if member.role not in there and not member.backup:
            found.setdefault(member.role, member.person_id)
    return found
