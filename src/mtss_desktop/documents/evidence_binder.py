"""What stands behind a rating: an index by tab, items without evidence, every item with its tabs, and the pieces that may be printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Cell,
    Checkbox,
    Column,
    Document,
    Fact,
    FooterClass,
    Heading,
    KeepTogether,
    PageBreak,
    PageOf,
    Paragraph,
    Photo,
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
from mtss_desktop.domain.evidence_views import Binder, BinderItem, BinderPiece
from mtss_desktop.domain.instruments import Instrument
from mtss_desktop.domain.ratings import EvidenceId, EvidenceKind

_PICTURE = 560.0
"""Points a picture may be high: one on a page with its words."""


@dataclass(frozen=True)
class BinderFacts:
    """``pictures`` are what may be printed of a piece, by its tab: a picture, or the pages of a PDF file, as PNG or JPEG."""

    division: Text
    binder: Binder
    instrument: Instrument
    printed: Printed
    pictures: Mapping[int, tuple[bytes, ...]] = field(default_factory=dict)


def document(facts: BinderFacts) -> Document:
    """Pages for the front of a binder; files that cannot be printed stay beside it under their tab."""
    head = facts.binder.head
    name, day = parts.named(head), head.administration.held_on
    return Document(
        title=said("Evidence binder"),
        kind=said("Index, missing evidence, items, pieces"),
        owner=facts.division,
        subtitle=said("{name}, {place}, {day:date}", name=name, place=head.place, day=day),
        facts=(
            Fact(said("Pieces"), str(len(facts.binder.pieces))),
            Fact(said("Rated items with evidence"),
                 said("{n} of {of}", n=facts.binder.rated_with_evidence, of=facts.binder.rated)),
            Fact(said("Rated by"), parts.rated_by(head)),
        ),
        blocks=(*_index(facts), *_missing(facts.binder), *_items(facts), parts.source(facts.instrument), *_pieces(facts)),
        footer_class=FooterClass.INTERNAL,
        provenance=provenance(facts.printed),
        code=said("Binder · {day:date}", day=day),
        running_name=said("Evidence binder"),
        running=parts.short(head.place),
        running_right=said("{day:date}", day=day),
    )  # fmt: skip


# The index ---------------------------------------------------------------------------------------------------------------------


def _index(facts: BinderFacts) -> Iterator[Block]:
    columns = (
        Column(said("Tab"), width=28.0, align=Align.RIGHT),
        Column(said("Piece"), names_row=True),
        Column(said("What it shows")),
        Column(said("Behind items"), width=90.0),
        Column(said("Where it is"), width=128.0),
    )
    rows = tuple(_piece_row(facts, piece) for piece in facts.binder.pieces)
    yield Heading(said("Index"), bookmark=True)
    empty = said("No evidence has been added. Files, links, minutes and notes are added beside each item while rating.")
    yield Table(columns, rows, said("Pieces by tab"), empty=empty)


def _piece_row(facts: BinderFacts, piece: BinderPiece) -> Row:
    here = facts.binder.head.administration.id
    own = tuple(dict.fromkeys(each.item for each in piece.used_at if each.administration_id == here))
    items = said("{items}", items=own) if own else ""
    return row(str(piece.tab), piece.title, piece.shows, items, _where(facts, piece))


def _where(facts: BinderFacts, piece: BinderPiece) -> Rich:
    if facts.pictures.get(piece.tab):
        return (said("printed here"), PageOf(_anchor(piece), said(", page ")))
    match piece.kind:
        case EvidenceKind.LINK:
            return (piece.address, quiet(said(" (link)"))) if piece.address else said("link")
        case EvidenceKind.MINUTES:
            return said("minutes, in the record of meetings")
        case EvidenceKind.NOTE:
            return said("note, printed here") if piece.shows else said("note")
    return said("file, beside the binder under tab {tab}", tab=piece.tab)


def _anchor(piece: BinderPiece) -> str:
    return f"tab-{piece.tab}"


# What is missing ---------------------------------------------------------------------------------------------------------------


def _missing(binder: Binder) -> Iterator[Block]:
    """Highest ratings first: those are asked about."""
    known = {item.number: item for item in binder.items}
    rows = tuple(_missing_row(known[number]) for number in binder.missing if number in known)
    columns = (
        Column(said("Found"), width=36.0, align=Align.CENTER),
        Column(said("No."), width=36.0),
        Column(said("Item"), names_row=True),
        Column(said("Rated"), width=96.0),
        Column(said("Where to look"), width=150.0),
    )
    heading = Heading(said("Missing evidence"), aside=said("rated, with nothing behind it"), bookmark=True)
    if not binder.rated:
        yield KeepTogether((heading, Paragraph(said("No item has been rated yet."), TextRole.SMALL)))
        return
    yield heading
    empty = said("Every rated item has something behind it.")
    yield Table(columns, rows, said("Rated items without evidence"), empty=empty)


def _missing_row(item: BinderItem) -> Row:
    return row(Checkbox(), item.number, parts.asked(item.label), _rated(item), item.hint)


def _rated(item: BinderItem) -> Rich:
    if not item.rated:
        return quiet(said("not rated"))
    if item.value is None:
        return item.value_label
    if item.value_label in ("", str(item.value)):
        return bold(str(item.value))
    return (bold(str(item.value)), " ", item.value_label)


# Item by item ------------------------------------------------------------------------------------------------------------------


def _items(facts: BinderFacts) -> Iterator[Block]:
    tabs = {piece.evidence_id: piece.tab for piece in facts.binder.pieces}
    counts = {section.key: section for section in facts.binder.sections}
    columns = (
        Column(said("No."), width=36.0),
        Column(said("Item"), names_row=True),
        Column(said("Rated"), width=96.0),
        Column(said("Tabs"), width=52.0),
        Column(said("Note"), width=150.0),
    )
    for key, found in groupby(facts.binder.items, key=lambda item: item.section):
        section = counts.get(key)
        aside = said("{n} of {of} items with evidence", n=section.with_evidence, of=section.of) if section else ""
        rows = tuple(_item_row(item, tabs) for item in found)
        yield Heading(section.title if section else key, aside=aside)
        yield Table(columns, rows, said("Items with their tabs"), dense=True)


def _item_row(item: BinderItem, tabs: Mapping[EvidenceId, int]) -> Row:
    own = tuple(str(tabs[each]) for each in item.pieces if each in tabs)
    behind: Rich | Cell = Cell(said("{tabs}", tabs=own), bold=True) if own else quiet(said("none"))
    return row(item.number, parts.asked(item.label), _rated(item), behind, item.note)


# Pieces that may be printed ------------------------------------------------------------------------------------------------------


def _pieces(facts: BinderFacts) -> Iterator[Block]:
    for piece in facts.binder.pieces:
        pictures = facts.pictures.get(piece.tab, ())
        for number, content in enumerate(pictures, 1):
            yield PageBreak()
            if number == 1:
                yield Heading(said("Tab {tab}: {title}", tab=piece.tab, title=piece.title), anchor=_anchor(piece))
            yield Photo(content, _caption(piece, number, len(pictures)), height=_PICTURE)


def _caption(piece: BinderPiece, number: int, count: int) -> Said:
    what = said("{title}: {shows}", title=piece.title, shows=piece.shows) if piece.shows else said("{t}", t=piece.title)
    if count == 1:
        return said("Tab {tab}, {what}", tab=piece.tab, what=what)
    return said("Tab {tab}, {what}, page {n} of {of}", tab=piece.tab, what=what, n=number, of=count)
