"""A running meeting: agenda, what is on the table with the lines and the entry line, actions. The focus stays in the line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import partial
from itertools import count
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from mtss_desktop.app.workspace import Done
from mtss_desktop.base.errors import Conflict, UserError
from mtss_desktop.base.numbers import typed_number
from mtss_desktop.base.words import Words
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.meetings import AgendaItemId, LineKind, MeetingState, MinutesLineId
from mtss_desktop.domain.minutes_masking import NamesToMask
from mtss_desktop.domain.minutes_words import Known
from mtss_desktop.domain.problems import Effect, Fidelity, NextStep, ProblemId, SolutionKind
from mtss_desktop.ui.kit.buttons import Button, Segmented
from mtss_desktop.ui.kit.layouts import Pages, box, column, row, tab_in_reading_order
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.pane import Notice, Pane
from mtss_desktop.ui.kit.texts import hairline, label, set_kind
from mtss_desktop.ui.kit.typed import Typed as Followed
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.panes.meetings.entry import EntryBox, Typed
from mtss_desktop.ui.panes.meetings.painted import AgendaList, MinutesList
from mtss_desktop.ui.panes.meetings.photos import PhotoDialog, Photos, Picked, Read, holds_pictures, pictures_in
from mtss_desktop.ui.panes.meetings.photos import read as read_picture
from mtss_desktop.ui.panes.meetings.problem_form import ProblemForm
from mtss_desktop.ui.panes.meetings.problem_panel import GoalWish, ProblemPanel
from mtss_desktop.ui.panes.meetings.side import ActionsPanel, AddLine, PresenceSummary, PresentPanel
from mtss_desktop.ui.panes.meetings.table_item import TableItem
from mtss_desktop.ui.panes.meetings.words import (
    KINDS,
    meeting_sentence,
    presence_names,
    presence_words,
    roles_words,
    time_left,
    title_of,
    used_minutes,
    used_words,
)
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import actions, meetings, minutes, people, problem_charts, problems
from mtss_desktop.usecases.live import ActionShown, AgendaLine, LineShown, LiveMinutes, PresenceLine, ProblemOnTable

WIDE, BESIDE, TALL, LEAST = 1040, 760, 660, 440
"""Page measures in pixels at 100 %: from where all three columns stand, two stand, the whole problem is shown, one line of it."""
TICK = 15_000
"""Milliseconds between two looks at the clock."""
TABS = (
    ("minutes", "Minutes"),
    ("actions", "Actions"),
    ("agenda", "Agenda"),
    ("present", "Here"),
    ("problem", "Problem"),
)


class LivePage(QWidget):
    """Shows one meeting. ``closing`` asks for the close-out; ``changed`` tells the projector that something is different."""

    closing = Signal()
    changed = Signal()
    projector_asked = Signal()
    other_asked = Signal()

    def __init__(self, pane: Pane, typing: TypingFile, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self._pane, self._typing, self._now = pane, typing, now
        self.words: Words = pane.words
        self.live: LiveMinutes | None = None
        self.figure: Figure | None = None
        self._figure_of = ""
        self.names: NamesToMask | None = None
        self._known = Known()
        self._said: object = None
        self._today = date.min
        self._editing: LineShown | None = None
        self._numbers = count(1)
        self._mode = ""
        words = self.words
        self.clock, self.used = label("", "statement"), label("", "caption")
        self.projector = Button(words("Projector"), self.projector_asked.emit, size="large",
                                icon_name="ph.projector-screen")  # fmt: skip
        self.close_out = Button(words("Close out"), self.closing.emit, kind="primary")
        self.other = Button("", self.other_asked.emit, kind="quiet", icon_name="ph.chat-text")
        self.other.hide()
        self._others: list[str] = []
        times = box(column(None, self.clock, self.used, None, spacing=look().px(2)))
        for each in (self.clock, self.used):
            each.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.header = PageHeader("", [self.other, times, self.projector, self.close_out])
        self.agenda = AgendaList(words)
        self.planned = label("", "soft")
        self.add_item = AddLine(words("Add item"), words("New agenda item"), words("Title, 10"))
        self.summary = PresenceSummary(words, lambda: self.show_tab("present"))
        self.item = TableItem(words)
        self.photos = Photos(pane, self._photo_came)
        self.lines = MinutesList(words, self.photos)
        self.entry = EntryBox(words)
        self.editing_note = label("", "caption")
        self.asked = ActionsPanel(words)
        self.present = PresentPanel(words)
        self.problem = ProblemForm(words, typing)
        self.details = ProblemPanel(words, typing)
        self.tabs = Segmented([(key, words(name)) for key, name in TABS], words("Beside the minutes"), "actions")
        self._typed = Followed(self.entry.line, "", typing)
        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK)
        self._ticker.timeout.connect(self.tick)
        self._build()
        self._connect()

    # -- building -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        space = look().measures.space
        head = row(label(self.words("Agenda"), "heading"), None, self.planned)
        self.agenda_panel = box(column(head, look().px(6), self.agenda, row(self.add_item, None)))
        self.agenda_panel.layout().setStretch(2, 1)  # type: ignore[union-attr]
        self._left_rule = hairline()
        self.left = box(column(self.agenda_panel, self._left_rule, look().px(10), self.summary, spacing=look().px(4)))
        self.side_stack = Pages()
        for panel in (self.asked, self.present, self.problem, self.details):
            self.side_stack.addWidget(panel)
        self.side = box(column(self.side_stack, spacing=look().px(10)))
        self._rest = column(None, self.lines)
        self._rest.setStretch(0, 1)
        self._rest.setStretch(1, 10_000)
        self._lines_box = box(self._rest)
        self.main_stack = Pages()
        self.main_stack.addWidget(self._lines_box)
        self._tab_row = box(row(self.tabs, None))
        self.main = box(column(self.item, self._tab_row, self.main_stack, self.editing_note, self.entry,
                               spacing=look().px(8)))  # fmt: skip
        self.main.layout().setStretch(2, 1)  # type: ignore[union-attr]
        self._rules = [hairline(Qt.Orientation.Vertical) for _ in range(2)]
        self._columns = row(self.left, self._rules[0], self.main, self._rules[1], self.side,
                            spacing=space.s3 - look().px(8), margins=(space.s3, 0, space.s3, space.s1))  # fmt: skip
        self._columns.setStretch(2, 1)
        whole = column(self.header)
        whole.addLayout(self._columns, 1)
        self.setLayout(whole)
        self.editing_note.hide()

    def _connect(self) -> None:
        self.entry.entered.connect(self._enter)
        self.entry.left_upward.connect(self.lines.come_in)
        self.entry.escaped.connect(self.stop_editing)
        self.entry.changed.connect(self.changed)
        self.entry.new_person.connect(self._add_person)
        self.lines.left_downward.connect(self.to_entry)
        self.lines.opened.connect(self.edit)
        self.lines.removed.connect(self._remove)
        self.entry.line.pictures_given.connect(self.add_pictures)
        self.lines.pictures_given.connect(self.add_pictures)
        self.setAcceptDrops(True)
        self.agenda.opened.connect(self.put_on_table)
        self.add_item.wanted.connect(self._add_item)
        self.item.marked.connect(self._mark)
        self.item.details.connect(self.show_details)
        self.details.rated.connect(self._rate_solution)
        self.details.added.connect(self._add_solution)
        self.details.goal_set.connect(self._set_goal)
        self.details.left.connect(self._leave_present)
        self.asked.turned.connect(self._turn_action)
        self.present.turned.connect(self._turn_present)
        self.present.everybody.connect(self._all_present)
        self.present.guest.connect(self._guest)
        self.present.left.connect(self._leave_present)
        self.problem.left.connect(self._leave_present)
        self.problem.wanted.connect(self._add_problem)
        self.tabs.picked.connect(self.show_tab)
        look().changed.connect(self._fold)

    # -- showing ------------------------------------------------------------------------------------------------------

    def show_minutes(self, live: LiveMinutes, words: Words, today: date) -> None:
        """Everything but the text being typed and its caret, which stay as they are."""
        another = self.live is None or self.live.meeting.id != live.meeting.id
        if another:
            self._begin(live)
        self.live, self.words, self._today = live, words, today
        if live.words != self._said or another:
            self._said, self._known = live.words, live.words.known()
            self.entry.use_words(live.words.day, today, self._known)
        now = self._now()
        title = live.team.name if self.height() / look().factor < LEAST else title_of(live)
        self.header.say(title, meeting_sentence(words, live, short=self._mode != "wide"))
        self.entry.allow(self.why_not())
        self.agenda.show_agenda(live.agenda, now)
        total = sum(item.planned or 0 for item in live.agenda)
        self.planned.setText(words("{n} min").format(n=total) if total else "")
        self.add_item.setVisible(not self.why_not())
        self.summary.say(presence_words(words, live.presence), presence_names(words, live.presence),
                         roles_words(words, live.presence))  # fmt: skip
        self.item.show_item(live.running, self.on_table, live.meeting)
        self.item.allow(not self.why_not())
        self.details.show_problem(self.on_table, live.meeting.day, not self.why_not())
        self.lines.show_lines(live, self._known, today)
        self.asked.show_actions(live, today, not self.why_not())
        self.present.show_presence(live.presence, not self.why_not())
        self._count_tabs(live)
        self._ask_figure()
        self.tick()
        if another:
            tab_in_reading_order(self)
        self.changed.emit()

    def _begin(self, live: LiveMinutes) -> None:
        """Another meeting: its own text in the line."""
        self.leave()
        self._editing = None
        self.editing_note.hide()
        self._typed.key = f"minutes:{live.meeting.id}:entry"
        self.entry.empty()
        self._typed.stop_waiting()
        self.names = None
        self._pane.ask(minutes.names_to_mask, self._names_came, meeting_id=live.meeting.id)
        self._ticker.start()

    def _names_came(self, names: NamesToMask) -> None:
        self.names = names
        self.changed.emit()

    def leave(self) -> None:
        """What is being typed is kept at once."""
        if self._typed.key and self.entry.line.text:
            self._typed.flush()
        self.problem.leave()
        self.details.leave()

    def bring_back(self, text: str) -> None:
        """What was typed when the window closed."""
        if text.strip() and not self.entry.line.text.strip():
            self.entry.line.put(text)

    def say_others(self, titles: list[str]) -> None:
        """Meetings that run at the same time, by their titles; one key goes there."""
        self._others = titles
        self.other.setVisible(bool(titles) and self._mode == "wide")
        if titles:
            more = self.words("{n} other meetings").format(n=len(titles))
            self.other.say(titles[0] if len(titles) == 1 else more)
            self.other.setToolTip(
                self.words("Also open: {meetings}. Alt+M goes there.").format(meetings=", ".join(titles))
            )

    def why_not(self) -> str:
        """Why nothing can be written here, "" where it can."""
        if not self._pane.workspace.can_write:
            return self.words("This file is open for reading only.")
        if self.live is not None and self.live.meeting.locked_at is not None:
            return self.words("These minutes are locked. Reopen them first.")
        return ""

    @property
    def on_table(self) -> ProblemOnTable | None:
        if self.live is None or self.live.running is None or self.live.running.problem_id is None:
            return None
        wanted = self.live.running.problem_id
        return next((each for each in self.live.problems if each.problem.id == wanted), None)

    def _ask_figure(self) -> None:
        """The chart of the problem on the table, once per problem."""
        shown = self.on_table
        wanted = str(shown.problem.id) if shown is not None else ""
        if wanted == self._figure_of:
            return
        self._figure_of, self.figure = wanted, None
        self.item.show_figure(None)
        if shown is not None:
            self._pane.ask(problem_charts.of_problem, partial(self._show_figure, wanted), problem_id=shown.problem.id)

    def _show_figure(self, wanted: str, figure: Figure | None) -> None:
        if wanted == self._figure_of:
            self.figure = figure
            self.item.show_figure(figure)
            self.changed.emit()

    def forget_figure(self) -> None:
        """The counts behind it have changed."""
        self._figure_of = ""
        self._ask_figure()

    def tick(self) -> None:
        """Time goes on: words and strips only."""
        live = self.live
        if live is None:
            return
        now = self._now()
        left, used = time_left(self.words, live.meeting, now.time())
        self.clock.setText(left)
        self.used.setText(used)
        set_kind(self.clock, "warning" if "over" in left else "statement")
        self.agenda.tick(now)
        item = live.running
        if item is not None:
            share = (used_minutes(item, now) or 0) / item.planned if item.planned else None
            self.item.show_time(used_words(self.words, item, now), share)
        self.changed.emit()

    def _count_tabs(self, live: LiveMinutes) -> None:
        """With counts where the tabs have the whole width."""
        words, room = self.words, self._mode == "narrow"
        open_actions = sum(each.done_on is None for each in live.actions)
        self.tabs.say("actions", words("Actions {n}").format(n=open_actions) if room else words("Actions"))
        self.tabs.say("present", words("Here {n}").format(n=live.presence.present) if room else words("Here"))

    # -- the line -----------------------------------------------------------------------------------------------------

    def to_entry(self) -> None:
        self.lines.go_out()
        self.entry.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def clock_now(self) -> time | None:
        """The wall clock for a line: only while the meeting runs."""
        assert self.live is not None
        running = self.live.meeting.state is MeetingState.RUNNING
        return self._now().time().replace(second=0, microsecond=0, tzinfo=None) if running else None

    def _enter(self, typed: Typed) -> None:
        """The text waits in the typing file until the database has confirmed it; the line is free at once."""
        if self.live is None:
            return
        if self._editing is not None:
            self._change(typed)
            return
        meeting, running = self.live.meeting.id, self.live.running
        item = running.id if running is not None else None
        stamp = f"{self._now().timestamp():.3f}-{next(self._numbers):04}"
        kind = typed.kind.value if typed.kind else ""
        key = f"minutes:{meeting}:line:{stamp}:{kind}:{int(typed.confidential)}:{item or ''}"
        self._typing.keep_soon(key, typed.text)
        self.entry.empty()
        self._typed.forget()
        self.write(key, typed, item)

    def write(self, key: str, typed: Typed, item: AgendaItemId | None) -> None:
        """Into the minutes; ``key`` is where its text waits meanwhile."""
        assert self.live is not None
        self._pane.do(
            minutes.write_line,
            then=lambda _done: self._typing.forget_soon(key),
            fail=partial(self._not_written, key, typed),
            meeting_id=self.live.meeting.id,
            text=typed.text,
            kind=typed.kind,
            item_id=item,
            at=self.clock_now(),
            confidential=typed.confidential,
            owner_id=typed.owner_id,
        )

    def _not_written(self, key: str, typed: Typed, error: Exception) -> None:
        """Back into the line where that is free; else it waits in the typing file."""
        if isinstance(error, UserError) and not self.entry.line.text:
            self._typing.forget_soon(key)
            self.entry.line.put(typed.text)
            self.entry.line.use_kind(typed.kind)
        self._pane.failed(error)

    def edit(self, line: LineShown) -> None:
        """A line above comes back into the entry line; Enter writes it, Esc leaves it as it was."""
        if self.why_not():
            return
        self._typed.flush()
        self._editing = line
        self._typed.key = f"minutes:{self._meeting}:edit:{line.id}"
        self.entry.empty()
        self.entry.line.put(line.text)
        at = self.words.time(line.at) if line.at is not None else self.words("this line")
        note = self.words("Changing the line of {time}. Enter keeps it, Esc leaves it as it was.")
        self.editing_note.setText(note.format(time=at))
        self.editing_note.show()
        self.to_entry()

    @property
    def editing(self) -> bool:
        return self._editing is not None

    @property
    def _meeting(self) -> str:
        return self.live.meeting.id if self.live is not None else ""

    def _change(self, typed: Typed) -> None:
        line = self._editing
        assert line is not None
        self._pane.do(
            minutes.change_line,
            fail=partial(self._not_changed, typed),
            line_id=line.id,
            text=typed.text,
            kind=typed.kind,
            owner_id=typed.owner_id,
        )
        self.stop_editing()

    def _not_changed(self, typed: Typed, error: Exception) -> None:
        """Somebody was there first: both texts stay, theirs in the minutes, ours in the line."""
        if isinstance(error, UserError | Conflict) and not self.entry.line.text:
            self.entry.line.put(typed.text)
        self._pane.failed(error)

    def stop_editing(self) -> None:
        """The line is for new lines again."""
        if self._editing is None:
            return
        self._typed.forget()
        self._editing = None
        self.entry.empty()
        self._typed.forget()
        self._typed.key = f"minutes:{self._meeting}:entry"
        self.editing_note.hide()
        self.to_entry()

    @property
    def chosen(self) -> LineShown | None:
        """The line above that the keys are meant for: the one under the cursor while the list has the focus."""
        return self.lines.current if self.lines.hasFocus() else None

    def turn(self, kind: LineKind) -> None:
        """One key: the chosen line above, else the line being typed."""
        line = self.chosen
        if line is None:
            self.entry.use_kind(kind)
            return
        if line.kind is not kind:
            said = self.words("Now: {kind}").format(kind=self.words(KINDS[kind][0]).lower())
            self._pane.do(minutes.turn_line, said=said, line_id=line.id, kind=kind)

    def turn_confidential(self) -> None:
        line = self.chosen
        if line is None:
            self.entry.keep_confidential(not self.entry.confidential)
            return
        said = self.words("Open again") if line.confidential else self.words("Kept confidential")
        self._pane.do(minutes.keep_confidential, said=said, line_id=line.id, confidential=not line.confidential)

    def _remove(self, line: LineShown) -> None:
        if not self.why_not():
            self._pane.do(minutes.remove_line, said=self.words("Line removed"), line_id=line.id)

    def _add_person(self, name: str) -> None:
        """Somebody new in the line: added to the place of the team, then the line knows them."""
        assert self.live is not None
        first, _, last = name.rpartition(" ")
        self._pane.do(
            people.add,
            said=self.words("{name} added").format(name=name),
            first_name=first or last,
            last_name=last if first else "",
            place_id=self.live.team.organization_id,
        )
        self.to_entry()

    # -- photos -------------------------------------------------------------------------------------------------------

    def add_pictures(self, picked: Sequence[Picked]) -> None:
        """To the chosen line above; else each becomes a line of its own. What is being typed stays."""
        if self.why_not():
            self._pane.noticed.emit(Notice(self.why_not(), tone="danger"))
            return
        line = self.chosen.id if self.chosen is not None else None
        for each in picked:
            self._pane.background(partial(read_picture, each), partial(self._add_picture, line), lane="pool",
                                  what=self.words("Reading the photo"))  # fmt: skip

    def _add_picture(self, line_id: MinutesLineId | None, photo: Read) -> None:
        assert self.live is not None
        given: dict[str, Any] = {"meeting_id": self.live.meeting.id, "name": photo.name, "media_type": photo.media_type,
                 "content": photo.content}  # fmt: skip
        if line_id is not None:
            self._pane.do(minutes.attach_photo, said=self.words("Photo added"), line_id=line_id, **given)
            return
        running = self.live.running
        self._pane.do(minutes.add_photo, said=self.words("Photo added"), at=self.clock_now(),
                      item_id=running.id if running is not None else None, **given)  # fmt: skip

    def _photo_came(self) -> None:
        self.lines.viewport().update()

    def show_photo(self) -> None:
        """Large: of the chosen line above, else the newest."""
        lines = self.live.lines if self.live is not None else ()
        line = self.chosen or next((each for each in reversed(lines) if each.photos), None)
        images = [self.photos.whole(each) for each in line.photos] if line is not None else []
        image = next((each for each in images if each is not None), None)
        if line is None or image is None:
            self._pane.noticed.emit(
                Notice(self.words("This line has no photo. Paste one, or drop a picture file here."))
            )
            return
        PhotoDialog(self.words, image, self.lines.said(line), self.window()).open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if holds_pictures(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add_pictures(pictures_in(event.mimeData()))

    # -- agenda -------------------------------------------------------------------------------------------------------

    def put_on_table(self, item: AgendaLine) -> None:
        if not self.why_not() and item.running_since is None:
            self._pane.do(minutes.open_item, item_id=item.id)

    def step_item(self, by: int) -> None:
        """The next or previous item of the agenda comes on the table."""
        if self.live is None or not self.live.agenda:
            return
        agenda, running = self.live.agenda, self.live.running
        at = agenda.index(running) + by if running is not None else 0
        if 0 <= at < len(agenda):
            self.put_on_table(agenda[at])

    def _add_item(self, text: str) -> None:
        title, length = split_minutes(text)
        self._pane.do(meetings.add_item, meeting_id=self._meeting, title=title, minutes=length)

    def _mark(self, what: str, value: str) -> None:
        shown = self.on_table
        if shown is None or self.live is None:
            return
        said_ = self._read_mark(what, value)
        if said_ is None:
            self.item.level.complain(what)
            self._pane.noticed.emit(Notice(self.words("Type the level and the days as numbers."), tone="danger"))
            return
        self._pane.do(problems.mark, problem_id=shown.problem.id, meeting_id=self.live.meeting.id, **said_)

    @staticmethod
    def _read_mark(what: str, value: str) -> dict[str, Any] | None:
        """One answer as the use case takes it, None for what is no number."""
        kinds = {"fidelity": Fidelity, "effect": Effect, "next_step": NextStep}
        if what in kinds:
            return {what: kinds[what](value)}
        number = typed_number(value)
        if number is None or (what == "level_days" and not (number.is_integer() and 0 < number < 400)):
            return None
        return {what: int(number) if what == "level_days" else number}

    def show_details(self) -> None:
        """Solutions and goal of the problem on the table, beside the minutes; the line keeps what is typed in it."""
        if self.on_table is not None:
            self.show_tab("problem")
            self.details.open()

    def _rate_solution(self, solution_id: str, fidelity: Fidelity) -> None:
        self._pane.do(problems.set_fidelity, solution_id=solution_id, meeting_id=self._meeting, fidelity=fidelity)

    def _add_solution(self, kind: SolutionKind, text: str) -> None:
        if self.on_table is not None:
            self._pane.do(problems.add_solution, said=self.words("Solution added"), kind=kind, text=text,
                          then=lambda _done: self.details.solution_written(),
                          problem_id=self.on_table.problem.id)  # fmt: skip

    def _set_goal(self, wish: GoalWish) -> None:
        if self.on_table is not None:
            goal = next(iter(self.on_table.goals), None)
            self._pane.do(problems.set_goal, said=self.words("Goal kept"), problem_id=self.on_table.problem.id,
                          then=lambda _done: self.details.goal_written(), metric=wish.metric, unit=wish.unit,
                          baseline=wish.baseline, target=wish.target, due_on=wish.due_on, direction=wish.direction,
                          started_on=goal.started_on if goal is not None else self._today,
                          statement=goal.statement if goal is not None else "")  # fmt: skip

    def start_problem(self) -> None:
        """The form beside the minutes; the line keeps what is typed in it."""
        if self.why_not():
            return
        if self._mode == "narrow":
            self.main_stack.setCurrentWidget(self.side)
        self.side_stack.setCurrentWidget(self.problem)
        self.problem.open()

    def _add_problem(self, texts: dict[str, str]) -> None:
        """Opened in this meeting, and on its agenda at once."""
        assert self.live is not None
        live = self.live

        def added(done: Done[ProblemId]) -> None:
            self.problem.empty()
            self._pane.do(meetings.add_item, then=self._take_up, meeting_id=live.meeting.id, title=texts["title"],
                          problem_id=done.value)  # fmt: skip
            self._leave_present()

        def failed(error: Exception) -> None:
            if isinstance(error, UserError):
                self.problem.tag.complain(str(error))
            else:
                self._pane.failed(error)

        self._pane.do(problems.define, then=added, fail=failed, said=self.words("Problem added"), team_id=live.team.id,
                      opened_on=live.meeting.day, opened_in=live.meeting.id, **texts)  # fmt: skip

    def _take_up(self, done: Done[AgendaItemId]) -> None:
        self._pane.do(minutes.open_item, item_id=done.value)

    # -- actions and people -------------------------------------------------------------------------------------------

    def _turn_action(self, action: ActionShown) -> None:
        assert self.live is not None
        if action.done_on is None:
            said = self.words("Done: {action}").format(action=action.text)
            self._pane.do(actions.mark_done, said=said, action_id=action.id, on=self.live.meeting.day)
        else:
            self._pane.do(actions.reopen, said=self.words("Open again"), action_id=action.id)

    def _turn_present(self, person: PresenceLine) -> None:
        self._pane.do(
            meetings.mark_present,
            meeting_id=self._meeting,
            person_id=person.person_id,
            present=person.present is not True,
        )

    def _all_present(self) -> None:
        assert self.live is not None
        for each in self.live.presence.lines:
            if each.present is None and each.member:
                self._pane.do(meetings.mark_present, meeting_id=self._meeting, person_id=each.person_id, present=True)

    def _guest(self, name: str) -> None:
        found = next((each for each in self._known.people if each.name.casefold() == name.casefold()), None)
        if found is None:
            said = self.words("{name} is not known here. Type @ and the name in the line to add somebody new.")
            self._pane.noticed.emit(Notice(said.format(name=name), tone="danger"))
            return
        self._pane.do(meetings.mark_present, meeting_id=self._meeting, person_id=found.id, present=True)

    def _leave_present(self) -> None:
        self.show_tab("minutes" if self._mode == "narrow" else "actions")
        self.to_entry()

    # -- room ---------------------------------------------------------------------------------------------------------

    def show_tab(self, key: str) -> None:
        """Actions, agenda, who is here; where there is no room beside the minutes, in their place."""
        if key == "agenda" and self._mode == "wide":
            self.agenda.setFocus()
            return
        panels: dict[str, QWidget] = {"actions": self.asked, "agenda": self.agenda_panel, "present": self.present,
                                      "problem": self.details}  # fmt: skip
        if self._mode == "narrow":
            self.main_stack.setCurrentWidget(self._lines_box if key == "minutes" else self.side)
        if key in panels:
            self.side_stack.setCurrentWidget(panels[key])
        self.tabs.choose(key)
        if key == "present":
            self.present.lines.focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        wide = self.width() / look().factor
        mode = "wide" if wide >= WIDE else "beside" if wide >= BESIDE else "narrow"
        if mode != self._mode:
            self._mode = mode
            self._arrange()
        high = self.height() / look().factor
        least = high < LEAST
        self.item.fold(mode != "wide" or high < TALL, least=least)
        self.header.sentence.setVisible(not least)
        self.entry.offer_keys(not least)
        if self.live is not None:
            self.header.say(self.live.team.name if least else title_of(self.live), self.header.sentence.text())

    def _arrange(self) -> None:
        """Agenda and actions beside the minutes, or as tabs; the line keeps its place and its size."""
        mode = self._mode
        self.left.setVisible(mode == "wide")
        self._rules[0].setVisible(mode == "wide")
        self._rules[1].setVisible(mode != "narrow")
        self.left.setFixedWidth(look().px(240))
        left = self.left.layout()
        assert isinstance(left, QBoxLayout)
        if mode == "wide":
            left.insertWidget(0, self.agenda_panel, 1)
            self.agenda_panel.show()
        else:
            self.side_stack.addWidget(self.agenda_panel)
        if mode == "narrow":
            self.main_stack.addWidget(self.side)
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(16_777_215)
        else:
            self._columns.addWidget(self.side)
            self.side.show()
            self.side.setFixedWidth(look().px(288 if mode == "wide" else 304))
        side, main = self.side.layout(), self.main.layout()
        assert isinstance(side, QBoxLayout)
        assert isinstance(main, QBoxLayout)
        if mode == "narrow":
            main.insertWidget(1, self._tab_row)
        else:
            side.insertWidget(0, self._tab_row)
        self._tab_row.setVisible(mode != "wide")
        self.tabs.offer("minutes", mode == "narrow")
        self.asked.head.setVisible(mode == "wide")
        self.present.head.setVisible(mode == "wide")
        self.present.back.setVisible(mode == "wide")
        self.other.setVisible(bool(self._others) and mode == "wide")
        self.projector.say(self.words("Projector") if mode == "wide" else "")
        self.projector.setAccessibleName(self.words("Projector"))
        self.projector.setToolTip(self.words("Projector"))
        self.used.setVisible(mode != "narrow")
        self.show_tab("minutes" if mode == "narrow" else "actions")
        if self.live is not None:
            self.header.say(title_of(self.live), meeting_sentence(self.words, self.live, short=mode != "wide"))
            self._count_tabs(self.live)
        tab_in_reading_order(self)

    def columns(self) -> tuple[QWidget, ...]:
        stops: list[QWidget] = [self.entry.line]
        stops += [self.asked.here.stop or self.asked.before.stop or self.close_out]
        stops += [self.agenda] if self.agenda.isVisible() else []
        return tuple(stops)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc comes back to the line from anywhere."""
        if event.key() == Qt.Key.Key_Escape:
            self.to_entry()
        else:
            super().keyPressEvent(event)


def split_minutes(text: str) -> tuple[str, int | None]:
    """Tardies to 1st period, 10 → the title and 10 minutes."""
    title, comma, last = text.rpartition(",")
    number = last.strip().removesuffix("min").strip()
    if comma and number.isdigit() and title.strip():
        return title.strip(), int(number)
    return text.strip(), None


def typed_keys(key: str) -> tuple[LineKind | None, bool, str]:
    """Kind, confidential and agenda item out of the key under which an entered line waited."""
    *_, kind, confidential, item = key.split(":")
    return (LineKind(kind) if kind else None), confidential == "1", item
