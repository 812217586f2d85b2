"""An item of an instrument as a rating page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from mtss_desktop.base.words import Words
from mtss_desktop.domain.instruments import Scale, Takes


@dataclass(frozen=True)
class Given:
    """A rating: its values, or that the item does not apply. No values and applies: nothing was rated."""

    values: tuple[int, ...] = ()
    applies: bool = True

    @property
    def is_rated(self) -> bool:
        return bool(self.values) or not self.applies


NOTHING = Given()


@dataclass(frozen=True)
class Chip:
    """A piece of evidence in a line: what it is called, and of what kind."""

    id: str
    title: str
    icon: str


@dataclass(frozen=True)
class ActionShown:
    """What is being done so that an item moves. ``told`` says who and by when."""

    id: str
    text: str
    told: str


@dataclass(frozen=True)
class ItemShown:
    """One look-for. ``hint`` is what can be seen, ``where`` the place to look; ``last`` what it was last time, None where it was not asked
    then; ``counted`` what several values come to.
    """

    number: str
    label: str
    hint: str
    where: str
    section: str
    scale: Scale
    takes: Takes
    today: Given = NOTHING
    last: Given | None = None
    counted: int | None = None
    note: str = ""
    chips: tuple[Chip, ...] = ()
    actions: tuple[ActionShown, ...] = ()
    done: int = 0
    """Actions for it that are done."""
    asks_note: bool = False
    """The lowest step asks for a note."""
    unanswered: str = "Not rated"
    """What an item without a value says; a question of a survey is answered, not rated."""

    @property
    def takes_many(self) -> bool:
        """Several values stand behind it: interventions, plans, members."""
        return self.takes in (Takes.LOWEST, Takes.PLANS, Takes.MOST_FREQUENT, Takes.RESPONDENTS)

    @property
    def is_count(self) -> bool:
        return self.takes is Takes.COUNT


@dataclass(frozen=True)
class SectionShown:
    """``rated`` of ``items`` are rated or do not apply."""

    key: str
    title: str
    items: tuple[ItemShown, ...]

    @property
    def rated(self) -> int:
        return sum(each.today.is_rated for each in self.items)


def filled(scale: Scale, value: int) -> Fraction:
    """How far up its scale a value stands, 0 to 1."""
    low, top = min(scale.values), scale.top
    return Fraction(value - low, top - low) if top > low else Fraction(1)


def point_words(words: Words, scale: Scale, value: int) -> str:
    """In place; a scale without words is read as its number."""
    label = next((point.label for point in scale.points if point.value == value), str(value))
    told = words(label)
    return told[:1].upper() + told[1:]


def given_words(words: Words, item: ItemShown, given: Given, *, counted: int | None = None) -> str:
    """Partial; not rated; 2, 1, 2: lowest 1."""
    if not given.applies:
        return words("Not applicable")
    if not given.values:
        return words(item.unanswered)
    if item.is_count:
        return str(sum(given.values))
    if len(given.values) == 1 and not item.takes_many:
        return point_words(words, item.scale, given.values[0])
    values = ", ".join(str(value) for value in given.values)
    return values if counted is None else words("{values}: {n}").format(values=values, n=counted)


def given_mark(item: ItemShown, given: Given, counted: int | None = None) -> Fraction | None:
    """How far the circle is filled; None where there is no one value."""
    if item.is_count or not given.values:
        return None
    value = counted if counted is not None else given.values[0] if len(given.values) == 1 else None
    return None if value is None else filled(item.scale, value)


def first_open(sections: Sequence[SectionShown]) -> str:
    """The number of the first item nobody has rated, else of the first."""
    items = [item for section in sections for item in section.items]
    found = next((item for item in items if not item.today.is_rated), items[0] if items else None)
    return found.number if found is not None else ""
