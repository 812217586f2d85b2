"""A table of frozen records: sorted, filtered, copied and edited the same way everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from mtss_desktop.base.folding import fold
from mtss_desktop.ui.kit.formatted import as_table, plain_table
from mtss_desktop.ui.kit.keyed import KeyedRows, by_key
from mtss_desktop.ui.kit.row_delegate import CELL, Cell, RowDelegate
from mtss_desktop.ui.theme import look

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
EASED = (64, 96)
"""Pixels at 100 %: the least width of a column that gets more on a wide page, and how much it gets at most."""
MEASURED = 60
"""Rows whose words are measured for the width of a column."""


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column. ``cell`` says what stands in it; ``sort`` gives another order than its text.

    ``edit`` is called with the record and the typed text; without it the column cannot be edited. ``offers`` are names to
    complete from while typing. ``width`` in pixels at 100 %, 0 shares what is left, but never less than ``least``: a page
    too narrow for that first does without columns that are ``spare``, then scrolls sideways; a page with room to spare
    gives columns with cut words more than their ``width``. No column is narrower than its head. ``may_hide``: in the
    column chooser.
    """

    key: str
    head: str
    cell: Callable[[R], Cell]
    sort: Callable[[R], Any] | None = None
    width: int = 0
    right: bool = False
    edit: Callable[[R, str], None] | None = None
    offers: Callable[[], Sequence[str]] | None = None
    can_edit: Callable[[R], bool] | None = None
    may_hide: bool = True
    least: int = 112
    spare: bool = False


