"""Preferences while the program runs: changed in one place, written at once, heard by everyone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from mtss_desktop.app import settings
from mtss_desktop.app.settings import Preferences
from mtss_desktop.base.log import log
from mtss_desktop.ui.theme import look


class Remembered(QObject):
    """``value`` is the frozen record; ``changed`` comes after it was written."""

    changed = Signal()

    def __init__(self, value: Preferences | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.value = settings.read() if value is None else value

    def change(self, **fields: Any) -> None:
        self.use(replace(self.value, **fields))

    def use(self, value: Preferences) -> None:
        """Another record; theme and text size take effect at once. A folder that cannot be written is no reason to stop."""
        if value == self.value:
            return
        before, self.value = self.value, value
        try:
            settings.write(value)
        except OSError:
            log("settings").info("preferences could not be written")
        if (value.theme, value.text_size) != (before.theme, before.text_size):
            look().use(value.theme, value.text_size)
        self.changed.emit()
