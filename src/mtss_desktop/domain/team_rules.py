"""The audit's rules about teams: those that do the same, those without a base, and open roles.

They follow the published working-smarter steps (drop what has no purpose and outcome, merge what has the same outcome and
target group, merge what shares 75 percent of its staff, tie everything to a goal); backups and the data analyst follow the
TIPS fidelity checklist, item 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

from mtss_desktop.base.words import Said, said
from mtss_desktop.domain.team_division import KEEP_OR_RETIRE, MERGE_OR_NOT, Division, Finding, Severity, TeamOnGrid
from mtss_desktop.domain.teams import CORE_ROLES, TeamStatus

FEWEST_WORDS = 3
"""Words a purpose needs to be compared at all; shorter ones are too general."""

# Teams that do the same ------------------------------------------------------------------------------------------------


def same_outcome_and_target(division: Division) -> Iterator[Finding]:
    """Two teams of a place with the same outcome measure for the same target group."""
    for one, other in _pairs(division):
        if _equal(one.outcome_words, other.outcome_words) and _equal(one.target_words, other.target_words):
            why = said("{one} and {other} have the same outcome measure and target group.", **_names(one, other))
            title = said("Same outcome, same target group")
            yield _merge("same_outcome_and_target", title, one, other, why, ("outcome_measure", "target_group"))


def same_purpose(division: Division) -> Iterator[Finding]:
    """Two teams of a place whose purposes use the same words (shared ÷ all words of both).

    Teams for different target groups (two grades) are left alone.
    """
    for one, other in _pairs(division):
        if one.target_words and other.target_words and one.target_words != other.target_words:
            continue
        mine, theirs = one.purpose_words, other.purpose_words
        if min(len(mine), len(theirs)) < FEWEST_WORDS:
            continue
        alike = len(mine & theirs) / len(mine | theirs)
        if 100 * alike >= division.limits.same_purpose:
            why = said(
                "{one} and {other} have purposes that say the same: “{first}” and “{second}”.",
                first=one.year.purpose if one.year else "",
                second=other.year.purpose if other.year else "",
                **_names(one, other),
            )
            yield _merge("same_purpose", said("One purpose twice"), one, other, why, ("purpose",))


def same_staff(division: Division) -> Iterator[Finding]:
    """Two teams of a place that share most of the smaller team's people (shared ÷ members of the smaller one)."""
    line = division.limits.same_staff
    for one, other in _pairs(division):
        shared, smaller = one.people & other.people, min(len(one.people), len(other.people))
        if len(shared) < 2 or 100 * len(shared) < line * smaller:
            continue
        why = said(
            "{one} and {other} share {shared} of {smaller} people ({percent:0}%; the line is {line:0}%).",
            shared=len(shared),
            smaller=smaller,
            percent=100 * len(shared) / smaller,
            line=line,
            **_names(one, other),
        )
        finding = _merge("same_staff", said("Mostly the same people"), one, other, why, ("members",))
        yield replace(finding, people=tuple(sorted(shared)))


def _pairs(division: Division) -> Iterator[tuple[TeamOnGrid, TeamOnGrid]]:
    """Working teams of one place, two by two, the one to keep first."""
    for teams in division.of_place.values():
        yield from combinations(sorted(teams, key=_standing), 2)


def _standing(each: TeamOnGrid) -> tuple[int, date, str]:
    """The larger team, else the older one, is the one to keep."""
    return -len(each.people), each.team.started_on or date.max, each.team.name


def _names(one: TeamOnGrid, other: TeamOnGrid) -> dict[str, Any]:
    return {"one": one.team.name, "other": other.team.name}


def _merge(rule: str, title: Said, one: TeamOnGrid, other: TeamOnGrid, why: Said, fields: tuple[str, ...]) -> Finding:
    proposal = said("Merge {other} into {one}; keep one purpose and one meeting.", **_names(one, other))
    teams = (one.team.id, other.team.id)
    return Finding(rule, Severity.HIGH, title, teams, (), why, proposal, MERGE_OR_NOT, fields)


def _equal(left: frozenset[str], right: frozenset[str]) -> bool:
    return bool(left) and left == right


# Teams without a base --------------------------------------------------------------------------------------------------


