"""Instruments: one TOML file each, read strictly, with every fault named by file and line.

A pack holds short labels, scales, formulas and our own wording; names of rules that exist, never expressions or code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from mtss_desktop.base import paths
from mtss_desktop.domain.instruments import (
    Condition,
    Conversion,
    Counts,
    Criterion,
    Instrument,
    Item,
    Rule,
    Scale,
    ScalePoint,
    Section,
    Takes,
)
from mtss_desktop.packs import sheets
from mtss_desktop.packs.sheets import HEAD, Place, Sheet

FORMAT = 1
WORDS = ("about", "who", "when", "publisher", "license", "address", "family", "beside")
"""Texts of an instrument's head that may be left out."""
LARGEST = 512 * 1024
_HEAD = {
    "format": int,
    "title": str,
    "version": str,
    "unit": str,
    "about": str,
    "who": str,
    "when": str,
    "publisher": str,
    "license": str,
    "address": str,
    "family": str,
    "beside": str,
    "shell": bool,
    "order": int,
    "total": str,
    "scales": list,
    "sections": list,
    "parts": list,
    "criteria": list,
    "conversions": list,
}
_SCALE = {"name": str, "points": list, "not_applicable": bool}
_SECTION = {
    "key": str,
    "title": str,
    "scale": str,
    "takes": str,
    "rule": str,
    "stage": str,
    "level": str,
    "items": list,
}
_ITEM = {
    "number": str,
    "label": str,
    "scale": str,
    "takes": str,
    "weight": int,
    "evidence": str,
    "stage": str,
    "level": str,
    "look_for": str,
    "asks_note": bool,
    "counts": str,
}
_PART: dict[str, type] = {"key": str, "title": str, "of": str, "items": list, "rule": str}
_CRITERION: dict[str, type] = {
    "title": str,
    "scope": str,
    "source": str,
    "valid_from": date,
    "valid_to": date,
    "in_a_row": int,
    "conditions": list,
}
_CONDITION = {"score": str, "at_least": str, "at_most_missed": int}
_CONVERSION: dict[str, type] = {"section": str, "to": str, "slope": str, "offset": str}
_RANGE = re.compile(r"^(.*?)(\d+)-(?:\1)?(\d+)$")


@cache
def shipped() -> tuple[Instrument, ...]:
    """The instruments the program brings, in their own order."""
    return library(paths.resource("packs"))


def library(folder: Path) -> tuple[Instrument, ...]:
    """All instruments of a folder by ``order`` and name. Raises ``UserError`` for the first that cannot be read."""
    found = [_read(path) for path in sorted(folder.glob("*.toml"))]
    ordered = sorted(found, key=lambda sheet: (sheet.content.get("order", 0), sheet.path.name))
    return tuple(_instrument(sheet) for sheet in ordered)


def load(path: Path) -> Instrument:
    """One instrument. Raises ``UserError`` with file and line."""
    return _instrument(_read(path))


def read_text(text: str, key: str, *, draft: bool = False) -> Instrument:
    """An instrument kept as text. Raises ``UserError`` with the line, as of a file ``key``.toml.

    A ``draft`` may have sections without items.
    """
    return _instrument(replace(sheets.parse(Path(f"{key}.toml"), text), draft=draft))


def _read(path: Path) -> Sheet:
    return sheets.read(path, largest=LARGEST, thing="an instrument")


