"""Progress monitoring: baseline, goal line, trend lines and the rules a team decides by.

Slopes are per week; weeks are calendar days / 7, never rounded (school breaks do not bend a line).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations
from math import sqrt
from statistics import fmean, median

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain.distributions import t_quantile

TREND_DAYS = 3
"""Different days a drawn trend needs."""
ON_LINE = 1e-9
"""A point nearer to the goal line than this lies on it; "above" and "below" are strict."""


@dataclass(frozen=True)
class Score:
    """``of`` is how many scores of that day the value is the median of."""

    day: date
    value: float
    of: int = 1


@dataclass(frozen=True)
class GoalLine:
    """Straight from the baseline to the goal on real dates."""

    start: date
    start_value: float
    end: date
    end_value: float

    @property
    def slope(self) -> float:
        """Growth needed per week."""
        return (self.end_value - self.start_value) / weeks(self.start, self.end)

    @property
    def lower_is_better(self) -> bool:
        return self.end_value < self.start_value

    def at(self, day: date) -> float:
        share = (day - self.start).days / (self.end - self.start).days
        return self.start_value + (self.end_value - self.start_value) * share


@dataclass(frozen=True)
class Trend:
    """y = intercept + slope · weeks since ``origin``. Errors only for least squares with three points or more.

    ``see``: standard error of estimate; ``se``: of the slope; ``low``, ``high``: 95% interval of the slope.
    """

    kind: str
    origin: date
    slope: float
    intercept: float
    n: int
    see: float | None = None
    se: float | None = None
    low: float | None = None
    high: float | None = None

    def at(self, day: date) -> float:
        return self.intercept + self.slope * weeks(self.origin, day)


class Decision(StrEnum):
    CHANGE = "change instruction"
    RAISE = "raise goal"
    CONTINUE = "continue"
    NOT_ENOUGH = "not enough data"


@dataclass(frozen=True)
class RuleSet:
    """A team's decision rules; the version prints. ``trend_tolerance``: a difference per week that is about equal."""

    version: int = 1
    adopted: date | None = None
    four_point_minimum: int = 6
    trend_minimum: int = 8
    trend_days: int = 28
    trend_tolerance: float = 0.0
    confidence: float = 0.95


@dataclass(frozen=True)
class Verdict:
    """What one rule says, with the numbers in its ``sentence``. ``have`` of ``need`` points."""

    rule: str
    decision: Decision
    sentence: Said
    have: int
    need: int
    version: int


def weeks(start: date, end: date) -> float:
    return (end - start).days / 7


def baseline(probes: Sequence[float]) -> float:
    """The median of the baseline probes."""
    if not probes:
        raise ValueError("a baseline needs at least one probe")
    return float(median(probes))


def one_a_day(scores: Iterable[Score]) -> tuple[Score, ...]:
    """The median of each day, oldest first: three passages read at one sitting are one point, not three in a row."""
    held: dict[date, list[float]] = {}
    for score in scores:
        held.setdefault(score.day, []).append(score.value)
    return tuple(Score(day, float(median(values)), len(values)) for day, values in sorted(held.items()))


def needed_per_week(start_value: float, goal: float, span_weeks: float) -> float:
    return (goal - start_value) / span_weeks


def rate_of_improvement(first: Score, last: Score) -> float:
    """(last − first) / (days / 7), as vendors print it."""
    return (last.value - first.value) / weeks(first.day, last.day)


def goal_from_growth(start_value: float, per_week: float, span_weeks: float) -> float:
    """A goal from norm growth; for a goal from the student's own slope pass 1.5 times that slope."""
    return start_value + per_week * span_weeks


# Lines through numbers. x in any unit, sorted; every one returns (slope, intercept).


def ols(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float]:
    mean_x, mean_y = fmean(xs), fmean(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    if not spread:
        raise ValueError("a trend needs points on two days")
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / spread
    return slope, mean_y - slope * mean_x


def theil_sen(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float]:
    """Median of the pairwise slopes; the intercept is median(y − slope · x)."""
    points = list(zip(xs, ys, strict=True))
    slopes = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2) if x2 != x1]
    if not slopes:
        raise ValueError("a trend needs points on two days")
    slope = median(slopes)
    return slope, median(y - slope * x for x, y in points)


