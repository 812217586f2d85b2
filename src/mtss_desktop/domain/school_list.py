"""Schools as a person lists them: one a line, or a small table from another program."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

EN_DASH = "\u2013"
_GRADES = re.compile(
    r"^(?:grades?\s+)?(pre-?k|pk|kg?|\d{1,2})(?:\s*(?:[-\u2013\u2014]|to)\s*(kg?|\d{1,2}))?$", re.IGNORECASE
)
_STUDENTS = re.compile(r"^(\d{1,3}(?:,?\d{3})*|\d+)\s*(?:students?)?$", re.IGNORECASE)
_HEADS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "schoolname", "school", "organizationname", "orgname"),
    "code": ("code", "schoolcode", "schoolid", "schoolnumber", "identifier", "number"),
    "grades": ("grades", "gradespan", "gradelevels"),
    "low": ("lowgrade", "lowestgrade", "gradelow", "fromgrade"),
    "high": ("highgrade", "highestgrade", "gradehigh", "tograde"),
    "students": ("students", "enrollment", "studentcount", "membership", "totalstudents"),
    "kind": ("type", "orgtype", "organizationtype"),
    "status": ("status",),
}


@dataclass(frozen=True)
class ListedSchool:
    """``grades`` reads "K–5", "" where none were given; ``students`` is 0 where no number was given."""

    name: str
    grades: str = ""
    students: int = 0
    code: str = ""

    def line(self) -> str:
        """As it is typed: ``Piney Ridge Elementary, K–5, 412``."""
        return ", ".join(part for part in (self.name, self.grades, str(self.students or "")) if part)


def from_lines(text: str) -> tuple[ListedSchool, ...]:
    """One school a line: name, grades and number of students, the last two in any order or not at all."""
    return tuple(_from_line(line) for line in text.splitlines() if line.strip())


def _from_line(line: str) -> ListedSchool:
    first, *rest = re.split(r"\s*[,;\t]\s*", line.strip().strip(",;"))
    name, grades, students = first, "", 0
    for part in rest:
        if not grades and (span := grade_span(part)) and not (part.isdigit() and int(part) > 12):
            grades = span
        elif not students and (count := _STUDENTS.match(part)):
            students = int(count[1].replace(",", ""))
        elif part:
            name = f"{name}, {part}"
    return ListedSchool(name, grades, students)


def grade_span(text: str) -> str:
    """``k-5``, ``KG to 5`` or ``grades 6–8`` as K–5 and 6–8; "" for anything else."""
    found = _GRADES.match(text.strip())
    if found is None:
        return ""
    return EN_DASH.join(_grade(part) for part in found.groups() if part)


def _grade(text: str) -> str:
    plain = text.upper().replace("-", "")
    if plain in ("PK", "PREK"):
        return "PK"
    return "K" if plain in ("K", "KG") else str(int(plain))


def from_table(text: str) -> tuple[ListedSchool, ...]:
    """A CSV with a head (a list of schools, OneRoster's orgs), or without one: then as lines. Only schools are taken."""
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    if not lines:
        return ()
    separator = max(",;\t", key=lines[0].count)
    rows = list(csv.reader(lines, delimiter=separator))
    heads = _heads(rows[0])
    if "name" not in heads:
        return from_lines("\n".join(", ".join(cell.strip() for cell in row if cell.strip()) for row in rows))
    found = (_from_row(row, heads) for row in rows[1:])
    return tuple(school for school in found if school is not None)


def _heads(row: Sequence[str]) -> dict[str, int]:
    plain = [re.sub(r"[^a-z]", "", head.casefold()) for head in row]
    found: dict[str, int] = {}
    for meaning, words in _HEADS.items():
        for word in words:
            if word in plain:
                found[meaning] = plain.index(word)
                break
    return found


def _from_row(row: Sequence[str], heads: Mapping[str, int]) -> ListedSchool | None:
    def cell(meaning: str) -> str:
        place = heads.get(meaning, len(row))
        return row[place].strip() if place < len(row) else ""

    if not cell("name") or cell("kind").casefold() not in ("", "school") or cell("status").casefold() == "tobedeleted":
        return None
    grades = grade_span(cell("grades")) or grade_span(f"{cell('low')}-{cell('high')}".strip("-"))
    count = _STUDENTS.match(cell("students"))
    return ListedSchool(cell("name"), grades, int(count[1].replace(",", "")) if count else 0, cell("code"))


def same_name(schools: Sequence[ListedSchool]) -> str:
    """The first name that stands there twice, "" where all differ."""
    seen: set[str] = set()
    for school in schools:
        if school.name.casefold() in seen:
            return school.name
        seen.add(school.name.casefold())
    return ""
