"""What is done with the agenda and with the problem on the table while a meeting runs."""

from __future__ import annotations

from typing import Any

from mtss_desktop.app.workspace import Done
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.numbers import typed_number
from mtss_desktop.domain.meetings import AgendaItemId
from mtss_desktop.domain.problems import Effect, Fidelity, NextStep, ProblemId, SolutionKind
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.panes.meetings.live_host import LiveHost
from mtss_desktop.ui.panes.meetings.problem_panel import GoalWish
from mtss_desktop.usecases import meetings, minutes, problems
from mtss_desktop.usecases.live import AgendaLine


class TableActs:
    """Of one page."""

    def __init__(self, page: LiveHost) -> None:
        self._page = page

    def put_on_table(self, item: AgendaLine) -> None:
        page = self._page
        if not page.why_not() and item.running_since is None:
            page.pane.do(minutes.open_item, item_id=item.id)

    def step(self, by: int) -> None:
        """The next or previous item of the agenda comes on the table."""
        page = self._page
        if page.live is None or not page.live.agenda:
            return
        agenda, running = page.live.agenda, page.live.running
        at = agenda.index(running) + by if running is not None else 0
        if 0 <= at < len(agenda):
            self.put_on_table(agenda[at])

    def add_item(self, text: str) -> None:
        page = self._page
        title, length = split_minutes(text)
        page.pane.do(meetings.add_item, meeting_id=page.meeting_id, title=title, minutes=length)

    def mark(self, what: str, value: str) -> None:
        page = self._page
        shown = page.on_table
        if shown is None or page.live is None:
            return
        said_ = self._read_mark(what, value)
        if said_ is None:
            page.item.level.complain(what)
            page.pane.noticed.emit(Notice(page.words("Type the level and the days as numbers."), tone="danger"))
            return
        page.pane.do(problems.mark, problem_id=shown.problem.id, meeting_id=page.live.meeting.id, **said_)

    @staticmethod
    def _read_mark(what: str, value: str) -> dict[str, Any] | None:
        """One answer as the use case takes it, None for what is no number."""
        kinds = {"fidelity": Fidelity, "effect": Effect, "next_step": NextStep}
        if what in kinds:
            return {what: kinds[what](value)}
        number = typed_number(value)
        if number is None or (what == "level_days" and not (number.is_integer() and 0 < number < 400)):
            return None
        return {what: int(number) if what == "level_days" else number}

    def rate_solution(self, solution_id: str, fidelity: Fidelity) -> None:
        page = self._page
        page.pane.do(problems.set_fidelity, solution_id=solution_id, meeting_id=page.meeting_id, fidelity=fidelity)

    def add_solution(self, kind: SolutionKind, text: str) -> None:
        page = self._page
        if page.on_table is not None:
            page.pane.do(problems.add_solution, said=page.words("Solution added"), kind=kind, text=text,
                          then=lambda _done: page.details.solution_written(),
                          problem_id=page.on_table.problem.id)  # fmt: skip

    def set_goal(self, wish: GoalWish) -> None:
        page = self._page
        if page.on_table is not None:
            goal = next(iter(page.on_table.goals), None)
            page.pane.do(problems.set_goal, said=page.words("Goal kept"), problem_id=page.on_table.problem.id,
                          then=lambda _done: page.details.goal_written(), metric=wish.metric, unit=wish.unit,
                          baseline=wish.baseline, target=wish.target, due_on=wish.due_on, direction=wish.direction,
                          started_on=goal.started_on if goal is not None else page.today,
                          statement=goal.statement if goal is not None else "")  # fmt: skip

    def add_problem(self, texts: dict[str, str]) -> None:
        """Opened in this meeting, and on its agenda at once."""
        page = self._page
        assert page.live is not None
        live = page.live

        def added(done: Done[ProblemId]) -> None:
            page.problem.empty()
            page.pane.do(meetings.add_item, then=self._take_up, meeting_id=live.meeting.id, title=texts["title"],
                          problem_id=done.value)  # fmt: skip
            page.back_to_line()

        def failed(error: Exception) -> None:
            if isinstance(error, UserError):
                page.problem.tag.complain(str(error))
            else:
                page.pane.failed(error)

        page.pane.do(problems.define, then=added, fail=failed, said=page.words("Problem added"), team_id=live.team.id,
                      opened_on=live.meeting.day, opened_in=live.meeting.id, **texts)  # fmt: skip

    def _take_up(self, done: Done[AgendaItemId]) -> None:
        self._page.pane.do(minutes.open_item, item_id=done.value)


def split_minutes(text: str) -> tuple[str, int | None]:
    """Tardies to 1st period, 10 → the title and 10 minutes."""
    title, comma, last = text.rpartition(",")
    number = last.strip().removesuffix("min").strip()
    if comma and number.isdigit() and title.strip():
        return title.strip(), int(number)
    return text.strip(), None
