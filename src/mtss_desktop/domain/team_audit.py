"""What the working-smarter grid shows. Every rule only proposes; the team decides and says why.

Rules 1 to 4 follow the published steps (drop what has no purpose and outcome, merge what has the same outcome and target group, merge what
shares 75 percent of its staff, tie everything to a goal); backups and the data analyst follow the TIPS fidelity checklist, item 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain.teams import CORE_ROLES, Membership, Team, TeamYear

SAME_STAFF = 0.75
"""Shared members ÷ members of the smaller team, from which a merge is proposed."""
_COACHES = frozenset({"coach"})


@dataclass(frozen=True)
class TeamOnGrid:
    """A team with its year (None: nothing written yet) and who is on it now."""

    team: Team
    year: TeamYear | None
    members: tuple[Membership, ...]

    @property
    def people(self) -> frozenset[str]:
        return frozenset(member.person_id for member in self.members if member.role not in _COACHES)


@dataclass(frozen=True)
class Finding:
    """``rule`` names the rule, ``teams`` and ``people`` the ids it is about; ``why`` has the numbers, ``proposal`` what could be done."""

    rule: str
    teams: tuple[str, ...]
    people: tuple[str, ...]
    why: Said
    proposal: Said


def findings(grid: Sequence[TeamOnGrid]) -> tuple[Finding, ...]:
    """Most useful first: merges, then teams without a base, then gaps in roles."""
    open_teams = [each for each in grid if each.team.ended_on is None]
    made = [*_merges(open_teams)]
    for each in open_teams:
        made += _base(each)
    for each in open_teams:
        made += _gaps(each)
    return tuple(made)


def _merges(grid: Sequence[TeamOnGrid]) -> Iterator[Finding]:
    for pair in combinations(grid, 2):
        one, other = sorted(pair, key=_standing)
        if one.team.organization_id != other.team.organization_id:
            continue
        same = _same_work(one, other)
        shared = one.people & other.people
        smaller = min(len(one.people), len(other.people))
        overlap = len(shared) / smaller if smaller else 0.0
        if same or overlap >= SAME_STAFF:
            yield _merge(one, other, same=same, shared=shared, smaller=smaller, overlap=overlap)


def _standing(each: TeamOnGrid) -> tuple[int, date, str]:
    """The larger team, else the older one, is the one to keep."""
    return -len(each.people), each.team.started_on or date.max, each.team.name


def _merge(
    one: TeamOnGrid, other: TeamOnGrid, *, same: bool, shared: frozenset[str], smaller: int, overlap: float
) -> Finding:
    names: dict[str, Any] = {"one": one.team.name, "other": other.team.name, "shared": len(shared), "smaller": smaller}
    if same and overlap >= SAME_STAFF:
        why = said(
            "{one} and {other} have the same outcome measure and target group and share {shared} of {smaller} members.",
            **names,
        )
    elif same:
        why = said("{one} and {other} have the same outcome measure and target group.", **names)
    else:
        why = said("{one} and {other} share {shared} of {smaller} members.", **names)
    proposal = said("Merge {other} into {one}; keep one purpose and one meeting.", **names)
    rule = "same_outcome_and_target" if same else "same_staff"
    return Finding(rule, (one.team.id, other.team.id), tuple(sorted(shared)), why, proposal)


def _same_work(one: TeamOnGrid, other: TeamOnGrid) -> bool:
    if one.year is None or other.year is None:
        return False
    pairs = ((one.year.outcome_measure, other.year.outcome_measure), (one.year.target_group, other.year.target_group))
    return all(_words(left) and _words(left) == _words(right) for left, right in pairs)


def _words(text: str) -> frozenset[str]:
    """What a measure is about: its words without numbers and dates, so that two goals for one measure count as the same."""
    measure = re.split(r"[,:;(]", text.casefold())[0]
    return frozenset(re.findall(r"[^\W\d_]{3,}", measure))


def _base(each: TeamOnGrid) -> Iterator[Finding]:
    year, name = each.year, each.team.name
    purpose, outcome = bool(year and year.purpose), bool(year and year.outcome_measure)
    ids = (each.team.id,)
    if not purpose and not outcome:
        why = said("{team} has neither a purpose nor an outcome measure.", team=name)
        yield Finding("no_purpose_and_outcome", ids, (), why, said("Write both, or retire the team."))
    elif not (purpose and outcome):
        lacks = said("purpose") if not purpose else said("outcome measure")
        why = said("{team} has no {lacks}.", team=name, lacks=lacks)
        yield Finding("incomplete", ids, (), why, said("Write it at the next meeting."))
    if year and not year.linked_goal:
        why = said("{team} is not tied to a goal of the plan.", team=name)
        yield Finding("no_goal", ids, (), why, said("Tie it to a goal, or retire it."))
    if year and not year.data_reviewed:
        yield Finding(
            "no_data", ids, (), said("{team} looks at no data.", team=name), said("Name one source and how often.")
        )


def _gaps(each: TeamOnGrid) -> Iterator[Finding]:
    held = {(member.role, member.backup) for member in each.members}
    nobody = [role for role in CORE_ROLES if (role, False) not in held]
    behind = [role for role in CORE_ROLES if (role, False) in held and (role, True) not in held]
    ids = (each.team.id,)
    if nobody:
        why = said("{team} has nobody as {roles}.", team=each.team.name, roles=_roles(nobody))
        yield Finding(
            "no_primary", ids, (), why, said("Name a person, or borrow one from another team for the data part.")
        )
    if behind:
        why = said("{team} has no backup for {roles}.", team=each.team.name, roles=_roles(behind))
        yield Finding("no_backup", ids, (), why, said("Name a backup for each."))


def _roles(roles: Iterable[str]) -> tuple[Said, ...]:
    return tuple(said(f"{{label.{role}}}") for role in roles)
