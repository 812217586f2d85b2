"""The team-structure document: the matrix of each place on Legal landscape, then who decides what on 11 × 17."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import (
    Align,
    Audience,
    Block,
    Cell,
    Checkbox,
    Column,
    Columns,
    Document,
    Fact,
    FigureBlock,
    FooterClass,
    Heading,
    Mark,
    PageBreak,
    Paper,
    Paragraph,
    Rich,
    Run,
    Shape,
    Table,
    Text,
    TextRole,
    TitleBlock,
    bold,
    quiet,
    row,
)
from mtss_desktop.documents.parts.printed import Printed, provenance
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.teams import TeamStatus


# --- facts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SeatFacts:
    """A member on the grid: last name (first where two share it) and the letters of the roles: F, M, D; b for a backup ("Fb")."""

    name: str
    letters: str = ""


@dataclass(frozen=True)
class TeamFacts:
    """One row. Empty texts print "none entered": they are findings. ``hours`` are staff hours a month.

    ``complete`` is False where purpose, outcome or target group is missing: the status then reads "complete it".
    """

    name: Text
    tier: Text = ""
    purpose: Text = ""
    outcome: Text = ""
    target: Text = ""
    seats: tuple[SeatFacts, ...] = ()
    meets: Text = ""
    hours: float | None = None
    data: Text = ""
    rule: Text = ""
    sends: Text = ""
    goal: Text = ""
    status: TeamStatus = TeamStatus.KEEP
    complete: bool = True


@dataclass(frozen=True)
class FindingFacts:
    """What the grid shows and what the program proposes; the team decides."""

    finding: Text
    proposal: Text = ""


@dataclass(frozen=True)
class PlaceFacts:
    """The teams of a division or school. ``staff`` is how many people sit on them, ``hours`` their hours a month together."""

    name: Text
    teams: tuple[TeamFacts, ...]
    findings: tuple[FindingFacts, ...] = ()
    staff: int | None = None
    hours: float | None = None


@dataclass(frozen=True)
class LoopFacts:
    """An issue sent to another team. ``age`` in days; ``late`` where the answer was due."""

    issue: Text
    sender: Text
    receiver: Text
    sent_on: date | None
    age: int | None
    state: Text
    late: bool = False


@dataclass(frozen=True)
class StructureFacts:
    """``chart`` is the structure chart over all places (None: the matrix alone). ``year`` reads "2025–26"."""

    division: Text
    year: Text
    as_of: date
    printed: Printed
    places: tuple[PlaceFacts, ...]
    readers: Text = ""
    prepared_by: Text = ""
    adopted: Text = ""
    chart: Figure | None = None
    loops: tuple[LoopFacts, ...] = ()
    code: Text = ""
