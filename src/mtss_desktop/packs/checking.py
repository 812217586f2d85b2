"""For authors: every pack of a folder read once, and what is wrong with each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mtss_desktop.base.errors import UserError
from mtss_desktop.packs import agendas, instruments, sheets


@dataclass(frozen=True)
class Checked:
    """One file. ``kind`` is instrument or agenda; ``fault`` is empty where it can be used, else names file and line."""

    file: str
    kind: str
    fault: str = ""


def check(folder: Path) -> tuple[Checked, ...]:
    """Each file by name; a folder is searched, a file is taken alone. Raises ``UserError`` where there is no pack."""
    files = sorted(folder.glob("*.toml")) if folder.is_dir() else [folder]
    if not files:
        raise UserError(f"“{folder.name}” holds no pack.", "A pack is a file that ends in .toml.")
    return tuple(_checked(path) for path in files)


def _checked(path: Path) -> Checked:
    kind = "instrument"
    try:
        content = sheets.read(path, largest=instruments.LARGEST, thing="a pack").content
        if "items" in content and "sections" not in content:
            kind = "agenda"
            agendas.load(path)
        else:
            instruments.load(path)
    except UserError as error:
        return Checked(path.name, kind, str(error))
    return Checked(path.name, kind)
