"""Tables: column widths, rows as pieces, heads that repeat, group rows that continue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import Align, Bar, Cell, Column, Rich, Row, RowKind, Run, Table, runs
from mtss_desktop.documents.layout.flow import Piece, stacked
from mtss_desktop.documents.layout.pen import Pen
from mtss_desktop.documents.layout.text import Line, Setter, widest_word
from mtss_desktop.documents.style import TextStyle
from mtss_desktop.documents.tagging import Node

_WIDEST_SHARE = 0.45  # a long word may push its column to this part of the width, then it breaks


@dataclass(frozen=True)
class _Place:
    """Where a column stands: left edge, full width, and the padding inside."""

    left: float
    width: float
    pad_left: float
    pad_right: float
    align: Align

    @property
    def text_width(self) -> float:
        return self.width - self.pad_left - self.pad_right

    @property
    def text_left(self) -> float:
        return self.left + self.pad_left


@dataclass(frozen=True)
class _Set:
    """A cell ready to paint."""

    lines: tuple[Line, ...]
    style: TextStyle
    place: _Place
    node: Node | None


@dataclass(frozen=True)
class _Rules:
    """Lines of one row; ``below`` and ``above`` are weights (0: none)."""

    above: float = 0.0
    below: float = 0.0
    color: str = "hair"
    boxed: bool = False
    tint: bool = False


@dataclass(frozen=True)
class _RowPiece:
    cells: tuple[_Set, ...]
    pad_top: float
    pad_bottom: float
    least: float
    rules: _Rules
    left: float
    width: float
    bottom_aligned: bool = False
    at_top: bool = False

    @property
    def height(self) -> float:
        tallest = max((len(cell.lines) * cell.style.lead for cell in self.cells), default=0.0)
        return max(self.least, tallest + self.pad_top + self.pad_bottom)

    def paint(self, pen: Pen, x: float, top: float) -> None:
        bottom = top - self.height
        if self.rules.tint:
            pen.area(x + self.left, bottom, self.width, self.height, "tint")
        for cell in self.cells:
            self._cell(cell, pen, x, top, bottom)
        self._lines(pen, x, top, bottom)

    def _cell(self, cell: _Set, pen: Pen, x: float, top: float, bottom: float) -> None:
        size, lead = cell.style.size, cell.style.lead
        if self.bottom_aligned:
            first = bottom + self.pad_bottom + (len(cell.lines) - 1) * lead + (lead - size) / 2 + size * 0.21
        elif (
            self.rules.boxed
            and not self.at_top
            and len(cell.lines) * lead < self.height - self.pad_top - self.pad_bottom
        ):
            first = (top + bottom) / 2 + len(cell.lines) * lead / 2 - lead + (lead - size) / 2 + size * 0.21
        else:
            first = top - self.pad_top - lead + (lead - size) / 2 + size * 0.21
        place = cell.place
        for number, line in enumerate(cell.lines):
            y = first - number * lead
            pen.line(line, x + place.text_left, y, cell.node, width=place.text_width, align=place.align)

    def _lines(self, pen: Pen, x: float, top: float, bottom: float) -> None:
        rules, left, right = self.rules, x + self.left, x + self.left + self.width
        if rules.boxed:
            for cell in self.cells:
                pen.box(x + cell.place.left, bottom, cell.place.width, top - bottom, rules.below, "rule")
            return
        if rules.above:
            pen.rule(left, top, right, top, rules.above)
        if rules.below:
            pen.rule(left, bottom, right, bottom, rules.below, rules.color)

    def piece(self, **kept: object) -> Piece:
        return Piece(self.height, self.paint, split=self.split, **kept)  # type: ignore[arg-type]

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """Only for a row taller than a page: as many lines as fit, and the rest."""
        fits = [int((room - self.pad_top - self.pad_bottom) // cell.style.lead) for cell in self.cells]
        if not fits or min(fits) < 1:
            return None
        pairs = list(zip(self.cells, fits, strict=True))
        first = tuple(replace(cell, lines=cell.lines[:fit]) for cell, fit in pairs)
        rest = tuple(replace(cell, lines=cell.lines[fit:]) for cell, fit in pairs)
        if all(not cell.lines for cell in rest):
            return None
        return replace(self, cells=first, least=0.0).piece(), replace(self, cells=rest, least=0.0).piece()


@dataclass(frozen=True)
class TableSetter:
    """One table at one width. ``node`` is its Table element."""

    table: Table
    setter: Setter
    width: float
    node: Node

    def pieces(self) -> Iterator[Piece]:
        places = self._places()
        head = self._head(places) if self.table.head else None
        after = self.setter.style.space.table_after
        if head is not None:
            yield head.piece(glue=True)
        repeat = head.piece() if head is not None else None
        group: Piece | None = None
        rows = self.table.rows
        for number, row in enumerate(rows):
            last = number == len(rows) - 1
            starts = number == 0 or rows[number - 1].kind is RowKind.GROUP
            ends = last or rows[number + 1].kind is RowKind.GROUP
            near = (
                (self.table.keep_groups and not ends)
                or (starts and not ends)
                or (number == len(rows) - 2 and len(rows) > 2 and not ends)
            )
            closing = not last and rows[number + 1].kind is RowKind.TOTAL
            made = self._row(row, places)
            if row.kind is RowKind.GROUP:
                group = self._continued(row, places)
                yield made.piece(glue=not last, repeat=repeat, after=after if last else 0.0)
                continue
            top = [part for part in (repeat, group) if part is not None]
            again = stacked(top) if top else None
            glue = not last and (near or closing)
            yield made.piece(glue=glue, repeat=again, after=after if last else 0.0)

    # columns

    def _padding(self, number: int) -> tuple[float, float]:
        looks, columns = self.setter.style.table, self.table.columns
        if self.table.boxed:
            return looks.grid_pad, looks.grid_pad
        right = looks.dense_pad_right if self.table.dense else looks.pad_right
        after_number = (
            number > 0 and columns[number - 1].align is Align.RIGHT and columns[number].align is not Align.RIGHT
        )
        return (looks.after_number_pad_left if after_number else 0.0), (0.0 if number == len(columns) - 1 else right)

    def _places(self) -> list[_Place]:
        columns = self.table.columns
        pads = [self._padding(number) for number in range(len(columns))]
        widths = column_widths(columns, self.width, self._needs(pads))
        places, left = [], 0.0
        for column, pad, wide in zip(columns, pads, widths, strict=True):
            places.append(_Place(left, wide, *pad, column.align))
            left += wide
        return places

    def _needs(self, pads: Sequence[tuple[float, float]]) -> list[float]:
        """The least width of each column: its longest word, in a sample of long tables."""
        needs = [widest_word(column.head, self.setter, self._head_style) for column in self.table.columns]
        for row in self.table.rows[:200]:
            if row.kind is RowKind.GROUP:
                continue
            for number, cell in _numbered(row):
                if cell.columns == 1 and number < len(needs) and not _fills(cell.content):
                    style = self._cell_style(row, cell)
                    needs[number] = max(needs[number], widest_word(cell.content, self.setter, style))
        return [min(need + sum(pad), self.width * _WIDEST_SHARE) for need, pad in zip(needs, pads, strict=True)]

    # rows

    @property
    def _head_style(self) -> TextStyle:
        return self.setter.style.type["table_head_dense" if self.table.dense else "table_head"]

    @property
    def _body_style(self) -> TextStyle:
        name = "table_dense" if self.table.dense else "table_large" if self.table.large else "table"
        return self.setter.style.type[name]

    def _cell_style(self, row: Row, cell: Cell) -> TextStyle:
        style = self.setter.style.type["table"] if cell.small else self._body_style
        return style.bold() if cell.bold or row.kind is not RowKind.BODY else style

    @property
    def _heads_rows(self) -> bool:
        """A small table keeps its first column as data: more heads than data helps nobody who listens."""
        columns, rows = len(self.table.columns), sum(row.kind is not RowKind.GROUP for row in self.table.rows)
        heads = columns if self.table.head else 0
        return heads + rows <= rows * (columns - 1)

    def _pads(self) -> tuple[float, float]:
        looks = self.setter.style.table
        return (looks.dense_pad_top, looks.dense_pad_bottom) if self.table.dense else (looks.pad_top, looks.pad_bottom)

    def _head(self, places: Sequence[_Place]) -> _RowPiece | None:
        row, style = self.node.child("TR"), self._head_style
        cells = []
        for column, place in zip(self.table.columns, places, strict=True):
            lines = tuple(self.setter.lines(column.head, style, place.text_width))
            node = row.child("TH", scope="Column") if lines else row.child("TD")
            cells.append(_Set(lines, style, place, node))
        looks, weight = self.setter.style.table, self.setter.style.rule_weight
        rules = _Rules(below=weight.table_head, color="ink")
        least = 0.0
        if self.table.boxed:
            rules, least = _Rules(below=weight.form_box, boxed=True, tint=True), looks.blank_row_height * 0.85
        pad_bottom = looks.pad_bottom
        return _RowPiece(
            tuple(cells), looks.pad_top / 2, pad_bottom, least, rules, 0.0, self.width, not self.table.boxed
        )

    def _row(self, row: Row, places: Sequence[_Place]) -> _RowPiece:
        node = self.node.child("TR")
        if row.kind is RowKind.GROUP:
            return self._group(row, places, node)
        cells = tuple(self._cells(row, places, node))
        pad_top, pad_bottom = self._pads()
        weight = self.setter.style.rule_weight
        if self.table.boxed:
            rules = _Rules(below=weight.form_box, boxed=True)
        elif row.kind is RowKind.TOTAL:
            rules = _Rules(above=weight.total)
        else:
            rules = _Rules(below=weight.row)
        least = max(row.height, self.table.row_height)
        return _RowPiece(cells, pad_top, pad_bottom, least, rules, 0.0, self.width, at_top=row.at_top)

    def _cells(self, row: Row, places: Sequence[_Place], node: Node) -> Iterator[_Set]:
        for number, cell in _numbered(row):
            if number >= len(places):
                raise ValueError("a row has more cells than the table has columns")
            place = _spanned(places[number : number + cell.columns])
            style = self._cell_style(row, cell)
            lines = tuple(self.setter.lines(cell.content, style, place.text_width))
            names = (
                cell.header if cell.header is not None else self._heads_rows and self.table.columns[number].names_row
            )
            if names and lines:
                owner = node.child("TH", scope="Row", columns=cell.columns, language=cell.language)
            else:
                owner = node.child("TD", columns=cell.columns, language=cell.language)
            yield _Set(lines, style, place, owner)

    def _group(self, row: Row, places: Sequence[_Place], node: Node | None, more: Said | str = "") -> _RowPiece:
        """The group's name heads its rows and spans the table; a second cell (a count) follows it on the line."""
        content, *rest = [_as_cell(cell).content for cell in row.cells] or [""]
        if more:
            content = (*runs(content), Run(more))
        place = replace(_spanned(places), align=Align.LEFT)
        style = self._body_style.bold()
        lines = tuple(self.setter.lines(content, style, place.text_width))
        head = node.child("TH", scope="Both", columns=max(1, len(places) - 1)) if node else None
        cells = [_Set(lines, style, place, head)]
        aside = node.child("TD") if node and len(places) > 1 else None
        if rest and lines and not more:
            used = lines[-1].width + self.setter.style.space.mark_gap
            beside = replace(place, pad_left=place.pad_left + used)
            count = self.setter.lines((Run("· "), *runs(rest[0])), self._body_style, beside.text_width)
            cells.append(_Set(tuple(count), self._body_style, beside, aside))
        looks, weight = self.setter.style.table, self.setter.style.rule_weight
        if self.table.boxed:
            rules = _Rules(below=weight.form_box, boxed=True, tint=True)
        else:
            rules = _Rules(below=weight.table_head, color="ink")
        return _RowPiece(tuple(cells), looks.group_pad_top, looks.pad_bottom, 0.0, rules, 0.0, self.width)

    def _continued(self, row: Row, places: Sequence[_Place]) -> Piece:
        return self._group(row, places, None, said(", continued")).piece()


