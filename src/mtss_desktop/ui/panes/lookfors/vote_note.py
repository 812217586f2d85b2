"""What was seen of the item on the table, typed while the team talks."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.fields import Field
from mtss_desktop.ui.kit.typed import Typed, TypingFile


class VoteNote(Field):
    """Told when it is left and after a pause, in the typing file at once."""

    noted = Signal(str, str)
    """(item, text)"""

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__(name=words("What was seen"), placeholder=words("What was seen, in your words"))
        self._typed = Typed(self, "", typing)
        self._typed.paused.connect(self.save)
        self._item = self._key = self._seen = ""
        self._closed = True

    def open(self, vote_id: str, item: str, text: str) -> None:
        """Another item's note; the one before is saved."""
        self.save()
        self._item, self._key = item, f"vote:{vote_id}:{item}:note"
        self._typed.key = self._key
        self._put(text)

    def follow(self, text: str) -> None:
        """What the database has of it; a note being typed stays."""
        if not self.hasFocus() and self.text() == self._seen:
            self._put(text)

    def allow(self, can_write: bool) -> None:
        self._closed = not can_write

    def save(self) -> None:
        if self._item and not self._closed and self.text() != self._seen:
            self._typed.flush()
            self.noted.emit(self._item, self.text())

    def saved(self, item: str, text: str) -> None:
        """It is in the database."""
        if item == self._item:
            self._seen = text
            if self.text() == text:
                self._typed.forget()

    def take(self) -> str:
        """The note as it goes along with what is agreed; nothing of it waits any more."""
        self._seen = self.text()
        self._typed.forget()
        return self.text().strip()

    def bring_back(self, typed: Mapping[str, str]) -> None:
        text = typed.get(self._key, "")
        if text and not self.text().strip():
            self.setText(text)

    def _put(self, text: str) -> None:
        self._seen = text
        self.blockSignals(True)
        self.setText(text)
        self.blockSignals(False)
