"""What screens and papers show of ratings. Percents and means are exact; rounding (half up) belongs to whoever shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from mtss_desktop.base.words import Said, Words
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
from mtss_desktop.domain.scoring import Result, Share

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


# Over time -------------------------------------------------------------------------------------------------------------------------


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


# Rolled up -------------------------------------------------------------------------------------------------------------------------


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


# Evidence --------------------------------------------------------------------------------------------------------------------------


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


# Votes and surveys -------------------------------------------------------------------------------------------------------------------


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
