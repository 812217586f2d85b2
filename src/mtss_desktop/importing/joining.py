"""A second file beside an unknown one: which two columns hold the same ids, and the first rows with what the second knows of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.domain.layouts import SECOND, SecondFile
from mtss_desktop.importing.columns import id_key
from mtss_desktop.importing.headers import word_key
from mtss_desktop.importing.kinds import look_at
from mtss_desktop.importing.sketches import Sketch
from mtss_desktop.importing.taking import take

LIKELY = 0.5
"""Share of the first rows that must find a partner before a pair is proposed."""
_IDS = ("id", "number", "guid", "code")


def proposed(first: Sketch, second: Sketch, progress: Progress) -> SecondFile:
    """The pair of columns that finds most partners. Raises ``UserError`` where no two columns hold the same ids."""
    columns = _usable(second)
    table = take(second, columns, progress)
    texts = {name: [id_key(text) for text in table.columns[name].texts()] for name in columns}
    different = {name: set(each) - {""} for name, each in texts.items()}
    best: tuple[float, bool, str, str] | None = None
    for here in _usable(first):
        mine = [id_key(cell) for cell in first.sample_of(here)]
        filled = [each for each in mine if each]
        for there in columns if len(set(filled)) > 1 else ():
            if len(different[there]) < 0.9 * sum(1 for each in texts[there] if each):
                continue  # one id for many rows names no partner
            share = sum(each in different[there] for each in filled) / len(filled)
            rank = (share, word_key(here) == word_key(there), here, there)
            if share >= LIKELY and (best is None or rank[:2] > best[:2]):
                best = rank
    if best is None:
        raise UserError(
            f"No column of {second.file_name} holds the ids of {first.file_name}.",
            "Choose the file that has one row for each of them.",
        )
    return by_columns(first, second, best[2], best[3], progress)


def by_columns(first: Sketch, second: Sketch, here: str, there: str, progress: Progress) -> SecondFile:
    """A pair somebody chose, with how many of the first rows find a partner."""
    partners = _partners(second, there, [], progress)
    mine = [id_key(cell) for cell in first.sample_of(here)]
    found = sum(each in partners for each in mine)
    return SecondFile(second.file_name, here, there, second.names, found, len(mine))


def beside(first: Sketch, second: Sketch, join: SecondFile, progress: Progress) -> Sketch:
    """The first file as if the second's columns stood in it, for as many rows as are shown."""
    more = [name for name in second.names if name not in second.never_read and name != join.there]
    partners = _partners(second, join.there, more, progress)
    at = first.names.index(join.here)
    nothing = ("",) * len(more)
    sample = tuple(
        (*row, *("" for _ in range(len(first.names) - len(row))), *partners.get(id_key(row[at]), nothing))
        if at < len(row)
        else row
        for row in first.sample
    )
    names = (*first.names, *(f"{SECOND}.{name}" for name in more))
    encodings = first.encodings or second.encodings
    return replace(first, names=names, sample=sample, width=len(names), encodings=encodings)


def _usable(sketch: Sketch) -> list[str]:
    """Columns that may hold ids."""
    return [
        name
        for name in sketch.names
        if name not in sketch.never_read and max(map(look_at(sketch.sample_of(name)).share, _IDS)) >= 0.8
    ]


def _partners(second: Sketch, there: str, more: Sequence[str], progress: Progress) -> dict[str, tuple[str, ...]]:
    table = take(second, [there, *more], progress)
    ids = [id_key(text) for text in table.columns[there].texts()]
    cells = [table.columns[name].texts() for name in more]
    found: dict[str, tuple[str, ...]] = {}
    for place, key in enumerate(ids):
        if key:
            found.setdefault(key, tuple(column[place] for column in cells))
    return found
