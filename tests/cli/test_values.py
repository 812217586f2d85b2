"""Typed words to values and back."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import IntEnum, StrEnum
from typing import Any, NewType

import pytest

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import said
from mtss_desktop.cli import values
from mtss_desktop.cli.main import Usage

Id = NewType("Id", str)


class Kind(StrEnum):
    PARKING_LOT = "parking_lot"
    NOTE = "note"


class Rank(IntEnum):
    COACH = 2


@dataclass(frozen=True)
class Part:
    what: str
    often: str = ""
    minutes: int | None = None


def act(
    team: Id,
    *,
    name: str = "",
    count: int = 0,
    share: float = 0.0,
    day: date | None = None,
    at: time | None = None,
    moment: datetime | None = None,
    kind: Kind = Kind.NOTE,
    backup: bool = False,
    names: tuple[str, ...] = (),
    parts: tuple[Part, ...] = (),
    part: Part | None = None,
    pairs: tuple[tuple[str, int], ...] = (),
    owner: Id | None = None,
) -> None: ...


def typed(*words: str) -> dict[str, Any]:
    signature = inspect.signature(act, eval_str=True)
    return values.arguments(dict(signature.parameters), words)


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        (["--name", "Tier 1 team"], "name", "Tier 1 team"),
        (["--name=a = b"], "name", "a = b"),
        (["--name", ""], "name", ""),
        (["--name", "none"], "name", "none"),
        (["--name", "-3"], "name", "-3"),
        (["--count", "1,200"], "count", 1200),
        (["--count", "-3"], "count", -3),
        (["--share", "0.5"], "share", 0.5),
        (["--day", "2026-02-12"], "day", date(2026, 2, 12)),
        (["--day", "2/12/2026"], "day", date(2026, 2, 12)),
        (["--day", "none"], "day", None),
        (["--at", "14:45"], "at", time(14, 45)),
        (["--at", "2:45 PM"], "at", time(14, 45)),
        (["--at", "9:00"], "at", time(9)),
        (["--moment", "2026-02-12T14:45:00+00:00"], "moment", datetime(2026, 2, 12, 14, 45, tzinfo=UTC)),
        (["--kind", "parking lot"], "kind", Kind.PARKING_LOT),
        (["--kind", "PARKING_LOT"], "kind", Kind.PARKING_LOT),
        (["--backup"], "backup", True),
        (["--no-backup"], "backup", False),
        (["--names", "Ann Lee", "--names", "Bo Ruiz"], "names", ("Ann Lee", "Bo Ruiz")),
        (["--names", '["Ann Lee", "Bo Ruiz"]'], "names", ("Ann Lee", "Bo Ruiz")),
        (["--parts", '[{"what": "a"}, {"what": "b", "minutes": 5}]'], "parts", (Part("a"), Part("b", "", 5))),
        (["--parts", '{"what": "a"}', "--parts", '{"what": "b"}'], "parts", (Part("a"), Part("b"))),
        (["--part", '{"what": "a", "often": "weekly"}'], "part", Part("a", "weekly")),
        (["--pairs", '[["a", 1]]'], "pairs", (("a", 1),)),
        (["--owner", "none"], "owner", None),
    ],
)
def test_in(words: list[str], name: str, value: object) -> None:
    found = typed("0123", *words)
    assert found == {"team": "0123", name: value}
    assert type(found[name]) is type(value)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--count", "few"], "--count takes a whole number; “few” is none."),
        (["--day", "2026-02-30"], "--day takes a date like"),
        (["--at", "25:00"], "--at takes a time like"),
        (["--kind", "song"], "--kind takes one of parking_lot, note; “song” is none."),
        (["--part", "what: a"], "--part takes JSON"),
        (["--part", '{"when": "a"}'], "--part knows no “when”"),
        (["--part", '{"often": "a"}'], "--part lacks “what”"),
        (["--part", '{"what": "a", "minutes": "x"}'], "--part minutes takes a whole number"),
        (["--part", '{"what": 5}'], "--part what takes text"),
        (["--pairs", '[["a"]]'], "--pairs takes lists of 2"),
    ],
)
def test_what_will_not_do(words: list[str], sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        typed("0123", *words)
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize("words", [[], ["1", "2", "3", *["x"] * 20], ["1", "--frob", "2"], ["1", "--count"]])
def test_usage(words: list[str]) -> None:
    with pytest.raises(Usage):
        typed(*words)


def test_out() -> None:
    made = (
        Part("a", minutes=5),
        Kind.PARKING_LOT,
        Rank.COACH,
        date(2026, 2, 12),
        time(14, 45),
        None,
        said("{n} of 3", n=2),
    )
    assert values.to_json(made) == (
        '[{"what": "a", "often": "", "minutes": 5}, "parking_lot", "coach", "2026-02-12", "14:45:00", null, "2 of 3"]'
    )


def test_lines_for_people() -> None:
    assert values.lines((Part("Posts", "daily", 5), Part("Lesson"))) == [
        "what    often  minutes",
        "Posts   daily  5",
        "Lesson",
    ]
    assert values.lines(Part("Posts", "daily", 5)) == ["what: Posts", "often: daily", "minutes: 5"]
    assert values.lines(()) == ["Nothing."]
    assert values.lines(date(2026, 2, 12)) == ["2/12/2026"]


def test_a_school_year_is_no_quantity() -> None:
    @dataclass(frozen=True)
    class Year:
        year: int
        students: int

    assert values.lines(Year(2025, 1204)) == ["year: 2025", "students: 1,204"]
    assert values.lines([Year(2025, 1204)])[1].split() == ["2025", "1,204"]
