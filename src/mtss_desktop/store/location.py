"""The address of a database: a file of one's own or a server that is shared. Never prints a secret."""

from __future__ import annotations

import errno
import ipaddress
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

from mtss_desktop.base.errors import StorageError, UserError
from mtss_desktop.base.paths import completed
from mtss_desktop.base.words import Said, said

SUFFIX = ".mtss"
DEFAULT_SCHEMA = "mtss"
_SERVER_SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
_SYNCED_FOLDERS = (
    ("OneDrive", ("onedrive",)),
    ("Dropbox", ("dropbox",)),
    ("iCloud Drive", ("icloud", "mobile documents", "com~apple~clouddocs")),
    ("Google Drive", ("google drive", "googledrive", "my drive")),
    ("Nextcloud", ("nextcloud", "owncloud")),
    ("Box", ("box sync", "box-box")),
)
_NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "davfs", "ncpfs"})


@dataclass(frozen=True)
class FileId:
    """Which file this is, whatever its name: device and number on that device."""

    device: int
    number: int


@dataclass(frozen=True)
class Location:
    """Either ``path`` (a file) or ``url`` (a server, with its password: never shown)."""

    path: Path | None = None
    url: str = field(default="", repr=False)
    schema: str = DEFAULT_SCHEMA

    @property
    def is_server(self) -> bool:
        return self.path is None

    @property
    def file(self) -> Path:
        """The path of a file database. Raises ``UserError`` for a server."""
        if self.path is None:
            raise UserError("This works on a database file, not on a server.")
        return self.path

    @property
    def name(self) -> str:
        """What people are shown: the file's name without its ending, or database and host."""
        if self.path is not None:
            return self.path.stem
        parts = urlsplit(self.url)
        return f"{_database(parts)} on {parts.hostname or 'this computer'}"

    @property
    def typing_path(self) -> Path:
        return Path(f"{self.file}-typing")

    @property
    def lock_path(self) -> Path:
        return Path(f"{self.file}-lock")

    def shown(self) -> str:
        """The full address without a password."""
        if self.path is not None:
            return str(self.path)
        parts = urlsplit(self.url)
        user = f"{parts.username}@" if parts.username else ""
        port = f":{parts.port}" if parts.port else ""
        return f"postgresql://{user}{parts.hostname or ''}{port}/{_database(parts)}"

    def __repr__(self) -> str:
        return f"Location({self.shown()!r})"

    __str__ = shown

    def exists(self) -> bool:
        """True for a server: only connecting can tell."""
        return self.path is None or self.path.exists()

    def file_id(self) -> FileId | None:
        """``None`` for a server or where there is no file."""
        return file_id(self.path) if self.path is not None else None

    def warning(self) -> Said | None:
        """A sentence when the file lies where other programs copy or lock it behind our back."""
        return folder_warning(self.path) if self.path is not None else None


def parse(text: str) -> Location:
    """``~/ashby.mtss``, ``ashby`` (the ending is added), ``postgresql://user@host/name?schema=mtss``.

    Raises ``UserError`` with one sentence when the text is neither.
    """
    text = text.strip()
    if not text:
        raise UserError("No database was named.", f"Give a file such as ashby{SUFFIX}, or a server address.")
    if "://" in text:
        return _parse_server(text)
    _refuse_unusable(text)
    path = Path(text).expanduser()
    if not path.exists():
        path = completed(path, SUFFIX)
    return Location(path=Path(os.path.abspath(path)))  # noqa: PTH100  (resolve() would follow links and lose the name)


def at(path: str | os.PathLike[str]) -> Location:
    """A file's location exactly as named, without adding an ending. Raises ``UserError`` for a name no file can have."""
    _refuse_unusable(path)
    return Location(path=Path(os.path.abspath(path)))  # noqa: PTH100


def _refuse_unusable(path: str | os.PathLike[str]) -> None:
    """A name that the system itself refuses to look up."""
    try:
        os.lstat(path)
    except ValueError:
        raise UserError("The file's name holds a sign that no file name can have.", "Type the name again.") from None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise UserError(
                "The name or the folder's path is too long for this system.", "Choose a shorter one."
            ) from None


