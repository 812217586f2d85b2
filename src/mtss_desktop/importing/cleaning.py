"""Named cleaners: the text of a cell in, a value, nothing or a trouble out. Run once per different text of a column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from mtss_desktop.base.folding import fold
from mtss_desktop.importing.columns import Codes, Column, Numbers, spread, spread_numbers
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


def clean(header: str, column: Column, name: str, asked: Asked) -> CleanColumn:
    """Every different text through the named cleaner. Texts that mean "nothing here" never reach it."""
    cleaner = CLEANERS[name]
    known = vocabulary()
    values: list[Cleaned] = []
    for word in column.words:
        text = tidy(word)
        values.append(None if text.casefold() in known.missing else cleaner(text, asked))
    return CleanColumn(header, column, tuple(values))


def tidy(cell: str) -> str:
    """Without outer space and without the formula that protects an id: ``="00123"`` is 00123."""
    text = cell.replace("\u00a0", " ").strip()
    if text.startswith("="):
        found = re.fullmatch(r'="?([^"]*)"?', text)
        text = found[1].strip() if found else text
    return text


# Texts and ids ----------------------------------------------------------------------------------------------------------


def _text(text: str, asked: Asked) -> Cleaned:
    return " ".join(text.split()) if len(text) <= 500 else Trouble("The text is longer than 500 characters.")


def _code(text: str, asked: Asked) -> Cleaned:
    return re.sub(r"(?<=\d)\.0+$", "", " ".join(text.split()))


_ROUNDED = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,3}")


def _id(text: str, asked: Asked) -> Cleaned:
    """Leading zeros stay. A number a spreadsheet has rounded has lost digits and is refused."""
    if _ROUNDED.fullmatch(text):
        return Trouble("A spreadsheet has rounded this number, so digits are lost. Export the file again.")
    if len(text) > 64:
        return Trouble("This is too long to be an id.")
    return re.sub(r"(?<=\d)\.0+$", "", "".join(text.split())).casefold()


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
    found = words.get(level_key(text)) or words.get(level_key(answer)) or answer
    if not found and not words and level_key(text) in known.levels:
        found = " ".join(text.split())
    return found or Trouble("This level word is not known; which one is it?", question=True, ask="level")


NO_LEVEL = "no level"


def level_question(text: str) -> str:
    """What an answer to a level word is kept under."""
    return f"level:{level_key(tidy(text))}"


def score_question(value: float) -> str:
    return f"score:{value:g}"


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, list | tuple) else ()


# Kinds of word ------------------------------------------------------------------------------------------------------------


def _grade(text: str, asked: Asked) -> Cleaned:
    key = plain(re.sub(r"(?i)^grade\b|\bgrade$|\.0$", "", text).strip(" ."))
    found = vocabulary().grades.get(key)
    return found if found is not None else Trouble("This grade is not known; grades run from PK to 12.")


def _yes_or_no(text: str, asked: Asked) -> Cleaned:
    known, key = vocabulary(), plain(text)
    yes, no = asked.words("yes"), asked.words("no")
    if key in (yes or known.yes):
        return 1
    if key in (no or known.no):
        return 0
    return None if yes or no else Trouble("This is neither yes nor no.")


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


def _attendance_says(name: str) -> Cleaner:
    def cleaned(text: str, asked: Asked) -> Cleaned:
        if re.fullmatch(r"[01](?:\.\d+)?|yes|no|true|false", text.casefold()):
            return _yes_or_no(text, asked) if not re.fullmatch(r"0\.\d*[1-9]\d*", text) else 1
        said = _attendance(text)
        if said is None:
            return Trouble("This attendance code is not known.") if name == "absent" else None
        return int(said[name]) if name in said else (0 if name != "excused" else None)

    return cleaned


def _sex(text: str, asked: Asked) -> Cleaned:
    return {"F": 1, "M": 2, "X": 3}.get(vocabulary().sexes.get(plain(text), ""))


def _race(text: str, asked: Asked) -> Cleaned:
    return vocabulary().races.get(plain(text), " ".join(text.split()))


def _window(text: str, asked: Asked) -> Cleaned:
    """BOY is Fall; windows beyond the three keep the file's own word."""
    key = plain(text)
    return vocabulary().windows.get(key) or vocabulary().windows.get(key.split(" ")[0]) or " ".join(text.split())


