"""Students, incidents and absences of a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from mtss_desktop.importing.cleaning import (
    NONE,
    Asked,
    clean,
)
from mtss_desktop.importing.columns import Codes, Column
from mtss_desktop.importing.day_columns import days_of_heads
from mtss_desktop.importing.file_rows import FileRows
from mtss_desktop.importing.findings import (
    QUESTION,
    SKIPPED,
    USABLE,
)
from mtss_desktop.importing.recognize import period_headers
from mtss_desktop.importing.row_texts import has_code, replaced


class StudentRows(FileRows):
    """Students as enrolled in a year."""

    def entries(self) -> None:
        found = self.found
        found.whole["grade"] = self.whole("grade")
        found.whole["sex"] = self.whole("sex")
        year = self.whole("year")
        if (year == NONE).any():
            year = np.where(year == NONE, self.year_of_file(), year)
        found.whole["year"] = year
        start = first_days(year)
        from_day = self.whole("from_day")
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
        race = self.texts("race")
        hispanic = np.flatnonzero(self.whole("hispanic") == 1)
        found.words["race"] = replaced(self._race_of_marks(race), hispanic, "Hispanic")
        for rule in self.match.profile.columns:
            if rule.means.startswith("flag:") and rule.means in self.cleaned:
                found.whole[rule.means] = self.whole(rule.means)

    def _race_of_marks(self, race: Column) -> Column:
        """A file with one yes-or-no column per race: more than one is Multiracial."""
        marks = {means[5:]: self.whole(means) == 1 for means in self.cleaned if means.startswith("race:")}
        if not marks:
            return race
        several = sum(mark.astype(np.int64) for mark in marks.values())
        for name, mark in marks.items():
            race = replaced(race, np.flatnonzero(mark & (race.codes < 0)), name)
        return replaced(race, np.flatnonzero(several > 1), "Multiracial")

    def _to_day(self, from_day: Codes) -> Codes:
        """Students a roster says have left without saying when count as enrolled on their first day only."""
        to_day = self.whole("to_day")
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


class IncidentRows(FileRows):
    """Referrals."""

    def entries(self) -> None:
        found = self.found
        day = self.whole("day")
        found.whole["day"], found.whole["minute"] = day, self.whole("minute")
        found.whole["major"], found.whole["grade"] = self.whole("major"), self.whole("grade")
        found.whole["incident_number"] = self._incident_numbers()
        for name in ("behavior", "location", "action_taken"):
            found.words[name] = self.texts(name)
        found.whole["year"] = self.years(self.whole("year"), day)

    def _incident_numbers(self) -> Codes:
        """Whole numbers stay themselves; other marks have none, and the row is told by what happened."""
        texts = self.texts("number")
        table = [int(word) if re.fullmatch(r"\d{1,15}", word) else NONE for word in texts.words]
        return np.asarray([*table, NONE], dtype=np.int64)[texts.codes]


class AbsenceRows(FileRows):
    """Days absent or tardy."""

    def entries(self) -> None:
        found = self.found
        day, absent = self.whole("day"), self.whole("absent", 0)
        found.whole["day"], found.whole["year"] = day, self.years(self.whole("year"), day)
        found.whole["excused"], found.whole["tardy"] = self.whole("excused"), self.whole("tardy", 0)
        portion = self._portion_of_periods(self.whole("portion"), absent)
        if late := period_headers(self.match.profile, self.there):
            found.whole["tardy"] = np.maximum(found.whole["tardy"], self._late_to_a_period(late))
        absent = np.where((portion > 0) & (portion != NONE), 1, absent)
        whole_day = np.where((portion > 0) & (portion != NONE), portion, 100)
        found.whole["hundredths"] = np.where(absent == 1, whole_day, np.where(portion > 0, portion, 0))
        nothing = (found.whole["hundredths"] == 0) & (found.whole["tardy"] != 1) & (found.row_state == USABLE)
        found.mark_rows(SKIPPED, np.flatnonzero(nothing), "neither absent nor tardy")

    def _late_to_a_period(self, periods: Sequence[str]) -> Codes:
        """Late to one period is late that day."""
        late = np.zeros(self.found.rows, dtype=np.int64)
        for header in periods:
            cleaned = clean(header, self.found.table.columns[header], "tardy code", Asked(self.today, {}, self.answers))
            late = np.maximum(late, cleaned.whole() == 1)
        return late

    def _portion_of_periods(self, portion: Codes, absent: Codes) -> Codes:
        """Where attendance is wide by period and no all-day code says otherwise: the share of periods missed."""
        periods = period_headers(self.match.profile, self.there)
        if not periods:
            return portion
        missed = np.zeros(self.found.rows, dtype=np.int64)
        for header in periods:
            cleaned = clean(header, self.found.table.columns[header], "absent code", Asked(self.today))
            self.mark_troubles(cleaned)
            missed += cleaned.whole() == 1
        share = np.round(missed * 100 / len(periods)).astype(np.int64)
        return np.where((portion == NONE) & (absent != 1) & (missed > 0), share, portion)


class AbsenceGrid(FileRows):
    """Attendance with a column for each day: one entry for each student and day that is not empty."""

    def entries(self) -> None:
        found = self.found
        days = days_of_heads(self)
        parts = [part for header, day in days.items() if len((part := self._day(header, day)).rows)]
        found.source = _joined([part.rows for part in parts])
        found.entry_state = _joined([part.state for part in parts])
        found.whole["day"] = _joined([np.full(len(part.rows), part.day, dtype=np.int64) for part in parts])
        found.whole["tardy"] = _joined([part.tardy for part in parts])
        found.whole["excused"] = _joined([part.excused for part in parts])
        found.whole["hundredths"] = _joined([part.absent for part in parts]) * 100
        found.whole["year"] = self.years(self.whole("year")[found.source], found.whole["day"])
        without = np.ones(found.rows, dtype=bool)
        without[found.source] = False
        found.mark_rows(SKIPPED, np.flatnonzero(without & (found.row_state == USABLE)), "neither absent nor tardy")

    def _day(self, header: str, day: int) -> _Day:
        column, asked = self.found.table.columns[header], Asked(self.today, {}, self.answers)
        absent, tardy, excused = (
            clean(header, column, f"{what} code", asked) for what in ("absent", "tardy", "excused")
        )
        doubtful = absent.troubles()
        waiting = np.flatnonzero(has_code(column, doubtful)) if doubtful else np.empty(0, dtype=np.int64)
        if doubtful:
            self.add_finding(waiting, absent, doubtful, question=True)
        there = (absent.whole() == 1) | (tardy.whole() == 1)
        there[waiting] = True
        rows = np.flatnonzero(there & (self.found.row_state != SKIPPED))
        state = np.where(np.isin(rows, waiting), QUESTION, USABLE)
        gone, late = np.maximum(absent.whole()[rows], 0), np.maximum(tardy.whole()[rows], 0)
        return _Day(day, rows, state, gone, late, excused.whole()[rows])


@dataclass(frozen=True)
class _Day:
    """The entries of one day of a grid."""

    day: int
    rows: Codes
    state: Codes
    absent: Codes
    tardy: Codes
    excused: Codes


def _joined(parts: Sequence[Codes]) -> Codes:
    return np.concatenate(parts).astype(np.int64) if parts else np.empty(0, dtype=np.int64)


def first_days(years: Codes) -> Codes:
    """July 1 of each year, as day numbers."""
    different, codes = np.unique(years, return_inverse=True)
    days = [date(year, 7, 1).toordinal() if year > 0 else NONE for year in different.tolist()]
    return np.asarray(days, dtype=np.int64)[codes] if days else np.empty(0, dtype=np.int64)
