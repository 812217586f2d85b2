"""Everything a database holds, for comparing before and after."""

from __future__ import annotations

from collections import Counter
from typing import Any

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.domain.records import KEEPING
from mtss_desktop.store.schema import metadata

JOURNAL = frozenset({"step", "picture", "alembic_version"})
_WHERE = {
    "import": " WHERE state = 'applied'",
    # a small number that was given once is never given again; who uses the database is told, not done
    "about": " WHERE name NOT LIKE 'last_key:%' AND name <> 'me'",
}
KEPT = frozenset({"attachment_part", "student", "student_id"})
"""Contents and students stay after an undo, so that redo finds them; nothing shows them without a record or a live fact."""


def contents(workspace: Workspace, *, every_fact: bool = False) -> dict[str, Counter[Any]]:
    """Records by contents, facts and counts as far as they are live, search lines, and the database about itself.

    Versions and stamps are left out, and receipts of imports that were taken back. Of facts and counts there are sums,
    unless ``every_fact``.
    """
    with workspace.database.read() as work:
        tables = [table for table in metadata.sorted_tables if table.name not in JOURNAL | KEPT]
        summed = {table.name for table in tables if "live" in table.columns and not every_fact}
        return {table.name: (_sums if table.name in summed else _rows)(work.connection, table.name) for table in tables}


def _sums(connection: Any, name: str) -> Counter[Any]:
    """How many rows are live and which: facts are never changed in place, they come and go."""
    key = next(iter(metadata.tables[name].primary_key.columns)).name
    query = f'SELECT count(*), total("{key}"), total("{key}" * "{key}"), total(import_key) FROM "{name}" WHERE live = 1'
    return Counter([tuple(connection.exec_driver_sql(query).fetchone())])


def _rows(connection: Any, name: str) -> Counter[Any]:
    table = metadata.tables[name]
    left_out = KEEPING | ({"number"} if name.endswith("_count") else set())  # counts are made anew, under new numbers
    columns = [
        column for column in table.columns if column.name not in left_out and not column.name.endswith("_folded")
    ]
    query = ", ".join(f'"{column.name}"' for column in columns)
    where = " WHERE live = 1" if "live" in table.columns else _WHERE.get(name, "")
    return Counter(map(tuple, connection.exec_driver_sql(f'SELECT {query} FROM "{name}"{where}').fetchall()))


def differing(
    before: dict[str, Counter[Any]], after: dict[str, Counter[Any]]
) -> dict[str, tuple[list[Any], list[Any]]]:
    """By table: some of what went and of what came. Empty when both are the same."""
    return {
        name: (list(before[name] - after[name])[:3], list(after[name] - before[name])[:3])
        for name in before
        if before[name] != after[name]
    }
