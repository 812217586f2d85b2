"""Draws a laid-out figure on a page as vectors: drawn markers and patterns, readable from a black-and-white copy.

The caller marks the whole figure for screen readers; nothing here tags. Sizes, dashes and colors come from the house style.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from mtss_desktop.base.words import Words
from mtss_desktop.documents import fonts
from mtss_desktop.domain.charts import split_by_place
from mtss_desktop.domain.figure_layout import lay_out
from mtss_desktop.domain.figure_marks import SERIES, Role
from mtss_desktop.domain.figure_shapes import (
    Layout,
    Look,
    Marker,
    Polygon,
    Polyline,
    Rect,
    Shape,
    Style,
)
from mtss_desktop.domain.figure_shapes import Words as Letters

if TYPE_CHECKING:
    from mtss_desktop.documents.style import Color
    from mtss_desktop.documents.style import Style as HouseStyle
    from mtss_desktop.domain.figures import Figure

LEADING = 1.3
_INKS = {"ink": "ink", "soft": "gray_1", "axis": "ink", "grid": "grid", "ground": "paper", "goal": "accent"}
_MARKERS = (("circle", False), ("square", True), ("triangle", True), ("circle", True))


def draw(figure: Figure, canvas: Any, width: float, height: float, words: Words, style: HouseStyle) -> None:
    """Draws into a rectangle whose lower left corner is the canvas' origin. What needs more height gets smaller, not cut."""
    layout = arranged(figure, width, height, words, style)
    scale = min(1.0, height / layout.height)
    canvas.saveState()
    canvas.translate(0, height)
    canvas.scale(scale, scale)
    for shape in layout.shapes:
        _shape(canvas, shape, style.color)
    canvas.restoreState()


ALONE_WIDTH, ALONE_HEIGHT = 480.0, 200.0
"""Points: what a column of a letter holds."""


def alone(figure: Figure, words: Words, style: HouseStyle) -> bytes:
    """A figure on a page of its own size, as PDF: for pictures of it."""
    from reportlab.pdfgen.canvas import Canvas

    tall = max(ALONE_HEIGHT, needed_height(figure, ALONE_WIDTH, words, style, ALONE_HEIGHT))
    out = BytesIO()
    canvas = Canvas(out, pagesize=(ALONE_WIDTH, tall), invariant=1)
    draw(figure, canvas, ALONE_WIDTH, tall, words, style)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def arranged(figure: Figure, width: float, height: float, words: Words, style: HouseStyle) -> Layout:
    """The layout on paper."""
    return lay_out(figure, width, height, words, paper_look(style), measured)


def needed_height(figure: Figure, width: float, words: Words, style: HouseStyle, least: float = 0.0) -> float:
    """Points of height this figure needs at a width (a structure chart decides for itself)."""
    return arranged(figure, width, least, words, style).height


def sheets(figure: Figure, width: float, height: float, words: Words, style: HouseStyle) -> tuple[Figure, ...]:
    """A structure chart that needs more height than a page has, as several with fewer places each: its words are never
    made smaller. Any other figure as it is."""
    made: tuple[Figure, ...] = (figure,)
    for count in range(2, len(figure.columns) + 1):
        if all(needed_height(each, width, words, style) <= height for each in made):
            break
        made = split_by_place(figure, count)
    return made


def measured(text: str, size: float, bold: bool) -> float:
    return fonts.width(text, _face(bold), size)


def _face(bold: bool) -> fonts.Face:
    return fonts.face(fonts.SEMIBOLD if bold else fonts.REGULAR)


def paper_look(style: HouseStyle) -> Look:
    """Sizes and roles on paper, in plain or in large print."""
    chart, grow = style.chart, style.large_print.factor if style.large else 1.0
    text = style.type["note"].size
    least = style.rules.large_print_min if style.large else style.rules.chart_min
    return Look(
        styles=_roles(style, grow),
        text=max(text, least),
        small=max(style.rules.chart_min * grow, least),
        value=max(8.0 * grow, least),
        heading=style.type["h3"].size,
        card_title=chart.card_title * grow,
        card_text=chart.card_text * grow,
        leading=LEADING,
        axis_width=chart.axis_line,
        grid_width=chart.grid_line,
        tick=chart.tick,
        halo=chart.halo,
        nudge=chart.label_nudge * grow,
        marker_stroke=chart.marker_stroke,
        bar_share=chart.bar_width_of_step,
        bar_gap=chart.bar_gap_horizontal * grow,
        bar_outline=chart.bar_outline,
        pattern_step=style.pattern.stripe_pitch,
        pattern_line=style.pattern.stripe_line,
        card_rule=chart.card_rule,
        card_frame=chart.card_frame,
        interval_cap=chart.interval_cap,
    )


