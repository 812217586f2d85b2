"""The help page of a room: what it is for, how to do things, its keys. Opens beside the work with F1."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from mtss_desktop.base import paths
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import box, column, row, scrolling
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.theme import look

LEAST_PAGE = 240
"""Pixels at 100 % that the page keeps beside the help; with less it gives way."""


@dataclass(frozen=True)
class HelpPart:
    """A heading with sentences and keys (keys, what they do)."""

    heading: str
    text: tuple[str, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class HelpPage:
    title: str
    parts: tuple[HelpPart, ...]


def read_page(name: str) -> HelpPage:
    """``resources/help/<name>.toml``."""
    with paths.resource("help", f"{name}.toml").open("rb") as file:
        raw = tomllib.load(file)
    parts = tuple(
        HelpPart(part["heading"], tuple(part.get("text", ())), tuple((key, what) for key, what in part.get("keys", ())))
        for part in raw["part"]
    )
    return HelpPage(raw["title"], parts)


class HelpView(QWidget):
    """A column at the right of the page; Esc or F1 closes it."""

    closed = Signal()

    def __init__(self, words: Words = ENGLISH) -> None:
        super().__init__()
        self.setProperty("kind", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = words
        self._title = label("", "statement")
        self.close_button = Button("", self.hide_help, kind="quiet", icon_name="ph.x", name=words("Close help"))
        self._content = QWidget()
        self._list = QVBoxLayout(self._content)
        self.area = scrolling(self._content, words("Help"))
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        space = look().measures.space
        self.setLayout(
            column(
                row(look().px(8), self._title, None, self.close_button),
                self.area,
                spacing=space.s1,
                margins=(space.s2, look().px(20), space.s2, space.s2),
            )
        )
        self.hide()

    def share(self, room: int) -> bool:
        """Takes its column of so many pixels, or all where the page would be left with less than it can use; says whether
        the page stays."""
        column_width = min(look().measures.width.side_column_wide, look().px(360))
        stays = self.isHidden() or room - column_width >= look().px(LEAST_PAGE)
        self.setFixedWidth(column_width if stays else max(column_width, room))
        return stays

    def show_page(self, page: HelpPage, general: HelpPage) -> None:
        """The room's own page, then what works everywhere."""
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._list.setContentsMargins(look().px(8), 0, look().px(8), 0)
        self._list.setSpacing(look().px(6))
        self._title.setText(page.title)
        for part in (*page.parts, *general.parts):
            self._list.addSpacing(look().px(10))
            self._list.addWidget(label(part.heading, "heading"))
            for sentence in part.text:
                self._list.addWidget(Prose(sentence, "base", "ink"))
            if part.keys:
                self._list.addWidget(_keys(part.keys))
        self._list.addStretch(1)
        self._title.setAccessibleName(page.title)
        self.area.setAccessibleName(self._words("Help: {title}").format(title=page.title))
        self.area.verticalScrollBar().setValue(0)
        self.show()
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def hide_help(self) -> None:
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide_help()
        else:
            super().keyPressEvent(event)


def _keys(keys: tuple[tuple[str, str], ...]) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, look().px(4), 0, 0)
    grid.setHorizontalSpacing(look().px(12))
    grid.setVerticalSpacing(look().px(6))
    grid.setColumnStretch(1, 1)
    for place, (key, what) in enumerate(keys):
        grid.addWidget(label(key, "key"), place, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(Prose(what, "base", "ink"), place, 1)
    return box(grid)
