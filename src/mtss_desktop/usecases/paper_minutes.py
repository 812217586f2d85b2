"""The facts of minutes on paper: open ones leave out what is confidential, before a page exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import Said, Words, said
from mtss_desktop.documents import minutes as paper
from mtss_desktop.documents import minutes_in_short
from mtss_desktop.documents.blocks import Document
from mtss_desktop.documents.parts.minutes_facts import (
    AbsentFacts,
    IssueFacts,
    ItemFacts,
    MinutesFacts,
    NewFacts,
    PhotoFacts,
    PresentFacts,
    ReviewedFacts,
    SaidFacts,
    TriedFacts,
)
from mtss_desktop.domain.meetings import LineKind, Meeting, MeetingId, MeetingState, MinutesLine
from mtss_desktop.domain.minutes_grammar import parse
from mtss_desktop.domain.minutes_masking import NamesToMask
from mtss_desktop.domain.minutes_words import Known
from mtss_desktop.domain.people import Organization, Person
from mtss_desktop.domain.plans import Action, Goal
from mtss_desktop.domain.problems import Problem, Solution, precision, statement
from mtss_desktop.domain.teams import Team, TeamId
from mtss_desktop.store import attachments
from mtss_desktop.store.queries import meetings as queries
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import files, live, minutes, problems
from mtss_desktop.usecases.paper_common import changed, division, local, people_by_id, printed, words_of
from mtss_desktop.usecases.paper_packet import sent_after
from mtss_desktop.usecases.problems import ProblemRecord

_ROLES: dict[str, Said] = {
    "facilitator": said("{label.facilitator}"),
    "minute_taker": said("Minutes"),
    "data_analyst": said("Data"),
}
_TIERS = {1: "tier_1", 2: "tier_2", 3: "tier_3"}


@dataclass(frozen=True)
class _Scene:
    meeting: Meeting
    team: Team
    place: Organization
    people: dict[str, Person]
    records: tuple[ProblemRecord, ...]
    lines: tuple[MinutesLine, ...]
    actions: dict[str, Action]
    known: Known
    names: NamesToMask
    coming: Meeting | None


def meeting_for(
    work: Work, meeting_id: MeetingId | None, team_id: TeamId | None, *, open_only: bool = False
) -> Meeting:
    """The meeting asked for; else the last one with minutes, of the team where one is given. Raises ``UserError``."""
    if meeting_id is not None:
        return work.meetings.get(meeting_id)
    chosen = {"team_id": team_id} if team_id else {}
    found = work.meetings.list(state=(MeetingState.HELD, MeetingState.RUNNING), order=("day", "starts_at"), **chosen)
    teams = {team.id: team for team in work.teams.list()}
    held = [
        each
        for each in found
        if each.day <= work.today() and not (open_only and is_confidential(each, teams[each.team_id]))
    ]
    if not held:
        raise UserError("No meeting has minutes yet.", "Hold a meeting first, or choose another team.")
    return held[-1]


def is_confidential(meeting: Meeting, team: Team) -> bool:
    """Where Tier 2 and 3 teams talk, students are meant: their minutes are for the team alone, whatever the meeting says."""
    return meeting.confidential or team.tier in (2, 3)


def document(work: Work, meeting: Meeting, *, everything: bool = False) -> Document:
    """``everything`` brings confidential lines too and closes the page to all but the team."""
    words = words_of(work)
    return paper.document(facts(work, meeting, words, everything=everything), words)


def staff(work: Work, meeting: Meeting) -> Document:
    """Raises ``UserError`` for a confidential meeting."""
    if is_confidential(meeting, work.teams.get(meeting.team_id)):
        raise UserError("These minutes are confidential.", "Only the team may have them; there is no page for staff.")
    words = words_of(work)
    return minutes_in_short.for_staff(facts(work, meeting, words, everything=False), words)


def absent(work: Work, meeting: Meeting) -> Document:
    """Half a page for each member who was not there."""
    words = words_of(work)
    return minutes_in_short.for_absent(facts(work, meeting, words, everything=False), words)


def facts(work: Work, meeting: Meeting, words: Words, *, everything: bool) -> MinutesFacts:
    """Confidential lines and their actions stay out unless ``everything`` or the whole meeting is confidential."""
    closed = everything or is_confidential(meeting, work.teams.get(meeting.team_id))
    scene = _scene(work, meeting, with_confidential=closed)
    presence = live.presence(work, meeting.id)
    was_new = [record for record in scene.records if record.problem.opened_in == meeting.id]
    old = [record for record in scene.records if record not in was_new and _was_open(record.problem, meeting)]
    tier = words.label(_TIERS[scene.team.tier]) if scene.team.tier in _TIERS else ""
    return MinutesFacts(
        division=division(work).name,
        school=scene.place.name if scene.place.id != work.home_id else "",
        team=scene.team.name,
        tier=tier,
        day=meeting.day,
        printed=printed(work),
        code=said("Minutes {team} · {day:date}", team=scene.team.short_name or scene.team.name, day=meeting.day),
        started_at=meeting.started_at or meeting.starts_at,
        ended_at=meeting.ended_at or meeting.ends_at,
        place=meeting.place,
        changed=changed(work, meeting),
        roles=_roles(presence),
        next_day=scene.coming.day if scene.coming else None,
        next_at=scene.coming.starts_at if scene.coming else None,
        present=tuple(PresentFacts(line.list_name, line.present is True, line.votes) for line in presence.lines),
        quorum=presence.met if any(line.present is not None for line in presence.lines) else None,
        agenda=tuple(
            ItemFacts(scene.names.masked(item.title), item.done, item.minutes_used, item.minutes_planned)
            for item in work.agenda_items.list(meeting_id=meeting.id, order=("rank",))
        ),
        for_next=_for_next(work, scene),
        problems=tuple(_reviewed(record, scene) for record in old),
        issues=_issues(work, scene),
        new_problems=tuple(_new(record, scene) for record in was_new),
        answers=(meeting.time_well_used, meeting.tasks_tracked, meeting.tasks_completed, meeting.effect_on_students),
        to_improve=scene.names.masked(meeting.to_improve),
        photos=_photos(work, scene),
        absent=tuple(
            AbsentFacts(line.list_name, _asked(scene, line.person_id))
            for line in presence.lines
            if line.votes and line.present is not True
        ),
        confidential=closed,
        restriction=said("For the members of this team only.") if closed else "",
        draft=meeting.locked_at is None and meeting.sent_at is None,
        locked_on=local(work, meeting.locked_at).date() if meeting.locked_at else None,
        sent_at=local(work, meeting.sent_at) if meeting.sent_at else None,
        sent_after_minutes=sent_after(work, meeting),
    )


def _scene(work: Work, meeting: Meeting, *, with_confidential: bool) -> _Scene:
    team = work.teams.get(meeting.team_id)
    lines = work.minutes_lines.list(meeting_id=meeting.id, order=("rank",))
    shown = tuple(line for line in lines if with_confidential or not line.confidential)
    kept = {line.id for line in shown}
    made = work.actions.list(meeting_id=meeting.id, withdrawn_on=None)
    actions = {
        str(action.line_id or action.id): action for action in made if action.line_id in kept or not action.line_id
    }
    return _Scene(
        meeting,
        team,
        work.organizations.get(team.organization_id),
        people_by_id(work),
        problems.of_team(work, team.id, closed=True),
        shown,
        actions,
        minutes.words(work, meeting.id).known(),
        NamesToMask() if with_confidential else minutes.names_to_mask(work, meeting.id),
        _coming(work, meeting),
    )


def _coming(work: Work, meeting: Meeting) -> Meeting | None:
    if meeting.next_meeting_id is not None:
        return work.meetings.find(meeting.next_meeting_id)
    found = work.meetings.list(team_id=meeting.team_id, order=("day", "starts_at"))
    gone = (MeetingState.MOVED, MeetingState.CANCELED)
    return next((each for each in found if each.day > meeting.day and each.state not in gone), None)


def _roles(presence: live.Presence) -> tuple[tuple[Said | str, Said | str], ...]:
    held = {line.role: line.list_name.partition(",")[0] for line in presence.lines if line.role}
    return tuple((label, held[role]) for role, label in _ROLES.items() if role in held)


def _was_open(problem: Problem, meeting: Meeting) -> bool:
    before = problem.opened_on is None or problem.opened_on < meeting.day
    return before and (problem.closed_on is None or problem.closed_on >= meeting.day)


def _for_next(work: Work, scene: _Scene) -> tuple[Said | str, ...]:
    """The next agenda where it is written; else unfinished items; parked lines of this meeting in any case."""
    coming = work.agenda_items.list(meeting_id=scene.coming.id, order=("rank",)) if scene.coming else ()
    items = coming or work.agenda_items.list(meeting_id=scene.meeting.id, done=False, order=("rank",))
    parked = [line for line in scene.lines if line.kind is LineKind.PARKING_LOT]
    titles: list[Said | str] = [scene.names.masked(item.title) for item in items]
    return (*titles, *(said("Parking lot: {text}", text=_text(scene, line)) for line in parked))


def _text(scene: _Scene, line: MinutesLine) -> str:
    """What a line says without the signs that were understood, an action without any; in open minutes without a student's name."""
    parsed = parse(line.text, day=scene.meeting.day, known=scene.known, kind=line.kind)
    return scene.names.masked((parsed.sentence() if line.kind is LineKind.ACTION else parsed.text) or line.text)


