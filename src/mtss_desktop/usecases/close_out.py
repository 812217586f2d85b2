"""The end of a meeting: what is still missing, the checklist filled from the record, locking, and what is sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import Said, Words, said
from mtss_desktop.domain.checklist import Half, Item, halves
from mtss_desktop.domain.close_out import SEND_WITHIN, Gap, Missing, in_time
from mtss_desktop.domain.meetings import LineKind, Meeting, MeetingId, MeetingState, minutes_between
from mtss_desktop.domain.teams import members_on
from mtss_desktop.store.queries import meetings as queries
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import checklist, minutes, series
from mtss_desktop.usecases.checklist import Scene, ended, is_marked, scene_of, stayed, was_open
from mtss_desktop.usecases.cleaning import clean_text
from mtss_desktop.usecases.paper_common import changed, words_of
from mtss_desktop.usecases.paper_minutes import is_confidential
from mtss_desktop.usecases.use_case import question, use_case

_ANSWERS = ("time_well_used", "tasks_tracked", "tasks_completed", "effect_on_students")


@dataclass(frozen=True)
class Happened:
    """The meeting in numbers. ``used`` and ``planned`` are minutes; ``present`` stayed from start to end."""

    used: int | None
    planned: int | None
    present: int
    voting: int
    decisions: int
    actions: int
    actions_with_owner: int


@dataclass(frozen=True)
class CloseOut:
    """Everything the close-out page shows. ``facts`` counts what a full record has; ``send_by`` and ``in_time`` count from the end.

    The two halves count the team's own marks where it gave some, ``proposed_points`` the record's
    proposals alone. ``next_day`` is the next meeting's, ``proposed`` what the pattern offers where there is none.
    """

    meeting: Meeting
    missing: tuple[Missing, ...]
    facts: int
    happened: Happened
    checklist: tuple[Item, ...]
    foundations: Half
    problem_solving: Half
    proposed_points: tuple[Half, Half]
    send_by: datetime | None
    in_time: bool | None
    next_day: date | None
    proposed: tuple[series.ProposedDay, ...]


# What is missing -----------------------------------------------------------------------------------------------------------


@question("What is missing")
def what_is_missing(work: Work, meeting_id: MeetingId) -> tuple[Missing, ...]:
    """Owners and dates of this meeting's actions first, then measures, reviews, attendance, the next meeting, the four answers."""
    return tuple(_missing(scene_of(work, meeting_id)))


def _missing(scene: Scene) -> Iterator[Missing]:
    for action in scene.actions:
        if action.done_on is None and action.owner_id is None:
            yield Missing(Gap.OWNER, action.id, action.text, said("Who does it?"))
    for action in scene.actions:
        if action.done_on is None and action.due_on is None:
            yield Missing(Gap.DATE, action.id, action.text, said("By when?"))
    for record in scene.records:
        for solution in record.solutions:
            if not solution.fidelity_measure:
                yield Missing(Gap.FIDELITY_MEASURE, solution.id, solution.text, said("How will you know it happened?"))
    for record in scene.records:
        if was_open(record, scene.meeting) and not is_marked(record, scene.meeting):
            yield Missing(Gap.REVIEW, record.problem.id, record.problem.title, said("Carried out? Did it help?"))
    yield from _about_the_meeting(scene)


def _about_the_meeting(scene: Scene) -> Iterator[Missing]:
    meeting = scene.meeting
    unmarked = scene.voting - {each.person_id for each in scene.attendance}
    if unmarked:
        text = said("{n} member not marked", many="{n} members not marked", count="n", n=len(unmarked))
        yield Missing(Gap.ATTENDANCE, meeting.id, "", text)
    if scene.next_day is None:
        yield Missing(Gap.NEXT_MEETING, meeting.id, "", said("When does the team meet next?"))
    if any(getattr(meeting, name) is None for name in _ANSWERS):
        yield Missing(Gap.RATING, meeting.id, "", said("How did the meeting go? Four answers, one line to improve."))


def _facts(scene: Scene) -> int:
    solutions = sum(len(record.solutions) for record in scene.records)
    reviews = sum(was_open(record, scene.meeting) for record in scene.records)
    return 2 * len([action for action in scene.actions if action.done_on is None]) + solutions + reviews + 3


