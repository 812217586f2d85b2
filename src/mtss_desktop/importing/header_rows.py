"""Where a table's header stands, whether it has one, and what its columns are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from mtss_desktop.importing.dated_heads import dated_heads

HEADER_WITHIN = 30
_NUMBER = re.compile(r"[-+]?[\d.,/:%\s-]*\d[\d.,/:%\s-]*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SECRET = re.compile(r"passw|pwd|passcode|passphrase|passkey|kennwort|contrase", re.IGNORECASE)
_MOST_GROUP_ROWS = 3


@dataclass(frozen=True)
class Header:
    """``at`` is the place of its last row, -1 where there is none; ``names`` are made different, ``rows`` says how many they stand in.

    ``width`` counts the cells of the row, also blank ones at its end.
    """

    at: int
    names: tuple[str, ...]
    width: int
    rows: int = 1

    @property
    def there(self) -> bool:
        return self.at >= 0


@lru_cache(maxsize=65_536)
def plain_name(name: str) -> str:
    """A header as it is compared: ``[1]Student_Number`` and ``student number`` are the same word."""
    return re.sub(r"[^a-z0-9]+", "", re.sub(r"^\[\d+\]", "", name.strip()).casefold()) or name.strip().casefold()


def is_secret(name: str) -> bool:
    """Passwords and the like are never read."""
    return _SECRET.search(name) is not None


def header_of(rows: Sequence[Sequence[str]], known: frozenset[str]) -> Header:
    """``rows`` are the first ones of a table, the first of them not blank; ``known`` are header words somebody has a use for."""
    at, hits = _header_at(rows, known)
    if hits < 2 and _reads_as_data(rows, at):
        width = max((len(cells) for cells in rows), default=0)
        return Header(-1, names_of([""] * width, _used_width(rows)), width, 0)
    last = _last_header_row(rows, at)
    above = _group_rows(rows, at, last)
    own = [_unquoted(cell) for cell in rows[last]]
    width = len(own)
    used = max(_used_width(rows[last : last + 1]), _used_width(rows[last + 1 :]) if not all(own) else 0)
    return Header(last, names_of(_joined(above, own), used), width, len(above) + 1)


def names_of(cells: Sequence[str], used: int) -> tuple[str, ...]:
    """Headers made different: blanks get their place, doubles a number; blank ones after the last ``used`` column are no columns."""
    texts = [" ".join(cell.split()) for cell in cells]
    while len(texts) > max(used, 1) and not texts[-1]:
        texts.pop()
    seen: dict[str, int] = {}
    names: list[str] = []
    taken = set(texts)
    for at, text in enumerate(texts, start=1):
        name = text or f"Column {at}"
        seen[name] = seen.get(name, 0) + 1
        number = seen[name]
        while number > 1 and f"{name} ({number})" in taken:
            number += 1
        names.append(name if number == 1 else f"{name} ({number})")
        taken.add(names[-1])
        seen[name] = number
    return tuple(names)


def _used_width(rows: Sequence[Sequence[str]]) -> int:
    """The place after the last cell with something in it."""
    return max((max((at for at, cell in enumerate(cells, 1) if cell), default=0) for cells in rows), default=0)


def _unquoted(cell: str) -> str:
    cell = cell.strip().lstrip("\ufeff")
    return cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == "'" else cell


# Which row ------------------------------------------------------------------------------------------------------------


def _header_at(rows: Sequence[Sequence[str]], known: frozenset[str]) -> tuple[int, int]:
    """Which row is the header: the one with most known words, else the first that is wide and wordy; and the known words."""
    window = rows[:HEADER_WITHIN]
    hits = [len({plain_name(_unquoted(cell)) for cell in cells if cell} & known) for cells in window]
    if max(hits) >= 2:
        return hits.index(max(hits)), max(hits)
    widths = [sum(bool(cell) for cell in cells) for cells in rows]
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    for at, cells in enumerate(window):
        words = sum(_kind(cell) not in ("", "number") for cell in cells)
        if widths[at] >= max(0.6 * usual, 1) and words * 2 > widths[at]:
            return at, hits[at]
    first = next((at for at, width in enumerate(widths[:HEADER_WITHIN]) if width >= 0.6 * usual), 0)
    return first, hits[first]


def _kind(cell: str) -> str:
    """What a cell looks like: nothing, a word, a number, a year, or a code of letters and digits by its shape."""
    if not cell:
        return ""
    if _YEAR.fullmatch(cell):
        return "year"
    if _NUMBER.fullmatch(cell):
        return "number"
    if any(letter.isdigit() for letter in cell):
        return "code " + re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "a", cell))
    return "word"


def _reads_as_data(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Is the row that ought to be the header like the rows below it?

    A cell speaks for data where it has the kind most cells below have (and is more than a word), or comes again below; for a header
    where the cells below are of another kind.
    """
    row, below = rows[at], [cells for cells in rows[at + 1 : at + 60] if any(cells) and cells != rows[at]]
    filled = [place for place, cell in enumerate(row) if cell]
    if not below:
        return any(_kind(row[place]) == "number" for place in filled)
    data = header = 0
    for place in filled:
        column = [cells[place] for cells in below if place < len(cells) and cells[place]]
        if not column:
            continue
        if dated_heads((row[place], row[place])) and sum(map(_is_number, column)) * 2 > len(column):
            header += 1  # a day over scores
            continue
        kind, kinds = _kind(row[place]), [_kind(cell) for cell in column]
        alike = sum(each == kind for each in kinds)
        if (kind != "word" and alike * 2 > len(kinds)) or row[place] in column:
            data += 1
        elif alike == 0 and len(set(kinds)) <= 2:
            header += 1
    return data > header and data >= min(2, (len(filled) + 1) // 2)


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(?:[.,]\d+)?%?", cell) is not None


# Headers over several rows --------------------------------------------------------------------------------------------


def _last_header_row(rows: Sequence[Sequence[str]], at: int) -> int:
    """A header may go on below: the row after it names what it leaves blank or repeats."""
    last = at
    while last - at < _MOST_GROUP_ROWS:
        following = next((n for n in range(last + 1, min(last + 3, len(rows))) if any(rows[n])), None)
        if following is None or not _goes_on(rows, last, following):
            return last
        last = following
    return last


def _goes_on(rows: Sequence[Sequence[str]], upper: int, lower: int) -> bool:
    above, here = rows[upper], rows[lower]
    words = [cell for cell in here if cell]
    if len(words) < 2 or any(_kind(cell) in ("number", "year") for cell in words):
        return False
    wide = range(max(len(above), len(here)))
    filled_up = sum(not _cell(above, n) and bool(_cell(here, n)) for n in wide)
    parts = sum(bool(_cell(above, n)) and bool(_cell(here, n)) for n in wide)
    used = _used_width([above])
    inner = sum(not _cell(above, n) and bool(_cell(here, n)) for n in range(used))
    doubles = len({cell for cell in above if cell}) < sum(bool(cell) for cell in above)
    if not (inner or (doubles and parts) or (filled_up and parts and used < len(here))):
        return False
    below = [cells for cells in rows[lower + 1 : lower + 40] if any(cells)]
    return any(_numeric_below(below, n) for n in wide if _cell(here, n)) and not _reads_as_data(rows, lower)


def _numeric_below(below: Sequence[Sequence[str]], place: int) -> bool:
    column = [_kind(_cell(cells, place)) for cells in below if _cell(cells, place)]
    return bool(column) and sum(kind in ("number", "year") for kind in column) * 2 > len(column)


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _group_rows(rows: Sequence[Sequence[str]], at: int, last: int) -> list[Sequence[str]]:
    """Rows whose words stand over those of the last header row: found ones from ``at`` on, and groups above it."""
    between = [rows[n] for n in range(at, last) if any(rows[n])]
    above: list[Sequence[str]] = []
    own = [_unquoted(cell) for cell in rows[last]]
    place = at - 1
    while place >= 0 and len(above) + len(between) < _MOST_GROUP_ROWS and _has_doubles([*above, *between], own):
        if any(rows[place]):
            if not _is_group_row(rows[place], own):
                break
            above.insert(0, rows[place])
        elif place == 0 or not any(rows[place - 1]):
            break
        place -= 1
    return [*above, *between]


def _has_doubles(above: Sequence[Sequence[str]], own: Sequence[str]) -> bool:
    """Are there columns that only a row above can tell apart, or name?"""
    joined = [name for name in _joined(above, own) if name]
    blanks = any(not _cell(own, n) for n in range(len(own)))
    return len(set(joined)) < len(joined) or (blanks and not above)


def _is_group_row(cells: Sequence[str], own: Sequence[str]) -> bool:
    """Groups stand beside the first column, over other columns than titles do, and are few."""
    filled = [n for n, cell in enumerate(cells) if cell]
    if not filled or filled == [0] or len(filled) > len(own):
        return False
    return all(_kind(cells[n]) != "number" for n in filled)


def _joined(above: Sequence[Sequence[str]], own: Sequence[str]) -> list[str]:
    """A name that stands for several columns gets its group before it; a blank one is its group."""
    groups = [_spread(cells, len(own)) for cells in above]
    repeated = {cell for cell in own if own.count(cell) > 1} if len(own) < 3_000 else _repeated(own)
    names = []
    for place, cell in enumerate(own):
        parts: list[str] = []
        if cell in repeated or not cell:
            direct = [" ".join(_cell(cells, place).split()) for cells in above] if not cell else []
            spread = [group[place] for group in groups] if cell else direct
            parts = [part for part in dict.fromkeys(spread) if part and part != cell]
        names.append(" ".join([*parts, cell]).strip())
    return names


def _repeated(own: Sequence[str]) -> set[str]:
    seen: set[str] = set()
    return {cell for cell in own if cell in seen or seen.add(cell)}  # type: ignore[func-returns-value]


def _spread(cells: Sequence[str], width: int) -> list[str]:
    """A group's word stands over the columns up to the next word."""
    spread, last = [], ""
    for place in range(width):
        cell = " ".join(_cell(cells, place).split())
        last = cell or last
        spread.append(last)
    return spread
