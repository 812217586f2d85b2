"""Lays out any figure once, in points, for whoever paints it: ticks, limits, label places, collisions.

Pure: the same figure, size, words, look and measure give the same shapes.
"""

from __future__ import annotations

from dataclasses import replace

from mtss_desktop.base.words import Words
from mtss_desktop.domain.figure_flow import lay_out_flow
from mtss_desktop.domain.figure_frame import foot
from mtss_desktop.domain.figure_key import key_of, write_key
from mtss_desktop.domain.figure_marks import Box, Cell, Flow, Text
from mtss_desktop.domain.figure_pen import Pen
from mtss_desktop.domain.figure_plot import lay_out_plot
from mtss_desktop.domain.figure_rows import lay_out_cells, lay_out_rows
from mtss_desktop.domain.figure_shapes import Layout, Look, Measure, Reading, wrapped
from mtss_desktop.domain.figure_structure import lay_out_structure
from mtss_desktop.domain.figures import Figure

PANEL_LEAST = 17.0
"""Least width of a small multiple, in sizes of its text."""
EDGE, TITLE = 1.4, 1.15
"""Margin of a sheet in sizes of its text; its title in sizes of a heading."""
_Box = tuple[float, float, float, float]


def lay_out(figure: Figure, width: float, height: float, words: Words, look: Look, measure: Measure) -> Layout:
    """Shapes of ``figure`` for an area of ``width`` by ``height`` points.

    The height of the result may be larger where words need it (structure charts, long lists); painters scroll or split.
    """
    pen = Pen(look, words, measure)
    plot, needed = _whole(figure, pen, (0.0, 0.0, width, height))
    readings = tuple(sorted(pen.readings, key=lambda r: r.group)) if figure.panels else _in_order(figure, pen.readings)
    return Layout(width, max(height, needed), tuple(pen.shapes + pen.late), readings, plot, pen.left_out)


def lay_out_sheet(
    figure: Figure, width: float, height: float, words: Words, look: Look, measure: Measure, *, source: Text = ""
) -> Layout:
    """A figure that stands alone, as a picture of its own: title and finding over it, n and where it comes from below.

    ``width`` and ``height`` are those of the plot; the sheet is larger by its margin, its words and what the plot needs.
    """
    pen, edge = Pen(look, words, measure), look.text * EDGE
    size = look.heading * TITLE
    top = _lines(pen, figure.title, edge, edge, width, size=size, bold=True)
    if words.write(figure.finding) != words.write(figure.alt):
        top = _lines(pen, figure.finding, edge, top, width, ink=look.soft)
    top += look.text * 0.8
    pen.taken.clear()
    plot, needed = _whole(figure, pen, (edge, top, width, height))
    below = write_key(key_of(figure), pen, edge, top + max(height, needed) + look.text * 0.6, width)
    for part in around(figure, source):
        below = _lines(pen, part, edge, below, width, size=look.small, ink=look.soft)
    shapes = tuple(pen.shapes + pen.late)
    return Layout(width + 2 * edge, below + edge, shapes, (), plot, pen.left_out)


def around(figure: Figure, source: Text = "") -> tuple[Text, ...]:
    """What stands below a figure. Structure charts count their teams there; other charts carry n above the plot."""
    parts = (figure.n if figure.of(Box) else "", figure.note, figure.suppressed, figure.provenance, source)
    return tuple(part for part in parts if part)


def _lines(
    pen: Pen, text: Text, left: float, top: float, width: float, *, size: float = 0.0, ink: str = "", bold: bool = False
) -> float:
    """Writes a text in as many lines as it takes and returns where the next may begin."""
    size = size or pen.look.text
    for line in wrapped(pen.say(text), size, bold, width, pen.measure):
        pen.write(left, top + size, line, size=size, ink=ink, bold=bold)
        top += size * pen.look.leading
    return top


def _whole(figure: Figure, pen: Pen, area: _Box) -> tuple[_Box, float]:
    return _panels(figure, pen, area) if figure.panels else _one(figure, pen, area)


def _one(figure: Figure, pen: Pen, area: _Box) -> tuple[_Box, float]:
    if figure.of(Box):
        return area, lay_out_structure(figure, pen, *area[:3])
    if figure.of(Cell):
        return area, lay_out_cells(figure, pen, *area)
    if figure.of(Flow):
        return area, lay_out_flow(figure, pen, *area)
    if figure.horizontal:
        return area, lay_out_rows(figure, pen, *area)
    frame = lay_out_plot(figure, pen, *area)
    needed = frame.bottom + foot(figure, pen) - area[1]  # more where notes over a low plot leave it its least height
    return (frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top), max(area[3], needed)


def _in_order(figure: Figure, readings: list[Reading]) -> tuple[Reading, ...]:
    """By place along the x axis; boxes, cells and rows as they were drawn."""
    if figure.horizontal or any(isinstance(mark, Box | Cell | Flow) for mark in figure.marks):
        return tuple(readings)
    return tuple(sorted(readings, key=lambda reading: (reading.x, reading.y)))


def _panels(figure: Figure, pen: Pen, area: _Box) -> tuple[_Box, float]:
    """Small multiples beside each other, in rows where they would get too narrow; the name of each stands over it."""
    x, y, width, height = area
    look = pen.look
    gap = look.text * 2.4
    fit = max(1, int((width + gap) / (PANEL_LEAST * look.text + gap)))
    rows = -(-len(figure.panels) // fit)
    across = -(-len(figure.panels) // rows)
    head = look.heading * 1.6
    wide = (width - gap * (across - 1)) / across
    tall = max(height / rows - head, look.text * 9)
    for index, panel in enumerate(figure.panels):
        left, top = x + (index % across) * (wide + gap), y + (index // across) * (tall + head)
        pen.write(left, top + look.heading, pen.say(panel.title), size=look.heading, bold=True)
        before = len(pen.readings)
        _one(panel, pen, (left, top + head, wide, tall - look.text * 0.4))
        own = sorted(pen.readings[before:], key=lambda reading: reading.x)
        pen.readings[before:] = [
            replace(reading, words=(panel.title, *reading.words), group=index * 100 + reading.group) for reading in own
        ]
        pen.taken.clear()
    return area, rows * (tall + head)
