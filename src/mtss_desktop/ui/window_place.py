"""Where the window stood last time, on a screen that is still there."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMainWindow

SMALLEST = QSize(1024, 640)
USUAL = QSize(1280, 800)
_CORNER = 40
"""Pixels of the window's corner that must be on a screen."""


def restore(window: QMainWindow, place: tuple[int, ...]) -> None:
    """``place`` as ``kept`` gave it; anything else is the usual size."""
    window.setMinimumSize(SMALLEST)
    if len(place) != 5:
        window.resize(USUAL)
        return
    x, y, width, height, full = place
    window.resize(QSize(width, height).expandedTo(SMALLEST))
    if window.screen().availableVirtualGeometry().contains(x + _CORNER, y + _CORNER):
        window.move(x, y)
    if full:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def kept(window: QMainWindow) -> tuple[int, int, int, int, int]:
    """x, y, width, height, and 1 where the window fills the screen."""
    box = window.normalGeometry()
    return box.x(), box.y(), box.width(), box.height(), int(window.isMaximized())