def _roles(style: HouseStyle, grow: float) -> Mapping[Role, Style]:
    chart, size = style.chart, style.chart.marker * (1.0 if grow == 1.0 else 1.7)
    line = chart.data_line if grow == 1.0 else 2.0
    full = Style("ink", line, (), "circle", False, size)
    hollow = Style("ink", line, (), "circle", True, size)
    goal = Style("accent", chart.goal_line, (), words="accent", size=size * 1.2)
    mean = Style("gray_1", chart.mean_line, chart.mean_dash, size=size)
    trend = Style("gray_1", chart.trend_line, chart.trend_dash, words="gray_1")
    roles = {
        Role.BASELINE: hollow,
        Role.BEFORE: hollow,
        Role.AFTER: full,
        Role.CHANGE_MONTH: Style("ink", line, (), "square", True, size),
        Role.ESTIMATED: Style("gray_1", chart.second_line, chart.last_year_dash, "square", True, size),
        Role.LAST_YEAR: Style("gray_1", chart.last_year_line, chart.last_year_dash, "circle", True, chart.small_marker),
        Role.GOAL: goal,
        Role.CRITERION: goal,
        Role.MEAN: mean,
        Role.TREND: trend,
        Role.TREND_AHEAD: Style("gray_1", chart.second_line, chart.phase_dash, words="gray_1"),
        Role.PHASE: Style("ink", chart.phase_line, chart.phase_dash),
        Role.VERSION: Style("hair", chart.version_line),
        Role.BAND: Style("parity", fill="parity"),
        Role.NOTE: Style("ink"),
        Role.KEEP: Style("ink", chart.card_frame),
        Role.MERGE: Style("ink", chart.card_frame, (4.0, 2.5)),
        Role.RETIRE: Style("ink", chart.card_frame, (1.0, 2.0)),
    }
    return roles | _areas() | {role: _series(chart, index, line, size) for index, role in enumerate(SERIES)}


def _series(chart: Any, index: int, line: float, size: float) -> Style:
    marker, hollow = _MARKERS[index % len(_MARKERS)]
    dash = chart.series_dashes[index % len(chart.series_dashes)]
    return Style(
        "ink",
        line if not index else chart.second_line,
        dash,
        marker,
        hollow,
        size,
        fill="bar" if not index else "bar_lo",
    )


def _areas() -> dict[Role, Style]:
    """Bars, tiers (supports) and levels (tests): shade and pattern together, never color alone."""
    return {
        Role.BAR: Style("ink", fill="bar_lo"),
        Role.CHOSEN: Style("ink", fill="bar", words="paper"),
        Role.OTHER: Style("ink", fill="bar_lo"),
        Role.UNFINISHED: Style("ink", fill="paper", pattern="stripe"),
        Role.TIER_1: Style("t1", marker="circle", fill="t1", words="paper"),
        Role.TIER_2: Style("t2", marker="triangle", fill="paper", pattern="stripe", plate=True),
        Role.TIER_3: Style("t3", marker="square", fill="paper", pattern="cross", plate=True),
        Role.LEVEL_1: Style("ink", fill="paper"),
        Role.LEVEL_2: Style("ink", fill="high"),
        Role.LEVEL_3: Style("middle", fill="paper", pattern="stripe", plate=True),
        Role.LEVEL_4: Style("ink", fill="low", words="paper"),
        Role.HIGH: Style("ink", fill="high"),
        Role.MIDDLE: Style("middle", fill="paper", pattern="stripe", plate=True),
        Role.LOW: Style("ink", fill="low", words="paper"),
    }


# Painting. The origin is the upper left corner; y goes down in shapes and up on the page.


def _shape(canvas: Any, shape: Shape, colors: Mapping[str, Color]) -> None:
    match shape:
        case Polyline():
            _polyline(canvas, shape, colors)
        case Polygon():
            _fill(canvas, shape.points, _color(shape.fill, colors))
        case Rect():
            _rect(canvas, shape, colors)
        case Marker():
            _marker(canvas, shape, colors)
        case Letters():
            _letters(canvas, shape, colors)


def _color(ink: str, colors: Mapping[str, Color]) -> Color:
    return colors[_INKS.get(ink, ink)]


def _path(canvas: Any, points: Sequence[tuple[float, float]], *, close: bool = False) -> Any:
    path = canvas.beginPath()
    path.moveTo(points[0][0], -points[0][1])
    for x, y in points[1:]:
        path.lineTo(x, -y)
    if close:
        path.close()
    return path


def _polyline(canvas: Any, line: Polyline, colors: Mapping[str, Color]) -> None:
    canvas.saveState()
    canvas.setStrokeColorRGB(*_color(line.ink, colors))
    canvas.setLineWidth(line.width)
    canvas.setLineJoin(1)
    canvas.setDash(list(line.dash))
    canvas.drawPath(_path(canvas, line.points), stroke=1, fill=0)
    canvas.restoreState()


def _fill(canvas: Any, points: Sequence[tuple[float, float]], color: Color) -> None:
    canvas.setFillColorRGB(*color)
    canvas.drawPath(_path(canvas, points, close=True), stroke=0, fill=1)


