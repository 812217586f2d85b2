"""A new way of talking to others, typed in its place on the card or above the protocol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.domain.team_cards import TeamLine
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fields import Choice, Field
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.theme import look

AUDIENCE = "audience"
_DAYS = (0, 2, 5, 10, 20)


@dataclass(frozen=True)
class NewLink:
    """``from_team_id`` "" is the team of the card. ``answer_within`` in school days, 0 where nobody waits."""

    from_team_id: str
    to_team_id: str
    audience: str
    what: str
    how_often: str
    answer_within: int


class AgreeLine(QWidget):
    """A quiet button that becomes a small form; Enter adds, Esc closes and keeps what was typed."""

    wanted = Signal(object)

    def __init__(self, words: Words, *, with_sender: bool = False) -> None:
        """``with_sender`` asks also whose way it is."""
        super().__init__()
        self._words, self._with_sender = words, with_sender
        self._lines: Sequence[TeamLine] = ()
        name = words("Add a link") if with_sender else words("Add a way")
        self.button = Button(name, self.open, kind="quiet", icon_name="ph.plus")
        self.from_ = Choice()
        self.from_.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.from_.setMinimumContentsLength(16)
        self.to, self.days = Choice(), Choice([(str(n), self._answer(n)) for n in _DAYS])
        self.to.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.to.setMinimumContentsLength(16)  # long names of teams do not push the agreements aside
        self.audience, self.what = Field(), Field(placeholder=words("barriers and wins"))
        self.how_often = Field(placeholder=words("monthly"))
        self._audience_field = FormField(words("Who"), self.audience)
        self._what_field = FormField(words("What goes there"), self.what)
        self.add = Button(words("Add"), self.submit)
        self.cancel = Button(words("Cancel"), self.close_form, kind="quiet")
        space = look().measures.space
        self._form = QFrame()
        self._form.setProperty("kind", "card")
        self._form.setLayout(
            column(
                *((FormField(words("From"), self.from_),) if with_sender else ()),
                FormField(words("To"), self.to),
                self._audience_field,
                self._what_field,
                row(
                    FormField(words("How often"), self.how_often),
                    FormField(words("Answer"), self.days),
                    spacing=space.s2,
                ),
                row(self.add, self.cancel, None, spacing=space.s1),
                spacing=space.s1,
                margins=(space.s2, look().px(12), space.s2, look().px(12)),
            )
        )
        self.setLayout(column(row(self.button, None), self._form))
        if with_sender:
            self._form.setMaximumWidth(look().px(640))
        else:
            self.from_.setParent(self)
            self.from_.hide()
        self._form.hide()
        self.to.chosen_changed.connect(lambda _: self._show_audience())
        self.from_.chosen_changed.connect(lambda own: self.offer(self._lines, own))
        for field in (self.audience, self.what, self.how_often):
            field.returnPressed.connect(self.submit)

    def _answer(self, days: int) -> str:
        if not days:
            return self._words("nobody waits")
        return self._words("in {n} school days").format(n=days)

    def offer(self, lines: Sequence[TeamLine], own: str) -> None:
        """The other teams, those of the same place first, then any audience."""
        place = next((line.place_id for line in lines if line.id == own), "")
        others = sorted((line for line in lines if line.id != own), key=lambda line: line.place_id != place)
        choices = [(str(line.id), f"{line.name}, {line.place}") for line in others]
        self.to.offer(
            [*choices, (AUDIENCE, self._words("another audience"))], self.to.value if self._form.isVisible() else ""
        )
        self._show_audience()

    def offer_all(self, lines: Sequence[TeamLine]) -> None:
        """Every team as the sender, and to whom it can go from there."""
        self._lines = lines
        self.from_.offer([(str(line.id), f"{line.name}, {line.place}") for line in lines], self.from_.value)
        self.offer(lines, self.from_.value)

    def _show_audience(self) -> None:
        self._audience_field.setHidden(self.to.value != AUDIENCE)

    def open(self) -> None:
        self.button.hide()
        self._form.show()
        (self.from_ if self._with_sender else self.to).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        self._form.hide()
        self.button.show()
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        to_audience = self.to.value == AUDIENCE
        missing = to_audience and not self.audience.text().strip()
        self._audience_field.complain(self._words("Say who is told.") if missing else "")
        self._what_field.complain("" if self.what.text().strip() else self._words("Say what goes there."))
        if missing or not self.what.text().strip():
            (self.audience if missing else self.what).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        to, audience = ("", self.audience.text()) if to_audience else (self.to.value, "")
        sender = self.from_.value if self._with_sender else ""
        self.wanted.emit(NewLink(sender, to, audience, self.what.text(), self.how_often.text(), int(self.days.value)))

    def empty(self) -> None:
        """The link is written."""
        for field in (self.audience, self.what, self.how_often):
            field.clear()
        self.close_form()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._form.isVisible():
            self.close_form()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
