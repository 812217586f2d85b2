"""The room of today: what happens next, what is late, and whom and what one might miss. Never a ranking of people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from mtss_desktop.app import safekeeping
from mtss_desktop.app.jobs import Jobs
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.domain.caseload import ActionLine, Flag, MeetingLine
from mtss_desktop.domain.caseload_words import due_words, meeting_detail, meeting_name, meeting_when
from mtss_desktop.domain.plans import ActionId
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.layouts import Pages, box, column, row, scrolling
from mtss_desktop.ui.kit.line import INSET, LineText
from mtss_desktop.ui.kit.lines import LineColumn, Lines, tab_through
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.pane import Notice, Pane, Room
from mtss_desktop.ui.kit.scope import Names
from mtss_desktop.ui.kit.texts import hairline
from mtss_desktop.ui.kit.typed import NoTypingFile
from mtss_desktop.ui.panes.today.who import ME, WhoForm
from mtss_desktop.ui.panes.today.words import backup_line, header_sentence, packet_state
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import actions, people, today
from mtss_desktop.usecases.today import TodayPage

ONE_COLUMN_BELOW = 820
"""Width of the page in pixels at 100 % under which the side column drops under the main one."""
READABLE = 1000
"""Width of the main column in pixels at 100 % beyond which an owner stands too far from the action."""
WIDEST = 16_777_215
MEETINGS, ACTIONS, SIDE = 4, 5, 3
"""Lines of each group before "n more"; a taller page shows more actions."""
USUAL_HEIGHT = 732
A_MINUTE = 60_000


@dataclass(frozen=True)
class Content:
    """All the room shows. ``backup_at`` is None where there is no backup yet; a server keeps its own."""

    page: TodayPage
    words: Words
    backup_at: datetime | None
    on_server: bool
    typed: dict[str, str]


def read_content(workspace: Workspace, place_id: str, _progress: Progress) -> Content:
    """Runs in the read lane."""
    waiting = workspace.typing.pending() if workspace.can_write else ()
    typed = {each.key: each.text for each in waiting if each.key.startswith(f"{ME}:")}
    on_server = workspace.location.is_server
    kept = () if on_server else safekeeping.backups_of(workspace.location)
    page = workspace.ask(today.show, place_id=place_id)
    return Content(page, workspace.words(), kept[0].made_at if kept else None, on_server, typed)


class TodayPane(Pane):
    """Two columns of lines; a line opens its thing, its button or Space does the next act."""

    room: ClassVar[Room] = Room("today", "Today", "ph.sun", "Work", "Ctrl+1", "today")
    topics: ClassVar[frozenset[Topic]] = frozenset(
        {
            *(Topic.MEETINGS, Topic.ACTIONS, Topic.TEAMS, Topic.ORGANIZATIONS, Topic.PROBLEMS, Topic.PEOPLE),
            *(Topic.BEHAVIOR, Topic.RATINGS, Topic.ATTENDANCE, Topic.IMPORTS, Topic.CALENDAR, Topic.RULES),
        }
    )

    def __init__(self, workspace: Workspace, jobs: Jobs, *, words: Words = ENGLISH) -> None:
        super().__init__(workspace, jobs, words=words)
        self._content: Content | None = None
        self._done: dict[str, ActionLine] = {}
        self.header = PageHeader(words("Today"))
        self.meetings = Lines(words("Next meetings"), most=MEETINGS, roomy=True, words=words)
        self.due = Lines(words("Actions that are late or due this week"), most=ACTIONS, words=words)
        self.neglected = Lines(words("Longest without a visit"), most=SIDE, words=words)
        self.flags = Lines(words("In the data"), most=SIDE, words=words)
        self.backup = Lines(words("Last backup"), most=SIDE, words=words)
        self.empty = EmptyState(
            words("Start with the team you meet next"),
            words("Its meetings, its actions and what its data says will stand here."),
            words("Add a team"),
            lambda: self.asked_to_go.emit("teams", ""),
            icon="ph.plus",
        )
        self.who = WhoForm(words, workspace.typing if workspace.can_write else NoTypingFile())
        self.who.wanted.connect(self._say_me)
        self.who.left.connect(lambda: self.right.setFocus(Qt.FocusReason.OtherFocusReason))
        self.who.hide()
        self._asks_who = False
        self._clock = QTimer(self)
        self._clock.setInterval(A_MINUTE)
        self._clock.timeout.connect(self._tick)
        self._build()

    def _build(self) -> None:
        space = look().measures.space
        self.left = LineColumn(self.meetings, self.due, spacing=space.s3)
        self.right = LineColumn(
            self.neglected, self.flags, self.backup, foot=column(self.who), last=self.who.name, spacing=space.s3
        )
        self._rule = hairline(Qt.Orientation.Vertical)
        side = space.s3 - look().px(INSET)
        self._columns = row(self.left, self._rule, self.right, None, spacing=side, margins=(side, 0, side, space.s3))
        self._columns.setStretch(0, 100)
        self._area = scrolling(box(self._columns), self.words("Today"))
        self._body = Pages()
        self._body.addWidget(self._area)
        self._body.addWidget(box(column(self.empty, margins=(space.s3, 0, space.s3, 0))))
        layout = column(self.header, self.progress, self._body)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._body.hide()  # nothing that looks like data before there is some
        self._fold()
        look().changed.connect(self._fold)

    # -- reading ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.background(partial(read_content, self.workspace, self.scope.place_id), self._show)
        self._clock.start()

    def _tick(self) -> None:
        """Minutes to a meeting, and the day itself, go on by themselves."""
        if self.isVisible():
            self.refresh()

    def _show(self, content: Content) -> None:
        self._content, self.words = content, content.words
        page = content.page
        self.header.say(self.words.weekday_date(page.today), header_sentence(self.words, page))
        self._body.setCurrentIndex(0 if page.teams else 1)
        self._body.show()
        self.empty.button.setVisible("teams" in self.rooms)
        self._show_meetings(page)
        self._show_actions(page)
        self._show_who(content)
        self.neglected.show_lines([*self._unknown(page), *(self._neglected(each) for each in page.neglected)])
        flags = [each for each in page.flags if self.scope.names is not Names.OFF or not each.of_students]
        self.flags.show_lines([self._flag(place, each) for place, each in enumerate(flags)])
        self._show_backup(content)
        self._order()
        self.actions_changed.emit()

    def _order(self) -> None:
        tab_through((self.left, self.right))
        if self.hasFocus() or (QApplication.focusWidget() is None and self.isActiveWindow()):
            next(iter(self.columns()), self).setFocus(Qt.FocusReason.OtherFocusReason)

    # meetings

    def _show_meetings(self, page: TodayPage) -> None:
        nothing = self.words("No meeting in the next two weeks.")
        if page.next_meeting is not None and not page.meetings:
            following = self.words("The next is {when}, {what}.")
            when = self.words.day(page.next_meeting.day)
            nothing += " " + following.format(when=when, what=meeting_name(page.next_meeting))
        lines = [self._meeting(page, each) for each in page.meetings]
        self.meetings.show_lines(lines, nothing=nothing)

    def _meeting(self, page: TodayPage, meeting: MeetingLine) -> LineText:
        moment = page.moment
        opens = self.way_to(("meetings", meeting.id), ("teams", meeting.team_id))
        act_words, act = self._next_act(page, meeting)
        return LineText(
            meeting.id,
            meeting_name(meeting),
            meeting_detail(self.words, meeting),
            lead=meeting_when(self.words, meeting, page.today, moment),
            chip=packet_state(self.words, meeting, page.today),
            opens=opens,
            act=act or opens,
            act_words=act_words if act is not None else self.words("Open") if opens is not None else "",
            tip=meeting.room,
        )

    def _next_act(self, page: TodayPage, meeting: MeetingLine) -> tuple[str, partial[None] | None]:
        """What comes next for a meeting, where the room for it is there."""
        if meeting.items == 0 and "meetings" in self.rooms:
            return self.words("Start agenda"), partial(self.asked_to_go.emit, "meetings", meeting.id)
        if meeting.items and meeting.day == page.today and not meeting.packet_made and "print" in self.rooms:
            return self.words("Print packet"), partial(self.asked_to_go.emit, "print", packet_of(meeting))
        return "", None

    # actions

    def _show_actions(self, page: TodayPage) -> None:
        self._done = {key: each for key, each in self._done.items() if key not in _open_ids(page)}
        shown = sorted((*page.late, *page.due, *self._done.values()), key=lambda each: (str(each.due_on), each.id))
        n = len(page.late) + len(page.due) + page.more_late
        aside = self.words("{n} of {all} open").format(n=n, all=page.open_actions) if page.open_actions else ""
        lines = [self._action(page, each) for each in shown]
        nothing = self.words("Nothing is late, and nothing is due this week.")
        self.due.show_lines(lines, aside=aside if lines else "", nothing=nothing)

    def _action(self, page: TodayPage, action: ActionLine) -> LineText:
        done = action.id in self._done
        due, role = due_words(self.words, action, page.today)
        return LineText(
            action.id,
            action.text,
            middle=action.owner or self.words("no owner"),
            side=self.words("done today") if done else due,
            side_role=role,
            check=done,
            soft=done,
            opens=self.way_to(*action.opens),
            act=partial(self.toggle, action) if self.workspace.can_write else None,
            tip=f"{action.team}, {action.place}",
        )

    def toggle(self, action: ActionLine) -> None:
        """Done, with a way back; the line stays where it is until the room is left."""
        undone = action.id in self._done
        if undone:
            said = self.words("Open again: {what}")
        else:
            self._done[action.id] = action
            said = self.words("Done: {what}")

        def failed(error: Exception) -> None:
            if not undone:
                self._done.pop(action.id, None)
            self.failed(error)
            self.refresh()

        act: Callable[..., None] = actions.reopen if undone else actions.mark_done
        self.do(act, fail=failed, said=said.format(what=action.text), action_id=ActionId(action.id))

    # the side

    def _unknown(self, page: TodayPage) -> list[LineText]:
        """Without a name nobody was anywhere: that comes before every place."""
        if page.knows_me or not self.workspace.can_write:
            return []
        return [
            LineText(
                ME,
                self.words("Say who you are"),
                self.words("Until then no visit can be counted."),
                icon="ph.user",
                opens=self.ask_who,
            )
        ]

    def _show_who(self, content: Content) -> None:
        wanted = self._asks_who or not content.page.knows_me
        self.who.setVisible(wanted and self.workspace.can_write)
        if content.typed and not self.who.name.text():
            self.who.bring_back(content.typed)

    def ask_who(self) -> None:
        self._asks_who = True
        self.who.show()
        self.who.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.ensureWidgetVisible(self.who)

    def _say_me(self, name: str) -> None:
        def known(_done: object) -> None:
            self._asks_who = False
            self.who.done()
            self.noticed.emit(Notice(self.words("Visits are counted from your meetings now")))
            self.refresh()
            self.right.setFocus(Qt.FocusReason.OtherFocusReason)

        def refused(error: Exception) -> None:
            if not isinstance(error, UserError):
                raise error
            self.who.complain(str(error))

        self.do(people.i_am, then=known, fail=refused, name=name)

    def _neglected(self, waits: today.Neglected) -> LineText:
        """A team that waits asks for its next meeting, one key away; a place opens."""
        why = self.words.say(waits.why)
        if not waits.team_id:
            opens = self.way_to(("schools", waits.place_id))
            return LineText(waits.place_id, waits.name, why, icon="ph.house-line", opens=opens)
        opens = self.way_to(("teams", waits.team_id))
        plans = self.way_to(("meetings", f"new:{waits.team_id}")) if self.workspace.can_write else None
        act_words = self.words("Plan meeting") if plans is not None else ""
        return LineText(
            *(waits.team_id, waits.name, why), icon="ph.users", opens=opens, act=plans or opens, act_words=act_words
        )

    def _flag(self, place: int, flag: Flag) -> LineText:
        asks = flag.opens == "imports"
        icon = {"imports": "ph.warning", "lookfors": "ph.checks"}.get(flag.opens, "ph.chart-line")
        return LineText(
            f"{flag.opens}:{flag.target}:{place}",
            self.words.say(flag.sentence),
            self.words.say(flag.detail),
            icon=icon,
            icon_role="warning" if asks else "ink_soft",
            opens=self.way_to((flag.opens, flag.target)),
        )

    def _show_backup(self, content: Content) -> None:
        if content.on_server:
            words, detail = self.words("Kept by the server"), self.words("Its own backups hold this database.")
            self.backup.show_lines([LineText("server", words, detail, icon="ph.check", icon_role="success")])
            return
        now = datetime.now().astimezone()
        made = content.backup_at
        what, detail, old = backup_line(self.words, made, now)
        icon = ("ph.warning", "warning") if old else ("ph.check", "success") if made else ("ph.info", "ink_soft")
        act = self.back_up if self.workspace.can_write else None
        line = LineText("backup", what, detail, icon=icon[0], icon_role=icon[1], opens=act)
        self.backup.show_lines([line])

    def back_up(self) -> None:
        """A copy now, beside the daily one."""

        def made(_at: datetime) -> None:
            self.noticed.emit(Notice(self.words("Backup made and verified")))
            self.refresh()

        work = partial(_back_up, self.workspace)
        self.background(work, made, lane="pool", what=self.words("Making a backup"))

    # -- acts ---------------------------------------------------------------------------------------------------------

    def acts(self) -> tuple[Action, ...]:
        return (
            Action("back_up", self.words("Back up now"), self.back_up, "ph.copy", why_not=self._read_only),
            Action("who", self.words("Say who I am…"), self.ask_who, "ph.user", why_not=self._read_only),
        )

    def _read_only(self) -> str:
        return "" if self.workspace.can_write else self.words("This file is open for reading only")

    def hideEvent(self, event: QHideEvent) -> None:
        """The room is left: what was done is done."""
        super().hideEvent(event)
        self._clock.stop()
        if not event.spontaneous():
            self._done.clear()
            self._stale = True

    # -- room and focus -----------------------------------------------------------------------------------------------

    def columns(self) -> tuple[QWidget, ...]:
        if self._body.isHidden():
            return ()
        if self._body.currentIndex() == 1:
            return (self.empty.button,)
        return tuple(part for part in (self.left, self.right) if part.stop is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """No room for a side column: it drops under the main one. A tall page shows more actions."""
        narrow = self.width() < look().px(ONE_COLUMN_BELOW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)
        self._rule.setVisible(not narrow)
        side = min(look().px(360), max(look().px(280), self.width() * 30 // 100))
        self.left.setMaximumWidth(WIDEST if narrow else look().px(READABLE))
        self.right.setMinimumWidth(0 if narrow else side)
        self.right.setMaximumWidth(WIDEST if narrow else side)
        more = max(0, self.height() - look().px(USUAL_HEIGHT)) // look().measures.height.list_row
        self.due.show_most(ACTIONS + more)


def packet_of(meeting: MeetingLine) -> str:
    """The packet of a meeting, as the print room names it."""
    return f"walk-in-packet:{meeting.id}"


def _open_ids(page: TodayPage) -> set[str]:
    return {each.id for each in (*page.late, *page.due)}


def _back_up(workspace: Workspace, progress: Progress) -> datetime:
    return safekeeping.back_up(workspace, None, progress).made_at
