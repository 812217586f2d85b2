"""A team's vote and a survey of staff, as they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from mtss_desktop.base.words import Said
from mtss_desktop.domain.administrations import AgreedBy
from mtss_desktop.domain.rating_views import EvidenceChip, Head
from mtss_desktop.domain.scoring import Share


@dataclass(frozen=True)
class RoundView:
    """``tally`` and ``abstained`` are told from the reveal on; before it only how many have voted. ``tally`` is value, label, votes."""

    round: int
    seats: int
    voted: int
    revealed: bool
    ends_at: datetime | None
    abstained: int | None = None
    tally: tuple[tuple[int, str, int], ...] = ()
    unanimous: bool = False


@dataclass(frozen=True)
class BesideValue:
    """What another source says of the item: ``what`` names it, ``value`` as it is shown ("2", "1 est.", "48%")."""

    what: Said
    value: str


@dataclass(frozen=True)
class AgreedItem:
    number: str
    label: str
    value: int | None
    applies: bool
    rated: bool


@dataclass(frozen=True)
class VoteView:
    """``rounds`` oldest first; ``proposed`` is what the votes of a revealed round say by themselves."""

    head: Head
    number: str
    label: str
    hint: str
    look_for: str
    points: tuple[tuple[int, str], ...]
    can_skip: bool
    rounds: tuple[RoundView, ...]
    proposed: tuple[int, AgreedBy] | None
    agreed: int | None
    agreed_by: AgreedBy | None
    note: str
    beside: tuple[BesideValue, ...]
    evidence: tuple[EvidenceChip, ...]
    items: tuple[AgreedItem, ...]
    agreed_items: int


@dataclass(frozen=True)
class SurveyItem:
    """``average`` is the implementation average of a status scale: all of the top, half of the middle; in percent."""

    number: str
    label: str
    section: str
    shares: tuple[Share, ...]
    answered: int
    average: Fraction | None


@dataclass(frozen=True)
class SurveyView:
    """``hidden``: fewer than ``least`` people answered, so there are no items and no comments. Comments stand in no order of arrival."""

    head: Head
    answered: int
    asked: int | None
    rate: Fraction | None
    least: int
    hidden: bool
    items: tuple[SurveyItem, ...]
    average: Fraction | None
    comments: tuple[str, ...]
