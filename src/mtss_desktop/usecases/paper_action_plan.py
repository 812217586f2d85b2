"""The facts of the action plan: goals of a team, or of every team of a place, with their actions in a period."""

from __future__ import annotations

from datetime import date

from mtss_desktop.base.words import Said, said
from mtss_desktop.documents import action_plan as paper
from mtss_desktop.documents.blocks import Audience, Document, Text
from mtss_desktop.domain.cycles import ImprovementCycle
from mtss_desktop.domain.meetings import Meeting
from mtss_desktop.domain.people import OrganizationId, Person
from mtss_desktop.domain.plans import Action, Goal
from mtss_desktop.domain.problem_board import GoalLine
from mtss_desktop.domain.problems import Problem
from mtss_desktop.domain.teams import ROLES, Membership, Team, TeamId, members_on
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import problem_board
from mtss_desktop.usecases.paper_common import division, people_by_id, printed
from mtss_desktop.usecases.paper_team import team_for
from mtss_desktop.usecases.places import calendar_days, year_of


def document(
    work: Work,
    *,
    team_id: TeamId | None,
    school_id: OrganizationId | None,
    first: date | None,
    last: date | None,
    public: bool,
) -> Document:
    """Of the team asked for; else of every team of the school asked for; else of the first team that works."""
    start, end = first or _year_began(work), last or work.today()
    if team_id is None and school_id is not None:
        teams = work.teams.list(organization_id=school_id, ended_on=None, order=("tier", "name_folded"))
        place = work.organizations.get(school_id)
    else:
        teams = (team_for(work, team_id),)
        place = work.organizations.get(teams[0].organization_id)
    levels = {line.id: line for line in problem_board.goals(work)}
    plans = [_Plan(work, team, start, end, public=public).facts(levels) for team in teams]
    told = paper.ActionPlanFacts(
        division=division(work).name,
        place=place.name,
        first=start,
        last=end,
        today=work.today(),
        printed=printed(work),
        teams=tuple(plan for plan in plans if plan.goals or len(plans) == 1),
    )
    return paper.document(told, audience=Audience.PUBLIC if public else Audience.TEAM)


def _year_began(work: Work) -> date:
    year = year_of(work, work.today())
    days = calendar_days(work, work.home_id, year.id)
    return days[0] if days else date(year.start, 8, 1)


