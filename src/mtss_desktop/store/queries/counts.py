"""What system views and papers read: counts alone, in every mode. One statement each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from mtss_desktop.domain.facts import Near
from mtss_desktop.domain.precise import IncidentRow
from mtss_desktop.domain.screening import WordKind, grade_name
from mtss_desktop.store.schema import facts, records
from mtss_desktop.store.work import Work

EVERYONE = "all"


@dataclass(frozen=True)
class DayCount:
    """``n`` incidents, absences or tardies on a day."""

    day: date
    n: int


@dataclass(frozen=True)
class LevelCount:
    """Students of a school and grade at a level (None: tested, without a level) of a measure in a window."""

    year: int
    window: str
    grade: int | None
    measure_key: int
    level: str | None
    tier: int | None
    n: int


@dataclass(frozen=True)
class Movement:
    """Students who went from one level to another between two windows; None where they were not tested."""

    grade: int | None
    measure_key: int
    from_year: int
    from_window: str
    from_tier: int | None
    to_year: int
    to_window: str
    to_tier: int | None
    n: int


@dataclass(frozen=True)
class Counted:
    """Results of a measure that stand on an import: of one window, or of two between which students moved.

    ``spoken`` where a level asks for a tier of supports (in both windows); others are in no bar.
    """

    import_key: int
    measure_key: int
    windows: tuple[tuple[int, str], ...]
    spoken: bool
    n: int


@dataclass(frozen=True)
class Source:
    """An import whose rows are behind a number."""

    key: int
    file_name: str
    rows: int
    applied_at: datetime | None


def _group(table: sa.Table, name: str = EVERYONE) -> sa.ColumnElement[bool]:
    word = records.word.c
    chosen = sa.select(word.key).where(word.kind == WordKind.GROUP.value, word.name == name).scalar_subquery()
    return table.c.group == chosen


def _keys_of(work: Work, kind: WordKind, name: str) -> tuple[int, ...]:
    """A word and those that are counted as it."""
    found = work.words.first(kind=kind, name=name)
    if found is None:
        return ()
    return (found.key, *(word.key for word in work.words.list(kind=kind, counts_as=found.key)))


def counted_words(kind: WordKind) -> sa.Subquery:
    """``key`` of every word of a kind → ``name`` of the word it is counted as."""
    word, other = records.word.alias(), records.word.alias()
    return (
        sa.select(word.c.key, sa.func.coalesce(other.c.name, word.c.name).label("name"))
        .select_from(word.outerjoin(other, sa.and_(other.c.kind == kind.value, other.c.key == word.c.counts_as)))
        .where(word.c.kind == kind.value)
        .subquery()
    )


def incidents_by_day(
    work: Work, school: int, year: int, *, location: str = "", behavior: str = ""
) -> tuple[DayCount, ...]:
    """Referrals of a school (its key) in a year by day, at one location and of one behavior where given; none for unknown words."""
    table = facts.incident_count
    return _by_day(work, table, _of_incidents(work, school, year, location, behavior))


def incidents_by_import(
    work: Work, school: int, year: int, *, location: str = "", behavior: str = ""
) -> dict[int, int]:
    """The same referrals by the import (its key) that brought them."""
    return dict(_by(work, facts.incident_count, "import_key", _of_incidents(work, school, year, location, behavior)))


def _of_incidents(work: Work, school: int, year: int, location: str, behavior: str) -> list[Any]:
    table = facts.incident_count.c
    conditions: list[Any] = [table.live == 1, table.school == school, table.year == year]
    for kind, column, name in (
        (WordKind.LOCATION, table.location, location),
        (WordKind.BEHAVIOR, table.behavior, behavior),
    ):
        if name:
            conditions.append(column.in_(_keys_of(work, kind, name)))
    return conditions


def absences_by_day(work: Work, school: int, year: int, *, tardy: bool) -> tuple[DayCount, ...]:
    """Tardies, or absences, of a school in a year by day."""
    return _by_day(work, facts.absence_count, _of_absences(school, year, tardy=tardy))


def absences_by_import(work: Work, school: int, year: int, *, tardy: bool) -> dict[int, int]:
    """The same tardies or absences by the import (its key) that brought them."""
    return dict(_by(work, facts.absence_count, "import_key", _of_absences(school, year, tardy=tardy)))


def _of_absences(school: int, year: int, *, tardy: bool) -> list[Any]:
    table = facts.absence_count.c
    return [table.live == 1, table.school == school, table.year == year, table.tardy == int(tardy)]


def _by_day(work: Work, table: sa.Table, conditions: list[Any]) -> tuple[DayCount, ...]:
    return tuple(DayCount(date.fromordinal(day), n) for day, n in _by(work, table, "day", conditions))


def _by(work: Work, table: sa.Table, name: str, conditions: list[Any]) -> list[tuple[int, int]]:
    """(value of a column, how many), by that column."""
    column = table.c[name]
    query = sa.select(column, sa.func.sum(table.c.n)).where(*conditions).group_by(column).order_by(column)
    return [(int(value), int(n)) for value, n in work.connection.execute(query)]


def incidents(work: Work, school: int, year: int) -> tuple[IncidentRow, ...]:
    """Every referral of a school in a year as counts by day, hour, place, behavior and grade: what bars narrow."""
    table = facts.incident_count.c
    place, kind = counted_words(WordKind.LOCATION), counted_words(WordKind.BEHAVIOR)
    parts: list[Any] = [table.day, table.half_hour, place.c.name, kind.c.name, table.grade, table.major]
    columns = [*parts, table.import_key]
    labeled = [each.label(f"part_{at}") for at, each in enumerate(columns)]
    query = (
        sa.select(*labeled, sa.func.sum(table.n))
        .select_from(
            facts.incident_count.outerjoin(place, place.c.key == table.location).outerjoin(
                kind, kind.c.key == table.behavior
            )
        )
        .where(table.live == 1, table.school == school, table.year == year)
        .group_by(*columns)
        .order_by(table.day)
    )
    return tuple(
        IncidentRow(
            date.fromordinal(day),
            None if half_hour is None else half_hour // 2,
            location or "",
            behavior or "",
            "" if grade is None else grade_name(grade),
            int(n),
            None if major is None else bool(major),
            import_key,
        )
        for day, half_hour, location, behavior, grade, major, import_key, n in map(
            tuple, work.connection.execute(query)
        )
    )


def incidents_by_location(work: Work, school: int, year: int, first: date, last: date) -> tuple[tuple[str, int], ...]:
    """(location, referrals) from first to last day, most first."""
    return _by_word(work, WordKind.LOCATION, facts.incident_count.c.location, school, year, first, last)


def incidents_by_behavior(work: Work, school: int, year: int, first: date, last: date) -> tuple[tuple[str, int], ...]:
    """(behavior, referrals) from first to last day, most first."""
    return _by_word(work, WordKind.BEHAVIOR, facts.incident_count.c.behavior, school, year, first, last)


def _by_word(
    work: Work, kind: WordKind, column: Any, school: int, year: int, first: date, last: date
) -> tuple[tuple[str, int], ...]:
    table, word = facts.incident_count.c, counted_words(kind)
    total = sa.func.sum(table.n)
    query = (
        sa.select(word.c.name, total)
        .join_from(facts.incident_count, word, word.c.key == column, isouter=True)
        .where(table.live == 1, table.school == school, table.year == year)
        .where(table.day.between(first.toordinal(), last.toordinal()))
        .group_by(word.c.name)
        .order_by(total.desc(), word.c.name)
    )
    return tuple((name or "", int(n)) for name, n in work.connection.execute(query))


def screening(work: Work, school: int, *, years: tuple[int, ...]) -> tuple[LevelCount, ...]:
    """Students by level and tier of supports the level asks for, all windows of the years, in the order of year and window."""
    table, window, level = facts.screening_count, records.word.alias("window"), records.level
    n = sa.func.sum(table.c.n)
    query = (
        sa.select(table.c.year, window.c.name, table.c.grade, table.c.measure, table.c.level, level.c.word, n)
        .join_from(table, window, sa.and_(window.c.kind == WordKind.WINDOW.value, window.c.key == table.c.window))
        .outerjoin(level, level.c.key == table.c.level)
        .where(table.c.live == 1, table.c.school == school, table.c.year.in_(years), _group(table))
        .group_by(
            table.c.year, window.c.order, window.c.name, table.c.grade, table.c.measure, table.c.level, level.c.word
        )
        .order_by(table.c.year, window.c.order, table.c.measure, table.c.grade)
    )
    tier = tier_of(work)
    return tuple(
        LevelCount(year, name, grade, measure, word, tier(measure, key), int(count))
        for year, name, grade, measure, key, word, count in work.connection.execute(query)
    )


def screening_imports(work: Work, school: int, *, years: tuple[int, ...]) -> tuple[Counted, ...]:
    """What stands on which import, of all measures and windows of the years."""
    table, window = facts.screening_count, records.word.alias("window")
    columns = (table.c.import_key, table.c.measure, table.c.year, window.c.name, table.c.level)
    query = (
        sa.select(*columns, sa.func.sum(table.c.n))
        .join_from(table, window, sa.and_(window.c.kind == WordKind.WINDOW.value, window.c.key == table.c.window))
        .where(table.c.live == 1, table.c.school == school, table.c.year.in_(years), _group(table))
        .group_by(*columns)
    )
    tier = tier_of(work)
    return tuple(
        Counted(key, measure, ((year, name),), tier(measure, level) is not None, int(n))
        for key, measure, year, name, level, n in work.connection.execute(query)
    )


def movement_imports(work: Work, school: int, *, years: tuple[int, ...]) -> tuple[Counted, ...]:
    """What stands on which import, of all movements that end in the years."""
    table = facts.movement_count
    start, end = records.word.alias("start"), records.word.alias("finish")
    is_window = WordKind.WINDOW.value
    columns = (
        *(table.c.import_key, table.c.measure, table.c.from_year, start.c.name, table.c.to_year, end.c.name),
        *(table.c.from_level, table.c.to_level),
    )
    labeled = [each.label(f"part_{at}") for at, each in enumerate(columns)]
    query = (
        sa.select(*labeled, sa.func.sum(table.c.n))
        .join_from(table, start, sa.and_(start.c.kind == is_window, start.c.key == table.c.from_window))
        .join(end, sa.and_(end.c.kind == is_window, end.c.key == table.c.to_window))
        .where(table.c.live == 1, table.c.school == school, table.c.to_year.in_(years), _group(table))
        .group_by(*columns)
    )
    tier = tier_of(work)
    return tuple(
        Counted(
            import_key=row[0],
            measure_key=row[1],
            windows=((row[2], row[3]), (row[4], row[5])),
            spoken=bool(tier(row[1], row[6]) and tier(row[1], row[7])),
            n=int(row[8]),
        )
        for row in work.connection.execute(query)
    )


def at_level(work: Work, level_key: int) -> tuple[tuple[int, int, str, int], ...]:
    """(measure, year, window, students) of every school at a level, the newest window first."""
    table, word = facts.screening_count, records.word
    query = (
        sa.select(table.c.measure, table.c.year, word.c.name, sa.func.sum(table.c.n))
        .join_from(table, word, sa.and_(word.c.kind == WordKind.WINDOW.value, word.c.key == table.c.window))
        .where(table.c.live == 1, table.c.level == level_key, _group(table))
        .group_by(table.c.measure, table.c.year, word.c.name, word.c.order)
        .order_by(table.c.year.desc(), word.c.order.desc(), table.c.measure)
    )
    return tuple((measure, year, name, int(n)) for measure, year, name, n in work.connection.execute(query))


def measures_with_levels(work: Work) -> tuple[int, ...]:
    """Keys of measures whose live scores carry a level."""
    table = facts.screening_count
    query = sa.select(table.c.measure).where(table.c.live == 1, table.c.level.is_not(None)).distinct()
    return tuple(sorted(work.connection.execute(query).scalars()))


def level_totals(work: Work, measure_key: int) -> dict[int, int]:
    """Level → live scores at it, of one measure or (0) of all."""
    table = facts.screening_count
    where = [table.c.live == 1, table.c.level.is_not(None), _group(table)]
    if measure_key:
        where.append(table.c.measure == measure_key)
    query = sa.select(table.c.level, sa.func.sum(table.c.n)).where(*where).group_by(table.c.level)
    return {level: int(n) for level, n in work.connection.execute(query)}


def near_cut(
    work: Work, school: int, *, year: int, measure: int, window: str
) -> tuple[tuple[int | None, int, int], ...]:
    """(grade, students just below, students just above) the lowest score that asks for Tier 1 supports alone, by grade."""
    table, word = facts.screening_count, records.word
    below = sa.func.sum(sa.case((table.c.near == Near.JUST_BELOW.value, table.c.n), else_=0))
    above = sa.func.sum(sa.case((table.c.near == Near.JUST_ABOVE.value, table.c.n), else_=0))
    query = (
        sa.select(table.c.grade, below, above)
        .join_from(table, word, sa.and_(word.c.kind == WordKind.WINDOW.value, word.c.key == table.c.window))
        .where(
            table.c.live == 1, table.c.school == school, table.c.year == year, table.c.measure == measure, _group(table)
        )
        .where(word.c.name == window)
        .group_by(table.c.grade)
        .order_by(table.c.grade)
    )
    return tuple((grade, int(low), int(high)) for grade, low, high in work.connection.execute(query))


def movement(work: Work, school: int, *, to_year: int) -> tuple[Movement, ...]:
    """All movements between windows that end in a year."""
    table = facts.movement_count
    start, end = records.word.alias("start"), records.word.alias("finish")
    is_window = WordKind.WINDOW.value
    columns = (
        table.c.grade,
        table.c.measure,
        table.c.from_year,
        start.c.name,
        table.c.from_level,
        table.c.to_year,
        end.c.name,
        table.c.to_level,
    )
    query = (
        sa.select(*columns, sa.func.sum(table.c.n))
        .join_from(table, start, sa.and_(start.c.kind == is_window, start.c.key == table.c.from_window))
        .join(end, sa.and_(end.c.kind == is_window, end.c.key == table.c.to_window))
        .where(table.c.live == 1, table.c.school == school, table.c.to_year == to_year, _group(table))
        .group_by(*columns, start.c.order, end.c.order)
        .order_by(table.c.from_year, start.c.order, table.c.measure, table.c.grade)
    )
    tier = tier_of(work)
    return tuple(
        Movement(
            row[0], row[1], row[2], row[3], tier(row[1], row[4]), row[5], row[6], tier(row[1], row[7]), int(row[8])
        )
        for row in work.connection.execute(query)
    )


def tier_of(work: Work) -> Callable[[int, int | None], int | None]:
    """(measure, level) → tier by the dated table in force today; a line for one measure goes before one for all."""
    today = work.today()
    lines = sorted(work.level_tiers.list(), key=lambda line: line.valid_from)
    tiers = {(line.measure_key, line.level_key): line.tier for line in lines if line.valid_from <= today}

    def tier(measure: int, level: int | None) -> int | None:
        if level is None:
            return None
        return tiers.get((measure, level), tiers.get((0, level)))

    return tier


def enrollment(work: Work, school: int, year: int) -> int | None:
    """Students enrolled on the last day counted in a year, None where nobody counted."""
    table = facts.enrollment_count
    here = (table.c.live == 1, table.c.school == school, table.c.year == year, _group(table))
    last = sa.select(sa.func.max(table.c.on_day)).where(*here).scalar_subquery()
    total = work.connection.execute(sa.select(sa.func.sum(table.c.n)).where(*here, table.c.on_day == last)).scalar()
    return None if total is None else int(total)


def sources(work: Work, table_name: str, school: int, year: int) -> tuple[Source, ...]:
    """The imports behind a school's counts of one kind in a year, newest last."""
    table = {each.name: each for each in facts.COUNTS}[table_name]
    keys = (
        sa.select(table.c.import_key)
        .where(table.c.live == 1, table.c.school == school, table.c.year == year)
        .distinct()
    )
    found = records.import_.c
    query = (
        sa.select(found.key, found.file_name, found.rows, found.applied_at)
        .where(found.key.in_(keys))
        .order_by(found.key)
    )
    return tuple(Source(row.key, row.file_name, row.rows, row.applied_at) for row in work.connection.execute(query))


