"""The text being typed right now, safe from everything else: imports, backups, conflicts, a lost server, a crash.

Kept whole, latest wins, in ``<file>-typing`` under the database's key, durable when ``keep`` returns. The file is gone
when nothing waits. With a server the file lies in the data folder and its key in the system's keychain; without a
keychain the text is kept in memory only and ``volatile`` says so.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from mtss_desktop.base import paths
from mtss_desktop.base.errors import StorageError
from mtss_desktop.store import keys
from mtss_desktop.store.engine import raw_connection, remove_file
from mtss_desktop.store.faults import mapped_errors
from mtss_desktop.store.keys import Key
from mtss_desktop.store.location import Location, at

_LINGER = 3.0
"""Seconds an empty file is kept open, so that a line saved and the next one begun cost no new file."""
_PAUSE = 0.25
"""Seconds between two tries while the disk refuses."""


@dataclass(frozen=True)
class Typed:
    """``key`` names the field (topic, record and field), ``text`` is all of it, ``at`` is UTC."""

    key: str
    text: str
    at: datetime


class _Page:
    """The file itself, opened when something is first kept. Used under its owner's lock only."""

    def __init__(self, path: Path, key: Key | None) -> None:
        self.path = path
        self._key = key
        self._connection: Any = None

    @property
    def is_open(self) -> bool:
        return self._connection is not None

    def open(self) -> Any:
        if self._connection is None:
            self._connection = _open(self.path, self._key)
        return self._connection

    def put(self, key: str, text: str, when: datetime) -> None:
        self.open().execute(
            "INSERT INTO typed (key, text, at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET text = excluded.text, "
            "at = excluded.at",
            (key, text, when.isoformat()),
        )

    def drop(self, key: str) -> None:
        if self._connection is not None or self.path.exists():
            self.open().execute("DELETE FROM typed WHERE key = ?", (key,))

    def all(self) -> tuple[Typed, ...]:
        if self._connection is None and not self.path.exists():
            return ()
        rows = self.open().execute("SELECT key, text, at FROM typed ORDER BY at").fetchall()
        return tuple(Typed(key, text, datetime.fromisoformat(at)) for key, text, at in rows)

    def close(self) -> None:
        """Removes the file when it holds nothing."""
        if self._connection is None and not self.path.exists():
            return
        connection = self.open()
        empty = connection.execute("SELECT count(*) FROM typed").fetchone()[0] == 0
        connection.close()
        self._connection = None
        if empty:
            remove_file(self.path)

    def abandon(self) -> None:
        """Lets go of a connection that failed; the next use opens the file anew."""
        if self._connection is not None:
            with suppress(Exception):
                self._connection.close()
            self._connection = None


def _open(path: Path, key: Key | None) -> Any:
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = raw_connection(path, key)
    try:
        for setting in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {setting}").fetchall()
        connection.execute("PRAGMA journal_size_limit=1048576")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS typed (key TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL)"
        )
    except BaseException:
        connection.close()
        raise
    return connection


