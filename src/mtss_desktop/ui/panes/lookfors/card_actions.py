"""The actions of an open look-for: those that are being done for it, and the line that makes another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words, said
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fields import Field, NameCompleter
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import IconLabel, announce
from mtss_desktop.ui.kit.typed import Typed, TypingFile
from mtss_desktop.ui.panes.lookfors.showing import ActionShown
from mtss_desktop.ui.theme import look


@dataclass(frozen=True)
class ActionWish:
    """What the line for an action holds; ``due`` as typed."""

    item: str
    text: str
    owner: str
    due: str


class MadeActions(QWidget):
    """One line for each open action; ``opened`` carries the id of one that is to be seen on the board."""

    opened = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self._shown: tuple[tuple[ActionShown, ...], int] = ((), 0)
        self.buttons: list[Button] = []
        self._lines = column(spacing=look().px(2))
        self.setLayout(self._lines)
        self.hide()

    def show_actions(self, actions: Sequence[ActionShown], done: int) -> None:
        """``done`` is how many more have been done for it."""
        if (tuple(actions), done) == self._shown:
            return
        self._shown = (tuple(actions), done)
        while (item := self._lines.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self.buttons = []
        for each in actions:
            self._lines.addWidget(self._line(each))
        if done:
            told = said("{n} action for it is done.", many="{n} actions for it are done.", count="n", n=done)
            self._lines.addWidget(Prose(self._words.say(told), "caption"))
        self.setVisible(bool(actions or done))

    def _line(self, action: ActionShown) -> QWidget:
        told = f"{action.text} · {action.told}" if action.told else action.text
        shows = Button(
            self._words("Show"),
            partial(self.opened.emit, action.id),
            kind="quiet",
            size="small",
            help_text=self._words("Show “{action}” on the board of actions").format(action=action.text),
        )
        self.buttons.append(shows)
        px = look().px
        mark = column(px(6), IconLabel("ph.check-square", "ink_soft", 13), None)
        words = column(px(4), Prose(told), None)  # its first line stands beside the middle of the button
        line = row(mark, words, column(shows, None), spacing=px(6))
        line.setStretch(1, 1)
        return box(line)


class ActionLine(QWidget):
    """What, who and by when, in one line; Enter makes the action, Esc leaves."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self._item = ""
        self.text = Field(name=words("Action"), placeholder=words("What will be done"))
        self.owner = Field(name=words("Owner"), placeholder=words("Who"))
        self.due = Field(name=words("Due"), placeholder=words("12/15 or +2w"))
        self.message = Prose("", "caption", "danger")
        self.keep = Button(words("Add action"), self.submit)
        self._typed = [Typed(each, "", typing) for each in self._fields]
        self.owner.setFixedWidth(look().px(132))
        self.due.setFixedWidth(look().px(108))
        line = row(self.text, self.owner, self.due, self.keep, spacing=look().measures.space.s1)
        line.setStretch(0, 1)
        self.setLayout(column(line, self.message, spacing=look().px(4)))
        self.message.hide()
        self.hide()

    @property
    def _fields(self) -> tuple[Field, ...]:
        return self.text, self.owner, self.due

    def open(self, key: str, item: str, names: Sequence[str]) -> None:
        """``key`` is where its texts stand in the typing file."""
        self._item = item
        for typed, name in zip(self._typed, ("text", "owner", "due"), strict=True):
            typed.key = f"{key}:{name}"
        self.owner.setCompleter(NameCompleter(names, self.owner))
        self.complain("")
        self.show()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def bring_back(self, texts: dict[str, str]) -> None:
        for field, name in zip(self._fields, ("text", "owner", "due"), strict=True):
            field.setText(texts.get(name, ""))

    def submit(self) -> None:
        if not self.text.text().strip():
            self.complain(self._words("Say what will be done."))
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wanted.emit(
            ActionWish(self._item, self.text.text().strip(), self.owner.text().strip(), self.due.text().strip())
        )

    def complain(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))
        if words:
            announce(self, words)

    def empty(self) -> None:
        """The action is written."""
        for field, typed in zip(self._fields, self._typed, strict=True):
            field.clear()
            typed.forget()
        self.hide()

    def flush(self) -> None:
        for typed in self._typed:
            typed.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)
