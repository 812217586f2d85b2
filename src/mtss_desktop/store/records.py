"""Get, list, add, save and remove one kind of record."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

import sqlalchemy as sa

from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import Conflict, NotFound
from mtss_desktop.domain.records import Record
from mtss_desktop.store.ids import new_id
from mtss_desktop.store.kinds import Kind
from mtss_desktop.store.rows import Row, to_picture, to_record, to_row

R = TypeVar("R", bound=Record)


class Book(Protocol):
    """What records need of the unit of work they belong to."""

    connection: sa.Connection

    @property
    def me(self) -> str: ...
    def now(self) -> datetime: ...
    def must_write(self) -> None: ...
    def pictured(self, kind: Kind[Any], before: Row | None, after: Row | None) -> None: ...


class Records(Generic[R]):
    """One kind of record inside one unit of work."""

    def __init__(self, book: Book, kind: Kind[R]) -> None:
        self._book = book
        self.kind = kind

    def get(self, record_id: str) -> R:
        """Raises ``NotFound``."""
        found = self.find(record_id)
        if found is None:
            raise NotFound(f"This {self.kind.table.name.replace('_', ' ')} is no longer there.", "Choose another one.")
        return found

    def find(self, record_id: str) -> R | None:
        row = self._row(record_id)
        return None if row is None else to_record(self.kind.record, row)

    def list(self, *conditions: sa.ColumnElement[bool], order: tuple[str, ...] = (), **equal: Any) -> tuple[R, ...]:
        """Those whose fields equal what is given (None for empty, a tuple or list for any of), in the order of the columns named."""
        columns = self.kind.table.c
        query = sa.select(self.kind.table).where(
            *conditions, *(_matches(columns[name], value) for name, value in equal.items())
        )
        query = query.order_by(*(columns[name] for name in order), columns.id)
        return tuple(to_record(self.kind.record, row) for row in self._book.connection.execute(query).mappings())

    def first(self, **equal: Any) -> R | None:
        found = self.list(**equal)
        return found[0] if found else None

    def add(self, record: R) -> R:
        """Gives it an id and a place of its own where it has none (a place belongs to itself)."""
        self._book.must_write()
        now = self._book.now()
        record_id = record.id or new_id()
        made = replace(
            record,
            id=record_id,
            organization_id=record.organization_id or record_id,
            version=1,
            made_at=now,
            made_by=self._book.me,
            changed_at=now,
            changed_by=self._book.me,
        )
        row = to_row(made, self.kind.table)
        with self._whole():
            self._book.connection.execute(self.kind.table.insert(), row)
        self._book.pictured(self.kind, None, row)
        return made

    def save(self, record: R) -> R:
        """Raises ``Conflict`` when someone saved a later version, ``NotFound`` when it is gone. Unchanged contents write nothing."""
        self._book.must_write()
        before = self._row(record.id)
        if before is None:
            raise NotFound("What you changed is no longer there.", "It may have been removed; look at the history.")
        if before["version"] != record.version:
            raise Conflict("Someone else changed this meanwhile.", topic=self.kind.topic, record_id=record.id)
        if to_picture(before) == to_picture(to_row(record, self.kind.table)):
            return record
        return self.write_over(before, record)

    def write_over(self, before: Row, record: R) -> R:
        """Replaces a row whose contents are known; the version check is the statement's own."""
        saved = replace(
            record,
            version=before["version"] + 1,
            made_at=before["made_at"],
            made_by=before["made_by"],
            changed_at=self._book.now(),
            changed_by=self._book.me,
        )
        row = to_row(saved, self.kind.table)
        columns = self.kind.table.c
        same = sa.and_(columns.id == record.id, columns.version == before["version"])
        with self._whole():
            changed = self._book.connection.execute(self.kind.table.update().where(same).values(row)).rowcount
        if changed != 1:
            raise Conflict("Someone else changed this meanwhile.", topic=self.kind.topic, record_id=record.id)
        self._book.pictured(self.kind, before, row)
        return saved

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """What a record points at has to be there, and what may be there once only is. Raises ``NotFound`` or ``Conflict``."""
        try:
            yield
        except sa.exc.IntegrityError as error:
            if "foreign key" in str(error.orig).lower():
                raise NotFound(
                    "Something this belongs to is not there.", "It may have been removed; choose again."
                ) from None
            raise Conflict("This is already there.", topic=self.kind.topic) from None

    def remove(self, record_id: str) -> None:
        """Raises ``Conflict`` where another record still points at it."""
        self._book.must_write()
        before = self._row(record_id)
        if before is None:
            return
        try:
            with self._book.connection.begin_nested():
                self._book.connection.execute(self.kind.table.delete().where(self.kind.table.c.id == record_id))
        except sa.exc.IntegrityError:
            raise Conflict(
                "Something else still belongs to this.", topic=self.kind.topic, record_id=record_id
            ) from None
        self._book.pictured(self.kind, before, None)

    def row(self, record_id: str) -> Row | None:
        """The stored row, for the journal."""
        return self._row(record_id)

    @property
    def topic(self) -> Topic:
        return self.kind.topic

    def _row(self, record_id: str) -> Row | None:
        query = sa.select(self.kind.table).where(self.kind.table.c.id == record_id)
        found = self._book.connection.execute(query).mappings().one_or_none()
        return None if found is None else dict(found)


def _matches(column: sa.ColumnElement[Any], value: Any) -> sa.ColumnElement[bool]:
    if value is None:
        return column.is_(None)
    if isinstance(value, tuple | list | set | frozenset):
        return column.in_([_stored(each) for each in value])
    return typing.cast("sa.ColumnElement[bool]", column == _stored(value))


def _stored(value: Any) -> Any:
    return getattr(value, "value", value)
