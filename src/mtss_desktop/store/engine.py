"""Connections: two engines for a database (the write lane's and the read lane's), and driver errors in plain sentences.

SQLCipher serves encrypted and plain files alike: the SQLite inside Python is older than 3.51.3, which mended a
defect that could damage write-ahead files.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import event, pool

from mtss_desktop.base.errors import DamagedFile, StorageError
from mtss_desktop.store import keys
from mtss_desktop.store.faults import (
    free_space,
    mapped_errors,
    refuse_read_only,
    refuse_too_little_space,
    replaced,
)
from mtss_desktop.store.keys import APPLICATION_ID, Key
from mtss_desktop.store.location import FileId, Location, at, refuse_folder

OLDEST_ENGINE = (3, 51, 3)
BUSY_SECONDS = 5.0
_CACHE_KIB = 32_768
_WAL_LIMIT = 64 * 1024 * 1024
_LARGE_WAL = 1024 * 1024


@dataclass(frozen=True)
class Engines:
    """``writer`` begins IMMEDIATE and serves the write lane, ``reader`` reads snapshots and serves the read lane.

    Each may be used by one thread at a time; which thread does not matter.
    """

    location: Location
    key: Key | None = field(repr=False)
    writer: sa.Engine
    reader: sa.Engine
    file_id: FileId | None = None
    can_write: bool = True

    @property
    def is_sqlite(self) -> bool:
        return self.writer.dialect.name == "sqlite"

    def check_same_file(self) -> None:
        """Raises ``StorageError`` once another file has been put in the place of the open one."""
        if self.file_id is not None and self.location.file_id() != self.file_id:
            raise replaced(self.location)

    def close(self) -> None:
        """Folds the write-ahead file into the database where nobody else reads it."""
        self.reader.dispose()
        self.writer.dispose()


def open_engines(location: Location, key: Key | None = None, *, read_only: bool = False) -> Engines:
    """Raises ``StorageError``, ``WrongKey``, ``DamagedFile``; never makes a file.

    ``read_only``: the writer refuses, for a second window on a file that someone else holds.
    """
    with mapped_errors(location, key):
        return _server_engines(location, read_only) if location.is_server else _file_engines(location, key, read_only)


# Files ----------------------------------------------------------------------------------------------------


def _file_engines(location: Location, key: Key | None, read_only: bool) -> Engines:
    path = location.file
    keys.refuse_non_database(path)
    if not read_only:
        refuse_read_only(path)
    connect(path, key).close()
    found = location.file_id()
    writer = _file_engine(location, key, found, "" if read_only else "BEGIN IMMEDIATE", size=1)
    reader = _file_engine(location, key, None, "BEGIN", size=4)
    event.listen(writer, "checkin", lambda connection, _record: _give_space_back(connection, path))
    return Engines(location, key, writer, reader, found, not read_only)


def _give_space_back(connection: Any, path: Path) -> None:
    """A long or failed transaction leaves its size in the write-ahead file, which on a full disk blocks everything."""
    with suppress(Exception):
        size = Path(f"{path}-wal").stat().st_size
        if connection is None or size < _LARGE_WAL or (size < _WAL_LIMIT and free_space(path) > _WAL_LIMIT):
            return
        connection.execute("PRAGMA busy_timeout=0")
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")


def _file_engine(location: Location, key: Key | None, held: FileId | None, begin: str, *, size: int) -> sa.Engine:
    """``begin`` is how its transactions start, "" for an engine that starts none."""

    def creator() -> Any:
        connection = connect(location.file, key)
        if begin != "BEGIN IMMEDIATE":
            connection.execute("PRAGMA query_only=ON")
        return connection

    engine = sa.create_engine(
        "sqlite://",
        creator=creator,
        module=_driver(),
        poolclass=pool.QueuePool,
        pool_size=size,
        max_overflow=0,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        if not begin:
            _refuse_writing(connection)
        if held is not None and location.file_id() != held:
            raise replaced(location)
        connection.exec_driver_sql(begin)

    return engine


def _refuse_writing(_connection: sa.Connection) -> None:
    raise StorageError("This database is open for reading only.", "Close it where it is in use, then open it again.")


def _driver() -> Any:
    from sqlcipher3 import dbapi2

    if tuple(dbapi2.sqlite_version_info) < OLDEST_ENGINE:
        raise StorageError(
            f"The database engine is version {dbapi2.sqlite_version}, which can damage files.",
            "Install this program's requirements again: it needs sqlcipher3 0.6.4 or newer.",
        )
    return dbapi2


def raw_connection(path: Path, key: Key | None, *, mode: str = "rw", timeout: float = BUSY_SECONDS) -> Any:
    """A driver connection with its key, nothing else set. ``mode``: ro, rw or rwc, as in SQLite's file addresses."""
    connection = _driver().connect(
        f"{file_address(path)}?mode={mode}", uri=True, timeout=timeout, check_same_thread=False, isolation_level=None
    )
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        if key is not None:
            connection.execute(f"PRAGMA key={key.pragma()}")
    except BaseException:
        connection.close()
        raise
    return connection


