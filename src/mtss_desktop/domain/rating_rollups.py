"""Ratings of many places or visits read together: the division, stages, walkthroughs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from mtss_desktop.domain.rating_views import Head, Headline, ItemAction
from mtss_desktop.domain.ratings import (
    AdministrationId,
)


@dataclass(frozen=True)
class HeatColumn:
    """``with_score`` places have a score, ``met`` of them meet the criterion."""

    family: str
    title: str
    criterion: str
    with_score: int
    met: int


@dataclass(frozen=True)
class HeatCell:
    """``times`` is how often this place was rated with it."""

    administration_id: AdministrationId
    family: str
    title: str
    held_on: date
    edition: str
    headline: Headline
    times: int = 1


@dataclass(frozen=True)
class FidelityLine:
    """The last results of a place with the list it was rated with last: ``points`` are (day, percent, edition), oldest first.

    ``criterion`` is the percent that is asked for in the newest edition, None where it asks for none.
    """

    title: str
    part: str
    points: tuple[tuple[date, Fraction, str], ...]
    criterion: Fraction | None


@dataclass(frozen=True)
class HeatRow:
    """``cells`` stand under the columns, None where nothing was rated."""

    place_id: str
    place: str
    kind: str
    cells: tuple[HeatCell | None, ...]


@dataclass(frozen=True)
class Heat:
    year: int | None
    columns: tuple[HeatColumn, ...]
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True)
class StageCell:
    """Look-fors of one category at one stage. ``percent`` is in place ÷ those that apply; None while one is unrated."""

    category: str
    stage: str
    in_place: int
    partial: int
    not_yet: int
    not_applicable: int
    unrated: int
    percent: Fraction | None


@dataclass(frozen=True)
class StageItem:
    number: str
    label: str
    category: str
    stage: str
    hint: str
    value: int | None
    value_label: str
    note: str
    actions: tuple[ItemAction, ...]


@dataclass(frozen=True)
class Stages:
    """``strengths`` are a stage's points ÷ its most points × 100, over all categories; None while one is unrated."""

    head: Head
    categories: tuple[tuple[str, str], ...]
    stages: tuple[str, ...]
    cells: tuple[StageCell, ...]
    strengths: tuple[tuple[str, Fraction | None], ...]
    items: tuple[StageItem, ...]


@dataclass(frozen=True)
class PracticeLine:
    """``counts`` stand under the points of the scale, low to high. ``percent`` is those at the top ÷ those that apply."""

    number: str
    label: str
    hint: str
    counts: tuple[tuple[str, int], ...]
    applied: int
    percent: Fraction | None


@dataclass(frozen=True)
class TallyLine:
    number: str
    label: str
    counts: str
    total: int
    visits: int


@dataclass(frozen=True)
class Walkthroughs:
    """Visits of a place together, never a visit alone and never a teacher. ``ratio`` is praise to corrections as "n : 1 (or 0)"."""

    place_id: str
    place: str
    title: str
    first_on: date | None
    last_on: date | None
    visits: int
    settings: int
    practices: tuple[PracticeLine, ...]
    tallies: tuple[TallyLine, ...]
    minutes: Fraction
    ratio: tuple[Fraction, int] | None
    responses_per_minute: Fraction | None
