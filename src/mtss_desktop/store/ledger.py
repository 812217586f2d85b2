"""Bulk facts of imports: written set-based, live by rule. How they are taken back is in ``taking_back.py``.

Facts are numbers; nothing here goes through the journal. Rows of one natural key are live when their import is the latest that is not
taken back; a row with line 0 retracts. Counts are rebuilt in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from mtss_desktop.base.changes import Topic
from mtss_desktop.base.progress import Progress, silent
from mtss_desktop.domain.facts import Facts
from mtss_desktop.domain.files import ImportState
from mtss_desktop.domain.people import school_year_of
from mtss_desktop.store import recount
from mtss_desktop.store.bulk import highest, insert_columns
from mtss_desktop.store.counting import NONE
from mtss_desktop.store.schema import facts as tables
from mtss_desktop.store.schema.journal import step
from mtss_desktop.store.work import Work

Array = NDArray[Any]
_BATCH = 20_000
TABLES = {table.name: table for table in tables.FACTS}
TOPICS = {
    "score": Topic.SCORES,
    "goal_line": Topic.SCORES,
    "incident": Topic.BEHAVIOR,
    "absence": Topic.ATTENDANCE,
    "student_year": Topic.STUDENTS,
}


# Writing ---------------------------------------------------------------------------------------------------------------


def write(work: Work, import_key: int, facts: Facts, progress: Progress) -> None:
    """Facts of an import that is the latest, in the order of the index over them; earlier rows of the same keys are no longer live.

    In that order the index only grows at its end, or at one place for each test: written in any other it costs half as much again.
    """
    table = TABLES[facts.table]
    rows = len(facts)
    if not rows:
        return
    order = np.lexsort([facts.columns[name] for name in reversed(_found_by(table))])
    first = highest(work, table.c.number) + 1
    other = work.connection.execute(sa.select(table.c.number).limit(1)).first() is not None
    there = {
        column.name: np.asarray(facts.columns[column.name]) for column in table.columns if column.name in facts.columns
    }
    filled = {name: values for name, values in there.items() if not _gaps(values).all()}
    live = np.asarray(facts.columns["line"]) > 0
    alike = {name: int(values[0]) for name, values in filled.items() if name != "line" and _all_alike(values)} | {
        "import_key": import_key
    }
    varied = {name: values for name, values in filled.items() if name not in alike}
    if live.all():
        alike["live"] = 1
    else:
        varied["live"] = live.astype(np.int64)
    numbered = work.connection.dialect.name == "sqlite"  # gives the very same numbers by itself

    def batches() -> Iterator[list[Sequence[Any]]]:
        """Numbers become objects a few thousand rows at a time: a million rows of them would take half a gigabyte."""
        for start in range(0, rows, _BATCH):
            progress.step("Writing", start, rows, "rows")
            chosen = order[start : start + _BATCH]
            lists: list[Sequence[Any]] = [_plain(work, values[chosen]) for values in varied.values()]
            yield lists if numbered else [*lists, range(first + start, first + start + len(chosen))]

    insert_columns(work, table, [*varied, *([] if numbered else ["number"])], alike, batches())
    if other:
        _outlive(work, table, import_key)
    work.touch(TOPICS[facts.table], str(import_key))


def _found_by(table: sa.Table) -> list[str]:
    """The columns of the index over the natural key, in its order."""
    return next(index.columns.keys() for index in table.indexes if index.name == f"ix_{table.name}_natural")


def write_again(work: Work, import_key: int, facts: Facts) -> None:
    """As ``write`` for an import that goes on (scores typed by hand): its own earlier rows of the same natural keys are replaced."""
    table = TABLES[facts.table]
    natural = tables.NATURAL_KEYS[facts.table]
    lists = [np.asarray(facts.columns[name]).tolist() for name in natural]
    wanted = {tuple(None if value == NONE else value for value in row) for row in zip(*lists, strict=True)}
    query = sa.select(table.c.number, *(table.c[name] for name in natural)).where(table.c.import_key == import_key)
    old = [row[0] for row in work.connection.execute(query) if tuple(row[1:]) in wanted]
    work.connection.execute(table.delete().where(table.c.number.in_(old)))
    write(work, import_key, facts, silent())
    settle(work, table, import_key)


def hand_facts(scores: Sequence[tuple[int, int, date, float, int]]) -> Facts:
    """(student, measure, day, value, window or 0) as facts."""
    rows = len(scores)
    nothing = np.full(rows, NONE, dtype=np.int64)
    student, measure, day, value, window = (list(column) for column in zip(*scores, strict=True))
    taken_on = np.asarray([each.toordinal() for each in day], dtype=np.int64)
    columns: dict[str, Array] = {
        "student": np.asarray(student, dtype=np.int64),
        "measure": np.asarray(measure, dtype=np.int64),
        "year": np.asarray([school_year_of(each) for each in day], dtype=np.int64),
        "window": np.asarray([key or NONE for key in window], dtype=np.int64),
        "taken_on": taken_on,
        "attempt": np.ones(rows, dtype=np.int64),
        "value": np.asarray(value, dtype=np.float64),
        "official": np.ones(rows, dtype=np.int64),
        "line": np.arange(1, rows + 1),
    }
    return Facts("score", columns | dict.fromkeys(("school", "grade", "level", "note"), nothing))


def _gaps(values: Array) -> Array:
    return np.asarray(np.isnan(values) if values.dtype.kind == "f" else values == NONE)


def _all_alike(values: Array) -> bool:
    return values.dtype.kind != "f" and bool((values == values[0]).all())


def _plain(work: Work, values: Array) -> list[Any]:
    """Plain numbers for the driver.

    SQLite stores NaN as NULL, and its driver binds a float ten times as fast as it binds ``None``.
    """
    gaps = _gaps(values)
    if not gaps.any():
        return list(values.tolist())
    nothing = float("nan") if work.connection.dialect.name == "sqlite" else None
    return [nothing if gap else value for gap, value in zip(gaps.tolist(), values.tolist(), strict=True)]


# What is live ------------------------------------------------------------------------------------------------------------------


def _same_key(table: str, a: str, b: str) -> str:
    """SQL that holds where two rows have the same natural key."""

    def same(*names: str, null: Sequence[str] = ()) -> str:
        return " AND ".join(
            f'{a}."{name}" IS NOT DISTINCT FROM {b}."{name}"' if name in null else f'{a}."{name}" = {b}."{name}"'
            for name in names
        )

    if table == "score":
        by_day = f'({a}."window" IS NOT NULL OR {same("taken_on", null=("taken_on",))})'
        return f"{same('student', 'measure', 'year', 'window', 'attempt', null=('window',))} AND {by_day}"
    if table == "incident":
        nullable = ("incident_number", "minute", "behavior", "location")
        happened = same("day", "minute", "behavior", "location", "occurrence", null=nullable)
        numbered = f'{a}."incident_number" IS NOT NULL'
        return f"{same('school', 'student', 'incident_number', null=nullable)} AND ({numbered} OR ({happened}))"
    return same(*tables.NATURAL_KEYS[table])


def _outlive(work: Work, table: sa.Table, import_key: int) -> None:
    """After the latest import wrote: earlier live rows of its natural keys live no more."""
    join = "CROSS JOIN" if work.connection.dialect.name == "sqlite" else "JOIN"
    on = _same_key(table.name, "n", "o")
    where = "WHERE" if join == "CROSS JOIN" else "ON"
    work.connection.exec_driver_sql(
        f'UPDATE "{table.name}" SET live = 0 WHERE number IN (SELECT o.number FROM "{table.name}" n {join} "{table.name}" o '
        f"{where} {on} AND n.import_key = {import_key} AND o.import_key <> {import_key} AND o.live = 1)"
    )


def settle(work: Work, table: sa.Table, import_key: int) -> None:
    """``live`` anew for exactly the natural keys of one import, wherever it stands among the others."""
    name, sqlite = table.name, work.connection.dialect.name == "sqlite"
    if not has_others(work, table, [import_key]):
        live = "0" if import_key in taken_back_keys(work) else "CASE WHEN line > 0 THEN 1 ELSE 0 END"
        work.connection.exec_driver_sql(
            f'UPDATE "{name}" SET live = {live} WHERE import_key = {import_key} AND live <> {live}'
        )
        return
    join, where = ("CROSS JOIN", "WHERE") if sqlite else ("JOIN", "ON")
    gone = _in(taken_back_keys(work))
    rows = f'FROM "{name}" n {join} "{name}" o {where} {_same_key(name, "n", "o")} AND n.import_key = {import_key}'
    run = work.connection.exec_driver_sql
    run(f'UPDATE "{name}" SET live = 0 WHERE live = 1 AND number IN (SELECT o.number {rows} AND o.live = 1)')
    later = f'SELECT 1 FROM "{name}" l WHERE {_same_key(name, "o", "l")} AND l.import_key > o.import_key AND l.import_key NOT IN {gone}'
    winners = f"SELECT o.number {rows} AND o.line > 0 AND o.import_key NOT IN {gone} AND NOT EXISTS ({later})"
    run(f'UPDATE "{name}" SET live = 1 WHERE number IN ({winners})')


def has_others(work: Work, table: sa.Table, keys: Sequence[int]) -> bool:
    """Are there rows of other imports than these? Goes from key to key in the index, never over the rows."""
    last = sa.select(sa.func.min(table.c.import_key))
    found = work.connection.execute(last).scalar()
    while found is not None and found in keys:
        found = work.connection.execute(last.where(table.c.import_key > found)).scalar()
    return found is not None


def taken_back_keys(work: Work) -> list[int]:
    return [found.key for found in work.imports.list(state=ImportState.TAKEN_BACK)]


def _in(keys: Sequence[int]) -> str:
    return f"({', '.join(str(int(key)) for key in keys) or '-1'})"


# Reading ---------------------------------------------------------------------------------------------------------------------------


def live(work: Work, table_name: str, **among: Sequence[int]) -> dict[str, Array]:
    """Live facts in columns, ``NONE`` or NaN for nothing. ``among``: column → the values wanted."""
    return recount.live(work, TABLES[table_name], **among)


def latest_step(work: Work) -> int:
    """Rises with everything that changes the database."""
    return highest(work, step.c.seq)
