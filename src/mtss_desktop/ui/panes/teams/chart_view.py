"""The structure chart: who decides what and who hears from whom, the same figure as on paper."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import said
from mtss_desktop.domain.figures import Box, Figure
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.figure_view import FigureView
from mtss_desktop.ui.kit.layouts import Pages, box, column
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.panes.teams.views import Host, TeamsView
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import paper_structure


class ChartView(TeamsView):
    """Arrows go from team to team, T shows the lines as a table."""

    def __init__(self, host: Host) -> None:
        super().__init__()
        words = host.words
        self._host = host
        self.figure = FigureView(words)
        self.key = Prose(
            words(
                "Solid frame: keeps its work. Dashed: merge proposed. Dotted: retire proposed. T shows the lines as a table."
            ),
            "base",
            "ink_soft",
        )
        self.empty = EmptyState(
            words("The chart draws itself"),
            words("Add teams and agree who tells whom; the chart follows."),
            words("Open the cards"),
            lambda: host.show_team(""),
            icon="ph.users",
        )
        space = look().measures.space
        main = column(self.figure, self.key, margins=(space.s3, 0, space.s3, space.s1), spacing=space.s1)
        main.setStretch(0, 1)
        self.stack = Pages()
        self.stack.addWidget(box(main))
        self.stack.addWidget(box(column(self.empty, margins=(space.s3, 0, space.s3, 0))))
        self.setLayout(column(self.stack))

    def refresh(self) -> None:
        pane = self._host.pane
        pane.background(partial(self._read, pane.workspace, pane.scope.place_id), self._show)

    @staticmethod
    def _read(workspace: Workspace, place_id: str, _progress: Progress) -> Figure | None:
        return workspace.ask(paper_structure.chart, place_id=place_id)

    def _show(self, figure: Figure | None) -> None:
        self.stack.setCurrentIndex(0 if figure is not None else 1)
        if figure is None:
            self._host.say(self._host.words("No team yet."))
            return
        self.figure.show_figure(figure)
        n = said("{n} team", many="{n} teams", count="n", n=len(figure.of(Box)))
        words = self._host.words
        self._host.say(words("Who decides what and who hears from whom: {teams}").format(teams=words.say(n)))

    def stops(self) -> tuple[QWidget, ...]:
        return (self.figure,) if self.stack.currentIndex() == 0 else (self.empty.button,)
