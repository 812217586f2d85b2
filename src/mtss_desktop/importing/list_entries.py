"""What the rows of a list would write, one class for each kind of list; teams and days have a module of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from mtss_desktop.base.folding import fold
from mtss_desktop.domain.facts import Difference, Verdict
from mtss_desktop.importing.day_entries import Days
from mtss_desktop.importing.findings import Understood
from mtss_desktop.importing.known_lists import KnownLists
from mtss_desktop.importing.list_plan import Entry, ListPlan
from mtss_desktop.importing.matching import school_word
from mtss_desktop.importing.plan import ALREADY
from mtss_desktop.importing.row_reader import ANOTHER, RowReader
from mtss_desktop.importing.team_entries import Teams


def plan_list(found: Understood, known: KnownLists, answers: Mapping[str, str] | None = None) -> ListPlan:
    """A verdict for every row of a list; no entry at all where there is nothing to take. ``answers`` are to ``found.questions``."""
    if found.nothing:
        return ListPlan(found, (), {}, np.zeros(0, dtype=bool))
    maker = {"staff": Staff, "teams": Teams, "schools": Schools, "calendar": Days}.get(found.match.profile.takes)
    entries = maker(found, known, answers or {}).entries() if maker is not None else ()
    names = {known.places[school.key]: school.short_name or school.name for school in known.schools}
    return ListPlan(found, entries, names, np.zeros(len(entries), dtype=bool))


class Staff(RowReader):
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
        return replace(base, person=person.id, verdict=verdict, why=why or ALREADY, differences=changed)


class Schools(RowReader):
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
                return replace(base, verdict=Verdict.UNCHANGED, why=ALREADY, place=place, new_school="")
        return base
