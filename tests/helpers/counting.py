"""How many statements a question costs, and a database in which everything that is shown is there several times."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.store.schema import metadata

RECORDS = (
    *("action", "meeting_attendance", "agenda_item", "minutes_line", "problem", "solution", "problem_review", "goal"),
    *("drill_down", "student_goal", "student_decision"),
)
FACTS = ("score", "incident_count", "absence_count", "screening_count", "movement_count", "student_year")


@contextmanager
def statements_of(workspace: Workspace) -> Iterator[list[str]]:
    """Those of the read lane, while inside."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    engine = workspace.database.engines.reader
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def counted(workspace: Workspace, ask: Callable[[], object]) -> int:
    """The second time: what is read once for a file that is open counts for none."""
    ask()
    with statements_of(workspace) as found:
        ask()
    return len(found)


def made_larger(workspace: Workspace, times: int = 3) -> None:
    """Every line of the tables above, ``times`` times more, past the journal: only reading comes after this."""
    with workspace.database.engines.writer.begin() as connection:
        for name in RECORDS + FACTS:
            table = metadata.tables[name]
            key = "number" if name in FACTS else "id"
            top = connection.execute(sa.select(sa.func.max(table.c[key]))).scalar()
            for turn in range(1, times + 1):
                new = table.c[key] + int(top or 0) * turn if name in FACTS else sa.func.substr(table.c.id, 3)
                again = new if name in FACTS else sa.literal(f"{turn:02}") + new
                columns = [again if column.name == key else column for column in table.c]
                old = table.c[key] <= top if name in FACTS else sa.func.substr(table.c.id, 1, 2).not_in(_MADE)
                connection.execute(table.insert().from_select(list(table.c.keys()), sa.select(*columns).where(old)))


_MADE = tuple(f"{turn:02}" for turn in range(1, 10))
"""Ids begin with the time, so none of the sample's begins like these, except ids of the first weeks of 1970."""
