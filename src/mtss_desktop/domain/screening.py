"""Words that facts are counted by: measures, benchmark levels and the rest. Each carries the small number that facts store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mtss_desktop.domain.records import Record


@dataclass(frozen=True, kw_only=True)
class Measure(Record):
    """What a test measures. ``lowest`` and ``highest`` bound a believable score; ``higher_is_better`` gives charts their direction."""

    key: int = 0
    name: str
    short_name: str = ""
    subject: str = ""
    unit: str = ""
    lowest: float | None = None
    highest: float | None = None
    higher_is_better: bool = True
    screening: bool = True


@dataclass(frozen=True, kw_only=True)
class Level(Record):
    """A benchmark level in the vendor's own word. ``order`` is 1 for the highest; ``spellings`` are words of files that mean the same."""

    key: int = 0
    word: str
    order: int = 0
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LevelTier(Record):
    """Which tier of supports a level asks for, from a day on. ``measure_key`` 0 speaks for every measure. Editable, versioned by date."""

    measure_key: int = 0
    level_key: int
    tier: int
    valid_from: date
    source: str = ""


class WordKind(StrEnum):
    WINDOW = "window"
    LOCATION = "location"
    BEHAVIOR = "behavior"
    ACTION_TAKEN = "action_taken"
    RACE = "race"
    FLAG = "flag"
    GROUP = "group"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class Word(Record):
    """One word of a list that grows with the files: a window ("Fall"), a location ("Hallway"), a behavior …

    ``spellings`` are the codes and spellings of files that mean the same word. ``counts_as`` is the key of the word of its kind that
    this one is counted as; what files brought under it stays its own.
    """

    key: int = 0
    kind: WordKind
    name: str
    order: int = 0
    spellings: tuple[str, ...] = ()
    counts_as: int | None = None


GRADES = ("PK", "K", *(str(grade) for grade in range(1, 13)))


def grade_number(grade: str) -> int:
    """PK is −1, K is 0, "1" to "12" themselves: what facts store. Raises KeyError for anything else."""
    return {name: number for number, name in enumerate(GRADES, start=-1)}[grade]


def grade_name(number: int) -> str:
    return GRADES[number + 1]
