"""Tokens: every color and measure of the window, read once from ``resources/themes`` and typed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, TypeVar

from mtss_desktop.base import paths

THEMES = ("light", "dark", "contrast")


@dataclass(frozen=True)
class Colors:
    """Roles, as ``#RRGGBB``; what each is for stands in the theme files."""

    surface: str
    raised: str
    sunken: str
    hover: str
    selection: str
    accent_wash: str
    danger_wash: str
    warning_wash: str
    success_wash: str
    scrim: str
    ink: str
    ink_soft: str
    ink_faint: str
    ink_disabled: str
    selection_ink: str
    hairline: str
    rule: str
    border: str
    focus: str
    accent: str
    accent_hover: str
    accent_ink: str
    danger: str
    warning: str
    success: str
    tier1: str
    tier2: str
    tier3: str
    level1: str
    level2: str
    level3: str
    level4: str
    series1: str
    series2: str
    series3: str
    series4: str
    series5: str
    series6: str
    series7: str
    series8: str
    chart_ground: str
    chart_grid: str
    chart_axis: str
    goal: str
    band: str

    def __getitem__(self, role: str) -> str:
        value: str = getattr(self, role)
        return value


@dataclass(frozen=True)
class Theme:
    """One set of colors; ``edge`` is the width of control edges in pixels at 100 %."""

    key: str
    name: str
    dark: bool
    edge: int
    scrim_opacity: float
    colors: Colors

    @property
    def is_contrast(self) -> bool:
        return self.edge > 1


@dataclass(frozen=True)
class TextStyle:
    """``px`` and ``line`` at a 13-px system font; ``weight`` as in OpenType."""

    scale: float
    px: int
    line: int
    weight: int


@dataclass(frozen=True)
class TextStyles:
    base: TextStyle
    strong: TextStyle
    medium: TextStyle
    caption: TextStyle
    heading: TextStyle
    statement: TextStyle
    title: TextStyle

    def __getitem__(self, kind: str) -> TextStyle:
        value: TextStyle = getattr(self, kind)
        return value


@dataclass(frozen=True)
class Space:
    half: int
    s1: int
    s2: int
    s3: int
    s4: int


@dataclass(frozen=True)
class Radius:
    key: int
    chip: int
    control: int
    item: int
    entry: int
    palette: int


@dataclass(frozen=True)
class Height:
    top_strip: int
    status_strip: int
    rail_item: int
    page_header: int
    table_head: int
    table_row: int
    list_row: int
    two_line_row: int
    wall_row: int
    chip: int
    control_small: int
    control: int
    primary: int
    entry_line: int
    palette_input: int
    palette_row: int


@dataclass(frozen=True)
class Width:
    rail: int
    rail_small: int
    list_column: int
    side_column_wide: int
    readable: int
    palette: int


@dataclass(frozen=True)
class IconSize:
    rail: int
    control: int
    chip: int
    row: int
    choice: int


@dataclass(frozen=True)
class Line:
    hairline: int
    focus: int
    focus_gap: int
    mark: int


@dataclass(frozen=True)
class Measures:
    """All sizes in pixels; ``scaled`` gives them for a text size."""

    space: Space
    radius: Radius
    height: Height
    width: Width
    icon: IconSize
    line: Line

    def scaled(self, factor: float) -> Measures:
        """Lines keep to whole pixels and at least one; the rest grows in proportion."""
        return Measures(**{part.name: _scaled(getattr(self, part.name), factor) for part in fields(self)})


T = TypeVar("T")


def _scaled(part: T, factor: float) -> T:
    numbers = {field.name: max(1, round(getattr(part, field.name) * factor)) for field in fields(part)}  # type: ignore[arg-type]
    return type(part)(**numbers)


@cache
def _read(name: str) -> dict[str, Any]:
    with paths.resource("themes", f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def theme(key: str) -> Theme:
    """``key`` is light, dark or contrast."""
    raw = _read(key)
    return Theme(key, raw["name"], raw["dark"], raw["edge"], raw["scrim_opacity"], Colors(**raw["colors"]))


@cache
def marks() -> dict[str, Any]:
    """The tables ``tier``, ``level``, ``rating``, ``series`` and ``chart`` of the measures file, as they stand there."""
    return {key: _read("measures")[key] for key in ("tier", "level", "rating", "series", "chart")}


@cache
def text_styles() -> TextStyles:
    raw = _read("measures")["type"]
    return TextStyles(**{field.name: TextStyle(**raw[field.name]) for field in fields(TextStyles)})


@cache
def measures() -> Measures:
    raw = _read("measures")

    def part(kind: type[T], key: str) -> T:
        return kind(**{field.name: raw[key][field.name] for field in fields(kind)})  # type: ignore[arg-type]

    return Measures(
        part(Space, "space"),
        part(Radius, "radius"),
        part(Height, "height"),
        part(Width, "width"),
        part(IconSize, "icon"),
        part(Line, "line"),
    )
