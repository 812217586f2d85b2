"""Scores of one student or group over time, with goal line, phases and trends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain import growth
from mtss_desktop.domain.charts.limits import high_limit, low_limit
from mtss_desktop.domain.charts.phases import Phase
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
from mtss_desktop.domain.growth import GoalLine, Score, Trend, Verdict


def progress_chart(
    title: Text,
    measure: Text,
    goal: GoalLine,
    probes: Sequence[Score],
    scores: Sequence[Score],
    *,
    phases: Sequence[Phase] = (),
    trends: Sequence[Trend] = (),
    verdict: Verdict | None = None,
    unit: Text = "",
    break_gap: int | None = None,
    provenance: Text = "",
    earlier: Sequence[tuple[GoalLine, date]] = (),
) -> Figure:
    """Baseline probes, the straight goal line, scores by date with their path broken at every phase, trends per phase.

    Without probes the baseline is the start of the (first) goal line.
    ``measure`` names the value axis ("Words read correctly in one minute"), ``unit`` stands after a number ("words").
    ``earlier`` are goal lines with the day each was replaced: they end there.
    ``trends`` stand beside ``phases`` in time: each is drawn over its own scores, the last one dotted on to the goal's day.
    """
    first = earlier[0][0] if earlier else goal
    values = [
        *(probe.value for probe in probes),
        first.start_value,
        goal.start_value,
        goal.end_value,
        *(score.value for score in scores),
    ]
    values += [trend.at(goal.end) for trend in trends[-1:]]
    marks: list[Mark] = [
        PhaseLine(phase.start, phase.note, phase.second) for phase in sorted(phases, key=lambda p: p.start)
    ]
    for line, end in earlier:
        old = ((line.start, line.start_value), (end, line.at(end)))
        marks.append(Line(Role.GOAL, old, said("Earlier goal line")))
    marks.append(_goal_mark(goal))
    marks.extend(_trend_marks(trends, scores, phases, goal))
    marks.append(_baseline_mark(probes, first))
    marks.append(
        Points(
            Role.DATA, tuple(_score_point(score, _line_on(score.day, goal, earlier)) for score in scores), said("Score")
        )
    )
    low = low_limit(values)
    return Figure(
        title,
        _progress_alt(measure, goal, scores),
        verdict.sentence if verdict else said("No rule has been applied yet."),
        XAxis(AxisKind.DATE, start=min([first.start, *(probe.day for probe in probes)]) - timedelta(days=6)),
        YAxis(measure, unit, from_zero=low == 0, low=low, high=high_limit(low, values), places=None),
        tuple(marks),
        n=said("{n} score", many="{n} scores", count="n", n=len(scores)),
        provenance=provenance,
        note=said("The path is broken where the plan changed.") if phases else "",
        break_gap=break_gap,
    )


def _baseline_mark(probes: Sequence[Score], first: GoalLine) -> Points:
    if not probes:
        start = (Point(first.start, first.start_value, said("baseline of the goal line")),)
        return Points(Role.BASELINE, start, said("Baseline"), False, said("baseline {v}", v=first.start_value))
    name = said("baseline, median {m}", m=growth.baseline([probe.value for probe in probes]))
    return Points(Role.BASELINE, tuple(Point(p.day, p.value) for p in probes), said("Baseline"), False, name)


def scores_chart(title: Text, measure: Text, scores: Sequence[Score], *, phases: Sequence[Phase] = ()) -> Figure:
    """Scores by date where no goal line has been set: the path alone, and no verdict."""
    values = [score.value for score in scores]
    low = low_limit(values)
    points = tuple(Point(score.day, score.value, _median_of(score)) for score in scores)
    alt = said(
        "Line chart, {measure}, {n} scores, {first} to {last}; no goal line.",
        measure=measure,
        n=len(scores),
        first=values[0],
        last=values[-1],
    )
    return Figure(
        title,
        alt,
        said("No goal line has been set, so no rule can speak."),
        XAxis(AxisKind.DATE),
        YAxis(measure, "", from_zero=low == 0, low=low, high=high_limit(low, values), places=None),
        (
            *(PhaseLine(phase.start, phase.note, phase.second) for phase in phases),
            Points(Role.DATA, points, said("Score")),
        ),
        n=said("{n} score", many="{n} scores", count="n", n=len(scores)),
    )


def level_chart(
    title: Text, unit: Text, levels: Sequence[Score], *, phases: Sequence[Phase] = (), goal: float | None = None
) -> Figure:
    """What a team's reviews found, by date, the baseline first; the goal as a line and no verdict: reviews say that themselves."""
    made = scores_chart(title, unit, levels, phases=phases)
    first, last = levels[0].value, levels[-1].value
    aim = said(", goal {v}", v=goal) if goal is not None else ""
    words = said(
        "Line chart, {unit}: {n} levels, {first} at first, {last} at last{aim}.",
        unit=unit, n=len(levels), first=first, last=last, aim=aim,
    )  # fmt: skip
    values = [*(each.value for each in levels), *((goal,) if goal is not None else ())]
    low = low_limit(values)
    return replace(
        made,
        alt=words,
        finding=words,
        y=replace(made.y, from_zero=low == 0, low=low, high=high_limit(low, values)),
        marks=(*made.marks, *((Level(Role.GOAL, goal, said("goal {v}", v=goal)),) if goal is not None else ())),
        n=said("{n} levels", n=len(levels)),
    )


