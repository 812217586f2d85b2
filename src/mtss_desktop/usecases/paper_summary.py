"""The coaching summary's facts: what was done, what the teams said of their plans, what the counts show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import Said, said, school_year
from mtss_desktop.documents import coaching_summary as summary
from mtss_desktop.documents.blocks import Document
from mtss_desktop.domain import behavior, charts
from mtss_desktop.domain.behavior import Rate
from mtss_desktop.domain.figures import Bars, Figure
from mtss_desktop.domain.meetings import LineKind, Meeting, MeetingState
from mtss_desktop.domain.people import Organization
from mtss_desktop.domain.plans import Action, is_open
from mtss_desktop.domain.teams import Team
from mtss_desktop.store.queries import counts
from mtss_desktop.store.queries.counts import Source
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import paper_fidelity, paper_problem, problems
from mtss_desktop.usecases.paper_common import coach_name, division, printed, schools, short
from mtss_desktop.usecases.paper_packet import sent_after
from mtss_desktop.usecases.paper_screening import TIERS
from mtss_desktop.usecases.places import calendar_days, year_of
from mtss_desktop.usecases.problems import ProblemRecord

DAY = 24 * 60
_LATE_CONTACT = timedelta(days=42)
_BEGINS = {"winter": 1, "spring": 4}
"""Month of the second half of a school year in which its testing begins."""


@dataclass(frozen=True)
class _Scene:
    """The period with its meetings and actions; ``rows`` are the schools, or the teams of the one school asked for."""

    places: tuple[Organization, ...]
    teams: tuple[Team, ...]
    one_school: bool
    first: date
    last: date
    meetings: tuple[Meeting, ...]
    actions: tuple[Action, ...]

    def teams_of(self, place: Organization) -> list[Team]:
        return [team for team in self.teams if team.organization_id == place.id]


def document(work: Work, *, school_id: str | None, first: date | None, last: date | None) -> Document:
    return summary.document(summary_facts(work, school_id=school_id, first=first, last=last))


def summary_facts(work: Work, *, school_id: str | None, first: date | None, last: date | None) -> summary.SummaryFacts:
    """For one school by team, else for all by school; this school year to today unless a period is given."""
    scene = _scene(work, school_id, first, last)
    records: dict[str, tuple[ProblemRecord, ...]] = {
        team.id: problems.of_team(work, team.id, closed=True) for team in scene.teams
    }
    effort = _effort(work, scene)
    outcomes, figures, sources = _outcomes(work, scene, records)
    screening, screening_note, more = _screening(work, scene)
    fidelity = paper_fidelity.lines(work, tuple(place.id for place in scene.places), scene.first, scene.last)
    return summary.SummaryFacts(
        division=division(work).name,
        title=said("What we did, how well, with what result"),
        span=said("Systems coaching, {place}{year}", place=_where(scene), year=_span_words(work, scene)),
        start=scene.first,
        end=scene.last,
        printed=printed(work, (*sources, *more), scene.last),
        coach=coach_name(work),
        readers=said("Principals and the division team"),
        scope=_scope(scene),
        one_school=scene.one_school,
        decision=_decision(effort, scene),
        effort=effort,
        months=_months(scene),
        months_note=_months_note(scene),
        wins=_wins(work, scene),
        fidelity_missing=said(
            "No fidelity instrument has been rated yet. This third fills when a team rates one; "
            "until then the teams' own word on their plans stands here."
        ),
        fidelity=fidelity,
        fidelity_number=_fidelity_number(fidelity),
        fidelity_line=said("newest ratings against their criterion")
        if fidelity
        else said("the teams' own word on their plans is below"),
        problems=_problem_lines(work, scene, records),
        outcome_aside=said("office {label.referral.many} per school day per month, per 100 students"),
        outcome_number=_outcome_number(outcomes),
        outcome_line=said("difference in time, not proof of cause"),
        outcome_figures=figures,
        outcomes=outcomes,
        outcome_note=said("School days stand under the months. A difference in time is not proof of cause."),
        screening=screening,
        screening_title=said("Screening, newest window"),
        screening_note=screening_note,
        next_period=_next(work, scene, effort),
        code=said("Coaching summary, {place}to {day:date}", place=_where(scene), day=scene.last),
    )


def _fidelity_number(found: tuple[summary.FidelityLine, ...]) -> Said | str:
    """How many of the ratings with a criterion reach it."""
    told = [each for each in found if each.met is not None]
    if not told:
        return ""
    return said("{n} of {of} at the criterion", n=sum(each.met is True for each in told), of=len(told))


def _scene(work: Work, school_id: str | None, first: date | None, last: date | None) -> _Scene:
    end = min(last or work.today(), work.today())
    year = year_of(work, end)
    days = calendar_days(work, work.home_id, year.id)
    start = first or (days[0] if days else date(year.start, 8, 1))
    if start > end:
        raise UserError("The period ends before it starts.", "Choose an earlier first day.")
    own = tuple(place for place in schools(work) if school_id in (None, work.home_id, place.id))
    if not own:
        raise UserError("There is no school yet.", "Add the schools first.")
    one = school_id is not None and len(own) == 1
    teams = work.teams.list(organization_id=tuple(place.id for place in own), order=("tier", "name_folded"))
    ids = tuple(team.id for team in teams)
    meetings = tuple(each for each in work.meetings.list(team_id=ids, order=("day",)) if start <= each.day <= end)
    return _Scene(own, teams, one, start, end, meetings, work.actions.list(team_id=ids))


def _where(scene: _Scene) -> Said | str:
    return said("{school}, ", school=short(scene.places[0])) if scene.one_school else ""


def _span_words(work: Work, scene: _Scene) -> Said | str:
    start, end = year_of(work, scene.first), year_of(work, scene.last)
    if start.id == end.id:
        return said("{year} to {day:date}", year=school_year(start.start), day=scene.last)
    return said("{first:date} to {last:date}", first=scene.first, last=scene.last)


def _scope(scene: _Scene) -> Said:
    if scene.one_school:
        return said("{n} team", many="{n} teams", count="n", n=len(scene.teams))
    return said("{places} schools, {teams} teams", places=len(scene.places), teams=len(scene.teams))


# Effort ----------------------------------------------------------------------------------------------------------------


def _effort(work: Work, scene: _Scene) -> tuple[summary.EffortFacts, ...]:
    if scene.one_school:
        return tuple(_effort_row(work, scene, team.name, [team]) for team in scene.teams)
    return tuple(_effort_row(work, scene, short(place), scene.teams_of(place)) for place in scene.places)


def _effort_row(work: Work, scene: _Scene, name: str, teams: list[Team]) -> summary.EffortFacts:
    ids = {team.id for team in teams}
    meetings = [each for each in scene.meetings if each.team_id in ids]
    held = [each for each in meetings if each.state is MeetingState.HELD]
    present = _with_coach(work, held)
    actions = [each for each in scene.actions if each.team_id in ids]
    return summary.EffortFacts(
        name,
        planned=sum(each.state is not MeetingState.MOVED for each in meetings),
        held=len(held),
        sent_in_time=sum((after := sent_after(work, each)) is not None and after <= DAY for each in held),
        opened=sum(_inside(each.started_on, scene) for each in actions),
        closed=sum(_inside(each.done_on, scene) for each in actions),
        late=sum(_late(each, scene.last) for each in actions),
        coach_present=len(present),
        last_present=max((each.day for each in present), default=None),
    )


def _with_coach(work: Work, held: list[Meeting]) -> list[Meeting]:
    there = {each.meeting_id for each in work.attendance.list(person_id=work.me, present=True)} if work.me else set()
    return [each for each in held if each.id in there]


def _late(action: Action, day: date) -> bool:
    """Whether it was overdue on that day; done since does not undo that."""
    if action.due_on is None or action.due_on >= day:
        return False
    return is_open(action) or (action.done_on is not None and action.done_on > day)


def _inside(day: date | None, scene: _Scene) -> bool:
    return day is not None and scene.first <= day <= scene.last


def _months(scene: _Scene) -> tuple[Figure, ...]:
    """Meetings held per month, one chart per school, on one axis."""
    if scene.one_school:
        return ()
    months = _months_of(scene)
    figures = []
    for place in scene.places:
        ids = {team.id for team in scene.teams_of(place)}
        held = [each for each in scene.meetings if each.team_id in ids and each.state is MeetingState.HELD]
        bars = tuple(
            (said("{m}", m=_month(month)), float(sum(each.day.replace(day=1) == month for each in held)))
            for month in months
        )
        made = charts.category_bars(short(place), said("meetings held"), bars, horizontal=False)
        figures.append(replace(made, n=said("{n} held", n=len(held))))
    return _same_axis(figures)


def _same_axis(figures: list[Figure]) -> tuple[Figure, ...]:
    """Charts of one measure beside each other end at the same value."""
    values = [bar.value for figure in figures for bars in figure.of(Bars) for bar in bars.bars if bar.value is not None]
    top = max(values, default=0.0) or 1.0
    return tuple(replace(figure, y=replace(figure.y, high=top)) for figure in figures)


def _months_of(scene: _Scene) -> list[date]:
    months = [scene.first.replace(day=1)]
    while (following := (months[-1] + timedelta(days=32)).replace(day=1)) <= scene.last:
        months.append(following)
    return months


def _month(month: date) -> str:
    return month.strftime("%b")


def _months_note(scene: _Scene) -> Said | str:
    lost = [each for each in scene.meetings if each.state is MeetingState.CANCELED and each.reason]
    if not lost:
        return ""
    reasons = tuple(dict.fromkeys(each.reason.rstrip(".").lower() for each in lost))
    return said(
        "{n} meeting was canceled: {why}.",
        many="{n} meetings were canceled: {why}.",
        count="n",
        n=len(lost),
        why=reasons[:4],
    )


def _wins(work: Work, scene: _Scene) -> tuple[summary.WinLine, ...]:
    """The newest celebrations, at most three of a school, confidential ones left out."""
    open_meetings = {each.id: each for each in scene.meetings if not each.confidential}
    lines = work.minutes_lines.list(meeting_id=tuple(open_meetings), kind=LineKind.CELEBRATION, confidential=False)
    place_of = {
        team.id: next(place for place in scene.places if place.id == team.organization_id) for team in scene.teams
    }
    newest = sorted(lines, key=lambda line: open_meetings[line.meeting_id].day, reverse=True)
    made: list[summary.WinLine] = []
    for line in newest:
        name = short(place_of[open_meetings[line.meeting_id].team_id])
        if sum(win.who == name for win in made) < (6 if scene.one_school else 2):
            made.append(summary.WinLine(name, line.text))
    return tuple(made[:6])


def _decision(effort: Iterable[summary.EffortFacts], scene: _Scene) -> Said | str:
    """The one thing that stands out: a place the coach has not been to for six weeks, else the one with most late actions."""
    rows = list(effort)
    away = [each for each in rows if each.last_present is not None and scene.last - each.last_present > _LATE_CONTACT]
    if away:
        row = min(away, key=lambda each: each.last_present or scene.last)
        weeks = (scene.last - (row.last_present or scene.last)).days // 7
        return said(
            "The coach was last at a meeting of {name} {n} weeks ago: plan the next visit.", name=row.name, n=weeks
        )
    late = max(rows, key=lambda each: each.late, default=None)
    if late is not None and late.late:
        return said("{name} has {n} late actions: choose which to keep.", name=late.name, n=late.late)
    return ""


# What the teams said, and what the counts show -----------------------------------------------------------------------------


def _problem_lines(
    work: Work, scene: _Scene, records: dict[str, tuple[ProblemRecord, ...]]
) -> tuple[summary.ProblemLine, ...]:
    days = _meeting_days(work, scene)
    place_of: dict[str, str] = {place.id: short(place) for place in scene.places}
    made = []
    for team in scene.teams:
        for record in records[team.id]:
            if record.problem.closed_on is not None and record.problem.closed_on < scene.first:
                continue
            if record.problem.opened_on is not None and record.problem.opened_on > scene.last:
                continue
            seen = _as_of(record, days, scene).reviews
            last = seen[-1] if seen else None
            made.append(
                summary.ProblemLine(
                    team.short_name or team.name if scene.one_school else place_of[team.organization_id],
                    record.problem.title,
                    days[last.meeting_id] if last else None,
                    last.fidelity if last else None,
                    last.effect if last else None,
                    said("{level}", level=last.level) if last and last.level is not None else "",
                )
            )
    return tuple(made)


def _meeting_days(work: Work, scene: _Scene) -> dict[str, date]:
    return {each.id: each.day for each in work.meetings.list(team_id=tuple(team.id for team in scene.teams))}


def _as_of(record: ProblemRecord, days: dict[str, date], scene: _Scene) -> ProblemRecord:
    """With the reviews that had been made by the end of the period."""
    return replace(record, reviews=tuple(each for each in record.reviews if days[each.meeting_id] <= scene.last))


def _outcomes(
    work: Work, scene: _Scene, records: dict[str, tuple[ProblemRecord, ...]]
) -> tuple[tuple[summary.OutcomeFacts, ...], tuple[Figure, ...], tuple[Source, ...]]:
    year = year_of(work, scene.last)
    rates: list[tuple[Organization, tuple[Rate, ...], int | None]] = []
    sources: list[Source] = []
    for place in scene.places:
        by_day = {
            each.day: each.n for each in counts.incidents_by_day(work, place.key, year.start) if each.day <= scene.last
        }
        days = [day for day in calendar_days(work, place.id, year.id) if day <= scene.last]
        sources += counts.sources(work, "incident_count", place.key, year.start)
        rates.append((place, behavior.by_month(by_day, days), counts.enrollment(work, place.key, year.start)))
    known = [
        (place, months, enrolled)
        for place, months, enrolled in rates
        if enrolled and any(month.count for month in months)
    ]
    made = _month_figures(known)
    rows = tuple(_outcome(work, place, months, records, scene) for place, months, _ in rates)
    return tuple(row for found in rows for row in found), made, tuple(dict.fromkeys(sources))


def _month_figures(known: Iterable[tuple[Organization, tuple[Rate, ...], int]]) -> tuple[Figure, ...]:
    """Per 100 students on one axis, so that schools of different size stand beside each other."""
    shown = []
    for place, months, enrolled in known:
        bars = tuple(
            (said("{m}", m=_month(month.start)), behavior.rate_per_100(month.count, enrolled, month.days))
            for month in months
            if month.days
        )
        made = charts.category_bars(
            short(place), said("{label.referral.many} per 100 students a day"), bars, horizontal=False, places=2
        )
        total = sum(month.count for month in months)
        shown.append(replace(made, n=said("{n} {label.referral.many}, {all} students", n=total, all=enrolled)))
    return _same_axis(shown)


def _outcome(
    work: Work,
    place: Organization,
    months: tuple[Rate, ...],
    records: dict[str, tuple[ProblemRecord, ...]],
    scene: _Scene,
) -> tuple[summary.OutcomeFacts, ...]:
    """One row per dated plan of the school that counts can compare; a school without one says so."""
    found = []
    days = _meeting_days(work, scene)
    for team in scene.teams_of(place):
        for record in records[team.id]:
            compared = paper_problem.compared(work, _as_of(record, days, scene), place, scene.last)
            if compared is None:
                continue
            before, after = compared.before.per_day, compared.after.per_day
            found.append(
                summary.OutcomeFacts(
                    said("{school}: {problem}", school=short(place), problem=record.problem.title),
                    said("{n:2}", n=before) if before is not None else "",
                    said("{n:2}", n=after) if after is not None else "",
                    _difference(before, after),
                    said("{before} / {after}", before=compared.before.days, after=compared.after.days),
                    compared.change.sentence,
                )
            )
    if found:
        return tuple(found)
    total = behavior.Span(sum(month.count for month in months), sum(month.days for month in months))
    if not total.count:
        return (summary.OutcomeFacts(short(place), sentence=said("no {label.referral} file for this year yet")),)
    rate = said("{n:2}", n=total.per_day) if total.per_day is not None else ""
    return (
        summary.OutcomeFacts(
            short(place), rate, days=said("{n}", n=total.days), sentence=said("no dated plan that counts can compare")
        ),
    )


def _difference(before: float | None, after: float | None) -> Said | str:
    """Of the printed means, so that the reader's own subtraction agrees."""
    if before is None or after is None:
        return ""
    difference = round(round(after, 2) - round(before, 2), 2)
    if difference == 0:
        return said("none")
    return said("{n:2} lower" if difference < 0 else "{n:2} higher", n=abs(difference))


