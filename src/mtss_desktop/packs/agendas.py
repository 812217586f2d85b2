"""Agenda templates: one TOML file each, read strictly, with every fault named by file and line."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from mtss_desktop.base import paths
from mtss_desktop.domain.agendas import AgendaTemplate, Holds, TemplateItem
from mtss_desktop.domain.meetings import WeWill
from mtss_desktop.domain.teams import ROLES
from mtss_desktop.packs import sheets
from mtss_desktop.packs.sheets import HEAD, Place, Sheet

LARGEST = 64 * 1024
_HEAD = {"title": str, "about": str, "tiers": list, "confidential": bool, "order": int, "items": list}
_ITEM = {"title": str, "minutes": int, "lead": str, "we_will": str, "holds": str}


@cache
def shipped() -> tuple[AgendaTemplate, ...]:
    """The templates the program brings, in their own order."""
    return library(paths.resource("agendas"))


def library(folder: Path) -> tuple[AgendaTemplate, ...]:
    """All templates of a folder by ``order`` and name. Raises ``UserError`` for the first that cannot be read."""
    found = [_read(path) for path in sorted(folder.glob("*.toml"))]
    ordered = sorted(found, key=lambda sheet: (sheet.content.get("order", 0), sheet.path.name))
    return tuple(_template(sheet) for sheet in ordered)


def load(path: Path) -> AgendaTemplate:
    """One template. Raises ``UserError`` with file and line."""
    return _template(_read(path))


def _read(path: Path) -> Sheet:
    return sheets.read(path, largest=LARGEST, thing="an agenda")


def _template(sheet: Sheet) -> AgendaTemplate:
    content = sheet.content
    sheet.check(HEAD, content, _HEAD, ("title", "items"))
    tiers = tuple(content.get("tiers", ()))
    if any(tier not in (1, 2, 3) for tier in tiers):
        raise sheet.fault(HEAD, "tiers", "tiers are 1, 2 and 3.")
    return AgendaTemplate(
        sheet.path.stem,
        content["title"],
        content.get("about", ""),
        tiers,
        content.get("confidential", False),
        tuple(_item(sheet, Place("items", number), each) for number, each in enumerate(content["items"], 1)),
    )


def _item(sheet: Sheet, place: Place, content: Any) -> TemplateItem:
    if not isinstance(content, dict):
        raise sheet.fault(HEAD, "items", "each item starts with [[items]] on a line of its own.")
    sheet.check(place, content, _ITEM, ("title",))
    minutes = content.get("minutes")
    if minutes is not None and not 0 <= minutes <= 480:
        raise sheet.fault(place, "minutes", "an item takes between 0 and 480 minutes.")
    will = sheet.one_of(place, "we_will", content.get("we_will", ""), ("", *WeWill))
    return TemplateItem(
        content["title"],
        minutes,
        sheet.one_of(place, "lead", content.get("lead", ""), ("", *ROLES)),
        WeWill(will) if will else None,
        Holds(sheet.one_of(place, "holds", content.get("holds", Holds.WORDS), Holds)),
    )
