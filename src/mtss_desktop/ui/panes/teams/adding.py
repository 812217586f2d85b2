"""Forms of the room that stand in the page: a new team, and a new way of talking to others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fields import Choice, Field, NameCompleter, TextBox
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import beside_nothing, column, row
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.kit.typed import Typed, TypingFile
from mtss_desktop.ui.panes.teams.words import tier_word
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases.places import Place


@dataclass(frozen=True)
class NewTeam:
    """What the form holds."""

    place_id: str
    name: str
    tier: int
    purpose: str
    members: str


class NewTeamForm(QWidget):
    """``wanted`` carries a ``NewTeam``, ``left`` comes with *Cancel* or Esc: what was typed waits for the next time."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, words: Words, typing: TypingFile) -> None:
        super().__init__()
        self._words = words
        self.name = Field()
        self.place = Choice()
        self.tier = Choice([(str(tier), tier_word(words, tier)) for tier in range(4)])
        self.purpose, self.members = TextBox(lines=2), TextBox(lines=4)
        self.name_field = FormField(words("Team name"), self.name)
        self.message = FormField(words("Place"), self.place)
        self.add = Button(words("Add team"), self.submit, kind="primary", icon_name="ph.plus")
        self.cancel = Button(words("Cancel"), self.left.emit, size="large")
        self._typed = {key: Typed(field, f"team:new:{key}", typing) for key, field in self._fields.items()}
        space = look().measures.space
        both = row(self.message, FormField(words("Leads"), self.tier), spacing=space.s2)
        form = column(
            label(words("New team"), "statement"),
            self.name_field,
            both,
            FormField(words("Purpose"), self.purpose, help_text=words("What would be missing without this team.")),
            FormField(
                words("Members, one a line"),
                self.members,
                help_text=words("Names you know are found without accents; new ones are added to the place."),
            ),
            row(self.add, self.cancel, None, spacing=look().px(12)),
            None,
            spacing=space.s2,
        )
        self._whole = beside_nothing(form, (0, 0, 0, 0))
        self.setLayout(self._whole)
        self.stand(alone=False)
        self.name.returnPressed.connect(self.submit)

    @property
    def _fields(self) -> dict[str, Field | TextBox | Choice]:
        texts: dict[str, Field | TextBox | Choice] = {"name": self.name, "purpose": self.purpose}
        return texts | {"members": self.members, "place": self.place, "tier": self.tier}

    def stand(self, *, alone: bool) -> None:
        """Beside the list, or alone on the page edge and as wide as the page."""
        space = look().measures.space
        self._whole.setContentsMargins(space.s3 if alone else space.s4, look().px(4), space.s3, space.s3)
        self._whole.setStretch(1, 0 if alone else 1)

    def open(self, places: Sequence[Place], place_id: str) -> None:
        """``place_id`` is offered first."""
        kept = self.place.value or place_id
        self.place.offer([(place.id, place.name) for place in places], kept)
        self.complain("")
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def bring_back(self, typed: dict[str, str]) -> bool:
        """Texts and choices of an earlier evening, by field; True where there was a text: a choice alone opens no form."""
        mine = {key: text for key, text in typed.items() if key in self._typed}
        for key, text in mine.items():
            self._typed[key].take_up(text)
        return any(text and not isinstance(self._fields[key], Choice) for key, text in mine.items())

    def submit(self) -> None:
        if not self.name.text().strip():
            self.complain(self._words("Give the team a name."))
            return
        self.wanted.emit(
            NewTeam(
                self.place.value,
                self.name.text(),
                int(self.tier.value),
                self.purpose.toPlainText(),
                self.members.toPlainText(),
            )
        )

    def complain(self, words: str) -> None:
        self.name_field.complain(words)
        if words:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def empty(self) -> None:
        """The team is written: the form starts anew."""
        self.name.clear()
        self.purpose.clear()
        self.members.clear()
        for typed in self._typed.values():
            typed.forget()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)


class JoinLine(QWidget):
    """A quiet button that becomes a field for a name; Enter adds and waits for the next name, Esc closes."""

    wanted = Signal(str)

    def __init__(self, words: Words, names: Callable[[], Sequence[str]]) -> None:
        super().__init__()
        self._names = names
        self.button = Button(words("Add a member"), self.open, kind="quiet", icon_name="ph.plus")
        self.field = Field(name=words("Name of the new member"), placeholder=words("First and last name"))
        self.field.setMinimumWidth(look().px(240))
        self.field.returnPressed.connect(self._add)
        self.field.hide()
        self.setLayout(row(self.button, self.field))

    def open(self) -> None:
        self.field.setCompleter(NameCompleter(self._names(), self.field))
        self.button.hide()
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_field(self) -> None:
        self.field.clear()
        self.field.hide()
        self.button.show()
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self) -> None:
        name = self.field.text().strip()
        if name:
            self.field.clear()
            self.wanted.emit(name)
        else:
            self.close_field()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.field.isVisible():
            self.close_field()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
