"""The room of schools: the caseload wall sorted by need, the card of the chosen place, and each place's own page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from mtss_desktop.app.jobs import Jobs
from mtss_desktop.app.workspace import Done, Workspace
from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import NotFound, UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.domain.caseload import ActionLine
from mtss_desktop.domain.people import OrganizationId, OrganizationKind
from mtss_desktop.domain.plans import ActionId
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.buttons import Button, Segmented
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.layouts import Pages, box, column, scrolling, tab_in_reading_order
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.pane import Notice, Pane, Room
from mtss_desktop.ui.kit.typed import NoTypingFile, TypingFile
from mtss_desktop.ui.panes.schools.card import SchoolCard, SchoolPageView
from mtss_desktop.ui.panes.schools.form import CALENDAR, SCHOOL, CalendarDays, CalendarForm, SchoolFacts, SchoolForm
from mtss_desktop.ui.panes.schools.wall import Wall
from mtss_desktop.ui.panes.schools.words import header_sentence, page_sentence
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import actions, places, schools
from mtss_desktop.usecases.schools import SchoolLine, SchoolPage

CARD = 256
"""Height of the card in pixels at 100 %; it goes where the wall would keep less than two rows."""


@dataclass(frozen=True)
class Content:
    """All the room shows: the wall, and the chosen place; ``typed`` is what waits in the typing file for a new school."""

    lines: tuple[SchoolLine, ...]
    page: SchoolPage | None
    words: Words
    today: date
    typed: dict[str, str]


def read_content(workspace: Workspace, place_id: str, typed: bool, _progress: Progress) -> Content:
    """Runs in the read lane. The place wanted, else the first of the wall."""
    lines = workspace.ask(schools.wall)
    shown = next((line.id for line in lines if line.id == place_id), lines[0].id if lines else None)
    waiting = workspace.typing.pending() if typed and workspace.can_write else ()
    return Content(
        lines,
        workspace.ask(schools.page, shown) if shown is not None else None,
        workspace.words(),
        workspace.ask(places.today),
        {each.key: each.text for each in waiting if each.key.startswith((f"{SCHOOL}:", f"{CALENDAR}:"))},
    )


class Resized(QWidget):
    """Tells its owner when its room has changed."""

    def __init__(self, fold: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._fold = fold

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()


class SchoolsPane(Pane):
    """Wall with card, page, and forms in place; one read, all writes through use cases."""

    room: ClassVar[Room] = Room("schools", "Schools", "ph.house-line", "Work", "Ctrl+2", "schools")
    topics: ClassVar[frozenset[Topic]] = frozenset(
        {
            *(Topic.ORGANIZATIONS, Topic.CALENDAR, Topic.PEOPLE, Topic.TEAMS, Topic.MEETINGS, Topic.PROBLEMS),
            *(Topic.ACTIONS, Topic.RATINGS, Topic.IMPORTS, Topic.SCORES, Topic.BEHAVIOR, Topic.ATTENDANCE, Topic.RULES),
        }
    )

    def __init__(self, workspace: Workspace, jobs: Jobs, *, words: Words = ENGLISH) -> None:
        super().__init__(workspace, jobs, words=words)
        self._place = ""
        self._content: Content | None = None
        self._page: SchoolPage | None = None
        self._looked_for_typed = self._came_from_page = False
        self._done: dict[str, ActionLine] = {}
        self.order = Segmented((("need", words("By need")), ("name", words("By name"))), words("Order"))
        self.add_button = Button(words("Add school"), self.start_school, icon_name="ph.plus")
        self.back_button = Button(words("All schools"), self.close_page, icon_name="ph.arrow-left")
        self.change_button = Button(words("Change"), self.change_school, icon_name="ph.pencil-simple")
        self.header = PageHeader(words("Schools"), [self.order, self.add_button, self.back_button, self.change_button])
        self.wall = Wall(words)
        self.card = SchoolCard(words, self, self.open_page)
        self.empty = EmptyState(
            words("Add the first school"),
            words("Its teams, meetings and numbers stand on one wall, the one that needs you most first."),
            words("Add a school"),
            self.start_school,
            icon="ph.plus",
        )
        self._build()
        self._connect()

    def _build(self) -> None:
        space = look().measures.space
        side = space.s3 - look().px(8)
        self._wall_row = box(column(self.wall, None, margins=(side, 0, side, 0)))
        under = column(self._wall_row, self.card)
        under.setStretch(1, 1)
        self._walls = Resized(self._fold)
        self._walls.setLayout(under)
        self._empty = scrolling(box(column(self.empty, margins=(space.s3, 0, space.s3, 0))), self.words("Schools"))
        self._body = Pages()
        self._body.addWidget(self._walls)
        self._body.addWidget(self._empty)
        layout = column(self.header, self.progress, self._body)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        tab_in_reading_order(self)
        self._dress()
        look().changed.connect(self._fold)

    def _connect(self) -> None:
        self.order.picked.connect(self.wall.arrange)
        self.wall.chosen.connect(self._choose)
        self.wall.opened.connect(lambda _: self.open_page())
        self.wall.doubleClicked.connect(lambda _: self.open_page())

    # Made when first wanted: most visits look at the wall alone.

    @cached_property
    def page(self) -> SchoolPageView:
        made = SchoolPageView(self.words, self)
        self._body.addWidget(made)
        return made

    @property
    def _typing(self) -> TypingFile:
        return self.workspace.typing if self.may_write else NoTypingFile()

    @cached_property
    def form(self) -> SchoolForm:
        made = SchoolForm(self.words, self._typing)
        made.wanted.connect(self._save_school)
        made.left.connect(self.close_form)
        return made

    @cached_property
    def _form_area(self) -> QWidget:
        return self._stacked(self.form, self.words("School"))

    @cached_property
    def calendar(self) -> CalendarForm:
        made = CalendarForm(self.words, self._typing)
        made.wanted.connect(self._save_calendar)
        made.left.connect(self.close_form)
        return made

    @cached_property
    def _calendar_area(self) -> QWidget:
        return self._stacked(self.calendar, self.words("Calendar"))

    def _stacked(self, form: QWidget, name: str) -> QWidget:
        area = scrolling(form, name)
        self._body.addWidget(area)
        tab_in_reading_order(self)
        return area

    # -- reading ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        first, self._looked_for_typed = not self._looked_for_typed, True
        place = self._place or self.scope.place_id
        self.background(partial(read_content, self.workspace, place, first), self._show)

    def _show(self, content: Content) -> None:
        self._content, self.words = content, content.words
        self.wall.blockSignals(True)
        self.wall.show_lines(content.words, content.lines, content.today)
        if content.page is not None:
            self._show_page(content.page)
            self.wall.choose(content.page.place.id)
        self.wall.blockSignals(False)
        if self._body.currentWidget() in (self._walls, self._empty):
            self._body.setCurrentWidget(self._walls if self._has_schools else self._empty)
        self._dress()
        if content.typed:
            self._bring_back(content.typed)
        if self.hasFocus() or (QApplication.focusWidget() is None and self.isActiveWindow()):
            self.columns()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.actions_changed.emit()

    def _bring_back(self, typed: dict[str, str]) -> None:
        """The form that was open when the program ended, with the place it was open for."""
        schools_waiting: list[str] = []
        calendars: list[str] = []  # a form is put into the room with its area, before it is asked
        if any(key.startswith(f"{SCHOOL}:") for key in typed):
            schools_waiting = self.form.unsaved.know(typed)
            self._form_area.hide()
        if any(key.startswith(f"{CALENDAR}:") for key in typed):
            calendars = self.calendar.unsaved.know(typed)
            self._calendar_area.hide()
        there = {str(line.id) for line in self._content.lines} if self._content is not None else set()
        if any(not each for each in schools_waiting):
            self.start_school()
            self.noticed.emit(Notice(self.words("What you were typing is back in its place.")))
            return
        opens = dict.fromkeys(schools_waiting, self.change_school)
        opens |= {each.partition("/")[0]: self.set_calendar for each in calendars}
        place = next((each for each in opens if each in there), "")
        if place:
            self.ask(schools.page, partial(self._open_again, opens[place]), place_id=OrganizationId(place))

    def _open_again(self, form: Callable[[], None], page: SchoolPage) -> None:
        self._show_page(page)
        form()
        self.noticed.emit(Notice(self.words("What you were typing is back in its place.")))

    def leave(self) -> None:
        self._keep_forms()

    @property
    def form_comes_back(self) -> bool:
        """The form that is open holds nothing but fields, and would be opened again with what was typed."""
        if not self.form_is_open:
            return False
        return (self.calendar if self.calendar_is_open else self.form).unsaved.has_some

    def _keep_forms(self) -> None:
        for name in ("form", "calendar"):
            if name in vars(self):
                getattr(self, name).unsaved.keep()

    @property
    def _has_schools(self) -> bool:
        lines = self._content.lines if self._content is not None else ()
        return any(line.kind is OrganizationKind.SCHOOL for line in lines)

    def _show_page(self, page: SchoolPage) -> None:
        if self._page is not None and self._page.place.id != page.place.id:
            self._done.clear()
        self._done = {key: each for key, each in self._done.items() if key not in {one.id for one in page.actions}}
        self._place, self._page = page.place.id, page
        self.card.show_page(self.words, page)
        if self.page_is_open:
            self.page.show_page(self.words, page)

    def _choose(self, line: SchoolLine | None) -> None:
        """Up and Down: the card follows at once."""
        if line is None or line.id == self._place:
            return
        self._place = line.id
        self.ask(schools.page, self._show_if_wanted, place_id=OrganizationId(line.id))

    def _show_if_wanted(self, page: SchoolPage) -> None:
        if page.place.id == self._place:  # the cursor may have gone on while the answer was on its way
            self._show_page(page)
            self._dress()
            self.actions_changed.emit()

    def failed(self, error: Exception) -> None:
        if isinstance(error, NotFound):
            self._place, self._stale = "", True
            self.close_page()
        super().failed(error)

    # -- the page of a place ------------------------------------------------------------------------------------------

    @property
    def page_is_open(self) -> bool:
        return isinstance(self._body.currentWidget(), SchoolPageView)

    @property
    def record_id(self) -> str:
        return self._place if self.page_is_open else ""

    def open_record(self, record_id: str) -> None:
        """The page of a place."""
        self._place = record_id
        self._body.setCurrentWidget(self.page)
        self._dress()
        self._stale = True
        self.refresh_if_seen()

    def open_page(self) -> None:
        """Enter on the wall."""
        if self._page is None:
            return
        self._body.setCurrentWidget(self.page)
        self.page.show_page(self.words, self._page)
        self._dress()
        self.columns()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.actions_changed.emit()

    def close_page(self) -> None:
        """Back to the wall, at the same place."""
        self._body.setCurrentWidget(self._walls if self._has_schools else self._empty)
        self._dress()
        self.columns()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.actions_changed.emit()

    def _dress(self) -> None:
        """Title, sentence and buttons of what is shown."""
        words, shown = self.words, self._body.currentWidget()
        page = self._page if self.page_is_open else None
        lines = self._content.lines if self._content is not None else ()
        if page is not None:
            self.header.say(page.place.name, page_sentence(words, page))
        elif self._content is not None:
            sentence = header_sentence(words, lines) if self._has_schools else words("No school yet.")
            self.header.say(words("Schools"), sentence)
        on_wall = shown is self._walls
        self.order.setVisible(on_wall)
        self.add_button.setVisible(on_wall and self.may_write)
        self.back_button.setVisible(page is not None)
        self.change_button.setVisible(page is not None and self.may_write)
        self._fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.page_is_open:
            self.close_page()
        else:
            super().keyPressEvent(event)

    # -- acts ---------------------------------------------------------------------------------------------------------

    def acts(self) -> tuple[Action, ...]:
        words = self.words
        turn = words("School after all") if self._page is not None and self._page.off_here else words("No school today")
        show = (
            Action("back", words("All schools"), self.close_page, "ph.arrow-left")
            if self.page_is_open
            else Action("open", words("Open school"), self.open_page, "ph.arrow-right", why_not=self._needs_school)
        )
        return (
            Action("add", words("Add school"), self.start_school, "ph.plus", primary=True, why_not=self._read_only),
            show,
            Action("change", words("Change school"), self.change_school, "ph.pencil-simple", why_not=self._no_change),
            Action("turn", turn, self.turn_today, "ph.calendar-blank", why_not=self._no_turn),
            Action(
                "calendar", words("Set the calendar"), self.set_calendar, "ph.calendar-blank", why_not=self._no_change
            ),
        )

    @property
    def may_write(self) -> bool:
        return self.workspace.can_write

    def _read_only(self) -> str:
        return "" if self.may_write else self.words("This file is open for reading only")

    def _needs_school(self) -> str:
        return "" if self._page is not None else self.words("Choose a school first")

    def _no_change(self) -> str:
        return self._read_only() or self._needs_school()

    def _no_turn(self) -> str:
        page = self._page
        if self._no_change() or page is None:
            return self._no_change()
        if page.school_today or page.off_here:
            return ""
        return self.words("Today is no school day here")

    def turn_today(self) -> None:
        """No school today, or school after all: one act with a way back."""
        page = self._page
        if page is None or self._no_turn():
            return
        name = page.place.short_name or page.place.name
        if page.off_here:
            said = self.words("School at {school} after all").format(school=name)
            self.do(places.school_after_all, said=said, place_id=page.place.id, day=page.today)
        else:
            said = self.words("No school at {school} today").format(school=name)
            self.do(places.no_school, said=said, place_id=page.place.id, first=page.today)

    # actions of a place

    def is_done(self, action_id: str) -> bool:
        return action_id in self._done

    def done_here(self) -> Iterable[ActionLine]:
        return tuple(self._done.values())

    def toggle(self, action: ActionLine) -> None:
        """Done, with a way back; the line stays until another place or room is shown."""
        undone = action.id in self._done
        said = self.words("Done: {what}")
        if undone:
            said = self.words("Open again: {what}")
        else:
            self._done[action.id] = action

        def failed(error: Exception) -> None:
            if not undone:
                self._done.pop(action.id, None)
            self.failed(error)
            self.refresh()

        act: Callable[..., None] = actions.reopen if undone else actions.mark_done
        self.do(act, fail=failed, said=said.format(what=action.text), action_id=ActionId(action.id))

    # forms

    @property
    def form_is_open(self) -> bool:
        return self._body.currentWidget() not in (self._walls, self._empty) and not self.page_is_open

    @property
    def calendar_is_open(self) -> bool:
        return self.form_is_open and self._body.currentWidget() is self._calendar_area

    def start_school(self) -> None:
        """The form stands where the wall was; no window over the window."""
        self._open_form(self._form_area, lambda: self.form.open(None))

    def change_school(self) -> None:
        page = self._page
        if page is not None:
            self._open_form(self._form_area, lambda: self.form.open(page.place))

    def set_calendar(self) -> None:
        page = self._page
        if page is not None:
            place, start = page.place, page.year.start
            self._open_form(self._calendar_area, lambda: self.calendar.open(place, start))

    def _open_form(self, area: QWidget, fill: Callable[[], None]) -> None:
        if self._read_only():
            return
        self._came_from_page = self.page_is_open
        self._body.setCurrentWidget(area)
        self._dress()
        fill()

    def close_form(self) -> None:
        if not self.form_is_open:
            return
        self._keep_forms()
        if self._came_from_page:
            self.open_page()
        else:
            self.close_page()

    def _save_school(self, facts: SchoolFacts) -> None:
        texts = {"name": facts.name, "short_name": facts.short_name, "grades": facts.grades, "code": facts.code}

        def written(_: object) -> None:
            self.form.empty()
            self.close_form()

        def added(done: Done[OrganizationId]) -> None:
            self._place = done.value
            written(done)
            self.refresh()

        if facts.place_id:
            said = self.words("{name} changed").format(name=facts.name.strip())
            self.do(
                places.change_school,
                then=written,
                fail=self._form_failed,
                said=said,
                school_id=OrganizationId(facts.place_id),
                **texts,
            )
        else:
            said = self.words("{name} added").format(name=facts.name.strip())
            self.do(places.add_school, then=added, fail=self._form_failed, said=said, **texts)

    def _form_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self.failed(error)
        elif self.calendar_is_open:
            self.calendar.complain(str(error))
        else:
            self.form.complain(str(error))

    def _save_calendar(self, days: CalendarDays) -> None:
        page = self._page

        def written(_: object) -> None:
            self.calendar.unsaved.done()
            self.close_form()

        if page is not None:
            self.do(
                places.set_calendar,
                then=written,
                fail=self._form_failed,
                said=self.words("Calendar of {school} set").format(school=page.place.name),
                place_id=page.place.id,
                year_id=page.year.id,
                first_day=days.first,
                last_day=days.last,
            )

    # -- room and focus -----------------------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        """The room is left: what was done is done."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._done.clear()
            self._stale = True

    def columns(self) -> tuple[QWidget, ...]:
        shown = self._body.currentWidget()
        if shown is self._walls:
            return (self.wall, *(() if self.card.isHidden() else self.card.columns.stops))
        if self.page_is_open:
            return self.page.columns.stops or (self.back_button,)
        if shown is self._empty:
            return (self.empty.button,)
        return (self.calendar.first,) if self.calendar_is_open else (self.form.name,)

    def _fold(self) -> None:
        """The wall takes what it needs, the card the rest; without room for two rows beside it the card goes."""
        heights, room = look().measures.height, self._walls.height()
        left = room - look().px(CARD)
        beside = left >= heights.table_head + 2 * heights.wall_row
        self.card.setVisible(beside)
        self.wall.be_high(max(heights.table_head, min(self.wall.whole_height(), left if beside else room)))
