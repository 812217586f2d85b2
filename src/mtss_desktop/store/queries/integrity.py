"""What looks wrong in the facts: one statement for each kind of doubt, on counts where they tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from mtss_desktop.domain.people import OrganizationKind
from mtss_desktop.domain.screening import WordKind
from mtss_desktop.store.schema import facts, records
from mtss_desktop.store.work import Work


@dataclass(frozen=True)
class Doubtful:
    """``n`` rows about something from one import."""

    about: str
    import_key: int
    n: int


@dataclass(frozen=True)
class DayWithData:
    about: str
    school: int
    year: int
    day: date
    import_key: int


def _found(work: Work, query: Any) -> tuple[Doubtful, ...]:
    return tuple(Doubtful(about, key, int(n)) for about, key, n in work.connection.execute(query) if n)


def duplicates(work: Work) -> tuple[Doubtful, ...]:
    """Referrals alike in student, school, minute, behavior and place; students alike in name and birth date.

    Counts keep neither, so a database with counts only has none to show.
    """
    row, who = facts.incident.c, facts.student.c
    alike = (
        sa.select(sa.func.max(row.import_key).label("key"), (sa.func.count() - 1).label("n"))
        .where(row.live == 1, row.minute.is_not(None))
        .group_by(row.school, row.student, row.day, row.minute, row.behavior, row.location)
        .having(sa.func.count() > 1)
        .subquery()
    )
    twice = (
        sa.select(sa.func.max(who.made_by_import).label("key"), (sa.func.count() - 1).label("n"))
        .where(who.name_folded != "", who.birth_day.is_not(None))
        .group_by(who.name_folded, who.birth_day)
        .having(sa.func.count() > 1)
        .subquery()
    )
    parts = [
        sa.select(sa.literal(about), each.c.key, sa.func.sum(each.c.n)).group_by(each.c.key)
        for about, each in (("referrals", alike), ("students", twice))
    ]
    return _found(work, sa.union_all(*parts))


def impossible_dates(work: Work, years: Sequence[int]) -> tuple[Doubtful, ...]:
    """Days to come, or outside the school year (July 1 to June 30) their rows are counted in."""
    today = work.today().toordinal()

    def wrong(year: Any, day: Any) -> Any:
        outside = [
            sa.and_(year == each, sa.or_(day < _july(each), day >= _july(each + 1))) for each in dict.fromkeys(years)
        ]
        return sa.or_(day > today, *outside)

    score, incident, absence = facts.score.c, facts.incident_count.c, facts.absence_count.c
    parts = []
    for about, table, day, n in (
        ("scores", score, score.taken_on, sa.func.count()),
        ("referrals", incident, incident.day, sa.func.sum(incident.n)),
        ("absences", absence, absence.day, sa.func.sum(absence.n)),
    ):
        parts.append(
            sa.select(sa.literal(about), table.import_key, n)
            .where(table.live == 1, day.is_not(None), wrong(table.year, day))
            .group_by(table.import_key)
        )
    return _found(work, sa.union_all(*parts))


def _july(year: int) -> int:
    return date(year, 7, 1).toordinal()


def unknown_schools(work: Work) -> tuple[Doubtful, ...]:
    """Counted under a place that is no school: the file named none."""
    place, word = records.organization.c, records.word.c
    schools = sa.select(place.key).where(place.kind == OrganizationKind.SCHOOL.value)
    everyone = sa.select(word.key).where(word.kind == WordKind.GROUP.value, word.name == "all").scalar_subquery()
    parts = []
    for about, table, more in (
        ("scores", facts.screening_count.c, [facts.screening_count.c.group == everyone]),
        ("referrals", facts.incident_count.c, []),
        ("absences", facts.absence_count.c, []),
    ):
        parts.append(
            sa.select(sa.literal(about), table.import_key, sa.func.sum(table.n))
            .where(table.live == 1, table.school.not_in(schools), *more)
            .group_by(table.import_key)
        )
    return _found(work, sa.union_all(*parts))


def scores_out_of_range(work: Work) -> tuple[Doubtful, ...]:
    """Below the lowest or above the highest score of their measure, or with a percentile outside 0 to 100."""
    score, measure = facts.score.c, records.measure.c
    outside = sa.or_(
        score.value < measure.lowest, score.value > measure.highest, score.percentile < 0, score.percentile > 100
    )
    query = (
        sa.select(sa.literal("scores"), score.import_key, sa.func.count())
        .join_from(facts.score, records.measure, score.measure == measure.key)
        .where(score.live == 1, outside)
        .group_by(score.import_key)
    )
    return _found(work, query)


def days_with_data(work: Work) -> tuple[DayWithData, ...]:
    """Every day with referrals or absences, by school and year, with the latest import behind it."""
    parts = [
        sa.select(sa.literal(about), table.school, table.year, table.day, sa.func.max(table.import_key))
        .where(table.live == 1)
        .group_by(table.school, table.year, table.day)
        for about, table in (("referrals", facts.incident_count.c), ("absences", facts.absence_count.c))
    ]
    rows = work.connection.execute(sa.union_all(*parts))
    return tuple(DayWithData(about, school, year, date.fromordinal(day), key) for about, school, year, day, key in rows)
