"""A list under captions with a field over it that narrows it, and the way back where nothing fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.folding import fold
from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.fields import SearchField
from mtss_desktop.ui.kit.layouts import Pages, box, column
from mtss_desktop.ui.kit.section_list import Row, SectionList
from mtss_desktop.ui.theme import look

R = TypeVar("R")


class FilteredList(QWidget, Generic[R]):
    """``chosen`` carries the key of the record under the cursor. Subclasses say what a record is found by and how it looks."""

    chosen = Signal(str)

    def __init__(self, words: Words, name: str, filter_name: str, *, height: str) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self._records: tuple[R, ...] = ()
        self.filter = SearchField(name=filter_name, placeholder=filter_name)
        self.list: SectionList[R] = SectionList(name, self.paint_row, height=height)
        self.nothing = EmptyState("", "", words("Clear filter"), self.filter.clear, primary=False)
        space = look().measures.space
        self._stack = Pages()
        self._stack.addWidget(self.list)
        self._stack.addWidget(box(column(self.nothing, margins=(space.s1, 0, 0, 0))))
        self.filter.textChanged.connect(lambda _: self._arrange())
        self.filter.left_downward.connect(self._into_list)
        self.list.left_upward.connect(self.filter.setFocus)
        self.list.chosen.connect(lambda record: self.chosen.emit(self.key_of(record)))
        top = box(column(self.filter, margins=(space.s1, 0, space.s1, 0)))
        layout = column(top, space.half, self._stack, margins=(space.s2, 0, space.s1, 0))
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def key_of(self, record: R) -> str:
        raise NotImplementedError

    def searched(self, record: R) -> str:
        """The text in which words of the filter are looked for."""
        raise NotImplementedError

    def rows_of(self, records: Sequence[R]) -> list[Row[R]]:
        """With the captions over them."""
        raise NotImplementedError

    def none_fits(self, text: str) -> str:
        """What is said where the filter hides everything."""
        raise NotImplementedError

    def paint_row(self, painter: QPainter, rect: QRect, row: Row[R], selected: bool) -> None:
        raise NotImplementedError

    def show_records(self, records: Sequence[R], placeholder: str) -> None:
        """``placeholder`` says how many there are."""
        self._records = tuple(records)
        self.filter.setPlaceholderText(placeholder)
        self._arrange()

    def choose(self, key: str) -> bool:
        """Shows it as chosen without announcing it; a filter that hides it is taken off."""
        if self.list.rows.keyed.place(key) < 0 and self.filter.text():
            self.filter.clear()
        self.list.blockSignals(True)
        there = self.list.choose(key)
        self.list.blockSignals(False)
        return there

    def _into_list(self) -> None:
        if not self.list.current_key:
            self.list.choose_first()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        wanted = fold(self.filter.text()).split()
        shown = [each for each in self._records if all(word in fold(self.searched(each)) for word in wanted)]
        self.list.show_rows(self.rows_of(shown))
        self._stack.setCurrentIndex(0 if shown or not wanted else 1)
        self.nothing.say(self.none_fits(self.filter.text().strip()), "", self._words("Clear filter"))
