"""What comes of a finding: leave it so and say why, merge two teams, remove one, and take all of them into a new school year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import ENGLISH, said, school_year
from mtss_desktop.domain.meetings import MeetingState
from mtss_desktop.domain.people import SchoolYear, SchoolYearId
from mtss_desktop.domain.plans import is_open
from mtss_desktop.domain.ranks import between
from mtss_desktop.domain.teams import (
    CORE_ROLES,
    Membership,
    MembershipId,
    Team,
    TeamDecision,
    TeamId,
    TeamStatus,
    TeamYear,
)
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import team_grid
from mtss_desktop.usecases.cleaning import clean_text
from mtss_desktop.usecases.places import year_of
from mtss_desktop.usecases.use_case import use_case


@dataclass(frozen=True)
class Moved:
    """What a merge took over."""

    members: int
    links: int
    meetings: int
    problems: int
    actions: int
    goals: int
    cycles: int
    initiatives: int


@dataclass(frozen=True)
class RolledOver:
    """The new year, and how many teams were taken into it."""

    year_id: SchoolYearId
    year: int
    teams: int


@use_case("Keep as it is")
def keep(work: Work, *, rule: str, about: str, reason: str = "") -> None:
    """Decides that a finding is right as it is; the audit is silent about it until the next school year."""
    reason = clean_text(reason)
    if not reason:
        raise UserError("Say in a few words why it stays as it is.", "The reason is shown when someone asks again.")
    found = next((each for each in team_grid.audit_lines(work) if (each.rule, each.about) == (rule, about)), None)
    if found is None:
        raise UserError("The audit no longer finds this.", "Something was changed or decided meanwhile.")
    _decide(work, rule, about, TeamStatus.KEEP, reason)


@use_case("Ask again")
def ask_again(work: Work, *, rule: str, about: str) -> None:
    """Forgets the decision to keep something as it is."""
    decided = team_grid.decisions(work).get((rule, about))
    if decided is None:
        raise UserError("Nothing was decided about this.")
    work.team_decisions.remove(decided.id)


def _decide(work: Work, rule: str, about: str, decision: TeamStatus, reason: str) -> None:
    made = TeamDecision(
        organization_id=work.home_id,
        year_id=year_of(work, work.today()).id,
        rule=rule,
        about=about,
        decision=decision,
        reason=reason,
        decided_on=work.today(),
    )
    before = team_grid.decisions(work).get((rule, about))
    if before is None:
        work.team_decisions.add(made)
    else:
        work.team_decisions.save(replace(made, id=before.id, version=before.version))


# Merging ---------------------------------------------------------------------------------------------------------------


@use_case("Merge teams")
def merge(work: Work, team_id: TeamId, into_id: TeamId, *, reason: str = "") -> Moved:
    """One team goes into another with its members, links, meetings to come, open problems, actions, goals and cycles, and initiatives.

    Meetings it has held stay with its card, which stays readable.
    """
    team, into = work.teams.get(team_id), work.teams.get(into_id)
    if team_id == into_id:
        raise UserError("A team merges with another one, not with itself.")
    for each in (team, into):
        if each.ended_on is not None and each.ended_on < work.today():
            raise UserError(f"{each.name} is retired.", "Bring it back first, or choose another team.")
    work.relabel(f"Merge {team.name} into {into.name}")
    moved = Moved(
        members=_move_members(work, team, into),
        links=_move_links(work, team, into),
        meetings=_move_meetings(work, team, into),
        problems=_move_problems(work, team, into),
        actions=_move_actions(work, team, into),
        goals=_move_goals(work, team, into),
        cycles=_move_cycles(work, team, into),
        initiatives=_move_initiatives(work, team, into),
    )
    work.teams.save(replace(team, ended_on=work.today() - timedelta(days=1), merged_into=into.id))
    _say_status(work, team, TeamStatus.MERGE, clean_text(reason))
    return moved


def _move_members(work: Work, team: Team, into: Team) -> int:
    """Each person once. A role that is taken there is not taken over: its holder comes as the backup, or as a member."""
    there = list(work.memberships.list(team_id=into.id, ended_on=None))
    rank = max((member.rank for member in there), default="")
    joined = 0
    for member in work.memberships.list(team_id=team.id, ended_on=None, order=("rank",)):
        if all(each.person_id != member.person_id for each in there):
            rank = between(rank, "")
            role, backup = _role_there(member, there)
            added = replace(
                member,
                id=MembershipId(""),
                team_id=into.id,
                organization_id=into.organization_id,
                role=role,
                backup=backup,
                started_on=work.today(),
                rank=rank,
            )
            there.append(work.memberships.add(added))
            joined += 1
    return joined


def _role_there(member: Membership, there: list[Membership]) -> tuple[str, bool]:
    if member.role not in CORE_ROLES and member.role not in ("timekeeper", "administrator"):
        return member.role, member.backup
    held = {(each.role, each.backup) for each in there}
    if (member.role, member.backup) not in held:
        return member.role, member.backup
    return (member.role, True) if (member.role, True) not in held else ("member", False)


def _move_links(work: Work, team: Team, into: Team) -> int:
    """What went between the two falls away; what both agreed with the same other one stands once, unless a question is open."""
    moved = 0
    there = {(link.to_team_id or link.audience, link.what) for link in work.team_links.list(team_id=into.id)}
    for link in work.team_links.list(team_id=team.id):
        doubled = (link.to_team_id or link.audience, link.what) in there and link.waiting_since is None
        if link.to_team_id == into.id or doubled:
            work.team_links.remove(link.id)
        else:
            work.team_links.save(replace(link, team_id=into.id, organization_id=into.organization_id))
            moved += 1
    for link in work.team_links.list(to_team_id=team.id):
        if link.team_id == into.id:
            work.team_links.remove(link.id)
        else:
            work.team_links.save(replace(link, to_team_id=into.id))
            moved += 1
    return moved


def _move_meetings(work: Work, team: Team, into: Team) -> int:
    meetings = work.meetings.list(team_id=team.id, state=(MeetingState.PLANNED, MeetingState.RUNNING))
    for meeting in meetings:
        work.meetings.save(replace(meeting, team_id=into.id, organization_id=into.organization_id))
    return len(meetings)


def _move_problems(work: Work, team: Team, into: Team) -> int:
    problems = work.problems.list(team_id=team.id, closed_on=None)
    rank = max((each.rank for each in work.problems.list(team_id=into.id)), default="")
    for problem in sorted(problems, key=lambda each: each.rank):
        rank = between(rank, "")
        work.problems.save(replace(problem, team_id=into.id, organization_id=into.organization_id, rank=rank))
    return len(problems)


def _move_actions(work: Work, team: Team, into: Team) -> int:
    open_ = [action for action in work.actions.list(team_id=team.id) if is_open(action)]
    for action in open_:
        of_team = action.parent_topic == "teams" and action.parent_id == team.id
        parent = into.id if of_team else action.parent_id
        work.actions.save(replace(action, team_id=into.id, organization_id=into.organization_id, parent_id=parent))
    return len(open_)


def _move_goals(work: Work, team: Team, into: Team) -> int:
    """Those of open problems, and those of no problem that are not past."""
    moved = 0
    for goal in work.goals.list(team_id=team.id):
        problem = work.problems.find(goal.problem_id) if goal.problem_id else None
        past = goal.due_on is not None and goal.due_on < work.today()
        if (problem is not None and problem.closed_on is None) or (problem is None and not past):
            work.goals.save(replace(goal, team_id=into.id, organization_id=into.organization_id))
            moved += 1
    return moved


def _move_cycles(work: Work, team: Team, into: Team) -> int:
    """Those that are not decided yet, and earlier turns with them: a series stays together."""
    found = {each.id: each for each in work.cycles.list(team_id=team.id)}
    going = {each.id: each for each in found.values() if each.decision is None}
    for cycle in tuple(going.values()):
        before = cycle.before_id
        while before in found:
            going[found[before].id] = found[before]
            before = found[before].before_id
    for cycle in going.values():
        work.cycles.save(replace(cycle, team_id=into.id, organization_id=into.organization_id))
    return len(going)


def _move_initiatives(work: Work, team: Team, into: Team) -> int:
    moved = 0
    for each in work.initiatives.list():
        if team.id in each.team_ids:
            ids = tuple(dict.fromkeys(into.id if one == team.id else one for one in each.team_ids))
            work.initiatives.save(replace(each, team_ids=ids))
            moved += 1
    return moved


def _say_status(work: Work, team: Team, status: TeamStatus, reason: str) -> None:
    year = year_of(work, work.today())
    found = work.team_years.first(team_id=team.id, year_id=year.id)
    if found is None:
        new = TeamYear(organization_id=team.organization_id, team_id=team.id, year_id=year.id)
        work.team_years.add(replace(new, status=status, status_reason=reason))
    else:
        work.team_years.save(replace(found, status=status, status_reason=reason))


# Removing --------------------------------------------------------------------------------------------------------------


@use_case("Remove team")
def remove(work: Work, team_id: TeamId) -> None:
    """Takes away a team that was a slip. One with a history is retired instead, so that its minutes and plans stay readable."""
    team = work.teams.get(team_id)
    history = _history(work, team)
    if history:
        raise UserError(
            f"{team.name} has {ENGLISH.listed(history)}, so it cannot be removed.",
            "Retire it instead: it leaves the lists, and its minutes and plans stay readable.",
        )
    work.relabel(f"Remove {team.name}")
    for link in (*work.team_links.list(team_id=team_id), *work.team_links.list(to_team_id=team_id)):
        work.team_links.remove(link.id)
    for member in work.memberships.list(team_id=team_id):
        work.memberships.remove(member.id)
    for year in work.team_years.list(team_id=team_id):
        work.team_years.remove(year.id)
    for each in work.initiatives.list():
        if team_id in each.team_ids:
            left = tuple(one for one in each.team_ids if one != team_id)
            work.initiatives.save(replace(each, team_ids=left))
    work.teams.remove(team_id)


def _history(work: Work, team: Team) -> list[str]:
    counts = (
        (said("{n} meeting", many="{n} meetings", count="n", n=len(work.meetings.list(team_id=team.id)))),
        (said("{n} problem", many="{n} problems", count="n", n=len(work.problems.list(team_id=team.id)))),
        (said("{n} action", many="{n} actions", count="n", n=len(work.actions.list(team_id=team.id)))),
        (said("{n} goal", many="{n} goals", count="n", n=len(work.goals.list(team_id=team.id)))),
        (said("{n} cycle", many="{n} cycles", count="n", n=len(work.cycles.list(team_id=team.id)))),
        (said("{n} merged team", many="{n} merged teams", count="n", n=len(work.teams.list(merged_into=team.id)))),
        (said("{n} file", many="{n} files", count="n", n=len(work.attachments.list(topic="teams", record_id=team.id)))),
    )
    return [ENGLISH.say(each) for each in counts if each.value("n")]


# A new school year -----------------------------------------------------------------------------------------------------


@use_case("Roll over to the next school year")
def roll_over(work: Work, *, from_year: SchoolYearId | None = None) -> RolledOver:
    """One step: makes the next school year where it is missing and copies what every working team is for into it.

    People are not copied: a membership runs until it is ended. What was already written for the next year stays as it is.
    """
    old = work.school_years.get(from_year) if from_year else year_of(work, work.today())
    new = _next_year(work, old)
    there = {year.team_id for year in work.team_years.list(year_id=new.id)}
    working: set[str] = {team.id for team in work.teams.list(ended_on=None)}
    copied = [year for year in work.team_years.list(year_id=old.id) if year.team_id in working - there]
    if not copied:
        raise UserError(f"Every working team is already in {school_year(new.start)}.")
    work.relabel(f"Roll teams over to {school_year(new.start)}")
    for year in copied:
        work.team_years.add(
            replace(year, id="", year_id=SchoolYearId(new.id), status=TeamStatus.KEEP, status_reason="")
        )
    return RolledOver(SchoolYearId(new.id), new.start, len(copied))


def _next_year(work: Work, old: SchoolYear) -> SchoolYear:
    found = next((each for each in work.school_years.list() if each.start == old.start + 1), None)
    return found or work.school_years.add(SchoolYear(organization_id=work.home_id, start=old.start + 1))
