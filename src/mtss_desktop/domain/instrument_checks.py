"""What is looked at before a list of one's own is ready: findings, none of which stops its keeping."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mtss_desktop.base.folding import fold
from mtss_desktop.domain.instrument_drafts import LABEL_LENGTH, PAGE_ITEMS, rated_by, split
from mtss_desktop.domain.instruments import Instrument


class FindingKind(StrEnum):
    """What a check looks for."""

    LABEL = "label"
    LOOK_FOR = "look for"
    TWO_BEHAVIORS = "two behaviors"
    SAME_LABEL = "same label"
    LENGTH = "length"
    EMPTY_SECTION = "empty section"
    PAGE = "page"


@dataclass(frozen=True)
class Finding:
    """One line of "Before it is ready". ``holds_up``: it cannot be used before; ``item`` is where it is, "" for the whole list."""

    kind: FindingKind
    ok: bool
    sentence: str
    item: str = ""
    holds_up: bool = False

    @property
    def can_split(self) -> bool:
        return self.kind is FindingKind.TWO_BEHAVIORS and not self.ok


def findings(instrument: Instrument) -> tuple[Finding, ...]:
    """What an author should know, most pressing first; what is in order comes with ``ok``."""
    checks = (_labels, _look_fors, _two_behaviors, _twins, _form)
    return tuple(found for check in checks for found in check(instrument))


def _labels(instrument: Instrument) -> Iterable[Finding]:
    if not instrument.items:
        yield Finding(FindingKind.LABEL, False, "The list has no item yet.", holds_up=True)
        return
    missing = [item.number for item in instrument.items if not item.label]
    for number in missing[:3]:
        yield Finding(FindingKind.LABEL, False, f"{number} has no label.", number, holds_up=True)
    if len(missing) > 3:
        yield Finding(
            FindingKind.LABEL, False, f"{len(missing) - 3} more items have no label.", missing[3], holds_up=True
        )
    for section in instrument.whole_sections:
        if not section.items:
            sentence = f"“{section.title}” has no item; it is left out when the list is used."
            yield Finding(FindingKind.EMPTY_SECTION, False, sentence)


def _look_fors(instrument: Instrument) -> Iterable[Finding]:
    missing = [item.number for item in instrument.items if item.label and not (item.look_for or item.evidence)]
    if not instrument.items or any(not item.label for item in instrument.items):
        return
    if not missing:
        yield Finding(FindingKind.LOOK_FOR, True, "Every item has a label and says what to look for.")
    elif len(missing) == 1:
        yield Finding(FindingKind.LOOK_FOR, False, f"{missing[0]} does not say what to look for.", missing[0])
    else:
        sentence = f"{len(missing)} of {len(instrument.items)} items do not say what to look for, {missing[0]} first."
        yield Finding(FindingKind.LOOK_FOR, False, sentence, missing[0])


def _two_behaviors(instrument: Instrument) -> Iterable[Finding]:
    for item in instrument.items:
        found = split(item.label)
        if found:
            sentence = f"{item.number} may hold two behaviors: “{found[0]}” and “{found[1]}”."
            yield Finding(FindingKind.TWO_BEHAVIORS, False, sentence, item.number)


def _twins(instrument: Instrument) -> Iterable[Finding]:
    seen: dict[str, str] = {}
    for item in instrument.items:
        folded = fold(item.label)
        if folded and folded in seen:
            sentence = f"{seen[folded]} and {item.number} have the same label."
            yield Finding(FindingKind.SAME_LABEL, False, sentence, item.number)
        seen.setdefault(folded, item.number)


def _form(instrument: Instrument) -> Iterable[Finding]:
    if not instrument.items:
        return
    long = [item.number for item in instrument.items if len(item.label) > LABEL_LENGTH and not item.look_for]
    if long and rated_by(instrument) is not None and len(long) < len(instrument.items):
        more = f" and {len(long) - 1} more" if len(long) > 1 else ""
        sentence = (
            f"{long[0]}{more}: a label longer than {LABEL_LENGTH} letters takes two lines; move the rest to “Look for”."
        )
        yield Finding(FindingKind.LENGTH, False, sentence, long[0])
    pages = -(-len(instrument.items) // PAGE_ITEMS)
    fits = "Fits one page for the clipboard." if pages == 1 else f"Prints on {pages} pages for the clipboard."
    yield Finding(FindingKind.PAGE, pages == 1, fits)
