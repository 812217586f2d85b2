"""Copies that were proven good, kept away from the database, and the way back from each of them.

A backup is a complete file under the key of its day, in ``paths.backup_folder()/<database id>/``, named
``<running number>-<UTC time>-<reason>.mtss``. The running number gives the order: clocks are set back.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from mtss_desktop.base import paths
from mtss_desktop.base.errors import DamagedFile, StorageError, UserError
from mtss_desktop.base.progress import Progress, silent
from mtss_desktop.store import keys, typing, whereabouts
from mtss_desktop.store.engine import BUSY_SECONDS, connect, raw_connection, remove_file, sync_file, sync_folder
from mtss_desktop.store.faults import damaged, mapped_errors, refuse_too_little_space
from mtss_desktop.store.keys import Key
from mtss_desktop.store.location import SUFFIX, Location, at, refuse_folder

ALL_FOR = timedelta(days=2)
DAYS, WEEKS, MONTHS = 12, 10, 9
REPLACED = "replaced"
PASSPHRASES_BEFORE = "passphrases before"
"""What the database notes about itself: how many passphrases it had before this one."""
_NAME = re.compile(r"(\d{6})-(\d{8}T\d{6}Z)-([a-z-]+)" + re.escape(SUFFIX))
_STAMP = "%Y%m%dT%H%M%SZ"
_PART_AGE = 3600.0


@dataclass(frozen=True)
class Backup:
    """``made_at`` UTC, ``size`` bytes, ``reason`` such as daily, by-hand, before-update, replaced."""

    path: Path
    number: int
    made_at: datetime
    reason: str
    size: int


# Making ----------------------------------------------------------------------------------------------------------


def back_up(
    location: Location,
    key: Key | None,
    *,
    reason: str = "daily",
    to: Path | None = None,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> Backup:
    """Copies a database, open or not, and proves the copy good before it gets its name. Takes about 1 s for 60 MiB.

    ``to``: a file or folder of the person's own choice instead of the usual folder. Raises ``StorageError``; a failed
    backup leaves nothing behind.
    """
    progress = progress or silent()
    now = now or datetime.now(UTC)
    to = at(to).file if to is not None else None  # refuses a name that no file can have
    if to is not None and not to.is_dir():
        refuse_folder(to)
        to = paths.with_ending(to, SUFFIX)
    with mapped_errors(location, key), _source(location, key) as source:
        folder = folder_of(source) if to is None else (to if to.is_dir() else to.parent)
        if to is None:
            _sweep(_made(folder), now)
        target = to if to is not None and not to.is_dir() else folder / _next_name(folder, now, reason)
        if to is not None and target.exists():
            raise StorageError(f"“{target.name}” is already there.", "Choose another name.")
        with mapped_errors(at(target), key, needed=_size(location.file)):
            refuse_too_little_space(target, _size(location.file))
            _copy(source, target, key, progress)
    if to is None:
        whereabouts.note(folder, location.file)
        thin(folder, now)
    return Backup(target, _number(target), now, reason, target.stat().st_size)


def _made(folder: Path) -> Path:
    try:
        return paths.make_private(folder)
    except OSError as error:
        raise StorageError(
            f"The folder for the backups, “{folder}”, cannot be made.", "Check the rights on the folder above it."
        ) from error


@contextmanager
def _source(location: Location, key: Key | None) -> Iterator[Any]:
    if location.is_server:
        raise UserError("A server is backed up by its administrator.", "Ask for pg_dump of this database.")
    keys.refuse_non_database(location.file)
    connection = connect(location.file, key)
    try:
        yield connection
    finally:
        connection.close()


def _copy(source: Any, target: Path, key: Key | None, progress: Progress) -> None:
    """One step (a copy in steps starts over at every commit), verify, onto the disk, name."""
    part = target.with_name(target.name + ".part")
    try:
        source.execute("BEGIN")
        try:
            progress.step("Counting")
            expected = _row_counts(source)
            progress.step("Copying")
            _copy_pages(source, part, key)
        finally:
            source.execute("ROLLBACK")
        progress.step("Checking the copy")
        verify(part, key, expected)
        sync_file(part)
        part.replace(target)
        sync_folder(target.parent)
    finally:
        remove_file(part)


def _copy_pages(source: Any, part: Path, key: Key | None) -> None:
    remove_file(part)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    copy = raw_connection(part, key)
    try:
        source.backup(copy, pages=-1, progress=_give_up_when_busy())
        copy.execute("PRAGMA journal_mode=DELETE").fetchall()
    finally:
        copy.close()


def _give_up_when_busy() -> Callable[[int, int, int], None]:
    """The driver tries for ever by itself."""
    from sqlcipher3 import dbapi2

    until = time.monotonic() + BUSY_SECONDS

    def look(status: int, _remaining: int, _total: int) -> None:
        if status in (dbapi2.SQLITE_BUSY, dbapi2.SQLITE_LOCKED) and time.monotonic() > until:
            raise StorageError("Someone else is writing to the database all the time.", "Try again in a moment.")

    return look


def verify(path: Path, key: Key | None, expected: dict[str, int] | None = None) -> dict[str, int]:
    """Opens a closed copy with its key, checks every page and counts the rows of every table.

    Raises ``DamagedFile`` or ``WrongKey``. Returns the counts.
    """
    with mapped_errors(at(path), key):
        connection = connect(path, key)
        try:
            connection.execute("PRAGMA journal_mode=DELETE").fetchall()
            sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            if key is not None and connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
                sound = False
            counts = _row_counts(connection) if sound else {}
        finally:
            connection.close()
    if not sound:
        raise damaged(path)
    if expected is not None and counts != expected:
        raise DamagedFile("The copy does not hold all that the database holds.", "Try again; the database is unharmed.")
    return counts


def _row_counts(connection: Any) -> dict[str, int]:
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type='table' ORDER BY name")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def folder_of(connection: Any) -> Path:
    """The folder of a database's backups, by the id it carries itself."""
    found = connection.execute("SELECT value FROM about WHERE name='id'").fetchone()
    if found is None or not re.fullmatch(r"[0-9a-f]{32}", found[0]):
        raise DamagedFile("The database does not know its own id.", "Restore the newest backup.")
    return paths.backup_folder() / str(found[0])