# Problems ------------------------------------------------------------------------------------------------------------------


def _reviewed(record: ProblemRecord, scene: _Scene) -> ReviewedFacts:
    found = next((each for each in record.reviews if each.meeting_id == scene.meeting.id), None)
    problem = record.problem
    now: Said | str = ""
    if found is not None and found.level is not None:
        now = said("{level} {unit}", level=found.level, unit=problem.unit)
        if found.level_days is not None:
            now = said("{level} {unit}, {n} days counted", level=found.level, unit=problem.unit, n=found.level_days)
    return ReviewedFacts(
        scene.names.masked(statement(problem)),
        scene.names.masked(problem.title),
        _tried(record.solutions, scene),
        _goal(record.goals),
        found.fidelity if found else None,
        found.effect if found else None,
        now,
        found.next_step if found else None,
        scene.names.masked(found.note) if found else "",
        problem.closed_on == scene.meeting.day,
    )


def _tried(solutions: tuple[Solution, ...], scene: _Scene) -> tuple[TriedFacts, ...]:
    return tuple(
        TriedFacts(
            each.kind,
            scene.names.masked(each.text),
            scene.people[each.person_id].last_name if each.person_id in scene.people else each.who,
            each.by_when,
        )
        for each in solutions
    )


def _goal(goals: tuple[Goal, ...]) -> Said | str:
    if not goals or goals[0].target is None:
        return ""
    goal = goals[0]
    if goal.baseline is None or goal.due_on is None:
        return said("{target} {unit}", target=goal.target, unit=goal.unit)
    return said(
        "From {baseline} to {target} {unit} by {due:date}",
        baseline=goal.baseline, target=goal.target, unit=goal.unit, due=goal.due_on,
    )  # fmt: skip


