"""The rooms that were opened, one above the other, and the way back through them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QStackedWidget

from mtss_desktop.app.jobs import Jobs
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.words import Words
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.kit.scope import Scope


class RoomStack(QStackedWidget):
    """A pane is made when its room is first wanted. ``shown`` carries the pane that came to the front."""

    shown = Signal(object)
    noticed = Signal(object)
    acts_changed = Signal()

    def __init__(self, workspace: Workspace, jobs: Jobs, kinds: Sequence[type[Pane]], words: Words) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self._workspace, self._jobs, self._words = workspace, jobs, words
        self.kinds = {kind.room.key: kind for kind in kinds}
        self.panes: dict[str, Pane] = {}
        self.scope = Scope()
        self._past: list[str] = []

    @property
    def current(self) -> Pane:
        pane = self.currentWidget()
        assert isinstance(pane, Pane)
        return pane

    def pane(self, key: str) -> Pane:
        if key not in self.panes:
            made = self.kinds[key](self._workspace, self._jobs, words=self._words)
            made.rooms = frozenset(self.kinds)
            made.noticed.connect(self.noticed)
            made.actions_changed.connect(self.acts_changed)
            made.asked_to_go.connect(self.go_to)
            made.use_scope(self.scope)
            self.addWidget(made)
            self.panes[key] = made
        return self.panes[key]

    def go_to(self, key: str, record_id: str = "", *, remember: bool = True) -> None:
        """Shows a room, and a record in it where one is named; the room before saves what is open."""
        if self.count():
            if remember and self.current.room.key != key:
                self._past.append(self.current.room.key)
            self.current.leave()
        pane = self.pane(key)
        self.setCurrentWidget(pane)
        if record_id:
            pane.open_record(record_id)
        self.shown.emit(pane)
        self.focus_page()

    def go_back(self) -> None:
        if self._past:
            self.go_to(self._past.pop(), remember=False)

    def focus_page(self) -> None:
        """To the first column of the room, unless somebody is typing in it."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QPlainTextEdit) and self.current.isAncestorOf(focused):
            return
        next(iter(self.current.columns()), self.current).setFocus(Qt.FocusReason.OtherFocusReason)

    def use_scope(self, scope: Scope) -> None:
        self.scope = scope
        for pane in self.panes.values():
            pane.use_scope(scope)

    def use_words(self, words: Words) -> None:
        """The words of the database; rooms that speak others are built anew."""
        changed = words.labels != self._words.labels or words.language != self._words.language
        self._words = words
        if changed:
            self.build_anew()

    def save_what_is_open(self) -> None:
        for pane in self.panes.values():
            pane.leave()

    def build_anew(self) -> None:
        """Another text size: every room at that size; what was being typed comes back by itself."""
        if not self.count():
            return
        key, record = self.current.room.key, self.current.record_id
        self.save_what_is_open()
        for pane in self.panes.values():
            self.removeWidget(pane)
            pane.deleteLater()
        self.panes.clear()
        self.go_to(key, record)
