"""Invented people, school calendars and tables behind the sample division's CSV exports. Standard library only."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")

SAMPLE_DAY = date(2026, 2, 12)
LAST_DATA_DAY = date(2026, 2, 11)  # the exports were drawn before school on the sample's own day
SCHOOLS = {
    "PRE": "Piney Ridge Elementary School",
    "CFE": "Cedar Fork Elementary School",
    "HMS": "Holcomb Middle School",
}
STATE_CODES = {"PRE": "0050110", "CFE": "0050120", "HMS": "0050310"}
DIVISION, DIVISION_CODE = "Ashby County Public Schools", "0050000"
YEAR_SPANS = {2024: (date(2024, 8, 19), date(2025, 5, 30)), 2025: (date(2025, 8, 18), date(2026, 5, 29))}
# First and last day of each break; the same days stand, with their reasons, in division.toml.
BREAKS = {
    2024: (
        ("2024-09-02", "2024-09-02"),
        ("2024-10-14", "2024-10-14"),
        ("2024-11-04", "2024-11-05"),
        ("2024-11-27", "2024-11-29"),
        ("2024-12-23", "2025-01-03"),
        ("2025-01-07", "2025-01-07"),
        ("2025-01-20", "2025-01-20"),
        ("2025-02-12", "2025-02-12"),
        ("2025-02-17", "2025-02-17"),
        ("2025-03-14", "2025-03-14"),
        ("2025-04-14", "2025-04-18"),
        ("2025-05-26", "2025-05-26"),
    ),
    2025: (
        ("2025-09-01", "2025-09-01"),
        ("2025-10-13", "2025-10-13"),
        ("2025-11-03", "2025-11-04"),
        ("2025-11-26", "2025-11-28"),
        ("2025-12-22", "2026-01-02"),
        ("2026-01-19", "2026-01-19"),
        ("2026-01-26", "2026-01-27"),
        ("2026-02-16", "2026-02-16"),
        ("2026-03-13", "2026-03-13"),
        ("2026-03-30", "2026-04-03"),
        ("2026-05-25", "2026-05-25"),
    ),
}


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES = {
    "F": words(
        "Ava Zoë Lena Maya Imani Sofía Chloé Hannah Aaliyah Ximena Thuy Priya Naomi Ruth Ebony Camila "
        "Leah Grace Anh Nadia Fatima Piper Keisha Lucía Renée Molly Harper Jasmine Ewa Amara Inés Brooke "
        "Yuki Tessa Destiny Noor Valeria Ellie Kiara Hazel Paige Marisol"
    ),
    "M": words(
        "José Łukasz Caleb Malik Owen Mateo Minh Darius Eli Andrés Jamal Connor Wyatt Omar Samuel Tyrell "
        "Diego Noah Khanh Isaac Levi Xavier Amir Henry Joaquín Marcus Rohan Gabriel Wesley Tomás Jalen "
        "Finn Kofi Micah Silas Emeka Raúl Cole Theo Desmond Björn Ángel"
    ),
}
LAST_NAMES = {
    "White": words(
        "Abbott Boyd Carver Dalton Eubanks Farris Goodwin Hatcher Ingram Jessup Kowalczyk Lindqvist "
        "McAllister Nowak O'Dell Pruitt Quesenberry Rader Shifflett Tolliver Utley Vest Wampler Yoder "
        "Zimmerman Szymański Müller Crigger Dunford Akers"
    ),
    "Black": words(
        "Adeyemi Banks Coles Dabney Ellison Fountain Gaines Hairston Isom Jeter Langhorne Mosby Okafor "
        "Pettus Randolph Scruggs Tinsley Venable Womack Younger"
    ),
    "Hispanic": words(
        "Álvarez Benítez Castañeda Domínguez Escobar Fuentes Gutiérrez Hernández Ibáñez Jiménez López "
        "Muñoz Núñez Ortega Peña Quiñones Rivas Solís Treviño Zúñiga"
    ),
    "Asian": words("Nguyễn Trần Phạm Kim Patel Desai Chen Đặng Reyes-Tan Sato"),
    "Multiracial": words("Brightwell Carrington Ferrell Hightower Lockhart Merritt Sandoval-Price Whitmore"),
}
STREETS = ("Mill Race Ln", "Old Ferry Rd", "Sycamore St", "Depot St", "Courthouse Ave", "Holcomb Pike")
HOMES = {"White": "English", "Black": "English", "Hispanic": "Spanish", "Asian": "Vietnamese", "Multiracial": "English"}

NORMAL_PERCENT = (1, 1, 2, 3, 4, 5, 8, 12, 16, 21, 27, 34, 42, 50, 58, 66, 73, 79, 84, 88, 92, 95, 96, 97, 98, 99, 99)


class Dice:
    """Draws that are the same on every platform: `random()` of a generator seeded by a text, and exact arithmetic."""

    def __init__(self, *key: object) -> None:
        self._generator = random.Random("ashby|" + "|".join(str(part) for part in key))

    def chance(self, share: float) -> bool:
        return self._generator.random() < share

    def whole(self, low: int, high: int) -> int:
        return low + int(self._generator.random() * (high - low + 1))

    def pick(self, choices: Sequence[T]) -> T:
        return choices[int(self._generator.random() * len(choices))]

    def weighted(self, choices: Sequence[tuple[T, float]]) -> T:
        point = self._generator.random() * sum(weight for _, weight in choices)
        for choice, weight in choices:
            point -= weight
            if point < 0:
                return choice
        return choices[-1][0]

    def normal(self) -> float:
        """Mean 0, deviation 1: the sum of twelve uniform draws, which needs no logarithm of the platform's library."""
        return sum(self._generator.random() for _ in range(12)) - 6.0

    def shuffled(self, choices: Sequence[T]) -> list[T]:
        return [pair[1] for pair in sorted(((self._generator.random(), item) for item in choices), key=lambda p: p[0])]


