"""Each rule of the working-smarter grid fires on a division made for it, and on nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain.people import OrganizationId, PersonId, SchoolYearId
from mtss_desktop.domain.team_audit import TeamOnGrid, findings
from mtss_desktop.domain.teams import DataReviewed, Membership, Team, TeamId, TeamYear

YEAR = SchoolYearId("2025")


def on_grid(name: str, people: str, *, place: str = "school", **changes: object) -> TeamOnGrid:
    """``people`` are letters; the first three hold the core roles, the next three back them up."""
    team = Team(id=TeamId(name), name=name, organization_id=OrganizationId(place))
    year = TeamYear(
        team_id=team.id,
        year_id=YEAR,
        purpose=f"purpose of {name}",
        outcome_measure=f"measure {name * 3}",
        target_group=f"group {name * 3}",
        data_reviewed=(DataReviewed("Referrals"),),
        linked_goal="Goal 1",
    )
    roles = ("facilitator", "minute_taker", "data_analyst")
    seats = [(roles[n % 3], n >= 3) if n < 6 else ("member", False) for n in range(len(people))]
    members = tuple(
        Membership(team_id=team.id, person_id=PersonId(person), role=role, backup=backup)
        for person, (role, backup) in zip(people, seats, strict=True)
    )
    return TeamOnGrid(team, replace(year, **changes), members)


A, B = on_grid("A", "abcdef"), on_grid("B", "ghijkl")


def rules(*grid: TeamOnGrid) -> list[str]:
    return [each.rule for each in findings(grid)]


def test_a_division_in_order_shows_nothing() -> None:
    assert rules(A, B) == []


@pytest.mark.parametrize(
    ("grid", "rule"),
    [
        ((A, on_grid("B", "ghijkl", purpose="", outcome_measure="")), "no_purpose_and_outcome"),
        ((A, on_grid("B", "ghijkl", purpose="")), "incomplete"),
        ((A, on_grid("B", "ghijkl", outcome_measure="")), "incomplete"),
        ((A, on_grid("B", "ghijkl", linked_goal="")), "no_goal"),
        ((A, on_grid("B", "ghijkl", data_reviewed=())), "no_data"),
        ((A, on_grid("B", "ghijk")), "no_backup"),
        ((A, on_grid("B", "abcdef")), "same_staff"),
    ],
)
def test_each_rule_fires_alone(grid: tuple[TeamOnGrid, ...], rule: str) -> None:
    assert rules(*grid) == [rule]


def test_nobody_in_a_core_role_is_not_a_missing_backup_too() -> None:
    bare = replace(B, members=tuple(member for member in B.members if member.role != "data_analyst"))
    found = findings((A, bare))
    assert [each.rule for each in found] == ["no_primary"]
    assert ENGLISH.say(found[0].why) == "B has nobody as data analyst."


def test_one_measure_with_two_goals_is_the_same_work() -> None:
    one = on_grid(
        "A", "abcdef", outcome_measure="Referrals per school day: goal 4.5 by 6/1", target_group="all students"
    )
    other = on_grid("B", "ghijkl", outcome_measure="referrals per school day, 5.0", target_group="All students")
    assert rules(one, other) == ["same_outcome_and_target"]


def test_three_of_four_shared_members_propose_a_merge_and_less_does_not() -> None:
    assert rules(on_grid("A", "abcdef"), on_grid("B", "abcdgh")) == []
    assert rules(on_grid("A", "abcdefmn"), on_grid("B", "abcdefgh")) == ["same_staff"]


def test_the_larger_team_is_the_one_to_keep_and_places_are_not_mixed() -> None:
    small, large = on_grid("A", "abcdef"), on_grid("B", "abcdefxyz")
    assert findings((small, large))[0].teams == ("B", "A")
    assert rules(small, on_grid("B", "abcdef", place="other")) == []


def test_teams_that_ended_are_left_alone() -> None:
    ended = replace(B, team=replace(B.team, ended_on=date(2026, 1, 1)), year=None)
    assert rules(A, ended) == []
