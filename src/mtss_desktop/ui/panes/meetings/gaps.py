"""What a close-out still asks for: one row for each gap, with the field or button that fills it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.close_out import Gap, Missing
from mtss_desktop.domain.meetings import Answer
from mtss_desktop.domain.plans import ActionId
from mtss_desktop.domain.problems import Effect, Fidelity, ProblemId, SolutionId
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fields import Choice, Field, NameCompleter
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.kit.typed import NoTypingFile, Typed, TypingFile
from mtss_desktop.ui.panes.meetings.gap_rows import MissingRow, Rating
from mtss_desktop.ui.panes.meetings.words import EFFECT, FIDELITY, QUESTIONS, typed_day
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import actions, close_out, meetings, problems
from mtss_desktop.usecases.close_out import CloseOut
from mtss_desktop.usecases.live import LiveMinutes


class Gaps(QWidget):
    """The rows of one close-out. ``to_present`` goes back to the minutes, where people are marked."""

    to_present = Signal()

    def __init__(self, pane: Any) -> None:
        """``pane`` is the room: it does and says."""
        super().__init__()
        self.setProperty("kind", "clear")
        self._pane = pane
        self.words: Words = pane.words
        self.closing: CloseOut | None = None
        self.live: LiveMinutes | None = None
        self._today = date.min
        self.rows: dict[str, MissingRow] = {}
        self._typed: dict[str, Typed] = {}
        self._typing: TypingFile = pane.workspace.typing if pane.workspace.can_write else NoTypingFile()
        self._missing = column()
        self.setLayout(self._missing)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_went)

    def show_gaps(self, closing: CloseOut, live: LiveMinutes, words: Words, today: date) -> None:
        if self.closing is not None and self.closing.meeting.id != closing.meeting.id:
            self._clear_rows(set())
        self.closing, self.live, self.words, self._today = closing, live, words, today
        self._show_rows()

    def _show_rows(self) -> None:
        closing = self.closing
        assert closing is not None
        locked = closing.meeting.locked_at is not None
        shown = () if locked else closing.missing
        wanted = {f"{each.gap}:{each.record_id}": each for each in shown}
        gone_focus = self._clear_rows(set(wanted) | (set() if locked else self._still_chosen()))
        for place, (key, each) in enumerate(wanted.items()):
            if key not in self.rows:
                self.rows[key] = MissingRow(each, self.words, self._field(each))
                self._missing.insertWidget(place, self.rows[key])
        first = self.first_field()
        if gone_focus and first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _still_chosen(self) -> set[str]:
        """Down goes through the answers of a list one by one: its row waits until the focus has left it."""
        focused = QApplication.focusWidget()
        reviews = {key: each for key, each in self.rows.items() if key.startswith(f"{Gap.REVIEW}:")}
        return {key for key, each in reviews.items() if focused is not None and each.isAncestorOf(focused)}

    def _focus_went(self, old: QWidget | None, _new: QWidget | None) -> None:
        if old is None or self.closing is None or not self.isVisible():
            return
        if any(each.isAncestorOf(old) for each in self.rows.values()):
            self._show_rows()

    def _clear_rows(self, wanted: set[str]) -> bool:
        """What is filled goes; True where the focus was in it."""
        had_focus = False
        for key in [key for key in self.rows if key not in wanted]:
            gone = self.rows.pop(key)
            focused = QApplication.focusWidget()
            if focused is not None and gone.isAncestorOf(focused):
                had_focus = True
            typed = self._typed.pop(key, None)
            if typed is not None:
                typed.forget()
            self._missing.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        return had_focus

    def bring_back(self, typed: dict[str, str]) -> None:
        """What was typed into a gap when the window closed; where the gap is filled it is not needed any more."""
        assert self.closing is not None
        prefix = f"minutes:{self.closing.meeting.id}:gap:"
        for key, text in typed.items():
            row_ = self.rows.get(key.removeprefix(prefix)) if key.startswith(prefix) else None
            if row_ is not None and isinstance(row_.field, Field) and not row_.field.text():
                row_.field.setText(text)
            elif key.startswith(prefix) and row_ is None:
                self._typing.forget_soon(key)

    def first_field(self) -> QWidget | None:
        """Of the first that is missing."""
        first = next(iter(self.rows.values()), None)
        if first is None:
            return None
        inner = [part for part in first.field.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
        return next((part for part in inner if part.isVisibleTo(first)), first.field)

    def leave(self) -> None:
        for typed in self._typed.values():
            typed.flush()

    # -- fields -------------------------------------------------------------------------------------------------------

    def _field(self, missing: Missing) -> QWidget:
        match missing.gap:
            case Gap.OWNER:
                return self._text_field(missing, self.words("Name"), self._set_owner, names=True)
            case Gap.DATE:
                return self._text_field(missing, self.words("12/1, fri or +2w"), self._set_date)
            case Gap.FIDELITY_MEASURE:
                return self._text_field(missing, self.words("Release log, weekly"), self._set_measure)
            case Gap.REVIEW:
                return self._review(missing)
            case Gap.ATTENDANCE:
                return box(row(Button(self.words("Mark who was here"), self.to_present.emit), None))
            case Gap.NEXT_MEETING:
                return self._next()
        rating = Rating(self.words)
        rating.saved.connect(self._rate)
        return rating

    def _text_field(self, missing: Missing, hint: str, act: Any, *, names: bool = False) -> Field:
        field = Field(placeholder=hint)
        if names and self.live is not None:
            field.setCompleter(NameCompleter([each.name for each in self.live.words.people], field))
        key = f"{missing.gap}:{missing.record_id}"
        assert self.closing is not None
        self._typed[key] = Typed(field, f"minutes:{self.closing.meeting.id}:gap:{key}", self._typing)
        field.returnPressed.connect(lambda: act(missing, field))
        return field

    def _set_owner(self, missing: Missing, field: Field) -> None:
        """Read as in a line of the minutes: members first, with or without accents and titles."""
        wanted, words = field.text().strip(), self.words
        if not wanted or self.live is None:
            return
        known = self.live.words.known()
        found = known.named(wanted) or known.beginning(wanted)
        members = tuple(each for each in found if each.member)
        fitting = members or found
        if len(fitting) == 1:
            said_ = words("{name} does it").format(name=fitting[0].name)
            self._pane.do(actions.change, said=said_, action_id=ActionId(missing.record_id), owner_id=fitting[0].id)
            return
        field.show_wrong(True)
        several = words("Several people fit: type the whole name.")
        nobody = words("Nobody here is called {name}. Type another name, or add the person in Teams first.")
        self._pane.noticed.emit(Notice(several if fitting else nobody.format(name=wanted), tone="danger"))

    def _set_date(self, missing: Missing, field: Field) -> None:
        words, first = self.words, self.closing.meeting.day if self.closing else self._today
        day = typed_day(field.text(), first)
        if day is None or day < first:
            field.show_wrong(True)
            no_day = words("Type a day, such as 12/1 or fri.")
            past = words("This day is before the meeting. Type a later one, such as fri or +2w.")
            self._pane.noticed.emit(Notice(no_day if day is None else past, tone="danger"))
            return
        said_ = words("By {day}").format(day=words.day(day))
        self._pane.do(actions.change, said=said_, action_id=ActionId(missing.record_id), due_on=day)

    def _set_measure(self, missing: Missing, field: Field) -> None:
        if field.text().strip():
            self._pane.do(problems.change_solution, said=self.words("Measure noted"),
                          solution_id=SolutionId(missing.record_id), fidelity_measure=field.text())  # fmt: skip

    def _review(self, missing: Missing) -> QWidget:
        words = self.words
        fidelity = Choice([("", words("Fidelity")), *((v, words(t)) for v, t in FIDELITY)],
                          name=f"{words('Fidelity')}: {missing.title}")  # fmt: skip
        effect = Choice([("", words("Effect")), *((v, words(t)) for v, t in EFFECT)],
                        name=f"{words('Effect')}: {missing.title}")  # fmt: skip

        def mark(_value: str) -> None:
            assert self.closing is not None
            self._pane.do(
                problems.mark,
                problem_id=ProblemId(missing.record_id),
                meeting_id=self.closing.meeting.id,
                fidelity=Fidelity(fidelity.value) if fidelity.value else None,
                effect=Effect(effect.value) if effect.value else None,
            )

        for each in (fidelity, effect):
            each.chosen_changed.connect(mark)
        return box(row(fidelity, effect, None, spacing=look().px(8)))

    def _next(self) -> QWidget:
        """The days the pattern offers."""
        words, buttons = self.words, []
        for day in (self.closing.proposed if self.closing is not None else ())[:2]:
            clock = words.time(day.starts_at) if day.starts_at is not None else ""
            text = ", ".join(part for part in (words.day(day.day), clock) if part)
            buttons.append(Button(text, partial(self.plan_next, day.day)))
        if not buttons:
            field = Field(name=words("Day of the next meeting"), placeholder=words("12/15 or +4w"))
            field.returnPressed.connect(lambda: self._plan_typed(field))
            return field
        return box(row(*buttons, None, spacing=look().px(8)))

    def _plan_typed(self, field: Field) -> None:
        day = typed_day(field.text(), self.closing.meeting.day if self.closing else self._today)
        if day is None:
            field.show_wrong(True)
        else:
            self.plan_next(day)

    def plan_next(self, day: date) -> None:
        assert self.closing is not None
        self._pane.do(close_out.plan_next, said=self.words("Next meeting planned"),
                      meeting_id=self.closing.meeting.id, day=day)  # fmt: skip

    def _rate(self, answers: dict[str, str]) -> None:
        assert self.closing is not None
        given = {key: Answer(answers[key]) if answers[key] else None for key, _ in QUESTIONS}
        self._pane.do(meetings.rate, said=self.words("Answers kept"), meeting_id=self.closing.meeting.id,
                      to_improve=answers["to_improve"], **given)  # fmt: skip
