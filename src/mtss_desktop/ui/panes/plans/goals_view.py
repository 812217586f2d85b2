"""The goals of all teams: from where to where by when, and whether they are on track."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words
from mtss_desktop.domain.plans import Direction
from mtss_desktop.domain.problem_board import GoalLine
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.fields import SearchField
from mtss_desktop.ui.kit.layouts import box, column, row, tab_in_reading_order
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.kit.ways import goal_of_problem
from mtss_desktop.ui.panes.plans.problem_card import goal_words
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import problem_board


class GoalsView(QWidget):
    """Enter opens the problem of a goal; the line under the list says the whole of the goal under the cursor."""

    shown_now = Signal()
    """It was read, or another line is under the cursor."""

    def __init__(self, pane: Pane, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.pane, self.words = pane, words
        self.lines: tuple[GoalLine, ...] = ()
        self.filter = SearchField(name=words("Filter goals"), placeholder=words("Filter goals"))
        self.change = Button(words("Change goal"), self.change_goal)
        self.open = Button(words("Open problem"), self.open_problem)
        self.table: RecordTable[GoalLine] = RecordTable(self._columns(), key=lambda line: line.id, name=words("Goals"))
        self.whole, self.note = Prose("", "base", "ink"), Prose("", "caption", "ink_soft")
        self.empty = EmptyState(
            words("Set a goal for a problem"),
            words("Open a problem and choose Set goal: the data propose one, and the team can type its own."),
            words("Open problems"),
            lambda: pane.open_record("problems"),
            icon="ph.flag",
        )
        space = look().measures.space
        self.filter.setFixedWidth(look().px(200))
        side = look().px(16)
        tools = row(self.filter, None, self.open, self.change, spacing=space.s1, margins=(look().px(8), 0, 0, space.s1))
        foot = column(self.whole, self.note, spacing=look().px(2), margins=(look().px(8), space.s1, 0, space.s2))
        page = column(box(tools), self.table, box(foot), margins=(side, 0, look().px(24), 0))
        page.setStretch(1, 1)
        self._body = QStackedWidget()
        self._body.addWidget(box(page))
        self._body.addWidget(box(column(self.empty, margins=(space.s3, 0, space.s3, 0))))
        self.setLayout(column(self._body))
        tab_in_reading_order(self)
        self.filter.textChanged.connect(self.table.filter_by)
        self.filter.left_downward.connect(self.table.setFocus)
        self.table.chosen.connect(lambda _: self._follow())
        self.table.opened.connect(lambda _: self.open_problem())

    def _columns(self) -> list[Column[GoalLine]]:
        words = self.words

        def number(value: float | None) -> Cell:
            return Cell(words.number(value) if value is not None else "")

        def way(line: GoalLine) -> Cell:
            return Cell(words("lower") if line.goal.direction is Direction.LOWER else words("higher"))

        def due(line: GoalLine) -> Cell:
            return Cell(words.write(line.goal.due_on, "short") if line.goal.due_on else "")

        return [
            Column("metric", words("Goal"), lambda line: Cell(line.goal.metric or line.goal.statement, medium=True)),
            Column(
                "team", words("Team"), lambda line: Cell(f"{line.place}, {line.team.removesuffix(' team')}"), width=136
            ),
            Column("base", words("From"), lambda line: number(line.goal.baseline), width=56, right=True),
            Column("target", words("To"), lambda line: number(line.goal.target), width=56, right=True),
            Column("way", words("Better is"), way, width=72),
            Column("due", words("Due"), due, width=64),
            Column("level", words("Now"), lambda line: number(line.level), width=56, right=True),
            Column(
                "standing",
                words("On track"),
                lambda line: Cell(words.say(line.sentence), tone=line.tone),
                width=260,
            ),
        ]

    def refresh(self) -> None:
        work = partial(self._read, self.pane.scope.place_id)
        self.pane.background(work, self._show)

    def _read(self, place_id: str, _progress: Progress) -> tuple[GoalLine, ...]:
        return self.pane.workspace.ask(problem_board.goals, place_id=place_id)

    def _show(self, lines: tuple[GoalLine, ...]) -> None:
        self.lines = lines
        self.table.show_records(lines)
        if self.table.current is None and lines:
            self.table.choose(lines[0].id)
        self._body.setCurrentIndex(0 if lines else 1)
        self._follow()

    def _follow(self) -> None:
        line = self.table.current
        self.whole.setText((goal_words(self.words, line.goal) or line.goal.statement) if line is not None else "")
        self.note.setText(self.words.say(line.sentence) if line is not None else "")
        self.open.setVisible(line is not None and bool(line.problem))
        may = self.pane.workspace.can_write and self.pane.way_to(goal_of_problem("")) is not None
        self.change.setVisible(line is not None and bool(line.problem) and may)
        self.shown_now.emit()

    def sentence(self, words: Words) -> str:
        if not self.lines:
            return words("No goal yet.")
        met = sum(line.tone == "success" for line in self.lines)
        return words("{n} goals, {met} met or on track by the last review.").format(n=len(self.lines), met=met)

    @property
    def first_stop(self) -> QWidget:
        return self.table if self.lines else self.empty.button

    def open_problem(self) -> None:
        line = self.table.current
        if line is not None and line.goal.problem_id:
            self.pane.open_record(line.goal.problem_id)

    def change_goal(self) -> None:
        line = self.table.current
        go = self.pane.way_to(goal_of_problem(line.goal.problem_id)) if line and line.goal.problem_id else None
        if go is not None:
            go()

    def into_list(self) -> None:
        self.first_stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def acts(self) -> tuple[Action, ...]:
        why = "" if self.table.current is not None else self.words("Choose a goal first.")
        return (
            Action("open_problem", self.words("Open problem"), self.open_problem, why_not=lambda: why),
            Action("change_goal", self.words("Change goal"), self.change_goal, why_not=lambda: why),
        )
