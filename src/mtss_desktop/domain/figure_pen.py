"""Collects shapes, remembers what room is taken and finds free places for labels."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, hypot

from mtss_desktop.base.words import Words as Language
from mtss_desktop.domain.figure_marks import Role, Text
from mtss_desktop.domain.figure_shapes import (
    Extent,
    Look,
    Marker,
    Measure,
    Place,
    Polygon,
    Polyline,
    Reading,
    Rect,
    Shape,
    Style,
    Words,
    extent_of,
)

_SAMPLE = 6.0
"""Points between the places where a line counts as an obstacle."""


@dataclass
class Pen:
    look: Look
    language: Language
    measure: Measure
    shapes: list[Shape] = field(default_factory=list)
    late: list[Shape] = field(default_factory=list)
    taken: list[Extent] = field(default_factory=list)
    written: list[Extent] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    left_out: int = 0

    def say(self, text: Text) -> str:
        """What a person typed stays as it is; sentences are said."""
        return self.language.write(text)

    def width(self, text: str, *, size: float | None = None, bold: bool = False) -> float:
        return self.measure(text, size or self.look.text, bold)

    @property
    def line_height(self) -> float:
        return self.look.text * self.look.leading

    def line(self, points: Sequence[Place], ink: str, width: float, dash: tuple[float, ...] = ()) -> None:
        self.shapes.append(Polyline(tuple(points), ink, width, dash))

    def styled(self, points: Sequence[Place], style: Style) -> None:
        """A line of a role; it becomes an obstacle for labels."""
        if len(points) > 1:
            self.line(points, style.ink, style.width, style.dash)
        for start, end in itertools.pairwise(points):
            self._occupy(start, end)

    def _occupy(self, start: Place, end: Place) -> None:
        steps = max(1, ceil(hypot(end[0] - start[0], end[1] - start[1]) / _SAMPLE))
        for step in range(steps + 1):
            x = start[0] + (end[0] - start[0]) * step / steps
            y = start[1] + (end[1] - start[1]) * step / steps
            self.taken.append(Extent(x - 1.5, y - 1.5, 3, 3))

    def marker(self, x: float, y: float, style: Style, *, size: float = 0.0) -> None:
        size = size or style.size
        mark = Marker(x, y, style.marker or "circle", size, style.ink, self.look.marker_stroke, style.hollow)
        self.shapes.append(mark)
        self.taken.append(Extent(x - size / 2, y - size / 2, size, size))

    def area(self, x: float, y: float, width: float, height: float, style: Style, *, outlined: bool = True) -> None:
        """A filled and patterned rectangle of a role."""
        edge = self.look.bar_outline if outlined else 0.0
        look = self.look
        rect = Rect(x, y, width, height, style.fill, style.ink, edge, (), style.pattern, look.pattern_step)
        self.shapes.append(_patterned(rect, look.pattern_line, style.opacity))

    def write(
        self, x: float, y: float, text: str, *, size: float = 0.0, ink: str = "", bold: bool = False,
        anchor: str = "start", halo: bool = False, late: bool = False,
    ) -> Extent:  # fmt: skip
        """Writes at a baseline and takes the room; ``late`` texts are drawn over everything else."""
        look = self.look
        words = Words(x, y, text, size or look.text, ink or look.ink, bold, anchor, look.halo if halo else 0.0)
        (self.late if late else self.shapes).append(words)
        extent = extent_of(words, self.measure)
        self.taken.append(extent)
        self.written.append(extent)
        return extent

    def arrow_head(self, tip: Place, toward: Place, size: float, ink: str) -> None:
        """A filled triangle at ``tip`` that points away from ``toward``."""
        dx, dy = tip[0] - toward[0], tip[1] - toward[1]
        length = hypot(dx, dy) or 1.0
        ux, uy = dx / length, dy / length
        back = (tip[0] - ux * size, tip[1] - uy * size)
        side = size * 0.42
        left, right = (back[0] - uy * side, back[1] + ux * side), (back[0] + uy * side, back[1] - ux * side)
        self.shapes.append(Polygon((tip, left, right), ink))

    def place(self, candidates: Sequence[Words], room: Extent) -> Extent:
        """Writes the candidate that covers least; earlier ones win ties. Leaving ``room`` is worst."""

        def cost(words: Words) -> float:
            tight = extent_of(words, self.measure)
            extent = Extent(tight.x - 2, tight.y - 2, tight.width + 4, tight.height + 4)
            outside = tight.width * tight.height - tight.overlap(room)
            on_words = sum(extent.overlap(other) for other in self.written)
            return sum(extent.overlap(other) for other in self.taken) + on_words * 20 + outside * 20

        best = min(candidates, key=cost)
        self.late.append(best)
        extent = extent_of(best, self.measure)
        self.taken.append(extent)
        self.written.append(extent)
        return extent

    def is_free(self, extent: Extent) -> bool:
        return not any(extent.meets(other) for other in self.taken)

    def read(self, x: float, y: float, *words: Text, group: int = 0, series: str = "") -> None:
        self.readings.append(Reading(x, y, tuple(part for part in words if part), group, series))

    def style(self, role: Role) -> Style:
        return self.look.style(role)


def _patterned(rect: Rect, line: float, opacity: float) -> Rect:
    return Rect(
        rect.x, rect.y, rect.width, rect.height, rect.fill, rect.ink, rect.edge, rect.dash, rect.pattern, rect.step,
        line, opacity,
    )  # fmt: skip
