"""Record ⇄ row ⇄ picture, by field name. A new field is a line in the record, a column and a migration."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import Table

from mtss_desktop.base.folding import fold
from mtss_desktop.domain.records import KEEPING, Record

R = TypeVar("R", bound=Record)
Row = dict[str, Any]
Convert = Callable[[Any], Any]


def to_row(record: Record, table: Table) -> Row:
    """What the table stores, ``*_folded`` columns included."""
    row = {name: store(getattr(record, name)) for name, (store, _) in _converters(type(record)).items()}
    for column in table.columns:
        if column.name.endswith("_folded"):
            row[column.name] = fold(str(row[column.name.removesuffix("_folded")] or ""))
    return row


def to_record(record: type[R], row: Mapping[Any, Any]) -> R:
    return record(**{name: load(row[name]) for name, (_, load) in _converters(record).items()})


def to_picture(row: Mapping[str, Any]) -> Row:
    """A row's contents as plain JSON values; what the store keeps by itself and what can be derived is left out."""
    return {name: _plain(value) for name, value in row.items() if name not in KEEPING and not name.endswith("_folded")}


def from_picture(record: type[R], picture: Mapping[str, Any], **kept: Any) -> R:
    """The record a picture was taken of; fields that did not exist then get their defaults."""
    fields = _converters(record)
    values = {name: fields[name][1](_unplain(record, name, value)) for name, value in picture.items() if name in fields}
    return record(**values, **kept)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _unplain(record: type[Record], name: str, value: Any) -> Any:
    if value is None:
        return None
    base = _types(record)[name][0]
    if base is datetime:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if base is date else value


_TYPES: dict[Any, dict[str, tuple[Any, Any]]] = {}
_CONVERTERS: dict[Any, dict[str, tuple[Convert, Convert]]] = {}


def _types(record: Any) -> dict[str, tuple[Any, Any]]:
    """Field name → (type without None, type of a tuple's parts)."""
    if record not in _TYPES:
        hints = typing.get_type_hints(record)
        _TYPES[record] = {field.name: _bare(hints[field.name]) for field in dataclasses.fields(record)}
    return _TYPES[record]


def _bare(hint: Any) -> tuple[Any, Any]:
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    hint = getattr(hint, "__supertype__", hint)
    if typing.get_origin(hint) is tuple:
        return tuple, typing.get_args(hint)[0]
    return hint, None


def _converters(record: Any) -> dict[str, tuple[Convert, Convert]]:
    if record not in _CONVERTERS:
        _CONVERTERS[record] = {name: _convert(base, part) for name, (base, part) in _types(record).items()}
    return _CONVERTERS[record]


def _convert(base: Any, part: Any) -> tuple[Convert, Convert]:
    if base is tuple:
        return _tuple_of(part)
    if isinstance(base, type) and issubclass(base, Enum):
        return _keep_none(lambda value: value.value), _keep_none(base)
    if base is time:
        return _keep_none(lambda value: value.isoformat("minutes")), _keep_none(time.fromisoformat)
    if base is datetime:
        return _keep_none(lambda value: value.astimezone(UTC)), _same
    if base is float:
        return _keep_none(float), _keep_none(float)
    return _same, _same


def _tuple_of(part: Any) -> tuple[Convert, Convert]:
    if dataclasses.is_dataclass(part):
        return (lambda parts: [dataclasses.asdict(each) for each in parts]), (
            lambda parts: tuple(typing.cast("Any", part)(**each) for each in parts)
        )
    return list, tuple


def _keep_none(convert: Convert) -> Convert:
    return lambda value: None if value is None else convert(value)


def _same(value: Any) -> Any:
    return value