def _window_of_term(text: str, asked: Asked) -> Cleaned:
    words = plain(re.sub(r"\d[\d\s/–-]*", " ", text))
    found = vocabulary().windows.get(words)
    return found or (words.title() if words else Trouble("The term names no season."))


# Dates, years, times --------------------------------------------------------------------------------------------------------

_YEARS = re.compile(r"(?:SY\s*)?((?:19|20)\d\d)(?:\s*[-–/]\s*(\d\d(?:\d\d)?))?", re.IGNORECASE)


def _school_year(text: str, asked: Asked) -> Cleaned:
    """2023-2024, 2023–24 → 2023. A single year is the one the school year begins in, unless the column says ``single = "end"``."""
    found = _YEARS.fullmatch(text)
    if not found:
        return Trouble("This is not a school year such as 2025-26.")
    return _checked_year(int(found[1]), found[2], asked)


def _year_of_term(text: str, asked: Asked) -> Cleaned:
    found = _YEARS.search(text)
    return _checked_year(int(found[1]), found[2], asked) if found else Trouble("The term names no school year.")


def _checked_year(start: int, end: str | None, asked: Asked) -> Cleaned:
    if end is not None and int(end) % 100 != (start + 1) % 100:
        return Trouble("A school year ends in the year after it begins.")
    if end is None and asked.option("single") == "end":
        start -= 1
    if not 1990 <= start <= asked.today.year + 1:
        return Trouble("This school year cannot be.")
    return start


