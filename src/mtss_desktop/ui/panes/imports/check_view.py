"""Check before anything is written: chips, rows, and what applying does with the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.facts import PlanRow, Verdict
from mtss_desktop.domain.files import Mode
from mtss_desktop.importing.measure_names import MEASURE
from mtss_desktop.ui.kit.buttons import CheckBox, Segmented
from mtss_desktop.ui.kit.chips import FilterChip, FilterChips
from mtss_desktop.ui.kit.fields import Field
from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.scope import Names
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.panes.imports import words as say
from mtss_desktop.ui.panes.imports.foot import Foot, FootColumn
from mtss_desktop.ui.panes.imports.plan_table import WRITTEN, PlanTable
from mtss_desktop.ui.panes.imports.question_line import QuestionLine
from mtss_desktop.ui.panes.imports.row_answers import answers_menu, show_under
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.import_plans import ImportPlan

ALL = "all"


class CheckView(QWidget):
    """``counted`` comes with the number of rows that would be written; ``answered`` and ``mode_picked`` ask for a new plan."""

    counted = Signal(int)
    answered = Signal(str, str)
    mode_picked = Signal(str)
    look_up = Signal(str)
    """A list of levels and words is to be seen."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self.menu: QMenu | None = None
        self.plan: ImportPlan | None = None
        self._counts: dict[Verdict, int] = {}
        self._out_by_verdict: dict[Verdict, int] = {}
        self._names = Names.MASKED
        self.chosen = ALL
        self.chips = FilterChips(words("Rows"))
        self.mode = label("", "soft")
        self.modes = Segmented(
            [(mode.value, words(name)) for mode, name in say.MODES.items()], words("Keep of students")
        )
        self.question = QuestionLine(words)
        self.other_test = Field(name=words("Another test"), placeholder=words("Another test: its name, then Enter"))
        self.other_test.setMaximumWidth(look().px(320))
        self.assumed = Prose("", "caption")
        self.table = PlanTable(words)
        self.complete = CheckBox(words("This file is complete"))
        self._build()
        self.chips.picked.connect(self.filter_by)
        self.modes.picked.connect(self.mode_picked)
        self.question.answered.connect(self.answered)
        self.other_test.returnPressed.connect(self._name_test)
        self.table.chosen.connect(self._show_row)
        self.table.opened.connect(lambda _: self.answer_row())
        self.table.doubleClicked.connect(lambda _: self.answer_row())
        self.table.toggled.connect(self.toggle)
        self.table.all_toggled.connect(self.toggle_all)
        self.complete.toggled.connect(lambda _: self._recount())

    def _build(self) -> None:
        words, space = self._words, look().measures.space
        self.keeps = label(words("Keep of students"), "soft")
        modes = row(self.keeps, self.modes, spacing=space.s1)
        self._first = line = row(self.chips, column(self.mode, modes), spacing=space.s1)
        line.setStretch(0, 1)
        self.decides = Prose(
            words("The first file decides for the whole database: later files can keep less of students, never more."),
            "caption",
        )
        top = column(
            line,
            self.decides,
            self.question,
            self.other_test,
            self.assumed,
            spacing=space.s1,
            margins=(space.s3, 0, space.s3, space.s1),
        )
        body = column(self.table, margins=(space.s3, 0, space.s3, 0))
        self.this_row = FootColumn("")
        self.effect = FootColumn(words("What applying does"))
        self.effect.body.insertWidget(2, self.complete)
        self.back = FootColumn(words("And back again"))
        self.back.sentence.setText(
            words(
                "A receipt keeps the file’s name, its rows and the rules it was read by. Take the whole import back at any time."
            )
        )
        self.foot = Foot(self.this_row, self.effect, self.back)
        whole = column(top, body, hairline(kind="rule"), self.foot)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """The way back is the first to go where there is no room: it is said once more when it is applied."""
        px, width = look().px, self.width()
        below = QBoxLayout.Direction.TopToBottom
        self._first.setDirection(below if width < px(620) else QBoxLayout.Direction.LeftToRight)
        shown = [
            self.this_row,
            *([self.effect] if width >= px(560) else []),
            *([self.back] if width >= px(860) else []),
        ]
        self.foot.show_columns(*shown)
        self.foot.stand(short=self.height() < px(360))

    # -- a plan ---------------------------------------------------------------------------------------------------------------

    def show_plan(self, plan: ImportPlan, names: Names, *, mode_is_open: bool, keep: bool = False) -> None:
        """``mode_is_open``: no file was applied yet, so how much is kept of a student can still be chosen.

        ``keep``: the same rows after an answer; what was left out, the chip and the place stay.
        """
        keep = keep and self.plan is not None and len(self.plan.plan.verdicts) == len(plan.plan.verdicts)
        place, complete = max(0, self.table.currentIndex().row()), self.complete.isChecked()
        out = {entry for entry in self.out if plan.plan.verdicts[entry] <= 1} if keep else set()
        self.plan, self._names = plan, names
        self.table.show_left_out(out, complete=False)
        written = {each: set(plan.shown.written(each)) for each in WRITTEN} if out else {}
        self._out_by_verdict = {each: len(out & entries) for each, entries in written.items()}
        self._counts = {verdict: plan.shown.count(verdict) for verdict in say.ORDER}
        self.mode.setText(say.mode_line(self._words, plan))
        never = ", ".join(plan.never_read)
        self.mode.setToolTip(never)
        self.mode.setAccessibleDescription(never)
        decides = mode_is_open and say.has_students(plan.prepared.profile.takes)
        self.mode.setVisible(not decides)
        self.modes.setVisible(decides)
        self.keeps.setVisible(decides)
        self.decides.setVisible(decides)
        self.modes.choose(plan.mode.value)
        asked = plan.questions[0] if plan.questions else None
        self.question.ask(asked.key, self._words(asked.text), asked.choices) if asked else self.question.ask("", "", ())
        names_test = asked is not None and asked.key == MEASURE
        if names_test != self.other_test.isVisibleTo(self):
            self.other_test.clear()
        self.other_test.setVisible(names_test)
        self.assumed.setText(" ".join(self._words(each) for each in plan.assumed))
        self.assumed.setVisible(bool(plan.assumed))
        gone = self._counts[Verdict.GONE]
        self.complete.setChecked(keep and complete)
        self.complete.setVisible(gone > 0)
        stays = keep and (self.chosen == ALL or self._counts[Verdict(self.chosen)] > 0)
        self.filter_by(self.chosen if stays else ALL)
        self._recount()
        if stays:
            self.go_to_question(place)

    def _name_test(self) -> None:
        if name := " ".join(self.other_test.text().split()):
            self.answered.emit(MEASURE, name)

    # -- questions ------------------------------------------------------------------------------------------------------------

    @property
    def asks(self) -> bool:
        """Some row waits for an answer."""
        return self._counts.get(Verdict.QUESTION, 0) > 0

    def go_to_question(self, start: int) -> bool:
        """To the next row that asks something, from ``start`` on; False where none does."""
        if self.plan is None:
            return False
        place = self.plan.shown.next_question(start, None if self.chosen == ALL else Verdict(self.chosen))
        last = self.table.rows.rowCount() - 1
        if place >= 0 or last >= 0:
            self.table.setCurrentIndex(self.table.rows.index(place if place >= 0 else min(start, last), 0))
        return place >= 0

    def next_question(self) -> None:
        """The next row that asks something; from another chip, all rows come back first."""
        if self.plan is not None and not self.go_to_question(self.table.currentIndex().row() + 1):
            self.filter_by(ALL)
            self.go_to_question(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def answer_row(self) -> None:
        """The answers to the chosen row, in a list under it."""
        row = self.table.current
        if row is None or self.plan is None:
            return
        self.menu = answers_menu(self.table, self._words, row, self._names, self.answered.emit, self.look_up.emit)
        if self.menu is not None:
            rect = self.table.visualRect(self.table.currentIndex().siblingAtColumn(2))
            show_under(self.menu, self.table.viewport(), rect.bottomLeft())

    def use_names(self, names: Names) -> None:
        if self.plan is not None and names is not self._names:
            self._names = names
            self.filter_by(self.chosen)

    def filter_by(self, key: str) -> None:
        """One verdict, or all."""
        if self.plan is None:
            return
        self.chosen = key
        self._show_chips()
        verdict = None if key == ALL else Verdict(key)
        self.table.show_plan(self.plan, verdict, self._names)
        if not len(self.table.rows.keyed.rows):
            self._show_row(None)

    def _show_chips(self) -> None:
        words = self._words
        everything = words("All {n}").format(n=words.number(sum(self._counts.values())))
        chips = [FilterChip(ALL, everything)]
        for verdict in say.ORDER:
            n = self._counts[verdict]
            if n:
                tone = "warning" if verdict is Verdict.QUESTION else ""
                chips.append(FilterChip(verdict.value, say.chip_words(words, verdict, n), say.ICONS[verdict], tone))
        self.chips.show_chips(chips, self.chosen)

    # -- in and out -----------------------------------------------------------------------------------------------------------

    @property
    def out(self) -> set[int]:
        """Entries the person left out."""
        return self.table.out

    def toggle(self, rows: Sequence[PlanRow]) -> None:
        """In where all were out, otherwise out; rows that are not written anyway stay as they are."""
        able = [each for each in rows if each.verdict in WRITTEN and each.entry >= 0]
        take_in = bool(able) and all(each.entry in self.out for each in able)
        for each in able:
            if take_in == (each.entry in self.out):
                change = -1 if take_in else 1
                (self.out.discard if take_in else self.out.add)(each.entry)
                self._out_by_verdict[each.verdict] = self._out_by_verdict.get(each.verdict, 0) + change
        self.table.viewport().update()
        self._show_row(self.table.current)
        if able:
            self._recount()

    def toggle_all(self) -> None:
        """Every row that is shown: out, or in again where all were out."""
        if self.plan is None:
            return
        verdicts = [each for each in WRITTEN if self.chosen in (ALL, each.value)]
        entries = {entry for each in verdicts for entry in self.plan.shown.written(each)}
        take_in = entries <= self.out
        (self.out.difference_update if take_in else self.out.update)(entries)
        self._out_by_verdict |= {each: 0 if take_in else self._counts[each] for each in verdicts}
        self._show_row(self.table.current)
        self._recount()

    def used(self, verdict: Verdict) -> int:
        """Rows of a verdict that are still in."""
        return self._counts.get(verdict, 0) - self._out_by_verdict.get(verdict, 0)

    @property
    def is_complete(self) -> bool:
        return self.complete.isVisibleTo(self) and self.complete.isChecked()

    def _recount(self) -> None:
        if self.plan is None:
            return
        new, changed, gone = (self.used(each) for each in (Verdict.NEW, Verdict.CHANGED, Verdict.GONE))
        complete = self.is_complete
        self.table.show_left_out(self.out, complete=complete)
        sentence = say.effect(self._words, self.plan, new, changed, gone, complete=complete)
        self.effect.say(self._words("What applying does"), sentence)
        self.counted.emit(new + changed + (gone if complete else 0))

    def _show_row(self, chosen: PlanRow | None) -> None:
        if self.plan is None:
            return
        if chosen is None:
            self.this_row.say(self._words("No row is chosen"), "")
            return
        takes = self.plan.prepared.profile.takes
        counts = self.plan.mode is Mode.COUNTS
        title = say.row_title(self._words, chosen, self._names, takes, counts=counts)
        self.this_row.say(title, say.row_sentence(self._words, chosen, takes, out=chosen.entry in self.out))
