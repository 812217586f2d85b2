"""The cells of a recognized file by row: cleaned, with what keeps a row from being used. What they bring is told by kind of file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import numpy as np

from mtss_desktop.base.progress import Progress
from mtss_desktop.domain.people import school_year_of
from mtss_desktop.importing import deliveries
from mtss_desktop.importing.cleaning import (
    NONE,
    Asked,
    CleanColumn,
    Note,
    Trouble,
    clean,
)
from mtss_desktop.importing.columns import Codes, Column, Flags, Numbers, alike, empty
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
from mtss_desktop.importing.footers import is_remark
from mtss_desktop.importing.habits import ENCODING, Habits, cleaners_of
from mtss_desktop.importing.headers import headers
from mtss_desktop.importing.kinds import look_at
from mtss_desktop.importing.naming import split_name
from mtss_desktop.importing.profile import FACTS, LISTS, RATED, ColumnRule, SkipRule
from mtss_desktop.importing.recognize import Match, is_among, period_headers
from mtss_desktop.importing.row_texts import has_code
from mtss_desktop.importing.season_years import year_named
from mtss_desktop.importing.sketches import Sketch, Table
from mtss_desktop.importing.taking import take
from mtss_desktop.importing.vocabulary import plain, vocabulary

_CALLED = {
    "day": "date",
    "taken_on": "date",
    "value": "score",
    "local_id": "student id",
    "window": "season",
    "year": "school year",
}

PART_CLEANERS = {
    "value": "score",
    "level": "level",
    "percentile": "percentile",
    "error": "number",
    "taken_on": "past date",
}
"""What cleans the parts of a score that stands beside others."""


class FileRows:
    """``entries`` is filled in by one class for each kind of file."""

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
        self._overlooked_names: tuple[str, ...] = ()

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
        parts = [(header, PART_CLEANERS[part]) for each in self.match.wide for part, header in each.parts.items()]
        cleaners = cleaners_of(self.match.profile, self.match.found, parts)
        semicolons = self.sketch.separator == ";"
        self.habits = Habits(
            self.match.profile, table.columns, cleaners, self.answers, self.ask, self.today, semicolons=semicolons
        )
        self._faults_of_reading()
        self._letters_in_doubt()
        self.found.assumed += [
            *self.sketch.noted,
            *table.noted,
            *self._doubles(),
            *self._overlooked(),
            *self._unread_scores(),
        ]
        for skip in self.match.profile.skip:
            self._skip(skip)
        for rule in self.match.profile.columns:
            self._clean(rule)
        if self.match.profile.takes in LISTS:
            return self._list()
        self._who_and_where()
        self.entries()
        return self.found

    def entries(self) -> None:
        """What the rows bring, by the kind of file; a list brings its cells as they are."""

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

    def _headers(self) -> list[str]:
        profile = self.match.profile
        names = [header for _, header in self.match.found]
        for rule in profile.columns:
            names += self.with_(rule)
        for each in self.match.wide:
            names += each.parts.values()
        if profile.unpivot is not None:
            names.append(self.there.find(profile.unpivot.suffix))
        names += [self.there.find(skip.names, loose=False) for skip in profile.skip]
        names += period_headers(profile, self.there)
        return [name for name in dict.fromkeys(names) if name]

    def with_(self, rule: ColumnRule) -> list[str]:
        """Headers whose texts belong to the rule's own one."""
        found = [self.there.find([str(name)], loose=False) for name in rule.options.get("with", ())]
        if self.match.profile.plain and rule.means == "measure":
            found += [self.there.find([name], loose=False) for name in rule.names]
            found += self.beside(rule)
        own = self.match.header(rule.means)
        return [header for header in dict.fromkeys(found) if header and header != own]

    def beside(self, rule: ColumnRule) -> list[str]:
        """Headers that belong to the rule's own only where they tell apart what it calls the same."""
        found = [self.there.find([str(name)], loose=False) for name in rule.options.get("beside", ())]
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
        self._overlooked_names = found
        if not found:
            return []
        names = ", ".join(f"“{name}”" for name in found[:3])
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        verb = "names" if len(found) == 1 else "name"
        return [f"{names}{more} {verb} no season that is known and stays out; say what the columns mean to take it in."]

    def _unread_scores(self) -> list[str]:
        """Columns of numbers that a plain layout of several scores a row has no use for: nothing of them may be lost unsaid."""
        profile = self.match.profile
        if not profile.plain or profile.unpivot is None or profile.takes != "scores":
            return []
        read = {*self._headers(), *self.sketch.never_read, *self._overlooked_names}
        named = [name for name in self.sketch.names if name not in read and not is_among(profile.also, name)]
        found = [name for name in named if look_at(self.sketch.sample_of(name)).share("number") >= 0.8]
        if not found:
            return []
        names = ", ".join(f"“{name}”" for name in found[:3])
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        verb = "holds numbers and stays" if len(found) == 1 else "hold numbers and stay"
        return [f"{names}{more} {verb} out; say what the columns mean to take them in."]

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
        if rule.means.startswith("flag:"):
            options["seen"] = column.words
        cleaned = clean(header, column, rule.cleaner, Asked(self.today, options, self.answers))
        self.cleaned[rule.means] = cleaned
        self.mark_troubles(cleaned)
        if rule.cleaner == "school year" and options.get("single") == "start" and "single" not in rule.options:
            self._say_single_year(cleaned)
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

    def _say_single_year(self, cleaned: CleanColumn) -> None:
        """A year alone could be the one the school year ends in: it is said how it was read."""
        single = next((word.strip() for word in cleaned.column.words if re.fullmatch(r"\s*20\d\d\s*", word)), "")
        if single:
            named = f"{single}–{(int(single) + 1) % 100:02}"
            self.found.assumed.append(f"In “{cleaned.header}”, {single} is read as the school year {named}.")

    def ask(self, question: FileQuestion) -> None:
        if not any(each.key == question.key for each in self.found.questions):
            self.found.questions.append(question)

    def wait(self, why: str) -> None:
        """All rows that could be used wait for an answer."""
        self.found.mark_rows(QUESTION, np.flatnonzero(self.found.row_state == USABLE), why)

    def mark_troubles(self, cleaned: CleanColumn) -> None:
        troubles = cleaned.troubles()
        for question in (False, True):
            codes = {code: trouble for code, trouble in troubles.items() if trouble.question is question}
            if codes:
                rows = np.flatnonzero(has_code(cleaned.column, codes))
                rows = rows[self.found.row_state[rows] != SKIPPED]
                self.add_finding(rows, cleaned, codes, question=question)
                state = QUESTION if question else PROBLEM
                self.found.row_state[rows] = np.maximum(self.found.row_state[rows], state)

    def add_finding(self, rows: Codes, cleaned: CleanColumn, codes: Mapping[int, Trouble], *, question: bool) -> None:
        messages = {code: trouble.message for code, trouble in codes.items()}
        column = cleaned.column.take(rows)
        state = QUESTION if question else PROBLEM
        ask = next((trouble.ask for trouble in codes.values() if trouble.ask), "")
        self.found.findings.append(Finding(state, rows, cleaned.header, column, messages, ask))

    def _lack(self, lacking: Codes, message: str, header: str = "") -> None:
        rows = np.flatnonzero(lacking & (self.found.row_state == USABLE))
        column = self.found.table.columns[header].take(rows) if header else None
        self.found.mark_rows(PROBLEM, rows, message, header, column)

    def texts(self, means: str) -> Column:
        cleaned = self.cleaned.get(means)
        return cleaned.texts() if cleaned is not None else empty(self.found.rows)

    def whole(self, means: str, default: int = NONE) -> Codes:
        cleaned = self.cleaned.get(means)
        if cleaned is None:
            return alike(default, self.found.rows)
        values = cleaned.whole()
        return values if default == NONE else np.where(values == NONE, default, values)

    def numbers(self, means: str) -> Numbers:
        cleaned = self.cleaned.get(means)
        return cleaned.numbers() if cleaned is not None else alike(np.nan, self.found.rows)

    def _who_and_where(self) -> None:
        found = self.found
        for kind in ID_KINDS:
            if f"{kind}_id" in self.cleaned:
                found.ids[kind] = self.texts(f"{kind}_id")
        found.birth_day = self.whole("birth_date")
        found.last_name, found.first_name = self.texts("last_name"), self.texts("first_name")
        if "full_name" in self.cleaned and "last_name" not in self.cleaned:
            full = self.texts("full_name")
            found.last_name = full.mapped(lambda name: split_name(name)[0])
            found.first_name = full.mapped(lambda name: split_name(name)[1])
        found.school, found.school_name = self.texts("school"), self.texts("school_name")
        nobody = np.ones(found.rows, dtype=bool)
        for column in (*found.ids.values(), found.last_name):
            nobody &= column.codes < 0
        self._lack(nobody, "Nothing in this row says which student it is about.")
        named = np.asarray([*map(is_remark, found.last_name.words), False])[found.last_name.codes]
        for column in found.ids.values():
            named &= column.codes < 0
        named |= self._remarks_for_ids()
        found.mark_rows(SKIPPED, np.flatnonzero(named & (found.row_state == USABLE)), "a total, not a student")

    def _remarks_for_ids(self) -> Flags:
        """Rows where “Class average” and the like stand in place of an id."""
        out = np.zeros(self.found.rows, dtype=bool)
        for kind in ID_KINDS:
            if f"{kind}_id" in self.cleaned:
                column = self.cleaned[f"{kind}_id"].column
                codes = [code for code, word in enumerate(column.words) if word[:1].isalpha() and _is_total(word)]
                if codes:
                    out |= np.isin(column.codes, codes)
        return out

    def year_of_file(self) -> int:
        """The school year of a file whose rows name none: answered, in its name, or the present one. It is said which."""
        answer = self.answers.get("year", "")
        if re.fullmatch(r"(19|20)\d\d", answer):
            return int(answer)
        named = self.named_year()
        year = named or self.present_year()
        of_file = year_named(self.sketch.file_name, self.today) == named
        source = "today" if not named else "its name" if of_file else "a title or the name of the sheet"
        self.found.assumed.append(f"The rows name no school year; {year}–{(year + 1) % 100:02} is taken from {source}.")
        return year

    def present_year(self) -> int:
        """The school year of rows that name none, where no title or name tells it either."""
        return school_year_of(self.today)

    def named_year(self) -> int:
        """The school year in the titles above the header, the name of the sheet or of the file; 0 for none."""
        texts = (*self.sketch.titles, self.sketch.sheet, self.sketch.file_name)
        return next((year for text in texts if (year := year_named(text, self.today))), 0)

    def years(self, year: Codes, day: Codes) -> Codes:
        """The file's own year, else the day's; asks where the two disagree."""
        of_day = years_of(day)
        both = (year != NONE) & (day != NONE) & (year != of_day)
        rows = np.unique(self.found.source[np.flatnonzero(both & (self.found.row_state[self.found.source] == USABLE))])
        self.found.mark_rows(QUESTION, rows, "The date does not lie in the school year of this row.")
        found = np.where(year == NONE, of_day, year)
        lacking = found == NONE
        if (lacking & (self.found.row_state[self.found.source] == USABLE)).any():
            found = np.where(lacking, self.year_of_file(), found)
        return found

    def lack_entries(self, lacking: Codes, message: str) -> None:
        rows = np.unique(self.found.source[np.flatnonzero(lacking)])
        self.found.mark_rows(PROBLEM, rows[self.found.row_state[rows] == USABLE], message)


def _is_total(word: str) -> bool:
    return (" " in word or word.isalpha()) and is_remark(word)


def _is_left_out(word: str, rule: SkipRule, wanted: set[str]) -> bool:
    word = re.sub(r"l{2}ed$", "led", word)
    if rule.unless:
        return word not in wanted
    return word in wanted or ("*" in wanted and word not in vocabulary().missing)


def years_of(days: Codes) -> Codes:
    """School years by day number; each different day is looked at once."""
    different, codes = np.unique(days, return_inverse=True)
    years = [school_year_of(date.fromordinal(day)) if day > 0 else NONE for day in different.tolist()]
    return np.asarray(years, dtype=np.int64)[codes] if years else np.empty(0, dtype=np.int64)
