"""What the room reads, each in one go of the read lane."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words
from mtss_desktop.domain.agendas import AgendaTemplate
from mtss_desktop.domain.meetings import MeetingId, MeetingState
from mtss_desktop.domain.team_cards import TeamLine
from mtss_desktop.ui.panes.meetings.agenda_page import Before
from mtss_desktop.ui.panes.meetings.problem_form import OF_PROBLEMS
from mtss_desktop.usecases import agendas, close_out, live, places, series, teams
from mtss_desktop.usecases.close_out import CloseOut
from mtss_desktop.usecases.live import LiveMinutes
from mtss_desktop.usecases.series import MeetingLine, ProposedDay

DAYS_BACK, DAYS_AHEAD = 60, 90
MOST_ASKED = 12
"""Teams whose pattern is looked at for the first offer."""


@dataclass(frozen=True)
class ListContent:
    """``offer`` is the first day a team's pattern gives, where nothing is planned or held."""

    lines: tuple[MeetingLine, ...]
    teams: tuple[TeamLine, ...]
    templates: tuple[AgendaTemplate, ...]
    words: Words
    today: date
    zone: str
    offer: tuple[TeamLine, ProposedDay] | None
    typed: dict[str, str]


@dataclass(frozen=True)
class MeetingContent:
    """One meeting as its state asks for: agenda before, minutes during, close-out after."""

    live: LiveMinutes
    before: Before | None
    closing: CloseOut | None
    words: Words
    today: date
    zone: str
    typed: dict[str, str]
    typed_of_problems: dict[str, str]


def _typed(workspace: Workspace, prefix: str = "minutes:") -> dict[str, str]:
    if not workspace.can_write:
        return {}
    return {each.key: each.text for each in workspace.typing.pending() if each.key.startswith(prefix)}


def read_list(workspace: Workspace, place_id: str, wants_typed: bool, _progress: Progress) -> ListContent:
    today = workspace.ask(places.today)
    first, last = today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)
    lines = workspace.ask(series.between, first=first, last=last, place_id=place_id)
    found = workspace.ask(teams.cards, place_id=place_id)
    return ListContent(
        lines,
        found,
        workspace.ask(agendas.templates),
        workspace.words(),
        today,
        workspace.ask(places.rules).zone,
        None if lines else _offer(workspace, found),
        _typed(workspace) if wants_typed else {},
    )


def _offer(workspace: Workspace, found: tuple[TeamLine, ...]) -> tuple[TeamLine, ProposedDay] | None:
    for team in found[:MOST_ASKED]:
        days = workspace.ask(series.proposed, team.id, count=1)
        if days:
            return team, days[0]
    return None


def read_meeting(
    workspace: Workspace, meeting_id: str, wants_typed: bool, closing: bool, _: Progress
) -> MeetingContent:
    """The agenda page needs what waits; the close-out what is missing."""
    wanted = MeetingId(meeting_id)
    found = workspace.ask(live.show, wanted)
    today = workspace.ask(places.today)
    before = None
    if found.meeting.state not in (MeetingState.RUNNING, MeetingState.HELD):
        before = Before(
            found,
            workspace.ask(agendas.waiting, wanted),
            workspace.ask(agendas.roles, wanted),
            workspace.ask(agendas.templates, found.team.tier),
            today,
        )
    return MeetingContent(
        found,
        before,
        workspace.ask(close_out.show, wanted) if closing and found.meeting.state is MeetingState.HELD else None,
        workspace.words(),
        today,
        workspace.ask(places.rules).zone,
        _typed(workspace) if wants_typed else {},
        _typed(workspace, OF_PROBLEMS),
    )
