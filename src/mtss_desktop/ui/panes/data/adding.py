"""Scores typed by hand: names × one day. Digits start a cell, Enter goes down, what is no number stays and says so."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget

from mtss_desktop.base.numbers import typed_number
from mtss_desktop.base.words import Words, said
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.days import day_trouble
from mtss_desktop.ui.kit.fields import Choice, Field
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import box, column, row, scrolling
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.by_hand import HandScore
from mtss_desktop.usecases.data import Roster, RosterLine

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?")
KEPT = "scores:by hand"
"""Key in the typing file."""
Place = tuple[str, int]
"""(measure, student's key): a cell."""
SCORE = 3
"""The column that is typed into."""


@dataclass(frozen=True)
class ScoreRow:
    """A student with what was typed."""

    line: RosterLine
    typed: str = ""


def day_of(text: str, today: date) -> date | None:
    """M/D or M/D/YYYY; without a year the last such day that is not to come. None where it is no day."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    month, day, year = int(found[1]), int(found[2]), found[3]
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        this = date(today.year, month, day)
        return this if this <= today else date(today.year - 1, month, day)
    except ValueError:
        return None


class ScoreTable(RecordTable[ScoreRow]):
    """Enter and Down leave a cell for the one below; a digit begins typing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text and (text.isdigit() or text in ".-") and self.state() != QAbstractItemView.State.EditingState:
            self._type(text)
        else:
            super().keyPressEvent(event)

    def _type(self, text: str) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        here = self.rows.index(index.row(), SCORE)
        self.setCurrentIndex(here)
        self.edit(here)
        editors = self.viewport().findChildren(Field)
        if editors:  # the newest: one that was just closed may still be there
            editors[-1].setText(text)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        submitted = hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        row = self.currentIndex().row() + 1
        if submitted and row < self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(row, SCORE))


