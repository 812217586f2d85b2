"""Closing out: only what is missing, each with its field; what happened; what is sent; the lock."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.close_out import Gap, Missing
from mtss_desktop.domain.meetings import Answer, Meeting
from mtss_desktop.domain.plans import ActionId
from mtss_desktop.domain.problems import Effect, Fidelity, ProblemId, SolutionId
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.buttons import Button, Segmented
from mtss_desktop.ui.kit.fields import Choice, Field, NameCompleter
from mtss_desktop.ui.kit.layouts import FlowLayout, box, column, row, scrolling, tab_in_reading_order
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import IconLabel, hairline, label
from mtss_desktop.ui.kit.typed import NoTypingFile, Typed, TypingFile
from mtss_desktop.ui.panes.meetings.checklist_view import ChecklistView
from mtss_desktop.ui.panes.meetings.words import ANSWERS, EFFECT, FIDELITY, QUESTIONS, title_of, typed_day
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import actions, checklist, close_out, meetings, problems
from mtss_desktop.usecases.close_out import CloseOut
from mtss_desktop.usecases.live import LiveMinutes

ICONS = {
    Gap.OWNER: ("ph.user", "danger"),
    Gap.DATE: ("ph.calendar-blank", "danger"),
    Gap.FIDELITY_MEASURE: ("ph.check", "warning"),
    Gap.REVIEW: ("ph.flag", "warning"),
    Gap.ATTENDANCE: ("ph.users", "warning"),
    Gap.NEXT_MEETING: ("ph.calendar-blank", "warning"),
    Gap.RATING: ("ph.chat-text", "warning"),
}
BESIDE = 960
"""Width of the page in pixels at 100 % from which the checklist stands beside what is missing."""


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


class ClosePage(QWidget):
    """``back`` asks for the minutes again."""

    back = Signal()

    def __init__(self, pane: Any) -> None:
        """``pane`` is the room: it asks, does and saves files."""
        super().__init__()
        self.setProperty("kind", "page")
        self._pane = pane
        self.words: Words = pane.words
        self.closing: CloseOut | None = None
        self.live: LiveMinutes | None = None
        self._today = date.min
        self._rows: dict[str, MissingRow] = {}
        self._typed: dict[str, Typed] = {}
        self._typing: TypingFile = pane.workspace.typing if pane.workspace.can_write else NoTypingFile()
        self._build()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_went)

    def _build(self) -> None:
        words, space = self.words, look().measures.space
        self.to_minutes = Button(words("Back to minutes"), self.back.emit, size="large")
        self.lock_button = Button(words("Lock minutes"), self.lock, kind="primary", icon_name="ph.lock-simple")
        self.header = PageHeader(words("Close out"), [self.to_minutes, self.lock_button])
        self.heading, self.count = label(words("Only these are missing"), "heading"), label("", "soft")
        self._missing = column()
        self.locked = Prose("", "base", "ink")
        self.reason = Field(name=words("Why the minutes are reopened"), placeholder=words("Why are they reopened?"))
        self.reason.returnPressed.connect(self.reopen)
        self.reopen_button = Button(words("Reopen"), self.reopen)
        self._reopen = box(row(self.reason, self.reopen_button, spacing=space.s1))
        self._happened = row(spacing=space.s2)
        self.due = label("", "soft")
        self.pdf = Button(words("Minutes as PDF"), self._save_pdf, size="large", icon_name="ph.file")
        self.mail = Button(words("Mail draft"), self._save_mail, size="large", icon_name="ph.envelope-simple")
        self.calendar = Button(words("Calendar file"), self._save_calendar, size="large", icon_name="ph.calendar-blank")
        self.absent = Button(words("Half page for absent members"), self._save_absent, icon_name="ph.file")
        self.copy = Button(words("Copy"), self._copy, icon_name="ph.copy")
        self.word = Button(words("For Word"), self._save_word)
        self.word.setToolTip(words("The minutes as a page that Word and Docs open and change"))
        self.sent = Button(words("Mark as sent"), self._mark_sent, icon_name="ph.check")
        self.note = Prose("", "caption")
        self.checklist = ChecklistView(words)
        self.checklist.marked.connect(self._mark_item)
        self.checklist.printed.connect(self._save_result)
        left = column(
            row(self.heading, None, self.count),
            self.locked,
            self._reopen,
            self._missing,
            space.s3,
            label(words("What happened"), "heading"),
            look().px(6),
            self._happened,
            space.s2,
            hairline(),
            space.s2,
            row(label(words("Send the minutes"), "heading"), None, self.due),
            look().px(8),
            _flow(self.pdf, self.mail, self.calendar),
            look().px(8),
            _flow(self.sent, self.copy, self.word),
            look().px(8),
            row(self.absent, None),
            look().px(4),
            self.note,
            None,
        )
        self._side = box(column(self.checklist, None))
        self._rule = hairline(Qt.Orientation.Vertical)
        self._columns = row(
            box(left), self._rule, self._side, spacing=space.s3, margins=(space.s3, 0, space.s3, space.s3)
        )
        self._columns.setStretch(0, 63)
        self._columns.setStretch(2, 34)
        self._columns.setAlignment(self._side, Qt.AlignmentFlag.AlignTop)
        self._area = scrolling(box(self._columns), words("Close out"))
        whole = column(self.header, self._area)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    # -- showing ------------------------------------------------------------------------------------------------------

    def show_closing(self, closing: CloseOut, live: LiveMinutes, words: Words, today: date) -> None:
        if self.closing is not None and self.closing.meeting.id != closing.meeting.id:
            self._clear_rows(set())
        self.closing, self.live, self.words, self._today = closing, live, words, today
        meeting = closing.meeting
        locked = meeting.locked_at is not None
        ended = words("ended {time}").format(time=words.time(meeting.ended_at)) if meeting.ended_at else ""
        parts = (title_of(live), words.weekday_date(meeting.day), ended)
        self.header.say(words("Minutes, locked") if locked else words("Close out"), " · ".join(p for p in parts if p))
        self.lock_button.setVisible(not locked and self._pane.workspace.can_write)
        self._show_missing(closing, locked)
        self._show_happened(closing)
        self._show_sending(closing)
        self.checklist.show_checklist(closing, self._pane.workspace.can_write)
        tab_in_reading_order(self)

    def _show_missing(self, closing: CloseOut, locked: bool) -> None:
        words, n = self.words, len(closing.missing)
        self.heading.setText(words("Nothing is missing") if not n else words("Only these are missing"))
        self.count.setText(words("{n} of {all} facts").format(n=n, all=closing.facts) if n else "")
        self._reopen.setVisible(locked and self._pane.workspace.can_write)
        open_words = said("{n} fact stays open.", many="{n} facts stay open.", count="n", n=n)
        self.locked.setText(words("These minutes are locked.") + (f" {words.say(open_words)}" if n else ""))
        self.locked.setVisible(locked)
        self.heading.setVisible(not locked)
        shown = () if locked else closing.missing
        wanted = {f"{each.gap}:{each.record_id}": each for each in shown}
        gone_focus = self._clear_rows(set(wanted) | (set() if locked else self._still_chosen()))
        for place, (key, each) in enumerate(wanted.items()):
            if key not in self._rows:
                self._rows[key] = MissingRow(each, words, self._field(each))
                self._missing.insertWidget(place, self._rows[key])
        if gone_focus and self._rows:
            self.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _still_chosen(self) -> set[str]:
        """Down goes through the answers of a list one by one: its row waits until the focus has left it."""
        focused = QApplication.focusWidget()
        reviews = {key: each for key, each in self._rows.items() if key.startswith(f"{Gap.REVIEW}:")}
        return {key for key, each in reviews.items() if focused is not None and each.isAncestorOf(focused)}

    def _focus_went(self, old: QWidget | None, _new: QWidget | None) -> None:
        if old is None or self.closing is None or not self.isVisible():
            return
        if any(each.isAncestorOf(old) for each in self._rows.values()):
            self._show_missing(self.closing, self.closing.meeting.locked_at is not None)

    def _clear_rows(self, wanted: set[str]) -> bool:
        """What is filled goes; True where the focus was in it."""
        had_focus = False
        for key in [key for key in self._rows if key not in wanted]:
            gone = self._rows.pop(key)
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
            row_ = self._rows.get(key.removeprefix(prefix)) if key.startswith(prefix) else None
            if row_ is not None and isinstance(row_.field, Field) and not row_.field.text():
                row_.field.setText(text)
            elif key.startswith(prefix) and row_ is None:
                self._typing.forget_soon(key)

    def first_field(self) -> QWidget:
        """Focus on the first that is missing."""
        first = next(iter(self._rows.values()), None)
        if first is None:
            return self.lock_button if self.lock_button.isVisible() else self.pdf
        inner = [part for part in first.field.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
        return next((part for part in inner if part.isVisibleTo(first)), first.field)

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
                return box(row(Button(self.words("Mark who was here"), self._to_present), None))
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
        wanted = field.text().strip().casefold()
        if not wanted:
            return
        people = self.live.words.people if self.live is not None else ()
        fitting = [each for each in people if wanted in (each.name.casefold(), each.last_name.casefold())]
        fitting = fitting or [each for each in people if each.name.casefold().startswith(wanted)]
        if len(fitting) != 1:
            field.show_wrong(True)
            text = (
                self.words("Several people fit: type the whole name.")
                if fitting
                else self.words("Nobody here is called so.")
            )
            self._pane.noticed.emit(Notice(text, tone="danger"))
            return
        said_ = self.words("{name} does it").format(name=fitting[0].name)
        self._pane.do(actions.change, said=said_, action_id=ActionId(missing.record_id), owner_id=fitting[0].id)

    def _set_date(self, missing: Missing, field: Field) -> None:
        day = typed_day(field.text(), self.closing.meeting.day if self.closing else self._today)
        if day is None:
            field.show_wrong(True)
            self._pane.noticed.emit(Notice(self.words("Type a day, such as 12/1 or fri."), tone="danger"))
            return
        said_ = self.words("By {day}").format(day=self.words.day(day))
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

    def _to_present(self) -> None:
        self.back.emit()
        self._pane.live.shape.show("present")

    def _next(self) -> QWidget:
        """The days the pattern offers."""
        words, buttons = self.words, []
        for day in (self.closing.proposed if self.closing is not None else ())[:2]:
            clock = words.time(day.starts_at) if day.starts_at is not None else ""
            text = ", ".join(part for part in (words.day(day.day), clock) if part)
            buttons.append(Button(text, partial(self._plan_next, day.day)))
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
            self._plan_next(day)

    def _plan_next(self, day: date) -> None:
        assert self.closing is not None
        self._pane.do(close_out.plan_next, said=self.words("Next meeting planned"),
                      meeting_id=self.closing.meeting.id, day=day)  # fmt: skip

    def _rate(self, answers: dict[str, str]) -> None:
        assert self.closing is not None
        given = {key: Answer(answers[key]) if answers[key] else None for key, _ in QUESTIONS}
        self._pane.do(meetings.rate, said=self.words("Answers kept"), meeting_id=self.closing.meeting.id,
                      to_improve=answers["to_improve"], **given)  # fmt: skip

    # -- the rest of the page -----------------------------------------------------------------------------------------

    def _show_happened(self, closing: CloseOut) -> None:
        words, told = self.words, closing.happened
        used = (
            words("{n} of {all}").format(n=told.used, all=told.planned) if told.used is not None else words("no record")
        )
        cells = (
            (used, words("minutes used")),
            (words("{n} of {all}").format(n=told.present, all=told.voting), words("present from start to end")),
            (str(told.decisions), words("decision") if told.decisions == 1 else words("decisions")),
            (
                str(told.actions),
                (words("action, {n} with owner") if told.actions == 1 else words("actions, {n} with owner")).format(
                    n=told.actions_with_owner
                ),
            ),
        )
        _empty(self._happened)
        for value, name in cells:
            self._happened.addWidget(box(column(label(value, "statement"), Prose(name), None)), 1)

    def _show_sending(self, closing: CloseOut) -> None:
        words, meeting = self.words, closing.meeting
        due = ""
        if meeting.sent_at is not None:
            day = words.day(meeting.sent_at.astimezone(self._pane.zone).date())
            due = words("left {day}, within 24 hours") if closing.in_time else words("left {day}, later than 24 hours")
            due = due.format(day=day)
        elif closing.send_by is not None:
            at = closing.send_by.astimezone(self._pane.zone)
            due = words("by {day}, {time}").format(day=words.day(at.date()), time=words.time(at.time()))
        self.due.setText(due)
        can = self._pane.workspace.can_write
        self.sent.setVisible(can and meeting.sent_at is None)
        away = any(each.present is False for each in self.live.presence.lines) if self.live is not None else False
        self.absent.setVisible(away)
        coming = closing.next_day is not None
        self.calendar.allow(coming, words("Plan the next meeting first"))
        confidential = meeting.confidential
        note = (
            words("These minutes are for members of the team only.")
            if confidential
            else words(
                "Confidential lines are left out. The mail draft opens in your mail program; nothing is sent from here."
            )
        )
        self.note.setText(note)

    def _mark_item(self, number: int, points: int | None) -> None:
        assert self.closing is not None
        self._pane.do(checklist.mark, meeting_id=self.closing.meeting.id, number=number, points=points)

    def _save_result(self) -> None:
        self._pane.papers.save("tips-fc-result", self.words("Where the result is kept"))

    # -- acts ---------------------------------------------------------------------------------------------------------

    def acts(self) -> tuple[Action, ...]:
        words = self.words
        locked = self.closing is not None and self.closing.meeting.locked_at is not None
        lock = Action("lock", words("Lock minutes"), self.lock, "ph.lock-simple", primary=True)
        return (
            *(() if locked else (lock,)),
            Action("minutes", words("Back to minutes"), self.back.emit, "ph.chat-text"),
            Action("pdf", words("Minutes as PDF"), self._save_pdf, "ph.file"),
            Action("mail", words("Mail draft"), self._save_mail, "ph.envelope-simple"),
            Action("copy", words("Copy minutes"), self._copy, "ph.copy"),
            Action("word", words("Minutes for Word"), self._save_word, "ph.file"),
        )

    def lock(self) -> None:
        """Works with gaps and says what stays open."""
        closing = self.closing
        if closing is None:
            return
        n = len(closing.missing)
        open_words = said("Locked; {n} fact stays open", many="Locked; {n} facts stay open", count="n", n=n)
        said_ = self.words.say(open_words) if n else self.words("Minutes locked")
        self._pane.do(close_out.lock, said=said_, meeting_id=closing.meeting.id)

    def reopen(self) -> None:
        if not self.reason.text().strip():
            self.reason.show_wrong(True)
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        assert self.closing is not None
        self._pane.do(close_out.reopen, said=self.words("Minutes reopened"), then=lambda _done: self.reason.clear(),
                      meeting_id=self.closing.meeting.id, reason=self.reason.text())  # fmt: skip

    def _mark_sent(self) -> None:
        assert self.closing is not None
        self._pane.do(
            meetings.minutes_sent, said=self.words("Minutes marked as sent"), meeting_id=self.closing.meeting.id
        )

    def _save_pdf(self) -> None:
        self._pane.papers.save("minutes", self.words("Where the minutes are kept"))

    def _copy(self) -> None:
        self._pane.papers.copy("minutes")

    def _save_word(self) -> None:
        self._pane.papers.save_word("minutes", self.words("Where the minutes for Word are kept"))

    def _save_absent(self) -> None:
        self._pane.papers.save("minutes-for-absent", self.words("Where the half pages are kept"))

    def _save_mail(self) -> None:
        self._pane.papers.save_mail()

    def _save_calendar(self) -> None:
        closing = self.closing
        if closing is None or closing.next_day is None:
            return

        def found(meetings_: tuple[Meeting, ...]) -> None:
            coming = closing.meeting.next_meeting_id
            ids = [each.id for each in meetings_ if each.id == coming or each.day == closing.next_day]
            if ids:
                self._pane.papers.save_calendar(coming if coming in ids else ids[0])

        self._pane.ask(meetings.of_team, found, team_id=closing.meeting.team_id)

    # -- room ---------------------------------------------------------------------------------------------------------

    def leave(self) -> None:
        for typed in self._typed.values():
            typed.flush()

    def columns(self) -> tuple[QWidget, ...]:
        return (self.first_field(),)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() / look().factor >= BESIDE
        self._columns.setDirection(
            self._columns.Direction.LeftToRight if beside else self._columns.Direction.TopToBottom
        )
        self._rule.setVisible(beside)


def _flow(*buttons: Button) -> FlowLayout:
    """A row of buttons that goes on in the next line where large text leaves too little room."""
    made = FlowLayout(look().px(12))
    for each in buttons:
        made.addWidget(each)
    return made


def _empty(layout: Any) -> None:
    while (item := layout.takeAt(0)) is not None:
        gone = item.widget()
        if gone is not None:
            gone.hide()
            gone.deleteLater()
