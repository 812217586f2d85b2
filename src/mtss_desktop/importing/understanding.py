"""A recognized file's cells → what they mean: one entry per fact the file brings, still in the file's own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from mtss_desktop.base.progress import Progress
from mtss_desktop.domain.people import school_year_of
from mtss_desktop.importing import deliveries, season_years
from mtss_desktop.importing.cleaning import (
    NONE,
    Asked,
    CleanColumn,
    Note,
    Trouble,
    clean,
)
from mtss_desktop.importing.columns import Codes, Column, Numbers, alike, empty, same, stack
from mtss_desktop.importing.families import overlooked
from mtss_desktop.importing.findings import (
    ID_KINDS,
    PROBLEM,
    QUESTION,
    SKIPPED,
    USABLE,
    FileQuestion,
    Finding,
    Understood,
)
from mtss_desktop.importing.habits import ENCODING, Habits, cleaners_of
from mtss_desktop.importing.headers import headers
from mtss_desktop.importing.kinds import look_at
from mtss_desktop.importing.naming import split_name
from mtss_desktop.importing.profile import FACTS, LISTS, RATED, ColumnRule, SkipRule
from mtss_desktop.importing.reading import Sketch, Table, is_remark, take
from mtss_desktop.importing.recognize import Match, period_headers
from mtss_desktop.importing.season_years import short_year, single_year
from mtss_desktop.importing.vocabulary import plain, vocabulary
from mtss_desktop.importing.wide import WideScore, spaced

_CALLED = {
    "day": "date",
    "taken_on": "date",
    "value": "score",
    "local_id": "student id",
    "window": "season",
    "year": "school year",
}


def understand(
    sketch: Sketch,
    match: Match,
    *,
    today: date,
    progress: Progress,
    answers: Mapping[str, str] | None = None,
    others: Mapping[str, Sketch] | None = None,
) -> Understood:
    """Reads the columns the profile maps and cleans them. ``answers`` are to ``FileQuestion`` keys.

    An encoding that was told has to stand in the sketch (``look_again``). ``others`` are files of the same delivery by the key of
    their profile, for what the profile joins.
    """
    return _Reader(sketch, match, today, progress, answers or {}, others or {}).read()


class _Reader:
    def __init__(
        self,
        sketch: Sketch,
        match: Match,
        today: date,
        progress: Progress,
        answers: Mapping[str, str],
        others: Mapping[str, Sketch],
    ) -> None:
        self.sketch, self.match, self.today, self.answers, self.progress = sketch, match, today, answers, progress
        self.others = others
        self.there = headers(deliveries.all_names(sketch, match.profile, others))
        self.cleaned: dict[str, CleanColumn] = {}
        self.habits: Habits

    def read(self) -> Understood:
        why = self.match.profile.why if self.match.profile.takes not in FACTS | LISTS else ""
        why = why or deliveries.lacks(self.match.profile, self.sketch, self.others)
        table = self._lines_alone() if why else self._table()
        rows = len(table)
        self.progress.step("Checking the values", 0, rows, "rows")
        self.found = Understood(
            self.sketch,
            self.match,
            table,
            source=np.arange(rows, dtype=np.int64),
            row_state=np.zeros(rows, dtype=np.int64),
            entry_state=np.zeros(rows, dtype=np.int64),
        )
        if why:
            return self._nothing(why)
        parts = [(header, _PART_CLEANERS[part]) for each in self.match.wide for part, header in each.parts.items()]
        cleaners = cleaners_of(self.match.profile, self.match.found, parts)
        self.habits = Habits(self.match.profile, table.columns, cleaners, self.answers, self._ask, self.today)
        self._faults_of_reading()
        self._letters_in_doubt()
        self.found.assumed += [*self.sketch.noted, *table.noted, *self._doubles(), *self._overlooked()]
        for skip in self.match.profile.skip:
            self._skip(skip)
        for rule in self.match.profile.columns:
            self._clean(rule)
        if self.match.profile.takes in LISTS:
            return self._list()
        self._who_and_where()
        {"scores": self._scores, "students": self._students, "incidents": self._incidents, "absences": self._absences}[
            self.match.profile.takes
        ]()
        return self.found

    def _table(self) -> Table:
        names = [*self._headers(), *deliveries.own_headers(self.sketch, self.match.profile)]
        if self.match.profile.takes in RATED:
            names += [name for name in self.sketch.names if name not in self.sketch.never_read]
        table = take(self.sketch, list(dict.fromkeys(names)), self.progress)
        return deliveries.joined(table, self.sketch, self.match.profile, self.others, self._headers(), self.progress)

    def _lines_alone(self) -> Table:
        """How many rows there are, and none of their cells."""
        counted = next((name for name in self.sketch.names if name not in self.sketch.never_read), "")
        table = take(self.sketch, [counted], self.progress)
        lines = table.lines
        if self.match.profile.shape and self.sketch.header_line:  # what was taken for its header is a row
            lines = np.concatenate([np.asarray([self.sketch.header_line]), lines])
        return Table({}, lines)

    def _list(self) -> Understood:
        """A list of people, teams, places or days: its cells by meaning, for each row."""
        found = self.found
        found.cells = dict(self.cleaned)
        found.first_name = found.last_name = found.school = found.school_name = empty(found.rows)
        return found

    def _nothing(self, why: str) -> Understood:
        """A layout with nothing to take: its rows are counted, none is kept."""
        found = self.found
        found.nothing = why
        found.source = np.empty(0, dtype=np.int64)
        found.entry_state = np.empty(0, dtype=np.int64)
        found.first_name = found.last_name = found.school = found.school_name = empty(found.rows)
        found.mark_rows(SKIPPED, np.arange(found.rows, dtype=np.int64), why)
        return found

    # Columns -------------------------------------------------------------------------------------------------------------

    def _headers(self) -> list[str]:
        profile = self.match.profile
        names = [header for _, header in self.match.found]
        for rule in profile.columns:
            names += self._with(rule)
        for each in self.match.wide:
            names += each.parts.values()
        if profile.unpivot is not None:
            names.append(self.there.find(profile.unpivot.suffix))
        names += [self.there.find(skip.names, loose=False) for skip in profile.skip]
        names += period_headers(profile, self.there)
        return [name for name in dict.fromkeys(names) if name]

    def _with(self, rule: ColumnRule) -> list[str]:
        """Headers whose texts belong to the rule's own one."""
        found = [self.there.find([str(name)], loose=False) for name in rule.options.get("with", ())]
        return [header for header in found if header]

    def _skip(self, rule: SkipRule) -> None:
        """Rows the layout leaves out."""
        column = self.found.table.columns.get(self.there.find(rule.names, loose=False))
        if column is None:
            return
        wanted = {plain(word) for word in rule.when or rule.unless}
        out = [_is_left_out(plain(word), rule, wanted) for word in column.words]
        rows = np.flatnonzero(np.asarray([*out, bool(rule.unless)])[column.codes])
        rows = rows[self.found.row_state[rows] == USABLE]
        self.found.mark_rows(SKIPPED, rows, rule.why)
        if rule.removes:
            self.found.removed = np.concatenate([self.found.removed, rows])

    def _faults_of_reading(self) -> None:
        table, found = self.found.table, self.found
        for fault in table.faults:
            found.mark_rows(PROBLEM, np.asarray([fault.row], dtype=np.int64), fault.message, fault.column)
        for row, why in table.skipped:
            found.mark_rows(SKIPPED, np.asarray([row], dtype=np.int64), why)
        filled = np.zeros(len(table), dtype=np.int64)
        for column in table.columns.values():
            there = np.asarray([*(bool(word.strip()) for word in column.words), False])
            filled += there[column.codes]
        found.mark_rows(SKIPPED, np.flatnonzero(filled == 0), "nothing in this row")
        alone = [row for row in np.flatnonzero(filled == 1).tolist() if self._is_remark(row)]
        found.mark_rows(SKIPPED, np.asarray(alone, dtype=np.int64), "a line between the rows of the table")

    def _is_remark(self, row: int) -> bool:
        return any(is_remark(column[row]) for column in self.found.table.columns.values())

    def _doubles(self) -> list[str]:
        """Headers of columns that are read and that come more than once."""
        read = dict.fromkeys(header for _, header in self.match.found)
        count = {header: 1 + sum(f"{header} ({n})" in self.sketch.names for n in range(2, 10)) for header in read}
        return [
            f"{count[header]} columns are called “{header}”; the first of them was read."
            for header in read
            if count[header] > 1 and not {f"{header} (2)"} & set(read)
        ]

    def _overlooked(self) -> list[str]:
        """Wide columns that look like scores and have a word where the others have their season."""
        unpivot = self.match.profile.unpivot
        if unpivot is None or unpivot.windows:
            return []
        read = set(self._headers()) | set(self.sketch.never_read)
        free = tuple(name for name in self.sketch.names if name not in read)
        found = overlooked(unpivot, self.match.wide, free, lambda name: look_at(self.sketch.sample_of(name)))
        if not found:
            return []
        names = ", ".join(f"“{name}”" for name in found[:3])
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        verb = "names" if len(found) == 1 else "name"
        return [f"{names}{more} {verb} no season that is known and stays out; say what the columns mean to take it in."]

    def _letters_in_doubt(self) -> None:
        """Rows whose letters look wrong wait until a person says which encoding the file has."""
        encodings, found = self.sketch.encodings, self.found
        if not encodings:
            return
        text = "The letters beyond A to Z in this file look wrong. In which encoding was it saved?"
        found.questions.append(FileQuestion(ENCODING, text, encodings))
        marked = np.zeros(found.rows, dtype=bool)
        for column in found.table.columns.values():
            marked |= np.asarray([*(not word.isascii() for word in column.words), False])[column.codes]
        rows = np.flatnonzero(marked & (found.row_state == USABLE))
        found.mark_rows(QUESTION, rows, "Some letters of this row look wrong. In which encoding was the file saved?")

    def _clean(self, rule: ColumnRule) -> None:
        header = self.match.header(rule.means)
        if not header:
            return
        column = self.found.table.columns[header]
        options = self.habits.options(header, rule.cleaner, rule.options)
        options["profile"] = self.match.profile.key
        cleaned = clean(header, column, rule.cleaner, Asked(self.today, options, self.answers))
        self.cleaned[rule.means] = cleaned
        self._mark_troubles(cleaned)
        if rule.cleaner == "grade" and rule.needed:
            without = np.asarray([isinstance(value, Note) for value in cleaned.values] + [False])[column.codes]
            rows = np.flatnonzero(without & (self.found.row_state == USABLE))
            self.found.mark_rows(SKIPPED, rows, "a grade beyond PK to 12, as was answered", header, column.take(rows))
        if rule.needed:
            lacking = np.asarray([value is None for value in cleaned.values] + [True])[column.codes]
            if rule.means == "value":
                rows = np.flatnonzero(lacking & (self.found.row_state == USABLE))
                self.found.mark_rows(SKIPPED, rows, "no score in this row")
                return
            self._lack(
                lacking, f"There is no {_CALLED.get(rule.means, rule.means.replace('_', ' '))} in this row.", header
            )

    def _ask(self, question: FileQuestion) -> None:
        if not any(each.key == question.key for each in self.found.questions):
            self.found.questions.append(question)

    def _mark_troubles(self, cleaned: CleanColumn) -> None:
        troubles = cleaned.troubles()
        for question in (False, True):
            codes = {code: trouble for code, trouble in troubles.items() if trouble.question is question}
            if codes:
                rows = np.flatnonzero(_has_code(cleaned.column, codes))
                rows = rows[self.found.row_state[rows] != SKIPPED]
                self._add_finding(rows, cleaned, codes, question=question)
                state = QUESTION if question else PROBLEM
                self.found.row_state[rows] = np.maximum(self.found.row_state[rows], state)

    def _add_finding(self, rows: Codes, cleaned: CleanColumn, codes: Mapping[int, Trouble], *, question: bool) -> None:
        messages = {code: trouble.message for code, trouble in codes.items()}
        column = cleaned.column.take(rows)
        state = QUESTION if question else PROBLEM
        ask = next((trouble.ask for trouble in codes.values() if trouble.ask), "")
        self.found.findings.append(Finding(state, rows, cleaned.header, column, messages, ask))

    def _lack(self, lacking: Codes, message: str, header: str = "") -> None:
        rows = np.flatnonzero(lacking & (self.found.row_state == USABLE))
        column = self.found.table.columns[header].take(rows) if header else None
        self.found.mark_rows(PROBLEM, rows, message, header, column)

    def _texts(self, means: str) -> Column:
        cleaned = self.cleaned.get(means)
        return cleaned.texts() if cleaned is not None else empty(self.found.rows)

    def _whole(self, means: str, default: int = NONE) -> Codes:
        cleaned = self.cleaned.get(means)
        if cleaned is None:
            return alike(default, self.found.rows)
        values = cleaned.whole()
        return values if default == NONE else np.where(values == NONE, default, values)

    def _numbers(self, means: str) -> Numbers:
        cleaned = self.cleaned.get(means)
        return cleaned.numbers() if cleaned is not None else alike(np.nan, self.found.rows)

    # Who and where --------------------------------------------------------------------------------------------------------

    def _who_and_where(self) -> None:
        found = self.found
        for kind in ID_KINDS:
            if f"{kind}_id" in self.cleaned:
                found.ids[kind] = self._texts(f"{kind}_id")
        found.birth_day = self._whole("birth_date")
        found.last_name, found.first_name = self._texts("last_name"), self._texts("first_name")
        if "full_name" in self.cleaned and "last_name" not in self.cleaned:
            full = self._texts("full_name")
            found.last_name = full.mapped(lambda name: split_name(name)[0])
            found.first_name = full.mapped(lambda name: split_name(name)[1])
        found.school, found.school_name = self._texts("school"), self._texts("school_name")
        nobody = np.ones(found.rows, dtype=bool)
        for column in (*found.ids.values(), found.last_name):
            nobody &= column.codes < 0
        self._lack(nobody, "Nothing in this row says which student it is about.")
        named = np.asarray([*map(is_remark, found.last_name.words), False])[found.last_name.codes]
        for column in found.ids.values():
            named &= column.codes < 0
        found.mark_rows(SKIPPED, np.flatnonzero(named & (found.row_state == USABLE)), "a total, not a student")

    # Kinds of file --------------------------------------------------------------------------------------------------------

    def _scores(self) -> None:
        found, profile = self.found, self.match.profile
        if profile.unpivot is not None:
            self._unpivot()
        else:
            self._one_score_a_row()
            found.whole["taken_on"] = self._whole("taken_on")
            found.whole["year"] = self._whole("year")
            found.words["window"] = self._texts("window")
            found.numbers["error"] = self._numbers("error")
        source = found.source
        found.whole["grade"] = self._whole("grade")[source]
        found.whole["official"] = self._whole("official", 1)[source]
        taken_on = found.whole["taken_on"]
        year = np.where(found.whole["year"] == NONE, self._whole("year")[source], found.whole["year"])
        self._season_of_file(taken_on)
        undated = (found.words["window"].codes < 0) & (taken_on == NONE)
        self._lack_entries(undated, "There is neither a date nor a season in this row.")
        found.whole["year"] = self._years(year, taken_on)
        self._goals()

    def _season_of_file(self, taken_on: Codes) -> None:
        """A file whose rows carry neither a date nor a season is about one season: a person says which, once."""
        found = self.found
        told = [self.cleaned[means] for means in ("taken_on", "window") if means in self.cleaned]
        if any(value is not None for column in told for value in column.values):
            return
        if not len(found.source) or (taken_on != NONE).any() or (found.words["window"].codes >= 0).any():
            return
        season = self.answers.get("window", "")
        if season:
            found.words["window"] = same(season, len(found.source))
            return
        text = "Neither a date nor a season stands in this file. Which season are its scores from?"
        found.questions.append(FileQuestion("window", text, ("Fall", "Winter", "Spring")))
        found.mark_rows(QUESTION, np.flatnonzero(found.row_state == USABLE), "Which season is this score from?")

    def _one_score_a_row(self) -> None:
        found = self.found
        value = self.cleaned.get("value")  # a file may have levels and no scores
        found.numbers["value"] = self._numbers("value")
        found.words["note"] = value.notes() if value is not None else empty(found.rows)
        found.numbers["percentile"] = self._numbers("percentile")
        found.words["level"] = self._texts("level")
        nothing = np.isnan(found.numbers["value"]) & (found.words["note"].codes < 0) & (found.words["level"].codes < 0)
        found.mark_rows(SKIPPED, np.flatnonzero(nothing & (found.row_state == USABLE)), "no score in this row")
        found.words["measure"] = self._measure_names()

    def _measure_names(self) -> Column:
        rule, names = self.match.profile.rule("measure"), self._texts("measure")
        if self.match.profile.measure and not self.match.header("measure"):
            return same(self.match.profile.measure, self.found.rows)
        if rule is None:
            return names
        for header in self._with(rule):
            names = _joined(names, self.found.table.columns[header], str(rule.options.get("join", " ")))
        before = str(rule.options.get("before", ""))
        return names.mapped(lambda name: before + name) if before else names

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
            message = "Is this the year of the calendar or of the school? Nothing in the file tells."
            self.found.mark_rows(QUESTION, np.flatnonzero(self.found.row_state == USABLE), message)

    def _years_of_headers(self, headers: Sequence[str], year_in: Callable[[str], int], how: str) -> None:
        """The scores of single years that headers name, in the school years they are meant as."""
        wide = tuple(
            replace(each, year=season_years.school_year(each.window, year, how))
            if each.year and (year := year_in(spaced(header)))
            else each
            for each, header in zip(self.match.wide, headers, strict=True)
        )
        self.match = replace(self.match, wide=wide)

    def _unpivot(self) -> None:
        """One entry per row and score that has a value, a level or a reason for none."""
        found = self.found
        self._season_years()
        parts = [part for each in self.match.wide if len((part := self._part(each)).rows)]
        found.source = np.concatenate([p.rows for p in parts]) if parts else np.empty(0, dtype=np.int64)
        found.entry_state = np.concatenate([p.state for p in parts]) if parts else np.empty(0, dtype=np.int64)
        for name in ("value", "percentile", "error"):
            found.numbers[name] = np.concatenate([getattr(p, name) for p in parts]) if parts else np.empty(0)
        for name in ("taken_on", "year"):
            found.whole[name] = np.concatenate([getattr(p, name) for p in parts]) if parts else found.source.copy()
        for name in ("measure", "level", "note", "window"):
            found.words[name] = stack([getattr(p, name) for p in parts])
        self._suffix()
        without = np.ones(found.rows, dtype=bool)
        without[found.source] = False
        found.mark_rows(SKIPPED, np.flatnonzero(without & (found.row_state == USABLE)), "no score in this row")

    def _suffix(self) -> None:
        """A word of the row, such as a language other than the usual one, belongs to the measure."""
        unpivot = self.match.profile.unpivot
        header = self.there.find(unpivot.suffix) if unpivot is not None else ""
        if unpivot is None or header not in self.found.table.columns:
            return
        usual = {plain(word) for word in unpivot.suffix_unless}
        words = self.found.table.columns[header].mapped(lambda w: None if plain(w) in usual else f"({w.strip()})")
        self.found.words["measure"] = _joined(self.found.words["measure"], words.take(self.found.source), " ")

    def _part(self, score: WideScore) -> _Part:
        columns = {part: self._part_clean(part, score) for part in score.parts}
        rows = self.found.rows
        value, level, percentile = columns.get("value"), columns.get("level"), columns.get("percentile")
        values = value.numbers() if value else np.full(rows, np.nan)
        levels = level.texts() if level else empty(rows)
        note = value.notes() if value else empty(rows)
        if percentile is not None:
            note = _first_of(note, percentile.notes())
        states = np.zeros(rows, dtype=np.int64)
        for column in columns.values():
            states = np.maximum(states, self._part_states(column))
        there = ~np.isnan(values) | (note.codes >= 0) | (levels.codes >= 0) | (states > USABLE)
        keep = np.flatnonzero(there & (self.found.row_state != SKIPPED))
        taken_on = columns["taken_on"].whole() if "taken_on" in columns else self._whole("taken_on")
        window = same(score.window, len(keep)) if score.window else self._texts("window").take(keep)
        return _Part(
            keep,
            states[keep],
            values[keep],
            (percentile.numbers() if percentile else np.full(rows, np.nan))[keep],
            (columns["error"].numbers() if "error" in columns else self._numbers("error"))[keep],
            taken_on[keep],
            np.full(len(keep), score.year or NONE, dtype=np.int64),
            same(score.measure, len(keep)) if score.measure else self._texts("measure").take(keep),
            levels.take(keep),
            note.take(keep),
            window,
        )

    def _part_clean(self, part: str, score: WideScore) -> CleanColumn:
        header, profile = score.parts[part], self.match.profile
        cleaner = _PART_CLEANERS[part]
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
                rows = np.flatnonzero(_has_code(column.column, codes) & (self.found.row_state != SKIPPED))
                self._add_finding(rows, column, codes, question=question)
                states[rows] = np.maximum(states[rows], QUESTION if question else PROBLEM)
        return states

    def _goals(self) -> None:
        if not all(f"goal_{part}" in self.cleaned for part in ("from", "to", "start", "end")):
            return
        found = self.found
        found.whole["goal_from"], found.whole["goal_to"] = self._whole("goal_from"), self._whole("goal_to")
        found.numbers["goal_start"], found.numbers["goal_end"] = self._numbers("goal_start"), self._numbers("goal_end")
        backward = (found.whole["goal_from"] >= found.whole["goal_to"]) & (found.whole["goal_to"] != NONE)
        found.mark_rows(
            PROBLEM, np.flatnonzero(backward), "The goal ends before it begins.", self.match.header("goal_to")
        )

    def _students(self) -> None:
        found = self.found
        found.whole["grade"] = self._whole("grade")
        found.whole["sex"] = self._whole("sex")
        year = self._whole("year")
        if (year == NONE).any():
            year = np.where(year == NONE, self._year_of_file(), year)
        found.whole["year"] = year
        start = first_days(year)
        from_day = self._whole("from_day")
        end = first_days(year + 1) - 1
        later = (from_day != NONE) & (from_day > end)
        found.mark_rows(
            QUESTION,
            np.flatnonzero(later),
            "The enrollment date lies after this school year.",
            self.match.header("from_day"),
        )
        found.whole["from_day"] = np.maximum(from_day, start)
        found.whole["to_day"] = self._to_day(found.whole["from_day"])
        race = self._texts("race")
        hispanic = np.flatnonzero(self._whole("hispanic") == 1)
        found.words["race"] = _replaced(self._race_of_marks(race), hispanic, "Hispanic")
        for rule in self.match.profile.columns:
            if rule.means.startswith("flag:") and rule.means in self.cleaned:
                found.whole[rule.means] = self._whole(rule.means)

    def _race_of_marks(self, race: Column) -> Column:
        """A file with one yes-or-no column per race: more than one is Multiracial."""
        marks = {means[5:]: self._whole(means) == 1 for means in self.cleaned if means.startswith("race:")}
        if not marks:
            return race
        several = sum(mark.astype(np.int64) for mark in marks.values())
        for name, mark in marks.items():
            race = _replaced(race, np.flatnonzero(mark & (race.codes < 0)), name)
        return _replaced(race, np.flatnonzero(several > 1), "Multiracial")

    def _to_day(self, from_day: Codes) -> Codes:
        """Students a roster says have left without saying when count as enrolled on their first day only."""
        to_day = self._whole("to_day")
        rule = self.match.profile.rule("status")
        if rule is None or "status" not in self.cleaned:
            return to_day
        left = {str(word).casefold() for word in rule.options.get("left", ())}
        status = self.cleaned["status"].texts()
        gone = np.asarray([word.casefold() in left for word in status.words] + [False])[status.codes]
        if (gone & (to_day == NONE)).any():
            self.found.assumed.append(
                "The file does not say when students left: those who have count as enrolled on their first day only."
            )
        return np.where(gone & (to_day == NONE), from_day, to_day)

    def _year_of_file(self) -> int:
        """The school year of a file whose rows name none: answered, in its name, or the present one. It is said which."""
        answer = self.answers.get("year", "")
        if re.fullmatch(r"(19|20)\d\d", answer):
            return int(answer)
        named = re.search(r"(?<!\d)(20\d\d)(?!\d)", self.sketch.file_name)
        year = int(named[1]) if named else school_year_of(self.today)
        source = "its name" if named else "today"
        self.found.assumed.append(f"The rows name no school year; {year}–{(year + 1) % 100:02} is taken from {source}.")
        return year

    def _incidents(self) -> None:
        found = self.found
        day = self._whole("day")
        found.whole["day"], found.whole["minute"] = day, self._whole("minute")
        found.whole["major"], found.whole["grade"] = self._whole("major"), self._whole("grade")
        found.whole["incident_number"] = self._incident_numbers()
        for name in ("behavior", "location", "action_taken"):
            found.words[name] = self._texts(name)
        found.whole["year"] = self._years(self._whole("year"), day)

    def _incident_numbers(self) -> Codes:
        """Whole numbers stay themselves; other marks have none, and the row is told by what happened."""
        texts = self._texts("number")
        table = [int(word) if re.fullmatch(r"\d{1,15}", word) else NONE for word in texts.words]
        return np.asarray([*table, NONE], dtype=np.int64)[texts.codes]

    def _absences(self) -> None:
        found = self.found
        day, absent = self._whole("day"), self._whole("absent", 0)
        found.whole["day"], found.whole["year"] = day, self._years(self._whole("year"), day)
        found.whole["excused"], found.whole["tardy"] = self._whole("excused"), self._whole("tardy", 0)
        portion = self._portion_of_periods(self._whole("portion"), absent)
        absent = np.where((portion > 0) & (portion != NONE), 1, absent)
        whole_day = np.where((portion > 0) & (portion != NONE), portion, 100)
        found.whole["hundredths"] = np.where(absent == 1, whole_day, np.where(portion > 0, portion, 0))
        nothing = (found.whole["hundredths"] == 0) & (found.whole["tardy"] != 1) & (found.row_state == USABLE)
        found.mark_rows(SKIPPED, np.flatnonzero(nothing), "neither absent nor tardy")

    def _portion_of_periods(self, portion: Codes, absent: Codes) -> Codes:
        """Where attendance is wide by period and no all-day code says otherwise: the share of periods missed."""
        periods = period_headers(self.match.profile, self.there)
        if not periods:
            return portion
        missed = np.zeros(self.found.rows, dtype=np.int64)
        for header in periods:
            cleaned = clean(header, self.found.table.columns[header], "absent code", Asked(self.today))
            self._mark_troubles(cleaned)
            missed += cleaned.whole() == 1
        share = np.round(missed * 100 / len(periods)).astype(np.int64)
        return np.where((portion == NONE) & (absent != 1) & (missed > 0), share, portion)

    # Years ------------------------------------------------------------------------------------------------------------------

    def _years(self, year: Codes, day: Codes) -> Codes:
        """The file's own year, else the day's; asks where the two disagree."""
        of_day = years_of(day)
        both = (year != NONE) & (day != NONE) & (year != of_day)
        rows = np.unique(self.found.source[np.flatnonzero(both & (self.found.row_state[self.found.source] == USABLE))])
        self.found.mark_rows(QUESTION, rows, "The date does not lie in the school year of this row.")
        found = np.where(year == NONE, of_day, year)
        lacking = found == NONE
        if (lacking & (self.found.row_state[self.found.source] == USABLE)).any():
            found = np.where(lacking, self._year_of_file(), found)
        return found

    def _lack_entries(self, lacking: Codes, message: str) -> None:
        rows = np.unique(self.found.source[np.flatnonzero(lacking)])
        self.found.mark_rows(PROBLEM, rows[self.found.row_state[rows] == USABLE], message)


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


