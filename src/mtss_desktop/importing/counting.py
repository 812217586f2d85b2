"""How many cells of each column hold something, over a whole file, a handful of rows in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from mtss_desktop.base.progress import Progress
from mtss_desktop.importing.sketches import Sketch
from mtss_desktop.importing.vocabulary import plain, vocabulary

AT_ONCE = 400
"""Rows looked at before a cancel can take effect."""


@dataclass(frozen=True)
class Counted:
    """``filled`` is (header, cells that hold something); columns that are never read are not in it."""

    rows: int
    filled: tuple[tuple[str, int], ...]


def count_cells(sketch: Sketch, never: Sequence[str], progress: Progress) -> Counted:
    """Rows below the table and rows without anything do not count. Raises ``Cancelled``."""
    out = {*never, *sketch.never_read}
    places = [(at, name) for at, name in enumerate(sketch.names) if name not in out]
    filled = dict.fromkeys((name for _, name in places), 0)
    rows, batches = 0, _batches(sketch)
    for batch in batches:
        progress.step("Counting", rows, 0, "rows")
        rows += len(batch)
        columns = tuple(zip(*batch, strict=True))
        for at, name in places:
            filled[name] += _filled(columns[at])
    return Counted(rows, tuple(filled.items()))


def _batches(sketch: Sketch) -> Iterator[list[list[str]]]:
    """Rows of the table, each as wide as the header."""
    width = len(sketch.names)
    table = (
        (cells + [""] * (width - len(cells)))[:width]
        for line, cells in sketch.body.rows()
        if any(cells) and not (sketch.footer_line and line >= sketch.footer_line)
    )
    while batch := list(islice(table, AT_ONCE)):
        yield batch


def _filled(cells: tuple[str, ...]) -> int:
    missing = vocabulary().missing
    nothing = [text for text in set(cells) if not text or plain(text) in missing]
    return len(cells) - sum(cells.count(text) for text in nothing)
