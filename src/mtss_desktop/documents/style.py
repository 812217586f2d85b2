"""The house style of paper, read from ``resources/paper/style.toml`` into typed values. Lengths are points."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, TypeVar

from mtss_desktop.base import paths
from mtss_desktop.documents.blocks import FooterClass, Paper

T = TypeVar("T")
INCH = 72.0
Color = tuple[float, float, float]
"""Red, green and blue, each 0 to 1."""


@dataclass(frozen=True)
class Sheet:
    """A paper size and its margins. ``inner`` is the binding side: left on odd pages, right on even ones when ``mirrored``."""

    width: float
    height: float
    top: float
    bottom: float
    inner: float
    outer: float
    mirrored: bool
    fold: float = 0.0

    @property
    def text_width(self) -> float:
        return self.width - self.inner - self.outer

    @property
    def text_height(self) -> float:
        return self.height - self.top - self.bottom

    def left(self, page: int, *, two_sided: bool = True) -> float:
        """Where text starts on page ``page`` (from 1)."""
        return self.outer if self.mirrored and two_sided and page % 2 == 0 else self.inner


@dataclass(frozen=True)
class TextStyle:
    """``weight`` is a cut of the family, ``track`` extra room after each letter."""

    size: float
    lead: float
    weight: str = "Regular"
    color: str = "ink"
    family: str = "text"
    track: float = 0.0

    def bold(self) -> TextStyle:
        heavier = {"Regular": "Bold", "Italic": "BoldItalic", "SemiBold": "Bold"}
        return replace(self, weight=heavier.get(self.weight, self.weight))

    def italic(self) -> TextStyle:
        leaning = {"Regular": "Italic", "Bold": "BoldItalic", "SemiBold": "BoldItalic"}
        return replace(self, weight=leaning.get(self.weight, self.weight))

    def colored(self, color: str) -> TextStyle:
        return replace(self, color=color)


@dataclass(frozen=True)
class Space:
    title_block_after: float
    kicker_after: float
    h2_before: float
    h2_after: float
    h3_before: float
    h3_after: float
    paragraph_after: float
    list_item_after: float
    list_indent: float
    number_indent: float
    chart_after: float
    callout_before: float
    callout_after: float
    callout_indent: float
    column_gap: float
    table_after: float
    facts_gap: float
    facts_pad: float
    running_head_after: float
    frame_pad: float
    panel_pad: float
    contents_row: float
    key_row: float
    mark_gap: float
    box_gap: float
    signature: float


@dataclass(frozen=True)
class RuleWeight:
    title: float
    heading: float
    table_head: float
    row: float
    total: float
    footer: float
    form_box: float
    write_line: float
    facts: float
    frame_strong: float
    callout_bar: float
    checkbox: float
    mark: float


@dataclass(frozen=True)
class TableStyle:
    pad_top: float
    pad_bottom: float
    pad_right: float
    dense_pad_top: float
    dense_pad_right: float
    dense_pad_bottom: float
    after_number_pad_left: float
    grid_pad: float
    group_pad_top: float
    blank_row_height: float
    write_line_height: float
    bar_height: float


@dataclass(frozen=True)
class MarkStyle:
    size: float
    drop: float
    checkbox: float
    cross: float


@dataclass(frozen=True)
class PatternStyle:
    stripe_pitch: float
    stripe_line: float


@dataclass(frozen=True)
class ChartStyle:
    axis_line: float
    grid_line: float
    tick: float
    data_line: float
    second_line: float
    marker: float
    small_marker: float
    marker_stroke: float
    goal_line: float
    mean_line: float
    mean_dash: tuple[float, ...]
    trend_line: float
    trend_dash: tuple[float, ...]
    phase_line: float
    phase_dash: tuple[float, ...]
    version_line: float
    interval_cap: float
    last_year_line: float
    last_year_dash: tuple[float, ...]
    series_dashes: tuple[tuple[float, ...], ...]
    bar_width_of_step: float
    bar_gap_horizontal: float
    bar_outline: float
    label_nudge: float
    halo: float
    card_title: float
    card_text: float
    card_rule: float
    card_frame: float


@dataclass(frozen=True)
class FooterWords:
    strong: str
    rest: str


@dataclass(frozen=True)
class Footer:
    y: float
    provenance_max: int
    gap: float
    tab_pad: float
    words: Mapping[FooterClass, FooterWords]


@dataclass(frozen=True)
class LargePrint:
    factor: float
    min: float
    lead_factor: float
    rule: float
    chart_height_factor: float
    table_columns_max: int


@dataclass(frozen=True)
class Rules:
    body_min: float
    table_min: float
    chart_min: float
    large_print_min: float


@dataclass(frozen=True)
class Style:
    """Everything a page needs to know about looks. ``color`` holds tiers as ``t1`` and levels as ``high`` too."""

    rules: Rules
    sheets: Mapping[Paper, Sheet]
    type: Mapping[str, TextStyle]
    space: Space
    rule_weight: RuleWeight
    table: TableStyle
    color: Mapping[str, Color]
    mark: MarkStyle
    pattern: PatternStyle
    chart: ChartStyle
    footer: Footer
    large_print: LargePrint
    large: bool = False

    def sheet(self, paper: Paper) -> Sheet:
        return self.sheets[paper]


def rgb(hex_color: str) -> Color:
    """``#17506b`` → parts of one."""
    red, green, blue = (int(hex_color[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _tuples(value: Any) -> Any:
    return tuple(_tuples(part) for part in value) if isinstance(value, list) else value


def _typed(kind: type[T], table: Mapping[str, Any]) -> T:
    """A frozen value with exactly the fields of its table; a missing or unknown key is named."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    unknown = set(table) - known
    if unknown:
        raise ValueError(f"style.toml: {kind.__name__} does not know {', '.join(sorted(unknown))}")
    return kind(**{key: _tuples(value) for key, value in table.items()})


def _sheet(table: Mapping[str, Any]) -> Sheet:
    width, height = (part * INCH for part in table["size_in"])
    top, bottom, inner, outer = (table[f"{side}_in"] * INCH for side in ("top", "bottom", "inner", "outer"))
    return Sheet(width, height, top, bottom, inner, outer, table["mirrored"], table.get("fold_in", 0.0) * INCH)


def _footer(table: Mapping[str, Any]) -> Footer:
    words = {FooterClass(name): _typed(FooterWords, value) for name, value in table["class"].items()}
    return Footer(table["y_in"] * INCH, table["provenance_max"], table["gap"], table["tab_pad"], words)


@cache
def house_style() -> Style:
    """The style of the shipped file."""
    with paths.resource("paper", "style.toml").open("rb") as file:
        data = tomllib.load(file)
    colors = data["color"] | data["color_tier"] | data["color_level"]
    return Style(
        rules=_typed(Rules, data["rules"]),
        sheets={Paper(name): _sheet(table) for name, table in data["paper"].items()},
        type={name: _typed(TextStyle, table) for name, table in data["type"].items()},
        space=_typed(Space, data["space"]),
        rule_weight=_typed(RuleWeight, data["rule_weight"]),
        table=_typed(TableStyle, data["table"]),
        color={name: rgb(value) for name, value in colors.items()},
        mark=_typed(MarkStyle, data["mark"]),
        pattern=_typed(PatternStyle, data["pattern"]),
        chart=_typed(ChartStyle, data["chart"]),
        footer=_footer(data["footer"]),
        large_print=_typed(LargePrint, data["large_print"]),
    )


def _enlarged(text: TextStyle, large: LargePrint) -> TextStyle:
    size = max(large.min, round(text.size * large.factor))
    return replace(text, size=size, lead=round(size * large.lead_factor, 1), color="ink", family=_wide(text.family))


def _wide(family: str) -> str:
    return "text" if family == "dense" else family


@cache
def large_print() -> Style:
    """The same style at 18 points: nothing under 14, no gray text, heavier rules."""
    plain = house_style()
    large = plain.large_print
    enlarged = {name: _enlarged(text, large) for name, text in plain.type.items()}
    weights = {field.name: max(large.rule, getattr(plain.rule_weight, field.name)) for field in fields(RuleWeight)}
    space = {
        field.name: getattr(plain.space, field.name) * (large.factor if field.name not in _FIXED_SPACE else 1.0)
        for field in fields(Space)
    }
    table = {field.name: getattr(plain.table, field.name) * large.factor for field in fields(TableStyle)}
    mark = {field.name: getattr(plain.mark, field.name) * large.factor for field in fields(MarkStyle)}
    foot = plain.footer.y + 2 * enlarged["footer"].lead + plain.footer.gap
    return replace(
        plain,
        sheets={paper: replace(sheet, bottom=max(sheet.bottom, foot)) for paper, sheet in plain.sheets.items()},
        type=enlarged,
        space=Space(**space),
        rule_weight=RuleWeight(**weights),
        table=TableStyle(**table),
        mark=MarkStyle(**mark),
        large=True,
    )


_FIXED_SPACE = frozenset({"column_gap", "frame_pad", "facts_gap"})
