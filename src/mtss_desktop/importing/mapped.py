"""What somebody confirmed about an unknown file → a profile as text, and the file's first rows as they will be taken."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.folding import fold
from mtss_desktop.base.progress import silent
from mtss_desktop.domain.layouts import SECOND, Family, Layout, SecondFile, UnderstoodRow
from mtss_desktop.domain.screening import grade_name
from mtss_desktop.importing.cleaning import NONE
from mtss_desktop.importing.findings import USABLE, FileQuestion, Understood
from mtss_desktop.importing.habits import CHOICES
from mtss_desktop.importing.kinds import look_at
from mtss_desktop.importing.profile import FACTS, Profile, load_profile
from mtss_desktop.importing.recognize import recognize_as
from mtss_desktop.importing.sketches import GridBody, Sketch
from mtss_desktop.importing.understanding import understand
from mtss_desktop.importing.word_lists import LevelSet, fitting_set

_SCOPE = {
    "scores": ("measure", "year", "window"),
    "students": ("school", "year"),
    "incidents": ("school", "days"),
    "absences": ("school", "days"),
}
_CLEANERS = {
    **dict.fromkeys(("local_id", "state_id", "other_id"), "id"),
    **dict.fromkeys(("birth_date",), "birth date"),
    **dict.fromkeys(("taken_on", "day"), "past date"),
    **dict.fromkeys(("from_day", "to_day", "goal_from", "goal_to"), "date"),
    **dict.fromkeys(("value",), "score"),
    **dict.fromkeys(("error", "goal_start", "goal_end"), "number"),
    **dict.fromkeys(("hispanic", "official", "excused", "tardy", "in_session", "backup"), "yes or no"),
    **dict.fromkeys(("school", "state_code", "number"), "code"),
    "percentile": "percentile",
    "level": "level",
    "grade": "grade",
    "year": "school year",
    "window": "window",
    "sex": "sex",
    "race": "race",
    "minute": "time",
    "portion": "portion",
    "major": "yes or no",
    "absent": "yes or no",
}
_NEEDED = {
    "scores": {"value"},
    "students": {"grade"},
    "incidents": {"day"},
    "absences": {"day"},
    "teams": {"team"},
    "schools": {"school_name"},
    "calendar": {"day"},
}
_MAJOR = {"yes": ["Major", "M", "Yes", "Office managed"], "no": ["Minor", "m", "No", "Classroom managed"]}


def profile_text(layout: Layout, sketch: Sketch) -> str:
    """The layout as a profile's TOML, to be kept or given to others. It holds header words and no cell of the file.

    Raises ``UserError`` where the layout cannot be a profile, with what is lacking.
    """
    lines = [
        f"key = {_quoted(layout_key(layout.name))}",
        "version = 1",
        f"name = {_quoted(layout.name)}",
        'source = "mapped by hand"',
        f"takes = {_quoted(layout.takes)}",
    ]
    if layout.takes in _SCOPE:
        lines.append(f"scope = {_list(_SCOPE[layout.takes])}")
    levels = _levels(layout, sketch)
    if levels is not None:
        lines += [f"levels = {_list(levels.words)}", f"tiers = [{', '.join(str(tier) for tier in levels.tiers)}]"]
    if layout.takes == "scores" and not layout.families and layout.answer("measure"):
        lines.append(f"measure = {_quoted(layout.answer('measure'))}")
    for header, means in layout.columns:
        lines += _column(layout, header, means, sketch)
    if layout.families:
        lines += _unpivot(layout)
    if layout.second is not None:
        lines += _join(layout.second, [header for header, _ in layout.columns])
    text = "\n".join(lines) + "\n"
    load_profile(text, f"{layout_key(layout.name)}.toml")
    return text


def profile_of(layout: Layout, sketch: Sketch) -> Profile:
    """The layout as a profile. Raises ``UserError`` with what is lacking."""
    return load_profile(profile_text(layout, sketch), f"{layout_key(layout.name)}.toml")


def layout_key(name: str) -> str:
    """A profile's key from its name: "Our spring screener" is our-spring-screener."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-") or "layout"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(_quoted(text) for text in texts)}]"


