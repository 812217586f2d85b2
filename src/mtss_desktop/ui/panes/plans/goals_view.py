"""The goals of all teams: from where to where by when, whether they are on track, and the chart of the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from mtss_desktop.app.workspace import Done, Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words
from mtss_desktop.domain.cycles import CycleLine
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.plans import GoalId
from mtss_desktop.domain.problem_board import GoalLine
from mtss_desktop.domain.problems import ProblemId
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.fields import SearchField
from mtss_desktop.ui.kit.figure_view import FigureView
from mtss_desktop.ui.kit.layouts import FlowLayout, box, column, tab_in_reading_order
from mtss_desktop.ui.kit.lines import Lines, LineText
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.kit.unsaved import NEW
from mtss_desktop.ui.kit.ways import goal_of_problem
from mtss_desktop.ui.panes.plans.goal_new import GoalWish, TeamGoalForm
from mtss_desktop.ui.panes.plans.problem_card import goal_words
from mtss_desktop.ui.panes.plans.view import ListAndCard
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import cycles, goals, places, problem_board, problem_charts, problems, teams


@dataclass(frozen=True)
class Content:
    """``about`` is what a new goal can be for, ``figures`` nothing but the chart of the goal wanted."""

    lines: tuple[GoalLine, ...]
    chosen: str
    figure: Figure | None
    cycles: tuple[CycleLine, ...]
    about: tuple[tuple[str, str], ...]
    today: Any
    words: Words
    typed: dict[str, str]


def read_content(workspace: Workspace, goal_id: str, place_id: str, typed: bool, _progress: Progress) -> Content:
    """Runs in the read lane. The goal wanted, else the first."""
    lines = workspace.ask(problem_board.goals, place_id=place_id)
    chosen = next((line for line in lines if line.id == goal_id), lines[0] if lines else None)
    problem = chosen.goal.problem_id if chosen is not None else None
    with_goal = {line.goal.problem_id for line in lines}
    about = [
        (f"problem:{line.id}", f"{line.place}, {line.team.removesuffix(' team')}: {line.problem.title}")
        for line in workspace.ask(problem_board.lines, place_id=place_id)
        if line.id not in with_goal
    ]
    about += [
        (f"team:{each.id}", f"{each.place}, {each.name.removesuffix(' team')}")
        for each in workspace.ask(teams.cards, place_id=place_id)
    ]
    waiting = {each.key: each.text for each in workspace.typing.pending()} if typed and workspace.can_write else {}
    every = workspace.ask(cycles.lines, closed=True) if chosen is not None else ()
    return Content(
        lines,
        chosen.id if chosen is not None else "",
        workspace.ask(problem_charts.of_problem, problem) if problem is not None else None,
        tuple(each for each in every if chosen is not None and each.cycle.goal_id == chosen.id),
        tuple(about),
        workspace.ask(places.today),
        workspace.words(),
        waiting,
    )


class GoalCard(QWidget):
    """The whole of a goal in words, what can be done with it, its chart and its cycles."""

    def __init__(
        self, words: Words, acts: tuple[tuple[str, Callable[[], object]], ...], cycle: Callable[[str], object]
    ) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.words, self._cycle = words, cycle
        self.title, self.whole = Prose("", "heading", "ink"), Prose("", "base", "ink")
        self.under, self.note = Prose("", "caption", "ink_soft"), Prose("", "base", "ink")
        self.buttons = {name: Button(name, act, size="small") for name, act in acts}
        self.chart = FigureView(words)
        self.cycles = Lines(words("Improvement cycles"), most=6, words=words)
        space = look().measures.space
        flow = FlowLayout(space.s1)
        for button in self.buttons.values():
            flow.addWidget(button)
        words_ = column(
            self.title,
            self.under,
            self.whole,
            self.note,
            box(flow),
            spacing=look().px(4),
            margins=(look().px(8), 0, 0, 0),
        )
        self.setLayout(
            column(
                box(words_), self.chart, self.cycles, None,
                spacing=space.s2, margins=(space.s2, 0, space.s3, space.s3),
            )
        )  # fmt: skip
        self.chart.hide()
        tab_in_reading_order(self)

    def show_goal(self, line: GoalLine, figure: Figure | None, own: tuple[CycleLine, ...]) -> None:
        words = self.words
        self.title.setText(line.goal.metric or line.goal.statement)
        self.under.setText(
            " · ".join(part for part in (f"{line.place}, {line.team.removesuffix(' team')}", line.problem) if part)
        )
        self.whole.setText(goal_words(words, line.goal) or line.goal.statement)
        self.note.setText(words.say(line.sentence))
        self.note.use_role(line.tone or "ink")
        self.chart.setVisible(figure is not None)
        if figure is not None:
            self.chart.show_figure(figure)
        self.cycles.show_lines(
            [
                LineText(
                    key=each.id,
                    text=each.cycle.name,
                    detail=words.say(each.sentence),
                    opens=partial(self._cycle, f"cycle:{each.id}"),
                )
                for each in own
            ]
        )


class GoalsView(ListAndCard):
    """Enter opens the problem of a goal, or a team's own goal to change it."""

    prefix = "goal:"

    def __init__(self, pane: Pane, words: Words) -> None:
        super().__init__(pane, words)
        self.content: Content | None = None
        self.wanted = ""
        self._typed: dict[str, str] = {}
        self._looked = False
        self.filter = SearchField(name=words("Filter goals"), placeholder=words("Filter goals"))
        self.table: RecordTable[GoalLine] = RecordTable(self._columns(), key=lambda line: line.id, name=words("Goals"))
        acts = (
            (words("Open problem"), self.open_problem),
            (words("Change goal"), self.change_goal),
            (words("Remove"), self.remove_goal),
        )
        self.card = GoalCard(words, acts, pane.open_record)
        self.open, self.change, self.remove = self.card.buttons.values()
        self.whole, self.note = self.card.whole, self.card.note
        self.form = TeamGoalForm(words, self.typing)
        self.empty = EmptyState(
            words("Set the first goal"),
            words("What is measured, from where to where, by when. A problem’s goal can also be proposed by the data."),
            words("New goal"),
            self.new,
            icon="ph.flag",
        )
        self.filter.setFixedWidth(look().px(200))
        self.arrange((self.filter, None), self.table, self.card, words("Goal"), self.empty, self.form)
        self.filter.textChanged.connect(self.table.filter_by)
        self.filter.left_downward.connect(self.table.setFocus)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _: self.open_goal())
        self.form.wanted.connect(self._keep)
        self.form.left.connect(self.close_form)

    def _columns(self) -> list[Column[GoalLine]]:
        words = self.words

        def metric(line: GoalLine) -> Cell:
            return Cell(line.goal.metric or line.goal.statement, medium=True)

        def number(value: float | None) -> Cell:
            return Cell(words.number(value) if value is not None else "")

        def stands(line: GoalLine) -> Cell:
            """The first words of the sentence: the card says all of it."""
            whole = words.say(line.sentence)
            return Cell(whole.split(":")[0] if ":" in whole else whole, tone=line.tone, tip=whole)

        def due(line: GoalLine) -> Cell:
            return Cell(words.write(line.goal.due_on, "short") if line.goal.due_on else "")

        return [
            Column("metric", words("Goal"), metric, least=150),
            Column(
                "team", words("Team"), lambda line: Cell(f"{line.place}, {line.team.removesuffix(' team')}"), width=116
            ),
            Column("base", words("From"), lambda line: number(line.goal.baseline), width=48, right=True, spare=True),
            Column("target", words("To"), lambda line: number(line.goal.target), width=48, right=True),
            Column("due", words("Due"), due, width=56),
            Column("level", words("Now"), lambda line: number(line.level), width=48, right=True),
            Column("standing", words("Stands"), stands, width=88),
        ]

    # -- reading ------------------------------------------------------------------------------------------------------

    @property
    def lines(self) -> tuple[GoalLine, ...]:
        return self.content.lines if self.content is not None else ()

    @property
    def line(self) -> GoalLine | None:
        """The goal that is shown."""
        content = self.content
        return next((each for each in self.lines if content is not None and each.id == content.chosen), None)

    @property
    def shown(self) -> str:
        return self.line.id if self.line is not None else ""

    def want(self, record_id: str) -> None:
        self.wanted = record_id

    def refresh(self) -> None:
        first, self._looked = not self._looked, True
        work = partial(read_content, self.pane.workspace, self.wanted or self.shown, self.pane.scope.place_id, first)
        self.pane.background(work, self._show)

    def _show(self, content: Content) -> None:
        self.content, self.words = content, content.words
        self._typed.update(content.typed)
        self.table.blockSignals(True)
        self.table.show_records(content.lines)
        if content.chosen:
            self.table.choose(content.chosen)
        self.table.blockSignals(False)
        self.wanted = ""
        line = self.line
        self.show_body(lines=bool(content.lines), card=line is not None, team=bool(content.about or content.lines))
        if line is not None:
            self.card.show_goal(line, content.figure, content.cycles)
            of_problem, can_write = line.goal.problem_id is not None, self.pane.workspace.can_write
            self.open.setVisible(of_problem)
            self.change.setVisible(can_write)
            self.remove.setVisible(can_write)
        self._bring_back()
        self.shown_now.emit()

    def _bring_back(self) -> None:
        """The form of the goal that was being changed or made when the program ended."""
        if not self._typed:
            return
        waiting = self.form.unsaved.know(self._typed)
        self._typed = {}
        changed = next((line for line in self.lines if line.id in waiting), None)
        if changed is not None:
            self.table.choose(changed.id)
            self.open_form()
            self.fill_form(changed)
        elif NEW in waiting:
            self.new()

    def _chosen(self, line: GoalLine | None) -> None:
        if line is not None and line.id != self.shown:
            self.wanted = line.id
            self.refresh()

    def sentence(self, words: Words) -> str:
        if not self.lines:
            return words("No goal yet.")
        met = sum(line.tone == "success" for line in self.lines)
        return words("{n} goals, {met} met or on track by the last review.").format(n=len(self.lines), met=met)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        return (self.first_stop,)

    # -- acts ---------------------------------------------------------------------------------------------------------

    @property
    def new_words(self) -> str:
        return self.words("New goal")

    def fill_form(self, line: GoalLine | None = None) -> None:
        if self.content is not None:
            self.form.open(line.goal if line is not None else None, self.content.about, self.content.today)

    def open_goal(self) -> None:
        line = self.line
        if line is not None and line.goal.problem_id:
            self.open_problem()
        else:
            self.change_goal()

    def open_problem(self) -> None:
        if self.line is not None and self.line.goal.problem_id:
            self.pane.open_record(f"problem:{self.line.goal.problem_id}")

    def change_goal(self) -> None:
        """A problem's goal where the data propose one; any other in the form here."""
        line = self.line
        if line is None:
            return
        go = self.pane.way_to(goal_of_problem(line.goal.problem_id)) if line.goal.problem_id else None
        if go is not None:
            go()
        else:
            self.open_form()
            self.fill_form(line)

    def remove_goal(self) -> None:
        if self.line is not None:
            goal, self.wanted = GoalId(self.line.id), ""
            self.pane.do(goals.remove, said=self.words("Goal removed"), goal_id=goal)

    def _keep(self, wish: GoalWish) -> None:
        kind, _, about = wish.about.partition(":")
        facts: dict[str, Any] = {
            "metric": wish.metric,
            "unit": wish.unit,
            "baseline": wish.baseline,
            "target": wish.target,
            "direction": wish.direction,
            "due_on": wish.due_on,
        }

        def kept(outcome: Done[Any]) -> None:
            goal_id = wish.goal_id or outcome.value
            self.form.done()
            self.wanted = goal_id
            self.close_form()
            self.refresh()

        arguments: dict[str, Any] = {"then": kept, "fail": self._refused}
        if wish.goal_id:
            said = self.words("Goal changed")
            goal = GoalId(wish.goal_id)
            self.pane.do(goals.change, said=said, goal_id=goal, level=wish.level, **arguments, **facts)
        elif kind == "problem":
            said = self.words("Goal set")
            self.pane.do(problems.set_goal, said=said, problem_id=ProblemId(about), **arguments, **facts)
        else:
            said, team = self.words("Goal added"), TeamId(about)
            self.pane.do(goals.add, said=said, team_id=team, level=wish.level, **arguments, **facts)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.form.complain_of_target(str(error))
        else:
            self.pane.failed(error)

    def leave(self) -> None:
        self.form.flush()

    def acts(self) -> tuple[Action, ...]:
        words = self.words
        no_problem = self.line is None or not self.line.goal.problem_id
        return (
            self.new_act(),
            Action(
                "open_problem",
                words("Open problem"),
                self.open_problem,
                why_not=lambda: words("Choose the goal of a problem.") if no_problem else "",
            ),
            Action("change_goal", words("Change goal"), self.change_goal, why_not=self._why_not),
            Action("remove_goal", words("Remove goal"), self.remove_goal, why_not=self._why_not),
        )

    def _why_not(self) -> str:
        return self.why_read_only() or ("" if self.line is not None else self.words("Choose a goal first."))
