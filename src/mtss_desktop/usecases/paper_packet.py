"""The walk-in packet's facts: everything a team needs on the table for one meeting."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import Said, Words, said
from mtss_desktop.documents import walk_in_packet as packet
from mtss_desktop.documents.blocks import Document
from mtss_desktop.documents.parts.follow_up import ActionFacts, EscalationFacts, LastMinutesFacts, ReviewFacts
from mtss_desktop.documents.parts.packet_facts import (
    ACTIONS,
    AGENDA,
    COVER,
    LAST_MINUTES,
    AgendaFacts,
    DecisionFacts,
    MemberFacts,
    PacketFacts,
    RoleFacts,
    WinFacts,
)
from mtss_desktop.documents.parts.problem_page import ProblemFacts, problem_anchor
from mtss_desktop.documents.parts.screening_page import ScreeningFacts, screening_anchor
from mtss_desktop.domain.meetings import LineKind, Meeting, MeetingId, MeetingState, WeWill
from mtss_desktop.domain.people import Organization, Person
from mtss_desktop.domain.plans import Action, is_open
from mtss_desktop.domain.problems import ProblemReview
from mtss_desktop.domain.teams import CORE_ROLES, ROLES, Membership, Team, TeamId, TeamYear, members_on
from mtss_desktop.store.queries import counts
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import meetings, paper_fidelity, paper_problem, paper_screening, problems
from mtss_desktop.usecases.paper_common import coach_name, division, imports_named, people_by_id, printed, utc, words_of
from mtss_desktop.usecases.paper_problem import Compared
from mtss_desktop.usecases.places import year_of
from mtss_desktop.usecases.problems import ProblemRecord

SHOWN_ROLES = tuple(role for role in ROLES if role not in ("member", "coach", "family", "community"))
_WITHOUT_VOTE = "coach"


@dataclass(frozen=True)
class _Scene:
    """The meeting with what every part of the packet needs."""

    meeting: Meeting
    team: Team
    place: Organization
    year: TeamYear | None
    members: tuple[Membership, ...]
    people: dict[str, Person]
    last: Meeting | None
    records: tuple[ProblemRecord, ...]
    compared: dict[str, Compared]


def meeting_for(work: Work, meeting_id: MeetingId | None, team_id: TeamId | None) -> Meeting:
    """The meeting asked for, else the team's next, else the next of the team with most open problems. Raises ``UserError``."""
    if meeting_id is not None:
        return work.meetings.get(meeting_id)
    if team_id is not None:
        found = meetings.next_of(work, team_id)
        if found is None:
            raise UserError("This team has no meeting planned.", "Plan its next meeting first.")
        return found
    planned = [
        each
        for each in work.meetings.list(state=MeetingState.PLANNED, order=("day", "starts_at"))
        if each.day >= work.today()
    ]
    if not planned:
        raise UserError("No meeting is planned.", "Plan the next meeting of a team first.")
    open_problems = [problem.team_id for problem in work.problems.list(closed_on=None)]
    busiest = max((each.team_id for each in planned), key=open_problems.count)
    return next(each for each in planned if each.team_id == busiest)


def document(work: Work, meeting: Meeting, without: frozenset[str] = frozenset()) -> Document:
    words = words_of(work)
    return packet.document(facts(work, meeting, words, without), words)


def facts(work: Work, meeting: Meeting, words: Words, without: frozenset[str] = frozenset()) -> PacketFacts:
    """``today`` of the packet is the day of the meeting: what is late is late then."""
    scene = _scene(work, meeting)
    screenings, screening_sources = _screenings(work, scene)
    sources = (*_problem_sources(work, scene), *screening_sources)
    year = scene.year
    voting = len({member.person_id for member in scene.members if member.role != _WITHOUT_VOTE})
    return PacketFacts(
        division=division(work).name,
        school=scene.place.name if scene.place.id != work.home_id else "",
        team=scene.team.name,
        day=meeting.day,
        printed=printed(work, sources),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place or (year.room if year else ""),
        prepared_by=coach_name(work),
        code=said("Packet {team} · {day:date}", team=scene.team.short_name or scene.team.name, day=meeting.day),
        purpose=year.purpose if year else "",
        serves=_serves(year),
        members=_members(work, scene, words),
        quorum=math.ceil(voting * work.rules.quorum_percent / 100) if voting else None,
        norms=year.norms if year else "",
        roles=_roles(scene, words),
        decisions=_decisions(work, scene),
        wins=_wins(work, scene),
        wins_since=scene.last.day if scene.last else None,
        agenda=_agenda(work, scene),
        last=_last_minutes(work, scene) if scene.last else None,
        actions=_actions(work, scene),
        problems=_problems(work, scene),
        problem_sources=_sources_note(sources, scene),
        fidelity=paper_fidelity.snapshot(work, scene.team, meeting.day),
        screenings=screenings,
        confidential=meeting.confidential,
        restriction=said("For the members of this team only.") if meeting.confidential else "",
        without=without,
    )


