"""What the whole window looks at: which year, which place, and how students are named."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Names(StrEnum):
    """How students appear. Staff names always stay. The program opens masked."""

    MASKED = "masked"
    ON = "on"
    OFF = "off"


@dataclass(frozen=True)
class Scope:
    """``year_id`` "" is this school year, ``place_id`` "" all places."""

    year_id: str = ""
    place_id: str = ""
    names: Names = Names.MASKED
