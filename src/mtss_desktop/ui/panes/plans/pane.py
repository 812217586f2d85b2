"""The room of plans: the actions of all teams on one board; beside it problems, goals, improvement cycles and what worked."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import shiboken6
from PySide6.QtWidgets import QWidget

from mtss_desktop.app.jobs import Jobs
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.changes import Topic
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.asking import Asking, SystemDialogs
from mtss_desktop.ui.kit.buttons import Button, Segmented
from mtss_desktop.ui.kit.layouts import Pages, column, tab_in_reading_order
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.pane import Pane, Room
from mtss_desktop.ui.kit.typed import typed_in
from mtss_desktop.ui.panes.plans.actions_view import ActionsView
from mtss_desktop.ui.panes.plans.bank_view import BankView
from mtss_desktop.ui.panes.plans.cycles_view import CyclesView
from mtss_desktop.ui.panes.plans.goals_view import GoalsView
from mtss_desktop.ui.panes.plans.problems_view import ProblemsView
from mtss_desktop.ui.panes.plans.view import ListAndCard, View
from mtss_desktop.ui.panes.plans.words import acted

ACTIONS = "actions"
VIEWS: dict[str, Callable[[Pane, Words], View]] = {
    "problems": ProblemsView,
    "goals": GoalsView,
    "cycles": CyclesView,
    "strategies": BankView,
}
"""What stands beside the board, each made when it is first wanted: most visits look at the board alone."""
_PREFIXES = {
    ProblemsView.prefix: "problems",
    GoalsView.prefix: "goals",
    CyclesView.prefix: "cycles",
    BankView.prefix: "strategies",
}


class PlansPane(Pane):
    """One view at a time, the board first; each has one reading."""

    room: ClassVar[Room] = Room("plans", "Plans", "ph.flag", "Work", "Ctrl+5", "plans")
    topics: ClassVar[frozenset[Topic]] = frozenset(
        {
            Topic.ACTIONS,
            Topic.PROBLEMS,
            Topic.GOALS,
            Topic.CYCLES,
            Topic.MEETINGS,
            Topic.TEAMS,
            Topic.PEOPLE,
            Topic.ORGANIZATIONS,
            Topic.RULES,
        }
    )

    def __init__(self, workspace: Workspace, jobs: Jobs, *, words: Words = ENGLISH) -> None:
        super().__init__(workspace, jobs, words=words)
        self._views: dict[str, View] = {}
        self.asking: Asking = SystemDialogs()
        self.board = ActionsView(self, words, lambda: self.asking)
        self.drafts_button = Button(
            words("Mail drafts"), self.board.save_all_drafts, size="large", icon_name="ph.envelope-simple"
        )
        self.views = Segmented(
            (
                (ACTIONS, words("Actions")),
                ("problems", words("Problems")),
                ("goals", words("Goals")),
                ("cycles", words("Cycles")),
                ("strategies", words("What worked")),
            ),
            words("View"),
        )
        self.new_button = Button("", self._new, kind="primary", icon_name="ph.plus")
        self.header = PageHeader(words("Plans"), [self.views, self.drafts_button, self.new_button])
        self._build()
        self._connect()

    def _build(self) -> None:
        """From the outside in: a part that gets its parent late is dressed again each time."""
        self._pages = Pages()
        layout = column(self.header, self.progress, self._pages)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._pages.addWidget(self.board)
        self.board.build()
        tab_in_reading_order(self)
        self.new_button.hide()

    def _connect(self) -> None:
        self.views.picked.connect(self.show_view)
        self._follow(self.board)

    def _follow(self, view: View) -> None:
        view.shown_now.connect(self._dress)
        view.shown_now.connect(self.actions_changed.emit)

    def _view(self, key: str) -> View:
        made = self.board if key == ACTIONS else self._views.get(key)
        if made is None:
            made = self._views[key] = VIEWS[key](self, self.words)
            self._follow(made)
            self._pages.addWidget(made)
            tab_in_reading_order(self)
        return made

    def shed(self) -> None:
        if self._under_way:  # an answer may be on its way to a view
            return
        for key, view in list(self._views.items()):
            if key != self.view and not typed_in(view):
                del self._views[key]
                self._pages.removeWidget(view)
                shiboken6.delete(view)

    @property
    def problems(self) -> ProblemsView:
        view = self._view("problems")
        assert isinstance(view, ProblemsView)
        return view

    @property
    def goals(self) -> GoalsView:
        view = self._view("goals")
        assert isinstance(view, GoalsView)
        return view

    @property
    def cycles(self) -> CyclesView:
        view = self._view("cycles")
        assert isinstance(view, CyclesView)
        return view

    @property
    def bank(self) -> BankView:
        view = self._view("strategies")
        assert isinstance(view, BankView)
        return view

    def _new(self) -> None:
        self._shown.new()

    # -- reading ------------------------------------------------------------------------------------------------------

    @property
    def view(self) -> str:
        """actions, problems, goals, cycles or strategies."""
        return self.views.chosen

    @property
    def _shown(self) -> View:
        return self._view(self.view)

    def show_view(self, view: str) -> None:
        """Shows a view and reads it."""
        self.leave()
        self.views.choose(view)
        self._pages.setCurrentWidget(self._view(view))
        self._dress()
        self._stale = True
        self.refresh_if_seen()

    def _dress(self) -> None:
        """Header and buttons of the view shown."""
        shown, owners = self._shown, self.board.owners
        self.drafts_button.say(acted(self.words, "{n} mail draft", "{n} mail drafts", len(owners)))
        self.drafts_button.setVisible(shown is self.board and bool(owners))
        self.new_button.say(shown.new_words)
        twice = isinstance(shown, ListAndCard) and shown.offers_first
        self.new_button.setVisible(bool(shown.new_words) and not twice and self.workspace.can_write)
        if shown is not self.board or self.board.content is not None:
            self.header.say(self.words("Plans"), shown.sentence(self.words))

    def refresh(self) -> None:
        self._shown.refresh()

    def leave(self) -> None:
        for view in (self.board, *self._views.values()):
            view.leave()

    def columns(self) -> tuple[QWidget, ...]:
        return self._shown.stops

    def acts(self) -> tuple[Action, ...]:
        return self._shown.acts()

    @property
    def record_id(self) -> str:
        view = self._shown
        return f"{view.prefix}{view.shown}" if view.shown or view is self.board else self.view

    def open_record(self, record_id: str) -> None:
        """A view, a record of one (problem:ID, goal:ID, cycle:ID, strategy:ID), or an action, whatever was filtered before."""
        if record_id == ACTIONS or record_id in VIEWS:
            self.show_view(record_id)
            return
        prefix, colon, own = record_id.partition(":")
        view = _PREFIXES.get(f"{prefix}:") if colon else "problems" if self._is_problem(record_id) else None
        if view is not None:
            self._view(view).want(own if colon else record_id)
            self.show_view(view)
            return
        self.board.want(record_id)
        if self.view != ACTIONS:
            self.show_view(ACTIONS)

    def _is_problem(self, record_id: str) -> bool:
        """A plain id is an action's, unless something here knows it as a problem's."""
        made = self._views.get("problems")
        content = made.content if isinstance(made, ProblemsView) else None
        known = content is not None and any(line.id == record_id for line in content.lines)
        return known or any(line.parent_id == record_id for line in self.board.lines)