def _scene(work: Work, meeting: Meeting) -> _Scene:
    team = work.teams.get(meeting.team_id)
    place = work.organizations.get(team.organization_id)
    year = work.team_years.first(team_id=team.id, year_id=year_of(work, meeting.day).id)
    members = members_on(work.memberships.list(team_id=team.id, order=("rank",)), meeting.day)
    records = problems.of_team(work, team.id)
    found = {record.problem.id: paper_problem.compared(work, record, place) for record in records}
    compared: dict[str, Compared] = {problem_id: each for problem_id, each in found.items() if each is not None}
    last = meetings.last_of(work, team.id, meeting.day)
    return _Scene(meeting, team, place, year, members, people_by_id(work), last, records, compared)


def _serves(year: TeamYear | None) -> Said | str:
    if year is None:
        return ""
    if year.linked_goal and year.target_group:
        return said("Serves {goal}. Target group: {group}.", goal=year.linked_goal, group=year.target_group)
    if year.target_group:
        return said("Target group: {group}.", group=year.target_group)
    return said("Serves {goal}.", goal=year.linked_goal) if year.linked_goal else ""


# Cover and sign-in -----------------------------------------------------------------------------------------------------


def _members(work: Work, scene: _Scene, words: Words) -> tuple[MemberFacts, ...]:
    """Members by name with their first role; coaches, and whoever prints this, come last without a vote."""
    roles: dict[str, list[Membership]] = {}
    for member in scene.members:
        roles.setdefault(member.person_id, []).append(member)
    if work.me and work.me not in roles and work.me in scene.people:
        roles[work.me] = [Membership(team_id=scene.team.id, person_id=scene.people[work.me].id, role=_WITHOUT_VOTE)]
    made = [
        MemberFacts(
            scene.people[person_id].list_name,
            scene.people[person_id].position,
            _role_today(held, words),
            all(member.role != _WITHOUT_VOTE for member in held),
        )
        for person_id, held in roles.items()
    ]
    return tuple(sorted(made, key=lambda each: (not each.votes, each.name)))


def _role_today(held: list[Membership], words: Words) -> str:
    first = [member.role for member in held if not member.backup and member.role != "member"]
    return ", ".join(words.label(role) for role in first)


def _roles(scene: _Scene, words: Words) -> tuple[RoleFacts, ...]:
    """The three core roles always, further ones where anybody holds them."""
    found = []
    for role in SHOWN_ROLES:
        held = [member for member in scene.members if member.role == role]
        if not held and role not in CORE_ROLES:
            continue
        first, behind = (_named(scene, held, backup=backup) for backup in (False, True))
        found.append(RoleFacts(words.label(role), first, behind))
    return tuple(found)


def _named(scene: _Scene, held: Iterable[Membership], *, backup: bool) -> str:
    return "; ".join(scene.people[member.person_id].list_name for member in held if member.backup is backup)


def _decisions(work: Work, scene: _Scene) -> tuple[DecisionFacts, ...]:
    """One per open problem, then what the agenda wants decided besides."""
    made = [
        DecisionFacts(_decision(record, scene.compared.get(record.problem.id)), problem_anchor(number))
        for number, record in enumerate(scene.records, 1)
    ]
    items = work.agenda_items.list(meeting_id=scene.meeting.id, we_will=WeWill.DECIDE, problem_id=None, order=("rank",))
    return (*made, *(DecisionFacts(item.title, AGENDA) for item in items))


