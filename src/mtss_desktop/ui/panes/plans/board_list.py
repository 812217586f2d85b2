"""The board itself: groups with their captions, one line for each action, columns that stand under their heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.action_board import BoardGroup, BoardLine, By
from mtss_desktop.domain.caseload_words import due_words
from mtss_desktop.ui.kit.buttons import paint_check
from mtss_desktop.ui.kit.section_list import Row, SectionList
from mtss_desktop.ui.panes.plans.words import group_count, group_late, group_title, spoken, team_name
from mtss_desktop.ui.theme import look, paint_icon

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CHECK, PARENT, TEAM, DUE, GAP = 32, 152, 136, 120, 12
"""Widths in pixels at 100 %: the box, what an action belongs to, its team, its date, and between columns."""
WITHOUT_TEAM, WITHOUT_PARENT = 660, 500
"""Widths of a line under which a column goes."""
ROOMY = 760
"""Width of a line from which team and parent get their share of what there is more."""


@dataclass(frozen=True)
class Places:
    """Where the columns of a line are; a column without room is empty."""

    check: QRect
    text: QRect
    parent: QRect
    team: QRect
    due: QRect


def places(rect: QRect) -> Places:
    """Columns from right to left; the action takes what is left."""
    px = look().px
    left, right, top, height = rect.left(), rect.right() + 1, rect.top(), rect.height()
    wide = rect.width() / max(0.01, px(100) / 100)
    more = int(max(0.0, wide - ROOMY) * 0.2)

    def take(width: int, shown: bool) -> QRect:
        nonlocal right
        if not shown:
            return QRect()
        right -= px(width)
        found = QRect(right, top, px(width), height)
        right -= px(GAP)
        return found

    due = take(DUE, True)
    team = take(TEAM + more, wide >= WITHOUT_TEAM)
    parent = take(PARENT + more, wide >= WITHOUT_PARENT)
    text = QRect(left + px(CHECK), top, max(0, right - left - px(CHECK)), height)
    return Places(QRect(left, top, px(CHECK), height), text, parent, team, due)


class BoardList(SectionList[BoardLine]):
    """Space selects, Shift with an arrow goes on selecting, Ctrl+A the group, then all."""

    marks_changed = Signal()
    date_wanted = Signal()
    owner_wanted = Signal()
    done_wanted = Signal()
    withdraw_wanted = Signal()
    mail_wanted = Signal()
    change_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(words("Actions"), self._paint, height="list_row", inset=8)
        self._words, self._today, self._by = words, date.min, By.OWNER
        self._groups: dict[str, BoardGroup] = {}
        self._said: dict[str, tuple[BoardLine, bool, str]] = {}
        self.marks: set[str] = set()
        self.setMinimumWidth(look().px(320))

    def show_groups(self, words: Words, groups: Sequence[BoardGroup], by: By, today: date) -> None:
        if (words, today) != (self._words, self._today):
            self._said.clear()
        self._words, self._today, self._by = words, today, by
        self._groups = {group.key: group for group in groups}
        self._show()

    def _show(self) -> None:
        rows: list[Row[BoardLine]] = []
        for group in self._groups.values():
            rows.append(Row(group.key, group_title(self._words, group, self._by)))
            rows += [Row(line.id, line.text, line, spoken=self._spoken(line)) for line in group.lines]
        self.show_rows(rows)
        if self.current is None:
            self.choose_first()

    def _spoken(self, line: BoardLine) -> str:
        """Put into words once for as long as a line is the same: thousands of them are shown again with every key."""
        marked = line.id in self.marks
        known = self._said.get(line.id)
        if known is None or known[0] is not line or known[1] is not marked:
            known = self._said[line.id] = (line, marked, spoken(self._words, line, self._today, marked=marked))
        return known[2]

    @property
    def lines(self) -> list[BoardLine]:
        """Every line shown, from top to bottom."""
        return [line for group in self._groups.values() for line in group.lines]

    @property
    def wanted(self) -> list[BoardLine]:
        """What an act is about: the selected lines, else the one under the cursor."""
        marked = [line for line in self.lines if line.id in self.marks]
        return marked or ([self.current] if self.current is not None else [])

    # -- selecting ----------------------------------------------------------------------------------------------------

    def mark(self, keys: set[str]) -> None:
        """Exactly these are selected."""
        if keys != self.marks:
            self.marks = keys
            self._show()
            self.viewport().update()
            self.marks_changed.emit()

    def toggle(self, line: BoardLine) -> None:
        self.mark(self.marks ^ {line.id})

    def _mark_group_then_all(self) -> None:
        key = self.current_key
        groups = [{line.id for line in group.lines} for group in self._groups.values()]
        group = next((group for group in groups if key in group), None)
        if group is None:
            return
        self.mark({line.id for line in self.lines} if group <= self.marks else self.marks | group)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        letters = {
            Qt.Key.Key_D: self.date_wanted,
            Qt.Key.Key_O: self.owner_wanted,
            Qt.Key.Key_X: self.done_wanted,
            Qt.Key.Key_M: self.mail_wanted,
            Qt.Key.Key_E: self.change_wanted,
            Qt.Key.Key_Delete: self.withdraw_wanted,
        }
        if key == Qt.Key.Key_Space and self.current is not None:
            self.toggle(self.current)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and shift and self.current is not None:
            before = self.current.id
            self.step(1 if key == Qt.Key.Key_Down else -1)
            self.mark(self.marks | {before, self.current_key})
        elif key == Qt.Key.Key_A and ctrl:
            self._mark_group_then_all()
        elif key == Qt.Key.Key_Escape and self.marks:
            self.mark(set())
        elif plain and key in letters:
            letters[Qt.Key(key)].emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or self.current is None:
            return
        box = places(self._inner(self.visualRect(index))).check
        if index == self.currentIndex() and box.contains(self._point(event)):
            self.toggle(self.current)

    @staticmethod
    def _point(event: QMouseEvent) -> QPoint:
        return event.position().toPoint()

    def _inner(self, rect: QRect) -> QRect:
        side = look().px(8)
        return self.item_shape(rect).adjusted(side, 0, -side, 0)

    def grid(self) -> list[list[str]]:
        """The selected actions, or all that are shown."""
        words = self._words
        lines = [line for line in self.lines if line.id in self.marks] or list(self.lines)
        heads = [words(head) for head in ("Action", "Owner", "Belongs to", "Team", "Due")]
        return [
            heads,
            *(
                [
                    line.text,
                    line.owner,
                    words.say(line.belongs_to),
                    team_name(line),
                    due_words(words, line, self._today)[0],
                ]
                for line in lines
            ),
        ]

    # -- looks --------------------------------------------------------------------------------------------------------

    def is_marked(self, row: Row[BoardLine], _selected: bool) -> bool:
        return row.key in self.marks

    def row_height(self, row: Row[BoardLine], place: int) -> int:
        if row.is_caption:
            return look().px(44 if place else 36)
        return super().row_height(row, place)

    def paint_caption(self, painter: QPainter, rect: QRect, row: Row[BoardLine], _place: int) -> None:
        group = self._groups[row.key]
        area = self._inner(rect).adjusted(0, 0, 0, -look().px(8))
        baseline = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        parts = [
            (row.text, "strong", "ink"),
            (self._words("no longer in the team") if group.gone else "", "base", "warning"),
            (group_count(self._words, group), "base", "ink_soft"),
            (group_late(self._words, group), "medium", "danger"),
        ]
        for text, font, ink in parts:
            if text:
                painter.setFont(look().font(font))
                painter.setPen(look().color(ink))
                painter.drawText(area, baseline, text)
                area.setLeft(area.left() + painter.fontMetrics().horizontalAdvance(text) + look().px(12))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look().color("hairline"))

    def _paint(self, painter: QPainter, rect: QRect, row: Row[BoardLine], selected: bool) -> None:
        line = row.record
        assert line is not None
        at = places(rect)
        side = look().px(16)
        box = QRectF(at.check.left(), at.check.center().y() - side / 2 + 0.5, side, side)
        paint_check(painter, box, Qt.CheckState.Checked if selected else Qt.CheckState.Unchecked)
        ink = "selection_ink" if selected else "ink"
        soft = "selection_ink" if selected else "ink_soft"
        self._text(painter, at.text, line.text, ink)
        belongs = self._words.say(line.belongs_to)
        if belongs and not at.parent.isEmpty():
            icon = "ph.flag" if line.parent else "ph.checks" if line.item else "ph.chat-text"
            mark = QRect(at.parent.left(), at.parent.center().y() - look().px(8), look().px(16), look().px(16))
            paint_icon(painter, mark, icon, look().color(soft))
            self._text(painter, at.parent.adjusted(look().px(22), 0, 0, 0), belongs, soft)
        shown = team_name(line) if self._by is not By.SCHOOL else line.team
        self._text(painter, at.team, shown, soft)
        due, role = due_words(self._words, line, self._today)
        font = "medium" if role == "danger" else "base"
        self._text(painter, at.due, due, ink if selected and role == "ink" else role, font, RIGHT)
        if not selected:
            painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look().color("hairline"))

    @staticmethod
    def _text(
        painter: QPainter, area: QRect, text: str, role: str, font: str = "base", alignment: Qt.AlignmentFlag = LEFT
    ) -> None:
        if area.isEmpty():
            return
        painter.setFont(look().font(font))
        painter.setPen(look().color(role))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, alignment, shown)


class BoardHead(QWidget):
    """Heads of the columns, caption size, a rule below."""

    def __init__(self, words: Words, board: BoardList) -> None:
        super().__init__()
        self._board = board
        self._heads = (words("Action"), words("Belongs to"), words("Team"), words("Due"))
        self._fit()
        look().changed.connect(self._fit)

    def _fit(self) -> None:
        self.setFixedHeight(look().measures.height.table_head)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(look().font("caption"))
        painter.setPen(look().color("ink_faint"))
        side = look().px(16)
        under = QRect(0, 0, self._board.viewport().width(), self.height())  # a scroll bar takes its part of the lines
        at = places(under.adjusted(side, 0, -side, 0))
        for area, words, alignment in zip(
            (at.text, at.parent, at.team, at.due), self._heads, (LEFT, LEFT, LEFT, RIGHT), strict=True
        ):
            if not area.isEmpty():
                painter.drawText(area, alignment, words)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), look().color("rule"))
