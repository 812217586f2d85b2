"""Typed words to the values a use case takes, and its answers to JSON or to lines a person reads."""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from enum import Enum
from fractions import Fraction
from typing import Any, TypeVar

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.numbers import typed_number
from mtss_desktop.base.words import ENGLISH, Said, Words
from mtss_desktop.cli.main import Usage

E = TypeVar("E", bound=Enum)
_NOTHING = ("", "none", "null")


# In ---------------------------------------------------------------------------------------------------------------------------


def arguments(parameters: Mapping[str, inspect.Parameter], typed: Iterable[str]) -> dict[str, Any]:
    """``["--name", "Tier 1 team", "--backup"]`` for a signature. Values without a name fill it in order.

    Raises ``Usage`` for names that are not there and ``UserError`` for values that will not do.
    """
    found = _sorted_out(parameters, list(typed))
    missing = [name for name, each in parameters.items() if each.default is each.empty and name not in found]
    if missing:
        raise Usage(f"{', '.join(_option(name) for name in missing)} must be given.")
    return {name: _value(name, texts, parameters[name].annotation) for name, texts in found.items()}


def _sorted_out(parameters: Mapping[str, inspect.Parameter], typed: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    while typed:
        word = typed.pop(0)
        if not word.startswith("--"):
            free = [name for name in parameters if name not in found]
            if not free:
                raise Usage(f"“{word}” is one value too many.")
            found[free[0]] = [word]
            continue
        name, equals, value = word[2:].replace("-", "_", word.partition("=")[0].count("-") - 2).partition("=")
        name, flag = _named(parameters, name)
        if flag is not None:
            found[name] = [flag]
        elif equals:
            found.setdefault(name, []).append(value)
        elif typed:
            found.setdefault(name, []).append(typed.pop(0))
        else:
            raise Usage(f"{_option(name)} needs a value.")
    return found


def _named(parameters: Mapping[str, inspect.Parameter], name: str) -> tuple[str, str | None]:
    """The parameter of an option; yes or no for the two forms of a switch."""
    if name in parameters:
        return name, "yes" if parameters[name].annotation is bool else None
    plain = name.removeprefix("no_")
    if plain in parameters and parameters[plain].annotation is bool:
        return plain, "no"
    known = ", ".join(_option(each) for each in parameters) or "no arguments"
    raise Usage(f"{_option(name)} is not known here; it takes {known}.")


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _value(name: str, texts: list[str], hint: Any) -> Any:
    where = _option(name)
    bare, optional = _bare(hint)
    if typing.get_origin(bare) is tuple:
        return _tuple(texts, bare, where)
    text = texts[-1]
    if optional and (bare is not str or _id_name(hint)) and text.strip().casefold() in _NOTHING:
        return None
    if dataclasses.is_dataclass(bare):
        return from_plain(_json(text, where), bare, where)
    return _scalar(text, bare, where)


def _tuple(texts: list[str], hint: Any, where: str) -> Any:
    if len(texts) == 1 and texts[0].lstrip().startswith("["):
        return from_plain(_json(texts[0], where), hint, where)
    part = typing.get_args(hint)[0]
    if dataclasses.is_dataclass(_bare(part)[0]):
        return tuple(from_plain(_json(text, where), part, where) for text in texts)
    return tuple(_scalar(text, _bare(part)[0], where) for text in texts if text)


def _json(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise UserError(f"{where} takes JSON.", 'An object looks like {"title": "Welcome"}.') from None


def _bare(hint: Any) -> tuple[Any, bool]:
    """The type without None, and whether None was allowed; ids are text."""
    optional = False
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        parts = typing.get_args(hint)
        optional = type(None) in parts
        hint = next(part for part in parts if part is not type(None))
    return getattr(hint, "__supertype__", hint), optional


def _id_name(hint: Any) -> str:
    """TeamId and the like; "" for plain text."""
    parts = (hint, *typing.get_args(hint))
    return next((part.__name__ for part in parts if hasattr(part, "__supertype__")), "")


def from_plain(value: Any, hint: Any, where: str) -> Any:
    """A value out of JSON as a signature wants it. Raises ``UserError`` naming the place."""
    bare, optional = _bare(hint)
    if value is None and optional:
        return None
    if typing.get_origin(bare) is tuple:
        return _plain_tuple(value, bare, where)
    if dataclasses.is_dataclass(bare) and isinstance(bare, type):
        return _plain_record(value, bare, where)
    if bare is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if bare in (bool, int, float) and type(value) is bare:
        return value
    if isinstance(value, str):
        return _scalar(value, bare, where)
    raise UserError(f"{where} takes {_kind(bare)}.")


def _plain_tuple(value: Any, hint: Any, where: str) -> Any:
    if not isinstance(value, list):
        raise UserError(f"{where} takes a list.")
    parts = typing.get_args(hint)
    if len(parts) == 2 and parts[1] is Ellipsis:
        return tuple(from_plain(each, parts[0], where) for each in value)
    if len(parts) != len(value):
        raise UserError(f"{where} takes lists of {len(parts)}.")
    return tuple(from_plain(each, part, where) for each, part in zip(value, parts, strict=True))


def _plain_record(value: Any, record: type[Any], where: str) -> Any:
    if not isinstance(value, dict):
        raise UserError(f"{where} takes an object with names and values.")
    hints = typing.get_type_hints(record)
    fields = {field.name: field for field in dataclasses.fields(record)}
    unknown = [name for name in value if name not in fields]
    if unknown:
        raise UserError(f"{where} knows no “{unknown[0]}”.", f"It takes {', '.join(fields)}.")
    missing = [name for name, field in fields.items() if name not in value and _is_needed(field)]
    if missing:
        raise UserError(f"{where} lacks “{missing[0]}”.")
    return record(**{name: from_plain(each, hints[name], f"{where} {name}") for name, each in value.items()})


def _is_needed(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _scalar(text: str, kind: Any, where: str) -> Any:
    try:
        return _read(text, kind)
    except (ValueError, KeyError):
        raise UserError(f"{where} takes {_kind(kind)}; “{text}” is none.") from None


def choice(kind: type[E], text: str, where: str) -> E:
    """One of a closed list, by name. Raises ``UserError`` naming the list."""
    found: E = _scalar(text, kind, where)
    return found


def _read(text: str, kind: Any) -> Any:
    if kind is str:
        return text
    cleaned = text.strip()
    if kind is bool:
        return {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}[cleaned.casefold()]
    if kind in (int, float):
        found = _number(cleaned, kind)
        if not abs(found) < 2**63:  # what a database takes; NaN is not less than anything
            raise ValueError(text)
        return found
    if kind is date:
        return read_date(cleaned)
    if kind is time:
        return _read_time(cleaned)
    if kind is datetime:
        return datetime.fromisoformat(cleaned).astimezone(UTC)
    if isinstance(kind, type) and issubclass(kind, Enum):
        wanted = cleaned.casefold().replace(" ", "_").replace("-", "_")
        return {str(name).casefold(): each for each in kind for name in (each.name, each.value)}[wanted]
    raise TypeError(f"{kind} cannot be typed")


def _number(text: str, kind: type[int | float]) -> int | float:
    """1,204 and, where it need not be whole, 12,5. Raises ``ValueError``."""
    if kind is int:
        return int(text.replace(",", "") if re.fullmatch(r"-?\d{1,3}(?:,\d{3})+", text) else text)
    found = typed_number(text)
    return float(text) if found is None else found


def read_date(text: str) -> date:
    """2026-02-12 or 2/12/2026. Raises ``ValueError``."""
    if "/" in text:
        return datetime.strptime(text, "%m/%d/%Y").date()  # noqa: DTZ007  (a day has no zone)
    return date.fromisoformat(text)


def _read_time(text: str) -> time:
    """14:45, 9:00 or 2:45 PM."""
    if text[-1:] in "mM" and text:
        return datetime.strptime(text.upper().replace(" ", ""), "%I:%M%p").time()  # noqa: DTZ007
    return time.fromisoformat(text.zfill(5) if text.count(":") == 1 else text)


def ids(argument: str, value: Any, hint: Any, kind_of: Callable[[str, Any], str | None]) -> Iterator[tuple[str, str]]:
    """Each id inside a value with the kind of record it names, as ``kind_of`` tells it from the argument and its type."""
    bare, _ = _bare(hint)
    if dataclasses.is_dataclass(bare) and isinstance(bare, type):
        hints = typing.get_type_hints(bare)
        for field in dataclasses.fields(bare) if value is not None else ():
            yield from ids(field.name, getattr(value, field.name), hints[field.name], kind_of)
    elif typing.get_origin(bare) is tuple:
        parts = typing.get_args(bare)
        for number, each in enumerate(value or ()):
            yield from ids(argument, each, parts[0] if parts[-1] is Ellipsis else parts[number], kind_of)
    else:
        own = next((part for part in (hint, *typing.get_args(hint)) if hasattr(part, "__supertype__")), bare)
        kind = kind_of(argument, own)
        if kind is not None and value not in (None, "", 0):
            yield kind, str(value)


_KINDS = {
    bool: "yes or no",
    int: "a whole number",
    float: "a number",
    date: "a date like 2026-02-12 or 2/12/2026",
    time: "a time like 14:45 or 2:45 PM",
    datetime: "a date and time like 2026-02-12T14:45",
    str: "text",
}


def _kind(kind: Any) -> str:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "one of " + ", ".join(plain(each) for each in kind)
    if dataclasses.is_dataclass(kind):
        return "an object"
    return _KINDS.get(kind, "something else")


def can_be_typed(hint: Any) -> bool:
    """Text, numbers, days, choices, and lists and records of these; not a running progress or a plan that was made."""
    bare, _ = _bare(hint)
    if typing.get_origin(bare) is tuple:
        return all(can_be_typed(part) for part in typing.get_args(bare) if part is not Ellipsis)
    if dataclasses.is_dataclass(bare) and isinstance(bare, type):
        hints = typing.get_type_hints(bare)
        return all(can_be_typed(hints[field.name]) for field in dataclasses.fields(bare))
    return bare in _KINDS or (isinstance(bare, type) and issubclass(bare, Enum))


def usage(parameters: Mapping[str, inspect.Parameter]) -> tuple[str, ...]:
    """A line for each argument: its option, what it takes, whether it must be given."""
    return tuple(
        f"{_option(name)}  {_takes(each.annotation)}{'' if each.default is not each.empty else ', must be given'}"
        for name, each in parameters.items()
    )


def _takes(hint: Any) -> str:
    bare, _ = _bare(hint)
    if typing.get_origin(bare) is tuple:
        return f"{_takes(typing.get_args(bare)[0])}; may be given again, or a JSON list"
    if dataclasses.is_dataclass(bare):
        return "JSON with " + ", ".join(field.name for field in dataclasses.fields(bare))
    if _id_name(hint):
        return f"an id ({_id_name(hint)})"
    return _kind(bare)


# Out --------------------------------------------------------------------------------------------------------------------------


def plain(value: Any, words: Words = ENGLISH) -> Any:
    """Records by field name, days and times in ISO form, choices by name, sentences as said, exact fractions as numbers."""
    if isinstance(value, Said):
        return words.say(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        shown = [field.name for field in dataclasses.fields(value) if field.repr]
        return {name: plain(getattr(value, name), words) for name in shown}
    if isinstance(value, Enum):
        return value.value if isinstance(value.value, str) else value.name.lower()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Fraction):
        return round(float(value), 4)
    if isinstance(value, Mapping):
        return {str(plain(key, words)): plain(each, words) for key, each in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [plain(each, words) for each in value]
    return value


def to_json(value: Any, words: Words = ENGLISH) -> str:
    """On one line."""
    return json.dumps(plain(value, words), ensure_ascii=False, default=str)


def lines(value: Any, words: Words = ENGLISH) -> list[str]:
    """What a person reads: a table for records, ``name: value`` for one of them."""
    if isinstance(value, tuple | list):
        return _table(value, words) if value else ["Nothing."]
    if dataclasses.is_dataclass(value) and not isinstance(value, Said | type):
        return _card(value, words)
    return [words.write(value)]


def _card(value: Any, words: Words) -> list[str]:
    found: list[str] = []
    for field in (each for each in dataclasses.fields(value) if each.repr):
        part = getattr(value, field.name)
        if _is_records(part):
            found += [f"{field.name}:", *(f"  {line}" for line in lines(part, words))]
        else:
            found.append(f"{field.name}: {_field(field.name, part, words)}")
    return found


def _is_records(value: Any) -> bool:
    if isinstance(value, tuple):
        return any(_is_records(each) for each in value)
    return dataclasses.is_dataclass(value) and not isinstance(value, Said)


def _table(rows: Iterable[Any], words: Words) -> list[str]:
    rows = list(rows)
    if not all(_is_records(row) and not isinstance(row, tuple) for row in rows):
        return [_cell(row, words) for row in rows]
    if any(_is_records(getattr(row, field.name)) for row in rows for field in dataclasses.fields(row)):
        return [line for row in rows for line in [*_card(row, words), ""]][:-1]
    names = [field.name for field in dataclasses.fields(rows[0])]
    return columns(names, [[_field(name, getattr(row, name, ""), words) for name in names] for row in rows])


def columns(names: list[str], rows: list[list[str]]) -> list[str]:
    """A heading and rows, in columns of their own width."""
    table = [names, *rows]
    widths = [max(len(row[place]) for row in table) for place in range(len(names))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]


def _field(name: str, value: Any, words: Words) -> str:
    """A school year goes by the calendar year it begins in, which is no quantity: 2025, not 2,025."""
    return str(value) if name in ("year", "start") and isinstance(value, int) else _cell(value, words)


def _cell(value: Any, words: Words) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, Enum):
        return str(plain(value)).replace("_", " ")
    if dataclasses.is_dataclass(value) and not isinstance(value, Said):
        return ", ".join(_cell(part, words) for part in plain(value, words).values())
    if isinstance(value, tuple):
        return "; ".join(_cell(part, words) for part in value)
    return " ".join(words.write(value).split())
