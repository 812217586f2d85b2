"""Ratings with one item or one score a row: what belongs together, and what no cell may change silently."""

from __future__ import annotations

from datetime import date

import pytest

from mtss_desktop.base.progress import silent
from mtss_desktop.domain.facts import Verdict
from mtss_desktop.importing.known_lists import KnownLists
from mtss_desktop.importing.list_plan import ListPlan
from mtss_desktop.importing.matching import KnownSchool
from mtss_desktop.importing.rating_long import plan_ratings
from mtss_desktop.importing.rating_rows import KnownInstrument
from mtss_desktop.importing.recognize import recognize
from mtss_desktop.importing.understanding import understand
from mtss_desktop.packs import instruments as packs
from tests.importing.files import TODAY, sketched

SCHOOLS = (KnownSchool(1, "Cedar Elementary", "Cedar", ()), KnownSchool(2, "Oak Middle", "Oak", ()))
KNOWN = KnownLists(
    schools=SCHOOLS,
    places={1: "cedar", 2: "oak"},
    instruments=tuple(KnownInstrument(each.key, each) for each in packs.shipped()),
    today=TODAY,
)
HEAD = "School,Instrument,Item,Score,Date"


def planned(text: str, name: str = "f.csv", **answers: str) -> ListPlan:
    sketch = sketched(text.encode(), name)
    match = recognize(sketch)
    found = understand(sketch, match, today=TODAY, progress=silent(), answers=answers)
    return plan_ratings(found, KNOWN, answers)


def items(numbers: list[str], value: str = "2", head: str = HEAD, named: str = "TFI 2.1") -> str:
    return "\n".join([head, *(f"Cedar,{named},{number},{value},10/14/2025" for number in numbers)]) + "\n"


TIER_1 = [f"1.{n}" for n in range(1, 16)]
TOTALS = "School,Instrument,Subscale,{head},Date\nCedar,{named},Tier I,{one},10/14/2025\nCedar,{named},Tier II,{two},10/14/2025\n"


def test_rows_of_one_school_and_day_are_one_rating() -> None:
    text = (
        items(TIER_1)
        + "".join(f"Oak,TFI 2.1,{n},1,10/15/2025\n" for n in TIER_1)
        + "Cedar,TFI 2.1,Total,99,10/14/2025\n"
    )
    plan = planned(text)
    assert plan.found.match.profile.key == "fidelity-long"
    assert [(e.place, e.title, e.from_day, len(e.marks)) for e in plan.written()] == [
        ("cedar", "Tiered Fidelity Inventory", date(2025, 10, 14), 15),
        ("oak", "Tiered Fidelity Inventory", date(2025, 10, 15), 15),
    ]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        (items([n.rstrip("0") for n in (f"1.{k}" for k in range(1, 21))], named="TFI"), "1.20"),
        (items([f"{n} Something the team does" for n in TIER_1]), "1.15"),
        ("\n".join(["School,Tier,Item,Score,Date", *(f"Cedar,Tier I,{k},2,10/14/2025" for k in range(1, 16))]), "1.15"),
    ],
)
def test_items_are_told_however_they_are_written(text: str, marks: str) -> None:
    """A workbook writes item 1.10 as 1.1; some number the items of each tier anew."""
    (entry,) = planned(text).written()
    numbers = [number for number, _ in entry.marks]
    assert numbers[0] == "1.1"
    assert numbers[-1] == marks
    assert len(set(numbers)) == len(numbers) == int(marks[2:])


@pytest.mark.parametrize(
    ("head", "named", "one", "two", "scores"),
    [
        ("Percent", "TFI 3.0", "72.5", "55", [72.5, 55.0]),
        ("Score", "TFI 3.0", "72.5%", "55%", [72.5, 55.0]),
        ("Points", "TFI 2.1", "15", "13", [50.0, 50.0]),
        ("Score", "TFI 2.1", "72", "55", [72.0, 55.0]),
    ],
)
def test_scores_alone_are_kept_as_totals(head: str, named: str, one: str, two: str, scores: list[float]) -> None:
    (entry,) = planned(TOTALS.format(head=head, named=named, one=one, two=two)).written()
    assert [(each.key, float(each.percent)) for each in entry.totals] == list(
        zip(("tier1", "tier2"), scores, strict=True)
    )


def test_a_name_inside_another_is_no_reason_to_lose_a_total() -> None:
    head = "School,Survey,System,Percent in place,Date\n"
    row = "Cedar,SAS,{},{},10/14/2025\n"
    names = {"Schoolwide": 61, "Non-Classroom Settings": 55, "Classroom": 70, "Individual Student": 40, "Buses": 5}
    plan = planned(head + "".join(row.format(*each) for each in names.items()))
    (entry,) = plan.written()
    assert [int(each.percent) for each in entry.totals] == [61, 55, 70, 40]
    assert plan.row_count(Verdict.SKIPPED) == 1


def test_what_only_a_person_knows_is_asked_once() -> None:
    doubtful = TOTALS.format(head="Score", named="TFI", one="15", two="13")
    plan = planned(doubtful)
    assert [each.key for each in plan.found.questions] == ["instrument:tfi"]
    edition = {"instrument:tfi": "Tiered Fidelity Inventory 2.1"}
    plan = planned(doubtful, **edition)
    assert [(each.key, each.choices) for each in plan.found.questions] == [("score_unit", ("percent", "points"))]
    (entry,) = planned(doubtful, **edition, score_unit="points").written()
    assert [float(each.percent) for each in entry.totals] == [50.0, 50.0]
    season = "School,Instrument,Subscale,Percent,Window,School Year\nCedar,TFI 3.0,Tier 1,72,Fall,2025-26\n"
    (asked,) = planned(season).found.questions
    assert (asked.key, asked.choices[1]) == ("rated_on:fall 2025–26", "2025-10-15")
    (entry,) = planned(season, **{asked.key: "2025-10-15"}).written()
    assert entry.from_day == date(2025, 10, 15)


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        (items(TIER_1[:3]) + items(TIER_1[3:], "high").partition("\n")[2], 5, "“high” is no rating of item 1.4."),
        (items([*TIER_1, "1.16"]), 17, "“1.16” is no item"),
        (items(TIER_1) + "Cedar,TFI 2.1,1.3,0,10/14/2025\n", 2, "stands twice"),
        (items(TIER_1) + "Cedar,TFI 2.1,2.1,1,soon\n", 2, "Line 17 of this rating cannot be read."),
        (
            "School,Survey,Item,Score,Date\n" + "".join(f"Cedar,SAS,S{n},2,10/14/2025\n" for n in range(1, 12)),
            2,
            "single",
        ),
    ],
)
def test_a_rating_that_would_be_incomplete_is_refused_whole(text: str, line: int, why: str) -> None:
    plan = planned(text)
    assert not plan.written()
    (entry,) = [each for each in plan.entries if each.verdict is Verdict.PROBLEM]
    assert entry.line == line
    assert why in entry.why
