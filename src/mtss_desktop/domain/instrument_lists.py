"""A list of one's own, read from the rows of a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mtss_desktop.domain.instrument_drafts import Typed


@dataclass(frozen=True)
class ReadList:
    """Lines of a list as items; ``unread`` are lines that hold text and no label, as (line, text)."""

    items: tuple[Typed, ...]
    unread: tuple[tuple[int, str], ...] = ()


_HEADERS: Mapping[str, tuple[str, ...]] = {
    "section": ("section", "category", "domain", "area", "part", "component", "strand", "heading"),
    "number": ("number", "no", "#", "item number", "item no", "nr", "code"),
    "label": (
        "label",
        "item",
        "short label",
        "indicator",
        "look-for",
        "lookfor",
        "look fors",
        "look-fors",
        "practice",
        "title",
        "name",
    ),
    "look_for": (
        "look for",
        "description",
        "what to look for",
        "definition",
        "details",
        "example",
        "examples",
        "observable",
    ),
    "evidence": ("evidence", "source", "sources", "data source", "where seen", "artifacts", "what counts as evidence"),
    "stage": ("stage", "phase"),
    "level": ("level", "who", "school or division"),
}


def read_rows(rows: Sequence[Sequence[str]]) -> ReadList:
    """Items from the rows of a table: by its header words where it has some, else label, look-for, evidence in this order.

    A row with text in its first cell alone, ending in a colon or written in capitals, is the section of those after it.
    """
    cleaned = [[" ".join(cell.split()) for cell in row] for row in rows]
    columns, first = _columns(cleaned)
    items: list[Typed] = []
    unread: list[tuple[int, str]] = []
    section = ""
    for line, row in enumerate(cleaned, 1):
        if line <= first or not any(row):
            continue
        if _is_heading(row, columns):
            section = next(cell for cell in row if cell).rstrip(":")
            continue
        facts = {name: row[place] for name, place in columns.items() if place < len(row)}
        label, number = _numbered_label(facts.get("label", ""), facts.get("number", ""))
        if not label and facts.get("look_for"):
            label, facts["look_for"] = facts["look_for"], ""
        if not label:
            unread.append((line, " · ".join(cell for cell in row if cell)))
            continue
        facts |= {"label": label, "number": number, "section": facts.get("section") or section}
        section = facts["section"]
        items.append(Typed(**facts))
    return ReadList(tuple(items), tuple(unread))


def _columns(rows: Sequence[Sequence[str]]) -> tuple[dict[str, int], int]:
    """Where each fact stands, and the line of the header (0: there is none). A header is looked for in the first ten lines."""
    for line, row in enumerate(rows[:10], 1):
        found: dict[str, int] = {}
        for place, cell in enumerate(row):
            name = next((name for name, words in _HEADERS.items() if cell.casefold().strip(" :*.") in words), "")
            if name and name not in found:
                found[name] = place
        if len(found) >= 2 or (len(found) == 1 and len([cell for cell in row if cell]) == 1 and "label" in found):
            if "label" not in found and "look_for" in found:
                found["label"] = found.pop("look_for")
            if "label" in found:
                return found, line
    width = max((len(row) for row in rows), default=0)
    return {name: place for place, name in enumerate(("label", "look_for", "evidence")) if place < max(width, 1)}, 0


def _is_heading(row: Sequence[str], columns: Mapping[str, int]) -> bool:
    filled = [cell for cell in row if cell]
    if len(filled) != 1 or ("section" in columns and row[columns["section"]] == filled[0]):
        return (
            len(filled) == 1
            and "section" in columns
            and len(row) > columns["section"]
            and bool(row[columns["section"]])
        )
    return filled[0].endswith(":") or (filled[0].isupper() and len(filled[0]) > 3)


def _numbered_label(label: str, number: str) -> tuple[str, str]:
    """ "1.2 Rules are posted" is label and number where the number has no column of its own; bullets are dropped."""
    found = re.match(r"^\s*(?:[-*•–]\s+|(?P<number>[A-Za-z]?\d+(?:\.\d+)*)[.):]?\s+)(?P<label>.+)$", label)
    if not found or number:
        return label, number
    return found["label"], found["number"] or ""
