"""Office referrals: rates per school day, before and after a change, the triangle.

Rates always say their base: per school day, per 100 students. A difference in time is never called an effect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mtss_desktop.base.words import Said, said

ENOUGH_DAYS = 20
"""School days after a change before its mean is compared without "too early to call"."""


_EARLY = {
    -1: "Lower by {difference} a day; {days} of data: too early to call.",
    1: "Higher by {difference} a day; {days} of data: too early to call.",
    0: "No difference yet; {days} of data: too early to call.",
}
_SETTLED = {
    -1: "Lower by {difference} a school day.",
    1: "Higher by {difference} a school day.",
    0: "No difference: {after} a school day before and after.",
}
_Key = Callable[[date], date]


@dataclass(frozen=True)
class Rate:
    """``count`` in ``days`` school days of the week or month that starts on ``start``. No school days: no rate."""

    start: date
    count: int
    days: int

    @property
    def per_day(self) -> float | None:
        return rate_per_day(self.count, self.days)


@dataclass(frozen=True)
class Span:
    """A count over school days, before or after a change."""

    count: int
    days: int

    @property
    def per_day(self) -> float | None:
        return rate_per_day(self.count, self.days)


@dataclass(frozen=True)
class Change:
    """Two means and the honest sentence. ``difference``: after − before, unrounded; None: nothing to compare."""

    before: Span
    after: Span
    difference: float | None
    early: bool
    sentence: Said
    more: Said | None = None


@dataclass(frozen=True)
class Triangle:
    """Enrolled students with 0 or 1, 2 to 5, 6 or more referrals; those with none are counted."""

    few: int
    some: int
    many: int

    @property
    def enrolled(self) -> int:
        return self.few + self.some + self.many

    @property
    def shares(self) -> tuple[float, float, float]:
        """Fractions of enrolled students; zero where nobody is enrolled."""
        n = self.enrolled or 1
        return self.few / n, self.some / n, self.many / n


UNKNOWN_AFTER = 21
"""Days at the end of a year without any referral of a school that are taken for days no file reaches."""


def rate_per_day(count: int, days: int) -> float | None:
    """None without school days: such a month shows no bar, not zero."""
    return count / days if days > 0 else None


def rate_per_100(count: int, enrolled: int, days: int | None = None) -> float | None:
    """Per 100 students; with ``days`` per 100 students per school day."""
    if enrolled <= 0 or (days is not None and days <= 0):
        return None
    rate = count / enrolled * 100
    return rate if days is None else rate / days


def by_month(counts: Mapping[date, int], school_days: Iterable[date]) -> tuple[Rate, ...]:
    """Rates in order of date for every month with a school day or a count; ``counts`` is by day."""
    return _grouped(counts, school_days, lambda day: day.replace(day=1))


def by_week(counts: Mapping[date, int], school_days: Iterable[date]) -> tuple[Rate, ...]:
    """Rates per week, Monday first. Weeks without school days have days 0 and break a path."""
    return _grouped(counts, school_days, week_of)


def counted_through(counted: Iterable[date], school_days: Sequence[date], today: date) -> date:
    """The last day that data reach, never later than ``today``: the last with anything counted at the school, whatever is
    looked at. Days after it are not days without referrals, they are unknown.

    A year that is over was counted whole, unless nothing was counted in its last ``UNKNOWN_AFTER`` days: then its last file
    ends there.
    """
    last = min(max(counted, default=today), today)
    if not school_days or school_days[-1] >= today:
        return last
    return max(last, school_days[-1]) if (school_days[-1] - last).days <= UNKNOWN_AFTER else last


def week_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def span(counts: Mapping[date, int], school_days: Iterable[date], start: date, end: date) -> Span:
    """From ``start`` through ``end``. Counts on a day without school still count."""
    days = sum(1 for day in school_days if start <= day <= end)
    return Span(sum(n for day, n in counts.items() if start <= day <= end), days)


def compare(before: Span, after: Span, *, enough_days: int = ENOUGH_DAYS, carried_out: Said | None = None) -> Change:
    """The two means with counts and days. ``carried_out`` says that the plan was not wholly carried out: then no difference
    is claimed for it.
    """
    b, a = before.per_day, after.per_day
    if b is None or a is None:
        return Change(before, after, None, True, _missing(before))
    early = after.days < enough_days or carried_out is not None
    places = _places(b, a)
    values: dict[str, object] = {
        "before": _number(b, places),
        "after": _number(a, places),
        "difference": _number(abs(round(b, places) - round(a, places)), places),
        "n": after.days,
    }
    return Change(
        before,
        after,
        a - b,
        early,
        _head(values, b, a, places, early) if carried_out is None else said("Too early to say whether the idea works."),
        _detail(values, before, after, carried_out),
    )


def triangle(referrals: Iterable[int], enrolled: int) -> Triangle:
    """``referrals`` per student with any; the rest of ``enrolled`` had none. ValueError for more than are enrolled."""
    counts = list(referrals)
    if len(counts) > enrolled:
        raise ValueError("more students with referrals than enrolled students")
    some = sum(1 for n in counts if 2 <= n <= 5)
    many = sum(1 for n in counts if n >= 6)
    return Triangle(enrolled - some - many, some, many)


def _grouped(counts: Mapping[date, int], school_days: Iterable[date], key: _Key) -> tuple[Rate, ...]:
    held: dict[date, list[int]] = {}
    for day in school_days:
        held.setdefault(key(day), [0, 0])[1] += 1
    for day, n in counts.items():
        held.setdefault(key(day), [0, 0])[0] += n
    return tuple(Rate(start, count, days) for start, (count, days) in sorted(held.items()))


def _missing(before: Span) -> Said:
    if before.days:
        return said("No school day since the change, so nothing to compare yet.")
    return said("No school day before the change is on record, so nothing to compare.")


def _head(values: dict[str, object], b: float, a: float, places: int, early: bool) -> Said:
    same = round(b, places) == round(a, places)
    side = 0 if same else (1 if a > b else -1)
    text = (_EARLY if early else _SETTLED)[side]
    days = said("{n} day", many="{n} days", count="n", n=values["n"])
    return Said(text, (*values.items(), ("days", days)))


def _detail(values: dict[str, object], before: Span, after: Span, carried_out: Said | None) -> Said:
    text = (
        "Before {before} ({before_count} in {before_days}), after {after} ({after_count} in {after_days}). "
        "This shows a difference, not its cause."
    )
    if carried_out is not None:
        text = "{carried_out} " + text
    counts = {
        "before_count": before.count,
        "before_days": _days(before.days),
        "after_count": after.count,
        "after_days": _days(after.days),
        "carried_out": carried_out,
    }
    return Said(text, (*values.items(), *counts.items()))


def _days(n: int) -> Said:
    return said("{n} school day", many="{n} school days", count="n", n=n)


def _places(b: float, a: float) -> int:
    """As many places as it takes to show the difference: one from 10 up, two below, three for small differences."""
    for places in (1 if max(a, b) >= 10 else 2, 2, 3):
        if a == b or round(a, places) != round(b, places):
            return places
    return 3


def _number(value: float, places: int) -> Said:
    return said(("{x:0}", "{x:1}", "{x:2}", "{x:3}")[places], x=value)
