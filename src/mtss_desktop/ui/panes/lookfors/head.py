"""The head of the room of look-fors: which buttons stand beside the title, and what is said under it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from mtss_desktop.base.words import Words
from mtss_desktop.documents.walkthrough_summary import FEWEST
from mtss_desktop.domain.rating_views import AdministrationLine
from mtss_desktop.ui.kit.buttons import Button, Segmented
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.panes.lookfors.reading import ANSWERS, EVIDENCE, RATE, TREND, VISITS, VOTE, Opened, views_of
from mtss_desktop.ui.panes.lookfors.where import DIVISION, HOME, LISTS, NOT_OPEN, START, VIEWS
from mtss_desktop.ui.panes.lookfors.words import head_sentence, head_title, home_sentence


class HeadActs(Protocol):
    """What the buttons do."""

    def go_home(self) -> None: ...
    def reopen(self) -> None: ...
    def show_instruments(self) -> None: ...
    def start_new(self) -> None: ...
    def toggle_projector(self) -> None: ...
    def finish(self) -> None: ...
    def print_view(self) -> None: ...


@dataclass(frozen=True)
class HeadShown:
    """``title`` and ``sentence`` are the view's own where it has some; ``lines`` are those of the list, None before it was read.

    ``paper``: the view has a page in the Print room. ``is_empty``: nothing was rated yet.
    """

    view: str
    opened: Opened | None
    can_write: bool
    is_finished: bool
    can_reopen: bool
    is_empty: bool
    paper: bool
    title: str
    sentence: str
    lines: tuple[AdministrationLine, ...] | None
    today: date | None

    @property
    def too_few(self) -> bool:
        """All visits are to be shown and there are not enough of them: one more is the next act."""
        visits = self.opened.visits if self.opened is not None and self.view == VISITS else None
        return visits is not None and visits.visits < FEWEST


class LookforsHead(PageHeader):
    """Shows only what can be done in the view that is shown."""

    def __init__(self, words: Words, acts: HeadActs) -> None:
        self.back = Button(words("All look-fors"), acts.go_home, kind="quiet", icon_name="ph.arrow-left")
        self.list_views = Segmented(((HOME, words("Ratings")), (DIVISION, words("Division"))), words("List"))
        self.views = Segmented([(key, words(name)) for key, name in VIEWS.items()], words("View"))
        self.reopen = Button(words("Open again"), acts.reopen, size="large")
        self.lists = Button(words("Instruments"), acts.show_instruments, size="large")
        self.new = Button(words("New administration"), acts.start_new, kind="primary", icon_name="ph.plus")
        self.projector = Button(
            words("Projector"), acts.toggle_projector, size="large", icon_name="ph.projector-screen"
        )
        self.finish = Button(words("Finish"), acts.finish, kind="primary")
        self.print = Button(words("Print"), acts.print_view, size="large", icon_name="ph.printer")
        self.print_binder = Button(words("Print binder"), acts.print_view, kind="primary", icon_name="ph.printer")
        buttons = (
            self.back, self.list_views, self.views, self.reopen, self.lists, self.new, self.print, self.print_binder,
            self.projector, self.finish,
        )  # fmt: skip
        super().__init__(words("Look-fors"), buttons)

    def dress(self, words: Words, shown: HeadShown) -> None:
        view, can_write = shown.view, shown.can_write
        is_open, in_list = view not in NOT_OPEN, view in (HOME, DIVISION)
        offered = views_of(shown.opened.sheet) if shown.opened is not None else ()
        self.setVisible(view != LISTS)
        self.lists.setVisible(in_list)
        self.back.setVisible(not in_list)
        self.list_views.setVisible(in_list and not shown.is_empty)
        self.views.setVisible(is_open and len(offered) > 1)
        self.new.setVisible(can_write and (shown.too_few or (in_list and not shown.is_empty)))
        self.projector.setVisible(view == VOTE)
        self.finish.setVisible(view in (RATE, ANSWERS, VOTE) and can_write and not shown.is_finished)
        self.reopen.setVisible(is_open and view not in (TREND, EVIDENCE, VISITS) and can_write and shown.can_reopen)
        self.print.setVisible(view != EVIDENCE and shown.paper)
        self.print_binder.setVisible(view == EVIDENCE and shown.paper)
        if in_list:
            self.list_views.choose(view)
        if shown.opened is not None:
            for key in VIEWS:
                self.views.offer(key, key in offered)
            self.views.choose(view)
        self._tell(words, shown)

    def _tell(self, words: Words, shown: HeadShown) -> None:
        room = words("Look-fors")
        if shown.opened is not None:
            head = shown.opened.sheet.head
            title = shown.title if shown.view in (TREND, VISITS) else head_title(words, head)
            self.say(title, shown.sentence or head_sentence(words, head))
        elif shown.view == START:
            self.say(room, words("A rating is a draft until it is finished; it can wait for weeks."))
        elif shown.view == DIVISION:
            self.say(room, shown.sentence)
        elif shown.lines is not None and shown.today is not None:
            self.say(room, home_sentence(words, shown.lines, shown.today))
