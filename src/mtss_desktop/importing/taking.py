"""The rows of a file whose writing is known: the wanted columns, piece by piece, every different text kept once."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import numpy as np

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.importing.columns import Codes, Column
from mtss_desktop.importing.cutting import Cut, cut
from mtss_desktop.importing.dialect import Dialect, Record, records
from mtss_desktop.importing.encoding import AGAIN
from mtss_desktop.importing.sketches import Fault, Sketch, Table, TextBody

MOST_ROWS = 10_000_000
_PIECE = 1 << 20
"""Letters read at once: other threads get their turn between two pieces."""
_LARGE_PIECE = 8 << 20
"""Letters cut at once where they are plain: what is different in it is looked at once."""


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
        """Tells a file that was cut off: inside a quoted cell, or in a last row without an end.

        Between two cells it is told where no other row is short: some programs leave empty cells at the end of rows away, or the
        very last one of a file.
        """
        if _ends_inside_quotes(body.dialect, tail):
            raise UserError(
                f"The file ends inside a quoted cell that starts on line {last.line}, so it may have been cut off.",
                AGAIN,
            )
        footer = self.sketch.footer_line and last.line >= self.sketch.footer_line
        short = any(last.cells) and len(last.cells) < len(self.sketch.names)
        full = bool(last.cells and last.cells[-1].strip())
        inside = full and not tail.endswith(body.dialect.quote)
        alone = self.short == 1 < self.count and (full or len(last.cells) < len(self.sketch.names) - 1)
        if short and not footer and not tail.endswith(("\n", "\r")) and (inside or alone):
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
        and cells[0].strip().lstrip("\ufeff") == names[0]
        and all(a.strip() == b for a, b in zip(cells[1:], names[1:], strict=False))
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
