"""The grid of the working-smarter matrix: one model, one delegate, and the keys of a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from mtss_desktop.base.words import Words
from mtss_desktop.domain.team_matrix import (
    COUNTED,
    EXPECTED,
    MatrixColumn,
    MatrixRow,
    as_block,
    block,
    columns_named,
    in_one_line,
)
from mtss_desktop.ui.kit import formatted
from mtss_desktop.ui.kit.fields import Field
from mtss_desktop.ui.kit.row_delegate import CELL, Cell, RowDelegate
from mtss_desktop.ui.kit.typed import Typed, TypingFile
from mtss_desktop.ui.panes.teams.frozen_column import FrozenColumn
from mtss_desktop.ui.theme import look

Index = QModelIndex | QPersistentModelIndex
Key = tuple[str, MatrixColumn]
"""A cell by its team and column; rows that were pasted and have no team yet go by ``new:0``, ``new:1`` …"""
HEADS = {
    MatrixColumn.NAME: ("Team", 152),
    MatrixColumn.TIER: ("Tier", 52),
    MatrixColumn.PURPOSE: ("Purpose", 148),
    MatrixColumn.OUTCOME_MEASURE: ("Outcome measure", 128),
    MatrixColumn.TARGET_GROUP: ("For whom", 96),
    MatrixColumn.STAFF: ("Staff", 46),
    MatrixColumn.MEETS: ("Meets", 116),
    MatrixColumn.HOURS: ("Hours", 52),
    MatrixColumn.DATA: ("Data read", 104),
    MatrixColumn.DECISION_RULES: ("Rule", 120),
    MatrixColumn.AUTHORITY: ("Authority", 120),
    MatrixColumn.LINKED_GOAL: ("Linked goal", 108),
    MatrixColumn.NORMS: ("Agreements", 120),
    MatrixColumn.DECISION: ("Decision", 76),
}
_NUMBERS = frozenset({MatrixColumn.TIER, MatrixColumn.STAFF, MatrixColumn.HOURS, MatrixColumn.DECISION})
HIDDEN_AT_FIRST = frozenset({MatrixColumn.DECISION_RULES, MatrixColumn.AUTHORITY, MatrixColumn.NORMS})
NEW = "new:"
COLUMNS = tuple(MatrixColumn)


@dataclass(frozen=True)
class GridRow:
    """A team, a caption (``row`` None and no ``extra``), or a pasted row without a team."""

    key: str
    caption: str = ""
    row: MatrixRow | None = None
    extra: Mapping[MatrixColumn, str] | None = None


@dataclass(frozen=True)
class Marks:
    """What is drawn beside the texts: findings by cell, cells of the chosen finding, cells that do not fit, texts on their way."""

    looks: Mapping[Key, str]
    found: frozenset[Key]
    bad: Mapping[Key, tuple[str, str]]
    pending: Mapping[Key, str]


NO_MARKS = Marks({}, frozenset(), {}, {})


class MatrixModel(QAbstractTableModel):
    """``data`` is a look-up; texts that are on their way or do not fit stand in front of what is saved."""

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.rows: list[GridRow] = []
        self.marks = NO_MARKS

    def show_rows(self, rows: Sequence[GridRow], marks: Marks) -> bool:
        """True where rows came, went or changed places: spans have to be set anew."""
        same = [each.key for each in rows] == [each.key for each in self.rows]
        if same:
            self.rows, self.marks = list(rows), marks
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))
            return False
        self.beginResetModel()
        self.rows, self.marks = list(rows), marks
        self.endResetModel()
        return True

    def show_marks(self, marks: Marks) -> None:
        self.marks = marks
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(COLUMNS) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(COLUMNS)

    def key_at(self, index: Index) -> Key:
        return self.rows[index.row()].key, COLUMNS[index.column()]

    def place(self, key: str) -> int:
        return next((place for place, row in enumerate(self.rows) if row.key == key), -1)

    def saved(self, key: Key) -> str:
        """What the database has in a cell."""
        row = self.rows[self.place(key[0])]
        return row.row.text(key[1]) if row.row is not None else ""

    def text(self, index: Index) -> str:
        """What stands in a cell, saved or not."""
        row, key = self.rows[index.row()], self.key_at(index)
        if key in self.marks.bad:
            return self.marks.bad[key][0]
        if key in self.marks.pending:
            return self.marks.pending[key]
        if row.row is not None:
            return row.row.text(key[1])
        return (row.extra or {}).get(key[1], "")

    def trouble(self, index: Index) -> str:
        return self.marks.bad.get(self.key_at(index), ("", ""))[1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case _ if role == CELL:
                return self._cell(index)
            case Qt.ItemDataRole.DisplayRole:
                return row.caption or self._cell(index).text
            case Qt.ItemDataRole.EditRole:
                return self.text(index)
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.caption or self.spoken(index)
            case Qt.ItemDataRole.TextAlignmentRole:
                right = COLUMNS[index.column()] in COUNTED and not row.caption
                side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def spoken(self, index: Index) -> str:
        """Team, column, text, and what is to be said about the cell."""
        row, column = self.rows[index.row()], COLUMNS[index.column()]
        team = row.row.text(MatrixColumn.NAME) if row.row is not None else self._words("New row")
        return ", ".join(
            part for part in (team, self._words(HEADS[column][0]), self._cell(index).text, self.trouble(index)) if part
        )

    def _cell(self, index: Index) -> Cell:
        row, key = self.rows[index.row()], self.key_at(index)
        if row.caption:
            return Cell(row.caption, strong=True)
        text, column = self.text(index), key[1]
        found = key in self.marks.found
        if key in self.marks.bad:
            return Cell(text or self._words("empty"), look_here="danger", found=True, tip=self.marks.bad[key][1])
        tone = self.marks.looks.get(key, "")
        if column is MatrixColumn.TIER and text[-1:] in ("1", "2", "3"):
            return Cell("", mark=int(text[-1]), look_here=tone, found=found, tip=text)
        if not text and column in EXPECTED and row.row is not None:
            return Cell(self._words("not set"), tone="soft", look_here=tone, found=found)
        return Cell(text, medium=column is MatrixColumn.NAME, look_here=tone, found=found)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(HEADS[column][0])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in COUNTED else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.rows[index.row()].caption:
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        can = COLUMNS[index.column()] not in COUNTED or self.key_at(index) in self.marks.bad
        return found | Qt.ItemFlag.ItemIsEditable if can else found


class MatrixDelegate(RowDelegate):
    """Captions over the whole width, cells with lines on both sides, an editor that keeps what is typed."""

    def __init__(self, view: MatrixGrid, typing: TypingFile) -> None:
        super().__init__(view)
        self._grid, self._typing = view, typing
        self.editor: Field | None = None
        self.typed: Typed | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        row = self._grid.model_.rows[index.row()]
        hair = look().measures.line.hairline
        if row.caption:
            painter.fillRect(rect, look().color("sunken"))
            painter.setFont(look().font("strong"))
            painter.setPen(look().color("ink"))
            inner = rect.adjusted(look().px(8), 0, -look().px(8), 0)
            painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, row.caption)
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), hair, look().color("hairline"))
            return
        super().paint(painter, option, index)
        painter.fillRect(rect.right(), rect.top(), hair, rect.height(), look().color("hairline"))

    def _hovered_row(self) -> int:
        return -1

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        key = self._grid.model_.key_at(index)
        self.editor = Field(name=self._grid.model_.spoken(index), kind="inline")
        self.editor.setParent(parent)
        self.editor.textChanged.connect(self._grid.typed.emit)
        self.typed = Typed(self.editor, typing_key(key), self._typing)
        return self.editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Once, when it opens: what comes from elsewhere later must not overwrite what is being typed."""
        if not editor.property("filled"):
            editor.setProperty("filled", True)
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, Field)
        typed, self.typed = self.typed, None
        if typed is not None:
            typed.flush()
        self._grid.finished(index, " ".join(editor.text().split()), typed)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Left by Esc: what was typed is let go."""
        if self.typed is not None:
            self.typed.forget()
        self.typed, self.editor = None, None
        super().destroyEditor(editor, index)


def typing_key(key: Key) -> str:
    return f"matrix:{key[0]}|{key[1]}"


class MatrixGrid(QTableView):
    """Arrows move, Tab goes right, Enter edits and then goes down, typing replaces, F2 edits, Esc lets go, Delete empties,
    Ctrl+C copies a block, Ctrl+Shift+C everything with its heads, Ctrl+V pastes one, Ctrl+D fills down.

    ``written`` carries cells as (key, text); ``pasted`` the same, rows beyond the last team, and
    heads that name no column.
    """

    written = Signal(object)
    pasted = Signal(object, object, object)
    refused = Signal(str)
    moved = Signal()
    typed = Signal(str)
    left = Signal(int)
    next_wanted = Signal()
    copied = Signal(int)

    def __init__(self, words: Words, typing: TypingFile, can_write: Callable[[], bool]) -> None:
        super().__init__()
        self._words, self._can_write = words, can_write
        self.model_ = MatrixModel(words, self)
        self.setModel(self.model_)
        self.delegate = MatrixDelegate(self, typing)
        self.setItemDelegate(self.delegate)
        self.frozen = FrozenColumn(self, words("Teams, first column"))
        self.setAccessibleName(words("Working-smarter matrix"))
        self._nothing = words(
            "No team yet. Copy the rows of your spreadsheet, with or without their heads, and press Ctrl+V here."
        )
        self.setProperty("ring", "own")
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setAccessibleName(words("Column heads"))
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, column in enumerate(COLUMNS):
            self.setColumnHidden(place, column in HIDDEN_AT_FIRST)
        self._drawn = self._spreading = False
        self._size()
        head.sectionResized.connect(self._resized)
        look().changed.connect(self._size)
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())

    def _size(self) -> None:
        head, rows = self.horizontalHeader(), self.verticalHeader()
        head.setFixedHeight(look().measures.height.table_head)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(look().measures.height.table_row)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._drawn = False
        for place, column in enumerate(COLUMNS):  # those that are hidden come with the room of their words
            if self.isColumnHidden(place):
                head.resizeSection(place, look().px(HEADS[column][1]))
        self.spread()

    def spread(self) -> None:
        """Columns of words share what room there is more, until a person has drawn one wider or narrower."""
        if self._drawn:
            return
        shown = [(place, COLUMNS[place]) for place in self.shown_columns]
        least = {place: look().px(HEADS[column][1]) for place, column in shown}
        growing = [place for place, column in shown if column not in _NUMBERS]
        more = max(0, self.viewport().width() - sum(least.values()) - 1)
        share = more / max(1, sum(least[place] for place in growing))
        self._spreading = True
        for place, width in least.items():
            self.horizontalHeader().resizeSection(place, width + (int(width * share) if place in growing else 0))
        self._spreading = False

    def _resized(self, _place: int, before: int, now: int) -> None:
        """A column that comes or goes takes its room from the others; only one that is drawn is a person's wish."""
        if self._spreading:
            return
        if before and now:
            self._drawn = True
        else:
            self.spread()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.model_.rows:  # nothing yet: what to do first
            painter = QPainter(self.viewport())
            painter.setFont(look().font("base"))
            painter.setPen(look().color("ink_soft"))
            side = look().px(8)
            area = self.viewport().rect().adjusted(side, look().px(16), -side, 0)
            painter.drawText(area, Qt.TextFlag.TextWordWrap, self._nothing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.spread()

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[GridRow], marks: Marks) -> None:
        """The cell under the cursor stays the same one."""
        index = self.currentIndex()
        key = self.model_.key_at(index) if index.isValid() and index.row() < len(self.model_.rows) else None
        if self.model_.show_rows(rows, marks):
            self.clearSpans()
            for place, row in enumerate(rows):
                if row.caption:
                    self.setSpan(place, 0, 1, len(COLUMNS))
            if key is not None and self.model_.place(key[0]) >= 0:
                self.go_to(key)
            else:
                self.choose_first()
        self.setAccessibleDescription("" if rows else self._nothing)
        self.viewport().update()

    @property
    def is_editing(self) -> bool:
        return self.state() == QAbstractItemView.State.EditingState

    @property
    def current_key(self) -> Key | None:
        index = self.currentIndex()
        return self.model_.key_at(index) if index.isValid() else None

    def choose_first(self) -> None:
        first = next((place for place, row in enumerate(self.model_.rows) if not row.caption), -1)
        if first >= 0:
            self.setCurrentIndex(self.model_.index(first, 0))

    def go_to(self, key: Key) -> None:
        row = self.model_.place(key[0])
        if row >= 0:
            place = COLUMNS.index(key[1])
            self.setColumnHidden(place, False)
            self.setCurrentIndex(self.model_.index(row, place))
            self.scrollTo(self.currentIndex())

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """A cell is in view only where the frozen column does not lie on it."""
        super().scrollTo(index, hint)
        left = self.visualRect(index).left()
        if index.column() and left < self.frozen.covers:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (self.frozen.covers - left))

    @property
    def shown_columns(self) -> list[int]:
        return [place for place in range(len(COLUMNS)) if not self.isColumnHidden(place)]

    # -- keys ---------------------------------------------------------------------------------------------------------

    def event(self, event: Any) -> bool:
        """F2 and Ctrl+D must not be taken by the window while the grid has the focus."""
        if event.type() == event.Type.ShortcutOverride:
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_F4) or (control and event.key() == Qt.Key.Key_D):
                event.accept()
                return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes cell by cell through a row; at its end it leaves the grid."""
        index = self.currentIndex()
        shown = self.shown_columns
        if index.isValid() and index.column() in shown:
            at = shown.index(index.column()) + (1 if forward else -1)
            if 0 <= at < len(shown):
                self.setCurrentIndex(self.model_.index(index.row(), shown[at]))
                return True
        return super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_editing:  # Enter of the open editor comes here too, before the editor is closed
            event.accept()
            return
        key = event.key()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.modifiers() & Qt.KeyboardModifier.ShiftModifier and key == Qt.Key.Key_C:
            self.copy_table()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_block()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_block(QGuiApplication.clipboard().text())
        elif control and key == Qt.Key.Key_D:
            self.fill_down()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and not control:
            self.start_editing()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.empty_cells()
        elif key == Qt.Key.Key_F4:
            self.next_wanted.emit()
        elif plain and event.text() and event.text().isprintable():
            if self.start_editing(fresh=True) and self.delegate.editor is not None:
                self.delegate.editor.setText(event.text())
        else:
            super().keyPressEvent(event)

    def start_editing(self, *, fresh: bool = False) -> bool:
        """``fresh`` starts with an empty cell, as typing over it does."""
        index = self.currentIndex()
        if not index.isValid() or not self._can_write():
            return False
        if not self.model_.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.refused.emit(self._words("Staff and hours are counted from members and meeting times."))
            return False
        self.edit(index)
        if fresh and self.delegate.editor is not None:
            self.delegate.editor.clear()
        return True

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter goes down, Tab right, Shift+Tab left."""
        index = self.currentIndex()
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        steps = {
            QAbstractItemDelegate.EndEditHint.SubmitModelCache: (1, 0),
            QAbstractItemDelegate.EndEditHint.EditNextItem: (0, 1),
            QAbstractItemDelegate.EndEditHint.EditPreviousItem: (0, -1),
        }
        if hint in steps and index.isValid():
            self._step(index, *steps[hint])
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.moved.emit()

    def _step(self, index: QModelIndex, down: int, right: int) -> None:
        row, column, shown = index.row() + down, index.column(), self.shown_columns
        while down and row < len(self.model_.rows) and self.model_.rows[row].caption:
            row += down
        if right:
            at = shown.index(column) + right
            column = shown[at] if 0 <= at < len(shown) else column
        if row < len(self.model_.rows):
            self.setCurrentIndex(self.model_.index(row, column))

    # -- blocks -------------------------------------------------------------------------------------------------------

    def _chosen(self) -> list[list[QModelIndex]]:
        """Selected cells row by row, captions and hidden columns left out."""
        rows: dict[int, list[QModelIndex]] = {}
        for index in self.selectionModel().selectedIndexes() or [self.currentIndex()]:
            if (
                index.isValid()
                and not self.isColumnHidden(index.column())
                and not self.model_.rows[index.row()].caption
            ):
                rows.setdefault(index.row(), []).append(index)
        return [sorted(rows[row], key=lambda each: each.column()) for row in sorted(rows)]

    def finished(self, index: Index, text: str, typed: Typed | None) -> None:
        """An editor was left with a text."""
        if text != self.model_.text(index) or self.model_.trouble(index):
            if typed is not None:
                typed.stop_waiting()
            self.written.emit([(self.model_.key_at(index), text)])
        elif typed is not None:
            typed.forget()

    def empty_cells(self) -> None:
        cells = [self.model_.key_at(each) for row in self._chosen() for each in row if self.model_.text(each)]
        cells = [key for key in cells if key[1] not in COUNTED and key[1] is not MatrixColumn.NAME]
        if cells and self._can_write():
            self.written.emit([(key, "") for key in cells])

    def copy_block(self) -> None:
        rows = tuple(tuple(self.model_.text(each) for each in row) for row in self._chosen())
        QGuiApplication.clipboard().setMimeData(formatted.block(rows, as_block(rows)))
        self.copied.emit(sum(len(row) for row in rows))

    def copy_table(self) -> None:
        """The whole matrix as it is shown, with its heads, for a document."""
        columns = [place for place in range(len(COLUMNS)) if not self.isColumnHidden(place)]
        heads = [self._words(HEADS[COLUMNS[place]][0]) for place in columns]
        rows = [n for n, row in enumerate(self.model_.rows) if not row.caption]
        cells = [[self.model_.text(self.model_.index(row, place)) for place in columns] for row in rows]
        QGuiApplication.clipboard().setMimeData(formatted.as_table([heads, *cells]))
        self.copied.emit(sum(len(row) for row in cells))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._words("Copy")).triggered.connect(self.copy_block)
        menu.addAction(self._words("Copy all as a table")).triggered.connect(self.copy_table)
        menu.popup(event.globalPos())

    def fill_down(self) -> None:
        """The first row of the selection into the rows under it; with one cell, what stands above it."""
        rows = self._chosen()
        if not rows or not self._can_write():
            return
        if len(rows) == 1:
            above = next(
                (row for row in range(rows[0][0].row() - 1, -1, -1) if not self.model_.rows[row].caption), None
            )
            if above is None:
                return
            rows = [[self.model_.index(above, each.column()) for each in rows[0]], *rows]
        cells = [
            (self.model_.key_at(into), self.model_.text(source))
            for row in rows[1:]
            for source, into in zip(rows[0], row, strict=True)
            if COLUMNS[into.column()] not in COUNTED and COLUMNS[into.column()] is not MatrixColumn.NAME
        ]
        if cells:
            self.written.emit(cells)

    def paste_block(self, text: str) -> None:
        """From the cell under the cursor, to the right over the columns shown and down over the teams shown."""
        index = self.currentIndex()
        if not text.strip() or not self._can_write():
            return
        cells = block(text)
        if len(cells) > 1 and (heads := columns_named(cells[0])):
            self._paste_by_heads(heads, cells)
            return
        shown = [place for place in self.shown_columns if place >= index.column()]
        wide = max(len(row) for row in cells)
        chosen = self._chosen()
        if len(cells) == 1 and wide == 1 and sum(len(row) for row in chosen) > 1:
            self.pasted.emit([(self.model_.key_at(each), cells[0][0]) for row in chosen for each in row], [], ())
            return
        if wide > len(shown):
            self.refused.emit(
                self._words(
                    "{n} columns do not fit from here. Nothing was pasted: start further left, or show more columns."
                ).format(n=wide - len(shown))
            )
            return
        teams = [row for row in range(max(0, index.row()), len(self.model_.rows)) if not self.model_.rows[row].caption]
        placed = [
            ((self.model_.rows[row].key, COLUMNS[column]), in_one_line(COLUMNS[column], cell))
            for row, line in zip(teams, cells, strict=False)
            for column, cell in zip(shown, line, strict=False)
        ]
        over = [
            {COLUMNS[column]: in_one_line(COLUMNS[column], cell) for column, cell in zip(shown, line, strict=False)}
            for line in cells[len(teams) :]
            if any(line)
        ]
        self.pasted.emit(placed, over, ())

    def _paste_by_heads(self, heads: Sequence[MatrixColumn | None], cells: Sequence[Sequence[str]]) -> None:
        """Rows with their heads: each cell into the column its head names, each row to the team of its name or as a new one."""
        names = [
            (row.row.text(MatrixColumn.NAME).casefold(), row.key) for row in self.model_.rows if row.row is not None
        ]
        keys = {name: key for name, key in names if sum(name == other for other, _ in names) == 1}
        placed, over = [], []
        for line in cells[1:]:
            texts = {
                column: in_one_line(column, cell)
                for column, cell in zip(heads, line, strict=False)
                if column is not None and column is not MatrixColumn.HOURS and cell
            }
            key = keys.get(texts.get(MatrixColumn.NAME, "").casefold())
            if key is not None:
                placed += [((key, column), cell) for column, cell in texts.items() if column is not MatrixColumn.NAME]
            elif texts:
                over.append(texts)
        without = tuple(head for head, column in zip(cells[0], heads, strict=False) if head and column is None)
        self.pasted.emit(placed, over, without)
