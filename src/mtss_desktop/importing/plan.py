"""What applying a file would do: a verdict for every fact it brings, next to what is there. Nothing is written.

Everything is in columns; rows are made only for those who look (``Plan.rows``).
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
from mtss_desktop.base.progress import Progress
from mtss_desktop.domain.facts import NAMED_FIELDS, Facts, Proposals, RowProblem, Verdict
from mtss_desktop.domain.files import Mode
from mtss_desktop.importing import comparing
from mtss_desktop.importing.cleaning import NONE
from mtss_desktop.importing.columns import Codes, Column, Flags, alike, column_of, group
from mtss_desktop.importing.findings import PROBLEM, QUESTION, SKIPPED, USABLE, FileQuestion, Finding, Understood
from mtss_desktop.importing.matching import (
    KnownSchool,
    KnownStudents,
    MatchedSchools,
    MatchedStudents,
    bare_id,
    match_schools,
    match_students,
)
from mtss_desktop.importing.vocabulary import level_key

Array = NDArray[Any]
TABLES = {"scores": "score", "students": "student_year", "incidents": "incident", "absences": "absence"}
WORD_KINDS = ("measure", "level", "window", "note", "location", "behavior", "action_taken", "race", "flag")
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
_OF_STATE = {SKIPPED: 3, QUESTION: 4, PROBLEM: 5}
_NATURAL = {
    "student_year": ("student", "year", "school", "from_day"),
    "score": ("student", "measure", "year", "window", "key_day", "attempt"),
    "incident": (
        "school",
        "incident_number",
        "student",
        "key_day",
        "key_minute",
        "key_behavior",
        "key_location",
        "key_occurrence",
    ),
    "absence": ("student", "school", "day"),
    "goal_line": ("student", "measure", "from_day"),
}


@dataclass(frozen=True)
class Known:
    """What the database has of what a file is about.

    ``words`` by kind: folded spelling → key. ``facts`` by table: live rows in columns, with ``import_key``. ``stays`` are the live
    student years. ``counted`` are scopes that hold counts already (counts only); ``same_file`` says that this very file is applied.
    ``limits`` by measure key: the scores one can believe. ``spoken``: kinds whose words are mostly words, not codes.
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


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d{1,9}(?:\.\d{1,9})?", text) is not None


def is_code(word: str) -> bool:
    """Short and in capitals or digits, as no coach would say it: DSRPT, B-07, 114."""
    return re.fullmatch(r"[A-Z0-9][A-Z0-9._-]{0,7}", word) is not None and word not in ("Y", "N")


def _is_race_code(word: str) -> bool:
    """A number or a letter or two that no list knows: what it stands for differs from system to system."""
    return re.fullmatch(r"\d{1,3}|[A-Za-z]{1,2}", word) is not None


def word_question(kind: str, word: str) -> str:
    """What an answer to a code is kept under."""
    return f"word:{kind}:{fold(word)}"


def plan(found: Understood, known: Known, progress: Progress, answers: Mapping[str, str] | None = None) -> Plan:
    """Matches a file's entries with what is there."""
    progress.step("Comparing with what is there", 0, found.rows, "rows")
    found = found.fresh()
    students = match_students(found, known.students, answers or {})
    schools = match_schools(found, known.schools)
    return _Planner(found, known, students, schools, answers or {}).plan()


