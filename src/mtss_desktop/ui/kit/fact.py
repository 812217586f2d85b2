"""A fact edited in place: read, F2 or click, type, Enter. No edit mode and no Save.

The text is kept while it is typed and saved on Enter, a pause of one second, leaving the field and close. A refused text
stays in the field with the words that mend it; a conflict is asked in place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mtss_desktop.base.errors import Conflict, UserError
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.conflict import ConflictCard, Difference
from mtss_desktop.ui.kit.fields import Choice, TextBox
from mtss_desktop.ui.kit.layouts import box, row
from mtss_desktop.ui.kit.prose import EditableText, Prose
from mtss_desktop.ui.kit.texts import IconLabel, announce, set_kind
from mtss_desktop.ui.kit.typed import Typed, TypingFile
from mtss_desktop.ui.theme import look

Save = Callable[[str, str, Callable[[], None], Callable[[Exception], None]], None]
"""(text as it was seen, new text, call when saved, call with what went wrong)."""


class Fact(QWidget):
    """``key`` names the text in the typing file. ``choices`` makes it a choice.

    ``conflict_met`` asks the owner for the text of the others: it answers with ``show_conflict``.
    """

    conflict_met = Signal(str)
    editing_ended = Signal()
    stranded = Signal(str, str, str)
    """(key, text, what went wrong): a text that could not be saved after another record was shown."""

    def __init__(
        self,
        name: str,
        save: Save,
        typing: TypingFile,
        *,
        kind: str = "base",
        empty: str = "not set",
        hint: str = "",
        choices: Sequence[tuple[str, str]] = (),
        words: Words = ENGLISH,
    ) -> None:
        super().__init__()
        self.key = ""
        self.name, self._hint, self._words, self._choices = name, hint, words, choices
        self._save, self._typing = save, typing
        self._shown = self._value = self._seen = ""
        self._editor: TextBox | Choice | None = None
        self._typed: Typed | None = None
        self._conflict: ConflictCard | None = None
        self._closing = False
        self._waits = ""
        self.view = EditableText(name, kind=kind, empty=empty)
        self.view.clicked.connect(lambda _checked=False: self.edit())
        self._message: Prose | None = None
        self._problem: QWidget | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(4))
        layout.setDirection(QBoxLayout.Direction.TopToBottom)
        layout.addWidget(self.view)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    # -- reading ------------------------------------------------------------------------------------------------------

    def show_value(self, key: str, value: str, shown: str | None = None) -> None:
        """``value`` is what is edited, ``shown`` how it reads where that differs. Text being typed stays."""
        if key != self.key and self.editing:
            self.finish()
            if self._waits:  # somebody else's change was not asked about yet, and now this record goes
                self.stranded.emit(self.key, self.text, self._waits)
            self._drop_editor()
        self.key, self._value = key, value
        self._shown = value if shown is None else shown
        self.view.show_text(self._shown)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Other choices from now on; one that is open keeps its own."""
        self._choices = choices

    @property
    def editing(self) -> bool:
        return self._editor is not None

    @property
    def has_open_question(self) -> bool:
        return self._conflict is not None

    @property
    def text(self) -> str:
        """What is in the editor, or the value."""
        if isinstance(self._editor, TextBox):
            return self._editor.toPlainText()
        return self._editor.value if self._editor is not None else self._value

    # -- typing -------------------------------------------------------------------------------------------------------

    def edit(self, text: str | None = None) -> None:
        """Opens the editor; ``text`` is what an earlier evening left in the typing file."""
        if self._editor is not None:
            return
        self._seen, self._closing = self._value, False
        self._editor = self._make_choice() if self._choices else self._make_box(self._value if text is None else text)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, self._editor)
        QWidget.setTabOrder(self.view, self._editor)
        self._editor.show()  # at once: the next key must find it, before the layout would have shown it
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.view.hide()
        if text is not None and isinstance(self._editor, TextBox):
            self._editor.textChanged.emit()

    def _make_box(self, text: str) -> TextBox:
        box = TextBox(text, name=self.name, lines=1)
        box.setAccessibleDescription(self._hint)
        box.setPlaceholderText(self._hint)
        box.moveCursor(box.textCursor().MoveOperation.End)
        box.installEventFilter(self)
        box.left.connect(self.finish)
        self._typed = Typed(box, self.key, self._typing)
        self._typed.paused.connect(self._save_now)
        return box

    def _make_choice(self) -> Choice:
        choice = Choice(self._choices, name=self.name, chosen=self._value)
        choice.chosen_changed.connect(lambda _: self.finish())
        choice.installEventFilter(self)
        return choice

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
                event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            )
            if event.key() == Qt.Key.Key_Escape or plain_enter:
                self.finish(back=True)
                return True
        if event.type() == QEvent.Type.FocusOut and isinstance(watched, Choice) and not watched.view().isVisible():
            self.finish()
        return super().eventFilter(watched, event)

    def finish(self, *, back: bool = False) -> None:
        """Saves and closes; ``back`` brings the focus to the value again."""
        if self._editor is None or self._conflict is not None:
            return
        self._closing = True
        if self.text == self._seen:
            self._close(back=back)
        else:
            self._save_now(back=back)

    def _save_now(self, *, back: bool = False) -> None:
        if self._editor is None or self._conflict is not None or self._waits or self.text == self._seen:
            return
        if self._typed is not None:
            self._typed.flush()
            self._typed.stop_waiting()
        key, text = self.key, self.text
        self._save(
            self._seen, text, lambda: self._saved(key, text, back=back), lambda error: self._failed(key, text, error)
        )

    def _saved(self, key: str, text: str, *, back: bool) -> None:
        if key != self.key or self._editor is None:
            self._typing.forget_soon(key)  # another record is shown by now
            return
        self._seen = text
        self._complain("")
        if self.text == text and self._typed is not None:
            self._typed.forget()
        if self._closing and self.text == text:
            self._close(back=back)

    def _close(self, *, back: bool) -> None:
        if self._typed is not None:
            self._typed.forget()
        had_focus = self._editor is not None and self._editor.hasFocus()
        self._drop_editor()
        self._complain("")
        if back or had_focus:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editing_ended.emit()

    def _drop_editor(self) -> None:
        editor, self._editor, self._typed, self._waits = self._editor, None, None, ""
        self.view.show()
        if editor is not None:
            editor.removeEventFilter(self)
            editor.blockSignals(True)
            editor.hide()
            editor.deleteLater()
        self._drop_conflict()

    def cancel_wait(self) -> None:
        """Keeps the typed text in the typing file and closes without saving: the database is being closed."""
        if self._typed is not None:
            self._typed.flush()
        self._drop_editor()

    # -- trouble ------------------------------------------------------------------------------------------------------

    def _failed(self, key: str, text: str, error: Exception) -> None:
        self._closing = False
        if isinstance(error, UserError) and (key != self.key or self._editor is None):
            self.stranded.emit(key, text, str(error))
        elif isinstance(error, Conflict):
            self._waits = error.message  # one question at a time: nothing is saved until it is asked
            self.conflict_met.emit(error.message)
        elif isinstance(error, UserError):
            self._complain(str(error))
        else:
            raise error

    def _complain(self, words: str) -> None:
        if words and self._problem is None:  # made when something is wrong for the first time
            self._message = Prose("", "caption", "danger")
            self._problem = box(row(IconLabel("ph.warning", "danger", 13), self._message, spacing=look().px(6)))
            layout = self.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.addWidget(self._problem)
        if self._problem is not None and self._message is not None:
            self._message.setText(words)
            self._problem.setVisible(bool(words))
        if isinstance(self._editor, TextBox):
            set_kind(self._editor, "true" if words else "false", "wrong")
            self._editor.setAccessibleDescription(words or self._hint)
        if words:
            announce(self, words)

    def show_conflict(self, happened: str, theirs: str) -> None:
        """Asks in place. ``happened`` is the sentence, ``theirs`` the text that stands now."""
        self._waits = ""
        if self._editor is None or self._conflict is not None:
            return
        card = ConflictCard(happened, (Difference(self.name, theirs, self.text),), self._words)
        card.took_theirs.connect(lambda: self._take(theirs))
        card.kept_mine.connect(lambda: self._insist(theirs))
        self._conflict = card
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, card)
        card.show()
        last: QWidget = self._editor
        for button in card.buttons:
            QWidget.setTabOrder(last, button)
            last = button
        if self._editor.hasFocus():
            card.ask()

    def _take(self, theirs: str) -> None:
        self._value = theirs
        self._close(back=True)

    def _insist(self, theirs: str) -> None:
        self._drop_conflict()
        self._seen, self._closing = theirs, True
        self._save_now(back=True)

    def _drop_conflict(self) -> None:
        card, self._conflict = self._conflict, None
        if card is not None:
            card.hide()
            card.deleteLater()
