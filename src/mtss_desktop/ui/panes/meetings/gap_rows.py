"""Rows of a close-out: what is missing and its question beside the field; the four questions about the meeting."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.close_out import Gap, Missing
from mtss_desktop.ui.kit.buttons import Button, Segmented
from mtss_desktop.ui.kit.fields import Choice, Field
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import IconLabel, hairline, label
from mtss_desktop.ui.panes.meetings.words import ANSWERS, QUESTIONS
from mtss_desktop.ui.theme import look

ICONS = {
    Gap.OWNER: ("ph.user", "danger"),
    Gap.DATE: ("ph.calendar-blank", "danger"),
    Gap.FIDELITY_MEASURE: ("ph.check", "warning"),
    Gap.REVIEW: ("ph.flag", "warning"),
    Gap.ATTENDANCE: ("ph.users", "warning"),
    Gap.NEXT_MEETING: ("ph.calendar-blank", "warning"),
    Gap.RATING: ("ph.chat-text", "warning"),
}


class MissingRow(QWidget):
    """One gap: what it is about, the question, and the field or button that fills it."""

    def __init__(self, missing: Missing, words: Words, field: QWidget) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.field = field
        icon, role = ICONS[missing.gap]
        rating = missing.gap is Gap.RATING
        ask = words("Four answers, one line to improve.") if rating else words.say(missing.ask)
        about = missing.title or _title(words, missing.gap)
        told = column(Prose(about, "medium", "ink"), Prose(ask), None)
        name = f"{about}: {ask}"
        for part in (field, *field.findChildren(Field), *field.findChildren(Choice)):
            if not part.accessibleName():
                part.setAccessibleName(name)
        line = row(column(look().px(2), IconLabel(icon, role), None), spacing=look().px(20))
        line.addLayout(told, 1)
        line.addWidget(field, 1, Qt.AlignmentFlag.AlignVCenter)
        pad = look().px(10)
        self.setLayout(column(box(line), pad, hairline(), margins=(0, pad, 0, 0)))


def _title(words: Words, gap: Gap) -> str:
    titles = {
        Gap.ATTENDANCE: words("Who was here"),
        Gap.NEXT_MEETING: words("Next meeting"),
        Gap.RATING: words("How did the meeting go?"),
    }
    return titles.get(gap, "")


class Rating(QWidget):
    """The four questions, one line to improve; saved together."""

    saved = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.open_button = Button(words("Ask the four questions"), self.open)
        self.answers = {
            key: Segmented([(value, words(text)) for value, text in ANSWERS], words(question))
            for key, question in QUESTIONS
        }
        for each in self.answers.values():
            each.choose("")
        self.improve = Field(name=words("One line to improve"), placeholder=words("One line to improve"))
        self.keep = Button(words("Keep the answers"), self._save)
        rows = [column(label(words(question), "soft"), self.answers[key]) for key, question in QUESTIONS]
        self._questions = box(column(*rows, self.improve, self.keep, spacing=look().px(6)))
        self._questions.hide()
        self.setLayout(column(row(self.open_button, None), self._questions))
        self.improve.returnPressed.connect(self._save)

    def open(self) -> None:
        self.open_button.hide()
        self._questions.show()
        first = next(iter(self.answers.values()))
        first.focusNextChild()

    def _save(self) -> None:
        self.saved.emit({key: each.chosen for key, each in self.answers.items()} | {"to_improve": self.improve.text()})
