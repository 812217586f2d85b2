"""Making and changing an instrument: every act is a pure function from one instrument to the next.

Items are numbered A1, A2, B1 … by their place as long as nothing was rated with an earlier version; afterwards a number stays with
its item, so that a trend follows the same look-for from version to version.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Any

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.folding import fold
from mtss_desktop.domain.instruments import Instrument, Item, Rule, Scale, ScalePoint, Section, Takes

LABEL_LENGTH = 40
"""Letters of a short label that fit on one line of the clipboard form."""
PAGE_ITEMS = 26
"""Items of one printed page, with a line for notes each."""
MOST_ITEMS = 500
FIRST_SECTION = "First section"


class RatedBy(StrEnum):
    """How every item of an own list is rated."""

    THREE_STEPS = "three steps"
    YES_OR_NO = "yes or no"
    FOUR_STEPS = "four steps"
    TALLY = "tally"


RATED_BY_WORDS: dict[RatedBy, tuple[str, str]] = {
    RatedBy.THREE_STEPS: ("Three steps", "not yet, partial, in place"),
    RatedBy.YES_OR_NO: ("Yes or no", "seen or not seen"),
    RatedBy.FOUR_STEPS: ("Four steps", "0 to 3, own words"),
    RatedBy.TALLY: ("Tally", "counts and a ratio, per minute"),
}
_POINTS: dict[RatedBy, tuple[str, ...]] = {
    RatedBy.THREE_STEPS: ("not yet", "partial", "in place"),
    RatedBy.YES_OR_NO: ("not seen", "seen"),
    RatedBy.FOUR_STEPS: ("not yet", "starting", "mostly", "fully"),
    RatedBy.TALLY: ("not seen", "seen"),
}


def scale_of(rated_by: RatedBy, *, not_applicable: bool = True, words: Sequence[str] = ()) -> Scale:
    """The scale an own list is rated on; ``words`` replace the labels of its points, low to high."""
    labels = list(_POINTS[rated_by])
    labels[: len(words)] = [word or label for word, label in zip(words, labels, strict=False)]
    points = tuple(ScalePoint(value, label) for value, label in enumerate(labels))
    return Scale("own", points, not_applicable and rated_by is not RatedBy.TALLY)


def rated_by(instrument: Instrument) -> RatedBy | None:
    """None for an instrument with scales of its own making, as most published ones have."""
    if len(instrument.scales) != 1:
        return None
    if instrument.items and all(item.takes is Takes.COUNT for item in instrument.items):
        return RatedBy.TALLY
    steps = {3: RatedBy.THREE_STEPS, 2: RatedBy.YES_OR_NO, 4: RatedBy.FOUR_STEPS}
    scale = instrument.scales[0]
    return steps.get(len(scale.points)) if scale.name == "own" else None


def blank(title: str, key: str) -> Instrument:
    """A list with one section and nothing in it."""
    section = Section("a", FIRST_SECTION, ())
    scale = scale_of(RatedBy.THREE_STEPS)
    return Instrument(key, title, "1", "school", (), (section,), (scale,), publisher="", license="Our own")


# Items -----------------------------------------------------------------------------------------------------------------------


class ItemFact(StrEnum):
    """What is typed about an item."""

    LABEL = "label"
    LOOK_FOR = "look_for"
    EVIDENCE = "evidence"
    STAGE = "stage"
    LEVEL = "level"


def with_fact(instrument: Instrument, number: str, fact: ItemFact, text: str) -> Instrument:
    """Raises ``KeyError`` for an item it has not."""
    changed: dict[str, Any] = {fact.value: " ".join(text.split())}
    return _with_item(instrument, replace(instrument.item(number), **changed))


def with_rules(
    instrument: Instrument, number: str, *, counts: bool | None = None, asks_note: bool | None = None
) -> Instrument:
    """Whether an item counts toward the total, and whether its lowest point asks for a note. None leaves it as it is."""
    item = instrument.item(number)
    weight = item.weight if counts is None else max(item.weight, 1) if counts else 0
    return _with_item(
        instrument, replace(item, weight=weight, asks_note=item.asks_note if asks_note is None else asks_note)
    )


def _with_item(instrument: Instrument, item: Item) -> Instrument:
    items = tuple(item if each.number == item.number else each for each in instrument.items)
    return replace(instrument, items=items)


@dataclass(frozen=True)
class Typed:
    """An item as a line of a list brings it."""

    label: str
    look_for: str = ""
    evidence: str = ""
    section: str = ""
    stage: str = ""
    level: str = ""
    number: str = ""


def add_items(
    instrument: Instrument, section: str, typed: Sequence[Typed], *, after: str = "", keep_numbers: bool = False
) -> tuple[Instrument, tuple[str, ...]]:
    """Items behind ``after`` or at the end of a section, with their numbers. Raises ``UserError`` past 500 items."""
    if len(instrument.items) + len(typed) > MOST_ITEMS:
        raise UserError(f"A list holds at most {MOST_ITEMS} items.", "Make a second list for the rest.")
    own = _section(instrument, section)
    model = instrument.items[0] if instrument.items else None
    tally = rated_by(instrument) is RatedBy.TALLY
    made = []
    for place, each in enumerate(typed, 1):
        made.append(
            Item(
                f"new {place}",
                each.label,
                model.scale if model else instrument.scales[0].name,
                Takes.COUNT if tally else Takes.RATING,
                evidence=each.evidence,
                look_for=each.look_for,
                stage=each.stage,
                level=each.level,
            )
        )
    place = own.items.index(after) + 1 if after in own.items else len(own.items)
    numbers = (*own.items[:place], *(item.number for item in made), *own.items[place:])
    changed = _ordered(replace(instrument, items=(*instrument.items, *made)), {section: numbers})
    return _numbered(changed, [item.number for item in made], keep_numbers=keep_numbers)


def add_lines(
    instrument: Instrument, typed: Sequence[Typed], *, section: str = "", after: str = "", keep_numbers: bool = False
) -> tuple[Instrument, tuple[str, ...]]:
    """Items into the sections they name, which are made where they are missing; the others into ``section``, or the last one.

    A first section that nobody named and that holds nothing takes the name of the first that comes.
    """
    numbers: list[str] = []
    titles = list(dict.fromkeys(each.section for each in typed))
    for title in titles:
        instrument, key = _section_called(instrument, title, section)
        own = [each for each in typed if each.section == title]
        instrument, made = add_items(instrument, key, own, after=after if not title else "", keep_numbers=keep_numbers)
        numbers += made
    return instrument, tuple(numbers)


def _section_called(instrument: Instrument, title: str, otherwise: str) -> tuple[Instrument, str]:
    whole = instrument.whole_sections
    if not title:
        return instrument, otherwise or whole[-1].key
    there = next((each.key for each in whole if fold(each.title) == fold(title)), None)
    if there is not None:
        return instrument, there
    if len(whole) == 1 and not whole[0].items and whole[0].title == FIRST_SECTION:
        return rename_section(instrument, whole[0].key, title), whole[0].key
    return add_section(instrument, title)


def without_empty_sections(instrument: Instrument) -> Instrument:
    """What is used: every section and part has items."""
    return replace(instrument, sections=tuple(section for section in instrument.sections if section.items))


def remove_item(instrument: Instrument, number: str, *, keep_numbers: bool = False) -> Instrument:
    """Raises ``KeyError`` for an item it has not."""
    gone = instrument.item(number)
    items = tuple(item for item in instrument.items if item is not gone)
    sections = tuple(
        replace(section, items=tuple(each for each in section.items if each != number))
        for section in instrument.sections
    )
    return _numbered(replace(instrument, items=items, sections=sections), [], keep_numbers=keep_numbers)[0]


def move_item(instrument: Instrument, number: str, *, down: bool, keep_numbers: bool = False) -> tuple[Instrument, str]:
    """One place up or down, over the edge of its section into the next; returns its number afterwards."""
    whole = list(instrument.whole_sections)
    at = next(place for place, section in enumerate(whole) if number in section.items)
    own = list(whole[at].items)
    place = own.index(number)
    beyond = place + 1 == len(own) if down else place == 0
    changed: dict[str, tuple[str, ...]] = {}
    if not beyond:
        other = place + (1 if down else -1)
        own[place], own[other] = own[other], own[place]
        changed[whole[at].key] = tuple(own)
    else:
        to = at + (1 if down else -1)
        if not 0 <= to < len(whole):
            return instrument, number
        there = list(whole[to].items)
        there.insert(0 if down else len(there), number)
        changed = {whole[at].key: tuple(each for each in own if each != number), whole[to].key: tuple(there)}
    moved, (now,) = _numbered(_ordered(instrument, changed), [number], keep_numbers=keep_numbers)
    return moved, now


# Sections ----------------------------------------------------------------------------------------------------------------------


def add_section(instrument: Instrument, title: str, *, after: str = "") -> tuple[Instrument, str]:
    """A section behind ``after`` or at the end, with its key."""
    key = _free_key(instrument)
    whole = [section.key for section in instrument.sections]
    place = whole.index(after) + 1 if after in whole else len(whole)
    made = Section(key, title, ())
    sections = (*instrument.sections[:place], made, *instrument.sections[place:])
    return _numbered(replace(instrument, sections=sections), [], keep_numbers=True)[0], key


def to_section(instrument: Instrument, number: str, *, keep_numbers: bool = False) -> tuple[Instrument, str]:
    """The item's label becomes the title of a section; the items behind it follow it there."""
    label = instrument.item(number).label
    own = next(section for section in instrument.whole_sections if number in section.items)
    place = own.items.index(number)
    behind = own.items[place + 1 :]
    without = remove_item(instrument, number, keep_numbers=True)
    made, key = add_section(without, label or "New section", after=own.key)
    ordered = _ordered(made, {own.key: own.items[:place], key: behind})
    return _numbered(ordered, [], keep_numbers=keep_numbers)[0], key


