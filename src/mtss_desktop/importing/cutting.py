"""Rows of a plain piece of text, cut all at once: only the wanted columns, and only where there is one way to cut them.

Plain: one line a row, every row as wide as the header, quotes only around whole cells and never inside them. A scan of the bytes shows
it; anything else is left to Python's own reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[Any]
_WIDEST = 64
"""Longer cells are compared one by one."""


@dataclass(frozen=True)
class Cut:
    """``columns`` by place: (code of every row, different texts). ``kept`` are the rows that are not blank, of ``lines``."""

    lines: int
    kept: Bytes
    columns: dict[int, tuple[Bytes, list[str]]]


def cut(piece: bytes, separator: int, line_end: int, width: int, places: Sequence[int]) -> Cut | None:
    """``None`` where the piece is not plain."""
    letters = np.frombuffer(piece, dtype=np.uint8)
    if not len(letters) or (line_end == 10 and piece.count(b"\r") != piece.count(b"\r\n")):
        return None
    line_ends = np.flatnonzero(letters == line_end)
    if letters[-1] != line_end:
        line_ends = np.append(line_ends, len(letters))
    splits = letters == separator
    quotes = np.flatnonzero(letters == 34)
    if len(quotes):
        inside = _inside(letters, quotes, separator, line_end)
        if inside is None or bool(inside[line_ends[line_ends < len(letters)]].any()):
            return None
        splits &= ~inside
    places_of_splits = np.flatnonzero(splits)
    rows = len(line_ends)
    if len(places_of_splits) != rows * (width - 1):
        return None
    starts = np.concatenate([np.zeros(1, dtype=np.int64), line_ends[:-1] + 1])
    ends = line_ends
    if line_end == 10 and b"\r" in piece:
        ends = line_ends - ((letters[np.maximum(line_ends - 1, 0)] == 13) & (line_ends > starts))
    table = places_of_splits.reshape(rows, width - 1)
    if width > 1 and not (bool((table[:, 0] >= starts).all()) and bool((table[:, -1] < line_ends).all())):
        return None
    kept = np.flatnonzero(ends - starts - (width - 1) - _quotes_in(quotes, line_ends) > 0)
    columns = {}
    for place in places:
        first = table[kept, place - 1] + 1 if place else starts[kept]
        last = table[kept, place] if place < width - 1 else ends[kept]
        columns[place] = _different(piece, letters, first, last, quoted=len(quotes) > 0)
    return Cut(rows, kept, columns)


def _inside(letters: Bytes, quotes: Bytes, separator: int, line_end: int) -> Bytes | None:
    """Which bytes stand between quotation marks; ``None`` where a mark stands elsewhere than around a whole cell."""
    if len(quotes) % 2:
        return None
    opening, closing = quotes[::2], quotes[1::2]
    before = letters[opening[opening > 0] - 1]
    after = letters[closing[closing < len(letters) - 1] + 1]
    ends = (separator, line_end, 13)
    if not (np.isin(before, ends[:2]).all() and np.isin(after, ends).all()):
        return None
    turns = np.zeros(len(letters) + 1, dtype=np.int8)
    turns[opening] += 1
    turns[closing + 1] -= 1
    return np.asarray(np.cumsum(turns[:-1], dtype=np.int8) > 0)


def _quotes_in(quotes: Bytes, line_ends: Bytes) -> Bytes:
    """How many quotation marks each line has."""
    if not len(quotes):
        return np.zeros(len(line_ends), dtype=np.int64)
    before = np.searchsorted(quotes, line_ends)
    return np.diff(before, prepend=0)


def _different(piece: bytes, letters: Bytes, first: Bytes, last: Bytes, *, quoted: bool) -> tuple[Bytes, list[str]]:
    """(code of every row, different texts) of the cells between two places."""
    if not len(first):
        return np.empty(0, dtype=np.int64), []
    if quoted:
        marked = (last - first >= 2) & (letters[np.minimum(first, len(letters) - 1)] == 34)
        first, last = first + marked, last - marked
    lengths = last - first
    longest = int(lengths.max())
    if longest > _WIDEST:
        return _one_by_one(piece, first, last)
    words = max((longest + 7) // 8, 1)
    offsets = np.arange(words * 8)
    grid = letters[np.minimum(first[:, None] + offsets, len(letters) - 1)]
    grid[offsets >= lengths[:, None]] = 0
    found = _codes(np.ascontiguousarray(grid).view(np.uint64))
    if found is None:
        return _one_by_one(piece, first, last)
    codes, chosen = found
    texts = [piece[a:b].decode() for a, b in zip(first[chosen].tolist(), last[chosen].tolist(), strict=True)]
    return codes, texts


def _codes(cells: Bytes) -> tuple[Bytes, Bytes] | None:
    """(code by row, a row of every code) of rows of 64-bit words; ``None`` in the one case of 2^40 in which different rows look alike."""
    import pandas as pd

    mixed = cells[:, 0].copy()
    for column in range(1, cells.shape[1]):
        mixed ^= mixed >> np.uint64(29)
        mixed *= np.uint64(0x9E3779B97F4A7C15)
        mixed ^= cells[:, column]
    codes, _ = pd.factorize(mixed)
    chosen = np.empty(int(codes.max()) + 1, dtype=np.int64)
    chosen[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    if cells.shape[1] > 1 and not bool((cells == cells[chosen[codes]]).all()):
        return None
    return codes.astype(np.int64), chosen


def _one_by_one(piece: bytes, first: Bytes, last: Bytes) -> tuple[Bytes, list[str]]:
    seen: dict[bytes, int] = {}
    codes = [seen.setdefault(piece[a:b], len(seen)) for a, b in zip(first.tolist(), last.tolist(), strict=True)]
    return np.asarray(codes, dtype=np.int64), [word.decode() for word in seen]
