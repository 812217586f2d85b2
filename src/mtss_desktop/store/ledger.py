"""Bulk facts of imports and their counts: written set-based, live by rule, taken back whole.

Facts are numbers; nothing here goes through the journal. Rows of one natural key are live when their import is the latest that is not
taken back; a row with line 0 retracts. Counts are rebuilt in the same transaction.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import Conflict, NotFound, UserError
from mtss_desktop.base.folding import fold
from mtss_desktop.base.progress import Progress, silent
from mtss_desktop.domain.facts import Facts, NewStudent
from mtss_desktop.domain.files import Import, ImportState, Mode
from mtss_desktop.domain.people import school_year_of
from mtss_desktop.store import recount
from mtss_desktop.store.bulk import highest, insert, insert_columns, next_key
from mtss_desktop.store.counting import NONE
from mtss_desktop.store.kinds import BY_TABLE
from mtss_desktop.store.schema import facts as tables
from mtss_desktop.store.schema.journal import picture, step
from mtss_desktop.store.work import Work

Array = NDArray[Any]
_BATCH = 20_000
_TABLES = {table.name: table for table in tables.FACTS}
_TOPICS = {
    "score": Topic.SCORES,
    "goal_line": Topic.SCORES,
    "incident": Topic.BEHAVIOR,
    "absence": Topic.ATTENDANCE,
    "student_year": Topic.STUDENTS,
}


# Writing ---------------------------------------------------------------------------------------------------------------


def write(work: Work, import_key: int, facts: Facts, progress: Progress) -> None:
    """Facts of an import that is the latest, in the order of the index over them; earlier rows of the same keys are no longer live.

    In that order the index only grows at its end, or at one place for each test: written in any other it costs half as much again.
    """
    table = _TABLES[facts.table]
    rows = len(facts)
    if not rows:
        return
    order = np.lexsort([facts.columns[name] for name in reversed(_found_by(table))])
    first = highest(work, table.c.number) + 1
    other = work.connection.execute(sa.select(table.c.number).limit(1)).first() is not None
    there = {
        column.name: np.asarray(facts.columns[column.name]) for column in table.columns if column.name in facts.columns
    }
    filled = {name: values for name, values in there.items() if not _gaps(values).all()}
    live = np.asarray(facts.columns["line"]) > 0
    alike = {name: int(values[0]) for name, values in filled.items() if name != "line" and _all_alike(values)} | {
        "import_key": import_key
    }
    varied = {name: values for name, values in filled.items() if name not in alike}
    if live.all():
        alike["live"] = 1
    else:
        varied["live"] = live.astype(np.int64)
    numbered = work.connection.dialect.name == "sqlite"  # gives the very same numbers by itself

    def batches() -> Iterator[list[Sequence[Any]]]:
        """Numbers become objects a few thousand rows at a time: a million rows of them would take half a gigabyte."""
        for start in range(0, rows, _BATCH):
            progress.step("Writing", start, rows, "rows")
            chosen = order[start : start + _BATCH]
            lists: list[Sequence[Any]] = [_plain(work, values[chosen]) for values in varied.values()]
            yield lists if numbered else [*lists, range(first + start, first + start + len(chosen))]

    insert_columns(work, table, [*varied, *([] if numbered else ["number"])], alike, batches())
    if other:
        _outlive(work, table, import_key)
    work.touch(_TOPICS[facts.table], str(import_key))


def _found_by(table: sa.Table) -> list[str]:
    """The columns of the index over the natural key, in its order."""
    return next(index.columns.keys() for index in table.indexes if index.name == f"ix_{table.name}_natural")


def write_again(work: Work, import_key: int, facts: Facts) -> None:
    """As ``write`` for an import that goes on (scores typed by hand): its own earlier rows of the same natural keys are replaced."""
    table = _TABLES[facts.table]
    natural = tables.NATURAL_KEYS[facts.table]
    lists = [np.asarray(facts.columns[name]).tolist() for name in natural]
    wanted = {tuple(None if value == NONE else value for value in row) for row in zip(*lists, strict=True)}
    query = sa.select(table.c.number, *(table.c[name] for name in natural)).where(table.c.import_key == import_key)
    old = [row[0] for row in work.connection.execute(query) if tuple(row[1:]) in wanted]
    work.connection.execute(table.delete().where(table.c.number.in_(old)))
    write(work, import_key, facts, silent())
    _settle(work, table, import_key)


def hand_facts(scores: Sequence[tuple[int, int, date, float, int]]) -> Facts:
    """(student, measure, day, value, window or 0) as facts."""
    rows = len(scores)
    nothing = np.full(rows, NONE, dtype=np.int64)
    student, measure, day, value, window = (list(column) for column in zip(*scores, strict=True))
    taken_on = np.asarray([each.toordinal() for each in day], dtype=np.int64)
    columns: dict[str, Array] = {
        "student": np.asarray(student, dtype=np.int64),
        "measure": np.asarray(measure, dtype=np.int64),
        "year": np.asarray([school_year_of(each) for each in day], dtype=np.int64),
        "window": np.asarray([key or NONE for key in window], dtype=np.int64),
        "taken_on": taken_on,
        "attempt": np.ones(rows, dtype=np.int64),
        "value": np.asarray(value, dtype=np.float64),
        "official": np.ones(rows, dtype=np.int64),
        "line": np.arange(1, rows + 1),
    }
    return Facts("score", columns | dict.fromkeys(("school", "grade", "level", "note"), nothing))


def _gaps(values: Array) -> Array:
    return np.asarray(np.isnan(values) if values.dtype.kind == "f" else values == NONE)


def _all_alike(values: Array) -> bool:
    return values.dtype.kind != "f" and bool((values == values[0]).all())


def _plain(work: Work, values: Array) -> list[Any]:
    """Plain numbers for the driver.

    SQLite stores NaN as NULL, and its driver binds a float ten times as fast as it binds ``None``.
    """
    gaps = _gaps(values)
    if not gaps.any():
        return list(values.tolist())
    nothing = float("nan") if work.connection.dialect.name == "sqlite" else None
    return [nothing if gap else value for gap, value in zip(gaps.tolist(), values.tolist(), strict=True)]


# What is live ------------------------------------------------------------------------------------------------------------------


def _same_key(table: str, a: str, b: str) -> str:
    """SQL that holds where two rows have the same natural key."""

    def same(*names: str, null: Sequence[str] = ()) -> str:
        return " AND ".join(
            f'{a}."{name}" IS NOT DISTINCT FROM {b}."{name}"' if name in null else f'{a}."{name}" = {b}."{name}"'
            for name in names
        )

    if table == "score":
        by_day = f'({a}."window" IS NOT NULL OR {same("taken_on", null=("taken_on",))})'
        return f"{same('student', 'measure', 'year', 'window', 'attempt', null=('window',))} AND {by_day}"
    if table == "incident":
        nullable = ("incident_number", "minute", "behavior", "location")
        happened = same("day", "minute", "behavior", "location", "occurrence", null=nullable)
        numbered = f'{a}."incident_number" IS NOT NULL'
        return f"{same('school', 'student', 'incident_number', null=nullable)} AND ({numbered} OR ({happened}))"
    return same(*tables.NATURAL_KEYS[table])


def _outlive(work: Work, table: sa.Table, import_key: int) -> None:
    """After the latest import wrote: earlier live rows of its natural keys live no more."""
    join = "CROSS JOIN" if work.connection.dialect.name == "sqlite" else "JOIN"
    on = _same_key(table.name, "n", "o")
    where = "WHERE" if join == "CROSS JOIN" else "ON"
    work.connection.exec_driver_sql(
        f'UPDATE "{table.name}" SET live = 0 WHERE number IN (SELECT o.number FROM "{table.name}" n {join} "{table.name}" o '
        f"{where} {on} AND n.import_key = {import_key} AND o.import_key <> {import_key} AND o.live = 1)"
    )


def _settle(work: Work, table: sa.Table, import_key: int) -> None:
    """``live`` anew for exactly the natural keys of one import, wherever it stands among the others."""
    name, sqlite = table.name, work.connection.dialect.name == "sqlite"
    if not _has_others(work, table, [import_key]):
        live = "0" if import_key in _taken_back(work) else "CASE WHEN line > 0 THEN 1 ELSE 0 END"
        work.connection.exec_driver_sql(
            f'UPDATE "{name}" SET live = {live} WHERE import_key = {import_key} AND live <> {live}'
        )
        return
    join, where = ("CROSS JOIN", "WHERE") if sqlite else ("JOIN", "ON")
    gone = _in(_taken_back(work))
    rows = f'FROM "{name}" n {join} "{name}" o {where} {_same_key(name, "n", "o")} AND n.import_key = {import_key}'
    run = work.connection.exec_driver_sql
    run(f'UPDATE "{name}" SET live = 0 WHERE live = 1 AND number IN (SELECT o.number {rows} AND o.live = 1)')
    later = f'SELECT 1 FROM "{name}" l WHERE {_same_key(name, "o", "l")} AND l.import_key > o.import_key AND l.import_key NOT IN {gone}'
    winners = f"SELECT o.number {rows} AND o.line > 0 AND o.import_key NOT IN {gone} AND NOT EXISTS ({later})"
    run(f'UPDATE "{name}" SET live = 1 WHERE number IN ({winners})')


def _has_others(work: Work, table: sa.Table, keys: Sequence[int]) -> bool:
    """Are there rows of other imports than these? Goes from key to key in the index, never over the rows."""
    last = sa.select(sa.func.min(table.c.import_key))
    found = work.connection.execute(last).scalar()
    while found is not None and found in keys:
        found = work.connection.execute(last.where(table.c.import_key > found)).scalar()
    return found is not None


def _taken_back(work: Work) -> list[int]:
    return [found.key for found in work.imports.list(state=ImportState.TAKEN_BACK)]


def _in(keys: Sequence[int]) -> str:
    return f"({', '.join(str(int(key)) for key in keys) or '-1'})"


# Taking back -------------------------------------------------------------------------------------------------------------------


def import_of(work: Work, import_key: int) -> Import:
    """Raises ``NotFound``."""
    found = work.imports.first(key=import_key)
    if found is None:
        raise NotFound("This import is no longer there.")
    return found


def step_of(work: Work, import_key: int) -> int | None:
    """The step that applied an import."""
    query = sa.select(step.c.seq).where(step.c.kind == "import", step.c.import_key == import_key).order_by(step.c.seq)
    return work.connection.execute(query).scalars().first()


def take_back_step(work: Work, import_key: int) -> Any:
    """The step that took an import back, whichever way. Raises ``UserError`` where there is none."""
    took = (step.c.kind.in_(("take-back", "undo", "redo")), step.c.import_key == import_key)
    row = work.connection.execute(sa.select(step).where(*took).order_by(step.c.seq.desc()).limit(1)).one_or_none()
    if row is None:
        raise UserError("The history does not say when this import was taken back.", "Choose the file again.")
    return row


def refuse_forgotten(work: Work, import_key: int) -> None:
    """Raises ``UserError`` where an import was taken back so long ago that its rows may be gone."""
    found, kept = import_of(work, import_key), work.rules.keep_taken_back_days
    if found.taken_back_at is not None and (work.now() - found.taken_back_at).days > kept:
        raise UserError(f"{found.file_name} was taken back more than {kept} days ago.", "Choose the file again.")


def take_back(work: Work, import_key: int, progress: Progress | None = None) -> None:
    """As if the import had never been: its facts and counts live no more, the records it made go where nothing else uses them."""
    found = import_of(work, import_key)
    if found.state is ImportState.TAKEN_BACK:
        return
    work.imports.save(replace(found, state=ImportState.TAKEN_BACK, taken_back_at=work.now()))
    _turn(work, found, progress or silent())
    _put_changed_back(work, import_key)
    _remove_rated(work, import_key)
    _remove_made(work, import_key)


def put_back(work: Work, import_key: int, progress: Progress | None = None) -> None:
    """After the record says *applied* again: its facts and counts take their place among the others."""
    _turn(work, import_of(work, import_key), progress or silent())


def _turn(work: Work, found: Import, progress: Progress) -> None:
    touched = []
    for table in tables.FACTS:
        if work.connection.execute(sa.select(table.c.number).where(table.c.import_key == found.key).limit(1)).first():
            progress.step("Putting the facts in order")
            _settle(work, table, found.key)
            touched.append(table.name)
            work.touch(_TOPICS[table.name], str(found.key))
    work.touch(Topic.IMPORTS, found.id)
    progress.step("Counting again")
    recount.after_turn(work, found.key, touched)


def _remove_rated(work: Work, import_key: int) -> None:
    """Ratings and answers of a file go, but where somebody opened one again or hung an action or evidence on it."""
    made = (
        sa.select(picture)
        .join(step, step.c.seq == picture.c.step_seq)
        .where(step.c.kind == "import", step.c.import_key == import_key, picture.c.before.is_(None))
        .where(picture.c.table_name == "administration")
    )
    for each in work.connection.execute(made).all():
        if work.contents(BY_TABLE["administration"], each.row_id) != each.after:
            continue
        used = (work.actions, work.evidence_uses, work.votes)
        if any(records.first(administration_id=each.row_id) is not None for records in used):
            continue
        for records in (work.ratings, work.responses):
            for row in records.list(administration_id=each.row_id):
                records.remove(row.id)
        work.administrations.remove(each.row_id)


def _remove_made(work: Work, import_key: int) -> None:
    """Schools and words that imports made and that no import that stands, and no record, uses any more."""
    made = (
        sa.select(picture, step.c.import_key)
        .join(step, step.c.seq == picture.c.step_seq)
        .where(step.c.kind == "import", picture.c.before.is_(None), picture.c.table_name.in_(_MADE))
        .order_by(picture.c.step_seq.desc(), picture.c.place.desc())
    )
    candidates = work.connection.execute(made).all()
    while any(_remove_unused(work, each, import_key) for each in candidates):
        pass  # a race that goes takes its group with it


def _remove_unused(work: Work, made: Any, import_key: int) -> bool:
    there = work.contents(BY_TABLE[made.table_name], made.row_id)
    if there is None or there != made.after or _still_needed(work, made, there, import_key):
        return False
    try:
        _records_of(work, made.table_name).remove(made.row_id)
    except Conflict:  # a team, a calendar or something else people typed belongs to it
        return False
    return True


_LISTED = ("membership", "team_year", "team", "person", "day_without_school", "school_year")
"""What files with lists make; it goes with the import that made it."""
_MADE = ("organization", "measure", "level", "level_tier", "word", "import_answer", *_LISTED)
_CHANGED = {"person": ("position", "email"), "day_without_school": ("reason",)}
"""Fields that a list may change of a record that was there."""


def _put_changed_back(work: Work, import_key: int) -> None:
    """What a list changed of people and days gets its earlier words, where nobody changed it since."""
    changed = (
        sa.select(picture)
        .join(step, step.c.seq == picture.c.step_seq)
        .where(step.c.kind == "import", step.c.import_key == import_key, picture.c.before.is_not(None))
        .where(picture.c.table_name.in_(tuple(_CHANGED)))
    )
    for each in work.connection.execute(changed).all():
        if work.contents(BY_TABLE[each.table_name], each.row_id) == each.after:
            records = _records_of(work, each.table_name)
            earlier = {name: each.before[name] for name in _CHANGED[each.table_name]}
            records.save(replace(records.get(each.row_id), **earlier))


def _records_of(work: Work, table_name: str) -> Any:
    return {
        "organization": work.organizations,
        "measure": work.measures,
        "level": work.levels,
        "level_tier": work.level_tiers,
        "word": work.words,
        "import_answer": work.import_answers,
        "membership": work.memberships,
        "team_year": work.team_years,
        "team": work.teams,
        "person": work.people,
        "day_without_school": work.days_without_school,
        "school_year": work.school_years,
    }[table_name]


_USES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "organization": tuple((name, "school") for name in ("student_year", "score", "incident", "absence")),
    "measure": (("score", "measure"), ("goal_line", "measure")),
    "level": (("score", "level"),),
    "window": (("score", "window"),),
    "note": (("score", "note"),),
    "location": (("incident", "location"),),
    "behavior": (("incident", "behavior"),),
    "action_taken": (("incident", "action_taken"),),
    "race": (("student_year", "race"),),
}
_COUNTED: Mapping[str, tuple[str, ...]] = {
    "organization": ("school",),
    "level": ("level", "from_level", "to_level"),
    "window": ("window", "from_window", "to_window"),
}


def _still_needed(work: Work, made: Any, there: Mapping[str, Any], import_key: int) -> bool:
    """An answer goes with the import it was given at, what an import made with the last that uses it."""
    if made.table_name in ("import_answer", *_LISTED):
        return made.import_key not in (*_taken_back(work), import_key)
    return _used_elsewhere(work, made.table_name, there, import_key)


def _used_elsewhere(work: Work, table_name: str, row: Mapping[str, Any], import_key: int) -> bool:
    """Does an import that stands use this record's key?"""
    if table_name == "level_tier":
        return work.levels.first(key=row["level_key"]) is not None
    kind = row["kind"] if table_name == "word" else table_name
    if table_name == "word" and work.words.first(kind=kind, counts_as=row["key"]) is not None:
        return True
    gone = [*_taken_back(work), import_key]
    if kind == "group":
        return _group_is_needed(work, row["name"], import_key)
    if kind in ("race", "flag") and _group_is_counted(work, f"{kind}:{row['name']}", gone):
        return True
    if kind == "flag":
        bit = 1 << (row["key"] - 1)
        where = (tables.student_year.c.flags.op("&")(bit) != 0, tables.student_year.c.import_key.not_in(gone))
        found = sa.select(tables.student_year.c.number).where(*where).limit(1)
        return work.connection.execute(found).first() is not None
    uses = [(_TABLES[name], column) for name, column in _USES.get(kind, ())]
    uses += [(table, column) for table in tables.COUNTS for column in _COUNTED.get(kind, (kind,)) if column in table.c]
    return any(_stands(work, table, column, row["key"], gone) for table, column in uses)