# The page ------------------------------------------------------------------------------------------------------------------


@question("Close out")
def show(work: Work, meeting_id: MeetingId) -> CloseOut:
    """What is missing, what happened, the checklist, and until when the minutes are to leave."""
    scene = scene_of(work, meeting_id)
    lines = work.minutes_lines.list(meeting_id=meeting_id)
    end = ended(work, scene.meeting)
    items = checklist.items_of(work, scene, len(lines))
    foundations, solving = halves(item.points for item in items)
    proposed = halves(item.proposed.points for item in items)
    return CloseOut(
        meeting=scene.meeting,
        missing=tuple(_missing(scene)),
        facts=_facts(scene),
        happened=_happened(scene, sum(line.kind is LineKind.DECISION for line in lines)),
        checklist=items,
        foundations=foundations,
        problem_solving=solving,
        proposed_points=proposed,
        send_by=end + SEND_WITHIN if end else None,
        in_time=in_time(end, scene.meeting.sent_at) if end else None,
        next_day=scene.next_day,
        proposed=series.proposed(work, scene.meeting.team_id, after=scene.meeting.day, count=3),
    )


def _happened(scene: Scene, decisions: int) -> Happened:
    meeting = scene.meeting
    return Happened(
        minutes_between(meeting.started_at, meeting.ended_at),
        minutes_between(meeting.starts_at, meeting.ends_at),
        stayed(scene),
        len(scene.voting),
        decisions,
        len(scene.actions),
        sum(action.owner_id is not None for action in scene.actions),
    )


# Acts ----------------------------------------------------------------------------------------------------------------------


@use_case("Choose next meeting")
def set_next(work: Work, meeting_id: MeetingId, *, next_meeting_id: MeetingId) -> None:
    """Which meeting of the team comes next. Raises ``UserError`` where it is not later."""
    meeting, coming = work.meetings.get(meeting_id), work.meetings.get(next_meeting_id)
    if coming.team_id != meeting.team_id or coming.day <= meeting.day:
        raise UserError("The next meeting is a later one of the same team.", "Choose another day.")
    work.meetings.save(replace(meeting, next_meeting_id=next_meeting_id))


@use_case("Plan next meeting")
def plan_next(
    work: Work,
    meeting_id: MeetingId,
    *,
    day: date | None = None,
    starts_at: time | None = None,
    ends_at: time | None = None,
    template: str | None = None,
) -> MeetingId:
    """A new meeting of the team with its agenda filled, as the one that comes next. Without a day the next of the pattern."""
    meeting = work.meetings.get(meeting_id)
    if day is None:
        coming = series.proposed(work, meeting.team_id, after=meeting.day, count=1)
        day = coming[0].day if coming else None
    made = series.new_meeting(work, meeting.team_id, day=day, starts_at=starts_at, ends_at=ends_at, template=template)
    set_next(work, meeting_id, next_meeting_id=made)
    return made


@use_case("Lock minutes")
def lock(work: Work, meeting_id: MeetingId) -> tuple[Missing, ...]:
    """From now on only reopening changes them. Works with gaps; returns what stays open."""
    meeting = minutes.open_meeting(work, meeting_id)
    if meeting.state is not MeetingState.HELD:
        raise UserError("This meeting has not ended yet.", "End the meeting, then lock its minutes.")
    stays = what_is_missing(work, meeting_id)
    work.meetings.save(replace(meeting, locked_at=work.now()))
    return stays


@use_case("Reopen minutes")
def reopen(work: Work, meeting_id: MeetingId, *, reason: str) -> None:
    """They can be changed again; history keeps the reason."""
    meeting = work.meetings.get(meeting_id)
    said_why = clean_text(reason)
    if meeting.locked_at is None:
        raise UserError("These minutes are not locked.", "You can change them.")
    if not said_why:
        raise UserError("Say why the minutes are reopened.", "One short sentence is enough.")
    work.relabel(f"Reopen minutes: {said_why}"[:200])
    work.meetings.save(replace(meeting, locked_at=None, reason=said_why))


