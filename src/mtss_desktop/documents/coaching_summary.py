"""The coaching summary: the complete coaching story on one sheet, both sides. Effort, fidelity, outcome, next quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import (
    Align,
    Bar,
    Block,
    Bullets,
    Cell,
    Column,
    Columns,
    Document,
    Fact,
    FigureBlock,
    FooterClass,
    Heading,
    PageBreak,
    Panel,
    Panels,
    Paper,
    Paragraph,
    Rich,
    Row,
    RowKind,
    Run,
    Table,
    Text,
    TextRole,
    bold,
    quiet,
    row,
)
from mtss_desktop.documents.parts.marks import effect_mark, fidelity_mark
from mtss_desktop.documents.parts.printed import Printed, provenance
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.problems import Effect, Fidelity

_PANEL_HEIGHT = 110.0
_SCREENING_HEIGHT = 170.0


# --- facts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class EffortFacts:
    """One school (or one team, when the summary is of one school) in the period.

    Meetings ``planned`` and ``held``; of those held, minutes ``sent_in_time`` (within 24 hours); actions ``opened`` and ``closed`` in
    the period and ``late`` at its end. ``coach_present`` counts held meetings with the coach, ``last_present`` the last of them.
    """

    name: Text
    planned: int
    held: int
    sent_in_time: int
    opened: int
    closed: int
    late: int
    coach_present: int = 0
    last_present: date | None = None


@dataclass(frozen=True)
class ProblemLine:
    """A problem and what its last review found."""

    place: Text
    title: Text
    reviewed_on: date | None = None
    fidelity: Fidelity | None = None
    effect: Effect | None = None
    level: Text = ""


@dataclass(frozen=True)
class OutcomeFacts:
    """One comparison in words and numbers; numbers are finished texts, empty where there is nothing to compare."""

    name: Text
    before: Text = ""
    since: Text = ""
    difference: Text = ""
    days: Text = ""
    sentence: Text = ""


@dataclass(frozen=True)
class WinLine:
    """``who`` is bold before the text (the school or team)."""

    who: Text
    text: Text


@dataclass(frozen=True)
class NextFacts:
    place: Text
    coach_will: Text = ""
    asked: Text = ""
    by: date | None = None
    decision: bool = False


@dataclass(frozen=True)
class SummaryFacts:
    """``one_school`` says that effort rows are teams. ``lead`` is at most four lines, ``decision`` its bold end.

    ``fidelity_missing`` says what is missing and when it comes; the third stands even so. ``outcome_figures`` share their axes
    (at most three beside each other), ``screening`` is one figure with its note.
    """

    division: Text
    title: Text
    span: Text
    start: date
    end: date
    printed: Printed
    coach: Text = ""
    readers: Text = ""
    scope: Text = ""
    one_school: bool = False
    lead: Text = ""
    decision: Text = ""
    effort: tuple[EffortFacts, ...] = ()
    effort_line: Text = ""
    months: tuple[Figure, ...] = ()
    months_note: Text = ""
    wins: tuple[WinLine, ...] = ()
    fidelity_missing: Text = ""
    fidelity_line: Text = ""
    problems: tuple[ProblemLine, ...] = ()
    outcome_aside: Text = ""
    outcome_number: Text = ""
    outcome_line: Text = ""
    outcome_figures: tuple[Figure, ...] = ()
    outcomes: tuple[OutcomeFacts, ...] = ()
    outcome_note: Text = ""
    screening: Figure | None = None
    screening_title: Text = ""
    screening_note: Text = ""
    next_period: tuple[NextFacts, ...] = ()
    code: Text = ""
