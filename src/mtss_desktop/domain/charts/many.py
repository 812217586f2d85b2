"""Several charts of one measure beside each other, and tables of shades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain.figure_scales import value_ticks
from mtss_desktop.domain.figures import AxisKind, Bars, Cell, Figure, Level, Points, Text, XAxis, YAxis


def small_multiples(
    title: Text, figures: Sequence[Figure], *, alt: Said, finding: Said | None = None, shared: bool = True
) -> Figure:
    """Charts of one measure beside each other on the same axes; their titles are the names of the places.

    Not ``shared``: each keeps the axes it was made with (every grade its own).
    """
    if not shared:
        return Figure(title, alt, finding or alt, XAxis(AxisKind.NONE), YAxis(), panels=tuple(figures))
    high = max((max(_tops(figure), default=0.0) for figure in figures), default=1.0)
    fixed = [figure.y.high for figure in figures if figure.y.high is not None]
    top = max(fixed) if fixed else value_ticks([high], YAxis(), 3)[-1]
    starts = [x for figure in figures for x in _days(figure)]
    panels = tuple(_on_axis(figure, top, starts) for figure in figures)
    first = figures[0] if figures else None
    x, y = (first.x, first.y) if first else (XAxis(AxisKind.NONE), YAxis())
    return Figure(title, alt, finding or alt, x, replace(y, high=top), panels=panels)


def _on_axis(figure: Figure, top: float, days: Sequence[date]) -> Figure:
    x = figure.x
    if x.kind is AxisKind.DATE and days:
        room = (max(days) - min(days)) * 0.04
        x = replace(x, start=x.start or min(days) - room, end=x.end or max(days) + room)
    return replace(figure, x=x, y=replace(figure.y, high=top))


def _days(figure: Figure) -> list[date]:
    return [p.x for mark in figure.of(Points) for p in mark.points if isinstance(p.x, date)]


def _tops(figure: Figure) -> list[float]:
    values = [p.y for mark in figure.of(Points) for p in mark.points if p.y is not None]
    values += [bar.value for mark in figure.of(Bars) for bar in mark.bars if bar.value is not None]
    return values + [level.value for level in figure.of(Level)]


def heat_table(
    title: Text,
    row_name: Text,
    rows: Sequence[Text],
    columns: Sequence[Text],
    values: Mapping[tuple[int, int], float],
    *,
    alt: Said,
    places: int = 0,
    hidden: Text = "",
) -> Figure:
    """(row, column) → value. Missing cells print ``hidden``; the darkest cell is the largest value."""
    top = max(values.values(), default=0.0) or 1.0
    cells = []
    for row in range(len(rows)):
        for column in range(len(columns)):
            value = values.get((row, column))
            text = hidden if value is None else said(("{v:0}", "{v:1}", "{v:2}")[places], v=value)
            cells.append(Cell(row, column, text, None if value is None else value / top))
    return Figure(title, alt, alt, XAxis(AxisKind.CATEGORY, "", tuple(columns)),
                  YAxis(row_name, categories=tuple(rows)), tuple(cells))  # fmt: skip
