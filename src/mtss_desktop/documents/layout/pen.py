"""Paints lines of text, marks, rules and boxes onto a tagged canvas. Coordinates as in PDF: up is positive, origin lower left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from mtss_desktop.base.words import Said
from mtss_desktop.documents import fonts
from mtss_desktop.documents.blocks import Align, Bar, Boxes, Checkbox, Mark, Shape, WriteLine
from mtss_desktop.documents.layout.text import BOX_GAP, DrawnPart, Line, Setter, TextPart, measure
from mtss_desktop.documents.style import Style, TextStyle
from mtss_desktop.documents.tagging import Node, TaggedCanvas

_KAPPA = 0.5523  # control points of a quarter circle


@dataclass
class Pen:
    """``pages`` tells the page of an anchor; ``repeating`` paints everything as furniture (a repeated table head)."""

    canvas: TaggedCanvas
    setter: Setter
    pages: Mapping[str, int] = field(default_factory=dict)
    titles: Mapping[str, Said | str] = field(default_factory=dict)
    repeating: bool = False
    names: dict[str, str] = field(default_factory=dict)

    def name(self, anchor: str) -> str:
        """The anchor's name inside the file: short, and the same on every run."""
        return self.names.setdefault(anchor, f"d{len(self.names) + 1}")

    @property
    def style(self) -> Style:
        return self.setter.style

    # whose content

    def content(self, node: Node | None) -> None:
        if self.repeating or node is None:
            self.furniture()
        else:
            self.canvas.mark(node)

    def furniture(self) -> None:
        """What is open as furniture already stays open: a running head is one, whatever is drawn in it."""
        if not self.canvas.in_furniture:
            self.canvas.furniture("Pagination" if self.repeating else "Layout")

    @contextmanager
    def as_repeat(self) -> Iterator[None]:
        before, self.repeating = self.repeating, True
        yield
        self.repeating = before

    # lines and areas (always furniture)

    def rule(self, x1: float, y1: float, x2: float, y2: float, weight: float, color: str = "ink") -> None:
        self.furniture()
        canvas = self.canvas
        canvas.setStrokeColorRGB(*self.style.color[color])
        canvas.setLineWidth(weight)
        canvas.line(x1, y1, x2, y2)

    def box(self, x: float, y: float, width: float, height: float, weight: float, color: str = "rule") -> None:
        self.furniture()
        self.canvas.setStrokeColorRGB(*self.style.color[color])
        self.canvas.setLineWidth(weight)
        self.canvas.rect(x, y, width, height, stroke=1, fill=0)

    def area(self, x: float, y: float, width: float, height: float, color: str) -> None:
        self.furniture()
        self.canvas.setFillColorRGB(*self.style.color[color])
        self.canvas.rect(x, y, width, height, stroke=0, fill=1)

    # text

    def line(
        self, line: Line, x: float, y: float, node: Node | None, *, width: float = 0.0, align: Align = Align.LEFT
    ) -> None:
        """One line at baseline ``y``; ``width`` is the room it is aligned in."""
        actual = sum(self._width(part) for part in line.parts)
        x += {Align.LEFT: 0.0, Align.CENTER: (width - actual) / 2, Align.RIGHT: width - actual}[align]
        for part in line.parts:
            if isinstance(part, TextPart):
                self._text(part, x, y, node)
            else:
                self._drawn(part, x, y, node)
            x += self._width(part)

    def _width(self, part: TextPart | DrawnPart) -> float:
        return measure(self._shown(part), part.style) if isinstance(part, TextPart) and part.page_of else part.width

    def _shown(self, part: TextPart) -> str:
        return str(self.pages.get(part.page_of, "–")) if part.page_of else part.text

    def _text(self, part: TextPart, x: float, y: float, node: Node | None) -> None:
        owner = node
        link = part.anchor if part.anchor in self.pages and not self.repeating and node is not None else ""
        if node is not None and not self.repeating and (link or part.language):
            kind = "Link" if link else "Span"
            owner = node.child(kind, language=part.language)
        self.content(owner)
        self.plain(self._shown(part), x, y, part.style)
        if link and owner is not None:
            low, high = y - part.style.size * 0.25, y + part.style.size * 0.85
            says = self.setter.say(self.titles.get(link, "")) or link
            self.canvas.link(owner, (x, low, x + self._width(part), high), self.name(link), says)

    def plain(self, text: str, x: float, y: float, style: TextStyle) -> None:
        """Text under the mark that is open."""
        canvas = self.canvas
        canvas.setFillColorRGB(*self.style.color[style.color])
        for stretch in fonts.stretches(text, fonts.face(style.weight, style.family)):
            font = stretch.face.font
            if stretch.actual:
                with canvas.actual_text(stretch.actual):
                    canvas.write(x, y, stretch.text, font, style.size, style.track)
            else:
                canvas.write(x, y, stretch.text, font, style.size, style.track)
            x += fonts.width(stretch.text, stretch.face, style.size, style.track)

    # drawn things inside a line

    def _drawn(self, part: DrawnPart, x: float, y: float, node: Node | None) -> None:
        match part.what:
            case Mark(shape=shape):
                self.furniture()
                self.mark(shape, x, y - self.style.mark.drop, self.style.mark.size)
            case Checkbox(checked=checked):
                self._checkbox(x, y - self.style.mark.drop, checked, node)
            case WriteLine():
                low = y - self.style.mark.drop * 2
                self.rule(x, low, x + part.width, low, self.style.rule_weight.write_line, "rule")
            case Bar():
                self._bar(part.what, x, y, part.width)
            case Boxes(filled=filled, most=most):
                size = self.style.mark.checkbox
                for place in range(most):
                    left, low = x + place * (size + BOX_GAP), y - self.style.mark.drop
                    if place < filled:
                        self.area(left, low, size, size, "ink")
                    self.box(left, low, size, size, self.style.rule_weight.checkbox, "ink")

    def _checkbox(self, x: float, y: float, checked: bool, node: Node | None) -> None:
        if node is not None and not self.repeating:
            said = self.setter.words("checked") if checked else self.setter.words("not checked")
            self.content(node.child("Span", actual=f"{said} "))
        else:
            self.furniture()
        size, canvas = self.style.mark.checkbox, self.canvas
        canvas.setStrokeColorRGB(*self.style.color["ink"])
        canvas.setLineWidth(self.style.rule_weight.checkbox)
        canvas.rect(x, y, size, size, stroke=1, fill=0)
        if checked:
            canvas.setLineWidth(self.style.mark.cross)
            inset = size * 0.22
            canvas.line(x + inset, y + inset, x + size - inset, y + size - inset)
            canvas.line(x + inset, y + size - inset, x + size - inset, y + inset)

    def _bar(self, bar: Bar, x: float, y: float, width: float) -> None:
        height = self.style.table.bar_height
        low = y - self.style.mark.drop * 2
        scale = width / bar.most if bar.most else 0.0
        long = max(bar.value, 0.0) * scale
        if bar.striped:
            self._stripes(x, low, long, height)
        else:
            self.area(x, low, long, height, "bar")
        if bar.flag is not None:
            place = x + bar.flag * scale
            over = height * 0.28
            self.rule(place, low - over, place, low + height + over, self.style.rule_weight.mark, "ink")
            self._polygon(
                [(place - over, low + height + over), (place + over, low + height + over), (place, low + height)]
            )

    def _stripes(self, x: float, low: float, width: float, height: float) -> None:
        """A bar of an earlier time: its edge and slanted lines, which black and white keeps apart from a full one."""
        canvas = self.canvas
        self.box(x, low, width, height, self.style.rule_weight.checkbox, "ink")
        canvas.setStrokeColorRGB(*self.style.color["ink"])
        canvas.setLineWidth(self.style.rule_weight.checkbox)
        place = 0.0
        while place < width:
            over = max(0.0, place + height - width)
            canvas.line(x + place, low, x + place + height - over, low + height - over)
            place += height * 0.5

    def mark(self, shape: Shape, x: float, y: float, size: float) -> None:
        """A shape in a square of ``size`` whose lower left corner is given; under the mark that is open."""
        canvas, color = self.canvas, self.style.color
        canvas.setStrokeColorRGB(*color["ink"])
        canvas.setFillColorRGB(*color["ink"])
        canvas.setLineWidth(self.style.rule_weight.mark)
        middle_x, middle_y, radius = x + size / 2, y + size / 2, size / 2 - self.style.rule_weight.mark / 2
        match shape:
            case Shape.IN_PLACE:
                canvas.circle(middle_x, middle_y, radius, stroke=1, fill=1)
            case Shape.PARTIAL:
                canvas.circle(middle_x, middle_y, radius, stroke=1, fill=0)
                self._left_half(middle_x, middle_y, radius)
            case Shape.NOT_YET:
                canvas.circle(middle_x, middle_y, radius, stroke=1, fill=0)
            case Shape.STOPPED:
                canvas.circle(middle_x, middle_y, radius, stroke=1, fill=0)
                slant = radius * 0.7
                canvas.line(middle_x - slant, middle_y - slant, middle_x + slant, middle_y + slant)
            case Shape.NOT_RATED:
                self.plain("?", x + size * 0.2, y + self.style.mark.drop, self.style.type["value"].bold())
            case Shape.NO_CHANGE:
                canvas.rect(x + 0.5, middle_y - size * 0.19, size - 1, size * 0.38, stroke=1, fill=0)
            case _:
                self._colored(shape, x, y, size)

    def _colored(self, shape: Shape, x: float, y: float, size: float) -> None:
        canvas, color = self.canvas, self.style.color
        up = [(x + 0.5, y + 0.8), (x + size - 0.5, y + 0.8), (x + size / 2, y + size - 0.5)]
        down = [(x + 0.5, y + size - 0.8), (x + size - 0.5, y + size - 0.8), (x + size / 2, y + 0.5)]
        match shape:
            case Shape.WORSE:
                self._polygon(down, fill=False)
            case Shape.IMPROVED:
                canvas.setFillColorRGB(*color["bar_lo"])
                self._polygon(up)
            case Shape.GOAL_MET:
                low = [(px, y + (py - y) * 0.82) for px, py in up]
                self._polygon(low)
                canvas.setLineWidth(self.style.rule_weight.mark * 1.4)
                canvas.line(x + 0.5, y + size - 0.5, x + size - 0.5, y + size - 0.5)
            case Shape.TIER_1:
                canvas.setFillColorRGB(*color["t1"])
                canvas.circle(x + size / 2, y + size / 2, size / 2 - 0.5, stroke=0, fill=1)
            case Shape.TIER_2:
                canvas.setFillColorRGB(*color["t2"])
                self._polygon(up, stroke=False)
            case Shape.TIER_3:
                canvas.setFillColorRGB(*color["t3"])
                canvas.rect(x + 0.5, y + 0.5, size - 1, size - 1, stroke=0, fill=1)

    def _left_half(self, x: float, y: float, radius: float) -> None:
        path = self.canvas.beginPath()
        reach = radius * _KAPPA
        path.moveTo(x, y + radius)
        path.curveTo(x - reach, y + radius, x - radius, y + reach, x - radius, y)
        path.curveTo(x - radius, y - reach, x - reach, y - radius, x, y - radius)
        path.close()
        self.canvas.drawPath(path, stroke=0, fill=1)

    def _polygon(self, points: list[tuple[float, float]], *, stroke: bool = True, fill: bool = True) -> None:
        path = self.canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        path.close()
        self.canvas.drawPath(path, stroke=int(stroke), fill=int(fill))
