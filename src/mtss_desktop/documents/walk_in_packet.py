"""The walk-in packet: walk in, hand out, begin. Cover, agenda and sign-in, last minutes, open actions, problems, screening, notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby

from mtss_desktop.base.words import Said, Words, said
from mtss_desktop.documents.blocks import (
    Align,
    Block,
    Bullets,
    Cell,
    Checkbox,
    Column,
    Columns,
    Contents,
    ContentsEntry,
    Document,
    Fact,
    FigureBlock,
    Heading,
    Inline,
    KeepTogether,
    KeyFacts,
    PageBreak,
    PageOf,
    Paper,
    Paragraph,
    Rich,
    Row,
    RowKind,
    Run,
    Sentence,
    Spacer,
    Table,
    Text,
    TextRole,
    WriteLine,
    WriteLines,
    bold,
    quiet,
    row,
)
from mtss_desktop.documents.parts.marks import (
    KINDS,
    NEXT_STEPS,
    PRIORITIES,
    WE_WILL,
    effect_mark,
    fidelity_mark,
)
from mtss_desktop.documents.parts.printed import Printed, provenance
from mtss_desktop.domain.behavior import Change
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.meetings import WeWill
from mtss_desktop.domain.plans import Priority
from mtss_desktop.domain.problems import Effect, Fidelity, NextStep, SolutionKind

_CHART_HEIGHT = 134.0
_CHART_WIDTH = 350.0
_HALF_PAGE = 322.0
_MOST_DECISIONS = 5
_ONE_PAGE_OF_MEMBERS = 16
_BLANK_ROWS = 4
_GUESTS = 2


# --- facts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MemberFacts:
    """``name`` as on sign-in sheets (Last, First). ``votes`` is False for the coach, who is listed last."""

    name: str
    position: Text = ""
    role_today: Text = ""
    votes: bool = True


@dataclass(frozen=True)
class RoleFacts:
    """``today`` and ``backup`` are names; empty prints "none yet"."""

    role: Text
    today: Text = ""
    backup: Text = ""


@dataclass(frozen=True)
class DecisionFacts:
    """One sentence; ``about`` is the anchor of the part it belongs to (see ``PROBLEM``, ``SCREENING``, ``ACTIONS``)."""

    text: Text
    about: str = ""


@dataclass(frozen=True)
class WinFacts:
    text: Text
    named_by: Text = ""
    day: date | None = None


@dataclass(frozen=True)
class AgendaFacts:
    """``starts_at`` is printed, not computed by the reader; ``problem`` is the position (from 1) of the problem it is about."""

    title: Text
    starts_at: time | None = None
    minutes: int | None = None
    leads: Text = ""
    we_will: WeWill | None = None
    problem: int = 0
    about: str = ""


@dataclass(frozen=True)
class ReviewFacts:
    """What the last meeting found about one problem."""

    problem: Text
    fidelity: Fidelity | None = None
    effect: Effect | None = None
    decision: Text = ""
    closed: bool = False


@dataclass(frozen=True)
class EscalationFacts:
    """Sent to another team; ``answered_on`` None: still open."""

    text: Text
    to: Text
    sent_on: date
    answered_on: date | None = None
    answer: Text = ""


@dataclass(frozen=True)
class LastMinutesFacts:
    """``sent_after_minutes`` counts from the end of the meeting; None: not sent yet."""

    day: date
    present: int
    members: int
    started_at: time | None = None
    ended_at: time | None = None
    sent_after_minutes: int | None = None
    reviews: tuple[ReviewFacts, ...] = ()
    decisions: tuple[Text, ...] = ()
    escalations: tuple[EscalationFacts, ...] = ()


@dataclass(frozen=True)
class ActionFacts:
    owner: str
    text: Text
    belongs_to: Text = ""
    since: date | None = None
    due: date | None = None
    priority: Priority | None = None


@dataclass(frozen=True)
class SolutionFacts:
    kind: SolutionKind
    text: Text
    who: Text = ""
    by: date | None = None
    fidelity: Fidelity | None = None
    note: Text = ""


@dataclass(frozen=True)
class ProblemFacts:
    """One problem, half a page.

    The six parts make the precise statement; an empty one prints as a line to write on. ``figure`` None: the place of the chart
    says what is counted, who brings it and by when (``waiting_for``). ``change`` compares before and after; ``level_since`` is the day it
    starts, ``unit`` what is counted ("referrals per school day"). ``last_step`` and ``last_decision`` are those of ``decided_on``.
    """

    title: Text
    opened_on: date | None = None
    what: Text = ""
    where: Text = ""
    when: Text = ""
    who: Text = ""
    why: Text = ""
    how_often: Text = ""
    goal: Text = ""
    level: Text = ""
    level_since: date | None = None
    fidelity_measure: Text = ""
    outcome_measure: Text = ""
    figure: Figure | None = None
    waiting_for: Text = ""
    change: Change | None = None
    solutions: tuple[SolutionFacts, ...] = ()
    last_step: NextStep | None = None
    last_decision: Text = ""
    decided_on: date | None = None
    question: Text = ""

    @property
    def precision(self) -> int:
        """How many of the six parts are named."""
        return sum(bool(part) for part in (self.what, self.where, self.when, self.who, self.why, self.how_often))


@dataclass(frozen=True)
class ShareRow:
    """A row of counts already suppressed: the row's name and one text per column."""

    name: Text
    values: tuple[Text, ...]
    total: bool = False


