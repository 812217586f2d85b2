"""Whether an id names something here. Asked where ids are typed: a list about nothing would answer "Nothing."."""

from __future__ import annotations

import typing
from functools import cache
from typing import Any

from mtss_desktop.base.words import Said, said
from mtss_desktop.store.kinds import BY_TABLE, KINDS
from mtss_desktop.store.queries.progress import find_student
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.use_case import question

_SPOKEN = {
    "organization": said("place"),
    "school_year": said("school year"),
    "team_link": said("link between teams"),
    "minutes_line": said("line of minutes"),
    "instrument_version": said("instrument"),
    "administration": said("rating"),
    "improvement_cycle": said("cycle"),
    "drill_down": said("saved set of bars"),
    "attachment": said("file"),
    "student_decision": said("decision about a student"),
}
"""Kinds of records whose table has another name than people say."""
_ARGUMENTS = {
    "place_id": "organization",
    "link_id": "team_link",
    "person_ids": "person",
    "team_ids": "team",
    "instrument_id": "instrument_version",
}
"""What arguments without a type of their own stand for; ``team_id`` and the like speak for themselves."""
_KEYED = {"student_key": "student", "measure_key": "measure", "level_key": "level"}
_LISTED_BY = {
    "organization": "places.places",
    "school_year": "places.years",
    "person": "people.everyone",
    "team": "teams.cards",
    "meeting": "meetings.of_team",
    "problem": "problem_board.lines",
    "goal": "problem_board.goals",
    "action": "actions.board",
    "improvement_cycle": "cycles.lines",
    "initiative": "initiatives.lines",
    "team_link": "protocol.lines",
    "administration": "ratings.list",
    "instrument_version": "builder.own",
    "import": "imports.receipts",
    "measure": "levels.measures",
    "level": "levels.table",
    "student": "data.roster",
    "drill_down": "data_precise.drill_downs",
    "solution": "problem_board.card",
    "agenda_item": "meetings.show",
    "minutes_line": "meetings.show",
}
"""The question whose answer holds the ids of a kind."""


@question("Is there such a record")
def there(work: Work, kind: str, record_id: str) -> bool:
    """Whether an id, or the number of a student, measure or level, names something. A kind is team, person, problem …; "" is any."""
    if kind in _KEYED.values():
        return record_id.isdecimal() and _keyed(work, kind, int(record_id))
    found = [BY_TABLE[kind]] if kind in BY_TABLE else KINDS
    return any(work.contents(each, record_id) is not None for each in found)


def _keyed(work: Work, kind: str, key: int) -> bool:
    if kind == "student":
        return find_student(work, key) is not None
    numbered = work.measures.list() if kind == "measure" else work.levels.list()
    return any(each.key == key for each in numbered)


def kind_of(argument: str, hint: Any) -> str | None:
    """The kind of record an argument names: ``team`` for a ``TeamId`` and for ``team_ids``. None for what is no id; "" for any kind."""
    by_type = _by_type().get(getattr(hint, "__name__", ""))
    if by_type is not None:
        return by_type
    if hint is int:
        return _KEYED.get(argument)
    if hint is not str or not argument.endswith(("_id", "_ids")):
        return None
    plain = argument.removesuffix("s").removesuffix("_id")
    return _ARGUMENTS.get(argument) or (plain if plain in BY_TABLE else "")


@cache
def _by_type() -> dict[str, str]:
    """``TeamId`` → ``team``, as the records themselves say."""
    own = {kind.table.name: typing.get_type_hints(kind.record).get("id", str) for kind in KINDS}
    return {hint.__name__: name for name, hint in own.items() if hasattr(hint, "__supertype__")}


def spoken(kind: str) -> Said:
    """A kind of record in a coach's word."""
    return _SPOKEN.get(kind) or said((kind or "record").replace("_", " "))


def listed_by(kind: str) -> str:
    """The question that answers with ids of this kind, "" where none does."""
    return _LISTED_BY.get(kind, "")
