"""What applying a file would do, as it was planned: a verdict for every fact it brings, and what is written of it.

Everything is in columns; rows are made only for those who look (``showing.Shown``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mtss_desktop.base.folding import fold
from mtss_desktop.domain.facts import Facts, Proposals, RowProblem, Verdict
from mtss_desktop.domain.files import Mode
from mtss_desktop.importing.cleaning import NONE
from mtss_desktop.importing.columns import Codes, Flags, group
from mtss_desktop.importing.findings import PROBLEM, QUESTION, SKIPPED, USABLE, Finding, Understood
from mtss_desktop.importing.matching import (
    KnownSchool,
    KnownStudents,
    MatchedSchools,
    MatchedStudents,
    bare_id,
)

Array = NDArray[Any]
TABLES = {"scores": "score", "students": "student_year", "incidents": "incident", "absences": "absence"}
ALREADY = "already here, nothing to do"
VERDICTS = (
    Verdict.NEW,
    Verdict.CHANGED,
    Verdict.UNCHANGED,
    Verdict.SKIPPED,
    Verdict.QUESTION,
    Verdict.PROBLEM,
    Verdict.GONE,
)
MOST_PROBLEMS = 1000
CODED = ("behavior", "location", "action_taken")
"""Kinds of word that systems write as codes of their own."""
NEW_WORD = "new"
YES = "yes"
WHICH_SCHOOL = "school"


@dataclass(frozen=True)
class Known:
    """What the database has of what a file is about.

    ``words`` by kind: folded spelling → key. ``facts`` by table: live rows in columns, with ``import_key``. ``stays`` are the live
    student years. ``counted`` are scopes that hold counts already (counts only); ``same_file`` says that this very file is applied.
    ``limits`` by measure key: the scores one can believe. ``spoken``: kinds whose words are mostly words, not codes.
    ``alone``: nothing else handed over holds facts of the kind, so that what the file lacks may be gone.
    """

    mode: Mode
    students: KnownStudents = field(default_factory=KnownStudents)
    numbers: Mapping[int, int] = field(default_factory=dict)
    schools: tuple[KnownSchool, ...] = ()
    words: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, Array]] = field(default_factory=dict)
    stays: Mapping[str, Array] = field(default_factory=dict)
    profiles: Mapping[int, str] = field(default_factory=dict)
    counted: frozenset[tuple[int, ...]] = frozenset()
    same_file: bool = False
    limits: Mapping[int, tuple[float | None, float | None]] = field(default_factory=dict)
    spoken: frozenset[str] = frozenset()
    alone: bool = True


@dataclass(frozen=True)
class Keys:
    """Final keys of what a plan proposed, in the order of its proposals."""

    students: Sequence[int]
    schools: Sequence[int]
    words: Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Plan:
    """``columns`` by entry: whole numbers with ``NONE`` for nothing and negative keys for proposals, numbers with NaN.

    ``verdicts`` are places in ``VERDICTS``; ``old`` is the place of the live fact an entry meets in ``known.facts``, -1 for none;
    ``gone`` are places of live facts inside the file's scope that the file does not have, and of those it asks to take out
    (``removed``, which are taken out whether the file is complete or not). ``retests`` are entries beside which the score of
    another line counts.
    """

    found: Understood
    known: Known
    table: str
    columns: Mapping[str, Array]
    verdicts: Codes
    old: Codes
    gone: Codes
    students: MatchedStudents
    schools: MatchedSchools
    new_words: Mapping[str, tuple[str, ...]]
    goals: Mapping[str, Array] | None
    reasons: Mapping[int, str]
    left_out: Flags
    removed: Codes = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    retests: Mapping[int, int] = field(default_factory=dict)

    @property
    def file_name(self) -> str:
        return self.found.sketch.file_name

    @property
    def rows_of_file(self) -> int:
        return self.found.rows

    def count(self, verdict: Verdict) -> int:
        """Facts with this verdict that are not left out."""
        if verdict is Verdict.GONE:
            return len(self.gone)
        return int(((self.verdicts == VERDICTS.index(verdict)) & ~self.left_out).sum())

    def row_count(self, verdict: Verdict) -> int:
        """Rows of the file of which nothing is used (skipped) or some part is not (question, problem)."""
        states = self.found.row_state.copy()
        np.maximum.at(states, self.found.source, _states_of(self.verdicts))
        wanted = {Verdict.SKIPPED: SKIPPED, Verdict.QUESTION: QUESTION, Verdict.PROBLEM: PROBLEM}[verdict]
        if wanted == SKIPPED:
            used = np.zeros(self.found.rows, dtype=bool)
            used[self.found.source[self.verdicts <= 2]] = True
            return int(((states == SKIPPED) & ~used).sum())
        return int((states == wanted).sum())

    @property
    def proposals(self) -> Proposals:
        students = 0 if self.known.mode is Mode.COUNTS else len(self.used_students())
        return Proposals(students, len(self.used_schools()))

    @property
    def changes_something(self) -> bool:
        used = self.used()
        return bool((used & (self.verdicts <= 1)).any()) or self._goals_change() or len(self.removed) > 0

    def _goals_change(self) -> bool:
        return self.goals is not None and bool((self.goals["verdict"] <= 1).any())

    def used(self) -> Flags:
        """By entry: is it written when the plan is applied?"""
        return (self.verdicts <= 2) & ~self.left_out

    def used_words(self, kind: str) -> tuple[int, ...]:
        """Places in ``new_words[kind]`` that some written fact needs."""
        if kind == "flag":
            return self._used_flags()
        return _used_places(self.columns[kind][self.used()]) if kind in self.columns else ()

    def _used_flags(self) -> tuple[int, ...]:
        """New flags that some student has."""
        start = max(self.known.words.get("flag", {}).values(), default=0)
        flags = self.columns["flags"][self.used()]
        flags = np.where(flags == NONE, 0, flags)
        new = range(len(self.new_words.get("flag", ())))
        return tuple(place for place in new if ((flags >> (start + place)) & 1).any())

    def used_schools(self) -> tuple[int, ...]:
        return _used_places(self.columns["school"][self.used()])

    def used_students(self) -> tuple[int, ...]:
        return _used_places(self.columns["student"][self.used()])

    def leave_out(self, entries: Sequence[int], *, out: bool = True) -> Plan:
        """The plan without (or again with) some entries."""
        changed = self.left_out.copy()
        changed[list(entries)] = out
        return replace(self, left_out=changed)

    def problems(self, state: int = PROBLEM, limit: int = MOST_PROBLEMS) -> tuple[RowProblem, ...]:
        """In the order of the file's lines."""
        found: list[RowProblem] = []
        for finding in self.found.findings:
            if finding.state == state:
                found += _row_problems(finding, self.found.table.lines, limit)
        return tuple(sorted(found, key=lambda problem: problem.line)[:limit])

    def facts(self, keys: Keys, *, complete: bool = False) -> tuple[Facts, ...]:
        """What to write, with final keys. ``complete``: facts gone from the file's scope are retracted (line 0)."""
        used = self.used()
        chosen = np.flatnonzero(used)
        columns = {name: values for name, values in self.columns.items() if not name.startswith("key_")}
        if len(chosen) < len(used):
            columns = {name: values[chosen] for name, values in columns.items()}
        if "flags" in columns:
            columns["flags"] = _final_flags(
                columns["flags"], self.known.words.get("flag", {}), keys.words.get("flag", ())
            )
        made = [Facts(self.table, _resolved(self.table, columns, keys))]
        if self.goals is not None:
            kept = np.isin(self.goals["entry"], chosen)
            goals = {name: values[kept] for name, values in self.goals.items() if name not in ("entry", "verdict")}
            made.append(Facts("goal_line", _resolved("goal_line", goals, keys)))
        out = self.gone if complete else self.removed
        if len(out):
            made.append(Facts(self.table, self._retractions(out)))
        return tuple(made)

    def news_of_known_students(self) -> tuple[dict[tuple[str, str], int], dict[int, tuple[str, str, date | None]]]:
        """What the file adds about students the database has: (kind, id) → key, and key → first name, last name, birth date."""
        rows = np.flatnonzero((self.students.keys > 0) & (self.found.row_state < QUESTION))
        ids = {}
        for kind, column in self.found.ids.items():
            known = self.known.students.ids.get(kind, {})
            digest = self.known.students.digest or (lambda text: text)
            _, first = group(self.students.keys[rows], column.codes[rows])
            for row in rows[first].tolist():
                if column[row] and digest(column[row]) not in known and digest(bare_id(column[row])) not in known:
                    ids[kind, column[row]] = int(self.students.keys[row])
        names = {}
        _, first = np.unique(self.students.keys[rows], return_index=True)
        for row in rows[first].tolist():
            day = int(self.found.birth_day[row])
            if self.found.last_name[row]:
                born = date.fromordinal(day) if day > 0 else None
                names[int(self.students.keys[row])] = (self.found.first_name[row], self.found.last_name[row], born)
        return ids, names

    def _retractions(self, out: Codes) -> dict[str, Array]:
        there = self.known.facts[self.table]
        columns = {
            name: np.asarray(values)[out] for name, values in there.items() if name not in ("import_key", "line")
        }
        columns["line"] = np.zeros(len(out), dtype=np.int64)
        return columns


