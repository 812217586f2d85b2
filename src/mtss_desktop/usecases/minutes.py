"""Minutes while they are written: lines and the actions they make, the item on the table, who is there, what was parked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain import ranks
from mtss_desktop.domain.files import Link
from mtss_desktop.domain.meetings import (
    AgendaItem,
    AgendaItemId,
    LineKind,
    Meeting,
    MeetingId,
    MeetingState,
    MinutesLine,
    MinutesLineId,
)
from mtss_desktop.domain.minutes_grammar import ParsedLine, parse
from mtss_desktop.domain.minutes_masking import NamesToMask
from mtss_desktop.domain.minutes_words import Known, KnownPerson, KnownProblem, known
from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.plans import Action, ActionId
from mtss_desktop.domain.teams import members_on
from mtss_desktop.store.queries import meetings as queries
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import files
from mtss_desktop.usecases.cleaning import LONGEST_NAME, clean_text
from mtss_desktop.usecases.use_case import question, use_case

ON_THE_TABLE = "on the table"
TAKEN_UP, LET_GO = "taken up", "let go"
ITEMS, LINES = "agenda_items", "minutes_lines"


@dataclass(frozen=True)
class MinutesWords:
    """All that lines of one meeting may name. ``known`` makes what the grammar needs; keep it until people, problems or meetings change."""

    day: date
    people: tuple[KnownPerson, ...]
    problems: tuple[KnownProblem, ...]
    next_meeting: date | None

    def known(self) -> Known:
        return known(self.people, self.problems, self.next_meeting)


@dataclass(frozen=True)
class WrittenLine:
    line_id: MinutesLineId
    kind: LineKind
    action_id: ActionId | None = None


@dataclass(frozen=True)
class _Meant:
    """What a line asks for, in the fields of an action."""

    text: str
    owner_id: PersonId | None
    due_on: date | None
    parent_topic: str
    parent_id: str


# Lines -------------------------------------------------------------------------------------------------------------------


@use_case("Write line")
def write_line(
    work: Work,
    meeting_id: MeetingId,
    *,
    text: str,
    kind: LineKind | None = None,
    item_id: AgendaItemId | None = None,
    at: time | None = None,
    confidential: bool = False,
    owner_id: PersonId | None = None,
) -> WrittenLine:
    """A line at the end of the minutes, as typed. Without ``kind`` its prefix and signs say it; an action makes its record.

    ``owner_id`` is the answer to a quiet choice. Later changes within 30 seconds join this step.
    """
    meeting, cleaned = open_meeting(work, meeting_id), _said(text)
    parsed = parse(cleaned, day=meeting.day, known=words(work, meeting_id).known(), kind=kind)
    written = _add_line(work, meeting, parsed, _Under(item_id, at, confidential), owner_id)
    work.merge_with(f"line:{written.line_id}")
    work.relabel(_LABELS[written.kind])
    return written


@use_case("Write lines")
def write_lines(
    work: Work,
    meeting_id: MeetingId,
    *,
    texts: tuple[str, ...],
    kind: LineKind | None = None,
    item_id: AgendaItemId | None = None,
    at: time | None = None,
    confidential: bool = False,
) -> tuple[MinutesLineId, ...]:
    """Lines pasted at once, each as it would be typed, in one step; ``kind`` is chosen for all. Empty ones are passed over."""
    meeting, known_here = open_meeting(work, meeting_id), words(work, meeting_id).known()
    cleaned = [text for each in texts if (text := clean_text(each))]
    if not cleaned:
        raise UserError("There is nothing in these lines.", "Copy some text first.")
    under = _Under(item_id, at, confidential)
    written = [
        _add_line(work, meeting, parse(text, day=meeting.day, known=known_here, kind=kind), under, None).line_id
        for text in cleaned
    ]
    work.relabel(f"Add {len(written)} lines" if len(written) > 1 else "Add line")
    return tuple(written)


@dataclass(frozen=True)
class _Under:
    """Where a line stands and when it was said."""

    item_id: AgendaItemId | None
    at: time | None
    confidential: bool


def _add_line(
    work: Work, meeting: Meeting, parsed: ParsedLine, under: _Under, owner_id: PersonId | None
) -> WrittenLine:
    """At the end of the minutes, with the action it makes."""
    line = work.minutes_lines.add(
        MinutesLine(
            organization_id=meeting.organization_id,
            meeting_id=meeting.id,
            item_id=under.item_id,
            rank=ranks.between(queries.last_line_rank(work, meeting.id), ""),
            kind=parsed.kind,
            text=parsed.typed,
            at=under.at,
            confidential=under.confidential,
        )
    )
    return WrittenLine(line.id, line.kind, _follow(work, meeting, None, line, None, _meant(meeting, parsed, owner_id)))


_LABELS = {
    LineKind.NOTE: "Add note",
    LineKind.DECISION: "Add decision",
    LineKind.ACTION: "Add action",
    LineKind.PARKING_LOT: "Add to parking lot",
    LineKind.CELEBRATION: "Add celebration",
}
_NAMES = {
    LineKind.NOTE: "note",
    LineKind.DECISION: "decision",
    LineKind.ACTION: "action",
    LineKind.PARKING_LOT: "parking lot",
    LineKind.CELEBRATION: "celebration",
}


@use_case("Change line")
def change_line(
    work: Work, line_id: MinutesLineId, *, text: str, kind: LineKind | None = None, owner_id: PersonId | None = None
) -> WrittenLine:
    """What the line says. Its kind follows the signs unless it was chosen; its action follows where nobody changed it elsewhere."""
    line, meeting = _line_and_meeting(work, line_id)
    work.merge_with(f"line:{line_id}")
    here = words(work, meeting.id).known()
    before = parse(line.text, day=meeting.day, known=here)
    chosen = kind or (None if before.kind is line.kind else line.kind)
    cleaned = _said(text)
    after = parse(cleaned, day=meeting.day, known=here, kind=chosen)
    saved = work.minutes_lines.save(replace(line, text=cleaned, kind=after.kind))
    answered = _answered(work, line, before)
    was, now = (
        _meant(meeting, before, None, answered=answered),
        _meant(meeting, after, owner_id, answered=answered),
    )
    return WrittenLine(line_id, saved.kind, _follow(work, meeting, line, saved, was, now))


@use_case("Turn line")
def turn_line(work: Work, line_id: MinutesLineId, *, kind: LineKind) -> WrittenLine:
    """Into another kind, in both directions. An action with a history is withdrawn, one without goes."""
    line, meeting = _line_and_meeting(work, line_id)
    parsed = parse(line.text, day=meeting.day, known=words(work, meeting.id).known(), kind=kind)
    meant = _meant(meeting, parsed, None, answered=_answered(work, line, parsed))
    work.relabel(f"Turn line into {_NAMES[kind]}")
    saved = work.minutes_lines.save(replace(line, kind=kind))
    return WrittenLine(line_id, kind, _follow(work, meeting, line, saved, meant, meant))


@use_case("Keep line confidential")
def keep_confidential(work: Work, line_id: MinutesLineId, *, confidential: bool = True) -> None:
    """Hidden in the projector view and in open minutes, with the action it made; or open again."""
    line, _ = _line_and_meeting(work, line_id)
    work.minutes_lines.save(replace(line, confidential=confidential))


@use_case("Move line")
def move_line(
    work: Work, line_id: MinutesLineId, *, item_id: AgendaItemId | None, after: MinutesLineId | None = None
) -> None:
    """Under another agenda item, behind another line; where none is named, under no item and in front of all."""
    line, meeting = _line_and_meeting(work, line_id)
    others = [each for each in work.minutes_lines.list(meeting_id=meeting.id, order=("rank",)) if each.id != line_id]
    place = next((number for number, each in enumerate(others, 1) if each.id == after), 0)
    low = others[place - 1].rank if place else ""
    high = others[place].rank if place < len(others) else ""
    work.minutes_lines.save(replace(line, item_id=item_id, rank=ranks.between(low, high)))


@use_case("Remove line")
def remove_line(work: Work, line_id: MinutesLineId) -> None:
    """With its photos. An action that has a history stays as withdrawn."""
    line, meeting = _line_and_meeting(work, line_id)
    parsed = parse(line.text, day=meeting.day, known=words(work, meeting.id).known())
    meant = _meant(meeting, parsed, None, answered=_answered(work, line, parsed))
    for action in work.actions.list(line_id=line_id):
        if _has_history(work, action, meant):
            withdrawn = action.withdrawn_on or work.today()
            work.actions.save(replace(action, line_id=None, withdrawn_on=withdrawn))
        else:
            work.actions.remove(action.id)
    for attachment in work.attachments.list(topic=LINES, record_id=line_id):
        work.attachments.remove(attachment.id)
    for link in work.links.list(from_topic=LINES, from_id=line_id):
        work.links.remove(link.id)
    work.minutes_lines.remove(line_id)


@use_case("Attach photo to minutes")
def attach_photo(
    work: Work,
    meeting_id: MeetingId,
    *,
    name: str,
    media_type: str,
    content: str,
    line_id: MinutesLineId | None = None,
) -> str:
    """A photo of chart paper (base64), with a line or with the meeting. Returns the attachment's id."""
    meeting = open_meeting(work, meeting_id)
    topic, record_id = (LINES, str(line_id)) if line_id else (str(Topic.MEETINGS), str(meeting_id))
    return files.attach(
        work,
        topic=topic,
        record_id=record_id,
        name=name,
        media_type=media_type,
        content=content,
        place_id=meeting.organization_id,
    )


