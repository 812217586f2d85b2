"""What the start screen asks of the program. Everything heavy is imported here, late, and mostly in a worker."""

from __future__ import annotations

import gc
import importlib
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mtss_desktop.base import memory, paths
from mtss_desktop.base.errors import DamagedFile, UserError, WrongKey
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import ENGLISH, Words

if TYPE_CHECKING:
    from mtss_desktop.app.opening import Opened
    from mtss_desktop.app.workspace import Workspace
    from mtss_desktop.documents.blocks import Document
    from mtss_desktop.domain.school_list import ListedSchool

_BEHIND = (
    "mtss_desktop.app.opening",
    "mtss_desktop.app.demo",
    "mtss_desktop.app.safekeeping",
    "mtss_desktop.ui.main_window",
    "mtss_desktop.documents.recovery_sheet",
    "mtss_desktop.documents.pdf",
    "mtss_desktop.importing.plan",
    "pyqtgraph",
)
"""Imported once the start screen stands, in the order in which they may be needed."""


def local_now() -> datetime:
    """The clock of this computer: before a database is open there is no other."""
    return datetime.now(UTC).astimezone()


def load(progress: Progress) -> None:
    """Imports what a database needs, while the person reads and types.

    What is imported stays for good: it is taken out of the garbage collector's rounds, each of which stops every thread
    for as long as it takes to look at all there is (0.1 s with pandas and SQLAlchemy in it).
    """
    for name in _BEHIND:
        progress.step("Getting ready")
        importlib.import_module(name)
        memory.forget_sources()  # before the next: what is freed among things that stay only serves what comes
    importlib.import_module("mtss_desktop.ui.rooms").panes()
    memory.forget_sources()
    gc.freeze()


# What is asked ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Request:
    """A database to open. ``place`` is a path or a server's address; secrets are never shown in a message."""

    place: str = field(repr=False)
    passphrase: str | None = field(default=None, repr=False)
    recovery: str | None = field(default=None, repr=False)
    read_only: bool = False
    take_over: bool = False


@dataclass(frozen=True)
class Own:
    """A database to make. ``first_year`` is the calendar year its school year begins in."""

    path: Path
    passphrase: str = field(repr=False)
    first_year: int = 0
    labels: str = "virginia"
    schools: tuple[ListedSchool, ...] = ()


@dataclass(frozen=True)
class Way:
    """What can be done about a refusal: ``kind`` is wrong key, damaged, in use, gone or other."""

    kind: str
    message: str
    hint: str = ""
    may_take_over: bool = False


def advice(passphrase: str, words: Words = ENGLISH) -> tuple[bool, str]:
    from mtss_desktop.app import opening

    fine, sentence = opening.passphrase_advice(passphrase)
    return fine, words.say(sentence)


def is_locked_file(place: str) -> bool:
    """True where a passphrase is needed; raises ``UserError`` where there is no database."""
    from mtss_desktop.app import opening

    return opening.needs_passphrase(opening.location_of(place))


def open_place(request: Request, progress: Progress) -> Opened:
    from mtss_desktop.app import opening

    return opening.open_workspace(
        opening.location_of(request.place),
        passphrase=request.passphrase,
        recovery=request.recovery,
        read_only=request.read_only,
        take_over=request.take_over,
        progress=progress,
    )


def make_own(own: Own) -> Opened:
    """The new database, open. Raises ``UserError`` where a file of that name is there."""
    from mtss_desktop.app import opening
    from mtss_desktop.usecases.places import NewSchool

    first = opening.FirstFacts(
        division=division_name(paths.completed(own.path, ".mtss").stem),
        first_year=own.first_year,
        schools=tuple(NewSchool(school.name, school.grades, school.code) for school in own.schools),
        labels=own.labels,
    )
    opened = opening.create(own.path, passphrase=own.passphrase, first=first)
    _count_students(opened.workspace, own.schools)
    return opened


def _count_students(workspace: Workspace, schools: tuple[ListedSchool, ...]) -> None:
    """The numbers typed beside the schools."""
    from mtss_desktop.usecases import by_hand, places

    there = {place.name.casefold(): place.id for place in workspace.ask(places.places)}
    counts = [
        by_hand.SchoolCount(there[school.name.casefold()], school.students)
        for school in schools
        if school.students and school.name.casefold() in there
    ]
    if counts:
        workspace.do(by_hand.type_enrollment, tuple(counts))


def division_name(stem: str) -> str:
    """``ashby-county`` is the file of Ashby County; a name typed with capitals stays as it is."""
    spaced = " ".join(stem.replace("_", " ").replace("-", " ").split())
    return (spaced.title() if spaced.islower() else spaced) or "Our division"


