"""A text about a draft: kept while it is typed, saved on Enter, a pause and leaving; never written over while somebody types."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mtss_desktop.ui.kit.fields import Field, TextBox
from mtss_desktop.ui.kit.typed import Typed, TypingFile, text_of


class DraftText(QObject):
    """Follows one editor. ``wanted`` carries a changed text; ``saved`` and ``show_text`` come from whoever keeps it."""

    wanted = Signal(str)

    def __init__(self, editor: Field | TextBox, typing: TypingFile, parent: QWidget) -> None:
        super().__init__(parent)
        self.editor = editor
        self._seen = ""
        self._typed = Typed(editor, "", typing)
        self._typed.paused.connect(self.save)
        if isinstance(editor, Field):
            editor.editingFinished.connect(self.save)
        else:
            editor.left.connect(self.save)

    def show_text(self, key: str, text: str) -> None:
        """``key`` says what it is about: of something else, or untouched since, the new text is shown."""
        untouched = text_of(self.editor) == self._seen
        if key != self._typed.key:
            self.save()
            self._typed.flush()
            self._typed.key = key
            self._put(text)
        elif untouched and text != self._seen:
            self._put(text)
        elif not untouched:
            self._seen = text

    def _put(self, text: str) -> None:
        self._seen = text
        self.editor.blockSignals(True)
        if isinstance(self.editor, Field):
            self.editor.setText(text)
        else:
            self.editor.setPlainText(text)
        self.editor.blockSignals(False)

    def bring_back(self, text: str) -> None:
        """What an earlier evening left; saved with the next pause."""
        if isinstance(self.editor, Field):
            self.editor.setText(text)
        else:
            self.editor.setPlainText(text)

    @property
    def key(self) -> str:
        return self._typed.key

    def save(self) -> None:
        text = text_of(self.editor)
        if self._typed.key and text != self._seen and not self.editor.isReadOnly():
            self._typed.flush()
            self._typed.stop_waiting()
            self.wanted.emit(text)

    def saved(self, text: str) -> None:
        """The record holds it."""
        self._seen = text
        if text_of(self.editor) == text:
            self._typed.forget()
