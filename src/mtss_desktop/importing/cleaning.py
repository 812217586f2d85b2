"""Named cleaners: the text of a cell in, a value, nothing or a trouble out. Run once per different text of a column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from mtss_desktop.base.folding import fold
from mtss_desktop.importing import season_years
from mtss_desktop.importing.columns import Codes, Column, Numbers, spread, spread_numbers, tidy
from mtss_desktop.importing.dates import either_way, hour_without_half, parse_date, parse_time, parts_of_date
from mtss_desktop.importing.encoding import LOST
from mtss_desktop.importing.numbers import (
    ASK,
    ASK_DOTS,
    BOTH,
    COMMA,
    POINT,
    in_percent,
    is_dotted,
    is_doubtful,
    parse_number,
    part_in_doubt,
)
from mtss_desktop.importing.supports import has_support, support_question
from mtss_desktop.importing.vocabulary import level_key, plain, vocabulary

NONE = -1_000_000
"""Stands for "no value" in columns of whole numbers: no day, grade or key is as small."""

Value = str | int | float


@dataclass(frozen=True)
class Trouble:
    """Why a text gave no value. A ``question`` can be answered by a person, a problem needs another file."""

    message: str
    question: bool = False
    ask: str = ""
    """What a person may say to it in its row: level or score."""


@dataclass(frozen=True)
class Note:
    """There is no value and the file says why: suppressed, not assessed, discontinued …"""

    text: str


Cleaned = Value | Note | Trouble | None


@dataclass(frozen=True)
class Asked:
    """What a cleaner may need to know: the day of the import, the column's options from the profile, a person's answers."""

    today: date
    options: Mapping[str, object] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)

    def option(self, name: str) -> str:
        return str(self.options.get(name, ""))

    def limit(self, name: str) -> float | None:
        value = self.options.get(name)
        return float(value) if isinstance(value, int | float) else None

    def words(self, name: str) -> tuple[str, ...]:
        value = self.options.get(name, ())
        return tuple(plain(str(word)) for word in value) if isinstance(value, list | tuple) else ()


Cleaner = Callable[[str, Asked], Cleaned]


@dataclass(frozen=True)
class CleanColumn:
    """``values[code]`` is what the text with that code means."""

    header: str
    column: Column
    values: tuple[Cleaned, ...]

    def whole(self) -> Codes:
        """Whole numbers by row; ``NONE`` where there is none."""
        return spread([int(v) if isinstance(v, int | float) else None for v in self.values], self.column, NONE)

    def numbers(self) -> Numbers:
        return spread_numbers([float(v) if isinstance(v, int | float) else None for v in self.values], self.column)

    def texts(self) -> Column:
        """The cleaned texts; rows without one have code -1."""
        return self._as_column([v if isinstance(v, str) else None for v in self.values])

    def notes(self) -> Column:
        return self._as_column([v.text if isinstance(v, Note) else None for v in self.values])

    def troubles(self) -> dict[int, Trouble]:
        return {code: value for code, value in enumerate(self.values) if isinstance(value, Trouble)}

    def _as_column(self, meanings: list[str | None]) -> Column:
        table = dict(zip(self.column.words, meanings, strict=True))
        return self.column.mapped(table.__getitem__)


_WORDS = frozenset({"text", "race", "birth date", "sex"})
"""Cleaners of what is still worth having where a letter of it was lost."""


_FAILED = re.compile(r"#{2,}|#(?:DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|ERROR!)", re.IGNORECASE)
_NOT_SHOWN = "The spreadsheet could not show what stands here. Mend the cell and export the file again."


def clean(header: str, column: Column, name: str, asked: Asked) -> CleanColumn:
    """Every different text through the named cleaner. Texts that mean "nothing here" never reach it."""
    cleaner = CLEANERS[name]
    known = vocabulary()
    values: list[Cleaned] = []
    for word in column.words:
        text = word if word.isascii() and word.isalnum() else tidy(word)
        if LOST in text and name not in _WORDS:
            values.append(Trouble("A letter of this cell was lost. Export the file again."))
        elif text.startswith("#") and _FAILED.fullmatch(text):
            values.append(Trouble(_NOT_SHOWN))
        else:
            values.append(None if text.casefold() in known.missing else cleaner(text, asked))
    return CleanColumn(header, column, tuple(values))


# Texts and ids ----------------------------------------------------------------------------------------------------------


def _text(text: str, asked: Asked) -> Cleaned:
    return " ".join(text.split()) if len(text) <= 500 else Trouble("The text is longer than 500 characters.")


def _code(text: str, asked: Asked) -> Cleaned:
    return re.sub(r"(?<=\d)\.0+$", "", " ".join(text.split()))


_ROUNDED = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,3}")


def _id(text: str, asked: Asked) -> Cleaned:
    """Leading zeros stay. A number a spreadsheet has rounded has lost digits and is refused."""
    if text.isdecimal() and len(text) <= 64:  # the usual id; a large file has many thousand different ones
        return text
    if _ROUNDED.fullmatch(text):
        return Trouble("A spreadsheet has rounded this number, so digits are lost. Export the file again.")
    if len(text) > 64:
        return Trouble("This is too long to be an id.")
    return re.sub(r"^#(?=\d)|(?<=\d)\.0+$", "", "".join(text.split())).casefold()


def _first_code(text: str, asked: Asked) -> Cleaned:
    """The first of several codes in one cell."""
    return _code(re.split(r"[,;|]", text)[0].strip("{}[] "), asked)


def _level(text: str, asked: Asked) -> Cleaned:
    """A benchmark word of the layout; a percent after it is no part of the word. Words a layout does not list are asked for."""
    known = vocabulary()
    key = plain(text)
    if key in known.suppressed or key in known.notes:
        return None
    text = re.sub(r"\s+\d+(?:\.\d+)?\s*%$", "", text)
    text = asked.option("before") + text
    words = {level_key(word): word for word in _strings(asked.options.get("levels"))}
    answer = asked.answers.get(level_question(text), "")
    if answer == NO_LEVEL:
        return None
    if is_decimal(text):
        answer = ""
    found = words.get(level_key(text)) or words.get(level_key(answer)) or answer
    if not found and not words and level_key(text) in known.levels:
        found = " ".join(text.split())
    return found or Trouble("This level word is not known; which one is it?", question=True, ask="level")


NO_LEVEL = "no level"


def level_question(text: str) -> str:
    """What an answer to a level word is kept under; all decimals ask as one."""
    key = level_key(tidy(text))
    return f"level:{'any decimal' if is_decimal(key) else key}"


def is_decimal(text: str) -> bool:
    """4.2 is a measure of its own, and no word for a level."""
    return re.fullmatch(r"\d+[.,]\d+", text.strip()) is not None


def marked_question(cell: str) -> str:
    """What an answer to a score with a sign after it is kept under: the sign, for it means the same in the whole file."""
    return f"marked:{tidy(cell).lstrip('-0123456789., ')}"


def score_question(value: float) -> str:
    return f"score:{value:g}"


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, list | tuple) else ()


# Kinds of word ------------------------------------------------------------------------------------------------------------


_GRADE = re.compile(r"(?i)^(?:grade|gr\.?|g)(?=[\s\d-])[\s-]*|\s*\bgrade$|(?<=\d)\.0$")
NO_GRADE = "no grade"


def _grade(text: str, asked: Asked) -> Cleaned:
    """Grades run from PK to 12; what else a system writes (13, EE, PS1, UG) is asked once for its layout."""
    known = vocabulary().grades
    text = text.rpartition("#")[2] if text.startswith("uri:") else text
    key = plain(_GRADE.sub("", text).strip(" ."))
    found = known.get(key, known.get(plain(text)))
    if found is not None:
        return found
    answer = asked.answers.get(grade_question(asked.option("profile"), text), "")
    if answer == NO_GRADE:
        return Note(NO_GRADE)
    told = known.get(plain(answer))
    return (
        told if told is not None else Trouble("This grade is not known; which one is it?", question=True, ask="grade")
    )


def grade_question(profile: str, cell: str) -> str:
    """What an answer to a grade is kept under: 13 is kindergarten in one layout and a year after school in another."""
    return f"grade:{profile}:{plain(tidy(cell))}"


def _yes_or_no(text: str, asked: Asked) -> Cleaned:
    known, key = vocabulary(), plain(text)
    yes, no = asked.words("yes"), asked.words("no")
    if key in (yes or known.yes):
        return 1
    if key in (no or known.no):
        return 0
    return None if yes or no else Trouble("This is neither yes nor no.")


def _support(text: str, asked: Asked) -> Cleaned:
    """1 where there is an IEP, a 504 plan and the like, 0 where there is none; what could be either is asked once."""
    of = asked.option("of")
    answer = asked.answers.get(support_question(of, text), "")
    if answer in ("yes", "no"):
        return int(answer == "yes")
    seen = asked.options.get("seen")
    found = has_support(text, of, seen if isinstance(seen, tuple) else ())
    if found is not None:
        return int(found)
    return Trouble("Does this word say yes or no here?", question=True, ask=f"support:{of}")


def _attendance(text: str) -> dict[str, bool] | None:
    """What an attendance code says: absent, tardy, excused. Codes of two parts such as "T-E" say both."""
    known = vocabulary().attendance
    found = known.get(plain(text))
    if found is None:
        parts = [known.get(part) for part in re.split(r"[\s/_-]+", plain(text)) if part]
        if not parts or any(part is None for part in parts):
            return None
        found = {name: value for part in parts if part for name, value in part.items()}
        if found.get("tardy"):  # excused, as in T-E, is said of the tardy
            found.pop("absent", None)
    return dict(found)


ATTENDANCE: Mapping[str, Mapping[str, bool]] = {
    "absent": {"absent": True},
    "absent, excused": {"absent": True, "excused": True},
    "absent, not excused": {"absent": True, "excused": False},
    "tardy": {"tardy": True},
    "present": {},
}
"""What a person may say that a code means."""


def attendance_question(cell: str) -> str:
    """What an answer to an attendance code is kept under."""
    return f"attendance:{plain(tidy(cell))}"


def _attendance_says(name: str) -> Cleaner:
    def cleaned(text: str, asked: Asked) -> Cleaned:
        if re.fullmatch(r"[01](?:\.\d+)?|y|n|yes|no|true|false", text.casefold()):
            return _yes_or_no(text, asked) if not re.fullmatch(r"0\.\d*[1-9]\d*", text) else 1
        said = _attendance(text)
        if said is None:
            told = ATTENDANCE.get(asked.answers.get(attendance_question(text), ""))
            said = dict(told) if told is not None else None
        if said is None and name != "absent":
            return None
        if said is None:
            return Trouble("This attendance code is not known; what does it say?", question=True, ask="attendance")
        return int(said[name]) if name in said else (0 if name != "excused" else None)

    return cleaned


def _sex(text: str, asked: Asked) -> Cleaned:
    return {"F": 1, "M": 2, "X": 3}.get(vocabulary().sexes.get(plain(text), ""))


def _race(text: str, asked: Asked) -> Cleaned:
    return vocabulary().races.get(plain(text), " ".join(text.split()))


def _window(text: str, asked: Asked) -> Cleaned:
    """BOY is Fall; windows beyond the three keep the file's own word."""
    key, known = plain(re.sub(r"(?<=[a-z])[-_](?=[a-z])", " ", text, flags=re.IGNORECASE)), vocabulary().windows
    return known.get(key) or season_years.season_of(text) or known.get(key.split(" ")[0]) or " ".join(text.split())


