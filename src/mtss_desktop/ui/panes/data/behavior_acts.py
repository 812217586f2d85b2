"""What the behavior page and the goal page do: problems from bars, saved bars, goals of problems."""

from __future__ import annotations

from functools import partial
from typing import Any, Protocol

from mtss_desktop.app.workspace import Done, Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.base.words import Words
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.precise import Narrowing
from mtss_desktop.domain.problems import ProblemId
from mtss_desktop.domain.teams import TeamId
from mtss_desktop.ui.panes.data.behavior_view import BehaviorPane
from mtss_desktop.ui.panes.data.goal_page import GoalContent, GoalPage
from mtss_desktop.ui.panes.data.reading import Content, read_typed
from mtss_desktop.usecases import data, data_goals, data_precise, places, problem_charts


class Room(Protocol):
    """What these acts need of the page they belong to."""

    words: Words
    workspace: Workspace
    content: Content | None

    @property
    def behavior(self) -> BehaviorPane: ...
    @property
    def goal_page(self) -> GoalPage: ...
    def refresh(self) -> None: ...
    def show_goal(self, content: GoalContent) -> None: ...
    def failed(self, error: Exception) -> None: ...
    def do(self, use_case: Any, **arguments: Any) -> Any: ...
    def background(self, work: Any, then: Any) -> Any: ...


def read_goal(workspace: Workspace, problem_id: ProblemId, _progress: Progress) -> GoalContent:
    """Runs in the read lane."""
    advice = workspace.ask(data_goals.advice, problem_id)
    figure = workspace.ask(problem_charts.of_problem, problem_id)
    where = workspace.ask(data.behind_problem, record_id=problem_id) if figure is not None else ()
    return GoalContent(advice, figure, workspace.ask(places.today), where, read_typed(workspace))


class BehaviorActs:
    """The acts of one pane; what is chosen lives here, what is shown in the views."""

    def __init__(self, pane: Room) -> None:
        self._pane = pane
        self.narrowing = Narrowing()
        self.severity = ""
        self.problem: ProblemId | None = None

    @property
    def _place(self) -> OrganizationId:
        content = self._pane.content
        assert content is not None
        return OrganizationId(content.wanted.place_id)

    def narrow(self, narrowing: Narrowing) -> None:
        self.narrowing = narrowing
        self._pane.refresh()

    def choose_severity(self, severity: str) -> None:
        self.severity = severity
        self._pane.refresh()

    def make(self, team_id: str, why: str) -> None:
        pane = self._pane

        def made(outcome: Done[ProblemId]) -> None:
            pane.behavior.foot.done()
            self.open_goal(outcome.value)

        pane.do(
            data_precise.make_problem,
            then=made,
            said=pane.words("Made it a problem"),
            place_id=self._place,
            team_id=TeamId(team_id),
            why=why,
            severity=self.severity,
            narrowing=self.narrowing,
        )

    def update(self, why: str) -> None:
        pane, content = self._pane, self._pane.content
        same = content.behavior.precise.same if content is not None and content.behavior is not None else None
        if same is None:
            return
        pane.do(
            data_precise.update_problem,
            then=lambda _: pane.behavior.foot.done(),
            said=pane.words("Updated “{problem}”").format(problem=same.title),
            place_id=self._place,
            problem_id=same.id,
            why=why,
            severity=self.severity,
            narrowing=self.narrowing,
        )

    def save(self) -> None:
        self._pane.do(
            data_precise.save,
            said=self._pane.words("Saved the bars"),
            place_id=self._place,
            severity=self.severity,
            narrowing=self.narrowing,
        )

    # Goals -------------------------------------------------------------------------------------------------------------

    def goal_of_same(self) -> None:
        content = self._pane.content
        same = content.behavior.precise.same if content is not None and content.behavior is not None else None
        if same is not None:
            self.open_goal(same.id)

    def open_goal(self, problem_id: ProblemId) -> None:
        """The goal page of a problem; a problem that is gone is said."""
        self.problem = problem_id
        self._pane.background(partial(read_goal, self._pane.workspace, problem_id), self._pane.show_goal)

    def set_goal(self, way: str, target: float, due: object) -> None:
        pane = self._pane
        if self.problem is None:
            return

        def written(_: Done[object]) -> None:
            pane.goal_page.form.done()
            pane.goal_page.form.complain("")
            if self.problem is not None:
                self.open_goal(self.problem)

        pane.do(
            data_goals.take,
            then=written,
            fail=self._not_set,
            said=pane.words("Set the goal"),
            problem_id=self.problem,
            way=way,
            target=target,
            due_on=due,
        )

    def _not_set(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._pane.goal_page.form.complain(str(error))
        else:
            self._pane.failed(error)
