"""Trouble in plain sentences: what drivers and systems report, as ``StorageError`` with what to do next.

No sentence holds a key, a password, a statement or a record.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import exc

from mtss_desktop.base.errors import DamagedFile, StorageError, WrongKey
from mtss_desktop.store import keys, lock
from mtss_desktop.store.keys import Key
from mtss_desktop.store.location import Location, read_only_folder

_SPARE_BYTES = 64 * 1024 * 1024
_KNOWN_TEXTS = {
    "is locked": 5, "out of memory": 7, "readonly": 8, "disk I/O": 10, "malformed": 11, "is full": 13, "unable to open": 14,
    "not a database": 26,
}  # fmt: skip


@contextmanager
def mapped_errors(location: Location, key: Key | None = None, *, needed: int = 0) -> Iterator[None]:
    """Driver and system errors as ``StorageError`` with a sentence; everything else passes as it is.

    ``needed``: bytes the work wants free, named when the disk is full. No message holds a key, a password or a record.
    """
    try:
        yield
    except exc.DBAPIError as error:
        found = _explain(error.orig, location, key, needed)
        if found is None:
            raise
        raise found from None
    except exc.TimeoutError as error:
        raise StorageError("The database is busy with something else.", "Try again in a moment.") from error
    except OSError as error:
        found = _explain_system(error, location, needed)
        if found is None:
            raise
        raise found from error
    except Exception as error:
        found = _explain(error, location, key, needed) if _is_the_drivers(error) else None
        if found is None:
            raise
        raise found from None


def _is_the_drivers(error: Exception) -> bool:
    """Its errors of copying a database carry no number, only words."""
    return hasattr(error, "sqlite_errorcode") or type(error).__module__.startswith("sqlcipher3")


def _explain(error: BaseException | None, location: Location, key: Key | None, needed: int) -> StorageError | None:
    if location.is_server:
        return _explain_server(error, location)
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return _explain_text(str(error), location, key, needed)
    return _explain_code(code & 0xFF, location, key, needed)


def _explain_text(text: str, location: Location, key: Key | None, needed: int) -> StorageError | None:
    """For errors the driver raises without a number."""
    code = next((code for part, code in _KNOWN_TEXTS.items() if part in text), 0)
    return _explain_code(code, location, key, needed)


def _explain_code(code: int, location: Location, key: Key | None, needed: int) -> StorageError | None:
    """SQLite's primary result codes."""
    path = location.file
    match code:
        case 5 | 6:  # busy, locked
            return held_by_another(location)
        case 7:
            return StorageError("The computer is short of memory.", "Close other programs and try again.")
        case 8:  # read-only
            return read_only_folder(path) if path.exists() else gone(path)
        case 10:  # input or output
            return _no_space(path, needed) if _is_full(path, needed) else disk_trouble(path)
        case 11:  # corrupt
            return damaged(path)
        case 13:  # full
            return _no_space(path, needed)
        case 14:  # cannot open
            return _cannot_open(path)
        case 26:  # not a database
            return wrong_or_damaged(path, key)
    return None


def held_by_another(location: Location) -> StorageError:
    holder = lock.holder_of(location)
    who = " by another program" if holder is None or holder.is_me else f" by {holder.shown()}"
    return StorageError(f"“{location.file.name}” is in use{who}.", "Nothing was written. Try again in a moment.")


def wrong_or_damaged(path: Path, key: Key | None) -> StorageError:
    """One good page under the key means that the key is right and the file is damaged."""
    if not path.exists():
        return gone(path)
    if key is None:
        if keys.is_plain(path):
            return damaged(path)
        return WrongKey(f"“{path.name}” is encrypted.", "Enter its passphrase.")
    if key.fits(path):
        return damaged(path)
    return WrongKey("This passphrase does not open the file.", "Check Caps Lock, or use the recovery sheet.")


def damaged(path: Path) -> DamagedFile:
    return DamagedFile(
        f"“{path.name}” is damaged: the key is right, but parts of the file are not as they were written.",
        "Restore the newest backup. The damaged file is kept.",
    )


def gone(path: Path) -> StorageError:
    return StorageError(
        f"“{path.name}” is no longer where it was.", "Connect the drive again, or open it where it is now."
    )


def disk_trouble(path: Path) -> StorageError:
    return StorageError(
        f"The disk refused to read or write “{path.name}”.",
        "Check the drive, then try again. What was saved before is kept.",
    )


def _cannot_open(path: Path) -> StorageError:
    if not path.parent.is_dir() or not path.exists():
        return gone(path)
    if not os.access(path, os.R_OK):
        return StorageError(f"You may not read “{path.name}”.", "Ask whoever owns the file or its folder.")
    return read_only_folder(path)