class RecordModel(QAbstractTableModel, Generic[R]):
    """``data`` is a look-up on a record, never a question to the database."""

    def __init__(self, columns: Sequence[Column[R]], key: Callable[[R], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self.keyed: KeyedRows[R] = KeyedRows(self, key, len(self.columns))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.keyed.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def record(self, index: Index) -> R:
        return self.keyed.rows[index.row()]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        cell = column.cell(self.keyed.rows[index.row()])
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.EditRole:
                return cell.text if cell.value is None else cell.value
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(part for part in (column.head, cell.text, cell.state) if part)
            case Qt.ItemDataRole.ToolTipRole:
                return cell.tip or None
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.CheckStateRole:
                return cell.check
            case _ if role == CELL:
                return cell
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.head
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        if index.isValid() and self._editable(index):
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def _editable(self, index: Index) -> bool:
        column = self.columns[index.column()]
        return column.edit is not None and (column.can_edit is None or column.can_edit(self.record(index)))

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        edit = self.columns[index.column()].edit
        if role != Qt.ItemDataRole.EditRole or edit is None:
            return False
        edit(self.record(index), str(value))
        return False  # the record itself changes by its use case; the table hears of it like everyone else


class RecordTable(QTableView, Generic[R]):
    """Enter opens, Space toggles, F2 edits, Delete acts; copying takes the heads along.

    ``opened``, ``toggled`` and ``deleted`` carry the records; ``counted`` comes with (shown, all) after each change.
    """

    opened = Signal(object)
    toggled = Signal(object)
    deleted = Signal(object)
    chosen = Signal(object)
    counted = Signal(int, int)

    def __init__(
        self, columns: Sequence[Column[R]], *, key: Callable[[R], str], name: str, row_height: str = "table_row"
    ) -> None:
        super().__init__()
        self.records: list[R] = []
        self._key, self._row_height = key, row_height
        self._filter = ""
        self._keep: Callable[[R], bool] | None = None
        self._sort_column = -1
        self._sort_order = Qt.SortOrder.AscendingOrder
        self._toggles = False
        self._spared: set[int] = set()
        self._given: dict[int, int] = {}
        self._needs: list[int] = []
        self.rows: RecordModel[R] = RecordModel(columns, key, self)
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName(name)
        self.setProperty("ring", "own")
        self._behave()
        self._size()
        look().changed.connect(self._size)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit(self.current))

    def _behave(self) -> None:
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.setCornerButtonEnabled(False)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.sectionClicked.connect(self._sort_by)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._choose_columns)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setAccessibleName("Column heads")

    def _size(self) -> None:
        head = self.horizontalHeader()
        head.setFixedHeight(look().measures.height.table_head)
        head.setMinimumSectionSize(look().px(24))
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(getattr(look().measures.height, self._row_height))
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for place, column in enumerate(self.rows.columns):
            if column.width:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
                self._give(place, max(look().px(column.width), self._head_width(column)))
            else:
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self._needs = []
        self._share()
        self.updateGeometry()

    def _give(self, place: int, width: int) -> None:
        self._given[place] = width
        self.horizontalHeader().resizeSection(place, width)

    @staticmethod
    def _head_width(column: Column[R]) -> int:
        """What the words over a column need: letters grow faster than measures where a system's font is wide."""
        return QFontMetrics(look().font("caption")).horizontalAdvance(column.head) + 2 * look().px(8) + 2

    def _share(self) -> None:
        """Columns without a width of their own share what is left; where that is too little they keep their least."""
        head = self.horizontalHeader()
        self._spare()
        shown = [(n, each) for n, each in enumerate(self.rows.columns) if not self.isColumnHidden(n)]
        sharing = [
            (place, max(look().px(each.least), self._head_width(each))) for place, each in shown if not each.width
        ]
        self._grow(shown, sharing)
        taken = sum(head.sectionSize(place) for place, each in shown if each.width)
        narrow = self.viewport().width() - taken < sum(least for _, least in sharing)
        mode = QHeaderView.ResizeMode.Interactive if narrow else QHeaderView.ResizeMode.Stretch
        for place, least in sharing:
            if head.sectionResizeMode(place) != mode:
                head.setSectionResizeMode(place, mode)
            if narrow:
                head.resizeSection(place, least)

    def _grow(self, shown: Sequence[tuple[int, Column[R]]], sharing: Sequence[tuple[int, int]]) -> None:
        """What the sharing columns do not need, or nobody has, goes to columns whose words are cut, smallest lack first.

        A column somebody has dragged keeps its width.
        """
        head = self.horizontalHeader()
        if not self._needs:
            self._needs = [self._content_width(place) for place in range(len(self.rows.columns))]
        fixed = {n: max(look().px(each.width), self._head_width(each)) for n, each in shown if each.width}
        kept = {place for place in fixed if head.sectionSize(place) != self._given.get(place)}
        taken = sum(head.sectionSize(place) if place in kept else width for place, width in fixed.items())
        wanted = max((max(least, self._needs[place]) for place, least in sharing), default=0) * len(sharing)
        room = self.viewport().width() - taken - wanted
        for place in sorted(fixed.keys() - kept, key=lambda place: self._needs[place] - fixed[place]):
            grown = max(0, min(self._needs[place] - fixed[place], room))
            room -= grown
            self._give(place, fixed[place] + grown)
        self._ease([place for place in fixed.keys() - kept if fixed[place] >= look().px(EASED[0])], len(sharing), room)

    def _ease(self, places: Sequence[int], sharing: int, room: int) -> None:
        """On a wide page the columns stand apart alike: what nobody needs made one wide gap behind the first."""
        if sharing and places and room > 0:
            more = min(look().px(EASED[1]), room // (len(places) + sharing))
            for place in places:
                self._give(place, self.horizontalHeader().sectionSize(place) + more)

    def _content_width(self, place: int) -> int:
        """Pixels that the longest words of a column need, by its first rows."""
        cell = self.rows.columns[place].cell
        fonts = {name: QFontMetrics(look().font(name)) for name in ("base", "medium", "strong")}
        widest = 0
        for each in map(cell, self.records[:MEASURED]):
            font = fonts["strong" if each.strong else "medium" if each.medium else "base"]
            beside = look().px(22) * sum(map(bool, (each.icon, each.mark, each.level, each.check)))
            widest = max(widest, font.horizontalAdvance(each.text) + beside)
        return widest + look().px(20)

    def _spare(self) -> None:
        """Does without spare columns, the last ones first, while the others have too little room."""
        for place in self._spared:
            self.setColumnHidden(place, False)
        self._spared = set()
        shown = [(n, each) for n, each in enumerate(self.rows.columns) if not self.isColumnHidden(n)]
        needed = {n: max(look().px(each.width or each.least), self._head_width(each)) for n, each in shown}
        for place in [n for n, each in reversed(shown) if each.spare]:
            if sum(needed.values()) > self.viewport().width():
                self.setColumnHidden(place, True)
                self._spared.add(place)
                del needed[place]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show_records(self, records: Sequence[R]) -> None:
        """The whole list; sorting, filter, selection, focus and scroll stay as they are."""
        self.records = list(records)
        self._needs = []
        self._arrange()
        self._share()

    def filter_by(self, text: str) -> None:
        """Rows in which every typed word occurs in some column."""
        self._filter = fold(text)
        self._arrange()

    def keep_only(self, keep: Callable[[R], bool] | None) -> None:
        """A second filter by the records themselves (chips)."""
        self._keep = keep
        self._arrange()

    def _arrange(self) -> None:
        shown = [record for record in self.records if self._fits(record)]
        if self._sort_column >= 0:
            column = self.rows.columns[self._sort_column]
            order = column.sort or (lambda record: fold(column.cell(record).text))
            shown.sort(key=order, reverse=self._sort_order == Qt.SortOrder.DescendingOrder)
        current, chosen = self.current, {self._key(record) for record in self.selected}
        if self.rows.keyed.show(shown):
            self._choose_again(current, chosen)
        self.updateGeometry()
        self.counted.emit(len(shown), len(self.records))

    def _fits(self, record: R) -> bool:
        if self._keep is not None and not self._keep(record):
            return False
        if not self._filter:
            return True
        text = fold(" ".join(column.cell(record).text for column in self.rows.columns))
        return all(word in text for word in self._filter.split())

    def _choose_again(self, current: R | None, chosen: set[str]) -> None:
        if current is not None:
            self.choose(self._key(current))
        model = self.selectionModel()
        for key in chosen:
            row = self.rows.keyed.place(key)
            if row >= 0:
                model.select(self.rows.index(row, 0), model.SelectionFlag.Select | model.SelectionFlag.Rows)

    # -- choosing -----------------------------------------------------------------------------------------------------

    @property
    def current(self) -> R | None:
        index = self.currentIndex()
        return self.rows.record(index) if index.isValid() else None

    @property
    def selected(self) -> list[R]:
        return [self.rows.record(index) for index in self.selectionModel().selectedRows()]

    def choose(self, key: str, column: int = 0) -> bool:
        """Makes the row of ``key`` the current one; False where it is not shown."""
        row = self.rows.keyed.place(key)
        if row < 0:
            return False
        self.setCurrentIndex(self.rows.index(row, column))
        return True

    def edit_cell(self, key: str, column: str) -> bool:
        """Opens the editor of a cell; False where there is none."""
        place = next((n for n, each in enumerate(self.rows.columns) if each.key == column), -1)
        return place >= 0 and self.choose(key, place) and self._starts_editing()

    @property
    def edited_cell(self) -> tuple[str, str]:
        """Row and column of the editor that is open."""
        index = self.currentIndex()
        if not index.isValid():
            return "", ""
        return self._key(self.rows.record(index)), self.rows.columns[index.column()].key

    # -- keys ---------------------------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by key, the cell that has the ring is in view, in the table and so in the page around it."""
        super().focusInEvent(event)
        if by_key(event) and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            return  # Enter in an editor comes by here on its way out
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._starts_editing():
            self._tell(self.opened)
        elif event.key() == Qt.Key.Key_Space and self._toggles:
            self._tell(self.toggled)
        elif event.key() == Qt.Key.Key_Delete:
            self._tell(self.deleted)
        else:
            super().keyPressEvent(event)

    def use_space_to_toggle(self) -> None:
        """Space sends ``toggled`` instead of selecting."""
        self._toggles = True

    def _starts_editing(self) -> bool:
        index = self.currentIndex()
        if not index.isValid() or not self.rows.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        self.edit(index)
        return True

    def _tell(self, news: Any) -> None:
        records = self.selected or ([self.current] if self.current is not None else [])
        if records:
            news.emit(records)

    def copy(self) -> None:
        """The selected rows, or all, with heads: as a table for Word or Docs, and as tab-separated text."""
        QGuiApplication.clipboard().setMimeData(as_table(self.grid(self.selected or self.rows.keyed.rows)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Copy as a table").triggered.connect(self.copy)
        menu.popup(event.globalPos())

    def grid(self, records: Sequence[R]) -> list[list[str]]:
        """Heads, then the cells of the columns shown."""
        shown = [column for place, column in enumerate(self.rows.columns) if not self.isColumnHidden(place)]
        return [[column.head for column in shown], *([column.cell(r).text for column in shown] for r in records)]

    def as_text(self, records: Sequence[R]) -> str:
        return plain_table(self.grid(records))

    # -- columns ------------------------------------------------------------------------------------------------------

    def _sort_by(self, place: int) -> None:
        down = Qt.SortOrder.DescendingOrder
        if place == self._sort_column and self._sort_order == Qt.SortOrder.AscendingOrder:
            self._sort_order = down
        else:
            self._sort_column, self._sort_order = place, Qt.SortOrder.AscendingOrder
        head = self.horizontalHeader()
        head.setSortIndicatorShown(True)
        head.setSortIndicator(self._sort_column, self._sort_order)
        self._arrange()

    def column_menu(self) -> QMenu:
        """Which columns are shown; the last one stays."""
        menu = QMenu(self)
        for place, column in enumerate(self.rows.columns):
            if column.may_hide:
                act = menu.addAction(column.head)
                act.setCheckable(True)
                act.setChecked(not self.isColumnHidden(place))
                act.toggled.connect(lambda shown, place=place: self.setColumnHidden(place, not shown))
        return menu

    def _choose_columns(self, at: QPoint) -> None:
        menu = self.column_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    # -- size ---------------------------------------------------------------------------------------------------------

    def whole_height(self) -> int:
        """Height that shows every row, for tables inside a scrolling page."""
        row = getattr(look().measures.height, self._row_height)
        return int(look().measures.height.table_head + self.rows.rowCount() * row + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), look().measures.height.table_head)
