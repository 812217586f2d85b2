"""Contents, key groups and what a hand will fill in, as pieces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mtss_desktop.base.words import Said
from mtss_desktop.documents.blocks import (
    Contents,
    KeyGroups,
    Run,
    SignatureLines,
    WriteLines,
)
from mtss_desktop.documents.layout.flow import Piece
from mtss_desktop.documents.layout.ground import Ground, baseline
from mtss_desktop.documents.layout.pen import Pen
from mtss_desktop.documents.layout.text import measure
from mtss_desktop.documents.tagging import Node


class Blanks(Ground):
    """Lines to write on, signatures, contents, the groups of a key."""

    def _write_lines(self, block: WriteLines) -> Iterator[Piece]:
        spacing = block.spacing or self.setter.style.table.write_line_height
        if block.count:
            for _ in range(block.count):
                yield self._ruled(spacing, 1)
            return
        least = self._ruled(spacing, 2)
        yield replace(least, stretch=lambda left: self._ruled(spacing, max(2, int(left // spacing))))

    def _ruled(self, spacing: float, count: int) -> Piece:
        weight, width = self.setter.style.rule_weight.write_line, self.width

        def paint(pen: Pen, x: float, top: float) -> None:
            for number in range(1, count + 1):
                y = top - number * spacing + 2
                pen.rule(x, y, x + width, y, weight, "rule")

        return Piece(spacing * count, paint)

    def _signatures(self, block: SignatureLines) -> Piece:
        space, style, count = self.setter.style.space, self._type("note"), len(block.labels)
        per_row = 1 if self.setter.style.large else min(count, 3)
        wide = (self.width - space.column_gap * (per_row - 1)) / per_row
        nodes = [self.place.child("P") for _ in block.labels]
        labels = [self.setter.lines(label, style, wide) for label in block.labels]
        row_height = space.signature + max(len(lines) for lines in labels) * style.lead
        weight = self.setter.style.rule_weight.write_line

        def paint(pen: Pen, x: float, top: float) -> None:
            for number, (lines, node) in enumerate(zip(labels, nodes, strict=True)):
                left = x + (number % per_row) * (wide + space.column_gap)
                low = top - (number // per_row) * row_height - space.signature
                pen.rule(left, low, left + wide, low, weight, "rule")
                for place, line in enumerate(lines):
                    pen.line(line, left, baseline(low - 1, style, place), node)

        rows = (count + per_row - 1) // per_row
        return Piece(rows * row_height, paint, after=space.paragraph_after)

    def _contents(self, block: Contents) -> Iterator[Piece]:
        node = self.place.child("L", numbering="None")
        for entry in block.entries:
            yield self._contents_row(entry.text, entry.anchor, node.child("LI").child("LBody"))

    def _contents_row(self, text: Said | str, anchor: str, node: Node) -> Piece:
        style, width = self._type("table"), self.width
        looks, weight = self.setter.style.table, self.setter.style.rule_weight.row
        lines = self.setter.lines(Run(text, anchor=anchor), style, width - 30)
        height = max(self.setter.style.space.contents_row, len(lines) * style.lead + looks.pad_top + looks.pad_bottom)

        def paint(pen: Pen, x: float, top: float) -> None:
            for number, line in enumerate(lines):
                pen.line(line, x, baseline(top - looks.pad_top, style, number), node)
            page = str(pen.pages.get(anchor, "–"))
            pen.content(node)
            pen.plain(page, x + width - measure(page, style), baseline(top - looks.pad_top, style, 0), style)
            pen.rule(x, top - height, x + width, top - height, weight, "hair")

        return Piece(height, paint)

    def _key_groups(self, block: KeyGroups) -> Piece:
        style, small, space = self._type("recovery_key"), self._type("key_number"), self.setter.style.space
        nodes = [self.place.child("P") for _ in block.groups]
        wide = self.width / block.per_row
        rows = (len(block.groups) + block.per_row - 1) // block.per_row

        def paint(pen: Pen, x: float, top: float) -> None:
            for number, (group, node) in enumerate(zip(block.groups, nodes, strict=True)):
                left = x + (number % block.per_row) * wide
                y = baseline(top - (number // block.per_row) * space.key_row, style, 0)
                label = f"{number + 1} "
                pen.content(node)
                pen.plain(label, left, y, small)
                pen.plain(group, left + measure("0000", small), y, style)

        return Piece((rows - 1) * space.key_row + style.lead, paint, before=space.mark_gap)
