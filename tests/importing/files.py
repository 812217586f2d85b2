"""Small files in the vendors' layouts, made in the test."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from mtss_desktop.base.progress import silent
from mtss_desktop.domain.files import Mode
from mtss_desktop.importing import reading, recognize
from mtss_desktop.importing.findings import Understood
from mtss_desktop.importing.known_lists import KnownLists
from mtss_desktop.importing.list_entries import plan_list
from mtss_desktop.importing.plan import Known, Plan
from mtss_desktop.importing.planning import plan
from mtss_desktop.importing.profile import FACTS
from mtss_desktop.importing.sketches import Sketch
from mtss_desktop.importing.understanding import understand

TODAY = date(2026, 2, 12)

LONG = "StudentID,AssessmentName,TestDate,Score\n"
ASPEN_STUDENTS = [
    "state_id",
    "local_id",
    "full_name",
    "home_language",
    "program_assigned",
    "limited_english_proficiency",
    "sped_placement",
    "disability",
    "sped_level_of_need",
    "plan_504",
    "student_address",
    "grade",
    "registration_date",
    "free_reduced_lunch",
    "homeroom",
    "school_local_id",
    "enrollment_status",
    "date_of_birth",
    "gender",
    "race",
    "hispanic_latino",
    "primary_phone",
    "primary_email",
    "house",
    "counselor",
]
INCIDENTS = [
    "local_id",
    "incident_code",
    "event_date",
    "incident_time",
    "incident_location",
    "incident_description",
    "school_local_id",
]
ATTENDANCE = [
    "ATT_STD_OID",
    "ATT_SKL_OID",
    "ATT_DATE",
    "ATT_TARDY_IND",
    "ATT_EXCUSED_IND",
    "ATT_ABSENT_IND",
    "ATT_PORTION_ABSENT",
]
MAP = [
    "TermName",
    "DistrictName",
    "SchoolName",
    "School_StateID",
    "StudentID",
    "Student_StateID",
    "Subject",
    "Course",
    "GrowthMeasureYN",
    "TestStartDate",
    "TestRITScore",
    "TestStandardError",
    "TestPercentile",
    "AchievementQuintile",
]
MCLASS = [
    "School Year",
    "School Name",
    "Primary School ID",
    "Student Last Name",
    "Student First Name",
    "Enrollment Grade",
    "Date of Birth",
    "Benchmark Period",
    "Composite Level",
    "Composite Score",
    "Composite - National Norm Percentile",
    "Letter Names (LNF) - Level",
    "Letter Names (LNF) - Score",
    "Letter Names (LNF) - National Norm Percentile",
    "Reading Fluency (ORF) - Level",
    "Reading Fluency (ORF) - Score",
    "Client Date",
    "Student Primary ID",
    "Primary ID - Student ID (State ID)",
]
FASTBRIDGE = [
    "Assessment",
    "State",
    "District",
    "School",
    "Student Id",
    "Student State Id",
    "Fast ID",
    "First Name",
    "Last Name",
    "Grade",
    "AssessmentDate",
    "ScoreMetric",
    "Score",
    "Start Goal",
    "End Goal",
    "Goal Start Date",
    "Goal End Date",
]


def table(names: Sequence[str], rows: Sequence[Mapping[str, object] | Sequence[object]]) -> bytes:
    """CSV bytes; a mapping fills the named columns and leaves the others empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([row.get(name, "") for name in names] if isinstance(row, Mapping) else row)
    return out.getvalue().encode()


def rename(names: Sequence[str], **changed: str) -> list[str]:
    return [changed.get(name, name) for name in names]


def sketched(data: bytes, name: str = "file.csv") -> Sketch:
    return reading.look(data, name, recognize.known_words())


def understood(data: bytes, name: str = "file.csv", **answers: str) -> Understood:
    sketch = reading.look(data, name, recognize.known_words(), encoding=answers.get("encoding", ""))
    return understand(sketch, recognize.recognize(sketch), today=TODAY, progress=silent(), answers=answers)


def planned(data: bytes, known: Known | None = None, name: str = "file.csv", **answers: str) -> Any:
    """A plan of facts, or of a list or a layout with nothing to take."""
    found = understood(data, name, **answers)
    if found.match.profile.takes not in FACTS or found.nothing:
        return plan_list(found, KnownLists())
    return plan(found, known or Known(Mode.NAMES), silent(), answers)


def facts_planned(data: bytes, known: Known | None = None, name: str = "file.csv", **answers: str) -> Plan:
    return plan(understood(data, name, **answers), known or Known(Mode.NAMES), silent(), answers)


def entries(found: Understood) -> list[dict[str, object]]:
    """One mapping per entry, ``None`` for nothing."""
    from mtss_desktop.importing.cleaning import NONE

    rows = []
    for at in range(len(found.source)):
        row: dict[str, object] = {name: column[at] or None for name, column in found.words.items()}
        row |= {name: None if values[at] == NONE else int(values[at]) for name, values in found.whole.items()}
        row |= {name: None if values[at] != values[at] else float(values[at]) for name, values in found.numbers.items()}
        source = int(found.source[at])
        row |= {f"{kind}_id": column[source] for kind, column in found.ids.items()}
        row["line"] = int(found.table.lines[source])
        rows.append(row)
    return rows


def write(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)
