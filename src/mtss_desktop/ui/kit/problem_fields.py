"""The fields of a problem that is made: a title, a tag for the minutes, and the six parts of a precise statement."""

from __future__ import annotations

from PySide6.QtCore import Qt

from mtss_desktop.base.words import Words
from mtss_desktop.domain.problems import PRECISE_PARTS
from mtss_desktop.ui.kit.fields import Field
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.typed import TypingFile
from mtss_desktop.ui.kit.unsaved import Unsaved

PARTS = {
    "what": "What happens",
    "where": "Where",
    "when": "When",
    "who": "Who",
    "how_often": "How often",
    "why": "Because",
}


class ProblemFields:
    """Kept in the typing file under ``key``; ``lines`` are the labeled fields from the title down."""

    def __init__(self, words: Words, typing: TypingFile, key: str) -> None:
        self._words = words
        self.fields = {name: Field() for name in ("title", "tag", *PRECISE_PARTS)}
        self.unsaved = Unsaved(self.fields, typing, key)
        self.title = FormField(words("Title"), self.fields["title"])
        self.tag = FormField(words("Short word"), self.fields["tag"], help_text=words("What minutes call it after #."))
        self.lines = (
            self.title,
            self.tag,
            *(FormField(words(PARTS[part]), self.fields[part]) for part in PRECISE_PARTS),
        )

    def open(self) -> None:
        """The cursor in the title, and nothing to complain of yet."""
        self.title.complain("")
        self.tag.complain("")
        self.fields["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def texts(self) -> dict[str, str] | None:
        """What was typed by field; None without a title, and the field says so."""
        if not self.fields["title"].text().strip():
            self.title.complain(self._words("Give the problem a title."))
            self.fields["title"].setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return {name: field.text() for name, field in self.fields.items()}

    def done(self) -> None:
        """The problem is written: the fields are empty again."""
        self.unsaved.done()

    def flush(self) -> None:
        self.unsaved.flush()
