"""A short tour: one quiet strip under the rooms, a step for each. It never takes the focus from where somebody works."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from mtss_desktop.base import paths
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.kit.pane import Room
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import announce, hairline, label
from mtss_desktop.ui.theme import look

SHARE = 0.125
"""Of the window's height, for the whole strip; beyond it the text waits until it is asked for and the strip is one low line."""


@dataclass(frozen=True)
class Step:
    """``room`` is the key of a room, ``text`` what it is for, ``act`` one thing to try there."""

    room: str
    text: str
    act: str


def read_steps() -> tuple[Step, ...]:
    """``resources/help/tour.toml``, in its order."""
    with paths.resource("help", "tour.toml").open("rb") as file:
        raw = tomllib.load(file)
    return tuple(Step(each["room"], each["text"], each["try"]) for each in raw["step"])


class Tour(QWidget):
    """``went`` carries the room a step is about, when Next or Back was pressed; ``closed`` says, once it is over,
    whether the focus was in it."""

    went = Signal(str)
    closed = Signal(bool)

    def __init__(self, rooms: Mapping[str, Room], words: Words = ENGLISH) -> None:
        super().__init__()
        self.setProperty("kind", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(words("Tour"))
        self._rooms, self._words = rooms, words
        self.steps: tuple[Step, ...] = ()
        self.at = 0
        self.is_on = False
        self._waits = False
        self._count, self._room = label("", "caption"), label("", "strong")
        self.text = Prose("", "base", "ink")
        self.unfold = Button(words("Show text"), self._turn_text, kind="quiet")
        self._text_wanted = False
        self.back = Button(words("Back"), lambda: self.turn(-1))
        self.next = Button(words("Next"), lambda: self.turn(1))
        self.close_button = Button("", self.end, kind="quiet", icon_name="ph.x", name=words("Close tour"))
        self._build()
        self.hide()
        look().changed.connect(self._fit)

    def _build(self) -> None:
        told = column(row(self._room, self._count, None, spacing=look().px(8)), self.text, spacing=look().px(2))
        self._line = row()
        self._line.addLayout(told, 1)
        for each in (self.unfold, self.back, self.next, self.close_button):
            self._line.addWidget(each, 0, Qt.AlignmentFlag.AlignVCenter)
        self._whole = column(hairline())
        self._whole.addLayout(self._line)
        self.setLayout(self._whole)
        self._fit()

    def _fit(self, *, low: bool = False) -> None:
        space = look().measures.space
        self._line.setSpacing(space.s1)
        over = look().px(2) if low else space.s1
        self._line.setContentsMargins(space.s2, over, space.s1, over)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fold()

    def fold(self) -> None:
        """Where the text would take more than its share of the window, it is shown when asked for."""
        window = self.window()
        margins, space = self._line.contentsMargins(), look().measures.space
        buttons = sum(
            each.sizeHint().width() + self._line.spacing() for each in (self.back, self.next, self.close_button)
        )
        room = self.width() - margins.left() - margins.right() - buttons
        around = self._room.sizeHint().height() + look().px(2) + 2 * space.s1
        tight = self.text.heightForWidth(max(1, room)) + around > window.height() * SHARE
        self.unfold.setVisible(tight)
        self.unfold.say(self._words("Hide text") if self._text_wanted else self._words("Show text"))
        self.text.setVisible(not tight or self._text_wanted)
        self._fit(low=tight and not self._text_wanted)

    def _turn_text(self) -> None:
        self._text_wanted = not self._text_wanted
        self.fold()

    def begin(self) -> None:
        """From the first step; room and focus stay as they are."""
        self.steps = tuple(step for step in read_steps() if step.room in self._rooms)
        if self.steps:
            self.is_on = True
            self._show(0)
            self.setVisible(not self._waits)

    def follow(self, room: str) -> None:
        """Somebody went to a room without the strip: it says what that one is for, where it knows it."""
        found = next((at for at, step in enumerate(self.steps) if step.room == room), None)
        if self.is_on and found is not None and self.steps[self.at].room != room:
            self._show(found, aloud=False)

    def wait(self, waits: bool) -> None:
        """Out of the way while a page needs all the room; back after it, at the same step."""
        self._waits = waits
        if self.isHidden() != (waits or not self.is_on):
            self.setVisible(self.is_on and not waits)

    def turn(self, by: int) -> None:
        """The next step or the one before, with its room; after the last one the tour is over."""
        if self.at + by >= len(self.steps):
            self.end()
            return
        self._show(max(0, self.at + by))
        self.went.emit(self.steps[self.at].room)
        (self.next if self.next.isEnabled() else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        if self.is_on:
            self.is_on = False
            focused = QApplication.focusWidget()
            had_focus = focused is not None and self.isAncestorOf(focused)
            self.hide()
            self.closed.emit(had_focus)

    def _show(self, at: int, *, aloud: bool = True) -> None:
        self.at, step, words = at, self.steps[at], self._words
        room = self._rooms[step.room]
        self._room.setText(words(room.name))
        count = words("Tour, step {n} of {all}, {keys}")
        self._count.setText(count.format(n=at + 1, all=len(self.steps), keys=room.shortcut))
        self.text.setText(f"{words(step.text)} {words(step.act)}")
        self.back.allow(at > 0, words("This is the first step"))
        self._text_wanted = False
        self.fold()
        self.next.say(words("Next") if at + 1 < len(self.steps) else words("Done"))
        if aloud:
            announce(self, f"{self._room.text()}. {self.text.text()}")

    @property
    def stop(self) -> QWidget:
        """Where F6 goes."""
        return self.next

    def event(self, event: QEvent) -> bool:
        """Esc belongs to the strip while the focus is in it, whatever it means to the room."""
        shortcut = event.type() == QEvent.Type.ShortcutOverride
        if shortcut and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)