def _stands(work: Work, table: sa.Table, column: str, key: int, gone: Sequence[int]) -> bool:
    if not _has_others(work, table, gone):
        return False
    used = sa.select(table.c.number).where(table.c[column] == key, table.c.import_key.not_in(gone)).limit(1)
    return work.connection.execute(used).first() is not None


def _group_is_counted(work: Work, name: str, gone: Sequence[int]) -> bool:
    """Counts-only imports keep no student: what they have of a race or flag is its group."""
    group = work.words.first(kind="group", name=name)
    return group is not None and any(
        _stands(work, table, "group", group.key, gone) for table in tables.COUNTS if "group" in table.c
    )


def _group_is_needed(work: Work, name: str, import_key: int) -> bool:
    """A race's or flag's group lives as long as its word, the others as long as any import stands."""
    kind, _, word = name.partition(":")
    if kind in ("race", "flag"):
        return work.words.first(kind=kind, name=word) is not None
    return _other_stands(work, import_key)


def _other_stands(work: Work, import_key: int) -> bool:
    return any(found.key != import_key for found in work.imports.list(state=ImportState.APPLIED))


def forget(work: Work, import_key: int) -> None:
    """Erases the kept rows of a taken-back import, and students that nothing names any more. It cannot be redone after that."""
    work.must_write()
    for table in (*tables.FACTS, *tables.COUNTS):
        work.connection.execute(table.delete().where(table.c.import_key == import_key))
    named = sa.union(*(sa.select(table.c.student) for table in tables.FACTS)).subquery()
    lonely = sa.select(tables.student.c.key).where(tables.student.c.key.not_in(sa.select(named.c.student)))
    work.connection.execute(tables.student_id.delete().where(tables.student_id.c.student.in_(lonely)))
    work.connection.execute(tables.student.delete().where(tables.student.c.key.not_in(sa.select(named.c.student))))