def _decision(record: ProblemRecord, found: Compared | None) -> Said:
    title = record.problem.title
    goal = record.goals[0] if record.goals else None
    rate = found.after.per_day if found else None
    if rate is None or goal is None or goal.target is None:
        return said("{title}: continue as planned, change it, or set a new goal?", title=title)
    off = rate - goal.target
    if off <= 0:
        return said(
            "{title}: the goal of {goal} is met. Keep watching, set a new goal, or close it?",
            title=title,
            goal=goal.target,
        )
    return said(
        "{title}: continue as planned, change it, or set a new goal? The level is {off:2} above the goal.",
        title=title,
        off=off,
    )


def _wins(work: Work, scene: _Scene) -> tuple[WinFacts, ...]:
    """Celebrations in minutes of this place since the team's last meeting, that meeting included."""
    since = scene.last.day if scene.last else scene.meeting.day - timedelta(days=30)
    teams = {team.id: team for team in work.teams.list(organization_id=scene.place.id)}
    held = [
        each
        for each in work.meetings.list(team_id=tuple(teams), state=MeetingState.HELD, order=("day",))
        if each.day >= since
    ]
    days = {each.id: each for each in held if not each.confidential}
    lines = work.minutes_lines.list(
        meeting_id=tuple(days), kind=LineKind.CELEBRATION, confidential=False, order=("rank",)
    )
    ordered = sorted(lines, key=lambda line: days[line.meeting_id].day)
    return tuple(
        WinFacts(line.text, _short(teams[days[line.meeting_id].team_id]), days[line.meeting_id].day)
        for line in ordered[-5:]
    )


def _short(team: Team) -> str:
    return team.short_name or team.name


# Agenda and last minutes -----------------------------------------------------------------------------------------------


def _agenda(work: Work, scene: _Scene) -> tuple[AgendaFacts, ...]:
    numbers: dict[str, int] = {record.problem.id: number for number, record in enumerate(scene.records, 1)}
    clock = scene.meeting.starts_at
    made = []
    for item in work.agenda_items.list(meeting_id=scene.meeting.id, order=("rank",)):
        lead = scene.people.get(item.lead_id or "")
        number = numbers.get(item.problem_id or "", 0)
        about = problem_anchor(number) if number else _part_of(item.title, item.we_will)
        made.append(
            AgendaFacts(
                item.title, clock, item.minutes_planned, lead.last_name if lead else "", item.we_will, number, about
            )
        )
        clock = _later(clock, item.minutes_planned or 0)
    return tuple(made)


def _part_of(title: str, we_will: WeWill | None) -> str:
    """Where in the packet an item's paper lies, by the words people use for it."""
    told = title.casefold()
    if "action" in told:
        return ACTIONS
    if "minutes" in told:
        return LAST_MINUTES
    if "screening" in told:
        return screening_anchor(1)
    return COVER if "win" in told.split() or ("wins" in told.split() and we_will is not None) else ""


def _later(clock: time | None, minutes: int) -> time | None:
    if clock is None:
        return None
    return (datetime.combine(date.min, clock) + timedelta(minutes=minutes)).time()


def _last_minutes(work: Work, scene: _Scene) -> LastMinutesFacts:
    last = scene.last
    assert last is not None
    voting = {member.person_id for member in scene.members if member.role != _WITHOUT_VOTE}
    there = {each.person_id for each in work.attendance.list(meeting_id=last.id, present=True)}
    decisions = work.minutes_lines.list(meeting_id=last.id, kind=LineKind.DECISION, confidential=False, order=("rank",))
    return LastMinutesFacts(
        day=last.day,
        present=len(there & voting),
        members=len(voting),
        started_at=last.started_at,
        ended_at=last.ended_at,
        sent_after_minutes=sent_after(work, last),
        reviews=_reviews(work, last),
        decisions=tuple(line.text for line in decisions),
        escalations=_escalations(work, scene),
    )


