"""Imports with their receipts, attached files, and links between records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from mtss_desktop.domain.records import Record

ImportId = NewType("ImportId", str)


class Mode(StrEnum):
    """How much of a student a database keeps. From strict to loose."""

    COUNTS = "counts"
    PSEUDONYMS = "pseudonyms"
    NAMES = "names"

    @property
    def looseness(self) -> int:
        return list(Mode).index(self)


class ImportState(StrEnum):
    APPLIED = "applied"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, kw_only=True)
class Import(Record):
    """The receipt of one import. ``key`` is what facts carry; ``scope`` says which schools, years, windows or days the file covers."""

    id: ImportId = ImportId("")
    key: int = 0
    kind: str = "file"
    file_name: str = ""
    sha256: str = ""
    profile: str = ""
    profile_version: str = ""
    mode: Mode = Mode.COUNTS
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    skipped: int = 0
    left_out: int = 0
    problems: int = 0
    state: ImportState = ImportState.APPLIED
    applied_at: datetime | None = None
    taken_back_at: datetime | None = None
    scope: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SavedProfile(Record):
    """A layout somebody mapped by hand. ``text`` is its profile as it is given to others; ``key`` is what receipts name it by."""

    key: str
    name: str
    text: str
    revision: int = 1


@dataclass(frozen=True, kw_only=True)
class ImportAnswer(Record):
    """What a person answered for every file to come: ``key`` level:well bellow, ``value`` Below."""

    key: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Attachment(Record):
    """A file kept inside the database: at most 20 MiB, its content in parts of 1 MiB under its hash."""

    name: str
    media_type: str = ""
    size: int = 0
    sha256: str = ""
    topic: str = ""
    record_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Link(Record):
    """One record points at another, in a role."""

    from_topic: str
    from_id: str
    to_topic: str
    to_id: str
    role: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule(Record):
    """One changed rule of the database, by field name of ``Rules``; ``value`` is JSON."""

    name: str
    value: str