def tukey_thirds(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float]:
    """Line through (median x, median y) of the first and last third; a remainder of two goes to the outer thirds."""
    size = _third(len(xs))
    return _through(median(xs[:size]), median(ys[:size]), median(xs[-size:]), median(ys[-size:]))


def tukey_by_hand(ys: Sequence[float]) -> float:
    """(last third's median − first third's) / (points − 1): per point, flatter than the drawn line."""
    size = _third(len(ys))
    return (median(ys[-size:]) - median(ys[:size])) / (len(ys) - 1)


def split_middle(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float]:
    """White & Haring: through the medians of the halves, shifted so that half the points lie on or above."""
    half = len(xs) // 2
    if not half:
        raise ValueError("a trend needs points on two days")
    slope, start = _through(median(xs[:half]), median(ys[:half]), median(xs[-half:]), median(ys[-half:]))
    return slope, start + median(y - start - slope * x for x, y in zip(xs, ys, strict=True))


def _third(n: int) -> int:
    if n < 3:
        raise ValueError("thirds need three points or more")
    return n // 3 + (1 if n % 3 == 2 else 0)


def _through(x1: float, y1: float, x2: float, y2: float) -> tuple[float, float]:
    if x1 == x2:
        raise ValueError("a trend needs points on two days")
    slope = (y2 - y1) / (x2 - x1)
    return slope, y1 - slope * x1


def slope_error(see: float, n: int) -> float:
    """Standard error of a weekly slope for one probe a week: SEE / √(n(n²−1)/12) (Christ 2006)."""
    return see / sqrt(n * (n * n - 1) / 12)


_LINES: dict[str, Callable[[Sequence[float], Sequence[float]], tuple[float, float]]] = {
    "least squares": ols,
    "Theil-Sen": theil_sen,
    "thirds": tukey_thirds,
    "split middle": split_middle,
}


def trend(
    scores: Sequence[Score], kind: str = "least squares", *, origin: date | None = None, confidence: float = 0.95
) -> Trend:
    """A trend through dated scores. ``kind``: least squares, Theil-Sen, thirds, split middle.

    Raises ValueError with too few points or all on one day.
    """
    ordered = sorted(scores, key=lambda score: score.day)
    if len(ordered) < 2:
        raise ValueError("a trend needs two points or more")
    start = origin or ordered[0].day
    xs, ys = [weeks(start, score.day) for score in ordered], [score.value for score in ordered]
    slope, intercept = _LINES[kind](xs, ys)
    plain = Trend(kind, start, slope, intercept, len(ys))
    return _with_errors(plain, xs, ys, confidence) if kind == "least squares" and len(ys) > 2 else plain


def _with_errors(line: Trend, xs: list[float], ys: list[float], confidence: float) -> Trend:
    mean_x, n = fmean(xs), len(xs)
    left = sum((y - line.intercept - line.slope * x) ** 2 for x, y in zip(xs, ys, strict=True))
    see = sqrt(left / (n - 2))
    se = see / sqrt(sum((x - mean_x) ** 2 for x in xs))
    reach = t_quantile((1 + confidence) / 2, n - 2) * se
    return Trend(line.kind, line.origin, line.slope, line.intercept, n, see, se, line.slope - reach, line.slope + reach)


# Decision rules: only points of the current phase, in order of date; missing weeks do not count.


def four_point(scores: Sequence[Score], goal: GoalLine, rules: RuleSet | None = None) -> Verdict:
    """The last four points, once there are six."""
    rules = rules or RuleSet()
    return _last_points("four-point", 4, rules.four_point_minimum, scores, goal, rules)


def three_point(scores: Sequence[Score], goal: GoalLine, rules: RuleSet | None = None) -> Verdict:
    return _last_points("three-point", 3, 3, scores, goal, rules or RuleSet())


def median_of_three(scores: Sequence[Score], goal: GoalLine, rules: RuleSet | None = None) -> Verdict:
    """The median of the last three points against the goal line on their middle day."""
    rules = rules or RuleSet()
    if len(scores) < 3:
        return _not_enough("median", len(scores), 3, rules)
    last = _ordered(scores)[-3:]
    middle, aim = float(median(score.value for score in last)), goal.at(last[1].day)
    side = _side(middle - aim)
    texts = {
        1: "Median of the last 3 points above the goal line ({middle:1} vs {aim:1}): {decision}.",
        -1: "Median of the last 3 points below the goal line ({middle:1} vs {aim:1}): {decision}.",
        0: "Median of the last 3 points on the goal line ({middle:1} vs {aim:1}): {decision}.",
    }
    decision = _decide(side, goal)
    sentence = said(texts[side], middle=middle, aim=aim, decision=said(decision.value))
    return Verdict("median", decision, sentence, len(scores), 3, rules.version)


