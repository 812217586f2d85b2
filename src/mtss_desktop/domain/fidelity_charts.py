"""How well it is done, over time: percents of ratings, never joined over a version, each version with its own criterion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain.charts import Rating, small_multiples
from mtss_desktop.domain.figures import (
    AxisKind,
    Figure,
    Label,
    Level,
    Line,
    Mark,
    PhaseLine,
    Point,
    Points,
    Role,
    Text,
    XAxis,
    YAxis,
)
from mtss_desktop.domain.rating_trends import Trend, TrendLine, TrendPoint


@dataclass(frozen=True)
class VersionRun:
    """What was rated with one version, oldest first. ``criterion`` is in percent.

    ``before`` is the last rating of the version before, read on this one's scale by its published line: an estimate.
    """

    version: Text
    ratings: tuple[Rating, ...]
    criterion: float | None = None
    before: Rating | None = None


def trend_chart(
    title: Text,
    measure: Text,
    runs: Sequence[VersionRun],
    *,
    labels: bool = True,
    means: bool = False,
    provenance: Text = "",
) -> Figure:
    """Every rating with its percent, a break where the version changed, a criterion line as long as its version was used.

    ``labels`` writes the percent at every point; without, only at the last one (small multiples).
    ``means`` are on the scale of the instrument instead of percents.
    """
    used = [run for run in runs if run.ratings]
    breaks = [_between(one, other) for one, other in pairwise(used)]
    marks: list[Mark] = [
        PhaseLine(day, said("version {version}", version=run.version), role=Role.VERSION)
        for day, run in zip(breaks, used[1:], strict=True)
    ]
    marks += _criteria(used, breaks, means)
    points = [rating for run in used for rating in run.ratings]
    if points:
        last = "" if labels else _value(points[-1].percent, means)
        marks.append(Points(Role.DATA, tuple(Point(each.day, each.percent) for each in points), measure, label=last))
    for run in used:
        marks += _estimate(run, labels, means)
    if labels:
        marks += [Label(each.day, each.percent, _value(each.percent, means), Role.DATA) for each in points]
    return Figure(
        title,
        _alt(measure, used, means),
        _finding(used, means),
        XAxis(AxisKind.DATE),
        YAxis(measure, low=0, places=1)
        if means
        else YAxis(measure, said("percent"), low=0, high=100, places=0, percent=True),
        tuple(marks),
        n=said("{n} rating", many="{n} ratings", count="n", n=len(points)),
        provenance=provenance,
    )


def _between(one: VersionRun, other: VersionRun) -> date:
    first, second = one.ratings[-1].day, other.ratings[0].day
    return first + (second - first) / 2


def _criteria(used: Sequence[VersionRun], breaks: Sequence[date], means: bool) -> Iterator[Level]:
    for place, run in enumerate(used):
        if run.criterion is not None:
            start = breaks[place - 1] if place else None
            end = breaks[place] if place < len(breaks) else None
            yield Level(
                Role.CRITERION, run.criterion, said("criterion {v}", v=_value(run.criterion, means)), start, end
            )


def _estimate(run: VersionRun, labels: bool, means: bool) -> Iterator[Mark]:
    """The last rating before, on this version's scale: a hollow mark and a dashed way, so that nobody takes it for rated."""
    if run.before is None:
        return
    first, name = run.ratings[0], said("Read on {version}, estimated", version=run.version)
    yield Points(Role.ESTIMATED, (Point(run.before.day, run.before.percent, said("estimated")),), name, joined=False)
    yield Line(Role.ESTIMATED, ((run.before.day, run.before.percent), (first.day, first.percent)), name)
    if labels:
        text = said("{v} on {version}, estimated", v=_value(run.before.percent, means), version=run.version)
        yield Label(run.before.day, run.before.percent, text, Role.ESTIMATED)


def _alt(measure: Text, used: Sequence[VersionRun], means: bool) -> Said:
    """Kind, measure, span and n; first and last; the criterion and the break."""
    points = [rating for run in used for rating in run.ratings]
    if not points:
        return said("Line chart, {measure}. Nothing has been finished yet.", measure=measure)
    line = used[-1].criterion
    end: Text = said("criterion {c}", c=_value(line, means)) if line is not None else said("no criterion")
    if len(used) > 1:
        end = said("{end}; {n} versions, not joined", end=end, n=len(used))
    return said(
        "Line chart, {measure}, {first:month} to {last:month}, n = {n}. First {a}, last {b}; {end}.",
        measure=measure,
        first=points[0].day,
        last=points[-1].day,
        n=len(points),
        a=_value(points[0].percent, means),
        b=_value(points[-1].percent, means),
        end=end,
    )


def _finding(used: Sequence[VersionRun], means: bool) -> Said:
    """How far it moved since the rating before, with the same version; otherwise that there is nothing to compare yet."""
    if not used:
        return said("Nothing has been finished yet.")
    now = used[-1].ratings[-1]
    value = _value(now.percent, means)
    if len(used[-1].ratings) < 2:
        return said("{v} with version {version}; one rating shows no way yet.", v=value, version=used[-1].version)
    before = used[-1].ratings[-2]
    then = _value(before.percent, means)
    change = _shown(now.percent, means) - _shown(before.percent, means)
    if not change:
        return said("The same as in {day:month}: {v}.", day=before.day, v=value)
    words = (
        "Up {by} since {day:month}: from {a} to {b}." if change > 0 else "Down {by} since {day:month}: from {a} to {b}."
    )
    by: Text = said("{n:1}", n=abs(change))
    if not means:
        by = said("{n:0} point", many="{n:0} points", count="n", n=round(abs(change)))
    return said(words, by=by, day=before.day, a=then, b=value)


def _shown(value: float, means: bool) -> float:
    """As it is printed, half up: the reader's own subtraction agrees."""
    return int(value * 10 + 0.5) / 10 if means else int(value + 0.5)


def _value(value: float, means: bool) -> Said:
    return said("{v:1}", v=value) if means else said("{v:0}%", v=value)


def runs(trend: Trend, line: TrendLine) -> tuple[VersionRun, ...]:
    """A line of a trend as stretches of one version each; what is not complete has no value and no point."""
    found: list[VersionRun] = []
    for edition in dict.fromkeys(point.edition for point in line.points):
        ratings = tuple(
            _rating(point) for point in line.points if point.edition == edition and _known(point) is not None
        )
        lines = (each for each in trend.criteria if each.key == line.key and each.edition == edition)
        criterion = next((float(each.at_least) for each in lines), None)
        found.append(VersionRun(edition, ratings, criterion))
    if len(found) > 1 and line.estimates and found[-1].ratings:
        found[-1] = replace(found[-1], before=_rating(line.estimates[-1]))
    return tuple(found)


def _known(point: TrendPoint) -> float | None:
    value = point.percent if point.percent is not None else point.mean
    return None if value is None else float(value)


def _rating(point: TrendPoint) -> Rating:
    return Rating(point.held_on, _known(point) or 0.0, point.estimated)


def line_chart(trend: Trend, line: TrendLine, *, labels: bool = True) -> Figure:
    """One total or section of a trend."""
    means = any(point.mean is not None for point in line.points) and not any(
        point.percent is not None for point in line.points
    )
    measure = said("Mean on the scale") if means else said("Percent of points")
    return trend_chart(line.title, measure, runs(trend, line), labels=labels, means=means)


def section_trends(title: Text, charts: Sequence[Figure]) -> Figure:
    """Sections beside each other on the same axes."""
    alt = said("{n} line charts on the same axes: {names}.", n=len(charts), names=tuple(each.title for each in charts))
    return small_multiples(title, charts, alt=alt)
