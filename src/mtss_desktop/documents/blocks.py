"""A page as data: what a document says, in which role, never how it is drawn.

A document module turns facts into a ``Document`` of blocks; ``pdf.py`` and ``html.py`` set it. Every text is a ``Said`` or a
plain ``str`` (said as it is: names, what people typed) and stands here unescaped and without mark-up: bold and italic are
``Run`` values. Tags come from the roles of the blocks. A line feed in a text is a line break. Lengths are points (1/72 in).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from mtss_desktop.base.words import Said

if TYPE_CHECKING:
    from mtss_desktop.domain.figures import Figure

Text = Said | str


class Paper(StrEnum):
    LETTER = "letter"
    LETTER_LANDSCAPE = "letter_landscape"
    LEGAL_LANDSCAPE = "legal_landscape"
    TABLOID_LANDSCAPE = "tabloid_landscape"
    A4 = "a4"


class Audience(StrEnum):
    """Who the page is made for; the facts were already chosen and suppressed for them."""

    TEAM = "team"
    LEADERS = "leaders"
    FAMILY = "family"
    PUBLIC = "public"


class FooterClass(StrEnum):
    """What may be done with the page; its words stand in the style file."""

    INTERNAL = "internal"
    NAMED = "named"
    CONFIDENTIAL = "confidential"
    PUBLIC = "public"
    FORM = "form"
    SECRET = "secret"
    RECORD = "record"


class Shape(StrEnum):
    """Marks are drawn, never set in a font, and always stand before their word."""

    IN_PLACE = "in_place"
    PARTIAL = "partial"
    NOT_YET = "not_yet"
    NOT_RATED = "not_rated"
    STOPPED = "stopped"
    WORSE = "worse"
    NO_CHANGE = "no_change"
    IMPROVED = "improved"
    GOAL_MET = "goal_met"
    TIER_1 = "tier_1"
    TIER_2 = "tier_2"
    TIER_3 = "tier_3"


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


# --- inside a line ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Run:
    """A stretch of text. ``quiet`` is the second voice (gray); ``anchor`` links to the heading of that anchor."""

    text: Text
    bold: bool = False
    italic: bool = False
    quiet: bool = False
    language: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Mark:
    """A drawn shape and the word that says the same."""

    shape: Shape
    word: Text
    bold: bool = False


@dataclass(frozen=True)
class Checkbox:
    """A box to tick. Read as "checked" or "not checked", then its word."""

    word: Text = ""
    checked: bool = False


@dataclass(frozen=True)
class WriteLine:
    """A blank to write on inside a line or cell; 0 takes what is left of the cell. Furniture: nothing is read."""

    width: float = 0.0


@dataclass(frozen=True)
class PageOf:
    """The page number of the heading with this anchor, after the words ``before`` (", page "). Only paper has pages."""

    anchor: str
    before: Text = ""
    quiet: bool = False


@dataclass(frozen=True)
class Bar:
    """A bar of ``value`` on a scale that ends at ``most``, with a flag at ``flag``. Furniture: a cell beside it has the number."""

    value: float
    most: float
    flag: float | None = None
    striped: bool = False


@dataclass(frozen=True)
class Boxes:
    """Points in a row of small boxes, the first ``filled`` of ``most`` dark. Furniture: the number stands behind them."""

    filled: int
    most: int


Inline = Run | Mark | Checkbox | WriteLine | PageOf | Bar | Boxes
Rich = Text | Inline | tuple[Text | Inline, ...]


# --- blocks ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Heading:
    """H1 to H6. ``aside`` stands quietly at the right end (scope, count); contents and links point to ``anchor``.

    ``rule`` draws the line above (H2 by default). Bookmarks are made of H1 and H2, and of a heading with ``bookmark``.
    """

    text: Text
    level: int = 2
    aside: Text = ""
    anchor: str = ""
    rule: bool | None = None
    bookmark: bool | None = None
    language: str = ""


class TextRole(StrEnum):
    BODY = "body"
    LEAD = "lead"
    SMALL = "body_small"
    NOTE = "note"
    LABEL = "label"
    VALUE = "value"
    BIG = "figure_mid"
    HUGE = "figure_big"


@dataclass(frozen=True)
class Paragraph:
    """``furniture`` paragraphs are printed but not read (what they say stands elsewhere)."""

    text: Rich
    role: TextRole = TextRole.BODY
    align: Align = Align.LEFT
    language: str = ""
    furniture: bool = False


@dataclass(frozen=True)
class Sentence:
    """What a chart says, beside a bar: ``finding`` in bold, then the evidence and what cannot be said."""

    finding: Text
    text: Rich = ""


@dataclass(frozen=True)
class Bullets:
    """A list; ``numbered`` counts from 1. ``small`` sets it in the table size."""

    items: tuple[Rich, ...]
    numbered: bool = False
    small: bool = True


@dataclass(frozen=True)
class Checklist:
    """One box and its text per line."""

    items: tuple[Rich, ...]


@dataclass(frozen=True)
class Fact:
    """A label over its value; ``share`` is its part of the width against the other facts, 0 fits it to its text."""

    label: Text
    value: Text
    share: float = 0.0


@dataclass(frozen=True)
class KeyFacts:
    """Facts across the width between two rules, or one under the other (``stacked``, no rules) beside a chart."""

    facts: tuple[Fact, ...]
    stacked: bool = False


class RowKind(StrEnum):
    BODY = "body"
    GROUP = "group"  # spans all columns; repeats after a page break with ", continued"
    TOTAL = "total"  # rule above, bold


@dataclass(frozen=True)
class Column:
    """``width`` in points, or a ``share`` of what fixed columns leave. ``names_row``: its cells head their rows."""

    head: Rich = ""
    width: float = 0.0
    share: float = 1.0
    align: Align = Align.LEFT
    names_row: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell with more than text: ``columns`` it spans, ``bold``, ``small`` in a large table, ``header`` for its row."""

    content: Rich = ""
    columns: int = 1
    bold: bool = False
    small: bool = False
    header: bool | None = None
    language: str = ""


