"""What a person can answer to a row of a plan, and how an answer is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from rapidfuzz import fuzz

from mtss_desktop.base.folding import fold
from mtss_desktop.domain.facts import RowChoice, RowQuestion
from mtss_desktop.domain.screening import grade_name
from mtss_desktop.importing.cleaning import (
    ATTENDANCE,
    NO_GRADE,
    NO_LEVEL,
    attendance_question,
    grade_question,
    is_decimal,
    level_question,
    marked_question,
    score_question,
)
from mtss_desktop.importing.findings import Finding
from mtss_desktop.importing.habits import CHOICES
from mtss_desktop.importing.matching import NEW_STUDENT
from mtss_desktop.importing.plan import NEW_WORD, YES, Plan, word_question
from mtss_desktop.importing.supports import support_question
from mtss_desktop.importing.vocabulary import vocabulary

GENERAL = ("level:", "word:", "grade:", "attendance:", "support:")
"""Answers of these kinds hold for every file to come."""
READ_ANEW = ("level:", "score:", "marked:", "grade:", "attendance:", "support:", "year", "window", "measure", *CHOICES)
"""Answers of these kinds change what the cells mean; the others only whom and what they are held beside."""

Names = Mapping[str, Mapping[int, str]]


def question_of(plan: Plan, names: Names, row: int, finding: Finding, cell: str) -> RowQuestion | None:
    """What can be answered to ``finding`` in a row of the file; ``None`` where only another file helps."""
    topic, _, kind = finding.ask.partition(":")
    match topic:
        case "student":
            return _student(plan, names, row)
        case "level":
            listed = plan.found.match.profile.levels
            if is_decimal(cell):
                return RowQuestion(
                    level_question(cell), topic, (RowChoice(NO_LEVEL),), _decimals(finding), remembered=True, cell=cell
                )
            words = (*listed, NO_LEVEL) if listed else (*_like(cell, _levels(plan, names)), cell, NO_LEVEL)
            choices = tuple(RowChoice(word, word) for word in dict.fromkeys(words))
            return RowQuestion(level_question(cell), topic, choices, _rows(finding, cell), remembered=True, cell=cell)
        case "score":
            return _score(finding, cell)
        case "grade":
            choices = (*(RowChoice(each, each) for each in map(grade_name, range(-1, 13))), RowChoice(NO_GRADE))
            key = grade_question(plan.found.match.profile.key, cell)
            return RowQuestion(key, topic, choices, _rows(finding, cell), remembered=True)
        case "attendance":
            choices = tuple(RowChoice(each, each) for each in ATTENDANCE)
            return RowQuestion(attendance_question(cell), topic, choices, _rows(finding, cell), remembered=True)
        case "support":
            choices = (RowChoice(YES), RowChoice("no"))
            return RowQuestion(support_question(kind, cell), topic, choices, _rows(finding, cell), remembered=True)
        case "marked":
            return RowQuestion(marked_question(cell), topic, (RowChoice(YES, cell),), _rows(finding, cell))
        case "twin":
            line = int(plan.found.table.lines[row])
            return RowQuestion(f"twin:{line}", topic, (RowChoice(YES, str(line)),))
        case "word":
            known = list(dict.fromkeys(vocabulary().races.values())) if kind == "race" else []
            known += sorted({names.get(kind, {}).get(key, "") for key in plan.known.words.get(kind, {}).values()})
            choices = (*(RowChoice(word, word) for word in dict.fromkeys(known) if word), RowChoice(NEW_WORD, cell))
            return RowQuestion(word_question(kind, cell), topic, choices, _rows(finding, cell), remembered=True)
    return None


def _student(plan: Plan, names: Names, row: int) -> RowQuestion | None:
    asked = plan.students.asked.get(row)
    if asked is None or not (asked.candidates or asked.new):
        return None
    known = names.get("student", {})
    choices = [
        RowChoice(str(key), number=plan.known.numbers.get(key, 0), name=known.get(key, "")) for key in asked.candidates
    ]
    if asked.new:
        choices.append(RowChoice(NEW_STUDENT))
    rows = sum(each == asked for each in plan.students.asked.values())
    return RowQuestion(asked.key, "student", tuple(choices), rows)


def _levels(plan: Plan, names: Names) -> list[str]:
    """The words for levels that are here and those the file brings."""
    return list(dict.fromkeys([*plan.new_words.get("level", ()), *names.get("level", {}).values()]))


def _like(cell: str, words: Sequence[str]) -> list[str]:
    """The words most like a cell first: what is mistyped is meant."""
    return sorted(words, key=lambda word: (-fuzz.ratio(fold(word), fold(cell)), word))


def _score(finding: Finding, cell: str) -> RowQuestion | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return RowQuestion(score_question(value), "score", (RowChoice(YES, cell),), _rows(finding, cell))


def _decimals(finding: Finding) -> int:
    """Rows whose level is a number with decimals."""
    if finding.column is None:
        return 1
    codes = [code for code, word in enumerate(finding.column.words) if is_decimal(word)]
    return len(np.unique(finding.rows[np.isin(finding.column.codes, codes)]))


def _rows(finding: Finding, cell: str) -> int:
    """Rows in which the same cell asks the same."""
    if finding.column is None or cell not in finding.column.words:
        return 1
    return len(np.unique(finding.rows[finding.column.codes == finding.column.words.index(cell)]))