def rename_section(instrument: Instrument, key: str, title: str) -> Instrument:
    """Raises ``KeyError`` for a section it has not."""
    found = _section(instrument, key)
    sections = tuple(
        replace(each, title=" ".join(title.split())) if each is found else each for each in instrument.sections
    )
    return replace(instrument, sections=sections)


def remove_section(instrument: Instrument, key: str, *, keep_numbers: bool = False) -> Instrument:
    """With its items. Raises ``UserError`` for the last one and for one that a criterion or conversion speaks of."""
    found = _section(instrument, key)
    if len(instrument.whole_sections) == 1:
        raise UserError("A list keeps at least one section.", "Rename this one instead.")
    named = {each.section for each in instrument.conversions}
    named |= {condition.score for criterion in instrument.criteria for condition in criterion.conditions}
    if key in named:
        raise UserError(f"A criterion rests on “{found.title}”.", "Keep the section, or copy another instrument.")
    items = tuple(item for item in instrument.items if item.number not in found.items)
    sections = tuple(each for each in instrument.sections if each is not found and each.part_of != key)
    return _numbered(replace(instrument, items=items, sections=sections), [], keep_numbers=keep_numbers)[0]


def _section(instrument: Instrument, key: str) -> Section:
    found = next((section for section in instrument.sections if section.key == key), None)
    if found is None:
        raise KeyError(key)
    return found