def _window_of_term(text: str, asked: Asked) -> Cleaned:
    words = plain(re.sub(r"\d[\d\s/–-]*", " ", text))
    found = vocabulary().windows.get(words)
    return found or (words.title() if words else Trouble("The term names no season."))


# Dates, years, times --------------------------------------------------------------------------------------------------------

_SHORT_YEARS = re.compile(r"(?:SY\s*)?(\d\d)\s*[-–/]\s*(\d\d)", re.IGNORECASE)
_YEARS = re.compile(r"(?:SY\s*)?((?:19|20)\d\d)(?:\s*[-–/]\s*(\d\d(?:\d\d)?))?", re.IGNORECASE)


def _school_year(text: str, asked: Asked) -> Cleaned:
    """2023-2024, 2023–24 → 2023. A single year is the one the school year begins in, unless the column says ``single = "end"``."""
    short = _SHORT_YEARS.fullmatch(text)
    if short and int(short[2]) == (int(short[1]) + 1) % 100:
        return _checked_year(2000 + int(short[1]), short[2], asked)
    found = _YEARS.fullmatch(text)
    if not found:
        return Trouble("This is not a school year such as 2025-26.")
    return _checked_year(int(found[1]), found[2], asked)


def _year_of_term(text: str, asked: Asked) -> Cleaned:
    year, season, how = season_years.single_year(text), season_years.season_of(text), asked.option("season_year")
    if year and season:
        start = season_years.school_year(season, year, how)
        if how == season_years.ASK and start != year:
            return Trouble(
                "Is this the year of the calendar or of the school? Nothing in the file tells.", question=True
            )
        return _checked_year(start, str(start + 1), asked)
    short = _SHORT_YEARS.search(text)
    if short and int(short[2]) == (int(short[1]) + 1) % 100 and not _YEARS.search(text):
        return _checked_year(2000 + int(short[1]), short[2], asked)
    found = _YEARS.search(text)
    if found:
        return _checked_year(int(found[1]), found[2], asked)
    if ends := _ENDS.search(text):
        return _checked_year(1999 + int(ends[1]), None, replace(asked, options={}))
    if season and (short_year := season_years.short_year(text)):
        return _checked_year(season_years.school_year(season, short_year, how), None, replace(asked, options={}))
    return Trouble("The term names no school year.")