@use_case("Add photo to minutes")
def add_photo(
    work: Work,
    meeting_id: MeetingId,
    *,
    name: str,
    media_type: str,
    content: str,
    item_id: AgendaItemId | None = None,
    at: time | None = None,
    caption: str = "",
) -> MinutesLineId:
    """A photo of chart paper (base64, at most 20 MB) as a line of its own under an agenda item. Returns the line's id."""
    meeting = open_meeting(work, meeting_id)
    if media_type not in files.PHOTOS:
        raise UserError(f"“{name}” is no picture that can be shown.", "Save it as JPEG or PNG and add it again.")
    line = work.minutes_lines.add(
        MinutesLine(
            organization_id=meeting.organization_id,
            meeting_id=meeting_id,
            item_id=item_id,
            rank=ranks.between(queries.last_line_rank(work, meeting_id), ""),
            text=clean_text(caption) or "Photo of chart paper",
            at=at,
        )
    )
    attach_photo(work, meeting_id, name=name, media_type=media_type, content=content, line_id=line.id)
    return line.id


def open_meeting(work: Work, meeting_id: MeetingId) -> Meeting:
    """Raises ``UserError`` for locked minutes and for a meeting that was moved or cancelled."""
    meeting = work.meetings.get(meeting_id)
    if meeting.locked_at is not None:
        raise UserError("These minutes are locked.", "Reopen them first and say why.")
    if meeting.state in (MeetingState.MOVED, MeetingState.CANCELED):
        raise UserError(f"This meeting is {meeting.state.value}.", "Choose the meeting that takes its place.")
    return meeting


