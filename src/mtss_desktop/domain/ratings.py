"""What was rated, with which version of which instrument, and what stands behind it.

An administration is one rating of one place (or team) with one version of an instrument. Unanswered is no rating, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import NewType

from mtss_desktop.domain.administrations import AgreedBy
from mtss_desktop.domain.meetings import MeetingId
from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.records import Record
from mtss_desktop.domain.teams import TeamId

InstrumentVersionId = NewType("InstrumentVersionId", str)
AdministrationId = NewType("AdministrationId", str)
RatingId = NewType("RatingId", str)
EvidenceId = NewType("EvidenceId", str)
EvidenceUseId = NewType("EvidenceUseId", str)


class Origin(StrEnum):
    SHIPPED = "shipped"
    OWN = "own"


class VersionState(StrEnum):
    DRAFT = "draft"
    """Can be changed; cannot rate."""
    READY = "ready"
    """Rates; its content stays as it is. A change makes a new draft."""
    RETIRED = "retired"
    """Keeps its ratings; starts nothing new."""


class AdministrationKind(StrEnum):
    """Who rated, and how."""

    ALONE = "alone"
    TEAM = "team"
    EXTERNAL = "external"
    WALKTHROUGH = "walkthrough"
    SURVEY = "survey"
    PAPER = "paper"


class AdministrationState(StrEnum):
    """A draft may be unfinished for weeks; only finished ones are results."""

    DRAFT = "draft"
    FINISHED = "finished"


class EvidenceKind(StrEnum):
    FILE = "file"
    LINK = "link"
    MINUTES = "minutes"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class InstrumentVersion(Record):
    """One version of an instrument as it is rated with. ``key`` is shared by all versions of one list, ``family`` by lists whose
    results stand in one trend; ``edition`` is its version as people write it ("3.0"); ``content`` is the pack's text as ``packs`` reads
    and writes it.

    A shipped pack is copied here when it is first used, so that ratings keep the version they were made with.
    """

    id: InstrumentVersionId = InstrumentVersionId("")
    key: str
    family: str
    title: str
    edition: str = ""
    origin: Origin = Origin.SHIPPED
    state: VersionState = VersionState.READY
    based_on: InstrumentVersionId | None = None
    content: str
    ready_on: date | None = None


@dataclass(frozen=True)
class KeptScore:
    """A score as it was when the administration was finished. ``percent`` and ``mean`` are exact ("175/3"), "" where there is none.

    ``key`` is a section's or "total".
    """

    key: str
    points: int
    most: int
    rated: int
    missed: int
    left: int
    percent: str = ""
    mean: str = ""


@dataclass(frozen=True, kw_only=True)
class Administration(Record):
    """``organization_id`` is the place that was rated. ``sections`` are the whole sections rated this time, empty for all of them.

    ``rater`` names somebody who is not among the people of this file; ``setting`` is a lesson ("Grade 4 reading"), never a
    teacher; ``asked`` is how many people a survey went to; ``started_at`` is the clock when a visit began. ``scores`` and ``met`` (one
    for each criterion, None where it could not be said) are what was found when it was finished; a draft has none.
    """

    id: AdministrationId = AdministrationId("")
    instrument_id: InstrumentVersionId
    held_on: date
    kind: AdministrationKind = AdministrationKind.TEAM
    state: AdministrationState = AdministrationState.DRAFT
    name: str = ""
    team_id: TeamId | None = None
    rated_by: PersonId | None = None
    rater: str = ""
    sections: tuple[str, ...] = ()
    setting: str = ""
    asked: int | None = None
    started_at: time | None = None
    minutes_watched: float | None = None
    finished_at: datetime | None = None
    scores: tuple[KeptScore, ...] = ()
    met: tuple[bool | None, ...] = ()
    note: str = ""

    @property
    def only_totals(self) -> bool:
        """Whether its scores came without items: from a file of somebody who reckoned them."""
        known = [each for each in self.scores if each.percent]
        return (
            self.state is AdministrationState.FINISHED and bool(known) and not any(each.rated for each in self.scores)
        )


@dataclass(frozen=True, kw_only=True)
class Rating(Record):
    """What was given for one item: one value, or one for each intervention, plan or member. ``item`` is its number as printed."""

    id: RatingId = RatingId("")
    administration_id: AdministrationId
    item: str
    values: tuple[int, ...] = ()
    applies: bool = True
    note: str = ""
    agreed_by: AgreedBy | None = None


@dataclass(frozen=True, kw_only=True)
class Vote(Record):
    """One round of a team's vote on one item. ``votes`` are by seat: a value, ``ABSTAINS``, or ``WAITING`` before the seat has voted.

    Seats are numbers, not people: a vote has no name.
    """

    administration_id: AdministrationId
    item: str
    round: int
    seats: int
    votes: tuple[int, ...]
    revealed: bool = False
    ends_at: datetime | None = None


ABSTAINS = -1
WAITING = -2


@dataclass(frozen=True, kw_only=True)
class Evidence(Record):
    """A file, a link, the minutes of a meeting or a note that stands behind ratings. ``shows`` says what can be seen in it.

    ``printable`` says that somebody looked and no student is visible.
    """

    id: EvidenceId = EvidenceId("")
    kind: EvidenceKind
    title: str
    attachment_id: str | None = None
    address: str = ""
    meeting_id: MeetingId | None = None
    shows: str = ""
    printable: bool = False
    added_on: date


@dataclass(frozen=True, kw_only=True)
class EvidenceUse(Record):
    """A piece of evidence stands behind one item of one administration."""

    id: EvidenceUseId = EvidenceUseId("")
    evidence_id: EvidenceId
    administration_id: AdministrationId
    item: str


@dataclass(frozen=True, kw_only=True)
class Response(Record):
    """What one person answered in a survey, without a name. ``answers`` are item → value; read only where five or more answered."""

    administration_id: AdministrationId
    answers: dict[str, int]
    comment: str = ""
