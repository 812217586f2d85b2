"""The goal of a problem beside its chart: proposed, advised or the team's own, drawn as soon as it is set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.provenance import WhereFrom
from mtss_desktop.ui.kit.asking import Asking
from mtss_desktop.ui.kit.goal_form import GoalForm
from mtss_desktop.ui.kit.layouts import box, column, row, scrolling
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.statement import Statement
from mtss_desktop.ui.kit.texts import hairline
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.kit.where_from import OpenImport
from mtss_desktop.ui.panes.data.figure_panel import FigurePanel
from mtss_desktop.ui.panes.data.words import file_stem
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.data_goals import GoalAdvice

SIDE = 320
ONE_COLUMN_BELOW = 800
CHART = 340
KEPT = "problem goal"
"""What the typing file calls a goal; the record is its problem."""


@dataclass(frozen=True)
class GoalContent:
    """A problem's goals with its chart (None where it is not counted from files)."""

    advice: GoalAdvice
    figure: Figure | None
    today: date
    where_from: tuple[WhereFrom, ...]
    typed: Mapping[str, str]


class GoalPage(QWidget):
    """``wanted`` carries (way, number, day); ``left`` goes back to where one came from."""

    wanted = Signal(str, float, object)
    left = Signal()

    def __init__(self, words: Words, asking: Callable[[], Asking], way: OpenImport, typing: TypingFile) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.words = words
        self.content: GoalContent | None = None
        self.statement = Statement()
        self.figure = FigurePanel(words, asking, way)
        self.none = Prose(words("This problem is counted by the team, so it has no chart here."), "base", "ink_soft")
        self.form = GoalForm(words, typing=typing, key=KEPT)
        self.form.wanted.connect(self.wanted)
        self.form.left.connect(self.left)
        space = look().measures.space
        main = box(column(self.statement, space.s2, self.figure, self.none, None))
        self._side = box(column(self.form, None))
        self._line = hairline(Qt.Orientation.Vertical)
        self._columns: QHBoxLayout = row(main, self._line, self._side, spacing=space.s3)
        self._columns.setStretch(0, 1)
        self._columns.setContentsMargins(space.s3, look().px(4), space.s3, space.s3)
        self.setLayout(column(scrolling(box(self._columns), words("Goal"))))

    def show_content(self, content: GoalContent) -> None:
        words, advice = self.words, content.advice
        fresh = self.content is None or self.content.advice.problem.id != advice.problem.id
        if self.content is None:
            self.form.unsaved.know(content.typed)
        self.content = content
        goal = advice.current
        now = words("No goal has been set yet.")
        if goal is not None and goal.target is not None:
            now = words.say(
                said("Goal now: {aim} {unit} by {due:date}.", aim=goal.target, unit=goal.unit, due=goal.due_on)
            )
        self.statement.say(advice.problem.title, f"{now} {words.say(advice.baseline_words)}")
        self.figure.stem = file_stem(["problem", "chart"])
        self.figure.show_figure(content.figure, content.where_from, height=CHART)
        self.none.setVisible(content.figure is None)
        base = said("Baseline: none yet.")
        if advice.baseline is not None:
            base = said("Baseline {base} {unit}.", base=advice.baseline, unit=advice.unit)
        self.form.open(
            str(advice.problem.id),
            advice.ways,
            today=content.today,
            due=advice.due_on,
            base=base,
            unit=advice.unit,
            fresh=fresh,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < look().px(ONE_COLUMN_BELOW)
        down = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down)
        self._line.setVisible(not narrow)
        self._side.setMinimumWidth(0 if narrow else look().px(SIDE))
        self._side.setMaximumWidth(16_777_215 if narrow else look().px(SIDE))
