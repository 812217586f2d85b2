"""Rules of one database: what a place has decided, journaled like everything people change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mtss_desktop.domain.files import Mode


@dataclass(frozen=True)
class Rules:
    """Defaults are what a new database starts with. ``fixed_day`` keeps the sample division on its own day;
    ``audit_limits`` are those limits of the audit's rules, by name, that the place has set otherwise than usual."""

    name: str = ""
    label_preset: str = "virginia"
    own_labels: tuple[tuple[str, str, str], ...] = ()
    mode: Mode | None = None
    smallest_cell: int = 10
    zone: str = "America/New_York"
    paper: str = "letter"
    quorum_percent: int = 75
    near_points: int = 3
    tier_1_share: int = 80
    days_for_a_verdict: int = 20
    keep_taken_back_days: int = 30
    audit_limits: tuple[tuple[str, int], ...] = ()
    fixed_day: date | None = None
