"""A fault of the program: written to the log without anything a person typed, and said once in one dialog."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

import mtss_desktop
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.log import log
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import column, fit_dialog, row
from mtss_desktop.ui.kit.prose import Prose
from mtss_desktop.ui.kit.texts import label
from mtss_desktop.ui.theme import FocusRing, look

PARTS = {"teams": "Teams", "imports": "Import", "palette": "the search list", "preferences": "the preferences"}


def details(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Kind of error and the places it passed: no message, no values, no contents of a record."""
    places = "".join(
        f"  {frame.filename.rpartition('mtss_desktop')[2] or frame.filename} line {frame.lineno} in {frame.name}\n"
        for frame in traceback.extract_tb(trace)
    )
    version = getattr(mtss_desktop, "__version__", "")
    return f"MTSS Desktop {version}, Python {platform.python_version()}, {platform.system()}\n{kind.__name__}\n{places}"


def part_of(trace: TracebackType | None) -> str:
    """Where in the program it happened, in a person's words."""
    names = [
        name
        for frame in traceback.extract_tb(trace)
        for name in PARTS
        if f"/{name}" in frame.filename.replace("\\", "/")
    ]
    return PARTS[names[-1]] if names else "MTSS Desktop"


class CrashDialog(QDialog):
    """One sentence, *Copy details*, *Go on*."""

    def __init__(self, part: str, text: str, parent: QWidget | None = None, words: Words = ENGLISH) -> None:
        super().__init__(parent)
        self.setWindowTitle("MTSS Desktop")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._text = text
        space = look().measures.space
        self.copy_button = Button(words("Copy details"), self.copy, icon_name="ph.copy")
        self.go_on = Button(words("Go on"), self.accept, kind="primary")
        self.sentence = label(words("Something went wrong in {part}.").format(part=words(part)), "heading")
        self.setLayout(
            column(
                self.sentence,
                Prose(words("Your work up to the last step is safe.")),
                Prose(words("The details name the places in the program, and nothing that was typed."), "caption"),
                space.s2,
                row(self.copy_button, None, self.go_on, spacing=space.s1),
                spacing=space.s1,
                margins=(space.s3, space.s3, space.s3, space.s3),
            )
        )
        fit_dialog(self, 480)
        FocusRing(self)
        self.go_on.setFocus()

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)


class CrashGuard:
    """Catches what nobody caught. While its dialog is open further faults are only written down."""

    def __init__(self, window: Callable[[], QWidget | None], words: Words = ENGLISH) -> None:
        self._window, self._words = window, words
        self.dialog: CrashDialog | None = None

    def install(self) -> None:
        sys.excepthook = self.caught

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = details(kind, trace)
        log("window").error("fault in the program\n%s", text)
        if self.dialog is not None:
            return
        part = error.message if isinstance(error, UserError) else part_of(trace)
        self.dialog = CrashDialog(part, text, self._window(), self._words)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _closed(self, _result: int) -> None:
        self.dialog = None
