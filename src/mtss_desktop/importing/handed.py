"""What a person handed over: a file, a folder or a ZIP → the tables in it. Nothing else is read.

Nothing is unpacked to the disk, no name in an archive is used as a path, and sizes are counted while reading, not believed.
"""

from __future__ import annotations

import hashlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import Progress, silent
from mtss_desktop.importing import file_bytes, sheets
from mtss_desktop.importing.fixed_width import Layout, is_layout, read_layout

MOST_FILES = 500
DEEPEST = 3
_TABLES = {
    ".csv",
    ".txt",
    ".tsv",
    ".tab",
    ".psv",
    ".dat",
    ".asc",
    ".xlsx",
    ".xlsm",
    ".xlsb",
    ".xls",
    ".ods",
    ".gz",
    ".toml",
    ".zip",
    "",
}
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Part:
    """One file. ``name`` is the one in its bundle, without folders."""

    name: str
    data: bytes = field(repr=False)
    layout: Layout | None = None


@dataclass(frozen=True)
class Handed:
    """``parts`` are the tables; ``noted`` are sentences about what was not opened. ``bundle`` says that it is a folder or a ZIP."""

    name: str
    sha256: str
    size: int
    parts: tuple[Part, ...]
    bundle: bool = False
    noted: tuple[str, ...] = ()


def open_handed(path: Path, *, layout: Path | None = None, progress: Progress | None = None) -> Handed:
    """Raises ``UserError`` with one sentence where nothing in it can be read."""
    progress = progress or silent()
    places = read_layout(file_bytes.read_bytes(layout), layout.name) if layout is not None else None
    if file_bytes.is_folder(path):
        return _bundle(path.name, _in_folder(path), progress, places)
    data = file_bytes.read_bytes(path)
    _refuse_documents(data, path.name)
    if data.startswith(_ZIP) and not sheets.is_workbook(data):
        return _bundle(path.name, _in_zip(data, path.name), progress, places, data)
    part = Part(path.name, file_bytes.unpacked(data, path.name), places)
    return Handed(path.name, hashlib.sha256(data).hexdigest(), len(data), (part,))


# Bundles ----------------------------------------------------------------------------------------------------------------

Listed = tuple[str, Callable[[int], bytes]]
"""A name and how to read at most so many bytes of it."""


def _bundle(
    name: str, listed: Iterator[Listed], progress: Progress, layout: Layout | None, data: bytes = b""
) -> Handed:
    found: list[Part] = []
    digest = hashlib.sha256(data)
    opener = _Opener(name, progress)
    for inner, content in opener.contents(listed):
        short = PurePosixPath(inner).name
        if not data:
            digest.update(inner.encode() + b"\0" + hashlib.sha256(content).digest())
        content = file_bytes.unpacked(content, short)
        if content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
            found.append(Part(short, content))
        else:
            opener.noted.append(f"{short} is empty.")
    noted = opener.noted
    parts = _with_layouts(found, layout)
    if not parts:
        raise UserError(f"There is no table in {name}.", " ".join(noted[:3]) or "Choose the exported files themselves.")
    size = len(data) or sum(len(part.data) for part in found)
    return Handed(name, digest.hexdigest(), size, parts, bundle=True, noted=tuple(noted))


class _Opener:
    """Reads the tables of a bundle and of the ZIP files in it, never more than one import takes in all."""

    def __init__(self, name: str, progress: Progress) -> None:
        self.name, self.progress = name, progress
        self.noted: list[str] = []
        self.room, self.seen = file_bytes.LARGEST_FILE, 0

    def contents(self, listed: Iterator[Listed], *, inside: bool = False) -> Iterator[tuple[str, bytes]]:
        for inner, read in listed:
            self.progress.step(f"Opening {self.name}", self.seen, 0, "files")
            self.seen += 1
            if self.seen > MOST_FILES:
                raise UserError(f"{self.name} holds more than {MOST_FILES} files.", "Hand over only the exported ones.")
            short = PurePosixPath(inner).name
            if PurePosixPath(short).suffix.casefold() not in _TABLES:
                self.noted.append(f"{short} was not opened: it is no table.")
                continue
            content = read(self.room)
            self.room -= len(content)
            if not content.startswith(_ZIP) or sheets.is_workbook(content):
                yield inner, content
            elif inside:
                self.noted.append(_nested(short))
            else:
                yield from self._inner(short, content)

    def _inner(self, short: str, content: bytes) -> Iterator[tuple[str, bytes]]:
        """A ZIP in a ZIP or folder; one that cannot be opened does not stop the others."""
        try:
            yield from self.contents(_in_zip(content, short), inside=True)
        except _Closed as error:
            self.noted.append(f"{error.message} {error.hint}")


