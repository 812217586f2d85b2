"""The caseload wall: one tall row for each place, its head fixed, the reason why it stands here in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QStyle, QStyleOptionViewItem

from mtss_desktop.base.folding import fold
from mtss_desktop.base.words import Words, said
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import CELL, Cell, RowDelegate
from mtss_desktop.ui.panes.schools.mini_chart import paint_fidelity
from mtss_desktop.ui.panes.schools.words import (
    about,
    fidelity_line,
    held,
    last_visit,
    newest_percent,
    next_meeting,
    why_sentence,
)
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.schools import SchoolLine

Index = QModelIndex | QPersistentModelIndex
FOLDS = (("problems", 940), ("held", 820), ("fidelity", 720), ("actions", 640), ("visit", 520))
"""Columns that go, and the width of the wall in pixels at 100 % under which they do: the card and the page hold them, too."""

USUAL_WIDTH = 1048
"""Width of the wall in pixels at 100 % at which the columns are as wide as drawn; a wider wall spreads them."""


class Wall(RecordTable[SchoolLine]):
    """Up and Down choose, Enter opens. ``arrange`` sorts by need or by name."""

    def __init__(self, words: Words) -> None:
        self.words, self.today, self._height = words, date.min, 0
        super().__init__(self._columns(), key=lambda line: line.id, name=words("Schools"), row_height="wall_row")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(WallDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        look().changed.connect(self._widen)

    def be_high(self, height: int) -> None:
        """At most so high; less where what stands around it needs the room."""
        if height != self._height:
            self._height = height
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height)

    def _columns(self) -> list[Column[SchoolLine]]:
        words = self.words
        visit = words("Last visit, next meeting")
        far = date.min
        return [
            Column(
                "school", words("School and why it is here"), self._school, lambda each: fold(each.name), may_hide=False
            ),
            Column("visit", visit, self._visit, lambda each: each.last_visit or far, width=196),
            Column("fidelity", words("Fidelity, with criterion"), self._fidelity, newest_percent, width=184),
            Column("actions", words("Actions"), self._actions, lambda each: each.late, width=96),
            Column("problems", words("Problems"), self._problems, lambda each: each.problems, width=96),
            Column("held", words("Meetings held"), self._held, lambda each: each.held, width=136),
        ]

    def show_lines(self, words: Words, lines: Sequence[SchoolLine], today: date) -> None:
        self.words, self.today = words, today
        self.show_records(lines)
        self.viewport().update()

    def arrange(self, by: str) -> None:
        """``by`` is "need" (as it came) or "name"."""
        self._sort_column = 0 if by == "name" else -1
        self._sort_order = Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicatorShown(False)
        self._arrange()

    # -- cells: the same words for the eye, the ear and the clipboard ---------------------------------------------------

    def _school(self, line: SchoolLine) -> Cell:
        why = why_sentence(self.words, line)
        return Cell(line.name, state=f"{why}, {about(self.words, line)}", tip=f"{line.name}: {why}")

    def _visit(self, line: SchoolLine) -> Cell:
        return Cell(f"{last_visit(self.words, line, self.today)}; {next_meeting(self.words, line, self.today)}")

    def _fidelity(self, line: SchoolLine) -> Cell:
        text = fidelity_line(self.words, line)
        return Cell(text, tip=text)

    def _actions(self, line: SchoolLine) -> Cell:
        return Cell(self.words("{late} late, {all} open").format(late=line.late, all=line.open_actions))

    def _problems(self, line: SchoolLine) -> Cell:
        return Cell(self.words("{n} open").format(n=line.problems))

    def _held(self, line: SchoolLine) -> Cell:
        return Cell(held(self.words, line))

    # -- looks ----------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widen()

    def _widen(self) -> None:
        """A wide page gives its columns more room."""
        keys = [column.key for column in self.rows.columns]
        for key, least in FOLDS:
            self.setColumnHidden(keys.index(key), self.width() < look().px(least))
        wider = min(1.6, max(1.0, self.width() / look().px(USUAL_WIDTH)))
        for place, column in enumerate(self.rows.columns):
            if column.width:
                self.horizontalHeader().resizeSection(place, round(look().px(column.width) * wider))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        index = self.currentIndex()
        if not self.hasFocus() or not index.isValid():
            return
        row = self.visualRect(self.rows.index(index.row(), 0))
        width = look().measures.line.focus
        painter = QPainter(self.viewport())
        role = "selection_ink" if look().theme.is_contrast else "focus"
        painter.setPen(QPen(look().color(role), width))
        ring = QRectF(0, row.top(), self.viewport().width(), row.height())
        painter.drawRect(ring.adjusted(width / 2, width / 2, -width / 2, -width / 2))


class WallDelegate(RowDelegate):
    """Two or three lines in a cell; the ring goes around the row and is drawn by the wall."""

    def __init__(self, wall: Wall) -> None:
        super().__init__(wall)
        self._wall = wall

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        column = self._wall.rows.columns[index.column()]
        line = self._wall.rows.record(index)
        painter.save()
        self._ground(painter, rect, index, index.data(CELL), selected=selected)
        area = rect.adjusted(look().px(8), 0, -look().px(8), 0)
        match column.key:
            case "school":
                self._school(painter, area, line, selected)
            case "visit":
                self._visit(painter, area, line, selected)
            case "fidelity":
                paint_fidelity(painter, area, self._wall.words, line.fidelity, selected)
            case "actions":
                self._actions(painter, area, line, selected)
            case "problems":
                text = self._wall.words("{n} open").format(n=line.problems)
                _stacked(painter, area, [(text, "base", "ink" if line.problems else "ink_soft")], selected)
            case "held":
                self._held(painter, area, line, selected)
        painter.restore()

    def _school(self, painter: QPainter, area: QRect, line: SchoolLine, selected: bool) -> None:
        words = self._wall.words
        fits = QFontMetrics(look().font("strong")).horizontalAdvance(line.name) <= area.width()
        name = line.name if fits or not line.short_name else line.short_name  # cut off, many schools begin alike
        rows = [
            (name, "strong", "ink"),
            (why_sentence(words, line), "base", "ink"),
            (about(words, line), "caption", "ink_soft"),
        ]
        _stacked(painter, area, rows, selected)

    def _visit(self, painter: QPainter, area: QRect, line: SchoolLine, selected: bool) -> None:
        words, today = self._wall.words, self._wall.today
        rows = [
            (last_visit(words, line, today), "base", "ink" if line.last_visit else "warning"),
            (next_meeting(words, line, today), "caption", "ink_soft" if line.next_meeting else "warning"),
        ]
        _stacked(painter, area, rows, selected)

    def _actions(self, painter: QPainter, area: QRect, line: SchoolLine, selected: bool) -> None:
        words = self._wall.words
        late = words.say(said("{n} late", n=line.late))
        rows = [
            (late, "strong" if line.late else "base", "danger" if line.late else "ink"),
            (words.say(said("{n} open", n=line.open_actions)), "caption", "ink_soft"),
        ]
        _stacked(painter, area, rows, selected)

    def _held(self, painter: QPainter, area: QRect, line: SchoolLine, selected: bool) -> None:
        """A bar of what was planned to today, and the numbers: color never alone."""
        tall, gap = look().px(8), look().px(8)
        text = look().line("caption")
        top = area.center().y() - (tall + gap + text) // 2
        if line.planned:
            bar = QRect(area.left(), top, min(look().px(96), area.width()), tall)
            ink = look().color("selection_ink" if selected and look().theme.is_contrast else "series1")
            if (
                look().theme.is_contrast
            ):  # there the ground says selected: the bar is an outline, what was held fills it
                painter.setPen(QPen(ink, look().measures.line.hairline))
                painter.drawRect(bar)
            else:
                painter.fillRect(bar, look().color("surface" if selected else "selection"))
            done = bar.width() * min(line.held, line.planned) // line.planned
            painter.fillRect(QRect(bar.left(), top, done, tall), ink)
        below = QRect(area.left(), top + tall + gap, area.width(), text)
        _one(painter, below, held(self._wall.words, line), "caption", "ink_soft", selected)


def _stacked(painter: QPainter, area: QRect, rows: Sequence[tuple[str, str, str]], selected: bool) -> None:
    """Lines of (text, kind, token) in the middle of a cell."""
    top = area.center().y() - sum(look().line(kind) for _, kind, _ in rows) // 2
    for text, kind, role in rows:
        tall = look().line(kind)
        _one(painter, QRect(area.left(), top, area.width(), tall), text, kind, role, selected)
        top += tall


def _one(painter: QPainter, area: QRect, text: str, kind: str, role: str, selected: bool) -> None:
    plain = role in ("ink", "ink_soft") or look().theme.is_contrast
    painter.setFont(look().font(kind))
    painter.setPen(look().color("selection_ink" if selected and plain else role))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
