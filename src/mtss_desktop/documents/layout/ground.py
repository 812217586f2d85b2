"""What every builder of pieces stands on: where it writes, how wide, and lines of text as pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtss_desktop.base.words import Said
from mtss_desktop.documents.blocks import (
    Align,
)
from mtss_desktop.documents.layout.flow import Piece
from mtss_desktop.documents.layout.pen import Pen
from mtss_desktop.documents.layout.text import Line, Setter
from mtss_desktop.documents.style import TextStyle
from mtss_desktop.documents.tagging import Node

_FIRST, _LAST = 3, 2  # lines of a paragraph that stay together at its start and its end


@dataclass
class Ground:
    """One width to fill. ``root`` holds the sections, ``place`` takes the next element (the open section).

    ``titles`` collects the headings that links point to, ``poster`` asks for the largest titles, ``room`` is the height of a page.
    """

    setter: Setter
    width: float
    root: Node
    place: Node
    titles: dict[str, Said | str]
    poster: bool = False
    room: float = 0.0

    def _type(self, name: str) -> TextStyle:
        return self.setter.style.type[name]

    def _text(
        self,
        lines: Sequence[Line],
        style: TextStyle,
        node: Node | None,
        *,
        indent: float = 0.0,
        align: Align = Align.LEFT,
    ) -> Piece:
        """Lines as one piece."""
        width = self.width - indent

        def paint(pen: Pen, x: float, top: float) -> None:
            for number, line in enumerate(lines):
                pen.line(line, x + indent, baseline(top, style, number), node, width=width, align=align)

        return Piece(len(lines) * style.lead, paint)

    def _flowing(
        self,
        lines: Sequence[Line],
        style: TextStyle,
        node: Node | None,
        *,
        indent: float = 0.0,
        align: Align = Align.LEFT,
    ) -> Iterator[Piece]:
        """Lines as pieces that break between pages, never leaving fewer than the house allows on either side."""
        count = len(lines)
        if count <= _FIRST + _LAST:
            yield self._text(lines, style, node, indent=indent, align=align)
            return
        cuts = [_FIRST, *range(_FIRST + 1, count - _LAST + 1), count]
        start = 0
        for cut in cuts:
            yield self._text(lines[start:cut], style, node, indent=indent, align=align)
            start = cut


def baseline(top: float, style: TextStyle, number: int) -> float:
    """The baseline of line ``number`` of text whose first line starts at ``top``."""
    return top - number * style.lead - (style.lead - style.size) / 2 - style.size * 0.79
