"""What screens and papers show of ratings. Percents and means are exact; rounding (half up) belongs to whoever shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from mtss_desktop.base.words import Said
from mtss_desktop.domain.administrations import AgreedBy, Difference
from mtss_desktop.domain.instruments import Instrument
from mtss_desktop.domain.ratings import (
    Administration,
    AdministrationId,
    AdministrationKind,
    AdministrationState,
    EvidenceId,
    EvidenceKind,
    InstrumentVersionId,
)
from mtss_desktop.domain.scoring import Result

# One administration ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Head:
    """An administration with the names of what it points at. ``rater`` is a person's name, or who was typed in."""

    administration: Administration
    key: str
    family: str
    title: str
    edition: str
    unit: str
    shell: bool
    place: str
    place_kind: str
    team: str = ""
    rater: str = ""


@dataclass(frozen=True)
class Headline:
    """The score a list is known by: of the one section its first criterion speaks of, else the total.

    ``met`` is None where nothing can be said yet, ``criterion`` is "" where there is none.
    """

    key: str
    title: str
    points: int
    most: int
    percent: Fraction | None
    mean: Fraction | None
    met: bool | None
    criterion: str = ""


@dataclass(frozen=True)
class AdministrationLine:
    """One row of a list. ``rated`` of ``of`` items; ``headline`` only where it is finished."""

    id: AdministrationId
    instrument_id: InstrumentVersionId
    key: str
    family: str
    title: str
    edition: str
    place_id: str
    place: str
    team_id: str | None
    team: str
    held_on: date
    name: str
    kind: AdministrationKind
    state: AdministrationState
    rater: str
    setting: str
    rated: int
    of: int
    headline: Headline | None = None


@dataclass(frozen=True)
class LastTime:
    """The same item in the finished administration before, of the same version."""

    administration_id: AdministrationId
    held_on: date
    values: tuple[int, ...]
    value: int | None
    label: str


@dataclass(frozen=True)
class EvidenceChip:
    """``used`` says behind how many items it stands in all."""

    evidence_id: EvidenceId
    use_id: str
    kind: EvidenceKind
    title: str
    address: str = ""
    shows: str = ""
    attachment_id: str | None = None
    meeting_id: str | None = None
    printable: bool = False
    used: int = 1


@dataclass(frozen=True)
class ItemAction:
    id: str
    text: str
    owner: str
    started_on: date | None
    due_on: date | None
    done_on: date | None
    hours: float | None


@dataclass(frozen=True)
class SheetItem:
    """``value`` is what the values given come to (the lowest, the most frequent …), None where unanswered, tied or not applicable."""

    number: str
    label: str
    section: str
    scale: str
    takes: str
    hint: str
    look_for: str = ""
    stage: str = ""
    asks_note: bool = False
    values: tuple[int, ...] = ()
    applies: bool = True
    rated: bool = False
    value: int | None = None
    tied: tuple[int, ...] = ()
    value_label: str = ""
    note: str = ""
    agreed_by: AgreedBy | None = None
    last: LastTime | None = None
    evidence: tuple[EvidenceChip, ...] = ()
    actions: tuple[ItemAction, ...] = ()


@dataclass(frozen=True)
class SheetSection:
    """``rated`` of ``of`` items, those that do not apply among them. ``asked`` is False for a section left out this time."""

    key: str
    title: str
    rated: int
    of: int
    not_applicable: int = 0
    asked: bool = True


@dataclass(frozen=True)
class Sheet:
    """What is rated, in the order it is asked. ``instrument`` has only what is asked of this place."""

    head: Head
    instrument: Instrument
    sections: tuple[SheetSection, ...]
    items: tuple[SheetItem, ...]
    rated: int
    of: int
    last_on: date | None = None


# Results ---------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CriterionLine:
    """``why`` says what is missing where ``met`` is None. ``row`` are the newest verdicts, oldest first, where it is asked for several."""

    title: str
    scope: str
    source: str
    met: bool | None
    why: Said | None = None
    in_a_row: int = 0
    row: tuple[bool | None, ...] = ()
    once_a_year: bool = False


@dataclass(frozen=True)
class OtherSource:
    """Another rating that stands beside this one: of somebody from outside, or of staff. ``percents`` are section key → percent.

    Of a survey ``respondents`` answered, and the percent of "total" is its implementation average.
    """

    administration_id: AdministrationId
    kind: AdministrationKind
    title: str
    edition: str
    held_on: date
    rater: str
    percents: tuple[tuple[str, Fraction | None], ...]
    items: tuple[tuple[str, int], ...]
    respondents: int | None = None


@dataclass(frozen=True)
class Agreement:
    """Percent of the items both rated. ``within_one`` is the more lenient count for scales of more than three points."""

    one_id: AdministrationId
    other_id: AdministrationId
    one: str
    other: str
    both: int
    same: Fraction | None
    within_one: Fraction | None
    differences: tuple[Difference, ...]
    not_both: tuple[str, ...]


@dataclass(frozen=True)
class ResultView:
    """``hidden``: a survey with too few answers, of which nothing may be shown. ``low`` are items below their top, lowest first."""

    head: Head
    instrument: Instrument
    result: Result
    headline: Headline
    criteria: tuple[CriterionLine, ...]
    low: tuple[str, ...]
    last: OtherSource | None
    beside: tuple[OtherSource, ...]
    agreement: Agreement | None
    hidden: bool = False
    respondents: int | None = None
