"""Meetings by time: what runs, what comes, what was held; the filter finds a team or a place by typing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.folding import fold
from mtss_desktop.base.words import Words
from mtss_desktop.domain.meetings import MeetingState
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.fields import SearchField
from mtss_desktop.ui.kit.layouts import Pages, box, column, row
from mtss_desktop.ui.kit.section_list import Row, SectionList
from mtss_desktop.ui.panes.meetings.words import change_words, state_of, when
from mtss_desktop.ui.theme import look, paint_icon
from mtss_desktop.usecases.series import MeetingLine

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class MeetingList(QWidget):
    """``opened`` carries the meeting that Enter or a click wants."""

    opened = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self._lines: tuple[MeetingLine, ...] = ()
        self._today = date.min
        self.filter = SearchField(name=words("Filter meetings"), placeholder=words("Team or place"))
        self.filter.setFixedWidth(look().px(320))
        self.list: SectionList[MeetingLine] = SectionList(
            words("Meetings"), self._paint, height="two_line_row", inset=0
        )
        self.nothing = EmptyState("", "", words("Clear filter"), self.filter.clear, primary=False)
        self._stack = Pages()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.nothing)
        side = look().px(8)
        layout = column(box(row(self.filter, None, margins=(side, 0, 0, 0))), self._stack, spacing=side)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.filter.textChanged.connect(lambda _: self._show())
        self.filter.left_downward.connect(self._into_list)
        self.list.opened.connect(self.opened)
        self.list.clicked.connect(lambda _: self.opened.emit(self.list.current) if self.list.current else None)
        self.list.left_upward.connect(self.filter.setFocus)

    def show_lines(self, lines: Sequence[MeetingLine], today: date) -> None:
        self._lines, self._today = tuple(lines), today
        self._show()

    def _show(self) -> None:
        wanted = fold(self.filter.text())
        found = [line for line in self._lines if wanted in fold(f"{line.team} {line.place}")]
        self.list.show_rows(self._rows(found))
        empty = bool(self._lines) and not found
        if empty:
            text = self._words("No meeting fits “{text}”").format(text=self.filter.text())
            self.nothing.say(text, self._words("Other names may still fit."), self._words("Clear filter"))
        self._stack.setCurrentIndex(1 if empty else 0)

    def _rows(self, lines: Sequence[MeetingLine]) -> list[Row[MeetingLine]]:
        words, states = self._words, MeetingState
        running = [line for line in lines if line.state is states.RUNNING]
        open_ = [line for line in lines if line.state is states.PLANNED]
        held = sorted((line for line in lines if line.state is states.HELD), key=lambda line: line.day, reverse=True)
        gone = [line for line in lines if line.state in (states.MOVED, states.CANCELED)]
        to_close = [line for line in held if not line.locked and not line.minutes_sent]
        groups = (
            ("running", words("Running"), running),
            ("past", words("Not held yet, the day is over"), [line for line in open_ if line.day < self._today]),
            ("today", words("Today"), [line for line in open_ if line.day == self._today]),
            ("close", words("To close out"), to_close),
            ("coming", words("To come"), [line for line in open_ if line.day > self._today]),
            ("held", words("Held"), [line for line in held if line.locked or line.minutes_sent]),
            ("gone", words("Moved or canceled"), gone),
        )
        rows: list[Row[MeetingLine]] = []
        for key, caption, found in groups:
            if found:
                rows.append(Row(f"caption:{key}", f"{caption}, {len(found)}"))
                rows += [Row(line.id, line.team, line, spoken=self._spoken(line)) for line in found]
        return rows

    def _spoken(self, line: MeetingLine) -> str:
        day = self._words.weekday_date(line.day)
        change = change_words(self._words, line)
        parts = (day, when(self._words, line.starts_at, line.ends_at), line.team, line.place, line.room, change)
        return ", ".join(part for part in (*parts, state_of(self._words, line, self._today)[0]) if part)

    def _into_list(self) -> None:
        if not self.list.current_key:
            self.list.choose_first()
        self.list.setFocus()

    @property
    def stop(self) -> QWidget:
        if not self.list.current_key:
            self.list.choose_first()
        return self.list

    def _paint(self, painter: QPainter, rect: QRect, row_: Row[MeetingLine], selected: bool) -> None:
        line = row_.record
        assert line is not None
        words, dark = self._words, selected and look().theme.is_contrast
        tall, small = look().line(), look().line("caption")
        top = rect.top() + (rect.height() - tall - small) // 2
        lead = look().px(104)
        soft = "selection_ink" if dark else "ink_soft"
        self._write(
            painter,
            QRect(rect.left(), top, lead, tall),
            words.day(line.day),
            "strong",
            "selection_ink" if dark else "ink",
        )
        ago = words.ago(line.day, self._today)
        self._write(painter, QRect(rect.left(), top + tall, lead, small), ago, "caption", soft)
        state, tone, icon = state_of(words, line, self._today)
        metrics = QFontMetrics(look().font("base"))
        wide = metrics.horizontalAdvance(state) + look().px(24)
        left = rect.left() + lead + look().px(16)
        area = QRect(left, top, rect.right() - left - wide - look().px(8), tall)
        self._write(painter, area, f"{line.team}, {line.place}", "medium", "selection_ink" if selected else "ink")
        facts = (
            when(words, line.starts_at, line.ends_at),
            line.room,
            words("confidential") if line.confidential else "",
            change_words(words, line),
        )
        below = " · ".join(part for part in facts if part)
        self._write(painter, QRect(left, top + tall, area.width(), small), below, "caption", soft)
        role = "selection_ink" if dark else tone or "ink_soft"
        spot = QRect(rect.right() - wide, rect.top(), wide, rect.height())
        if icon:
            side = look().measures.icon.chip
            y = spot.top() + (spot.height() - side) // 2
            paint_icon(painter, QRect(spot.left(), y, side, side), icon, look().color(role))
        self._write(painter, spot.adjusted(look().px(20), 0, 0, 0), state, "base", role)

    @staticmethod
    def _write(painter: QPainter, area: QRect, text: str, kind: str, role: str) -> None:
        painter.setFont(look().font(kind))
        painter.setPen(look().color(role))
        painter.drawText(area, _LEFT, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width()))
