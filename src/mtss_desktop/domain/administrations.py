"""Who rated what: votes and consensus of a team, agreement between raters, and items that do not move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class AgreedBy(StrEnum):
    """How a team came to an item's score."""

    CONSENSUS = "consensus"
    MAJORITY = "majority"
    EXPERT = "expert"


@dataclass(frozen=True)
class VoteRound:
    """Votes of one round: one for each member, None where one abstained. Nothing of it is shown before the reveal."""

    votes: tuple[int | None, ...]

    @property
    def given(self) -> tuple[int, ...]:
        """Abstentions leave the denominator."""
        return tuple(vote for vote in self.votes if vote is not None)

    @property
    def abstained(self) -> int:
        return len(self.votes) - len(self.given)

    @property
    def unanimous(self) -> bool:
        return len(set(self.given)) == 1

    @property
    def majority(self) -> int | None:
        """The value more than half of those who voted gave; None where there is none."""
        counted = Counter(self.given).most_common(1)
        return counted[0][0] if counted and counted[0][1] * 2 > len(self.given) else None

    def tally(self, values: Sequence[int]) -> tuple[int, ...]:
        """How many gave each of ``values``, in their order."""
        counted = Counter(self.given)
        return tuple(counted[value] for value in values)


def proposed(round_: VoteRound) -> tuple[int, AgreedBy] | None:
    """What the votes alone say: consensus where all agree, else the majority; None asks the team to talk and vote again."""
    if round_.unanimous:
        return round_.given[0], AgreedBy.CONSENSUS
    return (round_.majority, AgreedBy.MAJORITY) if round_.majority is not None else None


# Agreement between raters ----------------------------------------------------------------------------------------------------------


def agreement(one: Mapping[str, int], other: Mapping[str, int], *, within: int = 0) -> Fraction | None:
    """Percent of items both rated on which they agree, or differ by no more than ``within`` points. None where none is rated by both.

    Agreements ÷ (agreements + disagreements) × 100, item by item.
    """
    both = one.keys() & other.keys()
    if not both:
        return None
    return Fraction(100 * sum(abs(one[item] - other[item]) <= within for item in both), len(both))


def total_count_agreement(one: int, other: int) -> Fraction:
    """Of two counts: the smaller ÷ the larger × 100; two zeros agree."""
    return Fraction(100 * min(one, other), max(one, other)) if max(one, other) else Fraction(100)


@dataclass(frozen=True)
class Difference:
    """An item on which two sources stand apart: a rater and the consensus, the team and the staff."""

    item: str
    one: int
    other: int


def differences(one: Mapping[str, int], other: Mapping[str, int], *, more_than: int = 0) -> tuple[Difference, ...]:
    """Items rated by both and further apart than ``more_than`` points, widest first."""
    found = [Difference(item, one[item], other[item]) for item in one if item in other]
    wide = [each for each in found if abs(each.one - each.other) > more_than]
    return tuple(sorted(wide, key=lambda each: (-abs(each.one - each.other), each.item)))


def stuck(history: Sequence[Mapping[str, int]], top: Mapping[str, int], *, times: int = 3) -> tuple[str, ...]:
    """Items below their top that had the same value in the newest ``times`` administrations (oldest first)."""
    newest = history[-times:]
    if len(newest) < times:
        return ()
    last = newest[-1]
    return tuple(
        item for item, value in last.items() if value < top[item] and all(each.get(item) == value for each in newest)
    )


# Walkthroughs ------------------------------------------------------------------------------------------------------------------------


def praise_ratio(praise: int, corrections: int) -> tuple[Fraction, int]:
    """As "n : 1"; without corrections "n : 0", which is no infinity."""
    return (Fraction(praise, corrections), 1) if corrections else (Fraction(praise), 0)


def per_minute(count: int, minutes: Fraction) -> Fraction | None:
    """Opportunities to respond in each minute watched; None where no time was watched."""
    return count / minutes if minutes > 0 else None
