"""Facts in columns → the rows of the count tables. Pure: no database, so that counts-only imports count in memory alone.

Whole numbers use ``NONE`` for nothing, numbers NaN. Every count is given for the group *all* and for each race, sex and flag,
never crossed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mtss_desktop.domain.facts import AbsenceBand, Near, ReferralBand

NONE = -1_000_000
Array = NDArray[Any]
Codes = NDArray[Any]
Columns = Mapping[str, Array]
Rows = list[tuple[int | None, ...]]

DAYS_BEFORE_CHRONIC = 10
"""Only students enrolled for ten school days or more are counted by how much they were absent."""
BANDS_OF_DAYS = ((20, AbsenceBand.SEVERE), (10, AbsenceBand.CHRONIC), (5, AbsenceBand.SOME))


@dataclass(frozen=True)
class Counting:
    """What counting needs beside the facts.

    ``groups`` by name ("all", "sex:F", "race:Asian", "flag:IEP") → word key; ``sexes``, ``races`` and ``flags`` say which name a value
    or bit has. ``windows``: key → 1 fall, 2 winter, 3 spring. ``tier(measure, level)``. ``school_days(school, year)``: day numbers, or
    none where there is no calendar. ``home`` stands for the school of scores that name none.
    """

    groups: Mapping[str, int]
    sexes: Mapping[int, str] = field(default_factory=dict)
    races: Mapping[int, str] = field(default_factory=dict)
    flags: Mapping[int, str] = field(default_factory=dict)
    windows: Mapping[int, int] = field(default_factory=dict)
    tier: Callable[[int, int], int | None] = lambda _measure, _level: None
    school_days: Callable[[int, int], Codes | None] = lambda _school, _year: None
    near_points: int = 3
    home: int = 1
    today: date = date.max


# Small tools ---------------------------------------------------------------------------------------------------------------


def tally(columns: Sequence[Codes], weights: Codes | None = None) -> tuple[list[Codes], Codes]:
    """Equal rows counted: (their columns, how many or the sum of weights)."""
    rows = len(columns[0])
    if rows == 0:
        return [np.empty(0, dtype=np.int64) for _ in columns], np.empty(0, dtype=np.int64)
    groups, first = grouped(columns)
    totals = np.bincount(groups, weights=weights)
    return [column[first] for column in columns], totals.astype(np.int64)


def grouped(columns: Sequence[Codes]) -> tuple[Codes, Codes]:
    """(group of every row, first row of every group)."""
    rows = len(columns[0])
    if rows == 0:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    packed = np.zeros(rows, dtype=np.int64)
    for column in columns:
        _, codes = np.unique(column, return_inverse=True)
        packed = packed * (int(codes.max()) + 1) + codes
        if int(packed.max()) > 1 << 40:
            _, packed = np.unique(packed, return_inverse=True)
    _, first, groups = np.unique(packed, return_index=True, return_inverse=True)
    return groups.astype(np.int64), first.astype(np.int64)


def as_rows(columns: Sequence[Codes]) -> Rows:
    """Tuples of plain numbers, ``None`` for nothing."""
    lists = [[None if value == NONE else value for value in column.tolist()] for column in columns]
    return list(zip(*lists, strict=True))


def _month(days: Codes) -> Codes:
    different, codes = np.unique(days, return_inverse=True)
    return np.asarray([date.fromordinal(day).month for day in different.tolist()], dtype=np.int64)[codes]


def completed(facts: Columns, stays: Columns, day: str) -> dict[str, Array]:
    """School and grade of each fact's student on its ``day``, where the file gave none: facts keep only what files say."""
    made = dict(facts)
    if not len(facts["student"]) or not len(stays["student"]):
        return made
    place = stays["student"].astype(np.int64) * 4096 + stays["year"]
    order = np.lexsort((stays["from_day"], place))
    ordered, begun = place[order], stays["from_day"][order]
    wanted = facts["student"].astype(np.int64) * 4096 + facts["year"]
    at = np.searchsorted(ordered * (1 << 21) + begun, wanted * (1 << 21) + np.maximum(facts[day], 0), side="right") - 1
    first = np.minimum(np.searchsorted(ordered, wanted), len(order) - 1)
    at = np.maximum(at, first)
    same = ordered[at] == wanted
    for name in ("school", "grade"):
        if name in made:
            there = np.where(same, stays[name][order[at]], NONE)
            made[name] = np.where(made[name] == NONE, there, made[name])
    return made


