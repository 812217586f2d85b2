"""How well a team does what it planned, on one page: its rating over time, items that lag, how it meets, what is seen in classrooms."""

from __future__ import annotations

from collections.abc import Iterator
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
    Table,
    Text,
    TextRole,
    WriteLines,
    bold,
    row,
)
from mtss_desktop.domain.figures import Figure

ANCHOR = "fidelity"
_FIGURE_HEIGHT = 190.0


@dataclass(frozen=True)
class PartLine:
    """A section or part of the newest rating; ``percent`` is a finished text, "" where an item is open."""

    name: Text
    points: Text
    percent: Text = ""
    total: bool = False


@dataclass(frozen=True)
class LaggingItem:
    """``strip`` are the values of its ratings, oldest first ("0, 1, 1"); ``tried`` what was done for it."""

    number: str
    label: Text
    strip: Text
    now: Text
    tried: Text = ""


@dataclass(frozen=True)
class MeetLine:
    name: Text
    before: Text
    now: Text


@dataclass(frozen=True)
class PracticeSeen:
    """``seen`` is "5 of 6 rooms"."""

    name: Text
    seen: Text


@dataclass(frozen=True)
class SnapshotFacts:
    """``figure`` is None where nothing complete was rated yet; ``note`` says what stands beside it. Rooms are counted, never named."""

    title: Text
    figure: Figure | None = None
    parts_title: Text = ""
    parts: tuple[PartLine, ...] = ()
    note: Text = ""
    items: tuple[LaggingItem, ...] = ()
    scale: Text = ""
    stuck: Text = ""
    meets: tuple[MeetLine, ...] = ()
    meets_columns: tuple[Text, Text] = ("", "")
    meets_note: Text = ""
    rooms: tuple[PracticeSeen, ...] = ()
    rooms_aside: Text = ""
    rooms_note: Text = ""
    questions: tuple[Text, ...] = ()


def snapshot_page(facts: SnapshotFacts) -> Iterator[Block]:
    aside = said("How well do we do what we planned?")
    yield Heading(said("Fidelity snapshot"), aside=aside, anchor=ANCHOR)
    if facts.figure is not None:
        yield Columns((_over_time(facts), _by_part(facts)), shares=(60.0, 40.0), gap=24.0)
    elif facts.note:
        yield Paragraph(facts.note, TextRole.SMALL)
    if facts.items:
        yield from _lagging(facts)
    both = [part for part in (_meets(facts), _rooms(facts)) if part]
    if len(both) == 2:
        yield Columns((both[0], both[1]), gap=24.0)
    elif both:
        yield from both[0]
    if facts.questions:
        yield Heading(said("To talk about"))
        yield Bullets(facts.questions, numbered=True)
        yield Paragraph(said("Chosen item, first step, who"), TextRole.SMALL)
        yield WriteLines(2)


def _over_time(facts: SnapshotFacts) -> tuple[Block, ...]:
    assert facts.figure is not None
    return Heading(facts.title, level=3), FigureBlock(facts.figure, _FIGURE_HEIGHT)


def _by_part(facts: SnapshotFacts) -> tuple[Block, ...]:
    columns = (
        Column(said("Part"), names_row=True),
        Column(said("Points"), width=58.0, align=Align.RIGHT),
        Column(said("Percent"), width=50.0, align=Align.RIGHT),
    )
    rows = tuple(
        row(each.name, each.points, each.percent, kind=RowKind.TOTAL if each.total else RowKind.BODY)
        for each in facts.parts
    )
    table = Table(columns, rows, said("Points by part"))
    heading = Heading(facts.parts_title, level=3)
    return (heading, table, Paragraph(facts.note, TextRole.NOTE)) if facts.note else (heading, table)


def _lagging(facts: SnapshotFacts) -> Iterator[Block]:
    yield Heading(said("Items that lag"), aside=facts.scale)
    columns = (
        Column(said("Item"), width=170.0, names_row=True),
        Column(said("Ratings, oldest first"), width=104.0),
        Column(said("Now"), width=60.0),
        Column(said("What we tried")),
    )
    rows = tuple(
        row((bold(each.number), *_label(each.label)), each.strip, each.now, each.tried) for each in facts.items
    )
    yield Table(columns, rows, said("Items that lag"))
    if facts.stuck:
        yield Paragraph(facts.stuck, TextRole.NOTE)


def _label(label: Text) -> tuple[Text, ...]:
    return (said(" {label}", label=label),) if label else ()


def _meets(facts: SnapshotFacts) -> tuple[Block, ...]:
    if not facts.meets:
        return ()
    before, now = facts.meets_columns
    columns = [Column(said("Half"), names_row=True)]
    columns += [Column(before, width=54.0, align=Align.RIGHT)] if before else []
    columns += [Column(now, width=54.0, align=Align.RIGHT)]
    rows = tuple(row(each.name, *((each.before, each.now) if before else (each.now,))) for each in facts.meets)
    blocks: list[Block] = [
        Heading(said("How the team meets (TIPS-FC)")),
        Table(tuple(columns), rows, said("How the team meets")),
    ]
    return (*blocks, Paragraph(facts.meets_note, TextRole.NOTE)) if facts.meets_note else tuple(blocks)


def _rooms(facts: SnapshotFacts) -> tuple[Block, ...]:
    if not facts.rooms_aside:
        return ()
    heading = Heading(said("What we see in classrooms"), aside=facts.rooms_aside)
    columns = (Column(said("Practice"), names_row=True), Column(said("Seen"), width=64.0, align=Align.RIGHT))
    rows = tuple(row(each.name, each.seen) for each in facts.rooms)
    blocks: list[Block] = [heading]
    blocks += [Table(columns, rows, said("Rooms in which a practice was seen"))] if rows else []
    return (*blocks, Paragraph(facts.rooms_note, TextRole.NOTE)) if facts.rooms_note else tuple(blocks)