class _Planner:
    def __init__(
        self,
        found: Understood,
        known: Known,
        students: MatchedStudents,
        schools: MatchedSchools,
        answers: Mapping[str, str],
    ) -> None:
        self.found, self.known, self.students, self.schools = found, known, students, schools
        self.answers = answers
        self.table = TABLES[found.match.profile.takes]
        self.new_words: dict[str, tuple[str, ...]] = {}
        self.reasons: dict[int, str] = {}
        self.retests: dict[int, int] = {}

    def plan(self) -> Plan:
        columns = self._columns()
        state = self.found.state()
        usable = np.flatnonzero(state == USABLE)
        self._number(columns, usable)
        verdicts = np.asarray([0, 3, 4, 5], dtype=np.int64)[self.found.state()]
        verdicts[list(self.reasons)] = 3
        usable = np.flatnonzero(verdicts == 0)
        old, gone = self._compare(columns, verdicts, usable)
        removed = self._removed()
        goals = self._goals(columns, np.flatnonzero(verdicts <= 2))
        return Plan(
            self.found,
            self.known,
            self.table,
            columns,
            verdicts,
            old,
            np.union1d(gone, removed).astype(np.int64),
            self.students,
            self.schools,
            self.new_words,
            goals,
            self.reasons,
            np.zeros(len(verdicts), dtype=bool),
            removed,
            self.retests,
        )

    # Columns ------------------------------------------------------------------------------------------------------------

    def _columns(self) -> dict[str, Array]:
        found = self.found
        source = found.source
        columns: dict[str, Array] = {"student": self.students.keys[source], "school": self.schools.keys[source]}
        if len(self.known.schools) == 1:  # where there is only one school, every row is about it
            columns["school"] = np.where(columns["school"] == NONE, self.known.schools[0].key, columns["school"])
        columns["line"] = found.table.lines[source]
        fields = {
            "score": ("year", "taken_on", "grade", "official"),
            "student_year": ("year", "grade", "from_day", "to_day", "sex"),
            "incident": ("incident_number", "year", "day", "minute", "grade", "major"),
            "absence": ("year", "day", "hundredths", "excused", "tardy"),
        }[self.table]
        columns |= {name: found.whole[name] for name in fields}
        columns |= {name: found.numbers[name] for name in ("value", "error", "percentile") if name in found.numbers}
        for name, column in found.words.items():
            columns[name] = self._word_keys(name, column)
        if self.table == "student_year":
            columns["flags"] = self._flags()
        elif self.table in ("incident", "absence"):
            day = columns["day"]
            there = comparing.school_at(self.known.stays, columns["student"], columns["year"], day)
            columns["school"] = np.where(columns["school"] == NONE, there, columns["school"])
        if self.table == "score":
            self._believable(columns)
        if self.table != "score":
            self._need_school(columns)
        return columns

    def _word_keys(self, kind: str, column: Column) -> Codes:
        """Keys of known words; -1 - i for the i-th new one."""
        if not column.words:
            self.new_words[kind] = ()
            return alike(NONE, len(column))
        known = self.known.words.get(kind, {})
        used = set(column.used().tolist())
        made: dict[str, int] = {}
        names: list[str] = []
        asked: list[int] = []
        table = np.full(len(column.words) + 1, NONE, dtype=np.int64)
        for code, word in enumerate(column.words):
            if code not in used:
                continue
            folded = level_key(word) if kind == "level" else fold(word)
            key = known.get(folded)
            if key is None and kind == "race" and _is_race_code(word):
                word = self.answers.get(word_question(kind, word), "")
                if not word:
                    asked.append(code)
                    continue
                word = column.words[code] if word == NEW_WORD else word
                folded, key = fold(word), known.get(fold(word))
            if key is None and kind in CODED:
                answer = self.answers.get(word_question(kind, word), "")
                key = known.get(fold(answer)) if answer else None
                if key is None and answer != NEW_WORD and is_code(word) and kind in self.known.spoken:
                    asked.append(code)
                    continue
            if key is None:
                if folded not in made:
                    made[folded] = -1 - len(names)
                    names.append(word)
                key = made[folded]
            table[code] = key
        self.new_words[kind] = tuple(names)
        self._ask_codes(kind, column, asked)
        return table[column.codes]

    def _ask_codes(self, kind: str, column: Column, asked: Sequence[int]) -> None:
        """A code that is no word yet: which of the words here does it stand for?"""
        if asked:
            entries = np.flatnonzero(np.isin(column.codes, np.asarray(asked)))
            message = "This code is not known here; which word is it?"
            self.found.mark_entries(QUESTION, entries, message, kind, column.take(entries), ask=f"word:{kind}")

    def _flags(self) -> Codes:
        """One bit per flag word, by its key from 1; ``NONE`` where the file has no flags at all."""
        names = [means for means in self.found.whole if means.startswith("flag:")]
        if not names:
            return np.full(len(self.found.source), NONE, dtype=np.int64)
        known = self.known.words.get("flag", {})
        new = [means[5:] for means in names if fold(means[5:]) not in known]
        self.new_words["flag"] = tuple(new)
        start = max(known.values(), default=0)
        flags = np.zeros(len(self.found.source), dtype=np.int64)
        for means in names:
            key = known.get(fold(means[5:])) or start + 1 + new.index(means[5:])
            flags |= np.where(self.found.whole[means] == 1, 1 << (key - 1), 0)
        return flags

    def _need_school(self, columns: dict[str, Array]) -> None:
        answer = self.answers.get(WHICH_SCHOOL, "")
        said = next((school.key for school in self.known.schools if school.name == answer), None)
        if said is not None:
            columns["school"] = np.where(columns["school"] == NONE, said, columns["school"])
        lacking = np.flatnonzero((columns["school"] == NONE) & (self.found.state() == USABLE))
        message = "Neither the row nor the roster says which school this is."
        if self.known.mode is not Mode.COUNTS or self.table != "student_year":
            self.found.mark_entries(QUESTION, lacking, message)
            if len(lacking) and self.known.schools:
                names = tuple(school.name for school in self.known.schools)
                text = "Some rows do not say which school they are about. Which one is it?"
                self.found.questions.append(FileQuestion(WHICH_SCHOOL, text, names))

    def _said_yes(self, topic: str) -> list[float]:
        """Scores or lines of which a person said that they are right."""
        found = [key.partition(":")[2] for key, answer in self.answers.items() if answer == YES]
        return [float(each) for each in found if f"{topic}:{each}" in self.answers and _is_number(each)]

    def _believable(self, columns: dict[str, Array]) -> None:
        for measure, (lowest, highest) in self.known.limits.items():
            here = (columns["measure"] == measure) & (self.found.state() == USABLE)
            value = columns["value"]
            beyond = np.zeros(len(value), dtype=bool)
            believed = self._said_yes("score")
            if lowest is not None:
                beyond |= value < lowest
            if highest is not None:
                beyond |= value > highest
            rows = np.flatnonzero(here & beyond & ~np.isin(value, believed))
            cells = column_of(f"{each:g}" for each in value[rows].tolist())
            message = "The score lies outside what this measure can give."
            self.found.mark_entries(QUESTION, rows, message, "value", cells, ask="score")

    # Natural keys ----------------------------------------------------------------------------------------------------------

    def _number(self, columns: dict[str, Array], usable: Codes) -> None:
        """Gives attempts and occurrences, and finds rows that say the same twice."""
        if self.table == "score":
            columns["note"] = self._notes(columns)
            columns["key_day"] = np.where(columns["window"] == NONE, columns["taken_on"], NONE)
            columns["attempt"] = np.ones(len(columns["line"]), dtype=np.int64)
            self._twins(columns, usable, ("student", "measure", "year", "window", "key_day"))
        elif self.table == "incident":
            numbered = columns["incident_number"] != NONE
            for name, key in (
                ("day", "key_day"),
                ("minute", "key_minute"),
                ("behavior", "key_behavior"),
                ("location", "key_location"),
            ):
                columns[key] = np.where(numbered, NONE, columns[name])
            columns["occurrence"] = np.ones(len(columns["line"]), dtype=np.int64)
            natural = ("school", "incident_number", "student", "key_day", "key_minute", "key_behavior", "key_location")
            keys = [columns[name][usable] for name in natural]
            columns["occurrence"][usable] = comparing.rank_within(group(*keys)[0], columns["line"][usable]) + 1
            self._same_number_once(columns, usable)
            columns["key_occurrence"] = np.where(numbered, NONE, columns["occurrence"])
        else:
            self._twins(columns, usable, _NATURAL[self.table])

    def _notes(self, columns: dict[str, Array]) -> Codes:
        """A level without a score says why there is none, if only that the file does not give it."""
        silent = np.isnan(columns["value"]) & (columns["note"] == NONE) & (self.found.state() == USABLE)
        if not silent.any():
            return columns["note"]
        word = "not given"
        key = self.known.words.get("note", {}).get(word)
        if key is None:
            names = self.new_words.get("note", ())
            self.new_words["note"] = names if word in names else (*names, word)
            key = -1 - self.new_words["note"].index(word)
        return np.where(silent, key, columns["note"])

    def _same_number_once(self, columns: dict[str, Array], usable: Codes) -> None:
        """One incident and one student is one referral, however often a flat export repeats it."""
        again = usable[(columns["incident_number"][usable] != NONE) & (columns["occurrence"][usable] > 1)]
        for entry in again.tolist():
            self.reasons[entry] = "the same incident and student again"

    def _twins(self, columns: dict[str, Array], usable: Codes, natural: Sequence[str]) -> None:
        groups, first = group(*(columns[name][usable] for name in natural))
        if len(first) == len(usable):
            return
        values = [comparing.comparable(columns[name][usable]) for name in NAMED_FIELDS[self.table] if name in columns]
        twins, first_twin = group(groups, *values)
        repeated = np.ones(len(usable), dtype=bool)
        repeated[first_twin] = False
        lines = columns["line"]
        for place in np.flatnonzero(repeated).tolist():
            self.reasons[int(usable[place])] = f"the same as line {int(lines[usable[first_twin[twins[place]]]])}"
        kept = np.flatnonzero(~repeated)
        if self.table == "score":
            order = np.lexsort(
                (lines[usable[kept]], columns["taken_on"][usable[kept]], -columns["official"][usable[kept]])
            )
            position = np.empty(len(kept), dtype=np.int64)
            position[order] = np.arange(len(kept))
            attempt = comparing.rank_within(groups[kept], position) + 1
            columns["attempt"][usable[kept]] = attempt
            self._retested(lines[usable[kept]], usable[kept], groups[kept], attempt)
            return
        order = np.lexsort((lines[usable[kept]], ~np.isin(lines[usable[kept]], self._said_yes("twin"))))
        position = np.empty(len(kept), dtype=np.int64)
        position[order] = np.arange(len(kept))
        ranks = comparing.rank_within(groups[kept], position)
        message = "Another line of the file says something else of the same student."
        self.found.mark_entries(QUESTION, usable[kept[ranks > 0]], message, ask="twin")

    def _retested(self, lines: Codes, entries: Codes, groups: Codes, attempt: Codes) -> None:
        """Several scores of one student, measure and window or day are all kept; it is said which of them counts."""
        again = np.flatnonzero(attempt > 1)
        if not len(again):
            return
        counts = dict(zip(groups[attempt == 1].tolist(), lines[attempt == 1].tolist(), strict=True))
        self.retests = {int(entries[at]): int(counts[int(groups[at])]) for at in again.tolist()}
        scores = "1 score is" if len(again) == 1 else f"{len(again):,} scores are"
        self.found.assumed.append(
            f"{scores} not the first of a student, measure and window or day. All are kept; in counts and screening the official "
            "one counts, else the earliest, else the one that stands first in the file."
        )

    # What is there -----------------------------------------------------------------------------------------------------------

    def _compare(self, columns: dict[str, Array], verdicts: Codes, usable: Codes) -> tuple[Codes, Codes]:
        old = np.full(len(verdicts), -1, dtype=np.int64)
        nothing = np.empty(0, dtype=np.int64)
        if self.known.mode is Mode.COUNTS:
            verdicts[usable] = self._counted(columns, usable)
            return old, nothing
        there = self.known.facts.get(self.table)
        if there is None or not len(there["student"]):
            return old, nothing
        there = comparing.with_keys(self.table, there)
        natural = _NATURAL[self.table]
        old[usable] = comparing.partners([there[n] for n in natural], [columns[n][usable] for n in natural])
        met = usable[old[usable] >= 0]
        fields = [name for name in NAMED_FIELDS[self.table] if name in columns]
        differs = comparing.differs(there, columns, fields, old[met], met)
        verdicts[met] = np.where(differs, 1, 2)
        return old, self._gone(columns, there, usable, old)

    def _counted(self, columns: dict[str, Array], usable: Codes) -> Codes:
        """Counts only: a scope is new, replaced as a whole, or the same file again."""
        if self.known.same_file:
            return np.full(len(usable), 2, dtype=np.int64)
        scope = comparing.SCOPES[self.table]
        groups, first = group(*(columns[name][usable] for name in scope))
        tuples = zip(*(columns[name][usable][first].tolist() for name in scope), strict=True)
        there = np.asarray([int(each in self.known.counted) for each in tuples], dtype=np.int64)
        return there[groups] if len(groups) else groups

    def _gone(self, columns: dict[str, Array], there: Mapping[str, Array], usable: Codes, old: Codes) -> Codes:
        """Live facts of the same profile inside the file's own scope that the file does not have."""
        profile = self.found.match.profile
        if not len(usable):
            return np.empty(0, dtype=np.int64)
        mine = [key for key, name in self.known.profiles.items() if name == profile.key]
        candidate = np.isin(there["import_key"], mine)
        named = [name for name in ("school", "measure", "year", "window") if name in profile.scope and name in there]
        if named:
            groups, _ = group(*(np.concatenate([there[n], columns[n][usable]]) for n in named))
            candidate &= np.isin(groups[: len(candidate)], groups[len(candidate) :])
        if "days" in profile.scope:
            day = "taken_on" if self.table == "score" else "day"
            days = columns[day][usable]
            days = days[days != NONE]
            if len(days):
                candidate &= (there[day] >= days.min()) & (there[day] <= days.max())
        candidate[old[old >= 0]] = False
        asked = self.found.row_state >= QUESTION
        if asked.any():
            candidate &= ~np.isin(there["student"], self.students.keys[asked])
        return np.flatnonzero(candidate)

    def _removed(self) -> Codes:
        """Live facts, in the school years of the file, of students it asks to take out."""
        there = self.known.facts.get(self.table)
        rows = self.found.removed
        if there is None or not len(rows) or not len(there["student"]):
            return np.empty(0, dtype=np.int64)
        students = self.students.keys[rows]
        wanted = np.isin(there["student"], students[students > 0])
        years = self.found.whole["year"]
        return np.flatnonzero(wanted & np.isin(there["year"], years[years != NONE]))

    # Goal lines -----------------------------------------------------------------------------------------------------------------

    def _goals(self, columns: dict[str, Array], used: Codes) -> dict[str, Array] | None:
        if "goal_from" not in self.found.whole:
            return None
        source = self.found.source[used]
        whole, numbers = self.found.whole, self.found.numbers
        complete = (whole["goal_from"][source] != NONE) & (whole["goal_to"][source] != NONE)
        complete &= ~np.isnan(numbers["goal_start"][source]) & ~np.isnan(numbers["goal_end"][source])
        entries, source = used[complete], source[complete]
        goals: dict[str, Array] = {
            "student": columns["student"][entries],
            "measure": columns["measure"][entries],
            "from_day": whole["goal_from"][source],
            "start_value": numbers["goal_start"][source],
            "to_day": whole["goal_to"][source],
            "end_value": numbers["goal_end"][source],
            "line": columns["line"][entries],
            "entry": entries,
        }
        _, last = group(*(goals[name][::-1] for name in _NATURAL["goal_line"]))
        kept = np.sort(len(entries) - 1 - last)
        goals = {name: values[kept] for name, values in goals.items()}
        goals["verdict"] = self._goal_verdicts(goals)
        return goals

    def _goal_verdicts(self, goals: Mapping[str, Array]) -> Codes:
        verdicts = np.zeros(len(goals["line"]), dtype=np.int64)
        there = self.known.facts.get("goal_line")
        if self.known.mode is Mode.COUNTS:
            return verdicts + 2
        if there is None or not len(there["student"]):
            return verdicts
        natural = _NATURAL["goal_line"]
        old = comparing.partners([there[n] for n in natural], [goals[n] for n in natural])
        met = np.flatnonzero(old >= 0)
        verdicts[met] = np.where(comparing.differs(there, goals, NAMED_FIELDS["goal_line"], old[met], met), 1, 2)
        return verdicts


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


def day_word(day: int) -> str:
    found = date.fromordinal(day)
    return f"{found.month}/{found.day}/{found.year}"
