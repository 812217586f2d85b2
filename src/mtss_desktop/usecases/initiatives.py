"""The inventory of initiatives: what a place does, which team carries it, what speaks for it and how its effect shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.folding import fold
from mtss_desktop.domain.initiatives import STATUS_WORDS, Initiative, InitiativeId, InitiativeLine, InitiativeStatus
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.ranks import between
from mtss_desktop.domain.teams import Team
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.cleaning import clean_name, clean_text
from mtss_desktop.usecases.use_case import question, use_case


class InitiativeFact(StrEnum):
    """One line of an initiative, typed as text."""

    NAME = "name"
    TEAMS = "teams"
    PURPOSE = "purpose"
    EVIDENCE = "evidence"
    MEASURE = "measure"
    STARTED = "started"
    STATUS = "status"


@use_case("Add initiative")
def add(
    work: Work,
    place_id: OrganizationId,
    *,
    name: str,
    purpose: str = "",
    evidence: str = "",
    measure: str = "",
    status: InitiativeStatus = InitiativeStatus.IN_PLACE,
    started_on: date | None = None,
    team_ids: tuple[str, ...] = (),
) -> InitiativeId:
    """An initiative, program or committee of a place, with the teams that carry it."""
    cleaned = clean_name(name, "the initiative")
    there = work.initiatives.list(organization_id=place_id)
    if any(each.name.casefold() == cleaned.casefold() for each in there):
        raise UserError(f"“{cleaned}” is already in the inventory of this place.")
    for team_id in team_ids:
        work.teams.get(team_id)
    made = Initiative(
        organization_id=place_id,
        name=cleaned,
        purpose=clean_text(purpose),
        evidence=clean_text(evidence),
        measure=clean_text(measure),
        status=status,
        started_on=started_on,
        team_ids=team_ids,
        rank=between(max((each.rank for each in work.initiatives.list()), default=""), ""),
    )
    return work.initiatives.add(made).id


@use_case("Change initiative")
def write(work: Work, initiative_id: InitiativeId, *, fact: InitiativeFact, text: str) -> None:
    """One fact of an initiative as it is typed; teams are names with semicolons between them."""
    found = work.initiatives.get(initiative_id)
    work.merge_with(f"{initiative_id}:{fact}")
    work.initiatives.save(_with(work, found, fact, clean_text(text)))


def _with(work: Work, found: Initiative, fact: InitiativeFact, text: str) -> Initiative:
    match fact:
        case InitiativeFact.NAME:
            return replace(found, name=clean_name(text, "the initiative"))
        case InitiativeFact.TEAMS:
            return replace(found, team_ids=_teams(work, found, text))
        case InitiativeFact.STARTED:
            return replace(found, started_on=_month(text))
        case InitiativeFact.STATUS:
            return replace(found, status=_status(text))
        case InitiativeFact.PURPOSE:
            return replace(found, purpose=text)
        case InitiativeFact.EVIDENCE:
            return replace(found, evidence=text)
    return replace(found, measure=text)


def _teams(work: Work, found: Initiative, text: str) -> tuple[str, ...]:
    """Working teams by name, those of the initiative's own place first. Raises ``UserError`` for a name no team has."""
    teams = work.teams.list(ended_on=None)
    places: dict[str, str] = {place.id: place.short_name or place.name for place in work.organizations.list()}
    ids = []
    for typed in (part.strip() for part in text.replace("\n", ";").split(";")):
        if not typed:
            continue
        named = [
            team
            for team in teams
            if fold(typed) in (fold(team.name), fold(f"{team.name} ({places.get(team.organization_id, '')})"))
        ]
        near = [team for team in named if team.organization_id == found.organization_id] or named
        if not near:
            raise UserError(f"No team is called “{typed}”.", "Type names of teams, with semicolons between them.")
        if len(near) > 1:
            place = places.get(near[0].organization_id, "")
            raise UserError(f"{len(near)} teams are called {typed}.", f"Add the place: {near[0].name} ({place}).")
        ids.append(near[0].id)
    return tuple(dict.fromkeys(ids))


def _month(text: str) -> date | None:
    """``8/2024``, ``8/15/2024``, ``2024``, or nothing. Raises ``UserError``."""
    if not text:
        return None
    for form in ("%m/%Y", "%m/%d/%Y", "%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a local day
        except ValueError:
            continue
    raise UserError("This is no month.", "Type it like 8/2024.")


def _status(text: str) -> InitiativeStatus:
    said = text.casefold().strip(" .")
    for status, word in STATUS_WORDS.items():
        if said and word.casefold().startswith(said):
            return status
    words = ", ".join(word.lower() for word in STATUS_WORDS.values())
    raise UserError("This is no status.", f"Type one of: {words}.")


@use_case("Remove initiative")
def remove(work: Work, initiative_id: InitiativeId) -> None:
    """Out of the inventory; one that was in place and ended is better kept with the status Ended."""
    work.relabel(f"Remove {work.initiatives.get(initiative_id).name}")
    work.initiatives.remove(initiative_id)


@question("Initiatives")
def lines(work: Work, *, place_id: str = "") -> tuple[InitiativeLine, ...]:
    """The inventory of a place, or of all places."""
    places: dict[str, str] = {place.id: place.short_name or place.name for place in work.organizations.list()}
    teams: dict[str, Team] = {team.id: team for team in work.teams.list(ended_on=None)}
    names: dict[str, int] = {}
    for team in teams.values():
        names[team.name] = names.get(team.name, 0) + 1

    def called(team_id: str) -> str:
        team = teams[team_id]
        place = places.get(team.organization_id, "")
        return f"{team.name} ({place})" if names[team.name] > 1 and place else team.name

    where = {"organization_id": place_id} if place_id else {}
    return tuple(
        InitiativeLine(
            each.id,
            each.organization_id,
            places.get(each.organization_id, ""),
            each.name,
            each.purpose,
            each.evidence,
            each.measure,
            each.status,
            each.started_on,
            tuple(team for team in each.team_ids if team in teams),
            tuple(called(team) for team in each.team_ids if team in teams),
            _doubled([teams[team].organization_id for team in each.team_ids if team in teams]),
        )
        for each in work.initiatives.list(order=("rank",), **where)
    )


def _doubled(places: list[str]) -> bool:
    return len(set(places)) < len(places)
