"""The strategy bank: what worked, where, and how it went where it was used again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mtss_desktop.base.folding import fold
from mtss_desktop.domain.problems import Effect, Fidelity, SolutionId, SolutionKind
from mtss_desktop.domain.records import Record


@dataclass(frozen=True, kw_only=True)
class StrategyNote(Record):
    """What a coach adds to a strategy: ``note`` is what made it work; ``left_out`` takes it out of the bank."""

    solution_id: SolutionId
    note: str = ""
    left_out: bool = False


@dataclass(frozen=True)
class StrategyUse:
    """One place where a strategy was put to work. ``effect`` and ``level`` are what the last review there found; ``level`` in ``unit``."""

    id: str
    problem_id: str
    problem: str
    team_id: str
    team: str
    place: str
    from_day: date | None
    fidelity: Fidelity | None
    effect: Effect | None
    baseline: float | None
    level: float | None
    unit: str
    reviewed_on: date | None

    @property
    def worked(self) -> bool:
        """Carried out as planned, and things got better."""
        return self.fidelity is Fidelity.WITH_FIDELITY and self.effect in (Effect.IMPROVED, Effect.GOAL_MET)

    @property
    def is_judged(self) -> bool:
        """Whether a review found it carried out as planned and said what came of it."""
        return self.fidelity is Fidelity.WITH_FIDELITY and self.effect is not None


@dataclass(frozen=True)
class StrategyLine:
    """``uses``: the first one first. ``searched`` are the folded words typing is looked for in."""

    id: str
    kind: SolutionKind
    text: str
    fidelity_measure: str
    outcome_measure: str
    note: str
    uses: tuple[StrategyUse, ...]
    searched: str

    @property
    def worked(self) -> int:
        return sum(use.worked for use in self.uses)

    @property
    def judged(self) -> int:
        return sum(use.is_judged for use in self.uses)

    @property
    def best(self) -> StrategyUse:
        """The use that shows most: where it worked, the latest."""
        return max(self.uses, key=lambda use: (use.worked, use.effect is Effect.GOAL_MET, use.reviewed_on or date.min))


def fitting(lines: Iterable[StrategyLine], text: str) -> tuple[StrategyLine, ...]:
    """Those in which every typed word occurs: in the strategy, its note, or a problem, team or place that used it."""
    wanted = fold(text).split()
    return tuple(line for line in lines if all(word in line.searched for word in wanted))