def percentile(z: float) -> int:
    """National-norm style percentile 1-99 of a z score, by a small table."""
    return NORMAL_PERCENT[max(0, min(26, int((z + 2.7) * 5 + 0.5)))]


def days_off(year: int) -> set[date]:
    off: set[date] = set()
    for first, last in BREAKS[year]:
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            off.add(day)
            day += timedelta(days=1)
    return off


def school_days(year: int, first: date | None = None, last: date | None = None) -> list[date]:
    """Days with school of a school year, named by its fall; 2025 ends with the last day of data."""
    start, end = YEAR_SPANS[year]
    start, end = max(start, first or start), min(end, last or end, LAST_DATA_DAY if year == 2025 else end)
    every = (start + timedelta(days=n) for n in range((end - start).days + 1))
    off = days_off(year)
    return [day for day in every if day.weekday() < 5 and day not in off]


@dataclass(frozen=True)
class Stay:
    """One student in one school year: school code, grade 0-8, first and last day (None: to the end), homeroom."""

    school: str
    grade: int
    first: date
    last: date | None
    homeroom: str


@dataclass(frozen=True)
class Student:
    number: int
    first: str
    last: str
    gender: str
    group: str
    born: date
    ability: float  # z score in reading; 0 is the middle of the division
    math: float
    stays: dict[int, Stay]
    registered: date

    @property
    def local_id(self) -> str:
        return f"{40100 + self.number * 3:07d}"

    @property
    def state_id(self) -> str:
        return f"{1027400000 + self.number * 17 + (self.number * 7919) % 9973 * 1000:010d}"

    @property
    def dice(self) -> Dice:
        return Dice("traits", self.number)

    def days(self, year: int) -> list[date]:
        stay = self.stays[year]
        return school_days(year, stay.first, stay.last)


def _stay(number: int, school: str, grade: int, year: int, first: date | None = None, last: date | None = None) -> Stay:
    room = f"{school} {'K' if grade == 0 else grade}{'AB'[number % 2]}"
    return Stay(school, grade, first or YEAR_SPANS[year][0], last, room)


