"""A file's bytes → a table of text, with the file's own line numbers.

Two steps, so that unwanted columns never become objects: ``look`` finds out how the file is written and shows its header and first
rows; ``take`` reads the columns somebody has a use for. Everything stays text.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Protocol

import numpy as np

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.importing import dialect as dialects
from mtss_desktop.importing import fixed_width, sheets
from mtss_desktop.importing.code_pages import bytes_of, is_code_page, likely, looks_wrong, rare_letters
from mtss_desktop.importing.columns import Codes, Column
from mtss_desktop.importing.cutting import Cut, cut
from mtss_desktop.importing.dialect import LONGEST_CELL, SEPARATORS, Dialect, Record, records
from mtss_desktop.importing.encoding import AGAIN, TWICE, decode, lines_with_marks
from mtss_desktop.importing.fixed_width import Layout
from mtss_desktop.importing.header_rows import HEADER_WITHIN, Header, header_of, is_secret, names_of, plain_name

__all__ = ["LONGEST_CELL", "Fault", "Sketch", "Table", "look", "plain_name", "read_bytes", "take"]

LARGEST_FILE = 1 << 30
MOST_COLUMNS = 20_000
MOST_ROWS = 10_000_000
SAMPLE_ROWS = 200
_BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"
_PIECE = 1 << 20
"""Letters read at once: other threads get their turn between two pieces."""
_LARGE_PIECE = 8 << 20
"""Letters cut at once where they are plain: what is different in it is looked at once."""
_FOOTER = re.compile(
    r"(?:grand |sub)?totals?\b.*|(?:class|grade|school|district|group) (?:averages?|mean|median|totals?)\b.*"
    r"|(?:overall )?averages?|mean|median|count|sum|end of (?:file|report).*|\d+ (?:rows?|records?|students?)\b.*"
    r"|(?:printed|generated|exported|created|run|report(?:ed)?) (?:by|on|at|date|from)\b.*|page \d+.*",
    re.IGNORECASE,
)


def is_remark(text: str) -> bool:
    """Is it a total, a page number or the like, as stands below and between the rows of a table?"""
    return _FOOTER.fullmatch(text.strip()) is not None


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
    may have where its letters look wrong in the one it was read in.
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
    sheet: str = ""
    noted: tuple[str, ...] = ()
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


def is_folder(path: Path) -> bool:
    """False also for what the system refuses to look up; reading it then says why."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def read_bytes(path: Path) -> bytes:
    """The file's content. Raises ``UserError`` where it is missing, empty, too large or not readable."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise too_large(path.name)
        if path.exists() and not path.is_file() and not path.is_dir():
            raise UserError(f"{path.name} is not a file.", "Choose an exported file.")
        data = path.read_bytes()
    except IsADirectoryError:
        raise UserError(f"{path.name} is a folder.", "Choose the files in it.") from None
    except FileNotFoundError:
        raise UserError(f"There is no file {path.name} any more.", "Choose the file again.") from None
    except ValueError:
        raise UserError("The file's name holds a sign that no file name can have.", "Type the name again.") from None
    except OSError as error:
        raise UserError(f"{path.name[:80]} cannot be read: {error.strerror}.", "Check that you may open it.") from None
    if not data.strip(_BLANK):
        raise _empty(path.name)
    return data


def too_large(name: str) -> UserError:
    return UserError(
        f"{name} is larger than {LARGEST_FILE >> 20} MiB, which is more than one import takes.",
        "Export it in parts, for example by school or by year.",
    )


def unpacked(data: bytes, name: str) -> bytes:
    """The content of a gzip file; anything else as it is."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as inside:
            return limited(inside, name)
    except (OSError, EOFError, zlib.error):
        raise UserError(f"{name} is a compressed file that is damaged or cut off.", "Get the file again.") from None


def limited(stream: IO[bytes] | gzip.GzipFile, name: str, room: int = -1) -> bytes:
    """Everything, but never more than one import takes, whatever the archive says of itself."""
    most = LARGEST_FILE if room < 0 else room
    pieces, size = [], 0
    while piece := stream.read(_PIECE):
        size += len(piece)
        if size > most:
            raise too_large(name)
        pieces.append(piece)
    return b"".join(pieces)


def _empty(name: str) -> UserError:
    return UserError(f"{name} is empty.", AGAIN)


