"""Which counts stand: those rebuilt from live facts, or those of a counts-only import that is newer for its scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from mtss_desktop.base.changes import Topic
from mtss_desktop.domain.facts import SEXES, Facts
from mtss_desktop.domain.files import ImportState, Mode
from mtss_desktop.domain.people import school_days
from mtss_desktop.domain.screening import Word, WordKind
from mtss_desktop.store import counting
from mtss_desktop.store.bulk import highest, insert, next_key
from mtss_desktop.store.counting import NONE, Counting, Rows
from mtss_desktop.store.queries.counts import tier_of
from mtss_desktop.store.schema import facts as tables
from mtss_desktop.store.work import Work

Array = NDArray[Any]
Columns = Mapping[str, Array]
SCOPES: Mapping[str, tuple[str, ...]] = {
    "screening_count": ("school", "year", "measure", "window"),
    "movement_count": ("school", "to_year", "measure"),
    "referral_band_count": ("school", "year"),
    "attendance_count": ("school", "year"),
    "absence_count": ("school", "year"),
    "enrollment_count": ("school", "year"),
    "incident_count": ("school", "year"),
    "incident_group_count": ("school", "year"),
}
"""Within each a newer file replaces the older one's counts as a whole."""
_COUNTS = {table.name: table for table in tables.COUNTS}
_FLOATS = {"value", "error", "percentile", "start_value", "end_value"}
_SOURCES = {
    "score": ("screening_count", "movement_count"),
    "incident": ("incident_count", "incident_group_count", "referral_band_count"),
    "absence": ("absence_count", "attendance_count"),
    "student_year": ("enrollment_count",),
    "goal_line": (),
}
_WINDOW_ORDER = {"fall": 1, "winter": 2, "spring": 3}


def live(work: Work, table: sa.Table, **among: Sequence[int]) -> dict[str, Array]:
    """Live facts in columns, ``NONE`` or NaN for nothing. ``among``: column → the values wanted."""
    columns = [
        column if column.name in _FLOATS else sa.func.coalesce(column, NONE).label(column.name)
        for column in table.columns
        if column.name not in ("number", "live")
    ]
    names = [column.name for column in table.columns if column.name not in ("number", "live")]
    query = sa.select(*columns).where(table.c.live == 1)
    for name, values in among.items():
        query = query.where(table.c[name].in_([int(value) for value in values]))
    rows = work.connection.execute(query).all()
    lists = list(zip(*rows, strict=True)) if rows else [() for _ in names]
    return {
        name: np.asarray(values, dtype=np.float64 if name in _FLOATS else np.int64)
        for name, values in zip(names, lists, strict=True)
    }


# What counting needs -----------------------------------------------------------------------------------------------------------


def about(work: Work) -> Counting:
    words = work.words.list()
    named = {(word.kind, word.key): word.name for word in words}
    windows = {
        word.key: _WINDOW_ORDER[word.name.casefold()]
        for word in words
        if word.kind is WordKind.WINDOW and word.name.casefold() in _WINDOW_ORDER
    }
    return Counting(
        groups={word.name: word.key for word in words if word.kind is WordKind.GROUP},
        sexes=SEXES,
        races={key: name for (kind, key), name in named.items() if kind is WordKind.RACE},
        flags={key - 1: name for (kind, key), name in named.items() if kind is WordKind.FLAG},
        windows=windows,
        tier=tier_of(work),
        school_days=_Calendars(work).days,
        near_points=work.rules.near_points,
        home=_home_key(work),
        today=work.today(),
    )


def _home_key(work: Work) -> int:
    home = work.organizations.find(work.home_id) if work.home_id else None
    return home.key if home is not None else 0