def _stays(dice: Dice, number: int, school: str, grade24: int, fate: str) -> dict[int, Stay]:
    """The one or two years of a student. Grade -1 in 2024 enters kindergarten in 2025; grade 8 moves on."""
    stays: dict[int, Stay] = {}
    mid24 = dice.pick(school_days(2024)[25:140])
    mid25 = dice.pick(school_days(2025)[20:85])
    if grade24 >= 0 and fate not in ("enters 2025", "enters mid 2025"):
        stays[2024] = _stay(
            number,
            school,
            grade24,
            2024,
            mid24 if fate == "enters mid 2024" else None,
            mid24 if fate == "leaves mid 2024" else None,
        )
    if grade24 < 8 and fate not in ("leaves mid 2024", "leaves in summer"):
        school25 = "HMS" if grade24 == 5 else school
        stays[2025] = _stay(
            number,
            school25,
            grade24 + 1,
            2025,
            mid25 if fate == "enters mid 2025" else None,
            mid25 if fate == "leaves mid 2025" else None,
        )
    return stays


def _person(number: int, school: str, grade24: int, fate: str, taken: set[tuple[str, str]]) -> Student:
    dice = Dice("student", number)
    group = dice.weighted((("White", 52), ("Black", 20), ("Hispanic", 16), ("Asian", 6), ("Multiracial", 6)))
    gender = dice.pick("FM")
    name = (dice.pick(FIRST_NAMES[gender]), dice.pick(LAST_NAMES[group]))
    while name in taken:
        name = (dice.pick(FIRST_NAMES[gender]), dice.pick(LAST_NAMES[group]))
    taken.add(name)
    born = date(2024 - 5 - grade24, 10, 1) - timedelta(days=dice.whole(1, 364))
    ability = dice.normal()
    stays = _stays(dice, number, school, grade24, fate)
    entry = min(stay.first for stay in stays.values())
    early = date(max(2016, 2024 - max(grade24, 0) + dice.whole(0, 1)), 8, dice.whole(1, 14))
    registered = entry if fate.startswith("enters") or grade24 < 0 else min(entry, early)
    return Student(number, *name, gender, group, born, ability, 0.7 * ability + 0.7 * dice.normal(), stays, registered)


def _places() -> list[tuple[str, int, str]]:
    """School, grade in fall 2024 and fate of each of the 400: 352 by cohort, 48 who enter."""
    sizes = {"PRE": (18, range(-1, 6)), "CFE": (16, range(-1, 6)), "HMS": (38, range(6, 9))}
    base = [(school, grade) for school, (n, grades) in sizes.items() for grade in grades for _ in range(n)]
    dice = Dice("fates")
    fates = ["leaves mid 2024"] * 9 + ["leaves in summer"] * 9 + ["leaves mid 2025"] * 10
    stays = dice.shuffled(fates + ["stays"] * (len(base) - len(fates)))
    places = [(school, grade, fate) for (school, grade), fate in zip(base, stays, strict=True)]
    enters = ["enters mid 2024"] * 12 + ["enters 2025"] * 20 + ["enters mid 2025"] * (400 - len(base) - 32)
    for at, fate in enumerate(enters):
        school = ("PRE", "CFE", "HMS", "PRE", "CFE")[at % 5]
        places.append((school, dice.whole(0, 4) if school != "HMS" else dice.whole(6, 7), fate))
    return places


def everyone() -> list[Student]:
    """The 400 students who were ever enrolled, in order of their number."""
    taken: set[tuple[str, str]] = set()
    places = [
        (school, grade, "stays" if grade in (-1, 8) and fate != "leaves mid 2025" else fate)
        for school, grade, fate in _places()
    ]
    fitting = [(s, g, "stays" if (g == 8 and f == "leaves mid 2025") else f) for s, g, f in places]
    return [
        _person(number, school, grade, fate, taken) for number, (school, grade, fate) in enumerate(fitting, start=1)
    ]
