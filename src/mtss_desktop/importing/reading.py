"""A file's bytes → a table of text, with the file's own line numbers.

Two steps, so that unwanted columns never become objects: ``look`` finds out how the file is written and shows its header and first
rows; ``take`` reads the columns somebody has a use for. Everything stays text.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.importing.columns import Codes, Column
from mtss_desktop.importing.encoding import AGAIN, decode

LARGEST_FILE = 1 << 30
MOST_COLUMNS = 20_000
MOST_ROWS = 10_000_000
LONGEST_CELL = 1_000_000
SAMPLE_ROWS = 200
HEADER_WITHIN = 30
SEPARATORS = (",", "\t", ";", "|")
_SECRET = re.compile(r"passw|pwd|passcode|passphrase|passkey", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?[\d.,/:%\s-]*\d[\d.,/:%\s-]*")

csv.field_size_limit(LONGEST_CELL)


@dataclass(frozen=True)
class Fault:
    """A row that cannot be used as it stands; ``row`` is its place in the table, from 0."""

    row: int
    column: str
    value: str
    message: str


@dataclass(frozen=True)
class Sketch:
    """How a file is written. ``names`` are the headers, made different; ``never_read`` those that look like passwords."""

    file_name: str
    sha256: str
    size: int
    encoding: str
    separator: str
    backslash: bool
    header_line: int
    names: tuple[str, ...]
    never_read: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...] = field(repr=False)
    text: str = field(repr=False)
    header_record: int = 0

    def sample_of(self, name: str) -> tuple[str, ...]:
        at = self.names.index(name)
        return tuple(row[at] if at < len(row) else "" for row in self.sample)


@dataclass(frozen=True)
class Table:
    """``columns`` by header; ``lines[row]`` is the file's own line; ``faults`` and ``skipped`` name rows not to use."""

    columns: dict[str, Column]
    lines: Codes
    faults: tuple[Fault, ...] = ()
    skipped: tuple[tuple[int, str], ...] = ()

    def __len__(self) -> int:
        return len(self.lines)


def read_bytes(path: Path) -> bytes:
    """The file's content. Raises ``UserError`` where it is missing, empty, too large or not readable."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise UserError(
                f"{path.name} is larger than {LARGEST_FILE >> 20} MiB, which is more than one import takes.",
                "Export it in parts, for example by school or by year.",
            )
        data = path.read_bytes()
    except IsADirectoryError:
        raise UserError(f"{path.name} is a folder.", "Choose the files in it.") from None
    except FileNotFoundError:
        raise UserError(f"There is no file {path.name} any more.", "Choose the file again.") from None
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror}.", "Check that you may open it.") from None
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise UserError(f"{path.name} is empty.", AGAIN)
    return data


def look(data: bytes, file_name: str, known: frozenset[str] = frozenset()) -> Sketch:
    """How the file is written, its header and first rows.

    ``known`` are header words somebody has a use for (see ``plain_name``); they find the header below title rows.
    Raises ``UserError`` for what is not a table.
    """
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise UserError(f"{file_name} is empty.", AGAIN)
    text, encoding = decode(data)
    backslash = bool(re.search(r'\\"(?![,;|\t\r\n]|$)', text)) if '\\"' in text else False
    separator = _separator(text, backslash)
    head = _head(text, separator, backslash)
    if not head:
        raise UserError(f"{file_name} is empty.", AGAIN)
    at = _header_at([cells for _, cells in head], known)
    line, cells = head[at]
    names = _names(cells)
    if len(names) > MOST_COLUMNS:
        raise UserError(
            f"{file_name} has {len(names)} columns; {MOST_COLUMNS} is the most one import takes.",
            "Export fewer columns.",
        )
    return Sketch(
        file_name=file_name,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        encoding=encoding,
        separator=separator,
        backslash=backslash,
        header_line=line,
        names=names,
        never_read=tuple(name for name in names if _SECRET.search(name)),
        sample=tuple(tuple(cells) for _, cells in head[at + 1 :] if any(cells)),
        text=text,
        header_record=at,
    )


def take(sketch: Sketch, names: Sequence[str], progress: Progress) -> Table:
    """The named columns of the whole file. Password-like columns are refused by not being there."""
    wanted = [name for name in dict.fromkeys(names) if name in sketch.names and name not in sketch.never_read]
    plain = _plain_body(sketch)
    if plain is not None:
        progress.step("Reading the file", 0, 0, "rows")
        return _take_plain(sketch, wanted, plain)
    return _take_carefully(sketch, wanted, progress)


def plain_name(name: str) -> str:
    """A header as it is compared: ``[1]Student_Number`` and ``student number`` are the same word."""
    return re.sub(r"[^a-z0-9]+", "", re.sub(r"^\[\d+\]", "", name.strip()).casefold()) or name.strip().casefold()


# How the file is written ------------------------------------------------------------------------------------------------


def _records(text: str, separator: str, backslash: bool) -> Iterator[tuple[int, list[str]]]:
    """(line the record starts on, its cells), by Python's own reader."""
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, escapechar="\\" if backslash else None, strict=False
    )
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        if "field larger" in str(error):
            raise UserError(
                f"A cell that starts on line {line} is longer than {LONGEST_CELL} characters.", AGAIN
            ) from None
        raise UserError(f"Line {line} cannot be read as a row of cells.", AGAIN) from None


