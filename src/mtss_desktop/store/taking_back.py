"""An import taken back whole and put back: its facts and counts, and the records it made that nothing else uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from mtss_desktop.base.changes import Topic
from mtss_desktop.base.errors import Conflict, NotFound, UserError
from mtss_desktop.base.progress import Progress, silent
from mtss_desktop.domain.files import Import, ImportState
from mtss_desktop.store import recount
from mtss_desktop.store.kinds import BY_TABLE
from mtss_desktop.store.ledger import TABLES, TOPICS, has_others, settle, taken_back_keys
from mtss_desktop.store.schema import facts as tables
from mtss_desktop.store.schema.journal import picture, step
from mtss_desktop.store.work import Work


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
            settle(work, table, found.key)
            touched.append(table.name)
            work.touch(TOPICS[table.name], str(found.key))
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
        return made.import_key not in (*taken_back_keys(work), import_key)
    return _used_elsewhere(work, made.table_name, there, import_key)


def _used_elsewhere(work: Work, table_name: str, row: Mapping[str, Any], import_key: int) -> bool:
    """Does an import that stands use this record's key?"""
    if table_name == "level_tier":
        return work.levels.first(key=row["level_key"]) is not None
    kind = row["kind"] if table_name == "word" else table_name
    if table_name == "word" and work.words.first(kind=kind, counts_as=row["key"]) is not None:
        return True
    gone = [*taken_back_keys(work), import_key]
    if kind == "group":
        return _group_is_needed(work, row["name"], import_key)
    if kind in ("race", "flag") and _group_is_counted(work, f"{kind}:{row['name']}", gone):
        return True
    if kind == "flag":
        bit = 1 << (row["key"] - 1)
        where = (tables.student_year.c.flags.op("&")(bit) != 0, tables.student_year.c.import_key.not_in(gone))
        found = sa.select(tables.student_year.c.number).where(*where).limit(1)
        return work.connection.execute(found).first() is not None
    uses = [(TABLES[name], column) for name, column in _USES.get(kind, ())]
    uses += [(table, column) for table in tables.COUNTS for column in _COUNTED.get(kind, (kind,)) if column in table.c]
    return any(_stands(work, table, column, row["key"], gone) for table, column in uses)


def _stands(work: Work, table: sa.Table, column: str, key: int, gone: Sequence[int]) -> bool:
    if not has_others(work, table, gone):
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
