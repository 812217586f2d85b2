"""How well a team does what it planned, on one page: its rating over time, items that lag, how it meets, what is seen in classrooms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtss_desktop.base.words import said
from mtss_desktop.documents.blocks import (
    Align,
    Bar,
    Block,
    Boxes,
    Bullets,
    Column,
    Columns,
    FigureBlock,
    Heading,
    Paragraph,
    Row,
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
MEETS_AT = 85.0
"""Percent wanted on both halves. Source: TIPS Fidelity Checklist."""
MOST_BOXES = 12
"""Rooms that are drawn one by one."""


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
    """Half of the TIPS-FC at the newest rating and the one before: texts ("" where an item is open) and percents."""

    name: Text
    before: Text
    now: Text
    percent_before: float | None = None
    percent: float | None = None


@dataclass(frozen=True)
class PracticeSeen:
    """``seen`` in ``of`` rooms."""

    name: Text
    seen: int
    of: int


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
    """A bar for each half, the rating before striped over the newest, with a flag where the criterion stands."""
    if not facts.meets:
        return ()
    columns = (
        Column(said("Half"), names_row=True),
        Column(said("of 100%"), width=104.0),
        Column(said("Percent"), width=40.0, align=Align.RIGHT),
    )
    rows = []
    for each in facts.meets:
        before, now = facts.meets_columns
        if before:
            rows.append(_half(each.name, before, each.percent_before, each.before, striped=True))
        rows.append(_half(each.name, now, each.percent, each.now))
    blocks: list[Block] = [
        Heading(said("How the team meets (TIPS-FC)")),
        Table(columns, tuple(rows), said("How the team meets")),
    ]
    return (*blocks, Paragraph(facts.meets_note, TextRole.NOTE)) if facts.meets_note else tuple(blocks)


def _half(name: Text, day: Text, percent: float | None, told: Text, *, striped: bool = False) -> Row:
    bar = Bar(percent, 100.0, MEETS_AT, striped) if percent is not None else ""
    return row(said("{name}, {day}", name=name, day=day), bar, told or "–")


def _rooms(facts: SnapshotFacts) -> tuple[Block, ...]:
    if not facts.rooms_aside:
        return ()
    heading = Heading(said("What we see in classrooms"), aside=facts.rooms_aside)
    widest = max((each.of for each in facts.rooms), default=0)
    drawn = Column(said("Rooms"), width=min(widest, MOST_BOXES) * 9.0 + 10.0)
    columns = (Column(said("Practice"), names_row=True), drawn, Column(said("Seen"), width=50.0, align=Align.RIGHT))
    rows = tuple(row(each.name, _seen(each), said("{n} of {of}", n=each.seen, of=each.of)) for each in facts.rooms)
    blocks: list[Block] = [heading]
    blocks += [Table(columns, rows, said("Rooms in which a practice was seen"))] if rows else []
    return (*blocks, Paragraph(facts.rooms_note, TextRole.NOTE)) if facts.rooms_note else tuple(blocks)


def _seen(practice: PracticeSeen) -> Boxes | Bar:
    """A box for each room while they can be counted, else a bar."""
    if practice.of <= MOST_BOXES:
        return Boxes(practice.seen, practice.of)
    return Bar(float(practice.seen), float(practice.of))
