"""What a pane can do, as data: menus, buttons, shortcuts and the palette are made from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from mtss_desktop.ui.theme import icon

ICON_NAME = "icon_name"
"""Property of a menu's entry: which icon it has, for the palette, which paints its own."""


def _always() -> str:
    return ""


@dataclass(frozen=True)
class Action:
    """``why_not`` gives the reason it is disabled, "" while it is enabled. ``primary``: Ctrl+N and Ctrl+Enter do it too."""

    key: str
    label: str
    run: Callable[[], object]
    icon: str = ""
    shortcut: str = ""
    why_not: Callable[[], str] = _always
    primary: bool = False
    in_palette: bool = True


def qt_action(action: Action, parent: QWidget) -> QAction:
    """A menu entry; ``refresh_action`` brings its state up to date."""
    made = QAction(action.label, parent)
    if action.icon:
        made.setIcon(icon(action.icon, "ink_soft"))
    shortcuts = [QKeySequence(action.shortcut)] if action.shortcut else []
    if action.primary:
        shortcuts = [QKeySequence("Ctrl+N"), *shortcuts, QKeySequence("Ctrl+Return")]
    made.setShortcuts(shortcuts)
    made.triggered.connect(lambda _checked=False: action.run())
    refresh_action(made, action)
    return made


def refresh_action(made: QAction, action: Action) -> None:
    reason = action.why_not()
    made.setText(action.label)
    made.setEnabled(not reason)
    made.setStatusTip(reason)
