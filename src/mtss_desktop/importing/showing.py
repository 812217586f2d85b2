"""The rows of a plan as people look at them: made for one screenful, never for the whole file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from mtss_desktop.domain.facts import NAMED_FIELDS, SEXES, Difference, PlanRow, RowQuestion, Verdict
from mtss_desktop.domain.files import Mode
from mtss_desktop.domain.screening import grade_name
from mtss_desktop.importing.asking import question_of
from mtss_desktop.importing.cleaning import NONE
from mtss_desktop.importing.columns import Codes
from mtss_desktop.importing.findings import PROBLEM, QUESTION, SKIPPED, USABLE, Finding
from mtss_desktop.importing.plan import ALREADY, VERDICTS, Plan

_ROW_ONLY = 1 << 40
_GONE = 1 << 41
_FIELDS = {
    "taken_on": "date",
    "to_day": "left on",
    "hundredths": "part of the day",
    "action_taken": "action",
    "minute": "time",
    "value": "score",
    "error": "standard error",
}
_DAYS = frozenset({"taken_on", "to_day", "day", "from_day"})
_KINDS = frozenset({"measure", "window", "level", "note", "location", "behavior", "action_taken", "race"})


@dataclass(frozen=True)
class Shown:
    """A plan as a list: all its rows by the file's line, what is gone at the end."""

    plan: Plan
    names: Mapping[str, Mapping[int, str]]

    def count(self, verdict: Verdict | None = None) -> int:
        return len(self._order(verdict))

    def rows(self, start: int, stop: int, verdict: Verdict | None = None) -> tuple[PlanRow, ...]:
        """``names`` are the database's words and schools by kind and key."""
        return tuple(self._row(int(place)) for place in self._order(verdict)[start:stop])

    def next_question(self, start: int, verdict: Verdict | None = None) -> int:
        """The place of the next question in the list, round from ``start``; -1 where there is none."""
        wanted = VERDICTS.index(Verdict.QUESTION)
        shown = self._verdicts if verdict is None else self._verdicts[self._verdicts == VERDICTS.index(verdict)]
        places = np.flatnonzero(shown == wanted)
        if not len(places):
            return -1
        later = places[places >= start]
        return int(later[0] if len(later) else places[0])

    @cached_property
    def has_levels(self) -> bool:
        """Does any row bring a level, or ask about one?"""
        found = self.plan.columns.get("level")
        asked = any(finding.ask == "level" for finding in self.plan.found.findings)
        return asked or (found is not None and bool((found != NONE).any()))

    def written(self, verdict: Verdict | None = None) -> list[int]:
        """Entries of new and changed rows, of one verdict or both: what a person may leave out all at once."""
        wanted = (Verdict.NEW, Verdict.CHANGED) if verdict is None else (verdict,)
        codes = [VERDICTS.index(each) for each in wanted if each in (Verdict.NEW, Verdict.CHANGED)]
        return [int(entry) for entry in np.flatnonzero(np.isin(self.plan.verdicts, codes)).tolist()]

    def _order(self, verdict: Verdict | None) -> Codes:
        if verdict is None:
            return self._all
        wanted = VERDICTS.index(verdict)
        return np.asarray(self._all[self._verdicts == wanted])

    @cached_property
    def _all(self) -> Codes:
        """Places: entries, rows without an entry, facts that are gone."""
        plan = self.plan
        entries = np.arange(len(plan.verdicts), dtype=np.int64)
        bare = np.ones(plan.found.rows, dtype=bool)
        bare[plan.found.source] = False
        rows = np.flatnonzero(bare & (plan.found.row_state > USABLE))
        lines = np.concatenate([plan.columns["line"], plan.found.table.lines[rows]])
        places = np.concatenate([entries, rows + _ROW_ONLY])
        ordered = places[np.lexsort((places, lines))]
        return np.concatenate([ordered, np.arange(len(plan.gone), dtype=np.int64) + _GONE])

    @cached_property
    def _verdicts(self) -> Codes:
        plan, places = self.plan, self._all
        found = np.full(len(places), VERDICTS.index(Verdict.GONE), dtype=np.int64)
        entry = places < _ROW_ONLY
        found[entry] = plan.verdicts[places[entry]]
        bare = (places >= _ROW_ONLY) & (places < _GONE)
        states = plan.found.row_state[places[bare] - _ROW_ONLY]
        found[bare] = np.asarray([0, 3, 4, 5], dtype=np.int64)[states]
        return found

    # One row ------------------------------------------------------------------------------------------------------------

    def _row(self, place: int) -> PlanRow:
        if place >= _GONE:
            return self._gone(place - _GONE)
        if place >= _ROW_ONLY:
            return self._row_only(place - _ROW_ONLY)
        plan = self.plan
        verdict = VERDICTS[int(plan.verdicts[place])]
        old = int(plan.old[place])
        differences = self._differences(place, old) if verdict is Verdict.CHANGED and old >= 0 else ()
        row = int(plan.found.source[place])
        what = self._what(plan.columns, place, new=True)
        what["value"] = what["value"] or self._cell(row, verdict)
        question = self._question(row) if verdict is Verdict.QUESTION else None
        if question is not None and question.topic == "level":
            what["level"] = f"“{question.cell}”"
        return PlanRow(
            entry=place,
            line=int(plan.columns["line"][place]),
            verdict=verdict,
            why=self._why(place, row, verdict, differences),
            **self._who(row, int(plan.columns["student"][place])),
            school=self._school(int(plan.columns["school"][place])),
            **what,
            old_value=next((each.old for each in differences if each.field == "score"), ""),
            differences=differences,
            left_out=bool(plan.left_out[place]),
            question=question,
        )

    def _row_only(self, row: int) -> PlanRow:
        verdict = {SKIPPED: Verdict.SKIPPED, QUESTION: Verdict.QUESTION, PROBLEM: Verdict.PROBLEM}[
            int(self.plan.found.row_state[row])
        ]
        who = self._who(row, int(self.plan.students.keys[row]))
        line = int(self.plan.found.table.lines[row])
        question = self._question(row) if verdict is Verdict.QUESTION else None
        return PlanRow(-1, line, verdict, self._reason_of_row(row), question=question, **who)

    def _gone(self, place: int) -> PlanRow:
        there = self.plan.known.facts[self.plan.table]
        row = int(self.plan.gone[place])
        what = self._what(there, row, new=False)
        number = self.plan.known.numbers.get(int(there["student"][row]), 0)
        old = what.pop("value")
        asked = row in self.plan.removed
        return PlanRow(
            -1,
            0,
            Verdict.GONE,
            "the file asks for it to be taken out" if asked else "in an earlier file, not in this one; kept",
            number=number,
            school=self._school(int(there["school"][row])) if "school" in there else "",
            old_value=old,
            **what,
        )

    def _who(self, row: int, key: int) -> dict[str, Any]:
        found = self.plan.found
        name = ""
        if self.plan.known.mode is Mode.NAMES:
            name = f"{found.first_name[row]} {found.last_name[row]}".strip() or self.names.get("student", {}).get(
                key, ""
            )
        return {"number": self.plan.known.numbers.get(key, 0), "name": name}

    def _what(self, columns: Mapping[str, Any], place: int, *, new: bool) -> dict[str, Any]:
        """The words of mock columns: what, when, value, level."""

        def word(name: str) -> str:
            return self._text(name, columns[name][place], new=new) if name in columns else ""

        match self.plan.table:
            case "score":
                when = f"{word('window')} {word('year')}" if columns["window"][place] != NONE else word("taken_on")
                value = word("value") or word("note")
                return {"what": word("measure"), "when": when, "value": value, "level": word("level")}
            case "incident":
                return {
                    "what": word("behavior"),
                    "when": word("day"),
                    "value": word("minute"),
                    "level": word("location"),
                }
            case "absence":
                tardy = int(columns["tardy"][place]) == 1
                what = "tardy" if tardy and not int(columns["hundredths"][place]) else "absent"
                return {"what": what, "when": word("day"), "value": word("hundredths"), "level": ""}
        return {"what": f"grade {word('grade')}", "when": word("year"), "value": "", "level": ""}

    def _differences(self, entry: int, old: int) -> tuple[Difference, ...]:
        there, here = self.plan.known.facts[self.plan.table], self.plan.columns
        found = []
        for name in NAMED_FIELDS[self.plan.table]:
            if name in here:
                before = self._text(name, there[name][old], new=False)
                after = self._text(name, here[name][entry], new=True)
                if before != after:
                    found.append(Difference(_FIELDS.get(name, name.replace("_", " ")), before, after))
        return tuple(found)

    def _text(self, name: str, value: Any, *, new: bool) -> str:
        """One value as people read it; ``new`` says that negative keys are the plan's own proposals."""
        if value != value or value == NONE:
            return ""
        writers: Mapping[str, Callable[[int], str]] = {
            "grade": grade_name,
            "year": lambda year: f"{year}–{(year + 1) % 100:02}",
            "minute": lambda minute: f"{minute // 60 % 12 or 12}:{minute % 60:02} {'AM' if minute < 720 else 'PM'}",
            "hundredths": lambda part: f"{part / 100:g}",
            "sex": lambda sex: SEXES.get(sex, ""),
            "school": self._school,
        }
        if name in writers:
            return writers[name](int(value))
        if name in _DAYS:
            found = date.fromordinal(int(value))
            return f"{found.month}/{found.day}/{found.year}"
        if name in _KINDS:
            return self._word(name, int(value), new=new)
        if name in ("official", "excused", "tardy", "major"):
            return "yes" if value else "no"
        return f"{float(value):g}"

    def _word(self, kind: str, key: int, *, new: bool) -> str:
        if new and key < 0:
            return self.plan.new_words[kind][-1 - key]
        return self.names.get(kind, {}).get(key, "")

    def _school(self, key: int) -> str:
        if key == NONE:
            return ""
        if key < 0:
            return self.plan.schools.proposals[-1 - key].name
        return next((school.short_name or school.name for school in self.plan.known.schools if school.key == key), "")

    # Why --------------------------------------------------------------------------------------------------------------------

    def _why(self, entry: int, row: int, verdict: Verdict, differences: tuple[Difference, ...]) -> str:
        match verdict:
            case Verdict.NEW:
                return self._why_new(entry)
            case Verdict.CHANGED:
                return _why_changed(differences)
            case Verdict.UNCHANGED:
                return ALREADY
        return self.plan.reasons.get(entry) or self._reason_of_row(row)

    def _why_new(self, entry: int) -> str:
        if entry in self.plan.retests:
            return f"tested again; the score of line {self.plan.retests[entry]} counts, this one is kept beside it"
        if int(self.plan.columns["student"][entry]) < 0 and self.plan.known.mode is not Mode.COUNTS:
            return "student not here yet"
        if self.plan.table == "score":
            windowed = int(self.plan.columns["window"][entry]) != NONE
            return "no score in this window yet" if windowed else "no score of this day yet"
        return "not here yet"

    def _reason_of_row(self, row: int) -> str:
        worst = self._worst(row)
        return worst[0].message(worst[1]) if worst is not None else ""

    def _cell(self, row: int, verdict: Verdict) -> str:
        """The cell a question or problem is about, as the file has it."""
        worst = self._worst(row) if verdict in (Verdict.QUESTION, Verdict.PROBLEM) else None
        return worst[0].cell(worst[1]) if worst is not None else ""

    def _question(self, row: int) -> RowQuestion | None:
        worst = self._worst(row)
        return question_of(self.plan, self.names, row, worst[0], worst[0].cell(worst[1])) if worst is not None else None

    def _worst(self, row: int) -> tuple[Finding, int] | None:
        """What weighs most against a row, and its place there."""
        worst = None
        for finding in self.plan.found.findings:
            if worst is None or finding.state > worst[0].state:
                at = np.flatnonzero(finding.rows == row).tolist()
                worst = (finding, at[0]) if at else worst
        return worst


def _why_changed(differences: tuple[Difference, ...]) -> str:
    taken = next((each for each in differences if each.field == "date"), None)
    if taken is not None:
        return f"test of {taken.new} replaces {taken.old}"
    if not differences:
        return "this file's counts replace the earlier ones"
    return "; ".join(f"{each.field} {each.old or 'empty'} becomes {each.new or 'empty'}" for each in differences)