def _line_and_meeting(work: Work, line_id: MinutesLineId) -> tuple[MinutesLine, Meeting]:
    line = work.minutes_lines.get(line_id)
    return line, open_meeting(work, line.meeting_id)


def _said(text: str) -> str:
    cleaned = clean_text(text)
    if not cleaned:
        raise UserError("The line is empty.", "Type something first.")
    return cleaned


# The action of a line ------------------------------------------------------------------------------------------------------


def _meant(meeting: Meeting, parsed: ParsedLine, owner_id: PersonId | None, *, answered: bool = False) -> _Meant:
    """``answered``: the name in the line was answered before by naming an owner."""
    topic, parent = (Topic.PROBLEMS, parsed.problem) if parsed.problem else (Topic.MEETINGS, meeting.id)
    text = parsed.sentence(answered=answered or owner_id is not None)
    return _Meant(text, owner_id or parsed.owner, parsed.due, str(topic), str(parent))


def _answered(work: Work, line: MinutesLine, parsed: ParsedLine) -> bool:
    action = None if parsed.owner is not None else work.actions.first(line_id=line.id)
    return action is not None and action.owner_id is not None


def _follow(
    work: Work, meeting: Meeting, before: MinutesLine | None, line: MinutesLine, was: _Meant | None, now: _Meant
) -> ActionId | None:
    """Makes, changes, brings back, withdraws or removes the action of a line."""
    action = work.actions.first(line_id=line.id) if before is not None else None
    if line.kind is not LineKind.ACTION:
        if action is not None and before is not None and before.kind is LineKind.ACTION and action.withdrawn_on is None:
            _let_action_go(work, action, was or now)
        return None
    if action is None:
        return _make_action(work, meeting, line, now)
    back = action if before is None or before.kind is LineKind.ACTION else replace(action, withdrawn_on=None)
    return work.actions.save(_changed(back, was or now, now)).id


