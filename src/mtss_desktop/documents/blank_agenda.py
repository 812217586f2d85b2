"""A form for an agenda by hand, in the order in which it is typed later: the head, items with minutes and leads, what is decided."""

from __future__ import annotations

from dataclasses import dataclass

from mtss_desktop.base.words import said
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Column,
    Document,
    FooterClass,
    Heading,
    KeepTogether,
    Spacer,
    Table,
    Text,
    row,
)
from mtss_desktop.documents.parts import form_head

ROWS, ACTIONS = 10, 5
_FIELD, _LINE = 24.0, 20.0


@dataclass(frozen=True)
class PrintedItem:
    """An item of the team's template; minutes None: for the hand."""

    title: Text
    minutes: int | None = None


@dataclass(frozen=True)
class BlankAgendaFacts:
    """``items`` print where a team is given, with lines for names; empty rows follow."""

    division: Text
    school: Text = ""
    team: Text = ""
    items: tuple[PrintedItem, ...] = ()


def document(facts: BlankAgendaFacts) -> Document:
    return Document(
        title=said("Team agenda"),
        kind=said("Agenda form · write and type in the same order"),
        owner=facts.division,
        blocks=(*_head(facts), *_items(facts), *_decide(), *_actions()),
        footer_class=FooterClass.FORM,
        provenance=said("Tier 1 agendas carry no student names."),
        code=said("Agenda form"),
    )


def _head(facts: BlankAgendaFacts) -> tuple[Block, ...]:
    return (
        form_head.boxes(said("The meeting"), (said("School"), facts.school, 150.0), (said("Team"), facts.team, 150.0),
                (said("Date"), "", 0.0), (said("Begins"), "", 66.0), (said("Ends"), "", 66.0), height=_FIELD, under=True),
        form_head.boxes(said("Place and roles"), (said("Place"), "", 128.0), (said("Facilitator"), "", 0.0),
                (said("Minute taker"), "", 0.0), (said("Data analyst"), "", 0.0), height=_FIELD, under=True),
        Spacer(4.0),
    )  # fmt: skip


def _items(facts: BlankAgendaFacts) -> tuple[Block, ...]:
    columns = (
        Column(said("Time"), width=54.0),
        Column(said("Min."), width=36.0, align=Align.RIGHT),
        Column(said("Item")),
        Column(said("Leads"), width=86.0),
        Column(said("We will"), width=74.0),
        Column(said("Done"), width=40.0),
    )
    printed = [row("", "" if item.minutes is None else str(item.minutes), item.title, "", "", "", height=_LINE)
               for item in facts.items]  # fmt: skip
    empty = [row("", "", "", "", "", "", height=_LINE) for _ in range(max(3, ROWS - len(printed)))]
    note = said("we will: approve, share, decide, inform, record, close")
    return (
        Heading(said("Agenda"), aside=note),
        Table(columns, (*printed, *empty), said("Items in order"), boxed=True, dense=True),
    )


def _decide() -> tuple[Block, ...]:
    rows = tuple(row("", "", height=_LINE) for _ in range(3))
    columns = (Column(said("Problem")), Column(said("Question for this meeting"), share=2.0))
    table = Table(columns, rows, said("What the team decides today"), boxed=True, dense=True)
    return (KeepTogether((Heading(said("What we decide today")), table)),)


def _actions() -> tuple[Block, ...]:
    columns = (
        Column(said("Action due by this meeting")),
        Column(said("Who"), width=110.0),
        Column(said("By"), width=60.0),
    )
    rows = tuple(row("", "", "", height=_LINE) for _ in range(ACTIONS))
    table = Table(columns, rows, said("Actions that are due"), boxed=True, dense=True)
    return (KeepTogether((Heading(said("Due")), table)),)
