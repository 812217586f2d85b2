"""Blocks into pieces, with their structure elements in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents import pdf_figure
from mtss_desktop.documents.blocks import (
    Block,
    Bullets,
    Cell,
    Checklist,
    Column,
    Columns,
    Contents,
    FigureBlock,
    Frame,
    Heading,
    KeepTogether,
    KeyFacts,
    KeyGroups,
    PageBreak,
    Panels,
    Paragraph,
    Photo,
    Row,
    RowKind,
    Sentence,
    SignatureLines,
    Spacer,
    Table,
    TextRole,
    TitleBlock,
    WriteLines,
)
from mtss_desktop.documents.layout.blanks import Blanks
from mtss_desktop.documents.layout.facts import Facts
from mtss_desktop.documents.layout.flow import Piece, stacked
from mtss_desktop.documents.layout.pen import Pen
from mtss_desktop.documents.layout.table import TableSetter
from mtss_desktop.documents.layout.text import Setter
from mtss_desktop.documents.layout.texts import Texts
from mtss_desktop.documents.parts import photos
from mtss_desktop.documents.tagging import Node
from mtss_desktop.domain.figures import Box, Figure

INFINITE = float("inf")


@dataclass
class Builder(Texts, Facts, Blanks):
    """Makes pieces of any block."""

    @classmethod
    def start(cls, setter: Setter, width: float, root: Node, titles: dict[str, Said | str], room: float) -> Builder:
        return cls(setter, width, root, root, titles, room=room)

    def pieces(self, blocks: Sequence[Block]) -> Iterator[Piece]:
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Piece]:
        match block:
            case Heading():
                yield self._heading(block)
            case Paragraph():
                yield from self._paragraph(block)
            case Sentence():
                yield self._sentence(block)
            case Bullets():
                yield from self._bullets(block)
            case Checklist():
                yield from self._checklist(block)
            case KeyFacts():
                yield (
                    self._facts_stacked(block) if block.stacked or self.setter.style.large else self._facts(block.facts)
                )
            case Table():
                yield from self._table(block)
            case FigureBlock():
                yield from self._figures(block)
            case Photo():
                yield from self._photo(block)
            case _:
                yield from self._layout_block(block)

    def _layout_block(self, block: Block) -> Iterator[Piece]:
        match block:
            case Panels():
                yield from self._panels(block)
            case Columns():
                yield from self._columns(block)
            case WriteLines():
                yield from self._write_lines(block)
            case SignatureLines():
                yield self._signatures(block)
            case Contents():
                yield from self._contents(block)
            case Frame():
                yield self._frame(block)
            case KeyGroups():
                yield self._key_groups(block)
            case KeepTogether():
                yield from self._keep(block)
            case Spacer():
                yield Piece(block.height, lambda _pen, _x, _top: None)
            case PageBreak():
                yield Piece(0.0, lambda _pen, _x, _top: None, new_page=True, odd_page=block.odd)
            case TitleBlock():
                yield self._title(block)
                if block.facts:
                    yield from self._block(KeyFacts(block.facts))

    # tables and figures

    def _table(self, block: Table) -> Iterator[Piece]:
        if not block.rows and block.empty:
            yield from self._paragraph(Paragraph(block.empty, TextRole.SMALL))
            return
        if (
            self.setter.style.large
            and len(block.columns) > self.setter.style.large_print.table_columns_max
            and not block.boxed
        ):
            block = unfolded(block)
        node = self.place.child("Table", summary=self.setter.say(block.summary))
        yield from TableSetter(block, self.setter, self.width, node).pieces()

    def _figures(self, block: FigureBlock) -> Iterator[Piece]:
        """One piece; more where a structure chart is higher than a page."""
        sheets: tuple[Figure, ...] = (block.figure,)
        if self.room and not block.height and block.figure.of(Box):
            width = min(block.width or self.width, self.width)
            sheets = pdf_figure.sheets(block.figure, width, self.room, self.setter.words, self.setter.style)
        for figure in sheets:
            yield self._figure(replace(block, figure=figure))

    def _figure(self, block: FigureBlock) -> Piece:
        style, words = self.setter.style, self.setter.words
        alt = self.setter.say(block.figure.alt)
        if not alt.strip():
            raise ValueError("a figure needs alternative text")
        width = min(block.width or self.width, self.width)
        height = block.height * (style.large_print.chart_height_factor if style.large else 1.0)
        height = min(height or pdf_figure.needed_height(block.figure, width, words, style), self.room or INFINITE)
        node = self.place.child("Figure", alt=alt)

        def paint(pen: Pen, x: float, top: float) -> None:
            node.box = (x, top - height, x + width, top)
            pen.content(node)
            pen.canvas.saveState()
            pen.canvas.translate(x, top - height)
            pdf_figure.draw(block.figure, pen.canvas, width, height, words, style)
            pen.canvas.restoreState()
            pen.canvas.close()

        return Piece(height, paint, after=style.space.chart_after)

    def _photo(self, block: Photo) -> Iterator[Piece]:
        """The picture, then its words; where it cannot be read its words alone."""
        alt = self.setter.say(block.alt)
        picture = photos.fitted(block.content, self.width, min(block.height, self.room or INFINITE))
        if picture is not None:
            node = self.place.child("Figure", alt=alt)

            def paint(pen: Pen, x: float, top: float) -> None:
                node.box = (x, top - picture.height, x + picture.width, top)
                pen.content(node)
                pen.canvas.drawImage(picture.image(), x, top - picture.height, picture.width, picture.height)
                pen.canvas.close()

            yield Piece(picture.height, paint, after=4.0, glue=True)
        yield from self._paragraph(Paragraph(block.alt, TextRole.NOTE))

    # side by side, frames, keeping together

    def _nested(self, width: float, blocks: Sequence[Block]) -> tuple[Piece, list[Node]]:
        """Blocks as one piece, their elements apart until it is known that the piece is used."""
        holder = Node("Div")
        inner = Builder(self.setter, width, holder, holder, self.titles, self.poster, self.room)
        piece = stacked(list(inner.pieces(blocks)))
        return piece, [child for child in holder.children if isinstance(child, Node)]

    def _adopt(self, children: Sequence[Node]) -> None:
        """Nested sections stand beside the open section, not inside it, and close it."""
        if any(child.kind == "Sect" for child in children):
            self.place = self.root
        self.place.children += children

    def _columns(self, block: Columns) -> Iterator[Piece]:
        if self.setter.style.large:
            for part in block.parts:
                yield from self.pieces(part)
            return
        widths = _column_widths(block, self.width)
        made = [self._nested(width, part) for width, part in zip(widths, block.parts, strict=True)]
        height = max((piece.height for piece, _ in made), default=0.0)
        if height > self.room > 0:
            for part in block.parts:
                yield from self.pieces(part)
            return
        for _, children in made:
            self._adopt(children)

        def paint(pen: Pen, x: float, top: float) -> None:
            for (piece, _), width in zip(made, widths, strict=True):
                piece.paint(pen, x, top)
                x += width + block.gap

        anchors = tuple(anchor for piece, _ in made for anchor in piece.anchors)
        before, after = max(piece.before for piece, _ in made), max(piece.after for piece, _ in made)
        yield Piece(height, paint, before=before, after=after, anchors=anchors)

    def _frame(self, block: Frame) -> Piece:
        pad = self.setter.style.space.frame_pad
        inner, children = self._nested(self.width - 2 * pad, block.blocks)
        self._adopt(children)
        height, width = inner.height + 2 * pad * 0.7, self.width
        weight = self.setter.style.rule_weight.frame_strong

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.box(x, top - height, width, height, weight, "ink")
            inner.paint(pen, x + pad, top - pad * 0.7)

        return Piece(height, paint, before=pad / 2, after=pad / 2)

    def _keep(self, block: KeepTogether) -> Iterator[Piece]:
        parts = list(self.pieces(block.blocks))
        if not parts:
            return
        missing = block.least_height - stacked(parts).height
        if missing > 0 and not self.setter.style.large:
            parts.append(Piece(missing, lambda _pen, _x, _top: None))
        yield from (replace(part, kept=True) for part in parts[:-1])
        yield parts[-1]


def _column_widths(block: Columns, width: float) -> list[float]:
    count = len(block.parts)
    room = width - block.gap * (count - 1)
    fixed = block.widths or (0.0,) * count
    shares = block.shares or tuple(0.0 if wide else 1.0 for wide in fixed)
    rest = room - sum(fixed)
    total = sum(share for share, wide in zip(shares, fixed, strict=True) if not wide) or 1.0
    return [wide or rest * share / total for share, wide in zip(shares, fixed, strict=True)]


def unfolded(table: Table) -> Table:
    """A wide table as one block of label and value per row, for large print."""
    rows: list[Row] = []
    head = next((place for place, column in enumerate(table.columns) if column.names_row), 0)
    for row in table.rows:
        if row.kind is RowKind.GROUP:
            rows.append(row)
            continue
        cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in row.cells]
        heads = min(head, len(cells) - 1)
        rows.append(Row((cells[heads].content,), RowKind.GROUP))
        pairs = [pair for pair in zip(table.columns, cells, strict=False) if pair[1] is not cells[heads]]
        rows += [Row((column.head, cell.content)) for column, cell in pairs if column.head and cell.content]
    columns = (Column(said("What"), share=2, names_row=True), Column(said("Value"), share=3))
    return Table(columns, tuple(rows), table.summary, head=False, keep_groups=True)
