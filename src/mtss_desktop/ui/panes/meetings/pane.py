"""The room of meetings: the list, and one meeting as its state asks for: agenda, live minutes, close-out."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.app.jobs import Jobs
from mtss_desktop.app.workspace import Done, Workspace
from mtss_desktop.base.changes import ChangeSet, Topic
from mtss_desktop.base.errors import NotFound
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.domain.meetings import AgendaItemId, MeetingState
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.asking import Asking, SystemDialogs
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.layouts import Pages, box, column
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.pane import Notice, Room
from mtss_desktop.ui.kit.scope import Scope
from mtss_desktop.ui.kit.typed import NoTypingFile, TypingFile
from mtss_desktop.ui.panes.meetings.agenda_page import AgendaPage
from mtss_desktop.ui.panes.meetings.closing import ClosePage
from mtss_desktop.ui.panes.meetings.entry import Typed
from mtss_desktop.ui.panes.meetings.host import MeetingsHost
from mtss_desktop.ui.panes.meetings.live import LivePage
from mtss_desktop.ui.panes.meetings.meeting_list import MeetingList
from mtss_desktop.ui.panes.meetings.open_meetings import OpenMeetings
from mtss_desktop.ui.panes.meetings.paper_acts import PaperActs
from mtss_desktop.ui.panes.meetings.photos import PICTURES, Picked
from mtss_desktop.ui.panes.meetings.planning import Wish
from mtss_desktop.ui.panes.meetings.planning_acts import PlanningActs
from mtss_desktop.ui.panes.meetings.reading import ListContent, MeetingContent, read_list, read_meeting
from mtss_desktop.ui.panes.meetings.wall_acts import WallActs
from mtss_desktop.ui.panes.meetings.words import list_sentence, title_of
from mtss_desktop.ui.panes.meetings.writing import typed_keys
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import meetings, minutes
from mtss_desktop.usecases.live import LiveMinutes

CHARTS = frozenset({Topic.BEHAVIOR, Topic.ATTENDANCE, Topic.IMPORTS, Topic.SCORES})


class MeetingsPane(MeetingsHost):
    """One page of the stack is shown: list, form, agenda, live minutes or close-out."""

    room: ClassVar[Room] = Room("meetings", "Meetings", "ph.chat-text", "Work", "Ctrl+4", "meetings")
    topics: ClassVar[frozenset[Topic]] = CHARTS | {
        *(Topic.MEETINGS, Topic.ACTIONS, Topic.PROBLEMS, Topic.GOALS, Topic.TEAMS, Topic.PEOPLE),
        *(Topic.ORGANIZATIONS, Topic.CALENDAR, Topic.RULES, Topic.FILES),
    }

    def __init__(
        self, workspace: Workspace, jobs: Jobs, *, words: Words = ENGLISH, asking: Asking | None = None
    ) -> None:
        super().__init__(workspace, jobs, words=words)
        self.asking: Asking = asking or SystemDialogs()
        self._typing: TypingFile = workspace.typing if workspace.can_write else NoTypingFile()
        self.meeting, self.stage, self._came_from = "", "list", ""
        self._closing = False
        self._first = True
        self._busy = self._again = False
        self._zone = "America/New_York"
        self.today: date | None = None
        self.content: ListContent | None = None
        self.shown: MeetingContent | None = None
        self.open_meetings = OpenMeetings(self._make_live)
        self.planning, self.papers, self.wall = PlanningActs(self), PaperActs(self), WallActs(self)
        self.new_button = Button(words("New meeting"), self.planning.start_new, kind="primary", icon_name="ph.plus")
        self.header = PageHeader(words("Meetings"), [self.new_button])
        self.list = MeetingList(words)
        self.empty = EmptyState("", "", "", self._take_offer, icon="ph.calendar-blank")
        self._build()
        self._connect()

    def _build(self) -> None:
        space = look().measures.space
        self._stack = Pages()
        layout = column(self.progress)
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)
        self.list_body = Pages()
        side = space.s3 - look().px(8)
        self.list_body.addWidget(box(column(self.list, margins=(side, 0, side, space.s1))))
        self.list_body.addWidget(box(column(self.empty, margins=(space.s3, 0, space.s3, 0))))
        listing = column(self.header)
        listing.addWidget(self.list_body, 1)
        self._list_page = box(listing)
        self._stack.addWidget(self._list_page)
        self.list_body.hide()  # nothing that looks like data before there is some

    def _connect(self) -> None:
        self.list.opened.connect(lambda line: self.open_record(line.id))

    # -- pages, made when they are first wanted --------------------------------------------------------------------------

    @cached_property
    def agenda(self) -> AgendaPage:
        page = AgendaPage(self)
        self._stack.addWidget(page)
        page.started.connect(self.start_meeting)
        page.printed.connect(self.papers.save_agenda)
        return page

    @property
    def live(self) -> LivePage:
        """The page of the meeting that is shown."""
        return self.open_meetings.page(self.meeting)

    def _make_live(self) -> LivePage:
        page = LivePage(self, self._typing, self.now)
        self._stack.addWidget(page)
        page.closing.connect(self.close_out)
        page.projector_asked.connect(self.wall.toggle)
        page.other_asked.connect(self.wall.go_to_other)
        page.changed.connect(partial(self.wall.show, page))
        return page

    @cached_property
    def closing(self) -> ClosePage:
        page = ClosePage(self)
        self._stack.addWidget(page)
        page.back.connect(self.back_to_minutes)
        return page

    def _page(self, stage: str) -> QWidget:
        page = self._list_page if stage == "list" else getattr(self, stage)
        assert isinstance(page, QWidget)
        return page

    def _leave_live(self) -> None:
        """What is typed in the minutes is kept, in all that are open."""
        self.open_meetings.leave()

    def now(self) -> datetime:
        """The wall clock here, on the day the database stays on where it has one; as stamps have it."""
        moment = self.workspace.database.now().astimezone()
        return moment if self.today is None else datetime.combine(self.today, moment.timetz())

    @property
    def zone(self) -> ZoneInfo:
        """Where the meetings of this database take place."""
        return ZoneInfo(self._zone)

    @property
    def small_rail(self) -> bool:
        """While minutes are written the rail gives its room to them."""
        return self.stage == "live"

    @property
    def needs_quiet(self) -> bool:
        return self.stage in ("live", "closing")

    # -- reading ---------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """One reading at a time; what changes meanwhile is read once more after it."""
        if self._busy:
            self._again = True
            return
        self._busy = True
        first, self._first = self._first, False
        if self.meeting:
            wanted = self.meeting
            work = partial(read_meeting, self.workspace, wanted, first or not self._is_open_already, self._closing)
            self.background(work, partial(self._read_meeting, wanted), fail=self._not_read)
        else:
            self.background(
                partial(read_list, self.workspace, self.scope.place_id, first), self._read_list, fail=self._not_read
            )

    @property
    def _is_open_already(self) -> bool:
        """Its page holds what is being typed; else the typing file does."""
        if self.shown is not None:
            return True
        page = self.open_meetings.page(self.meeting) if self.open_meetings.has(self.meeting) else None
        return page is not None and page.live is not None and page.live.meeting.id == self.meeting

    def _read(self) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self.refresh()

    def _not_read(self, error: Exception) -> None:
        if isinstance(error, NotFound) and self.meeting:
            self.meeting, self.shown, self._again = "", None, True
        self._read()
        self.failed(error)

    def _read_list(self, content: ListContent) -> None:
        self._zone, self.today, self.words = content.zone, content.today, content.words
        if not self.meeting:
            waiting = next((key for key, text in content.typed.items() if text.strip()), "")
            if waiting:  # a line was being typed when the window closed: back to it
                self.meeting, self._first = waiting.split(":")[1], True
                self._closing = waiting.split(":")[2] == "gap"
                self._again = True
                self.planning.wanted_team = ""
            else:
                self._show_list(content)
        else:
            self._again = True
        self._read()

    def _show_list(self, content: ListContent) -> None:
        self.content = content
        self.turn_to("list")
        self.list.show_lines(content.lines, content.today)
        if self._came_from:
            self.list.list.choose(self._came_from)
            self._came_from = ""
        empty = not content.lines
        if not self.planning.is_shown:
            self.list_body.setCurrentIndex(1 if empty else 0)
        self.list_body.show()
        self.new_button.setVisible(not empty and self.workspace.can_write and not self.planning.is_open)
        self.header.say(
            self.words("Meetings"), list_sentence(self.words, content.lines, content.today, len(content.teams))
        )
        if empty:
            self._say_offer(content)
        self.planning.start_wanted()
        self.actions_changed.emit()

    def _say_offer(self, content: ListContent) -> None:
        words = self.words
        self.empty.button.show_icon("ph.calendar-blank" if content.teams else "ph.plus")
        if content.offer is not None:
            team, day = content.offer
            heading = words("Plan the first meeting of the {team}").format(team=team.name)
            date_words = words.day(day.day)
            sentence = words("By its pattern the next date is {day}.").format(day=date_words)
            self.empty.say(heading, sentence, words("Plan {day}").format(day=date_words))
        elif content.teams:
            sentence = words("Its day, its agenda and its minutes will stand here.")
            self.empty.say(words("Plan the first meeting"), sentence, words("New meeting"))
        else:
            sentence = words("Meetings belong to a team: who meets, how often, in which roles.")
            self.empty.say(words("Start with the team you meet next"), sentence, words("Add a team"))
        self.empty.button.setVisible(self.workspace.can_write)

    def _take_offer(self) -> None:
        content = self.content
        if content is None or not content.teams:
            self.asked_to_go.emit("teams", "")
        elif content.offer is None:
            self.planning.start_new()
        else:
            team, day = content.offer
            self.planning.make(team.id, Wish(team=team.id, day=day.day), None)

    def _read_meeting(self, wanted: str, content: MeetingContent) -> None:
        self._zone, self.today, self.words = content.zone, content.today, content.words
        if wanted == self.meeting:
            self._show_meeting(content)
        else:
            self._again = True
        self._read()

    def _show_meeting(self, content: MeetingContent) -> None:
        first = self.shown is None or self.shown.live.meeting.id != content.live.meeting.id
        self.shown = content
        before = self.stage
        if content.before is not None:
            self.turn_to("agenda")
            self.agenda.show_before(content.before)
        elif self._closing and content.closing is not None:
            self.turn_to("closing")
            self.closing.show_closing(content.closing, content.live, content.words, content.today)
            self.closing.bring_back(content.typed)
        else:
            self.turn_to("live")
            if self.live.live is None:
                self.live.details.know(content.typed_of_problems)
                self.live.problem.know(content.typed_of_problems)
            self.live.show_minutes(content.live, content.words, content.today)
            others = [each for each in self.open_meetings.running() if each != self.meeting]
            self.live.say_others([title_of(page.live) for each in others
                                  if (page := self.open_meetings.page(each)).live is not None])  # fmt: skip
            self.wall.follow_others()
            if content.typed:
                self._bring_back(content.live, content.typed)
        if (first or before != self.stage) and self.isVisible() and self.window().isActiveWindow():
            self.focus_page()

    def focus_page(self) -> None:
        self.columns()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def turn_to(self, stage: str) -> None:
        if stage != "live":
            self._leave_live()
            self.open_meetings.close_wall(self.meeting)
        self.open_meetings.keep_only_running(self.meeting)
        self.stage = stage
        self._stack.setCurrentWidget(self._page(stage))
        self.actions_changed.emit()

    def heard(self, changes: ChangeSet) -> None:
        if changes.concerns(CHARTS):
            for page in self.open_meetings:
                page.chart.ask_again()
        super().heard(changes)

    def use_scope(self, scope: Scope) -> None:
        """Another place narrows the list; an open meeting stays open."""
        if self.meeting:
            self.scope = scope
        else:
            super().use_scope(scope)

    # -- typed text that waited ------------------------------------------------------------------------------------------

    def _bring_back(self, shown: LiveMinutes, typed: dict[str, str]) -> None:
        """The line that was being typed; and lines that were entered but never confirmed are written."""
        mine = {key: text for key, text in typed.items() if key.split(":")[1] == shown.meeting.id and text.strip()}
        waiting = sorted(key for key in mine if key.split(":")[2] == "line")
        written = [line.text for line in shown.lines[-max(20, 2 * len(waiting)) :]]
        for key in waiting:
            text = mine[key]
            if text in written:
                self._typing.forget_soon(key)
                continue
            kind, confidential, item = typed_keys(key)
            self.live.writing.write(key, Typed(text, kind, confidential, None), AgendaItemId(item) if item else None)
        entry = mine.get(f"minutes:{shown.meeting.id}:entry", "")
        if entry:
            self.live.writing.bring_back(entry, mine.get(f"minutes:{shown.meeting.id}:caret", ""))
            self.noticed.emit(Notice(self.words("What you were typing is back in its place.")))
        for key in (key for key in mine if key.split(":")[2] == "edit"):
            line = next((each for each in shown.lines if each.id == key.split(":")[3]), None)
            if line is not None and line.text != mine[key] and not entry:
                self.live.writing.edit(line)
                self.live.entry.line.put(mine[key])
            elif line is not None and line.text == mine[key]:
                self._typing.forget_soon(key)

    # -- ways ------------------------------------------------------------------------------------------------------------

    @property
    def record_id(self) -> str:
        return self.meeting

    def open_record(self, record_id: str) -> None:
        """One meeting, as its state asks for; ``new:`` and a team begin its next one."""
        self._leave_live()
        self.planning.close(focus=False)
        new, _, team = record_id.partition(":")
        self.planning.wanted_team = team if new == "new" else ""
        if self.planning.wanted_team:
            record_id = ""
        if record_id != self.meeting:
            self.shown = None
        self.meeting, self._closing = record_id, True
        self._stale = True
        self.refresh_if_seen()

    def show_list(self) -> None:
        """Back to all meetings, on the one that was open."""
        self._leave_live()
        self._came_from = self.meeting
        self.meeting, self.shown, self._stale = "", None, True
        self.refresh_if_seen()
        if self.stage == "list":
            self.focus_page()

    def leave_meeting(self) -> None:
        """The list is shown at once, with what it held, and read anew."""
        if self.meeting:
            self._came_from = self.meeting
            self.meeting, self.shown, self._stale = "", None, True
            self.turn_to("list")
            self.refresh_if_seen()

    def show_running(self, meeting: str) -> None:
        """Another meeting that is being written, as its line was left."""
        self.meeting, self._closing, self.shown, self._stale = meeting, False, None, True
        self.refresh_if_seen()

    def close_out(self) -> None:
        """Ends the meeting where it runs, and asks for what is missing."""
        self._leave_live()
        self._closing = True
        shown = self.shown
        if shown is not None and shown.live.meeting.state is MeetingState.RUNNING:
            at = self.now().time().replace(second=0, microsecond=0, tzinfo=None)
            meeting = shown.live.meeting
            started = meeting.started_at or meeting.starts_at
            if meeting.day != shown.today or (started is not None and at < started):
                at = meeting.ends_at or started or at
            running = shown.live.running
            if running is not None:
                self.do(minutes.pause_item, meeting_id=meeting.id, done=True)
            self.do(meetings.end, said=self.words("Meeting ended"), meeting_id=meeting.id, at=at)
        else:
            self._stale = True
            self.refresh_if_seen()

    def back_to_minutes(self) -> None:
        self._closing, self._stale = False, True
        self.refresh_if_seen()

    def start_meeting(self) -> None:
        """The clock runs, the first item is on the table."""
        if self.shown is None or self.shown.before is None:
            return
        meeting = self.shown.live.meeting
        at = self.now().time().replace(second=0, microsecond=0, tzinfo=None)
        if meeting.day != self.shown.today:
            at = meeting.starts_at or at
        agenda = self.shown.live.agenda
        self._closing = False

        def started(_done: Done[None]) -> None:
            if agenda:
                self.do(minutes.open_item, item_id=agenda[0].id)

        self.do(meetings.start, then=started, meeting_id=meeting.id, at=at)

    # -- acts ------------------------------------------------------------------------------------------------------------

    def save_calendar(self) -> None:
        """Of the open meeting, or the one under the cursor: a moved one moves its entry, a canceled one takes it out."""
        line = self.planning.chosen()
        if line is None:
            self.noticed.emit(Notice(self.words("Choose a meeting first.")))
        else:
            self.papers.save_calendar(line.id, line.new_day or line.day)

    def settle_parked(self) -> None:
        """The parked line with the focus, else the oldest, does not come back."""
        if self.stage == "agenda":
            self.agenda.settle_parked()

    def add_photos(self) -> None:
        """Picture files chosen in the system's dialog."""
        found = self.asking.which_files(self.window(), self.words("Photos of chart paper"), Path.home(), PICTURES)
        self.live.photo_acts.add([Picked(path.name, path) for path in found])

    def hands_over(self) -> dict[str, QWidget]:
        return self.wall.hand_over()

    def takes_over(self, windows: dict[str, QWidget]) -> None:
        for meeting, wall in windows.items():
            self.wall.take_over(meeting, wall)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # a window folded away keeps its picture on the wall
            self.open_meetings.close_walls()

    def acts(self) -> tuple[Action, ...]:
        words = self.words
        to_list = Action("list", words("All meetings"), self.show_list, "ph.list", "Ctrl+Up")
        if self.stage == "live":
            live = self.live
            close = Action("close", words("Close out"), self.close_out, "ph.check", why_not=live.why_not)
            photo = Action("photo", words("Add photo"), self.add_photos, "ph.paperclip", "Alt+I", why_not=live.why_not)
            return (close, *live.acts(), photo, *self.wall.acts(), to_list)
        calendar = Action("calendar", words("Calendar file of the meeting"), self.save_calendar, "ph.calendar-blank")
        if self.stage == "agenda":
            start = Action("start", words("Start meeting"), self.start_meeting, "ph.clock", primary=True)
            paper = Action("pdf", words("Agenda as PDF"), self.papers.save_agenda, "ph.file")
            settle = Action("settle", words("Parked line is settled"), self.settle_parked, "ph.check", "Alt+L",
                            why_not=self.agenda.nothing_parked)  # fmt: skip
            return (start, paper, settle, *self.planning.acts(), calendar, to_list)
        if self.stage == "closing":
            return (*self.closing.acts(), to_list)
        find = Action("filter", words("Filter meetings"), self.list.filter.setFocus, "ph.magnifying-glass", "Ctrl+F")
        return (self.planning.new_act(), *self.planning.acts(), calendar, find)

    # -- room and focus --------------------------------------------------------------------------------------------------

    def leave(self) -> None:
        self._leave_live()
        if "closing" in self.__dict__:
            self.closing.leave()

    def columns(self) -> tuple[QWidget, ...]:
        match self.stage:
            case "agenda":
                return self.agenda.columns()
            case "live":
                return self.live.columns()
            case "closing":
                return self.closing.columns()
        if self.planning.is_open:
            return (self.planning.form.team if self.planning.form.team.isVisible() else self.planning.form.reason,)
        if self.list_body.currentIndex() == 1:
            return (self.empty.button,)
        return (self.list.stop,)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc on an agenda or a close-out goes back to all meetings."""
        if event.key() == Qt.Key.Key_Escape and self.stage in ("agenda", "closing"):
            self.show_list()
        else:
            super().keyPressEvent(event)
