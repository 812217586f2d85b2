"""How well it is done, over time: percents of ratings, never joined over a version, each version with its own criterion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
    title: Text, measure: Text, runs: Sequence[VersionRun], *, labels: bool = True, provenance: Text = ""
) -> Figure:
    """Every rating with its percent, a break where the version changed, a criterion line as long as its version was used.

    ``labels`` writes the percent at every point; without, only at the last one (small multiples).
    """
    used = [run for run in runs if run.ratings]
    breaks = [_between(one, other) for one, other in pairwise(used)]
    marks: list[Mark] = [
        PhaseLine(day, said("version {version}", version=run.version), role=Role.VERSION)
        for day, run in zip(breaks, used[1:], strict=True)
    ]
    marks += _criteria(used, breaks)
    points = [rating for run in used for rating in run.ratings]
    if points:
        last = "" if labels else said("{v:0}%", v=points[-1].percent)
        marks.append(Points(Role.DATA, tuple(Point(each.day, each.percent) for each in points), measure, label=last))
    for run in used:
        marks += _estimate(run, labels)
    if labels:
        marks += [Label(each.day, each.percent, said("{v:0}%", v=each.percent), Role.DATA) for each in points]
    return Figure(
        title,
        _alt(measure, used),
        _finding(used),
        XAxis(AxisKind.DATE),
        YAxis(measure, said("percent"), low=0, high=100, places=0, percent=True),
        tuple(marks),
        n=said("{n} rating", many="{n} ratings", count="n", n=len(points)),
        provenance=provenance,
    )


def _between(one: VersionRun, other: VersionRun) -> date:
    first, second = one.ratings[-1].day, other.ratings[0].day
    return first + (second - first) / 2


def _criteria(used: Sequence[VersionRun], breaks: Sequence[date]) -> Iterator[Level]:
    for place, run in enumerate(used):
        if run.criterion is not None:
            start = breaks[place - 1] if place else None
            end = breaks[place] if place < len(breaks) else None
            yield Level(Role.CRITERION, run.criterion, said("criterion {v:0}%", v=run.criterion), start, end)


def _estimate(run: VersionRun, labels: bool) -> Iterator[Mark]:
    """The last rating before, on this version's scale: a hollow mark and a dashed way, so that nobody takes it for rated."""
    if run.before is None:
        return
    first, name = run.ratings[0], said("Read on {version}, estimated", version=run.version)
    yield Points(Role.ESTIMATED, (Point(run.before.day, run.before.percent, said("estimated")),), name, joined=False)
    yield Line(Role.ESTIMATED, ((run.before.day, run.before.percent), (first.day, first.percent)), name)
    if labels:
        text = said("{v:0}% on {version}, estimated", v=run.before.percent, version=run.version)
        yield Label(run.before.day, run.before.percent, text, Role.ESTIMATED)


def _alt(measure: Text, used: Sequence[VersionRun]) -> Said:
    """Kind, measure, span and n; first and last; the criterion and the break."""
    points = [rating for run in used for rating in run.ratings]
    if not points:
        return said("Line chart, {measure}. Nothing has been finished yet.", measure=measure)
    line = used[-1].criterion
    end: Text = said("criterion {c:0}%", c=line) if line is not None else said("no criterion")
    if len(used) > 1:
        end = said("{end}; {n} versions, not joined", end=end, n=len(used))
    return said(
        "Line chart, {measure}, {first:month} to {last:month}, n = {n}. First {a:0}%, last {b:0}%; {end}.",
        measure=measure,
        first=points[0].day,
        last=points[-1].day,
        n=len(points),
        a=points[0].percent,
        b=points[-1].percent,
        end=end,
    )


def _finding(used: Sequence[VersionRun]) -> Said:
    """How far it moved since the rating before, with the same version; otherwise that there is nothing to compare yet."""
    if not used:
        return said("Nothing has been finished yet.")
    now = used[-1].ratings[-1]
    if len(used[-1].ratings) < 2:
        return said(
            "{v:0}% with version {version}; one rating shows no way yet.", v=now.percent, version=used[-1].version
        )
    before = used[-1].ratings[-2]
    change = now.percent - before.percent
    if not change:
        return said("The same as in {day:month}: {v:0}%.", day=before.day, v=now.percent)
    words = "Up {by} since {day:month}: from {a:0}% to {b:0}%." if change > 0 else (
        "Down {by} since {day:month}: from {a:0}% to {b:0}%."
    )  # fmt: skip
    by = said("{n:0} point", many="{n:0} points", count="n", n=round(abs(_shown(now) - _shown(before))))
    return said(words, by=by, day=before.day, a=before.percent, b=now.percent)


def _shown(rating: Rating) -> int:
    """As it is printed, half up: the reader's own subtraction agrees."""
    return int(rating.percent + 0.5)


def section_trends(title: Text, charts: Sequence[Figure]) -> Figure:
    """Sections beside each other on the same axes."""
    alt = said("{n} line charts on the same axes: {names}.", n=len(charts), names=tuple(each.title for each in charts))
    return small_multiples(title, charts, alt=alt)
