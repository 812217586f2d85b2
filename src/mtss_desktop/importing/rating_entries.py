"""What the rows of a file of ratings or survey answers would write: one administration for each row, or one answer for each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from mtss_desktop.base.folding import fold
from mtss_desktop.domain.facts import Verdict
from mtss_desktop.importing.findings import FileQuestion
from mtss_desktop.importing.list_plan import Entry
from mtss_desktop.importing.plan import ALREADY
from mtss_desktop.importing.rating_rows import Fit, KnownInstrument, chosen, fits, is_named, value_of
from mtss_desktop.importing.rating_totals import (
    NONE,
    PERCENT,
    POINTS,
    UNITS,
    WHICH,
    Doubtful,
    Total,
    columns_of,
    most_points,
    named_one,
    told_unit,
    total_of,
)
from mtss_desktop.importing.row_reader import RowReader


def _first_words(words: str) -> str:
    """What a file is called, where no column names its instrument."""
    return words.strip().rpartition(".")[0] or words.strip()


Cells = Mapping[str, str]
"""By the name of an item or total what is said of it."""

SEVERAL = "The items fit {names}. Which instrument is it?"
MOST_OFFERED = 6
"""Instruments a question names."""


def instrument_question(named: str) -> str:
    """What an answer about the instrument that a word of the file names is kept under."""
    return f"instrument:{fold(named)}"


def called(known: KnownInstrument) -> str:
    """An instrument's title with its version."""
    return f"{known.instrument.title} {known.instrument.version}".strip()