@dataclass(frozen=True)
class Row:
    """``at_top``: in a box the words stand at its upper edge, so that a hand has the room below them."""

    cells: tuple[Rich | Cell, ...]
    kind: RowKind = RowKind.BODY
    height: float = 0.0
    at_top: bool = False


@dataclass(frozen=True)
class Table:
    """``summary`` says in a few words what the table holds, for a screen reader. Rows never split; the head repeats.

    ``boxed`` draws every cell's frame (only where a hand will write). ``dense`` takes the narrow 8-pt cut, ``large`` the
    running-text size. ``row_height`` is the least height. A table without rows prints ``empty`` (what would fill it) instead.
    ``keep_groups`` breaks pages between groups only.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    summary: Text = ""
    head: bool = True
    dense: bool = False
    boxed: bool = False
    large: bool = False
    row_height: float = 0.0
    empty: Text = ""
    keep_groups: bool = False


@dataclass(frozen=True)
class FigureBlock:
    """A chart. The figure brings its own alternative text. ``width`` 0 takes the column, ``height`` 0 what it needs."""

    figure: Figure
    height: float = 0.0
    width: float = 0.0


@dataclass(frozen=True)
class Photo:
    """A picture (JPEG or PNG) as wide as the column or as high as ``height``, whichever comes first, with its ``alt`` below as caption."""

    content: bytes
    alt: Text
    height: float = 300.0


@dataclass(frozen=True)
class Panel:
    """One question, one number, one line."""

    title: Text
    question: Text
    number: Text
    line: Text = ""


@dataclass(frozen=True)
class Panels:
    """Panels side by side between two rules, with light lines between them. ``figures``: the number is what is read first,
    its name a small label over it."""

    panels: tuple[Panel, ...]
    figures: bool = False


@dataclass(frozen=True)
class Columns:
    """Parts side by side, read left first, whole; they never split over pages. ``widths`` are points (0: shares the rest)."""

    parts: tuple[tuple[Block, ...], ...]
    shares: tuple[float, ...] = ()
    widths: tuple[float, ...] = ()
    gap: float = 20.0


@dataclass(frozen=True)
class WriteLines:
    """Empty lines for a hand; ``count`` 0 fills the page."""

    count: int = 0
    spacing: float = 0.0


@dataclass(frozen=True)
class SignatureLines:
    """A line and its label for each who signs."""

    labels: tuple[Text, ...]


@dataclass(frozen=True)
class ContentsEntry:
    text: Text
    anchor: str


@dataclass(frozen=True)
class Contents:
    """A linked list of places with their page numbers."""

    entries: tuple[ContentsEntry, ...]


@dataclass(frozen=True)
class Frame:
    """A strong frame around blocks; they stay together."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class KeyGroups:
    """Numbered groups of letters in the wide fixed-width cut, one paragraph each."""

    groups: tuple[str, ...]
    per_row: int = 5


