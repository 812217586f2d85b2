"""Screening: the finding, shares by tier and grade against 80 and 95, who moved, who is near a cut, what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.documents.parts.screening_page import ScreeningFacts, ShareRow
from mtss_desktop.domain.figures import Text
from mtss_desktop.domain.provenance import behind
from mtss_desktop.ui.kit.asking import Asking
from mtss_desktop.ui.kit.buttons import Button, Segmented
from mtss_desktop.ui.kit.fields import Choice
from mtss_desktop.ui.kit.layouts import FlowLayout, ScrollPage, box, column, put, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.kit.statement import Number, NumberList, Statement
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.kit.ways import table_of_levels
from mtss_desktop.ui.kit.where_from import OpenImport
from mtss_desktop.ui.panes.data.figure_panel import FigurePanel
from mtss_desktop.ui.panes.data.words import file_stem
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.data import NearStudent, ScreeningPage, ScreeningView

SIDE = 300
FEW = 7
"""Students near a cut that are listed before the others are asked for."""
ONE_COLUMN_BELOW = 800
"""Width in pixels at 100 % under which the side column drops under the main one."""
FLOW = 240
BAR, BAR_BESIDE, LEGEND = 30, 28, 64
"""Height of a bar with its gap, alone and with windows before, and of what stands over and under the bars, in pixels at 100 %."""


class ShareTable(RecordTable[ShareRow]):
    """Counts by tier as a table that shows all its rows."""

    def __init__(self, words: Words, name: str, head: str, columns: Sequence[Text]) -> None:
        parts = [Column[ShareRow]("name", head, lambda row: Cell(words.write(row.name), medium=row.total))]
        parts += [_share_column(words, at, words.write(name)) for at, name in enumerate(columns)]
        super().__init__(parts, key=lambda row: words.write(row.name), name=name)
        self.setSelectionMode(self.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_rows(self, rows: Sequence[ShareRow]) -> None:
        self.show_records(rows)
        self.setFixedHeight(self.whole_height())


def _share_column(words: Words, at: int, head: str) -> Column[ShareRow]:
    return Column(str(at), head, lambda row: Cell(words.write(row.values[at])), width=92, right=True)


class ScreeningPane(QWidget):
    """One measure's newest window; nothing here reads a single student except the list near a cut."""

    def __init__(self, words: Words, asking: Callable[[], Asking], way: OpenImport) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.words, self._way = words, way
        self.view: ScreeningView | None = None
        self.page: ScreeningPage | None = None
        self.statement = Statement()
        self.figure = FigurePanel(words, asking, way)
        self.windows = Segmented(
            (("now", words("This window")), ("before", words("With windows before"))), words("Windows")
        )
        self.windows.picked.connect(lambda _: self._show_figure())
        one, two, three = (words.label(f"tier_{tier}") for tier in (1, 2, 3))
        patterns = words("Solid: {one}. Striped: {two}. Crosshatched: {three}.").format(one=one, two=two, three=three)
        self.patterns = Prose(patterns, "caption", "ink_soft")
        self.moved_head = label(words("Who moved"), "heading")
        self.moved = Prose("", "base", "ink")
        self.moved_aside = Prose("", "caption", "ink_soft")
        self.flow = FigurePanel(words, asking, way)
        self.flow_choice = Choice(name=words("Between which windows"))
        self.flow_choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.flow_choice.chosen_changed.connect(lambda _: self._show_flow())
        self.flow_words = NumberList()
        tiers = [words.label(f"tier_{tier}") for tier in (1, 2, 3)]
        self.moves = ShareTable(words, words("Who moved"), words("Before, then now"), [*tiers, words("Not tested")])
        self.near_head = label(words("Near a cut"), "heading")
        self.near_aside = Prose("", "base", "ink_soft")
        self.near = ShareTable(words, words("Near a cut"), words("Grade"), [words("Below"), words("Above")])
        self.students: RecordTable[NearStudent] = RecordTable(
            self._student_columns(), key=lambda each: str(each.student), name=words("Students near a cut")
        )
        self.students.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.students.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # as high as its lines
        self.found: tuple[NearStudent, ...] = ()
        self.more = Button("", self.show_all, kind="quiet", size="small")
        self.base_head = label(words("Under these numbers"), "heading")
        self.base = NumberList()
        self._build()

    def _student_columns(self) -> list[Column[NearStudent]]:
        words = self.words
        return [
            Column("student", words("Student"), lambda each: Cell(_under_head(each), tip=each.shown), least=64),
            Column("grade", words("Gr."), lambda each: Cell(each.grade), width=38),
            Column("score", words("Score"), lambda each: Cell(words.number(each.score)), width=54, right=True),
            Column("off", words("To cut"), lambda each: Cell(_signed(words, each.off)), width=58, right=True),
            Column("tier", words("Support"), self._support, width=80),
        ]

    def _support(self, each: NearStudent) -> Cell:
        return Cell(self.words.label(f"tier_{each.tier}"), mark=each.tier) if each.tier else Cell("")

    def _build(self) -> None:
        """From the outside in."""
        space = look().measures.space
        area, content, main, side = ScrollPage(), QWidget(), column(), column()
        self.setLayout(column(area))
        area.hold(content, self.words("Screening"))
        self._columns: QHBoxLayout = row(margins=(space.s3, look().px(4), space.s3, space.s3), spacing=space.s3)
        content.setLayout(self._columns)
        self._side = box(side)
        self._line = hairline(Qt.Orientation.Vertical)
        put(self._columns, box(main), self._line, self._side)
        self._columns.setStretch(0, 1)
        moved = FlowLayout(space.s2)
        moved.addWidget(self.moved_head)
        moved.addWidget(self.flow_choice)
        self._beside: QHBoxLayout = row(self.flow, self.flow_words, spacing=space.s3)
        self._beside.setStretch(0, 1)
        self._beside.setAlignment(self.flow_words, Qt.AlignmentFlag.AlignVCenter)
        put(
            main,
            self.statement,
            space.s2,
            row(self.windows, None),
            space.s1,
            self.figure,
            self.patterns,
            space.s2,
            hairline(),
            space.s2,
            box(moved),
            self.moved,
            space.half,
            self._beside,
            space.s1,
            self.moved_aside,
            space.half,
            self.moves,
            None,
        )
        put(
            side,
            self.near_head,
            space.half,
            self.near_aside,
            space.half,
            self.near,
            self.students,
            row(self.more, None),
            space.s3,
            self.base_head,
            self.base,
            None,
        )
        self.students.hide()
        self._fold()

    # -- content ------------------------------------------------------------------------------------------------------

    def show_page(self, view: ScreeningView, page: ScreeningPage) -> None:
        self.view = view
        fresh = self.page is None or (page.measure_key, page.window) != (self.page.measure_key, self.page.window)
        self.page = page
        facts, words = page.facts, self.words
        more = (words.write(facts.more), words.write(page.fell))
        self.statement.say(words.write(facts.finding), " ".join(part for part in more if part))
        self.windows.setVisible(page.earlier is not None)
        self._show_figure()
        self._show_moves(page)
        self._show_near(facts)
        if fresh:
            self.show_students(())
        self._show_base(view, page)

    def _show_figure(self) -> None:
        if self.page is None or self.view is None:
            return
        beside = self.windows.chosen == "before" and self.page.earlier is not None
        figure = self.page.earlier if beside else self.page.facts.figure
        shares = self.page.behind_earlier if beside else self.page.behind
        self.figure.stem = file_stem(["screening", self.view.place, self.page.measure, self.page.window[1]])
        bars = len(figure.x.categories) if figure is not None else 0
        self.figure.show_figure(
            figure,
            behind(self.view.where_from, shares),
            title=self.words("Percent at each tier of supports, by grade"),
            height=LEGEND + bars * (BAR if not beside else BAR_BESIDE),
        )

    def _show_moves(self, page: ScreeningPage) -> None:
        words, facts = self.words, page.facts
        there = page.moved is not None and bool(facts.movement)
        self.moves.setVisible(there)
        self.moved_aside.setVisible(there)
        if page.moved is None:
            self.moved.setText(words("A second window makes this: it shows who needs less and who needs more support."))
            if self.view is not None and self.view.counts_only:
                self.moved.setText(
                    words(
                        "With counts only, who moved can be told where one file holds both windows. This one held one."
                    )
                )
            self._offer_flows(page)
            return
        self.moved.setText(words.say(page.moved.sentence))
        self.moved_aside.setText(f"{words.write(facts.movement_title)}. {words.write(facts.movement_aside)}.")
        self.moves.show_rows(facts.movement)
        self._offer_flows(page)

    def _offer_flows(self, page: ScreeningPage) -> None:
        """Newest first; the words of one pair of windows stand beside its flow."""
        flows = list(enumerate(page.flows))
        self.flow_choice.offer([(str(at), self.words.say(flow.name)) for at, flow in reversed(flows)])
        self.flow_choice.setVisible(len(flows) > 1)
        self._show_flow()

    def _show_flow(self) -> None:
        page = self.page
        at = int(self.flow_choice.value) if self.flow_choice.value else -1
        flow = page.flows[at] if page is not None and 0 <= at < len(page.flows) else None
        self.flow_words.setFixedWidth(look().px(176))
        self.flow_words.setVisible(flow is not None)
        if flow is None or page is None or self.view is None:
            self.flow.hide()
            return
        words, moved = self.words, flow.moved
        self.moved.setText(words.say(moved.sentence))
        self.flow.stem = file_stem(["movement", self.view.place, page.measure])
        self.flow.show_figure(flow.figure, behind(self.view.where_from, flow.behind), title=flow.name, height=FLOW)
        names = (("To less support", moved.less), ("To more support", moved.more), ("Stayed", moved.stayed))
        self.flow_words.show_numbers([Number(words(name), words.number(n)) for name, n in names])

    def _show_near(self, facts: ScreeningFacts) -> None:
        total = sum(int(value.value("n")) for row in facts.near for value in row.values if not isinstance(value, str))  # type: ignore[call-overload]
        within = self.words.write(facts.near_aside)
        first = self.words.say(said("{n} {within}.", n=total, within=within))
        ask = self.words("One test is one test. Look at a second source before support changes.")
        self.near_aside.setText(f"{first} {ask}")
        self.near.show_rows(facts.near)

    def show_students(self, found: Sequence[NearStudent]) -> None:
        """Their list in place of the counts; without it (names off, or not read yet) the counts stay."""
        self.found = tuple(found)
        self._list(self.found[:FEW] if len(found) > FEW + 1 else self.found)

    def show_all(self) -> None:
        self._list(self.found)
        self.students.setFocus(Qt.FocusReason.OtherFocusReason)

    def _list(self, shown: Sequence[NearStudent]) -> None:
        if list(shown) != self.students.records:
            self.students.show_records(shown)
            self.students.setFixedHeight(self.students.whole_height())
        rest = len(self.found) - len(shown)
        self.more.say(self.words.say(said("{n} more", n=rest)))
        self.more.setVisible(rest > 0)
        self.students.setVisible(bool(shown))
        self.near.setVisible(not shown and self.page is not None and bool(self.page.facts.near))

    def _show_base(self, view: ScreeningView, page: ScreeningPage) -> None:
        words = self.words
        numbers = [Number(words.write(name), words.write(value), words.write(note)) for name, value, note in page.base]
        levels = self._way(table_of_levels(page.measure_key)[1])
        numbers[-1] = replace(numbers[-1], opens=levels)  # the last line names the table of levels
        for source in behind(view.where_from, page.behind):
            day = words.date(words.local(source.applied_at).date()) if source.applied_at is not None else ""
            name = words("Import {day}").format(day=day)
            rows = words.say(said("{n} row", many="{n} rows", count="n", n=source.rows))
            numbers.append(Number(name, rows, source.file_name, self._way(source.import_id)))
        self.base.show_numbers(numbers)

    # -- room ---------------------------------------------------------------------------------------------------------

    def stops(self) -> tuple[QWidget, ...]:
        """Where F6 goes."""
        near = self.students if self.students.isVisible() else self.near
        return tuple(each for each in (self.figure.view, self.flow.view, self.moves, near) if each.isVisible())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        narrow = self.width() < look().px(ONE_COLUMN_BELOW)
        down = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down)
        self._beside.setDirection(down)
        self._line.setVisible(not narrow)
        self._side.setMinimumWidth(0 if narrow else look().px(SIDE))
        self._side.setMaximumWidth(16_777_215 if narrow else look().px(SIDE))


def _under_head(each: NearStudent) -> str:
    """Under the head "Student" a masked student is just the number."""
    hidden = f"Student {each.number:04}"
    return f"{each.number:04}" if each.shown == hidden else each.shown


def _signed(words: Words, off: float) -> str:
    return f"+{words.number(off)}" if off > 0 else words.number(off)
