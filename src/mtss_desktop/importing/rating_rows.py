"""Which instrument the columns of a file are of, and what a cell says of an item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from mtss_desktop.base.folding import fold
from mtss_desktop.domain.instruments import Instrument, Item, Takes

ALIKE = 90.0
"""How much a question of a form resembles a question of an instrument, of 100."""
FEWEST = 3
"""Items that must be found before a file is taken for an instrument's."""
_NUMBER = re.compile(r"(?<![\w.])([A-Za-z]{0,2}\d+(?:\.\d+)?)(?![\w.]*\d)")
_LEADING = re.compile(r"^\s*(-?\d+)(?:\.0+)?(?:\s*[-\u2013=:.)]\s*\S.*)?\s*$")
_NOT_APPLICABLE = frozenset({"na", "n/a", "not applicable", "does not apply"})


@dataclass(frozen=True)
class KnownInstrument:
    """``id`` is what rates with it (a key, or the id of a version of the place's own)."""

    id: str
    instrument: Instrument


@dataclass(frozen=True)
class Fit:
    """``columns`` are header → item number."""

    known: KnownInstrument
    columns: Mapping[str, str]
    whole: int
    partly: int


def fits(headers: Iterable[str], instruments: Iterable[KnownInstrument], *, surveys: bool) -> tuple[Fit, ...]:
    """The instruments whose items the headers name, best first: most whole sections, fewest in part, most items."""
    headers = tuple(headers)
    found = []
    for known in instruments:
        if any(item.takes is Takes.RESPONDENTS for item in known.instrument.items) != surveys:
            continue
        columns = items_of(headers, known.instrument)
        if len(columns) >= min(FEWEST, len(known.instrument.items)):
            numbers = set(columns.values())
            sections = known.instrument.whole_sections
            whole = sum(set(each.items) <= numbers for each in sections)
            partly = sum(bool(set(each.items) & numbers) for each in sections) - whole
            found.append(Fit(known, columns, whole, partly))
    return tuple(sorted(found, key=_weight, reverse=True))


def _weight(fit: Fit) -> tuple[int, int, int]:
    return fit.whole - fit.partly, len(fit.columns), -len(fit.known.instrument.items)


def chosen(found: tuple[Fit, ...], named: str) -> Fit | None:
    """The one that is named ("TFI 2.1"), else the best; None where two fit alike."""
    said = [each for each in found if named and is_named(each.known.instrument, named)]
    if len({each.known.instrument.key for each in said}) == 1:
        return said[0]
    best = said or list(found)
    if not best:
        return None
    alike = [each for each in best if _weight(each)[:2] == _weight(best[0])[:2]]
    return best[0] if len({each.known.instrument.key for each in alike}) == 1 else None


def is_named(instrument: Instrument, words: str) -> bool:
    """Whether words name an instrument, by its key ("tfi_2_1") or its title, with its version where they say one."""
    said = _plain(words)
    names = {_plain(instrument.key), _plain(instrument.title), _plain(f"{instrument.title} {instrument.version}")}
    short = "".join(word[0] for word in re.findall(r"[A-Za-z]+", instrument.title)).casefold()
    names |= {_plain(f"{short} {instrument.version}"), _plain(instrument.family), short}
    return any(name and re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", said) for name in names) and (
        not (version := _version(said)) or version == _plain(instrument.version)
    )


def _plain(words: str) -> str:
    return " ".join(re.findall(r"[a-z]+|\d+", words.casefold()))


def _version(said: str) -> str:
    found = re.search(r"(?<!\d )\b(\d+ \d+)\b(?! \d)", said)
    return found[1] if found else ""


def items_of(headers: Iterable[str], instrument: Instrument) -> dict[str, str]:
    """Header → item number: by the number in it ("TFI 1.1", "Item 1.1 Team composition"), else by its words."""
    numbers = {item.number.casefold(): item.number for item in instrument.items}
    labels = {fold(item.label): item.number for item in instrument.items if item.label}
    found: dict[str, str] = {}
    for header in headers:
        number = labels.get(fold(header)) or _by_number(header, numbers) or _by_words(header, labels)
        if number is not None and number not in found.values():
            found[header] = number
    return found


def _by_number(header: str, numbers: Mapping[str, str]) -> str | None:
    """The last number of a header that is an item's, so that "TFI 2.1: 1.4" is item 1.4; scores and totals have none."""
    if re.search(r"percent|total|score|%|average|mean\b|points", header, re.IGNORECASE):
        return None
    if len(header.split()) > 8:  # a sentence with a number in it
        header = header.split(maxsplit=1)[0].rstrip(".):")
    known = [numbers[each.casefold()] for each in _NUMBER.findall(header) if each.casefold() in numbers]
    return known[-1] if known else None


def _by_words(header: str, labels: Mapping[str, str]) -> str | None:
    asked = re.search(r"\[([^\]]+)\]\s*$", header)
    words = fold(asked[1] if asked else header)
    if len(words.split()) < 3:
        return None
    best = max(((fuzz.ratio(words, label), number) for label, number in labels.items()), default=(0.0, ""))
    return best[1] if best[0] >= ALIKE else None


def value_of(cell: str, instrument: Instrument, item: Item) -> tuple[int, ...] | None:
    """The values a cell gives: () for not applicable. None for an empty cell. Raises ``ValueError`` for anything else."""
    text = " ".join(cell.split())
    if text in ("", "-", "\u2013"):
        return None
    scale = instrument.scale(item)
    if text.casefold() in _NOT_APPLICABLE and scale.not_applicable:
        return ()
    labels = {fold(point.label): point.value for point in scale.points}
    if fold(text) in labels:
        return (labels[fold(text)],)
    number = _LEADING.match(text)
    if number is not None and (item.takes is Takes.COUNT or int(number[1]) in scale.values):
        return (int(number[1]),)
    raise ValueError(text)
