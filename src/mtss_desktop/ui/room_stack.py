"""The rooms that were opened, one above the other, and the way back through them.

A room is made when it is first wanted, or in a quiet moment before. Hidden rooms are taken down before another look is
put on all there is, and made again afterwards: dressing seven rooms that nobody sees would be felt.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QStackedWidget, QWidget

from mtss_desktop.app.jobs import Jobs
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base import memory
from mtss_desktop.base.words import Words
from mtss_desktop.ui.carried import Carried
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.figure_view import load_drawing
from mtss_desktop.ui.kit.pane import Pane
from mtss_desktop.ui.kit.scope import Scope
from mtss_desktop.ui.kit.typed import typed_in
from mtss_desktop.ui.theme import look

QUIET = 150
"""Milliseconds between two rooms that are made before anybody wants them."""


class RoomStack(QStackedWidget):
    """``shown`` carries the pane that came to the front."""

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
        self.carried = Carried()
        self._past: list[str] = []
        self._records: dict[str, str] = {}
        self._old_size: set[str] = set()
        self._raw: set[str] = set()
        self._again: tuple[str, str] | None = None
        self._windows: tuple[str, dict[str, QWidget]] = "", {}
        self._ahead = False
        self._quiet = QTimer(self)
        self._quiet.setInterval(QUIET)
        self._quiet.timeout.connect(self._build_one)
        look().changing.connect(self._look_changes)
        look().changed.connect(self._look_changed)

    @property
    def current(self) -> Pane:
        """The room in front. Whoever can be reached while none is (``acts``, ``front``) asks there."""
        if self.front is None:
            self._build_again()
        pane = self.front
        assert pane is not None
        return pane

    @property
    def front(self) -> Pane | None:
        """None before the first room is made, and between two sizes of text."""
        pane = self.currentWidget()
        return pane if isinstance(pane, Pane) else None

    def acts(self) -> tuple[Action, ...]:
        """What the room in front can do: nothing while there is none."""
        return () if self.front is None else self.front.acts()

    def pane(self, key: str) -> Pane:
        if key in self._old_size and not self.panes[key].holds_work:
            self._take_down(key)
        if key not in self.panes:
            made = self.kinds[key](self._workspace, self._jobs, words=self._words)
            made.rooms = frozenset(self.kinds)
            made.noticed.connect(self.noticed)
            made.actions_changed.connect(partial(self._acts_changed_in, key))
            made.asked_to_go.connect(self.go_to)
            made.use_scope(self.scope)
            with made.not_reading():  # Qt shows the first page of a stack as soon as it has its place
                self.addWidget(made)
            self.panes[key] = made
            self.carried.made(made)
            self._raw.add(key)
        return self.panes[key]

    def _acts_changed_in(self, key: str) -> None:
        """Only the acts of the room in front stand in the menus; one that is just taken down says nothing any more."""
        if self.front is not None and self.panes.get(key) is self.front:
            self.acts_changed.emit()

    def go_to(self, key: str, record_id: str = "", *, remember: bool = True) -> None:
        """Shows a room, and a record in it where one is named; the room before saves what is open."""
        if self.count():
            if remember and self.current.room.key != key:
                self._past.append(self.current.room.key)
            self.current.leave()
        self._again = None
        pane = self.pane(key)
        self._hand_over(pane)
        record_id = record_id or self._records.get(key, "")
        self._records.pop(key, None)
        with pane.one_reading():
            self.setCurrentWidget(pane)
            self.setUpdatesEnabled(True)
            if record_id:
                pane.open_record(record_id)
        self.shown.emit(pane)
        self.focus_page()
        self._later()

    def _hand_over(self, pane: Pane) -> None:
        """Windows that stayed open between two sizes of text; where another room was gone to they close."""
        (key, windows), self._windows = self._windows, ("", {})
        if key == pane.room.key:
            pane.takes_over(windows)
        else:
            for each in windows.values():
                each.close()

    def go_back(self) -> None:
        if self._past:
            self.go_to(self._past.pop(), remember=False)

    def focus_page(self) -> None:
        """To the first column of the room, unless somebody is typing in it."""
        front, focused = self.front, QApplication.focusWidget()
        if front is None or (isinstance(focused, QPlainTextEdit) and front.isAncestorOf(focused)):
            return
        next(iter(front.columns()), front).setFocus(Qt.FocusReason.OtherFocusReason)

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

    # -- in quiet moments ---------------------------------------------------------------------------------------------

    def build_ahead(self) -> None:
        """From here on rooms are made one by one while nobody waits, so that the first visit finds them standing."""
        self._ahead = True
        self._later()
        self._jobs.run(load_drawing, then=lambda _: None, owner=self, lane="pool")

    @property
    def is_getting_ready(self) -> bool:
        return self._quiet.isActive()

    def _later(self) -> None:
        """The time begins anew with each thing that is shown."""
        if self._ahead:
            self._quiet.start()

    def _build_one(self) -> None:
        if not self.count() or typed_in(self.current):  # not between two keys of somebody who types
            return
        missing = next((key for key in self.kinds if key not in self.panes), None)
        if missing is not None:
            self.pane(missing)
        elif self._raw:
            key = self._raw.pop()
            if key in self.panes and self.panes[key] is not self.currentWidget():
                self.panes[key].prepare()
        else:
            self._quiet.stop()
            self._jobs.run(lambda _: memory.give_back(), then=lambda _: None, owner=self, lane="pool")

    # -- another look -------------------------------------------------------------------------------------------------

    def _look_changes(self, resized: bool) -> None:
        """Hidden rooms go. The one in front is dressed where it stands, with all that is open and chosen in it; where the text
        size changes it goes too, as it is laid out for the old one, and comes again in the next turn of the event loop: making
        a page and dressing one were felt together. Those that hold something stay and are dressed."""
        front = self.currentWidget()
        goes = resized and isinstance(front, Pane) and not (_at_work(front) or front.holds_work)
        if isinstance(front, Pane) and resized:
            self._again = front.room.key, front.record_id
            self.save_what_is_open()
        hidden_first = sorted(self.panes.items(), key=lambda each: each[1] is front)
        for key, pane in hidden_first:
            if goes if pane is front else not pane.holds_work and self.carried.may_go(pane):
                if pane is front:
                    self._windows = key, pane.hands_over()
                self._take_down(key)
                continue
            if resized and pane is not front:
                self._old_size.add(key)
            if not _at_work(pane):
                pane.shed()
        self._later()

    def _look_changed(self) -> None:
        if self._again is not None:
            self.setUpdatesEnabled(False)  # the old picture stays until the new page is there
            QTimer.singleShot(0, self, self._build_again)

    def _build_again(self) -> None:
        """Unless another room was gone to in between."""
        if self._again is not None:
            self.build_anew()

    def _take_down(self, key: str) -> None:
        """At once, so that the new look does not reach it: nothing of a hidden room is at work."""
        pane = self.panes.pop(key)
        self._old_size.discard(key)
        pane.leave()
        self.carried.take(pane)
        self._records[key] = pane.record_id
        in_front = pane is self.front
        self.removeWidget(pane)
        if in_front:  # its acts go with it: a key in between must not reach a room that is gone
            self.acts_changed.emit()
        shiboken6.delete(pane)

    def build_anew(self) -> None:
        """Another text size or other words: every room anew; what was being typed comes back by itself."""
        again, self._again = self._again, None
        if again is None and not self.count():
            return
        key, record = again or (self.current.room.key, self.current.record_id)
        self.save_what_is_open()
        for name, pane in list(self.panes.items()):
            if pane.holds_work:
                self._old_size.add(name)
                continue
            if again is not None and name == key:
                self._windows = name, pane.hands_over()
            self.carried.take(pane)
            self.removeWidget(pane)
            pane.deleteLater()
            del self.panes[name]
            self._old_size.discard(name)
        self.go_to(key, record, remember=False)


def _at_work(pane: Pane) -> bool:
    """Whether a part of it is just doing something: then it cannot be deleted on the spot."""
    frame = inspect.currentframe()
    while frame is not None:
        part = frame.f_locals.get("self")
        if isinstance(part, QWidget) and shiboken6.isValid(part) and (part is pane or pane.isAncestorOf(part)):
            return True
        frame = frame.f_back
    return False
