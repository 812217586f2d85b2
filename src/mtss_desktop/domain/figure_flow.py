"""Lays out a flow: two columns of parts, and between them bands as thick as what went from one part to another."""

from __future__ import annotations

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain.figure_marks import Flow, FlowLink, FlowPart, Role
from mtss_desktop.domain.figure_pen import Pen
from mtss_desktop.domain.figure_shapes import Extent, Place, Polygon
from mtss_desktop.domain.figures import Figure

COLUMN = 1.5
"""Width of a column of parts, in sizes of the text."""
GAP = 0.8
"""Room between two parts, in sizes of the text."""
STEPS = 20
LEAST = 1.0
"""A band of one student is still seen."""


def lay_out_flow(figure: Figure, pen: Pen, left: float, top: float, width: float, height: float) -> float:
    """Draws the bands under the parts; those that stay first, so that movement lies over them. Returns the height."""
    flow = figure.of(Flow)[0]
    look = pen.look
    column, gap = look.text * COLUMN, look.text * GAP
    names = [pen.say(_name(part)) for part in (*flow.before, *flow.after)]
    room = max((pen.width(name, bold=True) for name in names), default=0.0) + look.text
    head = pen.line_height * 1.4
    start, end = left + room + column, left + width - room - column
    pen.write(start - column, top + look.text, pen.say(flow.before_name), ink=look.soft)
    pen.write(end + column, top + look.text, pen.say(flow.after_name), ink=look.soft, anchor="end")
    most = max(sum(part.n for part in flow.before), sum(part.n for part in flow.after), 1)
    tall = height - head - gap * (max(len(flow.before), len(flow.after)) - 1) - look.text
    scale = max(tall, look.text * 8) / most
    spots = [_spots(parts, top + head, scale, gap) for parts in (flow.before, flow.after)]
    _links(flow, pen, spots, scale, (start, end))
    for parts, at, x, anchor in ((flow.before, spots[0], start - column, "end"), (flow.after, spots[1], end, "start")):
        for part, y in zip(parts, at, strict=True):
            pen.area(x, y, column, max(part.n * scale, LEAST), pen.style(part.role))
            words_x = x - look.text * 0.5 if anchor == "end" else x + column + look.text * 0.5
            pen.write(words_x, y + part.n * scale / 2 + look.text * 0.36, pen.say(_name(part)), anchor=anchor)
    return head + most * scale + gap * 2 + look.text


def _name(part: FlowPart) -> Said:
    return said("{name}: {n}", name=part.name, n=part.n)


def _spots(parts: tuple[FlowPart, ...], top: float, scale: float, gap: float) -> list[float]:
    spots: list[float] = []
    for part in parts:
        spots.append(top)
        top += part.n * scale + gap
    return spots


def _links(flow: Flow, pen: Pen, spots: list[list[float]], scale: float, edges: Place) -> None:
    """Each band leaves and arrives in the order of the parts, so that bands of one part never cross in it."""
    out, into = list(spots[0]), list(spots[1])
    placed: list[tuple[FlowLink, float, float]] = []
    for link in sorted(flow.links, key=lambda each: (each.start, each.end)):
        placed.append((link, out[link.start], 0.0))
        out[link.start] += link.n * scale
    arrived: dict[tuple[int, int], float] = {}
    for link in sorted(flow.links, key=lambda each: (each.end, each.start)):
        arrived[link.start, link.end] = into[link.end]
        into[link.end] += link.n * scale
    for link, y, _ in sorted(placed, key=lambda each: (each[0].role is not Role.BAND, each[0].n)):
        there = arrived[link.start, link.end]
        style = pen.style(link.role)
        ink = style.ink if link.role is Role.SERIES_2 else style.fill or style.ink
        pen.shapes.append(Polygon(_band(edges, y, there, max(link.n * scale, LEAST)), ink))
    for link, y, _ in placed:
        middle = (edges[0] + edges[1]) / 2
        there = arrived[link.start, link.end]
        names = said("{a} to {b}", a=flow.before[link.start].name, b=flow.after[link.end].name)
        count = said("{n} student", many="{n} students", count="n", n=link.n)
        pen.read(middle, (y + there + link.n * scale) / 2, names, count, link.name)
    pen.taken.append(Extent(edges[0], spots[0][0], edges[1] - edges[0], 1))


def _band(edges: Place, y: float, there: float, thick: float) -> tuple[Place, ...]:
    """A smooth band of one thickness from ``y`` at the left edge to ``there`` at the right one."""
    (left, right), upper, lower = edges, [], []
    for step in range(STEPS + 1):
        share = step / STEPS
        ease = share * share * (3 - 2 * share)
        x, top = left + (right - left) * share, y + (there - y) * ease
        upper.append((x, top))
        lower.append((x, top + thick))
    return (*upper, *reversed(lower))
