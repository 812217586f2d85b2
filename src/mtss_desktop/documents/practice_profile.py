"""A practice profile: the level of each function in words, with what was written about it. No number is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import (
    Block,
    Column,
    Document,
    Fact,
    FooterClass,
    Heading,
    Mark,
    Paragraph,
    Rich,
    Row,
    Table,
    Text,
    TextRole,
    bold,
    quiet,
    row,
)
from mtss_desktop.documents.parts import ratings as parts
from mtss_desktop.documents.parts.printed import Printed, provenance
from mtss_desktop.domain.instruments import entry_order
from mtss_desktop.domain.rating_views import ResultView, Sheet, SheetItem
from mtss_desktop.domain.scoring import Share


@dataclass(frozen=True)
class ProfileFacts:
    division: Text
    view: ResultView
    sheet: Sheet
    printed: Printed


def document(facts: ProfileFacts) -> Document:
    head = facts.view.head
    name, day = parts.named(head), head.administration.held_on
    return Document(
        title=said("{name}", name=head.title.partition(" (")[0]),
        kind=said("Practice profile"),
        owner=facts.division,
        subtitle=said("{place}, {day:date}", place=head.place, day=day),
        facts=(
            Fact(said("Filled in by"), parts.rated_by(head)),
            Fact(said("Answered"), said("{n} of {of}", n=facts.sheet.rated, of=facts.sheet.of)),
        ),
        blocks=(*_levels(facts), *_functions(facts), *_notes(facts)),
        footer_class=FooterClass.NAMED,
        provenance=provenance(facts.printed),
        code=said("{name} · {day:date}", name=name, day=day),
        running_name=parts.short(head.title),
        running=parts.short(head.place),
        running_right=said("{day:date}", day=day),
    )


def _levels(facts: ProfileFacts) -> Iterator[Block]:
    shares = facts.view.result.total.shares
    if not shares:
        shares = tuple(share for section in facts.view.result.sections for share in section.shares)
    told = tuple(_count(share) for share in reversed(shares))
    if told:
        yield Paragraph((bold(said("Levels: ")), said("{told}.", told=told)), TextRole.BODY)


def _count(share: Share) -> Said:
    return said("{n} {label}", n=share.n, label=share.label)


def _functions(facts: ProfileFacts) -> Iterator[Block]:
    told = {item.number: item for item in facts.sheet.items}
    for group in entry_order(facts.view.instrument):
        columns = (
            Column(said("No."), width=24.0),
            Column(said("Function"), names_row=True, share=1.5),
            Column(said("Level"), width=120.0),
            *((Column(said("Last time"), width=76.0),) if facts.sheet.last_on is not None else ()),
            Column(said("Note and next step")),
        )
        items = [told[item.number] for item in group.items if item.number in told]
        yield Heading(group.section.title)
        rows = tuple(_function(facts, item) for item in items)
        yield Table(columns, rows, said("Functions with their level"), empty=said("Nothing is asked here."))


def _function(facts: ProfileFacts, item: SheetItem) -> Row:
    last: tuple[Text, ...] = (item.last.label if item.last is not None else "",)
    before = last if facts.sheet.last_on is not None else ()
    return row(item.number, parts.asked(item.label), _level(facts, item), *before, _next(item))


def _level(facts: ProfileFacts, item: SheetItem) -> Rich:
    if not item.applies:
        return quiet(said("does not apply"))
    asked = facts.view.instrument
    shape = parts.level_shape(item.value, asked.scale(asked.item(item.number)))
    return Mark(shape, item.value_label or said("not answered"))


def _next(item: SheetItem) -> Text:
    found: list[Text] = [item.note] if item.note else []
    found += [action.text for action in item.actions if action.done_on is None]
    return said("{found}", found=tuple(found)) if found else ""


def _notes(facts: ProfileFacts) -> Iterator[Block]:
    text = said("For one’s own growth, not for evaluation. Levels are counted; no number is made of them.")
    yield Paragraph(quiet(text), TextRole.NOTE)
    yield parts.source(facts.view.instrument)
