"""What an earlier evening left in the typing file for this room: the first visit opens the page or form in which it waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.progress import Progress
from mtss_desktop.domain.students import Names as StudentNames
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.panes.data import adding, deciding, goal_page, progress_view, sentence_foot
from mtss_desktop.ui.panes.data.host import DataHost
from mtss_desktop.usecases import data
from mtss_desktop.usecases.data import ProgressView

KINDS = (deciding.KEPT, progress_view.KEPT_GOAL, goal_page.KEPT, sentence_foot.KEPT)
CHOICES = {f"{deciding.KEPT}:step", f"{deciding.KEPT}:asker", f"{sentence_foot.KEPT}:team"}
"""Kind and field of what is chosen, not typed: it may have been touched in passing, and waits until its form is opened."""


def first_waiting(typed: Mapping[str, str]) -> tuple[str, str]:
    """Kind and record of the first text that waits; ("", "") where nothing does. Scores typed by hand have no record."""
    if adding.KEPT in typed:
        return adding.KEPT, ""
    for key in typed:
        kind, _, rest = key.partition(":")
        record, _, field = rest.rpartition(":")
        if kind in KINDS and record and f"{kind}:{field}" not in CHOICES:
            return kind, record
    return "", ""


class Waiting:
    """``open`` at the first reading, unless the person came for something."""

    def __init__(
        self,
        pane: DataHost,
        *,
        scores: Callable[[], None],
        student: Callable[[str, int, int, bool], None],
        problem: Callable[[str], None],
        why: Callable[[str], None],
    ) -> None:
        """``student`` takes place, student, measure and whether a goal waits; ``problem`` and ``why`` a problem and a school."""
        self._pane = pane
        self._ways = {goal_page.KEPT: problem, sentence_foot.KEPT: why}
        self._scores, self._student = scores, student
        self.is_wanted = True

    def open(self) -> None:
        content = self._pane.content
        if not self.is_wanted or content is None:
            return
        self.is_wanted = False
        kind, record = first_waiting(content.typed)
        if kind == adding.KEPT:
            self._scores()  # says itself that something is back
        elif kind in (deciding.KEPT, progress_view.KEPT_GOAL):
            self._look_for(kind, record)
        elif kind == goal_page.KEPT or (kind and self._is_here(record)):
            self._ways[kind](record)
            self._say()

    def _is_here(self, place: str) -> bool:
        """Whether the school is on show: the person may have narrowed the window to another one."""
        return self._pane.scope.place_id in ("", place) and any(each.id == place for each in self._pane.schools)

    def _look_for(self, kind: str, record: str) -> None:
        """A student's chart is in the student's school; one who is gone, or whose name is not to be seen, waits on. So does one
        for whom the answer comes when the person has gone elsewhere."""
        student, _, measure = record.partition("/")
        pane = self._pane
        if pane.why_no_students() or not (student.isdigit() and measure.isdigit()):
            return
        went = pane.went

        def came(view: ProgressView) -> None:
            if pane.went != went:
                return
            place = next((each.id for each in pane.schools if view.place in (each.name, each.short_name)), "")
            if place and self._is_here(place):
                self._student(place, int(student), int(measure), kind == progress_view.KEPT_GOAL)
                self._say()

        names = StudentNames(pane.scope.names.value)
        read = partial(_read, pane.workspace, int(student), int(measure), pane.year, names)
        pane.background(read, came, fail=self._gone)

    def _gone(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self._pane.failed(error)

    def _say(self) -> None:
        self._pane.noticed.emit(Notice(self._pane.words("What you were typing is back in its place.")))


def _read(
    workspace: Workspace, student: int, measure: int, year: int, names: StudentNames, _progress: Progress
) -> ProgressView:
    """Runs in the read lane."""
    return workspace.ask(data.student, student, measure_key=measure, year=year, names=names)
