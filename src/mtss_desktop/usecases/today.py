"""Today: what needs me now. Sentences with their numbers, never a ranking of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain.caseload import ActionLine, Flag, MeetingLine, PlaceTally, QuietTeam, Waiting
from mtss_desktop.domain.people import Organization, OrganizationId, OrganizationKind, school_days
from mtss_desktop.domain.problems import MeasuredBy, Problem
from mtss_desktop.store.queries import caseload
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import today_progress, today_ratings
from mtss_desktop.usecases.paper_common import local, short
from mtss_desktop.usecases.places import year_of
from mtss_desktop.usecases.use_case import question

AHEAD = timedelta(days=14)
FAR = timedelta(days=120)
MOST = 100
"""Lines of a list; nobody reads more on one day."""
SOON = timedelta(days=7)
LONG_WITHOUT_VISIT = timedelta(days=28)
LONG_WITHOUT_MEETING = timedelta(days=35)
"""A team that meets each month has had its turn by then."""
OLD_DATA = timedelta(days=14)
RECENT = timedelta(days=28)


@dataclass(frozen=True)
class Neglected:
    """A place or one of its teams that waits: ``days`` since the last visit or meeting, None where none is on record.

    ``team_id`` is empty for a place.
    """

    place_id: str
    name: str
    days: int | None
    why: Said
    team_id: str = ""


@dataclass(frozen=True)
class TodayPage:
    """``late`` and ``due`` are open actions, ``more_late`` counts those beyond the first hundred, ``open_actions`` all.

    ``moment`` is the wall clock now, None where the database stays on its own day; ``knows_me`` is False until somebody
    has said whose visits are counted.
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
    knows_me: bool


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
        _neglected(
            places,
            tallies,
            caseload.quiet_teams(work, today, since=today - LONG_WITHOUT_MEETING, place_id=place_id),
            today,
        ),
        _flags(work, places, today),
        sum(each.open_actions for each in mine),
        sum(each.teams for each in mine),
        local(work, work.now()) if work.rules.fixed_day is None else None,
        bool(work.me) and work.people.find(work.me) is not None,
    )


def _neglected(
    places: list[Organization], tallies: tuple[PlaceTally, ...], quiet: tuple[QuietTeam, ...], today: date
) -> tuple[Neglected, ...]:
    """Longest without a visit first. A place without a team waits for nobody, and where no meeting at all is planned
    the place speaks for its teams."""
    names: dict[str, str] = {place.id: short(place) for place in places}
    found: list[Neglected] = []
    speaks: set[str] = set()
    for each in tallies:
        if each.place_id not in names or not each.teams:
            continue
        days = None if each.last_visit is None else (today - each.last_visit).days
        if each.next_meeting is None:
            speaks.add(each.place_id)
        if days is None or days > LONG_WITHOUT_VISIT.days or each.next_meeting is None:
            found.append(Neglected(each.place_id, names[each.place_id], days, _why(each, days, today)))
    found += [_quiet(each, today) for each in quiet if each.place_id not in speaks]
    planned = {each.place_id for each in tallies if each.next_meeting is not None}

    def longest(each: Neglected) -> tuple[int, bool]:
        days = 10_000 if each.days is None else each.days
        return -days, not each.team_id and each.place_id in planned

    return tuple(sorted(found, key=longest))


def _quiet(team: QuietTeam, today: date) -> Neglected:
    name = f"{team.name}, {team.place}"
    if team.last_met is None:
        why = said("No meeting is on record, and no next one is planned.")
        return Neglected(team.place_id, name, None, why, team.team_id)
    days = (today - team.last_met).days
    why = said("No meeting since {day:short}, {n} days ago. No next one is planned.", day=team.last_met, n=days)
    return Neglected(team.place_id, name, days, why, team.team_id)


def _why(tally: PlaceTally, days: int | None, today: date) -> Said:
    if days is None or tally.last_visit is None:
        seen = said("No visit is on record this year.")
    else:
        seen = said("Last at a meeting {day:short}, {n} day ago.", many="Last at a meeting {day:short}, {n} days ago.", count="n",
                    day=tally.last_visit, n=days)  # fmt: skip
    if tally.next_meeting is None:
        return said("{seen} No next meeting is planned.", seen=seen)
    if tally.next_meeting == today:
        return said("{seen} The next meeting is today.", seen=seen)
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
    progress = today_progress.flags(work, schools, year, today)
    found = (*_problems(work, schools, year, today, known), *progress, *rated, *_old_data(schools, today, known))
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
    since = end - RECENT + timedelta(days=1)
    counted = caseload.incidents_at(work, pairs, year, since)
    days = _days(work, {OrganizationId(each.organization_id) for each in mine}, since, end)
    found = [
        _Counted(each, short(by_id[each.organization_id]), counted.get(pair, 0), *days[each.organization_id], end)
        for each, pair in zip(mine, pairs, strict=True)
    ]
    return [_problem(each) for each in sorted(found, key=lambda each: each.better)[:MOST]]


@dataclass(frozen=True)
class _Counted:
    """``n`` referrals in ``days`` to ``end``: days of school where the place has a calendar, else weekdays."""

    problem: Problem
    place: str
    n: int
    days: int
    by_calendar: bool
    end: date

    @property
    def better(self) -> float:
        return (self.problem.baseline or 0) - self.n / (self.days or 1)


def _problem(each: _Counted) -> Flag:
    before = each.problem.baseline
    if not each.days:
        detail = said("No day of school in the four weeks to {day:short}; it started at {before:2} a school day.",
                      day=each.end, before=before)  # fmt: skip
        return Flag(
            said("{place}, {title}", place=each.place, title=each.problem.title), detail, "data", each.problem.id
        )
    kind = (
        said("{days} school day", many="{days} school days", count="days", days=each.days)
        if each.by_calendar
        else said("{days} weekday", many="{days} weekdays", count="days", days=each.days)
    )
    detail = said(
        "{n} {label.referral} in the {kind} to {day:short}; it started at {before:2} a school day.",
        many="{n} {label.referral.many} in the {kind} to {day:short}; it started at {before:2} a school day.",
        count="n",
        n=each.n,
        kind=kind,
        day=each.end,
        before=before,
    )
    values: dict[str, Any] = {"place": each.place, "title": each.problem.title, "before": before}
    sentence = said("{place}, {title}: {before:2} to {now:2} a day", now=each.n / each.days, **values)
    return Flag(sentence, detail, "data", each.problem.id)


def _days(work: Work, place_ids: set[OrganizationId], first: date, last: date) -> dict[str, tuple[int, bool]]:
    """How many days of school each place had in a span, by its own calendar or the division's; weekdays where none is set."""
    year = year_of(work, last)
    calendars = {each.organization_id: each for each in work.calendars.list(year_id=year.id)}
    off = work.days_without_school.list(year_id=year.id)
    found: dict[str, tuple[int, bool]] = {}
    for place in place_ids:
        calendar = calendars.get(place) or calendars.get(work.home_id)
        begins, ends = (
            (first, last) if calendar is None else (max(first, calendar.first_day), min(last, calendar.last_day))
        )
        mine = (each.day for each in off if each.organization_id in (place, work.home_id))
        found[place] = (len(school_days(begins, ends, mine)), calendar is not None)
    return found