# Students ------------------------------------------------------------------------------------------------------------------------


def pseudonym(work: Work, normalized_id: str) -> str:
    """HMAC-SHA-256 of an id under the database's own key."""
    return hmac.digest(bytes.fromhex(work.about("pseudonym_key")), normalized_id.encode(), "sha256").hex()


def add_students(work: Work, import_key: int, students: Sequence[NewStudent], mode: Mode) -> list[int]:
    """Makes students in bulk; returns their keys. Numbers follow a keyed hash, so that they tell nothing of names or order."""
    if not students:
        return []
    first = next_key(work, "student", count=len(students))
    keys = list(range(first, first + len(students)))
    lowest = highest(work, tables.student.c.number) + 1
    secret = bytes.fromhex(work.about("pseudonym_key"))

    def hashed(text: str) -> str:
        return hmac.digest(secret, text.encode(), "sha256").hex()

    marks = [
        hashed(student.ids[0][1] if student.ids else f"{student.last_name}|{student.first_name}")
        for student in students
    ]
    numbers = [0] * len(students)
    for place, at in enumerate(sorted(range(len(students)), key=marks.__getitem__)):
        numbers[at] = lowest + place
    named = mode is Mode.NAMES
    rows = [
        (
            key,
            number,
            student.first_name if named else "",
            student.last_name if named else "",
            fold(f"{student.last_name} {student.first_name}") if named else "",
            student.birth_date.toordinal() if named and student.birth_date else None,
            import_key,
        )
        for key, number, student in zip(keys, numbers, students, strict=True)
    ]
    insert(
        work,
        tables.student,
        ("key", "number", "first_name", "last_name", "name_folded", "birth_day", "made_by_import"),
        rows,
    )
    ids: dict[tuple[str, str], int] = {}
    for key, mark, student in zip(keys, marks, students, strict=True):
        for place, (kind, value) in enumerate(student.ids):
            ids.setdefault((kind, value if named else mark if place == 0 else hashed(value)), key)
    _add_ids(work, ids)
    return keys


