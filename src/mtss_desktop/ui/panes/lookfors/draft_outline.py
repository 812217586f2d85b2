"""The outline of a list in the making: its sections and items, changed by keys."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter

from mtss_desktop.base.words import Words
from mtss_desktop.domain.instruments import Instrument
from mtss_desktop.ui.kit.section_list import Row, SectionList
from mtss_desktop.ui.theme import look

LIST, SECTION, ITEM = "list", "section", "item"


@dataclass(frozen=True)
class Spot:
    """A line of the outline: the list itself, a section by its key, or an item by its number."""

    kind: str
    name: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.name}"


class Outline(SectionList[Spot]):
    """``added`` behind the chosen line, ``pasted`` lines there, ``moved`` (down), ``removed``, ``sectioned``: acts on the chosen line."""

    added = Signal()
    pasted = Signal(str)
    moved = Signal(bool)
    removed = Signal()
    sectioned = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(words("Outline"), self._paint, height="rail_item")
        self._words = words
        self._numbers: dict[str, str] = {}

    def show_list(self, instrument: Instrument) -> None:
        words = self._words
        self._numbers = {}
        rows = [Row(Spot(LIST).key, words("About the list"), Spot(LIST), words("About the list"))]
        for section in instrument.whole_sections:
            spot = Spot(SECTION, section.key)
            self._numbers[spot.key] = str(len(section.items))
            told = words("Section {title}, {n} items").format(title=section.title, n=len(section.items))
            rows.append(Row(spot.key, section.title, spot, told, section.title))
            for number in section.items:
                item, spot = instrument.item(number), Spot(ITEM, number)
                self._numbers[spot.key] = number
                label = item.label or words("No label yet")
                rows.append(Row(spot.key, label, spot, f"{number}, {label}", label))
        self.show_rows(rows)
        if self.current is None:
            self.choose_first()

    def _paint(self, painter: QPainter, area: QRect, row: Row[Spot], selected: bool) -> None:
        assert row.record is not None
        px, ink = look().px, look().color("selection_ink" if selected else "ink")
        faint = ink if selected else look().color("ink_faint")
        is_item = row.record.kind == ITEM
        side = Qt.AlignmentFlag.AlignVCenter
        number = self._numbers.get(row.key, "")
        if is_item:
            painter.setFont(look().font())
            painter.setPen(faint)
            wide = max(px(34), painter.fontMetrics().horizontalAdvance(number) + px(8))
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | side, number)
            area = area.adjusted(wide, 0, 0, 0)
        else:
            painter.setFont(look().font())
            painter.setPen(faint)
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | side, number)
            area = area.adjusted(0, 0, -px(28), 0)
        painter.setFont(look().font("strong" if selected or not is_item else "base"))
        painter.setPen(ink)
        text = painter.fontMetrics().elidedText(row.text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | side, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(event.key() == Qt.Key.Key_Down)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.added.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        elif event.key() == Qt.Key.Key_S and not event.modifiers():
            self.sectioned.emit()
        elif event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Right):
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)


def keys_help(words: Words) -> tuple[tuple[str, str], ...]:
    """What the keys of the outline do."""
    return (
        ("Enter", words("new item")),
        ("F2", words("write")),
        ("S", words("make it a section")),
        ("Alt+↑ ↓", words("move")),
        ("Del", words("remove")),
    )
