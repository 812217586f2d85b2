"""How meetings and actions of a caseload read in lists: when they are, what is in them, how late they are."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.caseload import ActionLine, MeetingLine


def meeting_name(meeting: MeetingLine) -> str:
    return f"{meeting.team}, {meeting.place}"


def agenda_words(words: Words, items: int, sent: bool, day: date, today: date) -> tuple[str, str]:
    """What is to be done about the agenda of a meeting to come, and how pressing it is ("warning", "success" or "")."""
    if not items:
        return words("No agenda yet"), "warning"
    if sent:
        return words("Agenda sent"), "success"
    if day <= today + timedelta(days=1):
        return words("Agenda not sent"), "warning"
    return words("Draft"), ""


def meeting_when(words: Words, meeting: MeetingLine, today: date, now: datetime | None) -> tuple[str, str]:
    """("Today 2:45 PM", "in 4 h 20 min"), ("Wed 7:50 AM", "11/18, tomorrow"). Without a clock: when it ends."""
    day = words("Today") if meeting.day == today else words.day(meeting.day).split(" ")[0]
    start = f"{day} {words.time(meeting.starts_at)}" if meeting.starts_at is not None else day
    date_ = f"{meeting.day.month}/{meeting.day.day}"
    if meeting.day != today:
        return start, f"{date_}, {words.ago(meeting.day, today)}"
    if now is not None and now.date() == today and meeting.starts_at is not None:
        return start, _until(words, meeting, now)
    return start, words("until {time}").format(time=words.time(meeting.ends_at)) if meeting.ends_at else date_


def _until(words: Words, meeting: MeetingLine, now: datetime) -> str:
    start = datetime.combine(now.date(), meeting.starts_at or time())
    minutes = int((start - now) / timedelta(minutes=1))
    if minutes > 0:
        hours, rest = divmod(minutes, 60)
        span = f"{hours} h {rest} min" if hours and rest else f"{hours} h" if hours else f"{rest} min"
        return words("in {span}").format(span=span)
    over = meeting.ends_at is not None and now.time() > meeting.ends_at
    return words("is over") if over else words("is on")


def meeting_detail(words: Words, meeting: MeetingLine) -> str:
    """6 items, 1 problem, 4 open actions; the room where nothing else is known."""
    parts = []
    if meeting.items:
        parts.append(said("{n} item", many="{n} items", count="n", n=meeting.items))
    if meeting.problems:
        parts.append(said("{n} problem", many="{n} problems", count="n", n=meeting.problems))
    if meeting.open_actions:
        parts.append(said("{n} open action", many="{n} open actions", count="n", n=meeting.open_actions))
    return ", ".join(words.say(part) for part in parts) or meeting.room


def due_words(words: Words, action: ActionLine, today: date) -> tuple[str, str]:
    """("4 days late, 11/13", danger), ("tomorrow, 11/18", ink), ("Fri 11/20", ink)."""
    if action.due_on is None:
        return words("no date"), "ink_soft"
    days, short = (today - action.due_on).days, f"{action.due_on.month}/{action.due_on.day}"
    if days > 0:
        late = words.say(said("{n} day late", many="{n} days late", count="n", n=days))
        return f"{late}, {short}", "danger"
    if days == 0:
        return words("today"), "ink"
    return (words("tomorrow, {date}").format(date=short) if days == -1 else words.day(action.due_on)), "ink"
