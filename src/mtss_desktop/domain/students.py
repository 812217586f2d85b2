"""Students, as far as a database keeps them, and how one is named when names are hidden."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Names(StrEnum):
    """How students are shown now: by name, as a number and grade, or not at all."""

    ON = "on"
    MASKED = "masked"
    OFF = "off"


@dataclass(frozen=True)
class Student:
    """``key`` is what facts carry; ``number`` is what is shown instead of a name. Names are empty with pseudonyms."""

    key: int
    number: int
    first_name: str = ""
    last_name: str = ""
    birth_date: date | None = None

    def shown(self, names: Names) -> str:
        """Never initials: "Student 0417" unless names are on and known."""
        if names is Names.ON and self.last_name:
            return f"{self.first_name} {self.last_name}".strip()
        return f"Student {self.number:04}"