def _head(text: str, separator: str, backslash: bool) -> list[tuple[int, list[str]]]:
    """The first records; reads only the beginning of a long text."""
    beginning = text if len(text) < 400_000 else text[: max(400_000, text.find("\n", 400_000) + 1)]
    head = []
    for record in _records(beginning, separator, backslash):
        head.append((record[0], [cell.strip() for cell in record[1]]))
        if len(head) >= SAMPLE_ROWS + HEADER_WITHIN:
            break
    while head and not any(head[-1][1]):
        head.pop()
    first = next((at for at, (_, cells) in enumerate(head) if any(cells)), len(head))
    return head[first:]


def _separator(text: str, backslash: bool) -> str:
    """The separator under which most rows have the same number of cells, and more than one."""
    beginning = text[:60_000]
    best, choice = 0.0, ","
    for separator in SEPARATORS:
        if separator not in beginning:
            continue
        widths = [len(cells) for _, cells in list(_records(beginning, separator, backslash))[:100] if any(cells)]
        if len(widths) > 1 and len(beginning) < len(text):
            widths.pop()
        if not widths:
            continue
        common = max(set(widths), key=lambda width: (width > 1, widths.count(width), width))
        score = widths.count(common) / len(widths) + min(common, 50) / 200 if common > 1 else 0.0
        if score > best:
            best, choice = score, separator
    return choice


def _header_at(rows: Sequence[Sequence[str]], known: frozenset[str]) -> int:
    """Which record is the header: the one with most known words, else the first that is wide and wordy."""
    window = rows[:HEADER_WITHIN]
    hits = [sum(plain_name(_unquoted(cell)) in known for cell in cells if cell) for cells in window]
    if max(hits) >= 2:
        return hits.index(max(hits))
    widths = [sum(bool(cell) for cell in cells) for cells in rows]
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    for at, cells in enumerate(window):
        words = sum(bool(cell) and not _NUMBER.fullmatch(cell) for cell in cells)
        if widths[at] >= max(0.6 * usual, 1) and words * 2 > widths[at]:
            return at
    return 0


def _unquoted(cell: str) -> str:
    cell = cell.strip().lstrip("\ufeff")
    return cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == "'" else cell


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    """Headers made different: blanks get their place, doubles a number; blank ones at the end are no columns."""
    cells = [" ".join(_unquoted(cell).split()) for cell in cells]
    while len(cells) > 1 and not cells[-1]:
        cells.pop()
    seen: dict[str, int] = {}
    names = []
    for at, cell in enumerate(cells, start=1):
        name = cell or f"Column {at}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


# The rows ---------------------------------------------------------------------------------------------------------------


def _body_start(sketch: Sketch) -> int:
    """Where in the text the line after the header begins."""
    at = 0
    for _ in range(sketch.header_line):
        at = sketch.text.find("\n", at) + 1
        if at == 0:
            return len(sketch.text)
    return at


def _plain_body(sketch: Sketch) -> bytes | None:
    """The rows as bytes, if a scan shows that there is only one way to cut them; else ``None``.

    Plain: one line a row, every row as wide as the header, quotes only around whole cells and never inside them.
    """
    width = len(sketch.names)
    if width < 2 or sketch.backslash:
        return None
    start = _body_start(sketch)
    before = sketch.text[:start]
    if before.count('"') % 2 or before.count("\r") != before.count("\r\n"):
        return None
    body = sketch.text[start:].encode()
    return body if _is_plain(body, ord(sketch.separator), width) else None


def _is_plain(body: bytes, separator: int, width: int) -> bool:
    if not body or body.count(b"\r") != body.count(b"\r\n"):
        return False
    letters = np.frombuffer(body, dtype=np.uint8)
    splits = letters == separator
    ends = letters == 10
    quotes = letters == 34
    if quotes.any():
        inside = np.cumsum(quotes, dtype=np.uint8) & 1  # wraps at 256, which keeps odd and even apart
        if (
            inside[-1]
            or bool((ends & (inside == 1)).any())
            or not _quotes_stand_outside(letters, quotes, inside, separator)
        ):
            return False
        splits &= inside == 0
    line_ends = np.flatnonzero(ends)
    if not ends[-1]:
        line_ends = np.append(line_ends, len(letters))
    before = np.searchsorted(np.flatnonzero(splits), line_ends)
    return bool((np.diff(before, prepend=0) == width - 1).all())