def is_code(word: str) -> bool:
    """Short and in capitals or digits, as no coach would say it: DSRPT, B-07, 114."""
    return re.fullmatch(r"[A-Z0-9][A-Z0-9._-]{0,7}", word) is not None and word not in ("Y", "N")


def is_race_code(word: str) -> bool:
    """A number or a letter or two that no list knows: what it stands for differs from system to system."""
    return re.fullmatch(r"\d{1,3}|[A-Za-z]{1,2}", word) is not None


def word_question(kind: str, word: str) -> str:
    """What an answer to a code is kept under."""
    return f"word:{kind}:{fold(word)}"


def _used_places(keys: Codes) -> tuple[int, ...]:
    new = np.unique(keys[(keys < 0) & (keys != NONE)])
    return tuple(sorted((-1 - new).tolist()))


def _states_of(verdicts: Codes) -> Codes:
    return np.asarray([USABLE, USABLE, USABLE, SKIPPED, QUESTION, PROBLEM, USABLE], dtype=np.int64)[verdicts]


def _row_problems(finding: Finding, lines: Codes, limit: int) -> list[RowProblem]:
    problems = []
    for place, row in enumerate(finding.rows[:limit].tolist()):
        value = finding.column[place] if finding.column is not None else ""
        problems.append(RowProblem(int(lines[row]), finding.header, value, finding.message(place)))
    return problems


