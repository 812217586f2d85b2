"""The division in one table."""

from __future__ import annotations

from mtss_desktop.base.words import Words
from mtss_desktop.domain.rating_rollups import Heat
from mtss_desktop.ui.panes.lookfors.heat_table import HeatCell, HeatShown
from mtss_desktop.ui.panes.lookfors.words import (
    score_words,
)


def heat_shown(words: Words, heat: Heat) -> HeatShown:
    columns = tuple((each.family, each.title) for each in heat.columns)
    cells = {}
    for row in heat.rows:
        for column, cell in zip(heat.columns, row.cells, strict=True):
            if cell is None:
                continue
            told = score_words(words, cell.headline)
            day = words.day(cell.held_on)
            verdict = {True: words("meets {c}"), False: words("below {c}"), None: ""}[cell.headline.met]
            spoken = ", ".join(
                part for part in (told or words("incomplete"), verdict.format(c=cell.headline.criterion), day) if part
            )
            share = cell.headline.percent / 100 if cell.headline.percent is not None else None
            cells[(row.place_id, column.family)] = HeatCell(
                told or words("no score"), spoken, cell.administration_id, share, cell.headline.met
            )
    return HeatShown(tuple((row.place_id, row.place) for row in heat.rows), columns, cells)


def heat_sentence(words: Words, heat: Heat) -> str:
    """5 of 8 results meet their criterion; Holcomb Middle has the most to do."""
    cells = [cell for row in heat.rows for cell in row.cells if cell is not None and cell.headline.met is not None]
    if not cells:
        return words("No finished result has a criterion yet.")
    met = sum(bool(cell.headline.met) for cell in cells)
    return words("{n} of {all} newest results meet their criterion.").format(n=met, all=len(cells))
