"""A group as small charts on one scale, three beside each other: arrows go from chart to chart, Enter opens one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLabel, QSizePolicy, QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain import charts
from mtss_desktop.domain.figure_layout import lay_out
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.growth import Decision
from mtss_desktop.ui.kit.asking import Asking
from mtss_desktop.ui.kit.buttons import Button, Segmented
from mtss_desktop.ui.kit.chips import StatusChip
from mtss_desktop.ui.kit.figure_key import FigureKey
from mtss_desktop.ui.kit.figure_look import small_look, text_measure
from mtss_desktop.ui.kit.figure_view import save_figure
from mtss_desktop.ui.kit.formatted import of_figure
from mtss_desktop.ui.kit.layouts import FlowLayout, box, column, row, scrolling
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.kit.statement import Statement
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.kit.where_from import OpenImport, WhereFromView
from mtss_desktop.ui.panes.data.deciding import DecideForm
from mtss_desktop.ui.panes.data.figure_panel import PICTURES
from mtss_desktop.ui.panes.data.words import file_stem, source_line, verdict
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.data import GroupView, ProgressLine
from mtss_desktop.usecases.data_plans import Asker

if TYPE_CHECKING:
    from mtss_desktop.domain.figure_shapes import Layout

MOST = 9
"""Charts on one page; further students stand in the list and on the next page."""
CHART = 196
ACROSS_FROM = 230
"""Least width of a chart, in pixels at 100 %."""
PICTURE = (1080.0, 720.0)


class ChartCell(QAbstractButton):
    """One student: name, verdict as a chip, arithmetic, chart. Painted, so that nine cost little."""

    stepped = Signal(int, int)
    decide_wanted = Signal(bool)
    """D for this one, Shift+D (True) for all that are marked Change."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.line: ProgressLine | None = None
        self.figure: Figure | None = None
        self._layout: Layout | None = None
        self.chip = StatusChip("")
        self.chip.setParent(self)
        self.chip.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "own")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look().changed.connect(self._changed)

    def show_line(self, line: ProgressLine, figure: Figure, place: str) -> None:
        """``place`` says where in the page it stands, for screen readers."""
        self.line, self.figure, self._layout = line, figure, None
        text, tone, icon = verdict(self.words, line)
        self.chip.say(text, tone=tone, icon=icon)
        self.setAccessibleName(f"{line.shown}, {text}, {self.words.say(line.aside)}, {place}")
        self.setAccessibleDescription(f"{self.words.say(figure.alt)} {self.words.say(line.sentence)}")
        self.setText(line.shown)
        self.setToolTip(f"{self.words.say(line.aside)}. {self.words.say(line.sentence)}")
        self._place_chip()
        self.update()

    def _changed(self) -> None:
        self._layout = None
        self.updateGeometry()
        self._place_chip()

    def sizeHint(self) -> QSize:
        return QSize(look().px(ACROSS_FROM), look().px(CHART) + self._head())

    def _head(self) -> int:
        return look().measures.height.chip + look().line() + look().px(16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._layout = None
        self._place_chip()

    def _place_chip(self) -> None:
        self.chip.adjustSize()
        self.chip.move(self.width() - self.chip.width() - look().px(8), look().px(6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.line is None or self.figure is None:
            return
        painter = QPainter(self)
        pad, chip = look().px(8), look().measures.height.chip
        name = QRect(pad, look().px(6), self.chip.x() - 2 * pad, chip)
        painter.setFont(look().font("strong"))
        painter.setPen(look().color("ink"))
        shown = painter.fontMetrics().elidedText(self.line.shown, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setFont(look().font())
        painter.setPen(look().color("ink_soft"))
        aside = QRect(pad, name.bottom() + 1, self.width() - 2 * pad, look().line())
        words = painter.fontMetrics().elidedText(
            self.words.say(self.line.aside), Qt.TextElideMode.ElideRight, aside.width()
        )
        painter.drawText(aside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        self._paint_chart(painter, pad)
        if self.hasFocus():
            self._paint_ring(painter)

    def _paint_chart(self, painter: QPainter, pad: int) -> None:
        from mtss_desktop.ui.kit.figure_scene import paint

        assert self.figure is not None
        top = self._head()
        if self._layout is None:
            width, height = float(self.width() - 2 * pad), float(self.height() - top - pad)
            self._layout = lay_out(self.figure, width, height, self.words, small_look(), text_measure())
        painter.save()
        painter.translate(pad, top)
        paint(painter, self._layout)
        painter.restore()

    def _paint_ring(self, painter: QPainter) -> None:
        width, radius = look().measures.line.focus, look().measures.radius.item
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().color("focus"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        if event.key() in steps:
            self.stepped.emit(*steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_D:
            self.decide_wanted.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()


class GroupPage(QWidget):
    """``opened`` carries the key of a student whose chart is wanted."""

    opened = Signal(int)
    noticed = Signal(object)
    decide_one = Signal(int)
    decide_all = Signal()

    def __init__(self, words: Words, asking: Callable[[], Asking], way: OpenImport, typing: TypingFile) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.words, self._asking = words, asking
        self.view: GroupView | None = None
        self.first = 0
        self.about = ""
        self.statement = Statement()
        self.order = Segmented((("list", words("As listed")), ("distance", words("By distance"))), words("Order"))
        self.order.picked.connect(lambda _: self._reorder())
        self.back, self.on = Button(words("Back"), lambda: self._turn(-1)), Button(words("Next"), lambda: self._turn(1))
        self.deciding = DecideForm(words, typing, across=True)
        self.deciding.left.connect(self.close_deciding)
        self.deciding.hide()
        self.decide_button = Button(words("Decide for all marked Change"), self.decide_all.emit)
        self.where = WhereFromView(words, way)
        self.where_button = self._tool("ph.info", words("Where do these numbers come from?"), self.toggle_where)
        self.table_button = self._tool("ph.table", words("Show as table"), self.toggle_table)
        self.copy_button = self._tool("ph.copy", words("Copy as text"), self.copy)
        self.save_button = self._tool("ph.download-simple", words("Save as picture"), self.save)
        self.cells: list[ChartCell] = []
        self.spots: list[tuple[int, int]] = []
        self.headings: list[QLabel] = []
        self._grid = QGridLayout()
        self.charts = box(self._grid)
        self.table: RecordTable[ProgressLine] = RecordTable(
            self._columns(), key=lambda line: str(line.student), name=words("Students of the group")
        )
        self.table.opened.connect(lambda lines: self.opened.emit(lines[0].student))
        self.table.hide()
        self.key = FigureKey(words)
        self.count = label("", "caption")
        self._build()

    def _tool(self, icon: str, name: str, act: Callable[[], object]) -> Button:
        return Button("", act, kind="quiet", size="small", icon_name=icon, name=name)

    def _columns(self) -> list[Column[ProgressLine]]:
        words = self.words
        return [
            Column("student", words("Student"), lambda line: Cell(line.shown, medium=True), width=112),
            Column("grade", words("Grade"), lambda line: Cell(line.grade), width=56),
            Column("last", words("Last"), lambda line: Cell(_number(words, line.last)), width=56, right=True),
            Column("goal", words("Goal"), lambda line: Cell(_number(words, line.goal)), width=56, right=True),
            Column("verdict", words("Verdict"), self._verdict, width=112),
            Column(
                "why",
                words("What the rule says"),
                lambda line: Cell(words.say(line.sentence), tip=words.say(line.sentence)),
            ),
        ]

    def _verdict(self, line: ProgressLine) -> Cell:
        text, tone, icon = verdict(self.words, line)
        return Cell(text, tone or "soft", icon)

    def _build(self) -> None:
        space = look().measures.space
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(space.s2)
        self._grid.setVerticalSpacing(space.s1)
        buttons = (self.where_button, self.table_button, self.copy_button, self.save_button)
        ways = FlowLayout(space.s1)  # one under another where the page is narrow
        ways.addWidget(self.order)
        ways.addWidget(self.decide_button)
        tools = row(box(ways), *buttons)
        tools.setStretch(0, 1)
        foot = row(self.count, None, self.back, self.on, spacing=space.s1)
        parts = (self.charts, self.table, space.s1, self.key, foot, None)
        content = box(column(self.statement, space.s2, tools, self.where, space.s1, self.deciding, space.s1, *parts))
        layout = content.layout()
        assert layout is not None
        layout.setContentsMargins(space.s3, look().px(4), space.s3, space.s3)
        self.setLayout(column(scrolling(content, self.words("Group"))))

    # -- content ------------------------------------------------------------------------------------------------------

    def show_view(self, view: GroupView) -> None:
        before = self.view
        self.view = view
        if before is None or _about(before) != _about(view):
            self.first = 0
        self.statement.say(self.words.say(view.statement), self.words.say(view.detail))
        self.where.show_sources(view.where_from)
        self._arrange()

    def _shown(self) -> list[tuple[ProgressLine, Figure]]:
        """All pairs in the order that is wanted: furthest below the line first, or as the list has them."""
        if self.view is None:
            return []
        figures = self.view.by_grade if self._has_grades else self.view.figures
        pairs = list(zip(self.view.group, figures, strict=True))
        if self.order.chosen == "distance":
            pairs.sort(key=lambda pair: (pair[0].off is None, pair[0].off or 0.0))
        return pairs

    @property
    def _has_grades(self) -> bool:
        """As listed, several grades stand one under another, each with its heading and on its own scale."""
        grades = {line.grade for line in self.view.group} if self.view is not None else set()
        return self.order.chosen == "list" and len(grades) > 1

    def _page(self) -> list[tuple[ProgressLine, Figure]]:
        return self._shown()[self.first : self.first + MOST]

    def _reorder(self) -> None:
        self.first = 0
        self._arrange()

    def _turn(self, by: int) -> None:
        self.first = max(0, self.first + by * MOST)
        self._arrange()

    def _arrange(self) -> None:
        page, all_ = self._page(), self._shown()
        while len(self.cells) < len(page):
            self._add_cell()
        self._say_grades()
        for place, cell in enumerate(self.cells):
            cell.setVisible(place < len(page))
            if place < len(page):
                at = self.words("{n} of {total}").format(n=self.first + place + 1, total=len(all_))
                cell.show_line(*page[place], at)
        self.table.show_records([line for line, _ in all_])
        self.table.setFixedHeight(self.table.whole_height())
        self.key.show_figure(self.figure if page and not self.table.isVisible() else None)
        self._say_count(len(page), len(all_))

    def _say_count(self, page: int, all_: int) -> None:
        first, last = self.first + 1, self.first + page
        scale = "{first} to {last} of {n}. Same scale in all."
        if self._has_grades:
            scale = "{first} to {last} of {n}. Same scale within a grade."
        self.count.setText(self.words.say(said(scale, first=first, last=last, n=all_)))
        more = all_ > MOST and not self.table.isVisible()
        self.back.setVisible(more)
        self.on.setVisible(more)
        self.back.allow(self.first > 0, self.words("These are the first"))
        self.on.allow(last < all_, self.words("These are the last"))

    def _add_cell(self) -> None:
        cell, at = ChartCell(self.words), len(self.cells)
        cell.clicked.connect(lambda _checked=False: self.opened.emit(cell.line.student if cell.line else 0))
        cell.stepped.connect(lambda x, y: self._step(at, x, y))
        cell.decide_wanted.connect(lambda every: self._decide(at, every=every))
        self.cells.append(cell)

    def _decide(self, at: int, *, every: bool) -> None:
        line = self.cells[at].line
        if every:
            self.decide_all.emit()
        elif line is not None:
            self.decide_one.emit(line.student)

    def allow_deciding(self, may_write: bool) -> None:
        """Only where something can be written, and somebody's rule says change."""
        n = sum(line.decision is Decision.CHANGE for line in self.view.group) if self.view is not None else 0
        words = self.words
        self.decide_button.say(words.say(said("Decide for {n} marked Change", n=n)))
        self.decide_button.setVisible(may_write and n > 0)

    def open_deciding(
        self,
        students: Sequence[int],
        measure: int,
        askers: Sequence[Asker],
        today: date,
        heading: str,
        advised: Decision | None,
    ) -> None:
        """Over the charts; the focus is on the decision."""
        self.deciding.open(students, measure, askers, today, advised=advised, heading=heading)
        self.deciding.show()
        self.deciding.step.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_deciding(self) -> None:
        """What was typed waits; the focus goes back to the charts."""
        if self.deciding.isHidden():
            return
        self.deciding.hide()
        if self.cells and self.isVisible():
            self.cells[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def across(self) -> int:
        room = self.width() - 2 * look().measures.space.s3
        return max(1, min(3, room // look().px(ACROSS_FROM)))

    def _place_cells(self) -> None:
        across = self.across()
        self.spots = self._spots(across)
        for cell, (line, column_) in zip(self.cells, self.spots, strict=True):
            self._grid.addWidget(cell, 2 * line + 1, column_)  # even lines are for the headings
        for place in range(3):
            self._grid.setColumnStretch(place, 1 if place < across else 0)
        for heading, (line, _) in zip(self.headings, self._firsts(), strict=False):
            self._grid.addWidget(heading, 2 * line, 0, 1, 3)

    def _spots(self, across: int) -> list[tuple[int, int]]:
        """Line and column of each cell: a grade begins a line where the grades stand one under another."""
        page, spots = self._page(), list[tuple[int, int]]()
        for place in range(len(self.cells)):
            line, column_ = spots[-1] if spots else (0, -1)
            new = self._has_grades and 0 < place < len(page) and page[place][0].grade != page[place - 1][0].grade
            spots.append((line + 1, 0) if new or column_ + 1 >= across else (line, column_ + 1))
        return spots

    def _firsts(self) -> list[tuple[int, str]]:
        """Line and grade where a grade begins on this page."""
        if not self._has_grades:
            return []
        page = self._page()
        grades = [line.grade for line, _ in page]
        begins = [at for at, grade in enumerate(grades) if at == 0 or grade != grades[at - 1]]
        return [(self.spots[at][0], grades[at]) for at in begins]

    def _say_grades(self) -> None:
        self.spots = self._spots(self.across())
        firsts = self._firsts()
        while len(self.headings) < len(firsts):
            self.headings.append(label("", "strong"))
        self._place_cells()  # before they are shown: what has no place would be a window of its own
        for at, heading in enumerate(self.headings):
            heading.setVisible(at < len(firsts))
            if at < len(firsts):
                grade = firsts[at][1]
                named = self.words("Grade {grade}").format(grade=grade)
                heading.setText(named if grade else self.words("Grade not known"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cells()

    def _step(self, at: int, across: int, down: int) -> None:
        line, column_ = self.spots[at]
        shown = self.spots[: len(self._page())]
        if across:
            there = at + across
        else:
            near = [(abs(spot[1] - column_), place) for place, spot in enumerate(shown) if spot[0] == line + down]
            there = min(near)[1] if near else -1
        if 0 <= there < len(shown):
            self.cells[there].setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what leaves --------------------------------------------------------------------------------------------------

    @property
    def figure(self) -> Figure:
        """The charts of this page as one figure, for what leaves the window."""
        assert self.view is not None
        figures = [figure for _, figure in self._page()]
        title = self.view.measure.name if self.view.measure is not None else ""
        alt = said("{n} line charts on one scale. {finding}", n=len(figures), finding=self.view.statement)
        if self._has_grades:
            alt = said(
                "{n} line charts, each grade on its own scale. {finding}", n=len(figures), finding=self.view.statement
            )
        shared = not self._has_grades
        return charts.small_multiples(title, figures, alt=alt, finding=self.view.statement, shared=shared)

    def toggle_where(self) -> None:
        self.where.setVisible(self.where.isHidden())

    def toggle_table(self) -> None:
        shown = self.table.isHidden()
        self.table.setVisible(shown)
        self.charts.setVisible(not shown)
        self.table_button.show_icon("ph.chart-line" if shown else "ph.table")
        self.key.show_figure(None if shown else self.figure)
        self._say_count(len(self._page()), len(self._shown()))
        (self.table if shown else self.cells[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def copy(self) -> None:
        if self.view is not None and self.view.figures:
            QGuiApplication.clipboard().setMimeData(of_figure(self.figure, self.words))
            self.noticed.emit(Notice(self.words("Copied: {title}").format(title=self.words.write(self.figure.title))))

    def save(self) -> None:
        if self.view is None or not self.view.figures:
            return
        stem = file_stem(["group progress", self.view.place])
        path = self._asking().where_to_save(self, self.words("Save as picture"), Path.home() / f"{stem}.png", PICTURES)
        if path is not None:
            self._write(path if path.suffix.lower() in (".png", ".svg") else path.with_suffix(".png"))

    def _write(self, path: Path) -> None:
        assert self.view is not None
        source = " \u00b7 ".join((self.about, source_line(self.words, self.view.where_from)))
        try:
            save_figure(self.figure, path, self.words, PICTURE, source)
        except OSError:
            sentence = self.words("The picture could not be written there. Choose another folder.")
            self.noticed.emit(Notice(sentence, tone="danger"))
            return
        self.noticed.emit(Notice(self.words("Saved {file}").format(file=path.name)))

    def stops(self) -> tuple[QWidget, ...]:
        if self.table.isVisible():
            return (self.table,)
        return tuple(cell for cell in self.cells[:1] if cell.isVisible())


def _about(view: GroupView) -> tuple[object, ...]:
    return view.place_id, view.measure, view.grade


def _number(words: Words, value: float | None) -> str:
    return words("not set") if value is None else words.number(value)
