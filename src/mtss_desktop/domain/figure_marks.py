"""The marks of a figure and its axes: frozen values that name a role, never a color."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mtss_desktop.base.words import Said

X = date | float
"""A place on the x axis: a day, a number, or the position (0, 1, …) of a category."""
Text = Said | str
"""A sentence to be, or words a person typed (a team's name), which are shown as they are."""


class Role(StrEnum):
    """What a mark stands for. The looks of screen and paper give each its color, dash, marker and pattern."""

    DATA = "data"
    SERIES_2 = "series2"
    SERIES_3 = "series3"
    SERIES_4 = "series4"
    SERIES_5 = "series5"
    SERIES_6 = "series6"
    SERIES_7 = "series7"
    SERIES_8 = "series8"
    BASELINE = "baseline"
    BEFORE = "before"
    AFTER = "after"
    CHANGE_MONTH = "change month"
    ESTIMATED = "estimated"
    LAST_YEAR = "last year"
    GOAL = "goal"
    CRITERION = "criterion"
    MEAN = "mean"
    TREND = "trend"
    TREND_AHEAD = "trend ahead"
    PHASE = "phase"
    VERSION = "version"
    BAND = "band"
    BAR = "bar"
    CHOSEN = "chosen"
    OTHER = "other"
    UNFINISHED = "unfinished"
    TIER_1 = "tier1"
    TIER_2 = "tier2"
    TIER_3 = "tier3"
    LEVEL_1 = "level1"
    LEVEL_2 = "level2"
    LEVEL_3 = "level3"
    LEVEL_4 = "level4"
    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"
    KEEP = "keep"
    MERGE = "merge"
    RETIRE = "retire"
    NOTE = "note"


SERIES = (
    Role.DATA,
    Role.SERIES_2,
    Role.SERIES_3,
    Role.SERIES_4,
    Role.SERIES_5,
    Role.SERIES_6,
    Role.SERIES_7,
    Role.SERIES_8,
)
TIERS = (Role.TIER_1, Role.TIER_2, Role.TIER_3)


class AxisKind(StrEnum):
    DATE = "date"
    NUMBER = "number"
    CATEGORY = "category"
    NONE = "none"


@dataclass(frozen=True)
class XAxis:
    """``start`` and ``end`` widen the axis; ``under`` is a second row below the ticks (school days of each week),
    ``under_name`` its word at the left. ``ticks`` are places that must carry a tick (weeks) (default: chosen). ``head``
    names what the places are where no label does ("Month"): over the first column of the table."""

    kind: AxisKind
    label: Text = ""
    categories: tuple[Text, ...] = ()
    start: X | None = None
    end: X | None = None
    ticks: tuple[X, ...] = ()
    under: tuple[tuple[X, Text], ...] = ()
    under_name: Text = ""
    head: Text = ""


@dataclass(frozen=True)
class YAxis:
    """Limits: from zero unless ``from_zero`` is false; ``low`` and ``high`` fix an end (shared by charts of a measure).

    ``scale`` is ``linear`` or ``log``; ``places`` of its numbers (None: as many as needed); ``percent`` says 80 as 80%.
    ``categories`` are the rows of a heat table.
    """

    label: Text = ""
    unit: Text = ""
    from_zero: bool = True
    low: float | None = None
    high: float | None = None
    scale: str = "linear"
    places: int | None = None
    percent: bool = False
    categories: tuple[Text, ...] = ()
    shown: bool = True


@dataclass(frozen=True)
class Point:
    """One observation. ``y`` is None where the value is hidden or missing (``note`` says which); else it adds words."""

    x: X
    y: float | None
    note: Text = ""


@dataclass(frozen=True)
class Points:
    """Observations with markers; ``joined`` draws the data path, broken at phase lines and long gaps."""

    role: Role
    points: tuple[Point, ...]
    name: Text = ""
    joined: bool = True
    label: Text = ""


@dataclass(frozen=True)
class Line:
    """A line without markers (goal, trend); ``label`` and ``second`` are written at its end."""

    role: Role
    points: tuple[tuple[X, float], ...]
    name: Text = ""
    label: Text = ""
    second: Text = ""
    end_marker: bool = False


@dataclass(frozen=True)
class Bar:
    """``text`` is written at its end (default: the number). ``value`` None draws no bar, only the text ("< 10")."""

    x: X
    value: float | None
    text: Text = ""
    role: Role | None = None
    chosen: bool = False


@dataclass(frozen=True)
class Bars:
    role: Role
    bars: tuple[Bar, ...]
    name: Text = ""


@dataclass(frozen=True)
class StackPart:
    role: Role
    name: Text


@dataclass(frozen=True)
class StackRow:
    """``values`` of one category, one per part, in the axis' unit; ``texts`` stand inside them, ``aside`` after them.

    Empty ``values`` draw an empty outline (not tested). ``earlier``: stands under a row of now, thinner and softer."""

    x: int
    values: tuple[float, ...]
    texts: tuple[Text, ...] = ()
    aside: Text = ""
    earlier: bool = False


@dataclass(frozen=True)
class Stack:
    parts: tuple[StackPart, ...]
    rows: tuple[StackRow, ...]
    aside_name: Text = ""


@dataclass(frozen=True)
class Band:
    """An area between two values: across the whole plot (``low``, ``high``) or along x (``edges``: x, low, high)."""

    role: Role = Role.BAND
    low: float = 0.0
    high: float = 0.0
    edges: tuple[tuple[X, float, float], ...] = ()
    name: Text = ""


@dataclass(frozen=True)
class Interval:
    """A value with its interval at one place; all None: the row stays, nothing is drawn."""

    x: X
    value: float | None
    low: float | None
    high: float | None
    role: Role = Role.DATA
    name: Text = ""
    note: Text = ""


@dataclass(frozen=True)
class PhaseLine:
    """A change of plan (``role`` PHASE), of version (VERSION) or of year; the data path is broken here."""

    x: X
    note: Text = ""
    second: Text = ""
    role: Role = Role.PHASE


@dataclass(frozen=True)
class Level:
    """A level line: goal or criterion across the plot, or the mean of a phase from ``start`` to ``end``."""

    role: Role
    value: float
    label: Text = ""
    start: X | None = None
    end: X | None = None


@dataclass(frozen=True)
class Label:
    x: X
    y: float
    text: Text
    role: Role = Role.NOTE


@dataclass(frozen=True)
class Cell:
    """One cell of a heat table: ``level`` 0 (pale) to 1 (dark), the text says the value."""

    row: int
    column: int
    text: Text
    level: float | None = None
    role: Role = Role.DATA


@dataclass(frozen=True)
class Box:
    """A team in a structure chart. ``place`` is the index of its column in ``Figure.columns`` (-1: the division, over
    all), ``band`` the index of its row in ``Figure.bands``."""

    key: str
    title: Text
    place: int
    band: int
    lines: tuple[Text, ...] = ()
    aside: Text = ""
    role: Role = Role.KEEP
    strong_first: bool = False


@dataclass(frozen=True)
class Arrow:
    """Who hears from whom: box key to box key."""

    start: str
    end: str
    text: Text = ""
    both: bool = False


@dataclass(frozen=True)
class Column:
    """A place over a column of a structure chart."""

    title: Text
    aside: Text = ""


@dataclass(frozen=True)
class FlowPart:
    """One part of a column of a flow, ``n`` in it."""

    role: Role
    name: Text
    n: int


@dataclass(frozen=True)
class FlowLink:
    """``n`` that went from a part of the first column to one of the second (by place); ``name`` says what that means."""

    start: int
    end: int
    n: int
    role: Role
    name: Text = ""


@dataclass(frozen=True)
class Flow:
    """Who went from where to where: the same students in both columns."""

    before: tuple[FlowPart, ...]
    after: tuple[FlowPart, ...]
    links: tuple[FlowLink, ...]
    before_name: Text = ""
    after_name: Text = ""


Mark = Points | Line | Bars | Stack | Band | Interval | PhaseLine | Level | Label | Cell | Box | Arrow | Flow
