"""Sentences of the room of today."""

from __future__ import annotations

from datetime import date, datetime

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.caseload import MeetingLine
from mtss_desktop.domain.caseload_words import agenda_words, meeting_name
from mtss_desktop.domain.meetings import MeetingState
from mtss_desktop.usecases.today import TodayPage


def header_sentence(words: Words, page: TodayPage) -> str:
    """One meeting today, and its packet is not printed. Three actions are late."""
    if not page.teams:
        return words("No team yet.")
    return f"{_meetings(words, page)} {_late(words, page)}"


def _meetings(words: Words, page: TodayPage) -> str:
    today = [each for each in page.meetings if each.day == page.today]
    if not today:
        return _next(words, page)
    unmade = sum(not each.packet_made for each in today)
    start = words.say(
        said("{n} meeting today", many="{n} meetings today", count="all", n=words.spelled(len(today)), all=len(today))
    )
    if not unmade:
        return f"{start}."
    if len(today) == 1:
        return words("{start}, and its packet is not printed.").format(start=start)
    if unmade == len(today):
        return words("{start}; no packet is printed yet.").format(start=start)
    rest = said(
        "{n} packet is not printed",
        many="{n} packets are not printed",
        count="all",
        n=words.spelled(unmade).lower(),
        all=unmade,
    )
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


def packet_state(words: Words, meeting: MeetingLine, today: date) -> tuple[str, str, str]:
    """(words, tone, icon) of the chip."""
    if meeting.state is MeetingState.RUNNING:
        return words("Running"), "accent", "ph.clock"
    if meeting.items and meeting.packet_made:
        return words("Packet printed"), "success", "ph.check"
    if meeting.items and meeting.day == today:
        return words("Packet not printed"), "warning", "ph.printer"
    text, tone = agenda_words(words, meeting.items, meeting.agenda_sent, meeting.day, today)
    icons = {"success": "ph.check", "warning": "ph.envelope-simple" if meeting.items else "ph.warning"}
    return text, tone, icons.get(tone, "")


def backup_line(words: Words, made_at: datetime | None, now: datetime) -> tuple[str, str, bool]:
    """(what, detail, whether it is old) of the last backup."""
    if made_at is None:
        return words("No backup yet"), words("One is made each day that something changes."), False
    made, now = words.local(made_at), words.local(now)
    days = (now.date() - made.date()).days
    day = words.ago(made.date(), now.date()) if 0 <= days < 2 else words.day(made.date())
    what = words("{day} {time}, verified").format(day=day[:1].upper() + day[1:], time=words.time(made.time()))
    if days < 8:
        return what, words("A complete copy, tested when it was made."), False
    return what, words("{ago}. Make one now: press Enter.").format(ago=words.ago(made.date(), now.date())), True
