"""Teams: what they are for, who is on them in which role, whom they tell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from mtss_desktop.base.errors import Conflict, UserError
from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain.people import OrganizationId, OrganizationKind, PersonId, SchoolYearId
from mtss_desktop.domain.ranks import between
from mtss_desktop.domain.team_cards import AuditLine, LinkLine, MemberLine, TeamLine, TeamOfPerson
from mtss_desktop.domain.team_matrix import parse_tier
from mtss_desktop.domain.team_words import Pattern, data_text, parse_data, parse_pattern, pattern_of, pattern_text
from mtss_desktop.domain.teams import (
    DataReviewed,
    MembershipId,
    Team,
    TeamId,
    TeamLink,
    TeamStatus,
    TeamYear,
    staff_hours_a_month,
)
from mtss_desktop.store.queries import teams as queries
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import team_grid
from mtss_desktop.usecases.cleaning import clean_name, clean_text
from mtss_desktop.usecases.paper_common import local
from mtss_desktop.usecases.people import by_typed_name
from mtss_desktop.usecases.places import year_of
from mtss_desktop.usecases.team_seats import end, join, join_as_typed, open_seats, step_down
from mtss_desktop.usecases.use_case import question, use_case


class TeamFact(StrEnum):
    """One line of a team card, typed as text."""

    NAME = "name"
    TIER = "tier"
    PURPOSE = "purpose"
    OUTCOME_MEASURE = "outcome_measure"
    TARGET_GROUP = "target_group"
    MEETS = "meets"
    DATA = "data"
    DECISION_RULES = "decision_rules"
    AUTHORITY = "authority"
    LINKED_GOAL = "linked_goal"
    NORMS = "norms"


_SPOKEN = {
    TeamFact.NAME: "name",
    TeamFact.TIER: "tier",
    TeamFact.PURPOSE: "purpose",
    TeamFact.OUTCOME_MEASURE: "outcome measure",
    TeamFact.TARGET_GROUP: "target group",
    TeamFact.MEETS: "meeting pattern",
    TeamFact.DATA: "data it looks at",
    TeamFact.DECISION_RULES: "decision rule",
    TeamFact.AUTHORITY: "authority",
    TeamFact.LINKED_GOAL: "linked goal",
    TeamFact.NORMS: "agreements",
}


@dataclass(frozen=True)
class FactText:
    """A fact as it is typed."""

    fact: TeamFact
    text: str


@dataclass(frozen=True)
class TeamCard:
    """All that is said about a team in one school year. ``hours`` are staff hours a month, None where the pattern has no times."""

    id: TeamId
    name: str
    tier: int
    place_id: OrganizationId
    place: str
    place_kind: OrganizationKind
    started_on: date | None
    ended_on: date | None
    year_id: SchoolYearId
    year: int
    facts: tuple[FactText, ...]
    data_reviewed: tuple[DataReviewed, ...]
    status: TeamStatus
    status_reason: str
    hours: float | None
    people: int
    members: tuple[MemberLine, ...]
    links: tuple[LinkLine, ...]
    changed_by: str
    changed_at: datetime | None
    today: date

    def fact(self, fact: TeamFact) -> str:
        return next((each.text for each in self.facts if each.fact is fact), "")


# Teams -----------------------------------------------------------------------------------------------------------------


@use_case("Add team")
def add(
    work: Work,
    place_id: OrganizationId,
    *,
    name: str,
    short_name: str = "",
    tier: int = 0,
    purpose: str = "",
    members: tuple[str, ...] = (),
    started_on: date | None = None,
) -> TeamId:
    """A team of a place, in this school year. ``members`` are names; people who are not known yet are added to the place."""
    cleaned = free_name(work, place_id, name)
    team = work.teams.add(
        Team(
            organization_id=place_id,
            name=cleaned,
            short_name=clean_text(short_name),
            tier=_tier(tier),
            started_on=started_on or work.today(),
        )
    )
    if work.school_years.first() is not None:
        year = year_of(work, work.today())
        work.team_years.add(
            TeamYear(organization_id=place_id, team_id=team.id, year_id=year.id, purpose=clean_text(purpose))
        )
    for typed in members:
        if typed.strip():
            join_as_typed(work, team, typed)
    return team.id


@use_case("Describe team")
def describe(work: Work, team_id: TeamId, year_id: SchoolYearId, *, year: TeamYear) -> None:
    """Everything about a team in one school year at once (a paste, an earlier year, a sample); ids of ``year`` are replaced."""
    team = work.teams.get(team_id)
    found = work.team_years.first(team_id=team_id, year_id=year_id)
    if found is None:
        work.team_years.add(
            replace(year, id="", organization_id=team.organization_id, team_id=team_id, year_id=year_id)
        )
    else:
        same = replace(year, id=found.id, version=found.version, organization_id=found.organization_id)
        work.team_years.save(replace(same, team_id=team_id, year_id=year_id))


@use_case("Change team")
def write_fact(
    work: Work,
    team_id: TeamId,
    *,
    fact: TeamFact,
    text: str,
    seen: str | None = None,
    year_id: SchoolYearId | None = None,
) -> None:
    """One line of the card. ``seen`` is the text as it stood when typing began: if someone changed it since, nothing is written."""
    team = work.teams.get(team_id)
    year = _year(work, team, year_id)
    now = _fact_text(team, year, fact)
    if seen is not None and now not in (seen, text):
        raise _conflict(work, fact, team, year)
    work.relabel(f"Change {_SPOKEN[fact]}")
    work.merge_with(f"{team_id}:{fact}")
    if fact is TeamFact.NAME:
        _rename(work, team, text)
    elif fact is TeamFact.TIER:
        work.teams.save(replace(team, tier=_typed_tier(text)))
    else:
        save_year(work, _with_fact(year, fact, clean_text(text)))


def _rename(work: Work, team: Team, name: str) -> None:
    work.relabel("Rename team")
    work.teams.save(replace(team, name=free_name(work, team.organization_id, name, team.id)))


def free_name(work: Work, place_id: str, name: str, team_id: str = "") -> str:
    """A name that no other working team of the place has. Raises ``UserError`` for one that is taken."""
    cleaned = clean_name(name, "the team")
    same = work.teams.list(organization_id=place_id, ended_on=None)
    if any(other.id != team_id and other.name.casefold() == cleaned.casefold() for other in same):
        raise UserError(f"There is already a team called “{cleaned}” at this place.", "Give this one another name.")
    return cleaned


def _typed_tier(text: str) -> int:
    try:
        return parse_tier(text)
    except ValueError:
        raise UserError("This is no tier.", "Type 1, 2 or 3, or nothing.") from None


def _with_fact(year: TeamYear, fact: TeamFact, text: str) -> TeamYear:
    match fact:
        case TeamFact.MEETS:
            return replace(year, **vars(_pattern(text)))
        case TeamFact.DATA:
            return replace(year, data_reviewed=parse_data(text))
    changed: dict[str, Any] = {fact.value: text}
    return replace(year, **changed)


def _pattern(text: str) -> Pattern:
    try:
        return parse_pattern(text)
    except ValueError:
        raise UserError("This time cannot be.", "Type it like: 3rd Tuesday, 2:45-3:45 PM, Room 114.") from None


def _fact_text(team: Team, year: TeamYear, fact: TeamFact) -> str:
    match fact:
        case TeamFact.NAME:
            return team.name
        case TeamFact.TIER:
            return str(team.tier)
        case TeamFact.MEETS:
            return pattern_text(pattern_of(year), ENGLISH)
        case TeamFact.DATA:
            return data_text(year.data_reviewed)
    return str(getattr(year, fact.value))


def _conflict(work: Work, fact: TeamFact, team: Team, year: TeamYear) -> Conflict:
    record: Team | TeamYear = team if fact in (TeamFact.NAME, TeamFact.TIER) else year
    who = work.people.find(record.changed_by) if record.changed_by and record.changed_by != work.me else None
    name = who.name if who is not None else "Someone else"
    at = f" at {ENGLISH.time(local(work, record.changed_at).time())}" if record.changed_at else ""
    return Conflict(f"{name} changed the {_SPOKEN[fact]}{at}, while you were typing.", topic="teams", record_id=team.id)


def _year(work: Work, team: Team, year_id: SchoolYearId | None) -> TeamYear:
    """The team's record of a school year; an empty one of this year where nothing was written yet."""
    wanted = year_id or year_of(work, work.today()).id
    found = work.team_years.first(team_id=team.id, year_id=wanted)
    return found or TeamYear(organization_id=team.organization_id, team_id=team.id, year_id=wanted)


