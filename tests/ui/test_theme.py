"""Every pair of ink and ground can be read; measures grow with the text; themes switch live."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QFont, QIcon
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mtss_desktop.ui import theme as theme_package
from mtss_desktop.ui.theme import THEMES, FocusRing, icon, look, marks, theme
from mtss_desktop.ui.theme.look import palette
from mtss_desktop.ui.theme.tokens import Colors, measures
from tests.helpers.fresh_python import ROOT
from tests.ui.audit import contrast, pixel_contrast

GROUNDS = ("surface", "raised", "sunken", "hover")
TEXT_PAIRS = [
    *(
        (ink, ground)
        for ink in ("ink", "ink_soft", "ink_faint", "accent", "danger", "warning", "success")
        for ground in GROUNDS
    ),
    ("selection_ink", "selection"),
    *(("ink", f"{tone}_wash") for tone in ("accent", "danger", "warning", "success")),
    *((tone, f"{tone}_wash") for tone in ("accent", "danger", "warning", "success")),
    ("ink_soft", "accent_wash"),
    ("accent_ink", "accent"),
    ("accent_ink", "accent_hover"),
]
MARKS = ("border", "focus", "tier1", "tier2", "tier3", "level1", "level2", "level3", "level4", "goal", "chart_axis")
SERIES = tuple(f"series{number}" for number in range(1, 9))


def ratio(colors: Colors, one: str, other: str) -> float:
    return contrast(QColor(colors[one]), QColor(colors[other]))


@pytest.mark.parametrize("key", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_can_be_read(key: str, ink: str, ground: str) -> None:
    least = 7.0 if theme(key).is_contrast else 4.5
    assert ratio(theme(key).colors, ink, ground) >= least


@pytest.mark.parametrize("key", ["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "ink_soft", "accent", "danger", "warning", "success"])
def test_text_on_a_selection_can_be_read(key: str, ink: str) -> None:
    # In the contrast theme everything on a selection takes the selection's own ink.
    assert ratio(theme(key).colors, ink, "selection") >= 4.5


@pytest.mark.parametrize("key", THEMES)
@pytest.mark.parametrize("mark", [*MARKS, *SERIES])
def test_edges_and_marks_are_seen(key: str, mark: str) -> None:
    for ground in ("surface", "raised"):
        assert ratio(theme(key).colors, mark, ground) >= 3.0
    if mark in SERIES:
        assert ratio(theme(key).colors, mark, "chart_ground") >= 3.0


def test_the_ratio_is_the_one_of_the_guidelines() -> None:
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("key", THEMES)
def test_the_palette_holds_the_tokens(qapp: QApplication, key: str) -> None:
    made, colors = palette(theme(key).colors), theme(key).colors
    role = made.ColorRole
    assert made.color(role.Window).name().upper() == colors.surface
    assert made.color(role.Text).name().upper() == colors.ink
    assert made.color(made.ColorGroup.Disabled, role.ButtonText).name().upper() == colors.ink_disabled


def test_tiers_differ_in_shape_and_pattern_not_in_color_alone() -> None:
    tiers = marks()["tier"].values()
    assert len({tier["mark"] for tier in tiers}) == len({tier["pattern"] for tier in tiers}) == 3


@pytest.mark.parametrize("percent", [100, 140, 200])
def test_everything_grows_with_the_text(usual_look: None, percent: int) -> None:
    look().use("light", percent)
    assert look().measures.height.control == pytest.approx(measures().height.control * look().factor, abs=0.5)
    assert look().measures.icon.rail == pytest.approx(measures().icon.rail * look().factor, abs=0.5)
    assert look().font().pixelSize() == pytest.approx(look()._system_px * percent / 100, abs=0.5)


def test_sizes_follow_the_system_font(usual_look: None) -> None:
    before, font = QFont(look()._system_font), QFont(look()._system_font)
    font.setPixelSize(26)
    look().use_system_font(font)
    assert look().measures.height.control == 2 * measures().height.control
    assert look().font("title").pixelSize() == round(26 * 1.8)
    look().use_system_font(before)


def test_a_smaller_system_font_never_makes_smaller_targets(usual_look: None) -> None:
    before, font = QFont(look()._system_font), QFont(look()._system_font)
    font.setPixelSize(11)
    look().use_system_font(font)
    assert look().measures.height.control == measures().height.control
    look().use_system_font(before)


def test_fonts_handed_out_are_copies(usual_look: None) -> None:
    look().font().setStrikeOut(True)
    assert not look().font().strikeOut()


def test_numbers_in_columns_are_tabular(usual_look: None) -> None:
    assert look().font(tabular=True).featureValue(QFont.Tag("tnum")) == 1
    assert not look().font().isFeatureSet(QFont.Tag("tnum"))


def test_a_theme_switches_live(qtbot: QtBot, usual_look: None) -> None:
    button = QPushButton("Open")
    qtbot.addWidget(button)
    button.show()
    colors = []
    for key in THEMES:
        look().use(key)
        colors.append(button.grab().toImage().pixelColor(button.width() // 2, 3).name().upper())
    assert colors == [theme(key).colors.raised for key in THEMES]


def test_another_theme_dresses_each_part_once(qtbot: QtBot, usual_look: None) -> None:
    """Qt's own way dresses a part once for each part around it: a full window stood still for a second."""
    page = QWidget()
    qtbot.addWidget(page)
    parts: list[QWidget] = [page]
    for _ in range(8):
        inner = QWidget(parts[-1])
        parts += [QLabel("Tier 2 team", parts[-1]), inner]
    dialog = QDialog(page)
    parts += [QLabel("a window of the window", dialog), dialog]
    page.show()
    dialog.show()
    dressed = Counted(parts)
    look().use("dark")
    assert [dressed.times[each] for each in parts] == [1] * len(parts)
    ink = theme("dark").colors.ink.lower()
    assert {each.palette().windowText().color().name() for each in parts} == {ink}


