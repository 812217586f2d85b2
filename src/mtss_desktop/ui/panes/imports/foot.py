"""Columns of words under a table: what the chosen row is, what an act does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from mtss_desktop.ui.kit.layouts import column
from mtss_desktop.ui.kit.layouts import row as side_by_side
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import hairline
from mtss_desktop.ui.theme import look


class FootColumn(QWidget):
    """A heading and a few lines under it."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.heading = Prose(heading, "heading", "ink")
        self.sentence = Prose("")
        space = look().measures.space
        self.body = column(self.heading, self.sentence, None, margins=(space.s3, space.s2, space.s3, space.s2))
        self.setLayout(self.body)

    def say(self, heading: str, sentence: str) -> None:
        self.heading.setText(heading)
        self.sentence.setText(sentence)

    def stand(self, *, short: bool) -> None:
        """Without its heading and with little air where the window is low."""
        space = look().measures.space
        self.heading.setVisible(not short)
        above = space.s1 if short else space.s2
        self.body.setContentsMargins(space.s3, above, space.s3, above)


class Foot(QFrame):
    """The columns side by side, with a line between them; a column that is hidden takes its line with it."""

    def __init__(self, *columns: FootColumn) -> None:
        super().__init__()
        self.setProperty("kind", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._columns = columns
        self._lines = [hairline(Qt.Orientation.Vertical, "hairline") for _ in columns[1:]]
        inside = side_by_side(columns[0])
        for line, each in zip(self._lines, columns[1:], strict=True):
            inside.addWidget(line)
            inside.addWidget(each)
        for place in range(len(columns)):
            inside.setStretch(2 * place, 1)
        self.setLayout(inside)

    def show_columns(self, *shown: FootColumn) -> None:
        for each in self._columns:
            each.setVisible(each in shown)
        for line, each in zip(self._lines, self._columns[1:], strict=True):
            line.setVisible(each in shown)

    def stand(self, *, short: bool) -> None:
        for each in self._columns:
            each.stand(short=short)
        self.setMinimumHeight(0 if short else look().px(116))
