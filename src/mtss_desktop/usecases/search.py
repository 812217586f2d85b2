"""Finding things by words."""

from __future__ import annotations

from dataclasses import dataclass

from mtss_desktop.base.words import Words
from mtss_desktop.domain.cycles import ImprovementCycle
from mtss_desktop.domain.meetings import Meeting
from mtss_desktop.domain.plans import Goal
from mtss_desktop.domain.problems import ProblemId
from mtss_desktop.domain.rating_views import Head
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.store.queries import ratings, search
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import strategies
from mtss_desktop.usecases.use_case import question


@dataclass(frozen=True)
class Hit:
    """``kind`` is team, person, organization, minutes_line, problem, goal, cycle, strategy, action …; ``opens`` what a click opens."""

    kind: str
    record_id: str
    opens: str
    title: str
    context: str = ""


_CONTEXT_KINDS = (
    *("team", "person", "organization", "problem", "goal", "improvement_cycle", "solution", "strategy_note", "action"),
    *("minutes_line", "agenda_item"),
    *("administration", "instrument_version", "rating", "evidence"),
)


@question("Find")
def find(work: Work, text: str, *, limit: int = 40) -> tuple[Hit, ...]:
    """Teams, people, places, ratings, problems,
    goals, cycles, what worked, actions and words in minutes that hold every word; never students."""
    found = search.lines(work, text, kinds=_CONTEXT_KINDS, limit=limit)
    by_kind: dict[str, list[search.Found]] = {}
    for each in found:
        by_kind.setdefault(each.kind, []).append(each)
    hits: list[Hit] = []
    for kind, lines in by_kind.items():
        hits += _shown(work, kind, tuple(line.record_id for line in lines))
    return tuple({(hit.kind, hit.record_id): hit for hit in hits}.values())


def _team_of(goal: Goal, teams_of_problems: dict[ProblemId, TeamId]) -> str:
    of_problem = teams_of_problems.get(goal.problem_id) if goal.problem_id is not None else None
    return goal.team_id or of_problem or ""


def _turn(cycle: ImprovementCycle) -> str:
    return f"{cycle.name} ({cycle.number})" if cycle.number > 1 else cycle.name


def _strategies(work: Work, kind: str, ids: tuple[str, ...]) -> list[Hit]:
    """Solutions that are in the strategy bank, each once; others are found by their problem."""
    if kind == "strategy_note":
        ids = tuple(each.solution_id for each in work.strategy_notes.list(id=ids))
    wanted = set(ids)
    return [
        Hit("strategy", line.id, line.id, line.text, f"{line.best.place}, {line.best.problem}")
        for line in strategies.bank(work)
        if any(use.id in wanted for use in line.uses)
    ]


_NEWEST = 8
"""Ratings shown for an instrument that is looked for."""


def _rated(work: Work, kind: str, ids: tuple[str, ...]) -> list[Hit]:
    """Ratings by their name, by their instrument, by a note, or by what stands behind them."""
    match kind:
        case "administration":
            return [_rating(each.head) for each in ratings.found(work, ids=ids)]
        case "instrument_version":
            known = set(ids)
            found = [each.head for each in ratings.found(work)]
            return [_rating(each) for each in found if each.administration.instrument_id in known][:_NEWEST]
        case "rating":
            notes = {each.id: each for each in work.ratings.list(id=ids)}
            of = {each.administration_id for each in notes.values()}
            heads = {each.head.administration.id: each.head for each in ratings.found(work, ids=of)}
            return [
                Hit(
                    kind,
                    each.id,
                    each.administration_id,
                    each.note,
                    f"{each.item}, {_about(heads[each.administration_id])}",
                )
                for each in notes.values()
                if each.administration_id in heads
            ]
    used = ratings.uses(work, ids)
    return [
        Hit(
            kind,
            each.id,
            used[each.id][0].administration_id,
            each.title,
            f"{used[each.id][0].title}, {used[each.id][0].place}",
        )
        for each in work.evidence.list(id=ids)
        if each.id in used
    ]


def _rating(head: Head) -> Hit:
    record = head.administration
    title = f"{head.title} {head.edition}" + (f", {record.name}" if record.name else "")
    return Hit("administration", record.id, record.id, title, f"{head.place}, {Words.date(record.held_on)}")


def _about(head: Head) -> str:
    return f"{head.title} {head.edition}, {head.place}, {Words.date(head.administration.held_on)}"


def _shown(work: Work, kind: str, ids: tuple[str, ...]) -> list[Hit]:
    if kind in ("administration", "instrument_version", "rating", "evidence"):
        return _rated(work, kind, ids)
    places: dict[str, str] = {place.id: place.short_name or place.name for place in work.organizations.list()}
    match kind:
        case "team":
            return [
                Hit(kind, team.id, team.id, team.name, places.get(team.organization_id, ""))
                for team in work.teams.list(id=ids)
            ]
        case "person":
            return [
                Hit(kind, person.id, person.id, person.name, person.position) for person in work.people.list(id=ids)
            ]
        case "organization":
            return [Hit(kind, place, place, places[place]) for place in ids if place in places]
    teams: dict[str, str] = {
        team.id: f"{team.name}, {places.get(team.organization_id, '')}" for team in work.teams.list()
    }
    match kind:
        case "problem":
            return [
                Hit(kind, each.id, each.id, each.title, teams.get(each.team_id, ""))
                for each in work.problems.list(id=ids)
            ]
        case "goal":
            about = {each.id: each.team_id for each in work.problems.list()}
            return [
                Hit(kind, each.id, each.id, each.metric or each.statement, teams.get(_team_of(each, about), ""))
                for each in work.goals.list(id=ids)
            ]
        case "improvement_cycle":
            return [
                Hit("cycle", each.id, each.id, _turn(each), teams.get(each.team_id, ""))
                for each in work.cycles.list(id=ids)
            ]
        case "solution" | "strategy_note":
            return _strategies(work, kind, ids)
        case "action":
            return [
                Hit(kind, each.id, each.team_id or "", each.text, teams.get(each.team_id or "", ""))
                for each in work.actions.list(id=ids)
            ]
    meetings: dict[str, Meeting] = {meeting.id: meeting for meeting in work.meetings.list()}
    lines: list[tuple[str, str, str]]
    if kind == "minutes_line":
        lines = [(each.id, each.meeting_id, each.text) for each in work.minutes_lines.list(id=ids)]
    else:
        lines = [(each.id, each.meeting_id, each.title) for each in work.agenda_items.list(id=ids)]
    return [
        Hit(
            kind,
            line_id,
            meeting_id,
            text,
            f"{teams.get(meetings[meeting_id].team_id, '')}, {Words.date(meetings[meeting_id].day)}",
        )
        for line_id, meeting_id, text in lines
    ]
