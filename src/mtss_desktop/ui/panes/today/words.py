"""Sentences of the room of today."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.caseload import ActionLine, MeetingLine
from mtss_desktop.domain.meetings import MeetingState
from mtss_desktop.usecases.today import TodayPage


def header_sentence(words: Words, page: TodayPage) -> str:
    """One meeting today, and its agenda is not sent. Three actions are late."""
    if not page.teams:
        return words("No team yet.")
    return f"{_meetings(words, page)} {_late(words, page)}"


def _meetings(words: Words, page: TodayPage) -> str:
    today = [each for each in page.meetings if each.day == page.today]
    if not today:
        return _next(words, page)
    unsent = sum(not each.agenda_sent for each in today)
    start = words.say(
        said("{n} meeting today", many="{n} meetings today", count="all", n=words.spelled(len(today)), all=len(today))
    )
    if not unsent:
        return f"{start}."
    if len(today) == 1:
        return words("{start}, and its agenda is not sent.").format(start=start)
    rest = said("{n} agenda is not sent", many="{n} agendas are not sent", count="n", n=unsent)
    return words("{start}; {rest}.").format(start=start, rest=words.say(rest))


def _next(words: Words, page: TodayPage) -> str:
    if page.next_meeting is None:
        return words("No meeting is planned.")
    return words("The next meeting is {when}, {what}.").format(
        when=words.day(page.next_meeting.day), what=meeting_name(page.next_meeting)
    )


def _late(words: Words, page: TodayPage) -> str:
    n = len(page.late) + page.more_late
    if not n:
        return words("Nothing is late.")
    return words.say(said("{n} action is late.", many="{n} actions are late.", count="all", n=words.spelled(n), all=n))


def meeting_name(meeting: MeetingLine) -> str:
    return f"{meeting.team}, {meeting.place}"


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


def packet_state(words: Words, meeting: MeetingLine, today: date) -> tuple[str, str, str]:
    """(words, tone, icon) of the chip."""
    if meeting.state is MeetingState.RUNNING:
        return words("Running"), "accent", "ph.clock"
    if not meeting.items:
        return words("No agenda yet"), "warning", "ph.warning"
    if meeting.agenda_sent:
        return words("Agenda sent"), "success", "ph.check"
    if meeting.day <= today + timedelta(days=1):
        return words("Agenda not sent"), "warning", "ph.envelope-simple"
    return words("Draft"), "", ""


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


def backup_line(words: Words, made_at: datetime | None, now: datetime) -> tuple[str, str, bool]:
    """(what, detail, whether it is old) of the last backup."""
    if made_at is None:
        return words("No backup yet"), words("One is made each day that something changes."), False
    made = made_at.astimezone()
    days = (now.date() - made.date()).days
    day = words.ago(made.date(), now.date()) if 0 <= days < 2 else words.day(made.date())
    what = words("{day} {time}, verified").format(day=day[:1].upper() + day[1:], time=words.time(made.time()))
    if days < 8:
        return what, words("A complete copy, tested when it was made."), False
    return what, words("{ago}. Make one now: press Enter.").format(ago=words.ago(made.date(), now.date())), True
