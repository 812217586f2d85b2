"""Databases to break, with a key that costs no time to make."""

from __future__ import annotations

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import sqlalchemy as sa

from mtss_desktop.store import migrate
from mtss_desktop.store.engine import Engines
from mtss_desktop.store.keys import Key
from mtss_desktop.store.location import at
from mtss_desktop.store.schema.records import about

PASSPHRASE = "lantern otter brisk maple"
KEY = Key(bytes(range(32)), bytes(range(100, 116)))
CANARY = "Zoraida Quillfeather"


def new_file(folder: Path, name: str = "ashby.mtss", key: Key | None = KEY) -> Path:
    """A database with all tables, copied from one that is made once per run."""
    path = folder / name
    shutil.copyfile(_template(key is not None), path)
    path.chmod(0o600)
    return path


@cache
def _template(encrypted: bool) -> Path:
    folder = mkdtemp(prefix="mtss-template-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "template.mtss"
    migrate.make_database(at(path), KEY if encrypted else None)
    return path


def put(engines: Engines, name: str, value: str = CANARY) -> None:
    with engines.writer.begin() as connection:
        connection.execute(about.insert(), {"name": name, "value": value})


def got(engines: Engines) -> dict[str, str]:
    with engines.reader.connect() as connection:
        rows = connection.execute(sa.select(about).where(about.c.name != "id"))
        return {row.name: row.value for row in rows}
