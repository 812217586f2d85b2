"""The working-smarter matrix: every team of a place as one row of texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from mtss_desktop.base.cells import neutral
from mtss_desktop.domain.people import OrganizationId, SchoolYearId
from mtss_desktop.domain.teams import TeamId, TeamStatus


class MatrixColumn(StrEnum):
    """Columns in their usual order. The values are the field names of the audit's findings."""

    NAME = "name"
    TIER = "tier"
    PURPOSE = "purpose"
    OUTCOME_MEASURE = "outcome_measure"
    TARGET_GROUP = "target_group"
    STAFF = "members"
    MEETS = "meets"
    HOURS = "hours"
    DATA = "data"
    DECISION_RULES = "decision_rules"
    AUTHORITY = "authority"
    LINKED_GOAL = "linked_goal"
    NORMS = "norms"
    DECISION = "decision"


COUNTED = frozenset({MatrixColumn.STAFF, MatrixColumn.HOURS})
"""What follows from members and times and cannot be typed."""
EXPECTED = frozenset(
    {
        MatrixColumn.PURPOSE,
        MatrixColumn.OUTCOME_MEASURE,
        MatrixColumn.TARGET_GROUP,
        MatrixColumn.MEETS,
        MatrixColumn.DATA,
        MatrixColumn.LINKED_GOAL,
    }
)
"""Columns whose empty cells say *not set*."""
_HEADS = {
    MatrixColumn.NAME: ("team", "team name", "committee", "committee name", "initiative project committee"),
    MatrixColumn.TIER: ("tier", "level", "tier focus", "team tier"),
    MatrixColumn.PURPOSE: ("purpose", "mission", "team purpose"),
    MatrixColumn.OUTCOME_MEASURE: ("outcome measure", "outcome", "outcomes", "measure", "intended outcome"),
    MatrixColumn.TARGET_GROUP: ("for whom", "target group", "target", "target population"),
    MatrixColumn.STAFF: ("staff", "members", "team members", "staff involved", "members and roles", "participants"),
    MatrixColumn.MEETS: ("meets", "meeting pattern", "meeting schedule", "meeting day time", "meeting times", "when"),
    MatrixColumn.HOURS: ("hours", "hours a month"),
    MatrixColumn.DATA: ("data read", "data", "data reviewed", "data used", "data sources", "data reviewed how often"),
    MatrixColumn.DECISION_RULES: ("rule", "decision rule", "decision rules"),
    MatrixColumn.AUTHORITY: ("authority", "decision authority"),
    MatrixColumn.LINKED_GOAL: ("linked goal", "goal", "sip goal", "sip sid", "sip sid link", "school plan goal"),
    MatrixColumn.NORMS: ("agreements", "norms"),
    MatrixColumn.DECISION: ("decision", "status"),
}
"""What heads of spreadsheets call the columns."""
_TIERS = {"0": 0, "1": 1, "i": 1, "2": 2, "ii": 2, "3": 3, "iii": 3}
_NO_TIER = frozenset(
    {"none", "no tier in particular", "all", "all tiers", "school", "division", "district", "leadership"}
)
_DECISIONS = {
    "": TeamStatus.KEEP,
    "keep": TeamStatus.KEEP,
    "merge": TeamStatus.MERGE,
    "retire": TeamStatus.RETIRE,
}


@dataclass(frozen=True)
class MatrixCell:
    column: MatrixColumn
    text: str


@dataclass(frozen=True)
class MatrixRow:
    """One team. ``cells`` are in the order of ``MatrixColumn``; ``hours`` are staff hours a month, None where not known."""

    team_id: TeamId
    place_id: OrganizationId
    place: str
    tier: int
    cells: tuple[MatrixCell, ...]
    people: tuple[str, ...] = ()
    hours: float | None = None

    def text(self, column: MatrixColumn) -> str:
        return next((cell.text for cell in self.cells if cell.column is column), "")


@dataclass(frozen=True)
class Matrix:
    """All rows in reading order. ``people`` counts everyone once; ``place`` is "" for the whole division."""

    year_id: SchoolYearId
    year: int
    place_id: str
    place: str
    rows: tuple[MatrixRow, ...]
    people: int
    hours: float


