"""The room of a running meeting: agenda, minutes and actions beside each other, or as tabs; the line keeps its place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from mtss_desktop.ui.kit.buttons import Segmented
from mtss_desktop.ui.kit.layouts import Pages, box, column, row, tab_in_reading_order
from mtss_desktop.ui.kit.page_header import LEAST_WORDS
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.panes.meetings.live_host import LiveHost
from mtss_desktop.ui.panes.meetings.words import meeting_sentence, title_of
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.live import LiveMinutes

WIDE, BESIDE, TALL, LEAST = 1040, 760, 660, 440
"""Page measures in pixels at 100 %: from where all three columns stand, two stand, the whole problem is shown, one line of it."""
LEAST_TITLE = 150
"""What the title of a page with least height keeps beside the buttons: the name of the team, shortened."""
TABS = (
    ("minutes", "Minutes"),
    ("actions", "Actions"),
    ("agenda", "Agenda"),
    ("present", "Here"),
    ("problem", "Problem"),
)


class LiveColumns:
    """Lays out the parts of one page and folds them to its width and height. ``mode`` is wide, beside or narrow; ``is_low``: so little
    height that the title is the team alone."""

    def __init__(self, page: LiveHost) -> None:
        self._page = page
        self.mode = ""
        self.is_low = False
        words = page.words
        self.tabs = Segmented([(key, words(name)) for key, name in TABS], words("Beside the minutes"), "actions")
        self.tabs.picked.connect(self.show)
        self._build()

    def _build(self) -> None:
        page = self._page
        space = look().measures.space
        head = row(label(page.words("Agenda"), "heading"), None, page.planned)
        self.agenda_panel = box(column(head, look().px(6), page.agenda, row(page.add_item, None)))
        self.agenda_panel.layout().setStretch(2, 1)  # type: ignore[union-attr]
        self._left_rule = hairline()
        self.left = box(column(self.agenda_panel, self._left_rule, look().px(10), page.summary, spacing=look().px(4)))
        self.side_stack = Pages()
        for panel in (page.asked, page.present, page.problem, page.details, page.where):
            self.side_stack.addWidget(panel)
        self.side = box(column(self.side_stack, spacing=look().px(10)))
        self._rest = column(None, page.lines)
        self._rest.setStretch(0, 1)
        self._rest.setStretch(1, 10_000)
        self._lines_box = box(self._rest)
        self.main_stack = Pages()
        self.main_stack.addWidget(self._lines_box)
        self._tab_row = box(row(self.tabs, None))
        self.main = box(column(page.item, self._tab_row, self.main_stack, page.editing_note, page.entry,
                               spacing=look().px(8)))  # fmt: skip
        self.main.layout().setStretch(2, 1)  # type: ignore[union-attr]
        self._rules = [hairline(Qt.Orientation.Vertical) for _ in range(2)]
        self._columns = row(self.left, self._rules[0], self.main, self._rules[1], self.side,
                            spacing=space.s3 - look().px(8), margins=(space.s3, 0, space.s3, space.s1))  # fmt: skip
        self._columns.setStretch(2, 1)
        whole = column(page.header)
        whole.addLayout(self._columns, 1)
        page.setLayout(whole)
        page.editing_note.hide()

    def show(self, key: str) -> None:
        """Actions, agenda, who is here; where there is no room beside the minutes, in their place."""
        page = self._page
        if key == "agenda" and self.mode == "wide":
            page.agenda.setFocus()
            return
        panels: dict[str, QWidget] = {"actions": page.asked, "agenda": self.agenda_panel, "present": page.present,
                                      "problem": page.details, "where": page.where}  # fmt: skip
        if self.mode == "narrow":
            self.main_stack.setCurrentWidget(self._lines_box if key == "minutes" else self.side)
        if key in panels:
            self.side_stack.setCurrentWidget(panels[key])
        self.tabs.choose(key)
        if key == "present":
            page.present.lines.focus()

    def fold(self) -> None:
        page = self._page
        wide = page.width() / look().factor
        mode = "wide" if wide >= WIDE else "beside" if wide >= BESIDE else "narrow"
        if mode != self.mode:
            self.mode = mode
            self._arrange()
        high = page.seen_height() / look().factor
        self.is_low = least = high < LEAST
        page.item.fold(mode != "wide" or high < TALL, least=least)
        page.header.sentence.setVisible(not least)
        page.header.leave_words(LEAST_TITLE if least else LEAST_WORDS)
        page.entry.offer_keys(not least)
        if page.live is not None:
            page.header.say(page.live.team.name if least else title_of(page.live), page.header.sentence.text())

    def _arrange(self) -> None:
        """Agenda and actions beside the minutes, or as tabs; the line keeps its place and its size."""
        page, mode = self._page, self.mode
        self._place_agenda()
        self._place_side()
        self._place_tabs()
        page.other.setVisible(bool(page.others) and mode == "wide")
        page.projector.say(page.words("Projector") if mode == "wide" else "")
        page.projector.setAccessibleName(page.words("Projector"))
        page.projector.setToolTip(page.words("Projector"))
        page.used.setVisible(mode != "narrow")
        self.show_first()
        if page.live is not None:
            page.header.say(title_of(page.live), meeting_sentence(page.words, page.live, short=mode != "wide"))
            self.count_in_tabs(page.live)
        tab_in_reading_order(page)

    def _place_agenda(self) -> None:
        """At the left, else as a tab."""
        wide = self.mode == "wide"
        self.left.setVisible(wide)
        self._rules[0].setVisible(wide)
        self.left.setFixedWidth(look().px(240))
        if wide:
            _box_of(self.left).insertWidget(0, self.agenda_panel, 1)
            self.agenda_panel.show()
        else:
            self.side_stack.addWidget(self.agenda_panel)

    def _place_side(self) -> None:
        """At the right, else in the place of the minutes."""
        narrow = self.mode == "narrow"
        self._rules[1].setVisible(not narrow)
        if narrow:
            self.main_stack.addWidget(self.side)
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(16_777_215)
        else:
            self._columns.addWidget(self.side)
            self.side.show()
            self.side.setFixedWidth(look().px(288 if self.mode == "wide" else 304))

    def _place_tabs(self) -> None:
        """Over the panel they turn; with the whole width there are none, each panel has its own heading."""
        page, wide, narrow = self._page, self.mode == "wide", self.mode == "narrow"
        if narrow:
            _box_of(self.main).insertWidget(1, self._tab_row)
        else:
            _box_of(self.side).insertWidget(0, self._tab_row)
        self._tab_row.setVisible(not wide)
        self.tabs.offer("minutes", narrow)
        page.asked.head.setVisible(wide)
        page.present.head.setVisible(wide)
        page.present.back.setVisible(wide)

    def start_problem(self) -> None:
        """The form of a new problem, beside the minutes or in their place."""
        if self.mode == "narrow":
            self.main_stack.setCurrentWidget(self.side)
        self.side_stack.setCurrentWidget(self._page.problem)

    def show_first(self) -> None:
        """What stands beside the minutes of itself."""
        self.show("minutes" if self.mode == "narrow" else "actions")

    def count_in_tabs(self, live: LiveMinutes) -> None:
        """With counts where the tabs have the whole width."""
        words, room = self._page.words, self.mode == "narrow"
        open_actions = sum(each.done_on is None for each in live.actions)
        self.tabs.say("actions", words("Actions {n}").format(n=open_actions) if room else words("Actions"))
        self.tabs.say("present", words("Here {n}").format(n=live.presence.present) if room else words("Here"))


def _box_of(widget: QWidget) -> QBoxLayout:
    layout = widget.layout()
    assert isinstance(layout, QBoxLayout)
    return layout
