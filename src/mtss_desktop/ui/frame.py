"""What the window's frame says about the open database, asked in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words
from mtss_desktop.domain.caseload import Waiting
from mtss_desktop.domain.files import Mode
from mtss_desktop.domain.people import OrganizationKind, SchoolYear
from mtss_desktop.usecases import places, today
from mtss_desktop.usecases.places import Place


@dataclass(frozen=True)
class Frame:
    """``undo`` and ``redo`` are labels, "" where there is nothing. ``fixed_day``: the database stays on its own day."""

    words: Words
    places: tuple[Place, ...]
    years: tuple[SchoolYear, ...]
    this_year: SchoolYear | None
    mode: Mode | None
    today: date
    fixed_day: bool
    undo: str
    redo: str
    waiting: Waiting

    @property
    def division(self) -> str:
        return next((place.name for place in self.places if place.kind is OrganizationKind.DIVISION), "")

    @property
    def schools(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.kind is OrganizationKind.SCHOOL)


def read_frame(workspace: Workspace, _progress: Progress) -> Frame:
    """Runs in the read lane."""
    years = workspace.ask(places.years)
    rules = workspace.ask(places.rules)
    return Frame(
        workspace.words(),
        workspace.ask(places.places),
        years,
        workspace.ask(places.this_year) if years else None,
        rules.mode,
        workspace.ask(places.today),
        rules.fixed_day is not None,
        workspace.undo_label(),
        workspace.redo_label(),
        workspace.ask(today.waits),
    )