_MONTHS = {
    m: n
    for n, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)
}
_YMD = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_THREE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[ T]+\d.*)?")
_NAMED = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3})[a-z]*[- ,]+(\d{4}|\d{2})|([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? +(\d{4})")
_EIGHT = re.compile(r"(?:19|20)\d{6}")
_PACKED = re.compile(r"\d{7,8}")
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
_EPOCH = re.compile(r"\d{13}")


def parts_of_date(text: str) -> tuple[int, int] | None:
    """The first two numbers of a date such as 4/5/2025, whose order only its neighbors can tell."""
    found = _THREE.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


def parse_date(text: str, order: str, today: date) -> date | None:
    """A date as files write it; ``order`` is mdy or dmy for 4/5/2025. ``None`` where it is none."""
    try:
        return _parsed(text, order, today)
    except (ValueError, OverflowError):
        return None


def _parsed(text: str, order: str, today: date) -> date | None:
    if found := _YMD.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _THREE.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), _four_digits(found[3], today)
        return date(year, second, first) if order == "dmy" else date(year, first, second)
    if found := _NAMED.fullmatch(text):
        number = _MONTHS.get((found[2] or found[4]).casefold())
        return date(_four_digits(found[3] or found[6], today), number, int(found[1] or found[5])) if number else None
    if _EIGHT.fullmatch(text):
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    if _PACKED.fullmatch(text):
        text = text.zfill(8)
        return date(int(text[4:]), int(text[:2]), int(text[2:4]))
    if _SERIAL.fullmatch(text):
        return date(1899, 12, 30) + timedelta(days=int(float(text)))
    if _EPOCH.fullmatch(text):
        return date(1970, 1, 1) + timedelta(milliseconds=int(text))
    return None


def _four_digits(year: str, today: date) -> int:
    """Two digits mean the latest such year that is not beyond next year."""
    if len(year) == 4:
        return int(year)
    full = today.year // 100 * 100 + int(year)
    return full if full <= today.year + 1 else full - 100


def _date_between(text: str, asked: Asked, first: date, last: date, beyond: str) -> Cleaned:
    found = parse_date(text, asked.option("order") or "mdy", asked.today)
    if found is None:
        return Trouble("This is not a date.")
    if asked.option("order") == "ask" and _either(text):
        return Trouble("Is the month or the day first? Nothing in the file tells.", question=True)
    if found < first:
        return Trouble("This date lies too far back.")
    return found.toordinal() if found <= last else Trouble(beyond)


def _either(text: str) -> bool:
    parts = parts_of_date(text)
    return parts is not None and parts[0] != parts[1] and max(parts) <= 12


def _date(text: str, asked: Asked) -> Cleaned:
    last = asked.today + timedelta(days=730)
    return _date_between(text, asked, date(1980, 1, 1), last, "This date lies too far ahead.")


def _past_date(text: str, asked: Asked) -> Cleaned:
    return _date_between(text, asked, date(1990, 1, 1), asked.today, "This date has not come yet.")


def _birth_date(text: str, asked: Asked) -> Cleaned:
    """A birth date that cannot be is not worth losing the row for: it is left out."""
    found = parse_date(text, asked.option("order") or "mdy", asked.today)
    usable = found is not None and 2 <= (asked.today - found).days / 365.25 <= 60
    return found.toordinal() if found and usable else None


_CLOCK = re.compile(r"(?:\S*[T ])?(\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)?\s*([AaPp])?\.?[Mm]?\.?")


def _time(text: str, asked: Asked) -> Cleaned:
    """Minutes after midnight."""
    found = _CLOCK.fullmatch(text)
    if not found:
        return Trouble("This is not a time of day.")
    hour, minute = int(found[1]), int(found[2])
    if found[3]:
        hour = hour % 12 + (12 if found[3] in "Pp" else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else Trouble("This is not a time of day.")


# Numbers ----------------------------------------------------------------------------------------------------------------------


def _parse_number(text: str) -> float | None:
    text = text.replace("\u2212", "-")  # the minus sign of word processors
    plain_text = text.replace(",", "") if re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", text) else text
    if not re.fullmatch(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?", plain_text):
        return None
    return round(float(plain_text), 6)


def _number(text: str, asked: Asked) -> Cleaned:
    known, key = vocabulary(), plain(text)
    if key in known.suppressed or re.fullmatch(r"[<>≤≥]=?\s*[\d.]+%?", key):
        return Note("suppressed")
    if key in known.notes:
        return Note(known.notes[key])
    found = _parse_number(text.removesuffix("%").strip())
    return found if found is not None else Trouble("This is not a number.")


def _score(text: str, asked: Asked) -> Cleaned:
    """A number inside the limits of its column; ``doubt_…`` limits ask instead of refusing."""
    found = _number(text, asked)
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


def _percentile(text: str, asked: Asked) -> Cleaned:
    found = _number(text, asked)
    if isinstance(found, float) and not 0 <= found <= 100:
        return Trouble("A percentile lies between 0 and 100.")
    return found


def _portion(text: str, asked: Asked) -> Cleaned:
    """Hundredths of a day."""
    found = _number(text, asked)
    if isinstance(found, float):
        return round(found * 100) if 0 <= found <= 1 else Trouble("A part of a day lies between 0 and 1.")
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


def date_order(column: Column) -> str:
    """mdy or dmy from the evidence of the whole column; "ask" where nothing tells."""
    told = order_told(column)
    if told:
        return told
    pairs = [parts for word in column.words if (parts := parts_of_date(tidy(word)))]
    return "ask" if pairs else "mdy"


def order_told(column: Column) -> str:
    """mdy or dmy where a day above 12 shows it, "" where none does. Both at once is no order: the usual one is taken."""
    pairs = [parts for word in column.words if (parts := parts_of_date(tidy(word)))]
    first, second = any(a > 12 for a, _ in pairs), any(b > 12 for _, b in pairs)
    return "mdy" if second else "dmy" if first else ""


def name_key(first: str, last: str) -> str:
    """How names are compared."""
    return f"{fold(last)}|{fold(first)}"
