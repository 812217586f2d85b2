"""A passphrase field that knows when Caps Lock is on, as far as the system or the typed letters tell."""

from __future__ import annotations

import sys

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent

from mtss_desktop.ui.kit.fields import SecretField

_VK_CAPITAL = 0x14


class PassphraseField(SecretField):
    """``left`` comes when the focus has gone to another part of the window."""

    left = Signal()
    caps_changed = Signal(bool)

    def __init__(self, *, name: str = "") -> None:
        super().__init__(name=name)
        self._caps = False

    @property
    def caps_lock(self) -> bool:
        known = _system_caps_lock()
        return self._caps if known is None else known

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._note(event)
        super().keyPressEvent(event)

    def _note(self, event: QKeyEvent) -> None:
        """A capital without Shift, or a small letter with it, is typed under Caps Lock."""
        before = self._caps
        text = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._caps = not self._caps
        elif len(text) == 1 and text.isalpha() and text.lower() != text.upper():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._caps = text.isupper() != shifted
        if self._caps != before:
            self.caps_changed.emit(self._caps)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()


def _system_caps_lock() -> bool | None:
    """None where only the letters tell."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.user32.GetKeyState(_VK_CAPITAL) & 1)
    return None


def keyboard_layout() -> str:
    """The language the keyboard types in, "" where the system does not say."""
    locale = QGuiApplication.inputMethod().locale()
    if locale.language() in (QLocale.Language.C, QLocale.Language.AnyLanguage):
        return ""
    return QLocale.languageToString(locale.language())
