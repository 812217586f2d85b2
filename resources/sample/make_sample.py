"""Write the sample division's CSV exports, in the layouts of the systems that schools use, with invented people.

Run as a script it writes `exports/*.csv` beside itself; `python make_sample.py --figures` prints the figures that the
minutes and reviews of the TOML files quote. The same bytes come out on every platform. Standard library only.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from statistics import median

import layouts
from people_and_days import (
    DIVISION,
    DIVISION_CODE,
    HOMES,
    LAST_DATA_DAY,
    SCHOOLS,
    STATE_CODES,
    STREETS,
    YEAR_SPANS,
    Dice,
    Stay,
    Student,
    everyone,
    percentile,
    school_days,
)
from screening_tables import CUTS, RIT, composite_cut, expected, level

HERE = Path(__file__).resolve().parent
Row = dict[str, str | None]
DECISION_DAY = date(
    2025, 10, 27
)  # first day with two adults on the upper hall, decided at the meeting of October 21, 2025
ELEMENTARY = ("PRE", "CFE")


@cache
def students() -> tuple[Student, ...]:
    return tuple(everyone())


def enrolled(year: int, schools: Iterable[str] = SCHOOLS) -> list[tuple[Student, Stay]]:
    return [(s, s.stays[year]) for s in students() if year in s.stays and s.stays[year].school in schools]


def here_on(stay: Stay, day: date) -> bool:
    return stay.first <= day and (stay.last is None or day <= stay.last)


def us(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def grade_word(grade: int) -> str:
    return "K" if grade == 0 else str(grade)


def year_word(year: int) -> str:
    return f"{year}-{year + 1}"


# --- Aspen: students, behavior, attendance ---


def student_row(student: Student, stay: Stay, year: int) -> Row:
    dice = student.dice
    language = HOMES[student.group] if student.group in ("Hispanic", "Asian") and dice.chance(0.7) else "English"
    sped = dice.chance(0.13)
    house = ("Blue", "Gold", "Green")[student.number % 3] if stay.school == "HMS" else ""
    gone = (stay.last and (year == 2024 or stay.last <= LAST_DATA_DAY)) or False
    fluent = "Fluent" if language == "English" else dice.pick(("Limited", "FLEP-Transitioning", "FLEP"))
    return {
        "state_id": student.state_id,
        "local_id": student.local_id,
        "full_name": f"{student.last}, {student.first}",
        "home_language": language,
        "program_assigned": "Sp Ed" if sped else "Reg Ed",
        "limited_english_proficiency": fluent,
        "sped_placement": dice.pick(("Full Inclusion", "Partial Inclusion")) if sped else "NULL",
        "disability": dice.pick(("Specific LDs", "Communication", "Health")) if sped else "NULL",
        "sped_level_of_need": dice.pick(("Low < 2", "Moderate", "High")) if sped else "NULL",
        "plan_504": "504" if not sped and dice.chance(0.05) else "Not 504",
        "student_address": f"{dice.whole(12, 980)} {dice.pick(STREETS)}, Ashby, VA",
        "grade": "KF" if stay.grade == 0 else f"{stay.grade:02d}",
        "registration_date": student.registered.isoformat(),
        "free_reduced_lunch": dice.weighted((("Not Eligible", 52), ("Free Lunch", 40), ("Reduced Lunch", 8))),
        "homeroom": stay.homeroom,
        "school_local_id": stay.school,
        "enrollment_status": "Withdrawn" if gone else "Active",
        "date_of_birth": student.born.isoformat(),
        "gender": student.gender,
        "race": "White" if student.group == "Hispanic" else student.group,
        "hispanic_latino": "1" if student.group == "Hispanic" else "0",
        "primary_phone": f"540-555-{100 + student.number % 100:04d}",
        "primary_email": f"family{student.number:03d}@example.com",
        "house": house,
        "counselor": "COLE, H x-2114" if stay.school == "HMS" else "NULL",
    }


def students_rows(year: int) -> list[Row]:
    return [student_row(s, stay, year) for s, stay in enrolled(year)]


BEHAVIORS = {
    "Hallway": (
        ("Pushing", 46),
        ("Running", 26),
        ("Disrespect", 12),
        ("Inappropriate language", 9),
        ("Fighting", 3),
        ("Defiance", 4),
    ),
    "Classroom": (
        ("Disruption", 38),
        ("Disrespect", 24),
        ("Defiance", 20),
        ("Inappropriate language", 10),
        ("Technology", 8),
    ),
    "Cafeteria": (("Pushing", 28), ("Disruption", 34), ("Disrespect", 20), ("Inappropriate language", 18)),
    "Other": (("Pushing", 36), ("Hitting", 20), ("Inappropriate language", 20), ("Disrespect", 24)),
}
STORIES = {
    "Pushing": ("Pushed another student.", "Shoved in line.", 'Said \\"it was a joke\\" after pushing.'),
    "Running": ("Ran on the upper hall between periods.", "Ran to the stairs.", "Ran into a classmate."),
    "Disrespect": ("Talked back after a reminder.", 'Answered \\"you can\'t make me\\".', "Walked away from staff."),
    "Disruption": ("Called out during instruction.", "Left seat again and again.", "Threw paper."),
    "Defiance": ("Did not follow a direction.", "Refused to change seats."),
    "Inappropriate language": ("Used unkind words.", "Swore at a classmate."),
    "Fighting": ("Traded punches; separated by staff.",),
    "Technology": ("Phone out in class.",),
    "Hitting": ("Hit another student.", "Kicked a classmate."),
}
PASSING = ("09:41:00", "10:33:00", "11:25:00", "12:12:00", "12:49:00", "13:41:00")
# Referrals a school day. Holcomb's follow OTHER_DAYS and HALL_DAYS: its other places stay level across the decision.
PER_DAY = {
    "PRE": ((2024, 0.24), (2025, 0.25)),
    "CFE": ((2024, 0.29), (2025, 0.28)),
}
PLACES = {
    "PRE": (("Classroom", 40), ("Playground", 26), ("Cafeteria", 16), ("Hallway", 10), ("Bus", 8)),
    "CFE": (("Classroom", 42), ("Playground", 24), ("Cafeteria", 14), ("Hallway", 10), ("Bus", 10)),
    "HMS": (("Classroom", 48), ("Cafeteria", 26), ("Bus", 13), ("Gym", 8), ("Restroom", 5)),
}
# Shares of days with 0, 1, 2, 3, 4 hallway referrals at Holcomb Middle: last year, before and after the decision.
OTHER_DAYS = (40, 38, 18, 4)
HALL_DAYS = {"2024": (36, 38, 20, 6, 0), "before": (6, 28, 40, 20, 6), "after": (33, 40, 21, 6, 0)}


def spread_counts(days: Sequence[date], shares: Sequence[int], *key: object) -> Counter[date]:
    """A referral count for every day: the shares are met over the whole phase, the order is drawn."""
    total, pool = sum(shares), list[int]()
    for count, share in enumerate(shares):
        pool += [count] * int(len(days) * share / total + 0.5)
    pool = (pool + [1] * len(days))[: len(days)]
    return Counter(dict(zip(days, Dice("counts", *key).shuffled(pool), strict=True)))


def hallway_counts(year: int) -> Counter[date]:
    days = school_days(year)
    if year == 2024:
        return spread_counts(days, HALL_DAYS["2024"], year)
    before = [day for day in days if day < DECISION_DAY]
    after = [day for day in days if day >= DECISION_DAY]
    return spread_counts(before, HALL_DAYS["before"], "before") + spread_counts(after, HALL_DAYS["after"], "after")


def proneness(student: Student, stay: Stay, place: str) -> float:
    """Weight of a student in the draw of incidents: most are near zero, a few carry many."""
    draw = Dice("proneness", student.number)
    weight = draw.weighted(((0.015, 60), (0.16, 27), (0.8, 11), (1.1, 2)))
    return weight * (2.2 if stay.grade == 7 and place == "Hallway" else 1.0)


def incident(
    dice: Dice, day: date, place: str, school: str, people: Sequence[tuple[tuple[Student, Stay], float]]
) -> Row:
    student, _ = dice.weighted([pair for pair in people if here_on(pair[0][1], day)])
    code = dice.weighted(BEHAVIORS.get(place, BEHAVIORS["Other"]))
    clock = f"{dice.whole(8, 14):02d}:{dice.whole(0, 59):02d}:00"
    if place == "Hallway":
        clock = dice.weighted([(time, 30 if time == "12:12:00" else 12) for time in PASSING])
    if place == "Cafeteria":
        clock = f"{dice.pick((11, 12))}:{dice.whole(10, 55):02d}:00"
    story = dice.pick(STORIES[code]) if place == "Hallway" or code != "Running" else "Ran."
    return {
        "local_id": student.local_id,
        "incident_code": code,
        "event_date": day.isoformat(),
        "incident_time": "NULL" if dice.chance(0.015) else clock,
        "incident_location": place,
        "incident_description": story,
        "school_local_id": school,
    }


def elsewhere_counts(school: str, year: int) -> Counter[date]:
    """Referrals a day that are not Holcomb's hallway ones."""
    days = school_days(year)
    if school != "HMS":
        rate = dict(PER_DAY[school])[year]
        dice = Dice("elsewhere", school, year)
        return Counter({day: sum(dice.chance(rate / 4) for _ in range(4)) for day in days})
    phases = ([day for day in days if day < DECISION_DAY], [day for day in days if day >= DECISION_DAY])
    both = [spread_counts(phase, OTHER_DAYS, "elsewhere", year, at) for at, phase in enumerate(phases) if phase]
    return sum(both, Counter[date]())


