"""What a document takes: meeting, team, school, period, for whom, paper and size of print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.documents.blocks import Audience, Paper
from mtss_desktop.domain.meetings import MeetingId, MeetingState
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.rating_views import AdministrationLine
from mtss_desktop.domain.ratings import AdministrationId
from mtss_desktop.domain.team_cards import TeamLine
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.ui.kit.buttons import Segmented
from mtss_desktop.ui.kit.days import day_trouble
from mtss_desktop.ui.kit.fields import Choice, Field
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import IconLabel, hairline, label
from mtss_desktop.ui.panes.printing.parts import PartsField
from mtss_desktop.ui.panes.printing.periods import PERIODS, period, read_day
from mtss_desktop.ui.panes.printing.words import FORM, PAPERS, TREND, fits, looks_back, meeting_words, rating_words
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.papers import Needs, PaperKind, Scope
from mtss_desktop.usecases.places import Place
from mtss_desktop.usecases.series import MeetingLine

_OVER = {MeetingState.MOVED, MeetingState.CANCELED}
_MOST_MEETINGS = 60
_MOST_RATINGS = 80
"""In one list; a team narrows it."""


@dataclass(frozen=True)
class Offer:
    """What there is to choose from."""

    kinds: tuple[PaperKind, ...] = ()
    teams: tuple[TeamLine, ...] = ()
    meetings: tuple[MeetingLine, ...] = ()
    schools: tuple[Place, ...] = ()
    instruments: tuple[tuple[str, str], ...] = ()
    ratings: tuple[AdministrationLine, ...] = ()
    today: date = date.min


class ChoicesView(QWidget):
    """``changed`` comes with every choice that makes other pages."""

    changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self._offer = Offer()
        self._kind: PaperKind | None = None
        self._wanted = ""
        self._instrument = ""
        self._rating = ""
        self.audience = Segmented(
            [(Audience.TEAM.value, words("Internal")), (Audience.PUBLIC.value, words("Public"))], words("For whom")
        )
        self.team, self.meeting, self.school = Choice(), Choice(), Choice()
        self.instrument, self.rating = Choice(), Choice()
        self.student = Field(placeholder="0417")
        self.period = Choice([(value, words(text)) for value, text in PERIODS])
        self.first, self.last = Field(placeholder="8/17/2026"), Field(placeholder="11/17/2026")
        for field in (self.student, self.first, self.last):
            field.kept = False  # they set up a paper, and are no text of anything
        self.paper = Choice([(value, words(text)) for value, text in PAPERS])
        self.sides = Segmented([("one", words("One")), ("both", words("Both"))], words("Sides"))
        self.sides.choose("both")
        self.parts = PartsField(words)
        self.large = Segmented([("", words("Normal")), ("large", words("Large"))], words("Print size"))
        self.team_field = FormField(words("Team"), self.team)
        self.meeting_field = FormField(words("Meeting"), self.meeting)
        self.school_field = FormField(words("School"), self.school)
        self.instrument_field = FormField(words("Instrument"), self.instrument)
        self.rating_field = FormField(words("Rating"), self.rating)
        self.student_field = FormField(
            words("Student"), self.student, help_text=words("The number the Data room shows; empty takes the first.")
        )
        self.period_field = FormField(words("Period"), self.period)
        self.first_field = FormField(words("First day"), self.first)
        self.last_field = FormField(words("Last day"), self.last)
        self.paper_field = FormField(words("Paper"), self.paper)
        self._audience_box = self._labeled(words("For whom"), self.audience)
        self.closed_icon = IconLabel("ph.lock-simple", "warning")
        self.who = Prose("", "base", "ink")
        self.check_icon = IconLabel("ph.check", "success")
        self.check = Prose("", "base", "ink_soft")
        self._build()
        self._connect()
        self.say("", "")

    def _labeled(self, name: str, field: Segmented) -> QWidget:
        return box(column(label(name, "medium"), row(field, None), spacing=look().measures.space.half))

    def _build(self) -> None:
        space = look().measures.space
        who = row(self.closed_icon, self.who, spacing=space.s1)
        check = row(self.check_icon, self.check, spacing=space.s1)
        for line in (who, check):
            line.setStretch(1, 1)
        self._foot = box(column(hairline(), space.s1, who, check, spacing=space.half))
        self.setLayout(
            column(
                *(self._audience_box, self.team_field, self.meeting_field, self.instrument_field, self.school_field),
                *(self.rating_field, self.student_field),
                self.period_field,
                *(self.first_field, self.last_field, self.paper_field),
                self._labeled(self._words("Sides"), self.sides),
                self._labeled(self._words("Print size"), self.large),
                self.parts,
                self._foot,
                None,
                spacing=space.s2,
                margins=(space.s3, 0, space.s3, space.s2),
            )
        )

    def _connect(self) -> None:
        self.team.chosen_changed.connect(lambda _: self._team_chosen())
        self.period.chosen_changed.connect(lambda _: self._period_chosen())
        self.instrument.chosen_changed.connect(lambda _: self._narrowed())
        self.school.chosen_changed.connect(lambda _: self._narrowed())
        for choice in (self.meeting, self.paper):
            choice.chosen_changed.connect(lambda _: self.changed.emit())
        self.rating.chosen_changed.connect(lambda _: self._rating_chosen())
        for segmented in (self.audience, self.sides, self.large):
            segmented.picked.connect(lambda _: self.changed.emit())
        self.parts.changed.connect(self.changed)
        self.student.editingFinished.connect(self._student_typed)
        for field in (self.first, self.last):
            field.editingFinished.connect(self._day_typed)

    # -- what is offered ----------------------------------------------------------------------------------------------

    def show_offer(self, offer: Offer, place_id: str) -> None:
        """Keeps what is chosen where it is still there; a place of the window narrows the rest."""
        new = offer != self._offer
        self._offer = offer
        if not new:
            return
        words = self._words
        teams = [(team.id, f"{team.name}, {team.place}") for team in offer.teams]
        self.team.offer([("", words("Any team")), *teams], self.team.value)
        schools = [(school.id, school.short_name or school.name) for school in offer.schools]
        own = {value for value, _ in schools}
        chosen = self.school.value or (place_id if place_id in own else "")
        self.school.offer([("", words("All schools")), *schools], chosen)
        self._offer_instruments()
        self._offer_meetings()

    def show_kind(self, kind: PaperKind, meeting_id: str | None = None) -> None:
        """The fields this document takes. ``meeting_id`` chooses a meeting, "" the next or last one."""
        other = self._kind is None or looks_back(self._kind) != looks_back(kind)
        self._kind = kind
        if meeting_id is not None:
            self._wanted = meeting_id
            if self.team.value and meeting_id:
                self.team.choose("")
        if other or meeting_id is not None:
            self._offer_meetings()
        self._audience_box.setVisible(Audience.PUBLIC in kind.audiences)
        self.team_field.setVisible(Needs.TEAM in kind.takes)
        self.meeting_field.setVisible(Needs.MEETING in kind.takes)
        self.instrument_field.setVisible(Needs.INSTRUMENT in kind.takes)
        self.school_field.setVisible(Needs.SCHOOL in kind.takes)
        self.student_field.setVisible(Needs.STUDENT in kind.takes)
        self.period_field.setVisible(Needs.PERIOD in kind.takes)
        self.rating_field.setVisible(Needs.RATING in kind.takes)
        self.parts.offer(kind.parts)
        self._offer_instruments()
        self._show_days()

    def _offer_instruments(self) -> None:
        """A form is of any instrument there is; what was rated is of those that were used, or of all together."""
        kind, words = self._kind, self._words
        wanted = self._instrument or self.instrument.value
        if kind is None or kind.name == FORM:
            self.instrument.offer(self._offer.instruments, wanted)
        else:
            used = {each.family: each.title for each in self._ratings() if each.key != wanted}
            families = {each.key: each.family for each in self._offer.ratings}
            offered = sorted(used.items(), key=lambda each: each[1])
            self.instrument.offer([("", words("Newest rated")), *offered], families.get(wanted, wanted))
        self._offer_ratings()

    def _ratings(self) -> list[AdministrationLine]:
        return [each for each in self._offer.ratings if self._kind is not None and fits(self._kind, each)]

    def _offer_ratings(self) -> None:
        school, instrument = self.school.value, self.instrument.value
        found = [
            each
            for each in self._ratings()
            if school in ("", each.place_id) and instrument in ("", each.family, each.key)
        ][:_MOST_RATINGS]
        offered = [(str(each.id), rating_words(self._words, each)) for each in found]
        if self._rating and all(value != self._rating for value, _ in offered):
            known = self._known_rating(self._rating)
            name = rating_words(self._words, known) if known else self._words("The rating chosen elsewhere")
            offered.append((self._rating, name))
        usual = self._words(
            "Rated most often" if self._kind is not None and self._kind.name == TREND else "Newest finished"
        )
        self.rating.offer([("", usual), *offered], self._rating or self.rating.value)

    def _known_rating(self, rating: str) -> AdministrationLine | None:
        return next((each for each in self._offer.ratings if each.id == rating), None)

    def choose_instrument(self, key: str) -> None:
        """The one a link names; kept until it can be offered."""
        self._instrument = key
        self._offer_instruments()
        self._instrument = ""

    def choose_rating(self, rating: str) -> None:
        """The one a link names, kept until it can be offered; visits are read together, so of one its school and instrument count."""
        known = self._known_rating(rating)
        if self._kind is not None and Needs.RATING in self._kind.takes:
            self._rating = rating
            self.school.choose("")
            self.instrument.choose("")
        elif known is not None:
            self.school.choose(known.place_id)
            self.choose_instrument(known.family)
        self._offer_ratings()

    def _rating_chosen(self) -> None:
        self._rating = ""
        self.changed.emit()

    def _narrowed(self) -> None:
        self._rating = ""
        if self._kind is not None and Needs.RATING in self._kind.takes:
            self._offer_ratings()
        self.changed.emit()

    def _offer_meetings(self) -> None:
        back = self._kind is not None and looks_back(self._kind)
        usual = self._words("Last meeting with minutes") if back else self._words("Next meeting")
        meetings = self._meetings(back)
        offered = [("", usual), *((each.id, meeting_words(self._words, each)) for each in meetings)]
        wanted = self._wanted or self.meeting.value
        if wanted and all(value != wanted for value, _ in offered) and self._wanted:
            known = next((each for each in self._offer.meetings if each.id == wanted), None)
            name = meeting_words(self._words, known) if known else self._words("The meeting chosen elsewhere")
            offered.append((wanted, name))
        self.meeting.offer(offered, wanted)

    def _meetings(self, back: bool) -> Sequence[MeetingLine]:
        today, team = self._offer.today, self.team.value
        fitting = [
            each
            for each in self._offer.meetings
            if each.state not in _OVER
            and team in ("", each.team_id)
            and (each.day <= today if back else each.day >= today)
        ]
        return fitting[::-1][:_MOST_MEETINGS] if back else fitting[:_MOST_MEETINGS]

    # -- what is chosen -----------------------------------------------------------------------------------------------

    def scope(self) -> Scope:
        """Only what the document takes; the rest stays open."""
        kind = self._kind
        if kind is None:
            return Scope()
        first, last = self._days()
        dated = Needs.PERIOD in kind.takes
        return Scope(
            team=TeamId(self.team.value) if Needs.TEAM in kind.takes and self.team.value else None,
            meeting=MeetingId(self.meeting.value) if Needs.MEETING in kind.takes and self.meeting.value else None,
            school=OrganizationId(self.school.value) if Needs.SCHOOL in kind.takes and self.school.value else None,
            instrument=self.instrument.value if Needs.INSTRUMENT in kind.takes else "",
            rating=AdministrationId(self.rating.value) if Needs.RATING in kind.takes and self.rating.value else None,
            student=self._student() if Needs.STUDENT in kind.takes else None,
            first=first if dated else None,
            last=last if dated else None,
            audience=self._audience(kind),
            paper=Paper(self.paper.value) if self.paper.value else None,
            large_print=self.large.chosen == "large",
            without=self.parts.without if kind.parts else (),
            one_sided=self.sides.chosen == "one",
        )

    def _student(self) -> int | None:
        number = self.student.text().strip()
        return int(number) if number.isascii() and number.isdigit() else None

    def _student_typed(self) -> None:
        unread = bool(self.student.text().strip()) and self._student() is None
        self.student_field.complain(self._words("Write the number alone: 0417.") if unread else "")
        if not unread:
            self.changed.emit()

    def _audience(self, kind: PaperKind) -> Audience:
        return Audience(self.audience.chosen) if Audience.PUBLIC in kind.audiences else kind.audiences[0]

    def place_words(self) -> str:
        """For a file's name: the school or team that was chosen."""
        scope = self.scope()
        if scope.school is not None:
            return self.school.currentText()
        return self.team.currentText() if scope.team is not None else ""

    def _team_chosen(self) -> None:
        self._wanted = ""
        self._offer_meetings()
        self.changed.emit()

    # the period

    def _period_chosen(self) -> None:
        self._show_days()
        if self.period.value != "own":
            self.changed.emit()
        elif not self.first.text():
            first, last = period("quarter", self._offer.today)
            self.first.setText(self._written(first))
            self.last.setText(self._written(last))
            self.changed.emit()

    def _written(self, day: date | None) -> str:
        return f"{day.month}/{day.day}/{day.year}" if day is not None else ""

    def _show_days(self) -> None:
        own = self._kind is not None and Needs.PERIOD in self._kind.takes and self.period.value == "own"
        self.first_field.setVisible(own)
        self.last_field.setVisible(own)

    def _days(self) -> tuple[date | None, date | None]:
        if self.period.value != "own":
            return period(self.period.value, self._offer.today)
        today = self._offer.today
        return read_day(self.first.text(), today), read_day(self.last.text(), today)

    def _day_typed(self) -> None:
        """A date that cannot be read stays as typed and is marked; the pages stay as they are."""
        wrong = False
        for field in (self.first_field, self.last_field):
            text = field.field.text() if isinstance(field.field, Field) else ""
            unread = bool(text.strip()) and read_day(text, self._offer.today) is None
            usual = self._words("Write a date as month/day/year: 10/24/2026.")
            field.complain(day_trouble(self._words, text, self._offer.today, usual) if unread else "")
            wrong = wrong or unread
        if not wrong:
            self.changed.emit()

    # -- what was checked ---------------------------------------------------------------------------------------------

    def say(self, who: str, check: str, *, closed: bool = False, good: bool = True) -> None:
        """The last lines: for whom, and what was checked; "" hides a line."""
        self.who.setText(who)
        self.who.setVisible(bool(who))
        self.closed_icon.setVisible(closed and bool(who))
        self.check.setText(check)
        self.check.setVisible(bool(check))
        self.check_icon.setVisible(bool(check))
        self.check_icon.show_icon("ph.check" if good else "ph.warning", "success" if good else "warning")
        self._foot.setVisible(bool(who or check))
