"""A meaning for every column of a file nobody knows, from header words and from values, and a profile from what was confirmed.

A header counts by its words and by likeness to the words of ``words/meanings.toml``; the cells below it confirm or doubt it. Wide columns
are gathered to families first, so that a file with two thousand columns is a handful of decisions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from rapidfuzz import fuzz, process

from mtss_desktop.domain.layouts import (
    SECOND,
    ColumnGroup,
    ColumnProposal,
    Family,
    Layout,
    LayoutQuestion,
    Meaning,
    OddColumn,
    Proposal,
)
from mtss_desktop.importing import families
from mtss_desktop.importing.columns import column_of
from mtss_desktop.importing.dates import date_order
from mtss_desktop.importing.headers import word_key
from mtss_desktop.importing.kinds import Values, look_at
from mtss_desktop.importing.profile import MEANINGS
from mtss_desktop.importing.sketches import Sketch
from mtss_desktop.importing.wide import Seasons
from mtss_desktop.importing.word_lists import meaning_words

LIKE = 88
"""Headers less alike than this (of 100) to every known one say nothing by themselves."""
TAKES = ("scores", "students", "incidents", "absences", "staff", "teams", "schools", "calendar")

_LISTS = ("staff", "teams", "calendar", "schools")
_COMMON = ("ids", "who", "where")
_SECTIONS = {
    "scores": (*_COMMON, "when", "scores", "goals"),
    "students": (*_COMMON, "when", "flags"),
    "incidents": (*_COMMON, "when", "incidents"),
    "absences": (*_COMMON, "when", "absences"),
    "staff": ("staff", "where"),
    "teams": ("teams", "where", "staff"),
    "schools": ("schools",),
    "calendar": ("calendar", "where"),
}
_GROUPS = {
    "ids": ColumnGroup.IDS,
    "who": ColumnGroup.WHO,
    "flags": ColumnGroup.WHO,
    "staff": ColumnGroup.WHO,
    "teams": ColumnGroup.WHO,
    "where": ColumnGroup.WHERE,
    "schools": ColumnGroup.WHERE,
    "when": ColumnGroup.WHEN,
    "calendar": ColumnGroup.WHEN,
}
_LABELS = {
    "local_id": "Student id",
    "state_id": "State id",
    "other_id": "Another id",
    "full_name": "Full name",
    "value": "Score",
    "taken_on": "Date of the test",
    "window": "Season",
    "year": "School year",
    "from_day": "From",
    "to_day": "Until",
    "school": "School code",
    "school_name": "School",
    "error": "Standard error",
    "official": "Official test",
    "goal_from": "Goal begins",
    "goal_to": "Goal ends",
    "goal_start": "Goal: score at the beginning",
    "goal_end": "Goal: score at the end",
    "number": "Incident number",
    "minute": "Time",
    "major": "Major or minor",
    "day": "Date",
    "action_taken": "Action taken",
    "portion": "Part of the day absent",
    "hispanic": "Hispanic or Latino",
    "sex": "Gender",
    "in_session": "School day",
    "state_code": "State code",
    "role": "Role on the team",
    "backup": "Backup",
    "brings": "Brings to the team",
}
_NEEDED = {
    "scores": ("value",),
    "students": ("grade",),
    "incidents": ("day",),
    "absences": ("day",),
    "staff": (),
    "teams": ("team",),
    "schools": ("school_name",),
    "calendar": ("day",),
}
_TELLING = {
    "incidents": ("behavior", "location", "action_taken", "minute", "major"),
    "absences": ("absent", "portion", "tardy", "excused"),
    "teams": ("team", "role", "backup"),
    "staff": ("position", "email"),
    "scores": ("value", "measure", "percentile", "level", "taken_on", "window"),
    "calendar": ("reason", "in_session"),
    "schools": ("grades",),
    "students": ("sex", "race", "from_day", "hispanic"),
}
_FITTING = {
    "birth_date": ("date",),
    "taken_on": ("date", "id"),
    "day": ("date", "id"),
    "from_day": ("date", "id"),
    "to_day": ("date", "id"),
    "goal_from": ("date",),
    "goal_to": ("date",),
    "value": ("number", "suppressed"),
    "percentile": ("number", "suppressed"),
    "error": ("number",),
    "goal_start": ("number",),
    "goal_end": ("number",),
    "portion": ("number",),
    "grade": ("grade",),
    "sex": ("sex",),
    "minute": ("time",),
    "email": ("mail",),
    "hispanic": ("yes_no",),
    "official": ("yes_no",),
    "local_id": ("id", "number", "guid", "code"),
    "state_id": ("id", "number", "guid", "code"),
    "other_id": ("id", "number", "guid", "code"),
    "first_name": ("text",),
    "last_name": ("text",),
    "full_name": ("text",),
    "school_name": ("text",),
    "team": ("text",),
    "behavior": ("text",),
    "location": ("text",),
    "number": ("id", "number", "guid"),
}


def meanings(takes: str) -> tuple[Meaning, ...]:
    """Everything a column of such a file can mean, in the order of a list to choose from."""
    found: dict[str, Meaning] = {}
    for section in _SECTIONS[takes]:
        for key in meaning_words()[section]:
            if key in found or not _may_mean(takes, key):
                continue
            label = _LABELS.get(key) or key.removeprefix("flag:").replace("_", " ").capitalize()
            if takes == "staff" and key == "local_id":
                label = "Staff id"
            if key.startswith("flag:"):
                label = key.removeprefix("flag:")
            found[key] = Meaning(key, label, _GROUPS.get(section, ColumnGroup.SCORES), key in _NEEDED[takes])
    return tuple(found.values())


def _may_mean(takes: str, key: str) -> bool:
    return key in MEANINGS[takes] or (takes == "students" and key.startswith("flag:"))


# Proposing ------------------------------------------------------------------------------------------------------------------


def propose(sketch: Sketch, takes: str = "") -> Proposal:
    """A meaning, how sure and why, for every column. ``takes`` says what kind of file it is where somebody chose."""
    values = {name: look_at(sketch.sample_of(name)) for name in sketch.names}
    never = _never(sketch, values)
    wide = () if takes not in ("", "scores") else families.find(sketch.names, values, never)
    in_family = {column.header: family.key for family in wide for column in family.columns}
    single = [name for name in sketch.names if name not in in_family and name not in never]
    kind, reason = (takes, "chosen") if takes else _kind_of_file(single, values, wide, sketch)
    if kind != "scores":
        wide, in_family = (), {}
        single = [name for name in sketch.names if name not in never]
    chosen = _choose(kind, single, values)
    if kind == "staff" or kind == "teams":  # colleagues' mail addresses are kept, students' never
        never = {name: why for name, why in never.items() if "mail" not in _words(name) and "email" not in _words(name)}
        chosen = _choose(kind, [name for name in sketch.names if name not in never], values)
    columns = tuple(
        _proposal(place, name, chosen.get(name), values[name], never.get(name, ""), in_family.get(name, -1), wide)
        for place, name in enumerate(sketch.names, start=1)
    )
    return Proposal(
        sketch.file_name,
        kind,
        reason,
        columns,
        wide,
        _questions(kind, columns, wide, values, sketch),
        sketch.header_line,
        tuple((word, word) for word in families.period_words(wide)),
    )


def family_by(sketch: Sketch, pattern: str, part: str = "value", key: int = 0, seasons: Seasons = ()) -> Family:
    """The columns that a pattern somebody typed maps, each split; none where it fits nothing."""
    return families.by_pattern(sketch.names, pattern, part, key, seasons)


def odd_columns(sketch: Sketch, family: Family, free: tuple[str, ...]) -> tuple[OddColumn, ...]:
    """Those of the ``free`` columns that would fit a family if one more word were a season."""
    return families.odd_columns(free, lambda name: look_at(sketch.sample_of(name)), family)


def _words(name: str) -> tuple[str, ...]:
    """A header's words as compared; where its column comes from is none of them."""
    return tuple(word_key(name.removeprefix(f"{SECOND}.")))