class _Calendars:
    """School days by school key and year; a school without a calendar of its own has its division's."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._known: dict[tuple[int, int], NDArray[Any] | None] = {}

    def days(self, school: int, year: int) -> NDArray[Any] | None:
        if (school, year) not in self._known:
            self._known[school, year] = self._read(school, year)
        return self._known[school, year]

    def _read(self, school: int, year: int) -> NDArray[Any] | None:
        place = self._work.organizations.first(key=school)
        found = self._work.school_years.first(start=year)
        if place is None or found is None:
            return None
        chain = [place.id, *([place.parent_id] if place.parent_id else [])]
        calendars = [self._work.calendars.first(organization_id=each, year_id=found.id) for each in chain]
        calendar = next((each for each in calendars if each is not None), None)
        if calendar is None:
            return None
        off = self._work.days_without_school.list(organization_id=tuple(chain), year_id=found.id)
        days = school_days(calendar.first_day, calendar.last_day, [each.day for each in off])
        return np.asarray([day.toordinal() for day in days], dtype=np.int64)


def need_groups(work: Work) -> None:
    """The group words that the known sexes, races and flags call for."""
    there = {word.name for word in work.words.list(kind=WordKind.GROUP)}
    words = work.words.list(kind=(WordKind.RACE, WordKind.FLAG))
    wanted = ["all", *(f"sex:{name}" for name in SEXES.values())]
    wanted += [f"{word.kind.value}:{word.name}" for word in words]
    lacking = [name for name in wanted if name not in there]
    if lacking:
        first = next_key(work, "word", kind="group", count=len(lacking))
        for place, name in enumerate(lacking):
            work.words.add(Word(organization_id=work.home_id, kind=WordKind.GROUP, key=first + place, name=name))


# Rebuilding ----------------------------------------------------------------------------------------------------------------------


def after_write(work: Work, facts: Sequence[Facts]) -> None:
    """Counts of the scopes that an import's facts touched, from what is live now."""
    for each in facts:
        if len(each):
            _rebuild(work, each.table, _touched(each.table, each.columns))


def after_turn(work: Work, import_key: int, fact_tables: Sequence[str]) -> None:
    """Counts of the scopes of an import that was taken back or put back."""
    for name in fact_tables:
        table = next(table for table in tables.FACTS if table.name == name)
        wanted = [n for n in ("year", "measure", "window", "from_day") if n in table.c]
        query = (
            sa.select(*(sa.func.coalesce(table.c[n], NONE) for n in wanted))
            .where(table.c.import_key == import_key)
            .distinct()
        )
        rows = work.connection.execute(query).all()
        columns = dict(zip(wanted, (np.asarray(values) for values in zip(*rows, strict=True)), strict=True))
        _rebuild(work, name, _touched(name, columns))
    _settle_counts(work, import_key)


def after_levels(work: Work) -> None:
    """Who is near a cut, counted anew where this step changed the table of levels or how near is near; undo and redo come here, too.

    Counts of a counts-only import stay as they came: their scores are not here.
    """
    if work.step.import_key is not None:
        return  # an import counts what it brings, with the levels it made
    changed = [each for each in work.step.pictures.values() if each.before != each.after]
    lines = [each.after or each.before or {} for each in changed if each.kind.table.name == "level_tier"]
    wider = any(
        each.kind.table.name == "rule" and (each.after or each.before or {})["name"] == "near_points"
        for each in changed
    )
    if not lines and not wider:
        return
    score = tables.score
    query = sa.select(score.c.year, score.c.measure).where(score.c.live == 1, score.c.window.is_not(None)).distinct()
    if not wider:
        query = query.where(sa.or_(*(_of_line(score, line) for line in lines)))
    pairs = work.connection.execute(query).all()
    if pairs:
        _rebuild(work, "score", {"year": sorted({y for y, _ in pairs}), "measure": sorted({m for _, m in pairs})})
        work.touch(Topic.SCORES, "levels")


def _of_line(score: sa.Table, line: Mapping[str, Any]) -> sa.ColumnElement[bool]:
    """Scores of a line's word, of its measure or of all."""
    word = score.c.level == line["level_key"]
    return sa.and_(word, score.c.measure == line["measure_key"]) if line["measure_key"] else word


def _touched(table: str, columns: Columns) -> dict[str, list[int]]:
    if table == "goal_line":
        return {}
    if table != "score":
        return {"year": np.unique(columns["year"]).tolist()}
    screened = np.asarray(columns["window"]) != NONE
    if not screened.any():
        return {}
    year, measure = np.asarray(columns["year"])[screened], np.asarray(columns["measure"])[screened]
    return {"year": np.unique(year).tolist(), "measure": np.unique(measure).tolist()}


def _rebuild(work: Work, table: str, touched: Mapping[str, list[int]]) -> None:
    if not touched:
        return
    need_groups(work)
    what, years = about(work), touched["year"]
    wide = sorted({year + shift for year in years for shift in (-1, 0, 1)})
    stays = live(work, tables.student_year, year=wide)
    if table == "student_year":
        _replace(work, "enrollment_count", counting.enrollment(_of(stays, years), what), stays, years)
        _rebuild_scores(work, years, None, stays, what)
        _rebuild_incidents(work, years, stays, what)
        _rebuild_absences(work, years, stays, what)
    elif table == "score":
        _rebuild_scores(work, years, touched["measure"], stays, what)
    elif table == "incident":
        _rebuild_incidents(work, years, stays, what)
    elif table == "absence":
        _rebuild_absences(work, years, stays, what)


def _of(columns: Columns, years: Sequence[int]) -> dict[str, Array]:
    kept = np.isin(columns["year"], years)
    return {name: values[kept] for name, values in columns.items()}


