"""The two axes of a plot: lines, ticks, categories and what stands under them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

from mtss_desktop.base.words import said
from mtss_desktop.domain.figure_frame import Frame, _category_lines, _starts_high, _y_ticks, foot
from mtss_desktop.domain.figure_marks import AxisKind, Bars, X
from mtss_desktop.domain.figure_pen import Pen
from mtss_desktop.domain.figure_scales import day_ticks, day_words, tick_words, value_ticks
from mtss_desktop.domain.figure_shapes import number_of, wrapped


def draw_axes(frame: Frame, pen: Pen) -> None:
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
