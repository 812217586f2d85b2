"""Keep, merge, retire and roll over: what a decision about a team does, and that it can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.team_matrix import MatrixCell, MatrixColumn, NewRow, TypedCell
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.store import database
from mtss_desktop.usecases import actions, audit_rules, matrix, meetings, places, problems, team_decisions, teams
from mtss_desktop.usecases.teams import TeamFact

TODAY = date(2026, 2, 12)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    path = tmp_path / "a.mtss"
    database.create(path, None)
    with Workspace(database.open_database(path)) as opened:
        opened.do(
            places.set_up, division="Ashby County", first_year=2025, schools=(places.NewSchool("Holcomb Middle"),)
        )
        opened.do(places.stay_on, day=TODAY)
        yield opened


def school(workspace: Workspace) -> OrganizationId:
    return next(each.id for each in workspace.ask(places.places) if each.name.startswith("Holcomb"))


def team(workspace: Workspace, name: str, *members: str) -> TeamId:
    return workspace.do(teams.add, school(workspace), name=name, members=members).value


def people_of(workspace: Workspace, team_id: TeamId) -> dict[str, tuple[str, bool]]:
    return {each.name: (each.role, each.backup) for each in workspace.ask(teams.card, team_id).members}


def test_what_is_kept_is_remembered_with_its_reason(workspace: Workspace) -> None:
    team(workspace, "School climate")
    finding = workspace.ask(teams.audit)[0]
    assert finding.rule == "no_purpose_and_outcome"
    same = {"rule": finding.rule, "about": finding.about}
    with pytest.raises(UserError, match="why it stays"):
        workspace.do(team_decisions.keep, **same)
    workspace.do(team_decisions.keep, **same, reason="It starts in March.")
    assert all(each.rule != finding.rule for each in workspace.ask(teams.audit))
    shown = workspace.ask(teams.audit, with_kept=True)[0]
    assert (shown.is_kept, shown.kept_because) == (True, "It starts in March.")
    workspace.do(team_decisions.ask_again, **same)
    assert workspace.ask(teams.audit)[0] == finding
    with pytest.raises(UserError, match="no longer finds"):
        workspace.do(team_decisions.keep, rule="same_staff", about="nothing", reason="x")


def test_a_merge_takes_everything_open_over_and_undo_brings_it_back(workspace: Workspace) -> None:
    into = team(workspace, "Tier 1 team", "Ann Ash", "Ben Birch")
    gone = team(workspace, "School climate", "Ben Birch", "Cleo Cedar")
    other = team(workspace, "Leadership", "Dan Dogwood")
    workspace.do(teams.name_role, into, role="facilitator", name="Ann Ash")
    workspace.do(teams.name_role, gone, role="facilitator", name="Cleo Cedar")
    workspace.do(teams.add_link, gone, what="Barriers", to_team_id=other)
    workspace.do(teams.add_link, gone, what="Ideas", to_team_id=into)
    workspace.do(teams.add_link, other, what="Answers", to_team_id=gone)
    planned = workspace.do(meetings.plan, gone, day=date(2026, 3, 3)).value
    problem = workspace.do(problems.define, gone, title="Halls").value
    action = workspace.do(actions.add, gone, text="Ask the custodian").value
    done = workspace.do(actions.add, gone, text="Done long ago").value
    workspace.do(actions.mark_done, done)
    before = workspace.ask(teams.card, gone)

    moved = workspace.do(team_decisions.merge, gone, into, reason="One purpose").value

    assert moved == team_decisions.Moved(1, 2, 1, 1, 1, 0, 0, 0)
    assert people_of(workspace, into)["Cleo Cedar"] == ("facilitator", True)
    assert set(people_of(workspace, into)) == {"Ann Ash", "Ben Birch", "Cleo Cedar"}
    links = workspace.ask(teams.card, into).links
    assert {(link.outgoing, link.other, link.what) for link in links} == {
        (True, "Leadership", "Barriers"),
        (False, "Leadership", "Answers"),
    }
    assert workspace.ask(meetings.show, planned).meeting.team_id == into
    assert [each.problem.id for each in workspace.ask(problems.of_team, into)] == [problem]
    assert [each.id for each in workspace.ask(actions.of_team, into)] == [action]
    card = workspace.ask(teams.card, gone)
    assert (card.status_reason, card.ended_on) == ("One purpose", date(2026, 2, 11))
    assert [line.name for line in workspace.ask(teams.cards)] == ["Leadership", "Tier 1 team"]

    workspace.undo()
    assert workspace.ask(teams.card, gone).members == before.members
    assert workspace.ask(teams.card, gone).links == before.links
    assert [each.id for each in workspace.ask(actions.of_team, gone)] == [action]


def test_a_team_does_not_merge_with_itself_or_with_one_that_is_retired(workspace: Workspace) -> None:
    one, other = team(workspace, "A"), team(workspace, "B")
    with pytest.raises(UserError, match="not with itself"):
        workspace.do(team_decisions.merge, one, one)
    workspace.do(teams.retire, other)
    with pytest.raises(UserError, match="B is retired"):
        workspace.do(team_decisions.merge, one, other)


def test_a_team_with_a_history_is_retired_not_removed(workspace: Workspace) -> None:
    slip, old = team(workspace, "Slip", "Ann Ash"), team(workspace, "Tier 1 team")
    workspace.do(meetings.plan, old, day=date(2026, 3, 3))
    workspace.do(problems.define, old, title="Halls")
    workspace.do(teams.add_link, old, what="News", to_team_id=slip)
    with pytest.raises(UserError, match="Tier 1 team has 1 meeting and 1 problem") as refused:
        workspace.do(team_decisions.remove, old)
    assert "Retire it instead" in str(refused.value.hint)
    workspace.do(team_decisions.remove, slip)
    assert [line.name for line in workspace.ask(teams.cards)] == ["Tier 1 team"]
    workspace.undo()
    assert set(people_of(workspace, slip)) == {"Ann Ash"}


def test_a_school_year_is_rolled_over_in_one_step(workspace: Workspace) -> None:
    one, other = team(workspace, "A", "Ann Ash"), team(workspace, "B")
    retired = team(workspace, "C")
    workspace.do(teams.retire, retired)
    workspace.do(teams.write_fact, one, fact=TeamFact.PURPOSE, text="Calm halls")
    rolled = workspace.do(team_decisions.roll_over).value
    assert (rolled.year, rolled.teams) == (2026, 2)
    assert workspace.ask(teams.card, one, year_id=rolled.year_id).fact(TeamFact.PURPOSE) == "Calm halls"
    assert set(people_of(workspace, one)) == {"Ann Ash"}
    with pytest.raises(UserError, match="already in 2026–27"):
        workspace.do(team_decisions.roll_over)
    workspace.undo()
    assert [year.start for year in workspace.ask(places.years)] == [2025]
    assert workspace.do(team_decisions.roll_over).value.teams == 2
    assert other


def test_many_teams_with_their_members_come_in_one_step(workspace: Workspace) -> None:
    rows = tuple(
        NewRow(
            school(workspace),
            (
                MatrixCell(MatrixColumn.NAME, name),
                MatrixCell(MatrixColumn.TIER, tier),
                MatrixCell(MatrixColumn.STAFF, "Ann Ash; Ben Birch"),
            ),
        )
        for name, tier in (("A", "1"), ("B", "nine"), ("", "2"))
    )
    troubles = workspace.do(matrix.write, new_rows=rows, pasted=True).value
    assert [(each.row, each.column, each.text) for each in troubles] == [
        (-1, MatrixColumn.TIER, "nine"),
        (2, MatrixColumn.TIER, "2"),
        (2, MatrixColumn.STAFF, "Ann Ash; Ben Birch"),
    ]
    shown = {row.text(MatrixColumn.NAME): row for row in workspace.ask(matrix.grid).rows}
    assert {name: len(row.people) for name, row in shown.items()} == {"A": 2, "B": 2}
    again = TypedCell(shown["A"].team_id, MatrixColumn.STAFF, "Ann Ash; Cleo Cedar")
    workspace.do(matrix.write, cells=(again,))
    assert set(people_of(workspace, shown["A"].team_id)) == {"Ann Ash", "Ben Birch", "Cleo Cedar"}
    workspace.undo()
    workspace.undo()
    assert not workspace.ask(teams.cards)


def test_a_place_sets_its_own_limit_and_takes_it_back(workspace: Workspace) -> None:
    team(workspace, "One", "Ann Ash", "Ben Birch", "Cleo Cedar", "Dan Dogwood")
    team(workspace, "Other", "Ann Ash", "Ben Birch", "Cleo Cedar", "Eve Elm")

    def rule() -> audit_rules.RuleLine:
        return next(each for each in workspace.ask(audit_rules.lines) if each.rule == "same_staff")

    assert (rule().limit, rule().usual, rule().found) == (75, 75, 1)
    workspace.do(audit_rules.set_limit, "same_staff", limit=80)
    assert (rule().limit, rule().found) == (80, 0)
    assert "same_staff" not in {each.rule for each in workspace.ask(teams.audit)}
    workspace.undo()
    assert rule().limit == 75
    workspace.do(audit_rules.set_limit, "same_staff", limit=80)
    workspace.do(audit_rules.set_limit, "same_staff")
    assert workspace.ask(places.rules).audit_limits == ()
    for name, limit, why in (("same_staff", 5, "between 40 and 100"), ("no_data", 3, "no limit that can be set")):
        with pytest.raises(UserError, match=why):
            workspace.do(audit_rules.set_limit, name, limit=limit)
