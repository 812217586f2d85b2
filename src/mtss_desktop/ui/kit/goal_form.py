"""A goal, proposed and advised with the arithmetic beside it, or one's own: a form for any room that sets goals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.numbers import typed_number
from mtss_desktop.base.words import Said, Words
from mtss_desktop.domain.goal_advice import Proposal
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.days import day_trouble
from mtss_desktop.ui.kit.fields import Field
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.kit.unsaved import Unsaved
from mtss_desktop.ui.theme import look

OWN = "own"
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?")


def coming_day(text: str, today: date) -> date | None:
    """M/D or M/D/YYYY; without a year the next such day. None where it is no day."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    month, day, year = int(found[1]), int(found[2]), found[3]
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        this = date(today.year, month, day)
        return this if this >= today else date(today.year + 1, month, day)
    except ValueError:
        return None


class GoalForm(QWidget):
    """``wanted`` carries (way, number, day); ``due_changed`` asks for the arithmetic to another day; ``left`` comes with Esc."""

    wanted = Signal(str, float, object)
    due_changed = Signal(object)
    left = Signal()

    def __init__(self, words: Words, *, typing: TypingFile, key: str) -> None:
        """``key`` is what the typing file calls it; the record follows when it is opened."""
        super().__init__()
        self.setProperty("kind", "clear")
        self.words = words
        self._today = date.min
        self._due: date | None = None
        self._ways: tuple[Proposal, ...] = ()
        self._way = OWN
        self.heading = label(words("Set a goal"), "heading")
        self.base = Prose("", "caption", "ink_soft")
        self.target, self.due = Field(), Field()
        self.unsaved = Unsaved({"target": self.target, "due": self.due}, typing, key)
        self.target_field = FormField(words("Goal"), self.target)
        self.due_field = FormField(words("By"), self.due, help_text=words("A day, as 5/20 or 5/20/2026."))
        self.target.textEdited.connect(self._typed_own)
        self.target.returnPressed.connect(self.submit)
        self.due.editingFinished.connect(self._due_typed)
        self.way_rows = column(spacing=look().measures.space.s1)
        self.set_button = Button(words("Set goal"), self.submit, kind="primary")
        self.cancel = Button(words("Cancel"), self.left.emit, size="large")
        self.message = Prose("", "base", "danger")
        self.message.hide()
        space = look().measures.space
        self.setLayout(
            column(
                self.heading,
                self.base,
                self.way_rows,
                self.target_field,
                self.due_field,
                self.message,
                row(self.set_button, self.cancel, None, spacing=space.s1),
                spacing=space.s1,
            )
        )
        self.takes: list[Button] = []

    def open(
        self,
        record: str,
        ways: Sequence[Proposal],
        *,
        today: date,
        due: date,
        base: Said | str,
        unit: str = "",
        fresh: bool = True,
    ) -> None:
        """``fresh`` takes the first way that has a number, or what was typed for this record before; else what was typed stays."""
        words = self.words
        self._today, self._due, self._ways = today, due, tuple(ways)
        self.base.setText(words.say(base))
        self.target_field.advise(unit)
        self._show_ways()
        if fresh:
            first = next((each for each in ways if each.target is not None), None)
            proposed = "" if first is None else self._number(first)
            self._way = OWN if first is None else first.way
            self.unsaved.serve(record, {"target": proposed, "due": words.date(due)})
            if self.target.text() != proposed:
                self._way = OWN
            self.target_field.complain("")
            self.complain("")
            self.due_field.complain("")
            if self.due.text() != words.date(due):
                self._due_typed()  # a day that came back has its own arithmetic
        elif self._way != OWN:
            again = next((each for each in ways if each.way == self._way), None)
            if again is not None and again.target is not None:
                self._take(again)

    def _show_ways(self) -> None:
        while (item := self.way_rows.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self.takes = []
        for way in self._ways:
            self.way_rows.addWidget(self._way_row(way))

    def _way_row(self, way: Proposal) -> QWidget:
        words = self.words
        name = Prose(words.say(way.name), "medium", "ink")
        line = row(name, spacing=look().measures.space.s1)
        line.setStretch(0, 1)
        if way.target is not None:
            shown = words.number(way.target)
            button = Button(shown, lambda: self._take(way, focus=True), size="small")
            button.setAccessibleName(words("Take {number}: {name}").format(number=shown, name=words.say(way.name)))
            self.takes.append(button)
            line.addWidget(button)
        return box(column(line, Prose(words.say(way.arithmetic), "caption", "ink_soft")))

    def _number(self, way: Proposal) -> str:
        assert way.target is not None
        return self.words.number(way.target).replace(",", "")

    def _take(self, way: Proposal, *, focus: bool = False) -> None:
        self._way = way.way
        self.target.setText(self._number(way))
        self.target_field.complain("")
        if focus:
            self.target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed_own(self) -> None:
        self._way = OWN
        self.target_field.complain("")

    def _due_typed(self) -> None:
        day = coming_day(self.due.text(), self._today)
        if day is None or day <= self._today:
            usual = self.words("Type a day to come, as 5/20 or 5/20/2026.")
            self.due_field.complain(day_trouble(self.words, self.due.text(), self._today, usual))
            return
        self.due_field.complain("")
        if day != self._due:
            self._due = day
            self.due_changed.emit(day)

    def submit(self) -> None:
        """Says at its field what is no number or no day; nothing typed is lost."""
        target = typed_number(self.target.text())
        if target is None:
            self.target_field.complain(self.words("Type the goal as a number."))
            self.target.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        day = coming_day(self.due.text(), self._today)
        if day is None or day <= self._today:
            self._due_typed()
            self.due.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wanted.emit(self._way, target, day)

    def complain(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))

    def done(self) -> None:
        """The goal is in the database."""
        self.unsaved.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
