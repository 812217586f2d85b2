"""The days that columns of a file stand for, where their heads are days."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mtss_desktop.domain.people import school_year_of
from mtss_desktop.importing.dated_heads import day_of, has_year, order_of, year_of
from mtss_desktop.importing.file_rows import FileRows
from mtss_desktop.importing.findings import PROBLEM, USABLE, FileQuestion
from mtss_desktop.importing.habits import CHOICES, DATE_ORDER


def days_of_heads(rows: FileRows) -> dict[str, int]:
    """Header → day number of each column that holds something. What nothing tells is asked, and the rows wait."""
    dated = {each.parts["value"]: each.dated for each in rows.match.wide if each.dated}
    columns = rows.found.table.columns
    days = {header: day for header, day in dated.items() if any(map(str.strip, columns[header].words))}
    if not days:
        return {}
    heads = list(days.values())
    order = rows.answers.get(DATE_ORDER, "") or order_of(list(dated.values()))
    if not order:
        text = f"In the head “{heads[0]}”, is the month first (4/5 is April 5) or the day (4/5 is May 4)?"
        rows.ask(FileQuestion(DATE_ORDER, text, CHOICES[DATE_ORDER]))
        rows.wait("Is the month or the day first in the heads? Nothing in the file tells.")
        return {}
    year = _year(rows, heads, order)
    found = {header: day_of(day, order, year) for header, day in days.items()}
    ahead = [days[header] for header, day in found.items() if day is not None and day > rows.today]
    if ahead:
        usable = np.flatnonzero(rows.found.row_state == USABLE)
        rows.found.mark_rows(PROBLEM, usable, f"The day “{ahead[0]}” in the head has not come yet.")
    nowhere = [days[header] for header, day in found.items() if day is None]
    if nowhere:
        usable = np.flatnonzero(rows.found.row_state == USABLE)
        why = (
            f"The school year {year}–{(year + 1) % 100:02} has no day “{nowhere[0]}”, as a head says. Correct the head."
        )
        rows.found.mark_rows(PROBLEM, usable, why)
    return {header: day.toordinal() for header, day in found.items() if day is not None}


def _year(rows: FileRows, heads: Sequence[str], order: str) -> int:
    """The school year of heads without a year: answered, in a title or name, or the last in which all have come; it is said which."""
    bare = next((head for head in heads if not has_year(head)), "")
    if not bare:
        return school_year_of(rows.today)
    answer = rows.answers.get("year", "")
    year = int(answer) if answer.isdigit() else rows.named_year() or year_of(heads, order, rows.today)
    day = day_of(bare, order, year)
    if day is not None:
        rows.found.assumed.append(f"The heads name no year; “{bare}” is read as {day.month}/{day.day}/{day.year}.")
    return year
