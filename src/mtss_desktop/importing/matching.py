"""Which students and schools of the database a file's rows are about.

Every id column is tried against every kind of id the database has; the pair with the best rate is taken. What matches nothing is a
proposal, never a problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from mtss_desktop.base.folding import fold
from mtss_desktop.domain.facts import NewSchool, NewStudent
from mtss_desktop.importing.cleaning import NONE, name_key
from mtss_desktop.importing.columns import Codes
from mtss_desktop.importing.findings import ID_KINDS, QUESTION, USABLE, FileQuestion, Understood

SAME_STUDENT = "same_student"
NEW_STUDENT = "new"


@dataclass(frozen=True)
class KnownStudents:
    """``ids`` by kind: normalized id (or its digest) → student key. ``names``: name key and birth day → student keys.

    ``last_names`` are folded.
    """

    ids: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    names: Mapping[tuple[str, int], tuple[int, ...]] = field(default_factory=dict)
    digest: Callable[[str], str] | None = None
    last_names: Mapping[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(self.ids.values())


@dataclass(frozen=True)
class KnownSchool:
    """``codes`` are all codes files may use for it."""

    key: int
    name: str
    short_name: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rate:
    """How many of a file's different ids a kind of id of the database knows."""

    column: str
    kind: str
    known: int
    different: int

    @property
    def share(self) -> float:
        return self.known / self.different if self.different else 0.0


@dataclass(frozen=True)
class MatchedStudents:
    """``keys`` by row: a student's key, -1 - i for ``proposals[i]``, 0 where the row names nobody."""

    keys: Codes
    proposals: tuple[NewStudent, ...]
    rates: tuple[Rate, ...]
    asked: Mapping[int, StudentQuestion] = field(default_factory=dict)
    """By row: whom the row may be about."""


@dataclass(frozen=True)
class StudentQuestion:
    """Which student rows are about: one of ``candidates`` (keys), or a new one where ``new``. ``line`` is the first such row's."""

    line: int
    candidates: tuple[int, ...]
    new: bool

    @property
    def key(self) -> str:
        return f"student:{self.line}"

    def answered(self, answers: Mapping[str, str]) -> int | None:
        """The key of the chosen student, 0 for a new one, ``None`` without an answer that is offered."""
        answer = answers.get(self.key, "")
        if answer == NEW_STUDENT and self.new:
            return 0
        return next((key for key in self.candidates if str(key) == answer), None)


def match_students(found: Understood, known: KnownStudents, answers: Mapping[str, str]) -> MatchedStudents:
    keys = np.zeros(found.rows, dtype=np.int64)
    tables = _tables(found, known) if known else {}
    rates = _rates(found, tables)
    asked: dict[int, StudentQuestion] = {}
    if known:
        _by_ids(found, known, tables, rates, keys, answers, asked)
    proposals = _propose(found, known, answers, keys, asked)
    return MatchedStudents(keys, proposals, rates, asked)


def bare_id(text: str) -> str:
    """Without the letters some systems put before an id."""
    return re.sub(r"^[a-z]+[-_]?(?=\d)", "", text)


def _tables(found: Understood, known: KnownStudents) -> dict[tuple[str, str], list[int]]:
    """For every pair of a file's id column and a kind of id: the student of every different id, 0 for none."""
    tables = {}
    for column, ids in found.ids.items():
        used = set(ids.used().tolist())
        for kind, there in known.ids.items():
            if not there:
                continue
            lookup, bare = _lookups(there, plain=known.digest is None)
            table = []
            for code, word in enumerate(ids.words):
                digested = known.digest(word) if known.digest is not None else word
                key = lookup.get(digested, 0) if code in used else 0
                if not key and code in used and known.digest is None:
                    key = bare.get(bare_id(word), 0)
                elif not key and code in used and known.digest is not None and bare_id(word) != word:
                    key = lookup.get(known.digest(bare_id(word)), 0)
                table.append(key)
            tables[column, kind] = table
    return tables


