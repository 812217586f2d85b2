"""What the looks of a figure mean, each with its name: below a picture and below charts whose lines are not named."""

from __future__ import annotations

from dataclasses import dataclass

from mtss_desktop.base.words import Said, said
from mtss_desktop.base.words import Words as Language
from mtss_desktop.domain.figure_marks import Line, PhaseLine, Points, Role, Stack, Text
from mtss_desktop.domain.figure_pen import Pen
from mtss_desktop.domain.figure_shapes import Layout, Look, Measure
from mtss_desktop.domain.figures import Figure

SAMPLE, GAP = 1.9, 1.6
"""Width of a look and the room after its name, in sizes of the text."""
_PROGRESS: tuple[tuple[Role, Said], ...] = (
    (Role.BASELINE, said("baseline")),
    (Role.DATA, said("score")),
    (Role.TREND, said("trend, least squares")),
    (Role.GOAL, said("goal line")),
    (Role.PHASE, said("a change of plan")),
)


@dataclass(frozen=True)
class KeyPart:
    """``kind`` is area, line, points or path (points on a line)."""

    role: Role
    name: Text
    kind: str


def key_of(figure: Figure) -> tuple[KeyPart, ...]:
    """The parts of stacked bars, or of a progress chart; other figures name their marks where they stand."""
    whole = (figure, *figure.panels)
    stacks = tuple(KeyPart(part.role, part.name, "area") for stack in figure.of(Stack) for part in stack.parts)
    if stacks:
        return stacks
    marks = [mark for each in whole for mark in each.marks if isinstance(mark, Line | Points | PhaseLine)]
    there = {mark.role: mark for mark in marks if not (isinstance(mark, PhaseLine) and mark.note)}
    if Role.DATA not in there or Role.GOAL not in there:
        return ()
    return tuple(KeyPart(role, name, _kind(there[role])) for role, name in _PROGRESS if role in there)


def _kind(mark: Line | Points | PhaseLine) -> str:
    if isinstance(mark, Points):
        return "path" if mark.joined else "points"
    return "line"


def write_key(parts: tuple[KeyPart, ...], pen: Pen, left: float, top: float, width: float) -> float:
    """One after another, in as many lines as it takes; returns where the next line may begin."""
    size, x = pen.look.small, left
    for part in parts:
        name = pen.say(part.name)
        wide = size * (SAMPLE + 0.5) + pen.width(name, size=size)
        if x > left and x + wide > left + width:
            x, top = left, top + size * 1.6
        _sample(part, pen, x, top + size * 0.5, size)
        pen.write(x + size * (SAMPLE + 0.5), top + size * 0.86, name, size=size, ink=pen.look.soft)
        x += wide + size * GAP
    return top + size * 1.8 if parts else top


def _sample(part: KeyPart, pen: Pen, x: float, middle: float, size: float) -> None:
    style, wide = pen.style(part.role), size * SAMPLE
    if part.kind == "area":
        pen.area(x, middle - size * 0.5, wide, size, style)
        return
    if part.kind in ("line", "path"):
        pen.line([(x, middle), (x + wide, middle)], style.ink, style.width, style.dash)
    if part.kind in ("points", "path"):
        pen.marker(x + wide / 2, middle, style)


def lay_out_key(figure: Figure, width: float, words: Language, look: Look, measure: Measure) -> Layout:
    """The key alone, as high as it needs."""
    pen = Pen(look, words, measure)
    height = write_key(key_of(figure), pen, 0.0, look.small * 0.2, width)
    return Layout(width, height, tuple(pen.shapes + pen.late), (), (0.0, 0.0, width, height), 0)