@dataclass(frozen=True)
class TypedCell:
    """What is to stand in a cell. ``seen`` is what stood there when typing began, None where that does not matter."""

    team_id: TeamId
    column: MatrixColumn
    text: str
    seen: str | None = None


@dataclass(frozen=True)
class NewRow:
    """A pasted row that has no team yet."""

    place_id: OrganizationId
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True)
class CellTrouble:
    """A cell that does not fit, with its text and the reason. ``row`` is the place among the new rows, −1 for a team that stands."""

    team_id: str
    row: int
    column: MatrixColumn
    text: str
    why: str


def parse_tier(text: str) -> int:
    """``Tier 2``, ``2``, ``II``, or nothing; ``Tiers 2 and 3`` is the lower of both. Raises ``ValueError``."""
    said = re.sub(r"\btiers?\b", " ", text.casefold())
    parts = [part for part in re.split(r"[\s/,&+.:–-]+", said) if part not in ("", "and", "or", "to")]
    if not parts or text.casefold().strip(" .") in _NO_TIER:
        return 0
    if any(part not in _TIERS for part in parts):
        raise ValueError(text)
    if len(parts) > 2 and {_TIERS[part] for part in parts} == {1, 2, 3}:
        return 0
    return min(_TIERS[part] for part in parts)


def parse_decision(text: str) -> TeamStatus:
    """``Keep``, ``merge?``, or nothing. Raises ``ValueError``."""
    said = text.casefold().strip(" .?")
    if said not in _DECISIONS:
        raise ValueError(text)
    return _DECISIONS[said]


def block(text: str) -> tuple[tuple[str, ...], ...]:
    """Rows of a spreadsheet's clipboard text; a cell in quotes may hold several lines."""
    rows: list[tuple[str, ...]] = []
    cells: list[str] = []
    cell: list[str] = []
    quoted = False
    at = 0
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    while at < len(text):
        sign = text[at]
        if quoted and sign == '"' and text[at + 1 : at + 2] == '"':
            cell.append('"')
            at += 1
        elif sign == '"' and (quoted or not cell):
            quoted = not quoted
        elif sign == "\t" and not quoted:
            cells.append(_lines(cell))
            cell = []
        elif sign == "\n" and not quoted:
            rows.append((*cells, _lines(cell)))
            cells, cell = [], []
        else:
            cell.append(sign)
        at += 1
    return (*rows, (*cells, _lines(cell)))


def _lines(signs: list[str]) -> str:
    """A cell that was neutralized on its way out comes back as it was."""
    lines = (" ".join(line.split()) for line in "".join(signs).split("\n"))
    text = "\n".join(line for line in lines if line)
    return text[1:] if text[:1] == "'" and neutral(text[1:]) == text else text


def in_one_line(column: MatrixColumn, text: str) -> str:
    """Lines of a cell are people or sources where the column lists them, else one text."""
    return text.replace("\n", "; " if column in (MatrixColumn.STAFF, MatrixColumn.DATA) else " ")


def columns_named(cells: tuple[str, ...]) -> tuple[MatrixColumn | None, ...]:
    """The columns that a row of heads names, None for a head of none; nothing where the row is not one of heads: two
    names at least, the team's among them, and most of what stands there."""
    named = tuple(_named(cell) for cell in cells)
    known = [each for each in named if each is not None]
    is_heads = MatrixColumn.NAME in known and len(known) >= 2 and len(known) * 2 >= sum(bool(cell) for cell in cells)
    return named if is_heads and len(set(known)) == len(known) else ()


def _named(cell: str) -> MatrixColumn | None:
    wanted = " ".join(re.sub(r"\(.*?\)|[^\w\s]", " ", cell.casefold()).split())
    return next((column for column, heads in _HEADS.items() if wanted in heads), None)


def as_block(rows: tuple[tuple[str, ...], ...]) -> str:
    """What a spreadsheet pastes: cells with a tab, a break or a quote at the start stand in quotes, and none runs as a formula."""
    return "\n".join("\t".join(_quoted(cell) for cell in cells) for cells in rows)


def _quoted(cell: str) -> str:
    cell = neutral(cell)
    risky = any(sign in cell for sign in "\t\n\r") or cell.startswith('"')
    return '"' + cell.replace('"', '""') + '"' if risky else cell