# Groups ----------------------------------------------------------------------------------------------------------------------


def by_group(student: Codes, year: Codes, stays: Columns, about: Counting) -> tuple[Codes, Codes]:
    """Rows spread over the groups their student belonged to that year: (row, group key) pairs, *all* first."""
    rows = [np.arange(len(student))]
    keys = [np.full(len(student), about.groups["all"], dtype=np.int64)]
    if len(stays["student"]) and len(student):
        traits = _traits(student, year, stays)
        for name, values in (("sex", about.sexes), ("race", about.races)):
            for value, word in values.items():
                _add_group(rows, keys, traits[name] == value, about.groups.get(f"{name}:{word}"))
        flags = np.where(traits["flags"] == NONE, 0, traits["flags"])
        for bit, word in about.flags.items():
            _add_group(rows, keys, (flags >> bit) & 1 == 1, about.groups.get(f"flag:{word}"))
    return np.concatenate(rows), np.concatenate(keys)


def _add_group(rows: list[Codes], keys: list[Codes], inside: Codes, key: int | None) -> None:
    found = np.flatnonzero(inside)
    if key is not None and len(found):
        rows.append(found)
        keys.append(np.full(len(found), key, dtype=np.int64))


def _traits(student: Codes, year: Codes, stays: Columns) -> dict[str, Codes]:
    """Sex, race and flags of each student in a year, from the stay begun last."""
    place = stays["student"].astype(np.int64) * 4096 + stays["year"]
    order = np.lexsort((stays["from_day"], place))
    ordered = place[order]
    wanted = student * 4096 + year
    at = np.searchsorted(ordered, wanted, side="right") - 1
    same = (at >= 0) & (ordered[np.maximum(at, 0)] == wanted)
    row = order[np.maximum(at, 0)]
    return {name: np.where(same, stays[name][row].astype(np.int64), NONE) for name in ("sex", "race", "flags")}


# Scores ------------------------------------------------------------------------------------------------------------------------


def official_scores(scores: Columns) -> dict[str, Array]:
    """One score per student, measure, year and window: the official one, the first attempt where there are several."""
    kept = np.flatnonzero((scores["window"] != NONE) & (scores["official"] == 1))
    order = kept[np.argsort(scores["attempt"][kept], kind="stable")]
    keys = [scores[name][order].astype(np.int64) for name in ("student", "measure", "year", "window")]
    _, first = grouped(keys)
    return {name: np.asarray(values)[order[first]] for name, values in scores.items()}


def screening(scores: Columns, stays: Columns, about: Counting) -> Rows:
    """school, year, grade, group, measure, window, level, near, n."""
    official = official_scores(scores)
    official["near"] = _near(official, scores, about)
    school = _at_home(official["school"], about)
    rows, group = by_group(official["student"], official["year"], stays, about)
    names = ("measure", "window", "level", "near")
    columns = [
        school[rows],
        official["year"][rows],
        official["grade"][rows],
        group,
        *(official[name][rows] for name in names),
    ]
    kept, n = tally(columns)
    return as_rows([*kept, n])


def _at_home(school: Codes, about: Counting) -> Codes:
    return np.where(school == NONE, about.home, school)


def _near(official: Columns, scores: Columns, about: Counting) -> Codes:
    """Close to the lowest official score of the first tier seen for its measure, year, window and grade, later attempts among them."""
    near = np.full(len(official["student"]), int(Near.NEITHER), dtype=np.int64)
    seen = {name: scores[name][(scores["window"] != NONE) & (scores["official"] == 1)] for name in _OF_A_CUT}
    pairs, first = grouped([seen["measure"], seen["level"]])
    tiers = [about.tier(int(seen["measure"][row]), int(seen["level"][row])) or 0 for row in first.tolist()]
    if not tiers:
        return near
    value = seen["value"].astype(np.float64)
    reached = (np.asarray(tiers, dtype=np.int64)[pairs] == 1) & ~np.isnan(value)
    known, here = len(value), _OF_A_CUT[:4]
    places, _ = grouped([np.concatenate([seen[name], official[name]]) for name in here])
    cut = np.full(int(places.max()) + 1, np.inf)
    np.minimum.at(cut, places[:known][reached], value[reached])
    above = official["value"].astype(np.float64) - cut[places[known:]]
    near[(above >= 0) & (above < about.near_points)] = int(Near.JUST_ABOVE)
    near[(above < 0) & (above >= -about.near_points)] = int(Near.JUST_BELOW)
    return near