def _sweep(folder: Path, now: datetime) -> None:
    """What a killed backup left; younger ones may be someone's who is at it."""
    for part in folder.glob("*.part*"):
        with suppress(OSError):
            if now.timestamp() - part.stat().st_mtime > _PART_AGE:
                part.unlink()


def _next_name(folder: Path, now: datetime, reason: str) -> str:
    number = max((_number(path) for path in folder.glob(f"*{SUFFIX}*")), default=0) + 1
    return f"{number:06}-{now.astimezone(UTC).strftime(_STAMP)}-{reason}{SUFFIX}"


def _number(path: Path) -> int:
    head = path.name.split("-", 1)[0]
    return int(head) if head.isdigit() else 0


def _size(path: Path) -> int:
    return sum(part.stat().st_size for part in (path, Path(f"{path}-wal")) if part.exists())


# Finding ---------------------------------------------------------------------------------------------------------


def backups_of(location: Location) -> tuple[Backup, ...]:
    """Newest first. Found by the file's place or its first 16 bytes, so a damaged or missing file finds its own."""
    found = {backup.path: backup for folder in _folders(location) for backup in in_folder(folder)}
    return tuple(sorted(found.values(), key=lambda backup: backup.number, reverse=True))


def in_folder(folder: Path) -> tuple[Backup, ...]:
    """Newest first."""
    found = [backup for path in folder.glob(f"*{SUFFIX}") if (backup := _backup(path)) is not None]
    return tuple(sorted(found, key=lambda backup: backup.number, reverse=True))


def _backup(path: Path) -> Backup | None:
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    made = datetime.strptime(match[2], _STAMP).replace(tzinfo=UTC)
    return Backup(path, int(match[1]), made, match[3], path.stat().st_size)


def _folders(location: Location) -> Iterator[Path]:
    head = whereabouts.head_of(location.file)
    for known in whereabouts.all_known():
        if known.path == str(location.file) or (keys.PLAIN_HEAD.hex() != head == known.head):
            yield known.folder


def newest_good(location: Location, key: Key | None) -> Backup | None:
    """The newest backup that opens under this key and is whole; ``None`` where there is none."""
    for backup in backups_of(location):
        if backup.reason == REPLACED:
            continue
        with suppress(StorageError):
            verify(backup.path, key)
            return backup
    return None


# Keeping ---------------------------------------------------------------------------------------------------------


