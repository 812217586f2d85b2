"""Try the sample division: its passphrase stands here, and it can be made afresh at any time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import column, row
from mtss_desktop.ui.kit.progress_strip import ProgressStrip
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.kit.trouble import Trouble
from mtss_desktop.ui.theme import look


class SamplePage(QWidget):
    """``wanted`` carries True where the person starts over."""

    wanted = Signal(bool)

    def __init__(self, words: Words = ENGLISH) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        space = look().measures.space
        self._words = words
        self._there = False
        self._sure = False
        self.secret = label("", "medium")
        self.secret.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.secret.setMinimumHeight(look().line("base"))
        self.open = Button(words("Open the sample"), lambda: self.wanted.emit(False), kind="primary")
        self.afresh = Button(words("Start over"), self._start_over, kind="quiet")
        self._sentence = Prose("")
        self.trouble = Trouble()
        self.progress = ProgressStrip(words)
        self.setLayout(
            column(
                label(words("Try the sample division"), "heading"),
                space.half,
                Prose(
                    words(
                        "Ashby County is invented, and so is everyone in it. Plan a meeting, undo it, print it: nothing "
                        "you do here touches a file of your own."
                    )
                ),
                space.s2,
                label(words("Its passphrase"), "medium"),
                self.secret,
                space.half,
                self._sentence,
                space.s3,
                row(self.open, self.afresh, None, spacing=space.s1),
                space.s2,
                self.trouble,
                self.progress,
                None,
            )
        )
        self.know(there=False)

    def know(self, *, there: bool, passphrase: str = "") -> None:
        """Whether the sample was made before, and its passphrase once that is read."""
        self._there, self._sure = there, False
        if passphrase:
            self.secret.setText(passphrase)
        self.afresh.setVisible(there)
        self.afresh.say(self._words("Start over"))
        self._sentence.setText(
            self._words("It is as you left it on this computer.")
            if there
            else self._words("The first time it is put together on this computer; that takes a moment.")
        )

    def first_field(self) -> QWidget:
        return self.open

    def busy(self, busy: bool) -> None:
        reason = self._words("The sample is being opened") if busy else ""
        for button in (self.open, self.afresh):
            button.allow(not busy, reason)

    def _start_over(self) -> None:
        """The second press does it: what was tried in the sample is gone after that."""
        if not self._sure:
            self._sure = True
            self._sentence.setText(self._words("Everything you changed in the sample is gone after that."))
            self.afresh.say(self._words("Start over and forget my changes"))
            return
        self.wanted.emit(True)
