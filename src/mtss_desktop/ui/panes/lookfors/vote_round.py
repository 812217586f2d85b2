"""What a team's vote on one item shows, and how its numbers are said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.administrations import AgreedBy
from mtss_desktop.domain.instruments import Scale
from mtss_desktop.ui.panes.lookfors.showing import NOTHING, Chip, Given, point_words


@dataclass(frozen=True)
class RoundShown:
    """A round as far as it may be seen: before the reveal only how many have voted. Abstentions leave the denominator."""

    number: int
    seats: int
    voted: int
    revealed: bool
    votes: tuple[int, ...] = ()
    abstained: int = 0

    @property
    def all_voted(self) -> bool:
        return self.voted >= self.seats


def votes_words(words: Words, shown: RoundShown) -> str:
    """5 of 8 have voted; 7 voted, 1 abstains."""
    if not shown.revealed:
        return words("{n} of {all} have voted").format(n=shown.voted, all=shown.seats)
    told = words.say(said("{n} voted", n=len(shown.votes)))
    if shown.abstained:
        told += words.say(said(", {n} abstains", many=", {n} abstain", count="n", n=shown.abstained))
    return told


def tally_words(words: Words, scale: Scale, shown: RoundShown) -> str:
    """What a screen reader says of the columns: 4 votes for 2, half; 2 votes for 3, most."""
    counted = Counter(shown.votes)
    parts = []
    for value in scale.values:
        if counted[value]:
            name = point_words(words, scale, value)
            told = str(value) if name == str(value) else f"{value}, {name}"
            votes = words.say(said("{n} vote", many="{n} votes", count="n", n=counted[value]))
            parts.append(words("{votes} for {value}").format(votes=votes, value=told))
    return "; ".join([*parts, votes_words(words, shown)])


@dataclass(frozen=True)
class VoteLine:
    """An item and what was agreed for it, "" while nothing is."""

    number: str
    label: str
    agreed: str


@dataclass(frozen=True)
class VoteShown:
    """One item on the table. ``beside`` are other sources as (name, value), without weight."""

    id: str
    number: str
    label: str
    hint: str
    scale: Scale
    lines: tuple[VoteLine, ...]
    rounds: tuple[RoundShown, ...]
    seats: int
    agreed: Given = NOTHING
    agreed_by: AgreedBy | None = None
    note: str = ""
    ends_at: datetime | None = None
    beside: tuple[tuple[str, str], ...] = ()
    chips: tuple[Chip, ...] = ()
    why_not: str = ""

    @property
    def round(self) -> RoundShown | None:
        return self.rounds[-1] if self.rounds else None

    @property
    def done(self) -> int:
        return sum(bool(line.agreed) for line in self.lines)


def time_words(words: Words, ends_at: datetime, now: datetime) -> str:
    """1:24 left, or that the time is up."""
    left = int((ends_at - now).total_seconds())
    return words("{time} left").format(time=f"{left // 60}:{left % 60:02}") if left > 0 else words("Time is up")
