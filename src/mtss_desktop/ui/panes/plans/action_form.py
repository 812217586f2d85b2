"""Forms of actions: a new one of what is shown, and one of the board with all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal

from mtss_desktop.base.words import Words
from mtss_desktop.domain.minutes_words import typed_day
from mtss_desktop.domain.plans import Action, Priority
from mtss_desktop.ui.kit.days import day_trouble
from mtss_desktop.ui.kit.fields import Choice
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.panes.plans.solution_form import CardForm
from mtss_desktop.ui.theme import look


@dataclass(frozen=True)
class ActionWish:
    """``who`` as typed: the name of a person, or "" for nobody yet."""

    text: str
    who: str
    due_on: date | None


class ActionForm(CardForm):
    """``wanted`` carries an ``ActionWish``."""

    wanted = Signal(object)

    def __init__(self, words: Words, typing: TypingFile, key: str) -> None:
        super().__init__(words, typing, key, ("text", "who", "by"))
        self._today = date.min
        self.heading.setText(words("New action"))
        self.keep.say(words("Add action"))
        self.text = FormField(words("What is to be done"), self.fields["text"])
        self.who = FormField(words("Who"), self.fields["who"])
        self.by = FormField(words("By"), self.fields["by"], help_text=words("2/24, fri or +2w"))
        space = look().measures.space
        self.setLayout(
            column(
                self.heading,
                self.text,
                row(self.who, self.by, spacing=space.s2),
                row(self.keep, self.cancel, None, spacing=space.s1),
                spacing=space.s1,
                margins=(space.s2, look().px(12), space.s2, look().px(12)),
            )
        )

    def open(self, today: date) -> None:
        self._today = today
        for field in (self.text, self.who, self.by):
            field.complain("")
        self.fields["text"].setFocus(Qt.FocusReason.OtherFocusReason)

    def complain_of_name(self) -> None:
        """Nobody is called that."""
        self.who.complain(self.words("Nobody here is called that. Type first and last name."))
        self.fields["who"].setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        text, by = self.fields["text"].text().strip(), self.fields["by"].text().strip()
        day = typed_day(by, self._today) if by else None
        self.text.complain("" if text else self.words("Say what is to be done."))
        usual = self.words("Type a day, as 2/24, fri or +2w.")
        self.by.complain(day_trouble(self.words, by, self._today, usual) if by and day is None else "")
        if not text or (by and day is None):
            (self.fields["by"] if text else self.fields["text"]).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wanted.emit(ActionWish(text, self.fields["who"].text().strip(), day))


@dataclass(frozen=True)
class ActionChange:
    """Everything the form of the board holds; ``who`` as typed, "" for nobody."""

    action_id: str
    text: str
    who: str
    due_on: date | None
    priority: Priority | None
    evaluate_on: date | None
    how: str


CHANGE = "plans:action"
"""What the typing file calls a change of an action."""
PRIORITIES = (
    ("", "none"),
    (Priority.HIGH.value, "High: within 3 months"),
    (Priority.MEDIUM.value, "Medium: 6 to 9 months"),
    (Priority.LOW.value, "Low: next year"),
)


class ActionDetails(CardForm):
    """``wanted`` carries an ``ActionChange``."""

    wanted = Signal(object)

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__(words, typing, CHANGE, ("text", "who", "by", "evaluate", "how"))
        self._action, self._today = "", date.min
        self.heading.setText(words("Change action"))
        self.keep.say(words("Save"))
        self.text = FormField(words("What is to be done"), self.fields["text"])
        self.who = FormField(
            words("Who"), self.fields["who"], help_text=words("First and last name; empty for nobody yet.")
        )
        self.by = FormField(words("By"), self.fields["by"], help_text=words("2/24, fri or +2w"))
        self.evaluate = FormField(
            words("Evaluate on"), self.fields["evaluate"], help_text=words("When the team looks whether it helped.")
        )
        self.priority = Choice([(value, words(name)) for value, name in PRIORITIES])
        self.unsaved.add("priority", self.priority)
        space = look().measures.space
        self.setLayout(
            column(
                self.heading,
                self.text,
                self.who,
                self.by,
                FormField(words("Priority"), self.priority),
                self.evaluate,
                FormField(words("How we will know"), self.fields["how"]),
                row(self.keep, self.cancel, None, spacing=space.s1),
                spacing=space.s1,
                margins=(space.s2, look().px(12), space.s2, look().px(12)),
            )
        )

    @property
    def action_id(self) -> str:
        """The action that is being changed."""
        return self._action

    def open(self, action: Action, owner: str, today: date) -> bool:
        """What is known of the action, with what was typed of it and not saved; True where something was."""
        self._action, self._today = action.id, today
        came_back = self.unsaved.serve(
            action.id,
            {
                "text": action.text,
                "who": owner,
                "by": Words.date(action.due_on) if action.due_on else "",
                "evaluate": Words.date(action.evaluate_on) if action.evaluate_on else "",
                "how": action.note,
                "priority": action.priority.value if action.priority is not None else "",
            },
        )
        for field in (self.text, self.who, self.by, self.evaluate):
            field.complain("")
        self.fields["text"].setFocus(Qt.FocusReason.OtherFocusReason)
        return came_back

    def complain_of_name(self) -> None:
        """Nobody is called that."""
        self.who.complain(self.words("Nobody here is called that. Type first and last name."))
        self.fields["who"].setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        text = self.fields["text"].text().strip()
        self.text.complain("" if text else self.words("Say what is to be done."))
        due, evaluate = self._day("by", self.by), self._day("evaluate", self.evaluate)
        wrong = next((each for each in (self.text, self.by, self.evaluate) if each.is_wrong), None)
        if wrong is not None:
            wrong.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        priority = Priority(self.priority.value) if self.priority.value else None
        who, how = self.fields["who"].text().strip(), self.fields["how"].text()
        self.wanted.emit(ActionChange(self._action, text, who, due, priority, evaluate, how))

    def _day(self, name: str, field: FormField) -> date | None:
        typed = self.fields[name].text().strip()
        day = typed_day(typed, self._today) if typed else None
        usual = self.words("Type a day, as 2/24, fri or +2w.")
        field.complain(day_trouble(self.words, typed, self._today, usual) if typed and day is None else "")
        return day
