"""The problems of all teams as a list, and beside it the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from mtss_desktop.app.workspace import Done, Workspace
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.problem_board import EFFECT_WORDS, FIDELITY_WORDS, ProblemLine
from mtss_desktop.domain.problems import ProblemId, SolutionId
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.buttons import CheckBox
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.fields import SearchField
from mtss_desktop.ui.kit.layouts import ScrollPage, box, column, row, tab_in_reading_order
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.kit.typed import NoTypingFile, TypingFile
from mtss_desktop.ui.kit.ways import goal_of_problem, precise_problem
from mtss_desktop.ui.panes.plans.problem_card import CardView
from mtss_desktop.ui.panes.plans.solution_form import NewProblemForm, SolutionWish
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import people, problem_board, problem_charts, problems, teams
from mtss_desktop.usecases.people import PersonLine
from mtss_desktop.usecases.problem_board import ProblemCard

UNDER_BELOW = 900
"""Width of the page in pixels at 100 % under which the card stands under the list."""


@dataclass(frozen=True)
class Content:
    """``card`` is None where there is no problem; ``typed`` waits in the typing file."""

    lines: tuple[ProblemLine, ...]
    card: ProblemCard | None
    figure: Figure | None
    teams: tuple[tuple[str, str], ...]
    people: tuple[PersonLine, ...]
    words: Words
    typed: dict[str, str]


def read_content(
    workspace: Workspace, problem_id: str, place_id: str, closed: bool, typed: bool, _progress: Progress
) -> Content:
    """Runs in the read lane. The problem wanted, also a closed one, else the first."""
    lines = workspace.ask(problem_board.lines, place_id=place_id, closed=closed)
    wanted = problem_id if any(line.id == problem_id for line in lines) else lines[0].id if lines else ""
    named = [(str(each.id), f"{each.place}, {each.name.removesuffix(' team')}") for each in workspace.ask(teams.cards)]
    waiting = {each.key: each.text for each in workspace.typing.pending()} if typed and workspace.can_write else {}
    return Content(
        lines,
        workspace.ask(problem_board.card, ProblemId(wanted)) if wanted else None,
        workspace.ask(problem_charts.of_problem, ProblemId(wanted)) if wanted else None,
        tuple(named),
        workspace.ask(people.everyone),
        workspace.words(),
        waiting,
    )


class ProblemsView(QWidget):
    """One read; every act is a use case of the pane around it."""

    shown_now = Signal()
    """It was read, or another line is under the cursor."""

    def __init__(self, pane: Pane, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.pane, self.words = pane, words
        self.content: Content | None = None
        self.wanted = ""
        self._typed: dict[str, str] = {}
        self._looked = False
        typing: TypingFile = pane.workspace.typing if pane.workspace.can_write else NoTypingFile()
        self.filter = SearchField(name=words("Filter problems"), placeholder=words("Filter problems"))
        self.closed = CheckBox(words("Closed ones too"))
        self.table: RecordTable[ProblemLine] = RecordTable(
            self._columns(), key=lambda line: line.id, name=words("Problems")
        )
        self.card = CardView(words, typing, self._save_part)
        self.form = NewProblemForm(words, typing)
        self.empty = EmptyState(
            words("Write the first problem"),
            words("What happens, where, when, who and how often. It then comes back to each meeting of its team."),
            words("New problem"),
            self.new_problem,
            icon="ph.flag",
        )
        self._build()
        self._connect()

    def _columns(self) -> list[Column[ProblemLine]]:
        words = self.words

        def state(line: ProblemLine) -> Cell:
            return Cell(words("closed"), tone="ink_soft") if line.problem.closed_on else Cell(words("open"))

        def last(line: ProblemLine, names: Any, part: str) -> Cell:
            value = getattr(line.last, part) if line.last is not None else None
            return Cell(words(names[value]) if value is not None else "")

        def day(value: Any) -> Cell:
            return Cell(words.write(value, "short") if value is not None else "")

        return [
            Column("title", words("Problem"), lambda line: Cell(line.problem.title, medium=True)),
            Column(
                "team", words("Team"), lambda line: Cell(f"{line.place}, {line.team.removesuffix(' team')}"), width=136
            ),
            Column("state", words("State"), state, width=60),
            Column("last", words("Reviewed"), lambda line: day(line.last.day if line.last else None), width=72),
            Column("fidelity", words("Carried out"), lambda line: last(line, FIDELITY_WORDS, "fidelity"), width=96),
            Column("effect", words("Helped"), lambda line: last(line, EFFECT_WORDS, "effect"), width=80),
            Column("next", words("Next"), lambda line: day(line.next_on), width=64),
        ]

    def _build(self) -> None:
        space = look().measures.space
        self.filter.setFixedWidth(look().px(200))
        side = look().px(16)
        tools = box(row(self.filter, self.closed, None, spacing=space.s2, margins=(look().px(8), 0, 0, space.s1)))
        left = column(tools, self.table, margins=(side, 0, side, 0))
        left.setStretch(1, 1)
        self._area, self._form_area = ScrollPage(), ScrollPage()
        self._area.hold(self.card, self.words("Problem"))
        self._form_area.hold(
            box(column(self.form, None, margins=(space.s2, 0, space.s3, space.s3))), self.words("New problem")
        )
        self.right = QStackedWidget()
        self.right.addWidget(self._area)
        self.right.addWidget(self._form_area)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(look().measures.line.hairline)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(box(left))
        self.split.addWidget(self.right)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        self._body = QStackedWidget()
        self._body.addWidget(self.split)
        self._body.addWidget(box(column(self.empty, margins=(space.s3, 0, space.s3, 0))))
        self.setLayout(column(self._body))
        tab_in_reading_order(self)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self.table.filter_by)
        self.filter.left_downward.connect(self.table.setFocus)
        self.closed.toggled.connect(lambda _: self.refresh())
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _: self.card.title.view.setFocus(Qt.FocusReason.OtherFocusReason))
        self.card.toggle_wanted.connect(self.close_or_open)
        self.card.withdraw_wanted.connect(self._withdraw)
        self.card.form.wanted.connect(self._keep_solution)
        self.card.goal_wanted.connect(self.set_goal)
        self.card.builder_wanted.connect(lambda: self._go(precise_problem(self.shown)))
        self.card.action_wanted.connect(self.pane.open_record)
        self.form.wanted.connect(self._define)
        self.form.left.connect(self.close_form)

    # -- reading ------------------------------------------------------------------------------------------------------

    @property
    def shown(self) -> str:
        return self.card.card.line.id if self.card.card is not None else ""

    def refresh(self) -> None:
        first, self._looked = not self._looked, True
        place = self.pane.scope.place_id
        work = partial(
            read_content, self.pane.workspace, self.wanted or self.shown, place, self.closed.isChecked(), first
        )
        self.pane.background(work, self._show)

    def _show(self, content: Content) -> None:
        self.content, self.words = content, content.words
        self._typed.update(content.typed)
        self.table.blockSignals(True)
        state = next(place for place, each in enumerate(self.table.rows.columns) if each.key == "state")
        self.table.setColumnHidden(state, not self.closed.isChecked())
        self.table.show_records(content.lines)
        if content.card is not None:
            self.table.choose(content.card.line.id)
        self.table.blockSignals(False)
        self.wanted = ""
        self._body.setCurrentIndex(0 if content.lines or self.form_is_open else 1)
        self._area.setVisible(content.card is not None or self.form_is_open)
        if content.card is not None:
            pane = self.pane
            ways = {
                name: pane.way_to(way("")) is not None for name, way in (("b", precise_problem), ("g", goal_of_problem))
            }
            self.card.show_card(content.card, can_write=pane.workspace.can_write, builder=ways["b"], goal=ways["g"])
            self.card.show_chart(content.figure)
            self.card.bring_back(self._typed)
            if self.card.form.bring_back(self._typed):
                self._typed = {key: text for key, text in self._typed.items() if not key.startswith("plans:solution:")}
                self.card.new_solution()
        if self.form.bring_back(self._typed):
            self._typed = {key: text for key, text in self._typed.items() if not key.startswith("plans:problem:")}
            self.new_problem()
        self.shown_now.emit()

    def _chosen(self, line: ProblemLine | None) -> None:
        if line is not None and line.id != self.shown:
            self.show_problem(line.id)

    def show_problem(self, problem_id: str) -> None:
        self.wanted = problem_id
        if self.content is not None and not any(line.id == problem_id for line in self.content.lines):
            self.closed.blockSignals(True)
            self.closed.setChecked(True)
            self.closed.blockSignals(False)
        self.refresh()

    def sentence(self, words: Words) -> str:
        """How many are open, and how many wait for their first review."""
        lines = [line for line in self.content.lines if line.problem.closed_on is None] if self.content else []
        if not lines:
            return words("No open problem.")
        new = sum(line.last is None for line in lines)
        first = words("{n} open problems.") if len(lines) > 1 else words("One open problem.")
        said = first.format(n=len(lines))
        return f"{said} {words('{n} not reviewed yet.').format(n=new)}" if new else said

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        under = self.width() < look().px(UNDER_BELOW)
        way = Qt.Orientation.Vertical if under else Qt.Orientation.Horizontal
        if self.split.orientation() != way:
            self.split.setOrientation(way)
        half = self.height() // 2 if under else self.width() * 3 // 5
        whole = self.height() if under else self.width()
        self.split.setSizes([half, whole - half])

    @property
    def first_stop(self) -> QWidget:
        return self.table if self._body.currentIndex() == 0 else self.empty.button

    # -- acts ---------------------------------------------------------------------------------------------------------

    def _save_part(self, part: str, text: str, saved: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        arguments: dict[str, Any] = {part: text}
        self.pane.do(
            problems.change, then=lambda _: saved(), fail=failed, problem_id=ProblemId(self.shown), **arguments
        )

    def close_or_open(self) -> None:
        card = self.card.card
        if card is None:
            return
        closed = card.line.problem.closed_on is not None
        if not closed:
            self.wanted = ""
        said = self.words("Problem is open again") if closed else self.words("Problem closed")
        self.pane.do(problems.reopen if closed else problems.close, said=said, problem_id=ProblemId(self.shown))

    def _withdraw(self, solution_id: str) -> None:
        said = self.words("Solution withdrawn")
        self.pane.do(problems.remove_solution, said=said, solution_id=SolutionId(solution_id))

    def _keep_solution(self, wish: SolutionWish) -> None:
        def kept(_: object) -> None:
            self.card.form.done()
            self.card.close_form()

        name = wish.who.strip()
        everyone = self.content.people if self.content is not None else ()
        person = next((each.id for each in everyone if each.name.casefold() == name.casefold()), None)
        arguments: dict[str, Any] = {
            "kind": wish.kind,
            "text": wish.text,
            "who": "" if person else name,
            "person_id": person,
            "by_when": wish.by_when,
            "fidelity_measure": wish.fidelity_measure,
            "outcome_measure": wish.outcome_measure,
        }
        if wish.solution_id:
            said, solution = self.words("Solution changed"), SolutionId(wish.solution_id)
            self.pane.do(problems.change_solution, then=kept, said=said, solution_id=solution, **arguments)
        else:
            said, problem = self.words("Solution added"), ProblemId(self.shown)
            self.pane.do(problems.add_solution, then=kept, said=said, problem_id=problem, **arguments)

    def set_goal(self) -> None:
        self._go(goal_of_problem(self.shown))

    def _go(self, way: tuple[str, str]) -> None:
        go = self.pane.way_to(way)
        if go is not None:
            go()

    @property
    def form_is_open(self) -> bool:
        return self.right.currentIndex() == 1

    def new_problem(self) -> None:
        self._body.setCurrentIndex(0)
        self.right.setCurrentIndex(1)
        self.form.open(self.content.teams if self.content is not None else ())

    def close_form(self) -> None:
        self.form.flush()
        self.right.setCurrentIndex(0)
        none = self.content is None or not self.content.lines
        self._body.setCurrentIndex(1 if none else 0)
        self.first_stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _define(self, team_id: str, texts: dict[str, Any]) -> None:
        def made(outcome: Done[ProblemId]) -> None:
            self.form.done()
            self.wanted = outcome.value
            self.close_form()
            self.refresh()

        said = self.words("Problem added")
        self.pane.do(problems.define, then=made, said=said, team_id=TeamId(team_id), **texts)

    def leave(self) -> None:
        """Another room or view: what is open is saved."""
        for fact in (self.card.title, *self.card.facts.values()):
            fact.finish()
        self.card.form.flush()
        self.form.flush()

    def acts(self) -> tuple[Action, ...]:
        words = self.words
        closed = self.card.card is not None and self.card.card.line.problem.closed_on is not None
        toggle = words("Open problem again") if closed else words("Close problem")
        return (
            Action("new_problem", words("New problem"), self.new_problem, "ph.plus", why_not=self._why_read_only),
            Action("close_problem", toggle, self.close_or_open, why_not=self._why_not),
            Action("new_solution", words("Add solution"), self.card.new_solution, why_not=self._why_not),
        )

    def _why_read_only(self) -> str:
        return "" if self.pane.workspace.can_write else self.words("This database is open for reading only.")

    def _why_not(self) -> str:
        return self._why_read_only() or ("" if self.shown else self.words("Choose a problem first."))
