"""The facts of an agenda on paper."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from mtss_desktop.base.words import Said, Words, said
from mtss_desktop.documents import agenda as paper
from mtss_desktop.documents.blocks import Document
from mtss_desktop.domain.meetings import AgendaItem, Meeting
from mtss_desktop.domain.people import Person
from mtss_desktop.domain.plans import Action, days_late, is_open
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import agendas
from mtss_desktop.usecases.paper_common import changed, division, people_by_id, printed, words_of
from mtss_desktop.usecases.paper_minutes import is_confidential
from mtss_desktop.usecases.places import year_of


def document(work: Work, meeting: Meeting) -> Document:
    words = words_of(work)
    return paper.document(facts(work, meeting, words), words)


def facts(work: Work, meeting: Meeting, words: Words) -> paper.AgendaSheet:
    """What is late is late on the day of the meeting."""
    team = work.teams.get(meeting.team_id)
    place = work.organizations.get(team.organization_id)
    year = work.team_years.first(team_id=team.id, year_id=year_of(work, meeting.day).id)
    people = people_by_id(work)
    closed = is_confidential(meeting, team)
    return paper.AgendaSheet(
        division=division(work).name,
        school=place.name if place.id != work.home_id else "",
        team=team.name,
        day=meeting.day,
        printed=printed(work),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        changed=changed(work, meeting),
        place=meeting.place or (year.room if year else ""),
        purpose=year.purpose if year else "",
        norms=year.norms if year else "",
        roles=tuple(
            (words.label(each.role), people[each.person_id].last_name)
            for each in agendas.roles(work, meeting.id)
            if each.person_id in people
        ),
        items=_items(work.agenda_items.list(meeting_id=meeting.id, order=("rank",)), meeting, people),
        questions=_questions(work, meeting),
        due=_due(work, meeting, people),
        code=said("Agenda {team} · {day:date}", team=team.short_name or team.name, day=meeting.day),
        confidential=closed,
        restriction=said("For the members of this team only.") if closed else "",
    )


def _items(
    items: tuple[AgendaItem, ...], meeting: Meeting, people: dict[str, Person]
) -> tuple[paper.PlannedFacts, ...]:
    clock, made = meeting.starts_at, []
    for item in items:
        lead = people.get(item.lead_id or "")
        made.append(
            paper.PlannedFacts(item.title, clock, item.minutes_planned, lead.last_name if lead else "", item.we_will)
        )
        clock = _later(clock, item.minutes_planned)
    return tuple(made)


def _later(clock: time | None, minutes: int | None) -> time | None:
    """An item without minutes leaves the times of those behind it unknown."""
    if clock is None or minutes is None:
        return None
    return (datetime.combine(date.min, clock) + timedelta(minutes=minutes)).time()


def _questions(work: Work, meeting: Meeting) -> tuple[Said | str, ...]:
    found = work.problems.list(team_id=meeting.team_id, closed_on=None, order=("rank",))
    return tuple(
        problem.question or said("{title}: continue as planned, change it, or set a new goal?", title=problem.title)
        for problem in found
    )


def _due(work: Work, meeting: Meeting, people: dict[str, Person]) -> tuple[paper.DueFacts, ...]:
    found = [action for action in work.actions.list(team_id=meeting.team_id) if is_open(action)]
    due = [action for action in found if action.due_on is None or action.due_on <= meeting.day]
    return tuple(_action(action, meeting, people) for action in sorted(due, key=_by_due))


def _by_due(action: Action) -> tuple[bool, date, str]:
    return action.due_on is None, action.due_on or date.max, action.text


def _action(action: Action, meeting: Meeting, people: dict[str, Person]) -> paper.DueFacts:
    owner = people.get(action.owner_id or "")
    return paper.DueFacts(owner.list_name if owner else "", action.text, action.due_on, days_late(action, meeting.day))
