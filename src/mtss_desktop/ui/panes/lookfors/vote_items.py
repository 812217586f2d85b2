"""The items of a team's vote and what was agreed for each, the one on the table marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.section_list import Row, SectionList
from mtss_desktop.ui.panes.lookfors.vote_round import VoteLine
from mtss_desktop.ui.theme import look


class VoteItems(SectionList[VoteLine]):
    """Items and agreed scores, the one on the table marked."""

    def __init__(self, words: Words) -> None:
        super().__init__(words("Items and agreed scores"), self._paint, inset=0)
        self._words = words

    def show_lines(self, lines: Sequence[VoteLine], now: str) -> None:
        rows: list[Row[VoteLine]] = [Row("head", self._words("Items and agreed scores"))]
        for line in lines:
            told = self._words("now") if line.number == now else line.agreed
            rows.append(
                Row(
                    line.number,
                    line.label,
                    line,
                    spoken=", ".join(part for part in (line.number, line.label, told) if part),
                    tip=line.label,
                )
            )
        self._now = now
        self.show_rows(rows)
        self.choose(now)

    def _paint(self, painter: QPainter, rect: QRect, row: Row[VoteLine], selected: bool) -> None:
        line = row.record
        assert line is not None
        painter.setFont(look().font("strong" if selected else "base", tabular=True))
        painter.setPen(look().color("selection_ink" if selected else "ink"))
        middle = Qt.AlignmentFlag.AlignVCenter
        told = self._words("now") if selected and not line.agreed else line.agreed
        wide = painter.fontMetrics().horizontalAdvance(told) + look().px(8)
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | middle, told)
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | middle, line.number)
        number = max(look().px(36), painter.fontMetrics().horizontalAdvance(line.number) + look().px(8))
        area = rect.adjusted(number, 0, -wide, 0)
        shown = painter.fontMetrics().elidedText(line.label, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | middle, shown)
