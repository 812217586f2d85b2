"""What the rows of a file of ratings or survey answers would write: one administration for each row, or one answer for each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

import numpy as np

from mtss_desktop.domain.facts import Verdict
from mtss_desktop.importing.findings import Understood
from mtss_desktop.importing.known_lists import KnownLists
from mtss_desktop.importing.list_plan import Entry, ListPlan
from mtss_desktop.importing.plan import ALREADY
from mtss_desktop.importing.rating_rows import Fit, KnownInstrument, chosen, fits, is_named, value_of
from mtss_desktop.importing.rating_totals import NONE, WHICH, columns_of, most_points, named_one, total_of
from mtss_desktop.importing.row_reader import RowReader

SEVERAL = "The items fit {names}. Name the instrument in a column “Instrument”."


class Ratings(RowReader):
    """A row is one administration of one school: a column for each item."""

    surveys = False

    @cached_property
    def _others(self) -> tuple[str, ...]:
        mapped = {header for _, header in self.found.match.found}
        return tuple(header for header in self.found.table.columns if header not in mapped)

    @cached_property
    def _fits(self) -> tuple[Fit, ...]:
        return fits(self._others, self.known.instruments, surveys=self.surveys)

    def key(self, entry: Entry) -> tuple[object, ...]:
        return entry.place, entry.new_school, entry.instrument, entry.from_day

    def entry(self, row: int, line: int) -> Entry:
        place, new_school = self.place(row)
        day = self.day("day", row)
        base = Entry(
            row, line, Verdict.NEW, "not rated yet", place=place, from_day=day, rater=self.text("rater", row)
        )  # fmt: skip
        named = f"{self.text('instrument', row)} {self.found.sketch.file_name}"
        if new_school:
            return replace(base, verdict=Verdict.QUESTION, why=f"There is no school “{new_school}” here.")
        if day is None:
            return replace(base, verdict=Verdict.PROBLEM, why="There is no date in this row.")
        fit = chosen(self._fits, named)
        if fit is None and not self._fits and not self.surveys:
            return self._totals(base, named, row)
        if fit is None:
            return replace(base, verdict=Verdict.PROBLEM, why=self._why_not())
        return self._marked(replace(base, instrument=fit.known.id, title=fit.known.instrument.title), fit, row)

    def _totals(self, base: Entry, named: str, row: int) -> Entry:
        """A row without items: the scores of an instrument that is named, kept as totals and never as ratings."""
        known = named_one(self.known.instruments, named)
        if known is None:
            heads = " ".join(self.found.table.columns)
            some = any(is_named(each.instrument, f"{named} {heads}") for each in self.known.instruments)
            return replace(base, verdict=Verdict.PROBLEM, why=WHICH if some else NONE)
        totals = []
        for header, key in columns_of(self._others, known.instrument).items():
            cell = self.found.table.columns[header][row]
            try:
                total = total_of(header, cell, key, most_points(known.instrument, key))
            except ValueError as wrong:
                return replace(base, verdict=Verdict.PROBLEM, why=str(wrong))
            if total is not None:
                totals.append(total)
        if not totals:
            return replace(base, verdict=Verdict.PROBLEM, why=NONE)
        base = replace(base, instrument=known.id, title=known.instrument.title, totals=tuple(totals), why="totals only")
        return self._beside(base, known)

    def _why_not(self) -> str:
        if not self._fits:
            return NONE
        titles = [f"{each.known.instrument.title} {each.known.instrument.version}" for each in self._fits[:3]]
        return SEVERAL.format(names=" and ".join(titles))

    def _marked(self, base: Entry, fit: Fit, row: int) -> Entry:
        marks = []
        for header, number in fit.columns.items():
            item = fit.known.instrument.item(number)
            cell = self.found.table.columns[header][row]
            try:
                values = value_of(cell, fit.known.instrument, item)
            except ValueError:
                return replace(base, verdict=Verdict.PROBLEM, why=f"“{cell[:40]}” is no rating of item {number}.")
            if values is not None:
                marks.append((number, values))
        if not marks:
            return replace(base, verdict=Verdict.SKIPPED, why="nothing is rated in this row")
        base = replace(base, marks=tuple(marks))
        return self._beside(base, fit.known)

    def _beside(self, base: Entry, known: KnownInstrument) -> Entry:
        if (base.place, known.instrument.key, base.from_day) in self.known.rated:
            return replace(base, verdict=Verdict.UNCHANGED, why=ALREADY)
        return base


class Answers(Ratings):
    """A row is what one person answered. Names, addresses and the time of day stay in the file."""

    surveys = True

    def key(self, entry: Entry) -> tuple[object, ...]:
        return (entry.row,)

    def entry(self, row: int, line: int) -> Entry:
        made = super().entry(row, line)
        return replace(made, rater="", comment=self.text("comment", row)) if made.marks else made


def shuffled(entries: Iterable[Entry]) -> list[Entry]:
    """In an order that has nothing to do with who answered first."""
    return sorted(entries, key=lambda each: hashlib.sha256(repr((each.marks, each.comment)).encode()).hexdigest())


def plan_ratings(found: Understood, known: KnownLists) -> ListPlan:
    """A verdict for every row of a file of ratings or answers."""
    maker = Answers if found.match.profile.takes == "answers" else Ratings
    entries = () if found.nothing else maker(found, known).entries()
    names = {known.places[school.key]: school.short_name or school.name for school in known.schools}
    return ListPlan(found, entries, names, np.zeros(len(entries), dtype=bool))
