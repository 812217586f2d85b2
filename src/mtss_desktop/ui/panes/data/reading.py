"""What one look at the Data room reads: the views of one school, in the read lane."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words
from mtss_desktop.domain.files import Mode
from mtss_desktop.domain.people import OrganizationId, OrganizationKind
from mtss_desktop.domain.precise import NOTHING_CHOSEN, Narrowing
from mtss_desktop.domain.problems import ProblemId
from mtss_desktop.domain.students import Names as StudentNames
from mtss_desktop.ui.kit.figure_view import load_drawing
from mtss_desktop.ui.panes.data.behavior_view import BehaviorContent
from mtss_desktop.usecases import data, data_plans, data_precise, places, teams
from mtss_desktop.usecases.data import GroupView, ProgressView, Roster, ScreeningView
from mtss_desktop.usecases.data_plans import Asker
from mtss_desktop.usecases.places import Place


@dataclass(frozen=True)
class Wanted:
    """What is to be read. ``student`` 0 is the group (of ``grade``), ``measure`` 0 the usual one; ``record`` is where a link led."""

    view: str
    place_id: str
    year_id: str
    names: StudentNames
    measure: int = 0
    student: int = 0
    grade: str = ""
    record: str = ""
    narrowing: Narrowing = NOTHING_CHOSEN
    severity: str = ""
    of_problem: str = ""


@dataclass(frozen=True)
class Content:
    """One view of one school; the others are None. ``has_students`` is asked where no progress score is known."""

    wanted: Wanted
    words: Words
    schools: tuple[Place, ...]
    counts_only: bool
    year: int = 0
    screening: ScreeningView | None = None
    behavior: BehaviorContent | None = None
    group: GroupView | None = None
    student: ProgressView | None = None
    askers: tuple[Asker, ...] = ()
    today: date = date.min
    typed: Mapping[str, str] = field(default_factory=dict)
    has_students: bool = True


def read_typed(workspace: Workspace) -> dict[str, str]:
    """What was typed and is in no record yet, by key."""
    return {each.key: each.text for each in workspace.typing.pending()} if workspace.can_write else {}


def read_content(workspace: Workspace, wanted: Wanted, _progress: Progress) -> Content:
    """A place that is no school, or none, is the first school."""
    load_drawing()
    schools = tuple(each for each in workspace.ask(places.places) if each.kind is OrganizationKind.SCHOOL)
    if wanted.record:
        place = workspace.ask(data.place_of, record_id=wanted.record)
        wanted = replace(wanted, view="behavior", place_id=place or wanted.place_id, student=0)
    years = {str(each.id): each.start for each in workspace.ask(places.years)}
    counts_only = workspace.ask(places.rules).mode is Mode.COUNTS
    content = Content(wanted, workspace.words(), schools, counts_only, typed=read_typed(workspace))
    if not schools or not years:
        return content
    place_id = next((each.id for each in schools if each.id == wanted.place_id), schools[0].id)
    year = years.get(wanted.year_id) or workspace.ask(places.this_year).start
    content = replace(content, wanted=replace(wanted, place_id=place_id), year=year)
    return _with_view(workspace, content, place_id)


def _with_view(workspace: Workspace, content: Content, place_id: OrganizationId) -> Content:
    wanted, year = content.wanted, content.year
    if wanted.view == "screening":
        return replace(content, screening=workspace.ask(data.screening, place_id, year=year))
    if wanted.view == "behavior":
        return _with_behavior(workspace, content, place_id)
    names, measure = wanted.names, wanted.measure
    group = workspace.ask(data.group, place_id, measure_key=measure, year=year, grade=wanted.grade, names=names)
    if group.measure is None:
        lines = workspace.ask(data.roster, place_id, year=year, names=names).lines
        return replace(content, group=group, has_students=bool(lines))
    try:
        one = (
            workspace.ask(data.student, wanted.student, measure_key=measure, year=year, names=names)
            if wanted.student
            else None
        )
    except UserError:  # the file that brought the student was taken back: the group is shown
        one = None
    askers = workspace.ask(data_plans.askers, place_id)
    return replace(content, group=group, student=one, askers=askers, today=workspace.ask(places.today))


def _with_behavior(workspace: Workspace, content: Content, place_id: OrganizationId) -> Content:
    wanted, year = content.wanted, content.year
    if wanted.of_problem:
        bars = workspace.ask(data_precise.bars_of, problem_id=ProblemId(wanted.of_problem))
        content = replace(content, wanted=replace(wanted, narrowing=bars))
        wanted = content.wanted
    chosen: dict[str, Any] = {"year": year, "severity": wanted.severity, "narrowing": wanted.narrowing}
    made = BehaviorContent(
        workspace.ask(data.referrals, place_id, year=year),
        workspace.ask(data_precise.narrow, place_id, **chosen),
        workspace.ask(data_precise.core, place_id, **chosen),
        workspace.ask(data_precise.drill_downs, place_id),
        tuple(
            (str(each.id), each.name)
            for each in sorted(
                workspace.ask(teams.cards, place_id=place_id), key=lambda card: (card.tier != 1, "1" not in card.name)
            )
        ),
    )
    return replace(content, behavior=made)


def read_roster(
    workspace: Workspace, place_id: OrganizationId, measure: str, year: int, names: StudentNames, kept: str
) -> tuple[Roster, str]:
    """Who can be given a score, and what was typed on an earlier evening."""
    return workspace.ask(data.roster, place_id, measure=measure, year=year, names=names), read_typed(workspace).get(
        kept, ""
    )
