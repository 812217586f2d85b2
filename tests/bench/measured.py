"""What one measurement says."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """``figure`` in ``unit``; ``ratio`` is figure ÷ baseline where there is one. ``goal`` reads "≤ 2.5 ×"."""

    what: str
    figure: float
    unit: str
    goal: str
    met: bool
    baseline: float | None = None
    ratio: float | None = None


def at_most(what: str, figure: float, unit: str, limit: float) -> Measured:
    return Measured(what, figure, unit, f"≤ {limit:g} {unit}", figure <= limit)


def at_least(what: str, figure: float, unit: str, limit: float) -> Measured:
    return Measured(what, figure, unit, f"≥ {limit:g} {unit}", figure >= limit)


def ratio_at_most(what: str, figure: float, baseline: float, unit: str, limit: float) -> Measured:
    ratio = figure / baseline
    return Measured(what, figure, unit, f"≤ {limit:g} ×", ratio <= limit, baseline, ratio)


def median_seconds(act: Callable[[], object], runs: int = 3) -> float:
    """Of several runs after one that does not count."""
    act()
    return statistics.median(_seconds(act) for _ in range(runs))


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def calibration() -> float:
    """Milliseconds for a fixed piece of work (hashing and sorting), so that figures of two machines can be told apart."""
    import hashlib
    import random

    numbers = [random.Random(7).random() for _ in range(200_000)]

    def work() -> None:
        sorted(numbers)
        for _ in range(200):
            hashlib.sha256(b"x" * 65_536).digest()

    return median_seconds(work) * 1000
