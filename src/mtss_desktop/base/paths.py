"""Where things live on each system. ``MTSS_HOME`` moves all of it under one folder (tests, USB sticks)."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from mtss_desktop.base.errors import UserError

APP = "MTSS Desktop"
KINDS = frozenset(
    [
        "mtss",
        "pdf",
        "html",
        "htm",
        "doc",
        "docx",
        "odt",
        "rtf",
        "txt",
        "xls",
        "xlsx",
        "xlsm",
        "ods",
        "csv",
        "tsv",
        "ppt",
        "pptx",
        "key",
        "pages",
        "numbers",
        "zip",
        "gz",
        "7z",
        "db",
        "sqlite",
        "sqlite3",
        "mdb",
        "accdb",
        "bak",
        "tmp",
        "json",
        "xml",
        "toml",
        "eml",
        "ics",
        "png",
        "jpg",
        "jpeg",
        "gif",
        "svg",
        "heic",
        "tif",
        "tiff",
        "mp3",
        "mp4",
        "mov",
        "exe",
        "msi",
        "dmg",
        "pkg",
        "app",
        "py",
    ]
)
"""Endings that say what kind of file it is; what else stands behind a period belongs to the name."""
_PACKAGE = Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """A shipped file: the folder beside ``src`` in a checkout, the package's own in a wheel or frozen build."""
    packaged = _PACKAGE / "resources"
    root = packaged if packaged.is_dir() else _PACKAGE.parent.parent / "resources"
    return root.joinpath(*parts)


def with_ending(path: Path, ending: str) -> Path:
    """``ashby`` as ``ashby.mtss``, ``St. Mary`` as ``St. Mary.mtss``. Raises ``UserError`` for the ending of another kind of file."""
    if path.suffix.casefold() == ending:
        return path
    if names_a_kind(path):
        raise UserError(
            f"“{path.name}” has the ending of another kind of file.",
            f"Give a name that ends in {ending}, such as {path.stem}{ending}.",
        )
    return completed(path, ending)


def completed(path: Path, ending: str) -> Path:
    """With its ending where a name was typed without one; any kind's ending stays."""
    return path if names_a_kind(path) else path.with_name(f"{path.name}{ending}")


def names_a_kind(path: Path) -> bool:
    """Whether a name's last part says what kind of file it is, as ``.docx`` does and ``.Mary`` and ``.26`` do not."""
    return path.suffix.casefold().removeprefix(".") in KINDS


def _home() -> Path | None:
    moved = os.environ.get("MTSS_HOME")
    return Path(moved) if moved else None


def _system(kind: str) -> Path:
    """``kind`` is data, config, state or cache."""
    home = _home()
    if home is not None:
        return home / kind
    user = Path.home()
    if sys.platform == "win32":
        return _named("LOCALAPPDATA", user / "AppData" / "Local") / APP / kind
    if sys.platform == "darwin":
        folder = {"cache": "Caches", "state": "Logs", "config": "Preferences"}.get(kind, "Application Support")
        return user / "Library" / folder / APP
    variable, fallback = {
        "data": ("XDG_DATA_HOME", ".local/share"),
        "config": ("XDG_CONFIG_HOME", ".config"),
        "state": ("XDG_STATE_HOME", ".local/state"),
        "cache": ("XDG_CACHE_HOME", ".cache"),
    }[kind]
    return _named(variable, user / fallback) / "mtss-desktop"


def _named(variable: str, usual: Path) -> Path:
    """The folder a variable names. Empty or not a whole path: the usual one, never a folder of where the program was started."""
    named = Path(os.environ.get(variable, ""))
    return named if named.is_absolute() else usual


def data_folder() -> Path:
    """Where the sample and new databases are offered to be kept."""
    return _system("data")


def settings_file() -> Path:
    return _system("config") / "preferences.toml"


def seen_file() -> Path:
    """How far each database was when it was last open here: kept away from the databases, on purpose."""
    return _system("config") / "seen.json"


def log_folder() -> Path:
    return _system("state") / "logs"


def backup_folder() -> Path:
    """Beside the program's data, never beside the database: losing one folder must not lose both."""
    return _system("data") / "backups"


def viewed_copies() -> Path:
    """The folder of copies that were made to be looked at; only this person may read it."""
    return _system("cache") / "temp"


def empty_viewed_copies() -> None:
    """Takes the copies away; one that another program still holds goes at the next start."""
    for copy in viewed_copies().glob("evidence-*"):
        try:
            if os.name == "nt":
                copy.chmod(stat.S_IWRITE)
            copy.unlink()
        except OSError:
            continue


def make_private(folder: Path) -> Path:
    """Makes the folder with rights for this person only (where the system has such rights)."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.name == "posix":
        folder.chmod(0o700)
    return folder