def _parse_server(text: str) -> Location:
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018  (read here so that a port that is no number is refused here)
    except ValueError:
        raise UserError("The server address cannot be read.", "Write postgresql://host/name.") from None
    if parts.scheme not in _SERVER_SCHEMES:
        raise UserError(
            f"“{parts.scheme}” is not a kind of database this program knows.",
            "A server address starts with postgresql://.",
        )
    if not _database(parts):
        raise UserError("The server address names no database.", "Write postgresql://host/name.")
    query = parse_qs(parts.query)
    schema = query.pop("schema", [DEFAULT_SCHEMA])[0]
    if not schema.isidentifier() or not schema.islower():
        raise UserError("The schema's name may hold small letters, digits and underscores.")
    if "sslmode" not in query and not _is_loopback(parts.hostname):
        query["sslmode"] = ["verify-full"]
        query.setdefault("sslrootcert", ["system"])
    joined = "&".join(f"{quote(name)}={quote(value, safe='')}" for name, values in query.items() for value in values)
    url = parts._replace(scheme="postgresql+psycopg", query=joined).geturl()
    return Location(url=url, schema=schema)


def _database(parts: SplitResult) -> str:
    return unquote(parts.path.lstrip("/"))


def _is_loopback(host: str | None) -> bool:
    if not host or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def file_id(path: Path) -> FileId | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return FileId(found.st_dev, found.st_ino)


def folder_warning(path: Path) -> Said | None:
    """Synced and network folders break files that are written in place (reading while it is written, no locks)."""
    service = synced_by(path)
    if service:
        return said(
            "This folder is synced by {service}, which can damage a database while it is open. "
            "Keep the file on this computer and let the backups go there.",
            service=service,
        )
    if on_network(path):
        return said(
            "This folder is on the network, where a database can be damaged while two computers use it. "
            "Keep the file on this computer, or use a server.",
        )
    return None


def synced_by(path: Path) -> str:
    """The service that copies this folder, "" if none is known."""
    folders = [part.casefold() for part in path.parent.parts]
    roots = {
        os.path.normcase(os.environ[name]): service
        for name, service in (("OneDrive", "OneDrive"), ("OneDriveCommercial", "OneDrive"))
        if os.environ.get(name)
    }
    here = os.path.normcase(str(path))
    for root, service in roots.items():
        if here.startswith(root + os.sep):
            return service
    for service, marks in _SYNCED_FOLDERS:
        if any(folder == mark or folder.startswith((f"{mark} ", f"{mark}-")) for folder in folders for mark in marks):
            return service
    return ""


def on_network(path: Path) -> bool:
    """UNC paths and mapped drives on Windows, network file systems elsewhere."""
    text = str(path)
    if text.startswith(("\\\\", "//")) and not text.startswith(("\\\\?\\", "\\\\.\\")):
        return True
    if sys.platform == "win32":
        import ctypes

        remote = 4
        return int(ctypes.windll.kernel32.GetDriveTypeW(path.anchor)) == remote
    return _file_system(path) in _NETWORK_FILE_SYSTEMS


def _file_system(path: Path) -> str:
    """The kind of file system a path lies on (Linux), "" where it cannot be told."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return ""
    best, kind = "", ""
    folder = str(path.parent.resolve())
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _, point, file_system, *_ = line.split(" ")
        point = point.replace("\\040", " ")
        if len(point) >= len(best) and (folder == point or folder.startswith(point.rstrip("/") + "/")):
            best, kind = point, file_system
    return kind


def refuse_folder(path: Path) -> None:
    """Raises ``StorageError`` when a file can neither be there nor be made there."""
    try:
        is_folder, has_place = path.is_dir(), path.parent.is_dir()
    except OSError:
        return  # nobody may look into it: what is tried next says so
    if is_folder:
        raise StorageError(f"“{path.name}” is a folder, not a database.", "Choose a file.")
    if not has_place:
        raise StorageError(f"There is no folder “{path.parent}”.", "Choose another folder, or make it first.")


def read_only_folder(path: Path) -> StorageError:
    return StorageError(
        f"Nothing can be written in the folder “{path.parent}”.",
        "Copy the file to a folder of your own and open it there.",
    )
