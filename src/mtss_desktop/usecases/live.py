"""The screen of a running meeting in one question: agenda and time, lines with their actions, who is there, problems, what waits."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, time

from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.meetings import (
    AgendaItem,
    AgendaItemId,
    LineKind,
    Meeting,
    MeetingAttendance,
    MeetingId,
    MinutesLine,
    MinutesLineId,
    WeWill,
)
from mtss_desktop.domain.people import Person, PersonId
from mtss_desktop.domain.plans import Action, ActionId, Goal, days_late, is_open
from mtss_desktop.domain.problems import Fidelity, Problem, ProblemId, ProblemReview, Solution, SolutionFidelity
from mtss_desktop.domain.teams import Membership, Team, members_on
from mtss_desktop.store.queries import meetings as queries
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import agendas, minutes, problems
from mtss_desktop.usecases.minutes import MinutesWords, ParkedLine
from mtss_desktop.usecases.use_case import question

WITHOUT_VOTE = "coach"


@dataclass(frozen=True)
class AgendaLine:
    """``used`` are the minutes written down so far; while ``running_since`` (UTC) is set, those since then come on top."""

    id: AgendaItemId
    number: int
    title: str
    lead: str
    planned: int | None
    used: int | None
    done: bool
    we_will: WeWill | None
    problem_id: str | None
    carried_from: MeetingId | None
    running_since: datetime | None = None


@dataclass(frozen=True)
class ActionShown:
    """An action with the words its chips need. ``from_here``: made in this meeting. ``confidential``: so is its line."""

    id: ActionId
    line_id: MinutesLineId | None
    text: str
    owner_id: PersonId | None
    owner: str
    due_on: date | None
    days_late: int
    done_on: date | None
    problem_id: str
    problem: str
    from_here: bool
    confidential: bool


@dataclass(frozen=True)
class LineShown:
    """A line as typed, with the action it made (None where it made none or that was withdrawn) and the ids of its photos."""

    id: MinutesLineId
    item_id: AgendaItemId | None
    kind: LineKind
    text: str
    at: time | None
    confidential: bool
    action: ActionShown | None
    photos: tuple[str, ...]


@dataclass(frozen=True)
class PresenceLine:
    """``present`` None: not marked yet. ``role`` is a role's key for today, "" where there is none. Guests are no members."""

    person_id: PersonId
    name: str
    list_name: str
    role: str
    member: bool
    votes: bool
    present: bool | None
    arrived: time | None
    left: time | None


@dataclass(frozen=True)
class Presence:
    """``present`` counts members with a vote in the room; ``quorum`` how many it takes."""

    lines: tuple[PresenceLine, ...]
    present: int
    voting: int
    quorum: int
    met: bool


@dataclass(frozen=True)
class ProblemOnTable:
    """A problem with what this meeting said (``review``) and what the last one did. ``lowest`` is the lowest fidelity of its solutions.

    ``fidelities`` are those of its solutions at this meeting, in their order, None where not marked.
    """

    problem: Problem
    goals: tuple[Goal, ...]
    solutions: tuple[Solution, ...]
    review: ProblemReview | None
    last: ProblemReview | None
    lowest: Fidelity | None
    fidelities: tuple[Fidelity | None, ...] = ()


@dataclass(frozen=True)
class LiveMinutes:
    """``words`` are for the grammar; ``number`` counts the meetings of the school year; ``photos`` those of the meeting itself."""

    meeting: Meeting
    team: Team
    place: str
    number: int
    agenda: tuple[AgendaLine, ...]
    lines: tuple[LineShown, ...]
    presence: Presence
    problems: tuple[ProblemOnTable, ...]
    actions: tuple[ActionShown, ...]
    parked: tuple[ParkedLine, ...]
    words: MinutesWords
    photos: int

    @property
    def running(self) -> AgendaLine | None:
        return next((item for item in self.agenda if item.running_since is not None), None)


