"""The first column of a wide grid, which stays where it is while the rest scrolls sideways."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from mtss_desktop.ui.theme import look


class _SamePaint(QStyledItemDelegate):
    """Paints like the grid's own delegate, which must not serve two views: each would hear the editors of the other."""

    def __init__(self, grid: QTableView, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = grid

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self._grid.itemDelegate().paint(painter, option, index)


class FrozenColumn(QTableView):
    """Lies over the grid it is made for, with the same model, selection and look; never takes the focus.

    It is there only while the grid is scrolled sideways, so that nothing is painted twice otherwise.
    """

    def __init__(self, grid: QTableView, name: str) -> None:
        super().__init__(grid)
        self._grid = grid
        self.setAccessibleName(name)
        self.horizontalHeader().setAccessibleName(name)
        self.setModel(grid.model())
        self.setSelectionModel(grid.selectionModel())
        self.setItemDelegate(_SamePaint(grid, self))
        self.setProperty("kind", "frozen")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(grid.verticalScrollMode())
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(grid.horizontalHeader().defaultAlignment())
        for column in range(1, grid.model().columnCount()):
            self.setColumnHidden(column, True)
        grid.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(grid.verticalScrollBar().setValue)
        grid.horizontalScrollBar().valueChanged.connect(lambda _: self.follow())
        grid.horizontalHeader().sectionResized.connect(lambda *_: self.follow())
        grid.installEventFilter(self)
        self.hide()

    def follow(self) -> None:
        """Its place, its size, and whether it is needed at all."""
        grid, rows = self._grid, self.verticalHeader()
        if grid.horizontalScrollBar().value() == 0 or grid.isColumnHidden(0):
            self.hide()
            return
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(grid.verticalHeader().defaultSectionSize())
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setFixedHeight(grid.horizontalHeader().height())
        self.setColumnWidth(0, grid.columnWidth(0))
        edge, height = grid.frameWidth(), grid.viewport().height() + grid.horizontalHeader().height()
        self.setGeometry(edge, edge, grid.columnWidth(0) + look().measures.line.hairline, height)
        self.verticalScrollBar().setValue(grid.verticalScrollBar().value())
        self.show()
        self.raise_()

    @property
    def covers(self) -> int:
        """Width of the grid's page that it hides, in pixels."""
        return self.width() if self.isVisible() else 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.follow()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses the cell in the grid, which comes back into view for it."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self._grid.setFocus(Qt.FocusReason.MouseFocusReason)
            self._grid.setCurrentIndex(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def viewport_point(self, row: int) -> QPoint:
        """The middle of the cell of a row, for those who click there."""
        return self.visualRect(self.model().index(row, 0)).center()