def _lookups(there: Mapping[str, int], *, plain: bool) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Ids as they are, and without letters before the digits where that is unmistakable."""
    if not plain:
        return there, {}
    bare: dict[str, int] = {}
    for value, key in there.items():
        short = bare_id(value)
        bare[short] = key if bare.get(short, key) == key else 0
    return there, bare


def _rates(found: Understood, tables: Mapping[tuple[str, str], list[int]]) -> tuple[Rate, ...]:
    rates = []
    for (column, kind), table in tables.items():
        rates.append(Rate(column, kind, sum(key > 0 for key in table), len(found.ids[column].used())))
    same_kind = {kind: place for place, kind in enumerate(ID_KINDS)}
    return tuple(sorted(rates, key=lambda r: (-r.share, r.column != r.kind, same_kind.get(r.column, 9))))


def _by_ids(
    found: Understood,
    known: KnownStudents,
    tables: Mapping[tuple[str, str], list[int]],
    rates: tuple[Rate, ...],
    keys: Codes,
    answers: Mapping[str, str],
    asked: dict[int, StudentQuestion],
) -> None:
    """The best pair first, then the others for rows it leaves; a row whose ids name two students asks."""
    floor = 0.5 * rates[0].share if rates else 0.0
    disagree = np.zeros(found.rows, dtype=bool)
    for place, rate in enumerate(rates):
        if not rate.known or (place and rate.share < floor and rate.column != rate.kind):
            continue
        table = np.asarray([*tables[rate.column, rate.kind], 0], dtype=np.int64)
        reached = table[found.ids[rate.column].codes]
        if rate.column == rate.kind:
            other, open_ = keys, (keys > 0) & (reached > 0) & (keys != reached)
        else:
            reached = _not_by_chance(found, known, tables, rate, reached)
            other = np.asarray([*tables.get((rate.column, rate.column), ()), 0])
            other = other[found.ids[rate.column].codes] if len(other) > 1 else np.zeros_like(keys)
            open_ = (keys == 0) & (reached > 0) & (other > 0) & (other != reached)
            open_ &= ~_both_named(found, known, reached)
        for row in np.flatnonzero(open_ & ~disagree).tolist():
            both = (int(other[row]), int(reached[row]))
            asked[row] = StudentQuestion(int(found.table.lines[row]), both, new=False)
        disagree |= open_
        np.copyto(keys, reached, where=keys == 0)
    for row in np.flatnonzero(disagree).tolist():
        chosen = asked[row].answered(answers)
        if chosen is not None:
            keys[row], disagree[row] = chosen, False
    found.mark_rows(QUESTION, np.flatnonzero(disagree), "Its ids belong to two different students.", ask="student")


def _not_by_chance(
    found: Understood, known: KnownStudents, tables: Mapping[tuple[str, str], list[int]], rate: Rate, reached: Codes
) -> Codes:
    """The students reached by another kind of id, less those whose name, or where none is known other ids, tell otherwise."""
    named = _both_named(found, known, reached)
    contrary = np.where(named, _other_name(found, known, reached), _contrary(found, known, tables, rate, reached))
    return np.where(contrary, 0, reached)


def _contrary(
    found: Understood, known: KnownStudents, tables: Mapping[tuple[str, str], list[int]], rate: Rate, reached: Codes
) -> Codes:
    """Rows whose id of one kind is by chance another kind of id of a student: their other ids are not that student's own.

    Only ids so short that they may be numbers in a row are doubted.
    """
    contrary = np.zeros(found.rows, dtype=bool)
    for column, ids in found.ids.items():
        if column == rate.column or (column, column) not in tables:
            continue
        own = np.asarray([*tables[column, column], 0], dtype=np.int64)[ids.codes]
        has_one = np.isin(reached, list(set(known.ids[column].values())))
        contrary |= (ids.codes >= 0) & has_one & (own != reached)
    words = found.ids[rate.column]
    short = np.asarray([*(len(word) <= _SHORT for word in words.words), False])[words.codes]
    return np.asarray(contrary & short)


def _both_named(found: Understood, known: KnownStudents, reached: Codes) -> Codes:
    named = np.asarray(sorted(known.last_names), dtype=np.int64)
    return (reached > 0) & (found.last_name.codes >= 0) & np.isin(reached, named)


def _other_name(found: Understood, known: KnownStudents, reached: Codes) -> Codes:
    """Rows whose last name is not that of the student reached; compared once per different pair."""
    names = found.last_name
    different, codes = np.unique(reached * (len(names.words) + 1) + names.codes + 1, return_inverse=True)
    folded = ["", *map(fold, names.words)]
    pairs = [divmod(int(pair), len(names.words) + 1) for pair in different.tolist()]
    other = [folded[code] != known.last_names.get(key, "") for key, code in pairs]
    return np.asarray(other, dtype=bool)[codes] if pairs else np.zeros(len(reached), dtype=bool)


_SHORT = 3
"""Digits of a number that may count rows."""


# Proposals --------------------------------------------------------------------------------------------------------------


def _propose(
    found: Understood,
    known: KnownStudents,
    answers: Mapping[str, str],
    keys: Codes,
    asked: dict[int, StudentQuestion],
) -> tuple[NewStudent, ...]:
    """Rows without a student, gathered by their first id, else by name and birth date."""
    proposals: list[NewStudent] = []
    for kind in ID_KINDS:
        ids = found.ids.get(kind)
        if ids is None:
            continue
        rows = np.flatnonzero((keys == 0) & (ids.codes >= 0) & (found.row_state < QUESTION))
        different, first, groups = np.unique(ids.codes[rows], return_index=True, return_inverse=True)
        if len(different):
            keys[rows] = -1 - len(proposals) - groups
            proposals += _new_students(found, rows[first], kind)
            _join_known_names(found, known, answers, keys, proposals, len(proposals) - len(different), asked)
    _propose_by_name(found, known, answers, keys, proposals, asked)
    return tuple(proposals)


def _new_students(found: Understood, rows: Codes, kind: str) -> list[NewStudent]:
    """One for each of the rows, with all the ids, the name and the birth date that stand there."""
    kinds = [kind, *(other for other in found.ids if other != kind and len(found.ids[other].words))]
    columns = [found.ids[each].take(rows).texts() for each in kinds]
    if len(kinds) == 1:
        ids = [((kind, text),) if text else () for text in columns[0]]
    else:
        pairs = [[(each, text) for text in texts] for each, texts in zip(kinds, columns, strict=True)]
        ids = [tuple(pair for pair in row if pair[1]) for row in zip(*pairs, strict=True)]
    first, last = found.first_name.take(rows).texts(), found.last_name.take(rows).texts()
    born = [date.fromordinal(day) if day > 0 else None for day in found.birth_day[rows].tolist()]
    return [NewStudent(*each) for each in zip(ids, first, last, born, strict=True)]


def _birth_date(found: Understood, row: int) -> date | None:
    day = int(found.birth_day[row])
    return date.fromordinal(day) if day > 0 else None


def _join_known_names(
    found: Understood,
    known: KnownStudents,
    answers: Mapping[str, str],
    keys: Codes,
    proposals: list[NewStudent],
    start: int,
    asked: dict[int, StudentQuestion],
) -> None:
    """A new id with the name and birth date of a known student: is it the same one? A person answers for the file."""
    if not known.names:
        return
    doubtful = {}
    for place in range(start, len(proposals)):
        student = proposals[place]
        if student.birth_date is not None and student.last_name:
            there = known.names.get(
                (name_key(student.first_name, student.last_name), student.birth_date.toordinal()), ()
            )
            if there:
                doubtful[-1 - place] = there
    if not doubtful:
        return
    answer = answers.get(SAME_STUDENT)
    if answer == "no":
        return
    open_ = 0
    for proposed, there in doubtful.items():
        rows = np.flatnonzero(keys == proposed)
        question = StudentQuestion(int(found.table.lines[rows[0]]), there, new=True)
        chosen = question.answered(answers)
        if chosen == 0:
            continue
        if chosen is not None or (answer == "yes" and len(there) == 1):
            keys[rows] = chosen or there[0]
            continue
        open_ += 1
        asked.update(dict.fromkeys(rows.tolist(), question))
        found.mark_rows(
            QUESTION, rows, "The id is new; name and birth date are those of a known student.", ask="student"
        )
    if answer is None and open_:
        text = "Some ids are new, but name and birth date are those of known students. Are they the same students?"
        found.questions.append(FileQuestion(SAME_STUDENT, text, ("yes", "no")))


def _propose_by_name(
    found: Understood,
    known: KnownStudents,
    answers: Mapping[str, str],
    keys: Codes,
    proposals: list[NewStudent],
    asked: dict[int, StudentQuestion],
) -> None:
    """Rows without any id: name and birth date find a student, and a person looks at it, once for all rows of one name."""
    looked_for = found.row_state == USABLE
    looked_for[found.removed] = True
    rows = np.flatnonzero((keys == 0) & (found.last_name.codes >= 0) & looked_for)
    by_name: dict[str, list[int]] = {}
    for (name, _), there in known.names.items():
        by_name.setdefault(name, []).extend(there)
    places: dict[tuple[str, int], int] = {}
    questions: dict[tuple[str, int], StudentQuestion] = {}
    why: dict[str, list[int]] = {}
    for row in rows.tolist():
        day = int(found.birth_day[row])
        who = (name_key(found.first_name[row], found.last_name[row]), day if day != NONE else 0)
        there = known.names.get(who, ())
        if there or not who[1]:
            offered = there or tuple(by_name.get(who[0], ()))
            question = questions.setdefault(
                who, StudentQuestion(int(found.table.lines[row]), offered, new=bool(who[1]))
            )
            chosen = question.answered(answers)
            if chosen is None:
                keys[row] = there[0] if len(there) == 1 else 0
                asked[row] = question
                why.setdefault(_why_asked(len(there)), []).append(row)
                continue
            keys[row] = chosen
            if chosen:
                continue
        if who not in places:
            places[who] = len(proposals)
            proposals.append(NewStudent((), found.first_name[row], found.last_name[row], _birth_date(found, row)))
        keys[row] = -1 - places[who]
    for text, which in why.items():
        found.mark_rows(QUESTION, np.asarray(which, dtype=np.int64), text, ask="student")


def _why_asked(known: int) -> str:
    match known:
        case 0:
            return "There is neither an id nor a birth date, so the student cannot be told."
        case 1:
            return "There is no id; name and birth date are those of a known student."
    return "There is no id; name and birth date fit more than one student."


# Schools ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MatchedSchools:
    """``keys`` by row: a school's key, -1 - i for ``proposals[i]``, ``NONE`` where the row names no school."""

    keys: Codes
    proposals: tuple[NewSchool, ...]


