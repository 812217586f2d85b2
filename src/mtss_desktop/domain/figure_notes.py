"""The words at phase lines: beside their line, a row higher where they would touch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mtss_desktop.domain.figure_marks import PhaseLine, Role
from mtss_desktop.domain.figure_pen import Pen
from mtss_desktop.domain.figure_scales import Scale
from mtss_desktop.domain.figure_shapes import number_of, wrapped
from mtss_desktop.domain.figures import Figure

NOTE_GAP = 6.0


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


def notes_of(figure: Figure, pen: Pen, x: Scale, right: float) -> list[_Note]:
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


def note_rows(figure: Figure, pen: Pen, x: Scale, right: float) -> float:
    return max((note.row for note in notes_of(figure, pen, x, right)), default=0.0)