def _free_key(instrument: Instrument) -> str:
    taken = {section.key for section in instrument.sections}
    return next(key for key in _letters() if key not in taken)


def _letters() -> Iterable[str]:
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    yield from alphabet
    yield from (first + second for first in alphabet for second in alphabet)


# Order and numbers ---------------------------------------------------------------------------------------------------------------


def _ordered(instrument: Instrument, items_of: Mapping[str, Sequence[str]]) -> Instrument:
    """The same items with other ones in some sections; the instrument's items follow their sections."""
    sections = tuple(
        replace(section, items=tuple(items_of[section.key])) if section.key in items_of else section
        for section in instrument.sections
    )
    held = {section.key: set(section.items) for section in sections if not section.part_of}
    sections = tuple(
        replace(part, items=tuple(each for each in part.items if each in held[part.part_of])) if part.part_of else part
        for part in sections
    )
    order = [number for section in sections if not section.part_of for number in section.items]
    by_number = {item.number: item for item in instrument.items}
    return replace(instrument, items=tuple(by_number[number] for number in order), sections=sections)


def _numbered(
    instrument: Instrument, followed: Sequence[str], *, keep_numbers: bool
) -> tuple[Instrument, tuple[str, ...]]:
    """Numbers by place, or only for new items where numbers stay. ``followed`` are numbers before; returned are they after."""
    called: dict[str, str] = {}
    taken = {item.number for item in instrument.items if not item.number.startswith("new ")}
    for letter, section in zip(_letters(), instrument.whole_sections, strict=False):
        for place, number in enumerate(section.items, 1):
            if not keep_numbers:
                called[number] = f"{letter.upper()}{place}"
            elif number.startswith("new "):
                called[number] = _next_number(section, called, taken, letter.upper())
                taken.add(called[number])
            else:
                called[number] = number
    items = tuple(replace(item, number=called[item.number]) for item in instrument.items)
    sections = tuple(
        replace(section, items=tuple(called[number] for number in section.items)) for section in instrument.sections
    )
    return replace(instrument, items=items, sections=sections), tuple(called[number] for number in followed)


def _next_number(section: Section, called: Mapping[str, str], taken: set[str], letter: str) -> str:
    """One past the highest of its section: 1.15 behind 1.14, D5 behind D4; a number once given to another item is never reused."""
    known = [called.get(number, number) for number in section.items]
    fronts = [found for number in known if (found := re.fullmatch(r"(.*?)(\d+)", number)) and number in taken]
    front = fronts[-1][1] if fronts else letter
    highest = max((int(found[2]) for found in fronts if found[1] == front), default=0)
    while f"{front}{highest + 1}" in taken:
        highest += 1
    return f"{front}{highest + 1}"