_ENDS = re.compile(r"\b[SF]Y ?'?(\d\d)(?!\d)", re.IGNORECASE)
"""SY26 is the school year that ends in 2026."""


def _checked_year(start: int, end: str | None, asked: Asked) -> Cleaned:
    if end is not None and int(end) % 100 != (start + 1) % 100:
        return Trouble("A school year ends in the year after it begins.")
    if end is None and asked.option("single") == "ask":
        return Trouble("Does the school year begin or end in this year? Nothing in the file tells.", question=True)
    if end is None and asked.option("single") == "end":
        start -= 1
    if not 1990 <= start <= asked.today.year + 1:
        return Trouble("This school year cannot be.")
    return start


def _date_between(text: str, asked: Asked, first: date, last: date, beyond: str) -> Cleaned:
    order = asked.option("order")
    if (order == "ask" and either_way(text)) or (order == "both" and parts_of_date(text)):
        return Trouble("Is the month or the day first? Nothing in the file tells.", question=True)
    found = parse_date(text, order or "mdy", asked.today)
    if found is None:
        return Trouble(_why_no_date(text, order, asked.today))
    if found < first:
        return Trouble("This date lies too far back.")
    return found.toordinal() if found <= last else Trouble(beyond)


def _why_no_date(text: str, order: str, today: date) -> str:
    if parse_date(text, "mdy" if order == "dmy" else "dmy", today) is None:
        return "This is not a date."
    first, second = ("month", "day") if order == "dmy" else ("day", "month")
    return f"The {first} stands before the {second} here, unlike in the rest of the file."