def column_widths(columns: Sequence[Column], width: float, needs: Sequence[float]) -> list[float]:
    """Fixed columns as asked, the others by share; a column too narrow for its longest word takes room from the roomy ones."""
    fixed = sum(column.width for column in columns)
    shares = sum(column.share for column in columns if not column.width)
    if fixed > width or not shares:
        scale = width / fixed if fixed else 1.0
        wide = [column.width * scale for column in columns]
    else:
        unit = (width - fixed) / shares
        wide = [column.width or column.share * unit for column in columns]
    lacking = sum(max(0.0, need - have) for need, have in zip(needs, wide, strict=True))
    spare = sum(max(0.0, have - need) for need, have in zip(needs, wide, strict=True))
    if not lacking:
        return wide
    given = min(1.0, lacking / spare) if spare else 0.0
    taken = [
        max(need, have) if have < need else have - (have - need) * given for need, have in zip(needs, wide, strict=True)
    ]
    total = sum(taken)
    return [part * width / total for part in taken]


def _as_cell(cell: Rich | Cell) -> Cell:
    return cell if isinstance(cell, Cell) else Cell(cell)


def _numbered(row: Row) -> Iterator[tuple[int, Cell]]:
    """Cells with the number of their first column."""
    number = 0
    for content in row.cells:
        cell = _as_cell(content)
        yield number, cell
        number += cell.columns


def _fills(content: Rich) -> bool:
    return any(isinstance(part, Bar) for part in runs(content))


def _spanned(places: Sequence[_Place]) -> _Place:
    first, last = places[0], places[-1]
    return _Place(first.left, last.left + last.width - first.left, first.pad_left, last.pad_right, first.align)
