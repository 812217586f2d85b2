"""What looks wrong in data that came in: kinds of doubt, and what to do about each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Doubt(StrEnum):
    DUPLICATES = "duplicates"
    DATES = "dates"
    SCHOOLS = "schools"
    SCORES = "scores"
    GAPS = "gaps"


ADVICE = {
    Doubt.DUPLICATES: "Look whether one thing was entered twice. Mend it where the file comes from, then bring the file in again.",
    Doubt.DATES: "Look at the day and the school year in the file. Take the import back, mend the file, and bring it in again.",
    Doubt.SCHOOLS: "The file names no school. Take the import back, add a school column, and bring it in again.",
    Doubt.SCORES: "Look at the score in the file, or change the lowest and highest score of the measure.",
    Doubt.GAPS: "Either there were none, or the file of these months is missing. Bring it in if it is.",
}


@dataclass(frozen=True)
class Finding:
    """``n`` rows of ``about`` (referrals, absences, scores, students) from one import, or ``n`` months without any.

    ``months`` are those of a gap, as 2026-01; ``place`` the school's name where one is meant; ``import_id`` "" where the import is gone.
    """

    doubt: Doubt
    about: str
    n: int
    import_id: str = ""
    file_name: str = ""
    place: str = ""
    months: tuple[str, ...] = ()
    advice: str = ""
