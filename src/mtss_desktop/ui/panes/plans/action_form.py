"""A new action of what is shown: words, who, by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal

from mtss_desktop.base.words import Words
from mtss_desktop.domain.minutes_words import typed_day
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
        self.by.complain(self.words("Type a day, as 2/24, fri or +2w.") if by and day is None else "")
        if not text or (by and day is None):
            (self.fields["by"] if text else self.fields["text"]).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wanted.emit(ActionWish(text, self.fields["who"].text().strip(), day))
