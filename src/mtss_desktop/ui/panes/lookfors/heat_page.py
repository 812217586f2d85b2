"""The division at a glance: the heat table with what its marks mean, or what to do before there is one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.layouts import Hanging, column
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.panes.lookfors.heat_table import HeatShown, HeatTable
from mtss_desktop.ui.theme import look


class HeatPage(QWidget):
    """Enter on a cell opens its result."""

    def __init__(self, words: Words, new: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.table = HeatTable(words)
        self.legend = Prose(
            words(
                "The circle is filled as far as the score reaches; a check says that the criterion is met. Enter opens the result."
            ),
            "caption",
        )
        self.empty = EmptyState(
            words("The first result fills this table"),
            words("Rate a school with any instrument and finish it; each place then shows its newest result."),
            words("New administration"),
            new,
            icon="ph.plus",
        )
        space = look().measures.space
        whole = column(
            self.legend, Hanging(self.table), self.empty, spacing=space.s1, margins=(space.s3, 0, space.s3, 0)
        )
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_heat(self, heat: HeatShown, *, can_write: bool) -> None:
        filled = bool(heat.cells)
        for part in (self.table, self.legend):
            part.setVisible(filled)
        self.empty.setVisible(not filled)
        self.empty.button.setVisible(can_write)
        self.table.show_heat(heat)

    def columns(self) -> tuple[QWidget, ...]:
        return (self.table,) if self.table.isVisibleTo(self) else (self.empty.button,)
