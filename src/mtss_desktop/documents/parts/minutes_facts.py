"""What minutes are made of, for the full page and for what staff and absent members get of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from mtss_desktop.documents.blocks import Text
from mtss_desktop.documents.parts.printed import Printed
from mtss_desktop.domain.meetings import Answer, LineKind
from mtss_desktop.domain.problems import Effect, Fidelity, NextStep, SolutionKind


@dataclass(frozen=True)
class PresentFacts:
    """``name`` is Last, First. ``votes`` False: the coach or a guest, named below the members."""

    name: str
    present: bool
    votes: bool = True


@dataclass(frozen=True)
class ItemFacts:
    title: Text
    done: bool = False
    used: int | None = None
    planned: int | None = None


@dataclass(frozen=True)
class TriedFacts:
    """A solution: what, who, by when."""

    kind: SolutionKind
    text: Text
    who: Text = ""
    by: date | None = None


@dataclass(frozen=True)
class ReviewedFacts:
    """A problem from before. ``statement`` is precise or the title; ``note`` follows the next step."""

    statement: Text
    title: Text = ""
    tried: tuple[TriedFacts, ...] = ()
    goal: Text = ""
    fidelity: Fidelity | None = None
    effect: Effect | None = None
    now: Text = ""
    next_step: NextStep | None = None
    note: Text = ""
    closed: bool = False


@dataclass(frozen=True)
class NewFacts:
    """A problem this meeting took up. ``precise`` counts the parts of its statement."""

    statement: Text
    precise: int
    tried: tuple[TriedFacts, ...] = ()
    goal: Text = ""
    fidelity_measure: Text = ""
    outcome_measure: Text = ""


@dataclass(frozen=True)
class SaidFacts:
    """A line under an issue; actions have who and when."""

    kind: LineKind
    text: Text
    who: Text = ""
    by: date | None = None


@dataclass(frozen=True)
class IssueFacts:
    issue: Text
    lines: tuple[SaidFacts, ...]


@dataclass(frozen=True)
class PhotoFacts:
    """A photo taken in the meeting: what it shows, in the words of its line."""

    content: bytes
    words: Text


@dataclass(frozen=True)
class AbsentFacts:
    """Somebody who was not there and what this meeting asked of that person."""

    name: str
    actions: tuple[SaidFacts, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MinutesFacts:
    """Everything on the page, already chosen: open minutes come without confidential lines.

    ``sent_at`` is local time, ``sent_after_minutes`` counts from the end. ``changed`` says that the meeting was shortened, and why.
    ``draft``: neither locked nor sent. ``roles`` are (label, name).
    """

    division: Text
    school: Text
    team: Text
    tier: Text = ""
    day: date
    printed: Printed
    code: Text = ""
    started_at: time | None = None
    ended_at: time | None = None
    place: Text = ""
    changed: Text = ""
    roles: tuple[tuple[Text, Text], ...] = ()
    next_day: date | None = None
    next_at: time | None = None
    present: tuple[PresentFacts, ...] = ()
    quorum: bool | None = None
    agenda: tuple[ItemFacts, ...] = ()
    for_next: tuple[Text, ...] = ()
    problems: tuple[ReviewedFacts, ...] = ()
    issues: tuple[IssueFacts, ...] = ()
    new_problems: tuple[NewFacts, ...] = ()
    answers: tuple[Answer | None, ...] = (None, None, None, None)
    to_improve: Text = ""
    photos: tuple[PhotoFacts, ...] = ()
    absent: tuple[AbsentFacts, ...] = ()
    confidential: bool = False
    restriction: Text = ""
    draft: bool = True
    locked_on: date | None = None
    sent_at: datetime | None = None
    sent_after_minutes: int | None = None
