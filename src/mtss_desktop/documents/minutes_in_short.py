"""Minutes in short: decisions for staff on half a page, and half a page for each who was absent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mtss_desktop.base.words import Words, said
from mtss_desktop.documents.blocks import (
    Block,
    Bullets,
    Column,
    Document,
    Fact,
    Heading,
    KeepTogether,
    Paper,
    Paragraph,
    Spacer,
    Table,
    TextRole,
    TitleBlock,
    row,
)
from mtss_desktop.documents.parts.minutes_facts import AbsentFacts, MinutesFacts
from mtss_desktop.documents.parts.minutes_page import EFFECTS, minutes_document, next_meeting
from mtss_desktop.domain.meetings import LineKind

_HALF_PAGE = 322.0


def for_staff(facts: MinutesFacts, words: Words, *, paper: Paper = Paper.LETTER, large_print: bool = False) -> Document:
    """Half a page: decisions, and what is known of each problem. No discussion, no owner, no rating."""
    blocks: list[Block] = [*_decided(facts), *_effects(facts)]
    made = minutes_document(facts, words, said("For staff"), blocks, paper=paper, large_print=large_print)
    keep = tuple(fact for fact in made.facts if fact.label in (said("This meeting"), said("Next meeting")))
    return replace(made, title=said("{team}, decided", team=facts.team), facts=keep)


def _decided(facts: MinutesFacts) -> Iterator[Block]:
    yield Heading(said("Decisions"))
    found = [line.text for issue in facts.issues for line in issue.lines if line.kind is LineKind.DECISION]
    yield Bullets(tuple(found)) if found else Paragraph(said("Nothing was decided in this meeting."), TextRole.SMALL)


def _effects(facts: MinutesFacts) -> Iterator[Block]:
    named = [*((each.title or each.statement, EFFECTS[each.effect]) for each in facts.problems if each.effect)]
    if named or facts.new_problems:
        yield Heading(said("What we work on"))
    if named:
        yield Bullets(tuple(said("{problem}: {effect}", problem=title, effect=word) for title, word in named))
    if facts.new_problems:
        yield Bullets(tuple(said("New: {problem}", problem=each.statement) for each in facts.new_problems))


def for_absent(
    facts: MinutesFacts, words: Words, *, paper: Paper = Paper.LETTER, large_print: bool = False
) -> Document:
    """Half a page for each: decisions, that person's actions, the next date. Two fill a sheet."""
    blocks: list[Block] = []
    for person in facts.absent:
        if blocks:
            blocks.append(Spacer(18.0))
        blocks.append(KeepTogether(tuple(_half_page(facts, person)), least_height=_HALF_PAGE))
    if not blocks:
        blocks.append(Paragraph(said("Everybody was present, so nobody needs this page. Choose another meeting.")))
    made = minutes_document(
        facts, words, said("For those who were absent"), blocks, paper=paper, large_print=large_print
    )
    return replace(made, title_block=not facts.absent)


def _half_page(facts: MinutesFacts, person: AbsentFacts) -> Iterator[Block]:
    yield TitleBlock(
        said("For {name}", name=person.name),
        said("You were missed"),
        facts.team,
        said("Meeting of {day:long}", day=facts.day),
        (Fact(said("Next meeting"), next_meeting(facts)),),
    )
    yield from _decided(facts)
    yield Heading(said("Asked of you"))
    if not person.actions:
        yield Paragraph(said("Nothing in this meeting."), TextRole.SMALL)
        return
    yield Table(
        (Column(said("What"), names_row=True), Column(said("By"), width=90.0)),
        tuple(
            row(each.text, said("{day:day}", day=each.by) if each.by else said("no date")) for each in person.actions
        ),
        said("Actions of {name}", name=person.name),
    )
