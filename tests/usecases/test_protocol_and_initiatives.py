"""The communication protocol of all teams, and the inventory of initiatives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.initiatives import InitiativeStatus
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.store import database
from mtss_desktop.usecases import initiatives, places, protocol, teams
from mtss_desktop.usecases.initiatives import InitiativeFact
from mtss_desktop.usecases.protocol import LinkFact


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    path = tmp_path / "a.mtss"
    database.create(path, None)
    with Workspace(database.open_database(path)) as opened:
        opened.do(
            places.set_up, division="Ashby County", first_year=2025, schools=(places.NewSchool("Holcomb Middle"),)
        )
        opened.do(places.stay_on, day=date(2026, 2, 12))
        yield opened


def school(workspace: Workspace) -> OrganizationId:
    return workspace.ask(places.places)[1].id


def test_the_protocol_is_typed_in_place(workspace: Workspace) -> None:
    one = workspace.do(teams.add, school(workspace), name="Tier 1 team").value
    other = workspace.do(teams.add, school(workspace), name="Leadership").value
    link = workspace.do(teams.add_link, one, what="Barriers", to_team_id=other).value

    def write(fact: LinkFact, text: str) -> None:
        workspace.do(protocol.write, link, fact=fact, text=text)

    write(LinkFact.HOW, "one page")
    write(LinkFact.WHO, "Ann Ash")
    write(LinkFact.ANSWER_WITHIN, "10 days")
    write(LinkFact.WAITING_FOR, "One more adult")
    (line,) = workspace.ask(protocol.lines)
    assert (line.sender, line.receiver, line.how, line.who) == ("Tier 1 team", "Leadership", "one page", "Ann Ash")
    assert (line.answer_within_days, line.waiting_since, line.late) == (10, date(2026, 2, 12), False)
    workspace.do(places.stay_on, day=date(2026, 2, 23))
    (line,) = workspace.ask(protocol.lines, place_id=school(workspace))
    assert (line.days, line.late) == (11, True)
    write(LinkFact.WAITING_FOR, "")
    assert workspace.ask(protocol.lines)[0].waiting_since is None
    for fact, text, why in (
        (LinkFact.ANSWER_WITHIN, "soon", "no number of days"),
        (LinkFact.AUDIENCE, "Families", "goes to a team"),
    ):
        with pytest.raises(UserError, match=why):
            write(fact, text)


def test_an_initiative_and_the_teams_that_carry_it(workspace: Workspace) -> None:
    workspace.do(teams.add, school(workspace), name="Tier 1 team")
    workspace.do(teams.add, school(workspace), name="School climate")
    made = workspace.do(initiatives.add, school(workspace), name="Expectations").value
    assert "initiative_without_team" in {each.rule for each in workspace.ask(teams.audit)}

    def write(fact: InitiativeFact, text: str) -> None:
        workspace.do(initiatives.write, made, fact=fact, text=text)

    write(InitiativeFact.TEAMS, "tier 1 team; School climate")
    write(InitiativeFact.STARTED, "8/2024")
    write(InitiativeFact.STATUS, "in pl")
    (line,) = workspace.ask(initiatives.lines)
    assert (line.teams, line.is_doubled) == (("Tier 1 team", "School climate"), True)
    assert (line.started_on, line.status) == (date(2024, 8, 1), InitiativeStatus.IN_PLACE)
    assert "initiative_with_two_teams" in {each.rule for each in workspace.ask(teams.audit)}
    write(InitiativeFact.STATUS, "Ended")
    assert "initiative_with_two_teams" not in {each.rule for each in workspace.ask(teams.audit)}
    for fact, text, why in (
        (InitiativeFact.TEAMS, "No such team", "No team is called"),
        (InitiativeFact.STARTED, "last fall", "no month"),
        (InitiativeFact.STATUS, "perhaps", "no status"),
        (InitiativeFact.NAME, " ", "name"),
    ):
        with pytest.raises(UserError, match=why):
            write(fact, text)
    with pytest.raises(UserError, match="already in the inventory"):
        workspace.do(initiatives.add, school(workspace), name="expectations")
