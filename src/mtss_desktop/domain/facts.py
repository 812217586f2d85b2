"""What files bring: facts, what a file says about each, and what applying it would do. Numbers and words, no tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any


class Verdict(StrEnum):
    """What a file's row would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    GONE = "gone"
    SKIPPED = "skipped"
    QUESTION = "question"
    PROBLEM = "problem"


class AbsenceBand(IntEnum):
    """Share of enrolled days a student was absent: below 5, 5 to below 10, 10 to below 20, 20 percent and more."""

    FEW = 0
    SOME = 1
    CHRONIC = 2
    SEVERE = 3


class ReferralBand(IntEnum):
    """0–1, 2–5, 6 and more referrals."""

    FEW = 0
    SOME = 1
    MANY = 2


class Near(IntEnum):
    """Where a score stands to the lowest score of the first tier seen for its measure, window and grade."""

    NEITHER = 0
    JUST_BELOW = 1
    JUST_ABOVE = 2


SEXES = {1: "F", 2: "M", 3: "X"}
"""What ``student_year.sex`` holds."""

NAMED_FIELDS: Mapping[str, tuple[str, ...]] = {
    "student_year": ("grade", "to_day", "sex", "race", "flags"),
    "score": ("school", "grade", "taken_on", "value", "error", "percentile", "level", "note", "official"),
    "incident": ("year", "minute", "location", "behavior", "action_taken", "grade", "major"),
    "absence": ("year", "hundredths", "excused", "tardy"),
    "goal_line": ("start_value", "to_day", "end_value"),
}
"""The fields of each fact that a newer file may change; the rest is its natural key."""


@dataclass(frozen=True)
class Facts:
    """Facts of one table in columns of equal length (anything with ``tolist``); absent values are ``None`` or NaN.

    Keys of students, places and words are final. ``line`` is the file's own line.
    """

    table: str
    columns: Mapping[str, Any]

    def __len__(self) -> int:
        return len(self.columns["line"])


@dataclass(frozen=True, slots=True)
class NewStudent:
    """A student a file proposes. ``ids`` are (kind, normalized id): kind is local, state or other."""

    ids: tuple[tuple[str, str], ...]
    first_name: str = ""
    last_name: str = ""
    birth_date: date | None = None


@dataclass(frozen=True)
class NewSchool:
    """A school a file proposes; the file gives a code, a name or both."""

    code: str
    name: str


@dataclass(frozen=True)
class Difference:
    """One field that a file would change, as people read it."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class RowChoice:
    """One answer to a row's question. ``number`` and ``name`` tell a student, 0 and "" for any other answer."""

    value: str
    text: str = ""
    number: int = 0
    name: str = ""


@dataclass(frozen=True)
class RowQuestion:
    """What a person can answer in a row. ``key`` is what the answer is given under; it holds for ``rows`` rows of the file.

    ``remembered``: the answer is kept for files to come.
    """

    key: str
    topic: str
    choices: tuple[RowChoice, ...]
    rows: int = 1
    remembered: bool = False
    cell: str = ""


@dataclass(frozen=True)
class PlanRow:
    """One line of the check. ``number`` is the student's number (0 for a new one), ``line`` 0 for what is gone.

    ``entry`` names the row to ``leave_out``; ``name`` is empty unless the database keeps names.
    """

    entry: int
    line: int
    verdict: Verdict
    why: str
    number: int = 0
    name: str = ""
    school: str = ""
    what: str = ""
    when: str = ""
    value: str = ""
    old_value: str = ""
    level: str = ""
    differences: tuple[Difference, ...] = ()
    left_out: bool = False
    question: RowQuestion | None = None


@dataclass(frozen=True)
class RowProblem:
    """A row that cannot be used, by the file's own line and header."""

    line: int
    column: str
    value: str
    message: str


@dataclass(frozen=True)
class Proposals:
    students: int = 0
    schools: int = 0


@dataclass(frozen=True)
class ImportResult:
    """What ``mtss import --json`` prints for one file.

    ``new``, ``changed``, ``unchanged`` and ``gone`` count facts (a wide row holds several), ``rows`` and ``…_rows`` rows of the file.
    ``problems`` and ``questions`` name at most 1,000 rows each.
    """

    file: str
    status: str
    profile: str
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    skipped_rows: int = 0
    question_rows: int = 0
    problem_rows: int = 0
    proposals: Proposals = field(default_factory=Proposals)
    problems: tuple[RowProblem, ...] = ()
    questions: tuple[RowProblem, ...] = ()
    import_id: str = ""