def has_own_numbers(instrument: Instrument) -> bool:
    """Whether its numbers are those of a publisher, which stay, and not letters by place."""
    by_place = [
        f"{letter.upper()}{place}"
        for letter, section in zip(_letters(), instrument.whole_sections, strict=False)
        for place in range(1, len(section.items) + 1)
    ]
    return [item.number for item in instrument.items] != by_place


# The whole list --------------------------------------------------------------------------------------------------------------------


def rate_by(instrument: Instrument, how: RatedBy, *, not_applicable: bool | None = None) -> Instrument:
    """Another scale for the whole list. ``not_applicable`` None keeps what it has."""
    allowed = instrument.scales[0].not_applicable if not_applicable is None else not_applicable
    words = tuple(point.label for point in instrument.scales[0].points) if how is rated_by(instrument) else ()
    scale = scale_of(how, not_applicable=allowed, words=words)
    takes = Takes.COUNT if how is RatedBy.TALLY else Takes.RATING
    items = tuple(replace(item, scale=scale.name, takes=takes) for item in instrument.items)
    rule = Rule.NONE if how is RatedBy.TALLY else Rule.PERCENT
    sections = tuple(replace(section, rule=rule) for section in instrument.sections)
    return replace(instrument, items=items, sections=sections, scales=(scale,), total=rule)


def word_points(instrument: Instrument, words: Sequence[str]) -> Instrument:
    """Own words for the points of the list's scale, low to high. Raises ``UserError`` where a word is missing or stands twice."""
    scale = instrument.scales[0]
    cleaned = [" ".join(word.split()) for word in words]
    if len(cleaned) != len(scale.points) or not all(cleaned):
        raise UserError("Every step needs a word.", f"Type {len(scale.points)} words, lowest first.")
    if len({fold(word) for word in cleaned}) < len(cleaned):
        raise UserError("Two steps have the same word.", "Give each its own.")
    points = tuple(replace(point, label=word) for point, word in zip(scale.points, cleaned, strict=True))
    return replace(instrument, scales=(replace(scale, points=points), *instrument.scales[1:]))


_JOINED = re.compile(r"^(?P<one>.+?)(?:,\s+|\s+)(?:and|&)\s+(?P<two>.+)$", re.IGNORECASE)
_PAIRS = ("back and forth", "fair and consistent", "again and again", "more and more", "terms and conditions")
_VERBS = frozenset(
    (
        *("is", "are", "was", "were", "has", "have", "does", "do", "can", "may", "will", "be"),
        *("use", "uses", "teach", "teaches", "say", "says", "give", "gives", "ask", "asks", "show", "shows"),
        *("stand", "stands"),
    )
)


def split(label: str) -> tuple[str, str] | None:
    """A label with two behaviors as two labels, None where it holds one.

    "Corrections are short and calm" → "Corrections are short", "Corrections are calm". Only what follows a verb is looked at: "Praise
    and correction, tally" names one thing.
    """
    words = label.split()
    if any(pair in label.casefold() for pair in _PAIRS):
        return None
    verb = next((place for place, word in enumerate(words) if word.casefold().strip(",.") in _VERBS), None)
    if verb is None or verb + 1 >= len(words):
        return None
    found = _JOINED.match(" ".join(words[verb + 1 :]))
    if not found:
        return None
    head = " ".join(words[: verb + 1])
    one, two = found["one"].rstrip(" ,"), found["two"].rstrip(".")
    after = [word.casefold() for word in two.split()]
    again = any(word in _VERBS and before not in ("in", "of", "to") for before, word in pairwise(after))
    if after[0] in _VERBS:  # the same one does another thing
        return f"{head} {one}", " ".join([*words[:verb], two])
    return f"{head} {one}", (two[0].upper() + two[1:]) if again else f"{head} {two}"


def split_item(instrument: Instrument, number: str, *, keep_numbers: bool = False) -> Instrument:
    """Two items of one. Raises ``UserError`` where its label holds one behavior."""
    item = instrument.item(number)
    found = split(item.label)
    if found is None:
        raise UserError(f"{number} names one behavior.", "Write the second as an item of its own.")
    section = next(each for each in instrument.whole_sections if number in each.items)
    first = _with_item(instrument, replace(item, label=found[0]))
    more = [Typed(found[1], item.look_for, item.evidence, stage=item.stage, level=item.level)]
    return add_items(first, section.key, more, after=number, keep_numbers=keep_numbers)[0]