def save_year(work: Work, year: TeamYear) -> None:
    if year.id:
        work.team_years.save(year)
    else:
        work.team_years.add(year)


def _tier(tier: int) -> int:
    if tier not in (0, 1, 2, 3):
        raise UserError("A team leads Tier 1, 2 or 3, or none in particular.")
    return tier


@use_case("Retire team")
def retire(work: Work, team_id: TeamId, *, on: date | None = None, reason: str = "") -> None:
    """Ends a team; its card, minutes and members stay readable."""
    team = work.teams.get(team_id)
    if team.ended_on is not None and team.ended_on < work.today():
        raise UserError(f"{team.name} is already retired.")
    work.teams.save(replace(team, ended_on=on or work.today() - timedelta(days=1)))
    year = _year(work, team, None)
    save_year(work, replace(year, status=TeamStatus.RETIRE, status_reason=clean_text(reason)))


@use_case("Bring team back")
def bring_back(work: Work, team_id: TeamId) -> None:
    """A retired team works again, with the members it had."""
    team = work.teams.get(team_id)
    work.teams.save(replace(team, ended_on=None, merged_into=None))
    year = _year(work, team, None)
    if year.id and year.status is not TeamStatus.KEEP:
        work.team_years.save(replace(year, status=TeamStatus.KEEP, status_reason=""))


