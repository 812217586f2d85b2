"""The precise-problem builder and the core reports of behavior: bars that narrow a sentence, saved, run again, made a problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import Said, said, school_year
from mtss_desktop.domain import charts, goal_advice, precise
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.goal_advice import Proposal
from mtss_desktop.domain.meetings import LineKind, MeetingState
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.precise import DrillDown, Narrowing, Part, Piece
from mtss_desktop.domain.problems import MeasuredBy, Problem, ProblemId
from mtss_desktop.domain.provenance import Share, shares
from mtss_desktop.domain.screening import grade_name
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.store.queries import counts
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import problems
from mtss_desktop.usecases.behavior_bars import Held, Step, held, how_often, step_of_all, step_within
from mtss_desktop.usecases.cleaning import clean_name, clean_text
from mtss_desktop.usecases.paper_common import short, words_of
from mtss_desktop.usecases.places import calendar_days, year_of
from mtss_desktop.usecases.use_case import question, use_case

IDEAS = 3
NOTHING_CHOSEN = Narrowing()


@dataclass(frozen=True)
class Idea:
    """A note of the team's minutes that may say why."""

    text: str
    day: date


@dataclass(frozen=True)
class PreciseView:
    """The narrowing as it stands. ``n`` of ``all`` referrals fit, in ``days`` school days to ``through``; ``baseline`` a school day.

    ``pieces`` make the sentence; ``few`` says that too few are left for a pattern. ``same`` is an open problem of the same choices.
    """

    place_id: OrganizationId
    place: str
    year: int
    first: date | None
    through: date | None
    days: int
    narrowing: Narrowing
    steps: tuple[Step, ...]
    often: Figure | None
    pieces: tuple[Piece, ...]
    n: int
    all: int
    baseline: float | None
    few: Said | None
    same: Problem | None
    ideas: tuple[Idea, ...]
    advised: Proposal | None
    due_on: date | None
    severity: str
    severities: bool
    files: tuple[str, ...]
    often_behind: tuple[Share, ...] = ()


@dataclass(frozen=True)
class CoreReports:
    """The core reports in their own shape, whatever is chosen: chosen bars are marked, nothing is left out.

    ``bands`` are enrolled students with 0 or 1, 2 to 5, 6 or more referrals as (words, students, share); none where nobody is enrolled.
    ``band_figure`` draws them, ``bands_behind`` are the imports they stand on.
    """

    place_id: OrganizationId
    steps: tuple[Step, ...]
    bands: tuple[tuple[Said, int, float], ...]
    enrolled: int
    band_figure: Figure | None = None
    bands_behind: tuple[Share, ...] = ()


@dataclass(frozen=True)
class SavedBars:
    """A saved narrowing with today's count beside the old one."""

    id: str
    name: str
    narrowing: Narrowing
    saved_on: date | None
    was: int
    was_days: int
    now: int
    now_days: int
    through: date | None
    problem_id: ProblemId | None


@question("Precise problem")
def narrow(
    work: Work,
    place_id: OrganizationId,
    *,
    year: int = 0,
    narrowing: Narrowing = NOTHING_CHOSEN,
    why: str = "",
    severity: str = "",
) -> PreciseView:
    """Counts within the chosen bars, the sentence they make, the baseline per school day, and what is like it already."""
    here = held(work, place_id, year, severity)
    place = work.organizations.get(place_id)
    left = precise.kept(here.rows, narrowing)
    n, days = precise.total(left), len(here.days)
    baseline = n / days if days and n else None
    half = goal_advice.of_rate(round(baseline, 2), ())[1] if baseline and narrowing.count else None
    whole_year = calendar_days(work, place_id, year_of(work, work.today()).id)
    return PreciseView(
        place_id=place_id,
        place=short(place),
        year=here.year,
        first=here.days[0] if here.days else None,
        through=here.days[-1] if here.days else None,
        days=days,
        narrowing=narrowing,
        steps=tuple(step_within(here, narrowing, part) for part in Part if part is not Part.WEEKDAY),
        often=how_often(left, here.days) if n else None,
        pieces=precise.sentence(narrowing, n, days, time_known=precise.has_time(here.rows), why=why),
        n=n,
        all=precise.total(here.rows),
        baseline=baseline,
        few=precise.too_few(n) if here.rows else None,
        same=_same(work, place_id, narrowing),
        ideas=_ideas(work, place_id, narrowing),
        advised=half,
        due_on=goal_advice.due_after(whole_year, work.today()),
        severity=here.severity,
        severities=here.severities,
        files=tuple(each.file_name for each in counts.sources(work, "incident_count", place.key, here.year)),
        often_behind=here.behind(left),
    )


