"""The card of the chosen place under the wall, and the place's own page: the same groups, few or all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import column, row, scrolling
from mtss_desktop.ui.kit.line import INSET
from mtss_desktop.ui.kit.lines import LineColumn, tab_through
from mtss_desktop.ui.kit.texts import hairline
from mtss_desktop.ui.panes.schools.sections import Acts, Sections
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.schools import SchoolPage

CARD_BELOW = 720
"""Width of the card in pixels at 100 % under which its columns stand one under another."""


class Columns(QWidget):
    """Columns beside each other with a hairline between, or under each other where there is no room."""

    def __init__(self, parts: Sequence[LineColumn], shares: Sequence[int], top: int) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        space = look().measures.space
        side = space.s3 - look().px(INSET)
        self._row = row(spacing=side, margins=(side, top, side, space.s3))
        self.parts = tuple(parts)
        self._rules: list[QWidget] = []
        for number, (part, share) in enumerate(zip(parts, shares, strict=True)):
            if number:
                self._rules.append(hairline(Qt.Orientation.Vertical))
                self._row.addWidget(self._rules[-1])
            self._row.addWidget(part, share)
        self.setLayout(self._row)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        return tuple(part for part in self.parts if part.stop is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < look().px(CARD_BELOW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != direction:
            self._row.setDirection(direction)
            for rule in self._rules:
                rule.setVisible(not narrow)


class SchoolCard(QWidget):
    """Three columns: teams, meetings and actions, calendar and data."""

    def __init__(self, words: Words, acts: Acts, open_page: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.sections = made = Sections(words, acts, brief=True, on_more=open_page)
        self.open_button = Button(words("Open school"), open_page, icon_name="ph.arrow-right")
        gap, inset = look().measures.space.s2, look().px(INSET)
        opener = row(self.open_button, None, margins=(inset, 0, inset, 0))
        parts = (
            LineColumn(made.teams, foot=opener, last=self.open_button, spacing=gap),
            LineColumn(made.meetings, made.actions, spacing=gap),
            LineColumn(made.calendar, made.fidelity, made.data, spacing=gap),
        )
        self.columns = Columns(parts, (1, 1, 1), gap)
        self.area = scrolling(self.columns, words("The chosen school"))
        self.setLayout(column(hairline(), self.area))

    def show_page(self, words: Words, page: SchoolPage) -> None:
        self.sections.show(words, page)
        name = page.place.short_name or page.place.name
        self.sections.teams.say_heading(words("{school}: teams").format(school=name))
        self.open_button.setAccessibleName(words("Open {school}").format(school=page.place.name))
        tab_through(self.columns.parts)


class SchoolPageView(QWidget):
    """The whole page of a place: what comes and what the data says at the left, calendar, teams and people at the right."""

    def __init__(self, words: Words, acts: Acts) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.sections = made = Sections(words, acts, brief=False)
        right = (group for group in (made.calendar, made.teams, made.people) if group is not None)
        gap = look().measures.space.s2
        parts = (
            LineColumn(made.meetings, made.actions, made.fidelity, made.data, spacing=gap),
            LineColumn(*right, spacing=gap),
        )
        self.columns = Columns(parts, (3, 2), 0)
        self.area = scrolling(self.columns, words("School"))
        self.setLayout(column(self.area))

    def show_page(self, words: Words, page: SchoolPage) -> None:
        self.sections.show(words, page)
        tab_through(self.columns.parts)
