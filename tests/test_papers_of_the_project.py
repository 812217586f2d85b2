"""What README, ARCHITECTURE and the other pages name is there: files, folders, commands, acts and words of the code."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from mtss_desktop.cli.main import make_parser
from mtss_desktop.usecases.use_case import registry

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "PRIVACY.md", "SECURITY.md", "CHANGELOG.md",
         "installer/RELEASE_CHECKLIST.md")  # fmt: skip
MADE = {".venv", "demo", "shots", "dist"}
"""Folders that the verbs of dev.py make."""
_PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")
_ENDINGS = (".py", ".toml", ".md", ".txt", ".png", "/")


def missing(page: str, text: str) -> list[str]:
    """What a page names that is not there."""
    named = re.findall(r"`([^`\n]+)`", text)
    found = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link and not (ROOT / link).exists()]
    for words in named:
        if _PATH.fullmatch(words) and words.endswith(_ENDINGS) and not _is_there(words):
            found.append(words)
        elif command := re.match(r"mtss ([a-z-]+)(?: ([\w.-]+))?", words):
            found += [] if _is_a_command(command[1], command[2] or "") else [words]
        elif verb := re.match(r"(?:python3 )?dev\.py (\w+)", words):
            found += [] if f"def {verb[1]}(" in (ROOT / "dev.py").read_text(encoding="utf-8") else [words]
        elif act := re.search(r"workspace\.(?:ask|do)\((\w+\.\w+)", words):
            found += [] if act[1] in registry() else [words]
        elif re.fullmatch(r"@?\w+(?:\.\w+)?(?:\(.*\))?", words) and "_" + words.strip("_") != words:
            name = re.split(r"\W", words.lstrip("@"))[0]
            found += [] if name in MADE or re.search(rf"\b{name}\b", _code()) else [words]
    return found


def _is_there(place: str) -> bool:
    if place.strip("/") in MADE:
        return True
    return any(
        (top / place).exists() for top in (ROOT, ROOT / "src" / "mtss_desktop", ROOT / "resources" / "import_profiles")
    )


def _is_a_command(name: str, more: str) -> bool:
    commands = next(iter(make_parser()._subparsers._group_actions)).choices  # type: ignore[union-attr,index]
    if name not in commands:  # type: ignore[operator]
        return name == "COMMAND"
    return more in registry() if name in ("ask", "do") and "." in more else True


@cache
def _code() -> str:
    tops = (ROOT / "src", ROOT / "tests", ROOT / "resources")
    return "\n".join(
        path.read_text(encoding="utf-8") for top in tops for path in top.rglob("*.py") if path != Path(__file__)
    )


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_names_is_there(page: str) -> None:
    assert missing(page, (ROOT / page).read_text(encoding="utf-8")) == []


def test_what_is_not_there_is_found() -> None:
    planted = (
        "`domain/astrology.py`, `mtss levitate`, `mtss do teams.levitate`, `python3 dev.py levitate`, "
        "`workspace.do(teams.levitate)`, `Levitation`, [here](docs/none.md), `store/`, `mtss check`"
    )
    assert len(missing("a page", planted)) == 7
