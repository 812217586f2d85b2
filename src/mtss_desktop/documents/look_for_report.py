"""Where each place stands: categories by stage of implementation, a mark for each place; then what is not in place yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Fact,
    FooterClass,
    Heading,
    Inline,
    Mark,
    PageBreak,
    Paper,
    Paragraph,
    Rich,
    Row,
    RowKind,
    Shape,
    Table,
    Text,
    TextRole,
    bold,
    quiet,
    row,
)
from mtss_desktop.documents.parts import ratings as parts
from mtss_desktop.documents.parts.printed import Printed, provenance
from mtss_desktop.domain.rating_rollups import StageCell, StageItem, Stages

_MOST_PLACES = 6
"""Places whose marks fit into one cell."""


@dataclass(frozen=True)
class PlaceStages:
    """``short`` is the name beside its marks, ``top`` the value that says in place."""

    name: str
    short: str
    stages: Stages
    top: int = 2


@dataclass(frozen=True)
class LookForFacts:
    """Places in their order, the division first."""

    division: Text
    places: tuple[PlaceStages, ...]
    printed: Printed


def document(facts: LookForFacts) -> Document:
    """One grid for up to six places, more in further grids; then the look-fors to work on, by place."""
    first = facts.places[0].stages.head
    days = sorted(each.stages.head.administration.held_on for each in facts.places)
    alone = len(facts.places) == 1
    groups = [facts.places[n : n + _MOST_PLACES] for n in range(0, len(facts.places), _MOST_PLACES)]
    return Document(
        title=said("Where {place} stands", place=facts.places[0].name) if alone else said("Where each place stands"),
        kind=said("Look-for report by stage and category"),
        owner=facts.division,
        facts=(
            Fact(said("Look-for list"), parts.named(first)),
            Fact(said("Rated"), said("{day:date}", day=days[0]) if days[0] == days[-1]
                 else said("{a:date} to {b:date}", a=days[0], b=days[-1])),
            *((Fact(said("By"), parts.rated_by(first)),) if alone else (Fact(said("Places"), str(len(facts.places))),)),
        ),
        blocks=(
            *(block for group in groups for block in _grid(group)),
            *_reads_as(facts.places),
            Paragraph(quiet(_note()), TextRole.NOTE),
            *_to_do(facts.places),
        ),
        paper=Paper.LETTER_LANDSCAPE,
        footer_class=FooterClass.INTERNAL,
        provenance=provenance(facts.printed),
        code=said("Look-fors by stage"),
        running_name=said("Look-fors by stage"),
        running=parts.short(facts.places[0].name) if alone else facts.division,
        running_right=said("{day:date}", day=days[-1]),
    )  # fmt: skip


def _note() -> Said:
    return said(
        "A mark speaks of all look-fors of its field: in place when all are, not yet when none has begun, partial in between, "
        "not rated while one of them is unrated. Percent = points ÷ most points of what applies × 100."
    )


# The grid ----------------------------------------------------------------------------------------------------------------------


def category_name(title: str) -> str:
    """Without the level behind it: school and division stand in one row."""
    return title.rpartition(", ")[0] or title


def _grid(places: Sequence[PlaceStages]) -> Iterator[Block]:
    categories = list(dict.fromkeys(category_name(title) for place in places for _, title in place.stages.categories))
    stages = list(dict.fromkeys(stage for place in places for stage in place.stages.stages))
    columns = (
        Column(said("Category"), width=112.0, names_row=True),
        *(Column(said("{n} {stage}", n=number, stage=_capital(stage))) for number, stage in enumerate(stages, 1)),
        Column(said("In place") if len(places) == 1 else said("In place, all places"), width=64.0, align=Align.RIGHT),
    )
    rows = [
        row(Cell(name, bold=True), *(_field(places, name, stage) for stage in stages), _in_place(places, name))
        for name in categories
    ]
    totals = [said("Strength of the stage"), *(_strengths(places, stage) for stage in stages), ""]
    rows.append(Row(tuple(totals), RowKind.TOTAL))
    yield Table(columns, tuple(rows), said("Categories by stage with a mark for each place"), row_height=34.0)
    if len(places) > 1:
        names = tuple(
            said("{short}: {name}", short=place.short, name=place.name) for place in places if place.short != place.name
        )
        yield Paragraph(quiet(said("{names}", names=names)), TextRole.NOTE)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cells(place: PlaceStages, category: str, stage: str) -> list[StageCell]:
    titles = dict(place.stages.categories)
    return [
        cell
        for cell in place.stages.cells
        if cell.stage == stage and category_name(titles.get(cell.category, cell.category)) == category
    ]


def _field(places: Sequence[PlaceStages], category: str, stage: str) -> Rich:
    """CF ● 2 of 2, one line for each place."""
    found: list[Text | Inline] = []
    for place in places:
        cells = _cells(place, category, stage)
        if not cells:
            continue
        if found:
            found.append("\n")
        if len(places) > 1:
            found += [quiet(place.short), " "]
        found.append(_mark(cells))
    return tuple(found) if found else quiet(said("no look-for here"))


def _mark(cells: Sequence[StageCell]) -> Mark:
    in_place, partial = sum(c.in_place for c in cells), sum(c.partial for c in cells)
    not_yet, unrated = sum(c.not_yet for c in cells), sum(c.unrated for c in cells)
    of = in_place + partial + not_yet + unrated
    if not of:
        return Mark(Shape.STOPPED, said("does not apply"))
    if unrated:
        return Mark(Shape.NOT_RATED, said("{n} of {of} not rated", n=unrated, of=of))
    if in_place == of:
        return Mark(Shape.IN_PLACE, said("{n} of {of} in place", n=in_place, of=of))
    if in_place or partial:
        return Mark(Shape.PARTIAL, said("{n} of {of} in place", n=in_place, of=of))
    return Mark(Shape.NOT_YET, said("not yet, 0 of {of}", of=of))


def _in_place(places: Sequence[PlaceStages], category: str) -> Text:
    titles = [(place, dict(place.stages.categories)) for place in places]
    cells = [
        cell
        for place, names in titles
        for cell in place.stages.cells
        if category_name(names.get(cell.category, cell.category)) == category
    ]
    of = sum(c.in_place + c.partial + c.not_yet for c in cells)
    return said("{n} of {of}", n=sum(c.in_place for c in cells), of=of)


def _strengths(places: Sequence[PlaceStages], stage: str) -> Rich:
    found: list[Text | Inline] = []
    for place in places:
        strength = dict(place.stages.strengths).get(stage)
        if found:
            found.append("\n")
        if len(places) > 1:
            found += [quiet(place.short), " "]
        found.append(parts.percent(strength) if strength is not None else said("not complete"))
    return tuple(found)


# In words ----------------------------------------------------------------------------------------------------------------------


def _reads_as(places: Sequence[PlaceStages]) -> Iterator[Block]:
    """In place of rated for each place; a percent only where nothing is unrated."""
    told = tuple(_place_sentence(place) for place in places)
    yield Paragraph((bold(said("In place: ")), said("{told}.", told=told)), TextRole.SMALL)
    if len(places) > 1:
        weak = _weakest(places)
        if weak:
            text = said("Fewest in place over all places: {category}.", category=weak)
            yield Paragraph((bold(said("Reads as: ")), text), TextRole.SMALL)


def _place_sentence(place: PlaceStages) -> Said:
    cells = place.stages.cells
    n, unrated = sum(c.in_place for c in cells), sum(c.unrated for c in cells)
    of = n + sum(c.partial + c.not_yet for c in cells)
    if unrated:
        return said("{name} {n} of {of} rated, {open} open: no percent", name=place.name, n=n, of=of, open=unrated)
    share = parts.percent(100.0 * n / of) if of else "–"
    return said("{name} {n} of {of} ({share})", name=place.name, n=n, of=of, share=share)


def _weakest(places: Sequence[PlaceStages]) -> str:
    shares: dict[str, tuple[int, int]] = {}
    for place in places:
        titles = dict(place.stages.categories)
        for cell in place.stages.cells:
            name = category_name(titles.get(cell.category, cell.category))
            n, of = shares.get(name, (0, 0))
            shares[name] = (n + cell.in_place, of + cell.in_place + cell.partial + cell.not_yet)
    known = {name: n / of for name, (n, of) in shares.items() if of}
    return min(known, key=lambda name: known[name]) if known else ""


def _to_do(places: Sequence[PlaceStages]) -> Iterator[Block]:
    """Look-fors that are not in place, earliest stage first, with what is agreed for each."""
    yield PageBreak()
    for place in places:
        order = {stage: n for n, stage in enumerate(place.stages.stages)}
        still = [item for item in place.stages.items if item.value is not None and item.value < place.top]
        still.sort(key=lambda item: order.get(item.stage, len(order)))
        rows = tuple(_item_rows(still))
        columns = (
            Column(said("No."), width=36.0),
            Column(said("Look-for"), names_row=True, share=2.0),
            Column(said("Now"), width=78.0),
            Column(said("Note")),
            Column(said("Next step"), width=170.0),
        )
        yield Heading(said("Not in place yet: {place}", place=place.name), aside=said("{n} look-fors", n=len(still)))
        empty = said("Every look-for that was rated is in place.")
        yield Table(columns, rows, said("Look-fors not in place yet"), dense=True, empty=empty)


def _item_rows(items: Sequence[StageItem]) -> Iterator[Row]:
    stage = None
    for item in items:
        if item.stage != stage:
            stage = item.stage
            yield row(_capital(stage) if stage else said("No stage"), kind=RowKind.GROUP)
        mark = Mark(Shape.PARTIAL if item.value else Shape.NOT_YET, item.value_label or str(item.value))
        yield row(item.number, item.label, mark, item.note, _next(item))


def _next(item: StageItem) -> Rich:
    coming = [action for action in item.actions if action.done_on is None]
    if not coming:
        return quiet(said("none agreed"))
    first = coming[0]
    who = said("{text}, {owner}", text=first.text, owner=first.owner) if first.owner else first.text
    return said("{who}, by {day:date}", who=who, day=first.due_on) if first.due_on is not None else who