@use_case("Carry teams over")
def carry_over(work: Work, from_year: SchoolYearId, to_year: SchoolYearId) -> int:
    """Copies what every working team is for into a new school year, not its people; returns how many were copied."""
    there = {year.team_id for year in work.team_years.list(year_id=to_year)}
    working = {team.id for team in work.teams.list(ended_on=None)}
    copied = [year for year in work.team_years.list(year_id=from_year) if year.team_id in working - there]
    for year in copied:
        work.team_years.add(replace(year, id="", year_id=to_year, status=TeamStatus.KEEP, status_reason=""))
    return len(copied)


# Members and roles -----------------------------------------------------------------------------------------------------


@use_case("Add member")
def add_member(
    work: Work,
    team_id: TeamId,
    person_id: PersonId,
    *,
    role: str = "member",
    backup: bool = False,
    brings: str = "",
    started_on: date | None = None,
    ended_on: date | None = None,
) -> MembershipId:
    """A person in a role; a second role is a second membership."""
    team = work.teams.get(team_id)
    work.people.get(person_id)
    same = work.memberships.list(team_id=team_id, person_id=person_id, role=role, backup=backup, ended_on=None)
    if same and ended_on is None:
        raise UserError("This person already has that role on the team.")
    return join(work, team, person_id, role, backup=backup, brings=brings, started_on=started_on, ended_on=ended_on).id


@use_case("Add members")
def add_named(work: Work, team_id: TeamId, *, names: tuple[str, ...]) -> int:
    """People by name, with the role that stands behind it ("Ann Bell (data analyst)"); those already on the team are
    passed over. Returns how many joined."""
    team = work.teams.get(team_id)
    return sum(join_as_typed(work, team, typed) for typed in names if typed.strip())


@use_case("Name role")
def name_role(work: Work, team_id: TeamId, *, role: str, name: str, backup: bool = False, instead_of: str = "") -> None:
    """Gives a role to a person by name, "" to nobody. ``instead_of`` is the membership it takes the place of.

    Who had the role stays on the team; who gets it needs no membership without a role any more.
    """
    team = work.teams.get(team_id)
    work.relabel(f"{'Name backup' if backup else 'Name'} {role.replace('_', ' ')}")
    before = work.memberships.find(instead_of) if instead_of else None
    if before is not None:
        step_down(work, before)
    if not name.strip():
        return
    person = by_typed_name(work, name, team.organization_id)
    mine = [member for member in open_seats(work, team_id) if member.person_id == person.id]
    if any(member.role == role and member.backup == backup for member in mine):
        raise UserError(f"{person.name} already has that role.")
    plain = next((member for member in mine if member.role == "member"), None)
    if plain is not None and role != "member":
        work.memberships.save(replace(plain, role=role, backup=backup))
    else:
        join(work, team, person.id, role, backup=backup, brings=before.brings if before and not backup else "")


@use_case("Change what a role brings")
def set_brings(work: Work, membership_id: MembershipId, *, brings: str) -> None:
    """What this person brings to meetings in this role."""
    work.memberships.save(replace(work.memberships.get(membership_id), brings=clean_text(brings)))


@use_case("Change role")
def change_role(work: Work, membership_id: MembershipId, *, role: str, backup: bool = False) -> None:
    """Another role for the same membership."""
    member = work.memberships.get(membership_id)
    work.memberships.save(replace(member, role=clean_text(role) or "member", backup=backup))


