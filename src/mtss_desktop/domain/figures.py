"""What a chart shows, as a frozen value: numbers, words and roles, never colors and never finished English.

A use case makes one ``Figure``; the screen and the paper draw the same layout of it (``figure_layout``), and its table
is what a screen reader, the table view and the copy command get. Suppressed values never reach a figure: where one was
hidden, its mark carries no number and says so in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain.figure_marks import (
    SERIES,
    TIERS,
    Arrow,
    AxisKind,
    Band,
    Bar,
    Bars,
    Box,
    Cell,
    Column,
    Flow,
    FlowLink,
    FlowPart,
    Interval,
    Label,
    Level,
    Line,
    Mark,
    PhaseLine,
    Point,
    Points,
    Role,
    Stack,
    StackPart,
    StackRow,
    Text,
    X,
    XAxis,
    YAxis,
)

__all__ = [
    "SERIES",
    "TIERS",
    "Arrow",
    "AxisKind",
    "Band",
    "Bar",
    "Bars",
    "Box",
    "Cell",
    "Column",
    "Figure",
    "FigureTable",
    "Flow",
    "FlowLink",
    "FlowPart",
    "Interval",
    "Label",
    "Level",
    "Line",
    "Mark",
    "PhaseLine",
    "Point",
    "Points",
    "Role",
    "Stack",
    "StackPart",
    "StackRow",
    "TableValue",
    "Text",
    "X",
    "XAxis",
    "YAxis",
]

TableValue = str | float | int | date | Said | None
M = TypeVar("M")


@dataclass(frozen=True)
class FigureTable:
    """The accessible twin of a figure. Every row has as many values as there are columns; the first names the row."""

    caption: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[TableValue, ...], ...]
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Figure:
    """``alt`` is the alternative text (two sentences, at most 260 characters, no color words), ``finding`` the one
    sentence it claims, ``n`` how many things it counts, ``provenance`` where they come from, ``suppressed`` what was
    hidden before it was made. ``horizontal`` draws categories downwards. ``break_gap``: days after which a path breaks.
    ``panels`` make small multiples, which share their axes.
    """

    title: Text
    alt: Said
    finding: Said
    x: XAxis
    y: YAxis
    marks: tuple[Mark, ...] = ()
    n: Text = ""
    provenance: Text = ""
    suppressed: Text = ""
    note: Text = ""
    horizontal: bool = False
    break_gap: int | None = None
    panels: tuple[Figure, ...] = ()
    columns: tuple[Column, ...] = ()
    bands: tuple[Text, ...] = ()

    def table(self) -> FigureTable:
        """Rows by x, one column per named series; boxes and cells in their own shape."""
        if self.panels:
            return _panel_table(self)
        if any(isinstance(mark, Box) for mark in self.marks):
            return _structure_table(self)
        if any(isinstance(mark, Cell) for mark in self.marks):
            return _cell_table(self)
        if any(isinstance(mark, Flow) for mark in self.marks):
            return _flow_table(self)
        return _series_table(self)

    def links(self) -> FigureTable:
        """The lines of a structure chart as rows: from, to, what."""
        names = {box.key: box.title for box in self.of(Box)}
        rows = tuple((names[a.start], names[a.end], a.text, _way(a)) for a in self.of(Arrow))
        return FigureTable(self.title, (said("From"), said("To"), said("What"), said("Way")), rows)

    def of(self, kind: type[M]) -> tuple[M, ...]:
        return tuple(mark for mark in self.marks if isinstance(mark, kind))


_Key = tuple[X, int]


def _series_table(figure: Figure) -> FigureTable:
    columns = list(_series(figure))
    keys = sorted({key for _, values in columns for key in values})
    head: list[Text] = [_x_head(figure), *(name for name, _ in columns)]
    changes = sorted((line for line in figure.of(PhaseLine) if line.role is not Role.VERSION), key=lambda line: line.x)
    if changes:
        head.append(said("Phase"))
    rows = []
    for key in keys:
        row: list[TableValue] = [_x_word(figure, key[0]), *(values.get(key, "") for _, values in columns)]
        rows.append(tuple([*row, _phase(changes, key[0])] if changes else row))
    return FigureTable(figure.title, tuple(head), tuple(rows), tuple(_notes(figure)))


def _x_head(figure: Figure) -> Text:
    return figure.x.head or figure.x.label or (said("Date") if figure.x.kind is AxisKind.DATE else said("Row"))


def _x_word(figure: Figure, x: X) -> TableValue:
    if figure.x.kind is AxisKind.CATEGORY and not isinstance(x, date):
        return figure.x.categories[int(x)]
    return x


def _phase(changes: list[PhaseLine], x: X) -> TableValue:
    past = [line.note for line in changes if line.x <= x]  # type: ignore[operator]
    return past[-1] if past else said("before")


def _series(figure: Figure) -> Iterator[tuple[Text, dict[_Key, TableValue]]]:
    """Named columns: place and running number of the value at that place → value."""
    for mark in figure.marks:
        match mark:
            case Points():
                yield mark.name or figure.y.label, _numbered((p.x, _shown(p.y, p.note)) for p in mark.points)
            case Bars():
                yield mark.name or figure.y.label, _numbered((b.x, _shown(b.value, b.text)) for b in mark.bars)
            case Stack():
                for index, part in enumerate(mark.parts):
                    yield part.name, _numbered((row.x, _stacked(row, index)) for row in mark.rows)
                if mark.aside_name:
                    yield mark.aside_name, _numbered((row.x, row.aside) for row in mark.rows)
            case Line(role=Role.LAST_YEAR):
                yield mark.name, _numbered(mark.points)
    yield from _interval_series(figure)
    if figure.x.under:
        yield figure.x.under_name, _numbered(figure.x.under)


def _interval_series(figure: Figure) -> Iterator[tuple[Text, dict[_Key, TableValue]]]:
    found = figure.of(Interval)
    if found:
        yield found[0].name or figure.y.label, _numbered((i.x, _shown(i.value, i.note)) for i in found)
        yield said("From"), _numbered((i.x, _shown(i.low, "")) for i in found)
        yield said("To"), _numbered((i.x, _shown(i.high, "")) for i in found)


def _numbered(values: Iterable[tuple[X, TableValue]]) -> dict[_Key, TableValue]:
    """Three probes on one day are three rows."""
    seen: dict[X, int] = {}
    made: dict[_Key, TableValue] = {}
    for x, value in values:
        made[x, seen.get(x, 0)] = value
        seen[x] = seen.get(x, 0) + 1
    return made


def _shown(value: float | None, words: Text) -> TableValue:
    return words if value is None else value


def _stacked(row: StackRow, index: int) -> TableValue:
    if index < len(row.texts):
        return row.texts[index]
    return row.values[index] if index < len(row.values) else ""


def _notes(figure: Figure) -> Iterator[Text]:
    for mark in figure.marks:
        match mark:
            case Line(role=role) if role is not Role.LAST_YEAR and mark.points:
                (x0, y0), (x1, y1) = mark.points[0], mark.points[-1]
                name = mark.name or mark.label
                yield said("{name}: from {y0} on {x0} to {y1} on {x1}", name=name, x0=x0, y0=y0, x1=x1, y1=y1)
            case Level():
                yield mark.label or said("level {value}", value=mark.value)
            case PhaseLine():
                yield said("Line at {x}: {note}. {second}", x=mark.x, note=mark.note, second=mark.second)
            case Label(role=Role.NOTE):
                yield mark.text
    yield from (text for text in (figure.n, figure.note, figure.suppressed, figure.provenance) if text)


def _panel_table(figure: Figure) -> FigureTable:
    tables = [panel.table() for panel in figure.panels]
    columns: list[Text] = []
    for table in tables:
        columns += [column for column in table.columns[1:] if column not in columns]
    rows = []
    for table in tables:
        for row in table.rows:
            held = dict(zip(table.columns[1:], row[1:], strict=True))
            rows.append((table.caption, row[0], *(held.get(column, "") for column in columns)))
    head: tuple[Text, ...] = (said("Chart"), tables[0].columns[0] if tables else said("Date"), *columns)
    notes = tuple(dict.fromkeys(note for table in tables for note in table.notes))
    return FigureTable(figure.title, head, tuple(rows), (*notes, *_notes(figure)))


def _flow_table(figure: Figure) -> FigureTable:
    flow = figure.of(Flow)[0]
    rows = tuple((flow.before[each.start].name, flow.after[each.end].name, each.n, each.name) for each in flow.links)
    head = (flow.before_name, flow.after_name, said("Students"), said("What that means"))
    return FigureTable(figure.title, head, rows, tuple(_notes(figure)))


def _cell_table(figure: Figure) -> FigureTable:
    cells = {(cell.row, cell.column): cell.text for cell in figure.of(Cell)}
    across = range(len(figure.x.categories))
    rows = tuple((name, *(cells.get((row, at), "") for at in across)) for row, name in enumerate(figure.y.categories))
    return FigureTable(figure.title, (figure.y.label, *figure.x.categories), rows, tuple(_notes(figure)))


def _structure_table(figure: Figure) -> FigureTable:
    names = {box.key: box.title for box in figure.of(Box)}
    rows = []
    for box in figure.of(Box):
        where = figure.columns[box.place].title if box.place >= 0 else figure.bands[box.band]
        rows.append((box.title, where, (*((box.aside,) if box.aside else ()), *box.lines), _linked(figure, box, names)))
    head = (said("Team"), said("Place"), said("About it"), said("Linked with"))
    return FigureTable(
        figure.title, head, tuple((a, b, _joined(c), _joined(d)) for a, b, c, d in rows), tuple(_notes(figure))
    )


def _linked(figure: Figure, box: Box, names: dict[str, Text]) -> tuple[Text, ...]:
    made: list[Text] = []
    for arrow in figure.of(Arrow):
        if box.key in (arrow.start, arrow.end):
            other = names[arrow.end if arrow.start == box.key else arrow.start]
            made.append(said("{team} ({what})", team=other, what=arrow.text) if arrow.text else other)
    return tuple(made)


def _joined(parts: tuple[Text, ...]) -> TableValue:
    return said("{parts}", parts=parts) if parts else ""


def _way(arrow: Arrow) -> Said:
    return said("both ways") if arrow.both else said("one way")
