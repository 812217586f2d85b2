"""Facts and panels as pieces: labels with their values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mtss_desktop.documents.blocks import (
    Fact,
    KeyFacts,
    Panel,
    Panels,
    Rich,
)
from mtss_desktop.documents.layout.flow import Piece, stacked
from mtss_desktop.documents.layout.ground import Ground, baseline
from mtss_desktop.documents.layout.pen import Pen
from mtss_desktop.documents.layout.text import Line, measure
from mtss_desktop.documents.style import TextStyle
from mtss_desktop.documents.tagging import Node


class Facts(Ground):
    """Labels and values, in a row or stacked; panels of one question each."""

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
                pen.line(line, x, baseline(top, style, number), node)
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
                yield self._panel(panel, self.width, figures=block.figures)
            return
        pad, count = self.setter.style.space.panel_pad, len(block.panels)
        wide = (self.width - pad * 2 * (count - 1)) / count
        parts = [self._panel(panel, wide, figures=block.figures) for panel in block.panels]
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

    def _panel(self, panel: Panel, width: float, *, figures: bool) -> Piece:
        inner = replace(self, width=width)
        title, number = ("label", "figure_mid") if figures else ("h2", "value_big")
        rows = ((panel.title, title), (panel.question, "note"), (panel.number, number), (panel.line, "note"))
        return stacked(
            [inner.panel_text(text, name) for text, name in rows if self.setter.lines(text, self._type("note"), width)]
        )

    def panel_text(self, text: Rich, name: str) -> Piece:
        style = self._type("body").bold() if name == "value_big" else self._type(name)
        if name == "value_big":
            style = replace(style, weight="SemiBold")
        piece = self._text(self.setter.lines(text, style, self.width), style, self.place.child("P"))
        return replace(piece, before=3.0 if name == "value_big" else 0.0)
