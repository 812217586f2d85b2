"""Improvement cycles on paper, one to a page: plan, do, study, act, with lines to write where nothing is said yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import (
    Block,
    Checkbox,
    Column,
    Document,
    Fact,
    FigureBlock,
    FooterClass,
    Heading,
    KeepTogether,
    KeyFacts,
    PageBreak,
    Rich,
    Row,
    Table,
    Text,
    quiet,
    row,
)
from mtss_desktop.documents.parts.printed import Printed, provenance
from mtss_desktop.domain.cycles import DECISION_WORDS, ImprovementCycle
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.teams import TeamId

_NAME, _LINE, _CHART = 110.0, 22.0, 120.0


@dataclass(frozen=True)
class CyclePage:
    """``cycle`` None is an empty page to write on. ``actions`` are (text, who, due)."""

    cycle: ImprovementCycle | None
    belongs_to: Text = ""
    actions: tuple[tuple[Text, Text, date | None], ...] = ()
    figure: Figure | None = None


@dataclass(frozen=True)
class CyclesFacts:
    """All pages of one team."""

    division: Text
    school: Text
    team: Text
    printed: Printed
    pages: tuple[CyclePage, ...]


def document(facts: CyclesFacts) -> Document:
    blank = all(page.cycle is None for page in facts.pages)
    return Document(
        title=said("{team}, improvement cycles", team=facts.team) if not blank else said("Improvement cycle"),
        kind=said("Improvement cycle"),
        owner=facts.division,
        subtitle=facts.school if not blank else said("{team}, {school}", team=facts.team, school=facts.school),
        blocks=tuple(_blocks(facts)),
        footer_class=FooterClass.FORM if blank else FooterClass.INTERNAL,
        provenance=provenance(facts.printed),
        code=said("Improvement cycle"),
        running_name=facts.team,
        running=facts.school,
        running_right=said("Improvement cycle"),
    )


def _blocks(facts: CyclesFacts) -> Iterator[Block]:
    for place, page in enumerate(facts.pages):
        if place:
            yield PageBreak()
        yield from _page(page)


def _page(page: CyclePage) -> Iterator[Block]:
    cycle = page.cycle or ImprovementCycle(team_id=TeamId(""), name="")
    if page.cycle is not None:
        turn = said("turn {n}", n=cycle.number)
        yield Heading(cycle.name, aside=turn)
        if page.belongs_to:
            yield KeyFacts((Fact(said("Belongs to"), page.belongs_to),))
    yield from _part(
        said("Plan"),
        said("before it starts"),
        (
            (said("Question"), cycle.question),
            (said("What we will do"), cycle.plan),
            (said("We expect"), cycle.prediction),
            (said("Measure"), cycle.measure),
        ),
    )
    if page.actions:
        yield _actions(page)
    yield from _part(
        said("Do"), _span(cycle), ((said("What was done, and what was otherwise than planned"), cycle.done),)
    )
    if page.figure is not None:
        yield FigureBlock(page.figure, height=_CHART)
    study = said("{day:date}", day=cycle.study_on) if cycle.study_on is not None else ""
    yield from _part(
        said("Study"), study, ((said("What it showed"), cycle.result), (said("What we learned"), cycle.learned))
    )
    decided = said("{day:date}", day=cycle.decided_on) if cycle.decided_on is not None else ""
    boxes: list[tuple[Text, Rich]] = [
        ("" if place else said("The team decides"), Checkbox(said(words), checked=cycle.decision is decision))
        for place, (decision, words) in enumerate(DECISION_WORDS.items())
    ]
    yield from _part(said("Act"), decided, (*boxes, (said("Changes next"), cycle.change)))


def _span(cycle: ImprovementCycle) -> Text:
    if cycle.starts_on is None:
        return ""
    if cycle.ends_on is None:
        return said("from {day:date}", day=cycle.starts_on)
    return said("{first:date} to {last:date}", first=cycle.starts_on, last=cycle.ends_on)


def _part(name: Said, aside: Text, lines: tuple[tuple[Text, Rich], ...]) -> Iterator[Block]:
    table = Table(
        (Column(width=_NAME, names_row=True), Column()),
        tuple(_row(label, value) for label, value in lines),
        summary=name,
        head=False,
    )
    yield KeepTogether((Heading(name, level=3, aside=aside), table))


def _row(label: Text, value: Rich) -> Row:
    """Room for a hand where nothing is written."""
    return row(quiet(label) if label else "", value, height=0.0 if value else 2 * _LINE)


def _actions(page: CyclePage) -> Table:
    return Table(
        (Column(said("Action"), names_row=True), Column(said("Who"), width=110), Column(said("Due"), width=60)),
        tuple(
            row(text, who or said("nobody yet"), said("{day:short}", day=due) if due is not None else "")
            for text, who, due in page.actions
        ),
        summary=said("Actions of the cycle"),
    )