@use_case("Remove member")
def remove_member(work: Work, team_id: TeamId, person_id: PersonId) -> None:
    """The person leaves the team with every role."""
    mine = [member for member in open_seats(work, team_id) if member.person_id == person_id]
    if not mine:
        raise UserError("This person is no longer on the team.")
    for member in mine:
        end(work, member)


# Ways of talking -------------------------------------------------------------------------------------------------------


@use_case("Add link")
def add_link(
    work: Work,
    team_id: TeamId,
    *,
    what: str,
    to_team_id: TeamId | None = None,
    audience: str = "",
    how: str = "",
    how_often: str = "",
    person_id: PersonId | None = None,
    answer_within_days: int | None = None,
    waiting_since: date | None = None,
    waiting_for: str = "",
) -> str:
    """What goes from a team to another team or an audience, how and how often, and when an answer is due."""
    team = work.teams.get(team_id)
    if to_team_id is None and not audience.strip():
        raise UserError("Say who is told: a team or an audience.")
    if to_team_id == team_id:
        raise UserError("A team tells another team, not itself.")
    there = [link.rank for link in work.team_links.list(team_id=team_id)]
    link = TeamLink(
        organization_id=team.organization_id,
        team_id=team_id,
        to_team_id=to_team_id,
        audience=clean_text(audience),
        what=clean_text(what),
        how=clean_text(how),
        how_often=clean_text(how_often),
        person_id=person_id,
        answer_within_days=answer_within_days,
        waiting_since=waiting_since,
        waiting_for=clean_text(waiting_for),
        rank=between(max(there, default=""), ""),
    )
    return work.team_links.add(link).id


@use_case("Ask through link")
def ask_through(work: Work, link_id: str, *, waiting_for: str, since: date | None = None) -> None:
    """A question has gone up; it is open until an answer is noted."""
    link = work.team_links.get(link_id)
    work.team_links.save(replace(link, waiting_for=clean_text(waiting_for), waiting_since=since or work.today()))


@use_case("Answer came")
def answered(work: Work, link_id: str) -> None:
    """The open question of a link has its answer."""
    work.team_links.save(replace(work.team_links.get(link_id), waiting_for="", waiting_since=None))


@use_case("Remove link")
def remove_link(work: Work, link_id: str) -> None:
    """The teams no longer tell each other this."""
    work.team_links.remove(link_id)


# Questions ---------------------------------------------------------------------------------------------------------------


@question("Teams")
def cards(work: Work, *, place_id: str = "", with_retired: bool = False) -> tuple[TeamLine, ...]:
    """All working teams as a list shows them, the division's first."""
    return queries.lines(work, work.today(), place_id=place_id, with_retired=with_retired)


@question("Team card")
def card(work: Work, team_id: TeamId, *, year_id: SchoolYearId | None = None) -> TeamCard:
    """One team in a school year, this one unless named."""
    team = work.teams.get(team_id)
    place = work.organizations.get(team.organization_id)
    year = _year(work, team, year_id)
    school_year = work.school_years.get(year.year_id)
    members = queries.members(work, team_id, work.today())
    people = len({member.person_id for member in members})
    latest = max((team, year), key=lambda record: record.changed_at.timestamp() if record.changed_at else 0.0)
    who = work.people.find(latest.changed_by) if latest.changed_by else None
    return TeamCard(
        team.id,
        team.name,
        team.tier,
        place.id,
        place.name,
        place.kind,
        team.started_on,
        team.ended_on,
        year.year_id,
        school_year.start,
        tuple(FactText(fact, _fact_text(team, year, fact)) for fact in TeamFact),
        year.data_reviewed,
        year.status,
        year.status_reason,
        staff_hours_a_month(year, people),
        people,
        members,
        queries.links(work, team_id),
        who.name if who is not None else "",
        latest.changed_at,
        work.today(),
    )


@question("Worth a talk")
def audit(work: Work, *, place_id: str = "", with_kept: bool = False) -> tuple[AuditLine, ...]:
    """What the audit finds, most useful first: in all places, or in one and between it and others."""
    return team_grid.audit_lines(work, place_id=place_id, with_kept=with_kept)


@question("Teams of people")
def of_people(work: Work, *, person_ids: tuple[str, ...]) -> tuple[TeamOfPerson, ...]:
    """The working teams each of these people is on today."""
    return queries.teams_of(work, person_ids, work.today())
