"""The marks of fidelity and effect with their words, and words for the values of records."""

from __future__ import annotations

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents.blocks import Mark, Shape, Text
from mtss_desktop.domain.meetings import WeWill
from mtss_desktop.domain.plans import Priority
from mtss_desktop.domain.problems import Effect, Fidelity, NextStep, SolutionKind

_FIDELITY = {
    Fidelity.WITH_FIDELITY: (Shape.IN_PLACE, said("with fidelity")),
    Fidelity.PARTIAL: (Shape.PARTIAL, said("partial")),
    Fidelity.NOT_STARTED: (Shape.NOT_YET, said("not started")),
    Fidelity.STOPPED: (Shape.STOPPED, said("stopped")),
}
_EFFECT = {
    Effect.WORSE: (Shape.WORSE, said("worse")),
    Effect.NO_CHANGE: (Shape.NO_CHANGE, said("no change")),
    Effect.IMPROVED: (Shape.IMPROVED, said("improved, not to goal")),
    Effect.GOAL_MET: (Shape.GOAL_MET, said("goal met")),
}
NEXT_STEPS = {
    NextStep.CONTINUE: said("continue"),
    NextStep.MODIFY: said("modify"),
    NextStep.DISCONTINUE: said("discontinue"),
    NextStep.OTHER: said("other"),
}
WE_WILL = {
    WeWill.APPROVE: said("Approve"),
    WeWill.SHARE: said("Share"),
    WeWill.DECIDE: said("Decide"),
    WeWill.INFORM: said("Inform"),
    WeWill.RECORD: said("Record"),
    WeWill.CLOSE: said("Close"),
}
KINDS = {
    SolutionKind.PREVENT: said("Prevent"),
    SolutionKind.TEACH: said("Teach"),
    SolutionKind.REWARD: said("Reward"),
    SolutionKind.CORRECT: said("Correct"),
    SolutionKind.EXTINGUISH: said("Extinguish"),
    SolutionKind.SAFETY: said("Safety"),
}
PRIORITIES = {Priority.HIGH: said("H"), Priority.MEDIUM: said("M"), Priority.LOW: said("L")}


def fidelity_mark(fidelity: Fidelity | None, note: Text = "") -> Mark:
    """The mark and its word; unrated is said, never left blank."""
    shape, word = _FIDELITY[fidelity] if fidelity is not None else _UNRATED
    return Mark(shape, said("{word}: {note}", word=word, note=note) if note else word)


def effect_mark(effect: Effect | None) -> Mark:
    shape, word = _EFFECT[effect] if effect is not None else _UNRATED
    return Mark(shape, word)


_UNRATED: tuple[Shape, Said] = (Shape.NOT_RATED, said("not rated"))
