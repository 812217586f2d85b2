"""From the rows of a file to the database: what is asked first, applying, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from mtss_desktop.app.workspace import Done, Workspace
from mtss_desktop.base.errors import Cancelled, UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.domain.facts import ImportResult, Verdict
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.panes.imports import words as say
from mtss_desktop.ui.panes.imports.host import ImportsHost
from mtss_desktop.ui.panes.imports.reading_flow import ReadingFlow
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import imports
from mtss_desktop.usecases.import_plans import ImportPlan


def apply_plan(
    workspace: Workspace, plan: ImportPlan, out: Sequence[int], complete: bool, progress: Progress
) -> Done[ImportResult]:
    """Runs in the write lane."""
    chosen = plan.leave_out(out) if out else plan
    return workspace.do(imports.apply, chosen, complete=complete, progress=progress)


class CheckFlow:
    """The steps around ``CheckView`` and the acts that stand in the header with it."""

    def __init__(self, pane: ImportsHost, reading: ReadingFlow) -> None:
        words = pane.words
        self._pane, self._reading = pane, reading
        self._writing = False
        self._told: ImportPlan | None = None
        """The plan whose open question was pointed at: the next press goes on without it."""
        self.layout_button = Button(words("Another layout"), size="large", caret=True)
        self.apply_button = Button("", self.apply, kind="primary", icon_name="ph.check")
        self.layouts = QMenu(self.layout_button)
        self.layouts.aboutToShow.connect(self.fill_layouts)
        self.layout_button.setMenu(self.layouts)
        pane.check.counted.connect(self._show_number)
        pane.check.answered.connect(self._answer)
        pane.check.mode_picked.connect(reading.use_mode)

    # -- what is shown ----------------------------------------------------------------------------------------------------

    def show(self, plan: ImportPlan, *, keep: bool) -> None:
        """``keep``: the same rows after an answer."""
        pane, check = self._pane, self._pane.check
        pane.trouble.say(self._reading.passed, tone="ink")
        mode_is_open = pane.content is not None and pane.content.mode is None
        check.show_plan(plan, pane.scope.names, mode_is_open=mode_is_open, keep=keep)
        self.fold()
        if plan.questions and not (keep and check.table.hasFocus()):
            check.question.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            check.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def fold(self) -> None:
        """In a narrow window the header keeps the two acts that every check needs, and shorter words."""
        pane, plan = self._pane, self._pane.check.plan
        if plan is None or not pane.is_checking:
            return
        narrow = pane.width() < look().px(760)
        self.layout_button.setVisible(not narrow)
        pane.leave_button.say(pane.words("Next file") if self._reading.waiting else pane.words("Leave it"))
        title = pane.words("Check the rows") if narrow else pane.words("Check before anything is written")
        pane.header.say(title, say.check_sentence(pane.words, plan, self._reading.place, self._reading.of))

    def _show_number(self, n: int) -> None:
        """The button shows what it does."""
        pane = self._pane
        template = pane.words("Apply {n} row") if n == 1 else pane.words("Apply {n} rows")
        self.apply_button.say(template.format(n=pane.words.number(n)))
        self.apply_button.allow(n > 0 and not pane.read_only(), pane.read_only() or self.why_nothing())
        pane.actions_changed.emit()

    def why_nothing(self) -> str:
        """Why no row would be written, "" where some would."""
        pane, plan = self._pane, self._pane.check.plan
        if not pane.is_checking or plan is None:
            return pane.words("Choose a file first")
        if plan.questions:
            return pane.words("Answer the question first")
        if pane.check.asks:
            return pane.words("Answer the questions of its rows first: F4 goes to the next")
        if pane.check.out:
            return pane.words("Every row is left out: Space takes one in again")
        if plan.count(Verdict.PROBLEM):
            return pane.words("Nothing in this file can be taken: mend it and press F5, or leave it with Esc")
        if self._reading.waiting:
            return pane.words("Nothing in this file would be written: Esc goes to the next")
        return pane.words("Nothing in this file would be written: Esc leaves it")

    def fill_layouts(self) -> None:
        words, asked = self._pane.words, self._reading.asked
        self.layouts.clear()
        if asked is not None:
            by_hand = self.layouts.addAction(words("Say what the columns mean…"))
            by_hand.triggered.connect(lambda _checked=False: self._pane.map_file(asked.file))
            self.layouts.addSeparator()
        for name, act in self._reading.layout_choices():
            entry = self.layouts.addAction(name.replace("&", "&&"))
            entry.triggered.connect(lambda _checked=False, act=act: act())

    def _answer(self, key: str, choice: str) -> None:
        if self._pane.check.plan is not None:
            self._reading.answer(self._pane.check.plan, key, choice)

    # -- applying ---------------------------------------------------------------------------------------------------------

    def apply(self) -> None:
        """Where nothing can be applied yet, says what is asked and goes there."""
        pane, plan = self._pane, self._pane.check.plan
        if plan is None or not pane.is_checking or self._writing:
            return
        asks = bool(plan.questions) and self._told is not plan
        if asks or not self.apply_button.isEnabled():
            self._told = plan
            self._say_what_is_asked()
            return
        pane.trouble.clear()
        self._hold(True)
        work = partial(apply_plan, pane.workspace, plan, sorted(pane.check.out), pane.check.is_complete)
        what = pane.words("Writing {file}").format(file=plan.result.file)
        pane.background(work, self._applied, fail=self._not_applied, lane="write", what=what)

    def _say_what_is_asked(self) -> None:
        pane = self._pane
        if pane.read_only():
            pane.trouble.say(pane.read_only(), tone="ink")
            return
        rest = self.apply_button.text().replace("&&", "&") if self.apply_button.isEnabled() else ""
        sentence = say.asked_sentence(pane.words, pane.check.question.text, self.why_nothing(), rest)
        pane.trouble.say(sentence, tone="ink")
        if pane.check.question.buttons:
            pane.check.question.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif pane.check.asks:
            pane.check.next_question()
            self._say_why_nothing_answers()

    def _say_why_nothing_answers(self) -> None:
        """A row that asks and has no answers here says what helps instead."""
        row, plan = self._pane.check.table.current, self._pane.check.plan
        if row is not None and plan is not None and row.question is None:
            self._pane.trouble.say(
                say.row_sentence(self._pane.words, row, plan.prepared.profile.takes, out=False), tone="ink"
            )

    def _hold(self, busy: bool) -> None:
        pane, self._writing = self._pane, busy
        reason = pane.words("The rows are being written") if busy else ""
        for button in (self.apply_button, pane.leave_button, self.layout_button):
            button.allow(not busy, reason)
        pane.check.setEnabled(not busy)
        if not busy and pane.isVisible() and QApplication.focusWidget() is None:
            pane.check.table.setFocus(Qt.FocusReason.OtherFocusReason)  # what was held back had lost it

    def _applied(self, done: Done[ImportResult]) -> None:
        pane = self._pane
        self._hold(False)
        pane.choose_receipt(done.value.import_id)
        if done.step:
            written = sum(pane.check.used(each) for each in say.ORDER[:2])
            pane.noticed.emit(Notice(say.applied_sentence(pane.words, written, done.value.file), undoable=True))
        else:
            pane.noticed.emit(Notice(pane.words("Nothing new in {file}").format(file=done.value.file)))
        self._reading.next_file()

    def _not_applied(self, error: Exception) -> None:
        pane = self._pane
        self._hold(False)
        if isinstance(error, Cancelled):
            again = (self.apply_button.text().replace("&&", "&"), self.apply)
            pane.trouble.say(
                pane.words("Stopped. Nothing was written: the database is as it was."), [again], tone="ink"
            )
        elif isinstance(error, UserError):
            pane.trouble.say(str(error), [(pane.words("Read again"), self._reading.read_again)])
        else:
            raise error
