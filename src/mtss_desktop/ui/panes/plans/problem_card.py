"""Everything about one problem, edited in its place: statement, goal, chart, solutions, what meetings found, actions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.plans import Action, is_open
from mtss_desktop.domain.problem_board import EFFECT_WORDS, FIDELITY_WORDS, NEXT_STEP_WORDS, ReviewLine
from mtss_desktop.domain.problems import PRECISE_PARTS, Solution, precision, statement
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fact import Fact
from mtss_desktop.ui.kit.figure_view import FigureView
from mtss_desktop.ui.kit.layouts import FlowLayout, box, column, row, tab_in_reading_order
from mtss_desktop.ui.kit.lines import Lines, LineText
from mtss_desktop.ui.kit.problem_fields import PARTS
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.panes.plans.solution_form import KINDS, SolutionForm
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.problem_board import ProblemCard

SavePart = Callable[[str, str, Callable[[], None], Callable[[Exception], None]], None]
NAME = 104
"""Width of the names of facts, in pixels at 100 %."""


class CardView(QWidget):
    """Facts are edited in place; a solution opens in the form that stands under the solutions."""

    withdraw_wanted = Signal(str)
    goal_wanted = Signal()
    builder_wanted = Signal()
    toggle_wanted = Signal()
    action_wanted = Signal(str)

    def __init__(self, words: Words, typing: TypingFile, save: SavePart) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.words = words
        self.card: ProblemCard | None = None
        self.title = Fact(words("Title"), partial(self._save, save, "title"), typing, kind="heading", words=words)
        self.under = Prose("", "caption", "ink_soft")
        self.whole, self.meter = Prose("", "base", "ink"), Prose("", "caption", "ink_soft")
        self.facts = {
            part: Fact(
                words(PARTS[part]), partial(self._save, save, part), typing, empty=words("not said yet"), words=words
            )
            for part in PRECISE_PARTS
        }
        self.toggle = Button(words("Close problem"), self.toggle_wanted.emit, size="small")
        self.builder = Button(words("Narrow it with the data"), self.builder_wanted.emit, kind="quiet", size="small")
        self.goal_text = Prose("", "base", "ink")
        self.goal_note = Prose("", "caption", "ink_soft")
        self.goal = Button(words("Set goal"), self.goal_wanted.emit, size="small")
        self.chart = FigureView(words)
        self.solutions = Lines(words("Solutions"), most=12, roomy=True, words=words)
        self.add = Button(words("Add solution"), self.new_solution, kind="quiet", size="small", icon_name="ph.plus")
        self.form = SolutionForm(words, typing)
        self.reviews: RecordTable[ReviewLine] = RecordTable(
            self._columns(), key=lambda each: each.id, name=words("What meetings found")
        )
        self.no_reviews = Prose(words("No meeting has reviewed it yet."), "base", "ink_soft")
        self.tasks = Lines(words("Actions"), most=6, words=words)
        self._build()
        self.form.left.connect(self.close_form)

    @staticmethod
    def _save(
        save: SavePart, part: str, _seen: str, text: str, saved: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        save(part, text, saved, failed)

    def _columns(self) -> list[Column[ReviewLine]]:
        words = self.words

        def of(names: Any, value: Any) -> Cell:
            return Cell(words(names[value])) if value is not None else Cell()

        return [
            Column("day", words("Meeting"), lambda r: Cell(words.write(r.day, "short")), lambda r: r.day, 72),
            Column("fidelity", words("Carried out"), lambda r: of(FIDELITY_WORDS, r.fidelity), width=104),
            Column("effect", words("Helped"), lambda r: of(EFFECT_WORDS, r.effect), width=88),
            Column(
                "level",
                words("Level"),
                lambda r: Cell(words.number(r.level) if r.level is not None else ""),
                width=56,
                right=True,
            ),
            Column("next", words("Next step"), lambda r: of(NEXT_STEP_WORDS, r.next_step)),
        ]

    def _build(self) -> None:
        space, words = look().measures.space, self.words
        facts = column(spacing=look().px(2))
        for part, fact in self.facts.items():
            name = label(words(PARTS[part]), "soft")
            name.setFixedWidth(look().px(NAME))
            line = row(name, fact, spacing=space.s1)
            line.setStretch(1, 1)
            line.setAlignment(name, Qt.AlignmentFlag.AlignTop)
            facts.addWidget(box(line))
        acts = FlowLayout(space.s1)
        for button in (self.toggle, self.builder):
            acts.addWidget(button)
        side = look().px(8)
        inset = (side, 0, side, 0)
        self.setLayout(
            column(
                box(
                    column(
                        self.title, self.under, self.whole, self.meter, box(acts), spacing=look().px(4), margins=inset
                    )
                ),
                box(column(*(facts,), margins=inset)),
                box(
                    column(
                        label(words("Goal"), "heading"),
                        self.goal_text,
                        self.goal_note,
                        row(self.goal, None),
                        spacing=look().px(4),
                        margins=inset,
                    )
                ),
                self.chart,
                self.solutions,
                row(self.add, None),
                self.form,
                box(
                    column(
                        label(words("What meetings found"), "heading"),
                        self.no_reviews,
                        self.reviews,
                        spacing=look().px(4),
                        margins=inset,
                    )
                ),
                self.tasks,
                None,
                spacing=space.s2,
                margins=(space.s2, 0, space.s3, space.s3),
            )
        )
        self.form.hide()
        self.chart.hide()
        tab_in_reading_order(self)

    # -- content ------------------------------------------------------------------------------------------------------

    def show_card(self, card: ProblemCard, *, can_write: bool, builder: bool, goal: bool) -> None:
        if self.card is not None and self.card.line.id != card.line.id:
            self.close_form()
        self.card = card
        words, problem = self.words, card.line.problem
        self.title.show_value(f"plans:{problem.id}:title", problem.title)
        for part, fact in self.facts.items():
            fact.show_value(f"plans:{problem.id}:{part}", getattr(problem, part))
        self.under.setText(self._under(card))
        said_parts = precision(problem)
        self.whole.setText(
            statement(problem) if said_parts else words("Nothing of its precise statement is written yet.")
        )
        self.meter.setText(
            words("{n} of {all} parts of a precise statement").format(n=said_parts, all=len(PRECISE_PARTS))
            if said_parts < len(PRECISE_PARTS)
            else ""
        )
        self.meter.setVisible(said_parts < len(PRECISE_PARTS))
        closed = problem.closed_on is not None
        self.toggle.say(words("Open again") if closed else words("Close problem"))
        for part_ in (self.toggle, self.add):
            part_.setVisible(can_write)
        self.builder.setVisible(builder and not closed)
        self._show_goal(card, goal and can_write)
        self.solutions.show_lines(
            [self._solution_line(each, can_write) for each in card.solutions], nothing=words("No solution yet.")
        )
        self.reviews.show_records(card.reviews)
        self.reviews.setVisible(bool(card.reviews))
        self.reviews.setFixedHeight(self.reviews.whole_height())
        self.no_reviews.setVisible(not card.reviews)
        self.tasks.show_lines([self._action_line(each) for each in card.actions], nothing=words("No action yet."))

    def _under(self, card: ProblemCard) -> str:
        words, problem = self.words, card.line.problem
        parts = [f"{card.line.place}, {card.line.team.removesuffix(' team')}"]
        if problem.closed_on is not None:
            parts.append(words("closed {day}").format(day=words.write(problem.closed_on, "short")))
        elif problem.opened_on is not None:
            parts.append(words("open since {day}").format(day=words.write(problem.opened_on, "short")))
        if problem.baseline is not None:
            base = f"{words.number(problem.baseline)} {problem.unit}".strip()
            parts.append(words("baseline {level}").format(level=base))
        if card.line.next_on is not None:
            parts.append(words("next review {day}").format(day=words.write(card.line.next_on, "short")))
        return " · ".join(parts)

    def _show_goal(self, card: ProblemCard, may_set: bool) -> None:
        words, line = self.words, card.goal
        self.goal.setVisible(may_set)
        self.goal.say(words("Change goal") if line is not None else words("Set goal"))
        self.goal_note.setVisible(line is not None)
        if line is None:
            self.goal_text.setText(words("No goal yet."))
            return
        self.goal_text.setText(goal_words(words, line.goal) or line.goal.statement)
        self.goal_note.setText(words.say(line.sentence))

    def _solution_line(self, solution: Solution, can_write: bool) -> LineText:
        words = self.words
        assert self.card is not None
        parts = [self.who(solution)]
        if solution.by_when is not None:
            parts.append(words("by {day}").format(day=words.write(solution.by_when, "short")))
        if solution.started_on is not None:
            parts.append(words("begun {day}").format(day=words.write(solution.started_on, "short")))
        if solution.fidelity_measure:
            parts.append(words("carried out: {measure}").format(measure=solution.fidelity_measure))
        if solution.outcome_measure:
            parts.append(words("helps: {measure}").format(measure=solution.outcome_measure))
        return LineText(
            key=solution.id,
            text=f"{words(KINDS[solution.kind])}: {solution.text}",
            detail=", ".join(part for part in parts if part),
            opens=partial(self.change_solution, solution) if can_write else None,
            act=partial(self.withdraw_wanted.emit, solution.id) if can_write else None,
            act_words=words("Withdraw") if can_write else "",
        )

    def who(self, solution: Solution) -> str:
        assert self.card is not None
        return solution.who or dict(self.card.people).get(solution.person_id or "", "")

    def _action_line(self, action: Action) -> LineText:
        words = self.words
        assert self.card is not None
        done = not is_open(action)
        when = words("done") if action.done_on else words("withdrawn") if action.withdrawn_on else ""
        if not done and action.due_on is not None:
            when = words.write(action.due_on, "short")
        return LineText(
            key=action.id,
            text=action.text,
            detail=", ".join(part for part in (dict(self.card.people).get(action.owner_id or "", ""), when) if part),
            soft=done,
            opens=None if done else partial(self.action_wanted.emit, action.id),
        )

    def show_chart(self, figure: Figure | None) -> None:
        self.chart.setVisible(figure is not None)
        if figure is not None:
            self.chart.show_figure(figure)

    # -- forms --------------------------------------------------------------------------------------------------------

    def new_solution(self) -> None:
        if self.card is not None:
            self.form.show()
            self.form.open(self.card.line.id, None, "", self.card.today)

    def open_solution(self, solution_id: str) -> None:
        """The form of one of its solutions, or of a new one."""
        found = next((each for each in self.card.solutions if each.id == solution_id), None) if self.card else None
        if found is not None:
            self.change_solution(found)
        elif not solution_id:
            self.new_solution()

    def change_solution(self, solution: Solution) -> None:
        assert self.card is not None
        self.form.show()
        self.form.open(self.card.line.id, solution, self.who(solution), self.card.today)

    def close_form(self) -> None:
        self.form.flush()
        had = self.form.isVisible()
        self.form.hide()
        if had:
            self.add.setFocus()

    def bring_back(self, typed: dict[str, str]) -> None:
        """Facts of this problem that were being typed when the program ended."""
        for fact in (self.title, *self.facts.values()):
            if fact.key in typed:
                fact.edit(typed.pop(fact.key))


def goal_words(words: Words, goal: Any) -> str:
    """The goal with its arithmetic: from 1.9 to 0.9 per school day by 5/20; "" without a target."""
    if goal.target is None:
        return ""
    unit = f" {goal.unit}" if goal.unit else ""
    to = f"{words.number(goal.target)}{unit}"
    by = words(" by {day}").format(day=words.date(goal.due_on)) if goal.due_on else ""
    if goal.baseline is None:
        return f"{goal.metric}: {to}{by}"
    change = round(goal.target - goal.baseline, 2)
    base = words("from {base} to {to}{by}").format(base=words.number(goal.baseline), to=to, by=by)
    way = words("{n} more") if change > 0 else words("{n} less")
    return f"{goal.metric}: {base}, {way.format(n=words.number(abs(change)))}"
