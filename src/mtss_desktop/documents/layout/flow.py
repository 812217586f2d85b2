"""Pieces onto pages. A piece never breaks (but see ``split``); the rules of the house are glue between pieces.

``glue`` forbids a break after the piece: a heading is glued to what follows, a paragraph's first lines to each other, a
table's head to its first rows. What is glued but taller than a page breaks where it must, so that nothing is ever cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from mtss_desktop.documents.layout.pen import Pen

Paint = Callable[[Pen, float, float], None]
"""Paints a piece; x of its left edge, y of its top."""


@dataclass(frozen=True)
class Piece:
    """``before`` and ``after`` are room that collapses with the neighbor's and vanishes at the edge of a page.

    ``kept`` is a weaker glue: what one page cannot hold falls apart into its glued parts.
    ``repeat`` is furniture for the top of a page that starts with this piece (a table's head). ``split`` gives the piece in two at
    a height, for the one row that is taller than a page. ``stretch`` takes what is left of the page. ``opens`` starts a document or
    section: no running head above it. ``anchors`` are the names and titles that contents point to.
    """

    height: float
    paint: Paint
    before: float = 0.0
    after: float = 0.0
    glue: bool = False
    kept: bool = False
    repeat: Piece | None = None
    split: Callable[[float], tuple[Piece, Piece] | None] | None = None
    stretch: Callable[[float], Piece] | None = None
    opens: bool = False
    anchors: tuple[str, ...] = ()
    new_page: bool = False
    odd_page: bool = False


@dataclass(frozen=True)
class Placed:
    """A piece and how far its top is below the top of the text area."""

    piece: Piece
    down: float
    repeated: bool = False


@dataclass
class Page:
    placed: list[Placed] = field(default_factory=list)
    used: float = 0.0
    last_after: float = 0.0

    @property
    def opens(self) -> bool:
        return bool(self.placed) and self.placed[0].piece.opens

    @property
    def anchors(self) -> tuple[str, ...]:
        return tuple(anchor for placed in self.placed for anchor in placed.piece.anchors)

    def gap(self, piece: Piece) -> float:
        return max(self.last_after, piece.before) if self.placed else 0.0

    def place(self, piece: Piece, *, repeated: bool = False) -> None:
        gap = self.gap(piece)
        self.placed.append(Placed(piece, self.used + gap, repeated))
        self.used += gap + piece.height
        self.last_after = piece.after


@dataclass
class Flow:
    """Fills pages. ``room`` is the height of a page that opens with a title, ``room_below_head`` of one with a running head."""

    room: float
    room_below_head: float
    first_page: int = 1
    pages: list[Page] = field(default_factory=list)

    def add(self, pieces: Iterable[Piece]) -> list[Page]:
        for chain in _chains(pieces):
            self._add_chain(chain)
        return self.pages

    def _limit(self, page: Page, piece: Piece) -> float:
        opens = page.opens if page.placed else piece.opens
        return self.room if opens else self.room_below_head

    def _page(self) -> Page:
        if not self.pages:
            self.pages.append(Page())
        return self.pages[-1]

    def _turn(self) -> Page:
        self.pages.append(Page())
        return self.pages[-1]

    def _add_chain(self, chain: Sequence[Piece]) -> None:
        if chain[0].new_page:
            self._new_page(odd=chain[0].odd_page)
            return
        if any(piece.kept for piece in chain) and _height(Page(), chain) > self.room_below_head:
            for part in _chains(replace(piece, kept=False) for piece in chain):
                self._add_chain(part)
            return
        page = self._page()
        if page.placed and page.used + _height(page, chain) > self._limit(page, chain[0]) + 0.01:
            page = self._turn()
            self._repeat(page, chain[0])
        if page.used + _height(page, chain) <= self._limit(page, chain[0]) + 0.01:
            for piece in chain:
                self._place(page, piece)
        else:
            for piece in chain:
                self._add_tall(piece)

    def _new_page(self, *, odd: bool) -> None:
        if self._page().placed:
            self._turn()
        if odd and (self.first_page + len(self.pages)) % 2:
            self._page().placed.append(Placed(_blank(), 0.0))
            self._turn()

    def _place(self, page: Page, piece: Piece) -> None:
        if piece.stretch is not None:
            left = self._limit(page, piece) - page.used - page.gap(piece)
            piece = replace(piece.stretch(left), before=piece.before, after=piece.after)
        page.place(piece)

    def _repeat(self, page: Page, piece: Piece) -> None:
        if piece.repeat is not None:
            page.place(piece.repeat, repeated=True)

    def _add_tall(self, piece: Piece) -> None:
        """A piece of a chain that no page can hold whole."""
        page = self._page()
        left = self._limit(page, piece) - page.used - page.gap(piece)
        if piece.height <= left + 0.01:
            self._place(page, piece)
            return
        if any(not placed.repeated for placed in page.placed):
            page = self._turn()
            self._repeat(page, piece)
            self._add_tall(piece)
            return
        parts = piece.split(left) if piece.split is not None else None
        if parts is None:
            self._place(page, piece)
            return
        self._place(page, parts[0])
        self._repeat(self._turn(), parts[1])
        self._add_tall(parts[1])


def _blank() -> Piece:
    return Piece(0.0, lambda _pen, _x, _top: None)


def _chains(pieces: Iterable[Piece]) -> Iterable[list[Piece]]:
    chain: list[Piece] = []
    for piece in pieces:
        if piece.new_page and chain:
            yield chain
            chain = []
        chain.append(piece)
        if not piece.glue and not piece.kept:
            yield chain
            chain = []
    if chain:
        yield chain


def _height(page: Page, chain: Sequence[Piece]) -> float:
    total = page.gap(chain[0]) + chain[0].height
    for first, second in pairwise(chain):
        total += max(first.after, second.before) + second.height
    return total


def stacked(pieces: Sequence[Piece], *, glue: bool = False) -> Piece:
    """Pieces one under the other as one that never breaks."""
    page = Page()
    for piece in pieces:
        page.place(piece)

    def paint(pen: Pen, x: float, top: float) -> None:
        for placed in page.placed:
            placed.piece.paint(pen, x, top - placed.down)

    before = pieces[0].before if pieces else 0.0
    after = pieces[-1].after if pieces else 0.0
    return Piece(page.used, paint, before=before, after=after, glue=glue, anchors=page.anchors)
