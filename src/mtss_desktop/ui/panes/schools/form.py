"""Forms of the room that stand in the page: a school, and its calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words, school_year
from mtss_desktop.domain.people import Organization
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.days import day_trouble
from mtss_desktop.ui.kit.fields import Field
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import beside_nothing, column, row
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.kit.unsaved import Unsaved
from mtss_desktop.ui.panes.schools.words import read_day
from mtss_desktop.ui.theme import look


@dataclass(frozen=True)
class SchoolFacts:
    """What the form holds; ``place_id`` is "" for a new school."""

    place_id: str
    name: str
    short_name: str
    grades: str
    code: str


@dataclass(frozen=True)
class CalendarDays:
    """First and last day of school."""

    first: date
    last: date


SCHOOL, CALENDAR = "school", "calendar"
"""What the typing file calls them; the record of a calendar is place/year."""


class _Form(QWidget):
    """Enter in any field submits, Esc leaves; what was typed waits."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, submit: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._submit = submit

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._submit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, *parts: QWidget, buttons: tuple[Button, ...]) -> None:
        space = look().measures.space
        form = column(*parts, row(*buttons, None, spacing=look().px(12)), None, spacing=space.s2)
        self.setLayout(beside_nothing(form, (space.s3, 0, space.s3, space.s3)))


class SchoolForm(_Form):
    """A new school, or the facts of one; ``wanted`` carries ``SchoolFacts``."""

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__(self.submit)
        self._words, self._place_id = words, ""
        self.name, self.short_name, self.grades, self.code = Field(), Field(), Field(), Field()
        self._fields = {"name": self.name, "short": self.short_name, "grades": self.grades, "code": self.code}
        self.unsaved = Unsaved(self._fields, typing, SCHOOL)
        self.name_field = FormField(words("Name"), self.name)
        short = words("As it reads in lists, for example Piney Ridge. Left empty it is taken from the name.")
        self._short_field = FormField(words("Short name"), self.short_name, help_text=short)
        self._grades_field = FormField(words("Grades"), self.grades, help_text=words("For example K–5."))
        self._code_field = FormField(
            words("Code in files"), self.code, help_text=words("What files call this school, for example PRE or 0420.")
        )
        self.title = label("", "statement")
        self.save = Button("", self.submit, kind="primary")
        self.cancel = Button(words("Cancel"), self.left.emit, size="large")
        self._lay_out(
            self.title,
            self.name_field,
            self._short_field,
            self._grades_field,
            self._code_field,
            buttons=(self.save, self.cancel),
        )

    def open(self, place: Organization | None) -> None:
        """An empty form, or the facts of a place, with what was typed before."""
        words = self._words
        self._place_id = place.id if place is not None else ""
        self.title.setText(words("Change {school}").format(school=place.name) if place else words("New school"))
        self.save.say(words("Save changes") if place else words("Add school"))
        known = {}
        if place is not None:
            known = {"name": place.name, "short": place.short_name, "grades": place.grades, "code": place.code}
        self.unsaved.serve(self._place_id, known)
        self.complain("")
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        if not self.name.text().strip():
            self.complain(self._words("Give the school a name."))
            return
        texts = [field.text() for field in self._fields.values()]
        self.wanted.emit(SchoolFacts(self._place_id, *texts))

    def complain(self, words: str) -> None:
        self.name_field.complain(words)
        if words:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def empty(self) -> None:
        """It is written: the form starts anew."""
        self.unsaved.done()


class CalendarForm(_Form):
    """First and last day of school; ``wanted`` carries ``CalendarDays``."""

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__(self.submit)
        self._words = words
        self.first, self.last = Field(placeholder="8/24/2026"), Field(placeholder="6/10/2027")
        self.unsaved = Unsaved({"first": self.first, "last": self.last}, typing, CALENDAR)
        self.first_field = FormField(words("First day of school"), self.first)
        self.last_field = FormField(words("Last day of school"), self.last)
        self.title = label("", "statement")
        self.save = Button(words("Set the calendar"), self.submit, kind="primary")
        self.cancel = Button(words("Cancel"), self.left.emit, size="large")
        self._lay_out(self.title, self.first_field, self.last_field, buttons=(self.save, self.cancel))

    def open(self, place: Organization, start: int) -> None:
        self.title.setText(self._words("{school}, {year}").format(school=place.name, year=school_year(start)))
        self._begins = date(start, 7, 1)
        self.first.setPlaceholderText(f"8/24/{start}")
        self.last.setPlaceholderText(f"6/10/{start + 1}")
        self.unsaved.serve(f"{place.id}/{start}")
        self.complain("")
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        days = []
        for field, around in ((self.first, self.first_field), (self.last, self.last_field)):
            day = read_day(field.text())
            usual = self._words("Type it as month/day/year, for example {example}.")
            example = usual.format(example=field.placeholderText())
            around.complain("" if day else day_trouble(self._words, field.text(), self._begins, example))
            if day is None:
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            days.append(day)
        self.wanted.emit(CalendarDays(days[0], days[1]))

    def complain(self, words: str) -> None:
        self.first_field.complain("")
        self.last_field.complain(words)
        if words:
            self.last.setFocus(Qt.FocusReason.OtherFocusReason)