def _rebuild_scores(
    work: Work, years: Sequence[int], measures: Sequence[int] | None, stays: Columns, what: Counting
) -> None:
    wide = sorted({year + shift for year in years for shift in (-1, 0, 1)})
    among = {"year": wide} | ({"measure": measures} if measures is not None else {})
    scores = counting.completed(live(work, tables.score, **among), stays, "taken_on")
    there = _of(scores, years)
    if measures is None:
        measures = np.unique(there["measure"]).tolist()
    if not len(measures):
        return
    _replace(work, "screening_count", counting.screening(there, stays, what), there, years, measures, home=what.home)
    ends = sorted({year + shift for year in years for shift in (0, 1)})
    moves = [row for row in counting.movement(scores, stays, what) if row[8] in ends]
    _replace(work, "movement_count", moves, scores, ends, measures, home=what.home)


def _rebuild_incidents(work: Work, years: Sequence[int], stays: Columns, what: Counting) -> None:
    facts = counting.completed(live(work, tables.incident, year=years), stays, "day")
    _replace(work, "incident_count", counting.incidents(facts), facts, years)
    _replace(work, "incident_group_count", counting.incident_groups(facts, stays, what), facts, years)
    _replace(work, "referral_band_count", counting.referral_bands(facts, stays, what), facts, years)


def _rebuild_absences(work: Work, years: Sequence[int], stays: Columns, what: Counting) -> None:
    facts = live(work, tables.absence, year=years)
    _replace(work, "absence_count", counting.absences(facts, stays), facts, years)
    _replace(work, "attendance_count", counting.attendance(facts, stays, what), facts, years)


def _replace(
    work: Work,
    name: str,
    rows: Rows,
    facts: Columns,
    years: Sequence[int],
    measures: Sequence[int] | None = None,
    home: int = 0,
) -> None:
    """Derived rows of a scope replaced; scopes that a newer counts-only import owns are left to it."""
    table, scope = _COUNTS[name], SCOPES[name]
    year = "to_year" if "to_year" in table.c else "year"
    counted = _counts_only(work)
    where = [table.c[year].in_([int(value) for value in years])]
    if measures is not None:
        where.append(table.c.measure.in_([int(value) for value in measures]))
    work.connection.execute(table.delete().where(*where, table.c.import_key.not_in(counted or [-1])))
    newest = _newest_facts(facts, name, home)
    owned = _owned(work, table, scope, where, counted)
    names = [column.name for column in table.columns if column.name not in ("number", "import_key", "live")]
    places = [names.index(column) for column in scope]
    made, alive = [], set()
    for row in rows:
        key = tuple(row[place] for place in places)
        source = newest.get(key[:2], 0)
        if owned.get(key, -1) > source:
            continue
        alive.add(key)
        made.append((*row, source))
    _write(work, table, names, made)
    _set_live(work, table, scope, where, owned, alive)


def _newest_facts(facts: Columns, name: str, home: int) -> dict[tuple[int | None, ...], int]:
    """(school, year) → the latest import with live facts there: where a number comes from."""
    newest: dict[tuple[int | None, ...], int] = {}
    if not len(facts["import_key"]):
        return newest
    school = np.where(facts["school"] == NONE, home, facts["school"])
    columns, _ = counting.tally([school, facts["year"], facts["import_key"]])
    for place, year, key in zip(*(column.tolist() for column in columns), strict=True):
        for end in (year, year + 1) if name == "movement_count" else (year,):
            newest[place, end] = max(newest.get((place, end), 0), key)
    return newest


def _counts_only(work: Work) -> list[int]:
    return [found.key for found in work.imports.list(mode=Mode.COUNTS)]


def _owned(
    work: Work, table: sa.Table, scope: Sequence[str], where: Sequence[Any], counted: Sequence[int]
) -> dict[tuple[int | None, ...], int]:
    """Scope → the latest counts-only import that stands and counts there."""
    standing = [found.key for found in work.imports.list(mode=Mode.COUNTS, state=ImportState.APPLIED)]
    if not standing or not counted:
        return {}
    columns = [table.c[name] for name in scope]
    query = (
        sa.select(*columns, sa.func.max(table.c.import_key))
        .where(*where, table.c.import_key.in_(standing))
        .group_by(*columns)
    )
    return {tuple(row[:-1]): row[-1] for row in work.connection.execute(query)}


