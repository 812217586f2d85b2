"""A running meeting: agenda, what is on the table with the lines and the entry line, actions. The focus stays in the line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.meetings import MeetingState
from mtss_desktop.domain.minutes_masking import NamesToMask
from mtss_desktop.domain.minutes_words import Known
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import box, column, tab_in_reading_order
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.kit.texts import label, set_kind
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.panes.meetings.entry import EntryBox
from mtss_desktop.ui.panes.meetings.live_columns import LiveColumns
from mtss_desktop.ui.panes.meetings.live_host import LiveHost
from mtss_desktop.ui.panes.meetings.painted import AgendaList, MinutesList
from mtss_desktop.ui.panes.meetings.photo_acts import PhotoActs
from mtss_desktop.ui.panes.meetings.photos import Photos, holds_pictures, pictures_in
from mtss_desktop.ui.panes.meetings.problem_form import ProblemForm
from mtss_desktop.ui.panes.meetings.problem_panel import ProblemPanel
from mtss_desktop.ui.panes.meetings.side import ActionsPanel, AddLine, PresenceSummary, PresentPanel
from mtss_desktop.ui.panes.meetings.side_acts import SideActs
from mtss_desktop.ui.panes.meetings.table_acts import TableActs
from mtss_desktop.ui.panes.meetings.table_figure import TableFigure
from mtss_desktop.ui.panes.meetings.table_item import TableItem
from mtss_desktop.ui.panes.meetings.where_panel import WherePanel
from mtss_desktop.ui.panes.meetings.words import (
    meeting_sentence,
    presence_names,
    presence_words,
    roles_words,
    time_left,
    title_of,
    used_minutes,
    used_words,
)
from mtss_desktop.ui.panes.meetings.writing import Writing
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import minutes
from mtss_desktop.usecases.live import LiveMinutes

SETTLED = 40
"""Milliseconds until the layouts of a page that has another size have answered."""
TICK = 15_000
"""Milliseconds between two looks at the clock."""


class LivePage(LiveHost):
    """Shows one meeting. ``closing`` asks for the close-out; ``changed`` tells the projector that something is different."""

    closing = Signal()
    changed = Signal()
    projector_asked = Signal()
    other_asked = Signal()

    def __init__(self, pane: Pane, typing: TypingFile, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.pane, self.now = pane, now
        self.words: Words = pane.words
        self.live: LiveMinutes | None = None
        self.names: NamesToMask | None = None
        self.known = Known()
        self._said: object = None
        self.today = date.min
        words = self.words
        self.clock, self.used = label("", "statement"), label("", "caption")
        self.projector = Button(words("Projector"), self.projector_asked.emit, size="large",
                                icon_name="ph.projector-screen")  # fmt: skip
        self.close_out = Button(words("Close out"), self.closing.emit, kind="primary")
        self.other = Button("", self.other_asked.emit, kind="quiet", icon_name="ph.chat-text")
        self.other.hide()
        self.others: list[str] = []
        times = box(column(None, self.clock, self.used, None, spacing=look().px(2)))
        for each in (self.clock, self.used):
            each.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.header = PageHeader("", [self.other, times, self.projector, self.close_out], title_gives_way=True)
        self.agenda = AgendaList(words)
        self.planned = label("", "soft")
        self.add_item = AddLine(words("Add item"), words("New agenda item"), words("Title, 10"))
        self.summary = PresenceSummary(words, lambda: self.shape.show("present"))
        self.item = TableItem(words)
        self.photos = Photos(pane, self._photo_came)
        self.lines = MinutesList(words, self.photos)
        self.entry = EntryBox(words)
        self.editing_note = label("", "caption")
        self.asked = ActionsPanel(words)
        self.present = PresentPanel(words)
        self.problem = ProblemForm(words, typing)
        self.details = ProblemPanel(words, typing)
        self.where = WherePanel(words, lambda import_id: pane.way_to(("imports", import_id), ("import", import_id)))
        self.chart = TableFigure(self, lambda: self.shape.show("where"))
        self._area: QScrollArea | None = None
        self._soon_in_view = QTimer(self)
        self._soon_in_view.setSingleShot(True)
        self._soon_in_view.setInterval(SETTLED)
        self._soon_in_view.timeout.connect(self._bring_line_into_view)
        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK)
        self._ticker.timeout.connect(self.tick)
        self.shape = LiveColumns(self)
        self.writing = Writing(self, typing)
        self.photo_acts = PhotoActs(self, self.writing)
        self.table, self.beside = TableActs(self), SideActs(self)
        self._connect()

    def _connect(self) -> None:
        self.entry.entered.connect(self.writing.enter)
        self.entry.left_upward.connect(self.lines.come_in)
        self.entry.escaped.connect(self.writing.stop_editing)
        self.entry.changed.connect(self.changed)
        self.entry.changed.connect(self._bring_line_into_view)
        self.entry.line.focused.connect(self._soon_in_view.start)
        self.entry.new_person.connect(self.writing.add_person)
        self.lines.left_downward.connect(self.to_entry)
        self.lines.typed_on.connect(self._type_on)
        self.lines.opened.connect(self.writing.edit)
        self.lines.removed.connect(self.writing.remove)
        self.entry.line.lines_given.connect(self.writing.paste)
        self.entry.line.pictures_given.connect(self.photo_acts.add)
        self.lines.pictures_given.connect(self.photo_acts.add)
        self.setAcceptDrops(True)
        self.agenda.opened.connect(self.table.put_on_table)
        self.add_item.wanted.connect(self.table.add_item)
        self.item.marked.connect(self.table.mark)
        self.item.details.connect(self.show_details)
        self.item.asked_where.connect(self.chart.show_where)
        self.chart.changed.connect(self.changed)
        self.details.rated.connect(self.table.rate_solution)
        self.details.added.connect(self.table.add_solution)
        self.details.goal_set.connect(self.table.set_goal)
        self.details.left.connect(self.back_to_line)
        self.where.left.connect(self.back_to_line)
        self.asked.turned.connect(self.beside.turn_action)
        self.present.turned.connect(self.beside.turn_present)
        self.present.everybody.connect(self.beside.all_present)
        self.present.guest.connect(self.beside.add_guest)
        self.present.left.connect(self.back_to_line)
        self.problem.left.connect(self.back_to_line)
        self.problem.wanted.connect(self.table.add_problem)
        look().changed.connect(self._fold)

    def show_minutes(self, live: LiveMinutes, words: Words, today: date) -> None:
        """Everything but the text being typed and its caret, which stay as they are."""
        another = self.live is None or self.live.meeting.id != live.meeting.id
        if another:
            self._begin(live)
        self.live, self.words, self.today = live, words, today
        if live.words != self._said or another:
            self._said, self.known = live.words, live.words.known()
            self.entry.use_words(live.words.day, today, self.known)
        now = self.now()
        title = live.team.name if self.shape.is_low else title_of(live)
        self.header.say(title, meeting_sentence(words, live, short=self.shape.mode != "wide"))
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
        self.lines.show_lines(live, self.known, today)
        self.asked.show_actions(live, today, not self.why_not())
        self.present.show_presence(live.presence, not self.why_not())
        self.shape.count_in_tabs(live)
        self.chart.ask()
        self.tick()
        if another:
            tab_in_reading_order(self)
        self.changed.emit()

    def _begin(self, live: LiveMinutes) -> None:
        """Another meeting: its own text in the line."""
        self.leave()
        self.writing.begin(live.meeting.id)
        self.names = None
        self.pane.ask(minutes.names_to_mask, self._names_came, meeting_id=live.meeting.id)
        self._ticker.start()

    def _names_came(self, names: NamesToMask) -> None:
        self.names = names
        self.changed.emit()

    def leave(self) -> None:
        """What is being typed is kept at once."""
        self.writing.leave()
        self.problem.leave()
        self.details.leave()

    def say_others(self, titles: list[str]) -> None:
        """Meetings that run at the same time, by their titles; one key goes there."""
        self.others = titles
        self.other.setVisible(bool(titles) and self.shape.mode == "wide")
        if titles:
            more = self.words("{n} other meetings").format(n=len(titles))
            self.other.say(titles[0] if len(titles) == 1 else more)
            self.other.setToolTip(
                self.words("Also open: {meetings}. Alt+M goes there.").format(meetings=", ".join(titles))
            )

    def tick(self) -> None:
        """Time goes on: words and strips only."""
        live = self.live
        if live is None:
            return
        now = self.now()
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

    @property
    def figure(self) -> Figure | None:
        """The chart of the problem on the table."""
        return self.chart.figure

    def to_entry(self) -> None:
        self.lines.go_out()
        self.entry.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _type_on(self, text: str) -> None:
        """Somebody types while the focus is in the lines above: not a letter of it is lost."""
        self.to_entry()
        if not self.entry.line.isReadOnly():
            self.entry.line.insertPlainText(text)

    def clock_now(self) -> time | None:
        """The wall clock for a line: only while the meeting runs."""
        assert self.live is not None
        running = self.live.meeting.state is MeetingState.RUNNING
        return self.now().time().replace(second=0, microsecond=0, tzinfo=None) if running else None

    def _photo_came(self) -> None:
        self.lines.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if holds_pictures(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.photo_acts.add(pictures_in(event.mimeData()))

    def show_details(self) -> None:
        """Solutions and goal of the problem on the table, beside the minutes; the line keeps what is typed in it."""
        if self.on_table is not None:
            self.shape.show("problem")
            self.details.open()

    def start_problem(self) -> None:
        """The form beside the minutes; the line keeps what is typed in it."""
        if self.why_not():
            return
        self.shape.start_problem()
        self.problem.open(str(self.meeting_id))

    def back_to_line(self) -> None:
        self.shape.show_first()
        self.to_entry()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and area is not self._area:
            area.installEventFilter(self)
        self._area = area
        self._fold()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window has another height: how much is seen counts, not how long the page is."""
        if watched is self._area and event.type() == QEvent.Type.Resize:
            self._fold()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
        self._soon_in_view.start()

    def seen_height(self) -> int:
        return self.height() if self._area is None else min(self.height(), self._area.maximumViewportSize().height())

    def _bring_line_into_view(self) -> None:
        """What is being typed is seen, however small the window and large the text."""
        entry = self.entry
        if self._area is None or not entry.line.hasFocus():
            return
        if entry.visibleRegion().boundingRect().height() < entry.height():
            self._area.ensureWidgetVisible(entry, 0, look().px(4))

    def _fold(self) -> None:
        """Of the page itself: another look is no longer heard when the page is gone."""
        self.shape.fold()

    def acts(self) -> tuple[Action, ...]:
        """What the keys do while minutes are written."""
        words, why_not, show = self.words, self.why_not, self.shape.show
        return (
            *self.writing.acts(),
            Action("next", words("Next agenda item"), partial(self.table.step, 1), "ph.arrow-down", "Alt+Down"),
            Action("previous", words("Previous agenda item"), partial(self.table.step, -1), "ph.arrow-up", "Alt+Up"),
            Action("new-problem", words("New problem"), self.start_problem, "ph.plus", "Alt+B", why_not=why_not),
            Action("problem", words("Show or hide problem"), self.item.toggle, "ph.link-simple", "Alt+Q"),
            Action("actions", words("Actions"), partial(show, "actions"), "", "Alt+1"),
            Action("agenda", words("Agenda"), partial(show, "agenda"), "", "Alt+2"),
            Action("present", words("Who is here"), partial(show, "present"), "", "Alt+3"),
            Action("details", words("Solutions and goal"), self.show_details, "", "Alt+4"),
            Action(
                "where", words("Where do these numbers come from?"), self.chart.show_where, "ph.info", "Ctrl+Shift+I"
            ),
            Action("show-photo", words("Show photo"), self.photo_acts.show, "", "Alt+O"),
        )

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
