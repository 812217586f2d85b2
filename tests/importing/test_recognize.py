"""Which layout a file has, and how it is told."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from mtss_desktop.base.errors import UserError
from mtss_desktop.importing.headers import headers
from mtss_desktop.importing.profile import profile_named
from mtss_desktop.importing.recognize import (
    Incomplete,
    Undecided,
    UnknownLayout,
    candidates,
    fit,
    recognize,
    recognize_as,
    with_values,
)
from tests.importing.files import (
    ASPEN_STUDENTS,
    ATTENDANCE,
    FASTBRIDGE,
    INCIDENTS,
    LONG,
    MAP,
    MCLASS,
    sketched,
    table,
)

LAYOUTS = {
    "aspen-students": ASPEN_STUDENTS,
    "aspen-incidents": INCIDENTS,
    "aspen-attendance": ATTENDANCE,
    "nwea-map-growth": MAP,
    "mclass-dibels-8": MCLASS,
    "fastbridge-progress": FASTBRIDGE,
    "generic-scores": LONG.strip().split(","),
    "plain-roster": ["Student ID", "First Name", "Last Name", "Date of Birth", "School", "Grade", "Gender", "Race"],
}


@pytest.mark.parametrize("key", LAYOUTS)
def test_every_layout_is_recognized(key: str) -> None:
    match = recognize(sketched(table(LAYOUTS[key], [["x"] * len(LAYOUTS[key])])))
    assert match.profile.key == key
    assert match.confidence >= 0.5
    assert f"columns of {match.profile.name} are in the file" in match.why


@pytest.mark.parametrize("key", LAYOUTS)
def test_order_case_spaces_and_unknown_columns_do_not_matter(key: str) -> None:
    dice = random.Random(key)
    names = [
        dice.choice([str.upper, str.lower, str.title])(name).replace(" ", dice.choice([" ", "  ", "_"]))
        for name in LAYOUTS[key]
    ]
    names += [f"Extra {n}" for n in range(len(names) // 5)]
    dice.shuffle(names)
    assert recognize(sketched(table(names, [["x"] * len(names)]))).profile.key == key


def _said(names: list[str]) -> str:
    """The profile's key, or the sentence of the refusal."""
    try:
        return recognize(sketched(table(names, [["x"] * len(names)]))).profile.key
    except UserError as error:
        return error.message


def test_with_thirty_percent_dropped_it_is_right_or_says_what_is_lacking() -> None:
    dice = random.Random(30)
    right = 0
    for trial in range(160):
        key = list(LAYOUTS)[trial % len(LAYOUTS)]
        names = [name for name in LAYOUTS[key] if dice.random() > 0.3]
        if len(names) < 2:
            continue
        said = _said(names)
        right += said == key
        assert said == key or any(words in said for words in ("no column for", "not known", "could be"))
    assert right > 60


def test_an_unknown_layout_says_what_to_do() -> None:
    with pytest.raises(UserError) as caught:
        recognize(sketched(b"color,weight\nred,5\n", "fruit.csv"))
    assert caught.value.message == "The layout of fruit.csv is not known, so nothing was taken from it."
    assert "say once what its columns mean" in caught.value.hint


def test_a_wide_file_is_not_taken_for_a_roster() -> None:
    names = [*LAYOUTS["plain-roster"], *(f"Fall Passage {n} Score" for n in range(40))]
    assert recognize(sketched(table(names, [["5"] * len(names)]))).profile.takes == "scores"


def test_a_known_layout_without_a_needed_column_is_named() -> None:
    names = [name for name in MAP if name != "TestRITScore"]
    with pytest.raises(UserError, match="looks like NWEA MAP Growth, but it has no column for value"):
        recognize(sketched(table(names, [["x"] * len(names)])))


def test_a_chosen_profile_is_used_or_explained() -> None:
    sketch = sketched(table([*LONG.strip().split(","), *(f"note {n}" for n in range(20))], []))
    with pytest.raises(UserError):
        recognize(sketch)
    assert recognize_as(profile_named("generic-scores"), sketch).profile.key == "generic-scores"
    with pytest.raises(UserError, match="no column for"):
        recognize_as(profile_named("aspen-students"), sketch)


