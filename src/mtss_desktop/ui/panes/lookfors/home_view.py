"""Every administration of the places in scope as a list; Enter goes on rating a draft and opens the result of a finished one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.rating_views import AdministrationLine
from mtss_desktop.domain.ratings import AdministrationKind, AdministrationState
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.chips import FilterChip, FilterChips
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.fields import SearchField
from mtss_desktop.ui.kit.layouts import Pages, box, column, row
from mtss_desktop.ui.kit.record_table import Column, RecordTable
from mtss_desktop.ui.kit.row_delegate import Cell
from mtss_desktop.ui.panes.lookfors.words import full_title, score_words, state_words, who_words
from mtss_desktop.ui.theme import look

ALL, DRAFTS, FINISHED = "all", "drafts", "finished"


class HomeView(QWidget):
    """``opened`` carries the administration, ``deleted`` the wish to remove one, ``visits_wanted`` to read all visits of its place."""

    opened = Signal(object)
    deleted = Signal(object)
    visits_wanted = Signal(object)
    chosen = Signal()

    def __init__(self, words: Words, new: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self._which = ALL
        self._lines: tuple[AdministrationLine, ...] = ()
        self.chips = FilterChips(words("Show"))
        self.filter = SearchField(name=words("Filter ratings"), placeholder=words("Filter ratings"))
        self.filter.setFixedWidth(look().px(200))
        self.table: RecordTable[AdministrationLine] = RecordTable(
            self._columns(), key=lambda line: line.id, name=words("Ratings")
        )
        self.empty = EmptyState(
            words("Rate the first look-fors"),
            words(
                "Choose an instrument and a place. One person rates, or the team votes item by item; paper can be typed in later."
            ),
            words("New administration"),
            new,
            icon="ph.plus",
        )
        self.visits = Button("", self._all_visits, kind="quiet", icon_name="ph.checks")
        self.visits.hide()
        self.nothing = EmptyState("", "", words("Show all"), self.show_all, primary=False)
        self._build()
        self.chips.picked.connect(self._choose_which)
        self.filter.textChanged.connect(lambda _: self._arrange())
        self.filter.left_downward.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.table.opened.connect(lambda lines: self.opened.emit(lines[0]))
        self.table.doubleClicked.connect(lambda _: self.opened.emit(self.table.current))
        self.table.deleted.connect(lambda lines: self.deleted.emit(lines[0]))
        self.table.chosen.connect(lambda _: self._chosen())

    def _columns(self) -> list[Column[AdministrationLine]]:
        words = self._words

        def result(line: AdministrationLine) -> Cell:
            if line.kind is AdministrationKind.SURVEY:
                told = words.say(said("{n} answer", many="{n} answers", count="n", n=line.rated))
                return Cell(told, tone="soft")
            if line.headline is None:
                return Cell("")
            told = score_words(words, line.headline)
            if not told:
                return Cell(words("incomplete"), tone="soft")
            met = {True: words("meets {c}"), False: words("below {c}"), None: ""}[line.headline.met]
            icon = "ph.check" if line.headline.met else ""
            return Cell(told, icon=icon, medium=True, state=met.format(c=line.headline.criterion))

        def state(line: AdministrationLine) -> Cell:
            draft = line.state is AdministrationState.DRAFT
            return Cell(
                state_words(words, line), icon="ph.pencil-simple" if draft else "", tone="" if draft else "soft"
            )

        return [
            Column("title", words("Instrument"), lambda line: Cell(full_title(line.title, line.edition), medium=True), least=204),
            Column("name", words("Name"), lambda line: Cell(line.name, tone="soft"), width=108),
            Column("place", words("Place"), lambda line: Cell(line.place), width=124),
            Column("date", words("Date"), lambda line: Cell(words.date(line.held_on)), lambda line: line.held_on, width=92, spare=True),
            Column("who", words("Who rated"), lambda line: Cell(who_words(words, line)), width=152, spare=True),
            Column("state", words("State"), state, width=128),
            Column("result", words("Result"), result, lambda line: (line.headline.percent or -1) if line.headline else -2, width=84),
        ]  # fmt: skip

    def _build(self) -> None:
        space = look().measures.space
        over = look().px(8)  # what the table reaches into the margin
        tools = row(self.chips, self.visits, self.filter, spacing=space.s2, margins=(over, 0, over, 0))
        tools.setStretch(0, 1)
        self._lists = Pages()
        self._lists.addWidget(self.table)
        self._lists.addWidget(box(column(self.nothing, margins=(over, 0, over, 0))))
        filled = column(tools, look().px(6), self._lists)
        filled.setStretch(2, 1)
        self._pages = Pages()
        self._pages.addWidget(box(filled))
        self._pages.addWidget(box(column(self.empty, margins=(over, 0, over, 0))))
        self.setLayout(column(self._pages, margins=(space.s3 - over, 0, space.s3 - over, 0)))

    def show_lines(self, lines: Sequence[AdministrationLine], today: date, *, can_write: bool) -> None:
        del today
        self._lines = tuple(lines)
        self.empty.button.setVisible(can_write)
        self._pages.setCurrentIndex(0 if lines else 1)
        drafts = sum(line.state is AdministrationState.DRAFT for line in lines)
        words = self._words
        self.chips.show_chips(
            (
                FilterChip(ALL, words("All {n}").format(n=len(lines))),
                FilterChip(DRAFTS, words("Being rated {n}").format(n=drafts), "ph.pencil-simple"),
                FilterChip(FINISHED, words("Finished {n}").format(n=len(lines) - drafts)),
            ),
            self._which,
        )
        self._arrange()

    def _arrange(self) -> None:
        wanted = {DRAFTS: AdministrationState.DRAFT, FINISHED: AdministrationState.FINISHED}.get(self._which)
        self.table.keep_only(None if wanted is None else lambda line: line.state is wanted)
        self.table.filter_by(self.filter.text())
        self.table.show_records(self._lines)
        shown = self.table.rows.rowCount()
        text = self.filter.text().strip()
        heading = self._words("No rating fits “{text}”").format(text=text) if text else self._words("None of these now")
        self.nothing.say(heading, "", self._words("Show all"))
        self._lists.setCurrentIndex(0 if shown else 1)
        if shown and self.table.current is None:
            self.table.setCurrentIndex(self.table.rows.index(0, 0))

    @property
    def visit(self) -> AdministrationLine | None:
        """The visit under the cursor, whose place has others to be read together with it."""
        line = self.table.current
        return line if line is not None and line.kind is AdministrationKind.WALKTHROUGH else None

    def _chosen(self) -> None:
        line = self.visit
        self.visits.setVisible(line is not None)
        if line is not None:
            self.visits.say(self._words("All visits, {place}").format(place=line.place))
        self.chosen.emit()

    def _all_visits(self) -> None:
        if self.visit is not None:
            self.visits_wanted.emit(self.visit)

    def _choose_which(self, which: str) -> None:
        self._which = which
        self._arrange()

    def show_all(self) -> None:
        self._which = ALL
        self.filter.clear()
        self._arrange()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_empty(self) -> bool:
        return self._pages.currentIndex() == 1

    @property
    def first_stop(self) -> QWidget:
        if self.is_empty:
            return self.empty.button
        return self.table if self._lists.currentIndex() == 0 else self.nothing.button