def sent_after(work: Work, meeting: Meeting) -> int | None:
    """Minutes from the end of a meeting to when its minutes left, None where they have not."""
    ended = meeting.ended_at or meeting.ends_at
    if meeting.sent_at is None or ended is None:
        return None
    end = utc(work, datetime.combine(meeting.day, ended))
    return max(0, int((meeting.sent_at - end).total_seconds() // 60))


def _reviews(work: Work, last: Meeting) -> tuple[ReviewFacts, ...]:
    found = work.problem_reviews.list(meeting_id=last.id)
    named = {problem.id: problem for problem in work.problems.list(team_id=last.team_id, order=("rank",))}
    ordered = sorted(found, key=lambda each: named[each.problem_id].rank)
    return tuple(
        ReviewFacts(
            named[each.problem_id].title,
            each.fidelity,
            each.effect,
            _found(each, named[each.problem_id].unit),
            named[each.problem_id].closed_on == last.day,
        )
        for each in ordered
    )


def _found(review: ProblemReview, unit: str) -> Said | str:
    """The note the team wrote; the level with its days where it wrote none."""
    if review.note:
        return review.note
    if review.level is None:
        return ""
    if review.level_days is None:
        return said("{level} {unit}", level=review.level, unit=unit)
    return said("{level} {unit}, {days} days", level=review.level, unit=unit, days=review.level_days)


def _escalations(work: Work, scene: _Scene) -> tuple[EscalationFacts, ...]:
    teams = {team.id: team.name for team in work.teams.list()}
    waiting = [link for link in work.team_links.list(team_id=scene.team.id, order=("rank",)) if link.waiting_since]
    return tuple(
        EscalationFacts(
            link.waiting_for or link.what,
            teams.get(link.to_team_id, "") if link.to_team_id else link.audience,
            link.waiting_since,
        )
        for link in waiting
        if link.waiting_since is not None
    )


# Actions and problems ----------------------------------------------------------------------------------------------------


def _actions(work: Work, scene: _Scene) -> tuple[ActionFacts, ...]:
    numbers: dict[str, int] = {record.problem.id: number for number, record in enumerate(scene.records, 1)}
    days: dict[str, date] = {each.id: each.day for each in work.meetings.list(team_id=scene.team.id)}
    return tuple(
        ActionFacts(
            scene.people[action.owner_id].list_name if action.owner_id in scene.people else "",
            action.text,
            _belongs(action, numbers, days),
            action.started_on,
            action.due_on,
            action.priority,
        )
        for action in work.actions.list(team_id=scene.team.id)
        if is_open(action)
    )


def _belongs(action: Action, numbers: dict[str, int], days: dict[str, date]) -> Said | str:
    number = numbers.get(action.parent_id)
    if number:
        return said("Problem {n}", n=number)
    if action.meeting_id in days:
        return said("Meeting {day:short}", day=days[action.meeting_id])
    return ""


def _problems(work: Work, scene: _Scene) -> tuple[ProblemFacts, ...]:
    return paper_problem.of_team(work, scene.team.id, scene.records, scene.compared, scene.people)


def _problem_sources(work: Work, scene: _Scene) -> tuple[counts.Source, ...]:
    found: dict[int, counts.Source] = {}
    for record in scene.records:
        table = paper_problem.COUNTED.get(record.problem.measured_by)
        if table and record.problem.id in scene.compared and record.problem.plan_from:
            start = year_of(work, record.problem.plan_from).start
            found.update({each.key: each for each in counts.sources(work, table, scene.place.key, start)})
    return tuple(found.values())


def _sources_note(sources: tuple[counts.Source, ...], scene: _Scene) -> Said | str:
    if not scene.compared:
        return ""
    through = max(each.through for each in scene.compared.values())
    return said(
        "○ before · ● after the change · dashed: mean · small numbers: school days of that week. "
        "Data through {day:date} ({imports}).",
        day=through,
        imports=imports_named(sources) if sources else "",
    )


def _screenings(work: Work, scene: _Scene) -> tuple[tuple[ScreeningFacts, ...], tuple[counts.Source, ...]]:
    if scene.place.id == work.home_id:
        return (), ()
    return paper_screening.latest(work, scene.place, year_of(work, scene.meeting.day).start)


__all__ = ["document", "facts", "meeting_for", "sent_after"]
