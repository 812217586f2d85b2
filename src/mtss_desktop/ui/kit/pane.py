"""A room's page: one read, its acts as data, and no word with the database except through the workspace.

A pane shows its last good content until the next is there; it reads again when something it shows has changed, at once
while it is visible and otherwise when it is shown next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from mtss_desktop.app.jobs import Jobs, Lane
from mtss_desktop.app.workspace import Done, Workspace
from mtss_desktop.base.changes import ChangeSet, Topic
from mtss_desktop.base.errors import Cancelled, UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.ui.jobs import Feed
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.progress_strip import ProgressStrip
from mtss_desktop.ui.kit.scope import Scope

T = TypeVar("T")


@dataclass(frozen=True)
class Room:
    """Where a pane stands in the rail. ``group`` is its caption, ``shortcut`` its keys, ``help_page`` its file under F1."""

    key: str
    name: str
    icon: str
    group: str
    shortcut: str
    help_page: str


@dataclass(frozen=True)
class Notice:
    """One quiet line for the status strip. ``tone`` success or danger; ``undoable`` puts *Undo* beside it."""

    text: str
    tone: str = "success"
    undoable: bool = False


class Pane(QWidget):
    """Subclasses set ``room`` and ``topics``, fill themselves in ``refresh`` and declare ``acts``."""

    room: ClassVar[Room]
    topics: ClassVar[frozenset[Topic]] = frozenset()
    takes_files: ClassVar[bool] = False
    """Whether files dropped anywhere on the window come here."""

    noticed = Signal(object)
    """A ``Notice`` for the status strip."""
    actions_changed = Signal()
    """Other things can be done than a moment ago."""
    asked_to_go = Signal(str, str)
    """(room, record id): the person follows a link to another room."""

    rooms: frozenset[str] = frozenset()
    """Rooms the window has; a pane offers no way to another one."""

    def __init__(self, workspace: Workspace, jobs: Jobs, *, words: Words = ENGLISH) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.setAccessibleName(self.room.name)
        self.workspace, self.jobs, self.words = workspace, jobs, words
        self.progress = ProgressStrip(words)
        self.scope = Scope()
        self._stale = True
        self._gathering = False
        self._under_way = 0
        self._feed = Feed(workspace.changes, self.heard, self)

    # -- reading ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Asks for what the pane shows: its only read."""
        raise NotImplementedError

    def acts(self) -> tuple[Action, ...]:
        """What can be done here, the primary act first."""
        return ()

    def prepare(self) -> None:
        """In a quiet moment after it was made: parts that its first reading would make."""

    def shed(self) -> None:
        """It stays while another look comes: parts that are not shown and hold nothing go, and are made again when they are
        wanted."""

    def heard(self, changes: ChangeSet) -> None:
        """Something changed, here or elsewhere."""
        if changes.concerns(self.topics):
            self._stale = True
            self.refresh_if_seen()

    @contextmanager
    def one_reading(self) -> Iterator[None]:
        """Whoever asks for a reading in here gets one at the end: to show a room and a record in it is one question."""
        self._gathering = True
        try:
            yield
        finally:
            self._gathering = False
        self.refresh_if_seen()

    @contextmanager
    def not_reading(self) -> Iterator[None]:
        """It may come into view in here only on the way: which record is wanted of it is told in a moment."""
        before, self._gathering = self._gathering, True
        try:
            yield
        finally:
            self._gathering = before

    def refresh_if_seen(self) -> None:
        if self._stale and self.isVisible() and not self._gathering:
            self._stale = False
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh_if_seen()

    def columns(self) -> tuple[QWidget, ...]:
        """Where F6 goes, left to right: one focusable widget for each column."""
        return ()

    @property
    def small_rail(self) -> bool:
        """Whether what is shown now needs the room of the rail's words."""
        return False

    @property
    def needs_quiet(self) -> bool:
        """Whether the tour keeps out of the way of what is shown now."""
        return self.small_rail

    @property
    def record_id(self) -> str:
        """What ``open_record`` would show again."""
        return ""

    @property
    def holds_work(self) -> bool:
        """Whether something here is neither in the database nor in the typing file, or is just being done: a room that
        holds nothing may be taken down while it is hidden and built anew when it is wanted."""
        return self._under_way > 0

    def hands_over(self) -> dict[str, QWidget]:
        """Windows of its own that stay open while this room is made anew at another text size, by record; they are the new
        room's from here on."""
        return {}

    def takes_over(self, windows: dict[str, QWidget]) -> None:
        """What the room before had open."""

    def open_record(self, record_id: str) -> None:
        """Shows one record (from the palette, a link or the way back)."""

    def take_files(self, files: Sequence[Path]) -> None:
        """Files that were dropped on the window, where ``takes_files``."""

    def use_scope(self, scope: Scope) -> None:
        """Another year, place or way of naming students."""
        if scope != self.scope:
            self.scope = scope
            self._stale = True
            self.refresh_if_seen()

    def way_to(self, *ways: tuple[str, str]) -> Callable[[], None] | None:
        """Goes to the first of these (room, record id) whose room there is; None where there is none of them."""
        way = next((each for each in ways if each[0] in self.rooms), None)
        return None if way is None else partial(self.asked_to_go.emit, *way)

    @property
    def form_comes_back(self) -> bool:
        """Whether a form is open that a room made anew would open by itself, with all that stands in it."""
        return False

    def leave(self) -> None:
        """Another room is shown, or the window closes: what is open is saved."""

    # -- asking and doing ---------------------------------------------------------------------------------------------

    def ask(self, question: Callable[..., T], then: Callable[[T], None], **arguments: Any) -> Progress:
        """The answer comes to ``then`` in the window thread; trouble stands in the status strip, old content stays."""
        return self.background(partial(self._answer, self.workspace, question, arguments), then)

    @staticmethod
    def _answer(workspace: Workspace, question: Callable[..., T], arguments: dict[str, Any], _: Progress) -> T:
        return workspace.ask(question, **arguments)

    def do(
        self,
        use_case: Callable[..., T],
        *,
        then: Callable[[Done[T]], None] | None = None,
        fail: Callable[[Exception], None] | None = None,
        said: str = "",
        **arguments: Any,
    ) -> Progress:
        """One act. ``said`` becomes the quiet line with *Undo* once it is written."""

        def done(outcome: Done[T]) -> None:
            if said and outcome.step:
                self.noticed.emit(Notice(said, undoable=True))
            if then is not None:
                then(outcome)

        work = partial(self._perform, self.workspace, use_case, arguments)
        return self.background(work, done, fail=fail, lane="write")

    @staticmethod
    def _perform(workspace: Workspace, use_case: Callable[..., T], arguments: dict[str, Any], _: Progress) -> Done[T]:
        return workspace.do(use_case, **arguments)

    def background(
        self,
        work: Callable[[Progress], T],
        then: Callable[[T], None],
        *,
        fail: Callable[[Exception], None] | None = None,
        lane: Lane = "read",
        what: str = "",
    ) -> Progress:
        """Runs ``work`` in a lane; what takes longer than 0.4 s shows in this pane's progress strip."""
        started: list[Progress] = []
        self._under_way += 1

        def ended() -> None:
            self._under_way -= 1
            self.progress.end(started[0] if started else None)

        def came(result: T) -> None:
            ended()
            then(result)

        def failed(error: Exception) -> None:
            ended()
            (fail or self.failed)(error)

        progress = self.jobs.run(work, then=came, fail=failed, owner=self, lane=lane)
        started.append(progress)
        if getattr(self.jobs, "busy", 0):
            self.progress.follow(progress, what or self.words("Reading"))
        return progress

    def failed(self, error: Exception) -> None:
        """What a person can mend is said; anything else is a bug and goes to the one dialog for that."""
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, UserError):
            raise error
        self.noticed.emit(Notice(str(error), tone="danger"))
