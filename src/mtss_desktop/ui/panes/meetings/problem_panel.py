"""The problem on the table beside the minutes: each solution with its fidelity, new solutions, and the goal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from mtss_desktop.base.numbers import typed_number
from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.plans import Direction
from mtss_desktop.domain.problems import Fidelity, Solution, SolutionKind
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fields import Choice, Field
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import ScrollPage, box, column, row
from mtss_desktop.ui.kit.lines import INSET
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.kit.unsaved import Unsaved
from mtss_desktop.ui.panes.meetings.words import FIDELITY, typed_day
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.live import ProblemOnTable

TABLE = "problem:table:"
"""What the typing file calls both forms; the record is the problem."""
KINDS = (
    (SolutionKind.PREVENT.value, "Prevent"),
    (SolutionKind.TEACH.value, "Teach"),
    (SolutionKind.REWARD.value, "Reward"),
    (SolutionKind.CORRECT.value, "Correct"),
    (SolutionKind.EXTINGUISH.value, "Extinguish"),
    (SolutionKind.SAFETY.value, "Safety"),
)


@dataclass(frozen=True)
class GoalWish:
    """A goal as typed: from, to, by when."""

    metric: str
    unit: str
    baseline: float | None
    target: float
    due_on: date | None
    direction: Direction


class ProblemPanel(ScrollPage):
    """``rated`` carries (solution id, Fidelity), ``added`` (kind, text), ``goal_set`` a ``GoalWish``; ``left`` goes back to the line."""

    rated = Signal(str, object)
    added = Signal(object, str)
    goal_set = Signal(object)
    left = Signal()

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__()
        self._words = words
        self._shown: ProblemOnTable | None = None
        self._day = date.min
        self.title = Prose("", "heading", "ink")
        self.lowest = Prose("", "caption")
        self._solutions: QVBoxLayout = column(spacing=look().px(10))
        self.rows: dict[str, tuple[Prose, Prose, Choice]] = {}
        self.kind = Choice([(value, words(text)) for value, text in KINDS], name=words("Kind of solution"))
        self.text = Field(name=words("What the team will do"), placeholder=words("What the team will do"))
        self.add = Button(words("Add solution"), self._add, size="small")
        self.start, self.target, self.due = Field(), Field(), Field()
        self.start_field = FormField(words("From"), self.start)
        self.target_field = FormField(words("To"), self.target)
        self.due_field = FormField(words("By"), self.due, help_text=words("1/29, fri or +8w"))
        self.unit = Prose("", "caption")
        self.keep = Button(words("Keep goal"), self._keep_goal, size="small")
        self.back = Button(words("Back to the line"), self.left.emit, kind="quiet", size="small")
        self.solution = Unsaved({"text": self.text, "kind": self.kind}, typing, f"{TABLE}solution")
        self.goal = Unsaved({"from": self.start, "to": self.target, "by": self.due}, typing, f"{TABLE}goal")
        side, gap = look().px(INSET), look().px(8)
        goal = column(self.start_field, self.target_field, self.due_field, self.unit, row(self.keep, None), spacing=gap)
        form = column(
            self.title, label(words("Solutions"), "medium"), self.lowest, self._solutions,
            column(self.kind, self.text, row(self.add, None), spacing=look().px(6)),
            hairline(), label(words("Goal"), "medium"), goal, row(self.back, None), None,
            spacing=gap, margins=(side, 0, side, side),
        )  # fmt: skip
        self.hold(box(form), words("Solutions and goal"))
        self.text.returnPressed.connect(self._add)
        for field in (self.start, self.target, self.due):
            field.returnPressed.connect(self._keep_goal)

    def know(self, typed: Mapping[str, str]) -> None:
        """What an earlier evening left in the typing file comes back when its problem is on the table."""
        self.solution.know(typed)
        self.goal.know(typed)

    def show_problem(self, on_table: ProblemOnTable | None, day: date, allowed: bool) -> None:
        """What is being typed stays, unless another problem came on the table."""
        another = on_table is None or self._shown is None or self._shown.problem.id != on_table.problem.id
        self._shown, self._day = on_table, day
        if on_table is None:
            self.title.setText(self._words("No problem is on the table."))
            self._show_solutions((), (), allowed)
            return
        problem = on_table.problem
        self.title.setText(problem.title)
        self._show_solutions(on_table.solutions, on_table.fidelities, allowed)
        self.unit.setText(problem.unit)
        if another:
            self.solution.serve(str(problem.id))
            self._show_goal(on_table)
        elif not self.goal.has_some and not any(field.hasFocus() for field in (self.start, self.target, self.due)):
            self._show_goal(on_table)
        for part in (self.kind, self.text, self.add, self.start, self.target, self.due, self.keep):
            part.setEnabled(allowed)

    def _show_goal(self, on_table: ProblemOnTable) -> None:
        goal = next(iter(on_table.goals), None)
        start = goal.baseline if goal is not None else on_table.problem.baseline
        known = {
            "from": "" if start is None else f"{start:g}",
            "to": "" if goal is None or goal.target is None else f"{goal.target:g}",
            "by": "" if goal is None or goal.due_on is None else self._words.date(goal.due_on),
        }
        self.goal.serve(str(on_table.problem.id), known)
        for part in (self.start_field, self.target_field, self.due_field):
            part.complain("")

    def _show_solutions(
        self, solutions: tuple[Solution, ...], marks: tuple[Fidelity | None, ...], allowed: bool
    ) -> None:
        """Rows stay as widgets, so that the focus stays in the list that was just answered."""
        words = self._words
        for key in [key for key in self.rows if key not in {each.id for each in solutions}]:
            for part in self.rows.pop(key):
                self._solutions.removeWidget(part)
                part.hide()
                part.deleteLater()
        for solution, mark in zip(solutions, marks, strict=False):
            if solution.id not in self.rows:
                self.rows[solution.id] = self._row(solution)
            text, detail, choice = self.rows[solution.id]
            text.setText(solution.text)
            kind = words(dict(KINDS)[solution.kind.value])
            due = words.day(solution.by_when) if solution.by_when is not None else ""
            detail.setText(" · ".join(part for part in (kind, solution.who, due, solution.fidelity_measure) if part))
            choice.choose(mark.value if mark is not None else "")
            choice.setEnabled(allowed)
        n = len(solutions)
        told = said("Fidelity of the problem starts from the lowest of these {n}.", n=n)
        self.lowest.setText(words.say(told) if n > 1 else "" if n else words("No solution is written down yet."))
        self.lowest.setVisible(bool(self.lowest.text()))

    def _row(self, solution: Solution) -> tuple[Prose, Prose, Choice]:
        words = self._words
        text, detail = Prose("", "base", "ink"), Prose("", "caption")
        name = words("Fidelity: {solution}").format(solution=solution.text)
        choice = Choice([("", words("Not marked")), *((value, words(said_)) for value, said_ in FIDELITY)], name=name)
        choice.chosen_changed.connect(partial(self._rate, solution.id))
        for part in (text, detail, choice):
            self._solutions.addWidget(part)
        return text, detail, choice

    def _rate(self, solution_id: str, value: str) -> None:
        if value:
            self.rated.emit(solution_id, Fidelity(value))

    def _add(self) -> None:
        text = self.text.text().strip()
        if text:
            self.added.emit(SolutionKind(self.kind.value), text)
        else:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def solution_written(self) -> None:
        self.text.clear()
        self.solution.settle()

    def _keep_goal(self) -> None:
        shown, words = self._shown, self._words
        if shown is None:
            return
        start, target = typed_number(self.start.text()), typed_number(self.target.text())
        due = typed_day(self.due.text(), self._day) if self.due.text().strip() else None
        wrong = (
            (self.start_field, self.start, words("Type a number.") if self.start.text().strip() and start is None else ""),
            (self.target_field, self.target, words("Type the level to reach.") if target is None else ""),
            (self.due_field, self.due, words("Type a day, such as 1/29 or +8w.")
             if self.due.text().strip() and due is None else ""),
        )  # fmt: skip
        for part, _, text in wrong:
            part.complain(text)
        first = next((field for _, field, text in wrong if text), None)
        if first is not None or target is None:
            (first or self.target).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        goal = next(iter(shown.goals), None)
        direction = Direction.HIGHER if start is not None and target > start else Direction.LOWER
        metric = goal.metric if goal is not None else shown.problem.title
        unit = (goal.unit if goal is not None else "") or shown.problem.unit
        self.goal_set.emit(GoalWish(metric, unit, start, target, due, direction))

    def goal_written(self) -> None:
        self.goal.settle()

    def open(self) -> None:
        first = next((choice for _, _, choice in self.rows.values()), None)
        (first or self.text).setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.solution.flush()
        self.goal.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)