def look(
    data: bytes,
    file_name: str,
    known: frozenset[str] = frozenset(),
    *,
    sheet: str = "",
    layout: Layout | None = None,
    encoding: str = "",
) -> Sketch:
    """How the file is written, its header and first rows.

    ``known`` are header words somebody has a use for (see ``plain_name``); they find the header below title rows. ``sheet`` chooses
    one of a workbook, ``layout`` says where the columns of a fixed-width file stand, ``encoding`` is what a person said. Raises
    ``UserError`` for what is not a table.
    """
    if not data.strip(_BLANK):
        raise _empty(file_name)
    data = unpacked(data, file_name)
    if sheets.is_workbook(data):
        return _look_at_sheet(data, file_name, known, sheet)
    text, name = decode(data, encoding)
    if layout is not None:
        sketch = _look_at_fixed(data, text, name, file_name, known, layout)
    else:
        sketch = _look_at_text(data, text, name, file_name, known)
    if name == TWICE:
        sketch = replace(
            sketch, noted=(*sketch.noted, "Letters beyond A to Z were encoded twice; they were turned back.")
        )
    return _doubted(sketch, data) if name in ("windows-1252", "mac-roman") and name != encoding else sketch


def look_again(sketch: Sketch, encoding: str, known: frozenset[str]) -> Sketch:
    """The same file in the encoding a person told."""
    body = sketch.body
    if not isinstance(body, TextBody | FixedBody) or not is_code_page(encoding):
        return sketch
    layout = body.layout if isinstance(body, FixedBody) else None
    data = bytes_of(body.text, sketch.encoding)
    found = look(data, sketch.file_name, known, layout=layout, encoding=encoding)
    return replace(found, sha256=sketch.sha256, size=sketch.size)


def _doubted(sketch: Sketch, data: bytes) -> Sketch:
    """Letters that look wrong are asked; those that would be others in another code page are said."""
    marks = lines_with_marks(data)
    text = marks.decode(sketch.encoding, errors="replace")
    if looks_wrong(text):
        return replace(sketch, encodings=likely(marks))
    rare = rare_letters(text) if sketch.encoding == "windows-1252" else ""
    if not rare:
        return sketch
    said = (
        f"Letters beyond A to Z ({rare}) were read as Windows Western European; if names look wrong, say the encoding."
    )
    return replace(sketch, noted=(*sketch.noted, said))


def take(sketch: Sketch, names: Sequence[str], progress: Progress) -> Table:
    """The named columns of the whole file. Password-like columns are refused by not being there."""
    there = frozenset(sketch.names) - frozenset(sketch.never_read)
    wanted = [name for name in dict.fromkeys(names) if name in there]
    taker = _Taker(sketch, wanted, progress)
    if isinstance(sketch.body, TextBody):
        taker.text(sketch.body)
    else:
        taker.rows(sketch.body.rows())
    return taker.table()


# How the file is written ------------------------------------------------------------------------------------------------


def _look_at_text(data: bytes, text: str, encoding: str, file_name: str, known: frozenset[str]) -> Sketch:
    told = dialects.told_by_first_line(text)
    at = dialects.after_first_line(text) if told else 0
    dialect = dialects.dialect_of(text[at:] if told else text)
    if told:
        dialect = Dialect(told, dialect.quote, dialect.backslash, dialect.spaces)
    head = _head(records(text, dialect, at, 2 if told else 1))
    if not head:
        raise _empty(file_name)
    rows = [each.cells for each in head]
    if fixed_width.looks_fixed(text[at:], SEPARATORS):
        raise UserError(
            f"{file_name} looks like a fixed-width file: its columns stand at fixed places and nothing separates them.",
            "Give the layout with it: a CSV file with name,start,width, one line for each column.",
        )
    header = header_of(rows, known)
    start = head[header.at] if header.there else None
    body = TextBody(text, dialect, start.end if start else at, start.next_line if start else head[0].line)
    if start is not None:
        began = head[header.at - 1].end if header.at else at
        body = TextBody(text, dialect, body.at, body.line, text[began : start.end].strip("\r\n"))
    footer = _footer(_tail(text, body), header)
    return _sketch(
        data,
        file_name,
        header,
        rows,
        [each.line for each in head],
        encoding=encoding,
        separator=dialect.separator,
        quote=dialect.quote,
        backslash=dialect.backslash,
        body=body,
        footer_line=footer,
    )


def _head(found: Iterable[Record]) -> list[Record]:
    """The first records, from the first with something in it on; their cells without outer spaces."""
    head: list[Record] = []
    for record in found:
        cells = [cell.strip() for cell in record.cells]
        if head or any(cells):
            head.append(record._replace(cells=cells))
        if len(head) >= SAMPLE_ROWS + HEADER_WITHIN:
            break
    while head and not any(head[-1].cells):
        head.pop()
    return head


