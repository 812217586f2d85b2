"""What was handed over at once: the tables that wait for their check, and what is passed over, said in a sentence."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words
from mtss_desktop.domain.files import Mode
from mtss_desktop.usecases import import_files
from mtss_desktop.usecases.import_files import Delivery
from mtss_desktop.usecases.import_prepared import Knowledge, Prepared

SAID = 3
"""Names said one by one; the others are counted."""


@dataclass(frozen=True)
class Asked:
    """How a file is to be read: its layout where a person chose one, its mode, answers to its questions.

    ``prepared`` is a table that was read together with others; ``inside`` says that it lies in a ZIP; ``second`` is a file
    joined with it; ``handed`` are the files of its delivery, to be opened again.
    """

    file: Path
    profile: str = ""
    mode: Mode | None = None
    answers: tuple[tuple[str, str], ...] = ()
    prepared: Prepared | None = None
    inside: bool = False
    second: str = ""
    handed: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Arrivals:
    """``waiting`` in the order of their checks; ``nothing`` and ``refused`` are (name, why); ``noted`` are sentences."""

    waiting: tuple[Asked, ...]
    nothing: tuple[tuple[str, str], ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    noted: tuple[str, ...] = ()


def is_one_table(files: Sequence[Path]) -> bool:
    """A file by itself is read as it is; folders, ZIPs, workbooks and several files are looked at together first."""
    return (
        len(files) == 1
        and not files[0].is_dir()
        and not zipfile.is_zipfile(files[0])
        and not _is_old_workbook(files[0])
    )


def _is_old_workbook(file: Path) -> bool:
    return file.suffix.casefold() == ".xls"


def open_all(files: Sequence[Path], today: date, knowledge: Knowledge, progress: Progress) -> Arrivals:
    """Runs in the pool."""
    found = import_files.prepare_all([str(file) for file in files], today=today, knowledge=knowledge, progress=progress)
    return arrived(files, found)


def arrived(files: Sequence[Path], deliveries: Sequence[Delivery]) -> Arrivals:
    """A file nobody knows takes its turn, too: there a person says what its columns mean. A part of a ZIP cannot."""
    waiting: list[Asked] = []
    nothing: list[tuple[str, str]] = []
    refused: list[tuple[str, str]] = []
    for path, delivery in zip(files, deliveries, strict=True):
        for prepared in delivery.prepared:
            at = _place(path, prepared.understood.sketch.file_name)
            waiting.append(Asked(at or path, prepared=prepared, inside=at is None, handed=tuple(files)))
        nothing += delivery.nothing
        for name, error in delivery.unknown:
            at = _place(path, name)
            if at is None:
                refused.append((name, str(error)))
            else:
                waiting.append(Asked(at))
    return Arrivals(
        tuple(waiting), tuple(nothing), tuple(refused), tuple(each for one in deliveries for each in one.noted)
    )


def _place(handed: Path, name: str) -> Path | None:
    """Where a table stands by itself; None inside a ZIP and in a folder of a folder."""
    if handed.name == name and not handed.is_dir():
        return handed
    return handed / name if handed.is_dir() and (handed / name).is_file() else None


def passed_over(words: Words, found: Arrivals) -> str:
    """What brings nothing, with the reason of each."""
    said = (*found.refused, *found.nothing)
    parts = [why if name in why else words("{file}: {why}").format(file=name, why=why) for name, why in said]
    parts += found.noted
    more = len(parts) - SAID
    if more > 0:
        parts = [*parts[:SAID], words("{n} more bring nothing.").format(n=words.number(more))]
    return " ".join(part if part.endswith((".", "?")) else f"{part}." for part in parts)