def _instrument(sheet: Sheet) -> Instrument:
    content = sheet.content
    if content.get("format", FORMAT) != FORMAT:
        raise sheet.fault(HEAD, "format", f"format {content['format']} is not known here; this program reads format 1.")
    sheet.check(HEAD, content, _HEAD, ("format", "title", "version", "unit", "scales", "sections"))
    scales = tuple(_scale(sheet, place, each) for place, each in _each(content, "scales"))
    sections, items = [], []
    for place, each in _each(content, "sections"):
        section, own = _section(sheet, place, each, scales)
        sections.append(section)
        items += own
    _no_twins(sheet, [section.key for section in sections], "sections", "key")
    _no_twins(sheet, [item.number for item in items], "sections", "items")
    parts = [_part(sheet, place, each, sections) for place, each in _each(content, "parts")]
    keys = [section.key for section in (*sections, *parts)]
    _no_twins(sheet, keys, "parts", "key")
    return Instrument(
        sheet.path.stem,
        content["title"],
        content["version"],
        content["unit"],
        tuple(items),
        (*sections, *parts),
        scales,
        Rule(sheet.one_of(HEAD, "total", content.get("total", Rule.PERCENT), Rule)),
        tuple(_criteria(sheet, content, keys)),
        tuple(_conversion(sheet, place, each, keys) for place, each in _each(content, "conversions")),
        **{name: content.get(name, "") for name in WORDS},
        shell=content.get("shell", False),
    )


def _each(content: dict[str, Any], part: str) -> Iterator[tuple[Place, Any]]:
    for number, each in enumerate(content.get(part, ()), 1):
        yield Place(part, number), each


def _no_twins(sheet: Sheet, names: list[str], part: str, name: str) -> None:
    twice = next((each for place, each in enumerate(names) if each in names[:place]), None)
    if twice is not None:
        raise sheet.fault(Place(part, 1), name, f"“{twice}” stands here twice. Give each its own.")


def _scale(sheet: Sheet, place: Place, content: Any) -> Scale:
    sheet.check(place, content, _SCALE, ("name", "points"))
    points = [_point(sheet, place, each) for each in content["points"]]
    values = [point.value for point in points]
    if values != sorted(set(values)):
        raise sheet.fault(place, "points", "points go from low to high, each value once.")
    return Scale(content["name"], tuple(points), content.get("not_applicable", False))


def _point(sheet: Sheet, place: Place, content: Any) -> ScalePoint:
    match content:
        case [int(value), str(label)] if label:
            return ScalePoint(value, label)
    raise sheet.fault(place, "points", 'a point is a whole number and its word: [0, "not in place"].')


def _section(sheet: Sheet, place: Place, content: Any, scales: tuple[Scale, ...]) -> tuple[Section, list[Item]]:
    sheet.check(place, content, _SECTION, ("key", "title") if sheet.draft else ("key", "title", "items"))
    common = {name: content[name] for name in ("scale", "takes", "stage", "level") if name in content}
    items = [_item(sheet, place, common, each, scales) for each in _unfolded(sheet, place, content["items"])]
    rule = Rule(sheet.one_of(place, "rule", content.get("rule", Rule.PERCENT), Rule))
    return Section(content["key"], content["title"], tuple(item.number for item in items), rule), items


def _unfolded(sheet: Sheet, place: Place, items: list[Any]) -> Iterator[dict[str, Any]]:
    """Items as they may be written: {number, label, …}, ["1.1", "label"], or "1-11" for numbers without labels."""
    for each in items:
        match each:
            case dict():
                yield each
            case [str(number), str(label)]:
                yield {"number": number, "label": label}
            case str():
                yield from ({"number": number} for number in _numbers(sheet, place, each))
            case _:
                raise sheet.fault(
                    place, "items", 'an item is ["1.1", "its label"], or { number = "1.1", … }, or "1-11".'
                )


def _numbers(sheet: Sheet, place: Place, written: str) -> Iterator[str]:
    """ "1.3-1.11" is 1.3, 1.4 … 1.11; "7" is itself."""
    found = _RANGE.match(written)
    if not found:
        yield written
        return
    front, first, last = found[1], int(found[2]), int(found[3])
    if not first <= last <= first + 500:
        raise sheet.fault(place, "items", f"“{written}” is no range; write the lower number first.")
    yield from (f"{front}{number}" for number in range(first, last + 1))


