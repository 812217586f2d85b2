"""What the views of the room have in common, and the shape of most: a list, and beside it the one under the cursor."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.layouts import Pages, ScrollPage, box, column, row, tab_in_reading_order
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.kit.typed import NoTypingFile, TypingFile
from mtss_desktop.ui.panes.plans.solution_form import CardForm
from mtss_desktop.ui.theme import look

UNDER_BELOW = 900
"""Width of the page in pixels at 100 % under which the card stands under the list."""
LIST_LEAST, CARD_LEAST = 160, 180
"""Heights in pixels at 100 % that list and card keep where one stands under the other: some lines of each."""


class View(QWidget):
    """One way to look at plans. ``prefix`` stands before the id of a record that a link names without its room's view."""

    shown_now = Signal()
    """It was read, or another line is under the cursor."""
    prefix = ""

    def __init__(self, pane: Pane, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.pane, self.words = pane, words
        self.typing: TypingFile = pane.workspace.typing if pane.workspace.can_write else NoTypingFile()

    def refresh(self) -> None:
        """Its only read."""
        raise NotImplementedError

    def sentence(self, words: Words) -> str:
        """What stands under the title."""
        raise NotImplementedError

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where F6 goes."""
        raise NotImplementedError

    @property
    def new_words(self) -> str:
        """The words of the primary button; "" where nothing is made here."""
        return ""

    def new(self) -> None:
        """What the primary button does."""

    @property
    def shown(self) -> str:
        """The id of the record that is shown."""
        return ""

    def want(self, record_id: str) -> None:
        """The record to show when it is read next."""

    def leave(self) -> None:
        """Another room or view: what is open is saved."""

    def acts(self) -> tuple[Action, ...]:
        return ()

    def why_read_only(self) -> str:
        return "" if self.pane.workspace.can_write else self.words("This database is open for reading only.")

    def go(self, way: tuple[str, str]) -> None:
        go = self.pane.way_to(way)
        if go is not None:
            go()


class ListAndCard(View):
    """The list at the left; at the right the card, or a form in its place. Narrow pages have them one under another."""

    def arrange(
        self,
        tools: tuple[QWidget | None, ...],
        table: QWidget,
        card: QWidget,
        card_name: str,
        empty: EmptyState,
        form: CardForm | None = None,
    ) -> None:
        """``tools`` stand over the list, None is a gap; ``empty`` is shown instead of everything where there is nothing."""
        space, side = look().measures.space, look().px(16)
        self._table, self._empty, self._form, self._has_lines = table, empty, form, False
        self._offer = (empty.heading.text(), empty.sentence.text(), empty.button.text())
        self._has_team = True
        head = box(row(*tools, spacing=space.s2, margins=(look().px(8), 0, 0, space.s1)))
        left = column(head, table, margins=(side, 0, side, 0))
        left.setStretch(1, 1)
        self._area = ScrollPage()
        self._area.hold(card, card_name)
        self.right = Pages()
        self.right.addWidget(self._area)
        if form is not None:
            area = ScrollPage()
            area.hold(box(column(form, None, margins=(space.s2, 0, space.s3, space.s3))), card_name)
            self.right.addWidget(area)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(look().measures.line.hairline)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(box(left))
        self.split.addWidget(self.right)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        self._body = Pages()
        self._body.addWidget(self.split)
        self._body.addWidget(box(column(empty, margins=(space.s3, 0, space.s3, 0))))
        self.setLayout(column(self._body))
        tab_in_reading_order(self)

    def show_body(self, *, lines: bool, card: bool, team: bool = True) -> None:
        """Whether there are lines, and one to show beside them; without a team there is nobody to make the first for."""
        self._has_lines, self._has_team = lines, team
        words = self.words
        add = (
            words("Start with the team you meet next"),
            words("A problem, a goal or a cycle belongs to a team."),
            words("Add a team"),
        )
        self._empty.say(*(self._offer if team else add))
        self._empty.button.show_icon("ph.flag" if team else "ph.plus")
        self._body.setCurrentIndex(0 if lines or self.form_is_open else 1)
        if not self.form_is_open:  # the form is in front of it: shown behind it, it would be read out and measured
            self._area.setVisible(card)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        under = self.width() < look().px(UNDER_BELOW)
        way = Qt.Orientation.Vertical if under else Qt.Orientation.Horizontal
        if self.split.orientation() != way:
            self.split.setOrientation(way)
            self._table.setMinimumHeight(look().px(LIST_LEAST) if under else 0)
            self.right.setMinimumHeight(look().px(CARD_LEAST) if under else 0)
        self._show_list()
        half = self.height() // 2 if under else self.width() * 3 // 5
        whole = self.height() if under else self.width()
        self.split.setSizes([half, whole - half])

    def _show_list(self) -> None:
        """One under another a form has the page to itself: beside it there would be room for neither."""
        list_and_form = self.split.widget(0), self.form_is_open and self.split.orientation() == Qt.Orientation.Vertical
        if list_and_form[0] is not None:
            list_and_form[0].setVisible(not list_and_form[1])

    @property
    def first_stop(self) -> QWidget:
        return self._table if self._body.currentIndex() == 0 else self._empty.button

    @property
    def offers_first(self) -> bool:
        """Nothing is here yet, and the page itself has the button for the first one."""
        return self._body.currentIndex() == 1

    @property
    def form_is_open(self) -> bool:
        return self.right.currentIndex() == 1

    def new(self) -> None:
        """The form for a new record, in the place of the card. Without a team the way to the first one."""
        if not self._has_team:
            self.pane.asked_to_go.emit("teams", "")
            return
        self.open_form()
        self.fill_form()

    def fill_form(self) -> None:
        """What a new record begins with."""
        raise NotImplementedError

    def open_form(self) -> None:
        self._body.setCurrentIndex(0)
        self.right.setCurrentIndex(1)
        self._show_list()
        self.pane.actions_changed.emit()

    def close_form(self) -> None:
        """What was typed waits in the typing file; the card is back, and the cursor in the list."""
        if self._form is not None:
            self._form.flush()
        self.right.setCurrentIndex(0)
        self._show_list()
        self._body.setCurrentIndex(0 if self._has_lines else 1)
        self.first_stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self.pane.actions_changed.emit()

    def new_act(self) -> Action:
        """The primary act: a new record, or with its form open what the form's button does."""
        if self._form is not None and self.form_is_open:
            return Action("keep_new", self._form.keep.text(), self._form.submit, "ph.check", primary=True)
        return Action("new", self.new_words, self.new, "ph.plus", primary=True, why_not=self.why_read_only)
