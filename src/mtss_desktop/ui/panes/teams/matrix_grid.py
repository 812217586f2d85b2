"""The grid of the working-smarter matrix: what is shown of it, how wide, and the keys of a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.team_matrix import MatrixColumn, as_block, block, columns_named
from mtss_desktop.ui.kit import formatted
from mtss_desktop.ui.kit.typed import Typed, TypingFile
from mtss_desktop.ui.panes.teams.frozen_column import FrozenColumn
from mtss_desktop.ui.panes.teams.matrix_blocks import (
    Pasted,
    filled_down,
    may_be_written_over,
    pasted_by_heads,
    pasted_from,
)
from mtss_desktop.ui.panes.teams.matrix_cells import (
    COLUMNS,
    HEADS,
    HIDDEN_AT_FIRST,
    GridRow,
    Index,
    Key,
    Marks,
    MatrixModel,
)
from mtss_desktop.ui.panes.teams.matrix_delegate import MatrixDelegate
from mtss_desktop.ui.theme import look

_NUMBERS = frozenset({MatrixColumn.TIER, MatrixColumn.STAFF, MatrixColumn.HOURS, MatrixColumn.DECISION})


class MatrixGrid(QTableView):
    """Arrows move, Tab goes right, Enter edits and then goes down, typing replaces, F2 edits, Esc lets go, Delete empties,
    Ctrl+C copies a block, Ctrl+Shift+C everything with its heads, Ctrl+V pastes one, Ctrl+D fills down.

    ``written`` carries cells as (key, text), ``pasted`` a block and where it goes.
    """

    written = Signal(object)
    pasted = Signal(object)
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
        self.delegate = MatrixDelegate(self, self.model_, typing)
        self.delegate.typed_text.connect(self.typed)
        self.delegate.finished.connect(self._finished)
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

    def _finished(self, index: Index, text: str, typed: Typed | None) -> None:
        """An editor was left with a text."""
        if text != self.model_.text(index) or self.model_.trouble(index):
            if typed is not None:
                typed.stop_waiting()
            self.written.emit([(self.model_.key_at(index), text)])
        elif typed is not None:
            typed.forget()

    def empty_cells(self) -> None:
        cells = [self.model_.key_at(each) for row in self._chosen() for each in row if self.model_.text(each)]
        cells = [key for key in cells if may_be_written_over(key)]
        if cells and self._can_write():
            self.written.emit([(key, "") for key in cells])

    def copy_block(self) -> None:
        rows = tuple(tuple(self.model_.text(each) for each in row) for row in self._chosen())
        QGuiApplication.clipboard().setMimeData(formatted.block(rows, as_block(rows)))
        self.copied.emit(sum(len(row) for row in rows))

    def copy_table(self) -> None:
        """The whole matrix as it is shown, with its heads, for a document."""
        columns = self.shown_columns
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
        if rows and self._can_write() and (cells := filled_down(self.model_, rows)):
            self.written.emit(cells)

    def paste_block(self, text: str) -> None:
        """By its heads where it has some; one cell into all that are chosen; else from the cell under the cursor."""
        if not text.strip() or not self._can_write():
            return
        lines = block(text)
        if len(lines) > 1 and (heads := columns_named(lines[0])):
            self.pasted.emit(pasted_by_heads(self.model_, heads, lines))
            return
        index = self.currentIndex()
        shown = [place for place in self.shown_columns if place >= index.column()]
        wide = max(len(line) for line in lines)
        chosen = [each for row in self._chosen() for each in row]
        if len(lines) == 1 and wide == 1 and len(chosen) > 1:
            self.pasted.emit(Pasted([(self.model_.key_at(each), lines[0][0]) for each in chosen]))
        elif wide > len(shown):
            too_wide = self._words(
                "{n} columns do not fit from here. Nothing was pasted: start further left, or show more columns."
            )
            self.refused.emit(too_wide.format(n=wide - len(shown)))
        else:
            self.pasted.emit(pasted_from(self.model_, index.row(), shown, lines))
