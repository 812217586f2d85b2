"""The line at the foot: lock and file, saved, last backup, what just happened with a way back, and F1."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.buttons import Button
from mtss_desktop.ui.kit.layouts import row
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.kit.texts import ElidedLabel, IconLabel, announce, label, set_kind
from mtss_desktop.ui.theme import look

AT_LEAST = 8000
"""Milliseconds a notice stays, and on until the next act."""


class StatusStrip(QWidget):
    """``undo_asked`` and ``help_asked`` are its two buttons."""

    undo_asked = Signal()
    help_asked = Signal()

    def __init__(self, words: Words = ENGLISH) -> None:
        super().__init__()
        self.setProperty("kind", "status-strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(words("Status"))
        self._words = words
        self._lock = IconLabel("ph.lock-simple", "ink_soft", 13)
        self._file = ElidedLabel("", "caption")
        self._file.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._saved = label(words("All changes saved"), "caption")
        self._backup = label("", "caption")
        self._tick = IconLabel("ph.check", "success", 13)
        self.notice = ElidedLabel("", "caption")
        self.undo = Button(words("Undo"), self.undo_asked.emit, kind="status-act")
        self.help = Button(words("F1 Help on this page"), self.help_asked.emit, kind="status")
        self._layout: QHBoxLayout = row(
            row(self._lock, self._file, spacing=look().px(6)),
            self._saved,
            self._backup,
            row(self._tick, self.notice, self.undo, spacing=look().px(6)),
            self.help,
            spacing=look().measures.space.s3,
        )
        self._layout.setStretch(3, 1)
        self.setLayout(self._layout)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(AT_LEAST)
        self.show_notice(None)
        self._fit()
        look().changed.connect(self._fit)

    def _fit(self) -> None:
        self.setFixedHeight(look().measures.height.status_strip)
        side = look().measures.space.s2
        self._layout.setContentsMargins(side, look().measures.line.hairline, side, 0)
        large = look().percent >= 150
        self.help.say(self._words("F1 Help") if large else self._words("F1 Help on this page"))
        self._backup.setVisible(bool(self._backup.text()) and not large)

    def show_file(self, name: str, *, encrypted: bool, read_only: bool = False) -> None:
        state = self._words("encrypted") if encrypted else self._words("not encrypted")
        if read_only:
            state += ", " + self._words("reading only")
        self._file.setText(f"{name}, {state}")
        self._lock.show_icon("ph.lock-simple" if encrypted else "ph.lock-simple-open", "ink_soft")

    def show_saved(self, at: datetime | None) -> None:
        """Called when the database has confirmed; None is the quiet sentence of the beginning."""
        if at is None:
            self._saved.setText(self._words("All changes saved"))
        else:
            seconds = f":{at.second:02}"
            hour, half = self._words.time(at.time()).split(" ")
            self._saved.setText(self._words("Saved {time}").format(time=f"{hour}{seconds} {half}"))

    def show_backup(self, sentence: str, *, trouble: bool = False) -> None:
        self._backup.setText(sentence)
        set_kind(self._backup, "danger" if trouble else "caption")
        self._fit()

    def show_notice(self, notice: Notice | None) -> None:
        """One line; the focus stays where it is."""
        shown = notice is not None
        self._tick.setVisible(shown)
        self.undo.setVisible(notice is not None and notice.undoable)
        self.notice.setText(notice.text if notice is not None else "")
        if notice is None:
            return
        danger = notice.tone == "danger"
        self._tick.show_icon("ph.warning" if danger else "ph.check", "danger" if danger else "success")
        set_kind(self.notice, "danger" if danger else "caption")
        self._quiet.start()
        announce(self, notice.text)

    def next_act(self) -> None:
        """Something else was begun: a notice that had its time goes."""
        if not self._quiet.isActive():
            self.show_notice(None)