def match_schools(found: Understood, known: tuple[KnownSchool, ...]) -> MatchedSchools:
    """By code, short name or name; initials count where they are those of one school alone."""
    lookup = _school_lookup(known)
    width = len(found.school_name.words) + 1
    packed = (found.school.codes + 1) * width + (found.school_name.codes + 1)
    pairs, codes = np.unique(packed, return_inverse=True)
    proposals: list[NewSchool] = []
    made: dict[str, int] = {}
    table = []
    for pair in pairs.tolist():
        a, b = divmod(pair, width)
        code, name = found.school.words[a - 1] if a else "", found.school_name.words[b - 1] if b else ""
        table.append(_school_key(code, name, lookup, proposals, made))
    keys = np.asarray(table, dtype=np.int64)[codes] if table else np.empty(0, dtype=np.int64)
    return MatchedSchools(keys, tuple(proposals))


def _school_key(
    code: str, name: str, lookup: Mapping[str, int], proposals: list[NewSchool], made: dict[str, int]
) -> int:
    if not code and not name:
        return NONE
    for text in (code, name):
        key = lookup.get(school_word(text), 0) if text else 0
        if key:
            return key
    for letters in _initials(name):
        if f"={letters}" in lookup:
            return lookup[f"={letters}"]
    word = school_word(code or name)
    if word not in made:
        made[word] = len(proposals)
        proposals.append(NewSchool(code, name or code))
    return -1 - made[word]


