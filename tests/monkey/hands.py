"""What a monkey can do to a window. Every act is drawn from the step's own chance and says what it did."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPoint, QSortFilterProxyModel, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from mtss_desktop.ui.main_window import MainWindow
from tests.monkey.naughty import TEXTS

W = TypeVar("W", bound=QWidget)
Key = Qt.Key
KEYS = (
    *(Key.Key_Tab, Key.Key_Tab, Key.Key_Tab, Key.Key_Backtab, Key.Key_Return, Key.Key_Return, Key.Key_Escape),
    *(Key.Key_Up, Key.Key_Down, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End),
    *(Key.Key_Space, Key.Key_F2, Key.Key_Delete, Key.Key_Backspace, Key.Key_PageUp, Key.Key_PageDown, Key.Key_Menu),
)
HELD = (
    *(Qt.KeyboardModifier.NoModifier,) * 6,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
SHORTCUTS = (
    *("Ctrl+Z", "Ctrl+Y", "Ctrl+Alt+Z", "Ctrl+K", "Ctrl+N", "Ctrl+Return", "F1", "F6", "Shift+F6", "Ctrl+B", "Ctrl+H"),
    *("Ctrl+F", "Ctrl+S", "Ctrl+P", "Ctrl++", "Ctrl+-", "Ctrl+,", "Alt+Left", "Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X"),
    *("Alt+Up", "Alt+Down", "Ctrl+Up", "Ctrl+Down", "Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6"),
)
LEAVES = ("Quit", "Lock now", "Open another file…")
"""Entries that close the file; the monkey does that by an act of its own."""


def name_of(widget: QWidget | None) -> str:
    if widget is None:
        return "nothing"
    return f"{type(widget).__name__} “{widget.accessibleName() or widget.objectName()}”"[:90]


def stage(window: QWidget) -> QWidget:
    """What takes clicks now: the popup or dialog in front, or the window."""
    popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
    return popup or modal or window


def _some(chance: random.Random, window: QWidget, kind: type[W]) -> W | None:
    root = stage(window)
    found = [
        each
        for each in root.findChildren(kind)
        if each.isVisible() and each.isEnabled() and min(each.width(), each.height()) > 2
    ]
    return chance.choice(found) if found else None


def press(chance: random.Random, window: MainWindow) -> str:
    target = QApplication.activePopupWidget() or QApplication.focusWidget() or stage(window)
    key, held = chance.choice(KEYS), chance.choice(HELD)
    said = f"press {held.name} {key.name} in {name_of(target)}"
    QTest.keyClick(target, key, held)
    return said


def shortcut(chance: random.Random, window: MainWindow) -> str:
    target = QApplication.focusWidget() or stage(window)
    keys = chance.choice(SHORTCUTS)
    said = f"shortcut {keys} in {name_of(target)}"
    QTest.keySequence(target, QKeySequence(keys))
    return said


def write(chance: random.Random, window: MainWindow) -> str:
    """By the input method, as a person with another keyboard does; sometimes as a paste."""
    focused = QApplication.focusWidget()
    kinds = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)
    target = focused if isinstance(focused, kinds) and chance.random() < 0.7 else None
    if target is None:
        target = _some(chance, window, chance.choice(kinds)) or focused
    if target is None:
        return "write nowhere"
    text = chance.choice(TEXTS)
    said = f"write {text[:24]!r} in {name_of(target)}"
    target.setFocus()
    if chance.random() < 0.2:
        QGuiApplication.clipboard().setText(text)
        QTest.keySequence(target, QKeySequence("Ctrl+V"))
        return f"{said}, pasted"
    if chance.random() < 0.4:
        QTest.keySequence(target, QKeySequence("Ctrl+A"))
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(target, event)
    return said


def click(chance: random.Random, window: MainWindow) -> str:
    target = _some(chance, window, QWidget)
    if target is None:
        return "click nowhere"
    where = QPoint(chance.randrange(target.width()), chance.randrange(target.height()))
    twice, right = chance.random() < 0.15, chance.random() < 0.08
    said = (
        f"click{' twice' if twice else ''}{' right' if right else ''} on {name_of(target)} at {where.x()},{where.y()}"
    )
    button = Qt.MouseButton.RightButton if right else Qt.MouseButton.LeftButton
    (QTest.mouseDClick if twice else QTest.mouseClick)(target, button, Qt.KeyboardModifier.NoModifier, where)
    return said


def pick(chance: random.Random, window: MainWindow) -> str:
    """A line of a list or table, or of a folded choice."""
    view = _some(chance, window, QAbstractItemView)
    combo = _some(chance, window, QComboBox)
    if combo is not None and combo.count() and (view is None or chance.random() < 0.4):
        row = chance.randrange(combo.count())
        said = f"choose {row} in {name_of(combo)}"
        combo.setCurrentIndex(row)
        combo.activated.emit(row)
        return said
    model = view.model() if view is not None else None
    rows, columns = (model.rowCount(QModelIndex()), 1) if model is not None else (0, 0)
    if isinstance(model, QAbstractTableModel | QStandardItemModel | QSortFilterProxyModel):
        columns = model.columnCount(QModelIndex())
    if view is None or model is None or not rows or not columns:
        return "pick nothing"
    index = model.index(chance.randrange(rows), chance.randrange(columns), QModelIndex())
    said = f"pick {index.row()},{index.column()} in {name_of(view)}"
    view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    return said


def scroll(chance: random.Random, window: MainWindow) -> str:
    area = _some(chance, window, QAbstractScrollArea)
    if area is not None:
        bar = area.verticalScrollBar()
        bar.setValue(chance.randint(bar.minimum(), bar.maximum()))
    return f"scroll {name_of(area)}"


def act(chance: random.Random, window: MainWindow) -> str:
    """One of the things this room offers, as its menu entry does it."""
    offered = [each for each in window.acts() if not each.why_not()]
    if stage(window) is not window or not offered:
        return "act: none"
    chosen = chance.choice(offered)
    said = f"act {window.current.room.key}.{chosen.key}"
    chosen.run()
    return said


def menu(chance: random.Random, window: MainWindow) -> str:
    entries = [each for each in window.menus.all if each.isEnabled() and each.text() not in LEAVES]
    chosen = chance.choice(entries)
    if stage(window) is not window:
        return "menu: covered"
    said = f"menu {chosen.text()}"
    chosen.trigger()
    return said


def unfold(chance: random.Random, window: MainWindow) -> str:
    """A menu that lies open over the window, and is closed again by the guard or a key."""
    chosen: QMenu = chance.choice(window.menus.menus)
    if stage(window) is window:
        chosen.popup(window.mapToGlobal(QPoint(20, 20)))
    return f"unfold {chosen.title()}"


def room(chance: random.Random, window: MainWindow) -> str:
    key = chance.choice(list(window.kinds))
    if stage(window) is window:
        window.go_to(key)
    return f"room {key}"


def turn(chance: random.Random, window: MainWindow) -> str:
    """Takes back, or does again."""
    actions = window.undo_actions
    chosen = chance.choice((actions.undo, actions.undo, actions.redo))
    said = f"turn {chosen.text()}"[:60]
    if chosen.isEnabled() and stage(window) is window:
        chosen.trigger()
    return said


def resize(chance: random.Random, window: MainWindow) -> str:
    wide, high = chance.choice(((640, 480), (1024, 700), (1280, 800), (1920, 1080), (900, 1400)))
    window.resize(wide, high)
    return f"resize {wide}×{high}"


def look(chance: random.Random, window: MainWindow) -> str:
    theme, size = chance.choice(("light", "dark", "contrast", "system")), chance.choice((80, 100, 100, 130, 200))
    if chance.random() < 0.6:
        window.use_theme(theme)
        return f"theme {theme}"
    window.remembered.change(text_size=size)
    return f"text size {size}"


def wait(chance: random.Random, _window: MainWindow) -> str:
    """Long enough for what is saved after a pause of typing."""
    pause = chance.choice((5, 20, 60))
    QTest.qWait(pause)
    return f"wait {pause}"


Hand = Callable[[random.Random, MainWindow], str]
HANDS: dict[Hand, int] = {
    press: 22,
    shortcut: 8,
    write: 14,
    click: 18,
    pick: 10,
    scroll: 2,
    act: 9,
    menu: 3,
    unfold: 1,
    room: 4,
    turn: 4,
    resize: 2,
    look: 1,
    wait: 2,
}
