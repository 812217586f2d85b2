"""An open database: hands out units of work on its two lanes and writes a step for each that changed something."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import sqlalchemy as sa

from mtss_desktop.store import engine as engines
from mtss_desktop.store import faults, journal, migrate
from mtss_desktop.store.engine import Engines, mapped_errors
from mtss_desktop.store.keys import Key
from mtss_desktop.store.location import Location, at
from mtss_desktop.store.schema.records import about
from mtss_desktop.store.work import Step, Work

Now = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


class Database:
    """Owns the engines. Each lane may be used by one thread at a time; ``Workspace`` sees to that."""

    def __init__(self, engines_: Engines, now: Now = utc_now) -> None:
        self.engines = engines_
        self.now = now

    @property
    def location(self) -> Location:
        return self.engines.location

    @contextmanager
    def read(self) -> Iterator[Work]:
        """A snapshot: what it sees does not change while it is open."""
        with (
            mapped_errors(self.location, self.engines.key),
            self.engines.reader.connect() as connection,
            connection.begin(),
        ):
            yield Work(connection, now=self.now, writable=False)

    @contextmanager
    def write(self, step: Step) -> Iterator[Work]:
        """Commits with one step at the end of the block, or nothing at all. ``work.seq`` is the step's number then."""
        with mapped_errors(self.location, self.engines.key), self.engines.writer.begin() as connection:
            work = Work(connection, now=self.now, writable=True, step=step, room=self._room)
            yield work
            _count_again(work)
            work.seq = journal.write_step(work)

    def _room(self, size: int) -> None:
        if not self.location.is_server:
            faults.refuse_too_little_space(self.location.file, size)

    def seal(self) -> None:
        """Closes the journal's last step: nothing joins it any more."""
        with mapped_errors(self.location, self.engines.key), self.engines.writer.begin() as connection:
            journal.seal(Work(connection, now=self.now, writable=True))

    def close(self) -> None:
        self.engines.close()

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _count_again(work: Work) -> None:
    """Counts that rest on records follow them: however a record changed, by a use case, an undo or a redo."""
    if {"level_tier", "rule"} & {table for table, _ in work.step.pictures}:
        from mtss_desktop.store import recount  # loads numpy, which most steps do without

        recount.after_levels(work)


def create(path: Path, key: Key | None) -> None:
    """A new, empty database in the newest shape; never over something that is there."""
    migrate.make_database(at(path), key, _first_lines)


def create_on_server(location: Location) -> None:
    """The tables in the schema the location names. Raises ``StorageError`` where they already are."""
    migrate.make_database(location, None, _first_lines)


def _first_lines(connection: sa.Connection) -> None:
    connection.execute(about.insert(), {"name": "pseudonym_key", "value": secrets.token_hex(32)})


def open_database(
    location: Location | Path, key: Key | None = None, *, now: Now = utc_now, read_only: bool = False
) -> Database:
    """Raises ``StorageError``, ``WrongKey``, ``DamagedFile``. The schema must be at its newest (``migrate`` sees to that first)."""
    place = at(location) if isinstance(location, Path) else location
    return Database(engines.open_engines(place, key, read_only=read_only), now)
