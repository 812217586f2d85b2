"""Reads a list row by row: its cells, the person and the place it names, and whether an earlier row said the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from mtss_desktop.base.folding import fold
from mtss_desktop.domain.facts import Verdict
from mtss_desktop.importing.cleaning import CleanColumn
from mtss_desktop.importing.findings import USABLE, Understood
from mtss_desktop.importing.known_lists import KnownLists, KnownPerson
from mtss_desktop.importing.list_plan import Entry
from mtss_desktop.importing.matching import school_word
from mtss_desktop.importing.naming import split_name

ANOTHER = "a person of this name works at another place; say who with a mail address"


class RowReader:
    """Reads cells by row; one class per kind of list says what a row means."""

    def __init__(self, found: Understood, known: KnownLists, answers: Mapping[str, str] | None = None) -> None:
        self.found, self.known, self.answers = found, known, answers or {}
        self.schools = {
            school_word(text): school
            for school in known.schools
            for text in (school.name, school.short_name, *school.codes)
            if text
        }
        self.seen: dict[tuple[object, ...], int] = {}

    def entries(self) -> tuple[Entry, ...]:
        usable = np.flatnonzero(self.found.row_state == USABLE).tolist()
        return tuple(self._once(self.entry(row, int(self.found.table.lines[row]))) for row in usable)

    def entry(self, row: int, line: int) -> Entry:
        raise NotImplementedError

    def key(self, entry: Entry) -> tuple[object, ...]:
        raise NotImplementedError

    def _once(self, entry: Entry) -> Entry:
        if entry.verdict in (Verdict.QUESTION, Verdict.PROBLEM, Verdict.SKIPPED):
            return entry
        first = self.seen.setdefault(self.key(entry), entry.line)
        if first != entry.line:
            return replace(entry, verdict=Verdict.SKIPPED, why=f"the same as line {first}")
        return entry

    def text(self, means: str, row: int) -> str:
        value = self._value(means, row)
        return value if isinstance(value, str) else ""

    def number(self, means: str, row: int) -> int | None:
        value = self._value(means, row)
        return int(value) if isinstance(value, int | float) else None

    def day(self, means: str, row: int) -> date | None:
        number = self.number(means, row)
        return date.fromordinal(number) if number else None

    def _value(self, means: str, row: int) -> object:
        column: CleanColumn | None = self.found.cells.get(means)
        if column is None:
            return None
        code = int(column.column.codes[row])
        return column.values[code] if code >= 0 else None

    def person_name(self, row: int) -> tuple[str, str]:
        """(first, last)."""
        last = self.text("last_name", row)
        if last or "full_name" not in self.found.cells:
            return self.text("first_name", row), last
        family, given = split_name(self.text("full_name", row))
        return given, family

    def place(self, row: int) -> tuple[str, str]:
        """(id of the place, name of a school that is not there yet); the division where the row names none."""
        code, name = self.text("school", row), self.text("school_name", row)
        for text in (code, name):
            if text and school_word(text) in self.schools:
                return self.known.places[self.schools[school_word(text)].key], ""
        if not code and not name:
            schools = self.known.schools
            only = len(schools) == 1 and "school" not in self.found.cells and "school_name" not in self.found.cells
            return (self.known.places[schools[0].key] if only else self.known.home), ""
        return "", name or code

    def who(self, first: str, last: str, email: str, place: str) -> tuple[KnownPerson | None, bool]:
        """(the known person, several fit): by mail address, else by name, nearest place first."""
        if email:
            same = [each for each in self.known.people if each.email and fold(each.email) == fold(email)]
            if len(same) == 1:
                return same[0], False
        wanted = fold(f"{first} {last}")
        named = [each for each in self.known.people if fold(each.name) == wanted and not each.left]
        named = [each for each in named if not (email and each.email and fold(each.email) != fold(email))]
        near = [each for each in named if each.place == place]
        if len(near) == 1 or len(named) == 1:
            return (near or named)[0], False
        return None, bool(named)