def school_incidents(school: str, year: int) -> list[Row]:
    dice, rows, everybody = Dice("incidents", school, year), list[Row](), enrolled(year, (school,))
    hall, elsewhere = hallway_counts(year) if school == "HMS" else Counter[date](), elsewhere_counts(school, year)
    weights = {place: [(pair, proneness(*pair, place)) for pair in everybody] for place in ("Hallway", "Other")}
    for day in school_days(year):
        places = ["Hallway"] * hall[day] + [dice.weighted(PLACES[school]) for _ in range(elsewhere[day])]
        busy: set[str | None] = set()  # nobody has two incidents on one day, so that no two rows can look like one
        for place in places:
            free = [
                one for one in weights["Hallway" if place == "Hallway" else "Other"] if one[0][0].local_id not in busy
            ]
            rows.append(incident(dice, day, place, school, free))
            busy.add(rows[-1]["local_id"])
    return rows


def incidents_rows(year: int) -> list[Row]:
    rows = [row for school in SCHOOLS for row in school_incidents(school, year)]
    return sorted(rows, key=lambda row: (str(row["event_date"]), str(row["school_local_id"]), str(row["local_id"])))


def absence_share(student: Student) -> float:
    return Dice("absence", student.number).weighted(
        ((0.018, 36), (0.032, 33), (0.05, 18), (0.065, 6), (0.14, 3.2), (0.22, 1.3))
    )


