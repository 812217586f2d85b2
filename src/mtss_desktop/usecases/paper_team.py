"""The facts of the papers about one team: its profile and its memorandum of agreement."""

from __future__ import annotations

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import Said, said, school_year
from mtss_desktop.documents import memorandum as agreement
from mtss_desktop.documents import team_profile as profile
from mtss_desktop.documents.blocks import Audience, Document, Text
from mtss_desktop.domain.meetings import MeetingState
from mtss_desktop.domain.people import Person, school_year_of
from mtss_desktop.domain.team_words import Pattern, data_text, pattern_of, pattern_text
from mtss_desktop.domain.teams import (
    CORE_ROLES,
    ROLES,
    Membership,
    Team,
    TeamId,
    TeamLink,
    TeamYear,
    members_on,
    staff_hours_a_month,
)
from mtss_desktop.store.work import Work
from mtss_desktop.usecases.paper_common import coach_name, division, people_by_id, printed, words_of
from mtss_desktop.usecases.places import year_of

_NEED_BACKUP = (*CORE_ROLES, "family")


def team_for(work: Work, team_id: TeamId | None) -> Team:
    """The team asked for; else the first that works. Raises ``UserError`` where there is none."""
    if team_id is not None:
        return work.teams.get(team_id)
    found = work.teams.list(ended_on=None, order=("tier", "name_folded"))
    if not found:
        raise UserError("There is no team yet.", "Add teams in the Teams room first.")
    return next((team for team in found if team.tier == 1), found[0])


def profile_document(work: Work, team_id: TeamId | None, *, public: bool) -> Document:
    team = team_for(work, team_id)
    words, people = words_of(work), people_by_id(work)
    this_year = year_of(work, work.today())
    year = _year(work, team)
    members = members_on(work.memberships.list(team_id=team.id, order=("rank",)), work.today())
    links = work.team_links.list(team_id=team.id, order=("rank",))
    meetings = [
        each
        for each in work.meetings.list(team_id=team.id, order=("day",))
        if school_year_of(each.day) == this_year.start
    ]
    place = work.organizations.get(team.organization_id)
    pattern = pattern_of(year)
    when = Pattern(pattern.rhythm, pattern.weeks_of_month, pattern.weekday, pattern.starts_at, pattern.ends_at)
    coach = next((people[member.person_id].list_name for member in members if member.role == "coach"), "")
    facts = profile.ProfileFacts(
        division=division(work).name,
        place=place.name,
        team=team.name,
        year=school_year(this_year.start),
        as_of=work.today(),
        printed=printed(work),
        meets=pattern_text(when, words),
        room=year.room,
        reports_to=_reports_to(work, links),
        coach=coach or coach_name(work),
        purpose=year.purpose,
        authority=year.authority,
        outcome=year.outcome_measure,
        target=year.target_group,
        goal=year.linked_goal,
        members=_members(members, people),
        people=len({member.person_id for member in members}),
        composition=_composition(members, people),
        norms=tuple(part.strip() for part in year.norms.replace("\n", ". ").split(". ") if part.strip(" .")),
        data=tuple(profile.DataFacts(each.what, each.how_often) for each in year.data_reviewed),
        rule=year.decision_rules,
        hears=tuple(_hears(work, link, people) for link in links),
        held=tuple(each.day for each in meetings if each.state is MeetingState.HELD),
        planned=tuple(each.day for each in meetings if each.state is MeetingState.PLANNED),
    )
    return profile.document(facts, audience=Audience.PUBLIC if public else Audience.TEAM)


def _year(work: Work, team: Team) -> TeamYear:
    year = year_of(work, work.today())
    return work.team_years.first(team_id=team.id, year_id=year.id) or TeamYear(team_id=team.id, year_id=year.id)


def _reports_to(work: Work, links: tuple[TeamLink, ...]) -> str:
    to = next((link.to_team_id for link in links if link.to_team_id and link.answer_within_days), None)
    return work.teams.get(to).name if to else ""


def _role(role: str) -> Said | str:
    return said(f"{{label.{role}}}") if role in ROLES else role


