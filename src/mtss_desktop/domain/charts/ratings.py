"""Scores of instruments over time, and risk ratios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain.figures import (
    SERIES,
    AxisKind,
    Band,
    Figure,
    Interval,
    Level,
    Mark,
    PhaseLine,
    Point,
    Points,
    Role,
    Text,
    XAxis,
    YAxis,
)


@dataclass(frozen=True)
class Rating:
    """A score of an instrument in percent on a day; ``estimated`` ones were converted from another version."""

    day: date
    percent: float
    estimated: bool = False


def fidelity_chart(
    title: Text,
    instrument: Text,
    series: Sequence[tuple[Text, Sequence[Rating]]],
    *,
    criterion: float | None = 70.0,
    versions: Sequence[tuple[date, Text]] = (),
    provenance: Text = "",
) -> Figure:
    """Percent of points by date, a series per tier or part, never joined across a version of the instrument."""
    marks: list[Mark] = [PhaseLine(day, name, role=Role.VERSION) for day, name in versions]
    if criterion is not None:
        marks.append(Level(Role.CRITERION, criterion, said("criterion {v:0}", v=criterion)))
    for role, (name, ratings) in zip(SERIES, series, strict=False):
        firm = [rating for rating in ratings if not rating.estimated]
        points = tuple(Point(r.day, r.percent) for r in firm)
        label = said("{name} {v:0}", name=name, v=firm[-1].percent) if firm else ""
        marks.append(Points(role, points, name, label=label))
        rough = tuple(Point(r.day, r.percent, said("estimated")) for r in ratings if r.estimated)
        if rough:
            marks.append(Points(Role.ESTIMATED, rough, said("{name}, estimated", name=name)))
    return Figure(
        title,
        _fidelity_alt(instrument, series, criterion),
        _fidelity_alt(instrument, series, criterion),
        XAxis(AxisKind.DATE),
        YAxis(instrument, said("percent"), low=0, high=100, places=0),
        tuple(marks),
        provenance=provenance,
    )


def _fidelity_alt(instrument: Text, series: Sequence[tuple[Text, Sequence[Rating]]], criterion: float | None) -> Said:
    last = tuple(said("{name} {v:0}%", name=name, v=ratings[-1].percent) for name, ratings in series if ratings)
    if not last:
        return said("Line chart, {instrument}. No rating yet.", instrument=instrument)
    return said(
        "Line chart, {instrument}. Latest: {last}; criterion {c}%.", instrument=instrument, last=last, c=criterion
    )


@dataclass(frozen=True)
class Ratio:
    """A risk ratio with its 95% range; all None where it is hidden or cannot be reckoned."""

    name: Text
    value: float | None
    low: float | None = None
    high: float | None = None


def ratio_chart(title: Text, ratios: Sequence[Ratio], *, hidden: Text = "", provenance: Text = "") -> Figure:
    """Risk ratios on a log axis from a quarter to four with the parity band 0.8 to 1.25."""
    shown = [r for r in ratios if r.value is not None]
    alt = said("Dot chart of risk ratios with ranges, {n} groups, line at 1.", n=len(ratios))
    marks = [Interval(i, r.value, r.low, r.high, name=said("Ratio"), note=hidden if r.value is None else "")
             for i, r in enumerate(ratios)]  # fmt: skip
    return Figure(
        title,
        alt,
        alt,
        XAxis(AxisKind.CATEGORY, categories=tuple(r.name for r in ratios), head=said("Group")),
        YAxis(said("Compared with all other students"), "", low=0.25, high=4.0, scale="log"),
        (Band(Role.BAND, 0.8, 1.25, name=said("about equal")), Level(Role.CRITERION, 1.0, said("equal")), *marks),
        provenance=provenance,
        suppressed=hidden if len(shown) < len(ratios) else "",
        horizontal=True,
    )
