"""Lays out structure charts: places in columns, levels in bands, teams as cards, and the lines between them.

Columns take width by how many cards stand beside each other; where they would get too narrow, further columns go to
a second block below with bands of their own. Heights follow from the words: nothing is cut.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from mtss_desktop.domain.figure_marks import Arrow, Box, Column, Role
from mtss_desktop.domain.figure_pen import Pen
from mtss_desktop.domain.figure_shapes import Extent, Place, Rect, wrapped
from mtss_desktop.domain.figures import Figure

DIVISION = -1
_NARROWEST = 13.5
"""Least width of a card, in sizes of its text."""


class _Cards(dict[str, Extent]):
    """Where each card stands; ``heads`` are the names of places, which lines go around."""

    def __init__(self) -> None:
        super().__init__()
        self.heads: list[Extent] = []


@dataclass(frozen=True)
class Grid:
    """Measures of one chart: room for the band names at left, gutters between columns, channels between bands."""

    left: float
    width: float
    names: float
    gutter: float
    channel: float
    pad: float

    @property
    def cards_left(self) -> float:
        return self.left + self.names


def lay_out_structure(figure: Figure, pen: Pen, left: float, top: float, width: float) -> float:
    """Draws the chart; returns the height its words need."""
    width -= pen.look.card_frame * 2  # the frame of the last card lies half outside its edge
    grid = _grid(figure, pen, left, width)
    cards = _Cards()
    y = top
    over = [box for box in figure.of(Box) if box.place == DIVISION]
    for band in sorted({box.band for box in over}):
        y = _band(figure, pen, grid, band, {DIVISION: (grid.cards_left, width - grid.names)}, y, cards)
    for block in _blocks(figure, pen, grid):
        spans = _spans(figure, pen, grid, block)
        y = _heads(figure, pen, grid, spans, y, cards)
        for index, band in enumerate(sorted({box.band for box in figure.of(Box) if box.place in block})):
            y = _band(figure, pen, grid, band, spans, y, cards, is_first=not index)
    _arrows(figure, pen, grid, cards)
    for box in figure.of(Box):
        place = cards[box.key]
        pen.read(place.x, place.y, box.title, box.aside, *box.lines)
    return y - top


def _grid(figure: Figure, pen: Pen, left: float, width: float) -> Grid:
    size = pen.look.card_text
    names = max((pen.width(pen.say(name), size=size * 1.1, bold=True) for name in figure.bands), default=0.0)
    return Grid(
        left, width, min(names + size, size * 10, width * 0.14) + size * 2.6, size * 3.4, size * 3.0, size * 0.8
    )


def _abreast(figure: Figure, place: int) -> int:
    """How many cards of a place stand beside each other: the most of any band, at most three."""
    counts: dict[int, int] = {}
    for box in figure.of(Box):
        if box.place == place:
            counts[box.band] = counts.get(box.band, 0) + 1
    most = max(counts.values(), default=1)
    return min(most, 3 if most != 4 else 2)


def _blocks(figure: Figure, pen: Pen, grid: Grid) -> list[tuple[int, ...]]:
    """Places that share one row of columns, as even as possible."""
    places = [index for index in range(len(figure.columns)) if any(box.place == index for box in figure.of(Box))]
    if not places:
        return []
    narrowest = _NARROWEST * pen.look.card_text + grid.gutter
    fit = max(1, int((grid.width - grid.names + grid.gutter) / narrowest))
    count = -(-len(places) // fit)
    size = -(-len(places) // count)
    return [tuple(places[start : start + size]) for start in range(0, len(places), size)]


def _spans(figure: Figure, pen: Pen, grid: Grid, places: Iterable[int]) -> dict[int, tuple[float, float]]:
    """Left edge and width of each place's column; equal shares where a small place would get too narrow for its cards."""
    places = tuple(places)
    room = grid.width - grid.names - grid.gutter * (len(places) - 1)
    weights = [_abreast(figure, place) ** 0.7 for place in places]
    if room * min(weights) / sum(weights) < _NARROWEST * pen.look.card_text:
        weights = [1.0] * len(places)
    spans, x = {}, grid.cards_left
    for place, weight in zip(places, weights, strict=True):
        wide = room * weight / sum(weights)
        spans[place] = (x, wide)
        x += wide + grid.gutter
    return spans


