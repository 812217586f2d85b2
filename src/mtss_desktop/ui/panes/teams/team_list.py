"""The list of teams by place: a column with a filter, or one field above the card where there is no room for a column."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.people import OrganizationKind
from mtss_desktop.domain.team_cards import TeamLine
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.filtered_list import FilteredList
from mtss_desktop.ui.kit.row_delegate import paint_tier
from mtss_desktop.ui.kit.section_list import Row
from mtss_desktop.ui.panes.teams.words import tier_word
from mtss_desktop.ui.theme import look


def team_rows(words: Words, lines: Sequence[TeamLine]) -> list[Row[TeamLine]]:
    """Captions are places; the division's reads as its kind."""
    rows: list[Row[TeamLine]] = []
    place = ""
    for line in lines:
        if line.place_id != place:
            place = line.place_id
            division = line.place_kind is OrganizationKind.DIVISION
            caption = words.label("division").capitalize() if division else line.place
            rows.append(Row(f"place:{place}", caption))
        rows.append(Row(line.id, line.name, line, spoken=spoken(words, line)))
    return rows


def spoken(words: Words, line: TeamLine) -> str:
    """What a screen reader says: name, place, tier, members, what is missing."""
    parts = [line.name, line.place]
    if line.tier:
        parts.append(tier_word(words, line.tier))
    parts.append(words.say(said("{n} member", many="{n} members", count="n", n=line.members)))
    if line.without_backup:
        parts.append(words("a role without a backup"))
    if line.ended_on is not None:
        parts.append(words("retired"))
    return ", ".join(parts)


class TeamList(FilteredList[TeamLine]):
    """``chosen`` carries the id of the team under the cursor."""

    def __init__(self, words: Words) -> None:
        super().__init__(words, words("Teams"), words("Filter teams"), height="list_row")

    def show_lines(self, lines: Sequence[TeamLine]) -> None:
        count = said("Filter {n} team", many="Filter {n} teams", count="n", n=len(lines))
        self.show_records(lines, self._words.say(count))

    def key_of(self, record: TeamLine) -> str:
        return record.id

    def searched(self, record: TeamLine) -> str:
        return f"{record.name} {record.place}"

    def rows_of(self, records: Sequence[TeamLine]) -> list[Row[TeamLine]]:
        return team_rows(self._words, records)

    def none_fits(self, text: str) -> str:
        return self._words("No team fits “{text}”").format(text=text)

    def paint_row(self, painter: QPainter, rect: QRect, row: Row[TeamLine], selected: bool) -> None:
        line = row.record
        assert line is not None
        if line.tier:
            paint_tier(painter, rect, line.tier, selected=selected)
        retired = line.ended_on is not None
        ink = "selection_ink" if selected else "ink_soft" if retired else "ink"
        painter.setPen(look().color(ink))
        count = painter.fontMetrics().horizontalAdvance("000")
        words = rect.adjusted(look().px(20), 0, -count, 0)
        painter.setFont(look().font("strong" if selected else "base"))
        name = painter.fontMetrics().elidedText(line.name, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(look().font("caption", tabular=True))
        painter.setPen(look().color("selection_ink" if selected else "ink_soft"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(line.members))


class TeamSwitch(Button):
    """The list as one field: Enter opens it, Up and Down change the team at once."""

    chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__("", kind="", size="large", caret=True)
        self._words = words
        self._lines: tuple[TeamLine, ...] = ()
        self._line: TeamLine | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: self.open_menu())

    def show_lines(self, lines: Sequence[TeamLine], chosen: str) -> None:
        self._lines = tuple(lines)
        self._line = next((line for line in lines if line.id == chosen), None)
        self.setAccessibleName(self._said())
        self.setAccessibleDescription(self._words("Enter opens the list, Up and Down change the team"))
        self.update()

    def _said(self) -> str:
        if self._line is None:
            return self._words("Choose a team")
        at = self._words("{n} of {total}").format(n=self._lines.index(self._line) + 1, total=len(self._lines))
        return f"{spoken(self._words, self._line)}, {at}"

    def step(self, by: int) -> None:
        if self._lines:
            at = self._lines.index(self._line) + by if self._line in self._lines else 0
            self.chosen.emit(self._lines[max(0, min(at, len(self._lines) - 1))].id)

    def open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self._words("Teams"))
        place = ""
        for line in self._lines:
            if line.place_id != place:
                place = line.place_id
                menu.addSeparator()
            act = menu.addAction(f"{line.name}, {line.place}".replace("&", "&&"))
            act.triggered.connect(lambda _checked=False, line=line: self.chosen.emit(line.id))
            if self._line is not None and line.id == self._line.id:
                menu.setActiveAction(act)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_menu()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        line = self._line
        if line is None:
            return
        painter = QPainter(self)
        rect = self.rect().adjusted(look().px(12), 0, -look().px(32), 0)
        if line.tier:
            paint_tier(painter, rect, line.tier)
        rect.setLeft(rect.left() + look().px(20))
        painter.setFont(look().font("strong"))
        painter.setPen(look().color("ink"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line.name)
        rect.setLeft(rect.left() + painter.fontMetrics().horizontalAdvance(line.name) + look().px(10))
        painter.setFont(look().font())
        painter.setPen(look().color("ink_soft"))
        place = f"{line.place}, {self._lines.index(line) + 1} of {len(self._lines)}"
        text = painter.fontMetrics().elidedText(place, Qt.TextElideMode.ElideRight, max(0, rect.width()))
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