def tardy_share(student: Student, stay: Stay, day: date) -> float:
    base = Dice("tardy", student.number).weighted(((0.004, 70), (0.03, 22), (0.16, 8)))
    if stay.school == "HMS":
        base = base * (1.7 if stay.grade == 8 else 1.1) * (2.4 if day.weekday() == 0 else 0.8)
    return min(base, 0.6)


def attendance_row(number: int, student: Student, stay: Stay, day: date, kind: str, excused: bool, dice: Dice) -> Row:
    stamp = datetime(day.year, day.month, day.day, 15, dice.whole(0, 59), tzinfo=UTC)
    words = {
        "A": ("fever", "family trip", "MTHR CALLED", "doctor"),
        "T": ("bus late", "overslept", 'MTHR CALLED \\"FEW MINUTES LATE\\"'),
        "D": ("dentist",),
    }
    row: Row = dict.fromkeys(layouts.ATTENDANCE, "NULL")
    flags = {"ATT_ABSENT_IND": "A", "ATT_TARDY_IND": "T", "ATT_DISMISSED_IND": "D"}
    row |= {name: "1" if kind == letter else "0" for name, letter in flags.items()}
    row |= dict.fromkeys(("ATT_ABSENT_IND_02", "ATT_TARDY_IND_02", "ATT_DISMISSED_IND_02", "ATT_EXCUSED_IND_02"), "0")
    row |= {
        "ATT_OID": f"ATT{(day - timedelta(days=212)).year % 100:02d}{number:08d}",
        "ATT_STD_OID": student.local_id,
        "ATT_SKL_OID": stay.school,
        "ATT_DATE": day.isoformat(),
        "ATT_CODE_VIEW": kind + ("-E" if excused else ""),
        "ATT_REASON_CODE": "",
        "ATT_EXCUSED_IND": "1" if excused else "0",
        "ATT_COMMENT": dice.pick(words[kind]) if excused and dice.chance(0.3) else "NULL",
        "ATT_TIMESTAMP": str(int(stamp.timestamp()) * 1000),
        "ATT_FIELDA_001": "0",
        "ATT_PORTION_ABSENT": {"A": "1.0000", "D": "0.2500"}.get(kind, "0.0000"),
        "ATT_OTHER_CODE": "",
        "ATT_TIME_VIEW": f"08:{dice.whole(1, 40):02d}" if kind == "T" else "NULL",
    }
    return row