def _heads(
    figure: Figure, pen: Pen, grid: Grid, spans: dict[int, tuple[float, float]], y: float, cards: _Cards
) -> float:
    """Names of the places over their columns, with a quiet aside at the right where it fits."""
    look = pen.look
    pen.line([(grid.left, y), (grid.left + grid.width, y)], look.grid, look.grid_width)
    deepest = y
    for place, (left, width) in spans.items():
        column: Column = figure.columns[place]
        baseline = y + look.card_title * 1.7
        for text in wrapped(pen.say(column.title), look.card_title, True, width, pen.measure):
            taken = pen.write(left, baseline, text, size=look.card_title, bold=True)
            cards.heads.append(taken)
            deepest = max(deepest, baseline)
            baseline += look.card_title * 1.25
        aside = pen.say(column.aside)
        if aside and taken.width + pen.width(aside, size=look.small) + look.text <= width:
            y_aside = baseline - look.card_title * 1.25
            cards.heads.append(pen.write(left + width, y_aside, aside, size=look.small, ink=look.soft, anchor="end"))
        elif aside:
            pen.write(left, baseline, aside, size=look.small, ink=look.soft)
            deepest = max(deepest, baseline)
    return deepest + look.card_title * 0.2


@dataclass(frozen=True)
class _Card:
    """A box with its words wrapped: text, bold, indent from the right (the aside)."""

    box: Box
    title: list[str]
    aside: str
    lines: list[tuple[str, bool]]
    height: float


def _card(box: Box, pen: Pen, grid: Grid, width: float) -> _Card:
    look, inner = pen.look, width - grid.pad * 2
    aside = pen.say(box.aside)
    aside_room = pen.width(aside, size=look.small) + look.text if aside else 0.0
    title_size = _title_size(pen)
    title = wrapped(pen.say(box.title), title_size, True, inner, pen.measure)
    if aside and title and pen.width(title[0], size=title_size, bold=True) + aside_room > inner:
        lines: list[tuple[str, bool]] = [
            (text, False) for text in wrapped(aside, look.card_text, False, inner, pen.measure)
        ]
        aside = ""
    else:
        lines = []
    for index, line in enumerate(box.lines):
        bold = box.strong_first and index == 0
        lines += [(text, bold) for text in wrapped(pen.say(line), look.card_text, bold, inner, pen.measure)]
    height = grid.pad * 2.1 + len(title) * title_size * 1.2 + len(lines) * look.card_text * look.leading
    return _Card(box, title, aside, lines, height)


def _title_size(pen: Pen) -> float:
    return pen.look.card_title * 0.92


def _band(
    figure: Figure,
    pen: Pen,
    grid: Grid,
    band: int,
    spans: dict[int, tuple[float, float]],
    y: float,
    cards: _Cards,
    *,
    is_first: bool = False,
) -> float:
    """One level of the chart over all its places; returns where it ends."""
    look = pen.look
    if not is_first or DIVISION in spans:
        pen.line([(grid.left, y), (grid.left + grid.width, y)], look.grid, look.grid_width)
    rows = {place: _rows(figure, pen, grid, band, place, width) for place, (_, width) in spans.items()}
    start = y + grid.channel * (1.0 if DIVISION not in spans else 0.45)
    for index, text in enumerate(
        wrapped(pen.say(figure.bands[band]), look.card_text * 1.1, True, grid.names, pen.measure)
    ):
        pen.write(grid.left, start + look.card_text * (1.1 + index * 1.3), text, size=look.card_text * 1.1, bold=True)
    end = start
    for place, (left, width) in spans.items():
        at = start
        abreast = len(rows[place][0]) if rows[place] else 1
        for row in rows[place]:
            at = _row(pen, grid, row, left, _card_width(width, abreast, grid, place), at, cards) + grid.pad * 1.6
        end = max(end, at - (grid.pad * 1.6 if rows[place] else 0.0))
    return end + grid.channel * 0.35


