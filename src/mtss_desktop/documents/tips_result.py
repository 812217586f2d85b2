"""The result of the meeting checklist on one page: both halves, what was proposed and why, what the team says, and the way so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Fact,
    FigureBlock,
    FooterClass,
    Heading,
    KeepTogether,
    Panel,
    Panels,
    Paragraph,
    Rich,
    Row,
    Table,
    Text,
    TextRole,
    quiet,
    row,
)
from mtss_desktop.documents.parts.printed import Printed, provenance
from mtss_desktop.domain.checklist import FOUNDATIONS, LINE_PERCENT, Half, Item
from mtss_desktop.domain.figures import Figure

_CHART = 130.0


@dataclass(frozen=True, kw_only=True)
class TipsFacts:
    """``team_points`` and ``proposed_points`` are foundations and problem solving. ``figure`` is there from the second checklist on."""

    division: Text
    school: Text
    team: Text
    day: date
    printed: Printed
    items: tuple[Item, ...]
    team_points: tuple[Half, Half]
    proposed_points: tuple[Half, Half]
    marked: bool
    figure: Figure | None = None


def document(facts: TipsFacts) -> Document:
    """One page; the list of what each item rests on is part of it."""
    return Document(
        title=said("{team}, how we meet", team=facts.team),
        kind=said("TIPS fidelity checklist, result"),
        owner=facts.division,
        subtitle=facts.school,
        facts=(
            Fact(said("Meeting"), said("{day:long}", day=facts.day)),
            Fact(
                said("Marked by the team"), said("yes") if facts.marked else said("not yet: proposed from the record")
            ),
        ),
        blocks=(
            _halves(facts),
            *_chart(facts),
            *_half(said("Meeting foundations"), facts.items[:FOUNDATIONS]),
            *_half(said("Problem solving"), facts.items[FOUNDATIONS:]),
            Paragraph(quiet(_note()), TextRole.NOTE),
        ),
        footer_class=FooterClass.INTERNAL,
        provenance=provenance(facts.printed),
        code=said("TIPS fidelity · {day:date}", day=facts.day),
        running_name=facts.team,
        running=facts.school,
        running_right=said("TIPS fidelity, {day:date}", day=facts.day),
    )


def _note() -> Said:
    return said(
        "0 not started, 1 partial, 2 full. Proposed from what the record of the meeting shows; where the team gave its own points, "
        "those count. Items, scale and the line of {n}% are those of the TIPS Fidelity Checklist, the words are our own.",
        n=LINE_PERCENT,
    )  # fmt: skip


def _halves(facts: TipsFacts) -> Block:
    names = (said("Meeting foundations"), said("Problem solving"))
    return Panels(
        tuple(
            _panel(name, team, proposed)
            for name, team, proposed in zip(names, facts.team_points, facts.proposed_points, strict=True)
        )
    )


def _panel(name: Said, team: Half, proposed: Half) -> Panel:
    if team.percent is None:
        number: Said = said("{n} of {all}", n=team.points, all=team.out_of)
        line: Said = said("items without points are not zero; no percent yet")
    else:
        number = said("{n}%", n=team.percent)
        how = said("on the line of {line}%") if team.reached else said("below the line of {line}%")
        line = said("{n} of {all} points, {how}", n=team.points, all=team.out_of, how=said(how.text, line=LINE_PERCENT))
    asked = said("proposed {n} of {all}", n=proposed.points, all=proposed.out_of)
    return Panel(name, asked, number, line)


def _chart(facts: TipsFacts) -> Iterator[Block]:
    if facts.figure is not None:
        yield FigureBlock(facts.figure, height=_CHART)


def _half(name: Said, items: tuple[Item, ...]) -> Iterator[Block]:
    columns = (
        Column(said("No."), width=24.0, align=Align.RIGHT),
        Column(said("Item"), width=170.0, names_row=True),
        Column(said("Proposed"), width=52.0, align=Align.CENTER),
        Column(said("Team"), width=36.0, align=Align.CENTER),
        Column(said("Why")),
    )
    table = Table(columns, tuple(_item(item) for item in items), said("{name}, item by item", name=name), dense=True)
    yield KeepTogether((Heading(name), table))


def _item(item: Item) -> Row:
    proposed: Rich = "" if item.proposed.points is None else str(item.proposed.points)
    team: Rich | Cell = "" if item.team is None else Cell(str(item.team.points), bold=item.differs)
    why: Text = item.proposed.reason
    if item.team is not None and item.team.note:
        why = said("{why}; the team: {note}", why=why, note=item.team.note)
    return row(str(item.number), item.proposed.label, proposed or said("you say"), team, why)
