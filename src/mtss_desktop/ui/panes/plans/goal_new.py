"""A goal, new or to change: what is measured, from where to where, by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox

from mtss_desktop.base.numbers import typed_number
from mtss_desktop.base.words import Words
from mtss_desktop.domain.minutes_words import typed_day
from mtss_desktop.domain.plans import Direction, Goal
from mtss_desktop.ui.kit.days import day_trouble
from mtss_desktop.ui.kit.fields import Choice
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.kit.unsaved import NEW
from mtss_desktop.ui.panes.plans.solution_form import CardForm
from mtss_desktop.ui.theme import look

NAMES = ("metric", "unit", "baseline", "target", "level", "by")


@dataclass(frozen=True)
class GoalWish:
    """``about`` is ``team:ID`` or ``problem:ID``; ``goal_id`` "" for a new one. ``level`` is where a team's goal stands today."""

    goal_id: str
    about: str
    metric: str
    unit: str
    baseline: float | None
    target: float
    direction: Direction
    due_on: date | None
    level: float | None


class TeamGoalForm(CardForm):
    """``wanted`` carries a ``GoalWish``."""

    wanted = Signal(object)

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__(words, typing, "plans:goal", NAMES)
        self._goal, self._today = "", date.min
        self.about = Choice()
        self.about.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.about.setMinimumContentsLength(16)
        self.way = Choice([(Direction.LOWER.value, words("Lower")), (Direction.HIGHER.value, words("Higher"))])
        self.unsaved.add("about", self.about)
        self.unsaved.add("way", self.way)
        self.what = FormField(
            words("What is measured"), self.fields["metric"], help_text=words("Tardies per school day.")
        )
        self.numbers = {
            "baseline": FormField(words("From"), self.fields["baseline"]),
            "target": FormField(words("To"), self.fields["target"]),
            "level": FormField(words("Now"), self.fields["level"], help_text=words("If it is known today.")),
        }
        self.by = FormField(words("By"), self.fields["by"], help_text=words("5/20 or +12w"))
        self.about.chosen_changed.connect(lambda _: self._of_team(self._for_team()))
        self._about_field = FormField(words("Goal of"), self.about)
        space = look().measures.space
        self.setLayout(
            column(
                self.heading,
                self._about_field,
                self.what,
                row(self.numbers["baseline"], self.numbers["target"], spacing=space.s2),
                row(
                    FormField(words("Unit"), self.fields["unit"]),
                    FormField(words("Better is"), self.way),
                    spacing=space.s2,
                ),
                row(self.by, self.numbers["level"], spacing=space.s2),
                row(self.keep, self.cancel, None, spacing=space.s1),
                spacing=space.s1,
                margins=(space.s2, look().px(12), space.s2, look().px(12)),
            )
        )

    def open(self, goal: Goal | None, offered: Sequence[tuple[str, str]], today: date) -> bool:
        """A goal to change, or none for a new one; what was begun before goes on, and True says that something was."""
        self._today = today
        self._goal = goal.id if goal is not None else NEW
        self.heading.setText(self.words("New goal") if goal is None else self.words("Change goal"))
        self.keep.say(self.words("Add goal") if goal is None else self.words("Save"))
        self._about_field.setVisible(goal is None)
        self.about.offer(offered, self.about.value)
        self._of_team(goal.problem_id is None if goal is not None else self._for_team())
        known = {}
        if goal is not None:
            number = self.words.number
            known = {
                "way": goal.direction.value,
                "metric": goal.metric,
                "unit": goal.unit,
                "baseline": number(goal.baseline) if goal.baseline is not None else "",
                "target": number(goal.target) if goal.target is not None else "",
                "level": number(goal.level) if goal.level is not None else "",
                "by": Words.date(goal.due_on) if goal.due_on else "",
            }
        came_back = self.unsaved.serve(self._goal, known)
        if goal is None:
            self._of_team(self._for_team())
        for field in (self.what, self.by, *self.numbers.values()):
            field.complain("")
        self.fields["metric"].setFocus(Qt.FocusReason.OtherFocusReason)
        return came_back

    def _for_team(self) -> bool:
        return self.about.value.startswith("team:")

    def _of_team(self, team: bool) -> None:
        """Where a team's own goal stands is typed; a problem's reviews say it."""
        self.numbers["level"].setVisible(team)

    def submit(self) -> None:
        words, texts = self.words, {name: field.text().strip() for name, field in self.fields.items()}
        numbers = {name: typed_number(texts[name]) for name in self.numbers}
        day = typed_day(texts["by"], self._today) if texts["by"] else None
        self.what.complain("" if texts["metric"] else words("Say what is measured."))
        usual = words("Type a day, as 5/20 or +12w.")
        self.by.complain(day_trouble(words, texts["by"], self._today, usual) if texts["by"] and day is None else "")
        for name, field in self.numbers.items():
            bad = texts[name] and numbers[name] is None
            needed = name == "target" and not texts[name]
            field.complain(words("Type a number.") if bad or needed else "")
        wrong = next((each for each in (self.what, *self.numbers.values(), self.by) if each.is_wrong), None)
        if wrong is not None:
            wrong.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        target = numbers["target"]
        assert target is not None
        self.wanted.emit(
            GoalWish(
                self._goal,
                self.about.value,
                texts["metric"],
                texts["unit"],
                numbers["baseline"],
                target,
                Direction(self.way.value),
                day,
                None if self.numbers["level"].isHidden() else numbers["level"],
            )
        )

    def complain_of_target(self, text: str) -> None:
        """What is wrong with the numbers, said where they are."""
        self.numbers["target"].complain(text)
        self.fields["target"].setFocus(Qt.FocusReason.OtherFocusReason)