def no_purpose_and_outcome(division: Division) -> Iterator[Finding]:
    """A team that has written neither what it is for nor how it would know."""
    for each in division.teams:
        if not _wrote(each, "purpose") and not _wrote(each, "outcome_measure"):
            why = said("{team} has neither a purpose nor an outcome measure.", team=division.called(each))
            proposal = said("Write both, or retire the team.")
            yield _about(
                "no_purpose_and_outcome",
                Severity.HIGH,
                said("Nothing defined"),
                each,
                why,
                proposal,
                _BASE,
                KEEP_OR_RETIRE,
            )


def incomplete(division: Division) -> Iterator[Finding]:
    """One of purpose and outcome measure is there, the other is not."""
    for each in division.teams:
        missing = [name for name in _BASE if not _wrote(each, name)]
        if len(missing) == 1:
            lacks = said("purpose") if missing == ["purpose"] else said("outcome measure")
            why = said("{team} has no {lacks}.", team=division.called(each), lacks=lacks)
            proposal = said("Write it at the next meeting.")
            title = said("No {lacks}", lacks=lacks)
            yield _about("incomplete", Severity.MEDIUM, title, each, why, proposal, tuple(missing))


def no_goal(division: Division) -> Iterator[Finding]:
    """A team whose work is tied to no goal of the school or strategic plan."""
    for each in division.teams:
        if each.year is not None and not _wrote(each, "linked_goal"):
            why = said("{team} is not tied to a goal of the plan.", team=division.called(each))
            proposal = said("Tie it to a goal, or retire it.")
            title, fields = said("No goal"), ("linked_goal",)
            yield _about("no_goal", Severity.MEDIUM, title, each, why, proposal, fields, KEEP_OR_RETIRE)


def no_data(division: Division) -> Iterator[Finding]:
    """A team that decides without looking at anything."""
    for each in division.teams:
        if each.year is not None and not each.year.data_reviewed:
            why = said("{team} looks at no data.", team=division.called(each))
            proposal = said("Name one source and how often.")
            yield _about("no_data", Severity.MEDIUM, said("No data"), each, why, proposal, ("data",))


_BASE = ("purpose", "outcome_measure")


def _wrote(each: TeamOnGrid, name: str) -> bool:
    return bool(each.year and str(getattr(each.year, name)).strip())


def _about(
    rule: str,
    severity: Severity,
    title: Said,
    each: TeamOnGrid,
    why: Said,
    proposal: Said,
    fields: tuple[str, ...],
    offers: tuple[TeamStatus, ...] = (TeamStatus.KEEP,),
) -> Finding:
    return Finding(rule, severity, title, (each.team.id,), (), why, proposal, offers, fields)


# Roles -----------------------------------------------------------------------------------------------------------------


def no_primary(division: Division) -> Iterator[Finding]:
    """A core role that nobody has."""
    for each in division.teams:
        held = _held(each)
        nobody = [role for role in CORE_ROLES if (role, False) not in held]
        if nobody:
            why = said("{team} has nobody as {roles}.", team=division.called(each), roles=_roles(nobody))
            proposal = said("Name a person, or borrow one from another team for the data part.")
            yield _about("no_primary", Severity.MEDIUM, said("A role is open"), each, why, proposal, ("members",))


def no_backup(division: Division) -> Iterator[Finding]:
    """A core role whose holder has nobody behind."""
    for each in division.teams:
        held = _held(each)
        behind = [role for role in CORE_ROLES if (role, False) in held and (role, True) not in held]
        if behind:
            alone = [member.person_id for member in each.members if member.role in behind and not member.backup]
            why = said("{team} has no backup for {roles}.", team=division.called(each), roles=_roles(behind))
            found = _about(
                "no_backup", Severity.LOW, said("No backup"), each, why, said("Name a backup for each."), ("members",)
            )
            yield replace(found, people=tuple(dict.fromkeys(alone)))


def _held(each: TeamOnGrid) -> set[tuple[str, bool]]:
    return {(member.role, member.backup) for member in each.members}


def _roles(roles: Sequence[str]) -> tuple[Said, ...]:
    return tuple(said(f"{{label.{role}}}") for role in roles)
