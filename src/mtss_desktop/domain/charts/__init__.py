"""The charts a coach knows, made from plain numbers and dates.

Every builder takes what was counted, in a coach's words, and returns a ``Figure`` with its alternative text and its
sentence. What must not be shown has been hidden before (``privacy``). A file for each family of charts.
"""

from mtss_desktop.domain.charts.bars import category_bars, chosen_bars, month_bars, referral_bands
from mtss_desktop.domain.charts.comparison import before_after_chart
from mtss_desktop.domain.charts.many import heat_table, small_multiples
from mtss_desktop.domain.charts.phases import Phase
from mtss_desktop.domain.charts.progress import days_shown, level_chart, progress_chart, scores_chart, small_progress
from mtss_desktop.domain.charts.ratings import Rating, Ratio, fidelity_chart, ratio_chart
from mtss_desktop.domain.charts.screening import (
    CORE_MARK,
    HEALTHY_SHARES,
    LevelShare,
    movement_flow,
    screening_stack,
    tested_of,
)
from mtss_desktop.domain.charts.structure import split_by_place, structure_chart

__all__ = [
    "CORE_MARK",
    "HEALTHY_SHARES",
    "LevelShare",
    "Phase",
    "Rating",
    "Ratio",
    "before_after_chart",
    "category_bars",
    "chosen_bars",
    "days_shown",
    "fidelity_chart",
    "heat_table",
    "level_chart",
    "month_bars",
    "movement_flow",
    "progress_chart",
    "ratio_chart",
    "referral_bands",
    "scores_chart",
    "screening_stack",
    "small_multiples",
    "small_progress",
    "split_by_place",
    "structure_chart",
    "tested_of",
]
