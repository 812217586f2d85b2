"""Words anywhere: one statement over the search lines."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from mtss_desktop.base.folding import fold
from mtss_desktop.store.schema.records import search_line
from mtss_desktop.store.work import Work


@dataclass(frozen=True)
class Found:
    """``kind`` is the kind of record (team, person, minutes_line …), ``about_id`` what a click opens, ``text`` the folded words."""

    kind: str
    record_id: str
    about_id: str
    text: str


def lines(work: Work, text: str, *, kinds: tuple[str, ...] = (), limit: int = 40) -> tuple[Found, ...]:
    """Those that hold every word, private ones only for the person they belong to."""
    words = fold(text).split()
    if not words:
        return ()
    table = search_line.c
    conditions = [table.folded.contains(word, autoescape=True) for word in words]
    if kinds:
        conditions.append(table.topic.in_(kinds))
    mine = sa.or_(table.private_to.is_(None), table.private_to.in_(work.own_ids))
    query = sa.select(table.topic, table.record_id, table.about_id, table.folded).where(*conditions, mine)
    rows = work.connection.execute(query.order_by(table.topic, table.folded).limit(limit))
    return tuple(Found(row.topic, row.record_id, row.about_id, row.folded) for row in rows)