def _make_action(work: Work, meeting: Meeting, line: MinutesLine, meant: _Meant) -> ActionId:
    made = Action(
        organization_id=meeting.organization_id,
        text=meant.text,
        team_id=meeting.team_id,
        owner_id=meant.owner_id,
        due_on=meant.due_on,
        started_on=meeting.day,
        parent_topic=meant.parent_topic,
        parent_id=meant.parent_id,
        meeting_id=meeting.id,
        line_id=line.id,
    )
    return work.actions.add(made).id


def _changed(action: Action, was: _Meant, now: _Meant) -> Action:
    """Each fact the line now says otherwise, where the action still has what the line said before, or nothing."""

    def follows(there: object, old: object, new: object) -> bool:
        return old != new and there in (old, None, "")

    parent = (action.parent_topic, action.parent_id)
    old, new = (was.parent_topic, was.parent_id), (now.parent_topic, now.parent_id)
    topic, parent_id = new if follows(parent, old, new) else parent
    return replace(
        action,
        text=now.text if follows(action.text, was.text, now.text) else action.text,
        owner_id=now.owner_id if follows(action.owner_id, was.owner_id, now.owner_id) else action.owner_id,
        due_on=now.due_on if follows(action.due_on, was.due_on, now.due_on) else action.due_on,
        parent_topic=topic,
        parent_id=parent_id,
    )


def _let_action_go(work: Work, action: Action, meant: _Meant) -> None:
    if _has_history(work, action, meant):
        work.actions.save(replace(action, withdrawn_on=work.today()))
    else:
        work.actions.remove(action.id)


def _has_history(work: Work, action: Action, meant: _Meant) -> bool:
    """Anything about it that its line does not say."""
    own = _Meant(action.text, action.owner_id, action.due_on, action.parent_topic, action.parent_id)
    told = action.done_on or action.withdrawn_on or action.evaluate_on or action.priority or action.note
    return bool(
        own != meant
        or told
        or work.attachments.first(topic=str(Topic.ACTIONS), record_id=action.id)
        or work.links.first(to_topic=str(Topic.ACTIONS), to_id=action.id)
    )


# The item on the table -----------------------------------------------------------------------------------------------------


@use_case("Open agenda item")
def open_item(work: Work, item_id: AgendaItemId) -> None:
    """Its minutes run from now; those of the item before are written down and that item is done."""
    item = work.agenda_items.get(item_id)
    meeting = open_meeting(work, item.meeting_id)
    running = _on_the_table(work, meeting.id)
    if running is not None and running.to_id == item_id:
        return
    _take_off(work, running, done=True)
    link = Link(
        organization_id=meeting.organization_id,
        from_topic=str(Topic.MEETINGS),
        from_id=meeting.id,
        to_topic=ITEMS,
        to_id=item_id,
        role=ON_THE_TABLE,
    )
    work.links.add(link)


@use_case("Pause agenda item")
def pause_item(work: Work, meeting_id: MeetingId, *, done: bool = False) -> None:
    """Writes down the minutes of the item on the table and takes it off; opening it again counts on."""
    _take_off(work, _on_the_table(work, open_meeting(work, meeting_id).id), done=done)


def _on_the_table(work: Work, meeting_id: MeetingId) -> Link | None:
    return work.links.first(from_topic=str(Topic.MEETINGS), from_id=meeting_id, role=ON_THE_TABLE)


def _take_off(work: Work, running: Link | None, *, done: bool) -> None:
    if running is None:
        return
    work.links.remove(running.id)
    item = work.agenda_items.find(running.to_id)
    if item is not None and running.made_at is not None:
        used = (item.minutes_used or 0) + minutes_since(running.made_at, work.now())
        work.agenda_items.save(replace(item, minutes_used=used, done=done or item.done))


