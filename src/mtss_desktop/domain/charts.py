"""The charts a coach knows, made from plain numbers and dates.

Every builder takes what was counted, in a coach's words, and returns a ``Figure`` with its alternative text and its
sentence. What must not be shown has been hidden before (``privacy``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain import behavior, growth
from mtss_desktop.domain.behavior import Change, Rate, Span
from mtss_desktop.domain.figure_scales import MONTHS, value_ticks
from mtss_desktop.domain.figures import (
    SERIES,
    Arrow,
    AxisKind,
    Band,
    Bar,
    Bars,
    Box,
    Cell,
    Column,
    Figure,
    Flow,
    FlowLink,
    FlowPart,
    Interval,
    Label,
    Level,
    Line,
    Mark,
    PhaseLine,
    Point,
    Points,
    Role,
    Stack,
    StackPart,
    StackRow,
    Text,
    XAxis,
    YAxis,
)
from mtss_desktop.domain.growth import GoalLine, Score, Trend, Verdict

CORE_MARK = 80.0
"""Percent at or above benchmark that a healthy core reaches."""
HEALTHY_SHARES = (80.0, 95.0)


@dataclass(frozen=True)
class Phase:
    """From ``start`` on: what changed, in a few words. ``second`` is a second line (minutes a day, …)."""

    start: date
    note: Text
    second: Text = ""


@dataclass(frozen=True)
class LevelShare:
    """One row of a screening stack: ``counts`` per level, best first; ``tested`` of ``enrolled``.

    A hidden count is None; then the row is drawn empty and says so. ``earlier``: a window before, under its grade.
    """

    name: Text
    counts: tuple[int | None, ...]
    enrolled: int | None = None
    earlier: bool = False


# Progress of one student or group


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
    low = _low_limit(values)
    return Figure(
        title,
        _progress_alt(measure, goal, scores),
        verdict.sentence if verdict else said("No rule has been applied yet."),
        XAxis(AxisKind.DATE, start=min([first.start, *(probe.day for probe in probes)]) - timedelta(days=6)),
        YAxis(measure, unit, from_zero=low == 0, low=low, high=_high_limit(low, values), places=None),
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
    low = _low_limit(values)
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
        YAxis(measure, "", from_zero=low == 0, low=low, high=_high_limit(low, values), places=None),
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
    low = _low_limit(values)
    return replace(
        made,
        alt=words,
        finding=words,
        y=replace(made.y, from_zero=low == 0, low=low, high=_high_limit(low, values)),
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


def _low_limit(values: Sequence[float]) -> float:
    """Zero, unless all values lie in the upper half of the scale: then a round number below them (the axis says so)."""
    low, high = min(values), max(values)
    if low <= 0 or low < high * 0.4:
        return 0.0
    ticks = value_ticks([low - (high - low) * 0.25, high], YAxis(from_zero=False), 5)
    return max(ticks[0], 0.0)


def _high_limit(low: float, values: Sequence[float]) -> float:
    return value_ticks([max(values)], YAxis(low=low), 5)[-1]


# Before and after a decision


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


# Months and categories


def month_bars(
    title: Text,
    what: Text,
    months: Sequence[Rate],
    *,
    last_year: Mapping[int, float] | None = None,
    plans: Sequence[Phase] = (),
    goal: float | None = None,
    unfinished: date | None = None,
    high: float | None = None,
    finding: Said | None = None,
    provenance: Text = "",
) -> Figure:
    """Rates per school day by month, August to July, with school days under the months; no bar without school days.

    ``last_year``: month number → rate, drawn as hollow points; ``unfinished``: first day of a month that is not over, striped.
    """
    order = _month_order(months, last_year)
    place = {month: index for index, month in enumerate(order)}
    bars = tuple(
        Bar(place[m.start.month], m.per_day, role=Role.UNFINISHED if m.start == unfinished else None)
        for m in months
        if m.days
    )
    marks: list[Mark] = [Bars(Role.BAR, bars, said("This year"))]
    if last_year:
        points = tuple(Point(place[m], rate) for m, rate in sorted(last_year.items(), key=lambda item: place[item[0]]))
        marks.append(Points(Role.LAST_YEAR, points, said("Last year"), label=said("last year")))
    if goal is not None:
        marks.append(Level(Role.GOAL, goal, said("goal {v}", v=goal)))
    for plan in plans:
        at = place.get(plan.start.month, 0) - 0.5 + (plan.start.day - 1) / 31
        marks.append(PhaseLine(at, said("{day:short} {note}", day=plan.start, note=plan.note), plan.second))
    days = tuple((place[m.start.month], said("{n}", n=m.days)) for m in months)
    rated = [m for m in months if m.per_day is not None]
    few = max((m.per_day or 0.0 for m in rated), default=0.0) < 1
    return Figure(
        title,
        _months_alt(what, rated),
        finding or _months_alt(what, rated),
        XAxis(
            AxisKind.CATEGORY,
            categories=tuple(said(MONTHS[m - 1]) for m in order),
            under=days,
            under_name=said("days"),
            head=said("Month"),
        ),
        YAxis(said("Per school day, by month"), said("per school day"), high=high, places=2 if few else 1),
        tuple(marks),
        n=said("{n} in {days} days", n=sum(m.count for m in months), days=sum(m.days for m in months)),
        provenance=provenance,
    )


def _month_order(months: Sequence[Rate], last_year: Mapping[int, float] | None) -> list[int]:
    """School months in order of a school year; June and July only where something is known of them."""
    known = {m.start.month for m in months} | set(last_year or ())
    return [m for m in (8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7) if m in known or m not in (6, 7)]


def _months_alt(what: Text, months: Sequence[Rate]) -> Said:
    if not months:
        return said("Bar chart, {what} per school day by month. No month has school days yet.", what=what)
    top = max(months, key=lambda m: m.per_day or 0.0)
    return said(
        "Bar chart, {what} per school day by month, {first:month} to {last:month}. Highest {rate:1} in {month:month}.",
        what=what,
        first=months[0].start,
        last=months[-1].start,
        rate=top.per_day,
        month=top.start,
    )


def category_bars(
    title: Text,
    what: Text,
    counts: Sequence[tuple[Text, float | None]],
    *,
    chosen: int | None = None,
    horizontal: bool = True,
    places: int | None = 0,
    hidden: Text = "",
    unit: Text = "",
    provenance: Text = "",
    finding: Said | None = None,
) -> Figure:
    """Counts by place, behavior, time or grade, in the order given. ``counts`` None is hidden and prints ``hidden``."""
    bars = tuple(
        Bar(
            i,
            value,
            hidden if value is None else "",
            Role.OTHER if chosen is not None and i != chosen else None,
            i == chosen,
        )
        for i, (_, value) in enumerate(counts)
    )
    known = [(name, value) for name, value in counts if value is not None]
    alt = said("Bar chart, {what}. No number can be shown.", what=what)
    if known:
        name, most = max(known, key=lambda item: item[1])
        alt = said("Bar chart, {what}, {n} bars. Most: {name}, {most}.", what=what, n=len(counts), name=name, most=most)
    return Figure(
        title,
        alt,
        finding or alt,
        XAxis(AxisKind.CATEGORY, categories=tuple(name for name, _ in counts), head=title),
        YAxis("" if horizontal else unit, unit, places=places, shown=False),
        (Bars(Role.BAR, bars, what),),
        n="" if horizontal or places else said("n = {n}", n=sum(value for _, value in known)),
        provenance=provenance,
        suppressed=said("{n} bar is hidden.", many="{n} bars are hidden.", count="n", n=len(counts) - len(known))
        if len(known) < len(counts)
        else "",
        horizontal=horizontal,
    )


def referral_bands(bands: Sequence[tuple[Text, int, float]], referrals: Text) -> Figure:
    """Enrolled students by how many referrals they had, each band with its share: light, striped, dark, never the looks of tiers."""
    looks = (Role.OTHER, Role.UNFINISHED, Role.CHOSEN)
    bars = tuple(
        Bar(at, float(n), said("{n} · {p:1}%", n=n, p=100 * share), looks[min(at, len(looks) - 1)])
        for at, (_, n, share) in enumerate(bands)
    )
    everyone = sum(n for _, n, _ in bands)
    each = [said("{name}: {n}, {p:1}%", name=name, n=n, p=100 * share) for name, n, share in bands]
    names = [f"band_{at}" for at in range(len(each))]
    start = "Bar chart, {n} enrolled students by how many {what} they had. "
    told = "; ".join(f"{{{name}}}" for name in names)
    values = (("n", everyone), ("what", referrals), *zip(names, each, strict=True))
    alt = Said(f"{start}{told}.", values)
    return Figure(
        said("Students by {what}", what=referrals),
        alt,
        alt,
        XAxis(AxisKind.CATEGORY, categories=tuple(name for name, _, _ in bands), head=referrals),
        YAxis("", "", places=0, shown=False),
        (Bars(Role.BAR, bars, said("Students")),),
        n=said("n = {n}", n=everyone),
        horizontal=True,
    )


def chosen_bars(figure: Figure, chosen: Collection[int]) -> Figure:
    """The same bars with some of them chosen; the others step back. None chosen: all alike."""
    marks = tuple(
        replace(mark, bars=tuple(_choose(bar, at in chosen) for at, bar in enumerate(mark.bars)))
        if isinstance(mark, Bars) and chosen
        else mark
        for mark in figure.marks
    )
    return replace(figure, marks=marks)


def _choose(bar: Bar, chosen: bool) -> Bar:
    return replace(bar, chosen=chosen, role=None if chosen else Role.OTHER)


# Screening


def screening_stack(
    title: Text,
    measure: Text,
    levels: Sequence[Text],
    rows: Sequence[LevelShare],
    *,
    supports: bool = False,
    lines: Sequence[float] = (CORE_MARK,),
    finding: Said | None = None,
    provenance: Text = "",
    suppressed: Text = "",
) -> Figure:
    """Percent of tested students per level, a row per grade or window, with the line of a healthy core.

    ``levels`` best first, as the test says them (up to four). ``supports``: levels are tiers of support (80/95 lines).
    """
    roles = _level_roles(len(levels), supports)
    made = tuple(_stack_row(index, row) for index, row in enumerate(rows))
    return Figure(
        title,
        _stack_alt(measure, levels, rows),
        finding or _stack_alt(measure, levels, rows),
        XAxis(
            AxisKind.CATEGORY,
            categories=tuple(row.name for row in rows),
            head=said("Grade and window") if any(row.earlier for row in rows) else said("Grade"),
        ),
        YAxis(said("Percent of students tested"), "%", low=0, high=100, places=0, percent=True, shown=False),
        (
            Stack(tuple(map(StackPart, roles, levels)), made, said("Tested of enrolled")),
            *(Level(Role.CRITERION, line, said("{v:0}%", v=line)) for line in (HEALTHY_SHARES if supports else lines)),
        ),
        provenance=provenance,
        suppressed=suppressed,
        horizontal=True,
    )


def _level_roles(count: int, supports: bool) -> tuple[Role, ...]:
    if supports:
        return (Role.TIER_1, Role.TIER_2, Role.TIER_3)[:count]
    if count == 3:
        return (Role.HIGH, Role.MIDDLE, Role.LOW)
    if count == 2:
        return (Role.HIGH, Role.LOW)
    return (Role.LEVEL_1, Role.LEVEL_2, Role.LEVEL_3, Role.LEVEL_4)[:count]


def _stack_row(index: int, row: LevelShare) -> StackRow:
    hidden = any(count is None for count in row.counts)
    counts = [count or 0 for count in row.counts]
    tested = sum(counts)
    aside = tested_of(tested, row.enrolled) if row.enrolled is not None else ""
    if hidden or not tested:
        return StackRow(index, (), (), said("hidden") if hidden else aside or said("not tested"), row.earlier)
    shares = tuple(count * 100 / tested for count in counts)
    texts = tuple(said("{p:0}% \u00b7 {n}", p=share, n=n) for share, n in zip(shares, counts, strict=True))
    return StackRow(index, shares, texts, aside or said("{n} tested", n=tested), row.earlier)


def tested_of(tested: int, enrolled: int) -> Said:
    """More tested than enrolled now: some have left since, which is no share of anything."""
    if tested > enrolled:
        return said("{tested} tested, now {enrolled}", tested=tested, enrolled=enrolled)
    return said("{tested} of {enrolled}", tested=tested, enrolled=enrolled)


def _stack_alt(measure: Text, levels: Sequence[Text], rows: Sequence[LevelShare]) -> Said:
    shares = [(row.name, (row.counts[0] or 0) * 100 / sum(c or 0 for c in row.counts)) for row in rows if _known(row)]
    if not shares:
        return said("Stacked bars, {measure}. No row can be shown.", measure=measure)
    least = min(shares, key=lambda item: item[1])
    return said(
        "Stacked bars, {measure}, {n} rows. Lowest share of {level}: {row}, {share:0}%; line at 80%.",
        measure=measure,
        n=len(rows),
        level=levels[0],
        row=least[0],
        share=least[1],
    )


def _known(row: LevelShare) -> bool:
    return all(count is not None for count in row.counts) and sum(count or 0 for count in row.counts) > 0


def movement_flow(
    title: Text,
    before_name: Text,
    after_name: Text,
    tiers: Sequence[Text],
    moved: Mapping[tuple[int, int], int],
    *,
    finding: Said,
) -> Figure:
    """The same students in two windows: ``moved`` is (tier before, tier after), from 1 → how many. Nobody stands in it twice."""
    places = range(1, len(tiers) + 1)
    links = tuple(
        FlowLink(start - 1, end - 1, moved[start, end], _flow_role(start, end), _flow_words(start, end))
        for start in places
        for end in places
        if moved.get((start, end))
    )
    roles = _level_roles(len(tiers), supports=True)
    before = [sum(n for (start, _), n in moved.items() if start == at) for at in places]
    after = [sum(n for (_, end), n in moved.items() if end == at) for at in places]
    alt = said(
        "Flow of {n} students between two windows, {a} and {b}. {finding}",
        n=sum(moved.values()),
        a=before_name,
        b=after_name,
        finding=finding,
    )
    columns = [
        tuple(FlowPart(role, name, n) for role, name, n in zip(roles, tiers, counts, strict=True))
        for counts in (before, after)
    ]
    flow = Flow(columns[0], columns[1], links, before_name, after_name)
    return Figure(title, alt, finding, XAxis(AxisKind.NONE), YAxis(), (flow,))


def _flow_role(start: int, end: int) -> Role:
    return Role.BAND if start == end else Role.BAR if end < start else Role.SERIES_2


def _flow_words(start: int, end: int) -> Said:
    return said("same support") if start == end else said("less support") if end < start else said("more support")


# Fidelity, equity, small multiples, structure


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


def structure_chart(
    title: Text,
    places: Sequence[Column],
    bands: Sequence[Text],
    teams: Sequence[Box],
    links: Sequence[Arrow],
    *,
    provenance: Text = "",
) -> Figure:
    """Who decides what and who hears from whom. ``Box.place`` −1 stands over all places."""
    keys = {team.key for team in teams}
    unknown = sorted({key for link in links for key in (link.start, link.end)} - keys)
    if unknown:
        raise ValueError(f"links to teams that are not on the chart: {', '.join(unknown)}")
    over = sum(1 for team in teams if team.place < 0)
    alt = said(
        "Structure chart, {over} division teams, {own} school teams; the {links} lines are listed below.",
        over=over,
        own=len(teams) - over,
        links=len(links),
    )
    return Figure(
        title, alt, alt, XAxis(AxisKind.NONE), YAxis(), (*teams, *links), columns=tuple(places), bands=tuple(bands),
        n=said("{n} team", many="{n} teams", count="n", n=len(teams)), provenance=provenance,
    )  # fmt: skip


def split_by_place(figure: Figure, sheets: int = 0) -> tuple[Figure, ...]:
    """A structure chart as several, each with the division's teams over its share of the places: for pages that cannot
    hold all at once. As even as possible; one place to a sheet unless ``sheets`` says how many there may be."""
    count = len(figure.columns)
    share = -(-count // sheets) if sheets else 1
    made = []
    for start in range(0, count, share):
        here = range(start, min(start + share, count))
        boxes = [
            replace(box, place=box.place - start if box.place >= 0 else box.place)
            for box in figure.of(Box)
            if box.place < 0 or box.place in here
        ]
        keys = {box.key for box in boxes}
        arrows = [arrow for arrow in figure.of(Arrow) if arrow.start in keys and arrow.end in keys]
        places = [figure.columns[place] for place in here]
        made.append(structure_chart(figure.title, places, figure.bands, boxes, arrows, provenance=figure.provenance))
    return tuple(made)
