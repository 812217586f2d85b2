"""What reading a file found: its facts in the file's own words, and of every row not used why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from mtss_desktop.importing.cleaning import CleanColumn
from mtss_desktop.importing.columns import Codes, Column, Numbers, empty
from mtss_desktop.importing.recognize import Match
from mtss_desktop.importing.sketches import Sketch, Table

USABLE, SKIPPED, QUESTION, PROBLEM = 0, 1, 2, 3
ID_KINDS = ("local", "state", "other")


@dataclass(frozen=True)
class Finding:
    """Why rows are not used: ``rows`` of the file, and one message or one per different text of ``column``.

    ``ask`` says what a person may answer in the row: student, level, score, twin, word:behavior … or nothing.
    """

    state: int
    rows: Codes
    header: str
    column: Column | None
    messages: Mapping[int, str]
    ask: str = ""

    def message(self, row_place: int) -> str:
        code = int(self.column.codes[row_place]) if self.column is not None else 0
        return self.messages[code]

    def cell(self, row_place: int) -> str:
        """The cell as the file has it."""
        return self.column[row_place] if self.column is not None else ""


@dataclass(frozen=True)
class FileQuestion:
    """Something only a person knows about the whole file. Answered by ``key`` with one of ``choices``."""

    key: str
    text: str
    choices: tuple[str, ...]


@dataclass
class Understood:
    """``source[entry]`` is the file's row of an entry; ids, names and places are by row, everything else by entry.

    ``nothing`` says in one sentence why nothing is taken. ``cells`` are those of a list of people, teams, places or days.
    ``removed`` are rows that name what is to be taken out where it is there.
    """

    sketch: Sketch
    match: Match
    table: Table
    source: Codes
    row_state: Codes
    entry_state: Codes
    findings: list[Finding] = field(default_factory=list)
    whole: dict[str, Codes] = field(default_factory=dict)
    numbers: dict[str, Numbers] = field(default_factory=dict)
    words: dict[str, Column] = field(default_factory=dict)
    ids: dict[str, Column] = field(default_factory=dict)
    first_name: Column = field(default_factory=lambda: empty(0))
    last_name: Column = field(default_factory=lambda: empty(0))
    birth_day: Codes = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    school: Column = field(default_factory=lambda: empty(0))
    school_name: Column = field(default_factory=lambda: empty(0))
    cells: dict[str, CleanColumn] = field(default_factory=dict)
    nothing: str = ""
    removed: Codes = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    assumed: list[str] = field(default_factory=list)
    questions: list[FileQuestion] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return len(self.table)

    def fresh(self) -> Understood:
        """A copy whose states and findings a plan may add to, so that a file can be planned again."""
        return replace(
            self,
            row_state=self.row_state.copy(),
            entry_state=self.entry_state.copy(),
            findings=list(self.findings),
            questions=list(self.questions),
            assumed=list(self.assumed),
        )

    def state(self) -> Codes:
        """By entry: the worse of its own and its row's."""
        return np.maximum(self.entry_state, self.row_state[self.source])

    def mark_rows(
        self, state: int, rows: Codes, message: str, header: str = "", column: Column | None = None, ask: str = ""
    ) -> None:
        """Says of whole rows why they are not used. ``column`` holds the cells of exactly these rows."""
        if len(rows):
            messages = {0: message} if column is None else dict.fromkeys((-1, *range(len(column.words))), message)
            self.findings.append(Finding(state, rows, header, column, messages, ask))
            self.row_state[rows] = np.maximum(self.row_state[rows], state)

    def mark_entries(
        self, state: int, entries: Codes, message: str, header: str = "", column: Column | None = None, ask: str = ""
    ) -> None:
        """Says of single facts why they are not used. ``column`` holds the cells of exactly these."""
        if len(entries):
            messages = {0: message} if column is None else dict.fromkeys((-1, *range(len(column.words))), message)
            self.findings.append(Finding(state, self.source[entries], header, column, messages, ask))
            self.entry_state[entries] = np.maximum(self.entry_state[entries], state)