def minutes_since(began: datetime, now: datetime) -> int:
    """Whole minutes, half a minute counts; never negative."""
    return max(0, int(((now.astimezone(UTC) - began.astimezone(UTC)).total_seconds() + 30) // 60))


# Parking lot -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ParkedLine:
    """A line of the parking lot that waits; ``day`` is when it was parked."""

    line_id: MinutesLineId
    text: str
    meeting_id: MeetingId
    day: date


@use_case("Take up from parking lot")
def take_up(work: Work, line_id: MinutesLineId, meeting_id: MeetingId, *, minutes: int | None = None) -> AgendaItemId:
    """A parked line becomes an agenda item and waits no longer."""
    line = work.minutes_lines.get(line_id)
    meeting = open_meeting(work, meeting_id)
    last = work.agenda_items.list(meeting_id=meeting_id, order=("rank",))
    item = work.agenda_items.add(
        AgendaItem(
            organization_id=meeting.organization_id,
            meeting_id=meeting_id,
            rank=ranks.between(last[-1].rank if last else "", ""),
            title=line.text[:LONGEST_NAME],
            minutes_planned=minutes,
            carried_from=line.meeting_id,
        )
    )
    _answer(work, line, ITEMS, item.id, TAKEN_UP)
    return item.id


@use_case("Let go from parking lot")
def let_go(work: Work, line_id: MinutesLineId, *, meeting_id: MeetingId) -> None:
    """A parked line waits no longer; it stays in its minutes."""
    _answer(work, work.minutes_lines.get(line_id), str(Topic.MEETINGS), meeting_id, LET_GO)


def _answer(work: Work, line: MinutesLine, to_topic: str, to_id: str, role: str) -> None:
    link = Link(
        organization_id=line.organization_id,
        from_topic=LINES,
        from_id=line.id,
        to_topic=to_topic,
        to_id=to_id,
        role=role,
    )
    work.links.add(link)


@question("Parking lot of a team")
def parked(work: Work, meeting_id: MeetingId) -> tuple[ParkedLine, ...]:
    """What earlier meetings of the team parked and none has taken up or let go, oldest first."""
    meeting = work.meetings.get(meeting_id)
    return tuple(
        ParkedLine(MinutesLineId(row.line_id), row.text, MeetingId(row.meeting_id), row.day)
        for row in queries.parked(work, meeting.team_id, meeting.day)
    )


# Questions ---------------------------------------------------------------------------------------------------------------


@question("Names to mask in open minutes")
def names_to_mask(work: Work, meeting_id: MeetingId) -> NamesToMask:
    """Students of the team's school (of the division where the team is the division's), and the names that stay.

    Those are the last names of all who work here, the first names of the team's own members, and places.
    """
    meeting = work.meetings.get(meeting_id)
    place = work.teams.get(meeting.team_id).organization_id
    students = queries.student_names(work, "" if place == work.home_id else place)
    if not students:
        return NamesToMask()
    on_team = {member.person_id for member in members_on(work.memberships.list(team_id=meeting.team_id), meeting.day)}
    staff = queries.names(work, meeting.day)
    people = tuple(f"{first} {last}" if PersonId(each) in on_team else last for each, first, last in staff)
    return NamesToMask(students, (*people, *queries.place_names(work)))


@question("Words of a meeting")
def words(work: Work, meeting_id: MeetingId) -> MinutesWords:
    """Members and everybody else who works here, open problems, and the next meeting: for reading lines as they are typed."""
    meeting = work.meetings.get(meeting_id)
    members = {member.person_id for member in members_on(work.memberships.list(team_id=meeting.team_id), meeting.day)}
    people = tuple(
        KnownPerson(PersonId(person_id), first, last, person_id in members)
        for person_id, first, last in queries.names(work, meeting.day)
    )
    problems = tuple(
        KnownProblem(problem.id, problem.tag, problem.title)
        for problem in work.problems.list(team_id=meeting.team_id, closed_on=None, order=("rank",))
        if problem.tag
    )
    return MinutesWords(meeting.day, people, problems, queries.day_after(work, meeting))