def trend_rule(scores: Sequence[Score], goal: GoalLine, rules: RuleSet | None = None) -> Verdict:
    """Least squares slope against the goal line's, with its interval; needs eight points over four weeks."""
    rules = rules or RuleSet()
    ordered = _ordered(scores)
    if len(ordered) < rules.trend_minimum:
        return _not_enough("trend-line", len(ordered), rules.trend_minimum, rules)
    if ordered[-1].day - ordered[0].day < timedelta(days=rules.trend_days):
        sentence = said("Not enough data: the points span less than {n} weeks.", n=rules.trend_days // 7)
        return Verdict("trend-line", Decision.NOT_ENOUGH, sentence, len(ordered), rules.trend_minimum, rules.version)
    line = trend(ordered, confidence=rules.confidence)
    off = line.slope - goal.slope
    decision = _decide(0 if abs(off) <= max(rules.trend_tolerance, ON_LINE) else _side(off), goal)
    sentence = _trend_sentence(line, goal, decision, rules)
    return Verdict("trend-line", decision, sentence, len(ordered), rules.trend_minimum, rules.version)


def _trend_sentence(line: Trend, goal: GoalLine, decision: Decision, rules: RuleSet) -> Said:
    low, high = line.low or 0.0, line.high or 0.0
    text = "Trend {slope:2} a week ({percent}% interval {low:2} to {high:2}), needed {needed:2}: {decision}."
    if low <= goal.slope <= high and decision is not Decision.CONTINUE:
        text = (
            "Trend {slope:2} a week ({percent}% interval {low:2} to {high:2}), needed {needed:2}: {decision}, "
            "but the interval includes the needed growth, so more points may change this."
        )
    percent = round(rules.confidence * 100)
    numbers = {"slope": line.slope, "low": low, "high": high, "needed": goal.slope}
    return Said(text, (*numbers.items(), ("percent", percent), ("decision", said(decision.value))))


def _last_points(
    rule: str, count: int, minimum: int, scores: Sequence[Score], goal: GoalLine, rules: RuleSet
) -> Verdict:
    if len(scores) < minimum:
        return _not_enough(rule, len(scores), minimum, rules)
    last = _ordered(scores)[-count:]
    aims = [goal.at(score.day) for score in last]
    sides = {_side(score.value - aim) for score, aim in zip(last, aims, strict=True)}
    side = sides.pop() if len(sides) == 1 else 0
    decision = _decide(side, goal)
    sentence = _run_sentence(side, decision, last, aims)
    return Verdict(rule, decision, sentence, len(scores), minimum, rules.version)


def _run_sentence(side: int, decision: Decision, last: list[Score], aims: list[float]) -> Said:
    texts = {
        1: "Last {n} of {n} points above the goal line ({values} vs {aims:1}): {decision}.",
        -1: "Last {n} of {n} points below the goal line ({values} vs {aims:1}): {decision}.",
        0: "Last {n} points not all on one side of the goal line ({values} vs {aims:1}): {decision}.",
    }
    values = tuple(score.value for score in last)
    return said(texts[side], n=len(last), values=values, aims=tuple(aims), decision=said(decision.value))


def _not_enough(rule: str, have: int, need: int, rules: RuleSet) -> Verdict:
    sentence = said("Not enough data: {have} of {need} points.", have=have, need=need)
    return Verdict(rule, Decision.NOT_ENOUGH, sentence, have, need, rules.version)


def _decide(side: int, goal: GoalLine) -> Decision:
    if not side:
        return Decision.CONTINUE
    better = side < 0 if goal.lower_is_better else side > 0
    return Decision.RAISE if better else Decision.CHANGE


def _side(difference: float) -> int:
    return 0 if abs(difference) < ON_LINE else (1 if difference > 0 else -1)


def _ordered(scores: Sequence[Score]) -> list[Score]:
    return sorted(scores, key=lambda score: score.day)
