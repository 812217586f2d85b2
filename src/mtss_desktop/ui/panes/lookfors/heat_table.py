"""Places × instruments: how each stood last, as a mark, a percent and a ground; Enter opens the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.formatted import as_table
from mtss_desktop.ui.panes.lookfors.marks import paint_rating
from mtss_desktop.ui.theme import look, paint_icon

Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole + 1
PLACE, COLUMN, LEAST = 152, 127, 104
"""Widths in pixels at 100 %: the name of a place, an instrument, and the least of one."""
HEAD = 44
"""Height of the head, in pixels at 100 %: names of instruments take two lines."""
LEFT_WRAPPED = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
DEEPEST = 0.34
"""How much of the accent the ground of 100 % takes."""


@dataclass(frozen=True)
class HeatCell:
    """``share`` is 0 to 1, None where no percent can be said; ``met`` None where no criterion speaks; ``opens`` the administration."""

    text: str
    spoken: str
    opens: str
    share: Fraction | None = None
    met: bool | None = None


@dataclass(frozen=True)
class HeatShown:
    """``columns`` are (key, title); ``cells`` by (place, column)."""

    places: tuple[tuple[str, str], ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    cells: Mapping[tuple[str, str], HeatCell] = field(default_factory=dict)


class _Model(QAbstractTableModel):
    def __init__(self, words: Words, parent: QTableView) -> None:
        super().__init__(parent)
        self._words = words
        self.heat = HeatShown()

    def show_heat(self, heat: HeatShown) -> None:
        if heat == self.heat:
            return
        self.beginResetModel()
        self.heat = heat
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.heat.places)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.heat.columns) + 1

    def cell(self, row: int, column: int) -> HeatCell | None:
        """None in the column of places, and where a place was never rated."""
        if not column:
            return None
        return self.heat.cells.get((self.heat.places[row][0], self.heat.columns[column - 1][0]))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell, place = self.cell(index.row(), index.column()), self.heat.places[index.row()][1]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return place if not index.column() else cell.text if cell is not None else ""
            case Qt.ItemDataRole.AccessibleTextRole:
                return place if not index.column() else self.spoken(index.row(), index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return self.spoken(index.row(), index.column()) if cell is not None else None
            case _ if role == CELL:
                return cell
        return None

    def spoken(self, row: int, column: int) -> str:
        cell, title = self.cell(row, column), self.heat.columns[column - 1][1]
        told = cell.spoken if cell is not None else self._words("never rated")
        return f"{self.heat.places[row][1]}, {title}: {told}"

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way != Qt.Orientation.Horizontal:
            return None
        title = self.heat.columns[section - 1][1] if section else self._words("Place")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return title
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        cell: HeatCell | None = index.data(CELL)
        painter.save()
        self._ground(painter, rect, cell, selected=selected, name=index.column() == 0)
        ink = look().color("selection_ink" if selected else "ink")
        area = rect.adjusted(look().px(8), 0, -look().px(8), 0)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(look().font("medium" if not index.column() else "base", tabular=True))
        if cell is not None:
            area.setLeft(paint_rating(painter, area, cell.share, ink))
            painter.setFont(look().font("medium", tabular=True))
            painter.setPen(ink)
            painter.drawText(area, middle, cell.text)
            if cell.met:
                left = area.left() + painter.fontMetrics().horizontalAdvance(cell.text) + look().px(6)
                icon = QRect(left, area.center().y() - look().px(6), look().px(13), look().px(13))
                paint_icon(painter, icon, "ph.check", ink)
        else:
            painter.setPen(look().color("ink" if not index.column() else "ink_faint"))
            text = str(index.data() or "") if not index.column() else "–"
            painter.drawText(
                area, middle, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            )
        if self._view.hasFocus() and index == self._view.currentIndex():
            role = "selection_ink" if selected and look().theme.is_contrast else "focus"
            width = look().measures.line.focus
            painter.setPen(QPen(look().color(role), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(rect).adjusted(width / 2, width / 2, -width / 2, -width / 2))
        painter.restore()

    @staticmethod
    def _ground(painter: QPainter, rect: QRect, cell: HeatCell | None, *, selected: bool, name: bool) -> None:
        if selected and not name:
            painter.fillRect(rect, look().color("selection"))
        elif cell is not None and cell.share is not None and not look().theme.is_contrast:
            painter.fillRect(rect.adjusted(1, 1, -1, -1), ground(cell.share))
        painter.fillRect(
            rect.left(), rect.bottom(), rect.width(), look().measures.line.hairline, look().color("hairline")
        )


def ground(share: Fraction) -> QColor:
    """From the page's own ground toward the accent."""
    part = float(share) * DEEPEST
    page, accent = look().color("surface"), look().color("accent")
    mixed = (
        round(one + (other - one) * part)
        for one, other in zip(page.getRgb()[:3], accent.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return QColor(*mixed)


class HeatTable(QTableView):
    """``opened`` carries the administration of the cell under the cursor."""

    opened = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.shown = _Model(words, self)
        self.setModel(self.shown)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(words("Places by instrument"))
        self.setProperty("ring", "own")
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag(LEFT_WRAPPED))
        head.setAccessibleName(words("Instruments"))
        self.doubleClicked.connect(lambda _: self._open())
        look().changed.connect(self._size)
        self._size()

    def show_heat(self, heat: HeatShown) -> None:
        index = self.currentIndex()
        row, column = index.row(), index.column()
        self.shown.show_heat(heat)
        self._size()
        if heat.places and heat.columns:
            row, column = max(0, row), max(1, column)
            if not index.isValid():
                row, column = next(
                    (
                        (r, c + 1)
                        for r in range(len(heat.places))
                        for c in range(len(heat.columns))
                        if self.shown.cell(r, c + 1)
                    ),
                    (0, 1),
                )
            self.setCurrentIndex(self.shown.index(min(row, len(heat.places) - 1), min(column, len(heat.columns))))

    def _size(self) -> None:
        head, px = self.horizontalHeader(), look().px
        head.setFixedHeight(look().px(HEAD))
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(look().measures.height.list_row)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setMinimumSectionSize(px(LEAST))
        for place in range(self.shown.columnCount()):
            head.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
            head.resizeSection(place, px(COLUMN if place else PLACE))

    @property
    def current(self) -> HeatCell | None:
        index = self.currentIndex()
        return self.shown.cell(index.row(), index.column()) if index.isValid() else None

    def _open(self) -> None:
        if self.current is not None:
            self.opened.emit(self.current.opens)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def grid(self) -> list[list[str]]:
        """Heads, then one line a place."""
        heat = self.shown.heat
        lines = [
            [
                name,
                *(
                    found.spoken if (found := heat.cells.get((place, key))) is not None else ""
                    for key, _ in heat.columns
                ),
            ]
            for place, name in heat.places
        ]
        return [[self._words("Place"), *(title for _, title in heat.columns)], *lines]

    def copy(self) -> None:
        """As a table for Word or Docs, and as text with tabs."""
        QGuiApplication.clipboard().setMimeData(as_table(self.grid()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._words("Copy as a table")).triggered.connect(self.copy)
        menu.popup(event.globalPos())
