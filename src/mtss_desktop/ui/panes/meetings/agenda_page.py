"""The agenda before a meeting: items with minutes, who leads, what the team will do; and what is waiting for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.agendas import AgendaTemplate
from mtss_desktop.domain.meetings import AgendaItemId, MeetingState, WeWill
from mtss_desktop.domain.minutes_words import KnownPerson
from mtss_desktop.domain.people import PersonId
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import Hanging, box, column, row, scrolling, tab_in_reading_order
from mtss_desktop.ui.kit.lines import Lines, LineText
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.pane import Notice, Pane
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.panes.meetings.roles_view import RolesView
from mtss_desktop.ui.panes.meetings.side import AddLine
from mtss_desktop.ui.panes.meetings.table_acts import split_minutes
from mtss_desktop.ui.panes.meetings.words import WE_WILL, meeting_sentence, title_of
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import agendas, meetings, minutes
from mtss_desktop.usecases.agendas import RoleToday, Waiting
from mtss_desktop.usecases.live import AgendaLine, LiveMinutes
from mtss_desktop.usecases.minutes import ParkedLine

BESIDE = 1000
"""Width of the page in pixels at 100 % from which the waiting things stand beside the agenda; else they are under it, so that
titles have room."""


@dataclass(frozen=True)
class Before:
    """What the page shows."""

    live: LiveMinutes
    waiting: Waiting
    roles: tuple[RoleToday, ...]
    templates: tuple[AgendaTemplate, ...]
    today: date


class AgendaTable(RecordTable[AgendaLine]):
    """``moved`` carries (item, steps) with Alt+Up and Alt+Down; ``removed`` comes with Delete."""

    moved = Signal(object, int)
    removed = Signal(object)

    def __init__(self, page: AgendaPage) -> None:
        self._page = page
        words = page.words
        super().__init__(
            (
                Column("number", "", lambda item: Cell(str(item.number), tone="faint"), width=32, may_hide=False),
                Column("title", words("Item"), self._title, edit=page.rename, may_hide=False),
                Column("minutes", words("Minutes"), self._minutes, width=72, right=True, edit=page.set_minutes),
                Column("lead", words("Leads"), self._lead, width=120, edit=page.set_lead, offers=page.names),
                Column("will", words("We will"), self._will, width=80, edit=page.set_will, offers=page.wills),
            ),
            key=lambda item: item.id,
            name=words("Agenda"),
        )
        self.setSortingEnabled(False)
        self.horizontalHeader().setSectionsClickable(False)

    def _title(self, item: AgendaLine) -> Cell:
        mark = ""
        if item.problem_id is not None:
            mark = "ph.link-simple"
        elif item.carried_from is not None:
            mark = "ph.arrow-right"
        return Cell(
            item.title, icon=mark, tip=self._page.words("Brought from an earlier meeting") if item.carried_from else ""
        )

    def _minutes(self, item: AgendaLine) -> Cell:
        if item.planned is None:
            return Cell(self._page.words("set"), tone="accent", value="", state=self._page.words("not set"))
        return Cell(str(item.planned))

    def _lead(self, item: AgendaLine) -> Cell:
        return Cell(item.lead) if item.lead else Cell(self._page.words("Name someone"), tone="accent", value="")

    def _will(self, item: AgendaLine) -> Cell:
        text = self._page.words(dict(WE_WILL)[item.we_will.value]) if item.we_will is not None else ""
        return Cell(text) if text else Cell(self._page.words("set"), tone="accent", value="")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if index.isValid() and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(self.rows.record(index))
        elif index.isValid() and alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(self.rows.record(index), -1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class AgendaPage(QWidget):
    """``started`` asks for the live minutes, ``printed`` for the agenda as PDF."""

    started = Signal()
    printed = Signal()
    planning = Signal(str)

    def __init__(self, pane: Pane) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self._pane, self.words = pane, pane.words
        self.before: Before | None = None
        words: Words = self.words
        self.pdf = Button(words("Agenda as PDF"), self.printed.emit, size="large", icon_name="ph.file")
        self.sent = Button(words("Mark as sent"), self._mark_sent, size="large", icon_name="ph.envelope-simple")
        self.start = Button(words("Start meeting"), self.started.emit, kind="primary", icon_name="ph.clock")
        self.header = PageHeader("", [self.sent, self.pdf, self.start])
        self.table = AgendaTable(self)
        self.aside = label("", "soft")
        self.add_line = AddLine(words("Add item"), words("New agenda item"), words("Title, 10"))
        self.template = Button(words("From a template"), kind="quiet", caret=True)
        self._menu = QMenu(self.template)
        self._menu.aboutToShow.connect(self._fill_templates)
        self.template.setMenu(self._menu)
        self.roles = RolesView(words)
        self.roles.given.connect(self._give_role)
        self.waiting = Lines(words("Waiting for this meeting"), most=12, words=words)
        self.parked = Lines(words("Parking lot"), most=12, words=words)
        space = look().measures.space
        head = row(label(words("Agenda"), "heading"), None, self.aside)
        acts = row(self.add_line, self.template, None, spacing=space.s1)
        over = look().px(8)  # what the table reaches into the margin
        left = column(head, Hanging(self.table), acts, None, spacing=look().px(6), margins=(over, 0, over, 0))
        left.setStretch(1, 1000)
        self._side = scrolling(
            box(column(self.waiting, self.parked, self.roles, None, spacing=space.s2)), words("Waiting")
        )
        self._rule = hairline(Qt.Orientation.Vertical)
        self._columns = row(
            box(left), self._rule, self._side, spacing=space.s3, margins=(space.s3 - over, 0, space.s3, space.s2)
        )
        self._columns.setStretch(0, 5)
        self._columns.setStretch(2, 3)
        whole = column(self.header)
        whole.addLayout(self._columns, 1)
        self.setLayout(whole)
        self.add_line.wanted.connect(self._add)
        self.table.moved.connect(self._move)
        self.table.removed.connect(self._remove)

    # -- showing ------------------------------------------------------------------------------------------------------

    def show_before(self, before: Before) -> None:
        words, live = self.words, before.live
        first = self.before is None or self.before.live.meeting.id != live.meeting.id
        self.before = before
        meeting = live.meeting
        sentence = meeting_sentence(words, live)
        if meeting.state in (MeetingState.MOVED, MeetingState.CANCELED):
            gone = words("Moved: {why}") if meeting.state is MeetingState.MOVED else words("Canceled: {why}")
            sentence = gone.format(why=meeting.reason)
        self.header.say(title_of(live), sentence)
        self.table.show_records(live.agenda)
        self.table.setMaximumHeight(self.table.whole_height() + 2)
        if first and live.agenda:
            self.table.setCurrentIndex(self.table.model().index(0, 1))
        total = sum(item.planned or 0 for item in live.agenda)
        sent = (
            words("sent {day}").format(day=words.day(words.local(meeting.agenda_sent_at).date()))
            if meeting.agenda_sent_at
            else ""
        )
        minutes_words = words("{n} min planned").format(n=total) if total else ""
        self.aside.setText(" · ".join(part for part in (minutes_words, sent) if part))
        open_ = meeting.state is MeetingState.PLANNED and self._pane.workspace.can_write
        for button in (self.start, self.sent):
            button.setVisible(open_)
        self.add_line.setVisible(open_)
        self.template.setVisible(open_)
        self.sent.say(words("Sent, mark again") if meeting.agenda_sent_at else words("Mark as sent"))
        self.start.say(words("Start meeting") if meeting.day >= before.today else words("Write minutes"))
        self.roles.show_roles(before.roles, live.words.people, open_)
        self.waiting.show_lines(self._waiting(before.waiting), nothing=words("Nothing is waiting."))
        self.parked.show_lines([self._parked(each, open_) for each in before.waiting.parked])
        if first:
            tab_in_reading_order(self)

    def _waiting(self, waiting: Waiting) -> list[LineText]:
        words, found = self.words, []
        for item in waiting.unfinished:
            act = partial(self._pane.do, meetings.add_item, meeting_id=self._meeting, title=item.title,
                          minutes=item.minutes_planned, lead_id=item.lead_id)  # fmt: skip
            found.append(LineText(item.id, item.title, words("unfinished last time"), icon="ph.arrow-right", act=act,
                                  act_words=words("Take up")))  # fmt: skip
        there = {item.problem_id for item in self.before.live.agenda} if self.before is not None else set()
        for problem in waiting.problems:
            if problem.id not in there:
                act = partial(self._pane.do, meetings.add_item, meeting_id=self._meeting, title=problem.title,
                              minutes=10, problem_id=problem.id)  # fmt: skip
                found.append(LineText(problem.id, problem.title, words("problem to review"), icon="ph.link-simple",
                                      act=act, act_words=words("Take up")))  # fmt: skip
        if waiting.open_actions:
            text = words.say(said("{n} open action", many="{n} open actions", count="n", n=waiting.open_actions))
            due = words("{n} due by this meeting").format(n=waiting.due_actions)
            found.append(LineText("actions", text, due, icon="ph.check-square"))
        return found

    def _parked(self, line: ParkedLine, allowed: bool) -> LineText:
        act = partial(self._pane.do, minutes.take_up, line_id=line.line_id, meeting_id=self._meeting, minutes=10)
        day = self.words("parked {day}").format(day=f"{line.day.month}/{line.day.day}")
        return LineText(line.line_id, line.text, day, icon="ph.push-pin", icon_role="warning",
                        act=act if allowed else None, act_words=self.words("Take up") if allowed else "")  # fmt: skip

    # -- acts ---------------------------------------------------------------------------------------------------------

    @property
    def _meeting(self) -> str:
        return self.before.live.meeting.id if self.before is not None else ""

    def _people(self) -> tuple[KnownPerson, ...]:
        return self.before.live.words.people if self.before is not None else ()

    def names(self) -> list[str]:
        return [each.name for each in self._people()]

    def wills(self) -> list[str]:
        return [self.words(text) for value, text in WE_WILL if value]

    def rename(self, item: AgendaLine, text: str) -> None:
        if text.strip() and text.strip() != item.title:
            self._pane.do(meetings.change_item, item_id=item.id, title=text)

    def set_minutes(self, item: AgendaLine, text: str) -> None:
        number = text.strip().removesuffix("min").strip()
        if number.isdigit():
            self._pane.do(meetings.change_item, item_id=item.id, minutes=int(number))
        elif number:
            self._say(self.words("Type the minutes as a number."))

    def set_lead(self, item: AgendaLine, text: str) -> None:
        wanted = text.strip().casefold()
        if not wanted:
            return
        person = next(
            (each for each in self._people() if wanted in (each.name.casefold(), each.last_name.casefold())), None
        )
        if person is None:
            self._say(self.words("Nobody here is called {name}.").format(name=text.strip()))
            return
        self._pane.do(meetings.change_item, item_id=item.id, lead_id=person.id)

    def set_will(self, item: AgendaLine, text: str) -> None:
        wanted = text.strip().casefold()
        value = next((value for value, name in WE_WILL if value and self.words(name).casefold().startswith(wanted)), "")
        if wanted and value:
            self._pane.do(meetings.change_item, item_id=item.id, we_will=WeWill(value))
        elif wanted:
            self._say(self.words("One of: {words}.").format(words=", ".join(self.wills())))

    def _give_role(self, role: str, person_id: str) -> None:
        self._pane.do(agendas.give_role, meeting_id=self._meeting, role=role,
                      person_id=PersonId(person_id) if person_id else None)  # fmt: skip

    def nothing_parked(self) -> str:
        """Why no parked line can be settled, "" where one can."""
        there = self.before is not None and self.before.waiting.parked and self._pane.workspace.can_write
        return "" if there else self.words("Nothing is parked")

    def settle_parked(self) -> None:
        """The line with the focus, else the oldest: settled without an agenda item."""
        parked = self.before.waiting.parked if self.before is not None else ()
        shown = ((each, self.parked.line(each.line_id)) for each in parked)
        focused = next((each for each, line in shown if line is not None and line.hasFocus()), None)
        line = focused or (parked[0] if parked else None)
        if line is not None:
            self._let_go(line)

    def _let_go(self, line: ParkedLine) -> None:
        said_ = self.words("Settled, it does not come back")
        self._pane.do(minutes.let_go, said=said_, line_id=line.line_id, meeting_id=self._meeting)

    def _say(self, text: str) -> None:
        self._pane.noticed.emit(Notice(text, tone="danger"))

    def _add(self, text: str) -> None:
        title, length = split_minutes(text)
        self._pane.do(meetings.add_item, meeting_id=self._meeting, title=title, minutes=length)

    def _move(self, item: AgendaLine, by: int) -> None:
        """One place up or down; the cursor goes with the item."""
        assert self.before is not None
        order: list[AgendaItemId] = [each.id for each in self.before.live.agenda]
        at = order.index(item.id)
        to = at + by
        if not 0 <= to < len(order):
            return
        order.remove(item.id)
        self._pane.do(meetings.move_item, item_id=item.id, after=order[to - 1] if to else None)

    def _remove(self, item: AgendaLine) -> None:
        said_ = self.words("{item} taken off the agenda").format(item=item.title)
        self._pane.do(meetings.remove_item, said=said_, item_id=item.id)

    def _mark_sent(self) -> None:
        self._pane.do(meetings.agenda_sent, said=self.words("Agenda marked as sent"), meeting_id=self._meeting)

    def _fill_templates(self) -> None:
        self._menu.clear()
        for each in self.before.templates if self.before is not None else ():
            name = self.words("{title}, {n} min").format(title=each.title, n=each.minutes)
            self._menu.addAction(name.replace("&", "&&")).triggered.connect(
                lambda _checked=False, template=each.name: self._fill(template)
            )

    def _fill(self, template: str) -> None:
        self._pane.do(agendas.fill, said=self.words("Agenda filled"), meeting_id=self._meeting, template=template)

    # -- room ---------------------------------------------------------------------------------------------------------

    def columns(self) -> tuple[QWidget, ...]:
        side = self.waiting.stop or self.parked.stop
        return (self.table, side) if side is not None else (self.table,)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() / look().factor >= BESIDE
        self._rule.setVisible(beside)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != way:
            self._columns.setDirection(way)
        self.pdf.setVisible(self.width() / look().factor >= 720)
