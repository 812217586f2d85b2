"""Boxes at the head of a form for the hand, each with its name in the corner; what is known is printed."""

from __future__ import annotations

from mtss_desktop.base.words import Said
from mtss_desktop.documents.blocks import Cell, Column, Rich, Row, Table, Text, bold, quiet


def boxes(summary: Said, *fields: tuple[Said, Text, float], height: float, under: bool = False) -> Table:
    """One row of boxes: name, what is known, width in points (0 shares the rest). ``under``: it stands below its name."""
    cells = tuple(Cell(_named(name, value, "\n" if under else "  "), header=True) for name, value, _ in fields)
    return Table(
        tuple(Column(width=width) for _, _, width in fields),
        (Row(cells, height=height, at_top=True),),
        summary,
        head=False,
        boxed=True,
        dense=True,
    )


def _named(name: Said, value: Text, between: str) -> Rich:
    return (quiet(name), between, bold(value)) if value else (quiet(name),)