def _look_at_sheet(data: bytes, file_name: str, known: frozenset[str], chosen: str) -> Sketch:
    found = sheets.read_sheet(data, file_name, chosen, lambda rows: _worth(rows, known))
    grid = found.rows[: SAMPLE_ROWS + HEADER_WITHIN]
    if not grid:
        raise _empty(file_name)
    rows = [[cell.strip() for cell in cells] for _, cells in grid]
    header = header_of(rows, known)
    body = GridBody(found.rows[header.at + 1 :])
    noted: tuple[str, ...] = ()
    if found.others:
        noted = (f"The sheet “{found.name}” was read; not read: {', '.join(f'“{name}”' for name in found.others)}.",)
    tail = [(line, cells) for line, cells in body.grid[-20:]]
    return _sketch(
        data,
        file_name,
        header,
        rows,
        [line for line, _ in grid],
        encoding="workbook",
        body=body,
        kind="sheet",
        sheet=found.name,
        noted=noted,
        footer_line=_footer(tail, header),
    )


def _worth(rows: list[list[str]], known: frozenset[str]) -> float:
    """How much a sheet's first rows look like a table somebody has a use for."""
    filled = [[cell.strip() for cell in cells] for cells in rows if any(cells)]
    hits = max(
        (len({plain_name(cell) for cell in cells if cell} & known) for cells in filled[:HEADER_WITHIN]), default=0
    )
    return hits * 1_000 + sum(min(sum(map(bool, cells)), 50) for cells in filled)


def _look_at_fixed(
    data: bytes, text: str, encoding: str, file_name: str, known: frozenset[str], layout: Layout
) -> Sketch:
    names = names_of([name for name, _, _ in layout.places], len(layout.places))
    grid = []
    for row in layout.rows(text):
        grid.append(row)
        if len(grid) == SAMPLE_ROWS:
            break
    if not grid:
        raise _empty(file_name)
    named = {plain_name(name) for name in names}
    there = sum(plain_name(cell) in named for cell in grid[0][1] if cell) * 2 > len(names)
    line = grid[0][0] + 1 if there else grid[0][0]
    header = Header(0 if there else -1, names, len(names), int(there))
    return _sketch(
        data,
        file_name,
        header,
        [cells for _, cells in grid],
        [number for number, _ in grid],
        encoding=encoding,
        body=FixedBody(text, layout, line),
        kind="fixed width",
    )


def _sketch(
    data: bytes,
    file_name: str,
    header: Header,
    rows: list[list[str]],
    lines: list[int],
    *,
    encoding: str,
    body: Body,
    kind: str = "text",
    separator: str = "",
    quote: str = '"',
    backslash: bool = False,
    sheet: str = "",
    noted: tuple[str, ...] = (),
    footer_line: int = 0,
) -> Sketch:
    names = header.names
    if len(names) > MOST_COLUMNS:
        raise UserError(
            f"{file_name} has {len(names):,} columns; {MOST_COLUMNS:,} is the most one import takes.",
            "Export fewer columns.",
        )
    secret = tuple(name for name in names if is_secret(name))
    hidden = [names.index(name) for name in secret]
    sample = [list(cells[: max(len(names), 1)]) for cells in rows[header.at + 1 :] if any(cells)]
    for cells in sample:
        for place in hidden:
            cells[place : place + 1] = [""] if place < len(cells) else []
    if not header.there and kind != "fixed width":
        noted += ("The file has no header; its columns are called Column 1, Column 2 and so on.",)
    return Sketch(
        file_name=file_name,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        encoding=encoding,
        header_line=lines[header.at] if header.there else 0,
        names=names,
        never_read=secret,
        sample=tuple(tuple(cells) for cells in sample),
        body=body,
        width=max(header.width, len(names)),
        header_rows=header.rows,
        kind=kind,
        separator=separator,
        quote=quote,
        backslash=backslash,
        sheet=sheet,
        noted=noted,
        footer_line=footer_line,
    )


# Below the table ----------------------------------------------------------------------------------------------------------


def _tail(text: str, body: TextBody) -> list[tuple[int, list[str]]]:
    """The last rows of a text, if its end can be read by itself."""
    start = text.rfind("\n", 0, max(len(text) - 4_000, 0)) + 1
    if start <= body.at:
        start, line = body.at, body.line
    elif "\n" not in text:
        return []
    else:
        before = text[:start]
        line = before.count("\n") + before.count("\r") - before.count("\r\n") + 1
    if text[start:].count(body.dialect.quote) % 2:
        return []
    return [(each.line, each.cells) for each in records(text, body.dialect, start, line)][-20:]


