"""The precise problem: counts narrowed bar by bar until a sentence says what, where, when, who and how often.

Nothing here knows a student: rows are counts of referrals by day, hour, place, behavior and grade.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain.problems import ProblemId
from mtss_desktop.domain.records import Record

ENOUGH = 10
"""Fewer referrals than this are too few for a pattern."""
MOST_CHOICES = 12
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Part(StrEnum):
    """What a bar can narrow, in the order in which the sentence is built."""

    WHERE = "where"
    WHAT = "what"
    WHEN = "when"
    WEEKDAY = "weekday"
    WHO = "who"


@dataclass(frozen=True)
class IncidentRow:
    """``n`` referrals alike, of one import. None or "" where the file does not say."""

    day: date
    hour: int | None
    location: str
    behavior: str
    grade: str
    n: int
    major: bool | None = None
    import_key: int = 0


@dataclass(frozen=True)
class Narrowing:
    """The bars that were chosen; an empty part leaves everything. Hours are those of the clock, weekdays 0 for Monday."""

    locations: tuple[str, ...] = ()
    behaviors: tuple[str, ...] = ()
    hours: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    grades: tuple[str, ...] = ()

    def of(self, part: Part) -> tuple[object, ...]:
        return tuple(getattr(self, _FIELD[part]))

    def with_choices(self, part: Part, values: Collection[str] | Collection[int]) -> Narrowing:
        return replace(self, **{_FIELD[part]: tuple(sorted(values))})  # type: ignore[arg-type]

    def fits(self, row: IncidentRow, parts: Collection[Part] = tuple(Part)) -> bool:
        return all(not self.of(part) or _VALUE[part](row) in self.of(part) for part in parts)

    def is_like(self, other: Narrowing) -> bool:
        """The same bars, in whatever order they were chosen."""
        return all(set(self.of(part)) == set(other.of(part)) for part in Part)

    @property
    def count(self) -> int:
        """How many bars are chosen."""
        return sum(len(self.of(part)) for part in Part)


NOTHING_CHOSEN = Narrowing()


@dataclass(frozen=True, kw_only=True)
class DrillDown(Record):
    """A saved narrowing of a school's referrals with what it counted that day: ``counted`` in ``days`` school days to ``through``.

    ``problem_id`` names the problem it was made into; ``severity`` is major, minor or "" for all.
    """

    name: str
    year: int
    locations: tuple[str, ...] = ()
    behaviors: tuple[str, ...] = ()
    hours: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    grades: tuple[str, ...] = ()
    severity: str = ""
    saved_on: date | None = None
    through: date | None = None
    counted: int = 0
    days: int = 0
    problem_id: ProblemId | None = None

    @property
    def narrowing(self) -> Narrowing:
        return Narrowing(self.locations, self.behaviors, self.hours, self.weekdays, self.grades)


_FIELD = {
    Part.WHERE: "locations",
    Part.WHAT: "behaviors",
    Part.WHEN: "hours",
    Part.WEEKDAY: "weekdays",
    Part.WHO: "grades",
}
_VALUE: dict[Part, Callable[[IncidentRow], object]] = {
    Part.WHERE: lambda row: row.location,
    Part.WHAT: lambda row: row.behavior,
    Part.WHEN: lambda row: row.hour,
    Part.WEEKDAY: lambda row: row.day.weekday(),
    Part.WHO: lambda row: row.grade,
}


@dataclass(frozen=True)
class Piece:
    """A part of the sentence: ``filled`` ones come from the data, missing ones are worded as a question."""

    text: Said | str
    filled: bool | None = None


@dataclass(frozen=True)
class PartWords:
    """The parts of a precise statement in plain words, as a problem keeps them; "" where nothing was chosen."""

    what: Said | str
    where: Said | str
    when: Said | str
    who: Said | str
    how_often: Said | str


def kept(rows: Iterable[IncidentRow], narrowing: Narrowing, parts: Collection[Part] = tuple(Part)) -> list[IncidentRow]:
    return [row for row in rows if narrowing.fits(row, parts)]


def of_severity(rows: Iterable[IncidentRow], severity: str) -> tuple[IncidentRow, ...]:
    """Major and minor referrals are kept apart; "" and all leave both."""
    if severity not in ("major", "minor"):
        return tuple(rows)
    return tuple(row for row in rows if row.major is (severity == "major"))


def total(rows: Iterable[IncidentRow]) -> int:
    return sum(row.n for row in rows)


def counted(rows: Iterable[IncidentRow], part: Part) -> tuple[tuple[object, int], ...]:
    """(value, referrals): places and behaviors most first, hours, weekdays and grades in their own order, unknown last."""
    found: Counter[object] = Counter()
    for row in rows:
        found[_VALUE[part](row)] += row.n
    if part in (Part.WHERE, Part.WHAT):
        return tuple(sorted(found.items(), key=lambda item: (item[0] == "", -item[1], str(item[0]))))
    return tuple(sorted(found.items(), key=lambda item: _order(part, item[0])))


def drawn(rows: Iterable[IncidentRow], part: Part, values: Collection[str]) -> list[IncidentRow]:
    """The rows behind the bars of a chart: without those the file gives no value for, or whose bar there was no room for."""
    return [row for row in rows if _VALUE[part](row) not in ("", None) and str(_VALUE[part](row)) in values]


def _order(part: Part, value: object) -> tuple[bool, int]:
    from mtss_desktop.domain.screening import GRADES

    if part is Part.WHO:
        return value not in GRADES, GRADES.index(str(value)) if value in GRADES else 0
    return value is None, int(value) if isinstance(value, int) else 0


def earlier(part: Part, order: Sequence[Part] = tuple(Part)) -> tuple[Part, ...]:
    """The parts whose choices a chart counts within: those asked before it."""
    return tuple(order[: order.index(part)])


def has_time(rows: Iterable[IncidentRow]) -> bool:
    """Whether the file says the time of day at all; without it that step is skipped."""
    return any(row.hour is not None for row in rows)


def sentence(narrowing: Narrowing, n: int, days: int, *, time_known: bool = True, why: str = "") -> tuple[Piece, ...]:
    """Students in grade 7 are reported for pushing in the hallway between 12:00 and 12:59, 0.9 times a school day, because …"""
    words = words_of(narrowing, n, days)
    pieces = [
        Piece(said("Students in")),
        Piece(words.who or said("which grade?"), bool(words.who)),
        Piece(said("are reported for")),
        Piece(words.what or said("what?"), bool(words.what)),
        Piece(said("in the")),
        Piece(words.where or said("where?"), bool(words.where)),
    ]
    if time_known or narrowing.weekdays:
        pieces.append(Piece(words.when or said("when?"), bool(words.when)))
    pieces += [
        Piece(words.how_often or said("how often?"), bool(words.how_often)),
        Piece(said("because")),
        Piece(said("{why}", why=why) if why else said("why?"), bool(why)),
    ]
    return tuple(pieces)


def words_of(narrowing: Narrowing, n: int, days: int) -> PartWords:
    """Each chosen part in words; how often only once something is chosen and there are days."""
    return PartWords(
        _listed(tuple(value.lower() for value in narrowing.behaviors)),
        _listed(tuple(value.lower() for value in narrowing.locations)),
        when_words(narrowing.hours, narrowing.weekdays),
        who_words(narrowing.grades),
        often_words(n, days) if narrowing.count and days else "",
    )


def often_words(n: int, days: int) -> Said:
    rate = n / days
    return said("{rate:2} times a school day", rate=rate) if rate < 0.95 else said(
        "{rate:1} times a school day", rate=rate
    )  # fmt: skip


def who_words(grades: Sequence[str]) -> Said | str:
    if not grades:
        return ""
    ordered = sorted(grades, key=lambda grade: _order(Part.WHO, grade))
    return said("grade {grades}", many="grades {grades}", count="n", n=len(grades), grades=_listed(tuple(ordered)))


def when_words(hours: Sequence[int], weekdays: Sequence[int]) -> Said | str:
    """Between 12:00 and 12:59 on Fridays."""
    spans = tuple(said("between {a} and {b}", a=_clock(a), b=_clock(b, last=True)) for a, b in _spans(hours))
    days = tuple(said(f"{WEEKDAYS[day]}s") for day in sorted(weekdays))
    if spans and days:
        return said("{spans} on {days}", spans=_listed(spans), days=_listed(days))
    if days:
        return said("on {days}", days=_listed(days))
    return _listed(spans)


def _spans(hours: Sequence[int]) -> list[tuple[int, int]]:
    """Hours that follow each other are one span."""
    found: list[tuple[int, int]] = []
    for hour in sorted(hours):
        if found and found[-1][1] == hour - 1:
            found[-1] = (found[-1][0], hour)
        else:
            found.append((hour, hour))
    return found


def _clock(hour: int, *, last: bool = False) -> str:
    return f"{hour % 12 or 12}:{'59' if last else '00'}"


def _listed(parts: tuple[str | Said, ...]) -> Said | str:
    """a, b and c; "" for none."""
    if not parts:
        return ""
    if len(parts) == 1:
        return parts[0] if isinstance(parts[0], Said) else said("{it}", it=parts[0])
    return said("{start} and {last}", start=parts[:-1], last=parts[-1])


def name_of(narrowing: Narrowing) -> Said:
    """What a drill-down is called: Hallway, grade 7."""
    words = words_of(narrowing, 0, 0)
    parts = [_listed(narrowing.locations), _listed(narrowing.behaviors), words.who, words.when]
    found = tuple(part for part in parts if part)
    return said("{parts}", parts=found) if found else said("All {label.referral.many}")


def hour_words(hour: object) -> Said:
    """The hour under a bar: 8, 9, … 12, 1."""
    return said("{h}", h=hour % 12 or 12) if isinstance(hour, int) else said("not said")


def too_few(n: int) -> Said | None:
    """Said in place of a pattern where less than ten referrals are left."""
    if n >= ENOUGH:
        return None
    return said("{n} referral left: too few for a pattern.", many="{n} referrals left: too few for a pattern.",
                count="n", n=n)  # fmt: skip
