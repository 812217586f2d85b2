"""The facts of improvement cycles on paper."""

from __future__ import annotations

from mtss_desktop.documents import improvement_cycle as paper
from mtss_desktop.documents.blocks import Document
from mtss_desktop.domain.cycles import CycleLine, CycleStep
from mtss_desktop.domain.plans import is_open
from mtss_desktop.domain.teams import Team, TeamId
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import cycles, problem_charts
from mtss_desktop.usecases.paper_common import division, people_by_id, printed
from mtss_desktop.usecases.paper_team import team_for


def document(work: Work, team_id: TeamId | None) -> Document:
    """Cycles of a team that are not decided yet, else the last one decided, else an empty page to write on.

    Without a team it is the first one that has a cycle.
    """
    every = cycles.lines(work, closed=True)
    team = _team(work, every, team_id)
    own = [line for line in every if line.cycle.team_id == team.id]
    shown = [line for line in own if line.step is not CycleStep.DONE] or own[:1]
    place = work.organizations.get(team.organization_id)
    return paper.document(
        paper.CyclesFacts(
            division=division(work).name,
            school=place.name,
            team=team.name,
            printed=printed(work),
            pages=tuple(_page(work, line) for line in shown) or (paper.CyclePage(None),),
        )
    )


def _team(work: Work, every: tuple[CycleLine, ...], team_id: TeamId | None) -> Team:
    if team_id is None and every:
        return work.teams.get(every[0].cycle.team_id)
    return team_for(work, team_id)


def _page(work: Work, line: CycleLine) -> paper.CyclePage:
    people = people_by_id(work)
    card = cycles.card(work, line.cycle.id)
    problem = line.cycle.problem_id
    return paper.CyclePage(
        cycle=line.cycle,
        belongs_to=" · ".join(part for part in (line.problem, line.goal) if part),
        actions=tuple(
            (each.text, people[each.owner_id].name if each.owner_id in people else "", each.due_on)
            for each in card.actions
            if is_open(each) or each.done_on is not None
        ),
        figure=problem_charts.of_problem(work, problem) if problem is not None else None,
    )