def _rect(canvas: Any, rect: Rect, colors: Mapping[str, Color]) -> None:
    if rect.width <= 0 or rect.height <= 0:
        return
    canvas.saveState()
    if rect.fill:
        canvas.setFillColorRGB(*_faded(_color(rect.fill, colors), rect.opacity))
        canvas.rect(rect.x, -rect.y - rect.height, rect.width, rect.height, stroke=0, fill=1)
    if rect.pattern:
        _pattern(canvas, rect, _color(rect.ink, colors))
    if rect.edge:
        canvas.setStrokeColorRGB(*_color(rect.ink, colors))
        canvas.setLineWidth(rect.edge)
        canvas.setDash(list(rect.dash))
        canvas.rect(rect.x, -rect.y - rect.height, rect.width, rect.height, stroke=1, fill=0)
    canvas.restoreState()


def _faded(color: Color, opacity: float) -> Color:
    """Mixed with white, not transparent: old printers flatten transparency badly."""
    red, green, blue = (1 - (1 - part) * opacity for part in color)
    return red, green, blue


def _pattern(canvas: Any, rect: Rect, color: Color) -> None:
    """Stripes at 45 degrees as lines clipped by the rectangle (``cross``: both ways; ``dots``: dashes of no length)."""
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(rect.x, -rect.y - rect.height, rect.width, rect.height)
    canvas.clipPath(clip, stroke=0, fill=0)
    canvas.setStrokeColorRGB(*color)
    canvas.setLineWidth(rect.line)
    if rect.pattern == "dots":
        canvas.setLineCap(1)
        canvas.setDash([0, rect.step])
    for start, end in stripes(rect):
        canvas.line(start[0], -start[1], end[0], -end[1])
    canvas.restoreState()


def stripes(rect: Rect) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Lines that cover a rectangle at 45 degrees, ``step`` apart across them; the caller clips. Aligned to the page, so that
    neighboring areas line up."""
    apart = rect.step * 2**0.5
    low, high = rect.x + rect.y, rect.x + rect.width + rect.y + rect.height
    first = int(low // apart) * apart
    lines = []
    at = first
    while at <= high:
        lines.append(((at - rect.y - rect.height, rect.y + rect.height), (at - rect.y, rect.y)))
        at += apart
    if rect.pattern == "cross":
        lines += [((2 * rect.x + rect.width - a[0], a[1]), (2 * rect.x + rect.width - b[0], b[1])) for a, b in lines]
    return lines


def _marker(canvas: Any, mark: Marker, colors: Mapping[str, Color]) -> None:
    canvas.saveState()
    canvas.setStrokeColorRGB(*_color(mark.ink, colors))
    canvas.setFillColorRGB(*_color("ground" if mark.hollow else mark.ink, colors))
    canvas.setLineWidth(mark.stroke)
    radius = mark.size / 2
    if mark.shape == "circle":
        canvas.circle(mark.x, -mark.y, radius, stroke=1, fill=1)
    else:
        canvas.drawPath(_path(canvas, outline(mark), close=True), stroke=1, fill=1)
    canvas.restoreState()


def outline(mark: Marker) -> tuple[tuple[float, float], ...]:
    """Corners of a square, triangle or diamond of about the same weight as a circle of its size."""
    x, y, r = mark.x, mark.y, mark.size / 2
    if mark.shape == "triangle":
        return (x, y - r * 1.15), (x + r * 1.1, y + r * 0.85), (x - r * 1.1, y + r * 0.85)
    if mark.shape == "diamond":
        return (x, y - r * 1.25), (x + r * 1.25, y), (x, y + r * 1.25), (x - r * 1.25, y)
    side = r * 0.92
    return (x - side, y - side), (x + side, y - side), (x + side, y + side), (x - side, y + side)


def _letters(canvas: Any, words: Letters, colors: Mapping[str, Color]) -> None:
    if not words.text:
        return
    wide = measured(words.text, words.size, words.bold)
    left = words.x - {"start": 0.0, "middle": wide / 2, "end": wide}[words.anchor]
    if words.halo:
        _run(canvas, words, left, _color("ground", colors), 1)
    _run(canvas, words, left, _color(words.ink, colors), 0)


def _run(canvas: Any, words: Letters, left: float, color: Color, mode: int) -> None:
    """Mode 1 strokes the outlines (halo), mode 0 fills the letters."""
    text = canvas.beginText(left, -words.y)
    text.setTextRenderMode(mode)
    text.setFillColorRGB(*color)
    text.setStrokeColorRGB(*color)
    canvas.saveState()
    canvas.setLineWidth(words.halo)
    canvas.setLineJoin(1)
    for part in fonts.stretches(fonts.clean(words.text), _face(words.bold)):
        text.setFont(part.face.name, words.size)
        text.textOut(part.text)
    text.setTextRenderMode(0)
    canvas.drawText(text)
    canvas.restoreState()
