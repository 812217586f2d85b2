"""The step after a new file: its recovery sheet. It can be put off, but not passed over in silence."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import box, column, row
from mtss_desktop.ui.kit.progress_strip import ProgressStrip
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import announce, label
from mtss_desktop.ui.kit.trouble import Trouble
from mtss_desktop.ui.theme import look


class RecoveryPage(QWidget):
    """``finished`` when the sheet is made, or put off with open eyes."""

    print_wanted = Signal()
    save_wanted = Signal()
    finished = Signal()

    def __init__(self, words: Words = ENGLISH) -> None:
        super().__init__()
        self.setProperty("kind", "clear")
        space = look().measures.space
        self._words = words
        self.heading = label(words("Print the recovery sheet"), "heading")
        self.sentence = Prose(
            words(
                "One page with the key of this file. It opens the file when the passphrase is forgotten. Keep it on paper, "
                "in a locked place that is not where this computer is. The program keeps no copy."
            )
        )
        self.print = Button(words("Print it"), self.print_wanted.emit, kind="primary", icon_name="ph.printer")
        self.save = Button(words("Save as PDF"), self.save_wanted.emit, size="large")
        self.later = Button(words("I will do it later"), self._later, kind="quiet")
        self.done = Prose("", "base", "success")
        self.go_on = Button(words("Open the file"), self.finished.emit, kind="primary")
        self._why = Prose(
            words(
                "Until there is a sheet, a forgotten passphrase closes this file for good: nobody can open it then, not even "
                "the people who made the program. You can make the sheet later from the File menu."
            ),
            "base",
            "ink",
        )
        self.now = Button(words("Make it now"), self._now)
        self.without = Button(words("Go on without a sheet"), self.finished.emit, kind="quiet")
        self._asked = box(
            column(
                self._why, space.s1, row(self.now, self.without, None, spacing=space.s1), margins=(0, space.s2, 0, 0)
            )
        )
        self.trouble = Trouble()
        self.progress = ProgressStrip(words)
        self._ways = box(row(self.print, self.save, self.later, None, spacing=space.s1))
        self.setLayout(
            column(
                self.heading,
                space.half,
                self.sentence,
                space.s3,
                self.done,
                self._ways,
                space.s2,
                row(self.go_on, None),
                self._asked,
                space.s1,
                self.trouble,
                self.progress,
                None,
            )
        )
        self.begin()

    def begin(self) -> None:
        self.done.setVisible(False)
        self.go_on.setVisible(False)
        self._asked.setVisible(False)
        self.later.setVisible(True)
        self.trouble.clear()

    def first_field(self) -> QWidget:
        return self.print

    def made(self, sentence: str) -> None:
        """The sheet is on paper or in a PDF: the file can be opened, and the sheet made once more."""
        self.begin()
        self.done.setText(sentence)
        self.done.setVisible(True)
        self.later.setVisible(False)
        self.print.set_kind("")
        self.go_on.setVisible(True)
        self.go_on.setFocus()
        announce(self, sentence)

    def failed(self, sentence: str) -> None:
        self.trouble.say(sentence, reader=self.print)

    def _later(self) -> None:
        self._asked.setVisible(True)
        self.now.setFocus()
        announce(self, self._why.text())

    def _now(self) -> None:
        self._asked.setVisible(False)
        self.print.setFocus()
