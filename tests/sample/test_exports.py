"""The sample division: its exports come out the same, keep the systems' layouts, and hold the four stories."""

from __future__ import annotations

import csv
import importlib
import io
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "resources" / "sample"
EXPORTS = SAMPLE / "exports"
SHARED = ROOT.parent / "shared" / "samples"
TODAY = date(2026, 2, 12)
DECISION_DAY = date(2025, 10, 27)
NAMES = ("students", "mclass_dibels8", "map_growth", "fastbridge_progress", "incidents", "attendance")
ORF = "Reading Fluency (ORF) - Score"
CORE = ("At Benchmark", "Above Benchmark")
MODULES = ("make_sample", "layouts", "people_and_days", "screening_tables")

Row = dict[str, str]


@pytest.fixture(scope="module")
def generator() -> Iterator[ModuleType]:
    sys.path.insert(0, str(SAMPLE))
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    yield importlib.import_module("make_sample")
    sys.dont_write_bytecode = writes
    sys.path.remove(str(SAMPLE))
    for name in MODULES:
        sys.modules.pop(name, None)


@cache
def rows(name: str) -> list[Row]:
    text = (EXPORTS / f"{name}.csv").read_bytes().decode("utf-8").replace('\\"', '""')
    return [
        {key.strip("'"): value for key, value in row.items()} for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


@cache
def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((SAMPLE / f"{name}.toml").read_text(encoding="utf-8"))


def year_of(start: int) -> dict[str, Any]:
    return next(year for year in toml("division")["years"] if year["year"] == start)


@cache
def school_days(start: int, first: date | None = None, last: date | None = None) -> tuple[date, ...]:
    """Counted from division.toml, so that its days off and the generator's own stand against each other."""
    year = year_of(start)
    first, last = first or year["first_day"], last or min(year["last_day"], TODAY - timedelta(days=1))
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return tuple(
        day
        for day in every
        if day.weekday() < 5 and not any(off["first"] <= day <= off["last"] for off in year["days_off"])
    )


def hallway(start: int, first: date, last: date, location: str = "Hallway") -> int:
    return sum(
        row["incident_location"] == location
        and row["school_local_id"] == "HMS"
        and first <= date.fromisoformat(row["event_date"]) <= last
        for row in rows(f"incidents_{start}")
    )


def dibels(start: int, school: str, grade: str, period: str) -> list[Row]:
    return [
        row
        for row in rows(f"mclass_dibels8_{start}")
        if row["School Name"].startswith(school)
        and row["Assessment Grade"] == grade
        and row["Benchmark Period"] == period
    ]


def at_core(found: list[Row]) -> int:
    return sum(row["Composite Level"] in CORE for row in found)


def people_of(team: str) -> set[str]:
    found = next(one for one in toml("teams")["teams"] if one["key"] == team)
    return {member["person"] for member in found["members"] if member["role"] != "coach"}


# --- files ---


def test_the_exports_come_out_byte_for_byte(generator: ModuleType) -> None:
    made = generator.export_bytes()
    assert sorted(made) == sorted(path.name for path in EXPORTS.iterdir())
    assert [name for name, content in made.items() if (EXPORTS / name).read_bytes() != content] == []


def test_all_exports_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in EXPORTS.iterdir()) < 6_000_000


