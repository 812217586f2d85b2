"""The sentence before the chart, and the numbers beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.theme import look


class Statement(QWidget):
    """What a page finds, beside a bar in the accent: one sentence, then its evidence."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.finding = Prose("", "statement", "ink")
        self.detail = Prose("", "base", "ink_soft")
        space = look().measures.space
        self.setLayout(column(self.finding, self.detail, spacing=look().px(2), margins=(space.s2 + 3, 2, 0, 2)))

    def say(self, finding: str, detail: str = "") -> None:
        self.finding.setText(finding)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        self.setAccessibleName(f"{finding} {detail}".strip())

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, look().measures.line.mark, self.height(), look().color("accent"))


@dataclass(frozen=True)
class Number:
    """``value`` at the right end, ``note`` below; with ``opens`` the value is a link."""

    name: str
    value: str
    note: str = ""
    opens: Callable[[], object] | None = None


class NumberList(QWidget):
    """Numbers one under another, parted by hairlines."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._rows = column()
        self.setLayout(self._rows)
        self._shown: tuple[Number, ...] = ()
        self.links: list[Button] = []

    def show_numbers(self, numbers: Sequence[Number]) -> None:
        if tuple(numbers) == self._shown:
            return
        self._shown = tuple(numbers)
        self.links = []
        while (item := self._rows.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for number in numbers:
            self._rows.addWidget(self._line(number))
            self._rows.addWidget(hairline())

    def _line(self, number: Number) -> QWidget:
        value: QWidget = label(number.value, "medium")
        if number.opens is not None:
            link = Button(number.value, number.opens, kind="quiet", size="small")
            link.setAccessibleName(f"{number.name}: {number.value}")
            self.links.append(link)
            value = link
        parts = [Prose(number.name, "base", "ink")]
        if number.note:
            parts.append(Prose(number.note, "caption", "ink_soft"))
        pad, inset = look().px(6), look().px(8)
        value_box = row(value, margins=(0, 0, inset if self._has_links and number.opens is None else 0, 0))
        line = row(column(*parts), spacing=look().measures.space.s1, margins=(0, pad, 0, pad))
        line.addLayout(value_box)
        line.setStretch(0, 1)
        line.setAlignment(value_box, Qt.AlignmentFlag.AlignTop)
        made = box(line)
        made.setAccessibleName(", ".join(part for part in (number.name, number.value, number.note) if part))
        return made

    @property
    def _has_links(self) -> bool:
        """A way to somewhere has room around its words: the other numbers stand under them all the same."""
        return any(number.opens is not None for number in self._shown)

    @property
    def texts(self) -> list[str]:
        """What stands there, line by line."""
        return [" ".join(part for part in (each.name, each.value, each.note) if part) for each in self._shown]
