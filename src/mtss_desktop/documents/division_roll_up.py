"""Schools by instruments: the newest result of each with its mark, its percent and its date; never color alone, never a ranking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import (
    Block,
    Cell,
    Column,
    Document,
    Fact,
    FooterClass,
    Heading,
    Mark,
    Paper,
    Paragraph,
    Rich,
    Row,
    RowKind,
    Run,
    Table,
    Text,
    TextRole,
    quiet,
)
from mtss_desktop.documents.parts import ratings as parts
from mtss_desktop.documents.parts.printed import Printed, provenance
from mtss_desktop.domain.rating_rollups import Heat, HeatCell, HeatColumn, HeatRow

_MOST = 7
"""Instruments beside each other; more go into a further grid under the same places."""


@dataclass(frozen=True)
class RollUpFacts:
    division: Text
    heat: Heat
    printed: Printed


def document(facts: RollUpFacts) -> Document:
    heat = facts.heat
    when = _when(heat)
    return Document(
        title=said("How far each school is"),
        kind=said("Division roll-up"),
        owner=facts.division,
        subtitle=when,
        facts=(Fact(said("Places"), str(len(heat.rows))), Fact(said("Instruments"), str(len(heat.columns)))),
        blocks=(*_grids(heat), *_notes(heat)),
        paper=Paper.LETTER_LANDSCAPE,
        footer_class=FooterClass.INTERNAL,
        provenance=provenance(facts.printed),
        code=said("Division roll-up"),
        running_name=said("Division roll-up"),
        running_right=when,
    )


def _when(heat: Heat) -> Said:
    if heat.year is None:
        return said("Newest result of each")
    return said("School year {years}", years=f"{heat.year}–{(heat.year + 1) % 100:02}")


def _grids(heat: Heat) -> Iterator[Block]:
    if not heat.columns:
        yield Paragraph(said("Nothing has been finished yet. The first finished rating stands here."), TextRole.LEAD)
        return
    for first in range(0, len(heat.columns), _MOST):
        places = range(first, min(first + _MOST, len(heat.columns)))
        if len(heat.columns) > _MOST:
            heading = said("Instruments {a} to {b} of {n}", a=first + 1, b=places[-1] + 1, n=len(heat.columns))
            yield Heading(heading)
        mixed = {place for place in places if len({c.edition for row in heat.rows if (c := row.cells[place])}) > 1}
        columns = (
            Column(said("Place"), width=132.0, names_row=True),
            *(Column(_head(heat.columns[place], place in mixed)) for place in places),
        )
        rows = [
            Row((Cell(each.place, bold=True), *(_cell(each, place, place in mixed) for place in places)))
            for each in heat.rows
        ]
        rows.append(Row((said("Criterion met"), *(_met(heat.columns[place]) for place in places)), RowKind.TOTAL))
        yield Table(columns, tuple(rows), said("Places by instruments, with mark, score and date"), row_height=30.0)


def _head(column: HeatColumn, several: bool) -> Rich:
    """With its criterion, unless several versions stand under it, each with its own."""
    name = column.title.partition(" (")[0]
    return (name, "\n", quiet(column.criterion)) if column.criterion and not several else name


def _cell(place: HeatRow, column: int, several: bool) -> Rich:
    """``several``: the column holds more than one version, so that each result says its own."""
    found = place.cells[column]
    if found is None:
        return quiet(said("not rated"))
    when = said("{day:date}", day=found.held_on)
    if several:
        when = said("{when}, version {edition}", when=when, edition=found.edition)
    return (_mark(found), "\n", quiet(when))


def _mark(cell: HeatCell) -> Text | Mark | Run:
    line = cell.headline
    if line.percent is None and line.mean is None:
        return quiet(said("rated, no score"))
    if not line.criterion:
        return parts.score(line)
    mark = parts.standing(line.met)
    return Mark(mark.shape, said("{score}, {word}", score=parts.score(line), word=mark.word))


def _met(column: HeatColumn) -> Text:
    if not column.with_score:
        return "–"
    if not column.criterion:
        return said("{n} with a score", n=column.with_score)
    return said("{met} of {n}", met=column.met, n=column.with_score)


def _notes(heat: Heat) -> Iterator[Block]:
    del heat
    text = said(
        "Each field shows the newest finished result with its version. A filled circle has met the criterion of its version, an empty one "
        "has not; an instrument without a criterion shows its score alone. Schools differ in need and start: this is no ranking."
    )
    yield Paragraph(quiet(text), TextRole.NOTE)
