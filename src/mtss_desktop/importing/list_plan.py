"""What applying a list of people, teams, places or days would do: a verdict for every row. Nothing is written.

What a file of facts does is in ``plan.py``; what a layout with nothing to take does is here, too: its rows are passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np

from mtss_desktop.base.folding import fold
from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain.facts import Difference, PlanRow, Proposals, RowProblem, Verdict
from mtss_desktop.domain.people import FIRST_YEAR, LAST_YEAR, school_days, school_year_of
from mtss_desktop.domain.team_matrix import MatrixColumn, parse_tier
from mtss_desktop.domain.team_roles import names_in, part_named, seat_in, whole_name
from mtss_desktop.domain.team_words import data_text, parse_data, parse_pattern, pattern_text
from mtss_desktop.importing.cleaning import CleanColumn
from mtss_desktop.importing.columns import Codes, Flags
from mtss_desktop.importing.findings import PROBLEM, QUESTION, SKIPPED, USABLE, FileQuestion, Understood
from mtss_desktop.importing.matching import KnownSchool, school_word
from mtss_desktop.importing.naming import split_name
from mtss_desktop.importing.plan import VERDICTS
from mtss_desktop.importing.rating_rows import KnownInstrument
from mtss_desktop.importing.rating_totals import Total

ANOTHER = "a person of this name works at another place; say who with a mail address"
LONGEST_BREAK = 120
"""Days: a longer span without school is two dates mixed up."""
ADD_YEAR, ADD_NO_YEAR = "add", "leave out"


def year_question(year: int) -> str:
    """What an answer about a school year that is not set up is kept under."""
    return f"add_year:{year}"


@dataclass(frozen=True)
class KnownPerson:
    id: str
    name: str
    email: str
    position: str
    place: str
    left: bool = False


@dataclass(frozen=True)
class KnownTeam:
    """``facts`` are its texts of this school year by column of the matrix; ``people`` the folded names of its members."""

    id: str
    name: str
    place: str
    facts: Mapping[str, str] = field(default_factory=dict)
    people: frozenset[str] = frozenset()


@dataclass(frozen=True)
class KnownLists:
    """What a database has of what lists are about. ``places`` by key → id; ``home`` is the division's id.

    ``members`` are (team, person, role); ``days`` (place, day) → reason; ``years`` are those set up;
    ``rated`` are (place, key of an instrument, day).
    """

    home: str = ""
    schools: tuple[KnownSchool, ...] = ()
    places: Mapping[int, str] = field(default_factory=dict)
    people: tuple[KnownPerson, ...] = ()
    teams: tuple[KnownTeam, ...] = ()
    members: frozenset[tuple[str, str, str]] = frozenset()
    days: Mapping[tuple[str, date], str] = field(default_factory=dict)
    years: frozenset[int] = frozenset()
    instruments: tuple[KnownInstrument, ...] = ()
    rated: frozenset[tuple[str, str, date]] = frozenset()


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
                return entry.title, "", f"{n} item" if n == 1 else f"{n} items"
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


def plan_list(found: Understood, known: KnownLists, answers: Mapping[str, str] | None = None) -> ListPlan:
    """A verdict for every row of a list; no entry at all where there is nothing to take. ``answers`` are to ``found.questions``."""
    if found.nothing:
        return ListPlan(found, (), {}, np.zeros(0, dtype=bool))
    maker = {"staff": _Staff, "teams": _Teams, "schools": _Schools, "calendar": _Days}.get(found.match.profile.takes)
    entries = maker(found, known, answers or {}).entries() if maker is not None else ()
    names = {known.places[school.key]: school.short_name or school.name for school in known.schools}
    return ListPlan(found, entries, names, np.zeros(len(entries), dtype=bool))


class RowReader:
    """Reads cells by row; one class per kind of list says what a row means."""

    def __init__(self, found: Understood, known: KnownLists, answers: Mapping[str, str] | None = None) -> None:
        self.found, self.known, self.answers = found, known, answers or {}
        self.schools = {
            school_word(text): school
            for school in known.schools
            for text in (school.name, school.short_name, *school.codes)
            if text
        }
        self.seen: dict[tuple[object, ...], int] = {}

    def entries(self) -> tuple[Entry, ...]:
        usable = np.flatnonzero(self.found.row_state == USABLE).tolist()
        return tuple(self._once(self.entry(row, int(self.found.table.lines[row]))) for row in usable)

    def entry(self, row: int, line: int) -> Entry:
        raise NotImplementedError

    def key(self, entry: Entry) -> tuple[object, ...]:
        raise NotImplementedError

    def _once(self, entry: Entry) -> Entry:
        if entry.verdict in (Verdict.QUESTION, Verdict.PROBLEM, Verdict.SKIPPED):
            return entry
        first = self.seen.setdefault(self.key(entry), entry.line)
        if first != entry.line:
            return replace(entry, verdict=Verdict.SKIPPED, why=f"the same as line {first}")
        return entry

    def text(self, means: str, row: int) -> str:
        value = self._value(means, row)
        return value if isinstance(value, str) else ""

    def number(self, means: str, row: int) -> int | None:
        value = self._value(means, row)
        return int(value) if isinstance(value, int | float) else None

    def day(self, means: str, row: int) -> date | None:
        number = self.number(means, row)
        return date.fromordinal(number) if number else None

    def _value(self, means: str, row: int) -> object:
        column: CleanColumn | None = self.found.cells.get(means)
        if column is None:
            return None
        code = int(column.column.codes[row])
        return column.values[code] if code >= 0 else None

    def person_name(self, row: int) -> tuple[str, str]:
        """(first, last)."""
        last = self.text("last_name", row)
        if last or "full_name" not in self.found.cells:
            return self.text("first_name", row), last
        family, given = split_name(self.text("full_name", row))
        return given, family

    def place(self, row: int) -> tuple[str, str]:
        """(id of the place, name of a school that is not there yet); the division where the row names none."""
        code, name = self.text("school", row), self.text("school_name", row)
        for text in (code, name):
            if text and school_word(text) in self.schools:
                return self.known.places[self.schools[school_word(text)].key], ""
        if not code and not name:
            schools = self.known.schools
            only = len(schools) == 1 and "school" not in self.found.cells and "school_name" not in self.found.cells
            return (self.known.places[schools[0].key] if only else self.known.home), ""
        return "", name or code

    def who(self, first: str, last: str, email: str, place: str) -> tuple[KnownPerson | None, bool]:
        """(the known person, several fit): by mail address, else by name, nearest place first."""
        if email:
            same = [each for each in self.known.people if each.email and fold(each.email) == fold(email)]
            if len(same) == 1:
                return same[0], False
        wanted = fold(f"{first} {last}")
        named = [each for each in self.known.people if fold(each.name) == wanted and not each.left]
        named = [each for each in named if not (email and each.email and fold(each.email) != fold(email))]
        near = [each for each in named if each.place == place]
        if len(near) == 1 or len(named) == 1:
            return (near or named)[0], False
        return None, bool(named)


class _Staff(RowReader):
    def key(self, entry: Entry) -> tuple[object, ...]:
        return ("email", fold(entry.email)) if entry.email else ("name", fold(entry.name), entry.place)

    def entry(self, row: int, line: int) -> Entry:
        first, last = self.person_name(row)
        email, position = self.text("email", row), self.text("position", row)
        place, new_school = self.place(row)
        base = Entry(
            row, line, Verdict.NEW, "not here yet", first, last, email, position, "", place, new_school,
            from_day=self.day("from_day", row), to_day=self.day("to_day", row),
        )  # fmt: skip
        if not last:
            return replace(base, verdict=Verdict.PROBLEM, why="There is no name in this row.")
        if email and "@" not in email.strip("@"):
            return replace(base, verdict=Verdict.PROBLEM, why="This is no mail address.")
        person, several = self.who(first, last, email, place)
        if several:
            return replace(base, verdict=Verdict.QUESTION, why=ANOTHER)
        if person is None:
            return base
        changed = tuple(
            Difference(field, old, new)
            for field, old, new in (("position", person.position, position), ("mail address", person.email, email))
            if new and fold(new) != fold(old)
        )
        verdict = Verdict.CHANGED if changed else Verdict.UNCHANGED
        why = "; ".join(f"{each.field} {each.old or 'empty'} becomes {each.new}" for each in changed)
        return replace(
            base, person=person.id, verdict=verdict, why=why or "already here, nothing to do", differences=changed
        )


class _Teams(RowReader):
    def key(self, entry: Entry) -> tuple[object, ...]:
        return fold(entry.team_name), entry.place, entry.new_school, fold(entry.name), fold(entry.role)

    def entry(self, row: int, line: int) -> Entry:
        first, last = self.person_name(row)
        email, (role, backup) = self.text("email", row), part_named(self.text("role", row))
        place, new_school = self.place(row)
        name = self.text("team", row)
        team = self._team(name, place, new_school)
        base = Entry(
            row, line, Verdict.NEW, "not on the team yet", first, last, email, "", "", place, new_school,
            team=team.id if team else "", team_name=name, facts=self._facts(row), members=names_in(self.text("members", row)),
            role=role if last else "", backup=backup or self.number("backup", row) == 1, brings=self.text("brings", row),
            from_day=self.day("from_day", row), to_day=self.day("to_day", row),
        )  # fmt: skip
        if team is not None and not new_school:
            base = replace(base, place=team.place)
        if (wrong := _time_that_cannot_be(base)) is not None:
            return replace(base, verdict=Verdict.PROBLEM, why=wrong)
        if any(self._is_shared(seat_in(each).name, base.place) for each in base.members):
            return replace(base, verdict=Verdict.QUESTION, why=ANOTHER)
        if team is not None and (base.facts or base.members):
            return _with_differences(base, team)
        if not last:
            there = "already here, nothing to do" if team else "a team that is not here yet"
            return replace(base, verdict=Verdict.UNCHANGED if team else Verdict.NEW, why=there)
        person, several = self.who(first, last, email, base.place)
        if several:
            return replace(base, verdict=Verdict.QUESTION, why=ANOTHER)
        if person is not None:
            base = replace(base, person=person.id)
        if team is None:
            return replace(base, why="a team that is not here yet")
        if person is None:
            return replace(base, why="a person who is not here yet")
        if (team.id, person.id, role) in self.known.members:
            return replace(base, verdict=Verdict.UNCHANGED, why="already here, nothing to do")
        return base

    def _team(self, name: str, place: str, new_school: str) -> KnownTeam | None:
        if new_school:
            return None
        same = [team for team in self.known.teams if fold(team.name) == fold(name)]
        near = [team for team in same if team.place == place]
        silent = "school" not in self.found.cells and "school_name" not in self.found.cells
        return near[0] if near else same[0] if silent and len(same) == 1 else None

    def _is_shared(self, typed: str, place: str) -> bool:
        first, _, last = whole_name(typed).rpartition(" ")
        return self.who(first, last, "", place)[1]

    def _facts(self, row: int) -> tuple[tuple[MatrixColumn, str], ...]:
        """What the row says of the team, by column of the matrix; a tier nobody can read is left out."""
        told = {column: self.text(means, row) for means, column in _FACTS.items()}
        told[MatrixColumn.TIER] = self._tier(row)
        when = (self.text(means, row) for means in ("meets", "meeting_day", "meeting_time", "room"))
        told[MatrixColumn.MEETS] = ", ".join(part for part in when if part)
        return tuple((column, text) for column, text in told.items() if text)

    def _tier(self, row: int) -> str:
        try:
            tier = parse_tier(self.text("tier", row))
        except ValueError:
            return ""
        return f"Tier {tier}" if tier else ""


_FACTS = {
    "purpose": MatrixColumn.PURPOSE,
    "outcome": MatrixColumn.OUTCOME_MEASURE,
    "target": MatrixColumn.TARGET_GROUP,
    "data": MatrixColumn.DATA,
    "rule": MatrixColumn.DECISION_RULES,
    "authority": MatrixColumn.AUTHORITY,
    "goal": MatrixColumn.LINKED_GOAL,
    "norms": MatrixColumn.NORMS,
}
_SPOKEN = {
    MatrixColumn.TIER: "tier",
    MatrixColumn.MEETS: "meeting time",
    MatrixColumn.OUTCOME_MEASURE: "outcome measure",
    MatrixColumn.TARGET_GROUP: "target group",
    MatrixColumn.DECISION_RULES: "decision rule",
    MatrixColumn.LINKED_GOAL: "linked goal",
    MatrixColumn.NORMS: "agreements",
}


def _time_that_cannot_be(entry: Entry) -> str | None:
    text = dict(entry.facts).get(MatrixColumn.MEETS, "")
    try:
        parse_pattern(text)
    except ValueError:
        return f"The meeting time “{text}” cannot be. Write it like: 3rd Tuesday, 2:45-3:45 PM, Room 114."
    return None


def _as_kept(column: MatrixColumn, text: str) -> str:
    """A text as the matrix shows it once it is written."""
    match column:
        case MatrixColumn.MEETS:
            return pattern_text(parse_pattern(text), ENGLISH)
        case MatrixColumn.DATA:
            return data_text(parse_data(text))
    return text


def _with_differences(entry: Entry, team: KnownTeam) -> Entry:
    """What the row changes of a team that is there; empty cells change nothing, and nobody leaves."""
    found = []
    for column, text in entry.facts:
        now = team.facts.get(column, "")
        meant = _as_kept(column, text)
        if fold(meant) != fold(now):
            found.append(Difference(_SPOKEN.get(column, column.value), now, meant))
    coming = [name for name in entry.members if fold(whole_name(seat_in(name).name)) not in team.people]
    found += [Difference("member", "", seat_in(name).name) for name in coming]
    told = [f"{each.field} {each.old or 'empty'} becomes {each.new}" for each in found if each.field != "member"]
    if coming:
        told.append("1 person joins" if len(coming) == 1 else f"{len(coming)} people join")
    return replace(
        entry,
        verdict=Verdict.CHANGED if found else Verdict.UNCHANGED,
        why="; ".join(told) or "already here, nothing to do",
        differences=tuple(found),
    )


class _Schools(RowReader):
    def key(self, entry: Entry) -> tuple[object, ...]:
        return (school_word(entry.new_school or entry.place),)

    def entry(self, row: int, line: int) -> Entry:
        name, code = self.text("school_name", row), self.text("school", row)
        state, grades = self.text("state_code", row), self.text("grades", row)
        base = Entry(
            row, line, Verdict.NEW, "not here yet", new_school=name, school_code=code, state_code=state, grades=grades,
            team_name=name,
        )  # fmt: skip
        for text in (code, state, name):
            school = self.schools.get(school_word(text)) if text else None
            if school is not None:
                place = self.known.places[school.key]
                why = "already here, nothing to do"
                return replace(base, verdict=Verdict.UNCHANGED, why=why, place=place, new_school="")
        return base


class _Days(RowReader):
    def key(self, entry: Entry) -> tuple[object, ...]:
        return entry.place, entry.days

    def entry(self, row: int, line: int) -> Entry:
        first, last = self.day("day", row), self.day("to_day", row)
        place, new_school = self.place(row)
        reason = self.text("reason", row)
        base = Entry(row, line, Verdict.NEW, "a day without school", place=place, reason=reason, from_day=first)
        if first is None:
            return replace(base, verdict=Verdict.PROBLEM, why="There is no date in this row.")
        if self.number("in_session", row) == 1 or fold(reason) in ("school day", "instructional day", "student day"):
            return replace(base, verdict=Verdict.SKIPPED, why="a day with school")
        if new_school:
            return replace(base, verdict=Verdict.QUESTION, why=f"There is no school “{new_school}” here.")
        end = last or first
        if end < first or (end - first).days > LONGEST_BREAK:
            return replace(base, verdict=Verdict.PROBLEM, why="The last day does not fit the first.")
        days = tuple(school_days(first, end, set()))
        if not days:
            return replace(base, verdict=Verdict.SKIPPED, why="a weekend")
        lacking = [year for year in dict.fromkeys(map(school_year_of, days)) if year not in self.known.years]
        if lacking and not (self.known.home and all(FIRST_YEAR <= year <= LAST_YEAR for year in lacking)):
            why = "This day lies in no school year that can be set up here."
            return replace(base, days=days, verdict=Verdict.PROBLEM, why=why)
        if lacking:
            return self._without_year(replace(base, days=days), lacking)
        return self._beside(replace(base, days=days), place, days, reason)

    def _without_year(self, base: Entry, years: Sequence[int]) -> Entry:
        """Days of school years that are not set up here: a person says once for each whether it is to be added."""
        named = " and ".join(f"{year}–{(year + 1) % 100:02}" for year in years)
        answers = [self.answers.get(year_question(year), "") for year in years]
        if ADD_NO_YEAR in answers:
            return replace(base, verdict=Verdict.SKIPPED, why=f"a day of {named}, which is not to be added")
        for year, answer in zip(years, answers, strict=True):
            text = (
                f"The school year {year}–{(year + 1) % 100:02} is not set up here. Is it to be added with these days?"
            )
            asked = FileQuestion(year_question(year), text, (ADD_YEAR, ADD_NO_YEAR))
            if answer != ADD_YEAR and asked not in self.found.questions:
                self.found.questions.append(asked)
        if not all(answer == ADD_YEAR for answer in answers):
            return replace(base, verdict=Verdict.QUESTION, why=f"The school year {named} is not set up here.")
        return replace(base, why=f"a day without school; {named} is added")

    def _beside(self, base: Entry, place: str, days: tuple[date, ...], reason: str) -> Entry:
        there = [self.known.days.get((place, day), self.known.days.get((self.known.home, day))) for day in days]
        if all(each is not None for each in there):
            old = next((each for each in there if reason and each != reason), None)
            if old is None:
                return replace(base, verdict=Verdict.UNCHANGED, why="already here, nothing to do")
            why = f"reason {old or 'empty'} becomes {reason}"
            return replace(base, verdict=Verdict.CHANGED, why=why, differences=(Difference("reason", old, reason),))
        return base
