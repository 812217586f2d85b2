"""Proposals for files no profile knows. Every file here is invented; none is a vendor's real layout."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.layouts import ColumnGroup, Proposal
from mtss_desktop.importing.mapped import first_look, profile_of, profile_text, renamed, with_family
from mtss_desktop.importing.profile import load_profile
from mtss_desktop.importing.proposing import family_by, meanings, propose
from mtss_desktop.importing.recognize import recognize
from mtss_desktop.importing.sketches import Sketch
from tests.importing.files import TODAY, sketched


def file(*lines: str) -> Sketch:
    return sketched(("\n".join(lines) + "\n").encode(), "screener.csv")


def meant(proposal: Proposal) -> dict[str, str]:
    return {column.header: column.meaning for column in proposal.columns if column.meaning and column.family < 0}


TEACHERS_SHEET = file(
    "Perm ID,Stu Name,Bldg,Gr,ORF_BOY,ORF_MOY,ORF_EOY,Maze_BOY,Maze_MOY,Maze_EOY,Home Phone,Password",
    '01234,"Roe, Ada",Cedar,3,44,50,61,10,11,12,540-555-0100,secret',
    '01235,"Loe, Bo",Cedar,3,,50,61,10,*,12,540-555-0101,secret',
)


def test_a_wide_sheet_is_one_family_and_keeps_what_is_private_out() -> None:
    proposal = propose(TEACHERS_SHEET)
    assert proposal.takes == "scores"
    assert meant(proposal) == {"Perm ID": "local_id", "Stu Name": "full_name", "Bldg": "school_name", "Gr": "grade"}
    (family,) = proposal.families
    assert (family.pattern, family.part, family.measures) == ("{m} {w}", "value", ("ORF", "Maze"))
    assert family.windows == ("Fall", "Winter", "Spring")
    never = {c.header: c.reason for c in proposal.columns if c.group is ColumnGroup.NEVER}
    assert never == {"Home Phone": "private, and nothing here needs it", "Password": "looks like a password"}
    assert [(q.key, q.whole_file) for q in proposal.questions] == [("year", True)]
    assert all(c.reason for c in proposal.columns)


def test_a_confirmed_mapping_is_a_profile_that_knows_the_file_and_its_next_year() -> None:
    layout = renamed(propose(TEACHERS_SHEET).layout("Reading sheet"), "ORF", "Oral reading")
    text = profile_text(layout, TEACHERS_SHEET)
    assert "secret" not in text
    assert "Roe" not in text
    profile = load_profile(text, "reading-sheet.toml")
    assert recognize(TEACHERS_SHEET, [profile]).profile.name == "Reading sheet"
    rows = first_look(TEACHERS_SHEET, layout, today=TODAY).rows
    assert [(r.line, r.student, r.name, r.what, r.when, r.value) for r in rows[:2]] == [
        (2, "01234", "Ada Roe", "Oral reading", "Fall 2024–25", "44"),
        (2, "01234", "Ada Roe", "Oral reading", "Winter 2024–25", "50"),
    ], "the last year whose spring has come"
    assert [r.value for r in rows if r.line == 3 and r.what == "Maze"] == ["10", "suppressed", "12"]


def test_a_pattern_typed_by_hand_maps_a_family() -> None:
    sketch = file("ID,Q1-2024 Math,Q1-2024 ELA,Q1-2025 Math", "77001,3,4,5")
    family = family_by(sketch, "Q1-{y} {m}")
    assert [(c.measure, c.year) for c in family.columns] == [("Math", 2024), ("ELA", 2024), ("Math", 2025)]
    layout = with_family(replace(propose(sketch, "scores").layout("Quarters"), families=()), family)
    rows = first_look(sketch, layout, today=TODAY).rows
    assert [(r.what, r.value) for r in rows] == [("Math", "3"), ("ELA", "4"), ("Math", "5")]


INVENTED = {
    "aimswebPlus-like": (
        "Student ID,Last Name,First Name,Grade,Season,Measure Name,Raw Score,National Percentile,Risk Category,Test Date",
        "900001,Doe,Jo,2,Fall,Oral Reading Fluency,71,44,Moderate Risk,9/14/2025",
        {
            "Season": "window",
            "Measure Name": "measure",
            "Raw Score": "value",
            "National Percentile": "percentile",
            "Risk Category": "level",
            "Test Date": "taken_on",
            "Student ID": "local_id",
        },
    ),
    "Acadience-like": (
        (
            "Student ID,School,Grade,School Year,Benchmark Period,Reading Composite Score,Reading Composite Level,"
            "First Sound Fluency Score,First Sound Fluency Level,ORF Words Correct Score,ORF Words Correct Level"
        ),
        "900001,Cedar,1,2025-2026,BOY,130,At Benchmark,31,Below Benchmark,22,At Benchmark",
        {"School Year": "year", "Benchmark Period": "window", "School": "school_name"},
    ),
    "easyCBM-like": (
        "Student Number,Student Name,Grade,Fall PRF Score,Fall PRF Percentile,Winter PRF Score,Winter PRF Percentile",
        '900001,"Doe, Jo",4,88,31,101,36',
        {"Student Number": "local_id", "Student Name": "full_name", "Grade": "grade"},
    ),
    "SWIS-like": (
        (
            "Referral ID,Student,Grade,Referring Staff,Date,Time,Location,Problem Behavior,Perceived Motivation,Others Involved,"
            "Action Taken,Minor/Major"
        ),
        '1,"Roe, Ada",3,"Ruiz, M",10/14/2025,9:15 AM,Hallway,Disruption,Attention,None,Conference,Minor',
        {
            "Referral ID": "number",
            "Student": "full_name",
            "Date": "day",
            "Time": "minute",
            "Location": "location",
            "Problem Behavior": "behavior",
            "Action Taken": "action_taken",
            "Minor/Major": "major",
        },
    ),
}


@pytest.mark.parametrize("name", INVENTED)
def test_vendors_without_a_published_layout_are_helped_by_word_lists_alone(name: str) -> None:
    """The files are invented in the words of these vendors; nobody has seen their exports."""
    header, row, wanted = INVENTED[name]
    proposal = propose(file(header, row))
    assert proposal.takes == ("incidents" if name == "SWIS-like" else "scores")
    found = meant(proposal)
    assert {key: found.get(key) for key in wanted} == wanted
    profile_of(proposal.layout(name), file(header, row))


def test_lists_of_people_and_days() -> None:
    staff = propose(file("Last Name,First Name,Email,Position,School", "Ruiz,Mara,mruiz@ashby.example,Counselor,Cedar"))
    assert (staff.takes, meant(staff)["Email"]) == ("staff", "email")
    teams = propose(file("Team,Member,Role,School", "Tier 1 team,Mara Ruiz,Facilitator,Cedar"))
    assert (teams.takes, meant(teams)) == (
        "teams",
        {"Team": "team", "Member": "full_name", "Role": "role", "School": "school_name"},
    )
    days = propose(file("Date,Holiday", "2025-11-27,Thanksgiving"))
    assert (days.takes, meant(days)) == ("calendar", {"Date": "day", "Holiday": "reason"})


def test_what_nothing_tells_is_asked() -> None:
    proposal = propose(file("StudentID,Score", "77001,12"))
    assert [q.key for q in proposal.questions] == ["measure", "window", "year"]
    sheet = file("Score,Test Date", "12,9/14/2025")
    with pytest.raises(UserError, match="no column says which student"):
        profile_text(propose(sheet).layout(), sheet)


def test_two_thousand_columns_are_proposed_without_a_stall() -> None:
    names = ["Student Number", "Grade"]
    for measure in range(40):
        for year in range(2021, 2025):
            for window in ("Fall", "Winter", "Spring"):
                names += [
                    f"Skill {measure} {window} {year} {part}" for part in ("Score", "Percentile", "Level", "Date")
                ]
    cells = [
        "45" if n.endswith("Score") else "33" if n.endswith("tile") else "Low Risk" if n.endswith("l") else ""
        for n in names
    ]
    sketch = file(",".join(names), *[",".join(["10000", "3", *cells[2:]])] * 200)
    started = time.process_time()
    proposal = propose(sketch)
    assert time.process_time() - started < 4
    assert sorted((f.part, len(f.columns)) for f in proposal.families) == [
        *(("level", 480), ("percentile", 480), ("taken_on", 480), ("value", 480)),
    ]


def test_every_kind_has_meanings_to_choose_from() -> None:
    for takes in ("scores", "students", "incidents", "absences", "staff", "teams", "schools", "calendar"):
        found = meanings(takes)
        assert len({each.label for each in found}) == len(found), takes
        assert len(found) >= 4
