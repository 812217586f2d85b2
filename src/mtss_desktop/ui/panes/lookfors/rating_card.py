"""The open look-for: what to look for, its scale, what was seen, what stands behind it, and the action it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fields import TextBox
from mtss_desktop.ui.kit.layouts import FlowLayout, box, column, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import IconLabel, announce, label
from mtss_desktop.ui.kit.typed import Typed, TypingFile
from mtss_desktop.ui.panes.lookfors.card_actions import ActionLine, MadeActions
from mtss_desktop.ui.panes.lookfors.marks import paint_rating
from mtss_desktop.ui.panes.lookfors.scale_bar import ScaleBar
from mtss_desktop.ui.panes.lookfors.showing import Chip, Given, ItemShown, given_mark, given_words
from mtss_desktop.ui.theme import look

NUMBER, LAST = 36, 122
"""Widths in pixels at 100 %: the item's number, and last time, so that card and lines stand under each other."""


class GivenLabel(QWidget):
    """A rating as mark and word, for what was given last time."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._item: ItemShown | None = None
        self._given = Given()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._fit()
        look().changed.connect(self._fit)

    def _fit(self) -> None:
        self.setFixedSize(look().px(LAST), look().line("heading"))

    def show_given(self, item: ItemShown) -> None:
        self._item, self._given = item, item.last or Given()
        self.setVisible(item.last is not None)
        told = given_words(self._words, item, self._given)
        self.setAccessibleName(self._words("Last time: {value}").format(value=told))
        self.setToolTip(self.accessibleName())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._item is None:
            return
        painter = QPainter(self)
        area, ink = self.rect(), look().color("ink_soft")
        if not self._item.is_count:
            mark = given_mark(self._item, self._given)
            left = paint_rating(painter, area, mark, ink, applies=self._given.applies)
            area = QRect(left, area.top(), area.right() - left, area.height())
        painter.setFont(look().font())
        painter.setPen(ink)
        told = given_words(self._words, self._item, self._given)
        shown = painter.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class RatingCard(QFrame):
    """``picked`` carries a key of the scale, ``noted`` (item, text), ``left`` asks for the keys of the list again."""

    picked = Signal(str)
    noted = Signal(str, str)
    left = Signal()
    resized = Signal()
    action_wanted = Signal(object)
    acting = Signal()
    evidence_wanted = Signal()
    chip_opened = Signal(str)
    action_opened = Signal(str)

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._words, self._typing = words, typing
        self.item: ItemShown | None = None
        self._key = ""
        self._seen = ""
        self.number = label("", "faint")
        self.label = Prose("", "heading", "ink")
        self.hint = Prose("", "base", "ink_soft")
        self.last = GivenLabel(words)
        self.scale = ScaleBar(words)
        self.values = label("", "medium")
        self.values_help = Prose("", "caption")
        self.message = Prose("", "base", "danger")
        self.warning = box(row(IconLabel("ph.warning", "danger", 13), self.message, spacing=look().px(6)))
        self.note = TextBox(name=words("What was seen"), lines=2)
        self.note.setPlaceholderText(words("What was seen, in your words"))
        self._typed = Typed(self.note, "", typing)
        self.add = Button(words("Add evidence"), self.evidence_wanted.emit, kind="quiet", icon_name="ph.plus")
        self.act = Button(words("Make an action"), self.acting.emit, icon_name="ph.check-square")
        self.action = ActionLine(words, typing)
        self.made = MadeActions(words)
        self._chips: list[Button] = []
        self._build()
        self._connect()

    def _build(self) -> None:
        px = look().px
        self.number.setFixedWidth(px(NUMBER))
        self.number.setFixedHeight(look().line("heading"))
        head = row(self.label, self.last, spacing=px(12))
        head.setStretch(0, 1)
        head.setAlignment(self.last, Qt.AlignmentFlag.AlignTop)
        self._many = box(column(self.values, self.values_help, spacing=px(2)))
        self._behind = FlowLayout(look().measures.space.s1)
        self._behind.addWidget(self.add)
        behind = QWidget()
        behind.setProperty("kind", "clear")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        behind.setSizePolicy(policy)
        behind.setLayout(self._behind)
        self._behind_box = behind
        foot = row(behind, self.act, spacing=px(12))
        foot.setStretch(0, 1)
        inside = column(
            head, self.hint, self.warning, row(self.scale, None), self._many, self.note, self.made, foot, self.action,
            spacing=px(8),
        )  # fmt: skip
        whole = row(self.number, spacing=0, margins=(px(13), px(12), px(14), px(10)))
        whole.setAlignment(self.number, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(inside, 1)
        self.setLayout(whole)
        self.warning.hide()
        self.made.hide()

    def _connect(self) -> None:
        self.scale.picked.connect(self.picked)
        self.scale.left.connect(self.left)
        self.note.installEventFilter(self)
        self.note.left.connect(self.save_note)
        self.note.textChanged.connect(self._note_grew)
        self._typed.paused.connect(self.save_note)
        self.action.wanted.connect(self.action_wanted)
        self.action.left.connect(self._action_left)
        self.made.opened.connect(self.action_opened)

    # -- content ------------------------------------------------------------------------------------------------------

    def show_item(self, item: ItemShown, key: str, *, why_not: str = "", can_act: bool = True) -> None:
        """``key`` is where its texts stand in the typing file; a note being typed stays."""
        words, another = self._words, self.item is None or key != self._key
        if another and self.item is not None:
            self.save_note()
            self.action.flush()
            self.action.hide()
        self.item, self._key = item, key
        self.number.setText(item.number)
        self.label.setText(item.label or words("Item {number}").format(number=item.number))
        told = [words("Look for: {hint}").format(hint=item.hint)] if item.hint else []
        told += [words("Seen in: {where}").format(where=item.where)] if item.where else []
        self.hint.setText(" · ".join(told))
        self.hint.setVisible(bool(told))
        self.last.show_given(item)
        self._show_scale(item, why_not)
        if another:
            self._typed.key = f"{key}:note"
            self._put_note(item.note)
            self.complain("")
        elif not self.note.hasFocus() and self._seen == self.note.toPlainText() and item.note != self._seen:
            self._put_note(item.note)  # undone, or written elsewhere
        self.note.setReadOnly(bool(why_not))
        self._show_behind(item.chips)
        self.act.setVisible(can_act)
        self.made.show_actions(item.actions, item.done)

    def _put_note(self, text: str) -> None:
        self._seen = text
        self.note.blockSignals(True)
        self.note.setPlainText(text)
        self.note.blockSignals(False)

    def _show_scale(self, item: ItemShown, why_not: str) -> None:
        words = self._words
        several = item.takes_many or item.is_count
        self.scale.setVisible(not item.is_count)
        self.scale.show_scale(item.scale, item.today if not several or not item.today.applies else Given(), item.label)
        self.scale.setEnabled(not why_not)
        self._many.setVisible(several)
        if several:
            told = given_words(words, item, item.today, counted=item.counted)
            self.values.setText(told)
            self.values_help.setText(
                words("Type the number; Backspace takes the last digit back, Down goes on.")
                if item.is_count
                else words("One number for each; Backspace takes the last one back, Down goes on.")
            )

    def _show_behind(self, chips: Sequence[Chip]) -> None:
        for gone in self._chips:
            self._behind.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._behind.removeWidget(self.add)
        self._chips = []
        for chip in chips:
            made = Button(chip.title, partial(self.chip_opened.emit, chip.id), kind="chip", icon_name=chip.icon)
            self._behind.addWidget(made)
            made.show()
            self._chips.append(made)
        self._behind.addWidget(self.add)
        self._behind.invalidate()

    def offer_evidence(self, offered: bool) -> None:
        """Where nothing can be added here nothing is offered."""
        self.add.setVisible(offered)

    def height_for(self, width: int) -> int:
        """Height of the card in a column of ``width`` pixels."""
        layout = self.layout()
        assert layout is not None
        return layout.totalHeightForWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.resized.emit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.resized.emit()
        return done

    def complain(self, words: str) -> None:
        """What cannot be, and what to do; "" takes it back."""
        self.message.setText(words)
        self.warning.setVisible(bool(words))
        if words:
            announce(self, words)

    # -- the note -----------------------------------------------------------------------------------------------------

    def write(self) -> None:
        """The cursor goes into the note."""
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)
        self.note.moveCursor(self.note.textCursor().MoveOperation.End)

    def bring_back(self, texts: dict[str, str]) -> None:
        """What an earlier evening left, by field; the note is saved with the next pause."""
        if "note" in texts:
            self.note.setPlainText(texts["note"])
        action = {name.removeprefix("action:"): text for name, text in texts.items() if name.startswith("action:")}
        if any(text.strip() for text in action.values()):
            self.acting.emit()
            self.action.bring_back(action)

    def _note_grew(self) -> None:
        self.resized.emit()

    def save_note(self) -> None:
        if self.item is None or self.note.isReadOnly() or self.note.toPlainText() == self._seen:
            return
        self._typed.flush()
        self._typed.stop_waiting()
        self.noted.emit(self.item.number, self.note.toPlainText())

    def note_saved(self, item: str, text: str) -> None:
        """The record holds it."""
        if self.item is not None and self.item.number == item:
            self._seen = text
            if self.note.toPlainText() == text:
                self._typed.forget()

    def open_action(self, names: Sequence[str]) -> None:
        assert self.item is not None
        self.action.open(f"{self._key}:action", self.item.number, names)
        self.resized.emit()

    def _action_left(self) -> None:
        self.resized.emit()
        self.left.emit()

    def action_made(self) -> None:
        self.action.empty()
        self._action_left()

    def leave(self) -> None:
        self.save_note()
        self.action.flush()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.save_note()
            self.left.emit()
            return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