_PART_CLEANERS = {
    "value": "score",
    "level": "level",
    "percentile": "percentile",
    "error": "number",
    "taken_on": "past date",
}


def _is_left_out(word: str, rule: SkipRule, wanted: set[str]) -> bool:
    word = re.sub(r"l{2}ed$", "led", word)
    if rule.unless:
        return word not in wanted
    return word in wanted or ("*" in wanted and word not in vocabulary().missing)


def _has_code(column: Column, codes: Mapping[int, object]) -> Codes:
    marked = np.zeros(len(column.words) + 1, dtype=bool)
    marked[list(codes)] = True
    return marked[column.codes]


def _joined(first: Column, second: Column, between: str) -> Column:
    """Two texts of a row as one, made once per different pair."""
    missing = vocabulary().missing
    second = second.mapped(lambda word: None if plain(word) in missing else word.strip())
    width = len(second.words) + 1
    packed = (first.codes + 1) * width + (second.codes + 1)
    pairs, codes = np.unique(packed, return_inverse=True)
    words = []
    for pair in pairs.tolist():
        a, b = divmod(pair, width)
        words.append(
            between.join(word for word in (first.words[a - 1] if a else "", second.words[b - 1] if b else "") if word)
        )
    return Column(codes.astype(np.int64), tuple(words)).mapped(lambda word: word or None)


def _first_of(first: Column, second: Column) -> Column:
    both = stack([first, second])
    rows = len(first)
    return Column(np.where(both.codes[:rows] >= 0, both.codes[:rows], both.codes[rows:]), both.words)


def _replaced(column: Column, rows: Codes, word: str) -> Column:
    words = column.words if word in column.words else (*column.words, word)
    codes = column.codes.copy()
    codes[rows] = words.index(word)
    return Column(codes, words)


def years_of(days: Codes) -> Codes:
    """School years by day number; each different day is looked at once."""
    different, codes = np.unique(days, return_inverse=True)
    years = [school_year_of(date.fromordinal(day)) if day > 0 else NONE for day in different.tolist()]
    return np.asarray(years, dtype=np.int64)[codes] if years else np.empty(0, dtype=np.int64)


def first_days(years: Codes) -> Codes:
    """July 1 of each year, as day numbers."""
    different, codes = np.unique(years, return_inverse=True)
    days = [date(year, 7, 1).toordinal() if year > 0 else NONE for year in different.tolist()]
    return np.asarray(days, dtype=np.int64)[codes] if days else np.empty(0, dtype=np.int64)