@dataclass(frozen=True)
class KeepTogether:
    """These blocks stand on one page if one can hold them. ``least_height`` keeps the place even when less is in it."""

    blocks: tuple[Block, ...]
    least_height: float = 0.0


@dataclass(frozen=True)
class Spacer:
    height: float


@dataclass(frozen=True)
class PageBreak:
    """A new page; ``paper`` changes the sheet from here on; ``odd`` starts on the front of a sheet."""

    paper: Paper | None = None
    odd: bool = False


@dataclass(frozen=True)
class TitleBlock:
    """Rule, owner and kind, title, place or span, facts. A document's first is made of its own fields."""

    title: Text
    kind: Text = ""
    owner: Text = ""
    subtitle: Text = ""
    facts: tuple[Fact, ...] = ()
    anchor: str = ""


Block = (
    Heading
    | Paragraph
    | Sentence
    | Bullets
    | Checklist
    | KeyFacts
    | Table
    | FigureBlock
    | Photo
    | Panels
    | Columns
    | WriteLines
    | SignatureLines
    | Contents
    | Frame
    | KeyGroups
    | KeepTogether
    | Spacer
    | PageBreak
    | TitleBlock
)


@dataclass(frozen=True)
class Document:
    """One printed thing.

    ``running_name`` (the title unless given) starts the running head, ``running`` follows it (the place),
    ``running_right`` is its right end (kind and date).
    ``provenance`` names print time, record date, imports and versions, parted by " · "; ``restriction`` (confidential
    pages) who may read it; ``code`` the document and its date under the page number. ``title_block`` False starts with the
    blocks at once.
    """

    title: Text
    kind: Text
    owner: Text
    blocks: tuple[Block, ...]
    subtitle: Text = ""
    facts: tuple[Fact, ...] = ()
    paper: Paper = Paper.LETTER
    audience: Audience = Audience.TEAM
    language: str = "en-US"
    footer_class: FooterClass = FooterClass.INTERNAL
    provenance: Text = ""
    restriction: Text = ""
    code: Text = ""
    running_name: Text = ""
    running: Text = ""
    running_right: Text = ""
    large_print: bool = False
    two_sided: bool = True
    title_block: bool = field(default=True)


def runs(content: Rich) -> tuple[Inline, ...]:
    """Any content as a tuple of inline values: plain texts become runs."""
    parts = content if isinstance(content, tuple) else (content,)
    return tuple(Run(part) if isinstance(part, str | Said) else part for part in parts)


def bold(text: Text) -> Run:
    return Run(text, bold=True)


def quiet(text: Text) -> Run:
    return Run(text, quiet=True)


def row(*cells: Rich | Cell, kind: RowKind = RowKind.BODY, height: float = 0.0) -> Row:
    return Row(tuple(cells), kind, height)
