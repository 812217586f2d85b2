"""At the side of the evidence: bringing something in, and the piece that is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPixmap,
)
from PySide6.QtWidgets import QLabel, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.buttons import Button, CheckBox
from mtss_desktop.ui.kit.fields import Choice, Field, TextBox
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import FlowLayout, box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.statement import Number, NumberList
from mtss_desktop.ui.kit.texts import hairline, label
from mtss_desktop.ui.kit.typed import Typed, TypingFile
from mtss_desktop.ui.panes.lookfors.evidence_shown import Piece
from mtss_desktop.ui.theme import look

PICTURE = 140
"""The height of a picture in pixels at 100 %."""


class AddPanel(QWidget):
    """Three ways to bring something in for an item: a file, a link, the minutes of a meeting."""

    file_wanted = Signal(str)
    link_wanted = Signal(str, str, str)
    """(item, address, title)."""
    minutes_wanted = Signal(str, str)
    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self._item = ""
        self.title = Prose("", "heading", "ink")
        self.file = Button(words("Choose a file"), lambda: self.file_wanted.emit(self._item), icon_name="ph.paperclip")
        self.address = Field(placeholder="https://")
        self.name = Field()
        self.address_field = FormField(words("Link or folder"), self.address)
        self.keep_link = Button(words("Add the link"), self._link)
        self.meeting = Choice()
        self.keep_minutes = Button(words("Add the minutes"), self._minutes)
        self._minutes_box = box(
            column(FormField(words("Minutes of"), self.meeting), row(self.keep_minutes, None), spacing=look().px(8))
        )
        self.cancel = Button(words("Cancel"), self.left.emit, kind="quiet")
        self.help = Prose(words("Or drop a file on the item, or paste a picture with Ctrl+V."), "caption")
        space = look().measures.space
        self.setLayout(
            column(
                self.title, row(self.file, None), self.help, hairline(), self.address_field,
                FormField(words("What it is called"), self.name), row(self.keep_link, None), hairline(), self._minutes_box,
                row(self.cancel, None), None, spacing=space.s1 + look().px(4),
            )
        )  # fmt: skip

    def open(self, item: str, meetings: Sequence[tuple[str, str]]) -> None:
        self._item = item
        self.title.setText(self._words("Evidence for {item}").format(item=item))
        self.address.clear()
        self.name.clear()
        self.address_field.complain("")
        self.meeting.offer(meetings)
        self._minutes_box.setVisible(bool(meetings))
        self.file.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def item(self) -> str:
        return self._item

    def _link(self) -> None:
        address = self.address.text().strip()
        if not address:
            self.address_field.complain(self._words("Type or paste an address."))
            self.address.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.link_wanted.emit(self._item, address, self.name.text().strip())

    def _minutes(self) -> None:
        if self.meeting.value:
            self.minutes_wanted.emit(self._item, self.meeting.value)

    def complain(self, words: str) -> None:
        self.address_field.complain(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (self.address.hasFocus() or self.name.hasFocus()):
            self._link()
        else:
            super().keyPressEvent(event)


class PiecePanel(QWidget):
    """The chosen piece: what it is, where it is used, what it shows, and whether it may be printed."""

    shows_changed = Signal(str, str)
    printable_changed = Signal(str, bool)
    open_wanted = Signal(str)
    off_wanted = Signal(str, str)
    """(piece, item) to part."""
    view_wanted = Signal(str)
    replace_wanted = Signal(str)

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        self._words = words
        self.piece: Piece | None = None
        self.item = ""
        self._seen = ""
        self.title, self.of = Prose("", "heading", "ink"), label("", "caption")
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.facts = NumberList()
        self.printable = CheckBox(words("May be printed: no student is visible"))
        self.shows = TextBox(name=words("What it shows"), lines=3)
        self._typed = Typed(self.shows, "", typing)
        self.view_button = Button(words("Open"), self._view)
        self.open_button = Button(words("Open"), self._open)
        self.replace_button = Button(words("Replace"), self._replace, kind="quiet")
        self.question = Prose(
            words(
                "Nobody has said that no student is visible in it. A copy outside this database is made to look at, and taken"
                " away when the database is closed."
            ),
            "base",
            "ink",
        )
        self.view_anyway = Button(words("Open a copy"), self._view_now)
        self.not_now = Button(words("Not now"), lambda: self._ask(False), kind="quiet")
        self._question = box(
            column(self.question, row(self.view_anyway, self.not_now, None, spacing=look().px(8)), spacing=look().px(8))
        )
        self._question.hide()
        self.off = Button(words("Take off"), self._off, kind="quiet")
        px = look().px
        self._buttons = FlowLayout(px(8))
        for button in (self.view_button, self.open_button, self.replace_button, self.off):
            self._buttons.addWidget(button)
        head = row(self.title, self.of, spacing=px(8))
        head.setStretch(0, 1)
        self.setLayout(
            column(
                head, px(8), self.picture, px(4), self.facts, px(10), self.printable, px(10),
                FormField(words("What it shows"), self.shows), px(12), self._buttons, px(8), self._question, None,
            )
        )  # fmt: skip
        self.shows.left.connect(self.save)
        self._typed.paused.connect(self.save)
        self.printable.clicked.connect(self._print)

    def show_piece(self, piece: Piece, item: str, *, allowed: bool) -> None:
        another = self.piece is None or self.piece.id != piece.id
        if another:
            self.save()
            self._typed.key = f"evidence:{piece.id}:shows"
            self.picture.hide()
            self._ask(False)
        self.piece, self.item = piece, item
        self.title.setText(piece.title)
        self.of.setText(self._words("for {item}").format(item=item) if item else "")
        self.facts.show_numbers([Number(*each) for each in piece.facts])
        self.printable.setVisible(piece.is_file)
        self.printable.setChecked(piece.printable)
        self.printable.setEnabled(allowed)
        if another or (not self.shows.hasFocus() and self.shows.toPlainText() == self._seen):
            self._seen = piece.shows
            self.shows.blockSignals(True)
            self.shows.setPlainText(piece.shows)
            self.shows.blockSignals(False)
        self.shows.setReadOnly(not allowed)
        self.open_button.say(piece.opens)
        self.open_button.setVisible(bool(piece.opens))
        self.view_button.setVisible(piece.is_file)
        self.replace_button.setVisible(piece.is_file and allowed)
        self.off.setVisible(allowed)

    def show_picture(self, picture: QPixmap) -> None:
        self.picture.setPixmap(picture)
        self.picture.setVisible(not picture.isNull())
        self.picture.setAccessibleName(self.piece.title if self.piece is not None else "")

    def save(self) -> None:
        if self.piece is not None and self.shows.toPlainText() != self._seen:
            self._typed.flush()
            self._typed.stop_waiting()
            self.shows_changed.emit(self.piece.id, self.shows.toPlainText())

    def saved(self, piece: str, text: str) -> None:
        if self.piece is not None and self.piece.id == piece:
            self._seen = text
            if self.shows.toPlainText() == text:
                self._typed.forget()

    def bring_back(self, typed: dict[str, str]) -> None:
        text = typed.get(self._typed.key, "")
        if text.strip():
            self.shows.setPlainText(text)

    def _print(self, checked: bool) -> None:
        if self.piece is not None:
            self.printable_changed.emit(self.piece.id, checked)

    def _open(self) -> None:
        if self.piece is not None:
            self.open_wanted.emit(self.piece.id)

    def _view(self) -> None:
        """Looked at in another program; it asks first where a student may be visible."""
        if self.piece is not None and not self.piece.printable:
            self._ask(True)
        else:
            self._view_now()

    def _view_now(self) -> None:
        self._ask(False)
        if self.piece is not None:
            self.view_wanted.emit(self.piece.id)

    def _ask(self, asked: bool) -> None:
        self._question.setVisible(asked)
        if asked:
            self.view_anyway.setFocus(Qt.FocusReason.OtherFocusReason)

    def _replace(self) -> None:
        if self.piece is not None:
            self.replace_wanted.emit(self.piece.id)

    def _off(self) -> None:
        if self.piece is not None:
            self.off_wanted.emit(self.piece.id, self.item)
