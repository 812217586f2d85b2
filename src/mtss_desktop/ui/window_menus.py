"""The menus of the window, made from the rooms, the shown room's acts and what the window itself can do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.actions import ICON_NAME, Action, qt_action
from mtss_desktop.ui.kit.pane import Room
from mtss_desktop.ui.kit.remembered import Remembered
from mtss_desktop.ui.theme import icon
from mtss_desktop.ui.undo_actions import UndoActions

Act = Callable[[], object]
_THEMES = (
    ("system", "Same theme as this computer"),
    ("light", "Light"),
    ("dark", "Dark"),
    ("contrast", "High contrast"),
)


class Tour(Protocol):
    def begin(self) -> None: ...


class Rooms(Protocol):
    def go_back(self) -> None: ...


class Window(Protocol):
    """What the menus ask of the window they belong to."""

    remembered: Remembered
    undo_actions: UndoActions

    @property
    def close_requested(self) -> SignalInstance: ...

    @property
    def lock_requested(self) -> SignalInstance: ...

    @property
    def rooms(self) -> Rooms: ...

    @property
    def tour(self) -> Tour: ...

    def close(self) -> bool: ...

    def go_to(self, key: str, record_id: str = "") -> None: ...

    def next_column(self, by: int) -> None: ...

    def open_history(self) -> None: ...

    def open_palette(self) -> None: ...

    def open_preferences(self) -> None: ...

    def text_by(self, by: int) -> None: ...

    def toggle_help(self) -> None: ...

    def toggle_rail(self) -> None: ...

    def use_theme(self, key: str) -> None: ...


class WindowMenus:
    """File, Edit, View, Go, Help. ``show_acts`` puts what the shown room can do at the head of *Edit*."""

    def __init__(self, window: QWidget, words: Words = ENGLISH) -> None:
        self._window, self._words = window, words
        self.file, self.edit, self.view, self.go, self.help = (
            QMenu(words(name), window) for name in ("&File", "&Edit", "&View", "&Go", "&Help")
        )
        self._acts: list[tuple[QAction, Action]] = []
        self._separator: QAction | None = None
        self.themes: dict[str, QAction] = {}
        self.all: list[QAction] = []

    @property
    def menus(self) -> tuple[QMenu, ...]:
        return (self.file, self.edit, self.view, self.go, self.help)

    def add(self, menu: QMenu, text: str, act: Act, *keys: str, icon_name: str = "") -> QAction:
        """One entry with its shortcuts; the same entry stands in the palette."""
        made = QAction(self._words(text), self._window)
        made.setShortcuts([QKeySequence(key) for key in keys])
        if icon_name:
            made.setIcon(icon(icon_name, "ink_soft"))
            made.setProperty(ICON_NAME, icon_name)
        made.triggered.connect(lambda _checked=False: act())
        menu.addAction(made)
        self._window.addAction(made)  # shortcuts work while the menus are folded away, too
        self.all.append(made)
        return made

    def _choices(
        self, menu: QMenu, choices: Sequence[tuple[str, str]], pick: Callable[[str], object]
    ) -> dict[str, QAction]:
        group = QActionGroup(menu)
        made = {}
        for value, text in choices:
            entry = self.add(menu, text, partial(pick, value))
            entry.setCheckable(True)
            group.addAction(entry)
            made[value] = entry
        return made

    def fill(self, window: Window, rooms: Sequence[Room]) -> None:
        """Everything but the acts of the shown room."""
        add = self.add
        add(self.file, "Open another file…", window.close_requested.emit, "Ctrl+O", icon_name="ph.folder")
        add(self.file, "Lock now", window.lock_requested.emit, "Ctrl+L", icon_name="ph.lock-simple")
        add(self.file, "Preferences…", window.open_preferences, "Ctrl+,", icon_name="ph.gear")
        self.file.addSeparator()
        add(self.file, "Quit", window.close, "Ctrl+Q")
        self.edit.addAction(window.undo_actions.undo)
        self.edit.addAction(window.undo_actions.redo)
        add(self.edit, "History…", window.open_history, "Ctrl+H", icon_name="ph.clock")
        add(self.view, "Small rail", window.toggle_rail, "Ctrl+B", icon_name="ph.list")
        self.view.addSeparator()
        self.themes = self._choices(self.view, _THEMES, window.use_theme)
        self.themes[window.remembered.value.theme].setChecked(True)
        self.view.addSeparator()
        add(self.view, "Larger text", partial(window.text_by, 10), "Ctrl++", "Ctrl+=")
        add(self.view, "Smaller text", partial(window.text_by, -10), "Ctrl+-")
        add(self.view, "Usual text size", partial(window.text_by, 0))
        for room in rooms:
            add(self.go, room.name, partial(window.go_to, room.key), room.shortcut, icon_name=room.icon)
        self.go.addSeparator()
        add(self.go, "Find or do anything", window.open_palette, "Ctrl+K", icon_name="ph.magnifying-glass")
        add(self.go, "Back", window.rooms.go_back, "Alt+Left", icon_name="ph.arrow-left")
        add(self.go, "Next column", partial(window.next_column, 1), "F6")
        add(self.go, "Previous column", partial(window.next_column, -1), "Shift+F6")
        add(self.help, "Help on this page", window.toggle_help, "F1", icon_name="ph.question")
        add(self.help, "Tour", window.tour.begin)

    def show_acts(self, acts: Sequence[Action]) -> None:
        """Another room is shown: its acts replace those of the one before."""
        for made, _ in self._acts:
            self.edit.removeAction(made)
            self._window.removeAction(made)
            made.deleteLater()
        if self._separator is None:
            self._separator = self.edit.insertSeparator(self.edit.actions()[0])
        self._acts = [(qt_action(act, self._window), act) for act in acts]
        for made, _ in self._acts:
            self.edit.insertAction(self._separator, made)
            self._window.addAction(made)
        self._separator.setVisible(bool(self._acts))
