"""A figure in a window: read with keys, shown as a table, copied; nothing else leaves it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain import charts
from mtss_desktop.domain.behavior import Rate, Span
from mtss_desktop.domain.charts import Phase
from mtss_desktop.domain.figure_marks import Role
from mtss_desktop.domain.figures import Box, Column, Figure, TableValue
from mtss_desktop.ui.kit.figure_look import INKS, screen_look
from mtss_desktop.ui.kit.figure_table import rank
from mtss_desktop.ui.kit.figure_view import FigureView
from mtss_desktop.ui.kit.formatted import table_text
from mtss_desktop.ui.theme import look

WEEKS = [Rate(date(2026, 8, 24) + timedelta(weeks=i), 9 - i // 2, 5) for i in range(12)]
CHART = charts.before_after_chart(
    "Hallway referrals",
    "referrals",
    WEEKS,
    Phase(date(2026, 10, 5), "duty posts"),
    Span(50, 30),
    Span(30, 30),
    goal=0.9,
)


@pytest.fixture
def view(qtbot: QtBot) -> FigureView:
    made = FigureView(ENGLISH, CHART)
    qtbot.addWidget(made)
    made.resize(700, 360)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


def test_screen_readers_get_title_and_alternative_text(view: FigureView) -> None:
    assert view.accessibleName() == "Hallway referrals"
    assert view.accessibleDescription() == ENGLISH.say(CHART.alt)


def test_arrow_keys_go_from_point_to_point(view: FigureView, qtbot: QtBot) -> None:
    said: list[str] = []
    view.reading_changed.connect(said.append)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert [words.split(".")[0] for words in said] == ["8/24/2026", "8/31/2026", "8/24/2026", "11/9/2026"]
    assert "1.8 per school day" in said[0]
    assert "9 in 5 school days" in said[0]
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.at == 0


def test_control_goes_by_phase(view: FigureView, qtbot: QtBot) -> None:
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert view.spoken()[0] == "10/5/2026"
    qtbot.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert view.spoken()[0] == "8/24/2026"


def test_escape_ends_reading(view: FigureView, qtbot: QtBot) -> None:
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.spoken() == []


def test_the_table_is_the_same_figure(view: FigureView, qtbot: QtBot) -> None:
    qtbot.keyClick(view, Qt.Key.Key_T)
    assert view.shows_table
    assert view.table.rowCount() == len(CHART.table().rows) == 12
    model = view.table.model()
    assert model.index(0, 0).data() == "8/24/2026"
    assert model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "Before, 1.8"
    qtbot.keyClick(view.table, Qt.Key.Key_T)
    assert not view.shows_table


@pytest.mark.parametrize(
    ("column", "first", "other_way"),
    [(0, "8/24/2026", "11/9/2026"), (1, "10/5/2026", "8/24/2026"), (2, "8/24/2026", "10/5/2026")],
)
def test_the_table_sorts_by_value(view: FigureView, qtbot: QtBot, column: int, first: str, other_way: str) -> None:
    qtbot.keyClick(view, Qt.Key.Key_T)
    view.table.setCurrentCell(4, column)
    if column:
        qtbot.keyClick(view.table, Qt.Key.Key_S)
    assert view.table.item(0, 0).text() == first
    view.table.setCurrentCell(4, column)
    qtbot.keyClick(view.table, Qt.Key.Key_S)
    assert view.table.item(0, 0).text() == other_way
    head = view.table.horizontalHeaderItem(column)
    assert head.text().endswith("\u2193")


@pytest.mark.parametrize(
    ("smaller", "larger"),
    [
        (("", ""), (0, "0")),
        ((9, "9"), (10, "10")),
        (("9% \u00b7 3", "9% \u00b7 3"), ("62% \u00b7 31", "62% \u00b7 31")),
        (("1,200", "1,200"), ("1,300", "1,300")),
        ((-2.5, "-2.5"), (0, "0")),
        ((date(2026, 9, 1), "9/1/2026"), (date(2026, 10, 1), "10/1/2026")),
        (("\u00c9cole", "\u00c9cole"), ("Zoo", "Zoo")),
    ],
)
def test_values_stand_in_their_order(smaller: tuple[TableValue, str], larger: tuple[TableValue, str]) -> None:
    assert rank(*smaller) < rank(*larger)


def test_copy_gives_text_with_tabs(view: FigureView) -> None:
    text = view.copy()
    assert QGuiApplication.clipboard().text() == text == table_text(CHART, ENGLISH)
    html = QGuiApplication.clipboard().mimeData().html()
    assert html.count("<tr>") == len(CHART.table().rows) + 1, "a table for a document, with its heads"
    assert ENGLISH.say(CHART.finding) in html
    assert text.startswith("Hallway referrals\nLower by")
    assert table_text(replace(CHART, title="=cmd"), ENGLISH).startswith("'=cmd"), "nothing runs in a spreadsheet"
    assert "8/24/2026\t1.8\t" in text


def test_a_picture_can_be_saved(view: FigureView, tmp_path: Path) -> None:
    view.save_picture(tmp_path / "chart.png")
    assert len(colors(QImage(str(tmp_path / "chart.png")))) > 20
    view.save_picture(tmp_path / "chart.svg", title="Did the duty posts help?", source="From incidents.csv (9/1/2026)")
    drawn = QSvgRenderer(str(tmp_path / "chart.svg"))
    assert drawn.isValid()
    assert drawn.defaultSize().width() >= 640, "large enough to be pasted, however small the window is"
    text = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    for words in ("Did the duty posts help?", ENGLISH.say(CHART.finding), "From incidents.csv (9/1/2026)"):
        assert words in text, "a picture says itself what it shows and where that comes from"
    with pytest.raises(OSError, match="could not be written"):
        view.save_picture(tmp_path / "nowhere" / "chart.png")


def test_the_drawing_offers_no_menu_of_its_own(view: FigureView) -> None:
    drawing = view.drawing
    assert drawing is not None
    assert drawing.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu
    assert [action.text() for action in view.actions()] == ["Show as table", "Copy as a table"]


def test_it_draws_at_the_size_it_has(view: FigureView, qtbot: QtBot) -> None:
    view.resize(500, 300)
    qtbot.waitUntil(lambda: view.layout_ is not None and view.layout_.width == view.scroller.viewport().width())
    picture = view.grab().toImage()
    assert len(colors(picture)) > 20


def test_the_nearest_point_shows_its_value_under_the_pointer(view: FigureView) -> None:
    reading = view.readings[3]
    view._point_at(reading.x + 4, reading.y - 3)
    assert view.at == 3
    view.clearFocus()
    view._point_at(reading.x + 300, reading.y + 300)
    assert view.at == -1


def test_a_tall_figure_scrolls_and_is_not_cut(qtbot: QtBot) -> None:
    boxes = [Box(str(i), f"Team {i}", i % 3, 1, ("purpose", "2nd Tue, 3:15 PM")) for i in range(18)]
    columns = [Column("One"), Column("Two"), Column("Three")]
    made = FigureView(ENGLISH, charts.structure_chart("S", columns, ["Division", "Schools"], boxes, []))
    qtbot.addWidget(made)
    made.resize(640, 240)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: made.layout_ is not None and made.layout_.width == made.scroller.viewport().width())
    assert made.layout_ is not None
    assert made.drawing is not None
    assert made.drawing.minimumHeight() >= made.layout_.height - 1 > made.scroller.viewport().height()
    made.read(17)
    assert made.scroller.verticalScrollBar().value() > 0


def test_another_theme_draws_again(view: FigureView, qtbot: QtBot) -> None:
    light = view.grab().toImage().pixelColor(2, 200)
    look().use("dark")
    try:
        qtbot.wait(20)
        assert view.grab().toImage().pixelColor(2, 200).lightness() < light.lightness()
    finally:
        look().use("light")


def test_every_ink_is_a_token(qapp: QApplication) -> None:
    styles = screen_look().styles
    for role in Role:
        for ink in (styles[role].ink, styles[role].fill, styles[role].words):
            assert not ink or look().color(INKS.get(ink, ink)).isValid()


def test_another_figure_takes_the_place(view: FigureView, qtbot: QtBot) -> None:
    other: Figure = charts.category_bars("Location", "referrals", [("Hall", 5), ("Bus", 3)], horizontal=False)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    view.show_figure(other)
    assert view.at == -1
    assert view.accessibleName() == "Location"
    assert len(view.readings) == 2


def test_the_drawing_library_waits_for_the_first_figure() -> None:
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; app = QApplication([]);"
        "import mtss_desktop.ui.kit.figure_view as v; from mtss_desktop.base.words import ENGLISH;"
        "w = v.FigureView(ENGLISH); assert 'pyqtgraph' not in sys.modules and 'numpy' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def colors(picture: QImage) -> set[int]:
    width, height = picture.width(), picture.height()
    return {picture.pixel(QPoint(x, y)) for x in range(0, width, 3) for y in range(0, height, 3)}