def _date(text: str, asked: Asked) -> Cleaned:
    last = asked.today + timedelta(days=730)
    return _date_between(text, asked, date(1980, 1, 1), last, "This date lies too far ahead.")


def _past_date(text: str, asked: Asked) -> Cleaned:
    return _date_between(text, asked, date(1990, 1, 1), asked.today, "This date has not come yet.")


def _birth_date(text: str, asked: Asked) -> Cleaned:
    """A birth date that cannot be is not worth losing the row for: it is left out."""
    order = asked.option("order")
    if (order == "ask" and either_way(text)) or (order == "both" and parts_of_date(text)):
        return Trouble("Is the month or the day first? Nothing in the file tells.", question=True)
    found = parse_date(text, asked.option("order") or "mdy", asked.today)
    usable = found is not None and 2 <= (asked.today - found).days / 365.25 <= 60
    return found.toordinal() if found and usable else None


def _time(text: str, asked: Asked) -> Cleaned:
    """Minutes after midnight."""
    clock = asked.option("clock")
    found = parse_time(text, clock)
    if found is None:
        return Trouble("This is not a time of day.")
    if clock == "ask" and (hour := hour_without_half(text)) is not None and 1 <= hour <= 6:
        return Trouble("Is this before or after noon? Nothing in the file tells.", question=True)
    return found


# Numbers ----------------------------------------------------------------------------------------------------------------------


_MARKED = re.compile(r"(-?\d+(?:[.,]\d+)?) ?[*†‡^#]+")
"""A number with a sign after it that stands for a remark somewhere else."""


_UNITS = r"w?wcpm|cwpm|wpm|wrcm?|words?(?: correct)?(?: per minute)?|pts?|points?|correct|lsf|dcpm|cdpm?|digits?(?: correct)?"
_WITH_UNIT = re.compile(rf"(\d+(?:\.\d+)?) ?(?:{_UNITS})\.?", re.IGNORECASE)
"""54 WCPM."""
_LEXILE = re.compile(r"(br|em)?\s?(\d{1,4})[lq]")
"""450L, and BR120L or EM20Q for what lies as far below zero."""