class Counted(QObject):
    """How often each of these widgets was told that its style changed."""

    def __init__(self, parts: list[QWidget]) -> None:
        super().__init__()
        self.times = dict.fromkeys(parts, 0)
        for each in parts:
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.StyleChange and isinstance(watched, QWidget):
            self.times[watched] += 1
        return False


def test_the_contrast_theme_has_edges_of_two_pixels(usual_look: None) -> None:
    look().use("contrast", 200)
    assert look().edge == look().px(2) > look().factor


def test_icons_take_the_color_of_the_theme_when_painted(usual_look: None) -> None:
    made = icon("ph.sun", "accent")
    inks = []
    for key in ("light", "dark"):
        look().use(key)
        image = made.pixmap(32, 32).toImage()
        pixels = {
            image.pixelColor(x, y).name().upper()
            for x in range(32)
            for y in range(32)
            if image.pixelColor(x, y).alpha() == 255
        }
        inks.append(theme(key).colors.accent in pixels)
    assert inks == [True, True]
    disabled = made.pixmap(32, 32, QIcon.Mode.Disabled).toImage()
    assert any(disabled.pixelColor(x, y).alpha() for x in range(32) for y in range(32))


def test_every_icon_that_is_named_exists(qapp: QApplication) -> None:
    names = set()
    for file in (ROOT / "src" / "mtss_desktop" / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("ph."):
                names.add(node.value)
    assert len(names) > 20
    assert {name for name in names if name != "ph." and not theme_package.glyph(name)} == set()


def test_the_ring_stands_one_pixel_outside_the_edge(qtbot: QtBot, usual_look: None) -> None:
    window = QWidget()
    layout = QVBoxLayout(window)
    one, two = QLineEdit("one"), QLineEdit("two")
    layout.addWidget(one)
    layout.addWidget(two)
    qtbot.addWidget(window)
    ring = FocusRing(window)
    window.show()
    qtbot.waitExposed(window)
    with qtbot.waitActive(window):
        window.activateWindow()
    two.setFocus()
    assert ring.isVisible()
    assert ring.geometry() == two.geometry().adjusted(-3, -3, 3, 3)
    picture = window.grab(ring.geometry()).toImage()
    assert pixel_contrast(picture) > 3
    assert picture.pixelColor(picture.width() // 2, 0).name().upper() == look().colors.focus
    one.setFocus()
    assert ring.geometry() == one.geometry().adjusted(-3, -3, 3, 3)
    one.hide()
    assert not (ring.isVisible() and ring.geometry().contains(one.geometry().center()))


def test_nothing_types_a_color_or_a_font_into_a_widget() -> None:
    """Colors come from tokens: no hexadecimal color stands in the window's code outside the theme."""
    found = []
    for file in (ROOT / "src" / "mtss_desktop" / "ui").rglob("*.py"):
        if "theme" not in file.parts:
            found += [
                f"{file.name}: {word}"
                for word in _strings(file)
                if len(word) == 7 and word[0] == "#" and word[1:].isalnum()
            ]
    assert found == []


def _strings(file: Path) -> list[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
