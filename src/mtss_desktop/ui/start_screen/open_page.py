"""Open what I have: a file used before, another file, or a server; then its passphrase or its recovery sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.fields import Field
from mtss_desktop.ui.kit.form import FormField
from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.kit.progress_strip import ProgressStrip
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.kit.trouble import Act, Trouble
from mtss_desktop.ui.start_screen.doors import GoodBackup, Request, Way, local_now
from mtss_desktop.ui.start_screen.own_page import Advice, Passphrases
from mtss_desktop.ui.start_screen.secret import PassphraseField, keyboard_layout
from mtss_desktop.ui.theme import look


class FilesPage(QWidget):
    """``picked`` carries a path or a server's address."""

    picked = Signal(str)
    wants_other = Signal()

    def __init__(self, words: Words = ENGLISH) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        space = look().measures.space
        self._words = words
        self.files: list[Button] = []
        self._list = column(spacing=0)
        self.other = Button(words("Choose a file"), self.wants_other.emit, icon_name="ph.folder")
        self.address = Field(placeholder="postgresql://name@server/mtss")
        self.address_field = FormField(
            words("A server"), self.address, help_text=words("The address your division gave you.")
        )
        self.go_there = Button(words("Open"), self._open_server)
        self.address.returnPressed.connect(self._open_server)
        self.trouble = Trouble()
        self.setLayout(
            column(
                label(words("Open what I have"), "heading"),
                space.s1,
                self._list,
                space.s1,
                row(self.other, None),
                space.s3,
                self.address_field,
                space.s1,
                row(self.go_there, None),
                space.s2,
                self.trouble,
                None,
            )
        )

    def show_files(self, files: Sequence[str]) -> None:
        """Recent files, newest first. Missing ones stay: a stick may not be plugged in."""
        for button in self.files:
            self._list.removeWidget(button)
            button.deleteLater()
        self.files = [self._button(file) for file in files]
        for button in self.files:
            self._list.addWidget(button)

    def _button(self, file: str) -> Button:
        path = Path(file)
        made = Button(path.name, lambda: self.picked.emit(file), kind="quiet", icon_name="ph.file")
        made.setAccessibleDescription(str(path.parent))
        made.setToolTip(str(path))
        return made

    def first_field(self) -> QWidget:
        return self.files[0] if self.files else self.other

    def _open_server(self) -> None:
        if self.address.text().strip():
            self.picked.emit(self.address.text().strip())
        else:
            self.address_field.complain(self._words("Type the server's address first."))
            self.address.setFocus(Qt.FocusReason.OtherFocusReason)