def is_called(header: str, means: str, takes: str) -> bool:
    """Is a header one of the words listed for a meaning?"""
    return any((" ".join(_words(header)), means) == (text, key) for text, key, _ in _known(takes))


@dataclass(frozen=True)
class _Guess:
    meaning: str
    confidence: float
    reason: str
    others: tuple[str, ...]


def _never(sketch: Sketch, values: Mapping[str, Values]) -> dict[str, str]:
    """Columns that are not for anybody here, with why."""
    found = dict.fromkeys(sketch.never_read, "looks like a password")
    private = {tuple(sorted(set(word_key(word)))) for word in meaning_words()["never"]["words"]}
    for name in sketch.names:
        if name in found:
            continue
        if _words(name) in private:
            found[name] = "private, and nothing here needs it"
        elif values[name].share("mail") > 0.6 or values[name].share("phone") > 0.6:
            found[name] = "holds phone numbers" if values[name].share("phone") > 0.6 else "holds mail addresses"
    return found


def _choose(takes: str, names: Sequence[str], values: Mapping[str, Values]) -> dict[str, _Guess]:
    """Each meaning for the column it fits best; several columns never share one."""
    scores = {name: _scores(takes, name, values[name], like) for name, like in _likeness(takes, names).items()}
    ranked = sorted(
        ((score, name, key, why) for name, found in scores.items() for key, (score, why) in found.items()),
        key=lambda each: (-each[0], names.index(each[1])),
    )
    chosen: dict[str, _Guess] = {}
    taken: set[str] = set()
    for score, name, key, why in ranked:
        if name in chosen or key in taken or score < 0.5:
            continue
        others = sorted((other for other in scores[name] if other != key), key=lambda other: -scores[name][other][0])
        chosen[name] = _Guess(key, round(score, 2), why, tuple(others[:3]))
        taken.add(key)
    return chosen