def _item(sheet: Sheet, place: Place, common: dict[str, Any], content: Any, scales: tuple[Scale, ...]) -> Item:
    sheet.check(place, content, _ITEM, ("number",))
    whole = common | content
    names = tuple(scale.name for scale in scales)
    if "scale" not in whole:
        raise sheet.fault(place, "scale", f"scale is missing for item {whole['number']}. Known: {', '.join(names)}.")
    if whole.get("weight", 1) < 0:
        raise sheet.fault(
            place, "items", f"the weight of item {whole['number']} is 0 or more; 0 leaves it out of scores."
        )
    return Item(
        whole["number"],
        whole.get("label", ""),
        sheet.one_of(place, "scale", whole["scale"], names),
        Takes(sheet.one_of(place, "takes", whole.get("takes", Takes.RATING), Takes)),
        whole.get("weight", 1),
        whole.get("evidence", ""),
        whole.get("stage", ""),
        whole.get("level", ""),
        whole.get("look_for", ""),
        whole.get("asks_note", False),
        Counts(sheet.one_of(place, "counts", whole["counts"], Counts)) if "counts" in whole else None,
    )


def _part(sheet: Sheet, place: Place, content: Any, sections: list[Section]) -> Section:
    sheet.check(place, content, _PART, ("key", "title", "of", "items"))
    of = sheet.one_of(place, "of", content["of"], (section.key for section in sections))
    whole = next(section for section in sections if section.key == of)
    numbers: list[str] = []
    for each in content["items"]:
        if not isinstance(each, str):
            raise sheet.fault(place, "items", 'a part names items of its section: ["1.1-1.2", "1.5"].')
        numbers += _numbers(sheet, place, each)
    stray = next((number for number in numbers if number not in whole.items), None)
    if stray is not None:
        raise sheet.fault(place, "items", f"item {stray} is none of “{whole.title}”.")
    rule = Rule(sheet.one_of(place, "rule", content.get("rule", whole.rule), Rule))
    return Section(content["key"], content["title"], tuple(numbers), rule, of)


def _criteria(sheet: Sheet, content: dict[str, Any], keys: list[str]) -> Iterator[Criterion]:
    known = ("total", "every section", "every part", *keys)
    for place, each in _each(content, "criteria"):
        sheet.check(place, each, _CRITERION, ("title", "conditions"))
        conditions = tuple(_condition(sheet, place, one, known) for one in each["conditions"])
        yield Criterion(
            each["title"],
            conditions,
            sheet.one_of(place, "scope", each.get("scope", "national"), ("national", "state", "local")),
            each.get("source", ""),
            each.get("valid_from"),
            each.get("valid_to"),
            each.get("in_a_row", 0),
        )


def _condition(sheet: Sheet, place: Place, content: Any, known: tuple[str, ...]) -> Condition:
    if not isinstance(content, dict):
        raise sheet.fault(place, "conditions", 'a condition is { score = "total", at_least = "70" }.')
    sheet.check(place, content, _CONDITION, ("score",))
    if ("at_least" in content) == ("at_most_missed" in content):
        raise sheet.fault(place, "conditions", "a condition has either at_least or at_most_missed.")
    return Condition(
        sheet.one_of(place, "conditions", content["score"], known),
        _fraction(sheet, place, "conditions", content["at_least"]) if "at_least" in content else None,
        content.get("at_most_missed"),
    )


def _conversion(sheet: Sheet, place: Place, content: Any, keys: list[str]) -> Conversion:
    sheet.check(place, content, _CONVERSION, ("section", "to", "slope", "offset"))
    slope = _fraction(sheet, place, "slope", content["slope"])
    if not slope:
        raise sheet.fault(place, "slope", "slope cannot be 0.")
    return Conversion(
        sheet.one_of(place, "section", content["section"], keys),
        content["to"],
        slope,
        _fraction(sheet, place, "offset", content["offset"]),
    )


def _fraction(sheet: Sheet, place: Place, name: str, written: str) -> Fraction:
    """Numbers of a formula are written in quotes, so that 0.63 stays exactly that."""
    try:
        return Fraction(written)
    except (ValueError, ZeroDivisionError):
        raise sheet.fault(place, name, f'“{written}” is no number; write it as "0.63" or "70".') from None
