"""Sentences of the room of meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.caseload_words import agenda_words
from mtss_desktop.domain.meetings import Answer, LineKind, Meeting, MeetingState, WeWill, minutes_between
from mtss_desktop.domain.minutes_words import read_date
from mtss_desktop.domain.problems import Effect, Fidelity, NextStep, statement
from mtss_desktop.usecases.live import ActionShown, AgendaLine, LiveMinutes, Presence, ProblemOnTable
from mtss_desktop.usecases.minutes import minutes_since
from mtss_desktop.usecases.series import Clash, MeetingLine, ProposedDay

KINDS: dict[LineKind, tuple[str, str, str]] = {
    LineKind.NOTE: ("Note", "ph.text-align-left", "ink_soft"),
    LineKind.DECISION: ("Decision", "ph.scales", "ink"),
    LineKind.ACTION: ("Action", "ph.check-square", "accent"),
    LineKind.PARKING_LOT: ("Parking lot", "ph.push-pin", "warning"),
    LineKind.CELEBRATION: ("Celebration", "ph.star", "success"),
}
"""Word, icon and ink of each kind of line."""
FIDELITY = (
    (Fidelity.NOT_STARTED.value, "Not started"),
    (Fidelity.PARTIAL.value, "Partial"),
    (Fidelity.WITH_FIDELITY.value, "With fidelity"),
    (Fidelity.STOPPED.value, "Stopped"),
)
EFFECT = (
    (Effect.WORSE.value, "Worse"),
    (Effect.NO_CHANGE.value, "No change"),
    (Effect.IMPROVED.value, "Improved"),
    (Effect.GOAL_MET.value, "Goal met"),
)
NEXT_STEP = (
    (NextStep.CONTINUE.value, "Continue"),
    (NextStep.MODIFY.value, "Modify"),
    (NextStep.DISCONTINUE.value, "Discontinue"),
    (NextStep.OTHER.value, "Other"),
)
WE_WILL = (
    ("", "Not set"),
    (WeWill.APPROVE.value, "Approve"),
    (WeWill.SHARE.value, "Share"),
    (WeWill.DECIDE.value, "Decide"),
    (WeWill.INFORM.value, "Inform"),
    (WeWill.RECORD.value, "Record"),
    (WeWill.CLOSE.value, "Close"),
)
ANSWERS = ((Answer.YES.value, "Yes"), (Answer.SO_SO.value, "So-so"), (Answer.NO.value, "No"))
QUESTIONS = (
    ("time_well_used", "Was our time used well?"),
    ("tasks_tracked", "Did we track who does what?"),
    ("tasks_completed", "Were last time’s actions done?"),
    ("effect_on_students", "Does our work help students?"),
)
STATES = {
    MeetingState.PLANNED: ("Planned", "", ""),
    MeetingState.RUNNING: ("Running", "accent", "ph.clock"),
    MeetingState.HELD: ("Held", "success", "ph.check"),
    MeetingState.MOVED: ("Moved", "", ""),
    MeetingState.CANCELED: ("Canceled", "", ""),
}


def day_words(words: Words, day: date, today: date) -> str:
    """Tue 12/1, in 2 weeks."""
    return words("{day}, {ago}").format(day=words.day(day), ago=words.ago(day, today))


def when(words: Words, starts_at: time | None, ends_at: time | None) -> str:
    if starts_at is None:
        return ""
    return words.time_range(starts_at, ends_at) if ends_at else words.time(starts_at)


def list_sentence(words: Words, lines: Sequence[MeetingLine], today: date, teams: int) -> str:
    """3 meetings in the next 7 days. The minutes of 2 have not left."""
    if not lines and not teams:
        return words("No team yet.")
    if not lines:
        return words.say(said("{n} team, no meeting yet.", many="{n} teams, no meeting yet.", count="n", n=teams))
    soon = sum(1 for line in lines if line.state is MeetingState.PLANNED and 0 <= (line.day - today).days < 7)
    first = words.say(
        said("{n} meeting in the next 7 days.", many="{n} meetings in the next 7 days.", count="n", n=soon)
    )
    unsent = sum(1 for line in lines if line.state is MeetingState.HELD and not line.minutes_sent)
    if not unsent:
        return first
    second = said("The minutes of {n} have not left yet.", n=unsent)
    return f"{first} {words.say(second)}"


def state_of(words: Words, line: MeetingLine, today: date) -> tuple[str, str, str]:
    """Words, tone and icon: what is to be done about a meeting, else what became of it."""
    text, tone, icon = STATES[line.state]
    if line.state is MeetingState.HELD:
        if not line.locked and not line.minutes_sent:
            return words("Close out"), "warning", "ph.lock-simple-open"
        if not line.minutes_sent:
            return words("Minutes not sent"), "warning", "ph.envelope-simple"
        return words("Minutes sent"), "success", "ph.check"
    if line.state is MeetingState.PLANNED:
        if line.day < today:
            return words("Not held yet"), "warning", "ph.warning"
        said_, tone = agenda_words(words, line.agenda_items, line.agenda_sent, line.day, today)
        icons = {"success": "ph.check", "warning": "ph.envelope-simple" if line.agenda_items else "ph.warning"}
        return said_, tone, icons.get(tone, "")
    return words(text), tone, icon


def change_words(words: Words, line: MeetingLine) -> str:
    """To Thu 2/19: snow; shortened: fire drill; the reason alone where a meeting was canceled."""
    reason = line.reason.strip().rstrip(".")
    if line.state is MeetingState.MOVED and line.new_day is not None:
        return words("to {day}: {why}").format(day=words.day(line.new_day), why=reason)
    if line.state is MeetingState.CANCELED:
        return reason
    return words("shortened: {why}").format(why=reason) if line.shortened else ""


def meeting_sentence(words: Words, live: LiveMinutes, *, short: bool = False) -> str:
    """Meeting 4 of 2026–27 · Tuesday, November 17, 2:45–3:45 PM · Room 114."""
    meeting = live.meeting
    day = words.weekday_date(meeting.day) if not short else words.day(meeting.day)
    clock = when(words, meeting.starts_at, meeting.ends_at)
    number = words("Meeting {n}").format(n=live.number)
    parts = [number, f"{day}, {clock}" if clock else day, meeting.place]
    if meeting.shortened_from is not None:
        parts.append(words("shortened: {why}").format(why=meeting.reason.rstrip(".")))
    return " · ".join(part for part in parts if part)


def title_of(live: LiveMinutes) -> str:
    """Holcomb Middle, Tier 1 team."""
    return f"{live.place}, {live.team.name}"


def used_minutes(item: AgendaLine, now: datetime) -> int | None:
    """Written down plus running."""
    if item.running_since is None:
        return item.used
    return (item.used or 0) + minutes_since(item.running_since, now)


def used_words(words: Words, item: AgendaLine, now: datetime) -> str:
    """12 of 15 min; 10 min; 17 of 15 min, 2 over."""
    used = used_minutes(item, now)
    if used is None:
        return words("{n} min").format(n=item.planned) if item.planned is not None else ""
    if item.planned is None:
        return words("{n} min").format(n=used)
    text = words("{used} of {planned} min").format(used=used, planned=item.planned)
    return words("{text}, {n} over").format(text=text, n=used - item.planned) if used > item.planned else text


def time_left(words: Words, meeting: Meeting, now: time) -> tuple[str, str]:
    """35 min left; 25 of 60 used. Empty without times."""
    planned = minutes_between(meeting.starts_at, meeting.ends_at)
    used = minutes_between(meeting.started_at or meeting.starts_at, meeting.ended_at or now)
    if planned is None or used is None or not 0 <= used <= 600:
        return "", ""
    left = minutes_between(now, meeting.ends_at) if meeting.ended_at is None else None
    used_text = words("{used} of {planned} min used").format(used=used, planned=planned)
    if left is None:
        return used_text, ""
    if left < -180:
        return used_text, ""
    if left < 0:
        return words("{n} min over").format(n=-left), used_text
    return words("{n} min left").format(n=min(left, planned)), used_text


def presence_words(words: Words, presence: Presence) -> str:
    """7 of 8, quorum met."""
    count = words("{n} of {all}").format(n=presence.present, all=presence.voting)
    if not any(line.present is not None for line in presence.lines):
        return words("not marked yet")
    if presence.met:
        return words("{count}, quorum met").format(count=count)
    return words("{count}, quorum is {n}").format(count=count, n=presence.quorum)


def presence_names(words: Words, presence: Presence) -> str:
    """Bell, Cole, Greene. Absent: Lambert."""
    here = [line.name.split()[-1] for line in presence.lines if line.present is True]
    away = [line.name.split()[-1] for line in presence.lines if line.present is False]
    parts = [", ".join(here) + "."] if here else []
    if away:
        parts.append(words("Absent: {names}.").format(names=", ".join(away)))
    return " ".join(parts)


def roles_words(words: Words, presence: Presence) -> str:
    """Greene facilitates, Nguyễn takes minutes."""
    does = {
        "facilitator": words("{name} facilitates"),
        "minute_taker": words("{name} takes minutes"),
        "data_analyst": words("{name} brings the data"),
        "timekeeper": words("{name} keeps time"),
    }
    told = [does[line.role].format(name=line.name.split()[-1]) for line in presence.lines if line.role in does]
    return ", ".join(told) + "." if told else ""


def action_detail(words: Words, action: ActionShown, today: date) -> tuple[str, str]:
    """Owner, date and what it belongs to; then which part of it is late or missing."""
    parts = [action.owner or words("no owner yet")]
    wrong = parts[0] if not action.owner and action.done_on is None else ""
    if action.done_on is not None:
        parts.append(words("done {day}").format(day=words.day(action.done_on)))
    elif action.days_late and action.due_on is not None:
        late = said("{n} day late, {day}", many="{n} days late, {day}", count="n", n=action.days_late,
                    day=words.day(action.due_on))  # fmt: skip
        parts.append(words.say(late))
        wrong = " · ".join(parts[-2:]) if wrong else parts[-1]
    elif action.due_on is not None:
        parts.append(
            day_words(words, action.due_on, today) if (action.due_on - today).days < 8 else words.day(action.due_on)
        )
    else:
        parts.append(words("no date yet"))
    if action.problem:
        parts.append(action.problem)
    return " · ".join(parts), wrong


def problem_opened(words: Words, on_table: ProblemOnTable, meeting: Meeting) -> str:
    problem = on_table.problem
    if problem.opened_in == meeting.id:
        return words("New problem")
    if problem.opened_on is None:
        return words("Previously defined problem")
    return words("Previously defined problem, opened {day}").format(
        day=f"{problem.opened_on.month}/{problem.opened_on.day}"
    )


def problem_sentence(on_table: ProblemOnTable) -> str:
    """The precise statement as one sentence; the title where nothing of it is written."""
    return statement(on_table.problem)


def goal_words(words: Words, on_table: ProblemOnTable) -> str:
    """Goal: 2.6 to 1.3 hallway referrals a day by 1/29/2027."""
    goal = next(iter(on_table.goals), None)
    if goal is None:
        return ""
    if goal.target is None:
        return words("Goal: {goal}").format(goal=goal.statement or goal.metric)
    text = f"{words.number(goal.target)} {goal.unit or goal.metric}"
    if goal.baseline is not None:
        text = words("{baseline} to {target}").format(baseline=words.number(goal.baseline), target=text)
    if goal.due_on is not None:
        text = words("{text} by {day}").format(text=text, day=words.date(goal.due_on))
    return words("Goal: {goal}").format(goal=text)


def last_time(words: Words, value: Fidelity | Effect | NextStep | None, choices: Sequence[tuple[str, str]]) -> str:
    found = dict(choices).get(value.value if value else "", "")
    return words("last time: {mark}").format(mark=words(found).lower()) if found else ""


def proposal_words(words: Words, day: ProposedDay, today: date) -> str:
    """Tue 12/15, in 4 weeks, instead of 12/8 (winter break)."""
    text = day_words(words, day.day, today)
    if day.instead_of is not None:
        why = f" ({day.reason})" if day.reason else ""
        text += words(", instead of {day}").format(day=f"{day.instead_of.month}/{day.instead_of.day}") + why
    return text


def clash_words(words: Words, clashes: Sequence[Clash]) -> str:
    """At the same time: Tier 2 team (Elena Ruiz). "" where there is none."""
    if not clashes:
        return ""
    told = "; ".join(f"{clash.team} ({words.listed(list(clash.people))})" for clash in clashes)
    return words("At the same time: {clashes}").format(clashes=told)


def typed_day(text: str, today: date) -> date | None:
    """12/15, fri, +2w or December 15; None for what is no day."""
    found = read_date(text.strip(), 0, today)
    if found is None or found[0] != len(text.strip()):
        return None
    return found[1].day


def typed_time(text: str, after: time | None) -> time | None:
    """3:20, 3:20 PM or 15:20; without AM or PM the one after the start. None for what is no time."""
    plain = text.strip().casefold().replace(".", "")
    half = plain[-2:] if plain[-2:] in ("am", "pm") else ""
    hour, _, minute = plain.removesuffix(half).strip().partition(":")
    if not hour.isdigit() or not (minute.isdigit() or minute == "") or len(hour) > 2 or len(minute) not in (0, 2):
        return None
    h, m = int(hour), int(minute or 0)
    if h > 23 or m > 59 or (half and not 1 <= h <= 12):
        return None
    if half:
        h = h % 12 + (12 if half == "pm" else 0)
    elif after is not None and h < 12 and time(h, m) <= after:
        h += 12
    return time(h, m)
