"""How a file is written and the text it holds: what reading finds out, for those who understand it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from mtss_desktop.importing.columns import Codes, Column
from mtss_desktop.importing.dialect import Dialect, records
from mtss_desktop.importing.fixed_width import Layout


@dataclass(frozen=True)
class Fault:
    """A row that cannot be used as it stands; ``row`` is its place in the table, from 0."""

    row: int
    column: str
    value: str
    message: str


class Body(Protocol):
    """The rows below a header."""

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """(line, cells) of every row."""


@dataclass(frozen=True)
class TextBody:
    """``at`` is where in the text the row after the header begins, on ``line``; ``header_text`` the header as it is written."""

    text: str = field(repr=False)
    dialect: Dialect
    at: int
    line: int
    header_text: str = field(repr=False, default="")

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        return ((each.line, each.cells) for each in records(self.text, self.dialect, self.at, self.line))


@dataclass(frozen=True)
class GridBody:
    """Rows of a sheet."""

    grid: list[tuple[int, list[str]]] = field(repr=False)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        return iter(self.grid)


@dataclass(frozen=True)
class FixedBody:
    """Lines whose columns stand at fixed places, from ``line`` on."""

    text: str = field(repr=False)
    layout: Layout
    line: int

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        return (row for row in self.layout.rows(self.text) if row[0] >= self.line)


@dataclass(frozen=True)
class Sketch:
    """How a file is written.

    ``names`` are the headers, made different; ``never_read`` those that look like passwords, whose cells are not in the ``sample``
    either. ``header_line`` is the line of the last header row, 0 where there is none; ``width`` counts its cells, also blank ones at
    the end. ``noted`` are sentences about what is unusual. ``kind`` is text, sheet or fixed width. ``encodings`` are those the file
    may have where its letters look wrong in the one it was read in. ``titles`` stand above the header.
    ``sheet`` is tab ``sheet_place`` of ``sheets``; ``other_sheets`` of the workbook, (place, name), hold something and were not
    read. A tab may be called after a student, so its name is never said: only its place is.
    """

    file_name: str
    sha256: str
    size: int
    encoding: str
    header_line: int
    names: tuple[str, ...]
    never_read: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...] = field(repr=False)
    body: Body = field(repr=False)
    width: int = 0
    header_rows: int = 1
    kind: str = "text"
    separator: str = ""
    quote: str = '"'
    backslash: bool = False
    sheet: str = field(default="", repr=False)
    sheet_place: int = 0
    sheets: int = 0
    other_sheets: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    noted: tuple[str, ...] = ()
    titles: tuple[str, ...] = field(default=(), repr=False)
    footer_line: int = 0
    encodings: tuple[str, ...] = ()

    def sample_of(self, name: str) -> tuple[str, ...]:
        at = self.names.index(name)
        return tuple(row[at] if at < len(row) else "" for row in self.sample)


@dataclass(frozen=True)
class Table:
    """``columns`` by header; ``lines[row]`` is the file's own line; ``faults`` and ``skipped`` name rows not to use.

    ``noted`` are sentences about what reading all of it showed.
    """

    columns: dict[str, Column]
    lines: Codes
    faults: tuple[Fault, ...] = ()
    skipped: tuple[tuple[int, str], ...] = ()
    noted: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.lines)