class Ratings(RowReader):
    """A row is one administration of one school: a column for each item."""

    surveys = False
    lines: Mapping[str, int] = {}
    """Lines of cells that stand on another one than their row's."""

    @cached_property
    def _others(self) -> tuple[str, ...]:
        mapped = {header for _, header in self.found.match.found}
        return tuple(header for header in self.found.table.columns if header not in mapped)

    @cached_property
    def _fits(self) -> tuple[Fit, ...]:
        return fits(self._others, self.known.instruments, surveys=self.surveys)

    def key(self, entry: Entry) -> tuple[object, ...]:
        return entry.place, entry.new_school, entry.instrument, entry.from_day, fold(entry.rater)

    def entry(self, row: int, line: int) -> Entry:
        base = self._begun(row, line)
        if base.verdict is not Verdict.NEW:
            return base
        return self._rated(base, self._fits, self.text("instrument", row), self._cells(row))

    def _begun(self, row: int, line: int) -> Entry:
        """Where and when, or why that cannot be said."""
        place, new_school = self.place(row)
        day = self.day("day", row)
        base = Entry(
            row, line, Verdict.NEW, "not rated yet", place=place, from_day=day, rater=self.text("rater", row)
        )  # fmt: skip
        if new_school:
            return replace(base, verdict=Verdict.QUESTION, why=f"There is no school “{new_school}” here.")
        if day is None:
            return replace(base, verdict=Verdict.PROBLEM, why="There is no date in this row.")
        return base

    def _cells(self, row: int) -> Cells:
        return {header: self.found.table.columns[header][row] for header in self._others}

    def _rated(self, base: Entry, found: tuple[Fit, ...], named: str, cells: Cells) -> Entry:
        """By the items where there are some, else by the totals."""
        words = f"{named} {self.found.sketch.file_name}"
        fit = chosen(found, words) or self._answered_fit(found, named)
        if fit is None and not found and not self.surveys:
            return self._totals(base, named, cells)
        if fit is None and found:
            titles = [called(each.known) for each in found[:MOST_OFFERED]]
            why = SEVERAL.format(names=" and ".join(titles))
            return replace(base, verdict=Verdict.QUESTION, why=self._ask_which(named, titles, why))
        if fit is None:
            return replace(base, verdict=Verdict.PROBLEM, why=NONE)
        base = replace(base, instrument=fit.known.id, title=fit.known.instrument.title)
        return self._marked(base, fit, cells)

    def _answered_fit(self, found: tuple[Fit, ...], named: str) -> Fit | None:
        answer = self.answers.get(instrument_question(named), "")
        return next((each for each in found if answer and called(each.known) == answer), None)

    def _ask_which(self, named: str, titles: Sequence[str], why: str) -> str:
        self.ask(FileQuestion(instrument_question(named), why, tuple(titles)))
        return why

    def ask(self, question: FileQuestion) -> None:
        if not any(each.key == question.key for each in self.found.questions):
            self.found.questions.append(question)

    def _totals(self, base: Entry, named: str, cells: Cells) -> Entry:
        """No items: the scores of an instrument that is named, kept as totals and never as ratings."""
        words = f"{named} {self.found.sketch.file_name}"
        known = named_one(self.known.instruments, words) or self._answered_one(named)
        if known is None:
            return self._which_total(base, named, words, cells)
        totals = []
        for header, key in columns_of(cells, known.instrument).items():
            try:
                total = self._total(header, cells[header], key, known)
            except Doubtful as doubt:
                return replace(base, verdict=Verdict.QUESTION, why=str(doubt))
            except ValueError as wrong:
                return replace(base, line=self.line_of(header, base), verdict=Verdict.PROBLEM, why=str(wrong))
            if total is not None:
                totals.append(total)
        if not totals:
            return replace(base, verdict=Verdict.PROBLEM, why=NONE)
        base = replace(base, instrument=known.id, title=known.instrument.title, totals=tuple(totals), why="totals only")
        return self._beside(base, known)

    def _answered_one(self, named: str) -> KnownInstrument | None:
        answer = self.answers.get(instrument_question(named), "")
        return next((each for each in self.known.instruments if answer and called(each) == answer), None)

    def _which_total(self, base: Entry, named: str, words: str, cells: Cells) -> Entry:
        """Several editions of an instrument that is named have totals of these names."""
        heads = f"{words} {' '.join(cells)}"
        some = [each for each in self.known.instruments if is_named(each.instrument, heads)]
        some = [each for each in some if columns_of(cells, each.instrument)]
        if not some:
            return replace(base, verdict=Verdict.PROBLEM, why=NONE)
        titles = [called(each) for each in some[:MOST_OFFERED]]
        return replace(
            base,
            verdict=Verdict.QUESTION,
            why=self._ask_which(named, titles, WHICH.format(named=named or _first_words(words))),
        )

    def _total(self, header: str, cell: str, key: str, known: KnownInstrument) -> Total | None:
        most = most_points(known.instrument, key)
        unit = self.answers.get(UNITS, "") or self.told_unit(header, most)
        try:
            return total_of(self.head(header), cell, key, most, unit)
        except Doubtful as doubt:
            self.ask(FileQuestion(UNITS, str(doubt), (PERCENT, POINTS)))
            raise

    def line_of(self, header: str, base: Entry) -> int:
        """The line of the file on which a cell of ``header`` stands."""
        return self.lines.get(header, base.line)

    def head(self, header: str) -> str:
        """The words that say whether its scores are percent or points."""
        return header

    def told_unit(self, header: str, most: int) -> str:
        """What the other cells of the column tell."""
        column = self.found.table.columns[header]
        return told_unit((header, cell, most) for cell in column.words)

    def _marked(self, base: Entry, fit: Fit, cells: Cells) -> Entry:
        marks = []
        for header, number in fit.columns.items():
            cell = cells.get(header, "")
            item = fit.known.instrument.item(number)
            try:
                values = value_of(cell, fit.known.instrument, item)
            except ValueError:
                why = f"“{cell[:40]}” is no rating of item {number}."
                return replace(base, line=self.line_of(header, base), verdict=Verdict.PROBLEM, why=why)
            if values is not None:
                marks.append((number, values))
        if not marks:
            return replace(base, verdict=Verdict.SKIPPED, why="nothing is rated in this row")
        base = replace(base, marks=tuple(marks))
        return self._beside(base, fit.known)

    def _beside(self, base: Entry, known: KnownInstrument) -> Entry:
        if base.from_day and self.known.has_rating(base.place, known.instrument.key, base.from_day, base.rater):
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
