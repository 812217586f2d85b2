"""What applying a list of people, teams, places or days would do, as rows to look at. Nothing is written.

What a file of facts does is in ``plan.py``; what a layout with nothing to take does is here, too: its rows are passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np

from mtss_desktop.domain.facts import Difference, PlanRow, Proposals, RowProblem, Verdict
from mtss_desktop.domain.team_matrix import MatrixColumn
from mtss_desktop.importing.columns import Codes, Flags
from mtss_desktop.importing.findings import PROBLEM, QUESTION, SKIPPED, Understood
from mtss_desktop.importing.plan import VERDICTS
from mtss_desktop.importing.rating_totals import Total


@dataclass(frozen=True)
class Entry:
    """One row of a list. ``person`` and ``team`` are ids of what is there, "" for new; ``days`` are those the row names.

    ``new_school`` names a school that is not there yet. ``facts`` and ``members`` are of a
    team: texts by column of the matrix, and people as they stand in one cell, with their parts. ``marks`` are item → values
    of an ``instrument``, none for not applicable; ``totals`` are its scores where a file has no items.
    """

    row: int
    line: int
    verdict: Verdict
    why: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    position: str = ""
    person: str = ""
    place: str = ""
    new_school: str = ""
    school_code: str = ""
    state_code: str = ""
    grades: str = ""
    team: str = ""
    team_name: str = ""
    tier: int = 0
    facts: tuple[tuple[MatrixColumn, str], ...] = ()
    members: tuple[str, ...] = ()
    role: str = ""
    backup: bool = False
    brings: str = ""
    from_day: date | None = None
    to_day: date | None = None
    days: tuple[date, ...] = ()
    reason: str = ""
    instrument: str = ""
    title: str = ""
    marks: tuple[tuple[str, tuple[int, ...]], ...] = ()
    totals: tuple[Total, ...] = ()
    rater: str = ""
    comment: str = ""
    differences: tuple[Difference, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True)
class ListPlan:
    """Asked like a plan of facts: counts, rows, problems; ``entries`` are what is written."""

    found: Understood
    entries: tuple[Entry, ...]
    school_names: Mapping[str, str]
    left_out: Flags
    gone: Codes = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    @property
    def file_name(self) -> str:
        return self.found.sketch.file_name

    @property
    def rows_of_file(self) -> int:
        return self.found.rows

    def count(self, verdict: Verdict) -> int:
        return sum(
            entry.verdict is verdict and not out
            for entry, out in zip(self.entries, self.left_out.tolist(), strict=True)
        )

    def row_count(self, verdict: Verdict) -> int:
        state = {Verdict.SKIPPED: SKIPPED, Verdict.QUESTION: QUESTION, Verdict.PROBLEM: PROBLEM}[verdict]
        bare = self.bare_rows()
        return int((self.found.row_state[bare] == state).sum()) + sum(e.verdict is verdict for e in self.entries)

    def bare_rows(self) -> Codes:
        """Rows without an entry."""
        bare = np.ones(self.found.rows, dtype=bool)
        bare[[entry.row for entry in self.entries]] = False
        return np.flatnonzero(bare)

    @property
    def proposals(self) -> Proposals:
        new = {entry.new_school for entry in self.written() if entry.new_school}
        return Proposals(0, len(new))

    @property
    def changes_something(self) -> bool:
        return bool(self.written())

    def used(self) -> Flags:
        kept = [entry.verdict in (Verdict.NEW, Verdict.CHANGED, Verdict.UNCHANGED) for entry in self.entries]
        return np.asarray(kept, dtype=bool) & ~self.left_out

    @property
    def verdicts(self) -> Codes:
        """Places in ``VERDICTS``, by entry."""
        return np.asarray([VERDICTS.index(entry.verdict) for entry in self.entries], dtype=np.int64)

    def written(self) -> tuple[Entry, ...]:
        """New and changed rows that are not left out."""
        pairs = zip(self.entries, self.left_out.tolist(), strict=True)
        return tuple(entry for entry, out in pairs if not out and entry.verdict in (Verdict.NEW, Verdict.CHANGED))

    def leave_out(self, entries: Sequence[int], *, out: bool = True) -> ListPlan:
        changed = self.left_out.copy()
        changed[list(entries)] = out
        return replace(self, left_out=changed)

    def problems(self, state: int = PROBLEM, limit: int = 1000) -> tuple[RowProblem, ...]:
        found = [
            RowProblem(int(self.found.table.lines[row]), finding.header, finding.cell(place), finding.message(place))
            for finding in self.found.findings
            if finding.state == state
            for place, row in enumerate(finding.rows[:limit].tolist())
        ]
        wanted = Verdict.PROBLEM if state == PROBLEM else Verdict.QUESTION
        found += [
            RowProblem(entry.line, "", entry.name, entry.why) for entry in self.entries if entry.verdict is wanted
        ]
        return tuple(sorted(found, key=lambda problem: problem.line)[:limit])


@dataclass(frozen=True)
class ShownList:
    """A list's plan as rows to look at, by the file's line."""

    plan: ListPlan

    def count(self, verdict: Verdict | None = None) -> int:
        return len(self._rows(verdict))

    def rows(self, start: int, stop: int, verdict: Verdict | None = None) -> tuple[PlanRow, ...]:
        return tuple(self._rows(verdict)[start:stop])

    def written(self, verdict: Verdict | None = None) -> list[int]:
        wanted = (Verdict.NEW, Verdict.CHANGED) if verdict is None else (verdict,)
        return [at for at, entry in enumerate(self.plan.entries) if entry.verdict in wanted]

    def next_question(self, start: int, verdict: Verdict | None = None) -> int:
        """The place of the next question in the list, round from ``start``; -1 where there is none."""
        places = [at for at, row in enumerate(self._rows(verdict)) if row.verdict is Verdict.QUESTION]
        return next((at for at in places if at >= start), places[0] if places else -1)

    def _rows(self, verdict: Verdict | None) -> list[PlanRow]:
        return self._all if verdict is None else [each for each in self._all if each.verdict is verdict]

    @cached_property
    def _all(self) -> list[PlanRow]:
        plan = self.plan
        made = [self._row(at, entry) for at, entry in enumerate(plan.entries)]
        said = _worst(plan.found)
        lines = plan.found.table.lines
        made += [PlanRow(-1, int(lines[row]), *said[row]) for row in plan.bare_rows().tolist() if row in said]
        return sorted(made, key=lambda each: each.line)

    def _row(self, at: int, entry: Entry) -> PlanRow:
        place = entry.new_school or self.plan.school_names.get(entry.place, "")
        days = entry.days[:1] or ((entry.from_day,) if entry.instrument and entry.from_day else ())
        when = ", ".join(f"{day.month}/{day.day}/{day.year}" for day in days)
        if len(entry.days) > 1:
            last = entry.days[-1]
            when = f"{when} to {last.month}/{last.day}/{last.year}"
        what, said, which = self._words(entry)
        return PlanRow(
            entry=at,
            line=entry.line,
            verdict=entry.verdict,
            why=entry.why,
            school=place,
            what=what,
            when=when or said,
            level=which,
            differences=entry.differences,
            left_out=bool(self.plan.left_out[at]),
        )

    def _words(self, entry: Entry) -> tuple[str, str, str]:
        """(what the row is about, what it says of it, where it belongs) by kind of list."""
        match self.plan.found.match.profile.takes:
            case "staff":
                return entry.name, entry.email, entry.position
            case "teams":
                return entry.name or entry.team_name, entry.role.replace("_", " "), entry.team_name
            case "ratings" | "answers":
                if entry.totals:
                    return entry.title, "", "totals only"
                n = len(entry.marks)
                return entry.title, "", "" if not n else f"{n} item" if n == 1 else f"{n} items"
            case "schools":
                return entry.team_name, entry.grades, entry.school_code
        return entry.reason, "", ""


_STATES = {SKIPPED: Verdict.SKIPPED, QUESTION: Verdict.QUESTION, PROBLEM: Verdict.PROBLEM}


def _worst(found: Understood) -> dict[int, tuple[Verdict, str]]:
    """By row what weighs most against it."""
    said: dict[int, tuple[Verdict, str]] = {}
    for finding in sorted(found.findings, key=lambda each: each.state):
        verdict = _STATES[finding.state]
        for place, row in enumerate(finding.rows.tolist()):
            said[row] = (verdict, finding.message(place))
    return said
