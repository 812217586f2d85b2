"""The rooms, in groups, at the left edge: wide with words or small with icons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.kit.pane import Room
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.section_list import Row, SectionList
from mtss_desktop.ui.kit.texts import IconLabel
from mtss_desktop.ui.theme import look, paint_icon

ASIDE = 2
"""Pixels at 100 % that icons of the small rail stand left of its middle: two digits fit beside them."""


@dataclass(frozen=True)
class RailItem:
    """A room and how many things wait in it."""

    room: Room
    waiting: int = 0


class RailList(SectionList[RailItem]):
    """The list itself; the marked room has a bar on the window's edge."""

    def __init__(self, words: Words) -> None:
        super().__init__(words("Rooms"), self._paint_room, height="rail_item", inset=8)
        self.small = False
        self.marked = ""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.viewport().update())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_current()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.show_current()

    def show_current(self) -> None:
        """Into view, with its ring and its bar, where there are more rooms than room for them."""
        self.scrollTo(self.currentIndex(), self.ScrollHint.PositionAtCenter)

    def is_marked(self, row_: Row[RailItem], _selected: bool) -> bool:
        """The room that is shown, wherever the cursor is."""
        return row_.key == self.marked

    def row_height(self, row_: Row[RailItem], place: int) -> int:
        if row_.is_caption and self.small:
            return look().px(17) if place else look().px(12)
        return super().row_height(row_, place)

    def paint_caption(self, painter: QPainter, rect: QRect, row_: Row[RailItem], place: int) -> None:
        if not self.small:
            super().paint_caption(painter, rect, row_, place)
        elif place:
            side = look().px(16)
            painter.fillRect(rect.left() + side, rect.center().y(), rect.width() - 2 * side, 1, look().color("rule"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Where the rooms go on below, an arrow says so."""
        super().paintEvent(event)
        bar = self.verticalScrollBar()
        if bar.value() < bar.maximum():
            side = look().px(16)
            foot = QRect(
                0, self.viewport().height() - side - look().px(4), self.viewport().width(), side + look().px(4)
            )
            painter = QPainter(self.viewport())
            painter.fillRect(foot, look().color("sunken"))
            paint_icon(
                painter,
                QRect((foot.width() - side) // 2, foot.top() + look().px(2), side, side),
                "ph.caret-down",
                look().color("ink_soft"),
            )

    def item_shape(self, rect: QRect) -> QRect:
        """Small, it reaches around the count beside the icon."""
        return rect.adjusted(look().px(6), 0, -look().px(4), 0) if self.small else super().item_shape(rect)

    def _paint_room(self, painter: QPainter, rect: QRect, row_: Row[RailItem], selected: bool) -> None:
        item = row_.record
        assert item is not None
        if selected:
            bar = QRect(0, rect.top() + look().px(6), look().measures.line.mark, rect.height() - look().px(12))
            painter.fillRect(bar, look().color("accent"))
        side = look().measures.icon.rail
        ink = look().color("selection_ink" if selected else "ink")
        soft = ink if selected else look().color("ink_soft")
        left = rect.center().x() - side // 2 - look().px(ASIDE) if self.small else rect.left() + look().px(3)
        paint_icon(painter, QRect(left, rect.center().y() - side // 2, side, side), item.room.icon, soft)
        if item.waiting:
            self._paint_waiting(painter, rect, item.waiting, selected=selected)
        if not self.small:
            painter.setFont(look().font("strong" if selected else "base"))
            painter.setPen(ink)
            words = rect.adjusted(look().px(3) + side + look().px(10), 0, -look().px(24) if item.waiting else 0, 0)
            text = painter.fontMetrics().elidedText(item.room.name, Qt.TextElideMode.ElideRight, words.width())
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_waiting(self, painter: QPainter, rect: QRect, waiting: int, *, selected: bool) -> None:
        painter.setFont(look().font("caption", tabular=True))
        painter.setPen(look().color("selection_ink" if selected else "ink_soft"))
        side = Qt.AlignmentFlag.AlignRight | (
            Qt.AlignmentFlag.AlignTop if self.small else Qt.AlignmentFlag.AlignVCenter
        )
        inset = look().px(7) if self.small else 0  # two digits beside the icon, not on it
        painter.drawText(rect.adjusted(0, -look().px(1), inset, 0), side, str(waiting))


class Rail(QWidget):
    """``went`` carries the key of the room; the division's name stands at the foot."""

    went = Signal(str)

    def __init__(self, rooms: Sequence[Room], *, place: str = "", words: Words = ENGLISH) -> None:
        super().__init__()
        self.setProperty("kind", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rooms, self._words = tuple(rooms), words
        self._waiting: dict[str, int] = {}
        self.list = RailList(words)
        self.list.opened.connect(lambda item: self.went.emit(item.room.key))
        self.list.clicked.connect(lambda _: self._go())
        self._house = IconLabel("ph.house-line", "ink_soft")
        self._place = Prose(place, "caption", "ink_soft")
        self._foot_row: QHBoxLayout = row(self._house, self._place, spacing=look().px(10), margins=(look().px(16),) * 4)
        self._foot_row.setStretch(1, 1)
        self._foot = QWidget()
        self._foot.setProperty("kind", "clear")
        self._foot.setLayout(self._foot_row)
        self.setLayout(column(self.list, self._foot, margins=(0, look().px(8), look().measures.line.hairline, 0)))
        self._fill()
        self.narrow(False)
        look().changed.connect(self._regrow)

    @property
    def is_narrow(self) -> bool:
        return self.list.small

    def narrow(self, small: bool) -> None:
        """Icons only, words as tooltips."""
        self.list.small = small
        self._place.setVisible(not small)
        self._house.setVisible(True)
        self.setFixedWidth(look().measures.width.rail_small if small else look().measures.width.rail)
        margin = look().px(20 - ASIDE) if small else look().px(16)
        right = margin if small else look().px(8)
        self._foot_row.setContentsMargins(margin, look().px(8), right, look().px(24))
        self._fill()
        self.list.doItemsLayout()
        self.list.show_current()

    def _regrow(self) -> None:
        self.narrow(self.is_narrow)

    def mark(self, room: str) -> None:
        """The room that is shown."""
        self.list.marked = room
        self.list.choose(room)
        self.list.show_current()
        self.list.viewport().update()

    def show_waiting(self, counts: dict[str, int]) -> None:
        self._waiting = counts
        self._fill()

    def show_place(self, name: str) -> None:
        self._place.setText(name)
        self._foot.setToolTip(name)

    def _go(self) -> None:
        item = self.list.current
        if item is not None:
            self.went.emit(item.room.key)

    def _fill(self) -> None:
        rows: list[Row[RailItem]] = []
        group = ""
        for room in self._rooms:
            if room.group != group:
                group = room.group
                rows.append(Row(f"caption:{group}", group))
            item = RailItem(room, self._waiting.get(room.key, 0))
            waits = f", {item.waiting} {self._words('waiting')}" if item.waiting else ""
            tip = f"{room.name} ({room.shortcut})" if self.list.small else ""
            rows.append(Row(room.key, room.name, item, spoken=room.name + waits, tip=tip))
        self.list.show_rows(rows)
