"""Each rule of the working-smarter grid fires on a division made for it, and on nothing else."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from datetime import date, time, timedelta
from time import perf_counter

import pytest

from mtss_desktop.base.words import ENGLISH
from mtss_desktop.domain import division_rules, team_rules
from mtss_desktop.domain.initiatives import Initiative, InitiativeId, InitiativeStatus
from mtss_desktop.domain.people import OrganizationId, PersonId, SchoolYearId
from mtss_desktop.domain.team_audit import findings
from mtss_desktop.domain.team_division import DataSource, Division, Finding, TeamOnGrid
from mtss_desktop.domain.team_limits import RULES, Limits
from mtss_desktop.domain.teams import DataReviewed, Membership, Rhythm, Team, TeamId, TeamLink, TeamYear

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


TODAY = date(2026, 2, 12)
TUESDAY = {"rhythm": Rhythm.MONTHLY, "weeks_of_month": (3,), "weekday": 1, "starts_at": time(15), "ends_at": time(16)}


def found(*grid: TeamOnGrid, **more: object) -> tuple[Finding, ...]:
    return findings(Division(grid, today=TODAY, **more))  # type: ignore[arg-type]


def rules(*grid: TeamOnGrid, **more: object) -> list[str]:
    return [each.rule for each in found(*grid, **more)]


def link(one: str, other: str, **more: object) -> TeamLink:
    return TeamLink(id=f"{one}{other}", team_id=TeamId(one), to_team_id=TeamId(other), what="Barriers", **more)  # type: ignore[arg-type]


def initiative(*teams: str, **more: object) -> Initiative:
    return Initiative(id=InitiativeId("i"), name="Check-in", team_ids=teams, **more)  # type: ignore[arg-type]


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
    shown = found(A, bare)
    assert [each.rule for each in shown] == ["no_primary"]
    assert ENGLISH.say(shown[0].why) == "B has nobody as data analyst."


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
    assert found(small, large)[0].teams == ("B", "A")
    assert rules(small, on_grid("B", "abcdef", place="other")) == []


def test_teams_that_ended_are_left_alone() -> None:
    ended = replace(B, team=replace(B.team, ended_on=date(2026, 1, 1)), year=None)
    assert rules(A, ended) == []


def test_one_purpose_twice_is_found_and_two_grades_are_left_alone() -> None:
    purpose = "Every student knows the three school expectations"
    one = on_grid("A", "abcdef", purpose=purpose, target_group="")
    same = on_grid("B", "ghijkl", purpose="Students know and practice the three school expectations", target_group="")
    (finding,) = found(one, same)
    assert (finding.rule, finding.teams) == ("same_purpose", ("A", "B"))
    assert "Every student knows the three school expectations" in ENGLISH.say(finding.why)
    grades = (replace_year(one, target_group="Grade 6"), replace_year(same, target_group="Grade 7"))
    assert rules(*grades) == []


def replace_year(each: TeamOnGrid, **changes: object) -> TeamOnGrid:
    assert each.year is not None
    return TeamOnGrid(each.team, replace(each.year, **changes), each.members)  # type: ignore[arg-type]


def test_a_pair_is_spoken_of_once_with_all_it_shares() -> None:
    same = {"outcome_measure": "Referrals a day", "target_group": "All students"}
    (finding,) = found(on_grid("A", "abcdef", **same), on_grid("B", "abcdef", **same))
    assert finding.rule == "same_outcome_and_target"
    assert finding.people == tuple("abcdef")
    assert ENGLISH.say(finding.why) == (
        "A and B have the same outcome measure and target group. They share 6 of 6 people (100%; the line is 75%)."
    )


def test_more_teams_than_three_for_one_person() -> None:
    four = [on_grid(name, "", place=name) for name in "ABCD"]
    teams = [TeamOnGrid(each.team, each.year, people_on(each, f"x{each.team.name.lower()}")) for each in four]
    (finding,) = found(*teams, names={"x": "Elena Ruiz"})
    assert (finding.rule, finding.people, finding.teams) == ("on_many_teams", ("x",), ("A", "B", "C", "D"))
    assert ENGLISH.say(finding.why) == "Elena Ruiz is on 4 teams (the line is 3): A, B, C, D."
    assert rules(*teams[:3]) == []


def people_on(each: TeamOnGrid, letters: str) -> tuple[Membership, ...]:
    """Core roles with backups by people of this team alone; the letters are members."""
    own = on_grid(each.team.name, "123456").members
    core = tuple(replace(member, person_id=PersonId(f"{each.team.name}{member.person_id}")) for member in own)
    plain = tuple(Membership(team_id=each.team.id, person_id=PersonId(letter), role="member") for letter in letters)
    return core + plain


def test_more_hours_than_ten_for_one_person() -> None:
    weekly = {"rhythm": Rhythm.WEEKLY, "weekday": 1, "starts_at": time(8), "ends_at": time(10)}
    one = TeamOnGrid(A.team, replace(A.year, **weekly), people_on(A, "x"))  # type: ignore[arg-type, type-var]
    other = TeamOnGrid(B.team, replace(B.year, **(weekly | {"weekday": 2})), people_on(B, "x"))  # type: ignore[arg-type, type-var]
    (finding,) = found(one, other)
    assert (finding.rule, finding.people) == ("many_hours", ("x",))
    assert "17.3 hours a month in 2 team meetings" in ENGLISH.say(finding.why)
    assert rules(one) == []


@pytest.mark.parametrize(
    ("other", "clash"),
    [
        (TUESDAY, True),
        (TUESDAY | {"starts_at": time(15, 45), "ends_at": time(17)}, True),
        (TUESDAY | {"weeks_of_month": (), "rhythm": Rhythm.WEEKLY}, True),
        (TUESDAY | {"starts_at": time(16), "ends_at": time(17)}, False),
        (TUESDAY | {"weeks_of_month": (2,)}, False),
        (TUESDAY | {"weekday": 2}, False),
    ],
)
def test_two_meetings_at_the_same_time_for_one_person(other: dict[str, object], clash: bool) -> None:
    one = TeamOnGrid(A.team, replace(A.year, **TUESDAY), people_on(A, "x"))  # type: ignore[arg-type, type-var]
    second = TeamOnGrid(B.team, replace(B.year, **other), people_on(B, "x"))  # type: ignore[arg-type, type-var]
    shown = found(one, second, names={"x": "Hannah Cole"})
    assert [each.rule for each in shown] == (["two_meetings_at_once"] if clash else [])
    if clash:
        assert (shown[0].teams, shown[0].people) == (("A", "B"), ("x",))
        assert ENGLISH.say(shown[0].why).startswith("Hannah Cole cannot be in both A and B")


def test_data_nobody_looks_at() -> None:
    sources = (DataSource("Office referrals", ("referral",)), DataSource("Climate survey", before="A"))
    (finding,) = found(A, B, sources=sources)
    assert finding.rule == "data_nobody_looks_at"
    assert ENGLISH.say(finding.why) == "Climate survey: A looked at it last year, nobody does now."


def test_a_purpose_without_a_team() -> None:
    tiers = tuple(replace(each, team=replace(each.team, tier=tier)) for each, tier in ((A, 1), (B, 2)))
    (finding,) = found(*tiers, places={"school": "Holcomb"})
    assert finding.rule == "purpose_without_team"
    assert ENGLISH.say(finding.why) == "Holcomb has no team that leads tier 3."
    wide = (tiers[0], replace_year(tiers[1], target_group="Students in Tiers 2 and 3"))
    assert rules(*wide, places={"school": "Holcomb"}) == []
    gone = on_grid("C", "", purpose="Welcome new families in their own language")
    retired = replace(gone, team=replace(gone.team, ended_on=TODAY))
    assert rules(A, B, retired=(retired,)) == ["purpose_without_team"]
    taken = replace_year(B, purpose="Welcome new families, own language")
    assert rules(A, taken, retired=(retired,)) == []


def test_a_question_without_an_answer() -> None:
    late = link("A", "B", waiting_since=TODAY - timedelta(days=21), answer_within_days=20, waiting_for="One more adult")
    (finding,) = found(A, B, links=(late,))
    assert (finding.rule, finding.teams) == ("unanswered", ("A", "B"))
    assert ENGLISH.say(finding.why) == "A asked B 21 days ago and has no answer (the line is 20): One more adult"
    assert rules(A, B, links=(replace(late, waiting_since=TODAY - timedelta(days=20)),)) == []
    assert rules(A, B, links=(replace(late, answer_within_days=None),)) == []
    assert rules(A, B, links=(replace(late, answer_within_days=None, waiting_since=TODAY - timedelta(days=31)),)) == [
        "unanswered"
    ]


def test_links_that_go_in_a_circle() -> None:
    c = on_grid("C", "mnopqr")
    (finding,) = found(A, B, c, links=(link("A", "B"), link("B", "C"), link("C", "A")))
    assert finding.rule == "circular"
    assert ENGLISH.say(finding.why) == "Questions go round: A → B → C → A."
    both_ways = (link("A", "B"), link("B", "A"), link("B", "C"), link("C", "B"))
    assert rules(A, B, c, links=both_ways) == []
    waiting = {"waiting_since": TODAY}
    assert rules(A, B, links=(link("A", "B", **waiting), link("B", "A", **waiting))) == ["circular"]


def test_a_team_that_stands_apart() -> None:
    (finding,) = found(A, B, on_grid("C", "mnopqr"), links=(link("A", "B"),))
    assert (finding.rule, finding.teams) == ("no_link", ("C",))
    assert ENGLISH.say(finding.why) == "C tells no other team anything and hears from none."
    assert rules(A, B, on_grid("C", "mnopqr")) == []
    board = TeamLink(id="Cb", team_id=TeamId("C"), audience="School board", what="Results")
    assert rules(A, B, on_grid("C", "mnopqr"), links=(link("A", "B"), board)) == []


def test_initiatives_without_a_team_and_with_two() -> None:
    assert rules(A, B, initiatives=(initiative(),)) == ["initiative_without_team"]
    assert rules(A, B, initiatives=(initiative("A", "B"),)) == ["initiative_with_two_teams"]
    assert rules(A, B, initiatives=(initiative("A"),)) == []
    assert rules(A, B, initiatives=(initiative(status=InitiativeStatus.ENDED),)) == []


def test_a_large_division_is_looked_through_quickly() -> None:
    teams = []
    for n in range(400):
        each = on_grid(f"Team {n}", "", place=f"school {n % 20}", purpose=f"Purpose {n} of many words about {n * 7}")
        people = tuple(
            Membership(team_id=each.team.id, person_id=PersonId(f"p{(n * 5 + seat) % 900}"), role="member")
            for seat in range(8)
        )
        teams.append(TeamOnGrid(each.team, each.year, people))
    start = perf_counter()
    found(*teams)
    assert perf_counter() - start < 2.0  # aim: a quarter of that on a quiet machine


HALF = (on_grid("A", "abcdef"), on_grid("B", "abcghi"))
FOUR = tuple(
    on_grid(name, people) for name, people in (("A", "abcdef"), ("B", "aghijk"), ("C", "alnopq"), ("D", "arstuv"))
)
ALIKE = (
    on_grid("A", "abcdef", purpose="calm halls and stairs for everybody", target_group=""),
    on_grid("B", "ghijkl", purpose="calm halls and doors for nobody", target_group=""),
)
LONG = (on_grid("A", "abcdef", **{**TUESDAY, "rhythm": Rhythm.WEEKLY, "weeks_of_month": ()}),)  # 52/12 hours a month
WAITING = {"links": (link("A", "B", waiting_since=TODAY - timedelta(days=20), waiting_for="Cover"),)}


@pytest.mark.parametrize(
    ("rule", "grid", "more", "silent", "speaks"),
    [
        ("same_staff", HALF, {}, Limits(same_staff=51), Limits(same_staff=50)),
        ("on_many_teams", FOUR, {}, Limits(most_teams=4), Limits(most_teams=3)),
        ("same_purpose", ALIKE, {}, Limits(same_purpose=60), Limits(same_purpose=30)),
        ("many_hours", LONG, {}, Limits(most_hours=5), Limits(most_hours=4)),
        ("unanswered", (A, B), WAITING, Limits(longest_wait=20), Limits(longest_wait=19)),
    ],
)
def test_a_limit_decides_from_where_on_a_rule_speaks(
    rule: str, grid: tuple[TeamOnGrid, ...], more: dict[str, object], silent: Limits, speaks: Limits
) -> None:
    assert rule not in rules(*grid, limits=silent, **more)
    assert rule in rules(*grid, limits=speaks, **more)


def test_every_rule_is_in_the_list_that_is_shown_and_every_limit_belongs_to_one() -> None:
    known = [each.name for each in RULES]
    functions = {name for module in (team_rules, division_rules) for name in vars(module) if name in known}
    assert functions == set(known), "a rule is a function of its own name"
    spoken_of = set(re.findall(r"(?:rules|rest)\.(\w+)\(division\)", inspect.getsource(findings)))
    assert spoken_of == set(known)
    assert {each.limit.name for each in RULES if each.limit is not None} == set(Limits.__dataclass_fields__)
