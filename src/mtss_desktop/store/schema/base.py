"""Column types, naming and the columns every record has. The same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Dialect, ForeignKey, Integer, MetaData, Table, Text, TypeDecorator
from sqlalchemy.schema import SchemaItem

REVISION = "0001"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcStamp(TypeDecorator[datetime]):
    """A moment in UTC, as text that sorts: 2026-02-12T19:45:00.123456Z."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        if value is None:
            return None
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: str | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """A small value as canonical JSON text; never queried inside."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


def ref(name: str, target: str, *, null: bool = False, index: bool = True) -> Column[Any]:
    """A column that points at a record. No ON DELETE action: only ``Work`` removes, so that the journal sees it."""
    return Column(name, Text, ForeignKey(f"{target}.id"), nullable=null, index=index)


def text(name: str, *, null: bool = False, index: bool = False) -> Column[Any]:
    return Column(name, Text, nullable=null, index=index)


def whole(name: str, *, null: bool = False, index: bool = False, unique: bool = False) -> Column[Any]:
    return Column(name, Integer, nullable=null, index=index, unique=unique)


def record_table(name: str, *columns: SchemaItem) -> Table:
    """A table of records: the common columns of ``domain.records.Record``, then its own."""
    place: SchemaItem = Column("organization_id", Text, ForeignKey("organization.id"), nullable=False)
    return Table(
        name,
        metadata,
        Column("id", Text, primary_key=True),
        Column("version", Integer, nullable=False),
        place,
        Column("private_to", Text),
        Column("made_at", UtcStamp, nullable=False),
        Column("made_by", Text, nullable=False),
        Column("changed_at", UtcStamp, nullable=False),
        Column("changed_by", Text, nullable=False),
        *columns,
    )
