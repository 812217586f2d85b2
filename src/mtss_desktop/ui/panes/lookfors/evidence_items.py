"""Sections and items with the pieces behind them; what is dropped on an item comes to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import FlowLayout, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.section_list import Row, SectionList
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.panes.lookfors.marks import paint_rating
from mtss_desktop.ui.panes.lookfors.showing import ItemShown, SectionShown, given_mark, given_words
from mtss_desktop.ui.theme import look

NUMBER, GIVEN = 36, 112
"""Widths in pixels at 100 %: an item's number, and what it was rated."""


class Behind(SectionList[SectionShown]):
    """Sections with how many of their items have something behind them."""

    def __init__(self, words: Words) -> None:
        super().__init__(words("Items with evidence"), self._paint, inset=0)
        look().changed.connect(self.fit_rows)
        self._words = words

    def show_sections(self, sections: Sequence[SectionShown]) -> None:
        rows: list[Row[SectionShown]] = [Row("head", self._words("Items with evidence"))]
        rows += [
            Row(each.key, each.title, each, spoken=f"{each.title}, {self._count(each)}", tip=each.title)
            for each in sections
        ]
        self.show_rows(rows)
        self.fit_rows()

    def _count(self, section: SectionShown) -> str:
        n = sum(bool(item.chips) for item in section.items)
        return self._words("{n} of {all}").format(n=n, all=len(section.items))

    def _paint(self, painter: QPainter, rect: QRect, row: Row[SectionShown], selected: bool) -> None:
        section = row.record
        assert section is not None
        painter.setFont(look().font("strong" if selected else "base", tabular=True))
        painter.setPen(look().color("selection_ink" if selected else "ink"))
        count, middle = self._count(section), Qt.AlignmentFlag.AlignVCenter
        area = rect.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(count) - look().px(8), 0)
        shown = painter.fontMetrics().elidedText(section.title, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | middle, shown)
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | middle, count)


class GivenMark(QWidget):
    """Today's rating as mark and word."""

    def __init__(self, words: Words, item: ItemShown) -> None:
        super().__init__()
        self._words, self._item = words, item
        self.setFixedSize(look().px(GIVEN), look().line())
        self.setAccessibleName(given_words(words, item, item.today, counted=item.counted))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, item = QPainter(self), self._item
        ink = look().color("ink" if item.today.is_rated else "ink_faint")
        mark = given_mark(item, item.today, item.counted)
        left = paint_rating(painter, self.rect(), mark, ink, applies=item.today.applies)
        area = self.rect().adjusted(left, 0, 0, 0)
        painter.setFont(look().font())
        painter.setPen(ink)
        told = painter.fontMetrics().elidedText(self.accessibleName(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, told)


class EvidenceItem(QWidget):
    """An item with its pieces and *Add*; what is dropped on it comes to it."""

    chosen = Signal(str)
    adding = Signal(str)
    given = Signal(str, object)
    """(item, mime data) that was dropped."""

    def __init__(self, words: Words, item: ItemShown, current: str, *, allowed: bool) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.item = item
        self.setAcceptDrops(allowed)
        px = look().px
        number = label(item.number, "faint")
        number.setFixedWidth(px(NUMBER))
        given = GivenMark(words, item)
        named = Prose(item.label or words("Item {number}").format(number=item.number), "base", "ink")
        head = row(number, named, given, spacing=px(12))
        head.setStretch(1, 1)
        for part in (number, given):
            head.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        flow = FlowLayout(px(8))
        self.chips: dict[str, Button] = {}
        for chip in item.chips:
            made = Button(chip.title, partial(self.chosen.emit, chip.id), kind="chip", icon_name=chip.icon)
            made.setCheckable(True)
            made.setChecked(chip.id == current)
            made.setAccessibleDescription(words("Evidence for {item}").format(item=item.number))
            flow.addWidget(made)
            self.chips[chip.id] = made
        self.add = Button(
            words("Add"), partial(self.adding.emit, item.number), kind="quiet", size="small", icon_name="ph.plus"
        )
        self.add.setAccessibleName(words("Add evidence for {item}").format(item=item.number))
        self.add.setVisible(allowed)
        flow.addWidget(self.add)
        behind = QWidget()
        behind.setProperty("kind", "clear")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        behind.setSizePolicy(policy)
        behind.setLayout(flow)
        under = row(px(NUMBER), behind)
        under.setStretch(1, 1)
        self.setLayout(column(head, under, hairline(), spacing=px(6), margins=(0, px(8), 0, 0)))

    @property
    def holds_focus(self) -> bool:
        return any(each.hasFocus() for each in (self.add, *self.chips.values()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.given.emit(self.item.number, event.mimeData())
