"""Teams, members, roles and links."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.changes import ChangeSet, Topic
from mtss_desktop.base.errors import Conflict, UserError
from mtss_desktop.domain.people import OrganizationId, PersonId
from mtss_desktop.domain.team_roles import names_in
from mtss_desktop.domain.teams import DataReviewed, Rhythm, TeamId, TeamStatus, TeamYear
from mtss_desktop.store import database
from mtss_desktop.usecases import people, places, teams
from mtss_desktop.usecases.teams import TeamCard, TeamFact

TODAY = date(2026, 2, 12)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    path = tmp_path / "a.mtss"
    database.create(path, None)
    with Workspace(database.open_database(path)) as opened:
        schools = (places.NewSchool("Holcomb Middle"), places.NewSchool("Cedar Fork Elementary"))
        opened.do(places.set_up, division="Ashby County", first_year=2025, schools=schools)
        opened.do(places.stay_on, day=TODAY)
        yield opened


def place(workspace: Workspace, name: str = "Holcomb") -> OrganizationId:
    return next(each.id for each in workspace.ask(places.places) if each.name.startswith(name))


def new_team(workspace: Workspace, name: str = "Tier 1 team", **more: object) -> TeamId:
    return workspace.do(teams.add, place(workspace), name=name, **more).value


def person(workspace: Workspace, first: str, last: str) -> PersonId:
    return workspace.do(people.add, first_name=first, last_name=last, place_id=place(workspace)).value


def card(workspace: Workspace, team: TeamId) -> TeamCard:
    return workspace.ask(teams.card, team)


def roles(workspace: Workspace, team: TeamId) -> set[tuple[str, bool, str]]:
    return {(member.role, member.backup, member.name) for member in card(workspace, team).members}


def test_a_team_is_added_with_members_by_name(workspace: Workspace) -> None:
    team = new_team(workspace, tier=1, purpose="Every student knows.", members=("Hannah Cole", "Nguyễn, Thu", ""))
    shown = card(workspace, team)
    assert (shown.name, shown.tier, shown.place, shown.people) == ("Tier 1 team", 1, "Holcomb Middle", 2)
    assert shown.fact(TeamFact.PURPOSE) == "Every student knows."
    assert {member.name for member in shown.members} == {"Hannah Cole", "Thu Nguyễn"}


def test_a_name_typed_without_accents_finds_the_person(workspace: Workspace) -> None:
    known = person(workspace, "Thu", "Nguyễn")
    team = new_team(workspace, members=("thu nguyen",))
    assert [member.person_id for member in card(workspace, team).members] == [known]


def test_two_teams_of_one_name_at_a_place_are_refused(workspace: Workspace) -> None:
    new_team(workspace)
    with pytest.raises(UserError, match="already a team"):
        new_team(workspace, "tier 1 TEAM")
    workspace.do(teams.add, place(workspace, "Cedar"), name="Tier 1 team")


def test_a_team_needs_a_name(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="Give the team a name"):
        new_team(workspace, "  ")


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (TeamFact.NAME, "School climate"),
        (TeamFact.TIER, "2"),
        (TeamFact.PURPOSE, "Expectations"),
        (TeamFact.OUTCOME_MEASURE, "Referrals a day"),
        (TeamFact.TARGET_GROUP, "All students"),
        (TeamFact.MEETS, "3rd Tuesday, 2:45–3:45 PM, Room 114"),
        (TeamFact.DATA, "monthly: referrals, tardies"),
        (TeamFact.DECISION_RULES, "Two months above last year"),
        (TeamFact.AUTHORITY, "decides within the plan"),
        (TeamFact.LINKED_GOAL, "School plan 2.1"),
        (TeamFact.NORMS, "Start with a success."),
    ],
)
def test_every_fact_is_written_read_and_undone(workspace: Workspace, fact: TeamFact, text: str) -> None:
    team = new_team(workspace)
    before = card(workspace, team).fact(fact)
    workspace.do(teams.write_fact, team, fact=fact, text=text, seen=before)
    assert card(workspace, team).fact(fact) == text
    workspace.undo()
    assert card(workspace, team).fact(fact) == before


def test_a_text_that_changed_meanwhile_is_a_conflict_and_nothing_is_written(workspace: Workspace) -> None:
    team = new_team(workspace)
    workspace.do(teams.write_fact, team, fact=TeamFact.PURPOSE, text="theirs")
    with pytest.raises(Conflict, match="while you were typing"):
        workspace.do(teams.write_fact, team, fact=TeamFact.PURPOSE, text="mine", seen="")
    assert card(workspace, team).fact(TeamFact.PURPOSE) == "theirs"
    workspace.do(teams.write_fact, team, fact=TeamFact.PURPOSE, text="mine", seen="theirs")
    assert card(workspace, team).fact(TeamFact.PURPOSE) == "mine"


def test_another_fact_changed_meanwhile_is_no_conflict(workspace: Workspace) -> None:
    team = new_team(workspace)
    workspace.do(teams.write_fact, team, fact=TeamFact.PURPOSE, text="theirs")
    workspace.do(teams.write_fact, team, fact=TeamFact.NORMS, text="mine", seen="")
    assert (card(workspace, team).fact(TeamFact.PURPOSE), card(workspace, team).fact(TeamFact.NORMS)) == (
        "theirs",
        "mine",
    )


def test_typing_in_one_field_is_one_step(workspace: Workspace) -> None:
    team = new_team(workspace)
    for text, seen in (("Every", ""), ("Every student", "Every")):
        workspace.do(teams.write_fact, team, fact=TeamFact.PURPOSE, text=text, seen=seen)
    assert workspace.undo_label() == "Change purpose"
    workspace.undo()
    assert card(workspace, team).fact(TeamFact.PURPOSE) == ""


def test_a_name_that_is_taken_and_a_tier_nobody_knows_are_refused(workspace: Workspace) -> None:
    team, other = new_team(workspace), new_team(workspace, name="Climate team")
    for fact, text, why in (
        (TeamFact.NAME, "climate TEAM", "already a team called"),
        (TeamFact.TIER, "abc", "This is no tier"),
    ):
        with pytest.raises(UserError, match=why):
            workspace.do(teams.write_fact, team, fact=fact, text=text)
    workspace.do(teams.write_fact, other, fact=TeamFact.NAME, text="Climate Team")
    workspace.do(teams.write_fact, team, fact=TeamFact.TIER, text="Tier 2")
    assert card(workspace, team).tier == 2


def test_times_that_cannot_be_are_refused_with_an_example(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="3rd Tuesday, 2:45-3:45 PM"):
        workspace.do(teams.write_fact, new_team(workspace), fact=TeamFact.MEETS, text="3:45-2:45 PM")


def test_staff_hours_come_from_pattern_and_people(workspace: Workspace) -> None:
    team = new_team(workspace, members=("Hannah Cole", "José Ortega"))
    assert card(workspace, team).hours is None
    workspace.do(teams.write_fact, team, fact=TeamFact.MEETS, text="3rd Tuesday, 2:45-3:45")
    assert card(workspace, team).hours == pytest.approx(2.0)


def test_a_role_is_named_and_the_former_holder_stays_a_member(workspace: Workspace) -> None:
    team = new_team(workspace)
    workspace.do(teams.name_role, team, role="facilitator", name="Tamika Greene")
    (first,) = card(workspace, team).members
    workspace.do(teams.name_role, team, role="facilitator", name="Hannah Cole", instead_of=first.id)
    assert roles(workspace, team) == {("facilitator", False, "Hannah Cole"), ("member", False, "Tamika Greene")}


def test_a_member_without_a_role_takes_one(workspace: Workspace) -> None:
    team = new_team(workspace, members=("Owen Pratt",))
    workspace.do(teams.name_role, team, role="data_analyst", name="Owen Pratt")
    workspace.do(teams.name_role, team, role="minute_taker", name="Owen Pratt", backup=True)
    assert roles(workspace, team) == {("data_analyst", False, "Owen Pratt"), ("minute_taker", True, "Owen Pratt")}
    assert card(workspace, team).people == 1


def test_naming_nobody_empties_the_role_and_undo_brings_it_back(workspace: Workspace) -> None:
    team = new_team(workspace)
    workspace.do(teams.name_role, team, role="family", name="Carla Mendes")
    before = roles(workspace, team)
    (member,) = card(workspace, team).members
    workspace.do(teams.name_role, team, role="family", name="", instead_of=member.id)
    assert roles(workspace, team) == {("member", False, "Carla Mendes")}
    workspace.undo()
    assert roles(workspace, team) == before


def test_two_people_of_one_name_are_a_question(workspace: Workspace) -> None:
    person(workspace, "Elena", "Ruiz")
    person(workspace, "Elena", "Ruiz")
    with pytest.raises(UserError, match="2 people are called Elena Ruiz"):
        workspace.do(teams.name_role, new_team(workspace), role="coach", name="elena ruiz")


def test_a_person_leaves_a_team_with_every_role(workspace: Workspace) -> None:
    team = new_team(workspace)
    bell = person(workspace, "Marcus", "Bell")
    workspace.do(teams.add_member, team, bell, role="administrator", started_on=date(2025, 8, 1))
    workspace.do(teams.add_member, team, bell, role="timekeeper", backup=True)
    with pytest.raises(UserError, match="already has that role"):
        workspace.do(teams.add_member, team, bell, role="administrator")
    workspace.do(teams.remove_member, team, bell)
    assert roles(workspace, team) == set()
    with pytest.raises(UserError, match="no longer on the team"):
        workspace.do(teams.remove_member, team, bell)


def test_leaving_the_place_ends_memberships(workspace: Workspace) -> None:
    team = new_team(workspace)
    bell = person(workspace, "Marcus", "Bell")
    workspace.do(teams.add_member, team, bell, started_on=date(2025, 8, 1))
    workspace.do(people.leave, bell, on=date(2026, 2, 11))
    assert roles(workspace, team) == set()
    assert [line.name for line in workspace.ask(people.everyone)] == []
    assert [line.left_on for line in workspace.ask(people.everyone, with_former=True)] == [date(2026, 2, 11)]


def test_what_a_role_brings_and_another_role(workspace: Workspace) -> None:
    team = new_team(workspace, members=("Zoë Lambert",))
    (member,) = card(workspace, team).members
    workspace.do(teams.set_brings, member.id, brings="Art; student council")
    workspace.do(teams.change_role, member.id, role="community")
    (member,) = card(workspace, team).members
    assert (member.role, member.brings) == ("community", "Art; student council")


def test_members_are_pasted_and_nobody_joins_twice(workspace: Workspace) -> None:
    team = new_team(workspace, members=("Hannah Cole",))
    pasted = names_in("Hannah Cole\nOrtega, José\nThu Nguyễn, Owen Pratt\tscience")
    assert workspace.do(teams.add_named, team, names=pasted).value == 3
    assert card(workspace, team).people == 4


def test_names_come_with_their_roles(workspace: Workspace) -> None:
    """Who is on the team already takes the role; a second facilitator is the backup; other words are what they bring."""
    team = new_team(workspace, members=("Hannah Cole (facilitator)", "Owen Pratt"))
    pasted = names_in(
        "Owen Pratt (data analyst); Ann Bell (facilitator); Thu Nguyễn (music); Hannah Cole (facilitator)"
    )
    assert workspace.do(teams.add_named, team, names=pasted).value == 2
    assert roles(workspace, team) == {
        ("facilitator", False, "Hannah Cole"),
        ("facilitator", True, "Ann Bell"),
        ("data_analyst", False, "Owen Pratt"),
        ("member", False, "Thu Nguyễn"),
    }
    assert {member.brings for member in card(workspace, team).members} == {"", "music"}


def test_links_show_at_both_ends(workspace: Workspace) -> None:
    tier1, leadership = new_team(workspace), new_team(workspace, "School leadership")
    link = workspace.do(
        *(teams.add_link, tier1),
        to_team_id=leadership,
        what="barriers and wins",
        how_often="monthly",
        answer_within_days=10,
    ).value
    workspace.do(teams.ask_through, link, waiting_for="Who covers stair B?", since=date(2026, 1, 9))
    (out,), (into,) = card(workspace, tier1).links, card(workspace, leadership).links
    assert (out.outgoing, out.other, out.waiting_since) == (True, "School leadership", date(2026, 1, 9))
    assert (into.outgoing, into.other, into.other_id) == (False, "Tier 1 team", tier1)
    workspace.do(teams.answered, link)
    assert card(workspace, tier1).links[0].waiting_since is None
    workspace.do(teams.remove_link, link)
    assert card(workspace, tier1).links == ()


def test_a_link_needs_somebody_at_the_other_end(workspace: Workspace) -> None:
    team = new_team(workspace)
    with pytest.raises(UserError, match="Say who is told"):
        workspace.do(teams.add_link, team, what="news")
    with pytest.raises(UserError, match="not itself"):
        workspace.do(teams.add_link, team, what="news", to_team_id=team)


def test_a_retired_team_leaves_the_list_and_comes_back(workspace: Workspace) -> None:
    team = new_team(workspace)
    workspace.do(teams.retire, team, reason="Same people as School climate")
    assert workspace.ask(teams.cards) == ()
    (line,) = workspace.ask(teams.cards, with_retired=True)
    assert line.ended_on == date(2026, 2, 11)
    assert card(workspace, team).status is TeamStatus.RETIRE
    workspace.do(teams.bring_back, team)
    assert [line.id for line in workspace.ask(teams.cards)] == [team]


def test_a_new_year_takes_what_teams_are_for_and_not_their_status(workspace: Workspace) -> None:
    team = new_team(workspace)
    this = workspace.ask(places.this_year).id
    described = TeamYear(
        *(),
        team_id=team,
        year_id=this,
        purpose="Expectations",
        rhythm=Rhythm.MONTHLY,
        data_reviewed=(DataReviewed("referrals", "monthly"),),
        status=TeamStatus.MERGE,
    )
    workspace.do(teams.describe, team, this, year=described)
    following = workspace.do(places.add_year, start=2026).value
    assert workspace.do(teams.carry_over, this, following).value == 1
    assert workspace.do(teams.carry_over, this, following).value == 0
    shown = workspace.ask(teams.card, team, year_id=following)
    assert (shown.fact(TeamFact.PURPOSE), shown.data_reviewed, shown.status) == (
        "Expectations",
        (DataReviewed("referrals", "monthly"),),
        TeamStatus.KEEP,
    )


def test_a_screen_of_thirty_teams_costs_one_statement(workspace: Workspace) -> None:
    for number in range(30):
        team = new_team(workspace, f"Team {number:02}", tier=number % 4)
        workspace.do(teams.name_role, team, role="facilitator", name="Hannah Cole")
    workspace.do(teams.name_role, team, role="facilitator", name="José Ortega", backup=True)
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "FROM team" in statement or "membership" in statement:
            statements.append(statement)

    reader = workspace._database.engines.reader
    sa.event.listen(reader, "before_cursor_execute", note)
    lines = workspace.ask(teams.cards)
    sa.event.remove(reader, "before_cursor_execute", note)
    assert len(statements) == 1
    assert len(lines) == 30
    assert sum(line.without_backup for line in lines) == 29
    assert [line.tier for line in lines] == sorted(line.tier for line in lines)


def test_screens_hear_which_team_changed(workspace: Workspace) -> None:
    team = new_team(workspace, members=("Hannah Cole",))
    heard: list[ChangeSet] = []
    workspace.changes.subscribe(heard.append)
    (member,) = card(workspace, team).members
    workspace.do(teams.set_brings, member.id, brings="agenda")
    assert heard[0].ids(Topic.TEAMS) == {team}
