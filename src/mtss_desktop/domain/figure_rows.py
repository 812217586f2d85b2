"""Lays out charts that read downwards: bars and stacks by category, intervals of ratios, heat tables."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mtss_desktop.base.words import said
from mtss_desktop.domain.figure_marks import Band, Bar, Bars, Cell, Interval, Level, Role, Stack, StackRow
from mtss_desktop.domain.figure_pen import Pen
from mtss_desktop.domain.figure_plot import inside
from mtss_desktop.domain.figure_scales import Scale, tick_words, value_ticks
from mtss_desktop.domain.figure_shapes import Extent, Rect, Style, wrapped
from mtss_desktop.domain.figures import Figure

SOFTER = 0.5
"""How strongly a window before is filled beside the one of now."""
NAME_SHARE = 0.34
"""Names of categories take at most this share of the width and wrap beyond it."""


@dataclass(frozen=True)
class Rows:
    """Value scale, the slot of each category and what is left and right of the bars."""

    figure: Figure
    scale: Scale
    left: float
    right: float
    top: float
    slot: float

    def middle(self, row: float) -> float:
        return self.top + (row + 0.5) * self.slot

    @property
    def bottom(self) -> float:
        return self.top + self.slot * len(self.figure.x.categories)


def lay_out_rows(figure: Figure, pen: Pen, left: float, top: float, width: float, height: float) -> float:
    """Draws categories downwards; returns the height it needed (names are never cut)."""
    rows = _rows(figure, pen, left, top, width, height)
    _names(rows, pen, left)
    for band in figure.of(Band):
        low, high = rows.scale.clipped(band.low), rows.scale.clipped(band.high)
        pen.area(low, rows.top, high - low, rows.bottom - rows.top, pen.style(band.role), outlined=False)
    if figure.y.shown:
        _value_axis(rows, pen)
    for bars in figure.of(Bars):
        for bar in bars.bars:
            _bar(rows, pen, bars, bar)
    for stack in figure.of(Stack):
        for row in stack.rows:
            _stack(rows, pen, stack, row)
    for interval in figure.of(Interval):
        _interval(rows, pen, interval)
    for level in figure.of(Level):
        _level(rows, pen, level)
    return rows.bottom + _foot(figure, pen) - top


def _rows(figure: Figure, pen: Pen, left: float, top: float, width: float, height: float) -> Rows:
    look, names = pen.look, [pen.say(name) for name in figure.x.categories]
    widest = max((pen.width(name, bold=True) for name in names), default=0.0)
    bars_left = left + min(widest, width * NAME_SHARE) + look.text * 1.4
    right = left + width - _aside_room(figure, pen)
    caption = pen.line_height * 1.4 if figure.y.label or figure.n or figure.of(Level) else 0.0
    _caption(figure, pen, left, top, width)
    most = max((len(_name_lines(name, pen, bars_left - left)) for name in names), default=1)
    least = max(most * pen.line_height, look.value * 1.5) + look.text * 0.3
    slot = min((height - caption - _foot(figure, pen)) / max(len(names), 1), look.bar_gap * 2.6)
    slot = max(slot, least)
    ticks = value_ticks(_values(figure), figure.y, max(2, int((right - bars_left) / (look.text * 6))))
    scale = Scale(ticks[0], ticks[-1], bars_left, right, figure.y.scale == "log")
    return Rows(figure, scale, bars_left, right, top + caption, slot)


def _caption(figure: Figure, pen: Pen, left: float, top: float, width: float) -> None:
    if figure.y.label and not figure.of(Level):
        pen.write(left, top + pen.look.text, pen.say(figure.y.label), ink=pen.look.soft)
    if figure.n:
        pen.write(left + width, top + pen.look.text, pen.say(figure.n), ink=pen.look.soft, anchor="end")


def _values(figure: Figure) -> list[float]:
    values = [bar.value for bars in figure.of(Bars) for bar in bars.bars if bar.value is not None]
    values += [sum(row.values) for stack in figure.of(Stack) for row in stack.rows]
    values += [v for i in figure.of(Interval) for v in (i.low, i.value, i.high) if v is not None]
    return values + [level.value for level in figure.of(Level)]


def _aside_room(figure: Figure, pen: Pen) -> float:
    """Numbers right of the bars: values of plain bars, tested of enrolled beside stacks."""
    texts = [_bar_text(figure, pen, bar) for bars in figure.of(Bars) for bar in bars.bars]
    texts += [pen.say(row.aside) for stack in figure.of(Stack) for row in stack.rows]
    widest = max((pen.width(text, size=pen.look.value, bold=True) for text in texts), default=0.0)
    return widest + pen.look.text


def _bar_text(figure: Figure, pen: Pen, bar: Bar) -> str:
    if bar.text or bar.value is None:
        return pen.say(bar.text)
    return pen.language.number(bar.value, figure.y.places) + ("%" if figure.y.percent else "")


def _foot(figure: Figure, pen: Pen) -> float:
    return pen.line_height * 1.4 + pen.look.tick if figure.y.shown else 0.0


def _name_lines(name: str, pen: Pen, room: float) -> list[str]:
    return wrapped(name, pen.look.text, True, room - pen.look.text * 1.2, pen.measure) or [""]


def _names(rows: Rows, pen: Pen, left: float) -> None:
    look = pen.look
    chosen = {bar.x for bars in rows.figure.of(Bars) for bar in bars.bars if bar.chosen}
    strong = bool(rows.figure.of(Stack))
    earlier = {row.x for stack in rows.figure.of(Stack) for row in stack.rows if row.earlier}
    for index, name in enumerate(rows.figure.x.categories):
        lines = _name_lines(pen.say(name), pen, rows.left - left)
        first = rows.middle(index) - (len(lines) - 1) * pen.line_height / 2 + look.text * 0.36
        for row, text in enumerate(lines):
            bold = (strong and index not in earlier) or index in chosen
            ink = look.soft if index in earlier else look.ink
            pen.write(left, first + row * pen.line_height, text, bold=bold, ink=ink)
        if index in chosen:
            _check(pen, rows.left - look.text * 1.0, rows.middle(index))


def _check(pen: Pen, x: float, y: float) -> None:
    """A drawn check mark: the chosen bar is not known by its color alone."""
    size = pen.look.text * 0.55
    points = [(x - size / 2, y), (x - size / 8, y + size * 0.4), (x + size / 2, y - size * 0.5)]
    pen.line(points, pen.look.ink, pen.look.marker_stroke * 1.3)


def _value_axis(rows: Rows, pen: Pen) -> None:
    look, figure = pen.look, rows.figure
    ticks = value_ticks(_values(figure), figure.y, max(2, int((rows.right - rows.left) / (look.text * 6))))
    for tick, text in zip(ticks, tick_words(ticks, figure.y, pen.language), strict=True):
        x = rows.scale(tick)
        pen.line([(x, rows.top), (x, rows.bottom)], look.grid, look.grid_width)
        pen.write(x, rows.bottom + look.tick + look.text * 1.2, text, ink=look.soft, anchor="middle")
    pen.line([(rows.left, rows.bottom), (rows.right, rows.bottom)], look.axis, look.axis_width)


def _thick(rows: Rows, pen: Pen) -> float:
    return min(rows.slot * 0.66, pen.look.bar_gap * 1.4)


def _bar(rows: Rows, pen: Pen, bars: Bars, bar: Bar) -> None:
    look, row = pen.look, int(bar.x) if isinstance(bar.x, int | float) else 0
    role = bar.role or (Role.CHOSEN if bar.chosen else bars.role)
    y, thick = rows.middle(row), _thick(rows, pen)
    end = rows.left if bar.value is None else rows.scale.clipped(bar.value)
    if end > rows.left:
        pen.area(rows.left, y - thick / 2, end - rows.left, thick, pen.style(role))
    text = _bar_text(rows.figure, pen, bar)
    pen.write(end + look.text * 0.6, y + look.value * 0.36, text, size=look.value, bold=bar.chosen)
    pen.read(end, y, rows.figure.x.categories[row], bars.name, text)


def _stack(rows: Rows, pen: Pen, stack: Stack, row: StackRow) -> None:
    look, y = pen.look, rows.middle(row.x)
    thick = min(rows.slot * (0.56 if row.earlier else 0.76), look.bar_gap * 1.8)
    if not row.values:
        pen.shapes.append(Rect(rows.left, y - thick / 2, rows.right - rows.left, thick, "", look.ink, look.bar_outline))
    low = 0.0
    for index, value in enumerate(row.values):
        left, right = rows.scale.clipped(low), rows.scale.clipped(low + value)
        area, style = Extent(left, y - thick / 2, right - left, thick), pen.style(stack.parts[index].role)
        if row.earlier:
            style = replace(style, opacity=SOFTER, words=look.ink)
        pen.area(area.x, area.y, area.width, area.height, style)
        _part_text(pen, row, index, area, style)
        low += value
    aside = pen.say(row.aside)
    pen.write(rows.right + look.text * 0.7, y + look.value * 0.36, aside, size=look.value, ink=look.soft)
    words = [said("{part}: {value}", part=p.name, value=t) for p, t in zip(stack.parts, row.texts, strict=False)]
    pen.read(rows.left, y, rows.figure.x.categories[row.x], *words, row.aside)


def _part_text(pen: Pen, row: StackRow, index: int, area: Extent, style: Style) -> None:
    """The longest form that fits: "23% · 16", then the number alone."""
    if index >= len(row.texts):
        return
    text = pen.say(row.texts[index])
    for form in (text, text.rpartition("\u00b7")[2].strip()):
        if inside(pen, form, area, style, middle=False):
            return


def _level(rows: Rows, pen: Pen, level: Level) -> None:
    look, style = pen.look, pen.style(level.role)
    x = rows.scale.clipped(level.value)
    pen.line([(x, rows.top - look.text * 0.3), (x, rows.bottom)], style.ink, style.width, style.dash)
    text = pen.say(level.label)
    pen.write(x, rows.top - look.text * 0.7, text, ink=style.words, bold=True, anchor="middle", halo=True, late=True)


def _interval(rows: Rows, pen: Pen, mark: Interval) -> None:
    row = int(mark.x) if isinstance(mark.x, int | float) else 0
    y, name = rows.middle(row), rows.figure.x.categories[row]
    if mark.value is None or mark.low is None or mark.high is None:
        pen.read(rows.left, y, name, mark.note)
        return
    style, cap = pen.style(mark.role), pen.look.interval_cap / 2
    low, high = rows.scale.clipped(mark.low), rows.scale.clipped(mark.high)
    pen.styled([(low, y), (high, y)], replace(style, dash=()))
    for end in (low, high):
        pen.line([(end, y - cap), (end, y + cap)], style.ink, style.width)
    pen.marker(rows.scale.clipped(mark.value), y, style)
    words = said("{value}, {low} to {high}", value=mark.value, low=mark.low, high=mark.high)
    pen.read(rows.scale.clipped(mark.value), y, name, mark.name, words, mark.note)


def lay_out_cells(figure: Figure, pen: Pen, left: float, top: float, width: float, height: float) -> float:
    """A heat table; pale to dark in ten steps of one ink, every cell says its value. Returns the height it needed."""
    look = pen.look
    names = [pen.say(name) for name in figure.y.categories]
    name_room = min(max((pen.width(n, bold=True) for n in names), default=0.0), width * NAME_SHARE) + look.text
    columns = max(len(figure.x.categories), 1)
    cell_width = (width - name_room) / columns
    heads = [wrapped(pen.say(n), look.text, True, cell_width - 4, pen.measure) for n in figure.x.categories]
    head = max((len(lines) for lines in heads), default=1) * pen.line_height + look.text * 0.5
    cell_height = max((height - head) / max(len(names), 1), pen.line_height * 1.6)
    cell_height = min(cell_height, pen.line_height * 3)
    for column, lines in enumerate(heads):
        for index, text in enumerate(lines):
            y = top + head - look.text * 0.6 - (len(lines) - 1 - index) * pen.line_height
            pen.write(
                left + name_room + (column + 0.5) * cell_width, y, text, ink=look.soft, bold=True, anchor="middle"
            )
    for index, name in enumerate(names):
        y = top + head + (index + 0.5) * cell_height + look.text * 0.36
        lines = _name_lines(name, pen, name_room + look.text)
        for row, text in enumerate(lines):
            pen.write(left, y + (row - (len(lines) - 1) / 2) * pen.line_height, text)
    for cell in figure.of(Cell):
        area = Extent(
            left + name_room + cell.column * cell_width, top + head + cell.row * cell_height, cell_width, cell_height
        )
        _cell(figure, pen, cell, area)
    return head + cell_height * len(names)


def _cell(figure: Figure, pen: Pen, cell: Cell, area: Extent) -> None:
    look, style = pen.look, pen.style(cell.role)
    level = round(max(0.0, min(1.0, cell.level or 0.0)) * 10) / 10
    pen.shapes.append(Rect(area.x, area.y, area.width, area.height, "", look.grid, look.grid_width))
    if level > 0:
        pen.shapes.append(
            Rect(area.x + 1, area.y + 1, area.width - 2, area.height - 2, style.ink, style.ink, opacity=level * 0.85)
        )
    ink = look.ground if level > 0.75 else look.ink
    x, y = area.x + area.width / 2, area.y + area.height / 2
    pen.write(x, y + look.value * 0.36, pen.say(cell.text), size=look.value, ink=ink, anchor="middle")
    pen.read(x, y, figure.y.categories[cell.row], figure.x.categories[cell.column], cell.text)