class _Plan:
    """What is read once for one team."""

    def __init__(self, work: Work, team: Team, first: date, last: date, *, public: bool) -> None:
        self.work, self.team, self.first, self.last, self.public = work, team, first, last, public
        self.people: dict[str, Person] = people_by_id(work)
        self.members = members_on(work.memberships.list(team_id=team.id, order=("rank",)), work.today())
        self.problems: dict[str, Problem] = {
            each.id: each for each in work.problems.list(team_id=team.id, order=("rank",))
        }
        self.cycles: dict[str, ImprovementCycle] = {each.id: each for each in work.cycles.list(team_id=team.id)}
        self.meetings: dict[str, Meeting] = {each.id: each for each in work.meetings.list(team_id=team.id)}
        self.actions = [each for each in work.actions.list(team_id=team.id) if self._counts(each)]

    def _counts(self, action: Action) -> bool:
        """Open, or done within the period; what was withdrawn is not part of a plan."""
        if action.withdrawn_on is not None:
            return False
        return action.done_on is None or self.first <= action.done_on <= self.last

    def facts(self, levels: dict[str, GoalLine]) -> paper.TeamPlanFacts:
        work, team = self.work, self.team
        year = work.team_years.first(team_id=team.id, year_id=year_of(work, work.today()).id)
        place = work.organizations.get(team.organization_id)
        return paper.TeamPlanFacts(
            team=team.name,
            place=place.name,
            serves=year.linked_goal if year is not None else "",
            administrator=self._holder("administrator"),
            facilitator=self._holder("facilitator"),
            goals=tuple(self._goals(levels)),
        )

    def _holder(self, role: str) -> str:
        found = next((each for each in self.members if each.role == role and not each.backup), None)
        return "" if found is None or self.public else self.people[found.person_id].list_name

    def _goals(self, levels: dict[str, GoalLine]) -> list[paper.GoalFacts]:
        """Goals of open problems in the team's order, then the team's own, then closed ones worked on in the period, then the rest."""
        taken: set[str] = set()
        goals = sorted(self._own_goals(), key=self._order)
        made = []
        for goal in goals:
            own = [each for each in self.actions if self._serves(each, goal)]
            problem = self.problems.get(goal.problem_id) if goal.problem_id else None
            if problem is not None and problem.closed_on is not None and not own:
                continue
            taken |= {each.id for each in own}
            made.append(paper.GoalFacts(_goal_words(goal), _now(levels.get(goal.id)), self._rows(own)))
        rest = [each for each in self.actions if each.id not in taken]
        if rest:
            made.append(paper.GoalFacts("", "", self._rows(rest)))
        return made

    def _own_goals(self) -> list[Goal]:
        own = self.work.goals.list(team_id=self.team.id)
        of_problems = self.work.goals.list(problem_id=tuple(self.problems))
        return list({goal.id: goal for goal in (*of_problems, *own)}.values())

    def _order(self, goal: Goal) -> tuple[int, str, date]:
        problem = self.problems.get(goal.problem_id) if goal.problem_id else None
        if problem is None:
            return 1, "", goal.due_on or date.max
        return (0 if problem.closed_on is None else 2), problem.rank, goal.due_on or date.max

    def _serves(self, action: Action, goal: Goal) -> bool:
        cycle = self.cycles.get(action.parent_id)
        if cycle is not None:
            return cycle.goal_id == goal.id or (cycle.goal_id is None and cycle.problem_id == goal.problem_id)
        return goal.problem_id is not None and action.parent_id == goal.problem_id

    def _rows(self, actions: list[Action]) -> tuple[paper.PlannedFacts, ...]:
        """Done ones first, by the day they were done; open ones by date."""
        ordered = sorted(actions, key=lambda each: (each.done_on is None, each.done_on or each.due_on or date.max))
        return tuple(
            paper.PlannedFacts(
                each.text,
                self._from(each),
                self._who(each),
                each.started_on,
                each.due_on,
                each.evaluate_on,
                each.done_on,
                each.note,
                each.priority,
            )
            for each in ordered
        )

    def _from(self, action: Action) -> Text:
        cycle = self.cycles.get(action.parent_id)
        if cycle is not None:
            return said("Cycle {n}", n=cycle.number)
        if action.item:
            return said("Item {item}", item=action.item)
        meeting = self.meetings.get(action.meeting_id or action.parent_id)
        if meeting is not None:
            return said("Meeting {day:short}", day=meeting.day)
        return said("Problem") if action.parent_id in self.problems else ""

    def _who(self, action: Action) -> Text:
        person = self.people.get(action.owner_id) if action.owner_id else None
        if person is None:
            return ""
        return self._role_of(person) if self.public else person.last_name

    def _role_of(self, person: Person) -> Text:
        """For the public: what an owner is in the team, never who."""
        found: Membership | None = next((each for each in self.members if each.person_id == person.id), None)
        if found is None:
            return said("staff")
        return said(f"{{label.{found.role}}}") if found.role in ROLES else found.role


def _goal_words(goal: Goal) -> Text:
    """Hallway referrals per school day from 2.02 to 0.9 by 3/31/2026."""
    name = goal.metric or goal.statement
    if goal.target is None:
        return goal.statement or name
    by = said(" by {day:date}", day=goal.due_on) if goal.due_on is not None else ""
    if goal.baseline is None:
        return said("{name} to {target}{by}", name=name, target=goal.target, by=by)
    return said("{name} from {base} to {target}{by}", name=name, base=goal.baseline, target=goal.target, by=by)


def _now(line: GoalLine | None) -> Said | str:
    if line is None or line.level is None or line.level_on is None:
        return ""
    return said("now {level}, {day:short}", level=line.level, day=line.level_on)
