"""Initiatives, programs and committees: what a place does, which teams carry it, and how it would know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from mtss_desktop.domain.records import Record

InitiativeId = NewType("InitiativeId", str)


class InitiativeStatus(StrEnum):
    """Where an initiative stands."""

    EXPLORING = "exploring"
    STARTING = "starting"
    IN_PLACE = "in_place"
    ENDING = "ending"
    ENDED = "ended"


STATUS_WORDS = {
    InitiativeStatus.EXPLORING: "Exploring",
    InitiativeStatus.STARTING: "Starting",
    InitiativeStatus.IN_PLACE: "In place",
    InitiativeStatus.ENDING: "Ending",
    InitiativeStatus.ENDED: "Ended",
}


@dataclass(frozen=True, kw_only=True)
class Initiative(Record):
    """``team_ids`` carry it: one is right, none or two are findings.

    ``evidence`` is what speaks for it, ``measure`` how its effect shows.
    """

    id: InitiativeId = InitiativeId("")
    name: str
    purpose: str = ""
    evidence: str = ""
    measure: str = ""
    status: InitiativeStatus = InitiativeStatus.IN_PLACE
    started_on: date | None = None
    team_ids: tuple[str, ...] = ()
    rank: str = ""


@dataclass(frozen=True)
class InitiativeLine:
    """An initiative as lists show it, with the names of its place and teams; ``is_doubled`` where two teams of one place carry it."""

    id: InitiativeId
    place_id: str
    place: str
    name: str
    purpose: str
    evidence: str
    measure: str
    status: InitiativeStatus
    started_on: date | None
    team_ids: tuple[str, ...]
    teams: tuple[str, ...]
    is_doubled: bool = False
