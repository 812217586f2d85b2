"""The room of teams: everyone on every team, in which role, and what each team is for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import ClassVar

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSplitter, QWidget

from mtss_desktop.app.jobs import Jobs
from mtss_desktop.app.workspace import Done, Workspace
from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import NotFound, UserError
from mtss_desktop.base.words import ENGLISH, Words, said, school_year
from mtss_desktop.domain.people import SchoolYearId
from mtss_desktop.domain.team_cards import TeamLine
from mtss_desktop.domain.team_roles import names_in
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.buttons import Button, Segmented
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.fields import Choice
from mtss_desktop.ui.kit.layouts import Pages, ScrollPage, box, column, tab_in_reading_order
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.pane import Notice, Pane, Room
from mtss_desktop.ui.kit.typed import NoTypingFile, TypingFile, typed_in
from mtss_desktop.ui.panes.teams.adding import JoinLine, NewTeam, NewTeamForm
from mtss_desktop.ui.panes.teams.agreeing import AgreeLine
from mtss_desktop.ui.panes.teams.card import CardView, typing_key
from mtss_desktop.ui.panes.teams.chart_view import ChartView
from mtss_desktop.ui.panes.teams.initiatives_view import InitiativesView
from mtss_desktop.ui.panes.teams.links_view import LinksView
from mtss_desktop.ui.panes.teams.matrix_view import MatrixView
from mtss_desktop.ui.panes.teams.reading import Content, read_content
from mtss_desktop.ui.panes.teams.team_acts import TeamActs
from mtss_desktop.ui.panes.teams.team_list import TeamList, TeamSwitch
from mtss_desktop.ui.panes.teams.views import Host, TeamsView
from mtss_desktop.ui.panes.teams.words import header_sentence
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import team_decisions, teams
from mtss_desktop.usecases.places import Place
from mtss_desktop.usecases.team_decisions import RolledOver
from mtss_desktop.usecases.teams import TeamCard, TeamFact

COLUMN_BELOW = 880
"""Width of the page in pixels at 100 % under which the list becomes a field above the card."""


CHOOSER_BELOW = 540
"""Width of the page in pixels at 100 % under which the views are chosen from a menu."""
CARDS, MATRIX = "cards", "matrix"
VIEWS = {CARDS: "Cards", MATRIX: "Matrix", "links": "Links", "chart": "Chart", "initiatives": "Initiatives"}
MAKERS: dict[str, Callable[[Host], TeamsView]] = {
    MATRIX: MatrixView,
    "links": LinksView,
    "chart": ChartView,
    "initiatives": InitiativesView,
}


class _Host:
    """The room as its views see it."""

    def __init__(self, pane: TeamsPane) -> None:
        self.pane: Pane = pane
        self._pane = pane

    @property
    def words(self) -> Words:
        return self._pane.words

    @property
    def typing_file(self) -> TypingFile:
        return self._pane.typing_file

    def show_team(self, team_id: str) -> None:
        if team_id:
            self._pane.open_record(team_id)
        else:
            self._pane.show_view(CARDS)

    def say(self, sentence: str) -> None:
        self._pane.header.say(self._pane.words("Teams"), sentence)


class TeamsPane(Pane):
    """List, card, and forms in place; one read, all writes through use cases."""

    room: ClassVar[Room] = Room("teams", "Teams", "ph.users", "Work", "Ctrl+3", "teams")
    topics: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.TEAMS, Topic.PEOPLE, Topic.ORGANIZATIONS, Topic.CALENDAR, Topic.RULES}
    )

    def __init__(self, workspace: Workspace, jobs: Jobs, *, words: Words = ENGLISH) -> None:
        super().__init__(workspace, jobs, words=words)
        self._typing: TypingFile = workspace.typing if workspace.can_write else NoTypingFile()
        self._team = ""
        self._retired, self._looked_for_typed = False, False
        self._typed: dict[str, str] = {}
        self._names: tuple[str, ...] = ()
        self._places: tuple[Place, ...] = ()
        self._lines: tuple[TeamLine, ...] = ()
        self.view = CARDS
        self._made: dict[str, TeamsView] = {}
        self.switcher = Segmented(
            tuple((key, words(name)) for key, name in VIEWS.items()), words("View of the teams"), CARDS
        )
        self.chooser = Choice(
            tuple((key, words(name)) for key, name in VIEWS.items()), name=words("View of the teams"), chosen=CARDS
        )
        self.chooser.hide()
        self.on_team = TeamActs(self, lambda: self._team, lambda: self.card.card)
        self.add_button = Button(words("Add team"), self.start_team, kind="primary", icon_name="ph.plus")
        self.header = PageHeader(words("Teams"), [self.switcher, self.chooser, self.add_button])
        self.list = TeamList(words)
        self.switch = TeamSwitch(words)
        self.empty = EmptyState(
            words("Start with the team you meet next"),
            words(
                "Type its name and members here. Rows of a spreadsheet are pasted in Matrix, a file comes in by Import."
            ),
            words("Add a team"),
            self.start_team,
            icon="ph.plus",
        )
        self._build()
        self._connect()

    def _build(self) -> None:
        """From the outside in: a part that gets its parent late is dressed again each time."""
        space = look().measures.space
        self._body, self._main, self._pages = Pages(), Pages(), Pages()
        layout = column(self.header, self.progress)
        layout.addWidget(self._pages, 1)
        self._pages.addWidget(self._body)
        self.setLayout(layout)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._body.addWidget(self._split)
        self._body.addWidget(box(column(self.empty, margins=(space.s3, 0, space.s3, 0))))
        right, inside = QWidget(), column()
        right.setProperty("kind", "clear")
        right.setLayout(inside)
        self._split.setHandleWidth(look().measures.line.hairline)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.list)
        self._split.addWidget(right)
        self._split.setStretchFactor(1, 1)
        self._switch_row = box(column(self.switch, margins=(space.s3, 0, space.s3, space.s1)))
        inside.addWidget(self._switch_row)
        inside.addWidget(self._main)
        self._card_area, self._form_area = ScrollPage(), ScrollPage()
        self._main.addWidget(self._card_area)
        self._main.addWidget(self._form_area)
        tab_in_reading_order(self)
        self._fold()
        look().changed.connect(self._fold)

    def _connect(self) -> None:
        self.switcher.picked.connect(self.show_view)
        self.chooser.activated.connect(lambda _: self.show_view(self.chooser.value))
        self.list.chosen.connect(self.open_record)
        self.switch.chosen.connect(self.open_record)

    @cached_property
    def card(self) -> CardView:
        """Made in a quiet moment, or with the first team that is shown: it is as large as all else in the room."""
        more = Button(self.words("More"), caret=True)
        self._more_menu = QMenu(more)
        self._more_menu.aboutToShow.connect(self._fill_more)
        more.setMenu(self._more_menu)
        made = CardView(
            self.words,
            self._typing,
            self.on_team.save_fact,
            self.on_team.name_role,
            self.on_team.bring,
            lambda: self._names,
            [more],
            self.join,
            self.agree,
            self.on_team.link_acts,
        )
        self._card_area.hold(made, self.words("Team card"))
        made.roles.emptied.connect(self.on_team.empty_cell)
        made.conflict_met.connect(self._conflict)
        made.stranded.connect(self._stranded)
        made.stand(alone=self.width() < look().px(COLUMN_BELOW))
        tab_in_reading_order(self)
        return made

    @cached_property
    def join(self) -> JoinLine:
        made = JoinLine(self.words, lambda: self._names)
        made.wanted.connect(self.on_team.add_member)
        return made

    @cached_property
    def agree(self) -> AgreeLine:
        made = AgreeLine(self.words)
        made.wanted.connect(lambda new: self.on_team.add_link(new, made.empty))
        return made

    def prepare(self) -> None:
        self.card.updateGeometry()

    @cached_property
    def form(self) -> NewTeamForm:
        """Made when a team is added for the first time: with the room it would hold the window up."""
        made = NewTeamForm(self.words, self._typing)
        self._form_area.hold(made, self.words("New team"))
        made.wanted.connect(self._add_team)
        made.left.connect(self.close_form)
        made.stand(alone=self.width() < look().px(COLUMN_BELOW))
        tab_in_reading_order(self)
        return made

    @property
    def typing_file(self) -> TypingFile:
        return self._typing

    # -- reading ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Only the view that is shown; the others read when they are shown next."""
        if self.view != CARDS:
            self._shown.refresh()
            return
        first, self._looked_for_typed = not self._looked_for_typed, True
        scope = self.scope
        work = partial(read_content, self.workspace, self._team, scope.year_id, scope.place_id, self._retired, first)
        self.background(work, self._show)

    def _show(self, content: Content) -> None:
        self._names, self._places = content.names, content.places
        self._typed.update(content.typed)
        empty = not content.lines
        self.list.show_lines(content.lines)
        self._body.setCurrentIndex(1 if empty and not self.form_is_open else 0)
        self.add_button.setVisible(not empty and not self.form_is_open)
        self.header.say(self.words("Teams"), self._sentence(content))
        if content.card is not None:
            self._show_card(content.card)
        self.switch.show_lines(content.lines, self._team)
        self._lines = content.lines
        self.agree.offer(content.lines, self._team)
        self.actions_changed.emit()
        if self._typed:
            self._bring_back_form()
        if any(key.startswith("matrix:") for key in self._typed):  # cells that were typed and never written
            self._typed = {key: text for key, text in self._typed.items() if not key.startswith("matrix:")}
            self.noticed.emit(Notice(self.words("What you were typing is back in its place.")))
            self.show_view(MATRIX)

    def _sentence(self, content: Content) -> str:
        if content.lines:
            return header_sentence(self.words, content.lines)
        schools = [place.short_name for place in content.places[1:]]
        if not schools:
            return self.words("No team yet.")
        ready = self.words("No team yet. Ready: {places}.")
        return ready.format(places=", ".join(schools))

    def _show_card(self, card: TeamCard) -> None:
        self._team = card.id
        self.list.choose(card.id)
        self.card.show_card(card)
        self._bring_back(card)

    @property
    def record_id(self) -> str:
        return self._team

    # -- views --------------------------------------------------------------------------------------------------------

    @property
    def _shown(self) -> TeamsView:
        return self._made[self.view]

    def shed(self) -> None:
        if self._under_way:  # an answer may be on its way to a view
            return
        for key, view in list(self._made.items()):
            if key != self.view and not typed_in(view):
                del self._made[key]
                self._pages.removeWidget(view)
                shiboken6.delete(view)

    def show_view(self, view: str) -> None:
        """Cards, or one of the views of all teams at once; each is made when it is first wanted."""
        if view == self.view:
            return
        self.leave()
        if view != CARDS and view not in self._made:
            made = MAKERS[view](_Host(self))
            self._made[view] = made
            self._pages.addWidget(made)
        self.view = view
        self.switcher.choose(view)
        self.chooser.choose(view)
        self._pages.setCurrentWidget(self._body if view == CARDS else self._made[view])
        self.add_button.setVisible(bool(self._lines) and not self.form_is_open)
        self.actions_changed.emit()
        self.refresh()
        stops = self.columns()
        if stops and self.isVisible():
            stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def small_rail(self) -> bool:
        return self.view == MATRIX

    def open_record(self, record_id: str) -> None:
        """Another team's card; what was being typed in the one before is saved."""
        self.show_view(CARDS)
        if record_id == self._team and not self.form_is_open:
            return
        self.card.finish()
        self.close_form(focus=False)
        self._team = record_id
        if self._stale or not self.isVisible():  # the whole room is read anew, the card with it
            self._stale = True
            self.refresh_if_seen()
            return
        self.list.choose(record_id)
        self.switch.show_lines(self._lines, record_id)
        self._ask_card(self._show_if_wanted)

    def _ask_card(self, then: Callable[[TeamCard], None]) -> None:
        year = SchoolYearId(self.scope.year_id) if self.scope.year_id else None
        self.ask(teams.card, then, team_id=TeamId(self._team), year_id=year)

    def _show_if_wanted(self, card: TeamCard) -> None:
        if card.id == self._team:  # the cursor may have gone on while the answer was on its way
            self._show_card(card)
            self.agree.offer(self._lines, card.id)
            self.actions_changed.emit()

    def failed(self, error: Exception) -> None:
        if isinstance(error, NotFound):
            self._team = ""
            self._stale = True
        super().failed(error)

    # -- typed text that waited ---------------------------------------------------------------------------------------

    def _bring_back(self, card: TeamCard) -> None:
        for fact, view in self.card.facts.items():
            text = self._typed.pop(typing_key(card, fact), None)
            if text is None:
                continue
            if text == card.fact(fact):
                self._typing.forget_soon(typing_key(card, fact))
            else:
                view.edit(text)
                self.noticed.emit(Notice(self.words("What you were typing is back in its place.")))

    def _bring_back_form(self) -> None:
        prefix = "team:new:"
        mine = {key.removeprefix(prefix): text for key, text in self._typed.items() if key.startswith(prefix)}
        self._typed = {key: text for key, text in self._typed.items() if not key.startswith(prefix)}
        if mine and self.form.bring_back(mine):
            self.start_team()
            self.noticed.emit(Notice(self.words("What you were typing is back in its place.")))

    # -- acts ---------------------------------------------------------------------------------------------------------

    def acts(self) -> tuple[Action, ...]:
        words = self.words
        card = self.card.card
        retired = card is not None and card.ended_on is not None and card.ended_on < card.today
        add_act = Action("add", words("Add team"), self.start_team, "ph.plus", primary=True, why_not=self._read_only)
        turns = self._year_acts()
        turn = (
            Action(
                "bring_back",
                words("Bring team back"),
                self.on_team.bring_back,
                "ph.arrow-u-up-left",
                why_not=self._needs_team,
            )
            if retired
            else Action("retire", words("Retire team"), self.on_team.retire, "ph.archive", why_not=self._needs_team)
        )
        if self.view != CARDS:
            return (add_act, *self._shown.acts(), *turns)
        others = words("Hide retired teams") if self._retired else words("Show retired teams")
        return (
            add_act,
            Action("join", words("Add a member"), self.join.open, "ph.user", "Ctrl+M", why_not=self._needs_team),
            Action("filter", words("Filter teams"), self.focus_filter, "ph.magnifying-glass", "Ctrl+F"),
            turn,
            Action("remove", words("Remove team"), self.on_team.remove, "ph.trash", why_not=self._needs_team),
            Action("retired", others, self.toggle_retired, "ph.archive"),
            *turns,
        )

    def _year_acts(self) -> tuple[Action, ...]:
        label = self.words("Roll over to the next school year")
        return (Action("roll_over", label, self.roll_over, "ph.calendar-blank", why_not=self._read_only),)

    def roll_over(self) -> None:
        """What every team is for goes into the next school year, in one step."""

        def done(outcome: Done[RolledOver]) -> None:
            rolled = outcome.value
            n = said("{n} team is", many="{n} teams are", count="n", n=rolled.teams)
            words = self.words("{teams} in {year} now, with what they are for")
            sentence = words.format(teams=self.words.say(n), year=school_year(rolled.year))
            self.noticed.emit(Notice(sentence, undoable=True))

        self.do(team_decisions.roll_over, then=done)

    def _read_only(self) -> str:
        return "" if self.workspace.can_write else self.words("This file is open for reading only")

    def _needs_team(self) -> str:
        return self._read_only() or ("" if self.card.card is not None else self.words("Choose a team first"))

    def _fill_more(self) -> None:
        self._more_menu.clear()
        for act in self.acts()[1:]:
            entry = self._more_menu.addAction(act.label)
            entry.setEnabled(not act.why_not())
            entry.triggered.connect(lambda _checked=False, act=act: act.run())

    def focus_filter(self) -> None:
        target: QWidget = self.switch if self.list.isHidden() else self.list.filter
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toggle_retired(self) -> None:
        self._retired = not self._retired
        self.refresh()

    # a new team

    @property
    def form_is_open(self) -> bool:
        return self._main.currentWidget() is self._form_area

    def start_team(self) -> None:
        """The form stands where the card was; no window over the window."""
        if self._read_only():
            return
        self.show_view(CARDS)
        if self.form_is_open:  # Ctrl+Enter from inside it
            self.form.submit()
            return
        self.card.finish()
        self._body.setCurrentIndex(0)
        self._main.setCurrentWidget(self._form_area)
        self.add_button.hide()
        schools = [place.id for place in self._places[1:]]
        near = self.card.card.place_id if self.card.card is not None else next(iter(schools), "")
        self.form.open(self._places, self.scope.place_id or near)

    def close_form(self, *, focus: bool = True) -> None:
        if self.form_is_open:
            self._main.setCurrentWidget(self._card_area)
            self.add_button.setVisible(bool(self._lines))
            if self.card.card is None:
                self._body.setCurrentIndex(1)
            if focus:
                self._list_stop().setFocus()

    def _add_team(self, new: NewTeam) -> None:
        def added(done: Done[TeamId]) -> None:
            self.form.empty()
            self.close_form()
            self.open_record(done.value)

        self.do(
            teams.add,
            then=added,
            fail=self._form_failed,
            said=self.words("{name} added").format(name=new.name.strip()),
            place_id=new.place_id,
            name=new.name,
            tier=new.tier,
            purpose=new.purpose,
            members=names_in(new.members),
        )

    def _form_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.form.complain(str(error))
        else:
            self.failed(error)

    # what was typed and is not saved

    def _stranded(self, key: str, text: str, trouble: str) -> None:
        """A text of a team that is no longer shown: it waits there."""
        self._typed[key] = text
        kept = self.words("Your text is kept and comes back when you open that team.")
        self.noticed.emit(Notice(f"{trouble} {kept}", tone="danger"))

    def _conflict(self, fact: TeamFact, happened: str) -> None:
        def asked(card: TeamCard) -> None:
            self.card.show_card(card)
            self.card.facts[fact].show_conflict(happened, card.fact(fact))

        self._ask_card(asked)

    # -- room and focus -----------------------------------------------------------------------------------------------

    def leave(self) -> None:
        if self.view != CARDS:
            self._shown.finish()
        elif "card" in self.__dict__:
            self.card.finish()

    def columns(self) -> tuple[QWidget, ...]:
        if self.view != CARDS:
            return self._shown.stops()
        if self._body.currentIndex() == 1:
            return (self.empty.button,)
        return (self._list_stop(), self.form.name if self.form_is_open else self.card.facts[TeamFact.NAME].view)

    def _list_stop(self) -> QWidget:
        return self.switch if self.list.isHidden() else self.list.list

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """No room for a column: the list becomes a field above the card."""
        narrow = self.width() < look().px(COLUMN_BELOW)
        self.switcher.setVisible(self.width() >= look().px(CHOOSER_BELOW))
        self.chooser.setVisible(self.width() < look().px(CHOOSER_BELOW))
        had_focus = self._list_stop().hasFocus()
        self.list.setVisible(not narrow)
        self._switch_row.setVisible(narrow)
        if "card" in self.__dict__:
            self.card.stand(alone=narrow)
        if "form" in self.__dict__:
            self.form.stand(alone=narrow)
        if had_focus:
            self._list_stop().setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.setMinimumWidth(look().px(200))
        if not narrow and self._split.sizes()[0] < look().px(200):
            self._split.setSizes([look().measures.width.list_column, self.width()])
