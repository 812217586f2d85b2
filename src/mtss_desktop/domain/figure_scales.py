"""Ticks and limits: round numbers, weeks, months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, log, log10

from mtss_desktop.base.words import Words
from mtss_desktop.domain.figure_marks import X, YAxis
from mtss_desktop.domain.figure_shapes import number_of

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_LOG_TICKS = (0.0625, 0.125, 0.25, 0.5, 1, 2, 4, 8, 16)


@dataclass(frozen=True)
class Scale:
    """Maps ``low`` … ``high`` to ``start`` … ``end`` in points."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def __call__(self, value: float) -> float:
        low, high, at = (log(v) if self.log else v for v in (self.low, self.high, value))
        share = (at - low) / (high - low) if high != low else 0.5
        return self.start + share * (self.end - self.start)

    def clipped(self, value: float) -> float:
        return self(min(max(value, self.low), self.high))


def nice_step(reach: float, wanted: int) -> float:
    """A step of 1, 2, 2.5 or 5 times a power of ten that makes at most ``wanted`` intervals."""
    raw = reach / max(wanted, 1)
    power = 10.0 ** floor(log10(raw)) if raw > 0 else 1.0
    return next(step * power for step in _STEPS if step * power >= raw * (1 - 1e-9)) if raw > 0 else 1.0


def value_ticks(values: Sequence[float], axis: YAxis, wanted: int) -> list[float]:
    """Ticks from the lower to the upper limit; the first and last are the limits of the axis."""
    if axis.scale == "log":
        return _log_ticks(values, axis)
    low = min(values, default=0.0) if axis.low is None else axis.low
    high = max(values, default=1.0) if axis.high is None else axis.high
    if axis.from_zero and axis.low is None:
        low = min(low, 0.0)
    if high - low < 1e-9:
        high = low + 1.0
    step = nice_step(high - low, wanted)
    if axis.places == 0 or all(float(value).is_integer() for value in (*values, low, high)):
        step = max(step, 1.0) if step < 1 else (5.0 if step == 2.5 else step)
    first = low if axis.low is not None else floor(low / step + 1e-9) * step
    count = ceil((high - first) / step - 1e-9)
    if axis.high is not None:
        ticks = [first + i * step for i in range(floor((high - first) / step + 1e-9) + 1)]
        return ticks if abs(ticks[-1] - high) < step * 1e-6 else [*ticks, high]
    return [round(first + i * step, 10) for i in range(count + 1)]


def _log_ticks(values: Sequence[float], axis: YAxis) -> list[float]:
    low = axis.low or min((v for v in values if v > 0), default=0.25)
    high = axis.high or max(values, default=4.0)
    inner = [tick for tick in _LOG_TICKS if low <= tick <= high]
    return inner if len(inner) > 1 else [low, high]


def tick_words(ticks: Sequence[float], axis: YAxis, words: Words) -> list[str]:
    places = next((p for p in range(4) if all(abs(t - round(t, p)) < 1e-9 for t in ticks)), 3)
    if axis.scale == "log":
        return [_fraction(tick) or words.number(tick) for tick in ticks]
    return [words.number(tick, places) + ("%" if axis.percent else "") for tick in ticks]


def _fraction(tick: float) -> str:
    return {0.5: "\u00bd", 0.25: "\u00bc", 0.125: "\u215b"}.get(tick, "")


def day_ticks(low: float, high: float, width: float, room: float) -> list[date]:
    """Days that carry a label about ``room`` apart: Mondays, then first days of months, quarters, years."""
    start, end = date.fromordinal(ceil(low)), date.fromordinal(floor(high))
    fits = max(int(width / room), 1)
    for weeks in (1, 2):
        mondays = [start + timedelta(days=-start.weekday() % 7)]
        while mondays[-1] + timedelta(weeks=weeks) <= end:
            mondays.append(mondays[-1] + timedelta(weeks=weeks))
        if mondays[0] <= end and len(mondays) <= fits and (end - start).days < 120:
            return mondays
    firsts = [date(y, m, 1) for y in range(start.year, end.year + 1) for m in range(1, 13) if _inside(y, m, start, end)]
    for every in (1, 2, 3, 6, 12):
        choices = [[day for day in firsts if (day.month - month) % every == 0] for month in (8, 1, 10)]
        fitting = [kept for kept in choices if kept and len(kept) <= fits]
        if fitting:
            return max(fitting, key=len)
    return firsts[:1] or [start]


def _inside(year: int, month: int, start: date, end: date) -> bool:
    return start <= date(year, month, 1) <= end


def day_words(ticks: Sequence[date], words: Words) -> list[str]:
    """Months by name where every tick is the first of a month, else 10/19. A January says its year; where none has a tick the
    first of each year does; all do that stand half a year or more apart."""
    if ticks and all(day.day == 1 for day in ticks):
        apart = len(ticks) == 1 or (ticks[1] - ticks[0]).days > 150
        januaries = any(day.month == 1 for day in ticks)
        dated = [
            apart or (day.month == 1 if januaries else not place or ticks[place - 1].year != day.year)
            for place, day in enumerate(ticks)
        ]
        names = [words(MONTHS[day.month - 1]) for day in ticks]
        return [f"{name} {day.year}" if year else name for name, day, year in zip(names, ticks, dated, strict=True)]
    return [words.write(day, "short") for day in ticks]


def limits_of(xs: Sequence[X]) -> tuple[float, float]:
    numbers = [number_of(x) for x in xs] or [0.0, 1.0]
    low, high = min(numbers), max(numbers)
    return (low, high) if high > low else (low - 0.5, high + 0.5)
