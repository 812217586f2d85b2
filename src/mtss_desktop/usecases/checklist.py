"""The meeting checklist: proposed from what happened, marked by the team, and how both went over the year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.checklist import LABELS, MOST, Half, Item, MeetingFacts, Part, TeamMark, halves, side_by_side
from mtss_desktop.domain.checklist import checklist as proposed
from mtss_desktop.domain.close_out import in_time
from mtss_desktop.domain.meetings import (
    ChecklistMark,
    Meeting,
    MeetingAttendance,
    MeetingId,
    MeetingState,
    minutes_between,
)
from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.plans import Action
from mtss_desktop.domain.problems import precision
from mtss_desktop.domain.teams import CORE_ROLES, Membership, TeamId, members_on
from mtss_desktop.store.queries import meetings as queries
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import problems
from mtss_desktop.usecases.cleaning import clean_text
from mtss_desktop.usecases.paper_common import local, utc
from mtss_desktop.usecases.problems import ProblemRecord
from mtss_desktop.usecases.use_case import question, use_case

WITHOUT_VOTE = "coach"
Has = Callable[[ProblemRecord], bool]


@dataclass(frozen=True)
class Checklist:
    """A meeting's checklist. ``team_points`` count the team's own marks where it gave some, ``proposed_points`` the proposals alone."""

    meeting_id: MeetingId
    day: date
    items: tuple[Item, ...]
    team_points: tuple[Half, Half]
    proposed_points: tuple[Half, Half]
    marked: bool


@dataclass(frozen=True)
class Scene:
    meeting: Meeting
    actions: tuple[Action, ...]
    records: tuple[ProblemRecord, ...]
    members: tuple[Membership, ...]
    attendance: tuple[MeetingAttendance, ...]
    next_day: date | None

    @property
    def voting(self) -> set[PersonId]:
        return {member.person_id for member in self.members if member.role != WITHOUT_VOTE}


def scene_of(work: Work, meeting_id: MeetingId) -> Scene:
    meeting = work.meetings.get(meeting_id)
    return Scene(
        meeting,
        work.actions.list(meeting_id=meeting_id, withdrawn_on=None, order=("made_at",)),
        problems.of_team(work, meeting.team_id),
        members_on(work.memberships.list(team_id=meeting.team_id, order=("rank",)), meeting.day),
        work.attendance.list(meeting_id=meeting_id),
        queries.day_after(work, meeting),
    )


def was_open(record: ProblemRecord, meeting: Meeting) -> bool:
    """Old problems only: what was opened in this meeting has nothing to review yet."""
    opened = record.problem.opened_on
    return record.problem.opened_in != meeting.id and (opened is None or opened < meeting.day)


def is_marked(record: ProblemRecord, meeting: Meeting) -> bool:
    return any(
        each.meeting_id == meeting.id and each.fidelity is not None and each.effect is not None
        for each in record.reviews
    )


def ended(work: Work, meeting: Meeting) -> datetime | None:
    """When the meeting ended, in UTC; by plan where nobody noted it."""
    clock = meeting.ended_at or meeting.ends_at
    return utc(work, datetime.combine(meeting.day, clock)) if clock else None


def stayed(scene: Scene) -> int:
    """Voting members present at the start and at the end."""
    return len(
        {
            each.person_id
            for each in scene.attendance
            if each.present and each.arrived is None and each.left is None and each.person_id in scene.voting
        }
    )


def items_of(work: Work, scene: Scene, lines: int) -> tuple[Item, ...]:
    """Eighteen, in order."""
    marks = work.checklist_marks.list(meeting_id=scene.meeting.id)
    given = [TeamMark(mark.number, mark.points, mark.note) for mark in marks]
    return side_by_side(proposed(_meeting_facts(work, scene, lines)), given)


def _left_after(work: Work, meeting: Meeting) -> int | None:
    """Whole minutes from the end until the minutes left."""
    end = ended(work, meeting)
    if end is None or meeting.sent_at is None:
        return None
    return max(0, int((meeting.sent_at - end).total_seconds() // 60))


def _meeting_facts(work: Work, scene: Scene, lines: int) -> MeetingFacts:
    meeting, records = scene.meeting, scene.records
    agenda = work.agenda_items.list(meeting_id=meeting.id)
    old = [record for record in records if was_open(record, meeting)]
    here = [each for record in old for each in record.reviews if each.meeting_id == meeting.id]
    solutions = [solution for record in records for solution in record.solutions]
    owned = [bool(each.person_id or each.who) and each.by_when is not None for each in solutions]
    owned += [each.owner_id is not None and each.due_on is not None for each in scene.actions if each.done_on is None]
    earlier = _held_before(work, meeting)
    return MeetingFacts(
        roles=_filled(scene.members, backup=False),
        role_backups=_filled(scene.members, backup=True),
        late_start=minutes_between(meeting.starts_at, meeting.started_at),
        late_end=minutes_between(meeting.ends_at, meeting.ended_at),
        present=stayed(scene),
        voting=len(scene.voting),
        quorum_percent=work.rules.quorum_percent,
        agenda_items=len(agenda),
        agenda_sent_before=_sent_before(work, meeting),
        left_after=_left_after(work, meeting),
        started_at=meeting.started_at,
        ended_at=meeting.ended_at,
        shortened=meeting.reason if meeting.shortened_from else "",
        agenda_sent_on=local(work, meeting.agenda_sent_at).date() if meeting.agenda_sent_at else None,
        next_day=scene.next_day,
        last_minutes=any("minutes" in item.title.casefold() and item.done for item in agenda) if earlier else None,
        next_planned=scene.next_day is not None,
        sent_in_time=_sent_in_time(work, earlier[-3:]),
        lines=lines,
        reviewed=Part(sum(is_marked(record, meeting) for record in old), len(old)),
        with_level=Part(sum(each.level is not None for each in here), len(old)),
        precise_parts=max((precision(record.problem) for record in records), default=None),
        with_solutions=Part(sum(bool(record.solutions) for record in records), len(records)),
        complete_plans=Part(sum(owned), len(owned)),
        with_goal=_part(records, lambda record: any(_is_set(goal.target, goal.due_on) for goal in record.goals)),
        with_fidelity_measure=_part(records, lambda record: any(each.fidelity_measure for each in record.solutions)),
        with_outcome_measure=_part(records, lambda record: any(each.outcome_measure for each in record.solutions)),
    )


def _is_set(target: float | None, due: date | None) -> bool:
    return target is not None and due is not None


def _part(records: tuple[ProblemRecord, ...], has: Has) -> Part:
    return Part(sum(has(record) for record in records), len(records))


def _filled(members: tuple[Membership, ...], *, backup: bool) -> int:
    held = {member.role for member in members if member.backup is backup}
    first = {member.role for member in members if not member.backup}
    return len(set(CORE_ROLES) & held & first)


def _held_before(work: Work, meeting: Meeting) -> list[Meeting]:
    found = work.meetings.list(team_id=meeting.team_id, state=MeetingState.HELD, order=("day", "starts_at"))
    return [each for each in found if each.day < meeting.day]


def _sent_before(work: Work, meeting: Meeting) -> bool:
    start = meeting.started_at or meeting.starts_at or time(23, 59)
    return meeting.agenda_sent_at is not None and meeting.agenda_sent_at <= utc(
        work, datetime.combine(meeting.day, start)
    )


def _sent_in_time(work: Work, held: list[Meeting]) -> Part:
    ends = [(ended(work, each), each.sent_at) for each in held]
    return Part(sum(bool(end and in_time(end, sent)) for end, sent in ends), len(held))


# Acts and questions --------------------------------------------------------------------------------------------------------


@use_case("Score checklist item")
def mark(work: Work, meeting_id: MeetingId, *, number: int, points: int | None = None, note: str = "") -> None:
    """The team's own 0, 1 or 2 for one of the eighteen items, beside the proposal; without points its mark is taken off.

    Works on locked minutes too: the checklist is about the meeting, not a part of its minutes.
    """
    meeting = work.meetings.get(meeting_id)
    if not 1 <= number <= len(LABELS):
        raise UserError(f"The checklist has items 1 to {len(LABELS)}.", "Choose one of them.")
    if points is not None and not 0 <= points <= MOST:
        raise UserError("An item has 0, 1 or 2 points.", "0 is not started, 1 partial, 2 full.")
    if meeting.state in (MeetingState.MOVED, MeetingState.CANCELED):
        raise UserError("This meeting was not held.", "Choose a meeting that was.")
    found = work.checklist_marks.first(meeting_id=meeting_id, number=number)
    if points is None:
        if found is not None:
            work.checklist_marks.remove(found.id)
        return
    if found is None:
        new = ChecklistMark(
            organization_id=meeting.organization_id, meeting_id=meeting_id, number=number, points=points
        )
        work.checklist_marks.add(replace(new, note=clean_text(note)))
    else:
        work.checklist_marks.save(replace(found, points=points, note=clean_text(note) or found.note))


@question("Meeting checklist")
def show(work: Work, meeting_id: MeetingId) -> Checklist:
    """All eighteen items with what the record proposes, why, and the team's own marks."""
    scene = scene_of(work, meeting_id)
    items = items_of(work, scene, len(work.minutes_lines.list(meeting_id=meeting_id)))
    return Checklist(
        meeting_id,
        scene.meeting.day,
        items,
        halves(item.points for item in items),
        halves(item.proposed.points for item in items),
        any(item.team is not None for item in items),
    )


@question("Meeting checklists of a team")
def of_team(work: Work, team_id: TeamId) -> tuple[Checklist, ...]:
    """Of the meetings to which the team gave marks of its own, oldest first."""
    held = work.meetings.list(team_id=team_id, order=("day", "starts_at"))
    marked = {mark.meeting_id for mark in work.checklist_marks.list(meeting_id=tuple(each.id for each in held))}
    return tuple(show(work, each.id) for each in held if each.id in marked)