@question("Core reports of behavior")
def core(
    work: Work,
    place_id: OrganizationId,
    *,
    year: int = 0,
    narrowing: Narrowing = NOTHING_CHOSEN,
    severity: str = "",
) -> CoreReports:
    """By place, behavior, time, weekday and grade (per 100 students where enrollment is known), and students by referrals."""
    here = held(work, place_id, year, severity)
    place = work.organizations.get(place_id)
    enrolled = {
        grade_name(grade): n
        for grade, n in counts.enrolled_by_grade(work, place.key, here.year).items()
        if grade is not None
    }
    steps = tuple(step_of_all(here, narrowing, part, enrolled) for part in Part)
    found = counts.referral_bands(work, place.key, here.year)
    bands = _bands([(band, n) for band, _, n in found])
    return CoreReports(
        place_id,
        steps,
        bands,
        sum(enrolled.values()),
        charts.referral_bands(bands, said("{label.referral.many}")) if bands else None,
        shares((key, n, True) for _, key, n in found),
    )


_BANDS = (said("0 or 1"), said("2 to 5"), said("6 or more"))


def _bands(found: Sequence[tuple[int, int]]) -> tuple[tuple[Said, int, float], ...]:
    everyone = sum(n for _, n in found)
    if not everyone:
        return ()
    totals = [sum(n for band, n in found if band == at) for at in range(len(_BANDS))]
    return tuple((name, n, n / everyone) for name, n in zip(_BANDS, totals, strict=True))


def _same(work: Work, place_id: OrganizationId, narrowing: Narrowing) -> Problem | None:
    """An open problem made from the same bars, or one that is counted at the same place and behavior and nothing else is chosen."""
    if not narrowing.count:
        return None
    open_ones = {
        each.id: each
        for each in work.problems.list(organization_id=place_id, closed_on=None, order=("rank",))
        if each.measured_by is MeasuredBy.REFERRALS
    }
    saved = {each.problem_id: each for each in work.drill_downs.list(organization_id=place_id)}
    for problem_id, each in saved.items():
        if problem_id in open_ones and each.narrowing.is_like(narrowing):
            return open_ones[problem_id]
    for problem in open_ones.values():
        words = Narrowing(
            (problem.location_word,) if problem.location_word else (),
            (problem.behavior_word,) if problem.behavior_word else (),
        )
        if problem.id not in saved and words.count and _covers(problem, words, narrowing):
            return problem
    return None


def _covers(problem: Problem, words: Narrowing, narrowing: Narrowing) -> bool:
    """A problem typed by hand says its grades in words: grade 7 fits a narrowing to grade 7."""
    if (words.locations, words.behaviors) != (narrowing.locations, narrowing.behaviors):
        return False
    if narrowing.hours or narrowing.weekdays:
        return False
    said_grades = problem.who.casefold()
    return all(f"grade {grade}".casefold() in said_grades for grade in narrowing.grades)