# What is sent ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MailDraft:
    """A mail about the minutes without a word of what is in them. ``without_address`` are members whose address is not known."""

    to: tuple[str, ...]
    without_address: tuple[str, ...]
    subject: str
    body: str
    file_name: str


@dataclass(frozen=True)
class CalendarEntry:
    """A meeting for a calendar: wall-clock times in ``zone``. ``changes`` rises with every change, so that a calendar takes the newest."""

    uid: str
    title: str
    starts: datetime
    ends: datetime
    zone: str
    place: str
    note: str
    changes: int
    cancelled: bool
    organizer: str = ""
    organizer_email: str = ""


@question("Mail with the minutes")
def mail(work: Work, meeting_id: MeetingId) -> MailDraft:
    """To everybody on the team; names nobody and nothing out of the minutes."""
    meeting = work.meetings.get(meeting_id)
    team = work.teams.get(meeting.team_id)
    members = members_on(work.memberships.list(team_id=team.id, order=("rank",)), meeting.day)
    ids = tuple(dict.fromkeys(member.person_id for member in members if member.person_id != work.me))
    found = {person.id: person for person in work.people.list(id=ids)}
    people = [found[person_id] for person_id in ids if person_id in found]
    words = words_of(work)
    return MailDraft(
        tuple(person.email for person in people if person.email),
        tuple(person.name for person in people if not person.email),
        words.say(said("Minutes of {team}, {day:date}", team=team.name, day=meeting.day)),
        _body(words, team.name, meeting, queries.day_after(work, meeting), closed=is_confidential(meeting, team)),
        f"minutes-{meeting.day.isoformat()}.pdf",
    )


def _body(words: Words, team: str, meeting: Meeting, coming: date | None, *, closed: bool) -> str:
    lines: list[Said] = [
        said("The minutes of {team} of {day:long} are attached.", team=team, day=meeting.day),
        said("Please look for your actions and say within a day where something is not as it was."),
    ]
    if closed:
        lines.append(said("They are for the members of this team only. Please do not pass them on."))
    if coming is not None:
        lines.append(said("The next meeting is on {day:long}.", day=coming))
    return "\n\n".join(words.say(line) for line in lines) + "\n"


@question("Meeting for a calendar")
def calendar_entry(work: Work, meeting_id: MeetingId) -> CalendarEntry:
    """A moved meeting stays one entry: the calendar of a member takes the new day in the place of the old one.

    Raises ``UserError`` for a meeting without times.
    """
    meeting = _where_it_went(work, work.meetings.get(meeting_id))
    if meeting.starts_at is None or meeting.ends_at is None:
        raise UserError("This meeting has no times yet.", "Set when it starts and ends.")
    team = work.teams.get(meeting.team_id)
    place = work.organizations.get(team.organization_id)
    title = f"{team.name}, {place.short_name or place.name}" if place.id != work.home_id else team.name
    days = _days_it_had(work, meeting)
    me = work.people.find(work.me) if work.me else None
    return CalendarEntry(
        f"{days[0].id}@mtss-desktop",
        title,
        datetime.combine(meeting.day, meeting.starts_at),
        datetime.combine(meeting.day, meeting.ends_at),
        work.rules.zone,
        meeting.place,
        _sentence(words_of(work).say(changed(work, meeting) or _came_from(days))),
        sum(each.version for each in days) - 1,
        meeting.state is MeetingState.CANCELED,
        me.name if me is not None else "",
        me.email if me is not None else "",
    )


def _where_it_went(work: Work, meeting: Meeting) -> Meeting:
    while meeting.state is MeetingState.MOVED and meeting.next_meeting_id is not None:
        meeting = work.meetings.get(meeting.next_meeting_id)
    return meeting


def _days_it_had(work: Work, meeting: Meeting) -> tuple[Meeting, ...]:
    """The first of all, those it was moved to, and this one: their versions together only rise."""
    days = [meeting]
    while (before := work.meetings.first(next_meeting_id=days[0].id, state=MeetingState.MOVED)) is not None:
        days.insert(0, before)
    return tuple(days)


def _came_from(days: tuple[Meeting, ...]) -> Said | str:
    if len(days) == 1:
        return ""
    return said("moved from {day:day}: {why}", day=days[-2].day, why=days[-2].reason.strip().rstrip("."))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""
