"""What stands behind ratings, as it is shown and printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.words import Words
from mtss_desktop.domain.rating_views import Head
from mtss_desktop.domain.ratings import (
    AdministrationId,
    EvidenceId,
    EvidenceKind,
)


@dataclass(frozen=True)
class UsedAt:
    """Where a piece of evidence stands."""

    administration_id: AdministrationId
    title: str
    edition: str
    item: str
    place: str
    held_on: date


def places_said(used: tuple[UsedAt, ...]) -> str:
    """ "item 1.13 of Tiered Fidelity Inventory 3.0 at Holcomb (11/16/2026) and 2 more"."""
    *front, last = [_place_said(each) for each in used[:3]]
    more = len(used) - 3
    named = f"{', '.join(front)} and {last}" if front and more <= 0 else ", ".join([*front, last])
    return f"{named} and {more} more" if more > 0 else named


def _place_said(used: UsedAt) -> str:
    return f"item {used.item} of {used.title} {used.edition} at {used.place} ({Words.date(used.held_on)})"


@dataclass(frozen=True)
class BinderPiece:
    """``size`` in bytes where it is a file; ``tab`` is its number in the printed binder."""

    evidence_id: EvidenceId
    tab: int
    kind: EvidenceKind
    title: str
    shows: str
    address: str
    attachment_id: str | None
    media_type: str
    size: int
    meeting_id: str | None
    printable: bool
    added_on: date
    added_by: str
    used_at: tuple[UsedAt, ...]


@dataclass(frozen=True)
class BinderItem:
    number: str
    label: str
    section: str
    hint: str
    rated: bool
    value: int | None
    value_label: str
    note: str
    pieces: tuple[EvidenceId, ...]


@dataclass(frozen=True)
class BinderSection:
    """``with_evidence`` of ``of`` items have something behind them."""

    key: str
    title: str
    with_evidence: int
    of: int


@dataclass(frozen=True)
class Binder:
    """``missing`` are rated items with nothing behind them, highest rating first."""

    head: Head
    sections: tuple[BinderSection, ...]
    items: tuple[BinderItem, ...]
    pieces: tuple[BinderPiece, ...]
    missing: tuple[str, ...]
    rated: int
    rated_with_evidence: int