def _ideas(work: Work, place_id: OrganizationId, narrowing: Narrowing) -> tuple[Idea, ...]:
    """Notes of the teams' last meetings that name the place or the behavior; data cannot say why. Confidential lines stay out."""
    names = [name.casefold() for name in (*narrowing.locations, *narrowing.behaviors)]
    if not names:
        return ()
    held_ones = work.meetings.list(organization_id=place_id, state=MeetingState.HELD, order=("day",))
    days = {each.id: each.day for each in held_ones if not each.confidential}
    lines = work.minutes_lines.list(meeting_id=tuple(days), kind=LineKind.NOTE, confidential=False)
    found = [
        Idea(line.text, days[line.meeting_id])
        for line in lines
        if len(line.text) <= 120 and _may_say_why(line.text, names)
    ]
    return tuple(sorted(found, key=lambda each: each.day, reverse=True)[:IDEAS])


def _may_say_why(text: str, names: Sequence[str]) -> bool:
    """Lines that count something say how often, not why."""
    folded = text.casefold()
    return any(name in folded for name in names) and not any(letter.isdigit() for letter in folded)


@question("Bars of a problem")
def bars_of(work: Work, *, problem_id: ProblemId) -> Narrowing:
    """What the chart of a problem counts: the bars it was made from, else its place and behavior."""
    saved = work.drill_downs.first(problem_id=problem_id)
    if saved is not None:
        return saved.narrowing
    problem = work.problems.get(problem_id)
    return Narrowing(
        (problem.location_word,) if problem.location_word else (),
        (problem.behavior_word,) if problem.behavior_word else (),
    )


# Saved bars ----------------------------------------------------------------------------------------------------------------


@question("Saved bars")
def drill_downs(work: Work, place_id: OrganizationId) -> tuple[SavedBars, ...]:
    """Each with what it counted when it was saved and what it counts with today's data; newest first."""
    found = work.drill_downs.list(organization_id=place_id, order=("saved_on",))
    if not found:
        return ()
    of_kind = {kind: held(work, place_id, severity=kind or "all") for kind in {each.severity for each in found}}
    return tuple(_today(each, of_kind[each.severity]) for each in reversed(found))


def _today(each: DrillDown, here: Held) -> SavedBars:
    return SavedBars(
        each.id,
        each.name,
        each.narrowing,
        each.saved_on,
        each.counted,
        each.days,
        precise.total(precise.kept(here.rows, each.narrowing)),
        len(here.days),
        here.days[-1] if here.days else None,
        each.problem_id,
    )


@use_case("Save bars")
def save(
    work: Work,
    place_id: OrganizationId,
    *,
    name: str = "",
    narrowing: Narrowing = NOTHING_CHOSEN,
    severity: str = "",
) -> str:
    """The chosen bars with today's number, to be run again next month. Raises ``UserError`` where nothing is chosen."""
    return _save(work, held(work, place_id, severity=severity), place_id, narrowing, name, None).id


def _save(
    work: Work,
    here: Held,
    place_id: OrganizationId,
    narrowing: Narrowing,
    name: str,
    problem_id: ProblemId | None,
) -> DrillDown:
    if not narrowing.count:
        raise UserError("Nothing is chosen yet.", "Choose a bar first.")
    known = {part: {value for value, _ in precise.counted(here.rows, part)} for part in Part}
    for part in Part:
        unknown = [value for value in narrowing.of(part) if value not in known[part]]
        if unknown and here.rows:
            choices = ", ".join(str(each) for each in known[part] if each not in ("", None))
            raise UserError(f"No referral has “{unknown[0]}”.", f"Choose one of: {choices}.")
    made = DrillDown(
        organization_id=place_id,
        name=clean_name(name or words_of(work).say(precise.name_of(narrowing)), "the saved bars"),
        year=here.year,
        locations=narrowing.locations,
        behaviors=narrowing.behaviors,
        hours=narrowing.hours,
        weekdays=narrowing.weekdays,
        grades=narrowing.grades,
        severity=here.severity if here.severity != "all" else "",
        saved_on=work.today(),
        through=here.days[-1] if here.days else None,
        counted=precise.total(precise.kept(here.rows, narrowing)),
        days=len(here.days),
        problem_id=problem_id,
    )
    return work.drill_downs.add(made)