def _number(text: str, asked: Asked) -> Cleaned:
    known, key = vocabulary(), plain(text)
    if key in known.suppressed or re.fullmatch(r"[<>≤≥]=?\s*[\d.]+%?|\d+\+", key):
        return Note("suppressed")
    if key[-1:].isalpha() or key[-1:] == ".":
        if unit := _WITH_UNIT.fullmatch(key):
            return float(unit[1])
        if lexile := _LEXILE.fullmatch(key):
            return float(lexile[2]) * (-1 if lexile[1] else 1)
    if key in known.notes:
        return Note(known.notes[key])
    decimal = asked.option("decimal") or POINT
    if decimal == ASK and is_doubtful(text):
        return Trouble("Does the comma stand before decimals here? Nothing in the file tells.", question=True)
    if decimal == ASK_DOTS and is_dotted(text) and "." in text:
        return Trouble("Does the point stand between thousands here? Nothing in the file tells.", question=True)
    found = parse_number(text, POINT if decimal in (ASK, ASK_DOTS) else decimal)
    if found is None and decimal == BOTH and (parse_number(text, COMMA) is not None or is_dotted(text)):
        return Trouble("Some numbers of this column have a decimal comma and some a point, so this one cannot be told.")
    return found if found is not None else Trouble("This is not a number.")


def _percent(text: str, asked: Asked) -> Cleaned:
    """A number that may be written as a part of one."""
    found, how = _number(text, asked), asked.option("parts")
    if not isinstance(found, float):
        return found
    if part_in_doubt(found, text, how):
        return Trouble("Is this a part of one, or less than one percent? Nothing in the file tells.", question=True)
    return in_percent(found, text, how)


def _score(text: str, asked: Asked) -> Cleaned:
    """A number inside the limits of its column; ``doubt_…`` limits ask instead of refusing."""
    found = _percent(text, asked)
    if isinstance(found, Trouble) and (marked := _MARKED.fullmatch(text)):
        return _marked_score(text, marked[1], asked)
    if not isinstance(found, float):
        return found
    lowest, highest = asked.limit("lowest"), asked.limit("highest")
    if abs(found) > 1e6 or (lowest is not None and found < lowest) or (highest is not None and found > highest):
        return Trouble("This score cannot be.")
    if asked.answers.get(score_question(found)) == "yes":
        return found
    below, above = asked.limit("doubt_below"), asked.limit("doubt_above")
    if (below is not None and found < below) or (above is not None and found > above):
        limit = f"below {below:g}" if below is not None and found < below else f"above {above:g}"
        return Trouble(f"The score is {limit}; it looks mistyped.", question=True, ask="score")
    return found


def _marked_score(text: str, number: str, asked: Asked) -> Cleaned:
    found = _score(number, asked)
    if isinstance(found, float) and asked.answers.get(marked_question(text)) != "yes":
        return Trouble("A sign stands after this score. Does it count as it is?", question=True, ask="marked")
    return found


_RANK = re.compile(r"(\d{1,3})(?:st|nd|rd|th|\+)(?: percentile)?", re.IGNORECASE)
"""12th, and 99+ for the highest."""


def _percentile(text: str, asked: Asked) -> Cleaned:
    rank = _RANK.fullmatch(text)
    found = _percent(rank[1] if rank else text, asked)
    if isinstance(found, float) and not 0 <= found <= 100:
        return Trouble("A percentile lies between 0 and 100.")
    return found


def _portion(text: str, asked: Asked) -> Cleaned:
    """Hundredths of a day."""
    found = _number(text, asked)
    if isinstance(found, float):
        part = found / 100 if text.endswith("%") else found
        return round(part * 100) if 0 <= part <= 1 else Trouble("A part of a day lies between 0 and 1.")
    return None if isinstance(found, Note) else found


CLEANERS: Mapping[str, Cleaner] = {
    "text": _text,
    "code": _code,
    "id": _id,
    "first code": _first_code,
    "absent code": _attendance_says("absent"),
    "tardy code": _attendance_says("tardy"),
    "excused code": _attendance_says("excused"),
    "level": _level,
    "grade": _grade,
    "yes or no": _yes_or_no,
    "yes, no or code": _support,
    "sex": _sex,
    "race": _race,
    "window": _window,
    "window of a term": _window_of_term,
    "school year": _school_year,
    "year of a term": _year_of_term,
    "date": _date,
    "past date": _past_date,
    "birth date": _birth_date,
    "time": _time,
    "number": _number,
    "score": _score,
    "percentile": _percentile,
    "portion": _portion,
}

DATE_CLEANERS = frozenset({"date", "past date", "birth date"})
NUMBER_CLEANERS = frozenset({"number", "score", "percentile", "portion"})


def name_key(first: str, last: str) -> str:
    """How names are compared."""
    return f"{fold(last)}|{fold(first)}"
