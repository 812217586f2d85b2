"""The menus of the window, made from the rooms, the pane's acts and what the window itself can do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.kit.actions import Action, qt_action, refresh_action
from mtss_desktop.ui.kit.pane import Room
from mtss_desktop.ui.theme import icon

Act = Callable[[], object]


class WindowMenus:
    """File, Edit, View, Go, Help. ``show_acts`` puts what the shown room can do at the head of *Edit*."""

    def __init__(self, window: QWidget, words: Words = ENGLISH) -> None:
        self._window, self._words = window, words
        self.file, self.edit, self.view, self.go, self.help = (
            QMenu(words(name), window) for name in ("&File", "&Edit", "&View", "&Go", "&Help")
        )
        self._acts: list[tuple[QAction, Action]] = []
        self._separator: QAction | None = None
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
        made.triggered.connect(lambda _checked=False: act())
        menu.addAction(made)
        self._window.addAction(made)  # shortcuts work while the menus are folded away, too
        self.all.append(made)
        return made

    def add_choices(
        self, menu: QMenu, choices: Sequence[tuple[str, str]], pick: Callable[[str], object]
    ) -> dict[str, QAction]:
        """Entries of which one is checked."""
        group = QActionGroup(menu)
        made = {}
        for value, text in choices:
            entry = self.add(menu, text, lambda value=value: pick(value))  # type: ignore[misc]
            entry.setCheckable(True)
            group.addAction(entry)
            made[value] = entry
        return made

    def add_rooms(self, rooms: Sequence[Room], go: Callable[[str], object]) -> None:
        for room in rooms:
            self.add(self.go, room.name, lambda key=room.key: go(key), room.shortcut, icon_name=room.icon)  # type: ignore[misc]

    def show_acts(self, acts: Sequence[Action]) -> None:
        """Another room is shown: its acts replace those of the one before."""
        for made, _ in self._acts:
            self.edit.removeAction(made)
            self._window.removeAction(made)
            made.deleteLater()
        if self._separator is None:
            first = self.edit.actions()[0] if self.edit.actions() else None
            self._separator = self.edit.insertSeparator(first) if first is not None else self.edit.addSeparator()
        self._acts = [(qt_action(act, self._window), act) for act in acts]
        for made, _ in self._acts:
            self.edit.insertAction(self._separator, made)
            self._window.addAction(made)
        self._separator.setVisible(bool(self._acts))

    def refresh_acts(self) -> None:
        for made, act in self._acts:
            refresh_action(made, act)