class TypingFile:
    """``keep`` and ``forget`` return when it is done; ``keep_soon`` and ``forget_soon`` never wait.

    Safe from any thread. ``on_trouble`` is called from the writing thread with the first failure and with ``None`` when
    writing works again; meanwhile what was not written is kept and tried again.
    """

    def __init__(
        self,
        location: Location,
        key: Key | None = None,
        on_trouble: Callable[[StorageError | None], None] | None = None,
    ) -> None:
        self.location, self.key = _place(location, key)
        self.volatile = self.location is None
        self.trouble: StorageError | None = None
        self._on_trouble = on_trouble
        self._page = _Page(self.location.file, self.key) if self.location is not None else None
        self._memory: dict[str, Typed] = {}
        self._soon: dict[str, str | None] = {}
        self._file_lock = threading.RLock()
        self._news = threading.Condition()
        self._writing = False
        self._over = False
        self._writer: threading.Thread | None = None
        self._set_aside_unreadable()

    # What is asked at once

    def keep(self, key: str, text: str) -> None:
        """Durable when it returns. Raises ``StorageError``."""
        self._at_once(key, text)

    def forget(self, key: str) -> None:
        """The record holds the text now."""
        self._at_once(key, None)

    def _at_once(self, key: str, text: str | None) -> None:
        with self._file_lock:
            with self._news:
                self._soon.pop(key, None)
            self._apply({key: text})

    def pending(self) -> tuple[Typed, ...]:
        """What was typed and is in no record yet, oldest first, with what still waits to be written."""
        with self._file_lock, self._errors():
            found = {typed.key: typed for typed in (self._page.all() if self._page else self._memory.values())}
            with self._news:
                soon = dict(self._soon)
        now = datetime.now(UTC)
        for key, text in soon.items():
            found.pop(key, None)
            if text is not None:
                found[key] = Typed(key, text, now)
        return tuple(found.values())

    # What the window thread calls

    def keep_soon(self, key: str, text: str) -> None:
        self._later(key, text)

    def forget_soon(self, key: str) -> None:
        self._later(key, None)

    def flush(self, timeout: float = 5.0) -> bool:
        """Waits until all that was asked is written; False when it could not be within ``timeout`` seconds."""
        with self._news:
            return self._news.wait_for(lambda: not self._soon and not self._writing, timeout)

    def close(self) -> None:
        """Writes what waits and removes the file when nothing is left in it."""
        self.flush()
        with self._news:
            self._over = True
            self._news.notify_all()
        if self._writer is not None:
            self._writer.join(timeout=5)
        with self._file_lock, suppress(StorageError), self._errors():
            if self._page is not None:
                self._page.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # The writing thread

    def _later(self, key: str, text: str | None) -> None:
        with self._news:
            self._soon[key] = text
            if self._writer is None:
                self._writer = threading.Thread(target=self._write_on, name="mtss-typing", daemon=True)
                self._writer.start()
            self._news.notify_all()

    def _write_on(self) -> None:
        while True:
            with self._news:
                linger = _LINGER if self._page is not None and self._page.is_open else None
                self._news.wait_for(lambda: bool(self._soon) or self._over, linger)
                if self._over and not self._soon:
                    return
                idle = not self._soon
            if idle:
                self._tidy()
            elif not self._write_soon():
                if self._over:
                    return
                time.sleep(_PAUSE)

    def _write_soon(self) -> bool:
        """False when it failed: what was asked is tried again with what comes meanwhile."""
        with self._file_lock:
            with self._news:
                batch, self._soon, self._writing = self._soon, {}, True
            trouble = None
            try:
                self._apply(batch)
            except StorageError as error:
                trouble = error
            with self._news:
                self._writing = False
                if trouble is not None:
                    self._soon = batch | self._soon
                self._news.notify_all()
        self._say(trouble)
        return trouble is None

    def _say(self, trouble: StorageError | None) -> None:
        changed = (trouble is None) != (self.trouble is None)
        self.trouble = trouble
        if changed and self._on_trouble is not None:
            self._on_trouble(trouble)

    def _tidy(self) -> None:
        """An empty file is not kept open for long."""
        with self._file_lock, suppress(StorageError), self._errors():
            if self._page is not None and not self._page.all():
                self._page.close()

    def _apply(self, batch: dict[str, str | None]) -> None:
        now = datetime.now(UTC)
        with self._file_lock, self._errors():
            for key, text in batch.items():
                self._apply_one(key, text, now)

    def _apply_one(self, key: str, text: str | None, now: datetime) -> None:
        if self._page is None:
            self._memory.pop(key, None)
            if text is not None:
                self._memory[key] = Typed(key, text, now)
        elif text is None:
            self._page.drop(key)
        else:
            self._page.put(key, text, now)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Driver errors in plain sentences; a connection that failed is let go."""
        if self._page is None:
            yield
            return
        try:
            with mapped_errors(at(self._page.path), self.key):
                yield
        except StorageError:
            self._page.abandon()
            raise

    def _set_aside_unreadable(self) -> None:
        """A file under another key or a damaged one stops nobody: it is kept beside, and typing starts a new one."""
        if self._page is None or not self._page.path.exists():
            return
        try:
            with self._errors():
                self._page.all()
        except StorageError as error:
            self.trouble = error
            aside = self._page.path.with_name(f"{self._page.path.name}-unreadable-{time.time_ns()}")
            with suppress(OSError):
                self._page.path.rename(aside)
            remove_file(self._page.path)


def _place(location: Location, key: Key | None) -> tuple[Location | None, Key | None]:
    """Where a database's typing file lies and under which key; no place where only memory is left."""
    if not location.is_server:
        return at(location.typing_path), key
    name = hashlib.sha256(location.shown().encode()).hexdigest()[:16]
    server_key = _server_key(f"typing {name}")
    if server_key is None:
        return None, None
    folder = paths.make_private(paths.data_folder() / "typing")
    return at(folder / f"{name}-typing"), server_key


def _server_key(name: str) -> Key | None:
    found = keys.remembered(name)
    if found is None:
        found = secrets.token_bytes(keys.RAW + keys.SALT)
        if not keys.keychain_has_room() or not keys.remember(name, found) or keys.remembered(name) != found:
            return None
    return Key(found[: keys.RAW], found[keys.RAW :])


def waiting_on_disk(location: Location, key: Key | None) -> bool:
    """Whether a database's typing file holds anything."""
    path = location.typing_path
    if not path.exists():
        return False
    page = _Page(path, key)
    with mapped_errors(at(path), key):
        found = bool(page.all())
        page.close()
    return found