def attendance_rows(year: int) -> list[Row]:
    found: list[tuple[date, str, Student, Stay, str, bool, Dice]] = []
    for student, stay in enrolled(year):
        dice, away = Dice("attendance", year, student.number), absence_share(student)
        for day in student.days(year):
            kind = (
                "A"
                if dice.chance(away)
                else "T"
                if dice.chance(tardy_share(student, stay, day))
                else "D"
                if dice.chance(0.004)
                else ""
            )
            if kind:
                found.append((day, stay.school, student, stay, kind, dice.chance(0.55), dice))
    found.sort(key=lambda one: (one[0], one[1], one[2].number))
    return [
        attendance_row(n, s, stay, day, kind, excused, dice)
        for n, (day, _, s, stay, kind, excused, dice) in enumerate(found, 1)
    ]


# --- mCLASS DIBELS 8 ---

PERIODS = ("BOY", "MOY", "EOY")
WINDOWS = {
    2024: (
        (date(2024, 9, 4), date(2024, 9, 20)),
        (date(2025, 1, 8), date(2025, 1, 24)),
        (date(2025, 4, 28), date(2025, 5, 14)),
    ),
    2025: (
        (date(2025, 9, 3), date(2025, 9, 19)),
        (date(2026, 1, 7), date(2026, 1, 23)),
        (date(2026, 4, 27), date(2026, 5, 13)),
    ),
}
# What stalls at Cedar Fork: how far grade 2 of 2024-25, then the same children in grade 3, fall behind (z) by season.
STALL = {(2024, 2): (0.05, -0.55, -1.05), (2025, 3): (-0.85, -0.95, -0.95), (2025, 2): (-0.35, -0.8, -0.9)}
GAIN = {"PRE": 0.06, "CFE": 0.02}


def reading_z(student: Student, stay: Stay, year: int, season: int) -> float:
    shift = STALL.get((year, stay.grade), (0.0, 0.0, 0.0))[season] if stay.school == "CFE" else 0.0
    return (
        student.ability
        + shift
        + GAIN[stay.school] * season
        + 0.22 * Dice("reading", student.number, year, season).normal()
    )


def measures(student: Student, stay: Stay, year: int, season: int) -> dict[str, tuple[int, str, int]]:
    """Score, level and percentile of every measure of the grade, and of the composite, for one student and season."""
    z, found = reading_z(student, stay, year, season), dict[str, tuple[int, str, int]]()
    for name, grades in CUTS.items():
        if stay.grade in grades:
            own = z + 0.18 * Dice(name, student.number, year, season).normal()
            score, cut = expected(grades[stay.grade][season], own), grades[stay.grade][season]
            found[name] = (score, level(score, cut), percentile(own))
    cut = composite_cut(stay.grade, season)
    score = expected(cut, z)
    found["Composite"] = (score, level(score, cut), percentile(z))
    return found


MEASURE_COLUMNS = {
    "Composite": "Composite",
    "LNF": "Letter Names (LNF)",
    "PSF": "Phonemic Awareness (PSF)",
    "NWF-CLS": "Letter Sounds (NWF-CLS)",
    "NWF-WRC": "Decoding (NWF-WRC)",
    "WRF": "Word Reading (WRF)",
    "ORF": "Reading Fluency (ORF)",
    "Maze": "Reading Comprehension (Maze)",
}


