"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS) → rows of text, as a person reads them on the screen."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from mtss_desktop.base.errors import UserError

MOST_CELLS = 40_000_000
AS_CSV = "Save the sheet as CSV and drop that here."
_OLD = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Sheet:
    """``rows`` are (line, cells); ``others`` are the names of sheets that hold something and were not taken."""

    name: str
    rows: list[tuple[int, list[str]]]
    others: tuple[str, ...] = ()


def is_workbook(data: bytes) -> bool:
    """Told by content; a ZIP of other files is none."""
    if data.startswith(_OLD):
        return True
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as inside:
            names = set(inside.namelist())
            kind = inside.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
        return False
    return any(name.startswith("xl/workbook.") for name in names) or b"opendocument.spreadsheet" in kind


def read_sheet(data: bytes, file_name: str, chosen: str, worth: Callable[[list[list[str]]], float]) -> Sheet:
    """One sheet of a workbook: the ``chosen`` one, else the one whose first rows are worth most. Raises ``UserError``."""
    import python_calamine as calamine

    if data.startswith(_OLD) and _ENCRYPTED in data:
        raise _protected(file_name)
    try:
        with calamine.load_workbook(io.BytesIO(data)) as book:
            return _sheet_of(book, file_name, chosen, worth)
    except calamine.PasswordError:
        raise _protected(file_name) from None
    except (calamine.CalamineError, OSError, ValueError, KeyError):
        raise UserError(f"{file_name} cannot be read as a workbook; it may be damaged.", AS_CSV) from None


def _protected(file_name: str) -> UserError:
    return UserError(f"{file_name} is protected by a password.", "Save it without the password, or save it as CSV.")


def _sheet_of(book: Any, file_name: str, chosen: str, worth: Callable[[list[list[str]]], float]) -> Sheet:
    hidden = {each.name for each in book.sheets_metadata if not str(each.visible).endswith(".Visible")}
    filled = [name for name in book.sheet_names if book.get_sheet_by_name(name).height]
    shown = [name for name in filled if name not in hidden] or filled
    if not shown:
        raise UserError(f"{file_name} is empty.", "Nothing was changed. Export the file again and drop it here.")
    if chosen and chosen not in filled:
        raise UserError(f"{file_name} has no sheet “{chosen}”.", f"Its sheets: {', '.join(shown)}.")
    best = chosen or max(shown, key=lambda name: worth(_first_rows(book.get_sheet_by_name(name))))
    rows = _rows(book.get_sheet_by_name(best), file_name)
    return Sheet(best, rows, tuple(name for name in shown if name != best))


def _first_rows(sheet: Any) -> list[list[str]]:
    return [cells for _, cells in _texts(sheet.to_python(nrows=60))]


def _rows(sheet: Any, file_name: str) -> list[tuple[int, list[str]]]:
    if sheet.height * sheet.width > MOST_CELLS:
        raise UserError(
            f"The sheet “{sheet.name}” of {file_name} has more than {MOST_CELLS:,} cells, which is more than one import takes.",
            "Save it as CSV, or in parts.",
        )
    rows = list(_texts(sheet.iter_rows()))
    left = sheet.start[1] if sheet.start else 0
    for (top, first), (bottom, _) in sheet.merged_cell_ranges or ():
        place = first - left
        if bottom > top and place >= 0 and top < len(rows) and place < len(rows[top][1]):
            for row in range(top + 1, min(bottom + 1, len(rows))):
                rows[row][1][place] = rows[top][1][place]
    return [row for row in rows if any(row[1])]


def _texts(rows: Iterable[list[Any]]) -> Iterable[tuple[int, list[str]]]:
    """Equal texts are one object: a sheet repeats itself."""
    same: dict[str, str] = {}
    for line, row in enumerate(rows, start=1):
        yield line, [same.setdefault(text, text) for text in map(_text, row)]


def _text(value: Any) -> str:
    """Whole numbers without an invented ``.0``, dates as ISO, nothing else changed."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("seconds")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return "" if value is None else str(value)
