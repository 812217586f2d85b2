"""The problems of all teams as a list, and beside it the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

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
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.kit.ways import goal_of_problem, precise_problem
from mtss_desktop.ui.panes.plans.problem_card import CardView
from mtss_desktop.ui.panes.plans.solution_form import SOLUTION, NewProblemForm, SolutionWish
from mtss_desktop.ui.panes.plans.view import ListAndCard
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import people, problem_board, problem_charts, problems, teams
from mtss_desktop.usecases.people import PersonLine
from mtss_desktop.usecases.problem_board import ProblemCard


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


class ProblemsView(ListAndCard):
    """One read; every act is a use case of the pane around it."""

    prefix = "problem:"

    def __init__(self, pane: Pane, words: Words) -> None:
        super().__init__(pane, words)
        self.content: Content | None = None
        self.wanted = ""
        self._typed: dict[str, str] = {}
        self._solution_of = ""
        self._looked = False
        self.filter = SearchField(name=words("Filter problems"), placeholder=words("Filter problems"))
        self.closed = CheckBox(words("Closed ones too"))
        self.table: RecordTable[ProblemLine] = RecordTable(
            self._columns(), key=lambda line: line.id, name=words("Problems")
        )
        self.card = CardView(words, self.typing, self._save_part)
        self.form = NewProblemForm(words, self.typing)
        self.empty = EmptyState(
            words("Write the first problem"),
            words("What happens, where, when, who and how often. It then comes back to each meeting of its team."),
            words("New problem"),
            self.new,
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
            Column("title", words("Problem"), lambda line: Cell(line.problem.title, medium=True), least=130),
            Column(
                "team", words("Team"), lambda line: Cell(f"{line.place}, {line.team.removesuffix(' team')}"), width=136
            ),
            Column("state", words("State"), state, width=60),
            Column("last", words("Reviewed"), lambda line: day(line.last.day if line.last else None), width=72),
            Column(
                "fidelity",
                words("Carried out"),
                lambda line: last(line, FIDELITY_WORDS, "fidelity"),
                width=96,
                spare=True,
            ),
            Column("effect", words("Helped"), lambda line: last(line, EFFECT_WORDS, "effect"), width=80),
            Column("next", words("Next"), lambda line: day(line.next_on), width=64),
        ]

    def _build(self) -> None:
        self.filter.setFixedWidth(look().px(200))
        tools = (self.filter, self.closed, None)
        self.arrange(tools, self.table, self.card, self.words("Problem"), self.empty, self.form)

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
        self.card.builder_wanted.connect(lambda: self.go(precise_problem(self.shown)))
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
        self.show_body(lines=bool(content.lines), card=content.card is not None, team=bool(content.teams))
        if content.card is not None:
            pane = self.pane
            ways = {
                name: pane.way_to(way("")) is not None for name, way in (("b", precise_problem), ("g", goal_of_problem))
            }
            self.card.show_card(content.card, can_write=pane.workspace.can_write, builder=ways["b"], goal=ways["g"])
            self.card.show_chart(content.figure)
            self.card.bring_back(self._typed)
            self._bring_back_solution(content.card.line.id)
        begun = self.form.bring_back(self._typed)
        self._typed = {key: text for key, text in self._typed.items() if not key.startswith("plans:problem:")}
        if begun:
            self.new()
        self.shown_now.emit()

    def _bring_back_solution(self, shown: str) -> None:
        """The form of the solution that was being changed or added when the program ended, once its problem is shown."""
        mine = {key: text for key, text in self._typed.items() if key.startswith(f"{SOLUTION}:")}
        if mine:
            self._typed = {key: text for key, text in self._typed.items() if key not in mine}
            there = {line.id for line in self.content.lines} if self.content is not None else set()
            waiting = [each for each in self.card.form.unsaved.know(mine) if each.partition("/")[0] in there]
            self._solution_of = waiting[0] if waiting else ""
        problem, _, solution = self._solution_of.partition("/")
        if problem == shown:
            self._solution_of = ""
            self.card.open_solution(solution)
        elif problem:
            self.show_problem(problem)

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

    @property
    def stops(self) -> tuple[QWidget, ...]:
        return (self.first_stop, self.card.title.view)

    def want(self, record_id: str) -> None:
        self.wanted = record_id

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
            "started_on": wish.started_on,
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
        self.go(goal_of_problem(self.shown))

    @property
    def new_words(self) -> str:
        return self.words("New problem")

    def fill_form(self) -> None:
        self.form.open(self.content.teams if self.content is not None else ())

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
            self.new_act(),
            Action("close_problem", toggle, self.close_or_open, why_not=self._why_not),
            Action("new_solution", words("Add solution"), self.card.new_solution, why_not=self._why_not),
        )

    def _why_not(self) -> str:
        return self.why_read_only() or ("" if self.shown else self.words("Choose a problem first."))
