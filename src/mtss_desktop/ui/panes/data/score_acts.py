"""Scores typed by hand: the form opens where the charts were, and what was typed waits in it."""

from __future__ import annotations

from functools import cached_property

from mtss_desktop.app.workspace import Done
from mtss_desktop.base.errors import UserError
from mtss_desktop.base.words import said
from mtss_desktop.domain.files import ImportId
from mtss_desktop.domain.people import OrganizationId
from mtss_desktop.domain.students import Names as StudentNames
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.pane import Notice
from mtss_desktop.ui.panes.data.adding import KEPT, AddScores
from mtss_desktop.ui.panes.data.host import DataHost
from mtss_desktop.ui.panes.data.reading import read_roster
from mtss_desktop.usecases import by_hand
from mtss_desktop.usecases.by_hand import HandScore
from mtss_desktop.usecases.data import Roster


class ScoreActs:
    """Of one pane; the form is made when it is first wanted."""

    def __init__(self, pane: DataHost) -> None:
        self._pane = pane
        self._typed_measure = ""

    def forget_form(self) -> AddScores | None:
        """Other words for things: the form is made anew; returns the old one."""
        form: AddScores | None = self.__dict__.pop("form", None)
        return form

    @property
    def is_open(self) -> bool:
        return isinstance(self._pane.body.currentWidget(), AddScores)

    @cached_property
    def form(self) -> AddScores:
        made = AddScores(self._pane.words, self._pane.typing)
        made.wanted.connect(self._write)
        made.left.connect(self.close)
        made.measure_picked.connect(self._ask_roster)
        return self._pane.added(made)

    def start(self) -> None:
        """The grid stands where the charts were."""
        if not self.why_not():
            self._ask_roster(self._measure_name())

    def _measure_name(self) -> str:
        if self._typed_measure:
            return self._typed_measure
        group = self._pane.content.group if self._pane.content is not None else None
        return group.measure.name if group is not None and group.measure is not None else ""

    def _ask_roster(self, measure: str) -> None:
        self._typed_measure = measure

        def came(read: tuple[Roster, str]) -> None:
            roster, waiting = read
            if waiting and self.form.bring_back(waiting):
                self._pane.noticed.emit(Notice(self._pane.words("What you were typing is back in its place.")))
            if not roster.lines:
                self._pane.noticed.emit(Notice(self._no_students(), tone="danger"))
                return
            chosen = measure or (roster.measures[0] if roster.measures else "")
            if not measure and chosen:
                self._ask_roster(chosen)
                return
            self._open(roster, chosen)

        names = StudentNames(self._pane.scope.names.value)
        place = OrganizationId(self._pane.place)
        self._pane.background(
            lambda _: read_roster(self._pane.workspace, place, measure, self._pane.year, names, KEPT), came
        )

    def _open(self, roster: Roster, measure: str) -> None:
        place = next((each.name for each in self._pane.schools if each.id == self._pane.place), "")
        self._pane.show_aside(self.form, self._pane.words("Progress"), place)
        self.form.open(roster, measure)
        self._pane.actions_changed.emit()

    def close(self, *, focus: bool = True) -> None:
        """What was typed waits in the form."""
        if not self.is_open:
            return
        self._pane.show_charts()
        if focus:
            self._pane.focus_first()

    def _write(self, scores: tuple[HandScore, ...]) -> None:
        def written(_: Done[ImportId]) -> None:
            self.form.written(scores)
            if not self.form.holds_something:
                self.close()

        words = self._pane.words.say(said("{n} score added", many="{n} scores added", count="n", n=len(scores)))
        self._pane.do(by_hand.type_scores, then=written, fail=self._not_written, said=words, scores=scores)

    def _not_written(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.form.complain(str(error))
        else:
            self._pane.failed(error)

    def act(self) -> Action:
        """The page's main act: the form, or what is in it."""
        words = self._pane.words
        if self.is_open:
            return Action("keep", words("Add these scores"), self.form.submit, "ph.check", primary=True)
        return Action("add", words("Add scores"), self.start, "ph.plus", primary=True, why_not=self.why_not)

    def why_not(self) -> str:
        if not self._pane.workspace.can_write:
            return self._pane.words("This file is open for reading only")
        if self._pane.content is None or not self._pane.content.schools:
            return self._pane.words("Add a school first")
        if self._pane.content.counts_only:
            return self._pane.words("This file keeps counts only, so it has no students")
        if not self._pane.content.has_students:
            return self._no_students()
        return self._pane.why_no_students()

    def _no_students(self) -> str:
        return self._pane.words("No student of this school is known yet. Bring in a list of students first.")