class _Closed(UserError):
    """An archive that cannot be opened."""


def _nested(name: str) -> str:
    return f"{name} is a ZIP inside another and was not opened; unpack it and drop it by itself."


def _with_layouts(found: list[Part], layout: Layout | None) -> tuple[Part, ...]:
    """A layout among the files belongs to the file whose name it begins with, or to the only other one."""
    layouts = {part.name: read_layout(part.data, part.name) for part in found if is_layout(part.data, part.name)}
    tables = [part for part in found if part.name not in layouts and not part.name.casefold().endswith(".toml")]
    made = []
    for part in tables:
        stem = PurePosixPath(part.name).stem.casefold()
        own = next((places for name, places in layouts.items() if name.casefold().startswith(stem)), None)
        only = next(iter(layouts.values())) if len(layouts) == 1 and len(tables) == 1 else None
        made.append(Part(part.name, part.data, layout or own or only))
    return tuple(made)


def _in_folder(folder: Path) -> Iterator[Listed]:
    """Files in the folder and a little below, in the order of their names; links and hidden files are not followed."""
    files = []
    for path in sorted(folder.rglob("*"), key=lambda each: each.as_posix().casefold()):
        inner = path.relative_to(folder)
        if len(inner.parts) > DEEPEST or any(_is_hidden(part) for part in inner.parts) or path.is_symlink():
            continue
        if any((folder / parent).is_symlink() for parent in inner.parents) or not path.is_file():
            continue
        files.append((inner.as_posix(), path))
        if len(files) > MOST_FILES:
            break
    for name, path in files:
        yield name, lambda room, path=path: _read_file(path, room)  # type: ignore[misc]


def _read_file(path: Path, room: int) -> bytes:
    try:
        with path.open("rb") as stream:
            return file_bytes.limited(stream, path.name, room)
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror}.", "Check that you may open it.") from None


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$", "__MACOSX")) or name in ("Thumbs.db", "desktop.ini")


def _in_zip(data: bytes, zip_name: str) -> Iterator[Listed]:
    try:
        inside = zipfile.ZipFile(io.BytesIO(data))
        members = sorted(inside.infolist(), key=lambda each: each.filename.casefold())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise _damaged(zip_name) from None
    for member in members:
        parts = PurePosixPath(member.filename.replace("\\", "/")).parts
        linked = stat.S_ISLNK(member.external_attr >> 16)
        if member.is_dir() or linked or not parts or any(_is_hidden(part) for part in parts if part != ".."):
            continue
        if member.flag_bits & 1:
            raise _Closed(f"{zip_name} is protected by a password.", "Unpack it and drop the folder.")
        yield "/".join(parts), lambda room, member=member: _read_member(inside, member, zip_name, room)  # type: ignore[misc]


def _read_member(inside: zipfile.ZipFile, member: zipfile.ZipInfo, zip_name: str, room: int) -> bytes:
    try:
        with inside.open(member) as stream:
            return file_bytes.limited(stream, zip_name, room)
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError, RuntimeError):
        raise _damaged(zip_name) from None


def _damaged(zip_name: str) -> _Closed:
    workbook = PurePosixPath(zip_name).suffix.casefold() in (".xlsx", ".xlsm", ".xlsb", ".ods")
    what = "a workbook" if workbook else "a ZIP file"
    return _Closed(f"{zip_name} is {what} that is damaged or cut off.", "Get the file again.")


_AS_TABLE = "Export or save its table as CSV and drop that here."
_DOCUMENTS = (
    (re.compile(r"(?:.*/)?Index(?:\.zip|/Document\.iwa)"), "an Apple Numbers, Pages or Keynote document"),
    (re.compile(r"word/document\d*\.xml"), "a Word document"),
    (re.compile(r"ppt/presentation\.xml"), "a PowerPoint presentation"),
)
"""Told by a file inside the ZIP that such documents are."""


def _refuse_documents(data: bytes, name: str) -> None:
    """Documents that are ZIP files inside, and a ZIP file with nothing in it. Raises ``UserError``."""
    if data.startswith(b"PK\x05\x06"):
        raise UserError(f"{name} is a ZIP file with nothing in it.", "Choose the exported files themselves.")
    if not data.startswith(_ZIP):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as inside:
            names = inside.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return
    for pattern, what in _DOCUMENTS:
        if any(pattern.fullmatch(each) for each in names):
            raise UserError(f"{name} is {what}, not a table.", _AS_TABLE)
