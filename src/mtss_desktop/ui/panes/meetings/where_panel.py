"""Where the numbers of the chart on the table come from: beside the minutes, so that the line keeps its place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from mtss_desktop.base.words import Words
from mtss_desktop.domain.provenance import WhereFrom
from mtss_desktop.ui.kit.layouts import ScrollPage, box, column
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.where_from import WhereFromView
from mtss_desktop.ui.theme import look


class WherePanel(ScrollPage):
    """The imports behind the chart on the table; ``left`` goes back to the line."""

    left = Signal()

    def __init__(self, words: Words, way: Callable[[str], Callable[[], None] | None]) -> None:
        super().__init__()
        self._words = words
        self.title = Prose("", "heading", "ink")
        self.view = WhereFromView(words, way)
        self.view.close_button.clicked.connect(self.left)
        self.hold(box(column(self.title, self.view, None, spacing=look().px(6))), words("Where the numbers come from"))

    def show_sources(self, title: str, sources: tuple[WhereFrom, ...]) -> None:
        self.title.setText(title)
        typed = self._words("The team gave these levels itself: the baseline, then one at each review of the problem.")
        self.view.show_sources(sources, nothing=typed)
        self.view.open()
