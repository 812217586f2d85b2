"""Counts and rates as bars: months, places, behaviors, how many students had how many."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain.behavior import Rate
from mtss_desktop.domain.charts.phases import Phase
from mtss_desktop.domain.figure_scales import MONTHS
from mtss_desktop.domain.figures import (
    AxisKind,
    Bar,
    Bars,
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
