"""Counts per place and lists of the caseload, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from mtss_desktop.domain.caseload import PlaceTally, Waiting
from mtss_desktop.domain.meetings import Meeting, MeetingAttendance, MeetingState
from mtss_desktop.domain.people import OrganizationId, Person, PersonId
from mtss_desktop.domain.plans import Action
from mtss_desktop.domain.problems import Problem
from mtss_desktop.domain.teams import Team, TeamId
from mtss_desktop.store import database
from mtss_desktop.store.database import Database
from mtss_desktop.store.location import parse
from mtss_desktop.store.queries import caseload
from mtss_desktop.store.work import Step, Work
from tests.store.places import division

TODAY = date(2026, 2, 12)
FIRST = date(2025, 8, 1)


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    location = parse(request.getfixturevalue("postgres_url")) if request.param == "postgresql" else None
    if location is None:
        database.create(tmp_path / "ashby.mtss", None)
        opened = database.open_database(tmp_path / "ashby.mtss")
    else:
        database.create_on_server(location)
        opened = database.open_database(location)
    with opened:
        division(opened)
        yield opened


def days(n: int) -> date:
    return TODAY + timedelta(days=n)


def fill(work: Work) -> tuple[OrganizationId, PersonId]:
    """One school with a team, another without; a retired team; meetings of every state; actions open, done, withdrawn."""
    school = next(place for place in work.organizations.list() if place.key == 2)
    me = work.people.add(Person(organization_id=school.id, last_name="Greene", first_name="Tamika"))
    team = work.teams.add(Team(organization_id=school.id, name="Tier 1 team"))
    work.teams.add(Team(organization_id=school.id, name="Old team", ended_on=days(-100)))
    held = [_meeting(work, team, n, MeetingState.HELD) for n in (-60, -30, -10)]
    for n, state in ((-20, MeetingState.CANCELED), (-15, MeetingState.MOVED), (-400, MeetingState.HELD)):
        _meeting(work, team, n, state)
    for n in (0, 5, 40):
        _meeting(work, team, n, MeetingState.PLANNED)
    for meeting, present in zip(held, (True, True, False), strict=True):
        work.attendance.add(
            MeetingAttendance(organization_id=school.id, meeting_id=meeting.id, person_id=me.id, present=present)
        )
    for text, due, done, withdrawn in (
        ("Late", -3, None, None),
        ("Today", 0, None, None),
        ("Done", -3, TODAY, None),
        ("Withdrawn", -3, None, TODAY),
        ("No date", None, None, None),
    ):
        work.actions.add(_action(team, text, None if due is None else days(due), done, withdrawn, me.id))
    work.problems.add(Problem(organization_id=school.id, team_id=team.id, title="Hallway"))
    work.problems.add(Problem(organization_id=school.id, team_id=team.id, title="Solved", closed_on=days(-9)))
    return school.id, me.id


def _meeting(work: Work, team: Team, n: int, state: MeetingState) -> Meeting:
    made = Meeting(
        organization_id=team.organization_id, team_id=TeamId(team.id), day=days(n), starts_at=time(9), state=state
    )
    return work.meetings.add(made)


def _action(
    team: Team, text: str, due: date | None, done: date | None, withdrawn: date | None, owner: PersonId
) -> Action:
    return Action(
        organization_id=team.organization_id,
        team_id=team.id,
        text=text,
        due_on=due,
        done_on=done,
        withdrawn_on=withdrawn,
        owner_id=owner,
    )


def test_counts_of_a_place_are_those_of_its_teams(db: Database) -> None:
    with db.write(Step("Fill", "test.fill")) as work:
        school, me = fill(work)
    with db.read() as work:
        found = {each.place_id: each for each in caseload.tallies(work, me=me, today=TODAY, first=FIRST)}
        alone = caseload.tallies(work, me=me, today=TODAY, first=FIRST, place_id=school)
        nobody = caseload.tallies(work, me="", today=TODAY, first=FIRST, place_id=school)
    wanted = PlaceTally(school, 1, 1, 3, 1, planned=5, held=3, last_visit=days(-30), next_meeting=TODAY)
    assert found.pop(school) == wanted
    assert alone == (wanted,)
    assert nobody[0].last_visit is None
    (home,) = found.values()
    assert home == PlaceTally(home.place_id, 0, 0, 0, 0, 0, 0, None, None), "a place without a team has zeros"


def test_what_waits_today(db: Database) -> None:
    with db.read() as work:
        assert caseload.waiting(work, TODAY) == Waiting(0, 0)
    with db.write(Step("Fill", "test.fill")) as work:
        fill(work)
    with db.read() as work:
        assert caseload.waiting(work, TODAY) == Waiting(meetings=1, late=1)


def test_a_team_that_has_not_met_and_plans_no_meeting_is_quiet(db: Database) -> None:
    """A new team is given time, one that meets or will meet is not quiet, whatever was canceled; a retired one is no more."""
    with db.write(Step("Fill", "test.fill")) as work:
        school, _ = fill(work)
        named = {
            name: work.teams.add(Team(organization_id=OrganizationId(school), name=name, started_on=started))
            for name, started in (
                ("Silent", days(-300)),
                ("Never", None),
                ("New", days(-3)),
                ("Met", None),
                ("Off", None),
            )
        }
        for name, n, state in (
            ("Silent", -60, MeetingState.HELD),
            ("Silent", -9, MeetingState.CANCELED),
            ("Met", -20, MeetingState.HELD),
            ("Off", -60, MeetingState.HELD),
            ("Off", 0, MeetingState.RUNNING),
        ):
            _meeting(work, named[name], n, state)
    with db.read() as work:
        found = caseload.quiet_teams(work, TODAY, since=days(-35))
        elsewhere = caseload.quiet_teams(work, TODAY, since=days(-35), place_id="elsewhere")
    assert [(each.name, each.last_met) for each in found] == [("Never", None), ("Silent", days(-60))]
    assert {each.place_id for each in found} == {school}
    assert elsewhere == ()


def test_meetings_to_come_are_soonest_first_and_count_what_belongs_to_them(db: Database) -> None:
    with db.write(Step("Fill", "test.fill")) as work:
        school, _ = fill(work)
    with db.read() as work:
        found = caseload.meetings_from(work, TODAY, days(14), place_id=school)
        one = caseload.meetings_from(work, TODAY, days(60), limit=1)
    assert [each.day for each in found] == [TODAY, days(5)]
    assert (found[0].team, found[0].open_actions, found[0].problems, found[0].items) == ("Tier 1 team", 3, 1, 0)
    assert one == found[:1]


def test_open_actions_come_by_date_those_without_one_last(db: Database) -> None:
    with db.write(Step("Fill", "test.fill")) as work:
        fill(work)
    with db.read() as work:
        assert [each.text for each in caseload.open_actions(work)] == ["Late", "Today", "No date"]
        assert [each.text for each in caseload.open_actions(work, due_by=days(-1))] == ["Late"]
        assert caseload.open_actions(work)[0].owner == "Tamika Greene"
