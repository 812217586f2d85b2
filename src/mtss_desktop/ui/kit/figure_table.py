"""The table of a figure: the same values, sorted by any column with a click on its head or with S."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from mtss_desktop.base.folding import fold
from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.figures import FigureTable, TableValue
from mtss_desktop.ui.kit.texts import announce

Rank = tuple[int, float, str]
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_UP, _DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
_ARROWS = {_UP: "\u2191", _DOWN: "\u2193"}


class FigureTableView(QTableWidget):
    """The first column keeps the order of the figure itself (months, grades, days); the others go by value.

    S sorts by the column of the current cell, again the other way round.
    """

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._heads: list[str] = []
        self._sorted: tuple[int, Qt.SortOrder] = (0, _UP)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setItemDelegate(_Roomy(self))
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.sectionClicked.connect(self.sort_by)

    def show_table(self, table: FigureTable) -> None:
        """In the figure's own order."""
        heads = [self._words.write(column) for column in table.columns]
        self.setColumnCount(len(heads))
        self.setRowCount(len(table.rows))
        self.setAccessibleName(self._words.write(table.caption))
        self.setAccessibleDescription(self._words("S sorts by the column of the current cell"))
        for column, name in enumerate(heads):
            right = _stands_right([self._words.write(row[column]) for row in table.rows])
            side = (
                Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            ) | Qt.AlignmentFlag.AlignVCenter
            head = QTableWidgetItem(name)
            head.setTextAlignment(side)
            self.setHorizontalHeaderItem(column, head)
            for row, values in enumerate(table.rows):
                self.setItem(row, column, self._item(name, values[column], row if column == 0 else -1, side))
        self._heads, self._sorted = heads, (0, _UP)

    def _item(self, head: str, value: TableValue, place: int, side: Qt.AlignmentFlag) -> QTableWidgetItem:
        text = self._words.write(value)
        item = _Item(text, (0, float(place), "") if place >= 0 else rank(value, text))
        item.setTextAlignment(side)
        spoken = self._words.say(said("{column}, {value}", column=head, value=text))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        return item

    def sort_by(self, column: int) -> None:
        """By this column, and the other way round when it is sorted by it already."""
        before, order = self._sorted
        order = _DOWN if before == column and order == _UP else _UP
        self._sorted = (column, order)
        self.sortItems(column, order)
        for at, name in enumerate(self._heads):
            head = self.horizontalHeaderItem(at)
            if head is not None:
                head.setText(name if at != column else f"{name} {_ARROWS[order]}")
        words = "Sorted by {column}" if order == _UP else "Sorted by {column}, the other way round"
        announce(self, self._words.say(said(words, column=self._heads[column])))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_S and not event.modifiers() and self.columnCount():
            self.sort_by(max(self.currentColumn(), 0))
        else:
            super().keyPressEvent(event)


class _Item(QTableWidgetItem):
    def __init__(self, text: str, rank_: Rank) -> None:
        super().__init__(text)
        self.rank = rank_

    def __lt__(self, other: QTableWidgetItem) -> bool:
        return isinstance(other, _Item) and self.rank < other.rank


def rank(value: TableValue, text: str) -> Rank:
    """Nothing first, then days, then whatever begins with a number by that number, then words."""
    if not text:
        return 0, 0.0, ""
    if isinstance(value, date):
        return 1, float(value.toordinal()), ""
    if isinstance(value, int | float):
        return 2, float(value), ""
    number = _NUMBER.match(text)
    if number is not None:
        return 2, float(number.group().replace(",", "")), fold(text)
    return 3, 0.0, fold(text)


def _stands_right(texts: list[str]) -> bool:
    """A column of numbers, its head above them; a hidden one is a word and changes nothing."""
    held = [text for text in texts if text]
    return sum(_NUMBER.fullmatch(text) is not None for text in held) * 2 > len(held)


class _Roomy(QStyledItemDelegate):
    """Cells begin and end where their heads do."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.text = f" {option.text} "
