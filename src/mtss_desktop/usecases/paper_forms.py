"""Papers of a team without a meeting behind them: forms for the hand, and the pages of its open problems."""

from __future__ import annotations

from mtss_desktop.documents import blank_agenda, blank_minutes, problem_pages
from mtss_desktop.documents.blocks import Document
from mtss_desktop.domain.agendas import Holds
from mtss_desktop.domain.teams import Team, TeamId, members_on
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import agendas, meetings, paper_problem, problems
from mtss_desktop.usecases.paper_common import division, people_by_id, printed
from mtss_desktop.usecases.paper_packet import meeting_for


def minutes_form(work: Work, team_id: TeamId | None) -> Document:
    """With the names of a team where one is given."""
    if team_id is None:
        return blank_minutes.document(blank_minutes.BlankFacts(division(work).name))
    team = work.teams.get(team_id)
    members = members_on(work.memberships.list(team_id=team_id, order=("rank",)), work.today())
    people = people_by_id(work)
    ids = tuple(dict.fromkeys(member.person_id for member in members))
    names = tuple(people[each].list_name for each in ids if each in people)
    return blank_minutes.document(
        blank_minutes.BlankFacts(division(work).name, _school(work, team), team.name, names)
    )  # fmt: skip


def agenda_form(work: Work, team_id: TeamId | None) -> Document:
    """With the items of the template for its tier where a team is given."""
    if team_id is None:
        return blank_agenda.document(blank_agenda.BlankAgendaFacts(division(work).name))
    team = work.teams.get(team_id)
    template = agendas.named(agendas.for_tier(team.tier))
    items = tuple(
        blank_agenda.PrintedItem("" if each.holds is Holds.PROBLEMS else each.title, each.minutes)
        for each in template.items
        if each.holds not in (Holds.UNFINISHED, Holds.PARKING_LOT)
    )
    return blank_agenda.document(
        blank_agenda.BlankAgendaFacts(division(work).name, _school(work, team), team.name, items)
    )  # fmt: skip


def problems_of(work: Work, team_id: TeamId | None) -> Document:
    """Of the team given, else of the team that meets next."""
    team = work.teams.get(team_id or meeting_for(work, None, None).team_id)
    place = work.organizations.get(team.organization_id)
    records = problems.of_team(work, team.id)
    found = {record.problem.id: paper_problem.compared(work, record, place) for record in records}
    compared = {str(key): each for key, each in found.items() if each is not None}
    coming = meetings.next_of(work, team.id)
    return problem_pages.document(
        problem_pages.ProblemPagesFacts(
            division=division(work).name,
            school=_school(work, team),
            team=team.name,
            day=coming.day if coming is not None else None,
            printed=printed(work),
            problems=paper_problem.of_team(work, team.id, records, compared, people_by_id(work)),
            confidential=team.tier in (2, 3),
        )
    )


def _school(work: Work, team: Team) -> str:
    place = work.organizations.get(team.organization_id)
    return "" if place.id == work.home_id else place.name