def _new(record: ProblemRecord, scene: _Scene) -> NewFacts:
    first = record.solutions[0] if record.solutions else None
    return NewFacts(
        scene.names.masked(statement(record.problem)),
        precision(record.problem),
        _tried(record.solutions, scene),
        _goal(record.goals),
        first.fidelity_measure if first else "",
        first.outcome_measure if first else "",
    )


def _photos(work: Work, scene: _Scene) -> tuple[PhotoFacts, ...]:
    """Of the lines that are shown, in their order, then those of the meeting itself; what is damaged is left out."""
    of_lines = queries.photos_of_lines(work, scene.meeting.id)
    wanted = [(each, _text(scene, line)) for line in scene.lines for each in of_lines.get(line.id, ())]
    own = work.attachments.list(topic=str(Topic.MEETINGS), record_id=scene.meeting.id)
    wanted += [(each.id, each.name) for each in own if each.media_type in files.PHOTOS]
    found = []
    for attachment_id, words in wanted:
        attachment = work.attachments.get(attachment_id)
        try:
            found.append(PhotoFacts(attachments.content(work, attachment.sha256), words))
        except LookupError:
            continue
    return tuple(found)


# Lines -----------------------------------------------------------------------------------------------------------------------


def _issues(work: Work, scene: _Scene) -> tuple[IssueFacts, ...]:
    """Lines under their agenda items in agenda order; those under none first. Parked lines stand in section 3."""
    titles: dict[str | None, Said | str] = {None: said("General")}
    titles |= {
        item.id: scene.names.masked(item.title)
        for item in work.agenda_items.list(meeting_id=scene.meeting.id, order=("rank",))
    }
    found: dict[str | None, list[SaidFacts]] = {item_id: [] for item_id in titles}
    for line in scene.lines:
        if line.kind is not LineKind.PARKING_LOT:
            found[line.item_id if line.item_id in titles else None].append(_line(scene, line))
    return tuple(IssueFacts(titles[item_id], tuple(lines)) for item_id, lines in found.items() if lines)


def _line(scene: _Scene, line: MinutesLine) -> SaidFacts:
    action = scene.actions.get(line.id) if line.kind is LineKind.ACTION else None
    if action is None:
        return SaidFacts(line.kind, _text(scene, line))
    return _action(scene, action)


def _action(scene: _Scene, action: Action) -> SaidFacts:
    owner = scene.people.get(action.owner_id or "")
    due: date | None = action.due_on
    return SaidFacts(LineKind.ACTION, scene.names.masked(action.text), owner.last_name if owner else "", due)


def _asked(scene: _Scene, person_id: str) -> tuple[SaidFacts, ...]:
    return tuple(_action(scene, action) for action in scene.actions.values() if action.owner_id == person_id)
