"""All teams of a database as the audit, the matrix and the structure document look at them."""

from __future__ import annotations

from collections.abc import Iterable

from mtss_desktop.base.folding import fold
from mtss_desktop.base.words import Words
from mtss_desktop.domain import team_audit
from mtss_desktop.domain.people import SchoolYear
from mtss_desktop.domain.team_cards import AuditLine
from mtss_desktop.domain.team_division import DataSource, Division, Finding, TeamOnGrid
from mtss_desktop.domain.team_limits import limits_of
from mtss_desktop.domain.teams import Membership, Team, TeamDecision, TeamYear, members_on
from mtss_desktop.store.queries import teams as queries
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.paper_common import words_of
from mtss_desktop.usecases.places import year_of

_INCIDENTS = ("Office referrals", ("referral", "incident", "discipline", "behavior", "odr"))
_ABSENCES = ("Attendance", ("attendance", "absen", "tard"))
_SCREENING = ("screen", "benchmark", "assessment", "data review")


def division_now(work: Work) -> Division:
    """The whole tree in this school year; teams that ended this year or before stand apart."""
    year = year_of(work, work.today())
    before = next((each for each in work.school_years.list() if each.start == year.start - 1), None)
    years = {each.team_id: each for each in work.team_years.list(year_id=year.id)}
    last = {each.team_id: each for each in work.team_years.list(year_id=before.id)} if before is not None else {}
    members: dict[str, list[Membership]] = {}
    for member in members_on(work.memberships.list(order=("rank",)), work.today()):
        members.setdefault(member.team_id, []).append(member)

    def on_grid(team: Team, known: TeamYear | None) -> TeamOnGrid:
        return TeamOnGrid(team, known, tuple(members.get(team.id, ())))

    teams = work.teams.list(order=("tier", "name_folded"))
    working = tuple(on_grid(team, years.get(team.id)) for team in teams if team.ended_on is None)
    retired = tuple(
        on_grid(team, years.get(team.id) or last[team.id])
        for team in teams
        if team.ended_on is not None and (team.id in years or team.id in last)
    )
    places: dict[str, str] = {
        place.id: "" if place.id == work.home_id else place.short_name or place.name
        for place in work.organizations.list(closed_on=None)
    }
    return Division(
        teams=working,
        names={person.id: person.name for person in work.people.list()},
        places=places,
        retired=retired,
        links=work.team_links.list(order=("rank",)),
        sources=(*_here(work, year), *_dropped(working, last.values())),
        initiatives=work.initiatives.list(order=("rank",)),
        today=work.today(),
        limits=limits_of(work.rules.audit_limits),
    )


def _here(work: Work, year: SchoolYear) -> tuple[DataSource, ...]:
    """Data the database holds for this year."""
    there = queries.data_there(work, year.start)
    made = []
    if "incidents" in there:
        made.append(DataSource(*_INCIDENTS))
    if "absences" in there:
        made.append(DataSource(*_ABSENCES))
    for key in sorted(there):
        _kind, colon, subject = key.partition(":")
        if colon:
            name = f"Screening, {subject.replace('_', ' ')}" if subject else "Screening"
            made.append(DataSource(name, (*_SCREENING, *((subject.replace("_", " "),) if subject else ()))))
    return tuple(made)


def _dropped(teams: Iterable[TeamOnGrid], last: Iterable[TeamYear]) -> tuple[DataSource, ...]:
    """What working teams looked at last year."""
    names: dict[str, str] = {each.team.id: each.team.name for each in teams}
    found: dict[str, DataSource] = {}
    for year in last:
        for data in year.data_reviewed:
            if year.team_id in names:
                found.setdefault(fold(data.what), DataSource(data.what, (), names[year.team_id]))
    return tuple(found.values())


def audit_lines(work: Work, *, place_id: str = "", with_kept: bool = False) -> tuple[AuditLine, ...]:
    division, words = division_now(work), words_of(work)
    kept = decisions(work)
    lines = []
    for found in team_audit.findings(division):
        decided = kept.get((found.rule, found.about))
        if (decided is None or with_kept) and (not place_id or concerns(division, found, place_id)):
            lines.append(_line(division, found, decided, words))
    return tuple(lines)


def decisions(work: Work) -> dict[tuple[str, str], TeamDecision]:
    """What was decided this school year, by rule and what the finding is about. Next year the audit asks again."""
    year = year_of(work, work.today())
    return {(each.rule, each.about): each for each in work.team_decisions.list(year_id=year.id)}


def concerns(division: Division, found: Finding, place_id: str) -> bool:
    """A finding about a team of the place, about the place itself, or about no place at all."""
    if not found.teams:
        return not found.subject or place_id in found.subject or found.rule != "purpose_without_team"
    teams = division.also_retired
    return any(teams[team].team.organization_id == place_id for team in found.teams if team in teams)


def _line(division: Division, found: Finding, decided: TeamDecision | None, words: Words) -> AuditLine:
    teams = division.also_retired
    return AuditLine(
        found.rule,
        found.severity.value,
        tuple(division.called(teams[team]) for team in found.teams),
        tuple(division.name(person) for person in found.people),
        words.say(found.why),
        words.say(found.title),
        words.say(found.proposal),
        found.offers,
        found.fields,
        found.teams,
        found.people,
        found.about,
        decided is not None,
        decided.reason if decided is not None else "",
    )
