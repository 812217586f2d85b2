"""Rows in bulk by the driver itself, and keys that are given once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from mtss_desktop.store.schema import metadata
from mtss_desktop.store.work import Work


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