_WORDS_OF = {
    "score": ("measure", "window", "level", "note"),
    "incident": ("location", "behavior", "action_taken"),
    "student_year": ("race",),
    "goal_line": ("measure",),
    "absence": (),
}


def _resolved(table: str, columns: Mapping[str, Array], keys: Keys) -> dict[str, Array]:
    """Proposals' negative keys replaced by final ones."""
    made = dict(columns)
    made["student"] = _final(made["student"], keys.students)
    if "school" in made:
        made["school"] = _final(made["school"], keys.schools)
    for kind in _WORDS_OF[table]:
        if kind in made:
            made[kind] = _final(made[kind], keys.words.get(kind, ()))
    return made


def _final(values: Codes, proposed: Sequence[int]) -> Codes:
    if not len(proposed):
        return values
    new = (values < 0) & (values != NONE)
    final = values.copy()
    final[new] = np.asarray(proposed, dtype=np.int64)[-1 - values[new]]
    return final


def _final_flags(flags: Codes, known: Mapping[str, int], final: Sequence[int]) -> Codes:
    """New flags got the next free bits; their words may have got other keys."""
    start = max(known.values(), default=0)
    moved = np.where(flags == NONE, 0, flags) & ((1 << start) - 1)
    for place, key in enumerate(final):
        moved |= np.where((flags >> (start + place)) & 1 == 1, 1 << (max(key, 1) - 1), 0)
    return np.where(flags == NONE, NONE, moved)
