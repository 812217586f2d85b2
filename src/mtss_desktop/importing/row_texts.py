"""Texts of rows put together: two as one, the first that is there, one for some rows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from mtss_desktop.base.folding import fold
from mtss_desktop.importing.columns import Codes, Column, stack
from mtss_desktop.importing.vocabulary import plain, vocabulary


def has_code(column: Column, codes: Mapping[int, object]) -> Codes:
    marked = np.zeros(len(column.words) + 1, dtype=bool)
    marked[list(codes)] = True
    return marked[column.codes]


def joined(first: Column, second: Column, between: str, *, once: bool = False) -> Column:
    """Two texts of a row as one, made once per different pair. ``once``: what the first says already is not said again."""
    missing = vocabulary().missing
    second = second.mapped(lambda word: None if plain(word) in missing else word.strip())
    width = len(second.words) + 1
    packed = (first.codes + 1) * width + (second.codes + 1)
    pairs, codes = np.unique(packed, return_inverse=True)
    words = []
    for pair in pairs.tolist():
        a, b = divmod(pair, width)
        own, other = first.words[a - 1] if a else "", second.words[b - 1] if b else ""
        if once and other and fold(other) in fold(own):
            other = ""
        words.append(between.join(word for word in (own, other) if word))
    return Column(codes.astype(np.int64), tuple(words)).mapped(lambda word: word or None)


def first_of(first: Column, second: Column) -> Column:
    both = stack([first, second])
    rows = len(first)
    return Column(np.where(both.codes[:rows] >= 0, both.codes[:rows], both.codes[rows:]), both.words)


def replaced(column: Column, rows: Codes, word: str) -> Column:
    words = column.words if word in column.words else (*column.words, word)
    codes = column.codes.copy()
    codes[rows] = words.index(word)
    return Column(codes, words)