@dataclass(frozen=True)
class ScreeningFacts:
    """One measure and window. ``finding`` and ``more`` are the lead sentence; ``columns`` and ``rows`` the shares by grade under the figure.

    ``movement_columns`` and ``movement`` are counts from the window before (empty: nothing to compare, ``movement_missing`` says why).
    ``near_columns`` and ``near`` count students close to a cut score.
    """

    title: Text
    aside: Text = ""
    finding: Text = ""
    more: Text = ""
    figure: Figure | None = None
    columns: tuple[Text, ...] = ()
    rows: tuple[ShareRow, ...] = ()
    movement_title: Text = ""
    movement_aside: Text = ""
    movement_columns: tuple[Text, ...] = ()
    movement: tuple[ShareRow, ...] = ()
    movement_missing: Text = ""
    near_columns: tuple[Text, ...] = ()
    near: tuple[ShareRow, ...] = ()
    near_aside: Text = ""
    note: Text = ""
    questions: tuple[Text, ...] = ()


@dataclass(frozen=True)
class PacketFacts:
    """Everything on the six to fourteen pages. ``today`` is the day of the meeting: what is late is late then.

    ``screenings`` is one page each. ``decisions`` empty: one per problem is made. ``parts`` switches parts off ("wins", "screening" …).
    """

    division: Text
    school: Text
    team: Text
    day: date
    printed: Printed
    starts_at: time | None = None
    ends_at: time | None = None
    place: Text = ""
    prepared_by: Text = ""
    code: Text = ""
    purpose: Text = ""
    serves: Text = ""
    members: tuple[MemberFacts, ...] = ()
    quorum: int | None = None
    norms: Text = ""
    roles: tuple[RoleFacts, ...] = ()
    decisions: tuple[DecisionFacts, ...] = ()
    wins: tuple[WinFacts, ...] = ()
    wins_since: date | None = None
    agenda: tuple[AgendaFacts, ...] = ()
    last: LastMinutesFacts | None = None
    actions: tuple[ActionFacts, ...] = ()
    problems: tuple[ProblemFacts, ...] = ()
    problem_sources: Text = ""
    screenings: tuple[ScreeningFacts, ...] = ()
    confidential: bool = False
    restriction: Text = ""
    without: frozenset[str] = frozenset()
    notes_pages: int = 1


COVER, AGENDA, SIGN_IN, LAST_MINUTES, ACTIONS, NOTES = "cover", "agenda", "sign-in", "minutes", "actions", "notes"


def problem_anchor(number: int) -> str:
    """What ``about`` says for the problem at a position (from 1)."""
    return f"problem-{number}"


def screening_anchor(number: int) -> str:
    return f"screening-{number}"
