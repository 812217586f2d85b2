"""Facts and their counts: numbers only, integer keys, no version. ``store/ledger.py`` alone writes them, ``store/taking_back.py`` erases.

Days are proleptic day numbers (``date.toordinal``).
Among rows of one natural key whose import is not taken back the latest import's is live.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, Table, Text

from mtss_desktop.store.schema.base import metadata


def _fact(
    name: str, *columns: str, floats: tuple[str, ...] = (), nullable: tuple[str, ...] = (), index: tuple[str, ...]
) -> Table:
    """``number`` is the row's own key, given by the ledger; at most two indexes beside it."""
    return Table(
        name,
        metadata,
        Column("number", Integer, primary_key=True, autoincrement=False),
        *(Column(column, Float if column in floats else Integer, nullable=column in nullable) for column in columns),
        Column("import_key", Integer, nullable=False),
        Column("line", Integer, nullable=False),
        Column("live", Integer, nullable=False),
        Index(f"ix_{name}_natural", *index),
        Index(f"ix_{name}_import", "import_key"),
    )


student_year = _fact(
    "student_year",
    *("student", "year", "school", "grade", "from_day", "to_day", "sex", "race", "flags"),
    nullable=("grade", "to_day", "sex", "race", "flags"),
    index=("student", "year", "school", "from_day"),
)
score = _fact(
    "score",
    *("student", "measure", "year", "window", "taken_on", "attempt", "school", "grade"),
    *("value", "error", "percentile", "level", "note", "official"),
    floats=("value", "error", "percentile"),
    nullable=("window", "taken_on", "school", "grade", "value", "error", "percentile", "level", "note"),
    index=("measure", "year", "window", "student", "taken_on", "attempt"),
)
"""The index begins with the test: a list of who is near a cut reads one test of all students, a chart all dates of one."""

incident = _fact(
    "incident",
    *(
        "incident_number",
        "student",
        "school",
        "year",
        "day",
        "minute",
        "location",
        "behavior",
        "action_taken",
        "grade",
        "major",
        "occurrence",
    ),
    nullable=("incident_number", "minute", "location", "behavior", "action_taken", "grade", "major"),
    index=("school", "student", "day", "minute"),
)
absence = _fact(
    "absence",
    *("student", "school", "year", "day", "hundredths", "excused", "tardy"),
    nullable=("excused", "tardy"),
    index=("student", "school", "day"),
)
goal_line = _fact(
    "goal_line",
    *("student", "measure", "from_day", "start_value", "to_day", "end_value"),
    floats=("start_value", "end_value"),
    index=("student", "measure", "from_day"),
)

NATURAL_KEYS = {
    "student_year": ("student", "year", "school", "from_day"),
    "score": ("student", "measure", "year", "window", "taken_on", "attempt"),
    "incident": ("school", "incident_number", "student", "day", "minute", "behavior", "location", "occurrence"),
    "absence": ("student", "school", "day"),
    "goal_line": ("student", "measure", "from_day"),
}
"""``score``: ``taken_on`` counts only where there is no window; ``incident``: from ``day`` on only where there is no number."""


def _count(name: str, *columns: str, nullable: tuple[str, ...] = (), values: tuple[str, ...] = ("n",)) -> Table:
    """``group`` is the key of a word: all, race:…, sex:…, flag:…, never crossed. Counts by day are found by their day."""
    found_by = [column for column in ("school", "year", "day") if column in columns]
    return Table(
        name,
        metadata,
        Column("number", Integer, primary_key=True, autoincrement=False),
        *(Column(column, Integer, nullable=column in nullable) for column in columns),
        *(Column(value, Integer, nullable=False) for value in values),
        Column("import_key", Integer, nullable=False),
        Column("live", Integer, nullable=False),
        Index(f"ix_{name}_place", *found_by),
        Index(f"ix_{name}_import", "import_key"),
    )


screening_count = _count(
    "screening_count",
    *("school", "year", "grade", "group", "measure", "window", "level", "near"),
    nullable=("grade", "level"),
)
movement_count = _count(
    "movement_count",
    *("school", "year", "grade", "group", "measure"),
    *("from_year", "from_window", "from_level", "to_year", "to_window", "to_level"),
    nullable=("grade", "from_level", "to_level"),
)
referral_band_count = _count(
    "referral_band_count",
    *("school", "year", "grade", "group", "until_day", "band", "major"),
    nullable=("grade", "major"),
)
attendance_count = _count(
    "attendance_count", *("school", "year", "grade", "group", "month", "band"), nullable=("grade",)
)
absence_count = _count(
    "absence_count",
    *("school", "year", "day", "grade", "tardy", "excused"),
    nullable=("grade", "excused"),
    values=("n", "hundredths"),
)
"""Absences and tardies by day, so that a system view of either needs no student: ``n`` students, ``hundredths`` of days missed."""

enrollment_count = _count("enrollment_count", *("school", "year", "grade", "group", "on_day"), nullable=("grade",))
incident_count = _count(
    "incident_count",
    *("school", "year", "day", "half_hour", "location", "behavior", "action_taken", "grade", "major"),
    nullable=("half_hour", "location", "behavior", "action_taken", "grade", "major"),
)
incident_group_count = _count(
    "incident_group_count",
    *("school", "year", "month", "location", "half_hour", "action_taken", "group"),
    nullable=("location", "half_hour", "action_taken"),
    values=("incidents", "students"),
)

student = Table(
    "student",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False, unique=True),
    Column("first_name", Text, nullable=False),
    Column("last_name", Text, nullable=False),
    Column("name_folded", Text, nullable=False),
    Column("birth_day", Integer),
    Column("made_by_import", Integer, nullable=False),
    Index("ix_student_name_folded", "name_folded"),
)
"""``number`` is shown instead of a name. Names and birth dates are empty with pseudonyms; there are no rows at all with counts only."""

student_id = Table(
    "student_id",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("student", Integer, nullable=False),
    Index("ix_student_id_student", "student"),
)
"""``kind`` is local, state or other; ``value`` the normalized id, or its HMAC-SHA-256 with pseudonyms."""

FACTS = (student_year, score, incident, absence, goal_line)
COUNTS = (
    screening_count,
    movement_count,
    referral_band_count,
    attendance_count,
    absence_count,
    enrollment_count,
    incident_count,
    incident_group_count,
)
