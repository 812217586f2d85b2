"""How a database is made and opened: its key, its lock, the check before, and the copy kept of every day of use."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mtss_desktop.app import safekeeping
from mtss_desktop.app.last_seen import LastSeen
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import DamagedFile, StorageError, UserError, WrongKey
from mtss_desktop.base.log import log
from mtss_desktop.base.paths import with_ending
from mtss_desktop.base.progress import Progress, silent
from mtss_desktop.base.words import ENGLISH, Said, said
from mtss_desktop.domain.people import school_year_of
from mtss_desktop.store import database, keys, lock, migrate
from mtss_desktop.store.database import Database
from mtss_desktop.store.engine import remove_file
from mtss_desktop.store.keys import Key
from mtss_desktop.store.location import SUFFIX, Location, at, parse
from mtss_desktop.store.lock import FileInUse, Holder
from mtss_desktop.store.typing import TypingFile
from mtss_desktop.usecases import places
from mtss_desktop.usecases.places import NewSchool

APP = "MTSS Desktop"
Waiting = Callable[[Holder | None], None]
Now = Callable[[], datetime]


@dataclass(frozen=True)
class FirstFacts:
    """What a new database is asked first. ``first_year`` is the calendar year its school year begins in, 0 for today's."""

    division: str = "Our division"
    first_year: int = 0
    schools: tuple[NewSchool, ...] = ()
    code: str = ""
    state_code: str = ""
    short_name: str = ""
    labels: str = "virginia"


@dataclass(frozen=True)
class Opened:
    """``notices`` are sentences for the person: a synced folder, an update, text that waits to be saved."""

    workspace: Workspace
    notices: tuple[Said, ...] = ()


# What a start screen or the terminal asks before -------------------------------------------------------------------------


def location_of(text: str) -> Location:
    """A file as typed (``.mtss`` is added) or a server address. Raises ``UserError``."""
    return parse(text)


def passphrase_advice(passphrase: str) -> tuple[bool, Said]:
    """Whether it will do for a new file, and one sentence of help either way."""
    return keys.advice(passphrase)


def needs_passphrase(location: Location) -> bool:
    """True for an encrypted file. Raises ``StorageError`` or ``DamagedFile`` where there is no database to open."""
    if location.is_server:
        return False
    keys.refuse_non_database(location.file)
    return not keys.is_plain(location.file)


def holder(location: Location) -> Holder | None:
    """Who has the file open for writing now."""
    return lock.holder_of(location)


# New -----------------------------------------------------------------------------------------------------------------------


def create(
    place: Location | Path,
    *,
    passphrase: str | None,
    first: FirstFacts = FirstFacts(),
    app: str = APP,
) -> Opened:
    """Makes a database and opens it; whole, or not at all. ``passphrase`` None makes a file that is not encrypted.

    Raises ``UserError`` for a weak passphrase, another kind of file's ending or first facts that will not do, ``StorageError``
    where the file cannot be made.
    """
    location = at(place) if isinstance(place, Path) else place
    if not location.exists():
        location = at(with_ending(location.file, SUFFIX))
    key = keys.new_key(passphrase) if passphrase is not None else None
    if location.is_server:
        database.create_on_server(location)
    else:
        database.create(location.file, key)
    try:
        opened = open_workspace(location, key=key, app=app)
        try:
            _set_up(opened.workspace, first)
        except BaseException:
            opened.workspace.close()
            raise
    except BaseException:
        if not location.is_server:
            remove_file(location.file)
        raise
    return opened


def _set_up(workspace: Workspace, first: FirstFacts) -> None:
    workspace.do(
        places.set_up,
        division=first.division,
        first_year=first.first_year or school_year_of(workspace.ask(places.today)),
        schools=first.schools,
        code=first.code,
        state_code=first.state_code,
        short_name=first.short_name,
        labels=first.labels,
    )


def remove(path: Path) -> None:
    """Takes a database that was begun and not finished away with what lies beside it; quiet where there is none."""
    remove_file(path)


# Open ----------------------------------------------------------------------------------------------------------------------


