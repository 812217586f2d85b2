"""The walk-in packet: walk in, hand out, begin. Cover, agenda and sign-in, last minutes, open actions, problems, screening, notes."""

from __future__ import annotations

from collections.abc import Iterator

from mtss_desktop.base.words import Words, said
from mtss_desktop.documents.blocks import (
    Block,
    Document,
    Fact,
    FooterClass,
    Heading,
    KeepTogether,
    PageBreak,
    Paper,
    Paragraph,
    TextRole,
    WriteLines,
)
from mtss_desktop.documents.parts import fidelity_snapshot
from mtss_desktop.documents.parts.follow_up import actions_by_owner, last_minutes
from mtss_desktop.documents.parts.packet_agenda import agenda_and_sign_in
from mtss_desktop.documents.parts.packet_cover import cover_page
from mtss_desktop.documents.parts.packet_facts import (
    ACTIONS,
    FIDELITY,
    LAST_MINUTES,
    NOTES,
    PROBLEMS,
    SCREENING,
    PacketFacts,
)
from mtss_desktop.documents.parts.printed import provenance
from mtss_desktop.documents.parts.problem_page import problem_page
from mtss_desktop.documents.parts.screening_page import screening_page

_HALF_PAGE = 322.0


def document(facts: PacketFacts, words: Words, *, paper: Paper = Paper.LETTER, large_print: bool = False) -> Document:
    """The packet. Each part starts on the next page; two problems fill one."""
    parts = [cover_page(facts, words), agenda_and_sign_in(facts, words)]
    rest = (_follow_up(facts, words), _problems(facts), _fidelity(facts), *_screenings(facts), _notes(facts))
    parts += [part for part in rest if part]
    blocks: list[Block] = []
    for number, part in enumerate(parts):
        blocks += [PageBreak(), *part] if number else part
    weekday = words.long_date(facts.day).partition(",")[0]
    return Document(
        title=facts.team,
        kind=said("Meeting packet"),
        owner=facts.division,
        subtitle=facts.school,
        facts=_title_facts(facts, words),
        blocks=tuple(blocks),
        paper=paper,
        footer_class=FooterClass.CONFIDENTIAL if facts.confidential else FooterClass.INTERNAL,
        provenance=provenance(facts.printed),
        restriction=facts.restriction if facts.confidential else "",
        code=facts.code or said("Packet · {day:date}", day=facts.day),
        running=facts.school,
        running_right=said("Meeting packet, {weekday} {day:date}", weekday=weekday, day=facts.day),
        large_print=large_print,
    )


def _title_facts(facts: PacketFacts, words: Words) -> tuple[Fact, ...]:
    when = said("{day:long}", day=facts.day)
    if facts.starts_at and facts.ends_at:
        span = words.time_range(facts.starts_at, facts.ends_at)
        weekday = words.long_date(facts.day).partition(",")[0]
        when = said("{weekday}, {day:date}, {span}", weekday=weekday, day=facts.day, span=span)
    voting = sum(member.votes for member in facts.members)
    people = said("{n} member", many="{n} members", count="n", n=voting)
    if len(facts.members) > voting:
        people = said("{people}, coach", people=people)
    found = [
        Fact(said("Meeting"), when),
        Fact(said("Place"), facts.place),
        Fact(said("For"), people),
        Fact(said("Prepared by"), facts.prepared_by),
    ]
    return tuple(fact for fact in found if fact.value)


# --- last minutes, open actions, problems


def _follow_up(facts: PacketFacts, words: Words) -> list[Block]:
    blocks: list[Block] = []
    if LAST_MINUTES not in facts.without:
        blocks += last_minutes(facts.last, facts.day, LAST_MINUTES, words)
    if ACTIONS not in facts.without:
        blocks += actions_by_owner(facts.actions, facts.day, ACTIONS)
    if facts.problems or PROBLEMS in facts.without:
        return blocks
    text = said("No problem is open. New problems are written in section 6 of the minutes.")
    return [*blocks, Heading(said("Problems")), Paragraph(text, TextRole.SMALL)]


def _problems(facts: PacketFacts) -> list[Block]:
    if PROBLEMS in facts.without:
        return []
    blocks: list[Block] = []
    for number, problem in enumerate(facts.problems, 1):
        last = number == len(facts.problems)
        kept = list(problem_page(problem, number))
        if last and facts.problem_sources:
            kept.append(Paragraph(facts.problem_sources, TextRole.NOTE))
        blocks.append(KeepTogether(tuple(kept), least_height=0.0 if last else _HALF_PAGE))
    if len(facts.problems) % 2:
        blocks += [Heading(said("Notes on this problem"), level=3), WriteLines()]
    return blocks


# --- fidelity, screening and notes


def _fidelity(facts: PacketFacts) -> list[Block]:
    if facts.fidelity is None or FIDELITY in facts.without:
        return []
    return list(fidelity_snapshot.snapshot_page(facts.fidelity))


def _screenings(facts: PacketFacts) -> Iterator[list[Block]]:
    if SCREENING in facts.without:
        return
    for number, screening in enumerate(facts.screenings, 1):
        yield list(screening_page(screening, number))


def _notes(facts: PacketFacts) -> list[Block]:
    if NOTES in facts.without or facts.notes_pages < 1:
        return []
    blocks: list[Block] = [Heading(said("Notes"), anchor=NOTES), WriteLines()]
    for _ in range(facts.notes_pages - 1):
        blocks += [PageBreak(), WriteLines()]
    return blocks
