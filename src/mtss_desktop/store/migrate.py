"""New databases, and old ones brought up to date. Alembic is imported only when a database is behind."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, pool

from mtss_desktop.base.errors import DamagedFile, StorageError
from mtss_desktop.base.progress import Progress, silent
from mtss_desktop.store import backup
from mtss_desktop.store.engine import Engines, connect, create_file, open_engines, server_engine
from mtss_desktop.store.faults import mapped_errors
from mtss_desktop.store.keys import Key
from mtss_desktop.store.location import Location
from mtss_desktop.store.migrations import NEWEST, name_of
from mtss_desktop.store.schema import metadata, records

_stamp = sa.Table(
    "alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32), nullable=False, primary_key=True)
)
_stamp.primary_key.name = "alembic_version_pkc"
_UPGRADE_LOCK = 0x4D545353
"""PostgreSQL's advisory lock while the schema changes."""

_LAYOUT_OF_FILE = sa.text(
    """SELECT made.name, field.name, field."notnull" = 0 FROM sqlite_schema AS made, pragma_table_info(made.name) AS field
    WHERE made.type = 'table'"""
)
_LAYOUT_OF_SERVER = sa.text(
    """SELECT table_name, column_name, is_nullable = 'YES' FROM information_schema.columns
    WHERE table_schema = current_schema()"""
)
"""Each column as its table, its name and whether it may be empty, as the database itself tells them."""

First = Callable[[sa.Connection], None]


def make_database(location: Location, key: Key | None, first: First | None = None) -> None:
    """A new database with all tables, its own id and what ``first`` writes: one transaction, or nothing at all.

    Raises ``StorageError`` where something is there already.
    """

    def fill(connection: sa.Connection) -> None:
        metadata.create_all(connection)
        _stamp.create(connection)
        connection.execute(_stamp.insert(), {"version_num": name_of(NEWEST)})
        connection.execute(records.about.insert(), {"name": "id", "value": uuid.uuid4().hex})
        if first is not None:
            first(connection)

    if not location.is_server:
        create_file(location.file, key, fill, version=NEWEST)
        return
    with mapped_errors(location), _server_transaction(location) as connection:
        if sa.inspect(connection).has_table(_stamp.name, schema=location.schema):
            raise StorageError(f"{location.name} already holds a database.", "Open it, or name another schema.")
        connection.execute(sa.schema.CreateSchema(location.schema, if_not_exists=True))
        fill(connection)


def open_database(
    location: Location, key: Key | None = None, *, read_only: bool = False, progress: Progress | None = None
) -> Engines:
    """Opens a database and brings it up to date first: a verified backup, then all revisions in one transaction.

    The caller holds the lock unless ``read_only``. Raises ``StorageError`` for a newer or unfinished database.
    """
    engines = open_engines(location, key, read_only=read_only)
    try:
        found = revision(engines)
        if found == NEWEST:
            _refuse_other_layout(engines)
            return engines
        _refuse(location, found)
    except BaseException:
        engines.close()
        raise
    engines.close()
    if read_only:
        raise StorageError(
            f"{location.name} has to be brought up to date before it can be read.", "Open it once for writing."
        )
    upgrade(location, key, progress or silent())
    return open_engines(location, key)


def revision(engines: Engines) -> int:
    """The schema's revision; 0 where there is none."""
    with mapped_errors(engines.location, engines.key), engines.reader.connect() as connection:
        schema = engines.location.schema if engines.location.is_server else None
        if not sa.inspect(connection).has_table(_stamp.name, schema=schema):
            return 0
        found = connection.execute(sa.select(_stamp.c.version_num)).scalar()
    return int(found) if found is not None and found.isdigit() else 0


def _refuse(location: Location, found: int) -> None:
    if found == 0:
        raise DamagedFile(f"{location.name} holds no database of this program.", "Choose another, or make a new one.")
    if found > NEWEST:
        raise newer(location, found)


def _refuse_other_layout(engines: Engines) -> None:
    """Revision 1 is written anew until the first release: files of the days before carry its number and other tables.

    Raises ``StorageError``. One statement, so that every opening can afford it.
    """
    expected = {
        (table.name, column.name, bool(column.nullable)) for table in metadata.tables.values() for column in table.c
    }
    with mapped_errors(engines.location, engines.key), engines.reader.connect() as connection:
        rows = connection.execute(_LAYOUT_OF_FILE if engines.is_sqlite else _LAYOUT_OF_SERVER).all()
    found = {(table, column, bool(nullable)) for table, column, nullable in rows if table in metadata.tables}
    if found != expected:
        location = engines.location
        name = location.name if location.is_server else f"“{location.file.name}”"
        raise StorageError(
            f"{name} was made by an unfinished version of this program, whose tables were laid out differently.",
            "Open it with the version that made it, or make a new database. It was not touched.",
        )


def newer(location: Location, found: int) -> StorageError:
    return StorageError(
        f"{location.name} was made by a newer version of this program (revision {found}; this one knows {NEWEST}).",
        "Install the newer version. The database was not touched.",
    )


def upgrade(
    location: Location, key: Key | None, progress: Progress, scripts: Path | None = None, to: int = NEWEST
) -> None:
    """Up to revision ``to``. Killed half-way, the old database is as it was; the backup is there besides."""
    if not location.is_server:
        progress.step("Backing up before the update")
        backup.back_up(location, key, reason="before-update")
    progress.step("Bringing the database up to date")
    with mapped_errors(location, key), _upgrade_transaction(location, key) as connection:
        run_scripts(connection, name_of(to), scripts)
        if not location.is_server:
            _check_references(connection, location)
            connection.exec_driver_sql(f"PRAGMA user_version={to}")


def run_scripts(connection: sa.Connection, to: str = "head", scripts: Path | None = None) -> None:
    """Runs the revision scripts on a connection, inside its transaction."""
    from alembic import command

    command.upgrade(alembic_config(connection, scripts), to)


def alembic_config(connection: sa.Connection | None = None, scripts: Path | None = None) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts or Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _check_references(connection: sa.Connection, location: Location) -> None:
    """References are not enforced while tables are rebuilt; they have to hold before the update counts."""
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise DamagedFile(f"{location.name} could not be brought up to date: some of its records point nowhere.")


@contextmanager
def _upgrade_transaction(location: Location, key: Key | None) -> Iterator[sa.Connection]:
    if location.is_server:
        with _server_transaction(location) as connection:
            yield connection
        return

    def creator() -> Any:
        connection = connect(location.file, key)
        connection.execute("PRAGMA foreign_keys=OFF")
        return connection

    engine = sa.create_engine("sqlite://", creator=creator, poolclass=pool.StaticPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _server_transaction(location: Location) -> Iterator[sa.Connection]:
    engine = server_engine(location)
    try:
        with engine.begin() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_UPGRADE_LOCK)))
            yield connection
    finally:
        engine.dispose()
