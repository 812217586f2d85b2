"""What the progress page does for students: decisions and goals."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from mtss_desktop.app.workspace import Done
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import Words, said
from mtss_desktop.domain.growth import Decision
from mtss_desktop.domain.meetings import MeetingId
from mtss_desktop.domain.student_plans import GoalWay, StudentStep
from mtss_desktop.ui.panes.data.progress_view import ProgressPane
from mtss_desktop.ui.panes.data.reading import Content
from mtss_desktop.usecases import data_plans
from mtss_desktop.usecases.data_plans import StudentGoalAdvice


class Room(Protocol):
    """What these acts need of the page they belong to."""

    words: Words
    content: Content | None

    @property
    def progress_view(self) -> ProgressPane: ...
    def failed(self, error: Exception) -> None: ...
    def ask(self, question: Any, then: Any, **arguments: Any) -> Any: ...
    def do(self, use_case: Any, **arguments: Any) -> Any: ...


class StudentActs:
    """The acts of one pane."""

    def __init__(self, pane: Room) -> None:
        self._pane = pane
        self._deciding: tuple[int, ...] = ()

    @property
    def _measure(self) -> int:
        group = self._pane.content.group if self._pane.content is not None else None
        return group.measure.key if group is not None and group.measure is not None else 0

    def open_for_one(self, student: int) -> None:
        """D on a chart of the group."""
        self._open((student,))

    def open_for_all(self) -> None:
        """Shift+D: all whose rule says change."""
        group = self._pane.content.group if self._pane.content is not None else None
        lines = group.group if group is not None else ()
        self._open(tuple(line.student for line in lines if line.decision is Decision.CHANGE))

    def _open(self, students: tuple[int, ...]) -> None:
        content = self._pane.content
        if content is None or content.group is None or not students:
            return
        self._deciding = students
        words = self._pane.words
        lines = [line for line in content.group.group if line.student in students]
        heading = words("Decide for {who}").format(who=lines[0].shown) if len(lines) == 1 else words.say(
            said("Decide for {n} students marked Change", n=len(lines))
        )  # fmt: skip
        self._pane.progress_view.group.open_deciding(
            students, self._measure, content.askers, content.today, heading, lines[0].decision if lines else None
        )

    def decide_here(self, step: str, note: str, day: object, meeting: str) -> None:
        """From the group page, for those it was opened for."""
        form = self._pane.progress_view.group.deciding
        self._decide(self._deciding, step, note, day, meeting, form)

    def decide_for_student(self, step: str, note: str, day: object, meeting: str) -> None:
        """From a student's own chart."""
        page = self._pane.progress_view.student
        if page.view is not None:
            self._decide((page.view.student,), step, note, day, meeting, page.decide)

    def _decide(self, students: tuple[int, ...], step: str, note: str, day: object, meeting: str, form: Any) -> None:
        pane = self._pane

        def written(_: Done[Any]) -> None:
            form.done()
            pane.progress_view.group.close_deciding()

        def not_written(error: Exception) -> None:
            if isinstance(error, UserError):
                form.complain(str(error))
            else:
                pane.failed(error)

        words = said("Decided for {n} student", many="Decided for {n} students", count="n", n=len(students))
        pane.do(
            data_plans.decide,
            then=written,
            fail=not_written,
            said=pane.words.say(words),
            students=students,
            measure_key=self._measure,
            step=StudentStep(step),
            note=note,
            day=day,
            meeting_id=MeetingId(meeting) if meeting else None,
        )

    # Goals -------------------------------------------------------------------------------------------------------------

    def start_goal(self, due: date | None = None) -> None:
        """Asks what is proposed and advised, to the last school day or another."""
        page = self._pane.progress_view.student
        content = self._pane.content
        if page.view is None or content is None:
            return

        def came(advice: StudentGoalAdvice) -> None:
            if page.view is not None and page.view.student == advice.student:
                page.open_goal(advice, content.today, fresh=due is None)

        self._pane.ask(
            data_plans.goals, came, student_key=page.view.student, measure_key=page.view.measure.key, due_on=due
        )

    def set_goal(self, way: str, target: float, due: object) -> None:
        pane, page = self._pane, self._pane.progress_view.student
        if page.view is None:
            return

        def written(_: Done[Any]) -> None:
            page.goal.done()
            page.close_goal()

        def not_written(error: Exception) -> None:
            if isinstance(error, UserError):
                page.goal.complain(str(error))
            else:
                pane.failed(error)

        pane.do(
            data_plans.set_goal,
            then=written,
            fail=not_written,
            said=pane.words("Set the goal"),
            student_key=page.view.student,
            measure_key=page.view.measure.key,
            target=target,
            due_on=due,
            way=GoalWay(way),
        )