def refusal(error: Exception) -> Way:
    """Why a database did not open, told apart by what can be done now. Anything that is no ``UserError`` is raised."""
    if not isinstance(error, UserError):
        raise error
    in_use = sys.modules.get("mtss_desktop.app.opening")
    if in_use is not None and isinstance(error, in_use.FileInUse):
        return Way("in use", error.message, error.hint, may_take_over=error.may_take_over)
    kind = "wrong key" if isinstance(error, WrongKey) else "damaged" if isinstance(error, DamagedFile) else "other"
    return Way(kind, error.message, error.hint)


# The sample --------------------------------------------------------------------------------------------------------------


def sample_path() -> Path:
    return paths.data_folder() / "ashby-county.mtss"


def sample_passphrase() -> str:
    from mtss_desktop.app import demo

    return demo.passphrase()


def open_sample(progress: Progress, *, afresh: bool) -> Opened:
    """The sample as it was left; made new where there is none or where the person starts over."""
    from mtss_desktop.app import demo, opening

    path = sample_path()
    if path.exists() and not afresh:
        return opening.open_workspace(path, passphrase=demo.passphrase(), progress=progress)
    paths.make_private(path.parent)
    with_new = path.with_name(f"new-{path.name}")
    opening.remove(with_new)
    demo.make_sample(with_new, progress=progress).close()
    _put_in_place(with_new, path)
    return opening.open_workspace(path, passphrase=demo.passphrase(), careful=False, progress=progress)


def _put_in_place(made: Path, path: Path) -> None:
    """The old sample stands until the new one is whole; one that is open elsewhere stays."""
    from mtss_desktop.app import opening
    from mtss_desktop.app.opening import FileInUse

    location = opening.location_of(str(path))
    held = opening.holder(location)
    if held is not None:
        opening.remove(made)
        raise FileInUse(location, held)
    opening.remove(path)
    made.replace(path)
    opening.remove(made)


# Back from a backup --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GoodBackup:
    path: Path
    made_at: datetime


def newest_backup(request: Request) -> GoodBackup | None:
    """The newest backup of a damaged file that opens with what was typed and is whole."""
    from mtss_desktop.app import opening, safekeeping

    location = opening.location_of(request.place)
    for backup in safekeeping.backups_of(location):
        try:
            key = opening.find_key(opening.location_of(str(backup.path)), request.passphrase, request.recovery)
        except UserError:
            continue
        good = safekeeping.newest_good(location, key)
        if good is not None:
            return GoodBackup(good.path, good.made_at)
    return None


def restore(request: Request, backup: Path, progress: Progress) -> Opened:
    """Puts the backup in the damaged file's place, which is kept beside it, and opens it."""
    from mtss_desktop.app import opening, safekeeping

    location = opening.location_of(request.place)
    safekeeping.restore(location, backup, passphrase=request.passphrase, recovery=request.recovery)
    return open_place(request, progress)


def renew(request: Request, passphrase: str, progress: Progress) -> Opened:
    """A new passphrase for a file whose recovery key was typed, and the file open under it."""
    from mtss_desktop.app import opening, safekeeping

    location = opening.location_of(request.place)
    safekeeping.new_passphrase(location, recovery=request.recovery or "", passphrase=passphrase, progress=progress)
    return opening.open_workspace(location, passphrase=passphrase, progress=progress)


# Schools -------------------------------------------------------------------------------------------------------------------


def schools_in(path: Path) -> tuple[ListedSchool, ...]:
    """Schools of a CSV, or of the ``orgs.csv`` in a OneRoster ZIP. Raises ``UserError``."""
    import zipfile

    from mtss_desktop.domain.school_list import from_table

    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as bundle:
                name = next((name for name in bundle.namelist() if name.casefold().endswith("orgs.csv")), "")
                if not name:
                    raise UserError(f"“{path.name}” holds no list of schools.", "A OneRoster ZIP has a file orgs.csv.")
                content = bundle.read(name)
        else:
            content = path.read_bytes()
    except OSError as error:
        raise UserError(f"“{path.name}” cannot be read.", "Copy it to this computer and drop it again.") from error
    found = from_table(_decoded(content)) if b"\x00" not in content else ()
    if not found:
        raise UserError(f"No schools were found in “{path.name}”.", "Type them, one a line.")
    return found


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


# The recovery sheet ----------------------------------------------------------------------------------------------------------


def recovery_pdf(workspace: Workspace, target: Path, words: Words = ENGLISH) -> Path:
    """Writes the sheet; the program keeps no copy."""
    from mtss_desktop.documents import pdf

    pdf.write_pdf(recovery_document(workspace), target, words=words)
    return target


def recovery_document(workspace: Workspace) -> Document:
    """The sheet as blocks, for paper and for the printer. Asks the database: not for the window's thread."""
    from mtss_desktop.app import printing

    return printing.recovery_document(workspace)
