"""The pages of the room, each made when it is first wanted, wired to what is done, and filled with what was read."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.domain.ratings import AdministrationKind
from mtss_desktop.ui.kit.asking import Asking
from mtss_desktop.ui.kit.layouts import Pages, tab_in_reading_order
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.kit.typed import NoTypingFile, TypingFile
from mtss_desktop.ui.panes.lookfors import telling, telling_surveys
from mtss_desktop.ui.panes.lookfors.evidence_acts import EvidenceActs
from mtss_desktop.ui.panes.lookfors.evidence_view import EvidenceView
from mtss_desktop.ui.panes.lookfors.heat_page import HeatPage
from mtss_desktop.ui.panes.lookfors.instruments_page import InstrumentsPage
from mtss_desktop.ui.panes.lookfors.open_rating import OpenRating
from mtss_desktop.ui.panes.lookfors.rate_view import RateView
from mtss_desktop.ui.panes.lookfors.reading import (
    ANSWERS,
    EVIDENCE,
    RATE,
    RESULT,
    VOTE,
    Opened,
)
from mtss_desktop.ui.panes.lookfors.result_view import ResultView
from mtss_desktop.ui.panes.lookfors.starting import StartForm, StartWish
from mtss_desktop.ui.panes.lookfors.survey_entry import SurveyEntry
from mtss_desktop.ui.panes.lookfors.telling_evidence import evidence_sentence, evidence_shown
from mtss_desktop.ui.panes.lookfors.telling_results import result_shown
from mtss_desktop.ui.panes.lookfors.telling_trend import trend_shown
from mtss_desktop.ui.panes.lookfors.telling_visits import visits_sentence, visits_shown, visits_title
from mtss_desktop.ui.panes.lookfors.trend_view import TrendView
from mtss_desktop.ui.panes.lookfors.vote_view import VoteView
from mtss_desktop.ui.panes.lookfors.vote_wall import VoteOnWall
from mtss_desktop.ui.panes.lookfors.walk_view import WalkView
from mtss_desktop.ui.panes.lookfors.where import LISTS, Where
from mtss_desktop.ui.panes.lookfors.words import head_title

W = TypeVar("W", bound=QWidget)


class LookforsPages(Pane):
    """What the pages ask for is done by whoever holds them: the methods that are not made here."""

    asking: Asking
    rating: OpenRating
    where: Where
    _pages: Pages
    _title: str
    _sentence: str

    def go_home(self) -> None:
        """The list again."""
        raise NotImplementedError

    def _go(self, where: Where, *, keep: str = "") -> None:
        raise NotImplementedError

    def _start(self, wish: StartWish) -> None:
        raise NotImplementedError

    def _offer_for(self, place_id: str) -> None:
        raise NotImplementedError

    def start_new(self) -> None:
        """The form for a new administration."""
        raise NotImplementedError

    def _act_on(self, item: str) -> None:
        raise NotImplementedError

    @property
    def typing(self) -> TypingFile:
        return self.workspace.typing if self.workspace.can_write else NoTypingFile()

    # Made when first wanted: most visits look at one of them.

    @cached_property
    def form(self) -> StartForm:
        made = StartForm(self.words)
        made.wanted.connect(self._start)
        made.left.connect(self.go_home)
        made.place.chosen_changed.connect(self._offer_for)
        return self._added(made)

    @cached_property
    def rate_view(self) -> RateView:
        return self._rating_view(RateView(self.words, self.typing, self.rating.names))

    @cached_property
    def paper_view(self) -> RateView:
        return self._rating_view(RateView(self.words, self.typing, self.rating.names, paper=True))

    def _rating_view(self, made: RateView) -> RateView:
        made.rated.connect(lambda item, given: self.rating.rate(item, given, partial(made.refused, item)))
        made.noted.connect(self._note)
        made.action_wanted.connect(self._make_action)
        made.evidence_wanted.connect(self._to_evidence)
        made.chip_opened.connect(lambda _: self._to_evidence(made.item_number))
        made.action_opened.connect(lambda action: self.asked_to_go.emit("plans", action))
        return self._added(made)

    @cached_property
    def walk_view(self) -> WalkView:
        made = WalkView(self.words, self.workspace.database.now)
        made.rated.connect(lambda item, given: self.rating.rate(item, given, made.complain))
        made.tallied.connect(lambda item, by: self.rating.tally(item, by, made.complain))
        made.watched.connect(lambda minutes: self.rating.watched(minutes, made.complain))
        return self._added(made)

    @cached_property
    def instruments(self) -> InstrumentsPage:
        made = InstrumentsPage(self, self.typing, lambda: self.asking)
        made.left.connect(self.go_home)
        made.moved.connect(self._instrument_moved)
        return self._added(made)

    def _instrument_moved(self) -> None:
        """The window remembers which list is open, and where."""
        page = self.instruments
        if self.where.view == LISTS:
            self.where = Where(LISTS, page.list_id, page.building.item_number if page.list_id else "")

    @cached_property
    def vote_view(self) -> VoteView:
        made, rating = VoteView(self.words, self.typing), self.rating
        made.use_clock(self._now)
        made.opened.connect(lambda item: self._go(Where(VOTE, self.where.administration, item)))
        made.round_wanted.connect(lambda n, minutes: rating.open_vote(made.item, n, minutes, made.complain))
        made.cast.connect(lambda seat, value: rating.cast(made.item, seat, value, made.landed, made.complain))
        made.revealed.connect(lambda: rating.reveal(made.item, made.complain))
        made.again.connect(lambda n, minutes: rating.vote_again(made.item, n, minutes, made.complain))
        made.agreed.connect(lambda value, way, note: rating.agree(made.item, value, way, note, made.complain))
        made.noted.connect(lambda item, text: rating.note(item, text, made.note.saved, made.complain))
        return self._added(made)

    @cached_property
    def on_wall(self) -> VoteOnWall:
        return VoteOnWall(self, self.vote_view, self._rating_title, self._now)

    def _rating_title(self) -> str:
        opened = self.rating.opened
        return head_title(self.words, opened.sheet.head) if opened is not None else ""

    def toggle_projector(self) -> None:
        """The vote on the wall, or no longer; F9."""
        if self.where.view == VOTE and self.rating.opened is not None:
            self.on_wall.toggle()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous() and self._made("on_wall"):  # a window folded away keeps its picture on the wall
            self.on_wall.close()

    def _now(self) -> datetime:
        """The wall clock here, on the day the database stays on where it has one; as stamps have it."""
        moment = self.words.local(self.workspace.database.now())
        opened = self.rating.opened
        return moment if opened is None else datetime.combine(opened.today, moment.timetz())

    @cached_property
    def survey_entry(self) -> SurveyEntry:
        made, rating = SurveyEntry(self.words, self.typing), self.rating
        made.kept.connect(lambda answers, comment: rating.add_form(answers, comment, made.landed, made.complain))
        made.taken_off.connect(lambda: rating.take_form_off(made.to_keys, made.complain))
        return self._added(made)

    @cached_property
    def evidence_view(self) -> EvidenceView:
        made = EvidenceView(self.words, self.typing, self._paste)
        self._evidence = EvidenceActs(self, self.rating, made, lambda: self.asking)
        return self._added(made)

    def _paste(self, item: str) -> None:
        self._evidence.paste(item)

    def _to_evidence(self, item: str) -> None:
        self._go(Where(EVIDENCE, self.where.administration, item))

    @cached_property
    def result_view(self) -> ResultView:
        made = ResultView(self.words)
        made.opened.connect(lambda item: self._go(Where(RATE, self.where.administration, item)))
        made.acting.connect(self._act_on)
        return self._added(made)

    @cached_property
    def trend_view(self) -> TrendView:
        made = TrendView(self.words, lambda: self.asking)
        made.opened.connect(lambda item: self._go(Where(RATE, self.where.administration, item)))
        made.noticed.connect(self.noticed)
        return self._added(made)

    @cached_property
    def heat(self) -> HeatPage:
        made = HeatPage(self.words, self.start_new)
        made.table.opened.connect(lambda administration: self._go(Where(RESULT, administration)))
        return self._added(made)

    def _added(self, view: W) -> W:
        self._pages.addWidget(view)
        tab_in_reading_order(self)
        return view

    def _made(self, name: str) -> bool:
        return name in self.__dict__

    def _note(self, item: str, text: str) -> None:
        card = self.rate_view.card
        assert card is not None
        self.rating.note(item, text, card.note_saved, card.complain)

    def _make_action(self, wish: object) -> None:
        card = self.rate_view.card
        assert card is not None
        self.rating.make_action(wish, card.action_made, card.action.complain)  # type: ignore[arg-type]

    def _why_no_new(self) -> str:
        return "" if self.workspace.can_write else self.words("This database is open for reading only.")

    # -- filling -------------------------------------------------------------------------------------------------------

    def _fill(self, opened: Opened, at: str) -> QWidget:
        """The page of a view with what was read for it."""
        words, why_not = self.words, self.rating.why_not()
        if opened.view == ANSWERS and opened.survey is not None:
            form = telling_surveys.form_shown(words, opened.sheet, why_not)
            self.survey_entry.show_form(form, opened.survey.answered)
            if opened.typed:
                self.survey_entry.bring_back(opened.typed)
            return self.survey_entry
        if opened.result is not None:
            shown = result_shown(words, opened.result, opened.sheet)
            if opened.survey is not None:
                shown = telling_surveys.survey_shown(words, opened.survey, opened.result)
            self.result_view.show_result(shown)
            if at:
                self.result_view.list.choose(at)
            return self.result_view
        if opened.trend is not None and opened.moved is not None:
            trend = trend_shown(words, opened.trend, opened.moved)
            self.trend_view.show_trend(trend)
            self._title, self._sentence = trend.title, trend.sentence
            return self.trend_view
        if opened.visits is not None:
            self.result_view.show_result(visits_shown(words, opened.visits))
            self._title, self._sentence = visits_title(words, opened.visits), visits_sentence(words, opened.visits)
            return self.result_view
        if opened.vote is not None:
            self.vote_view.show_vote(telling.vote_shown(words, opened.vote, opened.sheet, opened.seats, why_not))
            if opened.typed:
                self.vote_view.bring_back(opened.typed)
            return self.vote_view
        if opened.binder is not None:
            self.evidence_view.show_evidence(
                evidence_shown(words, opened.binder, opened.sheet, opened.minutes, self._why_no_new())
            )
            if opened.typed:
                self.evidence_view.panel.bring_back(opened.typed)
            if at:
                self.evidence_view.open_item(at)
            self._sentence = evidence_sentence(words, opened.binder)
            return self.evidence_view
        page = self._page_of(opened)
        if isinstance(page, RateView):
            if page.sheet is None:  # its list finds its lines' heights only where it is shown
                self._pages.setCurrentWidget(page)
            can_act = self.workspace.can_write
            page.show_sheet(telling.sheet_shown(words, opened.sheet, why_not, can_act=can_act), at=at)
            if opened.typed:
                page.bring_back(opened.typed)
        else:
            page.show_walk(telling.walk_shown(words, opened.sheet, why_not))
        return page

    def _page_of(self, opened: Opened) -> RateView | WalkView:
        """How this one is rated: as a visit, from paper, or item by item."""
        kind = opened.sheet.head.administration.kind
        if kind is AdministrationKind.WALKTHROUGH and telling.is_visit(opened.sheet.instrument):
            return self.walk_view
        typed_in = kind is AdministrationKind.PAPER and not self.rating.is_finished
        return self.paper_view if typed_in else self.rate_view
