"""A list in groups: captions that cannot be chosen, items that keep selection and scroll when the list changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from mtss_desktop.ui.kit.formatted import as_table
from mtss_desktop.ui.kit.keyed import KeyedRows, by_key
from mtss_desktop.ui.theme import look

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True)
class Row(Generic[R]):
    """A caption (``record`` None) or an item. ``spoken`` is what a screen reader says; ``tip`` a tooltip."""

    key: str
    text: str
    record: R | None = None
    spoken: str = ""
    tip: str = ""
    enabled: bool = True

    @property
    def is_caption(self) -> bool:
        return self.record is None


Paint = Callable[[QPainter, QRect, Row[Any], bool], None]
"""(painter, rect of the words, row, selected)."""


class _Model(QAbstractListModel):
    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self.keyed: KeyedRows[Row[Any]] = KeyedRows(self, lambda row: row.key)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.keyed.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.keyed.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken or row.text
            case Qt.ItemDataRole.ToolTipRole:
                return row.tip or None
            case _ if role == ROW:
                return row
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.keyed.rows[index.row()]
        if row.is_caption or not row.enabled:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: SectionList[Any]) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW)
        return QSize(look().px(40), self._view.row_height(row, index.row()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row[Any] = index.data(ROW)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if row.is_caption:
            self._view.paint_caption(painter, rect, row, index.row())
        else:
            selected = self._view.is_marked(row, bool(state & QStyle.StateFlag.State_Selected))
            self._item(painter, rect, row, index, selected=selected)
        painter.restore()

    def _item(self, painter: QPainter, rect: QRect, row: Row[Any], index: Index, *, selected: bool) -> None:
        view = self._view
        shape = view.item_shape(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = look().measures.radius.item
        if selected or index == view.hovered:
            painter.setBrush(look().color("selection" if selected else "hover"))
            painter.drawRoundedRect(QRectF(shape), radius, radius)
        view.paint_item(painter, shape.adjusted(look().px(8), 0, -look().px(8), 0), row, selected)
        if view.hasFocus() and index == view.currentIndex():
            width = look().measures.line.focus
            role = "selection_ink" if selected and look().theme.is_contrast else "focus"
            painter.setPen(QPen(look().color(role), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(shape).adjusted(1, 1, -1, -1), radius, radius)


class SectionList(QListView, Generic[R]):
    """``chosen`` comes with the record under the cursor, ``opened`` with Enter or a double click."""

    chosen = Signal(object)
    opened = Signal(object)
    left_upward = Signal()
    waits = False
    """Choosing changes more than what is shown beside the list: the focus alone chooses nothing."""

    def __init__(self, name: str, paint: Paint, *, height: str = "table_row", inset: int = 0) -> None:
        """``paint`` draws the words of an item; ``inset`` is the space beside the selection shape, in pixels at 100 %."""
        super().__init__()
        self.paint_item, self._height, self._inset = paint, height, inset
        self.hovered: QModelIndex = QModelIndex()
        self._quiet = False
        self.rows = _Model(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(name)
        self.setProperty("ring", "own")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.entered.connect(self._hover)
        self.doubleClicked.connect(lambda _: self._open())
        self.selectionModel().currentChanged.connect(self._current_changed)
        look().changed.connect(self.doItemsLayout)

    # -- looks --------------------------------------------------------------------------------------------------------

    def fit_rows(self) -> None:
        """No higher than its rows: what stands under the list follows them."""
        rows = self.rows.keyed.rows
        self.setMaximumHeight(sum(self.row_height(row, place) for place, row in enumerate(rows)) + look().px(2))

    def row_height(self, row: Row[R], place: int) -> int:
        if row.is_caption:
            return look().px(32 if place else 28)
        return int(getattr(look().measures.height, self._height))

    def item_shape(self, rect: QRect) -> QRect:
        side = look().px(self._inset) if self._inset else 0
        return rect.adjusted(side, 0, -side, 0)

    def is_marked(self, _row: Row[R], selected: bool) -> bool:
        """Which item is painted as the chosen one: the selected one, unless a list knows better."""
        return selected

    def paint_caption(self, painter: QPainter, rect: QRect, row: Row[R], _place: int) -> None:
        painter.setFont(look().font("caption"))
        painter.setPen(look().color("ink_faint"))
        side = look().px(8 + self._inset)
        area = rect.adjusted(side, 0, -side, -look().px(6))
        text = painter.fontMetrics().elidedText(row.text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words that wrap need another height in another width; Qt measures again only where rows lie beside each other."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def _hover(self, index: QModelIndex) -> None:
        self.hovered = index
        self.viewport().update()

    def leaveEvent(self, event: Any) -> None:
        super().leaveEvent(event)
        self._hover(QModelIndex())

    # -- rows ---------------------------------------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[Row[R]]) -> None:
        """Keeps what is chosen, by key; says nothing about it."""
        key = self.current_key
        self._quiet = True
        self.hovered = QModelIndex()
        self.rows.keyed.show(rows)
        if key and self.current_key != key:
            self.choose(key)
        self._quiet = False

    @property
    def current_key(self) -> str:
        index = self.currentIndex()
        return self.rows.keyed.rows[index.row()].key if index.isValid() else ""

    @property
    def current(self) -> R | None:
        index = self.currentIndex()
        return self.rows.keyed.rows[index.row()].record if index.isValid() else None

    def choose(self, key: str) -> bool:
        """False where the key is not shown."""
        place = self.rows.keyed.place(key)
        if place < 0:
            return False
        index = self.rows.index(place, 0)
        if index != self.currentIndex():
            self.setCurrentIndex(index)
        return True

    def choose_first(self) -> bool:
        first = next((row for row in self.rows.keyed.rows if not row.is_caption and row.enabled), None)
        return first is not None and self.choose(first.key)

    def step(self, by: int) -> None:
        """The next or previous item, past captions."""
        items = [row.key for row in self.rows.keyed.rows if not row.is_caption and row.enabled]
        if items:
            at = items.index(self.current_key) + by if self.current_key in items else 0
            self.choose(items[max(0, min(at, len(items) - 1))])

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and not self._quiet:
            self.chosen.emit(self.rows.keyed.rows[current.row()].record)

    # -- copying ------------------------------------------------------------------------------------------------------

    def grid(self) -> list[list[str]]:
        """Heads, then a row for each item, as it goes to the clipboard. Lists of several columns say them one by one."""
        items = [row for row in self.rows.keyed.rows if not row.is_caption]
        return [[self.accessibleName()], *([row.spoken or row.text] for row in items)]

    def copy(self) -> None:
        """What is shown, as a table for Word or Docs and as tab-separated text."""
        QGuiApplication.clipboard().setMimeData(as_table(self.grid()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Copy as a table").triggered.connect(self.copy)
        menu.popup(event.globalPos())

    # -- keys ---------------------------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt puts the cursor on the first item where none has it. Coming by key, the item with the ring is in view."""
        nowhere = self.waits and not self.currentIndex().isValid()
        self._quiet = nowhere
        super().focusInEvent(event)
        if nowhere:
            self.selectionModel().clearCurrentIndex()
        elif by_key(event) and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
        self._quiet = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif (
            event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self._move(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _move(self, by: int) -> None:
        before = self.current_key
        self.step(by)
        if by < 0 and self.current_key == before:
            self.left_upward.emit()

    def _open(self) -> None:
        if self.current is not None:
            self.opened.emit(self.current)