def _rows(figure: Figure, pen: Pen, grid: Grid, band: int, place: int, width: float) -> list[list[_Card]]:
    """Cards of one cell of the chart in rows of equal cards."""
    boxes = [box for box in figure.of(Box) if box.band == band and box.place == place]
    least = _NARROWEST * pen.look.card_text
    fit = max(1, min(int((width + grid.pad) / (least + grid.pad)), 4 if place == DIVISION else 3))
    across = -(-len(boxes) // -(-len(boxes) // fit)) if boxes else 1
    return [
        [
            _card(box, pen, grid, _card_width(width, min(across, len(boxes)), grid, place))
            for box in boxes[i : i + across]
        ]
        for i in range(0, len(boxes), across)
    ]


def _card_width(width: float, across: int, grid: Grid, place: int) -> float:
    gap = _gap(grid, place)
    wide = (width - gap * (across - 1)) / across
    return min(wide, width * 0.62) if place == DIVISION and across == 1 else wide


def _gap(grid: Grid, place: int) -> float:
    """Division cards stand apart so that the words of a line between them have room."""
    return grid.gutter * 5 if place == DIVISION else grid.pad * 1.8


def _row(pen: Pen, grid: Grid, row: list[_Card], left: float, wide: float, y: float, cards: _Cards) -> float:
    """Cards of one width, that of the fullest row over them."""
    place = row[0].box.place
    height = max(card.height for card in row)
    x = left
    for card in row:
        extent = Extent(x, y, wide, height)
        cards[card.box.key] = extent
        _draw_card(pen, grid, card, extent)
        x += wide + _gap(grid, place)
    return y + height


def _draw_card(pen: Pen, grid: Grid, card: _Card, at: Extent) -> None:
    """Solid frame: keep. Dashed: merge proposed. Dotted: retire proposed, or no team."""
    look = pen.look
    style = pen.style(card.box.role)
    pen.shapes.append(Rect(at.x, at.y, at.width, at.height, look.ground, style.ink, look.card_frame, style.dash))
    if card.box.role is Role.KEEP:
        pen.line([(at.x, at.y), (at.x + at.width, at.y)], style.ink, look.card_rule)
    pen.taken.append(at)
    size = _title_size(pen)
    y = at.y + grid.pad + size
    for index, text in enumerate(card.title):
        pen.write(at.x + grid.pad, y, text, size=size, bold=True)
        if not index and card.aside:
            pen.write(at.x + at.width - grid.pad, y, card.aside, size=look.small, ink=look.soft, anchor="end")
        y += size * 1.2
    y += look.card_text * 0.2
    for text, bold in card.lines:
        pen.write(at.x + grid.pad, y, text, size=look.card_text, bold=bold)
        y += look.card_text * look.leading


# Lines


def _arrows(figure: Figure, pen: Pen, grid: Grid, cards: _Cards) -> None:
    """Straight where the way is free, else along a channel and through a gutter. The same words beside the same line
    are written once; words without a free place are left to the table of links."""
    said_already: set[tuple[str, str]] = set()
    trunks: dict[str, int] = {}
    style = pen.style(Role.KEEP)
    shown = [arrow for arrow in figure.of(Arrow) if arrow.start in cards and arrow.end in cards]
    paths = [_route(arrow, grid, cards, trunks) for arrow in shown]
    pen.taken += [_way(a, b) for path in paths for a, b in pairwise(path)]  # no line runs through words
    for arrow, path in zip(shown, paths, strict=True):
        pen.styled(path, style)
        size = pen.look.card_text * 0.75
        pen.arrow_head(path[-1], path[-2], size, style.ink)
        if arrow.both:
            pen.arrow_head(path[0], path[1], size, style.ink)
        text = pen.say(arrow.text)
        if text and (arrow.start, text) not in said_already and _say_line(pen, grid, path, text):
            said_already.add((arrow.start, text))
        elif text and (arrow.start, text) not in said_already:
            pen.left_out += 1


def _way(a: Place, b: Place) -> Extent:
    """A part of a line as the room it takes."""
    (x1, y1), (x2, y2) = a, b
    return Extent(min(x1, x2), min(y1, y2), abs(x2 - x1) or 0.5, abs(y2 - y1) or 0.5)


def _route(arrow: Arrow, grid: Grid, cards: _Cards, trunks: dict[str, int]) -> list[Place]:
    a, b = cards[arrow.start], cards[arrow.end]
    if abs(a.y - b.y) < 1:
        return _sideways(a, b, cards)
    upper, lower = (a, b) if a.y < b.y else (b, a)
    path = _downwards(upper, lower, cards) or _around(upper, lower, grid, cards, trunks)
    return path if upper is a else path[::-1]


def _sideways(a: Extent, b: Extent, cards: _Cards) -> list[Place]:
    """Neighbors in one row: straight; others: under the row between them."""
    first, second = (a, b) if a.x < b.x else (b, a)
    y = first.y + min(first.height, second.height) / 2
    path: list[Place] = [(first.x + first.width, y), (second.x, y)]
    if _crosses(path, cards, first, second):
        low = max(first.y + first.height, second.y + second.height) + 6
        x1, x2 = first.x + first.width * 0.6, second.x + second.width * 0.4
        path = [(x1, first.y + first.height), (x1, low), (x2, low), (x2, second.y + second.height)]
    return path if first is a else path[::-1]


def _downwards(upper: Extent, lower: Extent, cards: _Cards) -> list[Place] | None:
    low, high = max(upper.x, lower.x), min(upper.x + upper.width, lower.x + lower.width)
    if high - low < 16:
        return None
    for share in (0.35, 0.5, 0.65, 0.2, 0.8, 0.1, 0.9):
        x = low + (high - low) * share
        path: list[Place] = [(x, upper.y + upper.height), (x, lower.y)]
        if not _crosses(path, cards, upper, lower):
            return path
    return None


def _around(upper: Extent, lower: Extent, grid: Grid, cards: _Cards, trunks: dict[str, int]) -> list[Place]:
    """Down into the channel under the upper card, across, and down again or through the gutter left of the lower one."""
    key = f"{round(upper.x)}:{round(upper.y)}"
    order = trunks.setdefault(key, len([k for k in trunks if k.endswith(f":{round(upper.y)}")]))
    x1 = upper.x + upper.width * 0.5
    bottom = max(c.y + c.height for c in cards.values() if abs(c.y - upper.y) < 1)
    below = min((c.y - bottom for c in cards.values() if c.y > bottom), default=grid.channel)
    channel = bottom + min(grid.channel, below) * (0.3 + 0.12 * (order % 3))
    for share in (0.5, 0.6, 0.4, 0.75, 0.25, 0.9, 0.1):
        x2 = lower.x + lower.width * share
        path: list[Place] = [(x1, upper.y + upper.height), (x1, channel), (x2, channel), (x2, lower.y)]
        if not _crosses(path, cards, upper, lower):
            return path
    middle = lower.y + lower.height / 2
    near = abs(upper.x - lower.x) < 16
    side = lower.x - grid.gutter * (0.3 if near else 0.6 + 0.08 * (order % 3))
    if near:
        start = upper.y + upper.height / 2
        return [(upper.x, start), (side, start), (side, middle), (lower.x, middle)]
    beside: list[Place] = [
        (x1, upper.y + upper.height),
        (x1, channel),
        (side, channel),
        (side, middle),
        (lower.x, middle),
    ]
    if not _crosses(beside, cards, upper, lower):
        return beside
    return _through_gutter(upper, lower, grid, cards, channel) or beside


def _through_gutter(upper: Extent, lower: Extent, grid: Grid, cards: _Cards, channel: float) -> list[Place] | None:
    """Down a gutter where no card stands in the way, then along the channel over the lower card's row."""
    x1, above = upper.x + upper.width * 0.5, lower.y - grid.channel * 0.3
    edges = {
        x for card in cards.values() for x in (card.x - grid.gutter * 0.5, card.x + card.width + grid.gutter * 0.5)
    }
    target = lower.x + lower.width / 2
    inside = (x for x in edges if grid.left <= x <= grid.left + grid.width)
    for gutter in sorted(inside, key=lambda x: abs(x - target)):
        shares = (0.12, 0.25, 0.4, 0.6, 0.75, 0.88)
        for x2 in sorted((lower.x + lower.width * share for share in shares), key=lambda x: abs(x - gutter)):
            path: list[Place] = [
                (x1, upper.y + upper.height),
                (x1, channel),
                (gutter, channel),
                (gutter, above),
                (x2, above),
                (x2, lower.y),
            ]
            if not _crosses(path, cards, upper, lower):
                return path
    return None


def _crosses(path: list[Place], cards: _Cards, *ends: Extent) -> bool:
    for (x1, y1), (x2, y2) in pairwise(path):
        way = Extent(min(x1, x2) - 1, min(y1, y2) - 1, abs(x2 - x1) + 2, abs(y2 - y1) + 2)
        if any(way.meets(card) for card in (*cards.values(), *cards.heads) if card not in ends):
            return True
    return False


def _say_line(pen: Pen, grid: Grid, path: list[Place], text: str) -> bool:
    """Writes what flows along a line where there is room beside it; returns whether there was."""
    look = pen.look
    for (x1, y1), (x2, y2) in sorted(pairwise(path), key=lambda part: -abs(part[1][0] - part[0][0])):
        if abs(y1 - y2) < 0.5 and _beside_level(pen, grid, min(x1, x2), max(x1, x2), y1, text):
            return True
        if abs(x1 - x2) < 0.5:
            middle = (y1 + y2) / 2
            for x, anchor in ((x1 + look.text * 0.7, "start"), (x1 - look.text * 0.7, "end")):
                for lines in (_one_line(pen, text), wrapped(text, look.small, False, grid.names * 0.8, pen.measure)):
                    if _block(pen, grid, x, middle, lines, anchor):
                        return True
    return False


def _one_line(pen: Pen, text: str) -> list[str]:
    return wrapped(text, pen.look.small, False, 1e9, pen.measure)


def _beside_level(pen: Pen, grid: Grid, left: float, right: float, y: float, text: str) -> bool:
    look = pen.look
    lines = wrapped(text, look.small, False, right - left - look.text, pen.measure)
    widest = max(pen.width(line, size=look.small) for line in lines)
    if widest > right - left:
        return False
    height = len(lines) * look.small * look.leading
    return any(
        _block(pen, grid, left + look.text * 0.7, top + height / 2, lines, "start")
        for top in (y - height - 2.5, y + 2.5)
    )


def _block(pen: Pen, grid: Grid, x: float, middle: float, lines: list[str], anchor: str) -> bool:
    """Several lines around a height, if that room is free."""
    look = pen.look
    step = look.small * look.leading
    widest = max(pen.width(line, size=look.small) for line in lines)
    left = x if anchor == "start" else x - widest
    room = Extent(left, middle - step * len(lines) / 2, widest, step * len(lines))
    if (
        left < 0
        or left + widest > grid.left + grid.width
        or not pen.is_free(Extent(left - 3, room.y, widest + 8, room.height))
    ):
        return False
    for index, line in enumerate(lines):
        pen.write(x, room.y + step * (index + 0.78), line, size=look.small, ink=look.soft, anchor=anchor, halo=True)
    return True
