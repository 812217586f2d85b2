"""Small groups: what may leave a team, and how a student is called when names are masked.

A count below the limit is hidden (primary). Hiding one cell is not enough when it can be reckoned from a total, so
further cells are hidden (complementary) until in every line of the table the hidden cells are at least two, add to at
least the limit, and none is fixed by the others. Totals obey the same rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mtss_desktop.base.words import Said, said

LIMIT = 10
COMPLEMENT_MARK = "\u2021"


class Why(StrEnum):
    """Why a count is hidden."""

    SMALL = "small"
    COMPLEMENT = "complement"


@dataclass(frozen=True)
class Count:
    """A count that may be shown (``value``) or a hidden one (``value`` None and the reason)."""

    value: int | None
    why: Why | None = None

    @property
    def hidden(self) -> bool:
        return self.value is None


@dataclass(frozen=True)
class SafeTable:
    """Counts with their totals after suppression; ``rows[r][c]``, then the totals."""

    rows: tuple[tuple[Count, ...], ...]
    row_totals: tuple[Count, ...]
    column_totals: tuple[Count, ...]
    total: Count
    limit: int

    @property
    def hidden(self) -> int:
        """How many cells and totals are hidden."""
        cells = [count for row in self.rows for count in row]
        return sum(count.hidden for count in (*cells, *self.row_totals, *self.column_totals, self.total))


_Place = tuple[int, int]


def suppress(counts: Sequence[Sequence[int]], limit: int = LIMIT) -> SafeTable:
    """A table of counts whose rows and columns have printed totals. Raises ValueError for ragged or negative counts."""
    if len({len(row) for row in counts}) > 1 or any(n < 0 for row in counts for n in row):
        raise ValueError("a table of counts has equal rows and no negative counts")
    grid = _with_totals(counts)
    hidden = _hide(grid, limit)
    shown = [[_count(n, hidden.get((r, c))) for c, n in enumerate(row)] for r, row in enumerate(grid)]
    body = tuple(tuple(row[:-1]) for row in shown[:-1])
    return SafeTable(body, tuple(row[-1] for row in shown[:-1]), tuple(shown[-1][:-1]), shown[-1][-1], limit)


def suppress_line(counts: Sequence[int], limit: int = LIMIT) -> tuple[tuple[Count, ...], Count]:
    """Counts of one total, without a second dimension: the counts and their total."""
    total = sum(counts)
    hidden = {i: Why.SMALL for i, n in enumerate(counts) if 0 <= n < limit and total > 0}
    while hidden and len(hidden) < len(counts) and not _enough([counts[i] for i in hidden], limit):
        smallest = min((i for i in range(len(counts)) if i not in hidden), key=lambda i: counts[i])
        hidden[smallest] = Why.COMPLEMENT
    covered = not hidden or _enough([counts[i] for i in hidden], limit)
    small_total = 0 < total < limit
    shown = tuple(_count(n, hidden.get(i)) for i, n in enumerate(counts))
    return shown, _count(total, Why.SMALL if small_total else None if covered else Why.COMPLEMENT)


def shown_count(n: int, limit: int = LIMIT) -> Count:
    """A count that stands alone, without a total beside it."""
    return Count(None, Why.SMALL) if 0 < n < limit else Count(n)


def count_word(count: Count, limit: int = LIMIT) -> Said | int | str:
    """What is printed: the number, "< 10", or the mark of complementary suppression."""
    if count.value is not None:
        return count.value
    return said("< {limit}", limit=limit) if count.why is Why.SMALL else COMPLEMENT_MARK


def hidden_note(table: SafeTable) -> Said | None:
    """The sentence that must stand beside a table with hidden cells."""
    if not table.hidden:
        return None
    return said(
        "Counts under {limit} are hidden so that no student can be recognized; cells marked {mark} are hidden "
        "because they would give those away.",
        limit=table.limit,
        mark=COMPLEMENT_MARK,
    )


def student_label(number: int) -> Said:
    """The name of a student while names are masked: Student 0417."""
    return said("Student {code}", code=f"{number:04d}")


def _count(n: int, why: Why | None) -> Count:
    return Count(None, why) if why else Count(n)


def _with_totals(counts: Sequence[Sequence[int]]) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]] if rows else [[0]]


def _hide(grid: list[list[int]], limit: int) -> dict[_Place, Why]:
    """Every row and column of ``grid`` is an equation whose last term is the total."""
    hidden = {
        (r, c): Why.SMALL for r, row in enumerate(grid) for c, n in enumerate(row) if _small(grid, r, c, n, limit)
    }
    while extra := _weak_line(grid, hidden, limit) or _given_away(grid, hidden):
        hidden[extra] = Why.COMPLEMENT
    return hidden


def _small(grid: list[list[int]], r: int, c: int, n: int, limit: int) -> bool:
    """A zero is hidden too (nobody of a group is news as well), unless its whole row or column is empty."""
    return n < limit and grid[r][-1] > 0 and grid[-1][c] > 0


def _lines(grid: list[list[int]]) -> list[list[_Place]]:
    height, width = len(grid), len(grid[0])
    across = [[(r, c) for c in range(width)] for r in range(height)]
    return across + [[(r, c) for r in range(height)] for c in range(width)]


def _weak_line(grid: list[list[int]], hidden: dict[_Place, Why], limit: int) -> _Place | None:
    """The next cell to hide in a line that gives a hidden cell away: the smallest that is still shown, totals last."""
    for line in _lines(grid):
        *cells, total = line
        covered = [grid[r][c] for r, c in cells if (r, c) in hidden]
        if not covered and total not in hidden:
            continue
        if (covered and total in hidden) or _enough(covered, limit):
            continue
        free = [place for place in cells if place not in hidden and _counts(grid, place)]
        if free:
            return min(free, key=lambda place: grid[place[0]][place[1]])
        if total not in hidden:
            return total
    return None


def _counts(grid: list[list[int]], place: _Place) -> bool:
    """Hiding a cell of an empty row or column hides nothing: everyone knows it is zero."""
    r, c = place
    return grid[r][-1] > 0 and grid[-1][c] > 0


def _enough(values: Sequence[int], limit: int) -> bool:
    return len(values) >= 2 and sum(values) >= limit


def _given_away(grid: list[list[int]], hidden: dict[_Place, Why]) -> _Place | None:
    """A hidden cell is fixed by the totals exactly when it is the only bridge between two parts of the table
    (rows and columns as knots, hidden cells as threads). Returns the smallest shown cell that makes a second thread."""
    for place in sorted(hidden):
        side = _reached(set(hidden) - {place}, ("row", place[0]))
        if ("column", place[1]) in side:
            continue
        free = [
            (r, c)
            for r, row in enumerate(grid)
            for c in range(len(row))
            if (r, c) not in hidden and _counts(grid, (r, c)) and (("row", r) in side) != (("column", c) in side)
        ]
        if free:
            return min(free, key=lambda p: (p[0] == len(grid) - 1 or p[1] == len(grid[0]) - 1, grid[p[0]][p[1]]))
    return None


def _reached(threads: set[_Place], start: tuple[str, int]) -> set[tuple[str, int]]:
    seen, waiting = {start}, [start]
    while waiting:
        kind, index = waiting.pop()
        for r, c in threads:
            here, there = (("row", r), ("column", c)) if kind == "row" else (("column", c), ("row", r))
            if here == (kind, index) and there not in seen:
                seen.add(there)
                waiting.append(there)
    return seen
