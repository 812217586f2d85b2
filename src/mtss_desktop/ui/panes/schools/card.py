"""The card of the chosen place under the wall, and the place's own page: the same groups, few or all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import box, column, row, scrolling
from mtss_desktop.ui.kit.lines import INSET, Lines
from mtss_desktop.ui.kit.texts import hairline
from mtss_desktop.ui.panes.schools.sections import Acts, Sections, first_stop
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.schools import SchoolPage

CARD_BELOW = 720
"""Width of the card in pixels at 100 % under which its columns stand one under another."""


class Columns(QWidget):
    """Columns of groups beside each other with a hairline between, or under each other where there is no room."""

    def __init__(self, columns: Sequence[Sequence[QWidget]], shares: Sequence[int], below: int, top: int) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        space = look().measures.space
        self._below = below
        side = space.s3 - look().px(INSET)
        self._row = row(spacing=side, margins=(side, top, side, space.s3))
        self.parts: list[QWidget] = []
        self._rules: list[QWidget] = []
        for groups, share in zip(columns, shares, strict=True):
            if self.parts:
                self._rules.append(hairline(Qt.Orientation.Vertical))
                self._row.addWidget(self._rules[-1])
            part = box(column(*groups, None, spacing=space.s2))
            self._row.addWidget(part, share)
            self.parts.append(part)
        self.setLayout(self._row)

    def come_in_at(self, stops: Sequence[QWidget | None]) -> None:
        for part, stop in zip(self.parts, stops, strict=True):
            part.setFocusProxy(stop)  # type: ignore[arg-type]  # None takes it away

    @property
    def stops(self) -> tuple[QWidget, ...]:
        return tuple(part for part in self.parts if part.focusProxy() is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < look().px(self._below)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != direction:
            self._row.setDirection(direction)
            for rule in self._rules:
                rule.setVisible(not narrow)


class SchoolCard(QWidget):
    """Three columns: teams, meetings and actions, data and calendar."""

    def __init__(self, words: Words, acts: Acts, open_page: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.sections = Sections(words, acts, brief=True, on_more=open_page)
        self.open_button = Button(words("Open school"), open_page, icon_name="ph.arrow-right")
        made = self.sections
        inset = look().px(INSET)
        opener = box(row(self.open_button, None, margins=(inset, 0, inset, 0)))
        groups = ((made.teams, opener), (made.meetings, made.actions), (made.calendar, made.data))
        self.columns = Columns(groups, (1, 1, 1), CARD_BELOW, look().measures.space.s2)
        self.area = scrolling(self.columns, words("The chosen school"))
        self.setLayout(column(hairline(), self.area))

    def show_page(self, words: Words, page: SchoolPage) -> None:
        made = self.sections
        made.show(words, page)
        name = page.place.short_name or page.place.name
        made.teams.say_heading(words("{school}: teams").format(school=name))
        self.open_button.setAccessibleName(words("Open {school}").format(school=page.place.name))
        self.columns.come_in_at(
            (
                made.teams.stop or self.open_button,
                first_stop((made.meetings, made.actions)),
                first_stop((made.calendar, made.data)),
            )
        )
        order = [
            *made.chain(made.teams),
            self.open_button,
            *made.chain(made.meetings, made.actions, made.calendar, made.data),
        ]
        for one, other in pairwise(order):
            QWidget.setTabOrder(one, other)


class SchoolPageView(QWidget):
    """The whole page of a place: what comes and what the data says at the left, calendar, teams and people at the right."""

    def __init__(self, words: Words, acts: Acts) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self.sections = made = Sections(words, acts, brief=False)
        self._left: tuple[Lines, ...] = (made.meetings, made.actions, made.data)
        self._right: tuple[Lines, ...] = (made.calendar, made.teams, made.people)
        self.columns = Columns((self._left, self._right), (3, 2), CARD_BELOW, 0)
        self.area = scrolling(self.columns, words("School"))
        self.setLayout(column(self.area))

    def show_page(self, words: Words, page: SchoolPage) -> None:
        self.sections.show(words, page)
        self.columns.come_in_at((first_stop(self._left), first_stop(self._right)))
        for one, other in pairwise(self.sections.chain(*self._left, *self._right)):
            QWidget.setTabOrder(one, other)
