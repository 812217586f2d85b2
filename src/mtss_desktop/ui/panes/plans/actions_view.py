"""The board: the actions of all teams as a list to act on, and the mail to the owner under the cursor beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words
from mtss_desktop.domain import plans
from mtss_desktop.domain.action_board import (
    BoardLine,
    By,
    OwnerMail,
    Which,
    fitting,
    groups,
    is_late,
    is_this_week,
)
from mtss_desktop.domain.people import PersonId
from mtss_desktop.domain.plans import ActionId
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.asking import Asking
from mtss_desktop.ui.kit.buttons import Segmented
from mtss_desktop.ui.kit.chips import FilterChip, FilterChips
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.fields import SearchField
from mtss_desktop.ui.kit.layouts import Pages, box, column, put, row, scrolling, tab_in_reading_order
from mtss_desktop.ui.kit.pane import Notice, Pane
from mtss_desktop.ui.kit.texts import hairline
from mtss_desktop.ui.panes.plans.action_form import CHANGE, ActionChange, ActionDetails
from mtss_desktop.ui.panes.plans.board_list import BoardHead, BoardList
from mtss_desktop.ui.panes.plans.mail_drafts import MailDrafts
from mtss_desktop.ui.panes.plans.mail_side import MailSide
from mtss_desktop.ui.panes.plans.move_bar import MoveBar
from mtss_desktop.ui.panes.plans.view import View
from mtss_desktop.ui.panes.plans.words import acted, header_sentence
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import actions
from mtss_desktop.usecases.actions import ActionBoard

TOOLS_BESIDE = 620
"""Pixels at 100 % under which the filter stands below the chips."""
SIDE, WITHOUT_SIDE = 288, 980
"""Width of the mail column, and of the page under which it goes, in pixels at 100 %."""


@dataclass(frozen=True)
class Content:
    board: ActionBoard
    words: Words
    typed: dict[str, str]


def read_content(workspace: Workspace, place_id: str, typed: bool, _progress: Progress) -> Content:
    """Runs in the read lane; ``typed`` asks for what waits in the typing file, too."""
    waiting = workspace.typing.pending() if typed and workspace.can_write else ()
    changes = {each.key: each.text for each in waiting if each.key.startswith(f"{CHANGE}:")}
    return Content(workspace.ask(actions.board, place_id=place_id), workspace.words(), changes)


class ActionsView(View):
    """Every act is one undo step, whether for one action or for thirty."""

    def __init__(self, pane: Pane, words: Words, asking: Callable[[], Asking]) -> None:
        super().__init__(pane, words)
        self.content: Content | None = None
        self._wanted = ""
        self._looked_for_typed = False
        self._mail_of = ""
        self._which = Which.ALL
        self._drafts = MailDrafts(pane, asking)
        self.chips = FilterChips(words("Show"))
        self.filter = SearchField(name=words("Filter actions"), placeholder=words("Filter actions"))
        self.by = Segmented(
            ((By.OWNER, words("By owner")), (By.SCHOOL, words("By school")), (By.DUE, words("By date"))),
            words("Group"),
        )
        self.list = BoardList(words)
        self.head = BoardHead(words, self.list)
        self.bar = MoveBar(words, self.mark_done)
        self.side = MailSide(words, self.save_draft, self.copy_draft, self.save_calendar)
        self.empty = EmptyState(
            words("Write the first action in a meeting"),
            words("A line with @ and a date becomes one: @Ruiz call the SRO !2/24. They all come together here."),
            words("Open meetings"),
            lambda: self.pane.asked_to_go.emit("meetings", ""),
            icon="ph.chat-text",
        )
        self.nothing = EmptyState("", "", words("Show all"), self._show_all, primary=False)

    def build(self) -> None:
        """Once it stands in its room: a part that gets its parent late is dressed again each time."""
        space = look().measures.space
        self._body, self._lists, self._sides = Pages(), Pages(), Pages()
        self.setLayout(column(self._body))
        board, left, main = row(), column(), column(margins=(space.s3 - look().px(8), 0, space.s3 - look().px(8), 0))
        self._body.addWidget(box(board))
        self._body.addWidget(box(column(self.empty, margins=(space.s3, 0, space.s3, 0))))
        self._side = box(row(hairline(Qt.Orientation.Vertical), self._sides))
        self._side.setFixedWidth(look().px(SIDE))
        put(board, box(left), self._side)
        board.setStretch(0, 1)
        put(left, box(main), self.bar)
        left.setStretch(0, 1)
        self._tools = row(self.chips, spacing=space.s1)
        self._tools.addLayout(row(self.filter, self.by, spacing=look().px(12)))
        self._tools.setContentsMargins(look().px(8), 0, look().px(8), space.half)
        self._tools.setStretch(0, 1)
        put(main, box(self._tools), self.head, self._lists)
        main.setStretch(2, 1)
        self._lists.addWidget(self.list)
        self._lists.addWidget(box(column(self.nothing, margins=(look().px(8), 0, 0, 0))))
        self._sides.addWidget(self.side)
        self.filter.setMinimumWidth(look().px(96))
        self.filter.setMaximumWidth(look().px(168))
        self.bar.hide()
        self._connect()

    @cached_property
    def details(self) -> ActionDetails:
        """Made when an action is changed for the first time: with the room it would hold the window up."""
        made = ActionDetails(self.words, self.typing)
        made.wanted.connect(self._keep_action)
        made.left.connect(self._close_details)
        form = box(column(made, None, margins=(look().px(12), 0, look().px(12), look().measures.space.s3)))
        self._sides.addWidget(scrolling(form, self.words("Change action")))
        tab_in_reading_order(self)
        return made

    def _connect(self) -> None:
        self.chips.picked.connect(self._choose_which)
        self.filter.textChanged.connect(lambda _: self._arrange())
        self.filter.left_downward.connect(self._into_list)
        self.by.picked.connect(lambda _: self._arrange())
        self.list.left_upward.connect(self.filter.setFocus)
        self.list.chosen.connect(lambda _: self._follow())
        self.list.opened.connect(self.open_what_it_belongs_to)
        self.list.marks_changed.connect(self._show_bar)
        self.list.date_wanted.connect(self.ask_for_date)
        self.list.owner_wanted.connect(self.ask_for_owner)
        self.list.done_wanted.connect(self.mark_done)
        self.list.withdraw_wanted.connect(self.withdraw)
        self.list.mail_wanted.connect(self.save_draft)
        self.list.change_wanted.connect(self.change_action)
        self.bar.move_wanted.connect(self.move_dates)
        self.bar.owner_wanted.connect(self.hand_over)
        self.bar.left.connect(self._into_list)

    # -- what the room asks -------------------------------------------------------------------------------------------

    @property
    def lines(self) -> tuple[BoardLine, ...]:
        return self.content.board.lines if self.content is not None else ()

    @property
    def owners(self) -> frozenset[str]:
        """Who has an open action here."""
        return frozenset(line.owner_id for line in self.lines if line.owner_id)

    def sentence(self, words: Words) -> str:
        return header_sentence(words, self.lines, self.content.board.today) if self.content is not None else ""

    @property
    def stops(self) -> tuple[QWidget, ...]:
        if self._body.currentIndex() == 1:
            return (self.empty.button,)
        first: QWidget = self.list if self._lists.currentIndex() == 0 else self.nothing.button
        return (first, *((self.side.save_button,) if self._side.isVisibleTo(self) else ()))

    @property
    def shown(self) -> str:
        return self.list.current_key

    def want(self, record_id: str) -> None:
        """An action, whatever was filtered before."""
        self._wanted = record_id
        if self.content is not None:
            self.filter.clear()
            self._which = Which.ALL
            self._say_chips()
            self._arrange()
            self.list.choose(record_id)

    def leave(self) -> None:
        if "details" in vars(self):
            self.details.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setVisible(self.width() >= look().px(WITHOUT_SIDE))
        low = self.width() < look().px(TOOLS_BESIDE)
        self._tools.setDirection(QBoxLayout.Direction.TopToBottom if low else QBoxLayout.Direction.LeftToRight)

    # -- reading ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        first, self._looked_for_typed = not self._looked_for_typed, True
        self.pane.background(partial(read_content, self.pane.workspace, self.pane.scope.place_id, first), self._show)

    def _show(self, content: Content) -> None:
        self.content = content
        self.words = self.pane.words = content.words
        board = content.board
        self.shown_now.emit()
        self._say_chips()
        there = {line.id for line in board.lines}
        self.list.marks &= there
        self._show_lines()
        self._body.setCurrentIndex(0 if board.lines else 1)
        if self._wanted:
            self.list.choose(self._wanted)
            self._wanted = ""
        self._follow()
        if self.pane.hasFocus() or (QApplication.focusWidget() is None and self.isActiveWindow()):
            self.stops[0].setFocus(Qt.FocusReason.OtherFocusReason)
        if content.typed:
            self._bring_back(content.typed)
        self.pane.actions_changed.emit()

    def _bring_back(self, typed: dict[str, str]) -> None:
        """The form of the action that was being changed; any other waits until it is changed again."""
        changed = self.details.unsaved.know(typed)
        line = next((each for each in self.content.board.lines if each.id in changed), None) if self.content else None
        if line is not None:
            self.list.choose(line.id)
            self._change(line)

    def _say_chips(self) -> None:
        assert self.content is not None
        lines, today = self.content.board.lines, self.content.board.today
        late = sum(is_late(line, today) for line in lines)
        week = sum(is_this_week(line, today) for line in lines)
        self.chips.show_chips(
            (
                FilterChip(Which.ALL, self.words("All {n}").format(n=len(lines))),
                FilterChip(Which.LATE, self.words("Late {n}").format(n=late), "ph.clock"),
                FilterChip(Which.THIS_WEEK, self.words("This week {n}").format(n=week)),
            ),
            self._which,
        )
        self.filter.setPlaceholderText(acted(self.words, "Filter {n} action", "Filter {n} actions", len(lines)))

    def _arrange(self) -> None:
        if self.content is not None:
            self._show_lines()
            self._follow()

    def _show_lines(self) -> None:
        """The cursor may still move; whoever calls this follows it with the mail once it rests."""
        assert self.content is not None
        board, by = self.content.board, By(self.by.chosen)
        shown = fitting(board.lines, which=self._which, text=self.filter.text(), today=board.today)
        self.list.show_groups(self.words, groups(shown, by, board.today), by, board.today)
        self._lists.setCurrentIndex(0 if shown else 1)
        text = self.filter.text().strip()
        heading = self.words("No action fits “{text}”").format(text=text) if text else self.words("None of these now")
        self.nothing.say(heading, "", self.words("Show all"))
        self._show_bar()

    def _choose_which(self, key: str) -> None:
        self._which = Which(key)
        self._arrange()

    def _show_all(self) -> None:
        self.filter.clear()
        self._which = Which.ALL
        self._say_chips()
        self._arrange()
        self._into_list()

    def _into_list(self) -> None:
        if not self.list.current_key:
            self.list.choose_first()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_bar(self) -> None:
        assert self.content is not None
        chosen = [line for line in self.list.lines if line.id in self.list.marks]
        self.bar.setVisible(bool(chosen))
        if chosen:
            self.bar.show_lines(self.words, chosen, self.content.board.owners, self.content.board.today)
        self.pane.actions_changed.emit()

    def _follow(self) -> None:
        """The mail at the right is that of the owner under the cursor."""
        line = self.list.current
        owner = line.owner_id if line is not None else ""
        self._mail_of = owner
        if not owner:
            self.side.show_mail(self.words, None)
        elif self._side.isVisible() or self._side.isVisibleTo(self):
            self.pane.ask(actions.mail, self._show_mail, owner_id=PersonId(owner))
        self.pane.actions_changed.emit()

    def _show_mail(self, told: OwnerMail) -> None:
        if told.owner_id == self._mail_of:  # the cursor may have gone on
            self.side.show_mail(self.words, told)

    # -- what is chosen -----------------------------------------------------------------------------------------------

    @property
    def _chosen(self) -> tuple[ActionId, ...]:
        return tuple(ActionId(line.id) for line in self.list.wanted)

    def _act(self, use_case: Callable[..., Any], one: str, many: str, **arguments: Any) -> None:
        chosen = self._chosen
        if not chosen:
            return

        def done(_: object) -> None:
            self.list.mark(set())
            self._into_list()

        self.pane.do(
            use_case, then=done, said=acted(self.words, one, many, len(chosen)), action_ids=chosen, **arguments
        )

    def mark_done(self) -> None:
        self._act(actions.mark_all_done, "One action done", "{n} actions done")

    def withdraw(self) -> None:
        self._act(actions.withdraw_all, "One action withdrawn", "{n} actions withdrawn")

    def move_dates(self, typed: str) -> None:
        self._act(actions.move_dates, "One date moved", "{n} dates moved", to=typed)

    def hand_over(self, owner_id: str) -> None:
        self._act(actions.hand_over, "One action handed over", "{n} actions handed over", owner_id=PersonId(owner_id))

    def change_action(self) -> None:
        """E: everything about the action under the cursor, in a form beside the board."""
        if self.list.current is not None and self.pane.workspace.can_write:
            self._change(self.list.current)

    def _change(self, line: BoardLine) -> None:
        if self.content is None:
            return
        today = self.content.board.today

        def read(action: plans.Action) -> None:
            details = self.details
            self._sides.setCurrentIndex(1)
            self._side.setVisible(True)
            if details.open(action, line.owner, today):
                self.pane.noticed.emit(Notice(self.words("What you were typing is back in its place.")))

        self.pane.ask(actions.show, read, action_id=ActionId(line.id))

    def _close_details(self) -> None:
        self.details.flush()
        self._sides.setCurrentIndex(0)
        self._side.setVisible(self.width() >= look().px(WITHOUT_SIDE))
        self._into_list()

    def _keep_action(self, wish: ActionChange) -> None:
        owners = self.content.board.owners if self.content is not None else ()
        owner = next((each for each, name in owners if name.casefold() == wish.who.casefold()), None)
        if wish.who and owner is None:
            self.details.complain_of_name()
            return

        def kept(_: object) -> None:
            self.details.done()
            self._close_details()

        self.pane.do(
            actions.change,
            then=kept,
            said=self.words("Action changed"),
            action_id=ActionId(wish.action_id),
            text=wish.text,
            owner_id=owner,
            due_on=wish.due_on,
            priority=wish.priority,
            evaluate_on=wish.evaluate_on,
            note=wish.how,
            no_owner=not wish.who,
            no_due=wish.due_on is None,
            no_priority=wish.priority is None,
            no_evaluate=wish.evaluate_on is None,
        )

    def ask_for_date(self) -> None:
        """D: the field for a new date of what is selected, or of the line under the cursor."""
        self._select_current()
        self.bar.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_for_owner(self) -> None:
        self._select_current()
        self.bar.owner.setFocus(Qt.FocusReason.OtherFocusReason)

    def _select_current(self) -> None:
        if not self.list.marks and self.list.current is not None:
            self.list.mark({self.list.current.id})

    def open_what_it_belongs_to(self, line: BoardLine) -> None:
        """Its problem, its cycle, the item it was made from or its meeting, else its team."""
        if line.parent_topic in ("problems", "cycles") and line.parent:
            self.pane.open_record(f"{line.parent_topic.removesuffix('s')}:{line.parent_id}")
            return
        ways = (("meetings", line.parent_id),) if line.parent_topic == "meetings" else ()
        go = self.pane.way_to(*line.rating, *ways, ("teams", line.team_id))
        if go is not None:
            go()

    def save_draft(self) -> None:
        """The draft of the owner under the cursor."""
        self._drafts.save(self._mail_of)

    def save_calendar(self) -> None:
        self._drafts.save_calendar(self._mail_of)

    def save_all_drafts(self) -> None:
        self._drafts.save_all(self.lines)

    def copy_draft(self) -> None:
        self._drafts.copy(self.side.told)

    def acts(self) -> tuple[Action, ...]:
        words = self.words
        return (
            Action("done", words("Mark done"), self.mark_done, "ph.check", why_not=self._why_not),
            Action("move", words("Move dates"), self.ask_for_date, "ph.calendar-blank", why_not=self._why_not),
            Action("owner", words("Hand over"), self.ask_for_owner, "ph.user", why_not=self._why_not),
            Action("change", words("Change action"), self.change_action, "ph.pencil-simple", why_not=self._why_not),
            Action("withdraw", words("Withdraw"), self.withdraw, "ph.x", why_not=self._why_not),
            Action("mail", words("Save mail draft"), self.save_draft, "ph.envelope-simple", why_not=self._why_no_mail),
            Action("calendar", words("Save calendar file"), self.save_calendar, why_not=self._why_no_mail),
            Action("mails", words("Save all mail drafts"), self.save_all_drafts, why_not=self._why_no_drafts),
        )

    def _why_not(self) -> str:
        return self.why_read_only() or ("" if self.list.wanted else self.words("Choose an action first."))

    def _why_no_mail(self) -> str:
        return "" if self._mail_of else self.words("Choose an action that has an owner.")

    def _why_no_drafts(self) -> str:
        return "" if self.owners else self.words("No open action has an owner.")
