"""What a laid-out figure is made of: primitive shapes in points, y downwards from the upper left corner.

Shapes name inks ("ink", "goal", "series1"); a ``Look`` says which ink, dash, marker and pattern a role has on a screen
or on paper. Painters draw shapes in order and decide nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mtss_desktop.domain.figure_marks import Role, Text, X

Measure = Callable[[str, float, bool], float]
"""(text, size, bold) → width in points."""
Place = tuple[float, float]


@dataclass(frozen=True)
class Style:
    """How a role looks. ``marker``: circle, square, triangle, diamond or none; ``fill``: ink of an area ("" none);
    ``pattern``: "", stripe, cross, dots; ``words``: ink of text on the area, ``plate``: with ground behind it."""

    ink: str = "ink"
    width: float = 1.0
    dash: tuple[float, ...] = ()
    marker: str = ""
    hollow: bool = False
    size: float = 5.0
    fill: str = ""
    pattern: str = ""
    words: str = "ink"
    plate: bool = False
    opacity: float = 1.0


@dataclass(frozen=True)
class Look:
    """Sizes and role styles of one medium. Lengths are points (pixels at 100% on a screen)."""

    styles: Mapping[Role, Style]
    text: float
    small: float
    value: float
    heading: float
    card_title: float
    card_text: float
    leading: float
    axis_width: float
    grid_width: float
    tick: float
    halo: float
    nudge: float
    marker_stroke: float
    bar_share: float
    bar_gap: float
    bar_outline: float
    pattern_step: float
    pattern_line: float
    card_rule: float
    card_frame: float
    interval_cap: float
    y_line: bool = False
    ink: str = "ink"
    soft: str = "soft"
    axis: str = "axis"
    grid: str = "grid"
    ground: str = "ground"

    def style(self, role: Role) -> Style:
        return self.styles[role]


@dataclass(frozen=True)
class Polyline:
    points: tuple[Place, ...]
    ink: str
    width: float
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Polygon:
    points: tuple[Place, ...]
    fill: str


@dataclass(frozen=True)
class Rect:
    """Filled with ``fill``, then the pattern in ``ink``, then the edge; ``edge`` 0 draws none."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    ink: str = "ink"
    edge: float = 0.0
    dash: tuple[float, ...] = ()
    pattern: str = ""
    step: float = 4.0
    line: float = 1.0
    opacity: float = 1.0


@dataclass(frozen=True)
class Marker:
    """Centered; hollow ones are filled with the ground."""

    x: float
    y: float
    shape: str
    size: float
    ink: str
    stroke: float
    hollow: bool = False


@dataclass(frozen=True)
class Words:
    """``y`` is the baseline, ``anchor`` start, middle or end; ``halo``: points of ground behind the letters."""

    x: float
    y: float
    text: str
    size: float
    ink: str
    bold: bool = False
    anchor: str = "start"
    halo: float = 0.0


Shape = Polyline | Polygon | Rect | Marker | Words


@dataclass(frozen=True)
class Reading:
    """A place the arrow keys stop at, and what is read there. ``group`` changes at phase lines and between panels."""

    x: float
    y: float
    words: tuple[Text, ...]
    group: int = 0
    series: str = ""


@dataclass(frozen=True)
class Layout:
    """``height`` may be more than was asked for, where words would be cut off otherwise. ``plot``: x, y, width, height."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    readings: tuple[Reading, ...]
    plot: tuple[float, float, float, float]
    left_out: int = 0


@dataclass(frozen=True)
class Extent:
    """A rectangle that is taken."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Extent) -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def overlap(self, other: Extent) -> float:
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return max(across, 0) * max(down, 0)


def extent_of(words: Words, measure: Measure) -> Extent:
    width = measure(words.text, words.size, words.bold)
    left = words.x - {"start": 0.0, "middle": width / 2, "end": width}[words.anchor]
    return Extent(left, words.y - words.size * 0.8, width, words.size)


def wrapped(text: str, size: float, bold: bool, width: float, measure: Measure) -> list[str]:
    """Lines no wider than ``width``; a single word that is wider stands alone."""
    lines: list[str] = []
    for word in text.split():
        if lines and measure(f"{lines[-1]} {word}", size, bold) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """First lines of blocks of ``sizes``, near to where they want to be (in the order given), never over each other."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    tops = {i: max(wanted[i], low) for i in order}
    for before, after in pairwise(order):
        tops[after] = max(tops[after], tops[before] + sizes[before])
    limit = high
    for i in reversed(order):
        tops[i] = max(min(tops[i], limit - sizes[i]), low) if tops[i] + sizes[i] > limit else tops[i]
        limit = tops[i]
    return [tops[i] for i in range(len(wanted))]


def number_of(x: X) -> float:
    """Days as proleptic day numbers, numbers as they are."""
    return float(x.toordinal()) if hasattr(x, "toordinal") else float(x)
