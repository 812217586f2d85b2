"""How figures look on a screen: the theme's tokens as sizes and role styles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtGui import QFont, QFontMetricsF

from mtss_desktop.domain.figure_marks import SERIES, Role
from mtss_desktop.domain.figure_shapes import Look as FigureLook
from mtss_desktop.domain.figure_shapes import Measure, Style
from mtss_desktop.ui.theme import look, marks

INKS = {"ink": "ink", "soft": "ink_soft", "axis": "chart_axis", "grid": "chart_grid", "ground": "surface"}
"""Inks of the layout that have another name among the tokens."""


def screen_look(scale: float = 1.0) -> FigureLook:
    """At the person's text size; ``scale`` enlarges further (projector)."""
    grow = look().factor * scale
    text = look().font("caption").pixelSize() * scale
    return FigureLook(
        styles=_styles(grow),
        text=text,
        small=text * 0.95,
        value=text,
        heading=look().font("heading").pixelSize() * scale,
        card_title=look().font("heading").pixelSize() * scale,
        card_text=text,
        leading=1.36,
        axis_width=1.0,
        grid_width=1.0,
        tick=4.0,
        halo=3.0 * grow,
        nudge=text * 1.3,
        marker_stroke=1.5 * grow,
        bar_share=0.62,
        bar_gap=22.0 * grow,
        bar_outline=1.0,
        pattern_step=4.0 * grow,
        pattern_line=1.0 * grow,
        card_rule=3.0 * grow,
        card_frame=1.0,
        interval_cap=8.0 * grow,
        y_line=True,
    )


def small_look() -> FigureLook:
    """For charts as small as a card: the same words, thinner lines and smaller points, which would hide the path."""
    whole = screen_look()
    styles = {
        role: replace(style, width=style.width * 0.85, size=style.size * 0.62) for role, style in whole.styles.items()
    }
    return replace(whole, styles=styles, marker_stroke=whole.marker_stroke * 0.85)


def text_measure() -> Measure:
    """Widths in the caption font of the window, at any size."""
    held: dict[tuple[float, bool], QFontMetricsF] = {}

    def measure(text: str, size: float, bold: bool) -> float:
        if (size, bold) not in held:
            held[size, bold] = QFontMetricsF(figure_font(size, bold))
        return held[size, bold].horizontalAdvance(text)

    return measure


def figure_font(size: float, bold: bool) -> QFont:
    """The system font with tabular figures; weight 600 for what a figure says itself."""
    font = look().font("strong" if bold else "caption", tabular=True)
    font.setPixelSize(max(1, round(size)))
    return font


def _styles(grow: float) -> Mapping[Role, Style]:
    tokens = marks()["chart"]
    width, point = tokens["data_width"] * grow, tokens["point"] * grow
    full = Style("series1", width, (), "circle", False, point)
    goal = Style("goal", tokens["goal_width"] * grow, words="goal", size=point)
    mean = _dashed(tokens["trend"], grow)
    lines = {
        Role.BASELINE: Style("series1", width, (), "diamond", True, point * 1.1, words="ink_soft"),
        Role.BEFORE: Style("series1", width, (), "circle", True, point),
        Role.AFTER: full,
        Role.CHANGE_MONTH: Style("series1", width, (), "square", True, point),
        Role.ESTIMATED: Style("series4", 1.2 * grow, tuple(tokens["estimated"]["dash"]), "square", True, point),
        Role.LAST_YEAR: Style("series2", 1.6 * grow, (6, 4), "circle", True, point * 0.7, words="ink_soft"),
        Role.GOAL: goal,
        Role.CRITERION: goal,
        Role.MEAN: mean,
        Role.TREND: mean,
        Role.TREND_AHEAD: _dashed(tokens["trend_ahead"], grow),
        Role.PHASE: _dashed(tokens["phase"], grow),
        Role.VERSION: Style("chart_axis", 1.0, (), words="ink_soft"),
        Role.BAND: Style("band", fill="band"),
        Role.NOTE: Style("ink"),
        Role.KEEP: Style("ink", 1.0),
        Role.MERGE: Style("ink", 1.0, (5, 3)),
        Role.RETIRE: Style("ink", 1.0, (1, 3)),
    }
    return lines | _areas() | {role: _series(role, index, width, point) for index, role in enumerate(SERIES)}


def _dashed(token: Mapping[str, object], grow: float) -> Style:
    width, dash = token["width"], token["dash"]
    assert isinstance(width, float | int)
    assert isinstance(dash, list)
    return Style(str(token["token"]), width * grow, tuple(dash), words="ink_soft")


def _series(role: Role, index: int, width: float, point: float) -> Style:
    key = f"series{index + 1}"
    token = marks()["series"][key]
    return Style(key, width, tuple(token["dash"]), token["marker"], not token["fill"], point, fill=key, words="ink")


def _areas() -> dict[Role, Style]:
    """Tiers are supports; levels are what a test says: two sets of colors, each with its own pattern."""
    return {
        Role.BAR: Style("series4", fill="series4", words="ground"),
        Role.CHOSEN: Style("series1", fill="series1", words="ground"),
        Role.OTHER: Style("series4", fill="series4", opacity=0.45),
        Role.UNFINISHED: Style("series4", fill="ground", pattern="stripe", plate=True),
        Role.TIER_1: Style("tier1", marker="circle", fill="tier1", words="ground"),
        Role.TIER_2: Style("tier2", marker="triangle", fill="ground", pattern="stripe", plate=True),
        Role.TIER_3: Style("tier3", marker="square", fill="ground", pattern="cross", plate=True),
        Role.LEVEL_1: Style("level1", fill="level1", words="ground"),
        Role.LEVEL_2: Style("level2", fill="ground", pattern="dots", plate=True),
        Role.LEVEL_3: Style("level3", fill="ground", pattern="stripe", plate=True),
        Role.LEVEL_4: Style("level4", fill="ground", pattern="cross", plate=True),
        Role.HIGH: Style("level1", fill="level1", words="ground"),
        Role.MIDDLE: Style("level3", fill="ground", pattern="stripe", plate=True),
        Role.LOW: Style("level4", fill="ground", pattern="cross", plate=True),
    }