class AddScores(QWidget):
    """``wanted`` carries the scores that are numbers, ``left`` comes with *Cancel* or Esc: what was typed waits.

    ``measure_picked`` asks for the roster of another measure.
    """

    wanted = Signal(object)
    left = Signal()
    measure_picked = Signal(str)

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words, self._typing = words, typing
        self._today = date.min
        self._typed: dict[Place, str] = {}
        self._lines: tuple[RosterLine, ...] = ()
        self.measure = Choice()
        self.measure.chosen_changed.connect(self.measure_picked)
        self.day = Field()
        self.day_field = FormField(words("Day of the test"), self.day, help_text=words("Today, or type 11/14."))
        self.day.editingFinished.connect(self._check_day)
        self.table = ScoreTable(self._columns(), key=lambda row: str(row.line.student), name=words("Scores"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.add = Button(words("Add scores"), self.submit, kind="primary", icon_name="ph.check")
        self.cancel = Button(words("Cancel"), self.left.emit, size="large")
        self.message = Prose("", "base", "ink_soft")
        space = look().measures.space
        measure_field = FormField(words("Measure"), self.measure, help_text=words("What was tested."))
        measure_field.setMaximumWidth(look().px(320))
        self.day_field.setMaximumWidth(look().px(200))
        fields = row(measure_field, self.day_field, None, spacing=space.s2)
        fields.setStretch(0, 3)
        fields.setStretch(1, 2)
        layout = column(
            label(words("Add scores"), "statement"),
            fields,
            self.table,
            self.message,
            row(self.add, self.cancel, None, spacing=look().px(12)),
            spacing=space.s2,
            margins=(space.s3, look().px(4), space.s3, space.s3),
        )
        layout.setStretch(2, 1)
        self.setLayout(column(scrolling(box(layout), words("Add scores"))))
        self.table.setMaximumWidth(look().px(640))
        self.table.setMinimumHeight(look().measures.height.table_head + 5 * look().measures.height.table_row)

    def _columns(self) -> list[Column[ScoreRow]]:
        words = self._words
        return [
            Column("student", words("Student"), lambda row: Cell(row.line.shown, medium=True)),
            Column("grade", words("Grade"), lambda row: Cell(row.line.grade), width=64, spare=True),
            Column("last", words("Last score"), self._last, width=120, right=True),
            Column("score", words("Score"), self._score, width=136, right=True, edit=self._edited, may_hide=False),
        ]

    def _last(self, row: ScoreRow) -> Cell:
        line, words = row.line, self._words
        if line.last is None or line.last_on is None:
            return Cell(words("no score yet"), "faint")
        return Cell(f"{words.number(line.last)} · {line.last_on.month}/{line.last_on.day}", "soft")

    def _score(self, row: ScoreRow) -> Cell:
        if not row.typed:
            return Cell("", value="", state=self._words("not set"))
        if typed_number(row.typed) is None:
            state = self._words("not a number")
            return Cell(f"{row.typed}, {state}", "danger", value=row.typed, look_here="danger", state=state)
        return Cell(row.typed, value=row.typed, medium=True)

    # -- content ------------------------------------------------------------------------------------------------------

    def open(self, roster: Roster, measure: str) -> None:
        """What was typed and not yet written is still there."""
        self._today, self._lines = roster.today, roster.lines
        self.measure.offer([(name, name) for name in roster.measures], measure)
        if not self.day.text():
            self.day.setText(self._words.date(roster.today))
        self._show()
        if (self.table.current is None or self.table.currentIndex().column() != SCORE) and roster.lines:
            self.table.setCurrentIndex(self.table.rows.index(0, SCORE))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        self.table.show_records([ScoreRow(line, self._text(line)) for line in self._lines])
        self._say()

    def _edited(self, row: ScoreRow, text: str) -> None:
        self._typed[self.measure.value, row.line.student] = text.strip()
        self._keep()
        self._show()

    def _text(self, line: RosterLine) -> str:
        return self._typed.get((self.measure.value, line.student), "")

    def _keep(self) -> None:
        """What is typed outlives the program, as everything typed does."""
        kept = [[measure, student, text] for (measure, student), text in self._typed.items() if text]
        if kept:
            self._typing.keep_soon(KEPT, json.dumps(kept))
        else:
            self._typing.forget_soon(KEPT)

    def bring_back(self, text: str) -> bool:
        """Cells of an earlier evening; True where there was one that is not here yet."""
        try:
            found = {(str(measure), int(student)): str(typed) for measure, student, typed in json.loads(text)}
        except (ValueError, TypeError):
            return False
        fresh = {place: typed for place, typed in found.items() if place not in self._typed}
        self._typed.update(fresh)
        return bool(fresh)

    def _say(self) -> None:
        words, n = self._words, len(self.scores)
        wrong = [text for line in self._lines if (text := self._text(line)) and typed_number(text) is None]
        text = words.say(said("Add {n} score", many="Add {n} scores", count="n", n=n)) if n else words("Add scores")
        self.add.say(text)
        self.add.allow(bool(n), words("Type a score first"))
        trouble = said(
            "{n} is not a number and stays here.", many="{n} are not numbers and stay here.", count="n", n=len(wrong)
        )
        self.message.setText(words.say(trouble) if wrong else words("Type a score. Enter goes to the next student."))
        self.message.use_role("danger" if wrong else "ink_soft")

    def _check_day(self) -> date | None:
        day = day_of(self.day.text(), self._today)
        wrong = ""
        if day is None:
            usual = self._words("This is not a date. Type it as 11/14 or 11/14/2026.")
            wrong = day_trouble(self._words, self.day.text(), self._today, usual)
        elif day > self._today:
            wrong = self._words("This day has not come yet. Type the day of the test.")
        self.day_field.complain(wrong)
        return None if wrong else day

    @property
    def scores(self) -> tuple[HandScore, ...]:
        """What would be written: rows with a number."""
        day = day_of(self.day.text(), self._today) or self._today
        made: list[HandScore] = []
        for line in self._lines:
            value = typed_number(self._text(line))
            if value is not None:
                made.append(HandScore(line.number, self.measure.value, day, value))
        return tuple(made)

    @property
    def holds_something(self) -> bool:
        return any(self._typed.values())

    def submit(self) -> None:
        if self._check_day() is None:
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.scores:
            self.wanted.emit(self.scores)

    def written(self, scores: Sequence[HandScore]) -> None:
        """These are in the database; what was no number waits."""
        done = {score.student for score in scores}
        for line in self._lines:
            if line.number in done:
                self._typed.pop((self.measure.value, line.student), None)
        self._keep()
        self._show()

    def complain(self, words: str) -> None:
        self.message.setText(words)
        self.message.use_role("danger")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