def _members(members: tuple[Membership, ...], people: dict[str, Person]) -> tuple[profile.MemberFacts, ...]:
    """One row a person and role, primaries in the order of the card; a role nobody has stands among them."""
    behind = {member.role: people[member.person_id].last_name for member in members if member.backup}
    order = {role: place for place, role in enumerate(ROLES)}
    primary = sorted(
        (member for member in members if not member.backup),
        key=lambda member: (order.get(member.role, len(order) - 1), member.rank),
    )
    rows = [
        profile.MemberFacts(
            people[member.person_id].list_name,
            people[member.person_id].position,
            _role(member.role),
            behind.get(member.role, "") if member.role != "member" else "",
            member.role in _NEED_BACKUP,
            member.brings,
            member.started_on,
        )
        for member in primary
    ]
    shown = {member.person_id for member in primary}
    rows += [
        profile.MemberFacts(
            people[member.person_id].list_name,
            people[member.person_id].position,
            said("backup for {role}", role=_role(member.role)),
            "",
            False,
            member.brings,
            member.started_on,
        )
        for member in members
        if member.backup and member.person_id not in shown
    ]
    held = {member.role for member in primary}
    open_ = [profile.MemberFacts("", "", _role(role), "", True) for role in CORE_ROLES if role not in held]
    return (*open_, *rows)


def _composition(members: tuple[Membership, ...], people: dict[str, Person]) -> Said:
    """What team checklists ask for: the roles with their backups, and the expertise people bring."""
    held = {(member.role, member.backup) for member in members}
    there: list[Text] = [
        _role(role) for role in (*CORE_ROLES, "administrator", "family", "coach") if (role, False) in held
    ]
    there += sorted({tag for member in members for tag in people[member.person_id].expertise})
    missing: list[Text] = [
        _role(role) for role in (*CORE_ROLES, "administrator", "family") if (role, False) not in held
    ]
    missing += [
        said("a backup for {role}", role=_role(role))
        for role in _NEED_BACKUP
        if (role, False) in held and (role, True) not in held
    ]
    have = said("Composition check: {there} are covered.", there=tuple(there)) if there else said("Composition check.")
    return said("{have} Missing: {missing}.", have=have, missing=tuple(missing)) if missing else have


def _hears(work: Work, link: TeamLink, people: dict[str, Person]) -> profile.HearsFacts:
    to = work.teams.get(link.to_team_id).name if link.to_team_id else link.audience
    by = people[link.person_id].last_name if link.person_id else ""
    return profile.HearsFacts(to, link.what, link.how_often, by)


def agreement_document(work: Work, team_id: TeamId | None) -> Document:
    team = team_for(work, team_id)
    words, people = words_of(work), people_by_id(work)
    this_year, year = year_of(work, work.today()), _year(work, team)
    members = members_on(work.memberships.list(team_id=team.id, order=("rank",)), work.today())
    place = work.organizations.get(team.organization_id)
    calendar = next(
        filter(
            None,
            (work.calendars.first(organization_id=where, year_id=this_year.id) for where in (place.id, work.home_id)),
        ),
        None,
    )
    hours = staff_hours_a_month(year, len({member.person_id for member in members if member.role != "coach"}))
    return agreement.document(
        agreement.AgreementFacts(
            division=division(work).name,
            place=place.name,
            team=team.name,
            year=school_year(this_year.start),
            as_of=work.today(),
            first_day=calendar.first_day if calendar is not None else None,
            last_day=calendar.last_day if calendar is not None else None,
            printed=printed(work),
            principal=_who(members, people, "administrator"),
            facilitator=_who(members, people, "facilitator"),
            coach=_who(members, people, "coach") or coach_name(work),
            purpose=year.purpose,
            outcome=year.outcome_measure,
            target=year.target_group,
            meets=_lower_start(pattern_text(pattern_of(year), words)),
            hours=hours,
            authority=year.authority,
            data=data_text(year.data_reviewed),
            reports=tuple(
                (each.to, each.what, each.when)
                for each in (
                    _hears(work, link, people) for link in work.team_links.list(team_id=team.id, order=("rank",))
                )
            ),
        )
    )


def _who(members: tuple[Membership, ...], people: dict[str, Person], role: str) -> str:
    return next((people[each.person_id].list_name for each in members if each.role == role and not each.backup), "")


def _lower_start(text: str) -> str:
    return f"on the {text}" if text[:1].isdigit() else text
