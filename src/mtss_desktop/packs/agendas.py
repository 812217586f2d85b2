"""Agenda templates: one TOML file each, read strictly, with every fault named by file and line."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from mtss_desktop.base import paths
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.agendas import AgendaTemplate, Holds, TemplateItem
from mtss_desktop.domain.meetings import WeWill
from mtss_desktop.domain.teams import ROLES

LARGEST = 64 * 1024
_HEAD = {"title": str, "about": str, "tiers": list, "confidential": bool, "order": int, "items": list}
_ITEM = {"title": str, "minutes": int, "lead": str, "we_will": str, "holds": str}
_KINDS = {str: "text in quotes", int: "a whole number", bool: "true or false", list: "a list in brackets"}


@cache
def shipped() -> tuple[AgendaTemplate, ...]:
    """The templates the program brings, in their own order."""
    return library(paths.resource("agendas"))


def library(folder: Path) -> tuple[AgendaTemplate, ...]:
    """All templates of a folder by ``order`` and name. Raises ``UserError`` for the first that cannot be read."""
    found = [(_content(path), path) for path in sorted(folder.glob("*.toml"))]
    ordered = sorted(found, key=lambda each: (each[0][1].get("order", 0), each[1].name))
    return tuple(_template(path, text, sheet) for (text, sheet), path in ordered)


def load(path: Path) -> AgendaTemplate:
    """One template. Raises ``UserError`` with file and line."""
    text, sheet = _content(path)
    return _template(path, text, sheet)


def _content(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        raw = path.read_bytes()
        if len(raw) > LARGEST:
            raise _fault(path, 1, "it is far too long for an agenda.")
        text = raw.decode("utf-8")
        return text, tomllib.loads(text)
    except OSError:
        raise UserError(f"“{path.name}” cannot be read.", "Check that the file is still there.") from None
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _fault(path, line, "a letter is not in UTF-8. Save the file as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise _fault(path, line, "this is not written as TOML is: name = value, texts in quotes.") from None


def _fault(path: Path, line: int, what: str) -> UserError:
    return UserError(f"{path.name}, line {line}: {what}", "Mend the line and try again.")


def _template(path: Path, text: str, sheet: dict[str, Any]) -> AgendaTemplate:
    _check(path, text, sheet, _HEAD, 0, ("title", "items"))
    tiers = tuple(sheet.get("tiers", ()))
    if any(tier not in (1, 2, 3) for tier in tiers):
        raise _fault(path, _line(text, 0, "tiers"), "tiers are 1, 2 and 3.")
    return AgendaTemplate(
        path.stem,
        sheet["title"],
        sheet.get("about", ""),
        tiers,
        sheet.get("confidential", False),
        tuple(_item(path, text, number, each) for number, each in enumerate(sheet["items"], 1)),
    )


def _item(path: Path, text: str, number: int, sheet: Any) -> TemplateItem:
    if not isinstance(sheet, dict):
        raise _fault(path, _line(text, 0, "items"), "each item starts with [[items]] on a line of its own.")
    _check(path, text, sheet, _ITEM, number, ("title",))
    minutes = sheet.get("minutes")
    if minutes is not None and not 0 <= minutes <= 480:
        raise _fault(path, _line(text, number, "minutes"), "an item takes between 0 and 480 minutes.")
    return TemplateItem(
        sheet["title"],
        minutes,
        _one_of(path, text, number, "lead", sheet.get("lead", ""), ("", *ROLES)),
        WeWill(will)
        if (will := _one_of(path, text, number, "we_will", sheet.get("we_will", ""), ("", *WeWill)))
        else None,
        Holds(_one_of(path, text, number, "holds", sheet.get("holds", Holds.WORDS), tuple(Holds))),
    )


def _one_of(path: Path, text: str, number: int, name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        known = ", ".join(str(each) for each in allowed if each)
        raise _fault(path, _line(text, number, name), f"{name} is one of: {known}.")
    return value


def _check(
    path: Path, text: str, sheet: dict[str, Any], known: dict[str, type], number: int, needed: tuple[str, ...]
) -> None:
    for name, value in sheet.items():
        if name not in known:
            raise _fault(path, _line(text, number, name), f"“{name}” is not known here. Known: {', '.join(known)}.")
        if type(value) is not known[name]:
            raise _fault(path, _line(text, number, name), f"{name} must be {_KINDS[known[name]]}.")
    for name in needed:
        if not sheet.get(name):
            raise _fault(path, _line(text, number, ""), f"{name} is missing.")


def _line(text: str, number: int, name: str) -> int:
    """The line of a name in the head (0) or in the n-th [[items]]; the line of the part itself where the name is not found."""
    part, start = 0, 1
    for line, content in enumerate(text.splitlines(), 1):
        if re.match(r"\s*\[\[\s*items\s*\]\]", content):
            part += 1
            start = line if part == number else start
        if part == number and name and re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*[=.]", content):
            return line
    return start