def connect(path: Path, key: Key | None, *, mode: str = "rw") -> Any:
    """A driver connection as every lane has it. Checks that the file is one of ours."""
    connection = raw_connection(path, key, mode=mode)
    try:
        _set_up(connection)
        if mode != "rwc":
            _refuse_foreign(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up(connection: Any) -> None:
    settings = [
        f"busy_timeout={int(BUSY_SECONDS * 1000)}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        f"journal_size_limit={_WAL_LIMIT}",
        f"cache_size=-{_CACHE_KIB}",
    ]
    if sys.platform == "darwin":
        settings += ["fullfsync=ON", "checkpoint_fullfsync=ON"]
    for setting in settings:
        connection.execute(f"PRAGMA {setting}").fetchall()


def _refuse_foreign(connection: Any, path: Path) -> None:
    from mtss_desktop.store.migrations import NEWEST

    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise keys.another_programs(path)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > NEWEST:
        raise StorageError(
            f"“{path.name}” was made by a newer version of this program (revision {version}; this one knows {NEWEST}).",
            "Install the newer version. The file was not touched.",
        )
    if version == 0:
        raise DamagedFile(f"“{path.name}” was never finished.", "Make a new database, or restore a backup.")


def file_address(path: Path) -> str:
    """``file:`` address for SQLite, safe for spaces, ``?``, ``#``, ``%`` and letters of any script."""
    text = path.absolute().as_posix()
    return ("file://" + ("" if text.startswith("/") else "/") if os.name == "nt" else "file:") + quote(text)


def create_file(path: Path, key: Key | None, fill: Callable[[sa.Connection], None], *, version: int) -> None:
    """Makes a new database: whole and under its name, or not at all. Never over something that is there.

    ``fill`` gets the one transaction in which tables and first rows are made; ``version`` is the schema's revision.
    """
    begun = path.with_name(path.name + ".part")
    with mapped_errors(at(path)):
        refuse_folder(path)
        if path.exists() or path.is_symlink():
            raise StorageError(f"“{path.name}” is already there.", "Choose another name, or open it.")
        try:
            _fill_file(begun, key, fill, version)
            _name_for_good(begun, path)
        finally:
            remove_file(begun)


def _fill_file(path: Path, key: Key | None, fill: Callable[[sa.Connection], None], version: int) -> None:
    remove_file(path)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    engine = sa.create_engine(
        "sqlite://", creator=lambda: connect(path, key, mode="rwc"), module=_driver(), poolclass=pool.StaticPool
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={version}")
            fill(connection)
    finally:
        engine.dispose()
    sync_file(path)


def _name_for_good(begun: Path, path: Path) -> None:
    """Gives a finished file its name and fails if something has taken it meanwhile."""
    if os.name == "nt":
        begun.rename(path)
    else:
        try:
            os.link(begun, path)
        except FileExistsError:
            raise
        except OSError:  # file systems without hard links
            begun.rename(path)
    sync_folder(path.parent)


def remove_file(path: Path) -> None:
    """Takes a database of our own making away with what lies beside it; quiet where there is none."""
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            Path(f"{path}{ending}").unlink()


def sync_file(path: Path) -> None:
    """Returns once the file's content is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        if sys.platform == "darwin":
            import fcntl

            fcntl.fcntl(file.fileno(), fcntl.F_FULLFSYNC)


def sync_folder(folder: Path) -> None:
    """Returns once a new name in the folder is on the disk (where the system can do that)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# Servers ----------------------------------------------------------------------------------------------------


def _server_engines(location: Location, read_only: bool) -> Engines:
    writer = server_engine(location)
    reader = server_engine(location).execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    if read_only:
        event.listen(writer, "begin", _refuse_writing)
    with reader.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    return Engines(location, None, writer, reader, None, not read_only)


def server_engine(location: Location) -> sa.Engine:
    """Pings before use, so that a connection lost overnight is no error; time is UTC; look-ups stay in our schema."""
    options = f"-csearch_path={location.schema} -ctimezone=UTC -clock_timeout=5s"
    return sa.create_engine(
        location.url,
        connect_args={"options": options, "connect_timeout": 10, "application_name": "MTSS Desktop"},
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=1,
        max_overflow=1,
    )


__all__ = [
    "APPLICATION_ID",
    "Engines",
    "connect",
    "create_file",
    "free_space",
    "mapped_errors",
    "open_engines",
    "raw_connection",
    "refuse_too_little_space",
]
