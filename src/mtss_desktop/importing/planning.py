"""A file's facts held beside what is there: a verdict for each. Nothing is written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from mtss_desktop.base.folding import fold
from mtss_desktop.base.progress import Progress
from mtss_desktop.domain.facts import NAMED_FIELDS
from mtss_desktop.domain.files import Mode
from mtss_desktop.importing import comparing
from mtss_desktop.importing.cleaning import NONE
from mtss_desktop.importing.columns import Codes, Column, alike, column_of, group
from mtss_desktop.importing.findings import QUESTION, USABLE, FileQuestion, Understood
from mtss_desktop.importing.matching import (
    MatchedSchools,
    MatchedStudents,
    match_schools,
    match_students,
)
from mtss_desktop.importing.plan import (
    CODED,
    NEW_WORD,
    TABLES,
    WHICH_SCHOOL,
    YES,
    Array,
    Known,
    Plan,
    is_code,
    is_race_code,
    word_question,
)
from mtss_desktop.importing.vocabulary import level_key

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


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d{1,9}(?:\.\d{1,9})?", text) is not None


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
            if key is None and kind == "race" and is_race_code(word):
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
            what = "code for race" if kind == "race" else "code"
            message = f"This {what} is not known here; which word is it?"
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
        if not len(usable) or not self.known.alone:
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
