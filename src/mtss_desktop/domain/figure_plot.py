"""Lays out plots with an upright value axis: lines, points, bars, bands, phase lines, levels."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from mtss_desktop.base.words import said
from mtss_desktop.domain.figure_marks import (
    AxisKind,
    Band,
    Bar,
    Bars,
    Interval,
    Label,
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
from mtss_desktop.domain.figure_pen import Pen
from mtss_desktop.domain.figure_scales import Scale, day_ticks, day_words, limits_of, tick_words, value_ticks
from mtss_desktop.domain.figure_shapes import Extent, Rect, Style, Words, extent_of, number_of, spread, wrapped
from mtss_desktop.domain.figures import Figure

NOTE_GAP = 6.0
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
        lines = self.figure.of(PhaseLine)
        return sum(1 for line in lines if line.role is not Role.BEFORE and number_of(line.x) <= number_of(x))


def lay_out_plot(figure: Figure, pen: Pen, left: float, top: float, width: float, height: float) -> Frame:
    """Draws one plot into a rectangle and returns where it stands."""
    frame = _frame(figure, pen, left, top, width, height)
    _bands(frame, pen)
    _axes(frame, pen)
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
    _labels(frame, pen)
    return frame


# The frame


def _frame(figure: Figure, pen: Pen, left: float, top: float, width: float, height: float) -> Frame:
    caption = pen.line_height * 1.25 if figure.y.label or figure.n else 0.0
    _caption(figure, pen, left, top, width)
    ticks_room = _values_width(figure, pen, height)
    if figure.x.under_name:
        ticks_room = max(ticks_room, pen.width(pen.say(figure.x.under_name)))
    plot_left = left + ticks_room + pen.look.text * 0.7
    plot_right = left + width - _right_room(figure, pen, width)
    low, high = _x_limits(figure)
    x = Scale(low, high, plot_left, plot_right)
    notes = _note_rows(figure, pen, x, left + width)
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


def _right_room(figure: Figure, pen: Pen, width: float) -> float:
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


# Axes


def _axes(frame: Frame, pen: Pen) -> None:
    figure, look = frame.figure, pen.look
    ticks = _y_ticks(figure, frame.bottom - frame.top, pen)
    for tick, text in zip(ticks, tick_words(ticks, figure.y, pen.language), strict=True):
        y = frame.y(tick)
        if y < frame.bottom - 0.5 and figure.y.shown:
            pen.line([(frame.left, y), (frame.right, y)], look.grid, look.grid_width)
        if figure.y.shown:
            pen.write(frame.left - look.text * 0.6, y + look.text * 0.36, text, ink=look.soft, anchor="end")
    if look.y_line and figure.y.shown:
        pen.line([(frame.left, frame.top), (frame.left, frame.bottom)], look.axis, look.axis_width)
    pen.line([(frame.left, frame.bottom), (frame.right, frame.bottom)], look.axis, look.axis_width)
    below = _categories(frame, pen) if figure.x.kind is AxisKind.CATEGORY else _x_ticks(frame, pen)
    _under(frame, pen, below)
    _axis_words(frame, pen)


def _x_ticks(frame: Frame, pen: Pen) -> float:
    """Ticks and their words; words that would touch are left out evenly. Returns the baseline of the words."""
    look, figure = pen.look, frame.figure
    room = look.text * 4.2
    width = frame.right - frame.left
    places: list[X] = list(figure.x.ticks)
    if not places and figure.x.kind is AxisKind.DATE:
        places = list(day_ticks(frame.x.low, frame.x.high, width, room)) if frame.x.low >= 1 else []
    elif not places:
        axis = replace(figure.y, low=frame.x.low, high=frame.x.high, scale="linear", percent=False, places=None)
        places = list(value_ticks([], axis, max(2, int(width / room))))
    texts = _x_words(places, pen)
    baseline = frame.bottom + look.tick + look.text * 1.15
    every = _thinning([(frame.at(x), pen.width(t)) for x, t in zip(places, texts, strict=True)], look.text)
    for index, (x, text) in enumerate(zip(places, texts, strict=True)):
        at = frame.at(x)
        pen.line([(at, frame.bottom), (at, frame.bottom + look.tick)], look.axis, look.axis_width)
        if index % every == 0:
            pen.write(at, baseline, text, ink=look.soft, anchor="middle")
    return baseline


def _x_words(places: list[X], pen: Pen) -> list[str]:
    days = [x for x in places if isinstance(x, date)]
    return day_words(days, pen.language) if len(days) == len(places) else [pen.language.write(x) for x in places]


def _thinning(places: list[tuple[float, float]], gap: float) -> int:
    """Every how many-th word fits without touching."""
    for every in range(1, len(places) + 1):
        kept = places[::every]
        if all(b[0] - a[0] >= (a[1] + b[1]) / 2 + gap * 0.6 for a, b in itertools.pairwise(kept)):
            return every
    return max(len(places), 1)


def _categories(frame: Frame, pen: Pen) -> float:
    look = pen.look
    baseline = frame.bottom + look.tick + look.text * 1.15
    names = [pen.say(name) for name in frame.figure.x.categories]
    slot = abs(frame.x(1) - frame.x(0))
    chosen = {int(number_of(bar.x)) for bars in frame.figure.of(Bars) for bar in bars.bars if bar.chosen}
    lines = [
        wrapped(name, look.text, True, slot * 0.96, pen.measure)[: _category_lines(frame.figure)] for name in names
    ]
    widths = [(frame.x(i), max((pen.width(t, bold=True) for t in texts), default=0.0)) for i, texts in enumerate(lines)]
    every = _thinning(widths, look.text * 0.4)
    shown = [i for i in range(len(lines)) if i in chosen or (i % every == 0 and not _near(i, chosen, widths))]
    for index in shown:
        for row, text in enumerate(lines[index]):
            bold = index in chosen
            y = baseline + row * pen.line_height
            pen.write(frame.x(index), y, text, ink=look.ink if bold else look.soft, bold=bold, anchor="middle")
    return baseline + (_category_lines(frame.figure) - 1) * pen.line_height


def _near(index: int, chosen: set[int], widths: list[tuple[float, float]]) -> bool:
    """Whether a word would touch that of a chosen bar."""
    at, wide = widths[index]
    return any(abs(widths[i][0] - at) < (widths[i][1] + wide) / 2 + 2 for i in chosen)


def _under(frame: Frame, pen: Pen, below: float) -> None:
    """School days under their weeks; they thin out like ticks do."""
    under, look = frame.figure.x.under, pen.look
    if not under:
        return
    baseline = below + pen.line_height
    texts = [(frame.at(x), pen.language.write(text)) for x, text in under]
    every = _thinning([(at, pen.width(text, size=look.small)) for at, text in texts], look.small * 0.5)
    for at, text in texts[::every]:
        pen.write(at, baseline, text, size=look.small, ink=look.soft, anchor="middle")
    name = pen.say(frame.figure.x.under_name)
    if name:
        pen.write(frame.left - look.text * 0.6, baseline, name, size=look.small, ink=look.soft, anchor="end")


def _axis_words(frame: Frame, pen: Pen) -> None:
    baseline = frame.bottom + foot(frame.figure, pen) - pen.line_height * 0.25
    if _starts_high(frame.figure):
        text = said("axis starts at {low}", low=frame.y.low)
        pen.write(frame.left, baseline, pen.say(text), size=pen.look.small, ink=pen.look.soft)
    if frame.figure.x.label:
        label = pen.say(frame.figure.x.label)
        pen.write((frame.left + frame.right) / 2, baseline, label, ink=pen.look.soft, anchor="middle")


# Areas


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
    pen.read(
        center, top, _x_name(frame.figure, bar.x), bars.name, text, group=frame.group(bar.x), series=str(bars.role)
    )
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


# Lines and points


def _level(frame: Frame, pen: Pen, level: Level) -> None:
    start = frame.left if level.start is None else max(frame.at(level.start), frame.left)
    end = frame.right if level.end is None else min(frame.at(level.end), frame.right)
    y = frame.y.clipped(level.value)
    pen.styled([(start, y), (end, y)], pen.style(level.role))


def _phase_lines(frame: Frame, pen: Pen) -> None:
    limit = frame.right + _right_room(frame.figure, pen, 1e9)
    for note in _notes(frame.figure, pen, frame.x, limit):
        x, style = frame.at(note.line.x), pen.style(note.line.role)
        top = frame.top - pen.look.text * 0.6 - note.row * pen.line_height
        if note.line.role is not Role.BEFORE:
            pen.styled([(x, top if note.words else frame.top), (x, frame.bottom)], style)
        for index, (text, bold) in enumerate(note.words):
            y, ink = top + pen.line_height * (index + 0.8), pen.look.ink if bold else pen.look.soft
            pen.write(note.x, y, text, bold=bold, ink=ink, anchor=note.anchor, halo=True, late=True)


@dataclass(frozen=True)
class _Note:
    """The words at a phase line: ``row`` lines above the plot, from ``x`` to the right (start) or to the left (end)."""

    line: PhaseLine
    words: list[tuple[str, bool]]
    x: float
    anchor: str
    row: float
    width: float

    @property
    def span(self) -> tuple[float, float]:
        return (self.x, self.x + self.width) if self.anchor == "start" else (self.x - self.width, self.x)


def _notes(figure: Figure, pen: Pen, x: Scale, right: float) -> list[_Note]:
    """Notes stand right of their line where they fit, else left of it; one that would touch another moves a row up."""
    lines = sorted(figure.of(PhaseLine), key=lambda mark: number_of(mark.x))
    made: list[_Note] = []
    for index in range(len(lines) - 1, -1, -1):
        before = _natural_end(lines[index - 1], pen, x) if index else x.start
        choices = list(_note_choices(lines[index], pen, x, before, right, made))
        made.append(min(choices, key=lambda note: (_outside(note, x.start, right), note.row)))
    return made


def _note_choices(
    line: PhaseLine, pen: Pen, x: Scale, before: float, right: float, made: list[_Note]
) -> Iterator[_Note]:
    at, gap = x(number_of(line.x)), 0.0 if line.role is Role.BEFORE else NOTE_GAP
    rooms = [("start", at + gap, right - at - gap)]
    if line.role is not Role.BEFORE:
        rooms += [("end", at - gap, at - gap - x.start), ("end", at - gap, at - gap - before - NOTE_GAP)]
    for anchor, start, room in rooms:
        words = _note_words(line, pen, max(room, pen.look.text * 7))
        width = max((pen.width(text, bold=bold) for text, bold in words), default=0.0)
        left = start if anchor == "start" else start - width
        above = max(
            (n.row for n in made if n.span[0] < left + width + NOTE_GAP and left < n.span[1] + NOTE_GAP), default=0
        )
        yield _Note(line, words, start, anchor, above + len(words), width)


def _natural_end(line: PhaseLine, pen: Pen, x: Scale) -> float:
    """Where the words of a note end if they need not wrap."""
    texts = ((pen.say(line.note), True), (pen.say(line.second), False))
    return x(number_of(line.x)) + NOTE_GAP + max(pen.width(text, bold=bold) for text, bold in texts)


def _outside(note: _Note, left: float, right: float) -> float:
    start, end = note.span
    return round(max(left - start, 0.0) + max(end - right, 0.0), 3)


def _note_words(line: PhaseLine, pen: Pen, room: float) -> list[tuple[str, bool]]:
    first = wrapped(pen.say(line.note), pen.look.text, True, room, pen.measure)
    second = wrapped(pen.say(line.second), pen.look.text, False, room, pen.measure)
    return [(text, True) for text in first] + [(text, False) for text in second]


def _note_rows(figure: Figure, pen: Pen, x: Scale, right: float) -> float:
    return max((note.row for note in _notes(figure, pen, x, right)), default=0.0)


def _points(frame: Frame, pen: Pen, mark: Points) -> None:
    style = pen.style(mark.role)
    for run in runs(frame.figure, mark) if mark.joined else []:
        pen.styled([(frame.at(p.x), frame.y.clipped(p.y or 0.0)) for p in run], style)
    for point in mark.points:
        if point.y is None:
            continue
        x, y = frame.at(point.x), frame.y.clipped(point.y)
        pen.marker(x, y, style)
        words = _value_words(frame.figure, point.y)
        name = mark.name if len(frame.figure.of(Points)) > 1 else ""
        series, group = str(mark.name or mark.role), frame.group(point.x)
        pen.read(x, y, _x_name(frame.figure, point.x), words, point.note, name, group=group, series=series)


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


def _x_name(figure: Figure, x: X) -> Text:
    if figure.x.kind is AxisKind.CATEGORY:
        return figure.x.categories[int(number_of(x))]
    return said("{x}", x=x)


def _value_words(figure: Figure, value: float) -> Text:
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
    pen.read(x, y, _x_name(frame.figure, mark.x), mark.name, words, mark.note)


# Words beside lines


@dataclass(frozen=True)
class _End:
    """Words that want to stand at the end of a line."""

    x: float
    y: float
    text: str
    second: str
    ink: str


def _labels(frame: Frame, pen: Pen) -> None:
    ends: list[_End] = []
    for mark in frame.figure.marks:
        match mark:
            case Line() if mark.points:
                _line_end(frame, pen, mark, ends)
            case Points() if mark.label:
                last = max((p for p in mark.points if p.y is not None), key=lambda p: number_of(p.x), default=None)
                if last is not None:
                    _ending(frame, pen, last.x, last.y or 0.0, mark.label, "", mark.role, ends)
            case Level() if mark.label and mark.end is None:
                style = pen.style(mark.role)
                ends.append(_End(frame.right, frame.y.clipped(mark.value), pen.say(mark.label), "", style.words))
            case Level() if mark.label:
                _level_label(frame, pen, mark)
            case Label():
                style = pen.style(mark.role)
                _beside(frame, pen, frame.at(mark.x), frame.y.clipped(mark.y), pen.say(mark.text), style.words)
    _margin(frame, pen, ends)


def _line_end(frame: Frame, pen: Pen, mark: Line, ends: list[_End]) -> None:
    x, y = mark.points[-1]
    if mark.end_marker:
        pen.marker(frame.at(x), frame.y.clipped(y), replace(pen.style(mark.role), marker="circle", hollow=True))
    if mark.label or mark.second:
        _ending(frame, pen, x, y, mark.label, mark.second, mark.role, ends)


def _ending(frame: Frame, pen: Pen, x: X, y: float, label: Text, second: Text, role: Role, ends: list[_End]) -> None:
    at, down, ink = frame.at(x), frame.y.clipped(y), pen.style(role).words
    if number_of(x) >= frame.x.low + (frame.x.high - frame.x.low) * EDGE:
        ends.append(_End(at, down, pen.say(label), pen.say(second), ink))
    else:
        text = f"{pen.say(label)} {pen.say(second)}".strip()
        _beside(frame, pen, at, down, text, ink)


def _margin(frame: Frame, pen: Pen, ends: list[_End]) -> None:
    """End labels in the right margin, at least ``nudge`` apart; the two lines of a label stay together."""
    look = pen.look
    step = max(look.nudge, look.text * 1.15)
    sizes = [step * bool(end.text) + step * bool(end.second) for end in ends]
    placed = spread([end.y for end in ends], sizes, frame.top - look.text, frame.bottom + look.text * 0.5)
    for end, y in zip(ends, placed, strict=True):
        x = max(frame.right, end.x) + look.text * 0.8
        if end.text:
            pen.write(x, y + look.text * 0.36, end.text, ink=end.ink, bold=True, halo=True, late=True)
            y += step
        if end.second:
            pen.write(x, y + look.text * 0.36, end.second, ink=look.soft, halo=True, late=True)


def _level_label(frame: Frame, pen: Pen, level: Level) -> None:
    """Above or below a short level line, where the path leaves room."""
    look = pen.look
    start = frame.left if level.start is None else frame.at(level.start)
    end = frame.right if level.end is None else frame.at(level.end)
    y, text, ink = frame.y.clipped(level.value), pen.say(level.label), pen.style(level.role).words
    spots = [(end, "end"), ((start + end) / 2, "middle"), (start, "start")]
    candidates = [
        Words(x, y + down, text, look.text, ink, True, anchor, look.halo)
        for down in (-look.text * 0.5, look.text * 1.25)
        for x, anchor in spots
    ]
    pen.place(candidates, frame.room)


def _beside(frame: Frame, pen: Pen, x: float, y: float, text: str, ink: str) -> None:
    look, away = pen.look, pen.look.text * 0.9
    spots = [
        (x + away, y + look.text * 0.36, "start"),
        (x + away, y + look.text * 1.5, "start"),
        (x + away, y - look.text * 0.8, "start"),
        (x, y - look.text, "middle"),
        (x, y + look.text * 1.9, "middle"),
        (x - away, y + look.text * 0.36, "end"),
        (x - away, y - look.text, "end"),
        (x - away, y + look.text * 1.9, "end"),
        (x, y + look.text * 3.2, "middle"),
        (x, y - look.text * 2.3, "middle"),
        (x + away, y + look.text * 3.0, "start"),
        (x + away, y - look.text * 2.3, "start"),
    ]
    candidates = [Words(a, b, text, look.text, ink, True, anchor, look.halo) for a, b, anchor in spots]
    pen.place(candidates, Extent(frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top))
