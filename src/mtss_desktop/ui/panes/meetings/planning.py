"""A new meeting, another day for one, or none after all: forms that stand in the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.agendas import AgendaTemplate
from mtss_desktop.domain.minutes_words import doubtful
from mtss_desktop.domain.team_cards import TeamLine
from mtss_desktop.domain.team_words import parse_pattern
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.days import day_trouble
from mtss_desktop.ui.kit.fields import Choice, Field
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import beside_nothing, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.panes.meetings.words import clash_words, proposal_words, typed_day, typed_time, when
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.series import Clash, MeetingLine, ProposedDay

NO_DAY = "Type a day, such as 12/15 or fri."


@dataclass(frozen=True)
class Wish:
    """What a form asks for. ``template`` "" is an empty agenda; ``meeting`` is set where one is moved or cancelled."""

    team: str = ""
    meeting: str = ""
    day: date | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    room: str | None = None
    template: str = ""
    reason: str = ""


class PlanForm(QWidget):
    """``planned``, ``moved`` and ``cancelled`` carry a ``Wish``; ``left`` comes with *Cancel* or Esc."""

    planned = Signal(object)
    moved = Signal(object)
    cancelled = Signal(object)
    shortened = Signal(object)
    left = Signal()
    team_picked = Signal(str)
    day_typed = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._today = date.min
        self._mode = "new"
        self._meeting: MeetingLine | None = None
        self._proposed: tuple[ProposedDay, ...] = ()
        self._templates: tuple[AgendaTemplate, ...] = ()
        self._time_offered = ""
        self.title, self.about = label("", "statement"), Prose("")
        self.team = Choice()
        self.offered = Choice()
        self.day, self.time, self.end, self.reason = Field(), Field(), Field(), Field()
        self.template = Choice()
        self.team_field = FormField(words("Team"), self.team)
        self.offered_field = FormField(words("Day"), self.offered)
        self.day_field = FormField(words("On"), self.day, help_text=words("12/15, fri or +2w"))
        self.time_field = FormField(
            words("Time and room"), self.time, help_text=words("For example 2:45–3:45 PM, Room 114.")
        )
        self.end_field = FormField(words("Ends at"), self.end, help_text=words("For example 3:20 PM."))
        self.template_field = FormField(words("Agenda"), self.template)
        self.reason_field = FormField(words("Why"), self.reason, help_text=words("The reason stays with the old date."))
        self.go = Button("", self.submit, kind="primary")
        self.cancel = Button(words("Back"), self.left.emit, size="large")
        space = look().measures.space
        form = column(
            self.title,
            self.about,
            self.team_field,
            self.offered_field,
            self.day_field,
            self.time_field,
            self.end_field,
            self.template_field,
            self.reason_field,
            row(self.go, self.cancel, None, spacing=look().px(12)),
            None,
            spacing=space.s2,
        )
        self.setLayout(beside_nothing(form, (space.s3, look().px(4), space.s3, space.s3)))
        self.team.chosen_changed.connect(self.team_picked)
        self.offered.chosen_changed.connect(lambda _: self._day_chosen())
        self.day.textChanged.connect(lambda _: self._read_day())
        self.day.editingFinished.connect(self._day_left)
        self.time.textChanged.connect(lambda _: self._read_day())

    # -- opening ------------------------------------------------------------------------------------------------------

    def open_new(
        self, teams: Sequence[TeamLine], team_id: str, templates: tuple[AgendaTemplate, ...], today: date
    ) -> None:
        self._begin("new", today, None)
        self._templates = templates
        self.title.setText(self._words("New meeting"))
        self.about.setText(
            self._words("Roles in turn, unfinished items, problems and open actions come onto its agenda.")
        )
        self.team.offer([(team.id, f"{team.name}, {team.place}") for team in teams], team_id)
        tier = next((team.tier for team in teams if team.id == self.team.value), 0)
        self._offer_templates(tier)
        self.go.say(self._words("Plan meeting"))
        self.team.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_templates(self, tier: int) -> None:
        fitting = sorted(self._templates, key=lambda each: tier not in each.tiers)
        choices = [(each.name, each.title) for each in fitting]
        self.template.offer([*choices, ("", self._words("An empty agenda"))], choices[0][0] if choices else "")

    def use_tier(self, tier: int) -> None:
        self._offer_templates(tier)

    def show_proposed(self, days: tuple[ProposedDay, ...]) -> None:
        """What the team's pattern offers; the last choice is a day of one's own."""
        self._proposed = days
        choices = [(str(place), proposal_words(self._words, day, self._today)) for place, day in enumerate(days)]
        self.offered.offer([*choices, ("own", self._words("Another day"))], "0" if days else "own")
        self._day_chosen()

    def open_move(self, meeting: MeetingLine, days: tuple[ProposedDay, ...], today: date) -> None:
        self._begin("move", today, meeting)
        self.title.setText(self._words("Move this meeting"))
        self.about.setText(f"{meeting.team}, {self._words.weekday_date(meeting.day)}")
        self.time.setText(when(self._words, meeting.starts_at, meeting.ends_at))
        self.go.say(self._words("Move meeting"))
        self.show_proposed(days)
        self.offered.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_cancel(self, meeting: MeetingLine, today: date) -> None:
        self._begin("cancel", today, meeting)
        self.title.setText(self._words("Cancel this meeting"))
        self.about.setText(f"{meeting.team}, {self._words.weekday_date(meeting.day)}")
        self.go.say(self._words("Cancel meeting"))
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_shorten(self, meeting: MeetingLine, today: date) -> None:
        self._begin("shorten", today, meeting)
        self.title.setText(self._words("Shorten this meeting"))
        clock = when(self._words, meeting.starts_at, meeting.ends_at)
        self.about.setText(", ".join(p for p in (meeting.team, self._words.weekday_date(meeting.day), clock) if p))
        self.go.say(self._words("Shorten meeting"))
        self.end.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def holds_typed(self) -> bool:
        """Whether a new meeting is half asked for: a day, or a time and room that the pattern did not offer."""
        return self._mode == "new" and bool(self.day.text().strip() or self.time.text() != self._time_offered)

    def discard(self) -> None:
        """It was planned, or is not wanted after all."""
        self._time_offered = ""
        for field in (self.day, self.time):
            field.clear()

    def _begin(self, mode: str, today: date, meeting: MeetingLine | None) -> None:
        self._mode, self._today, self._meeting = mode, today, meeting
        self.team_field.setVisible(mode == "new")
        self.template_field.setVisible(mode == "new")
        for part in (self.offered_field, self.day_field, self.time_field):
            part.setVisible(mode in ("new", "move"))
        self.end_field.setVisible(mode == "shorten")
        self.reason_field.setVisible(mode != "new")
        self.discard()
        for field in (self.end, self.reason):
            field.clear()
        for part in (self.day_field, self.time_field, self.end_field, self.reason_field):
            part.complain("")

    def _day_chosen(self) -> None:
        own = self.offered.value == "own"
        self.day_field.setVisible(own and self._mode in ("new", "move"))
        chosen = self._chosen()
        if chosen is not None:
            self.offered_field.advise(clash_words(self._words, chosen.clashes))
            clock = when(self._words, chosen.starts_at, chosen.ends_at)
            if self._mode == "new":
                self._time_offered = ", ".join(part for part in (clock, chosen.room) if part)
                self.time.setText(self._time_offered)
        else:
            self.offered_field.advise("")

    def _chosen(self) -> ProposedDay | None:
        value = self.offered.value
        return self._proposed[int(value)] if value.isdigit() and int(value) < len(self._proposed) else None

    @property
    def times(self) -> tuple[time | None, time | None]:
        """As typed so far, else those of the team's pattern: a clash is about hours."""
        try:
            typed = parse_pattern(self.time.text())
        except ValueError:
            typed = None
        if typed is not None and typed.starts_at is not None:
            return typed.starts_at, typed.ends_at
        first = self._proposed[0] if self._proposed else None
        return (first.starts_at, first.ends_at) if first is not None else (None, None)

    @property
    def meeting_id(self) -> str:
        """The meeting that is moved; it is in nobody's way itself."""
        return self._meeting.id if self._meeting is not None else ""

    def _read_day(self) -> None:
        if self._chosen() is not None:
            return
        day = typed_day(self.day.text(), self._today)
        if day is None:
            self.day_field.complain("")
            return
        if doubtful(day, self._today):
            self.day_field.advise(self._words("{day}: more than nine months ahead.").format(day=self._words.date(day)))
        else:
            self.day_field.praise(self._words.weekday_date(day))
        self.day_typed.emit(day)

    def _day_left(self) -> None:
        """What is no day is said once the field is left, not while it is typed."""
        if self.day.text().strip() and self._chosen() is None and typed_day(self.day.text(), self._today) is None:
            self.day_field.complain(day_trouble(self._words, self.day.text(), self._today, self._words(NO_DAY)))

    def show_clashes(self, clashes: tuple[Clash, ...]) -> None:
        """Said under the day; nothing is in the way."""
        day = typed_day(self.day.text(), self._today)
        if day is not None and clashes:
            self.day_field.advise(f"{self._words.weekday_date(day)}. {clash_words(self._words, clashes)}")

    # -- asking -------------------------------------------------------------------------------------------------------

    @property
    def team_id(self) -> str:
        return self._meeting.team_id if self._meeting is not None else self.team.value

    def submit(self) -> None:
        if self._mode == "cancel":
            self._submit_reason(self.cancelled)
            return
        if self._mode == "shorten":
            self._submit_end()
            return
        chosen = self._chosen()
        day = chosen.day if chosen is not None else typed_day(self.day.text(), self._today)
        if day is None:
            self.day_field.complain(day_trouble(self._words, self.day.text(), self._today, self._words(NO_DAY)))
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            pattern = parse_pattern(self.time.text())
        except ValueError:
            self.time_field.complain(self._words("Type the times as 2:45–3:45 PM."))
            self.time.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        wish = Wish(
            self.team_id,
            self._meeting.id if self._meeting is not None else "",
            day,
            pattern.starts_at,
            pattern.ends_at,
            pattern.room,
            self.template.value,
            self.reason.text().strip(),
        )
        if self._mode == "new":
            self.planned.emit(wish)
        else:
            self._submit_reason(self.moved, wish)

    def _submit_end(self) -> None:
        assert self._meeting is not None
        at = typed_time(self.end.text(), self._meeting.starts_at)
        if at is None:
            self.end_field.complain(self._words("Type a time, such as 3:20 PM."))
            self.end.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._submit_reason(self.shortened, Wish(meeting=self._meeting.id, ends_at=at,
                                                 reason=self.reason.text().strip()))  # fmt: skip

    def _submit_reason(self, signal: Callable[..., object] | object, wish: Wish | None = None) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self.reason_field.complain(self._words("Say why, in a few words."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        assert self._meeting is not None
        signal.emit(wish or Wish(meeting=self._meeting.id, reason=reason))  # type: ignore[union-attr]

    def complain(self, text: str) -> None:
        places = {"cancel": self.reason_field, "shorten": self.end_field}
        field = places.get(self._mode, self.time_field)
        field.complain(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)