def open_workspace(
    place: Location | Path,
    *,
    passphrase: str | None = None,
    recovery: str | None = None,
    key: Key | None = None,
    read_only: bool = False,
    wait: float = 0.0,
    take_over: bool = False,
    careful: bool = True,
    app: str = APP,
    waiting: Waiting | None = None,
    progress: Progress | None = None,
    now: Now = database.utc_now,
) -> Opened:
    """Opens a database with its passphrase, the groups of its recovery sheet or its key.

    ``read_only`` needs no lock, so it works while someone else writes. ``careful``: pages are checked first (about 0.5 s for
    60 MiB); they are in any case after a crash. Raises ``WrongKey``, ``DamagedFile``, ``FileInUse`` and other
    ``StorageError`` with a sentence each; nothing stays locked then.
    """
    location = at(place) if isinstance(place, Path) else place
    progress = progress or silent()
    progress.step("Opening")
    key = key or find_key(location, passphrase, recovery)
    with ExitStack() as undo:
        held = None if read_only else lock.take(location, app, wait=wait, take_over=take_over, waiting=waiting)
        if held is not None:
            undo.callback(held.release)
        crashed = held is not None and _left_open(location)
        engines = migrate.open_database(location, key, read_only=read_only, progress=progress)
        db = Database(engines, now)
        undo.callback(db.close)
        if held is not None and (careful or crashed):
            _refuse_damaged(db, progress)
        typing = None if read_only else TypingFile(location, key)
        last_seen = None if location.is_server else LastSeen(db)
        if last_seen is not None and held is not None:
            last_seen.note()
        workspace = Workspace(db, lock=held, typing=typing, at_end=lambda: _back_up_at_end(db), last_seen=last_seen)
        undo.pop_all()
    return Opened(workspace, _notices(workspace, typing))


def find_key(location: Location, passphrase: str | None, recovery: str | None = None) -> Key | None:
    """The key of a file, None for a plain one and for a server. Raises ``WrongKey`` and the like."""
    if not needs_passphrase(location):
        return None
    if recovery is not None:
        return keys.key_from_recovery(location.file, recovery)
    if passphrase is None:
        raise WrongKey(
            f"“{location.file.name}” is encrypted.", "Give its passphrase, or the key on its recovery sheet."
        )
    return keys.unlock(location.file, passphrase)


def _left_open(location: Location) -> bool:
    """A write-ahead file that nobody holds: the program or the computer stopped in the middle."""
    if location.is_server:
        return False
    with suppress(OSError):
        return Path(f"{location.file}-wal").stat().st_size > 0
    return False


def _refuse_damaged(db: Database, progress: Progress) -> None:
    found = safekeeping.check_file(db, progress)
    if not found.damaged:
        return
    good = safekeeping.newest_good(db.location, db.engines.key)
    hint = (
        f"Restore the newest good backup, of {ENGLISH.date(good.made_at.astimezone())}. The damaged file is kept."
        if good is not None
        else "Restore a backup from another place. The file was not touched."
    )
    raise DamagedFile(f"“{db.location.file.name}” is damaged.", hint)


def _notices(workspace: Workspace, typing: TypingFile | None) -> tuple[Said, ...]:
    found = [workspace.location.warning()]
    if typing is not None:
        found += [_typing_notice(typing), _backup_notice(workspace)]
    return tuple(each for each in found if each is not None)


def _typing_notice(typing: TypingFile) -> Said | None:
    if typing.trouble is not None:
        return said("What was being typed when the program stopped could not be read; it was set aside unharmed.")
    if typing.volatile:
        return said("Text being typed is kept in memory only until it is saved: this computer has no keychain.")
    waits = len(typing.pending())
    if not waits:
        return None
    return said(
        "{n} text was being typed when the program stopped; it is kept.",
        many="{n} texts were being typed when the program stopped; they are kept.",
        count="n",
        n=waits,
    )


# The day's copy --------------------------------------------------------------------------------------------------------------


def _backup_notice(workspace: Workspace) -> Said | None:
    """Protects what was done before today; a backup that fails stops nobody."""
    try:
        safekeeping.back_up_if_due(workspace.database, "opening")
    except UserError as error:
        log("opening").info("the day's backup failed: %s", type(error).__name__)
        return said("Today's backup could not be made: {why}", why=error.message)
    return None


def _back_up_at_end(db: Database) -> None:
    try:
        safekeeping.back_up_if_due(db, "closing")
    except UserError as error:
        log("opening").info("the backup at closing failed: %s", type(error).__name__)


__all__ = [
    "APP",
    "FileInUse",
    "FirstFacts",
    "Holder",
    "Key",
    "Location",
    "Opened",
    "StorageError",
    "at",
    "create",
    "find_key",
    "holder",
    "location_of",
    "needs_passphrase",
    "open_workspace",
    "passphrase_advice",
    "remove",
]
