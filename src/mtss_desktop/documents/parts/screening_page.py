"""A screening window on one page: shares by grade, movement, close to a cut score, questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtss_desktop.base.words import said
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Bullets,
    Column,
    Columns,
    FigureBlock,
    Heading,
    Paragraph,
    RowKind,
    Run,
    Table,
    Text,
    TextRole,
    bold,
    row,
)
from mtss_desktop.domain.figures import Figure

_BAR_HEIGHT, _SCALE_HEIGHT = 23.0, 36.0


@dataclass(frozen=True)
class ShareRow:
    """A row of counts already suppressed: the row's name and one text per column."""

    name: Text
    values: tuple[Text, ...]
    total: bool = False


@dataclass(frozen=True)
class ScreeningFacts:
    """One measure and window. ``finding`` and ``more`` are the lead sentence, ``columns`` and ``rows`` the shares by grade.

    ``movement_columns`` and ``movement`` are counts from the window before (empty: nothing to compare, ``movement_missing`` says why).
    ``near_columns`` and ``near`` count students close to a cut score.
    """

    title: Text
    aside: Text = ""
    finding: Text = ""
    more: Text = ""
    figure: Figure | None = None
    columns: tuple[Text, ...] = ()
    rows: tuple[ShareRow, ...] = ()
    movement_title: Text = ""
    movement_aside: Text = ""
    movement_columns: tuple[Text, ...] = ()
    movement: tuple[ShareRow, ...] = ()
    movement_missing: Text = ""
    near_columns: tuple[Text, ...] = ()
    near: tuple[ShareRow, ...] = ()
    near_aside: Text = ""
    note: Text = ""
    questions: tuple[Text, ...] = ()


def screening_anchor(number: int) -> str:
    """What links to the screening at a position (from 1)."""
    return f"screening-{number}"


def screening_page(facts: ScreeningFacts, number: int) -> Iterator[Block]:
    """The blocks of the screening at a position (from 1)."""
    yield Heading(facts.title, aside=facts.aside, anchor=screening_anchor(number))
    if facts.finding:
        yield Paragraph((bold(facts.finding), Run(" "), Run(facts.more)), TextRole.LEAD)
    if facts.figure is not None:
        yield FigureBlock(facts.figure, _SCALE_HEIGHT + _BAR_HEIGHT * max(3, len(facts.rows)))
    if facts.rows:
        yield _shares(said("Grade"), facts.columns, facts.rows, said("Students by grade and level"))
    if facts.note:
        yield Paragraph(facts.note, TextRole.NOTE)
    yield Columns((_movement(facts), _near(facts)), shares=(60.0, 40.0), gap=24.0)
    if facts.questions:
        yield Heading(said("Questions for the team"))
        yield Bullets(facts.questions, numbered=True)


def _shares(head: Text, columns: Sequence[Text], rows: Sequence[ShareRow], summary: Text) -> Block:
    heads = (Column(head, share=1.4, names_row=True), *(Column(each, align=Align.RIGHT) for each in columns))
    body = tuple(row(each.name, *each.values, kind=RowKind.TOTAL if each.total else RowKind.BODY) for each in rows)
    return Table(heads, body, summary, dense=True)


def _movement(facts: ScreeningFacts) -> tuple[Block, ...]:
    title = facts.movement_title or said("From the window before")
    if not facts.movement:
        text = facts.movement_missing or said("There is no earlier window of this measure to compare with.")
        return Heading(title), Paragraph(text, TextRole.SMALL)
    table = _shares(
        said("Before ↓  now →"), facts.movement_columns, facts.movement, said("Movement between two windows")
    )
    return Heading(title, aside=facts.movement_aside), table


def _near(facts: ScreeningFacts) -> tuple[Block, ...]:
    heading = Heading(said("Close to a cut score"), aside=facts.near_aside)
    if not facts.near:
        return heading, Paragraph(said("No count close to a cut score is on record."), TextRole.SMALL)
    return heading, _shares(said("Grade"), facts.near_columns, facts.near, said("Students close to a cut score"))