def _likeness(takes: str, names: Sequence[str]) -> dict[str, dict[str, tuple[float, str]]]:
    """For each header the meanings its words are like: (likeness up to 1, the known header)."""
    known = _known(takes)
    if not names:
        return {}
    texts = [" ".join(_words(name)) for name in names]
    table = process.cdist(texts, [text for text, _, _ in known], scorer=fuzz.ratio, dtype=np.uint8, score_cutoff=LIKE)
    found: dict[str, dict[str, tuple[float, str]]] = {name: {} for name in names}
    for row, column in zip(*np.nonzero(table), strict=True):
        _, key, phrase = known[int(column)]
        like = int(table[row, column]) / 100
        there = found[names[int(row)]]
        if like > there.get(key, (0.0, ""))[0]:
            there[key] = (like, phrase)
    return found


@cache
def _known(takes: str) -> tuple[tuple[str, str, str], ...]:
    """(words as compared, meaning, header as listed) of everything such a file may have."""
    return tuple(
        (" ".join(word_key(phrase)), key, phrase)
        for section in _SECTIONS[takes]
        for key, phrases in meaning_words()[section].items()
        if _may_mean(takes, key)
        for phrase in phrases
    )


def _scores(
    takes: str, name: str, values: Values, like: Mapping[str, tuple[float, str]]
) -> dict[str, tuple[float, str]]:
    """How sure each meaning is for a column, and why: its header, and whether its cells fit."""
    found = {}
    for key, (share, phrase) in like.items():
        sure = 0.92 if share == 1.0 else share - 0.15
        why = "its header says so" if share == 1.0 else f"its header is like “{phrase}”"
        found[key] = _weighed(key, sure, why, values)
    somebody_else = {"teacher", "staff", "examiner", "goal", "parent", "guardian", "counselor"} & set(_words(name))
    for key, why in () if somebody_else else _by_values(takes, values):
        if key not in found and not (key in _DAYS_OF and _OTHER_DAYS & set(_words(name))):
            found[key] = (0.55, why)
    return found


_DAYS_OF = ("taken_on", "day")
"""Meanings of the day a row is about."""
_OTHER_DAYS = frozenset(
    (
        "birth",
        "birth date",
        "entry",
        "enrollment",
        "exit",
        "start",
        "end",
        "begin",
        "hire",
        "withdrawal",
        "sync",
        "action",
    )
)


def _weighed(key: str, sure: float, why: str, values: Values) -> tuple[float, str]:
    fitting = ("yes_no", "code") if key.startswith("flag:") else _FITTING.get(key, ())
    if not fitting or not values.filled:
        return sure, why
    share = max(values.share(kind) for kind in fitting)
    if share >= 0.8:
        return min(sure + 0.06, 0.99), f"{why}, and its values fit"
    if share < 0.3:
        return sure * 0.5, f"{why}, but its values do not fit"
    return sure - 0.1, f"{why}; some of its values do not fit"


def _by_values(takes: str, values: Values) -> Iterable[tuple[str, str]]:
    """Meanings the cells alone suggest."""
    may = MEANINGS[takes]
    told = (
        ("full_name", "full_name", "its cells are names such as “Last, First”"),
        ("level", "level", "its cells are benchmark words"),
        ("window", "window", "its cells are seasons"),
        ("year", "year", "its cells are school years"),
        ("race", "race", "its cells are words for race"),
        ("email", "mail", "its cells are mail addresses"),
        *((key, "date", "its cells are dates") for key in _DAYS_OF),
    )
    for key, kind, why in told:
        if key in may and values.filled and values.share(kind) >= 0.8:
            yield key, why
    if "minute" in may and values.share("time") >= 0.8:
        yield "minute", "its cells are times of day"


