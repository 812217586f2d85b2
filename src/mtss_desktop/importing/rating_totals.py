"""Scores of whole sections in a file that names no items: which column is which score, and whether it is percent or points."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from mtss_desktop.domain.instruments import Instrument, Rule
from mtss_desktop.importing.rating_rows import KnownInstrument, is_named

WHICH = "Which instrument is “{named}”? Its totals alone do not say it."
UNITS = "score_unit"
"""What an answer about scores that may be percent or points is kept under."""
PERCENT, POINTS = "percent", "points"
NONE = "No column is an item or a total of an instrument that is known here."
_ROMAN = {"i": "1", "ii": "2", "iii": "3"}
_WHOLE = frozenset({"total", "overall", "whole"})


class Doubtful(ValueError):
    """A score that may be percent or points."""


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
    named = {
        each.key: f" {' '.join(re.findall(r'[a-z]+|[0-9]+', each.title.casefold()))} "
        for each in instrument.whole_sections
    }
    sections = {key: title for key, title in named.items() if title in text}
    longest = max(sections.values(), key=len, default="")
    sections = {key: title for key, title in sections.items() if title == longest or title not in longest}
    if len(sections) == 1:
        return next(iter(sections))
    if not sections and _WHOLE & set(said) and instrument.total is Rule.PERCENT:
        return "total"
    return None


def total_of(header: str, cell: str, key: str, most: int, unit: str = "") -> Total | None:
    """What a cell says; None for an empty one. ``unit`` is what the file or a person says of cells whose head does not.

    Raises ``Doubtful``, or ``ValueError`` with a sentence for anything that cannot be read.
    """
    text = " ".join(cell.split())
    if text in ("", "-", "–"):
        return None
    number = _number(text)
    if number is None:
        raise ValueError(f"“{text[:40]}” is no score.")
    how = PERCENT if text.endswith("%") else unit_of(header) or unit
    if not how and number <= most and number.denominator == 1:
        raise Doubtful(f"Is “{header}” in points or in percent?")
    top = most if how == POINTS else 100
    if not 0 <= number <= top or (how == POINTS and number.denominator != 1):
        raise ValueError(f"{text} is no score of “{header}”: it goes from 0 to {top}.")
    if how == POINTS:
        return Total(key, number * 100 / most if most else Fraction(0), int(number))
    return Total(key, number)


def _number(text: str) -> Fraction | None:
    try:
        return Fraction(Decimal(text.rstrip("% ").replace(",", ".")))
    except (InvalidOperation, ValueError, OverflowError):
        return None


def unit_of(header: str) -> str:
    """Percent or points where a head says it."""
    if re.search(r"percent|pct|%", header, re.IGNORECASE):
        return PERCENT
    return POINTS if re.search(r"points|raw|\bpts\b", header, re.IGNORECASE) else ""


def told_unit(cells: Iterable[tuple[str, str, int]]) -> str:
    """Percent where one of (head, cell, most points) can be nothing else; "" where nothing tells."""
    for header, cell, most in cells:
        number = _number(" ".join(cell.split()))
        if number is not None and not unit_of(header) and (number > most or number.denominator != 1):
            return PERCENT
    return ""


def most_points(instrument: Instrument, key: str) -> int:
    """The points all items of a score can bring."""
    numbers = {each.key: set(each.items) for each in instrument.whole_sections}.get(key)
    asked = [each for each in instrument.items if numbers is None or each.number in numbers]
    return sum(each.weight * instrument.scale(each).top for each in asked)
