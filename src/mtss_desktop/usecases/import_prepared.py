"""A file as it stands between reading and planning, and what the database has learned of files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mtss_desktop.importing.asking import GENERAL
from mtss_desktop.importing.findings import Understood
from mtss_desktop.importing.profile import Profile, load_profile, profile_named
from mtss_desktop.importing.sketches import Sketch


@dataclass(frozen=True)
class Knowledge:
    """What this database has learned of files: ``layouts`` mapped by hand, as texts, and ``answers`` for every file to come."""

    layouts: tuple[str, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Prepared:
    """A file that was read, recognized and cleaned; no database was asked yet."""

    file: str
    understood: Understood = field(repr=False)
    answers: tuple[tuple[str, str], ...] = ()
    knowledge: Knowledge = Knowledge()
    others: Mapping[str, Sketch] = field(default_factory=dict, repr=False)
    """Files of the same delivery it is joined with, by the key of their profile."""
    beside: tuple[str, ...] = ()
    """SHA-256 of the other tables of the same file, folder or ZIP that bring facts of this kind."""
    remarks: tuple[str, ...] = ()
    """What is to be said of the tables that came with it."""

    @property
    def all_answers(self) -> dict[str, str]:
        """Those of this file before those that were kept."""
        return dict(self.knowledge.answers) | dict(self.answers)

    @property
    def learned(self) -> dict[str, str]:
        """Answers given for this file that hold for every file to come."""
        known = dict(self.knowledge.answers)
        return {key: each for key, each in self.answers if key.startswith(GENERAL) and known.get(key) != each}

    @property
    def alone(self) -> bool:
        """No table beside it may hold what it lacks, so it can be complete."""
        return not self.beside

    @property
    def profile(self) -> Profile:
        return self.understood.match.profile

    @property
    def lacks_second(self) -> bool:
        """Its layout joins a second file that was not handed over with it."""
        return bool(self.understood.nothing) and any(rule.headers for rule in self.profile.join)

    @property
    def confidence(self) -> float:
        return self.understood.match.confidence

    @property
    def why(self) -> str:
        return self.understood.match.why


def own_profiles(knowledge: Knowledge) -> tuple[Profile, ...]:
    """The layouts mapped by hand."""
    return tuple(load_profile(text, "layout") for text in knowledge.layouts)


def chosen_profile(key: str, own: Sequence[Profile]) -> Profile:
    wanted = key.casefold()
    mine = next((each for each in own if wanted in (each.key.casefold(), each.name.casefold())), None)
    return mine or profile_named(key)
