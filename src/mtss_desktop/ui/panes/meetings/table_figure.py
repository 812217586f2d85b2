"""The chart of the problem on the table, asked for once, and the way to where its numbers come from."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.provenance import WhereFrom
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.panes.meetings.live_host import LiveHost
from mtss_desktop.usecases import data, problem_charts


class TableFigure(QObject):
    """Asks for the chart once per problem. ``changed`` tells the projector."""

    changed = Signal()

    def __init__(self, page: LiveHost, show: Callable[[], object]) -> None:
        """``show`` brings the panel of the sources beside the minutes."""
        super().__init__(page)
        self._page, self._show = page, show
        self.figure: Figure | None = None
        self._of = ""

    def ask(self) -> None:
        shown = self._page.on_table
        wanted = str(shown.problem.id) if shown is not None else ""
        if wanted == self._of:
            return
        self._of, self.figure = wanted, None
        self._page.item.show_figure(None)
        if shown is not None:
            asked = partial(self._came, wanted)
            self._page.pane.ask(problem_charts.of_problem, asked, problem_id=shown.problem.id)

    def ask_again(self) -> None:
        """The counts behind it have changed."""
        self._of = ""
        self.ask()

    def _came(self, wanted: str, figure: Figure | None) -> None:
        if wanted == self._of:
            self.figure = figure
            self._page.item.show_figure(figure)
            self.changed.emit()

    # -- where from ---------------------------------------------------------------------------------------------------

    def show_where(self) -> None:
        page = self._page
        if self.figure is None:
            page.pane.noticed.emit(Notice(page.words("There is no chart on the table.")))
        else:
            page.pane.ask(data.behind_problem, partial(self._sources_came, self._of), record_id=self._of)

    def _sources_came(self, wanted: str, sources: tuple[WhereFrom, ...]) -> None:
        shown = self._page.on_table
        if wanted == self._of and shown is not None:
            self._show()
            self._page.where.show_sources(shown.problem.title, sources)