def _quotes_stand_outside(letters: Codes, quotes: Codes, inside: Codes, separator: int) -> bool:
    opening = np.flatnonzero(quotes & (inside == 1))
    closing = np.flatnonzero(quotes & (inside == 0))
    before = letters[opening[opening > 0] - 1]
    after = letters[closing[closing < len(letters) - 1] + 1]
    return bool(np.isin(before, (separator, 10)).all() and np.isin(after, (separator, 10, 13)).all())


def _take_plain(sketch: Sketch, wanted: Sequence[str], body: bytes) -> Table:
    """By pandas' C reader, which cuts only the wanted columns."""
    import pandas as pd

    frame = pd.read_csv(
        io.BytesIO(body),
        sep=sketch.separator,
        header=None,
        names=list(range(len(sketch.names))),
        usecols=[sketch.names.index(name) for name in wanted],
        dtype=object,  # texts as they are; "category" would turn 00123 into 123
        na_filter=False,
        quoting=csv.QUOTE_MINIMAL if b'"' in body else csv.QUOTE_NONE,
        engine="c",
        low_memory=False,
        skip_blank_lines=False,
        encoding="utf-8",
        index_col=False,
    )
    columns = {}
    for name in wanted:
        codes, words = pd.factorize(frame[sketch.names.index(name)].to_numpy())
        columns[name] = Column(codes.astype(np.int64), tuple(words.tolist()))
    rows = len(frame)
    if rows > MOST_ROWS:
        raise _too_many_rows(sketch)
    return Table(columns, np.arange(rows, dtype=np.int64) + sketch.header_line + 1)


def _too_many_rows(sketch: Sketch) -> UserError:
    return UserError(f"{sketch.file_name} has more than {MOST_ROWS} rows.", "Export it in parts.")


def _take_carefully(sketch: Sketch, wanted: Sequence[str], progress: Progress) -> Table:
    """By Python's own reader, row by row: short rows are filled up, long ones named."""
    places = [sketch.names.index(name) for name in wanted]
    seen: list[dict[str, int]] = [{} for _ in wanted]
    codes: list[list[int]] = [[] for _ in wanted]
    lines: list[int] = []
    faults: list[Fault] = []
    skipped: list[tuple[int, str]] = []
    width = len(sketch.names)
    last: list[str] = []
    for line, cells in _body_records(sketch):
        if not any(cells):
            continue
        row = len(lines)
        if row % 20_000 == 0:
            progress.step("Reading the file", row, 0, "rows")
        if row >= MOST_ROWS:
            raise _too_many_rows(sketch)
        if _is_header_again(cells, sketch.names):
            skipped.append((row, "the header again"))
        elif len(cells) > width and any(cell.strip() for cell in cells[width:]):
            faults.append(Fault(row, "", "", f"The row has {len(cells)} cells where the header has {width}."))
        for known, column, place in zip(seen, codes, places, strict=True):
            cell = cells[place] if place < len(cells) else ""
            column.append(known.setdefault(cell, len(known)))
        lines.append(line)
        last = cells
    if lines:
        _check_the_end(sketch, lines, last, faults)
    columns = {
        name: Column(np.asarray(column, dtype=np.int64), tuple(known))
        for name, column, known in zip(wanted, codes, seen, strict=True)
    }
    return Table(columns, np.asarray(lines, dtype=np.int64), tuple(faults), tuple(skipped))


def _body_records(sketch: Sketch) -> Iterator[tuple[int, list[str]]]:
    for line, cells in _records(sketch.text, sketch.separator, sketch.backslash):
        if line > sketch.header_line:
            yield line, cells


def _is_header_again(cells: Sequence[str], names: Sequence[str]) -> bool:
    return (
        len(cells) >= 2
        and cells[0].strip() == names[0]
        and all(a.strip() == b for a, b in zip(cells, names, strict=False))
    )


def _check_the_end(sketch: Sketch, lines: Sequence[int], last: Sequence[str], faults: list[Fault]) -> None:
    """Tells a file that was cut off: inside a quoted cell, or inside a cell of a last row without an end."""
    tail = _last_record_text(sketch, lines[-1])
    if _ends_inside_quotes(sketch, tail):
        raise UserError(
            f"The file ends inside a quoted cell that starts on line {lines[-1]}, so it may have been cut off.", AGAIN
        )
    ended = tail.endswith(("\n", "\r", '"'))
    if not ended and len(last) < len(sketch.names) and last[-1].strip():
        faults.append(Fault(len(lines) - 1, "", "", "The last line ends early: the file may have been cut off here."))


def _ends_inside_quotes(sketch: Sketch, tail: str) -> bool:
    escape = "\\" if sketch.backslash else None
    try:
        list(csv.reader(io.StringIO(tail, newline=""), delimiter=sketch.separator, escapechar=escape, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _last_record_text(sketch: Sketch, line: int) -> str:
    """The text from the start of the given line on."""
    parts = re.compile(r"\r\n|\n|\r")
    at, number = 0, 1
    for found in parts.finditer(sketch.text):
        if number == line:
            break
        at, number = found.end(), number + 1
    return sketch.text[at:]
