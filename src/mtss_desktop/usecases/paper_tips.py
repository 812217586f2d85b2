"""The facts of the checklist's result on paper."""

from __future__ import annotations

from mtss_desktop.base.words import said
from mtss_desktop.documents import tips_result as paper
from mtss_desktop.documents.blocks import Document, Text
from mtss_desktop.domain.charts import Rating, fidelity_chart
from mtss_desktop.domain.checklist import LINE_PERCENT
from mtss_desktop.domain.figures import Figure
from mtss_desktop.domain.meetings import Meeting
from mtss_desktop.store.work import Work
from mtss_desktop.usecases import checklist
from mtss_desktop.usecases.checklist import Checklist
from mtss_desktop.usecases.paper_common import division, printed


def document(work: Work, meeting: Meeting) -> Document:
    team = work.teams.get(meeting.team_id)
    place = work.organizations.get(team.organization_id)
    found = checklist.show(work, meeting.id)
    earlier = [each for each in checklist.of_team(work, team.id) if each.day < meeting.day]
    return paper.document(
        paper.TipsFacts(
            division=division(work).name,
            school=place.name if place.id != work.home_id else "",
            team=team.name,
            day=meeting.day,
            printed=printed(work),
            items=found.items,
            team_points=found.team_points,
            proposed_points=found.proposed_points,
            marked=found.marked,
            figure=_figure([*earlier, found]) if earlier else None,
        )
    )


def _figure(found: list[Checklist]) -> Figure:
    """Both halves by meeting; one that is not complete has no percent and no point."""
    names = (said("Foundations"), said("Problem solving"))
    series: list[tuple[Text, list[Rating]]] = [
        (name, [Rating(each.day, float(percent)) for each in found if (percent := each.team_points[n].percent) is not None])
        for n, name in enumerate(names)
    ]  # fmt: skip
    return fidelity_chart(said("How we meet, over the year"), said("Share of points"), series, criterion=LINE_PERCENT)
