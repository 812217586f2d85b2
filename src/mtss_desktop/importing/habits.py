"""How one file writes what can be written several ways: days, decimals, percents, times of day.

Every column tells for itself where it can, else the other columns of the file tell, else the layout; what nothing tells is asked
once for the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property

from mtss_desktop.domain.people import school_year_of
from mtss_desktop.importing import code_pages, dates, numbers, season_years
from mtss_desktop.importing.cleaning import DATE_CLEANERS, NUMBER_CLEANERS
from mtss_desktop.importing.columns import Column
from mtss_desktop.importing.dates import AFTERNOON, WHOLE_DAY
from mtss_desktop.importing.findings import FileQuestion
from mtss_desktop.importing.numbers import ASK, ASK_BELOW_ONE, ASK_DOTS, BOTH, COMMA, PARTS, PARTS_BELOW_ONE, POINT
from mtss_desktop.importing.profile import Profile
from mtss_desktop.importing.rating_totals import PERCENT, POINTS, UNITS

DATE_ORDER, DECIMAL, PERCENTS, CLOCK = "date_order", "decimal", "parts", "clock"
DOTTED, THOUSANDS, DECIMALS = "dotted", "thousands", "decimals"
ENCODING, SINGLE_YEAR, SEASON_YEAR = "encoding", "single_year", "season_year"
CHOICES: Mapping[str, tuple[str, ...]] = {
    DATE_ORDER: ("mdy", "dmy"),
    DECIMAL: (POINT, COMMA),
    DOTTED: (THOUSANDS, DECIMALS),
    PERCENTS: (PARTS, numbers.AS_THEY_ARE),
    CLOCK: (AFTERNOON, WHOLE_DAY),
    SINGLE_YEAR: ("begins", "ends"),
    SEASON_YEAR: (season_years.CALENDAR, season_years.BEGINS),
    ENCODING: tuple(code_pages.NAMES),
    UNITS: (PERCENT, POINTS),
}
"""What may be answered to each question about a whole file."""


class Habits:
    """``columns`` are those of the file that are read, ``cleaners`` by header what they hold; ``ask`` puts a question to a person.

    ``semicolons`` stand between the cells where the comma stands before decimals.
    """

    def __init__(
        self,
        profile: Profile,
        columns: Mapping[str, Column],
        cleaners: Mapping[str, str],
        answers: Mapping[str, str],
        ask: Callable[[FileQuestion], None],
        today: date,
        *,
        semicolons: bool = False,
    ) -> None:
        self._today, self._semicolons = today, semicolons
        self._profile, self._columns, self._answers, self._ask_person = profile, columns, answers, ask
        self._dated = [header for header, cleaner in cleaners.items() if cleaner in DATE_CLEANERS and header in columns]
        self._numbered = [
            header for header, cleaner in cleaners.items() if cleaner in NUMBER_CLEANERS and header in columns
        ]

    def options(self, header: str, cleaner: str, given: Mapping[str, object]) -> dict[str, object]:
        """The column's options from the layout, and how this file writes what the cleaner reads."""
        options, column = dict(given), self._columns[header]
        if cleaner in DATE_CLEANERS:
            options["order"] = self._order(header, column, str(given.get("order", "")), cleaner)
        elif cleaner == "time":
            options["clock"] = self._clock(header, column)
        elif cleaner == "school year" and "single" not in given:
            options["single"] = self._single_year(header, column)
        elif cleaner == "year of a term":
            options["season_year"] = self.season_year(header, season_years.told_by_terms(column.words), column.words)
        elif cleaner in NUMBER_CLEANERS:
            decimal = options["decimal"] = self._decimal(header, column, str(given.get("decimal", "")))
            if cleaner in ("score", "percentile"):
                options["parts"] = self._percents(header, column, decimal, always=cleaner == "percentile")
        return options

    def _asked(self, key: str, text: str) -> str:
        """The answer, "" as long as there is none."""
        answer = self._answers.get(key, "")
        if answer in CHOICES[key]:
            return answer
        self._ask_person(FileQuestion(key, text, CHOICES[key]))
        return ""

    # Days ---------------------------------------------------------------------------------------------------------------

    def _order(self, header: str, column: Column, declared: str, cleaner: str) -> str:
        """mdy, dmy or ymd; ask where nothing tells, both where a column holds days in both places and nothing else tells.

        What a layout declares is not believed where the column shows the contrary.
        """
        told, declared = dates.order_told(column), dates.order_in_header(header) or declared
        if told in ("mdy", "dmy") and declared in ("", "ymd", told):
            return told
        if not told:
            if declared:
                return declared
            if dates.date_order(column) != ASK:
                return "mdy"
        order = self._order_of_file if not declared else ""
        if not order and not told and cleaner != "birth date":
            order = dates.order_by_days(column, self._today, past=cleaner == "past date")
        text = f"In “{header}”, is the month first (4/5 is April 5) or the day (4/5 is May 4)?"
        return order or self._asked(DATE_ORDER, text) or (BOTH if told else ASK)

    @cached_property
    def _order_of_file(self) -> str:
        """What the file's dates (or its layout) say about the order of month and day, "" where they do not agree."""
        said = {str(rule.options["order"]) for rule in self._profile.columns if "order" in rule.options}
        if self._profile.unpivot is not None and "order" in self._profile.unpivot.options:
            said.add(str(self._profile.unpivot.options["order"]))
        said |= {dates.order_told(self._columns[header]) for header in self._dated}
        said &= {"mdy", "dmy"}
        return said.pop() if len(said) == 1 else ""

    def _clock(self, header: str, column: Column) -> str:
        if dates.clock_told(column.words) == WHOLE_DAY:
            return WHOLE_DAY
        text = f"In “{header}”, are times from 1:00 to 6:59 in the afternoon?"
        return self._asked(CLOCK, text) or ASK

    def _single_year(self, header: str, column: Column) -> str:
        """A year alone is the one the school year begins in, as is said; one that has not begun asks."""
        years = [int(word) for word in column.words if re.fullmatch(r"\s*20\d\d\s*", word)]
        if not years:
            return "start"
        if max(years) <= school_year_of(self._today):
            return "start"
        answer = self._asked(
            SINGLE_YEAR, f"In “{header}”, does the school year {max(years)} begin or end in {max(years)}?"
        )
        return {"begins": "start", "ends": "end"}.get(answer, ASK)

    def season_year(self, header: str, told: str, terms: Iterable[str]) -> str:
        """How a single year beside a season is meant; ``ASK`` as long as nothing tells and nobody has said it."""
        if told != season_years.ASK:
            return told
        example = next(
            (each for each in terms if season_years.single_year(each) and "all" not in each.casefold()), header
        )
        year = season_years.single_year(example)
        text = f"In “{example.strip()}”, is {year} the year of the calendar, or does the school year begin in {year}?"
        return self._asked(SEASON_YEAR, text) or season_years.ASK

    # Numbers ------------------------------------------------------------------------------------------------------------

    def _decimal(self, header: str, column: Column, declared: str) -> str:
        told = numbers.decimals_told(column.words)
        if told:
            return told
        doubtful = next((word for word in column.words if "," in word and numbers.is_doubtful(word)), "")
        dotted = next((word for word in column.words if "." in word and numbers.is_dotted(word)), "")
        if not doubtful and not dotted:
            return POINT
        known = declared or self._decimal_of_file
        if not known and not doubtful and self._semicolons:
            text = f"In “{header}”, does the point stand between thousands or before decimals, as in {dotted.strip()}?"
            return {THOUSANDS: COMMA, DECIMALS: POINT}.get(self._asked(DOTTED, text), ASK_DOTS)
        if known or not doubtful:
            return known or POINT
        text = f"In “{header}”, does the comma stand between thousands or before decimals, as in {doubtful.strip()}?"
        return self._asked(DECIMAL, text) or ASK

    @cached_property
    def _decimal_of_file(self) -> str:
        said = {numbers.decimals_told(self._columns[header].words) for header in self._numbered} - {""}
        return said.pop() if said in ({POINT}, {COMMA}) else ""

    def _percents(self, header: str, column: Column, decimal: str, *, always: bool) -> str:
        how = numbers.percents_told(
            header, column.words, POINT if decimal in (ASK, ASK_DOTS) else decimal, always=always
        )
        if how not in (ASK, ASK_BELOW_ONE):
            return how
        answer = self._asked(PERCENTS, f"In “{header}”, is 0.45 a part of one, so 45 percent, or as it stands?")
        if answer == PARTS:
            return PARTS if how == ASK else PARTS_BELOW_ONE
        return answer or how


def cleaners_of(profile: Profile, found: Iterable[tuple[str, str]], parts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By header the cleaner that reads it: ``found`` are (meaning, header), ``parts`` (header, cleaner) of wide scores."""
    by_header = dict(parts)
    for means, header in found:
        rule = profile.rule(means)
        if rule is not None:
            by_header.setdefault(header, rule.cleaner)
    return by_header
