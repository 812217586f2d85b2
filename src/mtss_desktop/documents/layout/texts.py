"""Titles, headings, paragraphs and lists as pieces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mtss_desktop.documents.blocks import (
    Align,
    Bullets,
    Checkbox,
    Checklist,
    Heading,
    Paragraph,
    Rich,
    Run,
    Sentence,
    TextRole,
    TitleBlock,
    runs,
)
from mtss_desktop.documents.layout.flow import Piece, stacked
from mtss_desktop.documents.layout.ground import Ground, baseline
from mtss_desktop.documents.layout.pen import Pen
from mtss_desktop.documents.style import TextStyle
from mtss_desktop.documents.tagging import Node


class Texts(Ground):
    """Everything that is mostly words."""

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
            pen.line(aside[0], x, baseline(top, style, 0), aside_node, width=width, align=Align.RIGHT)

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
            pen.line(mark[0], x, baseline(top, style, 0), label_node)
            first.paint(pen, x, top)

        parts[0] = replace(first, paint=paint)
        after = space.paragraph_after if last else space.list_item_after
        parts[-1] = replace(parts[-1], after=after)
        yield from parts

    def _title(self, block: TitleBlock) -> Piece:
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
        after = self.setter.style.space.title_block_after
        if block.facts:
            return replace(whole, glue=True, anchors=anchors)
        return replace(whole, anchors=anchors, after=after)

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
                pen.line(line, x, baseline(top - 5, style, number), kind_node, width=width, align=Align.RIGHT)
            for number, line in enumerate(owner):
                pen.line(line, x, baseline(top - 5, style, number), owner_node)

        rows = max(len(kind), len(owner), 1)
        return Piece(5 + rows * style.lead, paint)
