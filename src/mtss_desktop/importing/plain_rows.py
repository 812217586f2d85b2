"""A short list from any file: its rows as text, with no header looked for."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from mtss_desktop.base.errors import UserError
from mtss_desktop.importing import dialect as dialects
from mtss_desktop.importing import sheets
from mtss_desktop.importing.encoding import decode
from mtss_desktop.importing.file_bytes import read_bytes, unpacked

MOST_ROWS = 2_000
LARGEST = 16 << 20
_PROSE = {".txt", ".md", ""}


def rows_of_file(path: Path) -> tuple[tuple[str, ...], ...]:
    """Every row of a CSV, text file or workbook. Raises ``UserError`` for what cannot be read or is no list."""
    data = read_bytes(path)
    if len(data) > LARGEST:
        raise UserError(f"{path.name} is far too long for a list.", "Save the list alone and try again.")
    data = unpacked(data, path.name)
    if sheets.is_workbook(data):
        found = sheets.read_sheet(data, path.name, "", lambda rows: sum(map(len, rows)))
        return _some((cells for _, cells in found.rows), path.name)
    text = decode(data)[0]
    if path.suffix.casefold() in _PROSE:
        return rows_of_text(text, path.name)
    return _some((each.cells for each in dialects.records(text, dialects.dialect_of(text))), path.name)


def rows_of_text(text: str, name: str = "The list") -> tuple[tuple[str, ...], ...]:
    """Rows as they are pasted: tabs of a spreadsheet separate cells, commas of a sentence do not."""
    return _some(csv.reader(io.StringIO(text.replace("\0", "")), "excel-tab"), name)


def _some(rows: Iterable[Iterable[str]], name: str) -> tuple[tuple[str, ...], ...]:
    found = tuple(tuple(cell.strip() for cell in row) for row in islice(rows, MOST_ROWS + 1))
    if not any(any(row) for row in found):
        raise UserError(f"{name} holds no text.", "Choose a list with one item a line.")
    if len(found) > MOST_ROWS:
        raise UserError(f"{name} has more than {MOST_ROWS:,} lines.", "Take the items of one list at a time.")
    return found
