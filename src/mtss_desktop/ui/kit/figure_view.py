"""A figure in a window: drawn, read point by point with the arrow keys, shown as a table, copied.

The drawing library is imported when the first figure is shown, so that the window stands before it is needed.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from math import hypot
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QMenu, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words
from mtss_desktop.domain.figure_layout import around, lay_out, lay_out_sheet
from mtss_desktop.domain.figures import Figure, Stack, Text
from mtss_desktop.ui.kit.figure_key import FigureKey
from mtss_desktop.ui.kit.figure_look import screen_look, text_measure
from mtss_desktop.ui.kit.figure_table import FigureTableView
from mtss_desktop.ui.kit.formatted import of_figure, table_text
from mtss_desktop.ui.kit.texts import announce, label
from mtss_desktop.ui.theme import look

if TYPE_CHECKING:
    from mtss_desktop.domain.figure_shapes import Layout, Reading
    from mtss_desktop.ui.kit.figure_scene import Drawing

LEAST_HEIGHT = 160
REACH = 24
PICTURE = (640, 320)
"""Least width and height of a plot that is saved, in pixels at 100 %."""
RING_ROOM = 4
"""The words of a figure begin at its very edge: the focus ring keeps so far off them, in pixels at 100 %."""


def load_drawing(_progress: Progress | None = None) -> None:
    """The library behind figures takes a quarter of a second to load: done in a lane, the first figure keeps nobody waiting."""
    from mtss_desktop.ui.kit import figure_scene  # noqa: F401


class FigureView(QWidget):
    """Left and Right go from point to point, Ctrl with them by phase, Home and End to the ends; T shows the table.

    ``reading_changed`` carries the words of the point, "" when none is read.
    """

    reading_changed = Signal(str)
    picked = Signal(int, bool)
    """A bar was chosen by Space or a click, where ``pickable``: its place, and whether Ctrl asked for one more."""
    stepped = Signal(int)
    """Up (−1) or Down (1), where ``pickable``: the chart before or after."""

    def __init__(self, words: Words, figure: Figure | None = None, *, scale: float = 1.0) -> None:
        super().__init__()
        self.words, self.scale = words, scale
        self.figure: Figure | None = None
        self.layout_: Layout | None = None
        self.drawing: Drawing | None = None
        self.at = -1
        self.pickable = False
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.scroller)
        self.key = FigureKey(words)
        self.caption = label("", "caption", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack, 1)
        column.addWidget(self.key)
        column.addWidget(self.caption)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring_room", RING_ROOM)
        self.setMinimumHeight(look().px(LEAST_HEIGHT))
        self._make_actions()
        look().changed.connect(self._look_changed)
        if figure is not None:
            self.show_figure(figure)

    def show_figure(self, figure: Figure, *, keep_reading: bool = False) -> None:
        """Another figure in the same place; what was read before is forgotten, unless it is the same chart anew."""
        self.figure, self.at = figure, self.at if keep_reading else -1
        self.setAccessibleName(self._say(figure.title))
        self.setAccessibleDescription(self.words.say(figure.alt))
        self.caption.setText(" \u00b7 ".join(self._say(part) for part in around(figure)))
        self.caption.setVisible(bool(self.caption.text()))
        self.key.show_figure(None if figure.of(Stack) else figure)
        if "table" in vars(self):
            self.table.show_table(figure.table())
        if self.isVisible():
            self._draw()

    @cached_property
    def table(self) -> FigureTableView:
        """Made when it is first wanted: a dozen parts, and most figures are only looked at."""
        made = FigureTableView(self.words)
        self.stack.addWidget(made)
        if self.figure is not None:
            made.show_table(self.figure.table())
        return made

    # drawing

    def use_scale(self, scale: float) -> None:
        """Another size of the wall it stands on."""
        if scale != self.scale:
            self.scale = scale
            self._look_changed()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    def _draw(self) -> None:
        """Lays out at the present size; a figure that needs more height scrolls."""
        if self.figure is None:
            return
        drawing = self._the_drawing()
        made, height = self._laid_out()
        self.layout_ = made
        drawing.setMinimumHeight(round(made.height) if made.height > height + 1 else 0)
        drawing.show_layout(made)
        self._show_reading()

    def _laid_out(self) -> tuple[Layout, float]:
        """Whether it scrolls is decided without the scroll bar: one that came and went by itself would never rest."""
        assert self.figure is not None
        room, look_ = self.scroller.size(), screen_look(self.scale)
        width, height = float(room.width()), float(room.height())
        made = lay_out(self.figure, width, height, self.words, look_, text_measure())
        scrolls = made.height > height + 1
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.scroller.setVerticalScrollBarPolicy(policy)
        if scrolls:
            width -= self.scroller.verticalScrollBar().sizeHint().width()
            made = lay_out(self.figure, width, height, self.words, look_, text_measure())
        return made, height

    def _the_drawing(self) -> Drawing:
        if self.drawing is None:
            from mtss_desktop.ui.kit.figure_scene import Drawing

            self.drawing = Drawing(self.scroller)
            self.drawing.resized.connect(self._resized)
            self.drawing.pointed.connect(self._point_at)
            self.drawing.clicked.connect(self._click_at)
            self.scroller.setWidget(self.drawing)
        return self.drawing

    def _resized(self) -> None:
        if self.isVisible() and self.layout_ is not None and not self._fits():
            self._draw()

    def _width(self) -> float:
        return float(self.scroller.viewport().width())

    def _fits(self) -> bool:
        """Whether the drawing was laid out for the room there is now."""
        assert self.layout_ is not None
        height, drawing = self.scroller.viewport().height(), self.drawing
        if abs(self.layout_.width - self._width()) > 0.5:
            return False
        return abs(self.layout_.height - height) <= 1 or (drawing is not None and drawing.minimumHeight() > height)

    def _look_changed(self) -> None:
        if self.isVisible():
            self._draw()

    # reading

    @property
    def readings(self) -> tuple[Reading, ...]:
        return self.layout_.readings if self.layout_ else ()

    def read(self, index: int) -> None:
        """Puts the ring on a point and says it."""
        if not self.readings:
            return
        self.at = max(0, min(index, len(self.readings) - 1))
        self._show_reading()
        spoken = ". ".join(self.spoken())
        announce(self, spoken)
        self.reading_changed.emit(spoken)
        reading = self.readings[self.at]
        self.scroller.ensureVisible(round(reading.x), round(reading.y))

    def spoken(self) -> list[str]:
        """The words of the point that is read: where, then what."""
        if not 0 <= self.at < len(self.readings):
            return []
        first, *rest = (self._say(part) for part in self.readings[self.at].words)
        return [first, *(part for part in rest if part)]

    def _show_reading(self) -> None:
        if self.drawing is None or self.layout_ is None:
            return
        reading = self.readings[self.at] if 0 <= self.at < len(self.readings) else None
        page = QRectF(0, 0, self.layout_.width, self.layout_.height)
        self.drawing.reading.show_reading(reading, _two_lines(self.spoken()), page)

    def _point_at(self, x: float, y: float) -> None:
        """The nearest point within reach of the pointer shows its value; nothing is announced."""
        near = min(range(len(self.readings)), key=lambda i: self._distance(i, x, y), default=-1)
        reached = near >= 0 and self._distance(near, x, y) <= look().px(REACH)
        if self.hasFocus() and not reached:
            return
        if (near if reached else -1) != self.at:
            self.at = near if reached else -1
            self._show_reading()
            self.reading_changed.emit(". ".join(self.spoken()))

    def _click_at(self, x: float, y: float, held: bool) -> None:
        """A click anywhere in a bar's row or column chooses it."""
        if not self.pickable or self.figure is None or not self.readings:
            return
        across = self.figure.horizontal
        near = min(
            range(len(self.readings)), key=lambda i: abs(self.readings[i].y - y if across else self.readings[i].x - x)
        )
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.at = near
        self.picked.emit(near, held)

    def _distance(self, index: int, x: float, y: float) -> float:
        reading = self.readings[index]
        return hypot(reading.x - x, reading.y - y)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by_phase = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_Right:
                self.read(self._next_phase(1) if by_phase else self.at + 1)
            case Qt.Key.Key_Left:
                self.read(self._next_phase(-1) if by_phase else max(self.at - 1, 0))
            case Qt.Key.Key_Home:
                self.read(0)
            case Qt.Key.Key_End:
                self.read(len(self.readings) - 1)
            case Qt.Key.Key_Space if self.pickable and self.readings:
                if self.at < 0:
                    self.read(0)
                self.picked.emit(self.at, by_phase)
            case Qt.Key.Key_Up | Qt.Key.Key_Down if self.pickable:
                self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
            case Qt.Key.Key_Escape if self.at >= 0:
                self.at = -1
                self._show_reading()
            case _:
                super().keyPressEvent(event)

    def _next_phase(self, step: int) -> int:
        """The first point of the next phase (or of this or the one before, going left)."""
        groups = [reading.group for reading in self.readings]
        firsts = [i for i, group in enumerate(groups) if i == 0 or groups[i - 1] != group]
        if step > 0:
            return next((i for i in firsts if i > self.at), len(groups) - 1)
        return next((i for i in reversed(firsts) if i < self.at), 0)

    # table and copy

    @property
    def shows_table(self) -> bool:
        return self.stack.currentWidget() is not self.scroller

    def show_table(self, shown: bool = True) -> None:
        self.stack.setCurrentWidget(self.table if shown else self.scroller)
        self.as_table.setChecked(shown)
        if self.isVisible():
            (self.table if shown else self).setFocus()

    def copy(self) -> str:
        """Puts the numbers on the clipboard as a table and as text with tabs, finding and source with them; returns the text."""
        if self.figure is None:
            return ""
        data = of_figure(self.figure, self.words)
        QGuiApplication.clipboard().setMimeData(data)
        return table_text(self.figure, self.words)

    def save_picture(self, path: Path, *, title: Text = "", source: Text = "") -> None:
        """The figure as it stands here with title, finding and source, as PNG or SVG by the name's ending. Raises OSError."""
        if self.figure is not None:
            figure = replace(self.figure, title=title) if title else self.figure
            least_width, least_height = PICTURE
            width = max(self.width() / self.scale, look().px(least_width))
            height = max(self.scroller.height() / self.scale, look().px(least_height))
            save_figure(figure, path, self.words, (width, height), source)

    def _make_actions(self) -> None:
        self.as_table = QAction(self.words("Show as table"), self)
        self.as_table.setCheckable(True)
        self.as_table.setShortcut(QKeySequence("T"))
        self.as_table.toggled.connect(self.show_table)
        self.copy_action = QAction(self.words("Copy as a table"), self)
        self.copy_action.setShortcuts(QKeySequence.StandardKey.Copy)
        self.copy_action.triggered.connect(lambda _checked=False: self.copy())
        for action in (self.as_table, self.copy_action):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.as_table, self.copy_action])
        menu.popup(event.globalPos())

    def _say(self, text: Text) -> str:
        return self.words.write(text)


def save_figure(figure: Figure, path: Path, words: Words, size: tuple[float, float], source: Text = "") -> None:
    """A sheet with its plot of ``size``, as PNG or SVG by the name's ending. Raises OSError."""
    from mtss_desktop.ui.kit.figure_scene import save_picture

    made = lay_out_sheet(figure, *size, words, screen_look(), text_measure(), source=source)
    save_picture(made, path, words.write(figure.title))


def _two_lines(spoken: list[str]) -> list[str]:
    """Where and the value in bold, the rest below."""
    if len(spoken) < 2:
        return spoken
    return [f"{spoken[0]}: {spoken[1]}", *spoken[2:]]