@use_case("Remove saved bars")
def remove(work: Work, drill_down_id: str) -> None:
    """A problem that was made from it stays."""
    work.drill_downs.remove(drill_down_id)


@use_case("Make it a problem")
def make_problem(
    work: Work,
    place_id: OrganizationId,
    *,
    team_id: TeamId,
    title: str = "",
    why: str = "",
    narrowing: Narrowing = NOTHING_CHOSEN,
    severity: str = "",
) -> ProblemId:
    """A problem of a team with the words, the baseline and the unit of what is chosen; its chart counts the same bars.

    Raises ``UserError`` where nothing is chosen or fewer than ten referrals fit.
    """
    here = held(work, place_id, severity=severity)
    n, days, words = _counted(work, here, narrowing)
    name = title or words_of(work).say(precise.name_of(narrowing))
    problem_id = problems.define(
        work,
        team_id,
        title=name,
        why=why,
        baseline=round(n / days, 2),
        unit="referrals per school day",
        data_source=_source(work, place_id),
        measured_by=MeasuredBy.REFERRALS,
        location_word=narrowing.locations[0] if len(narrowing.locations) == 1 else "",
        behavior_word=narrowing.behaviors[0] if len(narrowing.behaviors) == 1 else "",
        what=words["what"],
        where=words["where"],
        when=words["when"],
        who=words["who"],
        how_often=words["how_often"],
    )
    _save(work, here, place_id, narrowing, name, problem_id)
    return problem_id


@use_case("Update problem from the data")
def update_problem(
    work: Work,
    place_id: OrganizationId,
    *,
    problem_id: ProblemId,
    why: str = "",
    narrowing: Narrowing = NOTHING_CHOSEN,
    severity: str = "",
) -> None:
    """An open problem gets the words of what is chosen now. Its baseline stays: progress is measured from it."""
    here = held(work, place_id, severity=severity)
    n, days, words = _counted(work, here, narrowing)
    problem = work.problems.get(problem_id)
    work.problems.save(
        replace(
            problem,
            what=words["what"],
            where=words["where"],
            when=words["when"],
            who=words["who"],
            how_often=words["how_often"],
            why=clean_text(why) or problem.why,
            baseline=problem.baseline if problem.baseline is not None else round(n / days, 2),
            unit=problem.unit or "referrals per school day",
        )
    )
    old = work.drill_downs.first(organization_id=place_id, problem_id=problem_id)
    if old is None or not old.narrowing.is_like(narrowing):
        if old is not None:
            work.drill_downs.save(replace(old, problem_id=None))
        _save(work, here, place_id, narrowing, problem.title, problem_id)


def _counted(work: Work, here: Held, narrowing: Narrowing) -> tuple[int, int, dict[str, str]]:
    if not narrowing.count:
        raise UserError("Nothing is chosen yet.", "Choose a bar first.")
    n, days = precise.total(precise.kept(here.rows, narrowing)), len(here.days)
    few = precise.too_few(n)
    if few is not None:
        raise UserError(words_of(work).say(few), "Take a choice back.")
    if not days:
        raise UserError("No school days are known, so no rate can be counted.", "Set the calendar of the school first.")
    parts, say = precise.words_of(narrowing, n, days), words_of(work).say
    return n, days, {
        "what": _capital(say(parts.what)),
        "where": _capital(say(parts.where)),
        "when": say(parts.when),
        "who": _capital(say(parts.who)),
        "how_often": say(parts.how_often),
    }  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _source(work: Work, place_id: OrganizationId) -> str:
    here = work.organizations.get(place_id)
    year = year_of(work, work.today()).start
    found = counts.sources(work, "incident_count", here.key, year)
    return found[-1].file_name if found else school_year(year)
