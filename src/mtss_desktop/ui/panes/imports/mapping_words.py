"""What the screen of an unknown file says: groups, meanings, what is lacking, and the first rows as understood."""

from __future__ import annotations

import re

from mtss_desktop.base.words import Words, said, school_year
from mtss_desktop.domain.layouts import SECOND, ColumnGroup, UnderstoodRow
from mtss_desktop.importing.counting import Counted
from mtss_desktop.ui.kit.scope import Names
from mtss_desktop.ui.panes.imports.words import answer_words
from mtss_desktop.usecases import mapping
from mtss_desktop.usecases.mapping import ColumnLine, GroupLine, Mapped
from mtss_desktop.usecases.mapping_seasons import IS, OUT

GROUPS = {
    ColumnGroup.IDS: "Ids",
    ColumnGroup.WHO: "Who",
    ColumnGroup.WHERE: "Where",
    ColumnGroup.WHEN: "When",
    ColumnGroup.SCORES: "What",
    ColumnGroup.OTHER: "Not used",
    ColumnGroup.NEVER: "Never read",
}
ICONS = {
    ColumnGroup.SCORES: "ph.chart-line",
    ColumnGroup.OTHER: "ph.x",
    ColumnGroup.NEVER: "ph.lock-simple",
}
KEYS = (ColumnGroup.IDS, ColumnGroup.WHO, ColumnGroup.WHERE, ColumnGroup.WHEN, ColumnGroup.SCORES)
"""The groups of the keys 1 to 5."""
COLUMN = "column "
"""An answer that is a column, where most answers are typed."""
PARTS = {
    "value": "Scores",
    "level": "Levels",
    "percentile": "Percentiles",
    "error": "Standard errors",
    "taken_on": "Test dates",
}
TAKES = {
    "scores": "Scores of tests",
    "students": "Students and where they are",
    "incidents": "Referrals",
    "absences": "Days absent or tardy",
}
_LACKING = {
    "student": "Say which column tells the student",
    "value": "Say which column holds the scores",
    "measure": "Say which test it is",
    "window": "Say when the test was given",
    "day": "Say which column tells the day",
    "grade": "Say which column tells the grade",
    "team": "Say which column names the team",
    "name": "Give the layout a name",
}


def group_words(words: Words, line: GroupLine, now: Mapped) -> str:
    if line.family >= 0:
        family = now.family(line.family)
        return words(PARTS[family.part]) if family is not None else ""
    return words(GROUPS[line.group])


def group_hint(words: Words, line: GroupLine) -> str:
    """Read_BOY_24 to Math_BOY_26."""
    first, last = header_words(words, line.first), header_words(words, line.last)
    return first if line.columns == 1 else words("{first} to {last}").format(first=first, last=last)


def header_words(words: Words, header: str) -> str:
    """A column of a second file says where it comes from after its own name."""
    own = header.removeprefix(f"{SECOND}.")
    return header if own == header else words("{column} (second file)").format(column=own)


def right_heading(words: Words, line: GroupLine | None, now: Mapped) -> str:
    if line is None:
        return ""
    columns = words.say(said("{n} column", many="{n} columns", count="n", n=line.columns))
    if line.family >= 0:
        return words("One pattern for {columns}").format(columns=columns)
    return f"{group_words(words, line, now)}: {columns}"


def lacking_words(words: Words, now: Mapped) -> str:
    """Why rows cannot be checked yet, "" where they can."""
    lacking = now.lacking
    if lacking:
        return words(_LACKING[lacking[0]])
    if any(question.key in ("date_order", "year") for question in now.questions):
        return words("Answer the question first")
    return ""


def choice_words(words: Words, choice: str) -> str:
    """An answer as its button says it: a year, a column, a season, or what stands for how a file is written."""
    if choice.startswith(IS):
        return words("{season} is a season").format(season=choice.removeprefix(IS))
    if choice.startswith(COLUMN):
        return words("The column “{column}” says it").format(column=choice.removeprefix(COLUMN))
    if choice.startswith(OUT):
        columns = said("Leave out {n} column", many="Leave out {n} columns", count="n", n=int(choice.removeprefix(OUT)))
        return words.say(columns)
    if len(choice) == 4 and choice.isdecimal():
        return school_year(int(choice))
    return answer_words(words, choice)


_PIECES = (("{m}", "measure"), ("{w}", "season"), ("{y}", "year"))


def pattern_words(pattern: str) -> str:
    """measure season year: the words a coach types for what differs from column to column."""
    for sign, word in _PIECES:
        pattern = pattern.replace(sign, word)
    return pattern


def pattern_of(text: str) -> str:
    """The same as a layout keeps it."""
    for sign, word in _PIECES:
        text = re.sub(rf"\b{word}\b", lambda _, sign=sign: sign, text, flags=re.IGNORECASE)  # type: ignore[misc]
    return re.sub(r"\bwindow\b", "{w}", text, flags=re.IGNORECASE).strip()


def examples(words: Words, line: ColumnLine, group: ColumnGroup, names: Names) -> str:
    """The first values; what may tell a student is not shown while names are not."""
    if group is ColumnGroup.NEVER:
        return words("never read")
    private = group in (ColumnGroup.IDS, ColumnGroup.WHO)
    told = group is ColumnGroup.OTHER and any(re.search(r"[^\W\d_]{2,}", each) for each in line.examples)
    if names is not Names.ON and line.examples and (private or told):
        return words("not shown while names are masked")
    return ", ".join(line.examples) or "–"


def file_sentence(words: Words, now: Mapped, counted: Counted | None) -> str:
    """``counted`` is over the whole file, ``None`` until that is done."""
    columns = words.say(said("{n} column", many="{n} columns", count="n", n=len(now.proposal.columns)))
    if counted is not None:
        rows = words.say(said("{n} row", many="{n} rows", count="n", n=counted.rows))
        columns = words("{rows}, {columns}").format(rows=rows, columns=columns)
    said_first = words("{file}, {columns} · not seen before").format(file=now.proposal.file_name, columns=columns)
    reason = now.proposal.takes_reason
    return said_first if reason == "chosen" else f"{said_first} · {reason}"


def rows_note(words: Words, now: Mapped, counted: Counted | None, *, counting: bool) -> str:
    """412 rows become 5,431 scores · first lines of the file. ``counting`` goes on, or was stopped where nothing is counted."""
    first = words("first lines of the file")
    if counted is None:
        return words("{first} · counting the rest").format(first=first) if counting else first
    scores = mapping.scores_in(now, counted)
    rows = words.say(said("{n} row", many="{n} rows", count="n", n=counted.rows))
    if not scores:
        return f"{rows} · {first}"
    made = words.say(said("{n} score", many="{n} scores", count="n", n=scores))
    return words("{rows} become {scores} · {first}").format(rows=rows, scores=made, first=first)


def fit_words(words: Words, now: Mapped, line: GroupLine) -> str:
    """12 fit, 1 question."""
    asked = sum(odd.family == line.family for odd in now.odd)
    if not asked:
        return words("found in the column names")
    questions = words.say(said("{n} question", many="{n} questions", count="n", n=asked))
    return words("{n} fit, {questions}").format(n=words.number(line.columns - asked), questions=questions)


def student(words: Words, row: UnderstoodRow, names: Names) -> str:
    grade = words("grade {grade}").format(grade=row.grade) if row.grade else ""
    who = (row.name or row.student) if names is Names.ON else words("Student")
    return ", ".join(part for part in (who, grade) if part)