def _explain_system(error: OSError, location: Location, needed: int) -> StorageError | None:
    if location.is_server:
        return None
    path = location.file
    if error.filename is not None and not _concerns(str(error.filename), path):
        return None  # some other file's trouble, told by whoever wrote or read that
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return _no_space(path, needed)
        case errno.EROFS | errno.EACCES | errno.EPERM:
            return read_only_folder(path)
        case errno.EIO:
            return disk_trouble(path)
        case errno.ENAMETOOLONG:
            return StorageError("The name or the folder's path is too long for this system.", "Choose a shorter one.")
        case errno.ENOENT:
            return gone(path)
        case errno.EEXIST:
            return StorageError(f"“{path.name}” is already there.", "Choose another name, or open it.")
    return None


def _concerns(name: str, path: Path) -> bool:
    """Whether a file is the database, lies beside it as its own, or is its folder."""
    return name.startswith(str(path)) or name == str(path.parent)


def _explain_server(error: BaseException | None, location: Location) -> StorageError | None:
    """By SQLSTATE class; the driver's own text may hold a password or a record and is never shown."""
    state = getattr(error, "sqlstate", None) or ""
    if state.startswith(("28",)):
        return WrongKey(
            f"{location.name} refused the user name or the password.", "Check both, or ask its administrator."
        )
    if state == "3D000":
        return StorageError(f"The server knows no database of the name in {location.name}.", "Check the address.")
    if state == "42501":
        return StorageError(f"You may not do this on {location.name}.", "Ask its administrator for the right.")
    if state in {"53100", "53200", "53300"}:
        return StorageError(
            f"{location.name} is out of space or connections.", "Ask its administrator, then try again."
        )
    if state in {"55P03", "40P01", "40001"}:
        return StorageError("Someone else is saving at this moment.", "Nothing was written. Try again in a moment.")
    if state == "25006":
        return StorageError(f"{location.name} accepts no changes at present.", "Try again later.")
    if state.startswith(("08", "57P")) or (
        not state and type(error).__name__ in {"OperationalError", "ConnectionTimeout"}
    ):
        return _unreachable(error, location)
    return None


def _unreachable(error: BaseException | None, location: Location) -> StorageError:
    text = str(error).lower()
    if "password" in text or "authentication" in text:
        return WrongKey(
            f"{location.name} refused the user name or the password.", "Check both, or ask its administrator."
        )
    if "does not exist" in text and "database" in text:
        return StorageError(f"The server knows no database of the name in {location.name}.", "Check the address.")
    return StorageError(
        f"{location.name} cannot be reached.", "Check the network, then try again. What is typed is kept."
    )


def replaced(location: Location) -> StorageError:
    return StorageError(
        f"“{location.file.name}” was replaced by another file while it was open. Nothing more is written.",
        "Close it and open it again; a syncing program may have changed it.",
    )


def refuse_read_only(path: Path) -> None:
    """A database is written beside itself too: both the file and its folder must allow it."""
    if not os.access(path, os.W_OK):
        raise StorageError(f"“{path.name}” may only be read.", "Save a copy in a folder of your own and open that.")
    if not os.access(path.parent, os.W_OK):
        raise read_only_folder(path)


def free_space(path: Path) -> int:
    """Bytes this person may still use on the disk that holds ``path``'s folder."""
    return shutil.disk_usage(path.parent).free


def refuse_too_little_space(path: Path, needed: int) -> None:
    """Before long work: a full disk found half-way keeps the whole disk full until the file is closed.

    ``needed`` in bytes, without the reserve that is added here (64 MiB). Raises ``StorageError``.
    """
    if free_space(path) < needed + _SPARE_BYTES:
        raise _no_space(path, needed + _SPARE_BYTES)


def _is_full(path: Path, needed: int) -> bool:
    with suppress(OSError):
        return free_space(path) < max(needed, keys.PAGE)
    return False


def _no_space(path: Path, needed: int) -> StorageError:
    with suppress(OSError):
        free = free_space(path)
        wanted = max(needed - free, _SPARE_BYTES)
        return StorageError(
            f"The disk with “{path.name}” is full: {_megabytes(free)} free. Nothing was written.",
            f"Free at least {_megabytes(wanted)}, then try again.",
        )
    return StorageError(
        f"The disk with “{path.name}” is full. Nothing was written.", "Free some space, then try again."
    )


def _megabytes(count: int) -> str:
    return f"{max(count, 0) / 1_000_000:,.0f} MB"
