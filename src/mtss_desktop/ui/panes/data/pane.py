"""The room of data: screening, progress, behavior of one school, and scores typed by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import ClassVar

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from mtss_desktop.app.jobs import Jobs
from mtss_desktop.app.workspace import Workspace
from mtss_desktop.base.changes import Topic
from mtss_desktop.base.words import ENGLISH, Words
from mtss_desktop.domain.problems import ProblemId
from mtss_desktop.domain.students import Names as StudentNames
from mtss_desktop.ui.kit.actions import Action
from mtss_desktop.ui.kit.asking import Asking, SystemDialogs
from mtss_desktop.ui.kit.buttons import Button, Segmented
from mtss_desktop.ui.kit.empty_state import EmptyState
from mtss_desktop.ui.kit.layouts import Pages, box, column, tab_in_reading_order
from mtss_desktop.ui.kit.page_header import PageHeader
from mtss_desktop.ui.kit.pane import Room
from mtss_desktop.ui.kit.scope import Names, Scope
from mtss_desktop.ui.kit.typed import NoTypingFile, TypingFile, typed_in
from mtss_desktop.ui.panes.data import words as say
from mtss_desktop.ui.panes.data.adding import AddScores
from mtss_desktop.ui.panes.data.behavior_acts import BehaviorActs
from mtss_desktop.ui.panes.data.behavior_view import PRECISE, BehaviorContent, BehaviorPane
from mtss_desktop.ui.panes.data.figure_panel import FigurePanel
from mtss_desktop.ui.panes.data.filters import Filters
from mtss_desktop.ui.panes.data.goal_page import GoalContent, GoalPage
from mtss_desktop.ui.panes.data.group_view import GroupPage
from mtss_desktop.ui.panes.data.host import DataHost, V
from mtss_desktop.ui.panes.data.progress_view import GRADE, STUDENT, ProgressPane
from mtss_desktop.ui.panes.data.reading import Content, Wanted, read_content
from mtss_desktop.ui.panes.data.score_acts import ScoreActs
from mtss_desktop.ui.panes.data.screening_view import ScreeningPane
from mtss_desktop.ui.panes.data.student_acts import StudentActs
from mtss_desktop.ui.panes.data.waiting import Waiting
from mtss_desktop.ui.theme import look
from mtss_desktop.usecases import data
from mtss_desktop.usecases.data import (
    GroupView,
    NearStudent,
    ProgressView,
    ScreeningPage,
    ScreeningView,
)

_PAGES = ("screening", "progress_view", "behavior", "goal_page")
"""Attributes that hold a view, made when it is first wanted."""
PRECISE_OF, GOAL_OF, PROGRESS_OF = "precise:", "goal:", "progress:"
"""Ways in from other rooms: the builder of a school or a problem, the goal of a problem."""


class DataPane(DataHost):
    """Three views and a form; each view is one read."""

    room: ClassVar[Room] = Room("data", "Data", "ph.chart-line", "Evidence", "Ctrl+7", "data")
    topics: ClassVar[frozenset[Topic]] = frozenset(
        {
            *(Topic.SCORES, Topic.BEHAVIOR, Topic.IMPORTS, Topic.STUDENTS, Topic.PROBLEMS, Topic.GOALS, Topic.TEAMS),
            *(Topic.ORGANIZATIONS, Topic.CALENDAR, Topic.RULES, Topic.WORDS),
        }
    )

    def __init__(self, workspace: Workspace, jobs: Jobs, *, words: Words = ENGLISH) -> None:
        super().__init__(workspace, jobs, words=words)
        self.asking: Asking = SystemDialogs()
        self.about = ""
        self.content: Content | None = None
        self.view, self.place, self._record, self._of_problem = "screening", "", "", ""
        self.student, self.grade, self.chosen_measure = 0, "", 0
        self._page_of: dict[str, int] = {}
        self.bars, self.students, self.scores = BehaviorActs(self), StudentActs(self), ScoreActs(self)
        self._goal_waits, self.went = False, 0
        self._waiting = Waiting(
            self,
            scores=self.scores.start,
            student=self._open_waiting_student,
            problem=lambda record: self.bars.open_goal(ProblemId(record)),
            why=self._open_waiting_why,
        )
        names = [(key, words(name)) for key, name in say.VIEWS]
        self.views = Segmented(names, words("View"))
        self.views.picked.connect(self.show_view)
        self.add_button = Button(words("Add scores"), self.scores.start, kind="primary", icon_name="ph.plus")
        self.header = PageHeader(words("Data"), [self.views, self.add_button])
        self.filters = Filters(self)
        self.filters.school.chosen_changed.connect(self._choose_school)
        self.filters.measure.chosen_changed.connect(self._choose_measure)
        self.empty = EmptyState("", "", words("Bring in a file"), self._go_to_import, icon="ph.download-simple")
        self._build()

    def _asking(self) -> Asking:
        return self.asking

    def _build(self) -> None:
        space = look().measures.space
        self._empty_page = box(column(self.empty, margins=(space.s3, 0, space.s3, 0)))
        self.body = Pages()
        self.body.addWidget(self._empty_page)
        layout = column(self.header, self.progress, self.filters.row, self.body)
        layout.setStretch(3, 1)
        self.setLayout(layout)
        self.empty.hide()
        tab_in_reading_order(self)
        self._fold()
        look().changed.connect(self._fold)

    # -- views, made when they are first wanted, in the words of the open file -------------------------------------------

    @cached_property
    def screening(self) -> ScreeningPane:
        made = ScreeningPane(self.words, self._asking, self._way_to_import)
        made.figure.noticed.connect(self.noticed)
        made.flow.noticed.connect(self.noticed)
        return self.added(made)

    @cached_property
    def progress_view(self) -> ProgressPane:
        made = ProgressPane(self.words, self._asking, self._way_to_import, self.typing)
        made.group.decide_one.connect(self.students.open_for_one)
        made.group.decide_all.connect(self.students.open_for_all)
        made.group.deciding.wanted.connect(self.students.decide_here)
        made.student.decide.wanted.connect(self.students.decide_for_student)
        made.student.goal_wanted.connect(self.students.start_goal)
        made.student.goal.due_changed.connect(self.students.start_goal)
        made.student.goal.wanted.connect(self.students.set_goal)
        made.chosen.connect(self.open_part)
        made.group.noticed.connect(self.noticed)
        made.student.figure.noticed.connect(self.noticed)
        made.know(self.content.typed if self.content is not None else {})
        return self.added(made)

    @cached_property
    def behavior(self) -> BehaviorPane:
        made = BehaviorPane(self.words, self._asking, self._way_to_import, self.typing)
        made.noticed.connect(self.noticed)
        made.foot.unsaved.know(self.content.typed if self.content is not None else {})
        made.narrowed.connect(self.bars.narrow)
        made.severity_picked.connect(self.bars.choose_severity)
        made.made.connect(self.bars.make)
        made.updated.connect(self.bars.update)
        made.keep_wanted.connect(self.bars.save)
        made.goal_wanted.connect(self.bars.goal_of_same)
        return self.added(made)

    @cached_property
    def goal_page(self) -> GoalPage:
        made = GoalPage(self.words, self._asking, self._way_to_import, self.typing)
        made.figure.noticed.connect(self.noticed)
        made.wanted.connect(self.bars.set_goal)
        made.left.connect(self.leave_goal)
        return self.added(made)

    @property
    def typing(self) -> TypingFile:
        return self.workspace.typing if self.workspace.can_write else NoTypingFile()

    def added(self, page: V) -> V:
        self.body.addWidget(page)
        tab_in_reading_order(self)
        return page

    def _use_words(self, words: Words) -> None:
        """Other words for things: views are made anew, except a form that is open."""
        if words.labels == self.words.labels or self.scores.is_open:
            return
        self.words = words
        made = [self.__dict__.pop(name, None) for name in _PAGES]
        for page in (*made, self.scores.forget_form()):
            if page is not None:
                self.body.removeWidget(page)
                page.deleteLater()

    def shed(self) -> None:
        for name in _PAGES:
            page = self.__dict__.get(name)
            if page is not None and page is not self.body.currentWidget() and not typed_in(page):
                del self.__dict__[name]
                self.body.removeWidget(page)
                shiboken6.delete(page)

    def prepare(self) -> None:
        """The view that is shown first; ``_show`` asks for it by its name."""
        self.screening.hide()

    # -- reading ---------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        names = StudentNames(self.scope.names.value)
        view = "screening" if names is StudentNames.OFF and self.view == "progress" else self.view
        wanted = Wanted(
            *(view, self.scope.place_id or self.place, self.scope.year_id, names),
            measure=self.chosen_measure if view == "progress" else 0,
            student=self.student if view == "progress" else 0,
            grade=self.grade if view == "progress" else "",
            record=self._record,
            narrowing=self.bars.narrowing,
            severity=self.bars.severity,
            of_problem=self._of_problem,
        )
        self._record = self._of_problem = ""
        self.background(partial(read_content, self.workspace, wanted), self._show)

    def _show(self, content: Content) -> None:
        """The view that was asked for; what is typed in the form stays where it is."""
        self.content = content
        self._use_words(content.words)
        wanted = content.wanted
        self.view, self.place = wanted.view, wanted.place_id
        self.filters.show(content)
        if content.screening is not None:
            self._show_screening(content.screening)
        elif content.behavior is not None:
            self._show_behavior(content.behavior)
        elif content.group is not None:
            self._show_progress(content.group, content.student)
        else:
            self._show_nothing(
                self.words("Add a school first"),
                self.words("Data belongs to a school and a school year. A file brings its schools along."),
            )
        self._tell_about()
        self._allow()
        self._fold()
        self.actions_changed.emit()
        self._waiting.open()

    def _open_waiting_student(self, place: str, student: int, measure: int, goal: bool) -> None:
        self.view, self.place, self.student, self.chosen_measure = "progress", place, student, measure
        self._goal_waits = goal
        self.refresh()

    def _open_waiting_why(self, place: str) -> None:
        self.view, self.place = "behavior", place
        self.refresh()

    def _tell_about(self) -> None:
        """What the page shows, for a picture that leaves it."""
        for panel in self.findChildren(FigurePanel):
            panel.about = self.about
        if "behavior" in vars(self):
            self.behavior.about = self.about
        for group in self.findChildren(GroupPage):
            group.about = self.about

    def _show_screening(self, view: ScreeningView) -> None:
        page = self._screening_page(view)
        self._say(self.words("Screening"), say.screening_sentence(self.words, view.place, page, self.year))
        if page is None:
            assert view.missing is not None
            self._show_nothing(
                self.words("Bring in a screening file"),
                " ".join(
                    (
                        self.words.say(view.missing),
                        self.words(
                            "With one, this page shows how many students each tier serves, who moved and who is near a cut."
                        ),
                    )
                ),
            )
            return
        self.filters.offer_measures(
            [(str(each.measure_key), each.measure) for each in view.pages], str(page.measure_key)
        )
        self._show_page(self.screening)
        self.screening.show_page(view, page)
        if self.scope.names is not Names.OFF and self.content is not None and not self.content.counts_only:
            self._ask_near(view, page)
        else:
            self.screening.show_students(())

    def _screening_page(self, view: ScreeningView) -> ScreeningPage | None:
        key = self._page_of.get("screening", 0)
        return next((each for each in view.pages if each.measure_key == key), view.pages[0] if view.pages else None)

    def _ask_near(self, view: ScreeningView, page: ScreeningPage) -> None:
        """Facts about single students come after the counts are shown, and only while names are masked or on."""

        def came(found: tuple[NearStudent, ...]) -> None:
            if self.screening.page is page:
                self.screening.show_students(found)

        self.ask(
            data.near_cut,
            came,
            place_id=view.place_id,
            measure_key=page.measure_key,
            year=page.window[0],
            window=page.window[1],
            names=StudentNames(self.scope.names.value),
        )

    def _show_behavior(self, content: BehaviorContent) -> None:
        view = content.view
        self._say(self.words("Behavior"), say.behavior_sentence(self.words, view))
        if view.months is None:
            referrals = self.words.label("referral", many=True)
            self._show_nothing(
                self.words("Bring in {referrals}").format(referrals=referrals),
                f"{self.words.say(view.statement)} {self.words('They fill months, places and behaviors.')}",
            )
            return
        assert self.content is not None
        self.bars.narrowing = self.content.wanted.narrowing
        self._show_page(self.behavior)
        self.behavior.show_content(content)

    def show_goal(self, content: GoalContent) -> None:
        """The goal page stands where the charts were."""
        self.goal_page.show_content(content)
        self.show_aside(self.goal_page, self.words("Goal"), self.words("Proposed, advised or the team’s own."))
        self.goal_page.form.target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.actions_changed.emit()

    def show_aside(self, form: QWidget, title: str, sentence: str) -> None:
        self.header.say(title, sentence)
        self.body.setCurrentWidget(form)
        self.views.choose(self.marked)
        self._allow()
        self.filters.place()

    def show_charts(self) -> None:
        self.body.setCurrentWidget(self.progress_view)
        self.refresh()

    def focus_first(self) -> None:
        self.columns()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_goal(self) -> None:
        if self.body.currentWidget() is self.__dict__.get("goal_page"):
            self.body.setCurrentWidget(self._empty_page)
            self.refresh()

    def _show_progress(self, view: GroupView, one: ProgressView | None) -> None:
        if view.measure is None:
            self._say(self.words("Progress"), say.progress_sentence(view))
            self._show_no_scores(view)
            return
        self.filters.offer_measures([(str(each.key), each.name) for each in view.measures], str(view.measure.key))
        self._show_page(self.progress_view)
        self.student, self.grade = one.student if one is not None else 0, view.grade
        self.progress_view.show_group(view)
        self.progress_view.group.allow_deciding(self.workspace.can_write)
        if one is not None:
            self._show_student(one)
            return
        title = self.words("Progress, group of {n}").format(n=len(view.group))
        if view.grade:
            title = self.words("Grade {grade}, group of {n}").format(grade=view.grade, n=len(view.group))
        self._say(title, say.progress_sentence(view))

    def _show_no_scores(self, view: GroupView) -> None:
        """Scores can be typed once students are known; until then only a file leads on."""
        assert self.content is not None
        fills = self.words("Charts, goal lines and rules fill this page.")
        if self.content.has_students:
            heading = self.words("Bring in progress scores, or type them")
            self._show_nothing(heading, f"{self.words.say(view.statement)} {fills}")
            return
        unknown = self.words(
            "No student of {place} is known yet. A list of students comes first, or a file of scores that names them."
        )
        heading = self.words("Bring in students or progress scores")
        self._show_nothing(heading, f"{unknown.format(place=view.place)} {fills}")

    def _show_student(self, view: ProgressView) -> None:
        self.student = view.student
        self._say(view.shown, say.progress_sentence(view))
        assert self.content is not None
        self.progress_view.show_student(
            view, self.content.askers, self.content.today, may_write=self.workspace.can_write
        )
        self._tell_about()
        if self._goal_waits:
            self._goal_waits = False
            self.students.start_goal()
        self.actions_changed.emit()

    def _say(self, title: str, sentence: str) -> None:
        if not self.is_aside:
            self.header.say(title, sentence)
        self.about = f"{title} \u00b7 {sentence}"

    def _show_page(self, page: QWidget) -> None:
        if not self.is_aside:
            self.body.setCurrentWidget(page)
        self.filters.place()

    def _show_nothing(self, heading: str, sentence: str) -> None:
        way = self.way_to(("import", ""), ("imports", ""))
        self.empty.show()
        self.empty.say(heading, sentence, self.words("Bring in a file") if way is not None else "")
        self._show_page(self._empty_page)

    # -- views and choices -----------------------------------------------------------------------------------------------

    def _goes(self) -> None:
        """The person goes somewhere: what waits from an earlier evening leads nowhere else after that."""
        self.went += 1
        self._goal_waits = False

    def show_view(self, view: str) -> None:
        """Another view of the same school. The old one stays until the new one is read."""
        self._goes()
        self.scores.close(focus=False)
        self.leave_goal()
        self.view = view
        self.refresh()

    def _choose_school(self, place_id: str) -> None:
        self._goes()
        self.place, self.student, self.grade = place_id, 0, ""
        self.refresh()

    def _choose_measure(self, key: str) -> None:
        if self.view == "progress":
            self.chosen_measure = int(key)
            self.refresh()
            return
        self._page_of["screening"] = int(key)
        if self.content is not None and self.content.screening is not None:
            self._show_screening(self.content.screening)

    def open_part(self, key: str) -> None:
        """A student's chart, a grade, or the whole group."""
        self._goes()
        if key.startswith(STUDENT):
            self.open_student(int(key.removeprefix(STUDENT)))
            return
        self.student, self.grade = 0, key.removeprefix(GRADE) if key.startswith(GRADE) else ""
        self.refresh()

    def open_student(self, student: int) -> None:
        """One student's chart. The list beside it stays as it is."""
        self._goes()
        self.view, self.student = "progress", student
        group = self.content.group if self.content is not None else None
        if group is None or group.measure is None:
            self.refresh()
            return
        self.progress_view.mark(f"{STUDENT}{student}")

        def came(view: ProgressView) -> None:
            if self.student == view.student:  # the cursor may have gone on while the answer was on its way
                self._show_student(view)

        names = StudentNames(self.scope.names.value)
        self.ask(data.student, came, student_key=student, measure_key=group.measure.key, year=self.year, names=names)

    @property
    def record_id(self) -> str:
        if self.view == "progress" and self.student:
            return f"{STUDENT}{self.student}"
        return self.view

    def open_record(self, record_id: str) -> None:
        """A view, a student's chart, a school, or a record whose counts are wanted."""
        self._waiting.is_wanted = False
        self._goes()
        if record_id.startswith(GOAL_OF):
            self.bars.open_goal(ProblemId(record_id.removeprefix(GOAL_OF)))
            return
        self.leave_goal()
        if record_id.startswith(PRECISE_OF):
            self._open_builder(record_id.removeprefix(PRECISE_OF))
        elif record_id in dict(say.VIEWS):
            self.view, self.student, self.grade = record_id, 0, ""
        elif record_id.startswith(STUDENT):
            self.view, self.student = "progress", int(record_id.removeprefix(STUDENT))
        elif record_id.startswith(PROGRESS_OF):
            self.view, self.student, self.grade = "progress", 0, ""
            self.place, _, measure = record_id.removeprefix(PROGRESS_OF).partition(":")
            self.chosen_measure = int(measure or 0)
        elif self.content is not None and any(each.id == record_id for each in self.content.schools):
            self.place, self.student, self.grade = record_id, 0, ""
        else:
            self._record = record_id
        self._stale = True
        self.refresh_if_seen()

    def _open_builder(self, record_id: str) -> None:
        """Of a school, or of a problem with its bars chosen."""
        self._record = record_id
        is_school = self.content is not None and any(each.id == record_id for each in self.content.schools)
        self._of_problem = "" if is_school or not record_id else record_id
        self.behavior.show_page(PRECISE)

    def use_scope(self, scope: Scope) -> None:
        if scope.place_id != self.scope.place_id or scope.year_id != self.scope.year_id:
            self.student, self.grade = 0, ""
        super().use_scope(scope)

    # -- where from ------------------------------------------------------------------------------------------------------

    def _way_to_import(self, import_id: str) -> Callable[[], None] | None:
        return self.way_to(("imports", import_id), ("import", import_id))

    def _go_to_import(self) -> None:
        way = self.way_to(("imports", ""), ("import", ""))
        if way is not None:
            way()

    # -- what can be done ------------------------------------------------------------------------------------------------

    @property
    def is_aside(self) -> bool:
        """Whether a form stands where the charts were: reading again must not take it away."""
        return isinstance(self.body.currentWidget(), AddScores | GoalPage)

    @property
    def marked(self) -> str:
        """Scores are typed for the view of progress; the goal of a problem belongs to none of the three."""
        match self.body.currentWidget():
            case AddScores():
                return "progress"
            case GoalPage():
                return ""
        return self.view

    def acts(self) -> tuple[Action, ...]:
        words = self.words
        return (
            self.scores.act(),
            *self._student_acts(),
            Action("screening", words("Screening"), partial(self.show_view, "screening"), "ph.chart-bar", "Alt+1"),
            Action(
                *("progress", words("Progress"), partial(self.show_view, "progress"), "ph.chart-line", "Alt+2"),
                why_not=self.why_no_students,
            ),
            Action("behavior", words("Behavior"), partial(self.show_view, "behavior"), "ph.chart-bar", "Alt+3"),
            Action("precise", words("Precise problem"), self.start_builder, "ph.funnel", "Alt+4"),
            Action("where", words("Where do these numbers come from?"), self._toggle_where, "ph.info", "Ctrl+Shift+I"),
            Action("save", words("Save the picture"), self._save, "ph.download-simple", "Ctrl+Shift+S"),
        )

    def _student_acts(self) -> tuple[Action, ...]:
        """What stands beside a student's chart, also by its name."""
        page = self.body.currentWidget()
        if page is not self.__dict__.get("progress_view") or not self.progress_view.shows_student:
            return ()
        if not self.workspace.can_write:
            return ()
        words, student = self.words, self.progress_view.student
        return (
            Action("goal", words("Set a goal"), self.students.start_goal, "ph.flag"),
            Action("decide", words("Decide"), partial(student.decide.step.setFocus, Qt.FocusReason.OtherFocusReason)),
        )

    def _figure(self) -> object:
        """The part of the page whose figure an act means: the one with the focus, else the first."""
        if self.body.currentWidget() is self.progress_view:
            return self.progress_view.student.figure if self.progress_view.shows_student else self.progress_view.group
        if self.body.currentWidget() is self.__dict__.get("goal_page"):
            return self.goal_page.figure
        panels = (self.screening.figure, self.screening.flow) if self.view == "screening" else self.behavior.panels
        focused = QApplication.focusWidget()
        return next((each for each in panels if focused is not None and each.isAncestorOf(focused)), panels[0])

    def _toggle_where(self) -> None:
        self._figure().toggle_where()  # type: ignore[attr-defined]

    def _save(self) -> None:
        self._figure().save()  # type: ignore[attr-defined]

    def start_builder(self) -> None:
        """The builder of precise problems, with what is chosen."""
        self.behavior.show_page(PRECISE)
        self.show_view("behavior")

    def _allow(self) -> None:
        reason = self.scores.why_not()
        can_be_typed = self.content is None or self.content.has_students
        self.add_button.setVisible(self.view == "progress" and not self.is_aside and can_be_typed)
        self.add_button.set_kind("" if self.body.currentWidget() is self._empty_page else "primary")
        self.add_button.allow(not reason, reason)

    # -- room and focus --------------------------------------------------------------------------------------------------

    def columns(self) -> tuple[QWidget, ...]:
        page = self.body.currentWidget()
        first = self.views.stop
        match page:
            case ScreeningPane() | BehaviorPane() | ProgressPane():
                return (first, *page.stops())
            case AddScores():
                return (page.table,)
            case GoalPage():
                return (first, page.form.target)
        return (self.empty.button,) if self.empty.button.isVisible() else (first,)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        self.filters.place()
