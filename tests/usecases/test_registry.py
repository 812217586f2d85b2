"""Every registered use case and question: what travels, and that undo leaves every table as it was."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from datetime import date, datetime, time, timedelta
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from mtss_desktop.app import opening
from mtss_desktop.app.opening import FirstFacts
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Said
from mtss_desktop.usecases import meetings, papers, places
from mtss_desktop.usecases.use_case import by_name, described, registry
from tests.helpers.tables import contents, differing
from tests.usecases.acts import FOR_GOOD, MAKERS, Here

PLAIN = (str, int, float, bool, Fraction, date, datetime, time, type(None))
HANDLES = {"ImportPlan", "Prepared", "Document"}
"""What the program holds between two of its acts: a file that was read, what applying it would do, a page before it is set."""
ABOUT_ITSELF = {"places.set_up"}


def writing() -> list[str]:
    return [about.name for about in registry().values() if about.writes]


# What travels ----------------------------------------------------------------------------------------------------------------


def stray(hint: Any, seen: frozenset[Any] = frozenset()) -> list[str]:
    """The types inside a hint that may not travel."""
    hint = getattr(hint, "__supertype__", hint)
    if hint in seen or hint in PLAIN or hint is None or hint in (Said, Progress):
        return []
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) in (typing.Union, tuple):
        return [bad for part in typing.get_args(hint) if part is not Ellipsis for bad in stray(part, seen)]
    if typing.get_origin(hint) is typing.Literal:
        return [repr(each) for each in typing.get_args(hint) if type(each) not in PLAIN]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return []
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        if hint.__name__ in HANDLES:
            return []
        if not hint.__dataclass_params__.frozen:  # type: ignore[attr-defined]
            return [f"{hint.__name__} is not frozen"]
        hints = typing.get_type_hints(hint)
        parts = [(field.name, stray(hints[field.name], seen | {hint})) for field in dataclasses.fields(hint)]
        return [f"{hint.__name__}.{name}: {bad}" for name, found in parts for bad in found]
    return [str(hint)]


@pytest.mark.parametrize("name", registry())
def test_only_plain_values_travel(name: str) -> None:
    about = by_name(name)
    hints = typing.get_type_hints(about.function)
    hints.pop("work")
    assert {part: found for part, hint in hints.items() if (found := stray(hint))} == {}


def test_a_type_that_may_not_travel_is_noticed() -> None:
    @dataclasses.dataclass(frozen=True)
    class Odd:
        rows: dict[str, int]

    assert stray(tuple[Odd, ...]) == ["Odd.rows: dict[str, int]"]


@pytest.mark.parametrize("name", registry())
def test_every_one_says_what_it_is(name: str) -> None:
    about = by_name(name)
    assert about.label
    assert about.label[0].isupper()
    assert about.function.__doc__, "the terminal shows the first sentence"
    assert not re.search(r"`|Error\b|None\b|tuple|dataclass|Raises|(one|five) statement", about.summary), (
        "in a coach's words"
    )


# Done and undone ---------------------------------------------------------------------------------------------------------------


def test_every_use_case_has_a_way_to_do_it() -> None:
    undoable = {name for name in writing() if by_name(name).undoable}
    assert undoable == MAKERS.keys(), "tests/usecases/acts.py lacks a maker, or has one too many"
    assert set(writing()) - undoable == FOR_GOOD.keys() | ABOUT_ITSELF


@pytest.mark.parametrize("name", MAKERS)
def test_undo_leaves_every_table_as_it_was(name: str, sample: Workspace) -> None:
    def now() -> dict[str, Any]:
        return contents(sample, every_fact=name.startswith(("imports.", "by_hand.", "levels.")))

    arguments = MAKERS[name](Here(sample))
    before = now()
    done = sample.do(by_name(name).function, **arguments)
    after = now()
    assert done.step, "the act changed nothing, so its undo proves nothing"
    assert after != before
    sample.undo()
    assert differing(before, now()) == {}
    sample.redo()
    assert differing(after, now()) == {}


@pytest.mark.parametrize("name", FOR_GOOD)
def test_what_cannot_be_undone_says_so(name: str, sample: Workspace) -> None:
    assert not by_name(name).undoable
    mine = sample.undo_label()
    arguments = FOR_GOOD[name](Here(sample))
    try:
        done = sample.do(by_name(name).function, **arguments)
    except UserError:
        assert sample.undo_label() == mine
        return
    assert sample.undo_label() != (done.changes.label or described(by_name(name).function).label)


def test_undo_and_redo_pass_what_nobody_did_on_purpose(sample: Workspace) -> None:
    """The packet of a meeting was printed: what was done to that meeting before is undone and done again, and the note stays."""
    meeting = Here(sample).planned.meeting
    sample.do(meetings.move, meeting.id, day=meeting.day + timedelta(7), reason="Snow.")
    moved = sample.undo_label()
    for turn, reason in ((sample.undo, ""), (sample.redo, "Snow."), (sample.undo, "")):
        sample.do(papers.packet_made, meeting_id=meeting.id)
        assert (sample.redo_label() if turn == sample.redo else sample.undo_label()) == moved
        turn()
        now = sample.ask(meetings.show, meeting.id).meeting
        assert now.reason == reason
        assert now.packet_made_at is not None, "the note stays"


def test_a_database_stays_set_up(tmp_path: Path) -> None:
    with opening.create(tmp_path / "a.mtss", passphrase=None, first=FirstFacts("Ashby", 2025)).workspace as workspace:
        assert workspace.undo_label() == ""
        with pytest.raises(UserError, match="nothing to undo"):
            workspace.undo()
        with pytest.raises(UserError, match="already set up"):
            workspace.do(places.set_up, division="Another", first_year=2025)


def test_what_is_left_behind_is_noticed(sample: Workspace) -> None:
    """The comparison itself can fail: a row that undo forgets is seen."""
    before = contents(sample)
    sample.do(places.add_year, start=2030)
    assert differing(before, contents(sample)).keys() == {"school_year"}
