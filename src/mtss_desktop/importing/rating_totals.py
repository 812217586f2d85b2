"""Scores of whole sections in a file that names no items: which column is which score, and whether it is percent or points."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from mtss_desktop.domain.instruments import Instrument, Rule
from mtss_desktop.importing.rating_rows import KnownInstrument, is_named

WHICH = "Name the instrument with its version, such as “TFI 2.1”, in a column “Instrument”: totals alone do not say it."
NONE = "No column is an item or a total of an instrument that is known here."
_ROMAN = {"i": "1", "ii": "2", "iii": "3"}
_WHOLE = frozenset({"total", "overall", "whole"})


@dataclass(frozen=True)
class Total:
    """A score by its section's key or "total": ``percent`` as the file has it, ``points`` where it has points."""

    key: str
    percent: Fraction
    points: int = 0


def named_one(instruments: Iterable[KnownInstrument], words: str) -> KnownInstrument | None:
    """The only instrument that words name; None for none or several versions."""
    said = [each for each in instruments if is_named(each.instrument, words)]
    return said[0] if len({each.instrument.key for each in said}) == 1 else None


def columns_of(headers: Iterable[str], instrument: Instrument) -> dict[str, str]:
    """Header → key of the whole section it is the score of, or "total"."""
    found: dict[str, str] = {}
    for header in headers:
        key = _key(header, instrument)
        if key is not None and key not in found.values():
            found[header] = key
    return found


def _key(header: str, instrument: Instrument) -> str | None:
    said = [_ROMAN.get(word, word) for word in re.findall(r"[a-z]+|\d+", header.casefold())]
    text = f" {' '.join(said)} "
    sections = [
        each.key
        for each in instrument.whole_sections
        if f" {' '.join(re.findall(r'[a-z]+|[0-9]+', each.title.casefold()))} " in text
    ]
    if len(sections) == 1:
        return sections[0]
    if not sections and _WHOLE & set(said) and instrument.total is Rule.PERCENT:
        return "total"
    return None


def total_of(header: str, cell: str, key: str, most: int) -> Total | None:
    """What a cell says; None for an empty one. Raises ``ValueError`` with a sentence for anything that cannot be read."""
    text = " ".join(cell.split())
    if text in ("", "-", "–"):
        return None
    try:
        number = Fraction(Decimal(text.rstrip("% ").replace(",", ".")))
    except InvalidOperation:
        raise ValueError(f"“{text[:40]}” is no score.") from None
    head = header.casefold()
    percent = text.endswith("%") or bool(re.search(r"percent|pct|%", head))
    points = not percent and bool(re.search(r"points|raw", head))
    if not percent and not points:
        if number <= most and number.denominator == 1:
            raise ValueError(f"“{header}” may be points or percent. Write “percent” or “points” into its head.")
        percent = True
    if not 0 <= number <= (100 if percent else most) or (points and number.denominator != 1):
        raise ValueError(f"{text} is no score of “{header}”: it goes from 0 to {100 if percent else most}.")
    if percent:
        return Total(key, number)
    return Total(key, number * 100 / most if most else Fraction(0), int(number))


def most_points(instrument: Instrument, key: str) -> int:
    """The points all items of a score can bring."""
    numbers = {each.key: set(each.items) for each in instrument.whole_sections}.get(key)
    asked = [each for each in instrument.items if numbers is None or each.number in numbers]
    return sum(each.weight * instrument.scale(each).top for each in asked)