def test_the_best_comes_first() -> None:
    ranked = candidates(sketched(table(FASTBRIDGE, [["x"] * len(FASTBRIDGE)])))
    assert ranked[0].profile.key == "fastbridge-progress"
    assert ranked[0].usable > ranked[1].usable


def mutated(data: bytes, name: str, dice: random.Random) -> bytes:
    """The file with its columns in another order, three in ten gone, a fifth of strange ones between, and headers written otherwise."""
    sketch = sketched(data, name)
    names, width = sketch.names, len(sketch.names)
    rows = [[*row, *[""] * (width - len(row))] for row in sketch.sample]
    kept = [at for at in range(width) if dice.random() > 0.3]
    kept = kept if len(kept) > 1 else list(range(width))
    columns = [(otherwise(names[at], dice), [row[at] for row in rows]) for at in kept]
    columns += [(f"Local field {n}", [str(dice.randrange(99)) for _ in rows]) for n in range(max(1, width // 5))]
    dice.shuffle(columns)
    return table([header for header, _ in columns], list(zip(*(cells for _, cells in columns), strict=True)))


def otherwise(header: str, dice: random.Random) -> str:
    """The same header in other letters, with other spaces, of another year."""
    header = re.sub(r"20\d\d", lambda found: str(int(found[0]) + 1), header)
    match dice.randrange(6):
        case 0:
            return header.upper()
        case 1:
            return header.lower()
        case 2:
            return header.replace(" ", "_")
        case 3:
            return header.replace("_", " ").replace(" ", "  ")
        case 4:
            return f"{header} 2025-26"
    return f" {header}"


def proposed(data: bytes, name: str) -> tuple[str, str]:
    """The profile that is proposed, and what is said to be lacking."""
    try:
        return recognize(sketched(data, name)).profile.key, ""
    except Incomplete as error:
        return error.match.profile.key if error.match else "", error.message


def test_every_sample_is_told_whatever_was_done_to_its_columns(shared: Path) -> None:
    wrong = []
    whole = tried = 0
    for path in sorted((shared / "samples").glob("*/*.csv")):
        data = path.read_bytes()
        right = recognize(sketched(data, path.name)).profile
        if right.shape or len(sketched(data, path.name).names) < 6:
            continue  # too few columns to lose three in ten of them
        for seed in range(3):
            tried += 1
            try:
                key, lacking = proposed(mutated(data, path.name, random.Random(f"{path.name}{seed}")), path.name)
            except UserError as error:
                key, lacking = "", error.message
            whole += key == right.key and not lacking
            if key != right.key:
                wrong.append((path.name, seed, key or lacking))
    assert len(wrong) <= tried * 0.05, wrong
    assert whole > tried * 0.6


def test_other_order_case_spaces_and_year_alone_change_nothing(shared: Path) -> None:
    for path in sorted((shared / "samples").glob("*/*.csv")):
        data = path.read_bytes()
        sketch = sketched(data, path.name)
        right = recognize(sketch).profile
        if right.shape:
            continue
        dice = random.Random(path.name)
        order = list(range(len(sketch.names)))
        dice.shuffle(order)
        names = [otherwise(sketch.names[at], dice) for at in order]
        rows = [[row[at] if at < len(row) else "" for at in order] for row in sketch.sample]
        assert recognize(sketched(table(names, rows), path.name)).profile.key == right.key, path.name


def test_values_are_evidence() -> None:
    """The same headers over cells that are something else: less sure, and it is said which."""
    names = ["Student ID", "Assessment", "Test Date", "Score"]
    sketch = sketched(table(names, [["7001", "ORF", "9/14/2025", "44"]]))
    good = with_values(fit(profile_named("generic-scores"), sketch), sketch)
    sketch = sketched(table(names, [["7001", "ORF", "second floor", "blue"]]))
    bad = with_values(fit(profile_named("generic-scores"), sketch), sketch)
    assert bad.confidence < good.confidence
    assert bad.doubted == ("Test Date", "Score")
    assert "“Test Date”" in bad.why


def test_headers_are_found_by_their_words() -> None:
    there = headers(("Stu_ID", "Pupil Birth-Date", "School Year 2024-25", "[1]LastFirst"))
    assert there.find(["Student ID"]) == "Stu_ID"
    assert there.find(["Student Date of Birth"], loose=False) == ""
    assert there.find(["School Year 2025-26"], loose=False) == "School Year 2024-25"
    assert there.find(["LastFirst"], loose=False) == "[1]LastFirst"


IREADY = (
    "Last Name,First Name,Student ID,Student Grade,Academic Year,School,Completion Date,Norming Window,"
    "Overall Scale Score,Overall Placement,Overall Relative Placement,Percentile"
)


@pytest.mark.parametrize(
    ("more", "cell", "file_name", "key"),
    [
        (",Subject", ",Math", "results.csv", "iready-math"),
        (",Subject", ",Reading", "results.csv", "iready-reading"),
        (",Subject", ",ELA", "results.csv", "iready-reading"),
        ("", "", "diagnostic_results_math.csv", "iready-math"),
        ("", "", "diagnostic_results_ela.csv", "iready-reading"),
    ],
)
def test_what_the_file_says_of_itself_is_not_asked(more: str, cell: str, file_name: str, key: str) -> None:
    row = "Doe,Jane,1001,3,2025-2026,Holcomb,1/14/2026,Winter,404,Grade 1,2 Grade Levels Below,14"
    sketch = sketched(f"{IREADY}{more}\n{row}{cell}\n".encode(), file_name)
    assert recognize(sketch).profile.key == key


def test_two_layouts_that_nothing_tells_apart_are_asked() -> None:
    row = "Doe,Jane,1001,3,2025-2026,Holcomb,1/14/2026,Winter,404,Grade 1,2 Grade Levels Below,14"
    with pytest.raises(Undecided, match="could be"):
        recognize(sketched(f"{IREADY}\n{row}\n".encode(), "results.csv"))


def test_an_edition_that_a_file_names_is_believed_before_its_headers() -> None:
    head = (
        "School Year,School Name,Student Last Name,Student First Name,Enrollment Grade,Benchmark Period,Client Date,"
        "Student Primary ID,Assessment,Assessment Edition,Composite Score,Composite Level"
    )
    row = "2023-2024,Holcomb,Doe,Jane,K,BOY,2023-09-05,1001,mCLASS,{},314,At Benchmark"
    eighth = recognize(sketched(f"{head}\n{row.format('DIBELS 8th Edition')}\n".encode()))
    assert eighth.profile.key == "mclass-dibels-8"
    with pytest.raises(UserError):
        recognize(sketched(f"{head}\n{row.format('Acadience')}\n".encode()))


def test_headers_of_several_tables_are_the_students_own() -> None:
    head = (
        "staff.lastName,student.studentNumber,student.lastName,student.firstName,behaviorEvent.incidentDate,behaviorEvent.incidentTime,"
        "behaviorEvent.eventName,behaviorEvent.location,behaviorRole.role,behaviorResolution.resolutionName"
    )
    rows = "Hill,1001,Doe,Jane,10/13/2025,10:15 AM,Disrespect,Hallway,Offender,Detention\nDale,1002,Roe,Al,10/14/2025,10:15 AM,Fighting,Bus,Victim,\n"
    match = recognize(sketched(f"{head}\n{rows}".encode()))
    assert match.profile.key == "plain-incidents"
    assert dict(match.found)["last_name"] == "student.lastName"
    assert dict(match.found)["local_id"] == "student.studentNumber"


@pytest.mark.parametrize("head", ["School,Student Number,Day Number,AllDay,Period 1,Period 2", "SC,SN,DY,AL,A1,A2"])
def test_attendance_by_numbers_of_days_says_what_it_lacks(head: str) -> None:
    with pytest.raises(UserError, match="by numbers of days") as told:
        recognize(sketched(f"{head}\n12,1001,23,A,A,A\n12,1002,23,,T,\n".encode()))
    assert "Export it with the date of each day." in str(told.value)


@pytest.mark.parametrize("header", ["value", "sourcedId", "Student ID", "title", "role"])
def test_a_single_header_tells_no_layout(header: str) -> None:
    with pytest.raises(UnknownLayout):
        recognize(sketched(f"{header}\n01\n002\n00003".encode()))