@question("Live minutes")
def show(work: Work, meeting_id: MeetingId) -> LiveMinutes:
    """Agenda, minutes and attendance of a meeting. ``actions`` are this meeting's and open ones from before."""
    meeting = work.meetings.get(meeting_id)
    team = work.teams.get(meeting.team_id)
    records = problems.of_team(work, team.id, closed=True)
    titles: dict[str, str] = {record.problem.id: record.problem.title for record in records}
    lines = work.minutes_lines.list(meeting_id=meeting_id, order=("rank",))
    hidden = {line.id for line in lines if line.confidential}
    found = [each for each in work.actions.list(team_id=team.id) if each.withdrawn_on is None]
    items = work.agenda_items.list(meeting_id=meeting_id, order=("rank",))
    named = {each.owner_id for each in found if _belongs_here(each, meeting)} | {item.lead_id for item in items}
    people = {person.id: person for person in work.people.list(id=tuple(each for each in named if each))}
    shown = {each.id: _action(each, meeting, people, titles, hidden) for each in found if _belongs_here(each, meeting)}
    return LiveMinutes(
        meeting=meeting,
        team=team,
        place=work.organizations.get(team.organization_id).name,
        number=queries.number_in_year(work, meeting),
        agenda=_agenda(work, meeting, items, people),
        lines=_lines(work, lines, tuple(shown.values())),
        presence=presence(work, meeting_id),
        problems=_problems(work, meeting, records),
        actions=tuple(shown[each.id] for each in sorted(found, key=_by_due) if each.id in shown),
        parked=minutes.parked(work, meeting_id),
        words=minutes.words(work, meeting_id),
        photos=len(work.attachments.list(topic=str(Topic.MEETINGS), record_id=meeting_id)),
    )


def _by_due(action: Action) -> tuple[bool, date, str]:
    return action.due_on is None, action.due_on or date.max, action.id


def _belongs_here(action: Action, meeting: Meeting) -> bool:
    """Made here; or open from before, or finished on the day."""
    if action.meeting_id == meeting.id:
        return True
    before = action.started_on is None or action.started_on <= meeting.day
    return before and (is_open(action) or action.done_on == meeting.day)


def _action(
    action: Action, meeting: Meeting, people: dict[PersonId, Person], titles: dict[str, str], hidden: set[MinutesLineId]
) -> ActionShown:
    owner = people.get(action.owner_id) if action.owner_id else None
    return ActionShown(
        action.id,
        action.line_id,
        action.text,
        action.owner_id,
        owner.name if owner else "",
        action.due_on,
        days_late(action, meeting.day),
        action.done_on,
        action.parent_id if action.parent_id in titles else "",
        titles.get(action.parent_id, ""),
        action.meeting_id == meeting.id,
        action.line_id in hidden,
    )


def _agenda(
    work: Work, meeting: Meeting, items: tuple[AgendaItem, ...], people: dict[PersonId, Person]
) -> tuple[AgendaLine, ...]:
    running = work.links.first(from_topic=str(Topic.MEETINGS), from_id=meeting.id, role=minutes.ON_THE_TABLE)
    return tuple(
        AgendaLine(
            item.id,
            number,
            item.title,
            people[item.lead_id].last_name if item.lead_id in people else "",
            item.minutes_planned,
            item.minutes_used,
            item.done,
            item.we_will,
            item.problem_id,
            item.carried_from,
            running.made_at if running is not None and running.to_id == item.id else None,
        )
        for number, item in enumerate(items, 1)
    )


def _lines(work: Work, lines: tuple[MinutesLine, ...], actions: tuple[ActionShown, ...]) -> tuple[LineShown, ...]:
    made = {action.line_id: action for action in actions if action.line_id is not None}
    photos = queries.photos_of_lines(work, lines[0].meeting_id) if lines else {}
    return tuple(
        LineShown(
            line.id,
            line.item_id,
            line.kind,
            line.text,
            line.at,
            line.confidential,
            made.get(line.id) if line.kind is LineKind.ACTION else None,
            photos.get(line.id, ()),
        )
        for line in lines
    )


