"""The agenda that goes out before a meeting: times, who leads, what the team will do, problems to decide, actions due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from mtss_desktop.base.words import Said, Words, said
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Bullets,
    Column,
    Document,
    Fact,
    FooterClass,
    Heading,
    KeepTogether,
    Paper,
    Paragraph,
    Run,
    Table,
    Text,
    TextRole,
    bold,
    row,
)
from mtss_desktop.documents.parts.marks import WE_WILL
from mtss_desktop.documents.parts.printed import Printed, provenance
from mtss_desktop.domain.meetings import WeWill


@dataclass(frozen=True)
class PlannedFacts:
    """``starts_at`` is printed, not computed by the reader."""

    title: Text
    starts_at: time | None = None
    minutes: int | None = None
    leads: Text = ""
    we_will: WeWill | None = None


@dataclass(frozen=True)
class DueFacts:
    """An open action due by the meeting, or without a date. ``days_late`` counts to the day of the meeting."""

    owner: Text
    text: Text
    due: date | None = None
    days_late: int = 0


@dataclass(frozen=True, kw_only=True)
class AgendaSheet:
    """Everything on the page. ``changed`` says that the meeting was moved, canceled or shortened, and why.

    ``roles`` are (label, name), ``questions`` what the team will decide about its problems.
    """

    division: Text
    school: Text
    team: Text
    day: date
    printed: Printed
    starts_at: time | None = None
    ends_at: time | None = None
    place: Text = ""
    changed: Text = ""
    purpose: Text = ""
    norms: Text = ""
    roles: tuple[tuple[Text, Text], ...] = ()
    items: tuple[PlannedFacts, ...] = ()
    questions: tuple[Text, ...] = ()
    due: tuple[DueFacts, ...] = ()
    code: Text = ""
    confidential: bool = False
    restriction: Text = ""


def document(facts: AgendaSheet, words: Words, *, paper: Paper = Paper.LETTER, large_print: bool = False) -> Document:
    """One page where the agenda is no longer than most."""
    blocks: list[Block] = [*_purpose(facts), *_items(facts, words), *_questions(facts), *_due(facts)]
    return Document(
        title=said("{team}, agenda", team=facts.team),
        kind=said("Agenda"),
        owner=facts.division,
        subtitle=facts.school,
        facts=_title_facts(facts, words),
        blocks=tuple(blocks),
        paper=paper,
        footer_class=FooterClass.CONFIDENTIAL if facts.confidential else FooterClass.INTERNAL,
        provenance=provenance(facts.printed),
        restriction=facts.restriction if facts.confidential else "",
        code=facts.code or said("Agenda · {day:date}", day=facts.day),
        running_name=facts.team,
        running=facts.school,
        running_right=said("Agenda, {day:date}", day=facts.day),
        large_print=large_print,
    )


def _title_facts(facts: AgendaSheet, words: Words) -> tuple[Fact, ...]:
    when: Text = said("{day:long}", day=facts.day)
    if facts.starts_at and facts.ends_at:
        when = said("{day:long}, {span}", day=facts.day, span=words.time_range(facts.starts_at, facts.ends_at))
    found = [Fact(said("Meeting"), when), Fact(said("Place"), facts.place), Fact(said("Changed"), facts.changed)]
    found += [Fact(label, name) for label, name in facts.roles]
    return tuple(fact for fact in found if fact.value)


def _purpose(facts: AgendaSheet) -> Iterator[Block]:
    if facts.purpose:
        yield Paragraph((bold(said("Purpose of the team.")), Run(" "), Run(facts.purpose)), TextRole.LEAD)
    if facts.norms:
        yield Paragraph((bold(said("We agreed:")), Run(" "), Run(facts.norms)), TextRole.NOTE)


def _items(facts: AgendaSheet, words: Words) -> Iterator[Block]:
    planned = sum(item.minutes or 0 for item in facts.items)
    aside = said("{n} minutes planned", n=planned) if planned else ""
    yield Heading(said("Agenda"), aside=aside)
    columns = (
        Column(said("Time"), width=60.0, align=Align.RIGHT),
        Column(said("Min."), width=34.0, align=Align.RIGHT),
        Column(said("Item"), names_row=True),
        Column(said("Leads"), width=84.0),
        Column(said("We will"), width=64.0),
    )
    rows = tuple(
        row(
            words.time(item.starts_at) if item.starts_at else "",
            said("{n}", n=item.minutes) if item.minutes is not None else "",
            item.title,
            item.leads,
            WE_WILL[item.we_will] if item.we_will else "",
        )
        for item in facts.items
    )
    yield Table(
        columns,
        rows,
        said("Agenda items in order"),
        empty=said("The agenda is still open. Send your items to the facilitator."),
    )
    yield from _over(facts, planned)


def _over(facts: AgendaSheet, planned: int) -> Iterator[Block]:
    """An agenda longer than its meeting is said before the meeting."""
    if facts.starts_at is None or facts.ends_at is None:
        return
    room = (facts.ends_at.hour - facts.starts_at.hour) * 60 + facts.ends_at.minute - facts.starts_at.minute
    if planned > room:
        text = said("The items take {n} minutes more than the meeting has.", n=planned - room)
        yield Paragraph(text, TextRole.NOTE)


def _questions(facts: AgendaSheet) -> Iterator[Block]:
    if facts.questions:
        yield KeepTogether((Heading(said("What we decide")), Bullets(facts.questions)))


def _due(facts: AgendaSheet) -> Iterator[Block]:
    late = sum(each.days_late > 0 for each in facts.due)
    aside: Said = said("{n} late", n=late)
    yield Heading(said("Actions due by this meeting"), aside=aside if late else "")
    columns = (
        Column(said("Who"), width=110.0),
        Column(said("What"), names_row=True),
        Column(said("By"), width=120.0),
    )
    rows = tuple(row(each.owner or said("no owner yet"), each.text, _by(each)) for each in facts.due)
    yield Table(columns, rows, said("Open actions due"), dense=True, empty=said("No action is due."))


def _by(action: DueFacts) -> Text:
    if action.due is None:
        return said("no date")
    if action.days_late <= 0:
        return said("{day:day}", day=action.due)
    late = said("late {n} day", many="late {n} days", count="n", n=action.days_late)
    return said("{day:day}, {late}", day=action.due, late=late)
