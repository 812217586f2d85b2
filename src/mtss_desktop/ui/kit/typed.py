"""What is being typed is kept at once: every text editor of the program stands under one of these, and so does what is
chosen beside a text in a form."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from mtss_desktop.ui.kit.fields import Choice

KEEP_AFTER = 40
"""Milliseconds from a key to the writing of the whole text; the promise is 100."""
PAUSE = 1000
"""Milliseconds without a key after which the record itself is saved."""


class TypingFile(Protocol):
    """The part of the workspace that keeps typed text, by key, latest wins; neither call waits."""

    def keep_soon(self, key: str, text: str) -> None: ...

    def forget_soon(self, key: str) -> None: ...


class NoTypingFile:
    """Where nothing can be written nothing is kept: a file open for reading only has no editors that save."""

    def keep_soon(self, key: str, text: str) -> None:
        """Nothing is kept."""

    def forget_soon(self, key: str) -> None:
        """Nothing was kept."""


Editor = QLineEdit | QPlainTextEdit


def text_of(editor: Editor | Choice) -> str:
    """What was typed, or the value that is chosen."""
    if isinstance(editor, Choice):
        return editor.value
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


def put_text(editor: Editor | Choice, text: str) -> None:
    if isinstance(editor, Choice):
        editor.wish(text)
    elif isinstance(editor, QLineEdit):
        editor.setText(text)
    else:
        editor.setPlainText(text)


def typed_fields(widget: QWidget) -> list[Editor]:
    """Its editors in which text stands; not the editor inside a number field or a choice."""
    editors: tuple[Editor, ...] = (*widget.findChildren(QLineEdit), *widget.findChildren(QPlainTextEdit))
    return [
        each
        for each in editors
        if text_of(each)
        and not each.isReadOnly()
        and each.isVisibleTo(widget)
        and not isinstance(each.parentWidget(), QAbstractSpinBox | QComboBox)
    ]


def typed_in(widget: QWidget) -> bool:
    """Whether text stands in an editor of it."""
    return bool(typed_fields(widget))


class Typed(QObject):
    """Follows one editor or choice; what the program itself chooses is not kept.

    ``paused`` comes a second after the last key; ``forget`` once the record holds the text."""

    paused = Signal()

    def __init__(self, editor: Editor | Choice, key: str, typing: TypingFile) -> None:
        super().__init__(editor)
        self._editor, self.key, self._typing = editor, key, typing
        self._kept = False
        self._soon = _timer(self, KEEP_AFTER, self._keep)
        self._pause = _timer(self, PAUSE, self.paused.emit)
        (editor.chosen_changed if isinstance(editor, Choice) else editor.textChanged).connect(self._changed)

    def _changed(self, *_: object) -> None:
        if not self._soon.isActive():  # not started again: a fast typist must not put the first writing off
            self._soon.start()
        self._pause.start()

    def _keep(self) -> None:
        self._kept = True
        self._typing.keep_soon(self.key, text_of(self._editor))

    def flush(self) -> None:
        """Keeps now what would be kept in a moment."""
        if self._soon.isActive():
            self._soon.stop()
            self._keep()

    def forget(self) -> None:
        """The record holds the text: the typing file need not."""
        self._soon.stop()
        self._pause.stop()
        if self._kept:
            self._kept = False
            self._typing.forget_soon(self.key)

    def serve(self, key: str) -> None:
        """The editor serves another record from here on; what was kept of the one before stays kept."""
        self.flush()
        self._pause.stop()
        self.key, self._kept = key, False

    def take_up(self, text: str) -> None:
        """A text that is in the typing file already stands in the editor again."""
        self._kept = True
        put_text(self._editor, text)

    def stop_waiting(self) -> None:
        """No saving by pause: it is being saved, or a question is open."""
        self._pause.stop()


def _timer(parent: QObject, milliseconds: int, then: object) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(then)
    return timer
