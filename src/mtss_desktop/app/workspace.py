"""An open database as the window and the terminal know it: ask, do, undo, redo, history."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Concatenate, Generic, ParamSpec, TypeVar

from mtss_desktop.app.last_seen import LastSeen
from mtss_desktop.base.changes import ChangeFeed, ChangeSet
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import Said, Words
from mtss_desktop.domain.labels import labels
from mtss_desktop.domain.records import Permission
from mtss_desktop.store import journal
from mtss_desktop.store.database import Database
from mtss_desktop.store.journal import HistoryLine
from mtss_desktop.store.location import Location
from mtss_desktop.store.lock import FileLock
from mtss_desktop.store.typing import TypingFile
from mtss_desktop.store.work import Step, Work
from mtss_desktop.usecases.use_case import described

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Done(Generic[T]):
    """What came of a use case. ``step`` is 0 where nothing changed."""

    value: T
    step: int
    changes: ChangeSet


class Workspace:
    """Both lanes may be used from different threads at the same time; within a lane one call waits for the other.

    Changes are published in the thread that did them, after the commit.
    """

    def __init__(
        self,
        database: Database,
        *,
        lock: FileLock | None = None,
        typing: TypingFile | None = None,
        grants: Permission = Permission.COORDINATOR,
        at_end: Callable[[], None] | None = None,
        last_seen: LastSeen | None = None,
    ) -> None:
        """``at_end`` is called once, when all is saved and before the file is closed (the day's backup)."""
        self._database = database
        self._at_end = at_end
        self._last_seen = last_seen
        self._lock = lock
        self._typing = typing
        self._grants = grants
        self._write_lane = threading.Lock()
        self._read_lane = threading.Lock()
        self.changes = ChangeFeed()

    @property
    def location(self) -> Location:
        return self._database.location

    @property
    def encrypted(self) -> bool:
        return self._database.engines.key is not None

    @property
    def can_write(self) -> bool:
        return self._database.engines.can_write

    @property
    def database(self) -> Database:
        """For safekeeping alone (check, backup, recovery sheet): screens and the terminal ask and do."""
        return self._database

    @property
    def typing(self) -> TypingFile:
        """What is being typed right now, safe from everything else."""
        if self._typing is None:
            raise UserError(
                "This database is open for reading only.", "Close it where it is in use, then open it again."
            )
        return self._typing

    # Asking and doing --------------------------------------------------------------------------------------------------

    def ask(self, question: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of a registered question, from one snapshot."""
        self._allow(described(question).needs)
        with self._read_lane, self._database.read() as work:
            return question(work, *args, **kwargs)

    def do(self, use_case: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> Done[T]:
        """Runs a use case as one transaction, one undo step, one ``ChangeSet``. Nothing is written when it raises."""
        about = described(use_case)
        self._allow(about.needs)
        with self._write_lane, self._database.write(Step(about.label, about.name, about.kind)) as work:
            value = use_case(work, *args, **kwargs)
        return self._done(value, work)

    def undo(self) -> Done[None]:
        """Raises ``UserError`` when there is nothing to undo, ``Conflict`` when someone edited the same rows since."""
        return self._turn(journal.next_undo, journal.undo, "There is nothing to undo.")

    def redo(self) -> Done[None]:
        return self._turn(journal.next_redo, journal.redo, "There is nothing to redo.")

    def _turn(self, find: Callable[[Work], object], turn: Callable[[Work, object], None], nothing: str) -> Done[None]:
        self._allow(Permission.COACH)
        with self._write_lane, self._database.write(Step()) as work:
            row = find(work)
            if row is None:
                raise UserError(nothing)
            turn(work, row)
        return self._done(None, work)

    def _done(self, value: T, work: Work) -> Done[T]:
        done = Done(value, work.seq, work.changes(work.seq))
        if work.seq:
            if self._last_seen is not None and self._last_seen.is_due:
                with self._read_lane:
                    self._last_seen.note()
            self.changes.publish(done.changes)
        return done

    def _allow(self, needs: Permission) -> None:
        if needs > self._grants:
            raise UserError("Your role on this server does not allow that.", "Ask its coordinator.")

    # The journal -------------------------------------------------------------------------------------------------------

    def undo_label(self) -> str:
        """What undo would take back, "" when there is nothing."""
        return self._label(journal.next_undo)

    def redo_label(self) -> str:
        return self._label(journal.next_redo)

    def _label(self, find: Callable[[Work], object]) -> str:
        with self._read_lane, self._database.read() as work:
            row = find(work)
        return str(getattr(row, "label", "")) if row is not None else ""

    def history(self, limit: int = 200, before: int | None = None) -> tuple[HistoryLine, ...]:
        with self._read_lane, self._database.read() as work:
            return journal.history(work, limit, before)

    # An older file in its place -----------------------------------------------------------------------------------------

    def older_than_seen(self) -> Said | None:
        """Says so, and what to do, where the file lacks steps that were made in it on this computer; else None."""
        return None if self._last_seen is None else self._last_seen.sentence()

    def accept_as_it_is(self) -> None:
        """The person means this file, older as it may be: it is not asked about again."""
        if self._last_seen is not None:
            with self._read_lane:
                self._last_seen.accept()

    # Words and the end ---------------------------------------------------------------------------------------------------

    def words(self, language: str = "en-US") -> Words:
        """The words of this database's label profile."""
        with self._read_lane, self._database.read() as work:
            rules = work.rules
        return Words(language, labels(rules.label_preset, rules.own_labels), rules.zone)

    def close(self) -> None:
        """Seals the last step, folds the write-ahead file in and gives the lock back, whatever the disk says to that.

        What is typed and not saved stays in its file.
        """
        with self._write_lane, self._read_lane, ExitStack() as always:
            if self._lock is not None:
                always.callback(self._lock.release)
            always.callback(self._database.close)
            if self._typing is not None:
                always.callback(self._typing.close)
            if self.can_write:
                self._database.seal()
                if self._last_seen is not None:
                    self._last_seen.note()
            if self._at_end is not None:
                self._at_end()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
