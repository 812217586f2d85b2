"""Blocks of the working-smarter matrix: where pasted cells go, and what filling down writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex

from mtss_desktop.domain.team_matrix import COUNTED, MatrixColumn, in_one_line
from mtss_desktop.ui.panes.teams.matrix_cells import COLUMNS, Key, MatrixModel

Texts = dict[MatrixColumn, str]


@dataclass(frozen=True)
class Pasted:
    """``cells`` of teams that are there, ``over`` the rows beyond the last team, ``without`` heads that name no column."""

    cells: Sequence[tuple[Key, str]]
    over: Sequence[Texts] = ()
    without: tuple[str, ...] = ()


def may_be_written_over(key: Key) -> bool:
    """Emptying and filling leave a team its name, and numbers that are counted are nobody's to write."""
    return key[1] not in COUNTED and key[1] is not MatrixColumn.NAME


def pasted_from(cells: MatrixModel, row: int, shown: Sequence[int], lines: Sequence[Sequence[str]]) -> Pasted:
    """From one cell to the right over the columns ``shown`` and down over the teams from ``row`` on."""
    teams = [each for each in cells.rows[max(0, row) :] if not each.caption]
    texts = [
        {COLUMNS[column]: in_one_line(COLUMNS[column], cell) for column, cell in zip(shown, line, strict=False)}
        for line in lines
    ]
    placed = [
        ((team.key, column), text) for team, line in zip(teams, texts, strict=False) for column, text in line.items()
    ]
    over = [row for row, line in zip(texts[len(teams) :], lines[len(teams) :], strict=True) if any(line)]
    return Pasted(placed, over)


def pasted_by_heads(cells: MatrixModel, heads: Sequence[MatrixColumn | None], lines: Sequence[Sequence[str]]) -> Pasted:
    """Each cell into the column its head names, each row to the team of its name or as a new one; the first line is the heads."""
    names = [(row.row.text(MatrixColumn.NAME).casefold(), row.key) for row in cells.rows if row.row is not None]
    keys = {name: key for name, key in names if sum(name == other for other, _ in names) == 1}
    placed, over = [], []
    for line in lines[1:]:
        texts: Texts = {
            column: in_one_line(column, cell)
            for column, cell in zip(heads, line, strict=False)
            if column is not None and column is not MatrixColumn.HOURS and cell
        }
        key = keys.get(texts.get(MatrixColumn.NAME, "").casefold())
        if key is not None:
            placed += [((key, column), cell) for column, cell in texts.items() if column is not MatrixColumn.NAME]
        elif texts:
            over.append(texts)
    without = tuple(head for head, column in zip(lines[0], heads, strict=False) if head and column is None)
    return Pasted(placed, over, without)


def filled_down(cells: MatrixModel, chosen: Sequence[Sequence[QModelIndex]]) -> list[tuple[Key, str]]:
    """The first row of what is chosen into the rows under it; with one row, what stands above it."""
    rows = list(chosen)
    if len(rows) == 1:
        above = next((row for row in range(rows[0][0].row() - 1, -1, -1) if not cells.rows[row].caption), None)
        if above is None:
            return []
        rows = [[cells.index(above, each.column()) for each in rows[0]], *rows]
    return [
        (cells.key_at(into), cells.text(source))
        for row in rows[1:]
        for source, into in zip(rows[0], row, strict=True)
        if may_be_written_over(cells.key_at(into))
    ]