def _levels(layout: Layout, sketch: Sketch) -> LevelSet | None:
    """The known set of benchmark words that has all the words of the file's level columns."""
    headers = [header for header, means in layout.columns if means == "level"]
    headers += [column.header for family in layout.families if family.part == "level" for column in family.columns]
    words = {cell.strip() for header in headers for cell in sketch.sample_of(header) if cell.strip()}
    return fitting_set(words)


def _column(layout: Layout, header: str, means: str, sketch: Sketch) -> list[str]:
    values = look_at(sketch.sample_of(header))
    terms = means == "window" and any(re.search(r"(?:19|20)\d\d", each) for each in values.examples)
    made = [*_rule(layout, header, means, "window of a term" if terms else _cleaner(means, values.shares))]
    if terms and not any(other == "year" for _, other in layout.columns):
        made += _rule(layout, header, "year", "year of a term")
    return made


def _cleaner(means: str, shares: Mapping[str, float]) -> str:
    if means in ("absent", "tardy", "excused") and shares.get("yes_no", 0.0) < 0.5:
        return {"absent": "absent code", "tardy": "tardy code", "excused": "excused code"}[means]
    if means.startswith("flag:"):
        return "yes, no or code"
    return _CLEANERS.get(means, "text")


def _rule(layout: Layout, header: str, means: str, cleaner: str) -> list[str]:
    made = [f"[columns.{_quoted(means)}]", f"names = [{_quoted(header)}]", f"cleaner = {_quoted(cleaner)}"]
    if means in _NEEDED.get(layout.takes, ()):
        made.append("needed = true")
    if means in ("taken_on", "day", "from_day", "to_day") and layout.answer("date_order") in ("mdy", "dmy"):
        made.append(f"order = {_quoted(layout.answer('date_order'))}")
    if means == "major":
        made += [f"yes = {_list(_MAJOR['yes'])}", f"no = {_list(_MAJOR['no'])}"]
    return made


def _join(second: SecondFile, used: Sequence[str]) -> list[str]:
    """The rule that finds the second file again: by its id and by those of its columns that are used."""
    prefix = f"{SECOND}."
    wanted = [header.removeprefix(prefix) for header in used if header.startswith(prefix)]
    return [
        "",
        "[[join]]",
        f"prefix = {_quoted(SECOND)}",
        f"headers = {_list(tuple(dict.fromkeys([second.there, *wanted])))}",
        f"here = [{_quoted(second.here)}]",
        f"there = [{_quoted(second.there)}]",
    ]


def _unpivot(layout: Layout) -> list[str]:
    parts: dict[str, list[str]] = {}
    for family in layout.families:
        parts.setdefault(family.part, []).append(family.pattern)
    made = ["", "[unpivot]"]
    if layout.answer("date_order") in ("mdy", "dmy"):
        made.append(f"order = {_quoted(layout.answer('date_order'))}")
    made.append("[unpivot.parts]")
    made += [f"{part} = {_list(tuple(dict.fromkeys(patterns)))}" for part, patterns in parts.items()]
    if layout.seasons:
        made += ["[unpivot.seasons]", *(f"{_quoted(word)} = {_quoted(season)}" for word, season in layout.seasons)]
    for name, read in _measures(layout):
        made += ["[[unpivot.measures]]", f"name = {_quoted(name)}", f"headers = {_list(read)}"]
    return made


def _measures(layout: Layout) -> list[tuple[str, tuple[str, ...]]]:
    """(name, words in headers) of the families' measures."""
    called = dict(layout.measures)
    named: dict[str, list[str]] = {}
    of_row = any(means == "measure" for _, means in layout.columns)
    for measure in dict.fromkeys(measure for family in layout.families for measure in family.measures):
        if not measure and of_row:
            continue  # the row says which it is
        name = called.get(measure) or measure or layout.answer("measure") or layout.name
        named.setdefault(name, []).append(measure or name)
    return [(name, tuple(read)) for name, read in named.items()]


def renamed(layout: Layout, measure: str, called: str) -> Layout:
    """A measure read off headers gets the name a coach uses."""
    kept = tuple((read, name) for read, name in layout.measures if read != measure)
    return replace(layout, measures=(*kept, (measure, called)))


def with_family(layout: Layout, family: Family) -> Layout:
    """A family put in, or in place of the one of the same key; its columns mean nothing else any more."""
    kept = tuple(each for each in layout.families if each.key != family.key)
    mine = {column.header for column in family.columns}
    columns = tuple((header, means) for header, means in layout.columns if header not in mine)
    return replace(layout, columns=columns, families=(*kept, family) if family.columns else kept)


