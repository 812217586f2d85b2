"""The foot that appears with the first selection: a new date for all, another owner, done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.action_board import BoardLine, moved
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fields import Choice, Field
from mtss_desktop.ui.kit.layouts import FlowLayout, box, column
from mtss_desktop.ui.kit.texts import hairline, label, set_kind
from mtss_desktop.ui.panes.plans.words import moved_words
from mtss_desktop.ui.theme import look


class DateField(Field):
    """Esc gives the focus back."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)


class MoveBar(QFrame):
    """The dates that would come stand beside the field before Enter. Nothing typed here is a record: it is an act to be."""

    move_wanted = Signal(str)
    owner_wanted = Signal(str)
    left = Signal()

    def __init__(self, words: Words, done: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "foot")
        self._words = words
        self._lines: Sequence[BoardLine] = ()
        self._today = date.min
        self.count = label("", "strong")
        self.field = DateField(name=words("New date"), placeholder=words("+1w, 12/4, fri …"))
        self.field.setFixedWidth(look().px(124))
        self.dates = label("", "soft")
        for words_beside in (self.count, self.dates):
            words_beside.setMinimumHeight(self.field.sizeHint().height())
        self.move_button = Button(words("Move dates"), self._move)
        self.owner = Choice(name=words("Owner"))
        self.owner.setFixedWidth(look().px(160))
        self.hand_button = Button(words("Hand over"), self._hand_over)
        self.done_button = Button(words("Done"), done, icon_name="ph.check")
        flow = FlowLayout(look().measures.space.s1)
        side = look().measures.space.s3
        self.setLayout(column(hairline(), box(flow), margins=(side, 0, side, look().px(8)), spacing=look().px(8)))
        for part in (
            self.count,
            self.field,
            self.dates,
            self.move_button,
            self.owner,
            self.hand_button,
            self.done_button,
        ):
            flow.addWidget(part)
        self.field.textChanged.connect(lambda _: self._say_dates())
        self.field.returnPressed.connect(self._move)
        self.field.left.connect(self.left)

    def show_lines(
        self, words: Words, lines: Sequence[BoardLine], owners: Sequence[tuple[str, str]], today: date
    ) -> None:
        """What is selected, and who may take it over."""
        self._words, self._lines, self._today = words, lines, today
        self.count.setText(words.say(said("{n} selected", n=len(lines))))
        offered = [str(self.owner.itemData(row)) for row in range(self.owner.count())]
        if offered != ["", *(key for key, _ in owners)]:
            self.owner.offer((("", words("Another owner")), *owners))
        self._say_dates()

    def _say_dates(self) -> None:
        typed = self.field.text().strip()
        moves = [moved(line, typed, self._today) for line in self._lines] if typed else []
        text, good = moved_words(self._words, moves) if moves else ("", False)
        self.dates.setText(text)
        set_kind(self.dates, "soft" if good or not text else "danger")
        self.field.show_wrong(bool(text) and not good)
        self.move_button.allow(good, self._words("Write +1w, 12/4, fri or next meeting first."))
        self.updateGeometry()

    def _move(self) -> None:
        if self.move_button.isEnabled():
            self.move_wanted.emit(self.field.text().strip())
            self.field.clear()

    def _hand_over(self) -> None:
        chosen = self.owner.value
        if chosen:
            self.owner.choose("")
            self.owner_wanted.emit(chosen)
        else:
            self.owner.setFocus(Qt.FocusReason.OtherFocusReason)
            self.owner.showPopup()
