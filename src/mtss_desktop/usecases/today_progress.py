"""What Today says of students with a goal line: how many of a school fall short, never who."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mtss_desktop.base.words import said
from mtss_desktop.domain.caseload import Flag
from mtss_desktop.domain.growth import Decision
from mtss_desktop.domain.people import Organization
from mtss_desktop.store.queries import progress
from mtss_desktop.store.queries.progress import MeasureInUse
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import data_progress
from mtss_desktop.usecases.paper_common import short

PROGRESS_OF = "progress:"
MOST_MEASURES = 6
RECENT = timedelta(days=42)
"""A student without a score for six weeks is no news of today."""


@dataclass
class _Group:
    """Students of a school with a goal line in one measure: whom the rule can judge, and how many of them fall short."""

    judged: int = 0
    below: int = 0


def flags(work: Work, schools: Iterable[Organization], year: int, today: date) -> list[Flag]:
    """One for each school where the four-point rule asks for a change, most students first.

    Of several measures it is the one that the progress page of the school opens with.
    """
    known = {place.key: place for place in schools}
    groups: dict[int, dict[MeasureInUse, _Group]] = defaultdict(dict)
    for key, name in progress.measures_with_goals(work, today, MOST_MEASURES):
        measure = MeasureInUse(key, name, 0)
        for row in progress.rows(work, year=year, measure_key=key, with_goal=True):
            verdict = data_progress.verdict_of(row)
            if row.school not in known or verdict is None or verdict.decision is Decision.NOT_ENOUGH:
                continue
            if row.scores[-1][0] >= today - RECENT:
                group = groups[row.school].setdefault(measure, _Group())
                group.judged += 1
                group.below += verdict.decision is Decision.CHANGE
    found = []
    for school, measures in groups.items():
        usual = data_progress.usual(sorted(measures, key=lambda each: each.name))
        if usual is not None and measures[usual].below:
            found.append((known[school], usual, measures[usual]))
    return [_flag(*each) for each in sorted(found, key=lambda each: (-each[2].below, each[0].key))]


def _flag(place: Organization, measure: MeasureInUse, group: _Group) -> Flag:
    sentence = said(
        "{place}: {n} student below the goal line",
        many="{place}: {n} students below the goal line",
        count="n",
        place=short(place),
        n=group.below,
    )
    detail = said(
        "{n} of {all} with enough scores; each of their last 4 is below. {measure}.",
        n=group.below,
        all=group.judged,
        measure=measure.name,
    )
    return Flag(sentence, detail, "data", f"{PROGRESS_OF}{place.id}:{measure.key}", of_students=True)
