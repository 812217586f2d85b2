"""The improvement cycles of all teams as a list, and beside it the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from mtss_desktop.app.workspace import Done, Workspace
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words
from mtss_desktop.domain.cycles import STEP_WORDS, CycleDecision, CycleId, CycleLine, CycleStep
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.plans import GoalId
from mtss_desktop.domain.problems import ProblemId
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.buttons import CheckBox
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.fields import Choice, SearchField
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.panes.plans.action_form import ActionWish
from mtss_desktop.ui.panes.plans.cycle_card import DECISIONS, CycleCardView, dates_words
from mtss_desktop.ui.panes.plans.solution_form import CardForm
from mtss_desktop.ui.panes.plans.view import ListAndCard
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import actions, cycles, people, problem_charts, teams
from mtss_desktop.usecases.cycles import CycleCard, CycleFact
from mtss_desktop.usecases.people import PersonLine


@dataclass(frozen=True)
class Content:
    """``card`` is None where there is no cycle; ``typed`` waits in the typing file."""

    lines: tuple[CycleLine, ...]
    card: CycleCard | None
    figure: Figure | None
    teams: tuple[tuple[str, str], ...]
    people: tuple[PersonLine, ...]
    words: Words
    typed: dict[str, str]


def read_content(
    workspace: Workspace, cycle_id: str, place_id: str, decided: bool, typed: bool, _progress: Progress
) -> Content:
    """Runs in the read lane. The cycle wanted, else the first."""
    lines = workspace.ask(cycles.lines, place_id=place_id, closed=decided)
    wanted = cycle_id if any(line.id == cycle_id for line in lines) else lines[0].id if lines else ""
    card = workspace.ask(cycles.card, CycleId(wanted)) if wanted else None
    problem = card.line.cycle.problem_id if card is not None else None
    named = [(str(each.id), f"{each.place}, {each.name.removesuffix(' team')}") for each in workspace.ask(teams.cards)]
    waiting = {each.key: each.text for each in workspace.typing.pending()} if typed and workspace.can_write else {}
    return Content(
        lines,
        card,
        workspace.ask(problem_charts.of_problem, problem) if problem is not None else None,
        tuple(named),
        workspace.ask(people.everyone),
        workspace.words(),
        waiting,
    )


class NewCycleForm(CardForm):
    """``wanted`` carries (team id, texts by field)."""

    wanted = Signal(str, object)

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__(words, typing, "plans:cycle", ("name", "question", "plan", "prediction", "measure"))
        self.heading.setText(words("New cycle"))
        self.keep.say(words("Begin cycle"))
        self.team = Choice()
        self.unsaved.add("team", self.team)
        self.team.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.team.setMinimumContentsLength(16)
        self.name = FormField(words("Name"), self.fields["name"], help_text=words("What the team calls it."))
        rest = (
            FormField(words("Question"), self.fields["question"], help_text=words("What the team wants to find out.")),
            FormField(words("What we will do"), self.fields["plan"], help_text=words("Who does what, and where.")),
            FormField(words("We expect"), self.fields["prediction"]),
            FormField(words("Measure"), self.fields["measure"], help_text=words("What is counted, by whom and when.")),
        )
        space = look().measures.space
        self.setLayout(
            column(
                self.heading,
                FormField(words("Team"), self.team),
                self.name,
                *rest,
                row(self.keep, self.cancel, None, spacing=space.s1),
                spacing=space.s1,
                margins=(space.s2, look().px(12), space.s2, look().px(12)),
            )
        )

    def open(self, offered: Sequence[tuple[str, str]]) -> None:
        self.team.offer(offered, self.team.value)
        self.name.complain("")
        self.fields["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        if not self.fields["name"].text().strip():
            self.name.complain(self.words("Give the cycle a name."))
            self.fields["name"].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wanted.emit(self.team.value, {name: field.text() for name, field in self.fields.items()})


class CyclesView(ListAndCard):
    """One read; every act is a use case of the pane around it."""

    prefix = "cycle:"

    def __init__(self, pane: Pane, words: Words) -> None:
        super().__init__(pane, words)
        self.content: Content | None = None
        self.wanted = ""
        self._typed: dict[str, str] = {}
        self._looked = False
        self.filter = SearchField(name=words("Filter cycles"), placeholder=words("Filter cycles"))
        self.decided = CheckBox(words("Decided ones too"))
        self.table: RecordTable[CycleLine] = RecordTable(
            self._columns(), key=lambda line: line.id, name=words("Improvement cycles")
        )
        self.card = CycleCardView(words, self.typing, self._save_fact, self._save_link)
        self.form = NewCycleForm(words, self.typing)
        self.empty = EmptyState(
            words("Try something small"),
            words(
                "Plan it, do it for a few weeks, study what the measure shows, and act on it: adopt, adapt or abandon."
            ),
            words("New cycle"),
            self.new,
            icon="ph.flag",
        )
        self.filter.setFixedWidth(look().px(200))
        tools = (self.filter, self.decided, None)
        self.arrange(tools, self.table, self.card, words("Improvement cycle"), self.empty, self.form)
        self._connect()

    def _columns(self) -> list[Column[CycleLine]]:
        words = self.words

        def decided(line: CycleLine) -> Cell:
            return Cell(words(STEP_WORDS[line.step]), tone="ink_soft" if line.step is CycleStep.DONE else "")

        def name(line: CycleLine) -> Cell:
            n = line.cycle.number
            return Cell(f"{line.cycle.name} ({n})" if n > 1 else line.cycle.name, medium=True)

        return [
            Column("name", words("Cycle"), name, least=140),
            Column(
                "team", words("Team"), lambda line: Cell(f"{line.place}, {line.team.removesuffix(' team')}"), width=120
            ),
            Column("step", words("Step"), decided, width=52),
            Column("dates", words("Dates"), lambda line: Cell(dates_words(words, line.cycle)), width=94, spare=True),
            Column("next", words("Next"), lambda line: Cell(words.say(line.sentence), tone=line.tone), width=164),
        ]

    def _connect(self) -> None:
        self.filter.textChanged.connect(self.table.filter_by)
        self.filter.left_downward.connect(self.table.setFocus)
        self.decided.toggled.connect(lambda _: self.refresh())
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _: self.card.title.view.setFocus(Qt.FocusReason.OtherFocusReason))
        self.card.decided.connect(self.decide)
        self.card.reopen_wanted.connect(self.reopen)
        self.card.next_wanted.connect(self.begin_next)
        self.card.remove_wanted.connect(self.remove)
        self.card.turn_wanted.connect(self.show_cycle)
        self.card.action_wanted.connect(self.pane.open_record)
        self.card.task.wanted.connect(self._add_task)
        self.form.wanted.connect(self._begin)
        self.form.left.connect(self.close_form)

    # -- reading ------------------------------------------------------------------------------------------------------

    @property
    def shown(self) -> str:
        return self.card.card.line.id if self.card.card is not None else ""

    def want(self, record_id: str) -> None:
        self.wanted = record_id
        if self.content is not None and not any(line.id == record_id for line in self.content.lines):
            self._with_decided()

    def _with_decided(self) -> None:
        self.decided.blockSignals(True)
        self.decided.setChecked(True)
        self.decided.blockSignals(False)

    def refresh(self) -> None:
        first, self._looked = not self._looked, True
        if first and self.wanted:
            self._with_decided()
        place = self.pane.scope.place_id
        wanted = self.wanted or self.shown
        work = partial(read_content, self.pane.workspace, wanted, place, self.decided.isChecked(), first)
        self.pane.background(work, self._show)

    def _show(self, content: Content) -> None:
        self.content, self.words = content, content.words
        self._typed.update(content.typed)
        self.table.blockSignals(True)
        self.table.show_records(content.lines)
        if content.card is not None:
            self.table.choose(content.card.line.id)
        self.table.blockSignals(False)
        self.wanted = ""
        self.show_body(lines=bool(content.lines), card=content.card is not None, team=bool(content.teams))
        if content.card is not None:
            self.card.show_card(content.card, content.figure, can_write=self.pane.workspace.can_write)
            self.card.bring_back(self._typed)
            task_begun = self.card.task.bring_back(self._typed)
            self._forget("plans:cycle-action:")
            if task_begun:
                self.card.new_task()
        begun = self.form.bring_back(self._typed)
        self._forget("plans:cycle:")
        if begun:
            self.new()
        self.shown_now.emit()

    def _forget(self, start: str) -> None:
        self._typed = {key: text for key, text in self._typed.items() if not key.startswith(start)}

    def _chosen(self, line: CycleLine | None) -> None:
        if line is not None and line.id != self.shown:
            self.show_cycle(line.id)

    def show_cycle(self, cycle_id: str) -> None:
        self.want(cycle_id)
        self.refresh()

    def sentence(self, words: Words) -> str:
        lines = [line for line in self.content.lines if line.step is not CycleStep.DONE] if self.content else []
        if not lines:
            return words("No cycle is under way.")
        waiting = sum(line.step in (CycleStep.STUDY, CycleStep.ACT) for line in lines)
        first = (
            words("{n} cycles under way or planned.") if len(lines) > 1 else words("One cycle under way or planned.")
        )
        said = first.format(n=len(lines))
        return f"{said} {words('{n} waiting for the team to look or decide.').format(n=waiting)}" if waiting else said

    @property
    def stops(self) -> tuple[QWidget, ...]:
        return (self.first_stop, self.card.title.view)

    # -- acts ---------------------------------------------------------------------------------------------------------

    @property
    def new_words(self) -> str:
        return self.words("New cycle")

    def fill_form(self) -> None:
        self.form.open(self.content.teams if self.content is not None else ())

    def _begin(self, team_id: str, texts: dict[str, Any]) -> None:
        def made(outcome: Done[CycleId]) -> None:
            self.form.done()
            self.wanted = outcome.value
            self.close_form()
            self.refresh()

        self.pane.do(cycles.begin, then=made, said=self.words("Cycle begun"), team_id=TeamId(team_id), **texts)

    def _save_fact(
        self, fact: CycleFact, text: str, saved: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        self.pane.do(
            cycles.write, then=lambda _: saved(), fail=failed, cycle_id=CycleId(self.shown), fact=fact, text=text
        )

    def _save_link(self, name: str, value: str, saved: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        card = self.card.card
        if card is None:
            return
        cycle = card.line.cycle
        problem = (ProblemId(value) if value else None) if name == "problem" else cycle.problem_id
        goal = (GoalId(value) if value else None) if name == "goal" else cycle.goal_id
        self.pane.do(
            cycles.link,
            then=lambda _: saved(),
            fail=failed,
            cycle_id=CycleId(cycle.id),
            problem_id=problem,
            goal_id=goal,
        )

    def decide(self, decision: CycleDecision) -> None:
        said = self.words("Decided: {what}").format(what=self.words(DECISIONS[decision][0]).lower())
        self.wanted = self.shown
        self._with_decided()
        self.pane.do(cycles.decide, said=said, cycle_id=CycleId(self.shown), decision=decision)

    def reopen(self) -> None:
        self.pane.do(cycles.reopen, said=self.words("Cycle is open again"), cycle_id=CycleId(self.shown))

    def begin_next(self) -> None:
        def begun(outcome: Done[CycleId]) -> None:
            self.show_cycle(outcome.value)

        self.pane.do(cycles.begin_next, then=begun, said=self.words("Next turn begun"), cycle_id=CycleId(self.shown))

    def remove(self) -> None:
        self.wanted = ""
        self.pane.do(cycles.remove, said=self.words("Cycle removed"), cycle_id=CycleId(self.shown))

    def _add_task(self, wish: ActionWish) -> None:
        card = self.card.card
        everyone = self.content.people if self.content is not None else ()
        owner = next((each.id for each in everyone if each.name.casefold() == wish.who.casefold()), None)
        if card is None:
            return
        if wish.who and owner is None:
            self.card.task.complain_of_name()
            return

        def kept(_: object) -> None:
            self.card.task.done()
            self.card.close_form()

        self.pane.do(
            actions.add,
            then=kept,
            said=self.words("Action added"),
            team_id=card.line.cycle.team_id,
            text=wish.text,
            owner_id=PersonId(owner) if owner else None,
            due_on=wish.due_on,
            parent_topic="cycles",
            parent_id=card.line.id,
        )

    def leave(self) -> None:
        self.card.finish()
        self.form.flush()

    def acts(self) -> tuple[Action, ...]:
        words, card = self.words, self.card.card
        done = card is not None and card.line.step is CycleStep.DONE
        new = self.new_act()
        task = Action("new_cycle_action", words("Add action"), self.card.new_task, why_not=self._why_not)
        if done:
            more = (
                Action("next_turn", words("Begin next turn"), self.begin_next, why_not=self._why_not),
                Action("reopen_cycle", words("Open cycle again"), self.reopen, why_not=self._why_not),
            )
            return (new, task, *more)
        decide = tuple(
            Action(f"cycle_{each.value}", words(name), partial(self.decide, each), icon, why_not=self._why_not)
            for each, (name, icon) in DECISIONS.items()
        )
        return (new, task, *decide)

    def _why_not(self) -> str:
        return self.why_read_only() or ("" if self.shown else self.words("Choose a cycle first."))