def _footer(tail: list[tuple[int, list[str]]], header: Header) -> int:
    """The line from which on totals and remarks stand below the table; 0 for none."""
    footer = 0
    if len(header.names) < 3:
        return footer
    for line, cells in reversed(tail):
        filled = [cell.strip() for cell in cells if cell.strip()]
        if not filled:
            continue
        if not _is_footer(cells, filled, len(header.names)):
            break
        footer = line
    return footer


def _is_footer(cells: list[str], filled: list[str], width: int) -> bool:
    if _FOOTER.fullmatch(filled[0]) and len(filled) <= max(width * 2 // 3, 1):
        return True
    remark = len(filled) == 1 and cells[0].strip() == filled[0]
    return remark and len(filled[0]) > 12 and filled[0].count(" ") > 1


# The rows ---------------------------------------------------------------------------------------------------------------


class _Taker:
    """Gathers the wanted columns, piece by piece; every different text is kept once."""

    def __init__(self, sketch: Sketch, wanted: Sequence[str], progress: Progress) -> None:
        self.sketch, self.wanted, self.progress = sketch, wanted, progress
        self.places = [sketch.names.index(name) for name in wanted]
        self.seen: list[dict[str, int]] = [{} for _ in wanted]
        self.codes: list[list[Codes]] = [[] for _ in wanted]
        self.lines: list[Codes] = []
        self.faults: list[Fault] = []
        self.skipped: list[tuple[int, str]] = []
        self.count = self.short = 0

    def table(self) -> Table:
        lines = np.concatenate(self.lines) if self.lines else np.empty(0, dtype=np.int64)
        columns = {}
        for name, parts, seen in zip(self.wanted, self.codes, self.seen, strict=True):
            codes = np.concatenate(parts).astype(np.int64) if parts else np.empty(0, dtype=np.int64)
            columns[name] = Column(codes, tuple(seen))
            parts.clear()
        if self.sketch.footer_line:
            below = np.flatnonzero(lines >= self.sketch.footer_line).tolist()
            self.skipped += [(row, "below the table") for row in below]
            self.faults = [fault for fault in self.faults if fault.row not in set(below)]
        noted: tuple[str, ...] = ()
        if self.short:
            rows = "1 row has" if self.short == 1 else f"{self.short:,} rows have"
            noted = (f"{rows} fewer cells than the header; what is missing counts as empty.",)
        return Table(columns, lines, tuple(self.faults), tuple(self.skipped), noted)

    def text(self, body: TextBody) -> None:
        """Piece by piece: cut at once where there is one way to, else record by record."""
        text, at, line = body.text, body.at, body.line
        line_end = "\n" if "\n" in text else "\r"
        plain = not body.dialect.backslash and not body.dialect.spaces and body.dialect.quote == '"'
        crooked = 0 if plain else len(text)
        while at < len(text):
            self._step(at, len(text))
            end, found = _end_of_line(text, line_end, at + (_LARGE_PIECE if at >= crooked else _PIECE)), None
            if plain:
                found = self._cut(body, text[at:end], line_end)
            if found is None and plain and at >= crooked:  # something in the large piece: look for it in small ones
                crooked = end
                continue
            if found is None:
                at, line = self._carefully(body, at, line, end)
                continue
            for place, seen, codes in zip(self.places, self.seen, self.codes, strict=True):
                local, words = found.columns[place]
                table = np.asarray([seen.setdefault(word, len(seen)) for word in words], dtype=np.int32)
                codes.append(table[local])
            self._add_lines(found.kept + line)
            at, line = end, line + found.lines

    def _cut(self, body: TextBody, piece: str, line_end: str) -> Cut | None:
        if body.header_text and body.header_text in piece:
            return None
        return cut(piece.encode(), ord(body.dialect.separator), ord(line_end), self.sketch.width, self.places)

    def _carefully(self, body: TextBody, at: int, line: int, until: int) -> tuple[int, int]:
        """Record by record up to a place in the text; returns the place and line after the last."""
        gathered: list[tuple[int, list[str]]] = []
        began, last = at, None
        for record in records(body.text, body.dialect, at, line):
            began, last = at, record
            at, line = record.end, record.next_line
            gathered.append((record.line, record.cells))
            if at >= until:
                break
        else:
            at = len(body.text)
        self.rows(gathered, watched=False)
        if last is not None and at >= len(body.text):
            self._check_the_end(body, body.text[began:], last)
        return at, line

    def rows(self, rows: Iterable[tuple[int, list[str]]], *, watched: bool = True) -> None:
        """Row by row: short rows are filled up, long ones named."""
        codes: list[list[int]] = [[] for _ in self.wanted]
        lines: list[int] = []
        width, names = self.sketch.width, self.sketch.names
        begun = self.count
        for line, cells in rows:
            if not any(cells):
                continue
            row = begun + len(lines)
            if watched and row % 20_000 == 0:
                self.progress.step("Reading the file", row, 0, "rows")
            if row >= MOST_ROWS:
                raise self._too_many_rows()
            if _is_header_again(cells, names):
                self.skipped.append((row, "the header again"))
            elif _runs_together(cells, width, self.sketch.separator):
                at = next(place for place, cell in enumerate(cells) if "\n" in cell)
                name = names[at] if at < len(names) else f"Column {at + 1}"
                self.faults.append(Fault(row, name, cells[at][:200], _RUN_TOGETHER))
            elif len(cells) > width and any(cell.strip() for cell in cells[width:]):
                extra = next(place for place in range(width, len(cells)) if cells[place].strip())
                message = f"The row has {len(cells)} cells where the header has {width}."
                self.faults.append(Fault(row, f"Column {extra + 1}", cells[extra][:200], message))
            elif len(cells) < len(names):
                self.short += self.sketch.kind == "text"
            for known, column, place in zip(self.seen, codes, self.places, strict=True):
                cell = cells[place] if place < len(cells) else ""
                column.append(known.setdefault(cell, len(known)))
            lines.append(line)
        for parts, column in zip(self.codes, codes, strict=True):
            parts.append(np.asarray(column, dtype=np.int32))
        self._add_lines(np.asarray(lines, dtype=np.int64))

    def _add_lines(self, lines: Codes) -> None:
        self.lines.append(lines)
        self.count += len(lines)
        if self.count > MOST_ROWS:
            raise self._too_many_rows()

    def _too_many_rows(self) -> UserError:
        return UserError(f"{self.sketch.file_name} has more than {MOST_ROWS:,} rows.", "Export it in parts.")

    def _step(self, at: int, size: int) -> None:
        guess = round(self.count * size / at) if at and self.count else 0
        self.progress.step("Reading the file", self.count, guess, "rows")

    def _check_the_end(self, body: TextBody, tail: str, last: Record) -> None:
        """Tells a file that was cut off: inside a quoted cell, or inside a cell of a last row without an end."""
        if _ends_inside_quotes(body.dialect, tail):
            raise UserError(
                f"The file ends inside a quoted cell that starts on line {last.line}, so it may have been cut off.",
                AGAIN,
            )
        ended = tail.endswith(("\n", "\r", body.dialect.quote))
        footer = self.sketch.footer_line and last.line >= self.sketch.footer_line
        short = any(last.cells) and len(last.cells) < len(self.sketch.names) and last.cells[-1].strip()
        if not ended and not footer and short:
            self.short -= 1
            message = "The last line ends early: the file may have been cut off here."
            self.faults.append(
                Fault(self.count - 1, self.sketch.names[len(last.cells) - 1], last.cells[-1][:200], message)
            )


def _end_of_line(text: str, line_end: str, at: int) -> int:
    return text.find(line_end, min(at, len(text))) + 1 or len(text)


_RUN_TOGETHER = "A quotation mark in this row is not closed, so this line and the next ones have run together."


def _runs_together(cells: Sequence[str], width: int, separator: str) -> bool:
    """Does a cell of several lines hold the rest of its own row?"""
    if not separator or not any("\n" in cell for cell in cells):
        return False
    own = [(at, cell.split("\n", 1)[0].count(separator)) for at, cell in enumerate(cells) if "\n" in cell]
    return any(count > 1 and at + count == width - 1 for at, count in own)


def _is_header_again(cells: Sequence[str], names: Sequence[str]) -> bool:
    return (
        len(cells) >= 2
        and cells[0].strip() == names[0]
        and all(a.strip() == b for a, b in zip(cells, names, strict=False))
    )


def _ends_inside_quotes(dialect: Dialect, tail: str) -> bool:
    """Is the last record's text open at its end?"""
    import csv

    escape = "\\" if dialect.backslash else None
    lines = io.StringIO(tail, newline="")
    try:
        list(csv.reader(lines, delimiter=dialect.separator, quotechar=dialect.quote, escapechar=escape, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
