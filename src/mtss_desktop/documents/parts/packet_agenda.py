"""The second page of a walk-in packet: the agenda with times and pages, and the sign-in sheet."""

from __future__ import annotations

from datetime import time

from mtss_desktop.base.words import Words, said
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Cell,
    Checkbox,
    Column,
    Heading,
    Inline,
    PageBreak,
    PageOf,
    Paragraph,
    Rich,
    Row,
    Run,
    Spacer,
    Table,
    Text,
    TextRole,
    WriteLine,
    WriteLines,
    bold,
    quiet,
    row,
)
from mtss_desktop.documents.parts.marks import WE_WILL
from mtss_desktop.documents.parts.packet_facts import AGENDA, SIGN_IN, AgendaFacts, PacketFacts, parts_printed
from mtss_desktop.documents.parts.problem_page import problem_anchor
from mtss_desktop.domain.meetings import WeWill

_ONE_PAGE_OF_MEMBERS = 16
_GUESTS = 2


def agenda_and_sign_in(facts: PacketFacts, words: Words) -> list[Block]:
    if SIGN_IN in facts.without:
        return _agenda(facts, words)
    sign_in = _sign_in(facts, words)
    apart: list[Block] = [PageBreak()] if len(facts.members) > _ONE_PAGE_OF_MEMBERS else []
    return [*_agenda(facts, words), *apart, *sign_in]


def _agenda(facts: PacketFacts, words: Words) -> list[Block]:
    columns = (
        Column(_half_of_day(facts), width=30.0),
        Column(said("Min."), width=26.0, align=Align.RIGHT),
        Column(said("Item"), names_row=True),
        Column(said("Leads"), width=62.0),
        Column(said("We will"), width=54.0),
        Column(said("Page"), width=34.0, align=Align.CENTER),
        Column(said("Done"), width=36.0, align=Align.CENTER),
        Column(said("Actual min."), width=46.0),
    )
    printed = frozenset(anchor for anchor, _ in parts_printed(facts))
    rows = [_agenda_row(item, words, printed) for item in facts.agenda]
    if facts.ends_at:
        end = (quiet(said("End. An extension needs the consent of the group:")), Run(" "), WriteLine(60.0))
        rows.append(
            row(quiet(_clock(facts.ends_at, words)), "", Cell((*end, quiet(said(" minutes agreed"))), columns=6))
        )
    summary = said("Agenda with times")
    empty = said("No agenda item is planned. The items are written here by hand.")
    blocks: list[Block] = [Heading(said("Agenda"), aside=_agenda_aside(facts), anchor=AGENDA)]
    if not facts.agenda:
        return [*blocks, Paragraph(empty, TextRole.SMALL), WriteLines(6)]
    return [*blocks, Table(columns, tuple(rows), summary)]


def _half_of_day(facts: PacketFacts) -> Text:
    first = facts.starts_at or next((item.starts_at for item in facts.agenda if item.starts_at), None)
    if first is None:
        return said("Time")
    return said("AM") if first.hour < 12 else said("PM")


def _clock(value: time | None, words: Words) -> str:
    """3:15, without the half of the day that stands in the head."""
    return words.time(value)[:-3] if value else ""


def _agenda_row(item: AgendaFacts, words: Words, printed: frozenset[str]) -> Row:
    """``printed`` are the anchors a page can be named for."""
    title: Rich = item.title
    if item.problem:
        title = (bold(said("Problem {n}", n=item.problem)), Run(" "), Run(item.title))
    about = item.about or (problem_anchor(item.problem) if item.problem else "")
    return row(
        _clock(item.starts_at, words),
        said("{n}", n=item.minutes) if item.minutes is not None else "",
        title,
        item.leads,
        WE_WILL[item.we_will] if item.we_will else "",
        PageOf(about) if about in printed else "",
        Checkbox(checked=False),
        WriteLine(),
    )


def _agenda_aside(facts: PacketFacts) -> Text:
    planned = sum(item.minutes or 0 for item in facts.agenda)
    deciding = sum(item.minutes or 0 for item in facts.agenda if item.problem or item.we_will is WeWill.DECIDE)
    if not planned:
        return ""
    return said(
        "{planned} minutes planned · {deciding} minutes on problems and decisions", planned=planned, deciding=deciding
    )


def _sign_in(facts: PacketFacts, words: Words) -> list[Block]:
    columns = (
        Column(said("Member"), width=112.0, names_row=True),
        Column(said("Position"), width=122.0),
        Column(said("Role today"), width=110.0),
        Column(said("In"), width=34.0),
        Column(said("Out"), width=34.0),
        Column(said("Signature")),
    )
    members = sorted(facts.members, key=lambda member: not member.votes)
    rows = [row(Run(member.name), member.position, member.role_today, "", "", "") for member in members]
    rows += [row(quiet(said("Guest")), "", "", "", "", "") for _ in range(_GUESTS)]
    voting = sum(member.votes for member in facts.members)
    of_all = said(" of {n}", n=voting)
    ends: tuple[Inline, ...] = (
        Run(said("Started ")),
        WriteLine(50.0),
        Run(said("        Ended ")),
        WriteLine(50.0),
        Run(said("        Members at start ")),
        WriteLine(24.0),
        Run(of_all),
        Run(said("        at end ")),
        WriteLine(24.0),
        Run(of_all),
    )
    aside: Text = said("{day:long}", day=facts.day)
    if facts.starts_at and facts.ends_at:
        aside = said(
            "{day:long} · planned {span}", day=facts.day, span=words.time_range(facts.starts_at, facts.ends_at)
        )
    return [
        Heading(said("Sign-in"), aside=aside, anchor=SIGN_IN),
        Table(columns, tuple(rows), said("Sign-in sheet"), boxed=True, row_height=21.0),
        Spacer(6.0),
        Paragraph(ends, TextRole.SMALL),
    ]
