"""Words beside lines and points: at the end of a line, in the right margin, where the path leaves room."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mtss_desktop.domain.figure_frame import EDGE, Frame
from mtss_desktop.domain.figure_marks import Label, Level, Line, Points, Role, Text, X
from mtss_desktop.domain.figure_pen import Pen
from mtss_desktop.domain.figure_shapes import Extent, Words, number_of, spread


@dataclass(frozen=True)
class _End:
    """Words that want to stand at the end of a line."""

    x: float
    y: float
    text: str
    second: str
    ink: str


def draw_labels(frame: Frame, pen: Pen) -> None:
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
    above = look.text * 0.6  # the gap every plot keeps over itself
    pen.place(
        candidates, Extent(frame.left, frame.top - above, frame.right - frame.left, frame.bottom - frame.top + above)
    )
