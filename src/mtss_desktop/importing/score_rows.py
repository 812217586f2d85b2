"""The scores of a file: one for a row, or several beside one another; when they are from, and the goals that stand beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mtss_desktop.base.folding import fold
from mtss_desktop.domain.people import school_year_of
from mtss_desktop.importing import season_years
from mtss_desktop.importing.cleaning import (
    NONE,
    Asked,
    CleanColumn,
    Trouble,
    clean,
)
from mtss_desktop.importing.columns import Codes, Column, Numbers, alike, empty, group, same, stack
from mtss_desktop.importing.day_columns import days_of_heads
from mtss_desktop.importing.encoding import LOST
from mtss_desktop.importing.file_rows import PART_CLEANERS, FileRows
from mtss_desktop.importing.findings import (
    PROBLEM,
    QUESTION,
    SKIPPED,
    USABLE,
    FileQuestion,
)
from mtss_desktop.importing.measure_names import MEASURE, USUAL, measure_named
from mtss_desktop.importing.profile import ColumnRule
from mtss_desktop.importing.row_texts import first_of, has_code, joined
from mtss_desktop.importing.season_years import short_year, single_year
from mtss_desktop.importing.vocabulary import plain, vocabulary
from mtss_desktop.importing.wide import WideScore, spaced


class ScoreRows(FileRows):
    """Scores, one a row."""

    def entries(self) -> None:
        self._years_of_terms()
        self.scores()
        found, source = self.found, self.found.source
        found.whole["grade"] = self.whole("grade")[source]
        found.whole["official"] = self.whole("official", 1)[source]
        taken_on = found.whole["taken_on"]
        year = np.where(found.whole["year"] == NONE, self.whole("year")[source], found.whole["year"])
        self._season_of_file(taken_on)
        undated = (found.words["window"].codes < 0) & (taken_on == NONE)
        self.lack_entries(undated, "There is neither a date nor a season in this row.")
        found.whole["year"] = self.years(year, taken_on)
        self._goals()

    def present_year(self) -> int:
        """The last school year in which the seasons or months of the file have come."""
        year, column = school_year_of(self.today), self.found.words["window"]
        used = {column.words[code] for code in np.unique(column.codes).tolist() if code >= 0}
        begins = [begun for word in used if (begun := season_years.begins_on(word, year)) is not None]
        return year - 1 if any(day > self.today for day in begins) else year

    def _years_of_terms(self) -> None:
        """A column of seasons such as “Spring 2025” tells the school year, too, where no column does."""
        header = self.match.header("window")
        if not header or "year" in self.cleaned:
            return
        column = self.found.table.columns[header]
        if not any(re.search(r"\d\d", word) for word in column.words):
            return
        options = self.habits.options(header, "year of a term", {})
        cleaned = clean(header, column, "year of a term", Asked(self.today, options, self.answers))
        values = [None if isinstance(each, Trouble) and not each.question else each for each in cleaned.values]
        self.cleaned["year"] = CleanColumn(header, column, tuple(values))
        self.mark_troubles(self.cleaned["year"])

    def _season_of_file(self, taken_on: Codes) -> None:
        """A file whose rows carry neither a date nor a season is about one season: a person says which, once."""
        found = self.found
        told = [self.cleaned[means] for means in ("taken_on", "window") if means in self.cleaned]
        if any(value is not None for column in told for value in column.values) or self.match.dated:
            return
        if not len(found.source) or (taken_on != NONE).any() or (found.words["window"].codes >= 0).any():
            return
        season = self.answers.get("window", "")
        named = season_years.season_named(self.sketch.sheet) or season_years.season_named(self.sketch.file_name)
        if named and not season:
            where = "sheet" if season_years.season_named(self.sketch.sheet) else "file"
            found.assumed.append(f"The rows name no season; {named} is taken from the name of the {where}.")
        if season or named:
            found.words["window"] = same(season or named, len(found.source))
            return
        text = "Neither a date nor a season stands in this file. Which season are its scores from?"
        perhaps = season_years.season_perhaps(self.sketch.sheet) or season_years.season_perhaps(self.sketch.file_name)
        choices = tuple(dict.fromkeys((*filter(None, [perhaps]), "Fall", "Winter", "Spring")))
        found.questions.append(FileQuestion("window", text, choices))
        found.mark_rows(QUESTION, np.flatnonzero(found.row_state == USABLE), "Which season is this score from?")

    def scores(self) -> None:
        """One score a row."""
        found = self.found
        found.whole["taken_on"], found.whole["year"] = self.whole("taken_on"), self.whole("year")
        found.words["window"], found.numbers["error"] = self.texts("window"), self.numbers("error")
        value = self.cleaned.get("value")  # a file may have levels and no scores
        found.numbers["value"] = self.numbers("value")
        found.words["note"] = value.notes() if value is not None else empty(found.rows)
        found.numbers["percentile"] = self.numbers("percentile")
        found.words["level"] = self.texts("level")
        nothing = np.isnan(found.numbers["value"]) & (found.words["note"].codes < 0) & (found.words["level"].codes < 0)
        found.mark_rows(SKIPPED, np.flatnonzero(nothing & (found.row_state == USABLE)), "no score in this row")
        found.words["measure"] = self._measure_names()
        self._lost_names(found.words["measure"])

    def _lost_names(self, names: Column) -> None:
        """A test whose name lost a letter would become another test."""
        lost = np.asarray([*(LOST in word for word in names.words), False])[names.codes]
        why = "A letter of the test’s name was lost. Export the file again."
        self.found.mark_rows(PROBLEM, np.flatnonzero(lost & (self.found.row_state == USABLE)), why)

    def _measure_names(self) -> Column:
        rule, names = self.match.profile.rule("measure"), self.texts("measure")
        if self.match.profile.measure and not self.match.header("measure"):
            return same(self.match.profile.measure, self.found.rows)
        if rule is None:
            return names
        if self.match.profile.plain:
            return self._named_by_several(rule, names)
        for header in self.with_(rule):
            names = joined(names, self.found.table.columns[header], str(rule.options.get("join", " ")))
        before = str(rule.options.get("before", ""))
        return names.mapped(lambda name: before + name) if before else names

    def _named_by_several(self, rule: ColumnRule, names: Column) -> Column:
        """Where several columns name the test (aimswebPlus, Oral Reading Fluency), all of them do; a subject only where it tells apart."""
        for header in self.with_(rule):
            column = self.found.table.columns[header]
            if header in self.beside(rule) and not _tells_apart(names, column):
                continue
            names = joined(names, column, ", ", once=True)
        return names

    def _goals(self) -> None:
        if not all(f"goal_{part}" in self.cleaned for part in ("from", "to", "start", "end")):
            return
        found = self.found
        found.whole["goal_from"], found.whole["goal_to"] = self.whole("goal_from"), self.whole("goal_to")
        found.numbers["goal_start"], found.numbers["goal_end"] = self.numbers("goal_start"), self.numbers("goal_end")
        backward = (found.whole["goal_from"] >= found.whole["goal_to"]) & (found.whole["goal_to"] != NONE)
        found.mark_rows(
            PROBLEM, np.flatnonzero(backward), "The goal ends before it begins.", self.match.header("goal_to")
        )


class WideRows(ScoreRows):
    """Several scores in a row, of tests, days, seasons and years that stand in the headers."""

    _days: Mapping[str, int] = {}
    """Headers that are days → the day."""

    def _season_years(self) -> None:
        """Where headers such as “ORF Spring 2025” can be meant either way, the rows wait until a person says how."""
        headers = [next(iter(each.parts.values())) for each in self.match.wide]
        seasons = [
            (each.window, year)
            for each, header in zip(self.match.wide, headers, strict=True)
            if each.year and (year := single_year(spaced(header)))
        ]
        how = self.habits.season_year("", season_years.told(seasons), headers)
        if how == season_years.BEGINS:
            self._years_of_headers(headers, single_year, how)
        short = [
            (each.window, each.year) for each, h in zip(self.match.wide, headers, strict=True) if short_year(spaced(h))
        ]
        if season_years.short_by_calendar(short):
            self._years_of_headers(headers, short_year, season_years.CALENDAR)
        if how == season_years.ASK:
            self.wait("Is this the year of the calendar or of the school? Nothing in the file tells.")

    def _years_of_headers(self, headers: Sequence[str], year_in: Callable[[str], int], how: str) -> None:
        """The scores of single years that headers name, in the school years they are meant as."""
        wide = tuple(
            replace(each, year=season_years.school_year(each.window, year, how))
            if each.year and (year := year_in(spaced(header)))
            else each
            for each, header in zip(self.match.wide, headers, strict=True)
        )
        self.match = replace(self.match, wide=wide)

    def scores(self) -> None:
        """One entry per row and score that has a value, a level or a reason for none."""
        found = self.found
        self._season_years()
        self._days = days_of_heads(self)
        parts = [part for each in self.match.wide if len((part := self._part(each)).rows)]
        found.source = np.concatenate([p.rows for p in parts]) if parts else np.empty(0, dtype=np.int64)
        found.entry_state = np.concatenate([p.state for p in parts]) if parts else np.empty(0, dtype=np.int64)
        for name in ("value", "percentile", "error"):
            found.numbers[name] = np.concatenate([getattr(p, name) for p in parts]) if parts else np.empty(0)
        for name in ("taken_on", "year"):
            found.whole[name] = np.concatenate([getattr(p, name) for p in parts]) if parts else found.source.copy()
        for name in ("measure", "level", "note", "window"):
            found.words[name] = stack([getattr(p, name) for p in parts])
        self._measure_of_file()
        self._suffix()
        without = np.ones(found.rows, dtype=bool)
        without[found.source] = False
        found.mark_rows(SKIPPED, np.flatnonzero(without & (found.row_state == USABLE)), "no score in this row")

    def _measure_of_file(self) -> None:
        """Scores of a test that no head and no column names."""
        found = self.found
        nameless = found.words["measure"].codes < 0
        if not nameless.any():
            return
        name = self.answers.get(MEASURE, "")
        if not name and (name := measure_named((self.sketch.sheet, *self.sketch.titles, self.sketch.file_name))):
            found.assumed.append(f"No column names the test; it is read as “{name}”, from a title or name.")
        if name:
            found.words["measure"] = first_of(found.words["measure"], same(name, len(nameless)))
            return
        self.ask(FileQuestion(MEASURE, "Which test are these scores of?", USUAL))
        self.wait("Which test is this score of?")

    def _suffix(self) -> None:
        """A word of the row, such as a language other than the usual one, belongs to the measure."""
        unpivot = self.match.profile.unpivot
        header = self.there.find(unpivot.suffix) if unpivot is not None else ""
        if unpivot is None or header not in self.found.table.columns:
            return
        usual = {plain(word) for word in unpivot.suffix_unless}
        words = self.found.table.columns[header].mapped(lambda w: None if plain(w) in usual else f"({w.strip()})")
        self.found.words["measure"] = joined(self.found.words["measure"], words.take(self.found.source), " ")

    def _part(self, score: WideScore) -> _Part:
        columns = {part: self._part_clean(part, score) for part in score.parts}
        rows = self.found.rows
        value, level, percentile = columns.get("value"), columns.get("level"), columns.get("percentile")
        values = value.numbers() if value else np.full(rows, np.nan)
        levels = level.texts() if level else empty(rows)
        note = value.notes() if value else empty(rows)
        if percentile is not None:
            note = first_of(note, percentile.notes())
        states = np.zeros(rows, dtype=np.int64)
        for column in columns.values():
            states = np.maximum(states, self._part_states(column))
        there = ~np.isnan(values) | (note.codes >= 0) | (levels.codes >= 0) | (states > USABLE)
        keep = np.flatnonzero(there & (self.found.row_state != SKIPPED))
        taken_on = columns["taken_on"].whole() if "taken_on" in columns else self.whole("taken_on")
        if score.dated:
            taken_on = alike(self._days.get(score.parts["value"], NONE), rows)
        window = same(score.window, len(keep)) if score.window else self.texts("window").take(keep)
        return _Part(
            keep,
            states[keep],
            values[keep],
            (percentile.numbers() if percentile else np.full(rows, np.nan))[keep],
            (columns["error"].numbers() if "error" in columns else self.numbers("error"))[keep],
            taken_on[keep],
            np.full(len(keep), score.year or NONE, dtype=np.int64),
            same(score.measure, len(keep)) if score.measure else self.texts("measure").take(keep),
            levels.take(keep),
            note.take(keep),
            window,
        )

    def _part_clean(self, part: str, score: WideScore) -> CleanColumn:
        header, profile = score.parts[part], self.match.profile
        cleaner = PART_CLEANERS[part]
        column = self.found.table.columns[header]
        options = self.habits.options(header, cleaner, {**score.options, "levels": profile.levels})
        if part == "level" and profile.unpivot is not None:
            options["before"] = profile.unpivot.level_before
        return clean(header, column, cleaner, Asked(self.today, options, self.answers))

    def _part_states(self, column: CleanColumn) -> Codes:
        states = np.zeros(self.found.rows, dtype=np.int64)
        for question in (False, True):
            codes = {code: t for code, t in column.troubles().items() if t.question is question}
            if codes:
                rows = np.flatnonzero(has_code(column.column, codes) & (self.found.row_state != SKIPPED))
                self.add_finding(rows, column, codes, question=question)
                states[rows] = np.maximum(states[rows], QUESTION if question else PROBLEM)
        return states


def _tells_apart(names: Column, column: Column) -> bool:
    """Does one test stand beside different words?"""
    filled = column.mapped(lambda word: None if plain(word) in vocabulary().missing else fold(word))
    there = filled.codes >= 0
    pairs, _ = group(names.codes[there], filled.codes[there])
    return len(np.unique(pairs)) > len(np.unique(names.codes[there]))


@dataclass(frozen=True)
class _Part:
    """The entries of one score of a wide row."""

    rows: Codes
    state: Codes
    value: Numbers
    percentile: Numbers
    error: Numbers
    taken_on: Codes
    year: Codes
    measure: Column
    level: Column
    note: Column
    window: Column