def measure_cells(found: dict[str, tuple[int, str, int]]) -> Row:
    cells: Row = {}
    for name, (score, word, rank) in found.items():
        long = MEASURE_COLUMNS[name]
        dash = f"{long} " if name == "Composite" else f"{long} - "
        cells |= {f"{dash}Level": word, f"{dash}Score": str(score), f"{long} - National Norm Percentile": str(rank)}
    if "ORF" in found:
        score, word, rank = found["ORF"]
        errors = max(0, 9 - score // 14)
        cells |= {
            "Reading Accuracy (ORF-Accu) - Level": word,
            "Reading Accuracy (ORF-Accu) - Score": str(100 * score // max(1, score + errors)),
            "Reading Accuracy (ORF-Accu) - National Norm Percentile": str(rank),
            "Error Rate (ORF) - Score": str(errors),
        }
    if "Maze" in found:
        score = found["Maze"][0]
        cells |= {"Correct Responses (Maze) - Score": str(score + 1), "Incorrect Responses (Maze) - Score": "2"}
    return cells


RACES = {"White": "W", "Black": "B", "Hispanic": "H", "Asian": "A", "Multiracial": "M"}
TEACHERS = {"PRE": "SUTTER, ALMA|GRADY, LOUISE|VANCE, PETER", "CFE": "BARNES, JOY|HADDAD, RIMA|STOKES, ELLEN"}


def dibels_row(student: Student, stay: Stay, year: int, season: int, day: date) -> Row:
    teacher = Dice("teacher", stay.homeroom).pick(TEACHERS[stay.school].split("|"))
    row: Row = dict.fromkeys(layouts.DIBELS)
    row |= dict.fromkeys(layouts.DIBELS_QUOTED_EMPTY, "")
    row |= {
        "School Year": year_word(year),
        "State": "VA",
        "Account Name": DIVISION,
        "Municipality Primary ID": DIVISION_CODE,
        "District Name": DIVISION,
        "District Primary ID": DIVISION_CODE,
        "School Name": SCHOOLS[stay.school],
        "Primary School ID": STATE_CODES[stay.school],
        "Student Last Name": student.last,
        "Student First Name": student.first,
        "Enrollment Date": stay.first.isoformat(),
        "Enrollment Grade": grade_word(stay.grade),
        "Date of Birth": student.born.isoformat(),
        "Gender": student.gender,
        "Race": RACES[student.group],
        "ELL Status": "N",
        "Home Language": "Eng",
        "Classed": "Y",
        "Reporting Class Name": stay.homeroom,
        "Reporting Class ID": f"{stay.school}-{stay.homeroom[-2:]}-{year}",
        "Official Teacher Name": teacher,
        "Official Teacher Staff ID": f"{len(teacher):09d}",
        "Assessing Teacher Name": teacher,
        "Assessing Teacher Staff ID": f"{len(teacher):09d}",
        "Assessment": "mCLASS",
        "Assessment Edition": "DIBELS 8th Edition",
        "Assessment Grade": grade_word(stay.grade),
        "Benchmark Period": PERIODS[season],
        "Client Date": day.isoformat(),
        "Sync Date": (day + timedelta(days=(student.number % 4 == 0) * 1)).isoformat(),
        "Student Primary ID": student.local_id,
        "Primary ID - Student ID (State ID)": student.state_id,
        "Administration Type": "Offline",
    }
    return row | measure_cells(measures(student, stay, year, season))


def dibels_rows(year: int) -> list[Row]:
    rows = []
    for season in range(3 if year == 2024 else 2):
        days = school_days(year, *WINDOWS[year][season])
        for student, stay in enrolled(year, ELEMENTARY):
            dice = Dice("dibels", year, season, student.number)
            day = dice.pick(days)
            if here_on(stay, day) and not dice.chance(0.015):
                rows.append(dibels_row(student, stay, year, season, day))
    return rows


# --- NWEA MAP Growth ---

TERMS = ("Fall", "Winter", "Spring")
MAP_WINDOWS = {
    2024: (
        (date(2024, 9, 9), date(2024, 9, 20)),
        (date(2025, 1, 13), date(2025, 1, 24)),
        (date(2025, 5, 5), date(2025, 5, 16)),
    ),
    2025: (
        (date(2025, 9, 8), date(2025, 9, 19)),
        (date(2026, 1, 12), date(2026, 1, 23)),
        (date(2026, 5, 4), date(2026, 5, 15)),
    ),
}
SPANS = {1: (("FallToWinter", 0),), 2: (("FallToSpring", 0), ("WinterToSpring", 1))}
GOALS = {
    "Reading": ("Literary Text", "Informational Text", "Vocabulary Acquisition and Use"),
    "Mathematics": (
        "Number and Number Sense",
        "Computation and Estimation",
        "Measurement and Geometry",
        "Patterns, Functions, and Algebra",
    ),
}


def quintile(rank: int) -> str:
    return ("Low", "LoAvg", "Avg", "HiAvg", "High")[min(4, max(0, (rank - 1) // 20))]


def rit(student: Student, grade: int, subject: str, year: int, season: int) -> tuple[int, int]:
    """Score and percentile. The score leans on the ability of the subject, the season and a little chance."""
    z = (student.ability if subject == "Reading" else student.math) + 0.2 * Dice(
        "rit", subject, student.number, year, season
    ).normal()
    return int(RIT[subject][grade][season] + 14 * z + 0.5), percentile(z)


def map_growth(student: Student, stay: Stay, subject: str, year: int, season: int, tested: set[int]) -> Row:
    cells: Row = {}
    middle, now = RIT[subject][stay.grade], rit(student, stay.grade, subject, year, season)[0]
    for span, start in SPANS.get(season, ()):
        projected = middle[season] - middle[start]
        cells[f"Typical{span}Growth"] = str(projected)
        if start in tested:
            gained = now - rit(student, stay.grade, subject, year, start)[0]
            z = (gained - projected) / 6.0
            rank = percentile(z)
            names = (
                "ProjectedGrowth",
                "ObservedGrowth",
                "ObservedGrowthSE",
                "MetProjectedGrowth",
                "ConditionalGrowthIndex",
                "ConditionalGrowthPercentile",
                "GrowthQuintile",
            )
            values = (
                f"{projected}",
                f"{gained}",
                "4.60",
                "Yes" if gained >= projected else "No",
                f"{z:.2f}",
                f"{rank}",
                quintile(rank),
            )
            cells |= {f"{span}{name}": value for name, value in zip(names, values, strict=True)}
    return cells


def map_goals(subject: str, score: int, dice: Dice) -> Row:
    cells: Row = {}
    for at, name in enumerate(GOALS[subject], start=1):
        own = score + dice.whole(-6, 6)
        cells |= {
            f"Goal{at}Name": name,
            f"Goal{at}RitScore": str(own),
            f"Goal{at}StdErr": f"{5 + dice.whole(6, 19) / 10:.1f}",
            f"Goal{at}Range": f"{own - 6}-{own + 6}",
            f"Goal{at}Adjective": ("LoAvg", "Avg", "HiAvg")[(own - score + 6) // 5],
        }
    return cells


def map_row(
    student: Student, stay: Stay, subject: str, year: int, season: int, day: date, official: bool, tested: set[int]
) -> Row:
    dice = Dice("map", subject, student.number, year, season, official)
    score, rank = rit(student, stay.grade, subject, year, season)
    if not official:  # a first try, hurried through and repeated a few days later
        score, rank = score - 14, max(1, rank - 30)
    row: Row = dict.fromkeys(layouts.MAP, "")
    row |= {
        "TermName": f"{TERMS[season]} {year_word(year)}",
        "DistrictName": DIVISION,
        "District_StateID": DIVISION_CODE,
        "SchoolName": SCHOOLS["HMS"],
        "School_StateID": STATE_CODES["HMS"],
        "StudentID": student.local_id,
        "Student_StateID": student.state_id,
        "Subject": "Language Arts" if subject == "Reading" else subject,
        "Course": "Reading" if subject == "Reading" else "Math K-12",
        "GrowthMeasureYN": "TRUE" if official else "FALSE",
        "NormsReferenceData": "2020",
        "WISelectedAYFall": "4",
        "WISelectedAYWinter": "20",
        "WISelectedAYSpring": "32",
        "TestType": "Survey With Goals",
        "TestName": "Growth: Reading 6+ VA 2017" if subject == "Reading" else "Growth: Math 6+ VA 2016",
        "TestID": str(700000000 + dice.whole(1, 99999999)),
        "TestStartDate": day.strftime("%m/%d/%Y"),
        "TestStartTime": f"{dice.whole(8, 13):02d}:{dice.whole(0, 59):02d}:{dice.whole(0, 59):02d}",
        "TestDurationMinutes": str(dice.whole(32, 71) if official else dice.whole(9, 14)),
        "TestRITScore": str(score),
        "TestStandardError": f"{3 + dice.whole(0, 6) / 10:.2f}",
        "TestPercentile": str(rank),
        "AchievementQuintile": quintile(rank),
        "PercentCorrect": str(dice.whole(46, 55)),
        "RapidGuessingPercentage": f"{dice.whole(0, 6) if official else dice.whole(30, 52)}.0000",
        "ProjectedProficiencyStudy1": "Virginia SOL",
        "ProjectedProficiencyLevel1": "Proficient" if rank >= 38 else "Not Proficient",
    }
    measure = (
        ("LexileScore", "LexileMin", "LexileMax")
        if subject == "Reading"
        else ("QuantileScore", "QuantileMin", "QuantileMax")
    )
    base = (score - 160) * 18
    row |= {
        name: f"{base + step}{'L' if subject == 'Reading' else 'Q'}"
        for name, step in zip(measure, (0, -100, 50), strict=True)
    }
    if official:
        row |= map_growth(student, stay, subject, year, season, tested) | map_goals(subject, score, dice)
    return row


def map_rows(year: int) -> list[Row]:
    rows, tested = list[Row](), dict[tuple[int, str], set[int]]()
    for season in range(3 if year == 2024 else 2):
        days = school_days(year, *MAP_WINDOWS[year][season])
        for student, stay in enrolled(year, ("HMS",)):
            for subject in RIT:
                dice = Dice("map day", year, season, student.number, subject)
                at = dice.whole(0, len(days) - 3)
                if not here_on(stay, days[at]) or dice.chance(0.02):
                    continue
                earlier = tested.setdefault((student.number, subject), set())
                if dice.chance(0.02) and here_on(stay, days[at + 2]):
                    rows.append(map_row(student, stay, subject, year, season, days[at], False, earlier))
                    at += 2
                rows.append(map_row(student, stay, subject, year, season, days[at], True, earlier))
                earlier.add(season)
    return rows


# --- FastBridge progress monitoring ---

GOAL_SPANS = {2024: (date(2024, 9, 30), date(2025, 5, 16)), 2025: (date(2025, 9, 29), date(2026, 5, 15))}


def supported(year: int) -> list[tuple[Student, Stay, bool]]:
    """Students receiving reading support: 18 a school, furthest from benchmark in grades 1-5; True marks Tier 3."""
    chosen = []
    for school in ELEMENTARY:
        able = [
            (s, stay) for s, stay in enrolled(year, (school,)) if stay.grade > 0 and stay.first <= GOAL_SPANS[year][0]
        ]
        lowest = sorted(able, key=lambda pair: (reading_z(pair[0], pair[1], year, 0), pair[0].number))[:18]
        chosen += [(s, stay, at < 5) for at, (s, stay) in enumerate(lowest)]
    return sorted(chosen, key=lambda one: one[0].number)


def probe_rows(student: Student, stay: Stay, intensive: bool, year: int) -> list[Row]:
    dice, (start, end) = Dice("probes", year, student.number), GOAL_SPANS[year]
    first, bench = measures(student, stay, year, 0)["ORF"][0], CUTS["ORF"][stay.grade][2][1]
    goal = max(first + 18, min(bench, first + 52))
    weekly = (goal - first) / ((end - start).days / 7) * dice.weighted(((0.25, 28), (0.7, 22), (1.05, 32), (1.35, 18)))
    accuracy = dice.whole(80, 92)
    rows = []
    for week in range(1, 33):
        day = start + timedelta(days=7 * week + dice.whole(0, 4))
        if (not intensive and week % 2) or day not in school_days(year) or not here_on(stay, day) or dice.chance(0.06):
            continue
        right = max(1, int(first + weekly * week + 3.2 * dice.normal() + 0.5))
        percent = min(100, accuracy + week // 4 + dice.whole(-3, 3))
        read = int(right * 100 / percent + 0.5)
        values = (
            ("Words Read Correct", right, first, goal),
            ("WRC per minute", right, first, goal),
            ("Total Words Read", read, first + 4, goal + 3),
            ("Total Accuracy", percent, accuracy, 97),
        )
        for metric, value, low, high in values:
            rows.append(probe_row(student, stay, day, year, (metric, str(value), str(low), str(high))))
    return rows


def probe_row(student: Student, stay: Stay, day: date, year: int, value: tuple[str, str, str, str]) -> Row:
    metric, score, low, high = value
    start, end = GOAL_SPANS[year]
    return {
        "Assessment": "CBMreading",
        "State": "VA",
        "District": DIVISION,
        "School": STATE_CODES[stay.school],
        "Student Id": f"s{student.local_id}",
        "Student State Id": student.state_id,
        "Fast ID": str(880000 + student.number),
        "First Name": student.first,
        "Last Name": student.last,
        "Gender": None,
        "BirthDate": None,
        "Race": None,
        "SpecialEdStatus": None,
        "Grade": f"{stay.grade:02d}",
        "AssessmentDate": us(day),
        "ScoreMetric": metric,
        "Score": score,
        "Start Goal": low,
        "End Goal": high,
        "Goal Start Date": us(start),
        "Goal End Date": us(end),
        "Assessment Level": f"{stay.grade:02d}",
    }


def probes_rows(year: int) -> list[Row]:
    return [row for student, stay, intensive in supported(year) for row in probe_rows(student, stay, intensive, year)]


# --- Files and figures ---

FILES: dict[str, tuple[Callable[[int], list[Row]], layouts.Layout]] = {
    "students": (students_rows, layouts.STUDENTS_LAYOUT),
    "mclass_dibels8": (dibels_rows, layouts.DIBELS_LAYOUT),
    "map_growth": (map_rows, layouts.MAP_LAYOUT),
    "fastbridge_progress": (probes_rows, layouts.PROBES_LAYOUT),
    "incidents": (incidents_rows, layouts.INCIDENTS_LAYOUT),
    "attendance": (attendance_rows, layouts.ATTENDANCE_LAYOUT),
}


def export_bytes() -> dict[str, bytes]:
    """Every export, by file name."""
    return {
        f"{name}_{year}.csv": layouts.written(make(year), layout)
        for name, (make, layout) in FILES.items()
        for year in YEAR_SPANS
    }


def hallway_between(first: date, last: date) -> str:
    counts, days = hallway_counts(2025), school_days(2025, first, last)
    total = sum(counts[day] for day in days)
    return f"{first} to {last}: {total} hallway referrals, {len(days)} school days, {total / len(days):.2f} a day"


def tardies_between(first: date, last: date) -> str:
    days = [d.isoformat() for d in school_days(2025, first, last)]
    rows = [
        r
        for r in attendance_rows(2025)
        if r["ATT_SKL_OID"] == "HMS" and r["ATT_TARDY_IND"] == "1" and r["ATT_DATE"] in days
    ]
    monday = sum(date.fromisoformat(str(r["ATT_DATE"])).weekday() == 0 for r in rows)
    mondays = sum(date.fromisoformat(d).weekday() == 0 for d in days)
    rate = f"{len(rows) / len(days):.2f} a day; {monday} on {mondays} Mondays"
    return f"{first} to {last}: {len(rows)} tardies, {len(days)} school days, {rate}"


def orf_medians(school: str, grade: int, year: int) -> str:
    found = []
    for season in range(3 if year == 2024 else 2):
        rows = [
            r for r in dibels_rows(year) if r["School Name"] == SCHOOLS[school] and r["Assessment Grade"] == str(grade)
        ]
        scores = [
            int(str(r["Reading Fluency (ORF) - Score"])) for r in rows if r["Benchmark Period"] == PERIODS[season]
        ]
        low = sum(
            r["Composite Level"] in ("At Benchmark", "Above Benchmark")
            for r in rows
            if r["Benchmark Period"] == PERIODS[season]
        )
        found.append(f"{PERIODS[season]} {median(scores):g} (n {len(scores)}, {low} at or above)")
    return f"{SCHOOLS[school]} grade {grade}, {year_word(year)}, ORF median: " + ", ".join(found)


def figures() -> str:
    """The figures that the minutes quote, one a line."""
    spans = [
        ("2025-08-18", "2025-10-17"),
        ("2025-08-18", "2025-10-24"),
        ("2025-10-27", "2025-11-14"),
        ("2025-10-27", "2025-12-12"),
        ("2025-10-27", "2026-01-16"),
        ("2025-10-27", "2026-02-11"),
        ("2026-01-20", "2026-02-11"),
        ("2025-08-18", "2025-09-12"),
        ("2025-08-18", "2025-11-14"),
        ("2025-11-17", "2025-12-12"),
        ("2025-11-17", "2026-01-16"),
        ("2025-11-17", "2026-02-11"),
    ]
    pairs = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in spans]
    lines = [hallway_between(*pair) for pair in pairs] + [tardies_between(*pair) for pair in pairs]
    lines += [orf_medians(school, grade, year) for school in ELEMENTARY for year in YEAR_SPANS for grade in (1, 2, 3)]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    if "--figures" in arguments:
        print(figures())
        return
    folder = HERE / "exports"
    folder.mkdir(exist_ok=True)
    for name, content in export_bytes().items():
        (folder / name).write_bytes(content)
        print(f"{name}: {len(content):,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