def _kind_of_file(
    names: Sequence[str], values: Mapping[str, Values], wide: Sequence[Family], sketch: Sketch
) -> tuple[str, str]:
    """What the file is about: the kind whose telling columns it has most of."""
    if wide and sum(len(family.columns) for family in wide) >= 3:
        return "scores", "several scores stand in a row"
    best, told = "", (0.0, "")
    for takes in TAKES:
        chosen = _choose(takes, names, values)
        by_key = {guess.meaning: (name, guess.confidence) for name, guess in chosen.items()}
        telling = [key for key in _TELLING[takes] if key in by_key]
        sure = sum(by_key[key][1] for key in telling)
        lacking = [key for key in _NEEDED[takes] if key not in by_key]
        if takes == "scores" and wide:  # the scores stand in columns of their own
            sure, lacking = sure + 0.9, []
        sure *= 0.4 if lacking else 1.0
        if takes in _LISTS and len(chosen) < 2:
            continue
        if takes == "staff" and not by_key.keys() & {"full_name", "last_name"}:
            continue
        share = len(chosen) / max(len(names), 1)
        if takes == "students":
            sure += 0.5 * ("grade" in by_key)
        weight = sure * (0.6 if takes in _LISTS and _has_students(names) else 1.0) + share
        if weight > told[0]:
            best, told = takes, (weight, ", ".join(f"“{by_key[key][0]}”" for key in telling[:3]))
    return best or "scores", f"it has {told[1]}" if told[1] else "nothing tells what it is about"


def _has_students(names: Sequence[str]) -> bool:
    return any("student" in _words(name) for name in names)


def _proposal(
    place: int,
    name: str,
    guess: _Guess | None,
    values: Values,
    never: str,
    family: int,
    wide: Sequence[Family],
) -> ColumnProposal:
    if never:
        return ColumnProposal(name, place, "", ColumnGroup.NEVER, 1.0, never)
    if family >= 0:
        found = next(each for each in wide if each.key == family)
        return ColumnProposal(
            name, place, found.part, ColumnGroup.SCORES, 0.9, f"fits “{found.pattern}”", values.examples, (), family
        )
    if guess is None:
        why = "nothing stands in it" if not values.filled else "its header says nothing that is taken"
        return ColumnProposal(name, place, "", ColumnGroup.OTHER, 0.0, why, values.examples)
    return ColumnProposal(
        name, place, guess.meaning, _group(guess.meaning), guess.confidence, guess.reason, values.examples, guess.others
    )


def _group(meaning: str) -> ColumnGroup:
    for section, table in meaning_words().items():
        if meaning in table:
            return _GROUPS.get(section, ColumnGroup.SCORES)
    return ColumnGroup.SCORES


# Questions --------------------------------------------------------------------------------------------------------------------


def _questions(
    takes: str,
    columns: Sequence[ColumnProposal],
    wide: Sequence[Family],
    values: Mapping[str, Values],
    sketch: Sketch,
) -> tuple[LayoutQuestion, ...]:
    has = {column.meaning for column in columns}
    asked: list[LayoutQuestion] = []
    if takes in ("scores", "students", "incidents", "absences") and not has & {
        *("local_id", "state_id", "other_id", "full_name", "last_name")
    }:
        asked.append(LayoutQuestion("student", "Which column says which student a row is about?"))
    if takes == "scores":
        asked += _score_questions(has, wide)
    if takes in ("incidents", "absences", "calendar") and "day" not in has:
        asked.append(LayoutQuestion("day", "Which column says on which day it was?"))
    if takes == "teams" and "team" not in has:
        asked.append(LayoutQuestion("team", "Which column names the team?"))
    dates = [column for column in columns if values[column.header].share("date") > 0.5 and column.meaning]
    if any(date_order(column_of(sketch.sample_of(column.header))) == "ask" for column in dates):
        text = "Is the month first (4/5 is April 5) or the day (4/5 is May 4)?"
        asked.append(LayoutQuestion("date_order", text, ("mdy", "dmy")))
    return tuple(asked)


def _score_questions(has: set[str], wide: Sequence[Family]) -> list[LayoutQuestion]:
    asked = []
    if not wide and "value" not in has and "level" not in has:
        asked.append(LayoutQuestion("value", "Which column holds the scores?"))
    if not wide and "measure" not in has:
        asked.append(LayoutQuestion("measure", "Which test is this?"))
    dated = has & {"taken_on", "window"} or any(family.windows for family in wide)
    if not dated:
        seasons = ("Fall", "Winter", "Spring")
        asked.append(LayoutQuestion("window", "When was this test given?", seasons, whole_file=True))
    if not has & {"taken_on", "year"} and not any(column.year for family in wide for column in family.columns):
        asked.append(LayoutQuestion("year", "Which school year are these scores of?", whole_file=True))
    return asked


def layout_of(proposal: Proposal) -> Layout:
    """The proposal as it stands, as if confirmed."""
    return proposal.layout()
