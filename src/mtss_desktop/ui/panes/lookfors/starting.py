"""The form of a new administration: which instrument, where, who rates, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.minutes_words import read_date
from mtss_desktop.domain.ratings import AdministrationKind as Kind
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.days import day_trouble
from mtss_desktop.ui.kit.fields import Choice, Field
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.theme import look

ALL = ""
STACKED = 520
"""Narrower than this, in pixels at 100 %, fields stand under each other: side by side their words would be cut."""
WIDTH = 620
"""Widest the form gets, in pixels at 100 %."""
KINDS = {
    Kind.TEAM: "By the team together",
    Kind.ALONE: "By one person",
    Kind.EXTERNAL: "By somebody from outside",
    Kind.PAPER: "Typed in from paper",
    Kind.WALKTHROUGH: "As a short visit",
    Kind.SURVEY: "As a survey of staff",
}


@dataclass(frozen=True)
class InstrumentOffer:
    """An instrument that can be rated with. ``sections`` are (key, title) of its whole sections."""

    key: str
    title: str
    unit: str
    sections: tuple[tuple[str, str], ...]
    usual: Kind = Kind.TEAM


@dataclass(frozen=True)
class StartOffer:
    """What the form chooses from; teams as (id, name, place)."""

    instruments: tuple[InstrumentOffer, ...]
    places: tuple[tuple[str, str], ...]
    teams: tuple[tuple[str, str, str], ...]
    today: date


@dataclass(frozen=True)
class StartWish:
    """What the form holds; ``sections`` empty is everything."""

    instrument: str
    place_id: str
    team_id: str
    kind: Kind
    held_on: date
    name: str
    rater: str
    sections: tuple[str, ...]
    setting: str
    asked: int | None


class StartForm(QWidget):
    """``wanted`` carries a ``StartWish``; ``left`` comes with *Cancel* or Esc."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self._offer: StartOffer | None = None
        self._lines: list[QBoxLayout] = []
        self.instrument, self.place, self.team, self.part = Choice(), Choice(), Choice(), Choice()
        self.kind = Choice([(kind, words(told)) for kind, told in KINDS.items()])
        self.day, self.name, self.rater = Field(), Field(), Field()
        self.setting, self.asked = Field(), Field()
        self.name.setPlaceholderText(words("Fall"))
        self.setting.setPlaceholderText(words("Grade 4 reading"))
        self.day_field = FormField(words("Date"), self.day, help_text=words("11/30, fri or today"))
        self.asked_field = FormField(words("How many were asked"), self.asked)
        self.team_field = FormField(words("Team"), self.team)
        self.rater_field = FormField(words("Who rates"), self.rater)
        self.part_field = FormField(words("What is rated"), self.part)
        self.setting_field = FormField(
            words("What was seen"), self.setting, help_text=words("The lesson, never the teacher.")
        )
        self.message = FormField(words("Instrument"), self.instrument)
        self.start = Button(words("Start rating"), self.submit, kind="primary")
        self.cancel = Button(words("Cancel"), self.left.emit, size="large")
        self._named = self._pair(self.rater_field, self.setting_field)
        space = look().measures.space
        self._form = box(
            column(
                label(words("New administration"), "statement"),
                self.message,
                self._pair(FormField(words("Place"), self.place), self.part_field),
                self._pair(FormField(words("How it is rated"), self.kind), self.team_field),
                self._named,
                self._pair(self.day_field, FormField(words("Name of it"), self.name), self.asked_field),
                row(self.start, self.cancel, None, spacing=look().px(12)),
                None,
                spacing=space.s2,
            )
        )
        self._form.setMaximumWidth(look().px(WIDTH))
        whole = row(self._form, None, margins=(space.s3, look().px(4), space.s3, space.s3))
        whole.setStretch(0, 1000)  # the form first, until it is as wide as it gets
        self.setLayout(whole)
        self.instrument.chosen_changed.connect(lambda _: self._another())
        self.place.chosen_changed.connect(lambda _: self._show_teams())
        self.kind.chosen_changed.connect(lambda _: self._show_fields())

    def _pair(self, *fields: FormField) -> QWidget:
        line = row(*fields, spacing=look().measures.space.s2)
        self._lines.append(line)
        for place in range(len(fields)):
            line.setStretch(place, 1)
        for field in fields:
            field.field.setMinimumWidth(look().px(120))
            line.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        return box(line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        for line in self._lines:
            line.setDirection(ways.TopToBottom if self.width() < look().px(STACKED) else ways.LeftToRight)

    # -- content ------------------------------------------------------------------------------------------------------

    def open(self, offer: StartOffer, place_id: str, instrument: str = "") -> None:
        """``place_id`` and ``instrument`` are offered first."""
        self._offer = offer
        self.instrument.offer(
            [(each.key, each.title) for each in offer.instruments], instrument or self.instrument.value
        )
        self.place.offer(offer.places, self.place.value or place_id)
        if not self.day.text().strip():
            self.day.setText(self._words.date(offer.today))
        self._another()
        self.complain("")
        self.instrument.setFocus(Qt.FocusReason.OtherFocusReason)

    def another_place(self, offer: StartOffer) -> None:
        """What is asked at another place; the instrument stays where it can."""
        self._offer = offer
        self.instrument.offer([(each.key, each.title) for each in offer.instruments], self.instrument.value)
        self._show_parts()
        self._show_teams()

    @property
    def chosen(self) -> InstrumentOffer | None:
        offered = self._offer.instruments if self._offer is not None else ()
        return next((each for each in offered if each.key == self.instrument.value), None)

    def _another(self) -> None:
        """Another instrument: its sections, and how it is usually rated."""
        chosen = self.chosen
        if chosen is None:
            return
        self._show_parts()
        self.kind.choose(chosen.usual)
        self._show_teams()
        self._show_fields()

    def _show_parts(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self.part.offer([(ALL, self._words("Everything")), *chosen.sections], self.part.value)
            self.part_field.setVisible(len(chosen.sections) > 1)

    def _show_teams(self) -> None:
        teams = self._offer.teams if self._offer is not None else ()
        own = [(each, name) for each, name, place in teams if place == self.place.value]
        self.team.offer([("", self._words("No team")), *own], self.team.value or (own[0][0] if own else ""))

    def _show_fields(self) -> None:
        kind = Kind(self.kind.value)
        self.team_field.setVisible(kind in (Kind.TEAM, Kind.PAPER, Kind.EXTERNAL))
        self.rater_field.setVisible(kind in (Kind.ALONE, Kind.EXTERNAL))
        self.setting_field.setVisible(kind is Kind.WALKTHROUGH)
        self._named.setVisible(kind in (Kind.ALONE, Kind.EXTERNAL, Kind.WALKTHROUGH))
        self.asked_field.setVisible(kind is Kind.SURVEY)

    # -- acts ---------------------------------------------------------------------------------------------------------

    def submit(self) -> None:
        offer, chosen = self._offer, self.chosen
        if offer is None or chosen is None:
            return
        day = self._day(offer.today)
        if day is None:
            usual = self._words("Type the day, like 11/30.")
            self.day_field.complain(day_trouble(self._words, self.day.text(), offer.today, usual))
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        asked = self.asked.text().strip()
        kind = Kind(self.kind.value)
        if kind is Kind.SURVEY and asked and not asked.isdigit():
            self.asked_field.complain(self._words("Type a number, or leave it empty."))
            self.asked.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        part = self.part.value
        self.wanted.emit(
            StartWish(
                chosen.key,
                self.place.value,
                self.team.value if self.team_field.isVisibleTo(self) else "",
                kind,
                day,
                self.name.text().strip(),
                self.rater.text().strip() if self.rater_field.isVisibleTo(self) else "",
                (part,) if part else (),
                self.setting.text().strip() if kind is Kind.WALKTHROUGH else "",
                int(asked) if kind is Kind.SURVEY and asked else None,
            )
        )

    def _day(self, today: date) -> date | None:
        text = self.day.text().strip()
        if text.lower() in ("", self._words("today").lower()):
            return today
        parts = text.split("/")
        if len(parts) == 3 and all(part.isdigit() for part in parts):
            try:
                return date(int(parts[2]) + (2000 if len(parts[2]) == 2 else 0), int(parts[0]), int(parts[1]))
            except ValueError:
                return None
        found = read_date(text, 0, today)
        return found[1].day if found is not None and found[0] == len(text) else None

    def complain(self, words: str) -> None:
        """What the database refused."""
        self.message.complain(words)
        if not words:
            self.day_field.complain("")
            self.asked_field.complain("")

    def empty(self) -> None:
        """It is started: the form begins anew."""
        for field in (self.name, self.rater, self.setting, self.asked, self.day):
            field.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)
