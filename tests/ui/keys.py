"""Hands on the keyboard: keys and text go to whatever has the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def press(which: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(_focused(), which, held)
    QApplication.processEvents()


def type_(text: str) -> None:
    """Sign by sign: the first may open an editor, which takes the others."""
    for sign in text:
        QTest.keyClicks(_focused(), sign)
    QApplication.processEvents()


def _focused() -> QWidget:
    target = QApplication.focusWidget()
    assert target is not None, "nothing has the focus"
    return target