def kept(made: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """Which backups stay: all of two days, then the newest of 12 days, of 10 weeks and of 9 months that have one.

    Days are UTC, so that neither daylight saving nor travel moves them; a time in the future stays.
    """
    newest_first = sorted(made, reverse=True)
    stay = {when for when in newest_first if now - when < ALL_FOR}
    older = [when for when in newest_first if when not in stay]
    for span, room in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        taken = {span(when) for when in stay} if stay else set()
        chosen: dict[tuple[int, ...], datetime] = {}
        for when in older:
            if span(when) not in taken and len(chosen) < room:
                chosen.setdefault(span(when), when)
        stay |= set(chosen.values())
        last = min(stay, default=now)
        older = [when for when in older if when < last]
    return frozenset(stay)


def _day(when: datetime) -> tuple[int, ...]:
    day: date = when.astimezone(UTC).date()
    return (day.toordinal(),)


def _week(when: datetime) -> tuple[int, ...]:
    year, week, _ = when.astimezone(UTC).isocalendar()
    return (year, week)


def _month(when: datetime) -> tuple[int, ...]:
    utc = when.astimezone(UTC)
    return (utc.year, utc.month)


def thin(folder: Path, now: datetime) -> tuple[Path, ...]:
    """Removes what ``kept`` does not name, never the newest and never a replaced file. Returns what went."""
    backups = [backup for backup in in_folder(folder) if backup.reason != REPLACED]
    stay = kept((backup.made_at for backup in backups), now)
    gone = tuple(backup.path for backup in backups[1:] if backup.made_at not in stay)
    for path in gone:
        remove_file(path)
    return gone


# Restoring -------------------------------------------------------------------------------------------------------


def restore(
    backup: Path,
    location: Location,
    key: Key | None,
    current_key: Key | None = None,
    now: datetime | None = None,
) -> Path | None:
    """Puts a backup in a database's place once it is proven good. The caller holds the lock and has no engine open.

    The file it replaces goes, as it is, into the backup folder: its path is returned, and restoring it undoes this.
    ``current_key`` opens that file, if it still opens. Killed at any moment, the old or the new database is whole.
    """
    path = location.file
    copy = path.with_name(path.name + ".part")
    try:
        with mapped_errors(location, key, needed=backup.stat().st_size if backup.exists() else 0):
            keys.refuse_non_database(backup)
            refuse_too_little_space(path, backup.stat().st_size)
            remove_file(copy)
            shutil.copyfile(backup, copy)
            copy.chmod(0o600)
            verify(copy, key)
            sync_file(copy)
            replaced = _keep_replaced(location, copy, key, current_key, now or datetime.now(UTC))
            copy.replace(path)
            sync_folder(path.parent)
            return replaced
    finally:
        remove_file(copy)


def _keep_replaced(
    location: Location, instead: Path, key: Key | None, current_key: Key | None, now: datetime
) -> Path | None:
    """Copies the present file away and leaves it without a write-ahead file, which must never meet another database."""
    path = location.file
    if not path.exists():
        return None
    _fold_in(path, current_key)
    connection = connect(instead, key)
    try:
        folder = paths.make_private(folder_of(connection))
        connection.execute("PRAGMA journal_mode=DELETE").fetchall()
    finally:
        connection.close()
    target = folder / _next_name(folder, now, REPLACED)
    for ending in ("-wal", ""):
        if Path(f"{path}{ending}").exists():
            shutil.copyfile(f"{path}{ending}", f"{target}{ending}")
            sync_file(Path(f"{target}{ending}"))
    sync_folder(folder)
    for ending in ("-wal", "-shm", "-journal"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    sync_folder(path.parent)
    return target


def _fold_in(path: Path, key: Key | None) -> None:
    """Brings the write-ahead file into the database, where the database still opens; a damaged one is not touched."""
    if not keys.is_plain(path) and (key is None or not key.fits(path)):
        return
    with suppress(Exception):
        connection = connect(path, key)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()


# Another passphrase ----------------------------------------------------------------------------------------------


def change_passphrase(location: Location, key: Key, passphrase: str, *, progress: Progress | None = None) -> Key:
    """A verified backup under the old key, then the whole file under the new one. The caller holds the lock.

    No engine may be open. The file under the new key is made beside the old, proven good and put in its place at once:
    killed at any moment, the file opens with the old or the new passphrase. Returns the new key: a new recovery sheet
    is due, the old one opens older backups only.
    """
    progress = progress or silent()
    if typing.waiting_on_disk(location, key):
        raise UserError("Some text is not saved yet.", "Finish the line being typed, then change the passphrase.")
    new = keys.new_key(passphrase, key.salt)
    back_up(location, key, reason="before-passphrase", progress=progress)
    path = location.file
    part = path.with_name(path.name + ".part")
    try:
        with mapped_errors(location, key, needed=_size(path)):
            refuse_too_little_space(path, _size(path))
            progress.step("Changing the passphrase")
            _copy_under(location, key, part, new)
            sync_file(part)
            part.replace(path)
            sync_folder(path.parent)
    finally:
        remove_file(part)
    return new


def _count_passphrase(part: Path, key: Key, expected: dict[str, int]) -> None:
    """The next recovery sheet says that it is not the first; ``expected`` rows grow by the line that is added."""
    copy = raw_connection(part, key)
    try:
        before = copy.execute("SELECT value FROM about WHERE name=?", (PASSPHRASES_BEFORE,)).fetchone()
        count = str(int(before[0]) + 1 if before else 1)
        copy.execute("INSERT OR REPLACE INTO about (name, value) VALUES (?, ?)", (PASSPHRASES_BEFORE, count))
        expected["about"] += 0 if before else 1
    finally:
        copy.close()


def _copy_under(location: Location, key: Key, part: Path, new: Key) -> None:
    """Every page encrypted anew; the old file is left without a write-ahead file."""
    with _source(location, key) as source:
        source.execute("PRAGMA busy_timeout=500")
        source.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        source.execute("BEGIN")  # a reader's: a connection that writes cannot be copied from
        try:
            expected = _row_counts(source)
            _copy_pages(source, part, new)
        finally:
            source.execute("ROLLBACK")
    _count_passphrase(part, new, expected)
    if Path(f"{location.file}-wal").exists():
        raise StorageError(f"“{location.file.name}” is open somewhere else.", "Close it there, then try again.")
    verify(part, new, expected)