_OF_A_CUT = ("measure", "year", "window", "grade", "level", "value")


def movement(scores: Columns, stays: Columns, about: Counting) -> Rows:
    """school, year, grade, group, measure, from year/window/level, to year/window/level, n. Empty level: not tested."""
    official = official_scores(scores)
    season = np.asarray([about.windows.get(int(window), 0) for window in official["window"].tolist()], dtype=np.int64)
    official = {name: values[season > 0] for name, values in official.items()}
    season = season[season > 0]
    made: Rows = []
    for (from_season, to_season), later in {(1, 2): 0, (2, 3): 0, (1, 3): 0, (3, 1): 1}.items():
        made += _moves(official, season, from_season, to_season, later, stays, about)
    return made


def _moves(
    scores: Columns, season: Codes, from_season: int, to_season: int, later: int, stays: Columns, about: Counting
) -> Rows:
    ends = np.flatnonzero(season == to_season)
    starts = np.flatnonzero(season == from_season)
    if not len(ends) or not len(starts):
        return []
    end_year = np.concatenate([scores["year"][starts] + later, scores["year"][ends]])
    both = np.concatenate([starts, ends])
    groups, first = grouped([scores["student"][both], scores["measure"][both], end_year])
    start_of, end_of = np.full(len(first), -1), np.full(len(first), -1)
    start_of[groups[: len(starts)]] = starts
    end_of[groups[len(starts) :]] = ends
    known = np.where(end_of >= 0, end_of, start_of)
    year, measure = end_year[first], scores["measure"][both][first]
    from_level = np.where(start_of >= 0, scores["level"][start_of], NONE)
    to_level = np.where(end_of >= 0, scores["level"][end_of], NONE)
    tested = ((start_of < 0) | (from_level != NONE)) & ((end_of < 0) | (to_level != NONE))
    tested &= _both_windows_held(year, measure, start_of, end_of)
    kept = np.flatnonzero(tested)
    windows = {number: key for key, number in about.windows.items()}
    rows, group = by_group(scores["student"][known[kept]], scores["year"][known[kept]], stays, about)
    kept, here = kept[rows], known[kept[rows]]
    constant = [np.full(len(kept), windows[number], dtype=np.int64) for number in (from_season, to_season)]
    columns = [
        _at_home(scores["school"][here], about),
        *(year[kept], scores["grade"][here], group, measure[kept]),
        *(year[kept] - later, constant[0], from_level[kept], year[kept], constant[1], to_level[kept]),
    ]
    different, n = tally(columns)
    return as_rows([*different, n])


def _both_windows_held(year: Codes, measure: Codes, start_of: Codes, end_of: Codes) -> Codes:
    """Not tested is said only where the measure was given to somebody in both windows."""
    places, _ = grouped([year, measure])
    begun, ended = np.zeros(int(places.max()) + 1, dtype=bool), np.zeros(int(places.max()) + 1, dtype=bool)
    begun[places[start_of >= 0]] = True
    ended[places[end_of >= 0]] = True
    return np.asarray(begun[places] & ended[places])


# Incidents ----------------------------------------------------------------------------------------------------------------------


