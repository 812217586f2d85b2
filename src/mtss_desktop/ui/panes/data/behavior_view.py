"""Behavior: referrals per school day by month with last year beside, by place and by behavior; the sentence first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.figures import Figure
from mtss_desktop.ui.kit.asking import Asking
from mtss_desktop.ui.kit.layouts import box, column, row, scrolling
from mtss_desktop.ui.kit.statement import Statement
from mtss_desktop.ui.panes.data.figure_panel import FigurePanel, OpenImport
from mtss_desktop.ui.panes.data.words import file_stem
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.data import BehaviorView

ONE_COLUMN_BELOW = 820
MONTHS_HEIGHT, BAR, FOOT = 340, 30, 36


class BehaviorPane(QWidget):
    """Counts alone: no student is read here."""

    def __init__(self, words: Words, asking: Callable[[], Asking], way: OpenImport) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.words = words
        self.statement = Statement()
        self.months, self.places, self.kinds = (FigurePanel(words, asking, way) for _ in range(3))
        space = look().measures.space
        left = box(column(self.months, None))
        right = box(column(self.places, space.s3, self.kinds, None))
        self._columns: QHBoxLayout = row(left, right, spacing=space.s4)
        self._columns.setStretch(0, 3)
        self._columns.setStretch(1, 2)
        content = box(column(self.statement, space.s3, self._columns, None))
        layout = content.layout()
        assert layout is not None
        layout.setContentsMargins(space.s3, look().px(4), space.s3, space.s3)
        self.setLayout(column(scrolling(content, words("Behavior"))))

    @property
    def panels(self) -> tuple[FigurePanel, ...]:
        return (self.months, self.places, self.kinds)

    def show_view(self, view: BehaviorView) -> None:
        words, where = self.words, view.where_from
        self.statement.say(words.say(view.statement), words.say(view.detail))
        for panel, name in zip(self.panels, ("months", "places", "behaviors"), strict=True):
            panel.stem = file_stem(["referrals", view.place, name])
        self.months.show_figure(view.months, where, height=MONTHS_HEIGHT)
        self.places.show_figure(view.locations, where, height=_height(view.locations))
        self.kinds.show_figure(view.behaviors, where, height=_height(view.behaviors))

    def stops(self) -> tuple[QWidget, ...]:
        return tuple(panel.view for panel in self.panels if panel.isVisible())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < look().px(ONE_COLUMN_BELOW)
        down = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down)


def _height(figure: Figure | None) -> int:
    return FOOT + BAR * len(figure.x.categories) if figure is not None else 0
