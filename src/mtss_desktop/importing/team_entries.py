"""What the rows of a list of teams would write: a team with its facts, and the people on it."""

from __future__ import annotations

from dataclasses import replace

from mtss_desktop.base.folding import fold
from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain.facts import Difference, Verdict
from mtss_desktop.domain.team_matrix import MatrixColumn, parse_tier
from mtss_desktop.domain.team_roles import names_in, part_named, seat_in, whole_name
from mtss_desktop.domain.team_words import data_text, parse_data, parse_pattern, pattern_text
from mtss_desktop.importing.known_lists import KnownTeam
from mtss_desktop.importing.list_plan import Entry
from mtss_desktop.importing.plan import ALREADY
from mtss_desktop.importing.row_reader import ANOTHER, RowReader


class Teams(RowReader):
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
            there = ALREADY if team else "a team that is not here yet"
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
            return replace(base, verdict=Verdict.UNCHANGED, why=ALREADY)
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
        why="; ".join(told) or ALREADY,
        differences=tuple(found),
    )