def incidents(facts: Columns) -> Rows:
    """school, year, day, half_hour, location, behavior, action_taken, grade, major, n: incidents × offenders."""
    half_hour = np.where(facts["minute"] == NONE, NONE, facts["minute"] // 30)
    names = ("location", "behavior", "action_taken", "grade", "major")
    columns, n = tally([facts["school"], facts["year"], facts["day"], half_hour, *(facts[name] for name in names)])
    return as_rows([*columns, n])


def incident_groups(facts: Columns, stays: Columns, about: Counting) -> Rows:
    """school, year, month, location, half_hour, action_taken, group, incidents, students."""
    half_hour = np.where(facts["minute"] == NONE, NONE, facts["minute"] // 30)
    rows, group = by_group(facts["student"], facts["year"], stays, about)
    base = [facts["school"], facts["year"], _month(facts["day"]), facts["location"], half_hour, facts["action_taken"]]
    columns = [*(column[rows] for column in base), group]
    if not len(rows):
        return []
    groups, first = grouped(columns)
    n = np.bincount(groups)
    _, someone = grouped([groups, facts["student"][rows]])
    students = np.bincount(groups[someone], minlength=len(n))
    return as_rows([*(column[first] for column in columns), n, students])


def referral_bands(facts: Columns, stays: Columns, about: Counting) -> Rows:
    """school, year, grade, group, until_day, band, major, n: enrolled students by how many referrals they have had in the year.

    At the end of each month that has incidents; the last month ends with its last incident.
    """
    made: Rows = []
    for school, year in _places(facts):
        here = (facts["school"] == school) & (facts["year"] == year)
        there = (
            (stays["school"] == school) & (stays["year"] == year) if len(stays["student"]) else np.zeros(0, dtype=bool)
        )
        for until in _month_ends(facts["day"][here]):
            sofar = here & (facts["day"] <= until)
            majors = [NONE, *(m for m in (0, 1) if (facts["major"][here] == m).any())]
            for major in majors:
                counted = sofar if major == NONE else sofar & (facts["major"] == major)
                made += _bands_until(facts, counted, stays, there, until, (school, year, major), about)
    return made


def _bands_until(
    facts: Columns,
    counted: Codes,
    stays: Columns,
    there: Codes,
    until: int,
    place: tuple[int, int, int],
    about: Counting,
) -> Rows:
    school, year, major = place
    enrolled = np.flatnonzero(there & _present(stays, until)) if len(there) else np.empty(0, dtype=np.int64)
    student = np.concatenate([stays["student"][enrolled], facts["student"][counted]]).astype(np.int64)
    grade = np.concatenate([stays["grade"][enrolled], facts["grade"][counted]]).astype(np.int64)
    if not len(student):
        return []
    one = np.concatenate([np.zeros(len(enrolled)), np.ones(int(counted.sum()))])
    groups, first = grouped([student])
    n = np.bincount(groups, weights=one).astype(np.int64)
    band = np.where(n >= 6, ReferralBand.MANY, np.where(n >= 2, ReferralBand.SOME, ReferralBand.FEW))
    who, grade = student[first], grade[first]
    rows, group = by_group(who, np.full(len(who), year, dtype=np.int64), stays, about)
    fixed = [np.full(len(rows), value, dtype=np.int64) for value in (school, year, until, major)]
    columns, total = tally([fixed[0], fixed[1], grade[rows], group, fixed[2], band[rows], fixed[3]])
    return as_rows([*columns, total])


def _places(facts: Columns) -> list[tuple[int, int]]:
    columns, _ = tally([facts["school"].astype(np.int64), facts["year"].astype(np.int64)])
    return list(zip(columns[0].tolist(), columns[1].tolist(), strict=True))


def _month_ends(days: Codes) -> list[int]:
    """The last day of every month that has one of the days; the last of the days ends the last month."""
    last = int(days.max())
    ends = set()
    for day in np.unique(days).tolist():
        found = date.fromordinal(day)
        next_month = date(found.year + found.month // 12, found.month % 12 + 1, 1)
        ends.add(min((next_month - timedelta(days=1)).toordinal(), last))
    return sorted(ends)


def _present(stays: Columns, day: int) -> Codes:
    to_day = stays["to_day"]
    return np.asarray((stays["from_day"] <= day) & ((to_day == NONE) | (to_day >= day)))


# Attendance and enrollment -----------------------------------------------------------------------------------------------------------


def absences(facts: Columns, stays: Columns) -> Rows:
    """school, year, day, grade, tardy, excused, n, hundredths."""
    grade = completed({**facts, "grade": np.full(len(facts["student"]), NONE, dtype=np.int64)}, stays, "day")["grade"]
    tardy = np.where(facts["tardy"] == 1, 1, 0)
    columns = [facts["school"], facts["year"], facts["day"], grade, tardy, facts["excused"]]
    kept, n = tally(columns)
    _, hundredths = tally(columns, facts["hundredths"])
    return as_rows([*kept, n, hundredths])


def attendance(facts: Columns, stays: Columns, about: Counting) -> Rows:
    """school, year, grade, group, month, band, n: students by share of enrolled days missed, from the start of the year to the month's end.

    Chronic is 10 percent or more, compared exactly. Without a calendar the days on which anybody was absent stand for school days.
    """
    made: Rows = []
    for school, year in _places(facts):
        here = (facts["school"] == school) & (facts["year"] == year)
        there = (
            (stays["school"] == school) & (stays["year"] == year) if len(stays["student"]) else np.zeros(0, dtype=bool)
        )
        days = about.school_days(school, year)
        if days is None or not len(days):
            days = np.unique(facts["day"][here])
        for until in _month_ends(facts["day"][here]):
            made += _attendance_until(facts, here, stays, np.flatnonzero(there), days, until, (school, year), about)
    return made


def _attendance_until(
    facts: Columns,
    here: Codes,
    stays: Columns,
    enrolled: Codes,
    days: Codes,
    until: int,
    place: tuple[int, int],
    about: Counting,
) -> Rows:
    if not len(enrolled):
        return []
    start = np.searchsorted(days, stays["from_day"][enrolled])
    last = np.where(stays["to_day"][enrolled] == NONE, until, np.minimum(stays["to_day"][enrolled], until))
    held = np.maximum(np.searchsorted(days, last, side="right") - start, 0)
    groups, first = grouped([stays["student"][enrolled].astype(np.int64)])
    enrolled_days = np.bincount(groups, weights=held).astype(np.int64)
    who = stays["student"][enrolled][first].astype(np.int64)
    missed = _missed(facts, here & (facts["day"] <= until), who)
    counted = enrolled_days >= DAYS_BEFORE_CHRONIC
    band = np.zeros(len(who), dtype=np.int64)
    for percent, number in reversed(BANDS_OF_DAYS):
        band[missed >= enrolled_days * percent] = number
    who, band, grade = who[counted], band[counted], stays["grade"][enrolled][first][counted].astype(np.int64)
    school, year = place
    rows, group = by_group(who, np.full(len(who), year, dtype=np.int64), stays, about)
    month = date.fromordinal(until).month
    fixed = [np.full(len(rows), value, dtype=np.int64) for value in (school, year, month)]
    columns, n = tally([fixed[0], fixed[1], grade[rows], group, fixed[2], band[rows]])
    return as_rows([*columns, n])


def _missed(facts: Columns, rows: Codes, who: Codes) -> Codes:
    """Hundredths of days missed by each of the (sorted) students."""
    student, hundredths = facts["student"][rows].astype(np.int64), facts["hundredths"][rows]
    at = np.searchsorted(who, student)
    inside = (at < len(who)) & (who[np.minimum(at, len(who) - 1)] == student)
    return np.bincount(at[inside], weights=hundredths[inside], minlength=len(who)).astype(np.int64)


def enrollment(stays: Columns, about: Counting) -> Rows:
    """school, year, grade, group, on_day, n: on the first of every month from August to June that has come."""
    made: Rows = []
    for year in np.unique(stays["year"]).tolist():
        firsts = [date(year + (month < 7), month, 1) for month in (8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6)]
        for day in (first.toordinal() for first in firsts if first <= about.today):
            here = np.flatnonzero((stays["year"] == year) & _present(stays, day))
            student = stays["student"][here].astype(np.int64)
            rows, group = by_group(student, np.full(len(here), year, dtype=np.int64), stays, about)
            at = here[rows]
            fixed = [np.full(len(at), value, dtype=np.int64) for value in (year, day)]
            columns, n = tally([stays["school"][at], fixed[0], stays["grade"][at], group, fixed[1]])
            made += as_rows([*columns, n])
    return made
