"""Rows in bulk by the driver itself, and keys that are given once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

import sqlalchemy as sa

from mtss_desktop.store.schema import metadata
from mtss_desktop.store.work import Work

_TOGETHER = 100
"""Rows that one statement writes: starting a statement costs the driver more than a row does."""


def insert(work: Work, table: sa.Table, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """The driver's own ``executemany``; COPY on PostgreSQL."""
    work.must_write()
    driver: Any = work.connection.connection.driver_connection
    columns = ", ".join(f'"{name}"' for name in names)
    if work.connection.dialect.name == "postgresql":
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(names))
    driver.cursor().executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', rows)


def insert_columns(
    work: Work,
    table: sa.Table,
    names: Sequence[str],
    fixed: Mapping[str, int],
    batches: Iterable[Sequence[Sequence[Any]]],
) -> None:
    """As ``insert`` for a batch of columns at a time; ``fixed`` is what every row has alike.

    On SQLite the rows of a table with a whole number for its key may lack it: they get the next ones in their order.
    """
    if work.connection.dialect.name == "postgresql":
        rows = (row for lists in batches for row in zip(*lists, *map(repeat, fixed.values()), strict=False))
        insert(work, table, [*names, *fixed], rows)
        return
    work.must_write()
    driver: Any = work.connection.connection.driver_connection
    columns = ", ".join(f'"{name}"' for name in (*names, *fixed))
    marks = ", ".join((*("?" * len(names)), *(str(int(value)) for value in fixed.values())))
    into = f'INSERT INTO "{table.name}" ({columns}) VALUES '
    many = into + ", ".join([f"({marks})"] * _TOGETHER)
    cursor = driver.cursor()
    for lists in batches:
        count = len(lists[0])
        whole = count - count % _TOGETHER
        cursor.executemany(many, _several(lists, whole))
        cursor.executemany(f"{into}({marks})", zip(*(each[whole:] for each in lists), strict=True))


def _several(lists: Sequence[Sequence[Any]], count: int) -> Iterator[list[Any]]:
    """The values of ``_TOGETHER`` rows one after another, up to a row."""
    width = len(lists)
    for start in range(0, count, _TOGETHER):
        values: list[Any] = [None] * (width * _TOGETHER)
        for place, each in enumerate(lists):
            values[place::width] = each[start : start + _TOGETHER]
        yield values


def highest(work: Work, column: sa.Column[Any], *where: sa.ColumnElement[bool]) -> int:
    """The largest number of a column, 0 where there is none."""
    return int(work.connection.execute(sa.select(sa.func.max(column)).where(*where)).scalar() or 0)


def next_key(work: Work, table_name: str, *, kind: str = "", count: int = 1) -> int:
    """The first of ``count`` fresh keys of a table (of one kind of word). Never one that was given before, so that a redone take-back
    meets its own words again.
    """
    table = metadata.tables[table_name]
    where = (table.c.kind == kind,) if kind else ()
    name = f"last_key:{table_name}:{kind}" if kind else f"last_key:{table_name}"
    first = max(highest(work, table.c.key, *where), int(work.about(name) or 0)) + 1
    work.tell_about(name, str(first + count - 1))
    return first