def _problems(work: Work, meeting: Meeting, records: tuple[problems.ProblemRecord, ...]) -> tuple[ProblemOnTable, ...]:
    """Open ones, and those closed on the day of the meeting."""
    here = [each for each in records if each.problem.closed_on is None or each.problem.closed_on >= meeting.day]
    here = [each for each in here if each.problem.opened_on is None or each.problem.opened_on <= meeting.day]
    solutions = tuple(solution.id for record in here for solution in record.solutions)
    rated: dict[str, list[SolutionFidelity]] = {}
    for each in work.solution_fidelities.list(solution_id=solutions, meeting_id=meeting.id):
        rated.setdefault(each.solution_id, []).append(each)
    return tuple(_problem(meeting, record, rated) for record in here)


def _problem(
    meeting: Meeting, record: problems.ProblemRecord, rated: dict[str, list[SolutionFidelity]]
) -> ProblemOnTable:
    each_mark = tuple(next((one.fidelity for one in rated.get(each.id, ())), None) for each in record.solutions)
    marks = set(each_mark)
    at = next((n for n, each in enumerate(record.reviews) if each.meeting_id == meeting.id), None)
    before = record.reviews if at is None else record.reviews[:at]
    return ProblemOnTable(
        record.problem,
        record.goals,
        record.solutions,
        None if at is None else record.reviews[at],
        before[-1] if before else None,
        next((each for each in problems.WORST_FIRST if each in marks), None),
        each_mark,
    )


@question("Attendance")
def presence(work: Work, meeting_id: MeetingId) -> Presence:
    """Members by name, the coach and guests after them, with their roles of today and whether there is a quorum."""
    meeting = work.meetings.get(meeting_id)
    members = members_on(work.memberships.list(team_id=meeting.team_id, order=("rank",)), meeting.day)
    marks = {each.person_id: each for each in work.attendance.list(meeting_id=meeting_id)}
    roles = {each.person_id: each.role for each in reversed(agendas.roles(work, meeting_id)) if each.person_id}
    held: dict[PersonId, list[Membership]] = {}
    for member in members:
        held.setdefault(member.person_id, []).append(member)
    ids = tuple(dict.fromkeys((*held, *marks)))
    people = {person.id: person for person in work.people.list(id=ids)}
    lines = [_presence(people[each], held.get(each, []), marks.get(each), roles.get(each, "")) for each in ids]
    lines.sort(key=lambda each: (not each.votes, not each.member, each.list_name.casefold()))
    voting = sum(line.votes for line in lines)
    present = sum(line.votes and line.present is True for line in lines)
    quorum = math.ceil(voting * work.rules.quorum_percent / 100)
    return Presence(tuple(lines), present, voting, quorum, voting > 0 and present >= quorum)


def _presence(person: Person, held: list[Membership], mark: MeetingAttendance | None, role: str) -> PresenceLine:
    return PresenceLine(
        person.id,
        person.name,
        person.list_name,
        (mark.role_today if mark else "") or role,
        bool(held),
        any(member.role != WITHOUT_VOTE for member in held),
        mark.present if mark else None,
        mark.arrived if mark else None,
        mark.left if mark else None,
    )


@question("Problem on the table")
def problem(work: Work, meeting_id: MeetingId, problem_id: ProblemId) -> ProblemOnTable:
    """One problem as this meeting sees it."""
    meeting = work.meetings.get(meeting_id)
    found = problems.of_team(work, meeting.team_id, closed=True)
    chosen = tuple(record for record in found if record.problem.id == problem_id)
    on_table = _problems(work, meeting, chosen)
    if not on_table:
        raise UserError("This problem is not open in this meeting.", "Choose one of the team’s open problems.")
    return on_table[0]