@pytest.mark.parametrize(
    ("name", "sample"),
    [
        ("students", "sis_aspen_x2/students_export.csv"),
        ("incidents", "sis_aspen_x2/behavior_export.csv"),
        ("attendance", "sis_aspen_x2/attendance_dump.csv"),
        ("mclass_dibels8", "dibels_mclass/mclass_dibels8_benchmark_2023.csv"),
        ("map_growth", "nwea_map/map_growth_cdf_2021.csv"),
        ("fastbridge_progress", "fastbridge/progress_monitoring_long.csv"),
    ],
)
def test_headers_are_the_systems_own(name: str, sample: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("no collection of real layouts beside this checkout")
    real = (SHARED / sample).read_bytes().splitlines()[0]
    for year in (2024, 2025):
        assert (EXPORTS / f"{name}_{year}.csv").read_bytes().splitlines()[0] == real


@pytest.mark.parametrize(("name", "width"), list(zip(NAMES, (25, 105, 143, 22, 7, 31), strict=True)))
def test_every_row_has_every_column(name: str, width: int) -> None:
    for year in (2024, 2025):
        text = (EXPORTS / f"{name}_{year}.csv").read_text(encoding="utf-8").replace('\\"', '""')
        assert {len(row) for row in csv.reader(io.StringIO(text))} == {width}


# --- people and days ---


def test_four_hundred_students_share_no_id() -> None:
    both = {
        year: {(row["local_id"], row["state_id"], row["full_name"]) for row in rows(f"students_{year}")}
        for year in (2024, 2025)
    }
    people = both[2024] | both[2025]
    assert len(people) == len({one[0] for one in people}) == len({one[1] for one in people}) == 400
    assert all(re.fullmatch(r"00\d{5}", local) and re.fullmatch(r"\d{10}", state) for local, state, _ in people)
    for year in (2024, 2025):
        assert len(rows(f"students_{year}")) == len(both[year])


def test_students_move_up_one_grade() -> None:
    grades = [
        {row["local_id"]: row["grade"].replace("KF", "00") for row in rows(f"students_{year}")} for year in (2024, 2025)
    ]
    stayed = grades[0].keys() & grades[1].keys()
    assert len(stayed) > 250
    assert all(int(grades[1][one]) == int(grades[0][one]) + 1 for one in stayed)


def test_every_row_belongs_to_a_student_of_its_year() -> None:
    for year in (2024, 2025):
        known = {row["local_id"] for row in rows(f"students_{year}")}
        assert {row["local_id"] for row in rows(f"incidents_{year}")} <= known
        assert {row["ATT_STD_OID"] for row in rows(f"attendance_{year}")} <= known
        assert {row["Student Primary ID"] for row in rows(f"mclass_dibels8_{year}")} <= known
        assert {row["StudentID"] for row in rows(f"map_growth_{year}")} <= known
        assert {row["Student Id"].removeprefix("s") for row in rows(f"fastbridge_progress_{year}")} <= known


def test_everything_happens_on_a_school_day() -> None:
    for year in (2024, 2025):
        days = {day.isoformat() for day in school_days(year)}
        us = {f"{int(day[5:7])}/{int(day[8:])}/{day[:4]}" for day in days}
        padded = {f"{day[5:7]}/{day[8:]}/{day[:4]}" for day in days}
        assert {row["event_date"] for row in rows(f"incidents_{year}")} <= days
        assert {row["ATT_DATE"] for row in rows(f"attendance_{year}")} <= days
        assert {row["Client Date"] for row in rows(f"mclass_dibels8_{year}")} <= days
        assert {row["TestStartDate"] for row in rows(f"map_growth_{year}")} <= padded
        assert {row["AssessmentDate"] for row in rows(f"fastbridge_progress_{year}")} <= us


def test_school_years_are_sane() -> None:
    assert (len(school_days(2024)), len(school_days(2025))) == (177, 108)
    assert year_of(2025)["first_day"] == date(2025, 8, 18)
    for year in (2024, 2025):
        offs = year_of(year)["days_off"]
        assert all(off["first"] <= off["last"] and off["reason"] for off in offs)
        assert sorted(off["first"] for off in offs) == [off["first"] for off in offs]


def test_about_one_student_in_twelve_is_chronically_absent() -> None:
    days = len(school_days(2024))
    away: dict[str, int] = {}
    for row in rows("attendance_2024"):
        away[row["ATT_STD_OID"]] = away.get(row["ATT_STD_OID"], 0) + int(row["ATT_ABSENT_IND"])
    share = sum(10 * count >= days for count in away.values()) / len(rows("students_2024"))
    assert 0.03 < share < 0.11


def test_some_map_tests_were_taken_again() -> None:
    for year in (2024, 2025):
        official = {
            (r["StudentID"], r["TermName"], r["Subject"])
            for r in rows(f"map_growth_{year}")
            if r["GrowthMeasureYN"] == "TRUE"
        }
        hurried = [
            (r["StudentID"], r["TermName"], r["Subject"])
            for r in rows(f"map_growth_{year}")
            if r["GrowthMeasureYN"] == "FALSE"
        ]
        assert 3 <= len(hurried) <= 40
        assert set(hurried) <= official


# --- the four stories ---


def test_story_1_grade_2_stalls_at_cedar_fork() -> None:
    growth = {}
    for school in ("Cedar Fork", "Piney Ridge"):
        fall, spring = (median(int(row[ORF]) for row in dibels(2024, school, "2", period)) for period in ("BOY", "EOY"))
        growth[school] = spring - fall
    assert growth["Cedar Fork"] < 0.6 * growth["Piney Ridge"]
    starts, ends = (dibels(2024, "Cedar Fork", "2", period) for period in ("BOY", "EOY"))
    before = {row["Student Primary ID"]: row["Composite Level"] in CORE for row in starts}
    both = [
        (before[one], row["Composite Level"] in CORE) for row in ends if (one := row["Student Primary ID"]) in before
    ]
    assert sum(end and not start for start, end in both) <= 1
    assert sum(start and not end for start, end in both) >= 5
    for grade in ("2", "3"):
        shares = {
            school: at_core(found) / len(found)
            for school in ("Cedar Fork", "Piney Ridge")
            if (found := dibels(2025, school, grade, "MOY"))
        }
        assert shares["Cedar Fork"] < shares["Piney Ridge"] - 0.3


def test_story_2_hallway_referrals_drop_after_the_decision() -> None:
    first, last = date(2025, 8, 18), TODAY - timedelta(days=1)
    before, after = school_days(2025, first, DECISION_DAY - timedelta(days=1)), school_days(2025, DECISION_DAY, last)
    rate = [hallway(2025, span[0], span[-1]) / len(span) for span in (before, after)]
    assert rate == [pytest.approx(1.94, abs=0.01), pytest.approx(0.98, abs=0.01)]
    places = ("Classroom", "Cafeteria", "Bus", "Gym", "Restroom")
    other = [sum(hallway(2025, span[0], span[-1], place) for place in places) / len(span) for span in (before, after)]
    assert abs(other[0] - other[1]) < 0.1
    meeting = next(
        m for m in toml("meetings_2025")["meetings"] if m["team"] == "hm-t1" and m["day"] == date(2025, 10, 21)
    )
    assert any(line["kind"] == "decision" and "10/27" in line["text"] for line in meeting["lines"])


def test_story_3_one_team_has_no_data_analyst() -> None:
    without = [
        team["key"]
        for team in toml("teams")["teams"]
        if not any(member["role"] == "data_analyst" and not member["is_backup"] for member in team["members"])
    ]
    assert without == ["cf-t2"]


def test_story_4_the_coach_was_last_at_piney_ridge_nine_weeks_ago() -> None:
    places = {team["key"]: team["place"] for team in toml("teams")["teams"]}
    held = [m for m in toml("meetings_2025")["meetings"] if m["state"] == "held" and m["coach_present"]]
    last = {place: max(m["day"] for m in held if places[m["team"]] == place) for place in ("PRE", "CFE", "HMS")}
    assert TODAY - last["PRE"] == timedelta(weeks=9)
    assert min(last["CFE"], last["HMS"]) > date(2026, 1, 12)


# --- teams, meetings and problems ---


def test_people_and_teams_are_all_there() -> None:
    staff = {one["key"] for one in toml("division")["staff"]}
    assert len(staff) == 60
    assert len({one["email"] for one in toml("division")["staff"]}) == 60
    assert len(toml("teams")["teams"]) == 14
    for team in toml("teams")["teams"]:
        assert people_of(team["key"]) <= staff
        assert 4 <= len(people_of(team["key"])) <= 9
        assert [year["year"] for year in team["years"]] == [2024, 2025]


def test_working_smarter_has_something_to_find() -> None:
    climate, tier_1 = people_of("hm-climate"), people_of("hm-t1")
    assert len(climate & tier_1) / len(climate) >= 0.75
    this_year = {team["key"]: team["years"][1] for team in toml("teams")["teams"]}
    for field in ("outcome_measure", "target_group"):
        assert this_year["hm-climate"][field] == this_year["hm-t1"][field]
    assert [key for key, year in this_year.items() if not year.get("linked_goal")] == ["pr-att"]


def test_meetings_agree_with_their_teams_and_the_calendar() -> None:
    for start in (2024, 2025):
        days = set(school_days(start, None, year_of(start)["last_day"]))
        for meeting in toml(f"meetings_{start}")["meetings"]:
            if meeting["state"] in ("held", "planned"):
                assert meeting["day"] in days, meeting
            assert (meeting["state"] != "held") or meeting["day"] < TODAY
            assert set(meeting.get("present", ())) <= people_of(meeting["team"])
            assert (meeting["state"] in ("moved", "canceled")) == ("reason" in meeting)


def test_agendas_add_up_to_the_time_that_was_planned_and_used() -> None:
    for meeting in toml("meetings_2025")["meetings"]:
        if agenda := meeting.get("agenda"):
            assert sum(item["minutes"] for item in agenda) == span(meeting["start"], meeting["end"]), meeting
        if meeting["state"] == "held":
            assert sum(item["minutes_used"] for item in agenda) == span(meeting["actual_start"], meeting["actual_end"])
            assert meeting["minutes_sent"].date() >= meeting["day"]


def span(first: Any, last: Any) -> int:
    return int((last.hour - first.hour) * 60 + last.minute - first.minute)


def test_typed_actions_say_what_their_fields_say() -> None:
    last_names = {one["key"]: one["last"] for one in toml("division")["staff"]}
    tags = {f"{one['team']}/{one['tag']}" for one in toml("problems")["problems"]}
    late = 0
    for meeting in toml("meetings_2025")["meetings"]:
        for line in meeting.get("lines", ()):
            if line["kind"] == "action":
                assert line["text"].startswith(f"@{last_names[line['owner']]} ")
                assert line["what"].casefold() in line["text"].casefold()
                assert f"!{line['due'].month}/{line['due'].day}" in line["text"]
                assert line["due"] >= meeting["day"]
                assert line.get("done", TODAY) <= TODAY
                assert "problem" not in line or (
                    line["problem"] in tags and line["text"].endswith("#" + line["problem"].split("/")[1])
                )
                late += "done" not in line and line["due"] < TODAY
    assert 3 <= late <= 15


def test_the_next_packet_has_something_to_show() -> None:
    coming = min(
        (m for m in toml("meetings_2025")["meetings"] if m["team"] == "hm-t1" and m["day"] >= TODAY),
        key=lambda m: m["day"],
    )
    assert (coming["day"], coming["state"], coming["room"]) == (date(2026, 2, 17), "planned", "Room 114")
    assert len(coming["agenda"]) >= 8
    mine = [one for one in toml("problems")["problems"] if one["team"] == "hm-t1" and one["status"] == "open"]
    assert [one["tag"] for one in mine] == ["hallway", "tardy"]
    parts = ("what", "where", "when", "who", "why", "how_often")
    assert all(one[part] for one in toml("problems")["problems"] for part in parts)


def counted(source: dict[str, str], first: date, last: date) -> int:
    if source["source"] == "incidents":
        return hallway(2025, first, last, source["location"])
    return sum(
        row["ATT_SKL_OID"] == source["school"]
        and row["ATT_TARDY_IND"] == "1"
        and first <= date.fromisoformat(row["ATT_DATE"]) <= last
        for row in rows("attendance_2025")
    )


def test_quoted_levels_are_true_in_the_exports() -> None:
    checked = 0
    for problem in toml("problems")["problems"]:
        if problem["measure"]["source"] == "incidents" or problem["measure"].get("flag") == "tardy":
            for level in (problem["baseline"], *problem["reviews"]):
                value = level.get("value", level.get("level"))
                days = school_days(2025, level["first"], level["last"])
                assert (level["count"], level["days"]) == (
                    counted(problem["measure"], level["first"], level["last"]),
                    len(days),
                )
                assert value == pytest.approx(level["count"] / level["days"], abs=0.0051)
                checked += 1
    assert checked == 11


def test_quoted_screening_counts_are_true_in_the_exports() -> None:
    for school, grade, period, expected in (
        ("Cedar Fork", "3", "BOY", (5, 20)),
        ("Cedar Fork", "3", "MOY", (7, 22)),
        ("Cedar Fork", "2", "MOY", (6, 18)),
        ("Piney Ridge", "1", "BOY", (12, 18)),
        ("Piney Ridge", "1", "MOY", (15, 20)),
    ):
        found = dibels(2025, school, grade, period)
        assert (at_core(found), len(found)) == expected


def test_minutes_quote_the_figures_of_the_problems() -> None:
    levels = [
        level
        for problem in toml("problems")["problems"]
        if problem["team"] == "hm-t1"
        for level in (problem["baseline"], *problem["reviews"])
    ]
    known = {(level["count"], level["days"]) for level in levels}
    known.add((hallway(2025, date(2025, 8, 18), date(2025, 9, 12)), 19))
    before = date(2025, 8, 18), DECISION_DAY - timedelta(days=1)
    known.add((hallway(2025, *before), len(school_days(2025, *before))))
    held = [m for m in toml("meetings_2025")["meetings"] if m["team"] == "hm-t1" and m["state"] == "held"]
    texts = [line["text"] for meeting in held for line in meeting["lines"]]
    quoted = [
        pair for text in texts for pair in re.findall(r"(\d+)(?: hallway)?(?: referrals)? in (\d+) school days", text)
    ]
    assert len(quoted) >= 8
    assert {(int(count), int(days)) for count, days in quoted} <= known


def test_cycles_quote_the_figures_of_the_reviews() -> None:
    """What a cycle showed is what a review of its problem counted over the same days."""
    reviews = {f"{each['team']}/{each['tag']}": each["reviews"] for each in toml("problems")["problems"]}
    quoted, problem = 0, ""
    for cycle in toml("plans")["cycles"]:
        problem = f"{cycle['team']}/{cycle['problem']}" if "problem" in cycle else problem
        for n, days in re.findall(r"(\d+) referrals in (\d+) school days", cycle.get("result", "")):
            counted = [(each["count"], each.get("days")) for each in reviews[problem]]
            assert (int(n), int(days)) in counted, cycle["name"]
            quoted += 1
    assert quoted == 2
