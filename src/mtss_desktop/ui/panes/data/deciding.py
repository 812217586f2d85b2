"""Deciding for one student or several, inline beside the chart: what happens next, since when, and who asks about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.growth import Decision
from mtss_desktop.domain.student_plans import StudentStep
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.days import day_trouble
from mtss_desktop.ui.kit.fields import Choice, Field
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.kit.unsaved import Unsaved
from mtss_desktop.ui.panes.data.adding import day_of
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.data_plans import Asker
from mtss_desktop.usecases.data_progress import STEPS

NOBODY = "-"
KEPT, KEPT_ACROSS = "decide", "decide across"
"""What the typing file calls the form of one student and that of the group; the record is students/measure."""
_ADVISED = {
    Decision.CHANGE: StudentStep.CHANGE,
    Decision.RAISE: StudentStep.RAISE,
    Decision.CONTINUE: StudentStep.CONTINUE,
}


class DecideForm(QWidget):
    """``wanted`` carries (step, note, day, meeting id or ""); ``left`` comes with Esc: what was typed waits."""

    wanted = Signal(str, str, object, str)
    left = Signal()

    def __init__(self, words: Words, typing: TypingFile, *, across: bool = False) -> None:
        """``across`` puts the fields beside each other, for a wide page."""
        super().__init__()
        self.setProperty("kind", "clear")
        self.words = words
        self._today = date.min
        self.heading = label(words("Decide"), "heading")
        self.step = Choice([(step.value, words.say(text)) for step, text in STEPS.items()], name=words("Decision"))
        self.step.chosen_changed.connect(lambda _: self._explain())
        self.note = Field(name=words("What changes"), placeholder=words("What changes?"))
        self.note.setMaxLength(120)
        self.note.returnPressed.connect(self.submit)
        self.day = Field()
        self.day_field = FormField(words("From"), self.day)
        self.day.editingFinished.connect(self._check_day)
        self.asker = Choice(name=words("Who asks about it"))
        self.asker.chosen_changed.connect(lambda _: self._explain())
        self.unsaved = Unsaved({"note": self.note}, typing, KEPT_ACROSS if across else KEPT)
        self.unsaved.add("step", self.step)
        self.unsaved.add("asker", self.asker)
        self.save = Button(words("Save decision"), self.submit)
        self.cancel = Button(words("Cancel"), self.left.emit, kind="quiet")
        self.help = Prose("", "caption", "ink_soft")
        space = look().measures.space
        if across:
            fields = row(self.step, self.note, spacing=space.s1)
            fields.setStretch(1, 1)
            send = row(self.asker, self.save, self.cancel, None, spacing=space.s1)
            self.day_field.hide()
            self.day_field.setParent(self)
            self.setLayout(column(self.heading, fields, send, self.help, spacing=space.s1))
        else:
            self.cancel.setParent(self)
            self.cancel.hide()
            self.setLayout(
                column(self.heading, self.step, self.note, self.day_field, self.asker, row(self.save, None), self.help,
                       spacing=space.s1)
            )  # fmt: skip
        self._askers: tuple[Asker, ...] = ()

    def open(
        self,
        students: Sequence[int],
        measure: int,
        askers: Sequence[Asker],
        today: date,
        *,
        advised: Decision | None = None,
        heading: str = "",
    ) -> None:
        """The rule's own decision is chosen first; the team of added support asks. What was typed and chosen for these students
        before is back."""
        self.unsaved.put_away()
        words = self.words
        self._today, self._askers = today, tuple(askers)
        if heading:
            self.heading.setText(heading)
        step = _ADVISED.get(advised, StudentStep.CONTINUE) if advised else StudentStep.CONTINUE
        self.day.setText(f"{today.month}/{today.day}")
        offered = [
            (each.meeting_id, words("Ask the {team}, {day}").format(team=each.team, day=words.day(each.day)))
            for each in askers
        ]
        self.asker.offer([*((str(key), text) for key, text in offered), (NOBODY, words("On no agenda"))])
        record = f"{','.join(map(str, sorted(students)))}/{measure}"
        self.unsaved.serve(record, {"step": step.value})
        self._explain()

    def _explain(self) -> None:
        words, step = self.words, StudentStep(self.step.value)
        line = words("Saving draws a line on the chart.")
        if not step.begins_a_phase:
            line = words("Keeping going draws no line.")
        found = next((each for each in self._askers if each.meeting_id == self.asker.value), None)
        if found is not None:
            line += " " + words.say(said("The question goes on the agenda for {day:short}.", day=found.day))
        elif not self._askers:
            line += " " + words("No team of this school has a meeting planned, so no agenda can ask.")
        self.help.setText(line)

    def _check_day(self) -> date | None:
        day = day_of(self.day.text(), self._today)
        usual = self.words("This is not a date. Type it as 11/14 or 11/14/2026.")
        self.day_field.complain("" if day else day_trouble(self.words, self.day.text(), self._today, usual))
        return day

    def submit(self) -> None:
        day = self._check_day()
        if day is None:
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        meeting = "" if self.asker.value == NOBODY else self.asker.value
        self.wanted.emit(self.step.value, self.note.text().strip(), day, meeting)

    def done(self) -> None:
        """It is in the database: the field is free again."""
        self.note.clear()
        self.unsaved.settle()

    def complain(self, words: str) -> None:
        self.help.setText(words)
        self.help.use_role("danger")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
