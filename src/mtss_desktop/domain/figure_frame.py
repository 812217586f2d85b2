"""Where a plot stands in its figure and how its values become places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtss_desktop.base.words import said
from mtss_desktop.domain.figure_marks import (
    AxisKind,
    Band,
    Bars,
    Interval,
    Label,
    Level,
    Line,
    PhaseLine,
    Points,
    Role,
    Stack,
    Text,
    X,
)
from mtss_desktop.domain.figure_notes import note_rows
from mtss_desktop.domain.figure_pen import Pen
from mtss_desktop.domain.figure_scales import Scale, limits_of, tick_words, value_ticks
from mtss_desktop.domain.figure_shapes import Extent, number_of
from mtss_desktop.domain.figures import Figure

EDGE = 0.94
"""A line that ends beyond this share of the x axis is labeled in the right margin."""


@dataclass(frozen=True)
class Frame:
    """Where the plot stands and how values become places."""

    figure: Figure
    x: Scale
    y: Scale
    left: float
    top: float
    right: float
    bottom: float

    def at(self, x: X) -> float:
        return self.x(number_of(x))

    @property
    def room(self) -> Extent:
        return Extent(self.left, self.top, self.right - self.left, self.bottom - self.top)

    def group(self, x: X) -> int:
        return len(self._begun(x))

    def phase(self, x: X) -> Text:
        """What was decided last before a point; "" before the first decision."""
        begun = [line for line in self._begun(x) if line.role is Role.PHASE and line.note]
        return said("since {note}", note=begun[-1].note) if begun else ""

    def _begun(self, x: X) -> list[PhaseLine]:
        lines = [line for line in self.figure.of(PhaseLine) if line.role is not Role.BEFORE]
        return sorted((line for line in lines if number_of(line.x) <= number_of(x)), key=lambda line: number_of(line.x))


def frame_of(figure: Figure, pen: Pen, left: float, top: float, width: float, height: float) -> Frame:
    caption = pen.line_height * 1.25 if figure.y.label or figure.n else 0.0
    _caption(figure, pen, left, top, width)
    ticks_room = _values_width(figure, pen, height)
    if figure.x.under_name:
        ticks_room = max(ticks_room, pen.width(pen.say(figure.x.under_name)))
    plot_left = left + ticks_room + pen.look.text * 0.7
    plot_right = left + width - right_room(figure, pen, width)
    low, high = _x_limits(figure)
    x = Scale(low, high, plot_left, plot_right)
    notes = note_rows(figure, pen, x, left + width)
    plot_top = top + caption + notes * pen.line_height + pen.look.text * 0.6
    plot_bottom = top + height - foot(figure, pen)
    plot_bottom = max(plot_bottom, plot_top + pen.look.text * 4)
    ticks = _y_ticks(figure, plot_bottom - plot_top, pen)
    y = Scale(ticks[0], ticks[-1], plot_bottom, plot_top, figure.y.scale == "log")
    return Frame(figure, x, y, plot_left, plot_top, plot_right, plot_bottom)


def _caption(figure: Figure, pen: Pen, left: float, top: float, width: float) -> None:
    """What the value axis counts, and n at the right."""
    label = pen.say(figure.y.label)
    taken = pen.write(left, top + pen.look.text, label, ink=pen.look.soft).width if label else 0.0
    n = pen.say(figure.n)
    if n and taken + pen.width(n) + pen.look.text <= width:
        pen.write(left + width, top + pen.look.text, n, ink=pen.look.soft, anchor="end")


def _y_values(figure: Figure) -> Iterator[float]:
    for mark in figure.marks:
        match mark:
            case Points():
                yield from (point.y for point in mark.points if point.y is not None)
            case Line():
                yield from (y for _, y in mark.points)
            case Bars():
                yield from (bar.value for bar in mark.bars if bar.value is not None)
            case Stack():
                yield from (sum(row.values) for row in mark.rows)
            case Band():
                yield from (v for edge in mark.edges for v in edge[1:]) if mark.edges else (mark.low, mark.high)
            case Interval():
                yield from (v for v in (mark.low, mark.value, mark.high) if v is not None)
            case Level():
                yield mark.value


def _y_ticks(figure: Figure, height: float, pen: Pen) -> list[float]:
    wanted = max(2, min(6, int(height / (pen.look.text * 2.9))))
    return value_ticks(list(_y_values(figure)), figure.y, wanted)


def _values_width(figure: Figure, pen: Pen, height: float) -> float:
    if not figure.y.shown:
        return 0.0
    texts = tick_words(_y_ticks(figure, height * 0.75, pen), figure.y, pen.language)
    return max(pen.width(text) for text in texts)


def _x_values(figure: Figure) -> Iterator[X]:
    for mark in figure.marks:
        match mark:
            case Points():
                yield from (point.x for point in mark.points)
            case Line():
                yield from (x for x, _ in mark.points)
            case Bars():
                yield from (bar.x for bar in mark.bars)
            case PhaseLine() | Interval() | Label():
                yield mark.x
            case Band():
                yield from (edge[0] for edge in mark.edges)
    yield from figure.x.ticks


def _x_limits(figure: Figure) -> tuple[float, float]:
    if figure.x.kind is AxisKind.CATEGORY:
        return -0.5, len(figure.x.categories) - 0.5
    low, high = limits_of(list(_x_values(figure)))
    pad = (high - low) * 0.025
    low = number_of(figure.x.start) if figure.x.start is not None else low - pad
    return low, number_of(figure.x.end) if figure.x.end is not None else high + pad


def foot(figure: Figure, pen: Pen) -> float:
    """Room under the plot: ticks, the row of school days, where the axis starts, its label."""
    rows = 1.35
    if figure.x.kind is AxisKind.CATEGORY:
        rows = 0.35 + _category_lines(figure)
    rows += 1.0 if figure.x.under else 0.0
    rows += 1.0 if _starts_high(figure) or figure.x.label else 0.0
    return rows * pen.line_height + pen.look.tick


def _category_lines(figure: Figure) -> int:
    return 2 if any(isinstance(name, str) and " " in name for name in figure.x.categories) else 1


def _starts_high(figure: Figure) -> bool:
    low = figure.y.low
    return figure.y.scale == "linear" and ((low is not None and low > 0) or (low is None and not figure.y.from_zero))


def right_room(figure: Figure, pen: Pen, width: float) -> float:
    widest = max((pen.width(pen.say(text), bold=bold) for text, bold in _end_texts(figure)), default=0.0)
    return min(widest + pen.look.text * 1.2, width * 0.4) if widest else pen.look.text * 0.6


def _end_texts(figure: Figure) -> Iterator[tuple[Text, bool]]:
    low, high = _x_limits(figure)
    edge = low + (high - low) * EDGE
    for mark in figure.marks:
        match mark:
            case Line() if mark.points and number_of(mark.points[-1][0]) >= edge:
                yield mark.label, True
                yield mark.second, False
            case Points() if mark.points and mark.label and number_of(mark.points[-1].x) >= edge:
                yield mark.label, True
            case Level() if mark.label and mark.end is None:
                yield mark.label, True
