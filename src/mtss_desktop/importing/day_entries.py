"""What the rows of a calendar would write: days without school, of years that are set up or are to be added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from mtss_desktop.base.folding import fold
from mtss_desktop.domain.facts import Difference, Verdict
from mtss_desktop.domain.people import FIRST_YEAR, LAST_YEAR, school_days, school_year_of
from mtss_desktop.importing.findings import FileQuestion
from mtss_desktop.importing.list_plan import Entry
from mtss_desktop.importing.plan import ALREADY
from mtss_desktop.importing.row_reader import RowReader

LONGEST_BREAK = 120
"""Days: a longer span without school is two dates mixed up."""
ADD_YEAR, ADD_NO_YEAR = "add", "leave out"


def year_question(year: int) -> str:
    """What an answer about a school year that is not set up is kept under."""
    return f"add_year:{year}"


class Days(RowReader):
    def key(self, entry: Entry) -> tuple[object, ...]:
        return entry.place, entry.days

    def entry(self, row: int, line: int) -> Entry:
        first, last = self.day("day", row), self.day("to_day", row)
        place, new_school = self.place(row)
        reason = self.text("reason", row)
        base = Entry(row, line, Verdict.NEW, "a day without school", place=place, reason=reason, from_day=first)
        if first is None:
            return replace(base, verdict=Verdict.PROBLEM, why="There is no date in this row.")
        if self.number("in_session", row) == 1 or fold(reason) in ("school day", "instructional day", "student day"):
            return replace(base, verdict=Verdict.SKIPPED, why="a day with school")
        if new_school:
            return replace(base, verdict=Verdict.QUESTION, why=f"There is no school “{new_school}” here.")
        end = last or first
        if end < first or (end - first).days > LONGEST_BREAK:
            return replace(base, verdict=Verdict.PROBLEM, why="The last day does not fit the first.")
        days = tuple(school_days(first, end, set()))
        if not days:
            return replace(base, verdict=Verdict.SKIPPED, why="a weekend")
        lacking = [year for year in dict.fromkeys(map(school_year_of, days)) if year not in self.known.years]
        if lacking and not (self.known.home and all(FIRST_YEAR <= year <= LAST_YEAR for year in lacking)):
            why = "This day lies in no school year that can be set up here."
            return replace(base, days=days, verdict=Verdict.PROBLEM, why=why)
        if lacking:
            return self._without_year(replace(base, days=days), lacking)
        return self._beside(replace(base, days=days), place, days, reason)

    def _without_year(self, base: Entry, years: Sequence[int]) -> Entry:
        """Days of school years that are not set up here: a person says once for each whether it is to be added."""
        named = " and ".join(f"{year}–{(year + 1) % 100:02}" for year in years)
        answers = [self.answers.get(year_question(year), "") for year in years]
        if ADD_NO_YEAR in answers:
            return replace(base, verdict=Verdict.SKIPPED, why=f"a day of {named}, which is not to be added")
        for year, answer in zip(years, answers, strict=True):
            text = (
                f"The school year {year}–{(year + 1) % 100:02} is not set up here. Is it to be added with these days?"
            )
            asked = FileQuestion(year_question(year), text, (ADD_YEAR, ADD_NO_YEAR))
            if answer != ADD_YEAR and asked not in self.found.questions:
                self.found.questions.append(asked)
        if not all(answer == ADD_YEAR for answer in answers):
            return replace(base, verdict=Verdict.QUESTION, why=f"The school year {named} is not set up here.")
        return replace(base, why=f"a day without school; {named} is added")

    def _beside(self, base: Entry, place: str, days: tuple[date, ...], reason: str) -> Entry:
        there = [self.known.days.get((place, day), self.known.days.get((self.known.home, day))) for day in days]
        if all(each is not None for each in there):
            old = next((each for each in there if reason and each != reason), None)
            if old is None:
                return replace(base, verdict=Verdict.UNCHANGED, why=ALREADY)
            why = f"reason {old or 'empty'} becomes {reason}"
            return replace(base, verdict=Verdict.CHANGED, why=why, differences=(Difference("reason", old, reason),))
        return base