def learn_ids(work: Work, ids: Mapping[tuple[str, str], int], mode: Mode) -> None:
    """Further ids of known students, where nobody has them yet."""
    named = mode is Mode.NAMES
    _add_ids(work, {(kind, value if named else pseudonym(work, value)): key for (kind, value), key in ids.items()})


def _add_ids(work: Work, ids: Mapping[tuple[str, str], int]) -> None:
    if not ids:
        return
    there = known_ids(work)
    fresh = [(kind, value, key) for (kind, value), key in sorted(ids.items()) if value not in there.get(kind, {})]
    insert(work, tables.student_id, ("kind", "value", "student"), fresh)


def learn_names(work: Work, names: Mapping[int, tuple[str, str, date | None]]) -> None:
    """Names of known students who have none yet; key → first name, last name, birth date."""
    table = tables.student
    for key, (first, last, born) in names.items():
        values = {"first_name": first, "last_name": last, "name_folded": fold(f"{last} {first}")}
        if born is not None:
            values["birth_day"] = born.toordinal()  # type: ignore[assignment]
        work.connection.execute(table.update().where(table.c.key == key, table.c.last_name == "").values(values))


def known_ids(work: Work) -> dict[str, dict[str, int]]:
    """By kind: stored id (a hash with pseudonyms) → student key."""
    found: dict[str, dict[str, int]] = {}
    for kind, value, key in work.connection.execute(sa.select(tables.student_id)):
        found.setdefault(kind, {})[value] = key
    return found


class StudentRow(NamedTuple):
    key: int
    number: int
    first_name: str
    last_name: str
    birth_day: int | None


def known_students(work: Work) -> list[StudentRow]:
    columns = tables.student.c
    query = sa.select(columns.key, columns.number, columns.first_name, columns.last_name, columns.birth_day)
    return [StudentRow(*row) for row in work.connection.execute(query)]


# Reading ---------------------------------------------------------------------------------------------------------------------------


def live(work: Work, table_name: str, **among: Sequence[int]) -> dict[str, Array]:
    """Live facts in columns, ``NONE`` or NaN for nothing. ``among``: column → the values wanted."""
    return recount.live(work, _TABLES[table_name], **among)


def latest_step(work: Work) -> int:
    """Rises with everything that changes the database."""
    return highest(work, step.c.seq)
