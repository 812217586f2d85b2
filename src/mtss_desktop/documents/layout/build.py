"""Blocks into pieces, with their structure elements in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents import pdf_figure
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Bullets,
    Cell,
    Checkbox,
    Checklist,
    Column,
    Columns,
    Contents,
    Fact,
    FigureBlock,
    Frame,
    Heading,
    KeepTogether,
    KeyFacts,
    KeyGroups,
    PageBreak,
    Panels,
    Paragraph,
    Rich,
    Row,
    RowKind,
    Run,
    Sentence,
    SignatureLines,
    Spacer,
    Table,
    TextRole,
    TitleBlock,
    WriteLines,
    runs,
)
from mtss_desktop.documents.layout.flow import Piece, stacked
from mtss_desktop.documents.layout.pen import Pen
from mtss_desktop.documents.layout.table import TableSetter
from mtss_desktop.documents.layout.text import Line, Setter, measure
from mtss_desktop.documents.style import TextStyle
from mtss_desktop.documents.tagging import Node

INFINITE = float("inf")
_FIRST, _LAST = 3, 2  # lines of a paragraph that stay together at its start and its end


@dataclass
class Builder:
    """Makes pieces of one width. ``root`` holds the sections, ``place`` takes the next element (the open section)."""

    setter: Setter
    width: float
    root: Node
    place: Node
    titles: dict[str, Said | str]
    poster: bool = False
    room: float = 0.0

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
                yield self._figure(block)
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
                yield from self._title(block)

    def _type(self, name: str) -> TextStyle:
        return self.setter.style.type[name]

    # text

    def _text(
        self,
        lines: Sequence[Line],
        style: TextStyle,
        node: Node | None,
        *,
        indent: float = 0.0,
        align: Align = Align.LEFT,
    ) -> Piece:
        """Lines as one piece."""
        width = self.width - indent

        def paint(pen: Pen, x: float, top: float) -> None:
            for number, line in enumerate(lines):
                pen.line(line, x + indent, _baseline(top, style, number), node, width=width, align=align)

        return Piece(len(lines) * style.lead, paint)

    def _flowing(
        self,
        lines: Sequence[Line],
        style: TextStyle,
        node: Node | None,
        *,
        indent: float = 0.0,
        align: Align = Align.LEFT,
    ) -> Iterator[Piece]:
        """Lines as pieces that break between pages, never leaving fewer than the house allows on either side."""
        count = len(lines)
        if count <= _FIRST + _LAST:
            yield self._text(lines, style, node, indent=indent, align=align)
            return
        cuts = [_FIRST, *range(_FIRST + 1, count - _LAST + 1), count]
        start = 0
        for cut in cuts:
            yield self._text(lines[start:cut], style, node, indent=indent, align=align)
            start = cut

    def _paragraph(self, block: Paragraph) -> Iterator[Piece]:
        style = self._type(block.role.value)
        lines = self.setter.lines(block.text, style, self.width)
        if not lines:
            return
        node = None if block.furniture else self.place.child("P", language=block.language)
        space = self.setter.style.space
        after = {TextRole.LABEL: 0.0, TextRole.NOTE: space.list_item_after}.get(block.role, space.paragraph_after)
        parts = list(self._flowing(lines, style, node, align=block.align))
        yield from parts[:-1]
        yield replace(parts[-1], after=after)

    def _heading(self, block: Heading) -> Piece:
        space, large = self.setter.style.space, block.level <= 2
        if block.level == 2:
            self.place = self.root.child("Sect")
        style = self._type({1: "title_dense", 2: "h2", 3: "h3"}.get(block.level, "h4"))
        node = self.place.child(f"H{block.level}", language=block.language)
        ruled = block.rule if block.rule is not None else block.level == 2
        inner, anchors = self._heading_text(block, style, node)
        pad = space.h2_after + 1.0 if ruled else 0.0
        weight = self.setter.style.rule_weight.heading
        bookmark = block.bookmark if block.bookmark is not None else large
        title, width = self.setter.say(block.text), self.width
        name = block.anchor or f"heading {id(node)}"

        def paint(pen: Pen, x: float, top: float) -> None:
            if ruled:
                pen.rule(x, top, x + width, top, weight)
            if (block.anchor or bookmark) and not pen.repeating:
                pen.canvas.anchor(pen.name(name), x, top + 2)
            if bookmark and not pen.repeating:
                pen.canvas.outline(title, pen.name(name), block.level - 1)
            inner.paint(pen, x, top - pad)

        before, after = (space.h2_before, space.h2_after) if large else (space.h3_before, space.h3_after)
        return Piece(inner.height + pad, paint, before=before, after=after, glue=True, anchors=anchors)

    def _heading_text(self, block: Heading, style: TextStyle, node: Node) -> tuple[Piece, tuple[str, ...]]:
        anchors: tuple[str, ...] = ()
        if block.anchor:
            self.titles[block.anchor] = block.text
            anchors = (block.anchor,)
        quiet = self._type("h2_aside")
        aside = self.setter.lines(block.aside, quiet, self.width)
        room = self.width - (aside[0].width + self.setter.style.space.column_gap if len(aside) == 1 else 0.0)
        lines = self.setter.lines(block.text, style, self.width)
        beside = len(aside) == 1 and len(lines) == 1 and lines[0].width <= room
        heading = self._text(lines, style, node)
        if not aside:
            return heading, anchors
        aside_node = self.place.child("P")
        if not beside:
            return stacked([heading, self._text(aside, quiet, aside_node)]), anchors
        width = self.width

        def paint(pen: Pen, x: float, top: float) -> None:
            heading.paint(pen, x, top)
            pen.line(aside[0], x, _baseline(top, style, 0), aside_node, width=width, align=Align.RIGHT)

        return Piece(heading.height, paint), anchors

    def _sentence(self, block: Sentence) -> Piece:
        space, style = self.setter.style.space, self._type("body_small")
        content = (Run(block.finding, bold=True), Run(" "), *runs(block.text))
        indent = space.callout_indent
        lines = self.setter.lines(content, style, self.width - indent)
        inner = self._text(lines, style, self.place.child("P"), indent=indent)
        weight = self.setter.style.rule_weight.callout_bar

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.rule(x + weight / 2, top, x + weight / 2, top - inner.height, weight)
            inner.paint(pen, x, top)

        return Piece(inner.height, paint, before=space.callout_before, after=space.callout_after)

    # lists

    def _bullets(self, block: Bullets) -> Iterator[Piece]:
        space = self.setter.style.space
        style = self._type("table" if block.small else "body")
        indent = space.number_indent if block.numbered else space.list_indent
        node = self.place.child("L", numbering="Decimal" if block.numbered else "Disc")
        for number, item in enumerate(block.items, 1):
            label = f"{number}." if block.numbered else "–"
            yield from self._item(node, Run(label), item, style, indent, last=number == len(block.items))

    def _checklist(self, block: Checklist) -> Iterator[Piece]:
        style = self._type("table")
        indent = self.setter.style.mark.checkbox + self.setter.style.space.box_gap
        node = self.place.child("L", numbering="None")
        for number, item in enumerate(block.items, 1):
            yield from self._item(node, Checkbox(), item, style, indent, last=number == len(block.items))

    def _item(
        self, node: Node, label: Run | Checkbox, item: Rich, style: TextStyle, indent: float, *, last: bool
    ) -> Iterator[Piece]:
        space, entry = self.setter.style.space, node.child("LI")
        label_node, body = entry.child("Lbl"), entry.child("LBody")
        mark = self.setter.lines(label, style, self.width)
        parts = list(self._flowing(self.setter.lines(item, style, self.width - indent), style, body, indent=indent))
        if not parts:
            return
        first = parts[0]

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.line(mark[0], x, _baseline(top, style, 0), label_node)
            first.paint(pen, x, top)

        parts[0] = replace(first, paint=paint)
        after = space.paragraph_after if last else space.list_item_after
        parts[-1] = replace(parts[-1], after=after)
        yield from parts

    # facts and panels

    def _facts(self, facts: Sequence[Fact]) -> Piece:
        """Labels over values between two rules, as a table of two rows."""
        space, label, value = self.setter.style.space, self._type("label"), self._type("value")
        widths = self._fact_widths(facts)
        node = self.place.child("Table", summary=self.setter.words("Facts about this document"))
        heads, values = node.child("TR"), node.child("TR")
        set_heads = [
            (self.setter.lines(f.label, label, w), heads.child("TH", scope="Column"))
            for f, w in zip(facts, widths, strict=True)
        ]
        set_values = [
            (self.setter.lines(f.value, value, w), values.child("TD")) for f, w in zip(facts, widths, strict=True)
        ]
        head_height = max((len(lines) for lines, _ in set_heads), default=0) * label.lead
        height = (
            head_height + max((len(lines) for lines, _ in set_values), default=0) * value.lead + 2 * space.facts_pad
        )
        weight, width = self.setter.style.rule_weight.facts, self.width

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.rule(x, top, x + width, top, weight, "hair")
            pen.rule(x, top - height, x + width, top - height, weight, "hair")
            self._fact_row(pen, set_heads, widths, label, x, top - space.facts_pad)
            self._fact_row(pen, set_values, widths, value, x, top - space.facts_pad - head_height)

        return Piece(height, paint, before=space.facts_pad, after=space.title_block_after)

    def _fact_row(
        self,
        pen: Pen,
        cells: Sequence[tuple[Sequence[Line], Node]],
        widths: Sequence[float],
        style: TextStyle,
        x: float,
        top: float,
    ) -> None:
        for (lines, node), width in zip(cells, widths, strict=True):
            for number, line in enumerate(lines):
                pen.line(line, x, _baseline(top, style, number), node)
            x += width + self.setter.style.space.facts_gap

    def _fact_widths(self, facts: Sequence[Fact]) -> list[float]:
        """As wide as their text when all fit, the rest shared out; by share where shares are given."""
        gap = self.setter.style.space.facts_gap
        room = self.width - gap * (len(facts) - 1)
        label, value = self._type("label"), self._type("value")
        say = self.setter.say
        natural = [max(measure(say(fact.label), label), measure(say(fact.value), value)) + 1 for fact in facts]
        if all(fact.share for fact in facts):
            total = sum(fact.share for fact in facts)
            return [room * fact.share / total for fact in facts]
        total = sum(natural)
        if total <= room:
            return [part + (room - total) / len(facts) for part in natural]
        least = room * 0.6 / len(facts)
        return [
            max(least, part * room / total) * room / sum(max(least, p * room / total) for p in natural)
            for part in natural
        ]

    def _facts_stacked(self, block: KeyFacts) -> Piece:
        """One under the other, each label with its value."""
        label, value = self._type("label"), self._type("value")
        node = self.place.child("L", numbering="None")
        parts = []
        for fact in block.facts:
            body = node.child("LI").child("LBody")
            parts.append(self._text(self.setter.lines(fact.label, label, self.width), label, body))
            parts.append(self._text(self.setter.lines(fact.value, value, self.width), value, body))
        return replace(stacked(parts), after=self.setter.style.space.paragraph_after)

    def _panels(self, block: Panels) -> Iterator[Piece]:
        if self.setter.style.large:
            for panel in block.panels:
                yield self._panel(panel.title, panel.question, panel.number, panel.line, self.width)
            return
        pad, count = self.setter.style.space.panel_pad, len(block.panels)
        wide = (self.width - pad * 2 * (count - 1)) / count
        parts = [self._panel(panel.title, panel.question, panel.number, panel.line, wide) for panel in block.panels]
        height = max(part.height for part in parts) + pad
        weight, width = self.setter.style.rule_weight, self.width

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.rule(x, top, x + width, top, weight.heading)
            pen.rule(x, top - height, x + width, top - height, weight.heading)
            for number, part in enumerate(parts):
                left = x + number * (wide + 2 * pad)
                if number:
                    pen.rule(left - pad, top, left - pad, top - height, weight.form_box, "rule")
                part.paint(pen, left, top - pad / 2)

        yield Piece(height, paint, before=pad / 2, after=self.setter.style.space.table_after)

    def _panel(self, title: Rich, question: Rich, number: Rich, line: Rich, width: float) -> Piece:
        inner = replace(self, width=width)
        rows = ((title, "h2"), (question, "note"), (number, "value_big"), (line, "note"))
        return stacked(
            [inner.panel_text(text, name) for text, name in rows if self.setter.lines(text, self._type("note"), width)]
        )

    def panel_text(self, text: Rich, name: str) -> Piece:
        style = self._type("body").bold() if name == "value_big" else self._type(name)
        if name == "value_big":
            style = replace(style, weight="SemiBold")
        piece = self._text(self.setter.lines(text, style, self.width), style, self.place.child("P"))
        return replace(piece, before=3.0 if name == "value_big" else 0.0)

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

    # lines for a hand, contents, key

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
                    pen.line(line, left, _baseline(low - 1, style, place), node)

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
                pen.line(line, x, _baseline(top - looks.pad_top, style, number), node)
            page = str(pen.pages.get(anchor, "–"))
            pen.content(node)
            pen.plain(page, x + width - measure(page, style), _baseline(top - looks.pad_top, style, 0), style)
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
                y = _baseline(top - (number // block.per_row) * space.key_row, style, 0)
                label = f"{number + 1} "
                pen.content(node)
                pen.plain(label, left, y, small)
                pen.plain(group, left + measure("0000", small), y, style)

        return Piece((rows - 1) * space.key_row + style.lead, paint, before=space.mark_gap)

    # title

    def _title(self, block: TitleBlock) -> Iterator[Piece]:
        self.place = self.root
        parts = [self._kicker(block)]
        style = self._type("title_poster" if self.poster else "title" if self.width < 700 else "title_dense")
        node = self.place.child("H1")
        title = self._text(self.setter.lines(block.title, style, self.width), style, node)
        name, text = block.anchor or f"title {id(node)}", self.setter.say(block.title)
        if block.anchor:
            self.titles[block.anchor] = block.title

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.canvas.anchor(pen.name(name), x, top + 40)
            pen.canvas.outline(text, pen.name(name), 0)
            title.paint(pen, x, top)

        parts.append(Piece(title.height, paint, before=self.setter.style.space.kicker_after))
        lines = self.setter.lines(block.subtitle, self._type("subtitle"), self.width)
        if lines:
            parts.append(self._text(lines, self._type("subtitle"), self.place.child("P")))
        whole = replace(stacked(parts), opens=True, after=self.setter.style.space.title_block_after / 2)
        anchors = (block.anchor,) if block.anchor else ()
        if not block.facts:
            yield replace(whole, anchors=anchors, after=self.setter.style.space.title_block_after)
            return
        yield replace(whole, glue=True, anchors=anchors)
        yield from self._block(KeyFacts(block.facts))

    def _kicker(self, block: TitleBlock) -> Piece:
        style, width = self._type("kicker"), self.width
        kind = self.setter.lines(block.kind, style, width / 2)
        owner = self.setter.lines(block.owner, style, width / 2)
        kind_node = self.place.child("P") if kind else None
        owner_node = self.place.child("P") if owner else None
        weight = self.setter.style.rule_weight.title

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.rule(x, top - weight / 2, x + width, top - weight / 2, weight)
            for number, line in enumerate(kind):
                pen.line(line, x, _baseline(top - 5, style, number), kind_node, width=width, align=Align.RIGHT)
            for number, line in enumerate(owner):
                pen.line(line, x, _baseline(top - 5, style, number), owner_node)

        rows = max(len(kind), len(owner), 1)
        return Piece(5 + rows * style.lead, paint)


def _baseline(top: float, style: TextStyle, number: int) -> float:
    """The baseline of line ``number`` of text whose first line starts at ``top``."""
    return top - number * style.lead - (style.lead - style.size) / 2 - style.size * 0.79


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
