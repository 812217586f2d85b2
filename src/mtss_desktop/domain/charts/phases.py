"""A dated change that parts a chart in two, on every kind of chart that has days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mtss_desktop.domain.figures import Text


@dataclass(frozen=True)
class Phase:
    """From ``start`` on: what changed, in a few words. ``second`` is a second line (minutes a day, …)."""

    start: date
    note: Text
    second: Text = ""