def _set_live(
    work: Work,
    table: sa.Table,
    scope: Sequence[str],
    where: Sequence[Any],
    owned: Mapping[tuple[int | None, ...], int],
    derived: set[tuple[int | None, ...]],
) -> None:
    """Of counts-only rows, those live whose import owns their scope and that no newer facts replace."""
    counted = _counts_only(work)
    if not counted:
        return
    work.connection.execute(table.update().where(*where, table.c.import_key.in_(counted)).values(live=0))
    for key, owner in owned.items():
        if key not in derived:
            here = [table.c[name] == value for name, value in zip(scope, key, strict=True)]
            work.connection.execute(table.update().where(*here, table.c.import_key == owner).values(live=1))


def _write(work: Work, table: sa.Table, names: Sequence[str], rows: Sequence[tuple[int | None, ...]]) -> None:
    """Rows end with their import's key."""
    first = highest(work, table.c.number) + 1
    insert(
        work, table, [*names, "import_key", "number", "live"], ((*row, first + at, 1) for at, row in enumerate(rows))
    )


# Counts only -----------------------------------------------------------------------------------------------------------------------


def write_counts(work: Work, import_key: int, facts: Sequence[Facts]) -> None:
    """Counts of a file whose students stay in memory. Its scopes are its own until a newer import of them."""
    need_groups(work)
    what = about(work)
    by_table = {each.table: each.columns for each in facts if len(each)}
    stays: Columns = by_table.get("student_year", _no_stays())
    made: dict[str, Rows] = {}
    if "student_year" in by_table:
        made["enrollment_count"] = counting.enrollment(stays, what)
    if "score" in by_table:
        made["screening_count"] = counting.screening(by_table["score"], stays, what)
        made["movement_count"] = counting.movement(by_table["score"], stays, what)
    if "incident" in by_table:
        incidents = by_table["incident"]
        made["incident_count"] = counting.incidents(incidents)
        made["incident_group_count"] = counting.incident_groups(incidents, stays, what)
        made["referral_band_count"] = counting.referral_bands(incidents, stays, what)
    if "absence" in by_table:
        made["absence_count"] = counting.absences(by_table["absence"], stays)
    for name, rows in made.items():
        table = _COUNTS[name]
        names = [column.name for column in table.columns if column.name not in ("number", "import_key", "live")]
        _write(work, table, names, [(*row, import_key) for row in rows])
    _settle_counts(work, import_key)


def write_enrollment(work: Work, import_key: int, rows: Sequence[tuple[int, int, int, int]]) -> None:
    """Numbers of students typed by hand, as (school, year, day, n); a roster of the same school and year replaces them."""
    need_groups(work)
    everyone = about(work).groups["all"]
    names = ("school", "year", "grade", "group", "on_day", "n")
    counted = [(school, year, None, everyone, day, n, import_key) for school, year, day, n in rows]
    _write(work, _COUNTS["enrollment_count"], names, counted)
    _settle_counts(work, import_key)


def _no_stays() -> dict[str, Array]:
    nothing = np.empty(0, dtype=np.int64)
    return dict.fromkeys(("student", "year", "school", "grade", "from_day", "to_day", "sex", "race", "flags"), nothing)


def _settle_counts(work: Work, import_key: int) -> None:
    """For every scope a counts-only import counts in: the newest import that stands is live, derived or counts only."""
    found = work.imports.first(key=import_key)
    if found is None or found.mode is not Mode.COUNTS:
        return
    for name, table in _COUNTS.items():
        year = "to_year" if "to_year" in table.c else "year"
        query = sa.select(table.c[year]).where(table.c.import_key == import_key).distinct()
        years = list(work.connection.execute(query).scalars())
        if years:
            _rebuild_one(work, name, years)


def _rebuild_one(work: Work, name: str, years: Sequence[int]) -> None:
    source = next(table for table, counts in _SOURCES.items() if name in counts)
    if source == "score":
        measures = sorted(
            {int(key) for key in work.connection.execute(sa.select(_COUNTS[name].c.measure).distinct()).scalars()}
        )
        stays = live(work, tables.student_year, year=sorted({y + s for y in years for s in (-1, 0, 1)}))
        _rebuild_scores(work, years, measures, stays, about(work))
        return
    _rebuild(work, source, {"year": list(years)})


def live_scopes(work: Work, table_name: str, imports: Sequence[int] | None = None) -> frozenset[tuple[int, ...]]:
    """Scopes that hold live counts, as ``importing`` names them: school, year and for scores measure and window.

    ``imports``: only those that were counted by one of these imports.
    """
    name = _SOURCES[table_name][0]
    table = _COUNTS[name]
    columns = [table.c[column] for column in SCOPES[name]]
    query = sa.select(*columns).where(table.c.live == 1).distinct()
    if imports is not None:
        query = query.where(table.c.import_key.in_(imports))
    rows = work.connection.execute(query)
    return frozenset(tuple(int(value) for value in row) for row in rows)