def _outcome_number(outcomes: tuple[summary.OutcomeFacts, ...]) -> Said | str:
    first = next((each for each in outcomes if each.difference), None)
    return said("{name}: {difference} a school day", name=first.name, difference=first.difference) if first else ""


def _has_begun(window: str, year: int, day: date, today: date) -> bool:
    """Counts carry no days: of a period that is over, winter's belong to it from January on and spring's from April on."""
    begins = _BEGINS.get(window.casefold())
    return day >= today or begins is None or day >= date(year + 1, begins, 1)


def _screening(work: Work, scene: _Scene) -> tuple[Figure | None, Said | str, tuple[Source, ...]]:
    """Tiers of support by school in the newest window of each, whole tests only."""
    year = year_of(work, scene.last).start
    rows: list[charts.LevelShare] = []
    sources: list[Source] = []
    windows: list[str] = []
    for place in scene.places:
        found = [
            each
            for each in counts.screening(work, place.key, years=(year,))
            if each.tier in TIERS and _has_begun(each.window, year, scene.last, work.today())
        ]
        measures = {measure.key: measure.name for measure in work.measures.list()}
        whole = [each for each in found if "composite" in measures[each.measure_key].casefold()] or found
        if not whole:
            continue
        newest = whole[-1].window
        for key in dict.fromkeys(each.measure_key for each in whole):
            mine = [each for each in whole if each.window == newest and each.measure_key == key]
            tested = tuple(sum(each.n for each in mine if each.tier == tier) for tier in TIERS)
            name = said("{school}, {measure}", school=short(place), measure=measures[key])
            rows.append(charts.LevelShare(name, tested))
        windows.append(newest)
        sources += counts.sources(work, "screening_count", place.key, year)
    if not rows:
        return None, said("No screening of this year has been brought in yet."), ()
    names = tuple(said(f"{{label.tier_{tier}}}") for tier in TIERS)
    window = tuple(dict.fromkeys(windows))
    title = said("Screening, {window} {year}", window=window, year=school_year(year))
    figure = charts.screening_stack(title, said("screening"), names, rows, supports=True)
    note = said(
        "{window} {year}. Tiers are supports that a level of the test asks for; the marks are 80 and 95 percent.",
        window=window,
        year=school_year(year),
    )
    return figure, note, tuple(dict.fromkeys(sources))


def _next(work: Work, scene: _Scene, effort: tuple[summary.EffortFacts, ...]) -> tuple[summary.NextFacts, ...]:
    """Open for the coach to fill by hand; what the records already say is set in, with the day of the next meeting."""
    made = []
    teams = [[team] for team in scene.teams] if scene.one_school else [scene.teams_of(place) for place in scene.places]
    for row, its in zip(effort, teams, strict=True):
        away = row.last_present is None or scene.last - row.last_present > _LATE_CONTACT
        will: Said | str = said("be at the next meeting") if away else ""
        asked: Said | str = said("decide which of {n} late actions to keep", n=row.late) if row.late else ""
        made.append(summary.NextFacts(row.name, will, asked, by=_next_day(work, its) if will or asked else None))
    return tuple(made)


def _next_day(work: Work, teams: list[Team]) -> date | None:
    planned = work.meetings.list(team_id=tuple(team.id for team in teams), state=MeetingState.PLANNED, order=("day",))
    return next((each.day for each in planned if each.day >= work.today()), None)
