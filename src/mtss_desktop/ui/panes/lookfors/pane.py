"""The room of look-fors: administrations of instruments, and the one that is open with its views."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from typing import ClassVar, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QWidget

from mtss_desktop.app.jobs import Jobs
from mtss_desktop.app.workspace import Done, Workspace
from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import ENGLISH, Words, said
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.rating_views import AdministrationLine, Heat
from mtss_desktop.domain.ratings import AdministrationId, AdministrationKind
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.asking import Asking, SystemDialogs
from mtss_desktop.ui.kit.buttons import Button, Segmented
from mtss_desktop.ui.kit.layouts import Pages, box, column, row, tab_in_reading_order
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.pane import Pane, Room
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.typed import NoTypingFile, TypingFile
from mtss_desktop.ui.panes.lookfors import telling, telling_surveys
from mtss_desktop.ui.panes.lookfors.evidence_acts import EvidenceActs
from mtss_desktop.ui.panes.lookfors.evidence_view import EvidenceView
from mtss_desktop.ui.panes.lookfors.heat_page import HeatPage
from mtss_desktop.ui.panes.lookfors.home_view import HomeView
from mtss_desktop.ui.panes.lookfors.instruments_page import InstrumentsPage
from mtss_desktop.ui.panes.lookfors.open_rating import OpenRating
from mtss_desktop.ui.panes.lookfors.paper import record_of
from mtss_desktop.ui.panes.lookfors.rate_view import RateView
from mtss_desktop.ui.panes.lookfors.reading import (
    ANSWERS,
    EVIDENCE,
    RATE,
    RESULT,
    TREND,
    VISITS,
    VOTE,
    Home,
    Opened,
    read_heat,
    read_home,
    read_offer,
    read_opened,
    views_of,
)
from mtss_desktop.ui.panes.lookfors.result_view import ResultView
from mtss_desktop.ui.panes.lookfors.starting import StartForm, StartOffer, StartWish
from mtss_desktop.ui.panes.lookfors.survey_entry import SurveyEntry
from mtss_desktop.ui.panes.lookfors.telling_visits import visits_sentence, visits_shown, visits_title
from mtss_desktop.ui.panes.lookfors.trend_view import TrendView
from mtss_desktop.ui.panes.lookfors.vote_view import VoteView
from mtss_desktop.ui.panes.lookfors.vote_wall import VoteOnWall
from mtss_desktop.ui.panes.lookfors.walk_view import WalkView
from mtss_desktop.ui.panes.lookfors.words import head_sentence, head_title, home_sentence
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import ratings

HOME, START, DIVISION, LISTS = "home", "start", "division", "instruments"
NOT_OPEN = (HOME, START, DIVISION, LISTS)
"""Views in which no administration is open."""
VIEWS = {
    RATE: "Rate",
    ANSWERS: "Answers",
    VOTE: "Team vote",
    RESULT: "Result",
    VISITS: "All visits",
    TREND: "Trend",
    EVIDENCE: "Evidence",
}
"""Views of one administration, in their order."""

W = TypeVar("W", bound=QWidget)


@dataclass(frozen=True)
class Where:
    """What is shown: a view of the list (no administration), or a view of one administration ("" its usual one), at an item."""

    view: str = HOME
    administration: str = ""
    item: str = ""

    @classmethod
    def read(cls, record_id: str) -> Where:
        """``view:administration:item`` or an administration alone."""
        view, _, rest = record_id.partition(":")
        if view in (*NOT_OPEN, *VIEWS):
            administration, _, item = rest.partition(":")
            return cls(view, administration, item)
        return cls("", record_id) if record_id else cls()


class LookforsPane(Pane):
    """One reading for each view; ratings are written as they are pressed, notes as they are typed."""

    room: ClassVar[Room] = Room("lookfors", "Look-fors", "ph.checks", "Evidence", "Ctrl+6", "lookfors")
    topics: ClassVar[frozenset[Topic]] = frozenset(
        {
            Topic.RATINGS,
            Topic.INSTRUMENTS,
            Topic.EVIDENCE,
            Topic.ACTIONS,
            Topic.TEAMS,
            Topic.PEOPLE,
            Topic.ORGANIZATIONS,
            Topic.RULES,
        }
    )

    def __init__(self, workspace: Workspace, jobs: Jobs, *, words: Words = ENGLISH) -> None:
        super().__init__(workspace, jobs, words=words)
        self.asking: Asking = SystemDialogs()
        self.where = Where()
        self.home_content: Home | None = None
        self.rating = OpenRating(self)
        self._at = self._arriving = self._title = self._sentence = self._acts_on = ""
        self._starts: dict[str, int] = {}
        self._looked = False
        self._asks_to_finish = False
        self.back = Button(words("All look-fors"), self.go_home, kind="quiet", icon_name="ph.arrow-left")
        self.list_views = Segmented(((HOME, words("Ratings")), (DIVISION, words("Division"))), words("List"))
        self.views = Segmented([(key, words(name)) for key, name in VIEWS.items()], words("View"))
        self.reopen_button = Button(words("Open again"), self.reopen, size="large")
        self.lists_button = Button(words("Instruments"), self.show_instruments, size="large")
        self.new_button = Button(words("New administration"), self.start_new, kind="primary", icon_name="ph.plus")
        self.projector = Button(
            words("Projector"), self.toggle_projector, size="large", icon_name="ph.projector-screen"
        )
        self.finish_button = Button(words("Finish"), self.finish, kind="primary")
        self.print_button = Button(words("Print"), self.print_view, size="large", icon_name="ph.printer")
        self.binder_button = Button(words("Print binder"), self.print_view, kind="primary", icon_name="ph.printer")
        self.header = PageHeader(
            words("Look-fors"),
            [
                self.back,
                self.list_views,
                self.views,
                self.reopen_button,
                self.lists_button,
                self.new_button,
                self.print_button,
                self.binder_button,
                self.projector,
                self.finish_button,
            ],
        )
        self.question = Prose("", "base", "ink")
        self.finish_anyway = Button(words("Finish as it is"), self._finish_now)
        self.first_open = Button(words("Go to the first"), self._to_first_open)
        self._question_box = self._asking_box()
        self.home = HomeView(words, self.start_new)
        self._pages = Pages()
        self._pages.addWidget(self.home)
        whole = column(self.header, self.progress, self._question_box, self._pages)
        whole.setStretch(3, 1)
        self.setLayout(whole)
        self._connect()
        self._dress()
        tab_in_reading_order(self)

    def _asking_box(self) -> QWidget:
        """What is asked before an unfinished rating is finished, in its place."""
        space = look().measures.space
        line = row(
            self.question, self.finish_anyway, self.first_open, None, spacing=look().px(12), margins=(space.s3, 0, space.s3, space.s1)
        )  # fmt: skip
        made = box(line)
        made.hide()
        return made

    def _connect(self) -> None:
        self.views.picked.connect(self.show_view)
        self.list_views.picked.connect(lambda view: self._go(Where(view)))
        self.home.opened.connect(self._open_line)
        self.home.visits_wanted.connect(self._show_visits)
        self.home.deleted.connect(self._remove_line)
        self.home.chosen.connect(self.actions_changed.emit)

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
        made.noted.connect(lambda item, text: rating.note(item, text, made.note_saved, made.complain))
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

    def _act_on(self, item: str) -> None:
        """From the result straight into the line that makes an action of an item."""
        self._acts_on = item
        self._go(Where(RATE, self.where.administration, item))

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

    # -- where --------------------------------------------------------------------------------------------------------

    def go_home(self) -> None:
        """The list again; the one that was open is under the cursor."""
        self._go(Where(HOME, ""), keep=self.where.administration)

    def _go(self, where: Where, *, keep: str = "") -> None:
        self.leave()
        if self._made("on_wall") and (where.view, where.administration) != (VOTE, self.where.administration):
            self.on_wall.close()
        self.where, self._at = where, where.item
        self._ask_to_finish(False)
        if where.view == HOME:
            self.rating.opened = None
            self._pages.setCurrentWidget(self.home)
            self._dress()
            self._arriving = keep or HOME
            self._read_again()
        elif where.view == DIVISION:
            self.rating.opened = None
            self._pages.setCurrentWidget(self.heat)
            self._dress()
            self._arriving = DIVISION
            self._read_again()
        elif where.view == START:
            self._pages.setCurrentWidget(self.form)
            self._dress()
            self.background(partial(read_offer, self.workspace, self.scope.place_id), self._show_offer)
        elif where.view == LISTS:
            self.rating.opened = None
            self._pages.setCurrentWidget(self.instruments)
            self._dress()
            self.instruments.open(where.administration, item=where.item)
            self.instruments.columns()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._dress()
            self._read_again()

    def _read_again(self) -> None:
        self._stale = True
        self.refresh_if_seen()

    def show_instruments(self) -> None:
        """Lists of one's own and those the program brings."""
        self._go(Where(LISTS))

    def show_view(self, view: str) -> None:
        self._go(Where(view, self.where.administration, self._item))

    @property
    def _item(self) -> str:
        """The item that is open, so that another view opens at it."""
        shown = self._pages.currentWidget()
        if isinstance(shown, RateView):
            return shown.item_number
        if isinstance(shown, VoteView):
            return shown.item
        if isinstance(shown, ResultView):
            return shown.item.number if shown.item is not None else ""
        return ""

    @property
    def _shown_rating(self) -> RateView | None:
        shown = self._pages.currentWidget()
        return shown if isinstance(shown, RateView) else None

    @property
    def record_id(self) -> str:
        where = self.where
        if where.view == LISTS:
            return ":".join(part for part in (LISTS, self.instruments.record_id) if part)
        if where.view in NOT_OPEN:
            line = self.home.table.current
            return f"{HOME}:{line.id}" if where.view == HOME and line is not None else where.view
        return ":".join(part for part in (where.view, where.administration, self._item or where.item) if part)

    def open_record(self, record_id: str) -> None:
        """An administration (its view and item with it), the list, or the form."""
        where = Where.read(record_id)
        if where.view == HOME:
            self._go(Where(HOME), keep=where.administration)
        else:
            self._go(where)

    # -- reading ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        where = self.where
        if where.view == LISTS:
            self.instruments.refresh()
        elif where.view == HOME:
            self.background(partial(read_home, self.workspace, self.scope.place_id, self._year), self._show_home)
        elif where.view == DIVISION:
            self.background(partial(read_heat, self.workspace, self._year), self._show_heat)
        elif where.administration:
            item = self._at or self._item
            work = partial(read_opened, self.workspace, where.administration, where.view, item, not self._looked)
            self._looked = True
            self.background(work, self._show_opened)

    @property
    def _year(self) -> int | None:
        """The year a person chose; without one the list goes back to the first rating."""
        return self._starts.get(self.scope.year_id)

    def _show_home(self, content: Home) -> None:
        if self.where.view != HOME:
            return
        self.home_content, self.words, self._starts = content, content.words, content.starts
        self.home.show_lines(content.lines, content.today, can_write=self.workspace.can_write)
        self._dress()
        arriving, self._arriving = self._arriving, ""
        self.home.table.choose(arriving)
        if arriving or self.hasFocus() or (QApplication.focusWidget() is None and self.isActiveWindow()):
            self.home.first_stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self.actions_changed.emit()

    def _show_heat(self, heat: Heat) -> None:
        if self.where.view != DIVISION:
            return
        place = self.scope.place_id
        if place:
            heat = replace(heat, rows=tuple(row for row in heat.rows if row.place_id == place))
        self.heat.show_heat(telling.heat_shown(self.words, heat), can_write=self.workspace.can_write)
        self._sentence = telling.heat_sentence(self.words, heat)
        self._dress()
        self._arrive(self.heat)

    def _show_opened(self, opened: Opened) -> None:
        if opened.sheet.head.administration.id != self.where.administration:
            return
        self.rating.opened, self.words = opened, opened.words
        self.where = replace(self.where, view=opened.view)
        at, self._at = self._at, ""
        self._sentence = ""
        before = self._pages.currentWidget()
        page = self._fill(opened, at)
        self._dress()
        self._arrive(page, another=page is not before)
        acts_on, self._acts_on = self._acts_on, ""
        if acts_on and isinstance(page, RateView) and page.item_number == acts_on:
            page.start_action()
        self.actions_changed.emit()

    def _arrive(self, page: QWidget, *, another: bool = False) -> None:
        """Another page than before takes the focus to where it is worked with."""
        self._pages.setCurrentWidget(page)
        stops = self.columns()
        if stops and (another or self._arriving):
            stops[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._arriving = ""

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
            shown = telling.result_shown(words, opened.result, opened.sheet)
            if opened.survey is not None:
                shown = telling_surveys.survey_shown(words, opened.survey, opened.result)
            self.result_view.show_result(shown)
            if at:
                self.result_view.list.choose(at)
            return self.result_view
        if opened.trend is not None and opened.moved is not None:
            trend = telling.trend_shown(words, opened.trend, opened.moved)
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
                telling.evidence_shown(words, opened.binder, opened.sheet, opened.minutes, self._why_no_new())
            )
            if opened.typed:
                self.evidence_view.panel.bring_back(opened.typed)
            if at:
                self.evidence_view.open_item(at)
            self._sentence = telling.evidence_sentence(words, opened.binder)
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

    def _dress(self) -> None:
        """Header and buttons of what is shown."""
        words, view = self.words, self.where.view
        is_open = view not in NOT_OPEN
        self.header.setVisible(view != LISTS)
        self.lists_button.setVisible(view in (HOME, DIVISION))
        finished, can_write = self.rating.is_finished, self.workspace.can_write
        opened = self.rating.opened if is_open else None
        offered = views_of(opened.sheet) if opened is not None else ()
        self.back.setVisible(view not in (HOME, DIVISION))
        self.list_views.setVisible(view in (HOME, DIVISION) and not self.home.is_empty)
        self.views.setVisible(is_open and len(offered) > 1)
        self.new_button.setVisible(view in (HOME, DIVISION) and can_write and not self.home.is_empty)
        self.projector.setVisible(view == VOTE)
        self.finish_button.setVisible(view in (RATE, ANSWERS, VOTE) and can_write and not finished)
        self.reopen_button.setVisible(
            is_open and view not in (TREND, EVIDENCE, VISITS) and can_write and self.rating.can_reopen
        )
        self.print_button.setVisible(view != EVIDENCE and bool(self._paper))
        self.binder_button.setVisible(view == EVIDENCE and bool(self._paper))
        if view in (HOME, DIVISION):
            self.list_views.choose(view)
        if opened is not None:
            for key in VIEWS:
                self.views.offer(key, key in offered)
            self.views.choose(view)
            head = opened.sheet.head
            title = self._title if view in (TREND, VISITS) else head_title(words, head)
            self.header.say(title, self._sentence or head_sentence(words, head))
        elif view == START:
            self.header.say(
                words("Look-fors"), words("A rating is a draft until it is finished; it can wait for weeks.")
            )
        elif view == DIVISION:
            self.header.say(words("Look-fors"), self._sentence)
        elif self.home_content is not None:
            content = self.home_content
            self.header.say(words("Look-fors"), home_sentence(words, content.lines, content.today))

    def columns(self) -> tuple[QWidget, ...]:
        shown = self._pages.currentWidget()
        if isinstance(
            shown, RateView | SurveyEntry | VoteView | EvidenceView | WalkView | ResultView | TrendView | HeatPage
        ):
            return shown.columns()
        if isinstance(shown, StartForm):
            return (shown.instrument,)
        if isinstance(shown, InstrumentsPage):
            return shown.columns()
        return (self.home.first_stop,)

    def leave(self) -> None:
        shown = self._pages.currentWidget()
        if isinstance(shown, RateView | SurveyEntry | VoteView | EvidenceView | WalkView | InstrumentsPage):
            shown.leave()

    @property
    def holds_work(self) -> bool:
        running = self._made("walk_view") and self.walk_view.running
        return super().holds_work or running

    # -- starting -----------------------------------------------------------------------------------------------------

    def start_new(self) -> None:
        """The form for a new administration."""
        if self.workspace.can_write:
            self._go(Where(START))

    def _show_offer(self, offer: StartOffer) -> None:
        if self.where.view == START:
            self.form.open(offer, self.scope.place_id or (offer.places[0][0] if offer.places else ""))

    def _offer_for(self, place_id: str) -> None:
        """Another place: what is asked there may differ."""
        self.background(partial(read_offer, self.workspace, place_id), self.form.another_place)

    def _start(self, wish: StartWish) -> None:
        def started(done: Done[AdministrationId]) -> None:
            self.form.empty()
            self._go(Where(RATE, done.value))

        def refused(error: Exception) -> None:
            if isinstance(error, UserError):
                self.form.complain(str(error))
            else:
                self.failed(error)

        self.do(
            ratings.start,
            then=started,
            fail=refused,
            instrument=wish.instrument,
            place_id=OrganizationId(wish.place_id),
            held_on=wish.held_on,
            kind=wish.kind,
            name=wish.name,
            team_id=TeamId(wish.team_id) if wish.team_id else None,
            rater=wish.rater,
            sections=wish.sections,
            setting=wish.setting,
            asked=wish.asked,
        )

    def _open_line(self, line: AdministrationLine) -> None:
        self._go(Where("", line.id))

    def _show_visits(self, line: AdministrationLine) -> None:
        self._go(Where(VISITS, line.id))

    def _visits_of_current(self) -> None:
        if self.home.visit is not None:
            self._show_visits(self.home.visit)

    def _why_no_visits(self) -> str:
        return "" if self.home.visit is not None else self.words("Choose a classroom visit first.")

    def _remove_line(self, line: AdministrationLine) -> None:
        if self.workspace.can_write:
            self.rating.remove(line.id, self._stay_in_list)

    def _stay_in_list(self) -> None:
        self.home.first_stop.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- rating -------------------------------------------------------------------------------------------------------

    def _note(self, item: str, text: str) -> None:
        card = self.rate_view.card
        assert card is not None
        self.rating.note(item, text, card.note_saved, card.complain)

    def _make_action(self, wish: object) -> None:
        card = self.rate_view.card
        assert card is not None
        self.rating.make_action(wish, card.action_made, card.action.complain)  # type: ignore[arg-type]

    def finish(self) -> None:
        """Finishes; with items still open it asks first, in its place."""
        if self.rating.opened is None or self.rating.why_not():
            return
        self.leave()
        if self._made("survey_entry") and self.where.view == ANSWERS and self.survey_entry.holds_form:
            self.survey_entry.complain(self.words("This form is half typed. Keep it first, or empty it."))
            return
        if self.rating.unrated and not self._asks_to_finish:
            self._ask_to_finish(True)
        else:
            self._finish_now()

    def _ask_to_finish(self, asked: bool) -> None:
        self._asks_to_finish = asked
        self._question_box.setVisible(asked)
        if asked:
            n = self.rating.unrated
            told = said(
                "{n} item is not rated. Finished like this there is no percent for its part.",
                many="{n} items are not rated. Finished like this there is no percent for their parts.",
                count="n", n=n,
            )  # fmt: skip
            self.question.setText(self.words.say(told))
            self.first_open.setFocus(Qt.FocusReason.OtherFocusReason)

    def _finish_now(self) -> None:
        self._ask_to_finish(False)
        if self._made("walk_view") and self._pages.currentWidget() is self.walk_view:
            self.walk_view.stop()
        self.rating.finish(self._finished, self.rating.refuse)

    def _finished(self) -> None:
        """What came out of it."""
        self._go(Where(RESULT, self.where.administration))

    def _to_first_open(self) -> None:
        self._ask_to_finish(False)
        view = self._shown_rating
        if view is not None and view.sheet is not None:
            view.open_item(telling.first_unrated(view.sheet))
            view.to_keys()

    def reopen(self) -> None:
        self.rating.reopen(self.refresh, self.rating.refuse)

    # -- acts ---------------------------------------------------------------------------------------------------------

    def acts(self) -> tuple[Action, ...]:
        words = self.words
        if self.where.view == LISTS:
            return self.instruments.acts()
        if self.where.view in NOT_OPEN:
            return (
                Action("instruments", words("Instruments"), self.show_instruments, "ph.list-bullets"),
                Action(
                    "new",
                    words("New administration"),
                    self.start_new,
                    "ph.plus",
                    primary=True,
                    why_not=self._why_no_new,
                ),
                Action(
                    "visits", words("All visits of its place"), self._visits_of_current, why_not=self._why_no_visits
                ),
                Action("remove", words("Remove rating"), self._remove_current, "ph.x", why_not=self._why_no_remove),
            )
        open_one = not self.rating.is_finished
        return (
            Action(
                "finish", words("Finish rating"), self.finish, "ph.check", primary=open_one, why_not=self.rating.why_not
            ),
            Action("reopen", words("Open rating again"), self.reopen, why_not=self._why_no_reopen),
            Action(
                "projector",
                words("Projector view"),
                self.toggle_projector,
                "ph.projector-screen",
                "F9",
                why_not=self._why_no_projector,
            ),
            Action("print", self._print_words(), self.print_view, "ph.printer", why_not=self._why_no_paper),
            Action("home", words("All look-fors"), self.go_home, "ph.checks"),
        )

    @property
    def _paper(self) -> str:
        """What the Print room shows of the open view; "" where it has no page or there is no such room."""
        opened = self.rating.opened
        if opened is None or self.where.view in NOT_OPEN or "print" not in self.rooms:
            return ""
        return record_of(self.where.view, opened.sheet)

    def print_view(self) -> None:
        """Result, trend or binder as pages, in the Print room."""
        if self._paper:
            self.asked_to_go.emit("print", self._paper)

    def _print_words(self) -> str:
        told = {EVIDENCE: "Print binder", TREND: "Print trend", VISITS: "Print visits"}
        return self.words(told.get(self.where.view, "Print result"))

    def _why_no_paper(self) -> str:
        return "" if self._paper else self.words("Go to the result, the trend or the evidence first.")

    def _why_no_projector(self) -> str:
        return "" if self.where.view == VOTE else self.words("Go to the team vote first.")

    def _why_no_new(self) -> str:
        return "" if self.workspace.can_write else self.words("This database is open for reading only.")

    def _why_no_remove(self) -> str:
        if not self.workspace.can_write:
            return self.words("This database is open for reading only.")
        return "" if self.home.table.current is not None else self.words("Choose a rating first.")

    def _remove_current(self) -> None:
        line = self.home.table.current
        if line is not None:
            self._remove_line(line)

    def _why_no_reopen(self) -> str:
        if not self.workspace.can_write:
            return self.words("This database is open for reading only.")
        if self.rating.has_only_totals:
            return self.words("Only totals are known of this one. Start a new administration to rate its items.")
        return "" if self.rating.is_finished else self.words("This rating is not finished.")
