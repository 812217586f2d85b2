"""What looks wrong in the data that came in, each with the import it came from."""

from __future__ import annotations

from collections.abc import Iterator

from mtss_desktop.domain.integrity import ADVICE, Doubt, Finding
from mtss_desktop.store.queries import integrity
from mtss_desktop.store.work import Work

MOST_MONTHS = 12


def findings(work: Work) -> tuple[Finding, ...]:
    """By kind, the most rows first."""
    years = [year.start for year in work.school_years.list()]
    receipts = {each.key: each for each in work.imports.list()}
    found = [
        Finding(
            doubt,
            each.about,
            each.n,
            receipts[each.import_key].id if each.import_key in receipts else "",
            receipts[each.import_key].file_name if each.import_key in receipts else "",
            advice=ADVICE[doubt],
        )
        for doubt, rows in (
            (Doubt.DUPLICATES, integrity.duplicates(work)),
            (Doubt.DATES, integrity.impossible_dates(work, years)),
            (Doubt.SCHOOLS, integrity.unknown_schools(work)),
            (Doubt.SCORES, integrity.scores_out_of_range(work)),
        )
        for each in rows
    ]
    places = {place.key: place.short_name or place.name for place in work.organizations.list()}
    for about, school, months, key in _gaps(integrity.days_with_data(work)):
        file = receipts.get(key)
        found.append(
            Finding(
                Doubt.GAPS,
                about,
                len(months),
                file.id if file else "",
                file.file_name if file else "",
                places.get(school, ""),
                months,
                ADVICE[Doubt.GAPS],
            )
        )
    order = list(Doubt)
    return tuple(sorted(found, key=lambda each: (order.index(each.doubt), -each.n, each.file_name, each.place)))


def _gaps(days: tuple[integrity.DayWithData, ...]) -> Iterator[tuple[str, int, tuple[str, ...], int]]:
    """(about, school, months without any between the first and the last month that has some, latest import); July is no month of school."""
    seen: dict[tuple[str, int, int], dict[int, int]] = {}
    for each in days:
        months = seen.setdefault((each.about, each.school, each.year), {})
        month = each.day.year * 12 + each.day.month - 1
        months[month] = max(months.get(month, 0), each.import_key)
    for (about, school, _), months in sorted(seen.items()):
        first, last = min(months), max(months)
        if last - first >= MOST_MONTHS:
            continue  # its dates are impossible, and said to be
        lacking = tuple(
            f"{month // 12}-{month % 12 + 1:02}"
            for month in range(first, last)
            if month not in months and month % 12 + 1 != 7
        )
        if lacking:
            yield about, school, lacking, max(months.values())