# The first rows -----------------------------------------------------------------------------------------------------------


LOOKED_AT = 40_000
"""Cells at the beginning of a file that tell whether something has to be asked about all of it."""


@dataclass(frozen=True)
class FirstLook:
    """``rows`` are the first ones as they will be taken, ``questions`` those about how the whole file is written."""

    rows: tuple[UnderstoodRow, ...] = ()
    questions: tuple[FileQuestion, ...] = ()


def first_look(sketch: Sketch, layout: Layout, *, today: date, rows: int = 20) -> FirstLook:
    """The beginning of the file as the layout takes it. Raises ``UserError`` where the layout takes nothing."""
    profile = profile_of(layout, sketch)
    if profile.takes not in FACTS:
        return FirstLook()
    used = len(layout.columns) + sum(len(family.columns) for family in layout.families)
    head = beginning(sketch, max(rows, LOOKED_AT // max(used, 1)))
    found = understand(head, recognize_as(profile, head), today=today, progress=silent(), answers=dict(layout.answers))
    first = np.flatnonzero(found.source < rows)[: rows * 6].tolist()
    asked = tuple(each for each in found.questions if each.key in CHOICES)
    return FirstLook(tuple(_row(found, entry) for entry in first), asked)


def beginning(sketch: Sketch, rows: int) -> Sketch:
    """The same file cut after so many rows, to be understood at once."""
    grid = [(sketch.header_line + 1 + place, list(row)) for place, row in enumerate(sketch.sample[:rows])]
    return replace(sketch, body=GridBody(grid), footer_line=0)


def _row(found: Understood, entry: int) -> UnderstoodRow:
    row = int(found.source[entry])
    takes = found.match.profile.takes
    when, what, value, level = _said(found, entry, takes)
    state = int(found.state()[entry])
    trouble = "" if state == USABLE else _why(found, row)
    grade = int(found.whole["grade"][entry]) if "grade" in found.whole else NONE
    return UnderstoodRow(
        line=found.sketch.header_line + 1 + row,
        student=next((column[row] for column in found.ids.values() if column[row]), ""),
        name=f"{found.first_name[row]} {found.last_name[row]}".strip(),
        school=found.school_name[row] or found.school[row],
        grade=grade_name(grade) if grade != NONE else "",
        what=what,
        when=when,
        value=value,
        level=level,
        trouble=trouble,
    )


def _said(found: Understood, entry: int, takes: str) -> tuple[str, str, str, str]:
    """(when, what, value, level) in words."""

    def word(name: str) -> str:
        return found.words[name][entry] if name in found.words else ""

    def day(name: str) -> str:
        number = int(found.whole[name][entry]) if name in found.whole else NONE
        if number <= 0:
            return ""
        told = date.fromordinal(number)
        return f"{told.month}/{told.day}/{told.year}"

    year = int(found.whole["year"][entry]) if "year" in found.whole else NONE
    years = f"{year}–{(year + 1) % 100:02}" if year != NONE else ""
    match takes:
        case "scores":
            value = float(found.numbers["value"][entry])
            when = f"{word('window')} {years}".strip() if word("window") else day("taken_on") or years
            return when, word("measure"), word("note") if np.isnan(value) else f"{value:g}", word("level")
        case "incidents":
            return day("day"), word("behavior"), "", word("location")
        case "absences":
            share = int(found.whole["hundredths"][entry])
            return day("day"), "absent" if share else "tardy", f"{share / 100:g}" if share else "", ""
    return years, "student", "", ""


def _why(found: Understood, row: int) -> str:
    worst = [finding for finding in found.findings if row in finding.rows]
    if not worst:
        return ""
    finding = max(worst, key=lambda each: each.state)
    return finding.message(int(np.flatnonzero(finding.rows == row)[0]))


def checked(text: str, file_name: str) -> Profile:
    """A profile somebody gave, checked line by line. Raises ``UserError`` with file, line and what to write instead."""
    if len(text) > 1_000_000:
        raise UserError(f"{file_name} is too large for a profile.", "A profile is a few pages of text.")
    return load_profile(text, file_name)
