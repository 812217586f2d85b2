"""Lays out plots with an upright value axis: lines, points, bars, bands, phase lines, levels."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from mtss_desktop.base.words import said
from mtss_desktop.domain.figure_axes import draw_axes
from mtss_desktop.domain.figure_ends import draw_labels
from mtss_desktop.domain.figure_frame import Frame, frame_of, right_room
from mtss_desktop.domain.figure_marks import (
    AxisKind,
    Band,
    Bar,
    Bars,
    Interval,
    Level,
    Line,
    PhaseLine,
    Point,
    Points,
    Role,
    Stack,
    StackRow,
    Text,
    X,
)
from mtss_desktop.domain.figure_notes import notes_of
from mtss_desktop.domain.figure_pen import Pen
from mtss_desktop.domain.figure_shapes import Extent, Rect, Style, Words, extent_of, number_of
from mtss_desktop.domain.figures import Figure


def lay_out_plot(figure: Figure, pen: Pen, left: float, top: float, width: float, height: float) -> Frame:
    """Draws one plot into a rectangle and returns where it stands."""
    frame = frame_of(figure, pen, left, top, width, height)
    _bands(frame, pen)
    draw_axes(frame, pen)
    _bars(frame, pen)
    _stacks(frame, pen)
    for level in figure.of(Level):
        _level(frame, pen, level)
    for line in figure.of(Line):
        pen.styled([(frame.at(x), frame.y.clipped(y)) for x, y in line.points], pen.style(line.role))
    _phase_lines(frame, pen)
    for points in figure.of(Points):
        _points(frame, pen, points)
    for interval in figure.of(Interval):
        _interval(frame, pen, interval)
    draw_labels(frame, pen)
    return frame


def _bands(frame: Frame, pen: Pen) -> None:
    for band in frame.figure.of(Band):
        style = pen.style(band.role)
        if not band.edges:
            top, bottom = frame.y.clipped(band.high), frame.y.clipped(band.low)
            pen.area(frame.left, top, frame.right - frame.left, bottom - top, style, outlined=False)
            continue
        for (x1, low1, high1), (x2, low2, high2) in zip(band.edges, band.edges[1:], strict=False):
            left, right = frame.at(x1), frame.at(x2)
            top, bottom = frame.y.clipped((high1 + high2) / 2), frame.y.clipped((low1 + low2) / 2)
            pen.area(left, top, right - left, bottom - top, style, outlined=False)


def _slot(frame: Frame, pen: Pen) -> float:
    """Width of the bars at one place."""
    if frame.figure.x.kind is AxisKind.CATEGORY:
        return abs(frame.x(1) - frame.x(0)) * pen.look.bar_share
    places = sorted({frame.at(bar.x) for bars in frame.figure.of(Bars) for bar in bars.bars})
    steps = [b - a for a, b in itertools.pairwise(places)]
    return (min(steps) if steps else (frame.right - frame.left) / 4) * pen.look.bar_share


def _bars(frame: Frame, pen: Pen) -> None:
    groups = frame.figure.of(Bars)
    slot = _slot(frame, pen) / max(len(groups), 1)
    texts: list[Words] = []
    for index, bars in enumerate(groups):
        offset = (index - (len(groups) - 1) / 2) * slot
        texts.extend(_bar(frame, pen, bars, bar, frame.at(bar.x) + offset, slot) for bar in bars.bars)
    _bar_values(pen, texts)


def _bar_values(pen: Pen, texts: list[Words]) -> None:
    """Values over the bars; where bars are too narrow, the chosen and the higher ones keep theirs."""
    placed: list[Extent] = []
    for words in sorted(texts, key=lambda words: (not words.bold, words.y)):
        extent = extent_of(words, pen.measure)
        if words.text and not any(extent.meets(other) for other in placed):
            placed.append(extent)
            pen.late.append(words)
            pen.taken.append(extent)


def _bar(frame: Frame, pen: Pen, bars: Bars, bar: Bar, center: float, width: float) -> Words:
    """Draws a bar and returns the words that want to stand over it."""
    look = pen.look
    role = bar.role or (Role.CHOSEN if bar.chosen else bars.role)
    top = frame.bottom if bar.value is None else frame.y.clipped(bar.value)
    if bar.value is not None and bar.value > 0:
        pen.area(center - width / 2, top, width, frame.bottom - top, pen.style(role))
        pen.taken.append(Extent(center - width / 2, top, width, frame.bottom - top))
    text = _bar_text(frame.figure, pen, bar)
    pen.read(center, top, x_name(frame.figure, bar.x), bars.name, text, group=frame.group(bar.x), series=str(bars.role))
    return Words(center, top - look.text * 0.4, text, look.value, look.ink, bar.chosen, "middle", look.halo)


def _bar_text(figure: Figure, pen: Pen, bar: Bar) -> str:
    return pen.say(bar.text) or ("" if bar.value is None else pen.language.number(bar.value, figure.y.places))


def _stacks(frame: Frame, pen: Pen) -> None:
    for stack in frame.figure.of(Stack):
        width = abs(frame.x(1) - frame.x(0)) * max(pen.look.bar_share, 0.6)
        for row in stack.rows:
            _stack(frame, pen, stack, row, frame.x(row.x) - width / 2, width)


def _stack(frame: Frame, pen: Pen, stack: Stack, row: StackRow, left: float, width: float) -> None:
    low = 0.0
    for index, value in enumerate(row.values):
        style = pen.style(stack.parts[index].role)
        top, bottom = frame.y.clipped(low + value), frame.y.clipped(low)
        pen.area(left, top, width, bottom - top, style)
        text = pen.say(row.texts[index]) if index < len(row.texts) else ""
        inside(pen, text, Extent(left, top, width, bottom - top), style)
        low += value
    words = [said("{part}: {value}", part=p.name, value=t) for p, t in zip(stack.parts, row.texts, strict=False)]
    pen.read(left + width / 2, frame.y.clipped(low), frame.figure.x.categories[row.x], *words, row.aside)


def inside(pen: Pen, text: str, area: Extent, style: Style, *, middle: bool = True) -> bool:
    """Writes a text inside an area if it fits, on a plate of ground where the area is patterned; over any level line."""
    look = pen.look
    wide = pen.width(text, size=look.value, bold=True)
    if not text or wide + 4 > area.width or look.value + 1 > area.height:
        return False
    x = area.x + (area.width - wide) / 2 if middle else area.x + min(look.value * 0.8, (area.width - wide) / 2)
    y = area.y + area.height / 2 + look.value * 0.36
    if style.plate:
        pen.late.append(Rect(x - 2, y - look.value * 0.95, wide + 4, look.value * 1.25, look.ground))
    pen.write(x, y, text, size=look.value, ink=style.words, bold=True, late=True)
    return True


def _level(frame: Frame, pen: Pen, level: Level) -> None:
    start = frame.left if level.start is None else max(frame.at(level.start), frame.left)
    end = frame.right if level.end is None else min(frame.at(level.end), frame.right)
    y = frame.y.clipped(level.value)
    pen.styled([(start, y), (end, y)], pen.style(level.role))


def _phase_lines(frame: Frame, pen: Pen) -> None:
    limit = frame.right + right_room(frame.figure, pen, 1e9)
    for note in notes_of(frame.figure, pen, frame.x, limit):
        x, style = frame.at(note.line.x), pen.style(note.line.role)
        top = frame.top - pen.look.text * 0.6 - note.row * pen.line_height
        if note.line.role is not Role.BEFORE:
            pen.styled([(x, top if note.words else frame.top), (x, frame.bottom)], style)
        for index, (text, bold) in enumerate(note.words):
            y, ink = top + pen.line_height * (index + 0.8), pen.look.ink if bold else pen.look.soft
            pen.write(note.x, y, text, bold=bold, ink=ink, anchor=note.anchor, halo=True, late=True)


def _points(frame: Frame, pen: Pen, mark: Points) -> None:
    style = pen.style(mark.role)
    for run in runs(frame.figure, mark) if mark.joined else []:
        pen.styled([(frame.at(p.x), frame.y.clipped(p.y or 0.0)) for p in run], style)
    for point in mark.points:
        if point.y is None:
            continue
        x, y = frame.at(point.x), frame.y.clipped(point.y)
        pen.marker(x, y, style)
        words = value_words(frame.figure, point.y)
        name = mark.name if len(frame.figure.of(Points)) > 1 else ""
        series, group = str(mark.name or mark.role), frame.group(point.x)
        said_of = (x_name(frame.figure, point.x), words, point.note, name, frame.phase(point.x))
        pen.read(x, y, *said_of, group=group, series=series)


def runs(figure: Figure, mark: Points) -> Iterator[list[Point]]:
    """The unbroken pieces of a data path: broken at phase and version lines, at missing values and at long gaps."""
    walls = [number_of(line.x) for line in figure.of(PhaseLine) if line.role is not Role.BEFORE]
    run: list[Point] = []
    for point in sorted(mark.points, key=lambda p: number_of(p.x)):
        if run and (point.y is None or _apart(run[-1], point, walls, figure.break_gap)):
            yield run
            run = []
        if point.y is not None:
            run.append(point)
    if run:
        yield run


def _apart(a: Point, b: Point, walls: list[float], gap: int | None) -> bool:
    x1, x2 = number_of(a.x), number_of(b.x)
    return any(x1 < wall <= x2 for wall in walls) or (gap is not None and x2 - x1 > gap)


def x_name(figure: Figure, x: X) -> Text:
    if figure.x.kind is AxisKind.CATEGORY:
        return figure.x.categories[int(number_of(x))]
    return said("{x}", x=x)


def value_words(figure: Figure, value: float) -> Text:
    text = "{value}{unit}" if figure.y.percent else "{value} {unit}"
    unit: Text = "%" if figure.y.percent else figure.y.unit
    number = (
        said(("{v:0}", "{v:1}", "{v:2}", "{v:3}")[figure.y.places], v=value) if figure.y.places is not None else value
    )
    return said(text if unit else "{value}", value=number, unit=unit)


def _interval(frame: Frame, pen: Pen, mark: Interval) -> None:
    if mark.value is None or mark.low is None or mark.high is None:
        return
    x, style, cap = frame.at(mark.x), pen.style(mark.role), pen.look.interval_cap / 2
    low, high, y = (frame.y.clipped(value) for value in (mark.low, mark.high, mark.value))
    pen.styled([(x, low), (x, high)], replace(style, dash=()))
    for end in (low, high):
        pen.line([(x - cap, end), (x + cap, end)], style.ink, style.width)
    pen.marker(x, y, style)
    words = said("{value}, {low} to {high}", value=mark.value, low=mark.low, high=mark.high)
    pen.read(x, y, x_name(frame.figure, mark.x), mark.name, words, mark.note)
