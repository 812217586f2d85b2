"""Goals that are worth a look: what the numbers propose, what practice advises, each with its arithmetic in words.

Sources: the end-of-period cut, norm growth (baseline + growth × weeks) and one and a half times the own growth are the three usual
ways to set a progress goal; halving a rate is the usual first goal of a team.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain import growth
from mtss_desktop.domain.behavior import Rate
from mtss_desktop.domain.growth import Score
from mtss_desktop.domain.student_plans import GoalWay

OWN_TIMES = 1.5
"""A goal by a student's own growth asks for this many times of it."""
OWN_FROM = 8
"""Scores that a student's own growth needs."""
NORM_FROM = 5
"""Students whose growth makes a norm of one's own school."""
GOAL_SCHOOL_DAYS = 45
"""A team's goal is due a quarter of a school year later."""
ENOUGH_MONTH_DAYS = 10
"""School days a month needs before it can be the best one."""


@dataclass(frozen=True)
class Proposal:
    """One way to a goal. ``target`` is None where the way is not open; then ``arithmetic`` says what is missing."""

    way: str
    name: Said
    target: float | None
    arithmetic: Said


@dataclass(frozen=True)
class Cut:
    """The lowest score at a level that needs no more than Tier 1, with where it was read."""

    value: float
    where: Said


@dataclass(frozen=True)
class Norm:
    """Median weekly growth of ``students`` others, and who they are."""

    per_week: float
    students: int
    who: Said


def norm_growth(series: Sequence[Sequence[Score]], who: Said) -> Norm | None:
    """The median of the weekly growth of students with eight scores or more; None with fewer than five of them."""
    slopes = [growth.trend(scores).slope for scores in series if _has_growth(scores)]
    return Norm(float(median(slopes)), len(slopes), who) if len(slopes) >= NORM_FROM else None


def _has_growth(scores: Sequence[Score]) -> bool:
    return len(scores) >= OWN_FROM and len({score.day for score in scores}) >= growth.TREND_DAYS


def of_student(
    start: float, start_on: date, due: date, scores: Sequence[Score], cut: Cut | None, norm: Norm | None
) -> tuple[Proposal, ...]:
    """From a baseline to ``due``: the cut, norm growth, one and a half times the own growth."""
    span = growth.weeks(start_on, due)
    return (_by_cut(start, span, cut), _by_norm(start, span, norm), _by_own(start, span, scores))


def _by_cut(start: float, span: float, cut: Cut | None) -> Proposal:
    name = said("Proposed: the cut at the end of the year")
    if cut is None:
        return Proposal(
            GoalWay.CUT, name, None, said("No screening of this measure has a level that names its cut. Type it.")
        )
    words = said(
        "{cut}, {where}. From {start} in {weeks:1} weeks: {need:2} a week.",
        cut=cut.value,
        where=cut.where,
        start=start,
        weeks=span,
        need=growth.needed_per_week(start, cut.value, span),
    )
    return Proposal(GoalWay.CUT, name, cut.value, words)


def _by_norm(start: float, span: float, norm: Norm | None) -> Proposal:
    name = said("Advised: usual growth")
    if norm is None:
        return Proposal(
            GoalWay.NORM, name, None, said("Fewer than {n} students with {m} scores: no usual growth yet.",
                                          n=NORM_FROM, m=OWN_FROM)
        )  # fmt: skip
    target = _whole(growth.goal_from_growth(start, norm.per_week, span))
    words = said(
        "{start} + {rate:2} a week × {weeks:1} weeks = {target}. {rate:2} is the median of {n} students: {who}.",
        start=start,
        rate=norm.per_week,
        weeks=span,
        target=target,
        n=norm.students,
        who=norm.who,
    )
    return Proposal(GoalWay.NORM, name, target, words)


def _by_own(start: float, span: float, scores: Sequence[Score]) -> Proposal:
    name = said("Advised: 1.5 times the own growth")
    if not _has_growth(scores):
        return Proposal(GoalWay.OWN_GROWTH, name, None, said("{n} of {need} scores.", n=len(scores), need=OWN_FROM))
    slope = growth.trend(scores).slope
    if slope <= 0:
        words = said("Growth so far is {slope:2} a week: nothing to build on.", slope=slope)
        return Proposal(GoalWay.OWN_GROWTH, name, None, words)
    target = _whole(growth.goal_from_growth(start, OWN_TIMES * slope, span))
    words = said(
        "{start} + 1.5 × {slope:2} a week × {weeks:1} weeks = {target}.",
        start=start,
        slope=slope,
        weeks=span,
        target=target,
    )
    return Proposal(GoalWay.OWN_GROWTH, name, target, words)


def _whole(value: float) -> float:
    """Goals are whole scores, rounded half up."""
    return float(int(value + 0.5)) if value >= 0 else value


def due_after(school_days: Sequence[date], today: date, days: int = GOAL_SCHOOL_DAYS) -> date:
    """The school day that many school days on, or the last of the year; without a calendar nine weeks on."""
    later = [day for day in school_days if day > today]
    return later[min(days, len(later)) - 1] if later else today + timedelta(weeks=9)


def of_rate(baseline: float | None, months: Sequence[Rate]) -> tuple[Proposal, ...]:
    """Fewer a school day: down to the best month so far is proposed, half is advised."""
    return (_best_month(baseline, months), _half(baseline))


def _best_month(baseline: float | None, months: Sequence[Rate]) -> Proposal:
    name = said("Proposed: the best month so far")
    rated = [month for month in months if month.per_day is not None and month.days >= ENOUGH_MONTH_DAYS]
    best = min(rated, key=lambda month: month.per_day or 0.0, default=None)
    if best is None or best.per_day is None:
        words = said("No month has {n} school days with data yet.", n=ENOUGH_MONTH_DAYS)
        return Proposal("best_month", name, None, words)
    target = round(best.per_day, 2)
    if baseline is not None and target >= baseline:
        words = said("The best month, {month:month}, was {rate:2}: not below the baseline of {base:2}.",
                     month=best.start, rate=best.per_day, base=baseline)  # fmt: skip
        return Proposal("best_month", name, None, words)
    words = said(
        "{n} in {days} school days of {month:month}: {rate:2} a day.",
        n=best.count,
        days=best.days,
        month=best.start,
        rate=best.per_day,
    )
    return Proposal("best_month", name, target, words)


def _half(baseline: float | None) -> Proposal:
    name = said("Advised: half")
    if not baseline:
        return Proposal("half", name, None, said("No baseline yet. Count first."))
    target = round(baseline / 2, 2)
    return Proposal("half", name, target, said("{base:2} a day ÷ 2 = {target:2}.", base=baseline, target=target))


def of_share(baseline: float | None, healthy: int) -> tuple[Proposal, ...]:
    """More of a percent: halfway to a healthy core is proposed, the healthy core itself is advised."""
    advised = Proposal(
        "core", said("Advised: a healthy core"), float(healthy), said("{n}% is what a healthy core reaches.", n=healthy)
    )
    name = said("Proposed: halfway there")
    if baseline is None or baseline >= healthy:
        return (Proposal("halfway", name, None, said("No baseline below {n}% yet.", n=healthy)), advised)
    target = float(round(baseline + (healthy - baseline) / 2))
    words = said(
        "{base:0}% + ({healthy}% − {base:0}%) ÷ 2 = {target:0}%.", base=baseline, healthy=healthy, target=target
    )
    return (Proposal("halfway", name, target, words), advised)
