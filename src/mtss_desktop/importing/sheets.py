"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS) → rows of text, as a person reads them on the screen."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from mtss_desktop.base.errors import UserError

MOST_CELLS = 40_000_000
AS_CSV = "Save the sheet as CSV and drop that here."
Worth = Callable[[list[list[str]]], float]
"""How much a sheet's first rows look like a table somebody has a use for."""
_OLD = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Sheet:
    """``rows`` are (line, cells); ``others`` are (place, name) of the sheets that hold something and were not taken.

    ``place`` counts the tabs a person sees from 1, ``of`` is how many there are.
    """

    name: str
    rows: list[tuple[int, list[str]]]
    others: tuple[tuple[int, str], ...] = ()
    place: int = 1
    of: int = 1


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


def read_sheet(data: bytes, file_name: str, chosen: str, worth: Worth) -> Sheet:
    """One sheet of a workbook: the ``chosen`` one, else the one whose first rows are worth most. Raises ``UserError``."""
    with Workbook(data, file_name) as book:
        return book.read(chosen, worth)


class Workbook:
    """A workbook that is opened once for all its sheets, when the first of them is asked for."""

    def __init__(self, data: bytes, file_name: str) -> None:
        self._data, self._name = data, file_name
        self._opened: Any = None
        self._heads: dict[str, list[list[str]]] | None = None

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._opened is not None:
            self._opened.close()

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self._data).hexdigest()

    def read(self, chosen: str, worth: Worth) -> Sheet:
        """The sheet of that name, else of that number, else the one worth most. Raises ``UserError``."""
        with _readable(self._data, self._name):
            book = self._book
            heads = self._first_rows
            hidden = {each.name for each in book.sheets_metadata if not str(each.visible).endswith(".Visible")}
            shown = [name for name in heads if name not in hidden] or list(heads)
            if not shown:
                raise UserError(
                    f"{self._name} is empty.", "Nothing was changed. Export the file again and drop it here."
                )
            tabs = [name for name in book.sheet_names if name in shown or name not in hidden]
            best = _called(chosen, list(heads), tabs) if chosen else max(shown, key=lambda name: worth(heads[name]))
            if not best:
                raise UserError(
                    f"{self._name} has no sheet “{chosen}” that holds something.",
                    f"It has {len(tabs)} {'sheet' if len(tabs) == 1 else 'sheets'}: write the name as it stands on the tab, "
                    "or its number.",
                )
            place = tabs.index(best) + 1 if best in tabs else 0
            rows = _rows(book.get_sheet_by_name(best), self._name, place)
            others = tuple((tabs.index(name) + 1, name) for name in shown if name != best)
            return Sheet(best, rows, others, place, len(tabs))

    @property
    def _book(self) -> Any:
        import python_calamine as calamine

        if self._opened is None:
            self._opened = calamine.load_workbook(io.BytesIO(self._data))
        return self._opened

    @property
    def _first_rows(self) -> dict[str, list[list[str]]]:
        """The beginning of every sheet that holds something. Whole sheets are not kept: they may be large."""
        if self._heads is None:
            found = ((name, self._book.get_sheet_by_name(name)) for name in self._book.sheet_names)
            self._heads = {name: _first_rows(sheet) for name, sheet in found if sheet.height}
        return self._heads


def _called(chosen: str, filled: list[str], tabs: list[str]) -> str:
    if chosen in filled:
        return chosen
    number = int(chosen) if chosen.isdecimal() and len(chosen) < 6 else 0
    named = tabs[number - 1] if 0 < number <= len(tabs) else ""
    return named if named in filled else ""


@contextmanager
def _readable(data: bytes, file_name: str) -> Iterator[None]:
    import python_calamine as calamine

    if data.startswith(_OLD) and _ENCRYPTED in data:
        raise _protected(file_name)
    try:
        yield
    except calamine.PasswordError:
        raise _protected(file_name) from None
    except (calamine.CalamineError, OSError, ValueError, KeyError):
        raise UserError(f"{file_name} cannot be read as a workbook; it may be damaged.", AS_CSV) from None


def _protected(file_name: str) -> UserError:
    return UserError(f"{file_name} is protected by a password.", "Save it without the password, or save it as CSV.")


def _first_rows(sheet: Any) -> list[list[str]]:
    return [cells for _, cells in _texts(sheet.to_python(nrows=60))]


def _rows(sheet: Any, file_name: str, place: int) -> list[tuple[int, list[str]]]:
    if sheet.height * sheet.width > MOST_CELLS:
        raise UserError(
            f"Sheet {place} of {file_name} has more than {MOST_CELLS:,} cells, which is more than one import takes.",
            "Save it as CSV, or in parts.",
        )
    rows = list(_texts(sheet.iter_rows()))
    left = sheet.start[1] if sheet.start else 0
    for (top, first), (bottom, _) in sheet.merged_cell_ranges or ():
        at = first - left
        if bottom > top and at >= 0 and top < len(rows) and at < len(rows[top][1]):
            for row in range(top + 1, min(bottom + 1, len(rows))):
                rows[row][1][at] = rows[top][1][at]
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
