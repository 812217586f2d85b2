"""One writer for a file: an operating system's lock on ``<file>-lock``, which also says who holds it.

The lock ends with the process, however that ends, so a crash leaves nothing to clear by hand. Reading never needs it.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from mtss_desktop.base.errors import StorageError
from mtss_desktop.base.words import ENGLISH, said
from mtss_desktop.store.location import Location, file_id, read_only_folder, refuse_folder

HEARTBEAT = 60.0
_LOCKED_BYTE = 1 << 30
"""Windows locks bytes against reading too: one far behind the content is taken."""
_BLINK = 0.1
"""Someone asking who holds the file holds it for an instant: this long is waited in any case, in seconds."""


@dataclass(frozen=True)
class Holder:
    """Who has the file open for writing. Times are UTC."""

    user: str
    host: str
    pid: int
    app: str
    since: datetime
    heartbeat: datetime

    @property
    def is_here(self) -> bool:
        return self.host == socket.gethostname()

    @property
    def is_me(self) -> bool:
        """This very process."""
        return self.is_here and self.pid == os.getpid()

    def shown(self) -> str:
        """``maria on LAPTOP-7 (MTSS Desktop, since 2:15 PM)``."""
        return f"{self.user} on {self.host} ({self.app}, since {ENGLISH.write(_local_clock(self.since))})"

    def silence(self, now: datetime) -> timedelta:
        """How long nothing was heard of the holder."""
        return now - self.heartbeat


def _local_clock(when: datetime) -> object:
    local = when.astimezone()
    today = datetime.now(UTC).astimezone().date()
    return local.time() if local.date() == today else local


class FileInUse(StorageError):
    """Someone else holds the file. ``holder`` may be unknown for an instant; ``may_take_over``: another computer's."""

    def __init__(self, location: Location, holder: Holder | None) -> None:
        self.holder = holder
        self.may_take_over = holder is not None and not holder.is_here
        who = holder.shown() if holder is not None else "another program"
        super().__init__(f"“{location.file.name}” is open by {who}.", self._hint(holder))

    @staticmethod
    def _hint(holder: Holder | None) -> str:
        if holder is None or holder.is_here:
            return "Close it there first, or open it here for reading."
        minutes = round(holder.silence(datetime.now(UTC)).total_seconds() / 60)
        silence = said("last heard of {n} minute ago", many="last heard of {n} minutes ago", count="n", n=minutes)
        return f"That computer was {ENGLISH.say(silence)}. Close it there, or take over if it is not in use any more."


class FileLock:
    """Held until ``release``, the end of a ``with`` block or the end of the process. A server needs none."""

    def __init__(self, location: Location, handle: int | None, holder: Holder) -> None:
        self.location = location
        self.holder = holder
        self._handle = handle
        self._over = threading.Event()
        self._beating = threading.Thread(target=self._beat, name="mtss-lock", daemon=True)
        if handle is not None:
            self._beating.start()

    def _beat(self) -> None:
        while not self._over.wait(HEARTBEAT):
            if self._handle is not None:
                with suppress(OSError):
                    _write(self._handle, replace(self.holder, heartbeat=datetime.now(UTC)))

    def release(self) -> None:
        """Safe to call twice."""
        handle = self._handle
        self._over.set()
        if handle is None:
            return
        self._beating.join(timeout=5)
        self._handle = None
        if os.name == "posix":
            with suppress(OSError):
                self.location.lock_path.unlink()
        _unlock(handle)
        os.close(handle)
        if os.name != "posix":  # Windows removes no open file
            with suppress(OSError):
                self.location.lock_path.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def take(
    location: Location,
    app: str = "MTSS Desktop",
    *,
    wait: float = 0.0,
    take_over: bool = False,
    waiting: Callable[[Holder | None], None] | None = None,
) -> FileLock:
    """Takes the file for writing, waiting at most ``wait`` seconds. Raises ``FileInUse`` or ``StorageError``.

    ``take_over``: also from another computer. ``waiting`` is called once, with the holder, before a wait begins.
    """
    me = _me(app)
    if location.is_server:
        return FileLock(location, None, me)
    refuse_folder(location.file)
    until = time.monotonic() + max(wait, _BLINK)
    told = waiting is None
    while True:
        handle, other = _try(location, me, take_over=take_over)
        if handle is not None:
            return FileLock(location, handle, me)
        if time.monotonic() >= until or (other is not None and not other.is_here and wait <= 0):
            raise FileInUse(location, other)
        if not told and wait > 0 and waiting is not None:
            waiting(other)
            told = True
        time.sleep(0.02 if wait <= 0 else 0.1)


def _try(location: Location, me: Holder, *, take_over: bool) -> tuple[int | None, Holder | None]:
    """The handle of the lock, or who has it."""
    path = location.lock_path
    handle = _open(path)
    if not _lock(handle):
        found = _read(handle)
        os.close(handle)
        return None, found
    if not _is_still(handle, path):  # released and removed between opening and locking
        os.close(handle)
        return None, None
    found = _read(handle)
    if found is not None and not found.is_here and not take_over:
        _unlock(handle)
        os.close(handle)
        return None, found
    _write(handle, me)
    return handle, None


def holder_of(location: Location) -> Holder | None:
    """Who has the file open for writing now; ``None`` for nobody, and for a server."""
    if location.is_server:
        return None
    try:
        handle = os.open(location.lock_path, os.O_RDWR)
    except OSError:
        return None
    try:
        found = _read(handle)
        if found is not None and not found.is_here:
            return found
        if _lock(handle):
            _unlock(handle)
            return None
        return found
    finally:
        os.close(handle)


def _me(app: str) -> Holder:
    now = datetime.now(UTC)
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = "someone"
    return Holder(user, socket.gethostname(), os.getpid(), app, now, now)


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise read_only_folder(path) from error


def _is_still(handle: int, path: Path) -> bool:
    found = os.fstat(handle)
    named = file_id(path)
    return os.name != "posix" or (named is not None and (named.device, named.number) == (found.st_dev, found.st_ino))


def _read(handle: int) -> Holder | None:
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        found = json.loads(os.read(handle, 4096) or b"null")
        times = {name: datetime.fromisoformat(found[name]) for name in ("since", "heartbeat")}
        return Holder(str(found["user"]), str(found["host"]), int(found["pid"]), str(found["app"]), **times)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(handle: int, holder: Holder) -> None:
    """Padded to one length, so that a reader never sees half of a shorter and half of a longer text."""
    text = json.dumps(asdict(holder) | {"since": holder.since.isoformat(), "heartbeat": holder.heartbeat.isoformat()})
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, text.encode().ljust(1024))


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        with suppress(OSError):
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_UN)
