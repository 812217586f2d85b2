"""What was decided last time and what is still open: minutes in short form, actions by owner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby

from mtss_desktop.base.words import Said, Words, said
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Bullets,
    Checkbox,
    Column,
    Columns,
    Heading,
    Paragraph,
    Rich,
    Row,
    RowKind,
    Run,
    Table,
    Text,
    TextRole,
    bold,
    quiet,
    row,
)
from mtss_desktop.documents.parts.marks import (
    PRIORITIES,
    effect_mark,
    fidelity_mark,
)
from mtss_desktop.domain.plans import Priority
from mtss_desktop.domain.problems import Effect, Fidelity

_BLANK_ROWS = 4


@dataclass(frozen=True)
class ReviewFacts:
    """What the last meeting found about one problem."""

    problem: Text
    fidelity: Fidelity | None = None
    effect: Effect | None = None
    decision: Text = ""
    closed: bool = False


@dataclass(frozen=True)
class EscalationFacts:
    """Sent to another team; ``answered_on`` None: still open."""

    text: Text
    to: Text
    sent_on: date
    answered_on: date | None = None
    answer: Text = ""


@dataclass(frozen=True)
class LastMinutesFacts:
    """``sent_after_minutes`` counts from the end of the meeting; None: not sent yet."""

    day: date
    present: int
    members: int
    started_at: time | None = None
    ended_at: time | None = None
    sent_after_minutes: int | None = None
    reviews: tuple[ReviewFacts, ...] = ()
    decisions: tuple[Text, ...] = ()
    escalations: tuple[EscalationFacts, ...] = ()


@dataclass(frozen=True)
class ActionFacts:
    owner: str
    text: Text
    belongs_to: Text = ""
    since: date | None = None
    due: date | None = None
    priority: Priority | None = None


def last_minutes(last: LastMinutesFacts | None, today: date, anchor: str, words: Words) -> list[Block]:
    """Reviews, decisions, and what was sent up; ``None`` says that there are no earlier minutes."""
    if last is None:
        text = said("There are no earlier minutes. This is the first meeting of the series.")
        return [Heading(said("Last minutes"), anchor=anchor), Paragraph(text, TextRole.SMALL)]
    title = said("Minutes of {day:date}", day=last.day)
    blocks: list[Block] = [Heading(title, aside=_minutes_aside(last, words), anchor=anchor), _reviews(last)]
    decisions: tuple[Block, ...] = (
        Heading(said("Other decisions"), level=3),
        _listed(last.decisions, said("No other decision was recorded.")),
    )
    sent: tuple[Block, ...] = (
        Heading(said("Sent up and answered"), level=3),
        _listed([_escalation(each, today) for each in last.escalations], said("Nothing was sent to another team.")),
    )
    return [*blocks, Columns((decisions, sent))]


def _listed(items: Sequence[Rich], empty: Said) -> Block:
    return Bullets(tuple(items)) if items else Paragraph(empty, TextRole.SMALL)


def _minutes_aside(last: LastMinutesFacts, words: Words) -> Text:
    parts: list[Text] = [said("{present} of {members} members", present=last.present, members=last.members)]
    if last.started_at and last.ended_at:
        parts.append(words.time_range(last.started_at, last.ended_at))
    parts.append(_sent(last.sent_after_minutes))
    return " · ".join(words.say(part) for part in parts)


def _sent(minutes: int | None) -> Said:
    if minutes is None:
        return said("not sent yet")
    hours, rest = divmod(minutes, 60)
    return said("sent {hours} h {minutes} min after the end", hours=hours, minutes=rest)


def _reviews(last: LastMinutesFacts) -> Block:
    columns = (
        Column(said("Problem"), width=112.0, names_row=True),
        Column(said("Was the plan carried out?"), width=92.0),
        Column(said("Did it help?"), width=116.0),
        Column(said("Decision and level")),
    )
    rows = [
        row(
            Run(said("{problem} (closed)", problem=each.problem) if each.closed else each.problem, bold=True),
            fidelity_mark(each.fidelity),
            effect_mark(each.effect),
            each.decision,
        )
        for each in last.reviews
    ]
    empty = said("No problem was open. New problems are written in section 6 of the minutes.")
    return Table(columns, tuple(rows), said("Problems reviewed in the last meeting"), empty=empty)


def _escalation(each: EscalationFacts, today: date) -> Rich:
    if each.answered_on is not None:
        values: dict[str, object] = {
            "text": each.text,
            "to": each.to,
            "sent": each.sent_on,
            "on": each.answered_on,
            "answer": each.answer,
        }
        pattern = "{text}: sent to {to} {sent:short}, answered {on:short}: {answer}" if each.answer else _ANSWERED
        return Run(Said(pattern, tuple(values.items())))
    age = (today - each.sent_on).days
    sent = said("{text}: sent to {to} {sent:short}. ", text=each.text, to=each.to, sent=each.sent_on)
    waiting = said("No answer yet, {n} day.", many="No answer yet, {n} days.", count="n", n=age)
    return Run(sent), bold(waiting)


_ANSWERED = "{text}: sent to {to} {sent:short}, answered {on:short}."


def actions_by_owner(actions: Sequence[ActionFacts], day: date, anchor: str) -> list[Block]:
    """Open actions with their standing on ``day``; without any, rows to write on."""
    late = sum(bool(each.due and each.due < day) for each in actions)
    today = sum(each.due == day for each in actions)
    aside = said("{n} open · {late} late · {today} due today", n=len(actions), late=late, today=today)
    columns = (
        Column(said("Done"), width=30.0, align=Align.CENTER),
        Column(said("Action"), names_row=True),
        Column(said("Belongs to"), width=80.0),
        Column(said("Since"), width=38.0),
        Column(said("Due"), width=54.0),
        Column(said("Standing on {day:short}", day=day), width=78.0),
        Column(said("Pri."), width=24.0),
    )
    heading = Heading(said("Open actions by owner"), aside=aside if actions else "", anchor=anchor)
    if not actions:
        blank = tuple(row(Checkbox(), "", "", "", "", "", "") for _ in range(_BLANK_ROWS))
        text = said("No action is open. New ones are written here.")
        table = Table(columns, blank, said("Actions, to be written by hand"), row_height=19.0)
        return [heading, Paragraph(text, TextRole.SMALL), table]
    note = said(
        "Pri. = priority: H within 3 months, M within 6 to 9 months, L next year. "
        "“Belongs to” names the problem or the meeting the action came from."
    )
    rows = tuple(_by_owner(actions, day))
    return [heading, Table(columns, rows, said("Open actions by owner")), Paragraph(note, TextRole.NOTE)]


def _by_owner(actions: Sequence[ActionFacts], day: date) -> Iterator[Row]:
    """Owners with most open actions first; inside late first, then by due date, without a date last."""
    far = date.max
    named = sorted(actions, key=lambda each: each.owner)
    groups = [(owner, list(each)) for owner, each in groupby(named, key=lambda each: each.owner)]
    for owner, actions in sorted(groups, key=lambda group: (-len(group[1]), group[0])):
        name: Text = owner or said("No owner yet")
        yield row(name, said("{n} open", n=len(actions)), kind=RowKind.GROUP)
        for action in sorted(actions, key=lambda each: (each.due or far, str(each.text))):
            yield _action_row(action, day)


def _action_row(action: ActionFacts, today: date) -> Row:
    return row(
        Checkbox(),
        action.text,
        quiet(action.belongs_to),
        said("{day:short}", day=action.since) if action.since else "",
        _due(action.due, today),
        _standing(action.due, today),
        PRIORITIES[action.priority] if action.priority else "",
    )


def _due(due: date | None, today: date) -> Text:
    if due is None:
        return said("no date")
    return said("{day:short}" if due.year == today.year else "{day:date}", day=due)


def _standing(due: date | None, today: date) -> Rich:
    if due is None:
        return quiet(said("no date"))
    days = (due - today).days
    if days < 0:
        return bold(said("! late {n} day", many="! late {n} days", count="n", n=-days))
    if days == 0:
        return said("due today")
    return said("in {n} day", many="in {n} days", count="n", n=days)