class UnlockPage(QWidget):
    """One file: its passphrase, or the groups of its recovery sheet and then a new passphrase.

    ``wanted`` carries a ``Request``, ``renewed`` a ``Request`` and the new passphrase, ``restore_wanted`` a ``Request`` and a path.
    """

    wanted = Signal(object)
    renewed = Signal(object, str)
    restore_wanted = Signal(object, object)
    wants_another = Signal()

    def __init__(self, advice: Advice, words: Words = ENGLISH) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        space = look().measures.space
        self._words = words
        self._place = ""
        self._last: Request | None = None
        self.heading = label("", "heading")
        self.sentence = Prose("")
        self.secret = PassphraseField()
        self.secret_field = FormField(words("Passphrase"), self.secret)
        self.recovery = Field()
        self.recovery_field = FormField(
            words("Recovery key"), self.recovery, help_text=words("14 groups; spaces and capitals do not matter.")
        )
        self.new = Passphrases(advice, words)
        self.open = Button(words("Open"), self._open, kind="primary")
        self.other_way = Button("", self._turn, kind="quiet")
        self.another = Button(words("Another file"), self.wants_another.emit, kind="quiet")
        self.trouble = Trouble()
        self.progress = ProgressStrip(words)
        self.secret.returnPressed.connect(self._open)
        self.recovery.returnPressed.connect(self._open)
        self.new.again.returnPressed.connect(self._open)
        self.secret.caps_changed.connect(lambda _: self._say_caps())
        self.setLayout(
            column(
                self.heading,
                self.sentence,
                space.s2,
                self.secret_field,
                self.recovery_field,
                self.new,
                space.s2,
                row(self.open, self.other_way, None, spacing=space.s1),
                space.s1,
                row(self.another, None),
                space.s1,
                self.trouble,
                self.progress,
                None,
            )
        )
        self._show("secret")

    # -- which file ---------------------------------------------------------------------------------------------------------

    def ask_for(self, place: str, *, locked_at: datetime | None = None, today: date | None = None) -> None:
        """A file's page, empty."""
        self._place = place
        self.forget()
        self.heading.setText(self._words("Open {file}").format(file=Path(place).name))
        self.sentence.setText(self._about(Path(place), locked_at, today or local_now().date()))
        self.trouble.clear()
        self.secret_field.complain("")
        self.recovery_field.complain("")
        self._show("secret")

    def forget(self) -> None:
        """No secret stays in a page that is not looked at."""
        self._last = None
        for each in (self.secret, self.recovery, self.new.first, self.new.again):
            each.clear()

    def _about(self, path: Path, locked_at: datetime | None, today: date) -> str:
        if locked_at is not None:
            return self._words("Locked at {time}. What was being typed is kept.").format(
                time=self._words.time(locked_at.time())
            )
        try:
            changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone()
        except OSError:
            return self._words("It is not where it was. Is a stick or a drive missing?")
        days = (today - changed.date()).days
        when = self._words.ago(changed.date(), today) if 0 <= days < 2 else self._words.day(changed.date())
        return self._words("Last changed {day}, {time}.").format(day=when, time=self._words.time(changed.time()))

    @property
    def place(self) -> str:
        return self._place

    def first_field(self) -> QWidget:
        return {"secret": self.secret, "recovery": self.recovery, "new": self.new.first}[self._way]

    # -- which way ----------------------------------------------------------------------------------------------------------

    def _show(self, way: str) -> None:
        """``way`` is secret, recovery or new (the passphrase after a recovery)."""
        self._way = way
        self.secret_field.setVisible(way == "secret")
        self.recovery_field.setVisible(way == "recovery")
        self.new.setVisible(way == "new")
        self.other_way.setVisible(way != "new")
        words = self._words
        self.other_way.say(words("Use the passphrase") if way == "recovery" else words("I have a recovery sheet"))
        self.open.say(
            words("Set it and open") if way == "new" else words("Next") if way == "recovery" else words("Open")
        )

    def _turn(self) -> None:
        self.trouble.clear()
        self._show("secret" if self._way == "recovery" else "recovery")
        self.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_new_passphrase(self) -> None:
        """The recovery key fits: the file gets a passphrase that is known again."""
        self.sentence.setText(
            self._words("The recovery key fits. Give the file a new passphrase; a new sheet belongs to it.")
        )
        self._show("new")
        self.new.first.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- opening ------------------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        if self._way == "new":
            lacking = self.new.problem()
            if lacking is not None:
                lacking.setFocus(Qt.FocusReason.OtherFocusReason)
            elif self._last is not None:
                self.trouble.clear()
                self.renewed.emit(self._last, self.new.value)
            return
        self._ask(self._typed())

    def _typed(self) -> Request:
        if self._way == "recovery":
            return Request(self._place, recovery=self.recovery.text())
        return Request(self._place, passphrase=self.secret.text())

    def _ask(self, request: Request) -> None:
        self._last = request
        self.trouble.clear()
        self.wanted.emit(request)

    def busy(self, busy: bool) -> None:
        self.open.allow(not busy, self._words("The file is being opened") if busy else "")

    # -- refused ------------------------------------------------------------------------------------------------------------

    def refused(self, way: Way) -> None:
        """Says why and what can be done; the focus stays and the typed text is selected, so that typing replaces it."""
        if way.kind in ("wrong key", "other") and self._way == "recovery":
            self.recovery_field.complain(f"{way.message} {way.hint}".strip())
        elif way.kind == "wrong key":
            self.secret_field.complain(self._wrong_passphrase())
        else:
            self.trouble.say(f"{way.message} {way.hint}".strip(), self._ways_out(way), reader=self.first_field())
        field = self.first_field()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(field, Field):
            field.selectAll()

    def _wrong_passphrase(self) -> str:
        parts = [self._words("This passphrase does not open the file.")]
        if self.secret.caps_lock:
            parts.append(self._words("Caps Lock is on."))
        layout = keyboard_layout()
        if layout:
            parts.append(self._words("The keyboard types {language}.").format(language=layout))
        parts.append(self._words("The file itself is undamaged."))
        return " ".join(parts)

    def _say_caps(self) -> None:
        """Said before it does harm; a wrong passphrase's message is kept up to date."""
        if self.secret_field.is_wrong:
            self.secret_field.complain(self._wrong_passphrase())
        else:
            self.secret_field.advise(self._words("Caps Lock is on.") if self.secret.caps_lock else "")

    def _ways_out(self, way: Way) -> list[Act]:
        if way.kind != "in use" or self._last is None:
            return []
        last = self._last
        acts: list[Act] = [(self._words("Open for reading"), lambda: self._ask(replace(last, read_only=True)))]
        if way.may_take_over:
            acts.append((self._words("Take over"), lambda: self._ask(replace(last, take_over=True))))
        return acts

    def offer_backup(self, found: GoodBackup | None, way: Way) -> None:
        """A damaged file: the newest backup that is whole, or that there is none."""
        if found is None or self._last is None:
            self.trouble.say(f"{way.message} {way.hint}".strip(), reader=self.first_field())
            return
        last, made = self._last, found.made_at.astimezone()
        when = self._words("{day}, {time}").format(day=self._words.day(made.date()), time=self._words.time(made.time()))
        self.trouble.say(
            self._words("{what} The newest whole backup is of {when}. The damaged file is kept beside it.").format(
                what=way.message, when=when
            ),
            [
                (
                    self._words("Restore the backup of {when}").format(when=when),
                    lambda: self.restore_wanted.emit(last, found.path),
                )
            ],
            reader=self.first_field(),
        )