def small_progress(figure: Figure) -> Figure:
    """A progress chart as one of many: the last score and the goal as numbers, no other words."""
    marks: list[Mark] = []
    for mark in figure.marks:
        match mark:
            case PhaseLine():
                marks.append(replace(mark, note="", second=""))
            case Line(role=Role.GOAL) if not mark.label:
                marks.append(mark)
            case Line(role=Role.GOAL):
                marks.append(replace(mark, label="", second=""))
                day, value = mark.points[-1]
                marks.append(Label(day, value, said("{v}", v=value), Role.GOAL))
            case Points(role=Role.DATA) if mark.points:
                last = mark.points[-1]
                marks.append(replace(mark, label=said("{v}", v=last.y)))
            case _:
                marks.append(replace(mark, label="") if isinstance(mark, Points) else mark)
    return replace(figure, marks=tuple(marks), y=replace(figure.y, label="", unit=""), n="", note="")


def days_shown(figure: Figure) -> tuple[date, ...]:
    """First and last day that a figure's points and lines reach, in order of the marks."""
    days = [p.x for mark in figure.of(Points) for p in mark.points]
    days += [x for line in figure.of(Line) for x, _ in line.points]
    return tuple(day for day in days if isinstance(day, date))


def _goal_mark(goal: GoalLine) -> Line:
    points = ((goal.start, goal.start_value), (goal.end, goal.end_value))
    second = said("{day}", day=goal.end)
    return Line(Role.GOAL, points, said("Goal line"), said("goal {v}", v=goal.end_value), second, end_marker=True)


def _trend_marks(
    trends: Sequence[Trend], scores: Sequence[Score], phases: Sequence[Phase], goal: GoalLine
) -> list[Line]:
    walls = [phase.start for phase in phases]
    marks: list[Line] = []
    for index, trend in enumerate(trends):
        own = [s.day for s in scores if s.day >= trend.origin and not any(trend.origin < w <= s.day for w in walls)]
        if len(own) < 2:
            continue
        start, end = min(own), max(own)
        label = said("trend {slope:2} a week", slope=trend.slope)
        marks.append(Line(Role.TREND, ((start, trend.at(start)), (end, trend.at(end))), said("Trend"), label))
        if index == len(trends) - 1 and end < goal.end:
            ahead = ((end, trend.at(end)), (goal.end, trend.at(goal.end)))
            value = said("trend {v:0}", v=trend.at(goal.end))
            marks.append(Line(Role.TREND_AHEAD, ahead, said("Trend, if it holds"), value, said("if it holds")))
    return marks


def _line_on(day: date, goal: GoalLine, earlier: Sequence[tuple[GoalLine, date]]) -> GoalLine:
    """The goal line that was judged by on a day."""
    return next((line for line, end in earlier if day <= end), goal)


def _score_point(score: Score, goal: GoalLine) -> Point:
    off = score.value - goal.at(score.day)
    text = "{off:1} above the goal line" if off > 0 else "{off:1} below the goal line"
    side = said("on the goal line") if abs(off) < growth.ON_LINE else said(text, off=abs(off))
    of = _median_of(score)
    return Point(score.day, score.value, said("{side}; {of}", side=side, of=of) if of else side)


def _median_of(score: Score) -> Text:
    return said("median of {n} scores that day", n=score.of) if score.of > 1 else ""


def _progress_alt(measure: Text, goal: GoalLine, scores: Sequence[Score]) -> Said:
    if not scores:
        return said("Line chart, {measure}. Goal line from {a} on {x} to {b} on {y}; no score yet.",
                    measure=measure, a=goal.start_value, x=goal.start, b=goal.end_value, y=goal.end)  # fmt: skip
    ordered = sorted(scores, key=lambda score: score.day)
    return said(
        "Line chart, {measure}, {first_day} to {last_day}, {n} scores. First {first}, last {last}; goal {goal} by {goal_day}.",
        measure=measure,
        first_day=ordered[0].day,
        last_day=ordered[-1].day,
        n=len(ordered),
        first=ordered[0].value,
        last=ordered[-1].value,
        goal=goal.end_value,
        goal_day=goal.end,
    )
