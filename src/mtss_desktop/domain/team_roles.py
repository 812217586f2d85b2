"""Roles as people write them, and a seat on a team as one line of text: ``Thu Nguyễn (minute taker, backup)``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mtss_desktop.domain.teams import ROLES

_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "facilitator": ("chair", "chairperson", "leader", "lead", "team lead", "team leader", "co-facilitator"),
    "minute_taker": ("minutes", "minute-taker", "note taker", "notetaker", "recorder", "secretary", "scribe"),
    "data_analyst": ("data manager", "data person", "data lead", "data coach", "data"),
    "timekeeper": ("time keeper", "time-keeper"),
    "administrator": ("admin", "principal", "assistant principal", "vice principal"),
    "family": ("parent", "family member", "family representative", "parent representative"),
    "community": ("community member", "community partner"),
    "coach": ("instructional coach", "mtss coach", "pbis coach", "systems coach"),
    "member": ("team member", ""),
}
_IN_BRACKETS = re.compile(r"^(?P<name>[^()]+?)\s*\((?P<rest>[^()]*)\)$")
_ROLE_FIRST = re.compile(r"^(?P<rest>[^:]+):\s*(?P<name>.+)$")
_AFTER_DASH = re.compile(r"^(?P<name>.+?)\s+[-–—]\s+(?P<rest>.+)$")
_BACKUP = re.compile(r"\b(?:backup|back-up|alternate|alt\.?)(?![\w-])", re.IGNORECASE)


@dataclass(frozen=True)
class Seat:
    """Who takes which part; ``brings`` is what stood in the brackets and is no role ("music")."""

    name: str
    role: str = "member"
    backup: bool = False
    brings: str = ""


def part_named(text: str) -> tuple[str, bool]:
    """A role and whether it is the backup's: ``Backup facilitator``, ``data analyst (alternate)``."""
    seat = _seat("", text.replace("(", " ").replace(")", " "))
    return (seat.role, seat.backup) if seat is not None else (text.strip(), False)


def _usual(text: str) -> str:
    wanted = " ".join(text.casefold().replace("_", " ").split())
    return next((role for role in ROLES if wanted == role.replace("_", " ") or wanted in _SPELLINGS.get(role, ())), "")


def seat_in(text: str) -> Seat:
    """``Ann Bell``, ``Ann Bell (data analyst, backup)``, ``Ann Bell - note taker``, ``Facilitator: Ann Bell``."""
    line = " ".join(text.split())
    if found := _IN_BRACKETS.match(line):
        return _seat(found["name"], found["rest"]) or Seat(found["name"], brings=found["rest"].strip())
    for shape in (_ROLE_FIRST, _AFTER_DASH):
        if (found := shape.match(line)) and (seat := _seat(found["name"], found["rest"])):
            return seat
    return Seat(line)


def _seat(name: str, rest: str) -> Seat | None:
    """None where the words beside the name hold no role."""
    backup = bool(_BACKUP.search(rest))
    role = _usual(_BACKUP.sub("", rest).strip(" ,;/"))
    if not role or (backup and role == "member"):
        return None
    return Seat(name.strip(), role, backup)


def whole_name(typed: str) -> str:
    """``Bell, Ann`` as Ann Bell."""
    last, comma, first = typed.partition(",")
    return f"{first.strip()} {last.strip()}" if comma else typed.strip()


def names_in(text: str) -> tuple[str, ...]:
    """Names typed or pasted, each with its brackets: one a line, or divided by semicolons or commas between "First Last"."""
    found: list[str] = []
    for line in text.replace(";", "\n").splitlines():
        parts = [part.strip() for part in re.split(r",(?![^()]*\))", line.split("\t")[0])]
        if len(parts) == 2 and all(" " not in part.split("(")[0].strip() for part in parts) and not _usual(parts[1]):
            found.append(", ".join(parts))  # "Cole, Hannah" is one name; "Hannah Cole, José Ortega" are two
            continue
        for part in parts:
            if found and part and _usual(part):  # "Hannah Cole, facilitator"
                found[-1] = f"{found[-1]} ({part})"
            else:
                found.append(part)
    return tuple(name for name in found if name)
