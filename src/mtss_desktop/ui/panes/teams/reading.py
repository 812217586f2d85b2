"""What the room of teams reads of the database for list and card."""

from __future__ import annotations

from dataclasses import dataclass

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.progress import Progress
from mtss_desktop.domain.people import SchoolYearId
from mtss_desktop.domain.team_cards import TeamLine
from mtss_desktop.usecases import people, places, teams
from mtss_desktop.usecases.places import Place
from mtss_desktop.usecases.teams import TeamCard


@dataclass(frozen=True)
class Content:
    """All the room shows. ``card`` is None where there is no team; ``typed`` is what waits in the typing file."""

    lines: tuple[TeamLine, ...]
    names: tuple[str, ...]
    places: tuple[Place, ...]
    card: TeamCard | None
    typed: dict[str, str]


def read_content(
    workspace: Workspace, team_id: str, year_id: str, place_id: str, retired: bool, typed: bool, _progress: Progress
) -> Content:
    """Runs in the read lane. The team wanted, else one with text that waits, else the first."""
    lines = workspace.ask(teams.cards, place_id=place_id, with_retired=retired)
    waiting = {each.key: each.text for each in workspace.typing.pending()} if typed and workspace.can_write else {}
    wanted = next((line.id for line in lines if line.id == team_id), None)
    restored = next((line.id for line in lines if any(key.startswith(f"team:{line.id}:") for key in waiting)), None)
    shown = wanted or restored or (lines[0].id if lines else None)
    year = SchoolYearId(year_id) if year_id else None
    return Content(
        lines,
        tuple(person.name for person in workspace.ask(people.everyone)),
        workspace.ask(places.places),
        workspace.ask(teams.card, shown, year_id=year) if shown is not None else None,
        waiting,
    )
