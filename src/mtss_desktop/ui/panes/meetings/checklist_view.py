"""The meeting checklist beside the close-out: what the record proposes and why, and the team's own points beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.checklist import FOUNDATIONS, LABELS, LINE_PERCENT, Half, Item
from mtss_desktop.ui.kit.buttons import Button, Segmented
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.close_out import CloseOut

CHOICES = ("0", "1", "2")


class Points(QWidget):
    """Two dots, filled as far as there are points."""

    def __init__(self) -> None:
        super().__init__()
        self._points: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_points(self, points: int | None) -> None:
        self._points = points
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(24), look().px(12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._points is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().color("ink_soft"), look().edge))
        for place in range(2):
            painter.setBrush(look().color("ink_soft") if place < self._points else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(1 + place * look().px(12), 1, look().px(9), look().px(9)))


class ItemRow(QWidget):
    """One item: its label with the reason below, the proposal as dots, and 0, 1, 2 for the team. ``marked`` carries points or None."""

    marked = Signal(object)

    def __init__(self, words: Words, number: int) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        name = words.say(LABELS[number - 1])
        self.number = label(str(number), "faint")
        self.number.setFixedWidth(look().px(20))
        self.name, self.reason = Prose(name, "base", "ink"), Prose("", "caption")
        self.points = Points()
        self._given = ""
        self.own = Segmented([(each, each) for each in CHOICES], words("{item}, the team").format(item=name))
        self.own.choose("")
        self.own.setToolTip(words("0 not started, 1 partial, 2 full. The same again leaves it as proposed."))
        self.own.picked.connect(self._pick)
        told = column(self.name, self.reason)
        line = row(column(self.number, None), spacing=look().px(6))
        line.addLayout(told, 1)
        for part in (self.points, self.own):
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)

    def show_item(self, item: Item, allowed: bool) -> None:
        words, proposed = self._words, item.proposed.points
        reason = words.say(item.proposed.reason)
        if item.team is not None and item.team.note:
            reason = words("{reason} · team: {note}").format(reason=reason, note=item.team.note)
        self.reason.setText(reason)
        self.points.show_points(proposed)
        told = words("you say") if proposed is None else words("proposed {n} of 2").format(n=proposed)
        self.setAccessibleName(f"{self.name.text()}, {told}")
        self.setAccessibleDescription(reason)
        self._given = "" if item.team is None else str(item.team.points)
        if self._given != self.own.chosen:
            self.own.choose(self._given)
        self.own.setEnabled(allowed)

    def _pick(self, value: str) -> None:
        """The team's mark; the one it gave already, picked again, goes."""
        again = value == self._given
        if again:
            self.own.choose("")
        self.marked.emit(None if again else int(value))


class ChecklistView(QWidget):
    """``marked`` carries (number, points or None), ``printed`` asks for the result on paper."""

    marked = Signal(int, object)
    printed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self.heads = (label("", "soft"), label("", "soft"))
        self.rows = tuple(ItemRow(words, number) for number in range(1, len(LABELS) + 1))
        self.note = Prose("", "caption")
        self.paper = Button(words("Result as PDF"), self.printed.emit, icon_name="ph.file")
        parts: list[QWidget | int] = [label(words("TIPS fidelity, filled from the meeting"), "heading")]
        halves = ((words("Foundations"), self.rows[:FOUNDATIONS]), (words("Problem solving"), self.rows[FOUNDATIONS:]))
        for (name, rows), head in zip(halves, self.heads, strict=True):
            parts += [look().px(6), box(row(label(name, "strong"), None, head)), *rows]
        self.setLayout(column(*parts, look().px(8), self.note, look().px(6), box(row(self.paper, None)),
                              spacing=look().px(4)))  # fmt: skip
        for each in self.rows:
            each.marked.connect(partial(self._mark, self.rows.index(each) + 1))

    def _mark(self, number: int, points: int | None) -> None:
        self.marked.emit(number, points)

    def show_checklist(self, closing: CloseOut, allowed: bool) -> None:
        words = self._words
        ours = (closing.foundations, closing.problem_solving)
        for head, team, proposed in zip(self.heads, ours, closing.proposed_points, strict=True):
            text = half_words(words, team)
            if (team.points, team.out_of) != (proposed.points, proposed.out_of):
                text = words("{team} · proposed {proposed}").format(team=text, proposed=proposed.points)
            head.setText(text)
        for each, item in zip(self.rows, closing.checklist, strict=True):
            each.show_item(item, allowed)
        self.note.setText(
            words("Dots are proposed from the record; the team may give its own 0, 1 or 2. {n}% is the line in each half.")
            .format(n=LINE_PERCENT)
        )  # fmt: skip


def half_words(words: Words, half: Half) -> str:
    """16 of 18, 89%; 13 of 16 so far."""
    text = words("{n} of {all}").format(n=half.points, all=half.out_of)
    if half.percent is None:
        return words("{text} so far").format(text=text)
    return words("{text}, {n}%").format(text=text, n=half.percent)
