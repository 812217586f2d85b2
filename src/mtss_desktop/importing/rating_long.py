"""Files of ratings with one item or one score a row: the rows of one school, instrument and day are one administration."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from mtss_desktop.base.folding import fold
from mtss_desktop.domain.facts import Verdict
from mtss_desktop.domain.people import school_year_of
from mtss_desktop.importing.findings import SKIPPED, USABLE, FileQuestion, Understood
from mtss_desktop.importing.known_lists import KnownLists
from mtss_desktop.importing.list_plan import Entry, ListPlan
from mtss_desktop.importing.rating_entries import Answers, Cells, Ratings
from mtss_desktop.importing.rating_rows import Fit, chosen, fits, items_of
from mtss_desktop.importing.rating_totals import columns_of, told_unit, unit_of

_DAYS = {
    "Fall": ((9, 15), (10, 15), (11, 15)),
    "Winter": ((12, 15), (1, 15), (2, 15)),
    "Spring": ((3, 15), (4, 15), (5, 15)),
}
_MIDDLE = ((10, 15), (1, 15), (4, 15))
_ROMAN = {"i": "1", "ii": "2", "iii": "3"}
OF_PEOPLE = (
    "These are answers of single people to a survey. Export one row for each person, with a column for each question."
)
_TOTAL = re.compile(r"(?:sub)?total|overall|average|mean|score|percent|%|summary", re.IGNORECASE)


def day_question(when: str) -> str:
    """What an answer about the day of ratings that a file dates by a season is kept under."""
    return f"rated_on:{fold(when)}"


@dataclass(frozen=True)
class _Of:
    """What rows of one administration have in common."""

    place: str
    new_school: str
    named: str
    day: date | None
    rater: str
    when: str


class LongRatings(Ratings):
    """A row is one item or one score; what belongs together is told by school, instrument, day and rater."""

    def entries(self) -> tuple[Entry, ...]:
        usable = np.flatnonzero(self.found.row_state == USABLE).tolist()
        groups: dict[_Of, list[int]] = {}
        for row in usable:
            groups.setdefault(self._of(row), []).append(row)
        lost = self._lost()
        made = [self._once(self._administration(of, rows, lost)) for of, rows in groups.items()]
        return tuple(sorted(made, key=lambda each: each.line))

    def _of(self, row: int) -> _Of:
        place, new_school = self.place(row)
        day = self.day("day", row)
        when = "" if day is not None else self._when(row)
        named = fold(self.text("instrument", row))
        return _Of(place, new_school, named, day or self._answered_day(when), fold(self.text("rater", row)), when)

    def _lost(self) -> dict[tuple[str, str, str], int]:
        """Lines that cannot be read, by place and instrument: what they belong to would be incomplete without them."""
        rows = np.flatnonzero(self.found.row_state > SKIPPED).tolist()
        found: dict[tuple[str, str, str], int] = {}
        for row in rows:
            place, new_school = self.place(row)
            line = int(self.found.table.lines[row])
            found.setdefault((place, new_school, fold(self.text("instrument", row))), line)
        return found

    # When -------------------------------------------------------------------------------------------------------------

    def _when(self, row: int) -> str:
        """The season and school year of a row without a date."""
        year = self.number("year", row)
        years = f"{year}–{(year + 1) % 100:02}" if year else ""
        return f"{self.text('window', row)} {years}".strip()

    def _answered_day(self, when: str) -> date | None:
        try:
            return date.fromisoformat(self.answers.get(day_question(when), "")) if when else None
        except ValueError:
            return None

    def _ask_day(self, rows: Sequence[int], when: str) -> str:
        year = self.number("year", rows[0]) or school_year_of(self.known.today)
        days = _DAYS.get(self.text("window", rows[0]), _MIDDLE)
        dated = [date(year + (month < 7), month, day) for month, day in days]
        choices = tuple(each.isoformat() for each in dated if each <= self.known.today)
        text = f"The file says “{when}” and no day. As of which day are these ratings to be kept?"
        if choices:
            self.ask(FileQuestion(day_question(when), text, choices))
        return text

    # One administration -------------------------------------------------------------------------------------------------

    def _administration(self, of: _Of, rows: Sequence[int], lost: Mapping[tuple[str, str, str], int]) -> Entry:
        line = int(self.found.table.lines[rows[0]])
        named = self.text("instrument", rows[0])
        base = Entry(
            rows[0], line, Verdict.NEW, "not rated yet", place=of.place, from_day=of.day, rater=self.text("rater", rows[0])
        )  # fmt: skip
        if of.new_school:
            return replace(base, verdict=Verdict.QUESTION, why=f"There is no school “{of.new_school}” here.")
        if of.day is None:
            if not of.when:
                return replace(base, verdict=Verdict.PROBLEM, why="There is no date in this row.")
            return replace(base, verdict=Verdict.QUESTION, why=self._ask_day(rows, of.when))
        if (wrong := lost.get((of.place, of.new_school, of.named))) is not None:
            return replace(base, verdict=Verdict.PROBLEM, why=f"Line {wrong} of this rating cannot be read.")
        found = self._fits_of(of.named)
        try:
            cells = self._gathered(rows, found, named)
        except ValueError as twice:
            return replace(base, verdict=Verdict.PROBLEM, why=str(twice))
        mine = (replace(each, columns=items_of(cells, each.known.instrument)) for each in found)
        found = tuple(each for each in mine if each.columns)
        if not found and fits(cells, self.known.instruments, surveys=True):
            return replace(base, verdict=Verdict.PROBLEM, why=OF_PEOPLE)
        made = self._rated(base, found, named, cells)
        if made.verdict is Verdict.NEW:
            self._say_unused(rows, made, found)
        if made.marks and (odd := _beyond(cells, found, made.instrument)):
            why = f"“{odd}” is no item of {made.title}."
            return replace(made, line=self.line_of(odd, made), verdict=Verdict.PROBLEM, why=why)
        return made

    def _say_unused(self, rows: Sequence[int], made: Entry, found: Sequence[Fit]) -> None:
        """Rows of neither an item nor a total are passed over, and it is said that they are."""
        known = next(each for each in self.known.instruments if each.id == made.instrument)
        labels = {row: self._label(row) for row in rows}
        used: set[str] = set(next((each.columns for each in found if each.known.id == known.id), ()))
        used |= set(columns_of(dict.fromkeys(labels.values()), known.instrument)) | {
            label for label in labels.values() if _number(label)
        }
        for row, label in labels.items():
            if label not in used:
                why = f"“{label[:40]}” is no item or total of {made.title}"
                self.found.mark_rows(SKIPPED, np.asarray([row], dtype=np.int64), why)

    def _gathered(self, rows: Sequence[int], found: tuple[Fit, ...], named: str) -> Cells:
        """By item or score what the rows say. Raises ``ValueError`` where one is there twice and says two things."""
        cells: dict[str, str] = {}
        lines: dict[str, int] = {}
        self.lines = lines
        fit = chosen(found, f"{named} {self.found.sketch.file_name}") or self._answered_fit(found, named)
        before = ""
        for row in rows:
            label, cell = self._label(row), self.text("score", row)
            if label in cells and fit is not None:
                label = _with_zero(label, before, fit)
            if label in cells and cells[label] != cell:
                line = int(self.found.table.lines[row])
                raise ValueError(f"“{label}” stands twice for this school and day, the second time on line {line}.")
            cells[label] = cell
            lines[label] = int(self.found.table.lines[row])
            before = label
        return cells

    def _label(self, row: int) -> str:
        """What a row is about: its item, or its section where it has none or only says that it is a total."""
        item, section = self.text("item", row), self.text("section", row)
        unit = self.text("unit", row)
        if not item or _TOTAL.fullmatch(item):
            item = " ".join(part for part in (section, item) if part)
        elif re.fullmatch(r"\d+(?:\.0)?", item) and (tier := _tier_of(section)):
            item = f"{tier}.{int(float(item))}"
        return f"{item} {unit}".strip() if unit and not re.match(r"[A-Za-z]{0,2}\d", item) else item

    @cached_property
    def _labels(self) -> dict[str, dict[str, None]]:
        """By the instrument's name in the file every item or score that is named beside it, in the file's order."""
        found: dict[str, dict[str, None]] = {}
        for row in np.flatnonzero(self.found.row_state == USABLE).tolist():
            found.setdefault(fold(self.text("instrument", row)), {})[self._label(row)] = None
        return found

    def _fits_of(self, named: str) -> tuple[Fit, ...]:
        if named not in self._fitting:
            self._fitting[named] = fits(self._labels.get(named, {}), self.known.instruments, surveys=False)
        return self._fitting[named]

    @cached_property
    def _fitting(self) -> dict[str, tuple[Fit, ...]]:
        return {}

    def head(self, label: str) -> str:
        """With the head of the scores where it says percent or points."""
        header = self.found.match.header("score")
        return f"{label} ({header})" if unit_of(header) else label

    def told_unit(self, label: str, most: int) -> str:
        """What the other scores of the same name tell."""
        return told_unit((self.head(label), cell, most) for cell in self._by_label.get(label, ()))

    @cached_property
    def _by_label(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in np.flatnonzero(self.found.row_state == USABLE).tolist():
            found.setdefault(self._label(row), []).append(self.text("score", row))
        return found


_NUMBERED = re.compile(r"(?:item\s*)?([A-Za-z]{0,2}\d+(?:\.\d+)?)(?:[\s.:)–-].*)?", re.IGNORECASE)


def _number(label: str) -> str:
    found = _NUMBERED.fullmatch(label)
    return found[1] if found else ""


def _tier_of(section: str) -> str:
    """The number of a tier that a section names: Tier II is 2."""
    found = re.match(r"tier\s*([123]|i{1,3})\b", section.strip(), re.IGNORECASE)
    return _ROMAN.get(found[1].casefold(), found[1]) if found else ""


def _with_zero(label: str, before: str, fit: Fit) -> str:
    """A workbook keeps item 1.10 as the number 1.1: the second 1.1, right after 1.9, is 1.10."""
    numbers = [item.number for item in fit.known.instrument.items]
    number = _number(label)
    longer = f"{number}0"
    if "." not in number or longer not in numbers or number not in numbers:
        return label
    comes_after = numbers[numbers.index(longer) - 1]
    return longer if _number(before) == comes_after else label


def _beyond(cells: Cells, found: Sequence[Fit], instrument: str) -> str:
    """A numbered item that the instrument does not have: the file is of another edition."""
    columns = next((each.columns for each in found if each.known.id == instrument), {})
    return next((label for label in cells if _number(label) and label not in columns), "")


def plan_ratings(found: Understood, known: KnownLists, answers: Mapping[str, str] | None = None) -> ListPlan:
    """A verdict for every row of a file of ratings or answers. ``answers`` are to ``found.questions``."""
    profile = found.match.profile
    maker = Answers if profile.takes == "answers" else LongRatings if profile.rule("score") is not None else Ratings
    entries = () if found.nothing else maker(found, known, answers).entries()
    names = {known.places[school.key]: school.short_name or school.name for school in known.schools}
    return ListPlan(found, entries, names, np.zeros(len(entries), dtype=bool))
