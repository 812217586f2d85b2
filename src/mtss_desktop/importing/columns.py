"""A column of a file as its different texts and where each stands: cheap to clean, cheap to compare.

A million rows of a school file hold a few hundred different dates, grades and measure names. Whatever is done to a value is
done once per different text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[Any]
Flags = NDArray[Any]
Numbers = NDArray[Any]


@dataclass(frozen=True)
class Column:
    """``words[codes[row]]`` is the text of a row; code -1 says the row has none."""

    codes: Codes
    words: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> str:
        code = int(self.codes[row])
        return self.words[code] if code >= 0 else ""

    def texts(self) -> list[str]:
        words = (*self.words, "")
        return [words[code] for code in self.codes.tolist()]

    def take(self, rows: Codes) -> Column:
        return Column(self.codes[rows], self.words)

    def mapped(self, change: Callable[[str], str | None]) -> Column:
        """Every different text changed; ``None`` leaves the row without one. Texts that become equal share a code."""
        if not self.words:
            return self
        seen: dict[str, int] = {}
        table = np.full(len(self.words) + 1, -1, dtype=np.int64)
        for code, word in enumerate(self.words):
            changed = change(word)
            if changed is not None:
                table[code] = seen.setdefault(changed, len(seen))
        return Column(table[self.codes], tuple(seen))

    def used(self) -> Codes:
        """The codes that really stand in a row."""
        return np.flatnonzero(np.bincount(self.codes + 1, minlength=len(self.words) + 1)[1:])


def column_of(texts: Iterable[str | None]) -> Column:
    seen: dict[str, int] = {}
    codes = [-1 if text is None else seen.setdefault(text, len(seen)) for text in texts]
    return Column(np.asarray(codes, dtype=np.int64), tuple(seen))


def same(text: str, rows: int) -> Column:
    """One text for every row."""
    return Column(alike(0, rows), (text,))


def empty(rows: int) -> Column:
    return Column(alike(-1, rows), ())


def alike(value: float, rows: int) -> NDArray[Any]:
    """One number for every row, kept once however many rows there are; nobody may write to it."""
    return np.broadcast_to(np.asarray(value), (rows,))


def stack(columns: Sequence[Column]) -> Column:
    """Columns one below the other, as one."""
    seen: dict[str, int] = {}
    parts = []
    for column in columns:
        table = np.asarray([seen.setdefault(word, len(seen)) for word in column.words] + [-1], dtype=np.int64)
        parts.append(table[column.codes])
    codes = np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)
    return Column(codes, tuple(seen))


def spread(table: Sequence[int | None], column: Column, missing: int) -> Codes:
    """One whole number per different text, laid out over the rows."""
    filled = np.asarray([missing if value is None else value for value in table] + [missing], dtype=np.int64)
    return filled[column.codes]


def spread_numbers(table: Sequence[float | None], column: Column) -> Numbers:
    """As ``spread`` for numbers; a row without one holds NaN."""
    filled = np.asarray([np.nan if value is None else value for value in table] + [np.nan], dtype=np.float64)
    return filled[column.codes]


def group(*keys: Codes) -> tuple[Codes, Codes]:
    """Rows with equal keys share a group: (group of every row, first row of every group)."""
    rows = len(keys[0]) if keys else 0
    if rows == 0:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    packed = np.zeros(rows, dtype=np.int64)
    for key in keys:
        low, high = int(key.min()), int(key.max())
        span = high - low + 1
        if span == 1:
            continue
        if span > (1 << 62) // max(int(packed.max()) + 1, 1):
            _, packed = np.unique(packed, return_inverse=True)
            packed = packed.astype(np.int64)
        if span > (1 << 62) // max(int(packed.max()) + 1, 1):
            _, key = np.unique(key, return_inverse=True)
            low, span = 0, int(key.max()) + 1
        packed = packed * span + (key - low)
    _, first, groups = np.unique(packed, return_index=True, return_inverse=True)
    return groups.astype(np.int64), first.astype(np.int64)


_HARD_SPACE = re.compile(r"(?<=\d)[\u00a0\u202f\u2009](?=\d{3}(?!\d))|([\u00a0\u202f\u2009])")
_WIDE_DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)}


def id_key(text: str) -> str:
    """An id as files are joined by it: the first of several in one cell."""
    return tidy(text).split(",")[0].strip("{}[] ").casefold()


_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"))
"""Marks without a width, as files put one behind another and pages copied from the web bring them."""


def tidy(cell: str) -> str:
    """Without outer space and without what protects an id in a spreadsheet: ``="00123"`` and ``'00123`` are 00123.

    Hard spaces are spaces, save between thousands: there every one becomes a no-break space.
    """
    text = cell
    if not cell.isascii():
        cell = cell.translate(_INVISIBLE)
        text = _HARD_SPACE.sub(lambda found: " " if found[1] else "\u00a0", cell.translate(_WIDE_DIGITS))
    text = text.strip()
    if text.startswith("="):
        found = re.fullmatch(r'="?([^"]*)"?', text)
        text = found[1].strip() if found else text
    elif text.startswith("'") and text[1:2].isdigit() and not text.endswith("'"):
        text = text[1:]
    return text
