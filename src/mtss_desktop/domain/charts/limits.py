"""Where a value axis begins and ends."""

from __future__ import annotations

from collections.abc import Sequence

from mtss_desktop.domain.figure_scales import value_ticks
from mtss_desktop.domain.figures import YAxis


def low_limit(values: Sequence[float]) -> float:
    """Zero, unless all values lie in the upper half of the scale: then a round number below them (the axis says so)."""
    low, high = min(values), max(values)
    if low <= 0 or low < high * 0.4:
        return 0.0
    ticks = value_ticks([low - (high - low) * 0.25, high], YAxis(from_zero=False), 5)
    return max(ticks[0], 0.0)


def high_limit(low: float, values: Sequence[float]) -> float:
    return value_ticks([max(values)], YAxis(low=low), 5)[-1]