def used_rows(work: Work, table_name: str, school: int, year: int) -> dict[int, int]:
    """Import key → how many students, referrals or days of a school's counts in a year stand on it."""
    table = {each.name: each for each in facts.COUNTS}[table_name]
    conditions = [table.c.live == 1, table.c.school == school, table.c.year == year]
    if "group" in table.c:
        conditions.append(_group(table))
    query = sa.select(table.c.import_key, sa.func.sum(table.c.n)).where(*conditions).group_by(table.c.import_key)
    return {key: int(n) for key, n in work.connection.execute(query)}


def referral_bands(work: Work, school: int, year: int) -> tuple[tuple[int, int, int], ...]:
    """(band, import, enrolled students) on the last day counted: 0 for none or one referral, 1 for two to five, 2 for six
    or more."""
    table = facts.referral_band_count
    here = (table.c.live == 1, table.c.school == school, table.c.year == year, _group(table))
    last = sa.select(sa.func.max(table.c.until_day)).where(*here).scalar_subquery()
    query = (
        sa.select(table.c.band, table.c.import_key, sa.func.sum(table.c.n))
        .where(*here, table.c.until_day == last)
        .group_by(table.c.band, table.c.import_key)
        .order_by(table.c.band)
    )
    return tuple((int(band), int(key), int(n)) for band, key, n in work.connection.execute(query))


def enrolled_by_grade(work: Work, school: int, year: int) -> dict[int | None, int]:
    """Grade → students enrolled on the last day counted in a year; empty where nobody counted."""
    table = facts.enrollment_count
    here = (table.c.live == 1, table.c.school == school, table.c.year == year, _group(table))
    last = sa.select(sa.func.max(table.c.on_day)).where(*here).scalar_subquery()
    query = (
        sa.select(table.c.grade, sa.func.sum(table.c.n)).where(*here, table.c.on_day == last).group_by(table.c.grade)
    )
    return {grade: int(n) for grade, n in work.connection.execute(query)}
