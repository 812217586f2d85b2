"""Forms of the problems view: a solution, added or changed in its place, and a new problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame

from mtss_desktop.base.words import Words
from mtss_desktop.domain.minutes_words import typed_day
from mtss_desktop.domain.problems import Solution, SolutionKind
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.days import day_trouble
from mtss_desktop.ui.kit.fields import Choice, Field
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.kit.problem_fields import ProblemFields
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.kit.unsaved import NEW, Unsaved
from mtss_desktop.ui.theme import look

KINDS = {
    SolutionKind.PREVENT: "Prevent",
    SolutionKind.TEACH: "Teach",
    SolutionKind.REWARD: "Reward",
    SolutionKind.CORRECT: "Correct",
    SolutionKind.EXTINGUISH: "Extinguish",
    SolutionKind.SAFETY: "Safety",
}


SOLUTION = "plans:solution"
"""What the typing file calls a solution that is added or changed; the record is problem/solution."""


class CardForm(QFrame):
    """Fields one under another; Enter keeps, Esc closes and what was typed waits in the typing file."""

    left = Signal()

    def __init__(self, words: Words, typing: TypingFile, key: str, names: Sequence[str]) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.words, self._key = words, key
        self.fields = {name: Field() for name in names}
        self.unsaved = Unsaved(self.fields, typing, key)
        self.heading = label("", "heading")
        self.keep = Button(words("Add"), self.submit)
        self.cancel = Button(words("Cancel"), self.left.emit, kind="quiet")

    def fill(self, texts: dict[str, str]) -> None:
        for name, field in self.fields.items():
            field.setText(texts.get(name, ""))

    def bring_back(self, typed: dict[str, str]) -> bool:
        """Text that an earlier evening left; True where there is some."""
        return self.unsaved.take_up(typed)

    def done(self) -> None:
        """It is written."""
        self.unsaved.done()

    def flush(self) -> None:
        self.unsaved.keep()

    def submit(self) -> None:
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True)
class SolutionWish:
    """``solution_id`` "" for a new one."""

    solution_id: str
    kind: SolutionKind
    text: str
    who: str
    by_when: date | None
    started_on: date | None
    fidelity_measure: str
    outcome_measure: str


class SolutionForm(CardForm):
    """``wanted`` carries a ``SolutionWish``."""

    wanted = Signal(object)

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__(words, typing, SOLUTION, ("text", "who", "by", "from", "fidelity", "outcome"))
        self._solution, self._today = "", date.min
        self.kind = Choice([(kind.value, words(name)) for kind, name in KINDS.items()])
        self.unsaved.add("kind", self.kind)
        self.text = FormField(words("What the team will do"), self.fields["text"])
        self.by = FormField(words("By"), self.fields["by"], help_text=words("1/29, fri or +8w"))
        self.begun = FormField(words("Begun"), self.fields["from"], help_text=words("A line in the chart."))
        space = look().measures.space
        self.setLayout(
            column(
                self.heading,
                FormField(words("Kind of solution"), self.kind),
                self.text,
                FormField(words("Who"), self.fields["who"]),
                row(self.by, self.begun, spacing=space.s2),
                FormField(words("How we know it is carried out"), self.fields["fidelity"]),
                FormField(words("How we know it helps"), self.fields["outcome"]),
                row(self.keep, self.cancel, None, spacing=space.s1),
                spacing=space.s1,
                margins=(space.s2, look().px(12), space.s2, look().px(12)),
            )
        )

    def open(self, problem_id: str, solution: Solution | None, who: str, today: date) -> bool:
        """A solution of a problem to change, or none for a new one; what was begun before goes on, and True says that something was."""
        self._today = today
        self._solution = solution.id if solution is not None else NEW
        self.heading.setText(self.words("New solution") if solution is None else self.words("Change solution"))
        self.keep.say(self.words("Add solution") if solution is None else self.words("Save"))
        known = {}
        if solution is not None:
            known = {
                "kind": solution.kind.value,
                "text": solution.text,
                "who": who,
                "by": Words.date(solution.by_when) if solution.by_when else "",
                "from": Words.date(solution.started_on) if solution.started_on else "",
                "fidelity": solution.fidelity_measure,
                "outcome": solution.outcome_measure,
            }
        came_back = self.unsaved.serve(f"{problem_id}/{self._solution}", known)
        self.text.complain("")
        self.by.complain("")
        self.begun.complain("")
        self.fields["text"].setFocus(Qt.FocusReason.OtherFocusReason)
        return came_back

    def submit(self) -> None:
        text = self.fields["text"].text().strip()
        self.text.complain("" if text else self.words("Say what the team will do."))
        day, start = self._day("by", self.by), self._day("from", self.begun, nearest=True)
        wrong = next((each for each in (self.text, self.by, self.begun) if each.is_wrong), None)
        if wrong is not None:
            wrong.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        kind, who = SolutionKind(self.kind.value), self.fields["who"].text()
        measures = self.fields["fidelity"].text(), self.fields["outcome"].text()
        self.wanted.emit(SolutionWish(self._solution, kind, text, who, day, start, *measures))

    def _day(self, name: str, field: FormField, *, nearest: bool = False) -> date | None:
        """What was typed as a day; the field complains of what is none."""
        typed = self.fields[name].text().strip()
        day = typed_day(typed, self._today, nearest=nearest) if typed else None
        usual = self.words("Type a day, as 1/29, fri or +8w.")
        field.complain(day_trouble(self.words, typed, self._today, usual) if typed and day is None else "")
        return day


class NewProblemForm(CardForm):
    """``wanted`` carries (team id, texts by field)."""

    wanted = Signal(str, object)

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__(words, typing, "plans:problem", ())
        self._problem = ProblemFields(words, typing, "plans:problem")
        self.fields, self.title, self.unsaved = self._problem.fields, self._problem.title, self._problem.unsaved
        self.heading.setText(words("New problem"))
        self.keep.say(words("Add problem"))
        self.team = Choice()
        self.unsaved.add("team", self.team)
        self.team.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.team.setMinimumContentsLength(16)
        space = look().measures.space
        self.setLayout(
            column(
                self.heading,
                FormField(words("Team"), self.team),
                *self._problem.lines,
                row(self.keep, self.cancel, None, spacing=space.s1),
                spacing=space.s1,
                margins=(space.s2, look().px(12), space.s2, look().px(12)),
            )
        )

    def open(self, teams: Sequence[tuple[str, str]]) -> None:
        self.team.offer(teams, self.team.value)
        self._problem.open()

    def done(self) -> None:
        self._problem.done()

    def flush(self) -> None:
        self._problem.flush()

    def submit(self) -> None:
        texts = self._problem.texts()
        if texts is not None:
            self.wanted.emit(self.team.value, texts)