def school_word(text: str) -> str:
    """Without the word *school* and leading zeros of a number, folded."""
    word = re.sub(r"\bschool\b", " ", fold(text)).strip()
    word = " ".join(re.sub(r"[.,'’-]", " ", word).split())
    return word.lstrip("0") or word if word.isdigit() else word or fold(text)


def _school_lookup(known: tuple[KnownSchool, ...]) -> dict[str, int]:
    lookup: dict[str, int] = {}
    initials: dict[str, set[int]] = {}
    for school in known:
        for text in (*school.codes, school.short_name, school.name):
            if text:
                lookup.setdefault(school_word(text), school.key)
        if school_word(school.name) in {school_word(code) for code in school.codes}:  # known by its code alone so far
            lookup[f"={fold(school.name)}"] = school.key
        for letters in _initials(school.name):
            initials.setdefault(letters, set()).add(school.key)
    for letters, keys in initials.items():
        if len(keys) == 1:
            lookup.setdefault(letters, next(iter(keys)))
    return lookup


def _initials(name: str) -> set[str]:
    """pre of Piney Ridge Elementary, hms of Holcomb Middle School."""
    words = [word for word in fold(name).split() if word not in ("of", "the", "and")]
    letters = "".join(word[0] for word in words)
    with_school = letters if words and words[-1] == "school" else letters + "s"
    return {each for each in (with_school, with_school[:-1]) if len(each) >= 3}
