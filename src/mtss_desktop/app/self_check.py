"""Opens every part of the program once, on this computer, in a folder that is thrown away afterwards."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mtss_desktop.app import opening, sample_sheets
from mtss_desktop.app.opening import FirstFacts
from mtss_desktop.base import paths
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.log import log

_WINDOW_SECONDS = 60


@dataclass(frozen=True)
class Part:
    """``detail`` says what was found, or what went wrong."""

    name: str
    well: bool
    detail: str


def run() -> tuple[Part, ...]:
    """Every part, whether or not the ones before it work."""
    with tempfile.TemporaryDirectory(prefix="mtss-self-check-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        checks: tuple[tuple[str, Callable[[], str]], ...] = (
            ("Resources", _resources),
            ("Fonts", _fonts),
            ("Import profiles", _profiles),
            ("Encrypted database", lambda: _database(folder)),
            ("Import", lambda: _import(folder)),
            ("PDF", lambda: _paper(folder)),
            ("Window", _window),
        )
        return tuple(_tried(name, check) for name, check in checks)


def _tried(name: str, check: Callable[[], str]) -> Part:
    try:
        return Part(name, True, check())
    except UserError as error:
        return Part(name, False, str(error))
    except Exception as error:  # noqa: BLE001  (a part that is missing or broken on this computer is what is looked for)
        log("self-check").error("%s failed with %s", name, type(error).__name__)
        return Part(name, False, f"{type(error).__name__}: {error}")


def _resources() -> str:
    """Every TOML file the program ships can be read."""
    files = sorted(paths.resource().rglob("*.toml"))
    if not files:
        raise UserError("The program's own files are missing.", "Install it again.")
    for file in files:
        tomllib.loads(file.read_text(encoding="utf-8"))
    return f"{len(files)} files read"


def _fonts() -> str:
    from mtss_desktop.documents.fonts import face, width

    return f"“Tier 1” is {width('Tier 1', face(), 10):.1f} points wide"


def _profiles() -> str:
    from mtss_desktop.importing.profile import shipped_profiles

    return f"{len(shipped_profiles())} layouts known"


def _new(folder: Path, name: str, passphrase: str) -> Path:
    path = folder / f"{name}.mtss"
    opening.create(path, passphrase=passphrase, first=FirstFacts("Self-check")).workspace.close()
    return path


def _secret() -> str:
    """Nobody needs it again: the file lives as long as the check."""
    return secrets.token_urlsafe(24) + " self check"


def _database(folder: Path) -> str:
    from mtss_desktop.app import safekeeping

    secret = _secret()
    path = _new(folder, "new", secret)
    with opening.open_workspace(path, passphrase=secret).workspace as workspace:
        found = safekeeping.check(workspace)
        if not found.is_well:
            raise UserError("A new database is not sound.", "Install the program again.")
        return f"made, opened and checked, {found.pages} pages"


def _import(folder: Path) -> str:
    from mtss_desktop.usecases import imports

    secret = _secret()
    path = _new(folder, "import", secret)
    file = next(each for each in sample_sheets.exports() if each.name.startswith("students"))
    with opening.open_workspace(path, passphrase=secret).workspace as workspace:
        plan = workspace.ask(imports.plan, str(file))
        result = workspace.do(imports.apply, plan).value
        return f"{result.rows} rows read, {result.new} counted"


def _paper(folder: Path) -> str:
    from mtss_desktop.app import printing

    secret = _secret()
    path = _new(folder, "paper", secret)
    with opening.open_workspace(path, passphrase=secret).workspace as workspace:
        result = printing.recovery_sheet(workspace, folder / "page.pdf")
    return f"{result.pages} page, {result.size:,} bytes"


def _window() -> str:
    """In a process of its own: a broken window system may end the process that asks."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "mtss_desktop"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    try:
        done = subprocess.run(
            [*program, "--self-check"], env=environment, capture_output=True, timeout=_WINDOW_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        raise UserError("The window did not come up.", "The terminal works without it.") from None
    if done.returncode != 0:
        raise UserError("The window did not come up.", "The terminal works without it.")
    return "painted once"
