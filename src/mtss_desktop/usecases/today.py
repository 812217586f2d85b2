"""Today: what needs me now. Sentences with their numbers, never a ranking of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain.caseload import ActionLine, Flag, MeetingLine, PlaceTally, Waiting
from mtss_desktop.domain.people import Organization, OrganizationKind
from mtss_desktop.domain.problems import MeasuredBy, Problem
from mtss_desktop.store.queries import caseload
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import today_ratings
from mtss_desktop.usecases.paper_common import local, short
from mtss_desktop.usecases.places import year_of
from mtss_desktop.usecases.use_case import question

AHEAD = timedelta(days=14)
FAR = timedelta(days=120)
MOST = 100
"""Lines of a list; nobody reads more on one day."""
SOON = timedelta(days=7)
LONG_WITHOUT_VISIT = timedelta(days=28)
OLD_DATA = timedelta(days=14)
RECENT = timedelta(days=28)


@dataclass(frozen=True)
class Neglected:
    """A place that waits: ``days`` since the last visit, None where none is on record."""

    place_id: str
    name: str
    days: int | None
    why: Said


@dataclass(frozen=True)
class TodayPage:
    """``late`` and ``due`` are open actions, ``more_late`` counts those beyond the first hundred, ``open_actions`` all.

    ``moment`` is the wall clock now, None where the database stays on its own day.
    """

    today: date
    meetings: tuple[MeetingLine, ...]
    next_meeting: MeetingLine | None
    late: tuple[ActionLine, ...]
    due: tuple[ActionLine, ...]
    more_late: int
    neglected: tuple[Neglected, ...]
    flags: tuple[Flag, ...]
    open_actions: int
    teams: int
    moment: datetime | None


@question("What waits")
def waits(work: Work) -> Waiting:
    """Meetings of today and late actions, for the counts beside the rooms."""
    return caseload.waiting(work, work.today())


@question("Today")
def show(work: Work, *, place_id: str = "") -> TodayPage:
    """Meetings of the next two weeks, late actions and those due within a week, places that wait, flags in the data."""
    today = work.today()
    upcoming = caseload.meetings_from(work, today, today + AHEAD, place_id=place_id, limit=MOST)
    following = upcoming or caseload.meetings_from(work, today, today + FAR, place_id=place_id, limit=1)
    due = caseload.open_actions(work, due_by=today + SOON, place_id=place_id)
    late = [each for each in due if each.due_on is not None and each.due_on < today]
    places = [place for place in work.organizations.list(closed_on=None) if place_id in ("", place.id)]
    first = date(year_of(work, today).start, 8, 1) if work.school_years.first() else today
    tallies = caseload.tallies(work, me=work.me, today=today, first=first)
    mine = [each for each in tallies if place_id in ("", each.place_id)]
    return TodayPage(
        today,
        upcoming,
        next(iter(following), None),
        tuple(late[:MOST]),
        tuple(due[len(late) :][:MOST]),
        sum(each.late for each in mine) - len(late[:MOST]),
        _neglected(places, tallies, today),
        _flags(work, places, today),
        sum(each.open_actions for each in mine),
        sum(each.teams for each in mine),
        local(work, work.now()) if work.rules.fixed_day is None else None,
    )


def _neglected(places: list[Organization], tallies: tuple[PlaceTally, ...], today: date) -> tuple[Neglected, ...]:
    """Longest without a visit first; places without a team wait for nobody."""
    names: dict[str, str] = {place.id: short(place) for place in places}
    found: list[Neglected] = []
    for each in tallies:
        if each.place_id not in names or not each.teams:
            continue
        days = None if each.last_visit is None else (today - each.last_visit).days
        if days is None or days > LONG_WITHOUT_VISIT.days or each.next_meeting is None:
            found.append(Neglected(each.place_id, names[each.place_id], days, _why(each, days)))
    return tuple(sorted(found, key=lambda each: -(each.days if each.days is not None else 10_000)))


def _why(tally: PlaceTally, days: int | None) -> Said:
    if days is None or tally.last_visit is None:
        seen = said("No visit is on record this year.")
    else:
        seen = said("Last at a meeting {day:short}, {n} day ago.", many="Last at a meeting {day:short}, {n} days ago.", count="n",
                    day=tally.last_visit, n=days)  # fmt: skip
    if tally.next_meeting is None:
        return said("{seen} No next meeting is planned.", seen=seen)
    return said("{seen} Next meeting {day:day}.", seen=seen, day=tally.next_meeting)


LastDays = dict[int, tuple[date | None, date | None]]
"""School key → last day with a referral, last day with an absence or tardy."""

# Flags -----------------------------------------------------------------------------------------------------------------


def _flags(work: Work, places: list[Organization], today: date) -> tuple[Flag, ...]:
    schools = [place for place in places if place.kind is OrganizationKind.SCHOOL]
    rated = today_ratings.flags(work, places, today)
    if not schools or not work.school_years.first():
        return tuple(rated)
    year = year_of(work, today).start
    known = caseload.last_days(work, year)
    found = (*_problems(work, schools, year, today, known), *rated, *_old_data(schools, today, known))
    return found[:MOST]


def _old_data(schools: list[Organization], today: date, known: LastDays) -> list[Flag]:
    """Files that have not come for two weeks; none at all is said once for all schools."""
    if not known:
        return [
            Flag(
                said("No counts of this school year"),
                said("Bring in referrals and attendance to see them here."),
                "imports",
            )
        ]
    flags = []
    for place in schools:
        days = known.get(place.key, (None, None))
        for words, last in (("{label.referral.many}", days[0]), ("attendance", days[1])):
            if last is not None and today - last > OLD_DATA:
                sentence = said(f"No {words} since {{day:short}}", day=last)
                flags.append(
                    Flag(
                        sentence, said("{school}. Last file ends {day:date}.", school=short(place), day=last), "imports"
                    )
                )
    return flags


def _problems(work: Work, schools: list[Organization], year: int, today: date, known: LastDays) -> list[Flag]:
    """Open problems counted from referrals: the last four weeks beside the level they started from, what rose most first."""
    by_id: dict[str, Organization] = {place.id: place for place in schools}
    open_ones = work.problems.list(closed_on=None, measured_by=MeasuredBy.REFERRALS, order=("rank",))
    mine = [
        each for each in open_ones if each.organization_id in by_id and each.location_word and each.baseline is not None
    ]
    if not mine:
        return []
    pairs = tuple((by_id[each.organization_id].key, each.location_word) for each in mine)
    last = [ends[0] for ends in known.values() if ends[0] is not None]
    if not last:
        return []
    end = min(max(last), today)
    since = end - RECENT
    counted = caseload.incidents_at(work, pairs, year, since)
    days = _weekdays(since, end)
    rising = sorted(
        zip(mine, pairs, strict=True), key=lambda one: (one[0].baseline or 0) - counted.get(one[1], 0) / days
    )
    return [
        _problem(each, short(by_id[each.organization_id]), counted.get(pair, 0), days, end)
        for each, pair in rising[:MOST]
    ]


def _problem(problem: Problem, place: str, n: int, days: int, end: date) -> Flag:
    """``n`` referrals in ``days`` weekdays to ``end``."""
    values: dict[str, Any] = {"place": place, "title": problem.title, "before": problem.baseline, "now": n / days}
    detail = said(
        "{n} {label.referral.many} in the {days} weekdays to {day:short}; it started at {before:2} a school day.",
        n=n,
        days=days,
        day=end,
        before=problem.baseline,
    )
    return Flag(said("{place}, {title}: {before:2} to {now:2} a day", **values), detail, "data", problem.id)


def _weekdays(first: date, last: date) -> int:
    return sum((first + timedelta(days=n + 1)).weekday() < 5 for n in range((last - first).days)) or 1
