"""Instruments of fidelity: sections, items, scales, criteria and conversions, as a pack describes them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

SURVEY_ANSWERS = 5
"""People who must have answered a survey before anything of it is shown."""


class Takes(StrEnum):
    """How one item comes by its value."""

    RATING = "rating"
    """One value of its scale."""
    LOWEST = "lowest"
    """One value for each intervention; the lowest counts (TFI Tier 2)."""
    PLANS = "plans"
    """One value for each plan looked at: nothing in any is 0, everything in all is the top, anything else is 1 (TFI Tier 3)."""
    MOST_FREQUENT = "most_frequent"
    """One value for each member; the most frequent counts, a tie is asked about (BoQ)."""
    RESPONDENTS = "respondents"
    """One value for each person who answered a survey: shares, no single value (SAS)."""
    COUNT = "count"
    """A number of times seen or a number of people asked: no scale."""


class Rule(StrEnum):
    """How the values of items become one score."""

    PERCENT = "percent"
    """Points of all items ÷ most points of all items that apply × 100."""
    MEAN = "mean"
    """Mean of the items that apply, on their scale."""
    MEAN_OF_PARTS = "mean_of_parts"
    """Mean of the percents of its parts, each with the same weight (SET)."""
    LEVELS = "levels"
    """How many items stand at each point of the scale; no number is made of them (practice profiles)."""
    SHARES = "shares"
    """Percent of respondents per answer, and full plus half of partial (SAS)."""
    NONE = "none"
    """Tallies and notes: counted, not scored."""


class Counts(StrEnum):
    """What a counted item counts, so that a visit's ratios can be said."""

    PRAISE = "praise"
    CORRECTIONS = "corrections"
    RESPONSES = "responses"
    """Opportunities to respond."""
    MINUTES = "minutes"
    """Minutes watched."""


@dataclass(frozen=True)
class ScalePoint:
    value: int
    label: str


@dataclass(frozen=True)
class Scale:
    """Points from low to high."""

    name: str
    points: tuple[ScalePoint, ...]
    not_applicable: bool = False

    @property
    def top(self) -> int:
        return max(point.value for point in self.points)

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(point.value for point in self.points)

    def label(self, value: int) -> str:
        return next(point.label for point in self.points if point.value == value)


@dataclass(frozen=True)
class Item:
    """``number`` as printed ("1.10"). ``weight`` multiplies points and most points, with 0 the item counts toward no score.

    ``look_for`` is what can be seen, ``evidence`` where to look; with ``asks_note`` the lowest point asks for a note; ``counts`` is what
    a tally is of, where ratios are made of it.
    """

    number: str
    label: str
    scale: str
    takes: Takes = Takes.RATING
    weight: int = 1
    evidence: str = ""
    stage: str = ""
    level: str = ""
    look_for: str = ""
    asks_note: bool = False
    counts: Counts | None = None


@dataclass(frozen=True)
class Section:
    """A score of its own. ``items`` are numbers in the order of entry; a part names items of the section it belongs to."""

    key: str
    title: str
    items: tuple[str, ...]
    rule: Rule = Rule.PERCENT
    part_of: str = ""


@dataclass(frozen=True)
class Condition:
    """``score`` is a section's key, "total", "every section" or "every part". Percents are compared exactly, before any rounding."""

    score: str
    at_least: Fraction | None = None
    at_most_missed: int | None = None


@dataclass(frozen=True)
class Criterion:
    """Met when every condition is. ``scope`` is national, state or local; ``source`` is where it is written."""

    title: str
    conditions: tuple[Condition, ...]
    scope: str = "national"
    source: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    in_a_row: int = 0
    """Met this many times one after another, it is rated once a year; 0: no such rule."""


@dataclass(frozen=True)
class Conversion:
    """A percent score of another version y = slope · x + offset, for one section."""

    section: str
    to: str
    slope: Fraction
    offset: Fraction


@dataclass(frozen=True)
class Instrument:
    """One version of one instrument. ``shell``: short labels only, the team enters its own licensed items.

    ``family`` names what several keys are versions of, so that their results stand in one trend; "" means the key itself.
    ``beside`` names the families, parted by commas, whose team ratings a survey is read beside: what the team says, and what staff say.
    """

    key: str
    title: str
    version: str
    unit: str
    items: tuple[Item, ...]
    sections: tuple[Section, ...]
    scales: tuple[Scale, ...]
    total: Rule = Rule.PERCENT
    criteria: tuple[Criterion, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    about: str = ""
    who: str = ""
    when: str = ""
    publisher: str = ""
    license: str = ""
    address: str = ""
    shell: bool = False
    family: str = ""
    beside: str = ""

    @property
    def read_beside(self) -> tuple[str, ...]:
        return tuple(each.strip() for each in self.beside.split(",") if each.strip())

    def item(self, number: str) -> Item:
        """Raises ``KeyError`` for a number it has not."""
        found = next((item for item in self.items if item.number == number), None)
        if found is None:
            raise KeyError(number)
        return found

    def scale(self, item: Item) -> Scale:
        return next(scale for scale in self.scales if scale.name == item.scale)

    @property
    def whole_sections(self) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if not section.part_of)

    def parts_of(self, key: str) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if section.part_of == key)


@dataclass(frozen=True)
class EntryGroup:
    """A section with its items, one after another as they are rated."""

    section: Section
    items: tuple[Item, ...]


def entry_order(instrument: Instrument) -> tuple[EntryGroup, ...]:
    """In which order items are asked: the screen, the paper form and what is typed from paper all go by it."""
    return tuple(
        EntryGroup(section, tuple(instrument.item(number) for number in section.items))
        for section in instrument.whole_sections
        if section.items
    )


def at_level(instrument: Instrument, level: str) -> Instrument:
    """What is asked of a place of one level ("school", "division"): items of no level are asked everywhere.

    An instrument without levels stays as it is. Criteria that rest on a section left out go with it.
    """
    kept = {item.number for item in instrument.items if item.level in ("", level)}
    if len(kept) in (0, len(instrument.items)):
        return instrument
    narrowed = (
        replace(each, items=tuple(number for number in each.items if number in kept)) for each in instrument.sections
    )
    sections = tuple(each for each in narrowed if each.items)
    gone = {each.key for each in instrument.sections} - {each.key for each in sections}
    return replace(
        instrument,
        items=tuple(item for item in instrument.items if item.number in kept),
        sections=sections,
        criteria=tuple(each for each in instrument.criteria if not gone & {one.score for one in each.conditions}),
        conversions=tuple(each for each in instrument.conversions if each.section not in gone),
    )
