"""Check, back up, restore, and the recovery sheet's groups: what keeps a database safe, for the window and the terminal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from mtss_desktop.app.last_seen import LastSeen
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import StorageError, UserError
from mtss_desktop.base.progress import Progress, silent
from mtss_desktop.base.words import said
from mtss_desktop.store import backup, journal, keys, lock, migrate
from mtss_desktop.store import check as checks
from mtss_desktop.store.backup import Backup
from mtss_desktop.store.check import Checked
from mtss_desktop.store.database import Database
from mtss_desktop.store.keys import Key
from mtss_desktop.store.location import Location
from mtss_desktop.store.work import Step


@dataclass(frozen=True)
class Restored:
    """``replaced`` is where the file that was there before is kept; restoring that one undoes this."""

    backup: Path
    replaced: Path | None


# Checking ------------------------------------------------------------------------------------------------------------------


def check_file(db: Database, progress: Progress | None = None) -> Checked:
    """Pages and references, as at every start."""
    return checks.check(db.engines, progress=progress)


def check(workspace: Workspace, *, thorough: bool = False, progress: Progress | None = None) -> Checked:
    """Pages, references, the history's chain and what the program expects of every database. Changes nothing."""
    progress = progress or silent()
    db = workspace.database
    found = checks.check(db.engines, thorough=thorough, progress=progress)
    if found.damaged:
        return found
    progress.step("Checking the history")
    with db.read() as work:
        broken = journal.broken_link(work)
        logic = [] if work.organizations.find(work.home_id) else [said("The database does not know its division.")]
    if broken is not None:
        logic.append(said("The history was changed from outside at step {n}.", n=broken))
    older = workspace.older_than_seen()
    return replace(found, problems=(*found.problems, *logic, *(() if older is None else (older,))))


# Copies ---------------------------------------------------------------------------------------------------------------------


def back_up(workspace: Workspace, to: Path | None = None, progress: Progress | None = None) -> Backup:
    """A copy that was proven good, in the program's own folder or where the person says. Raises ``StorageError``."""
    db = workspace.database
    return backup.back_up(db.location, db.engines.key, reason="by-hand", to=to, progress=progress)


def back_up_if_due(db: Database, reason: str) -> Backup | None:
    """The automatic copy: at most one a day for each reason, only after changes. A sample on its own day needs none."""
    if db.location.is_server or not db.engines.can_write:
        return None
    changed = _last_change(db)
    now = db.now()
    there = backup.backups_of(db.location)
    if changed is None or any(each.made_at > changed or _same_day(each, reason, now) for each in there):
        return None
    return backup.back_up(db.location, db.engines.key, reason=reason, now=now)


def _same_day(there: Backup, reason: str, now: datetime) -> bool:
    return there.reason == reason and there.made_at.astimezone().date() == now.astimezone().date()


def _last_change(db: Database) -> datetime | None:
    with db.read() as work:
        if work.rules.fixed_day is not None:
            return None
        last = journal.history(work, 1)
    return last[0].at if last else None


def backups_of(location: Location) -> tuple[Backup, ...]:
    """Newest first; also of a file that is damaged or gone."""
    return backup.backups_of(location)


def newest_good(location: Location, key: Key | None) -> Backup | None:
    """The newest backup that opens with the key and is whole."""
    return backup.newest_good(location, key)


# The way back -----------------------------------------------------------------------------------------------------------------


def restore(
    location: Location,
    from_: Path,
    *,
    passphrase: str | None = None,
    recovery: str | None = None,
    wait: float = 0.0,
    app: str = "MTSS Desktop",
) -> Restored:
    """Puts a backup in the database's place and says so in its history. The file that was there is kept.

    The passphrase is the backup's own, of its day. Raises ``WrongKey``, ``DamagedFile``, ``FileInUse``; nothing is changed then.
    """
    if location.is_server:
        raise UserError("A server is restored by its administrator.", "Ask for pg_restore of this database.")
    if location.exists() and from_.exists() and from_.samefile(location.file):
        raise UserError(f"“{from_.name}” is the database itself.", "Choose one of its backups.")
    key = _key_of(from_, passphrase, recovery)
    with lock.take(location, app, wait=wait):
        present = key if key is not None and location.exists() and key.fits(location.file) else None
        replaced = backup.restore(from_, location, key, present)
        with Database(migrate.open_database(location, key)) as db:
            _say_so(db)
            LastSeen(db).accept()
    return Restored(from_, replaced)


def _key_of(path: Path, passphrase: str | None, recovery: str | None) -> Key | None:
    keys.refuse_non_database(path)
    if keys.is_plain(path):
        return None
    if recovery is not None:
        return keys.key_from_recovery(path, recovery)
    if passphrase is None:
        raise StorageError("The backup is encrypted.", "Give the passphrase of its day.")
    return keys.unlock(path, passphrase)


def _say_so(db: Database) -> None:
    with db.write(Step("Restore backup", "backup.restore", "restore")) as work:
        work.touch(Topic.FILES, work.home_id)
    db.seal()


# The recovery sheet -----------------------------------------------------------------------------------------------------------


def recovery_groups(workspace: Workspace) -> tuple[str, ...]:
    """The 14 groups that open the file without its passphrase; empty for a plain file and for a server."""
    key = workspace.database.engines.key
    return keys.recovery_text(key) if key is not None else ()


def sheet_number(workspace: Workspace) -> int:
    """Which sheet of this file: 1 for the first passphrase, one more for each that came after."""
    with workspace.database.read() as work:
        return 1 + int(work.about(backup.PASSPHRASES_BEFORE) or 0)


def new_passphrase(
    location: Location,
    *,
    passphrase: str,
    old: str | None = None,
    recovery: str | None = None,
    app: str = "MTSS Desktop",
    progress: Progress | None = None,
) -> Key:
    """Gives a closed file another passphrase, after a verified backup. Proves itself by the old one or the recovery sheet.

    A new recovery sheet is due. Raises ``WrongKey``, ``FileInUse``, ``UserError`` for a weak passphrase; nothing is changed then.
    """
    key = _key_of(location.file, old, recovery)
    if key is None:
        raise UserError(
            f"“{location.file.name}” is not encrypted.", "A new database asks for a passphrase when it is made."
        )
    with lock.take(location, app):
        return backup.change_passphrase(location, key, passphrase, progress=progress)
