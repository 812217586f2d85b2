"""The room of look-fors: administrations of instruments, and the one that is open with its views."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from mtss_desktop.app.jobs import Jobs
from mtss_desktop.app.workspace import Done, Workspace
from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.rating_rollups import Heat
from mtss_desktop.domain.rating_views import AdministrationLine
from mtss_desktop.domain.ratings import AdministrationId
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.asking import Asking, SystemDialogs
from mtss_desktop.ui.kit.layouts import Pages, column, tab_in_reading_order
from mtss_desktop.ui.kit.pane import Room
from mtss_desktop.ui.panes.lookfors import telling
from mtss_desktop.ui.panes.lookfors.evidence_view import EvidenceView
from mtss_desktop.ui.panes.lookfors.head import HeadShown, LookforsHead
from mtss_desktop.ui.panes.lookfors.heat_page import HeatPage
from mtss_desktop.ui.panes.lookfors.home_view import HomeView
from mtss_desktop.ui.panes.lookfors.instruments_page import InstrumentsPage
from mtss_desktop.ui.panes.lookfors.open_items import OpenItems
from mtss_desktop.ui.panes.lookfors.open_rating import OpenRating
from mtss_desktop.ui.panes.lookfors.pages import LookforsPages
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
)
from mtss_desktop.ui.panes.lookfors.result_view import ResultView
from mtss_desktop.ui.panes.lookfors.starting import StartForm, StartOffer, StartWish
from mtss_desktop.ui.panes.lookfors.survey_entry import SurveyEntry
from mtss_desktop.ui.panes.lookfors.telling_division import heat_sentence, heat_shown
from mtss_desktop.ui.panes.lookfors.trend_view import TrendView
from mtss_desktop.ui.panes.lookfors.vote_view import VoteView
from mtss_desktop.ui.panes.lookfors.walk_view import WalkView
from mtss_desktop.ui.panes.lookfors.where import DIVISION, HOME, LISTS, NOT_OPEN, START, Where
from mtss_desktop.usecases import ratings


class LookforsPane(LookforsPages):
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
        self.header = LookforsHead(words, self)
        self.open_items = OpenItems(words, self._finish_now, self._to_first_open)
        self.home = HomeView(words, self.start_new)
        self._pages = Pages()
        self._pages.addWidget(self.home)
        whole = column(self.header, self.progress, self.open_items, self._pages)
        whole.setStretch(3, 1)
        self.setLayout(whole)
        self._connect()
        self._dress()
        tab_in_reading_order(self)

    def _connect(self) -> None:
        self.header.views.picked.connect(self.show_view)
        self.header.list_views.picked.connect(lambda view: self._go(Where(view)))
        self.home.opened.connect(self._open_line)
        self.home.visits_wanted.connect(self._show_visits)
        self.home.deleted.connect(self._remove_line)
        self.home.chosen.connect(self.actions_changed.emit)

    # -- where --------------------------------------------------------------------------------------------------------

    def go_home(self) -> None:
        """The list again; the one that was open is under the cursor."""
        self._go(Where(HOME, ""), keep=self.where.administration)

    def _go(self, where: Where, *, keep: str = "") -> None:
        self.leave()
        if self._made("on_wall") and (where.view, where.administration) != (VOTE, self.where.administration):
            self.on_wall.close()
        self.where, self._at = where, where.item
        self.open_items.ask(0)
        if where.view == HOME:
            self._turn_to_lists(self.home, keep or HOME)
        elif where.view == DIVISION:
            self._turn_to_lists(self.heat, DIVISION)
        elif where.view == START:
            self._pages.setCurrentWidget(self.form)
            self._dress()
            self.background(partial(read_offer, self.workspace, self.scope.place_id), self._show_offer)
        elif where.view == LISTS:
            self._turn_to_instruments(where)
        else:
            self._dress()
            self._read_again()

    def _turn_to_lists(self, page: QWidget, arriving: str) -> None:
        self.rating.opened = None
        self._pages.setCurrentWidget(page)
        self._dress()
        self._arriving = arriving
        self._read_again()

    def _turn_to_instruments(self, where: Where) -> None:
        self.rating.opened = None
        self._pages.setCurrentWidget(self.instruments)
        self._dress()
        self.instruments.open(where.administration, item=where.item)
        self.instruments.columns()[0].setFocus(Qt.FocusReason.OtherFocusReason)

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

    def _act_on(self, item: str) -> None:
        """From the result straight into the line that makes an action of an item."""
        self._acts_on = item
        self._go(Where(RATE, self.where.administration, item))

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
        self.heat.show_heat(heat_shown(self.words, heat), can_write=self.workspace.can_write)
        self._sentence = heat_sentence(self.words, heat)
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

    def _dress(self) -> None:
        """Header and buttons of what is shown."""
        view, content = self.where.view, self.home_content
        self.header.dress(
            self.words,
            HeadShown(
                view,
                self.rating.opened if view not in NOT_OPEN else None,
                can_write=self.workspace.can_write,
                is_finished=self.rating.is_finished,
                can_reopen=self.rating.can_reopen,
                is_empty=self.home.is_empty,
                paper=bool(self._paper),
                title=self._title,
                sentence=self._sentence,
                lines=content.lines if content is not None else None,
                today=content.today if content is not None else None,
            ),
        )

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

    def finish(self) -> None:
        """Finishes; with items still open it asks first, in its place."""
        if self.rating.opened is None or self.rating.why_not():
            return
        self.leave()
        if self._made("survey_entry") and self.where.view == ANSWERS and self.survey_entry.holds_form:
            self.survey_entry.complain(self.words("This form is half typed. Keep it first, or empty it."))
            return
        if self.rating.unrated and not self.open_items.asks:
            self.open_items.ask(self.rating.unrated)
        else:
            self._finish_now()

    def _finish_now(self) -> None:
        self.open_items.ask(0)
        if self._made("walk_view") and self._pages.currentWidget() is self.walk_view:
            self.walk_view.stop()
        self.rating.finish(self._finished, self.rating.refuse)

    def _finished(self) -> None:
        """What came out of it."""
        self._go(Where(RESULT, self.where.administration))

    def _to_first_open(self) -> None:
        self.open_items.ask(0)
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
