"""The key of a figure: a line of looks with their names. Read aloud it says nothing the figure does not say itself."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.figure_key import key_of, lay_out_key
from mtss_desktop.domain.figure_shapes import Layout
from mtss_desktop.domain.figures import Figure
from mtss_desktop.ui.kit.figure_look import screen_look, text_measure
from mtss_desktop.ui.theme import look


class FigureKey(QWidget):
    """Hidden where the figure names its marks where they stand. As high as its names need at its width."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._figure: Figure | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look().changed.connect(self.updateGeometry)
        self.hide()

    def show_figure(self, figure: Figure | None) -> None:
        self._figure = figure
        self.setVisible(figure is not None and bool(key_of(figure)))
        self.updateGeometry()
        self.update()

    def _layout(self, width: int) -> Layout | None:
        if self._figure is None:
            return None
        return lay_out_key(self._figure, float(width), self._words, screen_look(), text_measure())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        made = self._layout(width)
        return 0 if made is None else round(made.height)

    def sizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(max(self.width(), look().px(320))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        from mtss_desktop.ui.kit.figure_scene import paint

        made = self._layout(self.width())
        if made is not None:
            painter = QPainter(self)
            paint(painter, made)
