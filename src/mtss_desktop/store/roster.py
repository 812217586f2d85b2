"""Students as imports make them in bulk: their ids, numbers and names; with pseudonyms only a keyed hash of an id."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from mtss_desktop.base.folding import fold
from mtss_desktop.domain.facts import NewStudent
from mtss_desktop.domain.files import Mode
from mtss_desktop.store.bulk import highest, insert, next_key
from mtss_desktop.store.schema import facts as tables
from mtss_desktop.store.work import Work


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
