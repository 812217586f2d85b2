"""Rates by week before and after a decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain import behavior
from mtss_desktop.domain.behavior import Change, Rate, Span
from mtss_desktop.domain.charts.phases import Phase
from mtss_desktop.domain.figures import (
    AxisKind,
    Figure,
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


def before_after_chart(
    title: Text,
    what: Text,
    weeks: Sequence[Rate],
    change: Phase,
    before: Span,
    after: Span,
    *,
    goal: float | None = None,
    comparison: Change | None = None,
    high: float | None = None,
    provenance: Text = "",
) -> Figure:
    """Rates per school day by week with the day of the change, both means and the goal.

    ``what`` is counted ("hallway referrals"). Weeks without school days leave a gap. The week in which the plan began
    inside stands as a hollow square that is not joined. ``high`` fixes the axis for charts that stand beside each other.
    """
    verdict = comparison or behavior.compare(before, after)
    shown = [week for week in weeks if week.days]
    straddling = {w.start for w in shown if w.start < change.start <= w.start + timedelta(days=4)}
    past = tuple(_week_point(w) for w in shown if w.start < change.start and w.start not in straddling)
    since = tuple(_week_point(w) for w in shown if w.start >= change.start)
    marks: list[Mark] = [
        PhaseLine(_first(shown, change.start), said("Before"), _mean_words(before), Role.BEFORE),
        PhaseLine(
            _wall(change.start), said("{day:short} {note}", day=change.start, note=change.note), _mean_words(after)
        ),
        *_means(shown, change, before, after),
        Points(Role.BEFORE, past, said("Before"), True),
        Points(Role.AFTER, since, said("After"), True),
    ]
    if straddling:
        inside = tuple(_week_point(w) for w in shown if w.start in straddling)
        marks.append(Points(Role.CHANGE_MONTH, inside, said("Week of the change"), False))
    if goal is not None:
        marks.append(Level(Role.GOAL, goal, said("goal {v}", v=goal)))
    return Figure(
        title,
        _before_after_alt(what, shown, change, before, after, goal),
        verdict.sentence,
        _week_axis(shown),
        YAxis(said("Per school day, by week"), said("per school day"), high=high),
        tuple(marks),
        n=said("{n} in {days} days", n=before.count + after.count, days=before.days + after.days) if shown else "",
        provenance=provenance,
        note=verdict.more or "",
        break_gap=21,
    )


def _wall(change: date) -> date:
    """A change on a Monday stands between the weeks, not on a point."""
    return change - timedelta(days=3) if change.weekday() == 0 else change


def _first(weeks: Sequence[Rate], change: date) -> date:
    return min((week.start for week in weeks), default=change - timedelta(weeks=1))


def _week_point(week: Rate) -> Point:
    days = said("{n} in {days} school days", n=week.count, days=week.days)
    return Point(week.start, week.per_day, days)


def _mean_words(span: Span) -> Said:
    if span.per_day is None:
        return said("no school day yet")
    return said("mean {mean:2} \u00b7 {n} in {days} days", mean=span.per_day, n=span.count, days=span.days)


def _means(weeks: Sequence[Rate], change: Phase, before: Span, after: Span) -> list[Level]:
    """A mean needs three points after the change, as on every page."""
    if not weeks:
        return []
    edge = timedelta(days=3)
    marks = []
    if before.per_day is not None:
        marks.append(Level(Role.MEAN, before.per_day, "", weeks[0].start - edge, _wall(change.start)))
    if after.per_day is not None and sum(week.start >= change.start for week in weeks) >= 3:
        marks.append(Level(Role.MEAN, after.per_day, "", _wall(change.start), weeks[-1].start + edge))
    return marks


def _week_axis(weeks: Sequence[Rate]) -> XAxis:
    ticks = tuple(week.start for week in weeks)
    under = tuple((week.start, said("{n}", n=week.days)) for week in weeks)
    if not ticks:
        return XAxis(AxisKind.DATE)
    margin = timedelta(days=4)
    return XAxis(AxisKind.DATE, "", (), ticks[0] - margin, ticks[-1] + margin, ticks, under, said("days"))


def _before_after_alt(
    what: Text, weeks: Sequence[Rate], change: Phase, before: Span, after: Span, goal: float | None
) -> Said:
    if not weeks:
        return said("Line chart, {what} per school day by week. No week has school days on record.", what=what)
    text = (
        "Line chart, {what} per school day by week, {first} to {last}, {n} weeks. "
        "Mean {before} before {day}, {after} after; goal {goal}."
    )
    return said(
        text if goal is not None else text.replace("; goal {goal}", ""),
        what=what,
        first=weeks[0].start,
        last=weeks[-1].start,
        n=len(weeks),
        before=before.per_day,
        after=after.per_day,
        day=change.start,
        goal=goal,
    )
