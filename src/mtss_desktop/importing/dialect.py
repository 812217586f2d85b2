"""How a text file separates its cells: told from the text alone, never from who made it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from mtss_desktop.base.errors import UserError
from mtss_desktop.importing.encoding import AGAIN

LONGEST_CELL = 1_000_000
SEPARATORS = (",", "\t", ";", "|")
NAMES = {",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe", "": "none"}
_BEGINNING = 60_000
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
_SEP_LINE = re.compile(r"sep=([,;|\t])[ ]*(?:\r\n|\n|\r)", re.IGNORECASE)

csv.field_size_limit(LONGEST_CELL)


@dataclass(frozen=True)
class Dialect:
    """``backslash``: a quotation mark inside a cell is written ``\\"``, and a backslash ``\\\\``.

    ``spaces``: cells in quotes stand a space after the separator.
    """

    separator: str = ","
    quote: str = '"'
    backslash: bool = False
    spaces: bool = False


class Record(NamedTuple):
    """``line`` is the one it starts on, ``end`` the place in the text after it, ``next_line`` the line there."""

    line: int
    cells: list[str]
    end: int
    next_line: int


class _Lines:
    """The lines of a text, each with its end; ``at`` is the place after the one given last."""

    def __init__(self, text: str, at: int) -> None:
        self._found = _LINE.finditer(text, at)
        self.at = at

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        found = next(self._found)
        self.at = found.end()
        return found[0]


def records(text: str, dialect: Dialect, at: int = 0, line: int = 1) -> Iterator[Record]:
    """By Python's own reader. Raises ``UserError`` for a cell beyond all measure."""
    lines = _Lines(text, at)
    escape = "\\" if dialect.backslash else None
    reader = csv.reader(
        lines,
        delimiter=dialect.separator,
        quotechar=dialect.quote,
        escapechar=escape,
        skipinitialspace=dialect.spaces,
        strict=False,
    )
    begun = line
    try:
        for cells in reader:
            next_line = line + reader.line_num
            yield Record(begun, cells, lines.at, next_line)
            begun = next_line
    except csv.Error as error:
        if "field larger" in str(error):
            raise UserError(
                f"A cell that starts on line {begun} is longer than {LONGEST_CELL:,} characters.", AGAIN
            ) from None
        raise UserError(f"Line {begun} cannot be read as a row of cells.", AGAIN) from None


def told_by_first_line(text: str) -> str:
    """Excel's own ``sep=;`` line, which is no row: the separator it names, or nothing."""
    found = _SEP_LINE.match(text)
    return found[1] if found else ""


def after_first_line(text: str) -> int:
    found = _LINE.match(text)
    return found.end() if found else 0


def dialect_of(text: str) -> Dialect:
    """Separator, quotation mark and escapes under which the rows are most alike."""
    quote = _quote(text)
    backslash = quote == '"' and _escapes(text)
    separator = _separator(text, quote, backslash=backslash)
    return Dialect(separator, quote, backslash, _spaced(_beginning(text), separator, quote))


def _spaced(beginning: str, separator: str, quote: str) -> bool:
    """Do cells in quotes stand one space after the separator?"""
    return f"{separator} {quote}" in beginning and f"{separator}{quote}" not in beginning and separator != "\t"


def _beginning(text: str) -> str:
    return text if len(text) <= _BEGINNING else text[: max(_BEGINNING, text.find("\n", _BEGINNING) + 1)]


def _quote(text: str) -> str:
    """Single ones only where no double one stands and nearly every cell is between two of them."""
    beginning = _beginning(text)
    if '"' in beginning or beginning.count("'") < 4:
        return '"'
    for separator in SEPARATORS:
        cells = [cell.strip() for line in beginning.splitlines()[:50] for cell in line.split(separator)]
        quoted = sum(cell[:1] == "'" or cell[-1:] == "'" for cell in cells)
        if len(cells) > 1 and separator in beginning and quoted >= 0.8 * len(cells):
            return "'"
    return '"'


def _separator(text: str, quote: str, *, backslash: bool) -> str:
    """The separator under which most rows have the same number of cells, and more than one."""
    beginning = _beginning(text)
    best, choice = 0.0, ","
    for separator in SEPARATORS:
        if separator not in beginning:
            continue
        widths = _widths(beginning, Dialect(separator, quote, backslash))
        if len(widths) > 1 and len(beginning) < len(text):
            widths.pop()
        if not widths:
            continue
        common = max(set(widths), key=lambda width: (width > 1, widths.count(width), width))
        score = widths.count(common) / len(widths) + min(common, 50) / 200 if common > 1 else 0.0
        if score > best:
            best, choice = score, separator
    return choice


def _widths(text: str, dialect: Dialect) -> list[int]:
    widths = []
    for record in records(text, dialect):
        if any(record.cells):
            widths.append(len(record.cells))
        if len(widths) == 100:
            break
    return widths


_INSIDE = re.compile(r'\\"(?![,;|\t\r\n]|\Z)')
_BEFORE_END = re.compile(r'\\\\"(?=[,;|\t\r\n]|\Z)')


def _escapes(text: str) -> bool:
    """Does a backslash escape? ``"C:\\"`` at a cell's end can be both: the reading with rows more alike is taken."""
    place = text.find('\\"')
    if place < 0:
        return False
    start = 0 if place < _BEGINNING else max(text.rfind("\n", 0, place - 2000), 0)
    window = text[start : start + 2 * _BEGINNING]
    odd = {}
    for backslash in (False, True):
        widths = _widths(window, Dialect(_separator(text, '"', backslash=backslash), '"', backslash))
        common = max(set(widths), key=widths.count) if widths else 0
        odd[backslash] = (common < 2, sum(width != common for width in widths))
    if odd[False] != odd[True]:
        return odd[True] < odd[False]
    return bool(_INSIDE.search(window) or _BEFORE_END.search(window))
