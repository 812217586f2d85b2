"""What a walk-in packet is made of, and which of its parts are printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from mtss_desktop.base.words import said
from mtss_desktop.documents.blocks import Text
from mtss_desktop.documents.parts import fidelity_snapshot
from mtss_desktop.documents.parts.fidelity_snapshot import SnapshotFacts
from mtss_desktop.documents.parts.follow_up import ActionFacts, LastMinutesFacts
from mtss_desktop.documents.parts.printed import Printed
from mtss_desktop.documents.parts.problem_page import ProblemFacts, problem_anchor
from mtss_desktop.documents.parts.screening_page import ScreeningFacts, screening_anchor
from mtss_desktop.domain.meetings import WeWill


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
class PacketFacts:
    """Everything on the six to fourteen pages. ``today`` is the day of the meeting: what is late is late then.

    ``screenings`` is one page each. ``decisions`` empty: one per problem is made. ``without`` leaves out some of ``PARTS``.
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
    fidelity: SnapshotFacts | None = None
    screenings: tuple[ScreeningFacts, ...] = ()
    confidential: bool = False
    restriction: Text = ""
    without: frozenset[str] = frozenset()
    notes_pages: int = 1


COVER, AGENDA, SIGN_IN, LAST_MINUTES, ACTIONS, NOTES = "cover", "agenda", "sign-in", "minutes", "actions", "notes"
WINS, PROBLEMS, FIDELITY, SCREENING = "wins", "problems", "fidelity", "screening"
PARTS: tuple[tuple[str, str], ...] = (
    (WINS, "Wins"),
    (SIGN_IN, "Sign-in sheet"),
    (LAST_MINUTES, "Last minutes"),
    (ACTIONS, "Open actions"),
    (PROBLEMS, "Problems with charts"),
    (FIDELITY, "Fidelity snapshot"),
    (SCREENING, "Screening"),
    (NOTES, "Lines for notes"),
)
"""What can be left out, in the order of the pages; cover and agenda always stand."""


def parts_printed(facts: PacketFacts) -> Iterator[tuple[str, Text]]:
    """Anchor and name of every part that is printed."""
    yield COVER, said("Cover")
    yield AGENDA, said("Agenda")
    if LAST_MINUTES not in facts.without:
        yield LAST_MINUTES, said("Last minutes")
    if ACTIONS not in facts.without:
        yield ACTIONS, said("Open actions")
    if PROBLEMS not in facts.without:
        for number, _ in enumerate(facts.problems, 1):
            yield problem_anchor(number), said("Problem {n}", n=number)
    if facts.fidelity is not None and FIDELITY not in facts.without:
        yield fidelity_snapshot.ANCHOR, said("Fidelity snapshot")
    if SCREENING not in facts.without:
        for number, _ in enumerate(facts.screenings, 1):
            yield screening_anchor(number), said("Screening")
    if facts.notes_pages and NOTES not in facts.without:
        yield NOTES, said("Notes")
