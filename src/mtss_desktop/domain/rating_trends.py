"""Ratings over time: points, version breaks, criterion lines, and what moved with what was done for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from mtss_desktop.domain.rating_views import ItemAction
from mtss_desktop.domain.ratings import (
    AdministrationId,
)


@dataclass(frozen=True)
class TrendPoint:
    """``estimated``: a score of another version read on the newest one's scale; ``clamped`` where its formula left 0 to 100.

    ``only_total``: the score came from a file without items.
    """

    administration_id: AdministrationId
    held_on: date
    edition: str
    percent: Fraction | None
    mean: Fraction | None
    points: int = 0
    most: int = 0
    estimated: bool = False
    clamped: bool = False
    only_total: bool = False


@dataclass(frozen=True)
class TrendLine:
    """``points`` on the scale of their own version; ``estimates`` are the older ones on the newest version's scale."""

    key: str
    title: str
    part_of: str
    points: tuple[TrendPoint, ...]
    estimates: tuple[TrendPoint, ...] = ()
    beside: tuple[TrendPoint, ...] = ()


@dataclass(frozen=True)
class VersionBreak:
    after: date
    before: date
    from_edition: str
    to_edition: str


@dataclass(frozen=True)
class CriterionSpan:
    """A criterion's line from the first to the last administration of its version."""

    key: str
    title: str
    edition: str
    at_least: Fraction
    first_on: date
    last_on: date
    source: str


@dataclass(frozen=True)
class Trend:
    """``change`` is how far the headline's score moved since ``since``, both of the newest version; None for a first one."""

    place_id: str
    place: str
    family: str
    title: str
    edition: str
    headline: str
    lines: tuple[TrendLine, ...]
    breaks: tuple[VersionBreak, ...]
    criteria: tuple[CriterionSpan, ...]
    administrations: int
    incomplete: int
    change: Fraction | None = None
    since: date | None = None
    stuck: tuple[str, ...] = ()


@dataclass(frozen=True)
class MovedItem:
    """``times`` is how many administrations in a row had this value; ``stuck`` from the third on, below the top.
    ``history`` are its values of one version, oldest first.
    """

    number: str
    label: str
    section: str
    before: int
    after: int
    before_label: str
    after_label: str
    top: int
    actions: tuple[ItemAction, ...]
    hours: float
    times: int
    stuck: bool
    history: tuple[int, ...] = ()

    @property
    def by(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class Moved:
    """What moved between the newest two administrations of one version, furthest up first. ``items`` is empty after a first one."""

    place_id: str
    place: str
    family: str
    title: str
    edition: str
    from_on: date | None
    to_on: date | None
    items: tuple[MovedItem, ...]
    hours: float
    stuck: tuple[str, ...]
