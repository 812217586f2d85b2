"""An instrument over time in one place: one chart, what moved and what was done for it, and the parts as small charts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.figures import Figure
from mtss_desktop.ui.kit.asking import Asking
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.figure_box import FigureBox
from mtss_desktop.ui.kit.figure_view import FigureView
from mtss_desktop.ui.kit.layouts import Hanging, box, column, row, scrolling
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.theme import look

CHART, SMALL, SIDE = 300, 104, 288
"""Pixels at 100 %: height of the chart and of a small one, width of the column at the right."""
UNDER_BELOW = 860
"""Width of the page under which the small charts stand below."""


@dataclass(frozen=True)
class Moved:
    """An item between two administrations. ``move`` is its direction in words, ``stuck`` that it stands for the third time."""

    number: str
    label: str
    values: str
    move: str
    change: int
    done: str
    hours: float
    stuck: bool = False


@dataclass(frozen=True)
class TrendShown:
    """``figure`` is None before there are two administrations with a percent; ``small`` are (title, figure)."""

    title: str
    sentence: str
    figure: Figure | None
    aside: str = ""
    moved_title: str = ""
    moved_head: str = ""
    moved: tuple[Moved, ...] = ()
    small: tuple[tuple[str, Figure], ...] = ()
    small_note: str = ""
    nothing: str = ""


class TrendView(QWidget):
    """``opened`` carries the number of an item whose ratings are wanted."""

    opened = Signal(str)
    noticed = Signal(object)

    def __init__(self, words: Words, asking: Callable[[], Asking]) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self.shown: TrendShown | None = None
        self.chart = FigureBox(words, asking, stem="look-fors over time")
        self.chart.noticed.connect(self.noticed)
        self.moved_title, self.moved_count = Prose("", "heading", "ink"), label("", "caption")
        self.table: RecordTable[Moved] = RecordTable(
            self._columns(""), key=lambda each: each.number, name=words("What moved")
        )
        self.table.opened.connect(lambda chosen: self.opened.emit(chosen[0].number))
        self.small_title, self.small_note = label(words("Parts"), "heading"), Prose("", "caption")
        self._small_charts: dict[str, tuple[QWidget, FigureView]] = {}
        self._small = column(spacing=look().px(4))
        self.nothing = EmptyState(words("The first trend needs a finished rating"), "")
        self._build()

    def _columns(self, head: str) -> list[Column[Moved]]:
        words = self._words

        def done(each: Moved) -> Cell:
            if each.stuck:
                told = words("third time without a move")
                return Cell(f"{told}: {each.done}" if each.done else told, tone="warning", medium=True)
            return Cell(each.done or words("No action in this period"), tone="soft")

        def move(each: Moved) -> Cell:
            return Cell(f"{each.values}  {each.move}")

        def hours(each: Moved) -> Cell:
            return Cell(words("{n} h").format(n=f"{each.hours:g}"))

        return [
            Column("item", words("Item"), lambda each: Cell(each.number), width=56),
            Column("label", words("Look-for"), lambda each: Cell(each.label, tip=each.label)),
            Column("move", head or words("Last two"), move, lambda each: -each.change, width=128),
            Column("done", words("Actions taken"), done),
            Column("hours", words("Hours"), hours, lambda each: each.hours, width=72, right=True),
        ]

    def _build(self) -> None:
        space, px = look().measures.space, look().px
        head = row(self.moved_title, self.moved_count, spacing=space.s1)
        head.setStretch(0, 1)
        self._main = box(
            column(self.chart, px(12), head, Hanging(self.table), margins=(space.s3, 0, space.s3, space.s3))
        )
        side = column(
            self.small_title,
            self.small_note,
            self._small,
            None,
            spacing=px(4),
            margins=(space.s3, px(4), space.s3, space.s2),
        )
        self._side = box(side)
        self._rule = hairline(Qt.Orientation.Vertical)
        self._columns_row = row(self._main, self._rule, self._side)
        self._columns_row.setStretch(0, 1)
        self._page = scrolling(box(self._columns_row), self._words("Over time"))
        self._empty = box(column(self.nothing, margins=(space.s3, 0, space.s3, 0)))
        whole = column(self._page, self._empty)
        self.setLayout(whole)
        self._fit()
        look().changed.connect(self._fit)

    def show_trend(self, shown: TrendShown) -> None:
        self.shown = shown
        self._page.setVisible(shown.figure is not None or bool(shown.moved))
        self._empty.setVisible(shown.figure is None and not shown.moved)
        self.nothing.say(self.nothing.heading.text(), shown.nothing)
        self.chart.setVisible(shown.figure is not None)
        if shown.figure is not None:
            self.chart.show_figure(shown.figure, aside=shown.aside)
        self.moved_title.setText(shown.moved_title)
        self.moved_count.setText(self._words("{n} items").format(n=len(shown.moved)) if shown.moved else "")
        for part in (self.moved_title, self.moved_count, self.table):
            part.setVisible(bool(shown.moved))
        self.table.rows.columns[2] = self._columns(shown.moved_head)[2]
        self.table.horizontalHeader().viewport().update()
        self.table.show_records(shown.moved)
        self.table.setFixedHeight(self.table.whole_height())
        self._show_small(shown)
        self._fit()

    def _show_small(self, shown: TrendShown) -> None:
        self.small_note.setText(shown.small_note)
        self.small_note.setVisible(bool(shown.small_note))
        wanted = {title for title, _ in shown.small}
        for title in [title for title in self._small_charts if title not in wanted]:
            gone, _ = self._small_charts.pop(title)
            self._small.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for title, figure in shown.small:
            if title not in self._small_charts:
                view = FigureView(self._words)
                view.setFixedHeight(look().px(SMALL))
                made = box(column(label(title, "medium"), view))
                self._small.addWidget(made)
                self._small_charts[title] = (made, view)
            chart = self._small_charts[title][1]
            if chart.figure != figure:
                chart.show_figure(figure)

    def _fit(self) -> None:
        px, under = look().px, self.width() < look().px(UNDER_BELOW)
        small = bool(self.shown is not None and self.shown.small)
        self._side.setVisible(small)
        self._rule.setVisible(small and not under)
        way = QBoxLayout.Direction.TopToBottom if under else QBoxLayout.Direction.LeftToRight
        if self._columns_row.direction() != way:
            self._columns_row.setDirection(way)
        if under:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)
        else:
            self._side.setFixedWidth(px(SIDE))
        self.chart.view.setFixedHeight(px(CHART))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def columns(self) -> tuple[QWidget, ...]:
        if self._empty.isVisibleTo(self):
            return (self.nothing.button,) if self.nothing.button.isVisibleTo(self) else ()
        found: list[QWidget] = [self.chart.view] if self.chart.isVisibleTo(self) else []
        return (*found, *((self.table,) if self.table.isVisibleTo(self) else ()))
