"""A file's bytes → a table of text, with the file's own line numbers.

Two steps, so that unwanted columns never become objects: ``look`` finds out how the file is written and shows its header and first
rows; ``take`` reads the columns somebody has a use for. Everything stays text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import replace

from mtss_desktop.base.errors import UserError
from mtss_desktop.importing import dialect as dialects
from mtss_desktop.importing import fixed_width, sheets
from mtss_desktop.importing.code_pages import bytes_of, is_code_page, likely, looks_wrong, rare_letters
from mtss_desktop.importing.dialect import SEPARATORS, Dialect, Record, records
from mtss_desktop.importing.encoding import TWICE, decode, lines_with_marks
from mtss_desktop.importing.file_bytes import (
    BLANK,
    empty_file,
    unpacked,
)
from mtss_desktop.importing.fixed_width import Layout
from mtss_desktop.importing.footers import footer_line, tail_of
from mtss_desktop.importing.header_rows import HEADER_WITHIN, Header, header_of, is_secret, names_of, plain_name
from mtss_desktop.importing.sketches import Body, FixedBody, GridBody, Sketch, TextBody

MOST_COLUMNS = 20_000
SAMPLE_ROWS = 200


def look(
    data: bytes,
    file_name: str,
    known: frozenset[str] = frozenset(),
    *,
    sheet: str = "",
    layout: Layout | None = None,
    encoding: str = "",
    book: sheets.Workbook | None = None,
) -> Sketch:
    """How the file is written, its header and first rows.

    ``known`` are header words somebody has a use for (see ``plain_name``); they find the header below title rows. ``sheet`` chooses
    one of a workbook by its name or number; ``book`` is the workbook where it is open for several of its sheets. ``layout`` says
    where the columns of a fixed-width file stand, ``encoding`` is what a person said. Raises ``UserError`` for what is not a table.
    """
    if not data.strip(BLANK):
        raise empty_file(file_name)
    data = unpacked(data, file_name)
    if sheets.is_workbook(data):
        with sheets.Workbook(data, file_name) if book is None else nullcontext(book) as opened:
            return _look_at_sheet(opened, data, file_name, known, sheet)
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


def is_guessed(sketch: Sketch) -> bool:
    """Could the file be in another encoding than the one it was read in?"""
    return sketch.encoding in ("windows-1252", "mac-roman")


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


def _look_at_text(data: bytes, text: str, encoding: str, file_name: str, known: frozenset[str]) -> Sketch:
    told = dialects.told_by_first_line(text)
    at = dialects.after_first_line(text) if told else 0
    dialect = dialects.dialect_of(text[at:] if told else text)
    if told:
        dialect = Dialect(told, dialect.quote, dialect.backslash, dialect.spaces)
    head = _head(records(text, dialect, at, 2 if told else 1))
    if not head:
        raise empty_file(file_name)
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
    footer = footer_line(tail_of(text, body), header)
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


def _look_at_sheet(book: sheets.Workbook, data: bytes, file_name: str, known: frozenset[str], chosen: str) -> Sketch:
    found = book.read(chosen, lambda rows: _worth(rows, known))
    grid = found.rows[: SAMPLE_ROWS + HEADER_WITHIN]
    if not grid:
        raise empty_file(file_name)
    rows = [[cell.strip() for cell in cells] for _, cells in grid]
    header = header_of(rows, known)
    body = GridBody(found.rows[header.at + 1 :])
    noted = (others_said(found.place, found.of, [place for place, _ in found.others]),) if found.others else ()
    tail = [(line, cells) for line, cells in body.grid[-20:]]
    sketch = _sketch(
        data,
        file_name,
        header,
        rows,
        [line for line, _ in grid],
        encoding="workbook",
        body=body,
        kind="sheet",
        noted=noted,
        footer_line=footer_line(tail, header),
        sha256=book.sha256,
    )
    return replace(sketch, sheet=found.name, sheet_place=found.place, sheets=found.of, other_sheets=found.others)


def others_said(read: int, of: int, others: Sequence[int]) -> str:
    """By number, since a tab may be called after a student."""
    which = f"Sheet {read} of {of}" if read else "A hidden sheet"
    return f"{which} was read; not read: {sheets_said(others)}."


def sheets_said(places: Sequence[int]) -> str:
    """Sheets 1, 2 and 5 by their places."""
    *first, last = map(str, places)
    return f"sheets {', '.join(first)} and {last}" if first else f"sheet {last}"


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
        raise empty_file(file_name)
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
    noted: tuple[str, ...] = (),
    footer_line: int = 0,
    sha256: str = "",
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
        sha256=sha256 or hashlib.sha256(data).hexdigest(),
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
        noted=noted,
        titles=tuple(cell for cells in rows[: max(header.at + 1 - header.rows, 0)] for cell in cells if cell),
        footer_line=footer_line,
    )
