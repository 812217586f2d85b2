"""The room of meetings: the list, and one meeting as its state asks for: agenda, live minutes, close-out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.app import printing, sending
from mtss_desktop.app.jobs import Jobs
from mtss_desktop.app.workspace import Done, Workspace
from mtss_desktop.base.changes import ChangeSet, Topic
from mtss_desktop.base.errors import NotFound, UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.domain.meetings import AgendaItemId, LineKind, MeetingId, MeetingState
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.asking import PDFS, Asking, SystemDialogs
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.formatted import mime
from mtss_desktop.ui.kit.layouts import Pages, box, column, scrolling
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.pane import Notice, Pane, Room
from mtss_desktop.ui.kit.scope import Scope
from mtss_desktop.ui.kit.typed import NoTypingFile, TypingFile
from mtss_desktop.ui.panes.meetings.agenda_page import AgendaPage
from mtss_desktop.ui.panes.meetings.closing import ClosePage
from mtss_desktop.ui.panes.meetings.entry import Typed
from mtss_desktop.ui.panes.meetings.live import LivePage, typed_keys
from mtss_desktop.ui.panes.meetings.meeting_list import MeetingList
from mtss_desktop.ui.panes.meetings.open_meetings import OpenMeetings
from mtss_desktop.ui.panes.meetings.photos import PICTURES, Picked
from mtss_desktop.ui.panes.meetings.planning import PlanForm, Wish
from mtss_desktop.ui.panes.meetings.projector import Projector
from mtss_desktop.ui.panes.meetings.reading import ListContent, MeetingContent, read_list, read_meeting
from mtss_desktop.ui.panes.meetings.words import list_sentence, title_of
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import live as live_minutes
from mtss_desktop.usecases import meetings, minutes, series
from mtss_desktop.usecases.live import LiveMinutes
from mtss_desktop.usecases.papers import Scope as PaperScope
from mtss_desktop.usecases.series import Clash, MeetingLine, ProposedDay

CHARTS = frozenset({Topic.BEHAVIOR, Topic.ATTENDANCE, Topic.IMPORTS, Topic.SCORES})
LINE_KEYS = (
    (LineKind.ACTION, "Line is an action", "Alt+A"),
    (LineKind.DECISION, "Line is a decision", "Alt+D"),
    (LineKind.PARKING_LOT, "Line goes to the parking lot", "Alt+P"),
    (LineKind.CELEBRATION, "Line is a celebration", "Alt+C"),
    (LineKind.NOTE, "Line is a note", "Alt+N"),
)


class MeetingsPane(Pane):
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
        self._meeting, self._stage = "", "list"
        self._closing = False
        self._first = True
        self._busy = self._again = False
        self._zone = "America/New_York"
        self._today: date | None = None
        self._content: ListContent | None = None
        self._shown: MeetingContent | None = None
        self.open_meetings = OpenMeetings(self._make_live)
        self.new_button = Button(words("New meeting"), self.start_new, kind="primary", icon_name="ph.plus")
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
        self._list_body = Pages()
        side = space.s3 - look().px(8)
        self._list_body.addWidget(box(column(self.list, margins=(side, 0, side, space.s1))))
        self._list_body.addWidget(box(column(self.empty, margins=(space.s3, 0, space.s3, 0))))
        listing = column(self.header)
        listing.addWidget(self._list_body, 1)
        self._list_page = box(listing)
        self._stack.addWidget(self._list_page)
        self._list_body.hide()  # nothing that looks like data before there is some

    def _connect(self) -> None:
        self.list.opened.connect(lambda line: self.open_record(line.id))

    # -- pages, made when they are first wanted -----------------------------------------------------------------------

    @cached_property
    def form(self) -> PlanForm:
        form = PlanForm(self.words)
        form.planned.connect(self._plan)
        form.moved.connect(self._move)
        form.cancelled.connect(self._cancel)
        form.shortened.connect(self._shorten)
        form.left.connect(self.close_form)
        form.team_picked.connect(self._team_picked)
        form.day_typed.connect(self._day_typed)
        return form

    @cached_property
    def _form_area(self) -> QWidget:
        area = scrolling(self.form, self.words("Meeting form"))
        self._list_body.addWidget(area)
        return area

    @cached_property
    def agenda(self) -> AgendaPage:
        page = AgendaPage(self)
        self._stack.addWidget(page)
        page.started.connect(self.start_meeting)
        page.printed.connect(self.save_agenda)
        return page

    @property
    def live(self) -> LivePage:
        """The page of the meeting that is shown."""
        return self.open_meetings.page(self._meeting)

    def _make_live(self) -> LivePage:
        page = LivePage(self, self._typing, self.now)
        self._stack.addWidget(page)
        page.closing.connect(self.close_out)
        page.projector_asked.connect(self.toggle_projector)
        page.other_asked.connect(self.other_meeting)
        page.changed.connect(partial(self._project, page))
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
        return moment if self._today is None else datetime.combine(self._today, moment.timetz())

    @property
    def zone(self) -> ZoneInfo:
        """Where the meetings of this database take place."""
        return ZoneInfo(self._zone)

    @property
    def small_rail(self) -> bool:
        """While minutes are written the rail gives its room to them."""
        return self._stage == "live"

    @property
    def needs_quiet(self) -> bool:
        return self._stage in ("live", "closing")

    # -- reading ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """One reading at a time; what changes meanwhile is read once more after it."""
        if self._busy:
            self._again = True
            return
        self._busy = True
        first, self._first = self._first, False
        if self._meeting:
            wanted = self._meeting
            work = partial(read_meeting, self.workspace, wanted, first or not self._is_open_already, self._closing)
            self.background(work, partial(self._read_meeting, wanted), fail=self._not_read)
        else:
            self.background(
                partial(read_list, self.workspace, self.scope.place_id, first), self._read_list, fail=self._not_read
            )

    @property
    def _is_open_already(self) -> bool:
        """Its page holds what is being typed; else the typing file does."""
        if self._shown is not None:
            return True
        page = self.open_meetings.page(self._meeting) if self.open_meetings.has(self._meeting) else None
        return page is not None and page.live is not None and page.live.meeting.id == self._meeting

    def _read(self) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self.refresh()

    def _not_read(self, error: Exception) -> None:
        if isinstance(error, NotFound) and self._meeting:
            self._meeting, self._shown, self._again = "", None, True
        self._read()
        self.failed(error)

    def _read_list(self, content: ListContent) -> None:
        self._zone, self._today, self.words = content.zone, content.today, content.words
        if not self._meeting:
            waiting = next((key for key, text in content.typed.items() if text.strip()), "")
            if waiting:  # a line was being typed when the window closed: back to it
                self._meeting, self._first = waiting.split(":")[1], True
                self._closing = waiting.split(":")[2] == "gap"
                self._again = True
            else:
                self._show_list(content)
        else:
            self._again = True
        self._read()

    def _show_list(self, content: ListContent) -> None:
        self._content = content
        self._turn_to("list")
        self.list.show_lines(content.lines, content.today)
        empty = not content.lines
        if not self._form_is_shown:
            self._list_body.setCurrentIndex(1 if empty else 0)
        self._list_body.show()
        self.new_button.setVisible(not empty and self.workspace.can_write and not self.form_is_open)
        self.header.say(
            self.words("Meetings"), list_sentence(self.words, content.lines, content.today, len(content.teams))
        )
        if empty:
            self._say_offer(content)
        self.actions_changed.emit()

    def _say_offer(self, content: ListContent) -> None:
        words = self.words
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
        content = self._content
        if content is None or not content.teams:
            self.asked_to_go.emit("teams", "")
        elif content.offer is None:
            self.start_new()
        else:
            team, day = content.offer
            self._new(team.id, Wish(team=team.id, day=day.day), None)

    def _read_meeting(self, wanted: str, content: MeetingContent) -> None:
        self._zone, self._today, self.words = content.zone, content.today, content.words
        if wanted == self._meeting:
            self._show_meeting(content)
        else:
            self._again = True
        self._read()

    def _show_meeting(self, content: MeetingContent) -> None:
        first = self._shown is None or self._shown.live.meeting.id != content.live.meeting.id
        self._shown = content
        before = self._stage
        if content.before is not None:
            self._turn_to("agenda")
            self.agenda.show_before(content.before)
        elif self._closing and content.closing is not None:
            self._turn_to("closing")
            self.closing.show_closing(content.closing, content.live, content.words, content.today)
            self.closing.bring_back(content.typed)
        else:
            self._turn_to("live")
            self.live.show_minutes(content.live, content.words, content.today)
            others = [each for each in self.open_meetings.running() if each != self._meeting]
            self.live.say_others([title_of(page.live) for each in others
                                  if (page := self.open_meetings.page(each)).live is not None])  # fmt: skip
            self._follow_others()
            if content.typed:
                self._bring_back(content.live, content.typed)
        if (first or before != self._stage) and self.isVisible() and self.window().isActiveWindow():
            self._focus_page()

    def _focus_page(self) -> None:
        self.columns()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_to(self, stage: str) -> None:
        if stage != "live":
            self._leave_live()
            self.open_meetings.close_wall(self._meeting)
        self.open_meetings.keep_only_running(self._meeting)
        self._stage = stage
        self._stack.setCurrentWidget(self._page(stage))
        self.actions_changed.emit()

    def heard(self, changes: ChangeSet) -> None:
        if changes.concerns(CHARTS):
            for page in self.open_meetings:
                page.forget_figure()
        super().heard(changes)

    def use_scope(self, scope: Scope) -> None:
        """Another place narrows the list; an open meeting stays open."""
        if self._meeting:
            self.scope = scope
        else:
            super().use_scope(scope)

    # -- typed text that waited ---------------------------------------------------------------------------------------

    def _bring_back(self, shown: LiveMinutes, typed: dict[str, str]) -> None:
        """The line that was being typed; and lines that were entered but never confirmed are written."""
        mine = {key: text for key, text in typed.items() if key.split(":")[1] == shown.meeting.id and text.strip()}
        written = [line.text for line in shown.lines[-20:]]
        for key in sorted(key for key in mine if key.split(":")[2] == "line"):
            text = mine[key]
            if text in written:
                self._typing.forget_soon(key)
                continue
            kind, confidential, item = typed_keys(key)
            self.live.write(key, Typed(text, kind, confidential, None), AgendaItemId(item) if item else None)
        entry = mine.get(f"minutes:{shown.meeting.id}:entry", "")
        if entry:
            self.live.bring_back(entry)
            self.noticed.emit(Notice(self.words("What you were typing is back in its place.")))
        for key in (key for key in mine if key.split(":")[2] == "edit"):
            line = next((each for each in shown.lines if each.id == key.split(":")[3]), None)
            if line is not None and line.text != mine[key] and not entry:
                self.live.edit(line)
                self.live.entry.line.put(mine[key])
            elif line is not None and line.text == mine[key]:
                self._typing.forget_soon(key)

    # -- ways ---------------------------------------------------------------------------------------------------------

    @property
    def record_id(self) -> str:
        return self._meeting

    def open_record(self, record_id: str) -> None:
        """One meeting, as its state asks for."""
        self._leave_live()
        self.close_form(focus=False)
        if record_id != self._meeting:
            self._shown = None
        self._meeting, self._closing = record_id, True
        self._stale = True
        self.refresh_if_seen()

    def show_list(self) -> None:
        """Back to all meetings."""
        self._leave_live()
        self._meeting, self._shown, self._stale = "", None, True
        self.refresh_if_seen()
        if self._stage == "list":
            self._focus_page()

    def close_out(self) -> None:
        """Ends the meeting where it runs, and asks for what is missing."""
        self._leave_live()
        self._closing = True
        shown = self._shown
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
        if self._shown is None or self._shown.before is None:
            return
        meeting = self._shown.live.meeting
        at = self.now().time().replace(second=0, microsecond=0, tzinfo=None)
        if meeting.day != self._shown.today:
            at = meeting.starts_at or at
        agenda = self._shown.live.agenda
        self._closing = False

        def started(_done: Done[None]) -> None:
            if agenda:
                self.do(minutes.open_item, item_id=agenda[0].id)

        self.do(meetings.start, then=started, meeting_id=meeting.id, at=at)

    # -- planning -----------------------------------------------------------------------------------------------------

    @property
    def form_is_open(self) -> bool:
        return self._form_is_shown and self._stage == "list"

    @property
    def _form_is_shown(self) -> bool:
        return "_form_area" in self.__dict__ and self._list_body.currentWidget() is self._form_area

    def start_new(self) -> None:
        content = self._content
        if content is None or not content.teams or not self.workspace.can_write:
            return
        self._open_form()
        chosen = self.list.list.current
        self.form.open_new(
            content.teams, chosen.team_id if chosen else content.teams[0].id, content.templates, content.today
        )
        self._team_picked(self.form.team_id)

    def _open_form(self) -> None:
        self._list_body.setCurrentWidget(self._form_area)
        self.new_button.hide()

    def close_form(self, *, focus: bool = True) -> None:
        if not self._form_is_shown:
            return
        empty = self._content is None or not self._content.lines
        self._list_body.setCurrentIndex(1 if empty else 0)
        self.new_button.setVisible(not empty)
        if focus:
            self._focus_page()

    def _team_picked(self, team_id: str) -> None:
        content = self._content
        if content is not None:
            self.form.use_tier(next((team.tier for team in content.teams if team.id == team_id), 0))
        self.ask(series.proposed, partial(self._days_came, team_id), team_id=TeamId(team_id), count=6)

    def _days_came(self, team_id: str, days: tuple[ProposedDay, ...]) -> None:
        if team_id == self.form.team_id:
            self.form.show_proposed(days)

    def _day_typed(self, day: Any) -> None:
        starts_at, ends_at = self.form.times
        self.ask(series.clashes, self._clashes_came, team_id=TeamId(self.form.team_id), day=day, starts_at=starts_at,
                 ends_at=ends_at, without=MeetingId(self.form.meeting_id) if self.form.meeting_id else None)  # fmt: skip

    def _clashes_came(self, clashes: tuple[Clash, ...]) -> None:
        self.form.show_clashes(clashes)

    def _plan(self, wish: Wish) -> None:
        self._new(wish.team, wish, wish.template)

    def _new(self, team_id: str, wish: Wish, template: str | None) -> None:
        def made(done: Done[MeetingId]) -> None:
            self.close_form(focus=False)
            self.open_record(done.value)

        self.do(
            series.new_meeting,
            then=made,
            fail=self._form_failed,
            said=self.words("Meeting planned"),
            team_id=TeamId(team_id),
            day=wish.day,
            starts_at=wish.starts_at,
            ends_at=wish.ends_at,
            room=wish.room,
            template=template,
        )

    def _form_failed(self, error: Exception) -> None:
        if isinstance(error, UserError) and self.form_is_open:
            self.form.complain(str(error))
        else:
            self.failed(error)

    def _planned_line(self) -> MeetingLine | None:
        """The planned meeting the acts are meant for: the open one, else the one under the cursor of the list."""
        lines = self._content.lines if self._content is not None else ()
        wanted = self._meeting if self._stage == "agenda" else self.list.list.current_key
        found = next((line for line in lines if line.id == wanted), None)
        return found if found is not None and found.state is MeetingState.PLANNED else None

    def start_move(self) -> None:
        line = self._planned_line()
        if line is None or self._content is None:
            return
        content = self._content
        self._leave_meeting()
        self.ask(
            series.proposed, lambda days: self.form.open_move(line, days, content.today), team_id=line.team_id, count=6
        )
        self._open_form()

    def start_cancel(self) -> None:
        line = self._planned_line()
        if line is None or self._content is None:
            return
        self._leave_meeting()
        self._open_form()
        self.form.open_cancel(line, self._content.today)

    def start_shorten(self) -> None:
        line = self._planned_line()
        if line is None or self._content is None:
            return
        self._leave_meeting()
        self._open_form()
        self.form.open_shorten(line, self._content.today)

    def _shorten(self, wish: Wish) -> None:
        assert wish.ends_at is not None
        self.do(meetings.shorten, then=lambda _done: self.close_form(), fail=self._form_failed,
                said=self.words("Meeting shortened"), meeting_id=MeetingId(wish.meeting), ends_at=wish.ends_at,
                reason=wish.reason)  # fmt: skip

    def settle_parked(self) -> None:
        """The parked line with the focus, else the oldest, does not come back."""
        if self._stage == "agenda":
            self.agenda.settle_parked()

    def _leave_meeting(self) -> None:
        if self._meeting:
            self._meeting, self._shown = "", None
            self._turn_to("list")

    def _move(self, wish: Wish) -> None:
        def moved(done: Done[MeetingId]) -> None:
            self.close_form(focus=False)
            self.open_record(done.value)

        self.do(meetings.move, then=moved, fail=self._form_failed, said=self.words("Meeting moved"),
                meeting_id=MeetingId(wish.meeting), day=wish.day, starts_at=wish.starts_at, ends_at=wish.ends_at,
                reason=wish.reason)  # fmt: skip

    def _cancel(self, wish: Wish) -> None:
        self.do(meetings.cancel, then=lambda _done: self.close_form(), fail=self._form_failed,
                said=self.words("Meeting canceled"), meeting_id=MeetingId(wish.meeting), reason=wish.reason)  # fmt: skip

    # -- files --------------------------------------------------------------------------------------------------------

    def save_agenda(self) -> None:
        self.save_paper("agenda", self.words("Where the agenda is kept"))

    def save_paper(self, paper: str, title: str, then: Callable[[], object] | None = None) -> None:
        """One document of this meeting as PDF."""

        def write(target: Path, _: Progress) -> Path:
            printing.write(self.workspace, paper, target, PaperScope(meeting=MeetingId(self._meeting)))
            return target

        self._save(title, f"{paper}-{self._day()}.pdf", PDFS, write, then)

    def save_word(self, paper: str, title: str) -> None:
        """The same document as a page that word processors open and change."""

        def write(target: Path, _: Progress) -> Path:
            return printing.write_html(self.workspace, paper, target, PaperScope(meeting=MeetingId(self._meeting)))

        self._save(title, f"{paper}-{self._day()}.html", self.words("Formatted text (*.html)"), write, None)

    def copy_paper(self, paper: str) -> None:
        """Formatted and plain, for a mail or a word processor."""

        def make(_: Progress) -> str:
            return printing.formatted(self.workspace, paper, PaperScope(meeting=MeetingId(self._meeting)))

        def copied(page: str) -> None:
            QGuiApplication.clipboard().setMimeData(mime(page))
            self.noticed.emit(Notice(self.words("Copied. Paste it into a mail or a document.")))

        self.background(make, copied, lane="pool", what=self.words("Copying"))

    def save_mail(self, then: Callable[[], object] | None = None) -> None:
        def write(target: Path, _: Progress) -> Path:
            return sending.write_mail_draft(self.workspace, MeetingId(self._meeting), target)

        name = f"minutes-{self._day()}.eml"
        self._save(self.words("Where the mail draft is kept"), name, self.words("Mail drafts (*.eml)"), write, then)

    def save_calendar(self, meeting_id: str) -> None:
        def write(target: Path, _: Progress) -> Path:
            return sending.write_calendar_file(self.workspace, MeetingId(meeting_id), target)

        name = f"meeting-{self._day()}.ics"
        self._save(
            self.words("Where the calendar file is kept"), name, self.words("Calendar files (*.ics)"), write, None
        )

    def add_photos(self) -> None:
        """Picture files chosen in the system's dialog."""
        found = self.asking.which_files(self.window(), self.words("Photos of chart paper"), Path.home(), PICTURES)
        self.live.add_pictures([Picked(path.name, path) for path in found])

    def _day(self) -> str:
        return self._shown.live.meeting.day.isoformat() if self._shown is not None else "meeting"

    def _save(
        self,
        title: str,
        name: str,
        kinds: str,
        write: Callable[[Path, Progress], Path],
        then: Callable[[], object] | None,
    ) -> None:
        target = self.asking.where_to_save(self.window(), title, Path.home() / name, kinds)
        if target is None:
            return

        def saved(path: Path) -> None:
            self.noticed.emit(Notice(self.words("{file} saved").format(file=path.name)))
            if then is not None:
                then()

        self.background(partial(write, target), saved, lane="pool", what=self.words("Making the file"))

    # -- projector ----------------------------------------------------------------------------------------------------

    @property
    def projector(self) -> Projector | None:
        """The picture on the wall of the meeting that is shown."""
        return self.open_meetings.walls.get(self._meeting)

    def toggle_projector(self) -> None:
        """The second window, on the other screen where there is one; the line keeps the focus."""
        meeting = self._meeting
        if meeting in self.open_meetings.walls:
            self.open_meetings.close_wall(meeting)
            return
        if self._stage != "live":
            return
        wall = Projector(self.words)
        wall.closed.connect(partial(self._projector_closed, meeting))
        self.open_meetings.walls[meeting] = wall
        self._project(self.live)
        focused = self.window().focusWidget()
        wall.open_beside(self.window())
        if focused is not None:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def _project(self, page: LivePage) -> None:
        """What a page says goes to its own wall alone."""
        wall = self.open_meetings.walls.get(self.open_meetings.shown_for(page))
        if wall is not None and page.live is not None and page.names is not None:
            entry = page.entry
            typed = "" if entry.confidential or page.editing else entry.line.text
            wall.show_minutes(page.live, page.on_table, page.figure, typed, page.lines.said, self.now(), page.names)

    def _projector_closed(self, meeting: str, unplugged: bool) -> None:
        self.open_meetings.walls.pop(meeting, None)
        if unplugged:
            self.noticed.emit(Notice(self.words("The other screen is gone; the minutes stay here.")))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # a window folded away keeps its picture on the wall
            self.open_meetings.close_walls()

    # -- several meetings at once -------------------------------------------------------------------------------------

    def other_meeting(self) -> None:
        """The next meeting that runs; its line is as it was left."""
        running = self.open_meetings.running()
        others = [each for each in running if each != self._meeting]
        if not others:
            self.noticed.emit(Notice(self.words("No other meeting is open. Start it from All meetings (Ctrl+Up).")))
            return
        after = running[running.index(self._meeting) + 1 :] if self._meeting in running else []
        self.live.leave()
        self._meeting, self._closing, self._shown, self._stale = (after or others)[0], False, None, True
        self.refresh_if_seen()

    def _follow_others(self) -> None:
        """What changed in a meeting that is on a wall, or waits behind this one, is shown there too."""
        for meeting in self.open_meetings.running():
            page = self.open_meetings.page(meeting)
            if meeting != self._meeting and page.live is not None:
                self.ask(live_minutes.show, partial(self._follow, page), meeting_id=MeetingId(meeting))

    def _follow(self, page: LivePage, found: LiveMinutes) -> None:
        if page.live is not None and page.live.meeting.id == found.meeting.id and self._today is not None:
            page.show_minutes(found, self.words, self._today)

    # -- acts ---------------------------------------------------------------------------------------------------------

    def acts(self) -> tuple[Action, ...]:
        words = self.words
        if self._stage == "live":
            return self._live_acts()
        to_list = Action("list", words("All meetings"), self.show_list, "ph.list", "Ctrl+Up")
        plan = (
            Action("move", words("Move meeting"), self.start_move, "ph.calendar-blank", why_not=self._needs_planned),
            Action("shorten", words("Shorten meeting"), self.start_shorten, "ph.clock", why_not=self._needs_planned),
            Action("cancel", words("Cancel meeting"), self.start_cancel, "ph.x", why_not=self._needs_planned),
        )
        if self._stage == "agenda":
            start = Action("start", words("Start meeting"), self.start_meeting, "ph.clock", primary=True)
            settle = Action("settle", words("Parked line is settled"), self.settle_parked, "ph.check", "Alt+L",
                            why_not=self.agenda.nothing_parked)  # fmt: skip
            paper = Action("pdf", words("Agenda as PDF"), self.save_agenda, "ph.file")
            return (start, paper, settle, *plan, to_list)
        if self._stage == "closing":
            return (*self.closing.acts(), to_list)
        new = Action("new", words("New meeting"), self.start_new, "ph.plus", primary=True, why_not=self._needs_team)
        find = Action("filter", words("Filter meetings"), self.list.filter.setFocus, "ph.magnifying-glass", "Ctrl+F")
        return (new, *plan, find)

    def _live_acts(self) -> tuple[Action, ...]:
        words, live = self.words, self.live
        kinds = tuple(
            Action(f"kind-{kind.value}", words(text), partial(live.turn, kind), "", keys, why_not=live.why_not)
            for kind, text, keys in LINE_KEYS
        )
        return (
            Action("close", words("Close out"), self.close_out, "ph.check", why_not=live.why_not),
            *kinds,
            Action("confidential", words("Keep line confidential"), live.turn_confidential, "ph.lock-simple", "Alt+K",
                   why_not=live.why_not),
            Action("next", words("Next agenda item"), partial(live.step_item, 1), "ph.arrow-down", "Alt+Down"),
            Action("previous", words("Previous agenda item"), partial(live.step_item, -1), "ph.arrow-up", "Alt+Up"),
            Action("new-problem", words("New problem"), live.start_problem, "ph.plus", "Alt+B", why_not=live.why_not),
            Action("problem", words("Show or hide problem"), live.item.toggle, "ph.link-simple", "Alt+Q"),
            Action("actions", words("Actions"), partial(live.show_tab, "actions"), "", "Alt+1"),
            Action("agenda", words("Agenda"), partial(live.show_tab, "agenda"), "", "Alt+2"),
            Action("present", words("Who is here"), partial(live.show_tab, "present"), "", "Alt+3"),
            Action("details", words("Solutions and goal"), live.show_details, "", "Alt+4"),
            Action("photo", words("Add photo"), self.add_photos, "ph.paperclip", "Alt+I", why_not=live.why_not),
            Action("show-photo", words("Show photo"), live.show_photo, "", "Alt+O"),
            Action("projector", words("Projector view"), self.toggle_projector, "ph.projector-screen", "F9"),
            Action("other", words("Other open meeting"), self.other_meeting, "", "Alt+M"),
            Action("list", words("All meetings"), self.show_list, "ph.list", "Ctrl+Up"),
        )  # fmt: skip

    def _needs_team(self) -> str:
        if not self.workspace.can_write:
            return self.words("This file is open for reading only")
        teams = self._content.teams if self._content is not None else ()
        return "" if teams else self.words("Add a team first")

    def _needs_planned(self) -> str:
        if not self.workspace.can_write:
            return self.words("This file is open for reading only")
        return "" if self._planned_line() is not None else self.words("Choose a meeting that is still to come")

    # -- room and focus -----------------------------------------------------------------------------------------------

    def leave(self) -> None:
        self._leave_live()
        if "closing" in self.__dict__:
            self.closing.leave()

    def columns(self) -> tuple[QWidget, ...]:
        match self._stage:
            case "agenda":
                return self.agenda.columns()
            case "live":
                return self.live.columns()
            case "closing":
                return self.closing.columns()
        if self.form_is_open:
            return (self.form.team if self.form.team.isVisible() else self.form.reason,)
        if self._list_body.currentIndex() == 1:
            return (self.empty.button,)
        return (self.list.stop,)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc on an agenda or a close-out goes back to all meetings."""
        if event.key() == Qt.Key.Key_Escape and self._stage in ("agenda", "closing"):
            self.show_list()
        else:
            super().keyPressEvent(event)
